"""Two people at one thing: what others have changed of it since somebody looked, told by the numbers of the audit.

Whoever writes says up to which entry they have seen a thing. The change asks, in its own transaction, whether the audit
has a newer entry about the same thing; then nothing is written, and whoever asked is told who changed what.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from budget_model import dates
from budget_model.problem import Refusal

Ask = Callable[[str, Mapping[str, object]], list[tuple[Any, ...]]]
"""How one of the questions under `sql/` is put, inside a change or outside."""


class Thing(StrEnum):
    """What two people can be at, by the words with which the audit's entries about it begin."""

    DECISION = "decision"
    READINESS = "readiness"
    DUE_DAY = "due day"
    TRANSFER = "transfer"
    ROLE = "role"
    PERSON = "person"
    ADVICE = "legal advice"
    POOL = "pool"
    SCENARIO = "scenario"
    READING = "reading"
    JUDGEMENT = "judgement"
    RISK = "risk"
    AWARD = "award"
    BID = "bid"
    STAGE = "stage"
    SUBMISSION = "submission"
    EXPLAINED = "explained"
    ASSESSMENT = "self-assessment"
    REVIEW = "self-review"
    STATE = "State of the City"
    STORY = "story"


AS_DATA: Final = (Thing.READING, Thing.JUDGEMENT, Thing.RISK, Thing.STAGE)
"""What the audit keeps of these is for programs: their entries are told by their names alone."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Things of some kinds with what names them in the audit, and the newest entry when somebody looked at them."""

    things: tuple[Thing, ...]
    subjects: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Other:
    """What somebody did to a thing: the entry of the audit that says so."""

    number: int
    by: str
    at: datetime
    what: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """Who did what and when, with what stood there before and what stands there now."""
        words = [f"{self.by}, {dates.moment(self.at)}: {self.what}"]
        if not self.what.startswith(AS_DATA):
            words += [f"“{self.after}” now"] if self.after else []
            words += [f"“{self.before}” before"] if self.before else []
        return f"{', '.join(words)}."


class ChangedSince(Refusal):
    """Others changed a thing since whoever asks looked at it: nothing was written."""

    def __init__(self, others: Sequence[Other]) -> None:
        told = " ".join(other.sentence for other in others)
        super().__init__(
            f"While you had this open, somebody else changed it. {told} Nothing of theirs was overwritten, and what you "
            "typed is still here: look at it as it is now, and press again if you still mean it."
        )
        self.newest = others[-1].number


def changed_since(ask: Ask, seen: Seen) -> tuple[Other, ...]:
    """What was done to the things since they were looked at, the first first."""
    asked = {
        "number": seen.number,
        "subjects": list(seen.subjects),
        "begins": [str(thing) for thing in seen.things],
    }
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return tuple(
        Other(int(number), str(by), start + timedelta(microseconds=at), str(what), str(before), str(after))
        for number, by, at, what, before, after in ask("changed_since", asked)
    )
