"""Budgets of every kind, in thirty-four languages: none is silently wrong, and nearly all are read right."""

from collections import Counter

import pytest

from tests.intake.invented import KINDS, every_budget, in_turn, judge
from tests.intake.invented_more import MORE
from tests.sampled import sampled

LEAST_RIGHT = 0.97
EACH = 7
"""Every layout has its turn in five languages; the whole set of nearly five thousand is read by `make whole`."""


@pytest.mark.parametrize("kind", sorted({*KINDS, *MORE}))
def test_an_invented_budget_is_never_silently_wrong(kind: str) -> None:
    silent = [budget.name for budget in in_turn(kind) if judge(budget).what == "SILENT"]
    assert silent == []


@pytest.mark.slow
def test_nearly_all_invented_budgets_are_read_right_and_none_is_silently_wrong() -> None:
    verdicts = [(budget, judge(budget)) for budget in sampled(every_budget(), every=EACH)]
    assert [budget.name for budget, verdict in verdicts if verdict.what == "SILENT"] == []
    by_kind = Counter(budget.kind for budget, _ in verdicts)
    right = Counter(budget.kind for budget, verdict in verdicts if verdict.what == "right")
    assert set(by_kind) == set(KINDS) | set(MORE)
    assert {kind: right[kind] for kind in by_kind if right[kind] < LEAST_RIGHT * by_kind[kind]} == {}
