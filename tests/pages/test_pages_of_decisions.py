"""Each page from opportunities to decisions says its answer in one sentence first, has its slide and its command."""

import json
from pathlib import Path

import pytest

from budget_model.__main__ import main
from budget_model.answers import Answers
from budget_model.board.making import prepare
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Gone
from budget_model.partnership.desk import THE_BOARD
from budget_model.scope import Scope, to_link
from budget_model.store import joint, plans
from budget_model.store.store import Store
from budget_model.store.stories import SavedView, Story
from budget_model.together.action_plans import Action, ActionPlan
from budget_model.together.decisions import State
from budget_model.together.pools import Contribution, Pool
from tests.pages import joined
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow
SCOPE = Scope(year="2016-17")
PAGES = (
    ("headroom", "headroom", ""),
    ("headroom", "could-move", ""),
    ("back-office", "back-office", ""),
    ("who-gains", "who-gains", ""),
    ("prevention", "stages", ""),
    ("outcomes", "outcomes", ""),
    ("portfolio", "portfolio", ""),
    ("plans", "plans", ""),
    ("fund-return", "fund-return", ""),
    ("desk", "desk", THE_BOARD.id),
)
"""The command, the chart and what the chart is asked for."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Riverton with back offices, grants, one agreed opportunity and one pool."""
    path = joined.build(
        tmp_path_factory.mktemp("decisions") / "store.duckdb",
        lines={body: (*rows, *joined.OFFICES.get(body, ())) for body, rows in joined.LINES.items()},
        funding_streams=joined.STREAMS,
        funding=joined.FUNDING,
    )
    puts = (Contribution("council", 3_000_000, ""), Contribution("health", 1_000_000, ""))  # type: ignore[arg-type]
    with Store(path) as store:
        best = joint.opportunities(store, SCOPE).opportunities[0]
        joint.register(store, best, by="Dee")
        joint.decide(store, best.id, by="Dee", state=State.AGREED)
        plans.keep_plan(store, ActionPlan(best.id, actions=(Action("Write the agreement"),)), by="Dee")
        joint.keep_pool(
            store, Pool(id="pool", name="Equipment", year="2016-17", contributions=puts), by="Dee"
        )
    return path


@pytest.mark.parametrize(("command", "chart", "chosen"), PAGES, ids=str)
def test_a_page_says_its_answer_has_a_slide_that_says_the_same_and_a_command(
    town: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    chart: str,
    chosen: str,
) -> None:
    with Store.existing(town) as store:
        answers = Answers(store, SCOPE)
        shown = catalogue.show(answers, chart, chosen)
        assert not isinstance(shown, Gone), shown
        view = SavedView(catalogue.CHARTS[chart].page, chart, to_link(SCOPE), chosen)
        (slide,) = prepare(store, Story("", "Ours", (view,)), SCOPE).slides
    answer = shown.finding
    assert answer.count(". ") <= (chart == "could-move"), "the page’s own answer is one sentence"
    assert not slide.trouble
    assert slide.finding == answer
    page = opened(town, monkeypatch)(catalogue.CHARTS[chart].page.replace("-", "_"))
    assert not page.exception
    words = said(page)
    assert answer[:40] in words
    denied = ("not a saving", "None of it is a saving", "Nothing here is a saving")
    for sentence in denied:
        words = words.replace(sentence, "")
    assert "saving" not in words.lower(), "nothing is called a saving"
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(town))
    assert main([command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)
