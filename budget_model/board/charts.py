"""Every chart that can be pinned to a story: from what is counted in a scope to a finding with its figure.

Each takes what the store counts and the key of what was chosen, and gives an `Exhibit`, or a sentence why
there is nothing to show: a view can outlive what it was a view of.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
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
    Flow,
    HeatMap,
    Sankey,
    Series,
    Step,
    Stop,
    Table,
    Tile,
    Treemap,
    Value,
    Waterfall,
    fixed_colour,
    in_words,
)
from budget_model.count.assurance import ESTIMATED_FROM
from budget_model.count.benchmark import in_words as bridge_in_words
from budget_model.count.benchmark import shortened as bridge_shortened
from budget_model.count.findings import Finding, part_of, what_most_is_spent_on
from budget_model.count.flows import NOT_KNOWN
from budget_model.count.ranked import finding_of, paid_by, range_of, where_from, within
from budget_model.count.results import UNMAPPED, Cell, PartOfTotal
from budget_model.count.saying import counted as said_count
from budget_model.count.saying import listed, opened
from budget_model.money import NOTHING, percent, pounds
from budget_model.store.stories import View
from budget_model.together.opportunities import Opportunity
from budget_model.vocabulary import Dimension

NAVY, TEAL, PLUM, CHARCOAL = "#12436D", "#28A197", "#801650", "#3D3D3D"
MOST_BARS = 9
MOST_PIECES = 5
MOST_STEPS = 8
MOST_ACROSS = 7
MOST_TILES = 7


@dataclass(frozen=True, slots=True)
class Gone:
    """Why a view has nothing to show now, in a sentence for whoever put the story together."""

    sentence: str


Shown = Exhibit | Gone


@dataclass(frozen=True, slots=True)
class Chart:
    """One kind of chart: what it is called, the page it belongs to, and what it is about one of."""

    name: str
    title: str
    page: str
    show: Callable[[Counted, str], Shown]
    one_of: str = ""
    """What a key must be chosen of: 'organisation', 'theme', 'opportunity'; empty for the whole scope."""


def exhibit(counted: Counted, view: View) -> Shown:
    """What a view shows now: its figure under its own words or the finding computed from the data."""
    chart = CHARTS.get(view.chart)
    if chart is None:
        return Gone(f"There is no chart called “{view.chart[:80]}” any more. Pin another in its place.")
    if not counted.total().lines:
        return Gone(
            f"Nothing is on the map of {counted.place.name} for {counted.scope.year}"
            f"{' ' + counted.left_out() if counted.left_out() else ''}. Widen the view, or load a budget."
        )
    shown = chart.show(counted, view.chosen)
    if isinstance(shown, Exhibit) and view.finding.strip():
        return shown.titled(view.finding.strip())
    return shown


def _exhibit(
    counted: Counted,
    said: Finding,
    figure: Figure,
    *,
    source: str = "",
    about: str = "",
    whole: Table | None = None,
) -> Exhibit:
    left_out = counted.left_out()
    unit = SEPARATOR.join(one for one in (counted.unit(), left_out, about) if one)
    bodies = said_count(counted.total().organisations, "public body", "public bodies")
    return Exhibit(
        finding=said.sentence,
        figure=figure,
        why=said.why,
        unit=unit,
        source=source or f"Budgets of {bodies}",
        alt=f"{said.sentence} {in_words(figure)}",
        appendix=whole,
    )


# What the place spends


def _who(counted: Counted, _: str) -> Shown:
    return _by_part(counted, Dimension.ORGANISATION, "Organisation", "who")


def _by_part(counted: Counted, dimension: Dimension, of: str, kind: str) -> Shown:
    """Bars of one breakdown, what is estimated of each apart."""
    parts = counted.by(dimension)
    said = finding_of(counted.figures(), kind) or finding_of(counted.figures(), "total")
    if said is None or not parts:
        return Gone("There is nothing to break down in this choice.")
    cells = counted.pivot(dimension, Dimension.GRADE)
    sure: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    unsure: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for cell in cells:
        (unsure if int(cell.keys[1]) >= ESTIMATED_FROM else sure)[cell.keys[0]] += cell.amount
    names, colours = counted.short_names(dimension), counted.colours(dimension)
    rows = _gathered(parts)
    series = [
        Series(label, NAVY, tuple(_sum(counted, keys, amounts) for _, keys in rows), doubtful=doubtful)
        for label, amounts, doubtful in (
            ("The body’s own figure", sure, False),
            ("Estimated from national figures", unsure, True),
        )
    ]
    used = tuple(one for one in series if any(one.values)) or (series[0],)
    figure = Bars(
        of,
        tuple(_row_name(keys, names) for _, keys in rows),
        used,
        tuple(_row_colour(keys, colours) for _, keys in rows),
    )
    return _exhibit(counted, said, figure, whole=_all_parts(counted, of, parts))


def _gathered(
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


def _sum(counted: Counted, keys: Sequence[str], amounts: Mapping[str, Decimal]) -> Decimal:
    return counted.of(sum((amounts.get(key, NOTHING) for key in keys), NOTHING))


def _row_name(keys: Sequence[str], names: Mapping[str, str]) -> str:
    return names.get(keys[0], keys[0]) if len(keys) == 1 else f"{len(keys)} others"


def _row_colour(keys: Sequence[str], colours: Mapping[str, str], usual: str = NAVY) -> str:
    if len(keys) > 1:
        return OTHERS_COLOUR
    return fixed_colour(colours.get(keys[0], ""), keys[0]) if colours else fixed_colour(usual, keys[0])


def _all_parts(counted: Counted, of: str, parts: Sequence[PartOfTotal]) -> Table:
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


def _what(counted: Counted, _: str) -> Shown:
    """Boards, each in the colours of the bodies that pay for them."""
    figures = counted.figures()
    said = finding_of(figures, "what") or finding_of(figures, "total")
    if said is None:
        return Gone("Nothing in this choice belongs to a theme.")
    figure = _stacked(
        counted, Dimension.THEME, "Theme", counted.by(Dimension.THEME), figures.theme_by_organisation
    )
    return _exhibit(counted, said, figure, whole=_everybody_by_theme(counted))


def _stacked(
    counted: Counted, dimension: Dimension, of: str, parts: Sequence[PartOfTotal], cells: Sequence[Cell]
) -> Bars:
    """Bars of parts, each made of the bodies that pay for it; the smaller bodies are one piece."""
    rows = _gathered(parts)
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
    return Bars(of, tuple(_row_name(keys, own) for _, keys in rows), series)


def _services(counted: Counted, _: str) -> Shown:
    parts = counted.by(Dimension.SERVICE)
    said = finding_of(counted.figures(), "service") or finding_of(counted.figures(), "total")
    if said is None:
        return Gone("No money in this choice has a service yet.")
    figure = _plain_bars(counted, "Service", parts)
    return _exhibit(counted, said, figure, whole=_all_parts(counted, "Service", parts))


def _plain_bars(counted: Counted, of: str, parts: Sequence[PartOfTotal], colour: str = NAVY) -> Bars:
    rows = _gathered(parts)
    names = {part.key: part.name for part in parts}
    values = tuple(counted.of(amount) for amount, _ in rows)
    return Bars(
        of,
        tuple(_row_name(keys, names) for _, keys in rows),
        (Series("Amount", colour, values),),
        tuple(_row_colour(keys, {}, colour) for _, keys in rows),
    )


def _map_of_services(counted: Counted, _: str) -> Shown:
    """Boards as boxes, their services as boxes inside them."""
    said = finding_of(counted.figures(), "service") or finding_of(counted.figures(), "total")
    cells = counted.pivot(Dimension.THEME, Dimension.SERVICE)
    themes, services = counted.names(Dimension.THEME), counted.names(Dimension.SERVICE)
    colours = counted.colours(Dimension.THEME)
    short = counted.short_names(Dimension.THEME)
    inside: defaultdict[str, list[Cell]] = defaultdict(list)
    below: list[tuple[str, str, Decimal]] = []
    named: list[tuple[str, str, Decimal]] = []
    for cell in cells:
        if cell.amount > 0:
            inside[cell.keys[0]].append(cell)
        elif cell.amount < 0:
            names = (themes.get(cell.keys[0], cell.keys[0]), services.get(cell.keys[1], cell.keys[1]))
            below.append((*names, counted.of(cell.amount)))
    tiles = []
    for theme, held in inside.items():
        ordered = sorted(held, key=lambda cell: (-cell.amount, cell.keys))
        colour = fixed_colour(colours.get(theme, ""), theme)
        parts = tuple(
            Tile(services.get(cell.keys[1], cell.keys[1]), counted.of(cell.amount), colour)
            for cell in ordered
        )
        whole = sum((part.amount for part in parts), NOTHING)
        named += [(themes.get(theme, theme), part.name, part.amount) for part in parts]
        tiles.append(Tile(short.get(theme, theme), whole, colour, _few_tiles(parts)))
    if not tiles or said is None:
        return Gone("Nothing above nought is spent in this choice, so no box can be drawn.")
    tiles.sort(key=lambda tile: (-tile.amount, tile.name))
    figure = Treemap("Theme", "Service", tuple(tiles), tuple(below))
    named = [*sorted(named, key=lambda one: (-one[2], one[:2])), *below]
    heads = (Column("Theme"), Column("Service"), Column("Amount", ColumnKind.POUNDS))
    total = ("Total", "", sum((amount for _, _, amount in named), NOTHING))
    whole_table = Table(heads, (*named, total), totals=1)
    return _exhibit(counted, said, figure, about=_not_drawn(below), whole=whole_table)


def _few_tiles(parts: Sequence[Tile]) -> tuple[Tile, ...]:
    """The largest boxes inside a box, and the rest as one."""
    if len(parts) <= MOST_TILES:
        return tuple(parts)
    rest = parts[MOST_TILES - 1 :]
    whole = sum((part.amount for part in rest), NOTHING)
    return (*parts[: MOST_TILES - 1], Tile(f"{len(rest)} others", whole, parts[0].colour))


def _not_drawn(below: Sequence[tuple[str, str, Decimal]]) -> str:
    """What a figure of areas has to leave out: services or flows that take in more than they cost."""
    amount = -sum((one[2] for one in below), NOTHING)
    return f"{pounds(amount)} of net income cannot be drawn" if amount else ""


def _flows(counted: Counted, _: str) -> Shown:
    """Funding to organisation to theme."""
    drawn = counted.flows(8)
    if not drawn.organisations:
        return Gone("Nothing above nought is spent in this choice, so no flow can be drawn.")
    streams = [(node.key, node.name, node.amount) for node in drawn.funding]
    said = where_from(streams, frozenset({NOT_KNOWN, "general", "others"}))
    if said is None:
        return Gone("Nothing above nought is spent in this choice, so no flow can be drawn.")
    columns = tuple(
        tuple(
            Stop(node.key, node.name, fixed_colour(node.colour, node.key), counted.of(node.amount))
            for node in nodes
        )
        for nodes in (drawn.funding, drawn.organisations, drawn.themes)
    )
    flowing = tuple(
        tuple(Flow(link.source, link.target, counted.of(link.amount)) for link in links)
        for links in (drawn.left, drawn.right)
    )
    bodies, themes = counted.names(Dimension.ORGANISATION), counted.names(Dimension.THEME)
    below = tuple(
        (bodies.get(cell.keys[0], cell.keys[0]), themes.get(cell.keys[1], cell.keys[1]),
         counted.of(cell.amount))
        for cell in drawn.below_nought
    )  # fmt: skip
    figure = Sankey(("Paid from", "Spent by", "Spent on"), columns, flowing, below)
    return _exhibit(counted, said, figure, about=_not_drawn(below), whole=figure.table())


def _heat_map(counted: Counted, _: str) -> Shown:
    """Which body spends on which board."""
    said = finding_of(counted.figures(), "payers") or finding_of(counted.figures(), "what")
    if said is None:
        return Gone("Nothing in this choice belongs to a theme.")
    figure = _crossed(counted, Dimension.ORGANISATION, Dimension.THEME, "Organisation", "Theme", whole=False)
    return _exhibit(counted, said, figure, whole=_everybody_by_theme(counted))


def _everybody_by_theme(counted: Counted) -> Table:
    """Every body's money on every theme: across where the themes are few, else one below the other."""
    if len(counted.by(Dimension.THEME)) <= MOST_ACROSS:
        return _crossed(
            counted, Dimension.ORGANISATION, Dimension.THEME, "Organisation", "Theme", whole=True
        ).table()
    bodies, themes = counted.names(Dimension.ORGANISATION), counted.names(Dimension.THEME)
    rows = tuple(
        (bodies.get(cell.keys[0], cell.keys[0]), themes.get(cell.keys[1], cell.keys[1]),
         counted.of(cell.amount))
        for cell in sorted(
            counted.pivot(Dimension.ORGANISATION, Dimension.THEME), key=lambda cell: (-cell.amount, cell.keys)
        )
    )  # fmt: skip
    heads = (Column("Organisation"), Column("Theme"), Column("Amount", ColumnKind.POUNDS))
    return Table(heads, (*rows, ("Total", "", counted.of(counted.total().total))), totals=1)


