"""The worked example, loaded by the same path as an upload, gives the published figures."""

import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_model.__main__ import main
from budget_model.scope import Scope
from budget_model.store.joint import joint_spend, line_limits, opportunities, pools
from budget_model.store.places import place_of
from budget_model.store.spending import by, lines, pivot, submissions, total
from budget_model.store.store import Store
from budget_model.together.pools import check as check_pool
from budget_model.together.pools import missing
from budget_model.together.spend import on_services
from budget_model.together.targets import money_by_target
from budget_model.vocabulary import PAID_TO_PEOPLE, Dimension, Kind, View

pytestmark = pytest.mark.slow
"""The whole worked example is loaded first."""

YEAR = "2016-17"
DERBY = Scope(year=YEAR)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("derby") / "budget.duckdb"


@pytest.fixture(scope="module")
def store(derby_made: Path, path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(derby_made, path))) as opened:
        yield opened


def sent(store: Any, organisation: Any, part: Any) -> Any:
    (submission_on_map,) = [
        submission
        for submission in submissions(store, YEAR)
        if (submission.organisation, submission.part) == (organisation, part)
    ]
    return submission_on_map


def test_derby_city_council_s_total_service_expenditure_is_the_published_one(store: Store) -> None:
    assert sent(store, "derby-city-council", "revenue").read_total == 390_292_000


def test_the_housing_revenue_account_has_its_published_income_and_expenditure(store: Store) -> None:
    account = sent(store, "derby-city-council", "housing revenue account")
    assert (account.income, account.expenditure) == (56_708_000, 54_554_000)


def test_derby_has_24_41_per_cent_of_the_police_force_s_lines(store: Store) -> None:
    share = place_of(store).share(sent(store, "derbyshire-police", "revenue").share)
    assert f"{share.value:.2%}" == "24.41%"
    for line in lines(store, DERBY, {Dimension.ORGANISATION: "derbyshire-police"}).lines:
        assert line.city_amount == share.of(line.amount)


def test_every_need_on_which_two_bodies_spend_is_an_opportunity(store: Store) -> None:
    needs = {need.title for need in place_of(store).needs}
    titles = [opportunity.title for opportunity in opportunities(store, DERBY).opportunities]
    present = {need for need in needs if any(title.startswith(need) for title in titles)}
    assert present == needs
    assert "Human resources" not in titles  # no body gives its back office by function yet


def test_every_submission_agrees_with_its_published_control_total(store: Store) -> None:
    assert {submission.reconciliation for submission in submissions(store, YEAR)} == {"reconciled"}


def test_the_total_stands_beside_the_region_s_spending_by_derby_s_share_of_its_people(store: Store) -> None:
    place = place_of(store)
    assert place.benchmark.amount == 39_155_031_000
    benchmark = place.benchmark.amount * place.share(place.benchmark.share).value
    low, high = place.plausibility.benchmark_low, place.plausibility.benchmark_high
    assert low * benchmark < total(store, DERBY).total < high * benchmark


def test_no_money_is_unmapped_and_both_views_agree(store: Store) -> None:
    glance = {view: total(store, DERBY.switched(view=view)) for view in View}
    assert glance[View.COMMISSIONER].unmapped == 0
    assert glance[View.COMMISSIONER].total == glance[View.PROVIDER].total
    assert glance[View.COMMISSIONER].eliminated > 0


@pytest.mark.parametrize(
    "scope", [DERBY, DERBY.switched(schools=False), DERBY.switched(themes=("healthy-city",))]
)
def test_the_overview_and_the_targets_page_know_the_same_money_behind_targets(
    store: Store, scope: Scope
) -> None:
    place = place_of(store)
    spend = on_services(joint_spend(store, scope))
    behind = money_by_target(spend, place.targets, place.target_services)
    whole = total(store, scope)
    assert 0 < behind.linked == whole.linked
    assert behind.unlinked == whole.unlinked


def test_state_pension_and_housing_benefit_are_no_board_s_money(store: Store) -> None:
    by_kind = {cell.keys: cell.amount for cell in pivot(store, DERBY, (Dimension.THEME, Dimension.KIND))}
    paid = {board for board, kind in by_kind if kind == Kind.TRANSFER_TO_INDIVIDUALS}
    others = {kind for board, kind in by_kind if board == PAID_TO_PEOPLE}
    assert (paid, others) == ({PAID_TO_PEOPLE}, {Kind.TRANSFER_TO_INDIVIDUALS})
    of_council = DERBY.switched(organisations=("derby-city-council",), themes=(PAID_TO_PEOPLE,))
    assert total(store, of_council).total == 79_342_000  # the return's line 849 less its line 799
    assert total(store, DERBY).paid > 800_000_000


