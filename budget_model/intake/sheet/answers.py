"""What was asked about a file, and what the officer answered.

Every question has a key that stays the same for the same layout, so that an answer given once is used again
for next year's file.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from budget_model.intake.sheet.table import Question

PHASE: Final = "phase"
"""Under what the phase that is asked for stands among the answers: it tells which columns are the best guess."""


@dataclass(slots=True)
class Answers:
    """The answers given, and the questions that came up while reading."""

    given: Mapping[str, str] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    """The keys of the answers given that this file came to."""

    def ask(self, key: str, ask: str, best: str, reason: str, options: Sequence[str]) -> str:
        """The officer's answer if there is one, else the best guess, which becomes a question."""
        answer = self.answered(key)
        if answer is not None:
            chosen = next((option for option in options if same(option, answer)), None)
            if chosen is not None:
                return chosen
        if key not in self.asked:
            ordered = (best, *(option for option in options if option != best))
            self.asked[key] = Question(key, ask, best, reason, ordered)
        return best

    def answered(self, key: str) -> str | None:
        """The answer to a question that is only asked in doubt."""
        if key in self.given:
            self.heard.add(key)
        return self.given.get(key)


def same(option: str, answer: str) -> bool:
    """Whether an answer means an option, however it is typed.

    >>> same("GBP thousand", "gbp  Thousand"), same("a line", "a total")
    (True, False)
    """
    return " ".join(option.casefold().split()) == " ".join(answer.casefold().split())


def slug(text: str) -> str:
    """A text as part of a key: letters and figures only, years left out.

    >>> slug("Total 2016/17 budget (£000)")
    'total-budget'
    """
    wordy = re.sub(r"\d+", " ", text.casefold())
    return "-".join(re.findall(r"[^\W_]+", wordy))[:60]
