"""What became of what we agreed: who does what by when, is anything overdue, and what did we reject and why?"""

import streamlit as st

from budget_model.access import Act
from budget_model.answers import Answers
from budget_model.count.saying import counted
from budget_model.exhibits import plans as shown
from budget_model.together import action_plans, telling
from budget_model.together.action_plans import PlanNow, PlanState
from pages.opportunities import links
from pages.plans import writing
from pages.shared import asking, chart, choice, components, empty_states, kept, tables, together
from pages.shared.components import Badge, Share, Text, Tile, as_typed
from pages.shared.empty_states import Way

PLAN = "plan"


def show() -> None:
    """Every plan with its state, one plan whole, and the ideas that were rejected."""
    scope = together.begin()
    answers = kept.answers(scope)
    plans = answers.plans()
    components.headline(action_plans.sentence(plans), standfirst=shown.what_is_late(plans))
    if not plans:
        empty_states.show(
            "Nothing is agreed yet.",
            "Open an opportunity, and record in the register that it was agreed.",
            Way("opportunities", "See what could be planned together"),
        )
        _rejected(answers)
        return
    _tiles(answers, plans)
    chart.show(scope, "plans", level=2, quiet=True)
    table = shown.table(answers)
    tables.show(table)
    chart.files(table, "plans_table")
    _one(answers, plans)
    _rejected(answers)


def _tiles(answers: Answers, plans: tuple[PlanNow, ...]) -> None:
    share = answers.planned_together()
    so_far = action_plans.progress(plans)
    components.tiles(
        [
            Tile(
                "Planned together",
                telling.share_in_words(share),
                f"{telling.part_in_words(share)} Pools, agreements that are live, grants to the partnership.",
                None if share.nothing_known else Share(share.part, share.whole),
            ),
            Tile("Actions done", f"{so_far.done} of {so_far.actions}", "over all plans"),
            Tile(
                "Overdue",
                str(so_far.late),
                f"{counted(so_far.late_actions, 'action', 'actions')} and "
                f"{counted(so_far.late_reviews, 'review', 'reviews')}",
            ),
            Tile(
                "No plan yet",
                str(so_far.without_plan),
                "agreed, with no actions written down",
            ),
        ],
        "four",
    )


def _one(answers: Answers, plans: tuple[PlanNow, ...]) -> None:
    """One plan: its state, its money year on year, and the form to write it."""
    names = {each.decision.opportunity: each.decision.title for each in plans}
    components.section("One plan", "What is done, by whom and when, and how to tell whether it works.")
    first = next(iter(names))
    identity = choice.one("Agreed opportunity", tuple(names), PLAN, first, names.__getitem__)
    one = next(each for each in plans if each.decision.opportunity == identity)
    _facts(one)
    _actions(one)
    chart.show(answers.scope, "plan-money", identity, key=f"plan_money_{identity}")
    if asking.asker().may(Act.WORK_TOGETHER):
        writing.form(answers, one)
    st.page_link(
        "pages/opportunities/page.py",
        label=as_typed("The opportunity, with who decided what"),
        icon=":material/arrow_forward:",
        query_params=links.query(identity),
    )


def _facts(one: PlanNow) -> None:
    facts: list[Text | Badge] = [
        Badge(one.state.value, "late" if one.state is PlanState.OVERDUE else "")
        if one.kept
        else Badge("no plan yet"),
        one.plan.owner or "no owner yet",
        f"leads to {one.plan.leads_to.value}",
        f"the decision is {one.decision.state.value}",
    ]
    components.ranked(facts)
    if one.plan.aim:
        components.say(one.plan.aim)
    if one.missing:
        components.callout(f"Still missing: {', '.join(one.missing)}.", grave=False)
    if one.review_late:
        components.callout(
            "Its review is overdue. Hold the review, then set the date of the next.", grave=True
        )


def _actions(one: PlanNow) -> None:
    if one.plan.actions:
        tables.show(shown.actions(one))
    come = one.plan.measure.way_come
    if come is not None:
        components.note(shown.measure_in_words(one.plan.measure))


def _rejected(answers: Answers) -> None:
    table = shown.rejected(answers)
    if table.rows:
        components.section("Rejected, and why", "Kept for when an idea comes up again.")
        tables.show(table, wide_last=False)
        chart.files(table, "rejected")


show()
