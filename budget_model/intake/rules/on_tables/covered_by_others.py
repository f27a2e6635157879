"""Tables whose figures other tables come to in more detail: a summary and its sheets."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.draft import TableDraft, all_income
from budget_model.intake.rules.figures import (
    TELLING,
    Figure,
    KnownFigures,
    digits,
    known_figures,
    same_figure,
)
from budget_model.intake.rules.tables import (
    AllTables,
    Found,
    RowsOf,
    TablesChosen,
    leave,
    listed,
)
from budget_model.intake.rules.verdict import Proof, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.table import Measure
from budget_model.problem import Location, Problem, Severity

TELLING_A_LINE: Final = count("covered_by_others", "telling_a_line")
MOST_OF_ITS_LINES: Final = limit("covered_by_others", "most_of_its_lines")

MOST_NAMED: Final = count("covered_by_others", "most_named")
MOST_LINES: Final = count("covered_by_others", "most_lines")


def covered_by_others(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Leave out tables whose figures others come to in more detail, the shortest first."""
    for k in sorted(tables.figures, key=lambda k: len(tables.drafts[k].lines)):
        if k not in chosen.aside and k not in chosen.told:
            yield from covered(k, tables, tables.figures, chosen)


def covered(
    k: int, tables: AllTables, figures: Mapping[int, Sequence[Figure]], chosen: TablesChosen
) -> Iterator[Found]:
    """Whether the tables that stay come to the figures of one."""
    kept = [
        figure
        for other, some in figures.items()
        if other != k and other not in chosen.aside
        for figure in some
    ]
    if not kept:
        return
    known = known_figures(kept)
    whole = _measures_covered(tables.drafts[k], tables.measures[k], known)
    if whole:
        yield leave(k, Reason.SAME_IN_MORE_DETAIL.of(whole))
        return
    yield from _lines_covered(k, tables, known)


def _matches(
    amount: Decimal,
    grain: Decimal,
    known: KnownFigures,
    income: bool | None = None,
) -> list[Figure]:
    matches = []
    for figure in known.about_as_large(amount, grain):
        if income is not None and figure.income != income:
            continue
        if same_figure(amount, grain, figure):
            matches.append(figure)
    return matches


def _measures_covered(draft: TableDraft, measures: Sequence[Measure], known: KnownFigures) -> str:
    """The sheets whose totals come to every column of the table, or ''."""
    income = all_income(draft)
    told = 0
    amounts = [m for m in measures if m.role == Role.AMOUNT and m.total]
    for measure in amounts:
        assert measure.total is not None  # noqa: S101
        grain = Decimal(measure.unit.factor).scaleb(-draft.figures[measure.column].places)
        figures = _matches(measure.total, grain, known, income)
        if not figures:
            return ""
        told = max(told, digits(measure.total))
    return "another table" if amounts and told >= TELLING else ""


def _lines_covered(k: int, tables: AllTables, known: KnownFigures) -> Iterator[Found]:
    """Leave out the lines of a summary that are totals of other tables, if they are most of its lines."""
    draft, drafts = tables.drafts[k], tables.drafts
    amounts = [m for m in tables.measures[k] if m.role == Role.AMOUNT and m.split is None and m.total]
    if not amounts or not 2 <= len(draft.lines) <= MOST_LINES:
        return
    tried = {i: _hits_of_line(draft, i, amounts, known, drafts) for i in draft.lines.tolist()}
    tried = {i: (hits, many) for i, (hits, many) in tried.items() if many}
    matched = {i: hits[0] for i, (hits, many) in tried.items() if len(hits) * 2 >= many}
    if len(matched) < max(2, MOST_OF_ITS_LINES * len(tried)) or not _telling(draft, matched, drafts):
        return
    others = {hit.table for hits in matched.values() for hit in hits}
    left = [i for i in draft.lines.tolist() if i not in matched]
    if len(others) < 2 or not left:
        names = sorted({drafts[t].sheet for t in others})[:MOST_NAMED]
        yield leave(k, Reason.LINES_ARE_TOTALS.of(listed(names)))
        return
    yield from _keep_the_rest(k, draft, matched, left, drafts)


def _hits_of_line(
    draft: TableDraft, i: int, amounts: Sequence[Measure], known: KnownFigures, drafts: Sequence[TableDraft]
) -> tuple[list[list[Figure]], int]:
    """For each amount of a line the totals of other tables that it may be, and how many amounts there are."""
    hits: list[list[Figure]] = []
    tried = 0
    for measure in amounts:
        whole = int(draft.figures[measure.column].whole[i])
        if not whole or not draft.filled(measure.column)[i]:
            continue
        places = draft.figures[measure.column].places
        grain = Decimal(measure.unit.factor).scaleb(-places)
        amount = Decimal(whole).scaleb(-places) * measure.unit.factor
        tried += 1
        near = known.about_as_large(amount, grain)
        by_name = _matches_by_name(draft.rows.labels[i], amount, grain, near, drafts)
        figures = by_name or [figure for figure in near if same_figure(amount, grain, figure)]
        if by_name or (figures and digits(amount) >= 2):
            hits.append(figures)
    return hits, tried


def _telling(draft: TableDraft, matched: dict[int, list[Figure]], drafts: Sequence[TableDraft]) -> bool:
    """Whether digits and names say enough that lines are totals of other tables."""
    evidence = sum(
        min(4, digits(hits[0].amount))
        + 3 * any(_names_sheet(draft.rows.labels[i], drafts[h.table].sheet) for h in hits)
        for i, hits in matched.items()
    )
    return evidence >= TELLING_A_LINE * len(matched)


def _names_sheet(label: str, sheet: str) -> bool:
    """Whether a line of a summary and a sheet have the same name, or one within the other."""
    label, sheet = label.casefold().strip(), sheet.casefold().strip()
    return bool(label and sheet) and (sheet in label or label in sheet)


def _matches_by_name(
    label: str, amount: Decimal, grain: Decimal, near: Sequence[Figure], drafts: Sequence[TableDraft]
) -> list[Figure]:
    """A figure too short to tell by itself is told by the name of its sheet."""
    return [
        figure
        for figure in near
        if abs(amount - figure.amount) <= max(grain, figure.grain)
        and _names_sheet(label, drafts[figure.table].sheet)
    ]


def _keep_the_rest(
    k: int,
    draft: TableDraft,
    matched: dict[int, list[Figure]],
    left: Sequence[int],
    drafts: Sequence[TableDraft],
) -> Iterator[Found]:
    """Lines of a summary that have no sheet of their own stay lines; the others become totals."""
    verdicts = (
        row(
            i,
            RowRole.TOTAL,
            Reason.TOTAL_OF_SHEETS.of(listed([drafts[hits[0].table].sheet])),
            Proof.ARITHMETIC,
        )
        for i, hits in matched.items()
    )
    yield RowsOf(k, tuple(verdicts))
    yield Problem(
        Location(draft.file, draft.sheet),
        f"This sheet sums up the others; {len(left)} of its lines have no sheet of their own and are loaded from here.",
        "Check that their detail does not stand elsewhere under another figure.",
        Severity.WARNING,
        "summary-with-own-lines",
    )
