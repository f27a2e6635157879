"""A Fiscal Data Package as a workbook: its tables as sheets, and what it states about their columns.

Read are version 0.3 (`model`, or `mapping` as its drafts had it; also the flat mapping of 0.2) and version 1
(a
`columnType` on each field, `extraFields` with constants, and `normalize` for amounts that stand side by
side). What the
package states is kept beside the columns; nothing is fetched from elsewhere.
"""

import hashlib
import io
import json
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from budget_model.financial_year import beginning_in
from budget_model.intake.files import delimited, limits
from budget_model.intake.files.grid import CellValue, KnownColumn, Sheet, Workbook
from budget_model.problem import Location, Problem, Refusal

DESCRIPTION: Final = "datapackage.json"
_LARGEST_DESCRIPTION: Final = 4 * limits.MEGABYTE
_USUAL_FACTORS: Final = (1, 1000, 1_000_000)
_Json = Mapping[str, Any]

ROLES: Final = {
    "administrative": "organisation",
    "administrative-classification": "organisation",
    "functional": "classification",
    "functional-classification": "classification",
    "economic": "classification",
    "economic-classification": "classification",
    "classification": "classification",
    "activity": "activity",
    "entity": "entity",
    "recipient": "entity",
    "supplier": "entity",
    "location": "location",
    "geo": "location",
    "geographical": "location",
    "datetime": "date",
    "date": "date",
    "phase": "phase",
    "direction": "direction",
    "value": "amount",
    "value-currency": "currency",
    "budget-line-id": "other",
}
"""What a package calls a dimension or a column type, and the role that it has here."""


def folder_as_zip(folder: Path) -> bytes:
    """Pack a package's folder, with the files that it names and no others, to be read like an upload."""
    try:
        described = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8-sig"))
        wanted = [path for resource in _resources(described) for path in _paths(resource)]
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as archive:
            archive.write(folder / DESCRIPTION, DESCRIPTION)
            for path in dict.fromkeys(wanted):
                file = folder / path
                if file.is_file() and file.resolve().is_relative_to(folder.resolve()):
                    archive.write(file, path)
    except FileNotFoundError:
        raise Refusal(f"The folder {folder.name} holds no {DESCRIPTION}, so it is no data package.") from None
    except (ValueError, OSError) as fault:
        raise Refusal(
            f"{folder.name}: {DESCRIPTION} cannot be read ({fault}). Ask its author for a fresh copy."
        ) from None
    return memory.getvalue()


def open_package(data: bytes, file: str) -> Workbook:
    """Read a zipped Fiscal Data Package."""
    try:
        return _Package(data, file).workbook()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RecursionError) as fault:
        raise Refusal(
            f"{file} is damaged: a part of it cannot be unpacked. Ask its author for a fresh copy."
        ) from fault


