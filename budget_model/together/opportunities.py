"""What could be joined up: how far, from when, under which power, and why not further.

From spending and what is known of the place to a ranked list. Best first means: those with enough money for
the size of the place, then the tail of those with less, then those with none that could be planned together;
in each, the most pounds weighed by how far the partners can go and by the score (`priority`). Nothing here is
a saving: joinable pounds are those that would come to be planned together (method page, section 8).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from budget_model.count.results import UNMAPPED
from budget_model.financial_year import last_day
from budget_model.money import NOTHING, to_penny
from budget_model.place.model import Grade, GrantTerms, LevelWork, Organisation, Service, Target, Weights
from budget_model.problem import Location, Problem, Severity
from budget_model.together import offices
from budget_model.together import score as scoring
from budget_model.together.candidates import Candidate, Meeting, candidates
from budget_model.together.facts import Facts, LegalOverride, Readiness, Rules
from budget_model.together.gates import Gate, capped_by, gates
from budget_model.together.joined import (
    Aside,
    Brought,
    Purses,
    Timing,
    band,
    joins,
    timing,
)
from budget_model.together.ladder import ALIGN, INTEGRATED, arrangement_name
from budget_model.together.money_in import FLEXIBLE_FROM, Cell, cells, furthest
from budget_model.together.offices import Acting
from budget_model.together.powers import (
    PowerToday,
    PowerUse,
    Standing,
    advised,
    in_force,
    standing_body,
    today,
)
from budget_model.together.score import Part, Score, part_weights
from budget_model.together.spend import JointSpend
from budget_model.together.stability import Ranked, Stability, stability
from budget_model.together.words import (
    Names,
    ask_to_split,
    first_steps,
    names_of,
    one_further,
    reasons,
    title,
    why_not_higher,
)
from budget_model.vocabulary import Discretion, RingFence

WITHIN, CROSS = "within-board", "cross-board"


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner of an opportunity and what it would bring, pounds.

    `services` is empty where the partner shows totals only. `grade` is the confidence grade that most of
    its money stands on; `estimated` says that it is not the body's own figure for the place.
    """

    organisation: str
    name: str
    amount: Decimal
    flexible: Decimal
    lines: int
    grade: int
    estimated: bool
    totals_only: bool
    services: tuple[tuple[str, Decimal], ...]
    asides: tuple[Aside, ...]
    own: Decimal = NOTHING
    """The flexible part that is known by service and in no pool of these partners yet."""
    one_sum: Decimal = NOTHING
    """The flexible part that is one sum for several services: how much of it is for these is unknown."""
    pooled: tuple[tuple[str, Decimal], ...] = ()
    """What it has in pools with these partners for these services already, by pool."""
    local: bool = True
    """False for a national department: nobody of the place decides on its money here."""


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Two or more bodies, what they could join up, how far, from when, and why not further; pounds."""

    id: str
    rank: int
    title: str
    meeting: Meeting
    partners: tuple[Partner, ...]
    services: tuple[str, ...]
    themes: tuple[str, ...]
    """Delivery boards that the money is on, the largest first."""
    client_groups: tuple[str, ...]
    targets: tuple[str, ...]
    scope: str
    """'within-board' where every partner's money is mainly on one and the same board, else 'cross-board'."""
    amount: Decimal
    joinable: Decimal
    low: Decimal
    high: Decimal
    score: Decimal
    parts: tuple[Part, ...]
    left_out: str
    priority: Decimal
    """Joinable pounds × the part that the recommended level plans together × score / 100: what ranks it."""
    level: int
    arrangement: str
    allowed: int
    earned: int
    gates: tuple[Gate, ...]
    why_not_higher: str
    one_further: tuple[str, ...]
    power: PowerUse
    """The power in the map's year."""
    today: PowerToday
    """What could be started on the day that 'now' means, by the partners or their successors."""
    timing: Timing
    """From when its money is known to be free of contracts."""
    stability: Stability
    confidence: int
    """The worst grade among the partners: 1 audited and the body's own, to 6 judgement."""
    reasons: tuple[str, ...]
    first_steps: tuple[str, ...]
    """The first three things to do, each with the office that acts at each body asked."""
    reach: int
    """The rung that the partners' money could reach by its own conditions, whatever the power."""
    counted: Decimal = NOTHING
    """The part of the joinable pounds that no better opportunity has counted already."""
    waiting: Decimal = NOTHING
    """The part of the joinable pounds that depends on a partner saying what of its one sum is for these services."""
    planned: Decimal = NOTHING
    """The part of the counted pounds that the portfolio counts: known, and recommended to be planned together."""
    part_of: tuple[tuple[str, Decimal], ...] = ()
    """The better opportunities that have counted some of its pounds, by id, and how much, the most first."""
    board: str = ""
    """The delivery board whose business it is, which the first steps are taken to; empty for back offices."""
    acting: tuple[Acting, ...] = ()
    """The offices that act in the first steps, in their order."""
    in_tail: bool = False
    """Whether it has too little money, for the size of the place, to stand in the list itself."""
    number: int = 0
    """By what it is called on every page: its place in the list; those that the list leaves out come after it."""
    inside: str = ""
    """Id of the better opportunity that holds nearly all of its money; empty where none does."""

    @property
    def listed(self) -> bool:
        """Whether it stands in the list itself: enough money, and no better one holds nearly all of it."""
        return self.joinable > 0 and not self.in_tail and not self.inside

    @property
    def with_department(self) -> bool:
        """Whether fewer than two of its partners are bodies of the place: the others are national departments."""
        return sum(1 for partner in self.partners if partner.local) < 2

    @property
    def open_by_law(self) -> int:
        """The level that law and the conditions of the money allow, whether or not an outcome is measured yet."""
        return capped_by([gate for gate in self.gates if gate.code != "outcome"])

    @property
    def about(self) -> str:
        """What it is about, without whose."""
        return self.title.rsplit(": ", 1)[0]

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The partners whose money here is one sum for several services."""
        return tuple(partner.organisation for partner in self.partners if partner.one_sum > 0)

    @property
    def earliest_date(self) -> date | None:
        """The first day on which enough of the money is known to be free; None where that is unknown."""
        return self.timing.earliest

    @property
    def organisations(self) -> tuple[str, ...]:
        """The partners' ids, the largest first."""
        return tuple(partner.organisation for partner in self.partners)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What the opportunities of the list come to with each line's pounds once, in its best opportunity.

    `joinable` are those that are recommended to be planned together and known by service on both sides.
    """

    joinable: Decimal
    within_board: Decimal
    cross_board: Decimal
    flexible: Decimal
    """All pounds of all bodies on mapped services that no ring-fence, payment to people or charge holds."""
    by_discretion: tuple[tuple[Discretion, Decimal], ...] = ()
    """The flexible pounds by how much choice there is over them, as the lines or their services say."""
    waiting: Decimal = NOTHING
    """Pounds besides that would be planned together as far as a partner's one sum is for the same services."""
    with_departments: Decimal = NOTHING
    """Pounds besides that one local body would plan together with national departments."""
    to_share: Decimal = NOTHING
    """Pounds besides for which no more than sharing information is recommended."""
    fence_unknown: Decimal = NOTHING
    """The part of the flexible pounds of which nothing says whether they are ring-fenced."""
    unlisted: Decimal = NOTHING
    """Pounds besides of opportunities that are too small for the list, or nearly all in a better one."""

    def of_discretion(self, discretion: Discretion) -> Decimal:
        """The flexible pounds over which there is this much choice."""
        return dict(self.by_discretion).get(discretion, NOTHING)


