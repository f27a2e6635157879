"""One opportunity whole: why it stands where it does, who brings what, how far by which law, and what next."""

from decimal import Decimal
from html import escape

import streamlit as st

from budget_model.count.saying import counted, opened
from budget_model.money import exact_pounds, pounds
from budget_model.problem import Refusal
from budget_model.scope import Scope, to_query
from budget_model.store import joint
from budget_model.together import telling, titles
from budget_model.together.decisions import Reviewed
from budget_model.together.facts import LegalOverride, OverrideOf, Readiness
from budget_model.together.ladder import INTEGRATED, LADDER, arrangement_name
from budget_model.together.opportunities import Opportunity, OpportunityList
from budget_model.together.scenarios import of_opportunity, to_link
from budget_model.vocabulary import Dimension
from pages.opportunities import figures, register, weighing
from pages.shared import chart, choice, kept, marks, scope_picker, together
from pages.shared.chart import Way
from pages.shared.tables import As, Column, Table

ONE = "opportunity"
SIDE = 30
READY = (
    "0: nothing is there yet", "1: one of a board, a pool, shared staff, shared information", "2: two of them",
    "3: three of them", "4: all four",
)  # fmt: skip


def query(identity: str) -> dict[str, str | list[str]]:
    """The query of a link to one opportunity, in the same scope and with the same weights."""
    asked = dict(to_query(scope_picker.chosen())) | {ONE: identity}
    weights = st.query_params.get(weighing.WEIGHTS, "")
    return asked | ({weighing.WEIGHTS: weights} if weights else {})


def when(one: Opportunity) -> str:
    """When enough of the money is free of its contracts, in words."""
    return f"From {one.earliest_date:%B %Y}" if one.earliest_date else "From now"


def show(scope: Scope, found: OpportunityList, one: Opportunity, reviewed: tuple[Reviewed, ...]) -> None:
    """The page of one opportunity, from its headline to its history."""
    st.button(
        "All opportunities",
        icon=":material/arrow_back:",
        on_click=_back,
        type="tertiary",
        key="all_opportunities",
    )
    boards = kept.names_of(Dimension.THEME)
    on = ", ".join(boards.get(board, board) for board in one.themes[:3])
    st.html(
        f'<p class="eyebrow">{telling.ordinal(one.rank)} of {len(found.opportunities)} · {escape(one.scope)} · {escape(on)}</p>'
        f'<h1 class="headline">{escape(one.title)}</h1>'
    )
    together.said_of_scope()
    _tiles(one)
    _why(found, one)
    _changed(one, reviewed)
    left, right = st.columns(2, gap="large")
    with left:
        _brought(scope, one)
    with right:
        _score(scope, one)
    _lines(scope, one)
    left, right = st.columns(2, gap="large")
    with left:
        _ladder(one)
    with right:
        _route(one)
    _next(scope, one)
    mine = next((entry for entry in reviewed if entry.decision.opportunity == one.id), None)
    left, right = st.columns(2, gap="large")
    with left:
        register.form(one, mine)
    with right:
        _readiness(one)


def _back() -> None:
    choice.write(ONE, "")


def _tiles(one: Opportunity) -> None:
    grades = {grade.grade: grade.meaning for grade in kept.place().grades}
    tiles = [
        marks.tile("Could be steered jointly", pounds(one.joinable), f"between {pounds(one.low)} and {pounds(one.high)}",
                   marks.range_bar(one.low, one.joinable, one.high)),
        marks.tile("Score", f"{one.score}", "of 100, by the weights in use", marks.share_bar(one.score, Decimal(100))),
        marks.tile("Recommended", arrangement_name(one.level).replace("Joint procurement or shared service", "Joint buying or service"),
                   LADDER[one.level].means),
        marks.tile("Earliest date", when(one).removeprefix("From ").capitalize() if not one.earliest_date else f"{one.earliest_date:%b %Y}",
                   "enough of the money is in no contract" if not one.earliest_date else "when enough of the contracts have ended"),
        marks.tile("Confidence", f"Grade {one.confidence}", f"the least sure partner: {grades.get(one.confidence, 'not described')}"),
    ]  # fmt: skip
    st.html(f'<div class="tiles words">{"".join(tiles)}</div>')


