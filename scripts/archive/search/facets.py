"""Make the catalogue from which the search page filters and lists statements.

`search/catalogue.json` has the dates and the facets, each with all that the page needs of it; `search/rows/N.json` has
the ids, titles and bases of the dates, a block of rows a file. Rows are the published statements, oldest first. A row
of a facet has places in the list of its values: a list of them, or one alone.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from archive.model.authorities import INDEXES
from archive.model.index import Index, cited
from archive.model.records import Archive, Entry, Statement
from archive.model.vocabularies import FORMS, LANGUAGES
from archive.text import formatting

CATALOGUE_FILE = "search/catalogue.json"
BLOCK = 100  # rows of a file


def files(archive: Archive, index: Index) -> dict[str, str]:
    """Return the catalogue and its blocks of rows by path; the `edition` in each ties them to the word index."""
    statements = list(reversed(index.published))
    edition = edition_of(archive, index)
    catalogue = {
        "edition": edition,
        "block": BLOCK,
        "dates": [s.date.text for s in statements],
        "indexes": formatting.capitalised(formatting.join(list(INDEXES))),
        "facets": list(_facets(statements, index)),
    }
    files = {CATALOGUE_FILE: compact(catalogue)}
    for start in range(0, len(statements), BLOCK):
        rows = [[s.id, formatting.en_dashes(s.title), s.date_basis] for s in statements[start : start + BLOCK]]
        files[rows_path(start // BLOCK)] = compact({"edition": edition, "rows": rows})
    return files


def edition_of(archive: Archive, index: Index) -> str:
    """Return a hash of all that the search reads, by which its files know each other."""
    digest = hashlib.sha256()
    # in which order measures stand shows in a record
    for part in (*reversed(index.published), list(archive.measures), sorted(archive.docs.items())):
        digest.update(repr(part).encode())
    for name in archive.authorities:
        digest.update(repr(sorted(archive.authorities[name].items())).encode())
    return digest.hexdigest()[:16]


def rows_path(block: int) -> str:
    """Return the path of a block of rows."""
    return f"search/rows/{block}.json"


def compact(value: object) -> str:
    """Return JSON without spaces, letters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _facets(statements: Sequence[Statement], index: Index) -> Iterator[dict[str, object]]:
    """Yield every facet, as the page has it, in the order of the page and of the address of a search.

    `name` stands in the address, `how` completes "statements ...", before a value. Each result names the values of a
    facet that is `shown`. The values of an `index` have pages; the facet may be widened by a second field.
    """
    for authority in INDEXES.values():
        own, *others = authority.listed_by
        values = _entry_values(index.filed[authority.name].entries)
        yield {
            "name": authority.one,
            "legend": formatting.capitalised(authority.one),
            "how": own.how,
            "shown": True,
            "index": authority.name,
            "part": authority.part,
            "parts": authority.parts,
            "values": values,
            **_column(statements, own.field, values),
            "wider": {"how": others[0].how, **_column(statements, others[0].field, values)} if others else None,
        }
    form = _coded(statements, "form", {form: formatting.id_in_words(form) for form in FORMS})
    yield {"name": "form", "legend": "Form", "how": "in the form of:", "shown": True, **form}
    languages = dict(sorted(LANGUAGES.items(), key=lambda item: (formatting.capitalised(item[1]), item[0])))
    language = _coded(statements, "language", languages)
    yield {"name": "language", "legend": "Language of the summary", "how": "summarised in", **language}
    original = _coded(statements, "original_language", languages)
    yield {"name": "original", "legend": "Language of the statement", "how": "made in", **original}


def _coded(statements: Sequence[Statement], field: str, labels: Mapping[str, str]) -> dict[str, object]:
    """Return the values of a field with a closed list, those that statements have, and their column."""
    used = {id for s in statements for id in cited(s, field)}
    values = [{"id": id, "label": formatting.capitalised(label)} for id, label in labels.items() if id in used]
    return {"values": values, **_column(statements, field, values)}


def _column(statements: Sequence[Statement], field: str, values: Sequence[Mapping[str, object]]) -> dict[str, object]:
    places = {value["id"]: place for place, value in enumerate(values)}
    rows = [[places[id] for id in dict.fromkeys(cited(s, field))] for s in statements]
    return {"field": field, "rows": [row[0] if len(row) == 1 else row for row in rows]}


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