@dataclass(frozen=True, slots=True)
class OpportunityList:
    """Every opportunity, best first, what they come to, and what should be known before reading them."""

    opportunities: tuple[Opportunity, ...]
    portfolio: Portfolio
    weights: tuple[tuple[str, Decimal], ...]
    on: date
    problems: tuple[Problem, ...]

    def opportunity(self, identity: str) -> Opportunity | None:
        """The opportunity of that id, if it is still there."""
        return next((opportunity for opportunity in self.opportunities if opportunity.id == identity), None)


@dataclass(frozen=True, slots=True)
class _Known:
    """The facts, arranged for looking up."""

    facts: Facts
    rules: Rules
    names: Names
    services: Mapping[str, Service]
    strengths: Mapping[str, Mapping[str, int]]
    """How strongly each service works towards each target, 1 to 3, by service."""
    targets: Mapping[str, Target]
    grades: Mapping[int, Grade]
    readiness: Mapping[str, Readiness]
    weights: Mapping[str, Decimal]
    settings: Weights
    overrides: tuple[LegalOverride, ...]
    on: date
    standing_today: Standing
    terms: Mapping[str, GrantTerms]
    """The terms of each funding stream that has any."""
    bodies: Mapping[str, Organisation]


def find(
    spend: Iterable[JointSpend],
    place_facts: Facts,
    *,
    on: date,
    year: str = "",
    weights: Mapping[str, Decimal] | None = None,
    overrides: Sequence[LegalOverride] = (),
) -> OpportunityList:
    """Every opportunity in this spending, best first.

    `weights` replaces some or all of the place's own by part name; `overrides` are people's legal advice;
    `on` is the day that 'now' means and `year` the map's, whose law the arrangement is judged by. The order of `spend` changes nothing.
    """
    known = _known(place_facts, weights, tuple(overrides), on)
    rules = known.rules
    items = tuple(item for item in spend if item.service != UNMAPPED)
    limits = {stream: terms.max_level for stream, terms in place_facts.terms.items()}
    held = cells(items, rules.choice, limits)
    standing = in_force(place_facts.legal_powers, overrides, day_of_the_map(year, on))
    purses = Purses(
        held,
        known.services,
        known.strengths,
        known.grades,
        {share.id: share.errs_with for share in place_facts.shares},
        place_facts.pooled,
        rules.not_local,
    )
    assessed = [_assess(candidate, purses, known) for candidate in candidates(held, place_facts, standing)]
    ranked = sorted(
        assessed,
        key=lambda opportunity: (
            order_class(opportunity, rules),
            -opportunity.priority,
            -opportunity.score,
            -opportunity.joinable,
            opportunity.id,
        ),
    )
    firm = _stability(ranked, known)
    placed = [
        replace(
            opportunity,
            rank=rank,
            stability=firm[rank - 1],
            in_tail=size_class(opportunity.joinable, rules) > 0,
        )
        for rank, opportunity in enumerate(ranked, start=1)
    ]
    counted, portfolio = _count_once(placed, held, rules, place_facts.one_sum_services)
    unknown = [item for item in items if item.ring_fence is RingFence.UNKNOWN]
    portfolio = replace(
        portfolio,
        by_discretion=_by_discretion(items, limits),
        fence_unknown=sum((amount for _, amount in _by_discretion(unknown, limits)), NOTHING),
    )
    return OpportunityList(
        _numbered(counted), portfolio, tuple(known.weights.items()), on, _problems(held, counted, known)
    )


