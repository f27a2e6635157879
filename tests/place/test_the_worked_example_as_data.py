"""What the shipped lists and the worked example must always hold, told from their files alone."""

import csv
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from budget_model.count.assurance import missing_bodies, unsettled
from budget_model.place import Place, ServiceScope, ThemeKind, load
from budget_model.place.model import ConfirmedMapping, PlannedSubmission
from budget_model.store.england import regional
from budget_model.vocabulary import Kind, OrganisationStatus, RingFence

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "derby"
SHARED = DATA.parents[1] / "shared"
UNITS = {"£000": 1000, "£'000": 1000, "£ thousand": 1000, "£ million": 1_000_000}


@cache
def derby() -> Place:
    return load(FOLDER, DATA / "reference")


@cache
def workbook_of(name: str) -> Workbook:
    return load_workbook(FOLDER / "workbooks" / name, data_only=True)


@cache
def printed_lines(workbook: str, sheet: str) -> dict[str, tuple[str, Decimal]]:
    """The lines of a workbook as a person reads them: rows with a known code, and pounds as the title says."""
    book = workbook_of(workbook)
    known = {mapping.line_code for mapping in derby().mappings}
    found: dict[str, tuple[str, Decimal]] = {}
    unit = 1
    for row in (book[sheet] if sheet else book.worksheets[0]).iter_rows(values_only=True):
        texts = [str(cell).strip() for cell in row if isinstance(cell, str)]
        if not found:
            unit = next((UNITS[word] for word in UNITS if any(word in text for text in texts)), unit)
        amounts = [cell for cell in row if isinstance(cell, int | float)]
        code = next((text for text in texts if text in known), "")
        if code and amounts:
            name = next(text for text in texts if text != code)
            found[code] = (name, Decimal(str(amounts[0])) * unit)
    return found


def is_income(code: str, sent: PlannedSubmission) -> bool:
    """Whether a line is income: of the housing account, or sales and other income of an outturn by nature."""
    if sent.part == "housing revenue account":
        return code < "4015" if len(code) == 4 else code == "980"
    return sent.year > "2020" and len(code) > 3 and code.endswith(("3", "4"))


@cache
def by_code() -> dict[tuple[str, str], ConfirmedMapping]:
    return {(mapping.organisation, mapping.line_code): mapping for mapping in derby().mappings}


MEMORANDA = {memorandum.part for memorandum in derby().memoranda}
SUBMISSIONS = [
    planned_submission.id
    for planned_submission in derby().submissions
    if planned_submission.part not in MEMORANDA
]
"""What is on the map; returns that say what it is made of are added up in `tests/truth`, and pay for no service."""


def submission(wanted: str) -> PlannedSubmission:
    return next(
        planned_submission for planned_submission in derby().submissions if planned_submission.id == wanted
    )


def test_the_worked_example_is_loaded_without_a_warning() -> None:
    assert derby().problems == ()


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_the_lines_of_every_workbook_make_its_control_total(name: str) -> None:
    one = submission(name)
    lines = printed_lines(one.workbook, one.sheet)
    net = sum(-amount if is_income(code, one) else amount for code, (_, amount) in lines.items())
    assert round(net, 2) == one.control_total


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_every_line_of_every_workbook_is_mapped_under_the_name_that_it_has_there(name: str) -> None:
    one = submission(name)
    lines = printed_lines(one.workbook, one.sheet)
    assert lines
    for code, (printed, _) in lines.items():
        mapping = by_code()[one.organisation, code]
        described = mapping.description
        assert described == printed or printed in described


def test_no_mapping_is_of_a_line_that_no_workbook_has() -> None:
    printed = {
        (planned_submission.organisation, code)
        for planned_submission in derby().submissions
        for code in printed_lines(planned_submission.workbook, planned_submission.sheet)
    }
    assert {(mapping.organisation, mapping.line_code) for mapping in derby().mappings} == printed


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("council-revenue", 390_292_000),
        ("council-hra", 54_554_000 - 56_708_000),
        ("council-housing-benefit", 79_342_000),
        ("police-revenue", 164_245_000),
        ("fire-revenue", 34_456_000),
        ("ccg-allocation", 664_254_000),
        ("college-16-19", 25_347_957),
    ],
)
def test_the_control_totals_are_those_that_were_published(name: str, total: int) -> None:
    assert submission(name).control_total == total


