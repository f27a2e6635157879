"""What each area has, and what comes from outside, counted again from the entries and from the place's own lists."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from budget_model.exhibits import catalogue
from budget_model.money import percent, pounds
from tests.truth.conftest import Both
from tests.truth.ledger import (
    ZERO,
    Ledger,
    by,
    finding,
    in_words,
    listed,
    listed_rows,
    opened,
    table,
    why,
)

pytestmark = pytest.mark.slow
FOLDER = Path(__file__).parents[2] / "data" / "derby"

SERVICES = {row["id"] for row in listed_rows("services")}
AREAS = {row["id"]: row for row in table("areas")}
MEASURES = {row["id"]: row for row in table("area_measures")}
MEASURE_OF = {
    service.strip(): row["id"]
    for row in MEASURES.values()
    for service in row["services"].split(";")
    if service
}
CALLED = {
    "need": "by deprivation",
    "age group": "by the age group that a service is for",
    "residents": "by residents alone",
}
TODAY = date.today()


def _weights() -> dict[str, dict[str, Decimal]]:
    held: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in table("area_weights"):
        held[row["measure"]][row["area"]] = Decimal(row["amount"])
    return held


WEIGHTS = _weights()


def smallest(area: str) -> frozenset[str]:
    """The small areas that an area is made of."""
    parts = [
        row["id"]
        for row in AREAS.values()
        if area == row["within"] or area in [one.strip() for one in row["also_within"].split(";")]
    ]
    return frozenset().union(*map(smallest, parts)) if parts else frozenset({area})


LEAVES = {key: smallest(key) for key in AREAS}


def of_kind(kind: str) -> list[str]:
    return [key for key, row in AREAS.items() if row["kind"] == kind]


def share(measure: str, area: str) -> Decimal:
    """What part of all of a measure some small areas have."""
    held = WEIGHTS[measure]
    return sum((held.get(leaf, ZERO) for leaf in LEAVES[area]), ZERO) / sum(held.values(), ZERO)


def residents_of(area: str) -> Decimal:
    return sum((WEIGHTS["residents"][leaf] for leaf in LEAVES[area]), ZERO)


def by_measure(counted: Ledger) -> dict[str, Decimal]:
    """Pounds by the measure that shares them out; under no name what no area can be said to have."""
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for (service,), amount in counted.sums(by("service")).items():
        measure = MEASURE_OF.get(service, "residents") if service in SERVICES else ""
        sums["" if not measure or MEASURES[measure]["basis"] == "not placed" else measure] += amount
    return dict(sums)


def has(area: str, sums: dict[str, Decimal]) -> Decimal:
    """Pounds of an area."""
    return sum((amount * share(measure, area) for measure, amount in sums.items() if measure), ZERO)


def three(amount: Decimal) -> str:
    """Pounds in three figures, as an estimate is told."""
    step = Decimal(10) ** max(0, amount.adjusted() - 2)
    return f"£{(amount / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step:,.0f}"


def apart(more: Decimal, less: Decimal) -> str:
    """How far two figures stand apart, as both are told."""
    one, other = (Decimal(three(amount)[1:].replace(",", "")) for amount in (more, less))
    return f"£{abs(one - other):,.0f} {'more' if one > other else 'less'}" if one != other else "the same"


def need_part(areas: list[str], sums: dict[str, Decimal]) -> str:
    """How much of the money of areas is shared by deprivation itself."""
    whole = sum((has(area, sums) for area in areas), ZERO)
    need = {key: amount for key, amount in sums.items() if key and MEASURES[key]["basis"] == "need"}
    return f"{sum((has(area, need) for area in areas), ZERO) / whole:.0%}"


def test_the_wards_with_most_and_least_for_each_resident_and_by_what_it_was_shared(both: Both) -> None:
    answers, counted = both
    sums, wards = by_measure(counted), of_kind("ward")
    ranked = sorted(wards, key=lambda ward: (-has(ward, sums) / residents_of(ward), AREAS[ward]["name"]))
    first, last = ranked[0], ranked[-1]
    each = {ward: three(has(ward, sums) / residents_of(ward)) for ward in (first, last)}
    assert finding(answers, "areas") == (
        f"{AREAS[first]['name']} has an estimated {each[first]} for each resident, {AREAS[last]['name']} {each[last]}."
    )
    placed = sum((amount for measure, amount in sums.items() if measure), ZERO)
    ways: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for measure, amount in sums.items():
        if measure:
            ways[MEASURES[measure]["basis"]] += amount
    parts = listed(
        [f"{percent(ways[basis], placed)} {said}" for basis, said in CALLED.items() if ways[basis]]
    )
    left = f" {pounds(sums[''])} more serves the whole place or beyond, and is in no area’s figure."
    assert why(answers, "areas") == (
        f"No body has said what it spends in any of them, so all of it is estimated: {parts}.{left}"
    )


def test_the_priority_neighbourhoods_beside_the_rest_of_the_city(both: Both) -> None:
    answers, counted = both
    sums, own = by_measure(counted), of_kind("priority neighbourhood")
    amount = sum((has(area, sums) for area in own), ZERO)
    people = sum((residents_of(area) for area in own), ZERO)
    rest = (has("derby", sums) - amount) / (residents_of("derby") - people)
    assert finding(answers, "neighbourhoods") == (
        f"The {in_words(len(own))} priority neighbourhoods have an estimated {three(amount / people)} for each resident, "
        f"the rest of Derby {three(rest)}: {apart(amount / people, rest)}."
    )
    assert why(answers, "neighbourhoods").startswith(
        f"{need_part(own, sums)} of this is shared out by deprivation"
    )


def test_the_more_deprived_half_of_the_wards_beside_the_others(both: Both) -> None:
    answers, counted = both
    sums, wards = by_measure(counted), of_kind("ward")
    deprived = {
        ward: sum((WEIGHTS["most-deprived"].get(leaf, ZERO) for leaf in LEAVES[ward]), ZERO)
        / residents_of(ward)
        for ward in wards
    }
    ranked = sorted(wards, key=lambda ward: -deprived[ward])
    assert deprived[ranked[8]] > deprived[ranked[9]]  # so that halves do not depend on a tie
    halves = [
        sum((has(ward, sums) for ward in half), ZERO) / sum((residents_of(ward) for ward in half), ZERO)
        for half in (ranked[:9], ranked[9:])
    ]
    assert finding(answers, "areas-need") == (
        f"The nine most deprived wards have an estimated {three(halves[0])} for each resident, the others "
        f"{three(halves[1])}: {apart(*halves)}."
    )
    assert why(answers, "areas-need") == (
        f"{need_part(wards, sums)} of the money is shared by deprivation itself, and none of it is a body’s own figure: this "
        "cannot show whether bodies spend more where need is greater."
    )


def test_one_area_has_its_part_of_every_measure_and_all_of_it_is_called_estimated(both: Both) -> None:
    answers, counted = both
    sums, area = by_measure(counted), "ward-arboretum"
    amount, people = has(area, sums), residents_of(area)
    said = getattr(catalogue.show(answers, "area", area), "finding", "")
    assert said.startswith(
        f"About {pounds(amount)} of {counted.scope.year} is for Arboretum, {three(amount / people)} for each of "
        f"{people:,.0f} residents; it may be "
    )
    assert said.endswith("all of it estimated, none of it a body’s own figure.")


# From outside, in no total of the map


def test_grants_by_funder_and_by_ward_are_those_of_the_list(in_scope: Callable[[str], Both]) -> None:
    answers, _ = in_scope("whole")
    rows = table("area_grants")
    whole = sum((Decimal(row["amount"]) for row in rows), ZERO)
    many, years = sum(int(row["grants"]) for row in rows), [int(row["year"]) for row in rows]
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in rows:
        sums[row["funder"]] += Decimal(row["amount"])
        sums[row["area"]] += Decimal(row["amount"])
    funders = {row["funder"] for row in rows}
    first = max(funders, key=lambda funder: sums[funder])
    ward = max({row["area"] for row in rows}, key=lambda area: sums[area])
    who = opened(in_words(len(funders)))
    assert finding(answers, "funders") == (
        f"{who} funders gave {pounds(whole)} to voluntary bodies in Derby in {many:,} grants, {first} "
        f"{percent(sums[first], whole)} of it."
    )
    assert finding(answers, "area-grants") == (
        f"{who} funders made {many:,} grants of {pounds(whole)} to organisations in Derby, {percent(sums[ward], whole)} of "
        f"it in {AREAS[ward]['name']}."
    )
    assert why(answers, "funders").startswith(f"Awards of {min(years)} to {max(years)}")
    assert why(answers, "funders").endswith(
        "At least this much was given: what funders do not publish is not known."
    )
    assert finding(answers, "third-boards") == (
        f"Of none of the {pounds(whole)} has anybody said which board it is of."
    )
    assert finding(answers, "third-lengths") == "Of no grant that is loaded is it stated how long it runs."
    assert why(answers, "third-lengths") == f"The length of {pounds(whole)} is not stated."
    assert finding(answers, "third-renewals") == "No grant that is loaded ends on a known day to come."
    assert finding(answers, "third-shared") == (
        "No voluntary body that is known by name is funded by more than one funder."
    )


def test_the_size_of_a_grant_is_known_only_where_it_is_published_alone(
    in_scope: Callable[[str], Both],
) -> None:
    answers, _ = in_scope("whole")
    rows = [(int(row["grants"]), Decimal(row["amount"])) for row in table("area_grants")]
    # Several grants that come to less than £10,000 are each less; of larger sums the single sizes are not known.
    small = [(count, amount) for count, amount in rows if amount < 10_000]
    single = [amount for count, amount in rows if count == 1 and amount >= 10_000]
    many, least = (sum(part) for part in zip(*small, strict=True))
    known = sum(single, least)
    assert finding(answers, "third-sizes") == (
        f"Of {pounds(known)} whose single grants are known, {percent(Decimal(least), known)} came in {in_words(int(many))} "
        "grants under £10,000."
    )
    assert finding(answers, "third-tail") == (
        f"Who depends on grants under £10,000 is not published: {in_words(many)} grants under £10,000 "
        f"({pounds(Decimal(least))}) are known, without receivers."
    )
    every, whole = sum(count for count, _ in rows), sum((amount for _, amount in rows), ZERO)
    assert why(answers, "third-tail") == (
        f"{many} of {every} grants are known to be under £10,000: {pounds(Decimal(least))} of {pounds(whole)}. The single "
        f"sizes of {every - many - len(single)} more ({pounds(whole - known)}) are not published."
    )


def test_sums_without_their_grants_are_in_no_total_and_promises_nobody_judged_are_not_kept(
    in_scope: Callable[[str], Both],
) -> None:
    answers, counted = in_scope("whole")
    sums = [Decimal(row["amount"]) for row in table("awards") if row["kind"] == "grants to voluntary bodies"]
    assert finding(answers, "third-sums") == (
        f"{opened(in_words(len(sums)))} more sums were published without the grants that they are made of; the largest is "
        f"{pounds(max(sums))}."
    )
    assert finding(answers, "third-compact") == (
        "The partnership has not said yet how far it keeps the Compact’s promises."
    )
    bodies = len({entry.organisation for entry in counted.entries})
    assert finding(answers, "state-of-the-city") == (
        f"{pounds(counted.total())} of public money is spent for Derby’s residents in 2016-17, by {bodies} bodies; each "
        "pound is counted once."
    )


def test_the_register_counts_only_the_places_own_money_and_says_what_ends(
    in_scope: Callable[[str], Both],
) -> None:
    answers, _ = in_scope("whole")
    rows = table("awards")
    counted = [row for row in rows if row["counted"] == "yes"]
    total = sum((Decimal(row["amount"]) for row in counted), ZERO)
    funders = {row["funder"] for row in counted}
    assert finding(answers, "funding-register") == (
        f"The register holds {pounds(total)} from outside in {in_words(len(counted))} lines, from "
        f"{in_words(len(funders))} funders."
    )
    assert why(answers, "funding-register").startswith(
        f"{opened(in_words(len(rows) - len(counted)))} more lines are listed and not counted"
    )
    dated = [row for row in counted if row["ends"]]
    last = max(date.fromisoformat(row["ends"]) for row in dated)
    assert last < TODAY
    march = date(TODAY.year + (date(TODAY.year, 3, 31) < TODAY), 3, 31)
    assert finding(answers, "funding-ends") == (
        f"Nothing in the register ends by 31 March {march.year}; no bid is open."
    )
    of_last = sum((Decimal(row["amount"]) for row in dated if row["ends"] == last.isoformat()), ZERO)
    undated = [Decimal(row["amount"]) for row in counted if not row["ends"]]
    assert why(answers, "funding-ends").startswith(
        f"The last to end was {pounds(of_last)} on {last.day} {last:%B %Y}. {opened(in_words(len(undated)))} lines of "
        f"{pounds(sum(undated, ZERO))} have no published end."
    )


def test_an_outcome_of_a_bid_that_is_not_published_is_no_loss(in_scope: Callable[[str], Both]) -> None:
    answers, _ = in_scope("whole")
    bids = table("bids")
    won = [row for row in bids if row["state"] == "won"]
    unknown = [row for row in bids if row["state"] == "outcome not published"]
    assert len(won) + len(unknown) == len(bids)
    asked, gained = (
        sum((Decimal(row[of] or row["amount"]) for row in won), ZERO) for of in ("amount", "won")
    )
    every = sum((Decimal(row["amount"]) for row in bids), ZERO)
    became = (
        f"Of {in_words(len(bids))} bids that closed, {in_words(len(won))} was won ({pounds(gained)} of {pounds(asked)}) and "
        f"of {in_words(len(unknown))} the outcome is not published."
    )
    assert finding(answers, "funding-bids") == (
        f"{opened(in_words(len(bids)))} bids for {pounds(every)}; no bid is open."
    )
    assert why(answers, "funding-bids") == became
    assert why(answers, "funding-ends").endswith(became)
    days = [row["ends"] for row in table("awards") if row["counted"] == "yes" and row["ends"]]
    days += [row["deadline"] for row in bids if row["deadline"]]
    assert finding(answers, "funding-calendar") == (
        f"{opened(in_words(len(days)))} dates of ends and deadlines; all of them are past."
    )


def test_a_grant_that_nobody_shows_is_not_called_one_that_nobody_gets(both: Both) -> None:
    answers, counted = both
    year = counted.scope.year
    shown = _terms_shown(counted)
    named = [row["stream"].casefold() for row in table("awards")]
    kinds = {row["type"] for row in table("organisations") if row["status"] == "mapped"}
    left = 0
    for row in listed_rows("ring_fences"):
        offered = kinds & {kind.strip() for kind in row["recipient_kinds"].split(";")}
        in_force = (row["years_from"] or year) <= year <= (row["years_to"] or year)
        inside = any(row["id"] == key or row["id"].startswith(f"{key}-") for key in shown)
        grant = row["grant"].casefold()
        by_name = any(name in grant or grant.partition(" (")[0] in name for name in named)
        left += bool(offered and in_force and not inside and not by_name)
    assert finding(answers, "funding-untapped") == (
        f"No body here shows money in {year} from {left} grants on the list of this product."
    )
    assert why(answers, "funding-untapped").startswith("Not shown is not the same as not received")


def _terms_shown(counted: Ledger) -> set[str]:
    """The grants of the shipped list of which some body states money, or a line names the stream."""
    streams = {row["stream"] for row in table("funding")} | {entry.funding for entry in counted.entries}
    return {row["terms"] for row in table("funding_streams") if row["id"] in streams and row["terms"]}


def test_what_a_return_is_made_of_is_what_it_prints_and_says_of_which_year(both: Both) -> None:
    # every sheet of the returns is added up here again, and the pages read those of the years that are loaded
    answers, _ = both
    about = {row["part"]: row for row in table("memoranda")}
    book = load_workbook(FOLDER / "workbooks" / "derby-city-council-returns-2008-25.xlsx", data_only=True)
    loaded = {one.year for one in answers.memoranda()}
    assert "2016-17" in loaded
    for row in table("submissions"):
        if row["part"] not in about:
            continue
        parts = _printed(book[row["sheet"]])
        total = Decimal(row["control_total"])
        assert sum(parts.values(), ZERO) == total
        if row["year"] not in loaded:
            continue
        one = about[row["part"]]
        key = "~".join((one["organisation"], one["subject"], row["year"], one["way"]))
        said = getattr(catalogue.show(answers, "made-of", key), "finding", "")
        assert said.startswith(f"Of {pounds(total)} that Derby City Council spent on ")
        assert f"in {row['year']}, by {one['way']}: {percent(max(parts.values()), total)} " in said


def _printed(sheet: Worksheet) -> dict[str, Decimal]:
    """What a sheet prints between its heads and its total; the total is left out."""
    rows = [(str(name), amount) for name, amount in sheet.iter_rows(max_col=2, values_only=True)]
    return {
        name: Decimal(str(amount))
        for name, amount in rows
        if isinstance(amount, int | float) and name != "Total"
    }
