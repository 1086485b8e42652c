"""The built sites, servers for them, and one browser for all tests."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from archive.publish.loading import load_archive
from browser import sites
from browser.chromium import FLAGS, chromium, driver, is_root
from browser.host import Server, serve
from browser.many import searchable
from browser.searching import go, load
from browser.watching import Contexts, watched
from builders import Once, copy_project, write_tree


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[Server]:
    """The site of the whole archive."""
    with serve(built) as running:
        yield running


@pytest.fixture(scope="session")
def first(five: Path) -> Iterator[Server]:
    """The site of the first five records alone."""
    with serve(five) as running:
        yield running


@pytest.fixture(scope="session")
def wider(once: Once) -> Iterator[Server]:
    """The site of the first five records, one of them renamed, and of some of every kind of date."""
    with serve(once("more-records", sites.build) / "site") as running:
        yield running


@pytest.fixture(scope="session")
def spelt(first: Server, once: Once) -> Iterator[Server]:
    """Of a site of the first five records, and of two that spell the same words in two ways, what the search reads."""

    def make(folder: Path) -> None:
        root = write_tree(copy_project(folder / "project"), sites.SPELT)
        searchable(load_archive(root), first.site, folder / "site")

    with serve(once("spelt-records", make) / "site") as running:
        yield running


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that other processes wait for; the kernel frees it however its holder ends."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def browser(shared: Path) -> Iterator[Browser]:
    with locked(shared / "browser.lock"):  # no two workers install at once
        driver()
    with sync_playwright() as playwright:
        with locked(shared / "browser.lock"):
            program = chromium(Path(playwright.chromium.executable_path))
        launched = playwright.chromium.launch(
            executable_path=program,
            args=FLAGS,
            headless=True,
            chromium_sandbox=not is_root(),
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Contexts:
    """One browser context for each width and colour scheme."""

    @cache
    def of(width: int, scheme: str) -> BrowserContext:
        return browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )

    return of


@pytest.fixture(scope="session")
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def search_pages(context: Contexts) -> Iterator[Callable[[Server], tuple[Page, list[str]]]]:
    """One search page for each site, which many tests use, and what goes wrong on it."""
    with ExitStack() as opened:

        @cache
        def of(on: Server) -> tuple[Page, list[str]]:
            return opened.enter_context(watched(context(1280, "light"), f"{on.url}search/", on))

        yield of


@pytest.fixture
def open_search(
    first: Server, search_pages: Callable[[Server], tuple[Page, list[str]]]
) -> Iterator[Callable[..., Page]]:
    """Opens the search page with a query; nothing may go wrong on it while the test runs."""
    used: dict[Server, list[str]] = {}

    def open_(query: str = "", on: Server = first) -> Page:
        page, used[on] = search_pages(on)
        page.bring_to_front()  # behind another page of this browser each click waits for a second
        if page.url.startswith(f"{on.url}search/"):
            go(page, query)
        else:
            load(page, on, query)
        return page

    yield open_
    wrong = [problem for problems in used.values() for problem in problems]
    for problems in used.values():
        problems.clear()
    assert wrong == []
