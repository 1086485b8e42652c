"""Compare the manifest of an earlier edition with that of the next: a Problem for each promise to readers broken.

The promises: no record changes in substance without a new entry in its history; no entry of a history is changed,
removed, or put before an older one; no id and no address disappears. Entries of authority files have no history: their
changes are reported, and are no problem.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache

from archive.content.reader import AUTHORITIES_FOLDER, DOCS_FOLDER, STATEMENTS_FOLDER
from archive.exports.data.manifest import RELATED, STATUS, SUMMARY, Authority, Manifest, PublishedRecord
from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.document import Document, Fields, Mark, Problem, quoted, shown
from archive.model.errors import USAGE, ArchiveError
from archive.text import formatting
from archive.validation.registry import problem_at

_NEW_ENTRY = "add an entry at the end of history, with the day, the kind of change and what was changed and why"
_ONLY_ADDED = "restore it as it was published; a new entry at the end says what was wrong in it"
_REDIRECT = "or name the page that stands in its place: extra.redirects in mkdocs.yml"

_Documents = Callable[[], Mapping[str, Document]]  # by id


def breaking_changes(
    earlier: Manifest, now: Manifest, read_documents: Callable[[], Iterable[Document]]
) -> tuple[Problem, ...]:
    """Return a problem for every promise that the next edition breaks, sorted.

    `read_documents` reads the files of the records, which only problems need, for their places. Raise ArchiveError
    where the manifest has another naming authority, which no archive ever changes.
    """
    if earlier.naming_authority != now.naming_authority:
        raise ArchiveError(
            f"the manifest is that of {quoted(earlier.naming_authority)}, and this archive is that of "
            f"{quoted(now.naming_authority)}: extra.naming_authority in mkdocs.yml never changes once the site is "
            "published; name the manifest of this archive, or set it back",
            USAGE,
        )
    documents = cache(lambda: {document.stem: document for document in read_documents()})
    return tuple(sorted(_broken(earlier, now, documents)))


def authority_changes(earlier: Manifest, now: Manifest) -> tuple[str, ...]:
    """Return a line for each entry of an authority file that changed, with the fields that did, after their count."""
    after = {(entry.vocabulary, entry.id): entry for entry in now.authorities}
    lines = [
        f"{AUTHORITIES_FOLDER}/{shown(before.vocabulary)}.yml: {shown(before.id)}: {', '.join(changed)}"
        for before in earlier.authorities
        if (entry := after.get((before.vocabulary, before.id))) and (changed := _changed(before, entry))
    ]
    if not lines:
        return ()
    return (
        f"{formatting.count(len(lines), 'entry', 'entries')} of the authorities changed since the edition before:",
        *lines,
    )


def _broken(earlier: Manifest, now: Manifest, documents: _Documents) -> Iterator[Problem]:
    published = {record.id: record for record in earlier.records}
    holders = {id: record for record in now.records for id in (record.id, *record.aliases)}
    for before in earlier.records:
        after = holders.get(before.id)
        if after is None:
            yield _record_gone(before, now, documents)
        elif after.id != before.id and after.id in published:
            yield from _merged(before, after, published[after.id], documents)
            yield from _aliases_kept(before, after, holders, documents)
        else:
            yield from _history_kept(before, after, documents)
            yield from _change_recorded(before, after, holders, documents)
            yield from _first_id_kept(before, after, documents)
            yield from _aliases_kept(before, after, holders, documents)
    yield from _authorities_kept(earlier, now)
    yield from _addresses_kept(earlier, now)


def _document(id: str, documents: _Documents) -> Document:
    """Return the file of a record; where it is gone, a document that only has its path."""
    no_fields = Fields(entries={}, keys={}, mark=Mark(1, 1))
    return documents().get(id) or Document(path=shown(f"{STATEMENTS_FOLDER}/{id[:4]}/{id}.md"), fields=no_fields)


def _record_gone(before: PublishedRecord, now: Manifest, documents: _Documents) -> Problem:
    """A record's id must stay, as that of its file or as an alias; a draft is not published."""
    if document := documents().get(before.id):
        return problem_at(
            document,
            f"was published at /{before.address} and is a draft now",
            "set status: withdrawn, with a withdrawal and its reason at the end of history; or publish it again",
            "status",
        )
    same = [record for record in now.records if record.sha256 == before.sha256 and record.history == before.history]
    if len(same) == 1:
        hint = f"if it was renamed to {same[0].id}, add {shown(before.id)} to the aliases there"
    else:
        hint = "restore it, and withdraw it with its reason if need be; if it was renamed, add its id to the aliases"
    return problem_at(_document(before.id, documents), f"was published at /{shown(before.address)} and is gone", hint)


