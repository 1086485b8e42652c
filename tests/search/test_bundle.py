"""The files of the search page's program. That they run is what the tests of the page in a browser show."""

import re

import pytest

from archive.search import bundle

MODULES = {path.stem: path.read_text("utf-8") for path in sorted(bundle.MODULES.glob("*.js"))}
FILES = bundle.files()
TEXT = "".join(FILES.values())


def exports(name: str) -> set[str]:
    return set(re.findall(r"^export (?:async )?(?:function\*?|class|const) (\w+)", MODULES[name], re.MULTILINE))


@pytest.mark.parametrize("name", MODULES)
def test_every_import_names_an_export_of_another_module(name: str) -> None:
    imports = re.findall(r"^import .*$", MODULES[name], re.MULTILINE)
    for line in imports:
        match = re.fullmatch(r'import (?:\* as (\w+)|\{ (.+) \}) from "\./(\w+)\.js";', line)
        assert match, line
        every, some, module = match.groups()
        own = re.sub(r"^import .*$", "", MODULES[name], flags=re.MULTILINE)
        named = [part.split(" as ")[0] for part in (some or "").split(", ")]
        taken = re.findall(rf"(?<![.\w-]){every}\.(\w+)", own) if every else named
        assert taken, line
        assert set(taken) <= exports(module), line


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_written_so_that_it_can_be_bundled(name: str) -> None:
    """No text runs over lines, where indentation would count, or has what looks like a comment; exports are simple."""
    lines = [line for line in MODULES[name].splitlines() if not line.strip().startswith(("//", "/*", "*"))]
    assert [line for line in lines if line.count("`") % 2] == []
    assert [line for line in lines if re.search(r"""(["'`]).* // .*\1""", line)] == []
    exporting = [line for line in MODULES[name].splitlines() if re.match(r"\s*export\b", line)]
    assert len(exporting) == len(exports(name)), exporting
    assert not re.search(r"\bimport\(|\bexport\s*[{*]|\bexport default", MODULES[name])


def test_a_module_stands_before_those_that_import_it() -> None:
    order = re.findall(r"^const \$(\w+) = \{\};$", TEXT, re.MULTILINE)
    assert sorted(order) == sorted(MODULES)
    for name, text in MODULES.items():
        for module in re.findall(r'from "\./(\w+)\.js"', text):
            assert order.index(module) < order.index(name), (module, name)
    assert order[-1] == "main"


def test_nothing_is_left_of_modules_comments_and_indentation() -> None:
    left = re.findall(r"^(?:import|export)\b.*|^ .*|^//.*|^/\*.*| // .*", TEXT, re.MULTILINE)
    early = re.findall(r"^const (\$\w+) = \{\};$", FILES[bundle.BEGIN_FILE], re.MULTILINE)
    names = ", ".join(early)
    assert left == [f"export {{ {names} }};", f'import {{ {names} }} from "./search-begin.js";']


def test_what_begins_a_search_comes_with_what_it_needs_and_no_more() -> None:
    early = re.findall(r"^const \$(\w+) = \{\};$", FILES[bundle.BEGIN_FILE], re.MULTILINE)
    assert sorted(early) == ["begin", "postings", "tokens"]
    assert len(FILES[bundle.BEGIN_FILE]) < len(FILES[bundle.BUNDLE_FILE]) / 4
