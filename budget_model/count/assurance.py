"""How far the figures of one scope can be relied on: reconciled, estimated, mapped, and who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget_model.count.results import Cell, PartOfTotal, SubmissionOnMap
from budget_model.money import NOTHING
from budget_model.place.model import Organisation, Place
from budget_model.vocabulary import OrganisationStatus, Reconciliation

ESTIMATED_FROM = 5
"""From this grade on, a figure is a national ratio, too old, or a judgement: shown hatched."""
AGREED = (Reconciliation.RECONCILED, Reconciliation.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Assurance:
    """What stands behind the figures of one scope, pounds.

    Shares are of `size`, in which amounts below zero count with their size, so that income never hides
    doubt. `agreed` is money in submissions that agree with their own total or explain the difference.
    """

    size: Decimal
    agreed: Decimal
    not_agreed: Decimal
    no_control: Decimal
    estimated: Decimal
    unmapped: Decimal
    on_map: int
    known: int
    awaited: tuple[Organisation, ...]
    doubtful: frozenset[str]
    """Organisations with a submission in scope that does not agree with its own total."""


def assurance(
    place: Place,
    by_submission: Iterable[PartOfTotal],
    by_grade: Iterable[Cell],
    unmapped: Decimal,
    submissions: Iterable[SubmissionOnMap],
    organisations: Iterable[str],
) -> Assurance:
    """What stands behind the figures of a scope whose breakdowns these are.

    `by_grade` are cells whose last key is the confidence grade; `organisations` those on the map.
    """
    state = {str(one.submission): one for one in submissions}
    agreed = not_agreed = no_control = NOTHING
    doubtful = set()
    for part in by_submission:
        found = state.get(part.key)
        if found is None or found.reconciliation == Reconciliation.NO_CONTROL_TOTAL:
            no_control += abs(part.amount)
        elif found.reconciliation in AGREED:
            agreed += abs(part.amount)
        else:
            not_agreed += abs(part.amount)
            doubtful.add(found.organisation)
    on_map = set(organisations)
    awaited = tuple(
        body
        for body in place.organisations
        if body.id not in on_map and body.status in (OrganisationStatus.AWAITED, OrganisationStatus.REFUSED)
    )
    return Assurance(
        size=agreed + not_agreed + no_control,
        agreed=agreed,
        not_agreed=not_agreed,
        no_control=no_control,
        estimated=sum(
            (abs(cell.amount) for cell in by_grade if int(cell.keys[-1]) >= ESTIMATED_FROM), NOTHING
        ),
        unmapped=abs(unmapped),
        on_map=len(on_map),
        known=len(on_map) + len(awaited),
        awaited=awaited,
        doubtful=frozenset(doubtful),
    )
