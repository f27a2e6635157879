"""The compact officer asks who depends on grants under £10,000, and loads the files that say so."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model import dates
from budget_model.__main__ import main
from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit
from budget_model.scope import Scope
from budget_model.store import voluntary as kept
from budget_model.store.store import Store
from tests.pages.conftest import opened, said
from tests.together.test_voluntary import TITLES, grant, grants
from tests.towns import YEAR, line, receive, submission

Visit = Callable[..., AppTest]
CHOIR = {"recipient_org:identifier": "GB-CHC-2", "recipient_org:name": "Anytown Choir"}
PERSON = {"recipient_org:identifier": "", "recipient_org:name": "Jane Roe"}
WHEELS = {"recipient_org:identifier": "", "recipient_org:name": "Anytown Community Wheels"}


def file_of(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(",".join(cells) for cells in (TITLES, *rows)).encode()


FILE = file_of(
    grant("1", 4000, **CHOIR),
    grant("2", 2000, **CHOIR),
    grant("3", 30_000),
    grant("4", 900, **PERSON),
    grant("5", 8000, **WHEELS),
    grant("6", "tbc"),
)


@pytest.fixture
def path(town_made: Path, tmp_path: Path) -> Path:
    made = Path(shutil.copy(town_made, tmp_path / "store.duckdb"))
    with Store(made) as store:
        receive(store, submission("council", [line("Care", 100, "care")]), b"book", by="Ann")
    return made


@pytest.fixture
def visit_town(path: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    return opened(path, monkeypatch)


def test_a_file_is_seen_before_it_is_kept_and_then_says_who_depends_on_small_grants(
    visit_town: Visit, path: Path
) -> None:
    app = visit_town("third_sector")
    assert "No grant or payment to a voluntary body is loaded." in said(app)
    app.text_input(key="signed_grants").input("Ann").run()
    app.file_uploader(key="grants_file_0").upload("grants.csv", FILE).run()
    words = said(app)
    assert "Six rows of a list of grants: £45k in five rows that can be counted." in words.replace(
        "six", "Six"
    )
    assert "“tbc” is no amount in pounds." in words
    assert "Jane Roe" not in words
    with Store(path) as store:
        assert not kept.files(store)
    app.button(key="grants_load").click().run()
    words = said(app)
    assert "grants.csv is loaded: six rows are kept." in app.success[0].value
    assert (
        "One of two bodies depends on grants under £10,000 for half or more of what these funders give"
        in words
    )
    assert "One funder gave £36k to voluntary bodies in Anytown in three grants, Big Fund 100% of it" in words
    assert "One recipient waits for an officer’s word" in words
    assert "One row of £900 to individuals, who are not named" in words
    app.button(key="third_all").click().run()
    assert "Two of three bodies depend on grants under £10,000" in said(app)
    app.file_uploader(key="grants_file_1").upload("grants.csv", FILE).run()
    assert any("This file is loaded already, by Ann on" in warning.value for warning in app.warning)
    assert app.button(key="grants_load").disabled


def test_what_is_due_for_renewal_and_who_several_funders_give_to_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "today", lambda: date(2023, 11, 1))
    longer = {"planned_dates:duration_(months)": "18"}
    file = grants(
        grant("1", 4100, **CHOIR),
        grant("2", 30_000, **longer),
        grant("3", 500, **{"funding_org:name": "A Trust"}),
        grant("4", 70, **{"planned_dates:duration_(months)": ""}),
    )
    with Store(path) as store:
        kept.keep_file(store, file, by="Ann")
        answers = Answers(store, Scope(year=YEAR))
        renewals, shared = (catalogue.show(answers, name, "") for name in ("third-renewals", "third-shared"))
    assert isinstance(renewals, Exhibit)
    assert isinstance(shared, Exhibit)
    # £4,100 and £500 end with December, so that notice was due by the end of September; £30,000 ends on 30 June
    assert renewals.finding == (
        "Three grants of £35k end on a known day to come, the next on 31 December 2023 (£4,600)."
    )
    assert [row[5:7] for row in renewals.table.rows] == [
        ("30 September 2023", "too late"),
        ("30 September 2023", "too late"),
        ("30 March 2024", "in time"),
    ]
    assert shared.table.rows[0][0] == "Anytown Hospice"


def test_a_hostile_file_is_refused_in_a_sentence(visit_town: Visit) -> None:
    app = visit_town("third_sector")
    app.file_uploader(key="grants_file_0").upload("bad.xlsx", b"PK\x03\x04 no book").run()
    assert "bad.xlsx" in app.warning[0].value


def test_a_promise_is_said_with_a_reason(visit_town: Visit) -> None:
    app = visit_town("third_sector")
    app.text_input(key="signed_promise").input("Ann")
    app.text_area(key="promise_reason").input("Grants of three years since 2024.")
    app.button(key="promise_keep").click().run()
    assert "The partnership says that it keeps 1 of 8 promises to voluntary bodies" in said(app)


def test_the_command_loads_a_file_and_gives_the_same_figures(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    file = tmp_path / "grants.csv"
    file.write_bytes(FILE)
    asked = ["third-sector", "--load", str(file), "--by", "Ann", "--confirm-words", "--json"]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"], told["grants"]) == ("44000.00", 4)
    assert [(one["name"], one["small_share"]) for one in told["depend"]] == [
        ("Anytown Community Wheels", "1.000000"),
        ("Anytown Choir", "1.000000"),
    ]
    assert any("is no amount in pounds" in problem for problem in told["problems"])
    assert "Jane Roe" not in json.dumps(told)
    assert main(asked) == 1, "The same file twice is asked about."
    assert main(["third-sector", "--load", str(tmp_path / "none.csv")]) == 1
