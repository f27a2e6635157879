"""The words of the field, as frozen values: what a line of a budget can be, and how it is counted.

One word means one thing in a page, a column, a file and a test. Definitions follow the method
page of the product; where a published classification exists (CIPFA's subjective groups, the
United Nations' COFOG) its own terms are used.
"""

from enum import StrEnum


class Side(StrEnum):
    """Which way the money goes. Net expenditure is expenditure less income."""

    EXPENDITURE = "expenditure"
    INCOME = "income"


class Phase(StrEnum):
    """Budget, forecast or outturn? when the figure was made."""

    ORIGINAL_BUDGET = "original budget"
    REVISED_BUDGET = "revised budget"
    FORECAST = "forecast"
    OUTTURN = "outturn"


class Kind(StrEnum):
    """What sort of money it is: running costs, investment, or benefits and pensions paid to people."""

    REVENUE = "revenue"
    CAPITAL = "capital"
    TRANSFER_TO_INDIVIDUALS = "transfer to individuals"


PAID_TO_PEOPLE = "paid-to-people"
"""The group beside the delivery boards that holds benefits and pensions: money of the kind above."""
PAID_TO_PEOPLE_NAME = "Benefits and pensions paid to people"


class Nature(StrEnum):
    """What the money buys: CIPFA's subjective groups."""

    EMPLOYEES = "employees"
    PREMISES = "premises"
    TRANSPORT = "transport"
    SUPPLIES = "supplies"
    THIRD_PARTY_PAYMENTS = "third-party payments"
    TRANSFER_PAYMENTS = "transfer payments"
    SUPPORT_SERVICES = "support services"
    CAPITAL_FINANCING = "capital financing"
    UNKNOWN = "unknown"


class RingFence(StrEnum):
    """Whether the money may be spent on anything else."""

    NONE = "none"
    CONDITIONS = "conditions"
    STATUTORY = "statutory"
    UNKNOWN = "unknown"


class PaysFor(StrEnum):
    """Which spending money may pay for: running costs, investment, or both."""

    REVENUE = "revenue only"
    CAPITAL = "capital only"
    BOTH = "revenue and capital"
    UNKNOWN = "unknown"


class Discretion(StrEnum):
    """How much choice the organisation has over the spending."""

    DEMAND_LED = "demand-led"
    STATUTORY_WITH_LOCAL_CHOICE = "statutory with local choice"
    DISCRETIONARY = "discretionary"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """How early in a person's need the money acts."""

    UNIVERSAL = "universal"
    PREVENTION = "prevention"
    EARLY_HELP = "early help"
    TREATMENT = "treatment"
    CRISIS = "crisis"
    INCOME_MAINTENANCE = "income maintenance"
    UNKNOWN = "unknown"


class Sensitivity(StrEnum):
    """Who may see the line itself; totals are always shown."""

    PUBLIC = "public"
    PARTNERS = "partners"
    TOTALS_ONLY = "totals only"


KEPT_BACK = "Not published"
"""What a line is called whose words its body keeps back; its money is in every total."""


class ShareBasis(StrEnum):
    """The ladder of city shares, best rung first: how the place's part of a line is known."""

    DIRECT = "direct"
    ACTIVITY = "activity"
    FUNDING_FORMULA = "funding formula"
    TARGET_GROUP_POPULATION = "target-group population"
    RESIDENT_POPULATION = "resident population"
    WORKFORCE_ASSET_AREA = "workforce, asset or area"
    JUDGEMENT = "judgement"


class AreaBasis(StrEnum):
    """The ladder by which money reaches a part of the place, best rung first."""

    DIRECT = "direct"
    """A body says that it is spent there."""
    ACTIVITY = "activity"
    """By what was done there: cases, visits, incidents."""
    NEED = "need"
    AGE_GROUP = "age group"
    RESIDENTS = "residents"
    NOT_PLACED = "not placed"
    """Serves the whole place or beyond it: listed, and shared out to no part."""


class BidState(StrEnum):
    """How far a bid for money has come."""

    IDEA = "idea"
    EXPRESSION = "expression of interest"
    SUBMITTED = "submitted"
    WON = "won"
    LOST = "lost"
    UNKNOWN = "outcome not published"

    @property
    def is_open(self) -> bool:
        """Whether it may still be won."""
        return self in (BidState.IDEA, BidState.EXPRESSION, BidState.SUBMITTED)


class View(StrEnum):
    """Who is shown as holding money that passes between mapped bodies: the payer, or the final spender."""

    COMMISSIONER = "commissioner"
    PROVIDER = "provider"

    @property
    def shown(self) -> str:
        """With whom money that passes between bodies is shown, as it stands beside a figure."""
        return "shown with who pays" if self is View.COMMISSIONER else "shown with who spends"


