"""The archive on disk: a staged tree for any renderer, or the finished site, put in its place only when it is whole."""

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from archive import linkcheck, read, site
from archive.model import Archive

_OURS = ".made-by-archive"  # only a folder that holds this file is ever replaced
_EPOCH = datetime.date(1970, 1, 1)
_THEME = Path(__file__).parent / "theme"


class Refused(Exception):
    """The target is not one this program may write to; the message says why and what to do."""


class Failed(Exception):
    """The site could not be made whole; the target is as it was, and the message says what is wrong."""


def stage(root: Path, out: Path, archive: Archive) -> int:
    """Write the tree a renderer builds: `mkdocs.yml` without hooks, `docs/` with every page, `theme/`.

    Returns the number of pages. Raises Refused where `out` may not be written to.
    """
    with _Replacing(out, root) as folder:
        shutil.copytree(root / read.DOCS, folder / read.DOCS)
        for path, text in site.generate(archive).items():
            file = folder / read.DOCS / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8", newline="\n")
        shutil.copytree(_THEME, folder / "theme")
        config = _config(root)
        for key in ("hooks", "watch", "docs_dir"):
            config.pop(key, None)
        config["theme"]["custom_dir"] = "theme"
        text = yaml.safe_dump(config, sort_keys=False, allow_unicode=True)
        (folder / "mkdocs.yml").write_text(text, "utf-8", newline="\n")
        return sum(1 for _ in (folder / read.DOCS).rglob("*.md"))


def build(root: Path, out: Path, archive: Archive, say: Callable[[str], None]) -> int:
    """Render the site beside `out`, check its links, and put it in the place of `out`.

    Returns the number of pages. Raises Failed where rendering fails or a link leads nowhere, Refused where
    `out` may not be written to.
    """
    with _Replacing(out, root) as folder:
        say("Rendering the pages")
        _render(root, folder, archive)
        say("Checking the links")
        if broken := list(linkcheck.broken(folder, str(_config(root).get("site_url") or "/"))):
            raise Failed("\n".join([*broken, f"{len(broken)} links or ids of the finished site are wrong"]))
        return sum(1 for _ in folder.rglob("*.html"))


def _render(root: Path, folder: Path, archive: Archive) -> None:
    # the site's own clock is its newest change, so that two builds of one commit are the same
    newest = max((change.date for s in archive.statements for change in s.history), default=_EPOCH)
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str((newest - _EPOCH).days * 86_400),
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    command += ["--config-file", str(root / "mkdocs.yml")]
    if subprocess.run(command, env=environment, cwd=root, check=False).returncode != 0:
        raise Failed("MkDocs did not render the site; what it says stands above")


def _config(root: Path) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    return config


class _Replacing:
    """A new folder beside the target that takes its place when the block ends well, and goes when it does not."""

    def __init__(self, target: Path, root: Path) -> None:
        self._target, self._root = target.resolve(), root

    def __enter__(self) -> Path:
        target = self._target
        if target.is_relative_to(self._root / read.DOCS) or target.is_relative_to(self._root / read.STATEMENTS):
            raise Refused(f"{target} is among the sources; name a folder elsewhere")
        if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / _OURS).exists())):
            raise Refused(f"{target} holds something else; name a new or empty folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        self._new = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        return self._new

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            shutil.rmtree(self._new, ignore_errors=True)
            return
        (self._new / _OURS).touch()
        self._new.chmod(0o755)
        old = self._new.with_name(self._new.name + "-old")
        if self._target.exists():
            self._target.rename(old)
        self._new.rename(self._target)
        shutil.rmtree(old, ignore_errors=True)
