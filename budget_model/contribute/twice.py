"""Whether what a body sends is on its map already: the same book under another part, a summary of another part.

Files of one body and year add up where they are sent as different parts. So a book that is sent again,
retitled, re-sorted, rounded or added up, would count its money twice. It is asked about, part by part, and
the best guess counts it once: a newer version in the place of the older one, a summary not at all. A book that
another body sent already is asked about too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budget_model.contribute.submission import BudgetLine
from budget_model.intake.reading import ReadLine
from budget_model.intake.sheet.answers import same
from budget_model.intake.sheet.table import Question
from budget_model.money import pounds
from budget_model.same_money import (
    Entry,
    Likeness,
    Listed,
    SameMoney,
    in_pennies,
    limits,
    listed,
    same_money,
    sums_of,
    words_of,
)
from budget_model.vocabulary import Side

AGAIN = "again"
"""The kind of question: 'again:' and the number of the submission that holds the same money."""


class Again(StrEnum):
    """What becomes of money that is on the map already; the values are what an officer answers."""

    IN_PLACE = "put this in its place"
    LEAVE_OUT = "leave this out: it is counted already"
    BOTH = "count both: it is other money"


@dataclass(frozen=True, slots=True)
class OnTheMap:
    """One submission in force, as far as its money is compared."""

    submission: int
    part: str
    phase: str
    file: str
    money: Listed
    body: str = ""
    """The name of the body that sent it, where that is another one than the one that sends now."""

    @property
    def name(self) -> str:
        """What it is, as one says it to an officer."""
        whose = f"{self.body}, " if self.body else ""
        return f"submission {self.submission} ({whose}{self.part}, {self.phase}, from {self.file})"


@dataclass(frozen=True, slots=True)
class SentTwice:
    """A submission in force that holds the same money as what is being sent."""

    on_map: OnTheMap
    match: SameMoney
    shorter: bool
    """Whether what is being sent has fewer lines than what is on the map."""

    @property
    def key(self) -> str:
        """Under what the answer is kept."""
        return f"{AGAIN}:{self.on_map.submission}"

    @property
    def best(self) -> Again:
        """The best guess: what has more in it stays, and of two alike the newer, unless nothing is new in it.

        What another body sent is for that body to take back.
        """
        if self.on_map.body:
            return Again.LEAVE_OUT
        if self.match.likeness is Likeness.VERSION:
            return Again.IN_PLACE
        if self.match.likeness is Likeness.COPY or self.shorter:
            return Again.LEAVE_OUT
        return Again.IN_PLACE

    @property
    def question(self) -> Question:
        """What the officer is asked."""
        same_as = self.match.likeness.of(self.on_map.name)
        lines = f"{self.match.lines:,} line{'' if self.match.lines == 1 else 's'}"
        held = f"This file holds {same_as}"
        if self.match.likeness in (Likeness.PART, Likeness.SUM) and not self.shorter:
            held = f"{self.on_map.name[0].upper()}{self.on_map.name[1:]} holds {self.match.likeness.of('this file')}"
        reason = {
            Again.IN_PLACE: "a file that says more, or says it again, takes the place of the one before",
            Again.LEAVE_OUT: "nothing in it is new money",
            Again.BOTH: "",
        }[self.best]
        return Question(
            self.key,
            f"{held}: {lines}, {pounds(self.match.amount)} gross. Both together would count this money twice. What "
            "is to be done?",
            str(self.best),
            reason,
            tuple(dict.fromkeys([str(self.best), *map(str, self._choices)])),
        )

    @property
    def _choices(self) -> tuple[Again, ...]:
        """What may be done: nobody puts a file in the place of another body's."""
        return (Again.LEAVE_OUT, Again.BOTH) if self.on_map.body else tuple(Again)


def sent_twice(lines: Iterable[BudgetLine | ReadLine], on_map: Sequence[OnTheMap]) -> tuple[SentTwice, ...]:
    """The submissions in force that hold the same money as some lines, the most money first."""
    money = money_of(lines)
    twice = []
    for other in on_map:
        match = (
            whole_again(money, other.money)
            if other.body
            else same_money(money, other.money) or sums_of(money, other.money)
        )
        if match is not None:
            twice.append(SentTwice(other, match, len(money.entries) < len(other.money.entries)))
    return tuple(sorted(twice, key=lambda one: (-one.match.amount, one.on_map.submission)))


def whole_again(first: Listed, second: Listed) -> SameMoney | None:
    """How the books of two bodies are the same money, if they are: as a whole, since bodies may share a scheme or two."""
    shorter, longer = sorted((len(first.entries), len(second.entries)))
    if shorter < limits().fewest_lines_of_bodies or shorter < limits().same_words * longer:
        return None
    match = same_money(first, second)
    return None if match is None or match.likeness is Likeness.PART else match


def money_of(lines: Iterable[BudgetLine | ReadLine]) -> Listed:
    """Lines as they are compared: pennies, income below zero, with the words of their rows."""
    return listed(
        entry(line.amount, line.side, line.description, line.headings, dict(line.attributes).values())
        for line in lines
    )


def entry(
    amount: Decimal, side: Side, description: str, headings: Iterable[str], others: Iterable[str]
) -> Entry:
    """One line as it is compared."""
    signed = amount if side is Side.EXPENDITURE else -amount
    return Entry(in_pennies(signed), words_of([description, *headings, *others]))


def answered(twice: Sequence[SentTwice], answers: Mapping[str, str]) -> Mapping[int, Again]:
    """What was answered of each submission in force that holds the same money."""
    said = {}
    for match in twice:
        answer = answers.get(match.key, "")
        choice = next((option for option in Again if same(str(option), answer)), None)
        if choice is not None:
            said[match.on_map.submission] = choice
    return said