def _crossed(
    counted: Counted, down: Dimension, across: Dimension, of: str, by: str, *, whole: bool
) -> HeatMap:
    """Two breakdowns against each other; with their tails gathered unless the `whole` is asked for."""
    most_down, most_across = (10_000, 10_000) if whole else (MOST_BARS, 6)
    rows, columns = _gathered(counted.by(down), most_down), _gathered(counted.by(across), most_across)
    held = {cell.keys: cell.amount for cell in counted.pivot(down, across)}
    names = counted.names(down) if whole else counted.short_names(down)
    over = counted.short_names(across)

    def cell(keys: Sequence[str], others: Sequence[str]) -> Decimal | None:
        found = [held[one, other] for one in keys for other in others if (one, other) in held]
        return counted.of(sum(found, NOTHING)) if found else None

    return HeatMap(
        of,
        by,
        tuple(_row_name(keys, names) for _, keys in rows),
        tuple(_row_name(keys, over) for _, keys in columns),
        tuple(tuple(cell(keys, others) for _, others in columns) for _, keys in rows),
    )


# Counting once, and how sure


def _once(counted: Counted, _: str) -> Shown:
    """From the bodies' own books to the place's total."""
    total = counted.total()
    said = finding_of(counted.figures(), "once")
    if said is None:
        said = Finding(
            f"No money is counted twice: {pounds(total.total)} is in one body’s books only.", total.total,
            why="No transfer between these bodies is known in this choice.",
        )  # fmt: skip
    names = counted.short_names(Dimension.ORGANISATION)
    pairs: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for one in counted.passing():
        pairs[one.payer, one.payee] += one.amount
    between = [
        (f"{names.get(payer, payer)} to {names.get(payee, payee)}", amount)
        for (payer, payee), amount in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
        if amount
    ]
    if sum((amount for _, amount in between), NOTHING) != total.eliminated:
        between = [("Counted in two bodies’ books", total.eliminated)] if total.eliminated else []
    whole = [("In the bodies’ books", total.gross), *between, ("Counted once", total.total)]
    if len(between) > MOST_STEPS - 2:
        kept, rest = between[: MOST_STEPS - 3], between[MOST_STEPS - 3 :]
        between = [*kept, (f"{len(rest)} others", sum((amount for _, amount in rest), NOTHING))]
    figure = Waterfall(
        (
            Step("In the bodies’ books", total.gross, level=True, colour=CHARCOAL),
            *(Step(name, -amount, colour=PLUM) for name, amount in between),
            Step("Counted once", total.total, level=True, colour=NAVY),
        )
    )
    figure = _restated(counted, figure)
    rows = tuple((name, counted.of(amount)) for name, amount in whole)
    table = Table((Column("Step"), Column("Amount", ColumnKind.POUNDS)), rows)
    return _exhibit(counted, said, figure, whole=table)


