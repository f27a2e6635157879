"""What must the Board, or one board or advocate, decide today, with which money, and does it do its duties?"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal

import streamlit as st

from budget_model import dates
from budget_model.board.meeting_packs import meeting_story
from budget_model.board.pack import since_the_last
from budget_model.count.saying import counted, listed, opened
from budget_model.dates import day
from budget_model.exhibits.desk import draws_money, duties_table
from budget_model.exhibits.targets import table_of
from budget_model.money import pounds
from budget_model.partnership.desk import THE_BOARD, Ask, AskGroup, AskKind, Desk, PoolHeld
from budget_model.partnership.desk import Shown as Seen
from budget_model.place.model import ThemeKind
from budget_model.scope import Scope
from budget_model.store.stories import decided_since_pack, last_pack
from budget_model.together import titles
from budget_model.together.opportunities import Opportunity
from budget_model.together.targets import made_up_beside
from pages.board_pack import files
from pages.opportunities import links
from pages.shared import (
    chart,
    choice,
    commenting,
    components,
    down,
    empty_states,
    kept,
    subject,
    tables,
    together,
    told,
)
from pages.shared.components import Badge, Check, Share, Text, Tile, as_typed
from pages.shared.drawn import Room
from pages.shared.empty_states import Way

BOARD = "board"
FIRST = 5
# Opportunities that are shown of each group; the rest are a link away.
FIRST_ASKS = 3
# Things to be decided that are shown of each kind; the rest open, and a single one more is shown too.
MOST_MEASURES = 8
# Measures whose change is drawn; the table beneath holds all.
SIGNS: Mapping[Seen, Literal["done", "open", "note"]] = {
    Seen.YES: "done",
    Seen.LATE: "open",
    Seen.NOT_YET: "open",
    Seen.UNSEEN: "note",
}


def show() -> None:
    """The Board's or one board's or advocate's desk: what it must decide first, and what it has to decide with."""
    scope = together.begin().switched(themes=())
    boards = {theme.id: theme for theme in kept.place().themes}
    themes = {THE_BOARD.id: THE_BOARD, **boards}
    if not boards:
        st.title("Boards’ desks")
        empty_states.show(
            "This place has no boards yet.",
            "Add them to the place’s folder, in themes.csv, with the services of each in service_themes.csv.",
            Way("settings", "Add boards under Settings"),
        )
        return
    with st.container(horizontal=True, key="controls_desks"):
        key = choice.one(
            "Board or advocate",
            tuple(themes),
            BOARD,
            THE_BOARD.id,
            lambda key: f"{themes[key].name}{_kind(themes[key].kind)}",
        )
    subject.name(themes[key].name, "Boards’ desks")
    if not kept.spend(scope):
        empty_states.no_line_chosen()
        return
    desk = kept.answers(scope).desk(key)
    _headline(desk)
    _tiles(scope, desk)
    together.said_of_scope()
    _asks(scope, desk)
    _since(scope, desk)
    with st.container(key="parts_desks"):
        _measures(scope, desk)
        _its_money(scope, desk)
        _opportunities(scope, desk)
        _pools_and_funding(scope, desk)
        _duties(desk)
    concerns = tuple(boards) if desk.whole else (key,)
    commenting.open_list(
        f"desk_{key}", "any board’s work" if desk.whole else desk.theme.name, boards=concerns
    )
    _meeting(scope, desk)


def _kind(kind: ThemeKind) -> str:
    return " (cross-cutting)" if kind is ThemeKind.CROSS_CUTTING else ""


def _headline(desk: Desk) -> None:
    cuts = desk.theme.kind is ThemeKind.CROSS_CUTTING
    components.headline(
        desk.theme.name,
        eyebrow="The partnership’s desk" if desk.whole else "Advocate’s desk" if cuts else "Board’s desk",
        standfirst=desk.theme.description,
    )


def _tiles(scope: Scope, desk: Desk) -> None:
    late = desk.overdue_reviews
    components.tiles(
        [
            _money(scope, desk),
            _could_be(desk),
            Tile(
                "Decisions open",
                str(len(desk.open)),
                f"{counted(late, 'review', 'reviews')} overdue" if late else f"{desk.settled} settled",
            ),
            Tile(
                f"Measures {desk.off_in_words}",
                f"{desk.off_track} of {len(desk.measures)}",
                _counted_means(desk) if desk.targets else "no measure is reported to it",
            ),
        ],
        "four",
    )


