"""A reorganisation worked out: which plan is chosen, on whose figures it stands, and what everything in it is called."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.count.neighbours import GROUPS
from budget_model.exhibits.colours import PALETTE, fixed_colour
from budget_model.exhibits.exhibit import Gone
from budget_model.exhibits.neighbours import SOURCE
from budget_model.financial_year import first_calendar_year
from budget_model.money import to_penny
from budget_model.place.england import Authority, BodyKind, england
from budget_model.place.model import Place
from budget_model.store.england import spent, years_returned
from budget_model.together.reorganisation import (
    Basis,
    Change,
    Ground,
    Holdings,
    Outcome,
    Plan,
    from_link,
    reorganise,
)
from budget_model.together.reorganisation_cases import Case, cases
from budget_model.vocabulary import AreaBasis, Dimension

APART: Final = "~"
"""What parts the words of a choice: the case, the year, the plan of one's own, and the body of the series."""
LINES: Final[Mapping[str, str]] = {
    **GROUPS,
    "601": "Police",
    "602": "Fire and rescue",
    "698": "Other services",
}
"""The parts of a return's total service expenditure, which every year's return prints."""
PHASES: Final[Mapping[Ground, str]] = {
    Ground.RETURNS: "net current expenditure on services as the national return prints it",
    Ground.PUBLISHED: "as published",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown: a case by its id, or a plan of one's own by its link; of which year; the series of which body."""

    case: str = ""
    year: str = ""
    own: str = ""
    body: str = ""

    def __str__(self) -> str:
        """As a view keeps it.

        >>> str(Choice("northamptonshire", "2016-17")), str(Choice())
        ('northamptonshire~2016-17', '')
        """
        return APART.join((self.case, self.year, self.own, self.body)).rstrip(APART)


def read_choice(chosen: str) -> Choice:
    """The choice that a view keeps.

    >>> read_choice("northamptonshire~2016-17")
    Choice(case='northamptonshire', year='2016-17', own='', body='')
    """
    case, year, own, body, *_ = [*chosen.split(APART), "", "", "", ""]
    return Choice(case, year, own, body)


@dataclass(frozen=True, slots=True)
class Worked:
    """A plan with its money: who has what before and after, and the words for it."""

    plan: Plan
    case: Case | None
    outcome: Outcome
    stages: tuple[tuple[str, Outcome], ...]
    """What each day moves, by the day in words; one stage where the plan has no two days."""
    bodies: Mapping[str, str]
    services: Mapping[str, str]
    colours: Mapping[str, str]
    residents: Mapping[str, Decimal]
    """Of the bodies in the end whose residents are known."""

    @property
    def happened(self) -> bool:
        """Whether it tells what happened; else it is a what-if."""
        return bool(self.case and self.case.happened)

    def body(self, key: str) -> str:
        """What a body is called."""
        return self.bodies.get(key, key)

    def short(self, key: str) -> str:
        """What a body is called where there is little room."""
        return next((body.short for body in self.plan.bodies if body.key == key), "")

    def service(self, key: str) -> str:
        """What a service is called."""
        return self.services.get(key, key)

    @property
    def source(self) -> str:
        """Where the figures are from; empty for the map's own."""
        if self.plan.ground is Ground.PUBLISHED and self.case:
            return self.case.sources[0]
        return SOURCE if self.plan.ground is Ground.RETURNS else ""


def listed_cases(answers: Answers) -> tuple[Case, ...]:
    """The cases that ship, those of the place's own council first."""
    here = {body.ecode for body in england().of_place(answers.place.ons_code)}
    return tuple(sorted(cases().values(), key=lambda case: _far(case, here)))


def _far(case: Case, here: set[str]) -> int:
    return 0 if here & set(case.plan.touched) else 1


def years_of(answers: Answers, plan: Plan) -> tuple[str, ...]:
    """The years that a plan can be worked out on, the latest first."""
    if plan.ground is Ground.RETURNS:
        return tuple(year for year, _ in reversed(years_returned()))
    if plan.ground is Ground.PUBLISHED:
        return tuple(reversed(tuple(_published(plan))))
    return tuple(reversed(tuple(answers.maps())))


def _published(plan: Plan) -> Mapping[str, Holdings]:
    case = cases().get(plan.case)
    return case.held() if case else {}


def plan_of(answers: Answers, choice: Choice) -> Plan | None:
    """The plan that a choice names, on the year that it names; None where there is no such plan."""
    if choice.own:
        plan = from_link(choice.own)
    else:
        case = cases().get(choice.case or listed_cases(answers)[0].id)
        plan = case.plan if case else None
    if plan is None:
        return None
    years = years_of(answers, plan)
    if plan.ground is Ground.MAP:
        return replace(plan, year=answers.scope.year)
    year = next((each for each in (choice.year, plan.year, *years) if each in years), "")
    return replace(plan, year=year)


def worked_out(answers: Answers, choice: Choice) -> Worked | Gone:
    """A plan worked out, or why it cannot be."""
    plan = plan_of(answers, choice)
    if plan is None:
        return Gone("There is no such reorganisation any more.", "Choose an example, or build your own.")
    if not plan.changes:
        return Gone(
            "Nothing is reorganised yet.", "Choose below which bodies merge, split or pass services on."
        )
    bodies = body_names(answers, plan)
    people = residents_in(answers, plan.year)
    held = holdings(answers, plan, plan.year)
    outcome = reorganise(held, plan.changes, people, lambda key: bodies.get(key, key))
    if not outcome.moves:
        return Gone(f"No figure of these bodies is held for {plan.year}.", "Choose another year.")
    case = None if choice.own else cases().get(choice.case or listed_cases(answers)[0].id)
    return Worked(
        plan,
        case,
        outcome,
        _stages(held, plan, people),
        bodies,
        service_names(answers, plan),
        _colours(answers, plan),
        _residents(plan, outcome, people),
    )


def holdings(answers: Answers, plan: Plan, year: str) -> Holdings:
    """What the bodies of a plan spend on each service in a year, as its ground says."""
    if plan.ground is Ground.PUBLISHED:
        return _published(plan).get(year, {})
    touched = set(plan.touched)
    if plan.ground is Ground.MAP:
        cells = answers.whole_place().within(year=year).pivot(Dimension.ORGANISATION, Dimension.SERVICE)
        return {
            (cell.keys[0], cell.keys[1]): to_penny(cell.amount) for cell in cells if cell.keys[0] in touched
        }
    ecodes = tuple(sorted(touched & {body.ecode for body in england().authorities}))
    return {(body, line): pounds for body, line, pounds in spent(year, ecodes) if line in LINES}


def residents_in(answers: Answers, year: str) -> dict[str, Decimal]:
    """How many people live in every area that is counted for a year: councils', cases', and the place's own."""
    if not year:
        return {}
    people = {row.ecode: row.in_year(year) for row in england().people}
    people |= {area.key: area.in_year(year) for case in cases().values() for area in case.areas}
    return people | _in_own_areas(answers, year)


def _counted_in(place: Place, year: int) -> dict[str, Decimal]:
    """All residents as they were counted in one calendar year, by the code of their area."""
    return {
        count.ons_code: Decimal(count.population)
        for count in place.populations
        if count.year == year and count.is_of("")
    }


def _in_own_areas(answers: Answers, year: str) -> dict[str, Decimal]:
    """Residents of the place's own areas: of the year where they are counted by year, else as its measures have them."""
    place = answers.place
    by_residents = {
        measure.id
        for measure in place.area_measures
        if measure.basis is AreaBasis.RESIDENTS and not measure.services
    }
    weighed = {row.area: row.amount for row in place.area_weights if row.measure in by_residents}
    counted = _counted_in(place, first_calendar_year(year))
    for area in reversed(place.areas):
        if area.within and area.id in weighed:
            weighed[area.within] = weighed.get(area.within, Decimal(0)) + weighed[area.id]
    return weighed | {area.id: counted[area.ons_code] for area in place.areas if area.ons_code in counted}


def body_names(answers: Answers, plan: Plan) -> dict[str, str]:
    """What the bodies of a plan are called."""
    known = {body.ecode: authority_name(body) for body in england().authorities}
    if plan.ground is Ground.MAP:
        known = answers.short_names(Dimension.ORGANISATION)
    return known | {body.key: body.name for body in plan.bodies}


def authority_name(body: Authority) -> str:
    """What a body of the returns is called where it stands among others.

    >>> authority_name(Authority("E2820", "", "Northamptonshire", BodyKind.COUNTY, "", ""))
    'Northamptonshire County'
    """
    if body.kind is BodyKind.COUNTY:
        return f"{body.name} County"
    if body.kind is BodyKind.POLICE:
        return f"{body.name.removesuffix(' Police and Crime Commissioner and Chief Constable')} police"
    return body.name


def service_names(answers: Answers, plan: Plan) -> Mapping[str, str]:
    """What the services of a plan's ground are called."""
    if plan.ground is Ground.MAP:
        return answers.names(Dimension.SERVICE)
    case = cases().get(plan.case)
    return {service.key: service.name for service in case.services} if case and case.services else LINES


def _colours(answers: Answers, plan: Plan) -> dict[str, str]:
    """Each body's own colour: the place's, else by the order in which the plan names it, those that it makes first."""
    given = answers.colours(Dimension.ORGANISATION) if plan.ground is Ground.MAP else {}
    named = dict.fromkeys((*(body.key for body in plan.bodies), *plan.touched))
    tones = {key: PALETTE[place % len(PALETTE)] for place, key in enumerate(named)}
    return {key: fixed_colour(given[key], key) if key in given else tone for key, tone in tones.items()}


def _stages(held: Holdings, plan: Plan, people: Mapping[str, Decimal]) -> tuple[tuple[str, Outcome], ...]:
    """What each day of a plan moves, the earliest first; together one stage where there are not just two days."""
    days = sorted({change.on for change in plan.changes})
    if len(days) != 2:
        return (("", reorganise(held, plan.changes, people)),)
    stages = []
    for day in days:
        outcome = reorganise(held, [change for change in plan.changes if change.on == day], people)
        stages.append((day, outcome))
        held = outcome.after
    return tuple(stages)


def _residents(plan: Plan, outcome: Outcome, people: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The residents of each body in the end: of the councils and areas that go to it, each counted once."""
    if plan.ground is not Ground.RETURNS:
        return {}
    found: dict[str, Decimal] = {}
    for body in outcome.bodies_after:
        parts = _areas_of(body, plan.changes)
        counts = [people[area] * part for area, part in parts.items() if area in people]
        if parts and len(counts) == len(parts):
            found[body] = sum(counts, Decimal(0))
    return found


def _areas_of(body: str, changes: Iterable[Change]) -> dict[str, Decimal]:
    """The areas that go to a body, with the part of each; a district whose county says so already is left out."""
    whole: dict[str, Decimal] = {}
    parts: dict[str, Decimal] = {}
    covered: set[str] = set()
    for change in changes:
        if body not in change.into or change.services:
            continue
        parts |= {part.area: part.size for part in change.by_area if part.into == body}
        if change.by_area:
            covered.update(change.sources)
        elif change.basis is Basis.WHOLE:
            covered.update(change.sources)
            whole |= dict.fromkeys(change.sources, Decimal(1))
    left_out = _districts_of(covered) - parts.keys()
    return {area: part for area, part in (whole | parts).items() if area not in left_out}


def _districts_of(counties: Collection[str]) -> set[str]:
    """The districts of some counties of England, by code."""
    return {authority.ecode for authority in england().authorities if authority.county in counties}


# What can be chosen


def bodies_to_choose(answers: Answers, plan: Plan) -> dict[str, str]:
    """Every body that a plan can take in and what it is called: those with money, and those that the plan makes."""
    if plan.ground is Ground.RETURNS:
        known = {body.ecode: authority_name(body) for body in england().authorities}
    elif plan.ground is Ground.MAP:
        named = answers.names(Dimension.ORGANISATION)
        parts = answers.whole_place().by(Dimension.ORGANISATION)
        known = {part.key: named.get(part.key, part.key) for part in parts}
    else:
        known = {body: body for year in _published(plan).values() for body, _ in year}
    return known | {body.key: body.name for body in plan.bodies}


def services_to_choose(answers: Answers, plan: Plan, bodies: Iterable[str]) -> dict[str, str]:
    """The services that some bodies spend on, or that bodies before them do, the largest first."""
    wanted = set(bodies)
    held = holdings(answers, plan, plan.year)
    own = {service: amount for (body, service), amount in held.items() if body in wanted}
    shown = own or {service: amount for (_, service), amount in held.items()}
    named = service_names(answers, plan)
    return {key: named.get(key, key) for key in sorted(shown, key=lambda key: -shown[key])}


def areas_to_choose(answers: Answers, plan: Plan, bodies: Iterable[str]) -> dict[str, str]:
    """The parts of some bodies whose residents are counted: a county's districts, or the areas of the place."""
    people = residents_in(answers, plan.year)
    if plan.ground is Ground.RETURNS:
        within = [authority for body in bodies for authority in england().within(body)]
        return {authority.ecode: authority.name for authority in within if authority.ecode in people}
    return _wards_or_parts(answers.place, people)


def _wards_or_parts(place: Place, people: Collection[str]) -> dict[str, str]:
    """The names of the place's wards that have residents; of all its parts where it has no wards."""
    parts = [area for area in place.areas if area.within and area.id in people]
    wards = [area for area in parts if area.kind == "ward"]
    return {area.id: area.name for area in wards or parts}