class _Package:
    def __init__(self, data: bytes, file: str) -> None:
        self.data = data
        self.file = file
        self.counter = limits.Counter(len(data), file)
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.parts = {part.filename.replace("\\", "/"): part for part in archive.infolist()}
        descriptions = [name for name in self.parts if posixpath.basename(name).lower() == DESCRIPTION]
        self.description = min(descriptions, key=lambda name: (name.count("/"), name))
        self.folder = posixpath.dirname(self.description)
        self.notes: list[str] = []
        self.problems: list[Problem] = []

    def workbook(self) -> Workbook:
        described = self._described()
        stated = _stated_in_model(described) | _stated_flat(described)
        sheets: list[Sheet] = []
        cells = 0
        for number, resource in enumerate(_resources(described), 1):
            sheet = self._sheet(resource, f"resource {number}")
            if sheet is None:
                continue
            width = max(map(len, sheet.rows), default=0)
            place = f"{self.file}, {sheet.name}, row {len(sheet.rows)}"
            cells = limits.refuse_box(len(sheet.rows), width, cells, place)
            self._say_what_is_known(sheet, resource, stated, described)
            sheets.append(sheet)
        if not sheets:
            said = f" {self.notes[0]}" if self.notes else ""
            raise Refusal(
                f"{self.file} is a data package of which no table could be read.{said} Put the files that "
                "its "
                f"{DESCRIPTION} names into the zip and upload it again."
            )
        title = described.get("title") or described.get("name")
        if isinstance(title, str):
            self.notes.insert(0, f"The package is titled '{limits.shown(title, 200)}'.")
        hashed = hashlib.sha256(self.data).hexdigest()
        kind, size = "fiscal data package", len(self.data)
        return Workbook(self.file, kind, hashed, size, sheets, tuple(self.notes), tuple(self.problems))

    def _described(self) -> _Json:
        text = self.counter.whole(self.parts[self.description], self.data, _LARGEST_DESCRIPTION)
        try:
            described = json.loads(text.decode("utf-8-sig"))
        except ValueError as fault:
            raise Refusal(
                f"{self.file}: its {DESCRIPTION} is not valid JSON ({limits.shown(str(fault))}). Ask its "
                "author for a "
                "fresh copy, or upload its tables one by one."
            ) from None
        if not isinstance(described, dict) or not isinstance(described.get("resources"), list):
            raise Refusal(
                f"{self.file}: its {DESCRIPTION} lists no resources. Upload its tables one by one as CSV "
                "instead."
            )
        return described

    def _sheet(self, resource: _Json, otherwise: str) -> Sheet | None:
        """Read one resource, from its files or as written in the description itself."""
        paths = _paths(resource)
        name = str(resource.get("name") or (posixpath.basename(paths[0]) if paths else otherwise))
        if isinstance(resource.get("data"), list):
            return Sheet(name, _written_rows(resource["data"]), known_header_row=0)
        rows: list[list[CellValue]] = []
        for path in paths:
            table = self._table(path, resource, name)
            if table is None:
                return None
            rows += table.rows[1:] if rows else table.rows
        if not paths:
            self.notes.append(
                f"'{limits.shown(name)}' names no file in the package; nothing is fetched from the web."
            )
            return None
        header = _dialect(resource).get("header", True)
        return Sheet(name, rows, known_header_row=0 if header is not False else None)

    def _table(self, path: str, resource: _Json, name: str) -> delimited.DelimitedText | None:
        part = self.parts.get(posixpath.normpath(posixpath.join(self.folder, path)))
        if part is None:
            what = "is on the web and is not fetched" if "://" in path else "is not in the zip"
            self.notes.append(f"The file {limits.shown(path)} of '{limits.shown(name)}' {what}.")
            return None
        if re.search(r"\.(xlsx?|ods|json|geojson|pdf)$", path, re.IGNORECASE):
            self.notes.append(
                f"The file {limits.shown(path)} is no text with separators; upload it by itself."
            )
            return None
        separator = _dialect(resource).get("delimiter")
        separator = separator if isinstance(separator, str) and len(separator) == 1 else None
        encoding = resource.get("encoding")
        content = self.counter.whole(part, self.data, limits.LIMITS.uncompressed)
        table = delimited.read(
            content, self.file, separator=separator, encoding=encoding if isinstance(encoding, str) else None
        )
        self.notes += [f"{limits.shown(name)}: {note}" for note in table.notes]
        self.problems += [
            Problem(
                Location(self.file, name, problem.location.row),
                problem.sentence,
                problem.remedy,
                problem.severity,
                problem.code,
            )
            for problem in table.problems
        ]
        return table

    def _say_what_is_known(
        self, sheet: Sheet, resource: _Json, stated: Mapping[tuple[str, str], KnownColumn], described: _Json
    ) -> None:
        """Put beside each column what the package says of it, and write its numbers the plain way."""
        header = [str(cell) if cell is not None else "" for cell in (sheet.rows[0] if sheet.rows else [])]
        schema = resource.get("schema") if isinstance(resource.get("schema"), dict) else {}
        fields = [one for one in (schema or {}).get("fields") or [] if isinstance(one, dict)]
        by_type = _stated_in_schema(schema or {}, described)
        for column, name in enumerate(header):
            before, _, after = name.partition("/")
            places = ((sheet.name, name), ("", name), (before, after))
            known = by_type.get(name) or next((stated[place] for place in places if place in stated), None)
            if known:
                sheet.known_roles[column] = self._with_usual_factor(sheet, column, known)
        for field in fields:
            if field.get("name") in header:
                _write_plainly(sheet.rows, header.index(field["name"]), field)

    def _with_usual_factor(self, sheet: Sheet, column: int, known: KnownColumn) -> KnownColumn:
        """Multiply amounts out at once where the factor is none of one, a thousand and a million."""
        if known.role != "amount" or known.factor in _USUAL_FACTORS:
            return known
        for row in sheet.rows[1:]:
            if column < len(row) and row[column] is not None:
                try:
                    row[column] = format(Decimal(str(row[column]).strip()) * known.factor, "f")
                except InvalidOperation:
                    continue
        self.notes.append(
            f"The amounts of '{limits.shown(known.field)}' were multiplied by {known.factor}, as stated."
        )
        return replace(known, factor=Decimal(1))


