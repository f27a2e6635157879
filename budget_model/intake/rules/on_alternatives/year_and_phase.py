"""Headers that name different years or phases are alternatives: last year's budget and this year's are two."""

import re
from collections.abc import Mapping, Sequence

from budget_model.intake.rules.alternative import Alternative
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.on_alternatives.amounts import Amounts, Grouped
from budget_model.intake.rules.on_alternatives.header_periods import year_and_phase
from budget_model.intake.rules.verdict import Relation, RelationKind
from budget_model.intake.sheet import words
from budget_model.intake.sheet.table import Measure


def years_and_phases(amounts: Amounts) -> Grouped:
    """Group columns by the body, year and phase that every header names, where these differ."""
    named = named_by_headers(amounts)
    if len(set(named.values())) > 1 and (
        all(named.values()) or years_of_a_programme(amounts.draft, amounts.measures)
    ):
        return {measure: Alternative(name or measure.name) for measure, name in named.items()}
    return {}


def years_of_a_programme(draft: TableDraft, measures: Sequence[Measure]) -> bool:
    """Whether a total across adds up several years, and what was before and comes after: 'Prior years', 'Later years'."""
    years = {measure.column: measure.year for measure in measures}
    sums = (r for r in draft.across.relations.values() if r.kind is RelationKind.SUM)
    return any(len({years.get(index) for index in r.plus} - {None, ""}) > 1 and not r.minus for r in sums)


def named_by_headers(amounts: Amounts) -> Mapping[Measure, str]:
    """What each header says of body, year and phase; of two columns with a difference beside them, all it says."""
    bodies = _bodies(amounts)
    named = {m: " ".join(filter(None, (bodies.get(m, ""), year_and_phase(m)))) for m in amounts.measures}
    for relation in amounts.draft.across.relations.values():
        pair = _compared(amounts, relation)
        if pair and named[pair[0]] and named[pair[0]] == named[pair[1]] and pair[0].name != pair[1].name:
            named |= {measure: measure.name for measure in pair}
    return named


def _compared(amounts: Amounts, relation: Relation) -> list[Measure]:
    """The two columns of which a third is the difference; none where it is something else."""
    by_column = {measure.column: measure for measure in amounts.measures}
    pair = [by_column[index] for index in (*relation.plus, *relation.minus) if index in by_column]
    difference = relation.kind in (RelationKind.DIFFERENCE, RelationKind.EITHER_WAY)
    return pair if difference and len(pair) == 2 and len(relation.plus) == 1 else []


_ALL_TOGETHER = words.hints("alternatives.group")
_BY_ITSELF = words.hints("alternatives.body_by_itself")
_NO_NAME = re.compile(r"[£€$]\s?\S*|['’]?0{3}['’]?s?\b|\b(?:19|20)\d{2}(?:\s?[-/]\s?\d{2,4})?\b|[^\w\s]")


def _bodies(amounts: Amounts) -> dict[Measure, str]:
    """Columns of a group and of the body by itself: the group holds the body's money already."""
    parts = {column.index: column.parts for column in amounts.draft.columns}
    found = {}
    for measure in amounts.measures:
        texts = (" ".join(_NO_NAME.sub(" ", part).split()) for part in parts.get(measure.column, ()))
        match = next((t for t in texts if _ALL_TOGETHER.fullmatch(t) or _BY_ITSELF.fullmatch(t)), None)
        if match is not None:
            found[measure] = match
    group = [bool(_ALL_TOGETHER.fullmatch(text)) for text in found.values()]
    return found if any(group) and not all(group) else {}
