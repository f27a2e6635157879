"""What the place spends: who, on what, from where, counted once, and how sure; each from one scope."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budget_model.board.counted import Counted
from budget_model.board.exhibits import (
    CHARCOAL,
    MOST_BARS,
    NAVY,
    PLUM,
    TEAL,
    Gone,
    Shown,
    all_parts,
    exhibit_of,
    gathered,
    listed_parts,
    not_drawn,
    parts_of,
    plain_bars,
    row_colour,
    row_name,
    stacked_by_body,
    summed,
)
from budget_model.board.figures import (
    OTHERS_COLOUR,
    Bars,
    Column,
    ColumnKind,
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
)
from budget_model.count import parts_said
from budget_model.count.assurance import ESTIMATED_FROM
from budget_model.count.benchmark import in_words as bridge_in_words
from budget_model.count.benchmark import restated as bridge_restated
from budget_model.count.benchmark import shortened as bridge_shortened
from budget_model.count.called import CALLED, LOWER
from budget_model.count.findings import Finding
from budget_model.count.flows import EVERY, GENERAL, NOT_KNOWN
from budget_model.count.ranked import finding_of, range_of, where_from, who_pays
from budget_model.count.results import Cell, PartOfTotal
from budget_model.count.saying import counted as said_count
from budget_model.count.saying import listed, opened
from budget_model.money import NOTHING, percent, pounds, to_penny
from budget_model.place.model import strength_in_words
from budget_model.vocabulary import Dimension

TONES = (NAVY, TEAL, PLUM, "#F46A25", CHARCOAL, "#A285D1")
MOST_STEPS = 8
MOST_ACROSS = 7
MOST_TILES = 7


def who(counted: Counted, _: str) -> Shown:
    """Which bodies spend how much."""
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
    rows = gathered(parts)
    series = [
        Series(label, NAVY, tuple(summed(counted, keys, amounts) for _, keys in rows), doubtful=doubtful)
        for label, amounts, doubtful in (
            ("The body’s own figure", sure, False),
            ("Estimated from national figures", unsure, True),
        )
    ]
    used = tuple(one for one in series if any(one.values)) or (series[0],)
    figure = Bars(
        of,
        tuple(row_name(keys, names) for _, keys in rows),
        used,
        tuple(row_colour(keys, colours) for _, keys in rows),
    )
    return exhibit_of(counted, said, figure, whole=all_parts(counted, of, parts))


def what(counted: Counted, _: str) -> Shown:
    """Boards, each in the colours of the bodies that pay for them."""
    said = finding_of(counted.figures(), "what") or finding_of(counted.figures(), "total")
    if said is None:
        return Gone("Nothing in this choice belongs to a theme.")
    figure = stacked_by_body(
        counted,
        Dimension.THEME,
        "Theme",
        counted.by(Dimension.THEME),
        counted.pivot(Dimension.THEME, Dimension.ORGANISATION),
    )
    return exhibit_of(counted, said, figure, whole=_everybody_by_theme(counted))


def services(counted: Counted, _: str) -> Shown:
    """The services that most is spent on."""
    parts = counted.by(Dimension.SERVICE)
    said = finding_of(counted.figures(), "service") or finding_of(counted.figures(), "total")
    if said is None:
        return Gone("No money in this choice has a service yet.")
    figure = plain_bars(counted, "Service", parts)
    return exhibit_of(counted, said, figure, whole=all_parts(counted, "Service", parts))


def map_of_services(counted: Counted, chosen: str) -> Shown:
    """Boards as boxes, their services as boxes inside them; or what was chosen: 'organisation/service'."""
    pair = _dimensions(chosen or f"{Dimension.THEME}/{Dimension.SERVICE}")
    if pair is None or len(pair) != 2:
        return Gone(f"Money is not divided by “{chosen[:80]}”.")
    outer, inner = pair
    cells = counted.pivot(outer, inner)
    groups, parts_named = counted.called(outer), counted.called(inner)
    colours, short = counted.colours(outer), counted.short_names(outer)
    inside: defaultdict[str, list[Cell]] = defaultdict(list)
    below: list[tuple[str, str, Decimal]] = []
    named: list[tuple[str, str, Decimal]] = []
    for cell in cells:
        if cell.amount > 0:
            inside[cell.keys[0]].append(cell)
        elif cell.amount < 0:
            below.append((groups(cell.keys[0]), parts_named(cell.keys[1]), counted.of(cell.amount)))
    tiles = []
    for place, (group, held) in enumerate(sorted(inside.items())):
        ordered = sorted(held, key=lambda cell: (-cell.amount, cell.keys))
        colour = fixed_colour(colours.get(group, "") or TONES[place % len(TONES)], group)
        parts = tuple(Tile(parts_named(cell.keys[1]), counted.of(cell.amount), colour) for cell in ordered)
        whole = sum((part.amount for part in parts), NOTHING)
        named += [(groups(group), part.name, part.amount) for part in parts]
        tiles.append(Tile(short.get(group) or groups(group), whole, colour, _few_tiles(parts)))
    told = [(groups(cell.keys[0]), parts_named(cell.keys[1]), cell.amount) for cell in cells]
    said = parts_said.largest_part(parts_said.told_apart(told), counted.total().total, counted.restated())
    if not tiles or said is None:
        return Gone("Nothing above nought is spent in this choice, so no box can be drawn.")
    tiles.sort(key=lambda tile: (-tile.amount, tile.name))
    figure = Treemap(CALLED[outer], CALLED[inner], tuple(tiles), tuple(below))
    named = [*sorted(named, key=lambda one: (-one[2], one[:2])), *below]
    heads = (Column(CALLED[outer]), Column(CALLED[inner]), Column("Amount", ColumnKind.POUNDS))
    total = ("Total", "", sum((amount for _, _, amount in named), NOTHING))
    whole_table = Table(heads, (*named, total), totals=1)
    return exhibit_of(counted, said, figure, about=not_drawn(below), whole=whole_table)


def _dimensions(chosen: str) -> tuple[Dimension, ...] | None:
    """The ways of dividing the money that a view names, one after the other; None for any other words."""
    words = [word for word in chosen.split("/") if word != "none"]
    known = {str(one) for one in CALLED}
    return tuple(Dimension(word) for word in words) if all(word in known for word in words) else None


def _few_tiles(parts: Sequence[Tile]) -> tuple[Tile, ...]:
    """The largest boxes inside a box, and the rest as one."""
    if len(parts) <= MOST_TILES:
        return tuple(parts)
    rest = parts[MOST_TILES - 1 :]
    whole = sum((part.amount for part in rest), NOTHING)
    return (*parts[: MOST_TILES - 1], Tile(f"{len(rest)} others", whole, parts[0].colour))


def where_from_and_to(counted: Counted, _: str) -> Shown:
    """Funding to organisation to theme."""
    drawn = counted.flows(8)
    if not drawn.organisations:
        return Gone("Nothing above nought is spent in this choice, so no flow can be drawn.")
    streams = [(node.key, node.name, counted.of(node.amount)) for node in counted.flows(EVERY).funding]
    said = where_from(streams, frozenset({NOT_KNOWN, GENERAL}))
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
    return exhibit_of(counted, said, figure, about=not_drawn(below), whole=figure.table())


def bodies_by_theme(counted: Counted, chosen: str) -> Shown:
    """Which body spends on which board; or on what was chosen: functions of government, groups of people."""
    pair = _dimensions(chosen or str(Dimension.THEME))
    if pair is None or len(pair) != 1:
        return Gone(f"Money is not divided by “{chosen[:80]}”.")
    across = pair[0]
    said = parts_met(counted, across)
    if said is None:
        return Gone("Nothing in this choice is spent on anything that can be named.")
    figure = _crossed(counted, Dimension.ORGANISATION, across, "Organisation", CALLED[across], whole=False)
    if across is Dimension.THEME:
        return exhibit_of(counted, said, figure, whole=_everybody_by_theme(counted))
    whole = _every_cell(counted, Dimension.ORGANISATION, across)
    return exhibit_of(counted, said, figure, whole=whole)


def parts_met(counted: Counted, across: Dimension) -> Finding | None:
    """What has the most payers: a board, a function of government, a group of people."""
    figures = counted.figures()
    if across is Dimension.THEME:
        return finding_of(figures, "payers") or finding_of(figures, "what")
    cells = counted.pivot(across, Dimension.ORGANISATION)
    return parts_said.most_met(counted.by(across), cells, across, counted.restated())


def own_table(counted: Counted, chosen: str) -> Shown:
    """The money divided by two ways of one's own choice, or by one: 'service/organisation type/row'."""
    *words, shares = chosen.split("/") if chosen.count("/") == 2 else [*chosen.split("/"), "pounds"]
    pair = _dimensions("/".join(words))
    if not pair or len(pair) > 2:
        return Gone(f"Money is not divided by “{chosen[:80]}”.")
    down = pair[0]
    called = counted.called(down)
    rows = tuple(replace(part, name=called(part.key)) for part in counted.by(down))
    whole = counted.total().total
    if len(pair) == 1 or pair[1] is down:
        names = {"rows": LOWER[down], "columns": ""}
        said = parts_said.own_table(len(rows), 0, whole, names, counted.restated())
        return exhibit_of(
            counted, said, plain_bars(counted, CALLED[down], rows), whole=all_parts(counted, CALLED[down], rows)
        )  # fmt: skip
    across = pair[1]
    names = {"rows": LOWER[down], "columns": LOWER[across]}
    said = parts_said.own_table(len(rows), len(counted.by(across)), whole, names, counted.restated())
    figure = _crossed(counted, down, across, CALLED[down], CALLED[across], whole=False)
    figure = _as_shares(figure, shares) if shares in ("row", "column", "total") else figure
    about = f"shares of the {shares}" if shares in ("row", "column", "total") else ""
    return exhibit_of(counted, said, figure, about=about, whole=_every_cell(counted, down, across))