COUNCIL_TOTALS = [
    ("2014-15", "385232000"),
    ("2015-16", "390044699.27"),
    ("2017-18", "391952535.21"),
    ("2021-22", "402439000"),
    ("2022-23", "417494000"),
    ("2023-24", "456858000"),
    ("2024-25", "480995240"),
]
"""Total service expenditure, net, as the outturn of each year prints it."""


@pytest.mark.parametrize(("year", "printed"), COUNCIL_TOTALS)
def test_derby_city_council_s_outturn_of_every_year_is_the_published_one(year: str, printed: str) -> None:
    one = submission(f"derby-city-council-{year}-revenue")
    assert one.control_total == Decimal(printed)


@pytest.mark.parametrize(
    ("year", "thousands"),
    [("2021-22", 541_483), ("2022-23", 563_547), ("2023-24", 630_312), ("2024-25", 659_986)],
)
def test_gross_spending_of_the_council_is_what_its_outturn_prints(year: str, thousands: int) -> None:
    one = submission(f"derby-city-council-{year}-revenue")
    spent = sum(
        amount
        for code, (_, amount) in printed_lines(one.workbook, one.sheet).items()
        if not is_income(code, one)
    )
    assert round(spent, 2) == thousands * 1000


@pytest.mark.parametrize(
    ("year", "thousands"),
    [
        ("2013-14", 37_031_866),
        ("2014-15", 38_191_066),
        ("2015-16", 38_590_862),
        ("2016-17", 39_155_031),
        ("2017-18", 40_024_087),
    ],
)
def test_the_departments_and_what_is_left_out_make_the_region_s_published_total(
    year: str, thousands: int
) -> None:
    rows = regional("East Midlands", year)
    assert sum(row.pounds for row in rows) == thousands * 1000
    local = [row for row in rows if row.sector == "LG" or row.department == "Local Government England"]
    to_schools = [row for row in rows if row.segment_name.startswith(("S022A199", "S022A202"))]
    left_out = sum(row.pounds for row in (*local, *to_schools))
    departments = [
        planned_submission
        for planned_submission in derby().submissions
        if planned_submission.year == year
        and planned_submission.part == "identifiable spending in the region"
    ]
    assert len(departments) == 13
    assert sum(department.control_total for department in departments) + left_out == thousands * 1000


def test_cached_totals_are_written_beside_their_formulas() -> None:
    path = FOLDER / "workbooks" / "derby-city-council.xlsx"
    values, formulas = load_workbook(path, data_only=True), load_workbook(path)
    seen = 0
    for row in formulas["Service budget"].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                seen += 1
                assert isinstance(values["Service budget"][cell.coordinate].value, int | float)
    assert seen == 11


def test_the_police_count_by_24_41_per_cent_of_the_force() -> None:
    share = derby().share("police-residents")
    assert round(share.value * 100, 2) == Decimal("24.41")
    assert derby().share("fire-residents").value == share.value
    assert round(Decimal("109.2") * share.value, 1) == Decimal("26.7")
    assert round(Decimal("112.6") * share.value, 1) == Decimal("27.5")


def test_figures_of_another_year_are_marked_and_at_grade_5() -> None:
    marked = {
        planned_submission.id: planned_submission.grade
        for planned_submission in derby().submissions
        if planned_submission.figures_year
    }
    assert marked == {"college-16-19": 5, "sixth-forms-16-19": 5}


