"""Where errors are reported and statements added on the web: the settings, the links made of them, the issue form."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader

from archive.model import config, statement_fields
from archive.model.errors import ArchiveError
from archive.pages.web_editor import blank_record, new_statement
from archive.publish import generate
from archive.publish.loading import load_archive
from builders import PROJECT, archive_of, minimal_root, problems, statement

FORMS = PROJECT / ".github" / "ISSUE_TEMPLATE"
THEME = PROJECT / "scripts" / "archive" / "theme"
REPORT = "https://github.com/owner/project/issues/new?template=error.yml&record={id}"


@pytest.fixture(scope="module")
def form() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FORMS / "error.yml").read_text("utf-8"))
    return loaded


def test_the_form_keeps_the_rules_of_issue_forms(form: dict[str, Any]) -> None:
    assert {"name", "description", "body"} <= form.keys() <= {"name", "description", "title", "labels", "body"}
    assert any(part["type"] != "markdown" for part in form["body"])
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    labels = [part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    for part in form["body"]:
        assert part["type"] in {"markdown", "input", "textarea", "dropdown", "checkboxes"}
        assert part.keys() <= {"type", "id", "attributes", "validations"}
        if part["type"] == "markdown":
            assert part["attributes"].keys() == {"value"}
            continue
        assert re.fullmatch(r"[A-Za-z0-9_-]+", part["id"])
        assert part["attributes"].keys() <= {"label", "description", "placeholder", "value", "render", "options"}
        options = part["attributes"].get("options", [])
        assert bool(options) is (part["type"] == "dropdown")
        assert len(set(options)) == len(options)
        assert all(isinstance(option, str) and option != "None" for option in options)
        assert part["validations"] == {"required": True}


def test_the_chooser_of_forms_has_only_what_is_known() -> None:
    chooser = yaml.safe_load((FORMS / "config.yml").read_text("utf-8"))
    assert chooser.keys() <= {"blank_issues_enabled", "contact_links"}
    assert isinstance(chooser["blank_issues_enabled"], bool)


def test_the_link_on_the_page_on_publishing_fills_a_field_of_the_form(form: dict[str, Any]) -> None:
    page = (PROJECT / "docs" / "publishing.md").read_text("utf-8")
    match = re.search(r"`(https://github\.com/OWNER/PROJECT/issues/new\?\S+)`", page)
    assert match
    filled = parse_qs(urlsplit(match[1]).query)
    assert filled["template"] == ["error.yml"]
    assert (FORMS / filled["template"][0]).is_file()
    named = {name for name, values in filled.items() if values == ["{id}"]}
    assert named == {part["id"] for part in form["body"] if part.get("id") == "record"} != set()


def about(page: dict[str, Any], issues_url: str) -> str:
    """What stands under a page, as the theme makes it; without escaping, as MkDocs does."""
    environment = Environment(loader=FileSystemLoader(THEME))  # noqa: S701
    environment.filters["url"] = lambda address: f"../{address}"
    return environment.get_template("partials/about-page.html").render(
        page=page, config={"extra": {"edit_base": "", "issues_url": issues_url}}
    )


@pytest.mark.parametrize(
    ("page", "id"),
    [
        ({"url": "statements/2021/2021-09-21-first/", "meta": {"record": "2021-09-21-first"}}, "2021-09-21-first"),
        ({"url": "events/bridge-2020/", "meta": {"kind": "event"}}, "events/bridge-2020/"),
        ({"url": "about/", "meta": {}}, "about/"),
        ({"url": "./", "meta": {}}, "home"),
        ({"url": "", "meta": {}}, "home"),
    ],
)
def test_a_report_says_which_record_or_page_it_is_about(page: dict[str, Any], id: str) -> None:
    href = re.search(r'<a rel="external noopener noreferrer" href="([^"]*)">Report an error', about(page, REPORT))
    assert href
    assert href[1] == REPORT.replace("&", "&amp;").replace("{id}", id)


MAILED = [
    (
        "mailto:archive@office.example",
        "mailto:archive@office.example?subject=Error%20in%20events/bridge-2020/"
        "&amp;body=Page:%20https%3A//archive.example/events/bridge-2020/%0A%0A",
    ),
    ("mailto:archive@office.example?subject={id}", "mailto:archive@office.example?subject=events/bridge-2020/"),
    ("mailto:a@b.example?body={page}", "mailto:a@b.example?body=https%3A//archive.example/events/bridge-2020/"),
]


@pytest.mark.parametrize(("value", "expected"), MAILED)
def test_a_report_by_mail_says_which_page_it_is_about(value: str, expected: str) -> None:
    address = "https://archive.example/events/bridge-2020/"
    page = {"url": "events/bridge-2020/", "canonical_url": address, "meta": {"kind": "event"}}
    assert config.parse_settings({"extra": {"issues_url": value}}).issues_url == value
    href = re.search(r'<a href="(mailto:[^"]*)">Report an error', about(page, value))
    assert href
    assert href[1].startswith(expected)


def test_without_a_place_for_reports_the_page_on_contributing_says_what_to_do() -> None:
    assert '<a href="../contributing/#report-an-error">' in about({"url": "about/", "meta": {}}, "")


def test_a_statement_page_carries_its_id() -> None:
    pages = generate.generate(archive_of(statement()))
    assert '"record": "2021-09-21-first"' in str(pages["statements/2021/2021-09-21-first/index.md"])
    assert '"record"' not in str(pages["events/bridge-2020/index.md"])


@pytest.mark.parametrize("value", ["", None, REPORT, "https://gitlab.example/a/b/-/issues/new?issue[title]={id}"])
def test_where_errors_are_reported(value: str | None) -> None:
    assert config.parse_settings({"extra": {"issues_url": value}}).issues_url == (value or "")


@pytest.mark.parametrize(
    "value",
    [
        "issues",
        "javascript:alert(1)",
        "mailto:",
        "mailto:nobody",
        "mailto:a@b.example?cc={who}",
        "https://x/?record={record}",
        "https://x/{",
        "https://x/}",
        'https://x/"',
        7,
    ],
)
def test_a_place_for_reports_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(
        ArchiveError, match=r"^mkdocs\.yml:1:1: extra\.issues_url: .* is not where errors are reported \(an ad"
    ):
        config.parse_settings({"extra": {"issues_url": value}})


@pytest.mark.parametrize("value", ["edit/main/", "https://github.com/a/b/edit/main", "https:///edit/", ["x"]])
def test_a_place_for_editing_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(
        ArchiveError, match=r"^mkdocs\.yml:1:1: extra\.edit_base: .* is not where files are edited \(an addr"
    ):
        config.parse_settings({"extra": {"edit_base": value}})


@pytest.mark.parametrize("value", ["!", "\\", "a\\", "*~\n[z-a]", ["x"]])
def test_patterns_that_are_none_are_refused(value: object) -> None:
    with pytest.raises(
        ArchiveError, match=r"^mkdocs\.yml:1:1: exclude_docs: .* \(patterns as of \.gitignore, one a line\)$"
    ):
        config.parse_settings({"exclude_docs": value})


@pytest.mark.parametrize("extra", [["x"], "x", False])
def test_a_group_of_settings_that_is_none_is_refused(extra: object) -> None:
    with pytest.raises(
        ArchiveError, match=r"^mkdocs\.yml:1:1: extra: .* is not a group of settings \(such as issues_url: "
    ):
        config.parse_settings({"extra": extra})


def test_settings_in_another_file_are_refused() -> None:
    with pytest.raises(ArchiveError, match=r"^mkdocs\.yml:1:1: INHERIT: settings in another file are not read \(write"):
        config.parse_settings({"INHERIT": "base.yml", "site_name": "x"})


SITE_URLS = {
    "http://[", "javascript:alert(1)", "example.com", "https://", "https://a.example/x y", "https://a.example/?x",
    "https://a.example/#x", 'https://a.example/"', "ftp://a.example/", "http://a.example:b/", "/a/",
}  # fmt: skip


@pytest.mark.parametrize("value", [*sorted(SITE_URLS), ["https://a.example/"], 1, 0, False])
def test_a_place_of_the_site_that_is_none_is_refused(value: object) -> None:
    message = (
        rf"^mkdocs\.yml:1:1: site_url: {re.escape(repr(value))} is not where the site is served \(an http:// or http"
    )
    with pytest.raises(ArchiveError, match=message):
        config.parse_settings({"site_url": value})


@pytest.mark.parametrize(
    ("value", "url"),
    [
        (None, "/"),
        ("", "/"),
        ("https://a.example", "https://a.example/"),
        ("http://localhost:8000/a/b/", "http://localhost:8000/a/b/"),
        ("https://ə.example/", "https://ə.example/"),
    ],
)
def test_where_the_site_is_served(value: str | None, url: str) -> None:
    assert config.parse_settings({"site_url": value}).site_url == url


@pytest.mark.parametrize("value", [{"a": "b"}, ["x"], 2026, False])
def test_a_name_of_the_site_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(
        ArchiveError, match=r"^mkdocs\.yml:1:1: site_name: .* is not the name of the site \(a text, such"
    ):
        config.parse_settings({"site_name": value})
    assert config.parse_settings({"site_name": None}).site_name == config.parse_settings({}).site_name == ""


WRONG = {
    "site_url": "http://[",
    "site_name": 7,
    "exclude_docs": "!",
    "extra": {"issues_url": 7, "edit_base": "x", "admin": True},
}
NAMED = ["site_name", "site_url", "extra.edit_base", "extra.issues_url", "extra.admin", "exclude_docs"]


def test_every_wrong_setting_is_reported_in_a_line() -> None:
    with pytest.raises(ArchiveError) as error:
        config.parse_settings(WRONG)
    assert [problem.field for problem in error.value.problems] == NAMED
    assert [line.split(": ")[1] for line in str(error.value).splitlines()] == NAMED


def test_the_settings_of_the_project_are_read_and_those_still_to_be_made_named() -> None:
    settings = config.read_settings(PROJECT)
    raw = yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))
    assert (settings.raw, settings.site_name) == (raw, raw["site_name"])
    made = {"site_url": "https://a.example/", "extra": {"naming_authority": "a.example,2026"}}
    assert config.parse_settings({}).placeholders() == ["site_url", "extra.naming_authority"]
    assert config.parse_settings(made).placeholders() == []
    assert config.parse_settings(made | {"site_url": "https://example.org/"}).placeholders() == ["site_url"]


@pytest.mark.parametrize("name", ["edit_base", "issues_url"])
def test_a_wrong_setting_stops_the_build(name: str, tmp_path: Path) -> None:
    root = minimal_root(tmp_path)
    text = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(re.sub(rf"  {name}: .*", f"  {name}: here", text), "utf-8")
    with pytest.raises(ArchiveError, match=rf"extra\.{name}: 'here'"):
        load_archive(root)


def test_github_opens_its_editor_with_a_record_to_fill_in() -> None:
    address = urlsplit(new_statement("https://github.com/owner/project/edit/main/"))
    assert f"{address.scheme}://{address.netloc}{address.path}" == "https://github.com/owner/project/new/main"
    filled = parse_qs(address.query, strict_parsing=True)
    assert filled == {"filename": ["statements/YEAR/DATE-WORDS.md"], "value": [blank_record()]}
    assert len(address.query) < 6_000


def test_gitlab_opens_its_editor_with_the_name() -> None:
    url = new_statement("https://gitlab.com/group/sub/project/-/edit/main/")
    assert url == ("https://gitlab.com/group/sub/project/-/new/main/?file_name=statements%2FYEAR%2FDATE-WORDS.md")


@pytest.mark.parametrize(
    ("base", "form", "shown"),
    [
        ("https://git.example.org/project/edit/main/", "", []),
        ("https://github.com/owner/project/edit/main/", "", ["https://github.com/owner/project/new/main"]),
        ("https://git.example.org/project/edit/main/", "{name: test-repo}", ["../admin/"]),
    ],
)
def test_the_page_on_contributing_links_to_what_the_settings_name(
    base: str, form: str, shown: list[str], tmp_path: Path
) -> None:
    root = minimal_root(tmp_path)
    text = (root / "mkdocs.yml").read_text("utf-8")
    text = re.sub(r"  edit_base: .*", f"  edit_base: {base}\n  admin: {form}", text)
    (root / "mkdocs.yml").write_text(text, "utf-8")
    for other in (root / "docs").glob("*.md"):  # they take most of the time
        if other.name != "contributing.md":
            other.unlink()
    page = str(generate.generate(load_archive(root))["contributing.md"])
    links = re.findall(r'<div class="slot">\n(?:<p><a href="([^"?#]+)[^"]*".*\n)?</div>', page)
    assert [link for link in links if link] == shown


@pytest.mark.parametrize("base", ["", "https://git.example.org/project/edit/main/", "https://github.com/a/edit/main/"])
def test_of_a_host_that_is_not_known_there_is_no_link(base: str) -> None:
    assert new_statement(base) == ""


def test_the_record_to_fill_in_lacks_only_what_is_to_be_filled_in(tmp_path: Path) -> None:
    path = "statements/2021/2021-01-02-other.md"
    found = [problem for problem in problems(tmp_path, {path: blank_record()}) if problem.path == path]
    assert {problem.message for problem in found} == {"is empty", "is an empty list"}
    assert {problem.field for problem in found} >= {"title", "date", "form", "sources[1].outlet", "history[1].date"}


def test_the_record_to_fill_in_is_right_once_it_is_filled_in(tmp_path: Path) -> None:
    path = "statements/2021/2021-01-02-other.md"
    text = blank_record()
    for name, value in {
        "title": "Statement on another bridge",
        "date_basis": "stated",
        "form": "statement",
        "issuer": "office",
        "kind": "press-report",
        "outlet": "daily",
        "published": "2021-01-02",
        "url": "https://daily.example/2",
        "date": "2021-01-02",
    }.items():
        text = re.sub(rf"(^[ -]*{name}:) $", rf"\1 {value}", text, flags=re.MULTILINE)
    text = text.replace("\nsubjects: []\n", "\nsubjects: [bridges]\n")
    assert [problem.field for problem in problems(tmp_path, {path: text})] == ["body"]
    summary = "The statement says that the bridge is old."
    assert problems(tmp_path, {path: text.replace(statement_fields.UNWRITTEN, summary)}) == ()
