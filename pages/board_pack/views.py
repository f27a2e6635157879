"""The screens of a story as a list: what each says today, its order, its words, and screens to add."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations, permutations
from urllib.parse import urlencode
from zlib import crc32

import streamlit as st

from budget_model.board.drawing import Pen, drawn, sketched
from budget_model.board.pack import Pack, Slide
from budget_model.board.svg import svg
from budget_model.count.called import CALLED, LOWER
from budget_model.exhibits.catalogue import CHARTS, Chart
from budget_model.exhibits.figures import HeatMap
from budget_model.exhibits.pools import names_as_link
from budget_model.exhibits.tables import Table
from budget_model.problem import Refusal
from budget_model.scope import Scope, to_link, to_query
from budget_model.store import stories as telling
from budget_model.store.others import Thing
from budget_model.store.stories import SavedView, Story
from budget_model.together import scenarios as what_if
from budget_model.vocabulary import Dimension
from pages.shared import components, kept, others, scope_picker, signing, told
from pages.shared.components import as_typed, stage

ACROSS, HIGH = 660.0, 372.0
"""Points of a small picture: the slide's own proportions."""


def keep(story: Story, by: str) -> None:
    """Keep a story as it was changed, and draw the page again."""
    try:
        telling.keep_story(others.at(story.id, Thing.STORY, quiet=True), story, by=by)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.rerun()


def share_link(story: Story) -> str:
    """The address of a story in the scope of the screen."""
    query = dict(to_query(scope_picker.chosen())) | {told.STORY: story.id}
    return f"{told.address()}/board-pack?{urlencode(query, doseq=True)}"


def draw(story: Story, pack: Pack, by: str) -> None:
    """Every screen of a story, one beneath the other."""
    components.dress("pack")
    components.finding(
        "The screens", "Findings are computed from the data each time, unless you write your own", 2
    )
    with st.container(key="ranked"):
        for place, (view, slide) in enumerate(zip(story.views, pack.slides, strict=False)):
            with st.container(key=f"ranked_row_{place}"):
                _one(story, view, slide, place, by)


def _one(story: Story, view: SavedView, slide: Slide, place: int, by: str) -> None:
    eyebrow = f"{slide.number}. {slide.kicker}"
    stage.small(_small(slide), eyebrow, slide.finding, _note(view, slide), grave=bool(slide.trouble))
    with components.unfolding(f"Change screen {place + 1}", _identity(story, place)) as opened:
        if opened:
            _buttons(story, view, place, by)


def _identity(story: Story, place: int) -> str:
    """What a screen is to the browser, wherever it is moved: what was opened of it stays open."""
    view = story.views[place]
    alike = story.views[:place].count(view)
    return f"change_{story.id}_{crc32(repr(view).encode()):x}_{alike}"


def _note(view: SavedView, slide: Slide) -> str:
    note = view.note or "No note for the speaker."
    return f"{note} Shown for its own choice: {slide.scope}." if view.link else note


def _buttons(story: Story, view: SavedView, place: int, by: str) -> None:
    last = len(story.views) - 1
    key = f"{story.id}_{story.version}_{place}"
    with st.container(horizontal=True, gap="small"):
        up = st.button("Up", icon=":material/arrow_upward:", key=f"up_{key}", disabled=place == 0)
        down = st.button("Down", icon=":material/arrow_downward:", key=f"down_{key}", disabled=place == last)
        twice = st.button("Duplicate", key=f"twice_{key}", help="Put it in a second time")
        out = st.button("Remove", key=f"out_{key}", help="“Undo” above brings it back")
    changed = _own_words(view, key)
    if not (up or down or twice or out or changed) or signing.is_missing(by):
        return
    if changed:
        keep(replace(story, views=(*story.views[:place], changed, *story.views[place + 1 :])), by)
    elif twice:
        keep(story.with_view(view, place + 1), by)
    elif out:
        keep(story.without(place), by)
    else:
        keep(story.moved(place, place - 1 if up else place + 1), by)


def _own_words(view: SavedView, key: str) -> SavedView | None:
    """The fields for a screen's own words; the screen with what is to be kept of them."""
    finding = st.text_area(
        "Finding, in your own words",
        value=view.finding,
        max_chars=2000,
        key=f"finding_{key}",
        placeholder="Empty: computed from the data each time",
    )
    note = st.text_area("Note for the speaker", value=view.note, max_chars=4000, key=f"note_{key}")
    if st.button("Keep these words", type="primary", key=f"words_{key}"):
        return replace(view, finding=finding.strip(), note=note.strip())
    return None


