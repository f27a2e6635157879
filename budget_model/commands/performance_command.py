"""`performance`: which measures each layer looks at; with `--readings` it records a table of readings."""

import argparse
import json
from pathlib import Path

from budget_model.answers import Answers
from budget_model.commands.asked import scope_arguments, scope_of
from budget_model.exhibits.performance import forecast_in_words, sentence
from budget_model.exhibits.targets import heading_noted
from budget_model.money import decimal_text
from budget_model.partnership.performance import Layer, Measured, seen_by
from budget_model.partnership.typed_readings import read_table, template
from budget_model.problem import Refusal
from budget_model.store import performance
from budget_model.store.store import Store

LONGEST_FILE = 2_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    scope_arguments(parser)
    parser.add_argument("--layer", choices=[str(layer) for layer in Layer], default=str(Layer.THEME))
    parser.add_argument("--readings", type=Path, help="a CSV file of readings to record")
    parser.add_argument("--sure", action="store_true", help="record readings that may be in another unit too")
    parser.add_argument("--template", type=Path, help="write the table of the next readings to this file")


def run(options: argparse.Namespace) -> int:
    """Record readings if there are any, and say what the layer looks at."""
    with Store.existing() as store:
        answers = Answers(store, scope_of(store, options))
        if options.readings:
            _record(store, answers, options)
            answers = Answers(store, scope_of(store, options))
        every = answers.performance()
        if options.template:
            options.template.write_text(template(every, answers.scope.year), encoding="utf-8")
        layer = Layer(options.layer)
    seen = seen_by(layer, every)
    if options.json:
        print(
            json.dumps(
                {"layer": str(layer), "measures": [_as_json(measured) for measured in seen]},
                ensure_ascii=False,
            )
        )
        return 0
    print(sentence(layer, every))
    for one in seen:
        print(
            f"  {one.target.name}: {heading_noted(one.track, illustrative=one.illustrative)}. Forecast: {forecast_in_words(one.forecast)}."
        )
    return 0


def _record(store: Store, answers: Answers, options: argparse.Namespace) -> None:
    """Keep every reading of the file, or none: raises `Refusal` with each fault."""
    try:
        data = options.readings.read_bytes()
        text = data[: LONGEST_FILE + 1].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"{options.readings} cannot be read as a CSV file in UTF-8.") from None
    if len(data) > LONGEST_FILE:
        raise Refusal(f"{options.readings} is too large for a table of readings.")
    read = read_table(text, answers.place.targets)
    faults = read.problems if options.sure else (*read.problems, *read.doubts)
    if faults:
        raise Refusal("No reading was recorded.", faults)
    performance.enter(store, read.readings, by=store.asker.name)


def _as_json(measured: Measured) -> dict[str, object]:
    return {
        "id": measured.target.id,
        "name": measured.target.name,
        "unit": measured.target.unit,
        "heading": str(measured.track),
        "latest": decimal_text(measured.target.latest),
        "target": None if measured.target.target is None else decimal_text(measured.target.target),
        "forecast": None
        if measured.forecast is None
        else {"figure": decimal_text(measured.forecast.figure), "method": str(measured.forecast.method)},
        "illustrative": measured.illustrative,
        "risk": measured.risk,
        "awaited": str(measured.awaited or "") or None,
        "amount": str(measured.money.linked),
        "readings": [
            {
                "year": reading.period.year,
                "quarter": reading.period.quarter or None,
                "figure": decimal_text(reading.figure),
                "source": reading.source,
                "grade": str(reading.grade),
            }
            for reading in measured.readings
        ],
    }
