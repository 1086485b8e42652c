"""Define the one error that ends a command, and the exit codes of commands."""

from collections.abc import Sequence

from archive.model.document import Problem

DONE, CONTENT, USAGE = 0, 1, 2  # exit codes: done, problems in the content, wrong use or a broken environment


class ArchiveError(Exception):
    """A command cannot be done, for the reason in the message or because of `problems`.

    `exit_code` is CONTENT or USAGE. As a text, the error is its message, or its problems, one a line.
    """

    def __init__(self, message: str = "", exit_code: int = CONTENT, *, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message or "\n".join(map(str, problems)))
        self.exit_code = exit_code
        self.problems = tuple(problems)
