"""Which rows stand above which, where the file itself carries the hierarchy, and whether its sums prove it.

Budgets print every level with its total: 1, 1.1, 1.1.1. What carries the levels differs: a column of parents or
of levels, codes that begin with their parent's, labels that step to the right from column to column, indents.
Each is a candidate; the one is taken whose parents are the sums of their children.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import Cells, present
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.nested_sums import nested, sums_among_lines
from budget_model.intake.rules.totals import Exact, Hint, Mask, Tree, Word, find_totals
from budget_model.intake.rules.verdict import Total
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.side_words import says_all

MOST_LOOSE: Final = count("nested_sums", "most_loose")
FEWEST_NESTED: Final = count("nested_sums", "fewest_rows")
FEW_PARENTS: Final = count("hierarchy", "few_parents")
ON_A_STEP: Final = limit("hierarchy", "on_a_step")
PARTED_CODES: Final = limit("hierarchy", "parted_codes")
CODED: Final = limit("hierarchy", "coded")
FEWEST_ITEMS: Final = count("hierarchy", "fewest_items")
MOST_UNMARKED: Final = limit("hierarchy", "most_unmarked")
PARENTS_KNOWN: Final = limit("hierarchy", "parents_known")
SAID_ONCE: Final = limit("hierarchy", "said_once")
MOST_ROWS: Final = count("hierarchy", "most_rows")
MOST_LEVELS: Final = count("hierarchy", "most_levels")
MOST_DESCRIBED: Final = count("hierarchy", "most_described")
AGREE: Final = limit("hierarchy", "agree")
AGREE_NEARLY: Final = limit("hierarchy", "agree_nearly")
FEWEST_DIGITS: Final = count("hierarchy", "fewest_digits")
COVERED: Final = limit("hierarchy", "covered")
ROUND_DIGITS: Final = limit("hierarchy", "round_digits")
ONLY_CHILDREN_AGREE: Final = count("hierarchy", "only_children_agree")
ONLY_CHILD_DIGITS: Final = limit("hierarchy", "only_child_digits")


class Carrier(StrEnum):
    """What tells the levels."""

    PARENTS = "a column names the row above each"
    LEVELS = "a column gives the level of each row"
    CODES = "codes begin with the code of the row above them"
    NUMBERS = "the numbers before the labels tell the levels"
    STAIRCASE = "labels step to the right, level by level"
    INDENTS = "labels are indented, level by level"
    SUMS = "every sum stands above its parts, and the last total is what the uppermost come to"


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """For each item the item it belongs to, by their places; -1 for those at the top."""

    parents: tuple[int, ...]
    carrier: Carrier
    columns: tuple[int, ...]
    doubted: bool = False
    """Whether all its sums agree, but by too few digits: the officer is asked."""

    def children(self) -> dict[int, list[int]]:
        """The items directly below each."""
        below: dict[int, list[int]] = {}
        for item, parent in enumerate(self.parents):
            if parent >= 0:
                below.setdefault(parent, []).append(item)
        return below


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The part of a sheet whose rows are looked at."""

    cells: Cells
    rows: Sequence[int]
    columns: Sequence[Column]
    labels: Sequence[str]

    def texts(self, index: int) -> list[str]:
        return self.cells.coded(index).over(np.array(self.rows))

    def different(self, index: int) -> tuple[NDArray[np.int32], Sequence[str]]:
        """For each row which text of a column stands there, and the different texts."""
        coded = self.cells.coded(index)
        return coded.codes[np.array(self.rows)], coded.texts

    def described(self) -> list[Column]:
        """The columns that may tell a level."""
        return [c for c in self.columns if c.role in (Role.WORDS, Role.CODE, Role.COUNT)][:MOST_DESCRIBED]


