"""What the State of the City says: how money, targets, opportunities and decisions stand, and what changed since the last.

An edition is composed by rule from two sets of facts, those of its own day and those of the edition before, so that
each sentence can be worked out again. An editor adds words beside the sentences, or leaves some out; what a sentence
says is never changed by hand.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from budget_model import dates
from budget_model.count.saying import counted, listed, number_alone, opened, possessive
from budget_model.dates import day
from budget_model.money import NOTHING, pounds
from budget_model.together.targets import Track, figure_text, made_up_beside, real_of

MOST: Final = 5
"""Changes of one kind that are told one by one; the others are counted."""


class Part(StrEnum):
    """What a sentence is about."""

    MONEY = "Money"
    TARGETS = "Targets"
    OPPORTUNITIES = "Opportunities"
    DECISIONS = "Decisions"


@dataclass(frozen=True, slots=True)
class Held:
    """One thing with its name and the pounds that it holds: a body, a year, an opportunity."""

    key: str
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure as it stands; `money` is spent on its services."""

    key: str
    name: str
    figure: Decimal
    unit: str
    when: str
    heading: str
    target: Decimal | None
    money: Decimal
    illustrative: bool = False
    """Whether its figures are made up, to show how a measure with a target looks."""


@dataclass(frozen=True, slots=True)
class Registered:
    """One entry of the decision register: how far it has come, and the pounds that could be planned together."""

    key: str
    name: str
    state: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Written:
    """What a Board decided in a meeting, or members answered: its key, and the words that tell it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that an edition is composed from, as it was on a day."""

    on: date
    place: str
    year: str
    total: Decimal
    years: tuple[Held, ...]
    bodies: tuple[Held, ...]
    """The bodies of `year`, the largest first; together they are the total."""
    measures: tuple[Measure, ...]
    opportunities: tuple[Held, ...]
    joinable: Decimal
    """What all listed opportunities hold together, each pound once."""
    register: tuple[Registered, ...]
    decided: tuple[Written, ...]
    consulted: tuple[Written, ...]
    """Consultations that had closed by the day."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence with the pounds it is about, and where it can be looked up."""

    part: Part
    key: str
    sentence: str
    source: str
    page: str
    """The address of the page that shows it."""
    amount: Decimal | None = None
    standing: bool = False
    """Whether it tells how things stand, rather than what changed."""


@dataclass(frozen=True, slots=True)
class Words:
    """What an editor adds and leaves out, and, once published, the sentences as they were frozen."""

    name: str = ""
    introduction: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    """A note to a part, by its name."""
    left_out: tuple[str, ...] = ()
    """Keys of sentences that are not shown."""
    statements: tuple[Statement, ...] = ()

    def note(self, part: Part) -> str:
        """What the editor says of one part."""
        return dict(self.notes).get(str(part), "")

    def shown(self, part: Part, statements: Iterable[Statement] = ()) -> tuple[Statement, ...]:
        """The sentences of one part that are not left out."""
        every = self.statements or tuple(statements)
        return tuple(each for each in every if each.part is part and each.key not in self.left_out)


@dataclass(frozen=True, slots=True)
class Edition:
    """A published State of the City: frozen, standing on a published map."""

    number: int
    words: Words
    facts: Facts
    map_version: int
    made_at: datetime
    made_by: str

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.words.name}, {day(dates.day_of(self.made_at))}"

    @property
    def published_by(self) -> str:
        """When it was published, and by whom where whoever asks may know."""
        when = day(dates.day_of(self.made_at))
        return f"{when} by {self.made_by}" if self.made_by else when


def since(before: Facts | None) -> str:
    """Since when changes are told, in a sentence."""
    if before is None:
        return "This is the first State of the City here, so it has nothing to compare with: it tells how things stand."
    return f"Changes are told since the State of the City of {day(before.on)}."


def compose(now: Facts, before: Facts | None) -> tuple[Statement, ...]:
    """Every sentence of an edition: how each part stands, then what changed since the one before, if there was one."""
    return (
        *_money(now, before),
        *_targets(now, before),
        *_opportunities(now, before),
        *_decisions(now, before),
    )


def figures_of(now: Facts) -> Mapping[Part, str]:
    """How each part stands in one figure, to stand above its sentence."""
    return {
        Part.MONEY: pounds(now.total),
        Part.TARGETS: opened(counted(len(real_of(now.measures)), "measure", "measures")),
        Part.OPPORTUNITIES: pounds(now.joinable),
        Part.DECISIONS: str(len(now.register) or "None"),
    }


