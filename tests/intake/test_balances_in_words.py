"""What is held when a year begins and ends, in the words of many languages, is no cost of the year."""

import pytest

from tests.intake.sheets import keys, loaded, read

LINES = (["Parks", 412_537], ["Roads", 388_251], ["Bins", 120_418])


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("Staða í ársbyrjun", "Staða í árslok"),
        ("Salio la mwanzo", "Salio la mwisho"),
        ("Αρχικό υπόλοιπο", "Τελικό υπόλοιπο"),
        ("Почетно стање", "Крајње стање"),
        ("Số dư đầu năm", "Số dư cuối năm"),
        ("기초잔액", "기말잔액"),
    ],
)
def test_balances_are_asked_about_among_rows_and_as_columns(opening: str, closing: str) -> None:
    rows = [["", "2025 £"], [opening, 500_000], *LINES, ["Total", 921_206], [closing, 300_000]]
    reading = read(rows)
    assert loaded(reading) == 921_206 or "row" in keys(reading)
    across = [["£", opening, "In", "Out", closing], *[[name, a, 1_000, 700, a + 300] for name, a in LINES]]
    assert "load" in keys(read(across)) or loaded(read(across)) == 0
