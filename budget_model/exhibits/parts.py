"""What every exhibit is put together from: bars of parts, parts made of bodies, breakdowns in full."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.provenance import is_estimated
from budget_model.count.results import UNMAPPED, Cell, PartOfTotal, Total
from budget_model.exhibits.colours import NAVY, fixed_colour
from budget_model.exhibits.exhibit import Exhibit
from budget_model.exhibits.figures import Bars, Doubt, Figure, Mark, Series
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Chosen, Way
from budget_model.money import NOTHING, pounds
from budget_model.vocabulary import Dimension

Key = TypeVar("Key")

OWN = "Not estimated"
PIECES: Mapping[Doubt | None, str] = {
    None: OWN,
    Doubt.NOT_AGREED: "In a file that does not agree with its own total",
    Doubt.NOT_MAPPED: "With no service yet",
    Doubt.ESTIMATED: "Estimated",
}
"""What each piece of a bar is called, by its doubt."""
RANGES = "Ranges do not add up: errors of different bodies partly cancel out."


def exhibit_of(
    answers: Answers,
    finding: Finding,
    figure: Figure,
    table: Table,
    *,
    source: str = "",
    about: str = "",
    notes: Sequence[str] = (),
    ways: Sequence[Way] = (),
) -> Exhibit:
    """An exhibit of this scope: its finding with its figure, what it counts and how far it can be relied on."""
    return Exhibit(
        finding=answers.say(finding.sentence),
        figure=figure,
        table=table,
        why=answers.say(finding.why),
        unit=answers.unit(),
        left_out=answers.left_out(),
        coverage=answers.coverage(),
        source=source or answers.source(),
        scope=answers.scope,
        about=about,
        notes=tuple(note for note in (*notes, answers.not_passed_on()) if note),
        ways=tuple(ways),
    )


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part over a whole; None where the whole is not above zero."""
    return part / whole if whole > 0 else None


def breakdown(
    answers: Answers, title: str, of: str, parts: Sequence[PartOfTotal], *, ranges: bool = False
) -> Table:
    """Parts of the scope's total in full: amount, share, range, and what is counted elsewhere.

    With `ranges` paper has room for them too.
    """
    total = answers.total()
    rows = [_broken_down(answers, part.name, part, part.amount, total.total) for part in parts]
    rows.append(_broken_down(answers, "Total", total, total.total, total.total))
    columns = (
        Column(of),
        Column("Amount", Kind.POUNDS),
        Column("Share", Kind.SHARE, detail=True),
        Column("At least", Kind.POUNDS, detail=not ranges),
        Column("At most", Kind.POUNDS, detail=not ranges),
        Column("Before removing double counting", Kind.POUNDS, detail=True),
        Column("Counted with another body", Kind.POUNDS, detail=True),
    )
    return Table(title, columns, tuple(rows), totals=1, notes=(RANGES,))


def _broken_down(
    answers: Answers, name: str, part: PartOfTotal | Total, amount: Decimal, whole: Decimal
) -> tuple[Value, ...]:
    share = share_of(amount, whole)
    more = (answers.of(held) for held in (part.low, part.high, part.gross, part.eliminated))
    return (name, answers.of(amount), share, *more)


def listed_amounts(
    answers: Answers, title: str, of: str, parts: Sequence[PartOfTotal], whole: Decimal | None = None
) -> Table:
    """Every part with its amount and share, and their sum; shares are of the `whole`, else of the sum."""
    total = sum((part.amount for part in parts), NOTHING)
    shares_of = total if whole is None else whole
    rows = [(part.name, answers.of(part.amount), share_of(part.amount, shares_of)) for part in parts]
    columns = (Column(of), Column("Amount", Kind.POUNDS), Column("Share", Kind.SHARE, detail=True))
    last = ("Total", answers.of(total), share_of(total, shares_of))
    return Table(title, columns, (*rows, last), totals=1)


def parts_of(amounts: Sequence[tuple[str, Decimal]], names: Mapping[str, str]) -> tuple[PartOfTotal, ...]:
    """Amounts as the parts of a breakdown, the largest first."""
    ordered = sorted(amounts, key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        PartOfTotal(key, names.get(key, key), amount, amount, NOTHING, amount, amount)
        for key, amount in ordered
    )


def marks_of(
    parts: Sequence[PartOfTotal],
    dimension: Dimension,
    *,
    colours: Mapping[str, str] | str = "",
    short: Mapping[str, str] | None = None,
    within: Chosen = (),
) -> tuple[Mark, ...]:
    """What each part of a breakdown is drawn as, with the way down to its lines.

    `colours` is one colour, or one for each key; empty for none of its own. `within` narrows every way.
    """
    short = short or {}
    return tuple(
        Mark(
            part.key,
            part.name,
            _colour(part.key, colours),
            short.get(part.key, ""),
            Way(part.name, ((dimension, part.key), *within)),
        )
        for part in parts
    )


def _colour(key: str, colours: Mapping[str, str] | str) -> str:
    given = colours if isinstance(colours, str) else colours.get(key, "-")
    return fixed_colour(given, key) if given else ""


