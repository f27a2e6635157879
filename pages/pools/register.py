"""The register of pools: what each holds, what its agreement must still say, which reviews are late, and next year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from budget_model.count.saying import counted, listed, opened
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import NOTHING, exact_pounds, pounds, to_penny
from budget_model.problem import Refusal
from budget_model.scope import Scope, to_query
from budget_model.store import joint
from budget_model.together import pools as pooling
from budget_model.together import scenarios as what_if
from budget_model.together.ladder import arrangement_name
from budget_model.together.pools import Contribution, Pool, RollForward
from budget_model.vocabulary import Dimension
from pages.pools import choosing
from pages.shared import chart, choice, components, kept, scope_picker, signing, tables, together
from pages.shared.components import Badge, as_typed
from pages.shared.drawn import Room

ONE = "pool"
MADE_UP = (
    "Pools so marked are made up, to show how the register works: no agreement of theirs is published, and nothing "
    "else counts them."
)
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
WORDS = (
    ("aims", "Aims and outcomes"), ("functions", "Functions carried out through it"),
    ("people_and_services", "People and services covered"), ("staff_and_goods", "Staff, goods and accommodation in kind"),
    ("variation", "How contributions may vary"), ("exit_terms", "How it may be left"),
    ("overspend", "What happens to an overspend"), ("underspend", "What happens to an underspend"),
    ("vat", "VAT"), ("power", "Legal power"), ("manager", "Manager of the fund"), ("outcome_measure", "Outcome measure"),
)  # fmt: skip


def show(scope: Scope) -> None:
    """Every pool: those whose review is late first, each with what is missing from its agreement."""
    pools = kept.pools()
    if not pools:
        st.title("No pool is in the register yet")
        components.empty(
            "Nobody has entered a pooled fund.",
            "Build one under “What if” and put it into the register; or agree one first, and enter what it says.",
        )
        return
    late = pooling.overdue(pools, kept.today())
    asked = st.query_params.get(ONE, "")
    mine = next((pool for pool in pools if pool.id == asked), None)
    if mine:
        together.confirm(ONE)
        _alone(mine, late=mine in late)
        return
    if asked:
        components.info("The pool that this link names is not in the register. These are all there are.")
    short = [pool for pool in pools if any(content.required for content in pooling.missing(pool))]
    whole = pooling.held(pools)
    components.headline(
        f"{opened(counted(len(pools), 'pool holds', 'pools hold'))} {pounds(whole)}",
        standfirst=f"{_lacking(len(short), len(pools))}; {counted(len(late), 'review is', 'reviews are')} overdue.",
        made_up=MADE_UP if any(pool.illustrative for pool in pools) else "",
    )
    chart.show(scope, "pools", room=Room(most=len(pools)), level=2)
    for pool in sorted(pools, key=lambda one: (one not in late, one.name)):
        _entry(pool, late=pool in late)


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
    st.button(
        "All pools", icon=":material/arrow_back:", on_click=choice.write, args=(ONE, ""), type="tertiary",
        key="all_pools",
    )  # fmt: skip
    _entry(pool, late=late)


def _day(day: date | None) -> str:
    return f"{day:%d %B %Y}" if day else ""


def _entry(pool: Pool, *, late: bool) -> None:
    names = kept.names_of(Dimension.ORGANISATION)
    gone = pooling.missing(pool)
    required = [content for content in gone if content.required]
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
    about = " · ".join(
        one
        for one in (
            arrangement_name(pool.arrangement),
            pool.year,
            listed(shares),
            f"held by {names.get(pool.host, pool.host)}" if pool.host else "no host",
        )
        if one
    )
    components.finding(f"{pool.name}: {pounds(pool.total)}", about, 2)
    components.badges(*badges)
    together.problems(
        pooling.check(
            pool,
            kept.line_limits(
                _own(pool),
                tuple(sorted({one.line for one in pool.contributions if one.line is not None})),
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
    _edit(pool)
    _next_year(pool)


def _own(pool: Pool) -> Scope:
    """All budgets of the pool's own year, whatever the screen is narrowed to."""
    return Scope(year=pool.year if pool.year in kept.years() else scope_picker.chosen().year)


def _says(pool: Pool) -> None:
    """What the agreement says, where each contribution comes from, and the ways on."""
    names = kept.names_of(Dimension.ORGANISATION)
    contents = [(content.label, words) for content, words in pooling.contents(pool, names)]
    components.facts([*contents, ("Source", pool.source)] if pool.source else contents)
    drawn = [one for one in pool.contributions if one.line is not None]
    if drawn:
        components.say([components.strong("Drawn from mapped lines")])
        components.bullets(_drawn_from(contribution, names) for contribution in drawn)
    with st.container(horizontal=True, gap="medium", key=f"ways_{pool.id}"):
        if st.query_params.get(ONE, "") != pool.id:
            st.page_link(
                "pages/pools/page.py", label="A page and a link of its own", icon=":material/link:",
                query_params=query(pool.id),
            )  # fmt: skip
        if pool.total > 0:
            st.page_link(
                "pages/pools/page.py", label="Who would bear a 5% overspend?", icon=":material/arrow_forward:",
                query_params=choosing.query(choosing.started(_own(pool), what_if.of_pool(pool))),
            )  # fmt: skip


def _drawn_from(contribution: Contribution, names: dict[str, str]) -> str:
    """Which line a contribution comes from, how much, and the least that its partner is bound to."""
    least = "" if contribution.minimum is None else f", at least {exact_pounds(contribution.minimum)}"
    return (
        f"{names.get(contribution.partner, contribution.partner)}: {exact_pounds(contribution.amount)} from "
        f"‘{contribution.what or 'a line of its budget'}’{least}"
    )


