"""Which rows are the totals of others, shown by arithmetic, and which say a row once more."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import Mask
from budget_model.intake.files.exact import exact
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.arithmetic import Arithmetic
from budget_model.intake.rules.body import Body, rounding_of
from budget_model.intake.rules.hierarchy import (
    Hierarchy,
    best_hierarchy,
    by_sums,
    hierarchies,
    read_hierarchy,
)
from budget_model.intake.rules.hints import hints_of
from budget_model.intake.rules.rows import Rows
from budget_model.intake.rules.totals import Hint, Tree, Word, find_totals
from budget_model.intake.rules.verdict import Proof, RowAt, Total, Verdict, proof_of
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import RowRole

LONGEST_WITH_PAGES: Final = count("arithmetic_of_rows", "longest_with_pages")
SAID_BY_THE_OFFICER: Final = limit("arithmetic_of_rows", "said_by_the_officer")
LONGEST_WITH_ECHOES: Final = count("arithmetic_of_rows", "longest_with_echoes")


@dataclass(slots=True)
class _AddedUp:
    """What the arithmetic finds, while the parts of a table are added up one after the other."""

    totals: dict[int, Total] = field(default_factory=dict)
    again: dict[int, int] = field(default_factory=dict)
    """Body rows that say another one once more."""
    parts: set[int] = field(default_factory=set)
    """Rows whose words say that they are part of another ('of which')."""
    doubts: dict[int, Reason] = field(default_factory=dict)
    top: list[int] = field(default_factory=list)
    levelled: bool = False


def add_up(
    body: Body, rows: Rows, items: NDArray[np.intp], splits: NDArray[np.int32] | None
) -> tuple[Arithmetic, list[Verdict]]:
    """Find the totals among some body rows, and what else their figures and words show."""
    taken = [exact(body.numbers[:, j][items]) for j in body.amounts]
    filled = body.figured[items]
    figures = np.where(filled, np.column_stack([places.whole for places in taken]), 0)
    rounding = np.array([rounding_of(places, body.factor) for places in taken], np.int64)
    hints = hints_of(body.cells, body.region, body.columns, rows, items)
    if body.told:
        hints = [_told(hint, body.told.get(int(i))) for hint, i in zip(hints, items, strict=True)]
    added_up = _AddedUp()
    forward = _brought_forward(rows, items, figures, filled)
    added_up.again.update((int(items[k]), int(items[k - 1])) for k in forward)
    for kind in [0] if splits is None else sorted(set(splits[items].tolist())):
        chosen = np.arange(len(items)) if splits is None else np.flatnonzero(splits[items] == kind)
        if forward:
            chosen = np.array([k for k in chosen if k not in forward], np.intp)
        whole = not forward and splits is None
        own = hints if whole else [_moved(hints[int(k)], chosen) for k in chosen]
        _add_up_part(body, rows, _Part(items, chosen, figures, filled, rounding, own), added_up)
    blocks = np.fromiter((hint.group for hint in hints), np.int32, len(hints))
    results = frozenset(int(items[k]) for k, hint in enumerate(hints) if hint.net)
    arithmetic = Arithmetic(
        items, figures, filled, rounding, blocks, results, frozenset(added_up.top), added_up.levelled
    )
    return arithmetic, [_verdict(body, added_up, i) for i in _spoken_of(added_up)]


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of one year or phase, which add up among themselves."""

    items: NDArray[np.intp]
    chosen: NDArray[np.intp]
    all_figures: NDArray[np.int64]
    all_filled: Mask
    rounding: NDArray[np.int64]
    hints: Sequence[Hint]

    @property
    def rows(self) -> NDArray[np.intp]:
        """Its body rows."""
        return self.items[self.chosen]

    @property
    def figures(self) -> NDArray[np.int64]:
        """Its figures, a row each."""
        return self.all_figures[self.chosen]

    @property
    def filled(self) -> Mask:
        """Where its figures stand."""
        return self.all_filled[self.chosen]


def _add_up_part(body: Body, rows: Rows, part: _Part, added_up: _AddedUp) -> None:
    figures, filled = part.figures, part.filled
    tree = find_totals(figures, filled, part.hints, part.rounding)
    told = {k for k, hint in enumerate(part.hints) if hint.part}
    known = {int(part.rows[k]) for k in tree.totals}
    if above := _first_levels(body, rows, (_without(part, told), part) if told else (part,), known):
        added_up.parts.update(int(part.rows[k]) for k in told)
        levels, part = above
        added_up.parts.difference_update(part.rows.tolist())
        tree = read_hierarchy(levels, part.figures, part.filled, part.hints, part.rounding)
        added_up.levelled = True
    elif (sums := by_sums(figures, filled, part.hints, part.rounding, tree.totals)) and not set(
        sums.children()
    ) <= set(tree.totals):
        tree = read_hierarchy(sums, figures, filled, part.hints, part.rounding)
    elif again := _echoes(tree, figures, filled, part.hints):
        added_up.again.update((int(part.rows[k]), int(part.rows[first])) for k, first in again.items())
        part = _without(part, again)
        tree = find_totals(part.figures, part.filled, part.hints, part.rounding)
    at = part.rows.tolist()
    parts = _said_again(tree, part.hints)
    added_up.totals.update((at[k], _in_body(total, at)) for k, total in tree.totals.items())
    added_up.parts.update(at[k] for k in parts)
    added_up.doubts.update((at[k], doubt) for k, doubt in tree.doubts.items())
    added_up.top += [at[k] for k in tree.top]


