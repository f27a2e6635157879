"""Parts of the place in a body's own file: a ward lands there, and one of another city is named and not lost."""

from dataclasses import replace
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from budget_model.contribute.areas_said import area_names, area_said, unknown_areas
from budget_model.contribute.paying import paid
from budget_model.contribute.prepare import prepare
from budget_model.intake.reading import ReadLine, lines
from budget_model.place.model import Area, Place
from tests.contribute.files import read as understood
from tests.towns import YEAR, town

AREAS = (
    Area("anytown", "Anytown", "city", "E1", "", ""),
    Area("north", "North", "ward", "E05000001", "anytown", ""),
    Area("north-neighbourhood", "North neighbourhood", "priority neighbourhood", "", "anytown", ""),
)
ROWS = (
    ("Service", "Ward", f"Budget {YEAR} (£)"),
    ("Youth clubs", "North Ward", 300),
    ("Parks", "Nottingham Castle", 200),
    ("Libraries", "City-wide", 100),
    ("Play areas", "Nottingham Castle", 50),
    ("Total", None, 650),
)


def place() -> Place:
    return replace(town(), areas=AREAS)


@cache
def read() -> tuple[ReadLine, ...]:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append([f"Anytown Council budget {YEAR}, £"])
    for row in ROWS:
        page.append(list(row))
    kept = BytesIO()
    book.save(kept)
    return lines(understood(kept.getvalue()))


def test_a_line_with_a_ward_lands_there_whether_loaded_or_sent() -> None:
    council = next(body for body in place().organisations if body.id == "council")
    sent = paid(read(), council, place(), confirmed=(), suggests=lambda _, lines: [()] * len(lines))
    loaded = prepare(read(), "council", place(), ())
    for made in ([one.line for one in sent], loaded):
        assert [(line.amount, line.area) for line in made] == [
            (300, "north"),
            (200, None),
            (100, None),
            (50, None),
        ]


def test_a_ward_of_another_city_is_named_once_and_its_money_counts_for_the_whole_place() -> None:
    (problem,) = unknown_areas(read(), place(), "council.xlsx")
    assert problem.sentence == (
        "‘Nottingham Castle’ under “Ward” names no single area of Anytown, so its lines count for the whole place."
    )
    assert (problem.location.sheet, problem.location.row) == ("Sheet", 4)
    assert not unknown_areas(read(), replace(place(), areas=()), "council.xlsx"), "a place without areas"


@pytest.mark.parametrize(
    ("header", "text", "area"),
    [
        ("Ward", "north", "north"),
        ("Ward", "E05000001", "north"),
        ("Neighbourhood", "North", "north-neighbourhood"),
        ("Area", "North neighbourhood", "north-neighbourhood"),
        ("Area", "Adult care", ""),
        ("Team", "North", ""),
        ("Area", "North panel", ""),
        ("Area panel", "North", "north"),
        ("Area", "North", "north"),
    ],
)
def test_an_area_is_known_by_its_name_its_code_and_the_kind_in_the_header(
    header: str, text: str, area: str
) -> None:
    line = replace(read()[0], attributes=((header, text),))
    assert area_said(line, area_names(place())) == area


@given(some.text(max_size=20), some.sampled_from(["Ward", "Area", "Neighbourhood"]))
def test_nothing_that_is_typed_is_a_fault(text: str, header: str) -> None:
    line = replace(read()[0], attributes=((header, text),))
    area_said(line, area_names(place()))
    unknown_areas((line,), place(), "f.csv")
