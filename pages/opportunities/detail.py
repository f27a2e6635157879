"""One opportunity whole: why it stands where it does, who brings what, how far by which law, and what next."""

from typing import Literal

import streamlit as st

from budget_model import dates
from budget_model.count.saying import counted, opened
from budget_model.dates import day
from budget_model.exhibits.opportunities import when, why_then
from budget_model.money import pounds
from budget_model.partnership.comments import About, Subject
from budget_model.problem import Refusal
from budget_model.scope import Scope, to_query
from budget_model.scope import to_link as to_link_of
from budget_model.store import joint
from budget_model.store.others import Thing
from budget_model.together import powers, telling, titles
from budget_model.together.decisions import Reviewed
from budget_model.together.facts import LegalOverride, OverrideOf, Readiness
from budget_model.together.gates import Gate
from budget_model.together.ladder import INTEGRATED, LADDER, Arrangement, arrangement_name
from budget_model.together.opportunities import WITHIN, Opportunity, OpportunityList
from budget_model.together.scenarios import of_opportunity, to_link
from budget_model.vocabulary import Dimension
from pages.opportunities import links, register
from pages.shared import (
    chart,
    choice,
    commenting,
    components,
    kept,
    others,
    scope_picker,
    signing,
    subject,
    together,
)
from pages.shared.components import Badge, Range, Run, Rung, Text, Tile, as_typed

SIDE = 30
IN_SHORT = 5
"""Facts of a legal power that are shown at once: what it is, its section, since when, where, and what it allows."""
LEGAL_ADVICE = Badge("Needs legal advice", "late")
READY = (
    "0: nothing is there yet",
    "1: one of a board, a pool, shared staff, shared information",
    "2: two of them",
    "3: three of them",
    "4: all four",
)


def show(
    scope: Scope, opportunities: OpportunityList, opportunity: Opportunity, reviewed: tuple[Reviewed, ...]
) -> None:
    """The page of one opportunity, from its headline to its history."""
    st.button(
        "All opportunities",
        icon=":material/arrow_back:",
        on_click=_back,
        type="tertiary",
        key="all_opportunities",
    )
    boards = kept.names_of(Dimension.THEME)
    on = ", ".join(boards.get(board, board) for board in opportunity.themes[:3])
    meets = "within one board" if opportunity.scope == WITHIN else "across boards"
    subject.name(opportunity.title, "Opportunities")
    components.headline(
        opportunity.title, eyebrow=f"{telling.rank_of(opportunities, opportunity)} · {meets} · {on}"
    )
    together.said_of_scope()
    _tiles(opportunity)
    _changed(opportunity, reviewed)
    left, right = st.columns(2, gap="large")
    with left:
        _brought(scope, opportunity)
    with right:
        _why(opportunities, opportunity)
        _next(scope, opportunity)
    bodies = tuple(partner.organisation for partner in opportunity.partners)
    commenting.draw(
        Subject(
            About.OPPORTUNITY,
            opportunity.id,
            opportunity.title,
            to_link_of(scope),
            bodies,
            opportunity.themes,
        ),
        "opportunity",
    )
    left, right = st.columns(2, gap="large")
    how_far = f"How far it can go: {arrangement_name(opportunity.level)}"
    with left, components.folded_on_phones(how_far, "ladder"), components.gathered():
        _ladder(opportunity)
    with right, components.folded_on_phones(f"The score: {opportunity.score} of 100", "score"):
        _score(scope, opportunity)
    limits = counted(len(opportunity.gates), "limit", "limits")
    with components.folded_on_phones(f"The law of the map’s year, and {limits}", "route"):
        _route(opportunity)
    _lines(scope, opportunity)
    mine = next((entry for entry in reviewed if entry.decision.opportunity == opportunity.id), None)
    left, right = st.columns(2, gap="large")
    with left:
        register.form(opportunity, mine)
    with right:
        _readiness(opportunity)


def _back() -> None:
    choice.write(links.ONE, "")


