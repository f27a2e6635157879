"""Write the worked example's workbooks again from the published figures that they stand on.

The workbooks in `data/derby/workbooks` look as officers would send them; every figure in them is copied
from a published file, and each workbook says which. This script is for maintenance: it needs the published
files, which are not in this repository, and is run by hand; PUBLISHED is their folder:

    python tools/write_workbooks.py PUBLISHED data/derby

It also writes what follows from the same figures: the parts of the benchmark and the funding.
"""

import csv
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from budget_model.contribute.first_map.returns import FUNDED_BY

RETURN = "Revenue Account budget 2016-17, Department for Communities and Local Government"
ANALYSIS = "Country and Regional Analysis 2018, HM Treasury"
ALLOCATIONS = "16 to 19 allocations 2019-20, Education and Skills Funding Agency"
COMMISSIONING = "Clinical commissioning group allocations 2016-17, NHS England"


@dataclass(frozen=True)
class Line:
    """One published figure: its code and name at the source, and whole pounds."""

    code: str
    name: str
    pounds: int
    group: str = ""
    body: str = ""
    function: str = ""
    sort: str = ""
    row: int = 0


# --- the published files -------------------------------------------------------------------------------


def council_return(shared: Path) -> list[dict[str, str]]:
    """The council's published budget return, a row for each line."""
    with (shared / "derby" / "derby_RA_2016-17_budget_lines.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def return_lines(shared: Path, sections: Iterable[str]) -> list[Line]:
    """The lines of some sections of the council's return that are not zero, totals left out."""
    wanted = set(sections)
    return [
        Line(row["line_code"], tidy(row["line"]), pounds(row["value_gbp"]), group=tidy(row["section"]))
        for row in council_return(shared)
        if tidy(row["section"]) in wanted and row["kind"] == "line" and pounds(row["value_gbp"])
    ]


def printed(shared: Path, code: str) -> int:
    """What the council's return prints on one line."""
    return next(pounds(row["value_gbp"]) for row in council_return(shared) if row["line_code"] == code)


def authority_lines(shared: Path, authority: str) -> dict[str, int]:
    """Every line of one authority's return for 2016-17, in pounds, by line code."""
    path = shared / "derby" / "derbyshire_authorities_revenue_long.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["line_code"]: pounds(row["value_gbp_thousand"]) * 1000
            for row in csv.DictReader(file)
            if row["authority"] == authority and row["year"] == "2016-17"
        }


