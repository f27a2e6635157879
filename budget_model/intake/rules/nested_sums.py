"""How rows stand above, or below, the rows whose sums they are, where nothing but the figures says so.

People 800, Care 500, Homes 300, Place 200, Roads 100, Books 100: a sum is followed by its parts, and every row is a
sum or a part. Round amounts add up by chance too (Care is also Homes and Place): what explains every row counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from budget_model.intake.files.reading_limits import count

MOST_TRIED: Final = count("nested_sums", "most_tried")
DEEPEST: Final = count("nested_sums", "deepest")

Amounts = tuple[int, ...]
"""The figures of one row, a column each."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A row and the rows below it that it is the sum of; none for a line."""

    row: int
    parts: "tuple[Sum, ...]" = ()


def nested(rows: Sequence[Amounts], fewest: int, whole: Amounts | None = None) -> tuple[int, ...] | None:
    """For each row the row above whose sum it is part of, -1 at the top; None where the rows do not nest so.

    Every row at the top is a sum of so many parts at the `fewest`; where their `whole` is known, it is what the rows
    at the top come to, and lines may stand among them. The nesting with the fewest levels counts.

    >>> nested([(8,), (5,), (3,), (2,), (1,), (1,)], 2)
    (-1, 0, 0, -1, 3, 3)
    >>> nested([(9,), (5,), (2,), (1,)], 2) is None
    True
    """
    search = _Search(rows, fewest)
    for depth in range(1, DEEPEST + 1):
        top = search.uppermost(depth) if whole is None else search.run_of(0, whole, depth).get(len(rows))
        if top is not None and any(node.parts for node in top):
            return _parents(top, len(rows))
        if search.tried > MOST_TRIED:
            break
    return None


def sums_among_lines(rows: Sequence[Amounts], most_loose: int) -> tuple[int, ...] | None:
    """For each row the row above whose sum it is part of, where few rows are neither a sum nor a part; None where more are.

    Two sums at least, each of the rows right below it, which are two at least and no sums themselves.

    >>> sums_among_lines([(8,), (5,), (3,), (2,), (1,), (1,), (9,)], 1)
    (-1, 0, 0, -1, 3, 3, -1)
    >>> sums_among_lines([(8,), (5,), (3,), (9,), (1,)], 2) is None
    True
    """
    reached: dict[tuple[int, int], tuple[int, ...]] = {(0, 0): ()}
    for start in range(len(rows)):
        for loose in range(most_loose + 1):
            parents = reached.get((start, loose))
            if parents is None:
                continue
            if loose < most_loose:
                reached.setdefault((start + 1, loose + 1), (*parents, -1))
            if end := _end_of_parts(rows, start):
                reached.setdefault((end, loose), (*parents, -1, *[start] * (end - start - 1)))
    made = (reached.get((len(rows), loose)) for loose in range(most_loose + 1))
    return next((parents for parents in made if parents and len(set(parents) - {-1}) > 1), None)


def _end_of_parts(rows: Sequence[Amounts], start: int) -> int:
    """The row behind those that come to the one above them; 0 where none do."""
    whole, so_far = rows[start], tuple(0 for _ in rows[start])
    for at in range(start + 1, len(rows)):
        so_far = tuple(a + b for a, b in zip(so_far, rows[at], strict=True))
        if so_far == whole and at > start + 1 and any(whole):
            return at + 1
        if any(a > b for a, b in zip(so_far, whole, strict=True)):
            break
    return 0


def _parents(top: Sequence[Sum], rows: int) -> tuple[int, ...]:
    parents = [-1] * rows
    waiting = list(top)
    while waiting:
        node = waiting.pop()
        for part in node.parts:
            parents[part.row] = node.row
        waiting += node.parts
    return tuple(parents)


@dataclass(slots=True)
class _Search:
    """The ways in which some rows may nest, found once each."""

    rows: Sequence[Amounts]
    fewest: int
    tried: int = 0
    known: dict[tuple[int, int], dict[int, Sum]] = field(default_factory=dict)
    below_zero: bool = field(init=False)

    def __post_init__(self) -> None:
        self.below_zero = any(amount < 0 for row in self.rows for amount in row)

    def uppermost(self, depth: int) -> tuple[Sum, ...] | None:
        """Sums that follow each other from the first row to the last."""
        reached: dict[int, tuple[Sum, ...]] = {0: ()}
        for start in range(len(self.rows)):
            if start in reached:
                for end, node in self.sums(start, depth).items():
                    reached.setdefault(end, (*reached[start], node))
        return reached.get(len(self.rows))

    def sums(self, row: int, depth: int) -> dict[int, Sum]:
        """A row as the sum of rows below it: for each row behind its last part the sum."""
        if depth < 1 or not any(self.rows[row]):
            return {}
        if (row, depth) not in self.known:
            runs = self.run_of(row + 1, self.rows[row], depth - 1)
            long = {end: parts for end, parts in runs.items() if len(parts) >= self.fewest}
            self.known[row, depth] = {end: Sum(row, parts) for end, parts in long.items()}
        return self.known[row, depth]

    def run_of(self, start: int, whole: Amounts, depth: int) -> dict[int, tuple[Sum, ...]]:
        """Rows from one on, lines or sums themselves, that come to a whole: for each row behind the last the rows."""
        runs: dict[int, tuple[Sum, ...]] = {}
        waiting: list[tuple[int, Amounts, tuple[Sum, ...]]] = [(start, tuple(0 for _ in whole), ())]
        seen = {(start, waiting[0][1])}
        while waiting and self.tried <= MOST_TRIED:
            at, so_far, nodes = waiting.pop()
            for end, node in self._next(at, depth):
                self.tried += 1
                total = tuple(a + b for a, b in zip(so_far, self.rows[at], strict=True))
                if (end, total) in seen or self._too_much(total, whole):
                    continue
                seen.add((end, total))
                if total == whole:
                    runs.setdefault(end, (*nodes, node))
                waiting.append((end, total, (*nodes, node)))
        return runs

    def _too_much(self, total: Amounts, whole: Amounts) -> bool:
        """Whether some rows come to more than a whole, and no row below zero can take it back."""
        return not self.below_zero and any(a > b for a, b in zip(total, whole, strict=True))

    def _next(self, at: int, depth: int) -> Iterator[tuple[int, Sum]]:
        """The row at a place as a line, or as a sum."""
        if at < len(self.rows):
            yield at + 1, Sum(at)
            yield from self.sums(at, depth).items()
