"""Sheets with the same columns and the same lines: parts that add up, or other measures of the same?"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.figures import NEARLY
from budget_model.intake.rules.tables import (
    AllTables,
    AskedTogether,
    CheckOf,
    Found,
    TablesChosen,
    leave,
    named,
    title,
)
from budget_model.intake.rules.twice import all_alike
from budget_model.intake.rules.verdict import Proof
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.periods import parts_named
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.table import Check, Measure
from budget_model.intake.sheet.years import years_in

MOST_NAMED: Final = count("same_layout", "most_named")
FEWEST_SHEETS_OF_A_SUM: Final = count("same_layout", "fewest_sheets_of_a_sum")
COLUMNS_AGREE: Final = limit("same_layout", "columns_agree")
LINES_SHARED: Final = limit("same_layout", "lines_shared")


def same_layout(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Ask of sheets with the same columns and lines whether they add up; a sum of all others is left out."""
    drafts = tables.drafts
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for k, draft in enumerate(drafts):
        if k not in chosen.aside and draft.visible and len(draft.lines) >= 2 and not draft.continues:
            groups[draft.fingerprint].append(k)
    for mark, members in groups.items():
        alike = with_same_lines(drafts, members)
        if len(alike) >= 2:
            yield from _of_one_layout(tables, mark, alike)


def asked_which(answers: Answers, key: str, names: Sequence[str], likeliest: int | None) -> int | None:
    """Which of several tables with the same lines is loaded; None where all are added up, the guess without a likeliest."""
    options = ["add them up", *(f"only {name}" for name in names)]
    more = ", …" if len(names) > MOST_NAMED else ""
    parts = likeliest is None
    answer = answers.ask(
        key,
        f"{len(names)} tables have the same lines ({', '.join(names[:MOST_NAMED])}{more}). "
        "Do they add up, or are they different measures of the same?",
        options[0 if likeliest is None else 1 + likeliest],
        f"their names speak of {'parts of one whole' if parts else 'measures, years or phases'}",
        options,
    )
    return None if answer == options[0] else max(0, options.index(answer) - 1)


def _of_one_layout(tables: AllTables, mark: str, alike: list[int]) -> Iterator[Found]:
    drafts = [tables.drafts[k] for k in alike]
    total = _sum_of_the_others(tables.measures, alike)
    if total is not None:
        yield from _checks_of_sum(tables, alike, total)
    names = [named(draft) for draft in drafts]
    if _years_apart(names, drafts) < 2 and all_alike(tables.drafts, alike) is not None:
        return  # asked of tables that hold the same money
    yield AskedTogether(frozenset(alike))
    by_name = _name_measures(names, drafts)
    if total is not None and not by_name:
        # A sheet that is the sum of all the others is a summary, and they are its detail.
        yield leave(total, Reason.SUM_OF_SHEETS.of())
        return
    alternatives = total is not None or by_name
    kept = asked_which(
        tables.answers, f"sheets:{mark}", names, _latest(names, drafts) if alternatives else None
    )
    if kept is not None:
        because = Reason.OTHER_MEASURE.of(names[kept])
        yield from (leave(k, because, Proof.WORDS) for k in alike if k != alike[kept])


def with_same_lines(drafts: Sequence[TableDraft], members: Sequence[int]) -> list[int]:
    """Those of some tables whose lines carry the labels of the first one's."""
    if len(members) < 2:
        return []
    labels = {k: [drafts[k].rows.labels[i] for i in drafts[k].lines] for k in members}
    best: list[int] = []
    for first in members:
        wanted = set(labels[first])
        if len(wanted) < LINES_SHARED * len(labels[first]) or not any(wanted):
            continue
        same = [
            k
            for k in members
            if len(wanted & set(labels[k])) >= LINES_SHARED * max(len(wanted), len(set(labels[k])))
        ]
        if len(same) > len(best):
            best = same
    return best


