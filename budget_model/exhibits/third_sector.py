"""Voluntary bodies: who depends on small grants, who gives, of what size and length, what ends, and the Compact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from budget_model import dates
from budget_model.answers import Answers
from budget_model.count.saying import counted, listed, number, opened
from budget_model.exhibits.by_area import BESIDE_THE_MAP
from budget_model.exhibits.colours import NAVY, OTHERS_COLOUR, TEAL, fixed_colour
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Figure, Mark, Series
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import percent, pounds
from budget_model.place.model import Award
from budget_model.together.compact import PROMISES, READ, Kept
from budget_model.together.voluntary import (
    NOTICE,
    Body,
    Given,
    Length,
    Size,
    Voluntary,
    amount_of,
    by,
    count_of,
    notice_by,
)
from budget_model.vocabulary import Dimension

TO_VOLUNTARY: Final = "grants to voluntary bodies"
"""The kind of a line of the register that is a body's own grants, published as one sum."""
NO_BOARD: Final = "No board named"
SOURCE: Final = "Funders’ files of grants, bodies’ lists of payments, and funders’ grants by area"
EMPTY: Final = Gone(
    "No grant or payment to a voluntary body is loaded.",
    "Load a funder’s file of grants or a body’s list of payments below.",
)


def held(answers: Answers, chosen: str) -> Voluntary:
    """What is counted of the calendar year that is chosen; of every year where none is."""
    year = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) == 4 else None
    return answers.voluntary().of_year(year)


def _shown(answers: Answers, chosen: str, sentence: str, figure: Figure, table: Table, why: str) -> Exhibit:
    when = f"awarded or paid in {chosen}" if chosen else "all years"
    unit = f"Pounds · {when} · cash of each year"
    return Exhibit(sentence, figure, table, why, unit, "", BESIDE_THE_MAP, SOURCE, answers.scope)


# Who depends on small grants


def tail(answers: Answers, chosen: str) -> Shown:
    """The bodies that depend on grants under £10,000, and how much of their known money that is."""
    voluntary = held(answers, chosen)
    if not voluntary.given:
        return EMPTY
    bodies = [body for body in voluntary.bodies if body.small]
    bodies.sort(key=lambda body: (-body.small_share, -body.amount, body.name))
    table = _tail_table(bodies, voluntary) if bodies else _sizes_table(voluntary)
    figure = _tail_bars(bodies) if bodies else _size_bars(voluntary)
    return _shown(answers, chosen, tail_sentence(voluntary), figure, table, tail_reason(voluntary))


def tail_sentence(voluntary: Voluntary) -> str:
    """Who depends on grants under £10,000, in one sentence that does not say more than is known."""
    small, many = voluntary.small, count_of(voluntary.small)
    known = f"{counted(many, 'grant', 'grants')} under £10,000 ({pounds(amount_of(small))})"
    if not small:
        return "No grant is known to be under £10,000."
    if not voluntary.bodies:
        return f"Who depends on grants under £10,000 is not published: {known} {_are(many)} known, without receivers."
    depend = voluntary.dependent
    if not depend:
        return f"No voluntary body that is known by name gets half its money here from grants under £10,000; {known} {_are(many)} known."
    names = listed([body.name for body in depend], most=3)
    verb = "depends" if len(depend) == 1 else "depend"
    return (
        f"{opened(number(len(depend)))} of {counted(len(voluntary.bodies), 'body', 'bodies')} {verb} on grants under £10,000 for half "
        f"or more of what these funders give: {names}."
    )


def _are(many: int) -> str:
    return "is" if many == 1 else "are"


def tail_reason(voluntary: Voluntary) -> str:
    """How much of everything the small grants are, and of how much nobody can say."""
    small = voluntary.small
    parts = [
        f"{count_of(small):,} of {voluntary.grants:,} grants are known to be under £10,000: {pounds(amount_of(small))} of "
        f"{pounds(voluntary.total)}."
    ]
    if voluntary.together:
        parts.append(
            f"The single sizes of {count_of(voluntary.together):,} more ({pounds(amount_of(voluntary.together))}) are not published."
        )
    return " ".join(parts)


def _tail_bars(bodies: Sequence[Body]) -> Bars:
    marks = tuple(
        Mark(
            body.key, body.name, note=f"{percent(amount_of(body.small), body.amount)} in grants under £10,000"
        )
        for body in bodies
    )
    small = tuple(amount_of(body.small) for body in bodies)
    larger = tuple(body.amount - part for body, part in zip(bodies, small, strict=True))
    return Bars(
        "Voluntary body",
        marks,
        (Series("Grants under £10,000", TEAL, small), Series("Larger grants", OTHERS_COLOUR, larger)),
    )


