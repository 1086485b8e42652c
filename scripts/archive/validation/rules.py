"""The rules of the check beyond the types of fields, but for those about wording."""

import contextlib
import html
import posixpath
import re
from collections.abc import Iterator, Mapping

from archive.content.parser import nearest_hint
from archive.content.reader import DOCS_FOLDER
from archive.model import statement_fields, types, urls, vocabularies
from archive.model.authorities import INDEXES
from archive.model.document import FORBIDDEN, Fields, Items, Node, Problem, Text, character_name, quoted, shown, stem
from archive.model.records import Entry, Event
from archive.validation.registry import ArchiveInFiles, StatementInFile, problem_at, rule

_LINK = "link to ../YYYY/ID.md, to /events/ID/, or to a full https:// address"
_GENERATED = {urls.STATEMENTS.rstrip("/"), *(index.many for index in INDEXES.values())}
_EVENTS = ("events", "mentions")
_ENTITY = re.compile(r"&#?\w+;?")
_SCRIPTS = {
    "Latin": re.compile("[a-zà-ɏ]", re.IGNORECASE),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Greek": re.compile("[\u0370-\u03bb\u03bd-\u03ff]"),  # not μ, for units begin with it
}
_WORD = re.compile(r"[^\W_]+")
_RETYPE = "type the word anew, on one keyboard"
_ANOTHER_ID = "give one of them another id; an id is never used twice"


@rule("record")
def date_in_name(record: StatementInFile) -> Iterator[Problem]:
    """A statement's file name must begin with its date as far as it is known, and its folder must be its year."""
    statement = record.statement
    match = types.STEM.fullmatch(statement.id)
    if match is None:
        return
    date = statement.date.start.text
    if match[1] != date:
        yield record.problem(
            f"{statement.date.text!r} does not agree with the file name, which begins with {match[1]!r}",
            f"correct the date, or rename the file to {date}-{match[2]}.md",
            "date",
        )
    folder = statement.path.split("/")[1]
    if folder != statement.date.year:
        yield record.problem(
            f"{statement.date.text!r} does not agree with the folder {folder!r}",
            f"move the file to statements/{statement.date.year}/",
            "date",
        )


@rule("record")
def summary_present(record: StatementInFile) -> Iterator[Problem]:
    """A statement must have a summary in the archive's own words; a draft may say that it has none yet."""
    body = record.document.body
    if not body.strip():
        yield record.body_problem(0, "is empty", "write the summary after the front matter, in the archive's own words")
    elif statement_fields.UNWRITTEN in body and record.statement.status != "draft":
        yield record.body_problem(
            body.index(statement_fields.UNWRITTEN),
            f"says {statement_fields.UNWRITTEN!r}",
            "write it in the archive's own words, or set status: draft",
        )


@rule("record")
def title_written(record: StatementInFile) -> Iterator[Problem]:
    """The title of a statement that is no draft must be written."""
    if record.statement.status != "draft" and record.statement.title.startswith(statement_fields.UNWRITTEN_TITLE):
        hint = "write form, subject and occasion, such as Appeal on threats to peace, or set status: draft"
        yield record.problem(f"{quoted(record.statement.title)} is the title of a draft", hint, "title")


@rule("record")
def figure_values(record: StatementInFile) -> Iterator[Problem]:
    """A figure must have either a value, or min and/or max in order, and a qualifier only with a value."""
    for number, figure in enumerate(record.statement.figures):
        here = ("figures", number)
        ranged = figure.min is not None or figure.max is not None
        if figure.value is None and not ranged and not record.has_field(*here, "value", "min", "max"):
            yield record.problem("has no number", "give value, or min and/or max", *here)
        elif figure.value is not None and ranged:
            yield record.problem("has both a value and a range", "give value, or min and/or max, as stated", *here)
        elif ranged and figure.qualifier != "exactly":
            yield record.problem("has a qualifier for a range", "remove qualifier", *here, "qualifier")
        if figure.min is not None and figure.max is not None and figure.min > figure.max:
            yield record.problem(f"min {figure.min} is more than max {figure.max}", "exchange them", *here, "min")


