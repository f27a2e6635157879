"""What somebody remarked on a figure, an opportunity, a target, a bid or a line, who answered, and what is still open."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class About(StrEnum):
    """What a comment is on."""

    FIGURE = "figure"
    OPPORTUNITY = "opportunity"
    TARGET = "target"
    BID = "bid"
    LINE = "line"


class Step(StrEnum):
    """What one entry of a comment does."""

    SAID = "commented"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a comment is on, and whom it concerns."""

    about: About
    key: str
    """Its key: an id, or the name of a chart and what the chart is about one of."""
    title: str
    scope: str = ""
    """The choice of year, bodies and boards in which it was seen, as a link holds it."""
    bodies: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()

    @property
    def same(self) -> tuple[About, str]:
        """By what it is the same thing in another choice of year, bodies and boards."""
        return self.about, self.key


@dataclass(frozen=True, slots=True)
class Remark:
    """One entry: a comment, an answer, or that it was resolved or opened again."""

    number: int
    thread: int
    step: Step
    subject: Subject
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with everything that was said to it, the oldest first."""

    remarks: tuple[Remark, ...]

    @property
    def number(self) -> int:
        """The number of the comment that began it."""
        return self.remarks[0].thread

    @property
    def subject(self) -> Subject:
        """What it is on, as it was when it began."""
        return self.remarks[0].subject

    @property
    def is_open(self) -> bool:
        """Whether nobody has resolved it, or somebody has opened it again since."""
        turned = [remark.step for remark in self.remarks if remark.step in (Step.RESOLVED, Step.REOPENED)]
        return not turned or turned[-1] is Step.REOPENED

    @property
    def last(self) -> Remark:
        """The newest entry."""
        return self.remarks[-1]


def threads(remarks: Iterable[Remark]) -> tuple[Thread, ...]:
    """Every comment with its answers, the open ones first, then the newest."""
    held: defaultdict[int, list[Remark]] = defaultdict(list)
    for remark in sorted(remarks, key=lambda one: one.number):
        held[remark.thread].append(remark)
    made = (Thread(tuple(each)) for each in held.values())
    return tuple(sorted(made, key=lambda thread: (not thread.is_open, -thread.last.number)))


def on(every: Sequence[Thread], subject: Subject) -> tuple[Thread, ...]:
    """The comments on one thing, whatever the choice in which they were made."""
    return tuple(thread for thread in every if thread.subject.same == subject.same)


def newest(every: Sequence[Thread]) -> int:
    """The number of the newest entry of some comments; 0 where there is none."""
    return max((thread.last.number for thread in every), default=0)


def open_of(
    every: Sequence[Thread], *, bodies: Iterable[str] = (), boards: Iterable[str] = ()
) -> tuple[Thread, ...]:
    """The open comments that concern some bodies or boards, and with neither named every open one."""
    wanted_bodies, wanted_boards = frozenset(bodies), frozenset(boards)
    everything = not wanted_bodies and not wanted_boards
    return tuple(
        thread
        for thread in every
        if thread.is_open
        and (
            everything
            or wanted_bodies.intersection(thread.subject.bodies)
            or wanted_boards.intersection(thread.subject.boards)
        )
    )
