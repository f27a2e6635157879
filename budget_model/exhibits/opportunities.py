"""What bodies could do together: opportunities to join up, one of them whole, and how its score is made up."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, listed
from budget_model.exhibits.colours import NAVY, ORANGE, OTHERS_COLOUR, TEAL, fixed_colour
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Dot, Dots, Doubt, Mark, Series
from budget_model.exhibits.parts import OWN, exhibit_of, share_of, ways_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING, pounds
from budget_model.together import titles
from budget_model.together.candidates import Meeting
from budget_model.together.ladder import arrangement_name
from budget_model.together.listing import Wanted, from_link, narrowed
from budget_model.together.offices import Acting
from budget_model.together.opportunities import WITHIN, Opportunity, OpportunityList, Partner, portfolio_of
from budget_model.together.score import PARTS, Part
from budget_model.vocabulary import Dimension

WITHIN_COLOUR, ACROSS_COLOUR = NAVY, ORANGE
EARNS = {1: "sharing information", 3: "joint buying", 5: "lead commissioning", 6: "a pool"}
"""What a score earns, where an arrangement's whole name is too long for a word beside a line."""


def opportunities(answers: Answers, chosen: str) -> Shown:
    """What could be joined up, best first, with the pounds that would be planned together."""
    wanted = from_link(chosen)
    opportunity_list = answers.opportunities(wanted.weights)
    asked = narrowed(opportunity_list, wanted, answers.words())[0]
    able = [opportunity for opportunity in asked if opportunity.joinable > 0]
    if not able:
        why = (
            opportunity_list.problems[0].sentence
            if opportunity_list.problems
            else "No two bodies’ money meets in this choice."
        )
        why = why if not chosen else "Widen what this view is narrowed to."
        return Gone(f"There is nothing to join up here. {why}")
    sentence = titles.of_list(able)
    whole = opportunity_list.portfolio if wanted == Wanted(weights=wanted.weights) else portfolio_of(able)
    waiting = f"{titles.of_portfolio(whole)} ".lstrip()
    why = (
        f"{titles.headline_of(whole)}, with each pound counted once. "
        f"{waiting}Planned together means decided together, not spent less."
    )
    figure = _picture(answers, asked)
    table = Table("Opportunities", LIST_COLUMNS, tuple(map(_row, asked)), notes=(_weights(opportunity_list),))
    finding = Finding(sentence, able[0].joinable, why=why)
    ways = ways_of([dot.mark for dot in figure.dots])
    notes = ("right is a higher score, up is further joined, larger is more pounds",)
    return exhibit_of(answers, finding, figure, table, notes=notes, ways=ways)


def _picture(answers: Answers, found: Sequence[Opportunity]) -> Dots:
    """Each opportunity as a dot on the lane of its arrangement, by its score."""
    earned = tuple(
        (least, f"from {least:f}: {EARNS.get(level, arrangement_name(level).lower())}")
        for least, level in sorted(answers.place.weights.earned)
        if least > 0
    )
    titled = Counter(map(short_title, found))
    return Dots(
        "Opportunity",
        "Could be planned together",
        tuple(
            _dot(answers, opportunity, alone=titled[short_title(opportunity)] == 1) for opportunity in found
        ),
        {opportunity.level: arrangement_name(opportunity.level) for opportunity in found},
        earned,
        {WITHIN_COLOUR: "within one board", ACROSS_COLOUR: "across boards"},
        "nobody has recorded how ready the partners are",
    )


def _weights(opportunity_list: OpportunityList) -> str:
    """By which weights a list is scored."""
    parts = (
        f"{name.replace('_', ' ')} {weight.normalize():f}"
        for name, weight in opportunity_list.weights
        if name in PARTS
    )
    return f"Weights: {', '.join(parts)}"


LIST_COLUMNS = (
    Column("Rank", Kind.COUNT),
    Column("Opportunity"),
    Column("Boards", detail=True),
    Column("Arrangement"),
    Column("Score"),
    Column("Could be planned together", Kind.POUNDS),
    Column("At least", Kind.POUNDS),
    Column("At most", Kind.POUNDS),
    Column("Counted once", Kind.POUNDS, detail=True),
    Column("Depends on a sum that is not split", Kind.POUNDS, detail=True),
    Column("By law as far as", detail=True),
    Column("Earliest", detail=True),
    Column("Grade", Kind.COUNT, detail=True),
    Column("Why not higher"),
)


