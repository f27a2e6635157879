"""What England's national returns and the Treasury's regional analysis print, asked of the Parquet that ships.

`data/reference/england/returns.parquet` holds every figure of the councils' returns of 2012-13 to 2017-18 (2016-17 the
budget, the others outturn; none of 2013-14), `regional_analysis.parquet` every row of the analysis of 2018.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Final

import duckdb

from budget_model.place.england import FOLDER, RegionLine, ReturnLine
from budget_model.store.store import question

RETURNS: Final = str(FOLDER / "returns.parquet")
ANALYSIS: Final = str(FOLDER / "regional_analysis.parquet")


def _asked(name: str, asked: Mapping[str, object]) -> list[tuple[Any, ...]]:
    with duckdb.connect() as database:
        return database.execute(question(name), asked).fetchall()


def returned(years: Sequence[str], ecodes: Sequence[str]) -> tuple[ReturnLine, ...]:
    """Every figure of some authorities' returns of some years, in the returns' own order; empty `ecodes` is all."""
    asked = {"file": RETURNS, "years": list(years), "ecodes": list(ecodes)}
    return tuple(ReturnLine(*row) for row in _asked("england_returned", asked))


def regional(region: str, year: str) -> tuple[RegionLine, ...]:
    """Every row of the analysis for a region that is not nought in one of 2013-14 to 2017-18."""
    asked = {"file": ANALYSIS, "region": region, "year": year}
    return tuple(RegionLine(*row) for row in _asked("england_regional", asked))


@cache
def spent(year: str, ecodes: tuple[str, ...]) -> tuple[tuple[str, str, Decimal], ...]:
    """What some authorities' returns of one year print for services: the authority, the line, and its pounds."""
    asked = {"file": RETURNS, "year": year, "ecodes": list(ecodes)}
    return tuple((ecode, line, pounds) for ecode, line, pounds in _asked("england_spent", asked))


@cache
def years_returned() -> tuple[tuple[str, str], ...]:
    """The years of the returns with what stage each is of, the earliest first."""
    return tuple((str(year), str(phase)) for year, phase in _asked("england_years", {"file": RETURNS}))
