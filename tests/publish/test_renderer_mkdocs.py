"""What MkDocs is told of the project: the settings of a staged tree, and the hook that is to be there."""

from pathlib import Path
from typing import Any

import pathspec
import pytest
import yaml

from archive.model.config import parse_settings
from archive.model.errors import ArchiveError
from archive.publish import renderer_mkdocs
from builders import write_tree

HOOK = "scripts/archive/publish/renderer_mkdocs.py"

HOME, STATEMENTS, ABOUT = {"Home": "index.md"}, {"Statements": "statements/index.md"}, {"About": "about.md"}
EVENTS, TOPICS, ADDRESSEES, *OTHERS = (
    {name: f"{name.lower()}/index.md"} for name in ("Events", "Topics", "Addressees", "Instruments", "Places")
)
METHOD = {"Method": "method.md"}


def frame(folder: Path, **raw: object) -> dict[str, Any]:
    """Return the settings of a staged tree made with these."""
    renderer_mkdocs.write_frame(folder, parse_settings(raw))
    staged: dict[str, Any] = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    return staged


@pytest.mark.parametrize(
    "former", ["our plan [2], a+b (c)!/", "data/old.csv", "data/v10/", "a/..b/c.d.pdf", "a*b?c#d\\e/", "\u0259la/é.pdf"]
)
def test_a_page_that_redirects_is_not_missed_in_the_navigation_and_no_other_page_is_named(
    former: str, tmp_path: Path
) -> None:
    renderer_mkdocs.write_frame(tmp_path, parse_settings({"extra": {"redirects": {former: "about/"}}}))
    patterns = yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8")).get("not_in_nav", "")
    unlisted = pathspec.GitIgnoreSpec.from_lines(patterns.splitlines())
    assert unlisted.match_file(f"{former}index.md") is former.endswith("/")
    assert not unlisted.match_file("our plan 2, a+b (c)!/index.md")
    assert not unlisted.match_file("axb/c#d\\e/index.md")


@pytest.mark.parametrize(
    ("nav", "expected"),
    [
        ([HOME, STATEMENTS, ABOUT, METHOD], [HOME, STATEMENTS, EVENTS, TOPICS, ADDRESSEES, ABOUT, *OTHERS, METHOD]),
        ([HOME], [HOME, EVENTS, TOPICS, ADDRESSEES, *OTHERS]),
        (
            [{"To whom": "addressees/index.md"}, STATEMENTS],
            [{"To whom": "addressees/index.md"}, STATEMENTS, EVENTS, TOPICS, *OTHERS],
        ),
        ([{"More": [ABOUT]}, "data.md"], [{"More": [ABOUT]}, "data.md", EVENTS, TOPICS, ADDRESSEES, *OTHERS]),
    ],
)
def test_the_indexes_stand_in_the_navigation_after_the_statements_or_about_where_it_does_not_name_them(
    nav: list[object], expected: list[object], tmp_path: Path
) -> None:
    assert frame(tmp_path, nav=nav)["nav"] == expected


@pytest.mark.parametrize("theme", ["material", {"name": "material", "custom_dir": "elsewhere"}])
def test_a_staged_tree_has_a_theme_of_its_own_and_its_own_folders(theme: object, tmp_path: Path) -> None:
    raw = {
        "site_name": "x",
        "theme": theme,
        "docs_dir": "docs",
        "site_dir": "b",
        "hooks": [HOOK],
        "not_in_nav": "/a/\n",
    }
    staged = frame(tmp_path, **raw, extra={"redirects": {"b/": "about/"}})
    unlisted = staged.pop("not_in_nav").splitlines()
    assert (unlisted[0], unlisted[-1]) == ("/a/", "/b/")
    assert {"/statements/", "/events/", "/search/"} < set(unlisted)
    assert staged == {
        "site_name": "x",
        "theme": {"name": "material", "custom_dir": "theme"},
        "extra": {"redirects": {"b/": "about/"}},
    }
    assert (tmp_path / "theme" / "main.html").is_file()


@pytest.mark.parametrize(
    ("hook", "fix"), [(HOOK, "restore it"), ("scripts/old.py", f"the line is now hooks: [{HOOK}]")]
)
def test_a_hook_that_is_missing_is_reported_with_what_to_do(hook: str, fix: str, tmp_path: Path) -> None:
    settings = parse_settings({"hooks": [hook]})
    with pytest.raises(ArchiveError) as error:
        renderer_mkdocs.check_hooks(tmp_path, settings)
    assert str(error.value) == f"mkdocs.yml: hooks: there is no {hook}; {fix}"
    renderer_mkdocs.check_hooks(write_tree(tmp_path, {hook: ""}), settings)
