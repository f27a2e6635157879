"""Which columns of a table add up, and which are alternatives of which only one may be loaded.

Last year's budget and this year's are two budgets; gross expenditure and income are two parts of one.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np

from budget_model.intake.files.grid import column_index, column_name
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.across import EITHER_WAY
from budget_model.intake.rules.alternative import ONE_BUDGET, Alternative, Grouping
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.twice import common_money
from budget_model.intake.rules.verdict import RelationKind
from budget_model.intake.rules.year_parts import accumulate, together
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.columns import Column, runs_of_columns
from budget_model.intake.sheet.periods import period_of, to_date
from budget_model.intake.sheet.phase_words import Phase, phase_within, phase_word_within
from budget_model.intake.sheet.table import Measure
from budget_model.intake.sheet.word_tables import normal
from budget_model.intake.sheet.years import years_in
from budget_model.same_money import limits

NAMED_AS_PARTS: Final = limit("alternatives", "named_as_parts")
FORMULAS_HOLD: Final = limit("alternatives", "formulas_hold")
NAMED_AS_PERIODS: Final = limit("alternatives", "named_as_periods")
KINDS_OF_COST: Final = limit("alternatives", "kinds_of_cost")

_LIKELY = (
    (re.compile(r"\b(?:original|approved|adopted|agreed|final)\b|\bbase budget\b", re.I), 3),
    (re.compile(r"\bbudget\b|\bestimate|\bansatz\b", re.I), 2.5),
    (re.compile(r"\bplan\b|\bproposed\b|\brequest\b", re.I), 2),
    (re.compile(r"\bout-?turn\b|\bactual|\bergebnis\b", re.I), 1),
    (re.compile(r"\bforecast\b|\bprojec|\bindicative\b", re.I), 0),
)


_LIKELY_PHASES = {
    Phase.APPROVED: 3,
    Phase.REVISED: 2.5,
    Phase.PROPOSED: 2,
    Phase.ACTUAL: 1,
    Phase.COMMITTED: 0.8,
    Phase.PAID: 0.7,
    Phase.FORECAST: 0,
}
"""How likely an alternative of each phase is the one to load, where words of another language name it."""
_SERVICES = re.compile(
    r"\b(?:service expenditure|cost of (?:all )?services|(?:net|total) cost of service)", re.I
)
DECIDED: Final = limit("alternatives", "decided")
_TO_DATE = re.compile(
    r"\byear[\s-]to[\s-]date\b|\bytd\b|\bto date\b|\b(?:in|this|current)[\s-](?:month|period)\b|\bspen[dt] to\b",
    re.I,
)
"""What is so only of a part of the year, or of the years before."""
ADD_UP = "add them up"
"""The answer where columns that seemed alternatives are parts of one whole: departments, areas."""


def choices(
    draft: TableDraft, measures: Sequence[Measure], answers: Answers
) -> tuple[tuple[Measure, ...], str]:
    """The measures with the alternative that each belongs to, and the alternative that would be loaded."""
    again = _under_one_header(draft, measures, answers)
    marked, loaded = _alternatives(draft, [m for m in measures if m.column not in again], answers)
    known = iter(marked)
    return tuple(
        replace(m, choice=f"column {m.letter}") if m.column in again else next(known) for m in measures
    ), loaded


def _under_one_header(draft: TableDraft, measures: Sequence[Measure], answers: Answers) -> set[int]:
    """The columns of amounts that another under the same header holds again, and that are not loaded."""
    named: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.role == "line amount" and measure.split is None and measure.name and _live(measure):
            named.setdefault(measure.name.casefold(), []).append(measure)
    left_out: set[int] = set()
    for group in named.values():
        if len(group) > 1 and not _proved_parts(draft, group):
            left_out |= _once_of(draft, group, answers)
    return left_out


def _live(measure: Measure) -> bool:
    return bool(measure.total or measure.expenditure)


def _once_of(draft: TableDraft, group: Sequence[Measure], answers: Answers) -> set[int]:
    """Ask of columns under one header whether they add up; the columns that are then not loaded."""
    common = min(common_money(draft, group[0].column, other.column) for other in group[1:])
    options = [*(f"only column {m.letter}" for m in group), ADD_UP]
    letters = " and ".join(m.letter for m in group)
    alike = common >= limits().same_columns
    answer = answers.ask(
        f"header-twice:{draft.fingerprint}:{letters.replace(' and ', '+')}",
        f"Columns {letters} of {draft.where()} have the same header, '{group[0].name}'. Do they add up, or is it "
        f"the same money twice? Line by line {common:.0%} of it is in both.",
        options[0] if alike else ADD_UP,
        "so much alike, they are as a rule two versions" if alike else "the amounts are unlike",
        options,
    )
    if answer == ADD_UP:
        return set()
    return {m.column for m, option in zip(group, options, strict=False) if option != answer}


def _alternatives(
    draft: TableDraft, measures: Sequence[Measure], answers: Answers
) -> tuple[tuple[Measure, ...], str]:
    """Which columns are alternatives by year, phase or arithmetic, and the alternative that would be loaded."""
    amounts = [m for m in measures if m.role == "line amount"]
    keys = _keys(draft, amounts)
    marked = tuple(_marked(m, keys[m]) if m in keys else m for m in measures)
    options = list(dict.fromkeys(keys[m] for m in amounts))
    if len(options) < 2:
        return _only_option(draft, marked, options[0] if options else ONE_BUDGET, answers)
    totals = {
        option: any(m.total or m.expenditure for m in amounts if keys[m] == option) for option in options
    }
    live = [option for option in options if totals[option]] or options
    running = draft.splits is None and _running(draft, amounts)
    many = {option: _columns_beside(option, amounts, keys) for option in options}
    decided = _first_year_of_title(draft)
    superseded = _superseded(draft, amounts, keys)
    so_far = any(map(_part_of_the_year, live))
    best = max(
        live,
        key=lambda option: (
            _what_services_cost(option),
            option.grouping is not Grouping.BESIDE_SERVICES,
            not _part_of_the_year(option),
            not (so_far and _entered_into(option.name) and not _latest(option, amounts, keys)),
            many[option],
            options.index(option) if running else 0,
            min(_likelihood(option.name), DECIDED),
            any(words.SAYS_MONEY.search(m.name) for m in amounts if keys[m] == option),
            bool(decided) and _latest(option, amounts, keys) == decided,
            _latest(option, amounts, keys),
            option not in superseded,
            _likelihood(option.name),
            -options.index(option),
        ),
    )
    texts = [str(option) for option in options]
    of_cost = _kinds_of_cost(draft)
    plainly = not any(map(_year_and_phase, amounts)) and not running
    alone = not draft.across.relations
    parted = plainly and (of_cost or (alone and _parallel([m.name for m in amounts])))
    answer = answers.ask(
        f"choice:{draft.fingerprint}",
        f"The columns of {draft.where()} are alternatives that must not be added up. Which one is to be loaded?",
        ADD_UP if parted else str(best),
        (_OF_COST if of_cost else _NAMED_ALIKE) if parted else _why_best(best, running=running),
        texts if running or any(map(_year_and_phase, amounts)) else [*texts, ADD_UP],
    )
    if answer == ADD_UP:
        return tuple(replace(m, choice="") for m in marked), ""
    return _together(draft, marked, answer, answers)


def _marked(measure: Measure, alternative: Alternative) -> Measure:
    return replace(measure, choice=str(alternative), adds_up_to=alternative.total)


_OF_COST = "its lines are kinds of cost, so its columns may be the bodies that have them"
_NAMED_ALIKE = "its columns are named alike, as the parts of one whole are"


def _parallel(names: Sequence[str]) -> bool:
    """Whether headers are named alike: with the same first words, or all by groups and none by money.

    >>> _parallel(["Loans from banks", "Loans from households"]), _parallel(["Cost", "Grant"])
    (True, False)
    """
    if any(
        words.NET.search(name) or words.TOTAL.search(name) or words.DIFFERENCE.search(name) for name in names
    ):
        return False
    first = [normal(name).split()[:2] for name in names]
    alike = len(names) > 1 and all(one == first[0] for one in first) and len(first[0]) == 2
    told = any(words.MONEY.search(name) or period_of(name) for name in names)
    groups = len(names) > 2 and not told and all(map(normal, names))
    return alike or groups


_SO_FAR = words.hints("alternatives.so_far")


def _part_of_the_year(option: Alternative) -> bool:
    """Whether an alternative is of a part of the year only: so far, in this month."""
    worded = (
        _SO_FAR.search(option.name) or _TO_DATE.search(option.name) or to_date.search(option.name.casefold())
    )
    return option.partly or bool(worded)


def _entered_into(name: str) -> bool:
    """Whether an alternative is called as what is committed or paid, which beside what is spent to date is no whole year."""
    return phase_within(name) in (Phase.COMMITTED, Phase.PAID)


def _columns_beside(
    option: Alternative, amounts: Sequence[Measure], keys: Mapping[Measure, Alternative]
) -> int:
    """How many columns a total across proves to be parts of one whole; parts of a year count as one."""
    own = [m for m in amounts if keys[m] == option]
    parts = option.grouping is Grouping.TOTAL and not all(period_of(m.name) for m in own)
    return len(own) if parts else 1


def _only_option(
    draft: TableDraft, marked: tuple[Measure, ...], only: Alternative, answers: Answers
) -> tuple[tuple[Measure, ...], str]:
    """All that can be loaded; where it covers a part of the year only, the officer is told by a question."""
    chosen = str(only)
    if not only.partly:
        return marked, chosen
    names = list(dict.fromkeys(m.name for m in marked if m.choice == chosen))
    answer = answers.ask(
        f"choice:{draft.fingerprint}",
        f"The columns of {draft.where()} cover a part of the year only: {only}. What is to be loaded?",
        ADD_UP,
        "nothing on the sheet says what the whole year comes to",
        [ADD_UP, *names],
    )
    if answer == ADD_UP:
        return marked, chosen
    return tuple(replace(m, choice=m.name) if m.choice == chosen else m for m in marked), answer


def _together(
    draft: TableDraft, marked: tuple[Measure, ...], chosen: str, answers: Answers
) -> tuple[tuple[Measure, ...], str]:
    """Of one year and phase several columns: added up where that is proved or plain, else asked about."""
    group = [m for m in marked if m.role == "line amount" and m.choice == chosen]
    names = [f"only {m.name}" for m in group]
    if len({m.column for m in group}) < 2 or _plainly_parts(draft, group) or len(set(names)) < len(names):
        return marked, chosen
    answer = answers.ask(
        f"together:{draft.fingerprint}",
        f"On {draft.where()} several columns are of {chosen}: {', '.join(m.name for m in group[:6])}. "
        "Do they add up, or is only one of them to be loaded?",
        ADD_UP,
        "nothing in the table says that they are the same money twice",
        [ADD_UP, *names],
    )
    if answer == ADD_UP:
        return marked, chosen
    wanted = group[names.index(answer)]
    return tuple(replace(m, choice=f"{chosen}, {m.name}") if m in group else m for m in marked), (
        f"{chosen}, {wanted.name}"
    )


def _plainly_parts(draft: TableDraft, group: Sequence[Measure]) -> bool:
    """Whether arithmetic, the sides or the headers say that columns are parts of one whole."""
    return _proved_parts(draft, group) or _parts_of_a_whole(group)


def _proved_parts(draft: TableDraft, group: Sequence[Measure]) -> bool:
    """Whether a total across covers all of the columns, or they are sides of one account."""
    columns = {m.column for m in group}
    sums = _adding_up(draft)
    covered = columns <= set(sums) and len({sums[column] for column in columns}) == 1
    return covered or columns <= set(draft.sides.of_column)


def _kinds_of_cost(draft: TableDraft) -> bool:
    """Whether most lines are kinds of cost, which several departments beside each other have."""
    labels = {draft.rows.labels[i] for i in draft.lines.tolist()[:500]}
    return sum(bool(_SUBJECTIVE.search(label)) for label in labels) >= KINDS_OF_COST * max(2, len(labels))


_SUBJECTIVE = words.any_of(
    r"\bemployees?\b",
    r"\bstaff(?:ing)?\b",
    r"\bpay\b",
    r"\bpremises\b",
    r"\btransport\b",
    r"\bsupplies\b",
    r"\bthird[\s-]party\b",
    r"\bsupport services\b",
    r"\bcapital (?:financing|charges)\b",
    r"\bagency\b",
    r"\brecharges?\b",
)


def _why_best(best: Alternative, *, running: bool) -> str:
    if running:
        return "each includes the one before it, so the last is the whole year"
    if _what_services_cost(best):
        return "it is what the services cost; the others pay for them, or say the same another way"
    return (
        "it is the latest budget among them"
        if _likelihood(best.name) >= 2
        else "it is the likeliest among them"
    )


def _what_services_cost(option: Alternative) -> bool:
    """Whether an alternative is the detail of what services cost, which is what can be mapped."""
    return option.grouping is Grouping.TOTAL and bool(_SERVICES.search(option.name))


def _first_year_of_title(draft: TableDraft) -> str:
    """The first year that the titles name: of a programme over several years, the one that is decided."""
    texts = [
        draft.cells.text(row, j)
        for row in reversed(draft.region.titles)
        for j in range(min(6, draft.cells.width))
    ]
    return next((years[0] for text in texts if (years := years_in(text))), "")


def _keys(draft: TableDraft, amounts: Sequence[Measure]) -> dict[Measure, Alternative]:
    """For each amount the alternative it belongs to, which has no name where there is but one."""
    if len(amounts) < 2:
        return dict.fromkeys(amounts, ONE_BUDGET)
    if draft.splits is not None and any(m.split is not None for m in amounts):
        names = draft.splits.names
        if _a_row_for_each(draft, amounts):
            return {m: Alternative(names[m.split or 0]) for m in amounts}
        own = amounts[0].split
        said = names[own or 0]
        within = _keys(
            _unsplit(draft),
            [
                replace(m, split=None, name=m.name.removesuffix(said).strip())
                for m in amounts
                if m.split == own
            ],
        )
        other = {m.column: key for m, key in within.items()}
        return {m: other.get(m.column, ONE_BUDGET).of_part(names[m.split or 0]) for m in amounts}
    parts = _parts_of_years(draft, amounts)
    if parts:
        others = [m for m in amounts if m not in parts]
        covered = _adding_up(draft)
        beside = {
            m: key or covered.get(m.column) or Alternative(m.name) for m, key in _keys(draft, others).items()
        }
        return parts | beside
    named = {m: Alternative(text) for m, text in _said(draft, amounts).items()}
    several = len({m.year for m in amounts if m.year}) > 1
    if len(set(named.values())) > 1 and all(named.values()):
        return named
    sums = _adding_up(draft)
    if any(m.column in sums for m in amounts):
        keys = {m: sums.get(m.column) or named[m] or Alternative(m.name) for m in amounts}
        return keys if len(set(keys.values())) > 1 else dict.fromkeys(amounts, ONE_BUDGET)
    if _running(draft, amounts):
        return {m: Alternative(m.name) for m in amounts}
    some = {m.column for m in amounts if m.total or m.expenditure}
    if (some and some <= set(draft.sides.of_column)) or _parts_of_a_whole(amounts):
        return dict.fromkeys(amounts, ONE_BUDGET)
    return {m: (named[m] if several else None) or Alternative(m.name) for m in amounts}


def _a_row_for_each(draft: TableDraft, amounts: Sequence[Measure]) -> bool:
    """Whether each year has one row, and the columns, of which none names a phase or a total, are its lines."""
    assert draft.splits is not None  # noqa: S101
    own = draft.splits.of_row[draft.lines]
    once = len(np.unique(own[own >= 0])) == int((own >= 0).sum())
    columns = {m.column: m for m in amounts}
    headers = [column for column in draft.columns if column.index in columns]
    plain = not any(words.PHASE.search(c.name) or words.TOTAL.search(c.name) or c.years for c in headers)
    return once and plain and len(headers) >= FEWEST_LINES


def _parts_of_years(draft: TableDraft, amounts: Sequence[Measure]) -> dict[Measure, Alternative]:
    """The columns that add up to a year, where no total across covers them already; of two sides together."""
    sums = _adding_up(draft)
    found = {m: name for m, name in together(draft, amounts).items() if m.column not in sums}
    if len(found) == 1:
        return {}
    whole = {part for part in found.values() if not part.partly}
    sides = {draft.sides.of_column.get(m.column, 0) for m in found}
    if len(set(found.values())) > 1 and len(sides) > 1 and 0 not in sides:
        names = sorted(map(str, whole or found.values()))
        return dict.fromkeys(found, Alternative(", ".join(names), partly=not whole))
    return found


def _said(draft: TableDraft, amounts: Sequence[Measure]) -> dict[Measure, str]:
    """What each header says of body, year and phase; of two columns with a difference beside them, all it says."""
    bodies = _bodies(draft, amounts)
    named = {m: " ".join(one for one in (bodies.get(m, ""), _year_and_phase(m)) if one) for m in amounts}
    by_column = {m.column: m for m in amounts}
    for relation in draft.across.relations.values():
        pair = [by_column[i] for i in (*relation.plus, *relation.minus) if i in by_column]
        if relation.kind not in ("difference", EITHER_WAY) or len(pair) != 2 or len(relation.plus) != 1:
            continue
        if named[pair[0]] and named[pair[0]] == named[pair[1]] and pair[0].name != pair[1].name:
            named |= {m: m.name for m in pair}
    return named


_ALL_TOGETHER = re.compile(r"(?:the )?(?:group|consolidated|consolidation)", re.IGNORECASE)
_BY_ITSELF = re.compile(
    r"(?:the |parent |single )?(?:association|company|trust|charity|council|authority|parent|entity|society|university|college|corporation"
    r"|pcc|opcc|chief constable|body)(?: only| alone)?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"[£€$]\s?\S*|['’]?0{3}['’]?s?\b|\b(?:19|20)\d{2}(?:\s?[-/]\s?\d{2,4})?\b|[^\w\s]")


def _bodies(draft: TableDraft, amounts: Sequence[Measure]) -> dict[Measure, str]:
    """Columns of a group and of the body by itself: the group holds the body's money already."""
    parts = {column.index: column.parts for column in draft.columns}
    found = {}
    for measure in amounts:
        texts = [" ".join(_NO_NAME.sub(" ", part).split()) for part in parts.get(measure.column, ())]
        said = [text for text in texts if _ALL_TOGETHER.fullmatch(text) or _BY_ITSELF.fullmatch(text)]
        if said:
            found[measure] = said[0]
    group = [bool(_ALL_TOGETHER.fullmatch(text)) for text in found.values()]
    return found if any(group) and not all(group) else {}


