"""Every chart of every page can be pinned: its link leads back to the same finding, figure and table."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.scope import from_link
from budget_model.store import joint, self_reviews
from budget_model.store.store import Store
from budget_model.store.stories import Story, keep_story
from budget_model.together.pools import Contribution, Pool
from budget_model.together.scenarios import of_opportunity
from budget_model.vocabulary import Side
from pages.shared import pin
from tests.pages import joined
from tests.pages.conftest import opened
from tests.pages.consulted import closed_consultation

pytestmark = pytest.mark.slow

EVERY = (
    ("overview", {}),
    ("overview", {"per_head": "yes"}),
    ("explore", {"per_head": "yes"}),
    *(
        ("explore", {"by": nest})
        for nest in (
            "body-service",
            "body-board",
            "division-group",
            "type-body",
            "client-service",
        )
    ),
    ("explore", {"show": "heat"}),
    ("explore", {"show": "heat", "across": "cofog division", "per_head": "yes"}),
    ("explore", {"show": "heat", "across": "client group"}),
    ("explore", {"show": "flow"}),
    ("explore", {"show": "pivot"}),
    ("explore", {"show": "pivot", "columns": "none", "rows": "nature"}),
    ("organisations", {}),
    ("organisations", {"body": "council", "per_head": "yes"}),
    ("themes", {}),
    ("themes", {"board": "healthy"}),
    ("themes", {"board": "city-centre"}),
    ("overlap", {}),
    *(("overlap", {"show": view}) for view in ("pair", "matrix", "network", "league")),
    *(
        ("overlap", {"measure": measure, "by": "theme"})
        for measure in (
            "overlap",
            "cosine",
            "amount",
            "share",
            "location_quotient",
        )
    ),
    ("overlap", {"body": "health", "least": "0"}),
    ("opportunities", {}),
    ("opportunities", {"partner": "police", "all": "yes"}),
    ("opportunities", {"opportunity": "first"}),
    ("pools", {}),
    ("pools", {"show": "saved"}),
    ("pools", {"show": "register"}),
    ("targets", {}),
    ("desks", {"board": "healthy"}),
    ("self_review", {}),
    ("third_sector", {}),
    ("consultations", {}),
    ("performance", {}),
    ("performance", {"for": "theme group"}),
    ("portfolio", {}),
    ("prevention", {}),
    ("back_office", {}),
    ("who_gains", {}),
    ("headroom", {"year": "2016-17"}),
    ("portfolio", {"limits": "pools=1"}),
    ("reorganisation", {}),
    ("reorganisation", {"example": "northamptonshire", "money": "2016-17"}),
    ("fund_return", {}),
    ("outcomes", {}),
    ("outcomes", {"of": "own", "outcome": "at-home"}),
)


@pytest.fixture(scope="module")
def pinned_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Riverton with back offices and grants, two saved what-ifs, a pool, and a story to pin to."""
    more = ("Regeneration", "economy", 10_000, Side.EXPENDITURE, "Economy")
    lines = {body: (*rows, *joined.OFFICES.get(body, ())) for body, rows in joined.LINES.items()}
    lines["council"] = (*lines["council"], more)
    path = joined.build(
        tmp_path_factory.mktemp("pins") / "store.duckdb",
        lines=lines,
        funding_streams=joined.STREAMS,
        funding=joined.FUNDING,
    )
    with Store(path) as store:
        scope = from_link("year=2016-17")
        first = of_opportunity(joint.opportunities(store, scope).opportunities[0], "2016-17")
        for name, part in (("All of it", first.ingredients), ("Less of it", first.ingredients[:1])):
            over = replace(first, name=name, ingredients=part, variance=Decimal(900_000))
            joint.keep_scenario(store, over, by="test")
        puts = (
            Contribution("council", Decimal(3_000_000), ""),
            Contribution("health", Decimal(1_000_000), ""),
        )
        joint.keep_pool(
            store, Pool(id="pool", name="Equipment", year="2016-17", contributions=puts), by="test"
        )
        self_reviews.answer(store, "2016-17", "", {"style": (3, "Partners say so.")}, by="test")
        keep_story(store, Story("", "Ours", ()), by="test")
        closed_consultation(store)
    return path


@pytest.fixture
def shown_on(pinned_path: Path, monkeypatch: pytest.MonkeyPatch, unfolded: None) -> Any:
    """The exhibits that a page draws, each as it would be pinned."""

    def visit(page: Any, query: Any) -> Any:
        shown = []
        with monkeypatch.context() as patch:
            patch.setattr(pin, "draw", lambda exhibit, key: shown.append(exhibit))
            app = opened(pinned_path, patch)(page, **query)
        assert not app.exception
        return shown

    return visit


@pytest.mark.parametrize(("page", "query"), EVERY, ids=str)
def test_a_pinned_chart_is_the_same_exhibit_when_its_link_is_read(
    shown_on: Any, pinned_path: Path, page: str, query: dict[str, Any]
) -> None:
    if query.get("opportunity") == "first":
        with Store(pinned_path) as store:
            best = joint.opportunities(store, from_link("year=2016-17")).opportunities[0]
        query = {"opportunity": best.id}
    shown = shown_on(page, query)
    assert shown
    from pages.shared import asking

    asked = Answers(asking.opened(str(pinned_path)), shown[0].scope)
    for exhibit in shown:
        view = pin.view_of(exhibit)
        again = catalogue.exhibit(asked.for_scope(view.scope or exhibit.scope), view)
        if exhibit.chart == "what-if":  # the page says who bears it in its headline, and by which rule
            again = replace(again, finding=exhibit.finding, notes=exhibit.notes)
        assert again == exhibit, view