def _tail_table(bodies: Sequence[Body], voluntary: Voluntary) -> Table:
    """Every body with small grants, and the sums of those that are not known by name."""
    rows: list[tuple[Value, ...]] = [
        (
            body.name,
            len(body.small),
            amount_of(body.small),
            body.amount,
            body.small_share,
            "yes" if body.depends else "no",
            listed(list(body.funders)),
        )
        for body in bodies
    ]
    unnamed = [one for one in voluntary.small if not one.recipient]
    if unnamed:
        rows.append(("Receivers not published", count_of(unnamed), amount_of(unnamed), None, None, "", ""))
    total = ("Total", count_of(voluntary.small), amount_of(voluntary.small), None, None, "", "")
    columns = (
        Column("Voluntary body"),
        Column("Grants under £10,000", Kind.COUNT),
        Column("Amount of them", Kind.POUNDS),
        Column("All that these funders give it", Kind.POUNDS),
        Column("Share in small grants", Kind.SHARE),
        Column("Depends on them"),
        Column("Funders"),
    )
    notes = (
        "Half or more of what these funders give it is called to depend. Its other income is not known here.",
    )
    return Table("Who depends on grants under £10,000", columns, (*rows, total), totals=1, notes=notes)


# By funder, board, size and length: each makes the total


def funders(answers: Answers, chosen: str) -> Shown:
    """Funders by what they granted or paid to voluntary bodies here."""
    voluntary = held(answers, chosen)
    if not voluntary.given:
        return EMPTY
    groups = by(voluntary.given, lambda one: one.funder)
    first = next(iter(groups))
    sentence = (
        f"{opened(counted(len(groups), 'funder', 'funders'))} gave {pounds(voluntary.total)} to voluntary bodies in "
        f"{answers.place.name} in {counted(voluntary.grants, 'grant', 'grants')}, {first} {_part(groups[first], voluntary)} of it."
    )
    names = {name: name for name in groups}
    return _shown(
        answers,
        chosen,
        sentence,
        _bars("Funder", groups, names),
        _table("By funder", "Funder", groups, names, voluntary),
        _floor(voluntary),
    )


def _floor(voluntary: Voluntary) -> str:
    years = f"Awards of {voluntary.years[0]} to {voluntary.years[-1]}. " if voluntary.years else ""
    return f"{years}At least this much was given: what funders do not publish is not known."


def boards(answers: Answers, chosen: str) -> Shown:
    """What is given by the board that officers say a programme is of."""
    voluntary = held(answers, chosen)
    if not voluntary.given:
        return EMPTY
    groups = by(voluntary.given, lambda one: one.board)
    called = answers.called(Dimension.THEME)
    names = {board: called(board) if board else NO_BOARD for board in groups}
    named = tuple(one for one in voluntary.given if one.board)
    sentence = (
        f"{percent(amount_of(named), voluntary.total)} of {pounds(voluntary.total)} is under a board."
        if named
        else f"Of none of the {pounds(voluntary.total)} has anybody said which board it is of."
    )
    colours = answers.colours(Dimension.THEME)
    own = {board: fixed_colour(colours.get(board, ""), board) if board else OTHERS_COLOUR for board in groups}
    table = _table("By board", "Board", groups, names, voluntary)
    why = "An officer says of which board a funder’s programme is; nothing is guessed from its words."
    return _shown(answers, chosen, sentence, _bars("Board", groups, names, own), table, why)


def sizes(answers: Answers, chosen: str) -> Shown:
    """What is given by the size of each grant."""
    voluntary = held(answers, chosen)
    if not voluntary.given:
        return EMPTY
    known = [one for one in voluntary.given if one.size is not Size.TOGETHER]
    sentence = (
        f"Of {pounds(amount_of(known))} whose single grants are known, {percent(amount_of(voluntary.small), amount_of(known))} came in "
        f"{counted(count_of(voluntary.small), 'grant', 'grants')} under £10,000."
        if known
        else "Of no grant is the size published."
    )
    return _shown(
        answers, chosen, sentence, _size_bars(voluntary), _sizes_table(voluntary), tail_reason(voluntary)
    )


def _size_bars(voluntary: Voluntary) -> Bars:
    groups = _in_order(by(voluntary.given, lambda one: str(one.size)), [str(size) for size in Size])
    return _bars(
        "Size of grant", groups, {name: name for name in groups}, {str(Size.TOGETHER): OTHERS_COLOUR}
    )


