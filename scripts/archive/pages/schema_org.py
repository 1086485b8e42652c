"""Make the metadata in a statement page's head: for search engines, reference managers and other programs.

Its JSON-LD is a graph in the terms of https://schema.org, with a node each for the record, the statement and every
source. The record is the article of the page, and comes first: reader modes show the title and the publisher of the
first article that they meet, so sources are creative works of no nearer type. The statement is a message to its
addressees or a creative work; nothing is claimed about its contents. So two types are not used: Statement, which is for
facts, and ClaimReview, which is for verdicts.
"""

from collections.abc import Iterable, Iterator

from archive.exports.citations import FORMATS
from archive.exports.citations.csl import Item, agreed_date
from archive.model import urls
from archive.model.edtf import Date, Point
from archive.model.records import Archive, Issuer, Source, Statement
from archive.pages import anchors
from archive.pages.links import same_as_links
from archive.pages.page import render
from archive.text import formatting

Node = dict[str, object]

SCRIPT = "assets/cite.js"
_GROUPS = {"class", "diplomatic-mission", "media", "public", "states"}  # kinds of addressees that are not one body


def head_html(statement: Statement, item: Item, description: str, archive: Archive) -> str:
    """Return the HTML for the head of a published statement's page, which this `description` describes."""
    issuer = archive.issuers[statement.issuer]
    return render(
        "statement-head.html",
        {
            "item": item,
            "date": agreed_date(item.issued),
            "licence": formatting.LICENCE_URL,
            "author": next((link.href for link in same_as_links(issuer.same_as)), issuer.url),
            "sources": [source.url for source in statement.sources if source.url],
            "formats": FORMATS,
            "graph": json_ld(statement, item, description, archive),
            "script": urls.relative(SCRIPT, urls.for_statement(statement)),
        },
    )


def json_ld(statement: Statement, item: Item, description: str, archive: Archive) -> Node:
    """Return the JSON-LD of a statement's page, without what is not known."""
    sources = [f"{item.url}#{anchor}" for anchor in anchors.of_sources(statement)]
    nodes = [
        _record(statement, item, description, archive, sources),
        _statement(statement, item, archive, sources),
        _office(archive.issuers[statement.issuer], archive),
        *(_source(source, id, item, archive) for source, id in zip(statement.sources, sources, strict=True)),
    ]
    return {"@context": "https://schema.org", "@graph": [_without_empty(node) for node in nodes]}


def _record(statement: Statement, item: Item, description: str, archive: Archive, sources: Iterable[str]) -> Node:
    keeper = {"@type": "Organization", "name": archive.site_name, "url": archive.site_url}
    return {
        "@type": "Article",
        "@id": item.url,
        "url": item.url,
        "headline": item.title,
        "description": description,
        "inLanguage": item.language,
        "author": keeper,
        "publisher": keeper,
        "isPartOf": {"@type": "WebSite", "name": archive.site_name, "url": archive.site_url},
        "license": formatting.LICENCE_URL,
        "publishingPrinciples": f"{archive.site_url}{urls.doc('method.md')}",
        "datePublished": statement.history[0].date.isoformat(),
        "dateModified": item.changed.isoformat(),
        "correction": [
            {"@type": "CorrectionComment", "text": change.note, "datePublished": change.date.isoformat()}
            for change in statement.history
            if change.kind == "correction"
        ],
        "citation": [{"@id": id} for id in sources],
        "mainEntity": {"@id": f"{item.url}#statement"},
    }


