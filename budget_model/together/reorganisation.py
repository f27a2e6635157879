"""What a reorganisation moves: bodies merge, split or pass functions on, and every service keeps its pounds.

Changes are worked through one after the other, so that a body can take money over and be split later. Each pound
stays known by the body that had it first: what moves from whom to whom is that body, the last one, and the service.
A split is to the penny, the odd pennies to whom rounding down costs most (`money.apportion`), so that each service
has before and after the same pounds. What a reorganisation costs, and what it may save, is not worked out here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budget_model.count.saying import listed
from budget_model.money import NOTHING, apportion
from budget_model.plain_values import from_word, is_credible, to_word
from budget_model.problem import Location, Problem, Severity

Holdings = Mapping[tuple[str, str], Decimal]
"""Pounds to the penny by the body that has them and the service."""
Residents = Mapping[str, Decimal]
"""How many people live in each area whose number is known."""
MOST_CHANGES, MOST_PARTS = 60, 400
"""Changes of a plan and parts of its splits, beyond which a link is nobody's choice."""
NO_WEIGHTS = "nothing says how it is split"
"""The code of a change whose parts have no weights."""


class Basis(StrEnum):
    """How it is known what of a split body's money goes to whom."""

    WHOLE = "whole"
    PARISHES = "parishes"
    POPULATION = "population"
    ACTIVITY = "activity"
    STATED = "stated shares"


class Kind(StrEnum):
    """What a change is: bodies become one, one becomes several, or services go to another body."""

    MERGER = "merger"
    SPLIT = "split"
    TRANSFER = "transfer of functions"


class Ground(StrEnum):
    """Whose figures a plan is worked out on."""

    RETURNS = "national returns"
    MAP = "this map"
    PUBLISHED = "published for the case"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a body, a parish or a district, and the body that it goes to.

    Its weight is its `size`: people, acts or a share. Where it names an `area`, it is the part `size` of the people there.
    """

    into: str
    size: Decimal = Decimal(1)
    area: str = ""
    name: str = ""

    def weight(self, residents: Residents) -> Decimal | None:
        """What it counts for among the parts; None where nobody counted the area's people."""
        if not self.area:
            return self.size
        people = residents.get(self.area)
        return None if people is None else people * self.size