def _first_levels(
    body: Body, rows: Rows, parts: Sequence[_Part], known: Container[int]
) -> tuple[Hierarchy, _Part] | None:
    """The hierarchy that the first of some choices of rows carries and that tells more than the totals known."""
    for part in parts:
        levels = _levels(body, rows, part.rows, part.figures, part.filled, part.rounding)
        if levels and any(int(part.rows[k]) not in known for k in levels.children()):
            return levels, part
    return None


def _said_again(tree: Tree, hints: Sequence[Hint]) -> set[int]:
    """The rows whose words say that they are part of another; what they alone make up is a line, and no total.

    A part that a total needs beside lines is a line too: without it the money would be counted nowhere.
    """
    parts = {k for k, hint in enumerate(hints) if hint.part}
    for k, total in list(tree.totals.items()):
        members = {*total.plus, *total.minus}
        if members and members <= parts:
            del tree.totals[k]
        elif not total.off:
            parts -= members
    return parts


def _in_body(total: Total, at: Sequence[int]) -> Total:
    """A total among the rows that were added up, in rows of the body."""
    plus, minus = tuple(at[k] for k in total.plus), tuple(at[k] for k in total.minus)
    return replace(total, item=at[total.item], plus=plus, minus=minus)


def _spoken_of(added_up: _AddedUp) -> list[int]:
    return sorted({*added_up.totals, *added_up.again, *added_up.parts, *added_up.doubts})


def _verdict(body: Body, added_up: _AddedUp, i: int) -> Verdict:
    """What the arithmetic says of one row."""
    total = added_up.totals.get(i)
    doubt = added_up.doubts[i].of() if i in added_up.doubts else None
    if i in added_up.parts:
        doubt = doubt or _more_than_above(body, added_up, i)
        return Verdict(RowAt(i), RowRole.NOTE, Reason.PART_OF_ABOVE.of(), Proof.WORDS, total, doubt)
    if i in added_up.again:
        because = Reason.ROW_AGAIN.of(body.start + added_up.again[i] + 1)
        return Verdict(RowAt(i), RowRole.TOTAL, because, Proof.ARITHMETIC, total, doubt)
    if total is None:
        return Verdict(RowAt(i), RowRole.LINE, Reason.HOLDS_AMOUNTS.of(), Proof.NOTHING, None, doubt)
    return Verdict(RowAt(i), RowRole.TOTAL, total.why.of(), proof_of(total.why), total, doubt)


def _more_than_above(body: Body, added_up: _AddedUp, i: int) -> Because | None:
    """What speaks against a row that is called a part: it is more than the line above, of which it would be a part."""
    above = next((k for k in range(i - 1, -1, -1) if body.has_amounts[k] and k not in added_up.parts), None)
    if above is None or above in added_up.totals:
        return None
    more = bool((np.abs(body.figures[i]) > np.abs(body.figures[above])).any())
    return Reason.MORE_THAN_ABOVE.of(body.start + above + 1) if more else None


def _levels(
    body: Body,
    rows: Rows,
    items: NDArray[np.intp],
    figures: NDArray[np.int64],
    filled: Mask,
    rounding: NDArray[np.int64],
) -> Hierarchy | None:
    """The hierarchy that the file carries, where its sums prove it."""
    labels = [rows.labels[int(i)] for i in items]
    candidates = hierarchies(body.cells, body.region, body.columns, labels, items)
    return best_hierarchy(candidates, figures, filled, rounding)


def _brought_forward(
    rows: Rows, items: NDArray[np.intp], figures: NDArray[np.int64], filled: Mask
) -> frozenset[int]:
    """Rows at the head of a page that say once more what the page before it carried forward."""
    if len(items) > LONGEST_WITH_PAGES:
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


def _without(part: _Part, left_out: Container[int]) -> _Part:
    """A part without some of its rows."""
    kept = np.array([k for k in range(len(part.chosen)) if k not in left_out], np.intp)
    return replace(part, chosen=part.chosen[kept], hints=[_moved(part.hints[int(k)], kept) for k in kept])


def _echoes(tree: Tree, figures: NDArray[np.int64], filled: Mask, hints: Sequence[Hint]) -> dict[int, int]:
    """Rows whose words say total and which say an earlier total over again, whatever their sign.

    'Less: total payments' in the reckoning of the balance, below 'Total payments' itself.
    """
    if len(figures) > LONGEST_WITH_ECHOES:
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


TELLING: Final = count("arithmetic_of_rows", "telling")


def _long(value: int) -> int:
    return len(str(abs(value)).rstrip("0"))


def _told(hint: Hint, answer: str | None) -> Hint:
    """A hint with what the officer has said of its row."""
    if answer == "a total":
        return replace(hint, word=Word.GRAND, style=SAID_BY_THE_OFFICER, like_lines=False)
    return replace(hint, never=True) if answer == "a line" else hint


def _moved(hint: Hint, chosen: NDArray[np.intp]) -> Hint:
    return replace(hint, first=int(np.searchsorted(chosen, hint.first)))
