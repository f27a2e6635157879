"""Councils, police, fire, waste and transport bodies of a place, as their budget return of 2016-17 prints them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from budget_model.contribute.first_map.sent import (
    RETURN,
    YEAR,
    Body,
    SentLine,
    Sheet,
    of_residents,
    organisation,
    services_of,
    sheet_name,
    total_of,
    whole,
)
from budget_model.money import NOTHING
from budget_model.place.england import Authority, BodyKind, England, LineService, ReturnLine
from budget_model.place.model import Funding
from budget_model.vocabulary import ControlSource, OrganisationType, Phase, Provenance

SERVICE_TOTAL: Final = "799"
WITHOUT_LINES: Final = ("601", "602", "698")
"""Totals of the return that have no lines under them."""
BENEFIT: Final = ("811", "812", "813")
RENTS, HOUSING_COST = "4015", "4035"
FUNDED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "council-tax": ("990",),
    "business-rates": ("970",),
    "revenue-support-grant": ("951",),
    "police-grant": ("956",),
    "grants-inside-aef": ("904",),
    "housing-benefit-subsidy": ("891",),
    "reserves": ("911", "914", "915", "916"),
    "other-income": ("886", "888", "980"),
}
"""Lines of the return that say where money comes from; all but the council tax are printed below zero."""
KINDS: Final = {
    BodyKind.POLICE: OrganisationType.POLICE,
    BodyKind.FIRE: OrganisationType.FIRE,
    BodyKind.WASTE: OrganisationType.OTHER,
    BodyKind.COMBINED: OrganisationType.OTHER,
    BodyKind.GREATER_LONDON: OrganisationType.COUNCIL,
}
MISSING_OF_COUNCIL: Final = "Its published budget until it sends its own. Not in it: capital, and interest and debt repayment outside services."
MISSING_OF_OTHERS: Final = (
    "Its published budget by a share of residents until it sends its own: ask for what is spent in the place."
)
Amounts = Mapping[str, ReturnLine]


def council_name(body: Authority) -> str:
    """What a council is called.

    >>> council_name(Authority("E3021", "", "Nottinghamshire", BodyKind.COUNTY, "", ""))
    'Nottinghamshire County Council'
    """
    if body.kind is BodyKind.COUNTY:
        return f"{body.name} County Council"
    if body.kind is BodyKind.LONDON_BOROUGH and body.name != "City of London":
        return f"{body.name} London Borough Council"
    return f"{body.name} Council"


def bodies_of(council: Authority, lists: England, returned: Sequence[ReturnLine]) -> tuple[Body, ...]:
    """Every body of the returns that serves a council's area: the council, its districts, and the rest by residents."""
    by_code: defaultdict[str, dict[str, ReturnLine]] = defaultdict(dict)
    for line in returned:
        by_code[line.ecode][line.line] = line
    services = services_of("return", lists.line_services)
    councils = (council, *lists.within(council.ecode))
    made = [_council(body, by_code[body.ecode], services, council.name) for body in councils]
    made += [
        _serving(body, by_code[body.ecode], services, (council, lists))
        for body in lists.serving(council.ecode)
    ]
    return tuple(body for body in made if body.sheets)


def _council(body: Authority, amounts: Amounts, services: Mapping[str, LineService], place: str) -> Body:
    name = council_name(body)
    known = organisation(name, OrganisationType.COUNCIL, body.name, MISSING_OF_COUNCIL, RETURN)
    share = whole(known.id, f"the council serves {body.name} alone, within {place}", grade=2, source=RETURN)
    return Body(known, share, tuple(_sheets(body, amounts, services)), tuple(_funding(known.id, amounts)))


def _serving(
    body: Authority, amounts: Amounts, services: Mapping[str, LineService], of: tuple[Authority, England]
) -> Body:
    council, lists = of
    served = lists.served_by(body.ecode)
    footprint = footprint_of(served, lists)
    known = organisation(body.name, KINDS[body.kind], footprint, MISSING_OF_OTHERS, RETURN)
    if served == (council.ecode,):
        share = whole(known.id, f"it serves {council.name} alone", grade=2, source=RETURN)
    else:
        residents = lists.residents
        everyone = sum(residents[code] for code in served)
        share = of_residents(known.id, residents[council.ecode], everyone, (council.name, footprint), 4)
    return Body(known, share, tuple(_sheets(body, amounts, services)), tuple(_funding(known.id, amounts)))


