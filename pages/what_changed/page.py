"""What changed since another year, phase or version of the map, and why?"""

import streamlit as st

from budget_model.count.ends import End
from budget_model.exhibits import catalogue, what_changed
from budget_model.exhibits.exhibit import Gone
from budget_model.scope import Scope
from pages.shared import chart, choice, components, empty_states, kept, scope_picker
from pages.shared.drawn import Room
from pages.shared.empty_states import Way

ROOM = Room(most=12)


def show() -> None:
    """The page: what to compare with, the bridge, and the same by body, board and service."""
    scope = scope_picker.chosen()
    st.title("What changed")
    ends = what_changed.others(kept.answers(scope))
    if not ends:
        empty_states.show(
            what_changed.ONE_MAP,
            "Load another year or phase on Upload, and what changed is worked out here.",
            Way("upload", "Upload another year or phase"),
        )
        return
    start, telling = _choices(scope, ends)
    chosen = what_changed.written_choice(start, telling)
    shown = catalogue.show(kept.answers(scope), "change", chosen)
    if isinstance(shown, Gone):
        chart.say_gone(shown)
        return
    chart.draw(shown, f"change_{telling or 'reason'}", room=ROOM, level=2)
    components.bullets([sentence for sentence in (shown.why, *shown.table.notes) if sentence])


def _choices(scope: Scope, ends: tuple[End, ...]) -> tuple[End, str]:
    """Which map to set this one beside, and how to tell the change; kept in the link."""
    named = {str(end): end for end in ends}
    with st.container(horizontal=True, key="controls_change", vertical_alignment="bottom"):
        since = choice.one(
            "Compare with",
            tuple(named),
            "since",
            str(ends[0]),
            lambda text: named[text].name,
            help=f"{scope.year} is compared with it; the earlier of the two stands first.",
        )
        words = tuple(word or "reason" for word in what_changed.TELLINGS)
        telling = choice.segment("Show as", words, "told", "reason", _telling_name)
    return named[since], "" if telling == "reason" else telling


def _telling_name(word: str) -> str:
    return what_changed.TELLINGS["" if word == "reason" else word]


show()