class Basis(StrEnum):
    """Net of fees, charges and rents, or before they are taken off."""

    NET = "net"
    GROSS = "gross"


class Served(StrEnum):
    """Whom pounds can be divided among."""

    RESIDENTS = "residents"
    CHILDREN = "children"
    OLDER = "older people"


class Switch(StrEnum):
    """Kinds of money that a scope can leave out."""

    SCHOOLS = "schools"
    BENEFITS = "benefits"
    CAPITAL = "capital"
    HOUSING_REVENUE_ACCOUNT = "housing revenue account"


class OrganisationType(StrEnum):
    """What sort of public body it is; the colour families and the legal powers follow it."""

    COUNCIL = "council"
    NHS = "nhs"
    POLICE = "police"
    FIRE = "fire"
    COLLEGE = "college"
    SCHOOL = "school"
    UNIVERSITY = "university"
    CENTRAL_DEPARTMENT = "central department"
    AGENCY = "agency"
    HOUSING = "housing association"
    VOLUNTARY = "voluntary sector"
    OTHER = "other"


class OrganisationStatus(StrEnum):
    """Whether the organisation's money is on the map, and if not, why."""

    MAPPED = "mapped"
    AWAITED = "awaited"
    REFUSED = "refused"
    NOT_APPLICABLE = "not applicable"


class SubmissionStatus(StrEnum):
    """The life of one submission. Nothing is deleted: a replaced one is superseded."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    MEMORANDUM = "memorandum"
    """In force beside the map: it says what money that is on it is made of, and is in no total."""
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Reconciliation(StrEnum):
    """Whether what was read agrees with the total that the organisation printed or typed."""

    RECONCILED = "reconciled"
    EXPLAINED = "explained"
    NOT_RECONCILED = "not reconciled"
    NO_CONTROL_TOTAL = "no control total"


class Provenance(StrEnum):
    """How a figure came about: five words that are never used for each other, and one for not knowing."""

    ESTIMATED = "estimated"
    """Worked out from another figure: of a wider area, of another year, by a ratio."""
    ALLOCATED = "allocated"
    """What a payer set aside for the body: neither its plan nor its spending."""
    STATED = "stated"
    """The body's own figure as it sent it."""
    PUBLISHED = "published"
    """The body's own figure, as a publication prints it."""
    AUDITED = "audited"
    """The body's own figure, in accounts that an auditor has signed."""
    UNKNOWN = "not said"
    """Nobody has said how it came about."""


class ControlSource(StrEnum):
    """Whose the total is that a submission is held against: each proves something else."""

    OWN = "own total"
    """The body prints or states it: nothing of its money is lost or doubled."""
    PUBLISHED = "published elsewhere"
    """Another body publishes it for this one: a payer, or a national return."""
    OUR_SUM = "our own sum"
    """Added up from the same rows: nothing was lost on the way, and nothing more is proved."""
    UNKNOWN = "not said"

    @property
    def says(self) -> str:
        """What the total is, as a sentence says it."""
        return {
            ControlSource.OWN: "the body’s own total",
            ControlSource.PUBLISHED: "a total published elsewhere",
            ControlSource.OUR_SUM: "our own sum of the same rows",
            ControlSource.UNKNOWN: "a total whose source nobody named",
        }[self]


class Dimension(StrEnum):
    """What the place's money can be broken down by; each adds up to the same total."""

    ORGANISATION = "organisation"
    ORGANISATION_TYPE = "organisation type"
    THEME = "theme"
    SERVICE = "service"
    DIVISION = "cofog division"
    COFOG = "cofog"
    FUNDING = "funding"
    NATURE = "nature"
    RING_FENCE = "ring-fence"
    DISCRETION = "discretion"
    STAGE = "stage"
    AREA = "area"
    CLIENT_GROUP = "client group"
    KIND = "kind"
    GRADE = "confidence grade"
    PROVENANCE = "provenance"
    PHASE = "phase"
    SUBMISSION = "submission"


class LegalRoute(StrEnum):
    """What a rule of law is for the bodies that would use it."""

    OWN_DECISION = "partners' own decision"
    NARROWER = "partners' own decision, for bodies of a narrower kind"
    ORDER_MADE = "order already made, this place only"
    DUTY = "duty to work together"
    NEEDS_ORDER = "needs a minister's order or direction"
    LIMIT = "limit on the money"
    RULE = "rule on how, not a power"

    @property
    def in_words(self) -> str:
        """The kind as a page prints it; lists and stores keep the plain letters of a keyboard."""
        return self.value.replace("'", "’")