def _edit(pool: Pool) -> None:
    names = kept.names_of(Dimension.ORGANISATION)
    with st.expander("Enter what the agreement says", key=f"pool_{pool.id}"):
        by = signing.name(f"pool_{pool.id}")
        typed: dict[str, str] = {}
        columns = st.columns(2)
        for number, (field, label) in enumerate(WORDS):
            typed[field] = columns[number % 2].text_area(
                as_typed(label),
                value=getattr(pool, field),
                key=f"pool_{pool.id}_{field}",
                height=68,
                max_chars=2000,
            )
        bodies = list(dict.fromkeys([*pool.by_partner, *([pool.host] if pool.host else [])]))
        left, middle, right = st.columns(3)
        host = left.selectbox(
            "Host",
            bodies,
            index=bodies.index(pool.host) if pool.host in bodies else None,
            format_func=lambda body: names.get(body, body),
            key=f"pool_{pool.id}_host",
        )
        baseline = middle.text_input(
            "Baseline of the outcome measure",
            value="" if pool.baseline is None else f"{pool.baseline:f}",
            key=f"pool_{pool.id}_baseline",
        )
        target = right.text_input(
            "Target of the outcome measure",
            value="" if pool.target is None else f"{pool.target:f}",
            key=f"pool_{pool.id}_target",
        )
        left, middle, right = st.columns(3)
        starts = left.date_input(
            "Starts",
            value=pool.starts,
            key=f"pool_{pool.id}_starts",
            format="DD/MM/YYYY",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
        )
        review = middle.date_input(
            "Review",
            value=pool.review,
            key=f"pool_{pool.id}_review",
            format="DD/MM/YYYY",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
        )
        ends = right.date_input(
            "Ends",
            value=pool.ends,
            key=f"pool_{pool.id}_ends",
            format="DD/MM/YYYY",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
        )
        minimums = {}
        columns = st.columns(2)
        for number, one in enumerate(pool.contributions):
            minimums[number] = columns[number % 2].number_input(
                as_typed(f"Least that {together.short(one.partner)} is bound to, £ (puts in {pounds(one.amount)})"), min_value=0.0, max_value=1e12, step=1000.0,
                value=None if one.minimum is None else float(one.minimum), format="%.0f", key=f"pool_{pool.id}_least_{number}",
                placeholder="No minimum",
            )  # fmt: skip
        if not st.button(
            "Keep this wording", type="primary", key=f"pool_{pool.id}_keep"
        ) or signing.is_missing(by):
            return
        if not (_is_figure(baseline) and _is_figure(target)):
            components.caution(
                "The baseline and the target of the outcome measure are figures, such as 72 or 6.5."
            )
            return
        contributions = tuple(
            replace(
                one, minimum=None if minimums[number] is None else to_penny(Decimal(str(minimums[number])))
            )
            for number, one in enumerate(pool.contributions)
        )
        said: dict[str, Any] = {field: words.strip() for field, words in typed.items()}
        changed = replace(
            pool, host=str(host or ""), starts=starts, review=review, ends=ends, contributions=contributions,
            baseline=_figure(baseline), target=_figure(target), **said,
        )  # fmt: skip
        try:
            joint.keep_pool(kept.store(), changed, by=by)
        except Refusal as refusal:
            components.caution(refusal.sentence)
        else:
            st.rerun()


def _figure(text: str) -> Decimal | None:
    """A figure that was typed; None for nothing typed."""
    words = text.strip().replace(",", "").removesuffix("%")
    return Decimal(words) if words else None


def _is_figure(text: str) -> bool:
    try:
        number = _figure(text)
    except ArithmeticError:
        return False
    return number is None or number.is_finite()


def _next_year(pool: Pool) -> None:
    if not pool.by_partner:
        return
    names = kept.names_of(Dimension.ORGANISATION)
    with st.expander("Next year’s contributions", key=f"next_{pool.id}"):
        columns = st.columns(4)
        inflation = columns[0].number_input(
            "Inflation, %", -20.0, 50.0, 2.0, 0.5, format="%.1f", key=f"next_{pool.id}_inflation"
        )
        recurrent = columns[1].number_input(
            "Recurrent changes, £ each",
            -1e12,
            1e12,
            0.0,
            1000.0,
            format="%.0f",
            key=f"next_{pool.id}_recurrent",
        )
        grown = columns[2].number_input(
            "Agreed developments, £ each",
            0.0,
            1e12,
            0.0,
            1000.0,
            format="%.0f",
            key=f"next_{pool.id}_developments",
        )
        less = columns[3].number_input(
            "Agreed efficiency, £ each",
            0.0,
            1e12,
            0.0,
            1000.0,
            format="%.0f",
            key=f"next_{pool.id}_efficiency",
        )
        changes = RollForward(_money(recurrent), Decimal(str(inflation)) / 100, _money(grown), _money(less))
        years = [pooling.roll_forward(body, amount, changes) for body, amount in pool.by_partner.items()]
        head = (
            Column("Partner"),
            *(Column(step.label, Kind.POUNDS) for step in years[0].steps),
            Column("Next year", Kind.POUNDS),
        )
        rows: list[tuple[Value, ...]] = [
            (names.get(year.partner, year.partner), *(step.amount for step in year.steps), year.amount)
            for year in years
        ]
        sums = [
            sum((year.steps[place].amount for year in years), NOTHING) for place in range(len(years[0].steps))
        ]
        rows.append(("The pool", *sums, sum((year.amount for year in years), NOTHING)))
        table = Table(f"Next year’s contributions to {pool.name}", head, tuple(rows), totals=1)
        tables.show(table)
        chart.files(table, f"next_{pool.id}")


def _money(typed: float | None) -> Decimal:
    return to_penny(Decimal(str(typed or 0)))
