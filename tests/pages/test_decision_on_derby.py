"""From a decision to what is done with the money of the worked example: plan, pool, contract, rejection, fund return."""

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from budget_model.__main__ import main
from budget_model.answers import Answers
from budget_model.board.fund_workbook import read_return, write_return
from budget_model.intake.plain_sheets import read_plain
from budget_model.scope import Scope
from budget_model.store import joint, plans, returns
from budget_model.store.checks import check
from budget_model.store.store import Store
from budget_model.together.action_plans import LeadsTo
from budget_model.together.decisions import State
from budget_model.together.fund_return import Signer
from budget_model.together.scenarios import Ingredient, Scenario, to_link
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow

YEAR = "2016-17"
CITY, COUNTY, NHS = "derby-city-council", "derbyshire-county-council", "southern-derbyshire-ccg"
OLDER = "physical-support-older"
FUND = Scenario(
    "Older people at home",
    YEAR,
    (
        Ingredient(NHS, "nhs-commissioned-care", amount=Decimal(10_000_000)),
        Ingredient(CITY, OLDER, amount=Decimal(5_000_000)),
        Ingredient(COUNTY, OLDER, amount=Decimal(4_000_000)),
    ),
    host=CITY,
)


@pytest.fixture
def path(derby_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(derby_made, tmp_path / "store.duckdb"))


def decide(
    visit: Callable[..., AppTest], identity: str, state: State, comment: str = "", owner: str = ""
) -> AppTest:
    """What was decided about one opportunity, as its page records it."""
    app = visit("opportunities", opportunity=identity)
    box = next(
        text_input.key
        for text_input in app.text_input
        if text_input.key and text_input.key.startswith("signed_decide_")
    )
    app.text_input(key=box).set_value("Dee").run()
    app.selectbox(key=f"state_{identity}").set_value(state).run()
    app.text_input(key=f"owner_{identity}").set_value(owner).run()
    area = next(
        text_area
        for text_area in app.text_area
        if text_area.key and text_area.key.startswith(f"comment_{identity}_")
    )
    area.set_value(comment).run()
    return app.button(key=f"write_{identity}").click().run()


