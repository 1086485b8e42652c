"""The built site, a server for it, and one browser for all tests."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from browser import many
from browser.chromium import FLAGS, chromium, is_root
from browser.host import Server, serve

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "site"
    archive = Path(sys.executable).with_name("archive")
    built = subprocess.run(
        [archive, "build", "--root", ROOT, "--out", out], capture_output=True, text=True, check=False
    )
    if built.returncode or not (out / "index.html").is_file():
        pytest.fail(f"archive build failed:\n{(built.stdout + built.stderr)[-1500:]}", pytrace=False)
    return out


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[Server]:
    with serve(site) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def many_statements(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """The build of a large site, begun before the first browser test if a test of it is to be run."""
    if any(item.path.name == "test_search_scale.py" for item in request.session.items):
        with many.building(tmp_path_factory.mktemp("many")) as building:
            yield building
    else:
        yield None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium(Path(playwright.chromium.executable_path)),
            args=FLAGS,
            headless=True,
            chromium_sandbox=not is_root(),
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Callable[[int, str], BrowserContext]:
    """One browser context for each width and colour scheme."""

    @cache
    def of(width: int, scheme: str) -> BrowserContext:
        return browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )

    return of
