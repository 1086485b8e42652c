"""The form at `/admin/`: its settings, its page, its fields, and how its program is got. No network, no browser."""

import hashlib
import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from archive import cli
from archive.authoring import new
from archive.content import reader, writer
from archive.model import config, edtf, statement_fields, urls, vocabularies
from archive.model.errors import ArchiveError
from archive.model.fields import Record
from archive.model.records import Backend
from archive.publish import generate
from archive.publish.cms import form, program
from archive.publish.cms import page as cms_page
from archive.publish.loading import load_archive
from builders import PROJECT, archive_of, minimal_root, tree_of, write_tree

GITHUB = {"name": "github", "repo": "owner/project"}
ARCHIVE = archive_of(site_name="An archive", site_url="https://archive.example/here/")


def configuration(**backend: str) -> dict[str, Any]:
    return cms_page.configuration(ARCHIVE, Backend(**backend))


# ---- Settings ----


@pytest.mark.parametrize("written", [None, False])
def test_there_is_no_form_unless_it_is_asked_for(written: object) -> None:
    assert config.parse_settings({"extra": {"admin": written}}).admin is None
    assert cms_page.files(archive_of()) == {}


def test_a_backend_is_read_as_it_is_written() -> None:
    assert config.parse_settings({"extra": {"admin": GITHUB}}).admin == Backend(
        name="github", repo="owner/project", branch="main"
    )
    own = {"name": "gitlab", "repo": "a/b/c", "branch": "work/x", "base_url": "https://git.example", "app_id": 17}
    backend = config.parse_settings({"extra": {"admin": own}}).admin
    assert backend == Backend(name="gitlab", repo="a/b/c", branch="work/x", base_url="https://git.example", app_id="17")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (True, "extra.admin: True is not the backend of the form (a group with name, repo and branch)"),
        ("github", "extra.admin: 'github' is not the backend"),
        ({}, "extra.admin.name: '' is not a backend (allowed: github, gitlab, gitea, test-repo)"),
        ({"name": "bitbucket"}, "extra.admin.name: 'bitbucket' is not a backend"),
        ({"name": "github"}, "extra.admin.repo: '' is not a repository at the host (such as OWNER/PROJECT)"),
        ({"name": "github", "repo": "https://github.com/a/b"}, "extra.admin.repo: 'https://github.com/a/b' is not"),
        (GITHUB | {"branch": "a b"}, "extra.admin.branch: 'a b' is not a branch (such as main)"),
        (GITHUB | {"api_root": "git.example"}, "extra.admin.api_root: 'git.example' is not an address"),
        (GITHUB | {"secret": "x"}, "extra.admin.secret: 'x' is not part of the backend (allowed: api_root, app_id,"),
    ],
)
def test_a_wrong_backend_is_refused(written: object, message: str) -> None:
    with pytest.raises(ArchiveError, match=f"^mkdocs.yml:1:1: {re.escape(message)}"):
        config.parse_settings({"extra": {"admin": written}})


# ---- Page and configuration ----