def _tiles(opportunity: Opportunity) -> None:
    grades = {grade.grade: grade.meaning for grade in kept.place().grades}
    tiles = [
        Tile(
            "Could be planned together",
            titles.amount_of(opportunity),
            f"between {pounds(opportunity.low)} and {pounds(opportunity.high)}",
            Range(opportunity.low, opportunity.joinable, opportunity.high),
        ),
        Tile(
            "Score",
            f"{opportunity.score}",
            "of 100, by the weights in use",
        ),
        Tile(
            "Recommended",
            arrangement_name(opportunity.level),
            LADDER[opportunity.level].means,
        ),
        Tile("Earliest date", when(opportunity).removeprefix("From ").capitalize(), why_then(opportunity)),
        Tile(
            "Confidence",
            f"Grade {opportunity.confidence}",
            f"the least sure partner: {grades.get(opportunity.confidence, 'not described')}",
        ),
    ]
    components.tiles(tiles, "words")


def _why(opportunities: OpportunityList, opportunity: Opportunity) -> None:
    draws = kept.place().weights.rank_draws
    better = opportunities.opportunity(opportunity.inside) if opportunity.inside else None
    reasons = [
        telling.why_ranked(opportunities, opportunity, kept.facts(dates.today())),
        telling.firmness(opportunity.stability, draws),
    ]
    if opportunity.part_of:
        reasons.append(
            titles.part_of_others(opportunity, {each.id: each for each in opportunities.opportunities})
        )
    with components.gathered():
        components.finding(
            "Why it is ranked here", "Pounds, how far they can go, and the score, multiplied", 2
        )
        components.say(" ".join(reasons))
    if better:
        st.page_link(
            "pages/opportunities/page.py",
            label=as_typed(f"Nearly all its money is in {better.number}. {better.title}"),
            icon=":material/arrow_forward:",
            query_params=links.query(better.id),
        )


def _changed(opportunity: Opportunity, reviewed: tuple[Reviewed, ...]) -> None:
    """The flag of a decision whose money moved, and the means to take note of it."""
    mine = next((entry for entry in reviewed if entry.decision.opportunity == opportunity.id), None)
    if mine and mine.flag:
        sentence = f"In the register as {mine.decision.state}. {mine.flag}"
        components.callout(sentence, grave=True, changed=True)


def _brought(scope: Scope, opportunity: Opportunity) -> None:
    chart.show(scope, "brought", links.chosen(opportunity.id), level=2)
    components.bullets(opportunity.reasons)


def _score(scope: Scope, opportunity: Opportunity) -> None:
    chart.show(scope, "score", links.chosen(opportunity.id), level=2)
    parts = sorted(opportunity.parts, key=lambda part: (part.value is None, -part.weight))
    with components.gathered():
        components.bullets((components.strong(f"{part.label}."), f" {part.reason}") for part in parts)
        if opportunity.left_out:
            components.callout(opportunity.left_out, grave=False)


def _lines(scope: Scope, opportunity: Opportunity) -> None:
    services = kept.names_of(Dimension.SERVICE)
    named = ", ".join(services.get(service, service) for service in opportunity.services[:6])
    more = f" and {len(opportunity.services) - 6} more" if len(opportunity.services) > 6 else ""
    about = f"{named}{more} · the place’s share, whole pounds, largest first"
    sides, how_many = [], 0
    for held, partner in zip(kept.partner_lines(scope, opportunity, SIDE), opportunity.partners, strict=True):
        nothing = "Shows totals only: its lines are not shown." if held.hidden else "No line is shown."
        how_many += held.how_many
        sides.append(together.side(partner.name, pounds(partner.amount), held.lines, held.how_many, nothing))
    with components.folded_on_phones(f"The lines, side by side: {how_many}", "lines"), components.gathered():
        components.finding("The lines, side by side", about, 2)
        components.sides(sides)


def _ladder(opportunity: Opportunity) -> None:
    components.finding(
        f"It can go as far as {arrangement_name(opportunity.level)}",
        "The lower of what the limits allow and what the score earns",
        2,
    )
    components.ladder([_rung(opportunity, rung) for rung in reversed(LADDER)])
    components.say((components.strong("Why not higher."), f" {opportunity.why_not_higher}"))
    if opportunity.one_further:
        components.say([components.strong("What would have to be true to go one level further")])
        components.bullets(opportunity.one_further)


