"""Every rule of the reader, in the order in which they are heard.

To add one: write a function in a file of `on_rows`, `on_columns` or `on_tables` that looks at a `Body` and
gives verdicts; give its reasons a sentence in `sheet/reason.py`; name it here, with what it needs to know and
whose reasons it may overrule; write one test that reads a small sheet.
"""

from budget_model.intake.rules.on_rows.rows_without_amounts import rows_without_amounts
from budget_model.intake.rules.on_rows.rows_without_money import rows_without_money
from budget_model.intake.rules.on_rows.stray_notes import stray_notes
from budget_model.intake.rules.rule import Needs, Rule
from budget_model.intake.sheet.reason import Reason

RULES: tuple[Rule, ...] = (
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
    Rule("rows without money", Needs.ROWS, rows_without_money, gives=(Reason.NO_MONEY_IN_WORDS,)),
)
"""What is heard first holds against what is as strong and comes later."""
