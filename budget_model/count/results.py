"""What counting gives: frozen figures that a page, an export and the command line all show alike."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from budget_model.money import NOTHING, to_penny
from budget_model.place.strings import NO_STRINGS, Strings
from budget_model.vocabulary import KEPT_BACK, PAID_TO_PEOPLE, Basis, ControlSource, Phase, Provenance, View

UNMAPPED = "unmapped"
"""The key of money that no service has been given to yet; it is always on the screen."""
BESIDE_BOARDS = frozenset({UNMAPPED, PAID_TO_PEOPLE})
"""What stands among the delivery boards in a breakdown and is none: no finding about boards names it."""


def beside_boards(key: str) -> int:
    """Where a part stands in a breakdown by board: boards first, then what is paid to people, unmapped last.

    >>> [beside_boards(key) for key in ("healthy-city", "paid-to-people", "unmapped")]
    [0, 1, 2]
    """
    return {PAID_TO_PEOPLE: 1, UNMAPPED: 2}.get(key, 0)


@dataclass(frozen=True, slots=True)
class Total:
    """The place's money in one scope, pounds.

    `total` = `gross` − `eliminated`. `low` and `high` are the range that the confidence grades give.
    `own` is the part that bodies state, publish or had audited as
    their own figure for the place, `unmapped` the part with no service yet, `linked`
    the part on services that work towards some measure, `paid` the part paid to people as benefits and
    pensions, which is on no service.
    """

    year: str
    view: View
    basis: Basis
    gross: Decimal
    eliminated: Decimal
    total: Decimal
    low: Decimal
    high: Decimal
    unmapped: Decimal
    linked: Decimal
    own: Decimal
    organisations: int
    lines: int
    paid: Decimal = NOTHING

    @property
    def on_services(self) -> Decimal:
        """The part that is spent on services: all but benefits and pensions paid to people."""
        return self.total - self.paid

    @property
    def unlinked(self) -> Decimal:
        """The part spent on services that work towards no measure."""
        return self.on_services - self.linked


@dataclass(frozen=True, slots=True)
class PartOfTotal:
    """One row of a breakdown, pounds; the amounts of one breakdown add up to the total to the penny."""

    key: str
    name: str
    amount: Decimal
    gross: Decimal
    eliminated: Decimal
    low: Decimal
    high: Decimal


def without(part: PartOfTotal, amount: Decimal) -> PartOfTotal:
    """A part less some of its pounds, which were counted in it once; its range is as wide for each pound as before.

    >>> whole = PartOfTotal("a", "A", Decimal(100), Decimal(100), Decimal(0), Decimal(90), Decimal(110))
    >>> left = without(whole, Decimal(60))
    >>> str(left.amount), str(left.low), str(left.high)
    ('40', '36.00', '44.00')
    """
    left = part.amount - amount
    band = abs((part.high - part.amount) * left / part.amount) if part.amount else part.high - part.amount
    low, high = to_penny(left - band), to_penny(left + band)
    return replace(part, amount=left, gross=part.gross - amount, low=low, high=high)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a pivot: the key along each dimension asked for, and pounds."""

    keys: tuple[str, ...]
    amount: Decimal


def coarser(cells: Iterable[Cell], kept: Sequence[int]) -> tuple[Cell, ...]:
    """The same money by fewer dimensions, or in another order: `kept` are their places; the largest cell first.

    >>> fine = (Cell(("a", "x"), Decimal(5)), Cell(("b", "x"), Decimal(4)), Cell(("b", "y"), Decimal(2)))
    >>> [(cell.keys, int(cell.amount)) for cell in coarser(fine, [0])]
    [(('b',), 6), (('a',), 5)]
    """
    sums: defaultdict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for cell in cells:
        sums[tuple(cell.keys[place] for place in kept)] += cell.amount
    return tuple(Cell(*part) for part in sorted(sums.items(), key=lambda part: (-part[1], part[0])))


@dataclass(frozen=True, slots=True)
class LineOnMap:
    """One line as the map counts it, with the way back to its cell.

    `amount` is what its organisation sent, in pounds and signed as expenditure; `city_amount` is the
    place's share of it that falls in what was asked for.
    """

    line: int
    submission: int
    organisation: str
    organisation_name: str
    description: str
    code: str | None
    headings: tuple[str, ...]
    measure: str
    side: str
    amount: Decimal
    share: Decimal
    share_basis: str
    city_amount: Decimal
    service: str
    service_name: str
    themes: tuple[str, ...]
    kind: str
    nature: str
    funding: str
    ring_fence: str
    grade: int
    committed_until: date | None
    year: str
    phase: str
    file: str
    sheet: str
    row: int
    column: str
    reconciliation: str
    source: str
    mapped_by: str
    mapping_reason: str
    provenance: Provenance
    """How the figure that the body sent came about; the place's part of it may be estimated all the same."""
    control_source: ControlSource
    strings: Strings = NO_STRINGS
    """What its own file says is tied to it; the strings of its funding stream hold besides."""
    kept_back: bool = False
    """Whether its body shows its money and not its words to whoever asks: it has neither name nor cell then."""

    @property
    def where(self) -> str:
        """Its cell, sheet and file in one phrase."""
        return KEPT_BACK if self.kept_back else f"{self.file}, {self.sheet} {self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class SubmissionOnMap:
    """One submission as a register shows it: whose, of when, its totals and its state, pounds."""

    submission: int
    organisation: str
    organisation_name: str
    year: str
    phase: Phase
    part: str
    file: str
    sha256: str
    status: str
    lines: int
    expenditure: Decimal
    income: Decimal
    read_total: Decimal
    printed_total: Decimal | None
    control_total: Decimal | None
    reconciliation: str
    difference: Decimal
    grade: int
    share: str
    source: str
    made_by: str
    made_at: str
    provenance: Provenance = Provenance.UNKNOWN
    control_source: ControlSource = ControlSource.UNKNOWN