def _restated(counted: Counted, figure: Waterfall) -> Waterfall:
    """The same steps as the scope asks for them; the last level stays what the steps come to."""
    steps = [Step(step.name, counted.of(step.amount), step.level, step.colour) for step in figure.steps]
    come_to = steps[0].amount
    for place, step in enumerate(steps[1:], start=1):
        if step.level:
            steps[place] = Step(step.name, come_to, level=True, colour=step.colour)
        else:
            come_to += step.amount
    return Waterfall(tuple(steps))


def _benchmark(counted: Counted, _: str) -> Shown:
    """From the region's published spending to what is on the map."""
    if counted.scope.organisations or counted.scope.themes:
        return Gone("The benchmark is for the whole place: take the choice of bodies or themes away.")
    found = counted.bridge()
    if not found.benchmark or found.year != counted.scope.year:
        return Gone(f"There is no published benchmark for {counted.scope.year}.")
    few = bridge_shortened(found, MOST_STEPS - 2)
    steps = (
        Step(f"{found.region}’s spending × share", few.benchmark, level=True, colour=CHARCOAL),
        *(
            Step(step.name, step.difference, colour=TEAL if step.difference > 0 else PLUM)
            for step in few.steps
        ),
        Step("On the map", few.total, level=True, colour=NAVY),
    )
    why = "No step of the way is anything but nought."
    if found.steps:
        first = max(found.steps, key=lambda step: abs(step.difference))
        more = "more" if first.difference > 0 else "less"
        why = f"The largest single reason is {first.name}: {pounds(abs(first.difference))} {more}."
    said = Finding(bridge_in_words(found), found.total, why=why)
    rows = tuple((step.name, step.published, step.mapped, step.difference, step.why) for step in found.steps)
    heads = ("In the benchmark", "On the map", "Difference")
    whole = Table(
        (Column("Reason"), *(Column(name, ColumnKind.POUNDS) for name in heads), Column("Why")),
        tuple((row[0], *(counted.of(amount) for amount in row[1:4]), row[4]) for row in rows),
    )
    source = found.source or f"Published spending of {found.region}"
    return _exhibit(counted, said, _restated(counted, Waterfall(steps)), source=source, whole=whole)


