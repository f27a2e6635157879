"""What voluntary bodies receive, from whom, for how long, and who depends on small grants.

One sum is counted once: a grant that stands in two files by the file loaded last, a payment of a grant that is known
itself not at all, a summary that a funder's own grants replace not at all. A body counts as voluntary by a registered
identifier or by an officer's word, never by a guess; what waits for that word is shown apart. Sums whose single grants
nobody has published stand in a size of their own, so that sizes, lengths, boards and funders all make the total.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from budget_model.contribute.grant_rows import FileKind, GrantFile, GrantRow
from budget_model.contribute.recipients import Recognised, same_name
from budget_model.money import NOTHING
from budget_model.place.model import Area, Place

SMALL: Final = Decimal(10_000)
"""Pounds below which a grant is small."""
DEPENDS: Final = Decimal("0.5")
"""From this part of a body's known money on, it is said to depend on small grants."""
NOTICE: Final = 3
"""Months of notice that the Compact asks for."""
SMALL_AREA: Final = "small area"
"""The kind of the areas that make up others and are not shown themselves."""
PAID_LATE: Final = timedelta(days=365)
"""How long after its end, or its award where no end is known, a grant may still be paid."""
DECIDING: Final = ("E01", "E02", "E05", "E06", "E07", "E08", "E09", "E10", "W0", "S0", "N0")
"""Beginnings of codes of areas no larger than a county: wider ones do not say whether a grant is for the place."""


class Size(StrEnum):
    """How large one grant is."""

    SMALL = "Under £10,000"
    TENS = "£10,000 to £49,999"
    FIFTIES = "£50,000 to £99,999"
    HUNDREDS = "£100,000 to £249,999"
    LARGE = "£250,000 and more"
    TOGETHER = "Published together only"


class Length(StrEnum):
    """How long one grant runs."""

    ONE = "Up to one year"
    TWO = "Over one year, up to two"
    THREE = "Over two years, up to three"
    LONGER = "Over three years"
    NOT_STATED = "Not stated"


_UP_TO: Final = (
    (SMALL, Size.SMALL),
    (Decimal(50_000), Size.TENS),
    (Decimal(100_000), Size.FIFTIES),
    (Decimal(250_000), Size.HUNDREDS),
)
_MONTHS: Final = ((12, Length.ONE), (24, Length.TWO), (36, Length.THREE))


@dataclass(frozen=True, slots=True)
class Given:
    """One sum that is counted: a grant, a year of payments to one body, or a funder's grants published together."""

    funder: str
    amount: Decimal
    grants: int = 1
    """How many grants it is; a year of payments is one."""
    recipient: str = ""
    """By what a body is known; empty where its name was not published."""
    name: str = ""
    title: str = ""
    programme: str = ""
    year: int | None = None
    """Calendar year of the award or the payments; None where no day is known."""
    starts: date | None = None
    ends: date | None = None
    months: int | None = None
    board: str = ""
    source: str = ""
    area: str = ""
    """Id of the part of the place that it is for, or else where its recipient is; empty where nobody says so."""

    @property
    def size(self) -> Size:
        """Its size; several that make less than £10,000 are each below it, of other sums nobody can say."""
        if self.grants > 1 and self.amount >= SMALL:
            return Size.TOGETHER
        return next((size for below, size in _UP_TO if self.amount < below), Size.LARGE)

    @property
    def length(self) -> Length:
        """How long it runs."""
        if self.months is None:
            return Length.NOT_STATED
        months = self.months
        return next((length for most, length in _MONTHS if months <= most), Length.LONGER)


