"""`archive check`: what a folder of bad inputs does not say well."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.cli.group import commands
from archive.content import reader
from archive.model import statement_fields
from archive.text import markdown
from archive.validation import hand_written, validate
from builders import (
    FIRST,
    MINIMAL,
    PROGRAM,
    archive_of,
    minimal_files,
    minimal_root,
    problems,
    statement_text,
    write_tree,
)
from commands import run

AUTHORITIES = sorted(path.name for path in (MINIMAL / "statements" / "authorities").iterdir())
TWO_MISTAKES = statement_text(title="Statement on 100% terror,\nor: not", form="apeal")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with two mistakes in one file and one in another."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Archive\n", "utf-8")
    problems(tmp_path, {FIRST: TWO_MISTAKES, "statements/2020/2020-05-01-other.md": statement_text(date="2020-05-02")})
    return tmp_path


def test_the_json_format_has_a_count_and_every_part_of_a_problem(root: Path) -> None:
    done = run("check", "--format", "json", root=root)
    assert (done.code, done.err) == (1, "")
    report = json.loads(done.out)
    assert report["count"] == len(report["problems"]) == 3
    assert all(set(p) == {"path", "line", "col", "field", "message", "hint"} for p in report["problems"])
    assert report["problems"][0] == {
        "path": "statements/2020/2020-05-01-other.md",
        "line": 3,
        "col": 7,
        "field": "date",
        "message": "'2020-05-02' does not agree with the file name, which begins with '2020-05-01'",
        "hint": "correct the date, or rename the file to 2020-05-02-other.md",
    }


def test_the_json_format_says_that_there_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Archive\n", "utf-8")
    problems(tmp_path)
    done = run("check", "--format", "json", root=tmp_path)
    assert (done.code, json.loads(done.out)) == (0, {"count": 0, "problems": []})


def test_the_github_format_is_one_escaped_command_a_problem(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Archive\n", "utf-8")
    problems(tmp_path, {"statements/2021/50%, a:b.txt": "x", FIRST: statement_text(form="50%")})
    done = run("check", "--format", "github", root=tmp_path)
    lines = done.out.splitlines()
    assert (done.code, len(lines)) == (1, 2)
    # https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts: : and , are escaped in properties only
    assert lines[0].startswith("::error file=statements/2021/2021-09-21-first.md,line=5,col=7::form: '50%25' is not")
    assert lines[1].startswith("::error file=statements/2021/50%25%2C a%3Ab.txt,line=1,col=1::'50%25, a:b.txt' is not")


def test_problems_are_sorted_by_path_line_and_column(root: Path) -> None:
    _, found = validate.check(reader.read(root))
    assert [(p.path, p.line, p.col) for p in found] == sorted((p.path, p.line, p.col) for p in found)
    assert len({p.path for p in found}) == 2


@pytest.mark.parametrize(
    ("path", "count"),
    [
        (FIRST, 2),
        ("statements/2021", 2),
        ("statements/2020/", 1),
        ("statements", 3),
        (".", 3),
        ("statements/authorities/events.yml", 0),
        ("statements/../statements/2020", 1),
    ],
)
def test_paths_narrow_what_is_reported(root: Path, path: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    done = run("check", path, "--format", "json")
    assert (done.code, json.loads(done.out)["count"]) == (bool(count), count)


def test_a_path_is_not_a_prefix_of_a_name(root: Path) -> None:
    write_tree(root, {"statements/202/x.txt": "x"})
    assert json.loads(run("check", root / "statements" / "202", "--format", "json", root=root).out)["count"] == 1


def test_the_project_is_found_from_a_folder_below_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "statements" / "2021")
    done = run("check", "2021-09-21-first.md")
    assert (done.code, done.out.splitlines()[-1]) == (1, "2 problems in 1 file")


def test_the_project_may_be_named_before_the_command_too(root: Path, tmp_path: Path) -> None:
    assert run("--root", root, "check") == run("check", root=root)
    assert run("--root", tmp_path / "nowhere", "check", root=root) == run("check", root=root)


def test_a_path_outside_the_project_is_wrong_use(root: Path) -> None:
    done = run("check", root.parent, root=root)
    assert (done.code, done.out, done.err) == (2, "", f"archive: {root.parent} is not in {root}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "missing command; see archive --help"),
        (("publish",), "no such command 'publish'; see archive --help"),
        (("chek",), "no such command 'chek' (did you mean 'check'?); see archive --help"),
        (
            ("check", "--format", "xml"),
            "invalid value for '--format': 'xml' is not one of 'text', 'json', 'github'; see archive check --help",
        ),
        (("check", "--loud"), "no such option '--loud'; see archive check --help"),
        (
            ("check", "--formt"),
            "no such option '--formt' (did you mean one of: '--format', '--root'?); see archive check --help",
        ),
        (("check", "--root"), "option '--root' requires an argument; see archive --help"),
        (("check", "--root", "nowhere"), "is not the project's folder nor below it: "),
        (("check", "nothing.md"), "there is no nothing.md"),
        (("stage",), "missing argument 'DIR'; see archive stage --help"),
        (("build", "now"), "got unexpected extra argument (now); see archive build --help"),
        (("new", "2021"), "missing argument 'TITLE'; see archive new --help"),
        (("draft", "--date"), "option '--date' requires an argument; see archive --help"),
    ],
)
def test_wrong_use_prints_one_line_and_exits_with_2(
    root: Path, arguments: tuple[str, ...], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    done = run(*arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith("archive: ")
    assert message in done.err


@pytest.mark.parametrize("arguments", [("--help",), ("check", "--help"), ("build", "-h")])
def test_help_exits_with_0(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: archive {arguments[0] if len(arguments) > 1 else ''}")


def test_the_help_has_the_whole_sentence_of_each_command() -> None:
    text = " ".join(run("--help").out.split())
    for name, command in commands.commands.items():
        assert f" {name} {command.help}" in text
        assert str(command.help).endswith(".")


def test_outside_a_project_it_says_where_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("check")
    assert (done.code, done.out) == (2, "")
    assert "--root DIR" in done.err


def test_no_problem_exits_with_0(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Archive\n", "utf-8")
    problems(tmp_path)
    monkeypatch.chdir(tmp_path)
    done = run("check")
    assert (done.code, done.err) == (0, "")


def test_a_check_loads_only_what_it_needs(root: Path) -> None:
    loading = "import sys; from archive.cli import main; main(); print(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", loading, "check", "--root", root],
        env={**os.environ, "PYTHONPATH": str(PROGRAM)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.splitlines())
    assert {"archive.validation.validate", "click", "yaml"} <= loaded
    assert not loaded & {
        "mkdocs",
        "jinja2",
        "archive.exports",
        "archive.pages",
        "archive.publish.generate",
        "archive.authoring.extract",
    }


def test_a_reader_that_stops_reading_brings_no_traceback(root: Path) -> None:
    many = "".join(f"field{number}: x\n" for number in range(2000))
    write_tree(root, {FIRST: f"---\n{many}---\nx\n"})
    with subprocess.Popen(
        [sys.executable, "-m", "archive", "check"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(PROGRAM)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode in (1, 2)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1251", "utf-8"])
@pytest.mark.parametrize("format", ["text", "json", "github"])
def test_a_terminal_that_lacks_letters_brings_no_traceback(root: Path, encoding: str, format: str) -> None:
    write_tree(root, {FIRST: statement_text(form="müraciət 要 😀")})
    done = run("check", "--format", format, root=root, encoding=encoding)
    assert (done.code, done.err) == (1, "")
    assert "form" in done.out


def test_a_process_whose_terminal_lacks_letters_prints_all(root: Path) -> None:
    write_tree(root, {FIRST: statement_text(form="müraciət 要 😀")})
    done = subprocess.run(
        [sys.executable, "-m", "archive", "check"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(PROGRAM), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert rb"form: 'm\xfcraci\u0259t \u8981 \U0001f600'" in done.stdout


@pytest.mark.parametrize("name", AUTHORITIES)
def test_each_authority_file_must_be_there(tmp_path: Path, name: str) -> None:
    problems(tmp_path)
    path = f"statements/authorities/{name}"
    (tmp_path / path).unlink()
    found = validate.check(reader.read(tmp_path))[1]
    assert [str(p) for p in found if p.path == path] == [f"{path}:1:1: is missing (restore the file)"]


@pytest.mark.parametrize("name", AUTHORITIES)
def test_an_authority_file_that_cannot_be_read_is_one_problem(tmp_path: Path, name: str) -> None:
    text = statement_text(
        addressees=["council"],
        instruments=["charter"],
        figures=[{"event": "bridge-2020", "measure": "boats-counted", "group": "small", "value": "3"}],
    )
    path = f"statements/authorities/{name}"
    assert [p.path for p in problems(tmp_path, {FIRST: text, path: b"\xff"})] == [path]


def test_a_record_may_be_as_large_as_the_limit_and_no_larger(tmp_path: Path) -> None:
    text = statement_text(body="The Office says so.")
    full = text + "a" * (reader.MAX_RECORD_BYTES - len(text))
    assert problems(tmp_path, {FIRST: full}) == ()
    larger = problems(tmp_path, {FIRST: full + "a"})
    assert [p.message for p in larger] == [f"is larger than {reader.MAX_RECORD_BYTES:,} bytes"]


def test_an_authority_file_may_be_as_large_as_the_limit_and_no_larger(tmp_path: Path) -> None:
    path = "statements/authorities/outlets.yml"
    text = (MINIMAL / path).read_text("utf-8")
    full = text + "#" * (reader.MAX_BYTES - len(text))
    assert problems(tmp_path, {path: full}) == ()
    larger = problems(tmp_path, {path: full + "#"})
    assert [p.message for p in larger if p.path == path] == [f"is larger than {reader.MAX_BYTES:,} bytes"]


def test_hidden_files_and_backups_of_editors_are_not_content(tmp_path: Path) -> None:
    beside = {".DS_Store": "x", "2021-09-21-first.md~": "x", ".2021-09-21-first.md.swp": b"\xff"}
    assert problems(tmp_path, {f"statements/2021/{name}": text for name, text in beside.items()}) == ()


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    problems(tmp_path)
    monkeypatch.setattr(Path, "open", refuse)
    found = validate.check(reader.read(tmp_path))[1]
    assert {p.message for p in found} == {"cannot be read: Permission denied"}


def test_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    text = statement_text(form="apeal")
    unix = problems(tmp_path / "unix", {FIRST: text})
    assert problems(tmp_path / "windows", {FIRST: text.replace("\n", "\r\n")}) == unix
    assert [p.line for p in unix] == [5]


def test_letters_are_composed_whichever_way_they_were_typed(tmp_path: Path) -> None:
    write_tree(tmp_path, {FIRST: statement_text(title="Ko\u0308rpu\u0308")})
    document = reader.read(tmp_path).statements[0]
    assert document.fields.entries["title"].value == "K\u00f6rp\u00fc"  # type: ignore[union-attr]


@pytest.mark.parametrize("value", ["no", "yes", "null", "1_000", "0o17", "2021-09-21", "1.50", "~x", "0x1F", ".inf"])
def test_yaml_gives_no_value_a_type_of_its_own(tmp_path: Path, value: str) -> None:
    text = statement_text().replace("title: Statement on the bridge", f"title: {value}")
    write_tree(tmp_path, {FIRST: text})
    assert reader.read(tmp_path).statements[0].fields.entries["title"].value == value  # type: ignore[union-attr]


def test_a_draft_is_checked_and_not_in_the_archive(tmp_path: Path) -> None:
    minimal_root(tmp_path, {"statements/2021/2021-10-01-new.md": statement_text(date="2021-10-01", status="draft")})
    archive, found = validate.check(reader.read(tmp_path))
    assert (len(archive.statements), found) == (1, ())
    draft = statement_text(date="2021-10-01", status="draft", form="apeal")
    assert len(problems(tmp_path, {"statements/2021/2021-10-01-new.md": draft})) == 1


def test_a_block_quotation_is_counted_without_its_marks(tmp_path: Path) -> None:
    lines = "\n".join("> " + " ".join(["boat"] * 10) for _ in range(6))
    assert problems(tmp_path, {FIRST: statement_text(body=f"The Office says:\n\n{lines}\n")}) == ()


def test_a_quotation_is_counted_against_every_source(tmp_path: Path) -> None:
    quotation = "“" + " ".join(["boat"] * 60) + "”\n\n"
    two = [{"kind": "press-report", "outlet": outlet} for outlet in ("daily", "agency")]
    assert problems(tmp_path, {FIRST: statement_text(body="The Office says " + quotation * 4, sources=two)}) == ()


@pytest.mark.parametrize(
    "body",
    [
        "Write to <office@office.example>.",
        "Write to [the Office](mailto:office@office.example).",
        "See <https://elsewhere.example/>.",
        "See [elsewhere](//elsewhere.example/).",
        "See [the record](2021-09-21-first.md#figures).",
        "See [the record](../2021/2021-09-21-first.md) and [its year](/statements/2021/).",
        "See [its month](/statements/2021/09/).",
        "See [the events](/events/), [one](/events/bridge-2020/), [all](/statements/) and [home](/).",
        "See [the council](/addressees/council/), [a][b].\n\n[b]: /addressees/",
        "Not `[a](link)`, nor\n\n    [a](link)\n",
    ],
)
def test_these_links_are_in_order(tmp_path: Path, body: str) -> None:
    assert [str(p) for p in problems(tmp_path, {FIRST: statement_text(body=body)})] == []


@pytest.mark.parametrize(
    "target",
    [
        "ftp://elsewhere.example/",
        "htps://elsewhere.example/",
        "file:///etc/passwd",
    ],
)
def test_a_link_with_a_scheme_that_is_not_the_webs_is_a_problem(tmp_path: Path, target: str) -> None:
    found = problems(tmp_path, {FIRST: statement_text(body=f"See [this]({target}).")})
    assert [p.field for p in found] == ["body"]


@pytest.mark.parametrize("target", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_the_address_of_a_script_is_taken_out_and_no_problem(tmp_path: Path, target: str) -> None:
    text = f"See [this]({target})."
    assert problems(tmp_path, {FIRST: statement_text(body=text)}) == ()
    assert markdown.render(text, str) == "<p>See <a>this</a>.</p>"


@pytest.mark.parametrize(
    ("body", "attributed"),
    [
        ("The Office describes this as genocide.", True),
        ("Genocide, the Office says, took place.", True),
        ("According to the Office, “ethnic cleansing” took place in St. Mary.", True),
        ("The Office says no more. Genocide took place.", False),
        ("The Office says no more.\n\nGenocide took place.", False),
        ("- The Office says so\n- Genocide", False),
        ("The Office says no more.” “Genocide” took place.", False),
        ("A regenocidal word and terrarium, unterrorised.", True),
        ("A so called boat.", False),
        ("A SO-CALLED boat.", False),
        ("Ethnic\ncleansing.", False),
    ],
)
def test_a_loaded_word_is_attributed_in_its_own_sentence(tmp_path: Path, body: str, attributed: bool) -> None:
    assert (problems(tmp_path, {FIRST: statement_text(body=body)}) == ()) is attributed


def test_a_wording_exception_that_is_needed_is_in_order(tmp_path: Path) -> None:
    path = "statements/authorities/wording.yml"
    exception = "exceptions:\n  - {where: 2021-09-21-first, word: terror*, reason: The title of a law.}\n"
    found = problems(
        tmp_path,
        {
            path: (MINIMAL / path).read_text("utf-8") + exception,
            FIRST: statement_text(title="Statement on the Terrorism Act"),
        },
    )
    assert found == ()


def test_the_minimal_archive_has_every_kind_of_entry() -> None:
    archive = archive_of()
    kinds = (
        archive.events,
        archive.addressees,
        archive.issuers,
        archive.outlets,
        archive.instruments,
        archive.measures,
    )
    assert all(kinds)


@pytest.mark.parametrize("name", ["2021-09-21-köprü", "2021-09-21-Bridge", "2021-09-21-a\u202eb", "2021-09-21-a\nb"])
def test_a_file_name_is_an_id_and_is_reported_on_one_line(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, {f"statements/2021/{name}.md": statement_text()})
    assert [p.message for p in found if "is not a statement id" in p.message]
    assert all(str(p).isprintable() for p in found)


@pytest.mark.parametrize("entity", ["&#x202e;", "&#8203;", "&#2;", "&shy;"])
def test_an_invisible_character_may_not_come_in_as_an_entity(tmp_path: Path, entity: str) -> None:
    found = problems(tmp_path, {FIRST: statement_text(body=f"The Office says{entity} so.")})
    assert [(p.field, "stands for" in p.message) for p in found] == [("body", True)]


@pytest.mark.parametrize("entity", ["&amp;", "&lt;", "&eacute;", "&#601;", "&nothing;"])
def test_a_visible_character_may(tmp_path: Path, entity: str) -> None:
    assert problems(tmp_path, {FIRST: statement_text(body=f"The Office says{entity} so.")}) == ()


def test_an_image_is_a_problem(tmp_path: Path) -> None:
    text = "The Office says so. ![bridge](https://elsewhere.example/bridge.png)"
    found = problems(tmp_path, {FIRST: statement_text(body=text)})
    assert ["images are not published" in p.message for p in found] == [True]


@pytest.mark.parametrize("name", ["events/index.md", "Events.md", "statements/2021/index.md", "addressees/x.html"])
def test_a_hand_written_file_may_not_stand_where_made_pages_do(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, {f"docs/{name}": "# Mine\n"})
    assert [(p.path, p.hint) for p in found] == [(f"docs/{name}", "rename it")]


def test_a_list_that_is_not_one_gives_one_problem_only(tmp_path: Path) -> None:
    figure = {"event": "bridge-2020", "measure": "boats-counted", "value": "3"}
    found = problems(tmp_path, {FIRST: statement_text(events="bridge-2020", figures=[figure])})
    assert [p.field for p in found] == ["events"]


def test_a_path_with_no_content_is_reported(root: Path) -> None:
    (root / "notes").mkdir()
    done = run("check", root / "notes", root=root)
    assert (done.code, done.out) == (2, "")
    assert f"no content file in {root / 'notes'}; they stand in statements/" in done.err


def test_only_what_was_asked_for_is_counted(root: Path) -> None:
    done = run("check", root / "statements" / "authorities", root=root)
    assert done.out == "No problems in 0 statements and 9 authority files.\n"


@pytest.mark.parametrize("arguments", [["check"], ["check", "--format", "json"], ["--help"]])
def test_output_that_nobody_reads_is_no_error(root: Path, arguments: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "archive", *arguments],
        cwd=root,
        env={**environment, "PYTHONPATH": str(PROGRAM)},
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == (0 if arguments == ["--help"] else 1)


def test_a_draft_may_lack_its_sources_and_topics_and_nothing_else_that_is_required(tmp_path: Path) -> None:
    assert problems(tmp_path, {FIRST: statement_text(status="draft", sources=None)}) == ()
    for status in ("published", "withdrawn", None):
        found = problems(tmp_path, {FIRST: statement_text(status=status, sources=None)})
        assert "sources" in {problem.field for problem in found}
    found = problems(tmp_path, {FIRST: "---\nstatus: draft\n---\n"})
    fields = [field for field in statement_fields.STATEMENT.fields if field.required]
    required = {field.name for field in fields if not field.optional_in_drafts}
    assert {field.name for field in fields} - required == {"sources", "subjects"}
    assert {problem.field for problem in found if problem.message == "is missing"} == required
    assert problems(tmp_path, {FIRST: statement_text(status="draft", sources=[])})[0].message == "is an empty list"
    quoting = statement_text('The Office said "one two three".', status="draft", sources=None)
    assert problems(tmp_path, {FIRST: quoting}) == ()


def test_two_statements_in_one_report_say_so(tmp_path: Path) -> None:
    second = "statements/2021/2021-09-21-second.md"
    other = {"title": "Statement on another bridge"}
    tied = statement_text(**other, related=[{"id": "2021-09-21-first", "relation": "same-report"}])
    assert [problem.field for problem in problems(tmp_path, {second: statement_text(**other)})] == ["sources[1].url"]
    assert problems(tmp_path, {second: tied}) == ()


def test_a_folder_that_may_not_be_read_is_a_problem_only_where_content_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tree(tmp_path, {**minimal_files(), "private/x.md": "", "docs/closed/x.md": "# X\n"})
    iterdir = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:  # as root, whom no permission stops, would not see it
        if folder.name in ("private", "closed"):
            raise PermissionError(13, "Permission denied")
        return iterdir(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert [str(problem) for problem in reader.read(tmp_path).problems] == [
        "docs/closed:1:1: cannot be read (give the folder the permission to be read)"
    ]


def test_a_long_run_of_backticks_is_looked_at_once() -> None:
    text = "`" * 20_000
    began = time.perf_counter()
    assert hand_written._without_code(text) == text
    assert time.perf_counter() - began < 2  # minutes, if each backtick began a search of its own
