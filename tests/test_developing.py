"""README.md, the map for developers and the settings of their tools name what there is."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from archive import cli
from builders import PROJECT

PAGES = ("README.md", "docs/developing.md")
LONGEST = 70  # lines of README.md
MADE = (".venv", ".cache", "site")  # by the scripts: in no checkout
PROGRAM = "scripts/archive"  # where paths of docs/developing.md begin that begin with no folder of the project
ENDINGS = (".py", ".md", ".html", ".js", ".css", ".yml", ".yaml", ".txt", ".toml", ".xml", ".json")
_PLACEHOLDER = re.compile(r"(?<![^/])(?:NAME|YEAR|DATE-WORDS)\b")


def marks(text: str) -> list[str]:
    """What stands in code marks, and each line of the blocks of code."""
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    indented = re.findall(r"(?<=\n\n)((?: {4}\S.*\n)+)", text)
    lines = [line.strip() for block in (*blocks, *indented) for line in block.splitlines()]
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))
    return [*lines, *inline]


def paths(text: str) -> set[str]:
    """Every path of a file or folder, as it is written."""
    words = {word.rstrip(",;:") for mark in marks(text) for word in mark.split() if " -> " not in mark}
    return {
        word
        for word in words
        if ("/" in word or word.endswith(ENDINGS))
        and not word.startswith(("/", "-", "<", "http"))
        and "=" not in word
        and word.partition("/")[0] not in MADE
    }


def missing(root: Path, page: str) -> list[str]:
    """The paths that a page names and the project in this folder does not have."""
    return sorted(path for path in paths((root / page).read_text("utf-8")) if not list(found(root, path)))


def found(root: Path, path: str) -> Iterator[Path]:
    """What a path leads to: from the root, from the program or, of a file's name alone, anywhere among the tests."""
    pattern = _PLACEHOLDER.sub("*", path).rstrip("/")
    places = [pattern, f"{PROGRAM}/{pattern}"]
    if "/" not in path:
        places.append(f"tests/**/{pattern}")
    for place in places:
        yield from root.glob(place)


def names(text: str) -> Iterator[tuple[str, str]]:
    """Every file with a name that is to be in it: `path` (`name`, ...), and `name` in `path`."""
    for path, aside in re.findall(r"`([^`\s]+)`\s+\(([^()]*`[^()]*)\)", text):
        yield from ((path, name) for name in re.findall(r"`([^`]+)`", aside))
    for several, path in re.findall(r"((?:`[^`]+`(?:,|\sand|\sor)?\s)+)in\s`([^`\s]+)`", text):
        yield from ((path, name) for name in re.findall(r"`([^`]+)`", several))


def gone(root: Path, page: str) -> list[str]:
    """The names that a page gives of a file and the file does not have."""
    return sorted(
        f"{path}: {name}"
        for path, name in set(names((root / page).read_text("utf-8")))
        if path.endswith(ENDINGS) and not re.search(r"[/\s]", name) and not name.endswith(ENDINGS)
        if not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", file.read_text("utf-8")) for file in found(root, path))
    )


def commands(text: str) -> Iterator[str]:
    """Every command of the project, with its arguments."""
    for mark in marks(text):
        if re.match(r"(?:\.venv/bin/|scripts/[a-z-]+(?: |$))", mark):
            yield mark.partition("  #")[0].strip()


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_is_there(page: str) -> None:
    assert len(paths((PROJECT / page).read_text("utf-8"))) > 5
    assert missing(PROJECT, page) == []


def test_every_name_that_is_given_of_a_file_is_in_it() -> None:
    assert len(set(names((PROJECT / "docs" / "developing.md").read_text("utf-8")))) > 40
    assert gone(PROJECT, "docs/developing.md") == []


