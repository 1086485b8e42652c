"""The words that numbers are made of and stand beside, in English, Russian and Azerbaijani. Data only."""

_EN = dict(zip("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
               "seventeen eighteen nineteen".split(), range(1, 20), strict=True))  # fmt: skip
_EN |= dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_RU = dict(zip("один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
               "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать".split(),
               range(1, 20), strict=True))  # fmt: skip
_RU |= dict(zip("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split(),
                range(20, 100, 10), strict=True))  # fmt: skip
_RU |= {"одна": 1, "две": 2, "двое": 2, "трое": 3, "четверо": 4, "пятеро": 5}
_RU |= dict(zip("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split(),
                range(100, 1000, 100), strict=True))  # fmt: skip
_AZ = dict(zip("bir iki üç dörd beş altı yeddi səkkiz doqquz".split(), range(1, 10), strict=True))
_AZ |= dict(zip("on iyirmi otuz qırx əlli altmış yetmiş səksən doxsan".split(), range(10, 100, 10), strict=True))

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

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    "январ[яьеи]|феврал[яьеи]|март[ае]?|апрел[яьеи]|ма[яйе]|июн[яьеи]|июл[яьеи]|август[ае]?|сентябр[яьеи]|октябр[яьеи]|"
    "ноябр[яьеи]|декабр[яьеи]|"
    "yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr"
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
MONEY = "manats?|dollars?|euros?|rubles?|roubles?|pounds?|AZN|USD|EUR|US dollars?|манат\\w*|доллар\\w*|руб\\w*|manat\\w*|dollar\\w*"
# Words before a number that make it the number of something, and not a count
REFERENCES = (
    "resolutions?|articles?|paragraphs?|para?s?|items?|clauses?|chapters?|sections?|parts?|annex|protocols?|"
    "decrees?|orders?|laws?|no|nos|number|numbers|numbered|№|regiment|brigade|school|hotline|phone|tel|page|pp?|"
    "резолюци\\w*|стать\\w*|пункт\\w*|номер\\w*|закон\\w*|protokol\\w*|maddə\\w*|qətnamə\\w*|nömrəli"
)
