"""`prevention`: how much of the money acts early, by stage, for whom and how sure that is."""

import argparse
import json
from collections.abc import Mapping
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.commands.asked import year_of
from budget_model.exhibits.prevention import NAMES, earlier_year, how_sure, sentence, shift_in_words
from budget_model.money import pounds
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.together import stages
from budget_model.together.stages import Shift, StagePart


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--year", default="", help="financial year, such as 2016-17; else the place’s own")
    parser.add_argument(
        "--against", default="", help="the year to compare with; else the one before on the map"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Count the money by stage of need, and print it."""
    with Store.existing() as store:
        answers = Answers(store, Scope(year=year_of(store, options.year)))
        parts = answers.stages()
        shift = answers.shift_to_early(year_of(store, options.against) or earlier_year(answers))
    if options.json:
        print(json.dumps(as_json(parts, shift, answers.scope.year), ensure_ascii=False))
        return 0
    print(f"{sentence(stages.early(parts))} {how_sure(parts)}")
    print(shift_in_words(shift))
    for stage, amount in stages.by_stage(parts).items():
        print(f"  {NAMES[stage]}: {pounds(amount)}")
    return 0


def as_json(parts: tuple[StagePart, ...], shift: Shift | None, year: str) -> dict[str, object]:
    """The money by stage with amounts in decimal words; the parts of each list make the total."""
    early, sums = stages.early(parts), stages.by_stage(parts)
    return {
        "year": year,
        "total": str(sum(sums.values())),
        "on_services": str(early.whole),
        "early": str(early.part),
        "unknown": str(early.unknown),
        "by_stage": {stage.value: str(amount) for stage, amount in sums.items()},
        "by_how": _words(stages.added_up(parts, lambda part: part.how)),
        "by_grade": _words(stages.added_up(parts, lambda part: part.grade)),
        "by_client_group": {
            group: _words(
                stages.added_up((p for p in parts if p.client_group == group), lambda part: part.stage)
            )
            for group in sorted({part.client_group for part in parts})
        },
        "shift": None if shift is None else _shift(shift),
    }


def _shift(shift: Shift) -> dict[str, object]:
    return {
        "from": shift.earlier,
        "to": shift.later,
        "bodies": list(shift.bodies),
        "before": {"early": str(shift.before.part), "on_services": str(shift.before.whole)},
        "after": {"early": str(shift.after.part), "on_services": str(shift.after.whole)},
    }


def _words(sums: Mapping[str, Decimal]) -> dict[str, str]:
    return {str(key): str(amount) for key, amount in sums.items()}
