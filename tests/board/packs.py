"""Packs of small invented places, and ways of looking into the files that are written from them."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl

from budget_model.board.pack import make_pack
from budget_model.scope import Scope
from budget_model.store.mapped import map_everything
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.store.stories import SavedView, Story
from budget_model.store.submissions import keep
from budget_model.vocabulary import OrganisationType, Side, SubmissionStatus
from tests.towns import YEAR, line, organisation, receive, submission, town, transfer

DAY = date(2026, 5, 3)
SCOPE = Scope(year=YEAR)
EVERY = (
    ("overview", "who", ""),
    ("overview", "what", ""),
    ("explore", "treemap", ""),
    ("overview", "flows", ""),
    ("explore", "heat-map", ""),
    ("overview", "once", ""),
    ("overview", "sure", ""),
    ("explore", "services", ""),
    ("overlap", "shared", ""),
    ("organisations", "organisation", "council"),
    ("themes", "theme", "healthy"),
    ("opportunities", "opportunities", ""),
    ("opportunities", "opportunity", "#1"),
    ("overlap", "partners", ""),
    ("overlap", "pair", "council/nhs"),
    ("overlap", "matrix", "share"),
    ("overlap", "network", "0"),
    ("overlap", "league", "service"),
    ("organisations", "body-themes", "council"),
    ("explore", "own-table", "service/organisation type/row"),
    ("opportunities", "score", "#1"),
)
VIEWS = tuple(SavedView(page, chart, chosen=chosen, note="Pause here.") for page, chart, chosen in EVERY)
STORY = Story("every-chart", "Every chart there is", VIEWS)


def small_town(path: Any) -> Any:
    """Four bodies, a transfer between two of them, income larger than spending on homes, one line unmapped."""
    store = Store(path)
    with store.writing() as writer:
        keep_place(
            writer, town(transfers=(transfer("t", "nhs", "trust", 5_000_000, payee_service="health"),))
        )
    for sent in (
        submission(
            "council",
            [
                line("Adults", 60_000_000, "care"),
                line("Roads", 20_000_000, "roads"),
                line("Homes", 3_000_000, "homes"),
                line("Rents", 9_000_000, "homes", side=Side.INCOME),
                line("Something", 1_500_000.55),
            ],
        ),
        submission(
            "nhs", [line("Clinics", 30_000_000, "health"), line("Nursing at home", 12_345_678.9, "care")]
        ),
        submission("trust", [line("Wards", 25_000_000, "health")], grade=5),
        submission("police", [line("Neighbourhoods", 18_000_000, "safety")], grade=4),
    ):
        receive(store, sent, b"", by="test")
    return store


HOSTILE = (
    '=HYPERLINK("http://x","Wellbeing")',
    "+44 Partnership",
    "@SUM(A1)",
    'The "Quoted" & <Tagged> Body',
    "Hospital 🏥 of the city",
    "Ø" * 90,
    "Very " * 399 + "long",
    "A\x07bell\x00body",
    "  ",
)
"""Names that people give: formulas, quotes, marks, emoji, no spaces, 2,000 characters, control characters."""


def crowded_town(path: Any, bodies: int = 60) -> Any:
    """Many bodies, some with hostile names, one at zero and one that takes in more than it spends."""
    store = Store(path)
    names = [
        HOSTILE[n] if n < len(HOSTILE) else f"The {n}. Partnership for Community Wellbeing and Regeneration"
        for n in range(bodies)
    ]
    made = tuple(organisation(f"body-{n:02}", name, OrganisationType.OTHER) for n, name in enumerate(names))
    with store.writing() as writer:
        keep_place(writer, town(organisations=made))
        for n, body in enumerate(made):
            service = ("care", "health", "safety", "roads", "schools")[n % 5]
            amount = 0 if n == bodies - 2 else (bodies - n) ** 2 * 20_000 + Decimal("0.01") * n
            side = Side.INCOME if n == bodies - 1 else Side.EXPENDITURE
            sent = submission(body.id, [line(f"{body.name} {n}", amount, service, side=side)])
            keep(writer, sent, b"", by="test", status=SubmissionStatus.APPROVED)
        map_everything(writer)
    return store


def pack_of(store: Any, story: Any = STORY, **more: Any) -> Any:
    return make_pack(store, story, SCOPE, made_on=DAY, address="https://map.example", **more)


def deck(data: Any) -> Any:
    from pptx import Presentation

    return Presentation(io.BytesIO(data))


def book(data: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def embedded(chart: Any) -> Any:
    """The workbook inside a native chart, as rows."""
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def names_in(data: Any) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        return folder.namelist()
