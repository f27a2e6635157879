"""Which tables of a workbook would be loaded, so that each amount is counted once.

The same money stands on several sheets: a summary and its detail, a form and the list it looks up, the same
figures in thousands and in millions. A table is set aside when the tables that stay come to its figures;
the more detailed one stays. Sheets of different months add up; sheets that say another measure of the same
lines do not, and where nothing tells, the officer is asked.
"""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from budget_model.intake.files.grid import Range
from budget_model.intake.rules.draft import TableDraft, measures_of
from budget_model.intake.rules.refuse import LEAVE, LOAD, load_key
from budget_model.intake.rules.twice import ADD_UP, Repeated, all_alike, money_said, repeated
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import Answers, same
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.table import INCOME_SIDE, Check, Measure
from budget_model.intake.sheet.years import years_in
from budget_model.problem import Location, Problem, Severity
from budget_model.same_money import Likeness

TELLING = 4
"""So many digits must agree before two totals are taken for the same money."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A total of a table: what it comes to, and how finely it is written."""

    table: int
    amount: Decimal
    grain: Decimal
    slack: Decimal
    income: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """The totals of some tables by their size, so that those about as large as an amount are found at once."""

    by_size: Sequence[Figure]
    sizes: Sequence[float]
    coarsest: float

    def about_as_large(self, amount: Decimal, grain: Decimal) -> Sequence[Figure]:
        """The figures that may say the same as an amount, whichever of the two is rounded."""
        size = float(abs(amount))
        room = max(size * 1e-3, float(grain), self.coarsest)
        return self.by_size[bisect_left(self.sizes, size - room) : bisect_right(self.sizes, size + room)]


def _known(figures: Sequence[Figure]) -> _Known:
    by_size = sorted(figures, key=lambda one: abs(one.amount))
    return _Known(
        by_size,
        [float(abs(one.amount)) for one in by_size],
        max((float(one.grain) for one in figures), default=0.0),
    )


