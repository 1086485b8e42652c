"""Hold the words that the extractor looks for, in English, Azerbaijani and Russian.

A constant that is a string is a regular expression, to be compiled without regard to case. The other constants list
words and phrases; in some of these `*` ends a stem.
"""

import re

MONTHS = (
    ("January", "Jan", "yanvar", "январь", "января", "январе", "январю", "янв"),
    ("February", "Feb", "fevral", "февраль", "февраля", "феврале", "февралю", "фев"),
    ("March", "Mar", "mart", "март", "марта", "марте", "марту", "мар"),
    ("April", "Apr", "aprel", "апрель", "апреля", "апреле", "апрелю", "апр"),
    ("May", "may", "mayıs", "май", "мая", "мае", "маю"),
    ("June", "Jun", "iyun", "июнь", "июня", "июне", "июню"),
    ("July", "Jul", "iyul", "июль", "июля", "июле", "июлю"),
    ("August", "Aug", "avqust", "август", "августа", "августе", "августу", "авг"),
    ("September", "Sept", "Sep", "sentyabr", "сентябрь", "сентября", "сентябре", "сентябрю", "сент"),
    ("October", "Oct", "oktyabr", "октябрь", "октября", "октябре", "октябрю", "окт"),
    ("November", "Nov", "noyabr", "ноябрь", "ноября", "ноябре", "ноябрю", "нояб"),
    ("December", "Dec", "dekabr", "декабрь", "декабря", "декабре", "декабрю", "дек"),
)
# The capital of Azerbaijani i has a dot, of which matching without regard to case knows nothing
_MONTH_NAMES = sorted((name.replace("iyu", "[iİ]yu") for names in MONTHS for name in names), key=len, reverse=True)
MONTH_PATTERN = "|".join(_MONTH_NAMES)

_ENGLISH_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_RUSSIAN_NUMBERS = {
    "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9,
    "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15,
    "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "одна": 1, "две": 2, "двое": 2,
    "трое": 3, "четверо": 4, "пятеро": 5, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50,
    "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200,
    "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800,
    "девятьсот": 900,
}  # fmt: skip
_AZERBAIJANI_NUMBERS = {
    "bir": 1, "iki": 2, "üç": 3, "dörd": 4, "beş": 5, "altı": 6, "yeddi": 7, "səkkiz": 8, "doqquz": 9, "on": 10,
    "iyirmi": 20, "otuz": 30, "qırx": 40, "əlli": 50, "altmış": 60, "yetmiş": 70, "səksən": 80, "doxsan": 90,
}  # fmt: skip

# Words that add up ("fifty-two"), and words that multiply what stands before them, or stand alone for one of it
NUMBER_WORDS = {"en": _ENGLISH_NUMBERS, "ru": _RUSSIAN_NUMBERS, "az": _AZERBAIJANI_NUMBERS}
HUNDREDS = {"en": {"hundred": 100}, "ru": {}, "az": {"yüz": 100}}
THOUSANDS = {
    "en": {"thousand": 1000, "million": 1_000_000, "mln": 1_000_000},
    "ru": {"тысяча": 1000, "тысячи": 1000, "тысяч": 1000, "тыс": 1000, "миллион": 1_000_000, "миллиона": 1_000_000,
           "миллионов": 1_000_000, "млн": 1_000_000},
    "az": {"min": 1000, "milyon": 1_000_000, "mln": 1_000_000},
}  # fmt: skip

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


def _words(listed: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in listed.split(","))


