"""What a statement's page says of where it is known from: its sources in words, who reports it, and how to cite it."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive import words
from archive.choices import OUTLET_KINDS, SOURCE_KINDS
from archive.model import Archive, Source, Statement

# of each kind of source, the words that lead to its outlet
SAYS = {
    "official-text": "published by",
    "official-translation": "in an official translation published by",
    "press-report": "as reported by",
    "social-post": "as posted on",
    "broadcast": "as broadcast by",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A source, in words."""

    source: Source
    kind: str
    means: str
    outlet: str
    outlet_kind: str
    syndicated_from: str
    notes: Sequence[str]  # on the outlets
    language: str
    unused: bool  # known of, while the record was made from others


def reported(statement: Statement, archive: Archive) -> list[Reported]:
    """The statement's sources in the order the record has them."""
    captured = any(map(_captured, statement.sources))
    cited = {figure.source for figure in statement.figures}
    return [
        _reported(source, archive, unused=captured and not _captured(source) and number not in cited)
        for number, source in enumerate(statement.sources, 1)
    ]


def known_from(statement: Statement, archive: Archive, carried: str) -> str:
    """Who reports it, by its first source: "as reported by Azernews, on Today.Az", where `carried` is "on"."""
    first = statement.sources[0]
    outlet = archive.outlets[first.outlet].label
    if first.syndicated_from:
        outlet = f"{archive.outlets[first.syndicated_from].label}, {carried} {outlet}"
    return f"{SAYS[first.kind]} {outlet}"


def citation(statement: Statement, archive: Archive) -> str:
    """The line to cite the record by, up to its address; a supplied title stands in square brackets, as in archives."""
    published = statement.sources[0].published
    return (
        f"{archive.issuers[statement.issuer].label}. [{statement.title}] (title supplied by the archive), "
        f"{words.named(statement.form)}, {statement.date.stated}; "
        f"{known_from(statement, archive, 'carried by')}{f', {published.words}' if published else ''}. "
        f"{archive.site_name}, record {statement.id}, "
    )


def _captured(source: Source) -> bool:
    return bool(source.sha256 or source.retrieved_at)


def _reported(source: Source, archive: Archive, *, unused: bool) -> Reported:
    outlet = archive.outlets[source.outlet]
    origin = archive.outlets[source.syndicated_from] if source.syndicated_from else None
    return Reported(
        source=source,
        kind=words.sentence(words.named(source.kind)),
        means=SOURCE_KINDS[source.kind],
        outlet=outlet.label,
        outlet_kind=OUTLET_KINDS[outlet.kind],
        syndicated_from=origin.label if origin else "",
        notes=[f"{each.label}: {each.note}" for each in (outlet, origin) if each and each.note],
        language=words.language(source.language),
        unused=unused,
    )
