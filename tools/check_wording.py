"""Holds that words which anybody can see are those of the field: `python tools/check_wording.py`.

`docs/wording.csv` lists what is not written (a regular expression, capitals aside) and what is written in its place.
Looked through are the strings of the program, docstrings aside; what the components and the slides are set from;
reference lists, stories and places; and everything that is written for a reader.
"""

import ast
import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORDING = ROOT / "docs" / "wording.csv"
PROGRAM = ("budget_model/**/*.py", "pages/**/*.py", "dashboard.py")
TEXTS = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/**/*.md",
    "data/**/*.md",
    "data/stories/*.toml",
    "data/*/*.toml",
    "data/reference/*.csv",
    "data/derby/*.csv",
    "pages/**/*.html",
    "pages/**/*.js",
    "budget_model/**/*.typ",
)
UNITS = frozenset({"GBP thousand", "GBP million"})
"""Names of units as `read --json` gives them; a page shows them as £ thousand and £ million."""
LISTS_OF_SPREADSHEETS = Path("data/intake")
"""Words that other people's spreadsheets use, to be recognised and not to be shown."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is not written, and what is written in its place."""

    avoid: re.Pattern[str]
    write: str


@dataclass(frozen=True, slots=True)
class Offence:
    """Where something is written that has a better word."""

    path: Path
    line: int
    words: str
    write: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: “{self.words}”: write “{self.write}”."


@cache
def wordings(path: Path = WORDING) -> tuple[Wording, ...]:
    """The list of what is not written; a space stands for any space, a line's end included."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Wording(re.compile(row["avoid"].replace(" ", r"\s+"), re.IGNORECASE), row["write"])
            for row in csv.DictReader(file)
        )


def found_in(text: str) -> list[tuple[int, str, str]]:
    """Where a text uses such words: the line counted from one, the words, and what is written instead."""
    return [
        (text.count("\n", 0, match.start()) + 1, match[0], wording.write)
        for wording in wordings()
        for match in wording.avoid.finditer(text)
    ]


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Every string of a program that is no docstring, with its line; what an f-string fills in is an ellipsis."""
    tree = ast.parse(source)
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
            yield node.lineno, "".join(map(_written, node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def _written(part: ast.expr) -> str:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "…"


def offences(folder: Path) -> list[Offence]:
    """Every such word of the product in a folder, by file and line."""
    found = []
    for pattern in PROGRAM:
        for path in sorted(folder.glob(pattern)):
            for line, text in strings(path.read_text(encoding="utf-8")):
                if text not in UNITS:
                    found += [
                        Offence(path.relative_to(folder), line, words, write)
                        for _, words, write in found_in(text)
                    ]
    for pattern in TEXTS:
        for path in sorted(folder.glob(pattern)):
            where = path.relative_to(folder)
            if LISTS_OF_SPREADSHEETS not in where.parents:
                found += [Offence(where, *each) for each in found_in(path.read_text(encoding="utf-8"))]
    return found


def main() -> int:
    """Print every offence; 1 where there is any."""
    found = offences(ROOT)
    for offence in found:
        print(offence)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