def test_the_region_s_money_comes_in_at_grade_5_but_for_benefits_and_pensions() -> None:
    departments = [
        planned_submission
        for planned_submission in derby().submissions
        if planned_submission.organisation + "-in-region" == planned_submission.share
    ]
    assert len(departments) == 13
    better = {
        department.organisation: department.grade for department in departments if department.grade != 5
    }
    assert better == {"department-for-work-and-pensions": 4}


def test_benefits_and_tax_credits_count_by_what_derby_s_households_received() -> None:
    for body in ("department-for-work-and-pensions", "hm-revenue-and-customs"):
        share = derby().share(f"{body}-in-region")
        assert (share.numerator, share.denominator) == (1228, 24326)  # £ million, ONS, 2016
        assert round(share.value * 100, 2) == Decimal("5.05")


def test_the_commissioning_group_counts_by_the_residents_of_its_own_year() -> None:
    share = derby().share("ccg-residents")
    assert (share.numerator, share.denominator) == (256_203, 527_809)
    assert round(share.of(Decimal(664_254_000)) / 1_000_000, 1) == Decimal("322.4")
    assert "All of Derby lies inside the group" in share.note


@pytest.mark.parametrize(
    ("year", "low", "high"),
    [("2014-15", "0.484", "0.485"), ("2015-16", "0.484", "0.485"), ("2017-18", "0.483", "0.484")],
)
def test_the_commissioning_group_s_share_hardly_moves_from_year_to_year(
    year: str, low: str, high: str
) -> None:
    assert Decimal(low) < derby().share(f"ccg-residents-{year}").value < Decimal(high)


def test_a_department_s_share_of_any_year_is_of_all_residents_or_of_benefits_received() -> None:
    shares = [share for share in derby().shares if "-in-region" in share.id and share.organisation]
    assert len(shares) == 13 * 5
    assert all(Decimal("0.049") < share.value < Decimal("0.055") for share in shares)


def test_per_head_figures_of_2016_17_stand_on_the_people_of_mid_2016() -> None:
    assert derby().population("2016-17").population == 256_203


def test_a_population_between_two_censuses_says_that_it_is_interpolated() -> None:
    known = {(count.ons_code, count.year): count for count in derby().populations}
    region = known["E12000004", 2016]
    assert "interpolated" in region.basis
    # 1,922 of the 2,652 days from 27 March 2011 to 30 June 2018
    assert region.population == round(4_533_222 + (4_804_149 - 4_533_222) * 1922 / 2652)


def test_the_treasury_s_deflators_are_those_that_it_published() -> None:
    index = {deflator.year: deflator for deflator in derby().deflators}
    published = {"2013-14": "80.886", "2016-17": "84.335", "2017-18": "85.656", "2022-23": "100"}
    for year, printed in published.items():
        assert abs(index[year].index - Decimal(printed)) <= Decimal("0.0001")
        assert index[year].status == "published"
    grown = index["2022-23"].index * Decimal("1.053") * Decimal("1.0372")
    assert abs(index["2024-25"].index - grown) <= Decimal("0.0001")
    assert index["2025-26"].status == "forecast"


def test_the_benchmark_is_the_region_s_published_spending_by_people() -> None:
    place = derby()
    assert place.benchmark.amount == 39_155_031_000
    assert round(place.share(place.benchmark.share).value * 100, 4) == Decimal("5.4170")
    counted = sum(part.region_amount for part in place.benchmark_parts if part.id == "central")
    departments = [
        planned_submission
        for planned_submission in place.submissions
        if planned_submission.share.endswith("-in-region")
    ]
    assert counted == sum(department.control_total for department in departments)


