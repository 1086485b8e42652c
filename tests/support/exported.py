"""What tests of the data share: an archive with something in every field, exports read back, and records as plain data.

The plain data come from the dataclasses of the model, not from the field table that the exports are made by.
"""

import csv
import dataclasses
import datetime
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from decimal import Decimal
from typing import Any

from archive import exports
from archive.model import authorities, edtf
from archive.model.index import build
from archive.model.records import (
    Archive,
    Change,
    Figure,
    Holder,
    Instrument,
    Issuer,
    Measure,
    Name,
    Outlet,
    Reference,
    Relation,
    Request,
    SameAs,
    Source,
    Statement,
    Term,
)
from builders import archive_of, statement

PLACE = "data/v1/"
Row = dict[str, Any]


def full(id: str = "2021-09-21-first", **changes: Any) -> Statement:
    """Return a statement with something in every field."""
    return statement(
        id,
        **{
            "original_language": "az",
            "addressees": ("council", "neighbours"),
            "mentions": ("harbour-1992",),
            "instruments": ("charter",),
            "subjects": ("bridges", "harbours"),
            "requests": (
                Request(of=("council", "neighbours"), asks="to wait"),
                Request(of=("assembly",), asks='to "wait", and see', source=1, locator="par. 2"),
                Request(asks="to be heard"),
            ),
            "figures": (
                Figure(event="bridge-2020", measure="boats-counted", value=Decimal("12.50"), qualifier="about"),
                Figure(
                    event="harbour-1992",
                    measure="boats-counted",
                    group="small",
                    min=Decimal(1),
                    max=Decimal("999999999999999999"),
                    as_of=edtf.parse("2021-09"),
                    locator="par. 1",
                    note="A note.",
                    source=2,
                ),
            ),
            "terms": (Term(term="grand", about="bridge-2020"), Term(term="-ish", source=2, locator="par. 3")),
            "sources": (
                Source(kind="press-report", outlet="daily", title="=1+1", published=edtf.parse("2021-09-21")),
                Source(
                    kind="official-text",
                    outlet="agency",
                    title="Körpü, «мост»\u200f",
                    author="An author",
                    published=edtf.parse("2021-09~/2021-10"),
                    language="az",
                    url="https://agency.example/1",
                    archived_url="https://web.example/1",
                    archived_at=datetime.date(2026, 11, 1),
                    retrieved_at=datetime.date(2026, 11, 2),
                    sha256="0" * 64,
                    syndicated_from="daily",
                ),
            ),
            "sources_note": "The second has no number.",
            "related": (Relation(id="2020-05-01-other", relation="continues"),),
            "content_notes": ("death", "children"),
            "aliases": ("2021-09-20-old",),
            "summary": 'The Office says "so",\n\nand [more](/events/bridge-2020/), *twice*.',
            "history": (
                Change(date=datetime.date(2026, 11, 23), kind="addition", note="First archived."),
                Change(date=datetime.date(2026, 11, 24), kind="correction", note="A number."),
            ),
            **changes,
        },
    )


def whole(*statements: Statement, **changes: Any) -> Archive:
    """Return an archive with something in every table."""
    office = Issuer(
        id="office",
        label="The Office",
        names=(Name(name="Ofis", language="az", abbreviation="O", by="itself"),),
        holders=(
            Holder(
                family="Quliyeva",
                given="Nərgiz",
                since=edtf.parse("2010-01"),
                until=edtf.parse("2019-11"),
                names=(Name(name="Наргиз Кулиева", language="ru"),),
            ),
        ),
        url="https://office.example",
        same_as=SameAs(
            wikidata="Q1", viaf="2", isni="0000000121032683", ror="00k4n6c32", unbis="1000001", geonames="3"
        ),
    )
    measure = Measure(
        id="boats-counted",
        label="Boats",
        definition="Boats, of any size.",
        groups=("small", "large"),
        counted=("boat*",),
        said=("# * were counted",),
    )
    daily = Outlet(
        id="daily",
        label="The Daily",
        kind="newspaper",
        owner="private",
        names=(Name(name="Daily of the Harbour", language="en"),),
        url="https://daily.example",
    )
    charter = Instrument(
        id="charter",
        label="Charter of the Harbour",
        kind="treaty",
        symbol="H/1",
        names=(Name(name="Nizamnamə", language="az"),),
    )
    other = statement("2020-05-01-other", date="2020-05-01?")
    events = dict(archive_of().events)
    events["bridge-2020"] = dataclasses.replace(
        events["bridge-2020"],
        said=("the crossing",),
        sources=(Reference(title="A report", url="https://reports.example/1"),),
    )
    parts = {
        "events": events,
        "issuers": {"office": office},
        "measures": {"boats-counted": measure},
        "outlets": {"daily": daily, "agency": Outlet(id="agency", label="The Agency", kind="news-agency")},
        "instruments": {"charter": charter},
        "site_name": "The archive",
        "site_url": "https://archive.example/",
        **changes,
    }
    return archive_of(*(statements or (full(), other)), **parts)