def footprint_of(served: Sequence[str], lists: England) -> str:
    """The areas that a body serves, by name where they are few."""
    names = [lists.authority(code).name for code in served]
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def _sheets(body: Authority, amounts: Amounts, services: Mapping[str, LineService]) -> Iterator[Sheet]:
    """The parts of a body's return: its services, its housing account and the housing benefit it pays."""
    lines = tuple(service_lines(amounts, services))
    if lines:
        yield _sheet(body, "revenue", "services", lines)
    spent = tuple(account_lines(amounts, HOUSING_COST, services))
    rents = tuple(account_lines(amounts, RENTS, services))
    if spent and rents:
        yield replace(_sheet(body, "housing revenue account", "housing account", spent), income=rents)
    benefit = tuple(lines_of([amounts[code] for code in BENEFIT if code in amounts], services))
    if benefit:
        yield _sheet(body, "housing benefit", "housing benefit", benefit)


def _sheet(body: Authority, part: str, says: str, lines: tuple[SentLine, ...]) -> Sheet:
    return Sheet(
        sheet_name(f"{body.ecode} {says}"),
        part,
        f"{body.name}: {part} budget 2016-17",
        lines,
        f"{RETURN}: {body.name} ({body.ecode})",
        Phase.ORIGINAL_BUDGET,
        grade=2,
        provenance=Provenance.PUBLISHED,
        control=ControlSource.OUR_SUM if part == "housing benefit" else ControlSource.OWN,
    )


def service_lines(amounts: Amounts, services: Mapping[str, LineService]) -> Iterator[SentLine]:
    """The lines of the service budget, with what the return's own totals differ by from the lines under them.

    They make the total service expenditure that the return prints.
    """
    section: list[ReturnLine] = []
    made = NOTHING
    for line in amounts.values():
        if line.line == SERVICE_TOTAL:
            break
        section.append(line)
        if line.name.startswith("TOTAL"):
            lines = tuple(_section_lines(section, services))
            made += total_of(lines)
            yield from lines
            section = []
    rounding = printed(amounts, SERVICE_TOTAL) - made
    if rounding:
        yield _rounding(amounts[SERVICE_TOTAL], rounding, services["698"])


def _section_lines(section: Sequence[ReturnLine], services: Mapping[str, LineService]) -> Iterator[SentLine]:
    """The lines of one section, the last of which is its total; a total without lines is a line itself."""
    *under, total = section
    if total.line in WITHOUT_LINES:
        yield from lines_of([total], services)
        return
    lines = tuple(lines_of(under, services))
    yield from lines
    rounding = total.pounds - total_of(lines)
    if rounding:
        largest = max(lines, key=lambda line: abs(line.pounds), default=None)
        yield _rounding(total, rounding, largest.service if largest else services["698"])


def _rounding(total: ReturnLine, pounds: Decimal, service: LineService) -> SentLine:
    return SentLine(f"{total.line}R", "Rounding in the published return", pounds, service, total.section)


def lines_of(lines: Iterable[ReturnLine], services: Mapping[str, LineService]) -> Iterator[SentLine]:
    """Lines of the return that are not nought, each with its service."""
    for line in lines:
        if line.pounds:
            name = line.name.removeprefix("TOTAL ").capitalize() if line.line in WITHOUT_LINES else line.name
            yield SentLine(line.line, name, line.pounds, services[line.line], line.section)


def account_lines(amounts: Amounts, total: str, services: Mapping[str, LineService]) -> Iterator[SentLine]:
    """The lines of one side of the housing account, of which `total` is the printed total."""
    under = [line for code, line in amounts.items() if code.isdigit() and _is_under(int(code), int(total))]
    lines = tuple(lines_of(under, services))
    yield from lines
    rounding = printed(amounts, total) - total_of(lines)
    if rounding and lines:
        yield _rounding(amounts[total], rounding, lines[0].service)


def _is_under(code: int, total: int) -> bool:
    first = 4001 if total == int(RENTS) else 4021
    return first <= code < total


def printed(amounts: Amounts, code: str) -> Decimal:
    """What the return prints on a line; nothing where it prints no figure."""
    return amounts[code].pounds if code in amounts else NOTHING


def _funding(body: str, amounts: Amounts) -> Iterator[Funding]:
    """Where the body's money comes from, as the return prints it."""
    for stream, codes in FUNDED_BY.items():
        for code in codes:
            pounds = printed(amounts, code) * (1 if stream == "council-tax" else -1)
            if pounds:
                yield Funding(body, stream, YEAR, pounds, f"line {code}", RETURN)
    if printed(amounts, RENTS):
        yield Funding(body, "rents", YEAR, printed(amounts, RENTS), f"line {RENTS}", RETURN)