def _as_shares(figure: HeatMap, of: str) -> HeatMap:
    """A grid of pounds as shares of its rows, its columns or its whole."""
    whole = sum((figure.row_total(row) for row in range(len(figure.rows))), NOTHING)

    def share(value: Decimal | None, row: int, column: int) -> Decimal | None:
        divisor = {"row": figure.row_total(row), "column": figure.column_total(column)}.get(of, whole)
        return None if value is None or not divisor else value / divisor

    values = tuple(
        tuple(share(value, row, column) for column, value in enumerate(held))
        for row, held in enumerate(figure.values)
    )
    return replace(figure, values=values, kind=ColumnKind.SHARE, summed=False)


def _every_cell(counted: Counted, down: Dimension, across: Dimension) -> Table:
    """Every cell of two breakdowns, one below the other, with their sum."""
    named, over = counted.called(down), counted.called(across)
    rows = tuple(
        (named(cell.keys[0]), over(cell.keys[1]), counted.of(cell.amount))
        for cell in sorted(counted.pivot(down, across), key=lambda cell: (-cell.amount, cell.keys))
    )
    heads = (Column(CALLED[down]), Column(CALLED[across]), Column("Amount", ColumnKind.POUNDS))
    return Table(heads, (*rows, ("Total", "", counted.of(counted.total().total))), totals=1)


