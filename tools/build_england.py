"""Write `data/reference/england` again from the published national files that it stands on.

For maintenance, run by hand; the product needs only what this writes. PUBLISHED is the folder of the published
files, which are not in this repository:

    python -m tools.build_england PUBLISHED

Every figure is copied; what is worked out (people between two censuses, which group serves which authority) says so.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from budget_model.place.england import Group, Neighbour, People, Provider, Serves
from tools.england_areas import (
    BODY_GROUPS,
    BODY_NAMES,
    COUNTED_THERE,
    GROUPS_OF,
    NO_PEOPLE,
    NOT_OF_A_COUNCIL,
    PARTS_OF_GROUPS,
    PROVIDER_AREAS,
    PROVIDER_TOWNS,
    REGIONS,
    SPLIT_2011,
)
from tools.write_workbooks import DEPARTMENTS

FOLDER = Path(__file__).resolve().parents[1] / "data" / "reference" / "england"
DERBY = FOLDER.parents[1] / "derby"
PENNY = Decimal("0.01")
Grid = list[list[Any]]


@dataclass(frozen=True)
class Return:
    """One published workbook of returns: its year, what stage of the money, its sheet and where its rows are."""

    year: str
    phase: str
    file: str
    sheet: str
    header: int
    codes: int | None


RETURNS = (
    Return(
        "2012-13",
        "outturn",
        "mhclg-rs-2012-13/Revenue_Outturn_Summary__RS__data_2012-13_by_LA__Revised__-_18-Feb-2014.xls",
        "RS LA Data 2012-13 (1)",
        5,
        None,
    ),
    Return(
        "2014-15",
        "outturn",
        "mhclg-rs-2014-15/Revenue_Outturn_Summary__RS__data_2014-15_by_LA_-_02-Feb-2016.xls",
        "RS LA Data 2014-15 (1)",
        5,
        None,
    ),
    Return(
        "2015-16",
        "outturn",
        "mhclg-rs-2015-16/RS_2015-16_data_by_LA_-_Revision.xlsx",
        "RS LA Data 2015-16",
        6,
        5,
    ),
    Return(
        "2016-17",
        "original budget",
        "mhclg-ra-2016-17/budgetaccounts1617.xlsx",
        "RA LA Data 2016-17",
        6,
        5,
    ),
    Return(
        "2017-18",
        "outturn",
        "mhclg-rs-2017-18/RS_2017-18_data_by_LA.xlsx",
        "RS LA Data 2017-18",
        6,
        5,
    ),
)
"""No return of 2013-14 is at hand."""

OUTTURN_TOTAL, BUDGET_TOTAL = "699", "799"


def grid_of(path: Path, sheet: str) -> Grid:
    """The cells of a sheet."""
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


def tidy(cell: object) -> str:
    """A printed name with single spaces and without its footnote letter."""
    text = re.sub(r"\s+", " ", str(cell)).strip()
    return re.sub(r" \([a-e]\)$", "", text)


def plain(text: str) -> str:
    """A name as two years print it alike.

    >>> plain("TOTAL SERVICE EXPENDITURE (total of lines 190 to 698)")
    'totalserviceexpenditure'
    """
    words = re.split(r"\(total of", text, flags=re.IGNORECASE)[0].lower().replace("&", "and")
    return re.sub(r"[^a-z]", "", words)


def code_text(cell: object) -> str:
    """A line's code as a whole number in text; empty where the cell holds none."""
    return str(round(cell)) if isinstance(cell, float) else str(cell).strip()


@dataclass(frozen=True)
class Printed:
    """One figure of a return."""

    year: str
    phase: str
    ecode: str
    line: str
    section: str
    name: str
    pounds: Decimal


@dataclass(frozen=True)
class Column:
    """One column of amounts: where it stands, and the line that it prints."""

    index: int
    line: str
    section: str
    name: str


