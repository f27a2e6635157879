"""Whether columns under one header are the same money twice: the officer is asked, with how much of it is in both."""

from collections.abc import Sequence

from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.on_alternatives.totals_across import covered_by_totals
from budget_model.intake.rules.twice import ADD_UP, common_money
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.table import Measure
from budget_model.same_money import limits


def columns_again(draft: TableDraft, measures: Sequence[Measure], answers: Answers) -> set[int]:
    """The columns of amounts that another under the same header holds again, and that are not loaded."""
    named: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.role == "line amount" and measure.split is None and measure.name and _live(measure):
            named.setdefault(measure.name.casefold(), []).append(measure)
    left_out: set[int] = set()
    for group in named.values():
        if len(group) > 1 and not proved_parts(draft, group):
            left_out |= _once_of(draft, group, answers)
    return left_out


def _live(measure: Measure) -> bool:
    return bool(measure.total or measure.expenditure)


def _once_of(draft: TableDraft, group: Sequence[Measure], answers: Answers) -> set[int]:
    """Ask of columns under one header whether they add up; the columns that are then not loaded."""
    common = min(common_money(draft, group[0].column, other.column) for other in group[1:])
    options = [*(f"only column {m.letter}" for m in group), ADD_UP]
    letters = " and ".join(m.letter for m in group)
    alike = common >= limits().same_columns
    answer = answers.ask(
        f"header-twice:{draft.fingerprint}:{letters.replace(' and ', '+')}",
        f"Columns {letters} of {draft.where()} have the same header, '{group[0].name}'. Do they add up, or is it "
        f"the same money twice? Line by line {common:.0%} of it is in both.",
        options[0] if alike else ADD_UP,
        "so much alike, they are as a rule two versions" if alike else "the amounts are unlike",
        options,
    )
    if answer == ADD_UP:
        return set()
    return {m.column for m, option in zip(group, options, strict=False) if option != answer}


def proved_parts(draft: TableDraft, group: Sequence[Measure]) -> bool:
    """Whether a total across covers all of the columns, or they are sides of one account."""
    columns = {measure.column for measure in group}
    covering = covered_by_totals(draft)
    covered = columns <= set(covering) and len({covering[column] for column in columns}) == 1
    return covered or columns <= set(draft.sides.of_column)
