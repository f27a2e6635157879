"""Which bodies spend on the same things as which others, on what, and how much of their money is that?"""

from decimal import Decimal
from functools import partial

import streamlit as st

from budget_model.count.saying import counted, in_sentence, listed, opened
from budget_model.money import NOTHING, percent, pounds
from budget_model.place.model import Organisation
from budget_model.scope import Scope, to_query
from budget_model.together import alignment, meeting, telling
from budget_model.together.alignment import Alignment, By, Pair
from budget_model.together.measures import BY_ID
from budget_model.together.pools import existing
from budget_model.together.telling import Overlap
from budget_model.vocabulary import Dimension, OrganisationType
from pages.overlap import figures
from pages.shared import chart, choice, components, down, kept, scope_picker, together
from pages.shared.chart import Way
from pages.shared.components import Share, Tile
from pages.shared.tables import As, Column, Table

BODY, OTHER, SERVICE, MEASURE, LEAST, LEAGUE = "body", "with", "service", "measure", "least", "league"
FIRST = 3
SIDE = 40
THRESHOLDS = ("0", "1000", "10000", "50000", "100000", "500000", "1000000", "5000000", "10000000")
USUAL_LEAST = "100000"


def show() -> None:
    """From one body's partners to a pair, all bodies, the network, and who pays for what."""
    scope = together.begin()
    with components.loading("Comparing every body’s money with every other’s"):
        pairs = kept.overlaps(scope)
    bodies = {one for pair in pairs for one in (pair.first, pair.second)}
    if not bodies:
        _nothing(scope)
        return
    body = _body(scope, bodies)
    overlaps = telling.overlaps_of(body, pairs)
    _headline(body, overlaps)
    together.said_of_scope()
    _partners(scope, body, overlaps)
    _pair(scope, body, overlaps)
    _matrix(scope, pairs)
    _network(scope)
    _league(scope)
    _shares(scope)


def _nothing(scope: Scope) -> None:
    st.title("Overlap")
    together.said_of_scope()
    spent = [part for part in kept.by(scope, Dimension.ORGANISATION) if part.amount]
    if not spent and kept.spend(scope):
        components.empty(
            "Every line in this choice comes to nothing, so no two bodies can overlap.",
            "Check the amounts that were sent, or widen the choice above.",
        )
    elif not spent:
        components.empty(
            "No line of any budget is in this choice.", "Widen it above, or go back to the whole place."
        )
    elif len(spent) == 1:
        components.empty(
            f"Only {spent[0].name} has money in this choice, and it takes two to overlap.",
            "Widen the choice of bodies above, or upload another body’s budget.",
        )
    else:
        components.empty(
            f"{opened(counted(len(spent), 'body', 'bodies'))} are in this choice, and no two spend on the same service.",
            "Check the mapping of their lines, or widen the choice above.",
        )


def _body(scope: Scope, bodies: set[str]) -> str:
    """Whose overlaps are shown: the link's choice, else the council, else whoever spends most."""
    known: dict[str, Organisation] = {one.id: one for one in kept.place().organisations}
    spent = [part.key for part in kept.by(scope, Dimension.ORGANISATION) if part.key in bodies]
    order = [*spent, *sorted(bodies - set(spent))]
    councils = [one for one in order if one in known and known[one].type is OrganisationType.COUNCIL]
    usual = (councils or order)[0]
    asked = st.query_params.get(BODY, "")
    if asked and asked not in order:
        components.info(
            "The body that this link names has nothing in common with another here. Another is shown."
        )
    names = kept.names_of(Dimension.ORGANISATION)
    with st.container(horizontal=True, key="controls_overlap"):
        return choice.one(
            "Whose overlaps", order, BODY, usual, lambda key: names.get(key, key),
            help="Overlap counts the money that two bodies spend on the same services.",
        )  # fmt: skip


def _headline(body: str, overlaps: tuple[Overlap, ...]) -> None:
    names, services = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.SERVICE)
    first = [
        f"{names.get(one.other, one.other)} ({pounds(one.common)}, most on "
        f"{in_sentence(services.get(one.services[0].service, one.services[0].service))})"
        for one in overlaps[:FIRST]
    ]
    others = counted(len(overlaps), "other body", "other bodies")
    components.headline(
        f"{names.get(body, body)} spends on the same things as {others}",
        standfirst=f"It overlaps most with {listed(first)}. Common pounds are what two bodies both spend on one "
        "service: a place to look, not money to be had.",
    )


