"""How good the suggester is on lines it has never seen; the figures themselves are printed by benchmarks/."""

import sys
from pathlib import Path
from typing import Any

import pytest

from budget_model.mapping.tables import lists
from budget_model.place.model import Place

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def suggested(place: Place) -> Any:
    from suggest_cofog import cross_validated

    return cross_validated(place.services, lists(), folds=5, seed=0)


def test_unseen_treasury_names_get_their_division_first_and_their_group_in_three(suggested: Any) -> None:
    from suggest_cofog import by_name

    score = by_name(suggested)
    assert score.division_first >= 0.78
    assert score.group_in_three >= 0.85


def test_it_is_right_as_often_as_it_says(suggested: Any) -> None:
    from suggest_cofog import calibration

    for said, right, names in calibration(suggested):
        if names >= 50:
            assert abs(said - right) < 0.15


def test_what_it_says_it_is_surest_of_is_right(suggested: Any) -> None:
    from suggest_cofog import calibration

    least = lists().thresholds.apply_from
    sure = [(one, found) for one, found in suggested.items() if found[0].confidence >= least]
    right = sum(dict(one.groups).get(found[0].cofog_group, 0.0) for one, found in sure)
    assert len(sure) > 100
    assert right / len(sure) >= least
    assert calibration(dict(sure))[0][2] == len(sure)


def test_council_lines_nobody_listed_still_reach_the_right_board(place: Place) -> None:
    from suggest_council import boards, held_out, judge

    board, _, _ = judge(lists().revenue_lines, held_out(place, 5, headings=True), boards(place))
    assert board >= 0.95


def test_listed_council_lines_reach_the_right_board(place: Place) -> None:
    from suggest_council import as_shipped, boards, judge

    board, service, _ = judge(lists().revenue_lines, as_shipped(place, headings=True), boards(place))
    assert board == 1
    assert service >= 0.99


@pytest.mark.shared
def test_after_one_year_is_mapped_the_next_needs_hardly_a_decision(shared: Path, place: Place) -> None:
    from suggest_council import years_on

    returns = years_on(shared / "derby/derbyshire_authorities_revenue_long.csv", place)
    assert len(returns) > 30
    for one in returns:
        assert one.decided >= one.money * 95 / 100, one
        assert one.wrong <= one.money / 100, one
