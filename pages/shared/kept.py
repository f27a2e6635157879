"""The one module of caches: the open store, and answers kept until the store changes.

Answers are frozen values, so that sessions can share them without copies. Each is kept under the store's
count of changes; whoever writes makes the next question be asked afresh.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from budget_model.count import assurance as assured
from budget_model.count import benchmark as benchmarks
from budget_model.count import findings as found
from budget_model.count import flows as flowing
from budget_model.count import surroundings, tags
from budget_model.count.consolidate import Mismatch
from budget_model.count.results import LineOnMap, PartOfTotal, SubmissionOnMap, Total
from budget_model.place.model import Place, ThemeKind
from budget_model.scope import Scope
from budget_model.store import mapped, passing, places, spending, submissions
from budget_model.store.store import Store, usual_path
from budget_model.vocabulary import Dimension

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@st.cache_resource(show_spinner=False)
def _open(path: str) -> Store:
    return Store(path)


def store() -> Store:
    """The open store, shared by every session of this process; raises `Refusal` where it cannot be."""
    return _open(str(usual_path()))


def kept(ask: Callable[Concatenate[Store, Asked], Answer]) -> Callable[Asked, Answer]:
    """Keep what a question to the store gave until somebody writes to the store.

    How figures are shown (per head, real terms) is no part of the question, so one answer serves all.
    """

    @lru_cache(maxsize=512)
    def remembered(opened: Store, changes: int, *asked: Any, **named: Any) -> Answer:
        return ask(opened, *asked, **named)

    @wraps(ask)
    def answer(*asked: Any, **named: Any) -> Answer:
        opened = store()
        return remembered(opened, opened.changes, *(_question(one) for one in asked), **named)

    return answer


def _question(one: Any) -> Any:
    return one.switched(per_head=False, real_terms=False) if isinstance(one, Scope) else one


has_place = kept(places.has_place)
years = kept(spending.years)
phases = kept(spending.phases)
place = kept(places.place_of)
total = kept(spending.total)
by = kept(spending.by)
pivot = kept(spending.pivot)
names_of = kept(spending.names_of)
all_submissions = kept(spending.submissions)
mismatches = kept(mapped.mismatches)
passing_between = kept(passing.passing_between)
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
def one_line(opened: Store, scope: Scope, line: int) -> LineOnMap | None:
    """One line by its number: as the scope counts it, or else as its year does with nothing left out."""
    if not 0 <= line < 2**62:
        return None
    for wider in (scope, Scope(year=scope.year)):
        lines_found = spending.lines(opened, wider, line=line).lines
        if lines_found:
            return lines_found[0]
    return None


@kept
def relied_on(_: Store, scope: Scope) -> assured.Assurance:
    """What stands behind a scope's figures."""
    return assured.assurance(
        place(),
        by(scope, Dimension.SUBMISSION),
        by(scope, Dimension.GRADE),
        by(scope, Dimension.SERVICE),
        all_submissions(scope.year),
        [part.key for part in by(scope.switched(organisations=(), themes=()), Dimension.ORGANISATION)],
    )


@kept
def findings(_: Store, scope: Scope) -> tuple[found.Finding, ...]:
    """The three findings of a scope."""
    return found.findings(
        total(scope),
        by(scope, Dimension.ORGANISATION),
        by(scope, Dimension.THEME),
        pivot(scope, (Dimension.THEME, Dimension.ORGANISATION)),
        names_of(Dimension.ORGANISATION),
        relied_on(scope),
    )


@kept
def bridge(_: Store, scope: Scope) -> benchmarks.Bridge:
    """From the published benchmark to the place's total."""
    sent = {str(one.submission): one for one in all_submissions(scope.year)}
    money = [
        benchmarks.MappedMoney(sent[part.key].organisation, sent[part.key].part, part.gross)
        for part in by(scope, Dimension.SUBMISSION)
    ]
    passed = [(one.payer, one.payee, one.amount) for one in passing_between(scope)]
    return benchmarks.bridge(place(), money, passed, total(scope).total)


@kept
def flows(_: Store, scope: Scope, most: int) -> flowing.Flows:
    """Funding → organisation → theme."""
    known = place()
    names = {
        "funding": names_of(Dimension.FUNDING)
        | {stream.id: stream.short_name for stream in known.funding_streams}
        | {flowing.NOT_KNOWN: "Funding not known"},
        "organisation": {body.id: body.short_name for body in known.organisations},
        "theme": names_of(Dimension.THEME) | {theme.id: theme.short_name for theme in known.themes},
    }
    colours = {
        "funding": {stream.id: stream.colour for stream in known.funding_streams},
        "organisation": {body.id: body.colour for body in known.organisations},
        "theme": {theme.id: theme.colour for theme in known.themes},
    }
    cells = pivot(scope, (Dimension.FUNDING, Dimension.ORGANISATION, Dimension.THEME))
    return flowing.flows(known, cells, names, colours, most=most)


@kept
def tagged(_: Store, scope: Scope) -> tuple[tags.Tagged, ...]:
    """What contributes to each cross-cutting theme."""
    return tags.tagged(place(), by(scope, Dimension.SERVICE))


@kept
def around(opened: Store, line: LineOnMap) -> surroundings.Around | None:
    """The cells around a line's own, from the workbook as it was sent."""
    file, data = submissions.original_of(opened, line.submission)
    return surroundings.around(data, file, line.sheet, line.row, line.column)


def boards() -> tuple[str, ...]:
    """The delivery boards' ids, in the place's own order."""
    return tuple(theme.id for theme in place().themes if theme.kind is ThemeKind.DELIVERY_BOARD)


def colours() -> dict[str, str]:
    """The fixed colour of each organisation and theme."""
    known: Place = place()
    return {one.id: one.colour for one in (*known.organisations, *known.themes, *known.funding_streams)}


def short_names() -> dict[str, str]:
    """The short name of each organisation and theme, for labels."""
    known: Place = place()
    return {one.id: one.short_name for one in (*known.organisations, *known.themes)}


__all__ = [
    "Mismatch", "PartOfTotal", "SubmissionOnMap", "Total", "all_submissions", "around", "boards", "bridge",
    "by", "colours", "findings", "flows", "has_place", "kept", "lines", "mismatches", "names_of", "one_line",
    "original_of", "passing_between", "phases", "pivot", "place", "relied_on", "short_names", "store",
    "tagged", "total", "years",
]  # fmt: skip
