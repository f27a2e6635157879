"""Write the worked example's other years from the published figures: workbooks, and the rows that load them.

2016-17 is written by `write_workbooks`. The other years stand on what ships in `data/reference/england` (councils'
outturn and the regional analysis) and on published files that do not (outturn and budgets of 2021-22 to 2024-25, NHS
allocations). For maintenance, by hand; PUBLISHED is the folder of those files:

    python -m tools.write_years PUBLISHED data/derby

In `submissions.csv`, `shares.csv`, `transfers.csv`, `mappings.csv` and `funding.csv` the rows of other years are written
anew; what stands there of 2016-17 is kept as it is.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from budget_model.place.england import RegionLine
from budget_model.store.england import regional, returned
from tools import write_workbooks as base
from tools.write_workbooks import Sheet, new_book

ENGLAND = Path(__file__).parents[1] / "data" / "reference" / "england"
DERBY = ENGLAND.parents[1] / "derby"
FIRST_MAP = "2016-17"
SEGMENT = "-TES_"
"""What every segment of the regional analysis has in its code: their mappings are classified by hand, and kept."""
OTHER_YEARS = "Project’s classification; other years"
SPLIT = "Project’s classification; split as Derby’s budget of 2016-17; other years"
COUNCIL, POLICE, FIRE = "derby-city-council", "derbyshire-police", "derbyshire-fire"
GROUP = "southern-derbyshire-ccg"
CODES = {COUNCIL: "E1001", POLICE: "E7010", FIRE: "E6110"}
NAMES = {
    COUNCIL: "Derby City Council",
    POLICE: "Derbyshire Police and Crime Commissioner and Chief Constable",
    FIRE: "Derbyshire Fire and Rescue Authority",
}
RETURNED = ("2014-15", "2015-16", "2017-18")
"""Years whose outturn of councils, police and fire ships with the product; 2013-14 is not at hand."""
ANALYSED = ("2013-14", "2014-15", "2015-16", "2017-18")
ANALYSED_IN = "Country and Regional Analysis 2018"
"""The one publication that every department's figure comes from, so that they err together."""
CURRENT = ("2021-22", "2022-23", "2023-24", "2024-25")
BUDGETED = ("2021-22", "2023-24")
OUTTURN = "Revenue Outturn Summary {year}, Department for Communities and Local Government"
NOW = "Revenue outturn {year} (RSX), Ministry of Housing, Communities and Local Government"
BUDGET = "Revenue Account budget {year}, Ministry of Housing, Communities and Local Government"
ALLOCATED = "Clinical commissioning group allocations {year}, NHS England"

Row = dict[str, str]


@dataclass(frozen=True)
class Line:
    """One line of a workbook: its code and words, and pounds."""

    code: str
    name: str
    pounds: Decimal


@dataclass
class Written:
    """The rows that load what was written, table by table."""

    submissions: list[Row] = field(default_factory=list)
    shares: list[Row] = field(default_factory=list)
    transfers: list[Row] = field(default_factory=list)
    mappings: list[Row] = field(default_factory=list)
    funding: list[Row] = field(default_factory=list)
    mapped: set[tuple[str, str, str]] = field(default_factory=set)
    """Lines whose mapping is known: those of the first map to begin with."""

    def map(
        self, organisation: str, line: Line, service: str, source: str = OTHER_YEARS, **said: str
    ) -> None:
        """What a line pays for; once for all years."""
        key = (organisation, line.code, line.name)
        if key not in self.mapped:
            self.mapped.add(key)
            row = {"organisation": organisation, "line_code": line.code, "description": line.name}
            self.mappings.append({**row, "service": service, "source": source, **said})


# --- the published files -------------------------------------------------------------------------------


def outturn_of(year: str, organisation: str) -> dict[str, Line]:
    """Every line of one body's outturn in the national returns that is not zero, by line code."""
    lines = returned([year], [CODES[organisation]])
    return {line.line: Line(line.line, base.tidy(line.name), line.pounds) for line in lines if line.pounds}


def region_in(year: str) -> list[RegionLine]:
    """The East Midlands' rows of the regional analysis that are not zero in a year."""
    return [row for row in regional("East Midlands", year) if row.pounds]


