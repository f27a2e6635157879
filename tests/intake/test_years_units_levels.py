"""Amounts that look like years, units within a column, levels of round amounts, and programmes over several years."""

from typing import Any

import pytest

from tests.intake.sheets import keys, loaded, read


@pytest.mark.parametrize("header", ["Award", "Sum", "Precept"])
def test_a_lone_figure_that_looks_like_a_year_is_an_amount_under_a_full_header(header: str) -> None:
    rows = [["Green fund", 2019], ["Youth fund", 2025], ["Arts fund", 2024], ["Ward fund", 1500]]
    assert loaded(read([["Scheme", header], *rows, ["Sport (£)", 2021]])) == 2019 + 2025 + 2024 + 1500 + 2021


def test_an_amount_that_says_its_own_scale_is_not_multiplied_again() -> None:
    reading = read(
        [["Service", "Budget £m"], ["Care", 12.5], ["Roads", 3.2], ["Parks", "£450k"], ["Arts", 0.4]]
    )
    assert loaded(reading) == 16_550_000


def test_headings_say_the_unit_of_the_lines_below_them() -> None:
    rows = [["Revenue (£000)", None], ["Care", 412], ["Roads", 388], ["Capital (£m)", None], ["School", 1.5]]
    assert loaded(read([["Service", "Budget"], *rows])) == 2_300_000


def test_round_amounts_under_codes_are_levels_and_asked_about() -> None:
    rows = [
        ["09", "Education", 800_000],
        ["09.1", "Primary", 500_000],
        ["09.2", "Secondary", 300_000],
        ["04", "Economy", 200_000],
        ["04.5", "Transport", 200_000],
        ["04.5.1", "Road", 200_000],
    ]
    reading = read([["Code", "Service", "Budget £"], *rows])
    assert loaded(reading) == 1_000_000
    assert "row" in keys(reading)


def test_the_years_of_a_programme_are_asked_about_though_a_total_adds_them_up() -> None:
    rows: list[Any] = [[f"Scheme {k}", 10 * k, 412 + k, 50, 60, 11 * k + 522] for k in range(1, 6)]
    head = ["Scheme", "Prior years £000", "2025/26 £000", "2026/27 £000", "2027/28 £000", "Total cost £000"]
    reading = read([head, *rows])
    assert "choice" in keys(reading)
    assert loaded(reading) != 0
    table = reading.tables[0]
    assert table.choice.startswith("2025-26")


@pytest.mark.parametrize(("out", "into"), [("Uscite", "Entrate"), ("Gastuak", "Diru-sarrerak")])
def test_a_column_of_sides_says_that_figures_are_money(out: str, into: str) -> None:
    rows = [[f"P{k}", out if k < 3 else into, 412_537 - 9 * k] for k in range(5)]
    assert read([["Post", "X", "2025"], *rows]).chosen
