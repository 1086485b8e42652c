"""Every command that README.md and the pages in docs/ give is run, the hosts' scripts as their shells run them."""

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from contextlib import closing
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from archive.publish import fixity
from browser import chromium
from builders import DATA, PROGRAM, PROJECT, tree_of, write_tree

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
PUBLISHING = (PROJECT / "docs" / "publishing.md").read_text("utf-8")
IMPORTING = (PROJECT / "docs" / "importing.md").read_text("utf-8")

# ---- One command after the other ----

_PROGRAM = r"(?:[A-Z_]+=\S+ )?(?:scripts/(?:build|serve|test|edition|form)|\.venv/bin/\S+)(?![\w/-])"
_VERB = r"archive [a-z]+"  # within a sentence
# Those that are not run here, and what runs them.
ELSEWHERE = {
    r"scripts/serve": "publish/test_serve.py",
    r"scripts/edition.*": "publish/test_edition.py",
    r"scripts/form": "publish/test_cms.py",
    r"scripts/test.*|\.venv/bin/(?:python -m pytest|ruff|mypy|lint-imports).*": "test_workflows.py",
}
GIVEN = {
    "--record ID": "--record 2021-05-04-report-on-acts-and-speech",
    "--source N": "--source 1",
    "capture FILE": "capture report.txt",
    "FILE.csv": "statements.csv",
    "--captures DIR": "--captures captured",
    "DIR": "out",
    "OUT": "bag",
    "PLACE": "site",
}
ENDS_WITH_1 = {
    "verify --captures captured",  # an empty folder has no text of the archive
    "import statements.csv",  # the archive has both statements of the table already, as the page says
}
NAMED = re.compile(r"\S*archive (?!check|build)[a-z]+")  # a command of which only the name is given


def commands() -> list[str]:
    """The commands, each once, in order of the pages."""
    found = []
    for page in PAGES:
        if page.name == "changelog.md":
            continue
        text = page.read_text("utf-8")
        lines = re.findall(r"^(?: {4})?([^\n]+)$", text, re.MULTILINE)
        spans = re.findall(r"`([^`\n]+)`", text)
        found += [line.partition(" # ")[0].strip() for line in lines if re.match(_PROGRAM, line)]
        found += [span for span in spans if re.match(f"{_PROGRAM}|{_VERB}", span)]
    return list(dict.fromkeys(found))


def filled(command: str) -> str:
    """The command with something in place of what stands for it."""
    for placeholder, value in GIVEN.items():
        command = command.replace(placeholder, value)
    return f"{command} --help" if NAMED.fullmatch(command) else command


RUN_HERE = [command for command in commands() if not any(re.fullmatch(other, command) for other in ELSEWHERE)]
COMMANDS = list(dict.fromkeys(map(filled, RUN_HERE)))