def columns_of(grid: Grid, source: Return, known: dict[str, str]) -> list[Column]:
    """The columns of amounts; a code that is not printed is the one that another year prints of that name."""
    header = [tidy(cell) for cell in grid[source.header]]
    first = header.index("Class") + 1
    columns: list[Column] = []
    section = ""
    seen: set[str] = set()
    for index in range(first, len(header)):
        name = header[index]
        section = tidy(grid[source.header - (2 if source.codes else 1)][index]) or section
        if not name:
            continue
        line = code_text(grid[source.codes][index]) if source.codes else known.get(plain(name), plain(name))
        line = f"{line}-{plain(section)}" if line in seen else line
        seen.add(line)
        columns.append(Column(index, line, section, name))
    return columns


def printed_by(grid: Grid, source: Return, columns: Sequence[Column]) -> Iterator[Printed]:
    """Every figure that an authority's row prints; a cell without a number is no figure."""
    for row in grid[source.header + 1 :]:
        ecode = str(row[0]).strip()
        if not re.fullmatch(r"E\d{4}", ecode):
            continue
        for column in columns:
            cell = row[column.index]
            if isinstance(cell, (int, float)):
                pounds = (Decimal(str(cell)) * 1000).quantize(PENNY, rounding=ROUND_HALF_UP)
                yield Printed(
                    source.year, source.phase, ecode, column.line, column.section, column.name, pounds
                )


def all_returns(published: Path) -> list[Printed]:
    """Every figure of every return."""
    grids = {source.year: grid_of(published / source.file, source.sheet) for source in RETURNS}
    newest = RETURNS[-1]
    known = {plain(column.name): column.line for column in columns_of(grids[newest.year], newest, {})}
    figures: list[Printed] = []
    for source in RETURNS:
        columns = columns_of(grids[source.year], source, known)
        figures += printed_by(grids[source.year], source, columns)
    return figures


def write_parquet(path: Path, columns: dict[str, Any]) -> None:
    """A table as Parquet, its texts as a dictionary each."""
    pq.write_table(pa.table(columns), path, compression="zstd", compression_level=19)


def write_returns(published: Path) -> None:
    """All returns as one table."""
    figures = all_returns(published)
    texts = [name.name for name in fields(Printed)][:-1]
    columns: dict[str, Any] = {
        name: pa.array([getattr(figure, name) for figure in figures]).dictionary_encode() for name in texts
    }
    columns["pounds"] = pa.array([figure.pounds for figure in figures], pa.decimal128(16, 2))
    write_parquet(FOLDER / "returns.parquet", columns)


# --- authorities and people ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Authority:
    """One body of the returns of 2016-17."""

    ecode: str
    ons_code: str
    name: str
    kind: str
    """'L', 'MD', 'UA', 'SC', 'SD': the class of council; 'police', 'fire', 'waste', 'combined', 'park', 'gla'."""
    region: str
    county: str
    """Of a district: the e-code of its county council."""


def kind_of(ecode: str, printed: str) -> str:
    """The class of a council; of another body, what its code's first figures say it is."""
    if printed != "O":
        return printed
    starts = {"E61": "fire", "E62": "waste", "E63": "combined", "E64": "park", "E68": "park", "E70": "police"}
    return starts.get(ecode[:3], "gla")


def authorities(published: Path) -> list[Authority]:
    """The bodies of the budget return, with the codes and the regions that other years print."""
    codes = {row["ecode"]: row["ons_code"] for row in rows_of(published.parent / "reference" / LA_CODES)}
    older = grid_of(published / RETURNS[1].file, RETURNS[1].sheet)
    regions = {str(row[0]): REGIONS.get(str(row[3]).strip(), "") for row in older}
    older_codes = {str(row[0]): str(row[1]) for row in older}
    budget = grid_of(published / RETURNS[3].file, RETURNS[3].sheet)
    found = [row for row in budget if re.fullmatch(r"E\d{4}", str(row[0]).strip())]
    counties = {str(row[0])[:3]: str(row[0]) for row in found if row[3] == "SC"}
    return [
        Authority(
            ecode := str(row[0]).strip(),
            codes.get(ecode) or older_codes.get(ecode, ""),
            BODY_NAMES.get(ecode) or re.sub(r" UA$", "", tidy(row[1])),
            kind_of(ecode, str(row[3])),
            regions.get(ecode, ""),
            counties[ecode[:3]] if row[3] == "SD" else "",
        )
        for row in found
    ]


