"""Riverton: a small city that an officer can check in the head, and a crowded one to overflow a page with.

Amounts are whole thousands of pounds. The council pays 40 of its adults' money to the health body, whose
books show it too; the police share of the city is 25%; one police line has no service yet.
"""

import hashlib
import io
from decimal import Decimal
from pathlib import Path

import openpyxl

from budget_model.contribute.submission import BudgetLine, ServiceShare, Submission
from budget_model.place import model
from budget_model.place.model import (
    Benchmark,
    BenchmarkPart,
    BenchmarkTreatment,
    ClientGroup,
    CofogCode,
    Deflator,
    Funding,
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
    Term,
    Theme,
    ThemeKind,
    Transfer,
    UnknownTransfer,
)
from budget_model.store.mapped import map_year
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.store.submissions import keep
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
from tests.towns import receive

YEAR = "2016-17"
THOUSAND = Decimal(1000)
COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")

ORGANISATIONS = (
    ("council", "Riverton City Council", "City Council", OrganisationType.COUNCIL, OrganisationStatus.MAPPED),
    (
        "health",
        "Southern Vale Clinical Commissioning Group",
        "Vale CCG",
        OrganisationType.NHS,
        OrganisationStatus.MAPPED,
    ),
    ("police", "Valeshire Police", "Police", OrganisationType.POLICE, OrganisationStatus.MAPPED),
    (
        "work-pensions",
        "Department for Work and Pensions",
        "DWP",
        OrganisationType.CENTRAL_DEPARTMENT,
        OrganisationStatus.MAPPED,
    ),
    (
        "hospital",
        "Riverton Teaching Hospitals NHS Foundation Trust",
        "Hospital trust",
        OrganisationType.NHS,
        OrganisationStatus.AWAITED,
    ),
)

BOARDS = (
    ("safer", "Safer, Stronger, Cleaner, Greener City", "Safer and greener", "#12436D"),
    ("children", "City for Children and Young People", "Children", "#28A197"),
    ("growth", "City Growth", "Growth", "#801650"),
    ("healthy", "Healthy City", "Healthy", "#F46A25"),
    ("learning", "City of Learning", "Learning", "#A285D1"),
)
CROSS_CUTTING = (("culture", "Culture", "Culture"), ("city-centre", "City centre", "City centre"))

SERVICES = (
    (
        "schools",
        "Schools",
        "Education",
        "09",
        "09.1",
        "children",
        ServiceScope.SCHOOLS,
        Kind.REVENUE,
        "learning",
    ),
    (
        "older-people",
        "Social care for older people",
        "Adult social care",
        "10",
        "10.2",
        "older people",
        ServiceScope.GENERAL,
        Kind.REVENUE,
        "healthy",
    ),
    (
        "hospital-care",
        "Hospital care",
        "Health",
        "07",
        "07.3",
        "everyone",
        ServiceScope.GENERAL,
        Kind.REVENUE,
        "healthy",
    ),
    (
        "community-health",
        "Community health",
        "Health",
        "07",
        "07.4",
        "everyone",
        ServiceScope.GENERAL,
        Kind.REVENUE,
        "healthy",
    ),
    (
        "policing",
        "Neighbourhood policing",
        "Safety",
        "03",
        "03.1",
        "everyone",
        ServiceScope.GENERAL,
        Kind.REVENUE,
        "safer",
    ),
    (
        "waste",
        "Waste collection",
        "Environment",
        "05",
        "05.1",
        "everyone",
        ServiceScope.GENERAL,
        Kind.REVENUE,
        "safer",
    ),
    (
        "economy",
        "Economic development",
        "Economy",
        "04",
        "04.1",
        "businesses",
        ServiceScope.GENERAL,
        Kind.REVENUE,
        "growth",
    ),
    (
        "roads",
        "Roads and paths",
        "Transport",
        "04",
        "04.5",
        "everyone",
        ServiceScope.GENERAL,
        Kind.CAPITAL,
        "growth",
    ),
    (
        "council-housing",
        "Council housing",
        "Housing",
        "10",
        "10.6",
        "tenants",
        ServiceScope.HOUSING_REVENUE_ACCOUNT,
        Kind.REVENUE,
        "growth",
    ),
    (
        "pensions",
        "State pensions",
        "Benefits",
        "10",
        "10.2",
        "older people",
        ServiceScope.GENERAL,
        Kind.TRANSFER_TO_INDIVIDUALS,
        "healthy",
    ),
    (
        "young-people",
        "Support for young people",
        "Children",
        "10",
        "10.4",
        "children",
        ServiceScope.GENERAL,
        Kind.REVENUE,
        "children",
    ),
)
DIVISIONS = (
    ("03", "Public order and safety"),
    ("03.1", "Police services"),
    ("04", "Economic affairs"),
    ("04.1", "General economic affairs"),
    ("04.5", "Transport"),
    ("05", "Environment protection"),
    ("05.1", "Waste management"),
    ("07", "Health"),
    ("07.3", "Hospital services"),
    ("07.4", "Public health services"),
    ("09", "Education"),
    ("09.1", "Pre-primary and primary education"),
    ("10", "Social protection"),
    ("10.2", "Old age"),
    ("10.4", "Family and children"),
    ("10.6", "Housing"),
)

