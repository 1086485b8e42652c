"""The form at `/admin/` with its real program: what it asks for, whom it speaks to, and that what it saves is a record.

The program is fetched by npm, once; where it cannot be had, these tests fail. The page alone: test_admin_page.py.
"""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from archive.content import reader
from archive.model import config, statement_fields, urls
from archive.model.records import Archive, Statement
from archive.publish.cms import page as cms_page
from archive.publish.cms import program
from archive.publish.loading import load_archive
from archive.validation import validate
from browser.host import Server, serve
from builders import PROJECT, copy_project, npm_files, run_module

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# the backend for trying out keeps its files in a folder of the browser's own (Origin Private File System)
FOLDER = "sveltia-cms-test"
SAVED = """async () => {
    const found = {}
    const walk = async (folder, path) => {
        for await (const [name, entry] of folder.entries())
            if (entry.kind == "directory") await walk(entry, `${path}${name}/`)
            else if (!name.endsWith(".crswap")) // being written
                found[`${path}${name}`] = await entry.getFile().then(file => file.text()).catch(() => "")
    }
    await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("FOLDER", {create: true}), "")
    return found
}""".replace("FOLDER", FOLDER)
PUT = """async ([path, text]) => {
    let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("FOLDER", {create: true})
    const steps = path.split("/")
    for (const step of steps.slice(0, -1)) folder = await folder.getDirectoryHandle(step, {create: true})
    const file = await (await folder.getFileHandle(steps.at(-1), {create: true})).createWritable()
    await file.write(text)
    await file.close()
}""".replace("FOLDER", FOLDER)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that asks for the form; what is fetched for it is kept in the project itself."""
    made = copy_project(tmp_path_factory.mktemp("admin") / "project")
    with (made / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("\n  admin: {name: test-repo}\n")
    program.files(PROJECT)
    shutil.copytree(PROJECT / program.FOLDER, made / program.FOLDER)
    return made


@pytest.fixture(scope="module")
def with_form(root: Path) -> Iterator[Server]:
    """The site with the form, as `archive build` makes it."""
    done = run_module(root, "archive", "build")
    assert done.returncode == 0, done.stdout + done.stderr
    with serve(root / "site") as running:
        yield running


@pytest.fixture
def asked_for() -> list[str]:
    """Every address that a page asks another host for, or is kept from asking by its own policy."""
    return []


@pytest.fixture
def page(with_form: Server, browser: Browser, asked_for: list[str]) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 4000}) as context:
        made = context.new_page()
        ours = (with_form.url, f"blob:{with_form.url}", "data:")
        made.on("request", lambda request: None if request.url.startswith(ours) else asked_for.append(request.url))
        made.goto(f"{with_form.url}{urls.ADMIN}")
        yield made


def signed_in(page: Page, to: str) -> None:
    """Sign in, and go to a place of the form's own."""
    page.get_by_role("button", name="Work with Test Repository").click()
    expect(page.get_by_role("button", name="Create").first).to_be_visible(timeout=15_000)
    page.goto(f"{page.url.partition('#')[0]}#/collections/statements{to}")


def at(page: Page, path: str) -> Locator:
    """A field of the form."""
    return page.locator(f'[data-key-path="{path}"]')


def choose(page: Page, path: str, option: str) -> None:
    """Choose what begins so in a field that has radio buttons or a list."""
    if at(page, path).get_by_role("radio").count():
        at(page, path).get_by_role("radio", name=re.compile(option)).click()
    else:
        at(page, path).get_by_role("combobox").click()
        page.get_by_role("option", name=re.compile(option)).first.click()


def saved(page: Page, path: str) -> str:
    """Save, and what then stands in the one file that is new or changed."""
    before = page.evaluate(SAVED)
    page.get_by_role("button", name="Save", exact=True).click()
    for _ in range(100):
        after: dict[str, str] = page.evaluate(SAVED)
        if after.get(path, "") not in ("", before.get(path)):
            break
        page.wait_for_timeout(100)
    assert [name for name in after if before.get(name) != after[name]] == [path]
    return after[path]


def checked(root: Path, path: str, text: str, tmp_path: Path) -> tuple[Archive, list[str]]:
    """The archive with this file, and what `archive check` says of it."""
    shutil.copytree(root / "statements", tmp_path / "statements")
    (tmp_path / path).write_text(text, "utf-8")
    archive, problems = validate.check(reader.read(tmp_path))
    return archive, [str(problem) for problem in problems]


def test_the_page_opens_and_asks_nobody_else_for_anything(page: Page, asked_for: list[str]) -> None:
    expect(page.get_by_role("button", name="Work with Test Repository")).to_be_visible(timeout=15_000)
    page.wait_for_load_state("networkidle")  # what is asked for late is asked for too
    assert [url for url in asked_for if not url.startswith("blob:")] == []
    fonts = page.evaluate("() => [...document.fonts].map(font => font.family.replaceAll('\"', ''))")
    assert set(fonts) == {"Material Symbols Outlined"}
    assert (
        page.evaluate("() => document.fonts.load('24px \"Material Symbols Outlined\"', 'add').then(all => all.length)")
        == 1
    )