def _partners(scope: Scope, body: str, overlaps: tuple[Overlap, ...]) -> None:
    names, services = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.SERVICE)
    columns = (
        Column("With"), Column("Common", As.MONEY), Column("Overlap", As.SHARE),
        Column("Likeness of mix", As.SHARE), Column("Services in common", As.COUNT), Column("Most on"),
    )  # fmt: skip
    rows = tuple(
        (
            names.get(one.other, one.other), one.common, one.overlap, one.cosine, len(one.services),
            services.get(one.services[0].service, one.services[0].service),
        )
        for one in overlaps
    )  # fmt: skip
    ways = [
        Way(
            f"{together.short(body)} and {together.short(one.other)}: "
            f"{in_sentence(services.get(one.services[0].service, one.services[0].service))}",
            ((Dimension.SERVICE, one.services[0].service),),
            (body, one.other),
        )
        for one in overlaps
    ]
    chart.draw(
        figures.partners(overlaps, names, services, kept.colours(), pounds),
        key="partners",
        finding=meeting.of_partners(body, overlaps, kept.short_names()),
        shows=("partners", body),
        scope=scope,
        table=Table(f"What {names.get(body, body)} has in common with others", columns, rows),
        ways=ways,
        level=2,
    )
    together.measure("common", "overlap")


def _pair(scope: Scope, body: str, overlaps: tuple[Overlap, ...]) -> None:
    names, services = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.SERVICE)
    by_other = {one.other: one for one in overlaps}
    everyone = [part.key for part in kept.by(scope, Dimension.ORGANISATION) if part.key != body]
    others = [*by_other, *(one for one in everyone if one not in by_other)]
    components.question("What do these two have in common?")
    with st.container(horizontal=True, key="controls_pair"):
        other = choice.one(
            f"{together.short(body)} beside", others, OTHER, others[0], lambda key: names.get(key, key)
        )
        one = by_other.get(other)
        service = ""
        if one:
            keys = [common.service for common in one.services]
            service = choice.one(
                "Lines side by side on", keys, SERVICE, keys[0], lambda key: services.get(key, key)
            )
    if one is None:
        components.empty(
            f"{names.get(body, body)} and {names.get(other, other)} spend on no service in common.",
            "They may still meet for the same people: look under Opportunities.",
        )
        st.page_link(
            "pages/opportunities/page.py", label=f"What {together.short(other)} could join up for the same people",
            icon=":material/arrow_forward:",
            query_params=dict(to_query(scope_picker.chosen())) | {"partner": other, "all": "yes"},
        )  # fmt: skip
        return
    columns = (
        Column("Service"), Column(names.get(body, body), As.MONEY), Column(names.get(other, other), As.MONEY),
        Column("In common", As.MONEY),
    )  # fmt: skip
    rows = (
        *((services.get(c.service, c.service), c.first, c.second, c.common) for c in one.services),
        ("Total", sum((c.first for c in one.services), NOTHING), sum((c.second for c in one.services), NOTHING), one.common),
    )  # fmt: skip
    chart.draw(
        figures.pair(one.services, services, _tones(body, other), pounds),
        key="pair",
        finding=meeting.of_pair(body, one, kept.short_names()),
        shows=("pair", f"{body}/{other}"),
        scope=scope,
        table=Table(
            f"{names.get(body, body)} beside {names.get(other, other)}", columns, rows, has_total=True
        ),
        ways=[
            Way(services.get(c.service, c.service), ((Dimension.SERVICE, c.service),), (body, other))
            for c in one.services
        ],
        notes=(
            f"{together.short(body)} to the left, {together.short(other)} to the right; full colour is in common",
        ),
        alt=f"Bars of {names.get(body, body)} to the left and {names.get(other, other)} to the right, by service",
    )
    _sides(scope, service, (body, other))


def _tones(body: str, other: str) -> tuple[str, str]:
    """The two bodies' colours; where they are alike the second gives way."""
    known = kept.colours()
    first, second = known.get(body, "#12436D"), known.get(other, "#F46A25")
    return first, second if second != first else "#F46A25"


