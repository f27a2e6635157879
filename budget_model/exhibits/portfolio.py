"""What to take up first: the portfolio that the effort and the limits allow, and whose effort it uses."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, listed, number, opened
from budget_model.exhibits.colours import NAVY, OTHERS_COLOUR, fixed_colour
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.opportunities import short_title
from budget_model.exhibits.parts import exhibit_of, ways_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING, pounds
from budget_model.together.ladder import arrangement_name
from budget_model.together.portfolio_asked import (
    ChosenPortfolio,
    EffortUsed,
    PortfolioAsked,
    TakenUp,
    from_link,
    tightest,
)
from budget_model.vocabulary import Dimension

PLANNED, BEYOND = "Planned together at this level", "Could be planned beyond it"


def portfolio(answers: Answers, chosen: str) -> Shown:
    """The opportunities to take up first, with the pounds that each would have planned together."""
    chosen_portfolio = answers.portfolio(from_link(chosen))
    if not chosen_portfolio.offered:
        return Gone("No opportunity in this choice has money that could be planned together.")
    if not chosen_portfolio.taken_up:
        return Gone(sentence(chosen_portfolio), "Allow more work, or another pool.")
    finding = Finding(sentence(chosen_portfolio), chosen_portfolio.planned, why=reason(chosen_portfolio))
    marks = tuple(_mark(each) for each in chosen_portfolio.taken_up)
    figure = Bars(
        "Opportunity",
        marks,
        (
            Series(PLANNED, NAVY, tuple(each.planned for each in chosen_portfolio.taken_up)),
            Series(
                BEYOND,
                OTHERS_COLOUR,
                tuple(each.joinable - each.planned for each in chosen_portfolio.taken_up),
            ),
        ),
        gathers=False,
    )
    about = in_words(chosen_portfolio.asked, answers)
    table = _table(chosen_portfolio, about)
    notes = ("a pound that several opportunities share counts once", apart(chosen_portfolio))
    return exhibit_of(answers, finding, figure, table, about=about, notes=notes, ways=ways_of(marks))


def sentence(chosen_portfolio: ChosenPortfolio) -> str:
    """What the portfolio comes to, in one sentence."""
    if not chosen_portfolio.taken_up:
        return "With this much work and these limits nothing can be taken up."
    how_many = opened(counted(len(chosen_portfolio.taken_up), "opportunity", "opportunities"))
    return f"{how_many} of {number(chosen_portfolio.offered)} would have {pounds(chosen_portfolio.planned)} planned together within these limits."


def reason(chosen_portfolio: ChosenPortfolio) -> str:
    """How sure it is that this is the best choice, and what holds it back."""
    return f"{chosen_portfolio.choice.sentence} {tightest(chosen_portfolio)}".strip()


def apart(chosen_portfolio: ChosenPortfolio) -> str:
    """Which opportunities there were to choose from, what of the pounds is with departments, and what could not be offered.

    Empty where all stand in the list of opportunities, none is with a department and nothing waits.
    """
    said = []
    if chosen_portfolio.unlisted:
        said.append(
            f"Of the {number(chosen_portfolio.offered)}, {number(chosen_portfolio.offered - chosen_portfolio.unlisted)} stand in the list on Opportunities; it "
            f"leaves out {number(chosen_portfolio.unlisted)} as small or as part of a better one."
        )
    if chosen_portfolio.with_departments:
        said.append(f"{pounds(chosen_portfolio.with_departments)} of it is with national departments.")
    if chosen_portfolio.waiting:
        said.append(
            f"Up to {pounds(chosen_portfolio.waiting)} more{_of_the_list(chosen_portfolio.held_back)} is not offered here: it waits until a "
            "body says how much of its one sum is for these services."
        )
    return " ".join(said)


def _of_the_list(held_back: int) -> str:
    return f", for {counted(held_back, 'opportunity', 'opportunities')} of that list," if held_back else ""


def in_words(asked: PortfolioAsked, answers: Answers) -> str:
    """The limits in a few words."""
    names = answers.short_names(Dimension.ORGANISATION)
    own = [f"{names.get(body, body)} {units:f}" for body, units in asked.own]
    units = "unit" if asked.effort == 1 else "units"
    said = [f"{asked.effort:f} {units} of work for each partner" + (f" ({listed(own)})" if own else "")]
    if asked.pools is not None:
        said.append(counted(asked.pools, "pool at most", "pools at most"))
    if asked.part is not None:
        said.append(f"{asked.part * 100:.0f}% of a partner’s flexible money in pools at most")
    if asked.by_day:
        said.append(f"none known to start after {asked.by_day:%-d %B %Y}")
    if asked.boards_first:
        said.append("each board’s own alignment first")
    return "; ".join(said)


def _mark(each: TakenUp) -> Mark:
    one = each.opportunity
    way = Way(one.title, ((Dimension.SERVICE, one.services[0]),), one.organisations) if one.services else None
    name = f"{one.number}. {short_title(one)}"
    return Mark(one.id, name, way=way, note=arrangement_name(each.level).lower())


COLUMNS = (
    Column("Opportunity"),
    Column("In or out"),
    Column("Arrangement"),
    Column("Planned together", Kind.POUNDS),
    Column("Joinable, counted once", Kind.POUNDS),
    Column("Score", Kind.NUMBER, detail=True),
    Column("Partners", detail=True),
    Column("Why out", detail=True),
)


def _table(chosen_portfolio: ChosenPortfolio, about: str) -> Table:
    inside: list[tuple[Value, ...]] = [
        (
            each.opportunity.title,
            "in",
            arrangement_name(each.level),
            each.planned,
            each.joinable,
            each.opportunity.score,
            ", ".join(partner.name for partner in each.opportunity.partners),
            "",
        )
        for each in chosen_portfolio.taken_up
    ]
    outside: list[tuple[Value, ...]] = [
        (
            each.title,
            "out",
            "",
            None,
            None,
            each.score,
            ", ".join(partner.name for partner in each.partners),
            why,
        )
        for each, why in chosen_portfolio.left_out
    ]
    total = ("Together", "", "", chosen_portfolio.planned, chosen_portfolio.joinable, None, "", "")
    return Table("What to take up first", COLUMNS, (*inside, *outside, total), totals=1, notes=(about,))


def _who_does_most(used: Sequence[EffortUsed], names: Mapping[str, str]) -> str:
    """Whose work is all used; where nobody's is, who does most, the first of them."""
    full = [names.get(each.organisation, each.organisation) for each in used if each.used >= each.limit]
    if full:
        return f"These opportunities take all the work that is allowed for {listed(full)}."
    busiest = used[0]
    name = names.get(busiest.organisation, busiest.organisation)
    return f"{name} does most: {busiest.used:f} units of work."


