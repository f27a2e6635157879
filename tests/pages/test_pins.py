"""Every chart of every page can be pinned, and its slide says the same sentence with the same figures."""

import inspect
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.board.charts import CHARTS, exhibit
from budget_model.board.counted import Counted
from budget_model.board.figures import ColumnKind, Exhibit
from budget_model.scope import from_link
from budget_model.store import joint
from budget_model.store.store import Store
from budget_model.store.stories import Story, keep_story
from budget_model.together.pools import Contribution, Pool
from budget_model.together.scenarios import of_opportunity
from budget_model.vocabulary import Side
from pages.shared import chart, pin
from pages.shared.tables import As
from tests.pages import joined
from tests.pages.conftest import opened

pytestmark = pytest.mark.slow

EVERY = (
    ("overview", {}), ("overview", {"per_head": "yes"}), ("explore", {"per_head": "yes"}),
    *(("explore", {"by": nest}) for nest in (
        "body-service", "body-board", "division-group", "type-body", "client-service",
    )),
    ("explore", {"show": "heat"}), ("explore", {"show": "heat", "across": "cofog division", "per_head": "yes"}),
    ("explore", {"show": "heat", "across": "client group"}), ("explore", {"show": "flow"}),
    ("explore", {"show": "pivot"}), ("explore", {"show": "pivot", "columns": "none", "rows": "nature"}),
    ("organisations", {}), ("organisations", {"body": "council", "per_head": "yes"}), ("themes", {}),
    ("themes", {"board": "healthy"}), ("themes", {"board": "city-centre"}), ("overlap", {}),
    *(("overlap", {"measure": measure, "by": "theme"}) for measure in (
        "overlap", "cosine", "amount", "share", "location_quotient",
    )),
    ("overlap", {"body": "health", "least": "0"}), ("opportunities", {}),
    ("opportunities", {"partner": "police", "all": "yes"}), ("opportunities", {"opportunity": "first"}),
    ("pools", {}), ("pools", {"show": "saved"}), ("pools", {"show": "register"}), ("targets", {}),
)  # fmt: skip


@pytest.fixture(scope="module")
def pinned_path(tmp_path_factory) -> Path:
    """Riverton with two saved what-ifs, a pool, and a story to pin to."""
    more = ("Regeneration", "economy", 10_000, Side.EXPENDITURE, "Economy")
    lines = joined.LINES | {"council": (*joined.LINES["council"], more)}
    path = joined.build(tmp_path_factory.mktemp("pins") / "store.duckdb", lines=lines)
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
        keep_story(store, Story("", "Ours", ()), by="test")
    return path


@pytest.fixture
def charts_of(pinned_path, monkeypatch):
    """The charts that a page draws: what each says, its table, its scope and what it is pinned as."""

    def visit(page, query):
        found = []

        def watched(figure, **what):
            drawn_by = {Path(frame.filename).parent.name for frame in inspect.stack(0)[1:4]}
            if page in drawn_by:  # the front page is opened on the way to every other
                found.append((what["finding"], what["table"], what["scope"], what["shows"]))
            return drawn(figure, **what)

        drawn = chart.draw
        with monkeypatch.context() as patch:
            patch.setattr(chart, "draw", watched)
            app = opened(pinned_path, patch)(page, **query)
        assert not app.exception
        return found

    return visit


RANGES = ("Low", "High", "Own books", "Counted elsewhere")
"""Columns that stand beside an amount on a page; on a slide its range is in the sentence or the appendix."""


def amounts(table, kind):
    return {
        abs(value)
        for row in table.rows
        for column, value in zip(table.columns, row, strict=True)
        if getattr(column, "kind", getattr(column, "written", None)) == kind
        and isinstance(value, Decimal)
        and value
        and column.name not in RANGES
    }


def shown_for(store, scope, shows):
    view = pin.view_of(shows, scope)
    counted = Counted(store, CHARTS[view.chart].scope_of(view.scope))
    return exhibit(counted, view)


@pytest.mark.slow
@pytest.mark.parametrize(("page", "query"), EVERY, ids=str)
def test_the_slide_of_a_chart_says_its_sentence_and_holds_its_figures(charts_of, pinned_path, page, query):
    if query.get("opportunity") == "first":
        with Store(pinned_path) as store:
            best = joint.opportunities(store, from_link("year=2016-17")).opportunities[0]
        query = {"opportunity": best.id}
    found = charts_of(page, query)
    if (page, query.get("show")) != ("explore", "pivot"):
        assert found
    from pages.shared import kept

    store = kept._open(str(pinned_path))
    for finding, table, scope, shows in found:
        shown = shown_for(store, scope, shows)
        assert isinstance(shown, Exhibit), (shows, shown)
        if shows[0] != "what-if":  # the page says who bears it in its headline
            assert shown.finding.removesuffix(".") == finding.removesuffix("."), shows
        slide = amounts(shown.figure.table(), ColumnKind.POUNDS)
        slide |= amounts(shown.appendix, ColumnKind.POUNDS) if shown.appendix else set()
        missing = amounts(table, As.MONEY) - slide
        assert not missing, (shows, missing)
