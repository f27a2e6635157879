"""Who spends on the same things: partners, a pair, the matrix, the network and the league, each from one scope."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.count.findings import Finding, paid_by
from budget_model.count.results import UNMAPPED
from budget_model.count.saying import counted, in_sentence
from budget_model.exhibits.colours import CHARCOAL, NAVY, ORANGE, fixed_colour
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Flow, HeatMap, Mark, Sankey, Series, Stop
from budget_model.exhibits.parts import exhibit_of, stacked_by_body, ways_of, wholes
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING, percent, pounds
from budget_model.scope import digits
from budget_model.together import meeting
from budget_model.together.alignment import BETWEEN_BODIES, Alignment, By, Pair
from budget_model.together.measures import BY_ID
from budget_model.together.telling import Overlap, overlaps_of
from budget_model.vocabulary import Dimension, OrganisationType

NOBODY = "No two bodies in this choice spend on the same service."
LEAST = Decimal(100_000)


def shared_services(answers: Answers, _: str) -> Shown:
    """The services that several bodies pay for, each in the colours of its payers."""
    finding = answers.finding("shared")
    if finding is None:
        return Gone("No service in this choice is paid for by more than one body.")
    payers = paid_by(answers.payers_of_services(), answers.least_payer())
    besides = {
        key: sum((amount for amount, _ in paid[1:]), NOTHING)
        for key, paid in payers.items()
        if len(paid) > 1 and key != UNMAPPED
    }
    named = {part.key: part for part in answers.on_services()}
    ordered = sorted(besides, key=lambda key: (-besides[key], key))
    figure = stacked_by_body(answers, Dimension.SERVICE, "Service", [named[key] for key in ordered])
    names = answers.names(Dimension.ORGANISATION)
    rows = tuple(
        (named[key].name, names.get(body, body), answers.of(amount))
        for key in ordered
        for amount, body in payers[key]
    )
    columns = (Column("Service"), Column("Organisation"), Column("Amount", Kind.POUNDS))
    table = Table("Services that several bodies pay for", columns, rows)
    figure = replace(figure, gathers=False, summed=False)
    notes = ("those with most money from others than the largest payer first",)
    return exhibit_of(answers, finding, figure, table, notes=notes, ways=ways_of(figure.marks))


# One body and its partners


def partners(answers: Answers, chosen: str) -> Shown:
    """With whom one body has most in common."""
    body = usual_body(answers, chosen)
    overlaps = overlaps_of(body, answers.pairs()) if body else ()
    if not overlaps:
        return _alone(answers, chosen)
    names, services = answers.names(Dimension.ORGANISATION), answers.names(Dimension.SERVICE)
    short = answers.short_names(Dimension.ORGANISATION)
    marks = tuple(
        Mark(
            overlap.other,
            names.get(overlap.other, overlap.other),
            NAVY,
            short.get(overlap.other, ""),
            _way_of_two(short, services, body, overlap),
            f"most on {in_sentence(_most_on(services, overlap))}",
        )
        for overlap in overlaps
    )
    values = tuple(overlap.common for overlap in overlaps)
    figure = Bars("Body", marks, (Series("In common", NAVY, values),), summed=False, gathers=False)
    columns = (
        Column("With"),
        Column("In common", Kind.POUNDS),
        Column("Overlap", Kind.SHARE),
        Column("Likeness of mix", Kind.SHARE),
        Column("Services in common", Kind.COUNT),
        Column("Most on"),
    )
    rows = tuple(
        (
            names.get(overlap.other, overlap.other),
            overlap.common,
            overlap.overlap,
            overlap.cosine,
            len(overlap.services),
            _most_on(services, overlap),
        )
        for overlap in overlaps
    )
    sentence = meeting.of_partners(body, overlaps, short, answers.not_compared())
    finding = Finding(sentence, overlaps[0].common, why=_caution("common"))
    table = Table(f"What {names.get(body, body)} has in common with others", columns, rows)
    return exhibit_of(answers, finding, figure, table, ways=ways_of(marks))


def _alone(answers: Answers, chosen: str) -> Gone:
    """Why nobody has anything in common with a body, or no two bodies with one another."""
    held = [each for each in answers.not_compared() if each.organisation == chosen]
    if held:
        sentence = meeting.not_comparable(held, answers.short_names(Dimension.ORGANISATION))
        return Gone(sentence, "Ask it for its budget by service.")
    called = _called(answers, chosen)
    return Gone(NOBODY if not chosen else f"{called} pays for no service that another body pays for.")


def _most_on(services: Mapping[str, str], overlap: Overlap) -> str:
    first = overlap.services[0].service
    return services.get(first, first)


def _way_of_two(short: Mapping[str, str], services: Mapping[str, str], body: str, overlap: Overlap) -> Way:
    """To the lines of two bodies on what they share most."""
    two = f"{short.get(body, body)} and {short.get(overlap.other, overlap.other)}"
    chosen = ((Dimension.SERVICE, overlap.services[0].service),)
    return Way(f"{two}: {in_sentence(_most_on(services, overlap))}", chosen, (body, overlap.other))


def pair(answers: Answers, chosen: str) -> Shown:
    """What two bodies have in common, service by service."""
    first, _, second = chosen.partition("/")
    overlaps = overlaps_of(first, answers.pairs())
    overlap = next((each for each in overlaps if each.other == second), None)
    if overlap is None:
        called = {body: _called(answers, body) for body in (first, second)}
        remedy = "They may still meet for the same people: look under Opportunities."
        return Gone(meeting.nothing_in_common((first, second), answers.not_compared(), called), remedy)
    short = answers.short_names(Dimension.ORGANISATION)
    finding = Finding(meeting.of_pair(first, overlap, short), overlap.common, why=_caution("overlap"))
    figure = _two(answers, first, overlap)
    left, right = short.get(first, first), short.get(second, second)
    note = f"{left} to the left, {right} to the right; full colour is in common"
    table = _side_by_side(answers, first, overlap)
    return exhibit_of(answers, finding, figure, table, notes=(note,), ways=ways_of(figure.marks))


def _two(answers: Answers, first: str, overlap: Overlap) -> Bars:
    services, short = answers.names(Dimension.SERVICE), answers.short_names(Dimension.ORGANISATION)
    colours = answers.colours(Dimension.ORGANISATION)
    tones = [fixed_colour(colours.get(body, ""), body) for body in (first, overlap.other)]
    if tones[0] == tones[1]:
        tones[1] = ORANGE
    marks = tuple(
        Mark(
            each.service,
            services.get(each.service, each.service),
            way=Way(
                services.get(each.service, each.service),
                ((Dimension.SERVICE, each.service),),
                (first, overlap.other),
            ),
        )
        for each in overlap.services
    )
    left = Series(short.get(first, first), tones[0], tuple(each.first for each in overlap.services))
    other = short.get(overlap.other, overlap.other)
    right = Series(other, tones[1], tuple(each.second for each in overlap.services))
    return Bars("Service", marks, (left, right), gathers=False, sides=True)


def _side_by_side(answers: Answers, first: str, overlap: Overlap) -> Table:
    names, services = answers.names(Dimension.ORGANISATION), answers.names(Dimension.SERVICE)
    one, other = names.get(first, first), names.get(overlap.other, overlap.other)
    columns = (Column("Service"), *(Column(name, Kind.POUNDS) for name in (one, other, "In common")))
    rows = tuple(
        (services.get(each.service, each.service), each.first, each.second, each.common)
        for each in overlap.services
    )
    sums = (
        sum((each.first for each in overlap.services), NOTHING),
        sum((each.second for each in overlap.services), NOTHING),
    )
    return Table(f"{one} beside {other}", columns, (*rows, ("Total", *sums, overlap.common)), totals=1)


# Every body beside every other


def matrix(answers: Answers, chosen: str) -> Shown:
    """One measure between every two bodies, or of every body on every service that several pay for."""
    measure = chosen or "common"
    if measure not in meeting.MEASURES:
        return Gone(f"There is no measure called “{chosen[:80]}”.")
    heat = meeting.heat_of(answers.matrix(measure)) if answers.pairs() else None
    if heat is None or not heat.rows or not heat.columns:
        return Gone(NOBODY)
    between = measure in BETWEEN_BODIES
    if between:
        ways, smaller = _ways_between(answers, heat), ("smaller body", "smaller bodies")
    else:
        ways, smaller = _ways_on_services(answers, heat), ("smaller service", "smaller services")
    figure = _heat_map(answers, measure, heat, ways)
    short, services = answers.short_names(Dimension.ORGANISATION), answers.names(Dimension.SERVICE)
    sentence = meeting.of_matrix(measure, answers.pairs(), heat, short, services)
    sums = meeting.not_comparable(answers.not_compared(), short) if between else ""
    sentence = f"{sums} Of the rest, {in_sentence(sentence)}" if sums else sentence
    finding = Finding(sentence, NOTHING, why=_caution(measure))
    called = meeting.CALLED[measure]
    room = f"{counted(heat.left_out, *smaller)} not shown" if heat.left_out else ""
    table = replace(figure.table(full=True), title=called)
    every = tuple(dict.fromkeys(ways.values()))
    shown = exhibit_of(
        answers, finding, figure, table, about=called, notes=(room, answers.who_is_no_payer()), ways=every
    )
    return replace(shown, appendix=figure.table())


KINDS = {"common": Kind.POUNDS, "amount": Kind.POUNDS, "location_quotient": Kind.TIMES}
"""What the cells of a matrix count, where they are no shares."""


def _heat_map(
    answers: Answers, measure: str, heat: meeting.Heat, ways: Mapping[tuple[str, str], Way]
) -> HeatMap:
    """A matrix as shaded cells, each with its way down."""
    between = measure in BETWEEN_BODIES
    down = Dimension.ORGANISATION if between else Dimension.SERVICE
    pairs = [[(row, column) for column in heat.columns] for row in heat.rows]
    return HeatMap(
        "Body" if between else "Service",
        "Body",
        _heads(answers, down, heat.rows),
        _heads(answers, Dimension.ORGANISATION, heat.columns),
        tuple(tuple(map(heat.values.get, row)) for row in pairs),
        KINDS.get(measure, Kind.SHARE),
        summed=False,
        ways=tuple(tuple(map(ways.get, row)) for row in pairs),
    )


def _heads(answers: Answers, dimension: Dimension, keys: Sequence[str]) -> tuple[Mark, ...]:
    names, short = answers.names(dimension), answers.short_names(dimension)
    return tuple(Mark(key, names.get(key, key), short=short.get(key, "")) for key in keys)


def _ways_between(answers: Answers, heat: meeting.Heat) -> dict[tuple[str, str], Way]:
    """The way down of each pair that is drawn: their lines on what they share most."""
    short, services = answers.short_names(Dimension.ORGANISATION), answers.names(Dimension.SERVICE)
    ways: dict[tuple[str, str], Way] = {}
    for two in answers.pairs():
        if two.first in heat.rows and two.second in heat.rows:
            way = _way_of_pair(short, services, two)
            ways[two.first, two.second] = ways[two.second, two.first] = way
    return ways


def _way_of_pair(short: Mapping[str, str], services: Mapping[str, str], two: Pair) -> Way:
    top = two.services[0].service
    name = f"{short.get(two.first, two.first)} and {short.get(two.second, two.second)}"
    return Way(f"{name}: {services.get(top, top)}", ((Dimension.SERVICE, top),), (two.first, two.second))


def _ways_on_services(answers: Answers, heat: meeting.Heat) -> dict[tuple[str, str], Way]:
    """The way down of each cell that is drawn: a body's lines on a service."""
    short, services = answers.short_names(Dimension.ORGANISATION), answers.names(Dimension.SERVICE)
    return {
        (service, body): Way(
            f"{short.get(body, body)}: {services.get(service, service)}",
            ((Dimension.ORGANISATION, body), (Dimension.SERVICE, service)),
        )
        for service, body in heat.values
        if service in heat.rows and body in heat.columns
    }


