"""The form of one plan. What is typed is kept in the session until it is saved, also where saving is refused."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from budget_model.answers import Answers
from budget_model.money import typed_number
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store import plans as register
from budget_model.store.others import Thing
from budget_model.together.action_plans import Action, ActionPlan, LeadsTo, PlanMeasure, PlanNow
from budget_model.together.decisions import State
from budget_model.vocabulary import Dimension
from pages.shared import components, kept, others, signing
from pages.shared.typed import Typed

MORE_ROWS = 2
MOST_LINES = 200


def form(answers: Answers, one: PlanNow) -> None:
    """Write the plan, save it, and go on with what it leads to."""
    typed = Typed(f"plan_typed_{one.decision.opportunity}")
    with st.expander("Write the plan", key=f"plan_{one.decision.opportunity}", expanded=bool(typed.held)):
        if typed.held:
            components.callout("What you typed is not saved yet.", grave=False)
        by = signing.name("plan")
        plan = _plan(typed, one)
        actions = _actions(typed, one.plan.actions)
        measure = _measure(typed, one.plan.measure)
        plan = _leads_to(typed, answers, one, plan)
        with st.container(horizontal=True):
            if st.button("Save the plan", type="primary", key="plan_save") and not signing.is_missing(by):
                _save(typed, one, replace(plan, actions=actions), measure, by)
            if typed.held and st.button("Discard what I typed", key="plan_discard"):
                typed.forget()
                st.rerun()
    if one.kept:
        _go_on(answers, one, by)


def _plan(typed: Typed, one: PlanNow) -> ActionPlan:
    plan = one.plan
    aim = typed.text(st, "Aim: what will be different", "aim", plan.aim)
    left, middle, right = st.columns(3)
    return replace(
        plan,
        aim=aim,
        owner=typed.text(left, "Owner", "owner", plan.owner, 120),
        starts=typed.day(middle, "Starts", "starts", plan.starts),
        review=typed.day(right, "Review", "review", plan.review),
    )


def _actions(typed: Typed, saved: tuple[Action, ...]) -> tuple[Action, ...]:
    """A row for each action, and some more that are empty."""
    components.ask("Actions", "Leave empty the rows that you do not need.")
    rows = max(len(saved), int(typed.held.get("rows", 0))) + MORE_ROWS
    actions = []
    for at in range(rows):
        was = saved[at] if at < len(saved) else Action("")
        what, owner, due, done = st.columns([4, 2, 2, 2])
        action = Action(
            typed.text(what, f"Action {at + 1}", f"what_{at}", was.what),
            typed.text(owner, f"Who ({at + 1})", f"who_{at}", was.owner, 120),
            typed.day(due, f"Due ({at + 1})", f"due_{at}", was.due),
            typed.day(done, f"Done on ({at + 1})", f"done_{at}", was.done),
        )
        actions.append(action)
        if action.what and at >= len(saved):
            typed.held["rows"] = max(int(typed.held.get("rows", 0)), at + 1)
    return tuple(action for action in actions if action != Action(""))


def _measure(typed: Typed, was: PlanMeasure) -> dict[str, Any]:
    components.ask(
        "Measure", "How to tell whether it works: where it is now, and where it should be by when."
    )
    name, unit, by = st.columns([4, 2, 2])
    figures = st.columns(4)
    labels = {"baseline": "Baseline", "target": "Target", "latest": "Latest figure"}
    words: dict[str, Any] = {
        field: typed.text(where, label, field, _said(getattr(was, field)), 20)
        for (field, label), where in zip(labels.items(), figures, strict=False)
    }
    return words | {
        "name": typed.text(name, "What is measured", "measure", was.name),
        "unit": typed.text(unit, "Unit", "unit", was.unit, 40),
        "by": typed.day(by, "Target by", "by", was.by),
        "latest_on": typed.day(figures[3], "Latest figure of", "latest_on", was.latest_on),
    }


def _said(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _leads_to(typed: Typed, answers: Answers, one: PlanNow, plan: ActionPlan) -> ActionPlan:
    """What the plan ends in, and the pool or the line where it is one."""
    left, right = st.columns(2)
    ways = list(LeadsTo)
    key = typed.key("leads_to", one.plan.leads_to)
    way = left.selectbox(
        "Leads to",
        ways,
        key=key,
        format_func=lambda each: each.value,
        on_change=typed.keep,
        args=("leads_to",),
    )
    if way is LeadsTo.POOL:
        pools = {pool.id: pool.name for pool in answers.pools()}
        saved = one.plan.pool or None
        if saved:
            pools.setdefault(saved, f"{saved} (not in the register any more)")
        chosen = right.selectbox(
            "Pool",
            list(pools),
            key=typed.key("pool", saved),
            format_func=pools.__getitem__,
            on_change=typed.keep,
            args=("pool",),
            placeholder="Not in the register yet",
        )
        return replace(plan, leads_to=way, pool=chosen or "")
    if way is LeadsTo.CONTRACT:
        lines = _lines(answers.scope, one)
        saved_line = one.plan.line
        if saved_line is not None:
            lines.setdefault(saved_line, f"Line {saved_line} (not in this choice)")
        line = right.selectbox(
            "Line",
            list(lines),
            key=typed.key("line", saved_line),
            format_func=lines.__getitem__,
            on_change=typed.keep,
            args=("line",),
            placeholder="Choose the line that carries it",
        )
        return replace(plan, leads_to=way, line=line)
    return replace(plan, leads_to=way or LeadsTo.ALIGNMENT)


def _lines(scope: Scope, one: PlanNow) -> dict[int, str]:
    """The partners' lines on its services."""
    wanted = scope.switched(organisations=one.decision.partners, themes=())
    lines: dict[int, str] = {}
    for service in one.decision.services:
        for line in kept.lines(wanted, ((Dimension.SERVICE, service),), limit=MOST_LINES).lines:
            lines[line.line] = f"{line.organisation_name}: {line.description}"
    return lines


def _save(typed: Typed, one: PlanNow, plan: ActionPlan, words: dict[str, Any], by: str) -> None:
    try:
        figures = {field: _figure(words[field]) for field in ("baseline", "target", "latest")}
    except ValueError:
        components.caution("The baseline, the target and the latest figure are numbers, such as 72 or 6.5.")
        return
    measure = PlanMeasure(**(words | figures))
    try:
        register.keep_plan(
            kept.store(), replace(plan, measure=measure), by=by, seen=one.kept.wording if one.kept else 0
        )
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    typed.forget()
    st.rerun()


def _figure(text: str) -> Decimal | None:
    return typed_number(text) if text.strip() else None


def _go_on(answers: Answers, one: PlanNow, by: str) -> None:
    """Enter its pool, or say that it has begun, so that its money counts as planned together."""
    before = one.kept
    if before is None:
        return
    store = others.at(one.decision.opportunity, Thing.DECISION)
    with st.container(horizontal=True):
        needs_pool = one.plan.leads_to is LeadsTo.POOL and not one.plan.pool
        if needs_pool and st.button("Enter its pool in the register", key="plan_pool"):
            _do(lambda: register.make_pool(kept.store(), before, answers.scope.year, by=by), by)
        if one.decision.state is State.AGREED and st.button("It has begun", key="plan_live"):
            _do(lambda: joint.decide(store, one.decision.opportunity, by=by, state=State.LIVE), by)


def _do(change: Callable[[], object], by: str) -> None:
    """Write to a register in somebody's name, which is asked for where it is missing."""
    if signing.is_missing(by):
        return
    try:
        change()
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.rerun()
