"""Keep what the reader makes of many files, so that a change can be held against it byte for byte.

    python tools/freeze_reading.py dump DIR [--only TEXT] [--mutations 2000] [--seed 1]
    python tools/freeze_reading.py compare A B [--show 20]

`dump` reads the generated books of the tests, the real files and cases beside the project (where they are
at hand), and small files spoilt at random; of each it keeps the document of `read --json`, every line, and
the reason of every row. It goes on where it was stopped. `compare` names the files whose documents differ
and the first place where they do; exit status 1 if any differs. A file whose own content differs between the
two is counted apart: it says nothing about the reader.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, Final

sys.path.insert(0, str(Path.cwd()))

Item = tuple[str, Callable[[], Any]]
"""A file's name, and what opens it as a workbook."""
BOOKS: Final = 568
SECONDS_EACH: Final = 60
MEMORY: Final = 3_000_000_000
SHARED_GROUPS: Final = ("examples", "cases", "cases-import")
NOT_READ: Final = (".md", "controls.csv", "loaded.csv", "cases.csv", "import.csv")


def module_at(path: Path) -> ModuleType:
    """A module by its file, so that the books of one state can be read by the reader of another."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader  # noqa: PT018
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def generated(books: Path) -> Iterator[Item]:
    """The books that the tests make, by their seed."""
    case = module_at(books).case
    for seed in range(BOOKS):
        yield f"generated/{seed:04d}", lambda seed=seed: case(seed).workbook  # type: ignore[misc]


def beside(shared: Path) -> Iterator[Item]:
    """The files that stand beside the project, largest last."""
    if not shared.is_dir():
        print(f"{shared} is not here: its files are left out", file=sys.stderr)
        return
    for group in SHARED_GROUPS:
        files = [file for file in (shared / group).rglob("*") if file.is_file()]
        for file in sorted(files, key=lambda file: (file.stat().st_size, str(file))):
            if not file.name.endswith(NOT_READ):
                yield str(file.relative_to(shared)), lambda file=file: opened(file.read_bytes(), file.name)  # type: ignore[misc]


def spoilt(mutator: Path, count: int, seed: int) -> Iterator[Item]:
    """Small files spoilt at random, always the same for the same seed."""
    mutate = module_at(mutator)
    originals = mutate.seeds()
    for number in range(count):
        name, data = mutate.spoilt(number, seed, originals)
        yield f"spoilt/{seed}/{number:05d}", lambda name=name, data=data: opened(data, name)  # type: ignore[misc]


def opened(data: bytes, name: str) -> object:
    """A file's bytes as a workbook; earlier states of the project kept the function one room up."""
    try:
        from budget_model.intake.files.formats import open_workbook
    except ImportError:
        from budget_model.intake.formats import open_workbook  # type: ignore[import-not-found, no-redef]
    return open_workbook(data, name)


def document(item: Item) -> dict[str, object]:
    """What the reader makes of one file, or how it refused it."""
    from budget_model.intake.reading import understand
    from budget_model.problem import Refusal

    try:
        workbook = item[1]()
        return {"input": input_of(workbook), **document_of(understand(workbook, {}))}
    except Refusal as refusal:
        return {"refusal": refusal.sentence}
    except MemoryError:
        return {"fault": "out of memory"}
    except TimeoutError:
        return {"fault": "too slow"}
    except Exception as fault:  # a fault is an answer too, and has to stay the same
        return {"fault": f"{type(fault).__name__}: {fault}"}


def input_of(workbook: Any) -> str:
    """A mark of what the workbook holds, so that changed files are told from a changed reader."""
    held = hashlib.sha256()
    for sheet in workbook.sheets:
        held.update(repr((sheet.name, sheet.rows[:500], len(sheet.rows))).encode("utf-8", "replace"))
    return held.hexdigest()[:16]


def document_of(reading: Any) -> dict[str, object]:
    """A reading in full: the document of the command line, its lines, and the reason of each row."""
    from budget_model.intake.reading import lines, to_json

    held = hashlib.sha256()
    for line in lines(reading):
        held.update(repr(line).encode("utf-8", "replace"))
    rows = [
        {"roles": hashlib.sha256(bytes(table.roles.unpack())).hexdigest()[:16], "reasons": reasons_of(table)}
        for table in reading.tables
    ]
    return {"lines": held.hexdigest()[:16], "rows": rows, "json": to_json(reading)}


def reasons_of(table: Any) -> dict[str, str]:
    """Why the first rows are what they are, and a mark of all the others."""
    reasons = {str(row): reason for row, reason in sorted(table.reasons.items())}
    if len(reasons) <= 60:
        return reasons
    rest = hashlib.sha256(json.dumps(reasons).encode()).hexdigest()[:16]
    return {**dict(list(reasons.items())[:60]), "rest": rest}