# What a measure counts that lists nothing in `counted`
PEOPLE = _words("""
    people, persons, person, individuals, individual, citizens, citizen, residents, resident, inhabitants, inhabitant,
    nationals, compatriots, civilians, civilian people, civilian persons, civilian residents, souls, others,
    population, members of the civilian population, family members, members of * family, employees, staff,
    journalists, workers, servicem*, soldiers, человек*, людей, люди, лиц, лица, жител*, граждан*, азербайджанц*,
    армян*, nəfər*, şəxs*, insan*, sakin*, vətəndaş*, soydaş*, azərbaycanlı*, adam*
""")  # fmt: skip
# The groups that measures list, by id; a group that is not here is named by its id's own words
GROUPS = {
    "children": _words("""
        children, child, minors, minor, infants, infant, babies, baby, juveniles, toddlers, schoolchildren, дет*,
        ребен*, ребён*, несовершеннолетн*, uşaq*, azyaşlı*
    """),
    "women": _words("women, woman, females, женщин*, qadın*"),
    "older-people": _words("""
        older people, older persons, elderly, elders, old people, old men, old persons, aged people, aged persons,
        senior citizens, seniors, the aged, пожил*, старик*, стариков, престарел*, qoca*, ahıl*, yaşlı*
    """),
    "civilians": _words("""
        civilians, civilian residents, civilian persons, peaceful residents, мирны* жител*, мирных граждан*,
        гражданских лиц, mülki şəxs*, mülki vətəndaş*, dinc sakin*
    """),
    "servicemen": _words("""
        servicem*, soldier*, military personnel, военнослужащ*, солдат*, hərbçi*, hərbi qulluqçu*, əsgər*
    """),
    "men": _words("men, man, мужчин*, kişi*"),
}  # fmt: skip
# What says that the counts after it are of parts of the count before it
OF_WHICH = _words("""
    including, among them, among whom, among those, among these, of whom, of which, of them, of these, of those, in
    particular, в том числе, из них, из которых, среди них, среди которых, включая, o cümlədən, onlardan, onların,
    onlar arasında, o sıradan, habelə
""")  # fmt: skip
OF_WHICH_BEFORE = _words("olmaqla")  # likewise, of the count after it
# What is counted in a text of any kind without being a fact that figures keep
NOT_COUNTED = _words("""
    resolution*, article*, paragraph*, convention*, document*, statement*, appeal*, report*, letter*, part, parts,
    point*, stage*, countries, sides, side, parties, nations, peoples, languages, issues, issue, directions,
    questions, reasons, examples, session*, meeting*, billion, percent, per cent, %, процент*, faiz*, of the, of our,
    sources, photos, page*, volume*, резолюци*, стать*, пункт*, документ*, стран*, сторон*, qətnamə*, maddə*, ölkə*,
    tərəf*
""")  # fmt: skip


def word_pattern(words: str) -> str:
    """Return a regular expression that matches the words of a comma-separated list, in which `*` ends a stem."""
    patterns = (re.escape(" ".join(word.split())) for word in words.split(",") if word.strip())
    pattern = "|".join(patterns).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return rf"\b(?:{pattern})(?!\w)"


