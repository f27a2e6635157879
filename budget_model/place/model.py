"""The place as values: who its public bodies are, what they do, and how much of each is the place's.

Every value here comes from a file that an officer can open in a spreadsheet (`data/README.md` describes
them column by column). The words are those of `vocabulary`; money is `Decimal` pounds; a share keeps the
two numbers it stands on, so that a screen can show why it is what it is.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Annotated

from budget_model.financial_year import first_calendar_year
from budget_model.money import PENNY
from budget_model.place.columns import (
    CodeOf,
    CofogId,
    Colour,
    ConfidenceGrade,
    FinancialYear,
    Id,
    InWords,
    Level,
    Name,
    OrganisationId,
    ServiceId,
    ShareId,
    ShortName,
    StreamId,
    Text,
    TextOrNothing,
    ThemeId,
    Whole,
)
from budget_model.problem import Problem
from budget_model.vocabulary import (
    AreaBasis,
    BidState,
    ControlSource,
    Discretion,
    Kind,
    LegalRoute,
    Nature,
    OrganisationStatus,
    OrganisationType,
    PaysFor,
    Phase,
    Provenance,
    RingFence,
    ShareBasis,
    Stage,
    Switch,
)

TEN_PLACES = Decimal("0.0000000001")


class ThemeKind(StrEnum):
    """How a service belongs to a theme: in parts that add up, or as a tag that never does."""

    DELIVERY_BOARD = "delivery board"
    CROSS_CUTTING = "cross-cutting"


class ServiceScope(StrEnum):
    """Which of the count's switches a service answers to, besides those that its kind answers to."""

    GENERAL = ""
    SCHOOLS = "schools"
    HOUSING_REVENUE_ACCOUNT = "housing revenue account"


class Origin(StrEnum):
    """What sort of source money comes from before a body has it."""

    GRANT = "government grant"
    NATIONAL = "national taxation"
    """Voted to a body of national government, or paid by right."""
    LOCAL = "local taxation"
    FEES = "fees and rents"
    """Income of services, taken off where spending is net."""
    RESERVES = "reserves"
    OTHER = "interest and other income"
    MIXED = "mixed"
    """A body's general fund, of which nobody has said what it is made of."""
    UNKNOWN = "not stated"

    @property
    def is_national(self) -> bool:
        """Whether national government pays it, whichever body spends it."""
        return self in (Origin.GRANT, Origin.NATIONAL)


class TransferKind(StrEnum):
    """Whose money a transfer is once it has been made."""

    PAYMENT = "payment"
    """One body pays another for a service: the payer's in the payer's view, the payee's in the provider's."""
    ALLOCATION = "allocation"
    """A body's own budget handed down to it: the receiver decides on it, so it is the receiver's in both."""


class Direction(StrEnum):
    """Whether a target is met by going up or by going down."""

    HIGHER_IS_BETTER = "higher is better"
    LOWER_IS_BETTER = "lower is better"


class BenchmarkTreatment(StrEnum):
    """How a part of the region's published spending meets the map."""

    COUNTED = "counted from the top down"
    """In the map as the region's amount times the place's share."""
    COVERED = "covered from the bottom up"
    """Left out, since bodies of the place give their own figure for the same spending."""
    NOT_COVERED = "not covered"
    """In the benchmark, and in no body's figure on the map."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A public body that spends in the place, whether or not its money is on the map yet."""

    id: Id
    name: Name
    short_name: ShortName
    """For charts."""
    type: OrganisationType
    status: OrganisationStatus
    """Whether its money is on the map yet."""
    footprint: TextOrNothing
    """In words, the area it serves: 'Derby and Derbyshire'."""
    colour: Colour
    """Hex, fixed for the organisation on every chart: '#12436D'."""
    note: TextOrNothing
    """What is missing from its figures, and what to ask it for."""
    source: TextOrNothing
    opened: date | None = None
    """First day of the body; None where nobody has said."""
    closed: date | None = None
    """Last day of a body that has ended; None for one that is not known to have ended."""
    successor: Annotated[str, CodeOf("organisations.csv", may_be_empty=True)] = ""
    """Id of the body that took its functions over; empty where there is none on the list."""
    dates_source: TextOrNothing = ""
    """Where its first and last day are stated."""
    dates_seen: bool = False
    """Whether that source was read: dates from memory are shown as unverified."""
    staff: Decimal | None = None
    """Full-time equivalent staff, the place's part of them as of its money; None where nobody has said."""
    staff_source: TextOrNothing = ""
    """Where that is stated, and of when."""


@dataclass(frozen=True, slots=True)
class ClientGroup:
    """Whom a service is for."""

    id: Id
    name: Text
    description: TextOrNothing


