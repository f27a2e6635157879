"""The bar beneath every screen, and where each room is: next, back, dots, blank; all windows in step."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from budget_model.scope import digits
from pages.pools import link
from pages.shared import choice
from pages.shared.components import stage as before_room
from pages.shared.told import SCREEN

PANEL = "panel"
PANELS = {"what-if": "What if", "decide": "Decide", "hands": "Vote"}
DRAWN = "away_drawn"


class Mover(StrEnum):
    """Which window moved the room on."""

    SCREEN = "screen"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Room:
    """Where a room is in a story. Kept by this process alone: after a restart the link of the screen says it."""

    moved_at: int
    """Milliseconds; a later move wins."""
    screen: int
    moved_by: Mover


@st.cache_resource(show_spinner=False)
def _rooms() -> dict[str, Room]:
    return {}


def where(room: str) -> Room | None:
    """Where a room is; None where nobody shows anything."""
    return _rooms().get(room)


def move(room: str, screen: int, by: Mover) -> None:
    """Move a room to a screen."""
    _rooms()[room] = Room(time.time_ns() // 1_000_000, screen, by)


def at(of: int) -> int:
    """The screen that the link names, within the story."""
    return min(max(digits(st.query_params.get(SCREEN, ""), 4) or 1, 1), of)


def panel() -> str:
    """The panel that the link opens; empty for none."""
    asked = st.query_params.get(PANEL, "")
    return asked if asked in PANELS else ""


@st.fragment(run_every=1.0)
def bar(room: str, of: int, what_ifs: tuple[int, ...]) -> None:
    """The bar itself; it listens to what the notes window asks for, and says where the screen is."""
    now = at(of)
    known = where(room)
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
    if known is None or (known.screen != now and (known.moved_by is Mover.SCREEN or moved)):
        move(room, now, Mover.SCREEN)
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