def _superseded(
    draft: TableDraft, amounts: Sequence[Measure], keys: Mapping[Measure, Alternative]
) -> set[Alternative]:
    """The budgets that changes shown in the table have led to a later one of."""
    by_column = {m.column: keys[m] for m in amounts}
    return {
        by_column[index]
        for relation in draft.across.relations.values()
        if relation.kind == "revision" and relation.column in by_column
        for index in relation.plus
        if index in by_column
    }


def _unsplit(draft: TableDraft) -> TableDraft:
    return replace(draft, splits=None)


def _adding_up(draft: TableDraft) -> dict[int, Alternative]:
    """For each column that a total across covers, however deep, the outermost such total.

    Where one of the totals on the way is what services cost, it parts them from what only pays for them:
    grants, levies, reserves and the tax. Where one is of all months of a year, it parts them from what is accrued.
    """
    by_index = {column.index: column for column in draft.columns}
    sums = {
        one.column: (*one.plus, *one.minus) for one in draft.across.relations.values() if one.kind == "sum"
    }
    covered = {index for members in sums.values() for index in members}
    found: dict[int, Alternative] = {}

    again = {
        one.plus[0]: one.column for one in draft.across.relations.values() if one.kind == RelationKind.REPEAT
    }

    def named(index: int) -> str:
        other = again.get(index, index)
        # 'Full year budget' says better than 'YTD budget' in the last month what all months come to
        index = other if _TO_DATE.search(by_index[index].name) else index
        return by_index[index].name or f"column {by_index[index].letter}"

    def all_of(index: int) -> Alternative:
        return Alternative(named(index), Grouping.TOTAL, index)

    for top in sums:
        if top in covered:
            continue
        below = _below(sums, top)
        if _of_several_years([by_index[index] for index in below]):
            continue
        services = [index for index in (top, *below) if index in sums and _SERVICES.search(named(index))]
        services = services or [one for one in below if one in sums and _a_whole_year(draft, sums[one])]
        inside = {index: one for one in services for index in _below(sums, one)}
        apart = [index for index in below if index not in inside and index not in services]
        if not services or not apart:
            found |= dict.fromkeys(below, all_of(top))
            continue
        found |= {index: all_of(one) for index, one in inside.items()}
        found |= dict.fromkeys(apart, Alternative(named(top), Grouping.BESIDE_SERVICES))
    # Where a total across stands alone on some lines, it is loaded there beside the columns that it covers.
    found |= {top: found[sums[top][0]] for top in draft.alone if top in sums and sums[top][0] in found}
    return found or _by_formulas(draft)


