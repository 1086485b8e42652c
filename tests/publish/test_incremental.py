"""A build after an edit makes only what the edit reaches, and gives what a cold build gives, byte for byte."""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from mkdocs.structure import pages

import synthetic
from archive.content import reader
from archive.model import edtf
from archive.model.config import parse_settings
from archive.model.errors import ArchiveError
from archive.model.records import Archive, Change, Statement, Term
from archive.pages.page import Page
from archive.publish import cache, storage, workers
from archive.publish.atomic import MARK, AtomicDirectory
from archive.publish.cache import NO_CACHE, Cache, Task
from archive.publish.files import Making
from archive.publish.generate import generate
from archive.publish.loading import with_settings
from archive.validation import validate
from builders import PROJECT, minimal_root, plain_settings, tree_of, with_changes, write_tree
from commands import run
from damage import DAMAGE

SETTINGS = parse_settings({"site_name": "The archive", "site_url": "https://archive.example/"})
DOCS = {
    "docs/about.md": "# About\n",
    "docs/index.md": "# Home\n\n<!-- archive: newest -->\n",
    "docs/data.md": "# Data\n\n<!-- archive: data-files -->\n",
}


@pytest.fixture(scope="module", params=[20, pytest.param(60, marks=pytest.mark.slow)], ids=str)
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """So many synthetic records."""
    root = write_tree(tmp_path_factory.mktemp("synthetic"), DOCS)
    synthetic.write(root, request.param)
    found, problems = validate.check(reader.read(root))
    assert problems == ()
    return with_settings(found, SETTINGS)


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 1)


def frame(path: str, page: Page) -> str:
    return f"<html><body>{page.title} {page.html}</body></html>"


def make(archive: Archive, site: Path, former: Cache = NO_CACHE) -> dict[str, Task]:
    """Make the site but for what MkDocs adds, the filled pages as they are."""
    site.mkdir(exist_ok=True)
    files = generate(archive)
    making = Making(files, site, archive.site_url, former, lambda *_: None)
    making.others()
    making.pages(frame, "frame")
    write_tree(site, {path: filled() for path, filled in files.filled.items()})
    return making.tasks


def build(archive: Archive, root: Path) -> Path:
    """Make the site as a build does, with what builds before it have left; the folder of the site."""
    former = cache.load(root, "key", root / "site")
    with AtomicDirectory(root / "site", kind="site", root=root, sources=(), spare=root / storage.SPARE) as folder:
        tasks = make(archive, folder, former)
    (root / storage.SITE).parent.mkdir(exist_ok=True)
    former.save(root, "key", root / "site", tasks)
    return root / "site"


Edit = Callable[[Archive, random.Random], Archive]


def of_a_statement(change: Callable[[Statement, random.Random], Statement]) -> Edit:
    def edit(archive: Archive, rng: random.Random) -> Archive:
        at = rng.randrange(len(archive.statements))
        edited = change(archive.statements[at], rng)
        return replace(archive, statements=(*archive.statements[:at], edited, *archive.statements[at + 1 :]))

    return edit


def of_an_entry(name: str, **changes: Callable[[random.Random], object]) -> Edit:
    def edit(archive: Archive, rng: random.Random) -> Archive:
        entries = archive.authorities[name]
        id = rng.choice(list(entries))
        changed = replace(entries[id], **{field: make(rng) for field, make in changes.items()})
        return with_changes(archive, **{name: {**entries, id: changed}})

    return edit


def word(rng: random.Random) -> str:
    return f"{rng.choice(['bridge', 'harbour', 'lantern'])}{rng.randrange(100)}"


def added(archive: Archive, rng: random.Random) -> Archive:
    like = rng.choice(archive.statements)
    id = f"{rng.randrange(2006, 2025)}-0{rng.randrange(1, 10)}-1{rng.randrange(10)}-new-{rng.randrange(10**6)}"
    record = replace(
        like,
        id=id,
        path=f"statements/{id[:4]}/{id}.md",
        date=edtf.parse(id[:10]),
        aliases=(),
        related=(),
        title=word(rng),
    )
    return replace(archive, statements=(*archive.statements, record))


