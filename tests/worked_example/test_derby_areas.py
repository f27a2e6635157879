"""What Derby's wards and neighbourhoods have, against sums made by hand from the published counts."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.answers import Answers
from budget_model.count.by_area import ByArea
from budget_model.exhibits.by_area import sentence_of
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.vocabulary import Dimension

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def answers(derby_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    path = Path(shutil.copy(derby_made, tmp_path_factory.mktemp("areas") / "budget.duckdb"))
    with Store(path) as store:
        yield Answers(store, Scope(year="2016-17"))


def areas(answers: Answers) -> ByArea:
    by_area = answers.areas()
    assert by_area is not None
    return by_area


def test_the_wards_the_panels_and_what_is_not_placed_make_the_citys_total(answers: Answers) -> None:
    by_area = areas(answers)
    for kind, how_many in (("ward", 17), ("area panel", 5)):
        figures = [by_area.figure(area) for area in by_area.areas(kind)]
        assert len(figures) == how_many
        assert sum(each.amount for each in figures) + by_area.left() == answers.total().total
        assert sum(each.residents for each in figures) == 257_034


def test_osmaston_and_allenton_have_the_pensions_of_their_older_people(answers: Answers) -> None:
    # 342 + 184 + 204 + 176 + 147 + 140 of the city's 42,383 people of 65 and over
    by_area = areas(answers)
    area = by_area.named("osmaston-and-allenton")
    assert area is not None
    pensions = next(part.amount for part in answers.by(Dimension.SERVICE) if part.key == "state-pension")
    share = pensions * 1193 / 42_383
    assert abs(by_area.figure(area, service="state-pension").amount - share) < Decimal("0.1")
    assert by_area.figure(area).residents == 2248 + 1571 + 1968 + 1791 + 2223 + 2234
    # £99,899,232.59 among 12,035 residents is £8,300.73 each; an estimate is told in three figures: £8,300.
    each = by_area.figure(area).amount / 12_035
    assert each.quantize(Decimal("0.01")) == Decimal("8300.73")
    words = sentence_of(answers, by_area, area)
    assert words.startswith(
        "About £99.9m of 2016-17 is for Osmaston and Allenton, £8,300 for each of 12,035 residents"
    )
    assert "(data quality grade 5 of 6)" in words
    assert "none of it a body’s own figure" in words
