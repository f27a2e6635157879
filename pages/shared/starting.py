"""What stands in place of every page until the store knows a place: choose one of England's, or load the example."""

from pathlib import Path

import streamlit as st

from budget_model.access import Act
from budget_model.contribute.load_place import read_place
from budget_model.place.england import CLASS_NAMES, Authority, england
from budget_model.problem import Refusal
from budget_model.store.first_maps import free_folder, make_place
from budget_model.store.load_place import keep_read_place
from budget_model.store.store import usual_path
from pages.shared import asking, components, kept
from pages.shared.components import Run, as_typed

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
BY = "first map"


def ask_for_a_place() -> None:
    """Let one of England's council areas be chosen and its first map be made; say how to load another."""
    st.title("No place has been loaded yet")
    if not asking.asker().may(Act.SET_UP):
        components.empty("This store is empty.", "A director or an administrator loads a place.")
        return
    components.standfirst(
        "Choose a place, and its first map of 2016-17 is made from published national figures in about half a minute: its "
        "councils, police and fire, health commissioners, colleges and central departments. Each figure says how it was "
        "estimated, and is replaced when a body uploads its own budget."
    )
    councils = {council.ecode: council for council in england().upper_tier}
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls_starting"):
        ecode = st.selectbox(
            "Place",
            list(councils),
            format_func=lambda code: _called(councils[code]),
            index=None,
            placeholder="Type a council area",
            key="place_to_make",
        )
        make = st.button("Make its first map", type="primary", disabled=ecode is None, key="make_place")
    if make and ecode:
        _make(councils[ecode])
    components.empty(
        "Or load the worked example, or a folder of your own.",
        (
            "Stop the dashboard, run ",
            Run("python -m budget_model seed", "code"),
            " or ",
            Run("python -m budget_model seed --place data/yourtown", "code"),
            ", and start it again.",
        ),
    )


def _called(council: Authority) -> str:
    return f"{council.name} ({CLASS_NAMES[council.kind]}, {council.region})"


def _make(council: Authority) -> None:
    """Make, read and keep the place, with each step in sight; a refusal is said and nothing is kept."""
    with st.status(f"Making the first map of {council.name}…", expanded=True) as status:
        try:
            folder = make_place(
                council.ecode, free_folder(council, usual_path().parent), places=usual_path().parent
            )
            status.write(as_typed(f"Its folder is {folder}."))
            read = read_place(
                folder,
                REFERENCE,
                lambda done, of, file: status.write(as_typed(f"Workbook {done} of {of} is read: {file}.")),
            )
            keep_read_place(kept.store(), read, by=BY)
        except Refusal as refusal:
            status.update(label="No place was made.", state="error")
            components.error(
                " ".join((refusal.sentence, *(str(problem) for problem in refusal.problems[:3])))
            )
            return
    st.rerun()