def _sure(counted: Counted, _: str) -> Shown:
    """How much of the money stands on which grade of confidence."""
    parts = sorted(counted.by(Dimension.GRADE), key=lambda part: part.key)
    said = finding_of(counted.figures(), "sure")
    if said is None or not parts:
        return Gone("Nothing in this choice has a grade.")
    tones = {"1": NAVY, "2": NAVY, "3": NAVY, "4": TEAL, "5": OTHERS_COLOUR, "6": OTHERS_COLOUR}
    figure = Bars(
        "Confidence grade",
        tuple(opened(part.name.partition(" ")[2] or part.name) for part in parts),
        (Series("Amount", NAVY, tuple(counted.of(part.amount) for part in parts)),),
        tuple(tones.get(part.key, OTHERS_COLOUR) for part in parts),
    )
    return _exhibit(counted, said, figure, whole=_all_parts(counted, "Confidence grade", parts))


def _awaited(counted: Counted, _: str) -> Shown:
    """Who is not on the map yet, and what to ask for."""
    missing = counted.relied_on().awaited
    if not missing:
        return Gone("Every body that was asked is on the map.")
    names = listed([body.short_name or body.name for body in missing], most=3)
    bodies = opened(said_count(len(missing), "body is", "bodies are"))
    said = Finding(f"{bodies} not on the map yet: {names}.", NOTHING, why="Their own figures were not sent.")
    rows = tuple((body.name, body.footprint, body.note) for body in missing)
    table = Table((Column("Organisation"), Column("Serves"), Column("What to ask for")), rows)
    return _exhibit(counted, said, table)


