"""What each row of a table is: a line, a total, a heading that applies below, a note, blank or a header again.

No row is left out without a reason: every row of the body gets a role and says why.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells, Mask, present
from budget_model.intake.files.exact import exact
from budget_model.intake.rules.body import body_of, rounding_of
from budget_model.intake.rules.hierarchy import Hierarchy, best_hierarchy, hierarchies, read_hierarchy
from budget_model.intake.rules.listen import assume, hear
from budget_model.intake.rules.rule import Needs, Rule
from budget_model.intake.rules.settle import settle
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.totals import PAYMENT, Hint, Tree, Word, find_totals
from budget_model.intake.rules.verdict import RowAt, Total, Verdict, proof_of, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column, tells_depth
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role, RowRole


@dataclass(slots=True)
class Rows:
    """Every row of a table's body, by its distance from the first."""

    start: int
    roles: NDArray[np.uint8]
    reasons: dict[int, Because] = field(default_factory=dict)
    totals: dict[int, Total] = field(default_factory=dict)
    """Totals by body row; their members are body rows too."""
    labels: list[str] = field(default_factory=list)
    parts: frozenset[int] = frozenset()
    """Rows that say they are part of another ('of which')."""
    doubts: dict[int, Because] = field(default_factory=dict)
    top: tuple[int, ...] = ()
    """The rows that no total covers."""

    def count(self, role: RowRole) -> int:
        """How many rows have a role."""
        return int((self.roles == role).sum())


def roles_of_rows(
    cells: Cells,
    region: Region,
    columns: Sequence[Column],
    factor: int,
    splits: NDArray[np.int32] | None = None,
    answered: dict[str, str] | None = None,
    left_out: Mapping[int, Because] | None = None,
    settled: Settled | None = None,
) -> Rows:
    """Give every row of a table its role; `answered` says of some rows whether they are totals or lines.

    `left_out` are body rows that hold no money of the year, whatever their figures, each with its reason.

    A row is named by its label, which like-worded rows share, or by its mark (`row_marks`), which is its own.
    """
    settled = Settled() if settled is None else settled
    body = body_of(cells, region, columns, labels_of(cells, region, columns), factor, answered)
    settled.start_rows(body.has_amounts)
    assume(settled, RowAt)
    hear(Needs.ROWS, body, settled)
    settle(
        settled,
        LEFT_OUT,
        [
            row(i, RowRole.NOTE, why, proof_of(why.reason))
            for i, why in (left_out or {}).items()
            if body.told.get(i) != "a line"
        ],
    )
    rows = Rows(body.start, settled.roles.copy(), labels=list(body.labels))
    _take_settled(rows, settled)
    items = np.flatnonzero(rows.roles == RowRole.LINE)
    if len(items):
        _find_totals(
            cells,
            region,
            columns,
            rows,
            items,
            list(body.amounts),
            body.figured,
            factor,
            splits,
            dict(body.told),
        )
    _hear_passes(rows, settled)
    hear(Needs.TOTALS, replace(body, labels=tuple(rows.labels)), settled)
    _take_settled(rows, settled)
    return rows


LEFT_OUT = Rule("the column of directions", Needs.ROWS, lambda _body, _settled: (), overrules=tuple(Reason))
PASSES = Rule("the arithmetic of rows", Needs.ROWS, lambda _body, _settled: (), overrules=tuple(Reason))
"""What is not yet told as single rules speaks as one."""


def _hear_passes(rows: Rows, settled: Settled) -> None:
    """Let what the passes found of rows be heard as verdicts."""
    changed = np.flatnonzero(rows.roles != settled.roles).tolist()
    settle(settled, PASSES, [_of_pass(rows, i) for i in sorted({*changed, *rows.totals, *rows.doubts})])


def _of_pass(rows: Rows, i: int) -> Verdict:
    total = rows.totals.get(i)
    because = rows.reasons.get(i) or (total.why if total else Reason.HOLDS_AMOUNTS).of()
    proof = proof_of(because.reason)
    return Verdict(RowAt(i), RowRole(int(rows.roles[i])), because, proof, total, rows.doubts.get(i))


