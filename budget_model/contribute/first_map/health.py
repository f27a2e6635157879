"""The commissioning groups of a place: its people of each group times the group's allocation per head."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from budget_model.contribute.first_map.sent import (
    ALLOCATIONS,
    YEAR,
    Body,
    SentLine,
    Sheet,
    organisation,
    pays_for,
    sheet_name,
    whole,
)
from budget_model.place.england import Authority, England, Group, GroupServes
from budget_model.place.model import Funding, Share
from budget_model.vocabulary import ControlSource, OrganisationType, Phase, Provenance, ShareBasis

SERVICE: Final = "nhs-commissioned-care"
STREAM: Final = "nhs-allocation"
ASK: Final = (
    "Ask for the 2016-17 budget by programme (acute, mental health, community, continuing care, prescribing) and for what "
    "it pays the council."
)
OF_THE_YEAR: Final = (
    f"One published figure, the place-based allocation of {YEAR}: running costs and primary care that was handed over stand "
    f"apart. {ASK}"
)
OF_ANOTHER_YEAR: Final = (
    f"One published figure of a year that the source does not state, and that is not {YEAR}: in the four groups whose "
    f"allocation of {YEAR} is at hand, the list has 4% to 6% more. {ASK}"
)
NOT_STATED: Final = f"not stated, and not {YEAR}"


def commissioning_bodies(council: Authority, lists: England) -> Iterator[Body]:
    """The groups that serve a council's area."""
    groups = {group.name: group for group in lists.groups}
    for row in lists.group_footprints:
        if row.council == council.ecode:
            yield _body(groups[row.group], row, council.name)


def _body(group: Group, serves: GroupServes, place: str) -> Body:
    name = group.name.removesuffix(" CCG") + " Clinical Commissioning Group"
    footprint = place if serves.whole else f"{place} and beyond"
    is_of_year = group.year == YEAR
    source = f"{ALLOCATIONS}, {group.year or NOT_STATED}"
    known = organisation(
        name, OrganisationType.NHS, footprint, OF_THE_YEAR if is_of_year else OF_ANOTHER_YEAR, source
    )
    line = SentLine(
        "CCG-ALLOC",
        "NHS commissioned health care: programme allocation",
        Decimal(group.allocation),
        pays_for(SERVICE, STREAM),
    )
    sheet = Sheet(
        sheet_name(group.name),
        "allocation",
        f"{name}: programme allocation",
        (line,),
        f"{source}: row '{group.name}', £{group.per_head:,} a head of {group.people:,} people",
        Phase.ORIGINAL_BUDGET,
        grade=4 if is_of_year else 6,
        provenance=Provenance.ALLOCATED,
        control=ControlSource.PUBLISHED,
        figures_year="" if is_of_year else NOT_STATED,
    )
    funding = Funding(known.id, STREAM, YEAR, Decimal(group.allocation), "Final allocation", source)
    return Body(known, _share(known.id, group, serves, place, source), (sheet,), (funding,))


def _share(body: str, group: Group, serves: GroupServes, place: str, source: str) -> Share:
    if serves.whole:
        return whole(body, f"the group serves {place} alone", grade=5, source=source)
    return Share(
        f"{body}-people",
        body,
        YEAR,
        ShareBasis.RESIDENT_POPULATION,
        Decimal(serves.people),
        f"its people in {place}: {serves.basis}",
        Decimal(group.people),
        "people counted by the allocation",
        5,
        "An estimate: residents of mid-2016, where the allocation counts patients.",
        source,
    )
