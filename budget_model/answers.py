"""What the store counts in one scope, each question asked once: the ground that every figure stands on.

Answers are frozen values and are kept as they were given; how figures are shown (per resident, real terms) is no
part of a question, so that one answer serves all.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from threading import Lock
from typing import Any, TypeVar

from budget_model import dates
from budget_model.count import tags
from budget_model.count.assurance import Assurance, agreed_in_short, assurance, held_against, unsettled
from budget_model.count.benchmark import Bridge, MappedMoney, bridge
from budget_model.count.by_area import ByArea, by_area
from budget_model.count.called import ABBREVIATED
from budget_model.count.ends import End
from budget_model.count.findings import Finding
from budget_model.count.flows import Flows, flows
from budget_model.count.memoranda import MemorandumHeld
from budget_model.count.places import Places
from budget_model.count.plausible import warnings
from budget_model.count.provenance import source_of
from budget_model.count.ranked import Figures, basis_of, finding_of, restated, with_basis
from budget_model.count.restate import Restating, deflator, in_prices_of, population_of, restating
from budget_model.count.results import Cell, LineOnMap, PartOfTotal, SubmissionOnMap, Total, coarser, without
from budget_model.count.saying import counted
from budget_model.count.tags import Tagged
from budget_model.count.what_changed import Held, MapOf, WhatChanged, what_changed
from budget_model.dates import day
from budget_model.financial_year import last_day
from budget_model.money import NOTHING, percent, pounds, to_penny
from budget_model.partnership.consultations import Result
from budget_model.partnership.desk import THE_BOARD, Desk, desk_of, desk_of_the_board, services_of
from budget_model.partnership.performance import Measured, as_recorded, measured
from budget_model.partnership.review_evidence import shown_by_the_map, shown_of_a_body
from budget_model.partnership.self_review import PARTNERSHIP, Evidence, SelfReview, self_review
from budget_model.partnership.state_of_the_city import (
    Facts,
    Measure,
    Registered,
    Words,
    Written,
    compose,
)
from budget_model.partnership.state_of_the_city import (
    Held as HeldNow,
)
from budget_model.place.model import FundingStream, Place, TargetService
from budget_model.place.strings import NO_STRINGS, Strings, strings_by_stream
from budget_model.scope import Scope
from budget_model.store import (
    joint,
    memoranda,
    passing,
    performance,
    plans,
    published_places,
    returns,
    spending,
    state_editions,
    stories,
)
from budget_model.store import stages as stages_kept
from budget_model.store import voluntary as voluntary_kept
from budget_model.store.consultations import consultations, result_of
from budget_model.store.external_funding import register_of
from budget_model.store.places import place_of
from budget_model.store.quality import assessments
from budget_model.store.returns import ReturnKept
from budget_model.store.self_reviews import self_reviews
from budget_model.store.store import Store
from budget_model.store.versions import MapVersion, opened, published, version
from budget_model.together import action_plans, alignment, decisions, outcomes, stages, targets, voluntary
from budget_model.together.action_plans import MoneyFollowed, PlanNow
from budget_model.together.alignment import Alignment, By, Matrix, Pair, Part
from budget_model.together.assumed import Assumed, assumed_in
from budget_model.together.back_office import BackOffice, BackOfficeAsked, back_office
from budget_model.together.compact import Said
from budget_model.together.could_move import CouldMove, could_move
from budget_model.together.decisions import Decision
from budget_model.together.external_funding import Register
from budget_model.together.facts import facts_of
from budget_model.together.headroom import Headroom, HeadroomAsked, headroom
from budget_model.together.interventions import CaseAsked, WorkedCase, worked
from budget_model.together.opportunities import OpportunityList
from budget_model.together.outcomes import Framework, OutcomesMoney
from budget_model.together.pools import Pool
from budget_model.together.portfolio_asked import (
    ChosenPortfolio,
    PortfolioAsked,
    flexible_by_body,
    portfolio,
)
from budget_model.together.scenarios import Outcome, Scenario, try_out
from budget_model.together.spend import JointSpend, OneSum, in_one_sum, on_services
from budget_model.together.stages import Shift, StageAgreed, StagePart
from budget_model.together.targets import TargetsMoney
from budget_model.together.voluntary import Voluntary
from budget_model.vocabulary import PAID_TO_PEOPLE, Basis, Dimension, Kind, Phase, SubmissionStatus, View

Answer = TypeVar("Answer")
SEPARATOR = " · "
WITHOUT_SERVICES = frozenset(
    {"total", "who", "what", "sure", "payers", "people", "once", "small", "unmapped"}
)
"""The questions that are answered without any breakdown by service, kind or ring-fence."""


ASKED_TOGETHER = (
    (Dimension.ORGANISATION, Dimension.THEME, Dimension.FUNDING, Dimension.PROVENANCE),
    (Dimension.ORGANISATION, Dimension.SERVICE, Dimension.KIND, Dimension.PROVENANCE),
)
"""Dimensions of which a page asks for several pivots: the store is asked once for all of them.