LA_CODES = "la_codes_england_2017-18.csv"


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# Days from the census of 27 March 2011 to mid-2016, of those to the census of 21 March 2021.
TO_MID_2016 = Decimal(1922) / Decimal(3647)
BETWEEN = "between the censuses of 2011 and 2021, on a straight line to 30 June 2016"


def at_mid_2016(before: int, after: int) -> int:
    """Residents at 30 June 2016 on the straight line between two censuses.

    >>> at_mid_2016(248752, 261000)
    255207
    """
    return round(before + (after - before) * TO_MID_2016)


def people(published: Path, bodies: Sequence[Authority]) -> list[People]:
    """The residents of each council's area; a district that ended before 2021 has none of its own."""
    census = rows_of(
        published.parent / "reference" / "england" / "population_census_2011_2021_by_district.csv"
    )
    by_code = {row["ons_code"]: (int(row["census_2011"]), int(row["census_2021"])) for row in census}
    by_county: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in census:
        by_county[row["county"]].append((int(row["census_2011"]), int(row["census_2021"])))
    found: list[People] = []
    for body in bodies:
        counted, basis = counted_of(body, by_code, by_county)
        if counted:
            found.append(People(body.ecode, *counted, at_mid_2016(*counted), basis))
    return found


def counted_of(
    body: Authority, by_code: dict[str, tuple[int, int]], by_county: dict[str, list[tuple[int, int]]]
) -> tuple[tuple[int, int] | None, str]:
    """A council's residents at both censuses, and how they were found."""
    if body.ecode in SPLIT_2011:
        parts = SPLIT_2011[body.ecode]
        before = sum(part.people_2011 for part in parts)
        after = sum(part.of_2021(*by_code[part.within]) for part in parts)
        return (before, after), f"{BETWEEN}; 2021 by the part of 2011 of the council that it became a part of"
    if body.kind == "SC":
        several = by_county.get(body.name, [])
        return (
            sum(before for before, _ in several),
            sum(after for _, after in several),
        ), f"{BETWEEN}; its districts"
    return by_code.get(body.ons_code), BETWEEN


# --- who serves whom -----------------------------------------------------------------------------------


def footprints(bodies: Sequence[Authority]) -> list[Serves]:
    """Which upper-tier councils' areas each police, fire, waste or transport body serves.

    The second and third figures of an e-code name the old county that a council stands in; the last two of a
    police or fire body's name the same, but for those that serve several.
    """
    upper = [body for body in bodies if body.kind in ("L", "MD", "UA", "SC")]
    found: list[Serves] = []
    for body in bodies:
        if body.kind in ("L", "MD", "UA", "SC", "SD") or body.ecode in NO_PEOPLE:
            continue
        wanted = BODY_GROUPS.get(body.ecode, (body.ecode[3:],))
        basis = "named by the body or its law" if body.ecode in BODY_GROUPS else "the county of its code"
        found += [
            Serves(body.ecode, council.ecode, basis)
            for council in upper
            if council.ecode[1:3] in wanted or council.ecode in wanted
        ]
    return found


def groups(published: Path) -> list[Group]:
    """The published allocations, in pounds; a row that repeats another's figures under a second name is left out."""
    found: dict[tuple[str, ...], Group] = {}
    for row in rows_of(published / "nhs-ccg-allocations" / "ccg_allocations.csv"):
        figures = (row["Final allocation"], row["Per capita allocation"], row["Final closing DfT"])
        amount, per_head, people = (int(figure) for figure in figures)
        found.setdefault(figures, Group(tidy(row["CCG"]), amount * 1000, per_head, people, ""))
    of_the_year = _groups_of_the_year(published)
    return [of_the_year.get(group.name, group) for group in found.values()]


