"""How large and how dense the code is: modules, lines, functions, tokens, branches and import cycles.

    python tools/measure_code.py [--json] [--folders] [--longest N]

A function's lines run from its `def` to its last line, without its docstring and blank lines. Its branches
are what a reader has to keep in mind: if, for, while, except, case and conditional expressions, each further
term of an `and` or `or`, each `for` and `if` of a comprehension; a function inside another counts for itself.
Tokens are the words and signs of the code, docstrings and comments left out.
"""

import argparse
import ast
import json
import statistics
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

AREAS = ("budget_model", "pages", "dashboard.py", "server.py", "tests", "tools", "benchmarks")
MANY_BRANCHES = 10
QUIET = frozenset(
    {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
        tokenize.ENCODING,
    }
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Measured:
    """One function: where it stands, its lines and its branches."""

    where: str
    lines: int
    branches: int


@dataclass(frozen=True)
class Module:
    """One file: its lines as they stand, the tokens on those that hold code, and its functions."""

    path: Path
    lines: int
    tokens: int
    code_lines: int
    functions: tuple[Measured, ...]


@dataclass(frozen=True)
class Summary:
    """What is said of one area of the code."""

    area: str
    modules: int
    lines: int
    functions: int
    median: float
    ninetieth: float
    longest: int
    tokens_per_line: float
    many_branches: int


def files(area: str) -> list[Path]:
    """The Python files of a folder, or the file itself."""
    root = Path(area)
    return [root] if root.is_file() else sorted(root.rglob("*.py"))


def measure(path: Path) -> Module:
    """Measure one file."""
    text = path.read_text()
    tree = ast.parse(text)
    docstrings = set(docstring_lines(tree))
    tokens = 0
    code_lines: set[int] = set()
    with path.open("rb") as opened:
        for token in tokenize.tokenize(opened.readline):
            if token.type not in QUIET and token.start[0] not in docstrings:
                tokens += 1
                code_lines.update(range(token.start[0], token.end[0] + 1))
    rows = text.splitlines()
    found = tuple(
        Measured(f"{path}:{node.lineno} {node.name}", lines_of(node, rows, docstrings), branches_of(node))
        for node in ast.walk(tree)
        if isinstance(node, Function)
    )
    return Module(path, len(rows), tokens, len(code_lines), found)


def docstring_lines(tree: ast.AST) -> Iterator[int]:
    """The numbers of the lines that are strings standing alone: docstrings and words under a value."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def lines_of(function: Function, rows: list[str], docstrings: set[int]) -> int:
    """The lines of a function that hold code or a comment."""
    numbers = range(function.lineno, (function.end_lineno or function.lineno) + 1)
    return sum(1 for number in numbers if number not in docstrings and rows[number - 1].strip())


def branches_of(function: Function) -> int:
    r"""The branches of a function, without those of functions inside it.

    >>> branches_of(ast.parse("def f(x):\n  return [y for y in x if y and y > 1]").body[0])
    3
    """
    count = 0
    waiting: list[ast.AST] = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Function):
            continue
        count += weight(node)
        waiting.extend(ast.iter_child_nodes(node))
    return count


def weight(node: ast.AST) -> int:
    """How many branches one node of a syntax tree opens."""
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    kinds = ast.If | ast.For | ast.AsyncFor | ast.While | ast.ExceptHandler | ast.match_case | ast.IfExp
    return int(isinstance(node, kinds))


def summary(area: str, modules: list[Module]) -> Summary:
    """What the modules of an area come to."""
    functions = [function for module in modules for function in module.functions]
    lengths = sorted(function.lines for function in functions) or [0]
    code_lines = sum(module.code_lines for module in modules)
    return Summary(
        area,
        len(modules),
        sum(module.lines for module in modules),
        len(functions),
        statistics.median(lengths),
        lengths[int(0.9 * (len(lengths) - 1))],
        lengths[-1],
        round(sum(module.tokens for module in modules) / max(code_lines, 1), 2),
        sum(1 for function in functions if function.branches > MANY_BRANCHES),
    )


def imports(paths: list[Path]) -> dict[str, set[str]]:
    """Which module imports which, at its top or inside its functions."""
    names = {name_of(path): path for path in paths}
    return {
        name: {target for target in imported(ast.parse(path.read_text()), names) if target != name}
        for name, path in names.items()
    }


def name_of(path: Path) -> str:
    """A module's name by its path.

    >>> name_of(Path("budget_model/store/__init__.py"))
    'budget_model.store'
    """
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module, names: dict[str, Path]) -> Iterator[str]:
    """The modules of ours that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in names else node.module for name in inner)


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import each other round in a circle.

    >>> cycles({"a": {"b"}, "b": {"a"}, "c": {"a"}})
    [['a', 'b']]
    """
    reach = {name: reached(graph, name) for name in graph}
    groups = {
        tuple(sorted(other for other in reach[name] if name in reach.get(other, ())))
        for name in graph
        if name in reach[name]
    }
    return [list(group) for group in sorted(groups)]


def reached(graph: dict[str, set[str]], start: str) -> set[str]:
    """Every module that can be come to from one by its imports."""
    seen: set[str] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(graph.get(name, ()))
    return seen


def folders(modules: list[Module]) -> list[Summary]:
    """The same by folder."""
    parents = sorted({module.path.parent for module in modules})
    if len(parents) < 2:
        return []
    return [
        summary(str(parent), [module for module in modules if module.path.parent == parent])
        for parent in parents
    ]


def main() -> int:
    """Measure the code of the working directory and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--folders", action="store_true", help="say it for every folder too")
    parser.add_argument("--longest", type=int, default=0, help="name so many longest and most branching")
    options = parser.parse_args()
    modules = {area: [measure(path) for path in files(area)] for area in AREAS if Path(area).exists()}
    everything = [module for area in modules.values() for module in area]
    product = [module for area in AREAS[:3] for module in modules.get(area, [])]
    summaries = [summary(area, module) for area, module in modules.items()]
    summaries += [summary("product", product), summary("all", everything)]
    if options.folders:
        summaries += [part for module in modules.values() for part in folders(module)]
    circles = cycles(imports([module.path for module in product]))
    if options.json:
        print(json.dumps({"areas": [asdict(part) for part in summaries], "cycles": circles}, indent=1))
        return 0
    print_table(summaries, circles)
    print_longest(product, options.longest)
    return 0


def print_table(summaries: list[Summary], circles: list[list[str]]) -> None:
    """Print what was measured, one area a line."""
    print(
        f"{'':32}{'modules':>8}{'lines':>8}{'functions':>10}{'median':>8}{'90th':>6}{'longest':>8}{'tokens/line':>12}{'>10 branches':>13}"
    )
    for part in summaries:
        print(
            f"{part.area:32}{part.modules:8}{part.lines:8}{part.functions:10}{part.median:8.0f}{part.ninetieth:6.0f}"
            f"{part.longest:8}{part.tokens_per_line:12.2f}{part.many_branches:13}"
        )
    print(f"import cycles: {len(circles)}")
    for circle in circles:
        print(f"    {', '.join(circle)}")


def print_longest(modules: list[Module], most: int) -> None:
    """Print the functions that are longest, and those that branch most."""
    functions = [function for module in modules for function in module.functions]
    for function in sorted(functions, key=lambda function: -function.lines)[:most]:
        print(f"{function.lines:5} lines     {function.where}")
    for function in sorted(functions, key=lambda function: -function.branches)[:most]:
        print(f"{function.branches:5} branches  {function.where}")


if __name__ == "__main__":
    sys.exit(main())