def _sizes_table(voluntary: Voluntary) -> Table:
    groups = _in_order(by(voluntary.given, lambda one: str(one.size)), [str(size) for size in Size])
    return _table("By size of grant", "Size of grant", groups, {name: name for name in groups}, voluntary)


def lengths(answers: Answers, chosen: str) -> Shown:
    """What is given by how long each grant runs."""
    voluntary = held(answers, chosen)
    if not voluntary.given:
        return EMPTY
    groups = _in_order(by(voluntary.given, lambda one: str(one.length)), [str(length) for length in Length])
    stated = [one for one in voluntary.given if one.length is not Length.NOT_STATED]
    short = [one for one in stated if one.length is Length.ONE]
    sentence = (
        f"{percent(amount_of(short), amount_of(stated))} of the {pounds(amount_of(stated))} whose length is stated is for one year or less."
        if stated
        else "Of no grant that is loaded is it stated how long it runs."
    )
    names = {name: name for name in groups}
    figure = _bars("Length", groups, names, {str(Length.NOT_STATED): OTHERS_COLOUR})
    table = _table("By length", "Length", groups, names, voluntary)
    why = f"The length of {pounds(voluntary.total - amount_of(stated))} is not stated."
    return _shown(answers, chosen, sentence, figure, table, why)


Groups = Mapping[str, tuple[Given, ...]]


def _in_order(groups: Groups, order: Sequence[str]) -> dict[str, tuple[Given, ...]]:
    return {name: groups[name] for name in order if name in groups}


def _bars(
    of: str, groups: Groups, names: Mapping[str, str], colours: Mapping[str, str] | None = None
) -> Bars:
    marks = tuple(Mark(key, names[key], (colours or {}).get(key, NAVY)) for key in groups)
    return Bars(of, marks, (Series("Given", NAVY, tuple(amount_of(group) for group in groups.values())),))


def _part(group: Iterable[Given], voluntary: Voluntary) -> str:
    return percent(amount_of(group), voluntary.total)


def _table(title: str, of: str, groups: Groups, names: Mapping[str, str], voluntary: Voluntary) -> Table:
    """Grants, pounds, bodies and small grants of each group, with the sums; the sums are the total."""
    rows = tuple((names[key], *_figures(group)) for key, group in groups.items())
    columns = (
        Column(of),
        Column("Grants", Kind.COUNT),
        Column("Amount", Kind.POUNDS),
        Column("Bodies known", Kind.COUNT),
        Column("Known to be under £10,000", Kind.COUNT),
        Column("Amount of them", Kind.POUNDS),
    )
    title = f"Given to voluntary bodies: {title.lower()}"
    return Table(title, columns, (*rows, ("Total", *_figures(voluntary.given))), totals=1)


def _figures(group: Sequence[Given]) -> tuple[Value, ...]:
    small = [one for one in group if one.size is Size.SMALL]
    bodies = {one.recipient for one in group if one.recipient}
    return count_of(group), amount_of(group), len(bodies), count_of(small), amount_of(small)


# What ends, and who is funded by several


def renewals(answers: Answers, chosen: str) -> Shown:
    """What ends when, the day by which notice is due, and what has no published end."""
    voluntary, on = held(answers, chosen), dates.today()
    if not voluntary.given:
        return EMPTY
    ending = voluntary.ending(on)
    if not ending:
        return Gone(
            "No grant that is loaded ends on a known day to come.",
            "Load files whose grants state their dates, or widen the choice of year.",
        )
    first = ending[0].ends or on
    of_first = [one for one in ending if one.ends == first]
    sentence = (
        f"{opened(counted(len(ending), 'grant', 'grants'))} of {pounds(amount_of(ending))} {'ends' if len(ending) == 1 else 'end'} "
        f"on a known day to come, the next on {dates.day(first)} ({pounds(amount_of(of_first))})."
    )
    undated = [one for one in voluntary.given if one.ends is None]
    why = f"Of {counted(count_of(undated), 'grant', 'grants')} ({pounds(amount_of(undated))}) the end is not known."
    table = _renewals_table(ending, on)
    return _shown(answers, chosen, sentence, table, table, why)


