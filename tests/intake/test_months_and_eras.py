"""Months and years that are written as figures, or counted from another beginning, name columns and are no amounts."""

from datetime import date
from decimal import Decimal

import pytest

from budget_model.intake.sheet.periods import period_of
from tests.intake.sheets import Rows, keys, loaded, only, read

MONTHS = range(1, 13)
YEAR = [(2025, month) for month in range(4, 13)] + [(2026, month) for month in (1, 2, 3)]
ROADS, PARKS = [10_000 + month for month in MONTHS], [20_000 + 3 * month for month in MONTHS]
WHOLE = Decimal(sum(ROADS) + sum(PARKS))
HEADS = {
    "by number": [*MONTHS],
    "with the year before": [year * 100 + month for year, month in YEAR],
    "with the year behind": [float(f"{month}.{year}") for year, month in YEAR],
    "as a decimal": [float(f"2025.{month:02}") for month in MONTHS],
    "with a short year": [(year % 100) * 100 + month for year, month in YEAR],
    "by a line": [f"{year}_{month:02}" for year, month in YEAR],
    "with two digits of the year": [f"{month:02}/{year % 100}" for year, month in YEAR],
    "as dates": [date(year, month, 1) for year, month in YEAR],
    "by periods": [f"Per {month:02}" for month in MONTHS],
    "by name": [f"{date(year, month, 1):%b %Y}" for year, month in YEAR],
}


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS)
def test_months_in_figures_come_to_the_year(heads: Rows) -> None:
    reading = read([["Service", *heads], ["Roads and bridges", *ROADS], ["Parks", *PARKS]])
    assert loaded(reading) == WHOLE
    assert "choice" not in keys(reading)


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS)
def test_a_total_of_months_is_not_counted_beside_them(heads: Rows) -> None:
    rows = [["Roads and bridges", *ROADS, sum(ROADS)], ["Parks", *PARKS, sum(PARKS)]]
    assert loaded(read([["Service £", *heads, "Total"], *rows])) == WHOLE


def test_months_over_the_turn_of_a_year_are_of_one_financial_year() -> None:
    heads = HEADS["with the year before"]
    table = only(read([["Service £", *heads], ["Roads", *ROADS], ["Parks", *PARKS]]))
    assert {measure.year for measure in table.measures} == {"2025-26"}


def test_the_budget_of_the_year_is_preferred_to_its_months_so_far() -> None:
    rows = [
        ["Roads and bridges", *ROADS[:6], sum(ROADS[:6]), 120_000],
        ["Parks", *PARKS[:6], sum(PARKS[:6]), 240_000],
    ]
    assert loaded(read([["Service £", *range(1, 7), "YTD", "Budget"], *rows])) == 360_000


def test_columns_that_are_numbered_are_no_months() -> None:
    table = only(read([["Item", "Budget £", "Spent £"], [1, 2, 3], ["Roads", 500, 100], ["Parks", 300, 200]]))
    assert [measure.name for measure in table.measures] == ["Budget £", "Spent £"]


@pytest.mark.parametrize(
    ("last", "this"),
    [
        ("令和5年度", "令和6年度"),
        ("R5当初", "R6当初"),
        ("令和五年度", "令和六年度"),
        ("พ.ศ. 2566", "พ.ศ. 2567"),
        ("ปีงบประมาณ 2566", "ปีงบประมาณ 2567"),
        ("民國112年", "民國113年"),
        ("112年度預算", "113年度預算"),
        ("1445هـ", "1446هـ"),
    ],
)
def test_years_of_other_eras_are_years(last: str, this: str) -> None:
    reading = read([["Service £", last, this], ["Roads", 40_000, 50_000], ["Parks", 20_000, 30_000]])
    assert [measure.year for measure in only(reading).measures] == ["2023", "2024"]
    assert loaded(reading) == 80_000


def test_a_nepali_year_is_the_financial_year_that_begins_in_it() -> None:
    reading = read(
        [["Service £", "आ.व. 2080/81", "आ.व. 2081/82"], ["Roads", 40_000, 50_000], ["Parks", 20, 30]]
    )
    assert [measure.year for measure in only(reading).measures] == ["2023-24", "2024-25"]


def test_bare_buddhist_years_head_columns_of_a_thai_sheet_only() -> None:
    thai = read(
        [["งบประมาณ (บาท)"], ["รายการ", 2566, 2567], ["ถนน", 40_000, 50_000], ["สวน", 20_000, 30_000]]
    )
    assert [measure.year for measure in only(thai).measures] == ["2023", "2024"]
    amount = read([["งบประมาณ (บาท)"], ["รายการ", "จำนวนเงิน"], ["ถนน", 2_567], ["สวน", 30_000]])
    assert loaded(amount) == 32_567


@pytest.mark.parametrize(
    "quarters",
    [
        ["1. ársfj.", "2. ársfj.", "3. ársfj.", "4. ársfj."],
        ["प्रथम तिमाही", "द्वितीय तिमाही", "तृतीय तिमाही", "चतुर्थ तिमाही"],
        ["Α' τρίμηνο", "Β' τρίμηνο", "Γ' τρίμηνο", "Δ' τρίμηνο"],
        ["1r trimestre", "2n trimestre", "3r trimestre", "4t trimestre"],
        ["1r trim.", "2n trim.", "3r trim.", "4t trim."],
        ["Primer trimestre", "Segundo trimestre", "Tercer trimestre", "Cuarto trimestre"],
        ["第一季度", "第二季度", "第三季度", "第四季度"],
        ["ไตรมาสที่ 1", "ไตรมาสที่ 2", "ไตรมาสที่ 3", "ไตรมาสที่ 4"],
    ],
    ids=["is", "hi", "el", "ca", "ca short", "es", "zh", "th"],
)
def test_quarters_in_many_languages_come_to_the_year(quarters: list[str]) -> None:
    reading = read(
        [
            ["", *[f"{quarter} £" for quarter in quarters]],
            ["A", 110, 120, 130, 145],
            ["B", 210, 220, 235, 240],
        ]
    )
    assert loaded(reading) == 1_410
    assert "choice" not in keys(reading)


@pytest.mark.parametrize(
    "months", [HEADS["with the year before"], ["Apr-25", "May-25", "Jun-25"], ["April", "May", "June"]]
)
def test_services_beside_months_that_stand_below_each_other_add_up(months: Rows) -> None:
    rows = [[month, 500 + k, 300 + k] for k, month in enumerate(months)]
    reading = read([["Month", "Roads £", "Parks £"], *rows])
    assert "choice" not in keys(reading)
    assert loaded(reading) == sum(800 + 2 * k for k in range(len(months)))


@pytest.mark.parametrize(
    ("may", "language"),
    [("Μάι", "el"), ("พ.ค.", "th"), ("maí", "is"), ("mai", "lv"), ("մայիս", "hy"), ("מאי", "he")],
)
def test_may_is_the_fifth_month(may: str, language: str) -> None:
    period = period_of(may, language)
    assert period is not None
    assert period.number == 5