def _row(opportunity: Opportunity) -> tuple[Value, ...]:
    return (
        opportunity.number,
        opportunity.title,
        opportunity.scope,
        opportunity.arrangement,
        f"{opportunity.score:.0f}",
        opportunity.joinable,
        opportunity.low,
        opportunity.high,
        opportunity.counted,
        opportunity.waiting,
        arrangement_name(opportunity.allowed),
        when(opportunity),
        opportunity.confidence,
        opportunity.why_not_higher,
    )


def when(opportunity: Opportunity) -> str:
    """When enough of the money is free of its contracts, in words; unknown where the lines do not say."""
    if opportunity.earliest_date is None:
        return "Start date unknown"
    return (
        "From now"
        if opportunity.earliest_date <= opportunity.today.on
        else f"From {opportunity.earliest_date:%B %Y}"
    )


def why_then(opportunity: Opportunity) -> str:
    """Why the earliest date is what it is, or what is missing to know it."""
    if opportunity.earliest_date is None:
        undated = sum((amount for _, amount in opportunity.timing.unknown), NOTHING)
        return f"lines of {pounds(undated)} hold no contract date"
    if opportunity.earliest_date <= opportunity.today.on:
        return "enough of the money is in contracts that have ended, or in none"
    return "when enough of the contracts have ended"


def _dot(answers: Answers, opportunity: Opportunity, *, alone: bool) -> Dot:
    """Blue within a board, orange across; as full as the partners are ready. Whose it is, where titles are alike."""
    short = answers.short_names(Dimension.ORGANISATION)
    whose = (
        "" if alone else f": {listed([short.get(body, body) for body in opportunity.organisations], most=2)}"
    )
    title = f"{opportunity.number}. {opportunity.title}"
    way = (
        Way(title, ((Dimension.SERVICE, opportunity.services[0]),), opportunity.organisations)
        if opportunity.services
        else None
    )
    colour = WITHIN_COLOUR if opportunity.scope == WITHIN else ACROSS_COLOUR
    note = f"{opportunity.arrangement}, score {opportunity.score}; by law as far as {arrangement_name(opportunity.open_by_law)}"
    ready = next((part.value for part in opportunity.parts if part.name == "readiness"), None)
    mark = Mark(
        opportunity.id,
        title,
        colour,
        f"{opportunity.number}. {short_title(opportunity)}{whose}",
        way,
        short_title(opportunity),
    )
    return Dot(mark, opportunity.joinable, opportunity.score, opportunity.level, ready, note)


def short_title(opportunity: Opportunity) -> str:
    """What an opportunity is, without whose."""
    return opportunity.title.rsplit(": ", 1)[0]


def opportunity_of(answers: Answers, chosen: str) -> Opportunity | Gone:
    """The opportunity that a view is about, by its id or by its rank as '#1'; or why there is none.

    What follows a question mark are the choices of a list, by whose weights it is scored.
    """
    key, _, link = chosen.partition("?")
    opportunity_list = answers.opportunities(from_link(link).weights)
    able = [opportunity for opportunity in opportunity_list.opportunities if opportunity.joinable > 0]
    if key.startswith("#") and key[1:].isdigit():
        place = int(key[1:])
        one = able[place - 1] if 0 < place <= len(able) else None
        verb = "is" if len(able) == 1 else "are"
        many = counted(len(able), "opportunity", "opportunities")
        missing = f"There {verb} only {many} in this choice." if able else "There is nothing to join up here."
    else:
        one = opportunity_list.opportunity(key)
        missing = f"The opportunity “{key[:80]}” is no longer found in this choice."
    return one or Gone(missing)


def one_opportunity(answers: Answers, chosen: str) -> Shown:
    """One opportunity: what each partner would bring, what of it could be joined, and why not further."""
    one = opportunity_of(answers, chosen)
    if isinstance(one, Gone):
        return one
    names = answers.short_names(Dimension.ORGANISATION)
    bodies = listed([names.get(partner.organisation, partner.name) for partner in one.partners], most=3)
    sentence = titles.of_one(one, bodies, answers.names(Dimension.SERVICE))
    date = f" {when(one)}."
    low, high = pounds(one.low), pounds(one.high)
    between = f"Between {low} and {high}. " if low != high else ""
    why = f"{between}{one.why_not_higher}{date}".strip()
    marks = _partner_marks(answers, one.partners)
    figure = Bars("Partner", marks, _brought(one.partners), gathers=False)
    columns = (
        Column("Partner"),
        Column("Spends", Kind.POUNDS),
        Column("Could be joined", Kind.POUNDS),
        Column("One sum for many services", Kind.POUNDS),
        Column("In a pool already", Kind.POUNDS),
        Column("Confidence grade"),
    )
    rows = tuple(
        (part.name, part.amount, part.own, part.one_sum, _pooled(part), str(part.grade))
        for part in one.partners
    )
    table = Table("What each partner would bring", columns, rows)
    finding = Finding(sentence, one.joinable, why=why)
    return exhibit_of(answers, finding, figure, table, about=_route(one), ways=_partner_ways(answers, one))


