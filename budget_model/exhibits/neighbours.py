"""A body of the place beside others of its kind: what it spends per resident, its rank, and the pounds to the median."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.neighbours import (
    ADULT_GROUPS,
    ALL,
    CHILDREN_GROUPS,
    CLASS,
    FOR_ADULTS,
    FOR_CHILDREN,
    GROUPS,
    OWN_LIST,
    WITHOUT_LINES,
    Peers,
    Standing,
    by_group,
    by_line,
    peers_of,
    standings,
)
from budget_model.count.saying import in_sentence, number, possessive
from budget_model.exhibits.colours import NAVY, OTHERS_COLOUR, PLUM, TEAL
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import exhibit_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import NOTHING, PENNY, pounds
from budget_model.place.england import Authority, BodyKind, England, england
from budget_model.place.model import ServiceScope
from budget_model.store.england import spent, years_returned
from budget_model.together.telling import ordinal
from budget_model.vocabulary import Dimension

MOSTLY: Final = Decimal("0.5")
"""From this part of a service on it is called a board's own."""
APART: Final = "~"
"""What parts the words of a choice: whose spending, beside whom, of which year, told how, divided by whom."""
DETAILED: Final = "2016-17"
"""The one year whose return prints every line, so that services and boards can be told apart."""
TELLINGS: Final[Mapping[str, str]] = {
    "return": "Groups of the return",
    "service": "Services of this map",
    "theme": "Boards",
}
CAUTION: Final = (
    "More is not too much and less is not good value: need, prices, fees, schools that left the council and how a service "
    "is counted all differ. Ask why before anything else."
)
NO_JUDGEMENT: Final = "A difference is no judgement: ask why before anything else."
SCHOOLS: Final = (
    "Schools that became academies are paid by the department, so a council with fewer of them shows more."
)
SOURCE: Final = (
    "Department for Communities and Local Government: revenue returns of every English authority; residents between the "
    "censuses of 2011 and 2021, Office for National Statistics"
)
SERVED: Final = "served"
ADULT: Final = "adult"
PER: Final[Mapping[str, str]] = {"head": "Per resident", SERVED: "Per child", ADULT: "Per adult"}
"""By whom spending is divided: all residents, or the children or adults that it is for."""
PERSON: Final[Mapping[str, str]] = {"head": "resident", SERVED: "child", ADULT: "adult"}
HOW_SERVED: Final = (
    "Per child: residents of 0 to 17. Per adult: residents of 18 and over, which is all residents less children. That allows "
    "for how many people a service is for, and for no other need: how many adults are older, of working age, in poor health "
    "or in deprived areas is not counted here for other councils, so nothing is adjusted for that."
)
NOT_COUNTED: Final = "Children are not counted for this body, this year or enough of the others."
NOT_ENGLISH: Final = (
    "This place has no English council’s code, so there is no national return to set it beside."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared: a body by its e-code, with whom, in which year, told how."""

    body: str = ""
    peers: str = CLASS
    year: str = ""
    telling: str = "return"
    per: str = "head"

    def __str__(self) -> str:
        words = (self.body, self.peers, self.year, self.telling)
        return APART.join(words if self.per == "head" else (*words, self.per))


def read_choice(chosen: str) -> Choice:
    """The choice that a view keeps; what it leaves out is the usual.

    >>> read_choice("E1001~region")
    Choice(body='E1001', peers='region', year='', telling='return', per='head')
    """
    words = (chosen.split(APART) + [""] * 5)[:5]
    per = words[4] if words[4] in PER else "head"
    return Choice(words[0], words[1] or CLASS, words[2], words[3] or "return", per)


@dataclass(frozen=True, slots=True)
class Compared:
    """A body beside its peers in one year: every standing, and what the keys are called."""

    body: Authority
    peers: Peers
    year: str
    phase: str
    telling: str
    found: tuple[Standing, ...]
    names: Mapping[str, str]
    lists: England
    schools: frozenset[str]
    """Keys of schools' money."""
    per_child: Mapping[str, Standing]
    """Where it stands per child on each service that is for children, where children are counted."""
    per_adult: Mapping[str, Standing]
    """Where it stands per adult on each service that is for adults in care, where children and so adults are counted."""
    per: str = "head"

    @property
    def person(self) -> str:
        """Whom a pound is divided by, in a word."""
        return PERSON[self.per]

    @property
    def whole(self) -> Standing | None:
        """Where it stands on everything that it spends, where that is told."""
        return next((one for one in self.found if one.key == ALL), None)

    @property
    def parts(self) -> tuple[Standing, ...]:
        """Where it stands on each service, the furthest from the median first."""
        return tuple(one for one in self.found if one.key != ALL)

    def name_of(self, ecode: str) -> str:
        """What another body is called."""
        return self.lists.authority(ecode).name

    @property
    def subject(self) -> str:
        """The body as a sentence names it."""
        is_council = self.body.is_upper_tier or self.body.kind is BodyKind.DISTRICT
        return f"{possessive(self.body.name)} council" if is_council else self.body.name

    def called(self, key: str) -> str:
        """What a service is called within a sentence; a board keeps its large letter."""
        name = self.names.get(key, key)
        return name if self.telling == "theme" else in_sentence(name)


def bodies_of(answers: Answers) -> tuple[Authority, ...]:
    """The councils, police and fire bodies of the place, its council first."""
    wanted = (BodyKind.WASTE, BodyKind.COMBINED, BodyKind.GREATER_LONDON, BodyKind.PARK)
    return tuple(body for body in england().of_place(answers.place.ons_code) if body.kind not in wanted)


def years() -> tuple[str, ...]:
    """The years that there are returns of, the latest first."""
    return tuple(year for year, _ in reversed(years_returned()))


def peers_named(key: str, body: Authority) -> Peers | None:
    """The peers that a key names; an own list names councils: 'own:E3001+E2401'."""
    kind, _, listed = key.partition(":")
    if kind == OWN_LIST:
        known = {authority.ecode for authority in england().authorities}
        ecodes = tuple(
            code for code in dict.fromkeys(listed.split("+")) if code in known and code != body.ecode
        )
        return Peers(key, "of your own list", ecodes) if ecodes else None
    return next((peers for peers in peers_of(body, england()) if peers.key == key), None)


def _by_key(standings: Iterable[Standing]) -> dict[str, Standing]:
    return {standing.key: standing for standing in standings}


def compare(answers: Answers, choice: Choice) -> Compared | Gone:
    """A body of the place beside its peers, or why that cannot be."""
    bodies = {body.ecode: body for body in bodies_of(answers)}
    if not bodies:
        return Gone(NOT_ENGLISH, "Give the place the code of an English council in place.toml.")
    body = bodies.get(choice.body) or next(iter(bodies.values()))
    peers = peers_named(choice.peers, body)
    if peers is None:
        return Gone(
            "There is nobody to compare with in this choice.", "Choose a class, a region or your own list."
        )
    phases = dict(years_returned())
    year = choice.year if choice.year in phases else _nearest(answers.scope.year)
    telling = choice.telling if year == DETAILED and choice.telling in TELLINGS else "return"
    found = _standings(answers, body, peers, (year, telling))
    if not found["head"]:
        return Gone(
            f"{body.name} has no return of {year} that others can be set beside.",
            "Choose another year or body.",
        )
    if not found[choice.per]:
        return Gone(NOT_COUNTED, "Choose another body or year, or look at it per resident.")
    return Compared(
        body,
        peers,
        year,
        phases[year],
        telling,
        found[choice.per],
        _names(answers, telling, body),
        england(),
        _schools(answers),
        _by_key(found[SERVED]),
        _by_key(found[ADULT]),
        choice.per,
    )


def _nearest(year: str) -> str:
    """The year of a return nearest to a map's, the map's own where there is one."""
    return min(years(), key=lambda returned: abs(int(returned[:4]) - int(year[:4])))


def _standings(
    answers: Answers, body: Authority, peers: Peers, told: tuple[str, str]
) -> Mapping[str, tuple[Standing, ...]]:
    """Where it stands on each key per resident, on those for children per child, and on those for adults per adult."""
    year, telling = told
    ecodes = (body.ecode, *peers.ecodes)
    printed = spent(year, tuple(sorted(ecodes)))
    amounts = by_group(body, printed) if telling == "return" else by_line(printed, _belongs(answers, telling))
    lists = england()
    people = {
        "head": {code: lists.residents_of(lists.authority(code), year) for code in ecodes},
        SERVED: {code: lists.children_of(code, year) or NOTHING for code in ecodes},
        ADULT: {code: lists.adults_of(code, year) or NOTHING for code in ecodes},
    }
    keys = {
        SERVED: _first_for(answers, CHILDREN_GROUPS) | {*FOR_CHILDREN},
        ADULT: _first_for(answers, ADULT_GROUPS) | {*FOR_ADULTS},
    }
    spent_on = {"head": amounts, **{per: _only(amounts, served) for per, served in keys.items()}}
    return {per: standings(body.ecode, peers, spent_on[per], people[per]) for per in PER}


def _only(
    amounts: Mapping[str, Mapping[str, Decimal]], keys: Collection[str]
) -> dict[str, dict[str, Decimal]]:
    """Each body's amounts on some keys alone."""
    return {
        ecode: {key: pounds for key, pounds in mine.items() if key in keys} for ecode, mine in amounts.items()
    }


def _first_for(answers: Answers, groups: Collection[str]) -> frozenset[str]:
    """The services whose first client group is one of these: money spent on those people."""
    return frozenset(
        service.id
        for service in answers.place.services
        if service.client_groups and service.client_groups[0] in groups
    )


def _belongs(answers: Answers, telling: str) -> dict[str, list[tuple[str, Decimal]]]:
    """The services, or the boards with their parts, that each line of the detailed return belongs to."""
    boards: dict[str, list[tuple[str, Decimal]]] = {}
    for row in answers.place.service_themes:
        if row.share is not None:
            boards.setdefault(row.service, []).append((row.theme, row.share))
    lines = {
        line.line_code: line.service
        for line in england().line_services
        if line.source == "return" and _is_line(line.line_code)
    }
    if telling == "service":
        return {code: [(service, Decimal(1))] for code, service in lines.items()}
    return {code: boards.get(service, []) for code, service in lines.items()}


def _is_line(code: str) -> bool:
    """Whether a code is a line of services, and neither a total nor one of the housing account."""
    return code.isdigit() and int(code) <= int(WITHOUT_LINES[-1]) and code not in GROUPS


def _schools(answers: Answers) -> frozenset[str]:
    services = (service.id for service in answers.place.services if service.scope is ServiceScope.SCHOOLS)
    return frozenset(("190", *services))


def _names(answers: Answers, telling: str, body: Authority) -> Mapping[str, str]:
    if telling == "return":
        is_council = body.kind not in (BodyKind.POLICE, BodyKind.FIRE)
        return {**GROUPS, ALL: "All services but education" if is_council else "All services"}
    return answers.names(Dimension.SERVICE if telling == "service" else Dimension.THEME)


def beside_others(answers: Answers, chosen: str) -> Shown:
    """Each service's pounds between the body and the median of its peers, the furthest first."""
    found = compare(answers, read_choice(chosen))
    return found if isinstance(found, Gone) else _exhibit(answers, found, found.parts or found.found)


def board_beside_others(answers: Answers, board: str) -> Shown:
    """The same for the services that are mostly one board's, of the council's budget of 2016-17 beside its class.

    What all boards share, as contingencies and back offices, says nothing of one of them.
    """
    comparison = compare(answers, Choice(telling="service", year=DETAILED))
    if isinstance(comparison, Gone):
        return comparison
    mine = {
        row.service
        for row in answers.place.service_themes
        if row.theme == board and row.share is not None and row.share >= MOSTLY
    }
    parts = tuple(part for part in comparison.parts if part.key in mine)
    if not parts:
        return Gone(f"{comparison.body.name} prints no line for the services of this board.")
    return _exhibit(answers, comparison, parts)


def _exhibit(answers: Answers, comparison: Compared, parts: tuple[Standing, ...]) -> Exhibit:
    marks = tuple(
        Mark(part.key, comparison.names.get(part.key, part.key), TEAL if part.apart > 0 else PLUM)
        for part in parts
    )
    values = tuple(part.apart.quantize(Decimal(1)) for part in parts)
    series = Series("More (or less) than at the median", NAVY, values)
    figure = Bars("Service", marks, (series,), summed=False, gathers=False)
    return _said(answers, comparison, figure, standing_table(comparison, parts), largest(comparison, parts))


def one_service(answers: Answers, chosen: str) -> Shown:
    """Every body's pounds per resident, child or adult, on one service, the largest first; the key of the service stands last."""
    words, _, key = chosen.rpartition(APART)
    comparison = compare(answers, read_choice(words))
    if isinstance(comparison, Gone):
        return comparison
    one = next((standing for standing in comparison.found if standing.key == key), comparison.found[0])
    amounts = sorted((*one.peers, (comparison.body.ecode, one.own)), key=lambda pair: -pair[1])
    marks = tuple(
        Mark(ecode, comparison.name_of(ecode), NAVY if ecode == comparison.body.ecode else OTHERS_COLOUR)
        for ecode, _ in amounts
    )
    series = Series(
        f"Pounds per {comparison.person}", NAVY, tuple(amount.quantize(PENNY) for _, amount in amounts)
    )
    figure = Bars("Council", marks, (series,), summed=False, gathers=False)
    rows: list[tuple[Value, ...]] = [
        (place, comparison.name_of(ecode), amount.quantize(PENNY))
        for place, (ecode, amount) in enumerate(amounts, 1)
    ]
    name = comparison.names.get(one.key, one.key)
    columns = (Column("Rank", Kind.COUNT), Column("Body"), Column(f"£ per {comparison.person}", Kind.NUMBER))
    table = Table(f"{name} per {comparison.person}, {comparison.year}", columns, tuple(rows))
    return _said(answers, comparison, figure, table, finding_of(comparison, one))


def _said(answers: Answers, comparison: Compared, figure: Bars, table: Table, finding: Finding) -> Exhibit:
    made = exhibit_of(answers, finding, figure, table, source=SOURCE, notes=(CAUTION, HOW_SERVED))
    return Exhibit(
        made.finding,
        figure,
        table,
        finding.why,
        f"Pounds of {comparison.year}, {comparison.phase} · net current expenditure as the national return prints it",
        "",
        f"set beside {len(comparison.peers.ecodes)} {comparison.peers.name}",
        SOURCE,
        answers.scope,
        notes=made.notes,
    )


def largest_of(comparison: Compared, parts: tuple[Standing, ...]) -> Standing:
    """The service on which most pounds stand between the body and the median, schools last."""
    return min(parts, key=lambda part: _is_schools(comparison, part.key))


def largest(comparison: Compared, parts: tuple[Standing, ...]) -> Finding:
    """The sentence of the service on which most pounds stand between the body and the median.

    Where schools' money stands further from it, the reason says why that is not named first.
    """
    first = largest_of(comparison, parts)
    finding = finding_of(comparison, first)
    further = next((part for part in parts if _is_schools(comparison, part.key) and part is not first), None)
    if further is None or abs(further.apart) <= abs(first.apart):
        return finding
    beside = (
        f"The difference on {comparison.called(further.key)} is larger, and is not named first. {SCHOOLS}"
    )
    return replace(finding, why=f"{finding.why} {beside}")


def _is_schools(comparison: Compared, key: str) -> bool:
    """Whether a key is money of schools, which a council no longer prints once they are academies."""
    return key in comparison.schools


def finding_of(comparison: Compared, standing: Standing) -> Finding:
    """Where a body stands on one service, in a sentence that judges nothing."""
    service, body, apart = comparison.called(standing.key), comparison.subject, standing.apart
    middle = f"the median of {number(len(standing.peers))} {comparison.peers.name}"
    figures = (
        f"£{standing.own:,.0f} per {comparison.person} beside £{standing.median:,.0f} in {comparison.year}"
    )
    if not apart:
        sentence = f"{body} spends what {middle} does on {service}: £{standing.own:,.0f} per {comparison.person} in {comparison.year}."
    else:
        more = "more" if apart > 0 else "less"
        sentence = (
            f"{body} spends {pounds(abs(apart))} {more} on {service} than it would at {middle}: {figures}."
        )
    schools = f" {SCHOOLS}" if _is_schools(comparison, standing.key) else ""
    place = "most" if standing.rank == 1 else f"{ordinal(standing.rank)} most"
    why = (
        f"Per {comparison.person} it spends the {place} of {standing.of}, in the {standing.quarter}; half of the others spend more than the "
        f"median, half less. {_per_served_too(comparison, standing)}{NO_JUDGEMENT}{schools}"
    )
    return Finding(sentence, apart, why=why, matters=abs(apart))


def _per_served_too(comparison: Compared, standing: Standing) -> str:
    """Where the same money stands per child or per adult that it is for and was told per resident; else nothing."""
    served = next(
        (
            (per, known[standing.key])
            for per, known in _by_served(comparison)
            if standing.key in known and comparison.per == "head"
        ),
        None,
    )
    if served is None:
        return ""
    per, other = served
    return (
        f"{PER[per]} it spends £{other.own:,.0f} beside £{other.median:,.0f}, {pounds(abs(other.apart))} "
        f"{'more' if other.apart > 0 else 'less'} in all, and ranks {other.rank} of {other.of}. "
    )


def _by_served(comparison: Compared) -> tuple[tuple[str, Mapping[str, Standing]], ...]:
    return (SERVED, comparison.per_child), (ADULT, comparison.per_adult)


def standing_table(comparison: Compared, parts: tuple[Standing, ...]) -> Table:
    """Every service with its figure, the median, its rank and quarter, and the pounds between; and per child beside it."""
    shown = (*parts, *((comparison.whole,) if comparison.whole and comparison.whole not in parts else ()))
    beside = bool(comparison.per_child) and comparison.per == "head"
    rows: list[tuple[Value, ...]] = [
        (*_row(comparison, one), *(_served_cells(comparison, one.key) if beside else ())) for one in shown
    ]
    columns = (
        Column("Service"),
        Column(f"£ per {comparison.person}", Kind.NUMBER),
        Column("Median", Kind.NUMBER),
        Column("Rank", Kind.COUNT),
        Column("Of", Kind.COUNT),
        Column("Quarter", detail=True),
        Column("More (or less) than at the median", Kind.POUNDS),
        *(SERVED_COLUMNS if beside else ()),
    )
    title = f"{comparison.body.name} beside {comparison.peers.name}, {comparison.year}"
    return Table(title, columns, tuple(rows), notes=(CAUTION, HOW_SERVED))


SERVED_COLUMNS: Final = tuple(
    column
    for person in (PERSON[SERVED], PERSON[ADULT])
    for column in (
        Column(f"£ per {person}", Kind.NUMBER, detail=True),
        Column(f"Median per {person}", Kind.NUMBER, detail=True),
        Column(f"Rank per {person}", Kind.COUNT, detail=True),
    )
)


def _row(comparison: Compared, standing: Standing) -> tuple[Value, ...]:
    name, quarter = comparison.names.get(standing.key, standing.key), str(standing.quarter)
    own, middle = standing.own.quantize(PENNY), standing.median.quantize(PENNY)
    return (name, own, middle, standing.rank, standing.of, quarter, standing.apart.quantize(Decimal(1)))


def _served_cells(comparison: Compared, key: str) -> tuple[Value, ...]:
    """Figure, median and rank per child, then per adult; empty where the service is not for them."""
    return tuple(cell for _, known in _by_served(comparison) for cell in _cells_of(known.get(key)))


def _cells_of(standing: Standing | None) -> tuple[Value, ...]:
    if standing is None:
        return (None, None, None)
    return (standing.own.quantize(PENNY), standing.median.quantize(PENNY), standing.rank)