def _take_settled(rows: Rows, settled: Settled) -> None:
    """Let the passes that follow see what the rules have settled."""
    verdicts = settled.of_rows()
    rows.roles = settled.roles.copy()
    rows.reasons = {
        i: verdict.because
        for i, verdict in verdicts.items()
        if verdict.because.reason is not Reason.HOLDS_AMOUNTS
        and not (verdict.total and verdict.because.reason is verdict.total.why)
    }
    rows.totals, rows.doubts = settled.totals(), settled.doubts()
    covered = {k for total in rows.totals.values() for k in (*total.plus, *total.minus)}
    kept = (RowRole.LINE, RowRole.TOTAL)
    rows.top = tuple(i for i in rows.top if i not in covered and settled.role(i) in kept)


def labels_of(cells: Cells, region: Region, columns: Sequence[Column]) -> list[str]:
    """What each row says before its figures: its first words, those of a code only where there are no others."""
    body = region.body
    first = next((c.index for c in columns if c.role is Role.AMOUNT), region.right + 1)
    wordy = [c.index for c in columns if c.role in (Role.WORDS, Role.EMPTY) or c.index < first]
    left = [j for j in wordy if j < first] or wordy
    codes = [j for j in left if _holds_codes(cells, region, j)]
    labels = np.full(len(body), "", object)
    bare = np.ones(len(body), bool)
    for j in [*(j for j in left if j not in codes), *codes]:
        at = np.flatnonzero(bare & (cells.kinds[body.start : body.stop, j] == CellKind.TEXT))
        if len(at):
            labels[at] = cells.coded(j).over(at + body.start)
            bare[at] = False
    return list(labels)


_CODE_TEXT = re.compile(r"(?=\S*\d)[A-Za-z]{0,5}[-/. ]?\d[\w./-]*")


def _holds_codes(cells: Cells, region: Region, j: int) -> bool:
    """Whether a column of words holds codes, with a figure in each: 'BFR110', 'CC0412'."""
    texts = [text for text in (cells.text(row, j) for row in region.body[:500]) if text]
    return len(texts) >= 3 and sum(bool(_CODE_TEXT.fullmatch(text)) for text in texts) >= 0.8 * len(texts)


MOST_BELOW = 8
"""So many rows at the end of a table are looked at for what the lines are on average, at most and at least."""
FEWEST_AVERAGED = 3


def _statistics(cells: Cells, rows: Rows, items: NDArray[np.intp], amounts: Sequence[int]) -> None:
    """Rows at the end that say the mean, the largest or the smallest of the lines above them.

    What is called so and is none of them is asked about; below a total the figures tell a mean without the
    word.
    """
    if len(items) > 5000:
        return
    lines = [int(i) for i in items if rows.roles[i] == RowRole.LINE]
    for i in map(int, items[-MOST_BELOW:]):
        worded = bool(words.STATISTIC.fullmatch(rows.labels[i]))
        last = max((k for k in rows.totals if k < i), default=-1)
        above = [k for k in lines if k < (last if last > 0 else i)]
        if (not worded and (i not in lines or last < 0)) or len(above) < FEWEST_AVERAGED:
            continue
        at = np.array([*above, i], np.intp) + rows.start
        figures = cells.numbers[at][:, list(amounts)]
        numbers = np.where(cells.kinds[at][:, list(amounts)] == CellKind.NUMBER, figures, np.nan)
        said = _statistic(numbers[:-1], numbers[-1])
        if said and (worded or said == MEAN):
            rows.roles[i], rows.reasons[i] = RowRole.NOTE, Reason.STATISTIC.of(said)
            rows.totals.pop(i, None)
            rows.doubts.pop(i, None)
            lines = [k for k in lines if k != i]
        elif worded and i in lines:
            rows.doubts.setdefault(i, Reason.NO_STATISTIC.of())


MEAN = "the mean"


def _statistic(lines: NDArray[np.float64], row: NDArray[np.float64]) -> str:
    """What a row says of the lines, in each of its columns; '' where it is a line of its own.

    A mean is rounded as it is printed, to whole units at most; one that every line equals tells nothing.
    """
    live = np.isfinite(row) & np.isfinite(lines).any(axis=0)
    if not live.any() or (row[live] == 0).all():
        return ""
    own, said = lines[:, live], row[live]
    slack = np.where(said == np.rint(said), 0.5, 0.051) + 1e-9 * np.abs(said)
    for what, found in ((MEAN, np.nanmean(own, axis=0)), ("the median", np.nanmedian(own, axis=0))):
        if (np.abs(found - said) <= slack).all() and (
            what != MEAN or (np.nanmax(own, axis=0) != found).any()
        ):
            return what
    for what, found in (("the largest", np.nanmax(own, axis=0)), ("the smallest", np.nanmin(own, axis=0))):
        if (np.abs(found - said) <= 1e-6).all():
            return what
    return ""


