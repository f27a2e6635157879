"""The bar beneath every screen, and where each room is: next, back, dots, blank; all windows in step."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import streamlit as st

from pages.pools import choosing
from pages.shared import choice
from pages.shared.told import SCREEN

HERE = Path(__file__).parent
CSS = (HERE / "away.css").read_text(encoding="utf-8")
SCRIPT = (HERE / "stage.js").read_text(encoding="utf-8")
PANEL = "panel"
PANELS = {"what-if": "What if", "decide": "Decide", "hands": "Count hands"}
DRAWN = "away_drawn"
BAR = f"""<div class="away-bar" role="toolbar" aria-label="Story">
<button type="button" data-step="-1" aria-label="Back">‹ Back</button>
{"".join(f'<button type="button" data-panel="{key}">{name}</button>' for key, name in PANELS.items())}
<span class="away-dots"></span><span class="away-lost" role="status" hidden>Waiting for the connection</span>
<span class="away-count" aria-live="polite"></span>
<a data-notes target="_blank" rel="opener" href="#">Notes</a>
<button type="button" data-do="blank" title="Key b">Blank</button>
<button type="button" data-do="full" title="Key f">Full screen</button>
<a href="away-day" target="_self">End</a>
<button type="button" data-step="1" aria-label="Next">Next ›</button></div>
<div class="away-zone back" data-step="-1"></div><div class="away-zone next" data-step="1"></div>
<div class="away-blank" data-do="blank"></div>"""


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
    text = st.query_params.get(SCREEN, "1")
    return min(max(int(text), 1), of) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def panel() -> str:
    """The panel that the link opens; empty for none."""
    asked = st.query_params.get(PANEL, "")
    return asked if asked in PANELS else ""


SCREENS = """export default function ({ data, parentElement }) {
  const stage = parentElement.querySelector(".away-stage");
  if (stage.dataset.held !== data.held) { stage.innerHTML = data.screens; stage.dataset.held = data.held; }
}"""


def screens(held: str, drawn: str) -> None:
    """Every screen at once; the browser shows one. Drawings would be taken out of ordinary HTML."""
    component = st.components.v2.component(
        "away_screens", html='<div class="away-stage"></div>', js=SCREENS, isolate_styles=False
    )
    component(key="away_screens", data={"held": held, "screens": drawn})


@st.fragment(run_every=1.0)
def bar(room: str, of: int, what_ifs: tuple[int, ...]) -> None:
    """The bar itself; it listens to what the notes window asks for, and says where the screen is."""
    now = at(of)
    known = where(room)
    component = st.components.v2.component("away_stage", html=BAR, js=SCRIPT, isolate_styles=False)
    asked = known if known and known.moved_by is Mover.NOTES else None
    moved = component(
        key="away_stage",
        data={
            "story": room, "at": now, "of": of, "panel": panel(), "panels": list(what_ifs),
            "asked": asked.moved_at if asked else 0, "asked_screen": asked.screen if asked else now,
        },
        on_moved_change=lambda: None,
    )  # fmt: skip
    if moved.moved:
        now = _follow(moved.moved, of)
    if known is None or (known.screen != now and (known.moved_by is Mover.SCREEN or moved.moved)):
        move(room, now, Mover.SCREEN)
    drawn = (now if panel() else 0, panel())
    if drawn != st.session_state.get(DRAWN):
        st.rerun()


def _follow(said: Mapping[str, object], of: int) -> int:
    """Put what the browser did into the link; gives the screen that it is at."""
    screen, asked = str(said.get("screen", "")), str(said.get("panel", ""))
    if screen != st.query_params.get(SCREEN, "1") and choosing.LINK in st.query_params:
        del st.query_params[choosing.LINK]
    st.query_params[SCREEN] = screen
    choice.write(PANEL, asked if asked in PANELS else "")
    return at(of)
