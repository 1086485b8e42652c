"""Define the commands that make the site, copies of it and what its keepers need."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from archive.cli.group import PATH_TYPE, command, no_cache_option, project_root, say, show, since_option
from archive.model.errors import CONTENT, DONE, USAGE, ArchiveError

if TYPE_CHECKING:
    from archive.model.config import Settings
    from archive.model.records import Archive

_out = click.argument("out", metavar="DIR", type=PATH_TYPE, help="a new or empty folder, or one made by this command")


@command()
@click.option("--out", metavar="DIR", type=PATH_TYPE, help="where to (default: site/ in the project's folder)")
@click.option("--offline", metavar="DIR", type=PATH_TYPE, help="besides, write a copy that is read from the disk")
@click.option("--offline-zip", is_flag=True, help="besides, offer that copy on the site, as a zip (data/offline.zip)")
@no_cache_option
@since_option
def build(
    out: Path | None, offline: Path | None, offline_zip: bool, no_cache: bool, since: str | None, root: Path
) -> None:
    """Check, render and publish the site."""
    from archive.publish import storage
    from archive.publish.build import build_site
    from archive.publish.offline import copy_site

    out = out or root / "site"
    if no_cache:
        storage.forget(root)
    settings, archive = _load(root, cached=True)
    earlier = None
    if since is not None:
        from archive.publish import former  # takes a moment to load

        earlier = former.read(since)
    with copy_site(root, out, offline, archive.site_url) if offline else nullcontext():
        pages = build_site(root, out, replace(archive, offline=offline_zip), say, since=earlier)
    show(f"Built {pages} pages from {len(archive.statements)} statements in {out}")
    if offline:
        show(f"Copied to be read from the disk: {offline / 'index.html'}")
    if placeholders := settings.placeholders():
        show(f"Before you publish it, set in mkdocs.yml: {', '.join(placeholders)}")


@command()
def serve(root: Path) -> NoReturn:
    """Preview on http://127.0.0.1:8000, renewed at every change."""
    from archive.model.config import read_settings
    from archive.publish import renderer_mkdocs
    from archive.publish.build import require_programs

    settings = read_settings(root)
    require_programs(root, settings)
    renderer_mkdocs.serve(root, settings)


@command()
@_out
def stage(out: Path, root: Path) -> None:
    """Write the pages as a plain tree for another renderer."""
    from archive.model.config import read_settings
    from archive.publish.build import stage_site
    from archive.publish.loading import load_archive

    settings = read_settings(root)
    show(f"Staged {stage_site(root, out, settings, load_archive(root, settings))} pages in {out}")


@command()
@_out
def package(out: Path, root: Path) -> None:
    """Make a BagIt bag of the sources, the data and the site, to be kept."""
    from archive.publish.bag import pack_bag
    from archive.publish.build import site_date
    from archive.text import formatting

    _, archive = _load(root)
    payload = pack_bag(root, out, archive, site_date(archive), say)
    show(f"Packed {formatting.count(payload.files, 'file')}, {formatting.count(payload.bytes, 'byte')}, in {out}")


@command(needs_project=False)
@click.argument("site", metavar="[SITE]", required=False, type=PATH_TYPE, help="the folder of a site as published")
@click.option("--captures", metavar="DIR", type=PATH_TYPE, help="a folder with the captured texts of sources")
def verify(site: Path | None, captures: Path | None, root: Path | None) -> int:
    """Compare a site with its hashes, or captured texts with the records."""
    from archive.content import reader
    from archive.publish import fixity

    if site is None and captures is None:
        raise ArchiveError("name the folder of a site, or that of captured texts with --captures DIR", USAGE)
    for folder in filter(None, (site, captures)):
        if not folder.is_dir():
            raise ArchiveError(f"there is no folder {folder}", USAGE)
    complete = True
    if site:
        comparison = fixity.verify(site)
        show("\n".join(comparison.lines()))
        complete = not comparison.differences
    if captures:
        documents = reader.read(project_root(root)).statements
        matches = fixity.match_captures(documents, fixity.capture_hashes(captures), fixity.paragraph_count(captures))
        show("\n".join(matches.lines()))
        complete = complete and matches.is_complete
    return DONE if complete else CONTENT


@command()
@_out
def links(out: Path, root: Path) -> None:
    """Write the addresses of the sources, a file a record, for a link checker."""
    from archive.publish.build import list_links
    from archive.publish.loading import load_archive

    show(f"Listed {list_links(root, out, load_archive(root))} addresses in {out}")


def _load(root: Path, *, cached: bool = False) -> "tuple[Settings, Archive]":
    """Return the settings of a project and its checked archive, once what rendering the site needs is there."""
    from archive.model.config import read_settings
    from archive.publish.build import require_programs
    from archive.publish.loading import load_archive

    settings = read_settings(root)
    require_programs(root, settings)
    say("Checking the content")
    return settings, load_archive(root, settings, cached=cached, pages=True)
