"""Many places beside each other: what each spends on a resident, and in all, by the map that it published last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.count.places import Places, SideBySide, Standing, side_by_side
from budget_model.count.saying import counted, listed, number
from budget_model.exhibits.colours import NAVY, OTHERS_COLOUR
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.neighbours import NO_JUDGEMENT
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import exact_pounds, percent, pounds

APART: Final = "~"
"""What parts the words of a choice: the year, and the measure."""
HEAD: Final = "head"
TOTAL: Final = "total"
MEASURES: Final[Mapping[str, str]] = {HEAD: "Per resident", TOTAL: "In all"}
FEW: Final = 4
"""So many reasons are said beneath a chart."""
SOURCE: Final = "The map that each place published last, by its own store"
HOW_SURE: Final = (
    "How far each total is estimated stands on the place’s own pages and not here: places that are close together may well "
    "stand in another order."
)
BASIS: Final = "net, shown with who pays, each pound once · cash prices"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared: the year, empty for the one that most places published, and per resident or in all."""

    year: str = ""
    measure: str = HEAD

    def __str__(self) -> str:
        return f"{self.year}{APART}{self.measure}"


def read_choice(chosen: str) -> Choice:
    """The choice that a view keeps; what it leaves out is the usual.

    >>> read_choice("2016-17~total"), read_choice("")
    (Choice(year='2016-17', measure='total'), Choice(year='', measure='head'))
    """
    year, _, measure = chosen.partition(APART)
    return Choice(year, measure if measure in MEASURES else HEAD)


def places(answers: Answers, chosen: str) -> Shown:
    """Every place's pounds of one year, per resident or in all, the most first; those that cannot be compared by name."""
    choice = read_choice(chosen)
    known = answers.places()
    found = side_by_side(known, choice.year)
    if not found.published:
        return Gone(
            f"No place has published a map of {found.year}."
            if found.year
            else "No place has published a map yet.",
            "Publish one on Map versions.",
        )
    if choice.measure == HEAD and not found.ranked:
        return Gone(
            "No place has published how many residents it has, so nothing can be said per resident.",
            "Choose “In all”, or publish again once the place counts its residents.",
        )
    shown = found.ranked if choice.measure == HEAD else _largest_first(found)
    return Exhibit(
        finding=most_on_a_resident(found) if choice.measure == HEAD else most_in_all(found),
        figure=_bars(shown, choice.measure),
        table=table(found),
        why=" ".join(
            words
            for words in (HOW_SURE if len(shown) > 1 else "", who_is_on_each(found), NO_JUDGEMENT)
            if words
        ),
        unit=f"{'Pounds per resident' if choice.measure == HEAD else 'Pounds'} · {found.year} · {BASIS}",
        left_out="",
        coverage=coverage(known, found),
        source=SOURCE,
        scope=answers.scope,
        notes=in_short(cautions(found)),
        beside_the_map=True,
    )


def _largest_first(found: SideBySide) -> tuple[Standing, ...]:
    return tuple(sorted(found.published, key=lambda standing: (-standing.of.total, standing.place.name)))


def _bars(shown: Sequence[Standing], measure: str) -> Bars:
    per_head = measure == HEAD
    marks = tuple(
        Mark(standing.place.id, standing.place.name, NAVY if standing.place.is_own else OTHERS_COLOUR)
        for standing in shown
    )
    values = tuple(
        (standing.of.per_head or Decimal(0)) if per_head else standing.of.total for standing in shown
    )
    name = "Pounds per resident" if per_head else "Pounds"
    return Bars("Place", marks, (Series(name, NAVY, values),), summed=not per_head, gathers=not per_head)


# The sentences


def most_on_a_resident(found: SideBySide) -> str:
    """Where most is spent on a resident, and where least."""
    ranked, year = found.ranked, found.year
    amounts = [standing.of.per_head or Decimal(0) for standing in ranked]
    if len(ranked) == 1:
        return (
            f"Pounds per resident are known of {ranked[0].place.name} alone: {whole(amounts[0])} in {year}."
        )
    first = [standing.place.name for standing in ranked if standing.of.per_head == amounts[0]]
    if len(first) == len(ranked):
        return f"{listed(first)} spend the same on a resident: {whole(amounts[0])} in {year}."
    last = [standing.place.name for standing in ranked if standing.of.per_head == amounts[-1]]
    return (
        f"Most is spent on a resident of {listed(first)}: {whole(amounts[0])} in {year}, beside {whole(amounts[-1])} in "
        f"{listed(last)}, the least of {number(len(ranked))} places."
    )


def most_in_all(found: SideBySide) -> str:
    """What all places spend together, and the most of one."""
    first, *others = _largest_first(found)
    if not others:
        return f"{first.place.name} alone has published {found.year}: {pounds(found.total)}."
    return (
        f"{counted(len(found.published), 'place', 'places').capitalize()} spend {pounds(found.total)} together in "
        f"{found.year}: {first.place.name} most, {pounds(first.of.total)} ({percent(first.of.total, found.total)})."
    )