def hierarchies(
    cells: Cells, region: Region, columns: Sequence[Column], labels: Sequence[str], items: NDArray[np.intp]
) -> list[Hierarchy]:
    """Every way in which the rows may stand above each other; `items` are body rows, `labels` theirs."""
    if not FEWEST_ITEMS <= len(items) <= MOST_ROWS:
        return []
    sheet = _Sheet(cells, (items + region.body.start).tolist(), columns, labels)
    found: list[Hierarchy] = []
    for candidates in (_by_parents, _by_codes, _by_levels, _by_staircase, _by_numbers, _by_indents):
        for hierarchy in candidates(sheet):
            if hierarchy.parents not in [known.parents for known in found] and any(
                parent >= 0 for parent in hierarchy.parents
            ):
                found.append(hierarchy)
    return found


def by_sums(
    figures: Exact, filled: Mask, hints: Sequence[Hint], rounding: Exact, totals: Container[int]
) -> Hierarchy | None:
    """Sums above their parts, where that explains what the totals read so far do not: groups may have a single part.

    A last total must be exactly what the uppermost sums come to, and not what the lines do: a pivot without indents.
    Without any row called a total every uppermost row must have parts, and the sums prove it by their digits.
    """
    last = len(figures) - 1
    if not FEWEST_ITEMS <= len(figures) <= MOST_SUMMED:
        return None
    if hints[last].word >= Word.TOTAL and not hints[last].net:
        return _below_a_last_total(figures, hints, totals)
    if any(hint.word >= Word.TOTAL for hint in hints):
        return None
    # where lines are equal by chance, as round ones are, only sums of several lines are seen
    for hierarchy in _all_sums(figures):
        seen = proof(hierarchy, figures, filled, rounding)
        if seen.holds or seen.sums == seen.parents:
            return hierarchy if seen.holds else replace(hierarchy, doubted=True)
    some = any(row in totals for row in range(len(figures)))
    if some or len(figures) < FEWEST_NESTED:
        return None
    nested_by_chance = _nested_by_chance(figures, filled, rounding)
    return nested_by_chance or (None if any(hint.net for hint in hints) else _beside_lines(figures))


def _all_sums(figures: Exact) -> Iterator[Hierarchy]:
    """The sums above their parts, where every uppermost row is such a sum, each of one part or of several."""
    for fewest in (1, 2):
        parents, uppermost = _sums_above(figures, len(figures), fewest)
        if len(uppermost) > 1 and set(parents).issuperset(uppermost) and _several_parts(parents):
            yield Hierarchy(tuple(parents), Carrier.SUMS, ())


def _nested_by_chance(figures: Exact, filled: Mask, rounding: Exact) -> Hierarchy | None:
    """Sums above or below their parts that explain every row, though their amounts are round: they are asked about."""
    rows = [tuple(map(int, row)) for row in figures]
    for fewest in (2, 1):
        for parents in (nested(rows, fewest), _from_the_end(nested(rows[::-1], fewest))):
            if parents is None:
                continue
            hierarchy = Hierarchy(parents, Carrier.SUMS, ())
            seen = proof(hierarchy, figures, filled, rounding)
            # rows that all get as much are no sums of each other
            if seen.agreeing == seen.parents and (seen.sums or seen.unlike > 1):
                return (
                    hierarchy
                    if seen.holds and fewest > 1 and seen.parents > 1
                    else replace(hierarchy, doubted=True)
                )
    return None


def _beside_lines(figures: Exact) -> Hierarchy | None:
    """Round sums above or below their parts beside a few lines that are neither: they are asked about."""
    rows = [tuple(map(int, row)) for row in figures]
    above = sums_among_lines(rows, MOST_LOOSE)
    parents = above or _from_the_end(sums_among_lines(rows[::-1], MOST_LOOSE))
    return Hierarchy(parents, Carrier.SUMS, (), doubted=True) if parents else None


def _from_the_end(parents: Sequence[int] | None) -> tuple[int, ...] | None:
    """What each row is part of, where the rows were read from the last to the first."""
    if parents is None:
        return None
    last = len(parents) - 1
    return tuple(-1 if parent < 0 else last - parent for parent in reversed(parents))


