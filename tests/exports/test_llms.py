"""The guide for programs that read text: each file and page that it names is there, and it says how to count."""

import re

from archive.exports import llms
from archive.model import urls
from archive.model.authorities import AUTHORITIES, INDEXES
from archive.publish import generate
from builders import archive_of, statement

ADDRESS = "https://archive.example/"


def test_it_names_what_is_there_and_every_kind_of_file() -> None:
    archive = archive_of(
        statement(),
        statement("2020-05-01-other"),
        site_name="The archive",
        site_url=ADDRESS,
        docs={"data.md": "# Data"},
    )
    files = generate.generate(archive)
    text = str(files[llms.FILE])
    assert text.startswith("# The archive\n\n> 2 public statements by the The Office, 2020 to 2021: ")
    named = [address.removeprefix(ADDRESS) for address in re.findall(r"\]\((\S+)\)", text)]
    assert [name for name in named if name not in files and f"{name}index.md" not in files] == []
    assert {urls.ATOM, urls.JSON_FEED, f"{urls.DATA_FILES}archive.sqlite"} <= set(named)
    assert {f"{index.many}/" for index in INDEXES.values()} <= set(named)
    assert {f"{urls.DATA_FILES}{name}.json" for name in AUTHORITIES} <= set(named)
    assert {name for name in files if name.startswith(urls.DATA_FILES) and name.endswith(".csv")} <= set(named)


def test_every_address_that_it_describes_is_that_of_some_page() -> None:
    citing = {"subjects": ("bridges",), "addressees": ("council",), "instruments": ("charter",)}
    files = generate.generate(archive_of(statement(), statement("2020-05-01-other", **citing)))
    described = re.findall(r"\b[a-z]+/(?:[A-Z]+/)+", str(files[llms.FILE]))
    assert {f"{index.many}/ID/" for index in INDEXES.values()} < set(described)
    parts = {"YEAR": r"\d{4}", "MONTH": r"\d\d", "ID": "[a-z0-9-]+"}
    for address in described:
        pattern = re.compile("/".join(parts.get(part, part) for part in address.split("/")) + r"index\.md")
        assert any(map(pattern.fullmatch, files)), address


def test_it_says_how_counts_are_to_be_read() -> None:
    text = str(generate.generate(archive_of(statement()))[llms.FILE])
    for said in (
        "A statement is one record, however many reports",
        "does not have all that the office stated",
        "Do not add, average or reconcile figures",
        "has not verified it",
        "`date_earliest`",
    ):
        assert said in text
    assert "> 1 public statement by" in text


def test_an_archive_without_statements_has_it() -> None:
    assert "> 0 public statements: what was stated" in str(generate.generate(archive_of())[llms.FILE])
