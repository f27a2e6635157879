"""A field of a place's table is written once: its column in the file, in the store and in the description."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, make_dataclass, replace
from pathlib import Path

import pytest

from budget_model.place import model
from budget_model.place.columns import columns_of
from budget_model.place.described import described
from budget_model.place.folder import CsvTable
from budget_model.place.loading import WORDS
from budget_model.place.tables import PLACE, REFERENCE
from budget_model.store import place_columns
from budget_model.store.place_columns import KEPT, additions, sql_type
from budget_model.store.places import keep_place, place_of
from budget_model.store.store import Store
from tests.place.small_place import SmallPlace
from tools.describe_columns import README


def types_in(store: Store, table: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in store.select(f"describe {table}")}


@pytest.fixture(scope="module")
def empty(empty_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store without a place, for tests that only read."""
    with Store(Path(shutil.copy(empty_made, tmp_path_factory.mktemp("empty") / "a.duckdb"))) as store:
        yield store


@pytest.mark.parametrize("part", sorted(KEPT))
def test_the_store_keeps_every_field_in_a_column_of_its_type(empty: Store, part: str) -> None:
    table, value = KEPT[part]
    kept = types_in(empty, table)
    assert kept.pop("place_in_file") == "INTEGER"
    assert kept == {column.name: sql_type(column) for column in columns_of(value)}


def test_every_part_of_a_place_is_read_from_a_file_of_its_own() -> None:
    parts = {table.part: table.value for table in (*REFERENCE, *PLACE)}
    apart = {"benchmark", "plausibility", "weights", "grades", "problems"}
    assert parts.keys() | apart | set(WORDS) == {field.name for field in fields(model.Place)}


def test_a_place_comes_back_from_the_store_as_it_was_put_in(small: SmallPlace, tmp_path: Path) -> None:
    place = replace(small.load(), submissions=(), mappings=(), problems=())
    with Store(tmp_path / "a.duckdb") as store:
        with store.writing() as writer:
            keep_place(writer, place)
        again = place_of(store)
    assert again == place
    body, before = again.organisations[0], place.organisations[0]
    assert [type(getattr(body, field.name)) for field in fields(body)] == [
        type(getattr(before, field.name)) for field in fields(before)
    ]


def test_a_store_from_before_a_field_takes_its_default(
    small: SmallPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.duckdb"
    with Store(path) as store, store.writing() as writer:
        keep_place(writer, small.load())
    newer = make_dataclass(
        "Area", [("opened", str, "unknown"), ("bands", tuple[int, ...], ())], bases=(model.Area,), frozen=True
    )
    monkeypatch.setattr(place_columns, "KEPT", {**KEPT, "areas": ("area", newer)})
    with Store(path) as store:
        kept = store.select("select distinct opened, bands from area")
    assert kept == [("unknown", [])]


def test_a_field_without_a_default_is_refused_where_older_stores_lack_it() -> None:
    with pytest.raises(TypeError, match="has no default"):
        list(additions([]))


def test_a_column_that_has_a_default_may_be_left_out_of_its_file(small: SmallPlace) -> None:
    path = small.path("transfers.csv")
    header = path.read_text(encoding="utf-8").splitlines()[0]
    assert "kind" not in header.split(",")
    assert {transfer.kind for transfer in small.load().transfers} == {model.TransferKind.PAYMENT}


@pytest.mark.parametrize("table", [*REFERENCE, *PLACE], ids=lambda table: table.part)
def test_the_description_of_a_file_is_what_its_fields_say(table: CsvTable) -> None:
    text = README.read_text(encoding="utf-8")
    block = re.search(rf"<!-- columns of {re.escape(table.file)} -->\n(.*?)<!-- end -->", text, re.DOTALL)
    assert block is not None, f"{README} does not describe {table.file}."
    assert block[1] == described(table), "Run `python -m tools.describe_columns`."
