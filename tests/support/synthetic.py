"""Any number of synthetic records with their authorities: `python tests/support/synthetic.py ROOT N [SEED]`.

The same numbers give the same files. The text is nonsense made of syllables, and says nothing of anyone. As in the
records, which are in English with names from the region, a few plain words are frequent, most are rare, and one in ten
is of a name, with the letters of Azerbaijani.
"""

import datetime
import random
import sys
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

EVENTS, ADDRESSEES, OUTLETS, MEASURES, INSTRUMENTS, SUBJECTS, PLACES = 60, 120, 20, 15, 25, 30, 40
FIRST, LAST = datetime.date(2005, 1, 1), datetime.date(2025, 12, 31)

_SYLLABLES = (
    "ba", "be", "bi", "bo", "ça", "çe", "də", "dı", "du", "əl", "ən", "fa", "fı", "gə", "ğa", "ğı",
    "xa", "xə", "xı", "ki", "ko", "kö", "lə", "li", "lü", "ma", "mə", "mü", "na", "nə", "nö", "pa",
    "pə", "ra", "ri", "ru", "sa", "sə", "şa", "şə", "şi", "ta", "tə", "tü", "va", "və", "yə", "yo",
    "za", "zə", "zi",
)  # fmt: skip
_PLAIN = tuple(syllable for syllable in _SYLLABLES if syllable.isascii())
_FORMS = ("statement", "appeal", "open-letter", "letter", "report", "speech", "interview", "post")
_KINDS = ("un-body", "regional-organization", "ombudsman-network", "states", "ngo", "class")


