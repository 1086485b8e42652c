"""The field table and the authorities -> the fields of the form at `/admin/`, as Sveltia CMS reads them.

Every value is kept as text, so that a number stands in the file as it was typed. The format is that of Sveltia CMS's
configuration, which its package describes in `schema/sveltia-cms.json`.
"""

from collections.abc import Mapping
from typing import Any

from archive import fields, values
from archive.fields import Field
from archive.model import Archive

Input = dict[str, Any]

_ONE_OF = {
    "source": "{{outlet}} {{published}}",
    "request": "{{asks}}",
    "term": "{{term}}",
    "change": "{{date}} {{note}}",
}
_ITEM = _ONE_OF | {"figure": "{{measure}} {{group}} {{value}}", "relation": "{{relation}} {{id}}"}


def inputs(archive: Archive) -> list[Input]:
    """The fields of a statement, in the order of the table, and its summary."""
    ids = {name: getattr(archive, name) for name in fields.VOCABULARIES}
    made = [_input(field, ids) for field in fields.STATEMENT.fields]
    for each in made:
        if each["name"] == "status":
            each |= {"required": True, "default": "draft"}
    summary = {
        "name": "body",
        "label": "Summary",
        "widget": "text",
        "required": True,
        "hint": "In the archive's own words: the statement states, says, asks; the archive asserts nothing itself.",
    }
    return [*made, summary]


def label(name: str) -> str:
    """A field's name in words: "date_basis" -> "Date basis"."""
    return name.replace("_", " ").capitalize()


def _input(field: Field, ids: Mapping[str, Mapping[str, Any]]) -> Input:
    made: Input = {"name": field.name, "label": label(field.name), "required": field.required, "hint": _hint(field)}
    if field.record is not None:
        within = [_input(each, ids) for each in field.record.fields]
        item = {"label_singular": field.record.name, "summary": _ITEM[field.record.name], "collapsed": "auto"}
        return made | {"widget": "list", **({"min": 1} if field.required else {}), **item, "fields": within}
    if field.choices is not None or field.vocabulary:
        several = {"multiple": True, **({"min": 1} if field.required else {})} if field.many else {}
        return made | {"widget": "select", **several, "options": _options(field, ids)}
    if field.many:
        one = {"name": "one", "label": label(field.name), "widget": "string", "pattern": _pattern(field)}
        return made | {"widget": "list", "label_singular": "one", "field": one}
    if field.type is values.PROSE:
        return made | {"widget": "text"}
    return made | {"widget": "string"} | ({} if field.type is values.TEXT else {"pattern": _pattern(field)})


def _hint(field: Field) -> str:
    said = [field.help]
    if field.default:
        said.append(f"If left open: {field.default}.")
    elif field.example and field.choices is None and not field.vocabulary:
        said.append(f"For example: {field.example}")
    return " ".join(said)


def _pattern(field: Field) -> list[str]:
    return [f"^(?:{field.type.pattern})$", f"Allowed: {field.type.allowed}"]


def _options(field: Field, ids: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    if field.choices is None:
        return [{"value": id, "label": f"{entry.label} ({id})"} for id, entry in ids[field.vocabulary].items()]
    return [
        {"value": value, "label": value if meaning in ("", value) else f"{value}: {meaning}"}
        for value, meaning in field.choices.items()
    ]
