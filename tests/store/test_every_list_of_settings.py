"""Every list of a place by the same rules: tried, refused without a reason, kept, written to its folder, and undone."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_model.place import load
from budget_model.place.editing import SHARED, Edit
from budget_model.place.lists import LISTS, Area, rows_of
from budget_model.problem import Refusal
from budget_model.store import settings
from budget_model.store.checks import check
from budget_model.store.folder_out import write_folder
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from tests.place.small_place import copy_of_small_place
from tests.towns import line, receive, submission

pytestmark = pytest.mark.slow

WORDS = ("note", "source", "meaning", "what", "description", "name")
"""Columns of plain words, of which most lists have one."""
CHANGED = {
    "service_themes": {"theme": "growing-up"},
    "target_services": {"strength": "2"},
    "plausibility": {"unit_mistake": "900"},
    "earned": {"level": "4"},
    "levels": {"effort": "0.6"},
    "score_parts": {"weight": "0.4"},
    "weighing": {"rank_draws": "900"},
    "populations": {"population": "777"},
    "funding": {"amount": "99"},
    "targets": {"target": "61"},
    "transfers": {"payer_amount": "90"},
    "legal_powers": {"max_level": "3"},
}
"""What is changed where a list has no words, or has figures that matter more."""
ADDED = {
    "area_measures": {
        "id": "all",
        "name": "Everybody",
        "basis": "residents",
        "grade": "5",
        "unit": "people",
        "source": "invented",
    },
    "area_weights": {"area": "smalltown", "measure": "all", "amount": "12"},
    "area_grants": {
        "funder": "A Trust",
        "year": "2016",
        "area": "smalltown",
        "grants": "1",
        "amount": "10",
        "source": "x",
    },
    "awards": {
        "id": "grant",
        "stream": "A fund",
        "funder": "A department",
        "kind": "external funding",
        "what": "Help",
        "holder": "council",
        "amount": "500",
        "starts": "2016-04-01",
        "ends": "2018-03-31",
        "counted": "yes",
        "grade": "3",
        "quote": "£500",
        "source": "invented",
    },
    "bids": {
        "id": "bid",
        "name": "A bid",
        "stream": "A fund",
        "funder": "A department",
        "lead": "council",
        "amount": "500",
        "state": "outcome not published",
        "grade": "3",
        "quote": "£500",
        "source": "invented",
    },
    "memoranda": {
        "id": "by-age",
        "organisation": "council",
        "part": "by age",
        "subject": "Care",
        "way": "age",
        "counts": "gross spending",
    },
    "memorandum_lines": {"memorandum": "by-age", "year": "2016-17", "change": "Counted for the first time."},
    "grant_terms": {
        "id": "schools",
        "grant": "Schools grant",
        "payer": "A department",
        "recipient_kinds": "council",
        "years_from": "2006-07",
        "legal_basis": "An Act",
        "ring_fence": "statutory",
        "may_be_spent_on": "Schools",
        "max_level": "2",
        "sentence": "For schools.",
        "verified": "no",
        "source": "invented",
    },
    "needs": {
        "id": "older",
        "name": "Older people",
        "title": "Older people: at home",
        "services": "home-care;nursing",
        "relatedness": "0.8",
        "reason": "One waits for the other.",
        "source": "invented",
    },
}
"""A row for each list that the small town leaves empty."""
STANDS_ON = {"area_weights": ("area_measures",), "memorandum_lines": ("memoranda",)}
"""Lists whose rows name a row of another that has to be added with them."""


@pytest.fixture(scope="module")
def made(empty_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("smalltown")
    path = Path(shutil.copy(empty_made, folder / "budget.duckdb"))
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, copy_of_small_place(folder).load())
        for body, words, service, share, code in (
            ("council", "Care at home", "home-care", "whole", "A1"),
            ("nhs", "District nurses", "nursing", "part", "N1"),
        ):
            book = f"the book of {body}".encode()
            sha256 = hashlib.sha256(book).hexdigest()
            sent = submission(body, [line(words, 500, service, code=code)], share=share, sha256=sha256)
            receive(store, sent, book, by="Ann")
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def edits(store: Store, part: str) -> list[Edit]:
    """A change of the first row of a list; where it has none a new one, with what that stands on."""
    one, there = LISTS[part], settings.rows(store)[part]
    if not there:
        return [
            Edit(name, None, LISTS[name].from_plain(ADDED[name])) for name in (*STANDS_ON.get(part, ()), part)
        ]
    if part == "score_parts":  # the weights make one
        turned = zip(there, reversed(there), strict=True)
        weight = one.names.index("weight")
        return [Edit(part, row, (*row[:weight], other[weight], *row[weight + 1 :])) for row, other in turned]
    row = there[0]
    plain = one.to_plain(row)
    words = next((name for name in WORDS if name in plain), "")
    changed = CHANGED.get(part) or {words: f"{plain[words]} (changed)"}
    return [Edit(part, row, one.from_plain({**plain, **changed}))]


@pytest.mark.parametrize("area", Area)
def test_every_list_is_tried_kept_with_its_reason_written_out_and_undone(
    store: Store, tmp_path: Path, area: Area
) -> None:
    before = settings.rows(store)
    parts = [part for part, set_list in LISTS.items() if set_list.area is area]
    change = list(dict.fromkeys(edit for part in parts for edit in edits(store, part)))
    settings.preview(store, change)
    with pytest.raises(Refusal, match="Say in a sentence why"):
        settings.keep(store, change, by="Ann", reason=" ")
    assert settings.rows(store) == before
    number = settings.keep(store, change, by="Ann", reason="As the board agreed")
    kept = settings.rows(store)
    assert [part for part in parts if kept[part] == before[part]] == []
    out = tmp_path / "out"
    write_folder(store, out)
    assert rows_of(load(out, out / SHARED)) == kept
    settings.undo(store, number, by="Bob", reason="It was wrong")
    assert settings.rows(store) == before
    undone, first = settings.changes(store)
    assert (undone.undoes, first.made_by, first.reason) == (number, "Ann", "As the board agreed")
    assert [one.law for one in check(store) if one.troubles] == []