@dataclass(frozen=True, slots=True)
class Body:
    """One voluntary body, with what it is known to have received."""

    key: str
    name: str
    given: tuple[Given, ...]

    @property
    def amount(self) -> Decimal:
        """Pounds that it is known to have received."""
        return amount_of(self.given)

    @property
    def small(self) -> tuple[Given, ...]:
        """Its grants under £10,000."""
        return tuple(one for one in self.given if one.size is Size.SMALL)

    @property
    def small_share(self) -> Decimal:
        """The part of what it is known to have received that came in grants under £10,000."""
        return amount_of(self.small) / self.amount if self.amount > 0 else NOTHING

    @property
    def depends(self) -> bool:
        """Whether at least half of its known money comes in grants under £10,000."""
        return bool(self.small) and self.small_share >= DEPENDS

    @property
    def funders(self) -> tuple[str, ...]:
        """Who funds it, the largest first."""
        sums = by(self.given, lambda one: one.funder)
        return tuple(sums)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A recipient that an officer has not said anything about yet."""

    key: str
    name: str
    recognised: Recognised
    amount: Decimal
    rows: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Rows that are kept and not counted, by the reason."""

    rows: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Words:
    """What officers said: who is a voluntary body, and of which board a programme is."""

    voluntary: Mapping[str, bool] = field(default_factory=dict)
    boards: Mapping[str, str] = field(default_factory=dict)


class Why(StrEnum):
    """Why a row is not counted."""

    TROUBLE = "cannot be read as pounds, or stands twice"
    INDIVIDUALS = "to individuals, who are not named"
    ELSEWHERE = "for areas outside the place"
    OTHER = "to bodies that are not voluntary"
    WAITING = "to bodies that an officer has not confirmed as voluntary"
    PAID = "payments of grants that are counted already"
    AGAIN = "in a file loaded later too"


@dataclass(frozen=True)
class Voluntary:
    """Everything that is known of what voluntary bodies of the place receive."""

    given: tuple[Given, ...]
    waiting: tuple[Waiting, ...] = ()
    asides: Mapping[Why, Aside] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """Pounds that are counted."""
        return amount_of(self.given)

    @property
    def grants(self) -> int:
        """How many grants that is."""
        return sum(one.grants for one in self.given)

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """The voluntary bodies that are known by name, what they received largest first."""
        held: defaultdict[str, list[Given]] = defaultdict(list)
        for one in self.given:
            if one.recipient:
                held[one.recipient].append(one)
        made = (Body(key, each[0].name, tuple(each)) for key, each in held.items())
        return tuple(sorted(made, key=lambda body: (-body.amount, body.name)))

    @property
    def small(self) -> tuple[Given, ...]:
        """The grants that are known to be under £10,000."""
        return tuple(one for one in self.given if one.size is Size.SMALL)

    @property
    def together(self) -> tuple[Given, ...]:
        """The sums of which nobody has published the single grants."""
        return tuple(one for one in self.given if one.size is Size.TOGETHER)

    @property
    def dependent(self) -> tuple[Body, ...]:
        """The bodies that depend on grants under £10,000, the largest part first."""
        depend = (body for body in self.bodies if body.depends)
        return tuple(sorted(depend, key=lambda body: (-body.small_share, -body.amount, body.name)))

    @property
    def shared(self) -> tuple[Body, ...]:
        """The bodies that several funders give to, most funders first."""
        several = (body for body in self.bodies if len(body.funders) > 1)
        return tuple(sorted(several, key=lambda body: (-len(body.funders), -body.amount, body.name)))

    def ending(self, on: date) -> tuple[Given, ...]:
        """What ends on a day or after it, the next to end first."""
        dated = (one for one in self.given if one.ends and one.ends >= on)
        return tuple(sorted(dated, key=lambda one: (one.ends or on, one.name, one.funder)))

    def of_year(self, year: int | None) -> "Voluntary":
        """What was awarded or paid in one calendar year; everything where none is named."""
        if year is None:
            return self
        return Voluntary(tuple(one for one in self.given if one.year == year), self.waiting, self.asides)

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years in which something was awarded or paid."""
        return tuple(sorted({one.year for one in self.given if one.year is not None}))


def amount_of(given: Iterable[Given]) -> Decimal:
    """Pounds of some sums together."""
    return sum((one.amount for one in given), NOTHING)


def count_of(given: Iterable[Given]) -> int:
    """How many grants some sums are."""
    return sum(one.grants for one in given)


def by(given: Iterable[Given], key: Callable[[Given], str]) -> dict[str, tuple[Given, ...]]:
    """Sums gathered under a word, the largest first; together they are what was given."""
    held: defaultdict[str, list[Given]] = defaultdict(list)
    for one in given:
        held[key(one)].append(one)
    return {word: tuple(held[word]) for word in sorted(held, key=lambda word: (-amount_of(held[word]), word))}


def programme_of(funder: str, programme: str) -> str:
    """By what an officer says of which board a funder's programme is."""
    return f"{same_name(funder)}|{same_name(programme)}"


