"""Tables headed with a day: what is held or owed at it, or what a year costs."""

import pytest

from tests.intake.sheets import keys, loaded, read

DEBTORS = (["0-30 days", 500], ["31-60 days", 200], ["Over 60 days", 930])
SERVICES = (["Adult social care", 501_200], ["Highways", 204_300], ["Libraries", 93_400])


@pytest.mark.parametrize(
    ("about", "header"),
    [
        ("Age of debt", "31 March 2025 £000"),
        ("Age of debt", "As at 31/03/2025 (£)"),
        ("Fälligkeit", "Stand 31.12.2024 (£)"),
        ("Compte", "Au 31 décembre 2024 (£)"),
        ("Borg", "31. prosince 2024, £"),
        ("Дебітори", "станом на 31.12.2024, £"),
        ("Parādi", "2024. gada 31. decembris £"),
        ("Οφειλές", "31 Δεκεμβρίου 2024 (£)"),
        ("Deni", "31 Desemba 2024 £"),
        ("科目", "2024年12月31日 £"),
    ],
)
def test_amounts_under_a_day_alone_are_asked_about(about: str, header: str) -> None:
    assert "load" in keys(read([[about, header], *DEBTORS]))


@pytest.mark.parametrize(
    "header",
    ["Year ended 31 March 2025 £", "Budget 31.03.2025 £", "Spend to 31 March 2025 £", "31 March 2025 £"],
)
def test_what_is_spent_on_services_is_not_asked_about(header: str) -> None:
    reading = read([["Service", header], *SERVICES])
    assert loaded(reading) == 798_900
    assert "load" not in keys(reading)
