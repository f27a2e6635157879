"""What the pages about working together have in common: their scope, their words, who is speaking."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from pathlib import Path

import streamlit as st

from budget_model.count.results import LineOnMap
from budget_model.money import exact_pounds
from budget_model.problem import Problem, Severity
from budget_model.scope import Scope
from budget_model.together.measures import BY_ID
from budget_model.vocabulary import Dimension, View
from pages.shared import kept, scope_picker

CSS = (Path(__file__).parent / "together.css").read_text(encoding="utf-8")
SIGNED = "signed_as"


def begin() -> Scope:
    """Dress the page; give its scope: the person's own, with the payer's view, in pounds of the year."""
    st.html(f"<style>{CSS}</style>")
    chosen = scope_picker.chosen()
    return chosen.switched(view=View.COMMISSIONER, per_head=False, real_terms=False)


def confirm(key: str) -> None:
    """Write a choice of the link into the address again.

    A link from a page to itself is followed without its address being shown, and could then not be shared.
    """
    if key in st.query_params:
        st.query_params[key] = st.query_params[key]


def said_of_scope() -> None:
    """Say so where the person's way of showing money does not apply here."""
    chosen = scope_picker.chosen()
    if chosen.per_head or chosen.real_terms or chosen.view is View.PROVIDER:
        st.html(
            '<p class="under">Here money is shown in whole pounds of its year, with the body that decides on it: '
            "per head, real terms and the provider view do not apply to joining up.</p>"
        )


def names() -> dict[str, str]:
    """What bodies and services are called in sentences."""
    return kept.names_of(Dimension.SERVICE) | kept.names_of(Dimension.ORGANISATION)


def short(body: str) -> str:
    """The short name of a body, for labels."""
    return kept.short_names().get(body, body)


def question(words: str) -> None:
    """The question that the next controls and chart answer."""
    st.html(f'<h2 class="question">{escape(words)}</h2>')


def measure(*ids: str) -> None:
    """How to read each measure, and the trap in it."""
    told = "".join(
        f"<p><b>{escape(BY_ID[one].name)}.</b> {escape(BY_ID[one].says)} <b>Trap:</b> {escape(BY_ID[one].trap)} "
        f'<span class="formula">{escape(BY_ID[one].formula)}</span></p>'
        for one in ids
    )
    st.html(f'<div class="measure">{told}</div>')


def problems(found: Iterable[Problem]) -> None:
    """What should be known before reading on, each with what to do."""
    for one in found:
        kind = "flagged" if one.severity is not Severity.NOTE else "noted"
        st.html(f'<p class="{kind}" role="note">{escape(one.sentence)} {escape(one.remedy)}</p>')


def side(title: str, total: str, lines: Sequence[LineOnMap], how_many: int, nothing: str) -> str:
    """One body's lines with their cells, to stand beside another's."""
    items = "".join(
        f"<li><span>{escape(one.description)}<small>{escape(_conditions(one))}{escape(one.file)}, "
        f'{escape(one.sheet)} {one.column}{one.row}</small></span><span class="money">'
        f"{exact_pounds(one.city_amount.quantize(Decimal(1))).removesuffix('.00')}</span></li>"
        for one in lines
    )
    more = (
        f'<p class="none">{how_many - len(lines):,} more in “Lines and cells”.</p>'
        if how_many > len(lines)
        else ""
    )
    inside = (
        f'<ol tabindex="0" aria-label="Lines of {escape(title, quote=True)}">{items}</ol>{more}'
        if items
        else f'<p class="none">{escape(nothing)}</p>'
    )
    return f'<section class="side"><h3><span>{escape(title)}</span><span>{escape(total)}</span></h3>{inside}</section>'


def _conditions(line: LineOnMap) -> str:
    """What keeps a line from being joined, before its cell."""
    said = []
    if line.ring_fence == "statutory":
        said.append("ring-fenced by statute")
    if line.kind != "revenue":
        said.append(line.kind)
    if line.committed_until:
        said.append(f"committed until {line.committed_until:%d %B %Y}")
    return f"{', '.join(said)} · " if said else ""


def signed(key: str) -> str:
    """Who is writing: the person signed in, else the name that they type; remembered for the session."""
    known = str(st.user.to_dict().get("name") or "")
    if known:
        return known
    widget = f"signed_{key}"
    if widget not in st.session_state:
        st.session_state[widget] = st.session_state.get(SIGNED, "")
    typed = st.text_input(
        "Your name", key=widget, max_chars=80, placeholder="Kept beside what you write, with the time",
        on_change=_remember, args=(widget,),
    )  # fmt: skip
    return typed.strip()


def _remember(widget: str) -> None:
    st.session_state[SIGNED] = str(st.session_state.get(widget) or "").strip()


def wants_name(name: str) -> bool:
    """Whether a name is missing; if so, ask for it in a sentence."""
    if not name:
        st.warning("Type your name first: the register says who wrote what, and when.")
    return not name
