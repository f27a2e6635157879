"""What one organisation sends for one year and phase: its lines, its totals, and whether they agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from budget_model.money import NOTHING, exact_pounds
from budget_model.vocabulary import (
    ControlSource,
    Discretion,
    Kind,
    Nature,
    Phase,
    Provenance,
    Reconciliation,
    RingFence,
    Sensitivity,
    Side,
    Stage,
)


@dataclass(frozen=True, slots=True)
class ServiceShare:
    """The part of a line that pays for one service; the shares of a line add up to one."""

    service: str
    share: Decimal


def whole_of(shares: Iterable[ServiceShare]) -> Decimal:
    """What parts of a line come to together; 1 where they are whole."""
    return sum((part.share for part in shares), Decimal(0))


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One amount that one organisation plans or spent on one service, with the cell that it came from.

    Only the place, the description and the amount are needed; whatever else is not known stays at a
    default that the screen shows as one.
    """

    sheet: str
    row: int
    column: str
    description: str
    amount: Decimal
    side: Side = Side.EXPENDITURE
    code: str | None = None
    headings: tuple[str, ...] = ()
    measure: str = ""
    kind: Kind = Kind.REVENUE
    nature: Nature = Nature.UNKNOWN
    funding_stream: str | None = None
    ring_fence: RingFence = RingFence.UNKNOWN
    discretion: Discretion = Discretion.UNKNOWN
    stage: Stage = Stage.UNKNOWN
    committed_until: date | None = None
    area: str | None = None
    provider_type: str | None = None
    client_groups: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    grade: int | None = None
    """None takes the submission's grade."""
    provenance: Provenance | None = None
    """None takes the submission's."""
    share: str | None = None
    """The city share that applies; None takes the submission's."""
    attributes: tuple[tuple[str, str], ...] = ()
    services: tuple[ServiceShare, ...] = ()
    """Empty while nobody has said what it pays for: it is then on the map as unmapped."""
    mapped_by: str = ""
    confidence: Decimal = Decimal(0)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One file of one organisation for a year and phase; `part` tells apart files that add up.

    Totals are pounds, income less than zero. `share` and `grade` hold for every line without its own.
    """

    organisation: str
    year: str
    phase: Phase
    part: str
    file: str
    sha256: str
    lines: tuple[BudgetLine, ...]
    share: str
    grade: int
    source: str = ""
    layout: str = ""
    """The fingerprint of the headers, under which the answers to questions are remembered."""
    printed_total: Decimal | None = None
    control_total: Decimal | None = None
    problems: tuple[str, ...] = ()
    replaces: tuple[int, ...] = ()
    """Submissions of other parts that hold the same money, and that it takes the place of."""
    provenance: Provenance = Provenance.STATED
    """How its figures came about, but for lines that say otherwise: what a body sends is stated by it."""
    control_source: ControlSource = ControlSource.OWN
    """Whose total it is held against: what a file prints or its officer types is the body's own."""

    @property
    def read_total(self) -> Decimal:
        """What was read: expenditure less income, pounds."""
        return net(self.lines)


class Signed(Protocol):
    """A line of either side, as it was read or as it is sent."""

    @property
    def amount(self) -> Decimal:
        """Pounds, above zero on either side."""

    @property
    def side(self) -> Side:
        """Whether it is spent or received."""


def net(lines: Iterable[Signed]) -> Decimal:
    """Expenditure less income, pounds."""
    return sum((line.amount if line.side is Side.EXPENDITURE else -line.amount for line in lines), NOTHING)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether what was read agrees with the organisation's own total; `difference` = read − own."""

    state: Reconciliation
    difference: Decimal
    sentence: str


def reconcile(
    read: Decimal,
    printed: Decimal | None,
    control: Decimal | None,
    explanation: str = "",
    whose: ControlSource = ControlSource.OWN,
) -> Agreement:
    """Hold what was read against the total that was typed, else against the one that the file prints.

    >>> reconcile(Decimal("100.00"), Decimal("100.00"), None).state.value
    'reconciled'
    >>> reconcile(Decimal("99.00"), None, Decimal("100.00")).sentence
    'What was read is £1.00 less than the control total of £100.00.'
    """
    own, which = (control, "control total") if control is not None else (printed, "printed total")
    if whose is not ControlSource.OWN:
        which = f"{which} ({whose.says})"
    if own is None:
        return Agreement(
            Reconciliation.NO_CONTROL_TOTAL, NOTHING, "The file prints no total and none was given."
        )
    difference = read - own
    if difference == 0:
        return Agreement(
            Reconciliation.RECONCILED, NOTHING, f"It agrees with the {which} of {exact_pounds(own)}."
        )
    more = "more" if difference > 0 else "less"
    gap = exact_pounds(abs(difference))
    sentence = f"What was read is {gap} {more} than the {which} of {exact_pounds(own)}."
    if explanation:
        return Agreement(Reconciliation.EXPLAINED, difference, f"{sentence} {explanation}")
    return Agreement(Reconciliation.NOT_RECONCILED, difference, sentence)