# Who meets whom


def network(answers: Answers, chosen: str) -> Shown:
    """Which bodies meet on which services, as flows from the one to the other."""
    typed = digits(chosen)
    least = LEAST if typed is None else Decimal(typed)
    met = meeting.network_of(answers.aligned(By.SERVICE), least)
    if not met.links:
        sentence = f"No two bodies each spend {pounds(least)} or more on the same service."
        return Gone(sentence, "Lower the threshold.")
    bodies = _stops(answers, Dimension.ORGANISATION, met.bodies, _summed(met, "body"))
    services = _stops(answers, Dimension.SERVICE, met.services, _summed(met, "service"))
    flows = tuple(Flow(link.body, link.service, link.amount) for link in met.links)
    figure = Sankey(("Paid by", "Spent on"), (bodies, services), (flows,))
    names = answers.names(Dimension.ORGANISATION) | answers.names(Dimension.SERVICE)
    rows = tuple(
        (names.get(link.body, link.body), names.get(link.service, link.service), link.amount)
        for link in sorted(met.links, key=lambda link: (-link.amount, link.body, link.service))
    )
    columns = (Column("Body"), Column("Service"), Column("Amount", Kind.POUNDS))
    sentence = meeting.of_network(met, answers.short_names(Dimension.ORGANISATION))
    table = Table("Bodies that meet on the same services", columns, rows)
    more = counted(met.left_out, "more service is", "more services are")
    note = f"{more} over the threshold" if met.left_out else ""
    short = answers.short_names(Dimension.ORGANISATION)
    sums = meeting.not_comparable(answers.not_compared(), short).removesuffix(".")
    ways = ways_of([stop.mark for stop in (*bodies, *services)])
    finding = Finding(sentence, NOTHING, why=_room(met))
    return exhibit_of(answers, finding, figure, table, notes=(note, sums), ways=ways)


