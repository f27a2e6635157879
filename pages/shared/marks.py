"""What several pages show beside a total: the key of doubtful money, and a breakdown as a table."""

from collections.abc import Iterable
from decimal import Decimal

from budget_model.count.restate import Restating
from budget_model.count.results import PartOfTotal, Total
from pages.shared.components import Key
from pages.shared.tables import As, Column, Table


def doubt_key(*, estimated: bool = False, not_agreed: bool = False, unmapped: bool = False) -> list[Key]:
    """What the patterns of a chart mean, for those that it uses."""
    used = (
        (estimated, Key("estimated (grade 5 or 6)", "hatch")),
        (not_agreed, Key("does not agree with its own total", "cross")),
        (unmapped, Key("no service yet", "dots")),
    )
    return [meaning for is_used, meaning in used if is_used]


def breakdown(title: str, what: str, parts: Iterable[PartOfTotal], shown: Restating, total: Total) -> Table:
    """A breakdown of the total as a table: amount, range, share, and what is counted elsewhere."""
    rows: list[tuple[object, ...]] = [
        (
            part.name, shown.of(part.amount), share_of(part.amount, total.total), shown.of(part.low),
            shown.of(part.high), shown.of(part.gross), shown.of(part.eliminated),
        )
        for part in parts
    ]  # fmt: skip
    rows.append(
        (
            "Total", shown.of(total.total), share_of(total.total, total.total), shown.of(total.low),
            shown.of(total.high), shown.of(total.gross), shown.of(total.eliminated),
        )
    )  # fmt: skip
    columns = (
        Column(what), Column("Amount", As.MONEY), Column("Share", As.SHARE), Column("Low", As.MONEY),
        Column("High", As.MONEY), Column("Own books", As.MONEY), Column("Counted elsewhere", As.MONEY),
    )  # fmt: skip
    notes = ("Ranges do not add up: errors of different bodies partly cancel out.",)
    return Table(title, columns, tuple(rows), has_total=True, notes=notes)


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part over a whole; None where the whole is not above nought."""
    return part / whole if whole > 0 else None
