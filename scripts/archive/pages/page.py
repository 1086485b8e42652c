"""Render pages from prepared values with the templates in `templates/` and `theme/`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from archive.text import formatting

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the site, or a redirect to one."""

    address: str  # relative to the root, ends in "/"
    title: str  # plain text
    description: str  # plain text, 50-160 characters
    # statement | year | month | statements | figures | terms | timeline | new | corrections | search | redirect | index
    # or the name of an entry
    kind: str
    html: str  # one outer <div>, already safe
    source: str = ""  # the file to edit, from the root of the project
    record: str = ""  # of kind statement: its id
    updated: str = ""  # ISO day of the last change of substance
    earlier: str = ""  # address of the page before it in time
    later: str = ""
    head: str = ""  # HTML for the page's head, already safe: metadata for programs
    redirect: str = ""  # of kind redirect: the address of its target


PageMakers = Iterator[tuple[str, Callable[[], Page]]]  # the address of each page, and what makes it


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
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    environment.globals["not_verified"] = formatting.NOT_VERIFIED
    return environment


_TEMPLATES = _environment()


def render(template: str, values: Mapping[str, object]) -> str:
    """Return the template filled with `values`, without blank lines."""
    lines = _TEMPLATES.get_template(template).render(values).split("\n")
    return "\n".join(line for line in lines if line.strip()) + "\n"


def neighbours(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item between the one before it and the one after it; None stands at the ends."""
    yield from zip([None, *items], items, [*items[1:], None], strict=False)