@dataclass(slots=True)
class TablesChosen:
    """The tables to load, and why the others are set aside."""

    chosen: list[int] = field(default_factory=list)
    aside: dict[int, Because] = field(default_factory=dict)
    checks: dict[int, list[Check]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    """The tables of which the officer has said that they are loaded."""
    asked_together: set[int] = field(default_factory=set)
    """The tables of which a question asks already whether they add up."""


def choose(drafts: Sequence[TableDraft], not_money: dict[int, Because], answers: Answers) -> TablesChosen:
    """Decide for every table whether it is loaded."""
    choice = TablesChosen(aside=dict(not_money))
    _as_told(drafts, choice, answers)
    measures = {k: measures_of(draft) for k, draft in enumerate(drafts)}
    figures = {k: _figures(k, drafts[k], measures[k]) for k in measures if k not in choice.aside}
    for k, draft in enumerate(drafts):
        if k not in choice.aside and not any(
            m.role == Role.AMOUNT and (m.total or m.expenditure) for m in measures[k]
        ):
            choice.aside[k] = Reason.ONLY_NOUGHT.of() if draft.amounts() else Reason.NO_AMOUNTS.of()
    _part_of_another(drafts, choice, answers)
    _same_layout(drafts, measures, choice, answers)
    _hidden(drafts, measures, figures, choice, answers)
    _each_once(drafts, choice, answers)
    for k in sorted(figures, key=lambda k: len(drafts[k].lines)):
        if k not in choice.aside and k not in choice.told:
            _set_aside_if_covered(k, drafts, measures, figures, choice)
    _sources_of_the_same(drafts, measures, choice)
    _where_it_comes_from(drafts, measures, choice)
    choice.chosen = [k for k in range(len(drafts)) if k not in choice.aside]
    _several(drafts, choice, answers)
    return choice


def _as_told(drafts: Sequence[TableDraft], choice: TablesChosen, answers: Answers) -> None:
    """What the officer says of single tables stands before everything that is worked out."""
    for k, draft in enumerate(drafts):
        answer = answers.answered(load_key(draft))
        if answer is not None and same(LEAVE, answer):
            choice.aside[k] = Reason.OFFICER.of()
        elif answer is not None and same(LOAD, answer) and draft.amounts():
            choice.told.add(k)
            choice.aside.pop(k, None)


def _each_once(drafts: Sequence[TableDraft], choice: TablesChosen, answers: Answers) -> None:
    """Ask of tables that hold the same money whether it is to be counted once, and from which of them."""
    settled = {*choice.aside, *choice.told, *choice.asked_together}
    among = [
        k for k, draft in enumerate(drafts) if k not in settled and not draft.continues and draft.visible
    ]
    for group in repeated(drafts, among):
        _ask_of(group, drafts, choice, answers)


def _ask_of(group: Repeated, drafts: Sequence[TableDraft], choice: TablesChosen, answers: Answers) -> None:
    members = (group.table, *group.again)
    names = {k: _called(drafts, k, members) for k in members}
    parts = group.likeness is Likeness.PART
    sets = [(group.table,), group.again] if parts else [(k,) for k in members]
    options = {f"once, from {', '.join(names[k] for k in kept)}": kept for kept in sets}
    options[ADD_UP] = members
    best = next((option for option, kept in options.items() if kept == group.best), ADD_UP)
    marks = "|".join(sorted(f"{drafts[k].fingerprint}:{names[k]}" for k in members))
    amount = money_said(group.amount, drafts[group.again[0]])
    same = group.likeness.of(f"'{names[group.table]}'")
    answer = answers.ask(
        f"twice:{hashlib.sha256(marks.encode()).hexdigest()[:12]}",
        f"The same money stands twice: {_listed_names([names[k] for k in group.again])} "
        f"{'hold' if len(group.again) > 1 else 'holds'} {same} "
        f"({group.lines:,} lines with the same amount, {amount} gross). Is it to be counted once?",
        best,
        "their names are parts of a year"
        if best == ADD_UP
        else "the same lines twice are as a rule a copy or another version",
        tuple(options),
    )
    kept = options.get(answer, members)
    choice.told |= set(kept) if len(kept) == len(members) else set()
    choice.aside |= {
        k: Reason.SAME_MONEY_LOADED.of(_listed_names([names[one] for one in kept]))
        for k in members
        if k not in kept
    }


def _listed_names(names: Sequence[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)


ALL_OF_THEM = "all of them"
MOST_NAMED = 12
_BY_ARITHMETIC = (Reason.LINES_ARE_TOTALS, Reason.SAME_IN_MORE_DETAIL, Reason.SUM_OF_SHEETS)


def _several(drafts: Sequence[TableDraft], choice: TablesChosen, answers: Answers) -> None:
    """Tables of different layouts that nothing holds together: do they all belong to the budget?

    A summary that comes to them, or income beside expenditure, holds them together.
    """
    by_layout = {drafts[k].fingerprint: k for k in reversed(choice.chosen) if k not in choice.told}
    proved = any(because.reason in _BY_ARITHMETIC for because in choice.aside.values())
    own = [k for k in sorted(by_layout.values()) if not drafts[k].continues]
    if len(own) < 2 or len(own) > MOST_NAMED or proved or _two_sides([drafts[k] for k in own]):
        return
    if all(drafts[k].cells.sheet.known_roles for k in own):
        return
    names = [_called(drafts, k, own) for k in own]
    mark = hashlib.sha256("|".join(sorted(by_layout)).encode()).hexdigest()[:12]
    answer = answers.ask(
        f"belong:{mark}",
        f"Tables of different layouts would be loaded together: {', '.join(names)}. Do they all belong to the "
        "budget, each amount once?",
        ALL_OF_THEM,
        "none of them comes to the figures of another",
        (ALL_OF_THEM, *(f"only {name}" for name in names)),
    )
    if answer == ALL_OF_THEM:
        return
    kept = drafts[own[names.index(answer.removeprefix("only "))]].fingerprint
    for k in list(choice.chosen):
        if drafts[k].fingerprint != kept:
            choice.aside[k] = Reason.OFFICER.of()
            choice.chosen.remove(k)


def _called(drafts: Sequence[TableDraft], k: int, among: Sequence[int]) -> str:
    """A table by its sheet; of several on one sheet by its cells too."""
    name = _named(drafts[k])
    if sum(_named(drafts[other]) == name for other in among) > 1:
        region = drafts[k].region
        return f"{name} {Range(region.top, region.left, region.bottom, region.right)}"
    return name


def _two_sides(drafts: Sequence[TableDraft]) -> bool:
    """Whether one table is all income and the other is not, on one sheet: an account in two parts."""
    income = [bool((d.sides.of_row[d.lines] == INCOME_SIDE).all()) for d in drafts]
    return len(drafts) == 2 and sum(income) == 1 and drafts[0].number == drafts[1].number


def _hidden(
    drafts: Sequence[TableDraft],
    measures: dict[int, list[Measure]],
    figures: dict[int, list[Figure]],
    choice: TablesChosen,
    answers: Answers,
) -> None:
    """Tables on hidden sheets are not loaded unasked; the officer is told of those that hold money of their own."""
    hidden = [k for k in figures if k not in choice.aside and k not in choice.told and not drafts[k].visible]
    own = []
    for k in hidden:
        shown = {other: some for other, some in figures.items() if drafts[other].visible}
        _set_aside_if_covered(k, drafts, measures, {**shown, k: figures[k]}, choice)
        if k not in choice.aside:
            choice.aside[k] = Reason.SHEET_HIDDEN.of()
            own.append(drafts[k].sheet)
            answers.ask(
                load_key(drafts[k]),
                f"Sheet '{drafts[k].sheet}' is hidden and holds amounts that are not found on the visible ones. "
                "Does it belong to the budget?",
                LEAVE,
                "what is hidden is as a rule working",
                (LEAVE, LOAD),
            )
    if own:
        names = ", ".join(f"'{name}'" for name in dict.fromkeys(own))
        choice.problems.append(
            Problem(
                Location(drafts[hidden[0]].file, own[0]),
                f"Hidden sheets hold amounts that were not found on the visible ones, and are not loaded: {names}.",
                "Answer that they are to be loaded if they belong to the budget.",
                Severity.WARNING,
                "hidden-amounts",
            )
        )


def _figures(k: int, draft: TableDraft, measures: Sequence[Measure]) -> list[Figure]:
    """The totals of a table that agree with its own detail, in whole currency units."""
    found = []
    for measure in measures:
        if measure.role not in (Role.AMOUNT, Role.TOTAL) or measure.column not in draft.figures:
            continue
        places = draft.figures[measure.column].places
        grain = Decimal(measure.unit.factor).scaleb(-places)
        slack = grain * (measure.lines + 1) / 2
        income = bool((draft.sides.of_row[draft.lines] == INCOME_SIDE).all()) if len(draft.lines) else False
        stated = (measure.total, measure.expenditure, measure.income)
        found += [Figure(k, amount, grain, slack, income) for amount in stated if amount]
        for i, total in draft.rows.totals.items():
            if total.off or total.minus or (measure.split is not None):
                continue
            whole = int(draft.figures[measure.column].whole[i])
            if whole and draft.filled(measure.column)[i]:
                found.append(
                    Figure(
                        k,
                        Decimal(whole).scaleb(-places) * measure.unit.factor,
                        grain,
                        grain * len(total.plus),
                    )
                )
    return found


def _digits(amount: Decimal) -> int:
    return len(str(int(abs(amount))).rstrip("0"))


def _same_money(amount: Decimal, grain: Decimal, other: Figure) -> bool:
    """Whether two totals say the same, the coarser one rounded."""
    coarse = max(grain, other.grain)
    slack = coarse / 2 if grain != other.grain else Decimal(0)
    if grain == other.grain or other.slack > slack:
        slack = max(slack, min(other.slack, abs(amount) * Decimal("0.00001")))
    if _digits(amount / coarse if coarse > 1 else amount) < (3 if grain != other.grain else 1):
        return False
    return abs(amount - other.amount) <= slack


_COMES = re.compile(
    r"\b(?:comes?|came|coming) from\b|\bpaid for by\b|\bfunded (?:by|from)\b|\bfinanced (?:by|from)\b", re.I
)
_GOES = re.compile(
    r"\b(?:goes|going|went)\b|\b(?:is|was|be|we) spen[dt]\b|\bspent on\b|\bwe spend\b|\bused for\b|\buses? of\b",
    re.I,
)


def _where_it_comes_from(
    drafts: Sequence[TableDraft], measures: dict[int, list[Measure]], choice: TablesChosen
) -> None:
    """Where the money comes from, beside where it goes and as much: the same money, of which one is loaded."""
    left = [k for k in range(len(drafts)) if k not in choice.aside and drafts[k].visible]
    if not 2 <= len(left) <= MOST_NAMED:
        return
    said = {k: _headed(drafts[k]) for k in left}
    for comes in left:
        if comes in choice.told or not _COMES.search(said[comes]) or _GOES.search(said[comes]):
            continue
        mine = _amounts_with_totals(drafts[comes], measures[comes])
        for goes in left:
            theirs = _amounts_with_totals(drafts[goes], measures[goes])
            if goes in choice.aside or not _GOES.search(said[goes]) or _COMES.search(said[goes]):
                continue
            if mine and [m.total for m in mine] == [m.total for m in theirs]:
                choice.aside[comes] = Reason.WHERE_IT_COMES_FROM.of(_named(drafts[goes]))
                choice.checks[goes] += [
                    Check(f"{a.name} beside {b.name}", abs(a.total or Decimal(0)), abs(b.total or Decimal(0)))
                    for a, b in zip(mine, theirs, strict=True)
                ]
                break


def _headed(draft: TableDraft) -> str:
    own = range(draft.region.left, draft.region.right + 1)
    titles = [draft.cells.text(row, j) for row in draft.region.titles[-3:] for j in own]
    return " ".join([draft.sheet, *titles, *(column.name for column in draft.columns)])


def _amounts_with_totals(draft: TableDraft, measures: Sequence[Measure]) -> list[Measure]:
    """The amounts of a table whose lines all are covered by a printed total that agrees."""
    covered = {i for total in draft.rows.totals.values() if not total.off for i in total.plus}
    if not covered.issuperset(draft.lines.tolist()):
        return []
    return [m for m in measures if m.role == Role.AMOUNT and m.total]


def _set_aside_if_covered(
    k: int,
    drafts: Sequence[TableDraft],
    measures: dict[int, list[Measure]],
    figures: dict[int, list[Figure]],
    choice: TablesChosen,
) -> None:
    draft = drafts[k]
    kept = [
        one for other, some in figures.items() if other != k and other not in choice.aside for one in some
    ]
    if not kept:
        return
    known = _known(kept)
    whole = _measures_covered(draft, measures[k], known)
    if whole:
        choice.aside[k] = Reason.SAME_IN_MORE_DETAIL.of(whole)
        return
    _lines_covered(k, draft, measures[k], known, drafts, choice)


def _sources_of_the_same(
    drafts: Sequence[TableDraft], measures: dict[int, list[Measure]], choice: TablesChosen
) -> None:
    """Several tables of one sheet that together come, column by column, to a table of another sheet.

    A form lists the contributions to a pool in a table each, and what the pool pays for on the next sheet: the
    same money, of which the side with more lines is loaded.
    """
    totals = {k: _column_totals(measures[k]) for k in measures if k not in {*choice.aside, *choice.told}}
    by_sheet: defaultdict[int, list[int]] = defaultdict(list)
    for k, own in totals.items():
        if own:
            by_sheet[drafts[k].number].append(k)
    for number, group in by_sheet.items():
        if len(group) < 2 or len({len(totals[k]) for k in group}) > 1:
            continue
        together = [sum(column, Decimal(0)) for column in zip(*(totals[k] for k in group), strict=True)]
        if max(map(_digits, together)) < TELLING:
            continue
        for other, own in totals.items():
            if drafts[other].number == number or own != together or other in choice.aside:
                continue
            fewer = sum(len(drafts[k].lines) for k in group) <= len(drafts[other].lines)
            gone, kept = (group, other) if fewer else ([other], group[0])
            for k in gone:
                choice.aside[k] = (
                    Reason.WITH_TABLES_BESIDE.of(_listed([drafts[kept].sheet]))
                    if fewer
                    else (Reason.TABLES_IN_MORE_DETAIL.of(_listed([drafts[kept].sheet])))
                )
            choice.checks[kept].append(
                Check(
                    f"{_named(drafts[other])} beside the tables of {_named(drafts[group[0]])} together",
                    own[0],
                    together[0],
                )
            )
            break


def _column_totals(measures: Sequence[Measure]) -> list[Decimal]:
    return [m.total for m in measures if m.role == Role.AMOUNT and m.split is None and m.total is not None]


def _matches(
    amount: Decimal,
    grain: Decimal,
    known: "_Known",
    income: bool | None = None,
) -> list[Figure]:
    found = []
    for one in known.about_as_large(amount, grain):
        if income is not None and one.income != income:
            continue
        if _same_money(amount, grain, one):
            found.append(one)
    return found


def _measures_covered(draft: TableDraft, measures: Sequence[Measure], known: "_Known") -> str:
    """The sheets whose totals come to every column of the table, or ''."""
    income = bool(len(draft.lines)) and bool((draft.sides.of_row[draft.lines] == INCOME_SIDE).all())
    told = 0
    amounts = [m for m in measures if m.role == Role.AMOUNT and m.total]
    for measure in amounts:
        assert measure.total is not None  # noqa: S101
        grain = Decimal(measure.unit.factor).scaleb(-draft.figures[measure.column].places)
        found = _matches(measure.total, grain, known, income)
        if not found:
            return ""
        told = max(told, _digits(measure.total))
    return "another table" if amounts and told >= TELLING else ""


def _lines_covered(
    k: int,
    draft: TableDraft,
    measures: Sequence[Measure],
    known: "_Known",
    drafts: Sequence[TableDraft],
    choice: TablesChosen,
) -> None:
    """Set aside the lines of a summary that are totals of other tables, if they are most of its lines."""
    amounts = [m for m in measures if m.role == Role.AMOUNT and m.split is None and m.total]
    if not amounts or not 2 <= len(draft.lines) <= 2000:
        return
    matched: dict[int, list[Figure]] = {}
    live = 0
    for i in draft.lines.tolist():
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
            named = _matches_by_name(draft.rows.labels[i], amount, grain, near, drafts)
            found = named or [one for one in near if _same_money(amount, grain, one)]
            if named or (found and _digits(amount) >= 2):
                hits.append(found)
        live += bool(tried)
        if tried and len(hits) * 2 >= tried:
            matched[i] = hits[0]
    if len(matched) < 2 or len(matched) < 0.6 * live:
        return
    evidence = sum(
        min(4, _digits(hits[0].amount))
        + 3 * any(_names_sheet(draft.rows.labels[i], drafts[h.table].sheet) for h in hits)
        for i, hits in matched.items()
    )
    if evidence < 3 * len(matched):
        return
    tables = {one.table for hits in matched.values() for one in hits}
    left = [i for i in draft.lines.tolist() if i not in matched]
    if len(tables) < 2 or not left:
        names = sorted({drafts[t].sheet for t in tables})[:3]
        choice.aside[k] = Reason.LINES_ARE_TOTALS.of(_listed(names))
        return
    _keep_the_rest(draft, matched, left, drafts, choice)


def _names_sheet(label: str, sheet: str) -> bool:
    """Whether a line of a summary and a sheet have the same name, or one within the other."""
    label, sheet = label.casefold().strip(), sheet.casefold().strip()
    return bool(label and sheet) and (sheet in label or label in sheet)


def _matches_by_name(
    label: str, amount: Decimal, grain: Decimal, near: Sequence[Figure], drafts: Sequence[TableDraft]
) -> list[Figure]:
    """A figure too short to tell by itself is told by the name of its sheet."""
    return [
        one
        for one in near
        if abs(amount - one.amount) <= max(grain, one.grain) and _names_sheet(label, drafts[one.table].sheet)
    ]


def _listed(names: Sequence[str]) -> str:
    said = [f"sheet '{name}'" if name else "another table" for name in names]
    return " and ".join(dict.fromkeys(said))


def _keep_the_rest(
    draft: TableDraft,
    matched: dict[int, list[Figure]],
    left: Sequence[int],
    drafts: Sequence[TableDraft],
    choice: TablesChosen,
) -> None:
    """Lines of a summary that have no sheet of their own stay lines; the others become totals."""
    for i, hits in matched.items():
        draft.rows.roles[i] = RowRole.TOTAL
        draft.rows.reasons[i] = Reason.TOTAL_OF_SHEETS.of(_listed([drafts[hits[0].table].sheet]))
    draft.lines = np.array(sorted(left), np.int32)
    choice.problems.append(
        Problem(
            Location(draft.file, draft.sheet),
            f"This sheet sums up the others; {len(left)} of its lines have no sheet of their own and are loaded from here.",
            "Check that their detail does not stand elsewhere under another figure.",
            Severity.WARNING,
            "summary-with-own-lines",
        )
    )


# -- tables of the same layout ----------------------------------------------------------------


def _same_layout(
    drafts: Sequence[TableDraft], measures: dict[int, list[Measure]], choice: TablesChosen, answers: Answers
) -> None:
    """Sheets with the same columns and the same lines: parts that add up, or other measures of the same?"""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for k, draft in enumerate(drafts):
        if k not in choice.aside and draft.visible and len(draft.lines) >= 2 and not draft.continues:
            groups[draft.fingerprint].append(k)
    for mark, members in groups.items():
        same = _with_same_lines(drafts, members)
        if len(same) < 2:
            continue
        total = _sum_of_the_others(measures, same)
        if total is not None:
            _note_sum(drafts, measures, same, total, choice)
        names = [_named(drafts[k]) for k in same]
        if _years_apart(names, [drafts[k] for k in same]) < 2 and all_alike(drafts, same) is not None:
            continue  # asked of tables that hold the same money
        choice.asked_together |= set(same)
        alternatives = total is not None or _name_measures(names, [drafts[k] for k in same])
        options = ["add them up", *(f"only {name}" for name in names)]
        best = options[1 + _latest(names, [drafts[k] for k in same])] if alternatives else options[0]
        if total is not None and not _name_measures(names, [drafts[k] for k in same]):
            # A sheet that is the sum of all the others is a summary, and they are its detail.
            choice.aside[total] = Reason.SUM_OF_SHEETS.of()
            continue
        answer = answers.ask(
            f"sheets:{mark}",
            f"{len(same)} tables have the same lines ({', '.join(names[:4])}{', …' if len(names) > 4 else ''}). "
            "Do they add up, or are they different measures of the same?",
            best,
            "their names speak of measures, years or phases"
            if alternatives
            else "their names speak of parts of one whole",
            options,
        )
        if answer != options[0]:
            kept = same[max(0, options.index(answer) - 1)]
            for k in same:
                if k != kept:
                    choice.aside[k] = Reason.OTHER_MEASURE.of(names[same.index(kept)])


def _named(draft: TableDraft) -> str:
    title = next((t for row in draft.region.titles if (t := draft.cells.text(row, draft.region.left))), "")
    return draft.sheet or title or f"rows {draft.region.top + 1} to {draft.region.bottom + 1}"


def _with_same_lines(drafts: Sequence[TableDraft], members: Sequence[int]) -> list[int]:
    """Those of some tables whose lines carry the labels of the first one's."""
    if len(members) < 2:
        return []
    labels = {k: [drafts[k].rows.labels[i] for i in drafts[k].lines] for k in members}
    best: list[int] = []
    for first in members:
        wanted = set(labels[first])
        if len(wanted) < 0.8 * len(labels[first]) or not any(wanted):
            continue
        same = [
            k for k in members if len(wanted & set(labels[k])) >= 0.8 * max(len(wanted), len(set(labels[k])))
        ]
        if len(same) > len(best):
            best = same
    return best


def _sum_of_the_others(measures: dict[int, list[Measure]], same: Sequence[int]) -> int | None:
    """The table that is, column by column, the sum of the others."""
    if len(same) < 3:
        return None
    totals = {
        k: {m.column: m.total or Decimal(0) for m in measures[k] if m.role in (Role.AMOUNT, Role.TOTAL)}
        for k in same
    }
    for k in same:
        agreed = tried = 0
        for column, total in totals[k].items():
            others = sum((totals[o].get(column, Decimal(0)) for o in same if o != k), Decimal(0))
            if total:
                tried += 1
                agreed += abs(total - others) <= abs(total) * Decimal("0.00001")
        if tried and agreed >= 0.6 * tried:
            return k
    return None


def _note_sum(
    drafts: Sequence[TableDraft],
    measures: dict[int, list[Measure]],
    same: Sequence[int],
    total: int,
    choice: TablesChosen,
) -> None:
    for measure in measures[total]:
        if measure.role in (Role.AMOUNT, Role.TOTAL) and measure.total:
            others = [
                m.total or Decimal(0)
                for o in same
                if o != total
                for m in measures[o]
                if m.column == measure.column
            ]
            choice.checks[total].append(
                Check(
                    f"{measure.name}: {_named(drafts[total])} beside the sum of the other sheets",
                    measure.total,
                    sum(others, Decimal(0)),
                )
            )


_COUNTER = re.compile(r"\W*\(?\d{1,2}\)?\W*$")


def _name_measures(names: Sequence[str], drafts: Sequence[TableDraft]) -> bool:
    """Whether names of sheets tell measures, years or phases apart, and not departments or months."""
    if any(month[:3] in name.casefold() for name in names for month in words.MONTHS):
        return False
    if len({_COUNTER.sub("", name) for name in names}) == 1 and all(_COUNTER.search(name) for name in names):
        return True
    said = [
        " ".join([name, *(_title(d) for d in [draft])]) for name, draft in zip(names, drafts, strict=True)
    ]
    years = {years_in(text) for text in said}
    if len(years) > 1:
        return True
    phases = [
        bool(
            words.PHASE.search(name)
            or words.NET.search(name)
            or re.search(
                r"\b(?:gross|net|capital|income|draft|final|version|v ?\d+|option|scenario|copy)\b",
                name,
                re.I,
            )
        )
        for name in names
    ]
    return all(phases)


def _years_apart(names: Sequence[str], drafts: Sequence[TableDraft]) -> int:
    """How many different years the names and titles of some tables say."""
    said = zip(names, drafts, strict=True)
    return len({years_in(f"{name} {_title(draft)}") for name, draft in said})


def _latest(names: Sequence[str], drafts: Sequence[TableDraft]) -> int:
    """Which of some sheets of single years is of the latest; the first where they are not all of different years."""
    years = [years_in(f"{name} {_title(draft)}") for name, draft in zip(names, drafts, strict=True)]
    if any(len(one) != 1 for one in years) or len(set(years)) < len(years):
        return 0
    return max(range(len(years)), key=lambda k: years[k])


def _title(draft: TableDraft) -> str:
    return " ".join(
        draft.cells.text(row, j) for row in draft.region.titles[-2:] for j in range(min(draft.cells.width, 6))
    )


def _part_of_another(drafts: Sequence[TableDraft], choice: TablesChosen, answers: Answers) -> None:
    """A table of some funds beside one of all funds, with the same lines and nowhere more on them."""
    whole = re.compile(r"\b(?:all|total|whole|combined|consolidated|overall)\b", re.IGNORECASE)
    for big, draft in enumerate(drafts):
        if big in choice.aside or not whole.search(f"{draft.sheet} {_title(draft)}"):
            continue
        for small, other in enumerate(drafts):
            if (
                small == big
                or small in {*choice.aside, *choice.told}
                or other.fingerprint != draft.fingerprint
            ):
                continue
            if whole.search(f"{other.sheet} {_title(other)}") or not _nowhere_more(draft, other):
                continue
            choice.aside[small] = Reason.PART_OF_SHEET.of(draft.sheet)
            answers.ask(
                load_key(other),
                f"Are the lines of sheet '{other.sheet}' money of their own, or part of those on sheet '{draft.sheet}'?",
                LEAVE,
                "the same lines stand there with figures at least as large",
                (LEAVE, LOAD),
            )
            choice.problems.append(
                Problem(
                    Location(other.file, other.sheet),
                    f"The lines of this sheet are taken to be part of those on sheet '{draft.sheet}', and are not loaded again.",
                    "Answer that they are to be loaded if they are money of their own.",
                    Severity.WARNING,
                    "part-of-another-sheet",
                )
            )


def _nowhere_more(draft: TableDraft, other: TableDraft) -> bool:
    def by_label(one: TableDraft) -> dict[tuple[str, int], int]:
        return {
            (one.rows.labels[int(i)], c.index - one.region.left): abs(int(one.figures[c.index].whole[i]))
            * 10 ** (9 - one.figures[c.index].places)
            for i in one.lines
            for c in one.amounts()
        }

    mine, theirs = by_label(draft), by_label(other)
    shared = [key for key in theirs if key in mine]
    labels = {label for label, _ in theirs}
    if len({label for label, _ in shared}) < 0.8 * len(labels) or len(labels) < 5:
        return False
    return all(theirs[key] <= mine[key] * 1.0 for key in shared if mine[key]) or (
        sum(theirs[key] <= mine[key] for key in shared) >= 0.9 * len(shared)
    )
