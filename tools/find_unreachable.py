"""Which functions and classes of the model no command and no page can reach; tests do not count.

    python tools/find_unreachable.py [ROOT]

Names are followed from the frame, every page and every command, through imports, tables of functions and
the bodies of whatever is reached. A method counts as reached when its class is and some code of the product
speaks its name. Exit status 1 where anything is left over that WAITING does not explain.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MODEL = "budget_model"
WAITING: dict[str, str] = {}
"""Modules, and names of modules, that may be out of reach for now, each with the reason."""

Symbol = tuple[str, str]
"""A module and the name of something at its top; the name is empty for the module's own statements."""
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass
class Module:
    """One file: what stands at its top, what its names mean, and what each of them mentions."""

    name: str
    tree: ast.Module
    definitions: dict[str, Definition] = field(default_factory=dict)
    names: dict[str, Symbol] = field(default_factory=dict)
    mentions: dict[str, set[Symbol]] = field(default_factory=dict)


def name_of(path: Path, root: Path) -> str:
    """A module's dotted name by its path below the root."""
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def read(root: Path) -> dict[str, Module]:
    """Every module of the product by its name."""
    paths = [*sorted((root / MODEL).rglob("*.py")), *sorted((root / "pages").rglob("*.py"))]
    paths += [path for path in (root / "dashboard.py", root / "server.py") if path.exists()]
    trees = {name_of(path, root): ast.parse(path.read_text()) for path in paths}
    modules = {name: Module(name, tree) for name, tree in trees.items()}
    for module in modules.values():
        module.names = dict(imported(module.tree, modules))
        for statement in module.tree.body:
            note_definitions(module, statement)
    for module in modules.values():
        note_mentions(module, modules)
    return modules


def imported(tree: ast.AST, modules: dict[str, Module]) -> Iterator[tuple[str, Symbol]]:
    """What the imports of a module, at its top or inside its functions, call by which name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                full = alias.name if alias.asname else alias.name.split(".")[0]
                yield alias.asname or full, (full, "")
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                target = (inner, "") if inner in modules else (node.module, alias.name)
                yield alias.asname or alias.name, target


def note_definitions(module: Module, statement: ast.stmt) -> None:
    """Note what a statement at the top of a module defines."""
    if isinstance(statement, Definition):
        module.definitions[statement.name] = statement
        module.names[statement.name] = (module.name, statement.name)
    for name in assigned(statement):
        module.names.setdefault(name, (module.name, name))


def assigned(statement: ast.stmt) -> list[str]:
    """The names that an assignment at the top of a module gives a value."""
    if isinstance(statement, ast.Assign):
        return [
            node.id for target in statement.targets for node in ast.walk(target) if isinstance(node, ast.Name)
        ]
    if isinstance(statement, ast.AnnAssign | ast.AugAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    return []


def note_mentions(module: Module, modules: dict[str, Module]) -> None:
    """Note what everything at the top of a module mentions, under the name that has to be reached for it.

    A function with a decorator of the product is mentioned by its module itself: the decorator may keep it.
    """
    for statement in module.tree.body:
        symbols = set(mentioned(statement, module, modules))
        owners = [statement.name] if isinstance(statement, Definition) else assigned(statement) or [""]
        for owner in owners:
            module.mentions.setdefault(owner, set()).update(symbols)
        if isinstance(statement, Definition) and registers(statement, module, modules):
            module.mentions.setdefault("", set()).add((module.name, statement.name))


def registers(statement: Definition, module: Module, modules: dict[str, Module]) -> bool:
    """Whether a decorator of the product stands over a definition."""
    marks = {
        symbol for decorator in statement.decorator_list for symbol in mentioned(decorator, module, modules)
    }
    return any(name and symbol_module in modules for symbol_module, name in marks)


def mentioned(node: ast.AST, module: Module, modules: dict[str, Module]) -> Iterator[Symbol]:
    """Every symbol of the product that a piece of code names, and every module that it names in a string."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name | ast.Attribute):
            yield from resolved(part, module, modules)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value in modules:
            yield from ((part.value, name) for name in ("", "main"))
        elif isinstance(part, ast.ImportFrom) and part.module in modules:
            yield (part.module, "")


def resolved(node: ast.Name | ast.Attribute, module: Module, modules: dict[str, Module]) -> Iterator[Symbol]:
    """What a name, or a dotted name, stands for."""
    words = dotted(node)
    if not words or words[0] not in module.names:
        return
    where, name = module.names[words[0]]
    for word in words[1:]:
        inner = f"{where}.{word}"
        if name:
            break
        where, name = (inner, "") if inner in modules else (where, word)
    if where in modules:
        yield (where, name)


