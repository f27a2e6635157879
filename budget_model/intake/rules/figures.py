"""What tables come to: the totals by which the same money is known again in another table."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.draft import TableDraft, all_income
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.table import Measure

ROUNDED: Final = limit("figures", "rounded")

NEARLY: Final = Decimal(str(limit("figures", "nearly")))
FEWEST_DIGITS_ROUNDED: Final = count("figures", "fewest_digits_rounded")

TELLING: Final = count("figures", "telling")


@dataclass(frozen=True, slots=True)
class Figure:
    """A total of a table: what it comes to, and how finely it is written."""

    table: int
    amount: Decimal
    grain: Decimal
    slack: Decimal
    income: bool = False


@dataclass(frozen=True, slots=True)
class KnownFigures:
    """The totals of some tables by their size, so that those about as large as an amount are found at once."""

    by_size: Sequence[Figure]
    sizes: Sequence[float]
    coarsest: float

    def about_as_large(self, amount: Decimal, grain: Decimal) -> Sequence[Figure]:
        """The figures that may say the same as an amount, whichever of the two is rounded."""
        size = float(abs(amount))
        room = max(size * ROUNDED, float(grain), self.coarsest)
        return self.by_size[bisect_left(self.sizes, size - room) : bisect_right(self.sizes, size + room)]


def known_figures(figures: Sequence[Figure]) -> KnownFigures:
    """Totals in the order of their size."""
    by_size = sorted(figures, key=lambda figure: abs(figure.amount))
    return KnownFigures(
        by_size,
        [float(abs(figure.amount)) for figure in by_size],
        max((float(figure.grain) for figure in figures), default=0.0),
    )


def figures_of(k: int, draft: TableDraft, measures: Sequence[Measure]) -> list[Figure]:
    """The totals of a table that agree with its own detail, in whole currency units."""
    figures = []
    for measure in measures:
        if measure.role not in (Role.AMOUNT, Role.TOTAL) or measure.column not in draft.figures:
            continue
        places = draft.figures[measure.column].places
        grain = Decimal(measure.unit.factor).scaleb(-places)
        slack = grain * (measure.lines + 1) / 2
        income = all_income(draft)
        stated = (measure.total, measure.expenditure, measure.income)
        figures += [Figure(k, amount, grain, slack, income) for amount in stated if amount]
        if measure.split is None:
            figures += _of_rows(k, draft, measure, grain)
    return figures


def _of_rows(k: int, draft: TableDraft, measure: Measure, grain: Decimal) -> Iterator[Figure]:
    """The totals of rows that only add up, and agree with their parts."""
    whole, filled = draft.figures[measure.column].whole, draft.filled(measure.column)
    for i, total in draft.rows.totals.items():
        if whole[i] and filled[i] and not total.off and not total.minus:
            yield Figure(k, int(whole[i]) * grain, grain, grain * len(total.plus), all_income(draft))


def digits(amount: Decimal) -> int:
    """How many digits of an amount say something: 1,200,000 says two."""
    return len(str(int(abs(amount))).rstrip("0"))


def same_figure(amount: Decimal, grain: Decimal, other: Figure) -> bool:
    """Whether two totals say the same, the coarser one rounded."""
    coarse = max(grain, other.grain)
    slack = coarse / 2 if grain != other.grain else Decimal(0)
    if grain == other.grain or other.slack > slack:
        slack = max(slack, min(other.slack, abs(amount) * NEARLY))
    if digits(amount / coarse if coarse > 1 else amount) < (
        FEWEST_DIGITS_ROUNDED if grain != other.grain else 1
    ):
        return False
    return abs(amount - other.amount) <= slack