def test_the_page_is_left_out_of_searches_and_connects_to_the_site_and_the_backend_only() -> None:
    page = cms_page.files(archive_of(admin=Backend(**GITHUB)))["admin/index.html"]
    assert '<meta name="robots" content="noindex">' in page
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    directives = dict(part.split(" ", 1) for part in policy[1].replace("&#39;", "'").split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["connect-src"] == "'self' blob: data: https://api.github.com"
    elsewhere = {name for name, value in directives.items() if "://" in value}
    assert elsewhere == {"connect-src"}
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses == ["../assets/favicon.svg", cms_page.PROGRAM, cms_page.FORMAT, "../contributing/"]


@pytest.mark.parametrize(
    ("backend", "hosts"),
    [
        ({"name": "github", "api_root": "https://git.example/api/v3"}, "https://git.example"),
        ({"name": "github", "base_url": "https://sign-in.example"}, "https://api.github.com"),
        ({"name": "gitlab"}, "https://gitlab.com"),
        ({"name": "gitlab", "base_url": "https://git.example", "api_root": "https://git.example/api/v4"},
         "https://git.example"),
        ({"name": "gitea", "api_root": "https://a.example:8080/api", "base_url": "https://b.example/"},
         "https://a.example:8080 https://b.example"),
        ({"name": "gitlab", "base_url": "https://git.example"}, "https://gitlab.com https://git.example"),
        ({"name": "test-repo"}, ""),
    ],
)  # fmt: skip
def test_the_hosts_that_the_page_may_connect_to_are_those_of_the_backend(backend: dict[str, str], hosts: str) -> None:
    page = cms_page.files(archive_of(admin=Backend(**backend)))["admin/index.html"]
    assert f"connect-src &#39;self&#39; blob: data:{f' {hosts}' if hosts else ''};" in page


@pytest.mark.parametrize(
    ("backend", "methods"),
    [
        (GITHUB, ["token"]),
        (GITHUB | {"base_url": "https://sign-in.example"}, None),
        ({"name": "gitlab", "repo": "a/b"}, ["token"]),
        ({"name": "gitlab", "repo": "a/b", "app_id": "x"}, None),
        ({"name": "gitea", "repo": "a/b", "app_id": "x"}, None),
    ],
)
def test_without_a_place_to_sign_in_people_sign_in_with_a_token(backend: dict[str, str], methods: object) -> None:
    assert configuration(**backend)["backend"].get("auth_methods") == methods


@pytest.mark.parametrize(("name", "mode"), [("github", "editorial_workflow"), ("gitea", "simple")])
def test_what_is_saved_is_a_proposal_where_the_host_can_have_one(name: str, mode: str) -> None:
    assert configuration(name=name, repo="a/b")["publish_mode"] == mode


@pytest.mark.parametrize(
    ("site_url", "expected", "logo"),
    [("/", None, "/assets/favicon.svg"), ("https://a.example/b/", "https://a.example/b/", "/b/assets/favicon.svg")],
)
def test_the_form_knows_the_address_of_the_site_once_it_is_set(site_url: str, expected: str | None, logo: str) -> None:
    settings = cms_page.configuration(archive_of(site_url=site_url), Backend(**GITHUB))
    assert (settings.get("site_url"), settings["logo"]["src"]) == (expected, logo)


# ---- Fields ----


def within(record: Record, inputs: list[dict[str, Any]], where: str = "") -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Each field of the table with its field of the form, by path; they are in one order."""
    assert [field.name for field in record.fields] == [input["name"] for input in inputs]
    for field, input in zip(record.fields, inputs, strict=True):
        yield f"{where}{field.name}", field, input
        if field.record:
            yield from within(field.record, input["fields"], f"{where}{field.name}.")


FORM = form.inputs(ARCHIVE)
FIELDS = {path: (field, input) for path, field, input in within(statement_fields.STATEMENT, FORM[:-1])}


def test_the_form_ends_with_the_summary() -> None:
    assert (FORM[-1]["name"], FORM[-1]["widget"], FORM[-1]["required"]) == ("body", "text", True)


@pytest.mark.parametrize("path", FIELDS)
def test_a_field_of_the_form_is_that_of_the_table(path: str) -> None:
    field, input = FIELDS[path]
    assert input["hint"].startswith(field.help)
    assert input["required"] is field.required
    if field.record:
        assert input["widget"] == "list"
        assert input.get("min", 0) == int(field.required)
    elif field.choices is not None:
        assert [option["value"] for option in input["options"]] == list(field.choices)
    elif field.vocabulary:
        known = getattr(ARCHIVE, field.vocabulary)
        shown = {option["value"]: option["label"] for option in input["options"]}
        assert shown == {id: f"{entry.label} ({id})" for id, entry in known.items()}
    elif input["widget"] == "select":
        assert path == "figures.group"
        assert {option["value"] for option in input["options"]} == {
            group for measure in ARCHIVE.measures.values() for group in measure.groups
        }
    assert input.get("multiple", input["widget"] == "list") is field.many


@pytest.mark.parametrize("path", [path for path, (_, input) in FIELDS.items() if "pattern" in input])
def test_a_pattern_admits_what_the_check_admits(path: str) -> None:
    field, input = FIELDS[path]
    pattern, message = input["pattern"]
    assert re.fullmatch(pattern, field.example)
    assert not re.fullmatch(pattern, f"{field.example} ;")
    assert message == f"Allowed: {field.type.allowed}"


def test_what_a_new_record_begins_with_changes_no_record_that_leaves_it_open() -> None:
    defaults = {path: input["default"] for path, (_, input) in FIELDS.items() if "default" in input}
    assert defaults == {"language": "en", "history": [{"kind": "addition", "note": "First archived."}]}
    assert all(FIELDS[path][0].required for path in defaults)


def test_the_link_to_a_new_record_makes_it_a_draft() -> None:
    assert parse_qs(urlsplit(urlsplit(urls.ADMIN_NEW).fragment).query) == {"status": ["draft"]}
    assert "draft" in vocabularies.STATUSES


# ---- The program ----


FACE = b"@font-face {font-family:'%s';src:url(%s)\n  format('woff2');}"
ICONS = b"Material Symbols Outlined"
THEIRS = b"a" + FACE % (b"Text", b"https://a.example/x.woff2") + FACE % (ICONS, b"https://a.example/y:z@5.woff2") + b"z"
OURS = b"a" + FACE % (ICONS, b"material-symbols.woff2") + b"z"
PLACES = {  # by the path in its package: the name beside the page
    "dist/sveltia-cms.js": cms_page.PROGRAM,
    "LICENSE.txt": "sveltia-cms.LICENSE.txt",
    "files/material-symbols-outlined-latin-wght-normal.woff2": cms_page.FONT,
    "LICENSE": "material-symbols.LICENSE.txt",
}
PACKED = {"dist/sveltia-cms.js": THEIRS, **{path: path.encode() for path in [*PLACES][1:]}}
KEPT = {PLACES[path]: content for path, content in PACKED.items()}
SCRIPT = PROJECT / "scripts" / "form"
USED = ("cp", "dirname", "gzip", "head", "mkdir", "mktemp", "mv", "rm", "sh", "tar")  # by the script, and by our npm


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that asks for the form, and for files of ours in place of the real ones; there is no npm on PATH."""
    made = minimal_root(tmp_path / "project", {"scripts/form": SCRIPT.read_bytes()})
    with (made / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\n  admin: {name: test-repo}\n")
    pins = {name: hashlib.sha256(content).hexdigest() for name, content in KEPT.items()}
    monkeypatch.setattr(program, "_SHA256", pins)
    (tmp_path / "bin").mkdir()
    for name in USED:
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return made


def put_npm(root: Path, packed: Mapping[str, bytes] = PACKED, instead: str = "") -> Path:
    """Put an `npm` on PATH that packs these files, or does this instead; return the file in which it notes calls."""
    bin = root.parent / "bin"
    write_tree(bin / "package", packed)
    with tarfile.open(bin / "packed.tgz", "w:gz") as archive:
        archive.add(bin / "package", "package")
    shutil.rmtree(bin / "package")
    (bin / "npm").write_text(f'#!/bin/sh\necho "$*" >>{bin}/calls\n{instead or f"cp {bin}/packed.tgz ."}\n', "utf-8")
    (bin / "npm").chmod(0o755)
    return bin / "calls"


def test_npm_fetches_the_packages_once_and_their_files_stand_beside_the_page(root: Path) -> None:
    calls = put_npm(root)
    files = program.files(root)
    assert files == {f"admin/{name}": content for name, content in (KEPT | {cms_page.PROGRAM: OURS}).items()}
    (root.parent / "bin" / "npm").unlink()
    assert program.files(root) == files
    assert tree_of(root / program.FOLDER) == KEPT
    versions = re.findall(r"^take (@\S+@\d+\.\d+\.\d+) ", SCRIPT.read_text("utf-8"), re.MULTILINE)
    assert len(versions) == 2
    assert calls.read_text("utf-8") == "".join(f"pack {one} --ignore-scripts --loglevel=error\n" for one in versions)


def test_the_icons_are_at_home_and_no_font_is_elsewhere() -> None:
    assert program.self_hosted(THEIRS) == OURS


def test_nobody_else_is_asked_for_anything() -> None:
    theirs = b"a=`${b}/package.json`,c=`https://www.githubstatus.com/api/v2/status.json`,d=e.account?.avatarURL"
    assert program.self_hosted(theirs) == b"a=`data:,{}`,c=`data:,{}`,d=e.account?.none"


def test_a_file_that_is_not_the_pinned_one_is_not_used(root: Path) -> None:
    put_npm(root, PACKED | {"LICENSE": b"evil"})
    found, pinned = (hashlib.sha256(content).hexdigest() for content in (b"evil", b"LICENSE"))
    with pytest.raises(ArchiveError, match=rf"material-symbols\.LICENSE\.txt .* SHA-256 is {found}, not {pinned}\."):
        program.files(root)


def test_a_file_that_was_changed_on_the_disk_is_fetched_anew(root: Path) -> None:
    calls = put_npm(root)
    files = program.files(root)
    (root / program.FOLDER / cms_page.PROGRAM).write_bytes(THEIRS[:-1])
    assert program.files(root) == files
    assert len(calls.read_text("utf-8").splitlines()) == 4


def test_a_file_that_the_package_does_not_have_is_reported(root: Path) -> None:
    put_npm(root, {"LICENSE.txt": b"LICENSE.txt"})
    with pytest.raises(ArchiveError, match=r"@sveltia/cms@\S+ has no dist/sveltia-cms\.js; correct scripts/form"):
        program.files(root)
    assert tree_of(root / program.FOLDER) == {}


@pytest.mark.parametrize("command", [["build"], ["stage", "staged"], ["package", "bag"]])
def test_without_npm_nothing_is_published(
    command: list[str], root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    before = tree_of(root)
    assert cli.main(command) == 2
    error = capsys.readouterr().err
    assert "npm, which fetches the program of the form at /admin/, is not on this machine; install it" in error
    assert "or take extra.admin out of mkdocs.yml" in error
    assert tree_of(root) == before


def test_the_message_of_npm_is_passed_on(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_npm(root, instead="echo 'npm error code ENOTFOUND' >&2; exit 1")
    assert cli.main(["build", "--root", str(root)]) == 2
    error = capsys.readouterr().err
    assert re.search(r"npm error code ENOTFOUND\nnpm did not fetch @sveltia/cms@\S+, the program of the form", error)
    assert "Check the network or proxy, then run this again; or take extra.admin out" in error
    assert not (root / "site").exists()
    assert tree_of(root / program.FOLDER) == {}


def test_an_interruption_leaves_nothing(root: Path) -> None:
    put_npm(root, instead="echo half >half.tgz; kill -INT $PPID; exit 1")
    assert subprocess.run(["sh", root / "scripts" / "form"], capture_output=True, check=False).returncode == 2
    assert list((root / program.FOLDER).iterdir()) == []


def test_a_project_without_the_script_is_told_so(root: Path) -> None:
    (root / "scripts" / "form").unlink()
    with pytest.raises(ArchiveError, match=r"scripts/form.*; or take extra\.admin out"):
        program.files(root)


def test_a_file_that_the_script_does_not_fetch_is_missing(root: Path) -> None:
    (root / "scripts" / "form").write_text("exit 0\n", "utf-8")
    with pytest.raises(ArchiveError, match=rf"^{program.FOLDER}/\S+ is missing: scripts/form did not put it there; co"):
        program.files(root)


def test_a_staged_tree_has_the_form(root: Path, tmp_path: Path) -> None:
    put_npm(root)
    assert cli.main(["stage", "--root", str(root), str(tmp_path / "staged")]) == 0
    here = {path.name for path in (tmp_path / "staged" / "docs" / "admin").iterdir()}
    assert here == {"index.html", "config.yml", cms_page.FORMAT, *KEPT}


def test_the_files_that_are_pinned_are_those_that_the_script_takes() -> None:
    assert program._SHA256.keys() == KEPT.keys()
    assert "://" not in SCRIPT.read_text("utf-8")


def test_a_site_without_the_form_has_nothing_of_it(tmp_path: Path) -> None:
    files = generate.generate(load_archive(minimal_root(tmp_path)))
    assert [path for path in files if path.startswith("admin")] == []


def test_the_form_stands_in_no_list(tmp_path: Path) -> None:
    root = minimal_root(tmp_path)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\n  admin: {name: test-repo}\n")
    files = generate.generate(load_archive(root))
    assert "admin/index.html" in files
    for path in ("search/catalogue.json", "index.md", "statements/index.md"):
        assert "admin/" not in str(files[path]), path


def test_the_form_suggests_the_ids_that_archive_new_does() -> None:
    records = [document.fields.entries for document in reader.read(PROJECT).statements]
    cases = [[writer.to_python(entries[name]) for name in ("date", "title")] for entries in records]
    cases += [
        ["2021-09~", title] for title in ("Größe über ALLES", "Statement", "1992: Xocalı's mines", "o'Brien'" * 9)
    ]
    program = cms_page.files(archive_of(admin=Backend(**GITHUB)))[f"{urls.ADMIN}{cms_page.FORMAT}"]
    script = "globalThis.window = {}; globalThis.document = {addEventListener() {}};" + program
    script += f"console.log(JSON.stringify({json.dumps(cases)}.map(([date, title]) => id(date, title))))"
    done = subprocess.run(["node", "-"], input=script, capture_output=True, check=True, encoding="utf-8")
    assert json.loads(done.stdout) == [new.suggest_ids(edtf.parse(date), title)[0] for date, title in cases]