class Generator:
    """Makes records by one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 it need not be secret
        self._names = sorted({self._word(_SYLLABLES) for _ in range(3000)})
        self._words = sorted({self._word(_PLAIN) for _ in range(5000)})
        self._random.shuffle(self._words)
        self._frequent = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))  # after Zipf

    def authorities(self) -> dict[str, dict[str, object]]:
        """The entries of each vocabulary, by its name."""
        r = self._random
        events: dict[str, object] = {}
        for n in range(EVENTS):
            day = self._day()
            date = (
                f"{day}/{day + datetime.timedelta(days=r.randint(0, 40))}"
                if n % 6 == 0
                else str(day)[: r.choice((4, 7, 10))]
            )
            event: dict[str, object] = {
                "label": f"{self._name()}, {day.year}",
                "date": date,
                "summary": self._sentence(),
                "sources": [{"title": f"A report on event {n}", "url": f"https://reports.example/{n}"}],
            }
            event["names"] = [
                {"name": self._name(), "language": language, "by": "the records"} for language in ("az", "ru", "en")
            ]
            if places := self._some("place", PLACES, 0, 2, digits=2):
                event["places"] = places
            if n > 10 and n % 4 == 0:
                event["parent"] = f"event-{r.randrange(10):03d}"
            events[f"event-{n:03d}"] = event
        addressees: dict[str, object] = {}
        for n in range(ADDRESSEES):
            addressee: dict[str, object] = {"label": self._name(), "kind": r.choice(_KINDS)}
            addressee["names"] = [
                {"name": self._name(), "language": "en", "abbreviation": self._word(_SYLLABLES)[:4].upper()}
            ]
            if n > 20 and n % 3 == 0:
                addressee["parent"] = f"addressee-{r.randrange(20):03d}"
            addressees[f"addressee-{n:03d}"] = addressee
        subjects: dict[str, object] = {}
        for n in range(SUBJECTS):
            subject: dict[str, object] = {"label": self._name(2), "scope": self._sentence()}
            subject["names"] = [{"name": self._name(2), "language": language} for language in ("az", "ru")]
            if n > 5 and n % 3 == 0:
                subject["parent"] = f"subject-{r.randrange(5):02d}"
            subjects[f"subject-{n:02d}"] = subject
        places_: dict[str, object] = {}
        for n in range(PLACES):
            place: dict[str, object] = {"label": self._name(1), "country": [r.choice(("armenia", "azerbaijan"))]}
            place["names"] = [{"name": self._name(1), "language": language} for language in ("az", "hy", "ru", "en")]
            if n > 10 and n % 4 == 0:
                place["parent"] = f"place-{r.randrange(10):02d}"
            places_[f"place-{n:02d}"] = place
        holder = {"family": self._name(1), "given": self._name(1), "since": "2002"}
        return {
            "events": events,
            "addressees": addressees,
            "issuers": {"office": {"label": "Office of the archive", "holders": [holder]}},
            "outlets": {f"outlet-{n:02d}": {"label": self._name(), "kind": "newspaper"} for n in range(OUTLETS)},
            "instruments": {
                f"instrument-{n:02d}": {"label": self._name(), "kind": "treaty"} for n in range(INSTRUMENTS)
            },
            "subjects": subjects,
            "places": places_,
            "measures": {
                f"measure-{n:02d}": {
                    "label": self._name(2),
                    "definition": self._sentence(),
                    "groups": ["large", "small"],
                    "read": "no",
                }
                for n in range(MEASURES)
            },
            "wording": {"words": ["genocid*", "so-called"], "attribution": ["say*", "state*"]},
        }

    def statement(self, number: int) -> tuple[str, str]:
        """The path and the text of a record."""
        r = self._random
        day = self._day()
        known = str(day)[: r.choices((10, 7, 4), (90, 7, 3))[0]]
        date = known
        if len(known) == 10 and r.random() < 0.03:
            date = f"{known}/{day + datetime.timedelta(days=r.randint(1, 9))}"
        elif r.random() < 0.05:
            date += r.choice("?~")
        events, mentions = self._some("event", EVENTS, 0, 3), self._some("event", EVENTS, 0, 2)
        mentions = [event for event in mentions if event not in events]
        fields: dict[str, Any] = {
            "title": f"{r.choice(_FORMS).replace('-', ' ').capitalize()} on {self._name(4)}",
            "date": date,
            "date_basis": (basis := r.choice(("stated", "reported", "inferred"))),
            "form": r.choice(_FORMS),
            "issuer": "office",
            "language": "en",
            "original_language": "az",
            "addressees": self._some("addressee", ADDRESSEES, 0, 6),
            "events": events,
            "mentions": mentions,
            "instruments": self._some("instrument", INSTRUMENTS, 0, 3, digits=2),
            "subjects": self._some("subject", SUBJECTS, 1, 5, digits=2),
            "requests": [
                {"of": self._some("addressee", ADDRESSEES, 1, 3), "asks": self._sentence()}
                for _ in range(r.randint(0, 2))
            ],
            "figures": [self._figure(event) for event in [*events, *mentions] for _ in range(r.randint(0, 3))],
            "terms": [{"term": self._name(2), "about": event} for event in events if r.random() < 0.3],
            "sources": [
                self._source(number, day, date if basis == "reported" else str(day), n)
                for n in range(r.choices((1, 2, 3), (70, 20, 10))[0])
            ],
            "content_notes": r.choice(([], ["death"], ["displacement", "children"])),
            "history": [{"date": "2026-01-01", "kind": "addition", "note": "First archived."}],
        }
        self._place(fields)
        front = yaml.dump(
            {name: value for name, value in fields.items() if value},
            Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
            allow_unicode=True,
            sort_keys=False,
            width=110,
        )
        body = "\n\n".join(" ".join(self._sentence() for _ in range(r.randint(3, 6))) for _ in range(r.randint(4, 6)))
        return f"statements/{known[:4]}/{known}-record-{number:05d}.md", f"---\n{front}---\n{body}\n"

    def _figure(self, event: str) -> dict[str, object]:
        r = self._random
        figure: dict[str, object] = {
            "event": event,
            "measure": f"measure-{r.randrange(MEASURES):02d}",
        }
        if r.random() < 0.4:
            figure["group"] = r.choice(("large", "small"))
        if r.random() < 0.1:
            return figure | {"min": str(r.randint(1, 50)), "max": str(r.randint(50, 5000))}
        return figure | {"value": str(r.randint(1, 90_000)), "qualifier": r.choice(("exactly", "about", "more-than"))}

    def _place(self, fields: dict[str, Any]) -> None:
        """Say of each request, figure and term where it stands."""
        claims = [*fields["requests"], *fields["figures"], *fields["terms"]]
        several = len(fields["sources"])
        for number, claim in enumerate(claims):
            claim["locator"] = f"par. {number + 1}"
            if several > 1:
                claim["source"] = number % several + 1

    def _source(self, number: int, day: datetime.date, published: str, place: int) -> dict[str, object]:
        outlet = f"outlet-{self._random.randrange(OUTLETS):02d}"
        return {
            "kind": "press-report",
            "outlet": outlet,
            "title": self._name(7),
            "published": published,
            "language": "en",
            "url": f"https://{outlet}.example/{day.year}/{number}-{place}.html",
            "retrieved_at": "2026-01-01",
            "sha256": f"{self._random.getrandbits(256):064x}",
        }

    def _some(self, kind: str, of: int, least: int, most: int, *, digits: int = 3) -> list[str]:
        # the first ones often, the last ones seldom, as in any archive
        count = self._random.randint(least, most)
        chosen = {int(of * self._random.random() ** 2) for _ in range(count)}
        return [f"{kind}-{n:0{digits}d}" for n in sorted(chosen)]

    def _day(self) -> datetime.date:
        return FIRST + datetime.timedelta(days=self._random.randrange((LAST - FIRST).days + 1))

    def _word(self, syllables: Sequence[str]) -> str:
        return "".join(self._random.choices(syllables, k=self._random.choices((1, 2, 3, 4), (1, 5, 4, 2))[0]))

    def _name(self, words: int = 3) -> str:
        return " ".join(self._random.choices(self._names, k=words)).capitalize()

    def _sentence(self) -> str:
        r = self._random
        words = r.choices(self._words, cum_weights=self._frequent, k=r.randint(8, 18))
        return " ".join(r.choice(self._names) if r.random() < 0.1 else word for word in words).capitalize() + "."


def write(root: Path, number: int, seed: int = 1) -> None:
    """Write this many records and their authorities under `root/statements/`."""
    made = Generator(seed)
    for name, entries in made.authorities().items():
        text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110)
        _write(root / "statements" / "authorities" / f"{name}.yml", text)
    for n in range(number):
        path, text = made.statement(n)
        _write(root / path, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: python tests/support/synthetic.py ROOT N [SEED]")
    write(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:]))
