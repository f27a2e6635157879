"""The folder of a place that a first map becomes: its lists as CSV, its bodies' figures as workbooks."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from budget_model.contribute.first_map.making import FirstMap
from budget_model.contribute.first_map.sent import YEAR, Body, SentLine, Sheet, id_of, joined_id, total_of
from budget_model.place.england import FOLDER
from budget_model.place.loading import WORKBOOKS
from budget_model.place.model import (
    Area,
    BenchmarkPart,
    ConfirmedMapping,
    Funding,
    Organisation,
    PlannedSubmission,
    Population,
    Share,
    Target,
    TargetService,
    Transfer,
    UnknownTransfer,
)
from budget_model.place.writing import write_table
from budget_model.problem import Refusal
from budget_model.vocabulary import Discretion, Kind, Nature, OrganisationType, RingFence, Stage

BOOKS: Final = {
    OrganisationType.NHS: "nhs-allocations.xlsx",
    OrganisationType.COLLEGE: "16-to-19-allocations.xlsx",
    OrganisationType.SCHOOL: "16-to-19-allocations.xlsx",
    OrganisationType.CENTRAL_DEPARTMENT: "regional-analysis.xlsx",
}
"""The workbook that a body's published figures share with others of its source; a body of the returns has its own.

Two councils' returns have the same lines, so that in one workbook they would be asked about as the same money twice.
"""
STREAMS: Final = "funding_streams.csv"
"""The funding streams of a first map, each with the department that pays it."""
HEADER: Final = ("Code", "Line", "Amount (£)", "Group", "Where published")
WITH_INCOME: Final = ("Code", "Line", "Expenditure (£)", "Income (£)", "Group", "Where published")
FIRST_ROW: Final = 3
"""The row, counted from nought, of a sheet's first line."""


def write_folder(made: FirstMap, folder: Path) -> None:
    """Write a place's folder; raises `Refusal` where there is one with something in it already."""
    if folder.exists() and any(folder.iterdir()):
        raise Refusal(
            f"There is a folder {folder} already, and nothing was changed. Name another with --folder."
        )
    workbooks = folder / WORKBOOKS
    workbooks.mkdir(parents=True, exist_ok=True)
    write_workbooks(made, workbooks)
    (folder / "place.toml").write_text(settings_of(made), encoding="utf-8")
    (folder / STREAMS).write_bytes((FOLDER / STREAMS).read_bytes())
    for name, value, rows in _tables(made):
        write_table(folder / f"{name}.csv", value, rows)


def _tables(made: FirstMap) -> Iterator[tuple[str, type, Iterable[Any]]]:
    organisations = (*(body.organisation for body in made.bodies), *made.awaited)
    yield "organisations", Organisation, organisations
    yield "shares", Share, (made.place_share, *(body.share for body in made.bodies))
    yield "submissions", PlannedSubmission, submissions_of(made)
    yield "mappings", ConfirmedMapping, mappings_of(made)
    yield "transfers", Transfer, made.transfers
    yield "unknown_transfers", UnknownTransfer, made.unknown_transfers
    yield "funding", Funding, (row for body in made.bodies for row in body.funding)
    yield "benchmark", BenchmarkPart, made.benchmark_parts
    yield "areas", Area, made.areas
    yield "populations", Population, made.populations
    yield "targets", Target, ()
    yield "target_services", TargetService, ()


def submissions_of(made: FirstMap) -> Iterator[PlannedSubmission]:
    """One planned submission for each sheet of each body."""
    for body in made.bodies:
        for sheet in body.sheets:
            yield PlannedSubmission(
                joined_id(body.id, id_of(sheet.part)),
                book_of(body),
                sheet.name,
                body.id,
                YEAR,
                sheet.phase,
                sheet.part,
                sheet.figures_year,
                sheet.grade,
                body.share.id,
                sheet.total,
                sheet.source,
                sheet.provenance,
                sheet.control,
            )


def book_of(body: Body) -> str:
    """The workbook that holds a body's figures."""
    return BOOKS.get(body.organisation.type, f"{body.id}.xlsx")


