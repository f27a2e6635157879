"""`suggest`: which service a budget line pays for, for one line or a file of lines."""

import argparse
import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from budget_model.commands.asked import known
from budget_model.mapping.memory import Confirmed
from budget_model.place import Place
from budget_model.problem import Refusal

if TYPE_CHECKING:
    from budget_model.mapping.suggestion import Evidence, Suggestion

DATA = Path(__file__).resolve().parents[2] / "data"
COLUMNS = ("organisation", "organisation_type", "description", "code", "headings")
LARGEST_FILE = 50_000_000
"""Bytes: about half a million lines, which is more than any body sends."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("text", nargs="?", help="the description of one line")
    asked.add_argument(
        "--keep-learnt",
        action="store_true",
        help="after a list in data/mapping changed: learn it, and keep that",
    )
    asked.add_argument(
        "--file",
        help="a CSV: organisation, description, and if known organisation_type, code, headings",
    )
    parser.add_argument("--organisation", default="", help="whose line it is: an id or a name")
    parser.add_argument("--code", default=None, help="the line’s account code")
    parser.add_argument(
        "--heading", action="append", default=[], help="a heading above the line; may be repeated"
    )
    parser.add_argument(
        "--alternatives", type=int, default=5, help="how many services to name, three at least"
    )
    parser.add_argument("--place", type=Path, default=None, help="the folder of the place’s lists")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Suggest, and print each line's services, the best first."""
    # Suggesting learns from thousands of examples: numpy and scipy are only loaded once it is asked for.
    from budget_model.mapping.suggestion import Suggester
    from budget_model.place import load

    if options.keep_learnt:
        Suggester(load(options.place or _only_place(), DATA / "reference").services).keep_learnt()
        return 0
    lines = _lines_asked(options)
    place, memory = _place_and_memory(options.place)
    kinds = {name: str(body.type) for body in place.organisations for name in (body.id, body.name)}
    if kinds:
        known(options.organisation, kinds, "body")
    suggester = Suggester(place.services, memory, organisations=kinds)
    suggested = list(zip(lines, suggester.suggest(lines, options.alternatives), strict=True))
    if options.json:
        json.dump([_as_json(line, answers) for line, answers in suggested], sys.stdout, ensure_ascii=False)
        print()
    else:
        names = {service.id: service.name for service in place.services}
        for line, answers in suggested:
            _print(line, answers, names)
    return 0


def _lines_asked(options: argparse.Namespace) -> "list[Evidence]":
    """The line that was typed, or those of the file."""
    from budget_model.mapping.suggestion import Evidence

    if options.file is None:
        return [Evidence(options.text, options.organisation, "", options.code, tuple(options.heading))]
    return [
        Evidence(
            description=row["description"],
            organisation=row["organisation"] or options.organisation,
            organisation_type=row["organisation_type"],
            code=row["code"] or None,
            headings=tuple(part.strip() for part in row["headings"].split(">") if part.strip()),
        )
        for row in _read(Path(options.file))
    ]


def _as_json(line: "Evidence", answers: "Sequence[Suggestion]") -> dict[str, object]:
    return {
        "organisation": line.organisation,
        "description": line.description,
        "suggestions": [
            {
                "service": answer.service,
                "cofog_division": answer.cofog_division,
                "cofog_group": answer.cofog_group,
                "confidence": answer.confidence,
                "reason": answer.reason,
                "applied_without_asking": answer.applied_without_asking,
            }
            for answer in answers
        ],
    }


def _print(line: "Evidence", answers: "Sequence[Suggestion]", names: Mapping[str, str]) -> None:
    whose = f" ({line.organisation})" if line.organisation else ""
    print(f"{line.description or '(no description)'}{whose}")
    for answer in answers:
        sure = min(answer.confidence, 0.99)
        print(f"  {sure:>4.0%}  {names[answer.service]} [COFOG {answer.cofog_group}]. {answer.reason}")


def _place_and_memory(folder: Path | None) -> tuple[Place, tuple[Confirmed, ...]]:
    """The place and what officers confirmed: the store's where there is one, else the place's folder's."""
    from budget_model.place import load
    from budget_model.store.store import usual_path

    if folder is None and usual_path().exists():
        from budget_model.store.mapping_memory import confirmed
        from budget_model.store.places import place_of
        from budget_model.store.store import Store

        try:
            with Store.existing() as store:
                return place_of(store), confirmed(store)
        except Refusal as refusal:
            print(f"{refusal.sentence} What officers confirmed is not used here.", file=sys.stderr)
    return load(folder or _only_place(), DATA / "reference"), ()


def _only_place() -> Path:
    """The place whose folder ships: the one folder under data that describes a place."""
    places = sorted(folder.parent for folder in DATA.glob("*/place.toml"))
    if not places:
        raise Refusal("There is no place under data. Name a place’s folder with --place.")
    return places[0]


def _read(path: Path) -> list[Mapping[str, str]]:
    """The rows of a file of lines, each with every column of `COLUMNS`, empty where the file has none."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refusal(f"{path.name} is larger than {LARGEST_FILE // 1_000_000} MB. Send it in parts.")
        text = _decoded(path.read_bytes())
    except OSError as reason:
        raise Refusal(f"{path.name} cannot be read: {reason.strerror or reason}.") from reason
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        rows = [row for row in reader if row]
    except csv.Error as reason:
        raise Refusal(f"{path.name} is not a CSV file: {reason}.") from reason
    header = [name.strip().casefold() for name in rows[0]] if rows else []
    if "description" not in header:
        raise Refusal(
            f"{path.name} has no column named description. "
            "Its first row should read: organisation,description."
        )
    return [_named(header, row) for row in rows[1:]]


def _named(header: Sequence[str], row: Sequence[str]) -> Mapping[str, str]:
    cells = dict(zip(header, row, strict=False))
    return {name: cells.get(name, "").strip() for name in COLUMNS}


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
