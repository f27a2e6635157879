"""The bar beneath every screen, and where each room is: next, back, dots, blank; all windows in step."""

from collections.abc import Mapping

import streamlit as st

from budget_model.rooms import ROOMS, Mover, Room
from budget_model.scope import digits
from pages.pools import link
from pages.shared import asking, choice
from pages.shared.components import stage as before_room
from pages.shared.told import SCREEN

PANEL = "panel"
PANELS = {"what-if": "What if", "decide": "Decide", "hands": "Vote"}
DRAWN = "away_drawn"


def at(of: int) -> int:
    """The screen that the link names, within the story."""
    return min(max(digits(st.query_params.get(SCREEN, ""), 4) or 1, 1), of)


def panel() -> str:
    """The panel that the link opens; empty for none."""
    asked = st.query_params.get(PANEL, "")
    return asked if asked in PANELS else ""


def _is_to_be_told(known: Room | None, screen: int, *, moved: bool) -> bool:
    """Whether the room does not know where the screen is; what the notes window asks for stands until it is done."""
    return known is None or (known.screen != screen and (moved or known.moved_by is Mover.SCREEN))


@st.fragment(run_every=1.0)
def bar(room: str, of: int, what_ifs: tuple[int, ...]) -> None:
    """The bar itself; it listens to what the notes window asks for, and says where the screen is."""
    asking.keep_session()
    now = at(of)
    known = ROOMS.where(room)
    asked = known if known and known.moved_by is Mover.NOTES else None
    moved = before_room.bar(
        PANELS,
        {
            "story": room,
            "at": now,
            "of": of,
            "panel": panel(),
            "panels": list(what_ifs),
            "asked": asked.moved_at if asked else 0,
            "asked_screen": asked.screen if asked else now,
        },
    )
    if moved:
        now = _follow(moved, of)
    if _is_to_be_told(known, now, moved=bool(moved)):
        ROOMS.move(room, now, Mover.SCREEN)
    drawn = (now if panel() else 0, panel())
    if drawn != st.session_state.get(DRAWN):
        st.rerun()


def _follow(said: Mapping[str, object], of: int) -> int:
    """Put what the browser did into the link; gives the screen that it is at."""
    screen, asked = str(said.get("screen", "")), str(said.get("panel", ""))
    if screen != st.query_params.get(SCREEN, "1") and link.LINK in st.query_params:
        del st.query_params[link.LINK]
    st.query_params[SCREEN] = screen
    choice.write(PANEL, asked if asked in PANELS else "")
    return at(of)
