"""Every sentence of the Overview, the stories and the pages, counted again from the entries by code of its own.

Ten choices of the worked example. A sentence's numbers, its names, its order and the kind of its claim (stated,
estimated, not known) must all be what a recount of the entries gives.
"""

import shutil
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.answers import Answers
from budget_model.money import percent, pounds
from budget_model.scope import Scope
from budget_model.store.store import Store
from tests.towns import YEAR, line, receive, submission
from tests.truth.conftest import SCOPES, asked
from tests.truth.ledger import (
    DERBY,
    ZERO,
    Ledger,
    above,
    by,
    finding,
    in_words,
    ledger,
    listed,
    opened,
    payers_of,
    table,
    why,
    within,
)

pytestmark = pytest.mark.slow

PEOPLE = "paid-to-people"
NO_BOARD = (PEOPLE, "unmapped")


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
    lines_come_to, once = counted.total(lines), finding(answers, "once")
    if not total.eliminated:
        assert once == f"No money is counted twice: {pounds(counted.total())} is in one body’s budget only."
        return
    assert once == (
        f"{pounds(lines_come_to - counted.total())} passes between these bodies and is counted once; before this double "
        f"counting is removed, their budgets add up to {pounds(lines_come_to)} instead of {pounds(counted.total())}."
    )