def _money(now: Facts, before: Facts | None) -> Iterator[Statement]:
    where = "Organisations"
    bodies = counted(len(now.bodies), "body", "bodies")
    yield Statement(
        Part.MONEY,
        "total",
        f"{pounds(now.total)} of public money is spent for {possessive(now.place)} residents in {now.year}, by {bodies}; "
        "each pound is counted once.",
        "Map, total with who pays",
        "organisations",
        now.total,
        standing=True,
    )
    if before is None:
        return
    changes = [*_total_since(now, before), *_years_since(now, before)]
    if now.year == before.year:
        changes += _held_since(Part.MONEY, now.bodies, before.bodies, _BODIES, where, "organisations")
    yield from changes or [_unchanged(Part.MONEY, f"the money of {now.year}", before)]


def _total_since(now: Facts, before: Facts) -> Iterator[Statement]:
    then = {each.key: each.amount for each in before.years}.get(now.year)
    source, page = "Map, total of the year in both editions", "what-changed"
    if then is None:
        text = f"{now.year} was not on the map on {day(before.on)}, so its total is compared with nothing."
        yield Statement(Part.MONEY, "total-since", text, source, page)
    elif then != now.total:
        way = _more(now.total - then)
        text = f"The total of {now.year} is {way} than it was on {day(before.on)} ({pounds(then)})."
        yield Statement(Part.MONEY, "total-since", text, source, page, now.total - then)


def _years_since(now: Facts, before: Facts) -> Iterator[Statement]:
    known = {each.key for each in before.years}
    fresh = [each for each in now.years if each.key not in known]
    if fresh:
        named = listed([f"{each.name} ({pounds(each.amount)})" for each in fresh])
        text = f"New on the map: {named}."
        yield Statement(Part.MONEY, "years", text, "Map, totals of all years", "trends")


@dataclass(frozen=True, slots=True)
class _Called:
    """How changes of one kind of thing are told."""

    one: str
    many: str
    new: str
    gone: str
    verb: str


_BODIES: Final = _Called(
    "body", "bodies", "is new on the map, with", "is no longer on the map; it had", "has"
)
_CHANCES: Final = _Called(
    "opportunity", "opportunities", "is new in the list, with", "is no longer in the list; it had", "has"
)


def _held_since(
    part: Part, now: Sequence[Held], before: Sequence[Held], called: _Called, source: str, page: str
) -> list[Statement]:
    """What is new, what is gone and what holds more or less, the largest change first; the rest is counted."""
    then, today = {each.key: each for each in before}, {each.key: each for each in now}
    told: list[tuple[Decimal, Statement]] = []
    for key in sorted(then.keys() | today.keys()):
        was, here = then.get(key), today.get(key)
        change = (here.amount if here else NOTHING) - (was.amount if was else NOTHING)
        text = _one_change(was, here, called)
        if text:
            told.append(
                (abs(change), Statement(part, f"{part.name.lower()}/{key}", text, source, page, change))
            )
    told.sort(key=lambda each: (-each[0], each[1].key))
    shown = [statement for _, statement in told[:MOST]]
    if len(told) > MOST:
        rest = counted(len(told) - MOST, f"more {called.one}", f"more {called.many}")
        text = f"{opened(rest)} changed by less than those above."
        shown.append(Statement(part, f"{part.name.lower()}/rest", text, source, page))
    return shown


def _one_change(was: Held | None, here: Held | None, called: _Called) -> str:
    """One thing then and now in a sentence; empty where nothing changed."""
    if was is None and here is not None:
        return f"{here.name} {called.new} {pounds(here.amount)}."
    if here is None and was is not None:
        return f"{was.name} {called.gone} {pounds(was.amount)}."
    if was is None or here is None or was.amount == here.amount:
        return ""
    return f"{here.name} {called.verb} {pounds(here.amount)}, {_more(here.amount - was.amount)} than then."


def _more(change: Decimal) -> str:
    return f"{pounds(abs(change))} {'more' if change > 0 else 'less'}"


def _unchanged(part: Part, what: str, before: Facts) -> Statement:
    text = f"Nothing changed in {what} since {day(before.on)}."
    return Statement(
        part, f"{part.name.lower()}/unchanged", text, "Both editions’ facts compared", "versions"
    )


def _targets(now: Facts, before: Facts | None) -> Iterator[Statement]:
    page, source = "performance", "Performance, register of measures"
    real, beside = real_of(now.measures), made_up_beside(now.measures)
    headings = Counter(each.heading for each in real)
    order = [str(track) for track in Track]
    split = [_heading(heading, headings[heading]) for heading in sorted(headings, key=order.index)]
    said = f": {listed(split, most=9)}" if split else ""
    followed = f"{opened(counted(len(real), 'measure is', 'measures are'))} followed"
    text = f"{followed}{said}{f'; {beside}' if beside else ''}."
    yield Statement(Part.TARGETS, "measures", text, source, page, standing=True)
    if before is None:
        return
    changes = [
        Statement(Part.TARGETS, f"targets/{key}", text, source, page, money)
        for key, text, money in _measures_since(now, before)
    ]
    yield from changes or [_unchanged(Part.TARGETS, "the measures", before)]


