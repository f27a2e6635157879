"""The columns that say in words or codes what each line is, as the rules of `every_name` see them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from budget_model.intake.files.grid import column_index
from budget_model.intake.rules.verdict import Proof, Verdict, column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Naming, Role
from budget_model.intake.sheet.string_words import string_named
from budget_model.intake.sheet.table import Words


@dataclass(frozen=True, slots=True)
class NamedColumns:
    """The columns with their texts, and the first column of amounts."""

    wordings: Sequence[Words]
    first_amount: int

    def of_role(self, role: Role) -> list[Words]:
        """The columns of words or of codes, left to right, but for what is tied to the money."""
        return [
            wording for wording in self.wordings if wording.role == role and not string_named(wording.name)
        ]


@dataclass(frozen=True, slots=True)
class NamingRule:
    """One way in which a column is told; of equal proof the rule that is heard first holds."""

    name: str
    find: Callable[[NamedColumns], Iterator[Verdict]]
    gives: tuple[Reason, ...]


def names(wording: Words, what: Naming, because: Reason, proof: Proof) -> Verdict:
    """A verdict on what a column of texts names."""
    return column(column_index(wording.letter), what, because, proof)