SPEECH_VERBS = word_pattern("""
    said, says, saying, stated, stating, noted, notes, noting, added, adds, adding, stress*, emphasi*, underlin*,
    underscor*, pointed, points, pointing, remark*, remind*, recall*, mention*, express*, called, calls, calling,
    urged, urges, urging, appeal*, addressed, addresses, addressing, condemn*, declar*, highlight*, outlin*,
    conclud*, finali*, lists, listed, demand*, asked, asks, asking, inform*, told, wrote, writes, reads, consider*,
    believ*, hope, hopes, hoped, describ*, warn*, drew, draws, drawing, touched, spoke, speaks, speaking, accus*,
    reiterat*, reported, reports, indicat*, reflect*, request*, confirm*, shared, tweeted, posted, observ*, thank*,
    congratulat*, according to, sent, serves, aims, assess*, explain*, answer*, replied, replies, argued, argues,
    maintain*, assert*, comment*, voiced, voices, welcom*, made public, issued, published, met, visited,
    participated, released, made, prepared, submitted, denounc*, protest*, sözlərinə görə, bildir*, qeyd*, vurğula*,
    deyil*, deyib, dedi, əlavə ed*, çağır*, xatırla*, göstəril*, müraciət ed*, müraciətlə, bəyan*, söylə*, diqqət*,
    tələb*, toxun*, ünvanla*, məlumat ver*, səslən*, göndər*, yazıb, hesab ed*, pislə*, сказал*, говорит*, отмет*,
    отмеча*, подчерк*, подчёрк*, добавил*, заяв*, призва*, призыва*, указа*, указыва*, напомн*, сообщ*, обрати*,
    обраща*, выразил*, выраж*, считает*, осуд*, по словам, согласно, утвержда*, поясни*, попроси*, потребов*,
    направи*, прокоммент*, выступ*, распростран*
""")
IMPERSONAL_SPEECH = word_pattern("""
    it was said, it was stated, it was noted, it was stressed, it was emphasi*, it was underlined, it was pointed
    out, it was added, it was also *, it was further *, it was mentioned, it was highlighted, it was reported, it
    was reminded, it was recalled, it was indicated, it was brought, it is said, it is stated, it is noted, it is
    stressed, it is emphasi*, it is underlined, it is pointed out, it is added, it is also *, it is reported, it is
    mentioned, as noted, as stated, отмечается, отмечалось, подчёркивается, подчеркивается, говорится, указывается,
    было отмечено, bildirilir, bildirilib, vurğulanır, vurğulanıb, qeyd olunur, qeyd olunub, qeyd edilir, qeyd
    edilib, deyilir
""")
# What the office issues; only with a word before it that points to this one ("the appeal"), see `ISSUED_DOCUMENT`.
_DOCUMENT_NOUNS = (
    "statement|appeal|letter|document|report|message|address|speech|post|tweet|interview|information|complaint|news"
)
ISSUED_DOCUMENT = (
    rf"\b(?:the|this|that|her|his|its|an?|ombudsman's|ombudsperson's|commissioner's)\s+"
    rf"(?:open\s+|urgent\s+|official\s+)?(?:{_DOCUMENT_NOUNS}|official)\b|"
    + word_pattern("""
    заявлени*, обращени*, письм*, документ*, сообщени*, отчёт*, отчет*, доклад*, bəyanat*, müraciət*, məktub*,
    sənəd*, məlumat*, hesabat*, çıxış*, açıqlama*
""")
)
# The office. Another body's ombudsman or commissioner is not the speaker.
OFFICE = (
    r"(?<!armenian\s)(?<!high\s)(?<!european\s)(?<!artsakh\s)(?<!armenia's\s)(?<!foreign\s)"
    + word_pattern("""
    ombudsman, ombudsperson, ombudswoman, ombudsmen's office, human rights commissioner, human rights defender, the
    commissioner, rights commissioner, commissioner for human rights, ombudsmanı, ombudsmanın, müvəkkil, müvəkkili,
    müvəkkilin, омбудсмен, омбудсмена, омбудсмену, омбудсменом, уполномоченн*
""")
    + r"(?!\s+(?:of\s+armenia|of\s+the\s+council|institut|associat|organi[sz]|network))"
)
# A text headed so is the statement itself.
STATEMENT_HEADING = (
    r"\W*(?:open\s+)?(?:statement|appeal|letter|report|address|message|speech|declaration)\b[^.:;]{0,40}?\b(?:of|by|from)\b"
    r"[^.:;]{0,40}?\b(?:commissioner|ombuds\w+|defender)\b(?!.{0,200}?\b(?:said|reports|informs|told)\b)"
)
PRONOUNS = word_pattern("she, he, i, we, она, он, мы")
# What an outlet's own background begins with, whoever is named in it; and what may begin it where nobody is.
BACKGROUND_OPENINGS = word_pattern("""
    to recall, recall that, for reference, background, for the record, it should be recalled that, it should be
    reminded that, follow us, read more, related news, subscribe, напомним, справка, для справки, xatırladaq,
    xatırladırıq, arayış
""")
POSSIBLE_BACKGROUND_OPENINGS = word_pattern("""
    earlier, previously, meanwhile, note that, it should be noted that, it is worth noting that, as reported
    earlier, notably, ранее, отметим, стоит отметить, qeyd edək, bundan əvvəl
""")
# What points back to the words before it: "this is stated in the report".
POINTS_BACK = word_pattern("""
    this is *, this was *, these are *, these were *, about this, об этом, bu barədə, bunu, bu fikirləri, bu fikri
""")
# Whose words are another's, where the office is not named beside them.
OTHER_SPEAKERS = word_pattern("""
    spokesman, spokeswoman, spokesperson, minister, president, ministry, prime minister, ambassador, министр*,
    президент*, министерств*, nazir*, prezident*
""")
# People who may appeal to others themselves.
PEOPLE_WHO_SPEAK = word_pattern("""
    families, family members, relatives, parents, citizens, residents, refugees, activists, lawyers, protesters,
    deputies, parliament, government, authorities, delegation, participants, Armenia,
    семьи, родственники, граждане, жители, ailələr, vətəndaşlar
""")
# What was done to people and places: the nouns and verbs that make a place or a day one of an event.
HARM_WORDS = word_pattern("""
    event, events, tragedy, tragedies, genocid*, massacr*, kill*, war, wars, wartime, attack*, aggress*, occup*,
    crime, crimes, terror*, victim*, shell*, armed, troops, forces, conflict, clash*, battle, battles, fighting,
    assault*, cleansing, expel*, expulsion, deport*, displac*, atrocit*, murder*, violence, hostage*, injur*,
    wound*, perish*, martyr*, explo*, fired, bomb*, missile*, rocket*, hostilit*, pogrom*, captur*, liberat*,
    slaughter*, bloody, bloodshed, tortur*, brutal*, planted, buried, laid, installed, maps, threat*, missing,
    destr*, provocation*, military, operation, operations, truth, soyqırım*, facia*, faciə*, hadisə*, qətl*,
    müharibə*, işğal*, təcavüz*, cinayət*, terror*, qurban*, həlak*, şəhid*, yaralan*, hücum*, qırğın*,
    deportasiya*, silahlı, təxribat*, partla*, basdır*, xəritə*, itkin*, геноцид*, трагеди*, событи*, резн*,
    убийств*, убит*, погиб*, войн*, оккупац*, агресс*, преступлен*, террор*, жертв*, ранен*, нападен*, конфликт*,
    вооруж*, изгнан*, депортац*, взорв*, взрыв*, минир*, карт*, провокац*, обстрел*, артиллер*, ракет*
""")
