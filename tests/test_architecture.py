"""What a module may know of: the core neither files nor the machine, and only one module the renderer."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

from jinja2 import Environment, nodes
from jinja2.filters import FILTERS

from builders import PROJECT

PACKAGE = PROJECT / "scripts" / "archive"


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts if parts[-1] != "__init__" else parts[:-1]) or "archive"


PATHS = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
MODULES = {name: ast.parse(path.read_text("utf-8")) for name, path in PATHS.items()}
NODES = {name: list(ast.walk(tree)) for name, tree in MODULES.items()}
PACKAGES = {name.rpartition(".")[0] for name in MODULES} - {""}
TEMPLATES = {
    path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8")
    for folder in ("templates", "theme")
    for path in sorted((PACKAGE / folder).rglob("*.html"))
}


# What may print and write, and may know of the machine; all else is the core.
SHELL = {name for name in MODULES if name.partition(".")[0] in {"__main__", "cli"}} | {
    "content.save",
    "publish.atomic",
    "publish.bag",
    "publish.build",
    "publish.cache",
    "publish.cms.program",
    "publish.files",
    "publish.fixity",
    "publish.former",
    "publish.loading",
    "publish.offline",
    "publish.preview",
    "publish.renderer_mkdocs",
    "publish.storage",
    "publish.workers",
}
CORE = MODULES.keys() - SHELL
READER = "content.reader"
# the second reads mkdocs.yml, the third the rendered site, the last the program's own modules for the browser
READS_FILES = {
    READER,
    "authoring.extract.lexicon",
    "model.config",
    "publish.cache",
    "publish.linkcheck",
    "search.bundle",
}
RENDERER = "publish.renderer_mkdocs"
SANITISER = "text.markdown"
PORT = RENDERER  # looks whether the preview's port is free
FETCHER = "publish.former"  # gets the edition before from its address


def imports(name: str) -> Iterator[str]:
    """Every module that is imported, in full: `archive.read`, `json`; of another's also what is taken from it."""
    for node in NODES[name]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            parts = [f"{source}.{alias.name}" for alias in node.names]
            if source.partition(".")[0] != "archive":
                yield from (source, *parts)
            elif source == "archive":
                yield from parts
            elif source.removeprefix("archive.") in PACKAGES:
                taken = [part for part in parts if part.removeprefix("archive.") in MODULES]
                yield from taken if len(taken) == len(parts) else (source, *taken)
            else:
                yield source


IMPORTS = {name: set(imports(name)) for name in MODULES}


def of_package(name: str) -> set[str]:
    """The modules of the program that a module imports."""
    return {module.removeprefix("archive.") for module in IMPORTS[name] if module.partition(".")[0] == "archive"}


