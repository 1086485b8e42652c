"""The words that numbers are made of and stand beside, in English, Russian and Azerbaijani. Data only."""

_EN = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_RU = {
    "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9,
    "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15,
    "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "одна": 1, "две": 2, "двое": 2,
    "трое": 3, "четверо": 4, "пятеро": 5, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50,
    "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200,
    "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800,
    "девятьсот": 900,
}  # fmt: skip
_AZ = {
    "bir": 1, "iki": 2, "üç": 3, "dörd": 4, "beş": 5, "altı": 6, "yeddi": 7, "səkkiz": 8, "doqquz": 9, "on": 10,
    "iyirmi": 20, "otuz": 30, "qırx": 40, "əlli": 50, "altmış": 60, "yetmiş": 70, "səksən": 80, "doxsan": 90,
}  # fmt: skip

# Words that add up ("fifty-two"), and words that multiply what stands before them, or stand alone for one of it
WORDS = {"en": _EN, "ru": _RU, "az": _AZ}
HUNDREDS = {"en": {"hundred": 100}, "ru": {}, "az": {"yüz": 100}}
THOUSANDS = {
    "en": {"thousand": 1000, "million": 1_000_000, "mln": 1_000_000},
    "ru": {"тысяча": 1000, "тысячи": 1000, "тысяч": 1000, "тыс": 1000, "миллион": 1_000_000, "миллиона": 1_000_000,
           "миллионов": 1_000_000, "млн": 1_000_000},
    "az": {"min": 1000, "milyon": 1_000_000, "mln": 1_000_000},
}  # fmt: skip
ARTICLE = {"en": "an?", "ru": "", "az": ""}  # "a hundred"
JOINED = {"en": "and", "ru": "", "az": ""}  # "one hundred and fifty"

# What is said of a number, before it (in Azerbaijani after it). Longer first where one begins another.
BEFORE = (
    ("no more than|not more than|no fewer than \\d+ and up to|up to|as many as|at most|a maximum of|"
     "не более(?: чем)?|до", "up-to"),
    ("at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum|"
     "не менее(?: чем)?|как минимум|по меньшей мере|ən azı|azı", "at-least"),
    ("more than|over|above|in excess of|upwards? of|greater than|exceeding|"
     "более(?: чем)?|больше(?: чем)?|свыше", "more-than"),
    ("less than|fewer than|under|below|менее(?: чем)?|меньше(?: чем)?", "less-than"),
    ("about|around|approximately|nearly|almost|some|roughly|close to|an estimated|circa|"
     "около|примерно|приблизительно|порядка|почти|təxminən|təqribən", "about"),
)  # fmt: skip
AFTER = (
    ("(?:-?(?:d[aəe]n|t[aəe]n))\\s+(?:çox|artıq|yuxarı)", "more-than"),
    ("(?:-?(?:d[aə]n|t[aə]n))\\s+az", "less-than"),
    ("-?(?:[yn]?[aə])\\s+(?:yaxın|qədər)|-?(?:d[aə]k)", "about"),
    ("\\s+or more|\\+|\\s+и более", "at-least"),
)

# Words after a number that make it no count of people or things
TIMES = (
    "years?|months?|weeks?|days?|nights?|hours?|minutes?|seconds?|decades?|centur(?:y|ies)|anniversar(?:y|ies)|times?|"
    "лет|год[ауы]?|месяц\\w*|недел\\w*|дн(?:я|ей)|сут(?:ок|ки)|час(?:а|ов)?|минут\\w*|раз[а]?|"
    "ay|gün|saat|dəqiqə|həftə|dəfə"
)
AZ_YEARS = "(?:-?(?:c[iıuü]|inci|ıncı|uncu|üncü))?\\s*il(?:i|in|lik|də|dən|lərdə|lər)?"
UNITS = (
    "percent|per cent|percentage points?|km|kilometers?|kilometres?|meters?|metres?|hectares?|ha|tons?|tonnes?|kg|"
    "kilograms?|kilogrammes?|miles?|degrees?|mm|cm|square|sq|cubic|points?|"
    "процент\\w*|км|километр\\w*|метр\\w*|гектар\\w*|тонн\\w*|кг|faiz\\w*|hektar|kilometr|metr"
)
MONEY = (
    "manats?|dollars?|euros?|rubles?|roubles?|pounds?|AZN|USD|EUR|US dollars?|"
    "манат\\w*|доллар\\w*|руб\\w*|manat\\w*|dollar\\w*"
)
# Words before a number that make it the number of something, and not a count
REFERENCES = (
    "resolutions?|articles?|paragraphs?|para?s?|items?|clauses?|chapters?|sections?|parts?|annex|protocols?|"
    "decrees?|orders?|laws?|no|nos|number|numbers|numbered|№|regiment|brigade|school|hotline|phone|tel|page|pp?|"
    "резолюци\\w*|стать\\w*|пункт\\w*|номер\\w*|закон\\w*|protokol\\w*|maddə\\w*|qətnamə\\w*|nömrəli"
)