def _why(found: OpportunityList, one: Opportunity) -> None:
    draws = kept.place().weights.rank_draws
    better = found.opportunity(one.inside) if one.inside else None
    chart.heading("Why it is ranked here", "Size first, then how far it can go, then the score", 2)
    said = [
        telling.why_ranked(found, one, kept.facts(kept.today()).rules),
        telling.firmness(one.stability, draws),
    ]
    if one.counted < one.joinable:
        already = one.joinable - one.counted
        what = "All of it" if already == one.joinable else pounds(already)
        said.append(
            f"{what} is counted in better opportunities already, so the total counts {pounds(one.counted)} here."
        )
    st.html(f'<p class="say">{escape(" ".join(said))}</p>')
    if better:
        st.page_link(
            "pages/opportunities/page.py", label=f"Nearly all its money is in {better.rank}. {better.title}",
            icon=":material/arrow_forward:", query_params=query(better.id),
        )  # fmt: skip


def _changed(one: Opportunity, reviewed: tuple[Reviewed, ...]) -> None:
    """The flag of a decision whose money moved, and the means to take note of it."""
    mine = next((entry for entry in reviewed if entry.decision.opportunity == one.id), None)
    if mine and mine.flag:
        st.html(
            f'<p class="flagged" role="status">In the register as {escape(mine.decision.state)}. {escape(mine.flag)}</p>'
        )


def _brought(scope: Scope, one: Opportunity) -> None:
    columns = (
        Column("Partner"), Column("On these services", As.MONEY), Column("Free to move", As.MONEY),
        Column("Lines", As.COUNT), Column("Grade", As.COUNT), Column("Stays aside"),
    )  # fmt: skip
    rows = (
        *(
            (
                partner.name, partner.amount, partner.flexible, partner.lines, partner.grade,
                "; ".join(f"{pounds(aside.amount)}: {aside.why}" for aside in partner.asides),
            )
            for partner in one.partners
        ),
        ("Total", one.amount, sum((partner.flexible for partner in one.partners), Decimal(0)), sum(partner.lines for partner in one.partners), None, ""),
    )  # fmt: skip
    chart.draw(
        figures.brought(one.partners, kept.colours(), pounds),
        key="brought",
        finding=titles.of_brought(one, kept.short_names(), kept.names_of(Dimension.SERVICE)),
        shows=("brought", one.id),
        scope=scope,
        table=Table("What each partner would bring", columns, rows, has_total=True),
        ways=[
            Way(f"{partner.name}: {kept.names_of(Dimension.SERVICE).get(service, service)}",
                ((Dimension.ORGANISATION, partner.organisation), (Dimension.SERVICE, service)))
            for partner in one.partners if not partner.totals_only for service, _ in partner.services
        ],
        patterns=marks.doubt_key(estimated=any(partner.estimated for partner in one.partners)),
        level=2,
    )  # fmt: skip
    st.html(f'<ul class="plain">{"".join(f"<li>{escape(reason)}</li>" for reason in one.reasons)}</ul>')


def _score(scope: Scope, one: Opportunity) -> None:
    columns = (Column("Part"), Column("Weight"), Column("Value, 0 to 1"), Column("Points"), Column("Why"))
    rows = tuple(
        (
            part.label, f"{part.weight.normalize():f}", "left out" if part.value is None else f"{part.value:.2f}",
            "–" if part.points is None else str(part.points), part.reason,
        )
        for part in one.parts
    )  # fmt: skip
    chart.draw(
        figures.parts(one.parts),
        key="score",
        finding=titles.of_score(one, kept.names_of(Dimension.SERVICE)),
        shows=("score", one.id),
        scope=scope,
        table=Table("Parts of the score", columns, rows),
        notes=("pale is what each part could add",),
        patterns=['<span><i class="dots"></i>left out: not known</span>'] if one.left_out else [],
        level=2,
    )
    told = "".join(
        f"<li><strong>{escape(part.label)}.</strong> {escape(part.reason)}</li>"
        for part in sorted(one.parts, key=lambda part: (part.value is None, -part.weight))
    )
    st.html(f'<ul class="plain">{told}</ul>')
    if one.left_out:
        st.html(f'<p class="noted">{escape(one.left_out)}</p>')