def _a_whole_year(draft: TableDraft, members: Sequence[int]) -> bool:
    """Whether some columns are all the parts of one year, each once."""
    columns = [column for column in draft.columns if column.index in members]
    return any(run.whole and len(run.places) == len(columns) for run in runs_of_columns(columns))


_ONE_CELL = r"\$?[A-Z]{1,3}\$?\d+"
_SUM_OF_CELLS = re.compile(
    rf"=\(?(?:{_ONE_CELL}(?:\+{_ONE_CELL})+|SUM\({_ONE_CELL}(?:[:,]{_ONE_CELL})+\))\)?", re.IGNORECASE
)
_CELL = re.compile(r"(?P<range>:)?\$?(?P<letter>[A-Z]{1,3})\$?(?P<row>\d+)", re.IGNORECASE)


def _by_formulas(draft: TableDraft) -> dict[int, Alternative]:
    """The columns that formulas without a result add up on the same row, on most lines."""
    written = draft.cells.sheet.facts.uncalculated
    if not written:
        return {}
    lines = {draft.body.start + int(i) for i in draft.lines}
    seen: Counter[tuple[int, frozenset[int]]] = Counter()
    for (row, column), formula in written.items():
        members = _columns_added(formula.replace(" ", ""), row) if row in lines else frozenset()
        if len(members) >= 2 and column not in members:
            seen[column, members] += 1
    for (column, members), times in seen.most_common(1):
        if times >= FORMULAS_HOLD * len(lines):
            name = (
                next((c.name for c in draft.columns if c.index == column), "")
                or f"column {column_name(column)}"
            )
            return dict.fromkeys(members, Alternative(name, Grouping.TOTAL, column))
    return {}


