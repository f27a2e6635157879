"""A submission that is still being made: every step that its officer took, and where they lead.

A draft is nothing but its steps, in the order in which they were taken; each is kept as it is taken, so a
closed browser or a stopped server loses nothing. Undoing is a step too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from budget_model.contribute.about import About
from budget_model.contribute.submission import ServiceShare
from budget_model.intake.reading import ReadLine
from budget_model.mapping.wording import plain
from budget_model.problem import Refusal
from budget_model.vocabulary import Phase, Provenance


class StepKind(StrEnum):
    """What an officer can do to a draft."""

    FILE = "file"
    """Dropped a file, the first or a corrected one."""
    ABOUT = "about"
    """Said whose money it is, of which year, phase and part, and what share and grade it takes."""
    ANSWER = "answer"
    """Answered questions or corrected the layout; an empty answer takes the earlier one back."""
    MAP = "map"
    """Decided what lines pay for."""
    EXPLAIN = "explain"
    """Explained a difference or a change."""
    CONTROL_TOTAL = "control total"
    UNDO = "undo"
    DISCARD = "discard"
    RESUME = "resume"
    SUBMIT = "submit"


UNDOABLE = frozenset(
    {StepKind.FILE, StepKind.ABOUT, StepKind.ANSWER, StepKind.MAP, StepKind.EXPLAIN, StepKind.CONTROL_TOTAL}
)
SAID = {
    StepKind.FILE: "the file",
    StepKind.ABOUT: "what the file is about",
    StepKind.ANSWER: "an answer about the layout",
    StepKind.MAP: "a mapping",
    StepKind.EXPLAIN: "an explanation",
    StepKind.CONTROL_TOTAL: "the control total",
}


@dataclass(frozen=True, slots=True)
class DraftStep:
    """One thing that somebody did; `content` holds plain values only."""

    number: int
    kind: StepKind
    content: Mapping[str, Any]
    made_at: datetime
    made_by: str


class DraftState(StrEnum):
    """Whether a draft is still being worked on."""

    OPEN = "open"
    SUBMITTED = "submitted"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decided that a line pays for; no services means: left unmapped on purpose."""

    services: tuple[ServiceShare, ...]
    how: str = "chosen"
    """'accepted' a suggestion, 'chosen' from the list, 'split' by percentages."""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Where a draft's steps have led so far."""

    number: int
    about: About
    file: str
    sha256: str
    touched_by: str
    touched_at: datetime
    state: DraftState = DraftState.OPEN
    submission: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    """By the line's words, or by its cell where one of several like-worded lines is decided alone."""
    explanations: Mapping[str, str] = field(default_factory=dict)
    """By what is explained: 'difference', or 'service:' or 'theme:' and its id."""
    control_total: Decimal | None = None
    share: str = ""
    """Empty takes the usual one."""
    grade: int | None = None
    source: str = ""
    provenance: Provenance = Provenance.STATED
    last_step: DraftStep | None = None
    """What `undo` would take back."""
    steps: int = 0
    newest: int = 0
    """The number of the last step that was kept: what was touched last, whatever the clock said."""

    @property
    def undo_says(self) -> str:
        """What undoing would take back, in words; empty where there is nothing to take back."""
        return SAID[self.last_step.kind] if self.last_step else ""


def words_key(line: ReadLine) -> str:
    """How a line is known from one version of a file to the next: code, words and headings, not its cell."""
    above = " / ".join(plain(heading) for heading in line.headings if heading)
    return f"words:{(line.code or '').strip()}|{plain(line.description)}|{above}|{line.side}"


def cell_key(line: ReadLine) -> str:
    """How one line among several like-worded ones is known."""
    return f"cell:{line.sheet}!{line.column}{line.row}"


def standing(steps: Sequence[DraftStep]) -> tuple[DraftStep, ...]:
    """The steps that count: each undo takes back the last one before it that could be undone."""
    kept: list[DraftStep] = []
    for step in steps:
        if step.kind is not StepKind.UNDO:
            kept.append(step)
        elif (last := _last_undoable(kept)) is not None:
            del kept[last]
    return tuple(kept)


def _last_undoable(kept: Sequence[DraftStep]) -> int | None:
    """The place of the last step that can be taken back; None where none can."""
    places = range(len(kept) - 1, -1, -1)
    undoable = (place for place in places if kept[place].kind in UNDOABLE)
    return next((place for place in undoable if not _first_of_its_kind(kept, place)), None)


def _first_of_its_kind(kept: Sequence[DraftStep], place: int) -> bool:
    """The first file and the first word on what it is about make the draft: they cannot be undone."""
    step = kept[place]
    return step.kind in (StepKind.FILE, StepKind.ABOUT) and not any(
        earlier.kind is step.kind for earlier in kept[:place]
    )


