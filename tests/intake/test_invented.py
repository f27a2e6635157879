"""Budgets of every kind, in fifteen languages: none is silently wrong, and nearly all are read right."""

from collections import Counter

import pytest

from tests.intake.invented import KINDS, Invented, every_budget, judge
from tests.intake.invented_more import MORE
from tests.intake.invented_words import SPEECHES

QUICK = tuple(sorted(SPEECHES))[::5]
"""Three languages of the fifteen: Bulgarian, Spanish, Polish."""
LEAST_RIGHT = 0.97


@pytest.mark.parametrize("budget", list(every_budget(QUICK)), ids=lambda budget: budget.name)
def test_an_invented_budget_is_never_silently_wrong(budget: Invented) -> None:
    verdict = judge(budget)
    assert verdict.what != "SILENT", verdict


@pytest.mark.slow
def test_nearly_all_invented_budgets_are_read_right_and_none_is_silently_wrong() -> None:
    verdicts = [(budget, judge(budget)) for budget in every_budget()]
    assert [budget.name for budget, verdict in verdicts if verdict.what == "SILENT"] == []
    by_kind = Counter(budget.kind for budget, _ in verdicts)
    right = Counter(budget.kind for budget, verdict in verdicts if verdict.what == "right")
    assert set(by_kind) == set(KINDS) | set(MORE)
    assert {kind: right[kind] for kind in by_kind if right[kind] < LEAST_RIGHT * by_kind[kind]} == {}