def _find_totals(
    cells: Cells,
    region: Region,
    columns: Sequence[Column],
    rows: Rows,
    items: NDArray[np.intp],
    amounts: list[int],
    figure: Mask,
    factor: int,
    splits: NDArray[np.int32] | None,
    told: dict[int, str],
) -> None:
    body = region.body
    taken = [exact(cells.numbers[body.start : body.stop, j][items]) for j in amounts]
    figures = np.column_stack([one.whole for one in taken])
    filled = figure[items]
    figures = np.where(filled, figures, 0)
    hints = hints_of(cells, region, columns, rows, items)
    if told:
        hints = [_told(hint, told.get(int(i))) for hint, i in zip(hints, items, strict=True)]
    rounding = np.array([rounding_of(one, factor) for one in taken], np.int64)
    kinds = [0] if splits is None else sorted(set(splits[items].tolist()))
    parts: set[int] = set()
    top: list[int] = []
    levelled = False
    forward = _brought_forward(rows, items, figures, filled)
    for k in forward:
        rows.roles[items[k]] = RowRole.TOTAL
        rows.reasons[int(items[k])] = Reason.ROW_AGAIN.of(rows.start + int(items[k - 1]) + 1)
    for kind in kinds:
        chosen = np.arange(len(items)) if splits is None else np.flatnonzero(splits[items] == kind)
        chosen = np.array([k for k in chosen if k not in forward], np.intp) if forward else chosen
        own = [_moved(hints[int(k)], chosen) for k in chosen] if forward or splits is not None else hints
        tree = find_totals(figures[chosen], filled[chosen], own, rounding)
        levels = _levels(
            cells, region, columns, rows, items[chosen], figures[chosen], filled[chosen], rounding
        )
        if levels and not set(levels.children()) <= set(tree.totals):
            tree = read_hierarchy(levels, figures[chosen], filled[chosen], own, rounding)
        else:
            levels = None
        levelled |= levels is not None
        again = {} if levels else _echoes(tree, figures[chosen], filled[chosen], own)
        if again:
            for k, first in again.items():
                i = int(items[chosen[k]])
                rows.roles[i] = RowRole.TOTAL
                rows.reasons[i] = Reason.ROW_AGAIN.of(rows.start + int(items[chosen[first]]) + 1)
            kept = np.array([k for k in range(len(chosen)) if k not in again], np.intp)
            own = [_moved(hints[int(k)], chosen[kept]) for k in chosen[kept]]
            chosen = chosen[kept]
            tree = find_totals(figures[chosen], filled[chosen], own, rounding)
        _note_totals(rows, items[chosen], tree)
        parts.update(int(items[k]) for k in chosen.tolist() if hints[k].part)
        top += items[chosen[tree.top]].tolist()
        rows.doubts.update({int(items[int(chosen[k])]): why.of() for k, why in tree.doubts.items()})
    rows.parts, rows.top = frozenset(parts), tuple(top)
    for i in parts:
        rows.roles[i], rows.reasons[i] = RowRole.NOTE, Reason.PART_OF_ABOVE.of()
    if any(hint.group for hint in hints) and not levelled:
        _agree_among_blocks(rows, items, hints)
    _said_again(cells, region, rows, items, figures, filled, rounding)
    _financing_below(cells, region, rows, items, figures, filled, rounding)
    _results_of_nought(rows, items, figures, hints)
    _balances_among_flows(cells, columns, rows, items)
    _statistics(cells, rows, items, amounts)
    _as_answered(rows, items, told)


def _levels(
    cells: Cells,
    region: Region,
    columns: Sequence[Column],
    rows: Rows,
    items: NDArray[np.intp],
    figures: NDArray[np.int64],
    filled: Mask,
    rounding: NDArray[np.int64],
) -> Hierarchy | None:
    """The hierarchy that the file carries, where its sums prove it."""
    labels = [rows.labels[int(i)] for i in items]
    candidates = hierarchies(cells, region, columns, labels, items)
    return best_hierarchy(candidates, figures, filled, rounding)