def test_who_spends_it(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    bodies, total = above(counted.sums(by("organisation"))), counted.total()
    if len(bodies) == 1:
        ((body, _),) = bodies
        assert finding(answers, "who") == f"All of the money is {counted.called(body)}’s: {pounds(total)}."
        assert why(answers, "who") == "One body has spending in this choice."
        return
    taken = next(
        n for n in range(1, len(bodies) + 1) if sum(amount for _, amount in bodies[:n]) >= total * 3 / 4
    )
    together = sum((amount for _, amount in bodies[:taken]), ZERO)
    each = listed([f"{counted.called(body)} {pounds(amount)}" for body, amount in bodies[:taken]], most=3)
    assert finding(answers, "who") == (
        f"{opened(in_words(taken))} bodies spend {percent(together, total)} of the money: {each}."
    )
    assert why(answers, "who") == f"{opened(in_words(len(bodies)))} bodies have spending in this choice."
    assert finding(answers, "bodies") == finding(answers, "who")


def test_the_board_with_most_and_who_pays_for_it_without_what_is_paid_to_people(
    both: tuple[Answers, Ledger],
) -> None:
    answers, counted = both
    boards = [part for part in above(counted.sums(by("theme"))) if part[0] not in NO_BOARD]
    (first, amount), *others = boards
    payers = payers_of(counted, first)
    whole = sum((paid for _, paid in payers), ZERO)
    said = f"{counted.called(first)} takes {pounds(amount)}, {percent(amount, counted.total())} of the total"
    if len(payers) == 1:
        said += f", all of it from {counted.called(payers[0][0])}"
    else:
        two = f"{counted.called(payers[0][0])} and {counted.called(payers[1][0])}"
        part = percent(payers[0][1] + payers[1][1], whole)
        said += f"; {in_words(len(payers))} bodies pay for it, and {two} pay {part}"
    assert finding(answers, "what") == f"{said}."
    told = f"The next is {counted.called(others[0][0])}, with {pounds(others[0][1])}." if others else ""
    assert why(answers, "what") == told


def test_how_much_is_estimated_is_what_its_entries_say_of_themselves(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    size = sum((abs(amount) for amount in counted.sums(by("submission")).values()), ZERO)
    estimated = counted.total(entry for entry in counted.entries if entry.provenance == "estimated")
    missing = f"{listed(still_to_come(counted.scope.year), most=2)} are still to come"
    said = f"{percent(estimated, size)} of the money ({pounds(estimated)}) is estimated, and {missing}."
    assert finding(answers, "sure") == (said if estimated else f"{missing}.")


def still_to_come(year: str) -> list[str]:
    """The bodies that are asked for a year's figures, lived in it, and sent none."""
    sent = {row["organisation"] for row in table("submissions") if row["year"] == year}
    first, last = f"{year[:4]}-04-01", f"20{year[5:]}-03-31"
    return [
        row["short_name"]
        for row in table("organisations")
        if row["id"] not in sent
        and row["status"] != "not applicable"
        and row["opened"] <= last
        and (row["closed"] or last) >= first
    ]


def test_who_is_still_to_come_is_whoever_lived_in_the_year_and_sent_nothing(
    both: tuple[Answers, Ledger],
) -> None:
    answers, counted = both
    missing = still_to_come(counted.scope.year)
    assert finding(answers, "awaited") == (
        f"{opened(in_words(len(missing)))} bodies are not included yet: {listed(missing, most=3)}."
    )


def test_the_largest_service(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    known = [part for part in above(counted.on_services().sums(by("service"))) if part[0] != "unmapped"]
    service, amount = known[0]
    name = within(counted.called(service))
    assert finding(answers, "services") == (
        f"The largest single service is {name}: {pounds(amount)}, {percent(amount, counted.total())} of the total."
    )
    assert why(answers, "services") == f"It is the largest of {in_words(len(known))} services with spending."


def test_the_most_bodies_on_one_board(both: tuple[Answers, Ledger]) -> None:
    answers, counted = both
    boards = [key for (key,), _ in counted.sums(by("theme")).items() if key not in NO_BOARD]
    payers = {board: paid for board in boards if (paid := payers_of(counted, board))}
    most = max(len(paid) for paid in payers.values())
    if most == 1:
        assert finding(answers, "heat-map") == "No theme is paid for by more than one body."
        return
    (board,) = (board for board, paid in payers.items() if len(paid) == most)
    whole = sum((amount for _, amount in payers[board]), ZERO)
    assert finding(answers, "heat-map") == (
        f"“{counted.called(board)}” has the most payers: {in_words(most)} bodies spend {pounds(whole)} on it."
    )
    assert why(answers, "heat-map") == "Every theme has more than one payer."


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


def test_what_could_be_planned_together_is_the_sum_of_what_each_counts(store: Store) -> None:
    answers = Answers(store, asked(""))
    opportunities = answers.opportunities()
    whole = opportunities.portfolio
    counted = sum((each.counted for each in opportunities.opportunities), ZERO)
    assert (
        whole.joinable + whole.waiting + whole.with_departments + whole.to_share + whole.unlisted == counted
    )
    for each in opportunities.opportunities:
        flexible = [partner.flexible for partner in each.partners]
        assert each.joinable <= sum(flexible, ZERO) - max(flexible)
        assert each.counted <= each.joinable
    assert [each.rank for each in opportunities.opportunities] == list(
        range(1, len(opportunities.opportunities) + 1)
    )


def test_a_place_with_unknowns_says_what_is_not_known(town_made: Path, tmp_path: Path) -> None:
    with Store(Path(shutil.copy(town_made, tmp_path / "town.duckdb"))) as opened:
        lines = [line("Home care", 300, "care"), line("Anything else", 100, row=2)]
        receive(opened, submission("council", lines), b"", by="officer")
        answers, counted = Answers(opened, Scope(year=YEAR)), ledger(opened, Scope(year=YEAR))
        assert counted.total() == answers.total().total == 400
        assert counted.total(entry for entry in counted.entries if entry.service == "unmapped") == 100
        council = counted.called("council")
        (board,) = (key for (key,), _ in counted.sums(by("theme")).items() if key not in NO_BOARD)
        assert finding(answers, "who") == f"All of the money is {council}’s: £400."
        assert finding(answers, "what") == (
            f"{counted.called(board)} takes £300, 75% of the total, all of it from {council}."
        )
        assert finding(answers, "services") == (
            "The largest single service is adult social care: £300, 75% of the total."
        )
        assert finding(answers, "sure") == (
            "Anytown NHS Commissioner, Shire Police and Anytown Hospital Trust are still to come, and £100 has no "
            "service yet."
        )
        assert finding(answers, "funding") == f"No body states for {YEAR} where its £400 comes from."
        assert finding(answers, "outcomes") == (
            "£0 of £400 spent on services works towards one of 16 national outcomes (0%); £300 works towards none, and for "
            "£100 without a service it is unknown."
        )
        assert finding(answers, "unlinked") == (
            "£300 works towards no measure; the largest part is adult social care, and for £100 without a service it is "
            "unknown."
        )
        assert finding(answers, "stages") == (
            "£0 of £400 spent on services is for prevention and early help (0%); for 25% the stage of need is unknown."
        )
        assert finding(answers, "could-move") == (
            f"None of the £400 of {YEAR} is known to be free to move. £300 has no ring-fence and no grant condition, but "
            "nobody has said when its contracts end; for £100 it is unknown."
        )
        assert finding(answers, "funding-untapped") == (
            "This place has no list of grants, so what nobody here shows is unknown."
        )
        assert finding(answers, "performance") == "No measures are set for this place."
        assert finding(answers, "headroom") == f"No grant of any body is stated for {YEAR}."
