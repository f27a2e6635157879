"""Does the place spend more or less than others of its kind, on what, and by how many pounds?"""

import streamlit as st

from budget_model.count.neighbours import CLASS, OWN_LIST, peers_of
from budget_model.count.saying import counted
from budget_model.exhibits import catalogue, neighbours
from budget_model.exhibits.exhibit import Gone
from budget_model.exhibits.neighbours import Choice, Compared
from budget_model.money import pounds
from budget_model.place.england import Authority, england
from budget_model.scope import Scope
from pages.shared import chart, choice, components, down, kept, scope_picker
from pages.shared.components import Tile, as_typed
from pages.shared.drawn import Room

ROOM = Room(most=20)
EVERY_BODY = Room(most=60)


def show() -> None:
    """The page: whose spending, beside whom, the pounds to the median, and one service body by body."""
    scope = scope_picker.chosen()
    st.title("Neighbours")
    answers = kept.answers(scope)
    bodies = neighbours.bodies_of(answers)
    if not bodies:
        components.empty(
            neighbours.NOT_ENGLISH, "Give the place the code of an English council in place.toml."
        )
        return
    chosen = _choices(scope, bodies)
    comparison = neighbours.compare(answers, chosen)
    if isinstance(comparison, Gone):
        chart.say_gone(comparison)
        return
    _tiles(comparison)
    shown = catalogue.show(answers, "neighbours", str(chosen))
    if isinstance(shown, Gone):
        chart.say_gone(shown)
        return
    chart.draw(shown, "neighbours", room=ROOM, level=2)
    components.bullets([shown.why])
    _one_service(scope, chosen, comparison)
    st.page_link(
        "pages/reorganisation/page.py",
        label="What a merger or a split of these councils would move",
        icon=":material/arrow_forward:",
        query_params=down.query(scope),
    )


def _choices(scope: Scope, bodies: tuple[Authority, ...]) -> Choice:
    """Whose spending, beside whom, of which year, told how; kept in the link."""
    named = {body.ecode: body for body in bodies}
    returned = neighbours.years()
    with st.container(horizontal=True, key="controls_neighbours", vertical_alignment="bottom"):
        ecode = choice.one(
            "Whose spending", tuple(named), "body", bodies[0].ecode, lambda key: named[key].name
        )
        several = {peers.key: peers for peers in peers_of(named[ecode], england())}
        peers = choice.one(
            "Beside",
            (*several, OWN_LIST),
            "beside",
            CLASS,
            lambda key: _opened(several[key].name) if key in several else "A list of your own",
        )
        usual = scope.year if scope.year in returned else returned[0]
        year = choice.one("Year of the returns", returned, "return", usual)
        telling = "return"
        if year == neighbours.DETAILED and named[ecode].is_upper_tier:
            words = tuple(neighbours.TELLINGS)
            telling = choice.segment("Show as", words, "told", "return", neighbours.TELLINGS.__getitem__)
        per = "head"
        if named[ecode].is_upper_tier:
            per = choice.segment("Per", tuple(neighbours.PER), "per", "head", neighbours.PER.__getitem__)
    if peers == OWN_LIST:
        peers = _own_list(named[ecode])
    return Choice(ecode, peers, year, telling, per)


def _own_list(body: Authority) -> str:
    """The bodies that the user names, as a choice keeps them."""
    others = {
        authority.ecode: authority.name
        for authority in england().authorities
        if authority.kind is body.kind and authority != body
    }
    picked = choice.several("Bodies to set beside", tuple(others), "list", others.__getitem__)
    return f"{OWN_LIST}:{'+'.join(picked)}"


def _opened(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _tiles(comparison: Compared) -> None:
    """Where the body stands on everything, where one figure can say it."""
    whole = comparison.whole
    if whole is None:
        return
    components.tiles(
        [
            Tile(
                "Per resident",
                f"£{whole.own:,.0f}",
                f"{comparison.names[whole.key].lower()}, {comparison.year}",
            ),
            Tile("At the median", f"£{whole.median:,.0f}", f"of {len(whole.peers)} {comparison.peers.name}"),
            Tile("Rank", f"{whole.rank} of {whole.of}", str(whole.quarter)),
            Tile(
                "More than at the median" if whole.apart >= 0 else "Less than at the median",
                pounds(abs(whole.apart)),
                f"for {whole.residents:,.0f} residents, by the censuses of 2011 and 2021",
            ),
        ],
        "four",
    )


def _one_service(scope: Scope, chosen: Choice, comparison: Compared) -> None:
    """Every body on one service, the largest first, for whoever asks: the figure above says the pounds."""
    bodies = counted(len(comparison.peers.ecodes) + 1, "body", "bodies")
    asked = "service" in st.query_params
    with st.expander(
        as_typed(f"Body by body: all {bodies} on one service"), key="body_by_body", expanded=asked
    ):
        _body_by_body(scope, chosen, comparison)


def _body_by_body(scope: Scope, chosen: Choice, comparison: Compared) -> None:
    keys = tuple(standing.key for standing in comparison.found)
    usual = neighbours.largest_of(comparison, comparison.parts or comparison.found).key
    key = choice.one("Body by body", keys, "service", usual, lambda each: comparison.names.get(each, each))
    chart.show(
        scope,
        "neighbours-service",
        f"{chosen}{neighbours.APART}{key}",
        key=f"neighbours_{chosen.per}_{key}",
        room=EVERY_BODY,
        level=2,
    )


show()