@rule("record")
def events_cited(record: StatementInFile) -> Iterator[Problem]:
    """An event must be once in events or mentions, and every event of a figure or term in one of them."""
    statement = record.statement
    for number, event in enumerate(statement.mentions):
        if event in statement.events:
            yield record.problem(f"{event!r} stands in events too", "keep it in one of the two", "mentions", number)
    cited = {*statement.events, *statement.mentions}
    unread = any(name in record.document.fields.entries and not getattr(statement, name) for name in _EVENTS)
    if unread or "" in cited:
        return
    uses = [("figures", n, "event", figure.event) for n, figure in enumerate(statement.figures)]
    uses += [("terms", n, "about", term.about) for n, term in enumerate(statement.terms) if term.about]
    for group, number, field, event in uses:
        if event and event not in cited:
            yield record.problem(
                f"{event!r} is in neither events nor mentions", "add it to one of them", group, number, field
            )


@rule("record")
def history_in_order(record: StatementInFile) -> Iterator[Problem]:
    """The history must be in order, newest last, and end with a withdrawal if and only if the record is withdrawn."""
    history = record.statement.history
    for number in range(1, len(history)):
        if history[number].date < history[number - 1].date:
            yield record.problem(
                f"{history[number].date} is before {history[number - 1].date}",
                "newest last",
                "history",
                number,
                "date",
            )
    withdrawn = record.statement.withdrawn
    if history and withdrawn != (history[-1].kind == "withdrawal"):
        hint = "end the history with a withdrawal and its reason" if withdrawn else "set status: withdrawn"
        yield record.problem("status and history do not agree", hint, "status" if withdrawn else "history")


@rule("record")
def addition_first(record: StatementInFile) -> Iterator[Problem]:
    """An addition must be the first entry of a history: it says that the record is new, not what was changed in it."""
    for number, change in enumerate(record.statement.history):
        if number and change.kind == vocabularies.FIRST_CHANGE:
            message = f"{change.kind!r} is not the first entry, and describes no change"
            hint = "allowed: correction, where something was wrong or missing; clarification; withdrawal"
            yield record.problem(message, hint, "history", number, "kind")


@rule("record")
def nothing_hidden(record: StatementInFile) -> Iterator[Problem]:
    """A body must show no image, and no invisible or direction-changing character written as an entity."""
    from archive.text import markdown  # takes a moment to load

    text = record.document.body
    for match in _ENTITY.finditer(text):
        meant = html.unescape(match[0])
        if not meant or FORBIDDEN.search(meant):  # some are no characters of HTML at all
            name = character_name(meant[0]) if meant else "no character"
            message = f"{quoted(match[0])} stands for {name}, which is not allowed"
            yield record.body_problem(match.start(), message, "remove it")
    with contextlib.suppress(ValueError):  # body_simple reports it
        for source in markdown.images(text):
            message = f"has the image {quoted(source)}; images are not published"
            yield record.body_problem(max(text.find(source), 0), message, "link to the page that has it")


@rule("record")
def body_simple(record: StatementInFile) -> Iterator[Problem]:
    """A body must not be nested too deeply, or have too many brackets, to be rendered."""
    from archive.text import markdown

    try:
        markdown.links(record.document.body)
    except ValueError as error:
        yield record.body_problem(0, str(error), "simplify the text; a summary is a few paragraphs")


@rule("record")
def one_script(record: StatementInFile) -> Iterator[Problem]:
    """A word of a record must not mix Latin, Cyrillic and Greek letters, or who types it would not find it."""
    for steps, text in _texts(record.document.fields):
        for _, message in _mixed(text):
            yield record.problem(message, _RETYPE, *steps)
    for offset, message in _mixed(record.document.body):
        yield record.body_problem(offset, message, _RETYPE)