def _sides(scope: Scope, service: str, bodies: tuple[str, str]) -> None:
    names, services = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.SERVICE)
    sides = []
    for body in bodies:
        chosen = ((Dimension.ORGANISATION, body), (Dimension.SERVICE, service))
        found = kept.lines(scope, chosen, limit=SIDE)
        sides.append(
            together.side(
                names.get(body, body),
                pounds(found.city_amount),
                found.lines,
                found.how_many,
                "No line is shown.",
            )
        )
    components.say((components.strong(services.get(service, service)), ", line by line, each with its cell"))
    components.sides(sides)
    st.page_link(
        "pages/lines/page.py", label="Open these lines, down to the cell", icon=":material/arrow_forward:",
        query_params=down.query(
            scope_picker.chosen().switched(organisations=bodies), ((Dimension.SERVICE, service),)
        ),
    )  # fmt: skip


def _matrix(scope: Scope, pairs: tuple[Pair, ...]) -> None:
    components.question("Every body beside every other")
    with st.container(horizontal=True, key="controls_matrix"):
        chosen = choice.one("Measure", meeting.MEASURES, MEASURE, "common", lambda key: meeting.CALLED[key])
    matrix = kept.matrix(scope, chosen)
    found = figures.heat_of(matrix)
    between = chosen in alignment.BETWEEN_BODIES
    names, services = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.SERVICE)
    ways, places = _matrix_ways(found, pairs, between=between)
    rows = tuple(
        (names.get(row, row) if between else services.get(row, row), *(found.values.get((row, column)) for column in found.columns))
        for row in found.rows
    )  # fmt: skip
    written = (
        As.MONEY if chosen in ("common", "amount") else As.SHARE if chosen != "location_quotient" else As.TEXT
    )
    columns = (
        Column("Body" if between else "Service"), *(Column(together.short(column), written) for column in found.columns),
    )  # fmt: skip
    note = f"{counted(found.left_out, 'more has', 'more have')} no room here" if found.left_out else ""
    chart.draw(
        figures.heat(
            found,
            kept.short_names() if between else services,
            kept.short_names(),
            partial(meeting.said_as, chosen),
            places,
        ),
        key=f"matrix_{chosen}",
        finding=meeting.of_matrix(chosen, pairs, found, kept.short_names(), services),
        shows=("matrix", chosen),
        scope=scope,
        table=Table(meeting.CALLED[chosen], columns, rows),
        ways=ways,
        notes=tuple(one for one in (note,) if one),
        level=3,
    )
    if chosen in BY_ID:
        together.measure(chosen)


def _matrix_ways(
    found: figures.Heat, pairs: tuple[Pair, ...], *, between: bool
) -> tuple[list[Way], dict[tuple[str, str], int]]:
    """The way down of each cell: a pair's lines on what they share most, or a body's lines on a service."""
    ways: list[Way] = []
    places: dict[tuple[str, str], int] = {}
    services = kept.names_of(Dimension.SERVICE)
    if between:
        for pair in pairs:
            if pair.first in found.rows and pair.second in found.rows:
                top = pair.services[0].service
                places[pair.first, pair.second] = places[pair.second, pair.first] = len(ways)
                name = f"{together.short(pair.first)} and {together.short(pair.second)}: {services.get(top, top)}"
                ways.append(Way(name, ((Dimension.SERVICE, top),), (pair.first, pair.second)))
        return ways, places
    for service, body in found.values:
        if service in found.rows and body in found.columns:
            places[service, body] = len(ways)
            name = f"{together.short(body)}: {services.get(service, service)}"
            ways.append(Way(name, ((Dimension.ORGANISATION, body), (Dimension.SERVICE, service))))
    return ways, places