def _columns_added(formula: str, row: int) -> frozenset[int]:
    """The columns of the cells of one row that a formula adds up, if it does nothing else.

    >>> sorted(_columns_added("=B2+C2", 1)), sorted(_columns_added("=SUM(B2:D2)", 1)), sorted(_columns_added("=B2-C2", 1))
    ([1, 2], [1, 2, 3], [])
    """
    if not _SUM_OF_CELLS.fullmatch(formula):
        return frozenset()
    found: list[int] = []
    for match in _CELL.finditer(formula):
        if int(match["row"]) != row + 1:
            return frozenset()
        index = column_index(match["letter"].upper())
        found += range(found[-1] + 1, index + 1) if match["range"] and found else [index]
    return frozenset(found)


def _of_several_years(columns: Sequence[Column]) -> bool:
    """Whether columns that add up are years of a programme, each of which is a budget of its own."""
    years = {column.years for column in columns if column.years and not _PERIODS.search(column.name)}
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


_RELATIVE = re.compile(
    r"\b(?P<last>last|previous|prior|preceding)(?: financial)? year\b|\b(?P<this>this|current)(?: financial)? year\b"
    r"|\b(?P<next>next|coming|following|forthcoming)(?: financial)? year\b",
    re.IGNORECASE,
)
"""Years that a header names without a number."""


