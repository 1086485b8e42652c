"""Put into bytes what the check made of a statement's file without problems, to be kept, and take it from them.

It was made of the file's bytes and path, of the lists of loaded words and of attribution, and of the ids that it cites:
as long as they are the same, and the program, it need not be made again.
"""

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal

from archive.model import edtf, plain, records
from archive.model.document import Document
from archive.validation.registry import StatementInFile

# the path of a file -> the hash of its bytes and of the lists of words, and what was made of it
Kept = Mapping[str, tuple[bytes, bytes]]

_CLASSES = (
    *(records.Statement, records.Request, records.Figure, records.Term, records.Source, records.Relation),
    *(records.Change, edtf.Date, edtf.Point, datetime.date, Decimal),
)


def dump(record: StatementInFile) -> bytes:
    """Return the bytes to be kept of a statement without problems."""
    from archive.model import tracing  # takes a moment to load

    prints = tracing.of_statement(record.statement)
    return plain.dump((record.statement, record.links, record.loaded, sorted(record.cited), prints))


def load(data: bytes, read: Callable[[], Document]) -> StatementInFile | None:
    """Return the statement of which these bytes were kept, None for any others; `read` reads its file."""
    try:
        statement, links, loaded, cited, prints = plain.load(data, *_CLASSES)
        return StatementInFile(statement=statement, read=read, links=links, loaded=loaded, cited=cited, prints=prints)
    except Exception:  # whatever is wrong with them
        return None
