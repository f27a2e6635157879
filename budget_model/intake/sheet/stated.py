"""What the file itself states about its columns, in the words of the layout: roles, unit, years and sides.

Only a Fiscal Data Package states such things; of every other file nothing is known before it is looked at.
"""

from budget_model.intake.files.grid import KnownColumn, Sheet
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.table import EXPENDITURE_SIDE, INCOME_SIDE
from budget_model.intake.sheet.units import Unit

FACTORS = (1, 1000, 1_000_000)
_FIGURES = (Role.AMOUNT, Role.TOTAL, Role.MEMO, Role.RATE, Role.COUNT)


def take_what_is_stated(columns: list[Column], sheet: Sheet) -> list[Column]:
    """Let the file's own word decide what its columns of figures are.

    Where it says which columns are amounts, a column of figures of which it says nothing is none.
    """
    amounts_are_stated = any(known.role == "amount" for known in sheet.known_roles.values())
    for column in columns:
        known = sheet.known_roles.get(column.index)
        if known is not None and column.role is not Role.EMPTY:
            _take(column, known)
        elif amounts_are_stated and column.role in _FIGURES:
            column.role, column.reason = Role.MEMO, Reason.PACKAGE_NAMES_OTHERS.of()
            column.unsure = False
    return columns


def _take(column: Column, known: KnownColumn) -> None:
    because = Reason.PACKAGE_STATES.of(f"{'an' if known.role[0] in 'aeo' else 'a'} {known.role}")
    if known.role == "amount":
        column.role, column.reason, column.unsure = Role.AMOUNT, because, False
        column.unit = _unit(known) or column.unit
        column.years = (known.year,) if known.year and not column.years else column.years
    elif known.role == "year" and column.role in (*_FIGURES, Role.CODE):
        column.role, column.reason, column.unsure = Role.YEAR, because, False
    elif column.role in _FIGURES:
        column.role, column.reason, column.unsure = Role.CODE, because, False


def _unit(known: KnownColumn) -> Unit | None:
    """A currency or a factor that is stated; a column without either may still say its unit elsewhere."""
    if (known.currency is None and known.factor == 1) or known.factor not in FACTORS:
        return None
    return Unit(known.currency, int(known.factor))


def unit_stated(sheet: Sheet) -> Unit | None:
    """The unit in which all amounts of a sheet are stated to be."""
    units = {_unit(known) for known in sheet.known_roles.values() if known.role == "amount"}
    return units.pop() if len(units) == 1 else None


def sides_stated(sheet: Sheet) -> dict[int, int]:
    """Column → side, where the amounts of a column are stated to be income or expenditure."""
    sides = {
        "revenue": INCOME_SIDE,
        "income": INCOME_SIDE,
        "expenditure": EXPENDITURE_SIDE,
        "spending": EXPENDITURE_SIDE,
    }
    stated = {
        index: sides.get((known.direction or "").lower(), 0)
        for index, known in sheet.known_roles.items()
        if known.role == "amount"
    }
    return {index: side for index, side in stated.items() if side} if INCOME_SIDE in stated.values() else {}
