"""A value is read as it is kept: an address with other letters than ASCII has becomes one that all programs take."""

import json

import pytest

from archive.exports import feeds
from archive.model import index
from archive.model.records import Source
from archive.model.types import URL
from builders import archive_of, statement

ADDRESSES = [
    ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
    ("https://az.wikipedia.org/wiki/Xocalı", "https://az.wikipedia.org/wiki/Xocal%C4%B1"),
    ("https://a.example/Çin?q=ə#ş", "https://a.example/%C3%87in?q=%C9%99#%C5%9F"),
    ("https://a.example/already%20ı", "https://a.example/already%20%C4%B1"),
    ("https://пример.example:8080/", "https://xn--e1afmkfd.example:8080/"),
    (f"https://{'я' * 70}.example/", f"https://{'%D1%8F' * 70}.example/"),
]


@pytest.mark.parametrize(("written", "kept"), ADDRESSES)
def test_an_address_is_percent_encoded(written: str, kept: str) -> None:
    assert URL.parse(written) == kept
    assert URL.parse(kept) == kept


def test_a_feed_has_the_address_as_a_uri() -> None:
    source = Source(kind="press-report", outlet="daily", url=URL.parse(ADDRESSES[1][0]))
    archive = archive_of(statement(sources=(source,)), site_url="https://archive.example/")
    made = dict(feeds.files(archive, index.build(archive)))
    assert json.loads(made["feed.json"]())["items"][0]["_archive"]["sources"] == [ADDRESSES[1][1]]
    assert made["feed.xml"]().isascii() or ADDRESSES[1][0] not in made["feed.xml"]()
