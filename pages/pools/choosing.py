"""What a what-if is made of: partners, services or lines and how much of each, host, arrangement, risk share.

The link is the truth: every control shows what the link says, and a change writes a new link.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from budget_model.count.saying import opened
from budget_model.money import NOTHING, pounds, to_penny
from budget_model.scope import Scope, to_query
from budget_model.together import scenarios as what_if
from budget_model.together.ladder import LADDER, LEAD_COMMISSIONING, arrangement_name
from budget_model.together.opportunities import OpportunityList
from budget_model.together.risk_share import MEANS, RiskShare, Rule, share_variance
from budget_model.together.scenarios import Ingredient, Outcome, Scenario
from budget_model.together.spend import by_organisation_and_service
from budget_model.vocabulary import Dimension, Sensitivity
from pages.shared import choice, components, kept, scope_picker, together
from pages.shared.components import as_typed

LINK = "s"
USUAL_OVERSPEND = Decimal("0.05")
MOST_LINES = 200
ARRANGEMENTS = tuple(range(2, len(LADDER)))
RULES = {
    Rule.PROPORTIONAL: "In proportion to contributions", Rule.FIXED: "By fixed shares",
    Rule.BY_LINE: "Each for its own lines", Rule.CAPPED: "Up to a cap for each",
    Rule.HOST_ABSORBS: "The host bears it all", Rule.WATERFALL: "From the pool first, then partners",
}  # fmt: skip


def query(scenario: Scenario) -> dict[str, str | list[str]]:
    """The query of a link to a what-if in the same scope, on the budgets of its own year."""
    scope = scope_picker.chosen()
    if scenario.year in kept.years():
        scope = scope.switched(year=scenario.year)
    return dict(to_query(scope)) | {LINK: what_if.to_link(scenario)}


def work_out(scope: Scope, scenario: Scenario) -> Outcome:
    """A scenario worked through on the place's money, its sentences in the place's own names."""
    lines = tuple(sorted({one.line for one in scenario.ingredients if one.line is not None}))
    limits = kept.line_limits(scope, lines) if lines else ()
    return what_if.try_out(scenario, kept.spend(scope), limits, together.names())


def started(scope: Scope, scenario: Scenario) -> Scenario:
    """A scenario with the overspend that every what-if begins with."""
    fund = work_out(scope, scenario).fund
    return replace(scenario, variance=to_penny(fund * USUAL_OVERSPEND))


def _put(scenario: Scenario) -> None:
    choice.write(LINK, what_if.to_link(scenario))


def _with_same_part(scope: Scope, before: Scenario, after: Scenario) -> Scenario:
    """The changed scenario with the variance as large a part of its fund as before."""
    old, new = work_out(scope, before).fund, work_out(scope, after).fund
    if old <= 0 or new <= 0:
        return replace(after, variance=NOTHING if new <= 0 else to_penny(new * USUAL_OVERSPEND))
    return replace(after, variance=to_penny(new * before.variance / old))


def _ready(key: str, value: object) -> str:
    """Give a control what the scenario says before it is drawn; the link is the truth."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def controls(scope: Scope, found: OpportunityList, scenario: Scenario, outcome: Outcome) -> None:
    """Every control of a what-if, from its partners to its risk share."""
    components.question("What is joined up")
    _start(scope, found, scenario)
    _name(scenario)
    _partners(scope, scenario)
    _ingredients(scope, scenario)
    components.question("Who holds it")
    _host(scenario)
    components.question("If it costs more or less")
    _variance(scenario, outcome)
    _rule(scenario, outcome)


def in_the_room(scenario: Scenario, outcome: Outcome) -> None:
    """The few controls that a room needs: who holds it, how far it is out, who bears that."""
    _host(scenario)
    _variance(scenario, outcome)
    _rule(scenario, outcome)


def _start(scope: Scope, found: OpportunityList, scenario: Scenario) -> None:
    able = {
        one.id: one
        for one in found.opportunities
        if one.joinable > 0 and all(partner.services for partner in one.partners)
    }
    if not able:
        return
    key = _ready("wi_start", scenario.opportunity if scenario.opportunity in able else None)

    def change() -> None:
        one = able.get(str(st.session_state[key]))
        if one:
            _put(started(scope, what_if.of_opportunity(one, scope.year)))

    st.selectbox(
        "Start from an opportunity", list(able), key=key, on_change=change, placeholder="Choose one, or build your own below",
        format_func=lambda identity: f"{able[identity].rank}. {able[identity].title}" if identity in able else "",
    )  # fmt: skip


def _name(scenario: Scenario) -> None:
    key = _ready("wi_name", scenario.name)
    st.text_input(
        "What it is called",
        key=key,
        max_chars=160,
        on_change=lambda: _put(replace(scenario, name=str(st.session_state[key]).strip())),
    )


