"""A submission as a card: its file, who sent it and when, its sums, and whether they agree with its own total."""

from decimal import Decimal

from budget_model.count.results import SubmissionOnMap
from budget_model.count.saying import counted
from budget_model.dates import moment_of
from budget_model.money import exact_pounds
from pages.shared.components import Card, Stamp


def card(sent: SubmissionOnMap) -> Card:
    """What is known of one submission, its sums, and what they are compared with."""
    about = (
        sent.file,
        str(sent.phase),
        sent.status,
        f"grade {sent.grade}",
        f"figures: {sent.provenance}",
        counted(sent.lines, "line", "lines"),
        f"sent by {sent.made_by}, {moment_of(sent.made_at)}"
        if sent.made_by
        else f"sent {moment_of(sent.made_at)}",
        sent.source,
    )
    sums = (
        ("Expenditure", _exact(sent.expenditure)),
        ("Income", _exact(sent.income)),
        ("Net, as read", _exact(sent.read_total)),
        (f"Compared with {_whose(sent)}", _own(sent.control_total, sent.printed_total)),
    )
    return Card(sent.part.capitalize(), Stamp(sent.reconciliation), " · ".join(about), sums)


def _exact(amount: Decimal) -> str:
    return exact_pounds(amount).replace(".00", "")


def _own(control: Decimal | None, printed: Decimal | None) -> str:
    """The total that a submission is compared with."""
    own = control if control is not None else printed
    return "none given" if own is None else _exact(own)


def _whose(sent: SubmissionOnMap) -> str:
    """Whose total it is compared with; no total is nobody's."""
    given = sent.control_total is not None or sent.printed_total is not None
    return sent.control_source.says if given else "a total"
