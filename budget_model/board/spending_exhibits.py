"""What the place spends: who, on what, from where, counted once, and how sure; each from one scope."""

from collections import defaultdict
from collections.abc import Sequence
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
    Waterfall,
    fixed_colour,
)
from budget_model.count.assurance import ESTIMATED_FROM
from budget_model.count.benchmark import in_words as bridge_in_words
from budget_model.count.benchmark import restated as bridge_restated
from budget_model.count.benchmark import shortened as bridge_shortened
from budget_model.count.findings import Finding, part_of, what_most_is_spent_on
from budget_model.count.flows import EVERY, GENERAL, NOT_KNOWN
from budget_model.count.ranked import finding_of, range_of, where_from, within
from budget_model.count.results import UNMAPPED, Cell
from budget_model.count.saying import counted as said_count
from budget_model.count.saying import listed, opened
from budget_model.money import NOTHING, percent, pounds, to_penny
from budget_model.vocabulary import Dimension

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


def map_of_services(counted: Counted, _: str) -> Shown:
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
    return exhibit_of(counted, said, figure, about=not_drawn(below), whole=whole_table)


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


def bodies_by_theme(counted: Counted, _: str) -> Shown:
    """Which body spends on which board."""
    said = finding_of(counted.figures(), "payers") or finding_of(counted.figures(), "what")
    if said is None:
        return Gone("Nothing in this choice belongs to a theme.")
    figure = _crossed(counted, Dimension.ORGANISATION, Dimension.THEME, "Organisation", "Theme", whole=False)
    return exhibit_of(counted, said, figure, whole=_everybody_by_theme(counted))


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
    rows, columns = gathered(counted.by(down), most_down), gathered(counted.by(across), most_across)
    held = {cell.keys: cell.amount for cell in counted.pivot(down, across)}
    names = counted.names(down) if whole else counted.short_names(down)
    over = counted.short_names(across)

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
    rows = tuple((step.name, step.published, step.mapped, step.difference, step.why) for step in found.steps)
    heads = ("In the benchmark", "On the map", "Difference")
    whole = Table(
        (Column("Reason"), *(Column(name, ColumnKind.POUNDS) for name in heads), Column("Why")),
        tuple((row[0], *(to_penny(amount) for amount in row[1:4]), row[4]) for row in rows),
    )
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
    names = counted.names(Dimension.SERVICE)
    parts = parts_of([(cell.keys[1], cell.amount) for cell in cells], names)
    known = [one for one in parts if one.key != UNMAPPED and one.amount > 0]
    if known:
        first = known[0]
        of_it = part_of(first.amount, part.amount, "of its money")
        sentence = (
            f"{part.name} spends most on {within(first.name)}: {pounds(counted.of(first.amount))}{of_it}."
        )
    else:
        sentence = f"{part.name} has {pounds(counted.of(part.amount))} on the map, on no service yet."
    said = Finding(sentence, part.amount, why=range_of(counted.of(part.low), counted.of(part.high)))
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
    figures = counted.figures()
    own = [one for one in figures.themes if one.key == chosen]
    said = what_most_is_spent_on(figures.total.total, own, figures.theme_by_organisation, names) or Finding(
        f"{part.name} takes {pounds(counted.of(part.amount))}.", part.amount
    )
    short, colours = counted.short_names(Dimension.ORGANISATION), counted.colours(Dimension.ORGANISATION)
    rows = gathered(parts)
    figure = Bars(
        "Organisation",
        tuple(row_name(keys, short) for _, keys in rows),
        (Series("Amount", NAVY, tuple(counted.of(amount) for amount, _ in rows)),),
        tuple(row_colour(keys, colours) for _, keys in rows),
    )
    return exhibit_of(counted, said, figure, whole=listed_parts(counted, "Organisation", parts))