def _partners(scope: Scope, scenario: Scenario) -> None:
    spends = [
        part.key
        for part in kept.by(scope.switched(organisations=(), themes=()), Dimension.ORGANISATION)
        if part.amount > 0
    ]
    now = list(dict.fromkeys(one.partner for one in scenario.ingredients))
    options = [*spends, *(one for one in now if one not in spends)]
    key = _ready("wi_partners", now)

    def change() -> None:
        picked = [body for body in st.session_state[key] if body in options]
        on_service = by_organisation_and_service(kept.spend(scope))
        wanted = {one.service for one in scenario.ingredients}
        kept_on = [one for one in scenario.ingredients if one.partner in picked]
        for body in picked:
            if body not in now:
                own = {
                    service: amount
                    for (who, service), amount in on_service.items()
                    if who == body and amount > 0
                }
                same = [service for service in own if service in wanted] or sorted(
                    own, key=lambda one: (-own[one], one)
                )[:1]
                kept_on += [Ingredient(body, service) for service in same]
        host = scenario.host if scenario.host in picked else (picked[0] if picked else "")
        _put(
            _with_same_part(
                scope, scenario, replace(scenario, ingredients=tuple(kept_on), host=host, opportunity="")
            )
        )

    st.multiselect(
        "Partners", options, key=key, on_change=change, format_func=together.short,
        placeholder="Choose at least two bodies",
    )  # fmt: skip


def _ingredients(scope: Scope, scenario: Scenario) -> None:
    """For each partner: which services or lines, and how much of each, by a part or a sum."""
    on_service = by_organisation_and_service(kept.spend(scope))
    hidden = {item.organisation for item in kept.spend(scope) if item.sensitivity is Sensitivity.TOTALS_ONLY}
    for body in dict.fromkeys(one.partner for one in scenario.ingredients):
        mine = [one for one in scenario.ingredients if one.partner == body]
        own = {service: amount for (who, service), amount in on_service.items() if who == body and amount > 0}
        with st.container(border=True, key=f"wi_body_{body}"):
            components.say((components.strong(together.names().get(body, body)), " puts in"))
            lines = _lines_of(scope, body, own, mine) if body not in hidden else {}
            _which(scope, scenario, body, own, lines)
            for one in mine:
                there = (
                    lines.get(one.line, ("", "", NOTHING))[2]
                    if one.line is not None
                    else own.get(one.service, NOTHING)
                )
                _how_much(scope, scenario, one, there, lines)


Line = tuple[str, str, Decimal]
"""A line's words, its service, and the place's pounds of it."""


def _lines_of(
    scope: Scope, body: str, own: dict[str, Decimal], mine: Sequence[Ingredient]
) -> dict[int | None, Line]:
    """The lines of a partner that can be put in, on the services that it is taking part with first."""
    found: dict[int | None, Line] = {}
    for service in dict.fromkeys(one.service for one in mine):
        if service in own:
            chosen = ((Dimension.ORGANISATION, body), (Dimension.SERVICE, service))
            for line in kept.lines(scope, chosen, limit=MOST_LINES).lines:
                if line.city_amount > 0:
                    found[line.line] = (line.description, service, line.city_amount)
    return found


def _which(
    scope: Scope, scenario: Scenario, body: str, own: dict[str, Decimal], lines: dict[int | None, Line]
) -> None:
    services = together.names()
    mine = [one for one in scenario.ingredients if one.partner == body]
    now = [_code(one) for one in mine]
    options = [f"service:{service}" for service in sorted(own, key=lambda one: (-own[one], one))]
    options += [f"line:{number}" for number in lines]
    options += [code for code in now if code not in options]
    key = _ready(f"wi_which_{body}", now)

    def said(code: str) -> str:
        kind, _, rest = code.partition(":")
        if kind == "line" and rest.isdigit() and int(rest) in lines:
            words, _, amount = lines[int(rest)]
            return f"Line: {words}, {pounds(amount)}"
        amount = own.get(rest, NOTHING)
        return (
            f"{services.get(rest, rest)}, {pounds(amount)}"
            if kind == "service"
            else "A line that is not on the map"
        )

    def change() -> None:
        picked = [code for code in st.session_state[key] if code in options]
        held = {_code(one): one for one in mine}
        fresh = []
        for code in picked:
            kind, _, rest = code.partition(":")
            if code in held:
                fresh.append(held[code])
            elif kind == "line":
                fresh.append(Ingredient(body, lines[int(rest)][1], line=int(rest)))
            else:
                fresh.append(Ingredient(body, rest))
        # A line and the whole service that it belongs to would count it twice.
        whole = {one.service for one in fresh if one.line is None and _code(one) not in held}
        parts = {one.service for one in fresh if one.line is not None and _code(one) not in held}
        fresh = [
            one for one in fresh
            if not (one.line is not None and one.service in whole) and not (one.line is None and one.service in parts)
        ]  # fmt: skip
        after = tuple(one for one in scenario.ingredients if one.partner != body) + tuple(fresh)
        _put(_with_same_part(scope, scenario, replace(scenario, ingredients=after, opportunity="")))

    st.multiselect(
        "Services or single lines", options, key=key, format_func=said, on_change=change,
        placeholder="Choose what it puts in", label_visibility="collapsed",
    )  # fmt: skip


