"""Every rule about which columns of amounts belong together, in the order in which they are heard.

The first that has something to say holds: what the rows show comes before what headers say, and totals that are
met before likeness. To add one, write a function in a file of its own in `on_alternatives` and name it here.
"""

from collections.abc import Sequence

from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.on_alternatives.amounts import Amounts, Grouped, GroupingRule
from budget_model.intake.rules.on_alternatives.each_by_itself import each_by_itself, only_one
from budget_model.intake.rules.on_alternatives.parts_of_one_whole import parts_of_one_whole
from budget_model.intake.rules.on_alternatives.parts_of_years import parts_of_years
from budget_model.intake.rules.on_alternatives.rows_parted import rows_parted
from budget_model.intake.rules.on_alternatives.running_totals import running_totals
from budget_model.intake.rules.on_alternatives.totals_across import totals_across
from budget_model.intake.rules.on_alternatives.year_and_phase import years_and_phases
from budget_model.intake.sheet.table import Measure

GROUPING_RULES: tuple[GroupingRule, ...] = (
    GroupingRule("only one", only_one),
    GroupingRule("rows parted", rows_parted),
    GroupingRule("parts of years", parts_of_years),
    GroupingRule("years and phases", years_and_phases),
    GroupingRule("totals across", totals_across),
    GroupingRule("running totals", running_totals),
    GroupingRule("parts of one whole", parts_of_one_whole),
    GroupingRule("each by itself", each_by_itself),
)


def grouped_by_rules(draft: TableDraft, measures: Sequence[Measure]) -> Grouped:
    """For each amount the alternative it belongs to, which has no name where there is but one."""
    return _grouped(Amounts(draft, measures, _grouped))


def _grouped(amounts: Amounts) -> Grouped:
    if not amounts.measures:
        return {}
    return next(grouped for rule in GROUPING_RULES if (grouped := rule.find(amounts)))
