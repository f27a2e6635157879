"""A package of grants in the open standard's JSON, as one sheet: a row for each grant, a column for each field.

The columns are titled by their paths ("recipientOrganization/0/name"), as the standard's own spreadsheets may be.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from budget_model.intake.files import limits
from budget_model.intake.files.grid import CellValue, Sheet, Workbook
from budget_model.problem import Refusal

FORMAT: Final = "grants package"
_DEEPEST: Final = 6
_MOST_IN_A_LIST: Final = 20
_LOOKED_AT: Final = 100_000


def is_grants_package(data: bytes) -> bool:
    """Whether bytes begin like a package of grants."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"grants"' in data[:_LOOKED_AT]


def open_grants(data: bytes, file: str) -> Workbook:
    """Every grant of a package as a row; raises `Refusal` for what is no such package."""
    try:
        grants = json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str)["grants"]
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Refusal(
            f"{file} begins like a package of grants and cannot be read. Ask its publisher for a fresh copy."
        ) from fault
    if not isinstance(grants, list) or not all(isinstance(grant, dict) for grant in grants):
        raise Refusal(f"{file} has no list of grants under “grants”. Ask its publisher for a fresh copy.")
    flat = [dict(_flat(grant, "", 0)) for grant in grants]
    titles = list(dict.fromkeys(title for grant in flat for title in grant))
    limits.refuse_box(len(flat) + 1, len(titles), 0, f"{file}, its grants")
    limits.refuse_wide(len(titles), f"{file}, its fields")
    rows: list[list[CellValue]] = [list(titles), *([grant.get(title) for title in titles] for grant in flat)]
    return Workbook(file, FORMAT, hashlib.sha256(data).hexdigest(), len(data), [Sheet("grants", rows)])


def _flat(value: Any, path: str, depth: int) -> Iterator[tuple[str, CellValue]]:
    """The plain values within one grant, each with its path; what lies deeper or longer than any grant is left."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}/{name}" if path else str(name), depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value[:_MOST_IN_A_LIST]):
            yield from _flat(inner, f"{path}/{number}", depth + 1)
    elif value is not None:
        yield path, value if isinstance(value, bool) else str(value)