# of an entry, the fields that its file may have: the class of all entries has some that not each kind has
_NOT_PUBLISHED = {"path", "said", "counted", "read"}  # the place of a file, and words for drafts
_IN_FILES = {kind.cls: {"id", *(field.name for field in kind.fields)} for kind in authorities.RECORDS.values()}


def expected(record: Any) -> Row:
    """Return a record of the model as plain data, with its id but without what is not published."""
    plain: Row = {}
    for field in dataclasses.fields(record):
        if field.name not in _NOT_PUBLISHED and field.name in _IN_FILES.get(type(record), {field.name}):
            plain |= _plain(field.name, getattr(record, field.name))
    return plain


def _plain(name: str, value: Any) -> Row:
    if isinstance(value, edtf.Date):
        days = {"earliest": value.earliest.isoformat(), "latest": value.latest.isoformat()}
        return {name: value.text} | {f"{name}_{end}": day for end, day in days.items()}
    if value is None and name in {"as_of", "published", "since", "until", "date"}:
        return dict.fromkeys((name, f"{name}_earliest", f"{name}_latest"))
    if isinstance(value, tuple):
        return {name: [expected(item) if dataclasses.is_dataclass(item) else item for item in value]}
    if dataclasses.is_dataclass(value):
        return {name: expected(value)}
    if isinstance(value, datetime.date):
        return {name: value.isoformat()}
    return {name: None if value == "" else value}


def content(archive: Archive) -> dict[str, bytes]:
    """Return the files of the data set and every `record.json`, by path."""
    files = {
        path: make()
        for path, make in exports.files(archive, build(archive)).items()
        if path.startswith(PLACE) or path.endswith("/record.json")
    }
    return {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}


def data_of(archive: Archive) -> dict[str, bytes]:
    """Return every file of the data set, by name."""
    return {path.removeprefix(PLACE): text for path, text in content(archive).items() if path.startswith(PLACE)}


class Asked(Mapping[str, bytes]):
    """The files of the data set, each made when it is asked for."""

    def __init__(self, archive: Archive) -> None:
        self._files = exports.files(archive, build(archive))

    def __getitem__(self, name: str) -> bytes:
        text = self._files[PLACE + name]()
        return text.encode() if isinstance(text, str) else text

    def __iter__(self) -> Iterator[str]:
        return (path.removeprefix(PLACE) for path in self._files if path.startswith(PLACE))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def parsed(text: bytes) -> Any:
    """JSON with numbers that are exact."""
    return json.loads(text, parse_float=Decimal)


Rows = Callable[[str], Iterable[Row]]  # name of a table -> its rows, what is empty being None


def from_csv(files: Mapping[str, bytes]) -> Rows:
    """Read the tables from the CSV files: guards removed, all values texts."""

    def rows(table: str) -> Iterator[Row]:
        for row in csv.DictReader(io.StringIO(files[f"{table}.csv"].decode(), newline="")):
            yield {name: cell.removeprefix("'") or None for name, cell in row.items()}

    return rows