def draft_from(number: int, steps: Sequence[DraftStep]) -> Draft:
    """Where the steps of one draft lead; raises `Refusal` for a draft without its first two steps."""
    kept = standing(steps)
    first = {step.kind: step for step in reversed(kept)}
    if StepKind.FILE not in first or StepKind.ABOUT not in first:
        raise Refusal(f"There is no draft {number}.")
    last = _last_undoable(kept)
    draft = Draft(
        number,
        about_from(first[StepKind.ABOUT].content),
        "",
        "",
        steps[-1].made_by,
        steps[-1].made_at,
        steps=len(steps),
        newest=steps[-1].number,
        last_step=None if last is None else kept[last],
    )
    for step in kept:
        draft = _with_step(draft, step)
    return draft


def _with_step(draft: Draft, step: DraftStep) -> Draft:
    content = step.content
    match step.kind:
        case StepKind.FILE:
            return replace(draft, file=str(content["file"]), sha256=str(content["sha256"]))
        case StepKind.ABOUT:
            return _with_about(draft, content)
        case StepKind.ANSWER:
            return replace(draft, answers=_merged(draft.answers, content))
        case StepKind.MAP:
            return replace(draft, decisions=_decided(draft.decisions, content, step.made_by))
        case StepKind.EXPLAIN:
            return replace(draft, explanations=_merged(draft.explanations, content))
        case StepKind.CONTROL_TOTAL:
            return replace(draft, control_total=_amount_or_none(content.get("total")))
        case StepKind.DISCARD:
            return replace(draft, state=DraftState.DISCARDED)
        case StepKind.RESUME:
            return replace(draft, state=DraftState.OPEN, submission=None)
        case StepKind.SUBMIT:
            return replace(draft, state=DraftState.SUBMITTED, submission=int(content["submission"]))
        case StepKind.UNDO:
            return draft


def _with_about(draft: Draft, content: Mapping[str, Any]) -> Draft:
    grade = content.get("grade")
    return replace(
        draft,
        about=about_from(content),
        share=str(content.get("share") or ""),
        grade=int(grade) if grade else None,
        source=str(content.get("source") or ""),
        provenance=Provenance(content.get("provenance") or Provenance.STATED),
    )


def _amount_or_none(kept: Any) -> Decimal | None:
    """An amount as a step keeps it; None where it is empty."""
    return None if kept in (None, "") else Decimal(str(kept))


def _merged(before: Mapping[str, str], content: Mapping[str, Any]) -> dict[str, str]:
    merged = {**before, **{key: str(value or "").strip() for key, value in content.items()}}
    return {key: value for key, value in merged.items() if value}


def _decided(before: Mapping[str, Decision], content: Mapping[str, Any], by: str) -> dict[str, Decision]:
    decided = dict(before)
    for one in content["decisions"]:
        for key in one["lines"]:
            if one.get("services") is None:
                decided.pop(key, None)
                continue
            shares = tuple(ServiceShare(service, Decimal(share)) for service, share in one["services"])
            decided[key] = Decision(shares, one.get("how", "chosen"), by)
    return decided


def about_from(content: Mapping[str, Any]) -> About:
    """What a step says the file is about."""
    return About(content["organisation"], content["year"], Phase(content["phase"]), content["part"])


def about_step(
    about: About,
    *,
    share: str = "",
    grade: int | None = None,
    source: str = "",
    provenance: Provenance = Provenance.STATED,
) -> dict[str, object]:
    """The content of a step that says what the file is about."""
    return {
        "organisation": about.organisation,
        "year": about.year,
        "phase": str(about.phase),
        "part": about.part,
        "share": share,
        "grade": grade,
        "source": source,
        "provenance": str(provenance),
    }


def map_step(
    lines: Sequence[str], services: Sequence[ServiceShare] | None, *, how: str = "chosen"
) -> dict[str, object]:
    """The content of a step that says what some lines pay for; None takes an earlier decision back.

    >>> from decimal import Decimal
    >>> map_step(["cell:Budget!D4"], [ServiceShare("roads", Decimal(1))])["decisions"]
    [{'lines': ['cell:Budget!D4'], 'services': [['roads', '1']], 'how': 'chosen'}]
    """
    if services and sum((part.share for part in services), Decimal(0)) != 1:
        raise Refusal("The parts of a split add up to 100%.")
    kept = None if services is None else [[part.service, format(part.share, "f")] for part in services]
    return {"decisions": [{"lines": list(lines), "services": kept, "how": how}]}


def map_each(services: Mapping[str, str], *, how: str = "chosen") -> dict[str, object]:
    """The content of one step that gives many lines a service each; one undo takes them all back.

    >>> map_each({"a": "roads"}, how="accepted")["decisions"]
    [{'lines': ['a'], 'services': [['roads', '1']], 'how': 'accepted'}]
    """
    return {
        "decisions": [
            {"lines": [line], "services": [[service, "1"]], "how": how} for line, service in services.items()
        ]
    }
