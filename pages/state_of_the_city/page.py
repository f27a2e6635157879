"""How does the city stand, and what changed in money, targets, opportunities and decisions since the last time?"""

from typing import Final

import streamlit as st

from budget_model import dates
from budget_model.access import Act
from budget_model.board.meeting_packs import state_story
from budget_model.dates import day
from budget_model.exhibits.state_of_the_city import statements_table
from budget_model.partnership.state_of_the_city import (
    Edition,
    Facts,
    Part,
    Statement,
    Words,
    compose,
    figures_of,
    since,
)
from budget_model.scope import Scope, to_query
from budget_model.store import state_editions
from pages.board_pack import files
from pages.shared import asking, chart, choice, components, kept, scope_picker, signing, told
from pages.shared.components import Tile, as_typed
from pages.shared.navigation import entry_at
from pages.state_of_the_city import editing

EDITION: Final = "edition"
NEXT: Final = "next"
ABOUT = (
    "Composed by rule from the map, and worked out again by anyone. A published edition is frozen with its map; the next "
    "tells what changed since."
)


def show() -> None:
    """One edition, published or the next as it would be today."""
    components.headline("State of the City", standfirst=ABOUT)
    if message := st.session_state.pop(editing.HELD, ""):
        components.done(message)
    published = {str(each.number): each for each in state_editions.editions(kept.live())}
    may = asking.asker().may(Act.PRESENT)
    options = (*published, *((NEXT,) if may else ()))
    if not options:
        components.empty(
            "No State of the City has been published yet.", "A director composes and publishes it here."
        )
        return
    with st.container(horizontal=True, key="controls_state"):
        chosen = choice.one(
            "Edition",
            options,
            EDITION,
            options[0],
            lambda key: published[key].title if key in published else "The next, as it is today",
        )
    if chosen == NEXT:
        _next()
    else:
        _published(published[chosen])


def _published(edition: Edition) -> None:
    """A frozen edition: its sentences, its map and its files."""
    before = state_editions.before(kept.live(), edition.number)
    components.section(as_typed(edition.words.name), since(before))
    components.facts(
        (
            ("Published", edition.published_by),
            ("Stands on", f"version {edition.map_version} of the map"),
            ("Left out by the editor", str(len(edition.words.left_out))),
        )
    )
    scope = Scope(year=edition.facts.year, version=edition.map_version)
    st.page_link(
        "pages/overview/page.py",
        label=as_typed(f"Open version {edition.map_version} of the map"),
        icon=":material/lock:",
        query_params=to_query(scope),
    )
    _parts(edition.words, edition.words.statements, edition.facts, scope)
    _files(edition)


def _files(edition: Edition) -> None:
    """The slides, the PDF and the workbook, made when they are asked for."""
    if not asking.asker().may(Act.PRESENT):
        return
    asked = f"state_pack_{edition.number}"
    if st.button("Put the slides together", icon=":material/co_present:", key=asked):
        st.session_state[f"{asked}_wanted"] = True
    if not st.session_state.get(f"{asked}_wanted"):
        return
    by = signing.name(asked)
    story, scope = (
        state_story(edition, state_editions.before(kept.live(), edition.number)),
        scope_picker.chosen(),
    )
    with components.loading("Putting the screens together"):
        pack = told.prepared_now(story, scope, told.address())
    files.draw(story, pack, by)


def _next() -> None:
    """The next edition as it is today, to be edited and published by who may."""
    before = state_editions.before(kept.live())
    with components.loading("Comparing the map with the last edition"):
        facts = kept.answers(Scope()).state_facts(dates.today())
    statements = compose(facts, before)
    words = state_editions.draft(kept.live())
    components.section(f"The next, as of {day(facts.on)}", since(before))
    _parts(words, statements, facts, Scope(year=facts.year))
    editing.draw(words, statements, facts)


def _parts(words: Words, statements: tuple[Statement, ...], facts: Facts, scope: Scope) -> None:
    """How each part stands as a figure, the money by board, what changed with the editor's notes, and all for files."""
    if words.introduction:
        components.say(words.introduction)
    every = tuple(each for part in Part for each in words.shown(part, statements))
    figures = figures_of(facts)
    components.tiles(
        [Tile(str(each.part), figures[each.part], each.sentence) for each in every if each.standing], "four"
    )
    _ways("stands", tuple(each for each in every if each.standing))
    if any(each.part is Part.MONEY for each in every):
        chart.show(scope, "what", key="state_money", level=2, quiet=True)
    for part in Part:
        shown = tuple(each for each in every if each.part is part and not each.standing)
        if not shown and not words.note(part):
            continue
        components.section(f"{part}: what changed" if shown else str(part))
        components.bullets([each.sentence for each in shown])
        if words.note(part):
            components.callout(words.note(part), grave=False)
        _ways(part.name.lower(), shown)
    chart.folded_table(statements_table("every part", every), "state", "Every sentence with its source")


def _ways(part: str, shown: tuple[Statement, ...]) -> None:
    """Where sentences can be looked up."""
    pages = [entry for page in dict.fromkeys(each.page for each in shown) if (entry := entry_at(page))]
    with st.container(horizontal=True, gap="small", key=f"state_ways_{part}"):
        for entry in pages:
            if asking.asker().may_open(entry.address):
                st.page_link(
                    f"pages/{entry.path}/page.py",
                    label=as_typed(entry.title),
                    icon=":material/arrow_forward:",
                )


show()
