"""The schemas accept what the archive accepts, read as it reads or as an editor does, and refuse what they can see."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from archive import exports
from archive.content import reader
from archive.exports.data import json_schema
from archive.exports.data.json_schema import all_schemas, nested_records
from archive.model import authorities, authority_fields, edtf, fields, index, statement_fields, types, vocabularies
from archive.model.document import Fields, Items, Node
from archive.validation import validate
from builders import DATA, MINIMAL, PROJECT, archive_of, real, statement_text
from exported import content

BAD = DATA / "bad"
SCHEMAS = ["statement", *authorities.RECORDS, "wording"]
RECORDS = (statement_fields.STATEMENT, *authorities.RECORDS.values(), authority_fields.WORDING)

# Whether a schema of one file's fields can see what is wrong in a bad case, and if not, what is wrong instead
SEEN = "seen"
FILE = "the file, its name, its place or its YAML"
BODY = "the summary"
WORDING = "which words are used where"
OTHERS = "another record, or two fields together"
SCRIPTS = "what is a letter in any script, which patterns cannot say in the same way everywhere"
CASES = {
    "address-not-one": SEEN,
    "alias": FILE,
    "alias-bomb": FILE,
    "alias-of-itself": SEEN,
    "alias-taken": OTHERS,
    "all-at-once": SEEN,
    "anchor": FILE,
    "apostrophe-within-apostrophes": FILE,
    "authority-entry-wrong": SEEN,
    "authority-file-broken": FILE,
    "bad-date": SEEN,
    "bidirectional-isolate-in-body": BODY,
    "bidirectional-override": SEEN,
    "bidirectional-override-escaped": SEEN,
    "blank-file": FILE,
    "blank-line-before-front-matter": FILE,
    "byte-order-mark": FILE,
    "claim-without-source-or-place": SEEN,
    "colon-in-a-group": FILE,
    "comma-in-a-number": SEEN,
    "comment-after-a-list": SEEN,
    "comment-after-a-value": FILE,
    "comment-in-an-authority-file": FILE,
    "conflict-markers": FILE,
    "conflict-markers-in-the-body": BODY,
    "control-character": FILE,
    "control-character-escaped": SEEN,
    "control-character-in-body": BODY,
    "date-after-the-first-report": OTHERS,
    "date-after-today": OTHERS,
    "date-not-of-the-first-report": OTHERS,
    "deep-nesting": SEEN,
    "directory-named-like-a-record": FILE,
    "docs-elsewhere": OTHERS,
    "doubt-left-in-a-published-record": FILE,
    "draft-without-history": SEEN,
    "duplicate-key": FILE,
    "duplicate-key-nested": FILE,
    "empty-authority-file": SEEN,
    "empty-body": BODY,
    "empty-date": SEEN,
    "empty-file": FILE,
    "empty-title-twice": SEEN,
    "empty-values": SEEN,
    "entry-that-many-cite": OTHERS,
    "event-cited-and-mentioned": OTHERS,
    "extent-read-without-retrieved-at": SEEN,
    "figure-event-not-cited": OTHERS,
    "figure-not-whole": SEEN,
    "figure-of-unknown-group": SEEN,
    "figure-with-min-above-max": OTHERS,
    "figure-with-odd-numbers": SEEN,
    "figure-with-qualified-range": SEEN,
    "figure-with-value-and-range": SEEN,
    "figure-without-a-number": SEEN,
    "file-name-more-precise-than-the-date": FILE,
    "file-name-not-an-id": FILE,
    "file-name-not-the-date": FILE,
    "folder-not-the-year": FILE,
    "front-matter-empty": SEEN,
    "front-matter-not-closed": FILE,
    "front-matter-not-fields": SEEN,
    "front-matter-only-text": SEEN,
    "full-width-colon": FILE,
    "history-before-the-reading": OTHERS,
    "history-before-the-statement": OTHERS,
    "history-out-of-order": OTHERS,
    "history-with-a-second-addition": SEEN,
    "id-mistyped-often": SEEN,
    "id-that-windows-reserves": SEEN,
    "ids-alike-but-for-letter-case": FILE,
    "ids-of-authorities-alike-but-for-letter-case": SEEN,
    "impossible-date": SEEN,
    "indentation-of-a-field": FILE,
    "indentation-one-more": FILE,
    "invalid-yaml": FILE,
    "invisible-key": SEEN,
    "label-without-a-word": SCRIPTS,
    "link-in-html-to-nowhere": OTHERS,
    "link-of-a-page-to-nowhere": OTHERS,
    "link-to-a-draft": OTHERS,
    "link-to-nowhere": BODY,
    "list-entries-twice": SEEN,
    "list-for-a-key": FILE,
    "list-for-a-value": SEEN,
    "loaded-word-in-history": WORDING,
    "loaded-word-in-label": WORDING,
    "loaded-word-in-title": WORDING,
    "loaded-word-unattributed": WORDING,
    "markup-in-prose": BODY,
    "measure-without-words": OTHERS,
    "merge-key": SEEN,
    "missing-date": SEEN,
    "missing-field": SEEN,
    "missing-sources-and-history": SEEN,
    "new-outlet": SEEN,
    "no-break-space-after-colon": FILE,
    "no-front-matter": FILE,
    "no-space-after-colon": FILE,
    "not-utf-8": FILE,
    "number-sign-in-a-group": FILE,
    "number-that-becomes-a-list": BODY,
    "odd-space-that-is-no-mistake": FILE,
    "own-ancestor-at-once": OTHERS,
    "own-ancestor-in-a-circle": OTHERS,
    "page-not-in-the-menu": OTHERS,
    "page-with-a-hidden-program": OTHERS,
    "page-with-a-program": OTHERS,
    "parent-unknown": SEEN,
    "patterns-that-are-none": OTHERS,
    "picture-with-a-program": OTHERS,
    "place-not-one": SEEN,
    "place-without-a-name-of-each-side": OTHERS,
    "quotation-marks-that-do-not-match": FILE,
    "quotation-too-long": BODY,
    "quotations-too-long-together": BODY,
    "record-in-another-folder": FILE,
    "related-to-a-draft": OTHERS,
    "related-to-itself": OTHERS,
    "related-to-nothing": SEEN,
    "report-of-another-scheme": OTHERS,
    "report-of-two-statements": OTHERS,
    "report-without-address-twice": OTHERS,
    "retrieved-at-without-extent-read": OTHERS,
    "reversed-interval": OTHERS,
    "second-yaml-document": FILE,
    "second-yaml-document-in-an-authority-file": FILE,
    "setting-of-another-kind": OTHERS,
    "setting-that-stands-twice": OTHERS,
    "setting-unknown": OTHERS,
    "setting-with-an-alias": OTHERS,
    "settings-no-yaml": OTHERS,
    "sha256-not-one": SEEN,
    "sha256-without-retrieved-at": SEEN,
    "source-of-the-only-one": SEEN,
    "source-out-of-range": SEEN,
    "statement-of-the-future": OTHERS,
    "stray-file": FILE,
    "summary-of-an-event-without-sources": SEEN,
    "summary-still-to-be-written": BODY,
    "symbolic-link": FILE,
    "tabs-in-yaml": FILE,
    "tag": FILE,
    "title-of-a-draft-left": OTHERS,
    "title-of-two-records": OTHERS,
    "title-on-two-lines": SEEN,
    "too-many-topics": SEEN,
    "two-records-with-one-id": FILE,
    "two-scripts-in-a-word": WORDING,
    "unclosed-bracket": FILE,
    "unclosed-group": FILE,
    "unclosed-quote": FILE,
    "unknown-authority-file": FILE,
    "unknown-id": SEEN,
    "unknown-key": SEEN,
    "unknown-topic-and-place": SEEN,
    "unknown-value": SEEN,
    "utf-16": FILE,
    "value-begins-with-ampersand": FILE,
    "value-begins-with-asterisk": FILE,
    "value-begins-with-at-sign": FILE,
    "value-begins-with-backquote": FILE,
    "value-begins-with-per-cent": FILE,
    "value-for-a-list": SEEN,
    "value-for-a-record": SEEN,
    "web-page": FILE,
    "withdrawal-of-a-published-record": OTHERS,
    "withdrawn-without-withdrawal": SEEN,
    "word-document": FILE,
    "wording-exception-twice": OTHERS,
    "wording-exception-unneeded": OTHERS,
    "wording-file-wrong": SEEN,
    "words-of-two-events": OTHERS,
    "zero-width-space": BODY,
}


def plain(node: Node) -> Any:
    """Return a document as the archive reads it, with texts only."""
    if isinstance(node, Fields):
        return {name: plain(value) for name, value in node.entries.items()}
    return [plain(item) for item in node.items] if isinstance(node, Items) else node.value


Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Editor(Loader):  # type: ignore[misc]
    """YAML with its own typing, but for dates, which JSON has as texts."""


Editor.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if not pair[0].endswith(":timestamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def edited(text: str) -> Any:
    """Read a text as an editor does; without aliases, as one case is a bomb."""
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader)):
        raise yaml.YAMLError("alias")
    return yaml.load(text, Editor)  # noqa: S506 a safe loader


def schema_of(path: str) -> str:
    """Return the name of the schema of a content file, or "" if there is none."""
    match = re.fullmatch(r"statements/(?:[0-9]{4}/[^/]+\.md|authorities/([^/]+)\.yml)", path)
    name = (match[1] or "statement") if match else ""
    return name if name in SCHEMAS else ""


def as_read(root: Path) -> Iterator[tuple[str, Any]]:
    """Yield path and content of every file that the archive can read."""
    reading = reader.read(root)
    for document in (*reading.statements, *reading.authorities):
        yield document.path, plain(document.fields)


def as_edited(root: Path) -> Iterator[tuple[str, Any]]:
    """Yield path and content of every file that is YAML or has YAML front matter."""
    for file in sorted((root / "statements").rglob("*.*")):
        try:
            text = file.read_text("utf-8")
            if file.suffix == ".md":
                text = text.split("---\n")[1]
            yield file.relative_to(root).as_posix(), json.loads(json.dumps(edited(text)))
        except (OSError, UnicodeDecodeError, IndexError, yaml.YAMLError):
            pass  # an editor shows no more than that


Reading = Callable[[Path], Iterator[tuple[str, Any]]]
READINGS: tuple[Reading, ...] = (as_read, as_edited)


@cache
def validators(root: Path) -> dict[str, Draft202012Validator]:
    """Return a validator for each schema of the archive at this root, by the schema's name."""
    archive = real() if root == PROJECT else validate.check(reader.read(root))[0]
    schemas = list(all_schemas(archive, "https://archive.example/data/v1/"))
    for described in schemas:
        Draft202012Validator.check_schema(described.schema)
    names = [described.name.removeprefix("schemas/").removesuffix(".schema.json") for described in schemas]
    checker = Draft202012Validator.FORMAT_CHECKER
    schema_validators = [Draft202012Validator(described.schema, format_checker=checker) for described in schemas]
    return dict(zip(names, schema_validators, strict=True))