def _known(
    facts: Facts, weights: Mapping[str, Decimal] | None, overrides: tuple[LegalOverride, ...], on: date
) -> _Known:
    settings = facts.weights
    chosen = part_weights(settings.parts)
    if weights is not None:
        chosen |= part_weights([*chosen.items(), *weights.items()])
    strengths: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for link in sorted(
        facts.target_services, key=lambda target_service: (target_service.target, target_service.service)
    ):
        if link.strength > 0:
            strengths[link.service][link.target] = link.strength
    return _Known(
        facts=facts,
        rules=facts.rules,
        names=names_of(facts),
        services={service.id: service for service in facts.services},
        strengths=dict(strengths),
        targets={target.id: target for target in facts.targets},
        grades={grade.grade: grade for grade in facts.grades},
        readiness={readiness.opportunity: readiness for readiness in facts.readiness},
        weights=chosen,
        settings=settings,
        overrides=overrides,
        on=on,
        terms=facts.terms,
        standing_today=in_force(facts.legal_powers, overrides, on),
        bodies={body.id: body for body in facts.organisations},
    )


def day_of_the_map(year: str, on: date) -> date:
    """The day whose law a map of this year is judged by: the year's last, or `on` while it still runs."""
    return min(last_day(year), on) if year else on


def size_class(joinable_pounds: Decimal, rules: Rules) -> int:
    """0 for money worth the partners' while, 1 for less, 2 for nothing that could be planned together."""
    if joinable_pounds <= 0:
        return 2
    return 0 if joinable_pounds >= rules.worth_while else 1


def order_class(opportunity: Opportunity, rules: Rules) -> int:
    """What is ranked before what, whatever the pounds inside it; 0 first.

    Money worth the while before less; two bodies of the place before one with national departments, whose
    figures are shares of wider ones; the same people and need before one service.
    """
    people_first = 0 if opportunity.meeting is Meeting.SAME_NEED else 1
    return 4 * size_class(opportunity.joinable, rules) + 2 * opportunity.with_department + people_first


