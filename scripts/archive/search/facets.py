"""Make the catalogue from which the search page filters, counts and lists statements.

Rows are the published statements, oldest first. A column has for each row the places of its values in the list of a
facet's values.

- `search/catalogue.json`: all that the page shows before there is a search: the facets, each with all that the page
  needs of it and the number of statements of each value; the number of statements of each year; and the newest rows.
- `search/columns/HASH.bin`, gzip'd: what a search counts; of the facets that are counted later, a file of their own,
  without the dates. A line with the dates of all rows, each as the number of
  letters that it shares with the one before (a hexadecimal digit), and the others. Then every column: for each row the
  number of its places, then all places.
- `search/rows/N.json`: the ids, titles and bases of the dates, a block of rows a file.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, takewhile
from typing import Any

from archive.model.authorities import INDEXES
from archive.model.index import Index, cited
from archive.model.records import Archive, Entry, Statement
from archive.model.vocabularies import FORMS, LANGUAGES
from archive.search import packing
from archive.search.packing import compact, encoded, packed
from archive.text import formatting

CATALOGUE_FILE = "search/catalogue.json"
BLOCK = 100  # rows of a file
NEWEST = 10  # rows of the catalogue

_Column = Sequence[Sequence[int]]


def files(archive: Archive, index: Index, edition: str) -> dict[str, str | bytes]:
    """Return the files of the catalogue by path; the `edition` in them ties them to the word index."""
    statements = list(reversed(index.published))
    rows = [[s.id, formatting.en_dashes(s.title), s.date_basis] for s in statements]
    dates = [s.date.text for s in statements]
    facets = list(_facets(statements, archive, index))
    columns = (_line(dates), *_columns(column for facet, own in facets if not facet["later"] for column in own))
    others = (*_columns(column for facet, own in facets if facet["later"] for column in own),)
    name, later = packing.name(*columns), packing.name(*others)
    later_file = packed(*others)
    catalogue = {
        "edition": edition,
        "size": len(statements),
        "block": BLOCK,
        "columns": name,
        "later": {"name": later, "size": len(later_file)},
        "indexes": formatting.capitalised(formatting.join([index.many for index in INDEXES.values()])),
        "years": _years(statements),
        "rows": rows[-NEWEST:],
        "dates": dates[-NEWEST:],
        "facets": [facet for facet, _ in facets],
    }
    files: dict[str, str | bytes] = {
        CATALOGUE_FILE: compact(catalogue),
        f"search/columns/{name}.bin": packed(*columns),
        f"search/columns/{later}.bin": later_file,
    }
    for start in range(0, len(statements), BLOCK):
        files[rows_path(start // BLOCK)] = compact({"edition": edition, "rows": rows[start : start + BLOCK]})
    return files


def filing(statement: Statement, archive: Archive) -> dict[str, Sequence[str]]:
    """Return the ids of the values that a result shows, or is found by, by the field of the statement."""
    fields = [citing.field for authority in INDEXES.values() for citing in authority.listed_by]
    return {field: list(dict.fromkeys(cited(statement, field, archive.authorities))) for field in (*fields, "form")}


def edition_of(archive: Archive, index: Index) -> str:
    """Return a hash of which documents there are in which order, by which the files of the search know each other."""
    entries = [[entry.id for entry in filed.entries] for filed in index.filed.values()]
    order = [[s.id for s in index.published], entries, sorted(archive.docs)]
    return hashlib.sha256(repr(order).encode()).hexdigest()[:16]


def rows_path(block: int) -> str:
    """Return the path of a block of rows."""
    return f"search/rows/{block}.json"


def _line(dates: Sequence[str]) -> bytes:
    """Return the line of dates of a file of columns."""
    shared = [len(_shared(*pair)) for pair in pairwise(["", *dates])]
    texts = [f"{letters:x}{date[letters:]}" for letters, date in zip(shared, dates, strict=True)]
    return f"{' '.join(texts)}\n".encode()


def _shared(one: str, other: str) -> str:
    """Return with what both texts begin, at most 15 letters."""
    pairs = zip(one[:15], other, strict=False)
    return "".join(letter for letter, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _columns(columns: Iterable[_Column]) -> Iterator[bytes]:
    """Yield the numbers of a file of columns."""
    for column in columns:
        for numbers in (map(len, column), chain.from_iterable(column)):
            yield b"".join(map(encoded, numbers))


def _years(statements: Sequence[Statement]) -> dict[str, object]:
    """Return how many statements there may be of each year from the first to the last, and how many perhaps."""
    all, maybe = Counter[int](), Counter[int]()
    for date in (s.date for s in statements):
        years = range(date.earliest.year, date.latest.year + 1)
        all.update(years)
        if len(years) > 1 or date.start.mark or (date.end and date.end.mark):
            maybe.update(years)
    span = range(min(all), max(all) + 1) if all else range(0)
    return {"first": span.start, "counts": [all[year] for year in span], "maybe": [maybe[year] for year in span]}


def _facets(
    statements: Sequence[Statement], archive: Archive, index: Index
) -> Iterator[tuple[dict[str, object], list[_Column]]]:
    """Yield every facet, as the page has it, in the order of the page and of the address of a search; and its columns.

    `name` stands in the address, `how` completes "statements ...", before a value. Each result names the values of a
    facet that is `shown`; one that is not is counted `later`, from columns of its own. The values of an `index` have
    pages; the facet may be widened by a second field.
    """
    for authority in INDEXES.values():
        own, *others = authority.listed_by
        declared: dict[str, object] = {
            "name": authority.one,
            "legend": formatting.capitalised(authority.one),
            "how": own.how,
            "shown": authority.in_results,
            "later": not authority.in_results,
            "index": authority.many,
            "part": authority.part,
            "parts": authority.parts,
        }
        values = _entry_values(index.filed[authority.name].entries)
        column = _column(statements, own.field, values, archive)
        wider, columns = None, [column]
        if others:
            columns.append(_column(statements, others[0].field, values, archive))
            both = [[*places, *more] for places, more in zip(*columns, strict=True)]
            wider = {"how": others[0].how, **_counted(others[0].name, values, columns[1], both)}
        yield {**declared, "values": values, **_counted(own.name, values, column, column), "wider": wider}, columns
    forms = {form: formatting.id_in_words(form) for form in FORMS}
    languages = dict(sorted(LANGUAGES.items(), key=lambda item: (formatting.capitalised(item[1]), item[0])))
    for name, legend, how, field, labels, shown in (
        ("form", "Form", "in the form of:", "form", forms, True),
        ("language", "Language of the summary", "summarised in", "language", languages, False),
        ("original", "Language of the statement", "made in", "original_language", languages, False),
    ):
        used = {id for s in statements for id in cited(s, field, archive.authorities)}
        values = [{"id": id, "label": formatting.capitalised(label)} for id, label in labels.items() if id in used]
        column = _column(statements, field, values, archive)
        declared = {"name": name, "legend": legend, "how": how, "shown": shown, "later": False}
        yield {**declared, "values": values, **_counted(field, values, column, column)}, [column]


def _column(
    statements: Sequence[Statement], field: str, values: Sequence[Mapping[str, object]], archive: Archive
) -> _Column:
    places = {value["id"]: place for place, value in enumerate(values)}
    return [[places[id] for id in dict.fromkeys(cited(s, field, archive.authorities))] for s in statements]


def _counted(field: str, values: Sequence[Mapping[str, Any]], column: _Column, counted: _Column) -> dict[str, object]:
    """Return what the catalogue has of a column: its newest rows, and how many rows are `counted` for each value.

    A row counts for its values and for all above them, for each once.
    """
    above = [[place] for place in range(len(values))]
    for places in above:
        while (parent := values[places[-1]].get("parent")) is not None:
            places.append(parent)
    counts = Counter(place for row in counted for place in set(chain.from_iterable(above[place] for place in row)))
    return {"field": field, "counts": [counts[place] for place in range(len(values))], "rows": column[-NEWEST:]}


def _entry_values(entries: Sequence[Entry]) -> list[dict[str, object]]:
    places = {entry.id: place for place, entry in enumerate(entries)}
    values = []
    for entry in entries:
        names = dict.fromkeys(text for name in entry.names for text in (name.name, name.abbreviation))
        value: dict[str, object] = {
            "id": entry.id,
            "label": formatting.en_dashes(entry.label),
            "names": [name for name in names if name and name != entry.label],
        }
        if entry.parent:
            value["parent"] = places[entry.parent]
        values.append(value)
    return values
