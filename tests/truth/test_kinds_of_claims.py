"""What kind of claim each page makes, in ten scopes: published, allocated, estimated or not known, and each by its own word."""

import re
from collections.abc import Callable, Iterator

import pytest

from budget_model.answers import Answers
from budget_model.exhibits.catalogue import CHARTS, Chart, show
from budget_model.exhibits.exhibit import Exhibit
from budget_model.money import percent
from tests.truth.conftest import Both
from tests.truth.ledger import ZERO, Ledger, by, in_words, listed, opened

pytestmark = pytest.mark.slow

CALLED = {"published": "published figures of", "allocated": "allocations to", "estimated": "estimates for"}
WORDS_OF = {"audited": r"\baudited\b", "stated": r"\bstates £", "published": r"’s published figure"}
"""What only money of one origin is called; the worked example has no audited line, and none that a body sent itself."""
OTHER_FIGURES = {
    "who-gains": "published evaluations and unit costs",
    "state-of-the-city": "each section its own",
}
"""Pages about the map that stand on other figures besides, which name them."""


def kinds_of(counted: Ledger) -> str:
    """How the figures of a scope came about, in words, from its entries."""
    whole = sum((abs(amount) for amount in counted.sums(by("provenance"), by("organisation")).values()), ZERO)
    said = []
    for kind, called in CALLED.items():
        held = {
            body: abs(amount)
            for (origin, body), amount in counted.sums(by("provenance"), by("organisation")).items()
            if origin == kind and amount
        }
        if held:
            who = counted.short[next(iter(held))] if len(held) == 1 else f"{in_words(len(held))} bodies"
            said.append(f"{called} {who} ({percent(sum(held.values(), ZERO), whole)})")
    return opened(listed(said))


def first_of_each_page(answers: Answers) -> Iterator[tuple[Chart, Exhibit]]:
    """The first chart of each page that has something to show in this scope."""
    pages: set[str] = set()
    for name, chart in CHARTS.items():
        if chart.page not in pages and isinstance(shown := show(answers, name), Exhibit):
            pages.add(chart.page)
            yield chart, shown


def test_every_page_says_how_much_of_its_money_is_published_and_how_much_is_estimated(
    both: Both, in_scope: Callable[[str], Both]
) -> None:
    answers, counted = both
    whole = in_scope("whole")[1]
    pages = set()
    for chart, shown in first_of_each_page(answers):
        if chart.mapped and chart.page not in OTHER_FIGURES:
            pages.add(chart.page)
            asked = counted.scope
            same = (shown.scope.view, shown.scope.organisations) == (asked.view, asked.organisations)
            assert shown.source == kinds_of(counted if same else whole), chart.page
    assert {"overview", "explore", "organisations", "themes", "areas", "targets"} <= pages


def test_no_page_calls_money_stated_or_audited_where_no_line_says_so(both: Both) -> None:
    answers, counted = both
    origins = {entry.provenance for entry in counted.entries}
    forbidden = [word for origin, word in WORDS_OF.items() if origin not in origins]
    assert forbidden
    for chart, shown in first_of_each_page(answers):
        sentences = f"{shown.finding} {shown.why} {shown.source}"
        assert [word for word in forbidden if re.search(word, sentences)] == [], chart.page
