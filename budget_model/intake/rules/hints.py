"""What the words and the looks of a row say for or against its being a total, before any arithmetic."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells, Kinds, Mask, present
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.rows import Rows
from budget_model.intake.rules.totals import PAYMENT, Hint, Word
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column, amounts_of, tells_depth
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.side_words import is_a_bare_total

MOSTLY_BOLD: Final = limit("hints", "mostly_bold")
TELLING_COLUMNS_OF_PAYMENT: Final = count("hints", "telling_columns_of_payment")
FILLED: Final = limit("hints", "filled")
FILLED_IN_A_LIST: Final = limit("hints", "filled_in_a_list")
LOOKS: Final = limit("hints", "looks")
SAYS_NOTHING: Final = limit("hints", "says_nothing")
STANDS_LAST: Final = limit("hints", "stands_last")
LONG_LIST: Final = count("hints", "long_list")
COLUMNS_OF_PAYMENT: Final = count("hints", "columns_of_payment")
LONGEST_WITH_HEADINGS: Final = count("hints", "longest_with_headings")
LONGEST_INDENTED: Final = count("hints", "longest_indented")
MOSTLY_INDENTED: Final = limit("hints", "mostly_indented")
FEWEST_ROWS_OF_BLOCKS: Final = count("hints", "fewest_rows_of_blocks")
LONGEST_OF_BLOCKS: Final = count("hints", "longest_of_blocks")
FEWEST_BLOCKS: Final = count("hints", "fewest_blocks")
ROWS_OF_A_BLOCK: Final = count("hints", "rows_of_a_block")
LABELS_OF_A_BLOCK: Final = limit("hints", "labels_of_a_block")


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
    usual = FILLED_IN_A_LIST if len(items) > LONG_LIST else FILLED
    typical = said.mean(axis=0) >= usual if len(described) else np.zeros(0, bool)
    full = said[:, typical].all(axis=1)
    wanted = int(typical.sum())
    bold = cells.sheet.facts.bold_rows
    bolds = np.array([int(body.start + i in bold) for i in items])
    groups = groups_of(cells, region, columns, rows, items)
    labels = [rows.labels[i] for i in items.tolist()]
    known = {label: _words_of(label) for label in dict.fromkeys(labels)}
    worded = _totals_beside_their_label(cells, region, columns, items)
    repeats = _labels_that_say_their_heading(cells, region, rows, items)
    style = _style(np.array([not label for label in labels]), said, full, wanted, bolds)
    style += _outdented(cells, region, columns, items)
    like = full if wanted >= COLUMNS_OF_PAYMENT else np.zeros(len(items), bool)
    missing = np.concatenate([[0], np.cumsum(_without_a_figure(kinds, columns))])
    firsts = _block_starts(items, missing)
    headed = bool((rows.roles == RowRole.HEADING).any())
    last = len(items) - 1
    silent = {label for label, said_so in known.items() if said_so == (Word.NONE, False, False)}
    hints = [PAYMENT] * len(items)
    telling = ~like | (style != 0) | (groups != 0)
    telling |= np.fromiter((label not in silent for label in labels), bool, len(labels))
    for k in sorted({*np.flatnonzero(telling).tolist(), *repeats, *worded}):
        word, net, part = known[labels[k]]
        if k in repeats or k in worded:
            word = max(word, Word.TOTAL)
        elif not headed and words.WEAK_TOTAL.search(labels[k]):
            word = max(word, Word.WEAK)
        ends = k == last and (bool(_STARTS_AS_TOTAL.match(labels[k])) or is_a_bare_total(labels[k]))
        gap = bool(missing[items[k]] > missing[items[firsts[k]]])
        hints[k] = Hint(
            word,
            net,
            float(style[k]),
            part,
            firsts[k],
            int(groups[k]),
            last=ends,
            gap=gap,
            like_lines=bool(like[k]),
        )
    return hints


def _totals_beside_their_label(
    cells: Cells, region: Region, columns: Sequence[Column], items: NDArray[np.intp]
) -> frozenset[int]:
    """Items that say in a column of words right of their label that they are a total: 'Place', 'Total Place'."""
    first = min((c.index for c in columns if c.role is Role.AMOUNT), default=0)
    worded = [c.index for c in columns if c.role is Role.WORDS]
    wordy = [j for j in worded if j < first][1:]
    if not wordy or len(items) > LONGEST_WITH_HEADINGS:
        return frozenset()
    found = set()
    for j in wordy:
        texts = cells.coded(j).over(items + region.body.start)
        found |= {k for k, text in enumerate(texts) if _STARTS_AS_TOTAL.match(text)}
    return frozenset(found) if len(found) * 2 <= len(items) else frozenset()


def _labels_that_say_their_heading(
    cells: Cells, region: Region, rows: Rows, items: NDArray[np.intp]
) -> frozenset[int]:
    """Items whose label is that of the heading above them, with lines between: the heading's total."""
    found = []
    heading, since = "", 0
    if not (rows.roles == RowRole.HEADING).any() or len(rows.roles) > LONGEST_WITH_HEADINGS:
        return frozenset()
    at = {int(i): k for k, i in enumerate(items)}
    for i, role in enumerate(rows.roles.tolist()):
        if role == RowRole.HEADING:
            heading = cells.first_text(rows.start + i, region.left, region.right).casefold()
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
    if first is None or len(items) > LONGEST_INDENTED:
        return np.zeros(len(items))
    values = [cells.value(region.body.start + int(i), first) for i in items]
    indent = np.array([len(v) - len(v.lstrip()) if isinstance(v, str) else -1 for v in values])
    some = indent[indent >= 0]
    if not len(some) or (some > 0).mean() < MOSTLY_INDENTED or (some == 0).all():
        return np.zeros(len(items))
    return np.where(indent == 0, LOOKS, 0.0)


