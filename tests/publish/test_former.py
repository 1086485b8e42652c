"""The edition before is read from a folder or its address, whole, of one edition, or it is said why not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive import cli
from archive.exports.data.manifest import entry_hash
from archive.model.errors import ArchiveError
from archive.publish import former
from builders import DATA, FIRST, minimal_root, statement, statement_text, tree_of, write_tree
from exported import data_of, full, whole
from hosting import Answer, Answers, answers_with, hosting, sealed

FORMER = DATA / "golden" / "continuity" / "former" / "data" / "v1"  # made by the program that hashed the records
WITHDRAWN = statement("2021-09-23-gone", status="withdrawn", aliases=("2021-09-22-old",), history=full().history)
ARCHIVE = whole(full(), statement("2020-05-01-other"), WITHDRAWN, redirects={"files/plan.pdf": "about/"})
Hosted = tuple[str, Answers]
HOOK = "scripts/archive/publish/renderer_mkdocs.py"
CHECKED = {"check": "", "build": "Checking the content\n"}  # what a command says before it compares


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The data of an edition, by name."""
    return data_of(ARCHIVE)


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hosted]:
    monkeypatch.setattr(former, "_PAUSE", 0)
    with hosting() as found:
        yield found


def test_what_an_edition_published_is_read_as_it_was_written(files: dict[str, bytes], tmp_path: Path) -> None:
    edition = former.read(str(write_tree(tmp_path, files)))
    assert edition.naming_authority == ARCHIVE.naming_authority
    assert edition.records.keys() == {record.id for record in ARCHIVE.statements}
    assert edition.records["2021-09-21-first"].fields["figures"][0]["value"] == "\x0012.50"  # digits as stated
    assert edition.records["2021-09-21-first"].permanent_id == "2021-09-20-old"
    withdrawn = edition.records["2021-09-23-gone"]
    assert (withdrawn.fields, withdrawn.aliases) == ({"status": "withdrawn"}, ("2021-09-22-old",))
    assert [entry["date"] for entry in withdrawn.history] == ["2026-11-23", "2026-11-24"]
    assert [entry["sha256"] for entry in withdrawn.history] == [
        entry_hash({"date": entry.date.isoformat(), "kind": entry.kind, "note": entry.note}) for entry in full().history
    ]
    assert {name: set(entries) for name, entries in edition.authorities.items()} == {
        name: set(entries) for name, entries in ARCHIVE.authorities.items()
    }
    assert edition.gone == {"files/plan.pdf": "about/"}
    assert edition.version == "2026.11.24"


def test_the_manifest_has_an_address_and_a_withdrawn_record_a_line(files: dict[str, bytes]) -> None:
    lines = files["manifest.json"].decode().splitlines()
    found = json.loads(files["manifest.json"])
    assert found["version"] == 3
    assert found["addresses"] == sorted(found["addresses"])
    assert {f'"{address}"' for address in found["addresses"]} <= {line.rstrip(",") for line in lines}
    assert [record["id"] for record in found["withdrawn"]] == ["2021-09-23-gone"]
    assert sum(line.startswith('{"id"') for line in lines) == 1


def test_an_edition_of_the_former_program_is_read_too() -> None:
    edition = former.read(str(FORMER))
    assert edition.records["2021-09-23-withdrawn"].fields == {"status": "withdrawn"}
    assert edition.authorities["events"]["harbour-1992"]["label"] == "The harbour, February 1992"
    assert edition.authorities["measures"] == {"boats-counted": {"id": "boats-counted"}}  # its data had no more
    assert {"history/", "statements/2021/2021-09-20-old/"} <= edition.addresses


@pytest.mark.parametrize("place", ["", "data/v1", "data/v1/", "data/v1/manifest.json"])
def test_it_is_named_by_the_folder_of_the_site_or_of_its_data(
    place: str, files: dict[str, bytes], tmp_path: Path
) -> None:
    write_tree(tmp_path / "site" / "data" / "v1", files)
    assert former.read(str(tmp_path / "site" / place)).sha256 == former.read(str(tmp_path / "site")).sha256


@pytest.mark.parametrize("place", ["", "data/v1", "data/v1/", "data/v1/manifest.json"])
def test_it_is_named_by_the_address_of_the_site_or_of_its_data(
    place: str, files: dict[str, bytes], host: Hosted, tmp_path: Path
) -> None:
    url, answers = host
    answers |= answers_with(files)
    assert former.read(url + place) == former.read(url.rstrip("/")) == former.read(str(write_tree(tmp_path, files)))
    assert former.answer(url + place) == "200"