def _below_a_last_total(figures: Exact, hints: Sequence[Hint], totals: Container[int]) -> Hierarchy | None:
    last = len(figures) - 1
    lines = [k for k in range(last) if k not in totals and not hints[k].part]
    if np.array_equal(figures[lines].sum(axis=0), figures[last]):
        return None
    parents, uppermost = _sums_above(figures, last)
    if not np.array_equal(figures[uppermost].sum(axis=0), figures[last]):
        parents = _nested_below(figures, last)
    met = bool(parents) and _several_parts(parents)
    return Hierarchy((*parents, -1), Carrier.SUMS, ()) if met else None


def _nested_below(figures: Exact, last: int) -> list[int]:
    """What each row before a last total is part of, where round amounts add up in more ways than the first; or nothing."""
    rows = [tuple(map(int, row)) for row in figures]
    parents = nested(rows[:last], 2, rows[last]) or nested(rows[:last], 1, rows[last])
    return list(parents or ())


def _several_parts(parents: Sequence[int]) -> bool:
    """Whether any row has more than one part: an only child proves nothing."""
    return len(set(parents) - {-1}) < sum(parent >= 0 for parent in parents)


def _sums_above(figures: Exact, last: int, fewest: int = 1) -> tuple[list[int], list[int]]:
    """For each row before the last the row above it whose sum it is part of, and the rows that are part of none."""
    parents = [-1] * last
    waiting: list[int] = []
    for k in range(last - 1, -1, -1):
        sums = np.cumsum(figures[waiting[::-1]], axis=0) if waiting else figures[:0]
        met = np.flatnonzero((sums == figures[k]).all(axis=1))
        met = met[met >= fewest - 1]
        if len(met) and figures[k].any():
            for _ in range(int(met[0]) + 1):
                parents[waiting.pop()] = k
        waiting.append(k)
    return parents, waiting[::-1]


MOST_SUMMED: Final = count("hierarchy", "most_summed")
MOST_ASKED: Final = count("hierarchy", "most_asked")


# -- what carries the levels ------------------------------------------------------------------


def _by_parents(sheet: _Sheet) -> Iterator[Hierarchy]:
    """A column of identities, each said once, and one that names the identity of the row above."""
    texts = {column.index: sheet.texts(column.index) for column in sheet.described()}
    for identity, own in texts.items():
        place = {text: item for item, text in enumerate(own) if text}
        if len(place) < SAID_ONCE * len(own):
            continue
        for above, theirs in texts.items():
            if above != identity and theirs != own and _names_rows(theirs, place):
                parents = _parents_named(theirs, place)
                if not _circular(parents):
                    yield Hierarchy(parents, Carrier.PARENTS, (identity, above))


def _parents_named(texts: Sequence[str], place: Mapping[str, int]) -> tuple[int, ...]:
    """The row that each names; -1 where it names none, or itself."""
    known = (place.get(text, -1) for text in texts)
    return tuple(-1 if parent == item else parent for item, parent in enumerate(known))


def _names_rows(texts: Sequence[str], place: Mapping[str, int]) -> bool:
    """Whether a column names other rows by their identities: several, and hardly anything else."""
    named = [text for text in texts if text]
    known = sum(text in place for text in named)
    return len(set(named)) >= 2 and known >= PARENTS_KNOWN * len(named)


def _circular(parents: Sequence[int]) -> bool:
    for start in range(len(parents)):
        item, steps = start, 0
        while item >= 0 and steps <= MOST_LEVELS + 1:
            item, steps = parents[item], steps + 1
        if item >= 0:
            return True
    return False


def _by_levels(sheet: _Sheet) -> Iterator[Hierarchy]:
    """A column with few different marks, a mark for each level: 1, 2, 3 or a, b, c."""
    for column in sheet.described():
        ranks = _ranks(sheet.texts(column.index))
        if ranks:
            yield from _both_directions(ranks, Carrier.LEVELS, (column.index,))


_A_LEVEL = re.compile(r"(?:[^\W\d_]{2,12}\W{0,3})?(?P<mark>\d|[a-i])", re.IGNORECASE)


