"""Money of the first map that passes between its bodies: what is known and taken out once, and what is not known."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Final

from budget_model.contribute.first_map.health import SERVICE as HEALTH_SERVICE
from budget_model.contribute.first_map.learning import COLLEGE_SERVICE, SIXTH_FORM_SERVICE
from budget_model.contribute.first_map.sent import ALLOCATIONS, PROVIDERS, YEAR, Body, joined_id, total_of
from budget_model.money import NOTHING, PENNY
from budget_model.place.model import Transfer, TransferKind, UnknownTransfer
from budget_model.vocabulary import OrganisationType, Provenance

HEALTH, EDUCATION, WORK = (
    "department-of-health-and-social-care",
    "department-for-education",
    "department-for-work-and-pensions",
)
HEALTH_LINES: Final = (
    "NTR033-S0331007-E-TES_CUR-ID-CG-SUB070A00",
    "FTR033-S0331007-E-TES_CUR-ID-CG-SUB070A00",
    "NCB033-S0334001-E-TES_CUR-ID-CG-SUB070A00",
)
"""What trusts, foundation trusts and commissioning groups spend, in the health department's rows."""
COLLEGE_LINES: Final = ("DFE022-S022A198-E-TES_CUR-ID-CG-SUB090200",)
ACADEMY_LINES: Final = ("ACD022-S022A177-E-TES_CUR-ID-CG-SUB090200",)


SOURCES: Final = {HEALTH: ALLOCATIONS, EDUCATION: PROVIDERS}
"""Where it is published what a department hands down."""
SHOWN: Final = "An allocation of the department, whose lines for the region already show it."
SHORT: Final = " The lines hold less than all receivers state: each takes its part of them."


def transfers_of(bodies: Sequence[Body]) -> tuple[Transfer, ...]:
    """The allocations that reach the place's bodies out of what their departments are already counted for."""
    groups = [body for body in bodies if body.organisation.type is OrganisationType.NHS]
    learning = [
        body
        for body in bodies
        if body.organisation.type in (OrganisationType.COLLEGE, OrganisationType.SCHOOL)
    ]
    known = {body.id: body for body in bodies}
    return (
        *_handed_down(known[HEALTH], HEALTH_LINES, HEALTH_SERVICE, groups),
        *_handed_down(known[EDUCATION], COLLEGE_LINES, COLLEGE_SERVICE, learning),
        *_handed_down(known[EDUCATION], ACADEMY_LINES, SIXTH_FORM_SERVICE, learning),
    )


def _handed_down(
    department: Body, codes: tuple[str, ...], service: str, payees: Iterable[Body]
) -> Iterator[Transfer]:
    """One service's money out of some lines of a department, to each body that spends it.

    Where the receivers state more than the place's part of the lines, each is taken out up to its part of them; the
    rest is listed as a difference to settle.
    """
    lines = [line for line in department.sheets[0].lines if line.code in codes]
    stating = _stating(payees, service)
    if not lines or not stating:
        return
    held = total_of(lines)
    everything = sum((body.share.of(wanted) for body, wanted in stating), NOTHING)
    is_short = everything > department.share.of(held)
    for body, wanted in stating:
        part = held * body.share.of(wanted) / everything
        yield Transfer(
            joined_id(body.id, service),
            YEAR,
            department.id,
            service,
            tuple(line.code for line in lines),
            part.quantize(PENNY, rounding=ROUND_DOWN) if is_short else None,
            department.share.id,
            body.id,
            service,
            wanted,
            body.share.id,
            SHOWN + SHORT if is_short else SHOWN,
            SOURCES[department.id],
            TransferKind.ALLOCATION,
            Provenance.ESTIMATED if is_short else Provenance.UNKNOWN,
            Provenance.ALLOCATED,
        )


def _stating(bodies: Iterable[Body], service: str) -> list[tuple[Body, Decimal]]:
    """The bodies that state money for a service, with their pounds."""
    amounts = ((body, _of_service(body, service)) for body in bodies)
    return [(body, amount) for body, amount in amounts if amount]


def _of_service(body: Body, service: str) -> Decimal:
    return total_of(line for sheet in body.sheets for line in sheet.lines if line.service.service == service)


def unknown_of(bodies: Sequence[Body]) -> tuple[UnknownTransfer, ...]:
    """What is known to pass between bodies of the map, with no amount published for the place."""
    councils = [body.id for body in bodies if body.organisation.type is OrganisationType.COUNCIL]
    groups = [body.id for body in bodies if body.organisation.type is OrganisationType.NHS]
    council = councils[0]
    return (
        *(
            UnknownTransfer(
                group,
                council,
                "Better Care Fund and other section 75 and 256 payments",
                "No amount is in the published return or allocation. Ask for the 2016-17 section 75 agreement.",
            )
            for group in groups
        ),
        *(
            UnknownTransfer(
                WORK,
                each,
                "Housing benefit subsidy",
                "Not in the department’s rows: the analysis counts housing benefit with councils. The subsidy is named among "
                "the council’s funding.",
            )
            for each in councils
        ),
        UnknownTransfer(
            council,
            "voluntary-sector",
            "Grants and contracts",
            "Inside service lines. Ask for payments over £500.",
        ),
        UnknownTransfer(
            council, "council-schools", "Delegated school budgets", "Inside the council’s education lines."
        ),
        UnknownTransfer(
            EDUCATION, "academies", "Academies’ general grants", "The trusts’ budgets are awaited."
        ),
    )
