"""Every chart that can be pinned to a story: from what is counted in a scope to a finding with its figure.

Each takes what the store counts and the key of what was chosen, and gives an `Exhibit`, or a sentence why
there is nothing to show: a view can outlive what it was a view of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from budget_model.board import joint_exhibits as joint
from budget_model.board import overlap_exhibits as overlap
from budget_model.board import spending_exhibits as spending
from budget_model.board import together_exhibits as together
from budget_model.board.counted import Counted
from budget_model.board.exhibits import Gone, Shown
from budget_model.board.figures import (
    Exhibit,
)
from budget_model.scope import Scope
from budget_model.store.stories import SavedView
from budget_model.together import meeting
from budget_model.vocabulary import View


@dataclass(frozen=True, slots=True)
class Chart:
    """One kind of chart: what it is called, the page it belongs to, and what it is about one of."""

    name: str
    title: str
    page: str
    show: Callable[[Counted, str], Shown]
    one_of: str = ""
    """What a key must be chosen of: 'organisation', 'theme', 'opportunity'; empty for the whole scope."""
    joint: bool = False
    """Whether it is about working together: in whole pounds of the year, with the body that decides."""
    options: Mapping[str, str] = field(default_factory=dict)
    """The ways in which it can be shown, where there are several: the key of each, and its name."""

    def scope_of(self, scope: Scope) -> Scope:
        """The scope that the chart is counted in: per head and the provider's view do not apply to joining up."""
        if not self.joint:
            return scope
        return scope.switched(view=View.COMMISSIONER, per_head=False, real_terms=False)


def exhibit(counted: Counted, view: SavedView) -> Shown:
    """What a view shows now: its figure under its own words or the finding computed from the data."""
    chart = CHARTS.get(view.chart)
    if chart is None:
        return Gone(f"There is no chart called “{view.chart[:80]}” any more. Pin another in its place.")
    own = chart.scope_of(counted.scope)
    if own != counted.scope:
        counted = Counted(counted.store, own, counted.place)
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
        Chart(
            "treemap", "Money by size", "explore", spending.map_of_services,
            options={
                "": "Themes, then services", "organisation/service": "Organisations, then services",
                "organisation/theme": "Organisations, then themes", "cofog division/cofog": "Functions of government",
                "organisation type/organisation": "Types of organisation", "client group/service": "Groups of people",
            },
        ),
        Chart(
            "heat-map", "Who spends on what", "explore", spending.bodies_by_theme,
            options={"": "By theme", "cofog division": "By function of government", "client group": "By group of people"},
        ),
        Chart("own-table", "A table of your own", "explore", spending.own_table, "table"),
        Chart("services", "The largest services", "explore", spending.services),
        Chart("organisation", "One organisation’s services", "organisations", spending.one_organisation, "organisation"),
        Chart("body-themes", "One organisation’s themes", "organisations", spending.body_by_theme, "organisation"),
        Chart("theme", "One theme’s payers", "themes", spending.one_theme, "theme"),
        Chart("theme-services", "One theme’s services", "themes", spending.theme_by_service, "theme"),
        Chart("tags", "Cross-cutting themes", "themes", spending.cross_cutting),
        Chart("tag", "One cross-cutting theme", "themes", spending.one_cross_cutting, "cross-cutting theme"),
        Chart("years", "Year by year", "overview", spending.year_by_year),
        Chart("shared", "Services that several bodies pay for", "overlap", together.shared_services),
        Chart("partners", "Who has most in common with one body", "overlap", overlap.partners, "organisation", joint=True),
        Chart("pair", "Two bodies side by side", "overlap", overlap.pair, "pair", joint=True),
        Chart("matrix", "Every body beside every other", "overlap", overlap.matrix, joint=True, options=meeting.CALLED),
        Chart("network", "Who meets whom", "overlap", overlap.network, joint=True),
        Chart(
            "league", "Who pays for the same things", "overlap", overlap.league, joint=True,
            options={"service": "By service", "theme": "By theme"},
        ),
        Chart("opportunities", "What could be joined up", "opportunities", together.opportunities, joint=True),
        Chart("opportunity", "One opportunity", "opportunities", together.one_opportunity, "opportunity", joint=True),
        Chart("brought", "What each partner would bring", "opportunities", together.brought, "opportunity", joint=True),
        Chart("score", "Why it scores as it does", "opportunities", together.score, "opportunity", joint=True),
        Chart("what-if", "What if", "pools", joint.what_if, "what-if", joint=True),
        Chart("compared", "What-ifs side by side", "pools", joint.compared, "what-ifs", joint=True),
        Chart("pools", "The register of pools", "pools", joint.pools, joint=True),
        Chart("targets", "Money behind each target", "targets", joint.targets, joint=True),
        Chart("target", "One target", "targets", joint.target, "target", joint=True),
        Chart("unlinked", "Money that works towards no target", "targets", joint.unlinked, joint=True),
    )
}  # fmt: skip
"""Every chart that a view may name."""