def test_a_transfer_takes_no_more_than_its_payer_s_lines_hold() -> None:
    place = derby()
    held: defaultdict[str, Decimal] = defaultdict(Decimal)
    for transfer in place.transfers:
        ends = [
            amount * place.share(share).value
            for amount, share in (
                (transfer.payer_amount, transfer.payer_share),
                (transfer.payee_amount, transfer.payee_share),
            )
            if amount is not None
        ]
        held[";".join((transfer.year, *transfer.payer_lines))] += min(ends)
    for codes, taken in held.items():
        payer = next(
            transfer
            for transfer in place.transfers
            if ";".join((transfer.year, *transfer.payer_lines)) == codes
        )
        (book,) = [
            planned_submission
            for planned_submission in place.submissions
            if (planned_submission.organisation, planned_submission.year) == (payer.payer, payer.year)
        ]
        lines = printed_lines(book.workbook, book.sheet)
        there = sum(lines[code][1] for code in payer.payer_lines) * place.share(payer.payer_share).value
        assert Decimal(0) < taken <= there


def test_schools_money_is_ring_fenced_and_answers_to_the_schools_switch() -> None:
    services = {service.id: service for service in derby().services}
    grant = [mapping for mapping in derby().mappings if mapping.funding_stream == "dedicated-schools-grant"]
    assert {confirmed_mapping.line_code for confirmed_mapping in grant} == {"110", "120", "130", "140"}
    assert {confirmed_mapping.ring_fence for confirmed_mapping in grant} == {RingFence.STATUTORY}
    assert {services[confirmed_mapping.service].scope for confirmed_mapping in grant} == {
        ServiceScope.SCHOOLS
    }


def test_the_housing_revenue_account_answers_to_its_switch_and_nothing_else_does() -> None:
    services = {service.id: service for service in derby().services}
    of_account = {
        mapping.line_code
        for mapping in derby().mappings
        if services[mapping.service].scope is ServiceScope.HOUSING_REVENUE_ACCOUNT
    }
    first = set(printed_lines("derby-city-council.xlsx", "Housing revenue account"))
    assert of_account == first | {"980", "981"}  # one line for all income and one for all expenditure since


def test_benefits_and_pensions_are_transfers_to_individuals() -> None:
    kind = {service.id: service.kind for service in derby().services}
    paid = {
        mapping.service
        for mapping in derby().mappings
        if (mapping.kind or kind[mapping.service]) is Kind.TRANSFER_TO_INDIVIDUALS
    }
    assert {"state-pension", "housing-benefit", "tax-credits", "disability-benefits"} <= paid
    assert "benefits-administration" not in paid


def test_a_line_called_capital_at_its_source_is_capital_on_the_map() -> None:
    kind = {service.id: service.kind for service in derby().services}
    for mapping in derby().mappings:
        if "-TES_" in mapping.line_code:
            capital = (mapping.kind or kind[mapping.service]) is Kind.CAPITAL
            assert capital == ("-TES_CAP-" in mapping.line_code), mapping


def test_every_service_has_words_to_be_found_by_and_a_place_in_the_boards() -> None:
    boards = {theme.id for theme in derby().themes if theme.kind is ThemeKind.DELIVERY_BOARD}
    assert len(boards) == 5
    assert len(derby().themes) - len(boards) == 5
    for service in derby().services:
        assert len(service.synonyms) >= 6, service.id
        shares = [
            theme.share or 0
            for theme in derby().service_themes
            if theme.service == service.id and theme.theme in boards
        ]
        assert sum(shares) == 1


def test_a_service_says_nothing_of_any_one_city() -> None:
    assert "derby" not in (DATA / "reference" / "services.csv").read_text(encoding="utf-8").lower()


def test_every_mapped_body_has_sent_something_and_every_gap_says_what_to_ask_for() -> None:
    sent = {planned_submission.organisation for planned_submission in derby().submissions}
    for organisation in derby().organisations:
        assert (organisation.status is OrganisationStatus.MAPPED) == (organisation.id in sent)
        if organisation.status is OrganisationStatus.AWAITED:
            assert "sk" in organisation.note, f"{organisation.id} does not say what to ask for"