def removed(archive: Archive, rng: random.Random) -> Archive:
    gone = rng.choice(archive.statements)
    kept = (replace(s, related=()) for s in archive.statements if s.id != gone.id)
    return replace(archive, statements=tuple(kept)) if len(archive.statements) > 15 else archive


def renamed_event(archive: Archive, rng: random.Random) -> Archive:
    """An event that nothing is under, with all that cites it."""
    old = rng.choice([id for id in archive.events if not any(event.parent == id for event in archive.events.values())])
    new = f"{old[:30]}-{rng.randrange(10**6)}"

    def ids(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if id == old else id for id in values)

    statements = tuple(
        replace(
            s,
            events=ids(s.events),
            mentions=ids(s.mentions),
            figures=tuple(replace(figure, event=ids((figure.event,))[0]) for figure in s.figures),
            terms=tuple(replace(term, about=ids((term.about,))[0]) for term in s.terms),
        )
        for s in archive.statements
    )
    events = {new if id == old else id: replace(event, id=ids((id,))[0]) for id, event in archive.events.items()}
    return replace(with_changes(archive, events=events), statements=statements)


def withdrawn(statement: Statement, rng: random.Random) -> Statement:
    change = Change(date=date(2026, 11, 30), kind="withdrawal", note="Another office's.")
    return replace(statement, status="withdrawn", history=(*statement.history, change))


def corrected(statement: Statement, rng: random.Random) -> Statement:
    change = Change(date=date(2026, 11, rng.randrange(24, 31)), kind="correction", note=f"The {word(rng)} was wrong.")
    return statement if statement.withdrawn else replace(statement, history=(*statement.history, change))


def retitled(statement: Statement, rng: random.Random) -> Statement:
    first, *others = statement.sources
    return replace(statement, sources=(replace(first, title=word(rng)), *others))


EDITS: dict[str, Edit] = {
    "a summary": of_a_statement(lambda s, rng: replace(s, summary=f"{s.summary} It speaks of a {word(rng)}.")),
    "an opening": of_a_statement(lambda s, rng: replace(s, summary=f"It speaks of a {word(rng)}.\n\n{s.summary}")),
    "requests": of_a_statement(lambda s, rng: replace(s, requests=s.requests[1:])),
    "a source": of_a_statement(retitled),
    "relations": of_a_statement(lambda s, rng: replace(s, related=())),
    "a title": of_a_statement(lambda s, rng: replace(s, title=f"Statement on the {word(rng)}")),
    "a form": of_a_statement(lambda s, rng: replace(s, form=rng.choice(["appeal", "letter", "speech"]))),
    "a date": of_a_statement(lambda s, rng: replace(s, date=edtf.parse(f"{s.date.year}-05-0{rng.randrange(1, 10)}"))),
    "an alias": of_a_statement(lambda s, rng: replace(s, aliases=(f"2003-{word(rng)}-{rng.randrange(10**6)}",))),
    "a correction": of_a_statement(corrected),
    "a withdrawal": of_a_statement(withdrawn),
    "figures": of_a_statement(lambda s, rng: replace(s, figures=s.figures[1:])),
    "terms": of_a_statement(lambda s, rng: replace(s, terms=(*s.terms[1:], Term(term=word(rng))))),
    "addressees": of_a_statement(lambda s, rng: replace(s, addressees=s.addressees[::-1][:3])),
    "a new record": added,
    "a removed record": removed,
    "an event's label": of_an_entry("events", label=word),
    "topics": of_a_statement(lambda s, rng: replace(s, subjects=s.subjects[::-1][:2])),
    "an event's places": of_an_entry("events", places=lambda rng: (f"place-{rng.randrange(40):02d}",)),
    "a topic's scope": of_an_entry("subjects", scope=word),
    "an instrument's label": of_an_entry("instruments", label=word),
    "a place's label": of_an_entry("places", label=word),
    "an event's date": of_an_entry("events", date=lambda rng: edtf.parse(str(rng.randrange(1988, 2020)))),
    "an event's id": renamed_event,
    "an addressee's label": of_an_entry("addressees", label=word),
    "an outlet's label": of_an_entry("outlets", label=word),
    "a measure's label": of_an_entry("measures", label=word),
    "the issuer's label": of_an_entry("issuers", label=word),
    "the order of measures": lambda archive, _: with_changes(
        archive, measures=dict(reversed(archive.measures.items()))
    ),
    "a hand-written page": lambda archive, rng: replace(archive, docs={**archive.docs, "about.md": f"# {word(rng)}\n"}),
    "nothing": lambda archive, _: archive,
}  # fmt: skip


