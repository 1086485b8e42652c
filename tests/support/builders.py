"""Make what unit tests need: small valid records, trees of files, and a minimal archive that is not the real one."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import archive as program
from archive.content import reader
from archive.model import edtf
from archive.model.authorities import RECORDS
from archive.model.document import Problem
from archive.model.index import Index
from archive.model.records import Archive, Change, Source, Statement, attributed
from archive.search import words
from archive.validation import validate

PROJECT = Path(__file__).parents[2]
DATA = PROJECT / "tests" / "data"
PROGRAM = Path(program.__file__).parents[1]  # for the path of a process that runs it
MINIMAL = DATA / "golden" / "minimal"
FIRST = "statements/2021/2021-09-21-first.md"  # the one statement of the minimal archive
FIVE = {
    "2021-05-04-report-on-acts-and-speech",
    "2021-09-21-peace-appeal",
    "2022-01-19-january-1990-anniversary",
    "2023-02-23-khojaly-anniversary",
    "2025-01-15-open-letter-azerbaijanis-from-armenia",
}  # the first records: a copy with these does not change while the archive grows, and is built fast
HERE = {"TZ": "AAA+11", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}  # where the site of these is built

Once = Callable[[str, Callable[[Path], object]], Path]  # the fixture: a name, and what makes the folder -> the folder

_FIELDS: Mapping[str, Any] = {
    "title": "Statement on the bridge",
    "date": "2021-09-21",
    "date_basis": "reported",
    "form": "statement",
    "issuer": "office",
    "language": "en",
    "events": ["bridge-2020"],
    "subjects": ["bridges"],
    "sources": [{"kind": "press-report", "outlet": "daily", "url": "https://daily.example/1"}],
    "history": [{"date": "2026-11-23", "kind": "addition", "note": "First archived."}],
}


def statement_text(body: str = "The Office says that the bridge was opened.", **changes: Any) -> str:
    """Return the text of a valid statement's file; `changes` are its fields, None removes one.

    One of another date has a title and a source of its own; a request, figure or term without a place has the first.
    """
    fields = {name: value for name, value in {**_FIELDS, **changes}.items() if value is not None}
    if fields.get("date") != _FIELDS["date"]:
        own = {
            "title": f"{_FIELDS['title']}, {fields.get('date')}",
            "sources": [{**_FIELDS["sources"][0], "url": f"https://daily.example/{fields.get('date')}"}],
        }
        fields |= {name: value for name, value in own.items() if name not in changes}
    place = {"locator": "par. 1"} | ({"source": 1} if len(fields.get("sources", ())) > 1 else {})
    for group in ("requests", "figures", "terms"):
        if group in fields:
            fields[group] = [place | claim for claim in fields[group]]
    front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{front}---\n{body}\n"


def statement(id: str = "2021-09-21-first", **changes: Any) -> Statement:
    """Return a valid statement as a record; `date` may be text, and is otherwise what the id begins with."""
    when = changes.pop("date", None) or "-".join(part for part in id.split("-")[:3] if part.isdecimal())
    record = Statement(
        id=id,
        path=f"statements/{id[:4]}/{id}.md",
        title="Statement on the bridge",
        date=edtf.parse(when),
        date_basis="reported",
        form="statement",
        issuer="office",
        language="en",
        events=("bridge-2020",),
        sources=(Source(kind="press-report", outlet="daily", url="https://daily.example/1"),),
        history=(Change(date=date(2026, 11, 23), kind="addition", note="First archived."),),
        summary="The Office says that the bridge was opened.",
    )
    return attributed(replace(record, **changes))


def within(id: str, records: Mapping[str, Any]) -> list[str]:
    """Return the id of an event or addressee and of all below it, found from below."""
    return [below for below in records if id in _and_above(below, records)]


def _and_above(id: str, records: Mapping[str, Any]) -> list[str]:
    parent = records[id].parent
    return [id, *(_and_above(parent, records) if parent else [])]


def archive_of(*statements: Statement, **changes: Any) -> Archive:
    """Return the minimal archive with these statements instead of its own."""
    return with_changes(_minimal(), statements=statements, **changes)


def with_changes(archive: Archive, **changes: Any) -> Archive:
    """Return the archive with other values for its attributes, or for the entries of an authority: `events={...}`."""
    entries = {name: changes.pop(name) for name in [*changes] if name in RECORDS}
    return replace(archive, authorities={**archive.authorities, **entries}, **changes)


@cache
def _minimal() -> Archive:
    archive, problems = validate.check(reader.read(MINIMAL))
    assert problems == ()
    return archive


@cache
def minimal_files() -> dict[str, bytes]:
    """Return every file of the minimal archive by path."""
    return tree_of(MINIMAL)


@cache
def real() -> Archive:
    """Return the real archive with its settings, read and checked once a run."""
    from archive.publish.loading import load_archive  # not needed by most

    return load_archive(PROJECT)


def split_page(text: str) -> tuple[str, str]:
    """Split a generated page into front matter, with its lines of hyphens, and body; any other into its text and ""."""
    front, end, body = text.partition("\n---\n\n")
    return (front + end, body.rstrip("\n")) if front.startswith("---\n{") else (text, "")


def search_files(archive: Archive, index: Index, edition: str) -> dict[str, str | bytes]:
    """Return the files of the word index of an archive."""
    texts = {path: make() for path, make in words.texts(archive, index, edition)}
    return texts | dict(words.files((make() for make in words.blocks_of(archive, index)), archive, edition))


def write_tree(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files, given by their path in the folder; return the folder."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def tree_of(folder: Path) -> dict[str, bytes]:
    """Return the content of every file in a folder by path, but for what a project keeps in `.cache`."""
    paths = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {path.as_posix(): file.read_bytes() for path, file in paths.items() if ".cache" not in path.parts}


def minimal_root(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Make a project with the content of the minimal archive, the real pages and settings, and these files."""
    write_tree(folder, minimal_files())
    shutil.copytree(PROJECT / "docs", folder / "docs", dirs_exist_ok=True)
    return write_tree(folder, {"mkdocs.yml": plain_settings(), **(files or {})})


