"""What the place spends: who, on what, from where, counted once, and how sure; each from one scope."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from budget_model.answers import Answers
from budget_model.count import funding as funding_of
from budget_model.count import parts_said
from budget_model.count.benchmark import in_words as bridge_in_words
from budget_model.count.benchmark import restated as bridge_restated
from budget_model.count.benchmark import what_it_checks
from budget_model.count.called import CALLED, LOWER
from budget_model.count.findings import Finding
from budget_model.count.flows import Node
from budget_model.count.provenance import is_estimated
from budget_model.count.results import Cell, PartOfTotal, beside_boards
from budget_model.count.saying import counted, listed, opened, possessive
from budget_model.exhibits.colours import CHARCOAL, NAVY, OTHERS_COLOUR, PALETTE, PLUM, TEAL, fixed_colour
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import (
    SHARES,
    Bars,
    Doubt,
    Flow,
    HeatMap,
    Mark,
    Sankey,
    Series,
    Step,
    Stop,
    Tile,
    Treemap,
    Waterfall,
)
from budget_model.exhibits.parts import (
    breakdown,
    exhibit_of,
    graded_bars,
    marks_of,
    not_drawn,
    plain_bars,
    share_of,
    stacked_by_body,
    ways_of,
)
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING, exact_pounds, percent, pounds, to_penny
from budget_model.vocabulary import PAID_TO_PEOPLE, Dimension

MOST_ACROSS = 7
NO_FLOW = "Spending here is nil or net income, so no flow can be drawn."
NO_BOX = "Spending here is nil or net income, so no box can be drawn."


# Who and on what


def who(answers: Answers, _: str) -> Shown:
    """Which bodies spend how much."""
    parts = answers.by(Dimension.ORGANISATION)
    finding = answers.finding("who", "total")
    if finding is None or not parts:
        return Gone("There is nothing to break down in this choice.")
    figure = _bodies(answers, parts)
    table = breakdown(answers, "Who spends it", "Organisation", parts, ranges=True)
    return exhibit_of(answers, finding, figure, table, ways=ways_of(figure.marks))


def _bodies(answers: Answers, parts: Sequence[PartOfTotal]) -> Bars:
    """Bodies in their own colours; what each estimates, and files that do not agree, apart."""
    short, colours = answers.short_names(Dimension.ORGANISATION), answers.colours(Dimension.ORGANISATION)
    marks = marks_of(parts, Dimension.ORGANISATION, colours=colours, short=short)
    provenances = answers.pivot(Dimension.ORGANISATION, Dimension.PROVENANCE)
    doubtful = answers.relied_on().doubtful
    return graded_bars(answers, "Organisation", parts, marks, provenances, doubtful=doubtful)


def what(answers: Answers, _: str) -> Shown:
    """Boards, each in the colours of the bodies that pay for them."""
    finding = answers.finding("what", "total")
    parts = answers.by(Dimension.THEME)
    if finding is None or not parts:
        return Gone("Nothing in this choice belongs to a theme.")
    figure = stacked_by_body(answers, Dimension.THEME, "Theme", parts)
    table = breakdown(answers, "What it is spent on", "Delivery board", parts)
    appendix = _everybody(answers, Dimension.THEME)
    shown = exhibit_of(answers, finding, figure, table, ways=ways_of(figure.marks))
    return replace(shown, appendix=appendix)


def services(answers: Answers, _: str) -> Shown:
    """The services that most is spent on; what is paid to people buys none, and is in the table alone."""
    parts = answers.on_services()
    finding = answers.finding("service", "total")
    if finding is None or not parts:
        return Gone("No money in this choice has a service yet.")
    marks = marks_of(parts, Dimension.SERVICE, colours=NAVY)
    figure = graded_bars(answers, "Service", parts, marks, answers.provenance_of_services())
    parts = (*parts, *answers.paid_to_people())
    table = breakdown(answers, "The largest services", "Service", parts, ranges=True)
    return exhibit_of(answers, finding, figure, table, about=_beside_services(answers), ways=ways_of(marks))


def _beside_services(answers: Answers) -> str:
    """What a figure of services leaves out: money paid to people."""
    paid = answers.total().paid
    return f"{pounds(answers.of(paid))} paid to people is beside the services" if paid else ""


# Boxes


def _largest_first(tiles: Sequence[Tile]) -> list[Mark]:
    """The marks of all boxes inside some boxes."""
    inside = chain.from_iterable(tile.tiles for tile in tiles)
    return [part.mark for part in sorted(inside, key=lambda part: -part.amount)]


def map_of_services(answers: Answers, chosen: str) -> Shown:
    """Boards as boxes, their services as boxes inside them; or what was chosen: 'organisation/service'."""
    pair = _dimensions(chosen or f"{Dimension.THEME}/{Dimension.SERVICE}")
    if pair is None or len(pair) != 2:
        return Gone(f"Money is not divided by “{chosen[:80]}”.")
    outer, inner = pair
    amounts, estimated = _by_pair(answers.pivot(outer, inner, Dimension.PROVENANCE))
    groups, named = answers.called(outer), answers.called(inner)
    total = answers.total().total
    named_parts = {keys: (groups(keys[0]), named(keys[1]), amount) for keys, amount in amounts.items()}
    on_services = [part for keys, part in named_parts.items() if PAID_TO_PEOPLE not in keys]
    finding = parts_said.largest_part(parts_said.told_apart(on_services), total, answers.restated())
    tiles = _boxes(answers, outer, inner, amounts, estimated)
    if not tiles or finding is None:
        return Gone(NO_BOX)
    parts = sorted(named_parts.values(), key=lambda part: (-part[2], part[0], part[1]))
    below = tuple((group, part, answers.of(amount)) for group, part, amount in parts if amount < 0)
    figure = Treemap(CALLED[outer], CALLED[inner], tiles, below)
    ways = ways_of(_largest_first(tiles))
    table = _parts_in_parts(answers, outer, inner, parts)
    return exhibit_of(answers, finding, figure, table, about=not_drawn(below), ways=ways)


def _parts_in_parts(
    answers: Answers, outer: Dimension, inner: Dimension, parts: Sequence[tuple[str, str, Decimal]]
) -> Table:
    """Every part of every group with its share of the whole."""
    total = answers.total().total
    columns = (
        Column(CALLED[outer]),
        Column(CALLED[inner]),
        Column("Amount", Kind.POUNDS),
        Column("Share", Kind.SHARE, detail=True),
    )
    rows = [(*names, answers.of(amount), share_of(amount, total)) for *names, amount in parts if amount]
    last = ("Total", "", answers.of(total), share_of(total, total))
    return Table(f"{CALLED[outer]} and {LOWER[inner]}", columns, (*rows, last), totals=1)


def _dimensions(chosen: str) -> tuple[Dimension, ...] | None:
    """The ways of dividing the money that a view names, one after the other; None for any other words."""
    words = [word for word in chosen.split("/") if word != "none"]
    known = {str(dimension) for dimension in CALLED}
    return tuple(Dimension(word) for word in words) if all(word in known for word in words) else None


Pair = tuple[str, str]


def _by_pair(cells: Sequence[Cell]) -> tuple[dict[Pair, Decimal], dict[Pair, Decimal]]:
    """Cells of (outer, inner, how the figure came about): the pounds of each pair, and what of them is estimated."""
    amounts: defaultdict[Pair, Decimal] = defaultdict(lambda: NOTHING)
    estimated: defaultdict[Pair, Decimal] = defaultdict(lambda: NOTHING)
    for cell in cells:
        outer, inner, provenance = cell.keys
        amounts[outer, inner] += cell.amount
        if is_estimated(provenance):
            estimated[outer, inner] += cell.amount
    return amounts, estimated


def _boxes(
    answers: Answers,
    outer: Dimension,
    inner: Dimension,
    amounts: dict[Pair, Decimal],
    estimated: dict[Pair, Decimal],
) -> tuple[Tile, ...]:
    """What is above zero as boxes in boxes, the largest first; hatched where most of it is estimated."""
    groups, named = answers.called(outer), answers.called(inner)
    short = answers.called(inner, short=outer is Dimension.ORGANISATION_TYPE)
    inside: defaultdict[str, list[Tile]] = defaultdict(list)
    colours = _tones(answers, outer, [group for group, _ in amounts])
    for (group, key), amount in amounts.items():
        if amount > 0:
            way = Way(f"{groups(group)} › {named(key)}", ((outer, group), (inner, key)))
            mark = Mark(key, named(key), colours[group], short(key), way)
            doubt = Doubt.ESTIMATED if estimated.get((group, key), NOTHING) * 2 > amount else None
            inside[group].append(Tile(mark, answers.of(amount), doubt=doubt))
    little = answers.short_names(outer)
    net = {part.key: answers.of(part.amount) for part in answers.by(outer)}
    tiles = []
    for group, held in inside.items():
        parts = tuple(sorted(held, key=lambda tile: (-tile.amount, tile.mark.key)))
        mark = Mark(group, groups(group), colours[group], little.get(group, ""))
        drawn = sum((part.amount for part in parts), NOTHING)
        tiles.append(Tile(mark, drawn, parts, net=net.get(group)))
    return tuple(sorted(tiles, key=lambda tile: (-tile.amount, tile.name)))


def _tones(answers: Answers, dimension: Dimension, keys: Sequence[str]) -> dict[str, str]:
    """The colour of each group: the place's own, else one of the house's tones in the order of the keys."""
    given = answers.colours(dimension)
    ordered = sorted(set(keys))
    return {
        key: fixed_colour(given.get(key, "") or PALETTE[place % len(PALETTE)], key)
        for place, key in enumerate(ordered)
    }


# Flows


def where_from_and_to(answers: Answers, _: str) -> Shown:
    """Funding to organisation to theme."""
    drawn = answers.flows()
    finding = funding_of.where_from(drawn.funded, answers.restated())
    if not drawn.organisations or finding is None:
        return Gone(NO_FLOW)
    columns = (
        tuple(_stop(answers, node, None) for node in drawn.funding),
        tuple(_stop(answers, node, Dimension.ORGANISATION) for node in drawn.organisations),
        tuple(_stop(answers, node, Dimension.THEME) for node in drawn.themes),
    )
    flows = tuple(
        tuple(Flow(link.source, link.target, answers.of(link.amount)) for link in links)
        for links in (drawn.left, drawn.right)
    )
    below = tuple(_below(answers, cell) for cell in drawn.below_zero)
    figure = Sankey(("Paid from", "Spent by", "Spent on"), columns, flows, below)
    ways = [*ways_of([stop.mark for column in columns[1:] for stop in column]), *_links(columns, flows[1])]
    return exhibit_of(answers, finding, figure, figure.table(), about=not_drawn(below), ways=ways)


def where_it_comes_from(answers: Answers, _: str) -> Shown:
    """What national government by department, local taxation, fees and others pay for, each with its source."""
    funding = answers.flows().funded
    finding = funding_of.where_from(funding, answers.restated())
    if finding is None:
        return Gone(NO_FLOW)
    sources = funding.by_source()
    marks = tuple(
        Mark(source.key, source.name, fixed_colour(source.colour, source.key)) for source, _ in sources
    )
    values = tuple(answers.of(amount) for _, amount in sources)
    figure = Bars("Paid from", marks, (Series("Amount", NAVY, values),))
    return exhibit_of(answers, finding, figure, _funding_table(answers, funding))


def _funding_table(answers: Answers, funding: funding_of.Funded) -> Table:
    """Every stream of every body: what it pays for, how that is known, and what the body states of it in all."""
    names, strings = answers.short_names(Dimension.ORGANISATION), answers.strings()
    rows: list[tuple[Value, ...]] = [
        (
            source.name,
            str(source.origin),
            stream,
            names.get(paid.organisation, paid.organisation),
            answers.of(paid.amount),
            str(paid.how),
            stated,
            where,
            strings[paid.stream].in_words if paid.stream in strings else "",
        )
        for paid, source, stream, stated, where in funding_of.rows(answers.place, funding)
    ]
    rows.append(("Total", "", "", "", answers.of(funding.whole), "", None, "", ""))
    columns = (
        Column("Paid from"),
        Column("Kind"),
        Column("Stream", detail=True),
        Column("Spent by"),
        Column("Amount", Kind.POUNDS),
        Column("How it is known"),
        Column("Stated by the body in all", Kind.POUNDS, detail=True),
        Column("Source of what is stated", detail=True),
        Column("Strings that are known", detail=True),
    )
    return Table("Where the money comes from", columns, tuple(rows), totals=1)


def _below(answers: Answers, cell: Cell) -> tuple[str, str, Decimal]:
    """A cell of (organisation, theme) that is below zero, by its names."""
    body, theme = cell.keys
    bodies, themes = answers.names(Dimension.ORGANISATION), answers.names(Dimension.THEME)
    return bodies.get(body, body), themes.get(theme, theme), answers.of(cell.amount)


def _stop(answers: Answers, node: Node, dimension: Dimension | None) -> Stop:
    way = Way(node.name, ((dimension, node.key),)) if dimension else None
    mark = Mark(node.key, node.name, fixed_colour(node.colour, node.key), way=way)
    held = {part.key: part.amount for part in answers.by(dimension)} if dimension else {}
    return Stop(mark, answers.of(node.amount), net=answers.of(held[node.key]) if node.key in held else None)


def _links(columns: Sequence[Sequence[Stop]], flows: Sequence[Flow]) -> list[Way]:
    """The ways down from what each body spends on each theme, the largest first."""
    names = {stop.key: stop.name for column in columns[1:] for stop in column}
    return [
        Way(
            f"{names[flow.source]} → {names[flow.target]}",
            ((Dimension.ORGANISATION, flow.source), (Dimension.THEME, flow.target)),
        )
        for flow in sorted(flows, key=lambda flow: -flow.amount)
    ]


# Two ways at once


def bodies_by_theme(answers: Answers, chosen: str) -> Shown:
    """Which body spends on which board; or on what was chosen: functions of government, groups of people."""
    pair = _dimensions(chosen or str(Dimension.THEME))
    if pair is None or len(pair) != 1:
        return Gone(f"Money is not divided by “{chosen[:80]}”.")
    across = pair[0]
    finding = _most_met(answers, across)
    if finding is None:
        return Gone("Nothing in this choice is spent on anything that can be named.")
    figure = _crossed(answers, Dimension.ORGANISATION, across)
    notes = (answers.who_is_no_payer(),)
    table = figure.table(full=True)
    shown = exhibit_of(answers, finding, figure, table, notes=notes, ways=_ways_of_cells(figure))
    return replace(shown, appendix=_everybody(answers, across))


def _most_met(answers: Answers, across: Dimension) -> Finding | None:
    """What has the most payers: a board, a function of government, a group of people."""
    if across is Dimension.THEME:
        return answers.finding("payers", "what")
    cells = answers.pivot(across, Dimension.ORGANISATION)
    return parts_said.most_met(answers.by(across), cells, across, answers.restated(), answers.least_payer())


def _everybody(answers: Answers, across: Dimension) -> Table:
    """Every body's money on every key: across where boards are few, else one below the other."""
    figure = _crossed(answers, Dimension.ORGANISATION, across)
    few = across is Dimension.THEME and len(figure.columns) <= MOST_ACROSS
    return figure.table(full=True) if few else figure.unrolled()


