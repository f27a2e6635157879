"""What the council's returns say its care is made of: read like all else, in no total, and followed over the years."""

import csv
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.answers import Answers
from budget_model.board.pack import make_pack
from budget_model.contribute.load_place import read_place
from budget_model.exhibits import catalogue, trends
from budget_model.exhibits.exhibit import Exhibit, Gone
from budget_model.exhibits.memoranda import every_memorandum, splits_of
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import spending, submissions
from budget_model.store.checks import check
from budget_model.store.load_place import keep_read_place
from budget_model.store.store import Store
from budget_model.store.stories import SavedView, Story
from budget_model.vocabulary import SubmissionStatus
from tests.made import workbooks_read_once

pytestmark = pytest.mark.slow
COUNCIL, RETURNS = "derby-city-council", "derby-city-council-returns-2008-25.xlsx"
DATA = Path(__file__).parents[2] / "data"
CARE = ("Children’s services", "Adult social care")


def folder(into: Path, *, workbooks: tuple[str, ...], control: str = "") -> Path:
    """Derby's folder with the submissions of some workbooks alone; `control` is another total for the first return."""
    shutil.copytree(DATA / "derby", into)
    with (into / "submissions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["workbook"] in workbooks]
    if control:
        next(row for row in rows if row["workbook"] == RETURNS)["control_total"] = control
    with (into / "submissions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return into


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The council's budget of 2016-17, its outturn around it, and every return that says what care is made of."""
    own = tmp_path_factory.mktemp("returns")
    books = (RETURNS, "derby-city-council.xlsx", "derby-city-council-outturn-2014-18.xlsx")
    with workbooks_read_once(tmp_path_factory):
        read = read_place(folder(own / "derby", workbooks=books), DATA / "reference")
    with Store(own / "budget.duckdb") as made:
        keep_read_place(made, read, by="test")
        yield made


@pytest.fixture(scope="module")
def answers(store: Store) -> Answers:
    return Answers(store, Scope(year="2016-17"))


def years_of(answers: Answers, of: str) -> dict[str, Decimal | None]:
    """Each year of a trend, whole pounds; None for a gap."""
    trend = trends.counted(answers, trends.Choice(of))
    return {
        point.year: None if point.amount is None else point.amount.quantize(Decimal(1))
        for point in trend.points
    }


def test_a_return_adds_nothing_to_the_map_and_the_laws_hold(store: Store) -> None:
    # the council's three parts of 2016-17: £390.292m less £2.154m, and £79.342m of housing benefit
    assert spending.total(store, Scope(year="2016-17")).total == 390_292_000 - 2_154_000 + 79_342_000
    assert spending.years(store) == ("2017-18", "2016-17", "2015-16", "2014-15")
    assert not [law for law in check(store) if law.troubles]
    beside = [
        submission
        for submission in spending.submissions(store)
        if submission.status == SubmissionStatus.MEMORANDUM
    ]
    assert len(beside) == 46
    assert {one.reconciliation for one in beside} == {"reconciled"}


def test_childrens_services_are_shown_for_every_year_that_a_return_is_held_for(answers: Answers) -> None:
    # as the Department for Education prints them; 2014-15 and 2015-16 are not at hand
    assert years_of(answers, "memorandum:children-by-kind") == {
        "2008-09": 33_765_577,
        "2009-10": 35_313_719,
        "2010-11": 52_777_464,
        "2011-12": 47_698_734,
        "2012-13": 47_771_627,
        "2013-14": 50_334_209,
        "2014-15": None,
        "2015-16": None,
        "2016-17": 58_009_099,
        "2017-18": 59_942_749,
        "2018-19": 66_465_568,
        "2019-20": 68_999_059,
        "2020-21": 78_239_916,
        "2021-22": 87_221_144,
        "2022-23": 95_003_404,
        "2023-24": 100_751_244,
        "2024-25": 98_060_332,
    }
    looked_after = years_of(answers, "memorandum:children-by-kind/Children looked after")
    assert (looked_after["2013-14"], looked_after["2024-25"]) == (25_294_258, 61_402_075)
    assert years_of(answers, "memorandum:children-looked-after/Leaving care")["2016-17"] == 1_435_883


def test_adult_care_of_2015_16_is_shown_by_age(answers: Answers) -> None:
    # £4.221m, £24.644m, £9.032m, £4.446m, £3.089m and £1.181m of the bridging lines
    assert years_of(answers, "memorandum:older-by-care") == {"2015-16": 46_613_000, "2016-17": 51_257_000}
    ages = years_of(answers, "memorandum:adults-by-age/People of 65 and over")
    assert (ages["2014-15"], ages["2015-16"], ages["2016-17"]) == (39_488_000, None, 42_936_000)


def test_each_memorandums_lines_make_its_whole_in_every_year(answers: Answers) -> None:
    lines = [memorandum_asked for memorandum_asked in every_memorandum(answers) if memorandum_asked.line]
    for whole in [
        memorandum_asked for memorandum_asked in every_memorandum(answers) if not memorandum_asked.line
    ]:
        sums: dict[str, Decimal] = {}
        for one in [line for line in lines if line.memorandum == whole.memorandum]:
            for year, amount in years_of(answers.within(), f"memorandum:{one.key}").items():
                sums[year] = sums.get(year, Decimal(0)) + (amount or 0)
        for year, amount in years_of(answers, f"memorandum:{whole.key}").items():
            assert abs(sums[year] - (amount or 0)) <= 5, (
                whole.key,
                year,
            )  # each is rounded to the pound here


def test_a_child_is_what_a_childs_services_are_divided_by(answers: Answers) -> None:
    # £58,009,099 for 58,947 people of 0 to 17 in mid-2016; nobody counted them before 2012
    shown = catalogue.show(answers, "years", "memorandum:children-by-kind~served")
    assert isinstance(shown, Exhibit)
    per_child = {str(row[0]): row[1] for row in shown.table.rows}
    assert per_child["2016-17"] == Decimal("984.09")
    assert per_child["2011-12"] is None
    assert "Derby, aged 0 to 17" in shown.unit
    assert "in no total" in shown.table.notes[0] or "added to nothing" in shown.table.notes[0]


def test_adults_are_all_residents_less_children(answers: Answers) -> None:
    # £91,207,000 for 256,203 residents of mid-2016 less 58,947 under 18: 197,256
    shown = catalogue.show(answers, "years", "memorandum:adults-by-age~served")
    assert isinstance(shown, Exhibit)
    assert {str(row[0]): row[1] for row in shown.table.rows}["2016-17"] == Decimal("462.38")


def test_people_whom_nobody_counted_in_those_years_are_not_guessed(answers: Answers) -> None:
    # people of 65 and over were counted in 2019, 2020 and 2023, and the care is of 2014-15, 2016-17 and 2024-25
    shown = catalogue.show(answers, "years", "memorandum:adults-by-age/People of 65 and over~served")
    assert isinstance(shown, Gone)
    assert "nobody has counted these people" in shown.sentence


def test_real_terms_are_in_the_prices_of_the_latest_year(answers: Answers) -> None:
    real = answers.within(real_terms=True)
    then, cash = (years_of(one, "memorandum:children-by-kind") for one in (real, answers))
    assert then["2024-25"] == cash["2024-25"]
    assert (then["2008-09"] or 0) > (cash["2008-09"] or 0)


def test_a_series_breaks_where_a_return_counts_otherwise(answers: Answers) -> None:
    def breaks(of: str) -> dict[str, list[str]]:
        trend = trends.counted(answers, trends.Choice(of))
        return {point.year: [one.after for one in point.breaks] for point in trend.broken}

    assert set(breaks("memorandum:children-by-kind")) == {"2010-11", "2016-17"}
    of_line = breaks("memorandum:children-by-kind/Children looked after")
    assert set(of_line) == {"2009-10", "2012-13", "2016-17"}
    assert of_line["2012-13"] == ["Adoption and special guardianship are counted with children looked after."]


def test_each_year_of_a_trend_has_its_own_source_and_grade(answers: Answers) -> None:
    shown = catalogue.show(answers, "years", "memorandum:children-by-kind")
    assert isinstance(shown, Exhibit)
    *_, grade, source = next(row for row in shown.table.rows if row[0] == "2013-14")
    assert grade == 2
    assert source == "Department for Education, section 251 outturn 2013-14, Derby"
    assert shown.coverage != answers.coverage()


def test_children_looked_after_are_half_of_childrens_services(answers: Answers) -> None:
    # £28,725,044 of £58,009,099, and £15,601,015 for safeguarding
    shown = catalogue.show(answers, "made-of", f"{COUNCIL}~Children’s services~2016-17~kind of help")
    assert isinstance(shown, Exhibit)
    assert shown.finding == (
        "Of £58.0m that Derby City Council spent on children’s services in 2016-17, by kind of help: "
        "50% children looked after and 27% safeguarding and social work."
    )
    assert "added to nothing" in shown.why
    assert shown.table.rows[0][-1] == f"{RETURNS}, sheet 'children-by-kind 2016-17', B7"


def test_a_slide_of_a_return_says_nothing_of_the_maps_checks_and_date(store: Store) -> None:
    views = tuple(
        SavedView("trends", "years", "year=2016-17", chosen)
        for chosen in ("memorandum:children-by-kind", "place")
    )
    pack = make_pack(store, Story("returns", "Returns", views), Scope(year="2016-17"))
    ours, of_the_map = pack.slides
    assert (ours.mapped, ours.reconciliation, ours.dated) == (False, "", None)
    assert of_the_map.mapped
    assert of_the_map.reconciliation
    alone = make_pack(store, Story("returns", "Returns", views[:1]), Scope(year="2016-17"))
    assert (alone.title, alone.subtitle) == ("Derby: Returns", "Figures beside the map, in no total of it")


def test_the_councils_page_shows_the_year_asked_for_else_the_last_before_it(answers: Answers) -> None:
    shown = {
        split.split("~")[1] + " by " + split.split("~")[3]: split.split("~")[2]
        for split in splits_of(answers, COUNCIL)
    }
    assert shown["Children’s services by kind of help"] == "2016-17"
    assert shown["Children’s services by who provides"] == "2013-14"
    assert shown["Adult social care by client group"] == "2014-15"


def test_a_return_that_does_not_agree_is_refused_with_its_sheet(tmp_path: Path) -> None:
    own = folder(tmp_path / "derby", workbooks=(RETURNS,), control="1")
    with pytest.raises(Refusal) as refused:
        read_place(own, DATA / "reference")
    (problem,) = refused.value.problems
    assert (problem.location.file, problem.location.sheet) == (RETURNS, "children-by-kind 2008-09")
    assert "more than the control total of £1.00" in problem.sentence


def test_a_return_withdrawn_and_counted_again_stays_beside_the_map(store: Store) -> None:
    sent = next(
        submission
        for submission in spending.submissions(store)
        if submission.status == SubmissionStatus.MEMORANDUM
    )
    before = spending.total(store, Scope(year="2016-17")).total
    submissions.change_status(store, sent.submission, SubmissionStatus.WITHDRAWN, by="test")
    submissions.change_status(store, sent.submission, SubmissionStatus.APPROVED, by="test")
    again = next(
        submission for submission in spending.submissions(store) if submission.submission == sent.submission
    )
    assert again.status == SubmissionStatus.MEMORANDUM
    assert spending.total(store, Scope(year="2016-17")).total == before
