"""Whether two lists of amounts are the same money: a copy, a later version, a print in thousands, a sum.

The same budget reaches a map twice in many ways: a sheet copied whole, a draft beside the final, the book
sent again under another name, its summary sent as another part. This one law tells of all of them. It
compares amounts with the words of their rows; it never looks at names of sheets or files.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from budget_model.money import to_penny

COARSEST = 100_000_000
"""No list is taken to be written in coarser steps than millions of pounds, in pennies."""
LIMITS = Path(__file__).resolve().parents[1] / "data" / "intake" / "same_money.toml"


class Likeness(StrEnum):
    """In what way two lists are the same money; the value is how it is said of the one that holds it again."""

    COPY = "the same lines as {}, with the same amounts"
    VERSION = "the same lines as {}, some with other amounts"
    PART = "lines that stand in {} too, with the same amounts"
    ROUNDED = "the same lines as {}, rounded or in another unit"
    SUM = "the sums of lines of {}"

    def of(self, other: str) -> str:
        """What one list holds, in words, the other one named.

        >>> Likeness.SUM.of("'Budget'")
        "the sums of lines of 'Budget'"
        """
        return self.value.format(other)


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount in whole pennies (hundredths of any currency), with the words of its row, each in one form."""

    pennies: int
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of amounts that somebody wrote down; zero is left out, since nothing can be told by it."""

    entries: tuple[Entry, ...]
    grain: int
    """How finely they are written, in pennies: 100,000 where all are whole thousands of pounds."""

    @property
    def pennies(self) -> int:
        """All amounts together."""
        return sum(entry.pennies for entry in self.entries)


def listed(entries: Iterable[Entry]) -> Listed:
    """A list of amounts; how finely they are written is taken from the amounts themselves.

    >>> listed([Entry(1_250_000), Entry(-820_000)]).grain, listed([Entry(1_250_001)]).grain
    (10000, 1)
    """
    told = tuple(entry for entry in entries if entry.pennies)
    grain = 1
    while told and grain < COARSEST and all(entry.pennies % (grain * 10) == 0 for entry in told):
        grain *= 10
    return Listed(told, grain)


def in_pennies(amount: Decimal) -> int:
    """An amount in whole pennies.

    >>> in_pennies(Decimal("12.505")), in_pennies(Decimal("-3"))
    (1250, -300)
    """
    return int(to_penny(amount).scaleb(2))


@dataclass(frozen=True, slots=True)
class SameMoney:
    """What the shorter of two lists has in common with the longer one."""

    likeness: Likeness
    lines: int
    """Lines of the shorter list that stand in the longer one with the same amount."""
    amount: Decimal
    """Their money without regard to sign, as the shorter list gives it."""
    whole: bool
    """Whether every line of the shorter list stands in the longer one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When lists are taken for the same money; each is explained in `data/intake/same_money.toml`."""

    fewest_lines: int
    fewest_lines_of_bodies: int
    copied_lines: float
    copied_money: float
    telling: int
    telling_words: int
    telling_whole: int
    most_figures: int
    telling_without_words: int
    same_words: float
    common_money: float
    same_columns: float
    telling_sum: int
    factors: tuple[int, ...]


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The shipped limits, read once."""
    told = tomllib.loads(LIMITS.read_text(encoding="utf-8"))
    return Limits(**{**told, "factors": tuple(told["factors"])})


def words_of(texts: Iterable[str | None]) -> frozenset[str]:
    """The texts of a row in one form, figures alone left out.

    >>> sorted(words_of(["Adult  Social Care", None, "", "12"]))
    ['adult social care']
    """
    plain = (" ".join(text.casefold().split()) for text in texts if text)
    return frozenset(text for text in plain if any(mark.isalpha() for mark in text))


def same_money(first: Listed, second: Listed) -> SameMoney | None:
    """How two lists are the same money; None where nothing says so. The order of the two does not matter.

    Amounts are compared as finely as the coarser list is written, without regard to sign.
    """
    shorter, longer = sorted((first, second), key=lambda one: len(one.entries))
    if len(shorter.entries) < limits().fewest_lines:
        return None
    return _copied(shorter, longer) or _in_another_unit(shorter, longer) or _version(shorter, longer)


def may_be_part(shorter: Listed, longer: Listed) -> bool:
    """Whether most of a list stands in a longer one, though by itself it may be too short to tell anything."""
    grain = max(shorter.grain, longer.grain)
    return _enough(shorter, [entry for entry, _ in _matches(shorter, longer, grain)])


def sums_of(first: Listed, second: Listed) -> SameMoney | None:
    """Whether one list holds the other's sums: its total, or the totals of the lines with the same words.

    Lists of the same length are not sums of each other.
    """
    shorter, longer = sorted((first, second), key=lambda one: len(one.entries))
    if not shorter.entries or len(shorter.entries) == len(longer.entries):
        return None
    named = _named_sums(shorter, longer)
    most = len(named) > 1 and len(named) >= limits().copied_lines * len(shorter.entries)
    total = shorter.pennies
    if abs(total - longer.pennies) <= max(shorter.grain, longer.grain) // 2 and (
        most or figures(total) >= limits().telling_sum
    ):
        return SameMoney(Likeness.SUM, len(shorter.entries), _pounds([Entry(total)]), whole=True)
    if most and sum(map(_tells, named)) >= limits().telling:
        return SameMoney(Likeness.SUM, len(named), _pounds(named), len(named) == len(shorter.entries))
    return None


def figures(pennies: int) -> int:
    """How many figures of an amount tell something: closing zeros do not.

    >>> figures(1_250_000_000), figures(145_555_920), figures(0)
    (3, 8, 0)
    """
    return len(str(abs(pennies)).rstrip("0"))


