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
    loaded = [k for k, draft in enumerate(drafts) if k not in chosen.aside and draft.visible]
    alike = with_same_lines(drafts, [k for k in loaded if len(drafts[k].lines) >= 2])
    said = {k: _said(drafts[k]) for k in alike}
    nets = [k for k in alike if _NET.search(said[k]) and not _GROSS.search(said[k])]
    gross = [k for k in alike if _GROSS.search(said[k]) and not _NET.search(said[k])]
    if len(nets) != 1 or len(gross) != 1:
        return
    measures = [*nets, *gross]
    between = [k for k in alike if k not in measures and all_income(drafts[k])]
    yield AskedTogether(frozenset((*measures, *between)))
    names = [named(drafts[k]) for k in measures]
    kept = asked_which(tables.answers, f"net:{_mark(drafts, measures)}", names, 0)
    if kept is not None:
        because = Reason.OTHER_MEASURE.of(names[kept])
        gone = [k for k in measures if k != measures[kept]]
        taken_off = between if measures[kept] in nets else []
        yield from (leave(k, because, Proof.WORDS) for k in (*gone, *taken_off))


def _said(draft: TableDraft) -> str:
    """What the sheet, the titles and the headers of the amounts are called."""
    return " ".join((draft.sheet, title(draft), *(column.name for column in draft.amounts())))


def _mark(drafts: Sequence[TableDraft], measures: Sequence[int]) -> str:
    return "|".join(drafts[k].fingerprint for k in measures)
