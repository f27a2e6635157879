"""What a body's own published return says some of its spending is made of: of its own year, in no total of the map."""

from budget_model.answers import Answers
from budget_model.count.saying import in_sentence, listed, opened
from budget_model.exhibits.by_area import BESIDE_THE_MAP
from budget_model.exhibits.colours import NAVY
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import share_of
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.money import percent, pounds
from budget_model.place.model import PublishedSplit

BETWEEN = "~"


def splits_of(answers: Answers, body: str) -> tuple[str, ...]:
    """Every split that a body has, as a view names it, in the order of the place's file."""
    held = (one for one in answers.place.published_splits if one.organisation == body)
    return tuple(dict.fromkeys(_key(one) for one in held))


def _key(one: PublishedSplit) -> str:
    return BETWEEN.join((one.organisation, one.subject, one.year, one.way))


def made_of(answers: Answers, chosen: str) -> Shown:
    """One split: its parts, the largest first, with what each is of the printed total."""
    parts = [one for one in answers.place.published_splits if _key(one) == chosen]
    if not parts:
        return Gone(
            "No published return says what this is made of.", "Give it in the place’s published_splits.csv."
        )
    parts.sort(key=lambda one: (-one.amount, one.part))
    first = parts[0]
    body = next((one.name for one in answers.place.organisations if one.id == first.organisation), "")
    marks = tuple(Mark(one.part, one.part) for one in parts)
    figure = Bars(opened(first.way), marks, (Series("Pounds", NAVY, tuple(one.amount for one in parts)),))
    rows = tuple((one.part, one.amount, share_of(one.amount, one.total)) for one in parts)
    columns = (Column(opened(first.way)), Column("Pounds", Kind.POUNDS), Column("Share", Kind.SHARE))
    table = Table(
        f"{first.subject} by {first.way}, {first.year}",
        columns,
        (*rows, ("Total", first.total, share_of(first.total, first.total))),
        totals=1,
    )
    largest = listed([f"{percent(one.amount, one.total)} {in_sentence(one.part)}" for one in parts[:2]])
    sentence = f"Of {pounds(first.total)} that {body} spent on {in_sentence(first.subject)} in {first.year}, by {first.way}: {largest}."
    why = f"As its own return has it, {first.counts}. It splits money of that kind, and is added to nothing. {first.note}"
    unit = f"Pounds · {first.year} · {first.counts} · cash of that year"
    return Exhibit(
        sentence, figure, table, why.strip(), unit, "", BESIDE_THE_MAP, first.source, answers.scope
    )
