"""Find the names of authorities in a text: of addressees, instruments, events, places and issuers.

Names are compared word by word: by stems, without articles and adverbs, in any order that means the same.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations, product

from archive.authoring.extract import dates, lexicon
from archive.model.records import Addressee, Archive, Entry, Event, Name

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_HYPHENS = ("-", "\u2010", "\u2011")
_ARTICLES = frozenset({"the", "a", "an"})
_BEFORE_ARTICLES = frozenset(
    [
        "of",
        "on",
        "for",
        "in",
        "and",
        "or",
        "to",
        "with",
        "against",
        "from",
        "by",
        "between",
        "as",
        "at",
        "s",
        "along",
        "around",
        "near",
        "during",
        "after",
        "before",
        "into",
        "over",
        "under",
    ]
)
_ADVERB = re.compile(r"[a-z]{3,}ly")
_CASE_ENDING = re.compile(r"n?[ıiuü]n|[ny]?[aə]|d[aə]n?|n?[ıiuü]")  # of an Azerbaijani abbreviation
_SYNONYMS = {
    **dict.fromkeys(("on", "of", "for"), "of"),
    **dict.fromkeys(("different", "various", "foreign", "several"), "other"),
    **dict.fromkeys(("ombudsperson", "ombudswoman", "ombudspeople"), "ombudsman"),
    "state": "country",
    "institute": "institution",
}
_SPELLINGS = (
    (re.compile(r"ies$"), "y"),
    (re.compile(r"men$"), "man"),
    (re.compile(r"(?<=[^suia])s$|(?<=[^e]a)s$"), ""),
    (re.compile(r"is(ation|e|ed|es|er|ing)$"), r"iz\1"),
    (re.compile(r"(?<=\d)(?:st|nd|rd|th)$"), ""),
)
# Case, number and possession, from the end inwards, while four letters are left
_AZERBAIJANI = re.compile(
    r"(?<=.{4})(?:lar|lər|n[ıiuü]n|s[ıiuü]n|[ıiuü]n|d[aə]n|d[aə]|n[aə]|y[aə]|n[ıiuü]|s[ıiuü]|y[ıiuü]|[aəıiuü])$"
)
_RUSSIAN = re.compile(
    r"(?<=.{3})(?:иями|иях|иям|ией|ии|ия|ию|ий|ями|ами|ого|его|ому|ему|ыми|ими|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ым|им"
    r"|ой|ый|ей|ом|ем|ём|ах|ях|ам|ям|ов|ев|[аяоеыиуюьй])$"
)
_LANGUAGES = ("en", "az")  # by which names are compared; any other language as the first
_DAY = re.compile(r"\d{1,2}")
_HARM_WORD = re.compile(lexicon.HARM_WORDS, re.IGNORECASE)
_CONJUNCTIONS = {"az": "və", "ru": "и"}
_DATE_IN_LABEL = re.compile(r"\s*\(.*|,\s+(?=\S*\d).*")  # what follows the name in a label
_PARENTHESES = re.compile(r"\([^)]*\)")
_NUMERALS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MOST_NEAREST = 2  # entries that a message names
_MOST_WITH_A_WORD = 4  # entries, for the word to say which of them may be meant

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text and its place."""

    start: int
    end: int
    letters: str  # without the dots of an abbreviation
    is_optional: bool  # an article, an adverb, or the ending of a case
    is_in_parentheses: bool  # alone
    is_hyphenated: bool  # with the next word


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAuthority:
    """A name in a text: of one authority or, if it stands for several, of all of them."""

    start: int
    end: int
    authorities: tuple[tuple[str, str], ...]  # (vocabulary, id)
    words: int
    partial: bool = False  # without the body above it, or without how many: "the Human Rights Council"

    def ids(self, vocabulary: str) -> tuple[str, ...]:
        """Return the ids of this vocabulary that it names."""
        return tuple(id for kind, id in self.authorities if kind == vocabulary)


@dataclass(frozen=True, slots=True)
class _Ending:
    vocabulary: str
    id: str
    partial: bool
    spelling: str  # of an abbreviation or of the name of a class in one word, which must be spelled so; "" for others