def dotted(node: ast.expr) -> list[str]:
    """The words of a dotted name, empty for anything else.

    >>> dotted(ast.parse("joint.opportunities", mode="eval").body)
    ['joint', 'opportunities']
    """
    words: list[str] = []
    while isinstance(node, ast.Attribute):
        words.append(node.attr)
        node = node.value
    return [*reversed([*words, node.id])] if isinstance(node, ast.Name) else []


def roots(modules: dict[str, Module]) -> list[Symbol]:
    """Where a person comes in: the frame, every page, and what the command line calls by name."""
    pages = [name for name in modules if name == "dashboard" or name.endswith(".page")]
    commands = [name for name in modules if name.startswith(f"{MODEL}.commands.")]
    entries = [(name, part) for name in commands for part in ("", "arguments", "run")]
    return (
        [(name, "") for name in pages]
        + [("server", "app")]
        + entries
        + [(f"{MODEL}.__main__", ""), (f"{MODEL}.__main__", "main")]
    )


def reached(modules: dict[str, Module], starts: list[Symbol]) -> set[Symbol]:
    """Everything that can be come to from some symbols."""
    seen: set[Symbol] = set()
    waiting = list(starts)
    while waiting:
        symbol = waiting.pop()
        if symbol in seen or symbol[0] not in modules:
            continue
        seen.add(symbol)
        waiting += steps(symbol, modules)
    return seen


def steps(symbol: Symbol, modules: dict[str, Module]) -> Iterator[Symbol]:
    """What one reached symbol brings with it: what it mentions, its module, and what it hands on."""
    module, name = modules[symbol[0]], symbol[1]
    yield from module.mentions.get(name, ())
    if name:
        yield (module.name, "")
        if name in module.names:
            yield module.names[name]
        return
    parts = module.name.split(".")
    yield from ((".".join(parts[:count]), "") for count in range(1, len(parts)))


def spoken(modules: dict[str, Module]) -> set[str]:
    """Every name that code of the product speaks after a dot, or as a string."""
    words: set[str] = set()
    for module in modules.values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute):
                words.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
    return words


def unreachable(root: Path) -> list[str]:
    """What of the model no command and no page reaches: file, line and name of each."""
    modules = read(root)
    return left_over(modules, reached(modules, roots(modules)), spoken(modules))


def needless(root: Path) -> list[str]:
    """What of WAITING waits no longer, or is not there any more."""
    modules = read(root)
    seen = reached(modules, roots(modules))
    waiting = {
        f"{module.name}.{name}"
        for module in modules.values()
        for name in module.definitions
        if (module.name, name) not in seen
    }
    return [name for name in WAITING if not any(f"{left}.".startswith(f"{name}.") for left in waiting)]


def left_over(modules: dict[str, Module], seen: set[Symbol], words: set[str]) -> list[str]:
    """What of the model is neither reached nor waiting."""
    left: list[str] = []
    for module in modules.values():
        if module.name.split(".")[0] != MODEL or module.name in WAITING:
            continue
        file = module.name.replace(".", "/")
        for name, definition in module.definitions.items():
            if f"{module.name}.{name}" in WAITING:
                continue
            if (module.name, name) not in seen:
                left.append(f"{file}.py:{definition.lineno} {name}")
            elif isinstance(definition, ast.ClassDef):
                left += [
                    f"{file}.py:{method.lineno} {name}.{method.name}" for method in silent(definition, words)
                ]
    return sorted(left)


def silent(definition: ast.ClassDef, words: set[str]) -> Iterator[ast.FunctionDef]:
    """The methods of a class that nothing speaks of; those that a base from elsewhere may call are left out."""
    known = {"Enum", "StrEnum", "IntEnum", "Protocol", "NamedTuple"}
    if not all(isinstance(base, ast.Name) and base.id in known for base in definition.bases):
        return
    for method in definition.body:
        if (
            isinstance(method, ast.FunctionDef)
            and not method.name.startswith("__")
            and method.name not in words
        ):
            yield method


def main() -> int:
    """Print what is out of reach."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    left = unreachable(root)
    for name in left:
        print(f"{name}: no command and no page reaches it")
    if left:
        print(f"{len(left)} to give a page or a command, or to take out.")
    done = needless(root) if root == Path() else []
    for name in done:
        print(f"{name} is reached or gone: take it out of WAITING in tools/find_unreachable.py")
    return int(bool(left or done))


if __name__ == "__main__":
    sys.exit(main())
