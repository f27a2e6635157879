"""What is wrong with a line or a bid of the register of external funding, wherever it was written: a file or a screen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budget_model.place.model import Award, Bid
from budget_model.vocabulary import BidState

IN_A_YEAR = re.compile(r"(?P<year>\d{4}-\d{2}) (?P<amount>\d+(?:\.\d{1,2})?)")
"""What an award comes to in one financial year."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the column, a sentence, what to do, and a code for programs."""

    column: str
    sentence: str
    remedy: str
    code: str

    def __str__(self) -> str:
        """As a screen says it."""
        return f"{self.sentence} {self.remedy}"


def faults_of_award(award: Award) -> Iterator[Fault]:
    """Why a line cannot be kept; nothing where it can."""
    for column in ("stream", "funder", "what"):
        if not getattr(award, column).strip():
            yield Fault(column, f"The {column} is empty.", "Give it in a few words.", "award-empty")
    if award.amount <= 0:
        sentence = f"An award of {award.amount:,} is not above 0."
        yield Fault("amount", sentence, "Give the pounds that were granted.", "award-not-positive")
    if award.starts and award.ends and award.ends < award.starts:
        yield Fault("ends", "It ends before it starts.", "Correct one of the two dates.", "award-dates")
    yield from _faults_of_years(award)


def _faults_of_years(award: Award) -> Iterator[Fault]:
    stated = [IN_A_YEAR.fullmatch(text) for text in award.years]
    if not all(stated):
        sentence = f"'{'; '.join(award.years)}' does not name financial years with their pounds."
        yield Fault("years", sentence, "Write each as 2022-23 1500000.", "award-years")
    elif stated and sum(Decimal(match["amount"]) for match in stated if match) != award.amount:
        sentence = f"The years do not make its {award.amount:,}."
        yield Fault("years", sentence, "Correct a year, or the amount.", "award-years")


def faults_of_bid(bid: Bid) -> Iterator[Fault]:
    """Why a bid cannot be kept; nothing where it can."""
    for column in ("name", "stream", "funder"):
        if not getattr(bid, column).strip():
            yield Fault(column, f"The {column} is empty.", "Give it in a few words.", "bid-empty")
    if bid.amount <= 0:
        sentence = f"A bid for {bid.amount:,} is not above 0."
        yield Fault("amount", sentence, "Give the pounds that are asked for.", "bid-not-positive")
    if bid.won is not None and bid.state is not BidState.WON:
        sentence = f"Its state is {bid.state}, and pounds were won."
        yield Fault("won", sentence, "Set its state to won, or empty the pounds.", "bid-not-won")
    elif bid.won is not None and not 0 < bid.won <= bid.amount:
        sentence = f"{bid.won:,} of {bid.amount:,} cannot have been won."
        yield Fault("won", sentence, "Correct one of the two.", "bid-won-too-much")
