"""What MkDocs is told of the project: the settings of a staged tree, and the hook that is to be there."""

from pathlib import Path

import pathspec
import pytest
import yaml

from archive.model.config import parse_settings
from archive.model.errors import ArchiveError
from archive.publish import renderer_mkdocs
from builders import write_tree

HOOK = "scripts/archive/publish/renderer_mkdocs.py"


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


@pytest.mark.parametrize("theme", ["material", {"name": "material", "custom_dir": "elsewhere"}])
def test_a_staged_tree_has_a_theme_of_its_own_and_its_own_folders(theme: object, tmp_path: Path) -> None:
    raw = {"site_name": "x", "theme": theme, "docs_dir": "a", "site_dir": "b", "hooks": [HOOK], "not_in_nav": "/a/\n"}
    renderer_mkdocs.write_frame(tmp_path, parse_settings({**raw, "extra": {"redirects": {"b/": "about/"}}}))
    assert yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8")) == {
        "site_name": "x",
        "theme": {"name": "material", "custom_dir": "theme"},
        "not_in_nav": "/a/\n/b/",
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
