"""How the partnership rates itself: five questions and the seven elements, beside what the map can show of each.

The questions and elements are those of the case study of Derby City Partnership (2009): paragraphs 2 and 3 for
the elements, its last page for the questions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PARTNERSHIP = ""
"""The body of an entry that is about the partnership itself."""
LEVELS: Mapping[int, str] = {1: "not yet", 2: "beginning", 3: "established", 4: "leading others"}
ESTABLISHED = 3


class Group(StrEnum):
    """What a question is about."""

    QUESTIONS = "Questions for partners"
    AIM = "The aim"
    TRANSFORMATIONAL = "What changes how partners work"
    TRANSACTIONAL = "What gets things done"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that partners ask themselves; `key` is what an entry names it by."""

    key: str
    name: str
    asked: str
    group: Group


QUESTIONS: tuple[Question, ...] = (
    Question(
        "both",
        "Both sides",
        "Do we give weight to how we work together as well as to what we get done, and see how each needs the other?",
        Group.QUESTIONS,
    ),
    Question(
        "layers",
        "Layers",
        "Does each layer of the partnership see the performance and resources it can act on, and no more?",
        Group.QUESTIONS,
    ),
    Question(
        "leadership",
        "Leadership",
        "Does the Board lead, and decide, more than it shares information?",
        Group.QUESTIONS,
    ),
    Question(
        "common-approach",
        "Common approach",
        "Does a group of officers keep performance management common to all partners?",
        Group.QUESTIONS,
    ),
    Question(
        "spending",
        "Spending under our influence",
        "Do partners share one clear picture of the mainstream money that they can influence?",
        Group.QUESTIONS,
    ),
    Question(
        "goals",
        "Goals above all",
        "Do partners hold a few long-term goals in common, with targets on the way?",
        Group.AIM,
    ),
    Question(
        "staff",
        "Staff and skills",
        "Do people across partners have the skills, culture and leadership to work together?",
        Group.TRANSFORMATIONAL,
    ),
    Question(
        "style",
        "Style",
        "Is it plain what the partnership stands for, and how it comes across?",
        Group.TRANSFORMATIONAL,
    ),
    Question(
        "synergies",
        "Synergies",
        "Do partners achieve together what none achieves alone?",
        Group.TRANSFORMATIONAL,
    ),
    Question(
        "standards",
        "Standards",
        "Are ways of working and the quality of data common to all?",
        Group.TRANSACTIONAL,
    ),
    Question(
        "drive",
        "Driving change",
        "Are processes such as pooled money used to drive change?",
        Group.TRANSACTIONAL,
    ),
    Question(
        "systems",
        "Systems",
        "Are performance, resources and accountability followed in one place?",
        Group.TRANSACTIONAL,
    ),
)
BY_KEY = {question.key: question for question in QUESTIONS}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was said of one question in one year: a level from 1 to 4 and the reason for it."""

    year: str
    body: str
    question: str
    level: int
    said: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the map shows of a question; an empty sentence where a map of money cannot show it."""

    question: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with what is said this year, what was said the last time before, and the evidence."""

    question: Question
    now: Reviewed | None
    before: Reviewed | None
    evidence: str

    @property
    def change(self) -> int | None:
        """Levels up or down since the last time; None where one of the two is missing."""
        return self.now.level - self.before.level if self.now and self.before else None


@dataclass(frozen=True, slots=True)
class SelfReview:
    """Every question for the partnership or one body in one year."""

    year: str
    body: str
    answers: tuple[Answered, ...]

    @property
    def answered(self) -> tuple[Answered, ...]:
        """Those with an answer for this year."""
        return tuple(answer for answer in self.answers if answer.now)

    @property
    def established(self) -> int:
        """How many are rated established or better."""
        return sum(1 for answer in self.answered if answer.now and answer.now.level >= ESTABLISHED)

    @property
    def better(self) -> int:
        """How many are rated higher than the last time."""
        return sum(1 for answer in self.answers if (answer.change or 0) > 0)

    @property
    def worse(self) -> int:
        """How many are rated lower than the last time."""
        return sum(1 for answer in self.answers if (answer.change or 0) < 0)


def self_review(
    year: str, body: str, reviews: Iterable[Reviewed], evidence: Sequence[Evidence]
) -> SelfReview:
    """One year's review of the partnership or of a body, beside the last earlier answer to each question.

    `said` comes in the order in which it was entered: of a question and year the latest entry counts.
    """
    latest: dict[tuple[str, str], Reviewed] = {
        (entry.question, entry.year): entry for entry in reviews if entry.body == body
    }
    shown = {each.question: each.sentence for each in evidence}
    return SelfReview(
        year,
        body,
        tuple(
            Answered(
                question,
                latest.get((question.key, year)),
                _before(question.key, year, latest),
                shown.get(question.key, ""),
            )
            for question in QUESTIONS
        ),
    )


def _before(key: str, year: str, latest: Mapping[tuple[str, str], Reviewed]) -> Reviewed | None:
    """The last answer of an earlier year."""
    earlier = [entry for (question, of), entry in latest.items() if question == key and of < year]
    return max(earlier, key=lambda entry: entry.year, default=None)
