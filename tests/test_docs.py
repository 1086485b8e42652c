"""What is written about the program is what it does."""

import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive import cli
from archive.content import reader
from archive.model import authorities, authority_fields, statement_fields, urls
from archive.model.fields import Field, Record
from archive.model.index import build
from archive.pages.slots import slot_makers
from archive.publish import headers
from archive.validation import validate
from builders import DATA, PROJECT, archive_of, real
from nginx_conf import TEXT, Nginx

PUBLISHING = (PROJECT / "docs" / "publishing.md").read_text("utf-8")
CONTRIBUTING = (PROJECT / "docs" / "contributing.md").read_text("utf-8")
PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
WRITTEN = {path.name: path.read_text("utf-8") for path in PAGES}
RECORDS = [statement_fields.STATEMENT, *authorities.RECORDS.values(), authority_fields.WORDING]


def every_field(record: Record) -> dict[str, Field]:
    found = {f"{record.name}.{field.name}": field for field in record.fields}
    for field in record.fields:
        if field.record:
            found |= every_field(field.record)
    return found


FIELDS = {name: field for record in RECORDS for name, field in every_field(record).items()}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real authorities, for an example to be checked against."""
    root = tmp_path_factory.mktemp("corpus")
    shutil.copytree(PROJECT / "statements" / "authorities", root / "statements" / "authorities")
    (root / "mkdocs.yml").write_text("site_name: Archive\n", "utf-8")
    return root


@pytest.fixture
def example(corpus: Path) -> Path:
    """The record in `docs/contributing.md`, as a file of that name."""
    name = re.search(r"such as `(statements/\S+?\.md)`", CONTRIBUTING)
    text = re.search(r"\n\n( {4,})---\n(.*?\n)\1---\n.*?\n(?=\n)", CONTRIBUTING, re.DOTALL)
    assert name
    assert text
    path = corpus / name[1]
    path.parent.mkdir(exist_ok=True)
    path.write_text(textwrap.dedent(text[0].strip("\n")) + "\n", "utf-8")
    return path


def test_the_example_of_a_record_is_a_valid_record(corpus: Path, example: Path) -> None:
    archive, problems = validate.check(reader.read(corpus))
    assert [str(p) for p in problems if p.path == example.relative_to(corpus).as_posix()] == []
    assert len(archive.statements) == 1


def test_the_example_pasted_as_it_is_overwrites_no_record(corpus: Path, example: Path) -> None:
    assert not (PROJECT / example.relative_to(corpus)).exists()


def test_the_example_of_a_problem_is_what_the_check_says(
    corpus: Path, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example.write_text(example.read_text("utf-8").replace("form: appeal", "form: apeal"), "utf-8")
    assert cli.main(["check", "--root", str(corpus), str(example)]) == 1
    line = capsys.readouterr().out.splitlines()[0]
    assert f"    {line}\n" in CONTRIBUTING


BAD = DATA / "bad"
LOCATED = re.compile(r"[^:]+:[0-9]+:[0-9]+: (.+)")
SAID = {
    located[1]
    for path in BAD.glob("*/expected.txt")
    for line in path.read_text("utf-8").splitlines()
    if (located := LOCATED.fullmatch(line))
}


def section(title: str) -> str:
    """A section of `docs/contributing.md`."""
    return CONTRIBUTING.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_the_messages_that_are_explained_are_what_the_check_says() -> None:
    """`test_bad.py` holds the same messages against the program."""
    explained = re.findall(r"^\*\*.+\*\*[^*](?:.|\n)+?\n\n    (.+)$", section("What the check says"), re.MULTILINE)
    assert len(set(explained)) >= 12
    assert set(explained) - SAID == set()


def test_entries_like_the_examples_can_be_added(corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus, tmp_path, dirs_exist_ok=True)
    added = {}
    for vocabulary in ("events", "addressees", "outlets", "measures"):
        path = f"statements/authorities/{vocabulary}.yml"
        example = re.search(rf"`{re.escape(path)}`(?:.|\n)+?\n\n((?:    .+\n)+)", section("Add what is missing"))
        assert example, vocabulary
        before = (tmp_path / path).read_text("utf-8")
        (tmp_path / path).write_text(before + textwrap.dedent(example[1]), "utf-8")
        added[vocabulary] = example[1].strip().partition(":")[0]
    archive, problems = validate.check(reader.read(tmp_path))
    assert [str(problem) for problem in problems if problem.path.startswith("statements/authorities/")] == []
    assert {vocabulary: list(getattr(archive, vocabulary))[-1] for vocabulary in added} == added


def unfit(name: str, field: Field, dictionary: str) -> Iterator[str]:
    """What is wrong with a field in the data dictionary, or with its example."""
    if f"<code>{field.name}</code>" not in dictionary:
        yield "is not in the dictionary"
    if not field.help.endswith("."):
        yield "is not described in a sentence"
    example = field.example.strip("[]").split(", ")[0]
    if field.choices is not None and example:
        allowed = example in field.choices
    elif field.vocabulary:
        allowed = re.fullmatch(r"[a-z0-9-]+", example) is not None
    else:
        allowed = field.record is not None or field.type.name == "SHA-256" or parsed(field, example.strip('"'))
    if not allowed:
        yield f"does not allow its example, {example!r}"


def parsed(field: Field, text: str) -> bool:
    try:
        field.type.parse(text)
    except ValueError:
        return False
    return True


def test_each_field_is_in_the_data_dictionary_and_its_example_is_allowed() -> None:
    dictionary = slot_makers(real(), build(real()), {})["data-dictionary"]()
    assert len(FIELDS) > 80
    assert [f"{name} {what}" for name, field in FIELDS.items() for what in unfit(name, field, dictionary)] == []


def test_the_commands_that_are_written_of_exist(capsys: pytest.CaptureFixture[str]) -> None:
    scripts, verbs = set(), set()
    for text in WRITTEN.values():
        scripts |= set(re.findall(r"`scripts/([a-z-]+)(?=[` ])", text))
        verbs |= set(re.findall(r"(?:`|^ {4})(?:\S*/)?archive ([a-z]+)", text, re.MULTILINE))
    assert scripts >= {"build", "serve", "test"}
    assert verbs >= {"check", "stage"}
    assert [script for script in sorted(scripts) if not (PROJECT / "scripts" / script).exists()] == []
    assert [verb for verb in sorted(verbs) if cli.main([verb, "--help"]) != 0] == []


def test_the_files_that_are_linked_exist() -> None:
    made = {f"{page}index.md" for page in (*urls.GENERATED, urls.MEASURES)}
    linked = {
        (PROJECT if name == "README.md" else PROJECT / "docs", target)
        for name, text in WRITTEN.items()
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text)
        if not re.match(r"[a-z]+:|//|/", target) and target not in made
    }
    assert len(linked) > 5
    assert sorted(target for folder, target in linked if not (folder / target).exists()) == []


def test_what_a_host_should_send_is_what_the_program_says() -> None:
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (5 minutes|a year)\b.*\|$", PUBLISHING, re.MULTILINE)
    short = {what.strip("`"): type.strip("`") for what, type, kept in rows if kept == "5 minutes"}
    types = Nginx(TEXT).types
    assert short.pop("pages") == types["html"]
    told = {
        path: given["Content-Type"]
        for path, given in headers.header_rules(archive_of()).items()
        if "Content-Type" in given
    }
    for what, type in short.items():
        assert {told for path, told in told.items() if path.endswith(what)} <= {type}
        assert type in (*told.values(), types.get(what.removeprefix(".")))
    (lasting,) = [re.findall(r"`([^`]+)`", what) for what, _, kept in rows if kept == "a year"]
    kept = [path for path, given in headers.header_rules(archive_of()).items() if "Cache-Control" in given]
    assert [
        path
        for path in kept
        if not path.removeprefix("/").startswith(tuple(place.removesuffix("*.bin") for place in lasting))
    ] == []


def test_what_gitlab_runs_is_whole_and_runs_what_there_is() -> None:
    (text,) = re.findall(r"\n\n((?:    .*\n|\n)+?)\nHeaders and caching are GitLab's", PUBLISHING)
    pipeline = yaml.safe_load(textwrap.dedent(text))
    jobs = {name: job for name, job in pipeline.items() if name not in ("default", "stages")}
    assert {job["stage"] for job in jobs.values()} == set(pipeline["stages"])
    run = [line for job in jobs.values() for line in job["script"]]
    for script in re.findall(r"scripts/([a-z]+)", "\n".join(run)):
        assert (PROJECT / "scripts" / script).is_file()
    assert jobs["edition"]["script"].index("scripts/test --all") < jobs["edition"]["script"].index(
        "scripts/edition $EDITION --out public"
    )
    assert jobs["pages"]["artifacts"]["paths"] == jobs["edition"]["artifacts"]["paths"] == ["public"]
    assert "resource_group" in jobs["edition"]
    assert "resource_group" in jobs["pages"]


def names_of(job: dict[str, Any]) -> list[str]:
    """The names under which a job of a workflow runs: one for each value of its matrix."""
    names = [job["name"]]
    for key, values in job.get("strategy", {}).get("matrix", {}).items():
        names = [name.replace(f"${{{{ matrix.{key} }}}}", value) for name in names for value in values]
    return names


def test_the_checks_that_github_is_to_wait_for_are_those_that_it_runs() -> None:
    (step,) = re.findall(r"let nothing into `main` unless ((?:.|\n)+?) have passed\.", PUBLISHING)
    asked = {re.sub(r"\s+", " ", name) for name in re.findall(r'"([^"]+)"', step)}
    workflow = yaml.safe_load((PROJECT / ".github" / "workflows" / "check.yml").read_text("utf-8"))
    run = {name for job in workflow["jobs"].values() for name in names_of(job)}
    assert asked == run
