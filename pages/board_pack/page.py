"""What does the Board take home: which screens, in which order, with which words, and in which file?"""

from dataclasses import replace

import streamlit as st

from budget_model.problem import Refusal
from budget_model.store import stories as telling
from budget_model.store.others import Thing
from budget_model.store.stories import Story
from pages.board_pack import files, views
from pages.shared import choice, components, kept, others, signing, told
from pages.shared.components import as_typed

NAME = "pack_name"


def show() -> None:
    """One story: its screens, and the files that are made of it."""
    st.title("Board pack")
    every = told.stories()
    if not every:
        components.empty("There are no stories yet.", "Make the first one here, then add charts to it.")
        _new(signing.name("pack_first"))
        return
    asked = st.query_params.get(told.STORY, "")
    names = {story.id: story.name for story in every}
    if asked and asked not in names:
        components.info("The story of this link is no longer there. Another is shown.")
    with st.container(horizontal=True, key="controls_pack", vertical_alignment="bottom"):
        identity = choice.one("Story", tuple(names), told.STORY, every[0].id, names.__getitem__, quiet=True)
        by = signing.name("pack")
    story = next(story for story in every if story.id == identity)
    if story.about:
        components.standfirst(story.about)
    _change_story(story, by)
    if not story.views:
        components.empty(
            "This story has no screens yet.",
            "Add one below, or open “Table, files and the lines behind it” under a chart of any page and pin it.",
        )
        views.add(story, by)
        return
    with components.loading("Putting the screens together"):
        pack = told.prepared(story)
    if pack is None:
        raise RuntimeError("A story with screens gave a pack without any.")
    files.draw(story, pack, by)
    views.draw(story, pack, by)
    views.add(story, by)


def _change_story(story: Story, by: str) -> None:
    """Everything that is done to a story as a whole."""
    others.at(story.id, Thing.STORY)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if story.views:
            st.page_link(
                "pages/away_day/page.py",
                label="Show it to a room",
                icon=":material/slideshow:",
                query_params=told.link(story),
            )
        with components.popping("Name and share", "pack_name", ":material/edit:") as opened:
            if opened:
                _name_and_share(story, by)
        if st.button("Duplicate", icon=":material/content_copy:", key="pack_copy") and not signing.is_missing(
            by
        ):
            made = telling.duplicate(kept.store(), story.id, "", by=by)
            choice.write(told.STORY, made.id)
            st.rerun()
        with components.popping("New story", "pack_begin", ":material/add:") as opened:
            if opened:
                _new(by)
        with components.popping("Delete", "pack_delete", ":material/delete:") as opened:
            if opened:
                _delete(story, by)
        _undo(story, by)


def _name_and_share(story: Story, by: str) -> None:
    name = st.text_input("Name", value=story.name, key=f"{NAME}_{story.id}_{story.version}", max_chars=200)
    about = st.text_area(
        "What it is about",
        value=story.about,
        max_chars=2000,
        key=f"pack_about_{story.id}_{story.version}",
    )
    if st.button("Keep these words", key="pack_rename") and not signing.is_missing(by):
        views.keep(replace(story, name=name, about=about), by)
    st.write("Whoever opens this link sees this story, in this scope.")
    st.code(views.share_link(story), language=None, wrap_lines=True)


def _delete(story: Story, by: str) -> None:
    st.write(as_typed(f"“{story.name}” leaves the list. Its screens are kept: “Bring back” restores it."))
    if st.button("Delete it", key="pack_away") and not signing.is_missing(by):
        try:
            telling.take_away(others.at(story.id, Thing.STORY, quiet=True), story.id, by=by)
        except Refusal as refusal:
            components.caution(refusal.sentence)
            return
        st.session_state["pack_gone"] = story.id
        choice.write(told.STORY, "")
        st.rerun()


def _undo(story: Story, by: str) -> None:
    """Back to the story as it was before the last change, or a story that was just taken away."""
    gone = str(st.session_state.get("pack_gone", ""))
    if (
        gone
        and st.button("Bring back", icon=":material/undo:", key="pack_back")
        and not signing.is_missing(by)
    ):
        del st.session_state["pack_gone"]
        before = telling.versions(kept.store(), gone)
        views.keep(before[0], by)
    earlier = [
        version for version in telling.versions(kept.store(), story.id) if version.version < story.version
    ]
    if earlier and not gone:
        label = f"Undo the change of {story.made_by}"
        if st.button(
            "Undo", icon=":material/undo:", key="pack_undo", help=as_typed(label)
        ) and not signing.is_missing(by):
            views.keep(earlier[0], by)


def _new(by: str) -> None:
    name = st.text_input("Name of the new story", key="pack_new_name", max_chars=200)
    if st.button("Make it", key="pack_new") and not signing.is_missing(by):
        try:
            made = telling.keep_story(kept.store(), Story("", name, ()), by=by)
        except Refusal as refusal:
            components.caution(refusal.sentence)
            return
        choice.write(told.STORY, made.id)
        st.rerun()


show()
