"""What forum members answered to one question, by sector, as far as it may be shown."""

from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.count.saying import counted, listed, number_alone, opened
from budget_model.dates import day
from budget_model.exhibits.colours import PALETTE, PEOPLE_COLOUR, UNMAPPED_COLOUR
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import percent
from budget_model.partnership.consultations import SMALLEST_GROUP, Counted, Result

COLOURS: Final = (*PALETTE, UNMAPPED_COLOUR, PEOPLE_COLOUR)
PRIVACY: Final = f"no group of fewer than {SMALLEST_GROUP} people is shown alone"
LONGEST_HEADING: Final = 110


def consultation(answers: Answers, chosen: str) -> Shown:
    """The answers to one question: `chosen` is the id of a consultation and the place of the question, 'pooling/0'."""
    identity, _, place = chosen.partition("/")
    done = answers.consultation(identity)
    if done is None:
        return Gone("There is no such consultation.", "Choose one on Consultations.")
    if not done.is_shown:
        return Gone(done.why_not, f"{opened(counted(done.answers, 'answer', 'answers'))} so far.")
    counted_one = next((each for each in done.questions if str(each.place) == place), None)
    if counted_one is None:
        return Gone("There is no such question in this consultation.", "Choose another.")
    return _exhibit(answers, done, counted_one)


def _exhibit(answers: Answers, done: Result, one: Counted) -> Exhibit:
    marks = tuple(Mark(words, words[:1].upper() + words[1:]) for words, _ in one.counts)
    series = tuple(
        Series(
            group[:1].upper() + group[1:],
            COLOURS[at % len(COLOURS)],
            tuple(Decimal(row[at]) for _, row in one.counts),
        )
        for at, (group, _) in enumerate(one.groups)
    )
    asked = done.consultation
    return Exhibit(
        finding=sentence(one),
        figure=Bars("Answer", marks, series, kind=Kind.COUNT, gathers=False),
        table=table(one),
        why=f"Asked: {one.question.text}",
        unit="Answers",
        left_out="",
        coverage=_coverage(done),
        source=f"Consultation “{asked.name}”, {asked.when}",
        scope=answers.scope,
        notes=(PRIVACY,),
    )


def _coverage(done: Result) -> str:
    closed = f"closed {day(done.consultation.closes)}"
    if done.asked is None:
        return f"{counted(done.answers, 'answer', 'answers')}, {closed}"
    return f"{done.answers} of {done.asked} members who were asked answered, {closed}"


def sentence(one: Counted) -> str:
    """Which answer was given most often, and by how many.

    >>> from budget_model.partnership.consultations import Question
    >>> sentence(Counted(Question("Agree?"), 0, (("public", 7),), (("yes", (5,)), ("no", (2,)), ("not answered", (0,)))))
    'Five of seven (71%) answered “yes”: Agree?'
    """
    sums = [(sum(row), words) for words, row in one.counts[:-1]]
    most = max(size for size, _ in sums)
    if not most:
        return f"Nobody answered this question: {_short(one.question.text)}"
    first = [f"“{words}”" for size, words in sums if size == most]
    share = percent(Decimal(most), Decimal(one.total))
    each = " each" if len(first) > 1 else ""
    how_many = opened(number_alone(most))
    return f"{how_many} of {number_alone(one.total)} ({share}) answered {listed(first)}{each}: {_short(one.question.text)}"


def _short(text: str) -> str:
    """A question where there is room for one line."""
    if len(text) <= LONGEST_HEADING:
        return text
    return f"{text[:LONGEST_HEADING].rsplit(' ', 1)[0].rstrip(',;.')}…"


def table(one: Counted) -> Table:
    """Every answer with how many of each group gave it, and all of them."""
    columns = (
        Column("Answer"),
        *(Column(group[:1].upper() + group[1:], Kind.COUNT) for group, _ in one.groups),
        Column("All", Kind.COUNT),
    )
    rows: list[tuple[Value, ...]] = [
        (words, *map(Decimal, row), Decimal(sum(row))) for words, row in one.counts
    ]
    rows.append(("All answers", *(Decimal(size) for _, size in one.groups), Decimal(one.total)))
    return Table(one.question.text, columns, tuple(rows), totals=1)


def whole_table(done: Result) -> Table:
    """Every question of a consultation with every answer by group, and the comments that may be shown: for files."""
    columns = (
        Column("Question"),
        Column("Answer or comment"),
        Column("Group"),
        Column("Answers", Kind.COUNT),
    )
    rows = [
        (question.question.text, words, group, Decimal(row[at]))
        for question in done.questions
        for words, row in question.counts
        for at, (group, _) in enumerate(question.groups)
    ]
    comments = [
        (done.consultation.questions[place].text, words, group, None) for group, place, words in done.comments
    ]
    return Table(done.consultation.name, columns, (*rows, *comments), notes=(_coverage(done), PRIVACY))
