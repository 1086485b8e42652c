"""Archive -> the names of its addressees, events, instruments and issuers; text -> where they stand in it.

The longest name wins, so that a body is not found within the name of another. The text is read once for each language
that names are in, whatever the number of names.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.drafting import forms, speech, tokens
from archive.drafting.tokens import Word
from archive.drafting.variants import Words, pairs, variants
from archive.model.records import Addressee, Archive, Event, Instrument, Issuer, Name

_DATED = re.compile(r"\s*\(.*|,\s+(?=\S*\d).*")  # what follows the name in a label
_ASIDE = re.compile(r"\([^)]*\)")
_EVENT = re.compile(speech.HARM, re.IGNORECASE)

_NUMERALS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})


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

    def __init__(
        self,
        addressees: Mapping[str, Addressee],
        instruments: Mapping[str, Instrument],
        events: Mapping[str, Event],
        issuers: Mapping[str, Issuer],
    ) -> None:
        self._roots = {language: _Node() for language in forms.FORMS}
        for body in addressees.values():
            self._add("addressees", body.id, body.label, body.names, addressees.get(body.parent))
        for instrument in instruments.values():
            symbol = [Name(name=instrument.symbol, language="en")] if instrument.symbol else []
            label = _DATED.sub("", instrument.label)
            self._add("instruments", instrument.id, label, [*instrument.names, *symbol])
            if (counted := tokens.raw(label))[:1] and counted[0].casefold() in _NUMERALS:
                self._enter("instruments", instrument.id, counted[1:], "en", partial=True)
        for event in events.values():
            label = event.label.partition(",")[0]
            said = [Name(name=words, language=_language(words)) for words in event.said]
            label = label if _EVENT.fullmatch(label.rpartition(" ")[2]) else ""
            self._add("events", event.id, label, [*event.names, *said])
        for both, language, ids in pairs(addressees):
            for id in ids:
                self._enter("addressees", id, both, language)
        for issuer in issuers.values():
            self._add("issuers", issuer.id, issuer.label, issuer.names)

    @classmethod
    def of(cls, archive: Archive) -> "Names":
        """The names of an archive; they are made ready once for archives with the same authorities."""
        return _made_ready(
            tuple(archive.addressees.items()),
            tuple(archive.instruments.items()),
            tuple(archive.events.items()),
            tuple(archive.issuers.items()),
        )

    def find(self, text: str) -> tuple[Named, ...]:
        """Every name in the text, in order; no two overlap."""
        there = tokens.words(text)
        found = [named for language in self._roots for named in self._read(text, there, language)]
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

    def _read(self, text: str, words: Sequence[Word], language: str) -> Iterator[Named]:
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
        for name in [*([Name(name=label, language="en")] if label else []), *names]:
            plain = tokens.raw(name.name)
            if not any(c.islower() for c in name.name):  # the name is its abbreviation
                self._enter(vocabulary, id, plain, name.language, exact=name.name)
            elif vocabulary != "instruments" and _is_common_noun(plain, name.language, vocabulary):
                self._enter(vocabulary, id, plain, name.language, exact=name.name.casefold())
            else:
                without = tokens.raw(_ASIDE.sub("", name.name))
                for way in dict.fromkeys((plain, without)):
                    for variant, partial in variants(way, name.language, above):
                        self._enter(vocabulary, id, variant, name.language, partial=partial)
            if name.abbreviation:
                self._enter(vocabulary, id, tokens.raw(name.abbreviation), name.language, exact=name.abbreviation)

    def _enter(
        self, vocabulary: str, id: str, words: Words, language: str, *, partial: bool = False, exact: str = ""
    ) -> None:
        language = language if language in forms.FORMS else "en"
        node = self._roots[language]
        for word in words:
            node = node.next.setdefault(forms.FORMS[language](word), _Node())
        entry = _Entry(vocabulary, id, partial, exact)
        if words and entry not in node.entries:
            node.entries.append(entry)


@lru_cache(maxsize=8)
def _made_ready(
    addressees: tuple[tuple[str, Addressee], ...],
    instruments: tuple[tuple[str, Instrument], ...],
    events: tuple[tuple[str, Event], ...],
    issuers: tuple[tuple[str, Issuer], ...],
) -> Names:
    return Names(dict(addressees), dict(instruments), dict(events), dict(issuers))


def _is_common_noun(words: Words, language: str, vocabulary: str) -> bool:
    """Whether it is one word that is a name only as it stands: a class of bodies, or "deportation" but no others."""
    if len(words) != 1 or language != "en":
        return False
    return vocabulary == "addressees" or (words[0][0].islower() and not words[0].endswith("s"))


def _language(words: str) -> str:
    """Azerbaijani by its own letters; any other is compared by the letters it has."""
    return "az" if re.search("[əğıƏĞİ]", words) else "en"


def _walk(root: _Node, words: Sequence[Word], first: int, form: forms.Form) -> Iterator[tuple[int, list[_Entry]]]:
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
        for part, last in steps:
            if after := node.next.get(form(part)):
                if after.entries:
                    yield last, after.entries
                waiting.append((after, last + 1))


def _is_written(entry: _Entry, as_found: str) -> bool:
    found = " ".join(as_found.replace(".", "").split())
    return not entry.exact or entry.exact in (found, found.casefold())
