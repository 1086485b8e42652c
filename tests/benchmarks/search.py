"""Measure the search beside Pagefind 1.5.2 on the same statements: `python tests/benchmarks/search.py [N ...]`.

For every N (by default 1000 and 10000) a site of as many synthetic statements is built and searched in Chromium. With
`--keep DIR` it is built there, or the one built there before is measured again. Exit code 1 where a bar of the design
is not met.
"""

import argparse
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

import pagefind_bin
from playwright.sync_api import Browser, Page

import benchmarking
from benchmarking import Line, Run, Traffic, browsing, hosting, measured, say, size, table, watched

# Words that are no synthetic word's beginning: of each kind, one to open the page with and four to go on to.
ALL = ("marigold", "lantern", "harbour", "orchard", "compass")
SIXTH = ("quillwort", "thimble", "juniper", "cinder", "plover", "bramble")  # each in another sixth
ONE = ("sandpiper", "wolfram", "trefoil", "gimlet", "obelisk")
KINDS = {
    "in all": ALL,
    "in a sixth": SIXTH[:5],
    "in one": ONE,
    "a phrase": tuple(f'"{word} {ALL[0]}"' for word in SIXTH[:5]),
}
EVENT = "event-000"  # the one with most statements
FACETS = [(name, f"{name}-{n:03d}") for name in ("event", "addressee") for n in range(3)]
RANGES = [("2009-03-15", "2019-03-14"), ("2012-06-20", "2022-11-05"), ("2007-02-11", "2016-08-21"), ("2010", "2012")]

COLD, INDEXINGS = 3, 3  # repetitions, of which the median is given; of changes there are a few of each kind
BEFORE, REQUESTS, FIRST_BYTES, FIRST_TIME, CHANGE_TIME = 60, 8, 150, 400, 100  # the bars: KB, number, KB, ms, ms

NOTE = f"""
Medians of {COLD} openings with an empty cache, of the changes of an open page, of {INDEXINGS} indexings, with whatever
else the machine was doing. The peer's pages are those of the statements, in the same theme, with filters for event,
addressee, form, year, month and day; ours also finds other pages.
"""

Choice = Mapping[str, object]  # of the peer: the values of its filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    name: str
    slow: bool = False  # 10 Mbit/s and 40 ms
    processor: int = 1  # so many times slower


