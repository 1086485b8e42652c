"""Find the numbers in a text, in digits and words, and tell those that count something from dates, money and so on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from archive.authoring.extract import lexicon
from archive.authoring.extract.lexicon import HUNDREDS, NUMBER_WORDS, QUALIFIERS_AFTER, QUALIFIERS_BEFORE, THOUSANDS

_SPACE = r"[ \t\xa0\u202f\u2009]"
_MASK = "\ufffc"  # stands where a number that counts nothing was found
_DASH = "[-\u2010-\u2014]"
_MONTH = rf"(?:{lexicon.MONTH_PATTERN})(?:[ıiuü]n)?\b\.?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:-[^\W\d_]{1,3})?"  # "25-го", "25-dən"
_DAYS = rf"{_DAY}(?:(?:\s?{_DASH}\s?|\s(?:and|to|по|на|и)\s|\s(?=\d\d?-n?[aə]\b)){_DAY})?"
_NUMBER = r"\d{1,9}"
_DECIMAL = r"\d[\d.,]{0,15}"
_THOUSAND = r"(?:thousand|million|billion|mln|bn|тыс\.?|млн\.?|min|milyon)"
_OTHERS = re.compile(
    "|".join(
        (
            r"\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@\S{1,200}",
            # days, months, hours
            rf"\b{_DAYS}{_SPACE}?{_MONTH}(?:,?\s(?:of\s)?{_YEAR})?(?!\d)",
            rf"\b{_MONTH}{_SPACE}?{_DAYS}\b(?![.,]\d)(?:,?\s{_YEAR}(?!\d))?|\b{_MONTH},?\s(?:of\s)?{_YEAR}(?!\d)",
            rf"\b{_YEAR}{lexicon.YEAR_ENDINGS}n?\s(?:{_DAYS}\s)?{_MONTH}",
            r"\b\d\d?[./]\d\d?[./](?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b",
            r"\b\d\d?-(?:d[aə]n?|[ny]?[aə])\b(?!\s+(?:çox|artıq|yuxarı|az|yaxın|qədər)\b)",
            rf"\b\d\d?:\d\d(?::\d\d)?\b|\b\d\d?{_SPACE}?[ap]\.?m\b\.?|\b(?:UTC|GMT)\s?[+-]\s?\d\d?(?::\d\d)?",
            r"\b\w+ and a half\b(?: (?:thousand|million)\b)?",
            # numbers of resolutions, articles and the like
            rf"(?<![\w.])(?:{lexicon.REFERENCES})\.?{_SPACE}?(?:(?:No|Nos|№|nr)\b\.?{_SPACE}?)?#?{_NUMBER}(?:\s?\(\d+\))?"
            r"(?:(?:,\s?(?:and\s)?|\s(?:and|и|və)\s)#?\d{1,4}(?:\s?\(\d+\))?(?!\d)(?![\d,]*\s\w+s\b))*",
            r"№\s?\d+|\b\d{1,4}\s?\((?:19|20)\d\d\)|\b\d{1,4}[-\w]*\s(?:nömrəli|saylı)\b",
            # money, ordinals, ages, spans of time, years, measurements
            rf"(?:[$€£¥₼₽]|\b(?:USD|AZN|EUR)\b)\s?{_DECIMAL}(?:\s?{_THOUSAND}\b)?",
            rf"{_DECIMAL}{_SPACE}?(?:{_THOUSAND}\s)?(?:(?:US|Azerbaijani)\s)?(?:{lexicon.CURRENCIES})\b",
            rf"\b{_NUMBER}(?:st|nd|rd|th)\b|\b{_NUMBER}\s?{_DASH}\s?(?:й|я|е|го|му|м|ой|ая|ом|c[iıuü]|[iıuü]nc[iıuü])\b",
            rf"\b{_NUMBER}\s?{_DASH}?\s?years?\s?{_DASH}?\s?olds?\b|\b{_NUMBER}\s?(?:yaşlı|yaşında)\b|\b{_NUMBER}-летн\w+",
            rf"\b(?:aged?|aged between)\s{_NUMBER}(?:\s?(?:{_DASH}|and|to)\s?{_NUMBER})?",
            r"\bunder (?:the age of )?1[0-8]\b",
            rf"\b{_NUMBER}(?:\.\d+)?(?:\s?(?:{_DASH}|or|to|and)\s?{_NUMBER})?(?:\s|{_DASH})(?:{lexicon.TIME_UNITS})\b",
            rf"\b{_YEAR}{lexicon.YEAR_ENDINGS}\b|\b{_YEAR}-?(?:м|х|й|го|s)\b|\b{_YEAR}\s(?:год\w*|гг?\.)",
            rf"\b{_YEAR}\s?{_DASH}\s?(?:{_YEAR}|\d\d)\b(?![,.]\d)",
            rf"\b{_DECIMAL}(?:{_SPACE}{_THOUSAND})?[ -](?:{lexicon.UNITS})\b",
            # parts of names and of words
            rf"\b[A-ZА-Я]+{_DASH}?\d[\w/-]*|\b\w{{0,30}}[^\W\d]\d\w*|\b{_NUMBER}[A-Za-z]{{3,}}\b(?<!min)",
            rf"\+\d[\d ()-]{{6,}}|\b{_NUMBER}(?:/{_NUMBER}){{1,9}}\b|^\s*\d{{1,2}}[.)](?=\s)",
            rf"\b{_NUMBER}{_DASH}[a-z]{{3,}}(?:{_DASH}[a-z]+)*\b(?<!dən)(?<!dan)(?<!dək)(?<!strong)",
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)
_DIGITS = (
    rf"\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!,?\d)|\d{{1,3}}(?:,\s000){{1,3}}(?!\d)"
    rf"|\d{{1,3}}(?:{_SPACE}\d{{3}}){{1,4}}(?!\d)"
    r"|[1-9]\d{0,2}(?:\.\d{3}){1,4}(?!\.?\d)|\d{1,12}(?:[.,]\d{1,2}(?!\d))?(?!\d)"
)
_IS_YEAR = re.compile(_YEAR)
_MEASURED = re.compile(rf"[ \t-](?:{lexicon.TIME_UNITS}|{lexicon.UNITS}|{lexicon.CURRENCIES})\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|during|year|early|late|mid|after|before|and|to|в|с|до|из|по)|,)\s*\Z",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(r"\s(?:\w+\s)?[a-zа-яёə]*(?:s|people|children|men|women|ов|ей|лиц|nəfər)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a text, with its place, which includes the qualifier: "more than 3,410".

    One that counts something has `value`, or `min` and `max`, and a qualifier of `vocabularies.QUALIFIERS` or "".
    """

    start: int
    end: int
    value: int | None = None
    min: int | None = None
    max: int | None = None
    qualifier: str = ""
    words: bool = False  # written in words

    @property
    def counts(self) -> bool:
        """Return whether it counts something, and is no date, reference, age or the like."""
        return self.value is not None or self.min is not None


