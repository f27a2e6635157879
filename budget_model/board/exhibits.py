"""What every exhibit is put together from: rows and their tails, bodies as pieces, tables in full."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.board.counted import SEPARATOR, Counted
from budget_model.board.figures import (
    OTHERS_COLOUR,
    Bars,
    Column,
    ColumnKind,
    Exhibit,
    Figure,
    Series,
    Table,
    Value,
    fixed_colour,
    in_words,
)
from budget_model.count.findings import Finding
from budget_model.count.results import Cell, PartOfTotal
from budget_model.count.saying import counted as said_count
from budget_model.money import NOTHING, pounds
from budget_model.vocabulary import Dimension

NAVY, TEAL, PLUM, CHARCOAL = "#12436D", "#28A197", "#801650", "#3D3D3D"
MOST_BARS = 9
MOST_PIECES = 5


@dataclass(frozen=True, slots=True)
class Gone:
    """Why a view has nothing to show now, in a sentence for whoever put the story together."""

    sentence: str


Shown = Exhibit | Gone


def exhibit_of(
    counted: Counted,
    said: Finding,
    figure: Figure,
    *,
    source: str = "",
    about: str = "",
    whole: Table | None = None,
) -> Exhibit:
    """An exhibit of this scope: its finding with its figure, what it counts, and its alternative text."""
    left_out = counted.left_out()
    unit = SEPARATOR.join(one for one in (counted.unit(), left_out, about) if one)
    bodies = said_count(counted.total().organisations, "public body", "public bodies")
    sentence = counted.say(said.sentence)
    return Exhibit(
        finding=sentence,
        figure=figure,
        why=counted.say(said.why),
        unit=unit,
        source=source or f"Budgets of {bodies}",
        alt=f"{sentence} {in_words(figure)}",
        appendix=whole,
    )


def gathered(
    parts: Sequence[PartOfTotal], most: int = MOST_BARS
) -> tuple[tuple[Decimal, tuple[str, ...]], ...]:
    """The first parts each alone and the rest together: the pounds and the keys of each row."""
    if len(parts) <= most:
        return tuple((part.amount, (part.key,)) for part in parts)
    rest = parts[most - 1 :]
    whole = sum((part.amount for part in rest), NOTHING)
    return (
        *((part.amount, (part.key,)) for part in parts[: most - 1]),
        (whole, tuple(part.key for part in rest)),
    )


def summed(counted: Counted, keys: Sequence[str], amounts: Mapping[str, Decimal]) -> Decimal:
    """What some keys hold between them, as the scope asks for it to be shown."""
    return counted.of(sum((amounts.get(key, NOTHING) for key in keys), NOTHING))


def row_name(keys: Sequence[str], names: Mapping[str, str]) -> str:
    """What a row is called: its own name, or how many others it gathers."""
    return names.get(keys[0], keys[0]) if len(keys) == 1 else f"{len(keys)} others"


def row_colour(keys: Sequence[str], colours: Mapping[str, str], usual: str = NAVY) -> str:
    """The colour of a row: its own, or that of the others."""
    if len(keys) > 1:
        return OTHERS_COLOUR
    return fixed_colour(colours.get(keys[0], ""), keys[0]) if colours else fixed_colour(usual, keys[0])


def all_parts(counted: Counted, of: str, parts: Sequence[PartOfTotal]) -> Table:
    """Every part of a breakdown in full, with its range."""
    rows: list[tuple[Value, ...]] = [
        (part.name, *(counted.of(amount) for amount in (part.amount, part.low, part.high))) for part in parts
    ]
    total = counted.total()
    last: tuple[Value, ...] = (
        "Total",
        *(counted.of(amount) for amount in (total.total, total.low, total.high)),
    )
    money = (Column(name, ColumnKind.POUNDS) for name in ("Amount", "At least", "At most"))
    return Table((Column(of), *money), (*rows, last), totals=1)


def stacked_by_body(
    counted: Counted, dimension: Dimension, of: str, parts: Sequence[PartOfTotal], cells: Sequence[Cell]
) -> Bars:
    """Bars of parts, each made of the bodies that pay for it; the smaller bodies are one piece."""
    rows = gathered(parts)
    held = {cell.keys: cell.amount for cell in cells}
    shown = {key for _, keys in rows for key in keys}
    weight: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for (part, body), amount in held.items():
        if part in shown:
            weight[body] += abs(amount)
    ordered = sorted(weight, key=lambda body: (-weight[body], body))
    few = ordered if len(ordered) <= MOST_PIECES else ordered[: MOST_PIECES - 1]
    rest = ordered[len(few) :]
    names, colours = counted.short_names(Dimension.ORGANISATION), counted.colours(Dimension.ORGANISATION)
    pieces: list[tuple[str, str, Sequence[str]]] = [
        (names.get(body, body), fixed_colour(colours.get(body, ""), body), (body,)) for body in few
    ]
    if rest:
        pieces.append((f"{len(rest)} others", OTHERS_COLOUR, rest))
    series = tuple(
        Series(
            name,
            colour,
            tuple(
                counted.of(sum((held.get((key, body), NOTHING) for key in keys for body in bodies), NOTHING))
                for _, keys in rows
            ),
        )
        for name, colour, bodies in pieces
    )
    own = counted.short_names(dimension)
    return Bars(of, tuple(row_name(keys, own) for _, keys in rows), series)


def plain_bars(counted: Counted, of: str, parts: Sequence[PartOfTotal], colour: str = NAVY) -> Bars:
    """Bars in one colour, the smallest gathered as others."""
    rows = gathered(parts)
    names = {part.key: part.name for part in parts}
    values = tuple(counted.of(amount) for amount, _ in rows)
    return Bars(
        of,
        tuple(row_name(keys, names) for _, keys in rows),
        (Series("Amount", colour, values),),
        tuple(row_colour(keys, {}, colour) for _, keys in rows),
    )


def parts_of(amounts: Sequence[tuple[str, Decimal]], names: Mapping[str, str]) -> tuple[PartOfTotal, ...]:
    """Amounts as the parts of a breakdown, the largest first."""
    ordered = sorted(amounts, key=lambda one: (-one[1], one[0]))
    return tuple(
        PartOfTotal(key, names.get(key, key), amount, amount, NOTHING, amount, amount)
        for key, amount in ordered
    )


def listed_parts(counted: Counted, of: str, parts: Sequence[PartOfTotal]) -> Table:
    """Every part in a table, with their sum."""
    whole = sum((part.amount for part in parts), NOTHING)
    rows = tuple((part.name, counted.of(part.amount)) for part in parts)
    return Table(
        (Column(of), Column("Amount", ColumnKind.POUNDS)), (*rows, ("Total", counted.of(whole))), totals=1
    )


def not_drawn(below: Sequence[tuple[str, str, Decimal]]) -> str:
    """What a figure of areas has to leave out: services or flows that take in more than they cost."""
    amount = -sum((one[2] for one in below), NOTHING)
    return f"{pounds(amount)} of net income cannot be drawn" if amount else ""
