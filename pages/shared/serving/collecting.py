"""Frees memory that is no longer used while no page is drawn: everybody at the server waits for as long as it takes.

Python looks for unused values that refer to one another by walking through all values there are, when enough new ones
have come up: with a map in memory that takes a third of a second, and it came while people waited. Here the walk is
taken between two pages, and what it leaves is not walked through again until the next one.
"""

import gc
import threading
import time
from typing import Final

from budget_model import measured

FIRST: Final = 20.0
"""Seconds after the start when the first walk is due: pages and libraries are in memory then."""
EVERY: Final = 300.0
"""Seconds after a walk when the next is due."""
PATIENCE: Final = 600.0
"""Seconds that one which is due waits for a moment without a page being drawn; then it is taken anyway."""
GLANCE: Final = 0.25
"""Seconds between two glances for such a moment."""
YOUNG: Final = 10_000
"""New values after which the youngest are looked through, which is quick; Python's own 700 does so at every few elements."""


def keep_collecting(stop: threading.Event) -> None:
    """Free unused memory now and then, until told to stop."""
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    threading.Thread(target=_collect_until, args=(stop,), name="collecting", daemon=True).start()


def _collect_until(stop: threading.Event) -> None:
    due = time.monotonic() + FIRST
    while not stop.wait(GLANCE):
        now = time.monotonic()
        if now >= due and (not measured.drawn_here or now >= due + PATIENCE):
            collect()
            due = time.monotonic() + EVERY


def collect() -> None:
    """Walk through every value once and free what is unused; what is left is passed over until this is done again."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
