"""Write JSON Schemas (2020-12, https://json-schema.org/draft/2020-12) of the archive's files, by the field table.

There is one for the front matter of a statement, one for each authority file and one for the list of words. They have
the rules of `archive check` that a schema can express, and the archive's ids, so that an editor can complete and check
what is typed. An editor reads YAML with YAML's own types, where 1988 is a number; a schema accepts that as well as the
text that the archive reads.

Two keywords are not of the standard but read by editors: `enumDescriptions` and `patternErrorMessage`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.model import authorities, authority_fields, statement_fields, types, vocabularies
from archive.model.fields import Field, Record
from archive.model.index import by_id
from archive.model.records import Archive
from archive.text import formatting

Schema = dict[str, Any]

FOLDER = "schemas/"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_INVISIBLE = "invisible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A schema with its description; `name` is the path of its file in the folder of the data set."""

    name: str
    help: str
    schema: Schema


def all_schemas(archive: Archive, place: str) -> Iterator[Described]:
    """Yield every schema. `place` is the full URL of the folder of the data set."""
    statement = (
        f"The fields of a statement's file, which stand in front of its summary. {statement_fields.STATEMENT.help}"
    )
    yield _described("statement", statement, _record(statement_fields.STATEMENT), archive, place)
    for name, record in authorities.RECORDS.items():
        entries = {
            "type": "object",
            "minProperties": 1,
            "propertyNames": _text(types.SLUG_ID),
            "additionalProperties": _reference(record.name),
        }
        yield _described(name, f"The file authorities/{name}.yml. {record.help}", entries, archive, place)
    help = f"The file authorities/wording.yml. {authority_fields.WORDING.help}"
    yield _described("wording", help, _record(authority_fields.WORDING), archive, place)


def dump_schema(schema: Schema) -> str:
    """Return a schema as JSON, invisible characters escaped."""
    text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
    return re.sub(types.INVISIBLE, lambda match: json.dumps(match[0])[1:-1], text)


def nested_records(record: Record) -> Iterator[Record]:
    """Yield a kind of record and all kinds nested in it, at any depth."""
    yield record
    for field in record.fields:
        if field.record is not None:
            yield from nested_records(field.record)


def _described(name: str, help: str, schema: Schema, archive: Archive, place: str) -> Described:
    file = f"{FOLDER}{name}.schema.json"
    head = {"$schema": DIALECT, "$id": place + file, "title": formatting.capitalised(name), "description": help}
    schema = head | {key: value for key, value in schema.items() if key not in head}
    return Described(name=file, help=help, schema=schema | {"$defs": _definitions(schema, archive)})


def _definitions(schema: Schema, archive: Archive) -> Schema:
    """Return the definitions that the schema refers to, directly or through another."""
    files = (statement_fields.STATEMENT, *authorities.RECORDS.values(), authority_fields.WORDING)
    records = {record.name: record for file in files for record in nested_records(file)}
    definitions: Schema = {}
    pending = [schema]
    while pending:
        for name in sorted(_references(pending.pop()) - definitions.keys()):
            definitions[name] = _definition(name, records, archive)
            pending.append(definitions[name])
    return dict(sorted(definitions.items()))


def _definition(name: str, records: Mapping[str, Record], archive: Archive) -> Schema:
    if name == _INVISIBLE:
        return {
            "description": "Characters that are invisible or change a text's direction.",
            "pattern": types.INVISIBLE,
        }
    if name in authorities.RECORDS:
        entries = by_id(archive.authorities[name].values())
        return {
            "enum": [entry.id for entry in entries],
            "enumDescriptions": [entry.label for entry in entries],
        }
    schema = _record(records[name])
    if records[name] is statement_fields.FIGURE:
        schema["allOf"] += [_groups(measure.id, measure.groups) for measure in by_id(archive.measures.values())]
    return schema


def _references(part: Any) -> set[str]:
    """Return the names of all definitions that a part of a schema refers to."""
    if isinstance(part, list):
        return set().union(*map(_references, part))
    if not isinstance(part, dict):
        return set()
    own = {part["$ref"].rpartition("/")[2]} if isinstance(part.get("$ref"), str) else set()
    return own.union(*map(_references, part.values()))


def _record(record: Record) -> Schema:
    schema = {
        "title": formatting.capitalised(record.name),
        "description": record.help,
        "type": "object",
        "properties": {field.name: _field(field) for field in record.fields},
        "required": [field.name for field in record.fields if field.required and not field.optional_in_drafts],
        "additionalProperties": False,
    }
    rules = list(_RULES.get(record.name, ()))
    if record is statement_fields.STATEMENT:
        rules.append({"if": _having("status", "draft"), "else": _complete(record)})
    return schema | ({"allOf": rules} if rules else {})


