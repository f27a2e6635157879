"""The parts of a total as bars: each in its own colour, estimated, doubtful and unmapped money patterned."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import plotly.graph_objects as go

from budget_model.count.assurance import ESTIMATED_FROM
from budget_model.count.results import UNMAPPED, Cell, PartOfTotal
from budget_model.money import NOTHING
from pages.shared import bars, style
from pages.shared.bars import Bar, Piece

Split = tuple[Decimal, Decimal]
"""What of a part is the bodies' own figure, and what is estimated, pounds."""


def graded(found: Sequence[PartOfTotal], cells: Sequence[Cell]) -> dict[str, Split]:
    """Each part split by its cells of (part, confidence grade); without cells nothing is estimated."""
    sure = {part.key: NOTHING if cells else part.amount for part in found}
    estimated = {part.key: NOTHING for part in found}
    for cell in cells:
        key, grade = cell.keys
        side = estimated if int(grade) >= ESTIMATED_FROM else sure
        side[key] = side.get(key, NOTHING) + cell.amount
    return {key: (amount, estimated[key]) for key, amount in sure.items() if key in estimated}


def any_estimated(cells: Sequence[Cell]) -> bool:
    """Whether any of some cells of (part, grade) is estimated."""
    return any(int(cell.keys[-1]) >= ESTIMATED_FROM and cell.amount for cell in cells)


def draw(
    found: Sequence[PartOfTotal],
    cells: Sequence[Cell],
    colours: Mapping[str, str] | str,
    said: Callable[[Decimal], str],
    *,
    doubtful: frozenset[str] = frozenset(),
    most: int = 10,
) -> go.Figure:
    """The largest parts as bars, the rest gathered as one. `colours` is one colour, or one for each key.

    The way down of each bar is its place in `found`.
    """
    split = graded(found, cells)
    shown, rest = (found, ()) if len(found) <= most else (found[: most - 1], found[most - 1 :])
    rows = [
        Bar(
            part.name,
            said(part.amount),
            _tone(part.key, colours),
            _pieces(part, split, said, doubtful),
            place,
        )
        for place, part in enumerate(shown)
    ]
    if rest:
        whole = sum((part.amount for part in rest), NOTHING)
        together = tuple(sum((split[part.key][side] for part in rest), NOTHING) for side in (0, 1))
        pieces = _split_pieces((together[0], together[1]), "", "", said)
        rows.append(Bar(f"{len(rest)} others", said(whole), style.OTHERS_COLOUR, pieces))
    return bars.ledger(rows)


def _tone(key: str, colours: Mapping[str, str] | str) -> str:
    return style.colour(colours if isinstance(colours, str) else colours.get(key, ""), key)


def _pieces(
    part: PartOfTotal, split: Mapping[str, Split], said: Callable[[Decimal], str], doubtful: frozenset[str]
) -> tuple[Piece, ...]:
    if part.key == UNMAPPED:
        return (Piece(float(part.amount), style.NOT_MAPPED, f"{said(part.amount)}, no service yet"),)
    if part.key in doubtful:
        words = " in a file that does not agree with its own total"
        return _split_pieces(split[part.key], style.NOT_RECONCILED, words, said)
    return _split_pieces(split[part.key], "", "", said)


def _split_pieces(
    split: Split, pattern: str, words: str, said: Callable[[Decimal], str]
) -> tuple[Piece, ...]:
    sure, estimated = split
    pieces = [Piece(float(sure), pattern, f"{said(sure)}{words}")] if sure else []
    if estimated:
        pieces.append(Piece(float(estimated), style.ESTIMATED, f"{said(estimated)} estimated"))
    return tuple(pieces) or (Piece(0.0, "", said(NOTHING)),)
