"""Find where two values of the data differ, field by field, and say what was there and what is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.model.document import field_path, quoted, shown

_DAYS = ("_earliest", "_latest")  # ends of the names of what follows from a date
_ABSENT: tuple[object, ...] = (None, [])
_SHOWN, _BEFORE = 80, 20  # characters of a value in a message, and of these before what changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value that changed; `steps` lead to it: names, and places in lists from 0."""

    steps: tuple[str | int, ...]
    before: Any
    after: Any

    @property
    def field(self) -> str:
        """The field, as problems name it: `figures[2].value`."""
        return shown(field_path(*self.steps))

    @property
    def account(self) -> str:
        """What it was and is: "from 'a' to 'b'"; of long texts, from some words before the first that changed."""
        before, after = _in_words(self.before), _in_words(self.after)
        if before == after:  # they differ in white space that is shown
            before, after = str(self.before), str(self.after)
        if max(len(before), len(after)) > _SHOWN:
            pairs = enumerate(zip(before, after, strict=False))
            same = next((n for n, (one, other) in pairs if one != other), min(len(before), len(after)))
            start = before.rfind(" ", 0, max(same - _BEFORE, 0)) + 1
            if same - start > _SHOWN // 2:  # within a long word
                start = same - _BEFORE
            if start:
                before, after = f"…{before[start:]}", f"…{after[start:]}"
        was, is_now = (quoted(_shortened(text)) if text else "nothing" for text in (before, after))
        return f"from {was} to {is_now}"


def differences(before: Any, after: Any, *steps: str | int) -> Iterator[Difference]:
    """Yield where two values differ, as far as the first has the fields; `steps` lead to both."""
    if isinstance(before, Mapping):
        fields = after if isinstance(after, Mapping) else {}
        for name, value in before.items():
            if not name.endswith(_DAYS):
                yield from differences(value, fields.get(name), *steps, name)
    elif _are_records(before) and _are_records(after) and len(before) == len(after):
        for place, pair in enumerate(zip(before, after, strict=True)):
            yield from differences(*pair, *steps, place)
    elif before != after and not (before in _ABSENT and after in _ABSENT):
        yield Difference(steps=steps, before=before, after=after)


def _shortened(text: str) -> str:
    """Cut a long text at its end, at a space unless a long word stands there."""
    if len(text) <= _SHOWN:
        return text
    end = text.rfind(" ", _SHOWN // 2, _SHOWN)
    return f"{text[: end if end > 0 else _SHOWN - 1]}…"


def _are_records(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _in_words(value: Any) -> str:
    """Return a value of the data as people write it; "" for what is absent."""
    if isinstance(value, Mapping):
        items = ((name, _in_words(item)) for name, item in value.items() if not name.endswith(_DAYS))
        return ", ".join(f"{name}: {words}" for name, words in items if words)
    if isinstance(value, list):
        return ("; " if _are_records(value) else ", ").join(map(_in_words, value))
    return "" if value is None else " ".join(str(value).removeprefix("\0").split())
