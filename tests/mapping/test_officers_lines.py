"""Lines as officers of all kinds of bodies word them reach the service that a person would choose.

Two lists (tests/mapping/unseen): `tuned_on.csv` are wordings that the product's own lists were written beside;
`held_out.csv` are names that four bodies published, answered by a person first and never tuned on.
"""

import sys
from pathlib import Path
from typing import Any

import pytest

from budget_model.mapping.suggestion import Suggester
from budget_model.place.model import Place

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))


@pytest.fixture(scope="module")
def groups_of(place: Place) -> Any:
    return {service.id: service.cofog_group for service in place.services}


@pytest.fixture(scope="module", params=["tuned_on", "held_out"])
def lines(request: pytest.FixtureRequest, suggester: Suggester) -> Any:
    from suggest_officers import LISTS, judged

    return request.param, judged(LISTS[request.param], suggester)


def test_most_lines_reach_their_service_first_and_nearly_all_in_three(lines: Any, groups_of: Any) -> None:
    from suggest_officers import share

    name, some = lines
    right = share(some, groups_of)
    first, in_three, division = {"tuned_on": (0.95, 0.97, 0.97), "held_out": (0.78, 0.88, 0.88)}[name]
    assert right.first >= first
    assert right.in_three >= in_three
    assert right.division_first >= division


def test_where_it_is_sure_it_is_right_as_often_as_it_says(
    lines: Any,
) -> None:
    from suggest_officers import reliability

    said, was, count = reliability(lines[1])[-1]
    assert count >= 40
    assert was >= said - 0.05


def test_words_that_nobody_confirmed_are_never_applied_however_sure(
    lines: Any,
) -> None:
    published = [line for line in lines[1] if line.found[0].applied_without_asking]
    assert all("revenue return has this line" in one.found[0].reason for one in published)


def test_every_line_has_at_least_three_services_each_with_its_reason(
    lines: Any,
) -> None:
    for line in lines[1]:
        assert len({some.service for some in line.found}) >= 3, line
        assert all(some.reason.endswith(".") for some in line.found), line


def test_every_answer_of_the_lists_is_in_the_service_list(lines: Any, groups_of: Any, place: Place) -> None:
    named = {service for line in lines[1] for service in line.services}
    groups = {group for line in lines[1] for group in line.groups}
    assert named <= set(groups_of)
    assert all(line.services or line.groups for line in lines[1])
    assert groups <= {code.code for code in place.cofog} | {"07.A", "07.B", "07.C"}
