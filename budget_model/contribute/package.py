"""Mapped lines as they leave the product: a Fiscal Data Package, and CSV with a data dictionary.

The package follows version 1 of the specification (a `columnType` on each field). Amounts are the place's
part of each line, in pounds, each line's services apart; what an organisation keeps to itself goes out as
money without words. Text that a spreadsheet would take for a formula is written so that it stays text.
"""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from decimal import Decimal

from budget_model.financial_year import beginning_in, first_calendar_year, first_day
from budget_model.spreadsheet_text import as_text
from budget_model.vocabulary import KEPT_BACK, Sensitivity


@dataclass(frozen=True, slots=True)
class Exported:
    """One line's part for one service, as it leaves the product."""

    organisation_id: str
    organisation: str
    year: str
    phase: str
    part: str
    direction: str
    kind: str
    code: str
    description: str
    headings: str
    service_id: str
    service: str
    cofog_division: str
    cofog_group: str
    funding: str
    ring_fence: str
    nature: str
    discretion: str
    stage: str
    area: str
    grade: int
    share: Decimal
    share_basis: str
    amount: Decimal
    file: str
    sheet: str
    cell: str
    sensitivity: str
    mapped_by: str
    mapping_reason: str
    provenance: str
    reconciliation: str
    compared_with: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """One column of the export: what it means, in which unit, and its type in a Fiscal Data Package."""

    name: str
    meaning: str
    kind: str = "string"
    column_type: str = ""


DICTIONARY: tuple[Meaning, ...] = (
    Meaning(
        "organisation_id",
        "The body that sent the line, as the place’s files name it",
        "string",
        "administrative-classification:generic:level1:code",
    ),
    Meaning(
        "organisation", "The body’s name", "string", "administrative-classification:generic:level1:label"
    ),
    Meaning("year", "Financial year, April to March", "string", "date:fiscal-year"),
    Meaning("phase", "Original budget, revised budget, forecast or outturn", "string", "phase:label"),
    Meaning("part", "Which part of the body’s budget, where its files add up", "string"),
    Meaning("direction", "Expenditure, or income: net is expenditure less income", "string", "direction"),
    Meaning(
        "kind",
        "Revenue, capital, or transfer to individuals (benefits and pensions)",
        "string",
        "economic-classification:generic:level1:label",
    ),
    Meaning("code", "The body’s own code of the line", "string", "budget-line-id"),
    Meaning("description", "What the body calls the line", "string"),
    Meaning("headings", "The headings above it in its file, outermost first", "string"),
    Meaning(
        "service_id",
        "The service of the place’s common list that it pays for; 'unmapped' for none yet",
        "string",
        "activity:generic:program:code",
    ),
    Meaning("service", "The service’s name", "string", "activity:generic:program:label"),
    Meaning(
        "cofog_division",
        "Division of the Classification of the Functions of Government",
        "string",
        "functional-classification:cofog:level1:code",
    ),
    Meaning("cofog_group", "Group of the same", "string", "functional-classification:cofog:level2:code"),
    Meaning(
        "funding",
        "The funding stream that it is tied to; 'general' for none",
        "string",
        "fin-source:generic:level1:code",
    ),
    Meaning("ring_fence", "Whether it may be spent on anything else: none, conditions, statutory, unknown"),
    Meaning(
        "nature",
        "What the money buys: CIPFA’s subjective groups, or unknown",
        "string",
        "economic-classification:generic:level2:label",
    ),
    Meaning("discretion", "How much choice the body has over it"),
    Meaning("stage", "How early in a person’s need it acts"),
    Meaning("area", "The part of the place that it is for"),
    Meaning(
        "grade",
        "Confidence from 1 (audited outturn of a body that is all the place’s) to 6 (judgement)",
        "integer",
    ),
    Meaning("share", "The place’s part of the body’s own amount, between 0 and 1", "number"),
    Meaning("share_basis", "How the share is known"),
    Meaning(
        "amount",
        "The place’s part of the line for this service, pounds; above zero on either side",
        "number",
        "value",
    ),
    Meaning("file", "The workbook that it was read from"),
    Meaning("sheet", "Its sheet"),
    Meaning("cell", "Its cell"),
    Meaning("sensitivity", "Who may see the line itself; totals are always shown"),
    Meaning("mapped_by", "Who or what said which service it pays for"),
    Meaning("mapping_reason", "Why"),
    Meaning("provenance", "How the figure came about: estimated, allocated, stated, published or audited"),
    Meaning("reconciliation", "Whether what was read of its file agrees with the total it is compared with"),
    Meaning("compared_with", "Whose total that is: the body’s own, one published elsewhere, or our own sum"),
)
"""Every column, in the order of the file."""


