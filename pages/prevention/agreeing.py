"""The largest lines with the stage that is suggested and the rule, and the form by which an officer agrees."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from budget_model.access import Act
from budget_model.answers import Answers
from budget_model.count.saying import counted
from budget_model.dates import day
from budget_model.exhibits.prevention import NAMES
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.money import pounds
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import stages as kept_stages
from budget_model.store.others import Thing
from budget_model.store.stages import StageLine
from budget_model.store.store import Store
from budget_model.together import stages
from budget_model.together.stages import BY_OFFICERS, StageAgreed, Verdict
from budget_model.vocabulary import Dimension, Stage
from pages.shared import asking, chart, choice, components, kept, others, signing, tables
from pages.shared.components import as_typed

MOST_LINES = 60
CHOSEN_FROM = tuple(stage for stage in Stage if stage is not Stage.UNKNOWN)
HUNDRED = Decimal(100)


@kept.kept
def _lines(opened: Store, scope: Scope, body: str, every: bool) -> tuple[tuple[StageLine, ...], int]:
    return kept_stages.lines(opened, scope, body, every=every, limit=MOST_LINES)


def show(scope: Scope, answers: Answers) -> None:
    """The lines, the largest first, and the form for one of them."""
    bodies = [part.key for part in answers.by(Dimension.ORGANISATION)]
    called = answers.called(Dimension.ORGANISATION)
    components.section(
        "Line by line",
        "What is agreed holds for the lines of the same body, code and words in every year, until it is agreed otherwise.",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        body = choice.one("Body", ("", *bodies), "body", "", lambda key: called(key) if key else "Every body")
        which = choice.one("Lines", ("", "all"), "lines", "", lambda key: "All" if key else "Not agreed yet")
    lines, how_many = _lines(scope, body, which == "all")
    if not lines:
        components.empty("Every line in this choice has an agreed stage.", "Choose all lines to see them.")
        return
    verdicts = _verdicts(answers, lines)
    _form(lines, verdicts, answers)
    table = _table(lines, verdicts, answers)
    tables.show(table, MOST_LINES)
    if how_many > len(lines):
        components.aside(
            f"The {len(lines)} largest of {counted(how_many, 'line', 'lines')}; choose a body to see its own."
        )
    chart.files(table, "stage_lines")


def _verdicts(answers: Answers, lines: Sequence[StageLine]) -> Mapping[tuple[int, str], Verdict]:
    rules = {rule.number: rule for rule in stages.read_rules()}
    agreed = {word.id: word for word in answers.stages_agreed()}
    called = answers.called(Dimension.SERVICE)
    return {
        (line.line, line.service): stages.decide(line.known, rules, agreed, called(line.service))
        for line in lines
    }


def _table(
    lines: Sequence[StageLine], verdicts: Mapping[tuple[int, str], Verdict], answers: Answers
) -> Table:
    body, service = answers.called(Dimension.ORGANISATION, short=True), answers.called(Dimension.SERVICE)
    columns = (
        Column("Body"),
        Column("Line"),
        Column("Service"),
        Column("Amount", Kind.POUNDS),
        Column("Stage"),
        Column("How it is known"),
        Column("Grade"),
        Column("Why"),
    )
    rows = []
    for line in lines:
        verdict = verdicts[line.line, line.service]
        rows.append(
            (
                body(line.organisation),
                line.description,
                service(line.service),
                line.amount,
                stages.in_words(verdict.shares) if verdict.shares[0][0] is not Stage.UNKNOWN else "not known",
                verdict.how.value,
                verdict.grade.value,
                verdict.why,
            )
        )
    return Table("Lines by stage of need", columns, tuple(rows))


def _form(lines: Sequence[StageLine], verdicts: Mapping[tuple[int, str], Verdict], answers: Answers) -> None:
    able = [
        line for line in lines if not line.kept_back and asking.asker().may(Act.CONTRIBUTE, line.organisation)
    ]
    if not able:
        components.note("The officers of a body agree the stages of its lines.")
        return
    called = answers.called(Dimension.ORGANISATION, short=True)
    with st.expander("Agree the stage of a line, or split it", key="agree_stage"):
        components.ask("Step 1: the line, as it is budgeted")
        place = st.selectbox(
            "Line",
            range(len(able)),
            key="stage_line",
            format_func=lambda at: (
                f"{called(able[at].organisation)}: {able[at].description} ({pounds(able[at].amount)})"[:140]
            ),
        )
        line = able[min(place or 0, len(able) - 1)]
        verdict = verdicts[line.line, line.service]
        components.ask("Step 2: the stage that a rule suggests")
        components.note(f"{verdict.how.value.capitalize()}: {stages.in_words(verdict.shares)}. {verdict.why}")
        _said_before(answers.stages_agreed(), line)
        _agree(line, verdict)


def _said_before(words: Sequence[StageAgreed], line: StageLine) -> None:
    said = [word for word in words if word.id == line.known.agreed]
    components.bullets(
        f"{day(word.made_at)}: {word.made_by} agreed {stages.in_words(word.shares)}, grade {word.grade.value}."
        for word in said
    )


def _agree(line: StageLine, verdict: Verdict) -> None:
    store = others.at(f"{line.organisation}: {line.description}", Thing.STAGE)
    now = dict(verdict.shares)
    components.ask("Step 3: split it by percentage, where it acts at several stages")
    columns = st.columns(len(CHOSEN_FROM))
    typed: dict[Stage, float] = {
        stage: column.number_input(
            as_typed(f"{NAMES[stage].partition(':')[0]} (%)"),
            0.0,
            100.0,
            float(now.get(stage, Decimal(0)) * HUNDRED),
            step=5.0,
            key=f"stage_{line.line}_{stage}",
        )
        for stage, column in zip(CHOSEN_FROM, columns, strict=True)
    }
    components.ask("Step 4: agree, and say how well it is known")
    grade = st.selectbox(
        "How well it is known",
        BY_OFFICERS,
        index=1,
        key=f"stage_grade_{line.line}",
        format_func=lambda each: f"{each.value}: {each.says}",
    )
    reason = st.text_input(
        "Why", key=f"stage_why_{line.line}", max_chars=500, placeholder="What it stands on"
    )
    name = signing.name("stages")
    if st.button("Agree", type="primary", key=f"stage_agree_{line.line}") and not signing.is_missing(name):
        _keep(store, line, typed, grade, reason, name)


def _keep(
    store: Store,
    line: StageLine,
    typed: Mapping[Stage, float],
    grade: stages.StageGrade,
    reason: str,
    name: str,
) -> None:
    shares = tuple((stage, Decimal(str(part)) / HUNDRED) for stage, part in typed.items() if part)
    try:
        kept_stages.agree(store, line.line, shares, grade, reason, by=name)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.rerun()