def _brought_forward(
    rows: Rows, items: NDArray[np.intp], figures: NDArray[np.int64], filled: Mask
) -> frozenset[int]:
    """Rows at the head of a page that say once more what the page before it carried forward."""
    if len(items) > 50_000:
        return frozenset()
    found = []
    for k in range(1, len(items)):
        label = rows.labels[int(items[k])]
        if not words.BROUGHT_FORWARD.search(label):
            continue
        before = rows.labels[int(items[k - 1])]
        live = filled[k] & (figures[k] != 0)
        if before and not (words.CARRIED_FORWARD.search(before) or words.TOTAL.search(before)):
            continue
        if live.any() and np.array_equal(figures[k], figures[k - 1]):
            found.append(k)
    return frozenset(found)


def _echoes(tree: Tree, figures: NDArray[np.int64], filled: Mask, hints: Sequence[Hint]) -> dict[int, int]:
    """Rows whose words say total and which say an earlier total over again, whatever their sign.

    'Less: total payments' in the reckoning of the balance, below 'Total payments' itself.
    """
    if len(figures) > 5000:
        return {}
    clean = [
        k for k, total in tree.totals.items() if not total.off and len(total.plus) + len(total.minus) > 1
    ]
    found: dict[int, int] = {}
    for k, hint in enumerate(hints):
        total = tree.totals.get(k)
        live = filled[k] & (figures[k] != 0)
        if hint.word < Word.TOTAL or (total is not None and not total.off) or not live.any():
            continue
        if max(_long(int(value)) for value in figures[k][live]) < TELLING:
            continue
        for first in clean:
            if first < k and np.array_equal(np.abs(figures[first][live]), np.abs(figures[k][live])):
                found[k] = first
                break
    return found


TELLING = 3
"""So many digits tell that a figure is another one over again."""


def _long(value: int) -> int:
    return len(str(abs(value)).rstrip("0"))


def _balances_among_flows(
    cells: Cells, columns: Sequence[Column], rows: Rows, items: NDArray[np.intp]
) -> None:
    """Balances held at a date, among lines of what is spent or received over a year, are asked about."""
    if len(items) > 5000:
        return
    lines = [int(i) for i in items if rows.roles[i] == RowRole.LINE]
    wordy = [column.index for column in columns if column.role is Role.WORDS]
    balances = [
        i for i in lines if any(words.BALANCE_LINE.search(cells.text(rows.start + i, j)) for j in wordy)
    ]
    if len(balances) > 0.3 * len(lines):
        return
    held = _held_at_dates(rows, balances)
    for i in held:
        rows.roles[i], rows.reasons[i] = RowRole.NOTE, Reason.BALANCE_HELD.of()
        rows.totals.pop(i, None)
        rows.doubts.pop(i, None)
    for i in balances:
        if i in held or _proved_a_line(rows, i):
            continue
        rows.doubts.setdefault(i, Reason.SPEAKS_OF_BALANCE.of())


_HELD = words.any_of(
    r"\bbalances?\b",
    r"\breserves?\b",
    r"\bfunds?\b",
    r"\bcash\b",
    r"\bbank\b",
    r"\bopening\b",
    r"\bclosing\b",
)


def _proved_a_line(rows: Rows, i: int) -> bool:
    """Whether a printed total of several rows, which is no balance itself, covers what is brought forward.

    A base budget or an underspend of last year is part of this year's budget; what is held in funds is not.
    """
    return not _HELD.search(rows.labels[i]) and any(
        i in (*total.plus, *total.minus)
        and not total.off
        and len(total.plus) + len(total.minus) >= 2
        and not words.BALANCE_LINE.search(rows.labels[k])
        for k, total in rows.totals.items()
    )


def _held_at_dates(rows: Rows, balances: Sequence[int]) -> set[int]:
    """Balances below the last total: with the year's result they make the balance carried forward.

    The opening balance that a closing balance covers beside the year's result, or what stands below every
    total of the account by itself.
    """
    closing = {i for i in rows.totals if words.BALANCE_LINE.search(rows.labels[i])}
    opening = {
        i
        for one in closing
        for i in rows.totals[one].plus
        if i in balances and any(k in rows.totals for k in rows.totals[one].plus)
    }
    last = max((i for i in rows.totals if i not in closing), default=len(rows.roles))
    return opening | {i for i in balances if i > last and len(rows.totals) - len(closing) >= 2}


