"""A place's lists as rows of text: written as files and read back, and each fault named where the screen shows it."""

import csv
import tomllib
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from budget_model.place import Place
from budget_model.place.editing import (
    Edit,
    Moved,
    Sent,
    applied,
    between,
    checked,
    files_of,
    plain_text,
    together,
)
from budget_model.place.lists import LISTS, Rows, rows_of
from budget_model.place.tables import PLACE, REFERENCE
from tests.place.small_place import SmallPlace

BODIES = LISTS["organisations"]


@pytest.fixture
def place(small: SmallPlace) -> Place:
    return small.load()


def sent(place: Place) -> Sent:
    return Sent(place.submissions, place.mappings)


def changed(rows: Rows, part: str, key: str, **cells: str) -> Edit:
    one = LISTS[part]
    before = next(row for row in rows[part] if one.single or row[0] == key)
    return Edit(part, before, one.from_plain({**one.to_plain(before), **cells}))


def test_every_file_of_a_place_is_a_list_that_can_be_set_but_what_is_sent_mapped_and_pooled() -> None:
    files = {table.part for table in (*PLACE, *REFERENCE)}
    assert files - LISTS.keys() == {"submissions", "mappings", "pools", "pool_contributions"}


def test_every_list_says_what_a_row_is_and_names_a_row_by_its_own_columns() -> None:
    for set_list in LISTS.values():
        assert set_list.about.endswith((".", "…")), set_list.part
        assert set(set_list.key) <= set(set_list.names)


def test_a_place_that_is_written_and_read_back_is_the_same_place(place: Place) -> None:
    back = checked(rows_of(place), sent(place))
    assert isinstance(back, Place)
    assert [
        field.name for field in fields(Place) if getattr(back, field.name) != getattr(place, field.name)
    ] == []


@pytest.mark.parametrize(
    ("part", "key", "cells", "sentence"),
    [
        (
            "organisations",
            "nhs",
            {"colour": "red"},
            "Bodies and their dates, Midshire NHS, colour: 'red' is not a colour. Write it as #12436D.",
        ),
        (
            "targets",
            "falls",
            {"lead": "counsil"},
            "Targets, Falls, lead: 'counsil' under 'lead' is not in ‘Bodies and their dates’. Did you mean 'council'?",
        ),
        (
            "targets",
            "falls",
            {"yearly": "2016 80"},
            "Targets, Falls, yearly: '2016 80' does not name financial years with their figures. Write each as 2024-25 62.5.",
        ),
        (
            "targets",
            "falls",
            {"yearly": "2018-19 80"},
            "Targets, Falls, yearly: A target of a year on the way to 2018-19 is there twice, or is of that year or after. "
            "Keep each year once, before the year of the target.",
        ),
        (
            "targets",
            "falls",
            {"baseline": ""},
            "Targets, Falls, baseline: There is nothing under 'baseline'. Fill the cell.",
        ),
        (
            "score_parts",
            "client_overlap",
            {"weight": "0.5"},
            "Weights of the score: The weights make 1.1, not 1. Change them so that they do.",
        ),
        (
            "rules",
            "closeness",
            {"value": "0"},
            "Rules of working together, closeness, value: 'rules.closeness.value' is 0, which is not a number of 1 or "
            "more. Correct it.",
        ),
        (
            "place",
            "",
            {"default_year": "2016"},
            "The place, default year: '2016' is not a financial year. Write it as 2016-17.",
        ),
        (
            "levels",
            "3",
            {"reach": "2"},
            "Effort and reach of each level, 3, reach: 'reach' is 2, which is not a number from 0 to 1. Correct it.",
        ),
    ],
)
def test_a_fault_is_named_with_its_list_row_and_column_as_the_screen_calls_them(
    place: Place, part: str, key: str, cells: dict[str, str], sentence: str
) -> None:
    rows = rows_of(place)
    found = checked(applied(rows, [changed(rows, part, key, **cells)]), sent(place))
    assert isinstance(found, tuple)
    assert sentence in [str(fault) for fault in found]


def test_two_rows_that_have_to_change_together_pass_together_and_neither_alone(place: Place) -> None:
    rows = rows_of(place)
    one, other = LISTS["service_themes"], rows["service_themes"]
    more = Edit("service_themes", other[1], (*other[1][:2], "0.5", ""))
    less = Edit("service_themes", other[2], (*other[2][:2], "0.5", ""))
    assert one.key_of(other[1]) == ("nursing", "living-well")
    assert isinstance(checked(applied(rows, [more]), sent(place)), tuple)
    assert isinstance(checked(applied(rows, [more, less]), sent(place)), Place)


def test_an_edit_of_a_row_that_is_not_as_it_was_found_is_refused_and_says_so(place: Place) -> None:
    rows = rows_of(place)
    first, second = (
        changed(rows, "organisations", "nhs", note="Ann's"),
        changed(rows, "organisations", "nhs", note="Bob's"),
    )
    with pytest.raises(Moved, match=r"Midshire NHS: somebody else has changed this row since you began"):
        applied(applied(rows, [first]), [second])
    gone = Edit("organisations", first.before, None)
    with pytest.raises(Moved, match="taken away this row"):
        applied(applied(rows, [gone]), [second])


def test_a_row_that_is_changed_twice_is_one_edit_and_changed_back_is_none(place: Place) -> None:
    rows = rows_of(place)
    first = changed(rows, "organisations", "nhs", note="once")
    assert first.after is not None
    second = Edit(
        "organisations", first.after, BODIES.from_plain({**BODIES.to_plain(first.after), "note": "twice"})
    )
    (edit,) = together([first], second)
    assert edit.changes == (("note", "", "twice"),)
    assert together([first], first.turned()) == ()


TEXTS = some.text(min_size=1, max_size=40).map(plain_text).filter(bool)


@settings(max_examples=40)
@given(names=some.lists(TEXTS, min_size=1, max_size=4, unique=True))
def test_whatever_is_typed_into_a_cell_is_read_back_from_its_file_as_it_was_typed(names: list[str]) -> None:
    rows: Rows = {
        "glossary": tuple((name, f"{name} means {name}") for name in names),
        "place": (tuple(names[:1] * 7),),
    }
    files = files_of(rows)
    lines = list(csv.reader(files["reference/glossary.csv"].splitlines(keepends=True), strict=True))
    assert [tuple(line) for line in lines[1:]] == list(rows["glossary"])
    assert set(tomllib.loads(files["place.toml"]).values()) == set(names[:1])


@settings(max_examples=60)
@given(
    before=some.dictionaries(some.sampled_from("abcdef"), some.sampled_from("xyz")),
    after=some.dictionaries(some.sampled_from("abcdef"), some.sampled_from("xyz")),
)
def test_the_edits_between_two_lists_make_the_one_of_the_other_and_turned_round_back(
    before: dict[str, str], after: dict[str, str]
) -> None:
    old: Rows = {"glossary": tuple(before.items())}
    new: Rows = {"glossary": tuple(after.items())}
    edits = between(old, new)
    there = applied(old, edits)
    assert set(there["glossary"]) == set(new["glossary"])
    back = applied(there, [edit.turned() for edit in reversed(edits)])
    assert set(back["glossary"]) == set(old["glossary"])