def _renewals_table(ending: Sequence[Given], on: date) -> Table:
    rows = tuple(
        (
            dates.day(one.ends),
            one.name or "Receiver not published",
            one.funder,
            one.title,
            one.amount,
            dates.day(notice_by(one.ends)),
            "too late" if notice_by(one.ends) < on else "in time",
            one.source,
        )
        for one in ending
        if one.ends
    )
    columns = (
        Column("Ends"),
        Column("Voluntary body"),
        Column("Funder"),
        Column("For"),
        Column("Amount", Kind.POUNDS),
        Column(f"{NOTICE} months’ notice due by"),
        Column("Notice"),
        Column("Source", detail=True),
    )
    return Table("Renewals due", columns, rows)


def shared(answers: Answers, chosen: str) -> Shown:
    """The bodies that several funders give to, and who."""
    voluntary = held(answers, chosen)
    if not voluntary.given:
        return EMPTY
    if not voluntary.shared:
        return Gone(
            "No voluntary body that is known by name is funded by more than one funder.",
            "Load the files of more funders.",
        )
    partners = {body.name for body in answers.place.organisations}
    rows = tuple(
        (
            body.name,
            len(body.funders),
            body.amount,
            listed(list(body.funders), most=6),
            len(partners.intersection(body.funders)),
            len(body.given),
        )
        for body in voluntary.shared
    )
    columns = (
        Column("Voluntary body"),
        Column("Funders", Kind.COUNT),
        Column("Amount", Kind.POUNDS),
        Column("Who funds it"),
        Column("Of them partners here", Kind.COUNT),
        Column("Grants", Kind.COUNT),
    )
    most = voluntary.shared[0]
    sentence = (
        f"{opened(counted(len(voluntary.shared), 'voluntary body has', 'voluntary bodies have'))} several funders; {most.name} has "
        f"{counted(len(most.funders), 'funder', 'funders')}: {listed(list(most.funders))}."
    )
    table = Table("Bodies funded by several", columns, rows)
    why = "Each of them answers to every funder apart: one application, one report and one visit could serve all."
    return _shown(answers, chosen, sentence, table, table, why)


# The Compact


def compact(answers: Answers, _: str) -> Shown:
    """The promises of the Compact, what the map shows of each, and what the partnership says."""
    voluntary, said, on = answers.voluntary(), answers.promises(), dates.today()
    rows = tuple(
        (
            promise.name,
            promise.words,
            str(said[promise.key].kept) if promise.key in said else str(Kept.UNKNOWN),
            said[promise.key].reason if promise.key in said else "",
            promise.evidence(voluntary, on) or "A list of grants cannot show this.",
            promise.repeated_by or "the Compact itself",
            promise.where,
        )
        for promise in PROMISES
    )
    columns = (
        Column("Promise"),
        Column("In short"),
        Column("Kept"),
        Column("What the partnership says"),
        Column("What the grants show"),
        Column("Read in"),
        Column("Source", detail=True),
    )
    kept = sum(1 for each in said.values() if each.kept is Kept.YES)
    sentence = (
        f"The partnership says that it keeps {kept} of {len(PROMISES)} promises to voluntary bodies."
        if said
        else "The partnership has not said yet how far it keeps the Compact’s promises."
    )
    table = Table("The Compact’s promises", columns, rows)
    why = f"The promises are in our own words. {READ}"
    shown = _shown(answers, "", sentence, table, table, why)
    return replace(shown, source="The Compact, Cabinet Office, December 2010", unit="Promises")


# What was published as one sum


def sums(answers: Answers, _: str) -> Shown:
    """Bodies’ own grants to voluntary bodies that were published as one sum, in no total here."""
    lines = [award for award in answers.external_funding().awards if award.kind == TO_VOLUNTARY]
    if not lines:
        return Gone("No sum of grants to voluntary bodies was published without its grants.", "")
    rows = tuple(
        (line.funder, line.what, line.amount, _when(line), line.covers, line.note, line.source)
        for line in lines
    )
    columns = (
        Column("Funder"),
        Column("For"),
        Column("Amount", Kind.POUNDS),
        Column("When"),
        Column("Where"),
        Column("To know", detail=True),
        Column("Source", detail=True),
    )
    sentence = (
        f"{opened(counted(len(lines), 'more sum was', 'more sums were'))} published without the grants that "
        f"{'it is' if len(lines) == 1 else 'they are'} made of; the largest is {pounds(max(line.amount for line in lines))}."
    )
    table = Table("Published as one sum", columns, rows)
    why = "They may overlap and some cover a wider area, so they are in no total on this page."
    return _shown(answers, "", sentence, table, table, why)


def _when(award: Award) -> str:
    if award.starts and award.ends:
        return f"{dates.day(award.starts)} to {dates.day(award.ends)}"
    return award.dates_said
