"""The configuration for nginx that docs/publishing.md gives, and what nginx sends with it.

Of the syntax, which https://nginx.org/en/docs/ describes, it reads what this configuration needs: `map`, `add_header`,
`types`, and `location` with a type of its own.
"""

import re
import shlex
from collections.abc import Iterator
from typing import Any

from builders import PROJECT

(TEXT,) = re.findall(
    r"^```nginx\n(.+?)^```$", (PROJECT / "docs" / "publishing.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)

Directive = tuple[list[str], list[Any]]  # its words, and the directives in its block


def _directives(tokens: Iterator[str]) -> Iterator[Directive]:
    words: list[str] = []
    for word in tokens:
        if word == "}":
            return
        if word in ("{", ";"):
            yield words, list(_directives(tokens)) if word == "{" else []
            words = []
        else:
            words.append(word)


class Nginx:
    """nginx with a configuration of this kind."""

    def __init__(self, text: str) -> None:
        """Read the configuration."""
        tokens = shlex.shlex(text, posix=True, punctuation_chars="{};")
        tokens.whitespace_split = True
        directives = list(_directives(tokens))
        self._maps = {words[2]: dict(pair for pair, _ in block) for words, block in directives if words[0] == "map"}
        (self._server,) = [block for words, block in directives if words[0] == "server"]
        (types,) = [block for words, block in self._server if words[0] == "types"]
        self.types = {ending: type for (type, *endings), _ in types for ending in endings}  # by ending
        self._own_types = {
            words[2]: inner[1] for words, block in self._server for inner, _ in block if inner[0] == "default_type"
        }
        self.all_types = {*self.types.values(), *self._own_types.values()}

    def words(self, name: str) -> list[str]:
        """What stands behind a directive of the server."""
        ((_, *words),) = [words for words, _ in self._server if words[0] == name]
        return words

    def type(self, path: str) -> str | None:
        """The type of the file at this path; None if it is not known."""
        own = [type for pattern, type in self._own_types.items() if re.search(pattern, path)]
        return own[0] if own else self.types.get(path.rpartition("/")[2].rpartition(".")[2])

    def headers(self, path: str) -> dict[str, str]:
        """The headers that are added to the file at this path."""
        added = {words[1]: self._value(words[2], path) for words, _ in self._server if words[0] == "add_header"}
        return {name: value for name, value in added.items() if value}

    def _value(self, text: str, path: str) -> str:
        return re.sub(r"\$\w+", lambda name: self._mapped(self._maps[name[0]], path), text)

    def _mapped(self, values: dict[str, str], path: str) -> str:
        found = [value for key, value in values.items() if key.startswith("~") and re.search(key[1:], path)]
        return self._value(found[0] if found else values["default"], path)