def _groups_of_the_year(published: Path) -> dict[str, Group]:
    """The groups whose allocation of 2016-17 itself is at hand, with the residents behind it."""
    real = published.parent / "derby" / "real" / "nhs_allocations_and_trusts.csv"
    return {
        row["organisation"]: Group(
            row["organisation"],
            int(row["value"]),
            round(int(row["value"]) / int(row["population"])),
            int(row["population"]),
            "2016-17",
        )
        for row in rows_of(real)
        if row["year"] == "2016-17" and row["measure"].startswith("Final allocation") and row["ccg_code"]
    }


@dataclass(frozen=True)
class GroupServes:
    """How many of the people that a group's allocation counts live in one council's area."""

    group: str
    council: str
    people: int
    whole: str
    basis: str


def group_footprints(
    found: Sequence[Group], bodies: Sequence[Authority], residents: dict[str, int]
) -> list[GroupServes]:
    """Each group's people by council: its own where it serves one, residents of the smaller and the rest where several."""
    councils = {body.name: body.ecode for body in bodies if body.kind in ("L", "MD", "UA", "SC")}
    serving: defaultdict[str, list[str]] = defaultdict(list)
    for council, several in GROUPS_OF.items():
        for name in several:
            serving[name].append(councils[council])
    made: list[GroupServes] = []
    for group in found:
        made += shared_by(group, serving[group.name.removeprefix("NHS ").removesuffix(" CCG")], residents)
    return made


def shared_by(group: Group, serving: Sequence[str], residents: dict[str, int]) -> Iterator[GroupServes]:
    """A group's people by council; the council named last has those who are left."""
    short = group.name.removeprefix("NHS ").removesuffix(" CCG")
    if not serving:
        message = f"No council is named for {group.name}."
        raise ValueError(message)
    left = group.people
    for ecode in serving[:-1]:
        part, judged = _part_of(short, ecode, residents)
        yield GroupServes(group.name, ecode, part, "no", judged)
        left -= part
    whole = len(serving) == 1
    yield GroupServes(
        group.name,
        serving[-1],
        left,
        "yes" if whole else "no",
        "all its people" if whole else "those who are left",
    )


def _part_of(short: str, ecode: str, residents: dict[str, int]) -> tuple[int, str]:
    """A group's people in one council's area, and on what that stands."""
    if (short, ecode) in COUNTED_THERE:
        return COUNTED_THERE[short, ecode], "the council’s residents, mid-2016 estimate"
    if (short, ecode) in PARTS_OF_GROUPS:
        return PARTS_OF_GROUPS[short, ecode], "a judgement of the group’s part there"
    return residents[ecode], "the council’s residents"


# --- providers and departments -------------------------------------------------------------------------


def providers(published: Path, bodies: Sequence[Authority]) -> list[Provider]:
    """The published 16 to 19 allocations, with the council in whose area each provider stands."""
    councils = {plain(body.name): body.ecode for body in bodies if body.kind in ("L", "MD", "UA", "SC")}
    made: list[Provider] = []
    for row in rows_of(published / "esfa-16-19-allocations" / "FE-Allocations-2019-2020.csv"):
        area = PROVIDER_TOWNS.get(tidy(row["Institution Name"]), tidy(row["Local Authority (LA)"]))
        if area in NOT_OF_A_COUNCIL:
            continue
        council = councils[plain(PROVIDER_AREAS.get(area, area))]
        amount = int(row["Total Funding Allocation (£)"].replace(",", "") or 0)
        made.append(Provider(council, tidy(row["Institution Name"]), row["Category"], row["UKPRN"], amount))
    return made


SCHEMES = {
    ("Children's services statistical neighbours (NFER/DfE)", "2021"): (
        "dfe-2021",
        "children’s services statistical neighbours of 2021",
    ),
    ("Children's services statistical neighbours (NFER/DfE)", "2025"): (
        "dfe-2025",
        "children’s services statistical neighbours of 2025",
    ),
    ("Oflog nearest neighbours (CIPFA model, by Oflog)", "2024"): (
        "oflog-2024",
        "Oflog nearest neighbours of 2024",
    ),
}