def _crossed(answers: Answers, down: Dimension, across: Dimension) -> HeatMap:
    """Two breakdowns against each other: the largest first, boards in the place's own order, unmapped last."""
    held = {cell.keys: cell.amount for cell in answers.pivot(down, across)}
    rows, columns = _heads(answers, down), _heads(answers, across)
    values = tuple(
        tuple(
            answers.of(held[row.key, column.key]) if (row.key, column.key) in held else None
            for column in columns
        )
        for row in rows
    )
    ways = tuple(
        tuple(
            Way(f"{row.name} › {column.label}", ((down, row.key), (across, column.key)))
            if (row.key, column.key) in held
            else None
            for column in columns
        )
        for row in rows
    )
    return HeatMap(CALLED[down], CALLED[across], rows, columns, values, ways=ways)


def _heads(answers: Answers, dimension: Dimension) -> tuple[Mark, ...]:
    named, short = answers.called(dimension), answers.called(dimension, short=True)
    own = {theme.id: place for place, theme in enumerate(answers.place.themes)}
    order = own if dimension is Dimension.THEME else {}
    parts = sorted(
        enumerate(answers.by(dimension)),
        key=lambda pair: (beside_boards(pair[1].key), order.get(pair[1].key, len(order)), pair[0]),
    )
    return tuple(
        Mark(
            part.key,
            named(part.key),
            short=short(part.key),
            way=Way(named(part.key), ((dimension, part.key),)),
        )
        for _, part in parts
    )