def _small(slide: Slide) -> str:
    """A small picture of a screen's figure, in base64; it says nothing that the words beside it do not."""
    figure = slide.shown.figure if slide.shown else None
    if figure is None:
        return ""
    pen = Pen(21.0)
    if isinstance(figure, HeatMap | Table):
        picture = svg(sketched(figure, ACROSS, HIGH, pen))
    else:
        picture = svg(drawn(figure, ACROSS, HIGH, pen))
    face = 'font-family="IBM Plex Sans"'
    picture = picture.replace(face, 'font-family="IBM Plex Sans, Arial, sans-serif"')
    return base64.b64encode(picture.encode()).decode()


def add(story: Story, by: str) -> None:
    """Put another screen at the end: on request, but where a story has none yet."""
    if not story.views:
        _add(story, by)
        return
    with components.unfolding("Add a screen", "pack_add") as opened:
        if opened:
            _add(story, by)


def _add(story: Story, by: str) -> None:
    names = list(CHARTS)
    with st.container(horizontal=True, key="controls_add", vertical_alignment="bottom"):
        name = st.selectbox(
            "What it shows", names, format_func=lambda name: CHARTS[name].title, key="pack_chart"
        )
        picked = _one_of(CHARTS[name])
        own = st.checkbox("Keep the present choice of year, bodies and boards with it", key="pack_own")
    if st.button("Add it", key="pack_add_it", disabled=picked is None) and not signing.is_missing(by):
        link = to_link(scope_picker.chosen()) if own else ""
        keep(story.with_view(SavedView(CHARTS[name].page, name, link, picked or "")), by)


def _one_of(of: Chart) -> str | None:
    """What a chart is to be about: one of a list, or one of the ways in which it can be shown."""
    if of.options:
        way: str = st.selectbox(
            "How", list(of.options), format_func=of.options.__getitem__, key=f"pack_how_{of.name}"
        )
        return way
    if not of.one_of:
        return ""
    options = _choices(of)
    if not options:
        st.caption(as_typed(NOTHING_YET.get(of.one_of, "There is nothing to choose from in this choice.")))
    found: str | None = st.selectbox(
        "Which one", list(options), index=None, format_func=options.__getitem__, key=f"pack_one_{of.name}"
    )
    return found


NOTHING_YET = {
    "what-if": "Nobody has saved a what-if yet. Save one on the page “Pools and what-if”.",
    "what-ifs": "It takes two saved what-ifs. Save them on the page “Pools and what-if”.",
}


def _choices(of: Chart) -> dict[str, str]:
    """What there is to choose from, by the key that a view keeps."""
    return CHOICES.get(of.one_of, _divisions)(scope_picker.chosen())


def _ranks(_: Scope) -> dict[str, str]:
    return {f"#{rank}": f"The number {rank} of the list, whichever it is" for rank in range(1, 11)}


def _bodies(scope: Scope) -> dict[str, str]:
    return {part.key: part.name for part in kept.by(scope, Dimension.ORGANISATION)}


def _boards(scope: Scope) -> dict[str, str]:
    return {part.key: part.name for part in kept.by(scope, Dimension.THEME)}


def _cross_cutting(scope: Scope) -> dict[str, str]:
    return {tagged.theme.id: tagged.theme.name for tagged in kept.answers(scope).tagged() if tagged.services}


def _targets(_: Scope) -> dict[str, str]:
    return {target.id: target.name for target in kept.place().targets}


def _pairs(scope: Scope) -> dict[str, str]:
    short = kept.short_names()
    return {
        f"{pair.first}/{pair.second}": f"{short.get(pair.first, pair.first)} and {short.get(pair.second, pair.second)}"
        for pair in kept.answers(scope).pairs()
    }


def _what_ifs(_: Scope) -> dict[str, str]:
    return {what_if.to_link(scenario): scenario.name for scenario in kept.scenarios()}


def _two_what_ifs(_: Scope) -> dict[str, str]:
    names = [scenario.name for scenario in kept.scenarios()]
    return {names_as_link(two): " and ".join(two) for two in combinations(names[:6], 2)}


def _divisions(_: Scope) -> dict[str, str]:
    return {
        f"{down}/{across}/pounds": f"{CALLED[down]} by {LOWER[across]}"
        for down, across in permutations((Dimension.ORGANISATION, Dimension.SERVICE, Dimension.THEME), 2)
    }


CHOICES: Mapping[str, Callable[[Scope], dict[str, str]]] = {
    "opportunity": _ranks,
    "organisation": _bodies,
    "theme": _boards,
    "cross-cutting theme": _cross_cutting,
    "target": _targets,
    "pair": _pairs,
    "what-if": _what_ifs,
    "what-ifs": _two_what_ifs,
}
"""What there is to choose from for a chart of one of these, by key; for any other, two divisions of the money."""