@cache
def errors(root: Path, name: str, content: str) -> tuple[str, ...]:
    """Return the JSON paths of the errors that a schema of the archive finds in a file's content, given as JSON."""
    return tuple(error.json_path for error in validators(root)[name].iter_errors(json.loads(content)))


def refused(root: Path, of: Path, reading: Reading) -> dict[str, list[str]]:
    """Return the errors that the schemas of the archive `of` find in each readable file that has a schema, by path."""
    return {
        path: list(errors(of, schema_of(path), json.dumps(fields)))  # most files are the same in each reading
        for path, fields in reading(root)
        if schema_of(path)
    }


def test_each_file_has_a_schema() -> None:
    assert list(validators(MINIMAL)) == SCHEMAS


@pytest.mark.parametrize("root", [PROJECT, MINIMAL], ids=["project", "minimal"])
def test_every_record_and_authority_file_is_accepted(root: Path) -> None:
    files = [path.relative_to(root).as_posix() for path in sorted((root / "statements").rglob("*.*"))]
    for reading in READINGS:
        assert refused(root, root, reading) == {path: [] for path in files}, reading.__name__


def verdicts(case: str) -> dict[str, bool]:
    """Return whether the schemas of the minimal archive refuse a file of a bad case, by reading."""
    refusals = {reading.__name__: refused(BAD / case, MINIMAL, reading) for reading in READINGS}
    return {name: any(errors.values()) for name, errors in refusals.items() if errors}


