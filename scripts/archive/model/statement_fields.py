"""Describe the fields of a statement and of the records within it."""

from archive.model import records, types, vocabularies
from archive.model.fields import Field, Record

UNWRITTEN = "The summary is still to be written."  # what stands in the summary's place until it is
UNWRITTEN_TITLE = "To be written"  # with which the title of a draft begins until it is
SUMMARY_HELP = "In the archive's own words: what the statement states, reports and asks. The archive asserts nothing."
_SOURCE = Field(
    name="source",
    type=types.COUNT,
    help="Which source it stands in: its place in their list, from 1. Required where there are several, else left out.",
    example="1",
)
_LOCATOR = Field(
    name="locator",
    required=True,
    optional_in_drafts=True,
    type=types.LOCATOR,
    help=f"The place in that source; “{types.NOT_FOUND}” where the source could not be read anew.",
    example="par. 9",
)
REQUEST = Record(
    name="request",
    cls=records.Request,
    help="Something the statement asks of someone.",
    fields=(
        Field(
            name="of",
            many=True,
            vocabulary="addressees",
            help="Of whom it is asked; they need not be among the addressees. Left out if no one is named.",
            example="[states]",
        ),
        Field(
            name="asks",
            required=True,
            type=types.PROSE,
            help="What is asked, in the archive's own words.",
            example="joint efforts to restore human rights that the appeal says have been violated in the region",
        ),
        _SOURCE,
        _LOCATOR,
    ),
)
FIGURE = Record(
    name="figure",
    cls=records.Figure,
    help="A number as stated. Never summed, averaged, rounded or corrected.",
    fields=(
        Field(
            name="event",
            required=True,
            vocabulary="events",
            help="The event or period it refers to; one of the record's events or mentions.",
            example="second-karabakh-war-2020",
        ),
        Field(
            name="measure",
            required=True,
            vocabulary="measures",
            help="What is counted. Two wordings are two measures, unless the definition says otherwise.",
            example="civilians-killed",
        ),
        Field(
            name="group",
            type=types.SLUG_ID,
            help="The part of those counted that the number is of; one of the groups that the measure lists.",
            example="children",
        ),
        Field(
            name="value",
            type=types.NUMBER,
            help="The number. Where a range is stated, give min and max instead.",
            example="94",
        ),
        Field(
            name="qualifier",
            choices=vocabularies.QUALIFIERS_MEAN,
            default="exactly",
            help="What is said of the number.",
            example="about",
        ),
        Field(name="min", type=types.NUMBER, help="The least, where a range is stated.", example="90"),
        Field(name="max", type=types.NUMBER, help="The most, where a range is stated.", example="100"),
        Field(name="as_of", type=types.DATE, help="The date at which it held, where stated.", example="2021-09"),
        _LOCATOR,
        Field(
            name="note",
            type=types.PROSE,
            help="What a reader must know to read the number right.",
            example="Of the 1,275 people stated to have been taken hostage.",
        ),
        _SOURCE,
    ),
)
TERM = Record(
    name="term",
    cls=records.Term,
    help="A characterisation the statement uses, kept as data and not as the archive's words.",
    fields=(
        Field(name="term", required=True, help="The term, as the source has it.", example="ethnic cleansing"),
        Field(
            name="about",
            vocabulary="events",
            help="The event it is used of; one of the record's events or mentions.",
            example="second-karabakh-war-2020",
        ),
        _SOURCE,
        _LOCATOR,
    ),
)
SOURCE = Record(
    name="source",
    cls=records.Source,
    help="Where the statement was published or reported.",
    fields=(
        Field(
            name="kind",
            required=True,
            choices=vocabularies.SOURCE_KINDS,
            help="What the source is: the statement's own text, or a report of it.",
            example="press-report",
        ),
        Field(
            name="outlet",
            required=True,
            vocabulary="outlets",
            help="Who published it: the site, paper or station where it was read.",
            example="trend",
        ),
        Field(
            name="title",
            help="Its title as printed, loaded words and all.",
            example="Azerbaijani ombudsperson appeals to international organizations",
        ),
        Field(
            name="author", help="The person who wrote it, without “By”; an outlet is no author.", example="A. Writer"
        ),
        Field(
            name="published",
            type=types.DATE,
            help="When the source was published, as it says itself.",
            example="2021-09-21",
        ),
        Field(
            name="language",
            choices=vocabularies.LANGUAGES,
            help="The language the source is in (BCP 47).",
            example="en",
        ),
        Field(
            name="url",
            type=types.URL,
            help="The web address of the source. Left out where it is not known.",
            example="https://en.trend.az/azerbaijan/politics/3487377.html",
        ),
        Field(
            name="archived_url",
            type=types.URL,
            help="The web address of a copy that a web archive keeps; archived_at goes with it.",
            example="https://web.archive.org/web/20210921120000/https://daily.example/1",
        ),
        Field(
            name="archived_at",
            type=types.DAY,
            help="The day on which the web archive made that copy.",
            example="2026-11-23",
        ),
        Field(
            name="retrieved_at",
            type=types.DAY,
            help="The day on which the text was read for the archive.",
            example="2026-11-23",
        ),
        Field(
            name="extent_read",
            choices=vocabularies.EXTENTS_READ,
            help="How much of the text was read; retrieved_at goes with it. What was not read is not in the record.",
            example="part",
        ),
        Field(
            name="sha256",
            type=types.SHA256,
            help="The SHA-256 of the text captured; retrieved_at goes with it. The capture itself is not published.",
            example="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        Field(
            name="syndicated_from",
            vocabulary="outlets",
            help="The outlet whose text it carries; copies of one text are one source.",
            example="azernews",
        ),
    ),
)
RELATION = Record(
    name="relation",
    cls=records.Relation,
    help="A tie to another statement.",
    fields=(
        Field(
            name="id",
            required=True,
            type=types.STEM_ID,
            help="The other statement: the name of its file, without .md.",
            example="2021-09-21-peace-appeal",
        ),
        Field(
            name="relation",
            required=True,
            choices=vocabularies.RELATIONS,
            help="What this statement does to the other.",
            example="repeats",
        ),
    ),
)
CHANGE = Record(
    name="change",
    cls=records.Change,
    help="A change of substance to the record.",
    fields=(
        Field(
            name="date",
            required=True,
            type=types.DAY,
            help="The day of the change to the record.",
            example="2026-11-23",
        ),
        Field(
            name="kind",
            required=True,
            choices=vocabularies.CHANGES,
            help="What kind of change it is; an addition is the first entry, and no later one.",
            example=vocabularies.FIRST_CHANGE,
            initial=vocabularies.FIRST_CHANGE,
        ),
        Field(
            name="note",
            required=True,
            type=types.PROSE,
            help="What changed and why.",
            example="First archived.",
            initial="First archived.",
        ),
    ),
)
STATEMENT = Record(
    name="statement",
    cls=records.Statement,
    help="One public statement.",
    fields=(
        Field(
            name="title",
            required=True,
            help="Supplied by the archive: form, subject, occasion; no loaded words.",
            example="Appeal on threats to peace in the region",
        ),
        Field(
            name="date",
            required=True,
            type=types.DATE,
            help="The date of the statement, as far as it is known.",
            example="2021-09-21",
        ),
        Field(
            name="date_basis",
            required=True,
            choices=vocabularies.DATE_BASES,
            help="How the date is known.",
            example="reported",
        ),
        Field(
            name="form", required=True, choices=vocabularies.FORMS, help="What kind of text it is.", example="appeal"
        ),
        Field(
            name="issuer",
            required=True,
            vocabulary="issuers",
            help="The office that made the statement.",
            example="commissioner-azerbaijan",
        ),
        Field(
            name="language",
            required=True,
            choices=vocabularies.LANGUAGES,
            help="The language of this record's summary (BCP 47).",
            example="en",
            initial="en",
        ),
        Field(
            name="original_language",
            choices=vocabularies.LANGUAGES,
            help="The language of the statement itself, where known (BCP 47).",
            example="az",
        ),
        Field(
            name="addressees",
            many=True,
            vocabulary="addressees",
            help="To whom it is addressed or sent.",
            example="[un-secretary-general, osce]",
        ),
        Field(
            name="events",
            many=True,
            vocabulary="events",
            help="The events it is about.",
            example="[second-karabakh-war-2020]",
        ),
        Field(
            name="mentions",
            many=True,
            vocabulary="events",
            help="Other events that it speaks of.",
            example="[khojaly-1992]",
        ),
        Field(
            name="instruments",
            many=True,
            vocabulary="instruments",
            help="The treaties, resolutions and laws it cites.",
            example="[un-charter]",
        ),
        Field(
            name="subjects",
            required=True,
            optional_in_drafts=True,
            many=True,
            most=5,
            vocabulary="subjects",
            help="The topics it is on, the main one first.",
            example="[landmines, displacement]",
        ),
        Field(name="requests", many=True, record=REQUEST, help="What it asks of whom.", example=""),
        Field(
            name="figures",
            many=True,
            record=FIGURE,
            help="Numbers, as stated.",
            example="- {event: second-karabakh-war-2020, measure: civilians-killed, value: 94}",
        ),
        Field(name="terms", many=True, record=TERM, help="Characterisations it uses, kept as data.", example=""),
        Field(
            name="sources",
            required=True,
            optional_in_drafts=True,
            many=True,
            record=SOURCE,
            help="Where it was published or reported; at least one, and the first is the one the record was made from.",
            example="",
        ),
        Field(
            name="sources_note",
            type=types.PROSE,
            help="How the sources differ, and what of them was not read; it is shown under them.",
            example="The second report gives no number.",
        ),
        Field(name="related", many=True, record=RELATION, help="Ties to other statements of the archive.", example=""),
        Field(
            name="content_notes",
            many=True,
            choices=vocabularies.CONTENT_NOTES,
            help="What the summary touches on that a reader may want to be warned of.",
            example="[death, children]",
        ),
        Field(
            name="aliases",
            many=True,
            type=types.STEM_ID,
            help="Former ids, oldest first. They redirect here, and the first remains the record's id in feeds.",
            example="[2021-09-21-old]",
        ),
        Field(
            name="status",
            choices=vocabularies.STATUSES,
            default="published",
            help="Whether the record is published.",
            example="published",
        ),
        Field(
            name="history",
            required=True,
            many=True,
            record=CHANGE,
            help="Every change of substance, newest last.",
            example="",
        ),
    ),
)