def _ways_of_cells(figure: HeatMap) -> list[Way]:
    """The ways down from the cells, the largest first, then from rows and columns."""
    cells = [
        (value, way)
        for values, ways in zip(figure.values, figure.ways, strict=True)
        for value, way in zip(values, ways, strict=True)
        if value is not None and way is not None
    ]
    largest = [way for _, way in sorted(cells, key=lambda cell: -cell[0])]
    return [*largest, *ways_of(figure.rows), *ways_of(figure.columns)]


def own_table(answers: Answers, chosen: str) -> Shown:
    """The money divided by two ways of one's own choice, or by one: 'service/organisation type/row'."""
    *words, shares = chosen.split("/") if chosen.count("/") == 2 else [*chosen.split("/"), "pounds"]
    pair = _dimensions("/".join(words))
    if not pair or len(pair) > 2:
        return Gone(f"Money is not divided by “{chosen[:80]}”.")
    if len(pair) == 1 or pair[1] is pair[0]:
        return _own_list(answers, pair[0])
    down, across = pair
    names = {"rows": LOWER[down], "columns": LOWER[across]}
    rows, columns = len(answers.by(down)), len(answers.by(across))
    finding = parts_said.own_table(rows, columns, answers.total().total, names, answers.restated())
    plain = _crossed(answers, down, across)
    figure = replace(plain, shares=shares) if shares in SHARES else plain
    about = f"shares of the {shares}" if figure.shares else ""
    ways = [*ways_of(plain.rows), *_ways_of_cells(plain)]
    shown = exhibit_of(answers, finding, figure, figure.table(full=True), about=about, ways=ways)
    return replace(shown, appendix=plain.unrolled())


