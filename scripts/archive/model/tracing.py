"""Note what of the archive a computation reads, and tell by fingerprints whether that is still the same.

A computation gets the archive and its index `traced`: it finds the same values there, and each that it takes is noted
by its path, such as the events by the path of one event. So nothing lists by hand what a page depends on. The model is
Contingent (Rhodes and Rocco, "Contingent: A Fully Dynamic Build System", in 500 Lines or Less, 2016).
"""

import dataclasses
import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial, wraps
from itertools import chain
from types import FunctionType, MappingProxyType, MethodType
from typing import Any, ParamSpec, TypeVar, cast

from archive.model import index as indexes
from archive.model.authorities import Authority
from archive.model.index import Filed, Index
from archive.model.records import Archive, Change, Entry, Figure, Request, Source, Statement, Term

P = ParamSpec("P")
T = TypeVar("T")

_MARK = "\0"  # between the steps of a path
_ABSENT = object()
_KEPT = 5_000  # results of a function that is computed once
_RECORDS = (Statement, Entry, Change, Figure, Request, Source, Term)
_PLAIN = (str, int, float, bool, bytes, type(None), datetime.date, Decimal)

_reads: dict[str, None] | None = None  # the paths that the computation at work has read, in order


def traced(archive: Archive) -> "tuple[Archive, Index, Fingerprints]":
    """Return the archive and its index so that what is taken from them is noted, and the fingerprints of all that."""
    statements = tuple(map(_traced_statement, archive.statements))
    index = indexes.build(dataclasses.replace(archive, statements=statements))
    prints = Fingerprints(archive, index, statements)
    parts = {"statements": (statements, f"archive{_MARK}statements")}
    return cast(Archive, _TracedRecord(archive, "archive", parts)), cast(Index, _TracedRecord(index, "index")), prints


def noting(compute: Callable[[], T]) -> tuple[T, tuple[str, ...]]:
    """Return what a computation returns, and the path of each value that it read."""
    global _reads
    outer, _reads = _reads, {}
    try:
        result = compute()
        return result, tuple(_reads)
    finally:
        _reads = outer