def _rung(opportunity: Opportunity, rung: Arrangement) -> Rung:
    """One arrangement of the ladder as it stands for an opportunity."""
    reasons = (
        (rung.level == opportunity.level, "recommended"),
        (rung.level == opportunity.allowed, "the limits allow"),
        (rung.level == opportunity.earned, "the score earns"),
    )
    shut_or_open: Literal["open", "shut"] = "open" if rung.level <= opportunity.allowed else "shut"
    return Rung(
        rung.level,
        rung.name,
        f"{rung.means} Money: {rung.money}.",
        "here" if rung.level == opportunity.level else shut_or_open,
        ", ".join(reason for holds, reason in reasons if holds),
    )


def _limit(gate: Gate) -> Text:
    """How far one limit lets it go, why, and what would open it."""
    capped = f"{gate.code.capitalize()}: {arrangement_name(gate.level)} at most."
    limit: list[str | Run] = [components.strong(capped), f" {opened(gate.reason)}."]
    if gate.opens and gate.level < INTEGRATED:
        limit += [" ", Run("Opens if:", "em"), f" {gate.opens}"]
    return tuple(limit)


def _route(opportunity: Opportunity) -> None:
    """Which power covers it, what the law says today, and every limit: side by side where there is room."""
    power = opportunity.power
    components.finding(
        f"By the law of the map’s year it can go as far as {arrangement_name(power.level)}"
        if power.power or power.override
        else "No legal power on the list covers it",
        "Which power, from which source, and what else limits it; what stands today is said apart",
        2,
    )
    left, right = st.columns(2, gap="large")
    with left:
        _power(power)
    with right:
        _limits(opportunity)


def _power(power: powers.PowerUse) -> None:
    """The power itself, in short and whole, and what must be told apart before it is used."""
    if power.power:
        verified = Badge("✓ text read", "open") if power.power.verified else Badge("unverified")
        facts = [(name, value or "not said") for name, value in powers.description(power.power)]
        with components.gathered():
            components.badges(LEGAL_ADVICE, verified)
            components.facts(facts[:IN_SHORT])
        with st.expander("Its conditions, what it does not cover, and its source", key="power_whole"):
            components.facts(facts[IN_SHORT:])
    else:
        components.say((LEGAL_ADVICE, f" {opened(power.sentence)}."))
    if power.outside:
        components.say(
            (
                components.strong("Before it is used."),
                " Part of this money is outside the power and must be told apart first.",
            )
        )
        with st.expander(
            as_typed(f"What it does not cover: {len(power.outside)} kinds of work"), key="power_outside"
        ):
            components.bullets(opened(each) for each in power.outside)


def _limits(opportunity: Opportunity) -> None:
    """What the law says today, and every limit with what would open it; advice takes the place of a rule here."""
    power = opportunity.power
    with components.gathered():
        components.say(
            (components.strong(f"Today, {day(opportunity.today.on)}."), f" {opportunity.today.sentence}")
        )
        if power.override:
            components.callout(f"Legal advice stands in place of the rule: {power.sentence}.", grave=False)
        limits = opened(counted(len(opportunity.gates), "limit", "limits"))
        components.say([components.strong(f"{limits}, the lowest first")])
        components.bullets(_limit(gate) for gate in opportunity.gates)
    _override(opportunity)


def _override(opportunity: Opportunity) -> None:
    """Legal advice in place of the rule's limit, with a reason; and the way to take it back."""
    label = (
        "Legal advice stands here: change it"
        if opportunity.power.override
        else "Put legal advice in place of this limit"
    )
    with st.expander(as_typed(label), key="override"):
        st.caption(
            "It moves the limit of the legal power alone: ring-fences, capital and benefits limit as before."
        )
        power = opportunity.power.power
        every_use = (f"{OverrideOf.POWER} {power.id}",) if power else ()
        store = others.at(f"{OverrideOf.OPPORTUNITY} {opportunity.id}", Thing.ADVICE, more=every_use)
        name = signing.name("override")
        targets = {"opportunity": "This opportunity alone"} | (
            {"power": f"Every use of {power.name}"} if power else {}
        )
        about = st.radio(
            "It is about", list(targets), format_func=lambda key: as_typed(targets[key]), key="override_of"
        )
        level = st.selectbox(
            "It can go as far as",
            range(len(LADDER)),
            index=opportunity.power.level,
            key="override_level",
            format_func=lambda rung: f"{rung} {LADDER[rung].name}",
        )
        reason = st.text_area(
            "Reason: who advised it, when, on what grounds", key="override_reason", max_chars=1000
        )
        if st.button("See what it would change", key="override_try"):
            _override_tried(*_advised(opportunity, str(about)), int(level))
        with st.container(horizontal=True, gap="small"):
            if st.button(
                "Record this advice", type="primary", key="override_record"
            ) and not signing.is_missing(name):
                of, key = _advised(opportunity, str(about))
                _write(lambda: joint.override(store, of, key, int(level), reason, by=name))
            if (
                opportunity.power.override
                and st.button("Let the rule stand again", key="override_withdraw")
                and not signing.is_missing(name)
            ):
                advice: LegalOverride = opportunity.power.override
                _write(lambda: joint.withdraw_override(store, advice.of, advice.key, by=name))


