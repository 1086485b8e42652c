"""The field table: every field of every kind of record, its type, whether it must be there, and what it means.

The checks, their messages, the schemas, the data dictionary and the drafts all read it; nothing says these things a
second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from archive import choices, model, values

UNWRITTEN = "The summary is still to be written."  # what stands in the summary's place until it is
SUMMARY_HELP = "In the archive's own words: what the statement states, reports and asks. The archive asserts nothing."


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
    for_drafts: bool = False  # words by which a draft is made: they name nobody who uses them, and are not published
    begins: str = ""  # what a new record has there, as written; "" for what is still to be filled in

    @property
    def examples(self) -> tuple[str, ...]:
        """The values in the example, each as written; none of a field that holds records."""
        if self.record is not None:
            return ()
        return tuple(self.example.removeprefix("[").removesuffix("]").split(", ")) if self.many else (self.example,)

    @property
    def written(self) -> str:
        """The example as a file has it; of a field that holds records, one with the fields that it must have."""
        if self.record is None or self.example:
            return self.example
        required = ", ".join(f"{field.name}: {field.written}" for field in self.record.fields if field.required)
        return f"- {{{required}}}" if self.many else f"{{{required}}}"

    @property
    def kind(self) -> str:
        """What one value must be, in words, which a closed list's values or a record's fields are still to follow."""
        if self.record is not None:
            return "a group of fields"
        if self.vocabulary:
            return f"an id in statements/authorities/{self.vocabulary}.yml"
        return self.type.allowed if self.choices is None else "one of"

    @property
    def value_allowed(self) -> str:
        """What one value must be, in words that complete "allowed: ..."."""
        if self.record is not None:
            return f"{self.kind}: {self.record.names}"
        return self.kind if self.choices is None else f"{self.kind} {', '.join(self.choices)}"

    @property
    def allowed(self) -> str:
        """What the field must hold, in words that complete "allowed: ..."."""
        return f"a list, each {self.value_allowed}" if self.many else self.value_allowed

    @property
    def about(self) -> str:
        """What is said of the field where it is still to be filled in."""
        parts = [self.help]
        if self.required:
            parts.append("Required.")
        if self.choices or self.vocabulary or self.type not in (values.TEXT, values.PROSE):
            parts.append(f"Allowed: {self.allowed}.")
        if self.default:
            parts.append(f"Left out, it is {self.default}.")
        return " ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A kind of record: the class it becomes and its fields, in the order they are written."""

    name: str
    cls: type
    help: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> str:
        """The names of its fields, as a message lists them."""
        return ", ".join(field.name for field in self.fields)

    @property
    def published(self) -> tuple[Field, ...]:
        """The fields that pages and data sets have."""
        return tuple(field for field in self.fields if not field.for_drafts)

    @property
    def begun(self) -> dict[str, str]:
        """What a new record has from the beginning, by field."""
        return {field.name: field.begins for field in self.fields if field.begins}


