"""The field table: every field of every kind of record, its type, whether it must be there, and what it means.

The checks, the data dictionary and the messages all read it; nothing says these things a second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from archive import choices, model, values


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. It has one of: a type, choices, a vocabulary whose ids it cites, or a record of its own."""

    name: str
    help: str
    example: str
    required: bool = False
    later: bool = False  # required, but not of a draft
    many: bool = False
    type: values.Type = values.TEXT
    choices: Mapping[str, str] | None = None
    vocabulary: str = ""
    record: "Record | None" = None
    default: str = ""  # as written; "" for none


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A kind of record: the class it becomes and its fields, in the order they are written."""

    name: str
    cls: type
    help: str
    fields: tuple[Field, ...]


NAME = Record(
    name="name",
    cls=model.Name,
    help="One name, in one language.",
    fields=(
        Field(name="name", required=True, help="The name, in its own script.", example="Xocalı"),
        Field(name="language", required=True, choices=choices.LANGUAGES, help="Its language (BCP 47).", example="az"),
        Field(name="abbreviation", help="Its abbreviation in that language.", example="ATƏT"),
        Field(name="by", help="Who uses it.", example="the statements archived here"),
    ),
)
SAME_AS = Record(
    name="identifiers",
    cls=model.SameAs,
    help="The identifiers of the same thing elsewhere.",
    fields=(
        Field(
            name="wikidata",
            type=values.identifier("Q[1-9][0-9]*", "Q and digits"),
            help="Wikidata.",
            example="Q81299",
        ),
        Field(name="viaf", type=values.identifier("[1-9][0-9]*", "digits"), help="VIAF.", example="148419733"),
        Field(
            name="isni",
            type=values.identifier("[0-9]{15}[0-9X]", "16 digits"),
            help="ISNI.",
            example="0000000121032683",
        ),
        Field(
            name="ror",
            type=values.identifier("0[a-z0-9]{6}[0-9]{2}", "9 characters from 0"),
            help="ROR.",
            example="00k4n6c32",
        ),
    ),
)
REQUEST = Record(
    name="request",
    cls=model.Request,
    help="Something the statement asks of someone.",
    fields=(
        Field(name="of", required=True, many=True, vocabulary="addressees", help="Of whom.", example="[states]"),
        Field(
            name="asks",
            required=True,
            type=values.PROSE,
            help="What, in the archive's own words.",
            example="joint efforts to restore human rights that, the appeal says, have been violated in the region",
        ),
    ),
)
FIGURE = Record(
    name="figure",
    cls=model.Figure,
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
            help="What is counted.",
            example="civilians-killed",
        ),
        Field(
            name="group", type=values.SLUG_ID, help="Of which group; one that the measure lists.", example="children"
        ),
        Field(name="value", type=values.NUMBER, help="The number; or min and/or max instead.", example="94"),
        Field(
            name="qualifier",
            choices=choices.QUALIFIERS,
            default="exactly",
            help="What is said of the number.",
            example="about",
        ),
        Field(name="min", type=values.NUMBER, help="The least, where a range is stated.", example="90"),
        Field(name="max", type=values.NUMBER, help="The most, where a range is stated.", example="100"),
        Field(name="as_of", type=values.DATE, help="The date it held, where stated.", example="2021-09"),
        Field(name="locator", help="Where in the source it stands.", example="par. 9"),
        Field(
            name="note",
            type=values.PROSE,
            help="What a reader must know to read it right.",
            example="Of the 1,275 people stated to have been taken hostage.",
        ),
        Field(name="source", type=values.COUNT, default="1", help="Its place in the list of sources.", example="1"),
    ),
)
TERM = Record(
    name="term",
    cls=model.Term,
    help="A characterisation the statement uses, kept as data and not as the archive's words.",
    fields=(
        Field(name="term", required=True, help="The term, as the source has it.", example="ethnic cleansing"),
        Field(
            name="about",
            vocabulary="events",
            help="Of which event; one of the record's events or mentions.",
            example="second-karabakh-war-2020",
        ),
    ),
)
SOURCE = Record(
    name="source",
    cls=model.Source,
    help="Where the statement was published or reported.",
    fields=(
        Field(name="kind", required=True, choices=choices.SOURCE_KINDS, help="What it is.", example="press-report"),
        Field(name="outlet", required=True, vocabulary="outlets", help="Who published it.", example="trend"),
        Field(name="title", help="Its title, as printed.", example="Azerbaijani ombudsperson appeals"),
        Field(name="author", help="Its author, as printed.", example="By Azernews"),
        Field(name="published", type=values.DATE, help="When it was published.", example="2021-09-21"),
        Field(name="language", choices=choices.LANGUAGES, help="Its language (BCP 47).", example="en"),
        Field(
            name="url",
            type=values.URL,
            help="Its address.",
            example="https://en.trend.az/azerbaijan/politics/3487377.html",
        ),
        Field(
            name="archived_url",
            type=values.URL,
            help="A copy in a web archive.",
            example="https://web.archive.org/web/1/x",
        ),
        Field(name="archived_at", type=values.DAY, help="When that copy was made.", example="2026-11-23"),
        Field(name="retrieved_at", type=values.DAY, help="When the archive captured the text.", example="2026-11-23"),
        Field(
            name="sha256",
            type=values.SHA256,
            help="The SHA-256 of the text captured; the capture itself is not published.",
            example="64 hexadecimal digits",
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
    cls=model.Relation,
    help="A tie to another statement.",
    fields=(
        Field(
            name="id",
            required=True,
            type=values.STEM_ID,
            help="The other statement.",
            example="2021-09-21-peace-appeal",
        ),
        Field(
            name="relation",
            required=True,
            choices=choices.RELATIONS,
            help="This one ... the other.",
            example="repeats",
        ),
    ),
)
CHANGE = Record(
    name="change",
    cls=model.Change,
    help="A change of substance to the record.",
    fields=(
        Field(name="date", required=True, type=values.DAY, help="When.", example="2026-11-23"),
        Field(name="kind", required=True, choices=choices.CHANGES, help="What kind.", example="addition"),
        Field(name="note", required=True, type=values.PROSE, help="What changed and why.", example="First archived."),
    ),
)
STATEMENT = Record(
    name="statement",
    cls=model.Statement,
    help="One public statement.",
    fields=(
        Field(
            name="title",
            required=True,
            help="Supplied by the archive: form, subject, occasion; no loaded words.",
            example="Appeal on threats to peace in the region",
        ),
        Field(name="date", required=True, type=values.DATE, help="The statement's date.", example="2021-09-21"),
        Field(
            name="date_basis", required=True, choices=choices.DATE_BASES, help="How it is known.", example="reported"
        ),
        Field(name="form", required=True, choices=choices.FORMS, help="What it is.", example="appeal"),
        Field(
            name="issuer",
            required=True,
            vocabulary="issuers",
            help="Who made it.",
            example="commissioner-azerbaijan",
        ),
        Field(
            name="language",
            required=True,
            choices=choices.LANGUAGES,
            help="Of this record's summary (BCP 47).",
            example="en",
        ),
        Field(name="original_language", choices=choices.LANGUAGES, help="Of the statement, where known.", example="az"),
        Field(
            name="addressees",
            many=True,
            vocabulary="addressees",
            help="To whom.",
            example="[un-secretary-general, osce]",
        ),
        Field(
            name="events",
            many=True,
            vocabulary="events",
            help="What it is about.",
            example="[second-karabakh-war-2020]",
        ),
        Field(
            name="mentions",
            many=True,
            vocabulary="events",
            help="What it also speaks of.",
            example="[khojaly-1992]",
        ),
        Field(
            name="instruments",
            many=True,
            vocabulary="instruments",
            help="What law it cites.",
            example="[un-charter]",
        ),
        Field(name="requests", many=True, record=REQUEST, help="What it asks of whom.", example=""),
        Field(name="figures", many=True, record=FIGURE, help="Numbers, as stated.", example=""),
        Field(name="terms", many=True, record=TERM, help="Characterisations it uses.", example=""),
        Field(name="sources", required=True, later=True, many=True, record=SOURCE, help="At least one.", example=""),
        Field(name="related", many=True, record=RELATION, help="Ties to other statements.", example=""),
        Field(
            name="content_notes",
            many=True,
            choices=choices.CONTENT_NOTES,
            help="What the summary touches on.",
            example="[death, children]",
        ),
        Field(
            name="aliases",
            many=True,
            type=values.STEM_ID,
            help="Former ids, oldest first. They redirect here, and the first remains the record's id in feeds.",
            example="[2021-09-21-old]",
        ),
        Field(
            name="status",
            choices=choices.STATUSES,
            default="published",
            help="Whether it is shown.",
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

_LABEL = Field(name="label", required=True, help="Its heading in the archive.", example="Organization X")
_NAMES = Field(name="names", many=True, record=NAME, help="Every name for it.", example="")
_SAME_AS = Field(name="same_as", record=SAME_AS, help="Its identifiers elsewhere.", example="{wikidata: Q81299}")
_URL_FIELD = Field(name="url", type=values.URL, help="Its own website.", example="https://www.osce.org/")

EVENT = Record(
    name="event",
    cls=model.Event,
    help="What statements are about.",
    fields=(
        Field(
            name="label",
            required=True,
            help="A neutral act or place, and the date; no party.",
            example="Khojaly, 25-26 February 1992",
        ),
        Field(
            name="date", required=True, type=values.DATE, help="When it took place.", example="1992-02-25/1992-02-26"
        ),
        Field(name="summary", type=values.PROSE, help="Only what is not in dispute, or attributed.", example="..."),
        _NAMES,
        Field(
            name="said",
            many=True,
            help="Other words by which texts speak of it, for drafts; they are not shown as its names.",
            example="[went missing, missing citizens]",
        ),
        Field(name="parent", vocabulary="events", help="The event it was part of.", example="first-karabakh-war"),
        _SAME_AS,
    ),
)
ADDRESSEE = Record(
    name="addressee",
    cls=model.Addressee,
    help="Whom statements are addressed to, or asked something of.",
    fields=(
        _LABEL,
        Field(name="kind", required=True, choices=choices.ADDRESSEE_KINDS, help="What it is.", example="un-body"),
        _NAMES,
        Field(name="parent", vocabulary="addressees", help="The body it belongs to.", example="united-nations"),
        _SAME_AS,
    ),
)
HOLDER = Record(
    name="holder",
    cls=model.Holder,
    help="A person who holds or held the office.",
    fields=(
        Field(name="family", required=True, help="Family name.", example="Aliyeva"),
        Field(name="given", required=True, help="Given name.", example="Sabina"),
        Field(name="since", required=True, type=values.DATE, help="From when.", example="2019-11"),
        Field(name="until", type=values.DATE, help="Until when; left out while in office.", example="2019-11"),
        _NAMES,
    ),
)
ISSUER = Record(
    name="issuer",
    cls=model.Issuer,
    help="The office that makes the statements.",
    fields=(
        _LABEL,
        _NAMES,
        Field(name="holders", many=True, record=HOLDER, help="Who held the office.", example=""),
        _URL_FIELD,
        _SAME_AS,
    ),
)
OUTLET = Record(
    name="outlet",
    cls=model.Outlet,
    help="Who published a source.",
    fields=(
        _LABEL,
        Field(name="kind", required=True, choices=choices.OUTLET_KINDS, help="What it is.", example="news-agency"),
        _NAMES,
        _URL_FIELD,
        Field(name="note", type=values.PROSE, help="What a reader must know of it.", example="Publishes Azernews."),
    ),
)
INSTRUMENT = Record(
    name="instrument",
    cls=model.Instrument,
    help="A legal instrument or resolution that statements cite.",
    fields=(
        _LABEL,
        Field(name="kind", required=True, choices=choices.INSTRUMENT_KINDS, help="What it is.", example="treaty"),
        Field(name="date", type=values.DATE, help="When it was adopted.", example="1945-06-26"),
        Field(name="symbol", help="Its document symbol.", example="A/RES/62/243"),
        _NAMES,
        _URL_FIELD,
        _SAME_AS,
    ),
)
MEASURE = Record(
    name="measure",
    cls=model.Measure,
    help="What figures count.",
    fields=(
        Field(name="label", required=True, help="What is counted.", example="Civilians killed"),
        Field(name="definition", required=True, type=values.PROSE, help="What counts as this measure.", example="..."),
        Field(
            name="groups",
            many=True,
            type=values.SLUG_ID,
            help="The groups figures are given for.",
            example="[children]",
        ),
        Field(
            name="counted",
            many=True,
            help="Words for what is counted, if not people, for drafts: * ends a stem, # stands for the number.",
            example="[civilians, peaceful resident*]",
        ),
        Field(
            name="said",
            many=True,
            help="Words for what became of it, likewise; ... stands for up to 24 words.",
            example="[killed, claimed the lives of]",
        ),
    ),
)
VOCABULARIES: Mapping[str, Record] = {
    "events": EVENT,
    "addressees": ADDRESSEE,
    "issuers": ISSUER,
    "outlets": OUTLET,
    "instruments": INSTRUMENT,
    "measures": MEASURE,
}

EXCEPTION = Record(
    name="exception",
    cls=model.WordingException,
    help="A place where a loaded word may stand.",
    fields=(
        Field(
            name="where",
            required=True,
            help="The statement's id, or the authority file's name and the id in it.",
            example="instruments/genocide-convention",
        ),
        Field(name="word", required=True, help="The word, as the list has it.", example="genocid*"),
        Field(name="reason", required=True, type=values.PROSE, help="Why.", example="The treaty's own title."),
    ),
)
WORDING = Record(
    name="wording",
    cls=model.Wording,
    help="The words the archive's voice does not use.",
    fields=(
        Field(name="words", required=True, many=True, help="Loaded words; * ends a stem.", example="[genocid*]"),
        Field(
            name="attribution",
            required=True,
            many=True,
            help="Verbs that attribute; * ends a stem.",
            example="[say*]",
        ),
        Field(name="exceptions", many=True, record=EXCEPTION, help="Where a word may stand.", example=""),
    ),
)