def _resources(described: _Json) -> list[_Json]:
    found = described.get("resources")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _paths(resource: _Json) -> list[str]:
    found = resource.get("path") or resource.get("url") or []
    listed = found if isinstance(found, list) else [found]
    return [path for path in listed if isinstance(path, str)]


def _dialect(resource: _Json) -> _Json:
    found = resource.get("dialect")
    return found if isinstance(found, dict) else {}


def _written_rows(data: Sequence[Any]) -> list[list[CellValue]]:
    """Rows that stand in the description itself: lists, or objects with the same names."""
    if data and all(isinstance(row, dict) for row in data):
        names = list(dict.fromkeys(name for row in data for name in row))
        return [list(names), *([_cell(row.get(name)) for name in names] for row in data)]
    return [[_cell(cell) for cell in row] for row in data if isinstance(row, list)]


def _cell(value: object) -> CellValue:
    if value is None or value == "":
        return None
    return value if isinstance(value, str | int | float | bool) else json.dumps(value, ensure_ascii=False)


def _write_plainly(rows: list[list[CellValue]], column: int, field: _Json) -> None:
    """Write numbers as 1234.5 where the package says that they are written otherwise, such as 1.234,5."""
    decimal, group = field.get("decimalChar", "."), field.get("groupChar", "")
    if field.get("type") not in ("number", "integer") or (decimal == "." and group in ("", ",")):
        return
    for row in rows[1:]:
        text = row[column] if column < len(row) else None
        if isinstance(text, str):
            plain = text.replace(str(group), "") if group else text
            row[column] = plain.replace(str(decimal), ".") if decimal else plain


# Version 0.3 and its drafts


def _stated_in_model(described: _Json) -> dict[tuple[str, str], KnownColumn]:
    """What `model` (or `mapping`) says of columns, by (resource, column); "" where none is named."""
    model = described.get("model") or described.get("mapping")
    if not isinstance(model, dict):
        return {}
    known_columns: dict[tuple[str, str], KnownColumn] = {}
    for measure in _named(model.get("measures")):
        key = _source(measure)
        if key:
            known_columns[key] = KnownColumn(
                "amount",
                key[1],
                currency=_text(measure.get("currency") or described.get("currency")),
                factor=_factor(measure.get("factor")),
                direction=_text(measure.get("direction")),
                phase=_text(measure.get("phase")),
                year=_year(described),
            )
    for dimension in _named(model.get("dimensions")):
        kind = str(dimension.get("dimensionType") or "other")
        finer = str(dimension.get("classificationType") or kind)
        for attribute in _named(dimension.get("attributes") or dimension.get("fields")):
            key = _source(attribute)
            if key:
                role = ROLES.get(finer, ROLES.get(kind, "other"))
                if role == "date" and "year" in str(attribute.get("")).lower():
                    role = "year"
                label = "labelfor" in attribute or str(attribute.get("")).lower() in (
                    "label",
                    "title",
                    "name",
                )
                known_columns.setdefault(key, KnownColumn(role, key[1], finer, label=label))
    return known_columns