def _network(scope: Scope) -> None:
    aligned = kept.aligned(scope, By.SERVICE)
    components.question("Who meets whom, on which services")
    with st.container(horizontal=True, key="controls_network"):
        least = choice.one(
            "Only where each spends at least", THRESHOLDS, LEAST, USUAL_LEAST,
            lambda key: "any amount" if key == "0" else pounds(Decimal(key)),
        )  # fmt: skip
    found = figures.network_of(aligned, Decimal(least))
    if not found.links:
        components.empty(
            f"No two bodies each spend {pounds(Decimal(least))} or more on the same service.",
            "Lower the threshold.",
        )
        return
    names, services = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.SERVICE)
    ways = [
        *(Way(names.get(one, one), ((Dimension.ORGANISATION, one),)) for one in found.bodies),
        *(Way(services.get(one, one), ((Dimension.SERVICE, one),)) for one in found.services),
    ]
    places = {key: number for number, key in enumerate((*found.bodies, *found.services))}
    columns = (Column("Body"), Column("Service"), Column("Amount", As.MONEY))
    rows = tuple(
        (names.get(link.body, link.body), services.get(link.service, link.service), link.amount)
        for link in found.links
    )
    more = (
        f"{counted(found.left_out, 'more service is', 'more services are')} over the threshold"
        if found.left_out
        else ""
    )
    chart.draw(
        figures.network(found, kept.short_names(), services, kept.colours(), pounds, places),
        key="network",
        finding=meeting.of_network(found, kept.short_names()),
        shows=("network", least),
        scope=scope,
        table=Table("Bodies that meet on the same services", columns, rows),
        ways=ways,
        notes=tuple(one for one in ("a thicker line is more money", more) if one),
    )


def _league(scope: Scope) -> None:
    components.question("Who pays for the same things")
    by = choice.segment(
        "By",
        ("service", "theme"),
        LEAGUE,
        "service",
        lambda key: {"service": "Services", "theme": "Boards"}[key],
    )
    aligned = kept.aligned(scope, By(by))
    if by == "service":
        aligned = tuple(one for one in aligned if len(one.funders) > 1)
    if not aligned:
        components.empty("No service has more than one funder here.", "Widen the choice above.")
        return
    dimension = Dimension.SERVICE if by == "service" else Dimension.THEME
    named, bodies = kept.names_of(dimension), kept.names_of(Dimension.ORGANISATION)
    columns = (
        Column("Service" if by == "service" else "Board"), Column("Total", As.MONEY),
        Column("Beside the largest funder", As.MONEY), Column("Funders", As.COUNT),
        Column("Effective funders"), Column("Fragmentation"), Column("Largest funder"), Column("Income above spending"),
    )  # fmt: skip
    rows = tuple(_league_row(one, named, bodies) for one in aligned)
    first = aligned[0]
    who = bodies.get(first.funders[0][0], first.funders[0][0]) if first.funders else ""
    chart.draw(
        figures.league(aligned, named, kept.short_names(), kept.colours(), pounds),
        key=f"league_{by}",
        finding=meeting.of_league(first, named),
        shows=("league", by),
        scope=scope,
        table=Table("Funders of each service" if by == "service" else "Funders of each board", columns, rows),
        ways=[
            Way(named.get(one.key, one.key), ((dimension, one.key),))
            for one in aligned[: figures.MOST_IN_LEAGUE]
        ],
        notes=(
            "those with most money beside the largest funder first",
            f"largest funder of the first: {who}",
        ),
    )
    together.measure("effective_funders", "fragmentation")


def _league_row(one: Alignment, named: dict[str, str], bodies: dict[str, str]) -> tuple[object, ...]:
    below = ", ".join(f"{bodies.get(body, body)} {pounds(-amount)}" for body, amount in one.negative)
    return (
        named.get(one.key, one.key), one.total, one.shared, len(one.funders),
        "" if one.effective_funders is None else f"{one.effective_funders:.2f}",
        "" if one.fragmentation is None else f"{one.fragmentation:.2f}",
        bodies.get(one.funders[0][0], one.funders[0][0]) if one.funders else "", below,
    )  # fmt: skip


def _shares(scope: Scope) -> None:
    spend, place = kept.spend(scope), kept.place()
    in_force = {one.name for one in existing(kept.pools(), kept.today())}
    pooled = sum((pool.total for pool in kept.pools() if pool.name in in_force), NOTHING)
    linked = alignment.target_linked(spend, place.target_services)
    steered = alignment.steered(spend, pooled=pooled)
    early = alignment.prevention(spend)
    tiles = []
    for key, part in (("steered", steered), ("target_linked", linked), ("prevention", early)):
        known = BY_ID[key]
        share = percent(part.part, part.whole)
        below = f"{pounds(part.part)} of {pounds(part.whole)}. {known.trap}"
        tiles.append(Tile(known.name, share, below, Share(part.part, part.whole)))
    components.section(
        "How much is steered, linked and early",
        chart.caption(scope, chart.shown_as(scope), kept.relied_on(scope)),
    )
    components.tiles(tiles, "three")


show()
