"""Every rule about whole tables, in the order in which they are heard: a table that one sets aside is not looked at again."""

from budget_model.intake.rules.on_tables.covered_by_others import covered_by_others
from budget_model.intake.rules.on_tables.each_once import each_once
from budget_model.intake.rules.on_tables.hidden_sheets import hidden_sheets
from budget_model.intake.rules.on_tables.keys_and_values import keys_and_values
from budget_model.intake.rules.on_tables.net_of_gross import net_of_gross
from budget_model.intake.rules.on_tables.part_of_another import part_of_another
from budget_model.intake.rules.on_tables.same_layout import same_layout
from budget_model.intake.rules.on_tables.several_layouts import several_layouts
from budget_model.intake.rules.on_tables.sources_of_the_same import sources_of_the_same
from budget_model.intake.rules.on_tables.where_it_comes_from import where_it_comes_from
from budget_model.intake.rules.on_tables.without_amounts import without_amounts
from budget_model.intake.rules.tables import TableRule
from budget_model.intake.sheet.reason import Reason

TABLE_RULES: tuple[TableRule, ...] = (
    TableRule("without amounts", without_amounts, (Reason.ONLY_ZERO, Reason.NO_AMOUNTS)),
    TableRule("keys and values", keys_and_values, (Reason.ABOUT_THE_TABLE,)),
    TableRule("part of another", part_of_another, (Reason.PART_OF_SHEET,)),
    TableRule("net of gross", net_of_gross, (Reason.OTHER_MEASURE,)),
    TableRule("same layout", same_layout, (Reason.SUM_OF_SHEETS, Reason.OTHER_MEASURE)),
    TableRule("hidden sheets", hidden_sheets, (Reason.SHEET_HIDDEN,)),
    TableRule("each once", each_once, (Reason.SAME_MONEY_LOADED,)),
    TableRule(
        "covered by others",
        covered_by_others,
        (Reason.SAME_IN_MORE_DETAIL, Reason.LINES_ARE_TOTALS, Reason.TOTAL_OF_SHEETS),
    ),
    TableRule(
        "sources of the same", sources_of_the_same, (Reason.WITH_TABLES_BESIDE, Reason.TABLES_IN_MORE_DETAIL)
    ),
    TableRule("where it comes from", where_it_comes_from, (Reason.WHERE_IT_COMES_FROM,)),
    TableRule("several layouts", several_layouts, (Reason.OFFICER,)),
)