def _relative_year(name: str) -> str:
    found = _RELATIVE.search(name)
    return f"{found.lastgroup} year" if found else ""


def _year_and_phase(measure: Measure) -> str:
    """The year and phase that a header names: '2016-17 budget'."""
    year = measure.year or _relative_year(measure.name)
    rest = _RELATIVE.sub(" ", measure.name)
    phase = words.PHASE.search(rest)
    longest = phase_word_within(rest)
    said = (
        year,
        longest if phase and len(longest) > len(phase[0]) else phase[0].casefold() if phase else longest,
    )
    part = "to date" if _TO_DATE.search(measure.name) and any(said) else ""
    return " ".join(one for one in (*said, part) if one)


_PARTS = words.any_of(
    r"\bemployees?\b",
    r"\bpremises\b",
    r"\btransport\b",
    r"\bsupplies\b",
    r"\bthird[\s-]party\b",
    r"\bsupport services\b",
    r"\bcapital (?:financing|charges)\b",
    r"\bsalar",
    r"\bpay\b",
    r"\bnon-pay\b",
    r"\bservices?\b",
    r"\bsocial care\b",
    r"\beducation\b",
    r"\bhousing\b",
    r"\bhighways\b",
    r"\bq(?:uarter)? ?[1-4]\b",
    r"\bagency\b",
    r"\bother\b",
    r"\bclass \d+\b",
    *(rf"\b{month[:3]}" for month in words.MONTHS),
)


