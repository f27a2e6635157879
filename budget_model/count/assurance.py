"""How far the figures of one scope can be relied on: reconciled, estimated, mapped, and who is missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget_model.count.provenance import is_estimated
from budget_model.count.results import Cell, PartOfTotal, SubmissionOnMap
from budget_model.count.saying import listed
from budget_model.financial_year import first_day, last_day
from budget_model.money import NOTHING, percent
from budget_model.place.model import Organisation, Place, UnknownTransfer
from budget_model.vocabulary import ControlSource, OrganisationStatus, Reconciliation

AGREED = (Reconciliation.RECONCILED, Reconciliation.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Assurance:
    """What stands behind the figures of one scope, pounds.

    Shares are of `size`, in which amounts below zero count with their size, so that income never hides
    doubt. `agreed` is money in submissions that agree with what they are compared with or explain the
    difference; of it, `agreed_own` is compared with a total of the body itself, `agreed_published` against one
    that another body publishes, `agreed_sum` against our own sum of the same rows, which proves less.
    """

    size: Decimal
    agreed: Decimal
    agreed_own: Decimal
    agreed_published: Decimal
    agreed_sum: Decimal
    not_agreed: Decimal
    no_control: Decimal
    estimated: Decimal
    unmapped: Decimal
    on_map: int
    known: int
    awaited: tuple[Organisation, ...]
    """Bodies whose figures of the year are asked for and not on its map: `missing_bodies`."""
    doubtful: frozenset[str]
    """Organisations with a submission in scope that does not agree with what it is compared with."""

    @property
    def agreed_unnamed(self) -> Decimal:
        """Money that agrees with a total whose source nobody named."""
        return self.agreed - self.agreed_own - self.agreed_published - self.agreed_sum


def assurance(
    place: Place,
    by_submission: Iterable[PartOfTotal],
    by_provenance: Iterable[Cell],
    unmapped: Decimal,
    submissions: Iterable[SubmissionOnMap],
    organisations: Iterable[str],
    year: str,
) -> Assurance:
    """What stands behind the figures of a scope whose breakdowns these are.

    `by_provenance` are cells whose last key is how the figure came about; `organisations` those on the map of the
    year.
    """
    state = {str(submission.submission): submission for submission in submissions}
    not_agreed = no_control = NOTHING
    against = dict.fromkeys(ControlSource, NOTHING)
    doubtful = set()
    for part in by_submission:
        submission_on_map = state.get(part.key)
        if submission_on_map is None or submission_on_map.reconciliation == Reconciliation.NO_CONTROL_TOTAL:
            no_control += abs(part.amount)
        elif submission_on_map.reconciliation in AGREED:
            against[submission_on_map.control_source] += abs(part.amount)
        else:
            not_agreed += abs(part.amount)
            doubtful.add(submission_on_map.organisation)
    agreed = sum(against.values(), NOTHING)
    on_map = set(organisations)
    awaited = missing_bodies(place, year, on_map)
    return Assurance(
        size=agreed + not_agreed + no_control,
        agreed=agreed,
        agreed_own=against[ControlSource.OWN],
        agreed_published=against[ControlSource.PUBLISHED],
        agreed_sum=against[ControlSource.OUR_SUM],
        not_agreed=not_agreed,
        no_control=no_control,
        estimated=sum((abs(cell.amount) for cell in by_provenance if is_estimated(cell.keys[-1])), NOTHING),
        unmapped=abs(unmapped),
        on_map=len(on_map),
        known=len(on_map) + len(awaited),
        awaited=awaited,
        doubtful=frozenset(doubtful),
    )


def held_against(relied: Assurance) -> str:
    """How much of the money agrees with what it is compared with, and whose total that is; no full stop."""
    if not relied.size:
        return "There is nothing to compare with a total"
    agreed = [
        (amount, whose)
        for amount, whose in (
            (relied.agreed_own, "the bodies’ own totals"),
            (relied.agreed_published, "totals published elsewhere"),
            (relied.agreed_unnamed, "totals whose source nobody named"),
            (relied.agreed_sum, "our own sums of the same rows, which prove only that no row was lost"),
        )
        if amount
    ]
    if not agreed:
        return "No money agrees with any total yet"
    first, *rest = (f"{percent(amount, relied.size)} {{}}with {whose}" for amount, whose in agreed)
    return listed([first.format("of the money agrees "), *(kind.format("") for kind in rest)])


def agreed_in_short(relied: Assurance) -> str:
    """How much of the money agrees with the bodies' own totals, in a few words."""
    if not relied.size:
        return "nothing to check"
    if not relied.agreed_own:
        return "none checked against a body’s own total"
    return f"{percent(relied.agreed_own, relied.size)} checked against bodies’ own totals"


def missing_bodies(place: Place, year: str, on_map: Collection[str]) -> tuple[Organisation, ...]:
    """The bodies whose figures of a year are asked for and are not on its map, in the place's order.

    A body whose figures of another year are on the map is missing from this one all the same; one that had
    not begun in the year, or had ended before it, is not.
    """
    return tuple(body for body in asked_for(place, year) if body.id not in on_map)


def asked_for(place: Place, year: str) -> tuple[Organisation, ...]:
    """The bodies whose figures of a year belong on its map, in the place's order."""
    return tuple(
        body
        for body in place.organisations
        if body.status is not OrganisationStatus.NOT_APPLICABLE and _lived_in(body, year)
    )


def _lived_in(body: Organisation, year: str) -> bool:
    """Whether a body existed on some day of a financial year, as far as its dates are known."""
    begun = body.opened is None or body.opened <= last_day(year)
    return begun and (body.closed is None or body.closed >= first_day(year))


def unsettled(place: Place, year: str) -> tuple[UnknownTransfer, ...]:
    """Money that passes outside the totals between bodies that existed in a year, in the place's order."""
    bodies = {body.id for body in place.organisations if _lived_in(body, year)}
    return tuple(gap for gap in place.unknown_transfers if {gap.payer, gap.payee} <= bodies)


def why_missing(body: Organisation, year: str) -> str:
    """Why a body's figures are not on the map of a year, to follow its name.

    >>> from datetime import date
    >>> from budget_model.vocabulary import OrganisationStatus, OrganisationType
    >>> body = Organisation("a", "A", "A", OrganisationType.NHS, OrganisationStatus.MAPPED, "", "", "", "")
    >>> why_missing(body, "2017-18")
    'its figures for 2017-18 are not on the map'
    """
    return {
        OrganisationStatus.REFUSED: "it has refused to send figures",
        OrganisationStatus.NOT_APPLICABLE: "its figures are not asked for",
        OrganisationStatus.AWAITED: "its figures are awaited",
    }.get(body.status, f"its figures for {year} are not on the map")
