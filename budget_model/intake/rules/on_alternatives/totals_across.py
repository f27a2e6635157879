"""Columns that a total across adds up belong together: what services cost apart from what only pays for them."""

from collections.abc import Mapping, Sequence

from budget_model.intake.rules.alternative import ONE_BUDGET, Alternative, Grouping
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.on_alternatives.amounts import Amounts, Grouped
from budget_model.intake.rules.on_alternatives.formulas import added_by_formulas
from budget_model.intake.rules.on_alternatives.header_periods import TO_DATE
from budget_model.intake.rules.on_alternatives.running_totals import PERIODS
from budget_model.intake.rules.on_alternatives.year_and_phase import named_by_headers
from budget_model.intake.rules.verdict import RelationKind
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column, runs_of_columns

SERVICES = words.hints("alternatives.cost_of_services")


def totals_across(amounts: Amounts) -> Grouped:
    """Group columns by the outermost total that covers them; the others by what their headers say."""
    covering = covered_by_totals(amounts.draft)
    if not any(measure.column in covering for measure in amounts.measures):
        return {}
    named = named_by_headers(amounts)
    grouped = {m: covering.get(m.column) or Alternative(named[m] or m.name) for m in amounts.measures}
    return grouped if len(set(grouped.values())) > 1 else amounts.all_in(ONE_BUDGET)


def covered_by_totals(draft: TableDraft) -> dict[int, Alternative]:
    """For each column that a total across covers, however deep, the outermost such total.

    Where one of the totals on the way is what services cost, it parts them from what only pays for them:
    grants, levies, reserves and the tax. Where one is of all months of a year, it parts them from what is accrued.
    """
    by_index = {column.index: column for column in draft.columns}
    sums = _sums(draft)
    covered = set[int]().union(*sums.values())
    alternatives: dict[int, Alternative] = {}
    for top in (one for one in sums if one not in covered):
        if not _of_several_years([by_index[index] for index in _below(sums, top)]):
            alternatives |= _under(draft, sums, top)
    # Where a total across stands alone on some lines, it is loaded there beside the columns that it covers.
    alone = [top for top in draft.alone if top in sums and sums[top][0] in alternatives]
    alternatives |= {top: alternatives[sums[top][0]] for top in alone}
    return alternatives or added_by_formulas(draft)


def _sums(draft: TableDraft) -> dict[int, tuple[int, ...]]:
    relations = draft.across.relations.values()
    return {r.column: (*r.plus, *r.minus) for r in relations if r.kind is RelationKind.SUM}


def _under(draft: TableDraft, sums: Mapping[int, Sequence[int]], top: int) -> dict[int, Alternative]:
    """What the columns under one total are to be loaded as."""
    below = _below(sums, top)
    services = _what_services_cost(draft, sums, top, below)
    inside = {index: service for service in services for index in _below(sums, service)}
    apart = [index for index in below if index not in inside and index not in services]
    if not services or not apart:
        return dict.fromkeys(below, _all_of(draft, top))
    beside = Alternative(_called(draft, top), Grouping.BESIDE_SERVICES)
    return {index: _all_of(draft, one) for index, one in inside.items()} | dict.fromkeys(apart, beside)


def _what_services_cost(
    draft: TableDraft, sums: Mapping[int, Sequence[int]], top: int, below: Sequence[int]
) -> list[int]:
    """The totals, from one down, that are what services cost; else those that are all parts of one year."""
    totals = [index for index in below if index in sums]
    services = [index for index in (top, *totals) if SERVICES.search(_called(draft, index))]
    return services or [index for index in totals if _a_whole_year(draft, sums[index])]


def _all_of(draft: TableDraft, total: int) -> Alternative:
    return Alternative(_called(draft, total), Grouping.TOTAL, total)


def _called(draft: TableDraft, index: int) -> str:
    """A total by its header; 'Full year budget' says better than 'YTD budget' in the last month what all come to."""
    by_index = {column.index: column for column in draft.columns}
    repeats = (r for r in draft.across.relations.values() if r.kind is RelationKind.REPEAT)
    again = {relation.plus[0]: relation.column for relation in repeats}
    if TO_DATE.search(by_index[index].name):
        index = again.get(index, index)
    return by_index[index].name or f"column {by_index[index].letter}"


def _a_whole_year(draft: TableDraft, members: Sequence[int]) -> bool:
    """Whether some columns are all the parts of one year, each once."""
    columns = [column for column in draft.columns if column.index in members]
    return any(run.whole and len(run.places) == len(columns) for run in runs_of_columns(columns))


def _of_several_years(columns: Sequence[Column]) -> bool:
    """Whether columns that add up are years of a programme, each of which is a budget of its own."""
    years = {column.years for column in columns if column.years and not PERIODS.search(column.name)}
    return len(years) > 1


def _below(sums: Mapping[int, Sequence[int]], top: int) -> list[int]:
    """Every column that a total covers, however deep."""
    found: list[int] = []
    waiting = list(sums[top])
    while waiting:
        index = waiting.pop()
        found.append(index)
        waiting += sums.get(index, ())
    return found
