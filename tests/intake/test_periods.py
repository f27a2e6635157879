"""Parts of a year: what adds up to the year is added, what covers a part of it is never taken for the whole."""

from typing import Any

import pytest

from budget_model.intake.files.grid import CellValue
from tests.intake.sheets import keys, loaded, read

SERVICES = ["Care", "Schools", "Roads", "Waste", "Parks"]


def book(
    *columns: str, figures: list[list[float]], title: str = "Budget 2024/25 (£)"
) -> list[list[CellValue]]:
    rows: list[list[CellValue]] = [[name, *own] for name, own in zip(SERVICES, figures, strict=True)]
    return [[title], ["Service", *columns], *rows]


def monthly(parts: int, *, equal: bool = True) -> list[list[float]]:
    return [
        [10_000.0 * k + 317 + (0 if equal else 13 * k * part) for part in range(parts)] for k in range(1, 6)
    ]


MONTHS = {
    "en": "Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.",
    "es": "Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre Diciembre",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "dated": " ".join(f"2024-{month:02d}-01" for month in range(1, 13)),
    "short": "Apr-24 May-24 Jun-24 Jul-24 Aug-24 Sep-24 Oct-24 Nov-24 Dec-24 Jan-25 Feb-25 Mar-25",
    "periods": "P01 P02 P03 P04 P05 P06 P07 P08 P09 P10 P11 P12",
}


@pytest.mark.parametrize("language", MONTHS)
@pytest.mark.parametrize("equal", [True, False])
def test_twelve_months_are_added_whether_equal_or_not(language: Any, equal: Any) -> None:
    figures = monthly(12, equal=equal)
    reading = read(book(*MONTHS[language].split(), figures=figures))
    assert loaded(reading) == int(sum(map(sum, figures)))
    assert keys(reading) == []


@pytest.mark.parametrize(
    "quarters",
    [
        "Q1|Q2|Q3|Q4",
        "1. Quartal|2. Quartal|3. Quartal|4. Quartal",
        "T1|T2|T3|T4",
        "I kw.|II kw.|III kw.|IV kw.",
        "First half|Second half",
        "1er trimestre|2e trimestre|3e trimestre|4e trimestre",
    ],
)
def test_equal_quarters_and_halves_are_no_copies(quarters: Any) -> None:
    headers = quarters.split("|")
    figures = monthly(len(headers))
    reading = read(book(*headers, figures=figures))
    assert loaded(reading) == int(sum(map(sum, figures)))
    assert keys(reading) == []


def test_months_beside_the_year_that_they_make_are_counted_once() -> None:
    figures = [[*own, sum(own)] for own in monthly(12)]
    assert loaded(read(book(*MONTHS["en"].split(), "Annual", figures=figures))) == int(
        sum(own[-1] for own in figures)
    )


def test_the_full_year_budget_goes_before_months_the_year_to_date_and_the_forecast() -> None:
    columns = [
        *MONTHS["en"].split()[:5],
        "Year to date",
        "Full year budget",
        "Full year forecast",
        "Variance",
    ]
    figures = [
        [*own, sum(own), 40_000.0 * k + 7, 40_000.0 * k + 7 + 11 * k, 11.0 * k]
        for k, own in enumerate(monthly(5, equal=False), 1)
    ]
    reading = read(book(*columns, figures=figures))
    assert loaded(reading) == int(sum(own[6] for own in figures))
    assert keys(reading) == ["choice"]


def test_budget_and_actual_of_each_month_are_two_years_and_not_one() -> None:
    months = MONTHS["en"].split()
    columns = [f"{month} {phase}" for month in months for phase in ("budget", "actual")]
    figures = [[1000.0 * k + 3 * place for place in range(24)] for k in range(1, 6)]
    assert loaded(read(book(*columns, figures=figures))) == int(sum(sum(own[::2]) for own in figures))


def test_actual_months_and_forecast_months_make_one_year() -> None:
    months = MONTHS["en"].split()
    columns = [f"{month} {'actual' if place < 6 else 'forecast'}" for place, month in enumerate(months)]
    figures = monthly(12, equal=False)
    assert loaded(read(book(*columns, figures=figures))) == int(sum(map(sum, figures)))


def test_a_part_of_the_year_alone_is_asked_about() -> None:
    assert keys(read(book("Q1", "Q2", "Q3", figures=monthly(3)))) == ["choice"]


def test_the_same_lines_in_stacked_phases_of_another_language_are_alternatives() -> None:
    rows: list[list[CellValue]] = [
        [name, phase, 1000.0 * k + worth]
        for k, name in enumerate(SERVICES)
        for phase, worth in (("DOTATION", 9), ("ENGAGE", 7), ("LIQUIDE", 5))
    ]
    reading = read([["Projet", "Type de rapport", "Montant (€)"], *rows])
    assert loaded(reading) == sum(1000 * k + 9 for k in range(5))
    assert keys(reading) == ["currency", "choice"]