def _lines(scope: Scope, one: Opportunity) -> None:
    services = kept.names_of(Dimension.SERVICE)
    named = ", ".join(services.get(service, service) for service in one.services[:6])
    more = f" and {len(one.services) - 6} more" if len(one.services) > 6 else ""
    chart.heading(
        "The lines, side by side", f"{named}{more} · the place’s share, whole pounds, largest first", 2
    )
    told = []
    for held, partner in zip(kept.partner_lines(scope, one, SIDE), one.partners, strict=True):
        nothing = "Shows totals only: its lines are not shown." if held.hidden else "No line is shown."
        told.append(together.side(partner.name, pounds(partner.amount), held.lines, held.how_many, nothing))
    st.html(f'<div class="sides">{"".join(told)}</div>')


def _ladder(one: Opportunity) -> None:
    chart.heading(
        f"It can go as far as {arrangement_name(one.level)}",
        "The lower of what the limits allow and what the score earns",
        2,
    )
    rungs = []
    for rung in reversed(LADDER):
        here, open_ = rung.level == one.level, rung.level <= one.allowed
        kind = "here" if here else "open" if open_ else "shut"
        where = []
        if here:
            where.append("recommended")
        if rung.level == one.allowed:
            where.append("the limits allow")
        if rung.level == one.earned:
            where.append("the score earns")
        current = ' aria-current="step"' if here else ""
        rungs.append(
            f'<li class="{kind}"{current}><span>{rung.level}</span><span>{escape(rung.name)}<small>{escape(rung.means)} '
            f'Money: {escape(rung.money)}.</small></span><span class="where">{escape(", ".join(where))}</span></li>'
        )
    st.html(f'<ol class="ladder" aria-label="Arrangements, the closest first">{"".join(rungs)}</ol>')
    st.html(f'<p class="say"><strong>Why not higher.</strong> {escape(one.why_not_higher)}</p>')
    if one.one_further:
        steps = "".join(f"<li>{escape(step)}</li>" for step in one.one_further)
        st.html(
            '<p class="say"><strong>What would have to be true to go one level further</strong></p>'
            f'<ul class="plain">{steps}</ul>'
        )


def _route(one: Opportunity) -> None:
    power = one.power
    chart.heading(
        f"By law it can go as far as {arrangement_name(power.level)}" if power.power or power.override else "No legal power on the list covers it",
        "Which power, from which source, and what else limits it", 2,
    )  # fmt: skip
    if power.power:
        checked = "read in the source" if power.power.verified else "not checked by anybody yet"
        facts = {
            "Legal power": power.power.name, "Source": power.power.source, "The rule is": checked,
            "What it says": power.power.note,
        }  # fmt: skip
        rows = "".join(
            f"<dt>{escape(name)}</dt><dd>{escape(value or 'not said')}</dd>" for name, value in facts.items()
        )
        st.html(
            f'<p style="margin:0 0 .4rem"><span class="tag late">Needs legal advice</span> <span class="tag{" open" if power.power.verified else ""}">{"✓ verified" if power.power.verified else "unverified"}</span></p><dl class="facts">{rows}</dl>'
        )
    else:
        st.html(
            f'<p class="say"><span class="tag late">Needs legal advice</span> {escape(opened(power.sentence))}.</p>'
        )
    if power.override:
        st.html(f'<p class="noted">Legal advice stands in place of the rule: {escape(power.sentence)}.</p>')
    gates = "".join(
        f"<li><strong>{escape(gate.code.capitalize())}: {escape(arrangement_name(gate.level))} at most.</strong> {escape(opened(gate.reason))}."
        + (f" <em>Opens if:</em> {escape(gate.opens)}" if gate.opens and gate.level < INTEGRATED else "")
        + "</li>"
        for gate in one.gates
    )
    st.html(
        f'<p class="say"><strong>{escape(opened(counted(len(one.gates), "limit", "limits")))}, the lowest first</strong></p><ul class="plain">{gates}</ul>'
    )
    _override(one)


