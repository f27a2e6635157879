"""Which of several alternatives is the best guess: every preference, the weightiest first.

Of two alternatives the first preference in which they differ decides. To add one, name what it asks in the list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.alternative import Alternative, Grouping
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.on_alternatives.amounts import Grouped
from budget_model.intake.rules.on_alternatives.header_periods import TO_DATE, latest_year
from budget_model.intake.rules.on_alternatives.totals_across import SERVICES
from budget_model.intake.rules.on_alternatives.year_and_phase import years_of_a_programme
from budget_model.intake.rules.verdict import RelationKind
from budget_model.intake.sheet import words
from budget_model.intake.sheet.periods import period_of, to_date
from budget_model.intake.sheet.phase_words import Phase, phase_within
from budget_model.intake.sheet.table import Measure
from budget_model.intake.sheet.years import LAST_YEAR, years_in
from budget_model.vocabulary import Phase as BudgetPhase

DECIDED: Final = limit("alternatives", "decided")
COLUMNS_OF_TITLES: Final = count("alternatives", "columns_of_titles")


@dataclass(frozen=True, slots=True)
class Choice:
    """The alternatives of one table, among which one is to be the best guess."""

    draft: TableDraft
    amounts: Sequence[Measure]
    grouped: Grouped
    options: Sequence[Alternative]
    running: bool
    """Whether each holds all before it."""
    asked: str | None = None
    """The phase that is asked for; None where nobody says it."""

    def of(self, option: Alternative) -> list[Measure]:
        """The columns of one alternative."""
        return [measure for measure in self.amounts if self.grouped[measure] == option]

    def live(self) -> Sequence[Alternative]:
        """The alternatives that hold any money; all where none does."""
        held = [option for option in self.options if any(m.total or m.expenditure for m in self.of(option))]
        return held or self.options

    def latest(self, option: Alternative) -> str:
        """The latest year of an alternative."""
        return latest_year(option, self.amounts, self.grouped)


def best_of(choice: Choice) -> Alternative:
    """The alternative that is preferred to all others that hold money."""
    return max(choice.live(), key=lambda option: [prefers(choice, option) for _, prefers in PREFERENCES])


def what_services_cost(option: Alternative) -> bool:
    """Whether an alternative is the detail of what services cost, which is what can be mapped."""
    return option.grouping is Grouping.TOTAL and bool(SERVICES.search(option.name))


_SO_FAR = words.hints("alternatives.so_far")


def part_of_the_year(option: Alternative) -> bool:
    """Whether an alternative is of a part of the year only: so far, in this month."""
    name = option.name
    worded = _SO_FAR.search(name) or TO_DATE.search(name) or to_date.search(name.casefold())
    return option.partly or bool(worded)


def _entered_into_so_far(choice: Choice, option: Alternative) -> bool:
    """Whether it is committed or paid, which beside what is spent to date is no whole year."""
    entered = phase_within(option.name) in (Phase.COMMITTED, Phase.PAID)
    return entered and not choice.latest(option) and any(map(part_of_the_year, choice.live()))


def _columns_beside(choice: Choice, option: Alternative) -> int:
    """How many columns a total across proves to be parts of one whole; parts of a year count as one."""
    own = choice.of(option)
    parts = option.grouping is Grouping.TOTAL and not all(period_of(measure.name) for measure in own)
    return len(own) if parts else 1


def _says_money(choice: Choice, option: Alternative) -> bool:
    """Whether its headers speak of money, or of what somebody decided about it: 'FY27 Adopted'."""
    decided = likelihood(option.name) >= DECIDED
    return decided or any(words.SAYS_MONEY.search(measure.name) for measure in choice.of(option))


def _of_the_first_year(choice: Choice, option: Alternative) -> bool:
    """Whether it is of the first year that the titles name: of a programme over several years, the decided one."""
    draft = choice.draft
    columns = range(min(COLUMNS_OF_TITLES, draft.cells.width))
    texts = (draft.cells.text(row, j) for row in reversed(draft.region.titles) for j in columns)
    first = next((years[0] for text in texts if (years := years_in(text))), "")
    return bool(first) and choice.latest(option) == first


_OVER_SEVERAL_YEARS = words.hints("alternatives.over_several_years")


def _early_in_a_plan(choice: Choice, option: Alternative) -> int:
    """How early its year is, where titles call the table a plan over several years or a total adds these up; else nothing."""
    draft, year = choice.draft, choice.latest(option)
    columns = range(min(COLUMNS_OF_TITLES, draft.cells.width))
    texts = (draft.cells.text(row, j) for row in draft.region.titles for j in columns)
    planned = any(map(_OVER_SEVERAL_YEARS.search, (draft.cells.sheet.name, *texts)))
    if year and (planned or years_of_a_programme(draft, choice.amounts)):
        return LAST_YEAR - int(year.partition("-")[0])
    return 0


def _not_superseded(choice: Choice, option: Alternative) -> bool:
    """Whether no changes that the table shows have led from it to a later budget."""
    by_column = {measure.column: choice.grouped[measure] for measure in choice.amounts}
    relations = choice.draft.across.relations.values()
    revised = [r for r in relations if r.kind is RelationKind.REVISION and r.column in by_column]
    return option not in {by_column.get(index) for relation in revised for index in relation.plus}


_ASKED: Final = {
    BudgetPhase.ORIGINAL_BUDGET: (Phase.APPROVED, Phase.PROPOSED),
    BudgetPhase.REVISED_BUDGET: (Phase.REVISED,),
    BudgetPhase.FORECAST: (Phase.FORECAST,),
    BudgetPhase.OUTTURN: (Phase.ACTUAL,),
}
"""What a column may be called that holds each phase."""


def _expected_or_spent_as_asked(choice: Choice, option: Alternative) -> bool:
    """Whether a forecast or an outturn is asked for, and it is one."""
    if choice.asked is None or choice.asked not in (BudgetPhase.FORECAST, BudgetPhase.OUTTURN):
        return False
    return phase_within(option.name) in _ASKED[BudgetPhase(choice.asked)]


def _budget_as_asked(choice: Choice, option: Alternative) -> bool:
    """Whether it is the original budget, where that is asked for, or else a revised one that is no mere change of it."""
    phase = phase_within(option.name)
    if choice.asked == BudgetPhase.ORIGINAL_BUDGET:
        return phase in _ASKED[BudgetPhase.ORIGINAL_BUDGET]
    return phase is Phase.REVISED and _worth(choice, option) >= WHOLE_BUDGET * max(
        _worth(choice, other) for other in choice.options if choice.latest(other) == choice.latest(option)
    )


def _worth(choice: Choice, option: Alternative) -> Decimal:
    """What the columns of an alternative come to, whatever their signs."""
    return sum((abs(measure.total or Decimal(0)) for measure in choice.of(option)), Decimal(0))


WHOLE_BUDGET: Final = Decimal(str(limit("alternatives", "whole_budget")))


_LIKELY: Final = (
    (words.hints("alternatives.forward"), limit("alternatives", "likely_forecast")),
    (words.hints("alternatives.approved"), limit("alternatives", "likely_approved")),
    (words.hints("alternatives.budget"), limit("alternatives", "likely_budget")),
    (words.hints("alternatives.plan"), limit("alternatives", "likely_plan")),
    (words.hints("alternatives.actual"), limit("alternatives", "likely_actual")),
    (words.hints("alternatives.forecast"), limit("alternatives", "likely_forecast")),
)
_LIKELY_PHASES: Final = {
    Phase.APPROVED: limit("alternatives", "likely_approved"),
    Phase.REVISED: limit("alternatives", "likely_budget"),
    Phase.PROPOSED: limit("alternatives", "likely_plan"),
    Phase.ACTUAL: limit("alternatives", "likely_actual"),
    Phase.COMMITTED: limit("alternatives", "likely_committed"),
    Phase.PAID: limit("alternatives", "likely_paid"),
    Phase.FORECAST: limit("alternatives", "likely_forecast"),
}
"""How likely an alternative of each phase is the one to load, where words of another language name it."""


def likelihood(name: str) -> float:
    """How likely an alternative is the one to load, by the phase that its name says.

    >>> likelihood("Approved budget") > likelihood("Budget") > likelihood("Outturn") > likelihood("Forecast")
    True
    """
    phase = phase_within(name)
    otherwise = _LIKELY_PHASES[phase] if phase else limit("alternatives", "likely_actual")
    return next((worth for worded, worth in _LIKELY if worded.search(name)), otherwise)


PREFERENCES: Final[tuple[tuple[str, Callable[[Choice, Alternative], float | str]], ...]] = (
    ("the detail of what services cost", lambda _, option: what_services_cost(option)),
    ("not what only pays for services", lambda _, option: option.grouping is not Grouping.BESIDE_SERVICES),
    ("a whole year", lambda _, option: not part_of_the_year(option)),
    ("not committed or paid so far", lambda choice, option: not _entered_into_so_far(choice, option)),
    ("most columns that a total proves to be parts", _columns_beside),
    ("the last of running totals", lambda choice, o: choice.options.index(o) if choice.running else 0),
    ("a forecast or an outturn where one is asked for", _expected_or_spent_as_asked),
    ("a budget that somebody decided", lambda _, option: min(likelihood(option.name), DECIDED)),
    ("headers that say money", _says_money),
    ("the first year that the titles name", _of_the_first_year),
    ("the first year of a plan over several", _early_in_a_plan),
    ("the latest year", Choice.latest),
    ("the original budget where it is asked for, else a revised one", _budget_as_asked),
    ("not superseded by a later budget", _not_superseded),
    ("the likeliest phase", lambda _, option: likelihood(option.name)),
    ("the first of them", lambda choice, option: -choice.options.index(option)),
)
"""What is asked of an alternative, and the answer: the larger is preferred."""
