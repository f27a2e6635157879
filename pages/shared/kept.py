"""The one module of caches: the open store, and answers kept until the store changes.

Answers are frozen values, so that sessions can share them without copies. Each is kept under the store's
count of changes; whoever writes makes the next question be asked afresh.
"""

from collections.abc import Callable, Hashable
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from budget_model import measured
from budget_model.access import local
from budget_model.answers import Answers, Memory
from budget_model.count import surroundings
from budget_model.count.assurance import Assurance
from budget_model.count.places import Places
from budget_model.count.results import LineOnMap, PartOfTotal, Total
from budget_model.place.model import Place
from budget_model.scope import Scope
from budget_model.searching import Entry, Index, index
from budget_model.store import joint, mapped, spending, submissions, versions
from budget_model.store import places as place_kept
from budget_model.store.store import Store
from budget_model.together import decisions
from budget_model.together.opportunities import Opportunity, OpportunityList
from budget_model.together.pools import LineLimit
from budget_model.together.spend import JointSpend
from budget_model.vocabulary import Dimension
from pages.shared import asking

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


OF_A_SCOPE = "What is worked out for one choice of money"
"""How the answers of `Answers` are counted, all together."""

VERSION = "version_shown"
"""Under this the session keeps the number of the published map that its page shows; 0 is today's."""

ASKED = "version_asked"
"""Under this the number of the published map that the session looks at, also where its page shows today's."""


def live() -> Store:
    """Today's open store, asked in the name of whoever is at the page; nothing is changed from within a version."""
    store, number = asking.store(), st.session_state.get(ASKED, 0)
    if number:
        store.freeze(
            f"You are looking at version {number} of the map, from where nothing is changed. Go back to today’s map first."
        )
    return store


def store() -> Store:
    """The store that the page shows: today's, or a published version of it, which refuses every change."""
    return _of_version(st.session_state.get(VERSION, 0))


def _of_version(number: int) -> Store:
    return versions.opened(asking.store(), number) if number else live()


def kept(ask: Callable[Concatenate[Store, Asked], Answer], *, today: bool = False) -> Callable[Asked, Answer]:
    """Keep what a question to the store gave until somebody writes to the store.

    The store is that of the version that a scope names, else of the version that the page shows, or with
    `today` the living one.

    How figures are shown (per resident, real terms) is no part of the question, so one answer serves all.
    """
    words = _in_words(ask)

    @lru_cache(maxsize=512)
    def remembered(key: tuple[Store, int], *asked: Any, **named: Any) -> Answer:
        measured.WORKED_OUT.labels(words).inc()
        return ask(key[0], *asked, **named)

    @wraps(ask)
    def answer(*asked: Any, **named: Any) -> Answer:
        measured.ASKED.labels(words).inc()
        number = next((scope.version for scope in asked if isinstance(scope, Scope)), None)
        shown = live() if today else store() if number is None else _of_version(number)
        return remembered((shown, shown.changes), *(_question(one) for one in asked), **named)

    return answer


def _in_words(ask: Callable[..., Any]) -> str:
    """What a question to the store answers, as whoever looks after the dashboard reads it: the first line about it.

    What it raises is for programmers.
    """
    first = (ask.__doc__ or ask.__name__.replace("_", " ")).strip().split("\n")[0]
    return first.partition("; raises")[0].rstrip(".")


def _question(one: Any) -> Any:
    return one.switched(per_head=False, real_terms=False) if isinstance(one, Scope) else one


has_place = kept(place_kept.has_place)
years = kept(spending.years)
place = kept(place_kept.place_of)
names_of = kept(spending.names_of)


@kept
def names_of_bodies_and_services(opened: Store) -> dict[str, str]:
    """What bodies and services are called, together."""
    return spending.names_of(opened, Dimension.SERVICE) | spending.names_of(opened, Dimension.ORGANISATION)


all_submissions = kept(spending.submissions)
mismatches = kept(mapped.mismatches)
published = kept(versions.published, today=True)
original_of = submissions.original_of


@kept
def lines(
    opened: Store,
    scope: Scope,
    chosen: tuple[tuple[Dimension, str], ...] = (),
    text: str = "",
    limit: int = 200,
    offset: int = 0,
) -> spending.LinesFound:
    """One page of the lines behind a figure."""
    return spending.lines(opened, scope, dict(chosen), text=text, limit=limit, offset=offset)


