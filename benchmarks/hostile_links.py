"""Whether any link, however hostile, makes a page fail: pages opened with names and values that nobody would write.

    python -m benchmarks.hostile_links --links 1000

Every page of the navigation is opened over a small city with links made at random: their keys are the short texts in
the page's own source and in the scope's, their values payloads, extremes and what such keys usually hold. A page may
say that a link leads nowhere; it may not fail.
"""

import argparse
import ast
import importlib.util
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.shared.navigation import ROOT as ROOT_ADDRESS
from pages.shared.navigation import SECTIONS

# a server reads once which packages bring components of their own; each session here would read them all again
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
ROOT: Final = Path(__file__).parents[1]
LONGEST_KEY: Final = 16
VALUES: Final[Sequence[str]] = (
    "",
    " ",
    "0",
    "-1",
    "1",
    "²",
    "٣",
    "1e308",
    "-1e308",
    "nan",
    "inf",
    "9" * 15,
    "9" * 5_000,
    "0x10",
    "1_000",
    "1.5",
    "2016-17",
    "2016",
    "9999-00",
    "0000-01",
    "2016-17+2017-18",
    "+" * 300,
    "council",
    "council+council",
    "yes",
    "no",
    "true",
    "None",
    "null",
    "[]",
    "{}",
    '{"a":1}',
    "[[[[",
    "'",
    '"',
    "\\",
    "\x00",
    "\x1b[31m",
    "\n",
    "\u202e",
    "\u2028",
    "😀" * 100,
    "é" * 1_000,
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "![p](https://evil.example/p.png)",
    ":red[c]",
    "$x^2$",
    "{{7*7}}",
    "${7*7}",
    "%00",
    "%s%s%n",
    "../../etc/passwd",
    "file:///etc/passwd",
    "'; drop table line; --",
    "1 or 1=1",
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "a" * 20_000,
    "low,high",
    "budget",
    "outturn",
    "commissioner",
    "provider",
    "healthy",
    "care",
    "1,2,3",
    "council:1",
    ":",
    "::",
    "a=b&c=d",
    "#",
)


def main() -> int:
    """Open so many links, and say which made a page fail."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--links", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument(
        "--seconds", type=float, default=0, help="stop after so long; 0 goes on to the last link"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="budget-links-") as folder:
        os.environ["BUDGET_MODEL_STORE"] = str(_riverton(Path(folder) / "budget.duckdb"))
        faults, opened = _opened(options.links, random.Random(options.seed), options.seconds)
    for fault in sorted(set(faults)):
        print(fault)
    print(f"{opened} links over {len(_pages())} pages, {len(faults)} faults.")
    return 1 if faults else 0


def _riverton(path: Path) -> Path:
    source = ROOT / "tests" / "pages" / "riverton.py"
    spec = importlib.util.spec_from_file_location("riverton", source)
    if spec is None or spec.loader is None:
        raise RuntimeError("The city of the tests is not there.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    built: Path = module.build(path)
    return built


def _pages() -> list[str]:
    return [entry.path for entries in SECTIONS.values() for entry in entries]


@cache
def _address(page: str) -> str:
    entry = next(entry for entries in SECTIONS.values() for entry in entries if entry.path == page)
    return ROOT_ADDRESS if entry.first else entry.address


@cache
def _keys(page: str) -> list[str]:
    """The short texts in a page's source and in the scope's: among them is every key of its link."""
    files = [
        *(ROOT / "pages" / page).glob("*.py"),
        ROOT / "pages/shared/scope_picker.py",
        ROOT / "budget_model/scope.py",
    ]
    texts = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return sorted(text for text in texts if text.isidentifier() and len(text) <= LONGEST_KEY)


def _opened(links: int, chance: random.Random, seconds: float) -> tuple[list[str], int]:
    faults: list[str] = []
    began = time.monotonic()
    pages, number = _pages(), 0
    for number in range(1, links + 1):
        page = pages[number % len(pages)]
        keys = _keys(page)
        query = {
            key: chance.choice([*VALUES, *keys])
            for key in chance.sample(keys, min(len(keys), chance.randint(1, 9)))
        }
        faults += [f"{page}: {fault} with {_short(query)}" for fault in _faults(page, query)]
        if seconds and time.monotonic() - began > seconds:
            break
    return faults, number


def _faults(page: str, query: dict[str, str]) -> list[str]:
    """What went wrong on a page with a link: the kinds of its faults; none where it was answered."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600)
    try:
        # as a link does: at once, without a look at the first page on the way
        app._page_hash = calc_hash(_address(page))
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
    except Exception as fault:
        return [f"{type(fault).__name__}: {fault}"[:200]]
    uncaught = [f"{one.message}"[:200] for one in app.exception]
    return uncaught + [fault for fault in _said(app) if "fault in this program" in fault]


def _said(app: Any) -> list[str]:
    return [str(one.value)[:120] for one in app.error]


def _short(query: dict[str, str]) -> str:
    return ", ".join(f"{key}={value[:40]!r}" for key, value in query.items())


if __name__ == "__main__":
    sys.exit(main())