LINES = {
    "council": (
        ("Schools budget", "schools", 120_000, Side.EXPENDITURE, "Children"),
        ("Older people: care homes and home care", "older-people", 90_000, Side.EXPENDITURE, "Adults"),
        ("Youth and family support", "young-people", 30_000, Side.EXPENDITURE, "Children"),
        ("Waste collection", "waste", 20_000, Side.EXPENDITURE, "Environment"),
        ("Regeneration", "economy", 10_000, Side.EXPENDITURE, "Economy"),
        ("Highways schemes", "roads", 15_000, Side.EXPENDITURE, "Economy"),
        ("Fees and charges for waste", "waste", 5_000, Side.INCOME, "Environment"),
        ("Housing repairs and management", "council-housing", 50_000, Side.EXPENDITURE, "Housing account"),
        ("Rents", "council-housing", 52_000, Side.INCOME, "Housing account"),
    ),
    "health": (
        ("Acute contracts", "hospital-care", 200_000, Side.EXPENDITURE, "Commissioning"),
        ("Community contracts", "community-health", 60_000, Side.EXPENDITURE, "Commissioning"),
        ("Joint care for older people", "older-people", 40_000, Side.EXPENDITURE, "Joint working"),
    ),
    "police": (
        ("Local policing", "policing", 80_000, Side.EXPENDITURE, "Operations"),
        ("Regional projects", "", 8_000, Side.EXPENDITURE, "Other"),
    ),
    "work-pensions": (("State pension", "pensions", 300_000, Side.EXPENDITURE, "Benefits"),),
}
"""Each body's lines: what it says, the service, £000, the side and the heading above it."""


