"""The numbers by which the reader decides, from `data/intake/limits.toml`, where each is explained."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

LIMITS: Final = Path(__file__).resolve().parents[3] / "data" / "intake" / "limits.toml"


def count(part: str, name: str) -> int:
    """A limit in whole things: rows, columns, cells, letters, digits."""
    value = _all()[part][name]
    assert isinstance(value, int), f"{part}.{name} is no whole number"  # noqa: S101
    return value


def limit(part: str, name: str) -> float:
    """A limit that is a share or a measure."""
    return float(_all()[part][name])


@cache
def _all() -> dict[str, dict[str, float]]:
    return tomllib.loads(LIMITS.read_text(encoding="utf-8"))