def test_the_form_has_every_field_of_a_statement_and_saves_nothing_that_the_check_would_refuse(page: Page) -> None:
    signed_in(page, "/new")
    expect(at(page, "title")).to_be_visible(timeout=15_000)
    shown = page.locator("[data-key-path]").evaluate_all("all => all.map(each => each.dataset.keyPath)")
    top = [path for path in shown if "." not in path]
    assert top == [*(field.name for field in statement_fields.STATEMENT.fields), "body"]
    at(page, "title").get_by_role("textbox").fill("Appeal")
    at(page, "date").get_by_role("textbox").fill("21.09.2021")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(at(page, "date")).to_contain_text("Allowed: YYYY-MM-DD")
    assert page.evaluate(SAVED) == {}


def test_what_the_form_saves_is_a_record(page: Page, root: Path, tmp_path: Path) -> None:
    signed_in(page, urls.ADMIN_NEW.partition("statements")[2])
    at(page, "title").get_by_role("textbox").fill('Appeal on "peace": no. 12')
    at(page, "date").get_by_role("textbox").fill("2021-09-27")
    choose(page, "date_basis", "^reported")
    choose(page, "form", "^appeal")
    choose(page, "issuer", "commissioner-azerbaijan")
    choose(page, "addressees", r"\(osce\)")
    choose(page, "events", r"\(second-karabakh-war-2020\)")
    choose(page, "subjects", r"\(peace-process\)")
    at(page, "figures").get_by_role("button", name="Add").click()
    choose(page, "figures.0.event", r"\(second-karabakh-war-2020\)")
    choose(page, "figures.0.measure", r"\(civilians-killed\)")
    choose(page, "figures.0.group", "^children$")
    at(page, "figures.0.value").get_by_role("textbox").fill("12.50")
    at(page, "sources").get_by_role("button", name="Add").click()
    choose(page, "sources.0.kind", "^press-report")
    choose(page, "sources.0.outlet", r"\(trend\)")
    at(page, "sources.0.published").get_by_role("textbox").fill("2021-09-27")
    at(page, "history.0.date").get_by_role("textbox").fill("2026-11-23")
    at(page, "body").get_by_role("textbox").fill("The appeal asks for peace.\n\nIt says: #1 - yes.")
    path = "statements/2021/2021-09-27-appeal-on-peace-no-12.md"
    text = saved(page, path)
    assert "\nstatus: draft\n" in text
    assert not re.search(r"\bmentions\b|\brequests\b|\bqualifier\b|\bmin\b", text)
    archive, problems = checked(root, path, text.replace("status: draft", "status: published"), tmp_path)
    assert problems == []
    made = next(s for s in archive.statements if s.path == path)
    assert made.title == 'Appeal on "peace": no. 12'
    assert made.summary == "The appeal asks for peace.\n\nIt says: #1 - yes."
    assert (made.figures[0].group, str(made.figures[0].value)) == ("children", "12.50")
    assert made.history[0].note == "First archived."


def fullest(archive: Archive) -> Statement:
    """The record with the most in it."""
    return max(archive.statements, key=lambda s: len(s.figures) + len(s.terms) + len(s.requests) + len(s.sources))


def test_a_record_that_is_opened_and_saved_is_the_same_record(page: Page, root: Path, tmp_path: Path) -> None:
    before = fullest(load_archive(root))
    page.evaluate(PUT, [before.path, (root / before.path).read_text("utf-8")])
    signed_in(page, "")
    page.get_by_text(before.title).click()
    expect(at(page, "title").get_by_role("textbox")).to_have_value(before.title, timeout=15_000)
    at(page, "title").get_by_role("textbox").fill(f"{before.title}, again")
    choose(page, "status", "^published")  # it has no default: the form would give it to a record that leaves it open
    text = saved(page, before.path)
    archive, problems = checked(root, before.path, text, tmp_path)
    assert problems == []
    after = next(s for s in archive.statements if s.id == before.id)
    assert after == replace(before, title=f"{before.title}, again")


def test_the_form_stands_in_no_list(with_form: Server) -> None:
    site = with_form.site
    assert (site / "admin" / "index.html").is_file()
    for path in ("sitemap.xml", "search/catalogue.json", "search/words/index.json", "index.html", "robots.txt"):
        assert "admin/" not in (site / path).read_text("utf-8"), path


@pytest.mark.parametrize(
    "backend",
    [
        {"name": "github", "repo": "owner/project"},
        {"name": "gitlab", "repo": "a/b/c", "base_url": "https://git.example", "app_id": "x"},
        {"name": "gitea", "repo": "owner/project", "base_url": "https://git.example"},
    ],
)  # fmt: skip
def test_the_configuration_is_what_the_program_reads(backend: dict[str, str], root: Path) -> None:
    (package,) = re.findall(r"@sveltia/cms@[\d.]+", (root / "scripts" / "form").read_text("utf-8"))
    path = "schema/sveltia-cms.json"
    schema = json.loads((npm_files(package, path) / path).read_bytes())
    made = config.parse_settings({"extra": {"admin": backend}}).admin
    assert made
    jsonschema.validate(cms_page.configuration(load_archive(root), made), schema)