def _sum_of_the_others(measures: Mapping[int, Sequence[Measure]], same: Sequence[int]) -> int | None:
    """The table that is, column by column, the sum of the others."""
    if len(same) < FEWEST_SHEETS_OF_A_SUM:
        return None
    totals = {k: _totals_by_column(measures[k]) for k in same}
    for k in same:
        others = [totals[other] for other in same if other != k]
        agreed = [
            _nearly(total, sum(own.get(j, Decimal(0)) for own in others)) for j, total in totals[k].items()
        ]
        if agreed and sum(agreed) >= COLUMNS_AGREE * len(agreed):
            return k
    return None


def _totals_by_column(measures: Sequence[Measure]) -> dict[int, Decimal]:
    """What each column of figures comes to, where that is anything."""
    return {m.column: m.total for m in measures if m.total and m.role in (Role.AMOUNT, Role.TOTAL)}


def _nearly(total: Decimal, others: Decimal | int) -> bool:
    return abs(total - others) <= abs(total) * NEARLY


def _checks_of_sum(tables: AllTables, alike: Sequence[int], total: int) -> Iterator[CheckOf]:
    for measure in tables.measures[total]:
        if measure.role in (Role.AMOUNT, Role.TOTAL) and measure.total:
            others = sum(
                (
                    m.total or Decimal(0)
                    for o in alike
                    if o != total
                    for m in tables.measures[o]
                    if m.column == measure.column
                ),
                Decimal(0),
            )
            what = f"{measure.name}: {named(tables.drafts[total])} beside the sum of the other sheets"
            yield CheckOf(total, Check(what, measure.total, others))


_COUNTER = re.compile(r"\W*\(?\d{1,2}\)?\W*$")


def _name_measures(names: Sequence[str], drafts: Sequence[TableDraft]) -> bool:
    """Whether names of sheets tell measures, years or phases apart, and not departments or months."""
    loose = [bool(_LOOSE.search(name)) for name in names]
    if any(loose) and all(its or _FIRM.search(name) for its, name in zip(loose, names, strict=True)):
        return True
    if any(map(_names_a_month, names)) or _name_parts_of_a_year(names):
        return False
    if len({_COUNTER.sub("", name) for name in names}) == 1 and all(_COUNTER.search(name) for name in names):
        return True
    said = [" ".join([name, *(title(d) for d in [draft])]) for name, draft in zip(names, drafts, strict=True)]
    years = {years_in(text) for text in said}
    if len(years) > 1:
        return True
    return all(any(pattern.search(name) for pattern in (words.PHASE, words.NET, _MEASURE)) for name in names)


_FIRM = words.hints("twice.firm")
_LOOSE = words.hints("twice.loose")
_MEASURE = words.any_of(
    *words.hints("net_of_gross.gross").alternatives,
    *words.hints("net_of_gross.net").alternatives,
    r"\b(?:capital|income|draft|final|version|v ?\d+|option|scenario|copy)\b",
)


def _names_a_month(name: str) -> bool:
    return any(month[:3] in name.casefold() for month in words.MONTHS)


def _name_parts_of_a_year(names: Sequence[str]) -> bool:
    """Whether each name is another quarter, month or half: 'Q1' and 'Q2' are no versions of one another."""
    parts = parts_named(names)
    return parts is not None and parts[1] == len(names)


def _years_apart(names: Sequence[str], drafts: Sequence[TableDraft]) -> int:
    """How many different years the names and titles of some tables say."""
    said = zip(names, drafts, strict=True)
    return len({years_in(f"{name} {title(draft)}") for name, draft in said})


def _latest(names: Sequence[str], drafts: Sequence[TableDraft]) -> int:
    """Which of some sheets of single years is of the latest; else the first that is called final, or the first."""
    final = (k for k, name in enumerate(names) if _FIRM.search(name) and not _LOOSE.search(name))
    years = [years_in(f"{name} {title(draft)}") for name, draft in zip(names, drafts, strict=True)]
    if any(len(year) != 1 for year in years) or len(set(years)) < len(years):
        return next(final, 0)
    return max(range(len(years)), key=lambda k: years[k])