def _is_beside(partner: Partner, partners: Sequence[Partner]) -> bool:
    """Whether a national department stands beside local partners, whose pounds alone are counted."""
    return not partner.local and sum(1 for each in partners if each.local) > 1


def _pooled(partner: Partner) -> Decimal:
    return sum((amount for _, amount in partner.pooled), NOTHING)


def _brought(partners: Sequence[Partner]) -> tuple[Series, ...]:
    """What partners bring, by what can be said of it; kinds that nobody has are left out."""
    free = tuple(partner.own for partner in partners)
    sums = tuple(partner.one_sum for partner in partners)
    pooled = tuple(map(_pooled, partners))
    beside = tuple(partner.flexible if _is_beside(partner, partners) else NOTHING for partner in partners)
    kept = tuple(
        part.amount - part.own - part.one_sum - _pooled(part) - more
        for part, more in zip(partners, beside, strict=True)
    )
    every = (
        Series("Could be joined", NAVY, free),
        Series("In a pool already", TEAL, pooled),
        Series("A national department’s", OTHERS_COLOUR, beside, Doubt.ESTIMATED),
        Series("One sum for many services", OTHERS_COLOUR, sums, Doubt.LEFT_OUT),
        Series("Tied to a purpose, or paid to people", OTHERS_COLOUR, kept, Doubt.TIED),
    )
    return tuple(series for series in every if any(series.values)) or every[:1]


def _partner_marks(answers: Answers, partners: Sequence[Partner]) -> tuple[Mark, ...]:
    short, colours = answers.short_names(Dimension.ORGANISATION), answers.colours(Dimension.ORGANISATION)
    return tuple(
        Mark(
            partner.organisation,
            partner.name,
            fixed_colour(colours.get(partner.organisation, "")),
            short.get(partner.organisation, ""),
            None if partner.totals_only or not partner.services else _partner_way(answers, partner, 0),
            "totals only" if partner.totals_only else f"grade {partner.grade}",
        )
        for partner in partners
    )


def _partner_way(answers: Answers, partner: Partner, place: int) -> Way:
    service = partner.services[place][0]
    name = answers.names(Dimension.SERVICE).get(service, service)
    chosen = ((Dimension.ORGANISATION, partner.organisation), (Dimension.SERVICE, service))
    return Way(f"{partner.name}: {name}", chosen)


def _partner_ways(answers: Answers, opportunity: Opportunity) -> list[Way]:
    """To the lines of each partner on each service, where its lines may be shown."""
    return [
        _partner_way(answers, partner, place)
        for partner in opportunity.partners
        if not partner.totals_only
        for place in range(len(partner.services))
    ]


def brought(answers: Answers, chosen: str) -> Shown:
    """What each partner of an opportunity has on its services, free to move or not."""
    one = opportunity_of(answers, chosen)
    if isinstance(one, Gone):
        return one
    partners = sorted(one.partners, key=lambda partner: (-partner.amount, partner.organisation))
    own, estimated = (
        tuple(partner.amount if partner.estimated is wanted else NOTHING for partner in partners)
        for wanted in (False, True)
    )
    series = (Series(OWN, NAVY, own), Series("Estimated", NAVY, estimated, Doubt.ESTIMATED))
    used = tuple(each for each in series if any(each.values)) or series[:1]
    figure = Bars("Partner", _partner_marks(answers, partners), used, gathers=False)
    free = sum((partner.own for partner in partners), NOTHING)
    short = answers.short_names(Dimension.ORGANISATION)
    sentence = titles.of_brought(one, short, answers.names(Dimension.SERVICE))
    finding = Finding(sentence, one.amount, why=titles.of_free(free))
    total = ("Total", one.amount, free, sum(partner.lines for partner in partners), None, "")
    rows = (*map(_partner_row, partners), total)
    table = Table("What each partner would bring", PARTNER_COLUMNS, rows, totals=1)
    return exhibit_of(answers, finding, figure, table, ways=_partner_ways(answers, one))


PARTNER_COLUMNS = (
    Column("Partner"),
    Column("On these services", Kind.POUNDS),
    Column("Free to move", Kind.POUNDS),
    Column("Lines", Kind.COUNT),
    Column("Grade", Kind.COUNT, detail=True),
    Column("Not included, and why"),
)


