"""The archive outlives MkDocs: the staged tree gives the same site in ProperDocs, the same addresses in Zensical."""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from builders import PROGRAM, run_module, tree_of

MARKER = ".made-by-archive"


@pytest.fixture(scope="module")
def staged(five_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as plain files."""
    out = tmp_path_factory.mktemp("staged") / "tree"
    done = run_module(five_project, "archive", "stage", out)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def by_mkdocs(five_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, as `mkdocs build --strict` makes it from a fresh checkout."""
    out = tmp_path_factory.mktemp("mkdocs") / "site"
    done = run_module(five_project, "mkdocs", "build", "--strict", "--site-dir", out)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def pages(site: Path) -> dict[str, str]:
    """Every page, without the name of its renderer."""
    generator = re.compile(r' *<meta name="generator"[^>]*>\n?')
    return {
        path.relative_to(site).as_posix(): generator.sub("", path.read_text("utf-8")) for path in site.rglob("*.html")
    }


def sheets(page: str) -> list[str]:
    """The addresses of the style sheets of a page."""
    return re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)


def search_files(site: Path) -> dict[str, bytes]:
    """What the search reads."""
    return {path: content for path, content in tree_of(site / "search").items() if not path.endswith(".html")}


def sitemap(site: Path) -> list[str]:
    """The entries of the site map; their order is the renderer's own."""
    return sorted(re.findall(r"<url>.*?</url>", (site / "sitemap.xml").read_text("utf-8"), re.DOTALL))


def test_mkdocs_alone_makes_the_site_that_archive_build_makes(by_mkdocs: Path, five: Path) -> None:
    ours = {path: content for path, content in tree_of(five).items() if path not in (MARKER, "SHA256SUMS")}
    theirs = tree_of(by_mkdocs)
    assert ours.keys() == theirs.keys()
    assert [path for path in ours if ours[path] != theirs[path] and not path.endswith(".gz")] == []


@pytest.mark.parametrize("renderer", ["mkdocs", pytest.param("properdocs", marks=pytest.mark.slow)])
def test_a_renderer_makes_the_same_pages_from_the_staged_tree(
    renderer: str, staged: Path, five: Path, tmp_path: Path
) -> None:
    tree = shutil.copytree(staged, tmp_path / "tree")
    config = tree / "mkdocs.yml"
    done = run_module(tree, renderer, "build", "--strict", "--config-file", config, "--site-dir", tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    expected, actual = pages(five), pages(tmp_path / "site")
    assert actual.keys() == expected.keys()
    assert [path for path in actual if actual[path] != expected[path]] == []
    assert search_files(tmp_path / "site") == search_files(five)
    assert sitemap(tmp_path / "site") == sitemap(five)
    assert len(sitemap(five)) > 10


@pytest.mark.slow
def test_zensical_makes_pages_at_the_same_addresses_from_the_staged_tree(
    staged: Path, five: Path, tmp_path: Path
) -> None:
    tree = shutil.copytree(staged, tmp_path / "tree")
    done = run_module(tree, "zensical", "build", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    expected, actual = pages(five), pages(tree / "site")
    assert actual.keys() == expected.keys()
    for path, text in expected.items():
        if path.startswith(("statements/", "events/", "addressees/")) and 'http-equiv="refresh"' not in text:
            title = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
            assert title, path
            assert title[0] in actual[path], path
            assert sheets(actual[path]) == sheets(text), path
    assert search_files(tree / "site") == search_files(five)


def test_nothing_of_the_machine_is_in_the_site(project: Path, built: Path) -> None:
    traces = [str(project).encode(), str(built).encode(), str(Path.home()).encode() + b"/", sys.prefix.encode()]
    for path, content in tree_of(built).items():
        assert not [trace for trace in traces if trace in content], path


def test_a_site_has_nothing_of_the_theme_that_mkdocs_brings(built: Path) -> None:
    ours = {path.name for path in (PROGRAM / "archive" / "theme" / "assets").iterdir()}
    assert {path.relative_to(built / "assets").as_posix() for path in (built / "assets").rglob("*")} == {
        *ours,
        "search-begin.js",
        "search.js",
    }
    for path, text in pages(built).items():
        assert [re.sub(r"^(/|(\.\./)*)", "", sheet) for sheet in sheets(text)] == ["assets/archive.css"], path
        assert len(re.findall(r"<style|\sstyle=", text)) == 0, path


def test_no_page_fetches_anything_from_elsewhere(built: Path) -> None:
    fetched = re.compile(r"<(?:script|img|iframe|source|video|audio|embed)[^>]*\ssrc=[\"']?(?:https?:)?//[^\"'> ]+")
    styles = re.compile(
        r"<link[^>]*rel=[\"']?(?:stylesheet|preconnect|preload|dns-prefetch)[^>]*href=[\"']?(?:https?:)?//"
    )
    for path, text in pages(built).items():
        assert not fetched.findall(text), path
        assert not styles.findall(text), path


@pytest.mark.usefixtures("five", "by_mkdocs", "staged")
def test_the_project_is_as_it_was_after_all_builds(five_project: Path) -> None:
    config = yaml.safe_load((five_project / "mkdocs.yml").read_text("utf-8"))
    assert config["hooks"] == ["scripts/archive/publish/renderer_mkdocs.py"]
    beside = {path.name for path in five_project.iterdir()}
    assert beside <= {".cache", "docs", "statements", "scripts", "mkdocs.yml", "pyproject.toml"}


def test_a_mistake_in_a_record_stops_mkdocs_with_the_problem_and_keeps_its_site(
    five_project: Path, by_mkdocs: Path, tmp_path: Path, edit: Callable[[Path, str, str], Path]
) -> None:
    copy = shutil.copytree(five_project, tmp_path / "copy")
    shutil.copytree(by_mkdocs, copy / "site")
    before = tree_of(copy / "site")
    path = edit(copy, "\nform: ", "\nfrom: ")
    done = run_module(copy, "mkdocs", "build")
    assert done.returncode == 1
    assert f"{path.relative_to(copy).as_posix()}:" in done.stderr
    assert "unknown field 'from'" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree_of(copy / "site") == before