def _ranks(texts: Sequence[str]) -> list[int] | None:
    """How deep each mark stands, where the marks are levels that follow each other."""
    marks = {text: match["mark"].casefold() for text in set(texts) if (match := _A_LEVEL.fullmatch(text))}
    in_order = sorted(set(marks.values()))
    if not 2 <= len(in_order) <= MOST_LEVELS:
        return None
    unmarked = sum(text not in marks for text in texts)
    mixed = len({mark.isdigit() for mark in in_order}) > 1
    far_apart = ord(in_order[-1]) - ord(in_order[0]) >= MOST_LEVELS
    if mixed or far_apart or unmarked > MOST_UNMARKED * len(texts):
        return None
    return [in_order.index(marks[text]) if text in marks else 0 for text in texts]


def _by_codes(sheet: _Sheet) -> Iterator[Hierarchy]:
    """Codes that begin with the code of the row they belong to."""
    for column in sheet.described():
        codes, different = sheet.different(column.index)
        shaped = np.array([bool(_CODE.fullmatch(text)) for text in different])
        if shaped[codes].sum() < max(FEWEST_ITEMS, CODED * len(codes)):
            continue
        texts = sheet.texts(column.index)
        for keys in _keys_of(texts):
            yield from _of_keys(keys, Carrier.CODES, (column.index,))


def _by_numbers(sheet: _Sheet) -> Iterator[Hierarchy]:
    """Labels that begin with a number of their level: '1 People', '1.1 Schools'; 'II. Place', '3. Roads'."""
    numbers = [_NUMBERED.match(label) for label in sheet.labels]
    if sum(match is not None for match in numbers) < max(FEWEST_ITEMS, CODED * len(numbers)):
        return
    texts = [match["number"].rstrip(".)") if match else "" for match in numbers]
    for keys in _keys_of(texts):
        yield from _of_keys(keys, Carrier.NUMBERS, ())
    ranks = _outline_ranks(texts)
    if ranks:
        yield from _both_directions(ranks, Carrier.NUMBERS, ())


_CODE = re.compile(r"(?=.*\d)[A-Za-z]{0,4}[-. ]?\d[\dA-Za-z]*(?:[-./ _]\w{1,8})*[-./]?")
_NUMBERED = re.compile(
    r"\s*\(?(?P<number>(?:[A-Z]{0,3}\d+(?:[.\-/]\d+)*|[IVX]{1,5}|[A-Z]|[a-z]{1,2})[.)]*)[\s:–-]+\S"
)
_PARTED = re.compile(r"[-./ _]+")


def _keys_of(texts: Sequence[str]) -> Iterator[list[str]]:
    """The codes as keys of which a parent's is the beginning: by their parts, by their digits, without zeros."""
    different = set(texts)
    parted = {text for text in different if _PARTED.search(text.strip(" ./-"))}
    if sum(text in parted for text in texts) >= PARTED_CODES * len(texts):
        parts = {text: "".join(f"{part}\0" for part in _PARTED.split(text) if part) for text in different}
        yield [parts[text] for text in texts]
    yield list(texts)
    bare = {text: re.sub(r"\W+", "", text) for text in different}
    yield [bare[text] for text in texts]
    if len({len(text) for text in different if text}) <= 2:
        yield [bare[text].rstrip("0") for text in texts]


def _of_keys(keys: Sequence[str], carrier: Carrier, columns: tuple[int, ...]) -> Iterator[Hierarchy]:
    """Rows below the row whose key theirs begins with: anywhere in the table, or the nearest above."""
    place: dict[str, int] = {}
    for item, key in enumerate(keys):
        if key:
            place.setdefault(key, item)
    # in order a key that begins another one is followed by such a one
    if not any(after.startswith(key) for key, after in pairwise(sorted(place))):
        return
    if len(place) >= SAID_ONCE * sum(map(bool, keys)):
        yield Hierarchy(
            tuple(_longest_beginning(key, place, item) for item, key in enumerate(keys)), carrier, columns
        )
        return
    yield Hierarchy(tuple(_nearest_above(keys)), carrier, columns)