def _everybody_by_theme(counted: Counted) -> Table:
    """Every body's money on every theme: across where the themes are few, else one below the other."""
    if len(counted.by(Dimension.THEME)) <= MOST_ACROSS:
        return _crossed(
            counted, Dimension.ORGANISATION, Dimension.THEME, "Organisation", "Theme", whole=True
        ).table()
    return _every_cell(counted, Dimension.ORGANISATION, Dimension.THEME)


def _crossed(
    counted: Counted, down: Dimension, across: Dimension, of: str, by: str, *, whole: bool
) -> HeatMap:
    """Two breakdowns against each other; with their tails gathered unless the `whole` is asked for."""
    most_down, most_across = (10_000, 10_000) if whole else (MOST_BARS, 6)
    rows, columns = gathered(counted.by(down), most_down), gathered(counted.by(across), most_across)
    held = {cell.keys: cell.amount for cell in counted.pivot(down, across)}
    names = {part.key: counted.called(down, short=not whole)(part.key) for part in counted.by(down)}
    over = {part.key: counted.called(across, short=True)(part.key) for part in counted.by(across)}

    def cell(keys: Sequence[str], others: Sequence[str]) -> Decimal | None:
        found = [held[one, other] for one in keys for other in others if (one, other) in held]
        return counted.of(sum(found, NOTHING)) if found else None

    return HeatMap(
        of,
        by,
        tuple(row_name(keys, names) for _, keys in rows),
        tuple(row_name(keys, over) for _, keys in columns),
        tuple(tuple(cell(keys, others) for _, others in columns) for _, keys in rows),
    )


