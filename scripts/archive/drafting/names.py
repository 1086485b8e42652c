"""Archive -> the names of its addressees, events, instruments and issuers; text -> where they stand in it.

The longest name wins, so that a body is not found within the name of another. The text is read once for each language
that names are in, whatever the number of names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from archive.drafting import days, forms, speech
from archive.model import Addressee, Archive, Name

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_ARTICLES = frozenset({"the", "a", "an"})
_HYPHENS = ("-", "\u2010", "\u2011")
_ADVERB = re.compile(r"[a-z]{3,}ly")
_CASE = re.compile(r"n?[ıiuü]n|[ny]?[aə]|d[aə]n?|n?[ıiuü]")  # of an Azerbaijani abbreviation
_DATED = re.compile(r"\s*\(.*|,\s+(?=\S*\d).*")  # what follows the name in a label
_BEFORE_ARTICLES = frozenset({
    "of", "on", "for", "in", "and", "or", "to", "with", "against", "from", "by", "between", "as", "at", "s",
})  # fmt: skip
_DAY = re.compile(r"\d{1,2}")
_EVENT = re.compile(speech.HARM, re.IGNORECASE)

_AND = {"az": "və", "ru": "и"}
_NUMERALS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name in a text: of one thing or, where it stands for several, of all of them."""

    start: int
    end: int
    of: tuple[tuple[str, str], ...]  # (vocabulary, id)
    words: int
    partial: bool = False  # without the body above it, or without how many: "the Human Rights Council"

    def ids(self, vocabulary: str) -> tuple[str, ...]:
        """What it names of this vocabulary."""
        return tuple(id for kind, id in self.of if kind == vocabulary)


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    raw: str
    passed_over: bool  # an article, an adverb, or the ending of a case
    aside: bool  # alone in parentheses
    hyphened: bool  # to the next


@dataclass(frozen=True, slots=True)
class _Entry:
    vocabulary: str
    id: str
    partial: bool
    exact: str  # an abbreviation, or the name of a class in one word, as it must be written; "" for a name


class _Node:
    """A place in the tree of names; `entries` end here."""

    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.entries: list[_Entry] = []


class Names:
    """The names of an archive, made ready to be found."""

    def __init__(self, archive: Archive) -> None:
        self._roots = {language: _Node() for language in forms.FORMS}
        for body in archive.addressees.values():
            self._add("addressees", body.id, body.label, body.names, archive.addressees.get(body.parent))
        for instrument in archive.instruments.values():
            symbol = [Name(name=instrument.symbol, language="en")] if instrument.symbol else []
            label = _DATED.sub("", instrument.label)
            self._add("instruments", instrument.id, label, [*instrument.names, *symbol])
            if (counted := _raw(label))[:1] and counted[0].casefold() in _NUMERALS:
                self._enter("instruments", instrument.id, counted[1:], "en", partial=True)
        for event in archive.events.values():
            label = event.label.partition(",")[0]
            self._add("events", event.id, label if _EVENT.fullmatch(label.split()[-1]) else "", event.names)
        self._add_pairs(archive)
        for issuer in archive.issuers.values():
            self._add("issuers", issuer.id, issuer.label, issuer.names)

    def find(self, text: str) -> tuple[Named, ...]:
        """Every name in the text, in order; no two overlap."""
        words = _words(text)
        found = [named for language in self._roots for named in self._read(text, words, language)]
        found.sort(key=lambda named: (named.start - named.end, named.start))
        chosen: dict[int, Named] = {}  # by each place that is taken
        for named in found:
            here = chosen.get(named.start)
            if here and (here.start, here.end) == (named.start, named.end):
                of = tuple(dict.fromkeys((*here.of, *named.of)))
                named = Named(start=here.start, end=here.end, of=of, words=here.words, partial=here.partial)
            elif any(place in chosen for place in (named.start, named.end - 1)):
                continue
            chosen.update(dict.fromkeys(range(named.start, named.end), named))
        return tuple(sorted(set(chosen.values()), key=lambda named: named.start))

    def _read(self, text: str, words: Sequence[_Word], language: str) -> Iterator[Named]:
        """The longest name, in this language, that begins at each word."""
        form = forms.FORMS[language]
        for n, word in enumerate(words):
            if word.passed_over:
                continue
            best: tuple[int, list[_Entry]] | None = None
            for last, entries in _walk(self._roots[language], words, n, form):
                fitting = [entry for entry in entries if _is_written(entry, text[word.start : words[last].end])]
                if fitting and (best is None or last > best[0]):
                    best = last, fitting
            if best:
                last, entries = best
                whole = [entry for entry in entries if not entry.partial] or entries
                yield Named(
                    start=word.start,
                    end=words[last].end,
                    of=tuple(dict.fromkeys((entry.vocabulary, entry.id) for entry in whole)),
                    words=len(text[word.start : words[last].end].split()),
                    partial=whole[0].partial,
                )

    def _add(self, vocabulary: str, id: str, label: str, names: Sequence[Name], above: Addressee | None = None) -> None:
        all_names = [*([Name(name=label, language="en")] if label else []), *names]
        for name in all_names:
            raw = _raw(name.name)
            if not any(c.islower() for c in name.name):  # the name is its abbreviation
                self._enter(vocabulary, id, raw, name.language, exact=name.name)
                continue
            if vocabulary == "addressees" and len(raw) == 1 and name.language == "en":
                self._enter(vocabulary, id, raw, name.language, exact=name.name.casefold())
                continue
            for words in {raw, _raw(re.sub(r"\([^)]*\)", "", name.name))}:
                for variant, partial in _variants(words, name.language, above):
                    self._enter(vocabulary, id, variant, name.language, partial=partial)
            if name.abbreviation:
                exact = name.abbreviation
                self._enter(vocabulary, id, _raw(exact), name.language, exact=exact)

    def _add_pairs(self, archive: Archive) -> None:
        """Two bodies named together: "International and European Ombudsman Institutes"."""
        by_tail: dict[Words, set[tuple[str, str, str]]] = {}
        for body in archive.addressees.values():
            for name in body.names:
                first, *tail = _raw(name.name) or ("",)
                if len(tail) > 1:
                    by_tail.setdefault((name.language, *tail), set()).add((first, body.id, name.language))
        for (_, *tail), heads in by_tail.items():
            for one, other in permutations(sorted(heads), 2):
                if one[1] != other[1]:
                    for id in (one[1], other[1]):
                        both = (one[0], _AND.get(one[2], "and"), other[0], *tail)
                        self._enter("addressees", id, both, one[2])

    def _enter(
        self, vocabulary: str, id: str, words: Words, language: str, *, partial: bool = False, exact: str = ""
    ) -> None:
        language = language if language in forms.FORMS else "en"
        node = self._roots[language]
        for word in words:
            if word.casefold() not in _ARTICLES:
                node = node.next.setdefault(forms.FORMS[language](word), _Node())
        entry = _Entry(vocabulary, id, partial, exact)
        if words and entry not in node.entries:
            node.entries.append(entry)


