"""How the money of the place, a body, a board or a service went over the years; gaps and breaks marked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.count import trends_said
from budget_model.count.changes_said import Named, joined_up
from budget_model.count.findings import MOST_OF_IT, Finding
from budget_model.count.ranked import with_basis
from budget_model.count.restate import GROUPS, base_deflator, deflator
from budget_model.count.saying import in_sentence, listed, opened
from budget_model.count.trends import Measure, Part, Point, Trend, measured, trend
from budget_model.exhibits import memoranda
from budget_model.exhibits.by_area import BESIDE_THE_MAP
from budget_model.exhibits.colours import NAVY, fixed_colour
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import InYear, Years
from budget_model.exhibits.memoranda import MemorandumAsked
from budget_model.exhibits.parts import exhibit_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Way
from budget_model.exhibits.what_changed import subject
from budget_model.money import NOTHING
from budget_model.vocabulary import Dimension

BETWEEN = "~"
SERVED, EVERY_BODY = "served", "all"
PLACE, MEMORANDUM = "place", "memorandum"
"""What is chosen where the trend is of the whole place, or of the scope's bodies and boards; and where it is of what
a return says spending is made of."""
OF: Final[Mapping[str, Dimension]] = {
    "organisation": Dimension.ORGANISATION,
    "theme": Dimension.THEME,
    "service": Dimension.SERVICE,
}
OPTIONS: Final[Mapping[str, str]] = {
    "": "The same bodies every year",
    f"{PLACE}{BETWEEN}{EVERY_BODY}": "Every body",
}
EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a trend is of, and how it is counted."""

    of: str = PLACE
    """'place', or a word and a key: 'service:care', 'memorandum:children-by-kind/Children looked after'."""
    served: bool = False
    """Whether per head means per head of the people served."""
    every_body: bool = False
    """Whether each year counts every body on its map, and not those alone that sent every year."""

    def __str__(self) -> str:
        """As a view keeps it.

        >>> str(Choice()), str(Choice("service:care", served=True))
        ('place', 'service:care~served')
        """
        flags = [SERVED] * self.served + [EVERY_BODY] * self.every_body
        return BETWEEN.join((self.of, *flags))

    @property
    def part(self) -> Part:
        """The part of the map that it is of."""
        word, _, key = self.of.partition(":")
        return Part(word, key) if word in OF else Part()

    @property
    def memorandum(self) -> str:
        """The key of the memorandum, or of the line of one, that it is of; empty for money on the map."""
        word, _, key = self.of.partition(":")
        return key if word == MEMORANDUM else ""


def read_choice(chosen: str) -> Choice | None:
    """What a view names; None for words that name no trend.

    >>> read_choice("theme:healthy~all")
    Choice(of='theme:healthy', served=False, every_body=True)
    >>> read_choice("weather") is None, read_choice("")
    (True, Choice(of='place', served=False, every_body=False))
    """
    of, *flags = (chosen or PLACE).split(BETWEEN)
    word, _, key = of.partition(":")
    known = of == PLACE or (word in (*OF, MEMORANDUM) and bool(key))
    if not known or set(flags) - {SERVED, EVERY_BODY}:
        return None
    return Choice(of, SERVED in flags, EVERY_BODY in flags)


def keys_of(answers: Answers, word: str) -> set[str]:
    """Every 'organisation', 'theme' or 'service' that the map of any year has money of."""
    return {getattr(held, word) for one in answers.maps().values() for held in one.held}


def every_key(answers: Answers) -> dict[str, str]:
    """Everything that a trend can be of, as a choice names it, and what it is called."""
    named = {PLACE: answers.place.name}
    for word, dimension in OF.items():
        called = answers.called(dimension)
        keys = keys_of(answers, word) | answers.names(dimension).keys()
        named |= {f"{word}:{key}": called(key) for key in sorted(keys)}
    held = memoranda.every_memorandum(answers)
    return named | {f"{MEMORANDUM}:{one.key}": one.in_full for one in held}


def in_cash(answers: Answers, choice: Choice) -> Trend:
    """The trend of what was chosen in cash, in the scope of the answers whatever its year.

    Raises `KeyError` for a memorandum that is not held.
    """
    if choice.memorandum:
        return memoranda.over_the_years(answers, _memorandum(answers, choice))
    bodies = answers.place.organisations
    return trend(answers.maps(), bodies, choice.part, answers.scope, every_body=choice.every_body)


def measure_of(answers: Answers, choice: Choice) -> Measure:
    """What the figures of a trend count, as the scope and the choice say."""
    if choice.memorandum:
        area = memoranda.people_of(answers, _memorandum(answers, choice)) if choice.served else ""
        return Measure(answers.scope.real_terms, answers.scope.per_head and not area, area=area)
    group = people_of(answers, choice) if choice.served else GROUPS.get(answers.scope.served, "")
    return Measure(answers.scope.real_terms, answers.scope.per_head and not group, group)


def counted(answers: Answers, choice: Choice) -> Trend:
    """The trend of what was chosen, as the scope asks for it to be counted."""
    return measured(in_cash(answers, choice), answers.place, measure_of(answers, choice))


