"""How the partnership, or one body, rates itself this year and the last time, question by question."""

from decimal import Decimal

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, number_alone, opened
from budget_model.exhibits.colours import NAVY, TEAL
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import exhibit_of
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.partnership.self_review import LEVELS, PARTNERSHIP, Answered, Group, SelfReview
from budget_model.vocabulary import Dimension


def self_review(answers: Answers, chosen: str) -> Shown:
    """The ratings of the partnership, or of the body whose id is `chosen`."""
    names = answers.names(Dimension.ORGANISATION)
    if chosen != PARTNERSHIP and chosen not in {body.id for body in answers.place.organisations}:
        return Gone("The body of this view is not one of the place any more.", "Choose another.")
    review = answers.self_review(chosen)
    who = names.get(chosen, chosen) if chosen else "the partnership"
    if not review.answered:
        return Gone(sentence(review, who), "Answer the questions below: one is enough to begin.")
    marks = tuple(
        Mark(
            answer.question.key,
            answer.question.name,
            NAVY if answer.question.group is Group.QUESTIONS else TEAL,
            note=change_in_words(answer),
        )
        for answer in review.answered
    )
    levels = tuple(Decimal(answer.now.level) for answer in review.answered if answer.now)
    figure = Bars(
        "Question",
        marks,
        (Series("Level, 1 to 4", NAVY, levels),),
        kind=Kind.COUNT,
        summed=False,
        gathers=False,
    )
    return exhibit_of(
        answers,
        Finding(sentence(review, who), Decimal(review.established), why=_why(review)),
        figure,
        table(review),
        about="levels: 1 not yet, 2 beginning, 3 established, 4 leading others",
        source="What partners said of themselves; the evidence is what this map shows",
    )


def sentence(review: SelfReview, who: str) -> str:
    """How many questions are rated established or better."""
    said = review.answered
    subject = opened(who)
    if not said:
        return f"{subject} has not reviewed itself for {review.year} yet."
    return (
        f"{subject} rates itself established or better on {number_alone(review.established)} of "
        f"{counted(len(said), 'question', 'questions')} answered for {review.year}."
    )


def _why(review: SelfReview) -> str:
    if not any(answer.before for answer in review.answered):
        return "There is no earlier year to compare with."
    better, worse = number_alone(review.better), number_alone(review.worse)
    return f"Since the last review {better} went up and {worse} went down."


def change_in_words(answer: Answered) -> str:
    """What changed since the last time, and when that was.

    >>> from budget_model.partnership.self_review import QUESTIONS
    >>> change_in_words(Answered(QUESTIONS[0], None, None, ""))
    ''
    """
    if answer.change is None or answer.before is None:
        return ""
    if not answer.change:
        return f"as in {answer.before.year}"
    way = "up" if answer.change > 0 else "down"
    return f"{way} from {answer.before.level} in {answer.before.year}"


def table(review: SelfReview) -> Table:
    """Every question with its level, reason, last level and the evidence."""
    columns = (
        Column("Question"),
        Column("What is asked"),
        Column("Level", Kind.COUNT),
        Column("Means"),
        Column("Reason"),
        Column("Last review"),
        Column("What the map shows"),
    )
    rows = tuple(
        (
            answer.question.name,
            answer.question.asked,
            Decimal(answer.now.level) if answer.now else None,
            LEVELS[answer.now.level] if answer.now else "not answered",
            answer.now.said if answer.now else "",
            f"{answer.before.level} in {answer.before.year}" if answer.before else "",
            answer.evidence or "A map of money cannot show this.",
        )
        for answer in review.answers
    )
    return Table(f"Self-review {review.year}", columns, rows)
