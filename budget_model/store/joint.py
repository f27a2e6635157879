"""What the store knows about working together: spending at the grain that decides it, and the registers.

Registers are only ever added to: the last word on a subject stands, and what stood before is still there
with who and when. Every change is in the audit log, in the same transaction.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from budget_model import dates
from budget_model.access import Act
from budget_model.contribute.strings import strings_said
from budget_model.count.results import UNMAPPED, LineOnMap
from budget_model.financial_year import year_before
from budget_model.intake.sheet.string_words import AS_ATTRIBUTE
from budget_model.money import NOTHING
from budget_model.place.model import Place, PlannedContribution
from budget_model.place.strings import NO_STRINGS, strings_by_stream
from budget_model.plain_values import from_plain, to_plain
from budget_model.problem import Location, Problem, Refusal, Severity
from budget_model.scope import Scope
from budget_model.store import spending
from budget_model.store.places import place_of
from budget_model.store.store import Row, Store, Writer, now, question
from budget_model.store.submissions import write_audit
from budget_model.together import scenarios as what_if
from budget_model.together.back_office import Overhead
from budget_model.together.decisions import Decision, Event, Snapshot, State, decision_of, snapshot_of
from budget_model.together.facts import Facts, LegalOverride, OverrideOf, Readiness, facts_of
from budget_model.together.headroom import GRANT_ORIGINS, Grant
from budget_model.together.ladder import LADDER
from budget_model.together.opportunities import Opportunity, OpportunityList, day_of_the_map, find
from budget_model.together.pools import Contribution, LineLimit, Pool, existing
from budget_model.together.scenarios import Scenario
from budget_model.together.spend import JointSpend
from budget_model.vocabulary import (
    Dimension,
    Discretion,
    Kind,
    Nature,
    OrganisationType,
    RingFence,
    Sensitivity,
    Side,
    View,
)

LONGEST_WORDS = 4_000


# Spending


def joint_spend(store: Store, scope: Scope) -> tuple[JointSpend, ...]:
    """Who spends what, on what, how freely, in one scope: what every function of `together` starts from.

    The scope's view does not enter: money is with the body that decides on it, which is the commissioner.
    """
    sql = question("joint_spend").replace("{in_scope}", spending.scoped())
    asked = _asked(scope) | {"strings": AS_ATTRIBUTE}
    return tuple(_spend(row) for row in store.select(sql, asked))


def _spend(row: Row) -> JointSpend:
    (
        body,
        kind_of_body,
        service,
        board,
        amount,
        kind,
        ring_fence,
        discretion,
        committed_until,
        area,
        sensitivity,
        grade,
        share,
        side,
        funding,
        stage,
        client_groups,
        cash,
        lines,
        attributes,
    ) = row
    return JointSpend(
        body,
        _BODIES[kind_of_body],
        service,
        board,
        amount,
        _KINDS[kind],
        _FENCES[ring_fence],
        _CHOICES[discretion],
        committed_until,
        area,
        _SEEN[sensitivity],
        grade,
        share,
        _SIDES[side],
        funding,
        stage,
        tuple(client_groups),
        cash,
        lines,
        strings_said(tuple(json.loads(attributes).items())).strings if attributes else NO_STRINGS,
    )


# The store's words as the model's: looked up, since making a member of an enumeration is slow, and there
# are as many to make as there are sums.
_BODIES = {str(organisation_type): organisation_type for organisation_type in OrganisationType}
_KINDS = {str(kind): kind for kind in Kind}
_FENCES = {str(ring_fence): ring_fence for ring_fence in RingFence}
_CHOICES = {str(discretion): discretion for discretion in Discretion}
_SEEN = {str(sensitivity): sensitivity for sensitivity in Sensitivity}
_SIDES = {str(side): side for side in Side}


def _asked(scope: Scope) -> dict[str, object]:
    return spending.asked_of(scope.switched(view=View.COMMISSIONER))


def facts(store: Store, on: date | None = None, year: str = "") -> Facts:
    """What is known of the place, with what its partners have recorded since; `year` is the map's."""
    place = place_of(store)
    today = on or dates.today()
    every = pools(store)
    in_year = existing(every, day_of_the_map(year or place.default_year, today))
    return facts_of(place).with_register(readiness(store), existing(every, today), in_year)