def people_of(answers: Answers, choice: Choice) -> str:
    """The group of people that most of the money is for, as the money of all years says; empty where none is.

    A service is for its own group; a body or a board for one that three quarters of its money is for.
    """
    groups = {service.id: service.client_groups for service in answers.place.services}
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for one in answers.maps().values():
        for held in one.held:
            if choice.part.of(held) and held.amount > 0:
                sums[next(iter(groups.get(held.service, ())), "")] += held.amount
    largest = max(sums, key=lambda group: sums[group], default="")
    most = bool(sums) and sums[largest] >= sum(sums.values(), NOTHING) * MOST_OF_IT
    return largest if most and largest != EVERYONE else ""


def trends(answers: Answers, chosen: str) -> Shown:
    """How a part of the place's money went over the years."""
    choice = read_choice(chosen)
    if choice is None:
        return Gone(f"There is no trend of “{chosen[:80]}”.", "Choose a body, a board or a service.")
    if choice.memorandum and not memoranda.asked_for(answers, choice.memorandum):
        return Gone(
            f"No return that is held says what “{choice.memorandum[:80]}” is.", "Choose one of the list."
        )
    if not choice.memorandum and len(answers.maps()) < 2:
        return Gone("Only one year is on the map, so there is no trend yet.", "Load another year on Upload.")
    found = counted(answers, choice)
    if not found.bodies:
        return Gone(
            "No body has sent figures for every year on the map, so the years of the whole cannot be compared.",
            "Choose one body, or count every body on each map.",
        )
    if not found.known:
        named = answers.called(Dimension.ORGANISATION)
        return Gone(
            f"There is no figure for any year. {trends_said.gaps(found, named)}", "Choose another part."
        )
    return _exhibit(answers, choice, measure_of(answers, choice), found)


def _exhibit(answers: Answers, choice: Choice, measure: Measure, found: Trend) -> Exhibit:
    bodies, name = answers.called(Dimension.ORGANISATION), _name(answers, choice)
    unit, prices = unit_in_words(answers, measure), prices_in_words(answers, measure)
    sentence = with_basis(trends_said.sentence(found, _whose(answers, choice, found)), _basis(unit, prices))
    way = _way(answers, choice)
    figure = Years(f"{name}: {unit}, {prices}", _in_years(found, bodies), _colour(answers, choice), way)
    remarks = remarks_on(answers, found, choice, measure)
    table = _table(answers, f"{name}, year by year", found, bodies, measure, remarks)
    finding = Finding(sentence, found.known[-1].amount or NOTHING, why=trends_said.largest_step(found))
    cash = answers.within(per_head=False, real_terms=False)
    shown = exhibit_of(cash, finding, figure, table, ways=[way] if way else ())
    years = f"{found.points[0].year} to {found.points[-1].year}"
    shown = replace(shown, unit=answers.unit_of(unit, years, prices), scope=answers.scope)
    return _beside_the_map(answers, choice, shown) if choice.memorandum else shown


def _beside_the_map(answers: Answers, choice: Choice, shown: Exhibit) -> Exhibit:
    """The trend of a memorandum: what it counts, that it is in no total, and each year's own grade and source."""
    asked = _memorandum(answers, choice)
    stands_on = memoranda.stands_on(answers, asked)
    columns = (*shown.table.columns, Column("Grade", Kind.COUNT, detail=True), Column("Source", detail=True))
    rows = tuple((*row, *stands_on.get(str(row[0]), (None, ""))) for row in shown.table.rows)
    said = f"Counted: {asked.memorandum.counts}. {memoranda.IN_NO_TOTAL} {asked.memorandum.note}".strip()
    grades = listed([str(grade) for grade in sorted({grade for grade, _ in stands_on.values()})])
    measure = measure_of(answers, choice)
    unit, prices = unit_in_words(answers, measure), prices_in_words(answers, measure)
    on = (answers.stands_on(),) if answers.scope.version else ()
    years = f"{shown.table.rows[0][0]} to {shown.table.rows[-1][0]}"
    return replace(
        shown,
        unit=" · ".join((opened(unit), years, asked.memorandum.counts, prices, f"grade {grades}", *on)),
        table=replace(shown.table, columns=columns, rows=rows, notes=(said, *shown.table.notes)),
        coverage=BESIDE_THE_MAP,
        beside_the_map=True,
        left_out="",
        source="; ".join(dict.fromkeys(source for _, source in stands_on.values())),
        notes=(),
    )


def _memorandum(answers: Answers, choice: Choice) -> MemorandumAsked:
    asked = memoranda.asked_for(answers, choice.memorandum)
    if asked is None:
        raise KeyError(choice.memorandum)
    return asked


def _name(answers: Answers, choice: Choice) -> str:
    if choice.memorandum:
        return _memorandum(answers, choice).called
    part = choice.part
    return answers.called(OF[part.word])(part.key) if part.word else answers.place.name


