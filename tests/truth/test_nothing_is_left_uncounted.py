"""Every finding that a page can show is counted again by a test here; a new chart or page without a recount fails."""

import ast
from collections.abc import Iterator
from pathlib import Path

from budget_model.access import PAGES
from budget_model.exhibits.catalogue import CHARTS

HERE = Path(__file__).parent
ASKS = {"finding": 1, "_about": 1, "about": 1, "why": 1, "show": 1, "rows_of": 1}
"""What asks a chart what it says, and at which place of its words the chart stands."""
ADDRESSES = {"plan": "plan-and-outturn"}
"""The address of a page where it is another than its charts name."""
SAY_NO_FIGURE = {
    "search": "it lists lines in the words that were typed",
    "lines": "it shows lines and cells as they were sent",
    "versions": "it shows two versions of the map by the charts of other pages",
    "method": "it says how the figures are made",
    "glossary": "it says what words mean; its four figures are held by tests/pages/test_pages.py",
    "away-day": "its screens are the slides of the stories and the charts of other pages",
    "board-pack": "its screens are the slides of the stories",
    "mapping": "it is where lines are given their services",
    "my-body": "it is where one body's figures are sent",
    "upload": "it is where figures are sent",
    "submissions": "its measures of data quality are held by tests/contribute",
    "audit": "it lists who did what",
    "running": "it measures the program, not money",
    "settings": "it is where a place's lists are changed",
    "people": "it is where access is given",
    "first-steps": "it leads whoever is new through the other pages",
}
"""The pages without a finding of their own, and why."""


def _asked_of(tree: ast.AST) -> Iterator[str]:
    """The charts that the assertions of a file ask what they say."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in ASKS and len(call.args) > ASKS[name]:
            chart = call.args[ASKS[name]]
            if isinstance(chart, ast.Constant) and isinstance(chart.value, str):
                yield chart.value


def counted_again() -> set[str]:
    """The charts whose words are held against a recount in the tests beside this one."""
    files = (file for file in HERE.glob("test_*.py") if file.name != Path(__file__).name)
    return {chart for file in files for chart in _asked_of(ast.parse(file.read_text(encoding="utf-8")))}


def test_every_chart_that_a_page_or_a_slide_can_show_is_counted_again() -> None:
    assert set(CHARTS) - counted_again() == set()


def test_every_page_has_a_finding_that_is_counted_again_or_says_why_it_has_none() -> None:
    with_charts = {ADDRESSES.get(chart.page, chart.page) for chart in CHARTS.values()}
    assert with_charts <= set(PAGES)
    assert set(PAGES) - with_charts == set(SAY_NO_FIGURE)
