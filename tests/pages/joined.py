"""A Riverton whose bodies meet: money on the same services, targets, and powers to join it up.

The council and the health body both pay for learning disability (20 and 15 million) and for older people
(30 and 5); the council and the police both for community safety (4 and 2); schools are ring-fenced.
"""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from budget_model.place.model import (
    BackOfficeRate,
    Direction,
    Funding,
    FundingStream,
    Origin,
    Service,
    ServiceTheme,
    Target,
    TargetService,
)
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.vocabulary import OrganisationType, RingFence, Side
from tests.pages import riverton
from tests.rules import weights
from tests.together.city import power
from tests.towns import receive

COUNCIL, NHS, POLICE = OrganisationType.COUNCIL, OrganisationType.NHS, OrganisationType.POLICE
POWERS = (
    power(
        "s75",
        7,
        name="National Health Service Act 2006, section 75",
        between=((COUNCIL,), (NHS,)),
        functions=("adult social care",),
        sentence="Pooled funds are open to them.",
        source="NHS Act 2006 s.75",
    ),
    power(
        "crime",
        3,
        name="Crime and Disorder Act 1998",
        between=((COUNCIL,), (POLICE,)),
        functions=("police",),
        sentence="Plan together.",
        verified=False,
        seen="",
        source="Crime and Disorder Act 1998",
    ),
)
FUNCTIONS = {
    "learning-disability": "adult social care",
    "older-people": "adult social care",
    "community-safety": "police",
}
PERSONNEL = BackOfficeRate(
    "HR", "Back office", Decimal(4), Decimal(18), Decimal("0.5"), Decimal("0.75"), Decimal(1), "invented"
)
LINES = {
    "council": (
        ("Schools budget", "schools", 120_000, Side.EXPENDITURE, "Children"),
        ("Learning disability: supported living", "learning-disability", 20_000, Side.EXPENDITURE, "Adults"),
        ("Older people: home care", "older-people", 30_000, Side.EXPENDITURE, "Adults"),
        ("Community safety team", "community-safety", 4_000, Side.EXPENDITURE, "Safety"),
        ("Waste collection", "waste", 20_000, Side.EXPENDITURE, "Environment"),
    ),
    "health": (
        ("Acute contracts", "hospital-care", 200_000, Side.EXPENDITURE, "Commissioning"),
        (
            "Learning disability: assessment and treatment",
            "learning-disability",
            15_000,
            Side.EXPENDITURE,
            "Joint",
        ),
        ("Older people: intermediate care", "older-people", 5_000, Side.EXPENDITURE, "Joint"),
    ),
    "police": (
        ("Local policing", "policing", 80_000, Side.EXPENDITURE, "Operations"),
        ("Safer neighbourhoods", "community-safety", 8_000, Side.EXPENDITURE, "Operations"),
    ),
}

OFFICES = {
    "council": (("Payroll", "personnel", 1_800, Side.EXPENDITURE, ""),),
    "health": (("Personnel", "personnel", 900, Side.EXPENDITURE, ""),),
}
"""What two bodies say that they spend on personnel."""
STREAMS = tuple(
    FundingStream(key, name, name, Origin.GRANT, RingFence.NONE, "#12436D", "", "invented")
    for key, name in (("general", "General grant"), ("safety", "Safety grant"))
)
FUNDING = tuple(
    Funding("council", stream, year, Decimal(amount), "", "invented")
    for stream, year, amount in (
        ("general", "2016-17", 900_000),
        ("general", "2015-16", 550_000),
        ("safety", "2016-17", 70_000),
    )
)
"""Two grants of the council's, of which one has no figure for the year before."""


def _target(key: str, name: str, latest: str, forecast: str, *, illustrative: bool = False) -> Target:
    return Target(
        key,
        name,
        "Share of those known to the council",
        "per cent",
        Direction.HIGHER_IS_BETTER,
        Decimal(70),
        "2014-15",
        Decimal(80),
        "2018-19",
        Decimal(latest),
        "2016-17",
        Decimal(forecast),
        "council",
        "healthy",
        illustrative=illustrative,
        source="invented",
    )


def place(**changes: Any) -> Any:
    """Riverton with services that its bodies share, two targets, and two powers."""
    city = riverton.place()
    plain = city.services[1]
    more = (
        replace(
            plain,
            id="learning-disability",
            name="Learning disability support",
            cofog_group="10.1",
            client_groups=("everyone",),
        ),
        replace(
            plain,
            id="community-safety",
            name="Community safety",
            cofog_division="03",
            cofog_group="03.1",
            client_groups=("everyone",),
        ),
        replace(plain, id="personnel", name="Personnel", back_office_function="HR"),
    )
    services: tuple[Service, ...] = tuple(
        replace(service, legal_function=FUNCTIONS.get(service.id, "general"))
        for service in (*city.services, *more)
    )
    return replace(
        city,
        services=services,
        service_themes=(
            *city.service_themes,
            ServiceTheme("learning-disability", "healthy", Decimal(1), None),
            ServiceTheme("community-safety", "safer", Decimal(1), None),
            ServiceTheme("personnel", "healthy", Decimal(1), None),
        ),
        back_office_rates=(PERSONNEL,),
        transfers=(),
        unknown_transfers=(),
        legal_powers=POWERS,
        weights=weights(materiality_threshold=Decimal(5_000_000), rank_draws=50),
        targets=(
            _target("at-home", "People living at home", "72", "75"),
            _target("safe", "People who feel safe", "81", "82", illustrative=True),
        ),
        target_services=(
            TargetService("at-home", "learning-disability", 3),
            TargetService("at-home", "older-people", 2),
            TargetService("safe", "community-safety", 3),
        ),
        **changes,
    )


def build(path: Path, bodies: tuple[str, ...] = ("council", "health", "police"), **changes: Any) -> Path:
    """The store of this Riverton, or of some of its bodies; `lines` replaces what they send."""
    sent = changes.pop("lines", LINES)
    fence = changes.pop("ring_fence", RingFence.NONE)
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, place(**changes))
        for body in bodies:
            name = next(organisation[1] for organisation in riverton.ORGANISATIONS if organisation[0] == body)
            share = "police-residents" if body == "police" else f"{body}-direct"
            whole, data = riverton.submission(body, name, sent[body], 4 if body == "police" else 2, share)
            whole = replace(whole, lines=tuple(replace(line, ring_fence=fence) for line in whole.lines))
            receive(store, whole, data, by="finance officer")
    return path
