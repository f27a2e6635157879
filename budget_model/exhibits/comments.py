"""The comments that are open, and those that were resolved, as a table that can be taken away."""

from collections.abc import Sequence

from budget_model.dates import moment
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.partnership.comments import Thread


def comments_table(every: Sequence[Thread], title: str = "Comments") -> Table:
    """Each comment with its answers, who said them and when, and whether it is open."""
    rows = tuple(
        (
            "open" if thread.is_open else "resolved",
            str(thread.subject.about),
            thread.subject.title,
            thread.remarks[0].text,
            thread.remarks[0].by,
            moment(thread.remarks[0].at),
            len(thread.remarks) - 1,
            _answers(thread),
            thread.subject.scope,
        )
        for thread in every
    )
    columns = (
        Column("State"),
        Column("On"),
        Column("Of"),
        Column("Comment"),
        Column("By"),
        Column("When"),
        Column("Answers", Kind.COUNT),
        Column("What was said since", detail=True),
        Column("Choice", detail=True),
    )
    return Table(title, columns, rows)


def _answers(thread: Thread) -> str:
    return " / ".join(
        f"{remark.by} {remark.step} on {moment(remark.at)}: {remark.text}" for remark in thread.remarks[1:]
    )
