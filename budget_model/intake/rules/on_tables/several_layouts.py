"""Tables of different layouts that nothing holds together: do they all belong to the budget?"""

import hashlib
from collections.abc import Iterator, Sequence

from budget_model.intake.rules.draft import TableDraft, all_income
from budget_model.intake.rules.tables import (
    MOST_NAMED,
    AllTables,
    Found,
    TablesChosen,
    called,
    leave,
)
from budget_model.intake.rules.verdict import Proof
from budget_model.intake.sheet.reason import Reason

ALL_OF_THEM = "all of them"
_BY_ARITHMETIC = (Reason.LINES_ARE_TOTALS, Reason.SAME_IN_MORE_DETAIL, Reason.SUM_OF_SHEETS)


def several_layouts(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Tables of different layouts that nothing holds together: do they all belong to the budget?

    A summary that comes to them, or income beside expenditure, holds them together.
    """
    drafts = tables.drafts
    by_layout = {drafts[k].fingerprint: k for k in reversed(chosen.chosen) if k not in chosen.told}
    proved = any(because.reason in _BY_ARITHMETIC for because in chosen.aside.values())
    own = [k for k in sorted(by_layout.values()) if not drafts[k].continues]
    if proved or not 2 <= len(own) <= MOST_NAMED or _belong([drafts[k] for k in own]):
        return
    names = [called(drafts, k, own) for k in own]
    mark = hashlib.sha256("|".join(sorted(by_layout)).encode()).hexdigest()[:12]
    answer = tables.answers.ask(
        f"belong:{mark}",
        f"Tables of different layouts would be loaded together: {', '.join(names)}. Do they all belong to the "
        "budget, each amount once?",
        ALL_OF_THEM,
        "none of them comes to the figures of another",
        (ALL_OF_THEM, *(f"only {name}" for name in names)),
    )
    if answer == ALL_OF_THEM:
        return
    kept = drafts[own[names.index(answer.removeprefix("only "))]].fingerprint
    other = [k for k in chosen.chosen if drafts[k].fingerprint != kept]
    yield from (leave(k, Reason.OFFICER.of(), Proof.OFFICER) for k in other)


def _belong(drafts: Sequence[TableDraft]) -> bool:
    """Whether tables are two sides of an account, or all described by the package that they came in."""
    return _two_sides(drafts) or all(draft.cells.sheet.known_roles for draft in drafts)


def _two_sides(drafts: Sequence[TableDraft]) -> bool:
    """Whether one table is all income and the other is not, on one sheet: an account in two parts."""
    return len(drafts) == 2 and sum(map(all_income, drafts)) == 1 and drafts[0].number == drafts[1].number
