"""Which bodies spend on the same things as which others, on what, and how much of their money is that?"""

from decimal import Decimal

import streamlit as st

from budget_model.count.saying import counted, opened
from budget_model.exhibits.overlap import usual_body
from budget_model.money import pounds
from budget_model.scope import Scope, to_query
from budget_model.together import meeting, telling
from budget_model.together.measures import BY_ID
from budget_model.together.telling import Overlap
from budget_model.vocabulary import Dimension
from pages.shared import chart, choice, components, down, empty_states, kept, scope_picker, together
from pages.shared.components import Share, Tile, as_typed
from pages.shared.drawn import Room

BODY, OTHER, SERVICE, MEASURE, LEAST, LEAGUE, SHOW = (
    "body",
    "with",
    "service",
    "measure",
    "least",
    "league",
    "show",
)
VIEWS = {
    "partners": "With whom",
    "pair": "Two bodies side by side",
    "matrix": "Every body beside every other",
    "network": "On which services",
    "league": "Who pays for the same things",
}
VIEW_OF = {OTHER: "pair", SERVICE: "pair", MEASURE: "matrix", LEAST: "network", LEAGUE: "league"}
# Which view a choice in the link belongs to.
FIRST = 3
SIDE = 40
THRESHOLDS = ("0", "1000", "10000", "50000", "100000", "500000", "1000000", "5000000", "10000000")
USUAL_LEAST = "100000"
MOST, MOST_IN_LEAGUE, MOST_MEETING = 8, 12, 16


def show() -> None:
    """From one body's partners to a pair, all bodies, the network, and who pays for what."""
    scope = together.begin()
    with components.loading("Comparing every body’s money with every other’s"):
        pairs = kept.answers(scope).pairs()
    bodies = {one for pair in pairs for one in (pair.first, pair.second)}
    if not bodies:
        _nothing(scope)
        return
    said = st.container()
    with st.container(horizontal=True, key="controls_overlap"):
        body = _body(scope, bodies)
        view = choice.segment("Show", tuple(VIEWS), SHOW, _usual_view(), VIEWS.__getitem__)
    overlaps = telling.overlaps_of(body, pairs)
    with said:
        _headline(scope, body, overlaps, whole=view != "partners")
        together.said_of_scope()
    if view != "partners" and SHOW not in st.query_params:
        choice.write(
            SHOW, view
        )  # a link to one of a view's own choices stays there when that choice is taken back
    if view == "partners":
        _partners(scope, body)
        _shares(scope)
    elif view == "pair":
        _pair(scope, body, overlaps)
    elif view == "matrix":
        _matrix(scope)
    elif view == "network":
        _network(scope)
    else:
        _league(scope)


def _usual_view() -> str:
    """What is shown where the link names no view: what its own choices are about."""
    return next((view for key, view in VIEW_OF.items() if key in st.query_params), "partners")


def _nothing(scope: Scope) -> None:
    st.title("Overlap")
    together.said_of_scope()
    spent = [part for part in kept.by(scope, Dimension.ORGANISATION) if part.amount]
    if not spent and kept.spend(scope):
        components.empty(
            "Every line in this choice comes to zero, so no two bodies can overlap.",
            "Check the amounts that were sent, or widen the choice above.",
        )
    elif not spent:
        empty_states.no_line_chosen()
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
    answers = kept.answers(scope)
    spent = [part.key for part in answers.by(Dimension.ORGANISATION) if part.key in bodies]
    order = [*spent, *sorted(bodies - set(spent))]
    asked = st.query_params.get(BODY, "")
    if asked and asked not in order:
        components.info(
            "The body that this link names pays for nothing here that another body pays for. Another is shown."
        )
    names = kept.names_of(Dimension.ORGANISATION)
    return choice.one(
        "Whose overlaps",
        order,
        BODY,
        usual_body(answers) or order[0],
        lambda key: names.get(key, key),
        help="Overlap counts the money that two bodies spend on the same services.",
        quiet=True,
    )


