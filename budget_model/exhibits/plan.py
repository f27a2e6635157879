"""Budget, forecast and outturn of one year side by side, and where more or less was spent than planned."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.count.called import CALLED
from budget_model.count.changes_said import Named, signed
from budget_model.count.findings import Finding
from budget_model.count.plan import PlanAndOutturn, Variance, plan_and_outturn
from budget_model.count.saying import counted, in_sentence, listed, number, opened
from budget_model.exhibits.colours import PLUM, TEAL
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import exhibit_of, share_of, ways_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Way
from budget_model.exhibits.what_changed import subject
from budget_model.money import NOTHING, percent, pounds
from budget_model.vocabulary import Dimension, Phase

BETWEEN = "~"
REVISED = "revised"
NOT_SENT = "not sent"
WORDS: Final[Mapping[str, Dimension]] = {
    "service": Dimension.SERVICE,
    "organisation": Dimension.ORGANISATION,
    "theme": Dimension.THEME,
}
NOUNS: Final[Mapping[str, tuple[str, str]]] = {
    "service": ("service", "services"),
    "organisation": ("body", "bodies"),
    "theme": ("board", "boards"),
}
OPTIONS: Final[Mapping[str, str]] = {
    "": "By service",
    "organisation": "By body",
    "theme": "By board",
}


def found_for(answers: Answers, against: Phase = Phase.ORIGINAL_BUDGET) -> PlanAndOutturn:
    """The phases of the scope's year side by side, for its bodies and boards."""
    year = answers.scope.year
    phases = [phase for each, phase in answers.phases() if each == year]
    maps = {phase: answers.within(phase=phase).map().held for phase in phases}
    return plan_and_outturn(maps, answers.scope.organisations, answers.scope.themes, against)


def side_by_side(answers: Answers, chosen: str) -> Shown:
    """Every part of every body's budget at each phase; what was not sent says so."""
    found = found_for(answers, _against(chosen))
    whole, year = found.whole, answers.scope.year
    sentence = _how_many_can_be_compared(found, year)
    table = _phases_table(answers, found)
    return exhibit_of(_every_phase(answers), Finding(sentence, whole.amount), table, table)


def _how_many_can_be_compared(found: PlanAndOutturn, year: str) -> str:
    """How many parts of budgets have both a plan and what became of it."""
    both, parts = (
        len(found.compared),
        counted(len(found.parts), "part of the budgets", "parts of the budgets"),
    )
    if both == len(found.parts):
        return f"Every part of the budgets of {year} has both a budget and what became of it."
    if not both:
        if len(found.parts) == 1:
            return f"The one part of the budgets of {year} does not have both a budget and what became of it."
        return f"None of the {parts} of {year} has both a budget and what became of it."
    has = "has" if both == 1 else "have"
    rest = "for the other" if len(found.parts) - both == 1 else "for the others"
    return (
        f"{opened(number(both))} of {parts} of {year} {has} both a budget and what became of it; {rest} one of the "
        "two was not sent."
    )


def _every_phase(answers: Answers) -> Answers:
    """The same scope of no single phase, for what is said beneath a figure of them all."""
    return answers.within(phase=None)


def _phases_table(answers: Answers, found: PlanAndOutturn) -> Table:
    named = answers.called(Dimension.ORGANISATION)
    rows: list[tuple[Value, ...]] = []
    for part in found.parts:
        amounts: list[Value] = [part.amounts.get(phase, NOT_SENT) for phase in Phase]
        said = _compared_in_words(part.plan, part.actual)
        rows.append((named(part.organisation), part.part, *amounts, part.variance, said))
    columns = (
        Column("Organisation"),
        Column("Part"),
        *(Column(opened(str(phase)), Kind.POUNDS) for phase in Phase),
        Column("Over or under", Kind.POUNDS),
        Column("Compared", detail=True),
    )
    note = "Each part as its body sent it, of the place’s share, before what passes between bodies is counted once."
    return Table("Budget, forecast and outturn side by side", columns, tuple(rows), notes=(note,))


def _compared_in_words(plan: Phase | None, actual: Phase | None) -> str:
    if plan and actual:
        return f"{actual} with {plan}"
    return "no budget was sent" if actual else "no forecast or outturn was sent"


def _against(chosen: str) -> Phase:
    return Phase.REVISED_BUDGET if REVISED in chosen.split(BETWEEN) else Phase.ORIGINAL_BUDGET