def _as_answered(rows: Rows, items: NDArray[np.intp], told: dict[int, str]) -> None:
    """What the officer calls a total is none of the lines, and what was answered is not asked again."""
    for i in map(int, items) if told else ():
        answer = told.get(i)
        if answer:
            rows.doubts.pop(i, None)
        if answer == "a total" and rows.roles[i] == RowRole.LINE:
            rows.roles[i], rows.reasons[i] = RowRole.TOTAL, Reason.OFFICER_NO_LINE.of()


def _told(hint: Hint, answer: str | None) -> Hint:
    """A hint with what the officer has said of its row."""
    if answer == "a total":
        return replace(hint, word=Word.GRAND, style=20.0, like_lines=False)
    return replace(hint, never=True) if answer == "a line" else hint


def _moved(hint: Hint, chosen: NDArray[np.intp]) -> Hint:
    return replace(hint, first=int(np.searchsorted(chosen, hint.first)))


def _note_totals(rows: Rows, items: NDArray[np.intp], tree: Tree) -> None:
    for item, total in tree.totals.items():
        row = int(items[item])
        members = tuple(int(items[k]) for k in total.plus)
        rows.totals[row] = replace(
            total, item=row, plus=members, minus=tuple(int(items[k]) for k in total.minus)
        )
        rows.roles[row] = RowRole.TOTAL


def hints_of(
    cells: Cells, region: Region, columns: Sequence[Column], rows: Rows, items: NDArray[np.intp]
) -> list[Hint]:
    """What the words and looks of each row with amounts say."""
    body = region.body
    described = [
        c.index
        for c in columns
        if c.role in (Role.WORDS, Role.CODE, Role.DATE, Role.COUNT) and not tells_depth(cells, body, c)
    ]
    kinds = cells.kinds[body.start : body.stop]
    said = (kinds[:, described] != CellKind.EMPTY)[items]
    usual = 0.9 if len(items) > 200 else 0.6
    typical = said.mean(axis=0) >= usual if len(described) else np.zeros(0, bool)
    full = said[:, typical].all(axis=1)
    wanted = int(typical.sum())
    bold = cells.sheet.facts.bold_rows
    bolds = np.array([int(body.start + i in bold) for i in items])
    groups = groups_of(cells, region, columns, rows, items)
    labels = [rows.labels[i] for i in items.tolist()]
    known = {label: _words_of(label) for label in dict.fromkeys(labels)}
    repeats = _labels_that_say_their_heading(cells, region, rows, items)
    style = _style(np.array([not label for label in labels]), said, full, wanted, bolds)
    style += _outdented(cells, region, columns, items)
    like = full if wanted >= 3 else np.zeros(len(items), bool)
    firsts = _block_starts(items)
    last = len(items) - 1
    silent = {label for label, said_so in known.items() if said_so == (Word.NONE, False, False)}
    hints = [PAYMENT] * len(items)
    telling = ~like | (style != 0) | (groups != 0)
    telling |= np.fromiter((label not in silent for label in labels), bool, len(labels))
    for k in sorted({*np.flatnonzero(telling).tolist(), *repeats}):
        word, net, part = known[labels[k]]
        if k in repeats:
            word = max(word, Word.TOTAL)
        ends = k == last and bool(_STARTS_AS_TOTAL.match(labels[k]))
        hints[k] = Hint(
            word, net, float(style[k]), part, firsts[k], int(groups[k]), last=ends, like_lines=bool(like[k])
        )
    return hints


def _labels_that_say_their_heading(
    cells: Cells, region: Region, rows: Rows, items: NDArray[np.intp]
) -> frozenset[int]:
    """Items whose label is that of the heading above them, with lines between: the heading's total."""
    found = []
    heading, since = "", 0
    if not (rows.roles == RowRole.HEADING).any() or len(rows.roles) > 20_000:
        return frozenset()
    at = {int(i): k for k, i in enumerate(items)}
    for i, role in enumerate(rows.roles.tolist()):
        if role == RowRole.HEADING:
            row = rows.start + i
            heading = next(
                (t for j in range(region.left, region.right + 1) if (t := cells.text(row, j))), ""
            ).casefold()
            since = 0
        elif i in at:
            if heading and since and rows.labels[i].casefold() == heading:
                found.append(at[i])
            since += 1
    return frozenset(found)