def _code(one: Ingredient) -> str:
    return f"line:{one.line}" if one.line is not None else f"service:{one.service}"


def _how_much(
    scope: Scope, scenario: Scenario, one: Ingredient, there: Decimal, lines: dict[int | None, Line]
) -> None:
    """A part of what there is, by a slider, or a sum in pounds, by typing; the last one moved counts."""
    services = together.names()
    name = lines[one.line][0] if one.line in lines else services.get(one.service, one.service)
    wished = one.amount if one.amount is not None else to_penny(there * one.share)
    part = round(float(wished / there * 100)) if there > 0 else 0
    place = scenario.ingredients.index(one)
    stem = f"{one.partner}_{_code(one)}"

    def put(changed: Ingredient) -> None:
        after = list(scenario.ingredients)
        after[place] = changed
        _put(_with_same_part(scope, scenario, replace(scenario, ingredients=tuple(after))))

    left, right = st.columns((3, 2), vertical_alignment="bottom")
    with left:
        slider = _ready(f"wi_part_{stem}", min(max(part, 0), 100))
        st.slider(
            as_typed(f"{name}: part of {pounds(there)}"), 0, 100, key=slider, format="%d%%", disabled=there <= 0,
            on_change=lambda: put(replace(one, share=Decimal(int(st.session_state[slider])) / 100, amount=None)),
        )  # fmt: skip
    with right:
        typed = _ready(f"wi_sum_{stem}", float(wished))
        st.number_input(
            "Or a sum, £", min_value=0.0, step=1000.0, format="%.0f", key=typed, max_value=1e12,
            on_change=lambda: put(replace(one, amount=to_penny(Decimal(str(st.session_state[typed] or 0))))),
        )  # fmt: skip


def _host(scenario: Scenario) -> None:
    bodies = list(
        dict.fromkeys(
            [*(one.partner for one in scenario.ingredients), *([scenario.host] if scenario.host else [])]
        )
    )
    left, right = st.columns(2)
    with left:
        key = _ready(
            "wi_arrangement",
            scenario.arrangement if scenario.arrangement in ARRANGEMENTS else LEAD_COMMISSIONING,
        )
        st.selectbox(
            "Arrangement", ARRANGEMENTS, key=key, format_func=arrangement_name, help=as_typed(LADDER[int(st.session_state[key])].means),
            on_change=lambda: _put(replace(scenario, arrangement=int(st.session_state[key]))),
        )  # fmt: skip
    with right:
        host = _ready("wi_host", scenario.host or None)
        st.selectbox(
            "Host", bodies, key=host, format_func=together.short, placeholder="Nobody yet",
            on_change=lambda: _put(replace(scenario, host=str(st.session_state[host] or ""))),
            help="The body that holds the money and answers for it. A council host can reclaim VAT; an NHS host largely cannot.",
        )  # fmt: skip
    st.caption(
        as_typed(
            f"{LADDER[int(st.session_state[key])].means} Money: {LADDER[int(st.session_state[key])].money}."
        )
    )


def _variance(scenario: Scenario, outcome: Outcome) -> None:
    part = round(float(scenario.variance / outcome.fund * 100) * 2) / 2 if outcome.fund > 0 else 0.0
    key = _ready("wi_variance", min(max(part, -20.0), 20.0))
    fund = outcome.fund
    st.slider(
        "It costs more (+) or less (−) than planned", -20.0, 20.0, step=0.5, format="%+.1f%%", key=key, disabled=fund <= 0,
        on_change=lambda: _put(replace(scenario, variance=to_penny(fund * Decimal(str(st.session_state[key])) / 100))),
    )  # fmt: skip


