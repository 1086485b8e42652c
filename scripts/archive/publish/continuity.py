"""Compare an earlier edition with the next, field by field: a Problem for each promise to readers broken.

The promises: no record changes in substance without a new entry in its history; no entry of a history is changed,
removed, or put before an older one; no id and no address disappears. Entries of authority files have no history: their
changes are reported, and are no problem.

The substance of a record is its fields as the data have them, and its summary as it is shown; that of a withdrawn one,
that it is withdrawn. A field that the format of the earlier edition did not have is not compared, and whoever only
follows the new id of another record has not changed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from archive.content.reader import AUTHORITIES_FOLDER, DOCS_FOLDER, STATEMENTS_FOLDER
from archive.exports.data.json_records import Plain
from archive.exports.data.manifest import entry_hash
from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.document import Document, Fields, Mark, Problem, quoted, shown
from archive.model.errors import USAGE, ArchiveError
from archive.publish.differences import Difference, differences
from archive.publish.edition import Edition, PublishedRecord
from archive.text import formatting, markdown
from archive.validation.registry import problem_at

_NEW_ENTRY = "add an entry at the end of history, with the day, the kind of change and what was changed and why"
_ONLY_ADDED = "restore it as it was published; a new entry at the end says what was wrong in it"
_REDIRECT = "or name the page that stands in its place: extra.redirects in mkdocs.yml"

_SOURCE = "source"  # of a figure; a former edition has 1 where a record names none of several
_SUMMARY, _STATUS, _RELATED = "summary", "status", "related"
_APART = {"id", "address", "aliases", "history", "summary_html"}  # compared by themselves, or follow from others
_CODE = re.compile("(<pre>.*?</pre>)", re.DOTALL)

_Documents = Callable[[], Mapping[str, Document]]  # by id
_Holders = Mapping[str, PublishedRecord]  # the records of the next edition, by present and former ids


def breaking_changes(
    earlier: Edition, now: Edition, read_documents: Callable[[], Iterable[Document]]
) -> tuple[Problem, ...]:
    """Return a problem for every promise that the next edition breaks, sorted.

    `read_documents` reads the files of the records, which only problems need, for their places. Raise ArchiveError
    where the earlier edition has another naming authority, which no archive ever changes.
    """
    if earlier.naming_authority != now.naming_authority:
        raise ArchiveError(
            f"the edition before is that of {quoted(earlier.naming_authority)}, and this archive is that of "
            f"{quoted(now.naming_authority)}: extra.naming_authority in mkdocs.yml never changes once the site is "
            "published; name an edition of this archive, or set it back",
            USAGE,
        )
    documents = cache(lambda: {document.stem: document for document in read_documents()})
    return tuple(sorted(_broken(earlier, now, documents)))


def authority_changes(earlier: Edition, now: Edition) -> tuple[str, ...]:
    """Return a line for each field of an entry of an authority file that changed, after the count of the entries."""
    changed = {
        f"{AUTHORITIES_FOLDER}/{name}.yml: {shown(id)}": found
        for name, entries in earlier.authorities.items()
        for id, before in entries.items()
        if id in now.authorities[name] and (found := list(differences(_compared(before), now.authorities[name][id])))
    }
    if not changed:
        return ()
    return (
        f"{formatting.count(len(changed), 'entry', 'entries')} of the authorities changed since the edition before:",
        *(f"{entry}: {each.field} {each.account}" for entry, found in changed.items() for each in found),
    )


def _broken(earlier: Edition, now: Edition, documents: _Documents) -> Iterator[Problem]:
    published = earlier.records
    holders = {id: record for record in now.records.values() for id in (record.id, *record.aliases)}
    for before in published.values():
        after = holders.get(before.id)
        if after is None:
            yield _record_gone(before, now, holders, documents)
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


def _record_gone(before: PublishedRecord, now: Edition, holders: _Holders, documents: _Documents) -> Problem:
    """A record's id must stay, as that of its file or as an alias; a draft is not published."""
    address = shown(urls.statement(before.id))
    if document := documents().get(before.id):
        return problem_at(
            document,
            f"was published at /{address} and is a draft now",
            "set status: withdrawn, with a withdrawal and its reason at the end of history; or publish it again",
            _STATUS,
        )
    same = [
        record
        for record in now.records.values()
        if len({*map(tuple, _hashes(before, record))}) == 1 and not any(_changes(before, record, holders))
    ]
    if len(same) == 1:
        hint = f"if it was renamed to {same[0].id}, add {shown(before.id)} to the aliases there"
    else:
        hint = "restore it, and withdraw it with its reason if need be; if it was renamed, add its id to the aliases"
    return problem_at(_document(before.id, documents), f"was published at /{address} and is gone", hint)


def _merged(
    before: PublishedRecord, after: PublishedRecord, survivor: PublishedRecord, documents: _Documents
) -> Iterator[Problem]:
    """A record that takes in another one must say so in its history."""
    if len(after.history) <= len(survivor.history) and before.id not in survivor.aliases:
        message = f"took in the record {quoted(before.id)}, which was published, and history has no new entry"
        yield problem_at(_document(after.id, documents), message, _NEW_ENTRY, "aliases")


def _history_kept(before: PublishedRecord, after: PublishedRecord, documents: _Documents) -> Iterator[Problem]:
    """A published entry of a history must stay as it is and where it is; new ones follow it."""
    was, is_now = _hashes(before, after)
    if is_now[: len(was)] == was:
        return
    document = _document(after.id, documents)
    for change, i, j, k, m in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        altered = min(j - i, m - k)
        if change in ("replace", "delete"):
            for number in range(i, j):
                published, place = before.history[number], k + number - i
                entry = f"the published entry of {shown(published['date'])}"
                if number - i < altered:
                    message = f"{entry} was altered{_altered(published, after.history[place])}"
                    yield problem_at(document, message, _ONLY_ADDED, "history", place)
                else:
                    note = f": {quoted(str(published['note']))}" if "note" in published else ""
                    yield problem_at(document, f"{entry} was removed{note}", _ONLY_ADDED, "history")
        if change in ("replace", "insert") and j < len(was):
            for number in range(k + altered, m):
                message = "is new and stands before an entry that is published"
                yield problem_at(document, message, "move it to the end, with the day of the change", "history", number)


