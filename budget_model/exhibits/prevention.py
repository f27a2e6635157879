"""How much of the money acts early, at which stage the rest acts, for whom, and how that went over the years."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, in_sentence, opened
from budget_model.exhibits.colours import (
    CHARCOAL,
    LILAC,
    NAVY,
    ORANGE,
    PEOPLE_COLOUR,
    PLUM,
    TEAL,
    UNMAPPED_COLOUR,
)
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Doubt, Mark, Series
from budget_model.exhibits.parts import above_zero, exhibit_of, share_of, wholes
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.financial_year import year_before
from budget_model.money import NOTHING, percent, pounds
from budget_model.together import stages
from budget_model.together.alignment import Part
from budget_model.together.stages import How, Shift, StageGrade, StagePart
from budget_model.vocabulary import Dimension, Stage

NAMES: Final[Mapping[Stage, str]] = {
    Stage.UNIVERSAL: "Universal",
    Stage.PREVENTION: "Prevention",
    Stage.EARLY_HELP: "Early help",
    Stage.TREATMENT: "Treatment and support",
    Stage.CRISIS: "Crisis",
    Stage.INCOME_MAINTENANCE: "Income: benefits and pensions",
    Stage.UNKNOWN: "Not known",
}
"""What each stage is called where it stands alone."""
COLOURS: Final[Mapping[str, str]] = {
    Stage.UNIVERSAL: LILAC,
    Stage.PREVENTION: TEAL,
    Stage.EARLY_HELP: NAVY,
    Stage.TREATMENT: ORANGE,
    Stage.CRISIS: PLUM,
    Stage.INCOME_MAINTENANCE: PEOPLE_COLOUR,
    Stage.UNKNOWN: UNMAPPED_COLOUR,
}
WAYS: Final[Mapping[How, tuple[str, Doubt | None]]] = {
    How.AGREED: (TEAL, None),
    How.STATED: (NAVY, None),
    How.PAID: (PEOPLE_COLOUR, None),
    How.RULE: (NAVY, Doubt.NOBODY),
    How.SERVICE: (CHARCOAL, Doubt.NOBODY),
    How.UNKNOWN: (UNMAPPED_COLOUR, None),
}
"""How each way of knowing a stage is drawn: what nobody of the body has said is patterned."""


def sentence(part: Part) -> str:
    """How much acts early, and how much has no stage, in one sentence.

    >>> sentence(Part(Decimal(0), Decimal(900), Decimal(900)))
    'The stage of need is unknown for all of the £900 spent on services, so how much of it acts early is unknown too.'
    """
    if part.whole <= 0:
        return "No money on services is in this choice, so how early it acts is unknown."
    if part.nothing_known:
        return (
            f"The stage of need is unknown for all of the {pounds(part.whole)} spent on services, so how much of it "
            "acts early is unknown too."
        )
    early = f"{pounds(part.part)} of {pounds(part.whole)} spent on services is for prevention and early help ({percent(part.part, part.whole)})"
    if not part.unknown:
        return f"{early}."
    return f"{early}; for {percent(part.unknown, part.whole)} the stage of need is unknown."


def how_sure(parts: Sequence[StagePart]) -> str:
    """How much of the money on services has a stage that an officer agreed or the body stated."""
    on_services = [part for part in parts if part.stage is not Stage.INCOME_MAINTENANCE]
    whole = sum((part.amount for part in on_services), NOTHING)
    said = sum((part.amount for part in on_services if part.how in (How.AGREED, How.STATED)), NOTHING)
    if not said:
        return (
            "This is estimated: no officer has agreed a stage yet, so each is suggested by a rule or unknown."
        )
    return f"Officers agreed or stated the stage of {percent(said, whole)} of the money on services; for the rest it is estimated by rules or unknown."


def shift_in_words(shift: Shift | None) -> str:
    """How the early share went between two years, on the bodies in both."""
    if shift is None or shift.change is None:
        return "No earlier year has money of the same bodies, so there is no shift to show."
    before, after = (percent(part.part, part.whole) for part in (shift.before, shift.after))
    bodies = counted(len(shift.bodies), "body that is", "bodies that are")
    if before == after:
        went = f"was {after} in {shift.earlier} and in {shift.later}"
    else:
        went = f"went from {before} in {shift.earlier} to {after} in {shift.later}"
    return f"For the {bodies} in both years, the share for prevention and early help {went}."


def earlier_year(answers: Answers) -> str:
    """The latest year on the map before the scope's; the year before it where there is none."""
    before = [year for year in answers.years() if year < answers.scope.year]
    return before[-1] if before else year_before(answers.scope.year)