def _style(
    unlabelled: Mask, said: Mask, full: Mask, wanted: int, bolds: NDArray[np.int_]
) -> NDArray[np.float64]:
    """Digits of evidence for a total from the looks of each row: no label, no code, bold, last."""
    style = np.zeros(len(full))
    if said.shape[1]:
        style += np.where(unlabelled, np.where(said.any(axis=1), LOOKS, SAYS_NOTHING), 0.0)
    if wanted >= 2:
        style += np.where(~unlabelled & ~full, LOOKS, 0.0)
    if bolds.mean() <= MOSTLY_BOLD:
        style += LOOKS * bolds
    if not (wanted >= TELLING_COLUMNS_OF_PAYMENT and full[-1]):
        style[-1] += STANDS_LAST
    return style


_STARTS_AS_TOTAL = re.compile(r"\W*(?:grand |sub-?)?totals?\b", re.IGNORECASE)


def groups_of(
    cells: Cells, region: Region, columns: Sequence[Column], rows: Rows, items: NDArray[np.intp]
) -> NDArray[np.int32]:
    """For each item the block it stands in (from 1), where the same labels come again in every block.

    The block is named by a column whose text stays the same through it; 0 means no blocks.
    """
    none = np.zeros(len(items), np.int32)
    if not FEWEST_ROWS_OF_BLOCKS <= len(items) <= LONGEST_OF_BLOCKS:
        return none
    body = region.body
    wordy = [c.index for c in columns if c.role in (Role.WORDS, Role.CODE)]
    codes = {j: cells.coded(j).codes[items + body.start] for j in wordy}
    for j in wordy:
        runs = np.cumsum(np.concatenate([[True], codes[j][1:] != codes[j][:-1]])).astype(np.int32)
        blocks = int(runs[-1])
        if not FEWEST_BLOCKS <= blocks <= len(items) / ROWS_OF_A_BLOCK or len(present(codes[j])) != blocks:
            continue
        other = _labels_of_blocks({k: own for k, own in codes.items() if k != j}, runs)
        if other is not None:
            _same_words_in_blocks(rows, items, cells.coded(other).over(items + body.start))
            return runs
    return none


def _labels_of_blocks(codes: Mapping[int, NDArray[np.int32]], runs: NDArray[np.int32]) -> int | None:
    """The first column whose few texts come again in the blocks."""
    most = LABELS_OF_A_BLOCK * len(runs) / int(runs[-1])
    few = (j for j, own in codes.items() if FEWEST_BLOCKS <= len(present(own)) <= most)
    return next((j for j in few if not _steady(codes[j], runs)), None)


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
    result = label.lstrip().startswith("=")
    net = result or bool(words.NET.search(label))
    part = bool(words.PART_OF.search(label))
    if words.GRAND_TOTAL.search(label):
        return Word.GRAND, net, part
    if result or words.TOTAL.search(label):
        return Word.TOTAL, net, part
    return (Word.WEAK if net else Word.NONE), net, part


def _without_a_figure(kinds: Kinds, columns: Sequence[Column]) -> Mask:
    """The rows of the body with a mark, an error or 'tbc' where an amount is due."""
    amounts = amounts_of(columns)
    return np.asarray((kinds[:, amounts] == CellKind.MISSING).any(axis=1))


def _block_starts(items: NDArray[np.intp], missing: NDArray[np.int_]) -> list[int]:
    """For each item, the first item since the last heading, gap or repeated header.

    A total that stands apart from its lines by a gap still belongs to the block above it, and a line whose amount
    is missing parts no block; `missing` counts such lines before each row of the body.
    """
    between = np.diff(items) - 1 - (missing[items[1:]] - missing[items[:-1] + 1])
    parted = np.concatenate([[True], between > 0])
    starts = np.maximum.accumulate(np.where(parted, np.arange(len(items)), 0))
    alone = parted & np.concatenate([parted[1:], [True]])
    alone[0] = False
    at = np.flatnonzero(alone)
    starts[at] = starts[at - 1]
    return [int(start) for start in starts]
