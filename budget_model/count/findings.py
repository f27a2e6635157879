"""What a scope's figures say, as sentences whose every number is computed from them.

Three things are always asked: who spends most of it, what most of it is spent on, and what is not known
well enough. Each is true for any scope, with singular and plural, ties, zeros and negatives handled.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from budget_model.count.assurance import Assurance
from budget_model.count.results import BESIDE_BOARDS, Cell, PartOfTotal, Total
from budget_model.count.saying import counted, listed, number, opened, possessive
from budget_model.money import NOTHING, percent, pounds
from budget_model.vocabulary import Dimension

MOST_OF_IT = Decimal("0.75")
NEAR = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about the money, its amount in pounds, and the part of the map that it is about.

    `kind` is the question that it answers, as saved views name it; `why` is its range or its reason, in a
    sentence of its own; `matters` are the pounds at stake, by which findings are ranked.
    """

    sentence: str
    amount: Decimal
    dimension: Dimension | None = None
    key: str = ""
    kind: str = ""
    why: str = ""
    matters: Decimal = NOTHING


def part_of(part: Decimal, whole: Decimal, of: str = "of the total") -> str:
    """A share of a whole with a comma before it; nothing where amounts below zero make shares misleading.

    >>> part_of(Decimal(75), Decimal(100)), part_of(Decimal(120), Decimal(100)), part_of(NOTHING, Decimal(9))
    (', 75% of the total', '', '')
    """
    return f", {percent(part, whole)} {of}" if 0 < part <= whole else ""


def headline(total: Total, where: str) -> str:
    """The place's total in one sentence, with the range that the confidence grades give."""
    if not total.lines:
        return f"No spending for {where} is included in this choice yet"
    bodies = counted(total.organisations, "body", "bodies")
    return f"{pounds(total.total)} of public money is spent for {possessive(where)} residents, by {bodies}"


def _most_of_it(total: Decimal, spending: Sequence[PartOfTotal]) -> Sequence[PartOfTotal]:
    """The fewest parts that make three quarters of a total; the first alone where all are needed, or make more than it."""
    sums = list(accumulate(part.amount for part in spending))
    enough = next((place for place, amount in enumerate(sums, 1) if amount >= total * MOST_OF_IT), len(sums))
    return spending[: 1 if enough == len(sums) or sums[enough - 1] > total else enough]


def who_spends_most(total: Decimal, organisations: Sequence[PartOfTotal]) -> Finding | None:
    """The fewest bodies that spend three quarters of it between them."""
    spending = [part for part in organisations if part.amount > 0]
    if total <= 0 or not spending:
        return None
    first = spending[0]
    together = first.amount
    if [part.amount for part in spending] == [total]:
        sentence = f"All of the money is {first.name}’s: {pounds(total)}."
    elif len(most := _most_of_it(total, spending)) > 1:
        together = sum((part.amount for part in most), NOTHING)
        each = listed([f"{part.name} {pounds(part.amount)}" for part in most], most=3)
        sentence = (
            f"{opened(number(len(most)))} bodies spend {percent(together, total)} of the money: {each}."
        )
    else:
        sentence = f"{first.name} alone spends {pounds(together)}{part_of(together, total)}."
    return Finding(sentence, together, Dimension.ORGANISATION, first.key)


def what_most_is_spent_on(
    total: Decimal,
    themes: Sequence[PartOfTotal],
    cells: Iterable[Cell],
    names: dict[str, str],
    least: Decimal = NOTHING,
) -> Finding | None:
    """The board with the most money, and how many bodies pay most of that; those with less than `least` are none."""
    known = [part for part in themes if part.key not in BESIDE_BOARDS and part.amount > 0]
    if total <= 0 or not known:
        return None
    first = known[0]
    level = [part for part in known if part.amount >= first.amount * (1 - NEAR)]
    if len(level) > 1:
        sentence = f"{listed([part.name for part in level])} take about {pounds(first.amount)} each."
        return Finding(sentence, first.amount, Dimension.THEME, first.key)
    sentence = f"{first.name} takes {pounds(first.amount)}{part_of(first.amount, total)}"
    payers = _payers(paid_by(cells, least).get(first.key, ()), names)
    return Finding(f"{sentence}{payers}.", first.amount, Dimension.THEME, first.key)


def paid_by(cells: Iterable[Cell], least: Decimal = NOTHING) -> dict[str, tuple[tuple[Decimal, str], ...]]:
    """Who pays at least so much for each key of the first dimension: amounts above zero, the largest first."""
    payers: dict[str, list[tuple[Decimal, str]]] = defaultdict(list)
    for cell in cells:
        if cell.amount > 0 and cell.amount >= least:
            payers[cell.keys[0]].append((cell.amount, cell.keys[1]))
    return {key: tuple(sorted(paid, key=lambda one: (-one[0], one[1]))) for key, paid in payers.items()}


def _payers(paid: Sequence[tuple[Decimal, str]], names: Mapping[str, str]) -> str:
    """Who pays most of something, as the end of a sentence; empty where nobody does."""
    if not paid:
        return ""
    whole = sum((amount for amount, _ in paid), NOTHING)
    first, *others = [names.get(key, key) for _, key in paid]
    if not others:
        return f", all of it from {first}"
    if len(paid) == 2:
        return f"; {first} pays {percent(paid[0][0], whole)} of that"
    share = percent(paid[0][0] + paid[1][0], whole)
    return f"; {number(len(paid))} bodies pay for it, and {listed([first, others[0]])} pay {share}"


def what_is_not_sure(total: Total, relied_on: Assurance) -> Finding | None:
    """How much rests on estimates, how far the total may be off, and who is not on the map."""
    if not total.lines:
        return None
    said = []
    if relied_on.estimated:
        share = percent(relied_on.estimated, relied_on.size)
        money = pounds(relied_on.estimated)
        said.append(f"{share} of the money ({money}) is estimated")
    missing = relied_on.awaited
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        said.append(f"{listed([body.short_name for body in missing], most=2)} {verb} still to come")
    if relied_on.unmapped:
        said.append(f"{pounds(relied_on.unmapped)} has no service yet")
    if not said:
        off = pounds(total.high - total.total)
        said.append(f"every body is included and none estimates; the total is good to within {off}")
    *most, last = said
    sentence = f"{', '.join(most)}, and {last}" if most else last
    return Finding(f"{opened(sentence)}.", relied_on.estimated)