def _whose(answers: Answers, choice: Choice, found: Trend) -> str:
    """Whose money the sentence is about; where some bodies are left out, those that are not."""
    part = choice.part
    if choice.memorandum:
        body = answers.called(Dimension.ORGANISATION)(_memorandum(answers, choice).memorandum.organisation)
        return f"Spending by {body} on {in_sentence(_name(answers, choice))}"
    if part.word == "organisation":
        return f"Spending by {_name(answers, choice)}"
    whose = subject(answers)
    if part.word:
        whose = f"{whose} on {in_sentence(_name(answers, choice))}"
    on = trends_said.bodies_counted(found)
    return f"{whose}, by {on}," if found.left_out and not answers.scope.organisations else whose


def unit_in_words(answers: Answers, measure: Measure) -> str:
    """What the figures of a trend count: 'pounds per resident'."""
    if measure.area:
        return f"pounds per person served ({measure.area})"
    if not measure.group:
        return "pounds per resident" if measure.per_head else "pounds"
    names = {group.id: group.name for group in answers.place.client_groups}
    counted = [
        population.area for population in answers.place.populations if measure.group in population.groups
    ]
    people = (counted or [names.get(measure.group, measure.group)])[0]
    return f"pounds per person served ({people})"


def prices_in_words(answers: Answers, measure: Measure) -> str:
    """The prices that a trend is in: 'cash prices', 'prices of 2024-25'."""
    base = base_deflator(answers.place)
    return f"prices of {base.year}" if measure.real and base else "cash prices"


def _basis(unit: str, prices: str) -> str:
    """What a pound is, as a sentence says it; empty for pounds of their own year."""
    said = (unit.removeprefix("pounds").strip(), "" if prices == "cash prices" else f"in {prices}")
    return " ".join(word for word in said if word)


def _in_years(found: Trend, named: Named) -> tuple[InYear, ...]:
    return tuple(
        InYear(
            point.year,
            point.amount,
            trends_said.missing_in_words(point, named),
            tuple(trends_said.break_in_words(one, named) for one in point.breaks),
            _people(point),
        )
        for point in found.points
    )


def _people(point: Point) -> str:
    return f"{point.people.population:,} people, {point.people.basis}" if point.people else ""


def _colour(answers: Answers, choice: Choice) -> str:
    part = choice.part
    given = answers.colours(OF[part.word]).get(part.key, "") if part.word else ""
    return fixed_colour(given, part.key) if given else NAVY


def _way(answers: Answers, choice: Choice) -> Way | None:
    if choice.memorandum:
        body = _memorandum(answers, choice).memorandum.organisation
        name = answers.called(Dimension.ORGANISATION)(body)
        return Way(f"{name}, {answers.scope.year}", ((Dimension.ORGANISATION, body),))
    part = choice.part
    return (
        Way(f"{_name(answers, choice)}, {answers.scope.year}", ((OF[part.word], part.key),))
        if part.word
        else None
    )


def _table(
    answers: Answers, title: str, found: Trend, named: Named, measure: Measure, remarks: Sequence[str]
) -> Table:
    """Every year: its figure, the map's own pounds, prices, people, and what to know of it."""
    rows: list[tuple[Value, ...]] = []
    for point in found.points:
        price = deflator(answers.place, point.year) if measure.real else None
        said = [trends_said.missing_in_words(point, named)]
        said += [trends_said.break_in_words(one, named) for one in point.breaks]
        people = point.people
        rows.append(
            (
                point.year,
                point.amount,
                point.cash,
                price.index if price else None,
                people.population if people else None,
                people.basis if people else "",
                "; ".join(word for word in said if word),
            )
        )
    columns = (
        Column("Year"),
        Column("Amount", Kind.POUNDS),
        Column("In cash", Kind.POUNDS, detail=True),
        Column("Price index", Kind.NUMBER, detail=True),
        Column("People", Kind.COUNT, detail=True),
        Column("Counted how", detail=True),
        Column("To know"),
    )
    return Table(title, columns, tuple(rows), notes=tuple(remarks))


def remarks_on(answers: Answers, found: Trend, choice: Choice, measure: Measure) -> tuple[str, ...]:
    """What has to be known to read the trend: gaps, breaks, who is left out, prices and people with their sources."""
    named = answers.called(Dimension.ORGANISATION)
    nobody = (
        "Most of this money is for no single group of people that was counted, so it is shown as it is."
        if choice.served and not measure.group and not measure.area
        else ""
    )
    return joined_up(
        (
            trends_said.left_out(found, named),
            trends_said.gaps(found, named),
            trends_said.breaks(found, named),
            trends_said.people(found),
            nobody,
            _sources(answers, found, measure),
        )
    )


def _sources(answers: Answers, found: Trend, measure: Measure) -> str:
    """Where the prices and the people of its years are from."""
    prices = [deflator(answers.place, point.year) for point in found.known] if measure.real else []
    named = [price.source for price in prices if price] + [
        point.people.source for point in found.known if point.people
    ]
    return f"Source: {'; '.join(dict.fromkeys(named))}." if any(named) else ""