def chances(number: int) -> Iterator[str]:
    """So many kinds of edits, each as often as the others."""
    names = list(EDITS)
    yield from (names[at % len(names)] for at in range(number))


@pytest.mark.parametrize("rounds", [1, pytest.param(48, marks=pytest.mark.slow)])
def test_after_any_edits_it_is_what_a_cold_build_makes(rounds: int, archive: Archive, tmp_path: Path) -> None:
    rng = random.Random(rounds)  # noqa: S311 it need not be secret
    build(archive, tmp_path)
    for number, name in enumerate(chances(rounds * len(EDITS)), 1):
        archive = EDITS[name](archive, rng)
        site = build(archive, tmp_path)
        if number % 3:  # what an edit leaves wrong stays wrong
            continue
        cold = tmp_path / "cold"
        make(archive, cold)
        made, expected = tree_of(site), tree_of(cold)
        assert made.pop(MARK)
        assert all(any(path.iterdir()) for path in site.rglob("*") if path.is_dir())
        assert made.keys() == expected.keys(), name
        assert [path for path in made if made[path] != expected[path]] == [], name
        shutil.rmtree(cold)


def records(root: Path) -> list[Path]:
    return sorted((root / "statements").glob("[0-9]*/*.md"))


def edit_summary(root: Path, rng: random.Random) -> None:
    path = rng.choice(records(root))
    path.write_text(f"{path.read_text('utf-8').rstrip()} It speaks of a {word(rng)}.\n", "utf-8")


def edit_label(root: Path, rng: random.Random) -> None:
    path = root / "statements/authorities" / rng.choice(["events.yml", "addressees.yml", "outlets.yml"])
    entries = path.read_text("utf-8").split("\n  label: ")
    at = rng.randrange(1, len(entries))
    entries[at] = f"The {word(rng)}\n{entries[at].partition(chr(10))[2]}"
    path.write_text("\n  label: ".join(entries), "utf-8")


def add_record(root: Path, rng: random.Random) -> None:
    like = rng.choice(records(root))
    text = re.sub(r"https?://\S+", f"https://new.example/{word(rng)}/{rng.randrange(10**6)}", like.read_text("utf-8"))
    text = re.sub(r"^(related|aliases):.*\n(?:[ -].*\n)*", "", text, flags=re.MULTILINE)
    text = re.sub(r"(\btitle: ['\"]?)", rf"\1{word(rng)} ", text)  # else it is the same statement, from the same report
    (like.parent / f"{like.stem[:10]}-new-{rng.randrange(10**6)}.md").write_text(text, "utf-8")


def remove_record(root: Path, rng: random.Random) -> None:
    for path in [path for path in records(root) if "-new-" in path.name][:1]:  # of which no other record tells
        path.unlink()


def edit_page(root: Path, rng: random.Random) -> None:
    with (root / "docs/about.md").open("a", encoding="utf-8") as page:
        page.write(f"\nIt has a {word(rng)}.\n")


ON_DISK = (edit_summary, add_record, edit_label, edit_summary, remove_record, edit_page)


