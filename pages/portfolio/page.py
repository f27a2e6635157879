"""What shall we take up first with the people we have, what do we give up, and what would one more bring?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import streamlit as st

from budget_model.count.saying import counted, listed
from budget_model.exhibits import portfolio as shown
from budget_model.money import pounds
from budget_model.scope import Scope, to_query
from budget_model.together import portfolio_asked, titles
from budget_model.together.ladder import arrangement_name
from budget_model.together.portfolio_asked import ChosenPortfolio, PortfolioAsked
from pages.opportunities import links
from pages.portfolio import limits
from pages.shared import chart, choice, components, empty_states, kept, tables, together
from pages.shared.components import Badge, Run, Share, Text, Tile, as_typed
from pages.shared.empty_states import Way

BESIDE = "beside"
MOST_BESIDE = 2
FIRST_OUT = 10


def show() -> None:
    """The best portfolio for the limits of the link, what holds it back, what is out, and others beside it."""
    scope = together.begin()
    asked = portfolio_asked.from_link(st.query_params.get(limits.ASKED, ""))
    with components.loading("Looking for the best choice"):
        portfolio = kept.answers(scope).portfolio(asked)
    if not portfolio.offered:
        st.title("What to take up first")
        empty_states.show(
            "No opportunity in this choice has money that could be planned together.",
            "Widen it above, or upload the budget of another body.",
            Way("upload", "Upload a budget"),
        )
        return
    _headline(portfolio)
    together.said_of_scope()
    left, right = st.columns([1, 2], gap="large")
    with left, components.folded_on_phones("What there is to work with", "portfolio_limits"):
        _limits(asked, portfolio)
    with right:
        chart.show(scope, "portfolio", asked.to_link(), level=2)
    _binding(portfolio)
    chart.show_aside(scope, "effort", "How much work each partner would have", asked.to_link())
    if portfolio.left_out:
        with components.folded_on_phones(f"Why the other {len(portfolio.left_out)} are out", "portfolio_out"):
            _out(scope, portfolio)
    with components.folded_on_phones("Side by side", "portfolio_beside"):
        _beside(scope, asked)


def _headline(portfolio: ChosenPortfolio) -> None:
    components.headline(
        shown.sentence(portfolio),
        standfirst=f"{portfolio.choice.sentence} None of it is a saving. {shown.apart(portfolio)}".strip(),
    )
    components.tiles(
        [
            Tile(
                "Planned together",
                pounds(portfolio.planned),
                f"of {pounds(portfolio.joinable)} in these, each pound once",
                Share(portfolio.planned, portfolio.joinable),
            ),
            Tile("Taken up", f"{len(portfolio.taken_up)} of {portfolio.offered}", _by_level(portfolio)),
            _hardest(portfolio),
        ],
        "three",
    )


def _by_level(portfolio: ChosenPortfolio) -> str:
    said = [f"{count} {arrangement_name(level).lower()}" for level, count in portfolio.by_level.items()]
    return listed(said) or "nothing yet"


def _hardest(portfolio: ChosenPortfolio) -> Tile:
    first = portfolio.effort[0] if portfolio.effort else None
    if first is None or not first.used:
        return Tile("Most work", "None", "no partner is asked for any")
    below = f"of {first.limit.normalize():f} units; one is a lead officer for about a quarter of a year"
    return Tile(
        f"Most work: {together.short(first.organisation)}",
        f"{first.used.normalize():f}",
        below,
        Share(first.used, first.limit),
    )


def _limits(asked: PortfolioAsked, portfolio: ChosenPortfolio) -> None:
    """Every limit as a control; the link is the truth."""
    components.question("What there is to work with")
    limits.effort(asked)
    _one_body(asked, portfolio)
    limits.pools(asked)
    limits.part_in_pools(asked)
    _starts(asked)
    key = choice.ready("portfolio_boards", asked.boards_first)
    st.checkbox(
        "Each board’s own alignment before a pool across boards",
        key=key,
        on_change=lambda: limits.write(replace(asked, boards_first=bool(st.session_state[key]))),
    )
    if asked != PortfolioAsked():
        st.button(
            "Back to the usual limits", key="portfolio_reset", on_click=lambda: limits.write(PortfolioAsked())
        )


def _one_body(asked: PortfolioAsked, portfolio: ChosenPortfolio) -> None:
    """The units of work of one partner that has more or fewer than the others."""
    bodies = [each.organisation for each in portfolio.effort]
    with st.expander("One partner has more or fewer", expanded=bool(asked.own)):
        body = st.selectbox(
            "Partner", bodies, format_func=together.short, key="portfolio_body", index=0 if bodies else None
        )
        if body is None:
            return
        key = choice.ready(f"portfolio_own_{body}", int(asked.effort_of(body)))
        st.number_input(
            "Its units of work",
            0,
            limits.MOST_UNITS * 10,
            key=key,
            on_change=lambda: limits.write(asked.with_effort_of(body, Decimal(int(st.session_state[key])))),
        )


def _starts(asked: PortfolioAsked) -> None:
    key = choice.ready("portfolio_by", asked.by_day)

    def write() -> None:
        day = st.session_state[key]
        limits.write(replace(asked, by_day=day if isinstance(day, date) else None))

    st.date_input(
        "None that is known to start after",
        value=None,
        key=key,
        on_change=write,
        format="DD/MM/YYYY",
        help="An opportunity whose contract dates nobody has recorded is not left out by this.",
    )


def _binding(portfolio: ChosenPortfolio) -> None:
    """What holds the choice back, and what one more unit of each limit would bring."""
    components.section(
        "What holds it back",
        "What one more unit of each limit would bring, in pounds weighed by their score.",
    )
    if portfolio.choice.unpriced:
        components.note(
            f"There was no time to say what more of {counted(portfolio.choice.unpriced, 'limit', 'limits')} would bring."
        )
    if not portfolio.choice.binding and not portfolio.choice.unpriced:
        components.note(
            "One more unit of any one limit would not change the choice: what is left out needs more than that, needs "
            "more of several at once, or plans no further pounds together."
        )
    if not portfolio.choice.binding:
        return
    ordered = sorted(portfolio.choice.binding, key=lambda limit: -limit.brings)
    components.bullets([limit.sentence for limit in ordered])


def _out(scope: Scope, portfolio: ChosenPortfolio) -> None:
    """Why each of the others is out."""
    components.section(f"Why the other {len(portfolio.left_out)} are out")
    every, numbers = st.session_state.get("portfolio_every", False), together.numbers(scope)
    rows = portfolio.left_out if every else portfolio.left_out[:FIRST_OUT]
    for one, why in rows:
        with st.container(key=f"ranked_row_out_{one.id}"):
            st.page_link(
                "pages/opportunities/page.py",
                label=as_typed(f"{one.number}. {one.title}"),
                query_params=dict(to_query(scope)) | links.query(one.id),
            )
            facts: list[Text | Badge] = [
                (Run(titles.amount_listed(one), "b"), f" {titles.what_for(one)}"),
                one.arrangement,
            ]
            if overlap := titles.overlap_of(one, numbers):
                facts.insert(1, overlap)
            components.ranked(facts, why)
    if len(rows) < len(portfolio.left_out):
        st.button(
            as_typed(f"Show all {len(portfolio.left_out)}"),
            key="portfolio_every_button",
            on_click=lambda: st.session_state.update(portfolio_every=True),
        )


def _beside(scope: Scope, asked: PortfolioAsked) -> None:
    """Up to three portfolios side by side, each under its limits."""
    held = st.query_params.get_all(BESIDE)[:MOST_BESIDE]
    components.section("Side by side", "Set this portfolio aside, change a limit, and compare: up to three.")
    mine = asked.to_link()
    full = len(held) >= MOST_BESIDE
    with st.container(horizontal=True):
        st.button(
            "Set this one aside to compare",
            key="portfolio_aside",
            disabled=full or mine in held,
            on_click=lambda: _set_aside([*held, mine]),
        )
        if held:
            st.button("Compare no longer", key="portfolio_alone", on_click=lambda: _set_aside([]))
    if held:
        tables.show(shown.beside(kept.answers(scope), [*held, *([mine] if mine not in held else [])]))


def _set_aside(held: list[str]) -> None:
    if held:
        st.query_params[BESIDE] = held
    elif BESIDE in st.query_params:
        del st.query_params[BESIDE]


show()