def _years(counted: Counted, _: str) -> Shown:
    """The total of each year on the map."""
    years = counted.years()
    if len(years) < 2:
        return Gone("Only one year is on the map, so nothing can be set beside it.")
    totals = [counted.total_of(year).total for year in years]
    change = totals[-1] - totals[-2]
    more = "more" if change > 0 else "less"
    if change:
        share = f" ({percent(abs(change), totals[-2])})" if totals[-2] > 0 else ""
        sentence = f"{years[-1]} has {pounds(abs(change))}{share} {more} on the map than {years[-2]}."
    else:
        sentence = f"{years[-1]} has as much on the map as {years[-2]}: {pounds(totals[-1])}."
    said = Finding(sentence, change, why="In cash, and as far as the same bodies are on both maps.")
    figure = Bars("Year", years, (Series("Total", NAVY, tuple(totals)),))
    return _exhibit(counted, said, figure)


# One organisation, one theme


def _organisation(counted: Counted, chosen: str) -> Shown:
    part = next((one for one in counted.by(Dimension.ORGANISATION) if one.key == chosen), None)
    if part is None:
        return Gone(f"The organisation “{chosen[:80]}” has no money in this choice any more.")
    cells = [
        cell
        for cell in counted.pivot(Dimension.ORGANISATION, Dimension.SERVICE)
        if cell.keys[0] == chosen and cell.amount
    ]
    names = counted.names(Dimension.SERVICE)
    parts = _parts_of([(cell.keys[1], cell.amount) for cell in cells], names)
    known = [one for one in parts if one.key != UNMAPPED and one.amount > 0]
    if known:
        first = known[0]
        of_it = part_of(first.amount, part.amount, "of its money")
        sentence = f"{part.name} spends most on {within(first.name)}: {pounds(first.amount)}{of_it}."
    else:
        sentence = f"{part.name} has {pounds(part.amount)} on the map, on no service yet."
    said = Finding(sentence, part.amount, why=range_of(part.low, part.high))
    colour = fixed_colour(counted.colours(Dimension.ORGANISATION).get(chosen, ""), chosen)
    table = _listed(counted, "Service", parts)
    return _exhibit(counted, said, _plain_bars(counted, "Service", parts, colour), whole=table)