@pytest.mark.parametrize(("number", "edits"), [(12, 3), pytest.param(300, 30, marks=pytest.mark.slow)])
def test_a_whole_build_after_any_edits_is_what_a_cold_one_makes(number: int, edits: int, tmp_path: Path) -> None:
    """With what a check keeps, and the frames of the pages."""
    rng = random.Random(number)  # noqa: S311
    root, cold = tmp_path / "project", tmp_path / "cold"
    synthetic.write(root, number)
    for name in ("docs", "scripts/archive"):
        shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "mkdocs.yml").write_text(plain_settings(), "utf-8")
    for at in range(edits + 1):
        done = run("build", root=root)
        assert done.code == 0, done.err
        if at and (edits > 3 or at == edits):
            shutil.copytree(root, cold, ignore=shutil.ignore_patterns(".cache", "site"))
            assert run("build", root=cold).code == 0
            made, expected = tree_of(root / "site"), tree_of(cold / "site")
            assert made.keys() == expected.keys()
            assert [path for path in made if made[path] != expected[path]] == []
            shutil.rmtree(cold)
        ON_DISK[at % len(ON_DISK)](root, rng)


def test_a_hand_written_page_is_rendered_again_only_if_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    render = pages.Page.render
    monkeypatch.setattr(
        pages.Page, "render", lambda page, *more: (rendered.append(page.file.src_uri), render(page, *more))
    )
    root = minimal_root(
        tmp_path / "project", {"docs/one.md": "# One\n\n## Part\n", "docs/two.md": "[x](one.md#part)\n"}
    )
    shutil.copytree(PROJECT / "scripts/archive", root / "scripts/archive", ignore=shutil.ignore_patterns("__pycache__"))
    text = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(
        re.sub(r"^not_in_nav: .*\n(?: .*\n)*", "not_in_nav: /*\n", text, flags=re.M), "utf-8"
    )
    for edit, again in (
        ({}, {"one.md", "two.md", "method.md"}),
        ({}, set()),
        ({"docs/one.md": "# One\n\n## Part\n\nMore.\n"}, {"one.md"}),
        ({"docs/three.md": "# Three\n"}, {"one.md", "two.md", "three.md", "method.md"}),  # a link may lead there
    ):
        rendered.clear()
        write_tree(root, edit)
        done = run("build", root=root)
        assert done.code == 0, done.err
        assert set(rendered) >= again
        assert again or not rendered
        assert len(rendered) == 1 or len(again) != 1
    write_tree(root, {"docs/one.md": "# One\n\n## Piece\n"})  # of the page that is not rendered again, a link is wrong
    done = run("build", root=root)
    assert done.code != 0
    assert done.out.startswith("docs/two.md:1:5: the link 'one.md#part' ")


REACHED = {  # at most so many of more than 700 tasks
    "nothing": 0,
    "a hand-written page": 5,
    "a summary": 12,
    "an outlet's label": 110,
    "an event's label": 150,
}


@pytest.mark.parametrize("name", REACHED)
def test_only_what_an_edit_reaches_is_made_again(name: str, archive: Archive, tmp_path: Path) -> None:
    tasks = make(archive, tmp_path / "one")
    edited = EDITS[name](archive, random.Random(1))  # noqa: S311
    again = make(edited, tmp_path / "two", Cache(tasks, tmp_path / "one", replaced=True))
    assert sum(task not in tasks or again[task].files != tasks[task].files for task in again) <= REACHED[name]


def test_an_edited_summary_reaches_no_page_of_the_whole_archive_that_does_not_show_it(
    archive: Archive, tmp_path: Path
) -> None:
    tasks = make(archive, tmp_path / "one")
    edited = EDITS["a summary"](archive, random.Random(1))  # noqa: S311
    again = make(edited, tmp_path / "two", Cache(tasks, tmp_path / "one", replaced=True))
    whole = [
        task for task in tasks if task.startswith(("figures/", "terms/", "timeline/", "new/", "corrections/index"))
    ]
    assert len(whole) >= 6
    assert [task for task in whole if again[task].files != tasks[task].files] == []