NAME = Record(
    name="name",
    cls=model.Name,
    help="One name, in one language.",
    fields=(
        Field(name="name", required=True, help="The name, in its own script.", example="Xocalı"),
        Field(
            name="language",
            required=True,
            choices=choices.LANGUAGES,
            help="The language of the name (BCP 47).",
            example="az",
        ),
        Field(name="abbreviation", help="The abbreviation that is used for the name in that language.", example="ATƏT"),
        Field(
            name="by",
            help="Who uses the name, where that is not the body itself or everyone.",
            example="the statements archived here",
        ),
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
            help="Its item in Wikidata, www.wikidata.org.",
            example="Q81299",
        ),
        Field(
            name="viaf",
            type=values.identifier("[1-9][0-9]*", "digits", ("integer",)),
            help="Its number in the Virtual International Authority File, viaf.org.",
            example="148419733",
        ),
        Field(
            name="isni",
            type=values.identifier("[0-9]{15}[0-9X]", "16 digits, of which the last may be X", ("integer",)),
            help="Its International Standard Name Identifier, without spaces; isni.org.",
            example="0000000121032683",
        ),
        Field(
            name="ror",
            type=values.identifier("0[a-z0-9]{6}[0-9]{2}", "9 small letters and digits, of which the first is 0"),
            help="Its id in the Research Organization Registry, ror.org.",
            example="00k4n6c32",
        ),
    ),
)
REQUEST = Record(
    name="request",
    cls=model.Request,
    help="Something the statement asks of someone.",
    fields=(
        Field(
            name="of",
            required=True,
            many=True,
            vocabulary="addressees",
            help="Of whom it is asked; they need not be among the addressees.",
            example="[states]",
        ),
        Field(
            name="asks",
            required=True,
            type=values.PROSE,
            help="What is asked, in the archive's own words.",
            example="joint efforts to restore human rights that the appeal says have been violated in the region",
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
            help="What is counted. Two wordings are two measures, unless the definition says otherwise.",
            example="civilians-killed",
        ),
        Field(
            name="group",
            type=values.SLUG_ID,
            help="The part of those counted that the number is of; one of the groups that the measure lists.",
            example="children",
        ),
        Field(
            name="value",
            type=values.NUMBER,
            help="The number. Where a range is stated, give min and max instead.",
            example="94",
        ),
        Field(
            name="qualifier",
            choices=choices.QUALIFIERS_MEAN,
            default="exactly",
            help="What is said of the number.",
            example="about",
        ),
        Field(name="min", type=values.NUMBER, help="The least, where a range is stated.", example="90"),
        Field(name="max", type=values.NUMBER, help="The most, where a range is stated.", example="100"),
        Field(name="as_of", type=values.DATE, help="The date at which it held, where stated.", example="2021-09"),
        Field(name="locator", help="Where in the source it stands.", example="par. 9"),
        Field(
            name="note",
            type=values.PROSE,
            help="What a reader must know to read the number right.",
            example="Of the 1,275 people stated to have been taken hostage.",
        ),
        Field(
            name="source",
            type=values.COUNT,
            default="1",
            help="Which of the record's sources it stands in: its place in their list, counted from 1.",
            example="1",
        ),
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
            help="The event it is used of; one of the record's events or mentions.",
            example="second-karabakh-war-2020",
        ),
    ),
)
SOURCE = Record(
    name="source",
    cls=model.Source,
    help="Where the statement was published or reported.",
    fields=(
        Field(
            name="kind",
            required=True,
            choices=choices.SOURCE_KINDS,
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
        Field(name="author", help="Its author, as printed.", example="By Azernews"),
        Field(
            name="published",
            type=values.DATE,
            help="When the source was published, as it says itself.",
            example="2021-09-21",
        ),
        Field(name="language", choices=choices.LANGUAGES, help="The language the source is in (BCP 47).", example="en"),
        Field(
            name="url",
            type=values.URL,
            help="The web address of the source. Left out where it is not known.",
            example="https://en.trend.az/azerbaijan/politics/3487377.html",
        ),
        Field(
            name="archived_url",
            type=values.URL,
            help="The web address of a copy that a web archive keeps; archived_at goes with it.",
            example="https://web.archive.org/web/20210921120000/https://daily.example/1",
        ),
        Field(
            name="archived_at",
            type=values.DAY,
            help="The day on which the web archive made that copy.",
            example="2026-11-23",
        ),
        Field(
            name="retrieved_at",
            type=values.DAY,
            help="The day on which the text was read for the archive.",
            example="2026-11-23",
        ),
        Field(
            name="extent_read",
            choices=choices.EXTENTS_READ,
            help="How much of the text was read; retrieved_at goes with it. What was not read is not in the record.",
            example="part",
        ),
        Field(
            name="sha256",
            type=values.SHA256,
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
    cls=model.Relation,
    help="A tie to another statement.",
    fields=(
        Field(
            name="id",
            required=True,
            type=values.STEM_ID,
            help="The other statement: the name of its file, without .md.",
            example="2021-09-21-peace-appeal",
        ),
        Field(
            name="relation",
            required=True,
            choices=choices.RELATIONS,
            help="What this statement does to the other.",
            example="repeats",
        ),
    ),
)
CHANGE = Record(
    name="change",
    cls=model.Change,
    help="A change of substance to the record.",
    fields=(
        Field(
            name="date",
            required=True,
            type=values.DAY,
            help="The day of the change to the record.",
            example="2026-11-23",
        ),
        Field(
            name="kind",
            required=True,
            choices=choices.CHANGES,
            help="What kind of change it is; an addition is the first entry, and no later one.",
            example=choices.FIRST_CHANGE,
            begins=choices.FIRST_CHANGE,
        ),
        Field(
            name="note",
            required=True,
            type=values.PROSE,
            help="What changed and why.",
            example="First archived.",
            begins="First archived.",
        ),
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
        Field(
            name="date",
            required=True,
            type=values.DATE,
            help="The date of the statement, as far as it is known.",
            example="2021-09-21",
        ),
        Field(
            name="date_basis",
            required=True,
            choices=choices.DATE_BASES,
            help="How the date is known.",
            example="reported",
        ),
        Field(name="form", required=True, choices=choices.FORMS, help="What kind of text it is.", example="appeal"),
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
            choices=choices.LANGUAGES,
            help="The language of this record's summary (BCP 47).",
            example="en",
            begins="en",
        ),
        Field(
            name="original_language",
            choices=choices.LANGUAGES,
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
            later=True,
            many=True,
            record=SOURCE,
            help="Where it was published or reported; at least one, and the first is the one the record was made from.",
            example="",
        ),
        Field(name="related", many=True, record=RELATION, help="Ties to other statements of the archive.", example=""),
        Field(
            name="content_notes",
            many=True,
            choices=choices.CONTENT_NOTES,
            help="What the summary touches on that a reader may wish to be told of.",
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

_LABEL = Field(
    name="label", required=True, help="The heading it has in the archive, in English.", example="Council of Europe"
)
_NAMES = Field(
    name="names",
    many=True,
    record=NAME,
    help="Every name for it, in each language, by which a reader may look.",
    example="",
)
_SAME_AS = Field(
    name="same_as", record=SAME_AS, help="Its identifiers in registers elsewhere.", example="{wikidata: Q81299}"
)
_URL_FIELD = Field(
    name="url", type=values.URL, help="The web address of its own site or text.", example="https://www.osce.org/"
)

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
            name="date",
            required=True,
            type=values.DATE,
            help="When it took place.",
            example="1992-02-25/1992-02-26",
        ),
        Field(
            name="summary",
            type=values.PROSE,
            help="What happened, in the archive's words: only what is not in dispute, or attributed.",
            example="The war that ended with the ceasefire of May 1994.",
        ),
        _NAMES,
        Field(
            name="said",
            many=True,
            for_drafts=True,
            help="Other words by which texts speak of it, for drafts; they are not shown as its names.",
            example="[went missing, missing citizens]",
        ),
        Field(
            name="parent",
            vocabulary="events",
            help="The larger event that it was part of.",
            example="first-karabakh-war",
        ),
        _SAME_AS,
    ),
)
ADDRESSEE = Record(
    name="addressee",
    cls=model.Addressee,
    help="Whom statements are addressed to, or asked something of.",
    fields=(
        _LABEL,
        Field(
            name="kind",
            required=True,
            choices=choices.ADDRESSEE_KINDS,
            help="The kind of body, under which it is listed.",
            example="un-body",
        ),
        _NAMES,
        Field(
            name="parent",
            vocabulary="addressees",
            help="The body it belongs to.",
            example="united-nations",
        ),
        _SAME_AS,
    ),
)
HOLDER = Record(
    name="holder",
    cls=model.Holder,
    help="A person who holds or held the office.",
    fields=(
        Field(name="family", required=True, help="Family name.", example="Suleymanova"),
        Field(name="given", required=True, help="Given name.", example="Elmira"),
        Field(name="since", required=True, type=values.DATE, help="The first day in the office.", example="2002-07-02"),
        Field(
            name="until",
            type=values.DATE,
            help="The last day in the office; left out while it lasts.",
            example="2019-11-29",
        ),
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
        Field(name="holders", many=True, record=HOLDER, help="Who holds or held the office.", example=""),
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
        Field(
            name="kind",
            required=True,
            choices=choices.OUTLET_KINDS,
            help="The kind of publisher.",
            example="news-agency",
        ),
        _NAMES,
        _URL_FIELD,
        Field(
            name="note",
            type=values.PROSE,
            help="What a reader must know of it, such as whose texts it carries.",
            example="The reports cited here are marked as texts of Azernews.",
        ),
    ),
)
INSTRUMENT = Record(
    name="instrument",
    cls=model.Instrument,
    help="A legal instrument or resolution that statements cite.",
    fields=(
        _LABEL,
        Field(
            name="kind",
            required=True,
            choices=choices.INSTRUMENT_KINDS,
            help="The kind of instrument.",
            example="treaty",
        ),
        Field(name="date", type=values.DATE, help="When it was adopted or signed.", example="1945-06-26"),
        Field(
            name="symbol",
            help="The symbol under which the body that adopted it keeps it.",
            example="A/RES/62/243",
        ),
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
        Field(
            name="definition",
            required=True,
            type=values.PROSE,
            help="Which wordings of sources are counted as this measure, and which are not.",
            example="People stated to have been killed and stated to be civilians.",
        ),
        Field(
            name="groups",
            many=True,
            type=values.SLUG_ID,
            help="The groups of which figures are given.",
            example="[children, women, older-people]",
        ),
        Field(
            name="counted",
            many=True,
            for_drafts=True,
            help="Words for what is counted, if not people, for drafts: * ends a stem, # stands for the number.",
            example="[civilians, peaceful resident*]",
        ),
        Field(
            name="said",
            many=True,
            for_drafts=True,
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
        Field(
            name="reason",
            required=True,
            type=values.PROSE,
            help="Why the word may stand there.",
            example="The treaty's own title.",
        ),
    ),
)
WORDING = Record(
    name="wording",
    cls=model.Wording,
    help="The words the archive's voice does not use.",
    fields=(
        Field(
            name="words",
            required=True,
            many=True,
            help="Loaded words; * at the end means any ending.",
            example="[genocid*, war crime*]",
        ),
        Field(
            name="attribution",
            required=True,
            many=True,
            help="Words that say whose a statement is; * at the end means any ending.",
            example="[say*, according to]",
        ),
        Field(
            name="exceptions",
            many=True,
            record=EXCEPTION,
            help="Where a loaded word may stand all the same, and why.",
            example="",
        ),
    ),
)
