"""What is said of many places side by side, counted again from the entries of each place's own store."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.answers import Answers
from budget_model.money import percent, pounds
from budget_model.scope import Scope
from budget_model.store.published_places import SETTING
from budget_model.store.store import Store
from tests.several_places import NAMES, places_made
from tests.towns import YEAR
from tests.truth.ledger import finding, in_words, ledger, opened, rows_of, why

pytestmark = pytest.mark.slow

PENNY = Decimal("0.01")


@pytest.fixture(scope="module")
def folder(empty_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(
        shutil.copytree(places_made(tmp_path_factory, empty_made), tmp_path_factory.mktemp("many") / "places")
    )


@pytest.fixture(scope="module")
def counted(folder: Path) -> dict[str, tuple[Decimal, int, int]]:
    """Of each place that published the year: pounds, residents (0 where nobody counts them) and bodies."""
    found = {}
    for name in NAMES:
        with Store(folder / f"{name}.duckdb") as store:
            entries = ledger(store, Scope(year=YEAR)).entries
            people = store.select("select coalesce(sum(population), 0) from population")[0][0]
            if entries and store.select("select number from map_version"):
                bodies = {entry.organisation for entry in entries}
                found[name.capitalize()] = (
                    sum((entry.amount for entry in entries), Decimal(0)),
                    int(people),
                    len(bodies),
                )
    return found


@pytest.fixture
def answers(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    places = Path(shutil.copytree(folder, tmp_path / "places"))
    monkeypatch.setenv(SETTING, str(places))
    with Store(places / "ashby.duckdb") as store:
        yield Answers(store, Scope(year=YEAR))


def test_where_most_is_spent_on_a_resident_and_where_least(
    answers: Answers, counted: dict[str, tuple[Decimal, int, int]]
) -> None:
    each = {name: amount / people for name, (amount, people, _) in counted.items() if people}
    most, least = max(each, key=lambda name: each[name]), min(each, key=lambda name: each[name])
    assert finding(answers, "places") == (
        f"Most is spent on a resident of {most}: £{each[most]:,.0f} in {YEAR}, beside £{each[least]:,.0f} in {least}, "
        f"the least of {in_words(len(each))} places."
    )
    bodies = {name: held for name, (_, _, held) in counted.items()}
    few, many = min(bodies, key=lambda name: bodies[name]), max(bodies, key=lambda name: bodies[name])
    assert why(answers, "places") == (
        "How far each total is estimated stands on the place’s own pages and not here: places that are close together may "
        f"well stand in another order. The maps differ in who is on them: one body in {few}, {in_words(bodies[many])} in {many}. Part of any difference "
        "is who is counted. A difference is no judgement: ask why before anything else."
    )


def test_every_row_is_a_places_own_and_the_last_is_their_sum_to_the_penny(
    answers: Answers, counted: dict[str, tuple[Decimal, int, int]]
) -> None:
    *rows, together = rows_of(answers, "places")
    told = {row[1]: row for row in rows if row[3] is not None}
    assert told.keys() == counted.keys()
    for name, (amount, people, bodies) in counted.items():
        per_head = (amount / people).quantize(PENNY) if people else None
        assert (told[name][3], told[name][4], told[name][2], told[name][6]) == (
            amount,
            people or None,
            per_head,
            bodies,
        )
    known = [(amount, people) for amount, people, _ in counted.values() if people]
    assert together[3] == sum(amount for amount, _, _ in counted.values())
    assert together[2] == (sum(a for a, _ in known) / sum(p for _, p in known)).quantize(PENNY)


def test_in_all_the_most_of_one_place_and_of_all(
    answers: Answers, counted: dict[str, tuple[Decimal, int, int]]
) -> None:
    from budget_model.exhibits import catalogue

    whole = sum((amount for amount, _, _ in counted.values()), Decimal(0))
    most = max(counted, key=lambda name: counted[name][0])
    shown = catalogue.show(answers, "places", f"{YEAR}~total")
    assert getattr(shown, "finding", "") == (
        f"{opened(in_words(len(counted)))} places spend {pounds(whole)} together in {YEAR}: {most} most, "
        f"{pounds(counted[most][0])} ({percent(counted[most][0], whole)})."
    )
