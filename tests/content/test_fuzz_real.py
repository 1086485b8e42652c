"""The real files with any slips in them are read or refused in words, for as long as there is time."""

import csv
import io
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from archive.authoring.csv_import import plan, rows, table
from archive.authoring.extract.draft import draft
from archive.content import reader
from archive.content.reader import Reading, read_statement
from archive.model.config import parse_yaml, read_settings
from archive.model.document import Document, Problem
from archive.model.errors import ArchiveError
from archive.validation import hand_written, validate
from archive.validation.report import format_problems, merged
from builders import DATA, PROJECT, real, write_tree

SECONDS = float(os.environ.get("FUZZ_SECONDS", "5"))  # longer in .github/workflows/all.yml
SEED = int(os.environ.get("FUZZ_SEED", "1"))
TODAY = date(2026, 12, 1)
PARTS = [
    b" #", b"#", b": ", b":", b"- ", b"'", b'"', b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!", b"%", b"@", b"`", b"|",
    b">", b"?", b",", b"\n", b"\n\n", b"\r\n", b"\t", b" ", b"---\n", b"...\n", b"<<:", b"<<<<<<< x\n", b"====\n",
    b">>>>>>> x\n", b"\\", b"\xff", b"\x00", b"\xc2\xa0", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"~", b"null", b"0", b"9",
    b"1e999", b"-1", b".", b"2021-02-30", b"9999-12-31", b"0000", b"\xd9\xa1", b"(", b")", b"<", b"<script>", b"&#0;",
    b"](", b"http://[", b"http://a:99999999/", "ℂ".encode(), "İı".encode(), b"1. ", b"> 5", b"5*6*7", b"/", b"..",
]  # fmt: skip


@cache
def _reading() -> Reading:
    return reader.read(PROJECT)


@cache
def _checker() -> validate.Checker:
    return validate.Checker(_reading(), TODAY)


def slipped(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The bytes with up to four slips, of which some put in what another file has."""
    for _ in range(chance.randint(1, 4)):
        place = chance.randint(0, len(data))
        length = chance.choice((0, 0, 1, 2, 10, 80, 1000))
        put = chance.choice((b"", chance.choice(PARTS), chance.choice(PARTS) * 3, data[place : place + 60]))
        if chance.random() < 0.1:
            start = chance.randint(0, len(other))
            put = other[start : start + chance.choice((5, 50, 500))]
        if chance.random() < 0.02:
            put = chance.choice(PARTS) * 20_000
        data = data[:place] + put + data[place + length :]
    return data


def check_statement(path: Path, data: bytes, folder: Path) -> list[Problem]:
    found = read_statement(path.relative_to(PROJECT).as_posix(), data)
    return list(_checker().alone(found)) if isinstance(found, Document) else [found]


def check_authority(path: Path, data: bytes, folder: Path) -> list[Problem]:
    name = path.relative_to(PROJECT).as_posix()
    changed = reader.read(write_tree(folder, {name: data}))
    kept = [document for document in _reading().authorities if document.path != name]
    reading = replace(
        _reading(),
        authorities=(*kept, *changed.authorities),
        problems=changed.problems,
        statements=_reading().statements[:9],
    )
    return list(validate.check(reading, today=TODAY)[1])


def check_settings(path: Path, data: bytes, folder: Path) -> list[Problem]:
    try:
        return list(parse_yaml(data)[1])
    except ArchiveError as error:
        return list(error.problems)


def check_page(path: Path, data: bytes, folder: Path) -> list[Problem]:
    name, text = path.name, data.decode("utf-8", "replace")
    archive = real()
    pages = replace(archive, docs={**archive.docs, name: text})
    return list(hand_written.check(pages, {"x.svg": text}, read_settings(PROJECT)))


def draft_text(path: Path, data: bytes, folder: Path) -> list[Problem]:
    try:
        return list(draft(data, "text", _reading(), TODAY).problems)
    except ArchiveError as error:
        return list(error.problems)


def import_table(path: Path, data: bytes, folder: Path) -> list[Problem]:
    try:
        read = table.read_file("t.csv", data, lambda column: rows.find_column(column) is not None)
        return list(plan.plan("t.csv", read, _reading(), lambda _: "", TODAY, update=True).problems)
    except ArchiveError as error:
        return list(error.problems)


def a_table() -> bytes:
    text = io.StringIO()
    names = list(rows.column_names())
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    for day in ("2022-03-04", "2022-03-05"):
        writer.writerow(
            {"id": f"{day}-boats", "title": "Letter on boats", "date": day, "form": "letter", "summary": "It says so."}
        )
    return text.getvalue().encode()


Kind = tuple[Callable[[Path, bytes, Path], list[Problem]], list[tuple[Path, bytes]]]


def kinds() -> Iterator[Kind]:
    def files(paths: Iterator[Path]) -> list[tuple[Path, bytes]]:
        return [(path, path.read_bytes()) for path in sorted(paths)]

    statements = files(PROJECT.glob("statements/[0-9]*/*.md"))
    yield check_statement, statements
    yield check_authority, files(PROJECT.glob("statements/authorities/*.yml"))
    yield check_settings, files(PROJECT.glob("mkdocs.yml"))
    yield check_page, files(PROJECT.glob("docs/*.md"))
    texts = files((DATA / "golden").rglob("*.txt"))
    yield draft_text, [*texts, *((path, data.partition(b"\n---\n")[2]) for path, data in statements)]
    yield import_table, [(PROJECT / "t.csv", a_table())]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_the_real_files_with_any_slips_are_read_or_refused_in_words(part: int, tmp_path: Path) -> None:
    chance = random.Random(4 * SEED + part)  # noqa: S311
    every = list(kinds())
    end, count = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        make, files = chance.choices(every, weights=(12, 1, 2, 2, 1, 1))[0]
        path, data = chance.choice(files)
        mutant = slipped(data, chance.choice(every[0][1])[1], chance)
        folder = tmp_path / str(count)
        try:
            problems = make(path, mutant, folder)
        except Exception as error:
            kept = Path(os.environ.get("FUZZ_OUT", tmp_path)) / f"{make.__name__}-{count}"
            kept.write_bytes(mutant)
            raise AssertionError(f"{make.__name__} of {path.name}, kept in {kept}: {error!r}") from error
        said = format_problems(merged(problems))
        assert "Traceback" not in said
        assert "while " not in said or "expected" not in said, said
        count += 1
    assert count
