"""The package's values as plain JSON, for a link or the store, and back again.

Reading is strict: whatever does not fit the value's own fields is a `ValueError`, so that a link that was
tampered with is refused whole, never half-read.
"""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def to_plain(value: object) -> Any:
    """A value as dictionaries, lists and words; what is at its default is left out.

    >>> from budget_model.together.risk_share import RiskShare, Rule
    >>> to_plain(RiskShare(Rule.CAPPED, caps={"nhs": Decimal(20)}))
    {'rule': 'capped', 'caps': {'nhs': '20'}}
    """
    if is_dataclass(value) and not isinstance(value, type):
        usual = {one.name: _usual(one) for one in fields(value)}
        return {
            name: to_plain(getattr(value, name))
            for name, default in usual.items()
            if getattr(value, name) != default
        }
    if isinstance(value, Mapping):
        return {str(key): to_plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def from_plain(kind: type[Value], plain: Any) -> Value:
    """The value that `to_plain` wrote; raises `ValueError` with a sentence for anything else."""
    try:
        read: Value = _read(kind, plain)
    except (TypeError, KeyError, AttributeError, InvalidOperation) as reason:
        raise ValueError(f"This is no {kind.__name__} that can be read: {reason}.") from reason
    return read


def _usual(one: Any) -> object:
    from dataclasses import MISSING

    if one.default is not MISSING:
        return one.default
    return one.default_factory() if one.default_factory is not MISSING else _NOTHING_USUAL


_NOTHING_USUAL = object()


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if plain is None:
            return None
        return _read(next(one for one in get_args(kind) if one is not type(None)), plain)
    if origin is tuple:
        return _read_tuple(get_args(kind), plain)
    if origin is not None and issubclass(origin, Mapping):
        inner = get_args(kind)[1]
        return {str(key): _read(inner, part) for key, part in plain.items()}
    if is_dataclass(kind):
        made: Any = kind
        hints = _hints(made)
        return made(**{name: _read(hints[name], part) for name, part in plain.items()})
    return _read_word(kind, plain)


def _read_tuple(inner: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    if not isinstance(plain, list):
        raise TypeError("a list was expected")
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_read(inner[0], part) for part in plain)
    if len(inner) != len(plain):
        raise TypeError("a list is too short or too long")
    return tuple(_read(one, part) for one, part in zip(inner, plain, strict=True))


def _read_word(kind: Any, plain: Any) -> Any:
    if kind is Decimal:
        number = Decimal(plain)
        if not number.is_finite():
            raise ValueError("An amount is not a number.")
        return number
    if kind is date:
        return date.fromisoformat(plain)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    if not isinstance(plain, kind) or (kind is int and isinstance(plain, bool)):
        raise TypeError(f"{plain!r} was not expected")
    return plain
