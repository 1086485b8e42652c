"""The direction of imports, and what the core may not do."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import PROJECT

PACKAGE = PROJECT / "scripts" / "archive"
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
PACKAGES = ("cli", "exports", "drafting", "importing")
for name in PACKAGES:
    MODULES[name] = MODULES.pop(f"{name}.__init__")
TEMPLATES = sorted(path for folder in ("templates", "theme") for path in (PACKAGE / folder).rglob("*.html"))

SHELL = {
    "bag",
    "__main__",
    "cli",
    "cli.__main__",
    "cli.build",
    "cli.group",
    "cli.keep",
    "cli.records",
    "fixity",
    "publish",
    "replacing",
    "exchange",
    "search_index",
    "writing",
    "serving",
    "admin_program",
    "npm",
    "mkdocs_hook",
}  # what may print and write, and may know of the machine
READING = {"read", "convert", "checked", "rules", "wording", "check", "continuity", "captures"}  # text -> Archive
COMPOSING = {"site"} | SHELL
# What a maintainer types or pastes -> a record's file. It may know the checks.
AUTHORING = {
    name
    for name in MODULES
    if name.partition(".")[0] in {"drafting", "compose", "slugs", "newly", "importing", "overlap"}
}
# Archive -> pages: any other module. It knows nothing of files, of checks, or of who composes it.
PAGES = MODULES.keys() - READING - AUTHORING - COMPOSING - {"__init__"}

MAY_IMPORT = {
    "__init__": set(),
    "edtf": set(),
    "choices": set(),
    "model": {"edtf"},
    "values": {"edtf"},
    "fields": {"choices", "model", "values"},
    "read": {"model", "values"},
    "convert": {"fields", "model", "read"},
    "checked": {"model", "read"},
    "rules": {"addresses", "body", "checked", "choices", "convert", "fields", "model", "read", "values"},
    "wording": {"checked", "model", "read"},
    "check": {"addresses", "checked", "convert", "fields", "model", "read", "rules", "values", "wording"},
    "captures": {"model"},
    "continuity": {
        "addresses",
        "checked",
        "exports.edition",
        "exports.manifest",
        "exports.substance",
        "model",
        "read",
        "words",
    },
    "addresses": {"model"},
    "body": set(),
    "compose": {"fields", "model", "read", "values"},
    "writing": set(),
    "slugs": set(),
    "importing": set(),
    "importing.table": {"model", "read"},
    "importing.columns": {"convert", "fields", "read"},
    "importing.rows": {
        "exports.guarded_csv",
        "fields",
        "importing.columns",
        "importing.table",
        "read",
        "values",
    },
    "importing.plan": {
        "check",
        "compose",
        "edtf",
        "importing.columns",
        "importing.rows",
        "importing.table",
        "model",
        "newly",
        "read",
        "values",
    },
    "importing.account": {"importing.plan"},
    "overlap": {"model", "read", "wording"},
    "problem_list": {"model", "words"},
    "newly": {
        "check",
        "choices",
        "compose",
        "convert",
        "edtf",
        "fields",
        "model",
        "read",
        "rules",
        "slugs",
        "values",
    },
    "provenance": {"choices", "model", "words"},
    "exports.csl": {"addresses", "body", "edtf", "index", "model", "provenance", "words"},
    "exports.bibtex": {"edtf", "exports.csl", "words"},
    "exports.ris": {"edtf", "exports.csl"},
    "exports.citations": {
        "addresses",
        "exports.bibtex",
        "exports.csl",
        "exports.ris",
        "index",
        "model",
    },
    "statement_graph": {"addresses", "edtf", "exports.csl", "hrefs", "model", "words"},
    "index": {"model"},
    "linkcheck": set(),
    "settings": {"exports.edition", "model"},
    "admin_form": {"fields", "model", "values", "words"},
    "admin": {"admin_form", "model", "page", "values"},
    "nginx": {"exports.headers", "model"},
    "npm": set(),
    "admin_program": {"admin", "npm"},
    "web_editor": {"fields"},
    "follow": {"addresses", "exports.citations", "hrefs", "page"},
    "exports": {
        "addresses",
        "exports.calendar",
        "exports.citations",
        "exports.dataset",
        "exports.feeds",
        "exports.headers",
        "exports.records",
        "exports.robots",
        "index",
        "model",
    },
    "exports.atom": {"exports.feed", "words"},
    "exports.calendar": {"addresses", "exports.feed", "exports.tags", "index", "model", "words"},
    "exports.entries": {
        "addresses",
        "body",
        "choices",
        "exports.feed",
        "exports.tags",
        "index",
        "model",
        "provenance",
        "words",
    },
    "exports.feed": {"words"},
    "exports.feeds": {
        "addresses",
        "exports.atom",
        "exports.entries",
        "exports.feed",
        "exports.jsonfeed",
        "exports.tags",
        "index",
        "model",
    },
    "exports.headers": {"addresses", "admin", "exports.citations", "exports.edition", "index", "model", "page"},
    "exports.jsonfeed": {"exports.feed"},
    "exports.robots": {"index", "model"},
    "exports.tags": {"model"},
    "exports.columns": {"edtf", "fields", "values"},
    "exports.plain": {"exports.columns", "fields"},
    "exports.records": {"addresses", "body", "exports.plain", "fields", "index", "model"},
    "exports.tables": {"addresses", "exports.columns", "fields", "index", "model"},
    "exports.guarded_csv": {"exports.columns", "exports.tables"},
    "exports.sqlite": {"exports.columns", "exports.tables", "fields", "words"},
    "exports.manifest": {"addresses", "exports.substance", "fields", "index", "model"},
    "exports.substance": {"addresses", "body", "edtf", "fields", "model"},
    "exports.edition": {"index", "model", "words"},
    "exports.schemas": {"choices", "fields", "index", "model", "values", "words"},
    "exports.datapackage": {"exports.columns", "exports.edition", "exports.tables"},
    "exports.dataset": {
        "exports.datapackage",
        "exports.edition",
        "exports.guarded_csv",
        "exports.manifest",
        "exports.plain",
        "exports.records",
        "exports.schemas",
        "exports.sqlite",
        "exports.tables",
        "index",
        "model",
    },
    "drafting.attribution": {"drafting.press", "drafting.speech"},
    "drafting.speech": set(),
    "drafting.page": set(),
    "drafting.press": {"drafting.page", "read", "words"},
    "drafting.intake": {"drafting.press"},
    "drafting.dates": {"drafting.months"},
    "drafting.months": set(),
    "drafting.head_date": {"drafting.dates", "drafting.press", "edtf"},
    "drafting.issuer": {"drafting.press", "model"},
    "drafting.outlets": {"drafting.press", "model"},
    "drafting.byline": {"drafting.dates", "drafting.outlets", "drafting.press", "model"},
    "drafting.form": {"drafting.press"},
    "drafting.language": {"drafting.press"},
    "drafting.places": {"drafting.press", "model", "read"},
    "drafting.draft": {
        "compose",
        "drafting.findings",
        "drafting.places",
        "drafting.press",
        "edtf",
        "fields",
        "model",
        "newly",
        "read",
        "words",
    },
    "drafting.account": {"drafting.draft", "drafting.findings", "drafting.places", "drafting.press", "words"},
    "drafting.people": set(),
    "drafting.number_words": set(),
    "drafting.numbers": {"drafting.months", "drafting.number_words"},
    "drafting.phrases": {"drafting.people", "model"},
    "drafting.clauses": {"drafting.numbers", "drafting.people", "drafting.phrases"},
    "drafting.counts": {"drafting.clauses", "drafting.numbers", "drafting.people", "drafting.phrases"},
    "drafting.figure_events": {"drafting.days", "drafting.phrases", "drafting.press", "model"},
    "drafting.figures": {
        "drafting.attribution",
        "drafting.clauses",
        "drafting.counts",
        "drafting.figure_events",
        "drafting.numbers",
        "drafting.people",
        "drafting.phrases",
        "drafting.press",
        "model",
    },
    "drafting.forms": set(),
    "drafting.days": {"drafting.months"},
    "drafting.tokens": set(),
    "drafting.variants": {"drafting.days", "drafting.forms", "drafting.speech", "drafting.tokens", "model"},
    "drafting.names": {"drafting.forms", "drafting.speech", "drafting.tokens", "drafting.variants", "model"},
    "drafting.appeals": {"drafting.attribution", "drafting.names", "drafting.press", "drafting.speech"},
    "drafting.listed": {"drafting.appeals", "drafting.names", "drafting.speech", "model"},
    "drafting.addressees": {"drafting.appeals", "drafting.listed", "drafting.names", "drafting.press", "model"},
    "drafting.events": {
        "drafting.attribution",
        "drafting.days",
        "drafting.names",
        "drafting.press",
        "drafting.speech",
        "model",
    },
    "drafting.instruments": {
        "drafting.attribution",
        "drafting.days",
        "drafting.names",
        "drafting.press",
        "model",
    },
    "catalogue": {"choices", "index", "model", "words"},
    "search_index": {"addresses", "catalogue", "words"},
    "preview": {"model", "page", "words"},
    "serving": {"model", "preview", "read"},
    "fixity": {"exports.edition", "replacing"},
    "bag": {"exports.edition", "fixity", "model", "publish", "read", "replacing"},
    "mkdocs_hook": {"npm", "preview", "problem_list", "publish", "search_index", "serving", "settings", "site"},
}


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, in full: `archive.read`, `json`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            assert node.module
            if node.module == "archive":
                yield from (f"archive.{alias.name}" for alias in node.names)
            elif (package := node.module.removeprefix("archive.")) in PACKAGES:
                parts = (f"{package}.{alias.name}" for alias in node.names)
                yield from (f"archive.{part if part in MODULES else package}" for part in parts)
            else:
                yield node.module


def of_package(name: str) -> set[str]:
    return {module.removeprefix("archive.") for module in imports(MODULES[name]) if module.startswith("archive.")}


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_stands_before_it(name: str) -> None:
    found = of_package(name)
    assert found <= MODULES.keys()
    assert found <= MAY_IMPORT.get(name, found) | {"errors"}
    if name in PAGES:
        assert not found & (READING | AUTHORING | COMPOSING)
    if name in READING:
        assert not found & AUTHORING
    if name not in COMPOSING:
        assert not found & COMPOSING
    if name not in SHELL:
        assert not found & SHELL


def test_no_module_leads_back_to_itself() -> None:
    for name in MODULES:
        assert name not in leads_to(name)


def leads_to(name: str) -> set[str]:
    """Every module of the package that this one leads to."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for other in of_package(waiting.pop()) - found:
            found.add(other)
            waiting.append(other)
    return found


