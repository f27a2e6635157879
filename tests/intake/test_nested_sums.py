"""Sums above or below their parts that nothing but round figures shows."""

import pytest

from tests.intake.sheets import Rows, keys, loaded, read

PEOPLE: Rows = [["People", 800_000], ["Care", 500_000], ["Homes", 300_000]]
PLACE: Rows = [["Place", 200_000], ["Roads", 100_000], ["Books", 100_000]]


@pytest.mark.parametrize(
    "rows",
    [
        [*PEOPLE, *PLACE],
        [*PEOPLE[1:], PEOPLE[0], *PLACE[1:], PLACE[0]],
        [*PEOPLE, *PLACE, ["Total", 1_000_000]],
        [["People", 800_000], ["Care", 800_000], ["Place", 200_000], ["Roads", 150_000], ["Books", 50_000]],
        [
            ["Освіта", 700_000],
            ["Школи", 500_000],
            ["Початкові", 200_000],
            ["Середні", 300_000],
            ["Садки", 200_000],
            ["Дороги", 300_000],
            ["Ремонт", 100_000],
            ["Мости", 200_000],
        ],
    ],
    ids=["above", "below", "with a total", "a sum of one part", "three levels"],
)
def test_round_sums_beside_their_parts_are_loaded_once(rows: Rows) -> None:
    assert loaded(read([["Service", "Budget £"], *rows])) == 1_000_000


@pytest.mark.parametrize(
    "rows",
    [
        [["People", 900], ["Care", 500], ["Homes", 300], ["Play", 100]],
        [["Care", 500], ["Homes", 300], ["Play", 100], ["People", 900]],
        [["People", 800], ["Care", 800], ["Place", 200], ["Roads", 200]],
    ],
    ids=["above", "below", "of one part each"],
)
def test_a_single_round_sum_of_all_other_rows_is_asked_about(rows: Rows) -> None:
    assert "row" in keys(read([["Service", "Budget £"], *rows]))


@pytest.mark.parametrize(
    "amounts",
    [(500, 500, 500, 500), (900, 500, 200, 100), (800, 500, 300, 200, 100, 70)],
    ids=["all alike", "no sum", "a rest that is no sum"],
)
def test_round_lines_that_do_not_all_nest_are_lines(amounts: tuple[int, ...]) -> None:
    reading = read([["Service", "Budget £"], *[[f"Grant {k}", amount] for k, amount in enumerate(amounts)]])
    assert loaded(reading) == sum(amounts)
    assert keys(reading) == []


@pytest.mark.parametrize(
    "rows",
    [
        [*PEOPLE, *PLACE, ["Reserve", 70_000]],
        [["Reserve", 70_000], *PEOPLE, *PLACE],
        [*PEOPLE, ["Reserve", 70_000], *PLACE],
        [*PEOPLE[1:], PEOPLE[0], *PLACE[1:], PLACE[0], ["Reserve", 70_000]],
    ],
    ids=["behind", "before", "between", "below their parts"],
)
def test_round_sums_beside_a_line_that_is_no_part_are_asked_about(rows: Rows) -> None:
    reading = read([["Service", "Budget £"], *rows])
    assert loaded(reading) == 1_070_000
    assert "row" in keys(reading)
