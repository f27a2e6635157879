"""Lines that say no year or phase where the others are parted by it: they belong to none of the parts."""

from collections.abc import Iterator

from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.sums import lines, place
from budget_model.problem import Problem, Severity


def lines_of_no_part(draft: TableDraft) -> Iterator[Problem]:
    """How many lines with amounts are not loaded for that reason, and the first of them."""
    if draft.splits is None:
        return
    columns = [draft.figures[column.index].whole for column in draft.amounts()]
    outside = draft.lines[draft.splits.of_row[draft.lines] < 0].tolist()
    lost = [i for i in outside if any(whole[i] for whole in columns)]
    if lost:
        say, are = ("say", "are") if len(lost) > 1 else ("says", "is")
        yield Problem(
            place(draft, lost[0]),
            f"{lines(len(lost))} with amounts, the first here, {say} none of "
            f"{', '.join(draft.splits.names[:4])}, and {are} not loaded.",
            "Fill in the year or phase if they are lines of the budget.",
            Severity.WARNING,
            "line-of-no-part",
        )