def _longest_beginning(key: str, place: dict[str, int], item: int) -> int:
    for length in range(len(key) - 1, 0, -1):
        parent = place.get(key[:length])
        if parent is not None and parent != item:
            return parent
    return -1


def _nearest_above(keys: Sequence[str]) -> list[int]:
    """For each key the nearest row above it whose key it begins with."""
    open_rows: list[int] = []
    found = []
    for item, key in enumerate(keys):
        while open_rows and (key == keys[open_rows[-1]] or not key.startswith(keys[open_rows[-1]])):
            open_rows.pop()
        found.append(open_rows[-1] if open_rows else -1)
        if key:
            open_rows.append(item)
    return found


_ROMAN = re.compile(r"[IVX]{1,5}")


def _outline_ranks(texts: Sequence[str]) -> list[int] | None:
    """How deep each mark of an outline stands: I, then 1, then a; or A, then I."""
    if not any(texts):
        return None
    romans = [text for text in texts if _ROMAN.fullmatch(text)]
    roman = len(set(romans)) >= 2 or romans == ["I"]
    kinds = [_sort_of_mark(text, roman=roman) for text in texts]
    order = list(dict.fromkeys(kind for kind in kinds if kind))
    if not 2 <= len(order) <= MOST_LEVELS:
        return None
    return [order.index(kind) if kind else 0 for kind in kinds]


def _sort_of_mark(text: str, *, roman: bool) -> str:
    if roman and _ROMAN.fullmatch(text):
        return "roman"
    for sort, pattern in _SORTS:
        if pattern.fullmatch(text):
            return sort
    return ""


_SORTS = (
    ("capital", re.compile(r"[A-Z]")),
    ("small", re.compile(r"[a-z]")),
    ("double", re.compile(r"([a-z])\1")),
    *((f"{n} parts", re.compile(r"\d+" + r"\.\d+" * n)) for n in range(5)),
)


def _by_staircase(sheet: _Sheet) -> Iterator[Hierarchy]:
    """Columns of words or codes of which a row fills none below its own level, or says 'Total' or 'All' there."""
    filled = _filled_steps(sheet)
    steps = [index for index, seen in filled.items() if ON_A_STEP * len(seen) < seen.sum() < len(seen)]
    if not 1 <= len(steps) <= MOST_LEVELS:
        return
    for some in filter(None, (steps, steps[:-1], steps[1:])):
        depths = [np.where(filled[index], place + 1, 0) for place, index in enumerate(some)]
        ranks = np.max(depths, axis=0).tolist()
        yield from _both_directions(ranks, Carrier.STAIRCASE, tuple(some))


def _filled_steps(sheet: _Sheet) -> dict[int, Mask]:
    """The rows on which each column before the amounts names something.

    A word for all names nothing where another column does; a total that says nothing else stands where it stands.
    """
    first = min((column.index for column in sheet.columns if column.role is Role.AMOUNT), default=0)
    said: dict[int, Mask] = {}
    named: dict[int, Mask] = {}
    for column in sheet.described():
        if column.index < first or first == 0:
            codes, texts = sheet.different(column.index)
            said[column.index] = codes != 0
            own = np.zeros(len(texts), bool)
            used = present(codes)
            own[used] = [bool(texts[code]) and not says_all(texts[code]) for code in used]
            named[column.index] = own[codes]
    anywhere = np.any(list(named.values()), axis=0) if named else np.zeros(0, bool)
    return {index: np.asarray(np.where(anywhere, named[index], said[index])) for index in said}


STEP: Final = count("hierarchy", "step")
_LEADS = re.compile(r"^(?P<lead>[\s\-–—·•>.…*+]*)")


