"""Make the catalogue from which the search page filters and lists statements.

`search/catalogue.json` has the values of each facet (events, addressees, forms, languages) and a column for each thing
that is filtered by; `search/rows/N.json` has the ids, titles and bases of the dates, a block of rows a file. Rows are
the published statements, oldest first; a column refers to a facet's value by its place in the list of values.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from archive.model.index import Index
from archive.model.records import Addressee, Archive, Event, Statement
from archive.model.vocabularies import FORMS
from archive.text import formatting

CATALOGUE_FILE = "search/catalogue.json"
BLOCK = 100  # rows of a file


def files(archive: Archive, index: Index) -> dict[str, str]:
    """Return the catalogue and its blocks of rows by path; the `edition` in each ties them to the word index."""
    statements = list(reversed(index.published))
    edition = _edition(statements, archive, index)
    languages = {code: formatting.capitalised(formatting.language(code)) for s in statements for code in _languages(s)}
    facets: dict[str, list[dict[str, object]]] = {
        **{name: [_value(entry, filed.entries) for entry in filed.entries] for name, filed in index.filed.items()},
        "forms": [
            {"id": form, "label": formatting.capitalised(formatting.id_in_words(form))}
            for form in FORMS
            if any(s.form == form for s in statements)
        ],
        "languages": [
            {"id": code, "label": label}
            for code, label in sorted(languages.items(), key=lambda pair: (pair[1], pair[0]))
        ],
    }
    places = {name: {value["id"]: place for place, value in enumerate(values)} for name, values in facets.items()}
    catalogue = {
        "edition": edition,
        "block": BLOCK,
        **facets,
        "dates": [s.date.text for s in statements],
        "form": [places["forms"][s.form] for s in statements],
        "language": [places["languages"][s.language] for s in statements],
        "original": [places["languages"].get(s.original_language, -1) for s in statements],
        "event": [[places["events"][id] for id in s.events] for s in statements],
        "mention": [[places["events"][id] for id in s.mentions] for s in statements],
        "addressee": [[places["addressees"][id] for id in s.addressees] for s in statements],
    }
    files = {CATALOGUE_FILE: compact(catalogue)}
    for start in range(0, len(statements), BLOCK):
        rows = [[s.id, formatting.en_dashes(s.title), s.date_basis] for s in statements[start : start + BLOCK]]
        files[rows_path(start // BLOCK)] = compact({"edition": edition, "rows": rows})
    return files


def rows_path(block: int) -> str:
    """Return the path of a block of rows."""
    return f"search/rows/{block}.json"


def compact(value: object) -> str:
    """Return JSON without spaces, letters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _value(entry: Event | Addressee, entries: Sequence[Event | Addressee]) -> dict[str, object]:
    names = dict.fromkeys(text for name in entry.names for text in (name.name, name.abbreviation))
    value: dict[str, object] = {
        "id": entry.id,
        "label": formatting.en_dashes(entry.label),
        "names": [name for name in names if name and name != entry.label],
    }
    if entry.parent:
        value["parent"] = next(place for place, other in enumerate(entries) if other.id == entry.parent)
    return value


def _languages(statement: Statement) -> Iterable[str]:
    return filter(None, (statement.language, statement.original_language))


def _edition(statements: Iterable[Statement], archive: Archive, index: Index) -> str:
    """Return a hash of all that is in the catalogue or in the word index made with it, such as summaries."""
    authorities: Mapping[str, object] = {
        "outlets": sorted(archive.outlets.items()),
        "issuers": sorted(archive.issuers.items()),
        "instruments": sorted(archive.instruments.items()),
        "measures": list(archive.measures.items()),
    }
    digest = hashlib.sha256()
    for record in (*statements, *index.filed["events"].entries, *index.filed["addressees"].entries, authorities):
        digest.update(repr(record).encode())
    return digest.hexdigest()[:16]
