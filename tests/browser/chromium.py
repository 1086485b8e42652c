"""Find a Chromium to test with, and what its driver needs, or get them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import playwright
import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No other host can be reached, by name or by number: such a request fails and is seen.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
# What Debian calls them: the browser, and a library that Playwright's driver is linked with and minbase has not.
PACKAGES = ("chromium", "libatomic1")
ON_DEBIAN = f"on Debian or Ubuntu, as root: apt-get install {' '.join(PACKAGES)}"
OR_ELSE = "or leave these tests out: scripts/test --no-browser"
HOW_TO_GET_ONE = (
    "The browser tests need Chromium or Chrome, and none was found or could be installed. Install one "
    f"({ON_DEBIAN}), set CHROMIUM to the path of one, {OR_ELSE}"
)


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def installed(playwrights_own: Path) -> Path | None:
    """A browser that is on this machine: $CHROMIUM, on PATH, a macOS application, Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return Path(found)
        pytest.fail(f"CHROMIUM={named} is not a program. {HOW_TO_GET_ONE}", pytrace=False)
    on_path = (Path(found) for name in NAMES if (found := shutil.which(name)))
    elsewhere = (path for path in (*map(Path, MACOS_APPS), playwrights_own) if path.exists())
    return next(on_path, None) or next(elsewhere, None)


def run(*command: str) -> str:
    """Run an installer; the end of what it said, the only part that tells why it failed."""
    done = subprocess.run(
        command,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{' '.join(command)}\n{(done.stdout + done.stderr)[-1000:]}\n"


def install() -> str:
    """Install what the tests need, where this may be done; the end of what was said."""
    if not (is_root() and shutil.which("apt-get")):
        return ""
    return run("apt-get", "update") + run("apt-get", "install", "--yes", *PACKAGES)


def driver() -> None:
    """See to it that Playwright's driver starts; what it lacks is installed first. With none to be had, tests fail."""
    node = Path(playwright.__file__).parent / "driver" / ("node.exe" if os.name == "nt" else "node")
    if not failure(node):
        return
    said = install()
    if problem := failure(node):
        pytest.fail(
            f"The browser tests need Playwright's driver, which does not start on this machine ({problem}). "
            f"Install what it lacks ({ON_DEBIAN}), {OR_ELSE}\n\n{said}",
            pytrace=False,
        )


def failure(program: Path) -> str:
    """Why a program does not start; empty where it does."""
    try:
        started = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    return (started.stderr.strip() or f"it ended with {started.returncode}") if started.returncode else ""


def chromium(playwrights_own: Path) -> Path:
    """The browser to test with, installed first if there is none.

    `playwrights_own` is where Playwright would keep its build. With none to be had, the tests fail.
    """
    if found := installed(playwrights_own):
        return found
    said = install()
    if found := installed(playwrights_own):
        return found
    said += run(sys.executable, "-m", "playwright", "install", "chromium")
    if found := installed(playwrights_own):
        return found
    pytest.fail(f"{HOW_TO_GET_ONE}\n\n{said}", pytrace=False)
