"""Measure the search, beside Pagefind's own filters on the same pages: `python tests/benchmarks/search.py [N ...]`.

For every N (by default 1000 and 10000) a site of as many synthetic statements is built and searched in Chromium. Exit
code 1 where a bar of the design is not met.
"""

import datetime
import gzip
import json
import re
import shutil
import sys
import tempfile
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

import pagefind_bin
from playwright.sync_api import Browser, Page

import benchmarking
from benchmarking import Line, Run, Traffic, browsing, hosting, measured, say, size, table, watched
from browser.host import Server

EVENT = "event-000"  # the one with most statements
RARE, EVERY = "quillwort", "marigold"  # written into a few records and into all; other words are in hundreds
FEW = 5
COLD, WARM, INDEXINGS = 5, 10, 3  # repetitions, of which the median is given
FIRST_BYTES, FIRST_TIME, CHANGE_TIME = 450, 1000, 300  # the bars: KB, ms, ms
FILTERS = ("event", "addressee", "form")
TEN_YEARS = {"from": "2009-03-15", "to": "2019-03-14"}

NOTE = f"""
Medians of {COLD} openings, of up to {WARM} changes, of {INDEXINGS} indexings, with whatever else the machine was doing.
The peer is Pagefind's filters for event, addressee, form, year, month and day, on the statements' pages only; ours also
indexes the events' and addressees' pages.
"""

JSON = dict[str, list]  # type: ignore[type-arg]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished site, and what to search it for."""

    site: Path
    catalogue: JSON
    sixth: Sequence[str]  # words in about a sixth of them


def main(arguments: Sequence[str]) -> int:
    lines: list[Line] = []
    with browsing() as browser:
        for number in map(int, arguments or ("1000", "10000")):
            with tempfile.TemporaryDirectory() as scratch:
                lines += compared(browser, number, Path(scratch))
    return 0 if all(line.is_met for line in lines) else 1


def compared(browser: Browser, number: int, scratch: Path) -> list[Line]:
    """Build, measure and print one site and its peer."""
    say(f"Building a site of {number:,} statements")
    built = looked_at(made(scratch / "project", number), number)
    say("Making the peer")
    peer = scratch / "peer"
    make_peer(built, peer)
    parts = {"Index": indexing(built.site, peer, scratch)}
    with hosting(built.site) as ours, hosting(peer) as theirs:
        for name, slow in (("First search, empty cache", False), ("The same at 10 Mbit/s and 40 ms", True)):
            say(name)
            parts[name] = first_searches(browser, built, ours, theirs, slow=slow)
        for name, start in (
            ("Later, with a word", {}),
            ("Later, with a word, an event and ten years", {"event": EVENT, **TEN_YEARS}),
        ):
            say(name)
            parts[name] = later_searches(browser, built, ours, theirs, start)
    say("")
    head = (f"{number:,} statements (medians)", "ours", "peer", "ours/peer", "bar")
    table(head, parts)
    say(NOTE)
    return [line for part in parts.values() for line in part]