def neighbours(published: Path, bodies: Sequence[Authority]) -> list[Neighbour]:
    """The published statistical neighbours that are at hand: Derby's alone."""
    councils = {plain(body.name): body.ecode for body in bodies if body.kind in ("L", "MD", "UA", "SC")}
    found: list[Neighbour] = []
    for row in rows_of(published.parent / "derby" / "real" / "statistical_neighbours.csv"):
        scheme, name = SCHEMES[row["scheme"], row["version"]]
        other = councils[plain(row["neighbour"].replace(", City of", ""))]
        found.append(Neighbour("E1001", scheme, name, row["rank"], other, row["source"]))
    return found


YEARS = ("2013-14", "2014-15", "2015-16", "2016-17", "2017-18")


def write_analysis(published: Path) -> None:
    """Every row of the Treasury's regional analysis, its five years in pounds, with the row that it is printed on."""
    grid = grid_of(
        published / "hmt-cra-2018" / "CRA_2018_Database_for_Publication_rvsd.xlsx", "CRA 2018 database"
    )
    at = {str(name): index for index, name in enumerate(grid[0])}
    named = {
        "department": "Department Name",
        "body": "Organisation Name",
        "segment": "CRA Segment Code",
        "segment_name": "CRA Segment Name",
        "division": "COFOG Level 0",
        "function": "COFOG Level 1",
        "sort": "CAP or CUR",
        "sector": "CG, LG, PC, BOE",
        "region": "NUTS Region",
    }
    columns: dict[str, Any] = {"row": pa.array(range(2, len(grid) + 1), pa.int32())}
    for name, printed in named.items():
        texts = [tidy(row[at[printed]]) for row in grid[1:]]
        if name == "region":
            texts = [region_name(text) for text in texts]
        columns[name] = pa.array(texts).dictionary_encode()
    for year in YEARS:
        columns[year] = pa.array([round((row[at[year]] or 0) * 1000) for row in grid[1:]], pa.int64())
    write_parquet(FOLDER / "regional_analysis.parquet", columns)


def region_name(text: str) -> str:
    """A region as the census names it.

    >>> region_name("ENGLAND_Yorkshire and the Humber"), region_name("ENGLAND_East"), region_name("WALES")
    ('Yorkshire and The Humber', 'East of England', 'Wales')
    """
    name = text.removeprefix("ENGLAND_").replace("and the", "and The")
    names = {"East": "East of England", "OUTSIDE UK": "Outside the UK", "NON-REGIONAL": "No region"}
    return names.get(name, name.title() if name.isupper() else name)


# --- services of lines ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class LineService:
    """What a published line pays for, as the worked example's mapping has it or its likes have."""

    source: str
    line_code: str
    service: str
    basis: str
    funding_stream: str = ""
    ring_fence: str = ""
    nature: str = ""
    kind: str = ""
    discretion: str = ""
    stage: str = ""


HOUSING = (
    ("4008", "council-housing-rents"),
    ("4011", "council-housing-rents"),
    ("4029", "council-housing-investment"),
)
"""Lines of the housing account that neither the worked example nor the list of return lines has."""
AS_EXAMPLE = "the worked example’s mapping"
EXAMPLE_BODIES = ("derby-city-council", "derbyshire-police", "derbyshire-fire")


def as_mapped(source: str, code: str, row: dict[str, str], basis: str) -> LineService:
    """A line mapped as a row of the worked example's mappings is."""
    rest = {field.name: row[field.name] for field in fields(LineService)[4:]}
    return LineService(source, code, row["service"], basis, **rest)


OTHER_YEARS = "other years"
"""How the source of a mapping ends that is for lines of the example's other years alone: sums, split as 2016-17."""