def _measures_since(now: Facts, before: Facts) -> Iterator[tuple[str, str, Decimal | None]]:
    """Each measure that changed between two editions: its key, a sentence, and the money behind it, pounds."""
    then = {each.key: each for each in before.measures}
    for each in now.measures:
        if text := _measure_since(each, then.pop(each.key, None)):
            yield each.key, text, each.money
    for each in then.values():
        yield each.key, f"{each.name} is no longer followed.", None


def _heading(heading: str, size: int) -> str:
    """How many measures are heading somewhere; one that is worse than its baseline may have no published target either.

    >>> _heading("off track", 4), _heading("worse than its baseline", 8)
    ('four off track', 'eight worse than their baseline')
    >>> _heading("no target published", 1)
    'one without a published target and not known to be worse than its baseline'
    """
    own = "its" if size == 1 else "their"
    words: dict[str, str] = {
        str(Track.GOING_BACK): f"worse than {own} baseline",
        str(Track.UNTARGETED): f"without a published target and not known to be worse than {own} baseline",
    }
    return f"{number_alone(size)} {words.get(heading, heading)}"


def _measure_since(now: Measure, then: Measure | None) -> str:
    """A measure then and now in a sentence; empty where nothing changed."""
    figure = f"{figure_text(now.figure)} {now.unit} ({now.when})"
    if then is None:
        return f"{now.name} is followed now: {figure}."
    changes = []
    if (now.figure, now.when) != (then.figure, then.when):
        changes.append(f"{figure}, {figure_text(then.figure)} then ({then.when})")
    if now.heading != then.heading:
        changes.append(f"{now.heading} now, {then.heading} then")
    if now.target != then.target:
        changes.append(f"a target of {_target(now)}, {_target(then)} then")
    return f"{now.name}: {'; '.join(changes)}." if changes else ""


def _target(measure: Measure) -> str:
    return "none" if measure.target is None else figure_text(measure.target)


def _opportunities(now: Facts, before: Facts | None) -> Iterator[Statement]:
    page, source = "opportunities", "Opportunities, list of the map’s year"
    how_many = counted(len(now.opportunities), "opportunity is", "opportunities are")
    text = (
        f"{opened(how_many)} listed; {pounds(now.joinable)} is recommended to be planned together and known by service "
        "on both sides, each pound once."
    )
    yield Statement(Part.OPPORTUNITIES, "joinable", text, source, page, now.joinable, standing=True)
    if before is None:
        return
    changes = _held_since(Part.OPPORTUNITIES, now.opportunities, before.opportunities, _CHANCES, source, page)
    yield from changes or [_unchanged(Part.OPPORTUNITIES, "the list of opportunities", before)]


def _decisions(now: Facts, before: Facts | None) -> Iterator[Statement]:
    page, source = "plans", "Decision register"
    states = Counter(each.state for each in now.register)
    split = listed([f"{number_alone(size)} {state}" for state, size in sorted(states.items())], most=9)
    text = (
        f"{opened(counted(len(now.register), 'opportunity is', 'opportunities are'))} in the decision register: {split}."
        if now.register
        else "No opportunity is in the decision register."
    )
    yield Statement(Part.DECISIONS, "register", text, source, page, standing=True)
    if before is None:
        return
    changes = [*_register_since(now.register, before.register, source, page)]
    changes += _written_since("meeting", now.decided, before.decided, "The Board’s decisions", "away-day")
    changes += _written_since(
        "consultation", now.consulted, before.consulted, "Consultations", "consultations"
    )
    yield from changes or [_unchanged(Part.DECISIONS, "the decisions", before)]


def _register_since(
    now: Sequence[Registered], before: Sequence[Registered], source: str, page: str
) -> Iterator[Statement]:
    then: Mapping[str, Registered] = {each.key: each for each in before}
    for each in now:
        was = then.get(each.key)
        if was is not None and was.state == each.state:
            continue
        came = f"{was.state} then" if was else "not in the register then"
        text = f"{each.name}: {each.state} now, {came}."
        yield Statement(Part.DECISIONS, f"decisions/{each.key}", text, source, page, each.amount)


def _written_since(
    kind: str, now: Sequence[Written], before: Sequence[Written], source: str, page: str
) -> list[Statement]:
    known = {(each.key, each.words) for each in before}
    return [
        Statement(Part.DECISIONS, f"{kind}/{each.key}", each.words, source, page)
        for each in now
        if (each.key, each.words) not in known
    ]


def differing(edition: Edition, before: Facts | None, again: Facts) -> tuple[str, ...]:
    """A sentence for each statement of a published edition that its frozen map does not give any more."""
    frozen = {each.key: each.sentence for each in edition.words.statements}
    given = {each.key: each.sentence for each in compose(again, before)}
    return tuple(
        f"“{frozen.get(key, 'nothing')}” was published; “{given.get(key, 'nothing')}” is worked out now."
        for key in sorted(frozen.keys() | given.keys())
        if frozen.get(key) != given.get(key)
    )
