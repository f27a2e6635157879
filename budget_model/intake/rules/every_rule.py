"""Every rule of the reader, in the order in which they are heard.

To add one, as `checks_of_the_sheet` was:

1. Write a function in a file of its own in `on_rows` or `on_columns` that looks at a `Body`, and at what is
   `Settled` so far, and gives verdicts. Where a table can be read in two ways it gives a `Contest` instead.
2. Give each of its reasons a sentence in `sheet/reason.py`; its numbers a line in `data/intake/limits.toml`,
   its words lines in `data/intake/words/hints.csv`.
3. Name it in the list below: what it needs to know, which reasons it gives, and which it may overrule. It
   needs to overrule nothing where its proof is the stronger one.
4. Write one test that reads a small sheet. `python -m budget_model read FILE --explain` shows who spoke.

Rules about income and expenditure stand in `on_sides`. Rules about whole tables stand in `on_tables` and are listed in
`every_table_rule`; those about parts, alternatives and names of lines in `every_parting`, `every_grouping` and
`every_name`; checks and warnings, which decide nothing, in `every_check`.
"""

from budget_model.intake.rules.on_columns.computed_from_others import computed_from_others
from budget_model.intake.rules.on_columns.counts_that_are_money import counts_that_are_money
from budget_model.intake.rules.on_columns.headers_in_many_languages import headers_in_many_languages
from budget_model.intake.rules.on_columns.held_at_dates import held_at_dates
from budget_model.intake.rules.on_columns.hiding_totals import hiding_totals
from budget_model.intake.rules.on_columns.moved_between_budgets import moved_between_budgets
from budget_model.intake.rules.on_columns.part_of_another_column import part_of_another_column
from budget_model.intake.rules.on_columns.parts_of_the_cost import parts_of_the_cost
from budget_model.intake.rules.on_columns.price_times_number import price_times_number
from budget_model.intake.rules.on_columns.totals_set_out import totals_set_out
from budget_model.intake.rules.on_rows.about_the_table import about_the_table
from budget_model.intake.rules.on_rows.as_the_officer_says import as_the_officer_says
from budget_model.intake.rules.on_rows.averages_among_lines import averages_among_lines
from budget_model.intake.rules.on_rows.balances_alone import balances_alone
from budget_model.intake.rules.on_rows.balances_among_flows import balances_among_flows
from budget_model.intake.rules.on_rows.below_the_result import below_the_result
from budget_model.intake.rules.on_rows.checks_of_the_sheet import checks_of_the_sheet
from budget_model.intake.rules.on_rows.financing_below import financing_below
from budget_model.intake.rules.on_rows.for_information_below import for_information_below
from budget_model.intake.rules.on_rows.from_balance_to_balance import from_balance_to_balance
from budget_model.intake.rules.on_rows.header_with_years_again import header_with_years_again
from budget_model.intake.rules.on_rows.moved_below_zero import moved_below_zero
from budget_model.intake.rules.on_rows.moved_between_funds import moved_between_funds
from budget_model.intake.rules.on_rows.names_the_columns import names_the_columns
from budget_model.intake.rules.on_rows.outside_the_grand_total import outside_the_grand_total
from budget_model.intake.rules.on_rows.results_named import results_named
from budget_model.intake.rules.on_rows.results_of_zero import results_of_zero
from budget_model.intake.rules.on_rows.rows_without_amounts import rows_without_amounts
from budget_model.intake.rules.on_rows.rows_without_money import rows_without_money
from budget_model.intake.rules.on_rows.statistics_below import statistics_below
from budget_model.intake.rules.on_rows.stray_notes import stray_notes
from budget_model.intake.rules.on_rows.the_same_money_another_way import the_same_money_another_way
from budget_model.intake.rules.on_rows.the_same_money_below import the_same_money_below
from budget_model.intake.rules.on_rows.the_same_rows_again import the_same_rows_again
from budget_model.intake.rules.on_rows.totals_in_every_block import totals_in_every_block
from budget_model.intake.rules.on_rows.what_a_filter_shows import what_a_filter_shows
from budget_model.intake.rules.on_sides.called_income import called_income
from budget_model.intake.rules.on_sides.codes_of_sides import codes_of_sides
from budget_model.intake.rules.on_sides.column_of_directions import column_of_directions
from budget_model.intake.rules.on_sides.column_of_sides import column_of_sides
from budget_model.intake.rules.on_sides.column_of_signs import column_of_signs
from budget_model.intake.rules.on_sides.columns_taken_off import columns_taken_off
from budget_model.intake.rules.on_sides.costs_with_minus import costs_with_minus
from budget_model.intake.rules.on_sides.headed_for_a_side import headed_for_a_side
from budget_model.intake.rules.on_sides.headers_name_sides import headers_name_sides
from budget_model.intake.rules.on_sides.income_with_minus import income_with_minus
from budget_model.intake.rules.on_sides.marked_plus_or_minus import marked_plus_or_minus
from budget_model.intake.rules.on_sides.net_totals import net_totals
from budget_model.intake.rules.on_sides.printed_with_minus import (
    columns_with_minus,
    lines_unlike_the_rest,
    table_with_minus,
)
from budget_model.intake.rules.on_sides.said_of_columns import answered_of_columns, stated_of_columns
from budget_model.intake.rules.on_sides.table_headed_income import table_headed_income
from budget_model.intake.rules.on_sides.totals_of_sides import totals_of_sides
from budget_model.intake.rules.rule import Needs, Rule
from budget_model.intake.sheet.reason import Reason