def _headline(scope: Scope, body: str, overlaps: tuple[Overlap, ...], *, whole: bool) -> None:
    """Whose overlaps they are, and with whom most; who cannot be compared, unless the picture beneath says so itself."""
    names, services = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.SERVICE)
    others = counted(len(overlaps), "other body", "other bodies")
    sums = kept.answers(scope).not_compared() if whole else ()
    components.headline(
        f"{names.get(body, body)} spends on the same things as {others}",
        standfirst=meeting.standfirst_of(body, overlaps, sums, names, services),
    )


def _partners(scope: Scope, body: str) -> None:
    chart.show(scope, "partners", body, room=Room(most=MOST), level=2)
    together.measure("common", "overlap")


def _pair(scope: Scope, body: str, overlaps: tuple[Overlap, ...]) -> None:
    names, services = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.SERVICE)
    by_other = {overlap.other: overlap for overlap in overlaps}
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
            meeting.nothing_in_common((body, other), kept.answers(scope).not_compared(), names),
            "They may still meet for the same people: look under Opportunities.",
        )
        st.page_link(
            "pages/opportunities/page.py",
            label=as_typed(f"What {together.short(other)} could join up for the same people"),
            icon=":material/arrow_forward:",
            query_params=dict(to_query(scope_picker.chosen())) | {"partner": other, "all": "yes"},
        )
        return
    chart.show(scope, "pair", f"{body}/{other}", room=Room(most=MOST))
    _sides(scope, service, (body, other))


def _sides(scope: Scope, service: str, bodies: tuple[str, str]) -> None:
    names, services = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.SERVICE)
    sides = []
    for body in bodies:
        chosen = ((Dimension.ORGANISATION, body), (Dimension.SERVICE, service))
        lines_found = kept.lines(scope, chosen, limit=SIDE)
        sides.append(
            together.side(
                names.get(body, body),
                pounds(lines_found.city_amount),
                lines_found.lines,
                lines_found.how_many,
                "No line is shown.",
            )
        )
    components.say((components.strong(services.get(service, service)), ", line by line, each with its cell"))
    components.sides(sides)
    st.page_link(
        "pages/lines/page.py",
        label="Open these lines, down to the cell",
        icon=":material/arrow_forward:",
        query_params=down.query(
            scope_picker.chosen().switched(organisations=bodies), ((Dimension.SERVICE, service),)
        ),
    )


def _matrix(scope: Scope) -> None:
    components.question("Every body beside every other")
    with st.container(horizontal=True, key="controls_matrix"):
        chosen = choice.one("Measure", meeting.MEASURES, MEASURE, "common", lambda key: meeting.CALLED[key])
    chart.show(scope, "matrix", chosen, key=f"matrix_{chosen}")
    if chosen in BY_ID:
        together.measure(chosen)


def _network(scope: Scope) -> None:
    components.question("Who meets whom, on which services")
    with st.container(horizontal=True, key="controls_network"):
        least = choice.one(
            "Only where each spends at least",
            THRESHOLDS,
            LEAST,
            USUAL_LEAST,
            lambda key: "any amount" if key == "0" else pounds(Decimal(key)),
        )
    chart.show(scope, "network", least, room=Room(most=MOST_MEETING, height=560))


def _league(scope: Scope) -> None:
    components.question("Who pays for the same things")
    by = choice.segment(
        "By",
        ("service", "theme"),
        LEAGUE,
        "service",
        lambda key: {"service": "Services", "theme": "Boards"}[key],
    )
    chart.show(scope, "league", by, key=f"league_{by}", room=Room(most=MOST_IN_LEAGUE))
    together.measure("effective_funders", "fragmentation")


def _shares(scope: Scope) -> None:
    answers = kept.answers(scope)
    measured = {
        "planned_together": answers.planned_together(),
        "target_linked": answers.linked_to_targets(),
        "prevention": answers.early(),
    }
    tiles = []
    for key, part in measured.items():
        known = BY_ID[key]
        below = f"{telling.part_in_words(part)} {known.caution}"
        bar = None if part.nothing_known else Share(part.part, part.whole)
        tiles.append(Tile(known.name, telling.share_in_words(part), below, bar))
    components.section(
        "How much is planned together, tied to a target, and spent early",
        chart.caption(scope),
    )
    components.tiles(tiles, "three")
    st.page_link(
        "pages/prevention/page.py",
        label="How early the money acts, line by line",
        icon=":material/arrow_forward:",
        query_params=to_query(scope),
    )


show()