_CODED_PART = re.compile(r"(?!FY|[QYVPM]\d)[A-Z]{1,3}\d{2,3}[A-Z]?\b.*", re.DOTALL)
"""A kind of cost by its number in a return: E01, E26 Agency supply."""


def _parts_of_a_whole(amounts: Sequence[Measure]) -> bool:
    """Whether the headers name parts of one whole: kinds of cost, services, months."""
    named = sum(bool(_PARTS.search(m.name)) for m in amounts)
    if _months_in_turn([m.name.strip() for m in amounts]):
        return True
    coded = sum(bool(_CODED_PART.fullmatch(m.name.strip())) for m in amounts)
    return max(named, coded) >= NAMED_AS_PARTS * len(amounts) and len(amounts) >= 2


def _months_in_turn(names: Sequence[str]) -> bool:
    """Whether the headers are dates of months that follow each other."""
    found = [re.fullmatch(r"((?:19|20)\d{2})-(\d{2})-\d{2}", name) for name in names]
    months = [int(match[1]) * 12 + int(match[2]) for match in found if match]
    return len(months) == len(names) >= 2 and all(b - a == 1 for a, b in pairwise(months))


_PERIODS = words.any_of(
    r"\bq(?:uarter)? ?[1-4]\b",
    r"\b(?:p|period|month|m) ?\d{1,2}\b",
    r"\bytd\b",
    r"\bto date\b",
    r"^\s*(?:19|20)\d{2}-\d{2}-\d{2}\s*$",
    *(rf"\b{month[:3]}" for month in words.MONTHS),
)


def _running(draft: TableDraft, amounts: Sequence[Measure]) -> bool:
    """Whether the columns are months or quarters each of which includes the one before: running totals."""
    if len(amounts) < FEWEST_RUNNING or len(draft.lines) < FEWEST_LINES:
        return False
    if sum(bool(_PERIODS.search(m.name) or period_of(m.name)) for m in amounts) < NAMED_AS_PERIODS * len(
        amounts
    ):
        return False
    return accumulate(draft, amounts)


FEWEST_RUNNING: Final = count("alternatives", "fewest_running")
FEWEST_LINES: Final = count("alternatives", "fewest_lines")


def _likelihood(name: str) -> float:
    phase = phase_within(name)
    otherwise = _LIKELY_PHASES.get(phase, 1) if phase else 1
    return next((worth for pattern, worth in _LIKELY if pattern.search(name)), otherwise)


def _latest(option: Alternative, amounts: Sequence[Measure], keys: Mapping[Measure, Alternative]) -> str:
    return max(
        (m.year or _IN_TURN.get(_relative_year(m.name), "") for m in amounts if keys[m] == option), default=""
    )


_IN_TURN = {"last year": "1", "this year": "2", "next year": "3"}
