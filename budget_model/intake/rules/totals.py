"""Which of a list of items are totals of others, shown by arithmetic.

The same question is asked of rows (their amounts column by column) and of columns (their amounts row by
row). Items are gathered as one would add them on paper: each new item is laid on a pile; when it is the
sum of the items on top of the pile, they are taken off and their total is laid in their place. So nested
totals are found however deep. Totals that stand above their detail are found by reading backwards.

What arithmetic proves depends on how many digits agree: that 600 = 200 + 400 says little, that
267,754,053 is the sum of the three lines above it says everything. A word, a bold line or a missing code
adds to the evidence; nothing but agreement makes a total.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.verdict import Total
from budget_model.intake.sheet.reason import Reason

COLUMNS_AGREE: Final = limit("totals", "columns_agree")
MOST_DIGITS: Final = limit("totals", "most_digits")
LIKE_LINES: Final = limit("totals", "like_lines")
EVIDENCE: Final = (
    0.0,
    limit("totals", "weak_word"),
    limit("totals", "total_word"),
    limit("totals", "grand_word"),
)
"""How many digits of evidence for a total its words are, by how plainly they say so."""

CLOSER: Final = count("totals", "closer")
LONG_AND_BOLD: Final = count("totals", "long_and_bold")
LONG_SUM_AGREES: Final = limit("totals", "long_sum_agrees")
LONG_SUM_NEAR: Final = limit("totals", "long_sum_near")
LONG_SUM_COLUMNS: Final = count("totals", "long_sum_columns")
FEWEST_COVERED: Final = count("totals", "fewest_covered")
NET_COLUMNS: Final = count("totals", "net_columns")
NET_AGREES: Final = limit("totals", "net_agrees")
WORDED_AGREES: Final = limit("totals", "worded_agrees")
UNSAID_COLUMNS: Final = count("totals", "unsaid_columns")
UNSAID_NEAR: Final = limit("totals", "unsaid_near")
UNSAID_AGREES: Final = limit("totals", "unsaid_agrees")
NEAR_COLUMNS: Final = count("totals", "near_columns")
NEAR_AGREES: Final = limit("totals", "near_agrees")
NEAR_NEAR: Final = limit("totals", "near_near")
NEAR_ROWS: Final = count("totals", "near_rows")
STYLE_OF_A_TOTAL: Final = count("totals", "style_of_a_total")
STYLE_OF_A_RESULT: Final = count("totals", "style_of_a_result")

Exact = NDArray[np.int64]
Mask = NDArray[np.bool_]

SURE: Final = limit("totals", "sure")
ASK: Final = limit("totals", "ask")
DARING: Final = limit("totals", "daring")
TILED: Final = limit("totals", "tiled")
DEEP: Final = count("totals", "deep")
LONG: Final = count("totals", "long")
GLANCE: Final = count("totals", "glance")
BETWEEN_TOTALS: Final = limit("totals", "between_totals")
CLOSE: Final = limit("totals", "close")
ANY: Final = limit("totals", "any")
FEWEST_SUMS: Final = count("totals", "fewest_sums")
MOST_FALSE: Final = count("totals", "most_false")
MOST_TRIED_AGAIN: Final = count("totals", "most_tried_again")


NOTHING_REFUSED: Final = float("-inf")


class Word(IntEnum):
    """How much the words of an item speak for a total."""

    NONE = 0
    WEAK = 1
    TOTAL = 2
    GRAND = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """What, apart from its figures, speaks for or against an item being a total."""

    word: Word = Word.NONE
    net: bool = False
    style: float = 0.0
    """Digits of evidence from its looks: bold, no code where lines have one, no label."""
    part: bool = False
    """Whether it says that it is part of another item ('of which')."""
    first: int = 0
    """The first item of the block it stands in: after the last heading or gap."""
    group: int = 0
    """Items are added up only within their group."""
    last: bool = False
    """Whether it stands last of all."""
    never: bool = False
    """Whether the officer has said that it is a line."""
    gap: bool = False
    """Whether a line of its block has a mark or an error where its amount is due."""
    like_lines: bool = False
    """Whether it is filled in as a single payment is: date, reference, supplier."""


PAYMENT = Hint(like_lines=True)
"""What nearly every row of a list of payments says: nothing that speaks for a total. Kept once, for speed."""


@dataclass(slots=True)
class Tree:
    """Every total that was found, and the items that no total covers."""

    totals: dict[int, Total] = field(default_factory=dict)
    top: list[int] = field(default_factory=list)
    doubts: dict[int, Reason] = field(default_factory=dict)
    """Items left as lines although something speaks for a total."""
    strength: float = 0.0
    refused: float = NOTHING_REFUSED
    """The most evidence that was not enough: with any limit above it the reading is the same."""


def find_totals(
    figures: Exact,
    filled: Mask,
    hints: Sequence[Hint],
    rounding: Exact | None = None,
    share: float = COLUMNS_AGREE,
) -> Tree:
    """Find the totals among items (rows of `figures`), downwards and upwards.

    `rounding` says for each column by how much a single figure may be rounded; `share` is the part of the
    columns that must agree before a total with a disagreement in the others is believed.

    >>> amounts = np.array([[120_317], [80_002], [200_319], [7_001]])
    >>> list(find_totals(amounts, amounts != 0, [Hint()] * 4).totals)
    [2]
    """
    if rounding is None:
        rounding = np.zeros(figures.shape[1], np.int64)
    items = _Items(figures, filled, hints, rounding, share)
    tree, hints = _without_false_totals(items, _both_ways(items))
    items, read = replace(items, hints=hints), tree
    if _unmatched(tree, hints) and len(figures) <= LONG / LONG_AND_BOLD:
        # What too few digits prove by themselves is proved where a worded total agrees only with it.
        bold = _with_less(items, DARING, read)
        if len(_unmatched(bold, hints)) < len(_unmatched(tree, hints)):
            tree = bold
    elif tree.top and len(figures) <= LONG / LONG_AND_BOLD and not _tiled(tree):
        bold = _with_less(items, DARING, read)
        if _tiled(bold) and bold.strength >= SURE:
            tree = bold
        elif _tiled(bold) and bold.strength >= TILED and not tree.totals:
            bold.doubts |= dict.fromkeys(bold.totals, Reason.FEW_DIGITS)
            tree = bold
    if tree.top and len(figures) <= LONG / LONG_AND_BOLD and not _tiled(tree):
        tree = _to_one_result(_with_less(items, ANY, read), len(figures), tree)
    for item in _unmatched(tree, hints):
        if item not in tree.totals:
            tree.doubts.setdefault(item, Reason.TOTAL_WITHOUT_LINES)
    return tree


@dataclass(frozen=True, slots=True)
class _Items:
    """What is added up, and how sure one has to be."""

    figures: Exact
    filled: Mask
    hints: Sequence[Hint]
    rounding: Exact
    share: float
    enough: float = SURE


def _both_ways(items: _Items) -> Tree:
    """Read downwards and upwards; keep what agrees better, and read what it leaves once more."""
    order = list(range(len(items.figures)))
    down = _Pile(items).read(order)
    if len(order) > LONG:
        return down
    up = _Pile(items, upward=True).read(order[::-1])
    up.top.reverse()
    # Totals that agree both ways (a grand total with a second breakdown below it) belong to what is above.
    first = down if set(down.totals) >= set(up.totals) or _agreeing(down) >= _agreeing(up) else up
    tree = _finished(items, first, upward=first is down)
    tree.refused = max(tree.refused, down.refused, up.refused)
    return tree


def _with_less(items: _Items, enough: float, read: Tree) -> Tree:
    """The reading to which less evidence is enough; the one at hand where it refused nothing for want of more."""
    return read if read.refused < enough else _both_ways(replace(items, enough=enough))


def _without_false_totals(items: _Items, tree: Tree) -> tuple[Tree, Sequence[Hint]]:
    """Items called totals that agree with nothing are lines where, taken for lines, they make another total agree.

    A statement may print 'Total other governments' without the lines that it was once the total of.
    """
    if items.figures.size > MOST_TRIED_AGAIN:
        return tree, items.hints
    best, best_hints, hints, read = tree, items.hints, list(items.hints), tree
    for _ in range(MOST_FALSE):
        false = min((k for k, t in read.totals.items() if t.why is Reason.WORDED_BUT_DISAGREES), default=None)
        if false is None:
            break
        hints[false] = replace(hints[false], never=True)
        read = _both_ways(replace(items, hints=list(hints)))
        if _agreeing(read) > _agreeing(best):
            best, best_hints = read, list(hints)
    return best, best_hints


def _to_one_result(whole: Tree, items: int, otherwise: Tree) -> Tree:
    """The reading in which every sum that holds is a total, where all come to one result: an account in round amounts.

    Each sum proves little by itself; that none of the rows is left over proves them together.
    """
    own = [total for total in whole.totals.values() if len(total.plus) + len(total.minus) > 1]
    ends = whole.top in ([0], [items - 1])
    return (
        whole if _tiled(whole) and ends and len(own) >= FEWEST_SUMS and whole.strength >= SURE else otherwise
    )


def _tiled(tree: Tree) -> bool:
    """Whether every item is a total or covered by one, and there are several: chance does not do that."""
    tiles = [item for item in tree.top if item in tree.totals]
    own = [
        total for total in tree.totals.values() if len(total.plus) + len(total.minus) >= 2 and not total.off
    ]
    return len(tiles) == len(tree.top) and len(own) >= 2


def _unmatched(tree: Tree, hints: Sequence[Hint]) -> list[int]:
    """The items whose words say total, but which agree with nothing."""
    return [
        item
        for item, hint in enumerate(hints)
        if hint is not PAYMENT
        and (hint.word >= Word.TOTAL or (hint.net and item == len(hints) - 1))
        and not (hint.like_lines or hint.never or hint.part)
        and (item not in tree.totals or bool(tree.totals[item].off))
    ]


def _agreeing(tree: Tree) -> int:
    return sum(not total.off for total in tree.totals.values())


def _finished(items: _Items, tree: Tree, *, upward: bool) -> Tree:
    """Read what is left once more, the other way."""
    left = tree.top[::-1] if upward else tree.top
    again = _Pile(items, upward=upward, known=tree.totals).read(left)
    if upward:
        again.top.reverse()
    tree.totals.update(again.totals)
    tree.top = again.top
    _pair_with_uncovered(items.figures, tree)
    _heads_of_covered(items.figures, tree)
    _lone_lines(items, tree)
    tree.doubts = {item: why for item, why in (tree.doubts | again.doubts).items() if item not in tree.totals}
    tree.strength += again.strength
    tree.refused = max(tree.refused, again.refused)
    return tree


def _heads_of_covered(figures: Exact, tree: Tree) -> None:
    """A line that no total covers, and that is the sum of the next lines below it, which one does.

    It stands above its detail, and the total covers it in their stead.
    """
    for item in list(tree.top):
        if item in tree.totals or not figures[item].any():
            continue
        for total in list(tree.totals.values()):
            if detail := _detail_within(figures, item, total):
                tree.totals[item] = Total(item, detail, why=Reason.SUM)
                rest = [member for member in total.plus if member not in detail]
                tree.totals[total.item] = replace(total, plus=(item, *rest))
                tree.top.remove(item)
                break


def _detail_within(figures: Exact, item: int, total: Total) -> tuple[int, ...]:
    """The members of a total, from the one below an item on, that come to the item; none where they do not."""
    run = [member for member in total.plus if member > item]
    if not run or run[0] != item + 1 or len(total.plus) < FEWEST_COVERED:
        return ()
    places = np.flatnonzero((np.cumsum(figures[run], axis=0) == figures[item]).all(axis=1))
    telling = _digits(int(figures[item][np.argmax(np.abs(figures[item]))])) >= ASK
    return tuple(run[: int(places[0]) + 1]) if telling and len(places) and places[0] >= 1 else ()


def _pair_with_uncovered(figures: Exact, tree: Tree) -> None:
    """A line that no total covers, beside an equal item that one does, is the only line of that item."""
    totals = list(tree.totals.values())
    covered = set[int]().union(*(total.plus + total.minus for total in totals))
    children = set[int]().union(*(total.plus for total in totals if total.item in covered))
    for item in list(tree.top):
        for beside in (item - 1, item + 1):
            alone = beside in covered and beside not in children and not {item, beside} & tree.totals.keys()
            if alone and figures[item].any() and np.array_equal(figures[item], figures[beside]):
                tree.totals[beside] = Total(beside, (item,), why=Reason.EQUALS)
                tree.top.remove(item)
                break


def _fill_a_block(items: _Items, item: int, other: int) -> bool:
    """Whether two neighbours are the first and the last of a block."""
    hints = items.hints
    ends = other + 1 == len(hints) or hints[other + 1].first == other + 1
    return ends and hints[item].first == item and hints[other].first in (item, other)


def _lone_lines(items: _Items, tree: Tree) -> None:
    """Two equal neighbours that fill a block by themselves: a line and its total, if looks say which."""
    left = set(tree.top)
    for item in sorted(left) if tree.totals else ():
        other = item + 1
        if other not in left or {item, other} & tree.totals.keys() or not _fill_a_block(items, item, other):
            continue
        if not items.figures[item].any() or not np.array_equal(items.figures[item], items.figures[other]):
            continue
        looks = items.hints[other].style - items.hints[item].style
        if abs(looks) >= 2:
            parent, child = (other, item) if looks > 0 else (item, other)
            tree.totals[parent] = Total(parent, (child,), why=Reason.EQUALS)
            tree.top.remove(child)
        else:
            tree.doubts[other] = Reason.EQUALS_LINE_ABOVE


class _Pile:
    """The pile of items that no total has taken yet."""

    def __init__(self, items: _Items, *, upward: bool = False, known: dict[int, Total] | None = None) -> None:
        self.figures, self.filled, self.hints = items.figures, items.filled, items.hints
        self.rounding, self.share, self.enough = items.rounding, items.share, items.enough
        self.upward = upward
        self.known = known or {}
        self.items: list[int] = []
        self.sums = np.zeros((len(items.figures) + 1, items.figures.shape[1]), np.int64)
        self.value = items.figures.copy()
        self.tree = Tree()
        self.beside = 0
        """How many items lie on the pile beside the members of the total just found: the only lines of some."""

    def read(self, order: Sequence[int]) -> Tree:
        """Lay every item on the pile in turn."""
        hints = self.hints
        telling = [place for place, item in enumerate(order) if hints[item] is not PAYMENT]
        done = 0
        for place in telling:
            item, hint = order[place], hints[order[place]]
            if not hint.part and (item in self.known or hint.never or not self._worth_trying(hint)):
                continue
            self._lay(order[done:place])
            done = place
            if hint.part:
                done = place + 1
                continue
            total = self._total(item, hint)
            if total:
                del self.items[len(self.items) - len(total.plus) - len(total.minus) - self.beside :]
                self.tree.totals[item] = total
                self.beside = 0
        self._lay(order[done:])
        self.tree.top = list(self.items)
        return self.tree

    def _worth_trying(self, hint: Hint) -> bool:
        """Whether an item could be a total.

        A payment filled in like all others could not, and in very long lists only what has something to say
        for it is tried.
        """
        return self._speaks(hint) or not (hint.like_lines or len(self.figures) > LONG)

    def _speaks(self, hint: Hint) -> bool:
        return hint.word > Word.NONE or hint.style >= 2 or hint.net

    def _plausible(self, item: int, floor: int, live: Mask) -> bool:
        """Whether an item of many columns is about as large as some sum in half of a few of them, at least.

        A total agrees in nearly all; looking at a few first spares looking at a hundred for every line.
        """
        columns = np.flatnonzero(live)
        if len(columns) <= 2 * GLANCE:
            return True
        few = columns[:: len(columns) // GLANCE][:GLANCE]
        depth = len(self.items)
        value = self.figures[item][few]
        off = np.abs(self.sums[depth][few] - self.sums[floor:depth][:, few] - value)
        near = off <= np.abs(value) * CLOSE + self.rounding[few] * depth
        return bool((near.sum(axis=1) * 2 >= len(few)).any())

    def _lay(self, items: Sequence[int]) -> None:
        depth = len(self.items)
        if items:
            self.sums[depth + 1 : depth + 1 + len(items)] = self.sums[depth] + np.cumsum(
                self.value[items], axis=0
            )
            self.items.extend(items)

    def _floor(self, hint: Hint) -> int:
        """The lowest place on the pile that belongs to the item's group."""
        if hint.group == 0:
            return 0
        place = len(self.items)
        while place > 0 and self.hints[self.items[place - 1]].group == hint.group:
            place -= 1
        return place

    def _total(self, item: int, hint: Hint) -> Total | None:
        depth, floor = len(self.items), self._floor(hint)
        if depth <= floor:
            return None
        value, some = self.figures[item], self.filled[item]
        live = some & (value != 0)
        if not live.any():
            return self._nothing(item, hint, floor)
        if depth - floor > DEEP:
            total = self._looked_up(item, hint, live, floor)
            if total or hint.word < Word.TOTAL:
                return total
            floor = max(floor, depth - DEEP)
        if not self._speaks(hint) and not self._plausible(item, floor, live):
            return None
        return (
            self._sum(item, hint, floor, some, live)
            or self._with_pairs(item, hint, floor, some, live)
            or self._net(item, hint, floor, some, live)
            or self._wrong(item, hint, floor, some, live)
        )

    # -- a plain sum --------------------------------------------------------------------------

    def _sum(self, item: int, hint: Hint, floor: int, some: Mask, live: Mask) -> Total | None:
        depth = len(self.items)
        near = self._near_in_first(item, floor, live)
        off = np.abs(self.sums[depth] - self.sums[near] - self.figures[item])
        agreed = ((off == 0) | ~some).all(axis=1)
        rounded = False
        if not agreed.any() and self.rounding.any():
            agreed = ((off <= self.rounding * (depth - near[:, None] + 1) // 2) | ~some).all(axis=1)
            rounded = True
        places = near[agreed]
        if not len(places):
            return None
        place = self._best_place(places, hint, floor)
        count = depth - place
        weight = self._weight(item, hint, live, depth - floor, rounded=rounded)
        if not self._enough(item, hint, count, weight):
            return None
        return self._accept(item, place, some, weight, Reason.SUM)

    def _near_in_first(self, item: int, floor: int, live: Mask) -> NDArray[np.intp]:
        """The places from which the sum may agree, by the first column that says anything.

        Looking at one column first spares looking at hundreds.
        """
        depth, first = len(self.items), int(np.argmax(live))
        off = np.abs(self.sums[depth, first] - self.sums[floor:depth, first] - self.figures[item, first])
        places = np.arange(floor, depth)
        return np.asarray(places[off <= self.rounding[first] * (depth - places + 1) // 2])

    def _best_place(self, places: NDArray[np.intp], hint: Hint, floor: int) -> int:
        """Of several sums that agree (lines of zero make no difference), the one that fills the block."""
        tight = int(places[-1])
        chosen = tight
        for place in reversed(places.tolist()):
            if place < chosen - 1 or self.value[self.items[place]].any():
                if place != tight:
                    break
                continue
            if not self.upward and self.items[place] < hint.first and chosen < len(self.items):
                break
            chosen = place
        return max(chosen, floor)

    def _looked_up(self, item: int, hint: Hint, live: Mask, floor: int) -> Total | None:
        """A sum on a deep pile: of the whole pile, rounded or not quite right, or of its top exactly."""
        depth = len(self.items)
        some = self.filled[item]
        whole = np.abs(self.sums[depth] - self.sums[floor] - self.figures[item])
        slack = self.rounding * (depth - floor + 1) // 2
        agrees = (whole <= slack) | ~some
        near = whole <= np.abs(self.figures[item]) * CLOSE / CLOSER
        if (
            agrees[live].mean() >= LONG_SUM_AGREES
            and (agrees | near)[live].mean() >= LONG_SUM_NEAR
            and (agrees.all() or live.sum() >= LONG_SUM_COLUMNS)
        ):
            off = tuple(int(c) for c in np.flatnonzero(live & ~agrees))
            self._settle(item, floor, some if not off else np.zeros_like(some))
            self.value[item] = np.where(some, self.figures[item], self.value[item])
            self.tree.strength += SURE
            why = Reason.SUM_BUT_FOR_COLUMNS if off else Reason.SUM
            return Total(item, tuple(self.items[floor:]), why=why, off=off)
        target = self.sums[depth] - self.figures[item]
        first = int(np.flatnonzero(live)[0])
        places = np.flatnonzero(self.sums[floor:depth, first] == target[first]) + floor
        places = places[(self.sums[places] == target)[:, some].all(axis=1)]
        if not len(places):
            return None
        place = int(places[-1])
        count = depth - place
        weight = self._weight(item, hint, live, depth, rounded=False)
        if not self._enough(item, hint, count, weight):
            return None
        return self._accept(item, place, self.filled[item], weight, Reason.SUM)

    # -- a sum in which a line and its own total stand side by side ---------------------------

    def _with_pairs(self, item: int, hint: Hint, floor: int, some: Mask, live: Mask) -> Total | None:
        """A sum that agrees only if, of two equal neighbours, one is the total of the other."""
        if hint.word < Word.WEAK and not hint.net and hint.style < 2:
            return None
        pile = self.items[floor:]
        values = self.value[pile]
        equal = np.zeros(len(pile), bool)
        equal[1:] = (
            (values[1:] == values[:-1]).all(axis=1) & values[1:].any(axis=1) & (np.abs(np.diff(pile)) == 1)
        )
        equal[2:] &= ~equal[1:-1]
        if not equal.any():
            return None
        kept = np.where(equal[:, None], 0, values)
        sums = np.cumsum(kept[::-1], axis=0)[::-1]
        agreed = ((np.abs(sums - self.figures[item]) <= 0) | ~some).all(axis=1) & ~equal
        places = [int(p) for p in np.flatnonzero(agreed) if equal[p:].any()]
        if not places:
            return None
        place = places[0]
        count = int((~equal[place:]).sum())
        weight = self._weight(item, hint, live, len(pile), rounded=False)
        if count < 2 or weight < SURE:
            return None
        below = sum(max(total.plus) < total.item for total in self.tree.totals.values()) * 2 >= len(
            self.tree.totals
        )
        members = []
        for p in range(place, len(pile)):
            if equal[p]:
                continue
            if p + 1 < len(pile) and equal[p + 1]:
                first, second = sorted((pile[p], pile[p + 1]))
                parent, child = (second, first) if below else (first, second)
                self.tree.totals[parent] = Total(parent, (child,), why=Reason.EQUALS)
                members.append(parent)
            else:
                members.append(pile[p])
        self.beside = len(pile) - place - len(members)
        self._settle(item, floor + place, np.zeros_like(some))
        self.value[item] = np.where(some, self.figures[item], sums[place])
        self.tree.strength += weight
        return Total(item, tuple(members), why=Reason.SUM)

    # -- one item less another ----------------------------------------------------------------

    def _net(self, item: int, hint: Hint, floor: int, some: Mask, live: Mask) -> Total | None:
        depth = len(self.items)
        if depth - floor < 2:
            return None
        hinted = hint.net or hint.word >= Word.WEAK
        follows = self._follows_two_totals(item)
        if not hinted and ((hint.style < STYLE_OF_A_RESULT and not follows) or self.upward):
            return None
        lowest = max(floor, depth - 40) if hinted else depth - 2
        slack = self.rounding * 2 if hinted else np.zeros_like(self.rounding)
        if not self._may_differ(item, lowest, live, slack, hinted=hinted):
            return None
        share, place, cut, sign = self._best_cut(item, lowest, live, slack)
        if not self._agrees_enough(share, live, hinted=hinted):
            return None
        if share < 1 and self._plainly(item, lowest, live, slack) >= share:
            return None
        parts = (self.items[place:cut], self.items[cut:depth])
        both = all(np.abs(self.value[part]).sum(axis=0)[live].any() for part in map(np.array, parts))
        weight = self._weight(item, hint, live, 2 * (depth - floor), rounded=False)
        weight += BETWEEN_TOTALS if follows else 0.0
        if not both or weight < SURE or (hint.like_lines and not hinted):
            return None
        plus, minus = parts if sign == 1 else parts[::-1]
        detail = self.value[plus].sum(axis=0) - self.value[minus].sum(axis=0)
        off = tuple(int(c) for c in np.flatnonzero(live & (np.abs(detail - self.figures[item]) > slack)))
        self.value[item] = np.where(some, self.figures[item], detail)
        self.tree.strength += weight
        return Total(item, tuple(plus), tuple(minus), why=Reason.DIFFERENCE, off=off)

    def _may_differ(self, item: int, lowest: int, live: Mask, slack: Exact, *, hinted: bool) -> bool:
        """Whether a difference agrees in any of so many columns that, where none does, too few can agree.

        Of each column the sums are sorted once, and every difference of them is looked up.
        """
        columns = np.flatnonzero(live)
        several = hinted and len(columns) >= NET_COLUMNS
        enough = int(np.ceil(NET_AGREES * len(columns) - 1e-9)) if several else len(columns)
        depth = len(self.items)
        for column in columns[: len(columns) - enough + 1].tolist():
            sums, room = self.sums[lowest : depth + 1, column], slack[column]
            both_less = 2 * sums[1:-1] - sums[-1]
            wanted = np.concatenate(
                [both_less - self.figures[item, column], both_less + self.figures[item, column]]
            )
            known = np.sort(sums[:-2])
            at = np.searchsorted(known, wanted - room)
            if (known[np.minimum(at, len(known) - 1)] <= wanted + room)[at < len(known)].any():
                return True
        return False

    def _follows_two_totals(self, item: int) -> bool:
        """Whether the last two items on the pile are both called totals and add up: what they leave may follow."""
        last = self.items[-2:]
        return all(
            one in self.tree.totals
            and one < item
            and not self.tree.totals[one].off
            and len(self.tree.totals[one].plus) >= 2
            and self.hints[one].word >= Word.TOTAL
            for one in last
        )

    def _plainly(self, item: int, lowest: int, live: Mask, slack: Exact) -> float:
        """On how many columns the item is the plain sum of the top of the pile, at best."""
        depth = len(self.items)
        off = np.abs(self.sums[depth] - self.sums[lowest : depth - 1] - self.figures[item])
        return float((off <= slack)[:, live].mean(axis=1).max())

    def _agrees_enough(self, share: float, live: Mask, *, hinted: bool) -> bool:
        """Whether a difference holds in all columns, or in most of several where the words speak for it."""
        columns = int(live.sum())
        return share == 1 or (hinted and columns >= NET_COLUMNS and share >= NET_AGREES)

    # -- a printed total that disagrees -------------------------------------------------------

    def _best_cut(self, item: int, lowest: int, live: Mask, slack: Exact) -> tuple[float, int, int, int]:
        """Where the pile parts into what is added and what is taken off.

        The share of the columns that agree, the first item of the lower part, the first of the upper, and which of
        them is taken off (1 the upper, -1 the lower).
        """
        depth = len(self.items)
        sums, figure, room = self.sums[:, live], self.figures[item][live], slack[live]
        best = (-1.0, lowest, lowest, 1)
        for cut in range(depth - 1, lowest, -1):
            between = (sums[cut] - sums[lowest:cut]) - (sums[depth] - sums[cut])
            for sign in (1, -1):
                agreed = np.abs(sign * between - figure) <= room
                shares = np.count_nonzero(agreed, axis=1) / len(figure)
                place = cut - lowest - 1 - int(np.argmax(shares[::-1]))
                if shares[place] > best[0]:
                    best = (float(shares[place]), place + lowest, cut, sign)
        return best

    def _wrong(self, item: int, hint: Hint, floor: int, some: Mask, live: Mask) -> Total | None:
        depth = len(self.items)
        sums = self.sums[depth] - self.sums[floor:depth]
        off = np.abs(sums - self.figures[item])
        counts = np.arange(depth - floor, 0, -1)[:, None]
        agrees = off <= self.rounding[None, :] * (counts + 1) // 2
        size = np.maximum(np.abs(self.figures[item]), 1)
        near = off <= size * CLOSE
        columns = int(live.sum())
        shares = (agrees & live).sum(axis=1) / columns
        closeness = (near & live).sum(axis=1) / columns
        if columns >= 2:
            place = int(np.argmax(shares + closeness / 100)) + floor
            share, close = shares[place - floor], closeness[place - floor]
            worded = hint.word >= Word.TOTAL and share >= min(self.share, WORDED_AGREES) and share > 0
            england = not hint.like_lines and _nearly_all(columns, share, close, depth - place)
            unsaid = not hint.like_lines and share >= self.share and _unsaid(columns, share, close)
            if (worded or unsaid or england) and depth - place >= 2:
                wrong = tuple(int(c) for c in np.flatnonzero(live & ~agrees[place - floor]))
                sure = worded or england or share >= UNSAID_NEAR
                self._settle(item, place, np.zeros_like(some))
                self.value[item] = np.where(some, self.figures[item], self.value[item])
                self.tree.strength += 2
                return Total(
                    item,
                    tuple(self.items[place:]),
                    sure=sure,
                    why=Reason.SUM_BUT_FOR_COLUMNS,
                    off=wrong,
                )
        if hint.word < Word.TOTAL or hint.like_lines:
            return None
        return self._worded_but_wrong(item, hint, floor, live, off, some)

    def _worded_but_wrong(
        self, item: int, hint: Hint, floor: int, live: Mask, off: Exact, some: Mask
    ) -> Total | None:
        depth = len(self.items)
        if self.upward:
            return None
        block = next((p for p in range(floor, depth) if self.items[p] >= hint.first), depth)
        gap = off[:, live].sum(axis=1) / max(1, int(np.abs(self.figures[item][live]).sum()))
        place = int(np.argmin(gap)) + floor
        near = gap[place - floor] <= CLOSE and depth - place >= 2
        if not near and depth - block >= 2 - hint.gap:
            place = block
        elif not near and (hint.word == Word.GRAND or hint.last) and depth - floor >= 2:
            place = floor
        elif not near:
            if depth - block >= 1:
                self.tree.doubts[item] = Reason.TOTAL_WITHOUT_LINES_ABOVE
            return None
        self._settle(item, place, np.zeros_like(some))
        self.value[item] = np.where(some, self.figures[item], self.value[item])
        wrong = tuple(int(c) for c in np.flatnonzero(live))
        return Total(
            item,
            tuple(self.items[place:]),
            sure=False,
            why=Reason.WORDED_BUT_DISAGREES,
            off=wrong,
        )

    def _nothing(self, item: int, hint: Hint, floor: int) -> Total | None:
        """A total of zero: only its words can say so, and the lines it covers must come to zero."""
        if hint.word < Word.WEAK or not self.filled[item].any() or (self.upward and hint.word < Word.TOTAL):
            return None
        depth = len(self.items)
        some = self.filled[item]
        off = self.sums[depth] - self.sums[floor:depth]
        places = np.flatnonzero(((off == 0) | ~some).all(axis=1)) + floor
        within = [int(p) for p in places if self.items[int(p)] >= hint.first]
        if not within:
            return None
        self._settle(item, within[0], some)
        return Total(item, tuple(self.items[within[0] :]), why=Reason.SUM)

    # -- evidence -----------------------------------------------------------------------------

    def _weight(self, item: int, hint: Hint, live: Mask, tried: int, *, rounded: bool) -> float:
        digits = sorted((_digits(int(v)) for v in self.figures[item][live]), reverse=True)
        known = min(MOST_DIGITS, digits[0] + sum(min(2, d) for d in digits[1:]))
        if rounded:
            known -= 1
        word = EVIDENCE[hint.word]
        lines = LIKE_LINES if hint.like_lines else 0.0
        return known - float(np.log10(tried + 1)) + word + hint.style + (1.0 if hint.net else 0.0) - lines

    def _enough(self, item: int, hint: Hint, count: int, weight: float) -> bool:
        if count == 1:
            # One line and its total are equal whatever they are: only words or looks can tell.
            if hint.like_lines:
                return False
            if hint.word >= Word.TOTAL or hint.style >= STYLE_OF_A_TOTAL:
                return True
            same_block = self.upward or self.items[-1] >= hint.first
            return (
                hint.style >= 2
                and same_block
                and bool(self.tree.totals)
                and not self.hints[self.items[-1]].style
            )
        if weight >= self.enough:
            return True
        self.tree.refused = max(self.tree.refused, weight)
        if weight >= ASK:
            self.tree.doubts[item] = Reason.FEW_DIGITS
        return False

    def _accept(self, item: int, place: int, some: Mask, weight: float, why: Reason) -> Total:
        self._settle(item, place, some)
        self.tree.strength += weight
        self.tree.doubts.pop(item, None)
        return Total(item, tuple(self.items[place:]), why=why)

    def _settle(self, item: int, place: int, some: Mask) -> None:
        """Where the total itself is blank, its detail speaks for it further up."""
        detail = self.sums[len(self.items)] - self.sums[place]
        self.value[item] = np.where(some, self.figures[item], detail)


def _digits(value: int) -> int:
    """How many digits of a figure say something: 1,200,000 says two.

    >>> _digits(1_200_000), _digits(267_754_053)
    (2, 9)
    """
    return len(str(abs(value)).rstrip("0"))


def _unsaid(columns: int, share: float, close: float) -> bool:
    """Whether so many columns agree, or nearly do, that no word for a total is needed."""
    return columns >= UNSAID_COLUMNS and (close >= UNSAID_NEAR or share >= UNSAID_AGREES)


def _nearly_all(columns: int, share: float, close: float, rows: int) -> bool:
    """Whether many columns over many rows are close to a sum, as where figures were estimated one by one."""
    return columns >= NEAR_COLUMNS and share >= NEAR_AGREES and close >= NEAR_NEAR and rows >= NEAR_ROWS