def _own_list(answers: Answers, down: Dimension) -> Shown:
    called = answers.called(down)
    parts = tuple(replace(part, name=called(part.key)) for part in answers.by(down))
    whole = answers.total().total
    names = {"rows": LOWER[down], "columns": ""}
    finding = parts_said.own_table(len(parts), 0, whole, names, answers.restated())
    marks = marks_of(parts, down, colours=NAVY)
    table = breakdown(answers, CALLED[down], CALLED[down], parts, ranges=True)
    figure = plain_bars(answers, CALLED[down], parts, marks)
    return exhibit_of(answers, finding, figure, table, ways=ways_of(marks))


# How the total comes about, and how sure it is


def counted_once(answers: Answers, _: str) -> Shown:
    """From the bodies' own books to the place's total."""
    total = answers.total()
    finding = answers.finding("once") or Finding(
        f"No money is counted twice: {pounds(answers.of(total.total))} is in one body’s budget only.",
        total.total,
        why="No transfer between these bodies is known in this choice.",
    )
    names = answers.short_names(Dimension.ORGANISATION)
    pairs: defaultdict[Pair, Decimal] = defaultdict(lambda: NOTHING)
    for paid in answers.passing():
        pairs[paid.payer, paid.payee] += paid.amount
    between = [
        (f"{names.get(payer, payer)} to {names.get(payee, payee)}", amount)
        for (payer, payee), amount in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
        if amount
    ]
    if sum((amount for _, amount in between), NOTHING) != total.eliminated:
        between = [("Counted in two bodies’ budgets", total.eliminated)] if total.eliminated else []
    ends = ("Before removing double counting", total.gross), ("Counted once", total.total)
    steps = (
        Step(ends[0][0], answers.of(total.gross), level=True, colour=CHARCOAL),
        *(Step(name, -answers.of(amount), colour=PLUM) for name, amount in between),
        Step(ends[1][0], answers.of(total.total), level=True, colour=NAVY),
    )
    rows = tuple((name, answers.of(amount)) for name, amount in (ends[0], *between, ends[1]))
    table = Table("Counted once", (Column("Step"), Column("Amount", Kind.POUNDS)), rows)
    return exhibit_of(answers, finding, _to_the_penny(Waterfall(steps)), table)


