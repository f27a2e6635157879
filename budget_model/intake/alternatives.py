"""Which columns of a table add up, and which are alternatives of which only one may be loaded.

Last year's budget and this year's are two budgets; gross expenditure and income are two parts of one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from budget_model.intake import words
from budget_model.intake.answers import Answers
from budget_model.intake.draft import Draft
from budget_model.intake.table import Measure

_LIKELY = (
    (re.compile(r"\b(?:original|approved|adopted|agreed)\b|\bbase budget\b", re.I), 3),
    (re.compile(r"\bbudget\b|\bestimate|\bplan\b|\bproposed\b|\brequest\b|\bansatz\b", re.I), 2),
    (re.compile(r"\bout-?turn\b|\bactual|\bergebnis\b", re.I), 1),
    (re.compile(r"\bforecast\b|\bprojec|\bindicative\b", re.I), 0),
)


def choices(draft: Draft, measures: Sequence[Measure], answers: Answers) -> tuple[tuple[Measure, ...], str]:
    """The measures with the alternative that each belongs to, and the alternative that would be loaded."""
    amounts = [m for m in measures if m.role == "line amount"]
    keys = _keys(draft, amounts)
    marked = tuple(replace(m, choice=keys[m]) if m in keys else m for m in measures)
    options = list(dict.fromkeys(keys[m] for m in amounts))
    if len(options) < 2:
        return marked, options[0] if options else ""
    totals = {option: sum(abs(m.total or 0) for m in amounts if keys[m] == option) for option in options}
    live = [option for option in options if totals[option]] or options
    best = max(live, key=lambda option: (_likelihood(option), _latest(option, amounts, keys), -options.index(option)))
    answer = answers.ask(
        f"choice:{draft.fingerprint}",
        f"The columns of {draft.where()} are alternatives that must not be added up. Which one is to be loaded?",
        best,
        "it is the latest budget among them" if _likelihood(best) >= 2 else "it is the likeliest among them",
        options,
    )
    return marked, answer


def _keys(draft: Draft, amounts: Sequence[Measure]) -> dict[Measure, str]:
    """For each amount the alternative it belongs to."""
    if len(amounts) < 2:
        return {m: "" for m in amounts}
    part_names = {m.split for m in amounts}
    if part_names != {None} and draft.splits is not None:
        names = draft.splits.names
        within = _keys(_unsplit(draft), [replace(m, split=None) for m in amounts if m.split == 0])
        other = {m.column: key for m, key in within.items()}
        return {m: _joined(names[m.split or 0], other.get(m.column, "")) for m in amounts}
    added = _added_up(draft)
    named = {m: _year_and_phase(m) for m in amounts}
    if len(set(named.values())) > 1 and all(named.values()):
        return named
    if added:
        in_sum = [m for m in amounts if m.column in added]
        if len(in_sum) == len(amounts) or not any(named[m] for m in amounts if m.column not in added):
            return {m: "" if m.column in added or not named[m] and not in_sum else m.name if m.column not in added else "" for m in amounts}
        return {m: ("" if m.column in added else m.name) for m in amounts}
    if draft.sides.of_column and len({m.column for m in amounts} & set(draft.sides.of_column)) == len(amounts):
        return {m: "" for m in amounts}
    if _parts_of_a_whole(amounts):
        return {m: "" for m in amounts}
    return {m: m.name for m in amounts}


def _unsplit(draft: Draft) -> Draft:
    return replace(draft, splits=None)


def _joined(part: str, rest: str) -> str:
    return f"{part} · {rest}" if rest else part


def _added_up(draft: Draft) -> set[int]:
    """The columns that some total across adds up, down to the last."""
    return {
        index
        for relation in draft.across.relations.values()
        if relation.kind == "sum"
        for index in (*relation.plus, *relation.minus)
    }


def _year_and_phase(measure: Measure) -> str:
    """The year and phase that a header names: '2016-17 budget'."""
    phase = words.PHASE.search(measure.name)
    return " ".join(part for part in (measure.year or "", phase[0].casefold() if phase else "") if part)


_PARTS = words._any_of(
    r"\bemployees?\b", r"\bpremises\b", r"\btransport\b", r"\bsupplies\b", r"\bthird[\s-]party\b", r"\bsupport services\b",
    r"\bcapital (?:financing|charges)\b", r"\bsalar", r"\bpay\b", r"\bnon-pay\b", r"\bservices?\b", r"\bsocial care\b",
    r"\beducation\b", r"\bhousing\b", r"\bhighways\b", r"\bq(?:uarter)? ?[1-4]\b", r"\bagency\b", r"\bother\b", r"\bclass \d+\b",
    *(rf"\b{month[:3]}" for month in words.MONTHS),
)  # fmt: skip


def _parts_of_a_whole(amounts: Sequence[Measure]) -> bool:
    """Whether the headers name parts of one whole: kinds of cost, services, months."""
    named = sum(bool(_PARTS.search(m.name)) for m in amounts)
    return named >= 0.6 * len(amounts) and len(amounts) >= 2


def _likelihood(option: str) -> int:
    return next((worth for pattern, worth in _LIKELY if pattern.search(option)), 1)


def _latest(option: str, amounts: Sequence[Measure], keys: dict[Measure, str]) -> str:
    return max((m.year or "" for m in amounts if keys[m] == option), default="")
