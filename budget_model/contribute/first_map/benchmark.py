"""How each part of a region's published spending meets the first map; together they make all of it."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final

from budget_model.contribute.first_map.centre import LOCAL, is_counted
from budget_model.contribute.first_map.sent import ANALYSIS, YEAR, Body
from budget_model.money import NOTHING
from budget_model.place.england import RegionLine
from budget_model.place.model import Benchmark, BenchmarkPart, BenchmarkTreatment
from budget_model.vocabulary import OrganisationType, Switch

COVERED, GAP = BenchmarkTreatment.COVERED, BenchmarkTreatment.NOT_COVERED
SHARE: Final = "place-in-region"
STANDS_IN: Final = (
    "The bodies’ own budgets stand in: they differ by need, by what schools are the council’s, and by phase."
)
Named = Callable[[OrganisationType], tuple[str, ...]]


def benchmark_of(region: str, lines: Iterable[RegionLine]) -> Benchmark:
    """The region's identifiable spending, by the place's share of its residents."""
    total = sum((line.pounds for line in lines), NOTHING)
    source = f"HM Treasury, Country and Regional Analysis 2018: identifiable expenditure, {region}, {YEAR}, all rows"
    return Benchmark(region, YEAR, total, SHARE, source)


def benchmark_parts(lines: Sequence[RegionLine], bodies: Sequence[Body]) -> tuple[BenchmarkPart, ...]:
    """Each row of the analysis in the one part that it belongs to; a part without rows is left out."""
    pounds: dict[str, Decimal] = {}
    for line in lines:
        part = part_of(line)
        pounds[part] = pounds.get(part, NOTHING) + line.pounds

    def named(kind: OrganisationType) -> tuple[str, ...]:
        return tuple(body.id for body in bodies if body.organisation.type is kind)

    return tuple(_part(part, amount, named) for part, amount in pounds.items())


def part_of(line: RegionLine) -> str:
    """The part of the benchmark that a row of the analysis belongs to."""
    if is_counted(line):
        return "central"
    if line.department == LOCAL and line.sector == "PC":
        return "local-corporations"
    if line.sector != "LG":
        return "schools-grants"
    if line.sort == "CAP":
        return "local-capital"
    return LOCAL_PARTS.get(line.function.partition(" ")[0], "council-services")


LOCAL_PARTS: Final = {"3.1": "police", "3.2": "fire", "10.6": "housing-benefit"}
"""Current rows of local government that are no council services, by function."""


def _part(part: str, amount: Decimal, named: Named) -> BenchmarkPart:
    name, treatment, kind, parts, note = PARTS[part]
    covered_by = named(kind) if kind else ()
    if kind and not covered_by:  # where the council itself runs fire, or London's authority police and fire
        covered_by = named(OrganisationType.COUNCIL)
    return BenchmarkPart(
        part,
        name,
        amount,
        treatment,
        covered_by,
        parts,
        note,
        f"{ANALYSIS}: rows of this part",
        NEEDS.get(part, ()),
        HOLDS.get(part, ()),
    )


NEEDS: Final = {
    "schools-grants": (Switch.SCHOOLS,),
    "local-capital": (Switch.CAPITAL,),
    "local-corporations": (Switch.CAPITAL,),
}
"""Parts that are all of a kind of money that a scope can leave out."""
HOLDS: Final = {"council-services": (Switch.SCHOOLS,), "housing-benefit": (Switch.BENEFITS,)}
"""Parts in which such a kind is mixed with other money."""


PARTS: Final[dict[str, tuple[str, BenchmarkTreatment, OrganisationType | None, tuple[str, ...], str]]] = {
    "central": (
        "Central government and its corporations",
        BenchmarkTreatment.COUNTED,
        OrganisationType.CENTRAL_DEPARTMENT,
        (),
        "In the map as the region’s amount times the place’s share, less what reaches bodies on the map.",
    ),
    "schools-grants": (
        "Grants to councils’ schools",
        COVERED,
        OrganisationType.COUNCIL,
        ("revenue",),
        "In the councils’ education lines, which are before grants.",
    ),
    "council-services": (
        "Council services",
        COVERED,
        OrganisationType.COUNCIL,
        ("revenue", "housing revenue account"),
        STANDS_IN,
    ),
    "housing-benefit": (
        "Housing benefit and homelessness",
        COVERED,
        OrganisationType.COUNCIL,
        ("housing benefit",),
        "Paid by councils in England and in no department’s row; their own budgets stand in.",
    ),
    "police": (
        "Police bodies",
        COVERED,
        OrganisationType.POLICE,
        (),
        "The force’s own budget by residents stands in.",
    ),
    "fire": (
        "Fire bodies",
        COVERED,
        OrganisationType.FIRE,
        (),
        "The authority’s own budget by residents stands in.",
    ),
    "local-capital": (
        "Local government capital",
        GAP,
        None,
        (),
        "No capital programme of a council, police or fire body is on the map yet: ask for it.",
    ),
    "local-corporations": (
        "Capital of council housing and local corporations",
        GAP,
        None,
        (),
        "Mostly investment in council homes, which the housing revenue account pays for over time.",
    ),
}
"""What each part is called, how it meets the map, whose money stands in, in which parts of theirs, and what to say."""
