"""What a room does with a screen: try it out, record what was decided, vote."""

from dataclasses import replace

import streamlit as st

from budget_model.count.saying import listed
from budget_model.dates import day, moment_of
from budget_model.exhibits import catalogue
from budget_model.exhibits.catalogue import CHARTS
from budget_model.exhibits.exhibit import Exhibit
from budget_model.money import pounds
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store import stories as telling
from budget_model.store.stories import Decided, SavedView, Story, Tally
from budget_model.together import scenarios as what_if
from budget_model.together.assumed import in_words
from budget_model.together.decisions import State
from budget_model.together.opportunities import Opportunity, OpportunityList
from budget_model.together.scenarios import Outcome, Scenario
from budget_model.vocabulary import View
from pages.away_day import first, stage
from pages.pools import agreeing, choosing, link
from pages.shared import chart, components, kept, scope_picker, signing, together
from pages.shared.components import as_typed
from pages.shared.components import stage as room
from pages.shared.drawn import Room

FOUND = "away_found"
WHAT_IF = "what-if"


def scope_of(view: SavedView) -> Scope:
    """The scope that a view's opportunities are looked for in."""
    asked = view.scope or scope_picker.chosen()
    return asked.switched(
        year=asked.year or scope_picker.chosen().year,
        view=View.COMMISSIONER,
        per_head=False,
        real_terms=False,
    )


def found_in(scope: Scope) -> OpportunityList:
    """Every opportunity of a scope, as it was when the story was first opened in this window."""
    held: dict[Scope, OpportunityList] = st.session_state.setdefault(FOUND, {})
    if scope not in held:
        held[scope] = kept.opportunities(scope)
    return held[scope]


def about(view: SavedView) -> Opportunity | None:
    """The opportunity that a screen is about, if it is about one: its own, or that of its what-if."""
    chart_of = CHARTS.get(view.chart)
    kind = chart_of.one_of if chart_of else ""
    if kind == "what-if":
        scenario = what_if.from_link(view.chosen)
        return found_in(scope_of(view)).opportunity(what_if.opportunity_of(scenario)) if scenario else None
    if kind != "opportunity":
        return None
    opportunities = found_in(scope_of(view))
    if view.chosen.startswith("#") and view.chosen[1:].isdigit():
        able = [opportunity for opportunity in opportunities.opportunities if opportunity.joinable > 0]
        place = int(view.chosen[1:])
        return able[place - 1] if 0 < place <= len(able) else None
    return opportunities.opportunity(view.chosen)


def tried_out(view: SavedView) -> Scenario | None:
    """The what-if that a screen begins with: the one that was pinned, or what its opportunity suggests."""
    pinned = what_if.from_link(view.chosen) if view.chart == WHAT_IF else None
    if pinned is not None:
        return pinned
    one = about(view)
    if one is None or one.joinable <= 0:
        return None
    scope = scope_of(view)
    return choosing.started(scope, what_if.of_opportunity(one, scope.year))


def can_be_tried(view: SavedView) -> bool:
    """Whether a screen has a what-if; told from its kind, so that nothing has to be counted for it."""
    return view.chart in first.CHARTS or (
        view.chart in CHARTS and CHARTS[view.chart].one_of in ("opportunity", "what-if")
    )


def draw(story: Story, view: SavedView) -> None:
    """The panel that the link opens."""
    asked = stage.panel()
    with st.container(key="away_panel"):
        if asked == "what-if" and view.chart in first.CHARTS:
            first.draw(scope_of(view), view)
        elif asked == "what-if":
            _what_if(view)
        elif asked == "decide":
            _decide(story, view)
        elif asked == "hands":
            _hands(story, view)


# What if


def _what_if(view: SavedView) -> None:
    started = tried_out(view)
    if started is None:
        components.empty("This screen has nothing to try out.", "Go to the screen of one opportunity.")
        return
    scope = scope_of(view)
    word = st.query_params.get(link.LINK, "")
    scenario = what_if.from_link(word) if word else None
    if scenario is None or what_if.opportunity_of(scenario) != what_if.opportunity_of(started):
        scenario = started
    outcome = choosing.work_out(scope, scenario)
    left, right = st.columns((4, 7), gap="large")
    with left:
        agreeing.in_the_room(scenario, outcome)
    with right:
        room.large(f"{pounds(outcome.fund)} joined up. {_who_bears(outcome)}")
        shown = catalogue.show(kept.answers(scope), "what-if", what_if.to_link(scenario))
        if isinstance(shown, Exhibit):
            made = chart.drawing_of(replace(shown, ways=()), Room(width=373, letter=20), folded=False)
            chart.picture(made, "away_whatif")
        total = pounds(outcome.place_before)
        room.say_to_room(f"The place’s total stays {total}: joining up moves money, it adds none.")
        if assumed := in_words(kept.answers(scope).assumed_in(scenario), kept.short_names()):
            room.say_to_room(assumed)
    for problem in outcome.problems:
        room.say_to_room(problem.sentence)