def test_a_statement_has_five_files_of_its_own_and_they_are_light(archive: Archive, tmp_path: Path) -> None:
    """But for the frame of its page; what they hold of the summary, in six forms, is most of it."""
    own = [
        made
        for name, task in make(archive, tmp_path / "site").items()
        if re.match(r"statements/[0-9]{4}/[0-9]{4}-", name)
        for made in task.files
    ]
    assert len(own) == 5 * len(archive.statements)
    assert sum(made.stat[0] for made in own) < 38_000 * len(archive.statements)


def damaged(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))[:3]


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_bytes(file.read_bytes().swapcase()),
        lambda file: (file.unlink(), file.symlink_to("/etc/hostname")),
        lambda file: (file.unlink(), file.mkdir()),
    ],
    ids=["removed", "cut", "changed", "a link", "a folder"],
)
def test_a_file_that_is_not_as_it_was_written_is_made_again(
    damage: Callable[[Path], object], archive: Archive, tmp_path: Path
) -> None:
    tasks = make(archive, tmp_path / "one")
    expected = tree_of(tmp_path / "one")
    for file in damaged(tmp_path / "one"):
        damage(file)
    make(archive, tmp_path / "two", Cache(tasks, tmp_path / "one", replaced=True))
    assert tree_of(tmp_path / "two") == expected


def test_what_is_spared_is_not_believed_either(archive: Archive, tmp_path: Path) -> None:
    for _ in range(3):
        expected = tree_of(build(archive, tmp_path))
    spare = tmp_path / storage.SPARE
    assert (spare / "feed.xml").stat().st_ino == (tmp_path / "site/feed.xml").stat().st_ino
    gone, changed, elsewhere = damaged(spare)
    gone.unlink()
    for file in (changed, elsewhere):  # not what the site has, which is the same file
        file.unlink()
    changed.write_bytes(b"of somebody")
    elsewhere.symlink_to("/etc/hostname")
    write_tree(spare, {"more/page.html": "of somebody", ".hidden": "of somebody"})
    assert tree_of(build(archive, tmp_path)) == expected


def test_a_file_with_the_content_of_another_has_its_own_name(archive: Archive, tmp_path: Path) -> None:
    former, sites = NO_CACHE, []
    for name in ("one", "other"):
        sites.append(tmp_path / name)
        files = generate(archive, {f"admin/{name}.js": b"of the form"})
        making = Making(files, sites[-1], archive.site_url, former, lambda *_: None)
        making.others()
        former = Cache(making.tasks, sites[-1], replaced=True)
    assert [[path.name for path in site.glob("admin/*.js")] for site in sites] == [["one.js"], ["other.js"]]


def test_a_site_that_stays_shares_no_file_with_the_next(archive: Archive, tmp_path: Path) -> None:
    tasks = make(archive, tmp_path / "one")
    for replaced, links in ((True, 2), (False, 1)):
        site = tmp_path / f"two-{links}"
        make(archive, site, Cache(tasks, tmp_path / "one", replaced=replaced))
        assert (site / "feed.xml").stat().st_nlink == links
        shutil.rmtree(site)


def kept(archive: Archive, tmp_path: Path) -> dict[str, Task]:
    tasks = make(archive, tmp_path / "site")
    NO_CACHE.save(tmp_path, "key", tmp_path / "site", tasks)
    return tasks


def loaded(tmp_path: Path, key: str = "key") -> Cache:
    return cache.load(tmp_path, key, tmp_path / "site")


