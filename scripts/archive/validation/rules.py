"""The rules a record keeps beyond the types of its fields, but for those about wording.

Each rule is a generator of problems, and its docstring is the rule. A rule about one statement sees that statement;
a rule about the archive sees all of it.
"""

import contextlib
import html
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from archive.content.parser import nearest_hint
from archive.content.reader import DOCS_FOLDER, Reading
from archive.model import statement_fields, types, urls, vocabularies
from archive.model.document import FORBIDDEN, Document, Problem, character_name, quoted, shown
from archive.model.records import Addressee, Archive, Event, Statement
from archive.text import markdown
from archive.validation.registry import StatementInFile, problem_at

_LINK = "link to ../YYYY/ID.md, to /events/ID/, or to a full https:// address"
_MADE = {place.rstrip("/") for place in (urls.STATEMENTS, urls.EVENTS, urls.ADDRESSEES)}
_EVENTS = ("events", "mentions")
_ENTITY = re.compile(r"&#?\w+;?")
_ANOTHER_ID = "give one of them another id; an id is never used twice"


def date_in_name(checked: StatementInFile) -> Iterator[Problem]:
    """A statement's file name must begin with its date as far as it is known, and its folder must be its year."""
    statement = checked.statement
    match = types.STEM.fullmatch(statement.id)
    if match is None:
        return
    known = statement.date.start.text
    if match[1] != known:
        yield checked.problem(
            f"{statement.date.text!r} does not agree with the file name, which begins with {match[1]!r}",
            f"correct the date, or rename the file to {known}-{match[2]}.md",
            "date",
        )
    folder = checked.document.path.split("/")[1]
    if folder != statement.date.year:
        yield checked.problem(
            f"{statement.date.text!r} does not agree with the folder {folder!r}",
            f"move the file to statements/{statement.date.year}/",
            "date",
        )


def summary_present(checked: StatementInFile) -> Iterator[Problem]:
    """A statement must have a summary in the archive's own words; a draft may say that it has none yet."""
    body = checked.document.body
    if not body.strip():
        yield checked.body_problem(
            0, "is empty", "write the summary after the front matter, in the archive's own words"
        )
    elif statement_fields.UNWRITTEN in body and checked.statement.status != "draft":
        yield checked.body_problem(
            body.index(statement_fields.UNWRITTEN),
            f"says {statement_fields.UNWRITTEN!r}",
            "write it in the archive's own words, or set status: draft",
        )


def figure_values(checked: StatementInFile) -> Iterator[Problem]:
    """A figure must have either a value, or min and/or max in order, and a qualifier only with a value."""
    for number, figure in enumerate(checked.statement.figures):
        here = ("figures", number)
        ranged = figure.min is not None or figure.max is not None
        if figure.value is None and not ranged and not checked.written(*here, "value", "min", "max"):
            yield checked.problem("has no number", "give value, or min and/or max", *here)
        elif figure.value is not None and ranged:
            yield checked.problem("has both a value and a range", "give value, or min and/or max, as stated", *here)
        elif ranged and figure.qualifier != "exactly":
            yield checked.problem("has a qualifier for a range", "remove qualifier", *here, "qualifier")
        if figure.min is not None and figure.max is not None and figure.min > figure.max:
            yield checked.problem(f"min {figure.min} is more than max {figure.max}", "exchange them", *here, "min")


def figure_sources(checked: StatementInFile) -> Iterator[Problem]:
    """A figure's source must be a number in the list of sources."""
    count = len(checked.statement.sources)
    for number, figure in enumerate(checked.statement.figures):
        if figure.source > count > 0:
            yield checked.problem(
                f"{figure.source} is not in the list of sources",
                f"allowed: 1 to {count}",
                "figures",
                number,
                "source",
            )


def events_cited(checked: StatementInFile) -> Iterator[Problem]:
    """An event must stand once in events or mentions, and every event of a figure or term in one of them."""
    statement = checked.statement
    for number, event in enumerate(statement.mentions):
        if event in statement.events:
            yield checked.problem(f"{event!r} stands in events too", "keep it in one of the two", "mentions", number)
    cited = {*statement.events, *statement.mentions}
    unread = any(name in checked.document.fields.entries and not getattr(statement, name) for name in _EVENTS)
    if unread or "" in cited:
        return
    uses = [("figures", n, "event", figure.event) for n, figure in enumerate(statement.figures)]
    uses += [("terms", n, "about", term.about) for n, term in enumerate(statement.terms) if term.about]
    for group, number, field, event in uses:
        if event and event not in cited:
            yield checked.problem(
                f"{event!r} is in neither events nor mentions", "add it to one of them", group, number, field
            )


