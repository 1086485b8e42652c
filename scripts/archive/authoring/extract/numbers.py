"""Find the numbers in a text, in digits and words, and tell counts from dates, references, money and the like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from archive.authoring.extract import lexicon
from archive.authoring.extract.lexicon import (
    AZERBAIJANI_YEAR_ENDINGS,
    CURRENCIES,
    HUNDREDS,
    NUMBER_ARTICLES,
    NUMBER_JOINERS,
    NUMBER_WORDS,
    QUALIFIERS_AFTER,
    QUALIFIERS_BEFORE,
    REFERENCES,
    THOUSANDS,
    TIME_UNITS,
    UNITS,
)

_SPACE = r"[ \t\xa0\u202f\u2009]"
_MASK = "\ufffc"  # stands where a number that counts nothing was found
_DASH = "[-\u2010-\u2014]"

_MONTH = rf"(?:{lexicon.MONTH_PATTERN})(?:[ıiuü]n)?\b\.?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_DAY_WITH_ENDING = rf"{_DAY}(?:-[^\W\d_]{{1,3}})?"  # "25-го", "25-dən"
_DAYS = rf"{_DAY_WITH_ENDING}(?:(?:\s?{_DASH}\s?|\s(?:and|to|по|на|и)\s|\s(?=\d\d?-n?[aə]\b)){_DAY_WITH_ENDING})?"
_INTEGER = r"\d{1,9}"
_DECIMAL = r"\d[\d.,]{0,15}"
_OTHER_PATTERNS = (
    ("other", r"\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@\S{1,200}"),
    (
        "date",
        rf"\b{_DAYS}{_SPACE}?{_MONTH}(?:,?\s(?:of\s)?{_YEAR})?(?!\d)"
        rf"|\b{_MONTH}{_SPACE}?{_DAYS}\b(?![.,]\d)(?:,?\s{_YEAR}(?!\d))?"
        rf"|\b{_MONTH},?\s(?:of\s)?{_YEAR}(?!\d)|\b{_YEAR}{AZERBAIJANI_YEAR_ENDINGS}n?\s(?:{_DAYS}\s)?{_MONTH}"
        rf"|\b\d\d?[./]\d\d?[./](?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b",
    ),
    ("other", r"\b\w+ and a half\b(?: (?:thousand|million)\b)?"),
    ("time", rf"\b\d\d?:\d\d(?::\d\d)?\b|\b\d\d?{_SPACE}?[ap]\.?m\b\.?|\b(?:UTC|GMT)\s?[+-]\s?\d\d?(?::\d\d)?"),
    ("reference", rf"(?<![\w.])(?:{REFERENCES})\.?{_SPACE}?(?:(?:No|Nos|№|nr)\b\.?{_SPACE}?)?{_INTEGER}"
                  r"(?:\s?\(\d+\))?"
                  r"(?:(?:,\s?(?:and\s)?|\s(?:and|и|və)\s)\d{1,4}(?:\s?\(\d+\))?(?!\d)(?![\d,]*\s\w+s\b))*"
                  r"|№\s?\d+|\b\d{1,4}\s?\((?:19|20)\d\d\)|\b\d{1,4}[-\w]*\s(?:nömrəli|saylı)\b"),
    ("percent", rf"{_DECIMAL}\s?(?:%|percent\b|per cent\b|процент\w*|faiz\w*)"),
    ("money", rf"(?:[$€£¥₼₽]|\b(?:USD|AZN|EUR)\b)\s?{_DECIMAL}(?:\s?(?:thousand|million|billion|mln|bn)\b)?"
              rf"|{_DECIMAL}{_SPACE}?(?:(?:thousand|million|billion|mln|тыс\.?|млн\.?|min|milyon)\s)?"
              rf"(?:(?:US|Azerbaijani)\s)?(?:{CURRENCIES})\b"),
    ("ordinal", rf"\b{_INTEGER}(?:st|nd|rd|th)\b"
                rf"|\b{_INTEGER}\s?{_DASH}\s?(?:й|я|е|го|му|м|ой|ая|ом|c[iıuü]|inci|ıncı|uncu|üncü)\b"),
    ("age", rf"\b{_INTEGER}\s?{_DASH}?\s?years?\s?{_DASH}?\s?olds?\b"
            rf"|\b(?:aged?|aged between)\s{_INTEGER}(?:\s?(?:{_DASH}|and|to)\s?{_INTEGER})?"
            rf"|\bunder (?:the age of )?1[0-8]\b|\b{_INTEGER}\s?(?:yaşlı|yaşında)\b|\b{_INTEGER}-летн\w+"),
    ("duration", rf"\b{_INTEGER}(?:\.\d+)?(?:\s?(?:{_DASH}|or|to|and)\s?{_INTEGER})?(?:\s|{_DASH})(?:{TIME_UNITS})\b"
                 rf"|\b{_INTEGER}\s?{_DASH}\s?(?:day|year|month|hour|week)\w*\b"),
    ("year", rf"\b{_YEAR}{AZERBAIJANI_YEAR_ENDINGS}\b|\b{_YEAR}-?(?:м|х|й|го|s)\b"
             rf"|\b{_YEAR}\s?{_DASH}\s?(?:{_YEAR}|\d\d)\b(?![,.]\d)"
             rf"|\b{_YEAR}\s(?:год\w*|гг?\.)"),
    ("measurement", rf"\b{_DECIMAL}(?:{_SPACE}(?:thousand|million|тыс\.?|min))?[ -](?:{UNITS})\b"),
    ("other", rf"\b[A-ZА-Я]+{_DASH}?\d[\w/-]*|\b\w{0,30}[^\W\d]\d\w*|\b{_INTEGER}[A-Za-z]{{3,}}\b(?<!min)"
              rf"|\+\d[\d ()-]{{6,}}"
              rf"|\b{_INTEGER}(?:/{_INTEGER}){{1,9}}\b"
              rf"|\b{_INTEGER}{_DASH}[a-z]{{3,}}(?:{_DASH}[a-z]+)*\b(?<!dən)(?<!dan)(?<!dək)(?<!strong)"
              r"|^\s*\d{1,2}[.)](?=\s)"),
)  # fmt: skip
_OTHER_NUMBER = re.compile(
    "|".join(f"(?P<k{n}_{kind}>{pattern})" for n, (kind, pattern) in enumerate(_OTHER_PATTERNS)),
    re.IGNORECASE | re.MULTILINE,
)
_IN_DIGITS = (
    rf"\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!,?\d)|\d{{1,3}}(?:{_SPACE}\d{{3}}){{1,4}}(?!\d)"
    r"|[1-9]\d{0,2}(?:\.\d{3}){1,4}(?!\.?\d)|\d{1,12}(?:[.,]\d{1,2}(?!\d))?(?!\d)"
)
_IS_YEAR = re.compile(_YEAR)
_MEASURED = re.compile(rf"[ \t-](?:(?P<time>{TIME_UNITS})|{UNITS}|{CURRENCIES})\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|during|year|early|late|mid|after|before|and|to|в|с|до|из|по)|,)\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a text. A count has `value`, or `min` and `max`, and a qualifier of `vocabularies.QUALIFIERS` or "".

    `kind` is count, date, year, time, percent, ordinal, age, duration, measurement, money, reference or other.
    The place includes the qualifier: "more than 3,410".
    """

    kind: str
    start: int
    end: int
    value: int | None = None
    min: int | None = None
    max: int | None = None
    qualifier: str = ""
    words: bool = False  # written in words


