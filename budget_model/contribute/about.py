"""What a file is about: whose money, of which year, how far the year had gone, and which part of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from budget_model.financial_year import first_calendar_year
from budget_model.place.model import Organisation, Place, Share
from budget_model.problem import Refusal
from budget_model.vocabulary import Phase, Provenance, ShareBasis

WHOLE = "revenue"
"""The part that a body's budget is called where nothing else is said."""


@dataclass(frozen=True, slots=True)
class About:
    """The four words that a submission is known by; one of each four is in force at a time."""

    organisation: str
    year: str
    phase: Phase = Phase.ORIGINAL_BUDGET
    part: str = WHOLE


def organisation_of(place: Place, asked: str) -> Organisation:
    """The organisation of that id or name; raises `Refusal` that names the closest ones."""
    wanted = asked.strip().casefold()
    for organisation in place.organisations:
        if wanted in (
            organisation.id.casefold(),
            organisation.name.casefold(),
            organisation.short_name.casefold(),
        ):
            return organisation
    from rapidfuzz import process

    close = process.extract(
        wanted,
        {organisation.id: organisation.name.casefold() for organisation in place.organisations},
        limit=3,
    )
    near = ", ".join(str(found[2]) for found in close)
    raise Refusal(
        f"'{asked[:80]}' is not an organisation of {place.name}. "
        + (f"Perhaps one of these: {near}." if near else "Add it to organisations.csv first.")
    )


def usual_share(place: Place, about: About) -> Share:
    """The city share that a body's lines take unless they have their own: the best rung of the nearest year.

    Raises `Refusal` where the place has none for the body, since a guessed share would be a guessed total.
    """
    own = [share for share in place.shares if share.organisation == about.organisation]
    if not own:
        raise Refusal(
            f"Nobody has said yet what part of {about.organisation} is {place.name}'s. Add a row for it to "
            "the city shares (shares.csv, or Settings on the screen), with its numerator, denominator and source."
        )
    rungs = list(ShareBasis)
    wanted = first_calendar_year(about.year)
    return min(own, key=lambda share: (_apart(share, wanted), rungs.index(share.basis), share.grade))


def _apart(share: Share, wanted: int) -> int:
    match = re.match(r"\d{4}", share.year)
    return abs(int(match[0]) - wanted) if match else 100


BEST, BEST_UNAUDITED = 1, 2


def usual_grade(share: Share, phase: Phase, provenance: Provenance) -> int:
    """The confidence grade of a body's figures: its share's, and the best only for outturn that was audited.

    Nothing is taken for audited because it is outturn: accounts are drawn up before an auditor sees them.
    """
    whole = share.basis is ShareBasis.DIRECT
    if whole and phase is Phase.OUTTURN and provenance is Provenance.AUDITED:
        return BEST
    return max(share.grade, BEST_UNAUDITED)


def parts_sent(parts: Iterable[str]) -> tuple[str, ...]:
    """The names of parts in use, the usual one first, to choose from."""
    return tuple(dict.fromkeys([WHOLE, *sorted(set(parts))]))
