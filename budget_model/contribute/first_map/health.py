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
MISSING: Final = (
    "One published figure, whose year the source does not state. Ask for the 2016-17 budget by programme (acute, mental "
    "health, community, continuing care, prescribing) and for what it pays the council."
)


def commissioning_bodies(council: Authority, lists: England) -> Iterator[Body]:
    """The groups that serve a council's area."""
    groups = {group.name: group for group in lists.groups}
    for row in lists.group_footprints:
        if row.council == council.ecode:
            yield _body(groups[row.group], row, council.name)


def _body(group: Group, serves: GroupServes, place: str) -> Body:
    name = group.name.removesuffix(" CCG") + " Clinical Commissioning Group"
    footprint = place if serves.whole else f"{place} and beyond"
    known = organisation(name, OrganisationType.NHS, footprint, MISSING, ALLOCATIONS)
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
        f"{ALLOCATIONS}: row '{group.name}', £{group.per_head:,} a head of {group.people:,} people",
        Phase.ORIGINAL_BUDGET,
        grade=5,
        provenance=Provenance.ALLOCATED,
        control=ControlSource.PUBLISHED,
        figures_year="not stated",
    )
    funding = Funding(known.id, STREAM, YEAR, Decimal(group.allocation), "Final allocation", ALLOCATIONS)
    return Body(known, _share(known.id, group, serves, place), (sheet,), (funding,))


def _share(body: str, group: Group, serves: GroupServes, place: str) -> Share:
    if serves.whole:
        return whole(body, f"the group serves {place} alone", grade=5, source=ALLOCATIONS)
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
        "An estimate: residents between the two censuses, where the allocation counts patients.",
        ALLOCATIONS,
    )
