"""Take the text of a report out of a saved web page."""


def text_of_page(page: str) -> str:
    """Return the text of the report in a page, after its date and its headline; "" if none can be told from the rest.

    On pages built as news sites build them, trafilatura keeps more of the report and less of the rest than rules of
    our own did, and finds more of the dates.
    """
    import trafilatura  # here, because it takes longer to load than a text takes to read

    found = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, with_metadata=True)
    if found is None or isinstance(found, dict) or not found.text:
        return ""
    date = f"date {found.date}" if found.date else ""
    return "\n\n".join(filter(None, (date, found.title, *found.text.split("\n"))))