def by_stage(answers: Answers, _: str) -> Shown:
    """The money at each stage, and how the stage is known."""
    parts = answers.stages()
    if not parts:
        return _nothing()
    sums = stages.by_stage(parts)
    shown = [stage for stage in Stage if sums[stage]]
    held = stages.added_up(parts, lambda part: f"{part.how}|{part.stage}")
    series = tuple(
        Series(
            opened(how.value),
            colour,
            tuple(held.get(f"{how}|{stage}", NOTHING) for stage in shown),
            doubt,
        )
        for how, (colour, doubt) in WAYS.items()
        if any(held.get(f"{how}|{stage}") for stage in shown)
    )
    figure = Bars("Stage", tuple(Mark(stage, NAMES[stage]) for stage in shown), series, gathers=False)
    finding = Finding(sentence(stages.early(parts)), stages.early(parts).part, why=how_sure(parts))
    return exhibit_of(answers, finding, figure, _by_stage_table(parts), notes=(EARLY_IS,))


EARLY_IS: Final = "early means prevention and early help; benefits and pensions are not counted as services"


def _by_stage_table(parts: Sequence[StagePart]) -> Table:
    sums = stages.by_stage(parts)
    whole = sum(sums.values(), NOTHING)
    held = stages.added_up(parts, lambda part: f"{part.how}|{part.stage}")
    columns = (
        Column("Stage"),
        Column("Amount", Kind.POUNDS),
        Column("Share", Kind.SHARE),
        *(Column(opened(how.value), Kind.POUNDS, detail=True) for how in WAYS),
    )
    rows: list[tuple[Value, ...]] = [
        (
            NAMES[stage],
            sums[stage],
            share_of(sums[stage], whole),
            *(held.get(f"{how}|{stage}", NOTHING) for how in WAYS),
        )
        for stage in Stage
    ]
    ways = stages.added_up(parts, lambda part: part.how)
    rows.append(("Together", whole, share_of(whole, whole), *(ways.get(how, NOTHING) for how in WAYS)))
    return Table("The money by stage of need", columns, tuple(rows), totals=1)


def by_people(answers: Answers, _: str) -> Shown:
    """For each group of people, at which stages the money on services acts."""
    parts = [part for part in answers.stages() if part.stage is not Stage.INCOME_MAINTENANCE]
    groups = _rows(parts, lambda part: part.client_group)
    largest = sorted(groups, key=lambda key: -sum(groups[key].values(), NOTHING))
    shown = [key for key in largest if sum(groups[key].values(), NOTHING) > 0]
    if not shown:
        return _nothing()
    called = answers.called(Dimension.CLIENT_GROUP)
    rows = [(Mark(key, called(key)), above_zero(groups[key])) for key in shown]
    figure = wholes("Group of people", rows, _names(), COLOURS, last=(Stage.UNKNOWN,))
    table = _wholes_table("Group of people", [(called(key), groups[key]) for key in largest])
    lead = _most_early(groups, shown, called)
    finding = Finding(
        lead, NOTHING, why="A line that is for several groups of people is counted with the first of them."
    )
    return exhibit_of(answers, finding, figure, table, about="money on services", notes=(EARLY_IS,))


def _most_early(
    groups: Mapping[str, Mapping[str, Decimal]], shown: Sequence[str], called: Callable[[str], str]
) -> str:
    """Which of the larger groups has most of its money early, and which least."""
    first = shown[:8]
    share = {key: _early_of(groups[key]) for key in first}
    ranked = sorted(first, key=lambda key: share[key])
    most, least = ranked[-1], ranked[0]
    if share[most] == share[least]:
        return f"{percent(share[most], Decimal(1))} of the money for each large group of people is for prevention and early help."
    return (
        "Of the larger groups of people, the share for prevention and early help is highest for "
        f"{in_sentence(called(most))} ({percent(share[most], Decimal(1))}) and lowest for {in_sentence(called(least))} "
        f"({percent(share[least], Decimal(1))})."
    )


