"""A page, and how its body is made: values placed in a template beside this file, or in one of the theme's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from archive.text import formatting

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the site, or a redirect to one."""

    address: str  # relative to the root, ends in "/"
    title: str  # plain text
    description: str  # plain text, 50-160 characters
    # statement | year | month | statements | event | events | addressee | addressees | figures | corrections | search |
    # redirect
    kind: str
    html: str  # one outer <div>, already safe
    source: str = ""  # the file to edit, from the root of the project
    record: str = ""  # of kind statement: its id
    updated: str = ""  # ISO day of the last change of substance
    earlier: str = ""  # address of the page before it in time
    later: str = ""
    head: str = ""  # HTML for the page's head, already safe: what programs read of it
    redirect: str = ""  # of kind redirect: the address it leads to


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([Path(__file__).parents[1] / name for name in ("templates", "theme")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "count": formatting.count,
        "dashes": formatting.en_dashes,
        "day": formatting.day,
        "language": formatting.language,
        "sentence": formatting.capitalised,
    }
    environment.globals["not_verified"] = formatting.NOT_VERIFIED
    return environment


_TEMPLATES = _environment()


def render(template: str, values: Mapping[str, object]) -> str:
    """The template filled, without blank lines."""
    lines = _TEMPLATES.get_template(template).render(values).split("\n")
    return "\n".join(line for line in lines if line.strip()) + "\n"


def neighbours(newest_first: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Each item with the one after it and the one before it in time: (later, item, earlier)."""
    yield from zip([None, *newest_first], newest_first, [*newest_first[1:], None], strict=False)
