"""Text -> the numbers that run in it, each with its place, its value and what kind of number it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.authoring.extract import lexicon
from archive.authoring.extract.lexicon import (
    AFTER,
    ARTICLE,
    AZ_YEARS,
    BEFORE,
    HUNDREDS,
    JOINED,
    MONEY,
    REFERENCES,
    THOUSANDS,
    TIMES,
    UNITS,
    WORDS,
)

_GAP = r"[ \t\xa0\u202f\u2009]"
_TAKEN = "\ufffc"  # stands where a number that counts nothing was found
_DASH = "[-\u2010-\u2014]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a text. A count has `value`, or `min` and `max`; what is said of it, as `choices.QUALIFIERS` has it.

    `kind` is count, date, year, time, percent, ordinal, age, duration, measurement, money, reference or other.
    The place takes in what is said of it: "more than 3,410".
    """

    kind: str
    start: int
    end: int
    value: int | None = None
    min: int | None = None
    max: int | None = None
    qualifier: str = ""
    words: bool = False  # written in words


def number_language(text: str) -> str:
    """The language whose number words a text has, told by its letters: "en", "ru" or "az"."""
    letters = len(re.findall(r"[^\W\d_]", text)) or 1
    if len(re.findall("[а-яё]", text.lower())) * 2 > letters:
        return "ru"
    return "az" if len(re.findall("[əığ]", text.lower())) * 25 > letters else "en"


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number in the text, in order, none within another."""
    apart = list(_apart(text))
    rest, at = [], 0
    for number in apart:
        rest += [text[at : number.start], _TAKEN * (number.end - number.start)]
        at = number.end
    rest.append(text[at:])
    return tuple(sorted([*apart, *_plain("".join(rest), text)], key=lambda number: number.start))


_MONTH = rf"(?:{lexicon.MONTH_PATTERN})(?:[ıiuü]n)?\b\.?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_ENDED = rf"{_DAY}(?:-[^\W\d_]{{1,3}})?"  # "25-го", "25-dən"
_DAYS = rf"{_ENDED}(?:(?:\s?{_DASH}\s?|\s(?:and|to|по|на|и)\s|\s(?=\d\d?-n?[aə]\b)){_ENDED})?"
_INT = r"\d{1,9}"
_DECIMAL = r"\d[\d.,]{0,15}"
_PATTERNS = (
    ("other", r"\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@\S{1,200}"),
    (
        "date",
        rf"\b{_DAYS}{_GAP}?{_MONTH}(?:,?\s(?:of\s)?{_YEAR})?(?!\d)"
        rf"|\b{_MONTH}{_GAP}?{_DAYS}\b(?![.,]\d)(?:,?\s{_YEAR}(?!\d))?"
        rf"|\b{_MONTH},?\s(?:of\s)?{_YEAR}(?!\d)|\b{_YEAR}{AZ_YEARS}n?\s(?:{_DAYS}\s)?{_MONTH}"
        rf"|\b\d\d?[./]\d\d?[./](?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b",
    ),
    ("other", r"\b\w+ and a half\b(?: (?:thousand|million)\b)?"),
    ("time", rf"\b\d\d?:\d\d(?::\d\d)?\b|\b\d\d?{_GAP}?[ap]\.?m\b\.?|\b(?:UTC|GMT)\s?[+-]\s?\d\d?(?::\d\d)?"),
    ("reference", rf"(?<![\w.])(?:{REFERENCES})\.?{_GAP}?(?:(?:No|Nos|№|nr)\b\.?{_GAP}?)?{_INT}"
                  r"(?:\s?\(\d+\))?"
                  r"(?:(?:,\s?(?:and\s)?|\s(?:and|и|və)\s)\d{1,4}(?:\s?\(\d+\))?(?!\d)(?![\d,]*\s\w+s\b))*"
                  r"|№\s?\d+|\b\d{1,4}\s?\((?:19|20)\d\d\)|\b\d{1,4}[-\w]*\s(?:nömrəli|saylı)\b"),
    ("percent", rf"{_DECIMAL}\s?(?:%|percent\b|per cent\b|процент\w*|faiz\w*)"),
    ("money", rf"(?:[$€£¥₼₽]|\b(?:USD|AZN|EUR)\b)\s?{_DECIMAL}(?:\s?(?:thousand|million|billion|mln|bn)\b)?"
              rf"|{_DECIMAL}{_GAP}?(?:(?:thousand|million|billion|mln|тыс\.?|млн\.?|min|milyon)\s)?"
              rf"(?:(?:US|Azerbaijani)\s)?(?:{MONEY})\b"),
    ("ordinal", rf"\b{_INT}(?:st|nd|rd|th)\b"
                rf"|\b{_INT}\s?{_DASH}\s?(?:й|я|е|го|му|м|ой|ая|ом|c[iıuü]|inci|ıncı|uncu|üncü)\b"),
    ("age", rf"\b{_INT}\s?{_DASH}?\s?years?\s?{_DASH}?\s?olds?\b"
            rf"|\b(?:aged?|aged between)\s{_INT}(?:\s?(?:{_DASH}|and|to)\s?{_INT})?"
            rf"|\bunder (?:the age of )?1[0-8]\b|\b{_INT}\s?(?:yaşlı|yaşında)\b|\b{_INT}-летн\w+"),
    ("duration", rf"\b{_INT}(?:\.\d+)?(?:\s?(?:{_DASH}|or|to|and)\s?{_INT})?(?:\s|{_DASH})(?:{TIMES})\b"
                 rf"|\b{_INT}\s?{_DASH}\s?(?:day|year|month|hour|week)\w*\b"),
    ("year", rf"\b{_YEAR}{AZ_YEARS}\b|\b{_YEAR}-?(?:м|х|й|го|s)\b|\b{_YEAR}\s?{_DASH}\s?(?:{_YEAR}|\d\d)\b(?![,.]\d)"
             rf"|\b{_YEAR}\s(?:год\w*|гг?\.)"),
    ("measurement", rf"\b{_DECIMAL}(?:{_GAP}(?:thousand|million|тыс\.?|min))?[ -](?:{UNITS})\b"),
    ("other", rf"\b[A-ZА-Я]+{_DASH}?\d[\w/-]*|\b\w{0,30}[^\W\d]\d\w*|\b{_INT}[A-Za-z]{{3,}}\b(?<!min)"
              rf"|\+\d[\d ()-]{{6,}}"
              rf"|\b{_INT}(?:/{_INT}){{1,9}}\b"
              rf"|\b{_INT}{_DASH}[a-z]{{3,}}(?:{_DASH}[a-z]+)*\b(?<!dən)(?<!dan)(?<!dək)(?<!strong)"
              r"|^\s*\d{1,2}[.)](?=\s)"),
)  # fmt: skip
_APART = re.compile(
    "|".join(f"(?P<k{n}_{kind}>{pattern})" for n, (kind, pattern) in enumerate(_PATTERNS)), re.IGNORECASE | re.MULTILINE
)
_DIGITS = (
    rf"\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!,?\d)|\d{{1,3}}(?:{_GAP}\d{{3}}){{1,4}}(?!\d)"
    r"|[1-9]\d{0,2}(?:\.\d{3}){1,4}(?!\.?\d)|\d{1,12}(?:[.,]\d{1,2}(?!\d))?(?!\d)"
)
_IS_YEAR = re.compile(_YEAR)
_MEASURED = re.compile(rf"[ \t-](?:(?P<time>{TIMES})|{UNITS}|{MONEY})\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|during|year|early|late|mid|after|before|and|to|в|с|до|из|по)|,)\s*\Z",
    re.IGNORECASE,
)


def _apart(text: str) -> Iterator[Number]:
    """Dates, references, ages and the like: numbers that count nothing."""
    for match in _APART.finditer(text):
        kind = (match.lastgroup or "").partition("_")[2]
        yield Number(kind=kind, start=match.start(), end=match.end())


def _plain(rest: str, text: str) -> Iterator[Number]:
    """The other numbers, in digits and words: counts, or years where they look like years."""
    speech = number_language(text)
    for match in _PLAIN[speech].finditer(rest):
        start, end = match.span()
        if not match["second"]:
            start = match.start("before" if match["before"] else "first")
        first, second = _value(match["first"], speech), _value(match["second"] or "", speech)
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
            qualifier = _qualifier(match["before"], BEFORE) or _qualifier(match["after"], AFTER)
            words = not match["first"][0].isdigit()
            yield Number(kind="count", start=start, end=end, value=int(first), qualifier=qualifier, words=words)


def _reads_as_year(text: str, start: int, end: int) -> bool:
    """Whether a number such as 1990 or 2020 is a year: it counts only if what it counts follows at once."""
    if _YEAR_BEFORE.search(text[max(0, start - 12) : start]):
        return True
    return (
        re.match(r"\s(?:\w+\s)?[a-zа-яёə]*(?:s|people|children|men|women|ов|ей|лиц|nəfər)\b", text[end : end + 40])
        is None
    )


def _qualifier(said: str | None, table: tuple[tuple[str, str], ...]) -> str:
    if not said:
        return ""
    return next((value for pattern, value in table if re.fullmatch(rf"\s*(?:{pattern})\s*", said, re.IGNORECASE)), "")


def _value(said: str, speech: str) -> float | None:
    """The value of a number in digits, in words, or in both ("30 thousand"); None for what is not one."""
    total, part, seen = 0.0, 0.0, False
    for token in re.findall(rf"{_DIGITS}|[^\W\d_]+", said.lower()):
        if token[0].isdigit():
            part, seen = _digits(token), True
        elif token in WORDS[speech]:
            part, seen = part + WORDS[speech][token], True
        elif token in {*HUNDREDS[speech], *THOUSANDS[speech]} and not seen and not _may_stand_alone(said, speech):
            return None
        elif token in HUNDREDS[speech]:
            part, seen = (part or 1) * HUNDREDS[speech][token], True
        elif token in THOUSANDS[speech]:
            total, part, seen = total + (part or 1) * THOUSANDS[speech][token], 0, True
    return total + part if seen and total + part < 10**12 else None


def _may_stand_alone(said: str, speech: str) -> bool:
    """Whether it is one hundred or thousand: "a hundred", "тысяча"; not "several hundred"."""
    return speech != "en" or said.lower().startswith("a")


def _digits(token: str) -> float:
    if re.fullmatch(rf"\d{{1,3}}(?:(?:,|\.|{_GAP})\d{{3}})+", token):
        return float(re.sub(r"\D", "", token))
    return float(token.replace(",", "."))


def _spelled(speech: str) -> str:
    """The pattern of a number in words, or in digits with a multiplier after them."""
    plain = "|".join(sorted([*WORDS[speech], *HUNDREDS[speech]], key=len, reverse=True))
    many = "|".join(sorted(THOUSANDS[speech], key=len, reverse=True))
    joined = rf"(?:[\s-]+(?:{JOINED[speech]}\s+)?|-)" if JOINED[speech] else r"[\s-]+"
    article = rf"(?:{ARTICLE[speech]}\s+(?=(?:hundred|thousand|million)\b))?" if ARTICLE[speech] else ""
    words = rf"(?:{plain}|{many})\b(?:{joined}(?:{plain}|{many})\b)*"
    multiplied = rf"{_GAP}?(?:{many})\b(?:{_GAP}\d{{1,3}}{_GAP}(?:{many})\b)?"
    return rf"(?:{_DIGITS})(?:{multiplied})?|\b{article}{words}"


def _compiled(speech: str) -> re.Pattern[str]:
    one = _spelled(speech)
    before = "|".join(pattern for pattern, _ in BEFORE)
    after = "|".join(pattern for pattern, _ in AFTER)
    return re.compile(
        rf"(?:\b(?P<before>{before})\s+)?(?P<between>\b(?:between|from|от|с)\s+)?(?<![\d.])(?P<first>{one})"
        rf"(?:(?:\s?{_DASH}\s?|\sto\s|\sдо\s|(?(between)\sand\s|(?!)))(?P<second>{_DIGITS}))?(?P<after>{after})?",
        re.IGNORECASE,
    )


_PLAIN = {speech: _compiled(speech) for speech in WORDS}
