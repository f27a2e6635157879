"""How much money works towards each target, what works towards none, and what the Board should look at.

Money reaches a target through services (strength 0 to 3). One pound can work towards several targets, so
the sums of targets are never added up; what is linked to any target, and what to none, are. Exceptions
first: targets that are off track with much money behind them (Derby case study 2009, paragraph 21).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from budget_model.count.results import UNMAPPED
from budget_model.count.saying import illustrative_beside
from budget_model.money import NOTHING, to_penny
from budget_model.place.model import Direction, Target, TargetService
from budget_model.together.spend import JointSpend

STRONGEST = 3


class Track(StrEnum):
    """Where a target is heading."""

    MET = "met"
    ON_TRACK = "on track"
    OFF_TRACK = "off track"
    GOING_BACK = "worse than its baseline"
    UNTARGETED = "no target published"


class MayBeMadeUp(Protocol):
    """Something of a place's measures whose figures are real, or made up to show how a screen works."""

    @property
    def illustrative(self) -> bool:
        """Whether its figures are made up."""
        ...


Each = TypeVar("Each", bound=MayBeMadeUp)


def real_of(every: Iterable[Each]) -> tuple[Each, ...]:
    """Those with real figures, which alone are counted and headed; all of them where every one is made up."""
    given = tuple(every)
    return tuple(each for each in given if not each.illustrative) or given


def links_of_real(targets: Iterable[Target], links: Iterable[TargetService]) -> tuple[TargetService, ...]:
    """Which services work towards measures that are counted: no money is matched with one that is made up."""
    counted = {target.id for target in real_of(targets)}
    return tuple(link for link in links if link.target in counted)


def made_up_beside(every: Sequence[MayBeMadeUp]) -> str:
    """How many are made up, to be said beside a count of those with real figures; empty where none is."""
    return illustrative_beside(sum(1 for may_be_made_up in every if may_be_made_up.illustrative), len(every))


HEADINGS: Mapping[Track, str] = {
    Track.MET: "has been met",
    Track.ON_TRACK: "is on track",
    Track.OFF_TRACK: "is off track",
    Track.GOING_BACK: "is worse than its baseline",
    Track.UNTARGETED: "has no published target",
}
"""What a sentence says of a measure that is heading there."""
OFF = (Track.OFF_TRACK, Track.GOING_BACK)
"""Headings of what misses its target, or is worse than where it began."""


def off_in_words(headings: Iterable[Track], *, many: bool = True) -> str:
    """What measures that head the wrong way are, after “is” or “are”: both where some are each, or none is known.

    >>> off_in_words([Track.GOING_BACK, Track.GOING_BACK]), off_in_words([Track.OFF_TRACK], many=False)
    ('worse than their baseline', 'off track')
    >>> off_in_words([])
    'off track or worse than their baseline'
    """
    worse = f"worse than {'their' if many else 'its'} baseline"
    words = {Track.OFF_TRACK: "off track", Track.GOING_BACK: worse}
    held = set(headings)
    said = [word for heading, word in words.items() if heading in held]
    return " or ".join(said or words.values())


@dataclass(frozen=True, slots=True)
class TargetMoney:
    """One target with the money behind it, pounds.

    `linked` is all money on its services; `weighed` counts it by strength, a third for each step.
    `progress` is the part of the way from baseline to target that the latest figure has come.
    """

    target: Target
    track: Track
    progress: Decimal | None
    linked: Decimal
    weighed: Decimal
    by_organisation: tuple[tuple[str, Decimal], ...]
    by_service: tuple[tuple[str, Decimal, int], ...]
    sentence: str

    @property
    def off_track(self) -> bool:
        """Whether it misses its target, or is worse than where it began."""
        return self.track in OFF

    @property
    def illustrative(self) -> bool:
        """Whether the target's figures are made up; the money is real all the same."""
        return self.target.illustrative

    @property
    def change(self) -> Decimal | None:
        """By what part of its baseline the latest figure is better, below zero worse; None with nothing to compare."""
        aim = self.target
        if not aim.baseline or aim.baseline_year == aim.latest_year:
            return None
        way = 1 if aim.direction is Direction.HIGHER_IS_BETTER else -1
        return way * (aim.latest - aim.baseline) / abs(aim.baseline)