def _to_the_penny(figure: Waterfall) -> Waterfall:
    """The same steps in whole pence; the last level stays what the steps come to."""
    steps = [replace(step, amount=to_penny(step.amount)) for step in figure.steps]
    come_to = steps[0].amount
    for place, step in enumerate(steps[1:], start=1):
        if step.level:
            steps[place] = replace(step, amount=come_to)
        else:
            come_to += step.amount
    return replace(figure, steps=tuple(steps))


def against_benchmark(answers: Answers, _: str) -> Shown:
    """From the region's published spending to what is on the map: always of the whole place."""
    answers = answers.whole_place()
    bridge = answers.bridge()
    if not bridge.benchmark or bridge.year != answers.scope.year:
        return Gone(f"There is no benchmark for {answers.scope.year}.")
    bridge = bridge_restated(bridge, answers.restated())
    start = f"{possessive(bridge.region)} published spending × {possessive(answers.place.name)} share"
    steps = (
        Step(
            start,
            bridge.benchmark,
            level=True,
            colour=CHARCOAL,
            short=f"{possessive(bridge.region)} spending × share",
        ),
        *(
            Step(
                step.name,
                step.difference,
                colour=TEAL if step.difference > 0 else PLUM,
                note=f"{pounds(step.published)} → {pounds(step.mapped)}",
            )
            for step in bridge.steps
            if abs(step.difference) >= 1  # what rounding leaves is in the table
        ),
        Step("Included", bridge.total, level=True, colour=NAVY),
    )
    why = "The two totals agree at every step."
    if bridge.steps:
        first = max(bridge.steps, key=lambda step: abs(step.difference))
        more = "more" if first.difference > 0 else "less"
        why = f"The largest single reason is “{first.name}”: {pounds(abs(first.difference))} {more}."
    rows: list[tuple[Value, ...]] = [
        (step.name, *map(to_penny, (step.published, step.mapped, step.difference)), step.why)
        for step in bridge.steps
    ]
    ends = to_penny(bridge.benchmark), to_penny(bridge.total)
    rows.append(("Benchmark, total and difference", *ends, ends[1] - ends[0], ""))
    heads = ("In the benchmark", "Included", "Difference")
    columns = (Column("Reason"), *(Column(name, Kind.POUNDS) for name in heads), Column("Why"))
    published = f"{bridge.region} {bridge.year}: {exact_pounds(bridge.region_amount)}; {bridge.source}"
    note = f"Steps at which the two agree are left out. {what_it_checks(bridge)} {published}"
    return exhibit_of(
        answers,
        Finding(bridge_in_words(bridge), bridge.total, why=why),
        _to_the_penny(Waterfall(steps, "smaller differences")),
        Table("From the benchmark to the total", columns, tuple(rows), totals=1, notes=(note,)),
        source=bridge.source or f"Published spending of {bridge.region}",
        notes=("compared for the whole place",),
    )