def find_numbers(text: str) -> tuple[Number, ...]:
    """Return every number in the text, in order; none overlap."""
    others = list(_find_others(text))
    masked, end = [], 0
    for number in others:
        masked += [text[end : number.start], _MASK * (number.end - number.start)]
        end = number.end
    masked.append(text[end:])
    return tuple(sorted([*others, *_find_counts("".join(masked), text)], key=lambda number: number.start))


def _number_language(text: str) -> str:
    """Return the language of the number words, by the text's letters: "en", "ru" or "az"."""
    letters = len(re.findall(r"[^\W\d_]", text)) or 1
    if len(re.findall("[а-яё]", text.lower())) * 2 > letters:
        return "ru"
    return "az" if len(re.findall("[əığ]", text.lower())) * 25 > letters else "en"


def _find_others(text: str) -> Iterator[Number]:
    """Find dates, references, ages and the like: numbers that count nothing."""
    for match in _OTHER_NUMBER.finditer(text):
        kind = (match.lastgroup or "").partition("_")[2]
        yield Number(kind=kind, start=match.start(), end=match.end())


def _find_counts(masked: str, text: str) -> Iterator[Number]:
    """Find the other numbers, in digits and words: counts, and years where they look like years."""
    language = _number_language(text)
    for match in _count_pattern(language).finditer(masked):
        start, end = match.span()
        if not match["second"]:
            start = match.start("before" if match["before"] else "first")
        first, second = _value(match["first"], language), _value(match["second"] or "", language)
        if first is None or first != int(first) or (match["second"] and second is None):
            yield Number(kind="other", start=start, end=end)
        elif second is not None and _IS_YEAR.fullmatch(match["first"]) and _IS_YEAR.fullmatch(match["second"]):
            yield Number(kind="year", start=start, end=end)
        elif second is not None:
            low, high = sorted((int(first), int(second)))
            yield Number(kind="count", start=start, end=end, min=low, max=high)
        elif measured := _MEASURED.match(text, end):
            yield Number(kind="duration" if measured["time"] else "measurement", start=start, end=measured.end())
        elif _IS_YEAR.fullmatch(match["first"]) and not match["before"] and _reads_as_year(text, start, end):
            yield Number(kind="year", start=start, end=end)
        else:
            qualifier = _qualifier(match["before"], QUALIFIERS_BEFORE) or _qualifier(match["after"], QUALIFIERS_AFTER)
            words = not match["first"][0].isdigit()
            yield Number(kind="count", start=start, end=end, value=int(first), qualifier=qualifier, words=words)


