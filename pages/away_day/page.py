"""How is a story shown to a room: one finding a screen, in type that reads from ten metres?"""

import time

import streamlit as st

from budget_model.board.pack import Pack
from budget_model.count.saying import counted, opened
from budget_model.rooms import ROOMS, Mover
from budget_model.scope import to_link
from budget_model.store.stories import Story
from pages.away_day import panels, screens, stage
from pages.shared import components, empty_states, kept, scope_picker, together, told
from pages.shared.components import as_typed
from pages.shared.components import stage as before_room
from pages.shared.empty_states import Way

NOTES = "notes"
PACK = "away_pack"
FOLLOWED = "away_followed"
KEYS = (
    ("→ ↓ Page Down, space, a clicker, a swipe", "the next screen"),
    ("← ↑ Page Up", "the one before"),
    ("b", "a black screen, and back"),
    ("f", "full screen"),
    ("Home, End", "the first and the last"),
)


def show() -> None:
    """A story before a room, its presenter's notes, or the choice of one."""
    asked = st.query_params.get(told.PRESENT, "")
    story = told.story(asked) if asked else None
    if story is None or not story.views:
        st.session_state.pop(FOLLOWED, None)
        _choose(asked, story)
        return
    _address(asked)
    pack = _held(story)
    room = f"{story.id}?{to_link(scope_picker.chosen())}"
    if st.query_params.get(NOTES) == "1":
        _notes(pack, room)
    else:
        _present(story, pack, room)


def _address(asked: str) -> None:
    """Write the story into the address when it is opened from this page's own list, whose links are followed without it.

    Once, for from then on the browser's own script writes the screen there.
    """
    if st.session_state.get(FOLLOWED) != asked:
        together.confirm(told.PRESENT)
        st.session_state[FOLLOWED] = asked


def _held(story: Story) -> Pack:
    """The screens as they were when this window opened the story: figures do not move while they are shown."""
    key = (story.id, story.version, to_link(scope_picker.chosen()))
    held = st.session_state.get(PACK)
    if held is None or held[0] != key:
        with components.loading("Putting the screens together"):
            pack = told.prepared(story)
        if pack is None:
            raise RuntimeError("A story with screens gave a pack without any.")
        held = st.session_state[PACK] = (key, pack)
        st.session_state.pop(panels.FOUND, None)
    found: Pack = held[1]
    return found


# Before the room


def _present(story: Story, pack: Pack, room: str) -> None:
    components.dress("away")
    of = len(pack.slides)
    now, panel = stage.at(of), stage.panel()
    st.session_state[stage.DRAWN] = (now if panel else 0, panel)
    before_room.only_screen(now, beneath_a_panel=bool(panel))
    before_room.screens(f"{room} {story.version}", "".join(_drawn(pack)))
    views = story.views
    if panel and now <= len(views):
        panels.draw(story, views[now - 1])
    elif panel:
        components.empty(
            "This screen tells what changed.", "Go to another screen to try out, decide or count."
        )
    with st.container(key="away_bar"):
        what_ifs = tuple(number for number, view in enumerate(views, 1) if panels.can_be_tried(view))
        stage.bar(room, of, what_ifs)


def _drawn(pack: Pack) -> tuple[str, ...]:
    held = st.session_state.get("away_screens")
    if held is None or held[0] is not pack:
        held = st.session_state["away_screens"] = (pack, screens.screens(pack))
    found: tuple[str, ...] = held[1]
    return found


# The presenter's own window


def _notes(pack: Pack, room: str) -> None:
    components.dress("away", "notes")
    st.session_state.setdefault("away_since", time.time())
    _following(pack, room)


@st.fragment(run_every=1.0)
def _following(pack: Pack, room: str) -> None:
    known = ROOMS.where(room)
    of = len(pack.slides)
    now = min(known.screen, of) if known else stage.at(of)
    slide = pack.slides[now - 1]
    minutes, seconds = divmod(int(time.time() - st.session_state["away_since"]), 60)
    before_room.notes_head(f"Screen {now} of {of}", f"{minutes}:{seconds:02}", slide.finding)
    left, right = st.columns((7, 4), gap="large")
    with left:
        note = slide.note or "No note for this screen. Write one on the page “Board pack”."
        behind = slide.shown.why if slide.shown else slide.trouble
        before_room.notes(note, behind, (slide.unit, slide.reconciliation))
    with right:
        coming = pack.slides[now].finding if now < of else "This is the last screen."
        before_room.next_screen(coming)
        back, forward = st.columns(2)
        back.button(
            "Back",
            key="notes_back",
            disabled=now == 1,
            width="stretch",
            shortcut="Left",
            on_click=ROOMS.move,
            args=(room, now - 1, Mover.NOTES),
        )
        forward.button(
            "Next",
            key="notes_next",
            type="primary",
            disabled=now == of,
            width="stretch",
            shortcut="Right",
            on_click=ROOMS.move,
            args=(room, now + 1, Mover.NOTES),
        )


# Choosing


def _choose(asked: str, story: Story | None) -> None:
    st.title("Away-day")
    components.standfirst(
        "A story on the big screen: one finding a screen, in type that reads from ten metres. Decisions and votes "
        "are kept as they are made."
    )
    if asked and story is None:
        components.info("The story of this link is no longer there. Choose another.")
    every = told.stories()
    if not every:
        empty_states.show(
            "There are no stories yet.",
            "Make one on the page “Board pack”, from the charts of any page.",
            Way("board-pack", "Make the first story"),
        )
        return
    for one in every:
        about = f"{opened(counted(len(one.views), 'screen', 'screens'))}. {one.about}".strip()
        components.finding(one.name, about, 2)
        if not one.views:
            components.note("It has no screens yet. Add some on the page “Board pack”.")
            continue
        with st.container(horizontal=True, gap="medium"):
            st.page_link(
                "pages/away_day/page.py",
                label=as_typed(f"Show “{one.name}”"),
                icon=":material/slideshow:",
                query_params=told.link(one),
            )
            room = ROOMS.where(f"{one.id}?{to_link(scope_picker.chosen())}")
            if room and 1 < room.screen <= len(one.views):
                st.page_link(
                    "pages/away_day/page.py",
                    label=as_typed(f"Go on at screen {room.screen}"),
                    icon=":material/resume:",
                    query_params=told.link(one, room.screen),
                )
            st.page_link(
                "pages/away_day/page.py",
                label="Presenter’s notes",
                icon=":material/speaker_notes:",
                query_params=told.link(one) | {NOTES: "1"},
            )
    components.section("From the keyboard")
    components.facts(KEYS)
    components.note(
        "Open the presenter’s notes in a second window: they follow the screen, and can move it. The screens go on "
        f"without a connection; decisions wait for it. Figures of {kept.place().name} stand as they are when a story is "
        "opened."
    )


show()