# What was decided


def _who_bears(outcome: Outcome) -> str:
    """Who bears how much of what was over or under spent, the largest part first."""
    largest_first = sorted(outcome.effects, key=lambda each: -abs(each.bears))
    bears = [
        f"{together.short(effect.organisation)} {pounds(abs(effect.bears))}"
        for effect in largest_first
        if effect.bears
    ]
    if not bears:
        return "It comes out as planned."
    return f"{'Overspend' if outcome.borne.variance > 0 else 'Underspend'}: {listed(bears)}."


def _decide(story: Story, view: SavedView) -> None:
    one = about(view)
    left, right = st.columns((5, 6), gap="large")
    with left:
        name = signing.name("away")
        number = int(st.session_state.get("away_decided", 0))
        what = st.text_area("What was decided", key=f"away_what_{number}", max_chars=2000, height=110)
        owner = st.text_input("Who does it", key=f"away_owner_{number}", max_chars=120)
        due = st.date_input("By when", value=None, key=f"away_due_{number}", format="DD/MM/YYYY")
        state = _how_far(one, number) if one else None
        if one:
            room.say_to_room(f"It goes into the opportunity register, under “{one.title}”.")
        if st.button("Record decision", type="primary", key="away_write") and not signing.is_missing(name):
            decided = Decided(0, story.id, one.id if one else "", what.strip(), owner.strip(), due, "", "")
            try:
                opportunities = found_in(scope_of(view)) if one else None
                telling.decide_in_room(kept.store(), decided, opportunities, by=name, state=state)
            except Refusal as refusal:
                components.caution(refusal.sentence)
            else:
                st.session_state["away_decided"] = number + 1
                st.rerun()
    with right:
        _log(story, name)


def _how_far(opportunity: Opportunity, number: int) -> State:
    """How far the decision brings the opportunity: at least looked into, once a Board has decided about it."""
    entry = next((each for each in joint.decisions(kept.store()) if each.opportunity == opportunity.id), None)
    now = entry.state if entry and entry.state is not State.IDEA else State.EXPLORED
    chosen = st.selectbox(
        "The opportunity is now",
        list(State),
        index=list(State).index(now),
        format_func=lambda each: as_typed(str(each).capitalize()),
        key=f"away_state_{opportunity.id}_{number}",
    )
    return chosen or now


def _log(story: Story, name: str) -> None:
    log = telling.decided(kept.store(), told=story.id)
    room.large("Decided so far")
    if not log:
        room.say_to_room("Nothing yet.")
        return
    for decided in log:
        who = " · ".join(
            part for part in (decided.owner, f"by {day(decided.due)}" if decided.due else "") if part
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            room.decision(decided.what, who)
            if st.button(
                "Take back",
                key=f"away_back_{decided.decision}",
                help="The entry is kept; it leaves this log.",
            ):
                telling.take_back(kept.store(), decided.decision, by=name or signing.NAMELESS)
                st.rerun()


# A vote


def _hands(story: Story, view: SavedView) -> None:
    one = about(view)
    if one is None:
        components.empty("A vote is taken on one opportunity.", "Go to the screen of one opportunity.")
        return
    left, right = st.columns((5, 6), gap="large")
    with left:
        number = int(st.session_state.get("away_counted", 0))
        columns = st.columns(3)
        counts = [
            int(column.number_input(as_typed(label), 0, 999, 0, key=f"away_hands_{label}_{number}"))
            for column, label in zip(columns, ("For", "Against", "Unsure"), strict=True)
        ]
        name = signing.name("hands")
        if st.button("Save vote", type="primary", key="away_count") and not signing.is_missing(name):
            try:
                telling.count_hands(
                    kept.store(), Tally(one.id, story.id, counts[0], counts[1], counts[2]), by=name
                )
            except Refusal as refusal:
                components.caution(refusal.sentence)
            else:
                st.session_state["away_counted"] = number + 1
                st.rerun()
    with right:
        last = next(iter(telling.tallies(kept.store(), one.id)), None)
        room.large(one.title)
        if last is None:
            room.say_to_room("No vote was taken yet.")
            return
        shown = ((last.in_favour, "for"), (last.against, "against"), (last.unsure, "unsure"))
        room.hands(shown, f"Vote taken on {moment_of(last.made_at)}.")


__all__ = ["about", "can_be_tried", "draw", "found_in", "scope_of"]