def _theme(counted: Counted, chosen: str) -> Shown:
    part = next((one for one in counted.by(Dimension.THEME) if one.key == chosen), None)
    if part is None:
        return Gone(f"The theme “{chosen[:80]}” has no money in this choice any more.")
    cells = [cell for cell in counted.figures().theme_by_organisation if cell.keys[0] == chosen]
    names = counted.names(Dimension.ORGANISATION)
    parts = _parts_of([(cell.keys[1], cell.amount) for cell in cells], names)
    said = what_most_is_spent_on(counted.total().total, [part], cells, names) or Finding(
        f"{part.name} takes {pounds(part.amount)}.", part.amount
    )
    short, colours = counted.short_names(Dimension.ORGANISATION), counted.colours(Dimension.ORGANISATION)
    rows = _gathered(parts)
    figure = Bars(
        "Organisation",
        tuple(_row_name(keys, short) for _, keys in rows),
        (Series("Amount", NAVY, tuple(counted.of(amount) for amount, _ in rows)),),
        tuple(_row_colour(keys, colours) for _, keys in rows),
    )
    return _exhibit(counted, said, figure, whole=_listed(counted, "Organisation", parts))


def _parts_of(amounts: Sequence[tuple[str, Decimal]], names: Mapping[str, str]) -> tuple[PartOfTotal, ...]:
    ordered = sorted(amounts, key=lambda one: (-one[1], one[0]))
    return tuple(
        PartOfTotal(key, names.get(key, key), amount, amount, NOTHING, amount, amount)
        for key, amount in ordered
    )


