"""One grant, contract or payment of a file, as it is kept: typed, without private persons, with its place in the file."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from budget_model.contribute.recipients import INDIVIDUAL, Recognised
from budget_model.money import NOTHING
from budget_model.problem import Problem

POUNDS = "GBP"


class FileKind(StrEnum):
    """What a file is a list of."""

    GRANTS = "grants"
    """In the columns or the package of the open standard of 360Giving."""
    PAYMENTS = "payments"
    """A body's list of what it paid to whom."""


class RowKind(StrEnum):
    """What one row is."""

    GRANT = "grant"
    CONTRACT = "contract"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One row; `trouble` says why it cannot be counted, and it is kept all the same."""

    key: str
    """By what it is the same grant in another file."""
    place: str
    """Where it stands: "sheet 'Grants', row 12"."""
    kind: RowKind
    funder: str
    recipient: str = INDIVIDUAL
    recipient_key: str = ""
    recognised: Recognised = Recognised.INDIVIDUAL
    title: str = ""
    programme: str = ""
    amount: Decimal | None = None
    """As the file has it, in its currency; None where it cannot be read."""
    currency: str = POUNDS
    awarded: date | None = None
    """Day of the award or the payment."""
    starts: date | None = None
    ends: date | None = None
    codes: tuple[str, ...] = ()
    """Codes of the Office for National Statistics that say where it goes."""
    trouble: str = ""

    @property
    def months(self) -> int | None:
        """How many months it runs, rounded; None where its first or last day is not stated."""
        if self.starts is None or self.ends is None:
            return None
        return round(((self.ends - self.starts).days + 1) * 12 / 365.25)

    def at(self, number: int) -> "GrantRow":
        """The same row as the next of several alike: payments that are alike are different payments."""
        return replace(self, key=f"{self.key}#{number}")


@dataclass(frozen=True, slots=True)
class GrantFile:
    """A file as it was read: every row, and what is wrong with some."""

    name: str
    sha256: str
    kind: FileKind
    rows: tuple[GrantRow, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def readable(self) -> tuple[GrantRow, ...]:
        """The rows that nothing keeps from being counted but who their recipient is."""
        return tuple(row for row in self.rows if not row.trouble)

    @property
    def total(self) -> Decimal:
        """What the rows that can be counted come to, pounds."""
        return sum((row.amount or NOTHING for row in self.readable), NOTHING)
