"""Make the fields of the form at `/admin/` from the field table and the authorities, as Sveltia CMS reads them.

Every value is text, so that a number is written to the file as it was typed. The schema of the format is
`schema/sveltia-cms.json` in the package of Sveltia CMS.
"""

from typing import Any

from archive.content import writer
from archive.model import authorities, statement_fields, types, vocabularies
from archive.model.fields import Field, Record
from archive.model.records import Archive
from archive.text import formatting, slugs

Input = dict[str, Any]
Options = dict[str, dict[str, str]]  # vocabulary, or a field's name -> id -> what is shown

# how an entry of a list is shown while it is collapsed
_COLLAPSED = {
    "change": "{{date}} {{note}}",
    "figure": "{{measure}} {{group}} {{value}}",
    "relation": "{{relation}} {{id}}",
    "request": "{{asks}}",
    "source": "{{outlet}} {{published}}",
    "term": "{{term}}",
}
_LABELS = {"url": "URL", "archived_url": "Archived URL", "sha256": "SHA-256"}


def inputs(archive: Archive) -> list[Input]:
    """Return the fields of a statement, in the order of the table, and its summary."""
    offered: Options = {
        name: {id: f"{entry.label} ({id})" for id, entry in archive.authorities[name].items()}
        for name in authorities.RECORDS
    }
    offered["group"] = {group: group for measure in archive.measures.values() for group in measure.groups}
    fields = [_input(field, offered) for field in statement_fields.STATEMENT.fields]
    for field, input in zip(statement_fields.STATEMENT.fields, fields, strict=True):
        # the form also gives a default to an existing record that leaves the field open
        if begun := [field.record.initial_values] if field.record and field.record.initial_values else field.initial:
            input["default"] = begun
    summary = {
        "name": "body",
        "label": "Summary",
        "widget": "text",
        "required": True,
        "hint": statement_fields.SUMMARY_HELP,
    }
    return [*fields, summary]


def format_table() -> dict[str, Any]:
    """Return what the form's own program needs to know to format a record as `writer` does, and to suggest its id."""
    return {
        "fields": _formats(statement_fields.STATEMENT),
        "unquoted": [writer.UNQUOTED[is_typed, in_flow] for is_typed in (False, True) for in_flow in (False, True)],
        "width": writer.WIDTH,
        "letters": slugs.LETTERS,
        "passed_over": sorted(slugs.STOP_WORDS),
        "words": slugs.USUAL_WORDS,
        "most_letters": slugs.MAX_LETTERS,
        "occasion": slugs.OCCASION,
        "forms": list(vocabularies.FORMS),
    }


def _formats(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "name": field.name,
            "many": field.many,
            "typed": writer.is_typed(field.type),
            "prose": field.type is types.PROSE,
            **({"fields": _formats(field.record), "small": writer.is_small(field.record)} if field.record else {}),
        }
        for field in record.fields
    ]


def label(name: str) -> str:
    """Return a field's name in words: "Date basis" for "date_basis"."""
    return _LABELS.get(name, formatting.capitalised(name.replace("_", " ")))


def _input(field: Field, offered: Options) -> Input:
    input: Input = {"name": field.name, "label": label(field.name), "required": field.required, "hint": _hint(field)}
    least = ({"min": 1} if field.required else {}) | ({"max": field.most} if field.most else {})
    if field.record is not None:
        fields = [_input(part, offered) for part in field.record.fields]
        collapsed = (
            False if field.record.initial_values else "auto"
        )  # what a new record begins with is still to be completed
        item = {"label_singular": field.record.name, "summary": _COLLAPSED[field.record.name], "collapsed": collapsed}
        return input | {"widget": "list", **least, **item, "fields": fields}
    if options := _options(field, offered):
        several = {"multiple": True, **least} if field.many else {}
        return input | {"widget": "select", **several, "options": options}
    if field.many:
        former = {"name": "one", "label": "Former id", "widget": "string", "pattern": _pattern(field)}
        return input | {"widget": "list", "label_singular": "former id", "field": former}
    if field.type is types.PROSE:
        return input | {"widget": "text"}
    return input | {"widget": "string"} | ({} if field.type is types.TEXT else {"pattern": _pattern(field)})


def _hint(field: Field) -> str:
    if field.default:
        return f"{field.help} If left open: {field.default}."
    if field.record or field.choices or field.vocabulary or not field.example:
        return field.help
    return f"{field.help} For example: {', '.join(field.examples)}"


def _pattern(field: Field) -> list[str]:
    return [f"^(?:{field.type.pattern})$", f"Allowed: {field.type.allowed}"]


def _options(field: Field, offered: Options) -> list[dict[str, str]]:
    """Return what a field's value is chosen from; nothing where it is typed."""
    if field.choices is None:
        return [{"value": id, "label": text} for id, text in offered.get(field.vocabulary or field.name, {}).items()]
    return [
        {"value": value, "label": meaning if meaning.startswith(value) else f"{value}: {meaning}"}
        for value, meaning in field.choices.items()
    ]