def test_a_mistake_is_refused_where_a_schema_can_see_it() -> None:
    results = {case: verdicts(case) for case in CASES}
    # YAML 1.1, of which the editor of this test is, merges; the archive and YAML 1.2 do not
    assert results["merge-key"].pop("as_edited") is False
    seen = {case for case, kind in CASES.items() if kind == SEEN}
    assert {case: results[case] for case in seen if set(results[case].values()) != {True}} == {}
    assert {case: results[case] for case in CASES.keys() - seen if True in results[case].values()} == {}


def test_no_bad_case_is_left_out() -> None:
    assert sorted(CASES) == sorted(path.name for path in BAD.iterdir())


def valid(name: str, **changes: Any) -> bool:
    """Return whether the schema accepts a statement with these changes; None removes a field."""
    return validators(MINIMAL)[name].is_valid(edited(statement_text(**changes).split("---\n")[1]))


def figure(**more: Any) -> list[dict[str, Any]]:
    return [{"event": "bridge-2020", "measure": "boats-counted", **more}]


@pytest.mark.parametrize(
    ("changes", "accepted"),
    [
        ({}, True),
        ({"sources": None}, False),
        ({"sources": None, "status": "draft"}, True),
        ({"sources": None, "status": "published"}, False),
        ({"history": None, "status": "draft"}, False),
        ({"figures": figure(value=3)}, True),
        ({"figures": figure(value="3", qualifier="about")}, True),
        ({"figures": figure(min=3)}, True),
        ({"figures": figure(min=3, max=4.5, qualifier="exactly")}, True),
        ({"figures": figure(min=3, qualifier="about")}, False),
        ({"figures": figure(value=3, max=4)}, False),
        ({"figures": figure()}, False),
        ({"figures": figure(value=-1)}, False),
        ({"figures": figure(value=3, group="small")}, True),
        ({"figures": figure(value=3, group="tall")}, False),
        ({"date": 1988}, True),
        ({"date": "1988-13"}, False),
        ({"date": "1988-04-31"}, False),
        ({"date": "1988-04/1989~"}, True),
        ({"title": 1988}, True),
        ({"title": "Two\nlines"}, False),
        ({"title": " "}, False),
        ({"events": []}, False),
        ({"events": ["bridge-2020", "bridge-2020"]}, False),
        ({"events": ["elsewhere"]}, False),
    ],
)
def test_a_statement_is_accepted_or_refused(changes: dict[str, Any], accepted: bool) -> None:
    assert valid("statement", **changes) is accepted


