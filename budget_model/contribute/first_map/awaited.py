"""Bodies that every place has and no national figure names: listed, so that they are asked."""

from typing import Final

from budget_model.contribute.first_map.sent import id_of, short
from budget_model.place.model import Organisation
from budget_model.vocabulary import OrganisationStatus, OrganisationType

SOURCE: Final = "Not published for the place: listed so that it is asked for"
EVERYWHERE: Final = (
    (
        "hospitals",
        "NHS hospital trusts serving {place}",
        OrganisationType.NHS,
        "#1D7A72",
        "In the health department’s figure for the region. Ask for income by commissioner and for the place’s patients.",
    ),
    (
        "mental-and-community-health",
        "NHS mental health, community and ambulance trusts serving {place}",
        OrganisationType.NHS,
        "#0F5E58",
        "In the health department’s figure for the region. Ask for spending by service with the place’s caseloads.",
    ),
    (
        "universities",
        "Universities in {place}",
        OrganisationType.UNIVERSITY,
        "#5B3F8C",
        "In the education department’s figure for the region. Ask for accounts by source.",
    ),
    (
        "academies",
        "Academies in {place}",
        OrganisationType.SCHOOL,
        "#8F6FC0",
        "Not sent, but for sixth forms. Ask the trusts for budgets school by school.",
    ),
    (
        "jobcentres",
        "Jobcentres in {place}",
        OrganisationType.AGENCY,
        "#5C5C5C",
        "In the work and pensions department’s figure for the region; ask for the district’s budget.",
    ),
    (
        "probation-services",
        "Probation services in {place}",
        OrganisationType.AGENCY,
        "#565B66",
        "In the justice ministry’s figure for the region; ask for caseloads and cost.",
    ),
    (
        "housing-associations",
        "Housing associations in {place}",
        OrganisationType.HOUSING,
        "#946C00",
        "Ask each for spending on homes in the place; rents are not public spending, grants and benefits are.",
    ),
    (
        "parish-and-town-councils",
        "Parish and town councils in {place}",
        OrganisationType.COUNCIL,
        "#5694CA",
        "Not in the councils’ service lines; ask the councils for the parishes’ precepts.",
    ),
    (
        "voluntary-sector",
        "Voluntary and community organisations in {place}",
        OrganisationType.VOLUNTARY,
        "#C2528B",
        "Their public income is inside the funders’ figures; ask funders for grants and contracts.",
    ),
)


def awaited_bodies(place: str) -> tuple[Organisation, ...]:
    """The bodies whose money is asked for, and council schools, whose money would be counted twice."""
    asked = tuple(
        Organisation(
            body,
            name.format(place=place),
            short(name.format(place=place)),
            kind,
            OrganisationStatus.AWAITED,
            place,
            colour,
            note,
            SOURCE,
        )
        for body, name, kind, colour, note in EVERYWHERE
    )
    schools = f"Council-maintained schools in {place}"
    return (
        *asked,
        Organisation(
            id_of("council schools"),
            schools,
            short(schools),
            OrganisationType.SCHOOL,
            OrganisationStatus.NOT_APPLICABLE,
            place,
            "#9A7AC9",
            "Not asked for: their budgets are in the councils’ education lines, and would be counted twice.",
            SOURCE,
        ),
    )