def reach_of(levels: Iterable[LevelWork], level: int) -> Decimal:
    """The part of the joinable pounds that an arrangement of this level plans together, 0 to 1.

    A level that nobody described reaches as far as the one below it that somebody did.
    """
    known = [work for work in levels if work.level <= level]
    return max(known, key=lambda work: work.level).reach if known else NOTHING


_UNPLACED = Stability(NOTHING, NOTHING, NOTHING)


def _assess(candidate: Candidate, purses: Purses, known: _Known) -> Opportunity:
    """Everything there is to say of one candidate, from its own partners' money alone."""
    names, rules = known.names, known.rules
    partners = purses.brought(candidate)
    pounds_joined = joins(partners)
    sum_joinable, error = pounds_joined.at_most, band(partners)
    scored = _score(candidate, partners, sum_joinable, known)
    power = advised(candidate.power, candidate.id, known.overrides)
    targets = _common_targets(partners, known)
    measured = any(target.is_published for target in targets)
    limits = gates(
        partners, candidate.tier, power, measured, names.organisations, names.funding, known.terms, rules
    )
    allowed, earned = capped_by(limits), _earned(scored, known)
    level = min(allowed, earned)
    when = timing(partners, known.on, rules.enough_free)
    themes, scope = _boards(partners)
    why = (level, allowed, earned, limits, scored, _ladder(known))
    board, acting = _board(candidate, themes, known), _acting(candidate, partners, level, known)
    steps = _first_steps(candidate, partners, power, level, targets, board, when, known)
    return Opportunity(
        id=candidate.id,
        rank=0,
        title=title(candidate.subject, candidate.services, partners, names),
        meeting=candidate.subject.meeting,
        partners=tuple(_partner(partner, known) for partner in partners),
        services=candidate.services,
        themes=themes,
        client_groups=_common_groups(partners),
        targets=tuple(target.id for target in targets),
        scope=scope,
        amount=sum((partner.amount for partner in partners), NOTHING),
        joinable=sum_joinable,
        waiting=pounds_joined.waiting,
        low=max(pounds_joined.known - error, NOTHING),
        high=sum_joinable + error,
        score=scored.points,
        parts=scored.parts,
        left_out=scored.left_out,
        priority=to_penny(sum_joinable * reach_of(known.settings.levels, level) * scored.points / 100),
        level=level,
        arrangement=arrangement_name(level),
        allowed=allowed,
        earned=earned,
        gates=limits,
        why_not_higher=why_not_higher(*why),
        one_further=one_further(*why),
        power=power,
        today=_today(candidate, power, known),
        timing=when,
        stability=_UNPLACED,
        confidence=max(partner.grade for partner in partners),
        reasons=_reasons(candidate, partners, power, known),
        reach=candidate.tier,
        board=board,
        acting=acting,
        first_steps=tuple(
            f"{step} {offices.in_words(acting, number)}".strip() for number, step in enumerate(steps, start=1)
        ),
    )


def _reasons(
    candidate: Candidate, partners: Sequence[Brought], power: PowerUse, known: _Known
) -> tuple[str, ...]:
    return reasons(
        candidate.subject,
        candidate.services,
        partners,
        power,
        _broad(candidate, partners),
        known.names,
        known.rules.estimate_grade,
    )


def _first_steps(
    candidate: Candidate,
    partners: Sequence[Brought],
    power: PowerUse,
    level: int,
    targets: Sequence[Target],
    board: str,
    when: Timing,
    known: _Known,
) -> tuple[str, ...]:
    """What to do first at a level, asked of bodies that stand today and taken to the board whose business it is."""
    asked = {partner.organisation: _asked_today(partner.organisation, known) for partner in partners}
    names = replace(known.names, organisations={**known.names.organisations, **asked})
    back_office = candidate.subject.meeting is Meeting.BACK_OFFICE
    where = "the bodies’ chief officers" if back_office else names.boards.get(board, "")
    split = ask_to_split(candidate.subject, _broad(candidate, partners), names)
    grade = known.rules.estimate_grade
    return first_steps(level, partners, power, targets, where, when, split, names, grade, known.on)


def _asked_today(organisation: str, known: _Known) -> str:
    """Who is asked for a body's figures: itself, or who has its functions where it has ended."""
    body, name = known.bodies.get(organisation), known.names.organisations.get(organisation, organisation)
    heir = standing_body(body, known.bodies, known.on) if body else None
    if body is None or heir is body:
        return name
    return f"{heir.name} (for {name})" if heir else f"whoever has the functions of {name} today"


