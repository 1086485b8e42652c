"""Hold the words that the extractor looks for, in English, Azerbaijani and Russian; those of `words.yml`, and patterns.

A constant that is a string is a regular expression, to be compiled without regard to case. The other constants list
words and phrases; in some of these `*` ends a stem.
"""

import re
from pathlib import Path
from typing import Any

import yaml

_WORDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text("utf-8"))


def _phrases(listed: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the words of all languages."""
    return tuple(word for words in listed.values() for word in words)


def _pattern(name: str) -> str:
    """Return a regular expression that matches these words, in which `*` ends a stem."""
    pattern = "|".join(map(re.escape, _phrases(_WORDS[name]))).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return rf"\b(?:{pattern})(?!\w)"


MONTHS: list[list[str]] = _WORDS["months"]
# The capital of Azerbaijani i has a dot, of which matching without regard to case knows nothing
_MONTH_NAMES = sorted((name.replace("iyu", "[iİ]yu") for names in MONTHS for name in names), key=len, reverse=True)
MONTH_PATTERN = "|".join(_MONTH_NAMES)
NUMBER_WORDS: dict[str, dict[str, int]] = _WORDS["numbers"]
HUNDREDS: dict[str, dict[str, int]] = _WORDS["hundreds"]
THOUSANDS: dict[str, dict[str, int]] = _WORDS["thousands"]

# Qualifiers of a number, before it (in Azerbaijani after it). The longer first where one begins another.
QUALIFIERS_BEFORE = (
    ("no more than|not more than|no fewer than \\d+ and up to|up to|as many as|at most|a maximum of|"
     "не более(?: чем)?|до", "up-to"),
    ("at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum|"
     "не менее(?: чем)?|как минимум|по меньшей мере|ən azı|azı", "at-least"),
    ("more than|over|above|in excess of|upwards? of|greater than|exceeding|"
     "более(?: чем)?|больше(?: чем)?|свыше", "more-than"),
    ("less than|fewer than|under|below|менее(?: чем)?|меньше(?: чем)?", "less-than"),
    ("nearly|almost|close to|почти", "nearly"),
    ("about|around|approximately|some|roughly|an estimated|circa|"
     "около|примерно|приблизительно|порядка|təxminən|təqribən", "about"),
)  # fmt: skip
QUALIFIERS_AFTER = (
    ("(?:-?(?:d[aəe]n|t[aəe]n))\\s+(?:çox|artıq|yuxarı)", "more-than"),
    ("(?:-?(?:d[aə]n|t[aə]n))\\s+az", "less-than"),
    ("-?(?:[yn]?[aə])\\s+yaxın", "nearly"),
    ("-?(?:[yn]?[aə])\\s+qədər|-?(?:d[aə]k)", "about"),
    ("\\s+or more|\\+|\\s+и более", "at-least"),
)

# Words after a number that make it no count of people or things
TIME_UNITS = (
    "years?|months?|weeks?|days?|nights?|hours?|minutes?|seconds?|decades?|centur(?:y|ies)|anniversar(?:y|ies)|times?|"
    "лет|год[ауы]?|месяц\\w*|недел\\w*|дн(?:я|ей)|сут(?:ок|ки)|час(?:а|ов)?|минут\\w*|раз[а]?|"
    "il(?:lik|lər|ə|i|dir)?|ay|gün|saat|dəqiqə|həftə|dəfə"
)
YEAR_ENDINGS = "(?:-?(?:c[iıuü]|inci|ıncı|uncu|üncü))?\\s*il(?:i|in|lik|də|dən|lərdə|lər)?"
UNITS = (
    "percentage points?|km|kilometers?|kilometres?|meters?|metres?|hectares?|ha|tons?|tonnes?|kg|"
    "kilograms?|kilogrammes?|miles?|degrees?|mm|cm|square|sq|cubic|points?|"
    "км|километр\\w*|метр\\w*|гектар\\w*|тонн\\w*|кг|hektar|kilometr|metr"
)
CURRENCIES = (
    "manats?|dollars?|euros?|rubles?|roubles?|pounds?|AZN|USD|EUR|US dollars?|"
    "манат\\w*|доллар\\w*|руб\\w*|manat\\w*|dollar\\w*"
)
# Words before a number that make it the number of something, and not a count
REFERENCES = (
    "resolutions?|articles?|paragraphs?|para?s?|items?|clauses?|chapters?|sections?|parts?|annex|protocols?|"
    "decrees?|orders?|laws?|no|nos|number|numbers|numbered|№|regiment|brigade|school|hotline|phone|tel|page|pp?|"
    "резолюци\\w*|стать\\w*|пункт\\w*|номер\\w*|закон\\w*|protokol\\w*|maddə\\w*|qətnamə\\w*|nömrəli"
)

PEOPLE, NOT_COUNTED = _phrases(_WORDS["people"]), _phrases(_WORDS["not-counted"])
GROUPS = {id: _phrases(listed) for id, listed in _WORDS["groups"].items()}
OF_WHICH, OF_WHICH_BEFORE = _phrases(_WORDS["of-which"]), _phrases(_WORDS["of-which-before"])

# What the office issues; in English only with a word before it that points to this one ("the appeal")
ISSUED_DOCUMENT = (
    r"\b(?:the|this|that|her|his|its|an?|(?:ombudsman|ombudsperson|commissioner)'s)\s+(?:open\s+|urgent\s+|official\s+)?"
    r"(?:statement|appeal|letter|document|report|message|address|speech|post|tweet|interview|information|complaint|news"
    r"|official)\b|" + _pattern("documents")
)
# The office. Another body's ombudsman or commissioner is not the speaker.
OFFICE = (
    r"(?<!armenian\s)(?<!high\s)(?<!european\s)(?<!artsakh\s)(?<!armenia's\s)(?<!foreign\s)"
    + _pattern("office")
    + r"(?!\s+(?:of\s+armenia|of\s+the\s+council|institut|associat|organi[sz]|network))"
)
# A text headed so is the statement itself.
STATEMENT_HEADING = (
    r"\W*(?:open\s+)?(?:statement|appeal|letter|report|address|message|speech|declaration)\b[^.:;]{0,40}?\b(?:of|by|from)\b"
    r"[^.:;]{0,40}?\b(?:commissioner|ombuds\w+|defender)\b(?!.{0,200}?\b(?:said|reports|informs|told)\b)"
)
SPEECH_VERBS, IMPERSONAL_SPEECH, PRONOUNS = _pattern("speech"), _pattern("impersonal-speech"), _pattern("pronouns")
BACKGROUND_OPENINGS, POSSIBLE_BACKGROUND_OPENINGS = _pattern("background"), _pattern("possible-background")
POINTS_BACK, OTHER_SPEAKERS = _pattern("points-back"), _pattern("other-speakers")
PEOPLE_WHO_SPEAK, HARM_WORDS = _pattern("people-who-speak"), _pattern("harm")
PAGE_HEADINGS, PAGE_LINES = _pattern("page-headings"), _pattern("page-lines") + "|©"
