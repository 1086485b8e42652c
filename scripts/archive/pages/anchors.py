"""Give each request, figure, term and source of a statement an anchor on its page, made of what it says.

So a link to one of them leads to the same one after others were added, moved or taken away. Where a figure stands in
its source, and any note on it, may be corrected without making another of it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from archive.model.records import Figure, Statement

_LENGTH = 8  # hexadecimal digits


def of_requests(statement: Statement) -> list[str]:
    """Return the anchor of each request, in the order of the record."""
    return _anchors("request", ((*request.of, request.asks) for request in statement.requests))


def of_figures(figures: Iterable[Figure]) -> dict[int, str]:
    """Return the anchor of each figure of a statement, or of those on an event, by its identity: two may be equal."""
    figures = tuple(figures)

    def content(item: Figure) -> tuple[object, ...]:
        return (item.event, item.measure, item.group, item.value, item.min, item.max, item.qualifier, item.as_of)

    return dict(zip(map(id, figures), _anchors("figure", map(content, figures)), strict=True))


def of_terms(statement: Statement) -> list[str]:
    """Return the anchor of each term, in the order of the record."""
    return _anchors("term", ((term.about, term.term) for term in statement.terms))


def of_sources(statement: Statement) -> list[str]:
    """Return the anchor of each source, in the order of the record."""
    return _anchors(
        "source",
        (
            (source.url,) if source.url else (source.outlet, source.published, source.title)
            for source in statement.sources
        ),
    )


def _anchors(kind: str, contents: Iterable[tuple[object, ...]]) -> list[str]:
    return list(_numbered(f"{kind}-{_digest(content)}" for content in contents))


def _digest(content: tuple[object, ...]) -> str:
    text = "\n".join(str(getattr(part, "text", part)) for part in content)
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def _numbered(names: Iterable[str]) -> Iterator[str]:
    """Yield the names; one that comes again has its number among those of its name added."""
    met: Counter[str] = Counter()
    for name in names:
        met[name] += 1
        yield name if met[name] == 1 else f"{name}-{met[name]}"