def _board(candidate: Candidate, themes: Sequence[str], known: _Known) -> str:
    """The board whose business the need or the service is; none for a back office, which serves them all."""
    subject, facts = candidate.subject, known.facts
    if subject.meeting is Meeting.BACK_OFFICE:
        return ""
    need = known.names.needs.get(subject.need)
    services = need.services if need else candidate.services
    distinct = [service for service in services if service not in facts.one_sum_services]
    return offices.board_of(distinct, facts.service_themes, themes, frozenset(known.names.boards))


def _acting(
    candidate: Candidate, partners: Sequence[Brought], level: int, known: _Known
) -> tuple[Acting, ...]:
    """Who acts in each step at the first two bodies, those of the place before departments, most money first."""
    national = known.rules.not_local
    asked = sorted(partners, key=lambda partner: partner.organisation_type in national)[:2]
    return tuple(
        Acting(step, one.organisation, _name_now(one.organisation, known), office)
        for step, acts in enumerate(offices.acts_at(level), start=1)
        for one, office in _offices(asked, acts, candidate.subject.need, known)
    )


def _name_now(organisation: str, known: _Known) -> str:
    """The name of the body that could act on the day: its successor where it has ended and one is known."""
    body = known.bodies.get(organisation)
    heir = standing_body(body, known.bodies, known.on) if body else None
    return heir.name if heir else known.names.organisations.get(organisation, organisation)


def _offices(
    asked: Sequence[Brought], acts: offices.Acts, need: str, known: _Known
) -> Iterator[tuple[Brought, offices.Office]]:
    for share in asked:
        spent = [
            (known.services[service].legal_function, amount)
            for service, amount in share.services
            if service in known.services
        ]
        office = offices.office_of(acts, share.organisation_type, offices.main_function(spent), need)
        if office is not None:
            yield share, office


def _today(candidate: Candidate, then: PowerUse, known: _Known) -> PowerToday:
    functions = {
        service: known.services[service].legal_function if service in known.services else ""
        for service in candidate.services
    }
    partners = [known.bodies[partner] for partner in candidate.partners if partner in known.bodies]
    without = known.rules.level_without_power
    return today(partners, known.bodies, functions, known.standing_today, then, known.on, without)


def _earned(scored: Score, known: _Known) -> int:
    return next((level for least, level in _ladder(known) if scored.points >= least), 0)


def _ladder(known: _Known) -> list[tuple[Decimal, int]]:
    """What a score earns, the highest first."""
    return sorted(known.settings.earned, reverse=True)


def _score(candidate: Candidate, partners: Sequence[Brought], sum_joinable: Decimal, known: _Known) -> Score:
    names = known.names
    readiness = known.readiness.get(candidate.id)
    findings = {
        "target_match": scoring.target_match(partners, names.targets, linked=bool(known.strengths)),
        "client_overlap": scoring.client_overlap(partners, names.client_groups),
        "function_match": scoring.function_match(partners, known.services, known.facts.needs),
        "geography_match": scoring.geography_match(partners),
        "discretion": scoring.discretion(partners, names.organisations),
        "materiality": scoring.materiality(sum_joinable, known.settings.materiality_threshold),
        "readiness": scoring.readiness(
            readiness,
            frozenset(candidate.partners),
            frozenset(candidate.services),
            known.facts.pools,
            known.rules,
        ),
        "timing": scoring.timing(readiness, known.on, known.settings.timing_months),
    }
    return scoring.score(findings, known.weights)


def _common_targets(partners: Sequence[Brought], known: _Known) -> tuple[Target, ...]:
    """The targets that every partner's money works towards, those it works for hardest first."""
    hardest: list[dict[str, int]] = []
    for partner in partners:
        reached: dict[str, int] = {}
        for service, _ in partner.services:
            for target, strength in known.strengths.get(service, {}).items():
                reached[target] = max(strength, reached.get(target, 0))
        hardest.append(reached)
    common = set(hardest[0]).intersection(*hardest[1:]) & set(known.targets)
    ordered = sorted(common, key=lambda target: (-min(reached[target] for reached in hardest), target))
    return tuple(known.targets[target] for target in ordered)


