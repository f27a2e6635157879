"""The package's values as plain JSON, for a link or the store, and back again.

What a field may hold is said by its type alone. Reading is strict: whatever does not fit is a `ValueError`,
so that a link that was tampered with is refused whole, never half-read.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar, get_args, get_origin

from cattrs import Converter
from cattrs.errors import ForbiddenExtraKeysError

Value = TypeVar("Value")
Read = Callable[[Any, Any], Any]
LONGEST_LINK = 16_000
"""Letters of a link's word; a longer one was made by nobody's choices."""
LONGEST_TEXT = 200_000
"""Bytes that such a word may unpack to."""
LARGEST, FINEST = Decimal(10) ** 12, -20
"""Pounds, and places behind the point, beyond which an amount of a link is no amount of any place."""


def to_plain(value: object) -> Any:
    """A value as dictionaries, lists and words; what is at its default is left out.

    >>> from budget_model.scope import Scope, View
    >>> to_plain(Scope(year="2016-17", view=View.PROVIDER, organisations=("nhs",)))
    {'year': '2016-17', 'view': 'provider', 'organisations': ['nhs']}
    """
    return _CONVERTER.unstructure(value)


def from_plain(kind: type[Value], plain: Any) -> Value:
    """The value that `to_plain` wrote; raises `ValueError` with a sentence for anything else."""
    try:
        return _CONVERTER.structure(plain, kind)
    except (TypeError, KeyError, AttributeError, ArithmeticError, ForbiddenExtraKeysError) as reason:
        raise ValueError(f"This is no {kind.__name__} that can be read: {reason}.") from reason


def to_text(value: object) -> str:
    """A value as the store keeps it, the same value always in the same words."""
    return json.dumps(to_plain(value), sort_keys=True, separators=(",", ":"))


def to_word(value: object) -> str:
    """A value as one word of a link."""
    packed = zlib.compress(to_text(value).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def from_word(kind: type[Value], word: str) -> Value | None:
    """The value that `to_word` wrote; None for a word that holds none, however it was made."""
    if not word or len(word) > LONGEST_LINK:
        return None
    try:
        packed = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        unpacked = zlib.decompressobj().decompress(packed, LONGEST_TEXT)
        return from_plain(kind, json.loads(unpacked.decode()))
    except (ValueError, binascii.Error, zlib.error, RecursionError):
        return None


def is_credible(amount: Decimal) -> bool:
    """Whether a number of a link could be one of a place: arithmetic on others may have no end.

    >>> is_credible(Decimal("0.5")), is_credible(Decimal("1E+999999")), is_credible(Decimal("1E-999999"))
    (True, False, False)
    """
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= FINEST and abs(amount) <= LARGEST


def _exactly(wanted: type) -> Read:
    """A reader of one plain type that takes no other for it: `True` is no number, 7 is no text."""

    def read(plain: Any, _: Any) -> Any:
        if type(plain) is not wanted:
            raise TypeError(f"{plain!r} was not expected")
        return plain

    return read


def _amount(plain: Any, _: Any) -> Decimal:
    number = Decimal(plain)
    if not number.is_finite():
        raise ValueError("An amount is not a number.")
    return number


def _tuple(kind: Any, converter: Converter) -> Read:
    """A reader of tuples, which are written as lists: of one kind and any length, or of so many kinds."""
    *kinds, last = get_args(kind)
    if last is not Ellipsis:
        kinds.append(last)

    def read(plain: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(plain, list) or (last is not Ellipsis and len(plain) != len(kinds)):
            raise TypeError("a list was expected, neither too short nor too long")
        wanted = kinds * len(plain) if last is Ellipsis else kinds
        return tuple(converter.structure(part, one) for part, one in zip(plain, wanted, strict=True))

    return read


def _converter() -> Converter:
    made = Converter(omit_if_default=True, forbid_extra_keys=True, detailed_validation=False)
    made.register_unstructure_hook(Decimal, str)
    made.register_unstructure_hook(StrEnum, lambda word: word.value)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook_factory(
        _is_tuple, lambda _: lambda value: [made.unstructure(one) for one in value]
    )
    for plain in (str, int, bool):
        made.register_structure_hook(plain, _exactly(plain))
    made.register_structure_hook(StrEnum, lambda plain, kind: kind(plain))
    made.register_structure_hook(Decimal, _amount)
    made.register_structure_hook(date, lambda plain, _: date.fromisoformat(plain))
    made.register_structure_hook_factory(_is_tuple, _tuple)
    return made


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


_CONVERTER: Final = _converter()
