"""`import` loads a file as the upload page does, and says what an officer would be asked to look at."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from budget_model.__main__ import main
from budget_model.access import Role
from budget_model.store.changes import certificate_of
from budget_model.store.contributions import explanations
from budget_model.store.people import make_service
from budget_model.store.spending import submissions
from budget_model.store.store import Store
from tests.contribute.files import LINES, workbook

pytestmark = pytest.mark.slow
MORE = (("100", "Care homes for older people", 190_000), *LINES[1:])


@pytest.fixture(autouse=True)
def anytown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, town_made: Path) -> Any:
    path = Path(shutil.copy(town_made, tmp_path / "import.duckdb"))
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    monkeypatch.setattr(
        "budget_model.commands.import_command.suggester_for",
        lambda *_: lambda organisation, lines: [() for _ in lines],
    )
    return path


def imported(capsys: pytest.CaptureFixture[str], folder: Any, lines: Any, year: Any, *words: Any) -> Any:
    file = folder / f"{year}.xlsx"
    file.write_bytes(workbook(lines, title=f"Anytown Council budget {year}, £"))
    status = main(
        [
            "import",
            str(file),
            "--organisation",
            "council",
            "--year",
            year,
            "--json",
            "--accept-questions",
            "--answer",
            "year=yes",
            *words,
        ]
    )
    return status, json.loads(capsys.readouterr().out)


def test_a_file_is_loaded_with_its_certificate(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, said = imported(capsys, tmp_path, LINES, "2016-17", "--control-total", "170,000")
    assert status == 0
    assert (said["read_total"], said["reconciliation"]) == ("170000.00", "reconciled")
    assert said["certificate"]["state"] == "reconciled"


def test_what_is_sent_bears_the_name_of_who_sends_it_and_a_service_can_borrow_no_other(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, anytown: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def named(year: str, *words: str) -> list[str]:
        status, told = imported(capsys, tmp_path, LINES, year, "--control-total", "170,000", *words)
        assert status == 0, told
        with Store(anytown) as store:
            return [submission.made_by for submission in submissions(store) if submission.year == year]

    monkeypatch.setattr("getpass.getuser", lambda: "treasury")
    assert named("2016-17") == ["treasury"]
    assert named("2015-16", "--by", "Ann") == ["Ann"]
    with Store(anytown) as store:
        account, token = make_service(store, "Night-robot", Role.OFFICER, "council", by="root")
    monkeypatch.setenv("BUDGET_MODEL_ACCOUNT", account)
    monkeypatch.setenv("BUDGET_MODEL_TOKEN", token)
    assert named("2014-15", "--no-approve", "--by", "Bea Approver") == ["Night-robot"]


@pytest.mark.parametrize(("phase", "total"), [("original budget", "2900.00"), ("revised budget", "2956.00")])
def test_the_phase_asked_for_says_which_of_two_budgets_is_loaded(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, phase: str, total: str
) -> None:
    file = tmp_path / "two.csv"
    rows = ("Service,Original budget £,Revised budget £", "Care,2300,2311", "Parks,600,645")
    file.write_text("Anytown Council budget 2016-17,,\n" + "\n".join(rows), encoding="utf-8")
    words = ["--year", "2016-17", "--phase", phase, "--no-approve", "--accept-questions", "--json"]
    assert main(["import", str(file), "--organisation", "council", *words]) == 0
    assert json.loads(capsys.readouterr().out)["read_total"] == total


def test_a_control_total_that_differs_refuses_the_file_until_it_is_explained(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, said = imported(capsys, tmp_path, LINES, "2016-17", "--control-total", "170001")
    assert status == 1
    assert said["difference"] == "-1.00"
    status, said = imported(
        capsys, tmp_path, LINES, "2016-17", "--control-total", "170001", "--explain", "A pound of rounding."
    )
    assert (status, said["reconciliation"]) == (0, "explained")


def test_what_changes_by_more_than_the_limit_against_last_year_is_listed_and_can_be_explained(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, anytown: Any
) -> None:
    imported(capsys, tmp_path, LINES, "2015-16")
    with Store(anytown) as store:
        before = submissions(store)[0].submission
    status, said = imported(capsys, tmp_path, MORE, "2016-17")
    assert status == 0
    assert not any("asks for a reason" in problem for problem in said["problems"])  # nothing of it is mapped
    mapped_last_year(anytown, before)
    status, said = imported(capsys, tmp_path, MORE, "2016-17", "--again")
    listed = [problem for problem in said["problems"] if "asks for a reason" in problem]
    assert any("Against 2015-16" in problem for problem in listed)
    status, said = imported(
        capsys, tmp_path, MORE, "2016-17", "--again", "--explain-changes", "A home was opened."
    )
    assert not any("asks for a reason" in problem for problem in said["problems"])
    with Store(anytown) as store:
        assert explanations(store, said["submission"]) == {"everything": "A home was opened."}
        assert certificate_of(store, said["submission"]).explanations == {"everything": "A home was opened."}


def mapped_last_year(path: Any, number: Any) -> None:
    """Give last year's first line a service, as its officer would have."""
    from budget_model.store.store import now

    with Store(path) as store, store.writing() as writer:
        first = writer.execute("select min(id) from line where submission = $number", {"number": number})
        writer.add(
            "line_service",
            ("line", "service", "share", "made_by", "made_at", "confidence", "reason"),
            [(first[0][0], "care", 1, "Ann", now(), 1, "chosen")],
        )


def test_a_mistaken_unit_is_named_with_both_amounts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    imported(capsys, tmp_path, LINES, "2015-16")
    thousandfold = tuple((code, words, amount * 1000) for code, words, amount in LINES)
    _, said = imported(capsys, tmp_path, thousandfold, "2016-17")
    assert any("Is the unit right" in problem for problem in said["problems"])


def test_the_folder_of_a_data_package_is_loaded_like_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "budget-2016"
    folder.mkdir()
    (folder / "lines.csv").write_text("service,amount\nCare homes,120000\nLibraries,50000\nParks,7250\n")
    described = {
        "name": "budget",
        "resources": [{"name": "lines", "path": "lines.csv"}],
        "model": {
            "measures": {"amount": {"source": "amount", "currency": "GBP"}},
            "dimensions": {
                "what": {"dimensionType": "activity", "attributes": {"name": {"source": "service"}}}
            },
        },
    }
    (folder / "datapackage.json").write_text(json.dumps(described))
    status = main(["import", str(folder), "--organisation", "council", "--year", "2016-17", "--json"])
    said = json.loads(capsys.readouterr().out)
    assert (status, said["read_total"]) == (0, "177250.00"), said


def test_a_folder_without_a_package_is_refused_with_what_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status = main(["import", str(tmp_path), "--organisation", "council", "--year", "2016-17", "--json"])
    assert status == 2
    assert "datapackage.json" in json.loads(capsys.readouterr().out)["refused"]["reason"]
