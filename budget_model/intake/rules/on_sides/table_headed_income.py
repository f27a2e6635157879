"""A title or the header of the labels that speaks of income alone: 'Revenue type', 'All funds revenue'."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import REVENUE_ALONE, side_of
from budget_model.intake.rules.verdict import Proof, Verdict, rows
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, Role, RowRole
from budget_model.intake.sheet.side_words import Said, said_by_heading

FIRST: Final = count("sides", "first")
LAST_TITLES: Final = count("sides", "last_titles")
_PAID_TO_BODIES = words.hints("sides.paid_to_bodies")
_INCOME_ALONE = words.any_of(
    r"\b(?:revenues?|income|receipts)\W*$",
    r"^\W*(?:sources of )?(?:income|revenues|receipts)\b(?! and| &|/)(?! (?:account|budget|expenditure|outturn))",
    r"^\W*revenue(?= (?:by|from|sources?|types?|streams?)\b)",
)


def table_headed_income(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Every row, where what stands above the table speaks of income and not of expenditure.

    Over services, 'Revenue' alone names the revenue budget, which is not capital, and no income.
    """
    label = next(iter(body.of_role(Role.WORDS)), None)
    titles = [body.title(row) for row in body.region.titles[-LAST_TITLES:]]
    own = label.name if label else ""
    if services := _of_services(body, settled):
        own = " ".join(_without_revenue_alone(label.parts)) if label else ""
    texts = [*titles, own]
    told = [*titles[-2:], *_values_of_keys(body), own, body.cells.sheet.name]
    if services:
        texts, told = _without_revenue_alone(texts), _without_revenue_alone(told)
    headings = (said_by_heading(body.first_text(i)) for i in settled.rows(RowRole.HEADING))
    if Said.EXPENDITURE in headings:
        return
    if _all_say_income(body, settled, told) or _only_income(texts):
        yield rows(np.arange(body.height), Direction.INCOME, Reason.TABLE_HEADED_INCOME, Proof.WORDS)


def _all_say_income(body: Body, settled: Settled, headings: Sequence[str]) -> bool:
    """Whether of the headings of all that stands below some say income and none another side; else the amounts' own."""
    sides = {said_by_heading(text) for text in headings} - {None}
    return sides == {Said.INCOME} or (not sides and _amounts_headed_income(body, settled))


def _amounts_headed_income(body: Body, settled: Settled) -> bool:
    """Whether every column of amounts is headed income and nothing else, and no line speaks of expenditure.

    'Revenue' may be what is not capital.
    """
    headers = [column.name for column in body.of_role(Role.AMOUNT)]
    plain = all(said_by_heading(text) is Said.INCOME for text in headers)
    if not headers or not plain or _without_revenue_alone(headers) != headers:
        return False
    sides = (side_of(body.labels[i]) for i in settled.rows(RowRole.LINE))
    return Direction.EXPENDITURE not in sides


def _only_income(texts: Sequence[str]) -> bool:
    sides = {text: side_of(text) for text in texts if text}
    income = any(side is Direction.INCOME and _INCOME_ALONE.search(text) for text, side in sides.items())
    return income and Direction.EXPENDITURE not in sides.values()


def _without_revenue_alone(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text and not REVENUE_ALONE.fullmatch(text.strip())]


def _of_services(body: Body, settled: Settled) -> bool:
    """Whether half of the lines or more are called as services are, and not as what is paid for them."""
    labels = [body.labels[i] for i in settled.rows(RowRole.LINE)[:FIRST]]
    services = [label for label in labels if words.SERVICES.search(label) and not _called_payment(label)]
    return bool(labels) and 2 * len(services) >= len(labels)


def _called_payment(label: str) -> bool:
    return bool(words.INCOME.search(label) or _PAID_TO_BODIES.search(label))


def _values_of_keys(body: Body) -> list[str]:
    """What stands beside the keys above a table: 'Revenues' beside 'ASPECT'."""
    across = range(body.cells.width)
    pairs = ([text for j in across if (text := body.cells.text(row, j))] for row in body.region.titles)
    return [pair[1] for pair in pairs if len(pair) == 2]
