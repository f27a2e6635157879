"""The columns of amounts of one table, as the rules about alternatives look at them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from budget_model.intake.rules.alternative import Alternative
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.table import Measure

Grouped = Mapping[Measure, Alternative]
"""For each amount the alternative that it belongs to."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Columns of amounts, of which some may be alternatives to each other."""

    draft: TableDraft
    measures: Sequence[Measure]
    regroup: Callable[["Amounts"], Mapping[Measure, Alternative]]
    """How all rules group some of them, for a rule that says something of the others alone."""

    def columns(self) -> list[Column]:
        """The columns by their headers."""
        indexes = {measure.column for measure in self.measures}
        return [column for column in self.draft.columns if column.index in indexes]

    def all_in(self, alternative: Alternative) -> Grouped:
        """All of them in one alternative."""
        return dict.fromkeys(self.measures, alternative)

    def by_name(self) -> Grouped:
        """Each an alternative of its own, called as its header is."""
        return {measure: Alternative(measure.name) for measure in self.measures}


@dataclass(frozen=True, slots=True)
class GroupingRule:
    """One way to see which columns belong together; it gives nothing where it has nothing to say."""

    name: str
    find: Callable[[Amounts], Grouped]