@dataclass(frozen=True, slots=True)
class CofogCode:
    """One division ('07') or group ('07.2') of the Classification of the Functions of Government."""

    code: Annotated[str, InWords(10)]
    """'07' a division, '07.2' a group; '07.A' to '07.C' are the Treasury's own sub-functions of health."""
    name: Text
    source: Text

    @property
    def division(self) -> str:
        """The division it belongs to, itself included.

        >>> CofogCode("07.2", "Outpatient services", "").division
        '07'
        """
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the common list, with all that a line mapped to it inherits."""

    id: Id
    name: Text
    group: Text
    cofog_division: CofogId
    cofog_group: CofogId
    client_groups: Annotated[tuple[str, ...], CodeOf("client_groups.csv")]
    legal_function: Text
    """The function that legal powers speak of: 'health-related', 'adult social care', 'police'."""
    back_office_function: TextOrNothing
    """HR, finance, IT, procurement, property, legal, communications, or empty."""
    scope: ServiceScope
    """Which switch of the count it answers to."""
    kind: Kind
    """The default of its lines, as the next three are."""
    stage: Stage
    discretion: Discretion
    ring_fence: RingFence
    synonyms: tuple[str, ...]
    """Words that officers use for it in their own budgets."""
    holds_several: bool = False
    """Whether a line on it is one sum for several services, as a commissioner's whole allocation is: such money is
    counted, and cannot be compared or joined up service by service."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A delivery board, whose shares of a service add up to one, or a cross-cutting theme."""

    id: Id
    name: Name
    short_name: ShortName
    kind: ThemeKind
    colour: Colour
    description: TextOrNothing
    source: TextOrNothing


_STRENGTHS = {1: "a little", 2: "clearly", 3: "strongly"}


def strength_in_words(strength: int) -> str:
    """How strongly a service contributes to a theme or a target, in words.

    >>> strength_in_words(1), strength_in_words(3)
    ('a little', 'strongly')
    """
    return _STRENGTHS.get(strength, str(strength))


@dataclass(frozen=True, slots=True)
class ServiceTheme:
    """How one service belongs to one theme: its share of a delivery board, or how strongly it contributes."""

    service: ServiceId
    theme: ThemeId
    share: Decimal | None
    """For a delivery board: over the boards, a service's shares make exactly 1."""
    strength: Annotated[int, Whole(1, 3)] | None
    """For a cross-cutting theme: 1 to 3. Never added up."""


@dataclass(frozen=True, slots=True)
class FundingStream:
    """Where money comes from before an organisation has it."""

    id: Id
    name: Text
    short_name: ShortName
    origin: Origin
    """What sort of source it is."""
    ring_fence: RingFence
    colour: Colour
    description: TextOrNothing
    source: TextOrNothing
    terms: Annotated[str, CodeOf("ring_fences.csv", may_be_empty=True)] = ""
    """The terms of this grant in ring_fences.csv; empty where none are listed."""
    paid_by: Annotated[str, CodeOf("organisations.csv", may_be_empty=True)] = ""
    """The department that pays it; empty where it is local, or several departments' together."""
    part_of: Annotated[str, CodeOf("funding_streams.csv", may_be_empty=True)] = ""
    """The stream whose stated figure it is a part of; empty where it has a figure of its own."""
    match: Decimal | None = None
    """What others must put beside each pound, 0.5 for 50p; empty where that is not known. This and the next
    columns say what differs from its terms, or what these do not say."""
    eligibility: TextOrNothing = ""
    """Who may be helped with it."""
    age_from: Annotated[int, Whole(0, 120)] | None = None
    """The youngest that it is for, in years."""
    age_to: Annotated[int, Whole(0, 120)] | None = None
    """The oldest that it is for, in years."""
    pays_for: PaysFor = PaysFor.UNKNOWN
    """Whether it may pay for running costs, for investment, or for both."""
    switching: Decimal | None = None
    """The part of it that may move to another purpose, 0 to 1; empty where no limit is stated."""
    ends: date | None = None
    """The last day of the money; empty where none is stated."""