def _summed(met: meeting.Network, end: str) -> dict[str, Decimal]:
    """What flows through each stop at one end of the links: 'body' or 'service'."""
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for link in met.links:
        sums[getattr(link, end)] += link.amount
    return sums


def _stops(
    answers: Answers, dimension: Dimension, keys: Sequence[str], sums: Mapping[str, Decimal]
) -> tuple[Stop, ...]:
    """One side of the network in its order; bodies in their own colours."""
    names, short = answers.names(dimension), answers.short_names(dimension)
    colours = answers.colours(dimension)
    return tuple(
        Stop(
            Mark(
                key,
                names.get(key, key),
                fixed_colour(colours.get(key, ""), key) if colours else CHARCOAL,
                short.get(key, ""),
                Way(names.get(key, key), ((dimension, key),)),
            ),
            sums[key],
        )
        for key in keys
    )


def _room(met: meeting.Network) -> str:
    if not met.left_out:
        return "Every service that two bodies or more spend so much on is drawn."
    many = len(met.services)
    return (
        f"Drawn are the {many} with most money from others than the largest payer, of {many + met.left_out}."
    )


# Who pays for the same things


def league(answers: Answers, chosen: str) -> Shown:
    """Who pays for each service or board, each as one whole of its payers."""
    by = By(chosen) if chosen in tuple(By) else By.SERVICE
    alignments = [
        alignment for alignment in answers.aligned(by) if len(alignment.funders) > (by is By.SERVICE)
    ]
    if not alignments:
        return Gone("No service has more than one payer here.")
    dimension, what = (Dimension.SERVICE, "Service") if by is By.SERVICE else (Dimension.THEME, "Board")
    named, names = answers.names(dimension), answers.names(Dimension.ORGANISATION)
    marks = [
        Mark(
            alignment.key,
            named.get(alignment.key, alignment.key),
            way=Way(named.get(alignment.key, alignment.key), ((dimension, alignment.key),)),
            note=_spread(alignment, names),
        )
        for alignment in alignments
    ]
    figure = wholes(
        what,
        [(mark, dict(alignment.funders)) for mark, alignment in zip(marks, alignments, strict=True)],
        answers.short_names(Dimension.ORGANISATION),
        answers.colours(Dimension.ORGANISATION),
    )
    columns = (
        Column(what),
        Column("Total", Kind.POUNDS),
        Column("Paid by others than the largest payer", Kind.POUNDS),
        Column("Payers", Kind.COUNT),
        Column("Equal payers", Kind.NUMBER),
        Column("Fragmentation", Kind.NUMBER),
        Column("Largest payer"),
        Column("Income above spending", detail=True),
    )
    rows = tuple(_league_row(alignment, named, names) for alignment in alignments)
    first = alignments[0]
    largest, amount = first.funders[0]
    who = names.get(largest, largest)
    why = f"{who} pays {percent(amount, first.total)} of it."
    within = {key: in_sentence(name) for key, name in named.items()} if by is By.SERVICE else named
    finding = Finding(meeting.of_league(first, within), first.shared, why=why)
    table = Table(f"Who pays for each {what.lower()}", columns, rows)
    notes = (
        "those with most money from others than the largest payer first",
        f"largest payer of the first: {who}",
        answers.who_is_no_payer(),
    )
    return exhibit_of(answers, finding, figure, table, notes=notes, ways=ways_of(marks))


