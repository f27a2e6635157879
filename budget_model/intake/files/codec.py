"""A reading as bytes, to be sent from the child process to its parent without trusting the child.

The bytes are JSON, which can only ever become plain values; these are then put into the few kinds of object
that the
parent names beforehand. Nothing in the bytes can call a function or name another kind, as a pickle could.
Values go
column by column (all amounts of all lines together, and so on), which makes 200,000 lines a matter of a
second.

>>> from budget_model.problem import Location
>>> places = (Location("fire.xlsx", "Costs", 3), Location("fire.xlsx", "Costs", 4))
>>> decode(encode(places), {"Location": Location}) == places
True
"""

import base64
import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from itertools import chain, islice
from typing import Any, Final, get_args, get_type_hints

Document = dict[str, Any]
"""What JSON makes of one column: its kind, and its values."""

_PLAIN: Final = {str, int, float, bool, type(None)}
_WRITTEN: Final[dict[type, tuple[str, Callable[[Any], str]]]] = {
    Decimal: ("decimal", str),
    datetime: ("datetime", datetime.isoformat),
    date: ("date", date.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("timedelta", lambda span: f"{span.days} {span.seconds} {span.microseconds}"),
}


def _span(text: str) -> timedelta:
    days, seconds, microseconds = text.split(" ")
    return timedelta(int(days), int(seconds), int(microseconds))


_READ: Final[dict[str, Callable[[str], Any]]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": _span,
}
_GATHERED: Final[dict[type, str]] = {tuple: "tuple", list: "list", frozenset: "frozenset", set: "set"}
_GATHERERS: Final[dict[str, type]] = {name: kind for kind, name in _GATHERED.items()}


class Unreadable(Exception):
    """The bytes are not what `encode` writes, or hold a kind that was not named."""


def kinds_within(kind: object) -> dict[str, type]:
    """The kinds of object that such a value can hold, by name, from the annotations of its fields."""
    kinds: dict[str, type] = {}
    waiting: list[object] = [kind]
    while waiting:
        one = waiting.pop()
        waiting.extend(get_args(one))
        if isinstance(one, type) and kinds.get(one.__name__) is not one:
            if issubclass(one, Enum):
                kinds[one.__name__] = one
            elif is_dataclass(one):
                kinds[one.__name__] = one
                waiting.extend(get_type_hints(one).values())
    return kinds


def encode(value: object) -> bytes:
    """Write a value of dataclasses, choices, amounts, dates and texts, and of gatherings of them."""
    return json.dumps(_column([value]), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def decode(data: bytes, kinds: Mapping[str, type]) -> Any:
    """Read a value back; only the kinds named may appear in it."""
    try:
        values = _values(json.loads(data.decode("utf-8", "surrogatepass")), kinds)
    except (
        KeyError,
        TypeError,
        ValueError,
        IndexError,
        ArithmeticError,
        RecursionError,
        AttributeError,
    ) as fault:
        raise Unreadable(str(fault)) from fault
    if len(values) != 1:
        raise Unreadable("not one value")
    return values[0]


def _column(values: Sequence[Any]) -> Document:
    kinds = list(dict.fromkeys(map(type, values)))
    if all(kind in _PLAIN for kind in kinds):
        return _plain(values, kinds)
    if len(kinds) > 1:
        return _parted(values, kinds)
    kind = kinds[0]
    if kind in _WRITTEN:
        name, write = _WRITTEN[kind]
        return {"kind": name, "of": _column(list(map(write, values)))}
    if kind in _GATHERED:
        flat = list(chain.from_iterable(values))
        return {"kind": _GATHERED[kind], "lengths": list(map(len, values)), "of": _column(flat)}
    if issubclass(kind, dict):
        keys = list(chain.from_iterable(values))
        held = list(chain.from_iterable(value.values() for value in values))
        return {"kind": "dict", "lengths": list(map(len, values)), "keys": _column(keys), "of": _column(held)}
    if issubclass(kind, Enum):
        return {"kind": "choice", "name": kind.__name__, "of": _column([value.value for value in values])}
    if kind.__name__ == "ndarray":
        return {"kind": "array", "of": [_array(value) for value in values]}
    if is_dataclass(kind):
        columns = [
            _column([getattr(value, part.name) for value in values]) for part in fields(kind) if part.init
        ]
        return {"kind": "record", "name": kind.__name__, "count": len(values), "of": columns}
    raise TypeError(f"A reading cannot hold {kind.__name__}.")


_ARRAYS: Final = frozenset({"|b1", "|u1", "|i1", "<i2", "<i4", "<i8", "<u2", "<u4", "<f8"})


def _array(array: Any) -> list[object]:
    """An array of numbers as its kind, its shape and its bytes."""
    if array.dtype.str not in _ARRAYS:
        raise TypeError(f"A reading cannot hold an array of {array.dtype}.")
    return [array.dtype.str, list(array.shape), base64.b64encode(array.tobytes()).decode("ascii")]


def _array_again(kind: object, shape: list[int], packed: str) -> Any:
    import numpy as np

    if kind not in _ARRAYS:
        raise ValueError("an array of something else than numbers")
    return np.frombuffer(base64.b64decode(packed, validate=True), str(kind)).reshape(shape)


def _plain(values: Sequence[Any], kinds: list[type]) -> Document:
    """Texts that repeat are written once each."""
    if kinds == [str] and len(values) > 16:
        different: dict[Hashable, int] = {}
        index = [different.setdefault(value, len(different)) for value in values]
        if len(different) * 2 < len(values):
            return {"kind": "repeated", "values": list(different), "index": index}
    return {"kind": "plain", "values": list(values)}


def _parted(values: Sequence[Any], kinds: list[type]) -> Document:
    """Values of several kinds: each kind as a column, and which comes when."""
    plain = [kind for kind in kinds if kind in _PLAIN]
    groups: list[list[type]] = ([plain] if plain else []) + [[kind] for kind in kinds if kind not in _PLAIN]
    number = {kind: at for at, group in enumerate(groups) for kind in group}
    which = [number[type(value)] for value in values]
    columns: list[list[Any]] = [[] for _ in groups]
    for at, value in zip(which, values, strict=True):
        columns[at].append(value)
    return {"kind": "parted", "which": which, "of": list(map(_column, columns))}


def _values(document: Document, kinds: Mapping[str, type]) -> list[Any]:
    kind = document["kind"]
    if kind == "plain":
        return _only_plain(document["values"])
    if kind == "repeated":
        different = _only_plain(document["values"])
        return [different[at] for at in _counts(document["index"])]
    if kind in _READ:
        return list(map(_READ[kind], _values(document["of"], kinds)))
    if kind in _GATHERERS:
        return _cut(_values(document["of"], kinds), document["lengths"], _GATHERERS[kind])
    if kind == "dict":
        pairs = list(zip(_values(document["keys"], kinds), _values(document["of"], kinds), strict=True))
        return _cut(pairs, document["lengths"], dict)
    if kind == "choice":
        choice = kinds[document["name"]]
        return [choice(value) for value in _values(document["of"], kinds)]
    if kind == "record":
        return _records(document, kinds)
    if kind == "array":
        return [_array_again(*one) for one in document["of"]]
    if kind == "parted":
        columns = [iter(_values(column, kinds)) for column in document["of"]]
        return [next(columns[at]) for at in _counts(document["which"])]
    raise ValueError(f"unknown kind {kind!r}")


def _records(document: Document, kinds: Mapping[str, type]) -> list[Any]:
    made, count = kinds[document["name"]], document["count"]
    columns = [_values(column, kinds) for column in document["of"]]
    if any(len(column) != count for column in columns) or not columns:
        raise ValueError("columns of different length")
    return [made(*row) for row in zip(*columns, strict=True)]


def _cut(flat: list[Any], lengths: object, gather: Callable[[Iterable[Any]], Any]) -> list[Any]:
    counts = _counts(lengths)
    if sum(counts) != len(flat):
        raise ValueError("lengths that do not add up")
    rest = iter(flat)
    return [gather(islice(rest, count)) for count in counts]


def _counts(numbers: object) -> list[int]:
    if not isinstance(numbers, list) or any(type(number) is not int or number < 0 for number in numbers):
        raise ValueError("not a list of counts")
    return numbers


def _only_plain(values: object) -> list[Any]:
    if not isinstance(values, list) or not set(map(type, values)) <= _PLAIN:
        raise ValueError("not a list of plain values")
    return values
