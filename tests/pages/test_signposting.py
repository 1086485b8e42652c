"""The typed links of a statement's page, as PyPI's `signposting` reads them: level 1 of https://signposting.org/FAIR/."""

from pathlib import Path

from signposting import find_signposting_html

from archive.exports.citations import FORMATS
from archive.text.formatting import LICENCE_URL
from browser.host import serve

STATEMENT = "statements/2021/2021-09-21-peace-appeal/"


def test_a_page_tells_machines_how_to_cite_it_what_describes_it_its_types_its_licence_and_its_author(
    five: Path,
) -> None:
    with serve(five) as server:
        found = find_signposting_html(server.url + STATEMENT)
        assert found.citeAs is not None
        assert str(found.citeAs.target) == f"https://example.org/{STATEMENT}"
        assert {(str(link.target), str(link.type)) for link in found.describedBy} == {
            *((f"{server.url}{STATEMENT}citation.{format.ending}", format.media) for format in FORMATS),
            (f"{server.url}{STATEMENT}record.json", "application/json"),
        }
    assert {str(link.target) for link in found.types} == {"https://schema.org/AboutPage", "https://schema.org/Article"}
    assert found.license is not None
    assert str(found.license.target) == LICENCE_URL
    assert [str(link.target) for link in found.authors] == ["https://ombudsman.az/"]
