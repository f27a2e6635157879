"""What could be joined up here, how far, under which power, from when, and why not further?"""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from budget_model import dates
from budget_model.count.saying import counted, opened
from budget_model.exhibits.opportunities import short_title, when
from budget_model.money import percent, pounds
from budget_model.scope import Scope
from budget_model.together import listing, telling, titles
from budget_model.together.decisions import Reviewed
from budget_model.together.ladder import POOL, arrangement_name
from budget_model.together.opportunities import CROSS, WITHIN, Opportunity, OpportunityList, in_the_list
from budget_model.vocabulary import Dimension
from pages.opportunities import detail, links, register, weighing
from pages.shared import chart, choice, components, kept, together
from pages.shared.components import Badge, Run, Share, Text, Tile, as_typed

SHOW, SEARCH, PARTNER, BOARD, MEETING, LEVEL, ALL = (
    "show",
    "search",
    "partner",
    "board",
    "boards",
    "level",
    "all",
)
VIEWS = {"list": "Ranked list", "register": "Decision register"}
MEETINGS = {"both": "All", WITHIN: "Within one board", CROSS: "Across boards"}
FIRST = 5
GROUPS = {
    False: (
        "Between bodies of the place",
        "The best first. Those within one board are aligned first; those across boards are pooled after that. Confidence "
        "grades run from 1, audited, to 6, somebody’s judgement.",
    ),
    True: (
        "With national departments",
        "Besides one body of the place only departments pay, and their figures are shares of wider ones: ask them for what they spend "
        "here first.",
    ),
}
# The parts of the list, by whether an opportunity is with a national department: numbers run on from one to the next.


def show() -> None:
    """One opportunity where the link names it; else the ranked list, or the register."""
    scope = together.begin()
    weights = weighing.asked()
    with components.loading("Looking for everything that could be joined up"):
        opportunities = kept.opportunities(scope, weights)
        reviewed = kept.reviewed(scope)
    asked = st.query_params.get(links.ONE, "")
    one = opportunities.opportunity(asked) if asked else None
    if one:
        together.confirm(links.ONE)
        detail.show(scope, opportunities, one, reviewed)
        return
    if asked:
        _gone(asked, reviewed)
    _headline(opportunities)
    _tiles(opportunities, reviewed)
    together.said_of_scope()
    with st.container(horizontal=True, key="controls_list", vertical_alignment="center"):
        view = choice.segment("Show", tuple(VIEWS), SHOW, "list", lambda key: VIEWS[key])
        wanted = _wanted(opportunities) if view == "list" and opportunities.opportunities else None
    if view == "register":
        register.show(reviewed)
    elif wanted is None:
        _nothing(opportunities)
    else:
        _list(scope, opportunities, reviewed, wanted)


def _gone(asked: str, reviewed: tuple[Reviewed, ...]) -> None:
    """A link to what is not there: say whether it is still in the register, and what took its place."""
    mine = next((one for one in reviewed if one.decision.opportunity == asked), None)
    if mine is None:
        components.info(
            "The opportunity that this link names is not on this map: another scope, or a budget that has changed. "
            "This is everything there is."
        )
        return
    components.caution(f"“{mine.decision.title}” is in the register, but not on the present map. {mine.flag}")
    if mine.now:
        st.page_link(
            "pages/opportunities/page.py",
            label=as_typed(f"Open what is most like it: {mine.now.title}"),
            icon=":material/arrow_forward:",
            query_params=links.query(mine.now.id),
        )


def _nothing(opportunities: OpportunityList) -> None:
    first = next(iter(opportunities.problems), None)
    sentence = first.sentence if first else "No opportunity is in this choice."
    remedy = first.remedy if first else "Widen the scope above."
    components.empty(sentence, remedy)
    together.problems(opportunities.problems[1:])


def _headline(opportunities: OpportunityList) -> None:
    if not opportunities.opportunities:
        st.title("Opportunities")
        return
    components.headline(titles.headline_of(opportunities.portfolio), standfirst=_standfirst(opportunities))


def _tiles(opportunities: OpportunityList, reviewed: tuple[Reviewed, ...]) -> None:
    """What of the money is within one board and across boards, and what the law and the register hold."""
    if not opportunities.opportunities:
        return
    whole = opportunities.portfolio
    components.tiles(
        [
            _meeting(opportunities, WITHIN, "Within one board: align these first", whole.within_board),
            _meeting(opportunities, CROSS, "Across boards: pool these after", whole.cross_board),
            _open_pool(telling.largest_open_pool(opportunities)),
            _in_the_register(reviewed),
        ],
        "third",
    )


def _ways_on(pool: Opportunity | None) -> None:
    """Where to go from here, on one line."""
    with st.container(horizontal=True, key="ways_on", gap="medium"):
        st.page_link(
            "pages/portfolio/page.py",
            label="What to take up first with the people there are",
            icon=":material/arrow_forward:",
        )
        if pool:
            who = " and ".join(together.short(body) for body in pool.organisations[:3])
            st.page_link(
                "pages/opportunities/page.py",
                label=as_typed(
                    f"Open the largest pool that the law of the year allows: {short_title(pool)}, {who}"
                ),
                icon=":material/arrow_forward:",
                query_params=links.query(pool.id),
            )


