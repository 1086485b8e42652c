"""Test `archive new`: a draft that is valid at once, and what is refused."""

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import cli
from archive.authoring import new as new_record
from archive.content import reader
from archive.content.reader import read_statement
from archive.model import edtf, statement_fields, types, vocabularies
from archive.model.document import Problem
from archive.model.errors import ArchiveError
from archive.text.slugs import suggest_slugs
from archive.validation import validate
from builders import FIRST, minimal_root, problems, statement_text, tree_of, write_tree

TODAY = datetime.date(2026, 11, 24)
ISSUERS = "statements/authorities/issuers.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project with one statement, 2021-09-21-first."""
    return minimal_root(tmp_path / "root")


def new(root: Path, date: str, title: str, **more: str) -> new_record.NewRecord:
    return new_record.new_record(reader.read(root), date, title, TODAY, **more)


def test_a_draft_is_created_in_its_place_and_is_valid_at_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree_of(root)
    assert cli.main(["new", "2022-03", "Open letter on the bridge", "--root", str(root)]) == 0
    message = capsys.readouterr().out
    (path,) = tree_of(root).keys() - before.keys()
    assert path == "statements/2022/2022-03-bridge.md"
    assert message.startswith(f"Made {path}, a draft.\n")
    assert message.count("\n") == 2
    assert cli.main(["check", "--no-cache", "--root", str(root)]) == 0
    assert cli.main(["new", "2022-03", "Open letter on the bridge", "--root", str(root)]) == 2
    assert {name: data for name, data in tree_of(root).items() if name != path} == before


def test_a_draft_says_what_it_is_and_what_is_still_to_be_filled(root: Path) -> None:
    made = new(root, "2022-03-04", "Open letter on the bridge")
    assert made.problems == ()
    document = read_statement(made.path, made.text.encode())
    assert not isinstance(document, Problem)
    values_ = {name: getattr(node, "value", "") for name, node in document.fields.entries.items()}
    assert values_["title"] == "Open letter on the bridge"
    assert (values_["date"], values_["form"], values_["issuer"]) == ("2022-03-04", "open-letter", "office")
    assert values_["status"] == "draft"
    assert "- {date: 2026-11-24, kind: addition, note: First archived.}" in made.text
    assert document.body.strip() == statement_fields.UNWRITTEN
    head, _, fields = made.text.partition("\ntitle:")
    for field in statement_fields.STATEMENT.fields:
        assert re.search(rf"^#?{field.name}:", f"title:{fields}", re.MULTILINE) or not field.required, field.name
        assert field.required or re.search(rf"\b{field.name}\b", head), field.name
    assert re.search(r" at\s+# /data-dictionary/$| at /data-dictionary/$", head)
    assert made.text.count("\n") < 40


def test_a_draft_cannot_be_published_as_it_is(tmp_path: Path) -> None:
    path = "statements/2022/2022-03-bridge.md"
    made = new(minimal_root(tmp_path / "a"), "2022-03", "Statement on another bridge")
    published = made.text.replace("status: draft", "status: published")
    found = problems(tmp_path / "b", {path: published})
    assert {problem.field for problem in found} == {"subjects", "sources", "body"}
    summary = statement_text(statement_fields.UNWRITTEN)
    assert [problem.field for problem in problems(tmp_path / "c", {FIRST: summary})] == ["body"]


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("Open letter on the bridge", "open-letter"),
        ("Open-letter on the bridge", "open-letter"),
        ("Letter to the harbour", "letter"),
        ("Joint appeal to the harbour", "appeal"),
        ("Second report about the statement of May", "report"),
        ("Statement on an open letter", "statement"),
        ("Postal bridge", ""),
        ("On the statement", ""),
        ("Bridge", ""),
    ],
)
def test_the_form_is_what_the_title_begins_with(title: str, form: str, root: Path) -> None:
    assert new_record.form_of_title(title) == form
    made = new(root, "2022-03", title)
    assert f"\nform: {form or 'statement'}\n" in made.text
    assert ("The title names none" in made.text) == (not form)
    assert "\nform: speech\n" in new(root, "2022-03", title, form="speech").text


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Statement on the 31st anniversary of the events in Khojaly", "anniversary-khojaly"),
        ("Appeal on threats to peace in the region", "threats-peace-region"),
        ("Kəlbəcər şəhəri haqqında ağır məlumat", "kalbacar-shahari-haqqinda-aghir"),
        ("İğdır, Çıldır", "ighdir-childir"),
        ("Обращение о минах в Шуше", "obrashchenie-minakh-shushe"),
        ("Ходжалы", "khodzhaly"),
        ("The ombudsman's letter", "ombudsman"),
        ("São Tomé & Ærø", "sao-tome-aero"),
        ("Statement", "statement"),
        ("2021", "statement"),
        ("聲明", "statement"),
        ("a" * 300, "a" * 48),
        ("!", "statement"),
    ],
)
def test_the_id_is_made_from_the_meaningful_words(title: str, words: str) -> None:
    form = new_record.form_of_title(title) or "statement"
    assert suggest_slugs(title, form)[0] == words