It takes longer to plan a question than to add up its answer. Their cells are bounded by a place's bodies and services,
however many lines it has.
"""
MOST_KEPT = 4_000


class Memory:
    """Answers by their questions, the longest unused forgotten first; several threads may share one."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def once(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """What was answered before, else what `ask` answers now."""
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
                before: Answer = self._kept[question]
                return before
        answer = ask()
        with self._lock:
            self._kept[question] = answer
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer


class Answers:
    """The answers of one store for one scope; each question is put to the store once, when first asked.

    A `memory` that is handed in is shared with other scopes; it must be of this store as it is now.
    """

    def __init__(
        self, store: Store, scope: Scope, place: Place | None = None, memory: Memory | None = None
    ) -> None:
        self.live = store
        """Today's map, whichever version of it is asked about."""
        self.store = opened(store, scope.version) if scope.version else store
        self.memory = memory or Memory()
        self.place = place or self.memory.once(("place", scope.version), lambda: place_of(self.store))
        self.scope = scope if scope.year else scope.switched(year=self.place.default_year)
        self._asked = self.scope.switched(per_head=False, real_terms=False)

    def within(self, **choices: object) -> "Answers":
        """The answers of the same store for the same scope with some choices changed."""
        return self.for_scope(self.scope.switched(**choices))

    def whole_place(self) -> "Answers":
        """The answers for the whole place: every body and every board."""
        return self.within(organisations=(), themes=())

    def for_scope(self, scope: Scope) -> "Answers":
        """The answers of the same store for another scope."""
        if scope == self.scope:
            return self
        place = self.place if scope.version == self.scope.version else None
        return Answers(self.live, scope, place, self.memory)

    def _once(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        return self.memory.once((self._asked, question), ask)

    def _of_store(self, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """An answer that nothing of a scope changes but its version of the map."""
        return self.memory.once((self.scope.version, question), ask)

    def total(self) -> Total:
        """The place's total."""
        return self._once("total", lambda: spending.total(self.store, self._asked))

    def by(self, dimension: Dimension) -> tuple[PartOfTotal, ...]:
        """The total broken down, the largest part first."""
        return self._once(dimension, lambda: spending.by(self.store, self._asked, dimension))

    def pivot(self, *dimensions: Dimension) -> tuple[Cell, ...]:
        """The total broken down several ways at once; only cells that hold something, the largest first."""
        return self._once(dimensions, lambda: self._pivot(dimensions))

    def _pivot(self, dimensions: tuple[Dimension, ...]) -> tuple[Cell, ...]:
        """One pivot, added up from a finer one where pages ask for many of that one's parts."""
        for fine in ASKED_TOGETHER:
            if dimensions != fine and set(dimensions) <= set(fine):
                return coarser(self.pivot(*fine), [fine.index(dimension) for dimension in dimensions])
        return spending.pivot(self.store, self._asked, dimensions)

    def on_services(self, along: Dimension = Dimension.SERVICE) -> tuple[PartOfTotal, ...]:
        """What is spent on each service, or along another dimension, without what of it is paid to people.

        Its range is the same part of its range.
        """
        paid = {
            cell.keys[0]: cell.amount
            for cell in self.pivot(along, Dimension.KIND)
            if cell.keys[1] == Kind.TRANSFER_TO_INDIVIDUALS
        }
        parts = [without(part, paid[part.key]) if part.key in paid else part for part in self.by(along)]
        return tuple(sorted((part for part in parts if part.amount), key=lambda part: -part.amount))

    def paid_to_people(self) -> tuple[PartOfTotal, ...]:
        """What is paid straight to people as one part, which stands beside services; empty where nothing is."""
        return tuple(part for part in self.by(Dimension.THEME) if part.key == PAID_TO_PEOPLE)

    def provenance_of_services(self) -> tuple[Cell, ...]:
        """How the figures of each service came about, and those of what is paid to people beside them.

        Cells of (service, how).
        """
        cells = self.pivot(Dimension.SERVICE, Dimension.PROVENANCE, Dimension.KIND)
        return tuple(
            Cell((PAID_TO_PEOPLE if kind == Kind.TRANSFER_TO_INDIVIDUALS else service, how), cell.amount)
            for cell in cells
            for service, how, kind in (cell.keys,)
        )

    def payers_of_services(self) -> tuple[Cell, ...]:
        """What each body spends on each service, by (service, body), as bodies can be compared by it.

        Without what is paid to people, and without services that stand for several.
        """
        several = self.one_sum_services()
        sums: defaultdict[tuple[str, ...], Decimal] = defaultdict(lambda: NOTHING)
        for cell in self.pivot(Dimension.SERVICE, Dimension.ORGANISATION, Dimension.KIND):
            if cell.keys[-1] != Kind.TRANSFER_TO_INDIVIDUALS and cell.keys[0] not in several:
                sums[cell.keys[:-1]] += cell.amount
        return tuple(Cell(keys, amount) for keys, amount in sums.items())

    def areas(self) -> ByArea | None:
        """The total in each area, and what is not placed; None for a place without areas and their residents."""
        return self._once(
            "areas",
            lambda: by_area(
                self.pivot(Dimension.SERVICE, Dimension.THEME, Dimension.AREA, Dimension.GRADE), self.place
            ),
        )

    def places(self) -> Places:
        """What this place and every other that the store knows of published."""
        files = published_places.files_of_others()
        return self.memory.once(
            ("places", files), lambda: published_places.published_places(self.live, files)
        )

    def names(self, dimension: Dimension) -> dict[str, str]:
        """What each key along a dimension is called in full."""
        return self._of_store(("names", dimension), lambda: spending.names_of(self.store, dimension))

    def short_names(self, dimension: Dimension) -> dict[str, str]:
        """What each key is called where there is little room."""
        named = self.names(dimension)
        if dimension is Dimension.ORGANISATION:
            return named | {body.id: body.short_name or body.name for body in self.place.organisations}
        if dimension is Dimension.THEME:
            own = {theme.id: theme.short_name or theme.name for theme in self.place.themes}
            return named | own | {PAID_TO_PEOPLE: "Benefits and pensions"}
        if dimension is Dimension.FUNDING:
            return named | {
                stream.id: stream.short_name or stream.name for stream in self.place.funding_streams
            }
        return named

    def called(self, dimension: Dimension, *, short: bool = False) -> Callable[[str], str]:
        """What one key along a dimension is called; a key of no list is its own word, with a large letter."""
        names = self.short_names(dimension) if short else self.names(dimension)

        def call(key: str) -> str:
            found = names.get(key) or key
            if found == key and dimension not in (Dimension.ORGANISATION, Dimension.THEME):
                return key.upper() if key in ABBREVIATED else key[:1].upper() + key[1:]
            return found

        return call

    def colours(self, dimension: Dimension) -> dict[str, str]:
        """The fixed colour of each key, as the place gives it."""
        kept: Mapping[Dimension, Sequence[Any]] = {
            Dimension.ORGANISATION: self.place.organisations,
            Dimension.THEME: self.place.themes,
            Dimension.FUNDING: self.place.funding_streams,
        }
        return {one.id: one.colour for one in kept.get(dimension, ())}

    def submissions(self) -> tuple[SubmissionOnMap, ...]:
        """Every submission of the scope's year."""
        return self._of_store(
            ("submissions", self.scope.year), lambda: spending.submissions(self.store, self.scope.year)
        )

    def memoranda(self) -> tuple[MemorandumHeld, ...]:
        """What bodies' returns say their spending is made of, line by line, of every year."""
        return self._of_store(("memoranda",), lambda: memoranda.memoranda(self.store))

    def on_map(self) -> frozenset[str]:
        """The bodies with a submission in force for the year, whatever the choice leaves out of it."""
        return frozenset(
            sent.organisation for sent in self.submissions() if sent.status == SubmissionStatus.APPROVED
        )

    def relied_on(self) -> Assurance:
        """What stands behind the scope's figures; who is on the map is asked of the year, not of the choice."""
        return self._once(
            "relied on",
            lambda: assurance(
                self.place,
                self.by(Dimension.SUBMISSION),
                self.pivot(Dimension.ORGANISATION, Dimension.PROVENANCE),
                self.total().unmapped,
                self.submissions(),
                self.on_map(),
                self.scope.year,
            ),
        )

    def figures(self, *, by_service: bool = True) -> Figures:
        """The breakdowns that findings are made from, as the scope asks for them to be shown.

        Without `by_service` nothing is asked by service, kind or ring-fence, so that nobody waits for a
        breakdown that is not shown.
        """
        return self._once(
            ("figures", by_service, self.scope.per_head, self.scope.served, self.scope.real_terms),
            lambda: restated(self._figures(by_service=by_service), self.restated()),
        )

    def _figures(self, *, by_service: bool) -> Figures:
        more = (
            {
                "services": self.on_services(),
                "ring_fences": self.on_services(Dimension.RING_FENCE),
            }
            if by_service
            else {"services": (), "ring_fences": ()}
        )
        cells = self.payers_of_services() if by_service else ()
        return Figures(
            where=self.place.name,
            total=self.total(),
            organisations=self.by(Dimension.ORGANISATION),
            themes=self.by(Dimension.THEME),
            theme_by_organisation=self.pivot(Dimension.THEME, Dimension.ORGANISATION),
            service_by_organisation=cells,
            names=self.names(Dimension.ORGANISATION),
            relied_on=self.relied_on(),
            least=self.least_payer(),
            **more,
        )

    def finding(self, *kinds: str) -> Finding | None:
        """The first of some questions that there is an answer to; asked by service only where it must be."""
        answers = (finding_of(self.figures(by_service=kind not in WITHOUT_SERVICES), kind) for kind in kinds)
        return next((answer for answer in answers if answer), None)

    def bridge(self) -> Bridge:
        """From the benchmark to the place's total."""
        sent = {str(submission.submission): submission for submission in self.submissions()}

        def ask() -> Bridge:
            money = [self._mapped(sent[part.key], part.gross) for part in self.by(Dimension.SUBMISSION)]
            passed = [(paid.payer, paid.payee, paid.amount) for paid in self.passing()]
            return bridge(self.place, money, passed, self.total().total, self.scope.off)

        return self._once("bridge", ask)

    def unlikely(self) -> tuple[str, ...]:
        """What in the whole place's map is unlike what public spending usually is, a sentence each."""
        whole = self.whole_place()
        return whole._once(
            "unlikely",
            lambda: warnings(
                self.place.plausibility,
                whole.bridge(),
                whole.by(Dimension.DIVISION),
                self.names(Dimension.DIVISION),
                self.scope.year,
                self.scope.off,
            ),
        )

    def _mapped(self, sent: SubmissionOnMap, amount: Decimal) -> MappedMoney:
        """What is on the map of one submission, and what the same rows are by the benchmark's share."""
        shares = {share.id: share for share in self.place.shares}
        own, other = shares.get(sent.share), shares.get(self.place.benchmark.share)
        if own is None or other is None or own.numerator == own.denominator:
            return MappedMoney(sent.organisation, sent.part, amount)
        if own.is_as(other):
            return MappedMoney(sent.organisation, sent.part, amount, amount)
        by_other = to_penny(amount * own.denominator / own.numerator * other.numerator / other.denominator)
        return MappedMoney(sent.organisation, sent.part, amount, by_other)

    def flows(self) -> Flows:
        """Funding to organisation to theme."""
        order = {
            "funding": Dimension.FUNDING,
            "organisation": Dimension.ORGANISATION,
            "theme": Dimension.THEME,
        }
        names = {column: self.short_names(dimension) for column, dimension in order.items()}
        colours = {column: self.colours(dimension) for column, dimension in order.items()}

        def ask() -> Flows:
            cells = self.pivot(*order.values())
            return flows(self.place, self.scope.year, cells, names, colours, self._income())

        return self._once("flows", ask)

    def _income(self) -> Mapping[tuple[str, str], Decimal]:
        """What bodies' own lines take in, by body and stream, where the scope counts before income; else nothing."""
        if self.scope.basis is Basis.NET:
            return {}
        dimensions = Dimension.ORGANISATION, Dimension.FUNDING
        net = {cell.keys: cell.amount for cell in self.within(basis=Basis.NET).pivot(*dimensions)}
        return {
            (cell.keys[0], cell.keys[1]): cell.amount - net.get(cell.keys, Decimal(0))
            for cell in self.pivot(*dimensions)
        }

    def passing(self) -> tuple[passing.Passing, ...]:
        """What passes between the place's bodies, transfer by transfer."""
        return self._once("passing", lambda: passing.passing_between(self.store, self._asked))

    def years(self) -> tuple[str, ...]:
        """The years on the map, the earliest first."""
        return self._of_store("years", lambda: tuple(reversed(spending.years(self.store))))

    def phases(self) -> tuple[tuple[str, Phase], ...]:
        """The years on the map with the phases that each has, the earliest first."""
        return self._of_store("phases", lambda: spending.phases(self.store))

    def phases_to_compare(self) -> tuple[tuple[str, Phase], ...]:
        """The years and phases of budgets that were sent at more than one phase, the earliest first."""
        return self._of_store("phases to compare", lambda: spending.phases_to_compare(self.store))

    def map(self) -> MapOf:
        """The scope's map part by part, for every body, with the prices, residents and shares of its year."""
        return self.whole_place()._once("map", lambda: self._map_of(self.scope.year, self._held()))

    def maps(self) -> Mapping[str, MapOf]:
        """The maps of every year in the rest of the scope, the earliest first."""
        wide = self.whole_place().within(year=self.place.default_year)
        return wide._once(
            "maps",
            lambda: {
                year: self._map_of(year, held)
                for year, held in spending.held_in_every_year(self.store, self._asked).items()
            },
        )

    def _held(self) -> tuple[Held, ...]:
        return spending.held(self.store, self._asked)

    def _map_of(self, year: str, held: tuple[Held, ...]) -> MapOf:
        end = End(year, self.scope.phase, self.scope.version)
        return MapOf(
            end.name,
            year,
            held,
            deflator(self.place, year),
            population_of(self.place, year),
            {share.id: share for share in self.place.shares},
            end.version,
        )

    def changed_since(self, start: End) -> WhatChanged:
        """The bridge from another map to this one, on the bodies and boards of the scope."""
        before = self.for_scope(start.scope_of(self.scope))
        chosen, themes = self.scope.organisations, self.scope.themes
        return self._once(
            ("changed since", start),
            lambda: what_changed(before.map(), self.map(), self.place.organisations, chosen, themes),
        )

    def total_of(self, year: str) -> Total:
        """The total of another year in the same scope."""
        return self.within(year=year).total()

    def opportunities(self, weights: tuple[tuple[str, Decimal], ...] = ()) -> OpportunityList:
        """What could be joined up today, best first: by the place's own weights, or by others."""
        on = dates.today()
        return self._once(
            ("opportunities", on, weights),
            lambda: joint.opportunities(self.store, self._asked, on=on, weights=dict(weights) or None),
        )

    def reviewed(self) -> tuple[decisions.Reviewed, ...]:
        """Every decision of the register beside the map of today."""
        on = dates.today()

        def ask() -> tuple[decisions.Reviewed, ...]:
            entries = joint.decisions(self.store)
            if not entries:
                return ()
            names = self.names(Dimension.ORGANISATION)
            return decisions.review(entries, self.opportunities().opportunities, on, names)

        return self._once(("reviewed", on), ask)

    def consultation(self, identity: str) -> Result | None:
        """What a consultation came to by today, as far as it may be shown; None where there is none of that id."""
        known = any(each.id == identity for each in consultations(self.live))
        if not known:
            return None
        return self.memory.once(
            ("consultation", identity, dates.today()), lambda: result_of(self.live, identity)
        )

    def state_facts(self, on: date) -> Facts:
        """What a State of the City of one day is composed from: the whole place in its own year, on this map."""
        wide = self.for_scope(Scope(year=self.place.default_year, version=self.scope.version))
        return wide._once(("state facts", on), lambda: wide._state_facts(on))

    def _state_facts(self, on: date) -> Facts:
        opportunities = joint.opportunities(self.store, self._asked, on=on)
        measures = measured(self._stated_targets().targets, performance.entries(self.store), on)
        names = self.names(Dimension.ORGANISATION)
        return Facts(
            on=on,
            place=self.place.name,
            year=self.scope.year,
            total=self.total().total,
            years=tuple(HeldNow(year, year, self.total_of(year).total) for year in self.years()),
            bodies=tuple(
                HeldNow(part.key, names.get(part.key, part.key), part.amount)
                for part in self.by(Dimension.ORGANISATION)
            ),
            measures=tuple(map(_measure, measures)),
            opportunities=tuple(
                HeldNow(each.id, each.title, each.joinable)
                for each in opportunities.opportunities
                if each.listed
            ),
            joinable=opportunities.portfolio.joinable,
            register=tuple(
                Registered(each.opportunity, each.title, str(each.state), each.snapshot.joinable)
                for each in joint.decisions(self.store)
            ),
            decided=tuple(
                Written(str(each.decision), f"The Board decided: {each.what.rstrip('.')}.")
                for each in stories.decided(self.store)
            ),
            consulted=tuple(
                Written(
                    each.id,
                    f"Members were asked “{each.name}”: {counted(done.answers, 'answer', 'answers')}.",
                )
                for each in consultations(self.live)
                if each.closes < on and (done := result_of(self.live, each.id, on))
            ),
        )

    def state_edition(self, number: int) -> tuple[Words, Facts | None, str] | None:
        """A published State of the City, or for 0 the next as it is today: its words, the facts before, and its day."""
        before = state_editions.before(self.live, number)
        if not number:
            on = dates.today()
            facts = self.for_scope(Scope()).state_facts(on)
            return Words(statements=compose(facts, before)), before, f"as of {day(on)}, not published"
        edition = state_editions.edition(self.live, number)
        return (edition.words, before, f"published {day(dates.day_of(edition.made_at))}") if edition else None

    def performance(self) -> tuple[Measured, ...]:
        """Every measure as its readings, risks and forecasts leave it today, what is gravest first."""
        on = dates.today()
        return self._once(
            ("performance", on),
            lambda: measured(self._stated_targets().targets, performance.entries(self.store), on),
        )

    def self_review(self, body: str = PARTNERSHIP) -> SelfReview:
        """What the partnership, or a body, says of itself for the scope's year, beside what the map shows."""
        reviews = self._of_store("self reviews", lambda: self_reviews(self.store))
        return self._once(
            ("self review", body, dates.today()),
            lambda: self_review(self.scope.year, body, reviews, self._evidence(body)),
        )

    def _evidence(self, body: str) -> tuple[Evidence, ...]:
        """What this map shows of the questions that partners, or one body, ask themselves."""
        scores = {key: each.score for key, each in assessments(self.store, self.scope.year).items()}
        measures, register, pools = self.performance(), self.reviewed(), self.pools()
        if body == PARTNERSHIP:
            planned = self.planned_together()
            return shown_by_the_map(
                self.relied_on(), planned, measures, register, pools, tuple(scores.values())
            )
        own = self.within(organisations=(body,), themes=()).relied_on()
        given = (scores[body],) if body in scores else ()
        return shown_of_a_body(body, own, measures, register, pools, given)

    def desk(self, theme_id: str) -> Desk:
        """What lies before the Board, a delivery board or an advocate today. Raises `StopIteration` for any other theme."""
        if self.scope.themes:
            return self.within(themes=()).desk(theme_id)
        on = dates.today()
        if theme_id == THE_BOARD.id:
            return self._once(("desk", theme_id, on), lambda: self._board_desk(on))

        def ask() -> Desk:
            theme = next(theme for theme in self.place.themes if theme.id == theme_id)
            return desk_of(
                theme,
                services_of(theme, self.place.service_themes),
                self.opportunities().opportunities,
                self.reviewed(),
                self.pools(),
                self.behind_targets().targets,
                self.external_funding(),
                on,
            )

        return self._once(("desk", theme_id, on), ask)

    def _board_desk(self, on: date) -> Desk:
        tagged = {tie.service for tie in self.place.service_themes if tie.strength}
        return desk_of_the_board(
            [service.id for service in self.place.services],
            len(tagged),
            self.opportunities().opportunities,
            self.reviewed(),
            self.pools(),
            self.performance(),
            self.external_funding(),
            on,
        )

    def portfolio(self, asked: PortfolioAsked) -> ChosenPortfolio:
        """What to take up first with the effort and the limits there are."""
        facts = self._of_store(("facts", dates.today()), lambda: joint.facts(self.store))
        limits = {stream: terms.max_level for stream, terms in facts.terms.items()}
        return self._once(
            ("portfolio", asked, dates.today()),
            lambda: portfolio(
                asked,
                self.opportunities(),
                facts.weights.levels,
                flexible_by_body(self.spend(), limits),
                facts.rules.pooling_step,
                self.short_names(Dimension.ORGANISATION),
            ),
        )

    def back_office(self, asked: BackOfficeAsked) -> BackOffice:
        """What the bodies spend on back offices and buy, and the scale of the prize by national rates."""
        rates = self.place.back_office_rates
        overheads = self._once("overheads", lambda: joint.overheads(self.store, self._asked))
        not_local = self.place.weights.not_local
        departments = [body.id for body in self.place.organisations if body.type in not_local]
        return back_office(overheads, rates, asked.one_off, asked.part, departments)

    def staff(self) -> dict[str, Decimal]:
        """Full-time equivalent staff of each body that has stated them."""
        return {body.id: body.staff for body in self.place.organisations if body.staff is not None}

    def who_gains(self, asked: CaseAsked) -> WorkedCase:
        """Who would pay and who would gain by an intervention here, in the prices of the scope's year."""
        year = self.scope.year
        spent = {part.key: part.amount for part in self.by(Dimension.ORGANISATION)}
        return self._once(
            ("who gains", asked),
            lambda: worked(
                asked,
                self.place.organisations,
                spent,
                self.place.grades,
                lambda amount, of: in_prices_of(self.place, amount, of, year),
                year,
            ),
        )

    def spent_on(self, services: Sequence[str]) -> dict[str, Decimal]:
        """What each body spends on some services together, pounds; bodies that spend nothing are left out."""
        sums: dict[str, Decimal] = {}
        for cell in self.pivot(Dimension.SERVICE, Dimension.ORGANISATION):
            service, body = cell.keys
            if service in services:
                sums[body] = sums.get(body, Decimal(0)) + cell.amount
        return {body: amount for body, amount in sums.items() if amount}

    def headroom(self, asked: HeadroomAsked) -> Headroom:
        """What capping the bodies' grants at another year's level would free."""
        grants = self._of_store(
            ("grants", self.scope.year, asked.against),
            lambda: joint.grants(self.store, self.scope.year, asked.against),
        )
        bodies = self.scope.organisations
        return headroom(
            [each for each in grants if not bodies or each.organisation in bodies], asked.left_out
        )

    def could_move(self) -> CouldMove:
        """The money by what holds it where it is, and what nothing is known to hold."""
        ends = last_day(self.scope.year)
        return self._once("could move", lambda: could_move(self.spend(), ends, self.strings()))

    def strings(self) -> Mapping[str, Strings]:
        """The strings on each funding stream by its id: its own, else those of its listed terms."""
        return strings_by_stream(self.place)

    def strings_on(self, line: LineOnMap) -> Strings:
        """The strings on a line: what its own file says, else what holds for its funding stream."""
        return line.strings.over(self.strings().get(line.funding, NO_STRINGS))

    def strings_by_stream(self) -> tuple[tuple[FundingStream, Strings, Decimal], ...]:
        """Each stream that lines name with its strings and the pounds on those lines, the most first."""
        named: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
        for item in self.spend():
            named[item.funding] += item.amount
        said = self.strings()
        rows = [
            (stream, said[stream.id], named[stream.id])
            for stream in self.place.funding_streams
            if stream.id in named
        ]
        return tuple(sorted(rows, key=lambda row: (-row[2], row[0].name)))

    def funded_years(self) -> tuple[str, ...]:
        """The years in which any body's funding is stated, the latest first."""
        return self._of_store("funded years", lambda: joint.funded_years(self.store))

    def words(self) -> dict[str, str]:
        """What bodies, services, boards and groups of people are called, to look for one by its name."""
        people = {group.id: group.name for group in self.place.client_groups}
        named = self.names(Dimension.SERVICE) | self.names(Dimension.ORGANISATION)
        return named | self.names(Dimension.THEME) | people

    def spend(self) -> tuple[JointSpend, ...]:
        """The money as working together looks at it: by body, service and what keeps it from being joined."""
        return self._once("spend", lambda: joint.joint_spend(self.store, self._asked))

    def service_spend(self) -> tuple[JointSpend, ...]:
        """The same money on services alone: without benefits and pensions paid to people."""
        return self._once("service spend", lambda: on_services(self.spend()))

    def one_sum_services(self) -> frozenset[str]:
        """The services that stand for several: money on them cannot be compared service by service."""
        return frozenset(service.id for service in self.place.services if service.holds_several)

    def compared(self) -> tuple[JointSpend, ...]:
        """The money that bodies can be compared by: on services, and not one sum for several of them."""
        several = self.one_sum_services()
        return self._once(
            "compared",
            lambda: tuple(item for item in self.service_spend() if item.service not in several),
        )

    def not_compared(self) -> tuple[OneSum, ...]:
        """The bodies whose money is one sum for several services, with that sum, the largest first."""
        large = [
            each
            for each in in_one_sum(self.service_spend(), self.one_sum_services())
            if each.amount >= self.least_payer()
        ]
        return tuple(large)

    def least_payer(self) -> Decimal:
        """With fewer pounds on something a body is counted, and is not called a payer of it."""
        return self._of_store("least payer", lambda: facts_of(self.place).rules.least_partner)

    def not_passed_on(self) -> str:
        """What the view by who spends cannot know, as a note; empty in the other view.

        Money that is passed on without a known amount, and the share whose lines do not say who provides.
        """
        if self.scope.view is not View.PROVIDER:
            return ""
        unknown = sum(
            1 for gap in unsettled(self.place, self.scope.year) if gap.amount_in(self.scope.year) is None
        )
        unstated, whole = self.provider_unknown(), self.total().total
        said = [
            f"{counted(unknown, 'payment is', 'payments are')} known without an amount: that money stands with "
            "who pays it"
        ] * bool(unknown)
        if 0 < unstated <= whole:
            said.append(
                f"of {pounds(unstated)} ({percent(unstated, whole)}) the lines do not say who provides "
                "in the end: unknown, and shown with the body that spends it"
            )
        return "; ".join(said)

    def provider_unknown(self) -> Decimal:
        """The pounds in the scope whose lines do not say who provides."""
        stated = self._once("providers", lambda: spending.providers(self.store, self._asked))
        return dict(stated).get("", NOTHING)

    def who_is_no_payer(self) -> str:
        """The size under which a body is called no payer, as a note says it; empty where there is none."""
        least = self.least_payer()
        return f"with under {pounds(least)} on it a body is counted and not called a payer" if least else ""

    def pairs(self) -> tuple[Pair, ...]:
        """Every two bodies with something in common, the most common pounds first."""
        return self._once("pairs", lambda: alignment.pairs(self.compared(), self.least_payer()))

    def matrix(self, measure: str) -> Matrix:
        """One measure between every two bodies, or of every body on every service."""
        return self._once(
            ("matrix", measure), lambda: alignment.matrix(self.compared(), measure, self.least_payer())
        )

    def aligned(self, by: By) -> tuple[Alignment, ...]:
        """Who spends on each service or board, those with most beside their largest funder first."""
        spend = self.compared() if by is By.SERVICE else self.service_spend()
        return self._once(("aligned", by), lambda: alignment.align(spend, by=by, least=self.least_payer()))

    def planned_together(self) -> Part:
        """What the partnership moves: its pools, what it agreed to align and its grants, of all money."""
        return self._once("planned_together", lambda: plans.planned_together_share(self.store, self._asked))

    def linked_to_targets(self) -> Part:
        """Money on services that work towards some measure, of all money on services."""
        return self._once(
            "linked", lambda: alignment.target_linked(self.service_spend(), self._links_of_real())
        )

    def _links_of_real(self) -> tuple[TargetService, ...]:
        """Which services work towards measures that are counted."""
        return targets.links_of_real(self.place.targets, self.place.target_services)

    def early(self) -> Part:
        """Prevention and early help, of all money on services."""
        return stages.early(self.stages())

    def stages(self) -> tuple[StagePart, ...]:
        """The money by how early it acts in a person's need: agreed, stated, suggested or not known."""
        rules = {rule.number: rule for rule in stages.read_rules()}
        agreed = {word.id: word for word in self.stages_agreed()}
        return self._once(
            "stages", lambda: stages.spread(stages_kept.staged(self.store, self._asked), rules, agreed)
        )

    def stages_agreed(self) -> tuple[StageAgreed, ...]:
        """Every word that officers agreed about stages of need, the earliest first."""
        return self._of_store("stages agreed", lambda: stages_kept.agreements(self.store))

    def stages_of_years(self) -> dict[str, tuple[StagePart, ...]]:
        """The same money in every year on the map, the earliest first; years without any are left out."""
        stage_parts = {year: self.within(year=year).stages() for year in self.years()}
        return {year: parts for year, parts in stage_parts.items() if parts}

    def shift_to_early(self, against: str) -> Shift | None:
        """How the early share compares with another year's, on bodies in both; None where there are none."""
        before = self.within(year=against).stages()
        return stages.shift(against, before, self.scope.year, self.stages())

    def behind_targets(self) -> TargetsMoney:
        """The money behind each target as its readings leave it today, and the money behind none."""
        on = dates.today()
        return self._once(("targets", on), lambda: as_recorded(self._stated_targets(), self.performance()))

    def _stated_targets(self) -> TargetsMoney:
        """The money behind each target as the place states it."""
        return self._once(
            "stated targets",
            lambda: targets.money_by_target(
                self.service_spend(), self.place.targets, self.place.target_services
            ),
        )

    def outcomes(self, framework: Framework) -> OutcomesMoney:
        """The money on services by what it works towards: the national outcomes, or the place's own."""
        place, on = self.place, dates.today()
        national = framework is Framework.NATIONAL
        now_at = {target.target.id: target.target for target in self.behind_targets().targets}
        own = [now_at[target.id] for target in targets.real_of(place.targets)]
        of = outcomes.national_outcomes() if national else outcomes.own_outcomes(own, on)
        shares = outcomes.national_shares() if national else outcomes.own_shares(self._links_of_real())
        return self._once(
            ("outcomes", framework, on),
            lambda: outcomes.money_by_outcome(framework, self.service_spend(), of, shares),
        )

    def plans(self) -> tuple[PlanNow, ...]:
        """Every agreed opportunity with its plan as it stands today, those overdue first."""
        on = dates.today()
        return self._of_store(
            ("plans", on),
            lambda: action_plans.plans_now(joint.decisions(self.store), plans.plans(self.store), on),
        )

    def returns(self) -> tuple[ReturnKept, ...]:
        """The returns of pooled funds, as they were kept, else as the register of pools fills them."""
        return self._of_store("returns", lambda: returns.returns(self.store))

    def rejected(self) -> tuple[tuple[Decision, str], ...]:
        """The opportunities that were rejected, each with its reason."""
        return self._of_store("rejected", lambda: action_plans.rejected(joint.decisions(self.store)))

    def followed(self, decision: Decision) -> MoneyFollowed:
        """What the partners of an opportunity spend on its services in every year on the map."""
        spent, sent = {}, {}
        for year in self.years():
            of_year = self.whole_place().within(year=year)
            cells = of_year.pivot(Dimension.SERVICE, Dimension.ORGANISATION)
            spent[year] = {(cell.keys[0], cell.keys[1]): cell.amount for cell in cells}
            sent[year] = of_year.on_map()
        return action_plans.followed(decision, spent, sent)

    def tagged(self) -> tuple[Tagged, ...]:
        """What contributes to each cross-cutting theme."""
        return self._once("tagged", lambda: tags.tagged(self.place, self.by(Dimension.SERVICE)))

    def tag(self, theme: str) -> Tagged:
        """What contributes to one cross-cutting theme of the place. Raises `StopIteration` for any other."""
        return next(tag for tag in self.tagged() if tag.theme.id == theme)

    def external_funding(self) -> Register:
        """The register of external funding and bids."""
        return self._of_store("external funding", lambda: register_of(self.store))

    def voluntary(self) -> Voluntary:
        """What voluntary bodies are known to receive."""
        return self._of_store(
            "voluntary",
            lambda: voluntary.voluntary(
                self.place,
                [kept.file for kept in voluntary_kept.files(self.store)],
                voluntary_kept.words(self.store),
            ),
        )

    def promises(self) -> Mapping[str, Said]:
        """What the partnership says of each promise of the Compact."""
        return self._of_store("promises", lambda: voluntary_kept.promises(self.store))

    def pools(self) -> tuple[Pool, ...]:
        """The register of pools."""
        return self._of_store("pools", lambda: joint.pools(self.store))

    def scenarios(self) -> tuple[Scenario, ...]:
        """The what-ifs that were saved."""
        return self._of_store("scenarios", lambda: joint.scenarios(self.store))

    def worked_out(self, scenario: Scenario) -> Outcome:
        """A what-if worked through on the place's money of today."""
        lines = sorted(
            {ingredient.line for ingredient in scenario.ingredients if ingredient.line is not None}
        )
        limits = joint.line_limits(self.store, self._asked, lines) if lines else ()
        names = self.names(Dimension.SERVICE) | self.names(Dimension.ORGANISATION)
        return try_out(scenario, self.spend(), limits, names)

    def assumed_in(self, scenario: Scenario) -> Assumed:
        """Which of a what-if's contributions no agreement in the register of pools states."""
        return assumed_in(scenario, self.pools(), self.one_sum_services())

    def restated(self) -> Restating:
        """How the scope asks for its figures to be shown: per head, in real terms."""
        return restating(self.scope, self.place)

    def of(self, amount: Decimal) -> Decimal:
        """An amount as the scope asks for it to be shown."""
        return self.restated().of(amount)

    def say(self, sentence: str) -> str:
        """A sentence whose amounts are as the scope asks for them, with what a pound is in them."""
        return with_basis(sentence, basis_of(self.restated()))

    def unit(self) -> str:
        """What the figures count, in one line."""
        shown = self.restated()
        return self.unit_of(shown.unit, self.scope.year, shown.prices)

    def unit_of(self, unit: str, years: str, prices: str) -> str:
        """What figures of some years count in this scope's way of counting, in one line."""
        phase = str(self.scope.phase) if self.scope.phase else "latest available"
        counting = f"{self.scope.basis}, {self.scope.view.shown}"
        on = (self.stands_on(),) if self.scope.version else ()
        return SEPARATOR.join((unit[:1].upper() + unit[1:], f"{years}, {phase}", counting, prices, *on))

    def coverage(self) -> str:
        """How many of the bodies that are known are on the map, and how much is reconciled, in one line."""
        relied = self.relied_on()
        bodies = f"{relied.on_map} of {relied.known} {'body' if relied.known == 1 else 'bodies'} included"
        return SEPARATOR.join((bodies, self.reconciled()))

    def source(self) -> str:
        """What the figures are: published, sent, allocated or estimated, and for which part of the money."""
        cells = self.pivot(Dimension.PROVENANCE, Dimension.ORGANISATION)
        return self._once("source", lambda: source_of(cells, self.short_names(Dimension.ORGANISATION)))

    def reconciled(self) -> str:
        """How much of the money agrees with the bodies' own totals, in a few words."""
        return agreed_in_short(self.relied_on())

    def left_out(self) -> str:
        """What the scope leaves out or selects, in words; empty where it takes everything."""
        off = [
            name
            for name, on in (
                ("schools", self.scope.schools),
                ("benefits and pensions", self.scope.transfers_to_individuals),
                ("capital", self.scope.capital),
                ("the housing revenue account", self.scope.housing_revenue_account),
            )
            if not on
        ]
        said = [f"without {', '.join(off)}"] if off else []
        for dimension, keys in (
            (Dimension.ORGANISATION, self.scope.organisations),
            (Dimension.THEME, self.scope.themes),
        ):
            if keys:
                named = self.short_names(dimension)
                some = ", ".join(named.get(key, key) for key in keys[:3])
                said.append(f"only {some}" + (f" and {len(keys) - 3} more" if len(keys) > 3 else ""))
        return "; ".join(said)

    def reconciliation(self) -> str:
        """How much of the money agrees with which totals, and how many bodies are included."""
        relied = self.relied_on()
        if not relied.size:
            return "Nothing to reconcile."
        return f"{held_against(relied)}; {relied.on_map} of {relied.known} bodies are included."

    def versions(self) -> tuple[MapVersion, ...]:
        """Every published version of the map, the latest first."""
        return published(self.live)

    def stands_on(self) -> str:
        """Which version of the map the figures stand on, in words."""
        known = version(self.live, self.scope.version) if self.scope.version else None
        return f"map {known.title}, published {known.published}" if known else "today’s map, not published"

    def dated(self) -> date | None:
        """The day of the latest submission in force that the figures stand on."""
        days = [
            submission.made_at
            for submission in self.submissions()
            if submission.status == SubmissionStatus.APPROVED
        ]
        return dates.day_of(datetime.fromisoformat(max(days))) if days else None


def _measure(one: Measured) -> Measure:
    """A measure as a State of the City tells it."""
    target = one.target
    name = f"{target.name} (illustrative)" if target.illustrative else target.name
    last = one.readings[-1] if one.readings else None
    when = str(last.period) if last and last.figure == target.latest else target.latest_year
    return Measure(
        target.id,
        name,
        target.latest,
        target.unit,
        when,
        str(one.track),
        target.target,
        one.money.linked,
        target.illustrative,
    )