def _counted_means(desk: Desk) -> str:
    return made_up_beside(desk.targets) or "by the latest figure"


def _could_be(desk: Desk) -> Tile:
    """What could be planned together; where that is with national departments alone, what could be planned with them."""
    whole = desk.together
    if whole.with_departments and not whole.joinable and not whole.waiting:
        amount, what = pounds(whole.with_departments), "could be planned with national departments"
    else:
        amount, what = titles.sum_of(whole), "could be planned together"
    return Tile(_inside(desk), amount, f"{what}; {_how_many(desk)}")


def _inside(desk: Desk) -> str:
    """What the money that could be joined up stands under."""
    if desk.whole:
        return "In the place"
    return "On its services" if desk.theme.kind is ThemeKind.CROSS_CUTTING else "Within the board"


def _how_many(desk: Desk) -> str:
    """The opportunities beside that money: all of them for the Board and an advocate, those with other boards for a board."""
    if desk.whole:
        return counted(len(desk.within), "opportunity", "opportunities")
    if desk.theme.kind is ThemeKind.CROSS_CUTTING:
        return counted(len(desk.within) + len(desk.across), "opportunity", "opportunities")
    return f"{counted(len(desk.across), 'opportunity', 'opportunities')} with other boards"


def _money(scope: Scope, desk: Desk) -> Tile:
    """The board's money; of a cross-cutting theme only how many services contribute, since a tag has no amount."""
    if desk.theme.kind is ThemeKind.CROSS_CUTTING:
        return Tile(
            "Services that contribute", str(len(desk.services)), "a cross-cutting theme has no sum of its own"
        )
    whole = kept.total(scope)
    if desk.whole:
        return Tile("Its money", pounds(whole.total), "all that is in this choice")
    own = kept.total(scope.switched(themes=(desk.theme.id,)))
    return Tile(
        "Its money",
        pounds(own.total),
        f"of {pounds(whole.total)} in this choice",
        Share(own.total, whole.total),
    )


def _asks(scope: Scope, desk: Desk) -> None:
    """What is to be decided: one picture, then each kind under its question, the first of it and the rest on demand."""
    chart.show(scope, "desk", desk.theme.id, key=f"desk_{desk.theme.id}", level=2)
    for group in desk.ask_groups:
        _group_of_asks(scope, desk, group)
    if desk.more_asks:
        components.note(f"{opened(counted(desk.more_asks, 'more is', 'more are'))} left for another meeting.")


def _group_of_asks(scope: Scope, desk: Desk, group: AskGroup) -> None:
    first = group.asks if len(group.asks) <= FIRST_ASKS + 1 else group.asks[:FIRST_ASKS]
    rest = group.asks[len(first) :]
    with st.container(key=f"asks_{group.kind.name}"):
        components.section(group.title, group.question, level=3)
        for ask in first:
            _ask(scope, group, ask)
        if not rest:
            return
        label = f"{opened(counted(len(rest), 'more', 'more'))}: {listed([ask.title for ask in rest])}"
        with components.unfolding(label, f"asks_{group.kind.name}_{desk.theme.id}") as opened_now:
            if opened_now:
                for ask in rest:
                    _ask(scope, group, ask)


def _ask(scope: Scope, group: AskGroup, ask: Ask) -> None:
    """What is asked in one row that leads to where it is decided: its title, its money, by when, and what to know."""
    asked = group.asked(ask)
    due = f"by {day(ask.due)}" if ask.due and day(ask.due) not in asked else ""
    facts = [fact for fact in (ask.money, due, asked) if fact]
    page, query = _way(scope, ask)
    st.page_link(page, label=components.lead(ask.title, " · ".join(facts)), query_params=query)


def _way(scope: Scope, ask: Ask) -> tuple[str, dict[str, str | list[str]]]:
    """Where what is asked is decided."""
    if ask.kind is AskKind.POOL:
        return "pages/pools/page.py", down.query(scope, (), pool=ask.subject)
    if ask.kind in (AskKind.BID, AskKind.FUNDING):
        return "pages/external_funding/page.py", down.query(scope)
    if ask.kind is AskKind.TARGET:
        return "pages/targets/page.py", down.query(scope, (), target=ask.subject)
    return "pages/opportunities/page.py", links.query(ask.subject)


