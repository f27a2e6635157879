"""What each column of a place's files says, in the words of `data/README.md`: made from the model's fields.

`python -m budget_model.place.described` writes the description anew after a field was added or reworded.
"""

import re
from dataclasses import MISSING
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from budget_model.place.columns import (
    LONGEST_TEXT,
    AsColour,
    AsId,
    AsYear,
    CodeOf,
    Column,
    InWords,
    Whole,
    columns_of,
    sentences_of,
)
from budget_model.place.folder import CsvTable
from budget_model.place.tables import PLACE, REFERENCE

README = Path(__file__).parents[2] / "data" / "README.md"
_OF_TYPE = {Decimal: "a number", date: "a date", bool: "yes or no", str: "texts", int: "a whole number"}


def described(table: CsvTable) -> str:
    """The columns of one file as a Markdown table: name, meaning, and what a cell may hold."""
    sentences = sentences_of(table.value)
    rows = [
        f"| `{column.name}` | {sentences[column.name]} | {what_it_holds(column)} |"
        for column in columns_of(table.value)
    ]
    return "\n".join(["| column | what it says | a cell holds |", "|---|---|---|", *rows, ""])


def described_anew(text: str) -> str:
    """A description of the data with the columns of each file as the model has them now.

    They stand between two remarks that a reader of the page does not see: the file's name, and an end.
    """
    tables = {table.file: table for table in (*REFERENCE, *PLACE)}
    return re.sub(
        r"(<!-- columns of (\S+) -->\n).*?(<!-- end -->)",
        lambda match: f"{match[1]}{described(tables[match[2]])}{match[3]}",
        text,
        flags=re.DOTALL,
    )


def what_it_holds(column: Column) -> str:
    """What a cell of the column may hold.

    >>> from budget_model.place.model import Organisation
    >>> [what_it_holds(column) for column in columns_of(Organisation)[:3]]
    ['an id', 'a text of at most 200 characters', 'a text of at most 40 characters']
    """
    if column.default is not MISSING:
        return f"{_kind(column)}; the column may be left out, and empty means {column.default or 'none'}"
    return f"{_kind(column)}, or empty" if _may_be_empty(column) else _kind(column)


def _may_be_empty(column: Column) -> bool:
    may = isinstance(column.kind, InWords | CodeOf) and column.kind.may_be_empty
    return may or column.may_be_none or column.several or column.type is date


def _kind(column: Column) -> str:
    several = ", several separated by semicolons" if column.several else ""
    match column.kind:
        case InWords(longest):
            return "a text" if longest == LONGEST_TEXT else f"a text of at most {longest} characters"
        case AsId():
            return "an id"
        case AsYear():
            return "a financial year"
        case AsColour():
            return "a colour"
        case CodeOf():
            return f"one of {_file(column.kind)}{several}"
        case Whole(low, high):
            return f"a whole number from {low} to {high:,}"
    return f"{_of_type(column)}{several}"


def _file(kind: CodeOf) -> str:
    return f"the {kind.column.replace('_', ' ')}s of `{kind.file}`" if kind.column else f"`{kind.file}`"


def _of_type(column: Column) -> str:
    if issubclass(column.type, StrEnum):
        return ", ".join(str(word) or "nothing" for word in column.type)
    return _OF_TYPE[column.type]


if __name__ == "__main__":
    README.write_text(described_anew(README.read_text(encoding="utf-8")), encoding="utf-8")