@pytest.mark.parametrize("name", MODULES)
def test_only_the_hook_imports_mkdocs(name: str) -> None:
    uses = any(module.split(".")[0] in ("mkdocs", "material", "properdocs") for module in imports(MODULES[name]))
    assert uses is (name == "mkdocs_hook")


@pytest.mark.parametrize("name", sorted(MODULES.keys() - SHELL))
def test_the_core_neither_prints_nor_writes(name: str) -> None:
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Call):
            called = dotted(node.func)
            last = called.rpartition(".")[2] or getattr(node.func, "attr", "")
            assert last not in {
                "print", "write", "write_text", "write_bytes", "mkdir", "unlink", "rmdir", "rename", "touch",
                "symlink_to", "chmod", "rmtree", "copytree", "copy", "mkdtemp", "remove", "makedirs",
            }  # fmt: skip
            if last == "open":
                modes = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                assert all(set(mode) <= set("rbt") for mode in modes)


@pytest.mark.parametrize("name", sorted(MODULES.keys() - SHELL))
def test_the_core_knows_neither_the_clock_nor_the_environment(name: str) -> None:
    forbidden = {
        "os",
        "sys",
        "time",
        "random",
        "locale",
        "subprocess",
        "socket",
        "urllib.request",
        "getpass",
        "platform",
    }
    assert not forbidden & set(imports(MODULES[name]))
    calls = {dotted(node) for node in ast.walk(MODULES[name]) if isinstance(node, ast.Attribute)}
    assert not {call for call in calls if re.search(r"\.(now|utcnow|today|environ|getenv|home|cwd)$", call)}


