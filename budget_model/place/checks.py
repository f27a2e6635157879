"""What must hold of a row as a whole, and between the files of a place: each check adds to the faults."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from budget_model.financial_year import is_financial_year
from budget_model.place.external import faults_of_award, faults_of_bid
from budget_model.place.model import (
    Area,
    AreaMeasure,
    AreaWeight,
    Award,
    BackOfficeRate,
    Bid,
    ConfirmedMapping,
    FundingStream,
    GrantTerms,
    LegalPower,
    Memorandum,
    MemorandumLine,
    Organisation,
    Place,
    PlannedContribution,
    PlannedPool,
    PlannedSubmission,
    Service,
    ServiceTheme,
    Share,
    Target,
    ThemeKind,
    Transfer,
    UnknownTransfer,
)
from budget_model.place.reading import Faults, Row, did_you_mean
from budget_model.problem import Location
from budget_model.vocabulary import AreaBasis, OrganisationStatus, Provenance

T = TypeVar("T")
MOST_NORTH, MOST_EAST = 90, 180
Rows = list[tuple[Row, T]]
PART_OF_LINE = re.compile(r"(?P<service>[a-z0-9-]+) 0\.[0-9]*[1-9][0-9]*")
"""A further service that a line pays for and its part of the line, above 0 and below 1."""
IN_A_YEAR = re.compile(r"(?P<year>\d{4}-\d{2}) (?P<figure>-?\d+(?:\.\d+)?)")
"""What a measure should be in one financial year."""


def service(row: Row, one: Service) -> None:
    """A service's group of functions lies in its division."""
    group, division = one.cofog_group, one.cofog_division
    if group and division and not group.startswith(f"{division}."):
        row.fault(
            "cofog_group",
            f"Group {group} is not in division {division}.",
            "Correct one of the two.",
            "cofog-mismatch",
        )


def organisation(row: Row, one: Organisation) -> None:
    """A body that has staff has more than none."""
    if row.sound and one.staff is not None and one.staff <= 0:
        row.fault(
            "staff", f"{one.staff} is no number of staff.", "Correct it, or leave it empty.", "no-staff"
        )


def back_office_rate(row: Row, rate: BackOfficeRate) -> None:
    """A rate was found in some spending."""
    if row.sound and rate.denominator <= 0:
        row.fault("denominator", "The spending looked at is not above 0.", "Correct it.", "denominator-zero")


def verified(row: Row, one: LegalPower | GrantTerms) -> None:
    """A rule or a grant's terms that are called verified show the words that were read."""
    if row.sound and one.verified and not one.seen:
        row.fault(
            "seen",
            "It is called verified, and no words of it are given as seen.",
            "Quote the words that were read under 'seen', or write 'no' under 'verified'.",
            "verified-unseen",
        )


def grant_terms(row: Row, one: GrantTerms) -> None:
    """Terms that are called verified were read, and their strings can be."""
    verified(row, one)
    strings(row, one)


def strings(row: Row, one: FundingStream | GrantTerms) -> None:
    """The part that may move is a part, what stands beside a pound is not below zero, and ages run upwards."""
    if row.sound and not _is_part(one.switching):
        row.fault(
            "switching", f"{one.switching} is no part of the money.", "Write it from 0 to 1.", "not-a-part"
        )
    if row.sound and one.match is not None and one.match < 0:
        row.fault(
            "match", f"{one.match} beside each pound is below zero.", "Write 0.5 for 50p.", "match-below-zero"
        )
    if row.sound and not _run_upwards(one.age_from, one.age_to):
        row.fault(
            "age_to",
            f"The ages run from {one.age_from} to {one.age_to}.",
            "Write the youngest first.",
            "ages-turned-round",
        )


def _is_part(part: Decimal | None) -> bool:
    """Whether a figure can be a part of some money; one that is not given can."""
    return part is None or 0 <= part <= 1


def _run_upwards(youngest: int | None, oldest: int | None) -> bool:
    """Whether ages are in order; where one of them is not given they are."""
    return youngest is None or oldest is None or youngest <= oldest


def area_measure(row: Row, one: AreaMeasure) -> None:
    """Money that is not placed is of named services, and a grade is no better than its rung allows."""
    if row.sound and one.basis is AreaBasis.NOT_PLACED and not one.services:
        row.fault(
            "services",
            f"'{one.id}' keeps money back from every area, and names no services.",
            "Name the services that serve the whole place.",
            "area-measure-of-nothing",
        )