def mappings_of(made: FirstMap) -> Iterator[ConfirmedMapping]:
    """What each line of each body pays for."""
    for body in made.bodies:
        seen: set[tuple[str, str]] = set()
        for line in (line for sheet in body.sheets for line in (*sheet.lines, *sheet.income)):
            if (line.code, line.name) not in seen:
                seen.add((line.code, line.name))
                yield _mapping(body.id, line)


def _mapping(body: str, line: SentLine) -> ConfirmedMapping:
    known = line.service
    return ConfirmedMapping(
        body,
        line.code,
        line.name,
        known.service,
        known.funding_stream,
        RingFence(known.ring_fence) if known.ring_fence else None,
        Nature(known.nature) if known.nature else None,
        Kind(known.kind) if known.kind else None,
        Discretion(known.discretion) if known.discretion else None,
        Stage(known.stage) if known.stage else None,
        None,
        "",
        None,
        f"Project’s classification: {known.basis}",
    )


def write_workbooks(made: FirstMap, folder: Path) -> None:
    """A workbook for each body of the returns and for each other source, a sheet for each part of each body."""
    sheets: dict[str, list[Sheet]] = {}
    for body in made.bodies:
        sheets.setdefault(book_of(body), []).extend(body.sheets)
    for name, parts in sheets.items():
        book = xlsxwriter.Workbook(folder / name)
        # A fixed date, so that writing the same figures again gives the same bytes.
        book.set_properties({"created": datetime(2017, 3, 31, tzinfo=UTC), "title": name})
        for part in parts:
            _write_sheet(book, part)
        book.close()


def _write_sheet(book: Any, part: Sheet) -> None:
    """A title, a row for each line, a total, and where it was published; income in a column of its own."""
    sheet = book.add_worksheet(part.name)
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00;(#,##0.00)"})
    sheet.set_column(1, 1, 70)
    sheet.set_column(2, 3, 20)
    sheet.write_string(0, 0, part.title, bold)
    sheet.write_row(2, 0, WITH_INCOME if part.income else HEADER, bold)
    row = FIRST_ROW
    for line in part.lines:
        blank = ("",) if part.income else ()
        sheet.write_row(row, 0, (line.code, line.name, float(line.pounds), *blank, line.group, line.at))
        row += 1
    for line in part.income:
        sheet.write_row(row, 0, (line.code, line.name))
        sheet.write_row(row, 3, (float(line.pounds), line.group, line.at))
        row += 1
    sheet.write_string(row, 1, "TOTAL", bold)
    sides = (("C", part.lines), ("D", part.income)) if part.income else (("C", part.lines),)
    for column, (letter, lines) in enumerate(sides, start=2):
        formula = f"=SUM({letter}{FIRST_ROW + 1}:{letter}{row})"
        sheet.write_formula(row, column, formula, money, float(total_of(lines)))
    sheet.write_string(row + 2, 0, f"Source: {part.source}")


def settings_of(made: FirstMap) -> str:
    """The place's `place.toml`."""
    council, benchmark = made.council, made.benchmark
    return SETTINGS.format(
        id=made.id,
        name=council.name,
        region=council.region,
        ons_code=council.ons_code,
        year=YEAR,
        amount=benchmark.amount,
        share=benchmark.share,
        source=benchmark.source,
    )


SETTINGS: Final = """\
# A first map, made of national figures. Replace each estimate by uploading what the body itself sends.
id = "{id}"
name = "{name}"
region = "{region}"
ons_code = "{ons_code}"
default_year = "{year}"
currency = "GBP"
basis = "Spend for residents of {name}, wherever it is spent; sixth forms and colleges are counted where they stand."

# What the map is compared with: the region's published spending, times the place's share of its residents.
[benchmark]
region = "{region}"
year = "{year}"
amount = "{amount}"
share = "{share}"
source = "{source}"

# Outside these limits the map warns. They are parameters, not findings.
[plausibility]
benchmark_low = "0.75"
benchmark_high = "1.25"
main_divisions = ["07", "09", "10"]
main_divisions_low = "0.65"
main_divisions_high = "0.85"
unit_mistake = "1000"
change_to_explain = "0.20"
"""
