"""The decision register: what became of each opportunity, who said what and when, and what has changed since."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from budget_model import dates
from budget_model.count.saying import counted, number, opened
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.money import pounds
from budget_model.problem import Refusal
from budget_model.store import joint
from budget_model.store import stories as telling
from budget_model.store.consultations import consultations
from budget_model.store.others import Thing
from budget_model.store.store import Store
from budget_model.store.stories import Taken
from budget_model.together.action_plans import DECIDED
from budget_model.together.decisions import Decision, Event, Reviewed, State
from budget_model.together.opportunities import Opportunity
from pages.opportunities import links
from pages.shared import chart, components, empty_states, kept, others, signing
from pages.shared.components import Badge, Run, Text, as_typed
from pages.shared.empty_states import Way

STATES = tuple(State)
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


def show(reviewed: tuple[Reviewed, ...]) -> None:
    """Every decision: those whose money changed or whose review is late first."""
    if not reviewed:
        empty_states.show(
            "No opportunity is in the register yet.",
            "Open one from the ranked list and record what was decided about it.",
            Way("opportunities", "Open the ranked list", "list"),
        )
        return
    ordered = sorted(
        reviewed,
        key=lambda reviewed: (not reviewed.flag, not reviewed.overdue, STATES.index(reviewed.decision.state)),
    )
    flagged, late = sum(bool(one.flag) for one in reviewed), sum(one.overdue for one in reviewed)
    decided = _decided()
    about = f"{flags(flagged)} whose budgets have changed since, {counted(late, 'review is', 'reviews are')} overdue"
    components.finding(_how_many(len(reviewed), sum(map(len, decided.values()))), about, 2)
    with st.container(key="ranked"):
        for one in ordered:
            _entry(one, decided[one.decision.opportunity])
    columns = (
        Column("Opportunity"),
        Column("State"),
        Column("Decided by the Board"),
        Column("Vote"),
        Column("Owner"),
        Column("Review"),
        Column("Planned together when last looked at", Kind.POUNDS),
        Column("Now", Kind.POUNDS),
        Column("What changed"),
    )
    rows = tuple(
        (
            reviewed.decision.title,
            str(reviewed.decision.state),
            "; ".join(each.decided.what for each in decided[reviewed.decision.opportunity]),
            next((each.vote.sentence for each in decided[reviewed.decision.opportunity] if each.vote), ""),
            reviewed.decision.owner,
            _day(reviewed.decision.review),
            reviewed.decision.snapshot.joinable,
            reviewed.now.joinable if reviewed.now else None,
            reviewed.flag,
        )
        for reviewed in ordered
    )
    table = Table(
        "Decision register", columns, rows, notes=("Kept through every recomputation; nothing is deleted.",)
    )
    chart.folded_table(table, "register")


def _how_many(opportunities: int, decisions: int) -> str:
    """How many opportunities are in the register, and how many decisions the Board has taken on them."""
    taken = counted(decisions, "decision of the Board", "decisions of the Board")
    yet = "" if decisions else " yet"
    return f"{opened(counted(opportunities, 'opportunity is', 'opportunities are'))} in the register, with {taken}{yet}"


def _decided() -> defaultdict[str, list[Taken]]:
    """What the Board decided on each opportunity, the latest first."""
    by_opportunity: defaultdict[str, list[Taken]] = defaultdict(list)
    for each in telling.taken(kept.store()):
        by_opportunity[each.decided.opportunity].append(each)
    return by_opportunity


def _say_decided(taken: Sequence[Taken]) -> None:
    """Each decision of the Board in full: what, who, by when, and how the vote went."""
    for each in taken:
        decided = each.decided
        parts = (
            decided.owner,
            f"by {_day(decided.due)}" if decided.due else "",
            f"vote: {each.vote.sentence}" if each.vote else "no vote was taken",
            f"recorded on {_day(dates.day_of(datetime.fromisoformat(decided.made_at)))}",
        )
        components.say(
            (
                Run("The Board decided: ", "b"),
                f"“{decided.what}” ",
                Run(f"({', '.join(filter(None, parts))})", "span"),
            )
        )


def _say_consulted(opportunity: str) -> None:
    """The way to each consultation whose result is kept with this decision; in a published map, that it is of today."""
    as_of = ", as of today and not part of this map" if st.session_state.get(kept.VERSION) else ""
    for each in consultations(kept.live()):
        if each.decision == opportunity:
            st.page_link(
                "pages/consultations/page.py",
                label=as_typed(f"Members were asked: {each.name} ({each.stage(dates.today())}{as_of})"),
                icon=":material/arrow_forward:",
                query_params={"consultation": each.id},
            )


def flags(how_many: int) -> str:
    """How many decisions rest on budgets that have changed, to begin a clause with."""
    return "none" if not how_many else number(how_many)


def _day(day: date | None) -> str:
    return dates.day(day) if day else ""


def _entry(reviewed: Reviewed, decided: Sequence[Taken]) -> None:
    entry = reviewed.decision
    comments = len(entry.comments) - len(decided)
    there = reviewed.now if reviewed.same else None
    facts: list[Text | Badge] = [
        Badge(entry.state),
        entry.owner or "no owner yet",
        f"review {_day(entry.review)}" if entry.review else "no review date",
        (Run(pounds(entry.snapshot.joinable), "b"), " when last looked at"),
    ]
    if decided:
        facts.append(counted(len(decided), "decision of the Board", "decisions of the Board"))
    if comments > 0:
        facts.append(counted(comments, "comment", "comments"))
    if reviewed.overdue:
        facts.append(Badge("review overdue", "late"))
    with st.container(key=f"ranked_row_{entry.opportunity}"):
        st.page_link(
            "pages/opportunities/page.py",
            label=as_typed(entry.title),
            query_params=links.query(there.id if there else entry.opportunity),
        )
        components.ranked(facts)
        _say_decided(decided)
        _say_consulted(entry.opportunity)
        if reviewed.flag:
            components.callout(reviewed.flag, grave=True)
        if entry.state in DECIDED:
            st.page_link(
                "pages/plans/page.py",
                label="Its plan: who does what by when",
                icon=":material/arrow_forward:",
                query_params={"plan": entry.opportunity},
            )
        with st.expander("Its history", key=f"history_{entry.opportunity}"):
            _history(entry)
            if there is None:
                _move_on(entry, None)


def form(opportunity: Opportunity, mine: Reviewed | None) -> None:
    """What is to become of one opportunity, beside what was said before."""
    entry = mine.decision if mine else None
    title = f"In the register: {entry.state}" if entry else "Not in the decision register yet"
    about = "Who decided what and when is kept, and compared with the budgets as they change"
    components.finding(title, about, 2)
    if mine and mine.flag:
        components.callout(mine.flag, grave=True)
    if entry:
        _say_decided(telling.taken(kept.store(), opportunity=entry.opportunity))
        _say_consulted(entry.opportunity)
    _move_on(entry, opportunity)
    if entry:
        _history(entry)


def _move_on(entry: Decision | None, opportunity: Opportunity | None) -> None:
    key = entry.opportunity if entry else opportunity.id if opportunity else ""
    with st.expander("Record a decision or a comment", key=f"decide_{key}", expanded=False):
        store = others.at(key, Thing.DECISION)
        name = signing.name(f"decide_{key}")
        now, label = (entry.state, "Save in the register") if entry else (State.IDEA, "Add to the register")
        left, right = st.columns(2)
        state = left.selectbox(
            "State",
            STATES,
            index=STATES.index(now),
            format_func=lambda state: str(state).capitalize(),
            key=f"state_{key}",
        )
        review = right.date_input(
            "Next review", value=entry.review if entry else None, key=f"review_{key}", format="DD/MM/YYYY"
        )
        owner = st.text_input(
            "Owner",
            value=entry.owner if entry else "",
            key=f"owner_{key}",
            max_chars=120,
            placeholder="Who answers for it",
        )
        comment = st.text_area(
            "Comment", key=f"comment_{key}_{len(entry.events) if entry else 0}", max_chars=2000
        )
        looked_at = _ask_if_looked_at(entry, opportunity, key)
        if st.button(as_typed(label), type="primary", key=f"write_{key}") and not signing.is_missing(name):
            _write(
                store, entry, opportunity, name, state, owner.strip(), review, comment, looked_at=looked_at
            )


def _ask_if_looked_at(
    entry: Decision | None, opportunity: Opportunity | None, key: str
) -> Opportunity | None:
    """The opportunity, where somebody says that they have looked at its money as it is now."""
    if entry is None or opportunity is None:
        return None
    seen = st.checkbox(
        "I have looked at the money as it is now",
        key=f"seen_{key}_{len(entry.events)}",
        help="Later changes are then compared with today’s figures.",
    )
    return opportunity if seen else None


def _write(
    store: Store,
    entry: Decision | None,
    opportunity: Opportunity | None,
    name: str,
    state: State,
    owner: str,
    review: date | None,
    comment: str,
    *,
    looked_at: Opportunity | None,
) -> None:
    try:
        if entry is None and opportunity is not None:
            entry = joint.register(store, opportunity, by=name, owner=owner)
            if state is entry.state and not review and not comment.strip():
                st.rerun()
        if entry is not None:
            joint.decide(
                store,
                entry.opportunity,
                by=name,
                state=state if state is not entry.state else None,
                owner=owner if owner != entry.owner else "",
                review=review if review != entry.review else None,
                comment=comment,
                looked_at=looked_at,
            )
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.rerun()


def _history(entry: Decision) -> None:
    components.history([(_done(event), _by(event)) for event in reversed(entry.events)])


def _done(event: Event) -> str:
    """What one word of the register did, in one sentence."""
    first = f"moved to {event.state}" if event.state else ""
    parts = (
        "added to the register" if event.what == "registered" else first,
        f"owner {event.owner}" if event.owner else "",
        f"review on {_day(event.review)}" if event.review else "",
        _looked_at(event),
        f"“{event.comment}”" if event.comment else "",
    )
    return opened("; ".join(part for part in parts if part) or event.what)


def _looked_at(event: Event) -> str:
    """Which money somebody has taken note of since it was put into the register."""
    later = event.snapshot if event.what != "registered" else None
    return f"looked at {pounds(later.joinable)}" if later else ""


def _by(event: Event) -> str:
    return f"{event.made_by}, {dates.moment(event.made_at)}"