def find_numbers(text: str) -> tuple[Number, ...]:
    """Return every number in the text, in order; none overlap."""
    others = [Number(start=match.start(), end=match.end()) for match in _OTHERS.finditer(text)]
    masked = _OTHERS.sub(lambda match: _MASK * len(match[0]), text)
    return tuple(sorted([*others, *_find_counts(masked, text)], key=lambda number: number.start))


def _find_counts(masked: str, text: str) -> Iterator[Number]:
    """Find the numbers that may count something, in digits and words; a year is told by the words around it."""
    language = _language(text)
    for match in _count_pattern(language).finditer(masked):
        first, second = _value(match["first"], language), _value(match["second"] or "", language)
        start = match.start("before" if match["before"] and not match["second"] else "first")
        start, end = (match.start() if match["second"] else start), match.end()
        in_years = _IS_YEAR.fullmatch(match["first"])
        if first is None or first != int(first) or _MEASURED.match(text, end):
            yield Number(start=start, end=end)
        elif second is not None:
            low, high = sorted((int(first), int(second)))
            is_span = in_years and _IS_YEAR.fullmatch(match["second"])
            yield Number(start=start, end=end) if is_span else Number(start=start, end=end, min=low, max=high)
        elif in_years and not match["before"] and _reads_as_year(text, start, end):
            yield Number(start=start, end=end)
        else:
            qualifier = _qualifier(match["before"], QUALIFIERS_BEFORE) or _qualifier(match["after"], QUALIFIERS_AFTER)
            in_words = not match["first"][0].isdigit()
            yield Number(start=start, end=end, value=int(first), qualifier=qualifier, words=in_words)