@dataclass(frozen=True, slots=True)
class Share:
    """The place's part of an organisation's money, with the two numbers it stands on.

    METHOD section 4. Numerator and denominator are in the same unit, which `numerator_is` and
    `denominator_is` name.

    >>> share = Share("p", "police", "2016-17", ShareBasis.RESIDENT_POPULATION, Decimal("248.9"),
    ...               "residents, thousand", Decimal("1019.5"), "the force area", 4, "", "")
    >>> share.value
    Decimal('0.2441392840')
    """

    id: Id
    organisation: Annotated[str, CodeOf("organisations.csv", may_be_empty=True)]
    """Whose money it is a share of; empty where it is nobody's, as for the benchmark."""
    year: FinancialYear
    basis: ShareBasis
    """The best rung there is of the ladder of shares."""
    numerator: Decimal
    """The place's part, in the unit of the denominator."""
    numerator_is: Text
    """What the numerator counts."""
    denominator: Decimal
    """The whole that the share is taken of."""
    denominator_is: Text
    """What the denominator counts."""
    grade: ConfidenceGrade
    """Confidence, 1 the best."""
    note: TextOrNothing
    source: Text
    error_source: TextOrNothing = ""
    """The publication that many bodies' figures come from, if they do: shares that name one err together."""

    @property
    def value(self) -> Decimal:
        """Numerator over denominator, to ten decimal places."""
        return (self.numerator / self.denominator).quantize(TEN_PLACES)

    def of(self, amount: Decimal) -> Decimal:
        """The place's part of an amount, to the penny, a half away from zero, from the two numbers themselves.

        >>> half = Share("h", "", "", ShareBasis.DIRECT, Decimal(1), "", Decimal(3), "", 1, "", "")
        >>> half.of(Decimal("100.00"))
        Decimal('33.33')
        """
        return (amount * self.numerator / self.denominator).quantize(PENNY, rounding=ROUND_HALF_UP)

    @property
    def errs_with(self) -> str:
        """What errors of this share go with, whoever's money it is: one publication, else one ratio.

        Empty where it is the whole: a body's own figure errs by itself (method page, section 6).
        """
        if self.numerator == self.denominator:
            return ""
        return self.error_source or str(self.value)

    def is_as(self, other: "Share") -> bool:
        """Whether it takes the same part of the whole as another share."""
        return self.numerator * other.denominator == other.numerator * self.denominator


@dataclass(frozen=True, slots=True)
class Population:
    """How many people live in an area in one year, and whose figure it is."""

    ons_code: ShortName
    """The area's code, or an id of your own for an area without one."""
    area: Text
    year: Annotated[int, Whole(1900, 2200)]
    """The calendar year of the mid-year figure."""
    population: Annotated[int, Whole(1, 10_000_000_000)]
    basis: Text
    source: Text
    groups: Annotated[tuple[str, ...], CodeOf("client_groups.csv")] = ()
    """Ids of the groups of people that this counts, as a measure of those served; empty for all residents."""

    def is_of(self, group: str) -> bool:
        """Whether it counts a group of people; all residents where none is named."""
        return group in self.groups if group else not self.groups


@dataclass(frozen=True, slots=True)
class Deflator:
    """The price index of one financial year, to restate money in real terms."""

    year: FinancialYear
    index: Decimal
    status: Text
    """How good the figure is: 'published', 'carried on', 'forecast', 'approximate'."""
    source: Text


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the place that money can be tagged with: the whole of it, a ward, a neighbourhood."""

    id: Id
    name: Text
    kind: Text
    """'city', 'area panel', 'priority neighbourhood', 'ward', 'small area'."""
    ons_code: TextOrNothing
    within: TextOrNothing
    """Id of the area that it is a part of."""
    source: TextOrNothing
    also_within: Annotated[tuple[str, ...], CodeOf("areas.csv")] = ()
    """Ids of further areas that it is a part of: a priority neighbourhood beside its ward."""
    outline: Annotated[str, InWords(4_000, may_be_empty=True)] = ""
    """Its outline for a map, 'longitude latitude, …' in degrees, several apart by ' / '; empty where it has none."""


@dataclass(frozen=True, slots=True)
class AreaMeasure:
    """Something that parts of the place have more or less of, by which money of some services reaches them."""

    id: Id
    name: Name
    basis: AreaBasis
    """Its rung of the ladder."""
    grade: ConfidenceGrade
    """The best grade that money shared by it can have."""
    services: Annotated[tuple[str, ...], CodeOf("services.csv")]
    """The services whose money it shares; one by residents without any shares what no other does."""
    unit: Text
    """What its amounts count: 'people of 65 and over, mid-2019'."""
    note: TextOrNothing
    """What to know of it."""
    source: Text


@dataclass(frozen=True, slots=True)
class AreaWeight:
    """How much of a measure one part of the place has; only parts that have no parts of their own."""

    area: Annotated[str, CodeOf("areas.csv")]
    measure: Annotated[str, CodeOf("area_measures.csv")]
    amount: Decimal


@dataclass(frozen=True, slots=True)
class AreaGrant:
    """What a funder outside the map's bodies granted to organisations of one area in one year."""

    funder: Name
    year: Annotated[int, Whole(1900, 2200)]
    """Calendar year of the award."""
    area: Annotated[str, CodeOf("areas.csv")]
    """Where the recipients are, which is not always where the money is spent."""
    grants: Annotated[int, Whole(1, 1_000_000)]
    """How many."""
    amount: Decimal
    """Pounds."""
    source: Text


