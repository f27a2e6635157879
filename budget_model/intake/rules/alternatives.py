"""Which columns of a table add up, and which are alternatives of which only one may be loaded.

Last year's budget and this year's are two budgets; gross expenditure and income are two parts of one. The rules of
`every_grouping` say what belongs together, those of `preferences` which is the best guess; the officer decides.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.alternative import ONE_BUDGET, Alternative
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.every_grouping import grouped_by_rules
from budget_model.intake.rules.headed_alike import columns_again, proved_parts
from budget_model.intake.rules.on_alternatives.header_periods import year_and_phase
from budget_model.intake.rules.on_alternatives.parts_of_one_whole import named_as_parts
from budget_model.intake.rules.on_alternatives.running_totals import are_running
from budget_model.intake.rules.preferences import Choice, best_of, likelihood, what_services_cost
from budget_model.intake.rules.supplements import supplements_a_budget
from budget_model.intake.rules.twice import ADD_UP
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import PHASE, Answers
from budget_model.intake.sheet.periods import is_of_a_part, period_of, runs, to_date
from budget_model.intake.sheet.table import Measure
from budget_model.intake.sheet.word_tables import normal
from budget_model.vocabulary import Phase as BudgetPhase

KINDS_OF_COST: Final = limit("alternatives", "kinds_of_cost")
LINES_LOOKED_AT: Final = count("alternatives", "lines_looked_at")
NAMED_IN_QUESTION: Final = count("alternatives", "named_in_question")
Chosen = tuple[tuple[Measure, ...], str]
"""The measures with the alternative that each belongs to, and the alternative that would be loaded."""


def choices(draft: TableDraft, measures: Sequence[Measure], answers: Answers) -> Chosen:
    """Part the measures into alternatives, and ask which is loaded where nothing else says it."""
    again = columns_again(draft, measures, answers)
    marked, loaded = _alternatives(draft, [m for m in measures if m.column not in again], answers)
    known = iter(marked)
    return tuple(
        replace(m, choice=f"column {m.letter}") if m.column in again else next(known) for m in measures
    ), loaded


def _alternatives(draft: TableDraft, measures: Sequence[Measure], answers: Answers) -> Chosen:
    """Which columns are alternatives by year, phase or arithmetic, and the alternative that would be loaded."""
    amounts = [measure for measure in measures if measure.role == "line amount"]
    grouped = grouped_by_rules(draft, amounts)
    marked = tuple(_marked(m, grouped[m]) if m in grouped else m for m in measures)
    options = list(dict.fromkeys(grouped[measure] for measure in amounts))
    if len(options) < 2:
        return _only_option(draft, marked, options[0] if options else ONE_BUDGET, answers)
    running = draft.splits is None and are_running(draft, amounts)
    answer = _asked(Choice(draft, amounts, grouped, options, running, answers.given.get(PHASE)), answers)
    if answer == ADD_UP:
        return tuple(replace(measure, choice="") for measure in marked), ""
    return _together(draft, marked, answer, answers)


def _marked(measure: Measure, alternative: Alternative) -> Measure:
    return replace(measure, choice=str(alternative), adds_up_to=alternative.total)


def _asked(choice: Choice, answers: Answers) -> str:
    """Which alternative is loaded: the best guess until the officer says it."""
    unnamed = not choice.running and not any(map(year_and_phase, choice.amounts))
    best, why = _guess(choice, unnamed=unnamed)
    texts = [str(option) for option in choice.options]
    where = choice.draft.where()
    return answers.ask(
        f"choice:{choice.draft.fingerprint}",
        f"The columns of {where} are alternatives that must not be added up. Which one is to be loaded?",
        best,
        why,
        [*texts, ADD_UP] if unnamed or best == ADD_UP else texts,
    )


def _guess(choice: Choice, *, unnamed: bool) -> tuple[str, str]:
    """The best guess and why; `unnamed` where no header names a year or a phase."""
    draft, amounts = choice.draft, choice.amounts
    if choice.asked != BudgetPhase.ORIGINAL_BUDGET and supplements_a_budget(amounts):
        return ADD_UP, _SUPPLEMENTED
    of_cost = unnamed and _kinds_of_cost(draft)
    of_sectors = unnamed and not draft.across.relations and all(_SECTORS.search(m.name) for m in amounts)
    if of_cost or of_sectors or (unnamed and _parallel_parts(draft, amounts)):
        return ADD_UP, _why_parted(of_cost=of_cost, of_sectors=of_sectors)
    best = best_of(choice)
    return str(best), _why_best(best, running=choice.running)


_OF_COST = "its lines are kinds of cost, so its columns may be the bodies that have them"
_NAMED_ALIKE = "its columns are named alike, as the parts of one whole are"
_SUPPLEMENTED = "a supplement comes on top of the budget that it changes"
_OF_SECTORS = "its columns are named by who pays or receives the money, which are parts of one whole"
_SECTORS = words.hints("alternatives.sectors")


def _why_parted(*, of_cost: bool, of_sectors: bool) -> str:
    if of_cost:
        return _OF_COST
    return _OF_SECTORS if of_sectors else _NAMED_ALIKE


def _parallel_parts(draft: TableDraft, amounts: Sequence[Measure]) -> bool:
    return not draft.across.relations and _parallel([measure.name for measure in amounts])


def _parallel(names: Sequence[str]) -> bool:
    """Whether headers are named alike: with the same first words, or all by groups and none by money.

    >>> _parallel(["Loans from banks", "Loans from households"]), _parallel(["Cost", "Grant"])
    (True, False)
    """
    if any(pattern.search(name) for pattern in (words.NET, words.TOTAL, words.DIFFERENCE) for name in names):
        return False
    first = [normal(name).split()[:2] for name in names]
    alike = len(names) > 1 and len(first[0]) == 2 and first.count(first[0]) == len(first)
    told = any(map(words.MONEY.search, names)) or any(map(period_of, names))
    return alike or (len(names) > 2 and not told and all(map(normal, names)))


def _only_option(
    draft: TableDraft, marked: tuple[Measure, ...], only: Alternative, answers: Answers
) -> Chosen:
    """All that can be loaded; where it covers a part of the year only, the officer is told by a question."""
    chosen = str(only)
    names = list(dict.fromkeys(m.name for m in marked if m.role == "line amount" and m.choice == chosen))
    if not only.partly and not _of_a_part(names):
        return marked, chosen
    answer = answers.ask(
        f"choice:{draft.fingerprint}",
        f"The columns of {draft.where()} cover a part of the year only: {only.name or ', '.join(names)}. "
        "What is to be loaded?",
        ADD_UP,
        "nothing on the sheet says what the whole year comes to",
        [ADD_UP, *names],
    )
    if answer == ADD_UP:
        return marked, chosen
    return tuple(replace(m, choice=m.name) if m.choice == chosen else m for m in marked), answer


def _of_a_part(names: Sequence[str]) -> bool:
    """Whether headers all speak of a part of the year, and are not all of its parts."""
    if not names:
        return False
    return all(map(_so_far, names)) or (
        all(map(is_of_a_part, names)) and not any(run.whole for run in runs(names))
    )


def _so_far(name: str) -> bool:
    """Whether a header speaks of what is so at a day within the year: 'Actual to 30 September', 'YTD'.

    'Year to 30 June' is all of a year, and 'Budget at 1 April' is what was decided for one.
    """
    to_a_day = _TO_A_DAY.search(name) and not _OF_A_YEAR.search(name)
    return bool(to_date.search(name.casefold()) or to_a_day)


_TO_A_DAY = words.hints("alternatives.to_a_day")
_OF_A_YEAR = words.hints("alternatives.of_a_year")


def _together(draft: TableDraft, marked: tuple[Measure, ...], chosen: str, answers: Answers) -> Chosen:
    """Of one year and phase several columns: added up where that is proved or plain, else asked about."""
    group = [m for m in marked if (m.role, m.choice) == ("line amount", chosen)]
    names = [f"only {m.name}" for m in group]
    told_apart = len({m.column for m in group}) >= 2 and len(set(names)) == len(names)
    if not told_apart or _plainly_parts(draft, group):
        return marked, chosen
    net = _net_beside_gross(group)
    answer = answers.ask(
        f"together:{draft.fingerprint}",
        f"On {draft.where()} several columns are of {chosen}: {', '.join(m.name for m in group[:NAMED_IN_QUESTION])}. "
        "Do they add up, or is only one of them to be loaded?",
        ADD_UP if net is None else names[net],
        "nothing in the table says that they are the same money twice" if net is None else _NET_OF_GROSS,
        [ADD_UP, *names],
    )
    if answer == ADD_UP:
        return marked, chosen
    wanted = group[names.index(answer)]
    return tuple(replace(m, choice=f"{chosen}, {m.name}") if m in group else m for m in marked), (
        f"{chosen}, {wanted.name}"
    )


_CALLED_NET = words.hints("computed_from_others.called_net")
_CALLED_GROSS = words.hints("computed_from_others.called_gross")
_NET_OF_GROSS = "net is what is left of gross"


def _net_beside_gross(group: Sequence[Measure]) -> int | None:
    """The place of the one column called net, where another is called gross."""
    nets = [k for k, measure in enumerate(group) if _CALLED_NET.search(measure.name)]
    return nets[0] if len(nets) == 1 and any(_CALLED_GROSS.search(m.name) for m in group) else None


def _plainly_parts(draft: TableDraft, group: Sequence[Measure]) -> bool:
    """Whether arithmetic, the sides or the headers say that columns are parts of one whole."""
    return proved_parts(draft, group) or named_as_parts(group)


def _kinds_of_cost(draft: TableDraft) -> bool:
    """Whether most lines are kinds of cost, which several departments beside each other have."""
    labels = {draft.rows.labels[i] for i in draft.lines.tolist()[:LINES_LOOKED_AT]}
    return sum(bool(_SUBJECTIVE.search(label)) for label in labels) >= KINDS_OF_COST * max(2, len(labels))


_SUBJECTIVE = words.hints("alternatives.kind_of_cost")


def _why_best(best: Alternative, *, running: bool) -> str:
    if running:
        return "each includes the one before it, so the last is the whole year"
    if what_services_cost(best):
        return "it is what the services cost; the others pay for them, or say the same another way"
    latest = likelihood(best.name) >= 2
    return "it is the latest budget among them" if latest else "it is the likeliest among them"
