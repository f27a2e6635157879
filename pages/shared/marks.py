"""Small pieces that several pages set into their HTML: tiles, stamps, keys, blocks of gaps, breakdowns."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape

from budget_model.count.restate import Restating
from budget_model.count.results import PartOfTotal, Total
from budget_model.vocabulary import Reconciliation
from pages.shared.tables import As, Column, Table

FIRST = 4
STAMPS = {
    Reconciliation.RECONCILED: ("agrees", "✓ Reconciled"),
    Reconciliation.EXPLAINED: ("explained", "≈ Difference explained"),
    Reconciliation.NOT_RECONCILED: ("differs", "✗ Not reconciled"),
    Reconciliation.NO_CONTROL_TOTAL: ("untested", "– No control total"),
}


def tile(name: str, value: str, below: str, picture: str = "") -> str:
    """One figure with its name and what it stands on."""
    return (
        f'<div class="tile"><p class="name">{escape(name)}</p><p class="value">{escape(value)}</p>'
        f"{picture}<p class='below'>{escape(below)}</p></div>"
    )


def range_bar(low: Decimal, middle: Decimal, high: Decimal) -> str:
    """A line from the least to the most that it may be, with a mark where it stands."""
    span = high - low
    if span <= 0:
        return ""
    edge = span / 50
    start, whole = low - edge, span + edge * 2
    left, at, right = ((one - start) / whole * 100 for one in (low, middle, high))
    return (
        '<div class="range" aria-hidden="true">'
        f'<i style="left:{left:.1f}%;width:{right - left:.1f}%"></i><b style="left:{at:.1f}%"></b></div>'
    )


def share_bar(part: Decimal, whole: Decimal) -> str:
    """A bar that is filled as far as the part goes."""
    share = max(Decimal(0), min(Decimal(1), part / whole)) if whole > 0 else Decimal(0)
    return f'<div class="share" aria-hidden="true"><i style="width:{share * 100:.1f}%"></i></div>'


def stamp(state: str) -> str:
    """The reconciliation of a submission, as a stamp: a colour, a sign and words."""
    kind, words = STAMPS.get(Reconciliation(state), ("untested", state))
    return f'<span class="stamp {kind}">{words}</span>'


def doubt_key(*, estimated: bool = False, not_agreed: bool = False, unmapped: bool = False) -> list[str]:
    """What the patterns of a chart mean, for those that it uses."""
    said = []
    if estimated:
        said.append('<span><i class="hatch"></i>estimated (grade 5 or 6)</span>')
    if not_agreed:
        said.append('<span><i class="cross"></i>does not agree with its own total</span>')
    if unmapped:
        said.append('<span><i class="dots"></i>no service yet</span>')
    return said


def block(title: str, items: Sequence[tuple[str, str]], nothing: str) -> str:
    """A list of gaps under a title, or the sentence that there are none."""
    if not items:
        inside = f'<p class="none">✓ {escape(nothing)}</p>'
    else:
        told = [f"<li><strong>{escape(what)}</strong><span>{escape(why)}</span></li>" for what, why in items]
        first, rest = (told, []) if len(told) <= FIRST + 1 else (told[:FIRST], told[FIRST:])
        inside = f"<ul>{''.join(first)}</ul>"
        if rest:
            inside += f"<details><summary>{len(rest)} more</summary><ul>{''.join(rest)}</ul></details>"
    return f'<section class="block"><h3>{escape(title)}<em>{len(items) or ""}</em></h3>{inside}</section>'


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
