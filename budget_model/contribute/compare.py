"""What changes against last year, against the last submission and on the map: before, after, and why.

A change over the place's limit asks for an explanation; a line a thousand times another year's is likely
a mistaken unit and is named before anybody adds it up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.contribute.submission import BudgetLine
from budget_model.mapping.wording import plain
from budget_model.money import NOTHING, exact_pounds, pounds, to_penny
from budget_model.place.model import Place, Plausibility, ThemeKind
from budget_model.vocabulary import PAID_TO_PEOPLE, PAID_TO_PEOPLE_NAME, Kind, Side

UNMAPPED = "unmapped"
ALL = "everything"
"""The subject of an explanation that covers every change of a submission."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Net pounds, whole, by service and by delivery board."""

    total: Decimal
    by_service: Mapping[str, Decimal]
    by_theme: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Change:
    """One service or theme before and after, net pounds."""

    along: str
    """'service' or 'theme'."""
    key: str
    name: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """After less before."""
        return self.after - self.before

    @property
    def part(self) -> Decimal | None:
        """The difference as a part of what was before; None where there was nothing."""
        return self.difference / abs(self.before) if self.before else None

    @property
    def subject(self) -> str:
        """Under what its explanation is kept."""
        return f"{self.along}:{self.key}"

    @property
    def sentence(self) -> str:
        """What happened, as it is said."""
        if not self.before:
            return f"{self.name} is new: {pounds(self.after)}."
        if not self.after:
            return f"{self.name} is gone: it was {pounds(self.before)}."
        part = abs(self.part or Decimal(0)) * 100
        moved = "up" if self.difference > 0 else "down"
        return f"{self.name} is {moved} {part:.0f}%, from {pounds(self.before)} to {pounds(self.after)}."


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states of the same money, held against each other."""

    before_is: str
    """What 'before' is, in words: '2015-16, original budget'."""
    before: Decimal
    after: Decimal
    services: tuple[Change, ...]
    themes: tuple[Change, ...]

    @property
    def moved(self) -> Decimal:
        """By how much the whole is another, pounds; zero where it stays."""
        return self.after - self.before

    @property
    def changed(self) -> tuple[Change, ...]:
        """The services whose amount is another, the largest difference first."""
        return tuple(service for service in self.services if service.difference)


@dataclass(frozen=True, slots=True)
class UnitMistake:
    """A line, or the whole, that is about a thousand times what it was, or a thousandth of it."""

    what: str
    before: Decimal
    after: Decimal
    place: str
    """The cell; empty for the whole."""

    @property
    def sentence(self) -> str:
        """What an officer is told."""
        larger = abs(self.after) > abs(self.before)
        times = abs(self.after / self.before) if larger else abs(self.before / self.after)
        said = f"{times:,.0f} times" if larger else f"one {times:,.0f}th of"
        return (
            f"{self.what}: {exact_pounds(self.after)} is {said} the {exact_pounds(self.before)} it was. "
            "Is the unit right (pounds, or thousands)?"
        )


def amounts_of(lines: Iterable[BudgetLine], place: Place) -> Amounts:
    """What lines that are not kept yet come to, by service and by delivery board."""
    boards = _boards(place)
    total = NOTHING
    services: dict[str, Decimal] = {}
    themes: dict[str, Decimal] = {}
    for line in lines:
        amount = line.amount if line.side is Side.EXPENDITURE else -line.amount
        total += amount
        parts = [(part.service, part.share) for part in line.services] or [(UNMAPPED, Decimal(1))]
        for service, share in parts:
            services[service] = services.get(service, Decimal(0)) + amount * share
            for theme, board in _boards_of(line, service, boards).items():
                themes[theme] = themes.get(theme, Decimal(0)) + amount * share * board
    return Amounts(
        total,
        {key: to_penny(amount) for key, amount in services.items()},
        {key: to_penny(amount) for key, amount in themes.items()},
    )


def _boards_of(
    line: BudgetLine, service: str, boards: Mapping[str, Mapping[str, Decimal]]
) -> Mapping[str, Decimal]:
    """The boards that a part of a line is for, with their shares; what is paid to people is for none."""
    if line.kind is Kind.TRANSFER_TO_INDIVIDUALS:
        return {PAID_TO_PEOPLE: Decimal(1)}
    return boards.get(service, {UNMAPPED: Decimal(1)})


def _boards(place: Place) -> dict[str, dict[str, Decimal]]:
    delivery = {theme.id for theme in place.themes if theme.kind is ThemeKind.DELIVERY_BOARD}
    boards: dict[str, dict[str, Decimal]] = {}
    for service_theme in place.service_themes:
        if service_theme.theme in delivery and service_theme.share:
            boards.setdefault(service_theme.service, {})[service_theme.theme] = service_theme.share
    return boards


def compare(before_is: str, before: Amounts, after: Amounts, place: Place) -> Comparison:
    """Hold two states against each other, the largest differences first."""
    services = {service.id: service.name for service in place.services} | {UNMAPPED: "Not mapped yet"}
    themes = {theme.id: theme.name for theme in place.themes} | {
        UNMAPPED: "Not mapped yet",
        PAID_TO_PEOPLE: PAID_TO_PEOPLE_NAME,
    }
    return Comparison(
        before_is,
        before.total,
        after.total,
        _changes("service", before.by_service, after.by_service, services),
        _changes("theme", before.by_theme, after.by_theme, themes),
    )


def _changes(
    along: str, before: Mapping[str, Decimal], after: Mapping[str, Decimal], names: Mapping[str, str]
) -> tuple[Change, ...]:
    changes = [
        Change(along, key, names.get(key, key), before.get(key, NOTHING), after.get(key, NOTHING))
        for key in {**before, **after}
    ]
    return tuple(sorted(changes, key=lambda change: (-abs(change.difference), change.name)))


def to_explain(comparison: Comparison, place: Place, explanations: Mapping[str, str]) -> tuple[Change, ...]:
    """The changes by service and theme over the limit that nobody has explained yet.

    Money that is merely not mapped yet asks for a mapping, not for an explanation. A theme asks for one of
    its own only where none of its services does, and one explanation of everything covers them all.
    """
    if explanations.get(ALL):
        return ()
    limits, boards = place.plausibility, _boards(place)
    services = [
        service for service in comparison.services if service.key != UNMAPPED and over_limit(service, limits)
    ]
    not_asked = {UNMAPPED, PAID_TO_PEOPLE}.union(*(boards.get(service.key, {}) for service in services))
    themes = [
        theme for theme in comparison.themes if theme.key not in not_asked and over_limit(theme, limits)
    ]
    return tuple(service for service in (*services, *themes) if not explanations.get(service.subject))


def over_limit(change: Change, limits: Plausibility) -> bool:
    """Whether a change is larger than the place takes without an explanation; what is new or gone is."""
    if not change.difference:
        return False
    return change.part is None or abs(change.part) > limits.change_to_explain


def unit_mistakes(
    before: Sequence[BudgetLine], after: Sequence[BudgetLine], limits: Plausibility
) -> tuple[UnitMistake, ...]:
    """Lines that are about `unit_mistake` times what the same line was, and the whole where it is.

    From half the limit on it counts; like-worded lines are added up first.
    """
    found = []
    was, now = _by_words(before), _by_words(after)
    whole_before = sum((abs(line.amount) for line in before), NOTHING)
    whole_after = sum((abs(line.amount) for line in after), NOTHING)
    if _unit_apart(whole_before, whole_after, limits.unit_mistake):
        found.append(UnitMistake("The whole budget", whole_before, whole_after, ""))
    for key, (line, amount) in now.items():
        if key in was and _unit_apart(was[key][1], amount, limits.unit_mistake):
            cell = f"sheet '{line.sheet}', cell {line.column}{line.row}"
            found.append(UnitMistake(line.description, was[key][1], amount, cell))
    return tuple(found)


_Words = tuple[str, str, tuple[str, ...]]


def _by_words(lines: Iterable[BudgetLine]) -> dict[_Words, tuple[BudgetLine, Decimal]]:
    found: dict[_Words, tuple[BudgetLine, Decimal]] = {}
    for line in lines:
        key = (line.code or "", plain(line.description), tuple(plain(heading) for heading in line.headings))
        first, amount = found.get(key, (line, NOTHING))
        found[key] = (first, amount + line.amount)
    return found


def _unit_apart(before: Decimal, after: Decimal, limit: Decimal) -> bool:
    small, large = sorted((abs(before), abs(after)))
    return small > 0 and large / small >= limit / 2