@dataclass(frozen=True, slots=True)
class Award:
    """Money from outside that was granted for a purpose: one line of the register of external funding."""

    id: Id
    stream: Name
    """What it is called: 'Future High Streets Fund'."""
    funder: Name
    kind: Name
    """'external funding', 'government grant', 'grants to voluntary bodies'."""
    what: Text
    """What it is for."""
    holder: Annotated[str, CodeOf("organisations.csv", may_be_empty=True)]
    """The body where it resides; empty where that is none of the list."""
    held_by: TextOrNothing
    """Who holds it, in words, where the list does not say it whole."""
    board: Annotated[str, CodeOf("themes.csv", may_be_empty=True)]
    """The board it resides with; empty where nobody has said."""
    amount: Decimal
    """Pounds in all."""
    starts: date | None
    ends: date | None
    """Last day; None where none is published."""
    dates_said: TextOrNothing
    """What is known of its dates, where they are not days."""
    match: Decimal | None
    """Pounds that partners put beside it; None where that is not known."""
    conditions: TextOrNothing
    covers: TextOrNothing
    """The area that it is for, in words."""
    counted: bool
    """Whether it is the place's own: no for money of a wider area, and for a part of another line."""
    part_of: Annotated[str, CodeOf("awards.csv", may_be_empty=True)]
    """The line of this register that it is a part of."""
    services: Annotated[tuple[str, ...], CodeOf("services.csv")]
    """The services on which lines of the map hold it, where that is known."""
    grade: ConfidenceGrade
    quote: TextOrNothing
    """The words in which it was published."""
    note: TextOrNothing
    source: Text
    years: tuple[str, ...] = ()
    """Pounds by financial year as they were stated, '2022-23 1500000'; empty where only the whole is known."""
    bid: TextOrNothing = ""
    """Id of the bid by which it was won."""


@dataclass(frozen=True, slots=True)
class Memorandum:
    """What a body's own return says some of its spending is made of: sent year by year, in no total of the map.

    Its figures are submissions whose part has this name: read, reconciled and kept like all that is sent.
    """

    id: Id
    organisation: OrganisationId
    part: Name
    """What its submissions are called: 'children’s services by kind of help'."""
    subject: Name
    """What is split: 'Children’s services'."""
    way: Name
    """By what: 'client group', 'setting', 'kind of help', 'who provides'."""
    counts: Text
    """What the pounds are: 'gross current expenditure'."""
    people: TextOrNothing
    """Whom it is for: an area of populations.csv ('Derby, aged 0 to 17'); empty where nobody counted them."""
    note: TextOrNothing


@dataclass(frozen=True, slots=True)
class MemorandumLine:
    """What is to be known of one line of a memorandum, or of all of it: whom it is for, and where its meaning changed."""

    memorandum: Annotated[str, CodeOf("memoranda.csv")]
    line: Annotated[str, InWords(200, may_be_empty=True)]
    """The line as the return names it; empty for the whole memorandum, 'every line' for the whole and all its lines."""
    year: Annotated[str, InWords(40, may_be_empty=True)]
    """The first financial year that is counted otherwise than the one before it; empty for a row that says no change."""
    change: TextOrNothing
    """What is counted otherwise from then on."""
    people: TextOrNothing = ""
    """Whom the line is for, where that is not whom the memorandum is for."""


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid for money: from an idea to its outcome."""

    id: Id
    name: Name
    stream: Name
    """What is bid for: those of one stream and funder compete."""
    funder: Name
    what: TextOrNothing
    lead: Annotated[str, CodeOf("organisations.csv", may_be_empty=True)]
    led_by: TextOrNothing
    """Who leads, in words, where that is none of the list."""
    partners: Annotated[tuple[str, ...], CodeOf("organisations.csv")]
    board: Annotated[str, CodeOf("themes.csv", may_be_empty=True)]
    amount: Decimal
    """Pounds asked for."""
    deadline: date | None
    state: BidState
    won: Decimal | None
    """Pounds that were won; None where that is the whole, or it was not won."""
    award: Annotated[str, CodeOf("awards.csv", may_be_empty=True)]
    """The line of the register that holds what was won, where it has one already."""
    dates_said: TextOrNothing
    grade: ConfidenceGrade
    quote: TextOrNothing
    note: TextOrNothing
    source: Text


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that one mapped body passes to another, so that both show it and the place counts it once.

    Each end states its own amount, in its own terms, with the share that makes it the place's: a national
    payer's is a region's figure, the receiver's is its own budget. Where both are stated, consolidation
    takes out the lower and lists the difference (METHOD section 5). It is taken from the payer's lines of
    `payer_service` (in the provider view) or from the payee's lines of `payee_service` (in the commissioner
    view), and may not exceed them.
    """

    id: Id
    year: FinancialYear
    payer: OrganisationId
    """Whose lines the money is in."""
    payer_service: ServiceId
    payer_lines: tuple[str, ...]
    """Line codes of the payer that the money is in; empty where the service alone is known."""
    payer_amount: Decimal | None
    """Pounds before the share; None where the payer states no figure."""
    payer_share: ShareId
    """Id of the share that makes the payer's amount the place's."""
    payee: OrganisationId
    """Who receives it."""
    payee_service: ServiceId
    payee_amount: Decimal | None
    """The receiver's own figure before its share; empty where it states none."""
    payee_share: ShareId
    what: Text
    source: Text
    kind: TransferKind = TransferKind.PAYMENT
    """Whose money it is once it has moved."""
    payer_provenance: Provenance = Provenance.UNKNOWN
    """How the payer's amount came about: its own figure, or somebody's estimate of it."""
    payee_provenance: Provenance = Provenance.UNKNOWN
    """How the receiver's amount came about."""