def test_the_commissioner_that_is_missing_is_that_of_the_year_and_somebody_to_ask_is_named() -> None:
    late = {body.id: body.note for body in missing_bodies(derby(), "2024-25", ())}
    assert "Ask its chief finance officer" in late["derby-and-derbyshire-icb"]
    assert "southern-derbyshire-ccg" not in late
    assert "derby-and-derbyshire-icb" not in {body.id for body in missing_bodies(derby(), "2016-17", ())}
    payers = {gap.payer for gap in unsettled(derby(), "2024-25")}
    assert "derby-and-derbyshire-icb" in payers
    assert "southern-derbyshire-ccg" not in payers


def test_the_better_care_fund_is_told_in_the_one_year_that_it_was_published_for() -> None:
    (fund,) = [gap for gap in derby().unknown_transfers if gap.amount is not None]
    assert (fund.payer, fund.payee) == ("southern-derbyshire-ccg", "derby-city-council")
    assert (fund.amount_in("2015-16"), fund.amount_in("2016-17")) == (11_280_000, None)


def test_a_measure_is_real_and_without_a_target_where_none_is_published_or_marked_as_made_up() -> None:
    targets = derby().targets
    made_up = {target.id for target in targets if target.illustrative}
    assert len(targets) == 35
    assert made_up == {
        "learning-disability-home",
        "reoffending",
        "dwelling-fires",
        "recycling-rate",
        "city-centre-visits",
    }
    for target in targets:
        assert ("made up" in target.source) == target.illustrative
        assert (target.target is None) == (target.id not in made_up)
    assert {service.target for service in derby().target_services} == {target.id for target in targets}


def test_children_in_care_stand_beside_their_published_neighbours() -> None:
    (rate,) = [target for target in derby().targets if target.id == "children-in-care"]
    figures = (rate.baseline, rate.latest, rate.neighbours, rate.national, rate.regional)
    assert figures == (76, 88, Decimal("81.5"), 67, 62)  # per 10,000 under 18, 2016 and 2025


@pytest.mark.shared
def test_every_published_measure_found_for_derby_is_shipped_with_its_figures() -> None:
    candidates = SHARED / "derby" / "real" / "target_candidates.csv"
    if not candidates.exists():
        pytest.skip("The published figures that the worked example is written from are not on this machine.")
    shipped = Counter(
        (target.baseline, target.latest, target.neighbours, target.national, target.regional)
        for target in derby().targets
        if not target.illustrative
    )
    found = Counter(_of_candidate(row) for row in csv.DictReader(candidates.open(encoding="utf-8")))
    assert found == shipped
    assert found.total() == 30


def _of_candidate(row: dict[str, str]) -> tuple[Decimal | None, ...]:
    latest, *others = (
        Decimal(row[column]) if row[column] else None
        for column in ("latest", "neighbours_median_latest", "england_latest", "east_midlands_latest")
    )
    return (Decimal(row["baseline"]) if row["baseline"] else latest, latest, *others)


@pytest.mark.parametrize(
    ("year", "group", "people"),
    [
        ("2016-17", "children-in-care", 58_947),
        ("2024-25", "school-age-children", 62_113),
        ("2023-24", "older-people", 43_924),
    ],
)
def test_the_people_that_a_service_is_for_are_those_of_the_year(year: str, group: str, people: int) -> None:
    assert derby().population(year, group).population == people


def contrast(colour: str) -> float:
    """How a colour stands out on white, as the accessibility guidelines measure it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_every_colour_stands_out_on_white_and_belongs_to_one_alone() -> None:
    place = derby()
    for group in (place.organisations, place.themes, place.funding_streams):
        colours = [one.colour for one in group]
        assert len(set(colours)) == len(colours)
        assert all(contrast(colour) >= 3 for colour in colours)


def test_the_national_rates_are_those_of_the_method() -> None:
    rates = {rate.function: round(rate.rate * 100, 1) for rate in derby().back_office_rates}
    assert rates["HR"] == Decimal("22.2")
    assert rates["IT"] == Decimal("20.0")
    assert rates["procurement"] == Decimal("6.9")
    assert rates["property"] == Decimal("6.0")
    functions = {service.back_office_function for service in derby().services if service.back_office_function}
    assert functions == set(rates)
