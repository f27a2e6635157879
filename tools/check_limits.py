"""Holds that every number by which the reader decides stands in `data/intake/limits.toml`: `python tools/check_limits.py`.

In the rooms that decide (`budget_model/intake/sheet` and `rules`) no comparison holds a number of its own, and no
module names one: but for 0, 1, 2 and 100, which say none, one, a pair and hundredths, and for places in a text. In
`files` the same holds of shares; its whole numbers are those of file formats.
"""

import ast
import sys
from collections.abc import Iterator
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
        for number in numbers_of(ast.parse(path.read_text(encoding="utf-8")), shares_only=shares_only):
            where = f"{path.relative_to(folder)}:{number.lineno}"
            yield f"{where}: {number.value!r} decides; give it a name and a meaning in {LIMITS}"


def numbers_of(module: ast.Module, *, shares_only: bool = False) -> Iterator[ast.Constant]:
    r"""The numbers in the comparisons of a module, and those that it names.

    >>> [number.value for number in numbers_of(ast.parse("SHORT = 7\nif x[3:] > 0.6 * y or x == 2: pass"))]
    [7, 0.6]
    """
    named = [node for node in module.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    compared = [node for node in ast.walk(module) if isinstance(node, ast.Compare)]
    seen: set[ast.Constant] = set()
    for node in [*([] if shares_only else named), *compared]:
        alone = [node.value] if isinstance(node, ast.Assign | ast.AnnAssign) else _outside_slices(node)
        for part in alone:
            if isinstance(part, ast.Constant) and part not in seen and _decides(part.value, shares_only):
                seen.add(part)
                yield part


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
