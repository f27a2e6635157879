"""Sheets with the same lines of which one is called gross and another net: one budget, measured twice."""

from collections.abc import Iterator, Sequence

from budget_model.intake.rules.draft import TableDraft, all_income
from budget_model.intake.rules.on_tables.same_layout import asked_which, with_same_lines
from budget_model.intake.rules.tables import (
    AllTables,
    AskedTogether,
    Found,
    TablesChosen,
    leave,
    named,
    title,
)
from budget_model.intake.rules.verdict import Proof
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason

_NET = words.hints("net_of_gross.net")
_GROSS = words.hints("net_of_gross.gross")


def net_of_gross(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Ask which of them is loaded, net as the best guess; income beside both is what net takes off gross."""
    drafts = tables.drafts
    alike = _with_the_same_lines(drafts, chosen)
    measures = _net_and_gross(drafts, alike)
    if not measures:
        return
    income = [k for k in alike if k not in measures and all_income(drafts[k])]
    yield AskedTogether(frozenset((*measures, *income)))
    names = [named(drafts[k]) for k in measures]
    kept = asked_which(tables.answers, f"net:{_mark(drafts, measures)}", names, 0)
    if kept is not None:
        because = Reason.OTHER_MEASURE.of(names[kept])
        gone = [measures[1 - kept], *(income if kept == 0 else ())]
        yield from (leave(k, because, Proof.WORDS) for k in gone)


def _with_the_same_lines(drafts: Sequence[TableDraft], chosen: TablesChosen) -> list[int]:
    loaded = (k for k, draft in enumerate(drafts) if k not in chosen.aside and draft.visible)
    return with_same_lines(drafts, [k for k in loaded if len(drafts[k].lines) >= 2])


def _net_and_gross(drafts: Sequence[TableDraft], alike: Sequence[int]) -> list[int]:
    """The one table of some that is called net, and the one that is called gross; none where there are not just these."""
    said = {k: _said(drafts[k]) for k in alike}
    nets = [k for k, text in said.items() if _NET.search(text) and not _GROSS.search(text)]
    gross = [k for k, text in said.items() if _GROSS.search(text) and not _NET.search(text)]
    return [*nets, *gross] if len(nets) == len(gross) == 1 else []


def _said(draft: TableDraft) -> str:
    """What the sheet, the titles and the headers of the amounts are called."""
    return " ".join((draft.sheet, title(draft), *(column.name for column in draft.amounts())))


def _mark(drafts: Sequence[TableDraft], measures: Sequence[int]) -> str:
    return "|".join(drafts[k].fingerprint for k in measures)