def notice_by(ends: date) -> date:
    """The day by which notice of a change is due, three months before an end.

    >>> str(notice_by(date(2027, 3, 31)))
    '2026-12-31'
    """
    year, month = divmod(ends.year * 12 + ends.month - 1 - NOTICE, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(ends.day, last))


def voluntary(place: Place, files: Sequence[GrantFile], words: Words) -> Voluntary:
    """What is counted of every file and of the place's own summaries; `files` are in the order that they were loaded."""
    sorting = _Sorting(_areas_by_code(place), words, _same_bodies(files))
    for file in reversed(files):
        for row in file.rows:
            sorting.take(row, file)
    rows, paid = sorting.without_paid_twice()
    given = [sorting.given(row, file) for row, file in rows if file.kind is FileKind.GRANTS]
    given += sorting.by_year((row, file) for row, file in rows if file.kind is FileKind.PAYMENTS)
    given += _summaries(place, given, words)
    if paid:
        sorting.aside[Why.PAID] = paid
    return Voluntary(
        tuple(sorted(given, key=lambda one: (-one.amount, one.funder, one.name, one.title))),
        sorting.waiting(),
        {why: _aside(sorting.aside[why]) for why in Why if sorting.aside.get(why)},
    )


def _areas_by_code(place: Place) -> dict[str, str]:
    """The id of the area of each code, empty for the whole place; of a small area that which it is a part of."""
    holders = {area.within for area in place.areas}
    return {area.ons_code: _area_shown(area, holders) for area in place.areas}


def _area_shown(area: Area, holders: Collection[str]) -> str:
    if area.kind == SMALL_AREA:
        return area.within
    is_whole = not area.within and area.id in holders
    return "" if is_whole else area.id


def _aside(rows: Sequence[GrantRow]) -> Aside:
    pounds = (row.amount for row in rows if row.amount is not None and not row.trouble)
    return Aside(len(rows), sum(pounds, NOTHING))


