"""A check reads and checks again only what has changed, and finds what a check without its cache finds."""

import random
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

import synthetic
from archive.content import reader
from archive.model import tracing
from archive.publish import loading, storage, workers
from archive.validation import validate
from builders import FIRST, PROGRAM, minimal_files, statement_text, write_tree
from damage import CANARY, DAMAGE

NUMBER = 24
LOADED = "An ethnic cleansing was remembered."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with synthetic records, one of which links to another and one of which needs an exception."""
    root = tmp_path / "project"
    synthetic.write(root, NUMBER)
    write_tree(root, {"docs/index.md": "# Home\n"})
    first, second = statements(root)[:2]
    append(first, f"See [it](../{second.relative_to(root / 'statements').as_posix()}).\n")
    append(second, f"{LOADED}\n")
    listed: dict[str, Any] = yaml.safe_load(words(root).read_bytes())
    exception = {"where": second.stem, "word": "ethnic cleansing", "reason": "for the test"}
    dump(words(root), {**listed, "words": ["ethnic cleansing"], "exceptions": [exception]})
    assert loading.check(root).problems == ()
    return root


def statements(root: Path) -> list[Path]:
    return sorted(root.glob("statements/[0-9]*/*.md"))


def authority(root: Path, name: str) -> Path:
    return root / "statements" / "authorities" / f"{name}.yml"


def words(root: Path) -> Path:
    return authority(root, "wording")


def append(file: Path, text: str) -> None:
    file.write_bytes(file.read_bytes().rstrip(b"\n") + f"\n\n{text}".encode())


def dump(file: Path, values: object) -> None:
    file.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000), "utf-8")


def replaced(file: Path, pattern: str, by: str) -> None:
    file.write_bytes(re.sub(pattern.encode(), by.encode(), file.read_bytes(), count=1, flags=re.MULTILINE))


Edit = Callable[[Path, random.Random], None]


def of_a_statement(pattern: str, by: str) -> Edit:
    return lambda root, rng: replaced(rng.choice(statements(root)), pattern, by)


def of_an_entry(name: str, change: Callable[[dict[str, Any], str], dict[str, Any]]) -> Edit:
    def edit(root: Path, rng: random.Random) -> None:
        entries: dict[str, Any] = yaml.safe_load(authority(root, name).read_bytes())
        dump(authority(root, name), change(entries, rng.choice(list(entries))))

    return edit


def without(entries: dict[str, Any], id: str) -> dict[str, Any]:
    return {other: entry for other, entry in entries.items() if other != id}


def renamed(root: Path, rng: random.Random) -> None:
    file = rng.choice(statements(root))
    file.rename(file.with_name(f"{file.stem[:10]}-other-{rng.randrange(100)}.md"))


def copied(root: Path, rng: random.Random) -> None:
    file = rng.choice(statements(root))
    write_tree(root, {f"statements/2003/{file.name}": file.read_bytes()})


def broken(root: Path, rng: random.Random) -> None:
    rng.choice(statements(root)).write_bytes(rng.choice([b"", b"---\n", b"---\ntitle: [\n---\n", b"\xff"]))


def unreadable_authority(root: Path, rng: random.Random) -> None:
    authority(root, rng.choice(["events", "outlets", "wording"])).write_text("a: [", "utf-8")


def linked(root: Path, rng: random.Random) -> None:
    one, other = rng.sample(statements(root), 2)
    append(one, f"As [said](../{other.parent.name}/{other.name}) and [so](/events/{rng.randrange(3)}/).\n")


def deep(root: Path, rng: random.Random) -> None:
    append(rng.choice(statements(root)), rng.choice([">" * 2000, "[" * 500, "![a](b.png)"]) + "\n")


def loaded(root: Path, rng: random.Random) -> None:
    append(rng.choice(statements(root)), f"{LOADED}\n")


def other_words(root: Path, rng: random.Random) -> None:
    listed = yaml.safe_load(words(root).read_bytes())
    dump(words(root), {**listed, "words": rng.choice([[], ["cleansing"], ["ethnic cleansing", "terror*"]])})


def no_exceptions(root: Path, rng: random.Random) -> None:
    listed = yaml.safe_load(words(root).read_bytes())
    dump(words(root), {**listed, "exceptions": listed.get("exceptions", [])[1:]} if rng.random() < 0.5 else {**listed})


RELABELLED = of_an_entry("events", lambda entries, id: {**entries, id: {**entries[id], "label": "Another label"}})
NEW_OUTLET = of_an_entry("outlets", lambda entries, id: {**entries, f"{id}-new": dict(entries[id])})
EDITS: Sequence[Edit] = (
    of_a_statement("^title: .*$", "title: Statement on the bridge"),
    of_a_statement("^title: .*$", "title: On an ethnic cleansing"),
    of_a_statement("^date: .*$", "date: 2021-13-01"),
    of_a_statement("^form: .*$", "form: sermon"),
    of_a_statement("^form: ", "status: draft\nform: "),
    of_a_statement("^status: .*\n", ""),
    of_a_statement("^language: en$", "language: en\naliases: [2003-01-01-alias]"),
    of_a_statement("^  measure: .*$", "  measure: measure-none"),
    of_a_statement("^(title: .*)$", r"# a comment\n\1"),
    RELABELLED,
    of_an_entry("events", without),
    of_an_entry("addressees", without),
    NEW_OUTLET,
    of_an_entry("measures", lambda entries, id: {**entries, id: {**entries[id], "groups": ["children"]}}),
    lambda root, rng: rng.choice(statements(root)).unlink(),
    renamed,
    copied,
    broken,
    unreadable_authority,
    linked,
    deep,
    loaded,
    other_words,
    no_exceptions,
)


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 60))])
def test_after_any_edits_it_is_what_a_check_without_cache_finds(seed: int, root: Path) -> None:
    rng = random.Random(seed)  # noqa: S311 it need not be secret
    good = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for _ in range(12):
        if rng.random() < 0.3:  # all is mended
            for path in {*statements(root)} - good.keys():
                path.unlink()
            for path, data in good.items():
                path.write_bytes(data)
        else:
            rng.choice(EDITS)(root, rng)
        drafts = rng.random() < 0.5
        found = loading.check(root, cached=True, drafts=drafts)
        archive, problems = validate.check(reader.read(root), drafts=drafts)
        assert found.problems == problems
        assert found.archive == archive
        prints = {id(statement): prints for statement, prints in found.archive.prints}
        assert all(prints.get(id(s), of) == of for s in archive.statements if (of := tracing.of_statement(s)))
        if not problems:
            assert len(prints) >= len(found.archive.statements)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The path of each file that is read in this process, which does all the work."""
    paths: list[str] = []

    def read(path: str, data: bytes) -> object:
        paths.append(path)
        return reader.read_statement(path, data)

    monkeypatch.setattr(workers, "processors", lambda: 1)
    monkeypatch.setattr(validate, "read_statement", read)
    return paths