def test_a_redirect_is_followed_but_not_off_the_web(files: dict[str, bytes], host: Hosted, tmp_path: Path) -> None:
    url, answers = host
    answers |= answers_with(files, "/there/")
    answers |= {f"/here/data/v1/{name}": (301, f"/there/{name}".encode()) for name in files}
    assert former.read(url).version == "2026.11.24"
    secret = write_tree(tmp_path, files) / "manifest.json"
    answers["/here/data/v1/manifest.json"] = (301, secret.as_uri().encode())
    with pytest.raises(
        ArchiveError, match=r"manifest\.json answers (301|not at all); name the data/v1/ of the site as"
    ):
        former.read(url)


TAIL = "; name the data/v1/ of the site as published"
LATER = "; see to the host and the network, and try again"


@pytest.mark.parametrize(
    ("status", "body", "answer", "advice"),
    [
        (403, b"no", "403", TAIL),
        (404, b"no", "404", TAIL),
        (204, b"", "204", TAIL),
        (503, b"no", "503", LATER),
        (301, b"ftp://a.example/", "not at all: unknown url type: ftp", LATER),
        (200, b"<!doctype html>", "200, but not with a manifest of an archive", TAIL),
    ],
)
def test_a_host_that_has_none_is_reported(status: int, body: bytes, answer: str, advice: str, host: Hosted) -> None:
    url, answers = host
    answers["/here/data/v1/manifest.json"] = (status, body)
    assert former.answer(url) == answer
    with pytest.raises(ArchiveError) as error:
        former.read(url)
    assert str(error.value) == f"{url}data/v1/manifest.json answers {answer}{advice}"
    assert error.value.exit_code == 2


UNANSWERED = {
    "http://127.0.0.1:9/": ("Connection refused", LATER),
    "https://ə.invalid/": ("'latin-1' codec can't encode character '\\u0259'", TAIL),
    f"http://{'a' * 64}.invalid/": ("encoding with 'idna' codec failed (UnicodeError: label empty or too long)", ""),
}


@pytest.mark.parametrize("address", UNANSWERED)
def test_a_host_that_is_not_there_is_reported(address: str) -> None:
    words, advice = UNANSWERED[address]
    assert former.answer(address).startswith(f"not at all: {words}")
    with pytest.raises(ArchiveError) as error:
        former.read(address)
    assert f"/data/v1/manifest.json answers not at all: {words}" in str(error.value)
    assert str(error.value).endswith(advice)


def test_a_host_that_cannot_prove_to_be_it_is_not_believed(host: Hosted) -> None:
    address = host[0].replace("http:", "https:")
    with pytest.raises(ArchiveError, match=r"manifest\.json answers not at all: .*SSL.*; nothing is read from a host"):
        former.read(address)


@pytest.mark.parametrize(
    "place", ["https://", "https:///a", "ftp://a/b", "file:///a", "http://[", "http://no host.example/", "http://a:b/"]
)
def test_what_is_no_address_is_refused(place: str) -> None:
    with pytest.raises(ArchiveError) as error:
        former.read(place)
    assert str(error.value) == f"'{place}' is not an address (with http:// or https://){TAIL}"
    assert error.value.exit_code == 2


def test_a_variable_that_is_not_set_names_no_place() -> None:
    with pytest.raises(ArchiveError, match="is empty, as of a variable that is not set; name the data/v1/ of the sit"):
        former.read("")


def once(first: Answer, then: Answer) -> Callable[[], Answer]:
    """Answer otherwise the first time."""
    answers = [then, first]
    return lambda: answers.pop() if len(answers) > 1 else then


def test_what_does_not_answer_for_the_moment_is_asked_once_more(files: dict[str, bytes], host: Hosted) -> None:
    url, answers = host
    answers |= {path: once((503, b""), answer) for path, answer in answers_with(files).items()}  # type: ignore[arg-type]
    assert former.read(url).version == "2026.11.24"


