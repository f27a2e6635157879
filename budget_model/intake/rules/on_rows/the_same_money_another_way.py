"""Blocks of rows that say the same money again by another classification: by function, then by kind of cost."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import present
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.periods import parts_named
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.side_words import said_by_cell, sides_of_pair

MOST_BLOCKS: Final = count("the_same_money_another_way", "most_blocks")
FEWEST_LINES: Final = count("the_same_money_another_way", "fewest_lines")
TELLING: Final = count("the_same_money_another_way", "telling")
MOST_ROWS: Final = count("the_same_money_another_way", "most_rows")


def the_same_money_another_way(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Where a column names blocks that all come to the same in every column, keep the one with most lines."""
    lines = np.array(settled.rows(RowRole.LINE), np.intp)
    if not 2 * FEWEST_LINES <= len(lines) <= MOST_ROWS:
        return
    for column in body.of_role(Role.WORDS, Role.CODE):
        blocks = _blocks(body, column, lines)
        if len(blocks) < 2 or not _alike(body, blocks):
            continue
        kept = max(blocks, key=lambda name: len(blocks[name]))
        for name, rows in blocks.items():
            for i in rows.tolist() if name != kept else ():
                because = Reason.ANOTHER_WAY.of(kept)
                doubt = because if i == rows[0] else None
                yield row(i, RowRole.NOTE, because, Proof.ARITHMETIC, doubt=doubt)
        return


def _blocks(body: Body, column: Column, lines: NDArray[np.intp]) -> dict[str, NDArray[np.intp]]:
    """The lines of each value of a column, where each stands together and none names a side or a part of a year."""
    coded = body.cells.coded(column.index)
    codes = coded.codes[lines + body.start]
    kinds = [int(code) for code in present(codes)]
    texts = [coded.texts[code] for code in kinds]
    if not 2 <= len(kinds) <= MOST_BLOCKS or not all(texts) or 1 + (np.diff(codes) != 0).sum() != len(kinds):
        return {}
    if any(map(said_by_cell, texts)) or sides_of_pair(texts) or _of_one_year(texts):
        return {}
    found = {coded.texts[code]: lines[codes == code] for code in kinds}
    return found if min(map(len, found.values())) >= FEWEST_LINES else {}


def _of_one_year(texts: Sequence[str]) -> bool:
    """Whether blocks are named for different parts of a year, which may well cost the same."""
    named = parts_named(texts)
    return named is not None and named[1] == len(texts)


def _alike(body: Body, blocks: dict[str, NDArray[np.intp]]) -> bool:
    """Whether all blocks come to the same, by enough digits to be no chance."""
    sums = np.array([body.figures[rows].sum(axis=0) for rows in blocks.values()])
    long = max((len(str(abs(int(value))).rstrip("0")) for value in sums[0]), default=0)
    return bool((sums == sums[0]).all()) and long >= TELLING
