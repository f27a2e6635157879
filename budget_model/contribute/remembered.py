"""Answers that are remembered from an earlier file: shown beside what they do, and asked again in doubt.

A unit answered last year makes this year's amounts a thousand times too large where the file has changed to
pounds. So a remembered unit stands beside the first amount that it was used on, and where the amounts moved
by a power of ten against what the body sent last, the unit is asked about again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from budget_model.contribute.submission import BudgetLine
from budget_model.intake.reading import Reading, ReadLine
from budget_model.intake.sheet.table import Question, SheetTable
from budget_model.intake.sheet.unit import in_words
from budget_model.intake.sheet.units import Unit
from budget_model.mapping.wording import plain
from budget_model.money import exact_pounds

UNIT = "unit"
POWERS = (10, 100, 1_000, 1_000_000)
NEAR = Decimal("1.5")
"""A line moved by a power of ten where it moved by that and at most half as much again, or less."""
MOST_LINES = Decimal("0.6")
"""So many of the lines that both have moved alike before a unit is doubted."""
MOVED_WHOLE = 1_000
"""From this power on the whole tells by itself, where no line is worded as it was: no budget grows so."""
FACTORS = (1, 1_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class LastSent:
    """What a body sent last for the same part: what it is, and its lines."""

    says: str
    """Such as '2024-25, original budget'."""
    lines: tuple[BudgetLine, ...]


def remembered_units(
    reading: Reading, tables: Sequence[int], lines: Sequence[ReadLine], remembered: Mapping[str, str]
) -> tuple[str, ...]:
    """A sentence for each unit that an earlier answer gave, with the first amount that it was used on."""
    found = []
    for number in tables:
        table = reading.tables[number]
        first = _first_line(table, lines)
        if first is not None and f"{UNIT}:{table.fingerprint}" in remembered and table.unit is not None:
            found.append(
                f"The unit is {in_words(str(table.unit))}, as answered for an earlier file: {_beside(table.unit, first)}."
            )
    return tuple(dict.fromkeys(found))


def doubted_units(
    reading: Reading,
    tables: Sequence[int],
    lines: Sequence[ReadLine],
    last: LastSent | None,
    given: Mapping[str, str],
    remembered: Mapping[str, str],
) -> tuple[Question, ...]:
    """The question in which unit the amounts are, where they moved by a power of ten against the last time.

    `given` are the answers about this very file: a unit that was answered for it is not doubted. Where no line
    is worded as it was, a unit that the file itself states stays the best guess: it may be of other money.
    """
    keys = [f"{UNIT}:{reading.tables[number].fingerprint}" for number in tables]
    if last is None or not lines or any(key in given for key in keys):
        return ()
    power = moved_by(last.lines, lines)
    table = reading.tables[tables[0]]
    if power == 1 or table.unit is None:
        return ()
    first = _first_line(table, lines) or lines[0]
    best, why = _unit_that_fits(table.unit, power), "then they are about as large as the last time"
    if keys[0] not in remembered and not _worded_alike(last.lines, lines):
        best, why = table.unit, "the file says so, and no line is worded as the last time"
    return (
        Question(
            keys[0],
            f"The amounts are {_times(power)} those of {last.says}: {_beside(table.unit, first)}. In which unit are they?",
            str(best),
            why,
            _options(best, table.unit),
        ),
    )


def _times(power: Decimal) -> str:
    return f"{power:,.0f} times" if power > 1 else f"one {1 / power:,.0f}th of"


def _options(best: Unit, read: Unit) -> tuple[str, ...]:
    """The units to choose from, the best guess first: every usual one, and the one that the amounts were read in."""
    units = (best, *(Unit(read.currency, factor) for factor in FACTORS), read)
    return tuple(dict.fromkeys(map(str, units)))


def moved_by(before: Iterable[BudgetLine], after: Iterable[ReadLine]) -> Decimal:
    """By which power of ten amounts moved as a whole, 1 where by none: 1000, or 0.001.

    Most lines that are worded as before moved alike; where none is, only the whole is compared.
    """
    was, now = _by_words(before), _by_words(after)
    ratios = [abs(now[words] / was[words]) for words in now if was.get(words) and now[words]]
    if len(ratios) >= 2:
        usual = Decimal(median(ratios))
        alike = sum(_near(ratio, usual) for ratio in ratios)
        return _power_of(usual) if alike >= MOST_LINES * len(ratios) else Decimal(1)
    whole_before, whole_after = (sum(map(abs, amounts.values()), Decimal(0)) for amounts in (was, now))
    if not whole_before or not whole_after:
        return Decimal(1)
    power = _power_of(whole_after / whole_before, slack=Decimal(2))
    return power if max(power, 1 / power) >= MOVED_WHOLE else Decimal(1)


def _worded_alike(before: Iterable[BudgetLine], after: Iterable[ReadLine]) -> bool:
    """Whether any line is worded as it was."""
    return not _by_words(before).keys().isdisjoint(_by_words(after))


def _power_of(ratio: Decimal, slack: Decimal = NEAR) -> Decimal:
    for power in POWERS:
        for wanted in (Decimal(power), 1 / Decimal(power)):
            if _near(ratio, wanted, slack):
                return wanted
    return Decimal(1)


def _near(ratio: Decimal, wanted: Decimal, slack: Decimal = NEAR) -> bool:
    return wanted / slack <= ratio <= wanted * slack


def _by_words(lines: Iterable[BudgetLine] | Iterable[ReadLine]) -> dict[tuple[str, str], Decimal]:
    found: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        found[(line.code or "", plain(line.description))] += line.amount
    return found


def _first_line(table: SheetTable, lines: Sequence[ReadLine]) -> ReadLine | None:
    return next((line for line in lines if line.sheet == table.sheet), None)


def _beside(unit: Unit, line: ReadLine) -> str:
    """The first amount as the cell has it, and what it is read as."""
    written = line.amount / unit.factor
    return f"{written.normalize():,f} in {line.column}{line.row} is read as {exact_pounds(line.amount)}"


def _unit_that_fits(unit: Unit, power: Decimal) -> Unit:
    """The unit in which amounts would be as large as before, as far as there is one."""
    wanted = unit.factor / power
    return Unit(unit.currency, min(FACTORS, key=lambda factor: abs(Decimal(factor).log10() - wanted.log10())))