@pytest.mark.parametrize(
    "heads",
    [
        ("Q1", "Q1-Q2", "Q1-Q3", "Q1-Q4"),
        ("3 months", "6 months", "9 months", "12 months"),
        ("Acumulado 1T", "Acumulado 2T", "Acumulado 3T", "Acumulado 4T"),
        ("I kwartał", "I półrocze", "III kwartały", "Rok"),
        ("YTD Jun", "YTD Sep", "YTD Dec", "YTD Mar"),
        ("Jun cum", "Sep cum", "Dec cum", "Mar cum"),
    ],
)
def test_of_quarters_that_hold_all_before_them_the_last_is_the_year(heads: tuple[str, ...]) -> None:
    rows = [["Parks", 100.5, 210.0, 330.0, 460.0], ["Roads", 250.0, 480.0, 700.0, 955.0]]
    reading = read([["Budget £"], ["Service", *heads], *rows, ["Arts", 31.0, 65.0, 99.0, 140.0]])
    assert loaded(reading) == 1_555


# -- the original budget beside a later one --------------------------------------------------------

TWO_BUDGETS = {
    "en": ("Original budget £", "Current budget £"),
    "working": ("Approved estimate £", "Working budget £"),
    "fr": ("Budget primitif (€)", "Budget modifié (€)"),
    "es": ("Presupuesto inicial (€)", "Presupuesto definitivo (€)"),
    "cs": ("Schválený rozpočet (Kč)", "Rozpočet po změnách (Kč)"),
}


@pytest.mark.parametrize("names", TWO_BUDGETS.values(), ids=TWO_BUDGETS)
def test_a_revised_budget_comes_before_the_original_unless_that_is_asked_for(names: tuple[str, str]) -> None:
    rows = [["Service", *names], ["Care", 2_300, 2_311], ["Parks", 600, 645]]
    assert "choice" in keys(read(rows))
    assert [loaded(read(rows, answers=asked)) for asked in ({}, {"phase": "revised budget"})] == [2_956] * 2
    assert loaded(read(rows, answers={"phase": "original budget"})) == 2_900


def test_a_forecast_or_an_outturn_is_the_best_guess_where_it_is_asked_for() -> None:
    rows = [
        ["Service", "Original budget £", "Revised budget £", "Forecast £", "Outturn £"],
        ["Care", 2_300, 2_311, 2_402, 2_390],
        ["Parks", 600, 645, 640, 655],
    ]
    asked = ["original budget", "revised budget", "forecast", "outturn"]
    assert [loaded(read(rows, answers={"phase": one})) for one in asked] == [2_900, 2_956, 3_042, 3_045]


def test_what_only_changes_a_budget_is_no_revised_budget() -> None:
    rows = [["Service", "Original budget £", "Revised by £"], ["Care", 2_300, 111], ["Parks", 600, 45]]
    assert loaded(read(rows)) == 2_900


# -- a budget, what supplements it, and the budget that they make ------------------------------------

SUPPLEMENTED = {
    "de": ("Ansatz", "Nachtrag", "Neuer Ansatz"),
    "de, a year": ("Ansatz 2025", "Nachtrag 2025", "Neuer Ansatz 2025"),
    "de, change": ("Bisheriger Ansatz", "Änderung", "Neuer Ansatz"),
    "en": ("Original budget", "Supplementary estimate", "Revised budget"),
    "fr": ("Budget primitif", "Décision modificative", "Budget total"),
    "es": ("Crédito inicial", "Modificaciones", "Crédito definitivo"),
    "it": ("Stanziamento iniziale", "Variazione", "Stanziamento assestato"),
    "nl": ("Oorspronkelijke begroting", "Suppletoire begroting", "Nieuwe begroting"),
    "pl": ("Plan", "Zmiany", "Plan po zmianach"),
}


@pytest.mark.parametrize("heads", SUPPLEMENTED.values(), ids=SUPPLEMENTED)
def test_of_a_budget_and_its_supplement_the_new_budget_is_the_best_guess(heads: tuple[str, str, str]) -> None:
    rows = [["Care", 2_300, 100, 2_400], ["Parks", 600, -50, 550], ["Roads", 700, 0, 700]]
    reading = read([["Service", *heads], *rows])
    assert loaded(reading) == 3_650
    assert "choice" in keys(reading)
    assert loaded(read([["Service", *heads], *rows, ["Total", 3_600, 50, 3_650]])) == 3_650


@pytest.mark.parametrize(
    "heads",
    [
        ("Ansatz", "Nachtrag"),
        ("Original budget", "Supplementary budget"),
        ("Budget primitif", "Décision modificative"),
    ],
)
def test_without_a_new_budget_the_supplement_is_added_unless_the_original_is_asked_for(
    heads: tuple[str, str],
) -> None:
    rows = [["Service", *heads], ["Care", 2_300, 100], ["Parks", 600, -50], ["Roads", 700, 0]]
    assert "choice" in keys(read(rows))
    assert loaded(read(rows)) == 3_650
    assert loaded(read(rows, answers={"phase": "original budget"})) == 3_600


def test_what_is_called_a_supplement_and_is_as_large_as_a_budget_is_not_added() -> None:
    rows = [["Produkt", "Ansatz", "Nachtrag"], ["Pflege", 2_300, 2_400], ["Parks", 600, 550]]
    assert loaded(read(rows)) in (2_900, 2_950)
