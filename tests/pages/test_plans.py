"""From decision to done as a director sees it: agreed, planned, overdue, and nothing typed lost."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.scope import Scope
from budget_model.store import joint, plans
from budget_model.store.store import Store
from budget_model.together.action_plans import ActionPlan, LeadsTo
from budget_model.together.decisions import State
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.duckdb"


@pytest.fixture
def agreed(
    joined_made: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, Callable[..., AppTest]]:
    shutil.copy(joined_made, path)
    with Store(path) as store:
        one = joint.opportunities(store, Scope(year="2016-17")).opportunities[0]
        joint.register(store, one, by="Dee")
        joint.decide(store, one.id, by="Dee", state=State.AGREED)
    return one.id, opened(path, monkeypatch)


def test_a_plan_is_written_refused_without_loss_saved_and_said_to_be_overdue(
    agreed: tuple[str, Callable[..., AppTest]],
) -> None:
    identity, visit = agreed
    app = visit("plans")
    assert "One opportunity is agreed: none has a plan, none is overdue and none is done." in said(app)
    assert "no plan yet" in said(app)
    box = f"plan_typed_{identity}_"
    app.text_input(key="signed_plan").set_value("Ann").run()
    app.text_input(key=f"{box}what_0").set_value("Write the agreement").run()
    app.date_input(key=f"{box}due_0").set_value(date(2020, 1, 31)).run()
    app.text_input(key=f"{box}baseline").set_value("seventy").run()
    app.button(key="plan_save").click().run()
    assert "are numbers" in "\n".join(warning.value for warning in app.warning)
    assert app.text_input(key=f"{box}what_0").value == "Write the agreement"
    app.text_input(key=f"{box}baseline").set_value("").run()
    app.button(key="plan_save").click().run()
    assert "one is overdue" in said(app)
    assert "Overdue: “Write the agreement” (31 January 2020)." in said(app)
    app.button(key="plan_live").click().run()
    assert "the decision is live" in said(app)
    register = visit("opportunities", show="register")
    assert "Its plan: who does what by when" in "\n".join(
        link.proto.label for link in register.get("page_link")
    )


def test_saving_a_plan_keeps_a_line_and_a_pool_that_the_choice_does_not_show(
    agreed: tuple[str, Callable[..., AppTest]], path: Path
) -> None:
    identity, visit = agreed
    gone = {LeadsTo.POOL: {"pool": "closed-pool"}, LeadsTo.CONTRACT: {"line": 987654}}
    for leads_to, field in gone.items():
        with Store(path) as store:
            seen = [each.wording for each in plans.plans(store)]
            plan = ActionPlan(identity, leads_to=leads_to, **field)  # type: ignore[arg-type]
            plans.keep_plan(store, plan, by="Dee", seen=max(seen, default=0))
        app = visit("plans")
        app.text_input(key="signed_plan").set_value("Ann").run()
        app.text_input(key=f"plan_typed_{identity}_aim").set_value("Sooner home").run()
        app.button(key="plan_save").click().run()
        with Store(path) as store:
            (now,) = plans.plans(store)
        assert now.plan == replace(plan, aim="Sooner home")
