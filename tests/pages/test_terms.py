"""The pages of terms: each as data in quotation marks, with its uses in order of time, and never a heading."""

import re

from archive.model import index
from archive.model.records import Archive, Term
from archive.pages.generated import generated_pages
from archive.pages.page import Page
from archive.text import formatting
from builders import archive_of, real, statement


def pages_of(archive: Archive) -> dict[str, Page]:
    return {address: make() for address, make in generated_pages(archive, index.build(archive))}


def text(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def entries(page: Page) -> dict[str, str]:
    """The HTML of each term by its id."""
    return dict(re.findall(r'<div id="(term-[^"]+)">\n(.*?)\n</div>', page.html, re.DOTALL))


def test_a_term_has_its_uses_in_order_of_time_with_where_by_whom_and_about_what() -> None:
    late = statement("2022-01-01-late", terms=(Term(term="Grand <bridge>", about="bridge-2020"), Term(term="a")))
    early = statement("2021-01-01-early", terms=(Term(term="grand bridge"),))
    page = pages_of(archive_of(late, early))["terms/"]
    found = entries(page)
    assert [*found] == ["term-a", "term-grand-bridge"]
    assert text(found["term-grand-bridge"]) == (
        "“grand bridge” 2 uses, 2021-01-01 to 2022-01-01 "
        "2021-01-01 Statement on the bridge Xəzər Əhmədov "
        "2022-01-01 Statement on the bridge Xəzər Əhmədov · about The bridge, spring 2020 · as “Grand &lt;bridge&gt;”"
    )
    links = re.findall('href="([^"]+)"', found["term-grand-bridge"])
    assert links == [
        "../statements/2021/2021-01-01-early/", "../statements/2022/2022-01-01-late/", "../events/bridge-2020/",
    ]  # fmt: skip


def test_no_term_is_a_title_or_a_heading_and_the_notice_stands_on_every_page() -> None:
    archive = real()
    uses = index.build(archive).uses
    shown = 0
    for address, page in pages_of(archive).items():
        if address.startswith("terms/"):
            assert formatting.NOT_VERIFIED in text(page.html), address
            headings = [text(heading) for heading in re.findall(r"<h[1-6].*?</h[1-6]>", page.html)]
            assert all(re.fullmatch(r"Terms used(: \S{1,3})?|\S{1,3} [\d,]+ terms?, .*|Follow .*", h) for h in headings)
            assert re.fullmatch(r"Terms used(: \S{1,3})?", page.title)
            shown += len(entries(page))
    assert shown == len(uses)


def test_the_terms_of_a_statement_lead_to_their_uses() -> None:
    archive = real()
    pages = pages_of(archive)
    anchors = {address: {*entries(page)} for address, page in pages.items() if address.startswith("terms/")}
    for record in index.build(archive).published:
        page = pages[f"statements/{record.id[:4]}/{record.id}/"]
        links = re.findall(r'<q[^>]*>“<a href="../../../(terms/[^"]*)#([^"]+)">', page.html)
        assert len(links) == len(record.terms)
        assert all(anchor in anchors[address] for address, anchor in links), record.id


def test_past_200_uses_the_page_leads_to_one_for_each_letter() -> None:
    many = [
        statement(f"2021-01-01-number{n}", terms=(Term(term=f"{'b' if n % 2 else 'h'}oat {n}"),)) for n in range(201)
    ]
    pages = pages_of(archive_of(*many))
    assert [address for address in pages if address.startswith("terms/")] == ["terms/", "terms/b/", "terms/h/"]
    assert entries(pages["terms/"]) == {}
    assert re.findall(r'<h2><a href="([^"]+)">(.)</a>', pages["terms/"].html) == [
        ("../terms/b/", "B"),
        ("../terms/h/", "H"),
    ]
    assert len(entries(pages["terms/h/"])) == 101
    assert pages["terms/h/"].title == "Terms used: H"


def test_that_there_is_no_term_is_said() -> None:
    page = pages_of(archive_of(statement()))["terms/"]
    assert "No statement in the archive has a term in its record." in page.html
    assert page.updated == ""
