"""Money as it is split and as it is said: exact to the penny inside, four figures to a reader."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import TypeVar

PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")
MOST_TYPED = 20
"""Signs of the longest number that is read."""
LARGEST_POWER = 14
"""Of ten: a number of sixteen figures or more is nobody's budget."""
_NOT_FIGURES = str.maketrans({"£": "", ",": "", "−": "-"} | dict.fromkeys(" \u00a0\u2009\u202f\t", ""))

Key = TypeVar("Key")


def typed_number(text: str) -> Decimal:
    """A number as people type one, pounds or not; raises `ValueError` for anything else.

    A pound sign, commas, spaces and brackets for what is below zero may stand in it. What is a
    thousand million million or more, or smaller than a millionth of a millionth, is a slip.

    >>> typed_number("£1,250.50"), typed_number("(35)"), typed_number("−7"), typed_number("390 292 000")
    (Decimal('1250.50'), Decimal('-35'), Decimal('-7'), Decimal('390292000'))
    """
    bare = text.translate(_NOT_FIGURES)
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    try:
        value = Decimal(bare)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite() or abs(value.adjusted()) > LARGEST_POWER:
        raise ValueError(text)
    return value


def typed_between(text: str, least: Decimal, most: Decimal) -> Decimal | None:
    """A number as people type one, or a link holds one, from `least` to `most`; None for anything else.

    >>> typed_between("12", Decimal(0), Decimal(40)), typed_between("NaN", Decimal(0), Decimal(40))
    (Decimal('12'), None)
    """
    try:
        number = typed_number(text[:MOST_TYPED])
    except ValueError:
        return None
    return number if least <= number <= most else None


def decimal_text(amount: Decimal) -> str:
    """An amount as a decimal string without an exponent, as documents for other programs write it.

    >>> decimal_text(Decimal("1E+3")), decimal_text(Decimal("12.50"))
    ('1000', '12.50')
    """
    return format(amount, "f")


def to_penny(amount: Decimal) -> Decimal:
    """Round to the penny, halves to the even penny, so that many roundings do not drift.

    >>> to_penny(Decimal("2.345")), to_penny(Decimal("2.355"))
    (Decimal('2.34'), Decimal('2.36'))
    """
    return amount.quantize(PENNY, rounding=ROUND_HALF_EVEN)


