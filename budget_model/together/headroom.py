"""What capping grants at an earlier year's level would free to commission with, and what may move between them.

Headroom = Σ max(0, this year − the year it is capped at) over the grants chosen. Derby capped the grants inside
its Area Based Grant and freed about £350,000 (Derby case study 2009, paragraph 16).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

from budget_model.financial_year import is_financial_year
from budget_model.money import NOTHING, to_penny
from budget_model.place.model import GrantTerms
from budget_model.place.strings import NO_STRINGS, Strings

GRANT_ORIGINS = ("government grant", "national grant")
"""The origins of funding streams that are grants."""
MOST_CHOSEN = 200


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant of one body, pounds, this year and the year it is capped at; None for a year not stated."""

    name: str
    this_year: Decimal
    last_year: Decimal | None
    organisation: str = ""
    stream: str = ""
    terms: GrantTerms | None = None
    strings: Strings = NO_STRINGS
    """What is tied to it: its stream's own strings, else those of its terms."""

    @property
    def id(self) -> str:
        """Whose grant it is, and which."""
        return f"{self.organisation}/{self.stream}"

    @property
    def may_move(self) -> Decimal | None:
        """The pounds that its terms let move to another purpose; None where no limit is stated."""
        part = self.strings.switching
        return None if part is None else to_penny(self.this_year * part)


@dataclass(frozen=True, slots=True)
class Freed:
    """What one grant would free, pounds, and why."""

    grant: Grant
    amount: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Headroom:
    """What all of them would free, pounds, the most first. New grants free nothing: there is no cap.

    `unstated` is how many of them have no figure in the year that they would be capped at.
    """

    amount: Decimal
    grants: tuple[Freed, ...]

    @property
    def unstated(self) -> int:
        """How many grants have no level to cap them at."""
        return sum(1 for freed in self.grants if freed.grant.last_year is None)

    @property
    def grew(self) -> int:
        """How many grants grew, so that a cap frees something of them."""
        return sum(1 for freed in self.grants if freed.amount)

    @property
    def by_organisation(self) -> dict[str, Decimal]:
        """The pounds freed by body, the most first; bodies that free nothing are left out."""
        sums: dict[str, Decimal] = {}
        for freed in self.grants:
            if freed.amount:
                body = freed.grant.organisation
                sums[body] = sums.get(body, NOTHING) + freed.amount
        return dict(sorted(sums.items(), key=lambda part: (-part[1], part[0])))


def headroom(grants: Iterable[Grant], left_out: Collection[str] = ()) -> Headroom:
    """What capping each of these grants would free; those in `left_out`, by their id, are not capped."""
    freed = [_freed(grant) for grant in grants if grant.id not in left_out]
    freed.sort(key=lambda each: (-each.amount, each.grant.name))
    return Headroom(sum((each.amount for each in freed), NOTHING), tuple(freed))


def _freed(grant: Grant) -> Freed:
    if grant.last_year is None:
        return Freed(grant, NOTHING, "No figure is stated for that year, so there is no level to cap it at.")
    growth = grant.this_year - grant.last_year
    if growth <= 0:
        return Freed(grant, NOTHING, "It did not grow.")
    return Freed(grant, growth, "What it grew by.")


@dataclass(frozen=True, slots=True)
class HeadroomAsked:
    """The year whose level grants are capped at, and the grants that are not capped, by their ids."""

    against: str = ""
    left_out: tuple[str, ...] = ()

    def to_link(self) -> str:
        """The same as a link keeps it.

        >>> HeadroomAsked("2015-16", ("council/dsg",)).to_link()
        'against=2015-16&without=council%2Fdsg'
        """
        said = [("against", self.against)] if self.against else []
        return urlencode(said + [("without", grant) for grant in self.left_out])


def from_link(text: str) -> HeadroomAsked:
    """What `to_link` wrote; a year that is none is the year before.

    >>> from_link("against=2015-16&without=council%2Fdsg")
    HeadroomAsked(against='2015-16', left_out=('council/dsg',))
    """
    said: Sequence[tuple[str, str]] = parse_qsl(text)
    against = dict(said).get("against", "")
    without = tuple(sorted({value for key, value in said if key == "without"}))[:MOST_CHOSEN]
    return HeadroomAsked(against if is_financial_year(against) else "", without)