@contextmanager
def opened(data: bytes) -> Iterator[sqlite3.Connection]:
    """Open an SQLite file."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        database.row_factory = sqlite3.Row
        yield database


def from_sqlite(database: sqlite3.Connection) -> Rows:
    return lambda table: [dict(row) for row in database.execute(f'SELECT * FROM "{table}"')]  # noqa: S608 our own name


# to rebuild a statement: list -> its table and the column with its value; "" if a row is a record
_LISTS = {
    "addressees": ("statement_addressees", "addressee"),
    "events": ("statement_events", "event"),
    "mentions": ("statement_mentions", "event"),
    "instruments": ("statement_instruments", "instrument"),
    "subjects": ("statement_subjects", "subject"),
    "requests": ("requests", ""),
    "figures": ("figures", ""),
    "terms": ("terms", ""),
    "sources": ("sources", ""),
    "related": ("related", ""),
    "content_notes": ("statement_content_notes", "value"),
    "aliases": ("statement_aliases", "value"),
    "history": ("history", ""),
}
_AUTHORITY_LISTS = {
    "events": {
        "names": ("event_names", ""),
        "places": ("event_places", "place_id"),
        "sources": ("event_sources", ""),
    },
    "subjects": {"names": ("subject_names", "")},
    "addressees": {"names": ("addressee_names", "")},
    "issuers": {"names": ("issuer_names", ""), "holders": ("issuer_holders", "")},
    "outlets": {"names": ("outlet_names", "")},
    "instruments": {"names": ("instrument_names", "")},
    "places": {"names": ("place_names", ""), "country": ("place_country", "value")},
    "measures": {"groups": ("measure_groups", "value")},
}


def statements_from(rows: Rows) -> dict[str, Row]:
    """Rebuild every statement from its tables."""
    records = _rebuild("statements", "statement", _LISTS, rows)
    addressees_of: dict[tuple[str, int], list[str]] = {}
    for row in rows("request_of"):
        addressees_of.setdefault((row["statement"], int(row["request"])), []).append(row["addressee"])
    for id, record in records.items():
        record["requests"] = [
            {"of": addressees_of.get((id, place), []), **request} for place, request in enumerate(record["requests"], 1)
        ]
    return records


def authorities_from(vocabulary: str, rows: Rows) -> dict[str, Row]:
    """Rebuild every record of a vocabulary from its tables."""
    key = "place_id" if vocabulary == "places" else vocabulary.removesuffix("s")
    records = _rebuild(vocabulary, key, _AUTHORITY_LISTS[vocabulary], rows)
    if vocabulary == "issuers":
        names: dict[tuple[str, int], list[Row]] = {}
        for row in rows("holder_names"):
            key = (row.pop("issuer"), int(row.pop("holder")))
            row.pop("place")
            names.setdefault(key, []).append(row)
        for id, record in records.items():
            for place, holder in enumerate(record["holders"], 1):
                holder["names"] = names.get((id, place), [])
    return records


def _rebuild(table: str, key: str, lists: Mapping[str, tuple[str, str]], rows: Rows) -> dict[str, Row]:
    records = {row["id"]: _nested(row) for row in rows(table)}
    for name, (table_of_list, value) in lists.items():
        for record in records.values():
            record[name] = []
        for row in rows(table_of_list):
            entries = records[row.pop(key)][name]
            entries.append(row)
            assert int(row.pop("place")) == len(entries)
            if value:
                entries[-1] = row[value]
                assert row.keys() == {value}
    return records


def _nested(row: Row) -> Row:
    same_as = {name.removeprefix("same_as_"): row.pop(name) for name in list(row) if name.startswith("same_as_")}
    return row | ({"same_as": same_as} if same_as else {})


def typed(record: Row) -> Row:
    """Return the record with the numbers of its figures and sources as numbers."""
    for figure in record.get("figures", ()):
        for name in ("value", "min", "max"):
            figure[name] = None if figure[name] is None else Decimal(str(figure[name]))
    for name in ("requests", "figures", "terms"):
        for claim in record.get(name, ()):
            claim["source"] = None if claim["source"] is None else int(claim["source"])
    return record