def published(lines: Sequence[Exported]) -> tuple[Exported, ...]:
    """The lines as anybody may see them: what is not public keeps its money and loses its words."""
    kept_back = ("code", "description", "headings", "file", "sheet", "cell", "mapped_by", "mapping_reason")
    found = []
    for line in lines:
        if line.sensitivity == Sensitivity.PUBLIC:
            found.append(line)
            continue
        values = {column.name: getattr(line, column.name) for column in fields(line)}
        found.append(Exported(**{**values, **dict.fromkeys(kept_back, ""), "description": KEPT_BACK}))
    return tuple(found)


def lines_csv(lines: Sequence[Exported]) -> bytes:
    """The lines as CSV in UTF-8 with a mark, as Excel opens it rightly."""
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    names = [column.name for column in DICTIONARY]
    writer.writerow(names)
    for line in lines:
        writer.writerow([_cell(getattr(line, name)) for name in names])
    return b"\xef\xbb\xbf" + kept.getvalue().encode("utf-8")


def dictionary_csv() -> bytes:
    """What every column means."""
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow(["column", "meaning", "type", "fiscal data package type"])
    writer.writerows(
        [[meaning.name, meaning.meaning, meaning.kind, meaning.column_type] for meaning in DICTIONARY]
    )
    return b"\xef\xbb\xbf" + kept.getvalue().encode("utf-8")


def _period(years: Sequence[str]) -> dict[str, str]:
    """From the first day of the first year to the last of the last."""
    last = first_calendar_year(years[-1]) + 1
    return {
        "start": first_day(years[0]).isoformat(),
        "end": (first_day(beginning_in(last)) - timedelta(1)).isoformat(),
    }


def described(lines: Sequence[Exported], place: str, place_name: str, currency: str) -> dict[str, object]:
    """The package's description."""
    years = sorted({line.year for line in lines})
    period = _period(years) if years else {}
    return {
        "name": f"{place}-public-budget" + (f"-{years[0]}" if len(years) == 1 else ""),
        "title": f"The public budget of {place_name}" + (f", {', '.join(years)}" if years else ""),
        "profile": "fiscal-data-package",
        "granularity": "aggregated",
        "fiscalPeriod": period,
        "currency": currency,
        "resources": [
            {
                "name": "lines",
                "path": "lines.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": meaning.name, "type": meaning.kind, "description": meaning.meaning}
                        | ({"columnType": meaning.column_type} if meaning.column_type else {})
                        | ({"currency": currency} if meaning.column_type == "value" else {})
                        for meaning in DICTIONARY
                    ],
                    "missingValues": [""],
                },
            }
        ],
    }


def fiscal_data_package(lines: Sequence[Exported], place: str, place_name: str, currency: str) -> bytes:
    """The zipped package: description, lines and data dictionary; the same lines give the same bytes."""
    parts = {
        "datapackage.json": json.dumps(
            described(lines, place, place_name, currency), ensure_ascii=False, indent=2
        ).encode("utf-8"),
        "lines.csv": lines_csv(lines),
        "data-dictionary.csv": dictionary_csv(),
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    text = "" if value is None else str(value)
    return as_text(text)