def test_what_is_kept_is_found_again(archive: Archive, tmp_path: Path) -> None:
    tasks = kept(archive, tmp_path)
    again = make(archive, tmp_path / "again", loaded(tmp_path))
    assert again == tasks


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_damaged_or_foreign_is_no_cache(
    damage: Callable[[bytes], bytes], archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kept(archive, tmp_path)
    file = tmp_path / storage.SITE
    file.write_bytes(damage(file.read_bytes()))
    assert loaded(tmp_path) is NO_CACHE
    assert not (tmp_path / "canary").exists()


def test_another_program_or_no_cache_makes_everything(archive: Archive, tmp_path: Path) -> None:
    assert loaded(tmp_path) is NO_CACHE
    kept(archive, tmp_path)
    assert loaded(tmp_path) is not NO_CACHE
    assert loaded(tmp_path, "another key") is NO_CACHE


@pytest.mark.parametrize("change", ["theme/main.html", "archive/templates/statement.html", "archive/text/slugs.py"])
def test_the_key_changes_with_the_program(change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_PROGRAM", write_tree(tmp_path / "program", {change: "one"}))
    key = cache.program_key(b"settings")
    assert cache.program_key(b"settings") == key
    assert cache.program_key(b"other settings") != key
    write_tree(tmp_path / "program", {f"{Path(change).parent}/__pycache__/x.pyc": "x"})
    assert cache.program_key(b"settings") == key
    write_tree(tmp_path / "program", {change: "two"})
    assert cache.program_key(b"settings") != key


def test_no_file_of_the_cache_is_larger_than_its_bound(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = kept(archive, tmp_path)
    file = tmp_path / storage.SITE
    monkeypatch.setattr(storage, "_LARGEST", file.stat().st_size - 100)
    assert loaded(tmp_path) is NO_CACHE
    NO_CACHE.save(tmp_path, "key", tmp_path / "site", tasks)
    assert not file.exists()


def test_a_cache_has_one_former_site_and_no_more_than_it_needs(archive: Archive, tmp_path: Path) -> None:
    sizes = []
    for at in range(6):
        build(EDITS["a title"](archive, random.Random(at)), tmp_path)  # noqa: S311
        assert sorted(path.name for path in (tmp_path / ".cache").iterdir()) == ["site", "spare"][: at + 1]
        sizes.append(sum(path.stat().st_size for path in (tmp_path / ".cache").rglob("*") if path.is_file()))
    assert max(sizes[2:]) < 1.1 * sizes[1]


def test_where_nothing_can_be_kept_there_is_no_error(archive: Archive, tmp_path: Path) -> None:
    write_tree(tmp_path, {".cache": "a file"})
    kept(archive, tmp_path)
    assert loaded(tmp_path) is NO_CACHE
    assert (tmp_path / ".cache").read_text("utf-8") == "a file"


@pytest.mark.parametrize(
    "asset", ["robots.txt", "feed.xml", "assets/search.js", "search/mine.txt", "figures/index.html"]
)
def test_a_file_in_docs_does_not_take_the_place_of_one_that_is_made(asset: str, archive: Archive) -> None:
    with pytest.raises(ArchiveError, match=f"docs/{asset} has the name of a file that this program makes"):
        generate(replace(archive, assets=(asset,)))


def test_a_file_that_another_build_has_replaced_is_not_taken_over(archive: Archive, tmp_path: Path) -> None:
    tasks = make(archive, tmp_path / "one")
    expected = tree_of(tmp_path / "one")
    for path in ("feed.xml", "robots.txt"):
        (tmp_path / "one" / path).unlink()
        (tmp_path / "one" / path).write_bytes(b"of another build")
    for replaced in (True, False):
        make(archive, tmp_path / f"two-{replaced}", Cache(tasks, tmp_path / "one", replaced=replaced))
        assert tree_of(tmp_path / f"two-{replaced}") == expected


def test_the_pages_are_made_again_in_another_frame(archive: Archive, tmp_path: Path) -> None:
    tasks = make(archive, tmp_path / "one")
    (tmp_path / "two").mkdir()
    former = Cache(tasks, tmp_path / "one", replaced=True)
    making = Making(generate(archive), tmp_path / "two", archive.site_url, former, lambda *_: None)
    making.pages(lambda path, page: f"<html>{page.title}</html>", "another frame")
    pages = [task for name, task in making.tasks.items() if name.endswith(".md")]
    assert pages
    assert all(
        (tmp_path / "two" / made.path).read_bytes().startswith(b"<html>") for task in pages for made in task.files
    )
    assert not any(task in tasks.values() for task in pages)
