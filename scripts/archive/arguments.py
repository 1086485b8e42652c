"""What stands on the line of the `archive` command: its commands and their options."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from archive import edtf, problem_list
from archive.importing import table

_MISUSE = 2  # as the exit code of all wrong use

Command = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(_MISUSE, f"{self.prog}: {message}; see {self.prog} --help\n")


def parser(run: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The parser of the line. What it makes of one has, beside the options, the command's own of `run` as `run`."""
    made = _Parser(prog="archive", description="The ombudsman statements archive.")
    commands = made.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, help: str, *, of_project: bool = True) -> argparse.ArgumentParser:
        of_one = commands.add_parser(name, help=help, description=help)
        if of_project:
            about = "the project's folder (default: the nearest above)"
            of_one.add_argument("--root", metavar="DIR", type=Path, help=about)
        of_one.set_defaults(run=run[name])
        return of_one

    checking = command("check", "Say every problem of every content file.")
    checking.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="only the problems of these files or folders"
    )
    checking.add_argument("--format", choices=problem_list.FORMATS, default="text", help="(default: text)")
    building = command("build", "Check, render and publish the site.")
    building.add_argument("--out", metavar="DIR", type=Path, help="where to (default: site/ in the project's folder)")
    for held in (checking, building):
        held.add_argument("--since", metavar="FILE", type=Path, help="the manifest.json published last")
    command("serve", "Preview on http://127.0.0.1:8000, renewed at every change.")
    staging = command("stage", "Write the pages as a plain tree for another renderer.")
    staging.add_argument("out", metavar="DIR", type=Path, help="a new or empty folder, or one made by this command")
    listing = command("links", "Write the addresses of the sources, a file a record, for a link checker.")
    listing.add_argument("out", metavar="DIR", type=Path, help="a new or empty folder, or one made by this command")
    serving = command("nginx", "Print the configuration with which nginx serves the site.")
    serving.add_argument("folder", metavar="DIR", type=Path, help="where the site stands on the server, from / on")
    creating = command("new", "Make the file of a new statement: a draft with every field still to be filled.")
    creating.add_argument("date", metavar="DATE", help=f"the statement's date: {edtf.GRAMMAR}")
    creating.add_argument("title", metavar="TITLE", nargs="+", help="form, subject and occasion, in neutral words")
    creating.add_argument("--form", default="", help="what it is (default: what the title begins with)")
    creating.add_argument("--id", metavar="WORDS", default="", help="the words of its id (default: of the title)")
    creating.add_argument("--issuer", metavar="ID", default="", help="who made it (default: the only one there is)")
    drafting = command("draft", "Make a draft of a record from the pasted text of a report.")
    drafting.add_argument("file", metavar="FILE", help="the report's text, copied as it is shown; - for what is pasted")
    drafting.add_argument("--url", metavar="URL", default="", help="the report's address, where it is known")
    drafting.add_argument("--date", metavar="DATE", default="", help="the statement's date (default: as found)")
    drafting.add_argument("--id", metavar="WORDS", default="", help="the words of its id (default: of what was found)")
    drafting.add_argument(
        "--summary-check",
        metavar="RECORD",
        type=Path,
        help="say instead where the record of this file has the words of the text",
    )
    drafting.add_argument("--write", action="store_true", help="write it to its place (default: print it)")
    importing = command("import", "Say what a table of statements would make and change, or do it.")
    importing.add_argument("file", metavar="FILE.csv", type=Path, help="the table: one row a statement")
    importing.add_argument("--write", action="store_true", help="write the files (default: only say so)")
    importing.add_argument("--update", action="store_true", help="change records that there are")
    importing.add_argument("--keep-good", action="store_true", help="write the good rows though others are bad")
    importing.add_argument("--encoding", choices=table.ENCODINGS, default="", help="the table's (default: UTF-8)")
    indexing = command(
        "index",
        "Make the search index of a site that another renderer made of a staged tree.",
        of_project=False,
    )
    indexing.add_argument("site", metavar="DIR", type=Path, help="the folder with the rendered site")
    verifying = command("verify", "Compare a site with its hashes, or captured texts with the records.")
    verifying.add_argument("site", metavar="SITE", nargs="?", type=Path, help="the folder of a site as published")
    verifying.add_argument("--captures", metavar="DIR", type=Path, help="a folder with the captured texts of sources")
    packing = command("package", "Make a BagIt bag of the sources, the data and the site, to be kept.")
    packing.add_argument("out", metavar="OUT", type=Path, help="a new or empty folder, or one made by this command")
    return made