def _outdented(
    cells: Cells, region: Region, columns: Sequence[Column], items: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Two digits for a label that stands further left than most, where labels are indented by spaces."""
    first = next((c.index for c in columns if c.role is Role.WORDS), None)
    if first is None or len(items) > 5000:
        return np.zeros(len(items))
    values = [cells.value(region.body.start + int(i), first) for i in items]
    indent = np.array([len(v) - len(v.lstrip()) if isinstance(v, str) else -1 for v in values])
    some = indent[indent >= 0]
    if not len(some) or (some > 0).mean() < 0.4 or (some == 0).all():
        return np.zeros(len(items))
    return np.where(indent == 0, 2.0, 0.0)


def _style(
    unlabelled: Mask, said: Mask, full: Mask, wanted: int, bolds: NDArray[np.int_]
) -> NDArray[np.float64]:
    """Digits of evidence for a total from the looks of each row: no label, no code, bold, last."""
    style = np.zeros(len(full))
    if said.shape[1]:
        style += np.where(unlabelled, np.where(said.any(axis=1), 2.0, 4.0), 0.0)
    if wanted >= 2:
        style += np.where(~unlabelled & ~full, 2.0, 0.0)
    if bolds.mean() <= 0.5:
        style += 2.0 * bolds
    if not (wanted >= 3 and full[-1]):
        style[-1] += 0.5
    return style


_STARTS_AS_TOTAL = re.compile(r"\W*(?:grand |sub-?)?totals?\b", re.IGNORECASE)


def groups_of(
    cells: Cells, region: Region, columns: Sequence[Column], rows: Rows, items: NDArray[np.intp]
) -> NDArray[np.int32]:
    """For each item the block it stands in (from 1), where the same labels come again in every block.

    The block is named by a column whose text stays the same through it; 0 means no blocks.
    """
    none = np.zeros(len(items), np.int32)
    if len(items) < 12 or len(items) > 100_000:
        return none
    body = region.body
    wordy = [c.index for c in columns if c.role in (Role.WORDS, Role.CODE)]
    codes = {j: cells.coded(j).codes[items + body.start] for j in wordy}
    for j in wordy:
        runs = np.cumsum(np.concatenate([[True], codes[j][1:] != codes[j][:-1]])).astype(np.int32)
        blocks = int(runs[-1])
        if not 3 <= blocks <= len(items) / 4 or len(present(codes[j])) != blocks:
            continue
        for other in wordy:
            kinds = len(present(codes[other]))
            if other != j and 3 <= kinds <= 1.6 * len(items) / blocks and not _steady(codes[other], runs):
                _same_words_in_blocks(rows, items, cells.coded(other).over(items + body.start))
                return runs
    return none


def _steady(codes: NDArray[np.int32], runs: NDArray[np.int32]) -> bool:
    """Whether a column stays the same within every block."""
    return len(np.unique(np.column_stack([codes, runs]), axis=0)) <= int(runs[-1])


def _same_words_in_blocks(rows: Rows, items: NDArray[np.intp], texts: Sequence[str]) -> None:
    """The labels of the rows are the words that come again in every block."""
    for i, text in zip(items, texts, strict=True):
        rows.labels[int(i)] = text


def _words_of(label: str) -> tuple[Word, bool, bool]:
    if not label:
        return Word.NONE, False, False
    net = bool(words.NET.search(label))
    part = bool(words.PART_OF.search(label))
    if words.GRAND_TOTAL.search(label):
        return Word.GRAND, net, part
    if words.TOTAL.search(label):
        return Word.TOTAL, net, part
    return (Word.WEAK if net else Word.NONE), net, part


def _block_starts(items: NDArray[np.intp]) -> list[int]:
    """For each item, the first item since the last heading, gap or repeated header.

    A total that stands apart from its lines by a gap still belongs to the block above it.
    """
    parted = np.concatenate([[True], np.diff(items) > 1])
    starts = np.maximum.accumulate(np.where(parted, np.arange(len(items)), 0))
    alone = parted & np.concatenate([parted[1:], [True]])
    alone[0] = False
    at = np.flatnonzero(alone)
    starts[at] = starts[at - 1]
    return [int(start) for start in starts]


def _agree_among_blocks(rows: Rows, items: NDArray[np.intp], hints: Sequence[Hint]) -> None:
    """What is a total in most blocks is one in all: a block of noughts proves nothing by itself."""
    by_label: defaultdict[str, list[int]] = defaultdict(list)
    block = {int(i): hint.group for i, hint in zip(items, hints, strict=True)}
    at = {(hint.group, rows.labels[int(i)]): int(i) for i, hint in zip(items, hints, strict=True)}
    for i in block:
        by_label[rows.labels[i]].append(i)
    for members in by_label.values():
        found = [i for i in members if i in rows.totals]
        if len(found) >= 0.5 * len(members) and len(members) >= 3:
            shape = Counter(_shape(rows, i) for i in found).most_common(1)[0][0]
            for i in members:
                plus = tuple(at[block[i], label] for label in shape[0] if (block[i], label) in at)
                minus = tuple(at[block[i], label] for label in shape[1] if (block[i], label) in at)
                if _shape(rows, i) != shape and len(plus) + len(minus) == len(shape[0]) + len(shape[1]):
                    rows.totals[i] = Total(i, plus, minus, why=Reason.AS_IN_OTHER_BLOCKS)
                    rows.roles[i] = RowRole.TOTAL
        elif len(found) <= 0.2 * len(members) and len(members) >= 5:
            for i in found:
                del rows.totals[i]
                rows.roles[i] = RowRole.LINE
    rows.doubts = {i: why for i, why in rows.doubts.items() if i not in block}


def _shape(rows: Rows, i: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    total = rows.totals.get(i)
    if total is None:
        return (), ()
    return tuple(rows.labels[k] for k in total.plus), tuple(rows.labels[k] for k in total.minus)


def _results_of_nought(
    rows: Rows, items: NDArray[np.intp], figures: NDArray[np.int64], hints: Sequence[Hint]
) -> None:
    """A surplus or a net total of nought proves nothing, but there is nothing in it to ask about either."""
    for k in [k for k, hint in enumerate(hints) if hint.net]:
        i = int(items[k])
        if rows.roles[i] == RowRole.LINE and not figures[k].any() and rows.totals:
            rows.roles[i], rows.reasons[i] = RowRole.TOTAL, Reason.RESULT_OF_NOUGHT.of()
            rows.doubts.pop(i, None)


def _sides_of_totals(cells: Cells, region: Region, rows: Rows, items: NDArray[np.intp]) -> list[set[str]]:
    """For each item what its words, and the heading above it, say: that money comes, or that it goes."""
    found: list[set[str]] = []
    heading, at = "", {int(i) for i in items}
    if len(rows.roles) > 20_000:
        return [set() for _ in items]
    for i, role in enumerate(rows.roles.tolist()):
        if role == RowRole.HEADING:
            row = rows.start + i
            heading = next((t for j in range(region.left, region.right + 1) if (t := cells.text(row, j))), "")
        if i in at:
            found.append(_said_of_money(rows.labels[i]) or _said_of_money(heading))
    return found


_COMES = words.any_of(
    r"\bfinanc(?:ed|ing)\b(?! cost)", r"\bfund(?:ed|ing)\b", r"\bincome\b", r"\breceipts\b", r"\brevenues\b", r"\ballocations?\b",
    r"\bresources available\b", r"\bsources of\b", r"\bmet (?:by|from)\b", r"\bprecept", r"\bcouncil tax requirement\b",
)  # fmt: skip


def _said_of_money(text: str) -> set[str]:
    comes, goes = bool(_COMES.search(text)), bool(words.EXPENDITURE.search(text))
    if comes == goes:
        return set()
    return {"comes"} if comes else {"goes"}


def _opposed(above: set[str], below: set[str]) -> bool:
    """Whether a total and one further down are two sides of an account and not the same money again."""
    return ("comes" in below and "comes" not in above) or ("goes" in below and "comes" in above)


def _said_again(
    cells: Cells,
    region: Region,
    rows: Rows,
    items: NDArray[np.intp],
    figures: NDArray[np.int64],
    filled: Mask,
    rounding: NDArray[np.int64],
) -> None:
    """Rows below the grand total that add up to it once more: the same money, split another way."""
    if not rows.totals or not set(rows.top).intersection(rows.totals):
        return
    top = frozenset(rows.top)
    grand = [k for k, i in enumerate(items.tolist()) if i in rows.totals and i in top]
    for k in grand:
        covered = len(rows.totals[int(items[k])].plus)
        below = [m for m in range(k + 1, len(items)) if int(items[m]) in top]
        if not below or covered < 2:
            continue
        again = _adds_up_to(figures[k], filled[k], figures[below], rounding)
        if again is None:
            continue
        sides = _sides_of_totals(cells, region, rows, items)
        if any(_opposed(sides[k], sides[m]) for m in below[:again]):
            continue
        for m in below[:again]:
            rows.roles[items[m]] = RowRole.TOTAL
            rows.reasons[int(items[m])] = Reason.OVER_AGAIN.of(rows.start + int(items[k]) + 1)
        gone = {int(items[m]) for m in below[:again]}
        rows.top = tuple(i for i in rows.top if i not in gone)
        return


_FINANCES = re.compile(
    r"\W*(?:\w\W\s*)?(?:to be |capital |programme )*(?:financ(?:ed|ing)|fund(?:ed|ing)|met (?:by|from)|sources of (?:finance|funding|funds)|resourced)\b",
    re.IGNORECASE,
)
_OF_CAPITAL = words.any_of(
    r"\bcapital\b(?! charges)",
    r"\bborrowing\b",
    r"\bschemes?\b",
    r"\bcapital programme\b",
    r"\bcapital receipts\b",
)


def _financing_below(
    cells: Cells,
    region: Region,
    rows: Rows,
    items: NDArray[np.intp],
    figures: NDArray[np.int64],
    filled: Mask,
    rounding: NDArray[np.int64],
) -> None:
    """What finances a capital programme, below it and as much: the same money from the other side, and a check.

    A revenue budget's grants and taxes are its income; borrowing and receipts are no income of a programme.
    """
    if len(items) > 5000 or not rows.totals:
        return
    said = [
        cells.text(row, j)
        for row in (*region.titles, *region.headers)
        for j in range(region.left, region.right + 1)
    ]
    place = {int(i): k for k, i in enumerate(items)}
    for h in np.flatnonzero(rows.roles == RowRole.HEADING).tolist():
        heading = next(
            (t for j in range(region.left, region.right + 1) if (t := cells.text(rows.start + h, j))), ""
        )
        above = max((i for i, total in rows.totals.items() if i < h and not total.minus), default=None)
        if above is None or not _FINANCES.match(heading) or any(place.get(i) for i in range(above + 1, h)):
            continue
        block = [i for i in place if i > h]
        end = next((i for i in block if i in rows.totals and rows.totals[i].plus[0] == block[0]), None)
        block = [i for i in block if i <= end] if end is not None else []
        speaks = (*said, heading, *(rows.labels[i] for i in block))
        if (
            end is None
            or not any(_OF_CAPITAL.search(text) for text in speaks)
            or words.NET.search(rows.labels[above])
        ):
            continue
        live = filled[place[above]] & filled[place[end]]
        off = np.abs(figures[place[above]] - figures[place[end]]) > rounding * (len(block) + 1)
        if not live.any() or off[live].any() or not figures[place[end]].any():
            continue
        for i in block:
            rows.roles[i] = RowRole.TOTAL if i in rows.totals else RowRole.NOTE
            if i not in rows.totals:
                rows.reasons[i] = Reason.PAYS_FOR.of(rows.start + above + 1)
                rows.doubts.pop(i, None)
        gone = {*block}
        rows.totals[end] = replace(rows.totals[end], plus=(above,), why=Reason.PAYS_AND_EQUALS)
        rows.top = tuple(i for i in rows.top if i not in gone)


def _adds_up_to(
    total: NDArray[np.int64], filled: Mask, figures: NDArray[np.int64], rounding: NDArray[np.int64]
) -> int | None:
    """How many of the rows, from the first, add up to the total; None if they do not."""
    live = filled & (total != 0)
    if not live.any():
        return None
    sums = np.cumsum(figures, axis=0)
    slack = rounding[None, :] * (np.arange(len(figures))[:, None] + 2)
    agreed = (np.abs(sums - total) <= slack)[:, live].mean(axis=1)
    place = int(np.argmax(agreed))
    return place + 1 if agreed[place] >= 0.9 else None