def _reads_as_year(text: str, start: int, end: int) -> bool:
    """Return whether a number such as 1990 or 2020 is a year: it is a count only if what it counts follows at once."""
    if _YEAR_BEFORE.search(text[max(0, start - 12) : start]):
        return True
    return (
        re.match(r"\s(?:\w+\s)?[a-zа-яёə]*(?:s|people|children|men|women|ов|ей|лиц|nəfər)\b", text[end : end + 40])
        is None
    )


def _qualifier(words: str | None, qualifiers: tuple[tuple[str, str], ...]) -> str:
    if not words:
        return ""
    return next(
        (value for pattern, value in qualifiers if re.fullmatch(rf"\s*(?:{pattern})\s*", words, re.IGNORECASE)), ""
    )


def _value(words: str, language: str) -> float | None:
    """Return the value of a number in digits, words or both ("30 thousand"); None if it has none."""
    total, group, has_value = 0.0, 0.0, False
    for token in re.findall(rf"{_IN_DIGITS}|[^\W\d_]+", words.lower()):
        if token[0].isdigit():
            group, has_value = _value_of_digits(token), True
        elif token in NUMBER_WORDS[language]:
            group, has_value = group + NUMBER_WORDS[language][token], True
        elif (
            token in {*HUNDREDS[language], *THOUSANDS[language]}
            and not has_value
            and not _may_stand_alone(words, language)
        ):
            return None
        elif token in HUNDREDS[language]:
            group, has_value = (group or 1) * HUNDREDS[language][token], True
        elif token in THOUSANDS[language]:
            total, group, has_value = total + (group or 1) * THOUSANDS[language][token], 0, True
    return total + group if has_value and total + group < 10**12 else None


def _may_stand_alone(words: str, language: str) -> bool:
    """Return whether "hundred" or "thousand" means one of it: "a hundred", "тысяча"; not "several hundred"."""
    return language != "en" or words.lower().startswith("a")


def _value_of_digits(token: str) -> float:
    if re.fullmatch(rf"\d{{1,3}}(?:(?:,|\.|{_SPACE})\d{{3}})+", token):
        return float(re.sub(r"\D", "", token))
    return float(token.replace(",", "."))


def _number_in_words(language: str) -> str:
    """Return a pattern of a number in words, or in digits with a multiplier after them."""
    units = "|".join(sorted([*NUMBER_WORDS[language], *HUNDREDS[language]], key=len, reverse=True))
    multipliers = "|".join(sorted(THOUSANDS[language], key=len, reverse=True))
    joined = rf"(?:[\s-]+(?:{NUMBER_JOINERS[language]}\s+)?|-)" if NUMBER_JOINERS[language] else r"[\s-]+"
    article = (
        rf"(?:{NUMBER_ARTICLES[language]}\s+(?=(?:hundred|thousand|million)\b))?" if NUMBER_ARTICLES[language] else ""
    )
    words = rf"(?:{units}|{multipliers})\b(?:{joined}(?:{units}|{multipliers})\b)*"
    multiplied = rf"{_SPACE}?(?:{multipliers})\b(?:{_SPACE}\d{{1,3}}{_SPACE}(?:{multipliers})\b)?"
    return rf"(?:{_IN_DIGITS})(?:{multiplied})?|\b{article}{words}"


@cache
def _count_pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a count in this language, with its qualifiers, or of a range."""
    number = _number_in_words(language)
    before = "|".join(pattern for pattern, _ in QUALIFIERS_BEFORE)
    after = "|".join(pattern for pattern, _ in QUALIFIERS_AFTER)
    return re.compile(
        rf"(?:\b(?P<before>{before})\s+)?(?P<between>\b(?:between|from|от|с)\s+)?(?<![\d.])(?P<first>{number})"
        rf"(?:(?:\s?{_DASH}\s?|\sto\s|\sдо\s|(?(between)\sand\s|(?!)))(?P<second>{_IN_DIGITS}))?(?P<after>{after})?",
        re.IGNORECASE,
    )