def area_weight(row: Row, one: AreaWeight) -> None:
    """An area has nothing or something of a measure."""
    if row.sound and one.amount < 0:
        row.fault("amount", f"A weight of {one.amount:,} is below 0.", "Correct it.", "area-weight-negative")


def area(row: Row, one: Area) -> None:
    """An outline is longitudes and latitudes in degrees."""
    if row.sound and one.outline and not _is_outline(one.outline):
        row.fault(
            "outline",
            f"The outline of '{one.id}' is not a list of longitudes and latitudes.",
            "Write each point as 'longitude latitude', three at least, separated by commas.",
            "outline-unreadable",
        )


def _is_outline(text: str) -> bool:
    try:
        rings = [[tuple(map(float, point.split())) for point in ring.split(",")] for ring in text.split("/")]
    except ValueError:
        return False
    return all(len(ring) > 2 and all(map(_is_on_earth, ring)) for ring in rings)


def _is_on_earth(point: tuple[float, ...]) -> bool:
    return len(point) == 2 and abs(point[0]) <= MOST_EAST and abs(point[1]) <= MOST_NORTH


def award(row: Row, one: Award) -> None:
    """An award is above nothing, ends after it starts, and its years make it."""
    for fault in faults_of_award(one) if row.sound else ():
        row.fault(fault.column, fault.sentence, fault.remedy, fault.code)


def bid(row: Row, one: Bid) -> None:
    """A bid asks for something, and only one that was won has won pounds."""
    for fault in faults_of_bid(one) if row.sound else ():
        row.fault(fault.column, fault.sentence, fault.remedy, fault.code)


def target(row: Row, one: Target) -> None:
    """The targets of years on the way name their years, each once and before the year of the target itself."""
    if not row.sound or not one.yearly:
        return
    stated = [IN_A_YEAR.fullmatch(text) for text in one.yearly]
    years = [match["year"] for match in stated if match]
    if not all(stated) or not all(map(is_financial_year, years)):
        row.fault(
            "yearly",
            f"'{'; '.join(one.yearly)}' does not name financial years with their figures.",
            "Write each as 2024-25 62.5.",
            "target-years",
        )
    elif len(set(years)) < len(years) or max(years) >= one.target_year:
        row.fault(
            "yearly",
            f"A target of a year on the way to {one.target_year} is there twice, or is of that year or after.",
            "Keep each year once, before the year of the target.",
            "target-years",
        )


def service_theme(row: Row, theme: ServiceTheme) -> None:
    """A share of a delivery board is a part of the service."""
    if theme.share is not None and not 0 < theme.share <= 1:
        row.fault(
            "share",
            f"A board’s share of {theme.share} is not above 0 and at most 1.",
            "Correct it.",
            "board-share",
        )


def unknown_transfer(row: Row, one: UnknownTransfer) -> None:
    """A figure that is given has its year, and the year a figure."""
    if (one.amount is None) != (one.amount_year is None):
        row.fault(
            "amount" if one.amount is None else "amount_year",
            "An amount and its year go together, and one of them is missing.",
            "Fill both, or leave both empty.",
            "amount-without-year",
        )


def transfer(row: Row, one: Transfer) -> None:
    """At least one end states an amount, and neither states one below zero."""
    if one.payer_amount is None and one.payee_amount is None:
        row.fault(
            "payee_amount",
            "Neither end states an amount.",
            "Give one, or move the row to unknown_transfers.csv.",
            "transfer-without-amount",
        )
    for column, amount in (("payer_amount", one.payer_amount), ("payee_amount", one.payee_amount)):
        if amount is not None and amount < 0:
            row.fault(
                column, f"A transfer of {amount:,} is below 0.", "Swap payer and payee.", "transfer-negative"
            )


def shares_or_strengths(place: Place, service_themes: Rows[ServiceTheme], faults: Faults) -> None:
    """A service belongs to a delivery board by a share, to a cross-cutting theme by a strength."""
    kinds = {theme.id: theme.kind for theme in place.themes}
    for row, one in service_themes:
        board = kinds.get(one.theme) is ThemeKind.DELIVERY_BOARD
        fits = board == (one.share is not None) and board == (one.strength is None)
        if one.theme in kinds and not fits:
            faults.add(
                row.where("share" if board else "strength"),
                "A delivery board takes a share, a cross-cutting theme a strength, and neither takes both.",
                "Fill the one and empty the other.",
                "share-or-strength",
            )


