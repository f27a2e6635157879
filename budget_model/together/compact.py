"""The promises that public bodies made to voluntary ones in the Compact, and what the map shows of each.

In our own words, after "The Compact: the Coalition Government and civil society organisations working effectively in
partnership for the benefit of communities and citizens in England" (Cabinet Office, December 2010). Its part 1 and the
headings of its five parts were read (Compact Voice, "Compact in text format"); the text of parts 2 to 5 was not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from budget_model.count.saying import counted, opened
from budget_model.money import percent, pounds
from budget_model.together.voluntary import Given, Length, Voluntary, amount_of, count_of, notice_by

INDEPENDENCE: Final = (
    "The Compact, Cabinet Office, December 2010, part 1: a strong, diverse and independent civil society"
)
READ: Final = (
    "Part 1 of the Compact of December 2010 and the headings of its parts were read; the text of its parts 2 to 5 was not, so "
    "promises of parts 3 and 4 are in our own words from knowledge."
)
SERVICES: Final = "The Compact, Cabinet Office, December 2010, part 3: programmes and services"
CHANGES: Final = "The Compact, Cabinet Office, December 2010, part 4: changes to programmes and services"


class Kept(StrEnum):
    """How far a promise is kept."""

    YES = "kept"
    PARTLY = "kept in part"
    NO = "not kept"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Said:
    """What the partnership says of a promise."""

    kept: Kept
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise, and how the map shows anything of it."""

    key: str
    name: str
    words: str
    source: str
    evidence: Callable[[Voluntary, date], str]
    read: bool = False
    """Whether the text of the part of the Compact that holds it was read."""


def _length(held: Voluntary, _: date) -> str:
    stated = [one for one in held.given if one.length is not Length.NOT_STATED]
    if not stated:
        return "No grant that is loaded states how long it runs."
    long = [one for one in stated if one.length in (Length.THREE, Length.LONGER)]
    short = [one for one in stated if one.length is Length.ONE]
    return (
        f"Of {counted(len(stated), 'grant that states', 'grants that state')} how long they run, {len(long):,} run "
        f"over two years ({percent(amount_of(long), amount_of(stated))} of the money) and {len(short):,} up to one."
    )


def _notice(held: Voluntary, on: date) -> str:
    ending = held.ending(on)
    late = [one for one in ending if one.ends and notice_by(one.ends) < on]
    if not ending:
        return "No grant that is loaded ends on a known day to come."
    return (
        f"{opened(counted(len(ending), 'grant ends', 'grants end'))} on a known day to come; for {len(late):,} of them "
        f"({pounds(amount_of(late))}) three months’ notice of a change can no longer be given."
    )


def _size(held: Voluntary, _: date) -> str:
    small = held.small
    if not small:
        return "No grant is known to be under £10,000."
    many = counted(count_of(small), "grant is", "grants are")
    return f"{opened(many)} known to be under £10,000: what is asked of their receivers should fit that size."


def _published(held: Voluntary, _: date) -> str:
    single: tuple[Given, ...] = tuple(one for one in held.given if one.recipient)
    share = percent(amount_of(single), held.total) if held.total else "none"
    return (
        f"{share} of the money is known grant by grant, with who received it; the rest is published as sums."
    )


def _unseen(_: Voluntary, __: date) -> str:
    return ""


PROMISES: Final = (
    Promise(
        "length", "Length of grants",
        "Fund for several years where that fits what is wanted, and say why where it is shorter.", SERVICES, _length,
    ),
    Promise(
        "notice", "Notice of change",
        "Give at least three months’ notice in writing, with the reason, before funding is changed or ended.",
        CHANGES, _notice,
    ),
    Promise(
        "full-cost", "Full cost",
        "Let applications include a fair part of overheads, training and the cost of volunteers.", SERVICES, _unseen,
    ),
    Promise(
        "advance", "Payment in advance",
        "Pay before the money is spent where that is needed for the result and is good value.", SERVICES, _unseen,
    ),
    Promise(
        "proportion", "In proportion",
        "Ask in applications and monitoring no more than the size of the grant warrants, agreed beforehand.", SERVICES,
        _size,
    ),
    Promise(
        "open", "Openness",
        "Publish who is funded, for what and how much, so that voluntary bodies can plan and question it.",
        f"{INDEPENDENCE}, 1.4", _published, read=True,
    ),
    Promise(
        "independence", "Independence",
        "Respect that voluntary bodies follow their own mission and campaign, whoever pays them.",
        f"{INDEPENDENCE}, 1.1", _unseen, read=True,
    ),
    Promise(
        "support", "Fair support",
        "Support voluntary bodies fairly and with enough means where they help public bodies reach their aims.",
        f"{INDEPENDENCE}, 1.2", _unseen, read=True,
    ),
)  # fmt: skip
"""The promises of a checklist, in the order that it shows them."""
