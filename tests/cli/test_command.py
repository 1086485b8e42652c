"""The command while it loads the program."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
import yaml

import commands
from archive.model import config
from builders import FIRST, PROJECT, minimal_root, statement_text

OLD_HOOK, NEW_HOOK = "scripts/archive/mkdocs_hook.py", "scripts/archive/publish/renderer_mkdocs.py"
STOPPED_WHILE_IT_LOADS = """
import os, signal, sys
class Stop:
    def find_spec(self, name, *_):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop())
from archive.cli import main
sys.exit(main(sys.argv[2:]))
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@pytest.mark.parametrize("module", ["click", "archive.cli.records", "archive.validation.validate"])
def test_ctrl_c_while_the_program_is_loaded_is_reported_in_a_line(module: str) -> None:
    done = run(STOPPED_WHILE_IT_LOADS, module, "check")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "archive: interrupted; nothing was changed\n")


def test_the_command_runs_the_program() -> None:
    done = run("import sys; from archive.cli import main; sys.exit(main())", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: archive ")


@pytest.mark.parametrize("command", ["--help", "check statements/authorities"])
def test_a_full_disk_is_reported_where_it_cannot_be_printed(command: str) -> None:
    done = shell(f"{command} >/dev/full")
    assert (done.returncode, done.stderr) == (2, "archive: cannot print: No space left on device\n")


def test_there_may_be_nothing_to_read_from() -> None:
    done = shell("draft - <&-")
    assert (done.returncode, done.stderr) == (2, "archive: there is nothing to read from; give a file\n")


def test_there_may_be_nothing_to_print_to() -> None:
    done = shell("--help >&- 2>&-")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("settings", "command", "message"),
    [
        ("dev_addr: here", ["serve"], "dev_addr: 'here' is not a host and a port (such as 127.0.0.1:8000)"),
        ("dev_addr: 127.0.0.1:99999", ["serve"], "dev_addr: '127.0.0.1:99999' is not a host and a port"),
        (f"hooks: [{OLD_HOOK}]", ["build"], f"hooks: there is no {OLD_HOOK}; the line is now hooks: [{NEW_HOOK}]\n"),
        (f"hooks: [{OLD_HOOK}]", ["serve"], f"hooks: there is no {OLD_HOOK}; the line is now hooks: [{NEW_HOOK}]\n"),
    ],
)
def test_a_setting_that_cannot_be_is_reported(settings: str, command: list[str], message: str, tmp_path: Path) -> None:
    root = minimal_root(tmp_path / "root", {"mkdocs.yml": settings})
    done = commands.run(*command, root=root)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"archive: mkdocs.yml: {message}")


@pytest.mark.parametrize("command", [["check"], ["build"], ["stage", "out"], ["serve"], ["links", "out"]])
@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("site_url: 'http://['", "1:1: site_url: 'http://[' is not where the site is served (an http:// or "),
        (
            "a: b\nc: [",
            "2:5: cannot be read: a bracket is not closed, or closed by one of another kind (end a list with ], ",
        ),
        ("since: 2026-02-30", "1:1: cannot be read: day"),
        ("at: 2026-11-23T25:00:00", "1:1: cannot be read: hour must be in 0..23 (write it as plain YAML)"),
        ("number: !!int x", "1:1: cannot be read: invalid literal for int()"),
        ("at: !!timestamp here", "1:1: cannot be read: "),
        ("is: !!bool maybe", "1:1: cannot be read: 'maybe'"),
        ("[" * 5_000, "1:1: cannot be read: "),
        ("", "1:1: has no settings (such as site_name: NAME)"),
    ],
)
def test_settings_that_cannot_be_are_problems(settings: str, message: str, command: list[str], tmp_path: Path) -> None:
    root = minimal_root(tmp_path / "root", {"mkdocs.yml": settings})
    done = commands.run(*command, root=root)
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith(f"mkdocs.yml:{message}")
    assert done.out.endswith("\n1 problem in 1 file\n")


def test_check_reports_content_and_settings_in_order(tmp_path: Path) -> None:
    settings = "site_name: [x]\nextra: {admin: 1, edit_base: x}\n"
    root = minimal_root(tmp_path, {"mkdocs.yml": settings, FIRST: statement_text(form="song")})
    for options in ([], ["--since", "http://127.0.0.1:9/"]):
        done = commands.run("check", *options, root=root)
        assert (done.code, done.err) == (1, "")
        lines = [line.split(": ")[:2] for line in done.out.splitlines()]
        assert lines == [
            ["mkdocs.yml:1:1", "site_name"],
            ["mkdocs.yml:2:9", "extra.admin"],
            ["mkdocs.yml:2:19", "extra.edit_base"],
            [f"{FIRST}:5:7", "form"],
            ["4 problems in 2 files"],
        ]
    found = json.loads(commands.run("check", "--format", "json", root=root).out)
    assert [problem["field"] for problem in found["problems"]] == [
        "site_name",
        "extra.admin",
        "extra.edit_base",
        "form",
    ]
    github = commands.run("check", "--format", "github", root=root).out.splitlines()
    assert github[0].startswith(
        "::error file=mkdocs.yml,line=1,col=1::site_name: ['x'] is not the name of the site (a "
    )
    assert commands.run("check", root / "statements" / "authorities", root=root).code == 0


@pytest.mark.parametrize("command", [["build"], ["package", "out"], ["stage", "out"], ["links", "out"]])
def test_a_command_reads_the_settings_once(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = minimal_root(tmp_path / "root", {NEW_HOOK: ""})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("archive.publish.build.build_site", lambda *_, **__: 1)
    with mock.patch("archive.model.config.parse_yaml", wraps=config.parse_yaml) as parse:
        commands.run(*command, root=root)
    assert parse.call_count == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a. b"], "no such command 'a. b'; see archive --help"),
        (["check. "], "no such command 'check. ' (did you mean 'check'?); see archive --help"),
        (["check", "--format", "a. b"], "invalid value for '--format': 'a. b' is not one of "),
        (["check", "--formt"], "no such option '--formt' (did you mean one of: '--format', '--root'?); see "),
        (["stage", "a", "b. c"], "got unexpected extra argument (b. c); see archive stage --help"),
        (["draft"], "missing argument 'FILE'; see archive draft --help"),
    ],
)
def test_wrong_use_is_reported_with_what_was_written(arguments: list[str], message: str) -> None:
    done = commands.run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"archive: {message}")
    assert done.err.count("\n") == 1


def _raise_unforeseen(*_: object) -> None:
    raise ValueError("not\nforeseen")


def test_an_unforeseen_error_is_reported_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARCHIVE_TRACEBACK", raising=False)
    monkeypatch.setattr("archive.content.reader.find", _raise_unforeseen)
    done = commands.run("check", root=PROJECT)
    message = "archive: unforeseen ValueError: not foreseen"
    assert (done.code, done.out) == (2, "")
    assert done.err == f"{message}; ARCHIVE_TRACEBACK=1 before the command shows where, for a report\n"
    monkeypatch.setenv("ARCHIVE_TRACEBACK", "1")
    shown = commands.run("check", root=PROJECT)
    assert (shown.code, shown.out) == (2, "")
    assert shown.err.startswith("Traceback (most recent call last):\n")
    assert "in _raise_unforeseen" in shown.err
    assert shown.err.endswith(f"\n{message}\n")


def test_the_hook_that_a_message_names_is_that_of_the_project() -> None:
    assert yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))["hooks"] == [NEW_HOOK]


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", f'unset PYTHONUNBUFFERED; exec "{sys.executable}" -m archive {command}'],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT,
    )