@pytest.fixture(scope="module")
def workspace(five_project: Path, five: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of five records with its site, set up; a report, a table and a folder for captured texts."""
    root = shutil.copytree(five_project, tmp_path_factory.mktemp("recipes") / "project")
    shutil.copytree(five, root / "site")
    table = re.search(r"((?:    .*\n|\n(?=    ))+)", IMPORTING)
    assert table
    files = {
        "scripts/set-up": "venv=$root/.venv\nset_up() { :; }\n",
        ".venv/bin/archive": f'#!/bin/sh\nPYTHONPATH={PROGRAM} exec {sys.executable} -m archive "$@"\n',
        "report.txt": (DATA / "golden/draft/bracketed-hour.txt").read_bytes(),
        "statements.csv": textwrap.dedent(table[1]),
        "captured/.keep": "",
        **{name: (PROJECT / name).read_bytes() for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA")},
    }
    write_tree(root, files)
    (root / ".venv/bin/archive").chmod(0o755)
    return root


def test_a_command_that_is_not_run_here_is_run_by_the_test_named() -> None:
    for command, path in ELSEWHERE.items():
        name = re.sub(r"\W.*", "", command.removeprefix("scripts/"))
        assert name in (PROJECT / "tests" / path).read_text("utf-8")
    assert len(COMMANDS) > 15


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_does_what_it_is_said_to_do(command: str, workspace: Path, tmp_path: Path) -> None:
    root = shutil.copytree(workspace, tmp_path / "project")
    path = f"{root / '.venv' / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-euc", command],
        cwd=root,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == any(ending in command for ending in ENDS_WITH_1), done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_what_readers_are_told_to_run_on_the_data_runs(five: Path) -> None:
    """test_data.py has `frictionless validate`; pandas and R are not among what the tests need."""
    page = (PROJECT / "docs" / "data.md").read_text("utf-8")
    queries = [shlex.split(command)[2] for command in re.findall(r"`(sqlite3 archive\.sqlite [^`]+)`", page)]
    with closing(sqlite3.connect(f"file:{five}/data/v1/archive.sqlite?mode=ro", uri=True)) as database:
        assert len([database.execute(query).fetchall() for query in queries]) > 1
    (check,) = re.findall(r"`(sha256sum -c [^`]+)`", page)
    for options in ("", " --ignore-missing"):
        subprocess.run(["sh", "-euc", check + options], cwd=five / "data/v1", capture_output=True, check=True)


# ---- The hosts' scripts ----


def script_before(words: str) -> str:
    """The script in docs/publishing.md that stands before these words."""
    (text,) = re.findall(rf"\n\n((?:    .*\n|\n)+)\n{re.escape(words)}", PUBLISHING)
    return textwrap.dedent(text)


BUILD = """#!/bin/sh
echo "$*" >>built
while [ $# -gt 1 ]; do [ "$1" = --out ] && out=$2; shift; done
rm -rf "${out:-site}" && cp -r "$SITE" "${out:-site}"
"""
RSYNC = """#!/bin/sh
[ "$1 $2 $3" = '-rt --exclude .made-by-archive' ] && mkdir -p "$5" && cp -r "$4." "$5" && rm "$5.made-by-archive"
"""
SSH = """#!/bin/sh
shift
exec sh -c "$*"
"""


def run(
    shell: list[str], script: str, folder: Path, five: Path, tools: Mapping[str, str], **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a script of a host where `scripts/edition` makes a copy of a site, and these tools are stubs."""
    stubs = {"scripts/edition": BUILD, **{f"bin/{name}": text for name, text in tools.items()}}
    write_tree(folder, stubs)
    for name in stubs:
        (folder / name).chmod(0o755)
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    given = {"PATH": path, "SITE": str(five), "HOME": str(folder), **environment}
    return subprocess.run(
        [*shell, script], cwd=folder, env=given, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def assert_published(site: Path, five: Path, *, compressed: bool) -> None:
    """The folder is the site, whole; what gains by it is there compressed too."""
    comparison = fixity.verify(site)
    assert comparison.differences == ()
    copies = {path for path in tree_of(site) if path.endswith(".gz")} - {"sitemap.xml.gz"}
    if compressed:
        big = {path for path, content in tree_of(five).items() if len(content) > 1024}
        left = {path for path in big if path.endswith((".png", ".bin", ".gz")) or path == "sitemap.xml"}
        assert copies == {f"{path}.gz" for path in big - left}
    else:
        assert copies == set()


# As GitLab's runner runs a job in a container with bash; each line is evaluated by itself.
GITLAB = ["bash", "-c", 'set -eo pipefail; set +o noclobber; eval "$0"']


@pytest.mark.parametrize(("edition", "called"), [("", "--out public"), ("--first", "--first --out public")])
def test_what_gitlab_runs_ends_well_with_the_site(edition: str, called: str, five: Path, tmp_path: Path) -> None:
    jobs = yaml.safe_load(script_before("Headers and caching are GitLab's"))
    tools = {"apt-get": "#!/bin/sh\n", "../scripts/test": "#!/bin/sh\n"}
    for job in ("edition", "pages"):
        script = "\n".join(jobs[job]["script"])
        done = run(GITLAB, script, tmp_path, five, tools, EDITION=edition)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "built").read_text("utf-8") == f"{called}\n"
    assert_published(tmp_path / "public", five, compressed=True)
    done = run(GITLAB, "\n".join(jobs["proposal"]["script"]), tmp_path, five, tools)
    assert (tmp_path / "built").read_text("utf-8").endswith("\n--proposed\n"), done.stderr


def test_gitlab_publishes_nothing_if_a_test_fails(five: Path, tmp_path: Path) -> None:
    jobs = yaml.safe_load(script_before("Headers and caching are GitLab's"))
    tools = {"apt-get": "#!/bin/sh\n", "../scripts/test": "#!/bin/sh\nexit 1\n"}
    done = run(GITLAB, "\n".join(jobs["edition"]["script"]), tmp_path, five, tools)
    assert done.returncode == 1
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize(
    ("context", "called"), [("production", ""), ("deploy-preview", "--proposed"), ("branch-deploy", "--proposed")]
)
def test_what_netlify_runs_builds_an_edition_or_a_preview(
    context: str, called: str, five: Path, tmp_path: Path
) -> None:
    (command,) = re.findall(r"`(if \[ [^`]+; fi)`", PUBLISHING)
    done = run(["bash", "-ec"], command, tmp_path, five, {}, CONTEXT=context)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "built").read_text("utf-8") == f"{called}\n"
    assert_published(tmp_path / "site", five, compressed=False)


def test_an_edition_on_a_server_is_whole_and_not_written_into_the_one_that_is_read(five: Path, tmp_path: Path) -> None:
    """Three publications from one commit, of which the second has other files."""
    script = script_before("Readers get the former edition").replace("SERVER:", "").replace("/srv/", f"{tmp_path}/srv/")
    tools = {"git": "#!/bin/sh\necho abcdef0\n", "rsync": RSYNC, "ssh": SSH}
    other = shutil.copytree(five, tmp_path / "other")
    (other / "index.html").write_text("another", "utf-8")
    fixity.seal(other)
    current = tmp_path / "srv/archive/current"
    for site in (five, other, five):
        before = {path: tree_of(path) for path in (tmp_path / "srv/archive").glob("abcdef0*")}
        done = run(["sh", "-euc"], script, tmp_path, site, tools)
        assert done.returncode == 0, done.stderr
        assert {path: tree_of(path) for path in before} == before
        assert (current / "SHA256SUMS").read_bytes() == (site / "SHA256SUMS").read_bytes()
        assert_published(current, site, compressed=True)


AWS = f"""#!{sys.executable}
import json, sys
with open("asked", "a") as file:
    print(json.dumps(sys.argv[1:]), file=file)
"""


def test_what_is_put_into_a_bucket_has_its_type_and_is_kept_as_long_as_it_should(five: Path, tmp_path: Path) -> None:
    """What `aws` would make of the commands, one after the other: of each file its type and how long it is kept."""
    done = run(["sh", "-euc"], script_before("What is new is there before"), tmp_path, five, {"aws": AWS})
    assert done.returncode == 0, done.stderr
    asked = [yaml.safe_load(line) for line in (tmp_path / "asked").read_text("utf-8").splitlines()]
    assert [words[:2] for words in asked[-1:]] == [["cloudfront", "create-invalidation"]]
    put: dict[str, tuple[str, str]] = {}
    for _, verb, source, target, *options in asked[:-1]:
        assert (tmp_path / source).is_dir()
        assert verb in ("sync", "cp")
        assert target == f"s3://BUCKET{source.removeprefix('site')}"
        for path in tree_of(tmp_path / source):
            given, taken = dict[str, str](), True
            for name, value in zip(options, [*options[1:], ""], strict=True):
                if name in ("--exclude", "--include") and fnmatchcase(path, value):
                    taken = name == "--include"
                elif name.startswith("--"):
                    given[name] = value
            if taken and "--cache-control" in given:  # the last only removes
                here = f"{source}/{path}".removeprefix("site/")
                put[here] = (given.get("--content-type", ""), given["--cache-control"])
    assert put.keys() == tree_of(five).keys() - {".made-by-archive", "_headers"}
    rows = re.findall(r"^\| `(\S+)` \| `(\S+)` \| 5 minutes \|$", PUBLISHING, re.MULTILINE)
    assert len(rows) > 6
    for path, (type, kept) in put.items():
        (expected,) = {type for end, type in rows if path.endswith(end)} or {""}
        assert type.partition(";")[0] == expected, path
        lasting = path.startswith(("search/columns/", "search/words/")) and path.endswith(".bin")
        assert kept == ("public, max-age=31536000, immutable" if lasting else "public, max-age=300"), path


def test_a_clone_for_windows_has_the_same_files(tmp_path: Path) -> None:
    """With carriage returns no script runs, and no hash agrees."""
    scripts = {path.relative_to(PROJECT).as_posix(): path.read_bytes() for path in (PROJECT / "scripts").iterdir()
               if path.is_file()}  # fmt: skip
    record = "statements/2021/2021-09-21-peace-appeal.md"
    files = scripts | {name: (PROJECT / name).read_bytes() for name in (".gitattributes", record)}
    made = write_tree(tmp_path / "made", files)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "core.autocrlf=true"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "A"], ["clone", "-q", made, tmp_path / "clone"]):
        subprocess.run([*git, *command], cwd=made, check=True)
    cloned = {path: content for path, content in tree_of(tmp_path / "clone").items() if not path.startswith(".git/")}
    assert cloned == files


def test_what_a_bare_machine_lacks_for_the_browser_tests_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian's minimal system has no libatomic, with which Playwright's driver is linked."""
    message = "error while loading shared libraries: libatomic.so.1"
    write_tree(tmp_path, {"driver/node": f"#!/bin/sh\necho '{message}' >&2\nexit 127\n"})
    (tmp_path / "driver/node").chmod(0o755)
    monkeypatch.setattr(chromium.playwright, "__file__", str(tmp_path / "__init__.py"))
    monkeypatch.setattr(chromium, "is_root", lambda: False)
    with pytest.raises(pytest.fail.Exception) as failed:
        chromium.driver()
    assert f"({message})" in str(failed.value)
    assert "as root: apt-get install chromium libatomic1" in str(failed.value)
    assert failed.value.pytrace is False
