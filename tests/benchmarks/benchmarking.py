"""What benchmarks share: a synthetic site, a program that is measured, a page that is watched, a table."""

import gzip
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT / "tests" / "support"), str(ROOT / "tests")]  # as pytest has them

from playwright.sync_api import Browser, Page, Request, sync_playwright

import builders
import synthetic
from browser.chromium import FLAGS, chromium, is_root
from browser.host import Server, StaticHost, serve

QUIET = 0.5  # seconds without a request, after which no more are to come
SLOW = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def project(root: Path, number: int | None) -> None:
    """This project's own program, theme and pages, with so many synthetic records in place of its records."""
    if number is not None:
        synthetic.write(root, number)
    for folder in ("docs", "scripts", *(["statements"] if number is None else [])):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "mkdocs.yml").read_text("utf-8") if number is None else builders.plain_settings()
    (root / "mkdocs.yml").write_text(settings, "utf-8")


def build(root: Path) -> Path:
    """`archive build`; the finished site."""
    command = [sys.executable, "-c", "import sys; from archive.cli import main; sys.exit(main())", "build", "--root"]
    environment = os.environ | {"PYTHONPATH": str(root / "scripts")}
    done = subprocess.run([*command, root], env=environment, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"archive build failed:\n{(done.stdout + done.stderr)[-1500:]}")
    return root / "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    seconds: float
    peak: int  # bytes


def measured(command: Sequence[str | Path]) -> Run:
    """Run a program to its end."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"{command[0]} failed")
    return Run(seconds=seconds, peak=usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def size(folder: Path) -> tuple[int, int]:
    """Of a folder or file: bytes, files."""
    files = [file for file in (folder, *folder.rglob("*")) if file.is_file()]
    return sum(file.stat().st_size for file in files), len(files)


def gzipped(file: Path) -> int:
    return len(gzip.compress(file.read_bytes()))


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = chromium(Path(playwright.chromium.executable_path))
        launched = playwright.chromium.launch(
            executable_path=program, args=FLAGS, headless=True, chromium_sandbox=not is_root()
        )
        yield launched
        launched.close()


@contextmanager
def hosting(site: Path) -> Iterator[Server]:
    """A host that, as hosts do, compresses a file once and does not wait for more before it sends."""
    compress = mock.patch.object(gzip, "compress", cache(gzip.compress))
    with compress, mock.patch.object(StaticHost, "disable_nagle_algorithm", True), serve(site) as server:
        yield server


class Traffic:
    """What a page receives, the requests of its workers included."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pending = 0
        self._finished: list[Request] = []
        self._last = 0.0
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_finished)
        page.on("requestfailed", self._on_failed)

    def received(self) -> list[tuple[str, str, int]]:
        """Wait until nothing is on its way: address, type and bytes over the wire of all since the last call."""
        self._last = time.monotonic()
        while self._pending > 0 or time.monotonic() - self._last < QUIET:
            self._page.wait_for_timeout(50)
        finished, self._finished = self._finished, []
        return [(request.url, request.resource_type, _wire(request)) for request in finished]

    def _on_request(self, _: Request) -> None:
        self._pending += 1
        self._last = time.monotonic()

    def _on_finished(self, request: Request) -> None:
        self._finished.append(request)
        self._on_failed(request)

    def _on_failed(self, _: Request) -> None:
        self._pending -= 1
        self._last = time.monotonic()


def _wire(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


@contextmanager
def watched(
    browser: Browser, *, slow: bool = False, processor: int = 1, script: str = ""
) -> Iterator[tuple[Page, Traffic]]:
    """A page with an empty cache, and its traffic; on a slow network, or with a processor so many times slower."""
    # What is measured is waited for by a function that the pages' policy would refuse.
    with browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True) as context:
        page = context.new_page()
        page.add_init_script(script)
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": processor})
        if slow:
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", SLOW)
        yield page, Traffic(page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    what: str
    ours: float
    peer: float | None = None
    unit: str
    bar: float | None = None

    @property
    def is_met(self) -> bool:
        return self.bar is None or self.ours <= self.bar

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.peer is None or not self.peer else f"{self.ours / self.peer:.2f}"
        bar = "" if self.bar is None else f"{_number(self.bar)} {'met' if self.is_met else 'NOT MET'}"
        return f"{self.what}, {self.unit}", _number(self.ours), _number(self.peer), ratio, bar


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.1f}" if value < 100 and value != int(value) else f"{value:,.0f}"


def table(head: Sequence[str], parts: dict[str, Sequence[Line]]) -> None:
    """Print lines in aligned columns, each part under its name."""
    rows: list[Sequence[str]] = [head]
    for name, lines in parts.items():
        rows += [("",) * len(head), (name, *("",) * (len(head) - 1)), *(line.cells() for line in lines)]
    widths = [max(len(row[place]) for row in rows if place or row[1]) for place in range(len(head))]
    for row in rows:
        first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        say("  ".join([row[0].ljust(len(first)), *others]).rstrip())