def once(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function remember its results; what it has read is noted for each computation that uses one of them."""
    known: dict[tuple[object, ...], tuple[T, tuple[str, ...], object]] = {}

    @wraps(function)
    def remembered(*arguments: P.args, **more: P.kwargs) -> T:
        values = (*arguments, *more.values())
        key = (*more, *((type(value), value) if isinstance(value, _PLAIN) else id(value) for value in values))
        if key not in known:
            if len(known) >= _KEPT:
                known.clear()
            known[key] = (*noting(lambda: function(*arguments, **more)), values)  # held, so that no id is used again
        result, reads, _ = known[key]
        for path in reads:
            _note(path)
        return result

    return remembered


def _note(path: str) -> None:
    if _reads is not None:
        _reads[path] = None


def _trace(value: Any, path: str) -> tuple[Any, str]:
    """Return a value that has parts so that they are noted one by one, any other with the path that is to be noted."""
    if isinstance(value, Mapping):
        return _TracedMapping(value, path), ""
    if isinstance(value, Archive | Index | Filed):
        return _TracedRecord(value, path), ""
    return value, path


class _TracedRecord:
    """A record of which each field is noted as it is read; its properties and methods read from it."""

    __slots__ = ("_parts", "_path", "_value")

    def __init__(self, value: Any, path: str, parts: Mapping[str, tuple[Any, str]] = MappingProxyType({})) -> None:
        self._value = value
        self._path = path
        self._parts = {**parts}

    def __getattr__(self, name: str) -> Any:
        if name not in self._parts:
            described = getattr(type(self._value), name, None)
            if isinstance(described, property) and described.fget is not None:
                return described.fget(self)
            if isinstance(described, FunctionType):
                return MethodType(described, self)
            self._parts[name] = _trace(getattr(self._value, name), f"{self._path}{_MARK}{name}")
        part, path = self._parts[name]
        if path:
            _note(path)
        return part


class _TracedMapping(Mapping[str, Any]):
    """A mapping of which each value is noted as it is read, and the whole where it is gone through."""

    __slots__ = ("_parts", "_path", "_value")

    def __init__(self, value: Mapping[str, Any], path: str) -> None:
        self._value = value
        self._path = path
        self._parts: dict[str, tuple[Any, str]] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._parts:
            path = f"{self._path}{_MARK}{key}"
            if key not in self._value:
                _note(path)
                raise KeyError(key)
            self._parts[key] = _trace(self._value[key], path)
        part, path = self._parts[key]
        if path:
            _note(path)
        return part

    def __contains__(self, key: object) -> bool:
        _note(f"{self._path}{_MARK}{key}")
        return key in self._value

    def __iter__(self) -> Iterator[str]:
        _note(self._path)
        return iter(self._value)

    def __len__(self) -> int:
        _note(self._path)
        return len(self._value)


class _TracedStatement:
    """A statement that is known by what lists show of it; that more of it is read is noted, or that its opening is."""

    __slots__ = ()


_APART = ("summary", "requests", "figures", "terms", "sources_note", "related")  # what no list shows


@cache
def _traced_kind(kind: Any) -> Any:
    def noted(name: str, step: str = "") -> property:
        read = getattr(kind, name).__get__

        def get(statement: Statement) -> Any:
            _note(f"statement{_MARK}{statement.id}{step}")
            return noting(lambda: read(statement))[0] if step else read(statement)

        return property(get)

    parts = {name: noted(name) for name in _APART} | {"opening": noted("opening", f"{_MARK}opening")}
    return type(f"Traced{kind.__name__}", (_TracedStatement, kind), {"__slots__": (), **parts})


def _traced_statement(statement: Statement) -> Statement:
    kind: Any = type(statement)
    traced: Statement = object.__new__(_traced_kind(kind))
    for name in _compared(kind):
        getattr(kind, name).__set__(traced, getattr(statement, name))
    return traced


class Fingerprints:
    """The fingerprints of values, and of what stands at the paths of an archive and its index, each computed once."""

    def __init__(self, archive: Archive, index: Index, statements: Iterable[Statement]) -> None:
        """Tell those of an archive, and of the index of its `statements` as they are traced."""
        own = {statement.id: statement for statement in archive.statements}
        known = {id(statement): prints for statement, prints in archive.prints}
        self._roots: Mapping[str, object] = {"archive": archive, "index": index, "statement": own}
        self._by_path: dict[str, bytes] = {}
        self._by_id: dict[int, tuple[bytes, object]] = {}
        for traced in statements:
            statement = own[traced.id]
            if id(statement) in known:
                whole, listed = known[id(statement)]
                self._by_id |= {id(statement): (whole, statement), id(traced): (listed, traced)}

    def of_paths(self, paths: Iterable[str]) -> bytes:
        """Return one fingerprint of all that stands at these paths."""
        return _digest(b"".join([self._by_path.get(path) or self._at(path) for path in paths]))

    def of(self, value: object) -> bytes:
        """Return the fingerprint of a value: of plain values, records, and functions with their arguments.

        Raise TypeError for a value that could hold anything else, such as a function made within another one.
        """
        if (known := self._by_id.get(id(value))) is not None:  # as most are: the archive, its statements, formats
            return known[0]
        if isinstance(value, partial):  # a maker: there is one for each file, each asked about once
            parts = (value.func, *value.args, *chain.from_iterable(value.keywords.items()))
            return self._join(f"partial {len(value.args)}", parts)
        if isinstance(value, _PLAIN):
            return _digest(f"{type(value).__name__}:{value!r}".encode())
        print = self._of_parts(value)
        self._by_id[id(value)] = print, value
        return print

    def _of_parts(self, value: object) -> bytes:
        if isinstance(value, _TracedStatement):
            return _of_listed(cast(Statement, value))
        if isinstance(value, _RECORDS):
            return of_record(value)
        if isinstance(value, _TracedRecord | _TracedMapping):
            return _digest(f"traced:{value._path}".encode())
        if isinstance(value, Authority):  # a row of the program's own table
            return self._join("authority", [value.name])
        if isinstance(value, type):
            return self._join("type", [value.__module__, value.__qualname__])
        if isinstance(value, tuple | Sequence):  # the first is quickly told
            return self._join("sequence", value)
        if isinstance(value, Mapping):
            return self._join("mapping", chain.from_iterable(value.items()))
        if dataclasses.is_dataclass(value):
            kind: Any = type(value)
            return self._join(kind.__qualname__, [getattr(value, name) for name in _compared(kind)])
        if isinstance(value, MethodType):
            return self._join("method", [value.__func__, value.__self__])
        if isinstance(value, FunctionType) and value.__closure__ is None:
            return self._join("function", [value.__module__, value.__qualname__])
        raise TypeError(f"{type(value).__name__} has no fingerprint")

    def _join(self, kind: str, parts: Iterable[object]) -> bytes:
        return _digest(b"".join([kind.encode(), b":", *map(self.of, parts)]))

    def _at(self, path: str) -> bytes:
        root, *steps = path.split(_MARK)
        value = self._roots[root]
        for step in steps:
            if value is _ABSENT:
                break
            value = value.get(step, _ABSENT) if isinstance(value, Mapping) else getattr(value, step)
        self._by_path[path] = print = b"absent" if value is _ABSENT else self.of(value)
        return print


@cache
def _compared(kind: Any) -> Sequence[str]:
    """Return the names of the fields by which two values of a dataclass are equal."""
    return [field.name for field in dataclasses.fields(kind) if field.compare]


def of_record(record: object) -> bytes:
    """Return the fingerprint of a record, which has plain values and other records only."""
    return _digest(repr(record).encode())


def of_statement(statement: Statement) -> tuple[bytes, bytes]:
    """Return the fingerprint of a statement, and that of what lists show of it."""
    return of_record(statement), _of_listed(statement)


def _of_listed(statement: Statement) -> bytes:
    kind: Any = type(statement)
    return of_record([getattr(statement, name) for name in _compared(kind) if name not in _APART])


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
