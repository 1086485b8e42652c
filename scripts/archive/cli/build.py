"""The commands that make the site, a tree of its pages or a copy to be kept."""

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from archive.cli.group import PATH, command, newest, say, show, since_option
from archive.model.errors import USAGE, ArchiveError

if TYPE_CHECKING:
    from archive.exports.data.manifest import Manifest

_out = click.argument("out", metavar="DIR", type=PATH, help="a new or empty folder, or one made by this command")


@command()
@click.option("--out", metavar="DIR", type=PATH, help="where to (default: site/ in the project's folder)")
@since_option
def build(out: Path | None, since: "Manifest | None", root: Path) -> None:
    """Check, render and publish the site."""
    from archive.model import config
    from archive.model.config import read_settings
    from archive.publish import build as site_build
    from archive.publish.generate import load_archive

    out = out or root / "site"
    site_build.require_programs(root)
    say("Checking the content")
    archive = load_archive(root)
    statements, day = len(archive.statements), newest(archive)
    del archive  # rendering loads it again, in its own process
    pages = site_build.build(root, out, day, say, since=since)
    show(f"Built {pages} pages from {statements} statements in {out}")
    if unmade := config.placeholders(read_settings(root)):
        show(f"Before you publish it, set in mkdocs.yml: {', '.join(unmade)}")


@command()
def serve(root: Path) -> NoReturn:
    """Preview on http://127.0.0.1:8000, renewed at every change."""
    from archive.model.config import read_settings
    from archive.publish import build as site_build

    site_build.require_programs(root)
    address = str(read_settings(root).get("dev_addr") or "127.0.0.1:8000")
    host, _, port = address.rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise ArchiveError(
                f"cannot serve on {address}: {error.strerror}; is another preview running?", USAGE
            ) from None
        except (ValueError, OverflowError):
            said = f"mkdocs.yml: dev_addr: {address!r} is not a host and a port (such as 127.0.0.1:8000)"
            raise ArchiveError(said) from None
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--config-file", str(root / "mkdocs.yml")]
    os.chdir(root)
    os.execve(sys.executable, command, {**os.environ, "NO_MKDOCS_2_WARNING": "1"})  # noqa: S606


@command()
@_out
def stage(out: Path, root: Path) -> None:
    """Write the pages as a plain tree for another renderer."""
    from archive.publish import build as site_build
    from archive.publish.generate import load_archive

    pages = site_build.stage(root, out, load_archive(root))
    show(f"Staged {pages} pages in {out}")


@command(needs_project=False)
@click.argument("site", metavar="DIR", type=PATH, help="the folder with the rendered site")
def index(site: Path, root: Path | None) -> None:
    """Make the search index of a site that another renderer made of a staged tree."""
    from archive.publish import build as site_build
    from archive.search import facets

    if not (site / facets.PATH).is_file():
        raise ArchiveError(f"{site} is not a site made of a staged tree: it has no {facets.PATH}", USAGE)
    show(f"Indexed {site_build.index(site)} pages in {site}")


@command()
@_out
def package(out: Path, root: Path) -> None:
    """Make a BagIt bag of the sources, the data and the site, to be kept."""
    from archive.publish.bag import pack_bag
    from archive.publish.generate import load_archive
    from archive.search import pagefind
    from archive.text import formatting

    pagefind.program()
    say("Checking the content")
    archive = load_archive(root)
    payload = pack_bag(root, out, archive, newest(archive), say)
    show(f"Packed {formatting.count(payload.files, 'file')}, {formatting.count(payload.bytes, 'byte')}, in {out}")
