"""Which page answers a question that people bring, in their own words."""

from collections.abc import Iterable, Iterator, Mapping
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
    Question(
        "What must we decide today?",
        "desks",
        "desks",
        ("What does the Board have to decide?", "What do we have to decide today?"),
    ),
    Question(
        "What is spent in one neighbourhood, and how sure is that?",
        "areas",
        "areas",
        ("What is spent in one ward?", "What is spent in my area?"),
    ),
    Question(
        "What ends next March, and who bids for what?",
        "external_funding",
        "external-funding",
        ("What funding runs out next year?", "Which funding ends this year?", "Which grants end next March?"),
    ),
    Question(
        "Who depends on grants under £10,000?",
        "third_sector",
        "third-sector",
        ("Who depends on grants under £10k?", "Who depends on small grants?"),
    ),
    Question(
        "What could we do together, and how far?",
        "opportunities",
        "opportunities",
        ("Where could we work together?", "What does the law allow us to pool?"),
    ),
    Question(
        "Which money could move this year?",
        "headroom",
        "headroom",
        ("What could move this year?", "Which money can we move this year?"),
    ),
    Question(
        "What shall we take up first, and why not the rest?",
        "portfolio",
        "portfolio",
        ("Where should we work together first?",),
    ),
    Question("Who would pay, and who would gain?", "who_gains", "who-gains"),
    Question(
        "What changed since last year, and why?", "what_changed", "what-changed", ("Why did spending rise?",)
    ),
    Question(
        "Is our spending high, beside other places?",
        "neighbours",
        "neighbours",
        (
            "Is our children’s spending high?",
            "Do we spend more than others?",
            "Is our spending high compared with other places?",
            "Is our social care expensive, compared with other cities?",
        ),
    ),
    Question(
        "What would a merger move, and from whom?",
        "reorganisation",
        "reorganisation",
        ("What would a merger with the county move?",),
    ),
)
"""What people bring to the front door, the chair's question first."""

ALSO_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "overview": (
        "How much public money is spent here?",
        "How sure are the figures?",
        "Where does the money go?",
        "Who spends most?",
    ),
    "organisations": ("Who spends most?", "What does one body spend?"),
    "explore": ("Where does the money come from?", "Where does the money go?"),
    "overlap": (
        "Who spends on the same people?",
        "Which bodies spend on the same services?",
        "Where do the NHS and the council pay for the same?",
    ),
    "upload": ("How do we send in our budget?", "How do I upload our figures?"),
    "submissions": (
        "Whose figures are missing?",
        "Who has not sent figures?",
        "Which bodies are missing, late or awaited?",
        "Was what we sent accepted?",
    ),
    "my_body": (
        "What is asked of my body, and by when?",
        "What was my organisation asked for?",
        "What did we send last year?",
        "When are our figures due?",
    ),
    "mapping": (
        "Which lines have no service?",
        "Which service is a line mapped to?",
        "How do I correct a line?",
    ),
    "method": ("How was our share worked out?", "How is the total counted?", "Why is it an estimate?"),
    "targets": ("Are we on track?", "Is it getting better or worse?", "Which targets will be missed?"),
    "performance": ("Are we on course?", "Which risks are open?"),
    "plans": ("What did we decide, and what happened?", "Which decisions are overdue?"),
    "lines": ("In which cell does our figure stand?",),
    "prevention": ("How much goes on prevention?",),
}
"""What people ask besides, by the folder of the page that answers it: found by search, and on no list."""


def questions_for(asker: Asker) -> tuple[Question, ...]:
    """The questions whose pages somebody may open."""
    return tuple(each for each in QUESTIONS if asker.may_open(each.address))


def asked_of(page: str, questions: Iterable[Question] = QUESTIONS) -> Iterator[str]:
    """Every wording of the questions that a page answers."""
    for each in questions:
        if each.page == page:
            yield from (each.words, *each.others)
    yield from ALSO_ASKED.get(page, ())