@given(st.text(max_size=80), st.sampled_from(sorted(vocabularies.FORMS)))
def test_any_title_gives_words_for_an_id(title: str, form: str) -> None:
    found = suggest_slugs(title, form)
    assert len(found) == len(set(found)) > 0
    for words in found:
        assert types.STEM.fullmatch(f"2021-{words}")


def test_other_ids_that_are_free_are_named(root: Path) -> None:
    title = "Letter on boats, bridges, harbours, piers and ships"
    write_tree(root, {"statements/2022/2022-03-boats-bridges.md": statement_text(date="2022-03")})
    made = new(root, "2022-03", title)
    assert made.path.endswith("/2022-03-boats-bridges-harbours-piers.md")
    assert "2022-03-boats-bridges-harbours-piers-ships, 2022-03-letter-boats-bridges.\n" in made.text


@pytest.mark.parametrize(
    ("given", "id"),
    [("peace appeal", "2022-03-peace-appeal"), ("2022-03-peace", "2022-03-peace"), ("Şuşa", "2022-03-shusha")],
)
def test_the_words_of_the_id_can_be_given(given: str, id: str, root: Path) -> None:
    assert new(root, "2022-03", "Statement on the bridge", words=given).path == f"statements/2022/{id}.md"


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (
            ("2021-02-30", "Statement on the bridge"),
            "date: '2021-02-30': no such day in the calendar; allowed",
            2,
        ),
        (("yesterday", "Statement on the bridge"), "date: 'yesterday': not a date of the form", 2),
        (("2021", " "), "title: is empty", 2),
        (("2021", "A\u202eB"), "title: character U+202E RIGHT-TO-LEFT OVERRIDE is not allowed", 2),
        (("2021", "Statement on the genocide"), "title: uses 'genocide' (name the act or place", 1),
        (("2021", "Statement on 'terror'"), "title: uses 'terror' (name the act or place", 1),
        (("2021", "Letter", "--form", "leter"), "form: 'leter' is not allowed; did you mean 'letter'?", 2),
        (("2021", "Letter", "--issuer", "king"), "issuer: 'king' is not allowed; allowed: office", 2),
        (("2021", "Letter", "--id", "2021-03"), "id: '2021-03' makes no id", 2),
        (("2021", "Letter", "--id", "..."), "id: '...' makes no id", 2),
        (("2021-09-21", "First"), f"id: 2021-09-21-first is already the id of {FIRST}", 2),
        (("2021-09-21", "Older"), f"id: 2021-09-21-older is already an alias of {FIRST}", 2),
        (
            ("2021-09-21", "Broken"),
            "already the id of statements/2021/2021-09-21-Broken.md",
            2,
        ),
        (("2021-09-21", "Elsewhere"), "the id of statements/2020/2021-09-21-elsewhere.md", 2),
    ],
)
def test_a_refused_draft_leaves_no_file(
    arguments: tuple[str, ...], message: str, code: int, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tree(
        root,
        {
            FIRST: statement_text(aliases=["2021-09-21-older"]),
            "statements/2021/2021-09-21-Broken.md": "",
            "statements/2020/2021-09-21-elsewhere.md": statement_text(),
        },
    )
    before = tree_of(root)
    assert cli.main(["new", *arguments, "--root", str(root)]) == code
    assert message in capsys.readouterr().err
    assert tree_of(root) == before


def test_the_loaded_word_is_refused_in_the_words_of_the_check(root: Path) -> None:
    made = new(root, "2021", "Statement on terror")
    write_tree(root, {made.path: made.text})
    _, found = validate.check(reader.read(root))
    assert made.problems == found
    assert len(found) == 1


def test_one_of_several_issuers_must_be_chosen(root: Path) -> None:
    write_tree(root, {ISSUERS: "office: {label: The Office}\nbureau: {label: The Bureau}\n"})
    with pytest.raises(ArchiveError, match="choose one with --issuer: office, bureau"):
        new(root, "2021", "Letter")
    assert "\nissuer: bureau\n" in new(root, "2021", "Letter", issuer="bureau").text
    write_tree(root, {ISSUERS: "["})
    with pytest.raises(ArchiveError, match=r"there is none in authorities/issuers\.yml"):
        new(root, "2021", "Letter")


def test_a_problem_elsewhere_does_not_stop_a_new_draft(root: Path) -> None:
    write_tree(root, {FIRST: "---\n[\n---\n"})
    assert new(root, "2021", "Letter").problems == ()


def test_any_date_of_the_grammar_gives_a_valid_draft(root: Path) -> None:
    for date in ("2021", "2021-09", "2021-09-21?", "2021~", "2021-09-21/2021-10", "1990/1991"):
        made = new(root, date, "Statement on the bridge")
        assert made.problems == ()
        assert made.path == f"statements/{date[:4]}/{edtf.parse(date).start.text}-bridge.md"
