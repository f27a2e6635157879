"""How often the suggester knows the service and the board of a council's line, and next year's line again.

    python benchmarks/suggest_council.py [--successive FILE]

1. Each line of the councils' revenue return (data/mapping/revenue_account_codes.csv), as the product ships.
2. The same lines with their own list taken away by cross-validation: what a wording nobody listed gets.
3. With a file of successive years' returns (columns year, return, measure, authority, line_code, line,
   value_gbp_thousand): the money of each year whose lines need no decision after the year before was
   mapped, by the organisation's own memory or by a published code.
"""

import argparse
import csv
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from budget_model.mapping.memory import Confirmed
from budget_model.mapping.suggestion import Evidence, Suggester, Suggestion
from budget_model.mapping.tables import RevenueLine, lists
from budget_model.place import Place, load
from budget_model.place.model import ThemeKind

DATA = Path(__file__).resolve().parents[1] / "data"
Row = dict[str, str]
Sent = tuple[str, str, str]
"""Whose return, which return, which year."""


@dataclass(frozen=True)
class YearOn:
    """One authority's return of one year, after its return of the year before was mapped."""

    authority: str
    before: str
    after: str
    money: Decimal
    """£ thousand of the year's lines, whatever their sign."""
    decided: Decimal
    """The part of it that needs no decision of an officer."""
    wrong: Decimal
    """The part decided for another service than the line's own."""


def boards(place: Place) -> dict[str, str]:
    """The delivery board that has most of each service."""
    kinds = {theme.id: theme.kind for theme in place.themes}
    best: dict[str, tuple[Decimal, str]] = {}
    for service_theme in place.service_themes:
        if kinds[service_theme.theme] is ThemeKind.DELIVERY_BOARD and service_theme.share is not None:
            best[service_theme.service] = max(
                best.get(service_theme.service, (Decimal(0), "")), (service_theme.share, service_theme.theme)
            )
    return {service: board for service, (_, board) in best.items()}


def judge(
    known: Sequence[RevenueLine], found: Sequence[tuple[Suggestion, ...]], board_of: dict[str, str]
) -> tuple[float, float, float]:
    """The shares of lines whose board is right, whose service is, whose service is in the first three."""
    pairs = list(zip(known, found, strict=True))
    return (
        sum(board_of[first.service] == board_of[revenue_line.service] for revenue_line, (first, *_) in pairs)
        / len(pairs),
        sum(first.service == revenue_line.service for revenue_line, (first, *_) in pairs) / len(pairs),
        sum(revenue_line.service in {three.service for three in some[:3]} for revenue_line, some in pairs)
        / len(pairs),
    )


def as_shipped(place: Place, *, headings: bool) -> list[tuple[Suggestion, ...]]:
    """Suggestions for every line of the return, without its code."""
    suggester = Suggester(place.services)
    return suggester.suggest([_evidence(line, headings=headings) for line in lists().revenue_lines])


def held_out(place: Place, folds: int, *, headings: bool, seed: int = 0) -> list[tuple[Suggestion, ...]]:
    """The same by suggesters that have not seen the line, nor another line of its wording."""
    known = lists().revenue_lines
    wordings = sorted({revenue_line.line for revenue_line in known})
    random.Random(seed).shuffle(wordings)
    fold_of = {line: at % folds for at, line in enumerate(wordings)}
    suggestions: dict[RevenueLine, tuple[Suggestion, ...]] = {}
    for fold in range(folds):
        seen = tuple(revenue_line for revenue_line in known if fold_of[revenue_line.line] != fold)
        unseen = [revenue_line for revenue_line in known if fold_of[revenue_line.line] == fold]
        suggester = Suggester(place.services, from_lists=replace(lists(), revenue_lines=seen))
        lines = [_evidence(revenue_line, headings=headings) for revenue_line in unseen]
        suggestions |= dict(zip(unseen, suggester.suggest(lines), strict=True))
    return [suggestions[revenue_line] for revenue_line in known]


def _evidence(revenue_line: RevenueLine, *, headings: bool) -> Evidence:
    return Evidence(
        revenue_line.line, "a council", "council", None, (revenue_line.section,) if headings else ()
    )


def years_on(path: Path, place: Place) -> list[YearOn]:
    """Every authority's successive returns in a file, the earlier mapped whole by an officer.

    What the officer answered is made up, and another for each wording, so that a line recognised as a
    different line shows as wrong. Counted are the lines of spending, down to the return's own total of
    revenue expenditure; what follows there is financing, reserves and memoranda.
    """
    sent: dict[Sent, list[Row]] = defaultdict(list)
    complete: set[Sent] = set()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["authority"], row["return"], row["year"])
            complete |= {key} if row["line"].startswith("REVENUE EXPENDITURE") else set()
            if row["measure"].startswith("Net current expenditure") and key not in complete:
                sent[key] += [row] if _is_line(row["line"]) else []
    told = []
    for authority, form in sorted({(authority, form) for authority, form, _ in sent}):
        for before, after in pairwise(sorted(year for *whose, year in sent if whose == [authority, form])):
            told.append(_year_on(place, (authority, form, before), (authority, form, after), sent))
    return [year_on for year_on in told if year_on.money]


def _is_line(line: str) -> bool:
    """Not a total: the return prints those in capitals."""
    return not line.split("(")[0].isupper()


def _year_on(place: Place, before: Sent, after: Sent, sent: dict[Sent, list[Row]]) -> YearOn:
    authority = after[0]
    services = [service.id for service in place.services]
    answers: dict[str, str] = {}
    memory = []
    for row in sent[before]:
        answer = answers.setdefault(row["line"].casefold(), services[len(answers) % len(services)])
        memory.append(
            Confirmed(
                organisation=authority,
                code=row["line_code"] or None,
                description=row["line"],
                headings=(),
                services=((answer, Decimal(1)),),
                by="Finance officer",
                on=datetime(int(after[2][:4]), 5, 1, tzinfo=UTC),
            )
        )
    suggester = Suggester(place.services, memory)
    rows = sent[after]
    found = suggester.suggest([Evidence(row["line"], authority, "council", row["line_code"]) for row in rows])
    money = decided = wrong = Decimal(0)
    for row, (first, *_) in zip(rows, found, strict=True):
        amount = abs(Decimal(row["value_gbp_thousand"] or 0))
        money += amount
        if first.applied_without_asking:
            decided += amount
            right = answers.get(row["line"].casefold())
            wrong += amount if right not in {None, first.service} else 0
    return YearOn(authority, before[2], after[2], money, decided, wrong)


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--successive", type=Path)
    asked = parser.parse_args()
    place = load(next(DATA.glob("*/place.toml")).parent, DATA / "reference")
    board_of, known = boards(place), lists().revenue_lines
    for title, headings in (("description alone", False), ("with its heading", True)):
        for name, found in (
            ("as shipped", as_shipped(place, headings=headings)),
            ("never seen", held_out(place, 10, headings=headings)),
        ):
            board, service, three = judge(known, found, board_of)
            print(f"{name}, {title:<18} board {board:.1%}   service {service:.1%}   in three {three:.1%}")
    if asked.successive:
        for year_on in years_on(asked.successive, place):
            share, wrong = year_on.decided / year_on.money, year_on.wrong / year_on.money
            between = f"{year_on.before} to {year_on.after}"
            print(f"{year_on.authority:<62} {between}  {share:6.1%} needs no decision, {wrong:.1%} wrong")


if __name__ == "__main__":
    main()