def source_copies(checked: StatementInFile) -> Iterator[Problem]:
    """A source must give archived_url and archived_at together, and retrieved_at with sha256 and with extent_read."""
    for number, source in enumerate(checked.statement.sources):
        captured = source.sha256 or checked.written("sources", number, "sha256")
        needs = (
            ("archived_url", source.archived_url, "archived_at", source.archived_at),
            ("archived_at", source.archived_at, "archived_url", source.archived_url),
            ("sha256", source.sha256, "retrieved_at", source.retrieved_at),
            ("extent_read", source.extent_read, "retrieved_at", source.retrieved_at),
            ("retrieved_at", source.retrieved_at and not captured, "extent_read", source.extent_read),
        )
        for has, one, lacks, other in needs:
            if one and not other and not checked.written("sources", number, lacks):
                yield checked.problem(
                    f"stands without {lacks}", f"add {lacks}, or remove {has}", "sources", number, has
                )


def history_in_order(checked: StatementInFile) -> Iterator[Problem]:
    """The history must be in order, newest last, and end with a withdrawal if and only if the record is withdrawn."""
    history = checked.statement.history
    for number in range(1, len(history)):
        if history[number].date < history[number - 1].date:
            yield checked.problem(
                f"{history[number].date} is before {history[number - 1].date}",
                "newest last",
                "history",
                number,
                "date",
            )
    withdrawn = checked.statement.withdrawn
    if history and withdrawn != (history[-1].kind == "withdrawal"):
        hint = "end the history with a withdrawal and its reason" if withdrawn else "set status: withdrawn"
        yield checked.problem("status and history do not agree", hint, "status" if withdrawn else "history")


def addition_first(checked: StatementInFile) -> Iterator[Problem]:
    """An addition must be the first entry of a history: it says that the record is new, not what was changed in it."""
    for number, change in enumerate(checked.statement.history):
        if number and change.kind == vocabularies.FIRST_CHANGE:
            message = f"{change.kind!r} stands after the first entry, and tells no change"
            hint = "allowed: correction, where something was wrong or missing; clarification; withdrawal"
            yield checked.problem(message, hint, "history", number, "kind")


def body_links(checked: StatementInFile, known: Mapping[str, str]) -> Iterator[Problem]:
    """A link of a body that leads into the archive must lead to a statement's file or to the address of a page."""
    statement = checked.statement
    try:
        targets = markdown.links(checked.document.body)
    except ValueError as error:
        yield checked.body_problem(0, str(error), "simplify the text; a summary is a few paragraphs")
        return
    for target in targets:
        if urls.resolve_link(target, statement.path, known) is None:
            offset = max(checked.document.body.find(target), 0)
            hint = nearest_hint(target, _like(target, statement.path, known), _LINK)
            yield checked.body_problem(offset, f"{quoted(target)} leads nowhere", hint)


def _like(target: str, path: str, known: Mapping[str, str]) -> list[str]:
    """What can be linked to in the folder that a link means, as it would be written in the file at `path`."""
    if target.startswith("/"):
        return [place for place in known if place.startswith("/") and place.count("/") == target.count("/")]
    here = posixpath.dirname(path)
    folder = posixpath.dirname(posixpath.normpath(posixpath.join(here, target)))
    return [posixpath.relpath(place, here) for place in known if posixpath.dirname(place) == folder and place != path]


def nothing_hidden(checked: StatementInFile) -> Iterator[Problem]:
    """A body must show no image, and no invisible or direction-changing character written as an entity."""
    text = checked.document.body
    for match in _ENTITY.finditer(text):
        meant = html.unescape(match[0])
        if not meant or FORBIDDEN.search(meant):  # HTML has no place for some at all
            name = character_name(meant[0]) if meant else "no character"
            message = f"{quoted(match[0])} stands for {name}, which is not allowed"
            yield checked.body_problem(match.start(), message, "remove it")
    with contextlib.suppress(ValueError):  # the rule about links says so
        for source in markdown.images(text):
            message = f"has the image {quoted(source)}; images are not published"
            yield checked.body_problem(max(text.find(source), 0), message, "link to the page that has it")