def how_sure(answers: Answers, _: str) -> Shown:
    """How much of the money stands on which grade of confidence."""
    parts = sorted(answers.by(Dimension.GRADE), key=lambda part: part.key)
    finding = answers.finding("sure")
    if finding is None or not parts:
        return Gone("Nothing in this choice has a grade.")
    tones = {"1": NAVY, "2": NAVY, "3": NAVY, "4": TEAL}
    marks = tuple(
        Mark(
            part.key,
            opened(part.name.partition(" ")[2] or part.name),
            tones.get(part.key, OTHERS_COLOUR),
            way=Way(part.name, ((Dimension.GRADE, part.key),)),
        )
        for part in parts
    )
    figure = plain_bars(answers, "Confidence grade", parts, marks)
    table = breakdown(answers, "How sure the figures are", "Confidence grade", parts, ranges=True)
    table = replace(table, notes=(*table.notes, *_how_wide(answers, parts)))
    return exhibit_of(answers, finding, figure, table, ways=ways_of(marks))


def _how_wide(answers: Answers, parts: Sequence[PartOfTotal]) -> tuple[str, ...]:
    """How wide the range of the total is, and how wide it would be if all figures were wrong the same way at once."""
    total, bands = answers.total(), {str(grade.grade): grade.band for grade in answers.place.grades}
    if total.total <= 0 or any(part.amount < 0 or part.key not in bands for part in parts):
        return ()
    widest = sum((part.amount * bands[part.key] for part in parts), NOTHING)
    return (
        f"The range of the total is {percent(total.high - total.total, total.total)} either way. Figures that share one "
        "source, ratio or body are taken to be wrong together, and others apart; if all were wrong the same way at once "
        f"it would be {percent(widest, total.total)}.",
    )


def awaited(answers: Answers, _: str) -> Shown:
    """Who is not on the map yet, and what to ask for."""
    missing = answers.relied_on().awaited
    if not missing:
        return Gone("Every body that was asked is included.")
    names = listed([body.short_name or body.name for body in missing], most=3)
    bodies = opened(counted(len(missing), "body is", "bodies are"))
    finding = Finding(f"{bodies} not included yet: {names}.", NOTHING, why="Their own figures were not sent.")
    title = "Who is still to come"
    asked = Table(
        title,
        (Column("Organisation"), Column("What to ask for")),
        tuple((body.name, body.note or "Its budget for the year.") for body in missing),
    )
    whole = Table(
        title,
        (Column("Organisation"), Column("Serves"), Column("What to ask for")),
        tuple((body.name, body.footprint, body.note) for body in missing),
    )
    return exhibit_of(answers, finding, asked, whole)
