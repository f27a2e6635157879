"""Who pays for one board's business, through which services, and what works towards a cross-cutting theme?"""

import streamlit as st

from budget_model.count import parts_said
from budget_model.count.restate import Restating
from budget_model.count.results import PartOfTotal, Total
from budget_model.count.saying import counted
from budget_model.count.tags import Tagged
from budget_model.exhibits.colours import PEOPLE_COLOUR
from budget_model.money import percent, pounds
from budget_model.place.model import Theme, ThemeKind
from budget_model.scope import Scope
from budget_model.vocabulary import PAID_TO_PEOPLE, PAID_TO_PEOPLE_NAME, Dimension
from pages.shared import asking, chart, choice, components, down, empty_states, kept, scope_picker, subject
from pages.shared.components import Range, Share, Tile, as_typed
from pages.shared.drawn import Room

BOARD = "board"
# The group beside the boards, shown as they are.
BESIDE = Theme(
    id=PAID_TO_PEOPLE,
    name=PAID_TO_PEOPLE_NAME,
    short_name=PAID_TO_PEOPLE_NAME,
    kind=ThemeKind.DELIVERY_BOARD,
    colour=PEOPLE_COLOUR,
    description="Money paid straight to people is no board’s spending: it stands beside the boards, in the total.",
    source="",
)


def show() -> None:
    """All boards and themes, or one of them whole where the link names it."""
    scope = scope_picker.chosen()
    themes = {theme.id: theme for theme in (*kept.place().themes, BESIDE)}
    asked = choice.asked(BOARD, tuple(themes), "")
    if not asked:
        st.title("Themes and boards")
    with st.container(horizontal=True, key="controls_themes"):
        choice.one(
            "Board or theme",
            ("", *themes),
            BOARD,
            "",
            lambda key: (
                f"{themes[key].name}{' (cross-cutting)' if _cuts(themes[key]) else ''}"
                if key
                else "All boards and themes"
            ),
        )
    if not kept.total(scope).lines:
        empty_states.no_line_chosen()
    elif not asked:
        _all(scope)
    elif _cuts(themes[asked]):
        subject.name(themes[asked].name, "Themes and boards")
        _cutting(scope, kept.answers(scope).tag(asked))
        _desk(scope, themes[asked])
    else:
        subject.name(themes[asked].name, "Themes and boards")
        _board(scope, themes[asked])
        _desk(scope, themes[asked])


def _cuts(theme: Theme) -> bool:
    return theme.kind is ThemeKind.CROSS_CUTTING


def _all(scope: Scope) -> None:
    chart.show(scope, "what", key="boards", level=2)
    chart.show(scope, "tags", level=2, quiet=True)


def _board(scope: Scope, board: Theme) -> None:
    alone = scope.switched(themes=(board.id,))
    shown, total, whole = chart.shown_as(scope), kept.total(alone), kept.total(scope.switched(themes=()))
    if not total.lines:
        components.headline(f"Nothing that is included is for {board.name}")
        components.empty("No line of this choice belongs to the board.", "Widen the choice above.")
        return
    bodies = kept.by(alone, Dimension.ORGANISATION)
    components.headline(
        parts_said.headline_of_board(
            board.name, bodies, total.total, shown, kept.answers(scope).least_payer()
        ),
        eyebrow="Beside the delivery boards" if board is BESIDE else "Delivery board",
        standfirst=board.description,
    )
    components.tiles(_tiles(total, whole, bodies[0], shown), "four")
    if scope.per_head:
        served = kept.by(alone, Dimension.CLIENT_GROUP)
        components.bullets(parts_said.per_person_served(served, kept.place(), scope.year))
    left, right = st.columns(2, gap="large")
    with left:
        chart.show(alone, "theme", board.id, key=f"payers_{board.id}", level=2)
    with right:
        chart.show(alone, "theme-services", board.id, key=f"services_{board.id}", level=2)
    chart.show(alone, "shared", key=f"joint_{board.id}", level=2, quiet=True)
    chart.show(scope, "neighbours-board", board.id, key=f"neighbours_{board.id}", level=2, quiet=True)
    st.page_link(
        "pages/lines/page.py",
        label=as_typed(f"Open the lines of {board.name}"),
        icon=":material/arrow_forward:",
        query_params=down.query(scope.switched(themes=()), ((Dimension.THEME, board.id),)),
    )
    st.page_link(
        "pages/external_funding/page.py",
        label=as_typed(f"What {board.name} holds from outside, what ends when, and its bids"),
        icon=":material/arrow_forward:",
        query_params=down.query(scope, board=board.id),
    )


def _tiles(total: Total, whole: Total, first: PartOfTotal, shown: Restating) -> list[Tile]:
    """A board's money, its part of the place's, its largest payer, and how much is bodies' own figures."""
    return [
        Tile(
            "Included",
            pounds(shown.of(total.total)),
            f"between {pounds(shown.of(total.low))} and {pounds(shown.of(total.high))}",
            Range(total.low, total.total, total.high),
        ),
        Tile(
            "Of the place’s total",
            percent(total.total, whole.total),
            f"of {pounds(shown.of(whole.total))}",
            Share(total.total, whole.total),
        ),
        Tile(
            "Largest payer", percent(first.amount, total.total), first.name, Share(first.amount, total.total)
        ),
        Tile(
            "From bodies’ own figures",
            percent(total.own, total.total),
            counted(total.lines, "line", "lines"),
            Share(total.own, total.total),
        ),
    ]


def _desk(scope: Scope, theme: Theme) -> None:
    """The way to what the board or the advocate has to decide, for whoever may open it."""
    if theme is BESIDE or not asking.asker().may_open("desks"):
        return
    st.page_link(
        "pages/desks/page.py",
        label=as_typed(f"Open the desk of {theme.name}: what is to be decided"),
        icon=":material/arrow_forward:",
        query_params=down.query(scope.switched(themes=()), (), board=theme.id),
    )


def _cutting(scope: Scope, tag: Tagged) -> None:
    services = counted(len(tag.services), "service", "services").capitalize()
    verb = "contributes" if len(tag.services) == 1 else "contribute"
    components.headline(
        f"{services} {verb} to {tag.theme.name}",
        eyebrow="Cross-cutting theme: a tag without an amount",
        standfirst=tag.theme.description,
    )
    if not tag.services:
        components.empty(
            "No service with money in this choice contributes to this theme.", "Widen the choice above."
        )
        return
    chart.show(scope, "tag", tag.theme.id, key=f"tag_{tag.theme.id}", room=Room(most=16), level=2)


show()