def shares_of_boards(
    place: Place, service_themes: Rows[ServiceTheme], services: Rows[Service], faults: Faults
) -> None:
    """Every service's shares of the delivery boards make exactly 1."""
    boards = {theme.id for theme in place.themes if theme.kind is ThemeKind.DELIVERY_BOARD}
    if not boards or faults.spoil("service_themes.csv", "themes.csv", "services.csv"):
        return
    shares = _shares_of_services(service_themes, boards)
    for _, service in services:
        own = shares.get(service.id, [])
        total = sum((share for _, share in own), Decimal(0))
        if total != 1:
            faults.add(
                own[0][0].where("share") if own else Location("service_themes.csv"),
                f"The shares of '{service.id}' in the delivery boards make {total}, not 1."
                if total
                else f"'{service.id}' has no share in any delivery board.",
                "Change them so that they make 1, or the service’s money would be lost or doubled.",
                "board-shares",
            )


def _shares_of_services(
    service_themes: Rows[ServiceTheme], boards: Collection[str]
) -> dict[str, list[tuple[Row, Decimal]]]:
    """What each service has in any of the boards, beside the row that says so."""
    shares: defaultdict[str, list[tuple[Row, Decimal]]] = defaultdict(list)
    for row, one in service_themes:
        if one.theme in boards and one.share is not None:
            shares[one.service].append((row, one.share))
    return shares


def splits(place: Place, confirmed_mappings: Rows[ConfirmedMapping], faults: Faults) -> None:
    """A line that pays for several services names each with its part, and leaves a part to the first."""
    services = {service.id for service in place.services}
    for row, mapping in confirmed_mappings:
        if not mapping.split:
            continue
        named = [PART_OF_LINE.fullmatch(text) for text in mapping.split]
        if not all(part and part["service"] in services for part in named):
            faults.add(
                row.where("split"),
                f"'{'; '.join(mapping.split)}' does not name services with their parts.",
                "Write each as the id of a service and its part of 1: secondary-schools 0.35.",
                "split-unreadable",
            )
        elif mapping.parts[0][1] <= 0:
            faults.add(
                row.where("split"),
                f"The parts of further services leave nothing to '{mapping.service}'.",
                "Name as the service one that has a part, and parts that together stay below 1.",
                "split-over-one",
            )


def share_values(shares: Rows[Share], faults: Faults) -> None:
    """A city share lies between nothing and all, and rests on something."""
    for row, share in shares:
        if share.denominator <= 0:
            faults.add(
                row.where("denominator"),
                f"The denominator of '{share.id}' is {share.denominator}.",
                "Give the whole that the share is taken of; it must be above 0.",
                "denominator-zero",
            )
        elif share.numerator < 0:
            faults.add(
                row.where("numerator"),
                f"The share '{share.id}' is negative.",
                "Give the part of the whole that is the place’s.",
                "share-negative",
            )
        elif share.numerator > share.denominator:
            faults.add(
                row.where("numerator"),
                f"The share '{share.id}' is {share.numerator} of {share.denominator}, which is over 1.",
                "Check that the two are not swapped and are in the same unit.",
                "share-over-one",
            )


def transfers(place: Place, found: Rows[Transfer], faults: Faults) -> None:
    """Money passes between two bodies, out of lines that are known."""
    mapped: dict[tuple[str, str], str] = {
        (mapping.organisation, mapping.line_code): mapping.service
        for mapping in place.mappings
        if mapping.line_code
    }
    owner = {share.id: share.organisation for share in place.shares}
    known = not faults.spoil("mappings.csv", "services.csv")
    for row, one in found:
        if one.payer == one.payee:
            faults.add(
                row.where("payee"),
                f"'{one.payer}' pays itself.",
                "Leave recharges inside one body out; they are no transfer.",
                "transfer-to-itself",
            )
        _shares_of_its_own(row, one, owner, faults)
        sent = _sent_by(place, one.payer, one.year)
        if one.payer_amount is not None and sent is not None and one.payer_amount > sent:
            faults.add(
                row.where("payer_amount"),
                f"The transfer '{one.id}' takes {one.payer_amount:,} out of '{one.payer}', "
                f"which sent {sent:,} in all.",
                "Correct the amount, or the line that it is paid from.",
                "transfer-too-large",
            )
        if known:
            _lines_of_its_service(row, one, mapped, faults)


