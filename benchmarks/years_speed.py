"""How long What changed, Trends and Plan and outturn take to answer what nobody asked before, on the server.

    python -m benchmarks.years_speed [STORE] [--page]

Without `--page` the exhibit is worked out with nothing kept but the place, from the store to the drawn figure, for each pair
of neighbouring years and each way of telling, and for trends of every kind. With it the whole page is run. The
target is a median under 200 ms on the worked example; beside it stand milliseconds of processor, which a busy machine
changes less, and one bare grouped query over the map.
"""

import argparse
import functools
import itertools
import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from budget_model.answers import Answers
from budget_model.exhibits import catalogue, trends, what_changed
from budget_model.exhibits.exhibit import Exhibit
from budget_model.place.model import Place
from budget_model.scope import Scope
from budget_model.store.places import place_of
from budget_model.store.store import Store, usual_path
from pages.shared import drawn
from pages.shared.drawn import Room

ROOT = Path(__file__).resolve().parents[1]
BARE = "select year, organisation, sum(amount) from mapped group by all"
RUNS = 3


def milliseconds(
    work: Callable[[], object], clock: Callable[[], float] = time.perf_counter, runs: int = RUNS
) -> float:
    """The median time of a piece of work, by the clock or another measure of seconds."""
    taken = []
    for _ in range(runs):
        started = clock()
        work()
        taken.append((clock() - started) * 1000)
    return statistics.median(taken)


def questions(store: Store) -> Iterator[tuple[str, str, str, Scope]]:
    """The page, the chart, what is chosen and the scope of everything that is measured."""
    years = Answers(store, Scope()).years()
    for before, after in itertools.pairwise(years):
        for telling in what_changed.TELLINGS:
            chosen = f"{before}~{telling}" if telling else before
            yield "What changed", "change", chosen, Scope(year=after)
    wide = Answers(store, Scope(year=years[-1]))
    keys = [
        trends.PLACE,
        *(f"{word}:{key}" for word in trends.OF for key in sorted(trends.keys_of(wide, word))[:3]),
    ]
    for of in keys:
        yield "Trends", "years", of, Scope(year=years[-1], real_terms=True, per_head=True)
    for year in years:
        yield "Plan and outturn", "variances", "", Scope(year=year)


def answer(store: Store, place: Place, chart: str, chosen: str, scope: Scope) -> None:
    """Work one exhibit out with nothing kept but the place, which every page reads once, and draw it."""
    shown = catalogue.show(Answers(store, scope, place), chart, chosen)
    if isinstance(shown, Exhibit):
        room = Room()
        drawn.drawn(drawn.fitting(shown.figure, room), shown.ways, room)


def pages(file: Path) -> Iterator[tuple[str, float]]:
    """The time of each whole page, opened by a link in a session of its own, the second time round."""
    os.environ["BUDGET_MODEL_STORE"] = str(file)
    from streamlit.testing.v1 import AppTest

    for name in ("what_changed", "trends", "plan"):
        app: Any = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120).run()
        app.switch_page(f"pages/{name}/page.py").run()
        yield name, milliseconds(app.run)


def exhibits(store: Store) -> dict[str, list[tuple[float, float]]]:
    """The times of every exhibit by its page: by the clock, and of processor."""
    times: dict[str, list[tuple[float, float]]] = {}
    place = place_of(store)
    for page, chart, chosen, scope in questions(store):
        work = functools.partial(answer, store, place, chart, chosen, scope)
        processor = milliseconds(work, time.process_time, runs=1)
        times.setdefault(page, []).append((milliseconds(work), processor))
    return times


def main() -> None:
    """Measure, and print the median and the slowest of each page."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store", type=Path, nargs="?", default=usual_path(), help="else the usual one")
    parser.add_argument("--page", action="store_true", help="run whole pages")
    options = parser.parse_args()
    if options.page:
        for name, one in pages(options.store):
            print(f"{name:<20}{one:8.0f} ms, the whole page")
        return
    with Store(options.store) as store:
        answer(
            store, place_of(store), "years", "", Scope(year=Answers(store, Scope()).years()[-1])
        )  # pays for loading libraries
        bare = milliseconds(lambda: store.select(BARE))
        measured = exhibits(store)
    for page, times in measured.items():
        clock, processor = ([each[n] for each in times] for n in (0, 1))
        print(
            f"{page:<20}median {statistics.median(clock):6.0f} ms   slowest {max(clock):6.0f} ms   processor: median "
            f"{statistics.median(processor):6.0f} ms   of {len(times)}"
        )
    print(f"one bare grouped query {bare:.1f} ms")


if __name__ == "__main__":
    main()
