"""One organisation's figures: its money by service and by board."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import plotly.graph_objects as go

from budget_model.count.results import UNMAPPED, PartOfTotal
from budget_model.money import NOTHING
from pages.shared import bars, style
from pages.shared.bars import Bar, Piece


def parts(
    found: Sequence[PartOfTotal],
    colours: Mapping[str, str] | str,
    said: Callable[[Decimal], str],
    *,
    most: int = 10,
    pattern: str = "",
) -> go.Figure:
    """The largest parts as bars in their own colours, or all in one; what is below nought to the left."""
    shown, rest = (found, ()) if len(found) <= most else (found[: most - 1], found[most - 1 :])
    rows = [
        Bar(
            part.name, said(part.amount), _tone(part.key, colours),
            (Piece(float(part.amount), style.NOT_MAPPED if part.key == UNMAPPED else pattern, said(part.amount)),),
            place,
        )
        for place, part in enumerate(shown)
    ]  # fmt: skip
    if rest:
        whole = sum((part.amount for part in rest), NOTHING)
        rows.append(
            Bar(
                f"{len(rest)} others",
                said(whole),
                style.OTHERS_COLOUR,
                (Piece(float(whole), pattern, said(whole)),),
            )
        )
    return bars.ledger(rows)


def _tone(key: str, colours: Mapping[str, str] | str) -> str:
    given = colours if isinstance(colours, str) else colours.get(key, "")
    return style.colour(given, key)