def counted_once(counted: Counted, _: str) -> Shown:
    """From the bodies' own books to the place's total."""
    total = counted.total()
    said = finding_of(counted.figures(), "once")
    if said is None:
        said = Finding(
            f"No money is counted twice: {pounds(counted.of(total.total))} is in one body’s books only.", total.total,
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
            Step("In the bodies’ books", counted.of(total.gross), level=True, colour=CHARCOAL),
            *(Step(name, -counted.of(amount), colour=PLUM) for name, amount in between),
            Step("Counted once", counted.of(total.total), level=True, colour=NAVY),
        )
    )
    figure = _to_the_penny(figure)
    rows = tuple((name, counted.of(amount)) for name, amount in whole)
    table = Table((Column("Step"), Column("Amount", ColumnKind.POUNDS)), rows)
    return exhibit_of(counted, said, figure, whole=table)


def _to_the_penny(figure: Waterfall) -> Waterfall:
    """The same steps in whole pence; the last level stays what the steps come to."""
    steps = [Step(step.name, to_penny(step.amount), step.level, step.colour) for step in figure.steps]
    come_to = steps[0].amount
    for place, step in enumerate(steps[1:], start=1):
        if step.level:
            steps[place] = Step(step.name, come_to, level=True, colour=step.colour)
        else:
            come_to += step.amount
    return Waterfall(tuple(steps))


def against_benchmark(counted: Counted, _: str) -> Shown:
    """From the region's published spending to what is on the map."""
    if counted.scope.organisations or counted.scope.themes:
        return Gone("The benchmark is for the whole place: take the choice of bodies or themes away.")
    found = counted.bridge()
    if not found.benchmark or found.year != counted.scope.year:
        return Gone(f"There is no published benchmark for {counted.scope.year}.")
    found = bridge_restated(found, counted.restated())
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
    rows: list[tuple[Value, ...]] = [
        (step.name, *(to_penny(one) for one in (step.published, step.mapped, step.difference)), step.why)
        for step in found.steps
    ]
    ends = to_penny(found.benchmark), to_penny(found.total)
    rows.append(("Benchmark, map and difference", *ends, ends[1] - ends[0], ""))
    heads = ("In the benchmark", "On the map", "Difference")
    whole = Table(
        (Column("Reason"), *(Column(name, ColumnKind.POUNDS) for name in heads), Column("Why")),
        tuple(rows), totals=1,
    )  # fmt: skip
    source = found.source or f"Published spending of {found.region}"
    return exhibit_of(counted, said, _to_the_penny(Waterfall(steps)), source=source, whole=whole)


def how_sure(counted: Counted, _: str) -> Shown:
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
    return exhibit_of(counted, said, figure, whole=all_parts(counted, "Confidence grade", parts))


def awaited(counted: Counted, _: str) -> Shown:
    """Who is not on the map yet, and what to ask for."""
    missing = counted.relied_on().awaited
    if not missing:
        return Gone("Every body that was asked is on the map.")
    names = listed([body.short_name or body.name for body in missing], most=3)
    bodies = opened(said_count(len(missing), "body is", "bodies are"))
    said = Finding(f"{bodies} not on the map yet: {names}.", NOTHING, why="Their own figures were not sent.")
    asked = Table(
        (Column("Organisation"), Column("What to ask for")),
        tuple((body.name, body.note or "Its budget for the year.") for body in missing),
    )
    whole = Table(
        (Column("Organisation"), Column("Serves"), Column("What to ask for")),
        tuple((body.name, body.footprint, body.note) for body in missing),
    )
    return exhibit_of(counted, said, asked, whole=whole)