def line_services() -> list[LineService]:
    """The service of every line of the return and of every segment of the analysis."""
    mapped = [row for row in rows_of(DERBY / "mappings.csv") if not row["source"].endswith(OTHER_YEARS)]
    returned = {row["line_code"]: row for row in mapped if row["organisation"] in EXAMPLE_BODIES}
    made = [as_mapped("return", code, row, AS_EXAMPLE) for code, row in returned.items() if code]
    made += [
        LineService("return", row["line_code"], row["service"], "the list of return lines")
        for row in rows_of(FOLDER.parents[1] / "mapping" / "revenue_account_codes.csv")
        if row["return"] == "RA" and row["line_code"] not in returned
    ]
    made += [
        LineService("return", code, service, "its side of the housing account") for code, service in HOUSING
    ]
    return made + segment_services({row["line_code"]: row for row in mapped})


Analysis = list[dict[str, Any]]
Likes = dict[tuple[str, str, str], list[str]]


def segment_services(known: dict[str, dict[str, str]]) -> list[LineService]:
    """The service of every segment of England's regions: the example's, or that of most lines of its like.

    Lines are alike that a department spends on the same function, both current or both capital; where it has none, any
    department's.
    """
    table: Analysis = pq.read_table(FOLDER / "regional_analysis.parquet").to_pylist()
    analysis = [row for row in table if row["region"] in REGIONS.values() and row["sector"] != "LG"]
    likes = likes_of(analysis, known)
    made: dict[str, LineService] = {}
    for row in analysis:
        code = row["segment"]
        alike = (
            likes[row["department"], row["function"], row["sort"]] or likes["", row["function"], row["sort"]]
        )
        if code in known:
            made[code] = as_mapped("analysis", code, known[code], AS_EXAMPLE)
        elif alike:
            like = known[max(sorted(set(alike)), key=alike.count)]
            made[code] = as_mapped("analysis", code, like, f"as most lines on {row['function']}")
    return list(made.values())


def likes_of(analysis: Analysis, known: dict[str, dict[str, str]]) -> Likes:
    """The mapped segments of each department, function and sort, and of each function and sort in any department."""
    likes: Likes = defaultdict(list)
    for row in analysis:
        if row["segment"] in known:
            likes[row["department"], row["function"], row["sort"]].append(row["segment"])
            likes["", row["function"], row["sort"]].append(row["segment"])
    return likes


# --- departments, and what a place starts with ---------------------------------------------------------


@dataclass(frozen=True)
class Department:
    """A central body of the map, and the departments of the analysis that it stands for."""

    id: str
    name: str
    short_name: str
    colour: str
    departments: str
    """Several separated by semicolons; empty for the one that stands for all the rest."""
    asks: str
    """What it holds, and what to ask it for."""


ASKS = {
    "department-for-work-and-pensions": "Housing benefit is not in it: in England councils pay it, and their own "
    "figures are used. Ask for benefit spending by local authority.",
    "department-of-health-and-social-care": "Holds what NHS trusts and NHS England spend; what reaches the "
    "commissioning groups is taken out as a transfer. Ask the trusts and NHS England for the place’s figures.",
    "hm-revenue-and-customs": "Tax credits, child benefit and reliefs paid out. Ask for child benefit and tax "
    "credit payments by local authority.",
    "department-for-education": "Academies, skills and higher education; what reaches colleges and academies’ sixth "
    "forms is taken out as a transfer. Grants to councils’ schools are left out: they are in the councils’ lines.",
    "ministry-of-justice": "Prisons, courts, legal aid and probation. Ask for the place’s courts and probation.",
    "department-for-transport": "Ask for spending on roads and railways within the place.",
    "department-for-business-energy-and-industrial-strategy": "Research money follows institutions, not people: a "
    "population share is rough. Ask the research councils for awards by place.",
    "department-for-environment-food-and-rural-affairs": "Mostly farm support: a population share is too high for a "
    "city and too low for the country. Ask for payments by postcode.",
    "department-for-digital-culture-media-and-sport": "Lottery and arts bodies included. Ask the Arts Council, Sport "
    "England and the lottery funds for grants in the place.",
    "ministry-of-housing-communities-and-local-government": "Its own spending and that of Homes England; grants to "
    "councils are in the councils’ figures. Ask Homes England for schemes in the place.",
    "home-office": "Its own spending; police grant is in the police’s figures.",
    "public-service-pension-schemes": "Pensions paid less contributions, so that a scheme can be below nought. Ask "
    "the schemes for payments by place.",
    "other-central-departments": "Departments and regulators that spend less in the region than those named.",
}


