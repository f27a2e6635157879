"""`running`: how the dashboard runs: how long pages and questions take, what is remembered, and who waits."""

import argparse
import json
from dataclasses import asdict
from math import isinf

from budget_model.measured import Running, Times, running, sentence
from budget_model.store.attached import ask_owner
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print it; of the dashboard that has the store open, so that nothing is measured where none runs."""
    with Store.existing() as store:
        measured: Running = ask_owner(store.path, "measured", "running") or running()
    if options.json:
        print(json.dumps(_plain(measured)))
        return 0
    print(sentence(measured))
    for title, every in (("pages", measured.pages), ("questions", measured.questions)):
        for times in every[:10]:
            print(
                f"  {title}: {times.name:<28} {times.how_often:>7,} times, {times.mean * 1000:>8.1f} ms each"
            )
    for answer in measured.answers[:10]:
        print(f"  answers: {answer.name:<26} {answer.asked:>7,} asked, {answer.remembered:,} remembered")
    return 0


def _plain(measured: Running) -> dict[str, object]:
    every = [*measured.pages, *measured.questions]
    document = asdict(measured)
    document["every_page"] = _seconds(measured.every_page) if measured.every_page else None
    document["pages"] = [_seconds(times) for times in every[: len(measured.pages)]]
    document["questions"] = [_seconds(times) for times in measured.questions]
    return document


def _seconds(times: Times) -> dict[str, object]:
    """Times in seconds; null beyond the last step."""
    return {
        name: None if isinstance(value, float) and isinf(value) else value
        for name, value in asdict(times).items()
    }
