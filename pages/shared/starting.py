"""What stands in place of every page until the store knows a place: three ways to begin, and each step in sight."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from budget_model.access import Act
from budget_model.contribute.quality import FIRST_MAP, OWN_FOLDER, WORKED_EXAMPLE
from budget_model.place.england import CLASS_NAMES, Authority, england
from budget_model.problem import Refusal
from budget_model.store.first_maps import free_folder, make_place
from budget_model.store.store import usual_path
from budget_model.store.whole_folders import EXAMPLE, load_folder
from pages.shared import asking, components, kept
from pages.shared.components import Check, Run, as_typed

MOST_PROBLEMS = 5


def ask_for_a_place() -> None:
    """Let a place be chosen and loaded: the worked example, one of England's, or a folder."""
    st.title("No place has been loaded yet")
    if not asking.asker().may(Act.SET_UP):
        components.empty("This store is empty.", "A director or an administrator loads a place.")
        return
    components.standfirst(
        "This dashboard maps the whole public budget of a place: who spends it, on what, and where bodies could work "
        "together. Choose how to begin; nothing is loaded until you press a button."
    )
    begin: Callable[[], None] | None = None
    for column, way in zip(st.columns(3, gap="medium"), (_example, _english_place, _folder), strict=True):
        with column, st.container(border=True, height="stretch", key=f"begin{way.__name__}"):
            begin = way() or begin
    if begin is not None:
        begin()


def _example() -> Callable[[], None] | None:
    components.section(
        "The worked example: Derby",
        "A city’s whole public budget from published figures, with boards, targets, opportunities and stories, "
        "over several years. Usually under a minute.",
    )
    if st.button("Load the worked example", type="primary", key="load_example"):
        return lambda: _load("the worked example", lambda _: EXAMPLE, by=WORKED_EXAMPLE)
    return None


def _english_place() -> Callable[[], None] | None:
    components.section(
        "Any place in England",
        "Its first map of 2016-17 from published national figures: councils, police and fire, health commissioners, "
        "colleges and central departments. Each figure says how it was estimated, and is replaced when a body uploads "
        "its own. Usually under half a minute.",
    )
    councils = {council.ecode: council for council in england().councils}
    ecode = st.selectbox(
        "Place",
        list(councils),
        format_func=lambda code: _called(councils[code]),
        index=None,
        placeholder="Type a county, district, city or borough",
        key="place_to_make",
    )
    if st.button("Make its first map", type="primary", disabled=ecode is None, key="make_place") and ecode:
        council = england().mapped_with(councils[ecode])
        return lambda: _load(
            f"the first map of {council.name}", lambda tell: _made(council, tell), by=FIRST_MAP
        )
    return None


def _folder() -> Callable[[], None] | None:
    components.section(
        "A folder of your own",
        "The lists and workbooks of a place, as data/README.md describes them, or as another dashboard wrote them out.",
    )
    if not asking.asker().is_local:
        components.note(
            (
                "Whoever runs this dashboard loads it on its machine: ",
                Run("python -m budget_model seed --place FOLDER", "code"),
            )
        )
        return None
    typed = st.text_input(
        "Its whole path on this machine", key="folder_to_load", placeholder="/home/…/yourtown", max_chars=1000
    ).strip()
    if st.button("Load the folder", type="primary", disabled=not typed, key="load_folder"):
        return lambda: _load("the folder", lambda _: Path(typed).expanduser(), by=OWN_FOLDER)
    return None


def _called(council: Authority) -> str:
    if council.county:
        return f"{council.name} (with all of {england().mapped_with(council).name})"
    return f"{council.name} ({CLASS_NAMES[council.kind]}, {council.region})"


def _made(council: Authority, tell: Callable[[str], None]) -> Path:
    tell("The published returns of its bodies are looked up")
    places = usual_path().parent
    folder = make_place(council.ecode, free_folder(council, places), places=places)
    tell(f"Its folder is {folder}")
    return folder


def _load(what: str, folder_of: Callable[[Callable[[str], None]], Path], *, by: str) -> None:
    """Load a place with each step in sight; a refusal is said with its reasons, and nothing is kept."""
    status, steps = st.status(f"Loading {what}…"), st.empty()
    begun: list[str] = []

    def tell(sentence: str) -> None:
        status.update(label=as_typed(f"Loading {what}: {sentence}…"))
        with steps:
            components.checklist([Check("done", each) for each in begun])
        begun.append(sentence)

    try:
        load_folder(kept.store(), folder_of(tell), by=by, tell=tell)
    except Refusal as refusal:
        status.update(label="No place was loaded.", state="error")
        components.error(refusal.sentence)
        components.bullets([str(problem) for problem in refusal.problems[:MOST_PROBLEMS]])
        if len(refusal.problems) > MOST_PROBLEMS:
            components.note(f"{len(refusal.problems) - MOST_PROBLEMS} more are not shown.")
        return
    st.rerun()
