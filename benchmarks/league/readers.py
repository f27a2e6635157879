"""One reader of the field over many files, each as its own documentation says to use it; run by `benchmarks.league`.

    python benchmarks/league/readers.py READER < one path a line

For each file one JSON line: the sums of every column of figures of every table that the reader gives, its
seconds, and whether it failed. It runs in an environment of its own and imports nothing of the product.
"""

import asyncio
import contextlib
import io
import json
import logging
import re
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PATIENCE = 60
"""Seconds for one file."""
FIGURE = re.compile(r"[£$€,\s]")


def sums(table: Any) -> Iterator[float]:
    """The sum of every column of a data frame that holds figures, read as kindly as can be."""
    for place in range(table.shape[1]):
        figures = [figure for figure in map(figure_of, table.iloc[:, place].tolist()) if figure is not None]
        if figures:
            yield round(sum(figures), 2)


def figure_of(value: Any) -> float | None:
    """A cell as a figure, with signs of currency, commas and brackets understood; None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    text = FIGURE.sub("", str(value))
    text = f"-{text[1:-1]}" if text.startswith("(") and text.endswith(")") else text
    try:
        figure = float(text)
    except ValueError:
        return None
    return figure if figure == figure and abs(figure) != float("inf") else None


def by_pandas(path: str) -> list[Any]:
    """Every sheet with its first row as header: the usual way in."""
    import pandas as pd

    if path.lower().endswith((".csv", ".txt", ".tsv")):
        return [pd.read_csv(path, sep=None, engine="python")]
    if path.lower().endswith(".ods"):
        return list(pd.read_excel(path, sheet_name=None, engine="odf").values())
    return list(pd.read_excel(path, sheet_name=None).values())


def by_messy_xlsx(path: str) -> list[Any]:
    """Every sheet as the library finds its structure."""
    import messy_xlsx

    with messy_xlsx.MessyWorkbook(path) as book:
        return list(book.to_dataframes().values())


def by_xldetect(path: str) -> list[Any]:
    """Every region that is detected, below its header."""
    import openpyxl
    import pandas as pd
    import xldetect

    book = openpyxl.load_workbook(path, data_only=True)
    tables = []
    for region in xldetect.inspect_path(path).iter_regions():
        rows = book[region.sheet].iter_rows(
            region.data_start_row or region.min_row,
            region.max_row,
            region.min_col,
            region.max_col,
            values_only=True,
        )
        tables.append(pd.DataFrame(list(rows)))
    return tables


def by_gridgulp(path: str) -> list[Any]:
    """Every table that is detected, extracted as the readme says."""
    from gridgulp import GridGulp
    from gridgulp.extractors import DataFrameExtractor
    from gridgulp.readers import get_reader

    found = asyncio.run(GridGulp().detect_tables(path))
    data = {sheet.name: sheet for sheet in get_reader(path).read_sync().sheets}
    extractor = DataFrameExtractor()
    tables = [
        extractor.extract_dataframe(data[sheet.name], table.range)[0]
        for sheet in found.sheets
        for table in sheet.tables
    ]
    return [table for table in tables if table is not None]


def by_frictionless(path: str) -> list[Any]:
    """The resource as it is described and extracted."""
    import pandas as pd
    from frictionless import Resource

    place = Path(path)
    resource = Resource(path=place.name, basepath=str(place.parent))
    return [pd.DataFrame(rows) for rows in resource.extract().values()]


READERS: dict[str, Callable[[str], list[Any]]] = {
    "pandas": by_pandas,
    "messy-xlsx": by_messy_xlsx,
    "xldetect": by_xldetect,
    "gridgulp": by_gridgulp,
    "frictionless": by_frictionless,
}


def overrun(*_: object) -> None:
    """End a file that takes too long."""
    raise TimeoutError


def look(reader: str, path: str) -> dict[str, Any]:
    """What one reader makes of one file."""
    started = time.perf_counter()
    signal.signal(signal.SIGALRM, overrun)
    signal.alarm(PATIENCE)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            totals = [total for table in READERS[reader](path) for total in sums(table)]
        failed = ""
    except BaseException as fault:
        totals, failed = [], type(fault).__name__
    finally:
        signal.alarm(0)
    return {"totals": totals, "failed": failed, "seconds": time.perf_counter() - started}


def main() -> None:
    """Read every file that is named on standard input."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    for line in sys.stdin.read().splitlines():
        print(json.dumps(look(sys.argv[1], line)), flush=True)


if __name__ == "__main__":
    main()
