"""One amount over several services, by shares that make one, to the penny."""

from collections.abc import Mapping
from decimal import Decimal

from budget_model.money import apportion

ONE = Decimal(1)


def split(amount: Decimal, shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Each service's part of an amount in pounds; the parts make the amount, to the penny.

    The odd pennies go to the parts that rounding cost most (largest remainder), the first named winning
    a tie. Shares lie between nought and one and make exactly one.

    >>> split(Decimal("100.00"), {"libraries": Decimal("0.335"), "arts": Decimal("0.665")})
    {'libraries': Decimal('33.50'), 'arts': Decimal('66.50')}
    """
    if any(not 0 <= share <= 1 for share in shares.values()):
        raise ValueError("Each share of a line lies between 0% and 100%.")
    whole = sum(shares.values(), Decimal(0))
    if whole != ONE:
        raise ValueError(f"The shares of a line make 100%, not {whole * 100:f}%.")
    return apportion(amount, shares)
