"""How long it takes to learn, and to suggest for thousands of lines after that.

    python -m benchmarks.suggest_speed [--lines 5000 20000]

Three kinds of file of each length: every line another wording, half of them central departments'; a ledger,
where what was bought stands under some hundred cost centres; and next year's file of a body that has confirmed
as many other wordings, each of which has to be compared.
"""

import argparse
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from budget_model.mapping.memory import Confirmed
from budget_model.mapping.suggestion import Evidence, Suggester
from budget_model.mapping.tables import lists
from budget_model.place import Place, load

DATA = Path(__file__).resolve().parents[1] / "data"


def different(count: int) -> list[Evidence]:
    """Lines of which no two are alike."""
    names, council = lists().treasury_names, lists().revenue_lines
    return [
        Evidence(f"{names[at % len(names)].name} {at}", names[at % len(names)].department)
        if at % 2
        else Evidence(f"{council[at % len(council)].line} {at}", "A council", "council", None, ("Services",))
        for at in range(count)
    ]


def ledger(count: int, place: Place) -> list[Evidence]:
    """What was bought, under cost centres."""
    centres = [service.name for service in place.services] + [line.line for line in lists().revenue_lines]
    bought = sorted(lists().natures)
    pairs = [(centre, what) for centre in centres for what in bought]
    return [
        Evidence(what, "A council", "council", f"{at:05d}", ("Place directorate", centre))
        for at, (centre, what) in enumerate(random.Random(1).sample(pairs, count))
    ]


def confirmed_before(count: int, place: Place) -> tuple[Confirmed, ...]:
    """As many wordings of one council, confirmed a year ago."""
    services, on = [service.id for service in place.services], datetime(2016, 5, 1, tzinfo=UTC)
    return tuple(
        Confirmed(
            "A council", None, words, (), ((services[at % len(services)], Decimal(1)),), "An officer", on
        )
        for at, words in enumerate(_made_up(count, seed=1))
    )


def _made_up(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    words = [word for name in lists().treasury_names for word in name.name.split()]
    return [" ".join(chance.choices(words, k=chance.randint(2, 7))) for _ in range(count)]


def _timed(title: str, suggester: Suggester, lines: Sequence[Evidence]) -> None:
    suggester.suggest(lines[:10])
    began = time.perf_counter(), time.process_time()
    suggester.suggest(lines)
    print(f"{title:<52} {_taken(began)}")


def _taken(began: tuple[float, float]) -> str:
    """Seconds on the clock, and of the processor: on a busy machine only the second says anything."""
    return f"{time.perf_counter() - began[0]:6.2f} s on the clock, {time.process_time() - began[1]:.2f} s of processor"


def main() -> None:
    """Print seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=[5_000, 20_000])
    asked = parser.parse_args()
    place = load(next(DATA.glob("*/place.toml")).parent, DATA / "reference")
    began = time.perf_counter(), time.process_time()
    suggester = Suggester(place.services)
    print(f"{'to learn, the first time':<52} {_taken(began)}")
    for count in asked.lines:
        _timed(f"{count:,} lines, no two alike", suggester, different(count))
        _timed(f"{count:,} lines of a ledger", suggester, ledger(count, place))
        memory = confirmed_before(count, place)
        began = time.perf_counter(), time.process_time()
        after = Suggester(place.services, memory)
        print(f"{f'to learn from {count:,} confirmations':<52} {_taken(began)}")
        other = [Evidence(words, "A council", "council") for words in _made_up(count, seed=2)]
        _timed(f"{count:,} other lines of a body that confirmed as many", after, other)


if __name__ == "__main__":
    main()