def _shares_of_its_own(row: Row, one: Transfer, owner: Mapping[str, str], faults: Faults) -> None:
    """The share of each side is one of that body's own."""
    for column, share, body in (
        ("payer_share", one.payer_share, one.payer),
        ("payee_share", one.payee_share, one.payee),
    ):
        if owner.get(share, body) != body:
            faults.add(
                row.where(column),
                f"The share '{share}' belongs to '{owner[share]}', not to '{body}'.",
                "Name a share of that organisation.",
                "share-of-another",
            )


def _lines_of_its_service(
    row: Row, one: Transfer, mapped: Mapping[tuple[str, str], str], faults: Faults
) -> None:
    """The lines that a transfer is paid from are its payer's, and of the service that it names."""
    codes = [code for organisation, code in mapped if organisation == one.payer]
    for code in one.payer_lines:
        if (one.payer, code) not in mapped:
            faults.add(
                row.where("payer_lines"),
                f"'{code}' is not a line of '{one.payer}' in mappings.csv.",
                did_you_mean(code, codes, "mappings.csv"),
                "unknown-code",
            )
        elif mapped[one.payer, code] != one.payer_service:
            faults.add(
                row.where("payer_lines"),
                f"Line '{code}' is mapped to '{mapped[one.payer, code]}', not to '{one.payer_service}'.",
                "Name the service that the line is mapped to.",
                "transfer-service",
            )


def _sent_by(place: Place, body: str, year: str) -> Decimal | None:
    """All that a body planned to send for a year, parts below zero aside; None where it sent nothing.

    The lines themselves are not known yet: the store holds each transfer against its own lines.
    """
    totals = [
        submission.control_total
        for submission in place.submissions
        if (submission.organisation, submission.year) == (body, year)
    ]
    return sum((total for total in totals if total > 0), Decimal(0)) if totals else None


def submissions(
    place: Place, planned_submissions: Rows[PlannedSubmission], workbooks: Path, faults: Faults
) -> None:
    """Each planned submission has its workbook, its organisation's own share and a mapped body."""
    owner = {share.id: share.organisation for share in place.shares}
    status = {organisation.id: organisation.status for organisation in place.organisations}
    for row, planned_submission in planned_submissions:
        if not (workbooks / planned_submission.workbook).is_file():
            faults.add(
                row.where("workbook"),
                f"There is no workbook {planned_submission.workbook} in {workbooks.name}.",
                "Put it there, or correct the name.",
                "missing-file",
            )
        if (
            owner.get(planned_submission.share, planned_submission.organisation)
            != planned_submission.organisation
        ):
            faults.add(
                row.where("share"),
                f"The share '{planned_submission.share}' belongs to '{owner[planned_submission.share]}', not to '{planned_submission.organisation}'.",
                "Name a share of that organisation.",
                "share-of-another",
            )
        if planned_submission.grade == 1 and planned_submission.provenance is not Provenance.AUDITED:
            faults.add(
                row.where("grade"),
                f"Grade 1 is for audited figures, and those of '{planned_submission.id}' are {planned_submission.provenance}.",
                "Write grade 2, or 'audited' under provenance if an auditor has signed the accounts.",
                "audited-unsaid",
            )
        if (
            status.get(planned_submission.organisation, OrganisationStatus.MAPPED)
            is not OrganisationStatus.MAPPED
        ):
            faults.add(
                row.where("organisation"),
                f"'{planned_submission.organisation}' has a submission, and organisations.csv does not call it mapped.",
                "Set its status to mapped, or remove the submission.",
                "status-mismatch",
            )


def areas(place: Place, found: Rows[Area], weights: Rows[AreaWeight], faults: Faults) -> None:
    """Areas lie within areas that there are, and measures are of those that have no parts."""
    if faults.spoil("areas.csv", "area_measures.csv"):
        return
    ids = {one.id for one in place.areas}
    for row, one in found:
        if one.within and one.within not in ids:
            faults.add(
                row.where("within"),
                f"'{one.within}', which '{one.id}' is a part of, is not in areas.csv.",
                did_you_mean(one.within, ids, "areas.csv"),
                "unknown-code",
            )
    wholes = {one.within for one in place.areas}.union(*(one.also_within for one in place.areas))
    for row, weight in weights:
        if weight.area in wholes:
            faults.add(
                row.where("area"),
                f"'{weight.area}' has parts of its own, so it has what they have together.",
                "Give the measure of each part, and leave this row out.",
                "area-weight-of-a-whole",
            )
    for service in _shared_twice(place):
        faults.add(
            Location("area_measures.csv"),
            f"The money of '{service}' is shared to areas by more than one measure.",
            "Leave it with the best of them.",
            "area-service-twice",
        )


