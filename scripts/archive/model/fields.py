"""Describe a field of a record: its type, whether it is required, what it means, an example.

The tables in `statement_fields` and `authority_fields` are made of these. The check, its messages, the schemas, the
data dictionary, the form and the drafts all read them; nothing states these things a second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.model import types


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field. It has one of: a type, choices, a vocabulary whose ids it cites, or a record of its own."""

    name: str
    help: str
    example: str
    required: bool = False
    optional_in_drafts: bool = False  # required, but not of a draft
    many: bool = False
    most: int = 0  # values of a list; 0 for any number
    type: types.FieldType = types.TEXT
    choices: Mapping[str, str] | None = None
    vocabulary: str = ""
    record: "Record | None" = None
    default: str = ""  # as a file has it; "" for none
    for_drafts: bool = False  # words by which a draft is made: they name nobody who uses them, and are not published
    initial: str = ""  # the value in a new record, as a file has it; "" if it is still to be filled in

    @property
    def examples(self) -> tuple[str, ...]:
        """The values in the example, as a file has them; none for a field that holds records."""
        if self.record is not None:
            return ()
        return tuple(self.example.removeprefix("[").removesuffix("]").split(", ")) if self.many else (self.example,)

    @property
    def example_text(self) -> str:
        """The example as a file has it; for a field that holds records, one with its required fields."""
        if self.record is None or self.example:
            return self.example
        required = ", ".join(f"{field.name}: {field.example_text}" for field in self.record.fields if field.required)
        return f"- {{{required}}}" if self.many else f"{{{required}}}"

    @property
    def kind(self) -> str:
        """What one value must be, in words, without the values of a closed list or the fields of a record."""
        if self.record is not None:
            return "a group of fields"
        if self.vocabulary:
            return f"an id in statements/authorities/{self.vocabulary}.yml"
        return self.type.allowed if self.choices is None else "one of"

    @property
    def value_allowed(self) -> str:
        """What one value must be, in words that complete "allowed: ..."."""
        if self.record is not None:
            return f"{self.kind}: {self.record.names}"
        return self.kind if self.choices is None else f"{self.kind} {', '.join(self.choices)}"

    @property
    def allowed(self) -> str:
        """What the field must hold, in words that complete "allowed: ..."."""
        if not self.many:
            return self.value_allowed
        return f"a list{f' of at most {self.most}' if self.most else ''}, each {self.value_allowed}"

    @property
    def comment(self) -> str:
        """The comment on the field in a new file: help, whether it is required, what is allowed, its default."""
        parts = [self.help]
        if self.required:
            parts.append("Required.")
        if self.choices or self.vocabulary or self.type not in (types.TEXT, types.PROSE):
            parts.append(f"Allowed: {self.allowed}.")
        if self.default:
            parts.append(f"Left out, it is {self.default}.")
        return " ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A kind of record: its class, and its fields in the order in which a file has them."""

    name: str
    cls: type
    help: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> str:
        """The names of its fields, as a message lists them."""
        return ", ".join(field.name for field in self.fields)

    @property
    def published(self) -> tuple[Field, ...]:
        """The fields that pages and data files have."""
        return tuple(field for field in self.fields if not field.for_drafts)

    @property
    def initial_values(self) -> dict[str, str]:
        """The values with which a new record begins, by field."""
        return {field.name: field.initial for field in self.fields if field.initial}
