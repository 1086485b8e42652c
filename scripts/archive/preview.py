"""What is wrong with the archive -> what the live preview says of it above every page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.model.document import Problem
from archive.pages.page import render
from archive.text import formatting

MOST = 50  # problems shown above a page
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_HEAD = re.compile(rb"<head\b[^>]*>", re.IGNORECASE)
_SECONDS = 2

OLD_PAGES = "The last good pages stay up. They are renewed as soon as this is mended."
NO_PAGES = "There are no pages yet. They are shown as soon as this is mended."
NEW_PAGES = "The pages are up to date, but the site cannot be published like this."
EMPTY = """# There is nothing to preview yet

What is wrong stands above, with the file and the line. Mend it and save the file.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What is wrong: problems with their places, and messages that have none; and what that means for the pages."""

    problems: Sequence[Problem] = ()
    messages: Sequence[str] = ()
    consequence: str = OLD_PAGES

    def __str__(self) -> str:
        """All of it as lines for the terminal."""
        return "\n".join([*map(str, self.problems), *self.messages, self.heading, self.consequence])

    @property
    def heading(self) -> str:
        """How much it is, in words."""
        return formatting.count(len(self.problems) + len(self.messages), "problem")


def shown(wrong: Wrong) -> bytes:
    """The HTML that stands above a page; of many problems the first 50, then how many more there are."""
    left = max(MOST - len(wrong.problems), 0)
    values = {
        "heading": wrong.heading,
        "consequence": wrong.consequence,
        "problems": wrong.problems[:MOST],
        "messages": wrong.messages[:left],
        "more": max(len(wrong.problems) + len(wrong.messages) - MOST, 0),
    }
    return render("preview/wrong.html", values).encode()


def above(page: bytes, html: bytes) -> bytes:
    """The page with this HTML at the top of its body."""
    body = _BODY.search(page)
    at = body.end() if body else 0
    return page[:at] + html + page[at:]


def renewing(page: bytes) -> bytes:
    """The page, for which there is nothing that says when it changed, made to look by itself."""
    head = _HEAD.search(page)
    at = head.end() if head else 0
    return page[:at] + b'<meta http-equiv="refresh" content="%d">' % _SECONDS + page[at:]