def test_only_what_has_changed_is_read(root: Path, made: list[str]) -> None:
    def read() -> list[str]:
        made.clear()
        assert loading.check(root, cached=True).problems == ()
        return sorted(set(made))

    def paths(files: Sequence[Path]) -> list[str]:
        return sorted(file.relative_to(root).as_posix() for file in files)

    all_of_them = paths(statements(root))
    excepted = paths(statements(root)[1:2])  # whether its word is attributed is seen in its document
    assert read() == all_of_them
    assert read() == excepted
    replaced(statements(root)[0], "^title: .*$", "title: Statement on the bridge")
    assert read() == sorted([*paths(statements(root)[:1]), *excepted])
    for edit in (RELABELLED, NEW_OUTLET):
        edit(root, random.Random(1))  # noqa: S311
        assert read() == excepted
    statements(root)[5].rename(statements(root)[5].with_name(f"{statements(root)[5].stem}-other.md"))
    assert read() == sorted([*paths(statements(root)[5:6]), *excepted])
    statements(root)[6].unlink()
    assert read() == excepted
    dump(words(root), {**yaml.safe_load(words(root).read_bytes()), "attribution": ["say*"]})
    assert read() == paths(statements(root))


def test_a_problem_elsewhere_has_only_its_own_file_read(root: Path, made: list[str]) -> None:
    loading.check(root, cached=True)
    excepted = statements(root)[1]
    broken = statements(root)[3]
    broken.write_text("---\n", "utf-8")
    for _ in range(2):
        made.clear()
        assert len(loading.check(root, cached=True).problems) == 1
        assert {Path(path).name for path in made} == {broken.name, excepted.name}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_damaged_or_foreign_is_as_if_it_were_not_there(
    damage: Callable[[bytes], bytes], root: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    before = loading.check(root, cached=True)
    file = root / storage.STATEMENTS
    file.write_bytes(damage(file.read_bytes()))
    made.clear()
    assert loading.check(root, cached=True) == before
    assert len(set(made)) == NUMBER
    assert not (root / "canary").exists()


@pytest.mark.parametrize("content", [CANARY, b"", b"(dp0\n.", b"I1\n.", b"cbuiltins\nlist\n."])
def test_what_is_kept_of_a_file_is_a_record_or_nothing(
    content: bytes, root: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    before = loading.check(root, cached=True)
    key = storage.program_key()
    kept = storage.load(root / storage.STATEMENTS, key)
    storage.save(root / storage.STATEMENTS, key, {path: (hash, content) for path, (hash, _) in kept.items()})
    made.clear()
    assert loading.check(root, cached=True) == before
    assert len(set(made)) == NUMBER
    assert not (root / "canary").exists()


def test_another_program_reads_everything(root: Path, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    loading.check(root, cached=True)
    monkeypatch.setattr(storage, "_PROGRAM", write_tree(root / "program", {"x.py": "x = 1\n"}))
    made.clear()
    loading.check(root, cached=True)
    assert len(set(made)) == NUMBER


def test_without_cache_nothing_is_kept(root: Path, made: list[str]) -> None:
    loading.check(root)
    assert not (root / ".cache").exists()
    loading.check(root, cached=True)
    made.clear()
    loading.check(root)
    assert len(set(made)) == NUMBER


def test_where_nothing_can_be_kept_there_is_no_error(root: Path) -> None:
    write_tree(root, {".cache": "a file"})
    assert loading.check(root, cached=True) == loading.check(root, cached=True)
    assert (root / ".cache").read_text("utf-8") == "a file"


def test_several_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synthetic.write(tmp_path, 130)
    monkeypatch.setattr(workers, "processors", lambda: 3)
    several = loading.check(tmp_path)
    monkeypatch.setattr(workers, "processors", lambda: 1)
    assert loading.check(tmp_path) == several
    assert several.problems == ()
    assert len(several.archive.statements) == 130


def test_a_check_after_another_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    write_tree(tmp_path, {**minimal_files(), FIRST: statement_text(), "mkdocs.yml": "site_name: Archive\n"})
    program = "import sys; from archive.cli import main; main(); print(*sys.modules, sep='\\n')"
    for first in (True, False):
        command = [sys.executable, "-c", program, "check", "--root", tmp_path]
        done = subprocess.run(command, env={"PYTHONPATH": str(PROGRAM)}, capture_output=True, text=True, check=True)
        assert done.stdout.startswith("No problems in 1 statement and 9 authority files.\n")
        assert ("markdown" in done.stdout.splitlines()) == first
