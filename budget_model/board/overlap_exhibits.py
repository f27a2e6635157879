"""Who spends on the same things: partners, a pair, the matrix, the network and the league, each from one scope."""

from decimal import Decimal

from budget_model.board.counted import Counted
from budget_model.board.exhibits import (
    MOST_BARS,
    MOST_PIECES,
    NAVY,
    Gone,
    Shown,
    exhibit_of,
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
    Stop,
    Table,
    fixed_colour,
)
from budget_model.count.findings import Finding
from budget_model.money import NOTHING, percent
from budget_model.together import meeting
from budget_model.together.alignment import BETWEEN_BODIES, Alignment, By
from budget_model.together.measures import BY_ID
from budget_model.together.telling import Overlap, overlaps_of
from budget_model.vocabulary import Dimension, OrganisationType

NOBODY = "No two bodies in this choice spend on the same service."
MOST_ROWS, MOST_COLUMNS, MOST_MEETING = 9, 6, 14
OTHERS = "others"
LEAST = Decimal(100_000)


def partners(counted: Counted, chosen: str) -> Shown:
    """With whom one body has most in common."""
    body = _body(counted, chosen)
    found = overlaps_of(body, counted.pairs()) if body else ()
    if not found:
        return Gone(
            NOBODY if not chosen else f"{_called(counted, chosen)} has nothing in common with another."
        )
    names, services = counted.names(Dimension.ORGANISATION), counted.names(Dimension.SERVICE)
    short, colours = counted.short_names(Dimension.ORGANISATION), counted.colours(Dimension.ORGANISATION)
    shown = found[:MOST_BARS]
    figure = Bars(
        "Body",
        tuple(short.get(one.other, one.other) for one in shown),
        (Series("In common", NAVY, tuple(one.common for one in shown)),),
        tuple(fixed_colour(colours.get(one.other, ""), one.other) for one in shown),
        summed=False,
    )
    heads = (
        Column("With"), Column("In common", ColumnKind.POUNDS), Column("Overlap", ColumnKind.SHARE),
        Column("Likeness of mix", ColumnKind.SHARE), Column("Services in common", ColumnKind.COUNT), Column("Most on"),
    )  # fmt: skip
    rows = tuple(
        (
            names.get(one.other, one.other), one.common, one.overlap, one.cosine, len(one.services),
            services.get(one.services[0].service, one.services[0].service),
        )
        for one in found
    )  # fmt: skip
    said = Finding(meeting.of_partners(body, found, short), found[0].common, why=_trap("common"))
    return exhibit_of(counted, said, figure, whole=Table(heads, rows))


def pair(counted: Counted, chosen: str) -> Shown:
    """What two bodies have in common, service by service."""
    first, _, second = chosen.partition("/")
    one = next((each for each in overlaps_of(first, counted.pairs()) if each.other == second), None)
    if one is None:
        two = f"{_called(counted, first)} and {_called(counted, second)}"
        return Gone(f"{two} spend on no service in common in this choice.")
    names, services = counted.names(Dimension.ORGANISATION), counted.names(Dimension.SERVICE)
    short = counted.short_names(Dimension.ORGANISATION)
    said = Finding(meeting.of_pair(first, one, short), one.common, why=_trap("overlap"))
    return exhibit_of(
        counted, said, _two(counted, first, one), whole=_side_by_side(names, services, first, one)
    )


def _two(counted: Counted, first: str, one: Overlap) -> Bars:
    services, short = counted.names(Dimension.SERVICE), counted.short_names(Dimension.ORGANISATION)
    colours = counted.colours(Dimension.ORGANISATION)
    tones = [fixed_colour(colours.get(body, ""), body) for body in (first, one.other)]
    if tones[0] == tones[1]:
        tones[1] = "#F46A25"
    shown = one.services[:MOST_BARS]
    return Bars(
        "Service",
        tuple(services.get(each.service, each.service) for each in shown),
        (
            Series(short.get(first, first), tones[0], tuple(each.first for each in shown)),
            Series(short.get(one.other, one.other), tones[1], tuple(each.second for each in shown)),
        ),
    )