@dataclass(frozen=True, slots=True)
class Change:
    """One step: the money of some bodies, or of some of their services, goes to one body or to several."""

    sources: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    kind: Kind = Kind.MERGER
    services: tuple[str, ...] = ()
    """The services whose money goes; all where empty."""
    basis: Basis = Basis.WHOLE
    on: str = ""
    """The day, as '2021-04-01'; empty where it has none."""
    note: str = ""
    """What is known of it, in a sentence."""

    @property
    def into(self) -> tuple[str, ...]:
        """The bodies that have the money afterwards, in the order in which they are named."""
        return tuple(dict.fromkeys(part.into for part in self.parts))

    @property
    def by_area(self) -> tuple[Part, ...]:
        """The parts that are areas."""
        return tuple(part for part in self.parts if part.area)

    def takes(self, body: str, service: str) -> bool:
        """Whether it moves a body's money for a service."""
        return body in self.sources and (not self.services or service in self.services)

    def weights(self, residents: Residents) -> dict[str, Decimal]:
        """What each body counts for; empty where a part's weight is not known, or none is above zero."""
        sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        for part in self.parts:
            weight = part.weight(residents)
            if weight is None or weight < 0:
                return {}
            sums[part.into] += weight
        return dict(sums) if any(sums.values()) else {}


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body that a plan makes, and what it is called."""

    key: str
    name: str
    short: str = ""
    """For charts; the name where it is empty."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A reorganisation as somebody thinks of it: on whose figures, and what becomes of whom, step by step."""

    name: str = ""
    ground: Ground = Ground.MAP
    year: str = ""
    """The year of the returns or of the published money; on the map it is the view's own."""
    changes: tuple[Change, ...] = ()
    bodies: tuple[NewBody, ...] = ()
    case: str = ""
    """The case whose published money it stands on."""

    @property
    def touched(self) -> tuple[str, ...]:
        """Every body that gives or takes, in the order in which they are named."""
        named = [body for change in self.changes for body in (*change.sources, *change.into)]
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Move:
    """Pounds of one service that one body had first and one has in the end; both may be the same."""

    source: str
    target: str
    service: str
    amount: Decimal

    @property
    def stays(self) -> bool:
        """Whether the body that had it keeps it."""
        return self.source == self.target


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who had what, and who has it in the end; and what of the plan could not be worked out."""

    moves: tuple[Move, ...]
    problems: tuple[Problem, ...]

    @property
    def before(self) -> dict[tuple[str, str], Decimal]:
        """Pounds by the body that had them first and the service."""
        return _summed((move.source, move.service, move.amount) for move in self.moves)

    @property
    def after(self) -> dict[tuple[str, str], Decimal]:
        """Pounds by the body that has them in the end and the service."""
        return _summed((move.target, move.service, move.amount) for move in self.moves)

    @property
    def between(self) -> dict[tuple[str, str], Decimal]:
        """Pounds by the body that had them first and the one that has them in the end."""
        return _summed((move.source, move.target, move.amount) for move in self.moves)

    @property
    def services(self) -> tuple[str, ...]:
        """Every service with money, the largest first."""
        return _largest((move.service, move.amount) for move in self.moves)

    @property
    def bodies_before(self) -> tuple[str, ...]:
        """The bodies that had money, the largest first."""
        return _largest((move.source, move.amount) for move in self.moves)

    @property
    def bodies_after(self) -> tuple[str, ...]:
        """The bodies that have money in the end, the largest first."""
        return _largest((move.target, move.amount) for move in self.moves)

    @property
    def receivers(self) -> tuple[str, ...]:
        """The bodies that have money which was another's, the one that takes most over first."""
        return _largest((move.target, move.amount) for move in self.moves if not move.stays)

    @property
    def givers(self) -> tuple[str, ...]:
        """The bodies whose money, or part of it, another body has, the one with most before first."""
        giving = {move.source for move in self.moves if not move.stays}
        return tuple(body for body in self.bodies_before if body in giving)

    @property
    def moved(self) -> Decimal:
        """Pounds that another body has in the end."""
        return sum((move.amount for move in self.moves if not move.stays), NOTHING)

    @property
    def total(self) -> Decimal:
        """All pounds of the bodies that the plan speaks of."""
        return sum((move.amount for move in self.moves), NOTHING)

    def has(self, body: str) -> Decimal:
        """What a body has in the end."""
        return sum((move.amount for move in self.moves if move.target == body), NOTHING)

    def taken(self, body: str) -> Decimal:
        """What a body has in the end that was another's."""
        return sum((move.amount for move in self.moves if move.target == body and not move.stays), NOTHING)

    def had(self, body: str) -> Decimal:
        """What a body had first."""
        return sum((move.amount for move in self.moves if move.source == body), NOTHING)


def _summed(rows: Iterable[tuple[str, str, Decimal]]) -> dict[tuple[str, str], Decimal]:
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for first, second, amount in rows:
        sums[first, second] += amount
    return dict(sums)


def _largest(pairs: Iterable[tuple[str, Decimal]]) -> tuple[str, ...]:
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for key, amount in pairs:
        sums[key] += amount
    return tuple(sorted(sums, key=lambda key: (-sums[key], key)))


Held = dict[tuple[str, str, str], Decimal]
"""Pounds by the body that had them first, the one that has them now, and the service."""


