"""The names of the months, as texts in English, Azerbaijani and Russian have them."""

NAMES = (
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
_WAYS = sorted((name.replace("iyu", "[iİ]yu") for names in NAMES for name in names), key=len, reverse=True)
PATTERN = "|".join(_WAYS)