def of_others(name: str) -> set[str]:
    """The modules that a module imports from elsewhere."""
    return {module for module in IMPORTS[name] if module.partition(".")[0] != "archive"}


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module: the last part of what is called, and the call."""
    for node in NODES[name]:
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def where(name: str, node: ast.AST) -> str:
    return f"{name}:{getattr(node, 'lineno', 0)}: {ast.unparse(node)[:80]}"


def test_the_table_above_names_modules_that_there_are() -> None:
    assert sorted({*SHELL, *READS_FILES, READER, RENDERER, SANITISER, PORT, FETCHER} - MODULES.keys()) == []
    assert len(TEMPLATES) > 20
    assert {name.partition("/")[0] for name in TEMPLATES} == {"templates", "theme"}


def test_the_core_imports_nothing_of_the_shell() -> None:
    assert sorted(f"{name} imports {other}" for name in CORE for other in of_package(name) & SHELL) == []


def test_no_module_leads_back_to_itself() -> None:
    TopologicalSorter({name: of_package(name) for name in MODULES}).prepare()  # raises CycleError, which names them


def test_every_import_is_of_the_program_the_standard_library_or_a_declared_dependency() -> None:
    declared = {
        "click", "dateutil", "jinja2", "lxml", "markdown", "markupsafe", "mkdocs", "nh3", "pathspec", "snowballstemmer",
        "trafilatura", "yaml",
    }  # fmt: skip
    known = sys.stdlib_module_names | declared
    found = [
        f"{name}: {module}" for name in MODULES for module in of_others(name) if module.partition(".")[0] not in known
    ]
    assert sorted(found) == []
    assert sorted(f"{name}: {module}" for name in MODULES for module in of_package(name) - MODULES.keys()) == []


def test_only_one_module_knows_mkdocs() -> None:
    """The others may name that module, and `mkdocs.yml`, which has our settings."""
    renderers = {"mkdocs", "material", "properdocs"}
    users = [name for name in MODULES if renderers & {module.partition(".")[0] for module in of_others(name)}]
    assert users == [RENDERER]
    workings = {
        "mkdocs", "livereload", "source_date_epoch", "--no-strict", "--config-file",
        "dev_addr", "docs_dir", "site_dir", "custom_dir", "not_in_nav", '"hooks"', '"watch"',
    }  # fmt: skip
    named = re.compile(r"mkdocs\.yml|renderer_mkdocs")
    texts = {name: named.sub("", path.read_text("utf-8")).lower() for name, path in PATHS.items()}
    assert {name: found for name, text in texts.items() if (found := {word for word in workings if word in text})} == {
        RENDERER: workings
    }


def test_the_core_neither_prints_nor_writes() -> None:
    writing = {
        "print", "write", "write_text", "write_bytes", "mkdir", "unlink", "rmdir", "rename", "touch",
        "symlink_to", "chmod", "rmtree", "copytree", "copy", "mkdtemp", "remove", "makedirs",
    }  # fmt: skip
    found = []
    for name in sorted(CORE):
        for called, node in calls(name):
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            opened_to_write = called == "open" and not all(set(mode) <= set("rbt") for mode in texts)
            if called in writing or opened_to_write:
                found.append(where(name, node))
    assert found == []


def test_the_core_knows_neither_the_clock_nor_the_environment() -> None:
    forbidden = {
        "getpass", "locale", "os", "platform", "random", "socket", "subprocess", "sys", "time", "urllib.request",
    }  # fmt: skip
    found = [f"{name} imports {module}" for name in sorted(CORE) for module in sorted(forbidden & of_others(name))]
    for name in sorted(CORE):
        attributes = (node for node in NODES[name] if isinstance(node, ast.Attribute))
        asking = re.compile(r"\.(now|utcnow|today|environ|getenv|home|cwd)$")
        found += [where(name, node) for node in attributes if asking.search(dotted(node))]
    assert found == []


def test_only_the_edition_before_is_got_from_the_network() -> None:
    networked = {"socket", "http", "ssl", "ftplib", "smtplib", "requests", "urllib3", "httpx"}
    used = [(name, module) for name in MODULES for module in of_others(name)]
    of_network = {
        (name, module.partition(".")[0])
        for name, module in used
        if module.partition(".")[0] in networked or module == "urllib.request"
    }
    assert of_network == {(FETCHER, "http"), (FETCHER, "ssl"), (FETCHER, "urllib"), (PORT, "socket")}


def test_only_the_reader_opens_files() -> None:
    opening = {"open", "read_text", "read_bytes", "iterdir", "glob", "rglob"}
    readers = sorted(CORE - READS_FILES)
    assert [where(name, node) for name in readers for called, node in calls(name) if called in opening] == []


def test_only_the_sanitised_body_is_marked_as_safe() -> None:
    marking = {name for name in MODULES for _, node in calls(name) if dotted(node.func).endswith("Markup")}
    assert marking == {SANITISER}
    safe = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup")
    assert [f"{name}: {found[0]}" for name, text in TEMPLATES.items() if (found := safe.search(text))] == []


def test_the_theme_asks_the_renderer_for_no_more_than_it_does_now() -> None:
    """Another renderer has to have each of these, and of filters those of Jinja and `url`."""
    known = {
        "config.extra", "config.site_description", "config.site_name", "config.site_url", "config.theme", "nav.items",
        "page.canonical_url", "page.content", "page.file", "page.is_homepage", "page.meta", "page.title", "page.url",
    }  # fmt: skip
    trees = {name: Environment().parse(text) for name, text in TEMPLATES.items() if name.startswith("theme/")}  # noqa: S701
    used = {
        (name, f"{node.node.name}.{node.attr}")
        for name, tree in trees.items()
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name in {"config", "nav", "page"}
    }
    filters = {(name, node.name) for name, tree in trees.items() for node in tree.find_all(nodes.Filter)}
    assert sorted(use for use in used if use[1] not in known) == []
    assert sorted(use for use in filters if use[1] not in FILTERS.keys() | {"url"}) == []
    assert {name for _, name in used} == known


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name, tree in MODULES.items() if not ast.get_docstring(tree)] == []


def test_records_are_frozen() -> None:
    found = []
    for name in MODULES:
        for node in NODES[name]:
            for decorator in node.decorator_list if isinstance(node, ast.ClassDef) else ():
                if dotted(getattr(decorator, "func", decorator)).rpartition(".")[2] == "dataclass":
                    keywords = {k.arg: getattr(k.value, "value", None) for k in getattr(decorator, "keywords", [])}
                    if not (keywords.get("frozen") is True and keywords.get("slots") is True):
                        found.append(where(name, node).partition("\n")[0])
    assert found == []