def test_files_of_two_editions_are_got_again(files: dict[str, bytes], host: Hosted) -> None:
    url, answers = host
    answers |= answers_with(files)
    path = "/here/data/v1/statements.jsonl"
    answers[path] = once((200, b"of the edition before\n"), (200, files["statements.jsonl"]))
    assert former.read(url).version == "2026.11.24"
    answers[path] = (200, b"of the edition before\n")
    with pytest.raises(ArchiveError) as error:
        former.read(url)
    assert str(error.value) == (
        f"{url}data/v1/statements.jsonl is not as SHA256SUMS beside it has it: one of the two was changed, or is of "
        "another edition; name the data/v1/ of the site as published"
    )


def test_what_is_too_large_is_not_read(files: dict[str, bytes], host: Hosted, monkeypatch: pytest.MonkeyPatch) -> None:
    url, answers = host
    answers |= answers_with(files)
    monkeypatch.setattr(former, "_MOST_BYTES", 1_000)
    with pytest.raises(ArchiveError, match=r"manifest\.json has more than 1000 bytes; name the"):
        former.read(url)


def manifest(**values: Any) -> bytes:
    """A manifest that has nothing but these."""
    head = {"format": "ombudsman-statements-manifest", "version": 3, "naming_authority": "a.example,2026"}
    return json.dumps({**head, "withdrawn": [], "addresses": [], "gone": {}, **values}).encode()


def record(**values: Any) -> bytes:
    """A line of `statements.jsonl`."""
    entry = {"date": "2026-11-23", "kind": "addition", "note": "First archived."}
    fields = {"id": "a", "aliases": [], "history": [entry], "summary": "A.", "related": []}
    return json.dumps({**fields, **values}).encode() + b"\n"


