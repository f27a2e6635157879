"""`check` finds lines that were altered, added or taken away after a file was loaded, however consistently."""

from pathlib import Path

import pytest

from budget_model.contribute.about import About
from budget_model.contribute.compose import Said, compose
from budget_model.store.checks import LAWS
from budget_model.store.contributions import submit
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from tests.contribute.files import read, workbook
from tests.towns import YEAR, town

LAW = "The lines of every submission are those that were read of its file"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store(tmp_path / "budget.duckdb")
    with opened.writing() as writer:
        keep_place(writer, town())
    data = workbook()
    made = compose(read(data), Said(About("council", YEAR)), town())
    submit(opened, made, data, by="Ann", approve=True)
    return opened


def test_what_was_loaded_holds_to_its_reading(store: Store) -> None:
    assert LAWS[LAW](store) == ()


@pytest.mark.parametrize(
    "damage",
    [
        [
            "update line set amount = amount + 1000000 where sheet_row = 4",
            "update submission set read_total = read_total + 1000000",
        ],
        ["delete from line where sheet_row = 6", "update submission set read_total = read_total - 20000"],
        ["update line set description = 'Something else' where sheet_row = 5"],
        ["update line set sheet_row = 40 where sheet_row = 4"],
        [
            "update line set amount = amount + 5 where sheet_row = 4",
            "update line set amount = amount - 5 where sheet_row = 5",
        ],
        ["update submission set read_total = read_total + 1"],
    ],
    ids=[
        "a million more",
        "a line less",
        "other words",
        "another cell",
        "moved between lines",
        "another total",
    ],
)
def test_what_is_altered_afterwards_is_named(store: Store, damage: list[str]) -> None:
    with store.writing() as writer:
        for statement in damage:
            writer.execute(statement)
    troubles = LAWS[LAW](store)
    assert troubles
    assert all("ubmission 1" in sentence for sentence in troubles)
