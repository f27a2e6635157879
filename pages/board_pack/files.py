"""The files of a pack: PowerPoint, PDF, Excel and pictures, made while one watches, and what changed since the last."""

from dataclasses import replace

import streamlit as st

from budget_model.board.making import FORMATS, SHAPES, keep_figures, write
from budget_model.board.pack import Pack, since_the_last
from budget_model.problem import Refusal
from budget_model.scope import Scope, to_link
from budget_model.store.stories import Story, last_pack
from pages.shared import asking, choice, components, kept, scope_picker, signing, tables, told
from pages.shared.components import as_typed

SHAPE, MADE = "format", "pack_made"
ICONS = {"pptx": "slideshow", "pdf": "picture_as_pdf", "xlsx": "table", "zip": "image"}


def offer(label: str, key: str, story: Story, scope: Scope) -> None:
    """A button that puts a story of a page's own together, and the files of it once that was pressed."""
    if st.button(as_typed(label), icon=":material/co_present:", key=f"{key}_button"):
        st.session_state[key] = True
    if not st.session_state.get(key):
        return
    by = signing.name(key)
    with components.loading("Putting the screens together"):
        pack = told.prepared_now(story, scope, told.address())
    draw(story, pack, by)


def draw(story: Story, pack: Pack, by: str) -> None:
    """The four files, and what is different from the last pack."""
    about = "Every chart of the slides can be edited in PowerPoint; every figure is in the workbook"
    components.finding("The files", about, 2)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="pack_files"):
        shape = choice.segment("Shape of the slides", SHAPES, SHAPE, SHAPES[0], lambda one: f"Slides {one}")
        asked = [
            ending
            for ending, (name, _) in FORMATS.items()
            if st.button(as_typed(f"Make {name}"), icon=f":material/{ICONS[ending]}:", key=f"make_{ending}")
        ]
    for ending in asked:
        _make(story, pack, ending, shape, by)
    _give(story, shape)
    _changed(pack)


def _key(story: Story, shape: str) -> tuple[object, ...]:
    return (story.id, story.version, to_link(scope_picker.chosen()), shape, kept.store().path)


def _make(story: Story, pack: Pack, ending: str, shape: str, by: str) -> None:
    bar = st.progress(0.0, "Beginning")

    def tell(done: int, steps: int, what: str) -> None:
        bar.progress(min(done / max(steps, 1), 1.0), as_typed(f"{done} of {steps}: {what}"))

    try:
        made = write(pack, ending, shape=shape, progress=tell)
    except Refusal as refusal:
        bar.empty()
        components.caution(refusal.sentence)
        return
    bar.empty()
    held: dict[str, object] = st.session_state.get(MADE, {})
    if held.get("of") != _key(story, shape):
        held = {"of": _key(story, shape)}
        scope = scope_picker.chosen()
        before = last_pack(kept.store(), story.id, scope)
        if before is None or dict(before.figures) != dict(pack.figures):
            keep_figures(asking.store(), story, scope, pack, by=by or signing.NAMELESS)
    st.session_state[MADE] = held | {ending: made}


def _give(story: Story, shape: str) -> None:
    held = st.session_state.get(MADE, {})
    if held.get("of") != _key(story, shape):
        return
    with st.container(horizontal=True, gap="small"):
        for ending, (name, _) in FORMATS.items():
            made = held.get(ending)
            if made:
                size = f"{len(made.data) / 1024:,.0f} kB"
                st.download_button(
                    as_typed(f"Download {name}, {size}"),
                    made.data,
                    made.name,
                    made.media_type,
                    type="primary",
                    key=f"get_{ending}",
                    on_click="ignore",
                    icon=":material/download:",
                )


def _changed(pack: Pack) -> None:
    """What is not as it was in the pack before."""
    changes = since_the_last(pack)
    if changes is None:
        return
    if changes.table is None:
        components.note(changes.sentence)
        return
    components.callout((components.strong(f"{changes.heading}."), f" {changes.sentence}"), grave=False)
    with st.expander("Every figure that changed", key="pack_changed"):
        tables.show(replace(changes.table, title=changes.heading))
