"""The words by which reports say who speaks and how, in English, Azerbaijani and Russian.

In a list, commas divide, `*` stands for any ending, and letter case does not count.
"""

import re


def any_of(listed: str) -> str:
    """The words of a list as a regular expression."""
    words = (re.escape(" ".join(word.split())) for word in listed.split(",") if word.strip())
    either = "|".join(words).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return rf"\b(?:{either})(?!\w)"


SAYS = any_of("""
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
IMPERSONAL = any_of("""
    it was said, it was stated, it was noted, it was stressed, it was emphasi*, it was underlined, it was pointed
    out, it was added, it was also *, it was further *, it was mentioned, it was highlighted, it was reported, it
    was reminded, it was recalled, it was indicated, it was brought, it is said, it is stated, it is noted, it is
    stressed, it is emphasi*, it is underlined, it is pointed out, it is added, it is also *, it is reported, it is
    mentioned, as noted, as stated, отмечается, отмечалось, подчёркивается, подчеркивается, говорится, указывается,
    было отмечено, bildirilir, bildirilib, vurğulanır, vurğulanıb, qeyd olunur, qeyd olunub, qeyd edilir, qeyd
    edilib, deyilir
""")
# What the office issues; only with a word before it that points to this one ("the appeal"), see `DOCUMENT`.
_ISSUED = (
    "statement|appeal|letter|document|report|message|address|speech|post|tweet|interview|information|complaint|news"
)
DOCUMENT = (
    rf"\b(?:the|this|that|her|his|its|an?|ombudsman's|ombudsperson's|commissioner's)\s+"
    rf"(?:open\s+|urgent\s+|official\s+)?(?:{_ISSUED}|official)\b|"
    + any_of("""
    заявлени*, обращени*, письм*, документ*, сообщени*, отчёт*, отчет*, доклад*, bəyanat*, müraciət*, məktub*,
    sənəd*, məlumat*, hesabat*, çıxış*, açıqlama*
""")
)
# The office. Another body's ombudsman or commissioner is not the speaker.
OFFICE = (
    r"(?<!armenian\s)(?<!high\s)(?<!european\s)(?<!artsakh\s)(?<!armenia's\s)(?<!foreign\s)"
    + any_of("""
    ombudsman, ombudsperson, ombudswoman, ombudsmen's office, human rights commissioner, human rights defender, the
    commissioner, rights commissioner, commissioner for human rights, ombudsmanı, ombudsmanın, müvəkkil, müvəkkili,
    müvəkkilin, омбудсмен, омбудсмена, омбудсмену, омбудсменом, уполномоченн*
""")
    + r"(?!\s+(?:of\s+armenia|of\s+the\s+council|institut|associat|organi[sz]|network))"
)
# A text headed so is the statement itself.
HEADED = (
    r"\W*(?:open\s+)?(?:statement|appeal|letter|report|address|message|speech|declaration)\b[^.:;]{0,40}?\b(?:of|by|from)\b"
    r"[^.:;]{0,40}?\b(?:commissioner|ombuds\w+|defender)\b(?!.{0,200}?\b(?:said|reports|informs|told)\b)"
)
PRONOUN = any_of("she, he, i, we, она, он, мы")
# What an outlet's own background begins with, whoever is named in it; and what may begin it where nobody is.
BACKGROUND = any_of("""
    to recall, recall that, for reference, background, for the record, it should be recalled that, it should be
    reminded that, follow us, read more, related news, subscribe, напомним, справка, для справки, xatırladaq,
    xatırladırıq, arayış
""")
PERHAPS_BACKGROUND = any_of("""
    earlier, previously, meanwhile, note that, it should be noted that, it is worth noting that, as reported
    earlier, notably, ранее, отметим, стоит отметить, qeyd edək, bundan əvvəl
""")
# What points back to the words before it: "this is stated in the report".
BACK = any_of("""
    this is *, this was *, these are *, these were *, about this, об этом, bu barədə, bunu, bu fikirləri, bu fikri
""")
# Whose words are another's, where the office is not named beside them.
OTHERS = any_of("""
    spokesman, spokeswoman, spokesperson, minister, president, ministry, prime minister, ambassador, министр*,
    президент*, министерств*, nazir*, prezident*
""")
# People who may appeal to others themselves.
PEOPLE = any_of("""
    families, family members, relatives, parents, citizens, residents, refugees, activists, lawyers, protesters,
    deputies, parliament, government, authorities, delegation, participants, Armenia,
    семьи, родственники, граждане, жители, ailələr, vətəndaşlar
""")
# What was done to people and places: the nouns and verbs that make a place or a day one of an event.
HARM = any_of("""
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