def departments() -> list[Department]:
    """The central bodies of the worked example."""
    known = {row["id"]: row for row in rows_of(DERBY / "organisations.csv")}
    return [
        Department(
            department.id,
            department.name,
            known[department.id]["short_name"],
            known[department.id]["colour"],
            ";".join(department.departments),
            ASKS[department.id],
        )
        for department in DEPARTMENTS
    ]


START = FOLDER.parent / "start"
STARTS_FROM = (
    "A scheme to start from: boards as in Derby City Partnership’s review of role and structures (2006)"
)
BOARDS = {
    "city-growth": ("growth", "Growth"),
    "healthy-city": ("health", "Health"),
    "city-of-learning": ("learning", "Learning"),
    "city-centre": ("town-centres", "Town centres"),
    "children-and-young-people": ("children-and-young-people", "Children and young people"),
    "safer-stronger-cleaner-greener": ("safer-stronger-cleaner-greener", "Safer, stronger, cleaner, greener"),
}
"""What a board of the city is called where the place may be a county."""
SHORTER = {"City Growth": "Growth", "City centre": "Centres", "Healthy City": "Health"}


def write_start() -> None:
    """The boards, their services and the funding streams that a place has until it gives its own."""
    START.mkdir(exist_ok=True)
    streams = rows_of(DERBY / "funding_streams.csv")
    (FOLDER / "funding_streams.csv").write_bytes((DERBY / "funding_streams.csv").read_bytes())
    for row in streams:
        row["paid_by"] = ""  # the departments may be called otherwise, or not be on the list at all
    write_rows("funding_streams", streams)
    themes = rows_of(DERBY / "themes.csv")
    for row in themes:
        row["id"], row["name"] = BOARDS.get(row["id"], (row["id"], row["name"]))
        row["short_name"] = SHORTER.get(row["short_name"], row["short_name"])
        row["description"] = in_any_place(row["description"])
        row["source"] = STARTS_FROM
    write_rows("themes", themes)
    belonging = rows_of(DERBY / "service_themes.csv")
    for row in belonging:
        row["theme"] = BOARDS.get(row["theme"], (row["theme"],))[0]
    write_rows("service_themes", belonging)


def in_any_place(words: str) -> str:
    """What a board's description says of the city, as any place may say it.

    >>> in_any_place("The city growth strategy")
    'The growth strategy'
    """
    named = words.replace("The city centre as a driver", "Town centres as drivers").replace(
        "The city growth", "The growth"
    )
    return named.replace("the city", "the place")


def write_rows(name: str, rows: list[dict[str, str]]) -> None:
    """Rows as a list that a place starts with."""
    with (START / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_csv(name: str, rows: Iterable[Any]) -> None:
    """Values of one kind as CSV, a column for each field."""
    found = list(rows)
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(found[0])])
        writer.writerows(astuple(row) for row in found)


def write_all(published: Path) -> None:
    """Write every file of the folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_returns(published)
    write_analysis(published)
    bodies = authorities(published)
    residents = people(published, bodies)
    mid = {row.ecode: row.mid_2016 for row in residents}
    found = groups(published)
    write_csv("authorities", bodies)
    write_csv("people", residents)
    write_csv("footprints", footprints(bodies))
    write_csv("commissioning_groups", found)
    write_csv("group_footprints", group_footprints(found, bodies, mid))
    write_csv("providers_16_19", providers(published, bodies))
    write_csv("line_services", line_services())
    write_csv("departments", departments())
    write_csv("statistical_neighbours", neighbours(published, bodies))
    write_start()


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
