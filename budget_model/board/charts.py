"""Every chart that can be pinned to a story: from what is counted in a scope to a finding with its figure.

Each takes what the store counts and the key of what was chosen, and gives an `Exhibit`, or a sentence why
there is nothing to show: a view can outlive what it was a view of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from budget_model.board import spending_exhibits as spending
from budget_model.board import together_exhibits as together
from budget_model.board.counted import Counted
from budget_model.board.exhibits import Gone, Shown
from budget_model.board.figures import (
    Exhibit,
)
from budget_model.store.stories import View


@dataclass(frozen=True, slots=True)
class Chart:
    """One kind of chart: what it is called, the page it belongs to, and what it is about one of."""

    name: str
    title: str
    page: str
    show: Callable[[Counted, str], Shown]
    one_of: str = ""
    """What a key must be chosen of: 'organisation', 'theme', 'opportunity'; empty for the whole scope."""


def exhibit(counted: Counted, view: View) -> Shown:
    """What a view shows now: its figure under its own words or the finding computed from the data."""
    chart = CHARTS.get(view.chart)
    if chart is None:
        return Gone(f"There is no chart called “{view.chart[:80]}” any more. Pin another in its place.")
    if not counted.total().lines:
        return Gone(
            f"Nothing is on the map of {counted.place.name} for {counted.scope.year}"
            f"{' ' + counted.left_out() if counted.left_out() else ''}. Widen the view, or load a budget."
        )
    shown = chart.show(counted, view.chosen)
    if isinstance(shown, Exhibit) and view.finding.strip():
        return shown.titled(view.finding.strip())
    return shown


CHARTS: Mapping[str, Chart] = {
    chart.name: chart
    for chart in (
        Chart("who", "Who spends it", "overview", spending.who),
        Chart("what", "What it is spent on, and by whom", "overview", spending.what),
        Chart("flows", "Where it comes from and goes", "overview", spending.where_from_and_to),
        Chart("benchmark", "Against the published benchmark", "overview", spending.against_benchmark),
        Chart("once", "Counted once", "overview", spending.counted_once),
        Chart("sure", "How sure the figures are", "overview", spending.how_sure),
        Chart("awaited", "Who is still to come", "overview", spending.awaited),
        Chart("treemap", "Services by size", "explore", spending.map_of_services),
        Chart("heat-map", "Organisation by theme", "explore", spending.bodies_by_theme),
        Chart("services", "The largest services", "explore", spending.services),
        Chart(
            "organisation",
            "One organisation’s services",
            "organisations",
            spending.one_organisation,
            "organisation",
        ),
        Chart("theme", "One theme’s payers", "themes", spending.one_theme, "theme"),
        Chart("years", "Year by year", "compare", spending.year_by_year),
        Chart("shared", "Services that several bodies pay for", "overlap", together.shared_services),
        Chart("opportunities", "What could be joined up", "opportunities", together.opportunities),
        Chart("opportunity", "One opportunity", "opportunities", together.one_opportunity, "opportunity"),
    )
}
"""Every chart that a view may name."""
