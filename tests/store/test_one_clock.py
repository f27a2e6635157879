"""One clock: a day is London's everywhere, and what came last is told by its number, whatever the clock said."""

import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model import dates
from budget_model.contribute.about import About
from budget_model.store import contributions, joint, quality, voluntary
from budget_model.store.store import Store
from budget_model.store.store import now as real_now
from budget_model.together.decisions import Snapshot, State
from budget_model.together.facts import OverrideOf, Readiness
from budget_model.together.pools import Pool
from tests.towns import YEAR

ROOT = Path(__file__).parents[2]
SNAPSHOT = Snapshot(Decimal(500), (("council", Decimal(500)),))
OWN_DAY = re.compile(r"now\((?:UTC)?\)\.date\(\)|date\.today\(|datetime\.today\(|_at\.date\(\)|_at\[:10\]")
"""Ways to cut a day from a moment that do not ask what day it was in London."""
BY_TIME = re.compile(r"\bmax\((?:\w+\.)?made_at\)|order by (?:\w+\.)?made_at", re.IGNORECASE)
"""Ways to ask for what came last that a clock set back deceives."""


@pytest.fixture
def store(town_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(town_made, tmp_path / "town.duckdb"))) as opened:
        yield opened


@pytest.mark.parametrize("folder", ["budget_model", "pages"])
def test_no_module_cuts_its_own_day_from_a_moment(folder: str) -> None:
    own = {
        str(file.relative_to(ROOT)): match[0]
        for file in (ROOT / folder).rglob("*.py")
        if (match := OWN_DAY.search(file.read_text(encoding="utf-8")))
    }
    assert own == {}


def test_no_question_to_the_store_tells_the_last_by_its_time() -> None:
    files = (ROOT / "budget_model" / "store" / "sql").glob("*.sql")
    assert [file.name for file in files if BY_TIME.search(file.read_text(encoding="utf-8"))] == []


def test_half_an_hour_before_midnight_of_utc_in_summer_is_tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # the clock's own signature is wider
            assert tz is UTC
            return datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    monkeypatch.setattr(dates, "datetime", Clock)
    assert dates.today() == date(2026, 7, 1)


def test_with_the_clock_set_back_the_last_word_stands_in_every_register(
    store: Store, riverton_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(1_000))

    def set_back() -> datetime:
        return datetime(2026, 5, 2, tzinfo=UTC) - timedelta(hours=next(ticks))

    for name, module in tuple(sys.modules.items()):
        if name.startswith("budget_model.store") and getattr(module, "now", None) is real_now:
            monkeypatch.setattr(module, "now", set_back)
    riverton = Store(Path(shutil.copy(riverton_made, tmp_path / "riverton.duckdb")))
    drafts = [
        contributions.begin(store, About("council", YEAR), "a.csv", b"a,1\n", by="Ann").draft for _ in (1, 2)
    ]
    for words in ("first", "second"):
        joint.override(store, OverrideOf.POWER, "s75", 2 if words == "first" else 3, words, by="Ann")
        joint.enter(store, words, words, ["council"], ["roads"], SNAPSHOT, by="Ann")
        joint.decide(store, words, by="Ann", owner=words)
        joint.decide(store, "first", by="Ann", state=State.IDEA if words == "first" else State.AGREED)
        joint.record_readiness(store, Readiness("first", 1 if words == "first" else 2, None, words), by="Ann")
        joint.keep_pool(store, Pool("one", words, YEAR), by="Ann")
        quality.settle(riverton, "joint-care", YEAR, settled=words == "second", note=words, by=words)
        voluntary.confirm(store, {"Helping Hands": words == "second"}, by=words)
    assert [override.reason for override in joint.overrides(store)] == ["second"]
    assert [decision.opportunity for decision in joint.decisions(store)] == ["first", "second"], (
        "moved on last"
    )
    assert joint.decisions(store)[0].state is State.AGREED
    assert [(readiness.points, readiness.reason) for readiness in joint.readiness(store)] == [(2, "second")]
    assert [pool.name for pool in joint.pools(store)] == ["second"]
    settled = quality.settlements(riverton, YEAR)["joint-care"]
    assert (settled.settled, settled.note, settled.by) == (True, "second", "second")
    assert voluntary.words(store).voluntary == {"Helping Hands": True}
    assert [draft.number for draft in contributions.drafts(store, "council")] == [*reversed(drafts)]
    riverton.close()
