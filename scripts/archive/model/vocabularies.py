"""Define the closed lists: each value that a field may have, and what it means."""

LANGUAGES = {
    "ar": "Arabic", "az": "Azerbaijani", "az-Cyrl": "Azerbaijani (Cyrillic)", "bg": "Bulgarian", "cs": "Czech",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "he": "Hebrew", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "ky": "Kyrgyz", "mul": "several languages", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "tk": "Turkmen", "tr": "Turkish", "uk": "Ukrainian",
    "und": "language not determined", "ur": "Urdu", "uz": "Uzbek", "zh": "Chinese",
}  # fmt: skip

FORMS = {
    "statement": "a statement to the public",
    "appeal": "an appeal to named addressees",
    "open-letter": "a letter published when sent",
    "letter": "a letter",
    "report": "a report",
    "speech": "a speech or remarks at a meeting",
    "interview": "answers to a journalist",
    "post": "a post on the office's own page or social network",
}
DATE_BASES = {
    "stated": "the source gives the statement's own date",
    "reported": "only the date of the report is known",
    "inferred": "worked out from what the source says",
}
SOURCE_KINDS = {
    "official-text": "the text of the statement, published by the office",
    "official-translation": "an official translation of it",
    "official-copy": "an official text of the statement on another site",
    "official-account": "the office's own news about what it or its head said or did",
    "press-report": "a report by a news outlet",
    "social-post": "a post on a social network",
    "broadcast": "radio or television",
}
EXTENTS_READ = {
    "whole": "the text was read to its end",
    "part": "only a part of the text could be read; the rest may say more",
}
OUTLET_OWNERS = {
    "state": "owned by a state",
    "public": "a public body independent of the government",
    "party": "owned by a political party",
    "private": "privately owned",
    "unknown": "owner not known",
}
OUTLET_KINDS = {
    "news-agency": "news agency",
    "newspaper": "newspaper",
    "news-site": "news website",
    "aggregator": "site that republishes other outlets",
    "government": "government body",
    "ombudsman-office": "the ombudsman's own office",
    "broadcaster": "broadcaster",
    "social-network": "social network",
}
ADDRESSEE_KINDS = {
    "un-body": "United Nations bodies",
    "regional-organization": "Regional organizations",
    "international-organization": "Other international organizations",
    "ombudsman-network": "Networks of ombudsmen and human rights institutions",
    "ombudsman-institution": "Ombudsmen and human rights institutions",
    "states": "States and their bodies",
    "diplomatic-mission": "Diplomatic missions",
    "ngo": "Non-governmental organizations",
    "media": "Media",
    "public": "The public",
    "class": "Bodies named in general",
}
INSTRUMENT_KINDS = {
    "treaty": "Treaties",
    "resolution": "Resolutions",
    "declaration": "Declarations",
    "agreement": "Agreements",
    "law": "Laws",
    "other": "Other instruments",
}
COUNTRIES = {
    "armenia": "Armenia",
    "azerbaijan": "Azerbaijan",
    "belgium": "Belgium",
    "france": "France",
    "georgia": "Georgia",
    "iran": "Iran",
    "lebanon": "Lebanon",
    "russia": "Russian Federation",
    "sweden": "Sweden",
    "turkiye": "Türkiye",
    "united-states": "United States of America",
}
RELATIONS = {
    "continues": "continues",
    "repeats": "repeats",
    "corrects": "corrects",
    "same-report": "is in the same report as",
}
CONTENT_NOTES = {
    "death": "deaths",
    "injury": "injuries",
    "children": "harm to children",
    "detention": "detention",
    "torture": "allegations of torture",
    "human-remains": "human remains",
    "sexual-violence": "allegations of sexual violence",
    "hate-speech": "allegations of hate speech",
    "displacement": "displacement",
    "landmines": "landmines",
    "violence": "allegations of mass violence",
}
STATUSES = {
    "draft": "not published",
    "published": "published",
    "withdrawn": "withdrawn: its page stays, with the date and reason",
}
FIRST_CHANGE = "addition"
CHANGES = {
    FIRST_CHANGE: "the record is new in the archive",
    "correction": "something was wrong or missing and was put right",
    "clarification": "something was made clearer",
    "withdrawal": "the record was withdrawn",
}
QUALIFIERS = {
    "exactly": "",
    "about": "about",
    "nearly": "nearly",
    "at-least": "at least",
    "more-than": "more than",
    "up-to": "up to",
    "less-than": "less than",
}
READ = {"no": "not looked for"}  # of a measure, by drafts
QUALIFIERS_MEAN = QUALIFIERS | {"exactly": "the number itself"}