def _language(text: str) -> str:
    """Return the language of the number words, by the text's letters: "en", "ru" or "az"."""
    letters = len(re.findall(r"[^\W\d_]", text)) or 1
    if len(re.findall("[а-яё]", text.lower())) * 2 > letters:
        return "ru"
    return "az" if len(re.findall("[əığ]", text.lower())) * 25 > letters else "en"


def _reads_as_year(text: str, start: int, end: int) -> bool:
    """Return whether a number such as 1990 or 2020 is a year: it is a count only if what it counts follows at once."""
    before, after = text[max(0, start - 12) : start], text[end : end + 40]
    return bool(_YEAR_BEFORE.search(before)) or _COUNTED_AFTER.match(after) is None


def _qualifier(words: str | None, qualifiers: tuple[tuple[str, str], ...]) -> str:
    matches = (value for pattern, value in qualifiers if re.fullmatch(rf"\s*(?:{pattern})\s*", words or "", re.I))
    return next(matches, "") if words else ""


def _value(words: str, language: str) -> float | None:
    """Return the value of a number in digits, words or both ("30 thousand"); None if it has none."""
    hundreds, thousands = HUNDREDS[language], THOUSANDS[language]
    alone = language != "en" or words.lower().startswith("a")  # "a hundred", "тысяча"; not "several hundred"
    total, group, has_value = 0.0, 0.0, False
    for token in re.findall(rf"{_DIGITS}|[^\W\d_]+", words.lower()):
        if token in {*hundreds, *thousands} and not has_value and not alone:
            return None
        if token[0].isdigit():
            group, has_value = _value_of_digits(token), True
        elif token in NUMBER_WORDS[language]:
            group, has_value = group + NUMBER_WORDS[language][token], True
        elif token in hundreds:
            group, has_value = (group or 1) * hundreds[token], True
        elif token in thousands:
            total, group, has_value = total + (group or 1) * thousands[token], 0, True
    return total + group if has_value and total + group < 10**12 else None


def _value_of_digits(token: str) -> float:
    if re.fullmatch(rf"\d{{1,3}}(?:(?:,\s?|\.|{_SPACE})\d{{3}})+", token):
        return float(re.sub(r"\D", "", token))
    return float(token.replace(",", "."))


@cache
def _count_pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of a number in this language, in digits or words, with its qualifiers, or of a range."""
    units = "|".join(sorted([*NUMBER_WORDS[language], *HUNDREDS[language]], key=len, reverse=True))
    multipliers = "|".join(sorted(THOUSANDS[language], key=len, reverse=True))
    english = language == "en"  # "one hundred and fifty", "a hundred"
    joined = r"(?:[\s-]+(?:and\s+)?|-)" if english else r"[\s-]+"
    article = r"(?:an?\s+(?=(?:hundred|thousand|million)\b))?" if english else ""
    words = rf"(?:{units}|{multipliers})\b(?:{joined}(?:{units}|{multipliers})\b)*"
    multiplied = rf"{_SPACE}?(?:{multipliers})\b(?:{_SPACE}\d{{1,3}}{_SPACE}(?:{multipliers})\b)?"
    number = rf"(?:{_DIGITS})(?:{multiplied})?|\b{article}{words}"
    before, after = ("|".join(pattern for pattern, _ in each) for each in (QUALIFIERS_BEFORE, QUALIFIERS_AFTER))
    return re.compile(
        rf"(?:\b(?P<before>{before})\s+)?(?P<between>\b(?:between|from|от|с)\s+)?(?<![\d.])(?P<first>{number})"
        rf"(?:(?:\s?{_DASH}\s?|\sto\s|\sдо\s|(?(between)\sand\s|(?!)))(?P<second>{_DIGITS}))?(?P<after>{after})?",
        re.IGNORECASE,
    )