def opportunities(
    store: Store,
    scope: Scope,
    *,
    on: date | None = None,
    weights: Mapping[str, Decimal] | None = None,
) -> OpportunityList:
    """Every opportunity in one scope, best first: what the page and the command line both show."""
    today = on or dates.today()
    return find(
        joint_spend(store, scope),
        facts(store, today, scope.year),
        on=today,
        year=scope.year,
        weights=weights,
        overrides=overrides(store),
    )


@dataclass(frozen=True, slots=True)
class PartnerLines:
    """One partner's lines of an opportunity, largest first; none where it shows totals only."""

    organisation: str
    lines: tuple[LineOnMap, ...]
    how_many: int
    hidden: bool


def lines_of(
    store: Store, scope: Scope, opportunity: Opportunity, *, limit: int = 2_000
) -> tuple[PartnerLines, ...]:
    """The partners' lines side by side, down to their cells, the largest partner first.

    Lines that stay aside (ring-fenced, capital) are among them: what a line can reach is said by its own
    conditions. At most `limit` lines, the largest.
    """
    shown = [partner for partner in opportunity.partners if not partner.totals_only]
    asked = _asked(scope) | {
        "bodies": [partner.organisation for partner in shown],
        "services": list(opportunity.services),
    }
    condition = "list_contains($bodies, organisation) and list_contains($services, service)"
    lines_found = spending.lines_where(store, asked, condition, limit)
    held: defaultdict[str, list[LineOnMap]] = defaultdict(list)
    for line in lines_found.lines:
        held[line.organisation].append(line)
    whole = lines_found.how_many == len(lines_found.lines)
    return tuple(
        PartnerLines(
            partner.organisation,
            tuple(held[partner.organisation]),
            len(held[partner.organisation]) if whole and not partner.totals_only else partner.lines,
            partner.totals_only,
        )
        for partner in opportunity.partners
    )


def line_limits(store: Store, scope: Scope, lines: Iterable[int]) -> tuple[LineLimit, ...]:
    """How much each of these lines holds in one scope, so that a contribution cannot exceed it, pounds."""
    numbers = sorted(set(lines))
    if not numbers:
        return ()
    sql = question("joint_line_limits").replace("{in_scope}", spending.scoped())
    rows = store.select(sql, _asked(scope) | {"lines": numbers})
    return tuple(LineLimit(int(number), body, words, amount) for number, body, words, amount in rows)


# Measures that need the registers or the place besides spending


def overheads(store: Store, scope: Scope) -> tuple[Overhead, ...]:
    """What each body spends on back-office functions and buys for its services, in one scope."""
    sql = question("joint_overheads").replace("{in_scope}", spending.scoped())
    return tuple(
        Overhead(body, function, Nature(nature), Kind(kind), amount, ends)
        for body, function, nature, kind, amount, ends in store.select(sql, _asked(scope))
    )


def grants(store: Store, year: str, against: str = "") -> tuple[Grant, ...]:
    """What each body gets from each grant, in one year and in another, else the year before it; with its terms."""
    asked = {"year": year, "against": against or year_before(year), "origins": list(GRANT_ORIGINS)}
    place = place_of(store)
    terms, strings = facts_of(place).terms, strings_by_stream(place)
    return tuple(
        Grant(f"{body}: {name}", this, last, organisation, stream, terms.get(stream), strings[stream])
        for organisation, body, stream, name, this, last in store.ask("joint_grants", asked)
    )


def funded_years(store: Store) -> tuple[str, ...]:
    """The years in which any body's funding is stated, the latest first."""
    return tuple(year for (year,) in store.ask("joint_grant_years"))


# The decision register