def _side_by_side(names: dict[str, str], services: dict[str, str], first: str, one: Overlap) -> Table:
    heads = (
        Column("Service"), Column(names.get(first, first), ColumnKind.POUNDS),
        Column(names.get(one.other, one.other), ColumnKind.POUNDS), Column("In common", ColumnKind.POUNDS),
    )  # fmt: skip
    rows = tuple(
        (services.get(each.service, each.service), each.first, each.second, each.common)
        for each in one.services
    )
    sums = (
        sum((each.first for each in one.services), NOTHING),
        sum((each.second for each in one.services), NOTHING),
    )
    return Table(heads, (*rows, ("Total", *sums, one.common)), totals=1)


def matrix(counted: Counted, chosen: str) -> Shown:
    """One measure between every two bodies, or of every body on every service that several pay for."""
    measure = chosen or "common"
    if measure not in meeting.MEASURES:
        return Gone(f"There is no measure called “{chosen[:80]}”.")
    if not counted.pairs():
        return Gone(NOBODY)
    found = meeting.heat_of(counted.matrix(measure))
    if not found.rows or not found.columns:
        return Gone(NOBODY)
    between = measure in BETWEEN_BODIES
    short, services = counted.short_names(Dimension.ORGANISATION), counted.names(Dimension.SERVICE)
    named = short if between else services
    kind = ColumnKind.POUNDS if measure in ("common", "amount") else ColumnKind.SHARE
    kind = ColumnKind.TIMES if measure == "location_quotient" else kind
    rows, columns = found.rows[:MOST_ROWS], found.columns[:MOST_COLUMNS]
    of, by = ("Body", "Body") if between else ("Service", "Body")

    def grid(rows: tuple[str, ...], columns: tuple[str, ...]) -> HeatMap:
        values = tuple(tuple(found.values.get((row, column)) for column in columns) for row in rows)
        return HeatMap(
            of, by, tuple(named.get(row, row) for row in rows), tuple(short.get(one, one) for one in columns),
            values, kind, summed=False,
        )  # fmt: skip

    sentence = meeting.of_matrix(measure, counted.pairs(), found, short, services)
    said = Finding(sentence, NOTHING, why=_trap(measure))
    about = meeting.CALLED[measure]
    return exhibit_of(
        counted, said, grid(rows, columns), about=about, whole=grid(found.rows, found.columns).table()
    )


def network(counted: Counted, chosen: str) -> Shown:
    """Which bodies meet on which services, as flows from the one to the other."""
    least = Decimal(chosen) if chosen.isascii() and chosen.isdigit() else LEAST
    found = meeting.network_of(counted.aligned(By.SERVICE), least)
    if not found.links:
        return Gone("No two bodies each spend as much as that on the same service. Lower the threshold.")
    short, services = counted.short_names(Dimension.ORGANISATION), counted.names(Dimension.SERVICE)
    names, colours = counted.names(Dimension.ORGANISATION), counted.colours(Dimension.ORGANISATION)
    sizes = {
        one: sum((link.amount for link in found.links if link.body == one), NOTHING) for one in found.bodies
    }
    ordered = sorted(sizes, key=lambda one: (-sizes[one], one))
    rest = set(ordered[MOST_MEETING - 1 :]) if len(ordered) > MOST_MEETING else set()
    bodies = [
        Stop(one, short.get(one, one), fixed_colour(colours.get(one, ""), one), sizes[one])
        for one in found.bodies
        if one not in rest
    ]
    if rest:
        whole = sum((sizes[one] for one in rest), NOTHING)
        bodies.append(Stop(OTHERS, f"{len(rest)} others", OTHERS_COLOUR, whole))
    paid = [
        Stop(one, services.get(one, one), "#3D3D3D",
             sum((link.amount for link in found.links if link.service == one), NOTHING))
        for one in found.services
    ]  # fmt: skip
    flowing: dict[tuple[str, str], Decimal] = {}
    for link in found.links:
        key = (OTHERS if link.body in rest else link.body, link.service)
        flowing[key] = flowing.get(key, NOTHING) + link.amount
    flows = tuple(Flow(body, service, amount) for (body, service), amount in flowing.items())
    figure = Sankey(("Paid by", "Spent on"), (tuple(bodies), tuple(paid)), (flows,))
    rows = tuple(
        (names.get(link.body, link.body), services.get(link.service, link.service), link.amount)
        for link in sorted(found.links, key=lambda link: (-link.amount, link.body, link.service))
    )
    heads = (Column("Body"), Column("Service"), Column("Amount", ColumnKind.POUNDS))
    said = Finding(meeting.of_network(found, short), NOTHING, why=_left_out(found))
    return exhibit_of(counted, said, figure, whole=Table(heads, rows))


