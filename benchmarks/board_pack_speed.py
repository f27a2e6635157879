"""How long a ten-slide pack takes, from the store to the file, in every format.

Run: python benchmarks/board_pack_speed.py [STORE …]. Without a store it makes two: a small town, and a city
of 60 bodies with long names. Targets: slides under 3 s, PDF under 2 s. The second of two runs is shown
beside the first, which pays for loading the libraries.
"""

import importlib
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from budget_model.board.making import FORMATS, write
from budget_model.board.pack import make_pack
from budget_model.scope import Scope
from budget_model.store.places import place_of
from budget_model.store.store import Store
from budget_model.store.stories import SavedView, Story

TEN = (
    ("overview", "who"),
    ("overview", "what"),
    ("explore", "treemap"),
    ("overview", "flows"),
    ("explore", "heat-map"),
    ("overview", "once"),
    ("explore", "services"),
    ("overview", "sure"),
    ("overlap", "shared"),
    ("opportunities", "opportunities"),
)


def measure(name: str, store: Store) -> None:
    """Make and write a pack twice in each format, and print seconds."""
    story = Story("ten", "Ten slides", tuple(SavedView(page, chart) for page, chart in TEN))
    scope = Scope(year=place_of(store).default_year)
    for ending in FORMATS:
        taken = []
        for _ in range(2):
            started = time.perf_counter()
            pack = make_pack(store, story, scope)
            counted = time.perf_counter()
            data = write(pack, ending).data
            taken.append((time.perf_counter() - started, counted - started))
        (first, _), (second, counting) = taken
        print(
            f"{name:<28} {ending:<5} first {first:5.2f} s   then {second:5.2f} s "
            f"(of which counting {counting:4.2f} s)   {len(data) / 1024:7,.0f} kB"
        )


def main() -> None:
    """Measure the stores that are named, or two of our own."""
    for path in sys.argv[1:]:
        with Store(path) as store:
            measure(Path(path).name, store)
    if len(sys.argv) > 1:
        return
    packs: Any = importlib.import_module("tests.board.packs")
    with tempfile.TemporaryDirectory() as folder:
        with packs.small_town(Path(folder) / "town.duckdb") as store:
            measure("a town of 4 bodies", store)
        with packs.crowded_town(Path(folder) / "crowd.duckdb", 60) as store:
            measure("a city of 60, long names", store)


if __name__ == "__main__":
    main()