class _Node:
    """A node in the tree of names, by stems of words; `endings` are the names that end here."""

    __slots__ = ("endings", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.endings: list[_Ending] = []


class Names:
    """The names of an archive's authorities, as trees of stems."""

    def __init__(self, archive: Archive) -> None:
        self._roots = {language: _Node() for language in _LANGUAGES}
        for body in archive.addressees.values():
            names = [*body.names, *_said(body)]
            self._add("addressees", body.id, body.label, names, archive.addressees.get(body.parent))
        for words, language, ids in _joint_names(archive.addressees):
            for id in ids:
                self._enter("addressees", id, words, language)
        for instrument in archive.instruments.values():
            symbol = [Name(name=instrument.symbol, language="en")] if instrument.symbol else []
            label = _DATE_IN_LABEL.sub("", instrument.label)
            self._add("instruments", instrument.id, label, [*instrument.names, *_said(instrument), *symbol])
            if (words := _significant_words(label))[:1] and words[0].casefold() in _NUMERALS:
                self._enter("instruments", instrument.id, words[1:], "en", partial=True)
        for event in archive.events.values():
            self._add("events", event.id, _name_in_label(event), [*filter(_is_proper, event.names), *_said(event)])
        for place in archive.places.values():
            self._add("places", place.id, place.label, place.names)
        for issuer in archive.issuers.values():
            self._add("issuers", issuer.id, issuer.label, issuer.names)

    @classmethod
    def of(cls, archive: Archive) -> "Names":
        """Return the names of an archive; archives with the same authorities share them."""
        authorities = archive.addressees, archive.instruments, archive.events, archive.places, archive.issuers
        key = tuple(tuple(entries.items()) for entries in authorities)
        if key not in _SHARED:
            _SHARED.clear()
            _SHARED[key] = cls(archive)
        return _SHARED[key]

    def find(self, text: str) -> tuple[NamedAuthority, ...]:
        """Return every name in the text, in order; none overlap."""
        words = _split_words(text)
        names = [name for language in self._roots for name in self._names_in_language(text, words, language)]
        chosen: dict[int, NamedAuthority] = {}  # by each place that is taken
        for name in sorted(names, key=lambda name: (name.start - name.end, name.start)):
            other = chosen.get(name.start)
            if other and (other.start, other.end) == (name.start, name.end):
                name = replace(other, authorities=tuple(dict.fromkeys((*other.authorities, *name.authorities))))
            elif any(place in chosen for place in (name.start, name.end - 1)):
                continue
            chosen.update(dict.fromkeys(range(name.start, name.end), name))
        return tuple(sorted(set(chosen.values()), key=lambda name: name.start))

    def _names_in_language(self, text: str, words: Sequence[_Word], language: str) -> Iterator[NamedAuthority]:
        """Yield the longest name in this language that begins at each word."""
        for n, word in enumerate(words):
            best: dict[int, list[_Ending]] = {}
            for last, endings in _matches(self._roots[language], words, n, language) if not word.is_optional else ():
                spelled = text[word.start : words[last].end]
                if fitting := [ending for ending in endings if _is_spelled(ending, spelled)]:
                    best[last] = fitting
            if best:
                last = max(best)
                complete = [ending for ending in best[last] if not ending.partial] or best[last]
                yield NamedAuthority(
                    start=word.start,
                    end=words[last].end,
                    authorities=tuple(dict.fromkeys((ending.vocabulary, ending.id) for ending in complete)),
                    words=len(text[word.start : words[last].end].split()),
                    partial=complete[0].partial,
                )

    def _add(self, vocabulary: str, id: str, label: str, names: Sequence[Name], above: Addressee | None = None) -> None:
        for name in [*([Name(name=label, language="en")] if label else []), *names]:
            words, language = _significant_words(name.name), name.language
            if not any(character.islower() for character in name.name):  # the name is its abbreviation
                self._enter(vocabulary, id, words, language, spelling=name.name)
            elif vocabulary != "instruments" and _is_common_noun(words, language, vocabulary):
                self._enter(vocabulary, id, words, language, spelling=name.name.casefold())
            else:
                for form in dict.fromkeys((words, _significant_words(_PARENTHESES.sub("", name.name)))):
                    for variant, partial in _variants(form, language, above):
                        self._enter(vocabulary, id, variant, language, partial=partial)
            if short := name.abbreviation:
                self._enter(vocabulary, id, _significant_words(short), language, spelling=short)

    def _enter(
        self, vocabulary: str, id: str, words: _Words, language: str, *, partial: bool = False, spelling: str = ""
    ) -> None:
        language = language if language in _LANGUAGES else "en"
        node = self._roots[language]
        for word in words:
            node = node.next.setdefault(_stem(word, language), _Node())
        ending = _Ending(vocabulary, id, partial, spelling)
        if words and ending not in node.endings:
            node.endings.append(ending)


_SHARED: dict[object, Names] = {}


def nearest(words: str, entries: Mapping[str, Entry]) -> str:
    """Return "; nearest: ..." with the ids of the entries that share the rarest words with these; "" for none."""
    stems_of = {
        id: {
            _stem(word, "en")
            for name in (entry.label, *(name.name for name in entry.names))
            for word in _significant_words(name)
        }
        for id, entry in entries.items()
    }
    common = Counter(stem for stems in stems_of.values() for stem in stems)
    rare = {_stem(word, "en") for word in _significant_words(words) if len(word) > 3}
    rare = {stem for stem in rare if 0 < common[stem] <= _MOST_WITH_A_WORD}
    score = {id: sum(1 / common[stem] for stem in rare & stems) for id, stems in stems_of.items()}
    ids = sorted((id for id in score if score[id]), key=lambda id: -score[id])[:_MOST_NEAREST]
    return f"; nearest: {', '.join(ids)}" if ids else ""


def _name_in_label(event: Event) -> str:
    """Return the name with which an event's label begins, if it says what happened; "" for a mere place."""
    label = event.label.partition(",")[0]
    return label if _HARM_WORD.fullmatch(label.rpartition(" ")[2]) else ""


def _is_proper(name: Name) -> bool:
    """Return whether a name has a proper noun or a number in it: "mass grave" may be any."""
    return any(word[0].isupper() or word[0].isdigit() for word in _significant_words(name.name))


def _said(entry: Entry) -> list[Name]:
    """Return the other words for it as names, in the language that their letters show."""
    return [Name(name=words, language=_language(words)) for words in entry.said]


def _language(words: str) -> str:
    if re.search("[а-яё]", words, re.IGNORECASE):
        return "ru"
    return "az" if re.search("[əğıƏĞİ]", words) else "en"


def _is_common_noun(words: _Words, language: str, vocabulary: str) -> bool:
    """Return whether it is one word that is a name only in this form: a class of bodies, or "deportation"."""
    if len(words) != 1 or language != "en":
        return False
    return vocabulary == "addressees" or (words[0][0].islower() and not words[0].endswith("s"))


def _matches(root: _Node, words: Sequence[_Word], first: int, language: str) -> Iterator[tuple[int, list[_Ending]]]:
    """Yield every end of a name that begins at this word: the number of its last word, and the names."""
    waiting = [(root, first)]
    while waiting:
        node, n = waiting.pop()
        if n == len(words):
            continue
        word = words[n]
        if n > first and (word.is_in_parentheses or word.is_optional):
            waiting.append((node, n + 1))
        steps = [(word.letters, n)]
        if word.is_hyphenated:
            steps.append((word.letters + words[n + 1].letters, n + 1))
        for letters, last in steps:
            if child := node.next.get(_stem(letters, language)):
                if child.endings:
                    yield last, child.endings
                waiting.append((child, last + 1))


def _is_spelled(ending: _Ending, text: str) -> bool:
    found = " ".join(text.replace(".", "").split())
    return not ending.spelling or ending.spelling in (found, found.casefold())


def _split_words(text: str) -> list[_Word]:
    """Return all words of a text, in order; "U.N." is one, and the parts of a hyphenated word are several."""
    matches = list(_WORD.finditer(text))
    return [
        _Word(
            match.start(),
            match.end(),
            match[0].replace(".", ""),
            _is_optional(match[0], text[match.start() - 1 : match.start()], matches[index - 1][0] if index else "of")
            or (match[0] == "Republic" and text.startswith(" of ", match.end()))
            or (match[0] == "of" and text.endswith("Republic ", 0, match.start())),
            text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")",
            index + 1 < len(matches) and text[match.end() : matches[index + 1].start()] in _HYPHENS,
        )
        for index, match in enumerate(matches)
    ]


def _is_optional(word: str, before: str, previous: str) -> bool:
    """Return whether a name is the same without this word: "the" after "of", "forcibly", "nin" in "BMT-nin"."""
    if word.casefold() in _ARTICLES:
        return previous.casefold() in _BEFORE_ARTICLES
    if before and before in "'’ʼ`":
        return word == "s"
    return bool(_ADVERB.fullmatch(word)) or (before in _HYPHENS and bool(_CASE_ENDING.fullmatch(word)))


@lru_cache(maxsize=16_384)
def _significant_words(name: str) -> _Words:
    """Return the words of a name without the optional ones."""
    words = (word for word in _split_words(name) if not word.is_optional)
    return tuple(word.letters for word in words if word.letters.casefold() not in _ARTICLES)


def _variants(words: _Words, language: str, above: Addressee | None) -> Iterator[tuple[_Words, bool]]:
    """Yield every form of a name that means the same, and whether it lacks the name of the body above."""
    yield words, False
    for n, hyphen in enumerate(words[:-1]):  # "co operation"
        if len(hyphen) == 2:
            yield (*words[:n], hyphen + words[n + 1], *words[n + 2 :]), False
    if language == "en":
        yield from ((variant, False) for variant in _word_orders(words))
    parents = list(_names_of(above, language)) if above else []
    rests = [rest for parent in parents for rest in _without_parent(words, parent, language)]
    for rest in rests:
        yield rest, True
    for rest, other in product(rests or [words], parents):
        yield (*rest, "of", *other), False
        yield (*other, *rest), False


def _word_orders(words: _Words) -> Iterator[_Words]:
    """Yield "January 20 tragedy" also as "20 January tragedy" and "tragedy of January 20", and the like."""
    orders = [words]
    for n, word in enumerate(words[:-1]):
        if word.casefold() in dates.MONTHS and _DAY.fullmatch(words[n + 1]):
            orders.append((*words[:n], words[n + 1], word, *words[n + 2 :]))
    for order in orders:
        yield order
        named = all(not word[0].islower() for word in order[:-1])
        if 1 < len(order) <= 3 and named and _HARM_WORD.fullmatch(order[-1]):
            yield (order[-1], "of", *order[:-1])
            yield (order[-1], "in", *order[:-1])


def _names_of(body: Addressee, language: str) -> Iterator[_Words]:
    if language == "en":
        yield _significant_words(body.label)
    for name in body.names:
        if name.language == language:
            yield from map(_significant_words, filter(None, (name.name, name.abbreviation)))


def _without_parent(words: _Words, parent: _Words, language: str) -> Iterator[_Words]:
    """Yield the name without its parent's name and the "of" before that."""
    stems, parent_stems = ([_stem(word, language) for word in each] for each in (words, parent))
    for n in range(len(words) - len(parent) + 1):
        if stems[n : n + len(parent)] == parent_stems:
            before, after = words[:n], words[n + len(parent) :]
            before = before[:-1] if before[-1:] == ("of",) else before
            if len(before + after) > 1:
                yield before + after


def _joint_names(bodies: Mapping[str, Addressee]) -> Iterator[tuple[_Words, str, tuple[str, str]]]:
    """Yield two bodies named together ("International and European Ombudsman Institutes"): words, language, ids."""
    by_tail: dict[tuple[str, _Words], set[tuple[str, str]]] = {}
    for body in bodies.values():
        for name in body.names:
            first, *tail = _significant_words(name.name) or ("",)
            if len(tail) > 1:
                by_tail.setdefault((name.language, tuple(tail)), set()).add((first, body.id))
    for (language, rest), heads in by_tail.items():
        for (one, id), (other, other_id) in permutations(sorted(heads), 2):
            if id != other_id:
                yield (one, _CONJUNCTIONS.get(language, "and"), other, *rest), language, (id, other_id)


@lru_cache(maxsize=65_536)
def _stem(word: str, language: str) -> str:
    """Return the stem of an Azerbaijani word or else of an English or, if its letters are Cyrillic, a Russian one."""
    if language == "az":
        stem, before = word.replace("I", "ı").replace("İ", "i").casefold(), ""
        while stem != before:
            stem, before = _AZERBAIJANI.sub("", stem), stem
        return stem
    stem = _without_accents(word)
    if re.match("[а-я]", stem):
        return _RUSSIAN.sub("", stem) if len(stem) > 3 else stem
    stem = _SYNONYMS.get(stem, stem)
    for ending, replacement in _SPELLINGS if len(stem) > 3 else ():
        stem = ending.sub(replacement, stem)
    return _SYNONYMS.get(stem, stem)


def _without_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("ё", "е").replace("й", "\0"))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return letters.replace("ı", "i").replace("\0", "й")