def test_the_health_commissioner_holds_its_own_allocation(store: Store) -> None:
    held = {part.key: part.amount for part in by(store, DERBY, Dimension.ORGANISATION)}
    assert held["southern-derbyshire-ccg"] > 300_000_000


def test_figures_of_another_year_are_at_grade_5(store: Store) -> None:
    for organisation in place_of(store).organisations:
        if organisation.id in ("derby-college", "school-sixth-forms-and-providers"):
            found = lines(store, DERBY, {Dimension.ORGANISATION: organisation.id}).lines
            assert found
            assert {line.grade for line in found} == {5}


def test_a_line_leads_to_the_very_cell_of_the_workbook(store: Store) -> None:
    import io

    import openpyxl

    from budget_model.store.submissions import original_of

    for line in lines(store, DERBY, {Dimension.ORGANISATION: "derby-city-council"}, limit=40).lines:
        _, data = original_of(store, line.submission)
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        cell = book[line.sheet][f"{line.column}{line.row}"].value
        assert abs(Decimal(str(cell)) * 1000) == abs(line.amount), line


def test_the_pool_that_comes_with_derby_is_marked_illustrative_and_draws_on_published_lines(
    store: Store,
) -> None:
    (pool,) = pools(store)
    assert pool.illustrative
    assert "Illustrative" in pool.source
    assert missing(pool) == ()
    drawn = {contribution.line for contribution in pool.contributions if contribution.line is not None}
    assert len(drawn) == len(pool.contributions) == 2
    assert check_pool(pool, line_limits(store, DERBY, drawn)) == ()


@pytest.mark.parametrize("view", ["commissioner", "provider"])
@pytest.mark.parametrize("grain", ["organisation", "theme", "service", "cofog"])
def test_total_says_the_same_on_the_command_line(
    store: Store,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    view: Any,
    grain: Any,
) -> None:
    store.close()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    assert main(["total", "--json", "--view", view, "--by", grain]) == 0
    said = json.loads(capsys.readouterr().out)
    assert sum(Decimal(part["amount"]) for part in said["by"]) == Decimal(said["total"])
    assert Decimal(said["low"]) < Decimal(said["total"]) < Decimal(said["high"])
    assert Decimal(said["gross"]) - Decimal(said["eliminated"]) == Decimal(said["total"])
    assert (said["view"], said["year"]) == (view, YEAR)


def test_a_year_without_any_budget_is_named_and_not_counted_as_nothing(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store.close()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    assert main(["total", "--json", "--year", "1999-00"]) == 1
    assert "“1999-00”. The years on it are: 2016-17" in capsys.readouterr().err


def test_every_law_holds_over_the_worked_example(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store.close()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    assert main(["check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["holds"]


def _leave_alone(submissions: Path, payer: str) -> None:
    """Take what everybody but one payer sends out of a list, so that one workbook is read and not twenty."""
    heading, *rows = submissions.read_text(encoding="utf-8").splitlines()
    of_payer = [row for row in rows if f",{payer}," in row]
    submissions.write_text("\n".join([heading, *of_payer, ""]), encoding="utf-8")


@pytest.mark.slow
def test_a_transfer_larger_than_its_line_is_named_with_its_row_and_nothing_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    from budget_model.store.whole_folders import DATA

    folder = tmp_path / "derby"
    shutil.copytree(DATA / "derby", folder)
    transfers = (folder / "transfers.csv").read_text(encoding="utf-8")
    (folder / "transfers.csv").write_text(transfers.replace(",269600000,", ",369600000,"), encoding="utf-8")
    _leave_alone(folder / "submissions.csv", "department-for-education")
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(tmp_path / "budget.duckdb"))
    assert main(["seed", "--place", str(folder), "--year", "2016-17"]) == 1
    said = capsys.readouterr().err
    assert "transfers.csv, row 4: The transfer 'education-to-college' states £369,600,000.00" in said
    assert "Correct payer_amount" in said
    with Store(tmp_path / "budget.duckdb") as opened:
        assert opened.select("select count(*) from submission")[0][0] == 0