def _listed(counted: Counted, of: str, parts: Sequence[PartOfTotal]) -> Table:
    whole = sum((part.amount for part in parts), NOTHING)
    rows = tuple((part.name, counted.of(part.amount)) for part in parts)
    return Table(
        (Column(of), Column("Amount", ColumnKind.POUNDS)), (*rows, ("Total", counted.of(whole))), totals=1
    )


# Working together


def _shared(counted: Counted, _: str) -> Shown:
    """The services that several bodies pay for, each in the colours of its payers."""
    figures = counted.figures()
    said = finding_of(figures, "shared")
    if said is None:
        return Gone("No service in this choice is paid for by more than one body.")
    payers = paid_by(figures.service_by_organisation)
    besides = {
        key: sum((amount for amount, _ in paid[1:]), NOTHING)
        for key, paid in payers.items()
        if len(paid) > 1 and key != UNMAPPED
    }
    ordered = sorted(besides, key=lambda key: (-besides[key], key))[:MOST_BARS]
    named = {part.key: part for part in figures.services}
    parts = sorted((named[key] for key in ordered), key=lambda part: (-part.amount, part.key))
    cells = [cell for cell in figures.service_by_organisation if cell.keys[0] in besides]
    figure = _stacked(counted, Dimension.SERVICE, "Service", parts, cells)
    names = figures.names
    heads = (Column("Service"), Column("Organisation"), Column("Amount", ColumnKind.POUNDS))
    rows = tuple(
        (named[key].name, names.get(body, body), counted.of(amount))
        for key in sorted(besides, key=lambda key: (-besides[key], key))
        for amount, body in payers[key]
    )
    return _exhibit(counted, said, figure, whole=Table(heads, rows))


def _opportunities(counted: Counted, _: str) -> Shown:
    """What could be joined up, best first, with the pounds that would be steered jointly."""
    found = counted.opportunities()
    able = [one for one in found.opportunities if one.joinable > 0]
    if not able:
        why = found.problems[0].sentence if found.problems else "No two bodies’ money meets in this choice."
        return Gone(f"There is nothing to join up here. {why}")
    first = able[0]
    best = f"{_subject(counted, first)}, with {pounds(first.joinable)} that could be steered jointly"
    if len(able) == 1:
        sentence = f"There is one opportunity for these bodies: {best}."
    else:
        many = opened(said_count(len(able), "", "")).strip()
        sentence = f"{many} opportunities are open to these bodies; the best is {best}."
    why = (
        f"{pounds(found.portfolio.joinable)} in all with each pound counted once. "
        "Steered jointly means decided together, not spent less."
    )
    said = Finding(sentence, first.joinable, why=why)
    shown = able[:MOST_BARS]
    figure = Bars(
        "Opportunity",
        tuple(_label(counted, one) for one in shown),
        (Series("Could be steered jointly", TEAL, tuple(one.joinable for one in shown)),),
    )
    heads = (
        Column("Rank", ColumnKind.COUNT), Column("Opportunity"), Column("Arrangement"), Column("Score"),
        *(Column(name, ColumnKind.POUNDS) for name in ("Could be steered jointly", "At least", "At most")),
        Column("Why not higher"),
    )  # fmt: skip
    rows = tuple(
        (one.rank, one.title, one.arrangement, f"{one.score:.0f}", one.joinable, one.low, one.high,
         one.why_not_higher)
        for one in able
    )  # fmt: skip
    return _exhibit(counted, said, figure, whole=Table(heads, rows))


def _subject(counted: Counted, one: Opportunity) -> str:
    """What an opportunity is about: its services, as they stand within a sentence."""
    names = counted.names(Dimension.SERVICE)
    return listed([within(names.get(key, key)) for key in one.services], most=2)


def _label(counted: Counted, one: Opportunity) -> str:
    """An opportunity beside its bar: its rank, its first service, and how many more."""
    names = counted.names(Dimension.SERVICE)
    first = names.get(one.services[0], one.services[0]) if one.services else one.title
    more = f" +{len(one.services) - 1}" if len(one.services) > 1 else ""
    return f"{one.rank}. {first}{more}"