def above_zero(amounts: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """What can be drawn of a whole: who takes in more than it costs is in the table alone."""
    return {key: amount for key, amount in amounts.items() if amount > 0}


def ways_of(marks: Sequence[Mark]) -> tuple[Way, ...]:
    """The ways down from some marks, in their order."""
    return tuple(mark.way for mark in marks if mark.way)


def graded_bars(
    answers: Answers,
    of: str,
    parts: Sequence[PartOfTotal],
    marks: Sequence[Mark],
    provenances: Sequence[Cell],
    *,
    doubtful: frozenset[str] = frozenset(),
) -> Bars:
    """Bars of parts; what is estimated, not agreed or not mapped of each is a piece of its own.

    `provenances` are cells of (part, how its figure came about); `doubtful` the parts whose files do not agree with their
    own totals.
    """
    estimated = _estimated(provenances)
    pieces: dict[Doubt | None, list[Decimal]] = {doubt: [NOTHING] * len(parts) for doubt in PIECES}
    for place, part in enumerate(parts):
        rest = part.amount - estimated[part.key]
        kind = Doubt.NOT_AGREED if part.key in doubtful else None
        pieces[Doubt.NOT_MAPPED if part.key == UNMAPPED else kind][place] = answers.of(rest)
        pieces[Doubt.ESTIMATED][place] = answers.of(estimated[part.key])
    series = [Series(PIECES[doubt], NAVY, tuple(values), doubt) for doubt, values in pieces.items()]
    used = tuple(one for one in series if any(one.values)) or (series[0],)
    return Bars(of, tuple(marks), used)


def _estimated(provenances: Sequence[Cell]) -> Mapping[str, Decimal]:
    """What is estimated of each mapped part, of cells of (part, how its figure came about)."""
    estimated: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for cell in provenances:
        if is_estimated(cell.keys[1]) and cell.keys[0] != UNMAPPED:
            estimated[cell.keys[0]] += cell.amount
    return estimated


def plain_bars(answers: Answers, of: str, parts: Sequence[PartOfTotal], marks: Sequence[Mark]) -> Bars:
    """Bars in one piece."""
    values = tuple(answers.of(part.amount) for part in parts)
    return Bars(of, tuple(marks), (Series("Amount", NAVY, values),))


def stacked_by_body(
    answers: Answers, dimension: Dimension, of: str, parts: Sequence[PartOfTotal], within: Chosen = ()
) -> Bars:
    """Bars of parts, each made of the bodies that pay for it; what they estimate is a piece of its own."""
    shown = {part.key for part in parts}
    held: defaultdict[tuple[str, bool], dict[str, Decimal]] = defaultdict(dict)
    for cell in answers.pivot(dimension, Dimension.ORGANISATION, Dimension.PROVENANCE):
        part, body, provenance = cell.keys
        if part in shown:
            amounts = held[body, is_estimated(provenance)]
            amounts[part] = amounts.get(part, NOTHING) + cell.amount
    names = answers.short_names(Dimension.ORGANISATION)
    colours = answers.colours(Dimension.ORGANISATION)
    series = tuple(
        Series(
            f"{names.get(body, body)}{', estimated' if estimated else ''}",
            fixed_colour(colours.get(body, ""), body),
            tuple(answers.of(amounts.get(part.key, NOTHING)) for part in parts),
            Doubt.ESTIMATED if estimated else None,
        )
        for (body, estimated), amounts in sorted(held.items(), key=lambda one: _size(one[1]), reverse=True)
    )
    marks = marks_of(parts, dimension, short=answers.short_names(dimension), within=within)
    return Bars(of, marks, series)


def _size(amounts: Mapping[str, Decimal]) -> Decimal:
    return sum((abs(amount) for amount in amounts.values()), NOTHING)


def wholes(
    of: str,
    rows: Sequence[tuple[Mark, Mapping[str, Decimal]]],
    names: Mapping[str, str],
    colours: Mapping[str, str],
    *,
    last: Sequence[str] = (),
    doubts: Mapping[str, Doubt] | None = None,
) -> Bars:
    """Rows that are each one whole, made of what some keys hold of it, in their own colours.

    Keys in `last` come after the others, those in `doubts` are patterned. Amounts are taken as given.
    """
    doubts = doubts or {}
    weight: dict[str, Decimal] = {}
    for _, held in rows:
        for key, amount in held.items():
            weight[key] = max(weight.get(key, NOTHING), amount)
    above = [key for key in weight if weight[key] > 0]
    keys = sorted(above, key=lambda key: (key in last, -weight[key], key))
    series = tuple(
        Series(
            names.get(key, key),
            fixed_colour(colours.get(key, ""), key),
            tuple(held.get(key, NOTHING) for _, held in rows),
            doubts.get(key),
        )
        for key in keys
    )
    return Bars(of, tuple(mark for mark, _ in rows), series, level=True, summed=False, gathers=False)


def not_drawn(below: Sequence[tuple[str, str, Decimal]]) -> str:
    """What a figure of areas has to leave out: services or flows that take in more than they cost."""
    amount = -sum((part[2] for part in below), NOTHING)
    return f"{pounds(amount)} of net income cannot be drawn" if amount else ""
