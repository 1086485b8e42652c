"""Make the words of an id from a title: small letters a-z, digits and hyphens."""

import re
import unicodedata

from archive.model.vocabularies import FORMS

USUAL_WORDS = 4
MAX_LETTERS = 48
# A form is named before the first of these: "Joint appeal to ...", "Open letter on ..."
OCCASION = r"\b(?:on|to|about|at|of|in|for|regarding|concerning|after|before|against|with|by|from)\b"

# letters that Unicode does not decompose into a Latin letter and a mark, and those whose mark changes their sound
LETTERS: dict[str, str | int | None] = {
    "ə": "a", "ı": "i", "ş": "sh", "ç": "ch", "ğ": "gh", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d",
    "þ": "th", "ł": "l", "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh",
    "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "є": "ye", "і": "i", "ї": "yi", "ґ": "g",
    "ә": "a", "ө": "o", "ү": "u", "ғ": "gh", "ҹ": "j", "ҝ": "g", "һ": "h", "ј": "y",
}  # fmt: skip
STOP_WORDS = {
    "a", "about", "after", "again", "against", "all", "an", "and", "any", "are", "as", "at", "be", "been", "before",
    "between", "by", "can", "concerning", "did", "do", "during", "event", "events", "for", "from", "has", "have",
    "he", "her", "his", "how", "in", "into", "is", "it", "its", "made", "of", "off", "on", "or", "other", "our",
    "over", "regarding", "relation", "respect", "she", "so", "some", "such", "than", "that", "the", "their", "them",
    "these", "they", "this", "those", "through", "to", "towards", "under", "upon", "was", "were", "what", "when",
    "where", "which", "who", "whom", "whose", "why", "will", "with", "within",
}  # fmt: skip


def slugify(text: str) -> str:
    """Transliterate a text of any known script to a-z and digits, with single hyphens between words."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(str.maketrans(LETTERS))
    bare = re.sub(r"(?<=\w)['’ʼ]s?\b", "", composed)
    ascii = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return "-".join(re.findall(r"[a-z0-9]+", ascii))


def form_of_title(title: str) -> str:
    """Return the form that a title's first words name; "" for none."""
    head = f" {re.split(OCCASION, title, maxsplit=1, flags=re.IGNORECASE)[0]} ".replace("-", " ").casefold()
    forms = [form for form in FORMS if f" {form.replace('-', ' ')} " in head]
    return max(forms, key=len, default="")


def suggest_slugs(title: str, form: str) -> list[str]:
    """Suggest slugs for a title, the best first: its first content words, then more and fewer of them.

    Each begins with a letter. If the title has no such word, the only suggestion is the form.
    """
    form_words = form.split("-")
    words = slugify(title).split("-")
    for start in range(len(words)):  # the record states its form anyway
        if words[start : start + len(form_words)] == form_words:
            words[start : start + len(form_words)] = []
            break
    content = [word for word in words if word not in STOP_WORDS and len(word) > 1]
    while content and content[0][0].isdecimal():
        content.pop(0)
    if not content:
        return [form]
    choices = [content[:USUAL_WORDS], content[: USUAL_WORDS + 2], content[:2], [*form_words, *content[:2]]]
    return list(dict.fromkeys(_cut(choice) for choice in choices))


def _cut(words: list[str]) -> str:
    while len(words) > 1 and len("-".join(words)) > MAX_LETTERS:
        words = words[:-1]
    return "-".join(words)[:MAX_LETTERS].rstrip("-")
