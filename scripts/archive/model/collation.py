"""Put labels in the order in which people look for them, as the Unicode Collation Algorithm (UTS 10) does.

Signs on letters, case and punctuation matter only where all else is the same. The letters that Azerbaijani has beside
those of English are letters of their own, each in the place that the Azerbaijani alphabet gives it.
"""

import unicodedata

Key = tuple[tuple[str, int], ...]

_AFTER = {"ç": "c", "ə": "e", "ğ": "g", "ı": "h", "ö": "o", "ş": "s", "ü": "u"}  # each stands behind this letter
_PLAIN = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "þ": "th",
}  # have no sign to leave out


def sort_key(label: str) -> Key:
    """Return what to sort a label by: its letters, each with 1 if it stands behind the letter named, else 0."""
    key: list[tuple[str, int]] = []
    for character in unicodedata.normalize("NFC", label.casefold()):
        if character in _AFTER:
            key.append((_AFTER[character], 1))
        else:
            parts = unicodedata.normalize("NFD", _PLAIN.get(character, character))
            key += [(part if part.isalnum() else " ", 0) for part in parts if not unicodedata.combining(part)]
    return tuple(key)
