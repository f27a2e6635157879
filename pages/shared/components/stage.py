"""A story before a room: its screens, the bar beneath them, the presenter's notes, what a room decides and counts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup

from pages.shared.components.grids import Head
from pages.shared.components.render import HERE, draw, markup

SIZED = re.compile(r'(<svg [^>]*?) width="[^"]*" height="[^"]*"')
"""The size of a drawing in points: on a screen it takes the room that there is."""
SCRIPT = (HERE / "stage.js").read_text(encoding="utf-8")
SHOW_HELD = """export default function ({ data, parentElement }) {
  const stage = parentElement.querySelector(".away-stage");
  if (stage.dataset.held !== data.held) { stage.innerHTML = data.screens; stage.dataset.held = data.held; }
}"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure that the product drew itself, for one shape of screen; `alt` says what it shows."""

    shape: str
    svg: str
    alt: str

    @property
    def picture(self) -> Markup:
        """The drawing as it goes to the browser. Raises `ValueError` for what is no drawing of the product's."""
        if not self.svg.startswith("<svg ") or "<script" in self.svg:
            raise ValueError("A screen shows drawings of the product alone.")
        scaled = SIZED.sub(r"\1", self.svg, count=1)
        return Markup(scaled)  # noqa: S704  # drawn by `board.svg`, which escapes every word


@dataclass(frozen=True, slots=True)
class Shade:
    """A cell of a table before a room, with the colours of its ink and its ground where it is shaded."""

    text: str
    fill: str = ""
    ink: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A table in type that a room reads."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[Shade, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: what it is about, its finding and the size of that, why, its figures, and what it counts."""

    place: int
    of: int
    kicker: str
    finding: str
    size: float
    why: str
    unit: str
    drawings: tuple[Drawing, ...] = ()
    table: Told | None = None


def screen(shown: Screen) -> str:
    """One screen as HTML, to be held by the browser."""
    return str(markup("stage", "screen", screen=shown))


def screens(held: str, drawn: str) -> None:
    """Every screen at once; the browser shows one. Drawings would be taken out of ordinary HTML."""
    component = st.components.v2.component(
        "away_screens", html='<div class="away-stage"></div>', js=SHOW_HELD, isolate_styles=False
    )
    component(key="away_screens", data={"held": held, "screens": drawn})


def only_screen(number: int, *, beneath_a_panel: bool) -> None:
    """Show one of the screens, or its finding alone above a panel, before the browser's own script does."""
    rule = f'.away-screen[data-screen="{number}"]{{display:flex}}'
    if beneath_a_panel:
        rule += (
            ".away-screen{height:auto}.away-screen .figure,.away-screen .why,.away-screen .unit"
            "{display:none !important}.away-screen h1{font-size:calc(2.6 * var(--u)) !important}.away-zone{display:none}"
        )
    st.html(f"<style>{rule}</style>")


def bar(panels: Mapping[str, str], data: Mapping[str, Any]) -> Mapping[str, object] | None:
    """The bar beneath the screens; gives what was done on it just now."""
    html = str(markup("stage", "bar", panels=panels))
    component = st.components.v2.component("away_stage", html=html, js=SCRIPT, isolate_styles=False)
    moved: Mapping[str, object] | None = component(
        key="away_stage", data=dict(data), on_moved_change=lambda: None
    ).moved
    return moved


def notes_head(where: str, time: str, finding: str) -> None:
    """Where the room is, for how long, and what its screen says."""
    draw("stage", "notes_head", where=where, time=time, finding=finding)


def notes(words: str, why: str, counts: Sequence[str]) -> None:
    """What the presenter wanted to say of a screen, and what stands behind it."""
    draw("stage", "notes", words=words, why=why, counts=counts)


def next_screen(finding: str) -> None:
    """What comes after the screen that is shown."""
    draw("stage", "next_screen", finding=finding)


def large(sentence: str) -> None:
    """A sentence of a panel, in the largest type."""
    draw("stage", "sentence", sentence=sentence, kind="away-large")


def say_to_room(sentence: str) -> None:
    """A sentence of a panel."""
    draw("stage", "sentence", sentence=sentence, kind="away-say")


def decision(what: str, who: str) -> None:
    """One entry of what a room decided."""
    draw("stage", "decision", what=what, who=who)


def hands(counts: Sequence[tuple[int, str]], counted: str) -> None:
    """A show of hands, and when it was counted."""
    draw("stage", "hands", counts=counts, counted=counted)


def small(svg_in_base64: str, eyebrow: str, finding: str, below: str, *, grave: bool) -> None:
    """A screen of a story: what it says, beside a small picture of its figure that runs nothing; empty without one."""
    draw("stage", "small", data=svg_in_base64, eyebrow=eyebrow, finding=finding, below=below, grave=grave)
