"""`scripts/edition`: how what is published gets to the next build. The host is this machine, the program a stub."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders import PROGRAM, PROJECT, write_tree
from hosting import Answers, hosting

MANIFEST = "/here/data/v1/manifest.json"
PUBLISHED = (200, b'{"format": "ombudsman-statements-manifest",')
SET_UP = f"""venv=$root/venv
say() {{ printf '%s\\n' "$@" >&2; }}
stop() {{ say "$@"; exit 2; }}
set_up() {{ [ "$*" = 'locked project' ]; }}
PYTHONPATH='{PROGRAM}'
export PYTHONPATH
"""


Hosted = tuple[str, Answers]


@pytest.fixture
def host() -> Iterator[Hosted]:
    with hosting() as found:
        yield found


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def edition(tmp_path: Path) -> Run:
    """Runs the script in a project with this site_url; the program says what it is called with."""
    root = write_tree(
        tmp_path / "pro ject",
        {
            "scripts/set-up": SET_UP,
            "venv/bin/archive": '#!/bin/sh\nprintf "%s\\n" "$@"\n',
            "venv/bin/python": f'#!/bin/sh\nexec {sys.executable} "$@"\n',
            ".cache/compared-with": "of an earlier run",
        },
    )
    shutil.copy(PROJECT / "scripts" / "edition", root / "scripts")
    for program in ("archive", "python"):
        (root / "venv" / "bin" / program).chmod(0o755)

    def run(site_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        (root / "mkdocs.yml").write_text(site_url if ": " in site_url else f"site_url: {site_url}\n", "utf-8")
        return subprocess.run(
            [root / "scripts" / "edition", *arguments], capture_output=True, text=True, check=False, timeout=60
        )

    return run


def built(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What the program was called with, after its folder."""
    called = done.stdout.splitlines()
    assert (called[:2], called[3]) == (["build", "--root"], "--offline-zip")
    return called[4:]


def compared_with(tmp_path: Path) -> list[str]:
    """What the last edition was compared with, for whoever checks once more."""
    file = tmp_path / "pro ject" / ".cache" / "compared-with"
    return file.read_text("utf-8").splitlines() if file.exists() else []


def test_the_next_edition_is_compared_with_the_published_one(host: Hosted, edition: Run, tmp_path: Path) -> None:
    url, answers = host
    answers[MANIFEST] = PUBLISHED
    done = edition(url, "--out", "a b")
    assert done.returncode == 0, done.stderr
    assert built(done) == ["--since", f"{url}data/v1/", "--out", "a b"]
    assert compared_with(tmp_path) == [f"{url}data/v1/"]
    assert f"Compared with {url}data/v1/\n" in done.stderr


def test_a_redirect_of_the_host_is_followed(host: Hosted, edition: Run) -> None:
    url, answers = host
    answers[MANIFEST], answers["/moved"] = (301, b"/moved"), PUBLISHED
    assert built(edition(url)) == ["--since", f"{url}data/v1/"]


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (403, b"no", "403"),
        (404, b"no", "404"),
        (500, b"no", "500"),
        (200, b"<!doctype html>", "200, but not with a manifest of an archive"),
        (200, b"{}", "200, but not with a manifest of an archive"),
    ],
)
def test_no_other_answer_is_taken_for_a_beginning(
    status: int, body: bytes, words: str, host: Hosted, edition: Run, tmp_path: Path
) -> None:
    url, answers = host
    answers[MANIFEST] = (status, body)
    done = edition(url)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{url}data/v1/manifest.json answers {words}.\nNothing was built" in done.stderr
    assert "run scripts/edition --first" in done.stderr
    assert "run scripts/edition --from THAT-ADDRESS" in done.stderr
    assert compared_with(tmp_path) == []
    first = edition(url, "--first", "--out", "x")
    assert built(first) == ["--out", "x"]
    assert f"This is the first edition: {url}data/v1/manifest.json answers {words}, and by" in first.stderr
    assert built(edition(url, "--proposed")) == []


def test_a_host_that_is_not_there_stops_it(edition: Run) -> None:
    done = edition("http://127.0.0.1:9/")
    assert (done.returncode, done.stdout) == (2, "")
    assert "manifest.json answers not at all: Connection refused.\nNothing was built" in done.stderr


PLACES = ["https://former.example", "https://former.example/data/v1/", "HTTP://former.example/a/", "ftp://it/says so"]


@pytest.mark.parametrize("place", [*PLACES, "former site"])
def test_a_site_that_moves_is_held_against_where_it_was(
    place: str, host: Hosted, edition: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program that compares adds what is missing, and says what is wrong."""
    url, _ = host
    monkeypatch.chdir(tmp_path)
    (tmp_path / "former site").mkdir()
    assert edition(url).returncode == 2
    done = edition(url, "--from", place, "--out", "x")
    assert built(done) == ["--since", place, "--out", "x"]
    assert compared_with(tmp_path) == [place]
    assert f"Compared with {place}\n" in done.stderr


def test_a_site_that_has_moved_is_held_against_itself(host: Hosted, edition: Run, tmp_path: Path) -> None:
    url, answers = host
    answers[MANIFEST] = PUBLISHED
    done = edition(url, "--from", url.replace("/here/", "/former"))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{url}data/v1/manifest.json is there: the site has moved already. Leave out --from." in done.stderr
    assert compared_with(tmp_path) == []


@pytest.mark.parametrize(
    "arguments", [["--from"], ["--from", ""], ["--from", "former"], ["--from", "--out"], ["--from", "https://"]]
)
def test_the_former_place_is_an_address_or_a_folder(arguments: list[str], edition: Run) -> None:
    done = edition("https://archive.test/", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--from needs the address of the site as published, or its folder, not '" in done.stderr


def test_the_first_edition_is_first_once(host: Hosted, edition: Run) -> None:
    url, answers = host
    answers[MANIFEST] = PUBLISHED
    done = edition(url, "--first")
    assert (done.returncode, done.stdout) == (2, "")
    assert "this is not the first edition" in done.stderr


@pytest.mark.parametrize("site_url", ["''", "https://archive.example.com/x/"])
def test_a_site_without_an_address_is_not_published(site_url: str, edition: Run) -> None:
    for mode in ([], ["--first"]):
        done = edition(site_url, *mode)
        assert (done.returncode, done.stdout) == (2, "")
        assert "site_url is not set yet; set it to the address at which the site is published" in done.stderr
    proposed = edition(site_url, "--proposed")
    assert built(proposed) == []
    assert "without being compared with what is published" in proposed.stderr


@pytest.mark.parametrize("settings", ["site_url: [\n", "since: 2026-02-30\n"])
def test_settings_that_cannot_be_read_are_reported(settings: str, edition: Run) -> None:
    done = edition(settings)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.match(r"mkdocs\.yml:[0-9]+:[0-9]+: cannot be read: ", done.stderr)
    assert "Traceback" not in done.stderr