def reorganise(
    before: Holdings,
    changes: Sequence[Change],
    residents: Residents,
    called: Callable[[str], str] = str,
) -> Outcome:
    """Work changes through, one after the other. `before` is to the penny; `called` names a body in a problem.

    A change that cannot be worked out moves nothing, and is named among the problems.
    """
    held: Held = {(body, body, service): amount for (body, service), amount in before.items() if amount}
    problems: list[Problem] = []
    for change in changes:
        weights = change.weights(residents)
        problem = _problem(change, weights, held, called)
        if problem:
            problems.append(problem)
        else:
            held = _after(held, change, weights)
    moves = tuple(Move(*key, amount) for key, amount in sorted(held.items()) if amount)
    return Outcome(moves, tuple(problems))


def _after(held: Held, change: Change, weights: Mapping[str, Decimal]) -> Held:
    """Who has what after one change."""
    after: defaultdict[tuple[str, str, str], Decimal] = defaultdict(lambda: NOTHING)
    for (first, body, service), amount in held.items():
        if change.takes(body, service):
            for into, part in apportion(amount, weights).items():
                after[first, into, service] += part
        else:
            after[first, body, service] += amount
    return dict(after)


def _problem(
    change: Change, weights: Mapping[str, Decimal], held: Held, called: Callable[[str], str]
) -> Problem | None:
    """What stops a change; None where it can be worked out."""
    names = listed([called(body) for body in change.sources])
    has = "has" if len(change.sources) == 1 else "have"
    if not change.sources or not change.parts:
        return _said(
            "A step names no body that gives, or none that takes.", "Choose both, or remove the step."
        )
    if change.kind is Kind.TRANSFER and not change.services:
        return _said(f"It is not said which services of {names} go.", "Choose at least one service.")
    if not weights:
        return _said(
            f"Nothing says how the money of {names} is split.",
            "State the people, the activity or the share of each part.",
            NO_WEIGHTS,
        )
    if not any(change.takes(body, service) for _, body, service in held):
        return _said(f"{names} {has} no money that this step could move.", "Choose other bodies or services.")
    return None


def _said(sentence: str, remedy: str, code: str = "reorganisation") -> Problem:
    return Problem(Location(""), sentence, remedy, Severity.WARNING, code)


# Year by year


@dataclass(frozen=True, slots=True)
class YearOf:
    """What a body would have had in one year, or had: None where no figure of the year is held.

    `held_by` are the bodies whose figures the year stands on.
    """

    year: str
    amount: Decimal | None
    held_by: tuple[str, ...] = ()


def year_by_year(
    years: Mapping[str, Holdings],
    changes: Sequence[Change],
    residents: Callable[[str], Residents],
    body: str,
) -> tuple[YearOf, ...]:
    """The money of a body and of those before it, each year on the bodies that there were in it."""
    return tuple(_in_year(year, held, changes, residents(year), body) for year, held in years.items())


def _in_year(year: str, held: Holdings, changes: Sequence[Change], residents: Residents, body: str) -> YearOf:
    outcome = reorganise(held, changes, residents)
    sources = tuple(one for one in outcome.bodies_before if (one, body) in outcome.between)
    unknown = any(problem.code == NO_WEIGHTS for problem in outcome.problems)
    return YearOf(year, None) if unknown or not sources else YearOf(year, outcome.has(body), sources)


# The link


def to_link(plan: Plan) -> str:
    """A plan as one word of a link."""
    return to_word(plan)


def from_link(word: str) -> Plan | None:
    """The plan that a link holds; None for a word that is no plan, however it was made."""
    plan = from_word(Plan, word)
    return plan if plan and _is_credible(plan) else None


def _is_credible(plan: Plan) -> bool:
    """Whether a plan is of a size that somebody could have chosen: arithmetic on others may have no end."""
    sizes = [part.size for change in plan.changes for part in change.parts]
    return (
        len(plan.changes) <= MOST_CHANGES
        and len(sizes) <= MOST_PARTS
        and all(size >= 0 and is_credible(size) for size in sizes)
    )