MANIFEST, LINES, EVENTS = "manifest.json", "statements.jsonl", "events.json"
DAMAGED: dict[str, tuple[str, bytes, str]] = {
    "nothing": (MANIFEST, b"", "is damaged: it is not whole JSON"),
    "half of one": (
        MANIFEST,
        b'{"format": "ombudsman-statements-manifest", "version": 2, "rec',
        "it is not whole JSON",
    ),
    "no text": (MANIFEST, b"\xff\xfe\x00", "it is not whole JSON"),
    "brackets": (MANIFEST, b"[" * 100_000, "it is not whole JSON"),
    "a web page": (MANIFEST, b"<!doctype html>", "it is not whole JSON"),
    "a list": (MANIFEST, b"[]", "is damaged: [] stands where a group of fields should"),
    "another format": (MANIFEST, manifest(format="lock"), 'is not a manifest: it does not say "format"'),
    "a newer one": (MANIFEST, manifest(version=4), "is a manifest of version 4; this program reads versions 2 and 3"),
    "no version": (MANIFEST, manifest(version=None), "is a manifest of version null; this program reads versions 2"),
    "without records": (MANIFEST, manifest(version=2), "is damaged: it has no 'records'"),
    "odd records": (MANIFEST, manifest(withdrawn={"a": 1}), 'is damaged: {"a":1} stands where a list should'),
    "odd texts": (MANIFEST, manifest(naming_authority=7), "is damaged: 7 stands where a text should"),
    "odd addresses": (MANIFEST, manifest(addresses=[["a"]]), 'is damaged: ["a"] stands where a text should'),
    "a line that is none": (LINES, record() + b"{\n", "statements.jsonl is damaged: it is not whole JSON"),
    "an empty line": (LINES, record() + b"\n", "statements.jsonl is damaged: it is not whole JSON"),
    "no record": (LINES, b"[]\n", "statements.jsonl is damaged: [] stands where a group of fields should"),
    "a record without an id": (LINES, record(id=None), "statements.jsonl is damaged: null stands where a text should"),
    "a record without fields": (LINES, b"{}\n", "statements.jsonl is damaged: it has no 'summary'"),
    "a record without history": (LINES, record(history=[]), "statements.jsonl is damaged: a has no history"),
    "an odd history": (LINES, record(history=["a"]), 'damaged: "a" stands where a group of fields should'),
    "an odd relation": (LINES, record(related=[{"id": 1}]), "damaged: 1 stands where a text should"),
    "odd entries": (EVENTS, b"{}\n", "events.json is damaged: {} stands where a list should"),
    "an entry without an id": (EVENTS, b"[{}]\n", "events.json is damaged: it has no 'id'"),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_damaged_data_are_refused(
    case: str, files: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, content, message = DAMAGED[case]
    root = minimal_root(tmp_path / "project", {HOOK: ""})
    folder = write_tree(tmp_path / "before", sealed({**files, name: content}))
    for command in ("check", "build"):
        assert cli.main([command, "--root", str(root), "--since", str(folder)]) == 2
        printed = capsys.readouterr().err.removeprefix(CHECKED[command])
        assert message in printed
        assert printed.startswith(f"archive: {folder}/{name} ")
        assert printed.endswith("; name the data/v1/ of the site as published\n")
    assert not (root / "site").exists()


def test_a_manifest_of_an_older_program_is_compared_by_that_program(files: dict[str, bytes], tmp_path: Path) -> None:
    write_tree(tmp_path, sealed({**files, MANIFEST: manifest(version=1)}))
    with pytest.raises(ArchiveError) as error:
        former.read(str(tmp_path))
    assert str(error.value) == (
        f"{tmp_path}/manifest.json is a manifest of version 1; this program reads versions 2 and 3: compare this "
        "archive with it by the older program's archive check --since, then run scripts/build once"
    )


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS", "statements.jsonl", "measures.json"])
def test_what_is_missing_is_named(name: str, files: dict[str, bytes], tmp_path: Path) -> None:
    write_tree(tmp_path, files)
    (tmp_path / name).unlink()
    with pytest.raises(ArchiveError) as error:
        former.read(str(tmp_path))
    assert str(error.value) == f"there is no {name} in {tmp_path}; name the data/v1/ of the site as published"


@pytest.mark.parametrize("name", ["statements.jsonl", "measures.json"])
def test_a_list_of_hashes_that_lacks_a_file_of_the_manifest_is_not_believed(
    name: str, files: dict[str, bytes], tmp_path: Path
) -> None:
    """As one that was cut short would."""
    write_tree(tmp_path, sealed({file: content for file, content in files.items() if file != name}))
    with pytest.raises(ArchiveError, match=rf"there is no .*/{name}, though the manifest beside it has it; name the"):
        former.read(str(tmp_path))


def test_data_that_were_changed_are_not_believed(files: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("manifest.json", "events.json"):
        write_tree(tmp_path, {**files, name: files[name] + b" "})
        with pytest.raises(ArchiveError, match=rf"/{name} is not as SHA256SUMS beside it has it: one of the two was"):
            former.read(str(tmp_path))
    write_tree(tmp_path, {**files, "SHA256SUMS": b"<!doctype html>"})
    with pytest.raises(ArchiveError, match=r"SHA256SUMS:1: is not a hash, two spaces and a path in the site"):
        former.read(str(tmp_path))


def test_a_place_without_data_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, file = minimal_root(tmp_path / "project", {HOOK: ""}), tmp_path / "earlier.json"
    file.write_text("{}", "utf-8")
    for place in (tmp_path, file, tmp_path / "none"):
        for command in ("check", "build"):
            assert cli.main([command, "--root", str(root), "--since", str(place)]) == 2
            assert capsys.readouterr().err == (
                f"{CHECKED[command]}archive: there is no manifest.json in {place}{TAIL}\n"
            )


@pytest.mark.parametrize("command", ["check", "build"])
def test_what_is_wrong_here_is_reported_without_asking_there(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = minimal_root(tmp_path, {HOOK: "", FIRST: statement_text(form="song")})
    assert cli.main([command, "--root", str(root), "--since", "http://127.0.0.1:9/"]) == 1
    assert f"{FIRST}:5:7: form: 'song' is not" in capsys.readouterr().out


def test_before_anything_is_rendered_the_edition_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = minimal_root(tmp_path, {HOOK: ""})
    assert cli.main(["build", "--root", str(root), "--since", "http://127.0.0.1:9/"]) == 2
    assert capsys.readouterr().err == (
        "Checking the content\narchive: http://127.0.0.1:9/data/v1/manifest.json answers not at all: Connection refused"
        f"{LATER}\n"
    )


def test_an_address_is_compared_with_too(
    files: dict[str, bytes], host: Hosted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, (url, answers) = minimal_root(tmp_path), host
    answers |= answers_with(tree_of(FORMER))
    assert cli.main(["check", "--root", str(root), "--since", url]) == 2
    assert "the edition before is that of 'archive.example,2026', and this archive is" in capsys.readouterr().err
    answers.clear()
    assert cli.main(["check", "--root", str(root), "--since", url]) == 2
    assert capsys.readouterr().err == (
        f"archive: {url}data/v1/manifest.json answers 404; name the data/v1/ of the site as published\n"
    )