@dataclass(frozen=True, slots=True)
class UnknownTransfer:
    """Money that is known to pass between two bodies and is in no total: its amount is not known in every year."""

    payer: OrganisationId
    payee: OrganisationId
    what: Text
    why: Text
    """Why it is not known, and whom to ask."""
    amount: Decimal | None = None
    """Pounds in the one year of which a figure is published; in no total, since the payee's figures are after it."""
    amount_year: FinancialYear | None = None
    """The year of that figure; no other year's money is told by it."""

    def amount_in(self, year: str) -> Decimal | None:
        """Pounds in a year; None where nobody knows them."""
        return self.amount if self.amount_year == year else None


@dataclass(frozen=True, slots=True)
class Funding:
    """What one organisation gets from one funding stream in a year, in pounds, before any city share."""

    organisation: OrganisationId
    stream: StreamId
    year: FinancialYear
    amount: Decimal
    """Pounds of the whole body, before any share; below zero where money was put into reserves."""
    source_line: Text
    source: Text


@dataclass(frozen=True, slots=True)
class Target:
    """Something the partnership set out to change, with where it was, is, and should be."""

    id: Id
    name: Name
    description: TextOrNothing
    unit: Annotated[str, InWords(100)]
    direction: Direction
    baseline: Decimal
    baseline_year: FinancialYear
    target: Decimal | None
    """None where no target is published."""
    target_year: FinancialYear
    """Where no target is published, the year of the latest figure."""
    latest: Decimal
    latest_year: FinancialYear
    forecast: Decimal | None
    """None where nobody has forecast it."""
    lead: OrganisationId
    """Organisation that answers for it."""
    board: ThemeId
    """Delivery board that it is reported to."""
    illustrative: bool
    source: Text
    neighbours: Decimal | None = None
    """The median of the place's statistical neighbours in the latest year; None where it is not known."""
    national: Decimal | None = None
    """England in the latest year, or its median authority; None where it is not known."""
    regional: Decimal | None = None
    """The place's region in the latest year; None where it is not known."""
    yearly: tuple[str, ...] = ()
    """What it should be in years before that of its target, '2024-25 62.5'; empty where none is set."""
    cross_cutting: Annotated[str, CodeOf("themes.csv", may_be_empty=True)] = ""
    """The cross-cutting theme whose advocate follows it too; empty for none."""

    @property
    def is_published(self) -> bool:
        """Whether a target was published for it: one made up to show how a page works is none."""
        return self.target is not None and not self.illustrative


@dataclass(frozen=True, slots=True)
class TargetService:
    """How strongly a service works towards a target: 0 to 3."""

    target: Annotated[str, CodeOf("targets.csv")]
    service: ServiceId
    strength: Annotated[int, Whole(0, 3)]
    """How strongly, 3 the most."""


@dataclass(frozen=True, slots=True)
class LegalPower:
    """A rule of law under which bodies may work together, and how far. Always needs legal advice.

    A power between two sides holds where at least one partner is of a kind in `kinds_a`, another of a
    kind in `kinds_b`, and nobody of any other kind takes part.
    """

    id: Id
    name: Text
    act_and_section: Text
    jurisdiction: Text
    """Countries in words ('England and Wales'), or 'England: ' with the places that an order names."""
    from_date: date | None
    """First day in force; None where it is older than any map or not known."""
    to_date: date | None
    """Last day in force; None while it stands."""
    kinds_a: tuple[OrganisationType, ...]
    kinds_b: tuple[OrganisationType, ...]
    functions: Annotated[tuple[str, ...], CodeOf("services.csv", "legal_function")]
    """Legal functions of services that it covers; empty covers any."""
    services_only: Annotated[tuple[str, ...], CodeOf("services.csv")]
    """Where it covers less than the whole of its functions: the services that it does cover."""
    services_excluded: Annotated[tuple[str, ...], CodeOf("services.csv")]
    """Services of its functions that it does not cover."""
    services_partly_excluded: Annotated[tuple[str, ...], CodeOf("services.csv")]
    """Services that it covers in part: what is excluded must be told apart before money is joined."""
    excluded: tuple[str, ...]
    """What it does not cover, in the law's words."""
    max_level: Level
    """The closest arrangement it allows, 0 to 7."""
    route: LegalRoute
    conditions: TextOrNothing
    sentence: Text
    """What it lets bodies do, for somebody who is no lawyer."""
    verified: bool
    """Whether the text of the law was seen; `seen` then holds words of it."""
    seen: TextOrNothing
    source: Text


