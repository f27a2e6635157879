"""Benefits and pensions are no board's spending: they stand beside the boards, in the total and in every view."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_model.answers import Answers
from budget_model.contribute.compare import amounts_of
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Gone
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.vocabulary import PAID_TO_PEOPLE, Dimension, Kind, View
from tests.towns import YEAR, line, receive, submission, town

SCOPE = Scope(year=YEAR)
BENEFIT = line("Housing benefit", 500_000, "health", row=1, kind=Kind.TRANSFER_TO_INDIVIDUALS)
"""On a service whose money two boards share: 70% healthy, 30% children."""


@pytest.fixture
def answers(town_made: Path, tmp_path: Path) -> Iterator[Answers]:
    with Store(Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))) as store:
        receive(store, submission("council", [BENEFIT, line("Care", 300_000, "care", row=2)]), b"", by="test")
        receive(store, submission("nhs", [line("Nurses", 100_000, "health", row=1)]), b"", by="test")
        yield Answers(store, SCOPE)


def of_board(answers: Answers) -> dict[str, Decimal]:
    return {part.key: part.amount for part in answers.by(Dimension.THEME)}


def test_a_benefit_is_on_no_board_whatever_service_it_is_on(answers: Answers) -> None:
    assert of_board(answers) == {"healthy": 370_000, "children": 30_000, PAID_TO_PEOPLE: 500_000}
    assert list(of_board(answers))[-1] == PAID_TO_PEOPLE  # beside the boards, though it is the largest


@pytest.mark.parametrize("view", list(View))
def test_the_total_says_what_is_paid_to_people_and_what_is_left_for_services(
    answers: Answers, view: View
) -> None:
    total = answers.within(view=view).total()
    assert (total.total, total.paid, total.on_services) == (900_000, 500_000, 400_000)


def test_without_benefits_the_boards_have_what_they_had(answers: Answers) -> None:
    off = answers.within(transfers_to_individuals=False)
    assert of_board(off) == {"healthy": 370_000, "children": 30_000}
    assert off.total().paid == 0


def test_findings_about_boards_and_services_are_about_services(answers: Answers) -> None:
    said = {kind: answers.finding(kind) for kind in ("what", "payers", "service", "people")}
    sentences = {kind: finding.sentence for kind, finding in said.items() if finding}
    assert sentences == {
        "what": "The healthy board takes £370k, 41% of the total; Anytown Council pays 81% of that.",
        "payers": "“The healthy board” has the most payers: two bodies spend £370k on it.",
        "service": "The largest single service is adult social care: £300k, 33% of the total.",
        "people": "£500k is paid straight to people as benefits and pensions, 56% of the total.",
    }


def test_a_file_that_is_not_kept_yet_shows_benefits_beside_the_boards_too() -> None:
    assert amounts_of([BENEFIT], town()).by_theme == {PAID_TO_PEOPLE: 500_000}


def test_no_two_bodies_overlap_in_benefits_and_no_target_stands_on_them(answers: Answers) -> None:
    assert answers.pairs() == ()  # the council's care and the NHS's nurses: its benefit does not count
    assert answers.behind_targets().whole == 400_000


def test_the_group_can_be_looked_at_like_a_board(answers: Answers) -> None:
    shown = catalogue.show(answers, "theme", PAID_TO_PEOPLE)
    assert not isinstance(shown, Gone)
    assert shown.finding == (
        "Anytown Council spends £500k on benefits and pensions paid to people, and no other body does."
    )


@pytest.mark.parametrize("name", ["what", "heat-map", "services", "treemap"])
def test_every_picture_s_table_still_comes_to_the_whole_total(answers: Answers, name: Any) -> None:
    shown = catalogue.show(answers, name)
    assert not isinstance(shown, Gone)
    assert Decimal(900_000) in shown.table.rows[-1]
