"""Measure `archive import`: `python tests/benchmarks/csv_import.py [N]`.

N rows (by default 1000), made of synthetic records, are imported into an archive without records, then once more, then
with one row changed, each in a process of its own. Exit code 1 where a run does not do what it is to do.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import benchmarking
import synthetic
from archive.content import reader
from builders import PROGRAM, plain_settings
from tables import csv_of, row_of

CHANGE = {"title": "Letter on a bridge", "history.2.date": "2026-02-01", "history.2.kind": "correction"}


def main(arguments: Sequence[str]) -> int:
    number = int(arguments[0]) if arguments else 1_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        synthetic.write(root, number)
        (root / "mkdocs.yml").write_text(plain_settings(), "utf-8")
        documents = reader.read(root).statements
        rows = [row_of(document) for document in documents]
        for document in documents:
            (root / document.path).unlink()
        changed = [rows[0] | CHANGE | {"history.2.note": "The title was wrong."}, *rows[1:]]
        runs = [
            measured("all new", root, rows, f"Wrote {number:,} new and 0 changed."),
            measured("once more", root, rows, "There is nothing to write."),
            measured("one changed", root, changed, "Wrote 0 new and 1 changed."),
        ]
    return 0 if all(runs) else 1


def measured(what: str, root: Path, rows: Sequence[dict[str, str]], expected: str) -> bool:
    """Import these rows and print what it took; whether the last line is as expected."""
    table = root / "table.csv"
    table.write_text(csv_of(rows), "utf-8", newline="")
    command = [sys.executable, "-m", "archive", "import", table, "--root", root, "--write", "--update"]
    began, before = time.perf_counter(), os.times()
    environment = os.environ | {"PYTHONPATH": str(PROGRAM)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds, after = time.perf_counter() - began, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    said = (done.stdout + done.stderr).strip().rpartition("\n")[2]
    benchmarking.say(f"{len(rows):,} rows, {what}: {processor:.1f} s of the processor, {seconds:.1f} s in all: {said}")
    return said == expected


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
