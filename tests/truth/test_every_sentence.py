"""Every sentence of the Overview, the stories and the pages, counted again from the entries by code of its own.

Ten choices of the worked example. A sentence's numbers, its names, its order and the kind of its claim (stated,
estimated, not known) must all be what a recount of the entries gives.
"""

import shutil
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.money import percent, pounds
from budget_model.scope import Scope, from_link
from budget_model.store.store import Store
from tests.towns import YEAR, line, receive, submission
from tests.truth.ledger import DERBY, ZERO, Ledger, by, ledger, table

pytestmark = pytest.mark.slow

SCOPES = {
    "whole": "",
    "benefits off": "benefits=no",
    "schools off": "schools=no",
    "capital off": "capital=no",
    "housing off": "hra=no",
    "gross": "basis=gross",
    "provider": "view=provider",
    "council alone": "org=derby-city-council",
    "one board": "theme=healthy-city",
    "a year ahead": "year=2017-18",
}
PEOPLE = "paid-to-people"
NO_BOARD = (PEOPLE, "unmapped")


@pytest.fixture(scope="module")
def store(derby_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("truth") / "budget.duckdb"
    with Store(Path(shutil.copy(derby_made, path))) as opened:
        yield opened


def asked(link: str) -> Scope:
    scope = from_link(link)
    return scope if scope.year else scope.switched(year="2016-17")


@pytest.fixture(params=list(SCOPES))
def both(request: pytest.FixtureRequest, store: Store) -> tuple[Answers, Ledger]:
    scope = asked(SCOPES[request.param])
    return Answers(store, scope), ledger(store, scope)


def finding(answers: Answers, chart: str) -> Any:
    shown = catalogue.show(answers, chart)
    return getattr(shown, "finding", "") or getattr(shown, "sentence", "")


def why(answers: Answers, chart: str) -> Any:
    return getattr(catalogue.show(answers, chart), "why", "")


def above(sums: dict[tuple[str, ...], Decimal]) -> list[tuple[str, Decimal]]:
    """The parts above zero, the largest first."""
    return [(key[0], amount) for key, amount in sums.items() if amount > 0]


def test_the_switches_leave_out_what_their_names_say(store: Store) -> None:
    whole = ledger(store, asked(""))
    without = ledger(store, asked("benefits=no"))
    left_out = set(whole.entries) - set(without.entries)
    assert {entry.kind for entry in left_out} == {"transfer to individuals"}
    assert {entry.kind for entry in set(whole.entries) - set(ledger(store, asked("capital=no")).entries)} == {
        "capital"
    }


def test_the_total_and_what_is_counted_twice(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    total = answers.total()
    lines = [entry for entry in counted.entries if entry.entry == "line"]
    assert total.total == counted.total()
    assert total.gross == counted.total(lines)
    assert total.gross - total.eliminated == total.total
    assert total.organisations == len({entry.organisation for entry in counted.entries})
    once = finding(answers, "once")
    if total.eliminated and not counted.scope.organisations and not counted.scope.themes:
        assert once.startswith(f"{pounds(total.gross - counted.total())} passes between these bodies")
        assert f"add up to {pounds(counted.total(lines))} instead of {pounds(counted.total())}" in once


def test_who_spends_it(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    said = finding(answers, "who")
    bodies, total = above(counted.sums(by("organisation"))), counted.total()
    if not bodies:
        assert "Nothing is on the map" in said
        return
    if len(bodies) == 1:
        assert said == f"All of it is {counted.called(bodies[0][0])}’s: {pounds(total)}."
        return
    taken = next(
        n for n in range(1, len(bodies) + 1) if sum(amount for _, amount in bodies[:n]) >= total * 3 / 4
    )
    together = sum((amount for _, amount in bodies[:taken]), ZERO)
    if taken > 1:
        assert f"bodies spend {percent(together, total)} of it" in said
    for body, amount in bodies[: min(taken, 2)]:
        assert f"{counted.called(body)}" in said
        assert pounds(amount) in said or taken == 1
    assert (
        why(answers, "who").startswith(f"{len({entry.organisation for entry in counted.entries})} bod")
        or taken
    )


def test_the_board_with_most_and_who_pays_for_it_without_what_is_paid_to_people(
    both: tuple[Answers, Ledger],
) -> None:
    answers, counted = both
    said = finding(answers, "what")
    boards = [part for part in above(counted.sums(by("theme"))) if part[0] not in NO_BOARD]
    if not boards:
        assert "Nothing is on the map" in said or not said.startswith("£")
        return
    first, amount = boards[0]
    assert said.startswith(f"{counted.called(first)} takes {pounds(amount)}")
    payers = {
        key[1]: paid for key, paid in counted.sums(by("theme"), by("organisation")).items() if key[0] == first
    }
    largest = sorted(payers, key=lambda body: -payers[body])
    assert counted.called(largest[0]) in said
    assert counted.called(PEOPLE) not in said
    if len(boards) > 1:
        assert pounds(boards[1][1]) in why(answers, "what")


def test_how_much_is_estimated_is_what_its_entries_say_of_themselves(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    said = finding(answers, "sure")
    size = sum((abs(amount) for amount in _by_submission(counted).values()), ZERO)
    estimated = counted.total(entry for entry in counted.entries if entry.provenance == "estimated")
    if not counted.entries:
        assert "Nothing is on the map" in said
    elif estimated:
        assert f"({pounds(estimated)}) is estimated" in said
        assert size >= estimated
    else:
        assert "is estimated" not in said


def _by_submission(counted: Ledger) -> dict[tuple[str, ...], Decimal]:
    return counted.sums(by("submission"))


def test_the_largest_service(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    said = finding(answers, "services")
    spent = [entry for entry in counted.entries if entry.kind != "transfer to individuals"]
    services = Ledger(counted.scope, tuple(spent), counted.names, counted.short).sums(by("service"))
    known = [(service, amount) for service, amount in above(services) if service != "unmapped"]
    if not known:
        return
    service, amount = known[0]
    assert counted.called(service).lower() in said.lower()
    assert pounds(amount) in said
    assert percent(amount, counted.total()) in said or "of the total" not in said


def test_the_most_bodies_on_one_board(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    said = finding(answers, "heat-map")
    if "has the most payers" not in said:
        return
    board = next(
        key for key in counted.names if said.startswith(f"{counted.called(key)} has the most payers")
    )
    on_board = [entry for entry in counted.entries if entry.theme == board]
    assert pounds(counted.total(on_board)) in said
    assert board not in NO_BOARD


def test_the_benchmark_is_the_published_figure_times_the_share_that_is_written_down(store: Store) -> None:
    settings = tomllib.loads((DERBY / "place.toml").read_text(encoding="utf-8"))["benchmark"]
    (share,) = (row for row in table("shares") if row["id"] == settings["share"])
    published = Decimal(settings["amount"]) * Decimal(share["numerator"]) / Decimal(share["denominator"])
    counted = ledger(store, asked(""))
    gap = counted.total() - published
    said = finding(Answers(store, asked("")), "benchmark")
    assert pounds(abs(gap)) in said
    assert pounds(published) in said
    assert ("less than" if gap < 0 else "more than") in said
    assert percent(counted.total(), published) in said


def test_who_is_missing_does_not_depend_on_what_a_switch_leaves_out(store: Store) -> None:
    awaited = {
        name: finding(Answers(store, asked(link)), "awaited")
        for name, link in SCOPES.items()
        if "off" in name
    }
    assert set(awaited.values()) == {finding(Answers(store, asked("")), "awaited")}


def test_services_that_several_bodies_pay_for(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    said = finding(answers, "shared")
    spent = tuple(entry for entry in counted.entries if entry.kind != "transfer to individuals")
    cells = Ledger(counted.scope, spent, counted.names, counted.short).sums(by("service"), by("organisation"))
    named = [service for service, _ in cells if f"on {counted.called(service).lower()};" in said.lower()]
    if not named:
        assert "bodies spend £" not in said
        return
    payers = [amount for (service, _), amount in cells.items() if service == named[0] and amount > 0]
    assert f"spend {pounds(sum(payers, ZERO))} on" in said
    assert pounds(sum(payers, ZERO) - max(payers)) in why(answers, "shared")


def test_money_that_works_towards_no_target(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    said = finding(answers, "unlinked")
    if counted.scope.view != "commissioner" or "works towards no target" not in said:
        return
    linked = {row["service"] for row in table("target_services")}
    spent = [entry for entry in counted.entries if entry.kind != "transfer to individuals"]
    unlinked = counted.total(entry for entry in spent if entry.service not in linked)
    assert said.startswith(f"{pounds(unlinked)} works towards no target")
    assert pounds(counted.total(spent) - unlinked) in why(answers, "unlinked")


def test_what_could_be_planned_together_is_the_sum_of_what_each_counts(store: Store) -> None:
    answers = Answers(store, asked(""))
    found = answers.opportunities()
    whole = found.portfolio
    counted = sum((each.counted for each in found.opportunities), ZERO)
    assert whole.joinable + whole.waiting + whole.to_share == counted
    for each in found.opportunities:
        flexible = [partner.flexible for partner in each.partners]
        assert each.joinable <= sum(flexible, ZERO) - max(flexible)
        assert each.counted <= each.joinable
    assert [each.rank for each in found.opportunities] == list(range(1, len(found.opportunities) + 1))


def test_a_place_with_unknowns_says_what_is_not_known(town_made: Path, tmp_path: Path) -> None:
    with Store(Path(shutil.copy(town_made, tmp_path / "town.duckdb"))) as opened:
        lines = [line("Home care", 300, "care"), line("Anything else", 100, row=2)]
        receive(opened, submission("council", lines), b"", by="officer")
        answers, counted = Answers(opened, Scope(year=YEAR)), ledger(opened, Scope(year=YEAR))
        assert counted.total() == answers.total().total == 400
        assert (
            counted.total(entry for entry in counted.entries if entry.service in ("", "unmapped", None))
            == 100
        )
        assert "£100" in "".join((finding(answers, "sure"), why(answers, "sure"), finding(answers, "what")))
