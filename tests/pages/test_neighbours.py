"""A director asks whether the place spends more than others of its kind, and by how many pounds."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from budget_model.__main__ import main
from tests.pages.conftest import opened, said

Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def in_derby(riverton_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Riverton, where Derby is: with the code of Derby's council."""
    path = Path(shutil.copy(riverton_path, tmp_path_factory.mktemp("neighbours") / "store.duckdb"))
    with duckdb.connect(str(path)) as database:
        database.execute("update setting set value = '\"E06000015\"' where name = 'ons_code'")
    return path


@pytest.fixture
def visit_derby(in_derby: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    return opened(in_derby, monkeypatch)


def test_the_council_stands_beside_its_class_with_its_rank_and_the_pounds_between(visit_derby: Visit) -> None:
    words = said(visit_derby("neighbours"))
    # £49,766k for 255,207 residents is £195; the 55 other unitary councils' median is £149.94
    assert (
        "Derby’s council spends £11.5m more on children’s social care than it would at the median of 55 other unitary councils"
        in words
    )
    assert "£195 per resident beside £150" in words
    assert "Per resident it spends the 10th most of 56" in words
    assert "A difference is no judgement" in words


def test_what_is_for_children_is_told_per_child_as_well(visit_derby: Visit) -> None:
    assert "Per child it spends £846 beside £703, £8.4m more in all, and ranks 15 of 54." in said(
        visit_derby("neighbours")
    )
    words = said(visit_derby("neighbours", per="served"))
    # £49,766k for 58,843.8 children is £845.73; the median of the 53 councils whose children are counted is £703.07
    assert "Derby’s council spends £8.4m more on children’s social care" in words
    assert "£846 per child beside £703" in words
    assert "Adult social care" not in words


def test_what_is_for_adults_is_told_per_adult_and_need_is_said_not_to_be_counted(visit_derby: Visit) -> None:
    words = said(visit_derby("neighbours", per="adult"))
    # £73,704k for 255,207 residents less 58,843.8 children is £375.35; the 53 other councils' median is £339.33
    assert "Derby’s council spends £7.1m more on adult social care" in words
    assert "£375 per adult beside £339" in words
    assert "Children’s social care" not in words
    assert "nothing is adjusted for that" in words


def test_a_council_without_a_count_of_children_is_told_so(visit_derby: Visit) -> None:
    words = said(visit_derby("neighbours", per="served", beside="own", list="E1202"))
    assert "Children are not counted for this body, this year or enough of the others" in words


def test_another_group_of_places_a_year_and_a_body_are_kept_in_the_link(visit_derby: Visit) -> None:
    words = said(visit_derby("neighbours", body="E7010", beside="region", **{"return": "2017-18"}))
    assert "Derbyshire Police and Crime Commissioner and Chief Constable spends" in words
    assert "four others in East Midlands" in words


def test_a_list_of_your_own_is_compared(visit_derby: Visit) -> None:
    words = said(visit_derby("neighbours", beside="own", list="E3001+E2401"))
    assert "the median of two of your own list" in words


def test_an_empty_list_of_your_own_says_what_to_do(visit_derby: Visit) -> None:
    assert "There is nobody to compare with in this choice" in said(visit_derby("neighbours", beside="own"))


def test_a_place_outside_england_is_told_why_there_is_nothing(visit: Visit) -> None:
    assert "no English council’s code" in said(visit("neighbours"))


def test_the_overview_leads_there_with_a_sentence(visit_derby: Visit) -> None:
    assert "Derby’s council spends £11.5m more" in said(visit_derby("overview"))


def test_the_command_answers_the_same(
    in_derby: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(in_derby))
    assert main(["neighbours", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    children = next(one for one in answer["standings"] if one["key"] == "330")
    assert (children["rank"], children["of"], children["per_resident"]) == (10, 56, "195.00")
    assert answer["beside"]["key"] == "class"