def _left_out(found: meeting.Network) -> str:
    if not found.left_out:
        return "Every service that two bodies or more spend so much on is drawn."
    many = len(found.services)
    return f"The {many} with most money beside the largest payer are drawn, of {many + found.left_out}."


def league(counted: Counted, chosen: str) -> Shown:
    """Who pays for each service or board, each as one whole of its payers."""
    by = By(chosen) if chosen in {str(one) for one in By} else By.SERVICE
    found = [one for one in counted.aligned(by) if by is By.THEME or len(one.funders) > 1]
    found = [one for one in found if one.funders]
    if not found:
        return Gone(NOBODY)
    dimension = Dimension.SERVICE if by is By.SERVICE else Dimension.THEME
    named = counted.names(dimension)
    what = "Service" if by is By.SERVICE else "Board"
    heads = (
        Column(what), Column("Total", ColumnKind.POUNDS), Column("Beside the largest funder", ColumnKind.POUNDS),
        Column("Funders", ColumnKind.COUNT), Column("Effective funders", ColumnKind.NUMBER),
        Column("Fragmentation", ColumnKind.NUMBER), Column("Largest funder"),
    )  # fmt: skip
    names = counted.names(Dimension.ORGANISATION)
    rows = tuple(
        (
            named.get(one.key, one.key), one.total, one.shared, len(one.funders), _two_places(one.effective_funders),
            _two_places(one.fragmentation), names.get(one.funders[0][0], one.funders[0][0]),
        )
        for one in found
    )  # fmt: skip
    first = found[0]
    why = f"Its largest funder is {names.get(first.funders[0][0], first.funders[0][0])}"
    why += f", with {percent(first.funders[0][1], first.total)} of it."
    said = Finding(meeting.of_league(first, named), first.shared, why=why)
    return exhibit_of(
        counted, said, _wholes(counted, what, found[:MOST_BARS], named), whole=Table(heads, rows)
    )


def _wholes(counted: Counted, what: str, found: list[Alignment], named: dict[str, str]) -> Bars:
    """Each of some services or boards as one whole, in the colours of the bodies that pay most of them."""
    short, colours = counted.short_names(Dimension.ORGANISATION), counted.colours(Dimension.ORGANISATION)
    weight: dict[str, Decimal] = {}
    for one in found:
        for body, amount in one.funders:
            weight[body] = weight.get(body, NOTHING) + amount
    ordered = sorted(weight, key=lambda body: (-weight[body], body))
    few = ordered if len(ordered) <= MOST_PIECES + 1 else ordered[:MOST_PIECES]
    rest = ordered[len(few) :]
    pieces: list[tuple[str, str, tuple[str, ...]]] = [
        (short.get(one, one), fixed_colour(colours.get(one, ""), one), (one,)) for one in few
    ]
    if rest:
        pieces.append((f"{len(rest)} others", OTHERS_COLOUR, tuple(rest)))
    series = tuple(
        Series(
            name,
            colour,
            tuple(sum((amount for body, amount in one.funders if body in bodies), NOTHING) for one in found),
        )
        for name, colour, bodies in pieces
    )
    return Bars(what, tuple(named.get(one.key, one.key) for one in found), series, level=True)


def _two_places(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"))


def _body(counted: Counted, chosen: str) -> str:
    """Whose partners are shown: the one that was chosen, else the council, else whoever spends most."""
    if chosen:
        return chosen
    met = {body for one in counted.pairs() for body in (one.first, one.second)}
    ordered = [part.key for part in counted.by(Dimension.ORGANISATION) if part.key in met]
    councils = {one.id for one in counted.place.organisations if one.type is OrganisationType.COUNCIL}
    return next((one for one in ordered if one in councils), next(iter(ordered), ""))


def _called(counted: Counted, body: str) -> str:
    return counted.names(Dimension.ORGANISATION).get(body, f"“{body[:80]}”")


def _trap(measure: str) -> str:
    """How a measure is read, and what to beware of."""
    known = BY_ID.get(measure)
    return f"{known.says} {known.trap}" if known else ""