def _override(one: Opportunity) -> None:
    """Legal advice in place of the rule's limit, with a reason; and the way to take it back."""
    label = (
        "Legal advice stands here: change it"
        if one.power.override
        else "Put legal advice in place of this limit"
    )
    with st.expander(label, key="override"):
        st.caption(
            "It moves the limit of the legal power alone: ring-fences, capital and benefits limit as before."
        )
        name = together.signed("override")
        targets = {"opportunity": "This opportunity alone"} | (
            {"power": f"Every use of {one.power.power.name}"} if one.power.power else {}
        )
        about = st.radio(
            "It is about", list(targets), format_func=lambda key: targets[key], key="override_of"
        )
        level = st.selectbox(
            "It can go as far as", range(len(LADDER)), index=one.power.level, key="override_level",
            format_func=lambda rung: f"{rung} {LADDER[rung].name}",
        )  # fmt: skip
        reason = st.text_area(
            "Reason: who advised it, when, on what grounds", key="override_reason", max_chars=1000
        )
        with st.container(horizontal=True, gap="small"):
            if st.button(
                "Record this advice", type="primary", key="override_record"
            ) and not together.wants_name(name):
                of = OverrideOf(str(about))
                key = one.power.power.id if of is OverrideOf.POWER and one.power.power else one.id
                _write(lambda: joint.override(kept.store(), of, key, int(level), reason, by=name))
            if (
                one.power.override
                and st.button("Let the rule stand again", key="override_withdraw")
                and not together.wants_name(name)
            ):
                advice: LegalOverride = one.power.override
                _write(lambda: joint.withdraw_override(kept.store(), advice.of, advice.key, by=name))


def _write(do: object) -> None:
    """Write, and draw the page anew; a refusal is said in its own sentence."""
    try:
        do()  # type: ignore[operator]
    except Refusal as refusal:
        st.warning(refusal.sentence)
        return
    st.rerun()


def _next(scope: Scope, one: Opportunity) -> None:
    chart.heading("The first three steps", f"{when(one)} · towards {arrangement_name(one.level).lower()}", 2)
    st.html(f'<ol class="plain">{"".join(f"<li>{escape(step)}</li>" for step in one.first_steps)}</ol>')
    if len(one.free_from) > 1:
        dates = "".join(
            f"<li>{'Now' if step.day is None else f'From {step.day:%d %B %Y}'}: {exact_pounds(step.joinable).removesuffix('.00')}</li>"
            for step in one.free_from
        )
        st.html(
            f'<p class="say"><strong>How the money comes free as contracts end</strong></p><ul class="plain">{dates}</ul>'
        )
    if all(partner.services for partner in one.partners):
        st.page_link(
            "pages/pools/page.py", label="Try it as a what-if: who holds it, and who bears an overspend",
            icon=":material/arrow_forward:",
            query_params=dict(to_query(scope_picker.chosen())) | {"s": to_link(of_opportunity(one, scope.year))},
        )  # fmt: skip


def _readiness(one: Opportunity) -> None:
    """How ready the partners say they are: it enters the score, so it is theirs to record."""
    held = next((said for said in kept.ready() if said.opportunity == one.id), None)
    part = next(part for part in one.parts if part.name == "readiness")
    chart.heading(
        "How ready the partners are" if part.value is None else f"Readiness: {part.value * 4:.0f} of 4",
        "A board that meets, a pool or agreement, staff in one place, shared information: a point each", 2,
    )  # fmt: skip
    st.html(f'<p class="say">{escape(part.reason)}</p>')
    with st.expander("Record how ready they are", key="readiness"):
        name = together.signed("readiness")
        points = st.selectbox(
            "Readiness", (None, *range(5)), index=0 if held is None or held.points is None else held.points + 1,
            format_func=lambda one: "Not recorded" if one is None else READY[one], key="readiness_points",
        )  # fmt: skip
        start = st.date_input(
            "Planned start, if there is one",
            value=held.planned_start if held else None,
            key="readiness_start",
            format="DD/MM/YYYY",
        )
        reason = st.text_input(
            "What is there already", value=held.reason if held else "", key="readiness_reason", max_chars=300
        )
        if st.button("Record readiness", type="primary", key="readiness_record") and not together.wants_name(
            name
        ):
            said = Readiness(one.id, points, start, reason, name)
            _write(lambda: joint.record_readiness(kept.store(), said, by=name))
