"""Which page answers a question that people bring, in their own words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from budget_model.access import Asker


@dataclass(frozen=True, slots=True)
class Question:
    """One question, the page's folder and address that answer it, and other words in which it is asked."""

    words: str
    page: str
    address: str
    others: tuple[str, ...] = ()


QUESTIONS: Final = (
    Question("What must we decide today?", "desks", "desks", ("What does the Board have to decide?",)),
    Question(
        "What is spent in one neighbourhood, and how sure is that?",
        "areas",
        "areas",
        ("What is spent in one ward?",),
    ),
    Question(
        "What ends next March, and who bids for what?",
        "external_funding",
        "external-funding",
        ("Which funding ends this year?",),
    ),
    Question(
        "Who depends on grants under £10,000?",
        "third_sector",
        "third-sector",
        ("Who depends on grants under £10k?", "Who depends on small grants?"),
    ),
    Question("What could we do together, and how far?", "opportunities", "opportunities"),
    Question("Which money could move this year?", "headroom", "headroom", ("What could move this year?",)),
    Question("What shall we take up first, and why not the rest?", "portfolio", "portfolio"),
    Question("Who would pay, and who would gain?", "who_gains", "who-gains"),
    Question(
        "What changed since last year, and why?", "what_changed", "what-changed", ("Why did spending rise?",)
    ),
    Question(
        "Is our spending high, beside other places?",
        "neighbours",
        "neighbours",
        ("Is our children’s spending high?", "Do we spend more than others?"),
    ),
    Question(
        "What would a merger move, and from whom?",
        "reorganisation",
        "reorganisation",
        ("What would a merger with the county move?",),
    ),
)
"""What people bring to the front door, the chair's question first."""


def questions_for(asker: Asker) -> tuple[Question, ...]:
    """The questions whose pages somebody may open."""
    return tuple(each for each in QUESTIONS if asker.may_open(each.address))


def asked_of(page: str, questions: Iterable[Question] = QUESTIONS) -> Iterator[str]:
    """Every wording of the questions that a page answers."""
    for each in questions:
        if each.page == page:
            yield from (each.words, *each.others)
