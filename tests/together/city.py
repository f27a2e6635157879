"""Small invented cities: a council, an NHS body, the police, a department and a college, in a few lines each."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from budget_model.place.model import (
    ClientGroup,
    Direction,
    FundingStream,
    Grade,
    LegalPower,
    Need,
    Organisation,
    Origin,
    Service,
    ServiceScope,
    Target,
    TargetService,
    Theme,
    ThemeKind,
)
from budget_model.together.facts import Facts
from budget_model.together.spend import JointSpend
from budget_model.vocabulary import (
    Discretion,
    Kind,
    LegalRoute,
    OrganisationStatus,
    OrganisationType,
    RingFence,
    Stage,
)
from tests.rules import weights

TODAY = date(2016, 4, 1)

BODIES = {
    "council": ("Anytown Council", OrganisationType.COUNCIL),
    "nhs": ("NHS Anytown", OrganisationType.NHS),
    "police": ("Anytown Police", OrganisationType.POLICE),
    "fire": ("Anytown Fire", OrganisationType.FIRE),
    "college": ("Anytown College", OrganisationType.COLLEGE),
    "department": ("Department for Pensions", OrganisationType.CENTRAL_DEPARTMENT),
    "schools-department": ("Department for Schools", OrganisationType.CENTRAL_DEPARTMENT),
}


def organisation(
    identity: str, name: str = "", kind: OrganisationType = OrganisationType.OTHER
) -> Organisation:
    return Organisation(
        identity,
        name or identity,
        name or identity,
        kind,
        OrganisationStatus.MAPPED,
        "Anytown",
        "#12436D",
        "",
        "",
    )


def service(
    identity: str,
    *,
    name: str = "",
    groups: Sequence[Any] = (),
    function: str = "",
    office: str = "",
    cofog: str = "10.1",
    stage: Any = Stage.TREATMENT,
) -> Service:
    return Service(
        id=identity,
        name=name or identity.replace("-", " ").capitalize(),
        group="",
        cofog_division=cofog.split(".")[0],
        cofog_group=cofog,
        client_groups=tuple(groups),
        legal_function=function,
        back_office_function=office,
        scope=ServiceScope.GENERAL,
        kind=Kind.REVENUE,
        stage=stage,
        discretion=Discretion.STATUTORY_WITH_LOCAL_CHOICE,
        ring_fence=RingFence.NONE,
        synonyms=(),
    )


def target(identity: str, name: str = "", **changes: Any) -> Target:
    values: dict[str, Any] = {
        "id": identity,
        "name": name or identity,
        "description": "",
        "unit": "%",
        "direction": Direction.HIGHER_IS_BETTER,
        "baseline": Decimal(50),
        "baseline_year": "2014-15",
        "target": Decimal(60),
        "target_year": "2018-19",
        "latest": Decimal(52),
        "latest_year": "2015-16",
        "forecast": Decimal(55),
        "lead": "council",
        "board": "healthy",
        "illustrative": True,
        "source": "",
    }
    return Target(**(values | changes))


def power(
    identity: str,
    level: int,
    *,
    between: Any = (tuple(OrganisationType), tuple(OrganisationType)),
    name: str = "",
    **changes: Any,
) -> LegalPower:
    values: dict[str, Any] = {
        "act_and_section": "",
        "jurisdiction": "England",
        "from_date": None,
        "to_date": None,
        "functions": (),
        "services_only": (),
        "services_excluded": (),
        "services_partly_excluded": (),
        "excluded": (),
        "route": LegalRoute.OWN_DECISION,
        "conditions": "",
        "sentence": "",
        "verified": True,
        "seen": "may join",
        "source": "statute",
    }
    one_side, other_side = between
    return LegalPower(
        id=identity,
        name=name or identity,
        kinds_a=tuple(one_side),
        kinds_b=tuple(other_side),
        max_level=level,
        **(values | changes),
    )


S75 = power(
    "s75",
    7,
    name="National Health Service Act 2006, section 75",
    between=((OrganisationType.COUNCIL,), (OrganisationType.NHS,)),
    functions=("adult social care", "health-related", "public health"),
)
GENERAL = power(
    "general",
    3,
    name="General powers of councils",
    between=((OrganisationType.COUNCIL,), tuple(OrganisationType)),
    verified=False,
    seen="",
)

SERVICES = (
    service(
        "learning-disability",
        name="Learning disability support",
        groups=["learning-disabilities"],
        function="adult social care",
    ),
    service(
        "learning-disability-health",
        name="Learning disability health care",
        groups=["learning-disabilities"],
        function="health-related",
        cofog="07.3",
    ),
    service("older-people-care", groups=["older-people"], function="adult social care", cofog="10.2"),
    service("primary-schools", groups=["children"], function="education", cofog="09.1"),
    service("housing-benefit", groups=["low-incomes"], function="benefits", cofog="10.6"),
    service("community-safety", groups=["victims"], function="general", cofog="03.1"),
    service("human-resources", groups=["staff"], function="general", office="HR", cofog="01.3"),
    service("payroll", groups=["staff"], function="general", office="HR", cofog="01.3"),
    service("roads", groups=["road-users"], function="transport", cofog="04.5"),
)

NEEDS = (
    Need(
        "living-at-home",
        "Learning disability",
        "Learning disability: living at home",
        ("learning-disability", "learning-disability-health", "nhs-care"),
        ("learning-disabilities",),
        Decimal("0.8"),
        "Both bodies look after the same adults.",
        "invented",
    ),
)

LINKS = (
    TargetService("independence", "learning-disability", 3),
    TargetService("independence", "learning-disability-health", 2),
    TargetService("independence", "older-people-care", 3),
    TargetService("safety", "community-safety", 3),
)


def facts(**changes: Any) -> Facts:
    values: dict[str, Any] = {
        "organisations": tuple(organisation(key, *body) for key, body in BODIES.items()),
        "services": SERVICES,
        "weights": weights(),
        "boards": (
            Theme("healthy", "Healthy City", "Healthy", ThemeKind.DELIVERY_BOARD, "#12436D", "", ""),
            Theme("safer", "Safer City", "Safer", ThemeKind.DELIVERY_BOARD, "#801650", "", ""),
        ),
        "client_groups": (
            ClientGroup("learning-disabilities", "People with learning disabilities", ""),
            ClientGroup("older-people", "Older people", ""),
        ),
        "funding_streams": (
            FundingStream(
                "dsg", "Dedicated Schools Grant", "DSG", Origin.GRANT, RingFence.STATUTORY, "#000", "", ""
            ),
        ),
        "targets": (
            target("independence", "More people live independently", illustrative=False),
            target("safety", "Fewer people are hurt by crime", illustrative=False),
        ),
        "target_services": LINKS,
        "legal_powers": (S75, GENERAL),
        "needs": NEEDS,
        "grades": tuple(
            Grade(number, f"grade {number}", Decimal(band), Decimal(0))
            for number, band in enumerate(("0.01", "0.03", "0.07", "0.15", "0.25", "0.40"), start=1)
        ),
    }
    return Facts(**(values | changes))


def spend(body: str, what: str, amount: int, **changes: Any) -> JointSpend:
    """One body's money on one service, in whole pounds."""
    values: dict[str, Any] = {
        "organisation": body,
        "organisation_type": BODIES[body][1] if body in BODIES else OrganisationType.OTHER,
        "service": what,
        "board": "healthy",
        "amount": Decimal(amount).quantize(Decimal("0.01")),
        "discretion": Discretion.STATUTORY_WITH_LOCAL_CHOICE,
        "share": f"{body}-share",
    }
    return JointSpend(**(values | changes))


LEARNING_DISABILITY = (
    spend("council", "learning-disability", 8_700_000),
    spend("nhs", "learning-disability", 8_600_000),
)
