"""What a body's own published return says some of its spending is made of: one year of it, or its years as a trend."""

from collections.abc import Sequence
from dataclasses import dataclass

from budget_model.answers import Answers
from budget_model.count.memoranda import MemorandumHeld, lines_of, names_of, people_for, trend_of
from budget_model.count.saying import in_sentence, listed, opened
from budget_model.count.trends import Trend
from budget_model.exhibits.by_area import BESIDE_THE_MAP
from budget_model.exhibits.colours import NAVY
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import share_of
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.money import NOTHING, percent, pounds
from budget_model.place.model import Memorandum
from budget_model.vocabulary import Dimension

BETWEEN = "~"
IN_NO_TOTAL = "It says what spending on the map is made of, and is added to nothing."


# One year of it


def splits_of(answers: Answers, body: str) -> tuple[str, ...]:
    """Every split that a body has, as a view names it: the year of the scope, else the last before it, else the first."""
    own = [memorandum for memorandum in answers.place.memoranda if memorandum.organisation == body]
    return tuple(
        _key(memorandum, _nearest(years, answers.scope.year))
        for memorandum in own
        if (years := _years(answers, memorandum))
    )


def _years(answers: Answers, memorandum: Memorandum) -> list[str]:
    return sorted({one.year for one in lines_of(answers.memoranda(), memorandum.id)})


def _nearest(years: Sequence[str], wanted: str) -> str:
    return max((year for year in years if year <= wanted), default=years[0])


def _key(memorandum: Memorandum, year: str) -> str:
    return BETWEEN.join((memorandum.organisation, memorandum.subject, year, memorandum.way))


def memorandum_in(answers: Answers, chosen: str) -> str:
    """The id of the memorandum that a view of one year names; empty where there is none."""
    named = _named(answers, chosen)
    return named[0].id if named else ""


def year_of(chosen: str) -> str:
    """The year that a view of a split names.

    >>> year_of("council~children’s services~2013-14~who provides")
    '2013-14'
    """
    return chosen.split(BETWEEN)[2]


def _named(answers: Answers, chosen: str) -> tuple[Memorandum, str] | None:
    """The memorandum and the year that a view names; None where it names none that is held."""
    held = {
        _key(memorandum, year): (memorandum, year)
        for memorandum in answers.place.memoranda
        for year in _years(answers, memorandum)
    }
    return held.get(chosen)


def made_of(answers: Answers, chosen: str) -> Shown:
    """One memorandum in one year: its lines, the largest first, with what each is of the whole."""
    named = _named(answers, chosen)
    if named is None:
        return Gone(
            "No published return says what this is made of.",
            "Send it on Upload, as a part that the place’s memoranda.csv names.",
        )
    memorandum, year = named
    parts = [one for one in lines_of(answers.memoranda(), memorandum.id) if one.year == year]
    parts.sort(key=lambda part: (-part.amount, part.name))
    return _exhibit(answers, memorandum, year, parts)


def _exhibit(answers: Answers, memorandum: Memorandum, year: str, parts: Sequence[MemorandumHeld]) -> Exhibit:
    total = sum((part.amount for part in parts), NOTHING)
    body = answers.called(Dimension.ORGANISATION)(memorandum.organisation)
    way = opened(memorandum.way)
    marks = tuple(Mark(part.name, part.name) for part in parts)
    figure = Bars(way, marks, (Series("Pounds", NAVY, tuple(part.amount for part in parts)),))
    rows = tuple((part.name, part.amount, share_of(part.amount, total), _cell(part)) for part in parts)
    columns = (
        Column(way),
        Column("Pounds", Kind.POUNDS),
        Column("Share", Kind.SHARE),
        Column("Read from", detail=True),
    )
    table = Table(
        f"{memorandum.subject} by {memorandum.way}, {year}",
        columns,
        (*rows, ("Total", total, share_of(total, total), "")),
        totals=1,
    )
    largest = listed([f"{percent(part.amount, total)} {in_sentence(part.name)}" for part in parts[:2]])
    sentence = (
        f"Of {pounds(total)} that {body} spent on {in_sentence(memorandum.subject)} in {year}, "
        f"by {memorandum.way}: {largest}."
    )
    why = f"As its own return has it, {memorandum.counts}. {IN_NO_TOTAL} {memorandum.note}"
    unit = f"Pounds · {year} · {memorandum.counts} · cash of that year · grade {parts[0].grade}"
    unit += f" · {answers.stands_on()}" if answers.scope.version else ""
    source = parts[0].source
    return Exhibit(
        sentence,
        figure,
        table,
        why.strip(),
        unit,
        "",
        BESIDE_THE_MAP,
        source,
        answers.scope,
        beside_the_map=True,
    )


def _cell(one: MemorandumHeld) -> str:
    return f"{one.file}, sheet '{one.sheet}', {one.column}{one.row}" if one.sheet else ""


# Its years


@dataclass(frozen=True, slots=True)
class MemorandumAsked:
    """A memorandum over the years, or one line of it."""

    memorandum: Memorandum
    line: str
    """As its return names it; empty for the whole."""

    @property
    def called(self) -> str:
        """What it is called: 'Children looked after', 'Children’s services'."""
        return self.line or self.memorandum.subject

    @property
    def in_full(self) -> str:
        """What it is called in a list of other things: a line with the whole that it is of."""
        whole = f"{self.memorandum.subject} by {self.memorandum.way}"
        return (
            f"{self.line} ({in_sentence(whole)}, from a return)" if self.line else f"{whole} (from a return)"
        )

    @property
    def key(self) -> str:
        """As a trend names it: 'children-by-kind/Children looked after'."""
        return f"{self.memorandum.id}/{self.line}" if self.line else self.memorandum.id


def every_memorandum(answers: Answers) -> tuple[MemorandumAsked, ...]:
    """Every memorandum that is held, each before its lines."""
    held = answers.memoranda()
    there = [memorandum for memorandum in answers.place.memoranda if names_of(held, memorandum.id)]
    return tuple(
        MemorandumAsked(memorandum, line)
        for memorandum in there
        for line in ("", *names_of(held, memorandum.id))
    )


def asked_for(answers: Answers, key: str) -> MemorandumAsked | None:
    """The memorandum or the line of one that a key names; None where none is held."""
    return next(
        (memorandum_asked for memorandum_asked in every_memorandum(answers) if memorandum_asked.key == key),
        None,
    )


def over_the_years(answers: Answers, asked: MemorandumAsked) -> Trend:
    """It in cash, year by year."""
    notes = answers.place.memorandum_lines
    return trend_of(answers.memoranda(), asked.memorandum, asked.line, notes)


def people_of(answers: Answers, asked: MemorandumAsked) -> str:
    """Whom it is for, as an area of the place's populations; empty where nobody counted them."""
    return people_for(asked.memorandum, asked.line, answers.place.memorandum_lines)


def stands_on(answers: Answers, asked: MemorandumAsked) -> dict[str, tuple[int, str]]:
    """The grade and the source of each year that is held."""
    own = lines_of(answers.memoranda(), asked.memorandum.id, asked.line)
    return {one.year: (one.grade, one.source) for one in own}
