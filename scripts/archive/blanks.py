"""What is said of a field where it is still to be filled in: its help, whether it must be there, what is allowed."""

from archive import values
from archive.fields import Field


def about(field: Field) -> str:
    """One line about the field, from the field table."""
    parts = [field.help]
    if field.required:
        parts.append("Required.")
    parts.append(_allowed(field))
    if field.default:
        parts.append(f"Left out, it is {field.default}.")
    return " ".join(part for part in parts if part)


def _allowed(field: Field) -> str:
    if field.record is not None:
        return ""  # its fields say it, one by one
    if field.vocabulary:
        return f"{'Ids' if field.many else 'An id'} in authorities/{field.vocabulary}.yml."
    if field.choices is not None:
        return f"{'Any' if field.many else 'One'} of: {', '.join(field.choices)}."
    if field.type in (values.TEXT, values.PROSE):
        return ""
    return f"Allowed: {field.type.allowed}."