def _hashes(before: PublishedRecord, after: PublishedRecord) -> tuple[list[str], list[str]]:
    """Return the hashes of the entries of two histories, made of the fields that the format of the former had."""
    names = (after if before.withdrawn else before).history[0].keys()
    was, is_now = (
        [entry.get("sha256") or entry_hash({name: entry.get(name) for name in names}) for entry in record.history]
        for record in (before, after)
    )
    return was, is_now


def _altered(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Say what was altered in an entry, unless only hashes are known of it."""
    if "sha256" in before or "sha256" in after:
        return ""
    return f": {', '.join(f'{each.field} {each.account}' for each in differences(before, after))}"


def _change_recorded(
    before: PublishedRecord, after: PublishedRecord, holders: _Holders, documents: _Documents
) -> Iterator[Problem]:
    """A record that changed in substance must have a new entry in its history."""
    if len(after.history) > len(before.history):
        return
    for difference in _changes(before, after, holders):
        document = _document(after.id, documents)
        message = f"changed since it was published, {difference.account}, and history has no new entry"
        if difference.steps == (_SUMMARY,):
            yield Problem(
                path=document.path, line=document.body_line, col=1, field="body", message=message, hint=_NEW_ENTRY
            )
        else:
            yield problem_at(document, message, _NEW_ENTRY, *difference.steps)


def _changes(before: PublishedRecord, after: PublishedRecord, holders: _Holders) -> Iterator[Difference]:
    """Yield each change of substance; a record that is cited by a former id is the one that holds this id now."""
    was, is_now = before.fields, after.fields
    if before.withdrawn or after.withdrawn:  # of a withdrawn record, nothing else is published
        yield from differences({_STATUS: was.get(_STATUS)}, {_STATUS: is_now.get(_STATUS)})
        return
    for difference in differences(_compared(was, holders), _compared(is_now, holders)):
        if difference.steps[-1] != _SOURCE or (difference.before, difference.after) != (1, None):
            yield difference
    texts = was[_SUMMARY], is_now[_SUMMARY]
    if texts[0] != texts[1] and _displayed(texts[0], holders) != _displayed(texts[1], holders):
        yield Difference(steps=(_SUMMARY,), before=texts[0], after=texts[1])


def _compared(fields: Plain, holders: _Holders | None = None) -> Plain:
    """Return the fields that are compared by their values; `holders` for those of a record."""
    compared = {name: value for name, value in fields.items() if name not in _APART}
    if holders is not None:
        del compared[_SUMMARY]
        compared[_RELATED] = [tie | {"id": _held(tie["id"], holders)} for tie in fields[_RELATED]]
    return compared


def _held(id: str, holders: _Holders) -> str:
    return holders[id].id if id in holders else id


def _displayed(summary: str, holders: _Holders) -> object:
    """Return what a summary shows, wherever its lines are broken."""

    def link(href: str) -> str:
        place, hash, fragment = href.partition("#")
        id = place.rstrip("/").rpartition("/")[2].removesuffix(".md")
        cites = id in holders and (place.endswith(".md") or place.startswith(f"/{urls.STATEMENTS}"))
        return f"{urls.statement(_held(id, holders))}{hash}{fragment}" if cites else href

    try:
        html = markdown.render(summary, link)
    except ValueError:  # no summary that this program would admit
        return summary
    return [part if part.startswith("<pre>") else part.split() for part in _CODE.split(html)]


def _first_id_kept(before: PublishedRecord, after: PublishedRecord, documents: _Documents) -> Iterator[Problem]:
    """The first id that a record had must stay the first: feeds know the record by it."""
    if after.permanent_id != before.permanent_id and before.permanent_id in after.aliases:
        message = f"{quoted(after.permanent_id)} stands before {quoted(before.permanent_id)}, the record's id in feeds"
        yield problem_at(_document(after.id, documents), message, f"put {before.permanent_id} first", "aliases", 0)


def _aliases_kept(
    before: PublishedRecord, after: PublishedRecord, holders: _Holders, documents: _Documents
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


def _authorities_kept(earlier: Edition, now: Edition) -> Iterator[Problem]:
    """The id of an entry of an authority file must stay: pages and data are known by it."""
    for name, id in _lost(earlier, now):
        hint = "restore it with its id, by which the data know it; its label may change"
        yield _at_top(f"{AUTHORITIES_FOLDER}/{name}.yml", f"{quoted(id)} was published and is gone", hint)


def _addresses_kept(earlier: Edition, now: Edition) -> Iterator[Problem]:
    """The address of a page, a feed or a file must stay, or be among the redirects."""
    kept = {*now.addresses, *now.gone}
    of_records = {urls.statement(id) for record in earlier.records.values() for id in (record.id, *record.aliases)}
    # what goes with an id is not reported once more
    reported = tuple(urls.entry(name, id) for name, id in _lost(earlier, now) if name in INDEXES)
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


def _lost(earlier: Edition, now: Edition) -> list[tuple[str, str]]:
    return [(name, id) for name, ids in earlier.authorities.items() for id in ids if id not in now.authorities[name]]


def _at_top(path: str, message: str, hint: str) -> Problem:
    return Problem(path=path, line=1, col=1, field="", message=message, hint=hint)
