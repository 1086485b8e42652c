"""The rules about evidence: claims, their sources, and dates (editorial rules 7, 8a and 9)."""

from collections.abc import Iterator

from archive.model import urls
from archive.model.document import Problem, quoted, shown
from archive.model.records import Source, Statement
from archive.validation.registry import ArchiveInFiles, StatementInFile, problem_at, rule

_CLAIMS = ("requests", "figures", "terms")
_SAME_REPORT = "make the two one record, or, if it reports two statements, relate one to the other as same-report"


@rule("record")
def claim_sources(record: StatementInFile) -> Iterator[Problem]:
    """A request, figure or term must name its source by its number where there are several, unless it is in a draft."""
    statement = record.statement
    count = len(statement.sources)
    for group in _CLAIMS:
        for number, claim in enumerate(getattr(statement, group)):
            here = (group, number, "source")
            if not record.has_field(*here):
                if count > 1 and not statement.draft:
                    hint = f"say in which of the {count} sources it stands; allowed: 1 to {count}"
                    yield record.problem("is missing", hint, *here)
            elif count == 1:
                hint = "remove it; what a record says stands in its only source"
                yield record.problem("stands in a record with one source", hint, *here)
            elif claim.source and claim.source > count > 0:
                yield record.problem(f"{claim.source} is not in the list of sources", f"allowed: 1 to {count}", *here)


@rule("record")
def source_copies(record: StatementInFile) -> Iterator[Problem]:
    """A source must give archived_url and archived_at together, and retrieved_at with sha256 and with extent_read."""
    for number, source in enumerate(record.statement.sources):
        captured = source.sha256 or record.has_field("sources", number, "sha256")
        needs = (
            ("archived_url", source.archived_url, "archived_at", source.archived_at),
            ("archived_at", source.archived_at, "archived_url", source.archived_url),
            ("sha256", source.sha256, "retrieved_at", source.retrieved_at),
            ("extent_read", source.extent_read, "retrieved_at", source.retrieved_at),
            ("retrieved_at", source.retrieved_at and not captured, "extent_read", source.extent_read),
        )
        for has, value, lacks, other in needs:
            if value and not other and not record.has_field("sources", number, lacks):
                yield record.problem(f"stands without {lacks}", f"add {lacks}, or remove {has}", "sources", number, has)


@rule("record")
def first_report(record: StatementInFile) -> Iterator[Problem]:
    """A statement must not be later than its first report, and of the same date if no other is known."""
    statement = record.statement
    published = [source.published for source in statement.sources if source.published]
    if not published:
        return
    first = min(published, key=lambda date: (date.latest, date.earliest))
    reported = statement.date_basis == "reported"
    if statement.date.earliest > first.latest or (reported and statement.date != first):
        message = f"{statement.date.text!r} is not {first.text!r}, the date of the first report"
        hint = f"write {first.text}, or, if the statement's own date is known, correct date_basis or published"
        if not reported:
            message = f"{statement.date.text!r} is after {first.text!r}, when a source was published"
            hint = "a statement is not later than its first report: correct date, or published of that source"
        yield record.problem(message, hint, "date")


@rule("archive")
def titles_used_once(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A title must be that of one record, by letter case either; drafts and withdrawn records have any."""
    first: dict[str, str] = {}
    for record in archive.statements:
        statement = record.statement
        if statement.withdrawn or statement.draft or not statement.title:
            continue
        other = first.setdefault(statement.title.casefold(), statement.path)
        if other != statement.path:
            hint = "say in one of them what sets it apart: the occasion, the addressee or the date"
            yield record.problem(f"{quoted(statement.title)} is the title of {other} too", hint, "title")


@rule("archive")
def reports_cited_once(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A report must be the source of one record, unless two are related as `same-report` or one is withdrawn."""
    first: dict[tuple[str, ...], tuple[StatementInFile, Source]] = {}
    for record in archive.statements:
        if record.statement.withdrawn:
            continue
        for number, source in enumerate(record.statement.sources):
            for step, key, report in _reports(record.statement, source):
                other, its_source = first.setdefault(key, (record, source))
                if other is record or _in_same_report(record.statement, other.statement):
                    continue
                if step != "outlet" or not (source.url and its_source.url):  # two addresses tell them apart
                    message = f"{shown(report)} is a source of {other.statement.path} too"
                    yield record.problem(message, _SAME_REPORT, "sources", number, step)
                    break


def _reports(statement: Statement, source: Source) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield by what a report is known: the field, what has to be the same in it and others, and the report in words."""
    if source.url:
        yield "url", ("url", urls.normal(source.url)), source.url
    if source.published:
        for step, title in (("title", source.title), ("outlet", statement.title)):
            if title:
                words = f"the report of {source.outlet} of {source.published.text}, {quoted(title)},"
                yield step, (step, source.outlet, source.published.text, title.casefold()), words


@rule("authorities")
def summaries_sourced(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A summary of an event must have the sources that it rests on."""
    for id, event in archive.archive.events.items():
        if event.summary and not event.sources:
            hint = "add sources, each with title and url; what no source says is left out of the summary"
            yield problem_at(archive.authorities["events"], "stands without sources", hint, id, "summary")


def _in_same_report(first: Statement, second: Statement) -> bool:
    ties = {(tie.relation, of.id, tie.id) for of in (first, second) for tie in of.related}
    return bool(ties & {("same-report", first.id, second.id), ("same-report", second.id, first.id)})
