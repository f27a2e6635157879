"""What is tied to money besides a ring-fence: who may have it, what must stand beside it, and until when.

A stream says it for all its money, a budget line for its own; what neither says is unknown, and is no string.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from budget_model.dates import day
from budget_model.financial_year import last_day
from budget_model.money import percent
from budget_model.place.model import FundingStream, GrantTerms, Place
from budget_model.vocabulary import PaysFor


class StringOn(StrEnum):
    """One kind of string, as officers call it."""

    MATCH = "match required"
    ELIGIBILITY = "eligibility"
    AGES = "age band"
    DEPARTMENT = "home department"
    PAYS_FOR = "revenue or capital"
    SWITCHING = "switching limit"
    ENDS = "end date"


@dataclass(frozen=True, slots=True)
class Strings:
    """The strings on some money; None, empty or unknown where nobody has said."""

    match: Decimal | None = None
    """What others must put beside each pound, 0.5 for 50p."""
    eligibility: str = ""
    """Who may be helped with it, or what for, as its stream or its line says."""
    purpose: str = ""
    """What its listed terms let it be spent on: it is said where eligibility is not, and ties no more than they do."""
    age_from: int | None = None
    age_to: int | None = None
    department: str = ""
    pays_for: PaysFor = PaysFor.UNKNOWN
    switching: Decimal | None = None
    """The part of it that may move to another purpose, 0 to 1."""
    ends: date | None = None

    def end_by(self, day: date) -> bool:
        """Whether the money has ended by a day; where nobody has said when it ends it has not."""
        return self.ends is not None and self.ends <= day

    @property
    def ties(self) -> bool:
        """Whether money beside it, or who may have it, holds it to its purpose."""
        return bool(self.match or self.eligibility or self.said[StringOn.AGES])

    @property
    def said(self) -> Mapping[StringOn, str]:
        """Each string in words; empty where it is unknown.

        >>> Strings(age_from=16, switching=Decimal("0.1")).said[StringOn.AGES]
        '16 and over'
        """
        return {
            StringOn.MATCH: "" if self.match is None else f"{_percent(self.match)} beside it",
            StringOn.ELIGIBILITY: self.eligibility or self.purpose,
            StringOn.AGES: ages_in_words(self.age_from, self.age_to),
            StringOn.DEPARTMENT: self.department,
            StringOn.PAYS_FOR: "" if self.pays_for is PaysFor.UNKNOWN else str(self.pays_for),
            StringOn.SWITCHING: "" if self.switching is None else f"{_percent(self.switching)} may move",
            StringOn.ENDS: day(self.ends) if self.ends else "",
        }

    @property
    def in_words(self) -> str:
        """Every string that is known, in one phrase; empty where none is.

        >>> Strings(match=Decimal("0.5"), age_from=16, age_to=24).in_words
        'match required: 50% beside it; age band: 16 to 24'
        """
        return "; ".join(f"{string}: {words}" for string, words in self.said.items() if words)

    def over(self, other: "Strings") -> "Strings":
        """These strings, and the other's where these say nothing; an age band is taken whole.

        >>> Strings(age_from=16).over(Strings(age_from=0, age_to=25, eligibility="learners")).said[StringOn.AGES]
        '16 and over'
        """
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        stated = {name: value for name, value in own.items() if value not in (None, "", PaysFor.UNKNOWN)}
        mine = bool(stated.keys() & _AGES)
        theirs = {field.name: getattr(other, field.name) for field in fields(other)}
        kept = {name: value for name, value in theirs.items() if not (mine and name in _AGES)}
        return Strings(**(kept | stated))


_AGES = frozenset({"age_from", "age_to"})
NO_STRINGS = Strings()


def _percent(part: Decimal) -> str:
    return percent(part, Decimal(1))


def ages_in_words(first: int | None, last: int | None) -> str:
    """An age band as it is read; empty where it is unknown.

    >>> ages_in_words(16, 19), ages_in_words(None, 25), ages_in_words(65, None)
    ('16 to 19', 'up to 25', '65 and over')
    """
    if first is None and last is None:
        return ""
    if last is None:
        return f"{first} and over"
    return f"{first} to {last}" if first is not None else f"up to {last}"


def strings_by_stream(place: Place) -> Mapping[str, Strings]:
    """The strings on each funding stream of a place by its id: its own, else those of its listed terms."""
    departments = {body.id: body.name for body in place.organisations}
    terms = {each.id: each for each in place.grant_terms}
    return {
        stream.id: strings_of_stream(stream, terms.get(stream.terms), departments)
        for stream in place.funding_streams
    }


def strings_of_stream(
    stream: FundingStream, terms: GrantTerms | None, departments: Mapping[str, str]
) -> Strings:
    """The strings on all money of a stream: its own, else those of its listed terms; `departments` are names by id."""
    own = Strings(
        stream.match,
        stream.eligibility,
        "",
        stream.age_from,
        stream.age_to,
        departments.get(stream.paid_by, ""),
        stream.pays_for,
        stream.switching,
        stream.ends,
    )
    return own if terms is None else own.over(_strings_of_terms(terms, stream))


def _strings_of_terms(terms: GrantTerms, stream: FundingStream) -> Strings:
    """The strings that listed terms state; a department pays what is the nation's, and none what is local."""
    return Strings(
        terms.match,
        "",
        terms.may_be_spent_on,
        terms.age_from,
        terms.age_to,
        terms.payer if stream.origin.is_national else "",
        terms.pays_for,
        terms.switching,
        last_day(terms.years_to) if terms.years_to else None,
    )
