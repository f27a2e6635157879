"""What bodies could do together: services that several pay for, and opportunities to join up."""

from budget_model.board.counted import Counted
from budget_model.board.exhibits import MOST_BARS, NAVY, TEAL, Gone, Shown, exhibit_of, stacked_by_body
from budget_model.board.figures import (
    OTHERS_COLOUR,
    Bars,
    Column,
    ColumnKind,
    Series,
    Table,
    Value,
    fixed_colour,
)
from budget_model.count.findings import Finding
from budget_model.count.ranked import finding_of, paid_by
from budget_model.count.results import UNMAPPED
from budget_model.count.saying import counted as said_count
from budget_model.count.saying import listed
from budget_model.money import NOTHING, pounds
from budget_model.together import titles
from budget_model.together.listing import from_link, narrowed
from budget_model.together.opportunities import Opportunity
from budget_model.vocabulary import Dimension


def shared_services(counted: Counted, _: str) -> Shown:
    """The services that several bodies pay for, each in the colours of its payers."""
    figures = counted.figures()
    said = finding_of(figures, "shared")
    if said is None:
        return Gone("No service in this choice is paid for by more than one body.")
    payers = paid_by(counted.pivot(Dimension.SERVICE, Dimension.ORGANISATION))
    besides = {
        key: sum((amount for amount, _ in paid[1:]), NOTHING)
        for key, paid in payers.items()
        if len(paid) > 1 and key != UNMAPPED
    }
    ordered = sorted(besides, key=lambda key: (-besides[key], key))[:MOST_BARS]
    named = {part.key: part for part in counted.by(Dimension.SERVICE)}
    parts = sorted((named[key] for key in ordered), key=lambda part: (-part.amount, part.key))
    cells = [
        cell for cell in counted.pivot(Dimension.SERVICE, Dimension.ORGANISATION) if cell.keys[0] in besides
    ]
    figure = stacked_by_body(counted, Dimension.SERVICE, "Service", parts, cells)
    names = figures.names
    heads = (Column("Service"), Column("Organisation"), Column("Amount", ColumnKind.POUNDS))
    rows = tuple(
        (named[key].name, names.get(body, body), counted.of(amount))
        for key in sorted(besides, key=lambda key: (-besides[key], key))
        for amount, body in payers[key]
    )
    return exhibit_of(counted, said, figure, whole=Table(heads, rows))


