"""Central departments' spending in a place: the region's, by the place's share of its residents."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from budget_model.contribute.first_map.sent import (
    ANALYSIS,
    YEAR,
    Body,
    SentLine,
    Sheet,
    of_residents,
    organisation,
    pays_for,
    services_of,
    sheet_name,
)
from budget_model.place.england import Authority, Department, England, LineService, RegionLine
from budget_model.place.model import Funding, Share
from budget_model.vocabulary import ControlSource, OrganisationType, Phase, Provenance

LOCAL: Final = "Local Government England"
PAID_THROUGH_COUNCILS: Final = ("S022A199", "S022A202")
"""Segments of the education department that are grants to councils' schools: in the councils' lines."""
TOP_DOWN: Final = (
    "Top-down: the department’s identifiable spending in {region} times the place’s share of its residents. "
)
UNKNOWN_SERVICE: Final = "national-government"


def is_counted(line: RegionLine) -> bool:
    """Whether a row of the analysis is in no body's own figure, so that it comes in from the top down."""
    if line.sector == "LG" or line.department == LOCAL:
        return False
    return not line.segment_name.startswith(PAID_THROUGH_COUNCILS)


def central_bodies(council: Authority, lists: England, region: Sequence[RegionLine]) -> Iterator[Body]:
    """The central bodies that spend in a council's region."""
    owners = {name: department for department in lists.departments for name in department.departments}
    rest = next(department for department in lists.departments if not department.departments)
    lines: defaultdict[str, list[RegionLine]] = defaultdict(list)
    for line in region:
        if is_counted(line):
            lines[owners.get(line.department, rest).id].append(line)
    services = services_of("analysis", lists.line_services)
    for department in lists.departments:
        if lines[department.id]:
            made = tuple(_line(line, services.get(line.segment)) for line in lines[department.id])
            yield _body(department, council, made, share_of_region(department.id, council, lists))


def share_of_region(body: str, council: Authority, lists: England) -> Share:
    """The part of a region's residents who live in the council's area; `body` is whose money is shared."""
    everyone = lists.region_residents(council.region)
    where = (council.name, council.region)
    share = of_residents(body, lists.residents[council.ecode], everyone, where, 5)
    return replace(share, id=f"{body}-in-region" if body else "place-in-region")


def _line(line: RegionLine, service: LineService | None) -> SentLine:
    name = segment_name(line.segment_name)
    return SentLine(
        line.segment,
        name,
        line.pounds,
        service or pays_for(UNKNOWN_SERVICE),
        line.function,
        f"CRA row {line.row}",
    )


def segment_name(text: str) -> str:
    """A segment's name without its code, its capitals put down.

    >>> segment_name("S032A044-STATE PENSION")
    'State pension'
    """
    name = text.partition("-")[2].strip() or text
    return name if name.upper() != name else name.capitalize()


def _body(department: Department, council: Authority, lines: tuple[SentLine, ...], share: Share) -> Body:
    note = TOP_DOWN.format(region=council.region) + department.asks
    known = organisation(
        department.name, OrganisationType.CENTRAL_DEPARTMENT, "United Kingdom or England", note, ANALYSIS
    )
    known = replace(known, id=department.id, short_name=department.short_name, colour=department.colour)
    sheet = Sheet(
        sheet_name(department.short_name),
        "identifiable spending in the region",
        f"{department.name}: identifiable expenditure in {council.region}, 2016-17 outturn",
        lines,
        f"{ANALYSIS}: sum of the rows, {council.region}, 2016-17",
        Phase.OUTTURN,
        grade=5,
        provenance=Provenance.PUBLISHED,
        control=ControlSource.OUR_SUM,
    )
    funding = Funding(known.id, "national-taxation", YEAR, sheet.total, f"rows of {council.region}", ANALYSIS)
    return Body(known, share, (sheet,), (funding,))