def real(shared: Path, file: str) -> list[Row]:
    """The rows of one of the published files about Derby."""
    with (shared / "derby" / "real" / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def current_rows(shared: Path, kind: str, year: str, organisation: str) -> list[Row]:
    """The rows of one return of 2021-22 to 2024-25 of one body."""
    return [
        row
        for row in real(shared, "council_police_fire_revenue_2021-25.csv")
        if (row["return"], row["year"], row["ecode"]) == (kind, year, CODES[organisation])
    ]


def thousands(text: str) -> Decimal:
    """Pounds of a figure that is printed in thousands."""
    return Decimal(text) * 1000


# --- what a summary line pays for ----------------------------------------------------------------------

SECTIONS = {
    "190": ("Education services", "Education Services"),
    "290": ("Highways and transport services", "Highways and Transport"),
    "330": ("Children's social care", "Children's Social Care"),
    "360": ("Adult social care", "Adult Social Care"),
    "390": ("Public health", "Public Health"),
    "490": ("Housing services", "Housing Services (General Fund Revenue Account [GFRA] only)"),
    "509": ("Cultural and related services", "Cultural and Related Services"),
    "590": ("Environmental and regulatory services", "Environmental and Regulatory Services"),
    "599": ("Planning and development services", "Planning and Development Services"),
    "690": ("Central services", "Central Services"),
}
"""The lines of a council's summary: what each is called, and its section in the budget of 2016-17."""
HOUSING_ACCOUNT = "Housing Revenue Account (HRA) Expenditure"
STREAMS = {"190": "grants-inside-aef", "390": "public-health-grant"}


def services_of(shared: Path, section: str) -> dict[str, Decimal]:
    """What each service has of a section of Derby's budget of 2016-17, lines below zero aside."""
    mapped = {row["line_code"]: row["service"] for row in kept(DERBY, "mappings", COUNCIL)}
    services: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in base.return_lines(shared, [section]):
        if line.pounds > 0 and line.code in mapped:
            services[mapped[line.code]] += line.pounds
    return dict(services)


def split(parts: Mapping[str, Decimal]) -> tuple[str, str]:
    """The largest service, and the others with their parts of the whole, as a mapping writes them."""
    whole = sum(parts.values())
    order = sorted(parts, key=lambda service: -parts[service])
    further = [(service, round(parts[service] / whole, 4)) for service in order[1:]]
    return order[0], "; ".join(f"{service} {part}" for service, part in further if part)


def map_summary(written: Written, shared: Path, line: Line, section: str, **said: str) -> None:
    """A summary line of the council pays for what its section does in the budget of 2016-17."""
    service, further = split(services_of(shared, section))
    said = {"funding_stream": STREAMS.get(line.code[:3], "local-funds"), **said}
    if further:
        written.map(COUNCIL, line, service, SPLIT, split=further, grade="3", **said)
    else:
        written.map(COUNCIL, line, service, **said)


def kept(folder: Path, table: str, organisation: str = "") -> list[Row]:
    """The rows of a table that are not written here: those of the first map."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        row
        for row in rows
        if row.get("year", FIRST_MAP) == FIRST_MAP
        and (row["source"] not in {OTHER_YEARS, SPLIT} or SEGMENT in row.get("line_code", ""))
        and (not organisation or row["organisation"] == organisation)
    ]


# --- submissions and shares ----------------------------------------------------------------------------


def sent(written: Written, organisation: str, year: str, **said: str) -> None:
    """A submission of another year; its id from its body, year, part and phase."""
    phase = said.get("phase", "outturn")
    part = said["part"].replace(" ", "-")
    ends = f"-{part}" * (said["part"] != REGIONAL) + "-budget" * (phase == "original budget")
    name = f"{organisation}-{year}{ends}"
    common = {"id": name, "organisation": organisation, "year": year, "phase": phase, "figures_year": ""}
    proof = {"provenance": "published", "control_source": "own total"}
    written.submissions.append({**common, **proof, **said})


def whole(written: Written, year: str) -> str:
    """The id of the council's share of a year: all of it."""
    name = f"council-whole-{year}"
    if all(row["id"] != name for row in written.shares):
        counts = {"numerator": "1", "numerator_is": "the council serves Derby alone"}
        of = {"denominator": "1", "denominator_is": "the whole budget"}
        about = {"basis": "direct", "grade": "2", "source": "Councils of England: its area is the city’s"}
        written.shares.append({"id": name, "organisation": COUNCIL, "year": year, **counts, **of, **about})
    return name


def residents(written: Written, organisation: str, year: str) -> str:
    """The id of police's or fire's share of a year: by people of mid-2011, or of Census 2021."""
    name = f"{'police' if organisation == POLICE else 'fire'}-residents-{year}"
    early = year < "2020"
    people = ("248.9", "1019.5") if early else ("261368", "1054968")
    when = "thousand, mid-2011" if early else "Census 2021"
    source = (
        "Office for National Statistics mid-2011 estimates, rounded to the nearest hundred"
        if early
        else "Office for National Statistics, Census 2021: Derby and the eight districts of Derbyshire"
    )
    counts = {"numerator": people[0], "numerator_is": f"people in Derby, {when}"}
    of = {"denominator": people[1], "denominator_is": f"people in Derby and Derbyshire, {when}"}
    about = {"basis": "resident population", "grade": "4", "source": source}
    written.shares.append({"id": name, "organisation": organisation, "year": year, **counts, **of, **about})
    return name


# --- councils, police and fire: the national outturn ------------------------------------------------------


def spoken(year: str) -> str:
    """A year as a body writes it.

    >>> spoken("2014-15")
    '2014/15'
    """
    return year.replace("-", "/")


def listing(book: Any, name: str, title: Sequence[str], lines: Sequence[Line], total: str) -> None:
    """A sheet of lines with their total, in pounds and pence."""
    sheet = Sheet(book, name, (10, 92, 20), "#,##0.00;(#,##0.00)")
    sheet.title(*title)
    sheet.header("Line", "Service", "Amount £")
    first = sheet.row + 1
    for line in lines:
        sheet.line((line.code, line.name), float(line.pounds))
    value = float(sum(line.pounds for line in lines))
    sheet.total(total, 2, f"=SUM(C{first}:C{sheet.row})", value, label_column=1)


def write_returned(written: Written, shared: Path, folder: Path) -> None:
    """The council's, police's and fire's outturn of the years whose national return ships."""
    for organisation, write in ((COUNCIL, council_year), (POLICE, summary_year), (FIRE, summary_year)):
        book = new_book(folder, f"{organisation}-outturn-2014-18")
        for year in RETURNED:
            write(written, shared, book, organisation, year)
        book.close()


def council_year(written: Written, shared: Path, book: Any, organisation: str, year: str) -> None:
    """One year of the council: services, housing account and housing benefit."""
    lines = outturn_of(year, organisation)
    services = [Line(code, SECTIONS[code][0], lines[code].pounds) for code in SECTIONS]
    base.check(int(sum(line.pounds for line in services) * 100), int(lines["699"].pounds * 100))
    title = (NAMES[COUNCIL].upper(), f"Revenue outturn {spoken(year)} by service", "Net expenditure, £")
    listing(book, f"Services {year}", title, services, "TOTAL SERVICE EXPENDITURE")
    for line in services:
        map_summary(written, shared, line, SECTIONS[line.code][1])
    source = OUTTURN.format(year=year)
    where = {"workbook": f"{COUNCIL}-outturn-2014-18.xlsx", "grade": "2", "share": whole(written, year)}
    sent(
        written,
        organisation,
        year,
        **where,
        sheet=f"Services {year}",
        part="revenue",
        control_total=str(lines["699"].pounds),
        source=f"{source}: line 699, total service expenditure",
    )
    council_housing(written, shared, book, year, lines, where)
    council_benefit(written, book, year, lines, where)
    written.funding += funding_of(COUNCIL, year, lines, source)


def council_housing(
    written: Written, shared: Path, book: Any, year: str, lines: Mapping[str, Line], where: Row
) -> None:
    """One year of the council's housing account: its income and expenditure, a line for each."""
    income = Line("980", "Housing revenue account: all income", lines["980"].pounds)
    spent = Line("981", "Housing revenue account: all expenditure", lines["981"].pounds)
    sheet = Sheet(book, f"Housing account {year}", (10, 70, 16, 20), "#,##0.00;(#,##0.00)")
    sheet.title(NAMES[COUNCIL].upper(), f"Housing revenue account {spoken(year)}", "£")
    sheet.header("Line", "Item", "Side", "Outturn £")
    for side, line in (("Income", income), ("Expenditure", spent)):
        sheet.line((line.code, line.name, side), float(line.pounds))
    written.map(COUNCIL, income, "council-housing-rents", funding_stream="rents", ring_fence="statutory")
    service, further = split(services_of(shared, HOUSING_ACCOUNT))
    rules = {"funding_stream": "rents", "ring_fence": "statutory", "grade": "3"}
    written.map(COUNCIL, spent, service, SPLIT, split=further, **rules)
    sent(
        written,
        COUNCIL,
        year,
        **where,
        sheet=f"Housing account {year}",
        part="housing revenue account",
        control_total=str(spent.pounds - income.pounds),
        source=f"{OUTTURN.format(year=year)}: line 981, expenditure, less line 980, income",
    )


def council_benefit(written: Written, book: Any, year: str, lines: Mapping[str, Line], where: Row) -> None:
    """One year of what the council pays out as housing benefit."""
    paid = [lines[code] for code in ("711", "712", "713")]
    title = (NAMES[COUNCIL].upper(), f"Housing benefit: mandatory payments {spoken(year)}", "£")
    listing(book, f"Housing benefit {year}", title, paid, "TOTAL MANDATORY PAYMENTS")
    rules = {
        "funding_stream": "housing-benefit-subsidy",
        "ring_fence": "statutory",
        "discretion": "demand-led",
    }
    kinds = {"nature": "transfer payments", "kind": "transfer to individuals", "stage": "income maintenance"}
    for line in paid:
        written.map(COUNCIL, line, "housing-benefit", **rules, **kinds)
    sent(
        written,
        COUNCIL,
        year,
        **where,
        sheet=f"Housing benefit {year}",
        part="housing benefit",
        control_total=str(sum(line.pounds for line in paid)),
        control_source="our own sum",
        source=f"{OUTTURN.format(year=year)}: lines 711 to 713",
    )


SUMMARY_NAMES = {
    "601": "Police services",
    "602": "Fire and rescue services",
    "690": "Central services",
    "698": "Other services (not broken down in the return)",
}
"""What each line is called in every year."""
SUMMARY = {"601": "policing", "602": "fire-response", "690": "democracy"}
"""What the lines of police's and fire's summaries pay for; central services as in the first map."""


def summary_year(written: Written, _: Path, book: Any, organisation: str, year: str) -> None:
    """One year of the police or the fire authority, as the national return has it."""
    lines = outturn_of(year, organisation)
    listed = [Line(code, SUMMARY_NAMES[code], lines[code].pounds) for code in SUMMARY if code in lines]
    base.check(int(sum(line.pounds for line in listed) * 100), int(lines["699"].pounds * 100))
    title = (
        NAMES[organisation],
        f"Revenue outturn {spoken(year)}, Derby and Derbyshire",
        "Net expenditure, £",
    )
    listing(book, f"Services {year}", title, listed, "TOTAL SERVICE EXPENDITURE")
    for line in listed:
        written.map(organisation, line, SUMMARY[line.code], funding_stream="local-funds")
    source = OUTTURN.format(year=year)
    sent(
        written,
        organisation,
        year,
        workbook=f"{organisation}-outturn-2014-18.xlsx",
        sheet=f"Services {year}",
        part="revenue",
        grade="4",
        share=residents(written, organisation, year),
        control_total=str(lines["699"].pounds),
        source=f"{source}: line 699",
    )
    written.funding += funding_of(organisation, year, lines, source)


FUNDING = {
    "council-tax": ("890",),
    "business-rates": ("870",),
    "revenue-support-grant": ("851",),
    "police-grant": ("856",),
    "grants-inside-aef": ("804", "specificandspecialrevenuegrantsinsideaef"),
    "housing-benefit-subsidy": ("791", "specificandspecialrevenuegrantsoutsideaef"),
    "reserves": ("811", "814", "815", "816"),
    "rents": ("980",),
}
"""Lines of the outturn that say where money comes from; all but council tax and rents are printed below zero."""
PRINTED_ABOVE = frozenset({"890", "980"})


def funding_of(organisation: str, year: str, lines: Mapping[str, Line], source: str) -> Iterator[Row]:
    """Where a body's money of a year came from, as its outturn prints it."""
    for stream, codes in FUNDING.items():
        for code in codes:
            if code in lines:
                amount = lines[code].pounds if code in PRINTED_ABOVE else -lines[code].pounds
                said = {"amount": plain(amount), "source_line": f"line {code}", "source": source}
                yield {"organisation": organisation, "stream": stream, "year": year, **said}


def plain(amount: Decimal) -> str:
    """An amount without zeros that say nothing.

    >>> plain(Decimal("12.50")), plain(Decimal("1200.00"))
    ('12.5', '1200')
    """
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- 2021-22 to 2024-25 --------------------------------------------------------------------------------

MEASURES = {"1": ("Employees", "employees"), "2": ("Running Expenses", "unknown")}
SIDES = {"3": "Sales, Fees and Charges", "4": "Other Income"}
CALLED = {
    "1": "employees",
    "2": "running expenses",
    "3": "sales, fees and charges",
    "4": "other income",
}
"""The last digit of a line's code says what of its service it is."""
ALL = "Total Service Expenditure"
SECTION_OF = {
    "Children Social Care": "330",
    "Adult Social Care": "360",
    "Public Health": "390",
    "Housing services (GFRA only)": "490",
    **{name: code for code, (name, _) in SECTIONS.items()},
    "Police services": "601",
    "Fire and rescue services": "602",
}
DETAILED = {"330": "CHILDREN SOCIAL CARE", "360": "ADULT SOCIAL CARE", "390": "PUBLIC HEALTH"}
"""Services whose parts the outturn of 2024-25 prints, and how their totals are called there."""


@dataclass(frozen=True)
class Service:
    """One service of an outturn: its code and name, and pounds of each measure."""

    code: str
    name: str
    pounds: Mapping[str, Decimal]

    def line(self, measure: str) -> Line:
        """What it has of one measure, as a line."""
        return Line(f"{self.code}{measure}", f"{self.name}: {CALLED[measure]}", self.pounds[measure])


def measured(rows: Iterable[Row]) -> dict[str, dict[str, Decimal]]:
    """Pounds by service and measure."""
    found: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    keys = {
        **{name: key for key, (name, _) in MEASURES.items()},
        **{name: key for key, name in SIDES.items()},
    }
    for row in rows:
        key = keys.get(row["measure"]) or ("net" if row["measure"].startswith("Net Current") else "")
        if key:
            found[base.tidy(row["service"])][key] = thousands(row["value"])
    return dict(found)


def in_parts(shared: Path) -> dict[str, list[Service]]:
    """The parts of social care and public health in the outturn of 2024-25, by section; each pound once."""
    services: dict[str, list[Service]] = {}
    waiting: list[Service] = []
    for name, pounds in measured(current_rows(shared, "RO3", "2024-25", COUNCIL)).items():
        total = next((code for code, called in DETAILED.items() if name.startswith(f"TOTAL {called}")), "")
        if total and "memorandum" not in name:
            services[total] = [
                Service(f"{total}{at:02}", part.name.replace(" of which ", ": "), part.pounds)
                for at, part in enumerate(waiting, start=1)
            ]
            waiting = []
        elif (
            "net" in pounds
            and not name.startswith("Subcategory")
            and not name.endswith("Children Looked After")
        ):
            waiting.append(Service("", name, pounds))
    return services


def services_in(shared: Path, year: str, organisation: str) -> tuple[list[Service], dict[str, Decimal]]:
    """The services of a body's outturn of 2021-22 to 2024-25, and the totals that it prints."""
    printed = measured(current_rows(shared, "RSX", year, organisation))
    parts = in_parts(shared) if (year, organisation) == ("2024-25", COUNCIL) else {}
    services: list[Service] = []
    for name, pounds in printed.items():
        if name != ALL:
            code = SECTION_OF[name]
            plain_name = SECTIONS[code][0] if code in SECTIONS else name
            services += parts.get(code) or [Service(code, plain_name, pounds)]
    rounding = {
        measure: printed[ALL].get(measure, Decimal(0))
        - sum((service.pounds.get(measure, Decimal(0)) for service in services), Decimal(0))
        for measure in CALLED
    }
    if any(rounding.values()):
        services.append(Service("699", "Rounding in the published return", rounding))
    return services, printed[ALL]


def current_sheet(book: Any, organisation: str, year: str, services: Sequence[Service], net: Decimal) -> None:
    """A year of a body: what it spent on staff and running, what it took in, and the difference."""
    sheet = Sheet(book, f"Outturn {year}", (10, 100, 20), "#,##0.00;(#,##0.00)")
    sheet.title(NAMES[organisation], f"Revenue outturn {spoken(year)} by service", "£")
    sheet.header("Code", "Service", "Outturn £")
    sheet.gap()
    cells = {}
    for side, measures in (("INCOME", SIDES), ("EXPENDITURE", MEASURES)):
        sheet.heading(side, column=1)
        first, total = sheet.row + 1, Decimal(0)
        for line in lines_of(services, measures):
            sheet.line((line.code, line.name), float(line.pounds))
            total += line.pounds
        cells[side] = sheet.total(
            f"TOTAL {side}", 2, f"=SUM(C{first}:C{sheet.row})", float(total), label_column=1
        )
        sheet.gap()
    formula = f"=C{cells['EXPENDITURE']}-C{cells['INCOME']}"
    sheet.total("NET SERVICE EXPENDITURE", 2, formula, float(net), label_column=1)


def lines_of(services: Iterable[Service], measures: Iterable[str]) -> list[Line]:
    """The lines of some measures that are not zero."""
    return [
        service.line(measure) for service in services for measure in measures if service.pounds.get(measure)
    ]


def write_current(written: Written, shared: Path, folder: Path) -> None:
    """Outturn of 2021-22 to 2024-25 and the budgets that are at hand, of the council, police and fire."""
    for organisation in (COUNCIL, POLICE, FIRE):
        book = new_book(folder, f"{organisation}-2021-25")
        for year in CURRENT:
            share = (
                whole(written, year) if organisation == COUNCIL else residents(written, organisation, year)
            )
            where = {
                "workbook": f"{organisation}-2021-25.xlsx",
                "grade": "2" if organisation == COUNCIL else "4",
                "share": share,
                "part": "revenue",
            }
            outturn_year(written, shared, book, organisation, year, where)
            if year in BUDGETED:
                budget_year(written, shared, book, organisation, year, where)
        book.close()


def outturn_year(written: Written, shared: Path, book: Any, organisation: str, year: str, where: Row) -> None:
    """One outturn: its sheet, what its lines pay for, and its submission."""
    services, printed = services_in(shared, year, organisation)
    current_sheet(book, organisation, year, services, printed["net"])
    for service in services:
        for line in lines_of([service], CALLED):
            map_current(written, shared, organisation, service, line)
    sent(
        written,
        organisation,
        year,
        **where,
        sheet=f"Outturn {year}",
        control_total=plain(printed["net"]),
        source=f"{NOW.format(year=year)}: total service expenditure, net current expenditure",
    )


PARTS = (
    ("residential care", "looked-after-children"),
    ("fostering", "looked-after-children"),
    ("Children Looked After", "looked-after-children"),
    ("Sure start", "childrens-centres"),
    ("Other children's", "childrens-services-other"),
    ("Family Support", "family-support"),
    ("Youth Justice", "youth-justice"),
    ("Safeguarding children", "child-protection"),
    ("Asylum", "looked-after-children"),
    ("Services for young people", "youth-services"),
    ("Physical support - older", "physical-support-older"),
    ("Sensory support - older", "physical-support-older"),
    ("Physical support", "physical-support-adults"),
    ("Sensory support", "physical-support-adults"),
    ("memory", "memory-and-cognition-support"),
    ("Learning disability", "learning-disability-support"),
    ("Mental health support", "mental-health-social-care"),
    ("Substance misuse support", "drug-and-alcohol-treatment"),
    ("Social Isolation", "adult-information-and-early-help"),
    ("Assistive equipment", "equipment-and-adaptations"),
    ("Care assessment", "adult-social-work"),
    ("Information and early", "adult-information-and-early-help"),
    ("Commissioning", "adult-social-work"),
    ("Sexual health", "sexual-health"),
    ("Health protection", "health-protection"),
    ("measurement", "childrens-public-health"),
    ("Obesity", "healthy-weight-and-activity"),
    ("Physical activity", "healthy-weight-and-activity"),
    ("Preventing and reducing", "drug-and-alcohol-prevention"),
    ("Substance misuse", "drug-and-alcohol-treatment"),
    ("Smoking", "stop-smoking"),
    ("Children 5", "childrens-public-health"),
    ("0–5", "childrens-public-health"),
    ("0-5", "childrens-public-health"),
    ("", "public-health-other"),
)
"""What the parts of social care and public health pay for, by words of their names; the first that fits."""


def map_current(written: Written, shared: Path, organisation: str, service: Service, line: Line) -> None:
    """What a line of 2021-22 to 2024-25 pays for."""
    nature = MEASURES[line.code[-1]][1] if line.code[-1] in MEASURES else ""
    said = {"nature": "" if nature == "unknown" else nature}
    if organisation != COUNCIL:
        service_id = SUMMARY.get(service.code, "democracy")
        written.map(organisation, line, service_id, funding_stream="local-funds", **said)
    elif len(service.code) > len("390"):
        stream = "public-health-grant" if service.code.startswith("390") else "local-funds"
        service_id = next(named for words, named in PARTS if words in service.name)
        written.map(COUNCIL, line, service_id, funding_stream=stream, **said)
    elif service.code == "699":
        written.map(COUNCIL, line, "school-support", funding_stream="local-funds", **said)
    else:
        map_summary(written, shared, line, SECTIONS[service.code][1], **said)


def budget_year(written: Written, shared: Path, book: Any, organisation: str, year: str, where: Row) -> None:
    """One original budget: the total of each service, its sheet and its submission."""
    wanted = (*SECTIONS, "601", "602", "698")
    lines: dict[str, Line] = {}
    total = Decimal(0)
    for row in current_rows(shared, "RA", year, organisation):
        code = row["line_code"]
        if code in wanted and code not in lines and thousands(row["value"]):
            name = SUMMARY_NAMES[code] if code in SUMMARY_NAMES else SECTIONS[code][0]
            lines[code] = Line(code, name, thousands(row["value"]))
        if code == "799" and not total:
            total = thousands(row["value"])
    base.check(int(sum(line.pounds for line in lines.values())), int(total))
    title = (NAMES[organisation], f"Original budget {spoken(year)} by service", "Net expenditure, £")
    listing(book, f"Budget {year}", title, list(lines.values()), "TOTAL SERVICE EXPENDITURE")
    for line in lines.values():
        if line.code in SECTIONS and organisation == COUNCIL:
            map_summary(written, shared, line, SECTIONS[line.code][1])
        else:
            service = SUMMARY.get(line.code, "contingency")
            written.map(organisation, line, service, funding_stream="local-funds")
    sent(
        written,
        organisation,
        year,
        **where,
        sheet=f"Budget {year}",
        phase="original budget",
        control_total=plain(total),
        source=f"{BUDGET.format(year=year)}: line 799",
    )


# --- the commissioning group ---------------------------------------------------------------------------

WORDS = {"2013-14": "Allocation", "2014-15": "CCG programme", "2015-16": "Programme", "2017-18": "Final"}
"""How the measure of each year's allocation begins in the published file."""


def write_group(written: Written, shared: Path, folder: Path) -> None:
    """The commissioning group's allocations of the years beside the first map's."""
    book = new_book(folder, f"{GROUP}-2013-18")
    for year in ANALYSED:
        amount = Decimal(base.health_figure(shared, base.COMMISSIONER, year, WORDS[year]))
        line = Line("CCG-ALLOC", "NHS commissioned health care: the whole allocation", amount)
        title = (base.COMMISSIONER, f"Programme allocation {spoken(year)}", "£")
        listing(book, f"Allocation {year}", title, [line], "Total allocation")
        written.map(GROUP, line, "nhs-commissioned-care", funding_stream="nhs-allocation")
        source = f"{ALLOCATED.format(year=year)}"
        share = group_share(written, year)
        sent(
            written,
            GROUP,
            year,
            workbook=f"{GROUP}-2013-18.xlsx",
            sheet=f"Allocation {year}",
            part="allocation",
            phase="original budget",
            grade="4",
            share=share,
            control_total=plain(amount),
            source=source,
            provenance="allocated",
            control_source="published elsewhere",
        )
        said = {"amount": plain(amount), "source_line": "Final allocation", "source": source}
        written.funding.append({"organisation": GROUP, "stream": "nhs-allocation", "year": year, **said})
        written.transfers.append(handed_down(year, amount, share, source))
    book.close()


def group_share(written: Written, year: str) -> str:
    """The id of the group's share of a year: Derby's residents among the group's, mid-year."""
    counted = {(row["ons_code"], row["year"]): row["population"] for row in populations()}
    mid = year[:4]
    near = max(mid, "2014")  # the group's residents of mid-2013 are not at hand
    share = {
        "id": f"ccg-residents-{year}",
        "organisation": GROUP,
        "year": year,
        "basis": "resident population",
        "numerator": counted["E06000015", near],
        "numerator_is": f"people in Derby, mid-{near}",
        "denominator": counted[GROUP, near],
        "denominator_is": f"residents of the group, mid-{near}",
        "grade": "4",
        "note": "All of Derby lies inside the group."
        + ("" if near == mid else f" Of mid-{near}, a year later."),
        "source": "Office for National Statistics, mid-year estimates; NHS England allocations, residents of the group",
    }
    written.shares.append(share)
    return share["id"]


def populations() -> list[Row]:
    """All residents of the worked example's areas, as its folder has them; groups of people are left out."""
    with (DERBY / "populations.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if not row["groups"]]


HEALTH = "department-of-health-and-social-care"
COMMISSIONED = ("S0333001", "S0333002", "S0331007", "S0334001")
"""Segments of the health department that show what trusts and commissioning groups spend on care."""


def handed_down(year: str, amount: Decimal, share: str, source: str) -> Row:
    """The group's allocation, taken out of what trusts and others show in the department's lines."""
    lines = [
        base.tidy(row.segment)
        for row in region_in(year)
        if row.segment_name.startswith(COMMISSIONED) and row.sort == "CUR" and is_counted(row)
    ]
    return {
        "id": f"health-to-ccg-{year}",
        "year": year,
        "payer": HEALTH,
        "payer_service": "nhs-commissioned-care",
        "payer_lines": ";".join(lines),
        "payer_amount": "",
        "payer_share": f"{HEALTH}-in-region-{year}",
        "payee": GROUP,
        "payee_service": "nhs-commissioned-care",
        "payee_amount": plain(amount),
        "payee_share": share,
        "what": "The commissioning group’s allocation, which buys care that the department’s lines already show.",
        "source": source,
        "kind": "allocation",
        "payer_provenance": "",
        "payee_provenance": "allocated",
    }


# --- central departments -------------------------------------------------------------------------------


def is_counted(row: RegionLine) -> bool:
    """Whether a row of the analysis comes in from the top down: as in the first map."""
    if row.sector == "LG" or row.department == base.LOCAL:
        return False
    return not row.segment_name.startswith(base.PAID_THROUGH_COUNCILS)


def department_of(row: RegionLine) -> str:
    """The organisation of the map that a row of the analysis belongs to."""
    named = (department.id for department in base.DEPARTMENTS if row.department in department.departments)
    return next(named, base.DEPARTMENTS[-1].id)


SHEETS = {
    "department-for-work-and-pensions": "Work and Pensions",
    HEALTH: "Health and Social Care",
    "hm-revenue-and-customs": "Revenue and Customs",
    "department-for-education": "Education",
    "ministry-of-justice": "Justice",
    "department-for-transport": "Transport",
    "department-for-business-energy-and-industrial-strategy": "Business and Energy",
    "department-for-environment-food-and-rural-affairs": "Environment and Food",
    "department-for-digital-culture-media-and-sport": "Culture, Media and Sport",
    "ministry-of-housing-communities-and-local-government": "Housing and Communities",
    "home-office": "Home Office",
    "public-service-pension-schemes": "Pension schemes",
    "other-central-departments": "Other departments",
}
REGIONAL = "identifiable spending in the region"


def write_analysis(written: Written, _: Path, folder: Path) -> None:
    """A workbook for each other year of the regional analysis, with a sheet for every department."""
    for year in ANALYSED:
        by_department: defaultdict[str, list[RegionLine]] = defaultdict(list)
        for row in region_in(year):
            if is_counted(row):
                by_department[department_of(row)].append(row)
        book = new_book(folder, f"regional-analysis-{year}")
        for department in SHEETS:
            department_year(written, book, department, year, by_department[department])
            check_mapped(written, department, by_department[department])
        book.close()


def department_year(
    written: Written, book: Any, department: str, year: str, rows: Sequence[RegionLine]
) -> None:
    """One department's sheet of a year, the largest line first, and its submission."""
    name = next(one.name for one in base.DEPARTMENTS if one.id == department)
    sheet = Sheet(book, SHEETS[department], (46, 54, 44, 46, 12, 16, 14), "#,##0;(#,##0)")
    title = f"Identifiable expenditure in the East Midlands, {year} outturn, £000"
    sheet.title(name, title, "Negative figures in brackets")
    columns = ("Segment code", "Segment name", "Spent by", "Function", "Current or capital")
    sheet.header(*columns, f"{year} £000", "Source")
    first = sheet.row + 1
    for row in sorted(rows, key=lambda row: -row.pounds):
        kind = {"CUR": "Current", "CAP": "Capital"}[row.sort]
        texts = (base.tidy(row.segment), base.segment_name(row.segment_name), base.tidy(row.body))
        sheet.line((*texts, base.tidy(row.function), kind), float(row.pounds) / 1000, (f"CRA row {row.row}",))
    total = sum((row.pounds for row in rows), Decimal(0))
    sheet.total("Total", 5, f"=SUM(F{first}:F{sheet.row})", float(total) / 1000)
    share, grade = department_share(written, department, year)
    sent(
        written,
        department,
        year,
        workbook=f"regional-analysis-{year}.xlsx",
        sheet=SHEETS[department],
        part=REGIONAL,
        grade=grade,
        share=share,
        control_total=plain(total),
        control_source="our own sum",
        source=f"{base.ANALYSIS}: sum of the rows, East Midlands, {year}",
    )
    said = {"amount": plain(total), "source_line": "rows of the East Midlands", "source": base.ANALYSIS}
    written.funding.append({"organisation": department, "stream": "national-taxation", "year": year, **said})


BENEFITS = {
    "2013-14": (1155, 23059),
    "2014-15": (1184, 23234),
    "2015-16": (1226, 24083),
    "2017-18": (1243, 25237),
}
"""Social benefits received in Derby and in the East Midlands, £ million of the calendar year: ONS."""
BY_BENEFITS = {"department-for-work-and-pensions": "4", "hm-revenue-and-customs": "5"}


def department_share(written: Written, department: str, year: str) -> tuple[str, str]:
    """The id and grade of a department's share of a year: by benefits received, else by people."""
    grade = BY_BENEFITS.get(department, "5")
    mid = year[:4]
    row = {"id": f"{department}-in-region-{year}", "organisation": department, "year": year, "grade": grade}
    row["error_source"] = ANALYSED_IN
    if department in BY_BENEFITS:
        derby, region = map(str, BENEFITS[year])
        unit = f"£ million, {mid}"
        row |= {"basis": "activity", "numerator": derby, "denominator": region}
        row |= {
            "numerator_is": f"social benefits received in Derby, {unit}",
            "denominator_is": f"social benefits received in the East Midlands, {unit}",
            "note": "What households received, not how many people there are; occupational pensions are in it too.",
            "source": "Office for National Statistics, gross disposable household income by component 1997 to 2018",
        }
    else:
        counted = {
            (population["ons_code"], population["year"]): population["population"]
            for population in populations()
        }
        row |= {
            "basis": "resident population",
            "numerator": counted["E06000015", mid],
            "numerator_is": f"people in Derby, mid-{mid}",
            "denominator": counted["E12000004", mid],
            "denominator_is": f"people in the East Midlands, mid-{mid}, interpolated",
            "note": "A share of people, not of need: too low where Derby is poorer than the region, too high for farming.",
            "source": "Office for National Statistics: Derby mid-year estimate; East Midlands interpolated between "
            "Census 2011 and the mid-2018 estimate",
        }
    written.shares.append(row)
    return row["id"], grade


def check_mapped(written: Written, department: str, rows: Iterable[RegionLine]) -> None:
    """Raise `ValueError` where the folder's mappings do not say what a segment pays for."""
    known = {code for organisation, code, _ in written.mapped if organisation == department}
    unmapped = sorted({base.tidy(row.segment) for row in rows} - known)
    if unmapped:
        message = f"Say in mappings.csv what these segments of {department} pay for: {', '.join(unmapped)}."
        raise ValueError(message)


# --- all of it -----------------------------------------------------------------------------------------


def keep(folder: Path, table: str, rows: Sequence[Row]) -> None:
    """A table with its rows of the first map as they are, and those of other years written anew."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = list(csv.DictReader(file).fieldnames or ())
    names += [name for name in ("split",) if table == "mappings" and name not in names]
    before = kept(folder, table)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows((*before, *rows))


def write_all(shared: Path, folder: Path) -> None:
    """Write every workbook of the other years and the rows that load them."""
    workbooks = folder / "workbooks"
    workbooks.mkdir(parents=True, exist_ok=True)
    first = kept(folder, "mappings")
    written = Written(mapped={(row["organisation"], row["line_code"], row["description"]) for row in first})
    parts: Sequence[Callable[[Written, Path, Path], None]] = (
        write_returned,
        write_current,
        write_group,
        write_analysis,
    )
    for write in parts:
        write(written, shared, workbooks)
    for table in ("submissions", "shares", "transfers", "mappings", "funding"):
        keep(folder, table, getattr(written, table))


if __name__ == "__main__":
    write_all(Path(sys.argv[1]), Path(sys.argv[2]))
