"""What the search page knows of every statement: {path: JSON}.

`search/catalogue.json` has the choices (events, addressees, forms, languages) and a column for each fact that is
searched by; `search/rows/N.json` has the ids, titles and how the dates are known, a block of rows a file. Rows are the
statements that are not withdrawn, oldest first; a fact names its choice by the place in the list of choices.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from archive.model.index import Index
from archive.model.records import Addressee, Archive, Event, Statement
from archive.model.vocabularies import FORMS
from archive.text import formatting

PATH = "search/catalogue.json"
BLOCK = 100  # rows of one file


def files(archive: Archive, index: Index) -> dict[str, str]:
    """The catalogue and its blocks of rows. `edition` names the content they, and an index of them, were made from."""
    statements = list(reversed(index.published))
    edition = _edition(statements, archive, index)
    languages = {code: formatting.capitalised(formatting.language(code)) for s in statements for code in _languages(s)}
    columns: dict[str, list[dict[str, object]]] = {
        "events": [_choice(event, index.events) for event in index.events],
        "addressees": [_choice(addressee, index.addressees) for addressee in index.addressees],
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
    place = {name: {choice["id"]: at for at, choice in enumerate(choices)} for name, choices in columns.items()}
    catalogue = {
        "edition": edition,
        "block": BLOCK,
        **columns,
        "dates": [s.date.text for s in statements],
        "form": [place["forms"][s.form] for s in statements],
        "language": [place["languages"][s.language] for s in statements],
        "original": [place["languages"].get(s.original_language, -1) for s in statements],
        "event": [[place["events"][id] for id in s.events] for s in statements],
        "mention": [[place["events"][id] for id in s.mentions] for s in statements],
        "addressee": [[place["addressees"][id] for id in s.addressees] for s in statements],
    }
    made = {PATH: compact(catalogue)}
    for start in range(0, len(statements), BLOCK):
        rows = [[s.id, formatting.en_dashes(s.title), s.date_basis] for s in statements[start : start + BLOCK]]
        made[rows_path(start // BLOCK)] = compact({"edition": edition, "rows": rows})
    return made


def rows_path(block: int) -> str:
    """Where a block of rows stands."""
    return f"search/rows/{block}.json"


def compact(value: object) -> str:
    """JSON without spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _choice(entry: Event | Addressee, entries: Sequence[Event | Addressee]) -> dict[str, object]:
    names = dict.fromkeys(text for name in entry.names for text in (name.name, name.abbreviation))
    choice: dict[str, object] = {
        "id": entry.id,
        "label": formatting.en_dashes(entry.label),
        "names": [name for name in names if name and name != entry.label],
    }
    if entry.parent:
        choice["parent"] = next(place for place, other in enumerate(entries) if other.id == entry.parent)
    return choice


def _languages(statement: Statement) -> Iterable[str]:
    return filter(None, (statement.language, statement.original_language))


def _edition(statements: Iterable[Statement], archive: Archive, index: Index) -> str:
    """The same for the same records only: what is not in the catalogue, a summary, is in the index made with it."""
    known: Mapping[str, object] = {
        "outlets": sorted(archive.outlets.items()),
        "issuers": sorted(archive.issuers.items()),
        "instruments": sorted(archive.instruments.items()),
        "measures": list(archive.measures.items()),
    }
    digest = hashlib.sha256()
    for record in (*statements, *index.events, *index.addressees, known):
        digest.update(repr(record).encode())
    return digest.hexdigest()[:16]