def _rule(scenario: Scenario, outcome: Outcome) -> None:
    agreed = scenario.risk_share
    key = _ready("wi_rule", agreed.rule)

    def change() -> None:
        _put(replace(scenario, risk_share=_fresh_rule(Rule(st.session_state[key]), scenario, outcome)))

    st.selectbox("Who bears it", list(RULES), key=key, format_func=lambda rule: RULES[rule], on_change=change)
    st.caption(as_typed(MEANS[agreed.rule]))
    bodies = list(dict.fromkeys(one.partner for one in scenario.ingredients))
    if agreed.rule is Rule.FIXED:
        _numbers(
            scenario, bodies, "share of", lambda body: float(agreed.shares.get(body, NOTHING) * 100), "%",
            lambda typed: replace(agreed, shares={body: Decimal(str(part)) / 100 for body, part in typed.items()}),
        )  # fmt: skip
        whole = sum(agreed.shares.values(), NOTHING)
        st.caption(as_typed(f"The shares come to {whole * 100:.1f}%."))
    elif agreed.rule is Rule.CAPPED:
        _numbers(
            scenario, bodies, "cap of", lambda body: float(agreed.caps.get(body, NOTHING)), "£",
            lambda typed: replace(agreed, caps={body: to_penny(Decimal(str(cap))) for body, cap in typed.items()}),
        )  # fmt: skip
        _pot(scenario, "contingency", "The pool’s contingency, £")
        rest = _ready("wi_rest", agreed.host_takes_rest)
        st.toggle(
            "The host pays what is over the caps", key=rest,
            on_change=lambda: _put(replace(scenario, risk_share=replace(agreed, host_takes_rest=bool(st.session_state[rest]), host=scenario.host))),
        )  # fmt: skip
    elif agreed.rule is Rule.BY_LINE:
        own = dict(agreed.lines)
        _numbers(
            scenario, bodies, "variance on the lines of", lambda body: float(own.get(body, NOTHING)), "£",
            lambda typed: replace(agreed, lines=tuple((body, to_penny(Decimal(str(amount)))) for body, amount in typed.items())),
            least=None,
        )  # fmt: skip
    elif agreed.rule is Rule.WATERFALL:
        _pot(scenario, "underspends", "Underspends elsewhere in the pool, £")
        _pot(scenario, "contingency", "The pool’s contingency, £")
        _pot(scenario, "uncommitted", "Schemes not yet begun, £")


def _fresh_rule(rule: Rule, scenario: Scenario, outcome: Outcome) -> RiskShare:
    """A rule with numbers that make sense to begin from: shares and caps in proportion to contributions."""
    puts_in = {one.organisation: one.puts_in for one in outcome.effects if one.puts_in > 0}
    if rule is Rule.FIXED:
        equal = Decimal(1) / len(puts_in) if puts_in else NOTHING
        shares = {body: equal.quantize(Decimal("0.001")) for body in puts_in}
        for body in list(shares)[:1]:
            shares[body] += 1 - sum(shares.values(), NOTHING)
        return RiskShare(rule, scenario.host, shares=shares)
    if rule is Rule.CAPPED:
        caps = {body: to_penny(amount * Decimal("0.03")) for body, amount in puts_in.items()}
        return RiskShare(rule, scenario.host, caps=caps)
    if rule is Rule.BY_LINE:
        shared = share_variance(scenario.variance, puts_in, RiskShare(Rule.PROPORTIONAL)).partners
        return RiskShare(rule, scenario.host, lines=tuple(sorted(shared.items())))
    return RiskShare(rule, scenario.host)


def _numbers(
    scenario: Scenario,
    bodies: Sequence[str],
    what: str,
    now: Callable[[str], float],
    unit: str,
    agreed: Callable[[dict[str, float]], RiskShare],
    least: float | None = 0.0,
) -> None:
    """One number for each partner of a rule that needs one."""
    keys = {body: _ready(f"wi_{scenario.risk_share.rule}_{body}", now(body)) for body in bodies}

    def change() -> None:
        typed = {body: float(st.session_state[key] or 0.0) for body, key in keys.items()}
        _put(replace(scenario, risk_share=agreed(typed)))

    columns = st.columns(2)
    for number, body in enumerate(bodies):
        columns[number % 2].number_input(
            as_typed(f"{opened(what)} {together.short(body)}, {unit}"), min_value=least, max_value=100.0 if unit == "%" else 1e12,
            step=1.0 if unit == "%" else 1000.0, format="%.1f" if unit == "%" else "%.0f", key=keys[body], on_change=change,
        )  # fmt: skip


def _pot(scenario: Scenario, field: str, label: str) -> None:
    key = _ready(f"wi_{field}", float(getattr(scenario.risk_share, field)))

    def change() -> None:
        amount = to_penny(Decimal(str(st.session_state[key] or 0)))
        changed: dict[str, Any] = {field: amount}
        _put(replace(scenario, risk_share=replace(scenario.risk_share, **changed)))

    st.number_input(
        as_typed(label), min_value=0.0, max_value=1e12, step=1000.0, format="%.0f", key=key, on_change=change
    )