def effort(answers: Answers, chosen: str) -> Shown:
    """How many of its units of work the portfolio uses of each partner."""
    chosen_portfolio = answers.portfolio(from_link(chosen))
    used = [each for each in _tidy(chosen_portfolio.effort) if each.used > 0]
    if not used:
        return Gone(sentence(chosen_portfolio), "Allow more work, or another pool.")
    names = answers.short_names(Dimension.ORGANISATION)
    colours = answers.colours(Dimension.ORGANISATION)
    finding = Finding(_who_does_most(used, names), NOTHING, why=reason(chosen_portfolio))
    marks = tuple(
        Mark(
            each.organisation,
            names.get(each.organisation, each.organisation),
            fixed_colour(colours.get(each.organisation, ""), each.organisation),
        )
        for each in used
    )
    figure = Bars(
        "Partner",
        marks,
        (Series("Units of work", NAVY, tuple(each.used for each in used)),),
        Kind.NUMBER,
        summed=False,
        gathers=False,
        most=tuple(each.limit for each in used),
    )
    columns = (Column("Partner"), Column("Units used", Kind.NUMBER), Column("Units there are", Kind.NUMBER))
    rows = tuple((mark.name, each.used, each.limit) for mark, each in zip(marks, used, strict=True))
    table = Table("Work that the portfolio asks of each partner", columns, rows)
    notes = ("pale is what each has left",)
    shown = exhibit_of(
        answers, finding, figure, table, about=in_words(chosen_portfolio.asked, answers), notes=notes
    )
    return replace(shown, unit=f"Units of work, {answers.scope.year}")


def _tidy(efforts: Sequence[EffortUsed]) -> list[EffortUsed]:
    """The same without zeros at the end of a number."""
    return [replace(each, used=each.used.normalize(), limit=each.limit.normalize()) for each in efforts]


def _titles(chosen: ChosenPortfolio) -> dict[str, str]:
    """What the opportunities that were taken up are called, by id."""
    return {each.opportunity.id: short_title(each.opportunity) for each in chosen.taken_up}


def _planned_more(gap: Decimal) -> str:
    """How many pounds more, or less, are planned together; empty where no more and no less."""
    return f"{pounds(abs(gap))} {'more' if gap > 0 else 'less'} is planned together" if gap else ""


def changed(before: ChosenPortfolio, after: ChosenPortfolio, most: int) -> str:
    """What comes in and what goes out against another choice, at most so many of each by name, and the pounds."""
    held, now = _titles(before), _titles(after)
    moved = (
        ("in", [title for key, title in now.items() if key not in held]),
        ("out", [title for key, title in held.items() if key not in now]),
    )
    said = [f"{which}: {listed(titles, most=most)}" for which, titles in moved if titles]
    words = "; ".join(part for part in (*said, _planned_more(after.planned - before.planned)) if part)
    return f"Against the set before, {words}." if words else "The set is the same as before."


def beside(answers: Answers, questions: Sequence[str]) -> Table:
    """Several portfolios side by side: what each may use, what it comes to, and what it costs in work."""
    columns = (
        Column("Portfolio"),
        Column("Opportunities", Kind.COUNT),
        Column("Planned together", Kind.POUNDS),
        Column("Joinable, counted once", Kind.POUNDS),
        Column("Units of work", Kind.NUMBER),
        Column("What only it has"),
    )
    portfolios = [answers.portfolio(from_link(question)) for question in questions]
    held = [
        {each.opportunity.id: short_title(each.opportunity) for each in chosen_portfolio.taken_up}
        for chosen_portfolio in portfolios
    ]
    rows = []
    for place, chosen_portfolio in enumerate(portfolios):
        elsewhere = {key for other, mine in enumerate(held) if other != place for key in mine}
        only = [title for key, title in held[place].items() if key not in elsewhere]
        work = sum((each.used for each in chosen_portfolio.effort), Decimal(0))
        words = in_words(chosen_portfolio.asked, answers)
        rows.append(
            (
                words,
                len(chosen_portfolio.taken_up),
                chosen_portfolio.planned,
                chosen_portfolio.joinable,
                work,
                listed(only),
            )
        )
    return Table("Portfolios side by side", columns, tuple(rows))
