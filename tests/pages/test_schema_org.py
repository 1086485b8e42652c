"""What programs read in the head of a statement's page, and how its links and sections can be pointed at."""

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from archive.model import edtf
from archive.model.records import Archive, Change, Relation, Source, Statement
from archive.model.vocabularies import FORMS
from archive.publish import generate
from archive.publish.loading import load_archive
from builders import DATA, PROJECT, archive_of, split_page, statement, with_changes

GOLDEN = DATA / "golden" / "head"
# which form goes with which date, language and addressee, so that each is met
CASES: dict[str, dict[str, Any]] = {
    "statement": {"date": "2021-09-21"},
    "appeal": {"date": "2021-09-21?", "addressees": ("council", "neighbours"), "subjects": ("bridges",)},
    "open-letter": {"date": "2021-09", "addressees": ("council",), "mentions": ("harbour-1992",)},
    "letter": {"date": "2021~", "addressees": ("neighbours",), "language": "az"},
    "report": {"date": "2021-09-01/2021-09-05", "addressees": ("council",), "instruments": ("charter",)},
    "speech": {"date": "2021-09-30/2021-10-02", "original_language": "az"},
    "interview": {"date": "2021-12-31/2022-01-01", "language": "mul", "original_language": "und"},
    "post": {"date": "2021-09-21", "title": "Post on “the bridge”, <b> & 'so' on"},
}
# what may stand in the graph: of each type, its properties (schema.org 29.2)
TERMS = {
    "Article": {
        "url", "headline", "description", "inLanguage", "author", "publisher", "isPartOf", "license",
        "publishingPrinciples", "datePublished", "dateModified", "correction", "citation", "mainEntity",
    },
    "WebSite": {"name", "url"},
    "CorrectionComment": {"text", "datePublished"},
    "Organization": {"name", "url", "sameAs"},
    "Audience": {"name"},
    "DefinedTerm": {"name", "inDefinedTermSet", "sameAs"},
    "Event": {"name", "startDate", "endDate"},
    "Place": {"name"},
    "CreativeWork": {
        "name", "url", "identifier", "genre", "author", "datePublished", "inLanguage", "about", "mentions", "citation",
        "contentLocation", "subjectOf", "publisher", "sourceOrganization", "archivedAt", "translationOfWork",
    },
}  # fmt: skip
TERMS["Report"] = TERMS["CreativeWork"]
TERMS["Message"] = TERMS["CreativeWork"] | {"sender", "recipient"}
ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


class Elements(HTMLParser):
    """Every element, with its attributes, its text and the name of the one that it stands in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}, ""))

    def handle_data(self, data: str) -> None:
        if self.found:
            tag, attributes, text = self.found[-1]
            self.found[-1] = (tag, attributes, text + data)

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes, _ in self.found if name == tag]


def archive(*statements: Statement) -> Archive:
    return archive_of(*statements, site_name="The archive", site_url="https://archive.example/")


def page(record: Statement, within: Archive | None = None) -> tuple[str, str]:
    """The head of a statement's page, as far as it is its own, and the body."""
    return of(generate.generate(within or archive(record)), record)


def of(files: Mapping[str, object], record: Statement) -> tuple[str, str]:
    """The same, where the site's files have been made."""
    front, body = split_page(str(files[f"statements/{record.id[:4]}/{record.id}/index.md"]))
    return json.loads(front.split("\n")[1]).get("head", ""), body