def year_by_year(counted: Counted, _: str) -> Shown:
    """The total of each year on the map."""
    years = counted.years()
    if len(years) < 2:
        return Gone("Only one year is on the map, so nothing can be set beside it.")
    totals = [counted.restated_in(year).of(counted.total_of(year).total) for year in years]
    change = totals[-1] - totals[-2]
    more = "more" if change > 0 else "less"
    if change:
        share = f" ({percent(abs(change), totals[-2])})" if totals[-2] > 0 else ""
        sentence = f"{years[-1]} has {pounds(abs(change))}{share} {more} on the map than {years[-2]}."
    else:
        sentence = f"{years[-1]} has as much on the map as {years[-2]}: {pounds(totals[-1])}."
    prices = counted.restated().prices
    why = f"In {prices}, and as far as the same bodies are on both maps."
    said = Finding(sentence, change, why=why)
    figure = Bars("Year", years, (Series("Total", NAVY, tuple(totals)),))
    return exhibit_of(counted, said, figure)


def one_organisation(counted: Counted, chosen: str) -> Shown:
    """What one organisation spends on each service."""
    part = next((one for one in counted.by(Dimension.ORGANISATION) if one.key == chosen), None)
    if part is None:
        return Gone(f"The organisation “{chosen[:80]}” has no money in this choice any more.")
    cells = [
        cell
        for cell in counted.pivot(Dimension.ORGANISATION, Dimension.SERVICE)
        if cell.keys[0] == chosen and cell.amount
    ]
    parts = parts_of([(cell.keys[1], cell.amount) for cell in cells], counted.names(Dimension.SERVICE))
    said = parts_said.body_by_service(part, parts, counted.restated())
    colour = fixed_colour(counted.colours(Dimension.ORGANISATION).get(chosen, ""), chosen)
    table = listed_parts(counted, "Service", parts)
    return exhibit_of(counted, said, plain_bars(counted, "Service", parts, colour), whole=table)


def one_theme(counted: Counted, chosen: str) -> Shown:
    """Which bodies pay for one theme."""
    part = next((one for one in counted.by(Dimension.THEME) if one.key == chosen), None)
    if part is None:
        return Gone(f"The theme “{chosen[:80]}” has no money in this choice any more.")
    cells = [
        cell for cell in counted.pivot(Dimension.THEME, Dimension.ORGANISATION) if cell.keys[0] == chosen
    ]
    names = counted.names(Dimension.ORGANISATION)
    parts = parts_of([(cell.keys[1], cell.amount) for cell in cells], names)
    paid = [(counted.of(one.amount), one.key) for one in parts if one.amount > 0]
    if paid:
        sentence = who_pays(part.name, paid, names)
    else:
        sentence = f"No body spends more on {part.name} than it takes in."
    why = range_of(counted.of(part.low), counted.of(part.high))
    said = Finding(sentence, part.amount, why=why)
    short, colours = counted.short_names(Dimension.ORGANISATION), counted.colours(Dimension.ORGANISATION)
    rows = gathered(parts)
    figure = Bars(
        "Organisation",
        tuple(row_name(keys, short) for _, keys in rows),
        (Series("Amount", NAVY, tuple(counted.of(amount) for amount, _ in rows)),),
        tuple(row_colour(keys, colours) for _, keys in rows),
    )
    return exhibit_of(counted, said, figure, whole=listed_parts(counted, "Organisation", parts))