def _since(scope: Scope, desk: Desk) -> None:
    """What is not as it was when the pack of the meeting before was made."""
    story = meeting_story(desk.theme, scope)
    before = last_pack(kept.store(), story.id, scope)
    if before is None:
        components.note(
            "What changed since the last meeting is told here once a meeting’s pack has been made, at the foot of this page."
        )
        return
    with components.loading("Comparing with the meeting before"):
        changes = since_the_last(told.prepared_now(story, scope, told.address()))
    moment = datetime.fromisoformat(before.made_at).replace(tzinfo=UTC)
    moved = desk.decided_of(decided_since_pack(kept.live(), story.id, scope))
    components.section(
        f"Since the meeting’s pack of {day(dates.day_of(moment))}", changes.sentence if changes else ""
    )
    if moved:
        components.bullets([f"{entry.decision.title}: {entry.decision.state}" for entry in moved])
    else:
        components.note("No decision has been recorded since.")
    if changes and changes.table is not None:
        chart.folded_table(changes.table, f"since_{desk.theme.id}", "Every figure that changed")


def _its_money(scope: Scope, desk: Desk) -> None:
    """Who pays for the board’s business, through which services, and what several bodies pay for."""
    key = desk.theme.id
    if desk.theme.kind is ThemeKind.CROSS_CUTTING:
        chart.show(scope, "tag", key, key=f"desk_tag_{key}", level=2, quiet=True)
        return
    with components.unfolding(
        "Its money by body and service, and what several bodies pay for", f"desk_money_{key}"
    ) as opened_now:
        if opened_now:
            _by_body_and_service(scope, desk)


def _by_body_and_service(scope: Scope, desk: Desk) -> None:
    key = desk.theme.id
    alone = scope if desk.whole else scope.switched(themes=(key,))
    by_body, by_service = ("who", "services") if desk.whole else ("theme", "theme-services")
    chosen = "" if desk.whole else key
    left, right = st.columns(2, gap="large")
    with left:
        chart.show(alone, by_body, chosen, key=f"desk_bodies_{key}", level=2, quiet=True)
    with right:
        chart.show(alone, by_service, chosen, key=f"desk_services_{key}", level=2, quiet=True)
    chart.show(alone, "shared", key=f"desk_shared_{key}", level=2, quiet=True)


def _measures(scope: Scope, desk: Desk) -> None:
    """The measures that are reported to it, those that go the wrong way first."""
    if not desk.targets:
        components.note("No measure is reported to it.")
        return
    title = f"Its measures: {desk.off_track} of {len(desk.measures)} {desk.off_in_words}"
    with components.unfolding(title, f"desk_measures_{desk.theme.id}") as opened_now:
        if opened_now:
            _measures_drawn(scope, desk)


def _measures_drawn(scope: Scope, desk: Desk) -> None:
    key = f"measures_{desk.theme.id}"
    if beside := made_up_beside(desk.targets):
        components.note(f"{opened(beside)}.")
    if draws_money(desk):
        chart.show(scope, "targets", desk.theme.id, key=key, room=Room(most=MOST_MEASURES))
    else:
        chart.folded_table(table_of(kept.answers(scope), desk.targets), key)
    st.page_link(
        "pages/performance/page.py",
        label="Open the readings, risks and forecasts of all measures",
        icon=":material/arrow_forward:",
        query_params=down.query(scope),
    )


def _opportunities(scope: Scope, desk: Desk) -> None:
    """The opportunities of each group, the first of them at once and the rest a link away."""
    groups = ((_group(desk), desk.within), *((("With other boards", desk.across),) if not desk.whole else ()))
    counts = [f"{title}: {counted(len(group), 'opportunity', 'opportunities')}" for title, group in groups]
    with components.unfolding("; ".join(counts), f"desk_opportunities_{desk.theme.id}") as opened_now:
        if opened_now:
            _opportunities_of(scope, desk, groups)


