"""Find a Chromium to test with, or get one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
HOW_TO_GET_ONE = (
    "The browser tests need Chromium or Chrome, and none was found or could be installed. Install one, "
    "set CHROMIUM to the path of one, or leave these tests out: scripts/test --no-browser"
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


def chromium(playwrights_own: Path) -> Path:
    """The browser to test with, installed first if there is none.

    `playwrights_own` is where Playwright would keep its build. With none to be had, the tests fail.
    """
    if found := installed(playwrights_own):
        return found
    said = ""
    if is_root() and shutil.which("apt-get"):
        said += run("apt-get", "update") + run("apt-get", "install", "--yes", "chromium")
        if found := installed(playwrights_own):
            return found
    said += run(sys.executable, "-m", "playwright", "install", "chromium")
    if found := installed(playwrights_own):
        return found
    pytest.fail(f"{HOW_TO_GET_ONE}\n\n{said}", pytrace=False)