@dataclass(frozen=True, slots=True)
class GrantTerms:
    """What a grant or other stream may be spent on, and how closely its money may be joined with others'."""

    id: Id
    grant: Text
    payer: TextOrNothing
    recipient_kinds: tuple[OrganisationType, ...]
    years_from: TextOrNothing
    """First financial year of these terms."""
    years_to: TextOrNothing
    """Last financial year; empty while they stand."""
    legal_basis: TextOrNothing
    ring_fence: RingFence
    may_be_spent_on: TextOrNothing
    may_not_be_spent_on: TextOrNothing
    max_level: Level
    """The closest arrangement that the terms allow, 0 to 7."""
    note: TextOrNothing
    sentence: Text
    """The terms for somebody who does not read them."""
    verified: bool
    """Whether the terms were seen; `seen` then holds words of them."""
    seen: TextOrNothing
    source: Text
    switching: Decimal | None = None
    """The part of it that may move to another purpose, 0 to 1; empty where no limit is stated."""
    match: Decimal | None = None
    """What others must put beside each pound, 0.5 for 50p; empty where that is not known."""
    age_from: Annotated[int, Whole(0, 120)] | None = None
    """The youngest that it is for, in years."""
    age_to: Annotated[int, Whole(0, 120)] | None = None
    """The oldest that it is for, in years."""
    pays_for: PaysFor = PaysFor.UNKNOWN
    """Whether it may pay for running costs, for investment, or for both."""


@dataclass(frozen=True, slots=True)
class Need:
    """A need of some people that several bodies' services meet: what they do is related, and why."""

    id: Id
    name: Name
    title: Text
    """What the bodies could plan together: 'Older people: leaving hospital and living at home'."""
    services: Annotated[tuple[str, ...], CodeOf("services.csv")]
    client_groups: Annotated[tuple[str, ...], CodeOf("client_groups.csv")]
    relatedness: Decimal
    """How related its services' functions are, 0 to 1, where the classification tells them apart."""
    reason: Text
    """Why what one body does for these people bears on what another does."""
    source: Text


@dataclass(frozen=True, slots=True)
class BackOfficeRate:
    """A national finding on what one back-office function could be run for less: scale of the prize only."""

    function: Text
    name: Text
    numerator: Decimal
    """The part found, £bn."""
    denominator: Decimal
    """The spending it was found in, £bn."""
    low: Decimal
    central: Decimal
    high: Decimal
    """The three cases, as parts of the rate."""
    source: Text

    @property
    def rate(self) -> Decimal:
        """The part found of the spending looked at, to ten decimal places."""
        return (self.numerator / self.denominator).quantize(TEN_PLACES)


@dataclass(frozen=True, slots=True)
class Grade:
    """One step of the confidence scale: how wide its band is, and the optimism correction."""

    grade: int
    meaning: str
    band: Decimal
    """The range either side, as a part of the figure."""
    optimism: Decimal
    """The correction of claimed benefits, as a part of them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One number by which working together is judged: what it is, what it does in words, and its source."""

    name: str
    value: Decimal
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class LevelWork:
    """What one level of the ladder asks of each partner, and how much of the joinable pounds it plans together.

    `effort` is in units of work, the same for every level; `reach` is a part of 1. METHOD section 10.
    """

    level: int
    effort: Decimal
    reach: Decimal


