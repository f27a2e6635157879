"""The promises that public bodies made to voluntary ones in the Compact, and what the map shows of each.

In our own words, after "The Compact: the Coalition Government and civil society organisations working effectively in
partnership for the benefit of communities and citizens in England" (Cabinet Office, December 2010). Its part 1 and the
headings of its five parts were read in its own words (Compact Voice, "Compact in text format"); each promise of parts 3
and 4 was read where somebody else repeats it, who is named beside it.
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
    "Part 1 of the Compact of December 2010 was read in its own words. Each promise of its parts 3 and 4 was read where "
    "somebody repeats it, who is named as its source in the table. Its part 2 (design and development of policies and "
    "services) and part 5 (an equal and fair society) were found neither in their own words nor repeated: no promise of "
    "theirs is listed here."
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
    repeated_by: str = ""
    """Where the promise was read, for one whose part of the Compact was not read in its own words."""

    @property
    def where(self) -> str:
        """The part of the Compact that holds it, and who repeats it where that was what was read."""
        return f"{self.source}; read in {self.repeated_by}" if self.repeated_by else self.source


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


DERBYSHIRE: Final = "the Derbyshire Compact as Bolsover CVP tells it"
WALSALL: Final = "the Walsall Compact’s agreement of its signatories, points 7 to 9"
BEST_VALUE: Final = (
    "the Best Value Statutory Guidance, Department for Communities and Local Government, September 2011 "
    "(as TenantAdvisor and NAVCA quote it)"
)
ADVANCE: Final = "Compact Voice, “Still waiting for funds from last financial year?”, 15 April 2010, of the Compact of 2009"

PROMISES: Final = (
    Promise(
        "length",
        "Length of grants",
        "Fund for three years or more where that fits what is wanted, and say why where it is shorter.",
        SERVICES,
        _length,
        repeated_by=f"{DERBYSHIRE} and {WALSALL}",
    ),
    Promise(
        "notice",
        "Notice of change",
        "Give at least three months’ notice, to the body and those it serves, before funding is reduced or ended.",
        CHANGES,
        _notice,
        repeated_by=BEST_VALUE,
    ),
    Promise(
        "full-cost",
        "Full cost",
        "Fund the full cost of what is done, overheads included.",
        SERVICES,
        _unseen,
        repeated_by=DERBYSHIRE,
    ),
    Promise(
        "advance",
        "Payment in advance",
        "Pay before the money is spent where that is clearly needed and is good value.",
        SERVICES,
        _unseen,
        repeated_by=ADVANCE,
    ),
    Promise(
        "proportion",
        "In proportion",
        "Ask in applications and monitoring no more than the size of the grant warrants, agreed beforehand.",
        SERVICES,
        _size,
        repeated_by=WALSALL,
    ),
    Promise(
        "open",
        "Openness",
        "Publish who is funded, for what and how much, so that voluntary bodies can plan and question it.",
        f"{INDEPENDENCE}, 1.4",
        _published,
    ),
    Promise(
        "independence",
        "Independence",
        "Respect that voluntary bodies follow their own mission and campaign, whoever pays them.",
        f"{INDEPENDENCE}, 1.1",
        _unseen,
    ),
    Promise(
        "support",
        "Fair support",
        "Support voluntary bodies fairly and with enough means where they help public bodies reach their aims.",
        f"{INDEPENDENCE}, 1.2",
        _unseen,
    ),
)
"""The promises of a checklist, in the order that it shows them."""