def memoranda(place: Place, found: Rows[Memorandum], lines: Rows[MemorandumLine], faults: Faults) -> None:
    """No body has two memoranda of one name, and whom each is for has been counted."""
    counted = {population.area for population in place.populations}
    named: set[tuple[str, str]] = set()
    for row, memorandum in found:
        if (memorandum.organisation, memorandum.part) in named:
            faults.add(
                row.where("part"),
                f"'{memorandum.organisation}' has another memorandum called '{memorandum.part}'.",
                "Give each a name of its own.",
                "memorandum-twice",
            )
        named.add((memorandum.organisation, memorandum.part))
    named_people = [(row, memorandum.people) for row, memorandum in found]
    named_people += [(row, one.people) for row, one in lines]
    for row, people in named_people:
        if people and people not in counted and not faults.spoil("populations.csv"):
            faults.add(
                row.where("people"),
                f"'{people}' is no area of populations.csv.",
                did_you_mean(people, counted, "populations.csv"),
                "unknown-code",
            )


def memorandum_line(row: Row, one: MemorandumLine) -> None:
    """A change has the year from which it holds, and a year the change."""
    if bool(one.year) != bool(one.change):
        row.fault(
            "change" if one.year else "year",
            "A change needs the first year that is counted so, and a year what changed.",
            "Give both, or neither.",
            "memorandum-change",
        )
    if one.year and not is_financial_year(one.year):
        row.fault("year", f"'{one.year}' is not a financial year.", "Write it like 2016-17.", "bad-year")


def _shared_twice(place: Place) -> list[str]:
    """The services that more than one measure names."""
    named = [service for measure in place.area_measures for service in measure.services]
    return sorted({service for service in named if named.count(service) > 1})


def benchmark(place: Place, faults: Faults) -> None:
    """The benchmark names a known share, and its parts make its whole."""
    shares = {share.id for share in place.shares}
    named = place.benchmark.share
    if named and named not in shares and not faults.spoil("shares.csv"):
        faults.add(
            Location("place.toml"),
            f"'{named}' under benchmark.share is not in shares.csv.",
            did_you_mean(named, shares, "shares.csv"),
            "unknown-code",
        )
    parts = sum((part.region_amount for part in place.benchmark_parts), Decimal(0))
    if place.benchmark_parts and parts != place.benchmark.amount and not faults.spoil("benchmark.csv"):
        faults.add(
            Location("benchmark.csv"),
            f"The parts make {parts:,}, and the benchmark in place.toml is {place.benchmark.amount:,}.",
            f"Account for the difference of {place.benchmark.amount - parts:,}.",
            "benchmark-parts",
        )


def pools(planned_pools: Rows[PlannedPool], contributions: Rows[PlannedContribution], faults: Faults) -> None:
    """A pool has at least two partners, who put in a part of a line each; its days are in their order."""
    partners: dict[str, set[str]] = {}
    for row, planned_contribution in contributions:
        partners.setdefault(planned_contribution.pool, set()).add(planned_contribution.partner)
        if not 0 < planned_contribution.share <= 1:
            faults.add(
                row.where("share"),
                f"'{planned_contribution.partner}' puts {planned_contribution.share} of its line into '{planned_contribution.pool}'.",
                "Give a part of the line: more than 0, and 1 at most.",
                "pool-share",
            )
    for row, pool in planned_pools:
        if len(partners.get(pool.id, ())) < 2:
            faults.add(
                row.where("id"),
                f"Fewer than two partners contribute money to '{pool.id}'.",
                "Give each partner a row in pool_contributions.csv, or remove the pool.",
                "pool-partners",
            )
        days = [day for day in (pool.starts, pool.review, pool.ends) if day is not None]
        if days != sorted(days):
            faults.add(
                row.where("review"),
                f"The start, the review and the end of '{pool.id}' are not in that order.",
                "Correct the dates.",
                "pool-days",
            )
