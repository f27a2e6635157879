"""Every chart that a page shows or a story pins, by its name: from the answers of a scope to an exhibit.

Each function takes the answers of one scope and the key of what was chosen, and gives an `Exhibit`, or a
sentence why there is nothing to show: a view can outlive what it was a view of. A new chart is one function
and one line here; a page shows it by its name, and so does a slide.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from budget_model import dates
from budget_model.answers import Answers
from budget_model.exhibits import (
    back_office,
    by_area,
    consultations,
    desk,
    external_funding,
    fund_return,
    headroom,
    memoranda,
    neighbours,
    one_part,
    opportunities,
    outcomes,
    overlap,
    performance,
    places,
    plan,
    plans,
    pools,
    portfolio,
    prevention,
    reorganisation,
    self_review,
    spending,
    state_of_the_city,
    targets,
    third_sector,
    trends,
    what_changed,
    who_gains,
)
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.scope import Scope
from budget_model.store.stories import SavedView
from budget_model.together import meeting
from budget_model.vocabulary import View


def _nothing(_: Answers) -> Hashable:
    return None


@dataclass(frozen=True, slots=True)
class Chart:
    """One kind of chart: what it is called, the page it belongs to, and what it is about one of."""

    name: str
    title: str
    page: str
    show: Callable[[Answers, str], Shown]
    one_of: str = ""
    """What a key must be chosen of: 'organisation', 'theme', 'opportunity'; empty for the whole scope."""
    cash: bool = False
    """Whether it counts the cash of each year, so that per resident and real terms do not apply."""
    joint: bool = False
    """Whether it is about working together: in whole pounds of the year, with the body that decides."""
    mapped: bool = True
    """Whether its figures are those of the map, so that the scope, its checks and its date say something of them."""
    options: Mapping[str, str] = field(default_factory=dict)
    """The ways in which it can be shown, where there are several: the key of each, and its name."""
    stands_on: Callable[[Answers], Hashable] = _nothing
    """What it is made of that is kept beside this store, and changes by itself."""

    def scope_of(self, scope: Scope) -> Scope:
        """The scope that the chart is counted in: per resident and the provider's view do not apply to joining up."""
        if self.cash:
            return scope.switched(per_head=False, real_terms=False)
        if not self.joint:
            return scope
        return scope.switched(view=View.COMMISSIONER, per_head=False, real_terms=False)


def show(answers: Answers, name: str, chosen: str = "") -> Shown:
    """What a chart shows of one scope now. Raises `KeyError` for a chart that there is none of."""
    chart = CHARTS[name]
    answers = answers.for_scope(chart.scope_of(answers.scope))
    question = ("exhibit", answers.scope, dates.today(), name, chosen, chart.stands_on(answers))
    return answers.memory.once(question, lambda: _shown(answers, chart, chosen))


def _shown(answers: Answers, chart: Chart, chosen: str) -> Shown:
    if not answers.total().lines:
        left_out = f" ({answers.left_out()})" if answers.left_out() else ""
        return Gone(
            f"No figures of {answers.place.name} are included for {answers.scope.year}{left_out}.",
            "Widen the choice above, or load a budget on Upload.",
        )
    shown = chart.show(answers, chosen)
    return shown if isinstance(shown, Gone) else replace(shown, chart=chart.name, chosen=chosen)


def exhibit(answers: Answers, view: SavedView) -> Shown:
    """What a saved view shows now: its figure under its own words or the finding computed from the data."""
    if view.chart not in CHARTS:
        return Gone(f"There is no chart called “{view.chart[:80]}” any more. Pin another in its place.")
    shown = show(answers, view.chart, view.chosen)
    own = view.finding.strip()
    return shown if isinstance(shown, Gone) or not own else shown.titled(own)


NESTS: Mapping[str, str] = {
    "": "Themes, then services",
    "organisation/service": "Organisations, then services",
    "organisation/theme": "Organisations, then themes",
    "cofog division/cofog": "Functions of government",
    "organisation type/organisation": "Types of organisation",
    "client group/service": "Groups of people",
}
ACROSS: Mapping[str, str] = {
    "": "By theme",
    "cofog division": "By function of government",
    "client group": "By group of people",
}
LEAGUES: Mapping[str, str] = {"service": "By service", "theme": "By theme"}


_cash, _joint = partial(Chart, cash=True), partial(Chart, joint=True)