@dataclass(frozen=True, slots=True)
class TargetsMoney:
    """Every target: real before made up, then off track with much money first; and all money by whether it is linked.

    Money is linked through targets that are counted: the real ones, or all where every one is made up.
    """

    targets: tuple[TargetMoney, ...]
    linked: Decimal
    unlinked: Decimal
    unlinked_by_service: tuple[tuple[str, Decimal], ...]
    illustrative: bool
    """Some of the targets are made up, to show how the screen works."""

    @property
    def unknown(self) -> Decimal:
        """The part of the unlinked money that has no service yet: whether it works towards a target is not known."""
        return dict(self.unlinked_by_service).get(UNMAPPED, NOTHING)

    @property
    def counted(self) -> tuple[TargetMoney, ...]:
        """Those that headlines count: the real ones, or all where every one is made up."""
        return real_of(self.targets)

    @property
    def off_track(self) -> tuple[TargetMoney, ...]:
        """Those of them that miss their target, or are worse than where they began."""
        return tuple(target_money for target_money in self.counted if target_money.off_track)

    @property
    def untargeted(self) -> int:
        """How many of the measures that are counted have no published target."""
        return sum(1 for target_money in self.counted if target_money.target.target is None)

    @property
    def whole(self) -> Decimal:
        """All money, linked to a target or not."""
        return self.linked + self.unlinked


def money_by_target(
    spend: Iterable[JointSpend], targets: Sequence[Target], links: Iterable[TargetService]
) -> TargetsMoney:
    """The money behind each target, and the money behind none."""
    on_service: defaultdict[str, defaultdict[str, Decimal]]
    on_service = defaultdict(lambda: defaultdict(lambda: NOTHING))
    for item in spend:
        on_service[item.service][item.organisation] += item.amount
    every = tuple(links)
    strengths, counted = _strengths(every), _strengths(links_of_real(targets, every))
    any_target = {service for services in counted.values() for service in services}
    sums = {service: sum(bodies.values(), NOTHING) for service, bodies in on_service.items()}
    found = [_money_of_target(target, strengths.get(target.id, {}), on_service, sums) for target in targets]
    unlinked = sorted(
        ((service, amount) for service, amount in sums.items() if service not in any_target),
        key=lambda one: (-one[1], one[0]),
    )
    behind_none = sum((amount for _, amount in unlinked), NOTHING)
    return TargetsMoney(
        in_order(found),
        sum(sums.values(), NOTHING) - behind_none,
        behind_none,
        tuple(unlinked),
        any(target.illustrative for target in targets),
    )


def _strengths(links: Iterable[TargetService]) -> dict[str, dict[str, int]]:
    """How strongly each service works towards each target; a link without any strength is none."""
    strengths: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for link in links:
        if link.strength > 0:
            strengths[link.target][link.service] = min(link.strength, STRONGEST)
    return strengths


def _money_of_target(
    target: Target,
    strengths: dict[str, int],
    on_service: defaultdict[str, defaultdict[str, Decimal]],
    sums: dict[str, Decimal],
) -> TargetMoney:
    by_organisation: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    by_service = []
    weighed = NOTHING
    for service, strength in sorted(strengths.items()):
        if service not in sums:
            continue
        by_service.append((service, sums[service], strength))
        weighed += sums[service] * strength / STRONGEST
        for organisation, amount in on_service[service].items():
            by_organisation[organisation] += amount
    heading = track(target)
    return TargetMoney(
        target,
        heading,
        progress(target),
        sum((amount for _, amount, _ in by_service), NOTHING),
        to_penny(weighed),
        tuple(sorted(by_organisation.items(), key=lambda one: (-one[1], one[0]))),
        tuple(sorted(by_service, key=lambda one: (-one[1], one[0]))),
        sentence(target, heading),
    )


def by_year(target: Target) -> Mapping[str, Decimal]:
    """What a measure should be in years on the way to its target, by financial year."""
    stated = (text.split() for text in target.yearly)
    return {year: Decimal(figure) for year, figure in stated}