def decisions(store: Store) -> tuple[Decision, ...]:
    """The register as it stands, the latest change first."""
    events: defaultdict[str, list[Event]] = defaultdict(list)
    newest: dict[str, int] = {}
    for order, row in enumerate(store.ask("joint_decision_events")):
        events[row[0]].append(_event(row))
        newest[row[0]] = order
    entries = [
        decision_of(opportunity, title, partners, services, events[opportunity])
        for opportunity, title, partners, services in store.ask("joint_decisions")
    ]
    return tuple(sorted(entries, key=lambda entry: newest[entry.opportunity], reverse=True))


def _event(row: Row) -> Event:
    opportunity, what, state, owner, review_on, comment, money, made_at, made_by = row
    return Event(
        decision=opportunity,
        what=what,
        made_by=made_by,
        made_at=_utc(made_at),
        state=State(state) if state else None,
        owner=owner,
        review=review_on,
        comment=comment,
        snapshot=from_plain(Snapshot, json.loads(money)) if money else None,
    )


def register(
    store: Store, opportunity: Opportunity, *, by: str, owner: str = "", scenario: str = ""
) -> Decision:
    """Put an opportunity into the register as an idea; one that is there already stays as it is."""
    for entry in decisions(store):
        if entry.opportunity == opportunity.id:
            return entry
    return enter(
        store,
        opportunity.id,
        opportunity.title,
        sorted(opportunity.organisations),
        opportunity.services,
        snapshot_of(opportunity),
        by=by,
        owner=owner,
        scenario=scenario,
    )


def enter(
    store: Store,
    identity: str,
    title: str,
    partners: Sequence[str],
    services: Sequence[str],
    snapshot: Snapshot,
    *,
    by: str,
    owner: str = "",
    scenario: str = "",
) -> Decision:
    """Put into the register what is no opportunity of the present map, such as a scenario of one's own."""
    with store.writing(Act.WORK_TOGETHER) as writer:
        known = writer.execute(
            "select count(*) from decision where opportunity = $identity", {"identity": identity}
        )[0][0]
        if not known:
            writer.execute(
                "insert into decision values ($id, $title, $partners, $services, $scenario, $at, $by)",
                {
                    "id": identity,
                    "title": _words(title),
                    "partners": list(partners),
                    "services": list(services),
                    "scenario": scenario,
                    "at": now(),
                    "by": by,
                },
            )
            _add_event(writer, identity, "registered", by, state=State.IDEA, owner=owner, snapshot=snapshot)
            write_audit(writer, by, "decision registered", identity, "", title)
    return _decision(store, identity)


def decide(
    store: Store,
    identity: str,
    *,
    by: str,
    state: State | None = None,
    owner: str = "",
    review: date | None = None,
    comment: str = "",
    looked_at: Opportunity | None = None,
) -> Decision:
    """Move a decision on, say something about it, or note that its present money was looked at.

    A change of state with `looked_at`, and `looked_at` alone, make that money the one that later changes
    are held against. Raises `Refusal` for a decision that is not in the register, or for saying nothing.
    """
    before = _decision(store, identity)
    said = {"state": state, "owner": owner, "review": review, "comment": comment.strip()}
    what = next((name for name, value in (said | {"looked again": looked_at}).items() if value), "")
    if not what:
        raise Refusal("Nothing was said: choose a state, an owner or a review date, or write a comment.")
    if state is State.REJECTED and before.state is not state and not comment.strip():
        raise Refusal("Say why it is rejected: the reason is kept, so that nobody has to find it again.")
    with store.writing(Act.WORK_TOGETHER) as writer:
        _add_event(
            writer,
            identity,
            what,
            by,
            state=state,
            owner=owner,
            review=review,
            comment=comment,
            snapshot=snapshot_of(looked_at) if looked_at is not None else None,
        )
        after = f"{state or before.state}, {owner or before.owner or 'no owner'}"
        write_audit(writer, by, f"decision {what}", identity, str(before.state), after)
    return _decision(store, identity)


