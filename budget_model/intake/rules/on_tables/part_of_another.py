"""A table of some funds beside one of all funds, with the same lines and nowhere more on them."""

import re
from collections.abc import Iterator
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.refuse import LEAVE, LOAD, load_key
from budget_model.intake.rules.tables import AllTables, Found, TablesChosen, leave, title
from budget_model.intake.rules.verdict import Proof
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.reason import Reason
from budget_model.problem import Location, Problem, Severity

LABELS_SHARED: Final = limit("part_of_another", "labels_shared")
FEWEST_LABELS: Final = count("part_of_another", "fewest_labels")
NO_LARGER: Final = limit("part_of_another", "no_larger")

_WHOLE = re.compile(r"\b(?:all|total|whole|combined|consolidated|overall)\b", re.IGNORECASE)


def part_of_another(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Leave out a table of some funds beside one of all funds, and ask whether that is so."""
    for big, draft in enumerate(tables.drafts):
        if big in chosen.aside or not _of_the_whole(draft):
            continue
        for small, other in enumerate(tables.drafts):
            if small not in {big, *chosen.aside, *chosen.told} and _may_be_part(draft, other):
                yield leave(small, Reason.PART_OF_SHEET.of(draft.sheet), Proof.WORDS)
                _ask(tables.answers, draft, other)
                yield _problem(draft, other)


def _may_be_part(draft: TableDraft, other: TableDraft) -> bool:
    """Whether another table of the same layout is of less than the whole, and nowhere more than it."""
    alike = other.fingerprint == draft.fingerprint and not _of_the_whole(other)
    return alike and _nowhere_more(draft, other)


def _of_the_whole(draft: TableDraft) -> bool:
    return bool(_WHOLE.search(f"{draft.sheet} {title(draft)}"))


def _ask(answers: Answers, draft: TableDraft, other: TableDraft) -> None:
    answers.ask(
        load_key(other),
        f"Are the lines of sheet '{other.sheet}' money of their own, or part of those on sheet '{draft.sheet}'?",
        LEAVE,
        "the same lines stand there with figures at least as large",
        (LEAVE, LOAD),
    )


def _problem(draft: TableDraft, other: TableDraft) -> Problem:
    return Problem(
        Location(other.file, other.sheet),
        f"The lines of this sheet are taken to be part of those on sheet '{draft.sheet}', and are not loaded again.",
        "Answer that they are to be loaded if they are money of their own.",
        Severity.WARNING,
        "part-of-another-sheet",
    )


def _nowhere_more(draft: TableDraft, other: TableDraft) -> bool:
    def by_label(table_draft: TableDraft) -> dict[tuple[str, int], int]:
        return {
            (table_draft.rows.labels[int(i)], c.index - table_draft.region.left): abs(
                int(table_draft.figures[c.index].whole[i])
            )
            * 10 ** (9 - table_draft.figures[c.index].places)
            for i in table_draft.lines
            for c in table_draft.amounts()
        }

    mine, theirs = by_label(draft), by_label(other)
    shared = [key for key in theirs if key in mine]
    labels = {label for label, _ in theirs}
    if len({label for label, _ in shared}) < LABELS_SHARED * len(labels) or len(labels) < FEWEST_LABELS:
        return False
    return all(theirs[key] <= mine[key] * 1.0 for key in shared if mine[key]) or (
        sum(theirs[key] <= mine[key] for key in shared) >= NO_LARGER * len(shared)
    )
