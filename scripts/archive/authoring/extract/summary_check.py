"""Find the words that a record has in common with the text of a report."""

from archive.authoring.extract import press_text
from archive.content.reader import read_statement
from archive.model.document import Problem
from archive.model.errors import ArchiveError
from archive.validation import copying


def shared_words(data: bytes, name: str, path: str, record: bytes) -> list[copying.Run]:
    """Return the runs of words that a record, in the file at `path`, shares with a text, which messages call `name`.

    Raise ArchiveError if the bytes are no text, or the file cannot be read as a record.
    """
    document = read_statement(path, record)
    if isinstance(document, Problem):
        raise ArchiveError(problems=[document])
    try:
        press = press_text.read_press_text(data)
    except press_text.NotPressText as error:
        raise ArchiveError(f"{name} {error}") from None
    return copying.shared_with_record(document, press.text)
