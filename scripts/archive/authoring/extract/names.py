"""Text -> its words as names are compared by, and which of them make no difference to a name."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations, product

from archive.authoring.extract import dates, lexicon
from archive.model.records import Addressee, Archive, Event, Instrument, Issuer, Name

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_HYPHENS = ("-", "\u2010", "\u2011")
_ARTICLES = frozenset({"the", "a", "an"})
_BEFORE_ARTICLES = frozenset({
    "of", "on", "for", "in", "and", "or", "to", "with", "against", "from", "by", "between", "as", "at", "s",
    "along", "around", "near", "during", "after", "before", "into", "over", "under",
})  # fmt: skip
_ADVERB = re.compile(r"[a-z]{3,}ly")
_CASE = re.compile(r"n?[ıiuü]n|[ny]?[aə]|d[aə]n?|n?[ıiuü]")  # of an Azerbaijani abbreviation


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, and where it stands."""

    start: int
    end: int
    raw: str
    passed_over: bool  # an article, an adverb, or the ending of a case
    aside: bool  # alone in parentheses
    hyphened: bool  # to the next


def split_words(text: str) -> list[Word]:
    """All its words, in order; "U.N." is one, and the parts of a hyphened word are several."""
    found = list(_WORD.finditer(text))
    return [
        Word(
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


@lru_cache(maxsize=16_384)
def significant_words(name: str) -> tuple[str, ...]:
    """The words of a name, without those that make no difference."""
    return tuple(
        word.raw for word in split_words(name) if not word.passed_over and word.raw.casefold() not in _ARTICLES
    )


Stem = Callable[[str], str]

_SAME = {
    **dict.fromkeys(("on", "of", "for"), "of"),
    **dict.fromkeys(("different", "various", "foreign", "several"), "other"),
    "state": "country",
    "institute": "institution",
    **dict.fromkeys(("ombudsperson", "ombudswoman", "ombudspeople"), "ombudsman"),
}
_SPELLING = (
    (re.compile(r"ies$"), "y"),
    (re.compile(r"men$"), "man"),
    (re.compile(r"(?<=[^suia])s$"), ""),
    (re.compile(r"(?<=[^e]a)s$"), ""),
    (re.compile(r"is(ation|e|ed|es|er|ing)$"), r"iz\1"),
    (re.compile(r"(?<=\d)(?:st|nd|rd|th)$"), ""),
)
# Case, number and possession, from the end inwards, while four letters are left.
_AZERBAIJANI = re.compile(
    r"(?<=.{4})(?:lar|lər|n[ıiuü]n|s[ıiuü]n|[ıiuü]n|d[aə]n|d[aə]|n[aə]|y[aə]|n[ıiuü]|s[ıiuü]|y[ıiuü]|[aəıiuü])$"
)
_RUSSIAN = re.compile(
    r"(?<=.{3})(?:иями|иях|иям|ией|ии|ия|ию|ий|ями|ами|ого|его|ому|ему|ыми|ими|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ым|им"
    r"|ой|ый|ей|ом|ем|ём|ах|ях|ам|ям|ов|ев|[аяоеыиуюьй])$"
)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The form of an English word, or of a Russian one, by its letters."""
    form = _plain(word)
    if re.match("[а-я]", form):
        return _RUSSIAN.sub("", form) if len(form) > 3 else form
    form = _SAME.get(form, form)
    if len(form) > 3:
        for ending, instead in _SPELLING:
            form = ending.sub(instead, form)
    return _SAME.get(form, form)


@lru_cache(maxsize=65_536)
def stem_azerbaijani(word: str) -> str:
    """The form of an Azerbaijani word."""
    form, before = word.replace("I", "ı").replace("İ", "i").casefold(), ""
    while form != before:
        form, before = _AZERBAIJANI.sub("", form), form
    return form


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold().replace("ё", "е").replace("й", "\0"))
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("ı", "i").replace("\0", "й")


FORMS: Mapping[str, Stem] = {"en": stem, "az": stem_azerbaijani}  # any other language as the first

_DAY = re.compile(r"\d{1,2}")
_EVENT_WORD = re.compile(lexicon.HARM, re.IGNORECASE)
_AND = {"az": "və", "ru": "и"}

Words = tuple[str, ...]


def variants(words: Words, language: str, above: Addressee | None) -> Iterator[tuple[Words, bool]]:
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
        if word.casefold() in dates.MONTHS and _DAY.fullmatch(words[n + 1]):
            ways.append((*words[:n], words[n + 1], word, *words[n + 2 :]))
    for way in ways:
        yield way
        if 1 < len(way) <= 3 and _EVENT_WORD.fullmatch(way[-1]) and all(not word[0].islower() for word in way[:-1]):
            yield (way[-1], "of", *way[:-1])
            yield (way[-1], "in", *way[:-1])


def _names_of(body: Addressee, language: str) -> Iterator[Words]:
    if language == "en":
        yield significant_words(body.label)
    for name in body.names:
        if name.language == language:
            yield significant_words(name.name)
            if name.abbreviation:
                yield significant_words(name.abbreviation)


def _without(words: Words, parent: Words, language: str) -> Iterator[Words]:
    """The name without the parent's in it, and without the "of" that tied it."""
    form = FORMS.get(language, stem)
    ours, theirs = [form(word) for word in words], [form(word) for word in parent]
    for n in range(len(words) - len(parent) + 1):
        if ours[n : n + len(parent)] == theirs:
            before, after = words[:n], words[n + len(parent) :]
            if before and before[-1] == "of":
                before = before[:-1]
            if len(before + after) > 1:
                yield before + after


def pairs(bodies: Mapping[str, Addressee]) -> Iterator[tuple[Words, str, tuple[str, str]]]:
    """Two bodies named together, "International and European Ombudsman Institutes": the words, language and ids."""
    by_tail: dict[tuple[str, Words], set[tuple[str, str]]] = {}
    for body in bodies.values():
        for name in body.names:
            first, *tail = significant_words(name.name) or ("",)
            if len(tail) > 1:
                by_tail.setdefault((name.language, tuple(tail)), set()).add((first, body.id))
    for (language, rest), heads in by_tail.items():
        for (one, id), (other, other_id) in permutations(sorted(heads), 2):
            if id != other_id:
                yield (one, _AND.get(language, "and"), other, *rest), language, (id, other_id)


_DATED = re.compile(r"\s*\(.*|,\s+(?=\S*\d).*")  # what follows the name in a label
_ASIDE = re.compile(r"\([^)]*\)")
_EVENT = re.compile(lexicon.HARM, re.IGNORECASE)

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
        self._roots = {language: _Node() for language in FORMS}
        for body in addressees.values():
            self._add("addressees", body.id, body.label, body.names, addressees.get(body.parent))
        for instrument in instruments.values():
            symbol = [Name(name=instrument.symbol, language="en")] if instrument.symbol else []
            label = _DATED.sub("", instrument.label)
            self._add("instruments", instrument.id, label, [*instrument.names, *symbol])
            if (counted := significant_words(label))[:1] and counted[0].casefold() in _NUMERALS:
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
        there = split_words(text)
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
        form = FORMS[language]
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
            plain = significant_words(name.name)
            if not any(c.islower() for c in name.name):  # the name is its abbreviation
                self._enter(vocabulary, id, plain, name.language, exact=name.name)
            elif vocabulary != "instruments" and _is_common_noun(plain, name.language, vocabulary):
                self._enter(vocabulary, id, plain, name.language, exact=name.name.casefold())
            else:
                without = significant_words(_ASIDE.sub("", name.name))
                for way in dict.fromkeys((plain, without)):
                    for variant, partial in variants(way, name.language, above):
                        self._enter(vocabulary, id, variant, name.language, partial=partial)
            if name.abbreviation:
                self._enter(
                    vocabulary, id, significant_words(name.abbreviation), name.language, exact=name.abbreviation
                )

    def _enter(
        self, vocabulary: str, id: str, words: Words, language: str, *, partial: bool = False, exact: str = ""
    ) -> None:
        language = language if language in FORMS else "en"
        node = self._roots[language]
        for word in words:
            node = node.next.setdefault(FORMS[language](word), _Node())
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


def _walk(root: _Node, words: Sequence[Word], first: int, form: Stem) -> Iterator[tuple[int, list[_Entry]]]:
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