def _add_event(
    writer: Writer,
    identity: str,
    what: str,
    by: str,
    *,
    state: State | None = None,
    owner: str = "",
    review: date | None = None,
    comment: str = "",
    snapshot: Snapshot | None = None,
) -> None:
    writer.execute(
        "insert into decision_event values "
        "($id, $opportunity, $what, $state, $owner, $review, $comment, $money, $at, $by)",
        {
            "id": writer.numbers("event_id", 1)[0],
            "opportunity": identity,
            "what": what,
            "state": str(state) if state else "",
            "owner": _words(owner),
            "review": review,
            "comment": _words(comment),
            "money": json.dumps(to_plain(snapshot)) if snapshot else "",
            "at": now(),
            "by": by,
        },
    )


def _decision(store: Store, identity: str) -> Decision:
    for decision in decisions(store):
        if decision.opportunity == identity:
            return decision
    raise Refusal(f"There is no decision {identity} in the register. Put the opportunity into it first.")


# Readiness and legal advice


def readiness(store: Store) -> tuple[Readiness, ...]:
    """What partners last recorded of how ready they are."""
    return tuple(
        Readiness(opportunity, points, planned_start, reason, made_by)
        for opportunity, points, planned_start, reason, made_by in store.ask("joint_readiness")
    )


def record_readiness(store: Store, said: Readiness, *, by: str) -> None:
    """Record how ready partners are; raises `Refusal` for points that are not 0 to 4."""
    if said.points is not None and not 0 <= said.points <= 4:
        raise Refusal("Readiness is recorded from 0 to 4.")
    with store.writing(Act.WORK_TOGETHER) as writer:
        writer.execute(
            "insert into readiness values ($id, $opportunity, $points, $start, $reason, $at, $by)",
            {
                "id": writer.numbers("event_id", 1)[0],
                "opportunity": said.opportunity,
                "points": said.points,
                "start": said.planned_start,
                "reason": _words(said.reason),
                "at": now(),
                "by": by,
            },
        )
        write_audit(writer, by, "readiness recorded", said.opportunity, "", str(said.points))


def overrides(store: Store) -> tuple[LegalOverride, ...]:
    """The legal advice that stands in place of rules."""
    return tuple(
        LegalOverride(OverrideOf(subject), key, int(level), reason, made_by, _utc(made_at))
        for subject, key, level, reason, made_by, made_at in store.ask("joint_legal_overrides")
    )


def override(store: Store, of: OverrideOf, key: str, level: int, reason: str, *, by: str) -> None:
    """Put legal advice in place of a rule's limit; raises `Refusal` without a reason or a level 0 to 7."""
    if not 0 <= level < len(LADDER):
        raise Refusal("A legal limit is a level from 0 to 7.")
    if not reason.strip():
        raise Refusal("Say why the limit is another: who advised it, and when.")
    _override(store, of, key, level, reason, by=by, withdrawn=False)


def withdraw_override(store: Store, of: OverrideOf, key: str, *, by: str) -> None:
    """Let the rule stand again."""
    _override(store, of, key, 0, "withdrawn", by=by, withdrawn=True)


@dataclass(frozen=True, slots=True)
class Moved:
    """An opportunity that legal advice would move: its level and its place in the list, before and after."""

    title: str
    levels: tuple[int, int]
    places: tuple[int, int]


def override_preview(store: Store, scope: Scope, of: OverrideOf, key: str, level: int) -> tuple[Moved, ...]:
    """What advice would change, the first in the list first; tried and taken back, so that nothing is kept."""
    before = _placed(store, scope)
    with store.trial(Act.OVERRULE) as (writer, tried):
        _add_override(writer, of, key, level, "tried", by="", withdrawn=False)
        after = _placed(tried, scope)
        moved = (
            Moved(title, (was, will[1]), (place, will[2]))
            for identity, (title, was, place) in before.items()
            if (will := after.get(identity)) and (was, place) != will[1:]
        )
        return tuple(moved)
    raise RuntimeError("A trial ended without an answer.")


