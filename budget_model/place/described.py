"""What each column of a place's files says, made from the model's fields."""

from dataclasses import MISSING
from datetime import date
from decimal import Decimal
from enum import StrEnum

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

_OF_TYPE = {Decimal: "a number", date: "a date", bool: "yes or no", str: "texts", int: "a whole number"}


def described(table: CsvTable) -> str:
    """The columns of one file as a Markdown table: name, meaning, and what a cell may hold."""
    sentences = sentences_of(table.value)
    rows = [
        f"| `{column.name}` | {sentences[column.name]} | {what_it_holds(column)} |"
        for column in columns_of(table.value)
    ]
    return "\n".join(["| column | what it says | a cell holds |", "|---|---|---|", *rows, ""])


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