def _common_groups(partners: Sequence[Brought]) -> tuple[str, ...]:
    groups = [partner.client_groups for partner in partners]
    return tuple(sorted(frozenset.intersection(*groups)))


def _broad(candidate: Candidate, partners: Sequence[Brought]) -> dict[str, int]:
    """Partners whose money on these people is one sum for more groups of people than any other's."""
    sums = {partner.organisation: len(partner.client_groups) for partner in partners if partner.one_sum > 0}
    if candidate.subject.meeting is not Meeting.SAME_NEED:
        return sums
    groups = {partner.organisation: len(partner.client_groups) for partner in partners}
    fewest = min(groups.values())
    return sums | {
        partner.organisation: groups[partner.organisation]
        for partner in partners
        if len(partner.services) == 1 and groups[partner.organisation] > max(fewest, 2)
    }


def _boards(partners: Sequence[Brought]) -> tuple[tuple[str, ...], str]:
    """The boards that the money is on, and whether every partner's is mainly on one and the same."""
    on_board: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    main = set()
    for partner in partners:
        spent = {board: amount for board, amount in partner.money.boards.items() if amount > 0}
        for board, amount in spent.items():
            on_board[board] += amount
        main.add(max(sorted(spent), key=lambda board: spent[board]) if spent else UNMAPPED)
    themes = tuple(
        board for board in sorted(on_board, key=lambda board: (-on_board[board], board)) if board != UNMAPPED
    )
    return themes, WITHIN if len(main) == 1 and main != {UNMAPPED} else CROSS


def _partner(one: Brought, known: _Known) -> Partner:
    return Partner(
        organisation=one.organisation,
        name=known.names.organisations.get(one.organisation, one.organisation),
        amount=one.amount,
        flexible=one.flexible,
        lines=one.money.lines,
        grade=one.grade,
        estimated=one.grade >= known.rules.estimate_grade,
        totals_only=one.money.totals_only,
        services=() if one.money.totals_only else one.services,
        asides=one.asides,
        own=one.own,
        one_sum=one.one_sum,
        pooled=one.pooled,
        local=one.organisation_type not in known.rules.not_local,
    )


def _count_once(
    ranked: Sequence[Opportunity], held: Mapping[tuple[str, str], Cell], rules: Rules, several: frozenset[str]
) -> tuple[list[Opportunity], Portfolio]:
    """Count each line's pounds once, in its best opportunity, and find those that lie inside a better one.

    Those large enough for the list count before those of the tail; in both, those that are recommended to be
    planned together before those that only share information. The joinable pounds are those of all partners but
    the largest, so the largest partner's lines are not used up by it: another opportunity may bring its own
    partners to them. Money on services that stand for `several` is counted nowhere: how much of it is for any of
    them is unknown.
    """
    left = _Left({key: cell for key, cell in held.items() if key[1] not in several})
    flexible = sum((cell.reaching(FLEXIBLE_FROM) for cell in held.values()), NOTHING)
    first = sorted(ranked, key=lambda opportunity: (opportunity.in_tail, opportunity.level < ALIGN))
    counted = {opportunity.id: _counted(opportunity, left, rules) for opportunity in first}
    done = _folded([counted[opportunity.id] for opportunity in ranked])
    shown = in_the_list(done)
    unlisted = sum((opportunity.counted for opportunity in done), NOTHING) - sum(
        (opportunity.counted for opportunity in shown), NOTHING
    )
    return done, replace(portfolio_of(shown), flexible=flexible, unlisted=unlisted)


def _numbered(opportunities: Sequence[Opportunity]) -> tuple[Opportunity, ...]:
    """The same in the same order, with numbers that run through the list without a gap and on through the rest."""
    ordered = sorted(opportunities, key=lambda opportunity: not opportunity.listed)
    numbers = {opportunity.id: number for number, opportunity in enumerate(ordered, start=1)}
    return tuple(replace(opportunity, number=numbers[opportunity.id]) for opportunity in opportunities)


def in_the_list(opportunities: Sequence[Opportunity]) -> list[Opportunity]:
    """The opportunities that stand in the list itself; all of them where none is large enough for it."""
    return [opportunity for opportunity in opportunities if opportunity.listed] or list(opportunities)