def _advised(opportunity: Opportunity, about: str) -> tuple[OverrideOf, str]:
    """What the advice is about: this opportunity, or every use of its power."""
    of = OverrideOf(about)
    return (
        of,
        opportunity.power.power.id if of is OverrideOf.POWER and opportunity.power.power else opportunity.id,
    )


def _override_tried(of: OverrideOf, key: str, level: int) -> None:
    """Say which opportunities advice would move, before it is recorded; a refusal is said in its own sentence."""
    try:
        moved = joint.override_preview(kept.store(), scope_picker.chosen(), of, key, level)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    if not moved:
        components.note("It would move no opportunity: other limits hold as they do now.")
    components.bullets(
        f"{one.title}: level {one.levels[0]} now, {one.levels[1]} then; number {one.places[0]} now, {one.places[1]} then"
        for one in moved
    )


def _write(do: object) -> None:
    """Write, and draw the page anew; a refusal is said in its own sentence."""
    try:
        do()  # type: ignore[operator]
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.rerun()


def _next(scope: Scope, opportunity: Opportunity) -> None:
    with components.gathered():
        components.finding(
            "The first three steps",
            f"{when(opportunity)} · towards {arrangement_name(opportunity.level).lower()}",
            2,
        )
        components.steps(opportunity.first_steps)
    chart.show_table(
        scope, "first-steps", links.chosen(opportunity.id), key="first-steps", level=3, folded=True
    )
    if len(opportunity.timing.steps) > 1:
        with components.gathered():
            components.say([components.strong("How the money comes free as contracts end")])
            components.bullets(
                f"From {day(step.day)}: {together.whole_pounds(step.joinable)}"
                for step in opportunity.timing.steps
            )
    if all(partner.services for partner in opportunity.partners):
        st.page_link(
            "pages/pools/page.py",
            label="Try it as a what-if: who holds it, and who bears an overspend",
            icon=":material/arrow_forward:",
            query_params=dict(to_query(scope_picker.chosen()))
            | {"s": to_link(of_opportunity(opportunity, scope.year))},
        )


def _readiness(opportunity: Opportunity) -> None:
    """How ready the partners say they are: it enters the score, so it is theirs to record."""
    nothing = Readiness(opportunity.id, None, None, "", "")
    held = next((said for said in kept.ready() if said.opportunity == opportunity.id), nothing)
    part = next(part for part in opportunity.parts if part.name == "readiness")
    components.finding(
        "How ready the partners are" if part.value is None else f"Readiness: {part.value * 4:.0f} of 4",
        "A board that meets, a pool or agreement, staff in one place, shared information: a point each",
        2,
    )
    components.say(part.reason)
    with st.expander("Record how ready they are", key="readiness"):
        store = others.at(opportunity.id, Thing.READINESS)
        name = signing.name("readiness")
        points = st.selectbox(
            "Readiness",
            (None, *range(5)),
            index=0 if held.points is None else held.points + 1,
            format_func=lambda one: "Not recorded" if one is None else READY[one],
            key="readiness_points",
        )
        start = st.date_input(
            "Planned start, if there is one",
            value=held.planned_start,
            key="readiness_start",
            format="DD/MM/YYYY",
        )
        reason = st.text_input(
            "What is there already", value=held.reason, key="readiness_reason", max_chars=300
        )
        pressed = st.button("Record readiness", type="primary", key="readiness_record")
        if pressed and not signing.is_missing(name):
            readiness = Readiness(opportunity.id, points, start, reason, name)
            _write(lambda: joint.record_readiness(store, readiness, by=name))