def opportunities(counted: Counted, chosen: str) -> Shown:
    """What could be joined up, best first, with the pounds that would be steered jointly."""
    wanted = from_link(chosen)
    found = counted.opportunities(wanted.weights)
    able = [one for one in narrowed(found, wanted, counted.words())[0] if one.joinable > 0]
    if not able:
        why = found.problems[0].sentence if found.problems else "No two bodies’ money meets in this choice."
        why = why if not chosen else "Widen what this view is narrowed to."
        return Gone(f"There is nothing to join up here. {why}")
    first = able[0]
    sentence = titles.of_list(able, counted.names(Dimension.SERVICE))
    why = (
        f"{pounds(sum((one.counted for one in able), NOTHING))} in all with each pound counted once. "
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
    return exhibit_of(counted, said, figure, whole=Table(heads, rows))


def _label(counted: Counted, one: Opportunity) -> str:
    """An opportunity beside its bar: its rank, its first service, and how many more."""
    names = counted.names(Dimension.SERVICE)
    first = names.get(one.services[0], one.services[0]) if one.services else one.title
    more = f" +{len(one.services) - 1}" if len(one.services) > 1 else ""
    return f"{one.rank}. {first}{more}"


def found_one(counted: Counted, chosen: str) -> Opportunity | Gone:
    """The opportunity that a view is about, by its id or by its rank as '#1'; or why there is none."""
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
    return one or Gone(missing)


def one_opportunity(counted: Counted, chosen: str) -> Shown:
    """One opportunity: what each partner would bring, what of it is free to join, and why not further."""
    one = found_one(counted, chosen)
    if isinstance(one, Gone):
        return one
    names, colours = counted.short_names(Dimension.ORGANISATION), counted.colours(Dimension.ORGANISATION)
    bodies = listed([names.get(partner.organisation, partner.name) for partner in one.partners], most=3)
    sentence = (
        f"{bodies} could steer {pounds(one.joinable)} jointly on {titles.subject(one, counted.names(Dimension.SERVICE))}, "
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
    return exhibit_of(counted, said, figure, about=_route(one), whole=Table(heads, tuple(rows)))


def brought(counted: Counted, chosen: str) -> Shown:
    """What each partner of an opportunity has on its services, free to move or not."""
    one = found_one(counted, chosen)
    if isinstance(one, Gone):
        return one
    short, colours = counted.short_names(Dimension.ORGANISATION), counted.colours(Dimension.ORGANISATION)
    partners = sorted(one.partners, key=lambda partner: (-partner.amount, partner.organisation))
    shown = partners[:MOST_BARS]
    series = [
        Series(
            label,
            NAVY,
            tuple(partner.amount if partner.estimated is estimated else NOTHING for partner in shown),
            doubtful=estimated,
        )
        for label, estimated in (("The body’s own figure", False), ("Estimated", True))
    ]
    figure = Bars(
        "Partner",
        tuple(short.get(partner.organisation, partner.name) for partner in shown),
        tuple(each for each in series if any(each.values)) or (series[0],),
        tuple(fixed_colour(colours.get(partner.organisation, "")) for partner in shown),
    )
    heads = (
        Column("Partner"), Column("On these services", ColumnKind.POUNDS), Column("Free to move", ColumnKind.POUNDS),
        Column("Lines", ColumnKind.COUNT), Column("Stays aside"),
    )  # fmt: skip
    rows = tuple(
        (
            partner.name, partner.amount, partner.flexible, partner.lines,
            "; ".join(f"{pounds(aside.amount)}: {aside.why}" for aside in partner.asides),
        )
        for partner in partners
    )  # fmt: skip
    free = sum((partner.flexible for partner in partners), NOTHING)
    sentence = titles.of_brought(one, short, counted.names(Dimension.SERVICE))
    said = Finding(sentence, one.amount, why=f"{pounds(free)} of it is free to move.")
    total = ("Total", one.amount, free, sum(partner.lines for partner in partners), "")
    return exhibit_of(counted, said, figure, whole=Table(heads, (*rows, total), totals=1))


def score(counted: Counted, chosen: str) -> Shown:
    """How an opportunity's score is made up, part by part."""
    one = found_one(counted, chosen)
    if isinstance(one, Gone):
        return one
    parts = sorted(one.parts, key=lambda part: (part.value is None, -part.weight, part.name))
    known = [part for part in parts if part.points is not None]
    figure = Bars(
        "Part of the score",
        tuple(part.label for part in known),
        (Series("Points", NAVY, tuple(part.points or NOTHING for part in known)),),
        kind=ColumnKind.NUMBER,
    )
    heads = (
        Column("Part"), Column("Weight", ColumnKind.NUMBER), Column("Value, 0 to 1", ColumnKind.NUMBER),
        Column("Points", ColumnKind.NUMBER), Column("Why"),
    )  # fmt: skip
    rows = tuple((part.label, part.weight, part.value, part.points, part.reason) for part in parts)
    sentence = titles.of_score(one, counted.names(Dimension.SERVICE))
    said = Finding(sentence, one.joinable, why=one.left_out or "Every part of the score is known.")
    return exhibit_of(counted, said, figure, about="points of 100", whole=Table(heads, rows))


def _route(one: Opportunity) -> str:
    """The legal power, which is always a question for a lawyer."""
    return f"Needs legal advice: {one.power.name}" if one.power.name else "Needs legal advice"