def _stability(ranked: Sequence[Opportunity], known: _Known) -> tuple[Stability, ...]:
    """How stable each place in the ranking is, the weights drawn about those that are chosen."""
    return stability(
        [
            Ranked(
                tuple(part.value for part in opportunity.parts),
                opportunity.allowed,
                order_class(opportunity, known.rules),
                opportunity.joinable,
            )
            for opportunity in ranked
        ],
        [known.weights[name] for name in scoring.PARTS],
        known.settings.earned,
        draws=known.settings.rank_draws,
        seed=known.settings.rank_seed,
        concentration=known.rules.closeness,
        reach=[reach_of(known.settings.levels, level) for level in range(INTEGRATED + 1)],
    )


def _planned(opportunities: Sequence[Opportunity], scope: str) -> Decimal:
    """What is planned together in the opportunities of one scope, pounds."""
    return sum((opportunity.planned for opportunity in opportunities if opportunity.scope == scope), NOTHING)


def portfolio_of(opportunities: Sequence[Opportunity]) -> Portfolio:
    """What some opportunities come to, each line's pounds once; `flexible` is not theirs to say and is nothing."""
    able = [opportunity for opportunity in opportunities if opportunity.level >= ALIGN]
    planning = [opportunity for opportunity in able if not opportunity.with_department]
    departments = sum((opportunity.counted for opportunity in able if opportunity.with_department), NOTHING)
    within, cross = _planned(planning, WITHIN), _planned(planning, CROSS)
    waiting = sum((opportunity.counted - opportunity.planned for opportunity in planning), NOTHING)
    to_share = sum(
        (opportunity.counted for opportunity in opportunities if opportunity.level < ALIGN), NOTHING
    )
    return Portfolio(
        within + cross,
        within,
        cross,
        NOTHING,
        waiting=waiting,
        with_departments=departments,
        to_share=to_share,
    )


def _folded(ranked: Sequence[Opportunity]) -> list[Opportunity]:
    """Opportunities about what a better one is about, with partners besides, as parts of the better one."""
    done: list[Opportunity] = []
    for opportunity in ranked:
        whole = frozenset(opportunity.organisations)
        better = next(
            (
                each
                for each in done
                if each.about == opportunity.about and whole > frozenset(each.organisations)
            ),
            None,
        )
        done.append(
            opportunity if better is None or opportunity.inside else replace(opportunity, inside=better.id)
        )
    return done


@dataclass(slots=True)
class _Left:
    """The flexible pounds that no opportunity has counted yet, by whose they are, on what, and their rung."""

    cells: Mapping[tuple[str, str], Cell]
    taken: dict[tuple[str, str, int], Decimal] = field(default_factory=dict)
    taken_by: dict[tuple[str, str], str] = field(default_factory=dict)

    def take(self, key: tuple[str, str], reach: int, by: str) -> tuple[Decimal, Decimal]:
        """Count what is left of a cell's money that reaches a rung: those pounds, and what others had before."""
        whole = counted = NOTHING
        for rung, amount in self._rungs(key, reach):
            before = self.taken.get((*key, rung), NOTHING)
            self.taken[(*key, rung)] = amount
            whole, counted = whole + amount, counted + amount - before
        self.taken_by.setdefault(key, by)
        return counted, whole - counted

    def _rungs(self, key: tuple[str, str], reach: int) -> list[tuple[int, Decimal]]:
        """A cell's money from the rung that is asked for, told apart by what it could reach at most."""
        cell = self.cells.get(key)
        if cell is None:
            return []
        free = cell.reaching(INTEGRATED)
        bought = cell.reaching(FLEXIBLE_FROM) - free
        return (
            [(INTEGRATED, free)] if reach > FLEXIBLE_FROM else [(INTEGRATED, free), (FLEXIBLE_FROM, bought)]
        )


def _taken(opportunity: Opportunity, left: _Left) -> tuple[Decimal, dict[str, Decimal]]:
    """What an opportunity takes of its partners' money but the largest's, and what better ones had taken of it."""
    before: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    taken, largest = NOTHING, _largest(opportunity.partners)
    joining = [partner for partner in opportunity.partners if partner.own and partner is not largest]
    for partner in joining:
        for service in opportunity.services:
            key = (partner.organisation, service)
            first = left.taken_by.get(key, "")
            counted, already = left.take(key, max(opportunity.reach, FLEXIBLE_FROM), opportunity.id)
            taken += counted
            if first and already > 0:
                before[first] += already
    return taken, before