def _statement(statement: Statement, item: Item, archive: Archive, sources: Iterable[str]) -> Node:
    office = {"@id": _office_id(statement.issuer, archive)}
    types = ["Report"] if statement.form == "report" else []
    if statement.addressees:
        types.append("Message")
    return {
        "@type": types if len(types) > 1 else "".join(types) or "CreativeWork",
        "@id": f"{item.url}#statement",
        "name": item.title,
        "identifier": item.id,
        "genre": item.genre,
        "author": office,
        "sender": office if statement.addressees else None,
        "datePublished": _certain_date(statement.date),
        "inLanguage": formatting.language_tag(statement.original_language),
        "recipient": list(_recipients(statement.addressees, archive)),
        "about": [*_events(statement.events, archive), *_topics(statement.subjects, archive)],
        "mentions": list(_events(statement.mentions, archive)),
        "contentLocation": list(_places(statement.events, archive)),
        "citation": [
            _without_empty({"@type": "CreativeWork", "name": instrument.label, "url": instrument.url})
            for instrument in (archive.instruments[id] for id in statement.instruments)
        ],
        "subjectOf": [{"@id": id} for id in sources],
    }


def _source(source: Source, id: str, item: Item, archive: Archive) -> Node:
    origin = source.syndicated_from
    return {
        "@type": "CreativeWork",
        "@id": id,
        "name": source.title,
        "publisher": _outlet(source.outlet, archive),
        "sourceOrganization": _outlet(origin, archive) if origin else None,
        "datePublished": _certain_date(source.published) if source.published else "",
        "inLanguage": formatting.language_tag(source.language),
        "url": source.url,
        "archivedAt": source.archived_url,
        "translationOfWork": {"@id": f"{item.url}#statement"} if source.kind == "official-translation" else None,
    }


def _office(issuer: Issuer, archive: Archive) -> Node:
    return {
        "@type": "Organization",
        "@id": _office_id(issuer.id, archive),
        "name": issuer.label,
        "url": issuer.url,
        "sameAs": [link.href for link in same_as_links(issuer.same_as)],
    }


def _office_id(id: str, archive: Archive) -> str:
    return f"{archive.site_url}#{id}"


def _outlet(id: str, archive: Archive) -> Node:
    outlet = archive.outlets[id]
    return _without_empty({"@type": "Organization", "name": outlet.label, "url": outlet.url})


def _recipients(ids: Iterable[str], archive: Archive) -> Iterator[Node]:
    for id in ids:
        addressee = archive.addressees[id]
        yield {
            "@type": "Audience" if addressee.kind in _GROUPS else "Organization",
            "@id": f"{archive.site_url}{urls.entry('addressees', id)}",
            "name": addressee.label,
        }


def _events(ids: Iterable[str], archive: Archive) -> Iterator[Node]:
    for id in ids:
        event = archive.events[id]
        yield {
            "@type": "Event",
            "@id": f"{archive.site_url}{urls.entry('events', id)}",
            "name": event.label,
            **_certain_point("startDate", event.date.start),
            **_certain_point("endDate", event.date.end),  # without an end it may not have ended then
        }


def _topics(ids: Iterable[str], archive: Archive) -> Iterator[Node]:
    for id in ids:
        topic = archive.subjects[id]
        yield _without_empty(
            {
                "@type": "DefinedTerm",
                "@id": f"{archive.site_url}{urls.entry('subjects', id)}",
                "name": topic.label,
                "inDefinedTermSet": f"{archive.site_url}{urls.entries('subjects')}",
                "sameAs": [link.href for link in same_as_links(topic.same_as)],
            }
        )


def _places(events: Iterable[str], archive: Archive) -> Iterator[Node]:
    """Yield the places of events, as the archive has them; a statement cites none itself."""
    for id in dict.fromkeys(place for event in events for place in archive.events[event].places):
        yield {
            "@type": "Place",
            "@id": f"{archive.site_url}{urls.entry('places', id)}",
            "name": archive.authorities["places"][id].label,
        }


def _certain_point(name: str, point: Point | None) -> Node:
    return {name: point.text} if point and not point.mark else {}


def _certain_date(date: Date) -> str:
    """Return the date as far as it is certain; "" if not even the year is."""
    points = (date.start, date.end or date.start)
    same_year = len({point.text[:4] for point in points}) == 1
    return agreed_date(date) if same_year and not any(point.mark for point in points) else ""


def _without_empty(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}