def _standfirst(opportunities: OpportunityList) -> str:
    whole = opportunities.portfolio
    shown = counted(len(in_the_list(opportunities.opportunities)), "opportunity is", "opportunities are")
    how_many = f"{opened(shown)} in the list"
    if not (whole.joinable or whole.waiting or whole.with_departments):
        return f"{how_many}, and none with money that may move: what can be done is to plan and to share information."
    known = f"{pounds(whole.joinable)} of this is known. The other {pounds(whole.waiting)} is the most that it could be"
    how_sure = (
        f"{how_many}, and no pound is counted twice"
        if not whole.waiting
        else f"{known}, because a partner shows one sum for many services"
        if whole.joinable
        else "This is the most that it could be, because a partner shows one sum for many services"
    )
    return f"{how_sure}. To plan together is to decide together how money is spent, not to spend less."


def _what_it_counts(opportunities: OpportunityList) -> None:
    """What is in the sum of the headline and what is not, for whoever asks."""
    whole = opportunities.portfolio
    shown = counted(len(in_the_list(opportunities.opportunities)), "opportunity is", "opportunities are")
    most = percent(whole.joinable + whole.waiting, whole.flexible)
    share = (
        (f"All of it is at most {most} of {telling.how_free(whole)}.",)
        if whole.flexible and whole.joinable + whole.waiting
        else ()
    )
    with st.expander("What this sum counts, and what it does not", key="what_it_counts"):
        components.note(
            f"{opened(shown)} in the list; money that several share is counted in one of them alone.",
            *titles.sentences_of(whole),
            *share,
        )


def _meeting(opportunities: OpportunityList, scope: str, name: str, amount: Decimal) -> Tile:
    """The money of the opportunities within one board, or across boards."""
    adding = [
        each for each in in_the_list(opportunities.opportunities) if each.scope == scope and each.planned
    ]
    whole = opportunities.portfolio.joinable
    return Tile(
        name,
        pounds(amount) if adding else "None known",
        f"known in {counted(len(adding), 'opportunity', 'opportunities')} of the list"
        if adding
        else "of what the list could plan together",
        Share(amount, whole) if adding and amount < whole else None,
    )


def _open_pool(pool: Opportunity | None) -> Tile:
    name = "Largest pool that the law allows"
    if pool is None:
        none_yet = "neither the law nor the conditions of the money allow these bodies to pool yet"
        return Tile(name, "None", none_yet)
    power = pool.power.name or "no power named"
    return Tile(name, titles.amount_of(pool), f"{short_title(pool)}; {power}; needs legal advice")


def _in_the_register(reviewed: tuple[Reviewed, ...]) -> Tile:
    flagged = len([entry for entry in reviewed if entry.flag])
    below = (
        f"{register.flags(flagged)} whose budgets have changed since"
        if reviewed
        else "none has been added yet"
    )
    return Tile("In the decision register", str(len(reviewed)), below)


def _list(
    scope: Scope, opportunities: OpportunityList, reviewed: tuple[Reviewed, ...], wanted: listing.Wanted
) -> None:
    together.problems(opportunities.problems)
    chosen, hidden = listing.narrowed(opportunities, wanted, _words())
    if not chosen:
        components.empty("No opportunity is in this choice.", "Take away a word or a choice.")
        return
    _answer(opportunities, chosen, wanted.search)
    with components.folded_on_phones(f"All {len(chosen)} in one picture", "picture"):
        chart.show(scope, "opportunities", wanted.to_link(), key="picture", level=2)
    _ways_on(telling.largest_open_pool(opportunities))
    states = {one.decision.opportunity: one for one in reviewed}
    numbers = {opportunity.id: opportunity.number for opportunity in opportunities.opportunities}
    with st.container(key="ranked"):
        for departments, (title, why) in GROUPS.items():
            group = [opportunity for opportunity in chosen if opportunity.with_department is departments]
            if not group:
                continue
            with components.folded_on_phones(
                f"{title}: {len(group)}", f"group_{departments}", leads=not departments
            ):
                _ranked(group, f"{title}: ", why, states, numbers, whole=bool(wanted.search))
    if hidden:
        components.note(_of_hidden(hidden))
    _what_it_counts(opportunities)
    weighing.draw()


def _of_hidden(hidden: int) -> str:
    """Why some that were found are not in the list."""
    return (
        f"{opened(counted(hidden, 'more was', 'more were'))} found and not listed: nearly all their money is in a better "
        "one, it is less than £1 for each resident, or none of it could be planned together. Their numbers "
        "follow those of the list."
    )


def _answer(opportunities: OpportunityList, chosen: list[Opportunity], search: str) -> None:
    """Why what was looked for is ranked where it is, before the list."""
    one = telling.closest(chosen, search, together.names())
    if one is None:
        return
    why = telling.why_ranked(opportunities, one, kept.facts(dates.today()))
    with st.container(key="answer"):
        st.page_link(
            "pages/opportunities/page.py",
            label=as_typed(f"{one.number}. {one.title}"),
            query_params=links.query(one.id),
            icon=":material/arrow_forward:",
        )
        components.say(
            (
                components.strong("Why it is ranked there."),
                f" {why} ",
                components.strong("Why not further."),
                f" {one.why_not_higher}",
            )
        )


