"""Who holds what was joined up, how far it comes out otherwise than planned, and who bears that.

The link is the truth: every control shows what the link says, and a change writes a new link.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from budget_model.count.saying import opened
from budget_model.money import NOTHING, to_penny
from budget_model.together import trying_out
from budget_model.together.ladder import LADDER, LEAD_COMMISSIONING, arrangement_name
from budget_model.together.risk_share import MEANS, RiskShare, Rule
from budget_model.together.scenarios import Outcome, Scenario
from pages.pools.link import MOST_POUNDS, hundredths, pounds_in, put
from pages.shared import choice, together
from pages.shared.components import as_typed

ARRANGEMENTS = tuple(range(2, len(LADDER)))
FURTHEST_OUT = 20.0
"""Per cent of its fund by which a what-if can come out otherwise."""
RULES = {
    Rule.PROPORTIONAL: "In proportion to contributions",
    Rule.FIXED: "By fixed shares",
    Rule.BY_LINE: "Each for its own lines",
    Rule.CAPPED: "Up to a cap for each",
    Rule.HOST_ABSORBS: "The host bears it all",
    Rule.WATERFALL: "From the pool first, then partners",
}


def in_the_room(scenario: Scenario, outcome: Outcome) -> None:
    """The few controls that a room needs: who holds it, how far it is out, who bears that."""
    host(scenario)
    variance(scenario, outcome)
    rule(scenario, outcome)


def host(scenario: Scenario) -> None:
    """Under which arrangement the money is held, and by whom."""
    left, right = st.columns(2)
    now = scenario.arrangement if scenario.arrangement in ARRANGEMENTS else LEAD_COMMISSIONING
    arrangement = choice.ready("wi_arrangement", now)
    meaning = LADDER[int(st.session_state[arrangement])]
    left.selectbox(
        "Arrangement",
        ARRANGEMENTS,
        key=arrangement,
        format_func=arrangement_name,
        help=as_typed(meaning.means),
        on_change=lambda: put(replace(scenario, arrangement=int(st.session_state[arrangement]))),
    )
    bodies = list(trying_out.partners_of(scenario))
    held_by = choice.ready("wi_host", scenario.host or None)
    right.selectbox(
        "Host",
        bodies if not scenario.host or scenario.host in bodies else [*bodies, scenario.host],
        key=held_by,
        format_func=together.short,
        placeholder="Nobody yet",
        on_change=lambda: put(replace(scenario, host=str(st.session_state[held_by] or ""))),
        help="The body that holds the money and answers for it. A council host can reclaim VAT; an NHS host "
        "largely cannot.",
    )
    st.caption(as_typed(f"{meaning.means} Money: {meaning.money}."))


def variance(scenario: Scenario, outcome: Outcome) -> None:
    """How far it comes out otherwise than planned, in halves of a per cent."""
    fund = outcome.fund
    now = round(trying_out.per_cent(scenario.variance, fund) * 2) / 2
    key = choice.ready("wi_variance", min(max(now, -FURTHEST_OUT), FURTHEST_OUT))
    st.slider(
        "It costs more (+) or less (−) than planned",
        -FURTHEST_OUT,
        FURTHEST_OUT,
        step=0.5,
        format="%+.1f%%",
        key=key,
        disabled=fund <= 0,
        on_change=lambda: put(replace(scenario, variance=to_penny(fund * hundredths(st.session_state[key])))),
    )


def rule(scenario: Scenario, outcome: Outcome) -> None:
    """Who bears it, and the numbers that the rule needs."""
    agreed = scenario.risk_share
    key = choice.ready("wi_rule", agreed.rule)

    def change() -> None:
        fresh = trying_out.fresh_rule(Rule(st.session_state[key]), scenario, outcome)
        put(replace(scenario, risk_share=fresh))

    st.selectbox("Who bears it", list(RULES), key=key, format_func=RULES.__getitem__, on_change=change)
    st.caption(as_typed(MEANS[agreed.rule]))
    needs = NUMBERS.get(agreed.rule)
    if needs:
        needs(scenario, agreed)


def _fixed(scenario: Scenario, agreed: RiskShare) -> None:
    now = {body: float(share * 100) for body, share in agreed.shares.items()}
    _numbers(
        scenario,
        "share of",
        now,
        lambda typed: replace(agreed, shares={body: hundredths(part) for body, part in typed.items()}),
        in_per_cent=True,
    )
    st.caption(as_typed(f"The shares come to {trying_out.whole_of(agreed.shares) * 100:.1f}%."))


def _capped(scenario: Scenario, agreed: RiskShare) -> None:
    _numbers(
        scenario,
        "cap of",
        {body: float(cap) for body, cap in agreed.caps.items()},
        lambda typed: replace(agreed, caps={body: _penny(cap) for body, cap in typed.items()}),
    )
    _pot(scenario, "contingency", "The pool’s contingency, £")
    rest = choice.ready("wi_rest", agreed.host_takes_rest)

    def change() -> None:
        takes = bool(st.session_state[rest])
        put(replace(scenario, risk_share=replace(agreed, host_takes_rest=takes, host=scenario.host)))

    st.toggle("The host pays what is over the caps", key=rest, on_change=change)


def _by_line(scenario: Scenario, agreed: RiskShare) -> None:
    _numbers(
        scenario,
        "variance on the lines of",
        {body: float(amount) for body, amount in agreed.lines},
        lambda typed: replace(agreed, lines=tuple((body, _penny(amount)) for body, amount in typed.items())),
        least=None,
    )


def _waterfall(scenario: Scenario, _: RiskShare) -> None:
    _pot(scenario, "underspends", "Underspends elsewhere in the pool, £")
    _pot(scenario, "contingency", "The pool’s contingency, £")
    _pot(scenario, "uncommitted", "Schemes not yet begun, £")


NUMBERS: dict[Rule, Callable[[Scenario, RiskShare], None]] = {
    Rule.FIXED: _fixed,
    Rule.CAPPED: _capped,
    Rule.BY_LINE: _by_line,
    Rule.WATERFALL: _waterfall,
}
"""The numbers that a rule needs; those that are not named need none."""


def _penny(typed: float) -> Decimal:
    return to_penny(Decimal(str(typed)))


def _numbers(
    scenario: Scenario,
    what: str,
    now: Mapping[str, float],
    agreed: Callable[[dict[str, float]], RiskShare],
    *,
    in_per_cent: bool = False,
    least: float | None = 0.0,
) -> None:
    """One number for each partner of a rule that needs one."""
    keys = {
        body: choice.ready(f"wi_{scenario.risk_share.rule}_{body}", now.get(body, 0.0))
        for body in trying_out.partners_of(scenario)
    }

    def change() -> None:
        typed = {body: float(st.session_state[key] or 0.0) for body, key in keys.items()}
        put(replace(scenario, risk_share=agreed(typed)))

    unit, most, step, form = ("%", 100.0, 1.0, "%.1f") if in_per_cent else ("£", MOST_POUNDS, 1000.0, "%.0f")
    columns = st.columns(2)
    for number, (body, key) in enumerate(keys.items()):
        columns[number % 2].number_input(
            as_typed(f"{opened(what)} {together.short(body)}, {unit}"),
            min_value=least,
            max_value=most,
            step=step,
            format=form,
            key=key,
            on_change=change,
        )


def _pot(scenario: Scenario, field: str, label: str) -> None:
    """What the pool itself can pay from, pounds."""
    key = choice.ready(f"wi_{field}", float(getattr(scenario.risk_share, field, NOTHING)))

    def change() -> None:
        changed: dict[str, Any] = {field: pounds_in(key)}
        put(replace(scenario, risk_share=replace(scenario.risk_share, **changed)))

    st.number_input(
        as_typed(label),
        min_value=0.0,
        max_value=MOST_POUNDS,
        step=1000.0,
        format="%.0f",
        key=key,
        on_change=change,
    )