def _stated_flat(described: _Json) -> dict[tuple[str, str], KnownColumn]:
    """What the flat mapping of version 0.2 says: one entry per concept."""
    mapping = described.get("mapping")
    if not isinstance(mapping, dict) or "measures" in mapping:
        return {}
    known_columns = {}
    for name, one in mapping.items():
        key = _source(one) if isinstance(one, dict) else None
        if key:
            role = {"amount": "amount", "date": "date", "year": "year"}.get(name, ROLES.get(name, "other"))
            currency = _text(one.get("currency")) if role == "amount" else None
            known_columns[key] = KnownColumn(
                role, key[1], name, currency=currency, factor=_factor(one.get("factor"))
            )
    return known_columns


def _named(found: object) -> Iterator[dict[str, Any]]:
    """Entries of a mapping or a list; their own name is put under the empty key."""
    if isinstance(found, dict):
        for name, one in found.items():
            if isinstance(one, dict):
                yield {**one, "": name}
    elif isinstance(found, list):
        yield from ({**one, "": one.get("name", "")} for one in found if isinstance(one, dict))


def _source(one: _Json) -> tuple[str, str] | None:
    source = one.get("source")
    if not isinstance(source, str):
        return None
    resource = one.get("resource")
    if isinstance(resource, str):
        return resource, source
    before, slash, after = source.partition("/")
    return (before, after) if slash and after else ("", source)


# Version 1


def _stated_in_schema(schema: _Json, described: _Json) -> dict[str, KnownColumn]:
    """What `columnType`, `normalize` and constant `extraFields` say of the columns of one resource."""
    extra = [one for one in schema.get("extraFields") or [] if isinstance(one, dict)]
    kinds = {str(one.get("name")): str(one.get("columnType") or "") for one in extra}
    constants = {
        kinds[str(one["name"])]: str(one["constant"]) for one in extra if "constant" in one and "name" in one
    }
    known_columns: dict[str, KnownColumn] = {}
    for field in [one for one in schema.get("fields") or [] if isinstance(one, dict)]:
        kind, name = str(field.get("columnType") or ""), str(field.get("name"))
        side_by_side = field.get("normalize")
        if isinstance(side_by_side, dict) or kind.split(":")[0] == "value":
            told = dict(constants)
            if isinstance(side_by_side, dict):
                told |= {kinds.get(str(what), str(what)): str(value) for what, value in side_by_side.items()}
            known_columns[name] = _amount_column(name, kind, field, told, described)
        elif kind:
            parts = kind.split(":")
            role = "year" if kind.startswith("date:fiscal-year") else ROLES.get(parts[0], "other")
            known_columns[name] = KnownColumn(
                role, name, kind, label=parts[-1] in ("label", "description", "name")
            )
    return known_columns


def _amount_column(
    name: str, kind: str, field: _Json, told: Mapping[str, str], described: _Json
) -> KnownColumn:
    def said(start: str) -> str | None:
        return next((value for what, value in told.items() if what.lower().startswith(start)), None)

    return KnownColumn(
        "amount",
        name,
        kind or "value",
        currency=_text(field.get("currency")) or said("value-currency") or _text(described.get("currency")),
        factor=_factor(field.get("factor")),
        direction=said("direction"),
        phase=said("phase"),
        year=said("date:fiscal-year") or said("fiscal year") or _year(described),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _factor(value: object) -> Decimal:
    """A stated multiplier; 1 where there is none, or where it is no number."""
    try:
        factor = Decimal(str(value))
    except InvalidOperation:
        return Decimal(1)
    return factor if factor.is_finite() and factor > 0 else Decimal(1)


def _year(described: _Json) -> str | None:
    """The fiscal year of the whole package, if its period is one year: 2016-17, or 2016.

    >>> _year({"fiscalPeriod": {"start": "2016-04-01", "end": "2017-03-31"}})
    '2016-17'
    """
    period = described.get("fiscalPeriod")
    if not isinstance(period, dict):
        return None
    start, end = str(period.get("start") or ""), str(period.get("end") or "")
    if not re.match(r"\d{4}", start):
        return None
    first, last = int(start[:4]), int(end[:4]) if re.match(r"\d{4}", end) else int(start[:4])
    if last == first:
        return str(first)
    return beginning_in(first) if last == first + 1 and not start.endswith("-01-01") else None