def plain_settings() -> str:
    """Return the real settings without their redirects, which lead to entries of the real archive."""
    text = (PROJECT / "mkdocs.yml").read_text("utf-8")
    return re.sub(r"^  redirects:\n(?:    .*\n)+", "", text, flags=re.MULTILINE)


def problems(folder: Path, files: Mapping[str, str | bytes] | None = None) -> tuple[Problem, ...]:
    """Return the problems of the minimal archive with these files."""
    return validate.check(reader.read(write_tree(folder, {**minimal_files(), **(files or {})})))[1]


def copy_project(to: Path, *, whole: bool = False) -> Path:
    """Copy what git has of the project, without its tests; of the records the first five, or all."""
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
    for folder in ("docs", "statements", "scripts"):
        shutil.copytree(PROJECT / folder, to / folder, ignore=ignore)
    shutil.copy(PROJECT / "mkdocs.yml", to)
    for path in to.glob("statements/[0-9]*/*.md"):
        if not whole and path.stem not in FIVE:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
    return to


def run_module(root: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module in a copy of the project, with the copy's own program."""
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1", **environment}
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def npm_files(package: str, *paths: str) -> Path:
    """Return a folder with these files of a package of npm, `name@version`, fetched once."""
    kept = PROJECT / ".cache" / "tests" / package.replace("/", "-")
    if not kept.is_dir():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            wanted = " ".join(f"package/{path}" for path in paths)
            command = f"npm pack {package} --ignore-scripts >/dev/null && tar -xzf *.tgz {wanted}"
            subprocess.run(["sh", "-c", command], cwd=folder, check=True)
            Path(folder, "package").rename(kept)
    return kept