def _counted(opportunity: Opportunity, left: _Left, rules: Rules) -> Opportunity:
    """An opportunity with what of its pounds is counted in it, and in which better ones the rest is."""
    if opportunity.joinable <= 0:
        return opportunity
    taken, before = _taken(opportunity, left)
    counted = min(taken, opportunity.joinable)
    part_of = tuple(sorted(before.items(), key=lambda part: (-part[1], part[0])))
    nearly_all = bool(part_of) and part_of[0][1] >= opportunity.joinable * rules.inside_share
    local = opportunity.level >= ALIGN and not opportunity.with_department
    planned = min(counted, opportunity.joinable - opportunity.waiting) if local else NOTHING
    return replace(
        opportunity,
        counted=counted,
        planned=planned,
        part_of=part_of,
        inside=part_of[0][0] if nearly_all else "",
        in_tail=opportunity.in_tail or (not nearly_all and size_class(counted, rules) > 0),
    )


def _largest(partners: Sequence[Partner]) -> Partner:
    """The partner whose money is not in the joinable pounds, since the others' would join it.

    One whose money is one sum for several services may be the largest, so it is taken for it.
    """
    sums = [partner for partner in partners if partner.one_sum > 0]
    if sums:
        return min(sums, key=lambda partner: (partner.own, partner.organisation))
    return max(partners, key=lambda partner: (partner.own, partner.organisation))


def _by_discretion(
    items: Iterable[JointSpend], limits: Mapping[str, int]
) -> tuple[tuple[Discretion, Decimal], ...]:
    sums: defaultdict[Discretion, Decimal] = defaultdict(lambda: NOTHING)
    for item in items:
        if furthest(item, limits) >= FLEXIBLE_FROM:
            sums[item.discretion] += item.amount
    return tuple(sorted(sums.items(), key=lambda part: -part[1]))


_SENTENCES: Mapping[str, tuple[str, str]] = {
    "no-spend": (
        "No money is mapped to a service yet.",
        "Upload a budget, or map the lines that are in.",
    ),
    "one-body": (
        "Only {only} has money in this choice, and it takes two to join up.",
        "Upload another body’s budget, or widen the choice of organisations.",
    ),
    "no-overlap": (
        "No two bodies spend on the same service, or on the same need of the same people.",
        "Check the mapping, and the services of each need in needs.csv.",
    ),
    "nothing-flexible": (
        "The bodies overlap, but all their money there is ring-fenced, paid to people or in kind.",
        "Look at what can be planned together, or at the ring-fences of the lines.",
    ),
    "no-law": (
        "No rule of law is on the list, so nothing is found to go beyond planning side by side.",
        "Load the place again: `python -m budget_model seed --again`.",
    ),
    "no-targets": (
        "No service is linked to a target: target match is left out, and no pool is recommended.",
        "Add targets, and say how strongly each service works towards them.",
    ),
    "no-weights": (
        "Every weight is zero, so every score is zero and no arrangement is earned.",
        "Set at least one weight above zero, or go back to the place’s own.",
    ),
}
"""What may have to be known before a list of opportunities is read, and what to do about it, by its code."""


def _problems(
    held: Mapping[tuple[str, str], Cell], opportunities: Sequence[Opportunity], known: _Known
) -> tuple[Problem, ...]:
    """What should be known before the list is read: why it is empty, or what it could not weigh."""
    bodies = sorted({cell.organisation for cell in held.values()})
    only = known.names.organisations.get(bodies[0], bodies[0]) if bodies else ""
    codes = [*_why_empty(bodies, opportunities), *_not_weighed(bool(held), known)]
    return tuple(
        Problem(Location(""), _SENTENCES[code][0].format(only=only), _SENTENCES[code][1], Severity.NOTE, code)
        for code in codes
    )


def _why_empty(bodies: Sequence[str], opportunities: Sequence[Opportunity]) -> list[str]:
    if not bodies:
        return ["no-spend"]
    if len(bodies) == 1:
        return ["one-body"]
    if not opportunities:
        return ["no-overlap"]
    return [] if any(opportunity.joinable > 0 for opportunity in opportunities) else ["nothing-flexible"]


def _not_weighed(has_money: bool, known: _Known) -> list[str]:
    missing = {
        "no-law": has_money and not known.facts.legal_powers,
        "no-targets": has_money and not known.strengths,
        "no-weights": not any(known.weights.values()),
    }
    return [code for code, holds in missing.items() if holds]