def _merged(
    before: PublishedRecord, after: PublishedRecord, survivor: PublishedRecord, documents: _Documents
) -> Iterator[Problem]:
    """A record that takes in another one must say so in its history."""
    if len(after.history) <= len(survivor.history) and before.id not in survivor.aliases:
        message = f"took in the record {quoted(before.id)}, which was published, and history has no new entry"
        yield problem_at(_document(after.id, documents), message, _NEW_ENTRY, "aliases")


def _history_kept(before: PublishedRecord, after: PublishedRecord, documents: _Documents) -> Iterator[Problem]:
    """A published entry of a history must stay as it is and where it is; new ones follow it."""
    was, is_now = [e.sha256 for e in before.history], [e.sha256 for e in after.history]
    if is_now[: len(was)] == was:
        return
    document = _document(after.id, documents)
    for change, i, j, k, m in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        altered = min(j - i, m - k)
        if change in ("replace", "delete"):
            for number in range(i, j):
                entry = f"the published entry of {shown(before.history[number].date)}"
                if number - i < altered:
                    yield problem_at(document, f"{entry} was altered", _ONLY_ADDED, "history", k + number - i)
                else:
                    yield problem_at(document, f"{entry} was removed", _ONLY_ADDED, "history")
        if change in ("replace", "insert") and j < len(was):
            for number in range(k + altered, m):
                message = "is new and stands before an entry that is published"
                yield problem_at(document, message, "move it to the end, with the day of the change", "history", number)


def _change_recorded(
    before: PublishedRecord, after: PublishedRecord, holders: Mapping[str, PublishedRecord], documents: _Documents
) -> Iterator[Problem]:
    """A record that changed in substance must have a new entry in its history."""
    if len(after.history) > len(before.history):
        return
    changed = list(dict.fromkeys([*_changed(before, after), *_cites_others(before, after, holders)]))
    if not changed:
        return
    if STATUS in changed:  # of a withdrawn record, nothing else was kept
        changed = [STATUS]
    document = _document(after.id, documents)
    first = changed[0]
    if first == SUMMARY:
        line, col, field = document.body_line, 1, "body"
    else:
        (line, col), field = document.mark(first), first
    message = f"{', '.join(changed)} changed since it was published, and history has no new entry"
    yield Problem(path=document.path, line=line, col=col, field=field, message=message, hint=_NEW_ENTRY)


def _changed(before: PublishedRecord | Authority, after: PublishedRecord | Authority) -> list[str]:
    """Return the names of the fields that changed; "the record" where the hashes name none."""
    if before.sha256 == after.sha256:
        return []
    names = [*after.fields, *(name for name in before.fields if name not in after.fields)]
    return [shown(name) for name in names if before.fields.get(name) != after.fields.get(name)] or ["the record"]


def _cites_others(
    before: PublishedRecord, after: PublishedRecord, holders: Mapping[str, PublishedRecord]
) -> Iterator[str]:
    """Yield the fields that cite other records than before, whether by a former id or the present one."""

    def cited(record: PublishedRecord, name: str) -> list[str]:
        ids = record.cites.get(name, ())
        return [holders[id].id if id in holders else id for id in ids]

    if STATUS not in _changed(before, after):
        yield from (name for name in (RELATED, SUMMARY) if cited(before, name) != cited(after, name))


