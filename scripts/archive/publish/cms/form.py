"""The field table and the authorities -> the fields of the form at `/admin/`, as Sveltia CMS reads them.

Every value is kept as text, so that a number stands in the file as it was typed. The format is that of Sveltia CMS's
configuration, which its package describes in `schema/sveltia-cms.json`.
"""

from typing import Any

from archive.model import authority_fields, statement_fields, types
from archive.model.fields import Field
from archive.model.records import Archive
from archive.text import formatting

Input = dict[str, Any]
Options = dict[str, dict[str, str]]  # vocabulary, or a field's name -> id -> what is shown

# how an entry of a list is shown while it is folded
_FOLDED = {
    "change": "{{date}} {{note}}",
    "figure": "{{measure}} {{group}} {{value}}",
    "relation": "{{relation}} {{id}}",
    "request": "{{asks}}",
    "source": "{{outlet}} {{published}}",
    "term": "{{term}}",
}
_SPELT = {"url": "URL", "archived_url": "Archived URL", "sha256": "SHA-256"}


def inputs(archive: Archive) -> list[Input]:
    """The fields of a statement, in the order of the table, and its summary."""
    offered: Options = {
        name: {id: f"{entry.label} ({id})" for id, entry in getattr(archive, name).items()}
        for name in authority_fields.AUTHORITIES
    }
    offered["group"] = {group: group for measure in archive.measures.values() for group in measure.groups}
    made = [_input(field, offered) for field in statement_fields.STATEMENT.fields]
    for field, each in zip(statement_fields.STATEMENT.fields, made, strict=True):
        # the form gives it to a record that is opened, too, where that leaves the field open
        if begun := [field.record.initial_values] if field.record and field.record.initial_values else field.initial:
            each["default"] = begun
        if field.name == "status":
            each |= {"required": True, "hint": each["hint"].partition(" If left open")[0]}
    summary = {
        "name": "body",
        "label": "Summary",
        "widget": "text",
        "required": True,
        "hint": statement_fields.SUMMARY_HELP,
    }
    return [*made, summary]


def label(name: str) -> str:
    """A field's name in words: "date_basis" -> "Date basis"."""
    return _SPELT.get(name, formatting.capitalised(name.replace("_", " ")))


def _input(field: Field, offered: Options) -> Input:
    made: Input = {"name": field.name, "label": label(field.name), "required": field.required, "hint": _hint(field)}
    least = {"min": 1} if field.required else {}
    if field.record is not None:
        within = [_input(each, offered) for each in field.record.fields]
        folded = (
            False if field.record.initial_values else "auto"
        )  # what a new record begins with is still to be completed
        item = {"label_singular": field.record.name, "summary": _FOLDED[field.record.name], "collapsed": folded}
        return made | {"widget": "list", **least, **item, "fields": within}
    if options := _options(field, offered):
        several = {"multiple": True, **least} if field.many else {}
        return made | {"widget": "select", **several, "options": options}
    if field.many:
        one = {"name": "one", "label": "Former id", "widget": "string", "pattern": _pattern(field)}
        return made | {"widget": "list", "label_singular": "former id", "field": one}
    if field.type is types.PROSE:
        return made | {"widget": "text"}
    return made | {"widget": "string"} | ({} if field.type is types.TEXT else {"pattern": _pattern(field)})


def _hint(field: Field) -> str:
    if field.default:
        return f"{field.help} If left open: {field.default}."
    if field.record or field.choices or field.vocabulary or not field.example:
        return field.help
    return f"{field.help} For example: {', '.join(field.examples)}"


def _pattern(field: Field) -> list[str]:
    return [f"^(?:{field.type.pattern})$", f"Allowed: {field.type.allowed}"]


def _options(field: Field, offered: Options) -> list[dict[str, str]]:
    """What a field's value is chosen from; nothing where it is typed."""
    if field.choices is None:
        return [{"value": id, "label": text} for id, text in offered.get(field.vocabulary or field.name, {}).items()]
    return [
        {"value": value, "label": meaning if meaning.startswith(value) else f"{value}: {meaning}"}
        for value, meaning in field.choices.items()
    ]
