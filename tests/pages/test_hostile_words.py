"""Nothing that somebody types is carried out, on any page or in any file: some of the payloads, `benchmarks.hostile_words` all."""

from pathlib import Path

import pytest

from benchmarks.hostile_words import PAYLOADS, Tags, Walk, build, look_at, walk
from budget_model.place.editing import rows_of_csv
from budget_model.place.lists import LISTS
from budget_model.place.writing import csv_of
from budget_model.spreadsheet_text import marked
from tests.sampled import sampled

ROOT = Path(__file__).parents[2]
IN_HTML = PAYLOADS[:8]
FORMULAS = ("=evil()", "+evil", "-2+3+evil", "@evil()")


@pytest.mark.parametrize("payload", IN_HTML)
def test_a_payload_that_reached_a_browser_as_it_is_would_be_found(payload: str) -> None:
    tags = Tags()
    tags.feed(f"<p>{payload}</p>")
    assert tags.made


@pytest.mark.parametrize("payload", FORMULAS)
def test_a_formula_that_reached_a_file_would_be_found(payload: str) -> None:
    found = Walk()
    look_at(found, f"Line,Amount\n{payload},5\n")
    assert found.troubles == [f"a file holds the formula {payload}"]


def test_a_list_comes_back_from_its_file_as_it_was_and_no_cell_of_the_file_is_a_formula() -> None:
    rules = LISTS["awards"]
    row = rules.from_plain(
        {**dict.fromkeys(rules.names, ""), "id": "a", "what": "=1+1", "note": "@evil()", "amount": "-5"}
    )
    file = csv_of(rules.names, [[*map(marked, row)]])
    assert ",'=1+1," in file
    assert ",-5," in file
    assert rows_of_csv(rules, file.encode()) == (row,)


def test_forty_payloads_are_told_apart() -> None:
    assert len(set(PAYLOADS)) == 40


@pytest.mark.slow
def test_what_is_typed_into_every_field_is_read_as_it_was_typed_and_carried_out_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    path = build(tmp_path, sampled(PAYLOADS, every=20))
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    pages = (
        "settings",
        "lines",
        "pools",
        "consultations",
        "third_sector",
        "performance",
        "state_of_the_city",
        "audit",
    )
    found = walk(path, sampled(PAYLOADS, every=20), pages)
    assert found.troubles == []
    assert found.pages > len(pages)
    assert found.files
