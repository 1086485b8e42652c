"""What is said of a field where it is still to be filled in: its help, whether it must be there, what is allowed."""

from archive import values
from archive.fields import Field


def about(field: Field) -> str:
    """One line about the field, from the field table."""
    parts = [field.help]
    if field.required:
        parts.append("Required.")
    if field.choices or field.vocabulary or field.type not in (values.TEXT, values.PROSE):
        parts.append(f"Allowed: {field.allowed}.")
    if field.default:
        parts.append(f"Left out, it is {field.default}.")
    return " ".join(parts)