def _words() -> dict[str, str]:
    """What bodies, services, boards and groups of people are called, by which an opportunity is looked for."""
    people = {group.id: group.name for group in kept.place().client_groups}
    return together.names() | kept.names_of(Dimension.THEME) | people


def _wanted(opportunities: OpportunityList) -> listing.Wanted:
    """What the page's own choices ask of the list; most of them open on request."""
    names = together.names() | kept.names_of(Dimension.THEME)
    label = "Look for a service, body or group of people"
    search = choice.text(label, SEARCH, f"{label}: learning disability", in_box=True)
    narrowed = any(key in st.query_params for key in (PARTNER, BOARD, LEVEL, MEETING, ALL))
    with st.expander("Narrow the list by partner, board or arrangement", key="narrow", expanded=narrowed):
        partner, board, level = _who_and_how(opportunities, names)
        with st.container(horizontal=True, key="controls_list_more", vertical_alignment="center"):
            meeting = choice.segment("Boards", tuple(MEETINGS), MEETING, "both", lambda key: MEETINGS[key])
            every = choice.segment(
                "Which",
                ("no", "yes"),
                ALL,
                "no",
                lambda key: "Without overlaps" if key == "no" else "All, with those counted in others",
            )
    return listing.Wanted(
        search, partner, board, "" if meeting == "both" else meeting, level, every == "yes", weighing.asked()
    )


def _who_and_how(opportunities: OpportunityList, names: Mapping[str, str]) -> tuple[str, str, str]:
    """The partner, board and arrangement that are chosen; each empty where any will do."""
    partners = {
        body: names.get(body, body)
        for opportunity in opportunities.opportunities
        for body in opportunity.organisations
    }
    boards = {
        board: names.get(board, board)
        for opportunity in opportunities.opportunities
        for board in opportunity.themes
    }
    levels = sorted({opportunity.level for opportunity in opportunities.opportunities}, reverse=True)
    with st.container(horizontal=True, key="controls_list_who", vertical_alignment="bottom"):
        partner = choice.one(
            "Partner",
            ("", *sorted(partners, key=partners.__getitem__)),
            PARTNER,
            "",
            lambda key: partners.get(key, "Any body"),
        )
        board = choice.one("Board", ("", *boards), BOARD, "", lambda key: boards.get(key, "Any board"))
        level = choice.one(
            "Recommended",
            ("", *map(str, levels)),
            LEVEL,
            "",
            lambda key: arrangement_name(int(key)) if key else "Any arrangement",
        )
    return partner, board, level


def _ranked(
    group: list[Opportunity],
    title: str,
    why: str,
    states: dict[str, Reviewed],
    numbers: Mapping[str, int],
    *,
    whole: bool,
) -> None:
    """Opportunities in the order of their numbers; all of them at once where they were looked for by a word."""
    how_many = counted(len(group), "opportunity", "opportunities")
    components.section(f"{title}{how_many}, {titles.of_group(group)}", why)
    key = f"more_{group[0].with_department}"
    group = sorted(group, key=lambda opportunity: opportunity.number)
    every = whole or st.session_state.get(key) or len(group) <= FIRST + 1
    shown = group if every else group[:FIRST]
    for opportunity in shown:
        _row(opportunity, states.get(opportunity.id), numbers)
    if len(shown) < len(group):
        st.button(as_typed(f"Show all {len(group)}"), key=f"{key}_button", on_click=_more, args=(key,))


def _more(key: str) -> None:
    st.session_state[key] = True


def _row(opportunity: Opportunity, mine: Reviewed | None, numbers: Mapping[str, int]) -> None:
    facts: list[Text | Badge] = [
        (
            Run(titles.amount_listed(opportunity), "b"),
            f" {titles.what_for(opportunity)}",
        ),
        MEETINGS[opportunity.scope].lower(),
        [Run(opportunity.arrangement, "b")],
        ("score ", Run(str(opportunity.score), "b")),
        when(opportunity).lower(),
        f"confidence grade {opportunity.confidence}",
        telling.firm_in_brief(opportunity.stability),
    ]
    if overlap := titles.overlap_of(opportunity, numbers):
        facts.insert(1, overlap)
    if opportunity.open_by_law >= POOL:
        facts.append(Badge("the law allows a pool", "open"))
    if opportunity.inside:
        facts.append(Badge(f"part of number {numbers.get(opportunity.inside, 0)}"))
    if mine:
        late = mine.flag or mine.overdue
        facts.append(Badge(f"register: {mine.decision.state}", "late" if late else ""))
    with st.container(key=f"ranked_row_{opportunity.id}"):
        st.page_link(
            "pages/opportunities/page.py",
            label=as_typed(f"{opportunity.number}. {opportunity.title}"),
            query_params=links.query(opportunity.id),
        )
        components.ranked(facts)


show()