def _same_bodies(files: Iterable[GrantFile]) -> dict[str, str]:
    """The registered identifier of each name that has exactly one in all files."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        for row in file.rows:
            if row.recipient_key and not row.recipient_key.startswith("name:"):
                known[f"name:{same_name(row.recipient)}"].add(row.recipient_key)
    return {name: next(iter(keys)) for name, keys in known.items() if len(keys) == 1}


@dataclass(slots=True)
class _Sorting:
    """Rows put where they belong: counted, waiting for a word, or aside with a reason."""

    areas: Mapping[str, str]
    """The place's own areas by their codes: `_areas_by_code`."""
    words: Words
    same: Mapping[str, str]
    counted: list[tuple[GrantRow, GrantFile]] = field(default_factory=list)
    aside: defaultdict[Why, list[GrantRow]] = field(default_factory=lambda: defaultdict(list))
    seen: set[str] = field(default_factory=set)

    def key(self, row: GrantRow) -> str:
        """By what the recipient is known in every file."""
        return self.same.get(row.recipient_key, row.recipient_key)

    def take(self, row: GrantRow, file: GrantFile) -> None:
        """Put one row where it belongs; the file loaded last comes first."""
        why = self._why_not(row)
        if not row.trouble:
            self.seen.add(row.key)
        if why is None:
            self.counted.append((row, file))
        else:
            self.aside[why].append(row)

    def _why_not(self, row: GrantRow) -> Why | None:
        if row.trouble:
            return Why.TROUBLE
        if row.key in self.seen:
            return Why.AGAIN
        if row.recognised is Recognised.INDIVIDUAL:
            return Why.INDIVIDUALS
        if _is_elsewhere(row, self.areas):
            return Why.ELSEWHERE
        said = self.words.voluntary.get(self.key(row))
        if said is None and self._recognised(row) is Recognised.IDENTIFIER:
            return None
        if said is None and row.recognised is not Recognised.OTHER:
            return Why.WAITING
        return None if said else Why.OTHER

    def _recognised(self, row: GrantRow) -> Recognised:
        """A name that has a charity's identifier in another file is that charity."""
        key = self.key(row)
        is_charity = key != row.recipient_key and key.startswith(("GB-CHC-", "GB-SC-", "GB-NIC-"))
        return Recognised.IDENTIFIER if is_charity else row.recognised

    def waiting(self) -> tuple[Waiting, ...]:
        """The recipients that wait for an officer's word, the most money first."""
        held: defaultdict[str, list[GrantRow]] = defaultdict(list)
        for row in self.aside.get(Why.WAITING, ()):
            held[self.key(row)].append(row)
        made = (
            Waiting(key, rows[0].recipient, rows[0].recognised, _aside(rows).amount, len(rows))
            for key, rows in held.items()
        )
        return tuple(
            sorted(made, key=lambda one: (one.recognised is Recognised.UNKNOWN, -one.amount, one.name))
        )

    def without_paid_twice(self) -> tuple[list[tuple[GrantRow, GrantFile]], list[GrantRow]]:
        """The counted rows without payments of a grant that the same funder's own file has."""
        times: defaultdict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
        for row, file in self.counted:
            if file.kind is FileKind.GRANTS and row.awarded:
                last = max(row.ends or row.awarded, row.awarded) + PAID_LATE
                times[same_name(row.funder), self.key(row)].append((row.awarded, last))
        kept, paid = [], []
        for row, file in self.counted:
            spans = times.get((same_name(row.funder), self.key(row)), ())
            if file.kind is FileKind.PAYMENTS and row.awarded and _within(row.awarded, spans):
                paid.append(row)
            else:
                kept.append((row, file))
        return kept, paid

    def given(self, row: GrantRow, file: GrantFile) -> Given:
        """A row as it is counted."""
        return Given(
            row.funder,
            row.amount or NOTHING,
            1,
            self.key(row),
            row.recipient,
            row.title,
            row.programme,
            row.awarded.year if row.awarded else None,
            row.starts,
            row.ends,
            row.months,
            self.words.boards.get(programme_of(row.funder, row.programme), ""),
            f"{file.name}, {row.place}",
            next((self.areas[code] for code in row.codes if self.areas.get(code)), ""),
        )

    def by_year(self, rows: Iterable[tuple[GrantRow, GrantFile]]) -> list[Given]:
        """Payments of one funder to one body in one calendar year, as one sum."""
        held: defaultdict[tuple[str, str, int | None], list[Given]] = defaultdict(list)
        for row, file in rows:
            one = self.given(row, file)
            held[same_name(one.funder), one.recipient, one.year].append(one)
        return [_one_of(each) for each in held.values()]


def _one_of(payments: Sequence[Given]) -> Given:
    first = payments[0]
    title = first.title if len(payments) == 1 else f"{len(payments):,} payments"
    return Given(
        first.funder,
        amount_of(payments),
        1,
        first.recipient,
        first.name,
        title,
        first.programme,
        first.year,
        board=first.board,
        source=first.source,
    )


def _within(day: date, spans: Iterable[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spans)


def _is_elsewhere(row: GrantRow, codes: Collection[str]) -> bool:
    """Whether every code that could say so is of another place."""
    deciding = [code for code in row.codes if code.startswith(DECIDING)]
    return bool(deciding) and not any(code in codes for code in deciding)


def _summaries(place: Place, given: Sequence[Given], words: Words) -> list[Given]:
    """What funders' grants come to by area and year, where their own grants are not loaded for that year."""
    loaded = {(same_name(one.funder), one.year) for one in given}
    return [
        Given(
            grant.funder,
            grant.amount,
            grant.grants,
            year=grant.year,
            board=words.boards.get(programme_of(grant.funder, ""), ""),
            source=grant.source,
            area=grant.area,
        )
        for grant in place.area_grants
        if (same_name(grant.funder), grant.year) not in loaded
    ]
