"""The form at `/admin/` with its real program: what it asks for, whom it speaks to, and that what it saves is a record.

The program is fetched by npm, once; where it cannot be had, these tests fail. The page alone: test_admin_page.py.
"""

import json
import mimetypes
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import jsonschema
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from archive.content import reader, writer
from archive.model import config, statement_fields, urls
from archive.model.document import Document
from archive.model.records import Archive, Statement
from archive.publish.cms import page as cms_page
from archive.publish.cms import program
from archive.publish.loading import load_archive
from archive.validation import validate
from browser.host import Server, serve
from builders import PROJECT, copy_project, npm_files, run_module
from texts import NASTY

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
def page(with_form: Server, browser: Browser) -> Iterator[Page]:
    """The page of the form; it asks no other host for anything, and has nothing to tell the console of."""
    wrong: list[str] = []
    ours = (with_form.url, f"blob:{with_form.url}", "data:")
    with browser.new_context(viewport={"width": 1280, "height": 4000}) as context:
        made = context.new_page()
        made.on("request", lambda request: None if request.url.startswith(ours) else wrong.append(request.url))
        made.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        made.on("pageerror", lambda error: wrong.append(str(error)))
        made.goto(f"{with_form.url}{urls.ADMIN}")
        yield made
        made.wait_for_load_state("networkidle")  # what is asked for late is asked for too
    assert wrong == []


def signed_in(page: Page, to: str) -> None:
    """Sign in, and go to a place of the form's own."""
    page.get_by_role("button", name="Work with Test Repository").click()
    expect(page.get_by_role("button", name="Create").first).to_be_visible(timeout=15_000)
    page.goto(f"{page.url.partition('#')[0]}#/collections/statements{to}")


def at(page: Page, path: str) -> Locator:
    """A field of the form."""
    return page.locator(f'[data-key-path="{path}"]')


def id_field(page: Page) -> Locator:
    """The field for the record's id."""
    return page.locator("section.field:not([data-key-path])").get_by_role("textbox")


def add(page: Page, path: str, **fields: str) -> None:
    """Add an item to a list, with text in these fields."""
    number = page.locator(f'[data-key-path^="{path}."]').evaluate_all(
        "all => new Set(all.map(each => each.dataset.keyPath.split('.')[1])).size"
    )
    at(page, path).get_by_role("button", name="Add").last.click()
    for name, text in fields.items():
        at(page, f"{path}.{number}.{name}").get_by_role("textbox").fill(text)


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
    wrong = page.locator("section.field:has([aria-invalid=true])").evaluate_all(
        "all => all.map(each => each.textContent)"
    )
    assert [name for name in after if before.get(name) != after[name]] == [path], wrong
    return after[path]


def checked(root: Path, path: str, text: str, tmp_path: Path) -> tuple[Archive, list[str]]:
    """The archive with this file, and what `archive check` says of it."""
    shutil.copytree(root / "statements", tmp_path / "statements")
    (tmp_path / path).write_text(text, "utf-8")
    archive, problems = validate.check(reader.read(tmp_path))
    return archive, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "backend",
    [{"name": "test-repo"}, {"name": "github", "repo": "owner/project"}, {"name": "gitlab", "repo": "a/b"}],
    ids=lambda backend: backend["name"],
)
def test_the_page_opens_with_its_own_icons(backend: dict[str, str], root: Path, page: Page) -> None:
    made = config.parse_settings({"extra": {"admin": backend}}).admin
    for path, text in cms_page.files(replace(load_archive(root), admin=made)).items():
        address = re.compile(rf"/{path.removesuffix('index.html')}(\?.*)?$")
        page.route(address, partial(fulfil, text, mimetypes.guess_type(path)[0] or "text/yaml"))
    page.reload()
    expect(page.get_by_role("button", name=re.compile("Work with|Sign in", re.IGNORECASE)).first).to_be_visible(
        timeout=15_000
    )
    fonts = page.evaluate("() => [...document.fonts].map(font => font.family.replaceAll('\"', ''))")
    assert set(fonts) == {"Material Symbols Outlined"}
    assert (
        page.evaluate("() => document.fonts.load('24px \"Material Symbols Outlined\"', 'add').then(all => all.length)")
        == 1
    )


def fulfil(text: str, type: str, route: Route) -> None:
    """Answer a request with this text."""
    route.fulfill(body=text, content_type=type)


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


BODY = "The appeal asks for peace.\n\nIt says: #1 - yes."


def begin(page: Page, title: str, date: str) -> None:
    """Fill in what every record has."""
    signed_in(page, urls.ADMIN_NEW.partition("statements")[2])
    at(page, "title").get_by_role("textbox").fill(title)
    at(page, "date").get_by_role("textbox").fill(date)
    choose(page, "date_basis", "^stated")
    choose(page, "form", "^appeal")
    choose(page, "issuer", "commissioner-azerbaijan")
    choose(page, "subjects", r"\(peace-process\)")
    add(page, "sources", published="2022-12-31", url="https://en.trend.az/x,1#a:b", title="- A title")
    choose(page, "sources.0.kind", "^press-report")
    choose(page, "sources.0.outlet", r"\(trend\)")
    at(page, "history.0.date").get_by_role("textbox").fill("2026-11-23")
    at(page, "body").get_by_role("textbox").fill(f"{BODY}\n")


def saved_record(page: Page, id: str, root: Path, tmp_path: Path) -> Statement:
    """Save the record under this id: the check takes it, published, and the archive's own writer has the same bytes."""
    path = f"statements/2021/{id}.md"
    text = saved(page, path)
    assert "\nstatus: draft\n" in text
    archive, problems = checked(root, path, text.replace("status: draft\n", ""), tmp_path)
    assert problems == []
    read = reader.read_statement(path, text.encode())
    assert isinstance(read, Document)
    assert text == as_written(read)
    return next(s for s in archive.statements if s.path == path)


