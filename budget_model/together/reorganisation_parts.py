"""Parishes with their residents, as somebody types or pastes them."""

import re
from collections.abc import Iterable

from budget_model.money import NOTHING, decimal_text, typed_between
from budget_model.plain_values import LARGEST
from budget_model.together.reorganisation import Part

ONE_LINE = re.compile(r"^(?P<name>.*?\S)[\s,;:\t]+(?P<number>[\d][\d, ]*(?:\.\d+)?)\s*$")


def read_parishes(text: str, into: str) -> tuple[list[Part], list[str]]:
    r"""The parishes of a body, one a line, each with its residents at the end; and the lines that say no number.

    >>> read_parishes("Duffield 5,046\nNether Heage", "south")
    ([Part(into='south', size=Decimal('5046'), area='', name='Duffield')], ['Nether Heage'])
    """
    parts: list[Part] = []
    unread: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = ONE_LINE.match(line)
        size = typed_between(match["number"], NOTHING, LARGEST) if match else None
        if match and size is not None:
            parts.append(Part(into, size, name=match["name"].rstrip(" ,;:")[:80]))
        else:
            unread.append(line[:80])
    return parts, unread


def parishes_as_text(parts: Iterable[Part]) -> str:
    """Parishes as `read_parishes` reads them.

    >>> parishes_as_text([Part("south", LARGEST, name="Duffield"), Part("south")])
    'Duffield 1000000000000'
    """
    return "\n".join(f"{part.name} {decimal_text(part.size)}" for part in parts if part.name)