def variances(answers: Answers, chosen: str) -> Shown:
    """Where more or less was spent than planned, the largest overspend first, then the underspends."""
    word = chosen.split(BETWEEN)[0] or "service"
    if word == REVISED:
        word = "service"
    if word not in WORDS:
        return Gone(f"Variances are not told by “{chosen[:80]}”.")
    found = found_for(answers, _against(chosen))
    if not found.compared:
        return Gone(
            f"No body has sent both a budget and a forecast or an outturn of {answers.scope.year} in this choice, so "
            "no over- or underspend is known.",
            "Choose another year, or ask the bodies for the phase that is not sent.",
        )
    named, every = answers.called(WORDS[word]), found.by(word)
    ranked = sorted(
        (variance for variance in every if variance.amount),
        key=lambda variance: (-abs(variance.amount), variance.key),
    )
    marks = tuple(
        Mark(
            variance.key,
            named(variance.key),
            PLUM if variance.amount > 0 else TEAL,
            way=Way(named(variance.key), ((WORDS[word], variance.key),)),
            note=f"{pounds(variance.planned)} → {pounds(variance.spent)}",
        )
        for variance in ranked
    )
    figure = Bars(
        CALLED[WORDS[word]],
        marks,
        (Series("Over or under budget", PLUM, tuple(variance.amount for variance in ranked)),),
    )
    table = _variance_table(CALLED[WORDS[word]], every, found, named)
    finding = Finding(_sentence(answers, found), found.whole.amount, why=_largest(ranked, named, NOUNS[word]))
    bodies = len({part.organisation for part in found.compared})
    about = f"on {counted(len(found.compared), 'part', 'parts')} of {counted(bodies, 'body’s budget', 'bodies’ budgets')}"
    return exhibit_of(_every_phase(answers), finding, figure, table, about=about, ways=ways_of(marks))


def _sentence(answers: Answers, found: PlanAndOutturn) -> str:
    whole = found.whole
    actual = {part.actual for part in found.compared}
    against = listed([str(plan) for plan in dict.fromkeys(part.plan for part in found.compared) if plan])
    what = (
        "outturn"
        if actual == {Phase.OUTTURN}
        else "forecast"
        if actual == {Phase.FORECAST}
        else "outturn or forecast"
    )
    start = f"{subject(answers)} in {answers.scope.year}: the {what} of {pounds(whole.spent)}"
    if not whole.amount:
        return f"{start} is the {against}."
    way = "over" if whole.amount > 0 else "under"
    share = f" ({percent(abs(whole.amount), whole.planned)})" if whole.planned > 0 else ""
    return f"{start} is {pounds(abs(whole.amount))}{share} {way} the {against}."


def _largest(ranked: Sequence[Variance], named: Named, nouns: tuple[str, str]) -> str:
    """How many are over and under, by how much, and the two largest of each; empty where none is."""
    said = [
        _over_or_under(
            word, [variance for variance in ranked if (variance.amount > 0) is (word == "over")], named, nouns
        )
        for word in ("over", "under")
    ]
    return f"{opened('; '.join(sentence for sentence in said if sentence))}." if any(said) else ""


def _over_or_under(word: str, which: Sequence[Variance], named: Named, nouns: tuple[str, str]) -> str:
    if not which:
        return ""
    total = sum((abs(variance.amount) for variance in which), NOTHING)
    names = listed([f"{in_sentence(named(one.key))} ({signed(one.amount)})" for one in which[:2]])
    verb = "is" if len(which) == 1 else "are"
    return f"{counted(len(which), *nouns)} {verb} {word} budget, by {pounds(total)}: most of all {names}"


def _variance_table(of: str, every: Sequence[Variance], found: PlanAndOutturn, named: Named) -> Table:
    rows: list[tuple[Value, ...]] = [_variance_row(named(variance.key), variance) for variance in every]
    rows.append(_variance_row("Total", found.whole))
    columns = (
        Column(of),
        Column("Budget", Kind.POUNDS),
        Column("Outturn or forecast", Kind.POUNDS),
        Column("Over or under", Kind.POUNDS),
        Column("Of the budget", Kind.SHARE, detail=True),
    )
    return Table("Over and under budget", columns, tuple(rows), totals=1)


def _variance_row(name: str, variance: Variance) -> tuple[str, Decimal, Decimal, Decimal, Decimal | None]:
    return (
        name,
        variance.planned,
        variance.spent,
        variance.amount,
        share_of(variance.amount, variance.planned),
    )