@rule("archive")
def body_links(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A link within the archive must have the file of a statement or the URL of a page as its target."""
    for record in archive.statements:
        path = record.statement.path
        for target in record.links:
            if urls.resolve_link(target, path, archive.link_targets) is None:
                offset = max(record.document.body.find(target), 0)
                hint = nearest_hint(target, _targets_beside(target, path, archive.link_targets), _LINK)
                yield record.body_problem(offset, f"{quoted(target)} leads nowhere", hint)


@rule("archive")
def groups_listed(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A figure's group must be one that its measure lists."""
    for record in archive.statements:
        for number, figure in enumerate(record.statement.figures):
            measure = archive.archive.measures.get(figure.measure)
            groups = measure.groups if measure else (figure.group,)
            if figure.group and figure.group not in groups:
                listed = ", ".join(groups) or "none; list it in measures.yml"
                hint = nearest_hint(figure.group, groups, f"allowed: {listed}")
                yield record.problem(
                    f"{figure.group!r} is not a group of {figure.measure}", hint, "figures", number, "group"
                )


@rule("archive")
def ids_unique(archive: ArchiveInFiles) -> Iterator[Problem]:
    """No two records may have one id or alias, by letter case either."""
    first: dict[str, str] = {}
    for path, read in archive.files:
        id = stem(path)
        taken = first.setdefault(id.casefold(), path)
        if taken != path:
            yield problem_at(read(), f"{quoted(id)} is already the id of {taken}", _ANOTHER_ID)
    for record in archive.statements:
        for number, alias in enumerate(record.statement.aliases):
            taken = first.setdefault(alias, f"an alias in {record.statement.path}")
            if taken != f"an alias in {record.statement.path}":
                yield record.problem(f"{alias!r} is already taken: {taken}", _ANOTHER_ID, "aliases", number)


@rule("archive")
def related_exist(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A related statement must be another one of the archive, and a draft is not in it yet."""
    for record in archive.statements:
        own = record.statement.id
        for number, relation in enumerate(record.statement.related):
            if relation.id == own or relation.id not in archive.ids:
                hint = nearest_hint(
                    relation.id,
                    [id for id in archive.ids if id[:4] == relation.id[:4] and id != own],
                    "give the id of another published statement",
                )
                message = f"{relation.id!r} is not another statement of the archive"
                yield record.problem(message, hint, "related", number, "id")


@rule("archive")
def hand_written_apart(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A file in docs/ must not have the URL of pages that are made from records."""
    for name in (*archive.archive.docs, *archive.archive.assets):
        if name.partition("/")[0].casefold().removesuffix(".md").removesuffix(".html") in _GENERATED:
            yield Problem(
                path=f"{DOCS_FOLDER}/{name}",
                line=1,
                col=1,
                field="",
                message=f"stands at an address of the pages made from records: {', '.join(sorted(_GENERATED))}",
                hint="rename it",
            )


@rule("authorities")
def places_named_by_both(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A place in Armenia or Azerbaijan must have its Armenian and its Azerbaijani name: readers of both look for it."""
    for id, place in archive.archive.places.items():
        languages = {name.language for name in place.names}
        if not {"armenia", "azerbaijan"}.isdisjoint(place.country):
            for code in ("az", "hy"):
                if code not in languages:
                    message = f"has no name in {vocabularies.LANGUAGES[code]}"
                    hint = f"add the name with language: {code}; a place in Armenia or Azerbaijan has both sides' names"
                    yield problem_at(archive.authorities["places"], message, hint, id, "names")


@rule("authorities")
def labels_have_words(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A label must have a letter or a digit: the search finds its page by its words."""
    for name, document in archive.authorities.items():
        for id, entry in archive.archive.authorities[name].items():
            if entry.label and not any(character.isalnum() for character in entry.label):
                message = f"{quoted(entry.label)} has no letter"
                yield problem_at(document, message, "give its name in words", id, "label")


@rule("authorities")
def measures_read(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A measure must say by which words drafts find it, or that they do not look for it."""
    for id, measure in archive.archive.measures.items():
        if bool(measure.said) is bool(measure.read):
            message = "has no words by which drafts find it" if not measure.read else "has both said and read: no"
            hint = "give said, the words for what became of what is counted, or read: no where no words would find it"
            yield problem_at(archive.authorities["measures"], message, hint, id)


@rule("authorities")
def wordings_distinct(archive: ArchiveInFiles) -> Iterator[Problem]:
    """Words by which drafts find an entry must not find an unrelated one of its kind too."""
    for name in ("addressees", "events", "instruments"):
        entries = archive.archive.authorities[name]
        found: dict[str, list[str]] = {}  # by words: the ids of entries
        for id, entry in entries.items():
            for words in _names(entry):
                found.setdefault(words.casefold(), []).append(id)
        for id, entry in entries.items():
            for number, words in enumerate(entry.said):
                others = found.setdefault(words.casefold(), [])
                apart = (one for one in others if id not in _chain(entries, one) and one not in _chain(entries, id))
                if other := next(apart, ""):
                    message = f"{quoted(words)} stands for {other} too"
                    hint = "give words that only one of them is known by"
                    yield problem_at(archive.authorities[name], message, hint, id, "said", number)
                others.append(id)


@rule("authorities")
def names_in_one_script(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A word in an authority file must not mix Latin, Cyrillic and Greek letters."""
    for document in archive.authorities.values():
        for steps, text in _texts(document.fields):
            for _, message in _mixed(text):
                yield problem_at(document, message, _RETYPE, *steps)


@rule("authorities")
def no_own_ancestor(archive: ArchiveInFiles) -> Iterator[Problem]:
    """No entry of an authority file may be its own ancestor."""
    for name, document in archive.authorities.items():
        entries = archive.archive.authorities[name]
        for id in entries:
            chain = _chain(entries, id)
            if getattr(entries[chain[-1]], "parent", "") == id:
                way = " > ".join([*chain, id])
                message = f"is its own ancestor: {shown(way)}"
                yield problem_at(document, message, "change one of these parents", id, "parent")


def _names(entry: Entry) -> Iterator[str]:
    """Yield the names by which drafts find an entry, beside what is said of it."""
    names = [entry.label.partition(",")[0], *(each for name in entry.names for each in (name.name, name.abbreviation))]
    for name in filter(None, names):
        # a common noun is no name of an event, and one that a place has is told from it by the time
        if not isinstance(entry, Event) or any(letter.isupper() or letter.isdigit() for letter in name[1:]):
            yield name


def _chain(entries: Mapping[str, Entry], id: str) -> list[str]:
    """Return the id of an entry and those of its ancestors."""
    chain = [id]
    while (parent := getattr(entries[chain[-1]], "parent", "")) and parent in entries and parent not in chain:
        chain.append(parent)
    return chain


def _texts(node: Node, *steps: str | int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text below a node with the steps that lead to it."""
    if isinstance(node, Text):
        yield steps, node.value
    for step, child in node.entries.items() if isinstance(node, Fields) else ():
        yield from _texts(child, *steps, step)
    for place, item in enumerate(node.items if isinstance(node, Items) else ()):
        yield from _texts(item, *steps, place)


def _mixed(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of each word of two scripts, and which letter is the one among those of the other."""
    several = sum(bool(pattern.search(text)) for pattern in _SCRIPTS.values()) > 1
    for match in _WORD.finditer(text) if several else ():
        found = {script: letters for script, pattern in _SCRIPTS.items() if (letters := pattern.findall(match[0]))}
        if len(found) > 1:
            main, *_, other = sorted(found, key=lambda script: -len(found[script]))
            yield match.start(), f"{quoted(match[0])} has {character_name(found[other][0])} among {main} letters"


def _targets_beside(target: str, path: str, targets: Mapping[str, str]) -> list[str]:
    """Return what can be linked to in the folder that a link names, as the file at `path` would write it."""
    if target.startswith("/"):
        return [place for place in targets if place.startswith("/") and place.count("/") == target.count("/")]
    here = posixpath.dirname(path)
    folder = posixpath.dirname(posixpath.normpath(posixpath.join(here, target)))
    return [posixpath.relpath(place, here) for place in targets if posixpath.dirname(place) == folder and place != path]
