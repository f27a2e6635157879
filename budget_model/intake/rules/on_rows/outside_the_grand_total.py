"""What stands below a grand total and is none of it: stray figures, parts said again, reserves, other accounts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Total, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole
from budget_model.intake.sheet.side_words import is_a_bare_total, said_by_heading
from budget_model.intake.sheet.word_tables import normal

MOST_ROWS: Final = count("outside_the_grand_total", "most_rows")
MOST_ASKED: Final = count("outside_the_grand_total", "most_asked")
MOST_BELOW: Final = limit("outside_the_grand_total", "most_below")
_RESERVES = words.any_of(
    r"\breserves?\b",
    r"\bfund balances?\b",
    r"\brücklagen?\b",
    r"\bspezialfinanzierung",
    r"\beinlagen? in\b",
    r"\bentnahmen? aus\b",
    r"\brückstellung",
    r"\bréserves?\b",
    r"\breservas?\b",
    r"\briserve?\b",
    r"\brezerw[ay]\b",
    r"\brezerv[ay]\b",
    r"\bavanzo\b",
    r"\bremanente\b",
)
_OF_A_SIDE = words.any_of(*words.INCOME.alternatives, *words.EXPENDITURE.alternatives)


def outside_the_grand_total(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Leave out the rows below the total that covers every line above it, which no later total takes up."""
    if body.height > MOST_ROWS:
        return
    totals = settled.totals()
    grand, end = _grand_and_its_end(body, settled, totals)
    if grand is None or end is None:
        return
    below = [i for i in settled.rows(RowRole.LINE) if i > end]
    yield from _sums_of_notes(body, below, [i for i in settled.rows(RowRole.NOTE) if i > end])
    worded = [i for i in below if _says_a_word(body, i)]
    stray = Reason.STRAY_BELOW_TOTAL.of(body.start + grand + 1)
    yield from (row(i, RowRole.NOTE, stray, Proof.FORMAT) for i in below if i not in worded)
    if len(worded) <= MOST_BELOW * max(1, len(settled.rows(RowRole.LINE))):
        outside = _of_none(body, settled, totals, grand, worded)
        anew = _headed_anew(body, settled, totals, grand, outside)
        yield from _asked_about(body, grand, outside) if anew else _outside(body, grand, outside)


def _grand_and_its_end(
    body: Body, settled: Settled, totals: Mapping[int, Total]
) -> tuple[int | None, int | None]:
    """The total of all, and the last row that it covers: itself, unless it stands on top."""
    grand = _grand(body, settled, totals)
    return _grand_on_top(body, settled, totals) if grand is None else (grand, grand)


def _says_a_word(body: Body, i: int) -> bool:
    across = slice(body.region.left, body.region.right + 1)
    return bool((body.kinds[i, across] == CellKind.TEXT).any())


def _of_none(
    body: Body, settled: Settled, totals: Mapping[int, Total], grand: int, below: list[int]
) -> list[int]:
    """The rows below that are none of the lines: all below a total of all, else reserves and what stands among them."""
    held = {i for i in below if _speaks_of_reserves(body.labels[i])}
    if _is_of_all(body, settled, grand):
        return [] if _one_block_of_several(body, settled, totals, grand, below) else below
    taken = {i for total in totals.values() for i in (*total.plus, *total.minus)}
    return [i for i in below if i not in taken or i in held] if 2 * len(held) >= len(below) else []


def _headed_anew(
    body: Body, settled: Settled, totals: Mapping[int, Total], grand: int, outside: Sequence[int]
) -> bool:
    """Whether the rows below stand under the header said again, and have a total of their own of the same words."""
    if not outside:
        return False
    headings = [body.first_text(i) for i in settled.rows(RowRole.HEADING) if i > grand]
    known = {normal(body.labels[i]) for i in range(grand)}
    if any(map(_speaks_of_reserves, headings)) or any(normal(body.labels[i]) in known for i in outside):
        return False
    again = [i for i in totals if i > grand and normal(body.labels[i]) == normal(body.labels[grand])]
    own = set[int]().union(*(lines_under(i, totals) for i in again if not totals[i].off))
    headers = settled.rows(RowRole.REPEATED_HEADER)
    return any(grand < i < outside[0] for i in headers) and own.issuperset(outside)


def _speaks_of_reserves(label: str) -> bool:
    return bool(words.BALANCE_LINE.search(label) or _RESERVES.search(label))


def _is_of_all(body: Body, settled: Settled, i: int) -> bool:
    """Whether a total speaks of all, by its words or by those of the table's title."""
    of_all = _speaks_of_all(body.labels[i]) and not _named_as_a_heading(body, settled, i)
    return of_all or _named_as_the_table(body, body.labels[i])


