"""The lines of a draft by their words: what a person decides once, and how much money hangs on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.contribute.draft import words_key
from budget_model.contribute.paying import How, Paid
from budget_model.money import NOTHING

LIKELY = Decimal("0.8")
"""The confidence from which guesses are offered to be accepted at one stroke."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Every line with the same words: decided once, unless one is split by itself."""

    key: str
    heading: str
    description: str
    code: str
    first: Paid
    lines: int
    amount: Decimal
    """Pounds without regard to side."""

    @property
    def doubtful(self) -> bool:
        """Whether a person should look."""
        return self.first.doubtful

    @property
    def best(self) -> str:
        """The service that it has, or the best guess; empty where there is none."""
        if self.first.line.services:
            return self.first.line.services[0].service
        return self.first.suggestions[0].service if self.first.suggestions else ""

    @property
    def confidence(self) -> Decimal:
        """How sure the best guess is, from 0 to 1; nothing without one."""
        return self.first.suggestions[0].confidence if self.first.suggestions else NOTHING

    @property
    def left_out(self) -> bool:
        """Whether an officer said that it is not loaded."""
        return self.first.how is How.LEFT

    def is_about(self, text: str) -> bool:
        """Whether words are in its description or its code; no words are in everything."""
        wanted = text.casefold().strip()
        return wanted in self.description.casefold() or wanted in self.code.casefold()


@dataclass(frozen=True, slots=True)
class Heading:
    """The wordings beneath one heading of the file."""

    name: str
    wordings: tuple[Wording, ...]

    @property
    def amount(self) -> Decimal:
        """Pounds without regard to side."""
        return sum((wording.amount for wording in self.wordings), NOTHING)

    @property
    def doubtful(self) -> int:
        """How many of its wordings a person should look at."""
        return sum(wording.doubtful for wording in self.wordings)


def wordings_of(lines: Iterable[Paid]) -> tuple[Wording, ...]:
    """Lines gathered by their words: the doubtful first, then those with most money."""
    by_words: dict[str, list[Paid]] = {}
    for line in lines:
        by_words.setdefault(words_key(line.read), []).append(line)
    gathered = [_wording(key, same) for key, same in by_words.items()]
    return tuple(sorted(gathered, key=lambda wording: (not wording.doubtful, -wording.amount)))


def _wording(key: str, lines: Sequence[Paid]) -> Wording:
    first = lines[0]
    return Wording(
        key,
        " › ".join(first.read.headings) or "No heading",
        first.line.description or "(no description)",
        first.line.code or "",
        first,
        len(lines),
        sum((abs(line.line.amount) for line in lines), NOTHING),
    )


def headings_of(wordings: Iterable[Wording]) -> tuple[Heading, ...]:
    """Wordings by the heading that they stand under, that with most money first."""
    by_heading: dict[str, list[Wording]] = {}
    for wording in wordings:
        by_heading.setdefault(wording.heading, []).append(wording)
    headings = [Heading(name, tuple(under)) for name, under in by_heading.items()]
    return tuple(sorted(headings, key=lambda heading: -heading.amount))


def with_a_guess(wordings: Iterable[Wording], least: Decimal = NOTHING) -> tuple[Wording, ...]:
    """The doubtful wordings whose best guess is at least so sure."""
    return tuple(
        wording for wording in wordings if wording.doubtful and wording.best and wording.confidence >= least
    )
