"""What a rule is: a name, what it needs to know, the function that looks, and what it may overrule."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Contest, Verdict
from budget_model.intake.sheet.reason import Reason


class Needs(IntEnum):
    """What is known of a table when a rule looks at it; the rules of one kind run in the order of the list."""

    COLUMNS = 1
    """What each column is by its header and its cells. Rules may change columns; no row has a role yet."""
    ROWS = 2
    """Which rows hold amounts. What is no line by then takes no part in the arithmetic."""
    TOTALS = 3
    """Which rows are totals, and of what."""
    ACROSS = 4
    """Which columns are computed from others."""
    MONEY_COLUMNS = 5
    """Which columns hold amounts, once those computed from others are settled."""
    SIDES = 6
    """What every row and column is."""
    UNTOLD_SIDES = 7
    """That no column says of each row which way its money goes."""
    MINUS = 8
    """Which lines and columns are income by all but their signs."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the reader."""

    name: str
    """As one would search for it; unique."""
    needs: Needs
    find: Callable[[Body, Settled], Iterable[Verdict | Contest]]
    gives: tuple[Reason, ...] = ()
    """The reasons it gives, for the method page."""
    overrules: tuple[Reason, ...] = ()
    """Reasons whose verdicts it replaces although its own proof is no stronger."""
