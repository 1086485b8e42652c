"""Make two files of the modules of the search page's program: what begins to load a search, and the rest.

Each module becomes a block, after those that it imports, and leaves what it exports in an object of its name. Comments
and indentation are left out.
"""

import re
from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path, PurePosixPath

BEGIN_FILE, BUNDLE_FILE = "assets/search-begin.js", "assets/search.js"
MODULES = Path(__file__).parent / "program"

_IMPORT = re.compile(r'^import (?:\* as (\w+)|\{ ([^}]+) \}) from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_LEFT_OUT = re.compile(r"^ *//.*\n|^ */\*\*(?s:.*?)\*/\n|^ +|^\n| // .*$", re.MULTILINE)


def files() -> dict[str, str]:
    """Return the bundles by path."""
    modules = {path.stem: path.read_text("utf-8") for path in sorted(MODULES.glob("*.js"))}
    imports = {name: [match[3] for match in _IMPORT.finditer(text)] for name, text in modules.items()}
    ordered = tuple(TopologicalSorter(imports).static_order())
    early = _needed("begin", imports)
    names = ", ".join(f"${name}" for name in ordered if name in early)
    begin = "".join(_block(name, modules[name]) for name in ordered if name in early)
    rest = "".join(_block(name, modules[name]) for name in ordered if name not in early)
    taken = f'import {{ {names} }} from "./{PurePosixPath(BEGIN_FILE).name}";\n'
    return {BEGIN_FILE: f"{begin}export {{ {names} }};\n", BUNDLE_FILE: taken + rest}


def _needed(name: str, imports: Mapping[str, Sequence[str]]) -> set[str]:
    """Return a module with all that it imports."""
    return {name}.union(*(_needed(other, imports) for other in imports[name]))


def _block(name: str, text: str) -> str:
    exports = ", ".join(match[2] for match in _EXPORT.finditer(text))
    body = _LEFT_OUT.sub("", _EXPORT.sub(r"\1", _IMPORT.sub(_taken, text)))
    return f"const ${name} = {{}};\n{{\n{body}Object.assign(${name}, {{ {exports} }});\n}}\n"


def _taken(match: re.Match[str]) -> str:
    """Return a declaration in place of an import."""
    every, some, module = match.groups()
    return f"const {every or '{ ' + some.replace(' as ', ': ') + ' }'} = ${module};\n"