def _one_block_of_several(
    body: Body, settled: Settled, totals: Mapping[int, Total], grand: int, below: Sequence[int]
) -> bool:
    """Whether the rows below have a total of the same words, with no heading between but for a side: each block has its own.

    Two totals of all with a name each, "Total général Voirie" beside "Total général Éducation", are of a block too.
    """
    called = normal(body.labels[grand])
    later = [i for i in totals if i > grand and not totals[i].off]
    of_a_block = _names_a_block(body.labels[grand])
    again = [
        i
        for i in later
        if normal(body.labels[i]) == called or (of_a_block and _names_a_block(body.labels[i]))
    ]
    if any(np.array_equal(body.figures[i], body.figures[grand]) for i in again):
        return False  # the same money, parted another way
    taken = set[int]().union(*(lines_under(i, totals) for i in again))
    headings = [i for i in settled.rows(RowRole.HEADING) if i > grand]
    headed = any(said_by_heading(body.labels[i]) is None for i in headings)
    return bool(again) and not headed and taken.issuperset(below)


def _speaks_of_all(label: str) -> bool:
    """Whether the words of a total speak of everything and of neither side alone."""
    all_of_it = is_a_bare_total(label) or bool(words.GRAND_TOTAL.search(label))
    return all_of_it and not _OF_A_SIDE.search(label)


def _names_a_block(label: str) -> bool:
    """Whether a total of all says the name of something too: "Grand total Roads", "Total général Voirie"."""
    match = words.GRAND_TOTAL.search(label)
    named = match is not None and bool(normal(label[: match.start()] + label[match.end() :]))
    return named and not _speaks_of_reserves(label)


def _named_as_a_heading(body: Body, settled: Settled, i: int) -> bool:
    """Whether a total says, beside that it is one, what a heading above it says: then it is of the lines below that."""
    said = {word for word in normal(body.labels[i]).split() if not words.TOTAL.search(word)}
    headings = (body.first_text(k) for k in settled.rows(RowRole.HEADING) if k < i)
    return bool(said) and any(said <= set(normal(text).split()) for text in headings)


def _named_as_the_table(body: Body, label: str) -> bool:
    """Whether a total says, beside that it is one, nothing but what the title or the sheet is called."""
    said = {word for word in normal(label).split() if not words.TOTAL.search(word)}
    heads = (body.cells.text(row, body.region.left) for row in body.region.headers)
    titles = (*body.titles, body.cells.sheet.name, *(t for t in heads if not words.LABEL_HEADER.match(t)))
    return bool(said) and not _OF_A_SIDE.search(label) and any(said <= set(normal(t).split()) for t in titles)


def _outside(body: Body, grand: int, rows: list[int]) -> Iterator[Verdict]:
    for place, i in enumerate(rows):
        because = Reason.OUTSIDE_GRAND_TOTAL.of(body.start + grand + 1)
        doubt = because if place < MOST_ASKED and _any_money(body, i) else None
        yield row(i, RowRole.NOTE, because, Proof.WORDS, doubt=doubt)


def _asked_about(body: Body, grand: int, rows: list[int]) -> Iterator[Verdict]:
    because = Reason.OUTSIDE_GRAND_TOTAL.of(body.start + grand + 1)
    for i in rows[:MOST_ASKED]:
        yield row(i, RowRole.LINE, Reason.HOLDS_AMOUNTS, Proof.NOTHING, doubt=because)


def _any_money(body: Body, i: int) -> bool:
    """Whether a row holds another figure than zero: a check that comes to nothing changes nothing."""
    return any(place.whole[i] for place in body.places)


def _grand(body: Body, settled: Settled, totals: Mapping[int, Total]) -> int | None:
    """The last total called so that covers, however deep, all the lines above it and is covered by none."""
    covered = {i for total in totals.values() for i in (*total.plus, *total.minus)}
    lines = settled.rows(RowRole.LINE)
    for i in sorted(totals, reverse=True):
        if i in covered or totals[i].minus or not words.TOTAL.search(body.labels[i]):
            continue
        own = lines_under(i, totals)
        above = [k for k in lines if k < i]
        if len(above) >= 2 and set(above) <= own:
            return i
    return None


def _grand_on_top(
    body: Body, settled: Settled, totals: Mapping[int, Total]
) -> tuple[int, int] | tuple[None, None]:
    """The first row, if it is the total of all by its words and its sum, and the last line of money that it covers."""
    lines = [i for i in settled.rows(RowRole.LINE) if any(place.whole[i] for place in body.places)]
    first = min((*lines, *totals), default=None)
    if first is None or first not in totals or not _speaks_of_all(body.labels[first]):
        return None, None
    own = lines_under(first, totals)
    covered = [i for i in lines if i in own]
    met = covered and not totals[first].off and not totals[first].minus
    # the lines that it covers are the first ones of all
    return (first, covered[-1]) if met and lines[: len(covered)] == covered else (None, None)


def lines_under(i: int, totals: Mapping[int, Total]) -> set[int]:
    """The lines that a total covers, however deep."""
    lines: set[int] = set()
    waiting = [i]
    while waiting:
        for member in (*totals[waiting[-1]].plus, *totals[waiting.pop()].minus):
            (waiting.append if member in totals else lines.add)(member)
    return lines


def _sums_of_notes(body: Body, below: list[int], notes: list[int]) -> Iterator[Verdict]:
    """Rows below that are what the parts beside them come to."""
    for i in below:
        parts = [k for k in notes if k < i and body.has_amounts[k]]
        if len(parts) >= 2 and words.TOTAL.search(body.labels[i]) and not body.off(i, parts):
            yield row(i, RowRole.NOTE, Reason.TOTAL_OF_PARTS.of(), Proof.ARITHMETIC)
