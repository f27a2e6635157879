"""The one module of caches: the open store, and answers kept until the store changes.

Answers are frozen values, so that sessions can share them without copies. Each is kept under the store's
count of changes; whoever writes makes the next question be asked afresh.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from budget_model.count import assurance as assured
from budget_model.count import benchmark as benchmarks
from budget_model.count import flows as flowing
from budget_model.count import ranked as ranking
from budget_model.count import surroundings, tags
from budget_model.count.consolidate import Mismatch
from budget_model.count.results import LineOnMap, PartOfTotal, SubmissionOnMap, Total
from budget_model.place.model import Place, ThemeKind
from budget_model.scope import Scope
from budget_model.store import joint, mapped, passing, places, spending, submissions
from budget_model.store.store import Store, now, usual_path
from budget_model.together import alignment, decisions, targets
from budget_model.together.alignment import Alignment, By, Matrix, Pair
from budget_model.together.opportunities import Opportunity, OpportunityList
from budget_model.together.pools import LineLimit
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
    def remembered(key: tuple[Store, int], *asked: Any, **named: Any) -> Answer:
        return ask(key[0], *asked, **named)

    @wraps(ask)
    def answer(*asked: Any, **named: Any) -> Answer:
        opened = store()
        return remembered((opened, opened.changes), *(_question(one) for one in asked), **named)

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
        pivot(scope, (Dimension.ORGANISATION, Dimension.GRADE)),
        total(scope).unmapped,
        all_submissions(scope.year),
        [part.key for part in by(scope.switched(organisations=(), themes=()), Dimension.ORGANISATION)],
    )


@kept
def figures(_: Store, scope: Scope) -> ranking.Figures:
    """What a scope's findings on bodies and themes are made from, in pounds of the year.

    Nothing is asked by service, so that no page waits for a breakdown that it does not show.
    """
    return ranking.Figures(
        where=place().name,
        total=total(scope),
        organisations=by(scope, Dimension.ORGANISATION),
        themes=by(scope, Dimension.THEME),
        services=(),
        kinds=(),
        ring_fences=(),
        theme_by_organisation=pivot(scope, (Dimension.THEME, Dimension.ORGANISATION)),
        service_by_organisation=(),
        names=names_of(Dimension.ORGANISATION),
        relied_on=relied_on(scope),
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


spend = kept(joint.joint_spend)
facts = kept(joint.facts)
registered = kept(joint.decisions)
pools = kept(joint.pools)
scenarios = kept(joint.scenarios)
ready = kept(joint.readiness)
advice = kept(joint.overrides)


def today() -> date:
    """The day that 'now' means on the screen."""
    return now().date()


@kept
def opportunities(
    opened: Store, scope: Scope, on: date, weights: tuple[tuple[str, Decimal], ...] = ()
) -> OpportunityList:
    """Every opportunity of a scope on a day, best first, by the place's own weights or by others."""
    return joint.opportunities(opened, scope, on=on, weights=dict(weights) or None)


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


@kept
def overlaps(_: Store, scope: Scope) -> tuple[Pair, ...]:
    """Every two bodies with something in common."""
    return alignment.pairs(spend(scope))


@kept
def matrix(_: Store, scope: Scope, measure: str) -> Matrix:
    """One measure between every two bodies, or of every body on every service."""
    return alignment.matrix(spend(scope), measure)


@kept
def aligned(_: Store, scope: Scope, by: By) -> tuple[Alignment, ...]:
    """Who spends on each service or board."""
    return alignment.align(spend(scope), by=by)


@kept
def behind_targets(_: Store, scope: Scope) -> targets.TargetsMoney:
    """The money behind each target, and the money behind none."""
    known = place()
    return targets.money_by_target(spend(scope), known.targets, known.target_services)


@kept
def reviewed(_: Store, scope: Scope, on: date) -> tuple[decisions.Reviewed, ...]:
    """Every decision of the register beside the present map."""
    entries = registered()
    if not entries:
        return ()
    return decisions.review(
        entries, opportunities(scope, on).opportunities, on, names_of(Dimension.ORGANISATION)
    )


def boards() -> tuple[str, ...]:
    """The delivery boards' ids, in the place's own order."""
    return tuple(theme.id for theme in place().themes if theme.kind is ThemeKind.DELIVERY_BOARD)


def colours() -> dict[str, str]:
    """The fixed colour of each organisation and theme."""
    known: Place = place()
    return (
        {body.id: body.colour for body in known.organisations}
        | {theme.id: theme.colour for theme in known.themes}
        | {stream.id: stream.colour for stream in known.funding_streams}
    )


def short_names() -> dict[str, str]:
    """The short name of each organisation and theme, for labels."""
    known: Place = place()
    return {body.id: body.short_name for body in known.organisations} | {
        theme.id: theme.short_name for theme in known.themes
    }


__all__ = [
    "Mismatch", "PartOfTotal", "SubmissionOnMap", "Total", "advice", "aligned", "all_submissions", "around", "behind_targets",
    "boards", "bridge", "by", "colours", "facts", "figures", "flows", "has_place", "kept", "line_limits", "lines", "matrix",
    "mismatches", "names_of", "one_line", "opportunities", "original_of", "overlaps", "partner_lines",
    "passing_between", "phases", "pivot", "place", "pools", "ready", "registered", "relied_on", "reviewed",
    "scenarios", "short_names", "spend", "store", "tagged", "today", "total", "years",
]  # fmt: skip