def test_every_module_is_named_or_its_package_is() -> None:
    named = {path.rstrip("/") for path in paths((PROJECT / "docs" / "developing.md").read_text("utf-8"))}
    modules = [path.relative_to(PROJECT / PROGRAM) for path in (PROJECT / PROGRAM).glob("*/**/*.py")]
    modules = [path for path in modules if path.name != "__init__.py"]
    assert len(modules) > 70
    assert [
        path.as_posix()
        for path in modules
        if path.as_posix() not in named and (len(path.parts) == 2 or path.parent.as_posix() not in named)
    ] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_shown_is_there(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = list(commands((PROJECT / page).read_text("utf-8")))
    assert len(shown) > 2
    for command in shown:
        program, *arguments = command.split()
        if program == ".venv/bin/archive":
            assert not arguments or cli.main([arguments[0], "--help"]) == 0, command
        elif program.startswith("scripts/"):
            assert (PROJECT / program).is_file(), command
            options = [one for one in arguments if one.startswith("--") and one != "--help"]
            assert [one for one in options if one not in (PROJECT / program).read_text("utf-8")] == [], command
        else:
            assert (Path(sys.executable).parent / Path(program).name).exists(), command


def test_the_option_for_golden_files_is_there(request: pytest.FixtureRequest) -> None:
    """Both pages on it would lead to nothing else."""
    assert "--update-golden" in (PROJECT / "docs" / "developing.md").read_text("utf-8")
    assert request.config.getoption("--update-golden") in (True, False)


def test_the_readme_is_short() -> None:
    assert len((PROJECT / "README.md").read_text("utf-8").splitlines()) <= LONGEST


def test_the_change_log_is_by_day_newest_first() -> None:
    headings = re.findall(r"^## (.*)$", (PROJECT / "docs" / "changelog.md").read_text("utf-8"), re.MULTILINE)
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for day in headings)
    assert headings == sorted(set(headings), reverse=True) != []


def test_what_runs_before_a_commit_is_in_the_environment_and_gets_nothing_from_elsewhere() -> None:
    repos = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    hooks = [hook for repo in repos for hook in repo["hooks"]]
    assert {repo["repo"] for repo in repos} == {"local"}
    assert {hook["language"] for hook in hooks} == {"system"}
    for program, _, name in (hook["entry"].split()[0].rpartition("/") for hook in hooks):
        assert program == ".venv/bin"
        assert (Path(sys.executable).parent / name).exists(), name
    files = [path.relative_to(PROJECT).as_posix() for path in (PROJECT / "statements").rglob("*.*")]
    for hook in hooks:
        assert "files" not in hook or any(re.search(hook["files"], path) for path in files), hook["id"]


def test_what_git_keeps_byte_for_byte_is_there() -> None:
    lines = (PROJECT / ".gitattributes").read_text("utf-8").splitlines()
    kept = [line.split()[0] for line in lines if line.endswith(" -text")]
    assert len(kept) == 3
    assert [pattern for pattern in kept if not any(PROJECT.glob(f"{pattern}/*"))] == []
    assert "* text=auto eol=lf" in lines


def test_a_path_that_is_not_there_is_found_out(tmp_path: Path) -> None:
    """The tests above would pass as well if they did not look."""
    (tmp_path / "scripts" / "archive" / "model").mkdir(parents=True)
    (tmp_path / "scripts" / "archive" / "model" / "records.py").touch()
    (tmp_path / "README.md").write_text(
        "`model/records.py`, `model/gone.py` and `statements/NAME.md`; `test_gone.py`\n"
    )
    assert missing(tmp_path, "README.md") == ["model/gone.py", "statements/NAME.md", "test_gone.py"]


def test_a_name_that_is_gone_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "scripts" / "archive" / "model").mkdir(parents=True)
    (tmp_path / "scripts" / "archive" / "model" / "records.py").write_text(
        "class Statement: ...\nKINDS = ()\n", "utf-8"
    )
    (tmp_path / "README.md").write_text(
        "`model/records.py` (`Statement`, `Gone` and, if need be,\n`KIND`); `KINDS`, `Lost` and `Statement` in\n"
        "`model/records.py`; `model/records.py` (what `model/gone.py` takes; `a b`)\n",
        "utf-8",
    )
    assert gone(tmp_path, "README.md") == [f"model/records.py: {name}" for name in ("Gone", "KIND", "Lost")]