def _opportunities_of(
    scope: Scope, desk: Desk, groups: Sequence[tuple[str, tuple[Opportunity, ...]]]
) -> None:
    numbers = together.numbers(scope)
    for title, group in groups:
        if len(groups) > 1:
            components.section(title, level=3)
        if not group:
            components.note("The list has none for this choice.")
            continue
        with st.container(key=f"ranked_{title}"):
            for one in group[:FIRST]:
                _row(one, numbers)
    if len(desk.within) > FIRST or len(desk.across) > FIRST:
        st.page_link(
            "pages/opportunities/page.py",
            label="Open all of them in the list",
            icon=":material/arrow_forward:",
            query_params=_of_board(scope, desk),
        )


def _group(desk: Desk) -> str:
    """The heading of what could be joined up inside the board, or in all of the place."""
    if desk.whole:
        return "In the whole place"
    return (
        "On the services that contribute"
        if desk.theme.kind is ThemeKind.CROSS_CUTTING
        else "Within the board"
    )


def _of_board(scope: Scope, desk: Desk) -> dict[str, str | list[str]]:
    """The link's words for what is of this board alone; nothing more for the whole Board."""
    return down.query(scope) if desk.whole else down.query(scope, (), board=desk.theme.id)


def _row(opportunity: Opportunity, numbers: Mapping[str, int]) -> None:
    with st.container(key=f"ranked_row_{opportunity.id}"):
        st.page_link(
            "pages/opportunities/page.py",
            label=as_typed(opportunity.title),
            query_params=links.query(opportunity.id),
        )
        overlap = titles.counted_of(opportunity, numbers)
        facts = [
            f"{titles.amount_of(opportunity)} {titles.what_for(opportunity)}",
            *([overlap] if overlap else []),
            opportunity.arrangement,
            f"number {opportunity.number} of the whole place",
        ]
        components.ranked(facts)


def _pools_and_funding(scope: Scope, desk: Desk) -> None:
    """The pools with money of its services, the external funding that stands under it, and its open bids."""
    pools = (
        f"Pools with money of its services: {len(desk.pools)}"
        if desk.pools
        else "No pool holds money of its services"
    )
    with components.unfolding(f"{pools}; {_funding_held(desk)}", f"desk_pools_{desk.theme.id}") as opened_now:
        if opened_now:
            for each in desk.pools:
                _pool(each)
            st.page_link(
                "pages/external_funding/page.py",
                label="Open the register of external funding",
                icon=":material/arrow_forward:",
                query_params=_of_board(scope, desk),
            )


def _funding_held(desk: Desk) -> str:
    held, bids = desk.funding.counted, desk.funding.open_bids
    if not held and not bids:
        return "no external funding in the register"
    lines = counted(len(held), "line", "lines")
    return (
        f"external funding: {pounds(desk.funding.total)} in {lines}, {counted(len(bids), 'bid', 'bids')} open"
    )


def _pool(each: PoolHeld) -> None:
    pool = each.pool
    facts: list[Text | Badge] = [
        f"{pounds(each.from_services)} of its services’ money, of {pounds(pool.total)}"
    ]
    if pool.illustrative:
        facts.insert(0, Badge("illustrative", "illustrative"))
    facts.append(f"review {day(pool.review)}" if pool.review else "no review date")
    if each.late:
        facts.append(Badge("review overdue", "late"))
    components.say([components.strong(pool.name)])
    components.ranked(facts)


def _duties(desk: Desk) -> None:
    whose = "advocate" if desk.theme.kind is ThemeKind.CROSS_CUTTING else "board"
    title = f"Terms of reference: {desk.duties_shown} of {len(desk.duties)} duties show on the map"
    with components.unfolding(title, f"desk_duties_{desk.theme.id}") as opened_now:
        if not opened_now:
            return
        components.note(
            f"What the {whose} is there to do. A duty with nothing shown may still be done: a map of money cannot show everything."
        )
        components.checklist(
            [Check(SIGNS[duty.shown], f"{duty.name} — {duty.shown}. {duty.evidence}") for duty in desk.duties]
        )
        table = duties_table(desk)
        tables.show(table)
        chart.files(table, f"duties_{desk.theme.id}")


def _meeting(scope: Scope, desk: Desk) -> None:
    """The pack for the next meeting, made when it is asked for."""
    components.section(
        "The next meeting’s pack",
        "Slides, PDF and workbook of this desk; the last slide says what changed since the pack of the meeting before.",
    )
    story = meeting_story(desk.theme, scope)
    files.offer("Put the meeting’s pack together", f"meeting_of_{desk.theme.id}", story, scope)


show()