def _by_indents(sheet: _Sheet) -> Iterator[Hierarchy]:
    """Spaces, dots or dashes before the labels."""
    for column in sheet.columns:
        if column.role is not Role.WORDS:
            continue
        values = [sheet.cells.value(row, column.index) for row in sheet.rows]
        leads = [
            len(match["lead"].expandtabs(4)) if isinstance(v, str) and (match := _LEADS.match(v)) else 0
            for v in values
        ]
        aligned = sheet.cells.sheet.facts.indents
        leads = [
            lead + STEP * aligned.get((row, column.index), 0)
            for row, lead in zip(sheet.rows, leads, strict=True)
        ]
        order = sorted(set(leads))
        if 2 <= len(order) <= MOST_LEVELS and leads[0] == order[0]:
            yield from _both_directions(
                [order.index(lead) for lead in leads], Carrier.INDENTS, (column.index,)
            )
        return


def _both_directions(ranks: Sequence[int], carrier: Carrier, columns: tuple[int, ...]) -> Iterator[Hierarchy]:
    """Rows below the nearest higher one, above or below them."""
    yield Hierarchy(tuple(_nearest_higher(ranks)), carrier, columns)
    below = _nearest_higher(ranks[::-1])
    last = len(ranks) - 1
    yield Hierarchy(tuple(-1 if place < 0 else last - place for place in below[::-1]), carrier, columns)


def _nearest_higher(ranks: Sequence[int]) -> list[int]:
    open_rows: list[int] = []
    found = []
    for item, rank in enumerate(ranks):
        while open_rows and ranks[open_rows[-1]] >= rank:
            open_rows.pop()
        found.append(open_rows[-1] if open_rows else -1)
        open_rows.append(item)
    return found


# -- what proves them -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proof:
    """How many parents are the sums of their children, and how much that tells."""

    agreeing: int
    parents: int
    sums: int
    """How many agreeing parents have several children: an only child proves little."""
    digits: float
    covered: int
    """How many items stand below another."""
    shortest: int = 0
    """How many digits the shortest agreeing figure has, beside the zeros at its end."""
    unlike: int = 0
    """How many agreeing parents have figures of their own: where all rows say the same, any levels agree."""

    @property
    def holds(self) -> bool:
        """Whether the hierarchy is believed; only children that all say their parents to the last of many digits are."""
        only_children = self.sums < 1 and self.agreeing == self.parents == self.unlike > 1
        if only_children and self.shortest >= ONLY_CHILDREN_AGREE:
            return True
        if self.sums < 1 or self.digits < FEWEST_DIGITS - (self.agreeing == self.parents):
            return False
        enough = AGREE if self.parents < FEW_PARENTS else AGREE_NEARLY
        return self.agreeing >= enough * self.parents

    @property
    def all_agree(self) -> bool:
        """Whether every one of several parents is the sum of its children, though by few digits."""
        return self.sums > 0 and self.agreeing == self.parents > 1


def proof(hierarchy: Hierarchy, figures: Exact, filled: Mask, rounding: Exact) -> Proof:
    """Hold every parent against the sum of its children, in the columns that add up at all."""
    off, live = _held_against(hierarchy, figures, filled, rounding)
    told = live.any(axis=1)
    agreeing = np.asarray(told & ~off.any(axis=1))
    below = hierarchy.children()
    digits, sums = 0.0, 0
    lengths: list[int] = []
    unlike: set[tuple[int, ...]] = set()
    for place, (parent, children) in enumerate(below.items()):
        if agreeing[place]:
            long = max(_digits(int(v)) for v in figures[parent][live[place]])
            sums += len(children) > 1
            lengths.append(long)
            unlike.add(tuple(int(v) for v in figures[parent][live[place]]))
            digits += max(ROUND_DIGITS, long) if len(children) > 1 else ONLY_CHILD_DIGITS
    return Proof(
        int(agreeing.sum()),
        int(told.sum()),
        sums,
        digits,
        sum(map(len, below.values())),
        min(lengths, default=0),
        len(unlike),
    )