@kept
def lines_saying(opened: Store, scope: Scope, words: tuple[str, ...], limit: int) -> tuple[LineOnMap, ...]:
    """The largest lines that say every word."""
    return spending.lines_saying(opened, scope, words, limit)


@kept
def search_index(_: Store, scope: Scope, pages: tuple[Entry, ...], *, joined: bool) -> Index:
    """Everything that can be looked for, in whole pounds."""
    return index(answers(scope), pages, joined=joined)


@kept
def one_line(opened: Store, scope: Scope, line: int) -> LineOnMap | None:
    """One line by its number: as the scope counts it, or else as its year does with nothing left out."""
    if not 0 <= line < 2**62:
        return None
    for wider in (scope, Scope(year=scope.year)):
        lines_found = spending.lines(opened, wider, line=line).lines
        if lines_found:
            return lines_found[0]
    return None


class _CountedMemory(Memory):
    """A memory of answers that counts how often it is asked, and how often it did not know."""

    def once(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """What was answered before, else what `ask` answers now."""

        def worked_out() -> Answer:
            measured.WORKED_OUT.labels(OF_A_SCOPE).inc()
            return ask()

        measured.ASKED.labels(OF_A_SCOPE).inc()
        return super().once(question, worked_out)


@lru_cache(maxsize=8)
def _memory(opened: Store, changes: int) -> Memory:  # noqa: ARG001  # another count, another memory
    return _CountedMemory()


def answers(scope: Scope) -> Answers:
    """Everything that is worked out for a scope, kept until somebody writes to the store."""
    opened = live()
    return Answers(opened, scope, memory=_memory(opened, opened.changes))


def places() -> Places:
    """What this place and every other that the store knows of published."""
    return answers(Scope()).places()


def total(scope: Scope) -> Total:
    """The scope's total."""
    return answers(scope).total()


def by(scope: Scope, dimension: Dimension) -> tuple[PartOfTotal, ...]:
    """The total broken down, the largest part first."""
    return answers(scope).by(dimension)


def relied_on(scope: Scope) -> Assurance:
    """What stands behind a scope's figures."""
    return answers(scope).relied_on()


def spend(scope: Scope) -> tuple[JointSpend, ...]:
    """The money as working together looks at it."""
    return answers(scope).spend()


@kept
def around(opened: Store, line: LineOnMap) -> surroundings.Around | None:
    """The cells around a line's own, from the workbook as it was sent."""
    if not opened.sight.partner or not submissions.is_open(opened, line.submission):
        return None
    whole = opened.asked_by(local("the cells around a line"))
    file, data = submissions.original_of(whole, line.submission)
    return surroundings.around(data, file, line.sheet, line.row, line.column)


facts = kept(joint.facts)
pools = kept(joint.pools)
scenarios = kept(joint.scenarios)
ready = kept(joint.readiness)
advice = kept(joint.overrides)


def opportunities(scope: Scope, weights: tuple[tuple[str, Decimal], ...] = ()) -> OpportunityList:
    """Every opportunity of a scope today, best first, by the place's own weights or by others."""
    return answers(scope).opportunities(weights)


@kept
def partner_lines(
    opened: Store, scope: Scope, opportunity: Opportunity, limit: int = 200
) -> tuple[joint.PartnerLines, ...]:
    """The lines of an opportunity's partners, side by side."""
    return joint.lines_of(opened, scope, opportunity, limit=limit)


@kept
def line_limits(opened: Store, scope: Scope, lines: tuple[int, ...]) -> tuple[LineLimit, ...]:
    """How much each of some lines holds."""
    return joint.line_limits(opened, scope, lines)


def reviewed(scope: Scope) -> tuple[decisions.Reviewed, ...]:
    """Every decision of the register beside the present map."""
    return answers(scope).reviewed()


def short_names() -> dict[str, str]:
    """The short name of each organisation and theme, for labels."""
    known: Place = place()
    return {body.id: body.short_name for body in known.organisations} | {
        theme.id: theme.short_name for theme in known.themes
    }
