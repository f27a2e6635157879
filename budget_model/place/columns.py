"""What a cell of a place's files may hold: named once, beside the field that it becomes.

A field of a value in `model` says by its type and its kind what its column holds; from that come the columns
that a file must have, how each cell is read and faulted, the column of the store, and what `data/README.md`
says of it. The sentence under a field is what the column means.
"""

import ast
import inspect
import sys
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from itertools import pairwise
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

LONGEST_TEXT: Final = 2_000
LONGEST_ID: Final = 80


@dataclass(frozen=True, slots=True)
class InWords:
    """A text of at most so many characters."""

    longest: int = LONGEST_TEXT
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class AsId:
    """Lower-case letters, digits and single hyphens; it never changes once it is in use."""


@dataclass(frozen=True, slots=True)
class AsYear:
    """A financial year, written 2016-17."""


@dataclass(frozen=True, slots=True)
class AsColour:
    """A colour, written #12436D."""


@dataclass(frozen=True, slots=True)
class CodeOf:
    """A value, or several, that a column of another file lists: its first column unless another is named."""

    file: str
    column: str = ""
    may_be_empty: bool = False

    @property
    def listed_in(self) -> str:
        """Where the known codes are, in words."""
        return f"the {self.column.replace('_', ' ')}s of {self.file}" if self.column else self.file


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two limits, both included."""

    low: int
    high: int


CellKind = InWords | AsId | AsYear | AsColour | CodeOf | Whole
MARKS: Final = (InWords, AsId, AsYear, AsColour, CodeOf, Whole)

Text = Annotated[str, InWords()]
TextOrNothing = Annotated[str, InWords(may_be_empty=True)]
Name = Annotated[str, InWords(200)]
ShortName = Annotated[str, InWords(40)]
Id = Annotated[str, AsId()]
FinancialYear = Annotated[str, AsYear()]
Colour = Annotated[str, AsColour()]
ConfidenceGrade = Annotated[int, Whole(1, 6)]
Level = Annotated[int, Whole(0, 7)]
OrganisationId = Annotated[str, CodeOf("organisations.csv")]
ServiceId = Annotated[str, CodeOf("services.csv")]
ShareId = Annotated[str, CodeOf("shares.csv")]
ThemeId = Annotated[str, CodeOf("themes.csv")]
StreamId = Annotated[str, CodeOf("funding_streams.csv")]
CofogId = Annotated[str, CodeOf("cofog.csv")]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it becomes, the type of its values, and what else a cell must be.

    `several` values in one cell are separated by semicolons; an empty cell of a column that is not `needed`
    is None, or the field's own default.
    """

    name: str
    type: type
    several: bool
    may_be_none: bool
    kind: CellKind | None
    default: Any = MISSING

    @property
    def needed(self) -> bool:
        """Whether the file must have the column: a field with a default may be left out."""
        return self.default is MISSING


@cache
def columns_of(value: type) -> tuple[Column, ...]:
    """The columns of a file whose rows are such values, in the order of the fields."""
    hints = get_type_hints(value, include_extras=True)
    return tuple(_column(field.name, hints[field.name], field.default) for field in fields(value))


def _marked(hint: Any) -> tuple[Any, Any]:
    """The mark that says what kind of text a column holds, None for none, and the type without it."""
    mark = next((mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, MARKS)), None)
    return mark, get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _column(name: str, hint: Any, default: Any) -> Column:
    kind, bare = _marked(hint)
    may_be_none = get_origin(bare) in (Union, UnionType)
    if may_be_none:
        inner, bare = _marked(next(part for part in get_args(bare) if part is not NoneType))
        kind = kind or inner
    several = get_origin(bare) is tuple
    return Column(name, get_args(bare)[0] if several else bare, several, may_be_none, kind, default)


@cache
def sentences_of(value: type) -> Mapping[str, str]:
    """What is written under each field of a value: the meaning of its column."""
    statements = [*_classes_of(value.__module__)[value.__name__].body, ast.Pass()]
    return {
        field.target.id: _sentence(below)
        for field, below in pairwise(statements)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
    }


@cache
def _classes_of(module: str) -> Mapping[str, ast.ClassDef]:
    """The classes of a module as they are written, read once for all of them."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _sentence(node: ast.stmt) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(str(node.value.value).split())
    return ""