def _first_id_kept(before: PublishedRecord, after: PublishedRecord, documents: _Documents) -> Iterator[Problem]:
    """The first id that a record had must stay the first: feeds know the record by it."""
    if after.permanent_id != before.permanent_id and before.permanent_id in after.aliases:
        message = f"{quoted(after.permanent_id)} stands before {quoted(before.permanent_id)}, the record's id in feeds"
        yield problem_at(_document(after.id, documents), message, f"put {before.permanent_id} first", "aliases", 0)


def _aliases_kept(
    before: PublishedRecord, after: PublishedRecord, holders: Mapping[str, PublishedRecord], documents: _Documents
) -> Iterator[Problem]:
    """A former id must still redirect to the record."""
    for alias in before.aliases:
        holder = holders.get(alias)
        if holder is None:
            message = f"{quoted(alias)} was published as a former id and is gone"
            hint = f"add {shown(alias)} to aliases again"
        elif holder.id != after.id:
            message = f"{quoted(alias)} was published as a former id and now redirects to {holder.id}"
            hint = f"move {shown(alias)} back to the aliases of this record"
        else:
            continue
        yield problem_at(_document(after.id, documents), message, hint, "aliases")


def _authorities_kept(earlier: Manifest, now: Manifest) -> Iterator[Problem]:
    """The id of an entry of an authority file must stay: pages and data are known by it."""
    for entry in _lost(earlier, now):
        path = f"{AUTHORITIES_FOLDER}/{shown(entry.vocabulary)}.yml"
        hint = "restore it with its id, by which the data know it; its label may change"
        yield _at_top(path, f"{quoted(entry.id)} was published and is gone", hint)


def _addresses_kept(earlier: Manifest, now: Manifest) -> Iterator[Problem]:
    """The address of a page, a feed or a file must stay, or be among the redirects."""
    kept = {*now.addresses, *now.gone}
    of_records = {urls.statement(id) for record in earlier.records for id in (record.id, *record.aliases)}
    # what goes with an id is not reported once more
    reported = tuple(
        urls.entry(entry.vocabulary, entry.id) for entry in _lost(earlier, now) if entry.vocabulary in INDEXES
    )
    if not of_records <= kept:
        reported = (*reported, urls.STATEMENTS)
    for address in sorted({*earlier.addresses, *earlier.gone} - kept - of_records):
        if not address.startswith(reported):
            yield _address_gone(address)


def _address_gone(address: str) -> Problem:
    folder = address.partition("/")[0] + "/"
    path, hint = f"{DOCS_FOLDER}/{shown(address, 200)}", f"restore it, {_REDIRECT}"
    if address.startswith(urls.DATA_FILES):
        path, hint = "mkdocs.yml", f"the files of the data stay as long as their format, {urls.DATA_FORMAT}: restore it"
    elif folder in urls.GENERATED:
        path, hint = "mkdocs.yml", f"restore what stood there, {_REDIRECT}"
    elif not address:
        path, hint = f"{DOCS_FOLDER}/index.md", "restore it: nothing can stand in the place of the home page"
    elif address.endswith("/"):
        path = f"{DOCS_FOLDER}/{shown(address.rstrip('/'), 200)}.md"
    return _at_top(path, f"was published at /{shown(address, 200)} and is gone", hint)


def _lost(earlier: Manifest, now: Manifest) -> list[Authority]:
    kept = {(entry.vocabulary, entry.id) for entry in now.authorities}
    return [entry for entry in earlier.authorities if (entry.vocabulary, entry.id) not in kept]


def _at_top(path: str, message: str, hint: str) -> Problem:
    return Problem(path=path, line=1, col=1, field="", message=message, hint=hint)
