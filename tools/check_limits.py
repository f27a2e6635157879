"""Holds that every number by which the reader decides stands in `data/intake/limits.toml`: `python tools/check_limits.py`.

In the rooms that decide (`budget_model/intake/sheet` and `rules`) no comparison holds a number of its own, no module
names one, nothing is a fraction, and no count of rows or columns that are looked at stands in a slice: but for 0, 1, 2
and 100, which say none, one, a pair and hundredths, and for places in a text. In `files` the same holds of shares; its
whole numbers are those of file formats. Nowhere is a number written as the length of something: `len("100")`.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
INTAKE = Path("budget_model/intake")
LIMITS = Path("data/intake/limits.toml")
STRUCTURAL = frozenset({0, 1, 2, 100})


def main() -> int:
    """Print each number that stands in the code; 1 where there is any."""
    complaints = list(numbers_in_code(ROOT))
    for complaint in complaints:
        print(complaint)
    return int(bool(complaints))


def numbers_in_code(folder: Path) -> Iterator[str]:
    """The numbers that decide without a name in the list of limits."""
    for path in sorted((folder / INTAKE).glob("*/**/*.py")):
        shares_only = "files" in path.relative_to(folder / INTAKE).parts[0]
        module = ast.parse(path.read_text(encoding="utf-8"))
        for number in numbers_of(module, shares_only=shares_only):
            where = f"{path.relative_to(folder)}:{number.lineno}"
            yield f"{where}: {number.value!r} decides; give it a name and a meaning in {LIMITS}"
        for length in lengths_of(module):
            where = f"{path.relative_to(folder)}:{length.lineno}"
            yield f"{where}: '{ast.unparse(length)}' hides a number; give it a name and a meaning in {LIMITS}"


def numbers_of(module: ast.Module, *, shares_only: bool = False) -> Iterator[ast.Constant]:
    r"""The numbers in the comparisons of a module, and those that it names.

    >>> [number.value for number in numbers_of(ast.parse("SHORT = 7\nif x[3:] > 0.6 * y or x == 2: pass"))]
    [7, 0.6]
    >>> [number.value for number in numbers_of(ast.parse('MOST, LEAST = 9, 0.3\nx = near[:6] + body[:40]\ny = share(0.9)'))]
    [9, 0.3, 6, 40, 0.9]
    """
    named = [node.value for node in module.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    everywhere = list(ast.walk(module))
    places: list[ast.AST | None] = [] if shares_only else [*named, *_within_tuples(named)]
    places += [part for node in everywhere if isinstance(node, ast.Compare) for part in _outside_slices(node)]
    if not shares_only:
        places += [
            part for node in everywhere if isinstance(node, ast.Subscript) for part in _rows_looked_at(node)
        ]
        places += [node for node in everywhere if _is_a_fraction(node)]
    seen: set[ast.Constant] = set()
    for part in places:
        if isinstance(part, ast.Constant) and part not in seen and _decides(part.value, shares_only):
            seen.add(part)
            yield part


def lengths_of(module: ast.Module) -> Iterator[ast.Call]:
    r"""The numbers that are written as the length of a text or a row of values.

    >>> [length.lineno for length in lengths_of(ast.parse('x = len(y)\nz = len("100") > len((1, 2))'))]
    [2, 2]
    """
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len":
            (measured,) = node.args
            if isinstance(measured, ast.Constant | ast.Tuple | ast.List):
                yield node


SERIES = frozenset({"body", "current", "formats", "lines", "near", "rows", "titles"})
"""What holds rows, columns or cells, of which a slice says how many are looked at."""
SMALLEST = 1e-6
"""A smaller fraction is the noise of floating point and decides nothing."""


UNITS = frozenset({1_000, 1_000_000})
"""Thousands and millions in a row of units."""


def _within_tuples(values: Iterable[ast.AST | None]) -> Iterator[ast.AST]:
    parts = (part for value in values if isinstance(value, ast.Tuple) for part in value.elts)
    yield from (part for part in parts if not (isinstance(part, ast.Constant) and part.value in UNITS))


def _rows_looked_at(node: ast.Subscript) -> Iterator[ast.AST]:
    """The bounds of a slice of rows, columns or cells."""
    sliced = node.value
    name = (
        sliced.attr
        if isinstance(sliced, ast.Attribute)
        else sliced.id
        if isinstance(sliced, ast.Name)
        else ""
    )
    ordered = (
        isinstance(sliced, ast.Call) and isinstance(sliced.func, ast.Name) and sliced.func.id == "sorted"
    )
    if isinstance(node.slice, ast.Slice) and (ordered or name in SERIES):
        for bound in (node.slice.lower, node.slice.upper):
            yield from [bound.operand] if isinstance(bound, ast.UnaryOp) else [bound] if bound else []


def _is_a_fraction(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, float)
        and not node.value.is_integer()
        and abs(node.value) > SMALLEST
    )


def _decides(value: object, shares_only: bool) -> bool:
    if isinstance(value, float):
        return abs(value) not in STRUCTURAL and (not shares_only or abs(value) < 1)
    return type(value) is int and not shares_only and abs(value) not in STRUCTURAL


def _outside_slices(node: ast.AST) -> Iterator[ast.AST]:
    for part in ast.iter_child_nodes(node):
        if not isinstance(part, ast.Slice):
            yield part
            yield from _outside_slices(part)


if __name__ == "__main__":
    sys.exit(main())