def restated(money: TargetMoney, target: Target) -> TargetMoney:
    """The same money behind a target whose figures have moved on: heading, way come and sentence follow."""
    if target == money.target:
        return money
    heading = track(target)
    return replace(
        money,
        target=target,
        track=heading,
        progress=progress(target),
        sentence=sentence(target, heading),
    )


def in_order(targets: Iterable[TargetMoney]) -> tuple[TargetMoney, ...]:
    """Real before made up, then off track with much money first."""
    return tuple(
        sorted(
            targets,
            key=lambda target: (
                target.target.illustrative,
                not target.off_track,
                -target.linked,
                target.target.id,
            ),
        )
    )


def track(target: Target) -> Track:
    """Where a target is heading: by its latest figure, by its forecast, else by the target of its latest year."""
    way = 1 if target.direction is Direction.HIGHER_IS_BETTER else -1
    aim = target.target
    if aim is not None and (target.latest - aim) * way >= 0:
        return Track.MET
    if aim is not None and _is_coming(target, aim, way):
        return Track.ON_TRACK
    if (target.latest - target.baseline) * way < 0:
        return Track.GOING_BACK
    return Track.UNTARGETED if aim is None else Track.OFF_TRACK


def _is_coming(target: Target, aim: Decimal, way: int) -> bool:
    """Whether its forecast reaches the target; without a forecast, whether its latest figure is where it should be."""
    if target.forecast is not None:
        return (target.forecast - aim) * way >= 0
    due = by_year(target).get(target.latest_year)
    return due is not None and (target.latest - due) * way >= 0


def progress(target: Target) -> Decimal | None:
    """The part of the way come, below zero for the wrong way; None where there was no way to go, or no target."""
    if target.target is None or target.target == target.baseline:
        return None
    distance = target.target - target.baseline
    return ((target.latest - target.baseline) / distance).quantize(Decimal("0.0001"))


def sentence(target: Target, heading: Track) -> str:
    """A target in one sentence, with its figures."""
    made_up = " Illustrative." if target.illustrative else ""
    return f"{measure_of(target)} {HEADINGS[heading]}: {_so_far(target)}, {_aim(target, heading)}.{made_up}"


def measure_of(target: Target) -> str:
    """A measure as the subject of a sentence, whether its name is one thing or many."""
    return f"The measure “{target.name}”"


def _so_far(target: Target) -> str:
    """Where it began and is; where no earlier figure is known, the one figure that is."""
    latest = f"{figure_text(target.latest)} in {target.latest_year}"
    if (target.baseline, target.baseline_year) == (target.latest, target.latest_year):
        return f"{latest}, no earlier figure is known"
    return f"{figure_text(target.baseline)} in {target.baseline_year}, {latest}"


def _aim(target: Target, heading: Track) -> str:
    """What its latest figure is compared with: its forecast and target, else its neighbours and the country."""
    if target.target is not None:
        coming = "" if target.forecast is None else f"forecast {figure_text(target.forecast)} "
        due = by_year(target).get(target.latest_year)
        on_the_way = "" if due is None else f"{figure_text(due)} was due then, "
        return f"{on_the_way}{coming}against a target of {figure_text(target.target)} ({target.unit}) for {target.target_year}"
    others = (
        ("its neighbours’ median", target.neighbours),
        ("its region", target.regional),
        ("England", target.national),
    )
    known = [f"{name} {figure_text(figure)}" for name, figure in others if figure is not None]
    missing = [] if heading is Track.UNTARGETED else ["no target is published"]
    return "; ".join((target.unit, *missing, *known))


def in_three_figures(number: Decimal) -> Decimal:
    """A measure as it is said: three significant figures, whole numbers whole; more would claim to be surer.

    >>> [str(in_three_figures(Decimal(text))) for text in ("46.905", "0.07123", "1234.5", "76", "5.043")]
    ['46.9', '0.0712', '1235', '76', '5.04']
    """
    places = max(2 - number.adjusted(), 0) if number else 0
    kept = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return Decimal(f"{kept.normalize():f}")


def figure_text(number: Decimal) -> str:
    """The same in a sentence.

    >>> figure_text(Decimal("46.25")), figure_text(Decimal("82.0"))
    ('46.3', '82')
    """
    return f"{in_three_figures(number):f}"
