"""Measure all exports, beside the standard library's own writers: `python tests/benchmarks/exports.py [N ...]`.

For every N (by default 1000 and 10000) the exports of as many synthetic statements are made and written, each in a
process of its own. Exit code 1 where a bar of the design is not met.
"""

import csv
import json
import pickle
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import benchmarking
import synthetic
from archive import exports
from archive.content import reader
from archive.model import index
from archive.model.records import Archive
from archive.text import markdown
from archive.validation import validate

GROWTH, MEMORY = 1.3, 60  # the bars: of the cost of a statement, from the fewest to the most; KB a statement
DATA = "data/v1/"

NOTE = """
Seconds are of the processor, for other work was done on the machine. The data's files are made twice, once for their
hashes. Summaries are rendered for the pages anyway, so their time stands apart. The peers write what ours has made:
json the same objects, csv the same rows, sqlite3 the same rows without keys, checks or full text.
"""


def main(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] == "--measure":
        benchmarking.say(json.dumps(measured(Path(arguments[1]))))
        return 0
    numbers = [int(each) for each in arguments] or [1_000, 10_000]
    found = {}
    for number in numbers:
        benchmarking.say(f"Exporting {number:,} statements")
        with tempfile.TemporaryDirectory() as scratch:
            found[number] = run(Path(scratch), number)
    lines: list[benchmarking.Line] = []
    for number, made in found.items():
        parts = dict(compared(made, number))
        benchmarking.say("")
        benchmarking.table((f"{number:,} statements", "ours", "peer", "ours/peer", "bar"), parts)
        lines += [line for part in parts.values() for line in part]
    if len(found) > 1:
        growth = list(grown(*(found[number] for number in (min(found), max(found))), max(found) / min(found)))
        benchmarking.say("")
        benchmarking.table(
            (f"A statement of {max(found):,}", "ratio", "", "", "bar"), {f"to one of {min(found):,}": growth}
        )
        lines += growth
    benchmarking.say(NOTE)
    return 0 if all(line.is_met for line in lines) else 1


Measures = dict[str, dict[str, float]]


def run(scratch: Path, number: int) -> Measures:
    synthetic.write(scratch, number)
    archive, problems = validate.check(reader.read(scratch))
    assert problems == ()
    (scratch / "archive.pickle").write_bytes(pickle.dumps(archive))
    command = [sys.executable, __file__, "--measure", scratch]
    made: Measures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return made


def measured(scratch: Path) -> Measures:
    """Seconds, bytes and number of the files of each sort, the seconds of the peers, and the memory in KB."""
    with (scratch / "archive.pickle").open("rb") as file:
        archive: Archive = pickle.load(file)  # noqa: S301 made just now
    start = time.process_time()
    ordered = index.build(archive)
    indexing = time.process_time() - start
    before = held()
    start = time.process_time()
    for statement in archive.statements:
        markdown.render(statement.summary, str)
    found: Measures = {"": {"index": indexing, "summaries": time.process_time() - start}}
    out = scratch / "out"
    start = time.process_time()
    made = exports.files(archive, ordered)
    found[""]["listed"] = time.process_time() - start
    for path, make in made.items():
        start = time.process_time()
        content = make()
        data = content.encode() if isinstance(content, str) else content
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
        sort = found.setdefault(sort_of(path), {"seconds": 0, "bytes": 0, "files": 0})
        sort["seconds"] += time.process_time() - start
        sort["bytes"] += len(data)
        sort["files"] += 1
    found[""] |= {"peak": highest(), "more": highest() - before}
    for name, seconds in peers(out, scratch / "peer"):
        found[name]["peer"] = seconds
    return found


def sort_of(path: str) -> str:
    name = path.rpartition("/")[2]
    if not path.startswith(DATA):
        return name
    return "*.csv" if name.endswith(".csv") else name


def highest() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e3 if sys.platform == "darwin" else peak * 1.024


def held() -> float:
    """KB in memory now; where the system does not say, what they were at most."""
    place = Path("/proc/self/statm")
    return int(place.read_text().split()[1]) * resource.getpagesize() / 1e3 if place.exists() else highest()


def peers(out: Path, peer: Path) -> Iterator[tuple[str, float]]:
    peer.mkdir()
    lines = (out / DATA / "statements.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    yield "statements.jsonl", timed(lambda: write_lines(peer / "lines", records))
    yield "record.json", timed(lambda: write_each(peer, records))
    with closing(sqlite3.connect(out / DATA / "archive.sqlite")) as database:
        names = [path.stem for path in sorted((out / DATA).glob("*.csv"))]
        rows = {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608
    yield "*.csv", timed(lambda: write_csv(peer, rows))
    yield "archive.sqlite", timed(lambda: write_sqlite(peer / "database", rows))


def timed(write: Callable[[], None]) -> float:
    start = time.process_time()
    write()
    return time.process_time() - start


def write_lines(path: Path, records: Iterable[object]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)


def write_each(folder: Path, records: Iterable[object]) -> None:
    for number, record in enumerate(records):
        path = folder / "records" / str(number) / "record.json"  # a folder each, as in the site
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(record, ensure_ascii=False, indent=2), "utf-8")


Rows = dict[str, list[tuple[object, ...]]]


def write_csv(folder: Path, tables: Rows) -> None:
    for name, rows in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def write_sqlite(path: Path, tables: Rows) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for name, rows in tables.items():
            if rows:
                columns = ", ".join(f"c{place}" for place in range(len(rows[0])))
                database.execute(f'CREATE TABLE "{name}" ({columns})')
                database.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)  # noqa: S608


def compared(found: Measures, number: int) -> Iterator[tuple[str, list[benchmarking.Line]]]:
    sorts = {name: sort for name, sort in found.items() if name}
    for name, sort in sorts.items():
        yield (
            f"{name} ({sort['files']:,.0f})",
            [
                benchmarking.Line(what="made and written", unit="s", ours=sort["seconds"], peer=sort.get("peer")),
                benchmarking.Line(what="size", unit="MB", ours=sort["bytes"] / 1e6),
            ],
        )
    yield (
        "All",
        [
            benchmarking.Line(what="files", unit="number", ours=sum(sort["files"] for sort in sorts.values())),
            benchmarking.Line(what="size", unit="MB", ours=sum(sort["bytes"] for sort in sorts.values()) / 1e6),
            benchmarking.Line(what="listed, made and written", unit="s", ours=seconds(found)),
            benchmarking.Line(what="summaries rendered", unit="s", ours=found[""]["summaries"]),
            benchmarking.Line(
                what="peak memory, the archive and Python included", unit="MB", ours=found[""]["peak"] / 1e3
            ),
            benchmarking.Line(
                what="more than before the exports, at most",
                unit="KB a statement",
                ours=found[""]["more"] / number,
                bar=MEMORY,
            ),
        ],
    )


def seconds(found: Measures) -> float:
    return found[""]["listed"] + sum(sort["seconds"] for name, sort in found.items() if name)


def grown(few: Measures, many: Measures, times: float) -> Iterator[benchmarking.Line]:
    yield benchmarking.Line(what="all: time", unit="times", ours=seconds(many) / seconds(few) / times, bar=GROWTH)
    for name in many:
        if name and few[name]["files"] and few[name]["seconds"] > 0.05:
            ratio = many[name]["seconds"] / few[name]["seconds"] / times
            yield benchmarking.Line(what=f"{name}: time", unit="times", ours=ratio)
    sizes = [sum(sort["bytes"] for name, sort in each.items() if name) for each in (few, many)]
    yield benchmarking.Line(what="all: size", unit="times", ours=sizes[1] / sizes[0] / times, bar=GROWTH)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
