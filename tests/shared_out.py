"""How tests are shared out among workers: what shares much stays together, and what takes long is begun first.

A file is one worker's, since its tests share what they set up. Begun last, a long one would leave the others idle.
"""

from collections import Counter

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

TOGETHER = "tests/truth/"
"""Its files ask the same scopes of the same store: one worker answers each once for all of them."""
APART = (
    "tests/browser/test_sign_in.py",
    "tests/browser/test_every_page.py",
    "tests/browser/test_contribute.py",
    "tests/browser/test_third_sector.py",
    "tests/browser/test_by_keyboard.py",
)
"""Their tests share nothing but what every worker has, so that each is given out alone."""
LONG = (
    TOGETHER,
    "tests/intake/test_real_files.py",
    "tests/store/test_lake.py",
    "tests/pages/test_pins.py",
    "tests/test_unknown_names.py",
    "tests/pages/test_years.py",
    "tests/intake_bytes/test_hostile_files.py",
    "tests/board/test_pack.py",
    "tests/board/test_slides.py",
    *APART,
    "tests/browser/test_work_together.py",
    "tests/browser/test_real_uploads.py",
    "tests/browser/test_present.py",
)
"""What takes longest though it may have few tests, the longest first."""


def unit_of(test: str) -> str:
    """What a test is given to a worker with.

    >>> unit_of("tests/test_money.py::test_pounds")
    'tests/test_money.py'
    >>> unit_of("tests/truth/test_how_sure.py::test_grades")
    'tests/truth/'
    >>> unit_of("tests/browser/test_sign_in.py::test_nobody")
    'tests/browser/test_sign_in.py::test_nobody'
    """
    file = test.split("::", 1)[0]
    if file.startswith(TOGETHER):
        return TOGETHER
    return test if file in APART else file


def longest_first(items: list[pytest.Item]) -> None:
    """Order tests by what they are given out with: those known to be long, then those of most tests."""
    sizes = Counter(unit_of(item.nodeid) for item in items)

    def place(item: pytest.Item) -> tuple[int, int]:
        unit = unit_of(item.nodeid)
        known = unit.split("::", 1)[0]
        return (LONG.index(known) if known in LONG else len(LONG), -sizes[unit])

    items.sort(key=place)


class Shared(LoadScopeScheduling):
    """Gives each worker the next unit in the order of the tests."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