FAST = Conditions(name="")
NETWORK = Conditions(name=", at 10 Mbit/s and 40 ms", slow=True)
PROCESSOR = Conditions(name=", with a processor four times slower", processor=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search: the query of its address on our page and on the peer's."""

    ours: str
    peer: str

    @property
    def pair(self) -> tuple[str, str]:
        return self.ours, self.peer


def query(word: str, choice: Choice | None = None, **limits: str) -> Query:
    """A search for a word, with the limits of our page and the same as filters of the peer."""
    theirs = {"q": word, "filters": json.dumps(choice)} if choice else {"q": word}
    return Query(ours=f"?{urlencode({'q': word, **limits})}", peer=f"?{urlencode(theirs)}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("numbers", type=int, nargs="*", default=(1000, 10000))
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args(arguments)
    lines: list[Line] = []
    with browsing() as browser, tempfile.TemporaryDirectory() as scratch:
        for number in options.numbers:
            lines += compared(browser, number, (options.keep or Path(scratch)) / str(number))
    return 0 if all(line.is_met for line in lines) else 1


def compared(browser: Browser, number: int, scratch: Path) -> list[Line]:
    """Build, measure and print one site and its peer."""
    root, peer = scratch / "project", scratch / "peer"
    site = root / "site"
    if not site.exists():
        say(f"Building a site of {number:,} statements")
        benchmarking.build(made(root, number))
    say("Indexing")
    shutil.rmtree(peer, ignore_errors=True)
    make_peer(site, peer)
    parts: dict[str, Sequence[Line]] = {"Index": indexing(root, site, peer)}
    with hosting(site) as ours, hosting(peer) as theirs:
        pages = (f"{ours.url}search/", f"{theirs.url}search/")
        say("Opening the page")
        parts["Before a word, empty cache"] = list(before_a_word(browser, pages))
        for conditions in (FAST, NETWORK, PROCESSOR):
            say(f"Searching{conditions.name}")
            parts[f"First search, empty cache{conditions.name}"] = list(first_searches(browser, pages, conditions))
            parts[f"On an open page{conditions.name}"] = list(later_searches(browser, pages, conditions))
    say("")
    table((f"{number:,} statements (medians)", "ours", "peer", "ours/peer", "bar"), parts)
    say(NOTE)
    return [line for part in parts.values() for line in part]


def made(root: Path, number: int) -> Path:
    """Make a project of synthetic statements that have the words to be searched for."""
    benchmarking.project(root, number)
    paths = sorted((root / "statements").glob("[0-9]*/*.md"))
    texts = [path.read_text("utf-8") for path in paths]
    about = [place for place, text in enumerate(texts) if f"\nevents:\n- {EVENT}\n" in text]
    rare = {about[n * len(about) // len(ONE)]: word for n, word in enumerate(ONE)}
    for place, (path, text) in enumerate(zip(paths, texts, strict=True)):
        words = " ".join([SIXTH[place % len(SIXTH)], *ALL, rare.get(place, "")])
        path.write_text(f"{text}\n{words.strip().capitalize()}.\n", "utf-8", newline="\n")
    return root


# ---- The peer ----

# It has the handles of our page: state in the address, `#sentence`, and `#results` with links to statements. A facet
# with a choice is counted without it, so that its other values stay of use; so are the dates. Pagefind is faster
# without a worker, and with its files unpacked by the browser.
PEER = """
const unpacked = window.fetch.bind(window);
window.fetch = async (request, ...options) => {
  const response = await unpacked(request, ...options);
  const packed = /\\.(pf_\\w+|pagefind)$/.test(new URL(request.url ?? request, document.baseURI).pathname);
  return packed && response.ok ? new Response(response.body.pipeThrough(new DecompressionStream("gzip"))) : response;
};
const pagefind = await import(new URL("pagefind/pagefind.js", document.baseURI));
const place = (id) => document.getElementById(id);
for (const id of ["sentence", "results"]) place(id).hidden = false;

function item(page) {
  const link = Object.assign(document.createElement("a"), { href: page.url, textContent: page.meta.title });
  const element = document.createElement("li");
  element.append(link);
  return element;
}

function filters({ dates, ...facets }) {
  const any = Object.entries(facets).map(([facet, values]) => [facet, { any: values }]);
  return { ...Object.fromEntries(any), ...(dates && { any: dates }) };
}

function counted(choice) {
  const without = (facet) => Object.entries(choice).filter(([name]) => name !== facet);
  return Object.keys(choice).map((facet) => Object.fromEntries(without(facet)));
}

async function search() {
  const address = new URLSearchParams(location.search);
  const word = address.get("q");
  if (!word) return;
  const choice = JSON.parse(address.get("filters") ?? "{}");
  const searches = [choice, ...counted(choice)].map((each) => pagefind.search(word, { filters: filters(each) }));
  const [{ results }] = await Promise.all(searches);
  const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  place("sentence").textContent = `${results.length} statements`;
  place("results").replaceChildren(...pages.map(item));
}

await pagefind.options({ noWorker: true });
await pagefind.init();
addEventListener("popstate", search);
await Promise.all([search(), pagefind.filters()]);
"""
OWN = re.compile(r'<script[^>]*assets/search[^>]*></script>|<link rel="modulepreload"[^>]*>')
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
CONTENT = re.compile(  # of a statement's page
    r'<h1(?=>)|<section id="(addressees|also-asked|events|mentions|instruments|summary|requests|figures|terms|sources)"'
)
MARKS = re.compile(r" data-pagefind-\w+(=\"[^\"]*\")?")


def make_peer(site: Path, peer: Path) -> None:
    """The statements' pages with filters, the search page and its theme, and in place of its program the peer's."""
    shutil.copytree(site / "assets", peer / "assets")
    for page in ("index.html", "404.html", "search/index.html"):
        (peer / page).parent.mkdir(exist_ok=True)
        shutil.copy(site / page, peer / page)
    searching = peer / "search/index.html"
    html, count = OWN.subn("", POLICY.sub("", searching.read_text("utf-8")))
    assert count, "the search page has no program of its own"
    program = '<script type="module" src="peer.js"></script></body>'
    searching.write_text(html.replace("</body>", program), "utf-8")
    (peer / "search/peer.js").write_text(PEER, "utf-8")
    parents = {name: parents_of(site, name) for name in ("events", "addressees")}
    for line in (site / "data/v1/statements.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        path = f"statements/{record['id'][:4]}/{record['id']}/index.html"
        spans = "".join(
            f'<span hidden data-pagefind-filter="{name}:{escape(value)}"></span>'
            for name, values in filters_of(record, parents).items()
            for value in values
        )
        html = MARKS.sub("", (site / path).read_text("utf-8"))
        marked, count = CONTENT.subn(r"\g<0> data-pagefind-body", html)
        assert count > 1, f"{path} has no content to index"
        (peer / path).parent.mkdir(parents=True)
        (peer / path).write_text(marked.replace("</h1>", f"{spans}</h1>", 1), "utf-8")


def parents_of(site: Path, name: str) -> dict[str, str | None]:
    entries = json.loads((site / f"data/v1/{name}.json").read_text("utf-8"))
    return {entry["id"]: entry["parent"] for entry in entries}


def filters_of(
    record: Mapping[str, object], parents: Mapping[str, Mapping[str, str | None]]
) -> dict[str, Sequence[str]]:
    """What a statement is filtered by: its values and those above them, its form, and its date."""
    days = spanned(str(record["date"]))
    return {
        "event": lineage(record["events"], parents["events"]),
        "addressee": lineage(record["addressees"], parents["addressees"]),
        "form": [str(record["form"])],
        "year": sorted({day[:4] for day in days}),
        "month": sorted({day[:7] for day in days if len(day) > 4}),
        "day": days,
    }


def lineage(ids: object, parents: Mapping[str, str | None]) -> list[str]:
    assert isinstance(ids, list)
    found: set[str] = set()
    for id in ids:
        while id and id not in found:
            found.add(id)
            id = parents[id]
    return sorted(found)


def spanned(date: str) -> list[str]:
    """Every day of a date; a month or a year, which may be any of its days, by itself."""
    first, _, last = re.sub("[?~%]", "", date).partition("/")
    if not last or len(first) < 10 or len(last) < 10:
        return sorted({first, last or first})
    return days(first, last)


def days(first: str, last: str) -> list[str]:
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return [str(start + datetime.timedelta(days=n)) for n in range((end - start).days + 1)]


def ranged(first: str, last: str) -> list[dict[str, dict[str, list[str]]]]:
    """A range as Pagefind's filters: whole years, whole months, single days.

    Of a year or month that is not whole, the dates that name no more than it are among the days.
    """
    inside = days(ends(first)[0], ends(last)[1])
    whole: dict[str, list[str]] = {"year": [], "month": [], "day": []}
    for name, length in (("year", 4), ("month", 7)):
        for period in sorted({day[:length] for day in inside}):
            if {*ends(period)} <= {*inside}:
                whole[name].append(period)
                inside = [day for day in inside if day[:length] != period]
            else:
                whole["day"].append(period)
    whole["day"] += inside
    return [{name: {"any": values}} for name, values in whole.items() if values]


def ends(period: str) -> tuple[str, str]:
    if len(period) == 4:
        return f"{period}-01-01", f"{period}-12-31"
    if len(period) == 10:
        return period, period
    after = datetime.date.fromisoformat(f"{period}-28") + datetime.timedelta(days=4)
    return f"{period}-01", str(after - datetime.timedelta(days=after.day))


# ---- Indexing ----

INDEX = """
import resource, sys, time
from pathlib import Path
from archive.model import index
from archive.publish.loading import load_archive
from archive.search import facets, words
archive = load_archive(Path(sys.argv[1]))
ordered = index.build(archive)
start = time.perf_counter()
for _, make in words.texts(archive, ordered, ''):
    make()
for _ in words.files((make() for make in words.blocks_of(archive, ordered)), archive, ''):
    pass
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def indexing(root: Path, site: Path, peer: Path) -> list[Line]:
    ours = middle([index_ours(root) for _ in range(INDEXINGS)])
    theirs = middle([index_peer(peer) for _ in range(INDEXINGS)])
    (mine, files), (other, other_files) = size(site / "search"), size(peer / "search/pagefind")
    return [
        Line(what="making it", unit="s", ours=ours.seconds, peer=theirs.seconds),
        Line(
            what="peak memory; ours with all records in it",
            unit="MB",
            ours=ours.peak / 1e6,
            peer=theirs.peak / 1e6,
        ),
        Line(what="search/", unit="MB", ours=mine / 1e6, peer=other / 1e6),
        Line(what="search/", unit="files", ours=files, peer=other_files),
    ]


def middle(runs: Sequence[Run]) -> Run:
    return Run(seconds=median(run.seconds for run in runs), peak=int(median(run.peak for run in runs)))


def index_ours(root: Path) -> Run:
    """Make our word index of the records, in a process of its own; the time is without reading the records."""
    environment = os.environ | {"PYTHONPATH": str(root / "scripts")}
    done = subprocess.run(
        [sys.executable, "-c", INDEX, root], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"our index could not be made:\n{done.stderr[-1500:]}")
    seconds, peak = done.stdout.split()
    return Run(seconds=float(seconds), peak=int(peak) * (1 if sys.platform == "darwin" else 1024))


def index_peer(peer: Path) -> Run:
    """Run Pagefind, what it reads being in the system's cache; in chunks of a size that makes searching fast."""
    out = peer / "search/pagefind"
    shutil.rmtree(out, ignore_errors=True)
    command = ["env", "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE=5000", pagefind_bin.get_executable(), "--site", peer]
    command += ["--output-path", out, "--force-language", "en", "--exclude-selectors", ".headerlink"]
    return measured(command)


# ---- Searching ----

Hosts = tuple[str, str]  # the addresses of our search page and the peer's

FIRST = """new MutationObserver((_, observer) => {
  if (!document.querySelector("#results a[href*='/statements/']")) return;
  observer.disconnect();
  window.first = performance.now();
}).observe(document, { childList: true, subtree: true })"""


def opening(browser: Browser, conditions: Conditions) -> AbstractContextManager[tuple[Page, Traffic]]:
    """A page with an empty cache that keeps when its first result was there, and its traffic."""
    return watched(browser, slow=conditions.slow, processor=conditions.processor, script=FIRST)


def before_a_word(browser: Browser, pages: Hosts) -> Iterator[Line]:
    runs = [[loaded(browser, address) for address in pages] for _ in range(COLD)]
    for place, what, unit, bar in (
        (0, "requests", "number", REQUESTS),
        (1, "in all", "KB", BEFORE),
        (2, "without page and theme", "KB", None),
    ):
        mine, other = (median(run[place] for run in host) for host in zip(*runs, strict=True))
        yield Line(what=what, unit=unit, ours=mine, peer=other, bar=bar)


def loaded(browser: Browser, address: str) -> tuple[int, float, float]:
    """Of a page that is opened with an empty cache: requests, KB, KB without the page and its theme."""
    with opening(browser, FAST) as (page, traffic):
        page.goto(address)
        received = traffic.received()
    return len(received), *kilobytes(received)


def kilobytes(received: Sequence[tuple[str, str, int]]) -> tuple[float, float]:
    """In all, and of the search's program and data."""
    own = (
        size for url, kind, size in received if "/search" in urlsplit(url).path and kind in ("script", "fetch", "other")
    )
    return sum(size for *_, size in received) / 1e3, sum(own) / 1e3


def first_searches(browser: Browser, pages: Hosts, conditions: Conditions) -> Iterator[Line]:
    searches = {what: query(words[0]) for what, words in KINDS.items()}
    searches["in a sixth, with an event"] = query(SIXTH[0], {"event": [EVENT]}, event=EVENT)
    for what, search in searches.items():
        runs = [
            [opened(browser, page + of, conditions) for page, of in zip(pages, search.pair, strict=True)]
            for _ in range(COLD)
        ]
        times, totals, owns = (
            [median(run[place] for run in host) for host in zip(*runs, strict=True)] for place in range(3)
        )
        limit = FIRST_TIME if conditions == NETWORK else None
        yield Line(what=what, unit="ms", ours=times[0], peer=times[1], bar=limit)
        if conditions == FAST:
            yield Line(what=what, unit="KB", ours=totals[0], peer=totals[1], bar=FIRST_BYTES)
            yield Line(what=f"{what}, without page and theme", unit="KB", ours=owns[0], peer=owns[1])


def opened(browser: Browser, address: str, conditions: Conditions) -> tuple[float, float, float]:
    """Of a search with an empty cache: ms to the first result, KB, KB without the page and its theme."""
    with opening(browser, conditions) as (page, traffic):
        page.goto(address)
        time = page.wait_for_function("window.first").json_value()
        received = traffic.received()
    return time, *kilobytes(received)


# As the buttons for back and forward do.
CHANGE = """(query) => new Promise((resolve) => {
  const results = document.querySelector("#results");
  const shown = () => [...results.querySelectorAll("a[href*='/statements/']")].map((link) => link.href).join();
  const before = shown();
  const waiting = setTimeout(() => resolve(null), 10_000);
  new MutationObserver((_, observer) => {
    if (!shown() || shown() === before) return;
    observer.disconnect();
    clearTimeout(waiting);
    requestAnimationFrame(() => resolve(performance.now() - start));
  }).observe(results, { childList: true, subtree: true, attributes: true });
  const start = performance.now();
  history.pushState({}, "", query);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
})"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A search page on which things are changed."""

    page: Page
    traffic: Traffic

    def change(self, query: str) -> tuple[float, float]:
        """ms until other results stand in the page, and KB."""
        time = self.page.evaluate(CHANGE, query)
        assert time is not None, f"the results stay as they are: {self.page.url}"
        return time, sum(wire for *_, wire in self.traffic.received()) / 1e3


def later_searches(browser: Browser, pages: Hosts, conditions: Conditions) -> Iterator[Line]:
    """Changes of the search for a word that is in a sixth: of the word, and of what it is narrowed to."""
    start = query(SIXTH[-1])
    with opening(browser, conditions) as mine, opening(browser, conditions) as other:
        both = Opened(*mine), Opened(*other)
        for each, address, of in zip(both, pages, start.pair, strict=True):
            each.page.goto(address + of)
            each.page.wait_for_selector("#results a[href*='/statements/']", state="attached")
            each.traffic.received()
        changes = {f"another word, {what}": [query(word) for word in words[1:]] for what, words in KINDS.items()}
        changes["a facet changed"] = [query(SIXTH[-1], {name: [id]}, **{name: id}) for name, id in FACETS]
        changes["a range changed"] = [
            query(SIXTH[-1], {"dates": ranged(first, last)}, **{"from": first, "to": last}) for first, last in RANGES
        ]
        for what, searches in changes.items():
            ours, theirs = (
                changed(page, at, of)
                for page, at, *of in zip(both, start.pair, *(s.pair for s in searches), strict=True)
            )
            limit = CHANGE_TIME if conditions == FAST and "another" not in what else None
            yield Line(what=what, unit="ms", ours=ours[0], peer=theirs[0], bar=limit)
            if conditions == FAST:
                yield Line(what=what, unit="KB", ours=ours[1], peer=theirs[1])


def changed(page: Opened, start: str, searches: Sequence[str]) -> tuple[float, float]:
    """Go to each search from the same one, which has other results."""
    changes = []
    for search in searches:
        changes.append(page.change(search))
        page.change(start)
    times, sizes = zip(*changes, strict=True)
    return median(times), median(sizes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