@dataclass(frozen=True, slots=True)
class Weights:
    """How opportunities are scored and what a score earns: METHOD section 8, all of it parameters."""

    parts: tuple[tuple[str, Decimal], ...]
    """Each part of the score with its weight; they sum to 1."""
    earned: tuple[tuple[Decimal, int], ...]
    """At least this score earns this level, highest first."""
    materiality_threshold: Decimal
    """Joinable pounds that count as fully material."""
    timing_months: int
    """Months after which timing scores nothing."""
    small_grant: Decimal
    """Grants under this many pounds are the small-grant tail."""
    rank_draws: int
    rank_seed: int
    rules: tuple[Rule, ...] = ()
    """Every other number by which opportunities are found and ranked; `together.facts` reads them by name."""
    levels: tuple[LevelWork, ...] = ()
    """What each level costs and plans together, for choosing a portfolio."""
    not_local: tuple[OrganisationType, ...] = ()
    """Kinds of body that only join up with somebody of the place."""
    source: str = ""
    """Where the weights and the levels come from."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field and what it means, plainly."""

    term: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class PlannedSubmission:
    """One part of a workbook that is loaded as one submission of one organisation."""

    id: Id
    workbook: Name
    """File in the place's `workbooks` folder."""
    sheet: Annotated[str, InWords(200, may_be_empty=True)]
    """The sheet that holds this part; empty lets the reader choose."""
    organisation: OrganisationId
    year: FinancialYear
    phase: Phase
    part: Name
    """'revenue', 'housing revenue account', 'housing benefit', 'identifiable spending in the region'."""
    figures_year: Annotated[str, InWords(40, may_be_empty=True)]
    """The year that the figures are of, where it is not the map's: '2019-20', 'not stated'; else empty."""
    grade: ConfidenceGrade
    """Confidence of all its lines."""
    share: ShareId
    """The city share of all its lines."""
    control_total: Decimal
    """Net pounds that this part is compared with."""
    source: Text
    provenance: Provenance = Provenance.UNKNOWN
    """How its figures came about. Those of another year are estimates of the map's year, whatever they were."""
    control_source: ControlSource = ControlSource.UNKNOWN
    """Whose total the control total is."""

    @property
    def provenance_in_year(self) -> Provenance:
        """How its figures came about as figures of the map's year."""
        return Provenance.ESTIMATED if self.figures_year else self.provenance


@dataclass(frozen=True, slots=True)
class ConfirmedMapping:
    """What a person confirmed about a line: its service, and whatever differs from the service's defaults."""

    organisation: OrganisationId
    line_code: Annotated[str, InWords(200, may_be_empty=True)]
    """The line as the workbook writes it."""
    description: Text
    service: ServiceId
    funding_stream: Annotated[str, CodeOf("funding_streams.csv", may_be_empty=True)]
    """This and the columns after it say only what differs from the service's own defaults."""
    ring_fence: RingFence | None
    nature: Nature | None
    kind: Kind | None
    discretion: Discretion | None
    stage: Stage | None
    grade: ConfidenceGrade | None
    area: Annotated[str, CodeOf("areas.csv", may_be_empty=True)]
    committed_until: date | None
    source: Text
    """Who confirmed it."""
    provenance: Provenance | None = None
    """How this line's figure came about, where that is not how its submission's did."""
    split: tuple[str, ...] = ()
    """Further services that it pays for, each with its part: 'secondary-schools 0.35'; the rest is the service's."""

    @property
    def parts(self) -> tuple[tuple[str, Decimal], ...]:
        """Every service that the line pays for and its part, the service itself first; together exactly 1."""
        further = tuple((service, Decimal(part)) for service, part in map(str.split, self.split))
        return (self.service, 1 - sum((part for _, part in further), Decimal(0))), *further


@dataclass(frozen=True, slots=True)
class BenchmarkPart:
    """A part of the region's published spending, and how it meets the map: the steps of the bridge."""

    id: Id
    name: Text
    region_amount: Decimal
    """Pounds for the whole region."""
    treatment: BenchmarkTreatment
    """How it meets the map."""
    covered_by: Annotated[tuple[str, ...], CodeOf("organisations.csv")]
    """Organisations whose figures stand in for it."""
    parts: tuple[str, ...]
    """Parts of their submissions that do; empty means all."""
    note: TextOrNothing
    source: Text
    needs: tuple[Switch, ...] = ()
    """The switches of the count that all of it answers to: off, it is left out of the comparison."""
    holds: tuple[Switch, ...] = ()
    """Switches that some of it answers to, which nobody publishes apart: off, nothing is compared with it."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The published figure that the map is compared with: the region's spending times the place's share."""

    region: str
    year: FinancialYear
    amount: Decimal
    """Pounds for the whole region."""
    share: str
    """Id of the share that makes it the place's."""
    source: str


@dataclass(frozen=True, slots=True)
class Plausibility:
    """The limits outside which the map warns that something may be wrong: METHOD section 14."""

    benchmark_low: Decimal
    benchmark_high: Decimal
    """Mapped total over benchmark."""
    main_divisions: tuple[str, ...]
    main_divisions_low: Decimal
    main_divisions_high: Decimal
    """Social protection, education and health as part of the total."""
    unit_mistake: Decimal
    """A line this many times last year's looks like a mistaken unit."""
    change_to_explain: Decimal
    """Change against last year above which an explanation is asked for."""


@dataclass(frozen=True, slots=True)
class PlannedContribution:
    """What one partner puts into a pool that comes with the place: a part of one of its mapped lines."""

    pool: Annotated[str, CodeOf("pools.csv")]
    partner: OrganisationId
    service: ServiceId
    line: TextOrNothing
    """The line's words; empty takes the largest line of the partner on the service."""
    share: Decimal
    """The part of the line, 0 to 1."""
    minimum: Decimal | None
    """The least that the agreement binds the partner to, pounds."""