def _spread(alignment: Alignment, names: Mapping[str, str]) -> str:
    """How many bodies pay, and how much the largest of them pays."""
    largest, amount = alignment.funders[0]
    who = names.get(largest, largest)
    return f"{counted(len(alignment.funders), 'body pays', 'bodies pay')}; {who} pays {percent(amount, alignment.total)}"


def _league_row(
    alignment: Alignment, named: Mapping[str, str], names: Mapping[str, str]
) -> tuple[Value, ...]:
    largest = alignment.funders[0][0]
    below = (f"{names.get(body, body)} {pounds(-amount)}" for body, amount in alignment.negative)
    return (
        named.get(alignment.key, alignment.key),
        alignment.total,
        alignment.shared,
        len(alignment.funders),
        _two_places(alignment.effective_funders),
        _two_places(alignment.fragmentation),
        names.get(largest, largest),
        ", ".join(below),
    )


def _two_places(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"))


def usual_body(answers: Answers, chosen: str = "") -> str:
    """Whose partners are shown: the one that was chosen, else the council, else whoever spends most."""
    if chosen:
        return chosen
    met = {body for two in answers.pairs() for body in (two.first, two.second)}
    ordered = [part.key for part in answers.by(Dimension.ORGANISATION) if part.key in met]
    types = {body.id: body.type for body in answers.place.organisations}
    councils = (body for body in ordered if types.get(body) is OrganisationType.COUNCIL)
    return next(councils, next(iter(ordered), ""))


def _called(answers: Answers, body: str) -> str:
    return answers.names(Dimension.ORGANISATION).get(body, f"“{body[:80]}”")


def _caution(measure: str) -> str:
    """How a measure is read, and what to beware of."""
    known = BY_ID.get(measure)
    return f"{known.says} {known.caution}" if known else ""
