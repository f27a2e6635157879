"""The range beside each total, worked out again: what errs together adds up, what errs apart partly cancels out.

Method, section 6: pounds × band, linear inside whatever stands on one publication, one ratio or one body's own
figures, then in quadrature across. A year, a body or a switch that is left out takes its own error with it.
"""

import tomllib
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

import pytest

from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit
from budget_model.money import percent, pounds
from budget_model.vocabulary import Dimension
from tests.truth.conftest import Both
from tests.truth.ledger import REFERENCE, ZERO, Entry, Ledger, table, why

pytestmark = pytest.mark.slow

GRADES = tomllib.loads((REFERENCE / "grades.toml").read_text(encoding="utf-8"))["grade"]
SHARES = {row["id"]: row for row in table("shares")}
PENNY = Decimal("0.01")


def band_of(counted: Ledger) -> Decimal:
    """How far a total may be off, pounds."""
    bands = {row["grade"]: Decimal(row["band"]) for row in GRADES}
    groups: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for entry in counted.entries:
        groups[errs_with(entry)] += entry.amount * bands[entry.grade]
    return sum((error * error for error in groups.values()), ZERO).sqrt()


def errs_with(entry: Entry) -> str:
    """What an entry's error is common with: a publication, a ratio, or its own body's figures."""
    share = SHARES.get(entry.share)
    if share is None or share["numerator"] == share["denominator"]:
        return entry.organisation
    return share["error_source"] or f"{Decimal(share['numerator']) / Decimal(share['denominator']):.12f}"


def test_the_range_of_the_total_is_what_its_lines_and_their_grades_make(both: Both) -> None:
    answers, counted = both
    total, band = answers.total(), band_of(counted)
    assert abs(total.high - (counted.total() + band)) <= PENNY
    assert abs(total.low - (counted.total() - band)) <= PENNY
    said = f"Between {pounds(counted.total() - band)} and {pounds(counted.total() + band)}"
    assert why(answers, "sure").startswith(said)


def test_the_table_of_grades_says_how_wide_the_range_is_and_how_wide_at_most(both: Both) -> None:
    answers, counted = both
    bands = {row["grade"]: Decimal(row["band"]) for row in GRADES}
    widest = sum((entry.amount * bands[entry.grade] for entry in counted.entries), ZERO)
    shown = catalogue.show(answers, "sure")
    assert isinstance(shown, Exhibit)
    assert (
        f"is {percent(band_of(counted), counted.total())} either way. Figures that share one source, ratio or body are "
        "taken to be wrong together, and others apart; if all were wrong the same way at once it would be "
        f"{percent(widest, counted.total())}."
    ) in " ".join(shown.table.notes)


def test_every_national_department_errs_with_the_one_analysis_that_it_is_taken_from(
    in_scope: Callable[[str], Both],
) -> None:
    _, counted = in_scope("whole")
    departments = {row["id"] for row in table("organisations") if row["type"] == "central department"}
    groups = {errs_with(entry) for entry in counted.entries if entry.organisation in departments}
    assert len(groups) == 1
    alone = [band_of(own) for own in apart(counted, "organisation").values()]
    as_if_independent = sum((error * error for error in alone), ZERO).sqrt()
    assert band_of(counted) > as_if_independent * Decimal("1.5")


def apart(counted: Ledger, along: str) -> dict[str, Ledger]:
    """The entries of each body, board or service, told apart."""
    kept: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in counted.entries:
        kept[str(getattr(entry, along))].append(entry)
    return {key: Ledger(counted.scope, tuple(own), counted.names, counted.short) for key, own in kept.items()}


def test_the_range_of_each_body_and_board_is_worked_out_the_same_way(in_scope: Callable[[str], Both]) -> None:
    answers, counted = in_scope("whole")
    assert_ranges(answers, counted, "organisation")
    assert_ranges(answers, counted, "theme")


def assert_ranges(answers: Answers, counted: Ledger, along: str) -> None:
    """Each part of a breakdown has the range that its own entries make."""
    ranges = {part.key: (part.low, part.high) for part in answers.by(Dimension(along))}
    for key, own in apart(counted, along).items():
        low, high = ranges[key]
        assert abs((high - low) - 2 * band_of(own)) <= 2 * PENNY