@dataclass(frozen=True, slots=True)
class PlannedPool:
    """A pooled fund that comes with the place, and what its agreement says; METHOD section 9."""

    id: Id
    name: Name
    year: FinancialYear
    aims: TextOrNothing
    """This and what follows, down to the targets, are what the agreement says; what is empty is listed as missing from it."""
    functions: TextOrNothing
    people_and_services: TextOrNothing
    staff_and_goods: TextOrNothing
    variation: TextOrNothing
    host: OrganisationId
    manager: TextOrNothing
    starts: date | None
    review: date | None
    ends: date | None
    exit_terms: TextOrNothing
    overspend: TextOrNothing
    underspend: TextOrNothing
    vat: TextOrNothing
    power: TextOrNothing
    outcome_measure: TextOrNothing
    baseline: Decimal | None
    target: Decimal | None
    illustrative: bool
    source: Text


@dataclass(frozen=True, slots=True)
class Place:
    """Everything that is known of a place before any budget is loaded."""

    id: str
    name: str
    region: str
    ons_code: str
    default_year: FinancialYear
    currency: str
    basis: str
    """Whose spending is counted, in words: spend for residents, or spend in the place."""
    benchmark: Benchmark
    benchmark_parts: tuple[BenchmarkPart, ...]
    plausibility: Plausibility
    organisations: tuple[Organisation, ...]
    services: tuple[Service, ...]
    themes: tuple[Theme, ...]
    service_themes: tuple[ServiceTheme, ...]
    funding_streams: tuple[FundingStream, ...]
    shares: tuple[Share, ...]
    populations: tuple[Population, ...]
    areas: tuple[Area, ...]
    transfers: tuple[Transfer, ...]
    unknown_transfers: tuple[UnknownTransfer, ...]
    funding: tuple[Funding, ...]
    targets: tuple[Target, ...]
    target_services: tuple[TargetService, ...]
    submissions: tuple[PlannedSubmission, ...]
    mappings: tuple[ConfirmedMapping, ...]
    cofog: tuple[CofogCode, ...]
    client_groups: tuple[ClientGroup, ...]
    grades: tuple[Grade, ...]
    deflators: tuple[Deflator, ...]
    legal_powers: tuple[LegalPower, ...]
    back_office_rates: tuple[BackOfficeRate, ...]
    weights: Weights
    glossary: tuple[Term, ...]
    grant_terms: tuple[GrantTerms, ...] = ()
    needs: tuple[Need, ...] = ()
    pools: tuple[PlannedPool, ...] = ()
    pool_contributions: tuple[PlannedContribution, ...] = ()
    area_measures: tuple[AreaMeasure, ...] = ()
    area_weights: tuple[AreaWeight, ...] = ()
    area_grants: tuple[AreaGrant, ...] = ()
    awards: tuple[Award, ...] = ()
    bids: tuple[Bid, ...] = ()
    memoranda: tuple[Memorandum, ...] = ()
    memorandum_lines: tuple[MemorandumLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Warnings and notes: nothing that stops it being used."""

    def share(self, share_id: str) -> Share:
        """The share of that id."""
        return next(share for share in self.shares if share.id == share_id)

    def population(self, year: str, group: str = "") -> Population:
        """The place's population of a financial year: counted, or on the line between the counts around it.

        With a `group` it is that of the group of people. A mid-year figure falls in the financial year that
        starts in the same calendar year. Before the first count and after the last it is that count's own, as
        its year says. Raises `IndexError` where nothing is counted.
        """
        start = first_calendar_year(year)
        known = self._counts_of(group)
        before = max((one for one in known if one.year <= start), key=lambda one: one.year, default=None)
        after = min((one for one in known if one.year >= start), key=lambda one: one.year, default=None)
        if before is None or after is None or before.year == after.year:
            return before or after or known[0]
        return interpolated(before, after, start)

    def _counts_of(self, group: str) -> list[Population]:
        """Every count of a group of people in the place; of all residents where none is named."""
        return [count for count in self.populations if count.ons_code == self.ons_code and count.is_of(group)]


def interpolated(before: Population, after: Population, year: int) -> Population:
    """The people of a year between two counts, as if their number had changed by as many each year.

    >>> count = Population("E1", "Anytown", 2011, 1000, "census", "ONS")
    >>> between = interpolated(count, replace(count, year=2021, population=1200), 2016)
    >>> between.population, between.basis
    (1100, 'interpolated between 2011 (census) and 2021 (census)')
    """
    passed = Decimal(year - before.year) / (after.year - before.year)
    people = before.population + (after.population - before.population) * passed
    sources = dict.fromkeys((before.source, after.source))
    return replace(
        before,
        year=year,
        population=int(people.to_integral_value(ROUND_HALF_UP)),
        basis=f"interpolated between {before.year} ({before.basis}) and {after.year} ({after.basis})",
        source="; ".join(source for source in sources if source),
    )
