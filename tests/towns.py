"""Small invented places for tests: a few bodies, services and lines that an officer can add up."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from budget_model.contribute.submission import BudgetLine, ServiceShare, Submission
from budget_model.place.model import (
    Benchmark,
    ClientGroup,
    CofogCode,
    FundingStream,
    Grade,
    Organisation,
    Origin,
    Place,
    Plausibility,
    Population,
    Service,
    ServiceScope,
    ServiceTheme,
    Share,
    Theme,
    ThemeKind,
    Transfer,
    TransferKind,
)
from budget_model.store.mapped import map_year
from budget_model.store.store import Store
from budget_model.store.submissions import keep_in_place
from budget_model.vocabulary import (
    Discretion,
    Kind,
    OrganisationStatus,
    OrganisationType,
    Phase,
    Provenance,
    RingFence,
    ShareBasis,
    Side,
    Stage,
    SubmissionStatus,
)
from tests.rules import weights

YEAR = "2016-17"

BODIES = (
    ("council", "Anytown Council", OrganisationType.COUNCIL),
    ("nhs", "Anytown NHS Commissioner", OrganisationType.NHS),
    ("police", "Shire Police", OrganisationType.POLICE),
    ("trust", "Anytown Hospital Trust", OrganisationType.NHS),
)

SERVICES = (
    ("care", "Adult social care", "10", "10.2", ("older people",), "adult social care", "", Kind.REVENUE),
    ("health", "Community health", "07", "07.2", ("older people",), "health-related", "", Kind.REVENUE),
    ("schools", "Primary schools", "09", "09.1", ("children",), "education", "schools", Kind.REVENUE),
    (
        "homes",
        "Council homes",
        "10",
        "10.6",
        ("tenants",),
        "housing",
        "housing revenue account",
        Kind.REVENUE,
    ),
    ("safety", "Neighbourhood policing", "03", "03.1", ("everyone",), "police", "", Kind.REVENUE),
    ("roads", "Roads", "04", "04.5", ("everyone",), "general", "", Kind.REVENUE),
)

BOARDS = {
    "care": {"healthy": "1"},
    "health": {"healthy": "0.7", "children": "0.3"},
    "schools": {"children": "1"},
    "homes": {"safer": "0.333333", "healthy": "0.666667"},
    "safety": {"safer": "1"},
    "roads": {"safer": "0.5", "children": "0.25", "healthy": "0.25"},
}


def organisation(
    key: str, name: str, kind: OrganisationType, status: OrganisationStatus = OrganisationStatus.MAPPED
) -> Organisation:
    return Organisation(key, name, name, kind, status, "Anytown", "#12436D", "", "invented")


def town(
    *, organisations: Any = None, transfers: Sequence[Any] = (), shares: Any = (), **changes: Any
) -> Place:
    """A place with four bodies, six services and three delivery boards."""
    parts = {
        "id": "anytown",
        "name": "Anytown",
        "region": "The Shires",
        "ons_code": "E1",
        "default_year": YEAR,
        "currency": "GBP",
        "basis": "spend for residents",
        "benchmark": Benchmark("The Shires", YEAR, Decimal(1000), "whole", "invented"),
        "benchmark_parts": (),
        "plausibility": Plausibility(
            Decimal("0.75"),
            Decimal("1.25"),
            ("07", "09", "10"),
            Decimal("0.65"),
            Decimal("0.85"),
            Decimal(1000),
            Decimal("0.2"),
        ),
        "organisations": organisations or tuple(organisation(*body) for body in BODIES),
        "services": tuple(
            Service(
                key,
                name,
                name,
                division,
                group,
                clients,
                function,
                "",
                ServiceScope(scope),
                kind,
                Stage.TREATMENT,
                Discretion.STATUTORY_WITH_LOCAL_CHOICE,
                RingFence.NONE,
                (),
            )
            for key, name, division, group, clients, function, scope, kind in SERVICES
        ),
        "themes": tuple(
            Theme(key, f"The {key} board", key, ThemeKind.DELIVERY_BOARD, "#28A197", "", "invented")
            for key in ("healthy", "children", "safer")
        ),
        "service_themes": tuple(
            ServiceTheme(service, board, Decimal(share), None)
            for service, boards in BOARDS.items()
            for board, share in boards.items()
        ),
        "funding_streams": (
            FundingStream("grant", "General grant", "Grant", Origin.GRANT, RingFence.NONE, "#12436D", "", ""),
        ),
        "shares": (
            Share("whole", "council", YEAR, ShareBasis.DIRECT, Decimal(1), "", Decimal(1), "", 2, "", ""),
            Share(
                "quarter",
                "police",
                YEAR,
                ShareBasis.RESIDENT_POPULATION,
                Decimal("248.9"),
                "Anytown residents, thousand",
                Decimal("1019.5"),
                "Shire residents, thousand",
                4,
                "",
                "",
            ),
            *shares,
        ),
        "populations": (Population("E1", "Anytown", 2016, 1000, "counted", "invented"),),
        "areas": (),
        "transfers": tuple(transfers),
        "unknown_transfers": (),
        "funding": (),
        "targets": (),
        "target_services": (),
        "submissions": (),
        "mappings": (),
        "cofog": tuple(
            CofogCode(code, f"COFOG {code}", "")
            for code in ("03", "03.1", "04", "04.5", "07", "07.2", "09", "09.1", "10", "10.2", "10.6")
        ),
        "client_groups": (
            ClientGroup("older people", "Older people", ""),
            ClientGroup("children", "Children", ""),
            ClientGroup("tenants", "Tenants", ""),
            ClientGroup("everyone", "Everyone", ""),
        ),
        "grades": tuple(
            Grade(number, f"grade {number}", Decimal(band), Decimal(0))
            for number, band in enumerate(("0.01", "0.03", "0.07", "0.15", "0.25", "0.40"), start=1)
        ),
        "deflators": (),
        "legal_powers": (),
        "back_office_rates": (),
        "weights": weights(),
        "glossary": (),
    }
    return Place(**{**parts, **changes})


def line(
    description: str,
    amount: Decimal | float | str,
    service: str | dict[str, str] | None = None,
    *,
    row: int = 1,
    side: Side = Side.EXPENDITURE,
    code: str | None = None,
    **more: Any,
) -> BudgetLine:
    """One line, mapped whole to one service, or to several by share, or to none."""
    services: tuple[ServiceShare, ...] = ()
    if isinstance(service, str):
        services = (ServiceShare(service, Decimal(1)),)
    elif service:
        services = tuple(ServiceShare(key, Decimal(share)) for key, share in service.items())
    return BudgetLine(
        "Budget", row, "B", description, Decimal(str(amount)), side=side, code=code, services=services, **more
    )


def submission(
    body: str,
    lines: list[BudgetLine],
    *,
    part: str = "revenue",
    phase: Any = Phase.ORIGINAL_BUDGET,
    share: str = "whole",
    grade: int = 2,
    year: Any = YEAR,
    **more: Any,
) -> Submission:
    """What one body sends; its file is told apart by what is in it."""
    kept = tuple(lines)
    more.setdefault("provenance", Provenance.ESTIMATED if grade >= 5 else Provenance.STATED)
    return Submission(
        body,
        year,
        phase,
        part,
        f"{body}.xlsx",
        more.pop("sha256", f"{body}-{part}-{phase}-{hash(kept)}"),
        kept,
        share,
        grade,
        **more,
    )


def transfer(
    key: str, payer: str, payee: str, amount: int, payee_amount: Any = None, **more: Any
) -> Transfer:
    """Money that one body pays another, all of it the place's."""
    return Transfer(
        key,
        more.pop("year", YEAR),
        payer,
        more.pop("payer_service", ""),
        more.pop("payer_lines", ()),
        Decimal(str(amount)),
        "whole",
        payee,
        more.pop("payee_service", ""),
        None if payee_amount is None else Decimal(str(payee_amount)),
        "whole",
        "a grant",
        "invented",
        more.pop("kind", TransferKind.PAYMENT),
    )


def receive(store: Store, sent: Submission, original: bytes, *, by: str) -> int:
    """Keep an approved submission and put it on the map; its number."""
    with store.writing() as writer:
        received = keep_in_place(writer, sent, original, by=by, status=SubmissionStatus.APPROVED)
        map_year(writer, sent.year)
    return received.submission
