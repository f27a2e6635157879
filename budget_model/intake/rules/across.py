"""Which columns of a table are computed from its other columns, shown by arithmetic.

A column may be the sum of its neighbours, the difference of two, a repeat of another, or a group's total
written again on every line of the group. What is left are the amounts themselves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells, Mask
from budget_model.intake.files.exact import exact, places_needed
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.rows import Rows
from budget_model.intake.rules.totals import Hint, Tree, Word, find_totals
from budget_model.intake.rules.verdict import Relation, RelationKind, Total
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column, in_one_run, innermost
from budget_model.intake.sheet.periods import period_of, to_date, whole_year
from budget_model.intake.sheet.phase_words import Phase, phase_within, phase_word_within
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.side_words import Said, said_by_cell

BALANCE_RUNS: Final = limit("across", "balance_runs")
FEWEST_AMOUNTS_AGAIN: Final = count("across", "fewest_amounts_again")
FEWEST_AMOUNTS_REPEATED: Final = count("across", "fewest_amounts_repeated")
FEWEST_CHANGES: Final = count("across", "fewest_changes")
DIFFERENCE_HOLDS: Final = limit("across", "difference_holds")
FEWEST_LINES_OF_GROUPS: Final = count("across", "fewest_lines_of_groups")
SAME_AS_ABOVE: Final = limit("across", "same_as_above")
GROUPS_AGREE: Final = limit("across", "groups_agree")
GROUPS_COVER: Final = limit("across", "groups_cover")
MOST_LINES_OFF: Final = limit("across", "most_lines_off")
TOTAL_HOLDS: Final = limit("across", "total_holds")

SAMPLE: Final = count("across", "sample")
MOST_READINGS: Final = count("across", "most_readings")
NEAREST_OF_A_PAIR: Final = count("across", "nearest_of_a_pair")
NEAREST_OF_A_BALANCE: Final = count("across", "nearest_of_a_balance")
COLUMNS_AGREE: Final = limit("across", "columns_agree")


@dataclass(slots=True)
class Across:
    """Every relation between the columns of a table."""

    relations: dict[int, Relation] = field(default_factory=dict)
    top: tuple[int, ...] = ()
    """The columns that no other column sums up."""
    nothing: bool = False
    """Whether there was nothing to compare: fewer than two columns of amounts, or no lines."""


def relate_columns(
    cells: Cells, region: Region, columns: Sequence[Column], rows: Rows, factor: int
) -> Across:
    """Find the columns that are computed from others."""
    amounts = [column for column in columns if column.role is Role.AMOUNT]
    lines = np.flatnonzero((rows.roles == RowRole.LINE) | (rows.roles == RowRole.TOTAL))
    if len(amounts) < 2 or not len(lines):
        return Across(top=tuple(column.index for column in amounts), nothing=True)
    body = region.body
    indices = [column.index for column in amounts]
    numbers = cells.numbers[body.start : body.stop][lines][:, indices]
    filled = cells.kinds[body.start : body.stop][lines][:, indices] == CellKind.NUMBER
    numbers = np.where(filled, numbers, 0.0)
    places = places_needed(numbers.ravel())
    whole = exact(numbers, places).whole
    rounding = 0 if places == 2 and factor == 1 else 1
    across = Across()
    _running_balances(amounts, whole, filled, across)
    _repeats(amounts, whole, filled, across)
    _differences(amounts, whole, filled, across, rounding)
    _group_totals(amounts, whole, across)
    _sums_of_periods(amounts, whole, across, rounding)
    _sums(amounts, whole, filled, across, rounding)
    _balanced(amounts, across, whole)
    _revisions(amounts, across)
    _tax_on_top(amounts, across, whole)
    _totals_again(amounts, across, whole)
    _lines_off(amounts, across, whole, filled, lines, rounding)
    return across


def _balanced(amounts: Sequence[Column], across: Across, whole: NDArray[np.int64]) -> None:
    """Income that is expenditure and a balance of zero is a side of its own and no total."""
    at = {column.index: k for k, column in enumerate(amounts)}
    for index, relation in list(across.relations.items()):
        live = [i for i in (*relation.plus, *relation.minus) if whole[:, at[i]].any()]
        if len(live) == 1 and _two_sides(amounts[at[index]], amounts[at[live[0]]]):
            del across.relations[index]


def _revisions(amounts: Sequence[Column], across: Across) -> None:
    """A budget and what changed it make the next budget: two budgets, and not the parts of one."""
    by_index = {column.index: column for column in amounts}
    for index, relation in list(across.relations.items()):
        members = [by_index[i] for i in (*relation.plus, *relation.minus)]
        moved = [member for member in members if not _is_a_budget(member)]
        of_budgets = relation.kind == RelationKind.SUM and _is_a_budget(by_index[index])
        changes = [member for member in moved if words.MOVEMENT.search(member.name)]
        if of_budgets and 0 < len(changes) == len(moved) == len(members) - 1:
            across.relations[index] = replace(relation, kind=RelationKind.REVISION, off=())


def _is_a_budget(column: Column) -> bool:
    return bool(words.PHASE.search(column.name)) and not words.MOVEMENT.search(column.name)


def _tax_on_top(amounts: Sequence[Column], across: Across, whole: NDArray[np.int64]) -> None:
    """Gross is net and the tax on it; the tax is reclaimed, and net is what is spent."""
    by_index = {column.index: k for k, column in enumerate(amounts)}
    for index, relation in list(across.relations.items()):
        three = (index, *relation.plus, *relation.minus)
        tax = [i for i in three if words.TAX_ON_TOP.search(amounts[by_index[i]].name)]
        computed = relation.kind in (RelationKind.SUM, RelationKind.DIFFERENCE)
        if not computed or len(three) - 1 != 2 or len(tax) != 1:
            continue
        two = [i for i in three if i != tax[0]]
        net, gross = sorted(two, key=lambda i: (int(np.abs(whole[:, by_index[i]]).sum()), -two.index(i)))
        del across.relations[index]
        wanted = amounts[by_index[tax[0]]].reason.reason is Reason.OFFICER
        across.relations[gross] = Relation(
            gross, (net, tax[0]), kind=RelationKind.SUM if wanted else RelationKind.WITH_TAX
        )


SIDES_TELL: Final = limit("across", "sides_tell")
FEWEST_ENTRIES: Final = count("across", "fewest_entries")
RUNNING = RelationKind.RUNNING


def _running_balances(
    amounts: Sequence[Column], whole: NDArray[np.int64], filled: Mask, across: Across
) -> None:
    for k, column in enumerate(amounts):
        if not words.NET.search(column.name) and not _CALLED_RUNNING.search(column.name):
            continue
        near = sorted((m for m in range(len(amounts)) if m != k), key=lambda m: abs(m - k))[
            :NEAREST_OF_A_BALANCE
        ]
        for into, out in ((one, other) for one in near for other in near if one != other):
            if _moves(whole, filled, k, into, out, _fewest_entries(amounts[into], amounts[out])):
                across.relations[column.index] = Relation(
                    column.index, (amounts[into].index,), (amounts[out].index,), kind=RUNNING
                )
                break


def _moves(
    whole: NDArray[np.int64], filled: Mask, k: int, into: int, out: int, fewest: int = FEWEST_ENTRIES
) -> bool:
    """Whether a balance changes from one to the next by what comes in less what goes out, latest last or first."""
    if len(whole) > 2 * SAMPLE and not _moves(whole[:SAMPLE], filled[:SAMPLE], k, into, out):
        return False
    rows = np.flatnonzero(filled[:, k])
    if len(rows) <= fewest or not (whole[:, into].any() and whole[:, out].any()):
        return False
    steps = np.diff(whole[rows, k])
    moved = np.concatenate([[0], np.cumsum(whole[:, into] - whole[:, out])])
    latest_last, latest_first = np.diff(moved[rows + 1]) == steps, np.diff(moved[rows]) == -steps
    return bool(latest_last.mean() >= BALANCE_RUNS or latest_first.mean() >= BALANCE_RUNS)


def _fewest_entries(into: Column, out: Column) -> int:
    """How many changes of a balance show that it runs; fewer where the headers say what comes in and what goes out."""
    sides = {said_by_cell(innermost(into.parts)), said_by_cell(innermost(out.parts))}
    return FEWEST_OF_SIDES if sides == {Said.INCOME, Said.EXPENDITURE} else FEWEST_ENTRIES


FEWEST_OF_SIDES: Final = count("across", "fewest_of_sides")
_CALLED_RUNNING = words.hints("across.called_running")


def _totals_again(amounts: Sequence[Column], across: Across, whole: NDArray[np.int64]) -> None:
    """A column called a total that says on every line what another total across comes to: funding beside cost."""
    at = {column.index: k for k, column in enumerate(amounts)}
    covered = {i for relation in across.relations.values() for i in (*relation.plus, *relation.minus)}
    for index, relation in list(across.relations.items()):
        if relation.kind != RelationKind.SUM or len(np.unique(whole[:, at[index]])) < FEWEST_AMOUNTS_AGAIN:
            continue
        for column in amounts:
            other = column.index
            free = other not in {index, *covered, *across.relations} and words.TOTAL.search(column.name)
            if free and np.array_equal(whole[:, at[other]], whole[:, at[index]]):
                across.relations[other] = Relation(other, (index,), kind=RelationKind.REPEAT)


def _left(amounts: Sequence[Column], across: Across) -> list[int]:
    return [k for k, column in enumerate(amounts) if column.index not in across.relations]


def _repeats(
    amounts: Sequence[Column],
    whole: NDArray[np.int64],
    filled: Mask,
    across: Across,
) -> None:
    """A column that says the column before it over again."""
    parts_of_a_year = in_one_run(amounts)
    for k in range(1, len(amounts)):
        for other in range(k):
            # The figures first: they differ for nearly every pair, and words cost much more to look for.
            if not np.array_equal(whole[:, k], whole[:, other]) or frozenset((k, other)) in parts_of_a_year:
                continue
            if (
                np.array_equal(filled[:, k], filled[:, other])
                and _says_enough(whole[:, k])
                and _may_repeat(amounts[k], amounts[other])
            ):
                # The one with the better name stays: a year or a word of money.
                keep, drop = (k, other) if _says_more(amounts[k], amounts[other]) else (other, k)
                stays, goes = amounts[keep].index, amounts[drop].index
                if not {stays, goes} & across.relations.keys():
                    across.relations[goes] = Relation(goes, (stays,), kind=RelationKind.REPEAT)


def _may_repeat(column: Column, other: Column) -> bool:
    return not _of_other_years(column, other) and not _two_sides(column, other)


def _says_enough(whole: NDArray[np.int64]) -> bool:
    """Whether a column holds so many different amounts that another does not say the same by chance."""
    return (
        bool((whole != 0).sum() >= FEWEST_AMOUNTS_REPEATED)
        and len(np.unique(whole)) >= FEWEST_AMOUNTS_REPEATED
    )


def _of_other_years(column: Column, other: Column) -> bool:
    """Whether two columns are of different years beside others of each: income that stays the same is no copy."""
    sides = all(words.INCOME.search(one.name) or _SHORT_SIDE.search(one.name) for one in (column, other))
    return sides and bool(column.years and other.years) and column.years != other.years


_SHORT_SIDE = words.hints("sides.short_income")


def _two_sides(column: Column, other: Column) -> bool:
    """Whether two columns of the same figures are what comes in and what goes out of a balanced account."""
    income = [bool(words.INCOME.search(one.name)) for one in (column, other)]
    expenditure = [bool(words.EXPENDITURE.search(one.name)) for one in (column, other)]
    return income[0] != income[1] and expenditure[0] != expenditure[1] and income[0] == expenditure[1]


def _says_more(column: Column, other: Column) -> bool:
    def worth(column: Column) -> int:
        return 2 * bool(column.years) + bool(words.MONEY.search(column.name))

    return worth(column) > worth(other)


def _differences(
    amounts: Sequence[Column], whole: NDArray[np.int64], filled: Mask, across: Across, rounding: int
) -> None:
    """A column that is one column less another, and says so: variance, change, increase."""
    for k in _left(amounts, across):
        if not words.DIFFERENCE.search(amounts[k].name):
            continue
        others = [m for m in _left(amounts, across) if m != k]
        pair = _pair_behind(whole, filled, k, others, rounding)
        kind = RelationKind.DIFFERENCE
        if not pair and len(np.unique(np.abs(whole[:, k]))) >= FEWEST_CHANGES:
            pair, kind = _pair_behind(whole, filled, k, others, rounding, either_way=True), EITHER_WAY
        if pair:
            a, b = pair
            across.relations[amounts[k].index] = Relation(
                amounts[k].index, (amounts[a].index,), (amounts[b].index,), kind=kind
            )


EITHER_WAY = RelationKind.EITHER_WAY


def _pair_behind(
    whole: NDArray[np.int64],
    filled: Mask,
    k: int,
    others: Sequence[int],
    rounding: int,
    *,
    either_way: bool = False,
) -> tuple[int, int] | None:
    live = filled[:, k] & (whole[:, k] != 0)
    if not live.any():
        return None
    near = sorted(others, key=lambda m: abs(m - k))[:NEAREST_OF_A_PAIR]
    few = np.flatnonzero(live)[:SAMPLE]
    for a in near:
        for b in near:
            if a in (b, k):
                continue
            if (
                either_way
                and (
                    np.abs(np.abs(whole[few, a] - whole[few, b]) - np.abs(whole[few, k])) > rounding * 2
                ).any()
            ):
                continue
            change = whole[:, a] - whole[:, b]
            off = np.abs(np.abs(change) - np.abs(whole[:, k]) if either_way else change - whole[:, k])
            if (off[live] <= rounding * 2).mean() >= (1 if either_way else DIFFERENCE_HOLDS):
                return a, b
    return None


def _group_totals(amounts: Sequence[Column], whole: NDArray[np.int64], across: Across) -> None:
    """A column that repeats, on every line of a group, what another column comes to over the group."""
    if len(whole) < FEWEST_LINES_OF_GROUPS:
        return
    for k in _left(amounts, across):
        if (whole[1:, k] == whole[:-1, k]).mean() < SAME_AS_ABOVE or not (
            whole[:, k] != 0
        ).mean() > GROUPS_AGREE:
            continue
        values, group = np.unique(whole[:, k], return_inverse=True)
        for base in _left(amounts, across):
            if base == k or not whole[:, base].any():
                continue
            sums = np.zeros(len(values), np.int64)
            np.add.at(sums, group, whole[:, base])
            many = np.bincount(group)
            several = (many > 1) & (values != 0)
            agreed = several & (sums == values)
            if agreed.sum() >= GROUPS_AGREE * several.sum() and many[agreed].sum() > GROUPS_COVER * len(
                whole
            ):
                across.relations[amounts[k].index] = Relation(
                    amounts[k].index, (amounts[base].index,), kind=RelationKind.GROUP_TOTAL
                )
                break


def _sums_of_periods(
    amounts: Sequence[Column], whole: NDArray[np.int64], across: Across, rounding: int
) -> None:
    """A total of parts of a year that say the same beside their period, whatever stands between them.

    'Total budget' is the sum of 'Q1 budget' to 'Q4 budget' with actuals between; 'YTD' of the first eight months.
    """
    periods = [period_of(column.name) for column in amounts]
    for k in _left(amounts, across):
        name = amounts[k].name.casefold()
        if periods[k] or not any(pattern.search(name) for pattern in (words.TOTAL, to_date, whole_year)):
            continue
        phase = phase_word_within(name)
        alike = [m for m, period in enumerate(periods) if period and phase_word_within(period.rest) == phase]
        parts = [m for m in alike if amounts[m].index not in across.relations]
        for last in range(len(parts), 1, -1):
            off = np.abs(whole[:, parts[:last]].sum(axis=1) - whole[:, k])
            if whole[:, k].any() and (off <= rounding * last).all():
                plus = tuple(amounts[m].index for m in parts[:last])
                across.relations[amounts[k].index] = Relation(amounts[k].index, plus, kind=RelationKind.SUM)
                break


def _sums(
    amounts: Sequence[Column], whole: NDArray[np.int64], filled: Mask, across: Across, rounding: int
) -> None:
    """Columns that are sums or differences of their neighbours."""
    left = _left(amounts, across)
    if len(left) < 2:
        across.top = tuple(amounts[k].index for k in left)
        return
    sample = _telling_lines(whole, left)
    hints = [_hint(amounts[k]) for k in left]
    for k in _left_of_sides(amounts, whole, left):
        hints[k] = replace(hints[k], net=True, word=max(hints[k].word, Word.WEAK), style=SIDES_TELL)
    figures = whole[np.ix_(sample, np.array(left))].T
    known = filled[np.ix_(sample, np.array(left))].T
    tree = _believed(amounts, figures, known, hints, whole, filled, left, rounding)
    for total in tree.totals.values():
        relation = _relation(amounts, left, _restated(total, hints, tree))
        across.relations[relation.column] = relation
    across.top = tuple(sorted({amounts[left[k]].index for k in tree.top}))


def _relation(amounts: Sequence[Column], left: Sequence[int], total: Total) -> Relation:
    """What a column is of others: their sum, or what some leave of others where it is called so."""
    own = amounts[left[total.item]]
    differs = total.minus and (words.DIFFERENCE.search(own.name) or _left_to_pay(amounts, left, total))
    return Relation(
        own.index,
        tuple(amounts[left[m]].index for m in total.plus),
        tuple(amounts[left[m]].index for m in total.minus),
        kind=RelationKind.DIFFERENCE if differs else RelationKind.SUM,
    )


def _left_of_sides(amounts: Sequence[Column], whole: NDArray[np.int64], left: Sequence[int]) -> Iterator[int]:
    """The places of columns that are, on every line, what one side leaves of the other, whatever they are called.

    What is called income itself is what else pays: fees and a grant that cover a cost are both income.
    """
    income = [m for m in left if words.INCOME.search(amounts[m].name)]
    spent = [m for m in left if words.EXPENDITURE.search(amounts[m].name)]
    for place, k in enumerate(left):
        pays = k in income and not words.NET.search(amounts[k].name)
        pairs = () if pays else product(_nearest(k, income), _nearest(k, spent))
        left_over = any(_is_left_of(amounts, whole, k, a, b) for a, b in pairs)
        if left_over and len(np.unique(whole[:, k])) >= FEWEST_AMOUNTS_REPEATED:
            yield place


def _nearest(k: int, others: Sequence[int]) -> list[int]:
    """The few columns that stand nearest to one."""
    return sorted((m for m in others if m != k), key=lambda m: abs(m - k))[:MOST_NEAR]


def _is_left_of(amounts: Sequence[Column], whole: NDArray[np.int64], k: int, a: int, b: int) -> bool:
    """Whether a column is what two others, each of one side, leave of each other on every line."""
    left = np.array_equal(np.abs(whole[:, a] - whole[:, b]), np.abs(whole[:, k]))
    return left and _two_sides(amounts[a], amounts[b])


MOST_NEAR: Final = count("across", "most_near")


def _left_to_pay(amounts: Sequence[Column], left: Sequence[int], total: Total) -> bool:
    """Whether a column is what is left of a budget or an award once something is paid, spent or committed."""
    names = [amounts[left[m]].name for m in (*total.plus, *total.minus)]
    if len(total.plus) != 1 or any(map(words.INCOME.search, names)):
        return False
    whole, *parts = map(phase_within, names)
    return whole not in _ENTERED and all(part in _ENTERED for part in parts)


_ENTERED: Final = (Phase.PAID, Phase.ACTUAL, Phase.COMMITTED)


def _restated(total: Total, hints: Sequence[Hint], tree: Tree) -> Total:
    """A part told as the whole less the other parts, told as the whole that the parts add up to."""
    whole = total.plus[0]
    named = hints[whole].word >= Word.TOTAL and whole not in tree.totals
    if len(total.plus) > 1 or len(total.minus) < 2 or not named:
        return total
    return Total(whole, tuple(sorted((total.item, *total.minus))), why=Reason.SUM, off=total.off)


def _of_another_period(column: Column, parts: Sequence[Column]) -> bool:
    """Whether a column is of one month, quarter or year and the columns that it would sum up are of others.

    June is not the sum of April and May, though running totals that rise evenly make it look so.
    """
    if words.TOTAL.search(column.name):
        return False
    period, of_parts = period_of(column.name), [period_of(part.name) for part in parts]
    alike = period and all(other and other.part is period.part for other in of_parts)
    own, years = set(column.years), [set(part.years) for part in parts]
    of_other_years = len(own) == 1 and all(len(theirs) == 1 and theirs != own for theirs in years)
    return bool(alike) or of_other_years


def _believed(
    amounts: Sequence[Column],
    figures: NDArray[np.int64],
    known: Mask,
    hints: list[Hint],
    whole: NDArray[np.int64],
    filled: Mask,
    left: Sequence[int],
    rounding: int,
) -> Tree:
    """The totals among columns, each of which holds on nearly every line.

    A column that is called a total and agrees with nothing takes the columns beside it from the total that
    does cover them (the one figure of a service that has no detail): it is read again as an amount.
    """

    def refuted(tree: Tree) -> list[int]:
        return [
            item
            for item, total in tree.totals.items()
            if len(total.plus) + len(total.minus) < 2
            or _of_another_period(amounts[left[item]], [amounts[left[m]] for m in total.plus])
            or len(total.off) > MOST_LINES_OFF * max(1, int((figures[item] != 0).sum()))
            or not _holds(whole, filled, left, item, total, rounding)
        ]

    rounded = np.full(figures.shape[1], rounding, np.int64)
    tree = find_totals(figures, known, hints, rounding=rounded, share=COLUMNS_AGREE)
    for _ in range(MOST_READINGS):
        wrong = [item for item in refuted(tree) if hints[item].word >= Word.TOTAL]
        if not wrong:
            break
        again = list(hints)
        again[min(wrong)] = replace(again[min(wrong)], never=True)
        retried = find_totals(figures, known, again, rounding=rounded, share=COLUMNS_AGREE)
        if len(retried.totals) - len(refuted(retried)) < len(tree.totals) - len(refuted(tree)):
            break
        hints, tree = again, retried
    for item in refuted(tree):
        total = tree.totals.pop(item)
        tree.top += [*total.plus, *total.minus]
    return tree


def _holds(
    whole: NDArray[np.int64], filled: Mask, left: Sequence[int], item: int, total: Total, rounding: int
) -> bool:
    """Whether a relation seen on some lines holds on nearly all."""
    column = left[item]
    live = filled[:, column] & (whole[:, column] != 0)
    computed = whole[:, [left[m] for m in total.plus]].sum(axis=1)
    if total.minus:
        computed = computed - whole[:, [left[m] for m in total.minus]].sum(axis=1)
    live |= computed != 0
    slack = rounding * (len(total.plus) + len(total.minus) + 1)
    return not live.any() or bool((np.abs(computed - whole[:, column])[live] <= slack).mean() >= TOTAL_HOLDS)


def _telling_lines(whole: NDArray[np.int64], left: Sequence[int]) -> NDArray[np.intp]:
    """The lines with most figures: they say most about how columns hang together."""
    many = (whole[:, left] != 0).sum(axis=1)
    if len(whole) <= SAMPLE:
        return np.flatnonzero(many > 0) if (many > 0).any() else np.arange(len(whole))
    best = np.argsort(-many, kind="stable")[: SAMPLE * 4]
    return np.sort(best[:: max(1, len(best) // SAMPLE)])


def _hint(column: Column) -> Hint:
    name = column.parts[-1] if column.parts else ""
    whole_name = column.name
    word = Word.NONE
    if words.TOTAL.search(whole_name):
        word = Word.TOTAL
    elif words.NET.search(name):
        word = Word.WEAK
    return Hint(
        word=word, net=bool(words.NET.search(whole_name)), part=bool(words.PART_OF.search(whole_name))
    )


PROVED = (RelationKind.SUM, RelationKind.DIFFERENCE, RelationKind.REVISION, RelationKind.WITH_TAX)
"""The kinds of relation that hold line by line, so that the lines on which they do not are worth telling."""


def _lines_off(
    amounts: Sequence[Column],
    across: Across,
    whole: NDArray[np.int64],
    filled: Mask,
    lines: NDArray[np.intp],
    rounding: int,
) -> None:
    """Note for each relation that holds line by line on which body rows it does not."""
    at = {column.index: k for k, column in enumerate(amounts)}
    for index, relation in list(across.relations.items()):
        if relation.kind not in PROVED:
            continue
        computed = whole[:, [at[i] for i in relation.plus]].sum(axis=1)
        if relation.minus:
            computed = computed - whole[:, [at[i] for i in relation.minus]].sum(axis=1)
        slack = rounding * (len(relation.plus) + len(relation.minus) + 1)
        off = filled[:, at[index]] & (np.abs(computed - whole[:, at[index]]) > slack)
        across.relations[index] = replace(relation, off=tuple(int(lines[i]) for i in np.flatnonzero(off)))