def metas(head: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for attributes in Elements(head).of("meta"):
        values.setdefault(attributes["name"], []).append(attributes["content"])
    return values


def graph(head: str) -> dict[str, Any]:
    texts = [text for tag, attributes, text in Elements(head).found if attributes.get("type") == "application/ld+json"]
    assert len(texts) == 1
    return dict(json.loads(texts[0]))


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Every thing in a graph, however deep."""
    if isinstance(value, list):
        for part in value:
            yield from things(part)
    elif isinstance(value, dict):
        yield value
        for part in value.values():
            yield from things(part)


def types(thing: dict[str, Any]) -> list[str]:
    type = thing["@type"]
    return type if isinstance(type, list) else [type]


def case(form: str) -> Statement:
    return statement("2021-09-21-first", form=form, **CASES[form])


def test_every_form_has_a_case() -> None:
    assert CASES.keys() == FORMS.keys()


@pytest.mark.parametrize("form", FORMS)
def test_a_head_is_as_expected(form: str, golden: Callable[[Path, str], None]) -> None:
    head, _ = page(case(form))
    shown = re.sub(
        r"(?<=<script type=\"application/ld\+json\">).*?(?=</script>)",
        lambda match: "\n" + json.dumps(json.loads(match[0]), indent=1, ensure_ascii=False) + "\n",
        head,
    )
    golden(GOLDEN / f"{form}.html", shown)


@pytest.mark.parametrize("form", FORMS)
def test_a_reference_manager_takes_it_for_a_report_by_the_office(form: str) -> None:
    record = case(form)
    values = metas(page(record)[0])
    assert values["citation_technical_report_institution"] == ["The Office"]
    assert values["citation_technical_report_number"] == [record.id]
    assert values["citation_author"] == ["The Office,"]
    assert values["citation_title"] == [record.title]
    assert values["citation_publication_date"] == values["dcterms.issued"] == values["dcterms.date"]
    (extra,) = values["z:extra"]
    assert extra.startswith("As reported by The Daily")
    assert "Title supplied by the archive, as are abstract and number." in extra
    assert ISO.fullmatch(values["citation_publication_date"][0])
    assert values["dcterms.type"] == [form.replace("-", " ").capitalize()]
    assert values["dcterms.source"] == [source.url for source in record.sources]
    assert not {name for name in values if re.search("recipient|editor|contributor|publisher$", name)} - {
        "dcterms.publisher"
    }
    assert values["dcterms.publisher"] == ["The Office"]
    assert "og:type" not in page(record)[0]


def test_an_office_with_a_comma_in_its_name_is_not_made_two() -> None:
    record = statement()
    within = archive(record)
    office = replace(within.issuers["office"], label="Office of the bridge, Department of the harbour")
    values = metas(page(record, with_changes(within, issuers={"office": office}))[0])
    assert "citation_author" not in values
    assert "dcterms.creator" not in values
    assert values["citation_technical_report_institution"] == [office.label]


def test_the_other_formats_stand_beside_the_page() -> None:
    record = statement()
    within = archive(record)
    files = generate.generate(within)
    links = [link for link in Elements(page(record)[0]).of("link") if "alternate" in link["rel"].split()]
    assert [link["title"] for link in links] == ["BibTeX", "RIS", "CSL-JSON", "The record"]
    for link in links:
        assert f"statements/2021/{record.id}/{link['href']}" in files
        assert link["type"]
    for attributes in Elements(page(record)[1]).of("a"):
        if "download" in attributes:
            assert f"statements/2021/{record.id}/{attributes['href']}" in files
            assert attributes["download"] == f"{record.id}{Path(attributes['href']).suffix}"


def full() -> Statement:
    return statement(
        form="report",
        addressees=("council", "neighbours"),
        subjects=("bridges",),
        mentions=("harbour-1992",),
        instruments=("charter",),
        original_language="az",
        related=(Relation(id="2020-05-01-other", relation="continues"),),
        sources=(
            Source(
                kind="press-report",
                outlet="daily",
                title="A title",
                url="https://daily.example/1",
                published=edtf.parse("2021-09"),
                archived_url="https://copies.example/1",
                archived_at=datetime.date(2026, 11, 20),
                syndicated_from="agency",
                language="az",
            ),
            Source(kind="official-translation", outlet="agency"),
            Source(kind="social-post", outlet="agency"),
            Source(kind="broadcast", outlet="agency"),
        ),
        history=(
            Change(date=datetime.date(2026, 11, 1), kind="addition", note="First archived."),
            Change(date=datetime.date(2026, 11, 2), kind="correction", note="A date was put right."),
            Change(date=datetime.date(2026, 11, 3), kind="clarification", note="A name was made clearer."),
        ),
    )


def assert_in_terms(head: str) -> None:
    jsonld = graph(head)
    assert jsonld.keys() == {"@context", "@graph"}
    assert jsonld["@context"] == "https://schema.org"
    nodes = jsonld["@graph"]
    ids = {thing["@id"] for thing in things(nodes) if "@type" in thing and "@id" in thing}
    for thing in things(nodes):
        if "@type" not in thing:
            assert thing.keys() == {"@id"}
            assert thing["@id"] in ids, "refers to a node of the graph"
            continue
        allowed = set().union(*(TERMS[type] for type in types(thing)))
        assert thing.keys() - {"@id", "@type"} <= allowed, thing
        assert all(value not in ("", [], None, {}) for value in thing.values()), thing
        for name in ("datePublished", "dateModified", "startDate", "endDate"):
            assert ISO.fullmatch(thing.get(name, "2021")), thing


@pytest.mark.parametrize("form", FORMS)
def test_the_graph_is_in_terms_that_claim_nothing(form: str) -> None:
    assert_in_terms(page(case(form))[0])


def test_the_graph_tells_record_statement_and_sources_apart() -> None:
    head, _ = page(full(), archive(full(), statement("2020-05-01-other")))
    assert_in_terms(head)
    record, stated, office, *sources = graph(head)["@graph"]
    assert types(record) == ["Article"]
    assert record["headline"] == full().title
    assert record["publisher"]["name"] == "The archive"
    assert record["mainEntity"] == {"@id": stated["@id"]}
    assert (record["datePublished"], record["dateModified"]) == ("2026-11-01", "2026-11-03")
    assert record["correction"] == [
        {"@type": "CorrectionComment", "text": "A date was put right.", "datePublished": "2026-11-02"}
    ]
    assert record["citation"] == stated["subjectOf"] == [{"@id": source["@id"]} for source in sources]

    assert types(stated) == ["Report", "Message"]
    assert stated["author"] == stated["sender"] == {"@id": office["@id"]}
    assert [recipient["name"] for recipient in stated["recipient"]] == [
        archive().addressees[id].label for id in ("council", "neighbours")
    ]
    assert stated["about"][0] == {
        "@type": "Event",
        "@id": "https://archive.example/events/bridge-2020/",
        "name": "The bridge, spring 2020",
        "startDate": "2020-03",
        "endDate": "2020-05",
    }
    assert stated["about"][1:] == [
        {
            "@type": "DefinedTerm",
            "@id": "https://archive.example/topics/bridges/",
            "name": archive().subjects["bridges"].label,
            "inDefinedTermSet": "https://archive.example/topics/",
        }
    ]
    assert "endDate" not in stated["mentions"][0], "a date that is no interval says nothing of an end"
    assert stated["inLanguage"] == "az"

    assert [types(source) for source in sources] == [["CreativeWork"]] * 4, "no program takes one for the page"
    assert sources[0] | {"@id": ""} == {
        "@id": "",
        "@type": "CreativeWork",
        "name": "A title",
        "publisher": {"@type": "Organization", "name": "The Daily", "url": "https://daily.example"},
        "sourceOrganization": {"@type": "Organization", "name": "The Agency"},
        "datePublished": "2021-09",
        "inLanguage": "az",
        "url": "https://daily.example/1",
        "archivedAt": "https://copies.example/1",
    }
    assert sources[1]["translationOfWork"] == {"@id": stated["@id"]}
    ids = {
        attributes.get("id")
        for _, attributes, _ in Elements(page(full(), archive(full(), statement("2020-05-01-other")))[1]).found
    }
    assert {source["@id"].rpartition("#")[2] for source in sources} <= ids


def test_a_statement_is_located_where_its_events_took_place() -> None:
    head, _ = page(statement(events=("harbour-1992",)))
    assert_in_terms(head)
    assert graph(head)["@graph"][1]["contentLocation"] == [
        {
            "@type": "Place",
            "@id": "https://archive.example/places/old-quay/",
            "name": archive().authorities["places"]["old-quay"].label,
        }
    ]


@pytest.mark.parametrize(("form", "addressees", "expected"), [
    ("statement", (), ["CreativeWork"]),
    ("appeal", ("council",), ["Message"]),
    ("report", (), ["Report"]),
    ("report", ("council",), ["Report", "Message"]),
])  # fmt: skip
def test_a_statement_is_a_message_where_it_is_addressed(
    form: str, addressees: tuple[str, ...], expected: list[str]
) -> None:
    stated = graph(page(statement(form=form, addressees=addressees))[0])["@graph"][1]
    assert types(stated) == expected
    assert ("recipient" in stated) is ("sender" in stated) is bool(addressees)


def test_no_text_of_a_record_leaves_its_place_in_the_head() -> None:
    nasty = "</script><script>alert(1)</script>\"'<!-- & \u2028 --> {{ 7*7 }}"
    record = statement(
        title=nasty,
        summary=f"Said {nasty}",
        sources=(Source(kind="press-report", outlet="daily", title=nasty),),
        history=(Change(date=datetime.date(2026, 11, 1), kind="correction", note=nasty),),
    )
    change = replace(record.history[0], note="x")
    plain, _ = page(replace(record, title="x", summary="x", history=(change,)))
    head, _ = page(record)
    assert [tag for tag, _, _ in Elements(head).found] == [tag for tag, _, _ in Elements(plain).found]
    assert metas(head)["citation_title"] == [nasty]
    record, stated, _, source = graph(head)["@graph"]
    assert [record["headline"], stated["name"], source["name"], record["correction"][0]["text"]] == [nasty] * 4


def test_a_withdrawn_record_tells_programs_nothing() -> None:
    gone = statement(
        status="withdrawn",
        history=(Change(date=datetime.date(2026, 11, 1), kind="withdrawal", note="Not the office's."),),
    )
    head, body = page(gone)
    assert head == ""
    assert "citation" not in body.replace("so that links and citations lead here", "")


def test_a_link_to_a_source_says_which_version_is_meant() -> None:
    _, body = page(full(), archive(full(), statement("2020-05-01-other")))
    robust = [link for link in Elements(body).of("a") if "data-originalurl" in link]
    assert [link["href"] for link in robust] == ["https://daily.example/1", "https://copies.example/1"]
    for link in robust:
        assert link["data-originalurl"] == "https://daily.example/1"
        assert link["data-versionurl"] == "https://copies.example/1"
        assert link["data-versiondate"] == "2026-11-20"


def test_a_link_that_leads_elsewhere_says_so_and_gives_nothing_away() -> None:
    _, body = page(full(), archive(full(), statement("2020-05-01-other")))
    outward = [link for link in Elements(body).of("a") if re.match(r"https?:", link["href"])]
    assert outward
    assert {link.get("rel") for link in outward} == {"external noopener noreferrer"}


def test_every_section_can_be_linked_to() -> None:
    _, body = page(full(), archive(full(), statement("2020-05-01-other")))
    sections = re.findall(r'<section id="([^"]+)"[^>]*><(h[23])[^>]*>(.*?)</\2>', body)
    assert len(sections) == body.count("<section") >= 12
    for id, _, heading in sections:
        (link,) = Elements(heading).of("a")
        assert link["class"] == "headerlink"
        assert link["href"] == f"#{id}"
        name = re.sub(r"<a .*", "", heading)
        assert link["aria-label"] == f"Link to this section: {name}"


def test_the_heads_of_the_real_records_are_in_order() -> None:
    real = load_archive(PROJECT)
    files = generate.generate(real)
    for record in real.statements:
        head, _ = of(files, record)
        if record.status == "withdrawn":
            assert head == ""
            continue
        values = metas(head)
        assert values["citation_technical_report_number"] == [record.id]
        assert values["citation_author"] == [f"{real.issuers[record.issuer].label},"]
        assert_in_terms(head)