def _opportunity(counted: Counted, chosen: str) -> Shown:
    """One opportunity: what each partner would bring, what of it is free to join, and why not further."""
    found = counted.opportunities()
    able = [one for one in found.opportunities if one.joinable > 0]
    if chosen.startswith("#") and chosen[1:].isdigit():
        place = int(chosen[1:])
        one = able[place - 1] if 0 < place <= len(able) else None
        verb = "is" if len(able) == 1 else "are"
        many = said_count(len(able), "opportunity", "opportunities")
        missing = f"There {verb} only {many} in this choice." if able else "There is nothing to join up here."
    else:
        one = found.opportunity(chosen)
        missing = f"The opportunity “{chosen[:80]}” is no longer found in this choice."
    if one is None:
        return Gone(missing)
    names, colours = counted.short_names(Dimension.ORGANISATION), counted.colours(Dimension.ORGANISATION)
    bodies = listed([names.get(partner.organisation, partner.name) for partner in one.partners], most=3)
    sentence = (
        f"{bodies} could steer {pounds(one.joinable)} jointly on {_subject(counted, one)}, "
        f"as far as “{one.arrangement.lower()}”."
    )
    when = f" From {one.earliest_date:%-d %B %Y}." if one.earliest_date else ""
    low, high = pounds(one.low), pounds(one.high)
    between = f"Between {low} and {high}. " if low != high else ""
    why = f"{between}{one.why_not_higher}{when}".strip()
    said = Finding(sentence, one.joinable, why=why)
    partners = one.partners[:MOST_BARS]
    figure = Bars(
        "Partner",
        tuple(names.get(partner.organisation, partner.name) for partner in partners),
        (
            Series("Free to join", NAVY, tuple(partner.flexible for partner in partners)),
            Series(
                "Tied to a purpose, or paid to people",
                OTHERS_COLOUR,
                tuple(partner.amount - partner.flexible for partner in partners),
                doubtful=True,
            ),
        ),
        tuple(fixed_colour(colours.get(partner.organisation, "")) for partner in partners),
    )
    if not any(figure.series[1].values):
        figure = Bars(figure.of, figure.categories, figure.series[:1], figure.colours)
    rows: list[tuple[Value, ...]] = [
        (partner.name, partner.amount, partner.flexible, str(partner.grade)) for partner in one.partners
    ]
    heads = (
        Column("Partner"),
        Column("Spends", ColumnKind.POUNDS),
        Column("Free to join", ColumnKind.POUNDS),
        Column("Confidence grade"),
    )
    return _exhibit(counted, said, figure, about=_route(one), whole=Table(heads, tuple(rows)))


def _route(one: Opportunity) -> str:
    """The legal power, which is always a question for a lawyer."""
    return f"Needs legal advice: {one.power.name}" if one.power.name else "Needs legal advice"


CHARTS: Mapping[str, Chart] = {
    chart.name: chart
    for chart in (
        Chart("who", "Who spends it", "overview", _who),
        Chart("what", "What it is spent on, and by whom", "overview", _what),
        Chart("flows", "Where it comes from and goes", "overview", _flows),
        Chart("benchmark", "Against the published benchmark", "overview", _benchmark),
        Chart("once", "Counted once", "overview", _once),
        Chart("sure", "How sure the figures are", "overview", _sure),
        Chart("awaited", "Who is still to come", "overview", _awaited),
        Chart("treemap", "Services by size", "explore", _map_of_services),
        Chart("heat-map", "Organisation by theme", "explore", _heat_map),
        Chart("services", "The largest services", "explore", _services),
        Chart("organisation", "One organisation’s services", "organisations", _organisation, "organisation"),
        Chart("theme", "One theme’s payers", "themes", _theme, "theme"),
        Chart("years", "Year by year", "compare", _years),
        Chart("shared", "Services that several bodies pay for", "overlap", _shared),
        Chart("opportunities", "What could be joined up", "opportunities", _opportunities),
        Chart("opportunity", "One opportunity", "opportunities", _opportunity, "opportunity"),
    )
}
"""Every chart that a view may name."""