def _pounds(entries: Iterable[Entry]) -> Decimal:
    return Decimal(sum(abs(entry.pennies) for entry in entries)).scaleb(-2)


def _tells(entry: Entry) -> int:
    """How much an amount tells that stands beside words of its own row."""
    return limits().telling_words + min(figures(entry.pennies), limits().most_figures)


def _key(pennies: int, grain: int) -> int:
    """An amount as the coarser of two lists writes it, halves away from zero."""
    return (2 * abs(pennies) + grain) // (2 * grain)


def _copied(shorter: Listed, longer: Listed) -> SameMoney | None:
    """The shorter list's amounts found again in the longer one."""
    grain = max(shorter.grain, longer.grain)
    if not _may_match(shorter, longer, grain):
        return None
    matches = _matches(shorter, longer, grain)
    matched = [entry for entry, _ in matches]
    if len(matched) < limits().fewest_lines or not _enough(shorter, matched):
        return None
    wholly = len(longer.entries) == len(matched) and all(with_words for _, with_words in matches)
    if _telling(matches, grain) < (limits().telling_whole if wholly else limits().telling):
        return None
    whole = len(matched) == len(shorter.entries)
    return SameMoney(_likeness(shorter, longer, grain, whole=whole), len(matched), _pounds(matched), whole)


def _likeness(shorter: Listed, longer: Listed, grain: int, *, whole: bool) -> Likeness:
    if len(shorter.entries) < limits().same_words * len(longer.entries):
        return Likeness.PART
    if any(entry.pennies % grain for entry in (*shorter.entries, *longer.entries)):
        return Likeness.ROUNDED
    return Likeness.COPY if whole else Likeness.VERSION


def _may_match(shorter: Listed, longer: Listed, grain: int) -> bool:
    """Whether enough amounts of the shorter list stand in the longer one at all: quick to tell, and mostly not so."""
    there = {_key(entry.pennies, grain) for entry in longer.entries}
    found = sum(_key(entry.pennies, grain) in there for entry in shorter.entries)
    return found >= limits().copied_lines * len(shorter.entries)


def _enough(shorter: Listed, matched: Sequence[Entry]) -> bool:
    lines, money = len(shorter.entries), _pounds(shorter.entries)
    return len(matched) >= max(limits().fewest_lines, limits().copied_lines * lines) and float(
        _pounds(matched)
    ) >= limits().copied_money * float(money)


def _matches(shorter: Listed, longer: Listed, grain: int) -> list[tuple[Entry, bool]]:
    """Each entry whose amount stands in the longer list, and whether it does beside words of its own row."""
    left = Counter[int]()
    beside = Counter[tuple[int, str]]()
    for entry in longer.entries:
        key = _key(entry.pennies, grain)
        left[key] += 1
        beside.update((key, word) for word in entry.words)
    matches = []
    for entry in shorter.entries:
        key = _key(entry.pennies, grain)
        if key and left[key] > 0:
            left[key] -= 1
            shared = [word for word in entry.words if beside[key, word] > 0]
            beside.subtract((key, word) for word in shared)
            matches.append((entry, bool(shared)))
    return matches


def _telling(matches: Sequence[tuple[Entry, bool]], grain: int) -> int:
    """How much matches tell together; amounts without words tell only what chance would not make."""
    bare = limits().telling_without_words
    told = 0
    for entry, with_words in matches:
        written = Entry(_key(entry.pennies, grain))
        told += _tells(written) if with_words else max(0, min(figures(written.pennies), 6) - bare)
    return told


def _in_another_unit(shorter: Listed, longer: Listed) -> SameMoney | None:
    """The same amounts in a unit that one of the two does not say."""
    for factor in limits().factors:
        for first, second in ((shorter, _times(longer, factor)), (_times(shorter, factor), longer)):
            match = _copied(first, second)
            if match is not None and match.likeness is not Likeness.PART:
                return replace(match, likeness=Likeness.ROUNDED, whole=False)
    return None


def _times(one: Listed, factor: int) -> Listed:
    return Listed(
        tuple(Entry(entry.pennies * factor, entry.words) for entry in one.entries), one.grain * factor
    )


def _version(shorter: Listed, longer: Listed) -> SameMoney | None:
    """The same lines by their words, with much the same money on each."""
    mine, theirs = _by_words(shorter), _by_words(longer)
    common = mine.keys() & theirs.keys()
    if len(common) <= limits().fewest_lines or len(common) < limits().same_words * max(
        len(mine), len(theirs)
    ):
        return None
    both = [(abs(mine.get(key, 0)), abs(theirs.get(key, 0))) for key in {*mine, *theirs}]
    least, most = sum(min(pair) for pair in both), sum(max(pair) for pair in both)
    if not most or least < limits().common_money * most:
        return None
    same = [Entry(mine[key]) for key in common if mine[key] == theirs[key]]
    return SameMoney(Likeness.VERSION, len(same), _pounds(same), whole=False)


def _by_words(one: Listed) -> dict[frozenset[str], int]:
    found: defaultdict[frozenset[str], int] = defaultdict(int)
    for entry in one.entries:
        if entry.words:
            found[entry.words] += entry.pennies
    return found


def _named_sums(shorter: Listed, longer: Listed) -> list[Entry]:
    """The entries of the shorter list that are what the longer one's lines with the same words come to."""
    by_word: defaultdict[str, int] = defaultdict(int)
    for entry in longer.entries:
        for word in entry.words:
            by_word[word] += entry.pennies
    slack = max(shorter.grain, longer.grain) // 2
    return [
        entry
        for entry in shorter.entries
        if any(word in by_word and abs(by_word[word] - entry.pennies) <= slack for word in entry.words)
    ]
