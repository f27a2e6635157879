"""Which words say that money comes in or goes out, in many languages, and which that a row sums others up.

The words stand in `data/intake`: `side_words.csv` (each with its side and where it may stand: as a whole cell, as a
word of a header or label, or as part of a compound), `side_letters.csv` (pairs of letters and short forms that tell
sides only beside each other) and `total_words.csv`.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from budget_model.intake.files.amounts import currencies
from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet.word_tables import normal, pattern, table

LONGEST_ABBREVIATION: Final = count("side_words", "longest_abbreviation")
LONGEST_SHORT: Final = count("side_words", "longest_short")
MOST_WORDS: Final = count("side_words", "most_words")


class Said(StrEnum):
    """What a word says of the money on a row."""

    EXPENDITURE = "expenditure"
    INCOME = "income"
    FINANCING = "financing"
    """Money borrowed, repaid or moved between accounts of one body: neither earned nor spent."""
    RESULT = "result"
    """What is left of the others: a balance, a total."""


_WORDS = table("side_words")
_CELLS = {row["word"]: Said(row["side"]) for row in _WORDS if row["side"] != "header"}
_HEADERS = {row["word"] for row in _WORDS if row["side"] == "header"}
BY_THEMSELVES: Final = ("cell", "alone")
_ALONE_ONLY = {row["word"] for row in _WORDS if row["where"] == "alone"}
"""Words that say a side in a cell of their own and something else beside others: 'modificaciones de crédito'."""
_PAIRS = {
    frozenset((row["expenditure"], row["income"])): (row["expenditure"], row["income"])
    for row in table("side_letters")
}
_TOTALS = table("total_words")


def patterns(side: Said) -> list[str]:
    """Regular expressions of the words that say a side within a header or a label."""
    return [
        pattern(row["word"], row["where"])
        for row in _WORDS
        if row["side"] == side and row["where"] not in BY_THEMSELVES
    ]


def total_patterns(kind: str = "") -> list[str]:
    """Regular expressions of the words that call a row a total; of one kind, 'total' or 'grand', if it is given.

    Some do so only where they stand alone: 'Somma' does, and 'Somma urgenza' is urgent work.
    """
    wanted = ("total", "grand") if not kind else (kind,)
    alone = [rf"^\W*{re.escape(row['word'])}\W*$" for row in _TOTALS if not kind and row["kind"] == "alone"]
    return [pattern(row["word"]) for row in _TOTALS if row["kind"] in wanted] + alone


@cache
def _money_words() -> frozenset[str]:
    """Signs, codes and words of all currencies, which beside the word for a side say nothing."""
    told = currencies().items()
    some = (word for code, about in told for word in (code, *about.get("signs", ()), *about.get("words", ())))
    return frozenset(normal(word) for word in some)


def said_by_cell(text: str) -> Said | None:
    """What a cell says of its row's money, if it is a word for one side and nothing else.

    >>> said_by_cell("AUSGABE"), said_by_cell("Приходи"), said_by_cell("Roads"), said_by_cell("Ma zł")
    (<Said.EXPENDITURE: 'expenditure'>, <Said.INCOME: 'income'>, None, <Said.INCOME: 'income'>)
    """
    words = normal(text)
    if words in _CELLS:
        return _CELLS[words]
    words = " ".join(word for word in words.split() if word not in _money_words())
    if words in _CELLS:
        return _CELLS[words]
    telling = (word for word in words.split() if word in _CELLS and len(word) > LONGEST_SHORT)
    known = {_CELLS[word] for word in telling if word not in _ALONE_ONLY}
    return known.pop() if len(known) == 1 and len(words.split()) <= MOST_WORDS else None


_FOREIGN = {
    side: re.compile(
        "|".join(
            pattern(row["word"], row["where"])
            for row in _WORDS
            if row["side"] == side and row["language"] != "en" and row["where"] not in BY_THEMSELVES
        )
    )
    for side in (Said.INCOME, Said.EXPENDITURE)
}
_ENGLISH = {
    row["word"]: Said(row["side"])
    for row in _WORDS
    if row["language"] == "en"
    and row["side"] in (Said.INCOME, Said.EXPENDITURE)
    and len(row["word"]) > LONGEST_ABBREVIATION
}
_ALONE = {
    row["word"]: Said(row["side"])
    for row in _WORDS
    if row["language"] != "en" and row["side"] in (Said.INCOME, Said.EXPENDITURE) and len(row["word"]) > 2
}
"""What names a side where it stands alone: 'Produits', 'Chi'."""
_FIRST_OF_TWO = frozenset(_ENGLISH) & {
    "expenses",
    "expenditures",
    "payments",
    "revenues",
    "receipts",
    "income",
    "disbursements",
}
"""What names a side although 'and' and something else follow: expenses and obligations."""
LONGEST_HEADING: Final = count("side_words", "longest_heading")


def said_by_heading(text: str) -> Said | None:
    """The one side that a title, a heading or the name of a sheet speaks of.

    In English it must say nothing else ('Revenue budget' is all of a budget); words of other languages are plainer.

    >>> said_by_heading("EINNAHMEN 2025 €"), said_by_heading("II. ROZPOČTOVÉ VÝDAJE"), said_by_heading("Revenue budget")
    (<Said.INCOME: 'income'>, <Said.EXPENDITURE: 'expenditure'>, None)
    """
    words = [word for word in normal(text).split() if word not in _BESIDE]
    if not 0 < len(words) <= LONGEST_HEADING:
        return None
    heading = " ".join(words)
    if alone := _ENGLISH.get(heading) or _ALONE.get(heading):
        return alone
    sides = {_ENGLISH[word] for word in words if word in _ENGLISH}
    if words[0] in _FIRST_OF_TWO and words[1:2] in (["and"], ["or"]) and len(sides) == 1:
        return _ENGLISH[words[0]]
    found = {side for side, foreign in _FOREIGN.items() if foreign.search(heading)}
    return found.pop() if len(found) == 1 else None


_BESIDE = frozenset(("total", "gross", "gbp", "eur", "usd", "table", "sheet", "a", "b", "i", "ii", "iii"))
"""What may stand beside the word for a side and says nothing."""


def sides_of_pair(kinds: Iterable[str]) -> dict[str, Said] | None:
    """The sides of two letters or short forms that stand in one column, if they are a known pair.

    >>> sides_of_pair(["D", "C"])["C"], sides_of_pair(["A", "B"])
    (<Said.INCOME: 'income'>, None)
    """
    both = list(kinds)
    found = {normal(kind) or kind.strip(): kind for kind in both}
    pair = _PAIRS.get(frozenset(found))
    if pair is None or len(both) != 2:
        return None
    return {found[pair[0]]: Said.EXPENDITURE, found[pair[1]]: Said.INCOME}


_HEAD_KEYS = frozenset(row["word"] for row in _WORDS if row["where"] == "keys")
_OF_KEY = {
    key: row for row in table("posting_keys") for key in range(int(row["first"]), int(row["last"]) + 1)
}


def heads_posting_keys(header: str) -> bool:
    """Whether a header names the keys by which SAP says debit or credit: 'PK', 'Buchungsschlüssel'."""
    return normal(header) in _HEAD_KEYS


def sides_of_keys(kinds: Iterable[str]) -> tuple[dict[str, Said], bool]:
    """The side of each posting key, and whether one of them is of a customer's or a vendor's account.

    Where all are, what is owed stands on the other side: a vendor's invoice, a credit there, is what was spent.

    >>> sides_of_keys(["40", "50", "x"])
    ({'40': <Said.EXPENDITURE: 'expenditure'>, '50': <Said.INCOME: 'income'>}, False)
    >>> sides_of_keys(["31"]), sides_of_keys(["40", "31"])[0]["31"]
    (({'31': <Said.EXPENDITURE: 'expenditure'>}, True), <Said.INCOME: 'income'>)
    """
    known = {kind: _OF_KEY[int(kind)] for kind in kinds if kind.strip().isdecimal() and int(kind) in _OF_KEY}
    of_ledger = {row["account"] == "ledger" for row in known.values()}
    turned = of_ledger == {False}
    return {kind: _OTHER[row["side"]] if turned else Said(row["side"]) for kind, row in known.items()}, (
        False in of_ledger
    )


_OTHER: Final = {Said.EXPENDITURE.value: Said.INCOME, Said.INCOME.value: Said.EXPENDITURE}


def heads_sides(header: str, kinds: Iterable[str] = ()) -> bool:
    """Whether a header names a column that tells sides: 'Type', 'Sens', 'D/C', 'Expense/Revenue'.

    >>> heads_sides("D/C", ["D", "C"]), heads_sides("ExpenseRevenue"), heads_sides("Ward", ["D", "C"])
    (True, True, False)
    """
    words = normal(header)
    if words in _HEADERS or set(words.split()) & _HEADERS:
        return True
    said = {_CELLS[word] for word in words.split() if word in _CELLS}
    if {Said.EXPENDITURE, Said.INCOME} <= said:
        return True
    letters = {normal(kind) for kind in kinds}
    return bool(letters) and letters <= set(words.split())


def part_patterns() -> list[str]:
    """Regular expressions of labels that say a part of the line above again: 'davon', 'dont', 'w tym', 'w.v.'."""
    parts = (pattern(row["word"]) for row in _TOTALS if row["kind"] == "part")
    return [r"^\W*" + part.replace(re.escape(" "), BETWEEN_WORDS) for part in parts]


BETWEEN_WORDS: Final = r"\W{1,2}"


_BARE = frozenset(row["word"] for row in _TOTALS if row["kind"] in ("total", "grand", "alone")) | {
    "total",
    "totals",
    "grand total",
    "overall total",
    "sum",
    "all services",
}


def is_a_bare_total(label: str) -> bool:
    """Whether a label is a word for a total and nothing else, so that it speaks of all.

    >>> is_a_bare_total("CELKEM"), is_a_bare_total("Total Justice")
    (True, False)
    """
    return normal(label) in _BARE


_ALL = frozenset(row["word"] for row in _TOTALS if row["kind"] == "all")


_ANY_DIGIT = str.maketrans("123456789", "0" * 9)


def says_all(text: str) -> bool:
    """Whether a cell of a level says that its row is of all that stand there.

    >>> says_all("Total"), says_all("(all)"), says_all("Allotments")
    (True, True, False)
    """
    return len(text) <= LONGEST_ALL and _says_all(text.translate(_ANY_DIGIT))


@lru_cache(8192)
def _says_all(text: str) -> bool:
    """Digits are no words: texts that differ in them alone are looked at once."""
    return normal(text) in _ALL or is_a_bare_total(text)


LONGEST_ALL: Final = count("side_words", "longest_all")