def _complete(record: Record) -> Schema:
    """Return the schema of the fields that a record, and those in its lists, may be without in a draft only."""
    schema: Schema = {}
    if later := [field.name for field in record.fields if field.optional_in_drafts]:
        schema["required"] = later
    nested = {field.name: _complete(field.record) for field in record.fields if field.record is not None}
    if within := {name: {"items": complete} for name, complete in nested.items() if complete}:
        schema["properties"] = within
    return schema


def _field(field: Field) -> Schema:
    schema: Schema = {"title": formatting.capitalised(field.name.replace("_", " ")), "description": _description(field)}
    value = _value(field)
    if not field.many:
        schema |= value
    else:
        schema |= {"type": "array", "items": value, "minItems": 1}
        if field.most:
            schema["maxItems"] = field.most
        if field.record is None:
            schema["uniqueItems"] = True
    if field.default:
        schema["default"] = _typed(field, field.default)
    if examples := [_typed(field, example) for example in field.examples]:
        schema["examples"] = [examples] if field.many else examples
    return schema


def _description(field: Field) -> str:
    obvious = field.record is not None or field.choices is not None or field.type in (types.TEXT, types.PROSE)
    return field.help if obvious and not field.vocabulary else f"{field.help} Allowed: {field.allowed}."


def _value(field: Field) -> Schema:
    """Return the schema of a single value of the field."""
    if field.record is not None:
        return _reference(field.record.name)
    if field.vocabulary:
        return _reference(field.vocabulary)
    if field.choices is not None:
        of_editors = [False] if "no" in field.choices else []  # what YAML 1.1 makes of it
        return {"enum": [*field.choices, *of_editors], "enumDescriptions": list(field.choices.values())}
    return _text(field.type)


def _text(type: types.FieldType) -> Schema:
    schema: Schema = {
        "type": ["string", *type.typed] if type.typed else "string",
        "pattern": f"^(?:{type.pattern})$",
        "patternErrorMessage": f"Allowed: {type.allowed}",
    }
    if type.least is not None:
        schema["minimum"] = type.least
    if type.most is not None:
        schema["maximum"] = type.most
    if type in (types.TEXT, types.PROSE):
        schema["not"] = {"type": "string"} | _reference(_INVISIBLE)
    return schema


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _typed(field: Field, text: str) -> str | int:
    return int(text) if field.type in (types.NUMBER, types.COUNT) else text


def _having(name: str, value: str) -> Schema:
    return {"properties": {name: {"const": value}}, "required": [name]}


def _groups(measure: str, groups: tuple[str, ...]) -> Schema:
    return {
        "if": _having("measure", measure),
        "then": {"properties": {"group": {"enum": list(groups)} if groups else False}},
    }


def _each_claim(schema: Schema) -> Schema:
    return {"properties": {name: {"items": schema} for name in ("requests", "figures", "terms")}}


# rules on several fields of a record that a schema can express; `archive.validation.rules` has all
_RULES: Mapping[str, tuple[Schema, ...]] = {
    statement_fields.FIGURE.name: (
        {
            "if": {"required": ["value"]},
            "then": {"properties": {"min": False, "max": False}},
            "else": {
                "anyOf": [{"required": ["min"]}, {"required": ["max"]}],
                "properties": {"qualifier": {"const": "exactly"}},
            },
        },
    ),
    authority_fields.EVENT.name: ({"dependentRequired": {"summary": ["sources"]}},),
    statement_fields.SOURCE.name: (
        {
            "dependentRequired": {
                "archived_url": ["archived_at"],
                "archived_at": ["archived_url"],
                "sha256": ["retrieved_at"],
                "extent_read": ["retrieved_at"],
            }
        },
    ),
    statement_fields.STATEMENT.name: (
        {
            "properties": {
                "history": {
                    "prefixItems": [True],
                    "items": {"properties": {"kind": {"not": {"const": vocabularies.FIRST_CHANGE}}}},
                }
            }
        },
        {
            "if": {"properties": {"sources": {"maxItems": 1}}, "required": ["sources"]},
            "then": _each_claim({"properties": {"source": False}}),
        },
        {
            "if": {
                "properties": {"sources": {"minItems": 2}, "status": {"not": {"const": "draft"}}},
                "required": ["sources"],
            },
            "then": _each_claim({"required": ["source"]}),
        },
        {
            "if": _having("status", "withdrawn"),
            "then": {"properties": {"history": {"contains": _having("kind", "withdrawal")}}},
        },
    ),
}
