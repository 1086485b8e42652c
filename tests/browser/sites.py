"""Records beside the first five, and the site of some of them."""

from pathlib import Path

from builders import copy_project, run_module, statement_text, write_tree


def record(id: str, title: str, **changes: object) -> tuple[str, str]:
    """A record under the real authorities: its path and text."""
    fields: dict[str, object] = {
        "issuer": "commissioner-azerbaijan",
        "subjects": ["elections"],
        "events": None,
        "sources": [{"kind": "press-report", "outlet": "trend", "url": f"https://en.trend.az/{id}.html"}],
        "date": "-".join(part for part in id.split("-")[:3] if part.isdecimal()),
        "body": "The text says that this was said.",
        **changes,
    }
    return f"statements/{id[:4]}/{id}.md", statement_text(title=title, **fields)


# Records of every kind of date, and some that are not to be found.
MORE = dict(
    (
        record("2022-03-11-bridge", "Letter on a bridge", form="letter", addressees=["osce"], original_language="az"),
        record("2022-03-wells", "Letter on wells", form="letter", addressees=["unesco"], original_language="ru"),
        record("2022-roads", "Report on roads", form="report", addressees=["osce", "unesco"]),
        record("2022-05-02-doubt", "Speech on doubt", form="speech", date="2022-05-02?"),
        record("2021-12-30-span", "Interview on a span", form="interview", date="2021-12-30/2022-01-02"),
        record("2020-06-06-mention", "Post with a mention", form="post", mentions=["khojaly-1992"]),
        record(
            "2020-07-07-gone",
            "Post that was withdrawn",
            status="withdrawn",
            history=[
                {"date": "2026-11-22", "kind": "addition", "note": "First archived."},
                {"date": "2026-11-23", "kind": "withdrawal", "note": "Archived by mistake."},
            ],
        ),
        record("2020-08-08-draft", "Post that is a draft", status="draft"),
    )
)

# Two records that spell the same words in two ways, and some with words in several forms, for forms.json.
SPELT = dict(
    (
        record(
            "2022-03-11-marked",
            "Letter with marks",
            body="It says Kəlbəcər, qadın-qız, Xocalının, qızıl və İnsan hüquqları.",
        ),
        record(
            "2022-03-12-plain",
            "Letter without marks",
            body="It says Kelbecer, qadin qiz, Xocalinin, qizil and insan huquqlari.",
        ),
        record(
            "2024-01-01-apart",
            "Statement on a visit",
            body="It says follow up, 3,410, Masʼudlu, landmine victims, Həsənova and Çıraqov.",
        ),
        record("2024-01-02-joined", "Statement on a call", body="It says follow-up, 1.5 and U.N."),
        record(
            "2024-01-03-number",
            "Statement on a number",
            body="It says 15, 3410, Xocalıda, women, Mammadova, Javadov and cities.",
        ),
        record(
            "2024-01-04-russian",
            "Statement in Russian",
            language="ru",
            body="Говорится о берёзах и синих лодках, минам.",
        ),
        record(
            "2024-01-05-azerbaijani",
            "Statement in Azerbaijani",
            language="az",
            body="Deyilir: bulaqlar, kəndlərdən, qızla, uşağı, köçkünlüyün.",
        ),
    )
)

# The first record under another id; its former one leads to it.
RENAMED = "2021-09-21-appeal-on-peace"
FORMER = "2021-09-21-peace-appeal"


def build(folder: Path) -> None:
    """Build `site/` in this folder, of the first five records, one of them renamed, and of more."""
    root = write_tree(copy_project(folder), MORE)
    rename(root)
    done = run_module(root, "archive", "build")
    assert done.returncode == 0, done.stdout + done.stderr


def rename(root: Path) -> None:
    """Give the first record another id, and its former one as an alias."""
    file = root / "statements/2021" / f"{FORMER}.md"
    text = file.read_text("utf-8").replace("\nhistory:", f"\naliases: [{FORMER}]\nhistory:", 1)
    file.rename(file.with_name(f"{RENAMED}.md")).write_text(text, "utf-8")