def whole(amount: Decimal) -> str:
    """Pounds per resident, to the pound."""
    return f"£{amount:,.0f}"


def who_is_on_each(found: SideBySide) -> str:
    """How far the maps differ in who is on them, which is part of every difference; empty where all have as many."""
    by_count = sorted(found.published, key=lambda standing: standing.of.bodies)
    fewest, most = by_count[0], by_count[-1]
    if fewest.of.bodies == most.of.bodies:
        return ""
    return (
        f"The maps differ in who is on them: {counted(fewest.of.bodies, 'body', 'bodies')} in {fewest.place.name}, "
        f"{number(most.of.bodies)} in {most.place.name}. Part of any difference is who is counted."
    )


def coverage(known: Places, found: SideBySide) -> str:
    """How many of the places that are known published the year."""
    of = counted(len(known.known), "place", "places")
    return f"{number(len(found.published))} of {of} published {found.year}"


def cautions(found: SideBySide) -> list[str]:
    """What keeps places from being compared, a sentence for each: other counts of residents, no residents, no such year."""
    return [
        *(
            f"The residents of {one.place.name} are those of {one.of.counted_in}"
            for one in found.ranked
            if one.of.is_of_another_year
        ),
        *(
            f"{one.place.name} has no rank: no residents are published with {one.map.title}"
            for one in found.published
            if one.of.per_head is None
        ),
        *(f"{one.place.name} is not compared: {one.reason}" for one in found.apart),
    ]


def in_short(sentences: Sequence[str]) -> tuple[str, ...]:
    """A few sentences as they are; of many how many there are, since the table has each."""
    if len(sentences) <= FEW:
        return tuple(sentences)
    return (f"of {number(len(sentences))} places the table says why they are not compared, or how far",)


# The tables


def table(found: SideBySide) -> Table:
    """Every place with its rank, pounds, residents and the map that says so; those that are not compared with the reason."""
    columns = (
        Column("Rank", Kind.COUNT),
        Column("Place"),
        Column("£ per resident", Kind.NUMBER),
        Column("Total", Kind.POUNDS),
        Column("Residents", Kind.COUNT),
        Column("Residents of", detail=True),
        Column("Bodies", Kind.COUNT),
        Column("Published map"),
        Column("Published on", detail=True),
        Column("Note"),
    )
    rows = [
        _row(place if standing in found.ranked else None, standing)
        for place, standing in enumerate(found.published, 1)
    ]
    rows += [
        (None, apart.place.name, None, None, None, "", None, "", "", f"Not compared: {apart.reason}")
        for apart in found.apart
    ]
    together = (
        None,
        "Together",
        found.per_head,
        found.total,
        found.residents or None,
        "",
        None,
        "",
        "",
        _of_whom(found),
    )
    title = f"Places side by side, {found.year}"
    return Table(
        title, columns, (*rows, together), totals=1, notes=(f"Net pounds of {found.year}, {BASIS}.",)
    )


def _row(rank: int | None, standing: Standing) -> tuple[Value, ...]:
    of = standing.of
    note = "" if of.per_head is not None else "No residents are published with it"
    if of.is_of_another_year:
        note = f"Residents of {of.counted_in}, money of {of.year}"
    return (
        rank,
        standing.place.name,
        of.per_head,
        of.total,
        of.residents,
        str(of.counted_in or ""),
        of.bodies,
        standing.map.title,
        standing.map.published,
        note,
    )


def _of_whom(found: SideBySide) -> str:
    """Of which places the last row's pounds per resident are, where they are not of all of its total."""
    if len(found.ranked) == len(found.published):
        return ""
    return f"Per resident: {exact_pounds(found.total_of_ranked)} of places that published residents"


def versions_table(known: Places, year: str) -> Table:
    """Every map that every place published, the newest first, with what it says of a year."""
    columns = (
        Column("Place"),
        Column("Version", Kind.COUNT),
        Column("Name"),
        Column("Published on"),
        Column("Years"),
        Column(f"Total of {year}", Kind.POUNDS),
        Column("£ per resident", Kind.NUMBER),
        Column("Program"),
    )
    rows: list[tuple[Value, ...]] = []
    for place in known.known:
        for published_map in place.maps:
            of = published_map.of(year)
            years = ", ".join(sorted(each.year for each in published_map.years))
            amounts = (of.total, of.per_head) if of else (None, None)
            rows.append(
                (
                    place.name,
                    published_map.number,
                    published_map.name,
                    published_map.published,
                    years,
                    *amounts,
                    published_map.program,
                )
            )
    return Table(f"Published maps of every place, {year}", columns, tuple(rows))
