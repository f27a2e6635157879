"""What must be known of a place, besides its spending, to say what could be joined up.

All of it is data that an officer can open and change: services, targets, legal powers, grades, weights;
and what the partners have recorded since: readiness, planned starts, pools, and legal advice that
overrides a rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from budget_model.place.model import (
    ClientGroup,
    FundingStream,
    Grade,
    GrantTerms,
    LegalPower,
    Need,
    Organisation,
    Place,
    Service,
    ServiceTheme,
    Share,
    Target,
    TargetService,
    Theme,
    ThemeKind,
    Weights,
)
from budget_model.together.jurisdiction import of_place
from budget_model.vocabulary import Discretion, OrganisationType


class OverrideOf(StrEnum):
    """What a person's legal advice speaks of."""

    POWER = "power"
    OPPORTUNITY = "opportunity"


@dataclass(frozen=True, slots=True)
class LegalOverride:
    """Legal advice that puts another limit in place of a rule's, with its reason, author and time.

    It moves the limit of the legal power alone: a ring-fence, capital or benefits limit as before.
    """

    of: OverrideOf
    key: str
    """Id of the legal power or of the opportunity."""
    level: int
    reason: str
    made_by: str
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready the partners of one opportunity are, as they say themselves.

    `points` 0 to 4: one each for a board that meets, an existing pool or agreement, staff in one place,
    and shared information. `planned_start` is when the partners mean to begin.
    """

    opportunity: str
    points: int | None = None
    planned_start: date | None = None
    reason: str = ""
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class ExistingPool:
    """A pool that is in force: partners who share one have shown that they can."""

    name: str
    partners: tuple[str, ...]
    services: tuple[str, ...]
    amounts: tuple[tuple[str, str, Decimal], ...] = ()
    """What each partner has in it already, by partner and service, pounds."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that the published method leaves open, as weights.toml states them; see `rules_of`."""

    level_without_power: int
    """Where no rule names a power: aligning plans moves no money, so it needs none."""
    level_without_outcome: int
    """No pool without an outcome measure that has a baseline and a target."""
    enough_free: Decimal
    """The earliest date is when at least this part of the joinable money is out of its commitments."""
    not_local: tuple[OrganisationType, ...]
    """Bodies that only join up with somebody of the place: overlaps among themselves are left out."""
    worth_while: Decimal
    """Opportunities with fewer joinable pounds than this stand in the tail of the list."""
    least_partner: Decimal
    """With fewer pounds than this on a subject a body is no partner in it and no payer of it."""
    inside_share: Decimal
    """An opportunity with this much of its money in one better one is shown as a part of that one."""
    estimate_grade: int
    """From this grade on a figure is an estimate for the whole body, and it is said so."""
    choice: Mapping[Discretion, Decimal]
    """How much choice there is over a pound; a pound of unknown discretion is left out of the average."""
    ready_same_pool: int
    ready_other_pool: int
    """Points of readiness, of 4, that a pool in force on these services, or on others, stands for."""
    closeness: float
    """How close the other weightings stay to the chosen one; higher is closer."""
    pooling_step: Decimal
    """By how many pounds a limit on pools is widened to say what more would bring."""


def rules_of(weights: Weights, residents: int) -> Rules:
    """The rules of a place by their names; raises `KeyError` for one that loading should have refused.

    Where the residents are not known (0), nothing is too small for the list.
    """
    value = {rule.name: rule.value for rule in weights.rules}
    return Rules(
        level_without_power=int(value["level_without_power"]),
        level_without_outcome=int(value["level_without_outcome"]),
        enough_free=value["enough_free"],
        not_local=weights.not_local,
        worth_while=value["worth_while_per_resident"] * residents,
        least_partner=value["least_partner_per_resident"] * residents,
        inside_share=value["inside_share"],
        estimate_grade=int(value["estimate_grade"]),
        choice={
            Discretion.DISCRETIONARY: value["choice_discretionary"],
            Discretion.STATUTORY_WITH_LOCAL_CHOICE: value["choice_local"],
            Discretion.DEMAND_LED: value["choice_demand_led"],
        },
        ready_same_pool=int(value["ready_same_pool"]),
        ready_other_pool=int(value["ready_other_pool"]),
        closeness=float(value["closeness"]),
        pooling_step=value["pooling_step"],
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the place: see each value's own description."""

    organisations: tuple[Organisation, ...]
    services: tuple[Service, ...]
    weights: Weights
    boards: tuple[Theme, ...] = ()
    client_groups: tuple[ClientGroup, ...] = ()
    funding_streams: tuple[FundingStream, ...] = ()
    targets: tuple[Target, ...] = ()
    target_services: tuple[TargetService, ...] = ()
    legal_powers: tuple[LegalPower, ...] = ()
    grades: tuple[Grade, ...] = ()
    shares: tuple[Share, ...] = ()
    grant_terms: tuple[GrantTerms, ...] = ()
    needs: tuple[Need, ...] = ()
    service_themes: tuple[ServiceTheme, ...] = ()
    residents: int = 0
    """How many people live in the place; 0 where it is not known."""
    readiness: tuple[Readiness, ...] = ()
    pools: tuple[ExistingPool, ...] = ()
    pooled: tuple[ExistingPool, ...] = ()
    """The pools in force in the map's year: the present state, which an opportunity goes beyond."""

    @property
    def one_sum_services(self) -> frozenset[str]:
        """The services that stand for several: money on them is one sum, and not known service by service."""
        return frozenset(service.id for service in self.services if service.holds_several)

    @property
    def rules(self) -> Rules:
        """The rules of the place, by their names."""
        return rules_of(self.weights, self.residents)

    @property
    def terms(self) -> Mapping[str, GrantTerms]:
        """The terms of each funding stream that has any, by the stream's id."""
        listed = {terms.id: terms for terms in self.grant_terms}
        return {stream.id: listed[stream.terms] for stream in self.funding_streams if stream.terms in listed}

    def with_register(
        self,
        readiness: tuple[Readiness, ...] = (),
        pools: tuple[ExistingPool, ...] = (),
        pooled: tuple[ExistingPool, ...] = (),
    ) -> "Facts":
        """The same place with what its partners have recorded; `pooled` are the pools of the map's year."""
        return replace(self, readiness=readiness, pools=pools, pooled=pooled)


def facts_of(place: Place) -> Facts:
    """What a place's folder says that bears on working together."""
    return Facts(
        organisations=place.organisations,
        services=place.services,
        weights=place.weights,
        boards=tuple(theme for theme in place.themes if theme.kind is ThemeKind.DELIVERY_BOARD),
        client_groups=place.client_groups,
        funding_streams=place.funding_streams,
        targets=place.targets,
        target_services=place.target_services,
        legal_powers=of_place(place.legal_powers, place),
        grades=place.grades,
        shares=place.shares,
        grant_terms=place.grant_terms,
        needs=place.needs,
        service_themes=place.service_themes,
        residents=_residents(place),
    )


def _residents(place: Place) -> int:
    known = any(count.ons_code == place.ons_code for count in place.populations)
    return place.population(place.default_year).population if known else 0