def body_by_theme(counted: Counted, chosen: str) -> Shown:
    """Which boards one organisation's money is for."""
    part = next((one for one in counted.by(Dimension.ORGANISATION) if one.key == chosen), None)
    if part is None:
        return Gone(f"The organisation “{chosen[:80]}” has no money in this choice any more.")
    parts = _held(counted, Dimension.ORGANISATION, Dimension.THEME, chosen)
    said = parts_said.body_by_theme(part, parts, counted.restated())
    figure = _in_own_colours(counted, Dimension.THEME, "Theme", parts)
    return exhibit_of(counted, said, figure, whole=listed_parts(counted, "Theme", parts))


def theme_by_service(counted: Counted, chosen: str) -> Shown:
    """Which services one board's money is spent on."""
    part = next((one for one in counted.by(Dimension.THEME) if one.key == chosen), None)
    if part is None:
        return Gone(f"The theme “{chosen[:80]}” has no money in this choice any more.")
    parts = _held(counted, Dimension.THEME, Dimension.SERVICE, chosen)
    said = parts_said.theme_by_service(part, parts, counted.restated())
    colour = fixed_colour(counted.colours(Dimension.THEME).get(chosen, ""), chosen)
    table = listed_parts(counted, "Service", parts)
    return exhibit_of(counted, said, plain_bars(counted, "Service", parts, colour), whole=table)


def _held(counted: Counted, of: Dimension, by: Dimension, key: str) -> tuple[PartOfTotal, ...]:
    """One part of a breakdown, divided another way."""
    cells = [cell for cell in counted.pivot(of, by) if cell.keys[0] == key and cell.amount]
    return parts_of([(cell.keys[1], cell.amount) for cell in cells], counted.names(by))


def _in_own_colours(counted: Counted, dimension: Dimension, of: str, parts: Sequence[PartOfTotal]) -> Bars:
    short, colours = counted.short_names(dimension), counted.colours(dimension)
    rows = gathered(parts)
    return Bars(
        of,
        tuple(row_name(keys, short) for _, keys in rows),
        (Series("Amount", NAVY, tuple(counted.of(amount) for amount, _ in rows)),),
        tuple(row_colour(keys, colours) for _, keys in rows),
    )


def cross_cutting(counted: Counted, _: str) -> Shown:
    """How much money contributes to each cross-cutting theme; they overlap and are never added up."""
    tagged = sorted(
        (one for one in counted.tagged() if one.services), key=lambda one: (-one.amount, one.theme.id)
    )
    said = parts_said.contributing(tagged, counted.restated())
    if said is None:
        return Gone("No service in this choice contributes to a cross-cutting theme.")
    shown = tagged[:MOST_BARS]
    figure = Bars(
        "Theme",
        tuple(one.theme.name for one in shown),
        (Series("In services that contribute", NAVY, tuple(counted.of(one.amount) for one in shown)),),
        summed=False,
    )
    heads = (Column("Theme"), Column("Services", ColumnKind.COUNT), Column("Amount", ColumnKind.POUNDS))
    rows = tuple((one.theme.name, len(one.services), counted.of(one.amount)) for one in tagged)
    return exhibit_of(
        counted, said, figure, about="tags that overlap, never added up", whole=Table(heads, rows)
    )


def one_cross_cutting(counted: Counted, chosen: str) -> Shown:
    """Which services contribute to one cross-cutting theme."""
    one = next((each for each in counted.tagged() if each.theme.id == chosen), None)
    said = parts_said.contributors(one, counted.restated()) if one else None
    if one is None or said is None:
        return Gone(f"No service in this choice contributes to the theme “{chosen[:80]}”.")
    ties = sorted(one.services, key=lambda tie: (-tie[0].amount, tie[0].key))
    parts = tuple(part for part, _ in ties)
    figure = plain_bars(counted, "Service", parts, fixed_colour(one.theme.colour, chosen))
    heads = (Column("Service"), Column("Contributes"), Column("Amount", ColumnKind.POUNDS))
    rows = tuple((part.name, strength_in_words(strength), counted.of(part.amount)) for part, strength in ties)
    about = "whole services, never added to other themes"
    return exhibit_of(
        counted, said, replace(figure, summed=False), about=about, whole=Table(heads, rows)
    )  # fmt: skip
