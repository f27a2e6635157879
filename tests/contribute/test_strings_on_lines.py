"""Strings on money in a body's own file: match, ages, department, end; what cannot be read is unknown and named."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from budget_model.contribute.paying import COMMON_SERVICE, paid
from budget_model.contribute.strings import strings_said, unread_strings
from budget_model.intake.reading import ReadLine, lines
from budget_model.place.model import ConfirmedMapping
from budget_model.place.strings import StringOn, Strings, strings_of_stream
from budget_model.vocabulary import PaysFor
from tests.contribute.files import read as understood
from tests.towns import YEAR, town

HEADS = (
    "Service",
    f"Budget {YEAR} (£)",
    "Match funding",
    "Eligibility",
    "Age band",
    "Home department",
    "Revenue or capital",
    "Switching limit",
    "Funding ends",
    "Contract ends",
)
ROWS = (
    (
        "Youth skills",
        400,
        0.5,
        "People out of work",
        "16-24",
        "Department for Education",
        "revenue",
        0.1,
        date(2018, 3, 31),
        date(2017, 9, 30),
    ),
    ("Road works", 900, None, "", "", "", "capital", None, None, None),
    ("Libraries", 100, 0.25, "", "under 18", "", "revenue", 0.1, "31/03/2019", "soon"),
    ("Total", 1400, *[None] * 8),
)


def sheet() -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append([f"Anytown Council budget {YEAR}, £"])
    for row in (HEADS, *ROWS):
        page.append(list(row))
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def read() -> tuple[ReadLine, ...]:
    return lines(understood(sheet()))


def test_the_columns_of_a_bodys_own_file_say_the_strings_and_are_no_money() -> None:
    youth, roads, libraries = read()
    assert [each.amount for each in (youth, roads, libraries)] == [400, 900, 100]
    said = strings_said(youth.attributes)
    assert said.strings.in_words == (
        "match required: 50% beside it; eligibility: People out of work; age band: 16 to 24; home department: "
        "Department for Education; revenue or capital: revenue only; switching limit: 10% may move; end date: 31 March 2018"
    )
    assert said.committed_until == date(2017, 9, 30)
    assert strings_said(roads.attributes).strings == Strings(pays_for=PaysFor.CAPITAL)


def test_what_cannot_be_read_is_unknown_and_named_with_how_to_write_it() -> None:
    (problem,) = unread_strings(read(), "council.xlsx")
    assert problem.sentence == "‘soon’ under “contract ends” cannot be read, so it is unknown."
    assert (problem.location.row, problem.remedy) == (5, "Write the day as 31/03/2027.")


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Match funding", "£5,000"),
        ("Match funding (£)", "5000"),
        ("Switching limit", "110%"),
        ("Age band", "24-16"),
        ("Age band", "all"),
        ("End date", "March"),
        ("Revenue or capital", "both?"),
    ],
)
def test_a_slip_is_no_string(header: str, text: str) -> None:
    said = strings_said(((header, text),))
    assert said.strings == Strings()
    assert len(said.unread) == 1


@given(some.text(max_size=30), some.sampled_from(HEADS))
def test_nothing_that_is_typed_is_a_fault(text: str, header: str) -> None:
    strings_said(((header, text),))


def test_a_lines_own_string_stands_before_its_streams_and_an_age_band_is_taken_whole() -> None:
    stream = Strings(age_from=16, age_to=19, department="Department for Education", switching=Decimal("0.1"))
    own = Strings(age_to=25).over(stream)
    assert (own.said[StringOn.AGES], own.department, own.switching) == (
        "up to 25",
        "Department for Education",
        Decimal("0.1"),
    )


def test_a_stream_takes_its_listed_terms_where_it_says_nothing() -> None:
    (stream,) = town().funding_streams
    assert strings_of_stream(stream, None, {}) == Strings()


def test_the_files_own_end_of_a_contract_counts_before_the_one_of_last_year() -> None:
    place = town()
    (youth, *_) = read()
    before = ConfirmedMapping(
        "council",
        "",
        "Youth skills",
        "care",
        "",
        None,
        None,
        None,
        None,
        None,
        None,
        "",
        date(2016, 1, 31),
        "last year",
    )
    named = replace(youth, attributes=(*youth.attributes, (COMMON_SERVICE, place.services[0].name)))
    (one,) = paid(
        (named,), place.organisations[0], place, before=(replace(before, service=place.services[0].id),)
    )
    assert one.line.committed_until == date(2017, 9, 30)
    undated = replace(named, attributes=((COMMON_SERVICE, place.services[0].name),))
    (known,) = paid(
        (undated,), place.organisations[0], place, before=(replace(before, service=place.services[0].id),)
    )
    assert known.line.committed_until == date(2016, 1, 31)
