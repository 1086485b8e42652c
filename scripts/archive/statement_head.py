"""Statement -> what programs read in the head of its page: how to cite it, where it stands in other formats, JSON-LD.

The meta elements are Highwire's for a technical report, which reference managers read first and take for a report
whatever else there is, and Dublin Core's (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/).
"""

from archive.exports.citations import FORMATS
from archive.exports.citations.csl import Item, agreed
from archive.model import urls
from archive.model.records import Archive, Statement
from archive.page import render
from archive.statement_graph import graph
from archive.text import formatting

SCRIPT = "assets/cite.js"


def head(statement: Statement, item: Item, archive: Archive) -> str:
    """HTML for the head of a standing statement's page."""
    return render(
        "statement-head.html",
        {
            "item": item,
            "date": agreed(item.issued),
            "licence": formatting.LICENCE,
            "sources": [source.url for source in statement.sources if source.url],
            "formats": FORMATS,
            "graph": graph(statement, item, archive),
            "script": urls.relative(SCRIPT, urls.of(statement)),
        },
    )