FIELDS = {
    f"{record.name}.{field.name}": field
    for kind in RECORDS
    for record in nested_records(kind)
    for field in record.fields
}


def unfit(name: str, field: fields.Field) -> Iterator[str]:
    """Yield the errors of a field's example in the schemas of the real archive."""
    record, _, own = name.partition(".")
    schema_of_file = next(v.schema for v in validators(PROJECT).values() if properties_of(v.schema, record))
    schema = properties_of(schema_of_file, record)[own]
    check_one = Draft202012Validator({"$defs": schema_of_file["$defs"], "allOf": [schema]})
    if not schema["description"].startswith(field.help):
        yield f"is described as {schema['description']!r}"
    examples = schema.get("examples", [])
    if field.record is not None:
        if examples:
            yield "has examples"
        examples = [edited(field.example_text)]
    if not examples:
        yield "has no example"
    for example in examples:
        yield from (f"{example!r}: {error.message}" for error in check_one.iter_errors(example))


def test_each_example_is_itself_valid() -> None:
    assert [f"{name}: {what}" for name, field in FIELDS.items() for what in unfit(name, field)] == []


def properties_of(schema: dict[str, Any], record: str) -> dict[str, Any]:
    """Return the properties of this kind of record in a schema, if it is in it."""
    if schema["title"].casefold() == record:
        return dict(schema.get("properties", {}))
    properties: dict[str, Any] = schema["$defs"].get(record, {}).get("properties", {})
    return properties


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y", "%Y-%d-%m", "%d-%m-%Y", "%Y-%m-31", "%Y-%m-%d?"]))
def test_a_date_is_refused_by_the_pattern_if_and_only_if_it_is_by_the_archive(day: Any, form: str) -> None:
    text = day.strftime(form).rjust(len(form.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD")), "0")
    matches = re.fullmatch(types.DATE.pattern, text) is not None
    assert matches is parsed(text) or text.rstrip("?").endswith("02-29")


def parsed(text: str) -> bool:
    try:
        edtf.parse(text)
    except ValueError:
        return False
    return True


def patterns(part: Any) -> set[str]:
    if isinstance(part, list):
        return set().union(*map(patterns, part))
    if not isinstance(part, dict):
        return set()
    here = {part["pattern"]} if isinstance(part.get("pattern"), str) else set()
    return here.union(*map(patterns, part.values()))


def test_a_pattern_says_the_same_in_an_editor() -> None:
    """ECMA 262 with the flag u admits no escape but these, and no group but these."""
    all_patterns = set().union(*(patterns(validator.schema) for validator in validators(PROJECT).values()))
    assert len(all_patterns) > 10
    for pattern in all_patterns:
        assert set(re.findall(r"\\(.)", pattern)) <= set("sSnux.^[]{}|/?\\")
        assert set(re.findall(r"\(\?(.)", pattern)) <= {":", "!"}


def test_each_authority_file_names_its_schema_for_editors() -> None:
    files = exports.files(real(), index.build(real()))
    checked = []
    for file in sorted((PROJECT / "statements" / "authorities").glob("*.yml")):
        text = file.read_text("utf-8")
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert named, file.name
        place = (file.parent / named[1]).resolve().relative_to(PROJECT / "site").as_posix()
        schema = json.loads(files[place]())
        assert schema["$schema"] == json_schema.DIALECT, file.name
        assert schema["$id"].endswith(f"/{place}"), file.name
        errors = Draft202012Validator(schema).iter_errors(edited(text))
        assert [error.message for error in errors] == [], file.name
        checked.append(file.stem)
    assert sorted(checked) == sorted(SCHEMAS[1:])


def test_the_schemas_are_files_of_the_data_set() -> None:
    files = content(archive_of())
    sums = files["data/v1/SHA256SUMS"].decode()
    for name in SCHEMAS:
        file = f"schemas/{name}.schema.json"
        assert f"  {file}\n" in sums
        assert b"\xe2\x80\x8b" not in files[f"data/v1/{file}"]


def test_a_closed_list_says_what_its_values_mean() -> None:
    form = validators(MINIMAL)["statement"].schema["properties"]["form"]
    assert dict(zip(form["enum"], form["enumDescriptions"], strict=True)) == vocabularies.FORMS
    ids = validators(MINIMAL)["statement"].schema["$defs"]["events"]
    assert ids["enumDescriptions"][ids["enum"].index("harbour-1992")]
