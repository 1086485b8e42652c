"""A name -> the ways to write it that mean the same: another order, another form of the body above it, two in one."""

import re
from collections.abc import Iterator, Mapping
from itertools import permutations, product

from archive.drafting import days, forms, speech
from archive.drafting.tokens import raw
from archive.model.records import Addressee

_DAY = re.compile(r"\d{1,2}")
_EVENT = re.compile(speech.HARM, re.IGNORECASE)
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
        if word.casefold() in days.MONTHS and _DAY.fullmatch(words[n + 1]):
            ways.append((*words[:n], words[n + 1], word, *words[n + 2 :]))
    for way in ways:
        yield way
        if 1 < len(way) <= 3 and _EVENT.fullmatch(way[-1]) and all(not word[0].islower() for word in way[:-1]):
            yield (way[-1], "of", *way[:-1])
            yield (way[-1], "in", *way[:-1])


def _names_of(body: Addressee, language: str) -> Iterator[Words]:
    if language == "en":
        yield raw(body.label)
    for name in body.names:
        if name.language == language:
            yield raw(name.name)
            if name.abbreviation:
                yield raw(name.abbreviation)


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


def pairs(bodies: Mapping[str, Addressee]) -> Iterator[tuple[Words, str, tuple[str, str]]]:
    """Two bodies named together, "International and European Ombudsman Institutes": the words, language and ids."""
    by_tail: dict[tuple[str, Words], set[tuple[str, str]]] = {}
    for body in bodies.values():
        for name in body.names:
            first, *tail = raw(name.name) or ("",)
            if len(tail) > 1:
                by_tail.setdefault((name.language, tuple(tail)), set()).add((first, body.id))
    for (language, rest), heads in by_tail.items():
        for (one, id), (other, other_id) in permutations(sorted(heads), 2):
            if id != other_id:
                yield (one, _AND.get(language, "and"), other, *rest), language, (id, other_id)
