"""A director asks what a merger with the county would move, and tries out one of their own."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.__main__ import main
from budget_model.together.reorganisation import (
    Basis,
    Change,
    Ground,
    Kind,
    NewBody,
    Part,
    Plan,
    from_link,
    to_link,
)
from tests.pages.conftest import said

Visit = Callable[..., AppTest]
POLICE_AND_COUNCIL = Plan(
    "Together",
    Ground.MAP,
    changes=(Change(("council", "police"), (Part("both"),)),),
    bodies=(NewBody("both", "Both in one"),),
)


def plan_of(app: AppTest) -> Plan:
    word = app.query_params["plan"]
    plan = from_link(word[0] if isinstance(word, list) else word)
    assert plan
    return plan


def test_the_merger_with_the_county_is_answered_from_the_screen(visit: Visit) -> None:
    words = said(visit("reorganisation", example="derby-one-council"))
    # £955,063,560 of the county, £391,952,535 of Derby, £82,139,000 of the eight districts
    assert (
        "£1.43bn a year of 10 bodies would go to Derby and Derbyshire Council, in money of 2017-18" in words
    )
    assert "Derbyshire County would bring most, £955m" in words
    assert "11 of 11" in words
    assert "nobody’s proposal" in words


def test_the_groups_that_merged_show_where_the_series_breaks(visit: Visit) -> None:
    words = said(visit("reorganisation", example="derbyshire-nhs"))
    # 691,653 + 405,182 + 149,284 + 131,001 thousand
    assert "£1.38bn a year of four bodies went to NHS Derby and Derbyshire Integrated Care Board" in words
    assert "Not counted like the year before: 2019-20 (NHS Derby and Derbyshire CCG in place of" in words


def test_another_year_of_an_example_is_kept_in_the_link(visit: Visit) -> None:
    words = said(visit("reorganisation", example="northamptonshire", money="2014-15"))
    assert "in money of 2014-15" in words
    assert "Northamptonshire police took over £24.4m" in words


def test_a_merger_of_ones_own_moves_the_maps_money(visit: Visit) -> None:
    app = visit("reorganisation", plan=to_link(POLICE_AND_COUNCIL))
    words = said(app)
    assert "a year of two bodies would go to Both in one, in money of" in words
    assert "Changes hands" in words


def test_a_split_is_chosen_step_by_step_and_every_choice_is_in_the_link(visit: Visit) -> None:
    app = visit("reorganisation", plan=to_link(POLICE_AND_COUNCIL))
    app.segmented_control(key="step_kind_0").set_value("split").run()
    app.multiselect(key="step_into_0").set_value(["both", "health"]).run()
    app.number_input(key="step_size_0_1").set_value(150.0).run()
    change = plan_of(app).changes[0]
    assert (change.kind, change.basis) == (Kind.SPLIT, Basis.STATED)
    assert change.parts == (Part("both", Decimal(50)), Part("health", Decimal("150.0")))
    assert "would take over" in said(app)
    app.button(key="step_add").click().run()
    assert plan_of(app).changes[1] == Change()
    assert "A step names no body that gives, or none that takes." in said(app)


def test_parishes_are_typed_one_a_line_and_the_one_without_a_number_is_named(visit: Visit) -> None:
    split = Change(
        ("council",),
        (Part("north", Decimal(3), name="Ripley"), Part("south", Decimal(1), name="Duffield")),
        Kind.SPLIT,
        basis=Basis.PARISHES,
    )
    made = (NewBody("north", "North"), NewBody("south", "South"))
    app = visit("reorganisation", plan=to_link(Plan("Parishes", Ground.MAP, changes=(split,), bodies=made)))
    assert app.text_area(key="step_parishes_0_0").value == "Ripley 3"
    app.text_area(key="step_parishes_0_1").set_value("Duffield 5\nQuarndon\nMackworth 1").run()
    assert [part.size for part in plan_of(app).changes[0].parts] == [3, 5, 1]
    assert "Quarndon: no number of residents is at its end." in said(app)


def test_councils_of_england_can_be_taken_up_and_an_example_changed(visit: Visit) -> None:
    app = visit("reorganisation", example="derby-two-councils-c")
    app.button(key="own_from_this").click().run()
    plan = plan_of(app)
    assert plan.ground is Ground.RETURNS
    assert len(plan.changes) == 4
    assert "Northern Derbyshire would take over £733m" in said(app)


@pytest.mark.parametrize("word", ["", "no-plan", "%00", "A" * 4000])
def test_a_link_that_is_no_plan_says_what_to_do(visit: Visit, word: str) -> None:
    app = visit("reorganisation", plan=word)
    assert not app.exception
    assert word == "" or "There is no such reorganisation any more" in said(app)


def test_the_command_answers_the_same_and_every_service_agrees(
    riverton_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(riverton_path))
    assert main(["reorganise", "--case", "derby-one-council", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["moved"] == answer["total"] == "1429155095.21"
    assert all(one["before"] == one["after"] for one in answer["services"])
    asked = ["reorganise", "--split", "E1021", "--of", "returns", "--into", "north=60", "--into", "south=40"]
    assert main([*asked, "--returned", "2017-18", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["after"]) for one in answer["bodies"][:2]] == [
        ("north", "573038136.00"),
        ("south", "382025424.00"),
    ]
    assert main(["reorganise", "--case", "nowhere"]) == 1
    assert main(["reorganise", "--list"]) == 0
    assert "Northamptonshire becomes two councils" in capsys.readouterr().out