def test_what_is_agreed_has_its_plan_becomes_a_pool_or_a_contract_line_and_what_is_rejected_keeps_its_reason(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(path) as store:
        first, second, third = joint.opportunities(store, Scope(year=YEAR)).opportunities[:3]
        before = Answers(store, Scope(year=YEAR)).planned_together()
    visit = opened(path, monkeypatch)
    decide(visit, first.id, State.AGREED, owner="Director of adult services")
    decide(visit, second.id, State.AGREED)
    refused = decide(visit, third.id, State.REJECTED)
    assert "Say why it is rejected" in "\n".join(warning.value for warning in refused.warning)
    decide(visit, third.id, State.REJECTED, comment="Its contracts run to 2029.")

    app = visit("plans", plan=first.id)
    assert "Two opportunities are agreed: none has a plan" in said(app)
    assert "Its contracts run to 2029." in said(app)
    box = f"plan_typed_{first.id}_"
    app.text_input(key="signed_plan").set_value("Ann").run()
    for field, words in {
        "aim": "More people live at home",
        "owner": "Director of adult services",
        "what_0": "Write the agreement",
        "who_0": "Head of commissioning",
        "measure": "People living at home",
        "unit": "per cent",
        "baseline": "72",
        "target": "80",
    }.items():
        app.text_input(key=f"{box}{field}").set_value(words).run()
    for field, day in {"starts": 2030, "due_0": 2030, "by": 2032, "review": 2031}.items():
        app.date_input(key=f"{box}{field}").set_value(date(day, 4, 1)).run()
    app.selectbox(key=f"{box}leads_to").set_value(LeadsTo.POOL).run()
    app.button(key="plan_save").click().run()
    app.button(key="plan_pool").click().run()
    app.button(key="plan_live").click().run()
    for words in ("Write the agreement", "Head of commissioning", "1 April 2030", "the decision is live"):
        assert words in said(app)
    register = said(visit("pools", show="register"))
    assert "Inflation at 2.0%" in register
    assert first.title.split(":")[0] in register

    app = visit("plans", plan=second.id)
    app.text_input(key="signed_plan").set_value("Ann").run()
    box = f"plan_typed_{second.id}_"
    app.selectbox(key=f"{box}leads_to").set_value(LeadsTo.CONTRACT).run()
    line = app.selectbox(key=f"{box}line")
    app.selectbox(key=f"{box}line").select_index(0).run()
    assert line.options
    app.button(key="plan_save").click().run()

    with Store(path) as store:
        kept = {plan.plan.opportunity: plan.plan for plan in plans.plans(store)}
        pool = next(pool for pool in joint.pools(store) if pool.id == kept[first.id].pool)
        share = Answers(store, Scope(year=YEAR)).planned_together()
        followed = {plan.decision.opportunity: plan for plan in Answers(store, Scope(year=YEAR)).plans()}
        assert [one.law for one in check(store) if one.troubles] == []
    measure = kept[first.id].measure
    assert (measure.baseline, measure.target, kept[first.id].review) == (72, 80, date(2031, 4, 1))
    assert kept[second.id].line is not None
    assert share.part - before.part == pool.total > 0
    assert set(followed) == {first.id, second.id}


def test_a_fund_of_two_councils_and_a_commissioner_is_made_by_command_and_page_and_its_return_read_back(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = opened(path, monkeypatch)
    book = tmp_path / "county.csv"
    book.write_text(
        "Service,Budget 2016-17 (£)\nPhysical support - older people (65+),5000000\nTotal,5000000\n",
        encoding="utf-8",
    )
    share = {
        "id": "county-in-the-fund",
        "organisation": COUNTY,
        "year": YEAR,
        "basis": "direct",
        "numerator": "1",
        "numerator_is": "its money in the fund",
        "denominator": "1",
        "denominator_is": "its money in the fund",
        "grade": "4",
        "source": "Invented for this test",
    }
    asked = [f"{column}={words}" for column, words in share.items()]
    assert main(["settings", "add", "shares", *asked, "--reason", "It joins the fund"]) == 0
    sent = ["import", str(book), "--organisation", COUNTY, "--year", YEAR, "--accept-questions", "--approve"]
    assert main(sent) == 0

    app = visit("pools", s=to_link(FUND))
    app.text_input(key="signed_whatif").input("R. Officer").run()
    app.button(key="wi_pool").click().run()
    assert "Older people at home: £19.0m" in said(visit("pools", show="register"))
    with Store(path) as store:
        one = next(one for one in returns.returns(store) if one.found.title == FUND.name)
    fund_return = one.found
    assert {each.body for each in fund_return.income} == {CITY, COUNTY, NHS}
    chain = [(each.signer, each.body) for each in fund_return.signatures]
    assert {body for signer, body in chain if signer is Signer.LOCAL_CHIEF} == {CITY, COUNTY}
    data = write_return(fund_return)
    assert read_return(read_plain(data, "fund.xlsx"), "fund.xlsx") == fund_return

    workbook = openpyxl.load_workbook(io.BytesIO(data))
    for row in workbook["Expenditure"].iter_rows(min_row=4, max_row=6):
        row[3].value = "Several providers"
    changed = io.BytesIO()
    workbook.save(changed)
    app = visit("fund_return", fund=f"{fund_return.pool}~{YEAR}")
    assert "from three bodies for three schemes" in said(app)
    app.text_input(key="signed_return").set_value("Dee").run()
    app.file_uploader(key="return_file").upload(
        "fund.xlsx", changed.getvalue(), "application/octet-stream"
    ).run()
    app.button(key="return_keep").click().run()
    assert said(app).count("Several providers") == 3
    with Store(path) as store:
        again = next(one for one in returns.returns(store) if one.found.title == FUND.name)
    assert again.found == replace(
        fund_return,
        schemes=tuple(replace(each, provider="Several providers") for each in fund_return.schemes),
    )
