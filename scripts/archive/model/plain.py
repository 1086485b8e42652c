"""Put values into bytes to be kept, and take them from there without trust in what the bytes are."""

import io
import pickle
from functools import cache
from typing import Any


def dump(value: object) -> bytes:
    """Return the bytes of which `load` makes this value."""
    return pickle.dumps(value, protocol=5)


def load(data: bytes, *classes: type) -> Any:
    """Return the value of which these bytes were made: of plain values, and those of these classes.

    No bytes can make this program do anything else; where they are of no such value, any Exception is raised.
    """
    return _Plain(io.BytesIO(data), classes).load()


@cache
def _by_name(classes: tuple[type, ...]) -> dict[tuple[str, str], type]:
    return {(kind.__module__, kind.__qualname__): kind for kind in classes}


class _Plain(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, classes: tuple[type, ...]) -> None:
        super().__init__(file)
        self._classes = _by_name(classes)

    def find_class(self, module: str, name: str) -> type:
        return self._classes[module, name]
