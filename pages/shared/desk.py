"""What an officer has on the desk: a draft, what its file says, and what would be sent; kept till it changes.

Reading a file takes a process of its own, learning to suggest about a second; both are kept under what they
depend on, so that a step on the page answers at once.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Generic, TypeVar

import streamlit as st

from budget_model.contribute.about import About, organisation_of
from budget_model.contribute.compare import Comparison, UnitMistake, unit_mistakes
from budget_model.contribute.compose import Composed, compose
from budget_model.contribute.draft import Draft
from budget_model.contribute.paying import Suggested, Suggests
from budget_model.contribute.remembered import LastSent
from budget_model.contribute.suggesting import suggester_for
from budget_model.contribute.twice import OnTheMap
from budget_model.contribute.understood import Understood, understood
from budget_model.intake.guard import read_guarded
from budget_model.intake.reading import Reading, ReadLine
from budget_model.intake.sheet.answers import PHASE
from budget_model.mapping.memory import Confirmed
from budget_model.place.model import ConfirmedMapping, Organisation, Place
from budget_model.store import changes, contributions, mapping_memory, quality
from budget_model.store.store import Store
from budget_model.store.twice import on_the_map
from pages.shared import kept, signing

confirmed = kept.kept(mapping_memory.confirmed)
without_service = kept.kept(mapping_memory.without_service)
drafts = kept.kept(contributions.drafts)
draft_of = kept.kept(contributions.draft_of)
register = kept.kept(quality.register)
measured = kept.kept(quality.measured)
assessments = kept.kept(quality.assessments)
settlements = kept.kept(quality.settlements)
certificate_of = kept.kept(changes.certificate_of)


@lru_cache(maxsize=12)
def _read(sha256: str, file: str, answers: "Answers", data: "Beside[bytes]") -> Reading:
    del sha256
    return read_guarded(data.held, file, dict(answers))


T = TypeVar("T")
Answers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Same(Generic[T]):
    """A value that is looked up as the very same one, not as an equal one: comparing large values takes time."""

    held: T

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.held is other.held

    def __hash__(self) -> int:
        return id(self.held)


@dataclass(frozen=True, slots=True, eq=False)
class Beside(Generic[T]):
    """A value that counts for nothing when an answer is looked up: the others stand for it."""

    held: T

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Beside)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=3)
def _suggester(memory: tuple[Confirmed, ...], place: Place) -> Suggests:
    asked = suggester_for(place, memory)
    answered: dict[tuple[str, tuple[ReadLine, ...]], Sequence[Sequence[Suggested]]] = {}

    def suggest(organisation: Organisation, lines: Sequence[ReadLine]) -> Sequence[Sequence[Suggested]]:
        key = (organisation.id, tuple(lines))
        if key not in answered:
            while len(answered) > 8:
                answered.pop(next(iter(answered)))
            answered[key] = asked(organisation, lines)
        return answered[key]

    return suggest


def reading_of(draft: Draft) -> Reading:
    """What a draft's file says, with all that was answered; raises `Refusal` for a file that is none."""
    store = kept.store()
    remembered = contributions.remembered_answers(store, draft.about.organisation)
    answers = tuple(sorted({**remembered, **draft.answers, PHASE: str(draft.about.phase)}.items()))
    file, data = contributions.file_of(store, draft.number)
    return _read(draft.sha256, file, answers, Beside(data))


@lru_cache(maxsize=12)
def _understood(
    reading: Same[Reading], about: About, organisation: Organisation, answers: Answers
) -> Understood:
    return understood(reading.held, about, organisation, dict(answers))


@lru_cache(maxsize=8)
def _made(
    draft: tuple[int, int, datetime],
    about: About,
    answers: Answers,
    memory: tuple[Confirmed, ...],
    before: tuple[ConfirmedMapping, ...],
    place: Place,
    given: Beside[Draft],
    on_map: Same[tuple[OnTheMap, ...]],
    last: Same[LastSent | None],
) -> Composed:
    """What would be sent, kept under all that it depends on: another officer's step elsewhere changes nothing."""
    del draft
    reading = reading_of(given.held)
    organisation = organisation_of(place, about.organisation)
    said = contributions.said_in(given.held, dict(answers))
    return compose(
        reading,
        said,
        place,
        confirmed=memory,
        before=before,
        suggests=_suggester(memory, place),
        found=_understood(Same(reading), about, organisation, answers),
        on_map=on_map.held,
        last=last.held,
    )


def composed(draft: Draft) -> Composed:
    """What would be sent if the draft were sent now."""
    store = kept.store()
    remembered = contributions.remembered_answers(store, draft.about.organisation)
    answers = tuple(sorted({**remembered, **draft.answers}.items()))
    before = mapping_memory.lines_before(store, draft.about.organisation)
    return _made(
        (draft.number, draft.steps, draft.touched_at),
        draft.about,
        answers,
        confirmed(),
        tuple(before),
        kept.place(),
        Beside(draft),
        Same(_on_the_map(draft.about)),
        Same(_last_sent(draft.about)),
    )


@kept.kept
def _last_sent(store: Store, about: About) -> LastSent | None:
    return changes.last_sent(store, about)


@kept.kept
def _on_the_map(store: Store, about: About) -> tuple[OnTheMap, ...]:
    return on_the_map(store, about)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a draft changes: against last year, against the last submission, and on the map."""

    last_year: Comparison | None
    last_sent: Comparison | None
    on_map: Comparison
    mistakes: tuple[UnitMistake, ...]


@kept.kept
def _changes(store: Store, number: int) -> Changes:
    draft, place = contributions.draft_of(store, number), kept.place()
    made, about = composed(draft), draft.about
    earlier, latest = changes.sent_last_year(store, about), changes.sent_before(store, about)
    before = earlier or latest
    return Changes(
        changes.against(store, made.submission, earlier, place) if earlier else None,
        changes.against(store, made.submission, latest, place) if latest else None,
        changes.would_change(store, made.submission, place),
        unit_mistakes(
            changes.lines_sent(store, before[0]) if before else (), made.submission.lines, place.plausibility
        ),
    )


def changes_of(draft: Draft) -> Changes:
    """What a draft would change."""
    return _changes(draft.number)


def greet(
    organisation: str, name: str, doing: str, tell: Callable[[Sequence[contributions.Present]], None]
) -> None:
    """Note that this officer is at an organisation's figures, and tell who else is.

    Whoever gave no name yet is told apart by the session, so that nobody is warned of themselves.
    """
    mark = str(st.session_state.setdefault("desk_mark", secrets.token_hex(2)))
    nameless = f"{signing.NAMELESS} ({mark})"
    person = nameless if name == signing.NAMELESS else name
    found = contributions.seen(kept.store(), organisation, person, doing)
    tell([present for present in found if present.person != nameless])