def hand_written_apart(reading: Reading) -> Iterator[Problem]:
    """A file under docs/ must not stand where the pages made from records do."""
    for name in (*reading.docs, *reading.assets):
        if name.partition("/")[0].casefold().removesuffix(".md").removesuffix(".html") in _MADE:
            yield Problem(
                path=f"{DOCS_FOLDER}/{name}",
                line=1,
                col=1,
                field="",
                message=f"stands at an address of the pages made from records: {', '.join(sorted(_MADE))}",
                hint="rename it",
            )


def groups_listed(checked: StatementInFile, archive: Archive) -> Iterator[Problem]:
    """A figure's group must be one that its measure lists."""
    for number, figure in enumerate(checked.statement.figures):
        measure = archive.measures.get(figure.measure)
        groups = measure.groups if measure else (figure.group,)
        if figure.group and figure.group not in groups:
            listed = ", ".join(groups) or "none; list it in measures.yml"
            hint = nearest_hint(figure.group, groups, f"allowed: {listed}")
            yield checked.problem(
                f"{figure.group!r} is not a group of {figure.measure}", hint, "figures", number, "group"
            )


def ids_unique(documents: Iterable[Document], all_checked: Iterable[StatementInFile]) -> Iterator[Problem]:
    """No two records may have one id or alias, by letter case either."""
    first: dict[str, str] = {}
    for document in documents:
        id = document.stem
        taken = first.setdefault(id.casefold(), document.path)
        if taken != document.path:
            yield problem_at(document, f"{quoted(id)} is already the id of {taken}", _ANOTHER_ID)
    for checked in all_checked:
        for number, alias in enumerate(checked.statement.aliases):
            taken = first.setdefault(alias, f"an alias in {checked.document.path}")
            if taken != f"an alias in {checked.document.path}":
                yield checked.problem(f"{alias!r} is already taken: {taken}", _ANOTHER_ID, "aliases", number)


def reports_cited_once(all_checked: Iterable[StatementInFile]) -> Iterator[Problem]:
    """A report must be the source of one record, unless two that are `same-report` stand in it or one is withdrawn."""
    first: dict[str, StatementInFile] = {}
    for checked in all_checked:
        if checked.statement.status == "withdrawn":
            continue
        for number, source in enumerate(checked.statement.sources):
            other = first.setdefault(source.url, checked) if source.url else checked
            if other is not checked and not _in_same_report(checked.statement, other.statement):
                hint = (
                    "make the two one record, or, if it reports two statements, relate one to the other as same-report"
                )
                yield checked.problem(
                    f"{shown(source.url)} is a source of {other.document.path} too", hint, "sources", number, "url"
                )


def _in_same_report(one: Statement, other: Statement) -> bool:
    said = {(tie.relation, of.id, tie.id) for of in (one, other) for tie in of.related}
    return bool(said & {("same-report", one.id, other.id), ("same-report", other.id, one.id)})


def related_exist(all_checked: Iterable[StatementInFile], ids: Collection[str]) -> Iterator[Problem]:
    """A related statement must be another one of the archive, and a draft is not in it yet."""
    for checked in all_checked:
        for number, relation in enumerate(checked.statement.related):
            if relation.id == checked.statement.id or relation.id not in ids:
                hint = nearest_hint(
                    relation.id,
                    [id for id in ids if id[:4] == relation.id[:4] and id != checked.statement.id],
                    "give the id of another published statement",
                )
                yield checked.problem(
                    f"{relation.id!r} is not another statement of the archive", hint, "related", number, "id"
                )


def labels_have_words(entries: Mapping[str, Any], document: Document) -> Iterator[Problem]:
    """A label must have a letter or a digit: the search finds its page by its words."""
    for id, entry in entries.items():
        if entry.label and not any(character.isalnum() for character in entry.label):
            yield problem_at(document, f"{quoted(entry.label)} has no letter", "give its name in words", id, "label")


def no_own_ancestor(entries: Mapping[str, Event] | Mapping[str, Addressee], document: Document) -> Iterator[Problem]:
    """No event or addressee may be its own ancestor."""
    for id in entries:
        chain = [id]
        while (parent := entries[chain[-1]].parent) and parent in entries and parent not in chain:
            chain.append(parent)
        if parent == id:
            way = " > ".join([*chain, id])
            yield problem_at(
                document, f"is its own ancestor: {shown(way)}", "change one of these parents", id, "parent"
            )


STATEMENT_RULES: tuple[Callable[[StatementInFile], Iterator[Problem]], ...] = (
    date_in_name,
    summary_present,
    figure_values,
    figure_sources,
    events_cited,
    source_copies,
    history_in_order,
    addition_first,
    nothing_hidden,
)
