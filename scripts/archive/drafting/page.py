"""The lines of a page that follow a report: where they begin."""

import re
from collections.abc import Callable, Sequence

# Headings of what is never the report's, in English, Azerbaijani and Russian
_AFTER = re.compile(
    r"related(?: (?:articles?|news|stories|posts|topics|content))?|(?:latest|last|other|top|more|popular) "
    r"(?:news|stories|articles)|latest|most (?:read|popular|viewed|recent)|trending(?: now)?|news ?feed|"
    r"recommended(?: for you)?|you (?:may|might) also (?:like|be interested in)|leave a (?:reply|comment)|comments?|"
    r"legal disclaimer|"
    r"(?:oxşar|digər|son|əlaqəli) (?:xəbərlər|məqalələr)|bölməyə aid digər xəbərlər|xəbər lenti|ən çox oxunan(?:lar)?|"
    r"şərhlər|"
    r"(?:другие|последние|похожие|главные|популярные) (?:новости|статьи|материалы)|лента новостей|самое читаемое|"
    r"(?:новости|материалы|статьи) по теме|комментарии",
    re.IGNORECASE,
)
# Lines that can stand within a report as well
_PERHAPS_AFTER = re.compile(
    r"(?:read|see) (?:also|next|more)|also read|don['’]t miss|follow (?:us|\w+ on)\b.*|subscribe\b.*|"
    r"share(?: this)?\b.*|join us\b.*|tags?|all rights reserved\b.*|©.*|"
    r"həmçinin oxuyun|paylaş|bizi izləyin|baxış sayı\b.*|читайте также|подписывайтесь\b.*|поделиться",
    re.IGNORECASE,
)


def end(text: str, blocks: Sequence[tuple[int, int]], is_body: Callable[[str], bool]) -> int:
    """The place in the text where what follows the report begins; the text's length where nothing does.

    It begins with a heading as pages have below a report, after a paragraph of the report. A line that can also stand
    within one counts only where no paragraph follows it.
    """
    bodies = [n for n, (start, end) in enumerate(blocks) if is_body(text[start:end])]
    for n, (start, _) in enumerate(blocks):
        if not bodies or n <= bodies[0]:
            continue
        line = text[start:].partition("\n")[0].strip(" :.|-–—#*•")
        if _AFTER.fullmatch(line) or (n > bodies[-1] and _PERHAPS_AFTER.fullmatch(line)):
            return start
    return len(text)
