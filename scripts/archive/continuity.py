"""An earlier manifest and the archive as it is -> a Problem for each promise to readers that is broken.

The promises: no record changes in substance without a new entry in its history; no entry of a history is changed,
removed, or put before an older one; no id and no address disappears.
"""

import posixpath
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from archive import addresses
from archive.checked import problem
from archive.exports import manifest
from archive.exports.manifest import Kept, Manifest
from archive.model import Archive, Document, Problem
from archive.read import AUTHORITIES, DOCS, STATEMENTS, Reading, quoted, shown

_NEW_ENTRY = "add an entry at the end of history, with the day, the kind of change and what was changed and why"
_ONLY_ADDED = "restore it as it was published; what was wrong in it is said in a new entry at the end"


class Foreign(Exception):
    """The manifest is that of another archive; the message says which."""


def broken(earlier: Manifest, archive: Archive, reading: Reading) -> tuple[Problem, ...]:
    """Every promise broken by the archive, as checked; `reading` is what it was made from. Sorted.

    Raises Foreign where the manifest has another naming authority, which no archive ever changes.
    """
    if earlier.naming_authority != archive.naming_authority:
        raise Foreign(
            f"the manifest is that of {quoted(earlier.naming_authority)}, and this archive is that of "
            f"{quoted(archive.naming_authority)}: extra.naming_authority in mkdocs.yml never changes once the site is "
            "published; name the manifest of this archive, or set it back"
        )
    return tuple(sorted(_broken(earlier, archive, reading)))


def _broken(earlier: Manifest, archive: Archive, reading: Reading) -> Iterator[Problem]:
    published = {record.id: record for record in earlier.records}
    now = manifest.of(archive, _renamed(archive, published))
    documents = {document.stem: document for document in reading.statements}
    holders = {id: record for record in now.records for id in (record.id, *record.aliases)}
    for before in earlier.records:
        after = holders.get(before.id)
        if after is None:
            yield _record_gone(before, now, documents)
            continue
        document = documents[after.id]
        if after.id != before.id and after.id in published:
            yield from _merged(before, after, published[after.id], document)
        else:
            yield from _history_kept(before, after, document)
            yield from _change_told(before, after, document)
            yield from _first_id_kept(before, after, document)
        yield from _aliases_kept(before, after, holders, document)
    yield from _addresses_kept(earlier, now)


def _renamed(archive: Archive, published: Mapping[str, Kept]) -> dict[str, str]:
    """The id of each record that is published under a former one -> that id."""
    return {
        one.id: alias
        for one in archive.statements
        if one.id not in published
        for alias in one.aliases
        if alias in published
    }


def _record_gone(before: Kept, now: Manifest, documents: Mapping[str, Document]) -> Problem:
    """A record's id must stay, as that of its file or as an alias; a draft is not published."""
    if document := documents.get(before.id):
        return problem(
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
    return Problem(
        path=shown(f"{STATEMENTS}/{before.id[:4]}/{before.id}.md"),
        line=1,
        col=1,
        field="",
        message=f"was published at /{shown(before.address)} and is gone",
        hint=hint,
    )


def _merged(before: Kept, after: Kept, survivor: Kept, document: Document) -> Iterator[Problem]:
    """A record that takes in another one must say so in its history."""
    if len(after.history) <= len(survivor.history) and before.id not in survivor.aliases:
        message = f"took in the record {quoted(before.id)}, which was published, and history has no new entry"
        yield problem(document, message, _NEW_ENTRY, "aliases")


def _history_kept(before: Kept, after: Kept, document: Document) -> Iterator[Problem]:
    """A published entry of a history must stay as it is and where it is; new ones follow it."""
    was, is_now = [e.sha256 for e in before.history], [e.sha256 for e in after.history]
    for change, i, j, k, m in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        altered = min(j - i, m - k)
        if change in ("replace", "delete"):
            for number in range(i, j):
                entry = f"the published entry of {shown(before.history[number].date)}"
                if number - i < altered:
                    yield problem(document, f"{entry} was altered", _ONLY_ADDED, "history", k + number - i)
                else:
                    yield problem(document, f"{entry} was removed", _ONLY_ADDED, "history")
        if change in ("replace", "insert") and j < len(was):
            for number in range(k + altered, m):
                message = "is new and stands before an entry that is published"
                yield problem(document, message, "move it to the end, with the day of the change", "history", number)


def _change_told(before: Kept, after: Kept, document: Document) -> Iterator[Problem]:
    """A record that changed in substance must have a new entry in its history."""
    if before.sha256 == after.sha256 or len(after.history) > len(before.history):
        return
    names = [*after.fields, *(name for name in before.fields if name not in after.fields)]
    changed = [name for name in names if before.fields.get(name) != after.fields.get(name)]
    if manifest.STATUS in changed:  # of a withdrawn record, nothing else was kept
        changed = [manifest.STATUS]
    what = f"{', '.join(map(shown, changed)) or 'the record'} changed since it was published"
    first = changed[0] if changed else ""
    if first == manifest.SUMMARY:
        line, col, field = document.body_line, 1, "body"
    else:
        (line, col), field = document.mark(first), shown(first)
    message = f"{what}, and history has no new entry"
    yield Problem(path=document.path, line=line, col=col, field=field, message=message, hint=_NEW_ENTRY)


def _first_id_kept(before: Kept, after: Kept, document: Document) -> Iterator[Problem]:
    """The first id that a record had must stay the first: feeds know the record by it."""
    if after.permanent_id != before.permanent_id and before.permanent_id in after.aliases:
        message = f"{quoted(after.permanent_id)} stands before {quoted(before.permanent_id)}, the record's id in feeds"
        yield problem(document, message, f"put {before.permanent_id} first", "aliases", 0)


def _aliases_kept(before: Kept, after: Kept, holders: Mapping[str, Kept], document: Document) -> Iterator[Problem]:
    """A former id must still lead to the record."""
    for alias in before.aliases:
        holder = holders.get(alias)
        if holder is None:
            message = f"{quoted(alias)} was published as a former id and is gone"
            yield problem(document, message, f"add {shown(alias)} to aliases again", "aliases")
        elif holder.id != after.id:
            message = f"{quoted(alias)} was published as a former id and now leads to {holder.id}"
            yield problem(document, message, f"move {shown(alias)} back to the aliases of this record", "aliases")


def _addresses_kept(earlier: Manifest, now: Manifest) -> Iterator[Problem]:
    """The address of an event, an addressee or a hand-written page must stay."""
    standing = set(now.addresses)
    kinds = {addresses.EVENTS: ("event", "events"), addresses.ADDRESSEES: ("addressee", "addressees")}
    for address in earlier.addresses:
        if address in standing or address.startswith(addresses.STATEMENTS):
            continue
        folder, _, rest = address.partition("/")
        name = rest.rstrip("/")
        message = f"was published at /{shown(address)} and is gone"
        if name and f"{folder}/" in kinds:
            kind, file = kinds[f"{folder}/"]
            path, message = f"{AUTHORITIES}/{file}.yml", f"the {kind} {quoted(name)} {message}"
            hint = "restore it with its id; its label may change"
        else:
            path = shown(posixpath.join(DOCS, address.rstrip("/") or "index") + ".md", 200)
            hint = "restore the page; it may say where its text has gone"
        yield Problem(path=path, line=1, col=1, field="", message=message, hint=hint)