def _words(text: str) -> list[_Word]:
    found = list(_WORD.finditer(text))
    return [
        _Word(
            match.start(),
            match.end(),
            match[0].replace(".", ""),
            _is_passed_over(match[0], text[match.start() - 1 : match.start()], found[n - 1][0] if n else "of")
            or (match[0] == "Republic" and text.startswith(" of ", match.end()))
            or (match[0] == "of" and text.endswith("Republic ", 0, match.start())),
            text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")",
            n + 1 < len(found) and text[match.end() : found[n + 1].start()] in _HYPHENS,
        )
        for n, match in enumerate(found)
    ]


def _is_passed_over(word: str, before: str, previous: str) -> bool:
    """Whether a name is the same without this word: "the" after "of", "forcibly", the "nin" of "BMT-nin"."""
    if word.casefold() in _ARTICLES:
        return previous.casefold() in _BEFORE_ARTICLES
    if before and before in "'’ʼ`":
        return word == "s"
    return bool(_ADVERB.fullmatch(word)) or (before in _HYPHENS and bool(_CASE.fullmatch(word)))


def _raw(name: str) -> Words:
    return tuple(word.raw for word in _words(name) if not word.passed_over)


def _walk(root: _Node, words: Sequence[_Word], first: int, form: forms.Form) -> Iterator[tuple[int, list[_Entry]]]:
    """Every place where names that begin at this word end: (the number of the last word, the names)."""
    waiting = [(root, first)]
    while waiting:
        node, n = waiting.pop()
        if n == len(words):
            continue
        word = words[n]
        if n > first and (word.aside or word.passed_over):
            waiting.append((node, n + 1))
        steps = [(word.raw, n)]
        if word.hyphened:
            steps.append((word.raw + words[n + 1].raw, n + 1))
        for raw, last in steps:
            if after := node.next.get(form(raw)):
                if after.entries:
                    yield last, after.entries
                waiting.append((after, last + 1))


def _is_written(entry: _Entry, as_found: str) -> bool:
    found = " ".join(as_found.replace(".", "").split())
    return not entry.exact or entry.exact in (found, found.casefold())


def _variants(words: Words, language: str, above: Addressee | None) -> Iterator[tuple[Words, bool]]:
    """The name in every way that means the same, and whether it then lacks the name of the body above it."""
    yield words, False
    for n, hyphen in enumerate(words[:-1]):  # "co operation"
        if len(hyphen) == 2:
            yield (*words[:n], hyphen + words[n + 1], *words[n + 2 :]), False
    if language == "en":
        yield from ((variant, False) for variant in _orders(words))
    parents = list(_names_of(above, language)) if above else []
    for parent in parents:
        for rest in _without(words, parent, language):
            yield rest, True
            for other, of in product(parents, (("of",), ())):
                yield (*rest, *of, *other) if of else (*other, *rest), False
    if above and not any(True for parent in parents for _ in _without(words, parent, language)):
        for other in parents:
            yield (*other, *words), False
            yield (*words, "of", *other), False


def _orders(words: Words) -> Iterator[Words]:
    """ "January 20 tragedy" as "20 January tragedy" and "tragedy of January 20"; "Khojaly genocide" likewise."""
    ways = [words]
    for n, word in enumerate(words[:-1]):
        if word.casefold() in days.MONTHS and _DAY.fullmatch(words[n + 1]):
            ways.append((*words[:n], words[n + 1], word, *words[n + 2 :]))
    for way in ways:
        yield way
        if 1 < len(way) <= 3 and _EVENT.fullmatch(way[-1]) and all(not word[0].islower() for word in way[:-1]):
            yield (way[-1], "of", *way[:-1])
            yield (way[-1], "in", *way[:-1])


def _names_of(body: Addressee, language: str) -> Iterator[Words]:
    if language == "en":
        yield _raw(body.label)
    for name in body.names:
        if name.language == language:
            yield _raw(name.name)
            if name.abbreviation:
                yield _raw(name.abbreviation)


def _without(words: Words, parent: Words, language: str) -> Iterator[Words]:
    """The name without the parent's in it, and without the "of" that tied it."""
    form = forms.FORMS.get(language, forms.english)
    ours, theirs = [form(word) for word in words], [form(word) for word in parent]
    for n in range(len(words) - len(parent) + 1):
        if ours[n : n + len(parent)] == theirs:
            before, after = words[:n], words[n + len(parent) :]
            if before and before[-1] == "of":
                before = before[:-1]
            if len(before + after) > 1:
                yield before + after
