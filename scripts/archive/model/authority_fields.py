"""Describe the fields of the authority files: those of the indexes and of issuers, outlets, measures, wording."""

from dataclasses import replace

from archive.model import records, types, vocabularies
from archive.model.fields import Field, Record

NAME = Record(
    name="name",
    cls=records.Name,
    help="One name, in one language.",
    fields=(
        Field(name="name", required=True, help="The name, in its own script.", example="Xocalı"),
        Field(
            name="language",
            required=True,
            choices=vocabularies.LANGUAGES,
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
PLACE_NAME = Record(
    name="place-name",
    cls=records.PlaceName,
    help="One name of a place, in one language, and the time in which this form was official, if it was.",
    fields=(
        *NAME.fields,
        Field(name="since", type=types.DATE, help="Since when this form was official, where known.", example="1923"),
        Field(name="until", type=types.DATE, help="Until when it was official, where known.", example="1991-11-26"),
    ),
)
SAME_AS = Record(
    name="identifiers",
    cls=records.SameAs,
    help="The identifiers of the same thing elsewhere.",
    fields=(
        Field(
            name="wikidata",
            type=types.identifier("Q[1-9][0-9]*", "Q and digits"),
            help="Its item in Wikidata, www.wikidata.org.",
            example="Q81299",
        ),
        Field(
            name="viaf",
            type=types.identifier("[1-9][0-9]*", "digits", ("integer",)),
            help="Its number in the Virtual International Authority File, viaf.org.",
            example="148419733",
        ),
        Field(
            name="isni",
            type=types.identifier("[0-9]{15}[0-9X]", "16 digits, of which the last may be X", ("integer",)),
            help="Its International Standard Name Identifier, without spaces; isni.org.",
            example="0000000121032683",
        ),
        Field(
            name="ror",
            type=types.identifier("0[a-z0-9]{6}[0-9]{2}", "9 small letters and digits, of which the first is 0"),
            help="Its id in the Research Organization Registry, ror.org.",
            example="00k4n6c32",
        ),
        Field(
            name="unbis",
            type=types.identifier("[0-9]{7}", "7 digits", ("integer",)),
            help="Its number in the UNBIS Thesaurus of the United Nations, metadata.un.org/thesaurus.",
            example="1003764",
        ),
        Field(
            name="geonames",
            type=types.identifier("[1-9][0-9]*", "digits", ("integer",)),
            help="Its number in GeoNames, www.geonames.org.",
            example="585226",
        ),
    ),
)

_LABEL = Field(
    name="label", required=True, help="The heading it has in the archive, in English.", example="Council of Europe"
)
_SAID = Field(
    name="said",
    many=True,
    for_drafts=True,
    help="Other words by which texts speak of it, for drafts; they are not shown as its names.",
    example="[went missing, missing citizens]",
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
_URL = Field(
    name="url", type=types.URL, help="The web address of its own site or text.", example="https://www.osce.org/"
)

REFERENCE = Record(
    name="reference",
    cls=records.Reference,
    help="A publication that the summary rests on.",
    fields=(
        Field(name="title", required=True, help="Its title, with who published it.", example="A report of a visit"),
        Field(
            name="url",
            required=True,
            type=types.URL,
            help="Its web address.",
            example="https://reports.example/1",
        ),
    ),
)
EVENT = Record(
    name="event",
    cls=records.Event,
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
            type=types.DATE,
            help="When it took place.",
            example="1992-02-25/1992-02-26",
        ),
        Field(
            name="places",
            many=True,
            vocabulary="places",
            help="Where it took place; its statements are listed there too.",
            example="[khojaly]",
        ),
        Field(
            name="summary",
            type=types.PROSE,
            help="What happened, in the archive's words: only what is not in dispute, or attributed.",
            example="The war that ended with the ceasefire of May 1994.",
        ),
        Field(
            name="sources",
            many=True,
            record=REFERENCE,
            help="What the summary rests on; required where there is one.",
            example="",
        ),
        _NAMES,
        _SAID,
        Field(
            name="parent",
            vocabulary="events",
            help="The larger event that it was part of.",
            example="first-karabakh-war",
        ),
        _SAME_AS,
    ),
)
SUBJECT = Record(
    name="subject",
    cls=records.Subject,
    help="A topic on which statements are.",
    fields=(
        Field(name="label", required=True, help="The heading it has in the archive, in English.", example="Landmines"),
        Field(
            name="scope",
            required=True,
            type=types.PROSE,
            help="Which statements are on the topic and, where it may be in doubt, which are not.",
            example="Mines and unexploded munitions: casualties, maps, clearance.",
        ),
        _NAMES,
        Field(
            name="parent",
            vocabulary="subjects",
            help="The wider topic that it is part of.",
            example="civilians",
        ),
        _SAME_AS,
    ),
)
PLACE = Record(
    name="place",
    cls=records.Place,
    help="Where a recorded event took place.",
    fields=(
        Field(
            name="label",
            required=True,
            help="The heading it has in the archive, by the rule in Method: the form of UN documents of the time.",
            example="Khojaly",
        ),
        Field(
            name="country",
            required=True,
            many=True,
            choices=vocabularies.COUNTRIES,
            help="The state within whose borders, as the United Nations has them, it lies; several, if it crosses one.",
            example="[azerbaijan]",
        ),
        Field(
            name="summary",
            type=types.PROSE,
            help="What a reader must know of it, in the archive's words: only what is not in dispute, or attributed.",
            example="A town.",
        ),
        replace(_NAMES, record=PLACE_NAME),
        Field(
            name="parent",
            vocabulary="places",
            help="The place that it lies in.",
            example="nagorno-karabakh",
        ),
        _SAME_AS,
    ),
)
ADDRESSEE = Record(
    name="addressee",
    cls=records.Addressee,
    help="Whom statements are addressed to, or asked something of.",
    fields=(
        _LABEL,
        Field(
            name="kind",
            required=True,
            choices=vocabularies.ADDRESSEE_KINDS,
            help="The kind of body, under which it is listed.",
            example="un-body",
        ),
        _NAMES,
        _SAID,
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
    cls=records.Holder,
    help="A person who holds or held the office.",
    fields=(
        Field(name="family", required=True, help="Family name.", example="Suleymanova"),
        Field(name="given", required=True, help="Given name.", example="Elmira"),
        Field(name="since", required=True, type=types.DATE, help="The first day in the office.", example="2002-07-02"),
        Field(
            name="until",
            type=types.DATE,
            help="The last day in the office; left out while it lasts.",
            example="2019-11-29",
        ),
        _NAMES,
    ),
)
ISSUER = Record(
    name="issuer",
    cls=records.Issuer,
    help="The office that makes the statements.",
    fields=(
        _LABEL,
        _NAMES,
        Field(name="holders", many=True, record=HOLDER, help="Who holds or held the office.", example=""),
        _URL,
        _SAME_AS,
    ),
)
OUTLET = Record(
    name="outlet",
    cls=records.Outlet,
    help="Who published a source.",
    fields=(
        _LABEL,
        Field(
            name="kind",
            required=True,
            choices=vocabularies.OUTLET_KINDS,
            help="The kind of publisher.",
            example="news-agency",
        ),
        Field(
            name="owner",
            choices=vocabularies.OUTLET_OWNERS,
            default="unknown",
            help="Who owns it.",
            example="state",
        ),
        _NAMES,
        _URL,
        Field(
            name="note",
            type=types.PROSE,
            help="What a reader must know of it, such as whose texts it carries.",
            example="The reports cited here are marked as texts of Azernews.",
        ),
    ),
)
INSTRUMENT = Record(
    name="instrument",
    cls=records.Instrument,
    help="A legal instrument or resolution that statements cite.",
    fields=(
        _LABEL,
        Field(
            name="kind",
            required=True,
            choices=vocabularies.INSTRUMENT_KINDS,
            help="The kind of instrument.",
            example="treaty",
        ),
        Field(name="date", type=types.DATE, help="When it was adopted or signed.", example="1945-06-26"),
        Field(
            name="symbol",
            help="The symbol under which the body that adopted it keeps it.",
            example="A/RES/62/243",
        ),
        _NAMES,
        _SAID,
        _URL,
        _SAME_AS,
    ),
)
MEASURE = Record(
    name="measure",
    cls=records.Measure,
    help="What figures count.",
    fields=(
        Field(name="label", required=True, help="What is counted.", example="Civilians killed"),
        Field(
            name="definition",
            required=True,
            type=types.PROSE,
            help="Which wordings of sources are counted as this measure, and which are not.",
            example="People stated to have been killed and stated to be civilians.",
        ),
        Field(
            name="groups",
            many=True,
            type=types.SLUG_ID,
            help="The groups of which figures are given.",
            example="[children, women, older-people]",
        ),
        Field(
            name="decimals",
            choices={"allowed": "allowed"},
            help="Whether its numbers may have decimals, as a share in per cent has; left out, they are whole.",
            example="allowed",
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
        Field(
            name="read",
            choices=vocabularies.READ,
            for_drafts=True,
            help="That drafts do not look for it, where there are no words that would find it.",
            example="no",
        ),
    ),
)
EXCEPTION = Record(
    name="exception",
    cls=records.WordingException,
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
            type=types.PROSE,
            help="Why the word may stand there.",
            example="The treaty's own title.",
        ),
    ),
)
WORDING = Record(
    name="wording",
    cls=records.Wording,
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
