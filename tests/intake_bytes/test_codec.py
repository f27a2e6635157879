"""What is read in the child arrives in the parent as the same values, and as nothing else."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from budget_model.intake.files import codec


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    amount: Decimal | None
    colour: Colour
    cells: tuple[int, ...] = ()


@dataclass(slots=True)
class Whole:
    lines: list[Line]
    found: dict[tuple[int, int], str]
    rows: frozenset[int]


KINDS = codec.kinds_within(Whole)

plain = some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text()
dated = some.dates() | some.datetimes() | some.times() | some.timedeltas()
cells = plain | dated | some.decimals(allow_nan=False)
lines = some.builds(
    Line,
    some.text(max_size=5),
    some.none() | some.decimals(allow_nan=False, allow_infinity=False),
    some.sampled_from(Colour),
    some.lists(some.integers(), max_size=3).map(tuple),
)
wholes = some.builds(
    Whole,
    some.lists(lines),
    some.dictionaries(some.tuples(some.integers(), some.integers()), some.text()),
    some.frozensets(some.integers()),
)


def there_and_back(value: Any) -> Any:
    return codec.decode(codec.encode(value), KINDS)


@pytest.mark.slow
@given(
    some.recursive(
        cells, lambda of: some.lists(of) | some.lists(of).map(tuple) | some.dictionaries(some.text(), of)
    )
)
def test_every_value_of_cells_arrives_as_it_was_sent(value: Any) -> None:
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


@given(wholes)
def test_lines_arrive_as_they_were_sent(whole: Whole) -> None:
    assert there_and_back(whole) == whole


def test_a_table_of_mixed_cells_keeps_the_type_of_each() -> None:
    rows = [
        ["Roads", 1, 1.0, True, None],
        [date(2016, 4, 1), datetime(2016, 4, 1, 9), time(9), timedelta(1, 2), ""],
    ]
    back = there_and_back(rows)
    assert back == rows
    assert [[type(cell) for cell in row] for row in back] == [[type(cell) for cell in row] for row in rows]


def test_texts_that_repeat_are_sent_once() -> None:
    sent = codec.encode(["Adult social care"] * 1000)
    assert sent.count(b"Adult social care") == 1


def test_half_of_a_letter_arrives_too() -> None:
    assert there_and_back("\ud83d") == "\ud83d"


def test_only_kinds_that_a_value_can_hold_are_known() -> None:
    assert set(KINDS) == {"Whole", "Line", "Colour"}


def test_an_array_arrives_with_its_shape() -> None:
    numpy = pytest.importorskip("numpy")
    array = numpy.arange(6, dtype="int32").reshape(2, 3)
    back = there_and_back((array,))[0]
    assert back.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert back.dtype == array.dtype


@pytest.mark.parametrize(
    "forged",
    [
        b'{"kind":"record","name":"Other","count":0,"of":[{"kind":"plain","values":[]}]}',
        b'{"kind":"tuple","lengths":[5],"of":{"kind":"plain","values":[1]}}',
        b'{"kind":"tuple","lengths":[-1,2],"of":{"kind":"plain","values":[1]}}',
        b'{"kind":"repeated","values":["a"],"index":[7]}',
        b'{"kind":"choice","name":"Colour","of":{"kind":"plain","values":["green"]}}',
        b'{"kind":"decimal","of":{"kind":"plain","values":["x"]}}',
        b'{"kind":"array","of":[["|O",[1],"AAAAAAAAAAA="]]}',
        b'{"kind":"array","of":[["<i8",[1000000],"AAAAAAAAAAA="]]}',
        b'{"kind":"record","name":"Line","count":2,"of":[{"kind":"plain","values":["a"]}]}',
        b'{"kind":"tuple","lengths":[1],"of":' * 50_000,
        b"\xff\xfe",
        b"",
        b"3",
    ],
)
def test_forged_bytes_are_unreadable(forged: bytes) -> None:
    with pytest.raises(codec.Unreadable):
        codec.decode(forged, KINDS)