def to_pennies_together(amounts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Round amounts to the penny so that together they make their exact sum, rounded.

    This is the rule by which lines finer than a penny become lines in pennies: each is rounded down, and
    the odd pennies go to those that this costs most (largest remainder), the first winning a tie. So no
    amount moves by a penny or more, and a total that the amounts make is still made.

    >>> to_pennies_together([Decimal("0.335"), Decimal("0.335"), Decimal("0.33")])
    (Decimal('0.34'), Decimal('0.33'), Decimal('0.33'))
    >>> to_pennies_together([Decimal("-1.005"), Decimal("2.5")])
    (Decimal('-1.00'), Decimal('2.50'))
    """
    down = [amount.quantize(PENNY, rounding=ROUND_FLOOR) for amount in amounts]
    whole = to_penny(sum(amounts, Decimal(0)))
    odd = int((whole - sum(down, Decimal(0))) / PENNY)
    neediest = sorted(range(len(amounts)), key=lambda k: down[k] - amounts[k])
    up = set(neediest[:odd])
    return tuple(amount + PENNY if k in up else amount for k, amount in enumerate(down))


def apportion(amount: Decimal, weights: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """Share an amount out in proportion to weights, to the penny, so that the parts make the whole.

    The odd pennies go to the parts that rounding down cost most (largest remainder), the first named
    winning a tie, so that the same input always gives the same answer. Weights are not negative and at
    least one is above zero; parts with no weight get nothing.

    >>> apportion(Decimal("100.00"), {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)})
    {'a': Decimal('33.34'), 'b': Decimal('33.33'), 'c': Decimal('33.33')}
    """
    whole = sum(weights.values(), Decimal(0))
    if whole <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("An amount is shared out by weights that are not negative and not all zero.")
    pennies = int(to_penny(amount) / PENNY)
    sign, pennies = (-1, -pennies) if pennies < 0 else (1, pennies)
    exact = {key: pennies * weight / whole for key, weight in weights.items()}
    parts = {key: int(part) for key, part in exact.items()}
    left = pennies - sum(parts.values())
    neediest: Sequence[Key] = sorted(exact, key=lambda key: parts[key] - exact[key])
    for key in neediest[:left]:
        parts[key] += 1
    return {key: sign * part * PENNY for key, part in parts.items()}


READ_OUT = (
    (Decimal(999_500_000), 1_000_000_000, 2, "bn"),
    (Decimal(99_950_000), 1_000_000, 0, "m"),
    (Decimal(999_500), 1_000_000, 1, "m"),
    (Decimal(9_995), 1000, 0, "k"),
    (Decimal("0.5"), 1, 0, ""),
)
"""From how many pounds an amount is read out in which unit, and with how many places."""
MOST_MORE_PLACES = 2
"""Places that an amount is given at most beyond those, so that what is read adds up."""


def pounds(amount: Decimal | float, *, sign: str = "£") -> str:
    """Say an amount in at most three or four figures, as it is read out in a meeting.

    >>> pounds(Decimal("1240300000")), pounds(Decimal("186200000")), pounds(Decimal("4210000"))
    ('£1.24bn', '£186m', '£4.2m')
    >>> pounds(Decimal("349700")), pounds(Decimal("812.40")), pounds(Decimal(0)), pounds(Decimal("-4210000"))
    ('£350k', '£812', '£0', '−£4.2m')
    >>> pounds(Decimal("999960000")), pounds(Decimal("999700")), pounds(Decimal("99960000"))
    ('£1.00bn', '£1.0m', '£100m')
    """
    if not amount:
        return f"{sign}0"
    size = abs(Decimal(str(amount)) if isinstance(amount, float) else Decimal(amount))
    minus = "−" if amount < 0 else ""
    text = _read_out(size)[0] if size >= READ_OUT[-1][0] or sign else "less than 1"
    zero = not any(figure in text for figure in "123456789")
    return f"{'' if zero else minus}{sign}{text}"


def _read_out(size: Decimal, more: int = 0) -> tuple[str, Decimal]:
    """An amount above zero as it is read out, with up to some more places, and the pounds that this says."""
    for least, unit, places, letter in READ_OUT:
        if size >= least:
            rounded = (size / unit).quantize(Decimal(1).scaleb(-places - more), ROUND_HALF_EVEN)
            needed = max(places, -int(rounded.normalize().as_tuple().exponent))
            figures = f"{rounded:,.{needed}f}"
            return f"{figures}{letter}", Decimal(figures.replace(",", "")) * unit
    return f"{size:.2f}", to_penny(size)


def pounds_that_add(whole: Decimal, parts: Sequence[Decimal]) -> tuple[str, ...]:
    """Say an amount above zero, then each of its parts, with as many more places as make them add up by eye.

    Where two more places do not, the usual ones stand: more would claim to be surer than anybody is.

    >>> pounds_that_add(Decimal(3_860_000), [Decimal(1_930_000), Decimal(1_930_000)])
    ('£3.86m', '£1.93m', '£1.93m')
    >>> pounds_that_add(Decimal(1_750_000), [Decimal(1_000_000), Decimal(750_000)])
    ('£1.75m', '£1.0m', '£750k')
    """
    for more in range(MOST_MORE_PLACES + 1):
        (said, read), *others = (_read_out(amount, more) for amount in (whole, *parts))
        if read == sum((value for _, value in others), NOTHING):
            return (f"£{said}", *(f"£{text}" for text, _ in others))
    return tuple(pounds(amount) for amount in (whole, *parts))


def exact_pounds(amount: Decimal) -> str:
    """Write an amount in full, negatives in brackets as accountants do.

    >>> exact_pounds(Decimal("-1250.5")), exact_pounds(Decimal("390292000"))
    ('(£1,250.50)', '£390,292,000.00')
    """
    text = f"£{abs(amount):,.2f}"
    return f"({text})" if amount < 0 else text


EXACT_GRADE = 3
"""Up to this confidence grade an amount is a body's own figure, and is worth saying to the pound."""
FIGURES_OF_AN_ESTIMATE = 2
"""Of what may be off by 15% or more, so many figures say something."""


def as_sure(amount: Decimal, grade: int) -> Decimal:
    """An amount as exactly as its confidence grade bears out: to the pound, or two figures of an estimate.

    >>> as_sure(Decimal("1234567.89"), 2), as_sure(Decimal("1234567.89"), 5), as_sure(Decimal("-48.70"), 6)
    (Decimal('1234568'), Decimal('1200000'), Decimal('-49'))
    """
    whole = amount.quantize(Decimal(1))
    spare = len(str(abs(int(whole)))) - FIGURES_OF_AN_ESTIMATE
    if grade <= EXACT_GRADE or spare <= 0:
        return whole
    return Decimal(int(whole.scaleb(-spare).quantize(Decimal(1)).scaleb(spare)))


def sure_pounds(amount: Decimal, grade: int) -> str:
    """The same in words: no pounds and pence where nobody knows them.

    >>> sure_pounds(Decimal("1234567.89"), 2), sure_pounds(Decimal("1234567.89"), 5), sure_pounds(Decimal("-48.7"), 6)
    ('£1,234,568', '£1.2m', '−£49')
    """
    sure = as_sure(amount, grade)
    return exact_pounds(sure).removesuffix(".00") if grade <= EXACT_GRADE else pounds(sure)


def percent(part: Decimal, whole: Decimal) -> str:
    """Say a share of a whole; a whole of nothing has no shares.

    >>> percent(Decimal(91), Decimal(100)), percent(Decimal(1), Decimal(3000)), percent(Decimal(1), NOTHING)
    ('91%', 'under 0.1%', 'no share')
    """
    if whole == 0:
        return "no share"
    share = part / whole * 100
    if part == 0:
        return "0%"
    if abs(share) < Decimal("0.1"):
        return "under 0.1%"
    if Decimal("99.95") <= abs(share) < 100:  # somebody else has the rest, so it is not all of it
        return "over 99.9%"
    if abs(share) < 10 or (abs(share) > 99 and share != 100):
        return f"{share:.1f}%"
    return f"{share:.0f}%"