def _placed(store: Store, scope: Scope) -> dict[str, tuple[str, int, int]]:
    """Each opportunity with its title, its level and its place."""
    every = opportunities(store, scope).opportunities
    return {
        opportunity.id: (opportunity.title, opportunity.level, place)
        for place, opportunity in enumerate(every, start=1)
    }


def _override(
    store: Store, of: OverrideOf, key: str, level: int, reason: str, *, by: str, withdrawn: bool
) -> None:
    stood = next(
        (
            legal_override
            for legal_override in overrides(store)
            if (legal_override.of, legal_override.key) == (of, key)
        ),
        None,
    )
    with store.writing(Act.OVERRULE) as writer:
        _add_override(writer, of, key, level, reason, by=by, withdrawn=withdrawn)
        what = "legal advice withdrawn" if withdrawn else "legal advice recorded"
        before = f"{stood.level}: {stood.reason}" if stood else ""
        write_audit(writer, by, what, f"{of} {key}", before, f"{level}: {reason}")


def _add_override(
    writer: Writer, of: OverrideOf, key: str, level: int, reason: str, *, by: str, withdrawn: bool
) -> None:
    writer.execute(
        "insert into legal_override values ($id, $of, $key, $level, $reason, $withdrawn, $at, $by)",
        {
            "id": writer.numbers("event_id", 1)[0],
            "of": str(of),
            "key": key,
            "level": level,
            "reason": _words(reason),
            "withdrawn": withdrawn,
            "at": now(),
            "by": by,
        },
    )


# Pools


def pools(store: Store) -> tuple[Pool, ...]:
    """Every pool in the register in its present wording, by name."""
    return tuple(from_plain(Pool, json.loads(said)) for (said,) in store.ask("joint_pools"))


def keep_pool(store: Store, pool: Pool, *, by: str) -> None:
    """Put a pool into the register, or a new wording of one that is there; the old wording is kept."""
    with store.writing(Act.WORK_TOGETHER) as writer:
        write_pool(writer, pool, by=by)


def write_pool(writer: Writer, pool: Pool, *, by: str) -> None:
    """Put a pool into the register within a change; raises `Refusal` for one without a name."""
    if not pool.id.strip() or not pool.name.strip():
        raise Refusal("Give the pool a name.")
    wording = writer.numbers("event_id", 1)[0]
    writer.execute(
        "insert into pool values "
        "($wording, $id, $name, $year, $host, $review, $ends, $said, false, $at, $by)",
        {
            "wording": wording,
            "id": pool.id,
            "name": _words(pool.name),
            "year": pool.year,
            "host": pool.host,
            "review": pool.review,
            "ends": pool.ends,
            "said": json.dumps(to_plain(pool)),
            "at": now(),
            "by": by,
        },
    )
    writer.add(
        "pool_contribution",
        ("wording", "pool", "partner", "service", "line", "amount", "minimum", "in_kind"),
        [
            (
                wording,
                pool.id,
                contribution.partner,
                contribution.service,
                contribution.line,
                contribution.amount,
                contribution.minimum,
                contribution.in_kind,
            )
            for contribution in pool.contributions
        ],
    )
    write_audit(writer, by, "pool kept", pool.id, "", f"{pool.name}, {pool.total}")


def keep_planned_pools(store: Store, place: Place, *, by: str) -> tuple[Problem, ...]:
    """Enter the pools that come with a place, their contributions drawn from its mapped lines.

    One that somebody else has reworded or withdrawn since stays as they left it. A contribution from a line
    that is not on the map is left out, and named.
    """
    written: dict[str, str] = dict(store.ask("joint_pool_authors"))
    problems: list[Problem] = []
    for planned in place.pools:
        if written.get(planned.id, by) != by:
            continue
        contributions = []
        for contribution in place.pool_contributions:
            if contribution.pool != planned.id:
                continue
            line = _line_for(store, planned.year, contribution)
            if line is None:
                problems.append(
                    Problem(
                        Location("pool_contributions.csv"),
                        f"'{contribution.partner}' has no line ‘{contribution.line or contribution.service}’ on the map of {planned.year}, "
                        f"so it puts nothing into '{planned.id}'.",
                        "Correct the line or the service.",
                        Severity.WARNING,
                        "pool-line",
                    )
                )
                continue
            amount = (line.city_amount * contribution.share).quantize(Decimal(1))
            contributions.append(
                Contribution(
                    contribution.partner,
                    amount,
                    contribution.service,
                    line.line,
                    contribution.minimum,
                    what=line.description,
                )
            )
        said = {
            name.name: getattr(planned, name.name) for name in fields(planned) if name.name in _POOL_WORDS
        }
        keep_pool(store, Pool(**said, contributions=tuple(contributions)), by=by)
    return tuple(problems)