def _early_of(held: Mapping[str, Decimal]) -> Decimal:
    whole = sum(held.values(), NOTHING)
    return (
        sum((held.get(stage, NOTHING) for stage in stages.EARLY), NOTHING) / whole if whole > 0 else NOTHING
    )


def over_years(answers: Answers, _: str) -> Shown:
    """At which stages the money on services acted, year by year."""
    years = answers.stages_of_years()
    if len(years) < 2:
        return Gone(
            "Only one year is on the map, so there is no shift to show yet.", "Load another year on Upload."
        )
    held = {
        year: stages.added_up(
            (p for p in parts if p.stage is not Stage.INCOME_MAINTENANCE), lambda part: part.stage
        )
        for year, parts in years.items()
    }
    rows = [(Mark(year, year), above_zero(sums)) for year, sums in held.items()]
    figure = wholes("Year", rows, _names(), COLOURS, last=(Stage.UNKNOWN,))
    said = shift_in_words(answers.shift_to_early(earlier_year(answers)))
    why = "Some bodies are missing in some years, so two years may differ for that reason alone."
    table = _wholes_table("Year", list(held.items()))
    return exhibit_of(answers, Finding(said, NOTHING, why=why), figure, table, about="money on services")


def _rows(parts: Sequence[StagePart], key: Callable[[StagePart], str]) -> dict[str, dict[str, Decimal]]:
    held: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for part in parts:
        stage = held[key(part)]
        stage[part.stage] = stage.get(part.stage, NOTHING) + part.amount
    return dict(held)


def _names() -> dict[str, str]:
    return {stage.value: name for stage, name in NAMES.items()}


def _wholes_table(of: str, rows: Sequence[tuple[str, Mapping[str, Decimal]]]) -> Table:
    columns = (
        Column(of),
        Column("On services", Kind.POUNDS),
        Column("Early", Kind.SHARE),
        *(Column(NAMES[stage], Kind.POUNDS, detail=True) for stage in stages.ON_SERVICES),
    )
    made = tuple(
        (
            name,
            sum(held.values(), NOTHING),
            share_of(
                sum((held.get(stage, NOTHING) for stage in stages.EARLY), NOTHING),
                sum(held.values(), NOTHING),
            ),
            *(held.get(stage, NOTHING) for stage in stages.ON_SERVICES),
        )
        for name, held in rows
    )
    return Table(f"Stages of need by {of.lower()}", columns, made)


def grades(parts: Sequence[StagePart]) -> Table:
    """How well the stages of the money on services are known."""
    on_services = [part for part in parts if part.stage is not Stage.INCOME_MAINTENANCE]
    sums = stages.added_up(on_services, lambda part: part.grade)
    whole = sum(sums.values(), NOTHING)
    rows = tuple(
        (
            grade.value or "–",
            opened(grade.says),
            sums.get(grade, NOTHING),
            share_of(sums.get(grade, NOTHING), whole),
        )
        for grade in StageGrade
    )
    columns = (Column("Grade"), Column("Meaning"), Column("Amount", Kind.POUNDS), Column("Share", Kind.SHARE))
    return Table(
        "How well the stages are known",
        columns,
        (*rows, ("", "Together", whole, share_of(whole, whole))),
        totals=1,
    )


def rules() -> Table:
    """Every rule that suggests a stage, in the order in which they are asked."""
    rows = tuple(
        (rule.number, ", ".join(rule.phrases), stages.in_words(rule.shares), rule.why, rule.source)
        for rule in stages.read_rules()
    )
    columns = ("Order", "Words of the line", "Stage", "Why", "Source")
    return Table("The rules", tuple(map(Column, columns)), rows)


def _nothing() -> Gone:
    return Gone("No money is in this choice, so there is no stage of need to show.")