def place() -> Place:
    """All that is known of Riverton before any budget is loaded."""
    source = "Riverton's own accounts"
    return Place(
        id="riverton",
        name="Riverton",
        region="Vale region",
        ons_code="E06",
        default_year=YEAR,
        currency="GBP",
        basis="spend for residents",
        benchmark=Benchmark("Vale region", YEAR, Decimal(4_000_000_000), "riverton-of-region", source),
        benchmark_parts=(
            BenchmarkPart(
                "pensions",
                "State pensions",
                Decimal(1_200_000_000),
                BenchmarkTreatment.COUNTED,
                ("work-pensions",),
                (),
                "",
                source,
            ),
            BenchmarkPart(
                "health",
                "Health",
                Decimal(1_300_000_000),
                BenchmarkTreatment.COVERED,
                ("health",),
                (),
                "The commissioning group gives its own figure.",
                source,
            ),
            BenchmarkPart(
                "local",
                "Councils and police",
                Decimal(1_100_000_000),
                BenchmarkTreatment.COVERED,
                ("council", "police"),
                (),
                "",
                source,
            ),
            BenchmarkPart(
                "defence",
                "Nationwide bodies",
                Decimal(400_000_000),
                BenchmarkTreatment.NOT_COVERED,
                (),
                (),
                "Nobody in the city holds it.",
                source,
            ),
        ),
        plausibility=Plausibility(
            Decimal("0.75"),
            Decimal("1.25"),
            ("07", "09", "10"),
            Decimal("0.65"),
            Decimal("0.85"),
            Decimal(1000),
            Decimal("0.2"),
        ),
        organisations=tuple(
            Organisation(
                key,
                name,
                short,
                kind,
                status,
                "Riverton",
                COLOURS[number % len(COLOURS)],
                "Ask it for its figures." if status is OrganisationStatus.AWAITED else "",
                source,
            )
            for number, (key, name, short, kind, status) in enumerate(ORGANISATIONS)
        ),
        services=tuple(
            Service(
                key,
                name,
                group,
                division,
                cofog,
                (client,),
                "",
                "",
                scope,
                kind,
                Stage.UNIVERSAL,
                Discretion.STATUTORY_WITH_LOCAL_CHOICE,
                RingFence.NONE,
                (),
            )
            for key, name, group, division, cofog, client, scope, kind, _ in SERVICES
        ),
        themes=(
            *(
                Theme(key, name, short, ThemeKind.DELIVERY_BOARD, colour, f"{name}.", source)
                for key, name, short, colour in BOARDS
            ),
            *(
                Theme(key, name, short, ThemeKind.CROSS_CUTTING, "#3D3D3D", f"{name}.", source)
                for key, name, short in CROSS_CUTTING
            ),
        ),
        service_themes=(
            *(ServiceTheme(key, board, Decimal(1), None) for key, *_, board in SERVICES),
            ServiceTheme("economy", "city-centre", None, 2),
            ServiceTheme("young-people", "culture", None, 1),
        ),
        funding_streams=(
            FundingStream(
                "council-tax",
                "Council tax",
                "Council tax",
                Origin.LOCAL,
                RingFence.NONE,
                "#12436D",
                "",
                source,
            ),
            FundingStream(
                "schools-grant",
                "Dedicated Schools Grant",
                "Schools grant",
                Origin.GRANT,
                RingFence.STATUTORY,
                "#28A197",
                "",
                source,
            ),
            FundingStream(
                "nhs-allocation",
                "NHS allocation",
                "NHS allocation",
                Origin.GRANT,
                RingFence.NONE,
                "#F46A25",
                "",
                source,
            ),
        ),
        shares=(
            *(
                Share(
                    f"{key}-direct",
                    key,
                    YEAR,
                    ShareBasis.DIRECT,
                    Decimal(1),
                    "the city",
                    Decimal(1),
                    "the city",
                    2,
                    "",
                    source,
                )
                for key in ("council", "health", "work-pensions", "hospital")
            ),
            Share(
                "police-residents",
                "police",
                YEAR,
                ShareBasis.RESIDENT_POPULATION,
                Decimal(250),
                "residents of Riverton, thousand",
                Decimal(1000),
                "residents of the force area, thousand",
                4,
                "",
                source,
            ),
            Share(
                "riverton-of-region",
                "",
                YEAR,
                ShareBasis.RESIDENT_POPULATION,
                Decimal(250),
                "residents of Riverton, thousand",
                Decimal(1000),
                "residents of the region, thousand",
                5,
                "",
                source,
            ),
        ),
        populations=(Population("E06", "Riverton", 2016, 250_000, "mid-year estimate", source),),
        areas=(),
        transfers=(
            Transfer(
                "joint-care",
                YEAR,
                "council",
                "older-people",
                (),
                Decimal(40_000_000),
                "council-direct",
                "health",
                "older-people",
                Decimal(38_000_000),
                "health-direct",
                "Joint care",
                source,
                payer_provenance=Provenance.STATED,
                payee_provenance=Provenance.STATED,
            ),
        ),
        unknown_transfers=(
            UnknownTransfer(
                "council", "police", "Grants for community safety", "Ask the council's accountant."
            ),
        ),
        funding=(
            Funding("council", "council-tax", YEAR, Decimal(100_000_000), "Council tax", source),
            Funding("council", "schools-grant", YEAR, Decimal(120_000_000), "Schools grant", source),
            Funding("health", "nhs-allocation", YEAR, Decimal(300_000_000), "Allocation", source),
        ),
        targets=(),
        target_services=(),
        submissions=(),
        mappings=(),
        cofog=tuple(CofogCode(code, name, "") for code, name in DIVISIONS),
        client_groups=tuple(
            ClientGroup(name, name.capitalize(), "")
            for name in ("children", "older people", "everyone", "businesses", "tenants")
        ),
        grades=tuple(
            Grade(number, meaning, Decimal(band), Decimal(0))
            for number, meaning, band in (
                (1, "audited outturn", "0.01"),
                (2, "approved budget", "0.03"),
                (3, "body's own figure", "0.07"),
                (4, "population share", "0.15"),
                (5, "national ratio", "0.25"),
                (6, "judgement", "0.40"),
            )
        ),
        deflators=(
            Deflator("2016-17", Decimal(100), "published", source),
            Deflator("2017-18", Decimal(102), "published", source),
        ),
        legal_powers=(),
        back_office_rates=(),
        weights=weights(parts=(("materiality", Decimal(1)),), earned=((Decimal(75), 6),), rank_seed=1),
        glossary=(
            Term("Gross", "Before fees, charges and rents are taken off."),
            Term("Theme", "A delivery board's part of the place's business."),
        ),
    )