def _held_against(hierarchy: Hierarchy, figures: Exact, filled: Mask, rounding: Exact) -> tuple[Mask, Mask]:
    """For each parent and column whether it disagrees with its children, and whether it says anything.

    A column in which hardly any parent agrees is none of those that add up: a rate, a year.
    """
    below = hierarchy.children()
    sums = np.array([figures[children].sum(axis=0) for children in below.values()])
    # an only child says the same as its parent, to the last digit
    slack = np.array([rounding * (len(c) + 1) // 2 if len(c) > 1 else 0 * rounding for c in below.values()])
    parents = list(below)
    live = filled[parents] & ((figures[parents] != 0) | (sums != 0))
    off: Mask = np.asarray(live & (np.abs(sums - figures[parents]) > slack))
    # an only child of a percentage agrees, its brothers and sisters never do
    several = np.array([len(children) > 1 for children in below.values()])
    told = several if several.any() else ~several
    adds_up = off[told].sum(axis=0) <= (1 - AGREE_NEARLY) * np.maximum(1, live[told].sum(axis=0))
    return off & adds_up, live & adds_up


def _digits(value: int) -> int:
    return len(str(abs(value)).rstrip("0"))


def read_hierarchy(
    hierarchy: Hierarchy, figures: Exact, filled: Mask, hints: Sequence[Hint], rounding: Exact
) -> Tree:
    """Every parent as the total of its children; what stands at the top is read as any table is."""
    below = hierarchy.children()
    roots = [item for item, parent in enumerate(hierarchy.parents) if parent < 0]
    own = [replace(hints[item], first=bisect_left(roots, hints[item].first), group=0) for item in roots]
    upper = find_totals(figures[roots], filled[roots], own, rounding)
    tree = Tree(top=[roots[place] for place in upper.top], strength=upper.strength)
    tree.totals = {roots[place]: _placed(total, roots) for place, total in upper.totals.items()}
    tree.doubts = {roots[place]: doubt for place, doubt in upper.doubts.items() if roots[place] not in below}
    off, _ = _held_against(hierarchy, figures, filled, rounding)
    if not any(len(children) > 1 for children in below.values()) and not _sums_up(upper):
        tree.doubts |= dict.fromkeys(list(below)[:MOST_ASKED], Reason.EQUALS_LINE_BELOW)
    if hierarchy.doubted:
        tree.doubts |= dict.fromkeys(list(below)[:MOST_ASKED], Reason.FEW_DIGITS)
    for place, (parent, children) in enumerate(below.items()):
        wrong = tuple(int(c) for c in np.flatnonzero(off[place]))
        why = Reason.ABOVE_BUT_DISAGREES if wrong else Reason.SUM_OF_LEVEL_BELOW
        tree.totals[parent] = Total(parent, tuple(children), why=why, off=wrong)
    return tree


def _sums_up(tree: Tree) -> bool:
    """Whether a printed total of several rows agrees with them."""
    return any(len(total.plus) > 1 and not total.off for total in tree.totals.values())


def _placed(total: Total, roots: Sequence[int]) -> Total:
    """A total among the roots, by the places of all items."""
    plus, minus = (tuple(roots[k] for k in members) for members in (total.plus, total.minus))
    return replace(total, item=roots[total.item], plus=plus, minus=minus)


def best_hierarchy(
    candidates: Sequence[Hierarchy], figures: Exact, filled: Mask, rounding: Exact
) -> Hierarchy | None:
    """The candidate that is proved and explains most: more rows below another, more parents that agree."""
    best: tuple[float, Hierarchy] | None = None
    likely: Hierarchy | None = None
    for hierarchy in candidates:
        seen = proof(hierarchy, figures, filled, rounding)
        if seen.covered < COVERED * len(figures):
            continue  # a few rows that happen to add up in a long list
        worth = seen.covered * (seen.agreeing / max(1, seen.parents)) ** 4
        if seen.holds and (best is None or worth > best[0]):
            best = (worth, hierarchy)
        elif likely is None and seen.all_agree:
            likely = replace(hierarchy, doubted=True)
    return best[1] if best else likely