_POOL_WORDS = frozenset(field.name for field in fields(Pool))


def _line_for(store: Store, year: str, contribution: PlannedContribution) -> LineOnMap | None:
    chosen = {Dimension.ORGANISATION: contribution.partner, Dimension.SERVICE: contribution.service}
    held = spending.lines(store, Scope(year=year), chosen).lines
    named = [line for line in held if not contribution.line or line.description == contribution.line]
    return max(named, key=lambda line: line.city_amount, default=None)


# Scenarios


def scenarios(store: Store) -> tuple[Scenario, ...]:
    """Every named scenario, the latest first."""
    return tuple(what_if.from_text(said) for (said,) in store.ask("joint_scenarios"))


def keep_scenario(store: Store, scenario: Scenario, *, by: str) -> None:
    """Keep a scenario under its name; one of the same name is replaced, and still kept."""
    if not scenario.name.strip():
        raise Refusal("Give the scenario a name.")
    _keep_scenario(store, scenario, by=by, withdrawn=False)


def withdraw_scenario(store: Store, name: str, *, by: str) -> None:
    """Take a scenario off the list."""
    one = next((held for held in scenarios(store) if held.name == name), None)
    if one is None:
        raise Refusal(f"There is no scenario called {name}.")
    _keep_scenario(store, one, by=by, withdrawn=True)


def _keep_scenario(store: Store, scenario: Scenario, *, by: str, withdrawn: bool) -> None:
    named = replace(scenario, name=_words(scenario.name.strip()))
    with store.writing(Act.WORK_TOGETHER) as writer:
        writer.execute(
            "insert into scenario values ($id, $name, $year, $opportunity, $said, $withdrawn, $at, $by)",
            {
                "id": writer.numbers("event_id", 1)[0],
                "name": named.name,
                "year": named.year,
                "opportunity": named.opportunity,
                "said": what_if.to_text(named),
                "withdrawn": withdrawn,
                "at": now(),
                "by": by,
            },
        )
        what = "scenario withdrawn" if withdrawn else "scenario kept"
        write_audit(writer, by, what, named.name, "", named.year)


def register_scenario(
    store: Store, scenario: Scenario, opportunity_list: OpportunityList, *, by: str, owner: str = ""
) -> Decision:
    """Turn a scenario into an entry of the decision register: of its opportunity, or of its own."""
    identity = what_if.opportunity_of(scenario)
    opportunity = opportunity_list.opportunity(identity)
    if opportunity is not None:
        return register(store, opportunity, by=by, owner=owner, scenario=scenario.name)
    put_in: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for ingredient in scenario.ingredients:
        put_in[ingredient.partner] += ingredient.amount if ingredient.amount is not None else NOTHING
    amounts = sorted(put_in.values())
    return enter(
        store,
        identity,
        scenario.name,
        sorted(put_in),
        sorted({ingredient.service for ingredient in scenario.ingredients if ingredient.service != UNMAPPED}),
        Snapshot(sum(amounts[:-1], NOTHING), tuple(sorted(put_in.items()))),
        by=by,
        owner=owner,
        scenario=scenario.name,
    )


def _words(text: str) -> str:
    """What somebody typed, at a length that a page can show."""
    return text.strip()[:LONGEST_WORDS]


def _utc(microseconds: int) -> datetime:
    """A moment as the store counts it, since the beginning of 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
