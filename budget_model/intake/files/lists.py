"""The lists under `data/intake` by which files are read: words, marks, currencies, limits, each parsed once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).resolve().parents[3] / "data" / "intake"


@cache
def listed_in(name: str) -> dict[str, Any]:
    """What stands in one list, by its file's name; nobody may change it.

    >>> listed_in("languages")["nl"]["currency"]
    'EUR'
    """
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