def _partner_row(partner: Partner) -> tuple[Value, ...]:
    asides = [f"{pounds(aside.amount)}: {aside.why}" for aside in partner.asides]
    if partner.one_sum:
        asides.insert(0, f"{pounds(partner.one_sum)}: it is one sum for many services")
    asides += [f"{pounds(amount)}: it is in the pool ‘{pool}’ already" for pool, amount in partner.pooled]
    return (partner.name, partner.amount, partner.own, partner.lines, partner.grade, "; ".join(asides))


def first_steps(answers: Answers, chosen: str) -> Shown:
    """The first three steps of an opportunity: the board that decides, and the office that acts at each body."""
    one = opportunity_of(answers, chosen)
    if isinstance(one, Gone):
        return one
    where = _taken_to(one, answers)
    deciding = [each for each in one.acting if each.step == len(one.first_steps)]
    who = listed([f"the {each.office.called} of {each.name}" for each in deciding])
    sentence = f"Taken to {where} by {who}." if who else f"Taken to {where}."
    names = answers.short_names(Dimension.ORGANISATION)
    office = {each.organisation: each.office.called for each in deciding}
    marks = tuple(
        Mark(
            part.organisation,
            names.get(part.organisation, part.name),
            note=office.get(part.organisation, ""),
        )
        for part in one.partners
    )
    figure = Bars("Partner", marks, _brought(one.partners), gathers=False)
    columns = (
        Column("Step", Kind.COUNT),
        Column("What to do"),
        Column("Body"),
        Column("Office that acts"),
        Column("Why that office"),
        Column("Source"),
    )
    rows = tuple(
        (
            each.step,
            one.first_steps[each.step - 1],
            each.name,
            each.office.office,
            each.office.duty,
            _stated(each),
        )
        for each in one.acting
    )
    table = Table("The first three steps, and who acts", columns, rows)
    return exhibit_of(answers, Finding(sentence, one.joinable, why=one.first_steps[0]), figure, table)


def _taken_to(opportunity: Opportunity, answers: Answers) -> str:
    """The delivery board that decides, by name; the chief officers where it is no board's business."""
    if opportunity.meeting is Meeting.BACK_OFFICE:
        return "the bodies’ chief officers"
    return answers.names(Dimension.THEME).get(opportunity.board, "the Board")


def _stated(acting: Acting) -> str:
    """Where an office is stated, and that the text was not read where it was not."""
    return acting.office.source + ("" if acting.office.source_seen else " (text not read)")


def score(answers: Answers, chosen: str) -> Shown:
    """How an opportunity's score is made up, part by part."""
    one = opportunity_of(answers, chosen)
    if isinstance(one, Gone):
        return one
    parts = sorted(one.parts, key=lambda part: (part.value is None, -part.weight, part.name))
    columns = (
        Column("Part"),
        Column("Weight", Kind.NUMBER),
        Column("Value, 0 to 1", Kind.NUMBER),
        Column("Points", Kind.NUMBER),
        Column("Why"),
    )
    rows = tuple((part.label, _plain(part.weight), part.value, part.points, part.reason) for part in parts)
    sentence = titles.of_score(one)
    finding = Finding(sentence, one.joinable, why=one.left_out or "Every part of the score is known.")
    notes = ("pale is what each part could add",)
    table = Table("Parts of the score", columns, rows)
    return exhibit_of(answers, finding, _points(parts), table, about="points of 100", notes=notes)


def _could_add(part: Part, known: Decimal) -> Decimal:
    """The most points that a part could add, where the weights of those that are known make so much."""
    return share_of(part.weight * 100, known if part.is_known else Decimal(1)) or NOTHING


def _points(parts: Sequence[Part]) -> Bars:
    """What each part adds to a score, of what it could add: the weights of those that are known make 100."""
    known = sum((part.weight for part in parts if part.value is not None), NOTHING)
    unknown = frozenset(part.name for part in parts if not part.is_known)
    most = tuple(_could_add(part, known) for part in parts)
    marks = tuple(Mark(part.name, part.label, note=part.reason) for part in parts)
    points = Series("Points", NAVY, tuple(part.points or NOTHING for part in parts))
    return Bars("Part of the score", marks, (points,), Kind.NUMBER, gathers=False, most=most, unknown=unknown)


def _plain(weight: Decimal) -> Decimal:
    """A weight without the zeros at its end: 0.25, 10."""
    return Decimal(f"{weight.normalize():f}")


def _route(opportunity: Opportunity) -> str:
    """The legal power, which is always a question for a lawyer."""
    return f"Needs legal advice: {opportunity.power.name}" if opportunity.power.name else "Needs legal advice"