def dump(directory: Path, items: Iterator[Item], only: str) -> None:
    """Read what is not kept yet, one line a file; a file that kills its process is kept as such."""
    directory.mkdir(parents=True, exist_ok=True)
    kept, begun = directory / "documents.jsonl", directory / "begun"
    wanted = [item for item in items if only in item[0]]
    while True:
        done = set(documents(kept)) if kept.exists() else set()
        left = [item for item in wanted if item[0] not in done]
        if not left or _read_all(left, kept, begun):
            return
        _keep(kept, begun.read_text(encoding="utf-8"), {"fault": "it killed its process"})


def _read_all(items: list[Item], kept: Path, begun: Path) -> bool:
    """Read files in a process of its own; whether it came to their end."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    signal.signal(signal.SIGALRM, _too_slow)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for item in items:
        begun.write_text(item[0], encoding="utf-8")
        signal.alarm(SECONDS_EACH)
        made = document(item)
        signal.alarm(0)
        _keep(kept, item[0], made)
    os._exit(0)


def _keep(kept: Path, name: str, made: object) -> None:
    with kept.open("a", encoding="utf-8") as out:
        out.write(json.dumps([name, made], ensure_ascii=True, default=str) + "\n")


def _too_slow(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def documents(kept: Path) -> dict[str, dict[str, object]]:
    """What was kept, by the file's name; a line cut short by a stop is left out."""
    found = {}
    for line in kept.read_text(encoding="utf-8").splitlines():
        try:
            name, made = json.loads(line)
        except ValueError:
            continue
        found[name] = made
    return found


def compare(first: Path, second: Path, show: int, only: str = "") -> int:
    """Print which files are read otherwise, and give how many."""
    before, after = documents(first / "documents.jsonl"), documents(second / "documents.jsonl")
    tally: Counter[str] = Counter()
    shown = 0
    for name in sorted(before.keys() & after.keys()):
        if only not in name:
            continue
        outcome = outcome_of(before[name], after[name])
        tally[outcome] += 1
        if outcome == "differ" and shown < show:
            shown += 1
            print(f"{name}: {first_difference(before[name], after[name])}")
    tally["only in one"] = sum(only in name for name in before.keys() ^ after.keys())
    print(", ".join(f"{often} {outcome}" for outcome, often in tally.items()))
    return tally["differ"]


def outcome_of(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Whether two documents are the same, differ, or are of files that differ themselves."""
    if before == after:
        return "the same"
    ours, theirs = before.get("input"), after.get("input")
    return "of other content" if ours and theirs and ours != theirs else "differ"


def first_difference(before: object, after: object, path: str = "") -> str:
    """Where two documents part, and what each says there.

    >>> first_difference({"chosen": [0, 1]}, {"chosen": [0, 2]})
    '/chosen/1: 1 -> 2'
    """
    if isinstance(before, dict) and isinstance(after, dict):
        pairs = [(key, before.get(key), after.get(key)) for key in {**before, **after}]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(str(at), *pair) for at, pair in enumerate(zip(before, after, strict=True))]
    else:
        return f"{path}: {str(before)[:200]} -> {str(after)[:200]}"
    pairs.sort(key=lambda pair: pair[0] in ("lines", "roles"))
    for key, ours, theirs in pairs:
        if ours != theirs:
            return first_difference(ours, theirs, f"{path}/{key}")
    return ""


def main() -> int:
    """Dump or compare, as asked."""
    parser = argparse.ArgumentParser(
        description=str(__doc__), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    dumping = commands.add_parser("dump")
    dumping.add_argument("directory", type=Path)
    dumping.add_argument("--mutations", type=int, default=2000)
    dumping.add_argument("--seed", type=int, default=1)
    dumping.add_argument("--shared", type=Path, default=Path("../shared"))
    dumping.add_argument("--books", type=Path, default=Path("tests/intake/generated.py"))
    dumping.add_argument("--mutator", type=Path, default=Path("benchmarks/mutate_uploads.py"))
    comparing = commands.add_parser("compare")
    comparing.add_argument("first", type=Path)
    comparing.add_argument("second", type=Path)
    comparing.add_argument("--show", type=int, default=20)
    for command in (dumping, comparing):
        command.add_argument("--only", default="", help="only files whose name holds this text")
    options = parser.parse_args()
    if options.command == "compare":
        return int(compare(options.first, options.second, options.show, options.only) > 0)
    for items in (
        generated(options.books),
        beside(options.shared),
        spoilt(options.mutator, options.mutations, options.seed),
    ):
        dump(options.directory, items, options.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
