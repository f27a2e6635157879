"""What the shipped lists print is set as print is: no word of a page has the apostrophe of a typewriter."""

import csv
import re

import pytest

from tools.check_wording import ROOT

TYPEWRITTEN = re.compile(r"(?<=[A-Za-z])'(?=[a-z])|(?<=s)'(?=[\s,.;:)]|$)")
AS_OTHERS_WRITE = {
    "derby/mappings.csv": {"description"},
    "derby/funding.csv": {"source_line"},
    "reference/england/authorities.csv": {"name"},
    "reference/england/departments.csv": {"departments"},
    "reference/england/providers_16_19.csv": {"name"},
    "reference/recipient_words.csv": {"word"},
    "reference/services.csv": {"synonyms", "legal_function"},
    "reference/stage_rules.csv": {"phrases"},
    "reference/offices.csv": {"functions"},
    "reference/legal_powers.csv": {"functions", "route"},
}
"""Columns by which something is recognised, as published files and returns spell it."""
LISTS = sorted(
    path.relative_to(ROOT / "data").as_posix()
    for folder in ("derby", "reference")
    for path in (ROOT / "data" / folder).rglob("*.csv")
)


@pytest.mark.parametrize("name", LISTS)
def test_what_a_list_prints_has_the_apostrophes_of_print(name: str) -> None:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        typed = [
            (row.get("id", number), column, text)
            for number, row in enumerate(csv.DictReader(file), start=2)
            for column, text in row.items()
            if column not in AS_OTHERS_WRITE.get(name, ()) and TYPEWRITTEN.search(text or "")
        ]
    assert typed == []
