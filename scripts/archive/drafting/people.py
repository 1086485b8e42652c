"""How texts name people who are counted, and groups of them, in English, Russian and Azerbaijani. Data only.

`*` ends a stem, as in the authority files.
"""

# What a measure counts that lists nothing in `counted`
PEOPLE = (
    "people", "persons", "person", "individuals", "individual", "citizens", "citizen", "residents", "resident",
    "inhabitants", "inhabitant", "nationals", "compatriots", "civilians", "civilian people", "civilian persons",
    "civilian residents", "souls", "others", "population", "members of the civilian population",
    "family members", "members of * family", "человек*", "людей", "люди", "лиц", "лица", "жител*", "граждан*",
    "азербайджанц*", "армян*", "nəfər*", "şəxs*", "insan*", "sakin*", "vətəndaş*", "soydaş*",
    "azərbaycanlı*", "adam*",
)  # fmt: skip
# The groups that measures list, by id; a group that is not here is named by its id's own words
GROUPS = {
    "children": (
        "children", "child", "minors", "minor", "infants", "infant", "babies", "baby", "juveniles", "toddlers",
        "schoolchildren", "дет*", "ребен*", "ребён*", "несовершеннолетн*", "uşaq*", "azyaşlı*",
    ),
    "women": ("women", "woman", "females", "женщин*", "qadın*"),
    "older-people": (
        "older people", "older persons", "elderly", "elders", "old people", "old men", "old persons", "aged people",
        "aged persons", "senior citizens", "seniors", "the aged", "пожил*", "старик*", "стариков", "престарел*",
        "qoca*", "ahıl*", "yaşlı*",
    ),
    "men": ("men", "man", "мужчин*", "kişi*"),
}  # fmt: skip
# What says that the counts after it are of parts of the count before it
OF_WHICH = (
    "including", "among them", "among whom", "among those", "among these", "of whom", "of which", "of them", "of these",
    "of those", "in particular", "в том числе", "из них", "из которых", "среди них", "среди которых", "включая",
    "o cümlədən", "onlardan", "onların", "onlar arasında", "o sıradan", "habelə",
)  # fmt: skip
OF_WHICH_BEFORE = ("olmaqla",)  # likewise, of the count after it
# What is counted in a text of any kind without being a fact that figures keep
NOT_COUNTED = (
    "resolution*", "article*", "paragraph*", "convention*", "document*", "statement*", "appeal*", "report*",
    "letter*", "part", "parts", "point*", "stage*", "countries", "sides", "side", "parties", "nations", "peoples",
    "languages", "issues", "issue", "directions", "questions", "reasons", "examples", "session*", "meeting*",
    "billion", "of the", "of our", "sources", "photos", "page*", "volume*", "резолюци*", "стать*", "пункт*",
    "документ*", "стран*", "сторон*", "qətnamə*", "maddə*", "ölkə*", "tərəf*",
)  # fmt: skip
