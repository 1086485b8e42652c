"""The order of labels is that of a reader who looks one up."""

from dataclasses import replace

import pytest

from archive.model import index
from archive.model.collation import sort_key
from builders import archive_of, with_changes


@pytest.mark.parametrize(
    "labels",
    [
        ["OSCE", "Oslo", "Österreichische Gesellschaft", "Press", "Zebra"],
        ["Cuba", "Çin", "Dublin", "East", "Ədliyyə", "Finland"],
        ["Gulf", "Ğ", "Hungary", "Iğdır", "Iran", "Japan"],
        ["Sweden", "Şuşa", "Turkey", "Ukraine", "Ümid", "Vienna"],
        ["hotel", "ışıq", "İmişli", "island"],
        ["Ecole", "École", "École de Paris", "Ecuador"],
        ["Łódź", "Lyon", "Øresund"],
        ["UN Habitat", "UN-Water", "UNESCO"],
        ["“Azadlıq” newspaper", "Azertac"],
        ["council", "Council of Europe"],
        ["Zambia", "Баку", "Երևան"],
    ],
)
def test_labels_are_in_the_order_in_which_people_look_for_them(labels: list[str]) -> None:
    keys = [(sort_key(label), label) for label in labels]
    assert keys == sorted(keys)


def test_an_index_is_in_this_order() -> None:
    archive = archive_of()
    names = dict(zip(archive.addressees, ("Zurich", "Österreichische Gesellschaft", "Oslo"), strict=False))
    renamed = {id: replace(entry, label=names.get(id, entry.label)) for id, entry in archive.addressees.items()}
    ordered = index.build(with_changes(archive, addressees=renamed)).filed["addressees"].entries
    found = [entry.label for entry in ordered if entry.label in names.values()]
    assert found == ["Oslo", "Österreichische Gesellschaft", "Zurich"]