@pytest.mark.parametrize(
    ("date", "title", "id"),
    [
        ("2021-12/2022-01", "Xocalı's mines", "2021-12-xocali-mines"),
        ("2021/2022", "1992: events in Şuşa", "2021-shusha"),
        ("2021-09~", "Statement", "2021-09-statement"),
        ("2021", "120 people, 14 places and what else there is to say", "2021-people-14-places-else"),
        ("2021-09-27?", "A report", "2021-09-27-report"),
    ],
)
def test_the_id_has_the_date_as_far_as_it_is_known_and_the_first_words(
    date: str, title: str, id: str, page: Page, root: Path, tmp_path: Path
) -> None:
    begin(page, title, date)
    expect(id_field(page)).to_have_value(id)
    made = saved_record(page, id, root, tmp_path)
    assert (made.id, made.title, made.date.text, made.summary) == (id, title, date, BODY)


def test_a_whole_record_is_saved_as_the_archive_writes_it(page: Page, root: Path, tmp_path: Path) -> None:
    begin(page, 'Appeal on "peace": no. 12', "2021-09-27")
    choose(page, "addressees", r"\(osce\)")
    choose(page, "events", r"\(second-karabakh-war-2020\)")
    add(page, "requests", asks="that the file be opened: all of it", source="2", locator="par. 3")
    add(page, "figures", value="94", source="1", locator="par. 2", note="yes", as_of="2021-09~")
    long = f"Of those that the report {'names, ' * 20}all."
    add(page, "figures", min="90", max="100", source="2", locator="not found again", note=long)
    for number in (0, 1):
        choose(page, f"figures.{number}.event", r"\(second-karabakh-war-2020\)")
        choose(page, f"figures.{number}.measure", r"\(civilians-killed\)")
    choose(page, "figures.0.group", "^children$")
    choose(page, "figures.0.qualifier", "^about")
    add(page, "terms", term="#one, two", source="1", locator="title")
    add(page, "sources", published="2021-09-28", url="https://en.azertag.az/1")
    choose(page, "sources.1.kind", "^press-report")
    choose(page, "sources.1.outlet", r"\(azertac\)")
    at(page, "sources_note").get_by_role("textbox").fill("The second report gives no number.")
    made = saved_record(page, "2021-09-27-appeal-peace-no-12", root, tmp_path)
    assert (made.figures[0].group, str(made.figures[0].value), made.figures[0].source) == ("children", "94", 1)
    assert (made.requests[0].of, made.requests[0].locator) == ((), "par. 3")
    assert made.terms[0].term == "#one, two"
    assert made.history[0].note == "First archived."


def test_a_typed_id_stays(page: Page) -> None:
    signed_in(page, "/new")
    at(page, "title").get_by_role("textbox").fill("Appeal")
    at(page, "date").get_by_role("textbox").fill("2021")
    id_field(page).fill("2021-peace")
    at(page, "title").get_by_role("textbox").fill("Appeal on peace")
    expect(id_field(page)).to_have_value("2021-peace")
    id_field(page).fill("2021-1992")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("section.field:not([data-key-path])")).to_contain_text("Allowed: the date, then small letters")
    assert page.evaluate(SAVED) == {}


def test_any_record_is_written_as_the_archive_writes_it(page: Page) -> None:
    """Of all records, by what writes a file for the form; the last test opens one in the form itself."""
    documents = reader.read(PROJECT).statements
    given = {document.path: writer.entries(document.fields) | {"body": document.body} for document in documents}
    written: dict[str, str] = page.evaluate(
        "given => Object.fromEntries(Object.entries(given).map(([path, record]) => [path, file(record)]))", given
    )
    assert len(written) > 100
    expected = {document.path: as_written(document) for document in documents}
    assert [path for path, text in written.items() if text != expected[path]] == []


def as_written(document: Document) -> str:
    """The file of a record as the archive's own writer has it."""
    return writer.format_statement(writer.entries(document.fields), document.body)


TEXTS = [*NASTY, "1.50", "2021-09~", "007", "1e5", "12345678901234567890", "\u0301a", "a\tb", "\\", "y", "0o17", ".5"]


def test_any_text_is_written_as_the_archive_writes_it(page: Page) -> None:
    given = [
        {
            **dict.fromkeys(("title", "date", "sources_note"), text),
            "events": [text, text],
            "figures": [{"value": text, "note": text}, {"note": text}],
            "sources": [{"title": text, "url": text}],
        }
        for text in TEXTS
    ]
    written = page.evaluate("given => given.map(record => file({...record, body: 'A text.'}))", given)
    assert written == [writer.format_statement(record, "A text.") for record in given]


def test_a_sentence_that_is_added_to_a_record_is_all_that_changes(page: Page, root: Path) -> None:
    before = fullest(load_archive(root))
    text = as_written(next(document for document in reader.read(root).statements if document.path == before.path))
    page.evaluate(PUT, [before.path, text])
    signed_in(page, "")
    page.get_by_text(before.title).click()
    expect(at(page, "title").get_by_role("textbox")).to_have_value(before.title, timeout=15_000)
    at(page, "body").get_by_role("textbox").fill(f"{before.summary} It says no more.")
    assert saved(page, before.path) == f"{text.rstrip()} It says no more.\n"


def fullest(archive: Archive) -> Statement:
    """The record with the most in it."""
    return max(archive.statements, key=lambda s: len(s.figures) + len(s.terms) + len(s.requests) + len(s.sources))


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
