"""Every reason for which the reader takes something for what it is, and the rule that gives it: for the method page."""

import re
from dataclasses import dataclass

from budget_model.intake.rules.every_name import NAMING_RULES
from budget_model.intake.rules.every_parting import PARTING_RULES
from budget_model.intake.rules.every_rule import RULES
from budget_model.intake.rules.every_table_rule import TABLE_RULES
from budget_model.intake.rules.verdict import proof_of
from budget_model.intake.sheet.reason import Reason

BY_THE_READING = "headers, cells and sums"
"""What gives the reasons that no single rule is named for."""


@dataclass(frozen=True, slots=True)
class ReasonListed:
    """One reason in words."""

    sentence: str
    """As it is told; what stands in the file is left open."""
    rules: str
    """The rules that give it, as `read --explain` names them."""
    proof: str
    """How strongly it shows what it says: the stronger one holds where two disagree."""


def reasons_listed() -> tuple[ReasonListed, ...]:
    """Every reason there is, in the order of what they are said of."""
    given: dict[Reason, list[str]] = {}
    everything = [
        *((rule.name, rule.gives) for rule in RULES),
        *((rule.name, rule.gives) for rule in PARTING_RULES),
        *((rule.name, rule.gives) for rule in TABLE_RULES),
        *((rule.name, rule.gives) for rule in NAMING_RULES),
    ]
    for name, reasons in everything:
        for reason in reasons:
            given.setdefault(reason, []).append(name)
    return tuple(
        ReasonListed(
            in_general(reason), ", ".join(given.get(reason, [BY_THE_READING])), proof_of(reason).name.lower()
        )
        for reason in Reason
    )


def in_general(reason: Reason) -> str:
    """A reason's sentence without what stands in one file.

    >>> in_general(Reason.ROW_AGAIN)
    'It says row … again.'
    """
    sentence = re.sub(r"\{\d\}", "…", reason.value)
    return f"{sentence[0].upper()}{sentence[1:]}."