def made(root: Path, number: int) -> Path:
    benchmarking.project(root, number)
    texts = {path: path.read_text("utf-8") for path in sorted((root / "statements").glob("[0-9]*/*.md"))}
    about = [path for path, text in texts.items() if f"\nevents:\n- {EVENT}\n" in text]
    few = about[:: max(1, len(about) // FEW)][:FEW]
    for path, text in texts.items():
        words = f"{EVERY} {RARE}" if path in few else EVERY
        path.write_text(f"{text}\n{words.capitalize()}.\n", "utf-8", newline="\n")
    return benchmarking.build(root)


def looked_at(site: Path, number: int) -> Built:
    catalogue = json.loads((site / "search/catalogue.json").read_text("utf-8"))
    having = statements_by_word(site)
    values = [value for facet in catalogue["facets"] for value in facet["values"]]
    names = {folded(name) for value in values for name in value.get("names", ())}
    words = [word for word in having if re.fullmatch(r"[a-z]{4,}", word) and word not in names]
    sixth = sorted(words, key=lambda word: (abs(having[word] - number / 6), word))
    return Built(site=site, catalogue=catalogue, sixth=sixth[: WARM + 1])


def statements_by_word(site: Path) -> dict[str, int]:
    """How many statements have a word that begins so, for Pagefind finds the beginnings of words."""
    rows: dict[str, set[int]] = {}
    fragments = json.loads((site / "search/fragments.json").read_text("utf-8"))["statements"].split()
    folder = site / "search/pagefind/fragment"
    pages = sorted(folder.iterdir())
    for row, name in enumerate(fragments):
        packed = pages[bisect_left(pages, folder / f"en_{name}")].read_bytes()  # the first whose name begins so
        content = json.loads(gzip.decompress(packed).removeprefix(b"pagefind_dcd"))["content"]
        for word in set(re.findall(r"\w+", folded(content))):
            rows.setdefault(word, set()).add(row)
    ordered = sorted(rows)
    counts = {}
    for word in ordered:
        beginning = ordered[bisect_left(ordered, word) : bisect_left(ordered, word + "\uffff")]
        counts[word] = len(set().union(*(rows[longer] for longer in beginning)))
    return counts


def folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


PEER = """
const pagefind = await import(new URL("pagefind/pagefind.js", document.baseURI));
const list = document.querySelector("#results");

function item(page) {
  const link = Object.assign(document.createElement("a"), { href: page.url, textContent: page.meta.title });
  const element = document.createElement("li");
  element.append(link);
  return element;
}

function filters({ range, ...facets }) {
  const any = Object.entries(facets).map(([facet, values]) => [facet, { any: values }]);
  return { ...Object.fromEntries(any), ...(range && { any: range }) };
}

// A facet with a choice is counted without it, so that its other values stay of use; so are the years.
function counted(choice) {
  const without = (facet) => Object.entries(choice).filter(([name]) => name !== facet);
  return Object.keys(choice).map((facet) => Object.fromEntries(without(facet)));
}

window.search = async (word, choice) => {
  const searches = [choice, ...counted(choice)].map((each) => pagefind.search(word, { filters: filters(each) }));
  const [{ results }] = await Promise.all(searches);
  const pages = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  const total = Object.assign(document.createElement("button"), { textContent: results.length });
  list.replaceChildren(total, ...pages.map(item));
};

await pagefind.init();
const { q, event } = Object.fromEntries(new URLSearchParams(location.search));
if (q) {
  const all = pagefind.filters();
  await window.search(q, { event: [event] });
  await all;
}
"""


def make_peer(built: Built, peer: Path) -> None:
    """The statements' pages with filters, the search page and its theme, and in place of its program the peer's."""
    shutil.copytree(built.site / "assets", peer / "assets")
    for page in ("index.html", "404.html", "search/index.html"):
        (peer / page).parent.mkdir(exist_ok=True)
        shutil.copy(built.site / page, peer / page)
    searching = peer / "search/index.html"
    own = r'<link rel="modulepreload"[^>]*>|<script type="module" async[^>]*></script>'
    searching.write_text(re.sub(own, "", searching.read_text("utf-8")), "utf-8")
    (peer / "assets/search/main.js").write_text(PEER, "utf-8")
    for row, record in enumerate(records(built.site)):
        path = f"statements/{record[:4]}/{record}/index.html"
        html = (built.site / path).read_text("utf-8")
        spans = "".join(
            f'<span hidden data-pagefind-filter="{name}:{escape(value)}"></span>'
            for name, values in filters(built.catalogue, row).items()
            for value in values
        )
        (peer / path).parent.mkdir(parents=True)
        made, count = re.subn(r"<[^>]* data-pagefind-body[^>]*>", rf"\g<0>{spans}", html, count=1)
        assert count == 1, f"{path} has no content to index"
        (peer / path).write_text(made, "utf-8")


def records(site: Path) -> Iterator[str]:
    for block in range(len(list((site / "search/rows").iterdir()))):
        for record, *_ in json.loads((site / f"search/rows/{block}.json").read_text("utf-8"))["rows"]:
            yield record


def filters(catalogue: JSON, row: int) -> dict[str, list[str]]:
    days = spanned(catalogue["dates"][row])
    return {
        **{facet["name"]: values(facet, row) for facet in catalogue["facets"] if facet["name"] in FILTERS},
        "year": sorted({day[:4] for day in days}),
        "month": sorted({day[:7] for day in days if len(day) > 4}),
        "day": days,
    }


def values(facet: JSON, row: int) -> list[str]:
    """The ids of a statement's values and of those above them."""
    places = facet["rows"][row]
    every = (
        above
        for place in ([places] if isinstance(places, int) else places)
        for above in lineage(facet["values"], place)
    )
    return sorted({facet["values"][place]["id"] for place in every})


def lineage(authorities: list[dict[str, int]], place: int | None) -> Iterator[int]:
    """An authority and those above it, for each is found with what lies under it."""
    while place is not None:
        yield place
        place = authorities[place].get("parent")


def spanned(date: str) -> list[str]:
    """Every day of a date; a month or a year, which may be any of its days, by itself."""
    first, _, last = re.sub("[?~%]", "", date).partition("/")
    if not last or len(first) < 10 or len(last) < 10:
        return sorted({first, last or first})
    return list(days(first, last))


def days(first: str, last: str) -> Iterator[str]:
    day, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    while day <= end:
        yield str(day)
        day += datetime.timedelta(days=1)


def ranged(first: str, last: str, *, months: bool = True) -> list[dict[str, dict[str, list[str]]]]:
    """A range as Pagefind's filters: whole years, whole months if wanted, single days.

    Of a year or month that is not whole, the dates that name no more than it are among the days.
    """
    inside = list(days(first, last))
    whole: dict[str, list[str]] = {"year": [], "month": [], "day": []}
    for name, length in (("year", 4), ("month", 7)):
        for period in sorted({day[:length] for day in inside}):
            if (name == "year" or months) and {*ends(period)} <= {*inside}:
                whole[name].append(period)
                inside = [day for day in inside if day[:length] != period]
            else:
                whole["day"].append(period)
    whole["day"] += inside
    return [{name: {"any": values}} for name, values in whole.items() if values]


def ends(period: str) -> tuple[str, str]:
    if len(period) == 4:
        return f"{period}-01-01", f"{period}-12-31"
    after = datetime.date.fromisoformat(f"{period}-28") + datetime.timedelta(days=4)
    return f"{period}-01", str(after - datetime.timedelta(days=after.day))


def indexing(site: Path, peer: Path, scratch: Path) -> list[Line]:
    ours, theirs = (indexed(each, scratch / "again" / each.name) for each in (site, peer))
    shutil.copytree(scratch / "again/peer/pagefind", peer / "search/pagefind")
    (mine, files), (other, other_files) = size(site / "search"), size(peer / "search/pagefind")
    lines = [
        Line(what="Pagefind's step", unit="s", ours=ours.seconds, peer=theirs.seconds),
        Line(what="its peak memory", unit="MB", ours=ours.peak / 1e6, peer=theirs.peak / 1e6),
        Line(what="search/", unit="MB", ours=mine / 1e6, peer=other / 1e6),
        Line(what="search/", unit="files", ours=files, peer=other_files),
    ]
    for name in ("catalogue", "fragments", "words"):
        file = site / f"search/{name}.json"
        lines.append(Line(what=file.name, unit="KB", ours=file.stat().st_size / 1e3))
        lines.append(Line(what=f"{file.name}, gzipped", unit="KB", ours=benchmarking.gzipped(file) / 1e3))
    return lines


def indexed(site: Path, out: Path) -> Run:
    """Run Pagefind some times as the build does, what it reads being in the system's cache."""
    command = [pagefind_bin.get_executable(), "--site", site, "--output-path", out / "pagefind"]
    command += ["--force-language", "en", "--exclude-selectors", ".headerlink"]
    runs = []
    for _ in range(INDEXINGS):
        shutil.rmtree(out, ignore_errors=True)
        runs.append(measured(command))
    return Run(seconds=median(run.seconds for run in runs), peak=int(median(run.peak for run in runs)))


FIRST = """new MutationObserver((_, observer) => {
  if (!document.querySelector("#results li a")) return;
  observer.disconnect();
  window.first = performance.now();
}).observe(document, { childList: true, subtree: true })"""


def first_searches(browser: Browser, built: Built, ours: Server, theirs: Server, *, slow: bool) -> list[Line]:
    lines = []
    for what, word in (("a rare word", RARE), ("in a sixth", built.sixth[0]), ("in all", EVERY)):
        address = f"search/?{urlencode({'q': word, 'event': EVENT})}"
        runs = [[opened(browser, host.url + address, slow=slow) for host in (ours, theirs)] for _ in range(COLD)]
        for place, unit, bar in ((0, "KB", FIRST_BYTES), (1, "KB without page and theme", None), (2, "ms", FIRST_TIME)):
            mine, other = (median(run[place] for run in host) for host in zip(*runs, strict=True))
            limit = None if slow else bar
            lines.append(Line(what=f"{what} ({word})", unit=unit, ours=mine, peer=other, bar=limit))
    return lines


def opened(browser: Browser, address: str, *, slow: bool) -> tuple[float, float, float]:
    """Of a search with an empty cache: KB, KB without the page and its theme, ms to the first result."""
    with watched(browser, slow=slow, script=FIRST) as (page, traffic):
        page.goto(address)
        time = page.wait_for_function("window.first").json_value()
        received = traffic.received()
    own = (
        size
        for url, kind, size in received
        if "/search/" in urlsplit(url).path and kind in ("script", "fetch", "other")
    )
    return sum(size for *_, size in received) / 1e3, sum(own) / 1e3, time


CHANGE = """([action, ...values]) => new Promise((resolve) => {
  const results = document.querySelector("#results");
  const shown = () => [...results.querySelectorAll("a, button")].map((each) => each.href ?? each.textContent).join();
  const set = (id, value, ...events) => {
    const field = document.getElementById(id);
    field.value = value;
    for (const event of events) field.dispatchEvent(new Event(event, { bubbles: true }));
  };
  const actions = {
    type: (word) => set("q", word, "input"),
    enter: (word) => {
      set("q", word);
      document.getElementById("search").requestSubmit();
    },
    limit: (end, date) => set(end, date, "input", "change"),
    check: (facet, id) => document.querySelector(`#facets [data-key="${facet}"] [data-key="${id}"] input`).click(),
    bar: (key) => document.querySelector(`#histogram [data-bar="${key}"]`).click(),
    search: (word, choice) => window.search(word, choice),
  };
  const before = shown();
  const start = performance.now();
  const waiting = setTimeout(() => resolve(null), 10_000);
  new MutationObserver((_, observer) => {
    if (shown() === before || !results.querySelector("li a")) return;
    observer.disconnect();
    clearTimeout(waiting);
    requestAnimationFrame(() => resolve(performance.now() - start));
  }).observe(results, { childList: true, subtree: true, characterData: true, attributes: true });
  actions[action](...values);
})"""
CHOICES = """() => [...document.querySelectorAll("#facets fieldset")].flatMap((facet) =>
  [...facet.querySelectorAll("li[data-key]")].filter((value) => !value.querySelector(":checked"))
    .map((value) => [facet.dataset.key, value.dataset.key]))"""

Choice = Mapping[str, object]  # of the peer: the values of its filters


@dataclass(frozen=True, slots=True)
class Opened:
    """A search page on which things are changed."""

    page: Page
    traffic: Traffic

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_selector("#results li a", state="attached")
        self.traffic.received()

    def change(self, action: str, *values: object) -> tuple[float | None, float]:
        """ms until other results stand in the page, None where they stay the same, and KB."""
        time = self.page.evaluate(CHANGE, [action, *values])
        return time, sum(wire for *_, wire in self.traffic.received()) / 1e3


def later_searches(
    browser: Browser, built: Built, ours: Server, theirs: Server, start: Mapping[str, str]
) -> list[Line]:
    """Changes of the search for a word, and of what else it is narrowed to from the start."""
    word, *others = built.sixth
    base: Choice = {"event": [start["event"]], "range": ranged(start["from"], start["to"])} if start else {}
    address = f"{ours.url}search/?{urlencode({'q': word, **start})}"
    with watched(browser) as mine, watched(browser) as other:
        page, peer = Opened(*mine), Opened(*other)
        page.open(address)
        peer.open(f"{theirs.url}search/?{urlencode({'q': word, 'event': EVENT})}")
        lines = []
        if not start:
            typed, entered = others[: WARM // 2], others[WARM // 2 : WARM]
            changes = [page.change("type", another) for another in typed]
            lines += changed("another word typed, the pause after it included", changes)
            lines += changed(
                "another word, by Enter",
                [page.change("enter", another) for another in entered],
                [peer.change("search", another, base) for another in entered],
            )
            page.open(address)
        peer.change("search", word, base)
        lines += changed("a facet changed", *facets(page, peer, word, base), bar=CHANGE_TIME)
        lines += ranges(page, peer, word, base, start)
        lines += changed("a bar clicked", *bars(page, peer, word, base, address), bar=CHANGE_TIME)
    return lines


Changes = list[tuple[float | None, float]]


def changed(what: str, ours: Changes, peer: Changes | None = None, *, bar: float | None = None) -> Iterator[Line]:
    for place, unit in ((0, "ms"), (1, "KB")):
        mine, other = (
            each and median(change[place] for change in each if change[place] is not None) for each in (ours, peer)
        )
        yield Line(what=what, unit=unit, ours=mine, peer=other, bar=bar if unit == "ms" else None)


def facets(page: Opened, peer: Opened, word: str, base: Choice) -> tuple[Changes, Changes]:
    """Choose the first values of each facet, one at a time."""
    ours, theirs = [], []
    offered = [value for value in page.page.evaluate(CHOICES) if value[0] in FILTERS]
    few = [value for facet in FILTERS for value in [each for each in offered if each[0] == facet][:4]][:WARM]
    for facet, value in few:
        ours.append(page.change("check", facet, value))
        theirs.append(peer.change("search", word, {**base, facet: [*base.get(facet, []), value]}))
        page.change("check", facet, value)
        peer.change("search", word, base)
    return ours, theirs


# Each is one end of the range changed: from ten years to other years and months.
LIMITS = (
    ("from", "2012-06-20"), ("to", "2022-11-05"), ("from", "2007-02-11"), ("to", "2016-08-21"), ("from", "2010-05-30"),
    ("to", "2020-10-09"),
)  # fmt: skip


def ranges(page: Opened, peer: Opened, word: str, base: Choice, start: Mapping[str, str]) -> Iterator[Line]:
    limits = dict(TEN_YEARS)
    if not start:
        for end, date in limits.items():
            page.change("limit", end, date)
    ours, by_months, by_days = [], [], []
    for end, date in LIMITS:
        limits[end] = date
        ours.append(page.change("limit", end, date))
        for theirs, months in ((by_months, True), (by_days, False)):
            peer.change("search", word, base)
            choice = {**base, "range": ranged(limits["from"], limits["to"], months=months)}
            theirs.append(peer.change("search", word, choice))
    yield from changed("a range changed; peer: years, months, days", ours, by_months, bar=CHANGE_TIME)
    yield from changed("a range changed; peer: years, days", ours, by_days)


def bars(page: Opened, peer: Opened, word: str, base: Choice, address: str) -> tuple[Changes, Changes]:
    ours, theirs = [], []
    for year in ("2010", "2012", "2014", "2016", "2018"):
        page.open(address)
        ours.append(page.change("bar", year))
        peer.change("search", word, base)
        theirs.append(peer.change("search", word, {**base, "range": [{"year": {"any": [year]}}]}))
    return ours, theirs


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
