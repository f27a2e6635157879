"""The Overview's figures: who spends it, on what, and the bridge to the published benchmark."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import plotly.graph_objects as go

from budget_model.count.assurance import ESTIMATED_FROM
from budget_model.count.benchmark import Bridge
from budget_model.count.results import UNMAPPED, Cell, PartOfTotal
from budget_model.money import NOTHING
from pages.shared import bars, style
from pages.shared.bars import Bar, Piece

MOST = 7


def graded(parts: Sequence[PartOfTotal], cells: Sequence[Cell]) -> dict[str, tuple[Decimal, Decimal]]:
    """What of each part is estimated and what is not, from cells of (part, confidence grade)."""
    sure: dict[str, Decimal] = {part.key: NOTHING for part in parts}
    estimated = dict(sure)
    for cell in cells:
        key, grade = cell.keys
        side = estimated if int(grade) >= ESTIMATED_FROM else sure
        side[key] = side.get(key, NOTHING) + cell.amount
    return {key: (sure[key], estimated.get(key, NOTHING)) for key in sure}


def spending(
    parts: Sequence[PartOfTotal],
    cells: Sequence[Cell],
    colours: Mapping[str, str],
    said: Callable[[Decimal], str],
    doubtful: frozenset[str] = frozenset(),
) -> go.Figure:
    """Bars of the largest parts, the rest gathered as one; estimated money hatched."""
    split = graded(parts, cells)
    shown, rest = (parts, ()) if len(parts) <= MOST else (parts[: MOST - 1], parts[MOST - 1 :])
    rows = [
        Bar(part.name, said(part.amount), _tone(part, colours), _pieces(part, split[part.key], said, doubtful), place)
        for place, part in enumerate(shown)
    ]
    if rest:
        whole = sum((part.amount for part in rest), NOTHING)
        rows.append(
            Bar(f"{len(rest)} others", said(whole), style.OTHERS_COLOUR, _gathered([split[part.key] for part in rest], said))
        )
    return bars.ledger(rows)


def bridge(found: Bridge, said: Callable[[Decimal], str], where: str) -> go.Figure:
    """From the published benchmark, step by step, to what is on the map."""
    rows = [
        Bar(
            f"{found.region}’s published spending × {where}’s share", said(found.benchmark), style.CHARCOAL,
            (Piece(float(found.benchmark), "", said(found.benchmark)),), strong=True,
        )
    ]  # fmt: skip
    at = found.benchmark
    for step in found.steps:
        tone = style.TEAL if step.difference > 0 else style.PLUM
        sign = "+" if step.difference > 0 else "−"
        label = f"{sign}{said(abs(step.difference))}"
        piece = Piece(float(step.difference), "", f"{label}<br>{said(step.published)} → {said(step.mapped)}")
        rows.append(Bar(step.name, label, tone, (piece,), start=float(at)))
        at += step.difference
    rows.append(
        Bar("On the map", said(found.total), style.NAVY, (Piece(float(found.total), "", said(found.total)),), strong=True)
    )
    return bars.ledger(rows, row=42, width=80, cut=cut(found))


def cut(found: Bridge) -> float:
    """Where the axis may start: nought, unless the steps are too small against the totals to be seen."""
    at, heights = found.benchmark, [found.benchmark, found.total]
    for step in found.steps:
        at += step.difference
        heights.append(at)
    low, high = min(heights), max(heights)
    if low <= 0 or (high - low) * 4 > high:
        return 0.0
    return float(low - (high - low) * 2)


def _gathered(splits: Sequence[tuple[Decimal, Decimal]], said: Callable[[Decimal], str]) -> tuple[Piece, ...]:
    sure = sum((one for one, _ in splits), NOTHING)
    estimated = sum((one for _, one in splits), NOTHING)
    pieces = [Piece(float(sure), "", said(sure))] if sure else []
    if estimated:
        pieces.append(Piece(float(estimated), style.ESTIMATED, f"{said(estimated)} estimated"))
    return tuple(pieces)


def _tone(part: PartOfTotal, colours: Mapping[str, str]) -> str:
    return style.colour(colours.get(part.key, ""), part.key)


def _pieces(
    part: PartOfTotal,
    split: tuple[Decimal, Decimal],
    said: Callable[[Decimal], str],
    doubtful: frozenset[str],
) -> tuple[Piece, ...]:
    sure, estimated = split
    if part.key == UNMAPPED:
        return (Piece(float(part.amount), style.NOT_MAPPED, f"{said(part.amount)}, no service yet"),)
    solid = style.NOT_RECONCILED if part.key in doubtful else ""
    words = " in a file that does not agree with its own total" if solid else ""
    pieces = []
    if sure:
        pieces.append(Piece(float(sure), solid, f"{said(sure)}{words}"))
    if estimated:
        pieces.append(Piece(float(estimated), style.ESTIMATED, f"{said(estimated)} estimated"))
    return tuple(pieces) or (Piece(0.0, "", said(part.amount)),)