OF_ARITHMETIC = (
    Reason.HOLDS_AMOUNTS,
    Reason.SUM,
    Reason.EQUALS,
    Reason.DIFFERENCE,
    Reason.SUM_BUT_FOR_COLUMNS,
    Reason.WORDED_BUT_DISAGREES,
    Reason.SUM_OF_LEVEL_BELOW,
    Reason.ROW_AGAIN,
    Reason.PART_OF_ABOVE,
)
"""What the arithmetic of rows finds of each row by itself; rules that see the whole table know better."""

BUT_THE_OFFICER = tuple(reason for reason in Reason if reason is not Reason.OFFICER)
"""What the other columns show stands over what a column says of itself, but not over the officer's word."""

RULES: tuple[Rule, ...] = (
    Rule(
        "price times number",
        Needs.COLUMNS,
        price_times_number,
        gives=(Reason.PRODUCT, Reason.PRICE, Reason.NUMBER_OF),
    ),
    Rule(
        "headers in many languages",
        Needs.COLUMNS,
        headers_in_many_languages,
        gives=(Reason.HEADER_NAMES,),
        overrules=(Reason.HEADER_NAMES, Reason.PENCE, Reason.ORDERED_CODES),
    ),
    Rule(
        "totals set out",
        Needs.COLUMNS,
        totals_set_out,
        gives=(Reason.TOTALS_SET_OUT,),
        overrules=(Reason.HEADER_NAMES,),
    ),
    Rule(
        "counts that are money",
        Needs.COLUMNS,
        counts_that_are_money,
        gives=(Reason.NEEDED_BY_TOTAL, Reason.PAID_TO_COUNTED, Reason.TITLE_SAYS_MONEY),
        overrules=(Reason.HEADER_NAMES,),
    ),
    Rule(
        "rows without amounts",
        Needs.ROWS,
        rows_without_amounts,
        gives=(
            Reason.HEADER_AGAIN,
            Reason.PERCENTAGES,
            Reason.NO_FIGURE,
            Reason.ONLY_WORDS,
            Reason.HEADS_LINES,
        ),
    ),
    Rule("stray notes", Needs.ROWS, stray_notes, gives=(Reason.STRAY_FIGURES,)),
    Rule("header with years again", Needs.ROWS, header_with_years_again, gives=(Reason.HEADER_AGAIN,)),
    Rule("names the columns", Needs.ROWS, names_the_columns, gives=(Reason.NAMES_COLUMNS,)),
    Rule("about the table", Needs.ROWS, about_the_table, gives=(Reason.ABOUT_THE_TABLE,)),
    Rule(
        "rows without money",
        Needs.ROWS,
        rows_without_money,
        gives=(Reason.NO_MONEY_IN_WORDS, Reason.NO_MONEY_BUT_MORE),
    ),
    Rule("averages among lines", Needs.ROWS, averages_among_lines, gives=(Reason.STATISTIC,)),
    Rule("hiding totals", Needs.TOTALS, hiding_totals, gives=(Reason.TOTALS_LEAVE_IT_OUT,)),
    Rule(
        "totals in every block",
        Needs.TOTALS,
        totals_in_every_block,
        gives=(Reason.AS_IN_OTHER_BLOCKS,),
        overrules=OF_ARITHMETIC,
    ),
    Rule(
        "the same money below",
        Needs.TOTALS,
        the_same_money_below,
        gives=(Reason.OVER_AGAIN,),
        overrules=(*OF_ARITHMETIC, Reason.AS_IN_OTHER_BLOCKS),
    ),
    Rule(
        "financing below",
        Needs.TOTALS,
        financing_below,
        gives=(Reason.PAYS_FOR, Reason.PAYS_AND_EQUALS),
        overrules=(*OF_ARITHMETIC, Reason.AS_IN_OTHER_BLOCKS, Reason.OVER_AGAIN),
    ),
    Rule(
        "results of zero",
        Needs.TOTALS,
        results_of_zero,
        gives=(Reason.RESULT_OF_ZERO,),
        overrules=(Reason.HOLDS_AMOUNTS,),
    ),
    Rule(
        "moved below zero",
        Needs.TOTALS,
        moved_below_zero,
        gives=(Reason.MOVED_BELOW_ZERO, Reason.SUM),
        overrules=OF_ARITHMETIC,
    ),
    Rule(
        "from balance to balance",
        Needs.TOTALS,
        from_balance_to_balance,
        gives=(Reason.BALANCE_HELD, Reason.HOLDS_AMOUNTS),
        overrules=OF_ARITHMETIC,
    ),
    Rule(
        "balances among flows",
        Needs.TOTALS,
        balances_among_flows,
        gives=(Reason.BALANCE_HELD, Reason.SPEAKS_OF_BALANCE),
        overrules=(Reason.HOLDS_AMOUNTS, Reason.DIFFERENCE),
    ),
    Rule(
        "moved between funds",
        Needs.TOTALS,
        moved_between_funds,
        gives=(Reason.HEADED_FINANCING,),
        overrules=OF_ARITHMETIC,
    ),
    Rule(
        "results named",
        Needs.TOTALS,
        results_named,
        gives=(Reason.LEFT_OF_OTHERS, Reason.FINANCES_THE_RESULT),
        overrules=OF_ARITHMETIC,
    ),
    Rule(
        "statistics below",
        Needs.TOTALS,
        statistics_below,
        gives=(Reason.STATISTIC, Reason.NO_STATISTIC),
        overrules=(*OF_ARITHMETIC, Reason.AS_IN_OTHER_BLOCKS, Reason.OVER_AGAIN, Reason.RESULT_OF_ZERO),
    ),
    Rule(
        "the same money another way",
        Needs.TOTALS,
        the_same_money_another_way,
        gives=(Reason.ANOTHER_WAY,),
        overrules=(Reason.HOLDS_AMOUNTS,),
    ),
    Rule(
        "the same rows again",
        Needs.TOTALS,
        the_same_rows_again,
        gives=(Reason.ROW_AGAIN,),
        overrules=(Reason.HOLDS_AMOUNTS,),
    ),
    Rule(
        "what a filter shows",
        Needs.TOTALS,
        what_a_filter_shows,
        gives=(Reason.SHOWN_BY_FILTER,),
        overrules=OF_ARITHMETIC,
    ),
    Rule(
        "outside the grand total",
        Needs.TOTALS,
        outside_the_grand_total,
        gives=(Reason.STRAY_BELOW_TOTAL, Reason.OUTSIDE_GRAND_TOTAL, Reason.TOTAL_OF_PARTS),
        overrules=(Reason.HOLDS_AMOUNTS,),
    ),
    Rule(
        "for information below",
        Needs.TOTALS,
        for_information_below,
        gives=(Reason.HEADED_FOR_INFORMATION,),
        overrules=OF_ARITHMETIC,
    ),
    Rule(
        "checks of the sheet",
        Needs.TOTALS,
        checks_of_the_sheet,
        gives=(Reason.CHECKS_SHEET,),
        overrules=(Reason.HOLDS_AMOUNTS,),
    ),
    Rule(
        "below the result",
        Needs.TOTALS,
        below_the_result,
        gives=(Reason.HOLDS_AMOUNTS, Reason.BELOW_THE_RESULT),
    ),
    Rule("as the officer says", Needs.TOTALS, as_the_officer_says, gives=(Reason.OFFICER_NO_LINE,)),
    Rule(
        "computed from others",
        Needs.ACROSS,
        computed_from_others,
        gives=(
            Reason.ACROSS,
            Reason.DIFFERENCE_ACROSS,
            Reason.BALANCE_ABOVE,
            Reason.WITH_TAX,
            Reason.TAX_ON_TOP,
            Reason.COLUMN_AGAIN,
            Reason.GROUP_TOTAL,
        ),
        # what is called amounts, by the officer or the package, may be the sum of others all the same
        overrules=(*BUT_THE_OFFICER, Reason.OFFICER),
    ),
    Rule(
        "moved between budgets",
        Needs.ACROSS,
        moved_between_budgets,
        gives=(Reason.LEADS_TO_BUDGET,),
        overrules=BUT_THE_OFFICER,
    ),
    Rule(
        "part of another column",
        Needs.ACROSS,
        part_of_another_column,
        gives=(Reason.PART_OF_COLUMN,),
        overrules=BUT_THE_OFFICER,
    ),
    Rule(
        "held at dates",
        Needs.ACROSS,
        held_at_dates,
        gives=(Reason.HELD_AT_DATE,),
        overrules=BUT_THE_OFFICER,
    ),
    Rule(
        "parts of the cost",
        Needs.ACROSS,
        parts_of_the_cost,
        gives=(Reason.PAYS_PART_OF,),
        overrules=(Reason.HEADER_NAMES, Reason.PENCE),
    ),
    Rule(
        "balances alone",
        Needs.MONEY_COLUMNS,
        balances_alone,
        gives=(Reason.BALANCE_HELD,),
        overrules=(Reason.HOLDS_AMOUNTS,),
    ),
    Rule(
        "headers name sides",
        Needs.SIDES,
        headers_name_sides,
        gives=(Reason.HEADERS_NAME_SIDES,),
    ),
    Rule(
        "columns taken off",
        Needs.SIDES,
        columns_taken_off,
        gives=(
            Reason.COLUMN_TAKEN_OFF,
            Reason.SOURCE_OF_CAPITAL,
            Reason.TAKEN_OFF_UNSAID,
        ),
    ),
    Rule(
        "sides that the package states",
        Needs.SIDES,
        stated_of_columns,
        gives=(Reason.PACKAGE_STATES,),
    ),
    Rule(
        "sides that the officer says",
        Needs.SIDES,
        answered_of_columns,
        gives=(Reason.OFFICER,),
    ),
    Rule(
        "column of directions",
        Needs.SIDES,
        column_of_directions,
        gives=(
            Reason.COLUMN_SAYS_SIDE,
            Reason.OFFICER,
        ),
    ),
    Rule(
        "column of sides",
        Needs.SIDES,
        column_of_sides,
        gives=(Reason.COLUMN_SAYS_SIDE,),
    ),
    Rule(
        "column of signs",
        Needs.SIDES,
        column_of_signs,
        gives=(Reason.COLUMN_SAYS_SIDE,),
    ),
    Rule(
        "codes of sides",
        Needs.SIDES,
        codes_of_sides,
        gives=(Reason.CODES_SAY_SIDE,),
    ),
    Rule(
        "marked plus or minus",
        Needs.UNTOLD_SIDES,
        marked_plus_or_minus,
        gives=(Reason.WORDS_SAY_SIDE,),
    ),
    Rule(
        "headed for a side",
        Needs.UNTOLD_SIDES,
        headed_for_a_side,
        gives=(Reason.HEADINGS_SAY_SIDE,),
    ),
    Rule(
        "totals of sides",
        Needs.UNTOLD_SIDES,
        totals_of_sides,
        gives=(Reason.TOTALS_SAY_SIDE,),
    ),
    Rule(
        "table headed income",
        Needs.UNTOLD_SIDES,
        table_headed_income,
        gives=(Reason.TABLE_HEADED_INCOME,),
    ),
    Rule(
        "net totals",
        Needs.UNTOLD_SIDES,
        net_totals,
        gives=(
            Reason.NET_TOTAL_SAYS_SIDE,
            Reason.SECOND_TAKEN_FOR_INCOME,
            Reason.OFFICER,
        ),
    ),
    Rule(
        "income with minus",
        Needs.UNTOLD_SIDES,
        income_with_minus,
        gives=(Reason.INCOME_WITH_MINUS,),
    ),
    Rule(
        "called income",
        Needs.UNTOLD_SIDES,
        called_income,
        gives=(
            Reason.WORDS_SAY_SIDE,
            Reason.ONLY_WORDS_SAY_SIDE,
        ),
        overrules=(Reason.HEADINGS_SAY_SIDE, Reason.NET_TOTAL_SAYS_SIDE),
    ),
    Rule(
        "costs with minus",
        Needs.MINUS,
        costs_with_minus,
        gives=(Reason.COSTS_WITH_MINUS,),
    ),
    Rule(
        "table with minus",
        Needs.MINUS,
        table_with_minus,
        gives=(
            Reason.MINUS_ON_INCOME,
            Reason.MINUS_ON_EXPENDITURE,
        ),
    ),
    Rule(
        "columns with minus",
        Needs.MINUS,
        columns_with_minus,
        gives=(Reason.MINUS_ON_INCOME,),
    ),
    Rule(
        "lines unlike the rest",
        Needs.MINUS,
        lines_unlike_the_rest,
        gives=(Reason.MINUS_UNLIKE_OTHERS,),
    ),
)
"""What is heard first holds against what is as strong and comes later."""