def workbook(name: str, lines: tuple[tuple[str, str, int, Side, str], ...]) -> bytes:
    """The workbook that a body would send: a title, headings, its lines and a printed total."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Budget"
    sheet.append([f"{name}: budget {YEAR}"])
    sheet.append(["£000"])
    sheet.append(["Heading", "Description", "Expenditure", "Income"])
    for description, _, thousands, side, heading in lines:
        spent = side is Side.EXPENDITURE
        sheet.append([heading, description, thousands if spent else None, None if spent else thousands])
    sheet.append(
        [
            "Total",
            None,
            sum(line[2] for line in lines if line[3] is Side.EXPENDITURE),
            sum(line[2] for line in lines if line[3] is Side.INCOME),
        ]
    )
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def submission(
    organisation: str, name: str, lines: tuple[tuple[str, str, int, Side, str], ...], grade: int, share: str
) -> tuple[Submission, bytes]:
    """A body's workbook as it is read."""
    data = workbook(name, lines)
    read = tuple(
        BudgetLine(
            "Budget",
            number,
            "C" if side is Side.EXPENDITURE else "D",
            description,
            thousands * THOUSAND,
            side,
            code=f"L{number}",
            headings=(heading,),
            measure=side.value.capitalize(),
            kind=next((found[7] for found in SERVICES if found[0] == service), Kind.REVENUE),
            services=(ServiceShare(service, Decimal(1)),) if service else (),
            mapped_by="finance officer",
            confidence=Decimal(1),
            reason="confirmed",
        )
        for number, (description, service, thousands, side, heading) in enumerate(lines, start=4)
    )
    net = sum((line.amount if line.side is Side.EXPENDITURE else -line.amount for line in read), Decimal(0))
    printed = net if organisation != "police" else net + 1000
    return (
        Submission(
            organisation,
            YEAR,
            Phase.ORIGINAL_BUDGET,
            "revenue",
            f"{organisation}.xlsx",
            hashlib.sha256(data).hexdigest(),
            read,
            share,
            grade,
            source=f"{name}, budget book",
            printed_total=printed,
            provenance=Provenance.ESTIMATED if grade >= 5 else Provenance.PUBLISHED,
        ),
        data,
    )


def build(path: Path) -> Path:
    """Riverton's store, with every budget approved. 893 million net for the city."""
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, place())
        for organisation, lines in LINES.items():
            name = next(one[1] for one in ORGANISATIONS if one[0] == organisation)
            share = "police-residents" if organisation == "police" else f"{organisation}-direct"
            grade = {"police": 4, "work-pensions": 5}.get(organisation, 2)
            receive(store, *submission(organisation, name, lines, grade, share), by="finance officer")
    return path


def build_crowded(path: Path, bodies: int = 60) -> Path:
    """A city of many bodies with long names, one of them at zero and one below it."""
    city = place()
    organisations = tuple(
        Organisation(
            f"body-{number:02}",
            f"Partnership {number + 1} for Community Wellbeing, Regeneration and Lifelong Learning",
            f"Partnership {number + 1}",
            OrganisationType.OTHER,
            OrganisationStatus.MAPPED,
            "Riverton",
            COLOURS[number % len(COLOURS)],
            "",
            "",
        )
        for number in range(bodies)
    )
    shares = tuple(
        Share(
            f"{body.id}-direct",
            body.id,
            YEAR,
            ShareBasis.DIRECT,
            Decimal(1),
            "the city",
            Decimal(1),
            "the city",
            2,
            "",
            "",
        )
        for body in organisations
    )
    changed = {field: getattr(city, field) for field in model.Place.__dataclass_fields__} | {
        "organisations": organisations,
        "shares": (*city.shares, *shares),
        "transfers": (),
        "unknown_transfers": (),
        "funding": (),
        "benchmark_parts": (),
    }
    with Store(path) as store, store.writing() as writer:
        keep_place(writer, model.Place(**changed))
        for number, body in enumerate(organisations):
            amount = 0 if number == bodies - 2 else (bodies - number) ** 2 * 20
            side = Side.INCOME if number == bodies - 1 else Side.EXPENDITURE
            service = SERVICES[number % len(SERVICES)][0]
            lines = ((f"{body.short_name}: {service}", service, amount, side, "All"),)
            sent, data = submission(body.id, body.name, lines, 2, f"{body.id}-direct")
            keep(writer, sent, data, by="officer", status=SubmissionStatus.APPROVED)
        map_year(writer, YEAR)
    return path