EVERY: tuple[Chart, ...] = (
    Chart("who", "Who spends it", "overview", spending.who),
    Chart("what", "What it is spent on, and by whom", "overview", spending.what),
    Chart("flows", "Where it comes from and goes", "overview", spending.where_from_and_to),
    Chart("funding", "Where the money comes from", "explore", spending.where_it_comes_from),
    Chart("benchmark", "Against the benchmark", "overview", spending.against_benchmark),
    Chart("once", "Counted once", "overview", spending.counted_once),
    Chart("sure", "How sure the figures are", "overview", spending.how_sure),
    Chart("awaited", "Who is still to come", "overview", spending.awaited),
    Chart("treemap", "Money by size", "explore", spending.map_of_services, options=NESTS),
    Chart("heat-map", "Who spends on what", "explore", spending.bodies_by_theme, options=ACROSS),
    Chart("own-table", "A table of your own", "explore", spending.own_table, "table"),
    Chart("services", "The largest services", "explore", spending.services),
    Chart("bodies", "Every body, included or not", "organisations", one_part.bodies),
    Chart(
        "organisation",
        "One organisation’s services",
        "organisations",
        one_part.one_organisation,
        "organisation",
    ),
    Chart(
        "body-themes", "One organisation’s themes", "organisations", one_part.body_by_theme, "organisation"
    ),
    _cash("made-of", "What a return says it is made of", "organisations", memoranda.made_of),
    Chart("transfers", "One organisation’s partners", "organisations", one_part.transfers, "organisation"),
    Chart("theme", "One theme’s payers", "themes", one_part.one_theme, "theme"),
    Chart("theme-services", "One theme’s services", "themes", one_part.theme_by_service, "theme"),
    Chart("tags", "Cross-cutting themes", "themes", one_part.cross_cutting),
    Chart("tag", "One cross-cutting theme", "themes", one_part.one_cross_cutting, "cross-cutting theme"),
    _joint("desk", "What is to be decided", "desks", desk.to_decide, "theme"),
    _cash("change", "What changed", "what-changed", what_changed.what_changed, options=what_changed.OPTIONS),
    Chart("years", "Year by year", "trends", trends.trends, options=trends.OPTIONS),
    _cash("variances", "Over and under budget", "plan", plan.variances, options=plan.OPTIONS),
    _cash("phases", "Budget, forecast and outturn", "plan", plan.side_by_side),
    _joint(
        "reorganisation", "What moves from whom to whom", "reorganisation", reorganisation.moves, mapped=False
    ),
    _joint(
        "reorganisation-services",
        "A reorganisation, service by service",
        "reorganisation",
        reorganisation.services,
        mapped=False,
    ),
    _joint(
        "reorganisation-years",
        "A reorganisation, year by year",
        "reorganisation",
        reorganisation.years,
        mapped=False,
    ),
    _cash("neighbours", "Beside other places", "neighbours", neighbours.beside_others, mapped=False),
    _cash(
        "neighbours-service",
        "One service beside other places",
        "neighbours",
        neighbours.one_service,
        mapped=False,
    ),
    _cash(
        "neighbours-board",
        "One board’s services beside other places",
        "neighbours",
        neighbours.board_beside_others,
        "theme",
        mapped=False,
    ),
    _cash(
        "places",
        "Places side by side",
        "places",
        places.places,
        mapped=False,
        stands_on=Answers.places,
    ),
    _cash("areas", "Areas on a map", "areas", by_area.area_map),
    _cash("area", "One area", "areas", by_area.one_area, "area"),
    _cash("neighbourhoods", "Priority neighbourhoods and the rest", "areas", by_area.neighbourhoods),
    _cash("areas-need", "Need beside money", "areas", by_area.need_beside_money),
    _cash("area-grants", "Grants by area", "areas", by_area.grants, mapped=False),
    Chart("shared", "Services that several bodies pay for", "overlap", overlap.shared_services),
    _joint("partners", "Who has most in common with one body", "overlap", overlap.partners, "organisation"),
    _joint("pair", "Two bodies side by side", "overlap", overlap.pair, "pair"),
    _joint("matrix", "Every body beside every other", "overlap", overlap.matrix, options=meeting.CALLED),
    _joint("network", "Who meets whom", "overlap", overlap.network),
    _joint("league", "Who pays for the same things", "overlap", overlap.league, options=LEAGUES),
    _joint("opportunities", "What could be joined up", "opportunities", opportunities.opportunities),
    _joint("opportunity", "One opportunity", "opportunities", opportunities.one_opportunity, "opportunity"),
    _joint("brought", "What each partner would bring", "opportunities", opportunities.brought, "opportunity"),
    _joint("score", "Why it scores as it does", "opportunities", opportunities.score, "opportunity"),
    _joint(
        "first-steps",
        "The first three steps, and who acts",
        "opportunities",
        opportunities.first_steps,
        "opportunity",
    ),
    _joint("portfolio", "What to take up first", "portfolio", portfolio.portfolio),
    _joint("effort", "Whose work it takes", "portfolio", portfolio.effort),
    _joint("who-gains", "Who pays and who gains", "who-gains", who_gains.who_gains, mapped=False),
    _joint("headroom", "What a cap on grants would free", "headroom", headroom.headroom),
    _joint("stages", "How early the money acts", "prevention", prevention.by_stage),
    _joint("stages-people", "How early it acts, for whom", "prevention", prevention.by_people),
    _joint("stages-years", "The shift to early action", "prevention", prevention.over_years),
    _joint("outcomes", "Money by outcome", "outcomes", outcomes.outcomes, options=outcomes.OPTIONS),
    _joint("outcome", "Who pays towards one outcome", "outcomes", outcomes.outcome, "outcome"),
    _joint("plans", "From decision to done", "plans", plans.plans),
    _joint("plan-money", "One plan’s money year on year", "plans", plans.money, "plan"),
    _joint("fund-return", "The return of a pooled fund", "fund-return", fund_return.by_source, "fund"),
    _joint("could-move", "What could move this year", "headroom", headroom.holds),
    _joint("back-office", "Back offices", "back-office", back_office.back_office),
    _joint("what-if", "What if", "pools", pools.what_if, "what-if"),
    _joint("compared", "What-ifs side by side", "pools", pools.compared, "what-ifs"),
    _joint("pools", "The register of pools", "pools", pools.pools),
    _joint(
        "performance",
        "What each layer looks at",
        "performance",
        performance.performance,
        options=performance.OPTIONS,
    ),
    _cash("state-of-the-city", "State of the City", "state-of-the-city", state_of_the_city.state_of_the_city),
    Chart("consultation", "What members answered", "consultations", consultations.consultation, mapped=False),
    Chart(
        "self-review", "How partners rate themselves", "self-review", self_review.self_review, mapped=False
    ),
    _joint("targets", "How far each measure moved from its baseline", "targets", targets.targets),
    _joint("target", "One target", "targets", targets.target, "target"),
    _joint("payers", "Who pays towards one target", "targets", targets.payers, "target"),
    _cash(
        "funding-ends",
        "What ends when, by board",
        "external-funding",
        external_funding.ends_when,
        mapped=False,
    ),
    _cash(
        "funding-register",
        "Register of external funding",
        "external-funding",
        external_funding.register_table,
        mapped=False,
    ),
    _cash("funding-bids", "Bids", "external-funding", external_funding.bids_table, mapped=False),
    _cash("funding-calendar", "Calendar", "external-funding", external_funding.calendar_table, mapped=False),
    _cash(
        "funding-untapped",
        "Untapped streams",
        "external-funding",
        external_funding.untapped_table,
        mapped=False,
    ),
    _cash("third-tail", "Who depends on small grants", "third-sector", third_sector.tail, mapped=False),
    _cash("funders", "Funders of voluntary bodies", "third-sector", third_sector.funders, mapped=False),
    _cash("third-boards", "Voluntary bodies, by board", "third-sector", third_sector.boards, mapped=False),
    _cash("third-sizes", "Grants by size", "third-sector", third_sector.sizes, mapped=False),
    _cash("third-lengths", "Grants by length", "third-sector", third_sector.lengths, mapped=False),
    _cash("third-renewals", "Renewals due", "third-sector", third_sector.renewals, mapped=False),
    _cash("third-shared", "Bodies funded by several", "third-sector", third_sector.shared, mapped=False),
    _cash("third-compact", "The Compact’s promises", "third-sector", third_sector.compact, mapped=False),
    _cash("third-sums", "Published as one sum", "third-sector", third_sector.sums, mapped=False),
    _joint("unlinked", "Money that works towards no measure", "targets", targets.unlinked),
)


CHARTS: Mapping[str, Chart] = {chart.name: chart for chart in EVERY}
"""Every chart that a page or a saved view may name."""
