"""What stands on the Overview itself: its headline, its tiles and the sentences beneath, as a person reads them."""

import re
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.money import percent, pounds
from tests.pages.conftest import as_read
from tests.truth.conftest import SCOPES, Both
from tests.truth.ledger import DERBY, ZERO, by, finding, in_words, listed, residents, table, why

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
OWN = ("stated", "published", "audited")
READ = tuple(SCOPES)


@pytest.fixture(scope="module")
def read(three_years_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Every word of the Overview in a scope, each opened once."""
    pages: dict[str, str] = {}
    path = tmp_path_factory.mktemp("overview") / "budget.duckdb"
    path.write_bytes(three_years_made.read_bytes())

    def words(name: str) -> str:
        if name not in pages:
            pages[name] = _words_of(SCOPES[name])
        return pages[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("BUDGET_MODEL_STORE", str(path))
        yield words


def _words_of(link: str) -> str:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    for key, value in (pair.split("=") for pair in link.split("&") if pair):
        app.query_params[key] = value
    if "year=" not in link:
        app.query_params["year"] = "2016-17"
    app.run()
    assert [fault.value for fault in app.exception] == []
    html = [*(one.proto.body for one in app.get("html")), *(markdown.value for markdown in app.markdown)]
    return unescape(as_read("\n".join(html)))


def tiles(words: str) -> dict[str, tuple[str, str]]:
    """Each tile by its name: its value and the line beneath."""
    found = re.findall(
        r'<div class="tile"><p class="name">(.*?)</p><p class="value">(.*?)</p>.*?<p class="below">(.*?)</p>',
        words,
    )
    return {name: (value, below) for name, value, below in found}


def plain(words: str) -> str:
    """Words without their markup, each gap one blank."""
    unbroken = re.sub(r"</?(?:span|strong|em|b|a)\b[^>]*>", "", words)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unbroken))


@pytest.fixture(params=READ)
def page(
    request: pytest.FixtureRequest, read: Callable[[str], str], in_scope: Callable[[str], Both]
) -> tuple[str, Both]:
    return read(request.param), in_scope(request.param)


def test_the_headline_and_the_tile_give_the_total_and_the_bodies(page: tuple[str, Both]) -> None:
    words, (_, counted) = page
    many = len({entry.organisation for entry in counted.entries})
    bodies = f"{in_words(many)} {'body' if many == 1 else 'bodies'}"
    total = pounds(counted.total())
    assert f"{total} of public money is spent for Derby’s residents, by {bodies}" in plain(words)
    assert tiles(words)["Total"][0] == total


def test_the_range_beneath_the_total_is_what_the_finding_gives_as_its_reason(page: tuple[str, Both]) -> None:
    words, (answers, _) = page
    low, high = re.findall(r"£[\d.]+(?:bn|m)", why(answers, "sure"))
    assert tiles(words)["Total"][1] == f"between {low} and {high}"


def test_each_resident_has_an_equal_part_of_the_total(page: tuple[str, Both]) -> None:
    words, (_, counted) = page
    year = int(counted.scope.year[:4])
    people = residents(year)
    assert tiles(words)["For each resident"] == (
        pounds(counted.total() / people),
        f"{people:,} residents, mid-{year}",
    )


def test_the_benchmark_tile_says_how_much_of_it_comes_from_other_figures(
    read: Callable[[str], str], in_scope: Callable[[str], Both]
) -> None:
    _, counted = in_scope("whole")
    settings = tomllib.loads((DERBY / "place.toml").read_text(encoding="utf-8"))["benchmark"]
    (share,) = (row for row in table("shares") if row["id"] == settings["share"])
    part = Decimal(share["numerator"]) / Decimal(share["denominator"])
    published = Decimal(settings["amount"]) * part
    top_down = [row for row in table("benchmark") if row["treatment"] == "counted from the top down"]
    same = sum((Decimal(row["region_amount"]) for row in top_down), ZERO) * part
    assert tiles(read("whole"))["Against the benchmark"] == (
        percent(counted.total(), published),
        f"of {pounds(published)}, but only {percent(published - same, published)} of that was counted independently: "
        "the rest is the same figures",
    )
    assert tiles(read("council alone"))["Against the benchmark"] == (
        "–",
        "only for the whole place, in the benchmark’s year",
    )


def test_what_rests_on_bodies_own_figures_is_what_its_entries_say_of_themselves(
    page: tuple[str, Both],
) -> None:
    words, (_, counted) = page
    own = counted.total(entry for entry in counted.entries if entry.provenance in OWN)
    assert tiles(words)["From bodies’ own figures"][0] == percent(own, counted.total())


def test_the_bodies_included_are_those_of_the_year_and_those_still_to_come(
    read: Callable[[str], str], in_scope: Callable[[str], Both]
) -> None:
    _, counted = in_scope("whole")
    included = {entry.organisation for entry in counted.entries}
    asked_for = [
        row for row in table("organisations") if row["status"] != "not applicable" and _lived_in_the_year(row)
    ]
    awaited = [row["short_name"] for row in asked_for if row["id"] not in included]
    for name in (name for name in READ if "year=" not in SCOPES[name]):
        assert tiles(read(name))["Bodies included"] == (
            f"{len(included)} of {len(included) + len(awaited)}",
            f"still to come: {listed(awaited, most=2)}",
        )


def _lived_in_the_year(row: dict[str, str]) -> bool:
    return row["opened"] <= "2017-03-31" and (row["closed"] or "9999") >= "2016-04-01"


def test_what_is_paid_to_people_is_apart_from_services(page: tuple[str, Both]) -> None:
    words, (_, counted) = page
    paid = counted.sums(by("theme")).get(("paid-to-people",), ZERO)
    if not paid:
        assert "is paid straight to people" not in plain(words)
        return
    total = counted.total()
    assert (
        f"{pounds(paid)} is paid straight to people as benefits and pensions, {percent(paid, total)} of the total. "
        f"{pounds(total - paid)} is left for services."
    ) in plain(words)


def test_the_total_before_double_counting_is_removed(page: tuple[str, Both]) -> None:
    words, (_, counted) = page
    before = counted.total(entry for entry in counted.entries if entry.entry == "line")
    passes = before - counted.total()
    if not passes:
        assert "the bodies’ budgets add up to" not in plain(words)
        return
    assert (
        f"Before removing double counting, the bodies’ budgets add up to {pounds(before)}. {pounds(passes)} of it "
        "passes from one to another and is counted once."
    ) in plain(words)


def test_what_works_towards_none_of_the_targets(page: tuple[str, Both]) -> None:
    words, (_, counted) = page
    real = [row["id"] for row in table("targets") if row["illustrative"] != "yes"]
    linked = {row["service"] for row in table("target_services") if row["target"] in real}
    spent = counted.on_services()
    none = spent.total(entry for entry in spent.entries if entry.service not in linked)
    assert (
        f"{pounds(none)}, {percent(none, spent.total())} of what is spent on services, is linked to none of the "
        f"place’s {in_words(len(real))} measures."
    ) in plain(words)


def test_the_page_says_what_its_charts_find(page: tuple[str, Both]) -> None:
    words, (answers, _) = page
    said = plain(words)
    for chart in ("who", "what", "flows", "change", "neighbours"):
        assert finding(answers, chart).removesuffix(".") in said
