"""The commands that look after what is published: its files, its sources, its server."""

from pathlib import Path

import click

from archive.cli.group import PATH, command, project, show
from archive.model.errors import CONTENT, DONE, USAGE, ArchiveError


@command(needs_project=False)
@click.argument("site", metavar="[SITE]", required=False, type=PATH, help="the folder of a site as published")
@click.option("--captures", metavar="DIR", type=PATH, help="a folder with the captured texts of sources")
def verify(site: Path | None, captures: Path | None, root: Path | None) -> int:
    """Compare a site with its hashes, or captured texts with the records."""
    if site is None and captures is None:
        raise ArchiveError("name the folder of a site, or that of captured texts with --captures DIR", USAGE)
    for folder in filter(None, (site, captures)):
        if not folder.is_dir():
            raise ArchiveError(f"there is no folder {folder}", USAGE)
    whole = [_site_is_whole(site)] if site else []
    whole += [_captures_match(captures, project(root))] if captures else []
    return DONE if all(whole) else CONTENT


def _site_is_whole(site: Path) -> bool:
    from archive.publish import fixity
    from archive.text import formatting

    number, findings = fixity.verify(site)
    for finding in findings:
        show(str(finding))
    show(f"{formatting.count(number, 'file')} compared, {len(findings)} not as published")
    return not findings


def _captures_match(folder: Path, root: Path) -> bool:
    from archive.content import reader
    from archive.model import document
    from archive.publish import fixity
    from archive.text import formatting

    hashes = {path: sha256 for path, sha256 in fixity.hashes(folder).items() if "/." not in f"/{path}"}
    matched = fixity.match_captures(reader.read(root).statements, hashes)
    for source in matched.captured:
        show(str(source))
    for path in matched.additional:
        show(f"additional: {document.shown(path, 400)} belongs to no record")
    found = sum(bool(source.files) for source in matched.captured)
    show(
        f"{formatting.count(len(matched.captured), 'source')} with a hash, {found} found; "
        f"{matched.without} without one; {formatting.count(len(matched.additional), 'file')} of no record"
    )
    return found == len(matched.captured) and not matched.additional


@command()
@click.argument("out", metavar="DIR", type=PATH, help="a new or empty folder, or one made by this command")
def links(out: Path, root: Path) -> None:
    """Write the addresses of the sources, a file a record, for a link checker."""
    from archive.publish import build
    from archive.publish.generate import load_archive

    show(f"Listed {build.list_links(root, out, load_archive(root))} addresses in {out}")


@command()
@click.argument("folder", metavar="DIR", help="where the site stands on the server, from / on")
def nginx(folder: str, root: Path) -> None:
    """Print the configuration with which nginx serves the site."""
    from archive.publish import nginx as nginx_configuration
    from archive.publish.generate import load_archive

    show(nginx_configuration.configuration(load_archive(root), folder).removesuffix("\n"))
