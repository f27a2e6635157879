"""The register of pools: what each holds, what its agreement must still say, which reviews are late, and next year."""

from collections.abc import Iterable, Sequence

import streamlit as st

from budget_model import dates
from budget_model.count.saying import counted, listed, opened
from budget_model.money import exact_pounds, pounds
from budget_model.scope import Scope, to_query
from budget_model.together import pools as pooling
from budget_model.together import scenarios as what_if
from budget_model.together.ladder import arrangement_name
from budget_model.together.pools import Contribution, Pool
from budget_model.together.targets import real_of
from budget_model.vocabulary import Dimension
from pages.pools import agreement, choosing
from pages.shared import chart, choice, components, empty_states, kept, scope_picker, subject, together
from pages.shared.components import Badge
from pages.shared.drawn import Room
from pages.shared.empty_states import Way

ONE = "pool"
MADE_UP = (
    "Pools so marked are made up, to show how the register works: no agreement of theirs is published, and nothing "
    "else counts them."
)


def show(scope: Scope) -> None:
    """Every pool: those whose review is late first, each with what is missing from its agreement."""
    pools = kept.pools()
    if not pools:
        st.title("No pool is in the register yet")
        empty_states.show(
            "Nobody has entered a pooled fund.",
            "Build one under “What if” and put it into the register; or agree one first, and enter what it says.",
            Way("pools", "Try one under What if", "what-if"),
        )
        return
    late = pooling.overdue(pools, dates.today())
    asked = st.query_params.get(ONE, "")
    mine = next((pool for pool in pools if pool.id == asked), None)
    if mine:
        together.confirm(ONE)
        _alone(mine, late=mine in late)
        return
    if asked:
        components.info("The pool that this link names is not in the register. These are all there are.")
    _headline(pools, late)
    chart.show(scope, "pools", room=Room(most=len(pools)), level=2)
    for pool in sorted(pools, key=lambda pool: (pool not in late, pool.name)):
        _entry(pool, late=pool in late)


def _headline(pools: Sequence[Pool], late: Sequence[Pool]) -> None:
    """How much the pools hold, how many lack something that the regulation asks for, and which reviews are late."""
    real = real_of(pools)
    short = [pool for pool in real if _required(pooling.missing(pool))]
    overdue = sum(1 for pool in late if pool in real)
    components.headline(
        _title(real),
        standfirst=f"{_lacking(len(short), len(real))}; {counted(overdue, 'review is', 'reviews are')} overdue.",
        made_up=MADE_UP if any(pool.illustrative for pool in pools) else "",
    )


def _title(real: Sequence[Pool]) -> str:
    """How much some pools hold; where they are made up, the headline begins by saying so."""
    holding = f"{counted(len(real), 'pool holds', 'pools hold')} {pounds(pooling.held(real))}"
    return f"Illustrative: {holding}" if any(pool.illustrative for pool in real) else opened(holding)


def query(identity: str) -> dict[str, str | list[str]]:
    """The query of a link to one pool of the register, in the same scope."""
    return dict(to_query(scope_picker.chosen())) | {"show": "register", ONE: identity}


def _lacking(short: int, of: int) -> str:
    if not short:
        said = "It says all" if of == 1 else "All say all"
        return f"{said} that regulation 7 requires of an agreement"
    if of == 1:
        return "It lacks something that regulation 7 requires of an agreement"
    return f"{opened(counted(short, 'lacks', 'lack'))} something that regulation 7 requires of an agreement"


def _alone(pool: Pool, *, late: bool) -> None:
    """One pool by itself, as its own link shows it."""
    subject.name(pool.name, "Pools and what-if")
    st.button(
        "All pools",
        icon=":material/arrow_back:",
        on_click=choice.write,
        args=(ONE, ""),
        type="tertiary",
        key="all_pools",
    )
    _entry(pool, late=late)


def _required(contents: Iterable[pooling.Content]) -> list[pooling.Content]:
    return [content for content in contents if content.required]


def _entry(pool: Pool, *, late: bool) -> None:
    names = kept.names_of(Dimension.ORGANISATION)
    gone = pooling.missing(pool)
    required = _required(gone)
    badges = []
    if late:
        badges.append(Badge("review or end has passed", "late"))
    if pool.illustrative:
        badges.append(Badge("illustrative", "illustrative"))
    how_many = counted(len(required), "required content", "required contents")
    badges.append(
        Badge(f"{how_many} missing", "late")
        if required
        else Badge("says all that regulation 7 requires", "open")
    )
    shares = [f"{names.get(body, body)} {share}" for body, share in pool.shares.items()]
    host = f"held by {names.get(pool.host, pool.host)}" if pool.host else "no host"
    about = " · ".join(filter(None, (arrangement_name(pool.arrangement), pool.year, listed(shares), host)))
    components.finding(f"{pool.name}: {pounds(pool.total)}", about, 2)
    components.badges(*badges)
    together.problems(
        pooling.check(
            pool,
            kept.line_limits(
                _own(pool),
                tuple(
                    sorted(
                        {
                            contribution.line
                            for contribution in pool.contributions
                            if contribution.line is not None
                        }
                    )
                ),
            ),
            names,
        )
    )
    _says(pool)
    if gone:
        components.say([components.strong("What its agreement does not say yet")])
        components.bullets(
            (components.strong(content.label), f"{' (required)' if content.required else ''}. {content.why}")
            for content in gone
        )
    agreement.enter(pool)
    agreement.next_year(pool)


def _own(pool: Pool) -> Scope:
    """All budgets of the pool's own year, whatever the screen is narrowed to."""
    return Scope(year=pool.year if pool.year in kept.years() else scope_picker.chosen().year)


def _says(pool: Pool) -> None:
    """What the agreement says, where each contribution comes from, and the ways on."""
    names = kept.names_of(Dimension.ORGANISATION)
    contents = [(content.label, words) for content, words in pooling.contents(pool, names)]
    components.facts([*contents, ("Source", pool.source)] if pool.source else contents)
    drawn = [contribution for contribution in pool.contributions if contribution.line is not None]
    if drawn:
        components.say([components.strong("Drawn from mapped lines")])
        components.bullets(_drawn_from(contribution, names) for contribution in drawn)
    with st.container(horizontal=True, gap="medium", key=f"ways_{pool.id}"):
        if st.query_params.get(ONE, "") != pool.id:
            st.page_link(
                "pages/pools/page.py",
                label="A page and a link of its own",
                icon=":material/link:",
                query_params=query(pool.id),
            )
        if pool.total > 0:
            st.page_link(
                "pages/pools/page.py",
                label="Who would bear a 5% overspend?",
                icon=":material/arrow_forward:",
                query_params=choosing.query(choosing.started(_own(pool), what_if.of_pool(pool))),
            )


def _drawn_from(contribution: Contribution, names: dict[str, str]) -> str:
    """Which line a contribution comes from, how much, and the least that its partner is bound to."""
    least = "" if contribution.minimum is None else f", at least {exact_pounds(contribution.minimum)}"
    return (
        f"{names.get(contribution.partner, contribution.partner)}: {exact_pounds(contribution.amount)} from "
        f"‘{contribution.what or 'a line of its budget'}’{least}"
    )