@pytest.mark.parametrize("name", MODULES)
def test_the_program_has_no_use_for_the_network(name: str) -> None:
    networked = {"socket", "http", "ssl", "ftplib", "smtplib", "requests", "urllib3", "httpx"}
    if name == "cli.build":  # looks whether the preview's port is free
        networked.remove("socket")
    assert not networked & {module.split(".")[0] for module in imports(MODULES[name])}
    assert "urllib.request" not in set(imports(MODULES[name]))


@pytest.mark.parametrize("name", sorted(MODULES.keys() - {"read"} - SHELL))
def test_only_the_reader_opens_files(name: str) -> None:
    calls = {getattr(node.func, "attr", getattr(node.func, "id", "")) for node in calls_of(name)}
    assert not calls & {"open", "read_text", "read_bytes", "iterdir", "glob", "rglob"} or name == "linkcheck"


def calls_of(name: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(MODULES[name]) if isinstance(node, ast.Call))


@pytest.mark.parametrize("name", MODULES)
def test_only_the_sanitised_body_is_marked_as_safe(name: str) -> None:
    marked = any(dotted(node.func).endswith("Markup") for node in calls_of(name))
    assert marked is (name == "body")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_template_marks_nothing_as_safe(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup", text)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(MODULES[name])


@pytest.mark.parametrize("name", MODULES)
def test_records_are_frozen(name: str) -> None:
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.ClassDef):
            for decorator in node.decorator_list:
                if dotted(getattr(decorator, "func", decorator)) == "dataclass":
                    keywords = {k.arg: getattr(k.value, "value", None) for k in getattr(decorator, "keywords", [])}
                    assert keywords.get("frozen") is True, node.name
                    assert keywords.get("slots") is True, node.name


def test_every_import_is_of_the_standard_library_or_a_declared_dependency() -> None:
    declared = {
        "archive", "click", "dateutil", "jinja2", "markdown", "markupsafe", "mkdocs", "nh3", "pagefind_bin", "pathspec",
        "yaml",
    }  # fmt: skip
    used = {module.split(".")[0] for name in MODULES for module in imports(MODULES[name])}
    assert used - set(sys.stdlib_module_names) <= declared