def college_rows(shared: Path) -> list[dict[str, str]]:
    """The published 16 to 19 allocations, a row for each institution."""
    with (shared / "derby" / "derby_esfa_16-19_2019-20.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


COMMISSIONER = "NHS Southern Derbyshire CCG"


def health_figures(shared: Path) -> list[dict[str, str]]:
    """The published figures of the area's health bodies, a row for each."""
    path = shared / "derby" / "real" / "nhs_allocations_and_trusts.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def health_figure(shared: Path, organisation: str, year: str, measure: str) -> int:
    """One published figure of a health body, in pounds; the measure by how it begins."""
    return next(
        pounds(row["value"])
        for row in health_figures(shared)
        if row["organisation"] == organisation and row["year"] == year and row["measure"].startswith(measure)
    )


def allocation(shared: Path) -> int:
    """What NHS England allocated to the city's commissioning group for 2016-17, in pounds."""
    return health_figure(shared, COMMISSIONER, "2016-17", "Final allocation")


def regional_rows(shared: Path) -> list[dict[str, Any]]:
    """The East Midlands' rows of the Treasury's analysis that are not zero in 2016-17."""
    path = shared / "examples" / "hmt-cra-2018" / "CRA_2018_Database_for_Publication_rvsd.xlsx"
    grid = CalamineWorkbook.from_path(path).get_sheet_by_name("CRA 2018 database").to_python()
    names = [str(cell) for cell in grid[0]]
    rows = [
        dict(zip(names, cells, strict=True)) | {"row": number}
        for number, cells in enumerate(grid[1:], start=2)
    ]
    return [row for row in rows if row["NUTS Region"] == "ENGLAND_East Midlands" and row["2016-17"]]


def pounds(text: str) -> int:
    """Whole pounds of a published figure."""
    return round(float(text.replace(",", "")))


def tidy(text: str) -> str:
    """A published name with single spaces."""
    return re.sub(r"\s+", " ", text).strip()


# --- how a workbook looks ------------------------------------------------------------------------------


class Sheet:
    """A sheet that is written from the top down, with the formats of one organisation's house style."""

    def __init__(self, book: Any, name: str, widths: Sequence[float], figures: str) -> None:
        self.book = book
        self.sheet = book.add_worksheet(name)
        self.row = 0
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.title_format = book.add_format({"bold": True, "font_size": 14})
        self.header_format = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        self.bold = book.add_format({"bold": True})
        self.money = book.add_format({"num_format": figures})
        self.total_money = book.add_format({"num_format": figures, "bold": True, "top": 1})
        self.note_format = book.add_format({"italic": True, "font_size": 9})

    def title(self, *texts: str) -> None:
        """The lines above the table, the first as its title."""
        for number, text in enumerate(texts):
            self.sheet.write_string(self.row, 0, text, self.title_format if number == 0 else None)
            self.row += 1
        self.row += 1

    def header(self, *texts: str) -> None:
        """The row of column names."""
        for column, text in enumerate(texts):
            self.sheet.write_string(self.row, column, text, self.header_format)
        self.row += 1

    def heading(self, text: str, column: int = 0) -> None:
        """A heading between lines, in bold."""
        self.sheet.write_string(self.row, column, text, self.bold)
        self.row += 1

    def line(self, texts: Sequence[str], amount: float, after: Sequence[str] = ()) -> int:
        """Write one line, its texts before the amount and after it; gives the row number it stands on."""
        for column, text in enumerate(texts):
            if text:
                self.sheet.write_string(self.row, column, text)
        self.sheet.write_number(self.row, len(texts), amount, self.money)
        for column, text in enumerate(after, start=len(texts) + 1):
            self.sheet.write_string(self.row, column, text)
        self.row += 1
        return self.row

    def total(self, text: str, column: int, formula: str, value: float, label_column: int = 0) -> int:
        """A total as a formula with its value; the row that it stands in."""
        self.sheet.write_string(self.row, label_column, text, self.bold)
        self.sheet.write_formula(self.row, column, formula, self.total_money, value)
        self.row += 1
        return self.row

    def gap(self) -> None:
        """An empty row."""
        self.row += 1

    def notes(self, *texts: str) -> None:
        """Notes below the table, after an empty row."""
        self.row += 1
        for text in texts:
            self.sheet.write_string(self.row, 0, text, self.note_format)
            self.row += 1


def new_book(folder: Path, name: str) -> Any:
    """A workbook to be written, with a fixed date."""
    book = xlsxwriter.Workbook(folder / f"{name}.xlsx")
    # A fixed date, so that writing the same figures again gives the same bytes.
    book.set_properties({"created": datetime(2017, 3, 31, tzinfo=UTC), "title": name})
    return book


def sum_of(cells: Iterable[str]) -> str:
    """A formula that adds up some cells."""
    return "=" + "+".join(cells)


# --- Derby City Council --------------------------------------------------------------------------------

SERVICE_SECTIONS = {
    "Education Services": "190",
    "Highways and Transport": "290",
    "Children's Social Care": "330",
    "Adult Social Care": "360",
    "Public Health": "390",
    "Housing Services (General Fund Revenue Account [GFRA] only)": "490",
    "Cultural and Related Services": "509",
    "Environmental and Regulatory Services": "590",
    "Planning and Development Services": "599",
    "Central Services": "690",
}
"""Each section of the return that has lines, and the line that prints its total."""


def write_council(shared: Path, folder: Path) -> None:
    """The council's workbook: services, housing and housing benefit."""
    book = new_book(folder, "derby-city-council")
    service_budget(shared, book)
    housing_revenue_account(shared, book)
    housing_benefit(shared, book)
    book.close()


def service_budget(shared: Path, book: Any) -> None:
    """The council's services by department, with a total for each."""
    sheet = Sheet(book, "Service budget", (9, 78, 16), "#,##0;(#,##0)")
    sheet.title(
        "DERBY CITY COUNCIL",
        "Revenue budget 2016/17 by service",
        "Net expenditure, £000. Brackets show net income.",
    )
    sheet.header("Line", "Service", "Original budget 2016/17 £000")
    totals: list[tuple[str, int]] = []
    for section, code in SERVICE_SECTIONS.items():
        name = section.partition(" (")[0].upper()
        sheet.heading(name, column=1)
        lines = return_lines(shared, [section])
        first = sheet.row + 1
        for line in lines:
            sheet.line((line.code, line.name), line.pounds / 1000)
        total = printed(shared, code)
        rounding = total - sum(line.pounds for line in lines)
        if rounding:
            sheet.line((f"{code}R", "Rounding in the published return"), rounding / 1000)
        at = sheet.total(f"TOTAL {name}", 2, f"=SUM(C{first}:C{sheet.row})", total / 1000, label_column=1)
        totals.append((f"C{at}", total))
        sheet.gap()
    other = printed(shared, "698")
    at = sheet.line(("698", "Other services (not broken down in the return)"), other / 1000)
    totals.append((f"C{at}", other))
    sheet.gap()
    whole = sum(amount for _, amount in totals)
    if whole != printed(shared, "799"):
        message = "The sections do not make the total service expenditure that the return prints."
        raise ValueError(message)
    sheet.total(
        "TOTAL SERVICE EXPENDITURE", 2, sum_of(cell for cell, _ in totals), whole / 1000, label_column=1
    )
    sheet.notes(
        f"Source: {RETURN}, Derby City UA (E1001), lines 110 to 799.",
        "Lines with no budget are left out.",
        "The education lines come to 1 less than their printed total; the difference is shown as a line.",
        "Police and fire are budgets of other bodies; precepts for them are not in these figures.",
    )


def housing_revenue_account(shared: Path, book: Any) -> None:
    """The council's housing account: its income, and what it spends."""
    sheet = Sheet(book, "Housing revenue account", (9, 96, 16), "#,##0;(#,##0)")
    sheet.title("DERBY CITY COUNCIL", "Housing revenue account 2016/17", "£000")
    sheet.header("Line", "Item", "Original budget 2016/17 £000")
    sheet.gap()
    found: dict[str, int] = {}
    for side, code in (("Income", "4015"), ("Expenditure", "4035")):
        sheet.heading(side.upper(), column=1)
        lines = return_lines(shared, [f"Housing Revenue Account (HRA) {side}"])
        first = sheet.row + 1
        for line in lines:
            sheet.line((line.code, line.name), line.pounds / 1000)
        total = printed(shared, code)
        if total != sum(line.pounds for line in lines):
            message = f"The housing revenue account's {side.lower()} does not make its printed total."
            raise ValueError(message)
        found[side] = sheet.total(
            f"TOTAL {side.upper()}", 2, f"=SUM(C{first}:C{sheet.row})", total / 1000, label_column=1
        )
        sheet.gap()
    sheet.total(
        "SURPLUS FOR THE YEAR",
        2,
        f"=C{found['Income']}-C{found['Expenditure']}",
        printed(shared, "4040") / 1000,
        label_column=1,
    )
    sheet.notes(
        f"Source: {RETURN}, Derby City UA (E1001), lines 4001 to 4040.",
        "Kept apart from the service budget by law: rents pay for council homes alone.",
        "Lines with no budget are left out.",
    )


def housing_benefit(shared: Path, book: Any) -> None:
    """What the council pays out as housing benefit."""
    sheet = Sheet(book, "Housing benefit", (9, 78, 16), "#,##0;(#,##0)")
    sheet.title("DERBY CITY COUNCIL", "Housing benefit: mandatory payments 2016/17", "£000")
    sheet.header("Line", "Payment", "Original budget 2016/17 £000")
    lines = return_lines(shared, ["Housing benefits"])
    first = sheet.row + 1
    for line in lines:
        sheet.line((line.code, line.name), line.pounds / 1000)
    total = sum(line.pounds for line in lines)
    if total != printed(shared, "849") - printed(shared, "799"):
        message = "Housing benefit is not what stands between service and net current expenditure."
        raise ValueError(message)
    sheet.total("TOTAL MANDATORY PAYMENTS", 2, f"=SUM(C{first}:C{sheet.row})", total / 1000, label_column=1)
    sheet.notes(
        f"Source: {RETURN}, Derby City UA (E1001), lines 811 to 813.",
        "Paid to people by right and repaid by government subsidy; not in total service expenditure.",
    )


# --- police, fire, health, learning --------------------------------------------------------------------


def write_police(shared: Path, folder: Path) -> None:
    """The police's budget as its return has it."""
    lines = authority_lines(shared, "Derbyshire Police and Crime Commissioner and Chief Constable")
    book = new_book(folder, "derbyshire-police")
    sheet = Sheet(book, "Budget 2016-17", (60, 8, 18), "#,##0;(#,##0)")
    sheet.title(
        "Derbyshire Police and Crime Commissioner and Chief Constable",
        "Budget summary for the force area (Derby and Derbyshire), £ thousand",
    )
    sheet.header("Heading", "Ref", "2016-17 budget")
    first = sheet.row + 1
    for code, name in (
        ("601", "Police services"),
        ("610", "Corporate and democratic core"),
        ("681", "Non-distributed costs: retirement benefits"),
    ):
        sheet.line((name, code), lines[code] / 1000)
    check(lines["601"] + lines["610"] + lines["681"], lines["799"])
    sheet.total("Total service expenditure", 2, f"=SUM(C{first}:C{sheet.row})", lines["799"] / 1000)
    sheet.notes(
        f"Source: {RETURN}, Derbyshire Police and Crime Commissioner, lines 601, 610, 681 and 799.",
        "The return shows police services as one line.",
    )
    book.close()


def write_fire(shared: Path, folder: Path) -> None:
    """The fire authority's budget as its return has it."""
    lines = authority_lines(shared, "Derbyshire Combined Fire and Rescue Authority")
    book = new_book(folder, "derbyshire-fire")
    sheet = Sheet(book, "Revenue budget", (8, 46, 20), "£#,##0;(£#,##0)")
    sheet.title(
        "Derbyshire Fire and Rescue Authority",
        "Revenue budget 2016/17 (whole pounds)",
        "Area served: Derby and Derbyshire",
    )
    sheet.header("Code", "Budget head", "Budget £")
    sheet.heading("Fire and rescue services", column=1)
    at = [sheet.line(("602", "Fire and rescue services"), lines["602"])]
    sheet.heading("Central services", column=1)
    first = sheet.row + 1
    sheet.line(("610", "Corporate and democratic core"), lines["610"])
    sheet.line(("650", "Emergency planning"), lines["650"])
    check(lines["610"] + lines["650"], lines["690"])
    at.append(
        sheet.total("Total central services", 2, f"=SUM(C{first}:C{sheet.row})", lines["690"], label_column=1)
    )
    sheet.gap()
    check(lines["602"] + lines["690"], lines["799"])
    sheet.total("Total service expenditure", 2, sum_of(f"C{row}" for row in at), lines["799"], label_column=1)
    sheet.notes(
        f"Source: {RETURN}, Derbyshire Combined Fire and Rescue Authority, lines 602, 610, 650 and 799, "
        "printed there in £ thousand.",
    )
    book.close()


def write_commissioning_group(shared: Path, folder: Path) -> None:
    """The commissioning group's allocation, with the two parts of it that are published apart."""
    whole = allocation(shared)
    ambulance = health_figure(shared, "East Midlands Ambulance Service NHS Trust", "2016-17", "Contract")
    bought = health_figure(shared, COMMISSIONER, "2015-16", "Purchase of healthcare")
    book = new_book(folder, "southern-derbyshire-ccg")
    sheet = Sheet(book, "Allocation", (12, 66, 18), "#,##0")
    sheet.title("NHS Southern Derbyshire Clinical Commissioning Group", "Programme allocation 2016-17, £'000")
    sheet.header("Code", "Allocation", "2016-17 £'000")
    first = sheet.row + 1
    for code, name, amount in (
        ("CCG-NHS", "NHS commissioned health care: the rest of the allocation", whole - ambulance - bought),
        ("CCG-OTHER", "Health care bought from bodies outside the NHS (as in 2015-16)", bought),
        ("CCG-AMB", "Ambulance contract, East Midlands Ambulance Service", ambulance),
    ):
        sheet.line((code, name), amount // 1000)
    sheet.total("Total allocation", 2, f"=SUM(C{first}:C{sheet.row})", whole // 1000, label_column=1)
    sheet.notes(
        f"Source: {COMMISSIONING}: final allocation after place-based pace of change, £664,254 thousand.",
        "Running costs and any delegated primary care are apart, and not in it.",
        "Bodies outside the NHS: the group's accounts of 2015-16, £102,560 thousand, a figure of the year before.",
        "Ambulance: about £16m, from a local report of the governing body's papers of August 2016.",
        "No other split by service is published, and none is made here.",
    )
    book.close()


COLLEGE = "Derby College"
IN_COUNCIL_LINES = {"School Sixth Form", "Local Authority"}
"""Kinds of provider whose money reaches them through the council, and is in its education lines."""


def write_college(shared: Path, folder: Path) -> None:
    """What the college is paid for learners of 16 to 19."""
    row = next(row for row in college_rows(shared) if row["Institution Name"] == COLLEGE)
    book = new_book(folder, "derby-college")
    sheet = Sheet(book, "16-19 allocation", (50, 10, 20), "#,##0")
    sheet.title("Derby College", "16 to 19 funding allocation 2019/20", "All figures in £")
    sheet.header("Description", "Code", "Allocation (£)")
    first = sheet.row + 1
    total = 0
    for name, code, column in (
        ("Study programmes", "PROG", "Total Programme Funding (£)"),
        ("High needs: element 2", "HN2", "High Needs Element 2 Funding (£)"),
        ("Student financial support", "SFS", "Total Student Financial Support Funding (£)"),
        ("Industry placements", "IND", "Industry Placements: Capacity and Delivery Funding (£)"),
        ("Advanced maths premium", "MATH", "Advanced Maths Premium Funding (£)"),
    ):
        sheet.line((name, code), pounds(row[column]))
        total += pounds(row[column])
    check(total, pounds(row["Total Funding Allocation (£)"]))
    sheet.total("Total funding allocation", 2, f"=SUM(C{first}:C{sheet.row})", total)
    sheet.notes(
        f"Source: {ALLOCATIONS}, Derby (831), Derby College, UKPRN {row['UKPRN']}.",
        "An academic year three years after the map's: used only marked as a figure of another year.",
        "Disadvantage funding is part of study programmes; bursaries and free meals are part of support.",
    )
    book.close()


def write_providers(shared: Path, folder: Path) -> None:
    """What academy sixth forms and other providers are paid for learners of 16 to 19."""
    rows = [
        row
        for row in college_rows(shared)
        if row["Institution Name"] != COLLEGE and row["Category"] not in IN_COUNCIL_LINES
    ]
    book = new_book(folder, "school-sixth-forms-and-providers")
    sheet = Sheet(book, "Allocations", (12, 50, 34, 20), "#,##0")
    sheet.title("16 to 19 funding in Derby, academic year 2019/20", "Providers other than Derby College; £")
    sheet.header("UKPRN", "Provider", "Kind of provider", "Total funding allocation")
    first = sheet.row + 1
    total = 0
    for row in sorted(rows, key=lambda row: (row["Category"], row["Institution Name"])):
        amount = pounds(row["Total Funding Allocation (£)"])
        sheet.line((row["UKPRN"], row["Institution Name"], row["Category"]), amount)
        total += amount
    sheet.total("Total", 3, f"=SUM(D{first}:D{sheet.row})", total, label_column=1)
    sheet.notes(
        f"Source: {ALLOCATIONS}, Derby (831), column 'Total Funding Allocation (£)'.",
        "Left out, being in the council's education lines: Bemrose School, Littleover Community School, the council.",
        "An academic year three years after the map's: used only marked as a figure of another year.",
    )
    book.close()


def check(found: int, wanted: int) -> None:
    """Raise `ValueError` where lines do not make the total that their source prints."""
    if found != wanted:
        message = f"The lines make {found:,}, and the source prints {wanted:,}."
        raise ValueError(message)


# --- central departments -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Department:
    """An organisation of the map, the departments of the analysis that it stands for, and its layout."""

    id: str
    name: str
    departments: tuple[str, ...]
    layout: str


DEPARTMENTS = (
    Department(
        "department-for-work-and-pensions",
        "Department for Work and Pensions",
        ("Department for Work and Pensions",),
        "by function",
    ),
    Department(
        "department-of-health-and-social-care",
        "Department of Health and Social Care",
        ("Department of Health and Social Care",),
        "current and capital",
    ),
    Department(
        "hm-revenue-and-customs", "HM Revenue and Customs", ("HM Revenue and Customs",), "list in millions"
    ),
    Department(
        "department-for-education", "Department for Education", ("Department for Education",), "by function"
    ),
    Department("ministry-of-justice", "Ministry of Justice", ("Ministry of Justice",), "list"),
    Department(
        "department-for-transport",
        "Department for Transport",
        ("Department for Transport",),
        "current and capital",
    ),
    Department(
        "department-for-business-energy-and-industrial-strategy",
        "Department for Business, Energy and Industrial Strategy",
        ("Department for Business, Energy and Industrial Strategy",),
        "by function",
    ),
    Department(
        "department-for-environment-food-and-rural-affairs",
        "Department for Environment, Food and Rural Affairs",
        ("Department for Environment, Food and Rural Affairs",),
        "list",
    ),
    Department(
        "department-for-digital-culture-media-and-sport",
        "Department for Digital, Culture, Media and Sport",
        ("Department for Digital, Culture, Media and Sport",),
        "by function",
    ),
    Department(
        "ministry-of-housing-communities-and-local-government",
        "Ministry of Housing, Communities and Local Government",
        ("Ministry of Housing, Communities and Local Government",),
        "current and capital",
    ),
    Department("home-office", "Home Office", ("Home Office",), "list in millions"),
    Department(
        "public-service-pension-schemes",
        "Public service pension schemes",
        (
            "Armed Forces Pension and Compensation Schemes",
            "Cabinet Office: Civil Superannuation",
            "Ministry of Justice: Judicial Pensions Scheme",
            "National Health Service Pension Scheme",
            "Royal Mail Statutory Pension Scheme",
            "Teachers' Pension Scheme (England and Wales)",
            "United Kingdom Atomic Energy Authority Pension Schemes",
        ),
        "list",
    ),
    Department("other-central-departments", "Other central departments and regulators", (), "by department"),
)
"""Every department shown by name; the last stands for all the rest."""

LOCAL = "Local Government England"
PAID_THROUGH_COUNCILS = ("S022A199", "S022A202")
"""Segments of the education department that are grants to councils' schools: in the councils' lines."""


def is_counted(row: dict[str, Any]) -> bool:
    """Whether a row of the analysis is in no body's own figure, so that it comes in from the top down."""
    if row["CG, LG, PC, BOE"] == "LG" or row["Department Name"] == LOCAL:
        return False
    return not str(row["CRA Segment Name"]).startswith(PAID_THROUGH_COUNCILS)


def lines_of(rows: Iterable[dict[str, Any]], department: Department) -> list[Line]:
    """The lines of one department in the regional analysis."""
    named = {name for department in DEPARTMENTS for name in department.departments}
    return [
        Line(
            code=tidy(row["CRA Segment Code"]),
            name=segment_name(row["CRA Segment Name"]),
            pounds=round(row["2016-17"]) * 1000,
            group=tidy(row["Department Name"]),
            body=tidy(row["Organisation Name"]),
            function=tidy(row["COFOG Level 1"]),
            sort={"CUR": "Current", "CAP": "Capital"}[row["CAP or CUR"]],
            row=row["row"],
        )
        for row in rows
        if is_counted(row)
        and (
            row["Department Name"] in department.departments
            if department.departments
            else row["Department Name"] not in named
        )
    ]


def words(text: str) -> frozenset[str]:
    """The words of a name."""
    return frozenset(text.split())


KEPT_IN_CAPITALS = words(
    """ACAS AEF AFPS AHRC ALB AME BBC BBSRC BDUK BEIS BIS CAFCASS CAP CFSS CICA CITB CPF CPG CYPFD DFE DVLA
    ECITB EFA EP ERDF ESD ESRC EU FC FCSD FE FSM GBI GEFCO HCA HE HEFCE HMCTS HMIC HMT HQ HR HSE ICT IFD IRT
    ITSO ITT LA LGBCE MEP MHRA MIRAS MMO MRC NAHP NC NDPB NE NERC NESTA NHS NOMS NPS OFFA PCSPS PFI PLC PRS
    PSFP PSMA QTS RBG RDEL RSA SCME SEN SFLGS SFO SIA SMI SRA SRD STA STFC TA TV UK UKAEA UKCES VAT VFM VOA
    YJB"""
)
NAMES = words(
    """British Christmas Crown England English European Eurostar Eurotunnel Kew London Midlands Northern
    Ofcom Ofgem Olympics Ordnance Parliament Royal Scotland Wales"""
)


def segment_name(text: str) -> str:
    """A segment's name without its code, its capitals put down.

    >>> segment_name("S032A044-STATE PENSION")
    'State pension'
    >>> segment_name("S041A032-R&D TAX CREDITS: ABOVE THE LINE")
    'R&D tax credits: above the line'
    """
    name = re.sub(r"^S[0-9A-Z]{6,8}\s*-*\s*", "", tidy(text)) or tidy(text)
    if name.upper() != name:
        return name[0].upper() + name[1:]
    names = {word.upper(): word for word in NAMES}

    def put_down(match: re.Match[str]) -> str:
        word = match[0]
        return word if word in KEPT_IN_CAPITALS else names.get(word, word.lower())

    lowered = re.sub(r"[A-Z][A-Z']*", put_down, name).replace("r&d", "R&D").replace("r & d", "R & D")
    return lowered[0].upper() + lowered[1:]


def write_departments(shared: Path, folder: Path) -> None:
    """A workbook for every department of the regional analysis."""
    rows = regional_rows(shared)
    for department in DEPARTMENTS:
        write_department(lines_of(rows, department), department, folder)


def write_department(lines: list[Line], department: Department, folder: Path) -> None:
    """One department's workbook, in its own layout and unit."""
    millions = department.layout == "list in millions"
    scale = 1_000_000 if millions else 1000
    unit = "£ million" if millions else "£000"
    book = new_book(folder, department.id)
    sheet = Sheet(
        book,
        "East Midlands 2016-17",
        (46, 54, 44, 46, 12, 16, 14),
        "#,##0.000;(#,##0.000)" if millions else "#,##0;(#,##0)",
    )
    sheet.title(
        department.name,
        f"Identifiable expenditure in the East Midlands, 2016-17 outturn, {unit}",
        "Negative figures in brackets",
    )
    sheet.header(
        "Segment code",
        "Segment name",
        "Spent by",
        "Function",
        "Current or capital",
        f"2016-17 {unit}",
        "Source",
    )
    groups = grouped(lines, department.layout)
    total = sum(line.pounds for line in lines)
    cells: list[str] = []
    for name, members in groups:
        if name:
            sheet.heading(name)
        first = sheet.row + 1
        for line in members:
            sheet.line(
                (line.code, line.name, line.body, line.function, line.sort),
                line.pounds / scale,
                (f"CRA row {line.row}",),
            )
        subtotal = sum(line.pounds for line in members)
        formula = f"=SUM(F{first}:F{sheet.row})"
        if name:
            at = sheet.total(f"Total {name}", 5, formula, subtotal / scale)
            cells.append(f"F{at}")
            sheet.gap()
        else:
            sheet.total("Total", 5, formula, subtotal / scale)
    if cells:
        sheet.total("TOTAL", 5, sum_of(cells), total / scale)
    notes = [
        (
            f"Source: {ANALYSIS}, database: rows of the East Midlands, central government and public "
            "corporations, 2016-17; the last column names the row."
        ),
        "Spending by councils, police and fire bodies is left out: they give their own figures.",
    ]
    if department.id == "department-for-education":
        notes.append(
            "Grants to councils' schools (segments S022A199 and S022A202) are left out: they are in the "
            "councils' education lines."
        )
    sheet.notes(*notes)
    book.close()


def grouped(lines: list[Line], layout: str) -> list[tuple[str, list[Line]]]:
    """The lines under the headings of a layout; one nameless group where it has none."""
    if layout.startswith("list"):
        return [("", sorted(lines, key=lambda line: -line.pounds))]
    keys: dict[str, Callable[[Any], str]] = {
        "by function": lambda line: line.function,
        "current and capital": lambda line: f"{line.sort} spending",
        "by department": lambda line: line.group,
    }
    key = keys[layout]
    order = dict.fromkeys(sorted((key(line) for line in lines), key=group_order))
    return [
        (name, sorted((line for line in lines if key(line) == name), key=lambda line: -line.pounds))
        for name in order
    ]


def group_order(name: str) -> tuple[float, str]:
    """Functions in the order of their numbers, current before capital, else by name."""
    match = re.match(r"(\d+)\.(\w+)", name)
    if match:
        return int(match[1]) + ord(match[2][0]) / 1000, name
    return (0 if name.startswith("Current") else 1 if name.startswith("Capital") else 2), name


# --- what follows from the same figures ----------------------------------------------------------------

BENCHMARK = [
    "id",
    "name",
    "region_amount",
    "treatment",
    "covered_by",
    "parts",
    "note",
    "source",
    "needs",
    "holds",
]
SWITCHES_OF = {
    "schools-grants": ("schools", ""),
    "council-services": ("", "schools"),
    "housing-benefit": ("", "benefits"),
    "local-capital": ("capital", ""),
    "local-corporations": ("capital", ""),
}
"""The switch of the count that all of a part answers to, and the one that some of it does; see `BenchmarkPart`."""


def benchmark_rows(shared: Path) -> list[tuple[str, ...]]:
    """How each part of the region's published spending meets the map; together they make all of it."""
    rows = regional_rows(shared)

    def amount(*, local: bool | None = None, sort: str = "", functions: tuple[str, ...] = ()) -> int:
        return sum(
            round(row["2016-17"]) * 1000
            for row in rows
            if (local is None or (row["CG, LG, PC, BOE"] == "LG") == local)
            and (not sort or row["CAP or CUR"] == sort)
            and (not functions or str(row["COFOG Level 1"]).split(" ")[0] in functions)
        )

    counted = sum(round(row["2016-17"]) * 1000 for row in rows if is_counted(row))
    schools = sum(
        round(row["2016-17"]) * 1000
        for row in rows
        if str(row["CRA Segment Name"]).startswith(PAID_THROUGH_COUNCILS)
    )
    homes = sum(
        round(row["2016-17"]) * 1000
        for row in rows
        if row["CG, LG, PC, BOE"] == "PC" and row["Department Name"] == LOCAL
    )
    police = amount(local=True, sort="CUR", functions=("3.1",))
    fire = amount(local=True, sort="CUR", functions=("3.2",))
    benefit = amount(local=True, sort="CUR", functions=("10.6",))
    other = amount(local=True, sort="CUR") - police - fire - benefit
    capital = amount(local=True, sort="CAP")
    covered, gap = "covered from the bottom up", "not covered"
    council = "derby-city-council"
    named = ";".join(department.id for department in DEPARTMENTS)
    parts = [
        (
            "central",
            "Central government and its corporations",
            str(counted),
            "counted from the top down",
            named,
            "",
            "In the map as the region’s amount times Derby’s share, less what reaches bodies on the map.",
            f"{ANALYSIS}: rows CG, and PC but for local government’s",
        ),
        (
            "schools-grants",
            "Grants to councils’ schools",
            str(schools),
            covered,
            council,
            "revenue",
            "In the council’s education lines, which are before grants.",
            f"{ANALYSIS}: segments S022A199 and S022A202",
        ),
        (
            "council-services",
            "Council services",
            str(other),
            covered,
            council,
            "revenue;housing revenue account",
            "Derby’s own budget stands in: it differs by need, by schools still the council’s, and by phase.",
            f"{ANALYSIS}: LG current rows but for police, fire and housing",
        ),
        (
            "housing-benefit",
            "Housing benefit and homelessness",
            str(benefit),
            covered,
            council,
            "housing benefit",
            "Paid by councils in England and in no department’s row; Derby’s own budget stands in.",
            f"{ANALYSIS}: LG current rows of 10.6 Housing",
        ),
        (
            "police",
            "Police bodies",
            str(police),
            covered,
            "derbyshire-police",
            "",
            "The force’s own budget by population stands in.",
            f"{ANALYSIS}: LG current rows of 3.1 Police services",
        ),
        (
            "fire",
            "Fire bodies",
            str(fire),
            covered,
            "derbyshire-fire",
            "",
            "The authority’s own budget by population stands in.",
            f"{ANALYSIS}: LG current rows of 3.2 Fire-protection services",
        ),
        (
            "local-capital",
            "Local government capital",
            str(capital),
            gap,
            "",
            "",
            "No capital programme of the council, police or fire is on the map yet: ask for it.",
            f"{ANALYSIS}: LG capital rows",
        ),
        (
            "local-corporations",
            "Capital of council housing and local corporations",
            str(homes),
            gap,
            "",
            "",
            "Mostly investment in council homes, which the housing revenue account pays for over time.",
            f"{ANALYSIS}: PC rows of local government",
        ),
    ]
    return [(*part, *SWITCHES_OF.get(part[0], ("", ""))) for part in parts]


FUNDING = ["organisation", "stream", "year", "amount", "source_line", "source"]


def funding_rows(shared: Path) -> list[tuple[str, ...]]:
    """Where the money of each body comes from, as its own return or source prints it."""
    rows: list[tuple[str, ...]] = []

    def add(body: str, stream: str, amount: int, line: str, source: str) -> None:
        if amount:
            rows.append((body, stream, "2016-17", str(amount), line, source))

    council = "derby-city-council"
    for stream, codes in FUNDED_BY.items():
        for code in codes:
            add(council, stream, amount_of_line(shared, code), f"line {code}", RETURN)
    add(council, "rents", printed(shared, "4015"), "line 4015", RETURN)
    for body, authority in (
        ("derbyshire-police", "Derbyshire Police and Crime Commissioner and Chief Constable"),
        ("derbyshire-fire", "Derbyshire Combined Fire and Rescue Authority"),
    ):
        lines = authority_lines(shared, authority)
        for stream, codes in FUNDED_BY.items():
            for code in codes:
                sign = 1 if code == "990" else -1
                add(body, stream, sign * lines.get(code, 0), f"line {code}", RETURN)
    add("southern-derbyshire-ccg", "nhs-allocation", allocation(shared), "Final allocation", COMMISSIONING)
    for row in college_rows(shared):
        if row["Category"] in IN_COUNCIL_LINES:
            continue
        body = "derby-college" if row["Institution Name"] == COLLEGE else "school-sixth-forms-and-providers"
        amount = pounds(row["Total Funding Allocation (£)"])
        add(body, "education-16-19", amount, row["Institution Name"], ALLOCATIONS)
    region = regional_rows(shared)
    for department in DEPARTMENTS:
        total = sum(line.pounds for line in lines_of(region, department))
        add(department.id, "national-taxation", total, "rows of the East Midlands", ANALYSIS)
    return rows


def amount_of_line(shared: Path, code: str) -> int:
    """The amount of a line of the council's return, income below zero."""
    amount = printed(shared, code)
    return amount if code == "990" else -amount


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def other_years(path: Path) -> list[tuple[str, ...]]:
    """The rows of years beside 2016-17, which `write_years` writes."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file) if row["year"] != "2016-17"]


def write_all(shared: Path, folder: Path) -> None:
    """Write every workbook, the parts of the benchmark and the funding."""
    workbooks = folder / "workbooks"
    workbooks.mkdir(parents=True, exist_ok=True)
    for write in (
        write_council,
        write_police,
        write_fire,
        write_commissioning_group,
        write_college,
        write_providers,
        write_departments,
    ):
        write(shared, workbooks)
    write_csv(folder / "benchmark.csv", BENCHMARK, benchmark_rows(shared))
    write_csv(folder / "funding.csv", FUNDING, [*funding_rows(shared), *other_years(folder / "funding.csv")])


if __name__ == "__main__":
    write_all(Path(sys.argv[1]), Path(sys.argv[2]))
