"""The pages as people use them: what they say of Riverton's 862 million, and what links to them do."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.vocabulary import Provenance
from tests.pages import riverton
from tests.pages.conftest import ROOT, opened, said, unfold
from tests.towns import receive

pytestmark = pytest.mark.slow

PAGES = ("overview", "explore", "organisations", "themes", "lines", "method", "glossary")


def test_the_overview_says_the_total_its_range_and_who_is_missing(visit: Callable[..., AppTest]) -> None:
    words = said(visit())
    assert "£862m of public money is spent for Riverton’s residents, by four bodies" in words
    assert "between £786m and £938m" in words
    assert "£3,448" in words
    assert "still to come: Hospital trust" in words
    assert "£38.0m of it passes from one to another and is counted once" in words


def test_the_overview_explains_the_way_from_the_benchmark_to_the_map(visit: Callable[..., AppTest]) -> None:
    words = said(visit())
    assert "The total is £138m less than the £1.00bn of an estimate from spending published for" in words
    assert "Nationwide bodies: not yet covered (−£100m)" in words


def test_the_overview_names_every_kind_of_gap(visit: Callable[..., AppTest]) -> None:
    words = said(visit())
    assert "Riverton Teaching Hospitals NHS Foundation Trust" in words
    assert "Grants for community safety" in words
    assert "The payer states £40,000,000, and the payee states £38,000,000" in words
    assert "Money with no service yet" in words


def test_a_link_with_a_whole_scope_is_shown_as_it_says(visit: Callable[..., AppTest]) -> None:
    app = visit(
        year="2016-17", view="provider", basis="gross", schools="no", benefits="no", capital="no", hra="no"
    )
    scope = app.session_state["scope"]
    assert (str(scope.view), str(scope.basis)) == ("provider", "gross")
    switches = (scope.schools, scope.transfers_to_individuals, scope.capital, scope.housing_revenue_account)
    assert switches == (False, False, False, False)
    assert "by four bodies" not in said(app)


def test_a_control_of_the_scope_changes_every_figure(visit: Callable[..., AppTest]) -> None:
    app = unfold(visit(), "scope_chip_switches")
    app.toggle(key="scope_schools").set_value(False).run()
    assert "£742m of public money is spent for Riverton’s residents, by four bodies" in said(app)


def test_per_head_divides_by_the_residents(visit: Callable[..., AppTest]) -> None:
    assert "Total per resident" in said(visit(year="2016-17", per_head="yes"))
    assert "£3,448" in said(visit(year="2016-17", per_head="yes"))


def test_per_child_is_offered_where_children_are_counted_and_said_to_be_unknown_where_not(
    visit: Callable[..., AppTest],
) -> None:
    app = unfold(visit(year="2016-17", per_head="yes", among="children"), "scope_chip_shown")
    assert "Figures per child need how many there are in 2016-17" in app.info[0].value
    assert app.radio(key="scope_per").options == ["In all", "Per resident", "Per child"]
    assert "Not counted for 2016-17, and so not divided by: older person." in [
        caption.value for caption in app.caption
    ]
    app.radio(key="scope_per").set_value("residents").run()
    assert "Total per resident" in said(app)


def test_real_terms_use_the_prices_of_the_latest_year(visit: Callable[..., AppTest]) -> None:
    words = said(visit(year="2016-17", real="yes"))
    assert "prices of 2017-18" in words
    assert "£879m" in words  # 862 × 102 / 100


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "query",
    [
        {"year": "1066-67", "view": "<script>", "basis": "'; drop table line; --", "org": ["nobody", ""]},
        {"org": ["council"] * 300, "theme": ["\x00", "unmapped"], "phase": "never", "schools": "maybe"},
        {
            "body": "../../etc/passwd",
            "board": "<b>",
            "show": "pivot",
            "rows": "x",
            "columns": "service",
            "as": "?",
        },
        {
            "of": ["service:' or 1=1", "organisation", "line:1", ":"],
            "line": "9" * 40,
            "page": "-1",
            "search": "%_'",
        },
        {"line": "١٢", "page": "999", "by": "🙂", "across": "theme", "show": "heat", "word": "<img src=x>"},
    ],
)
def test_no_query_breaks_a_page(visit: Callable[..., AppTest], page: str, query: dict[str, Any]) -> None:
    app = visit(page, **query)
    words = said(app)
    assert words.count("<script") == 1, "only the page's own"
    assert "<img" not in words


def test_a_link_to_a_year_that_is_not_on_the_map_says_so(visit: Callable[..., AppTest]) -> None:
    app = visit(year="1999-00")
    assert (
        "No figures are included for the year that this link asks for. This is 2016-17." in app.info[0].value
    )


def test_a_choice_without_any_line_says_what_to_do(visit: Callable[..., AppTest]) -> None:
    words = said(visit(year="2016-17", org="hospital"))
    assert "No spending for Riverton is included in this choice yet" in words
    assert "Widen it above" in words


@pytest.mark.parametrize(
    ("picture", "parts"),
    [
        ("treemap", ["more_treemap_board-service"]),
        ("heat", ["more_heat_theme"]),
        ("flow", ["more_flow_explore"]),
        ("pivot", []),
    ],
)
def test_every_picture_of_explore_has_a_table_and_both_files_when_they_are_opened(
    visit: Callable[..., AppTest], picture: str, parts: list[str]
) -> None:
    app = visit("explore", show=picture)
    assert ('class="figures"' in said(app)) is not bool(parts)
    app = unfold(app, *parts)
    assert 'class="figures"' in said(app)
    labels = [one.label for one in app.get("download_button")]
    assert "CSV" in labels
    assert "Excel" in labels


def test_the_pivot_has_the_rows_and_columns_of_the_link_and_their_totals(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("explore", show="pivot", rows="client group", columns="kind"))
    assert "Client group by kind of money" in words
    assert "£862,000,000" in words


def test_an_organisation_shows_its_share_its_partners_and_its_submission(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("organisations", body="police"))
    assert "Valeshire Police spends £22.0m, 2.6% of the total" in words
    assert "250 residents of Riverton, thousand of 1,000 residents of the force area, thousand" in words
    assert "Not reconciled" in words
    words = said(visit("organisations", body="council"))
    assert "Joint care" in words
    assert "Reconciled" in words


def test_an_awaited_organisation_says_what_to_ask_it_for(visit: Callable[..., AppTest]) -> None:
    words = said(visit("organisations", body="hospital"))
    assert "are not included yet" in words
    assert "Ask it for its figures." in words


def test_a_board_says_who_pays_for_it(visit: Callable[..., AppTest]) -> None:
    words = said(visit("themes", board="healthy"))
    assert "Two bodies spend £352m on Healthy City" in words  # 90 + 200 + 60 + 40 − 38, no pension


def test_a_cross_cutting_theme_is_a_tag_and_is_never_added_up(visit: Callable[..., AppTest]) -> None:
    words = said(visit("themes", board="city-centre"))
    assert "a tag without an amount" in words
    assert "One service contributes to City centre" in words


def test_a_line_shows_the_cells_around_its_own(visit: Callable[..., AppTest]) -> None:
    app = visit("lines", of=["organisation:council"], search="waste collection")
    assert "One line, £20.0m for the place" in said(app)
    first = app.selectbox(key="lines_open")
    first.select_index(0).run()
    words = said(app)
    assert "It stands in cell C7" in words
    assert '<td class="number cell" aria-current="true">20,000</td>' in words
    assert "Waste collection: £20.0m" in words


def test_the_lines_of_a_choice_are_those_behind_the_figure(visit: Callable[..., AppTest]) -> None:
    words = said(visit("lines", of=["organisation:health", "theme:healthy"]))
    assert "Three lines, £262m for the place" in words


def test_the_glossary_finds_a_word(visit: Callable[..., AppTest]) -> None:
    words = said(visit("glossary", word="gross"))
    assert "Before fees, charges and rents are taken off." in words
    assert "delivery board" not in words


def test_the_glossary_calls_estimated_only_what_is_worked_out_from_another_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The council's £278m is an allocation, ±3%; the £300m of pensions is estimated, ±25%."""
    path = tmp_path / "store.duckdb"
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, riverton.place())
        for body, grade, given in (
            ("council", 2, Provenance.ALLOCATED),
            ("work-pensions", 5, Provenance.ESTIMATED),
        ):
            sent, data = riverton.submission(body, body, riverton.LINES[body], grade, f"{body}-direct")
            receive(store, replace(sent, provenance=given), data, by="finance officer")
    words = re.sub(r"(?:<[^>]+>|\s)+", " ", said(opened(path, monkeypatch)("glossary")))
    assert "Estimated £300m 52% is worked out from another figure" in words
    assert "Confidence grade £503m to £653m" in words
    assert "Transfer to individuals £300m" in words
    assert "Double counting £0 of £578m" in words


def test_many_bodies_with_long_names_are_gathered_and_none_is_lost(
    visit_crowded: Callable[..., AppTest],
) -> None:
    app = unfold(visit_crowded(), "more_who")
    words = said(app)
    assert "Partnership 1 for Community Wellbeing" in words
    assert "30 bodies" in words
    assert 'class="money below"' in words


def test_a_store_without_a_place_says_how_to_load_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(tmp_path / "empty.duckdb", monkeypatch)()
    assert app.title[0].value == "No place has been loaded yet"
    assert app.button(key="load_example").label == "Load the worked example"


def test_a_damaged_store_is_a_sentence_and_not_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "damaged.duckdb"
    damaged.write_bytes(b"this is no store" * 1000)
    app = opened(damaged, monkeypatch)()
    assert app.title[0].value == "The store cannot be opened"
    assert "damaged" in app.error[0].value


def test_a_fault_of_the_program_is_a_sentence_with_a_number_and_is_logged_whole(
    riverton_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from pages.shared import frame

    monkeypatch.undo()
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(riverton_path))

    def fails(*_: Any) -> None:
        raise ZeroDivisionError("a fault of the program")

    monkeypatch.setattr("pages.shared.kept.total", fails)
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=180).run()
    assert [exception.value for exception in app.exception] == []
    (said_of_it,) = [error.value for error in app.error]
    number = re.search(r"fault ([0-9a-f]{6})\.", said_of_it).group(1)
    (logged,) = [record for record in caplog.records if record.name == frame.LOG.name]
    assert number in logged.getMessage()
    assert re.search(r"at 20\d\d-\d\d-\d\dT[\d:+]+ on the page 'overview'", logged.getMessage())
    assert logged.exc_info
    assert logged.exc_info[0] is ZeroDivisionError


def test_every_page_has_a_title_of_its_own_that_names_the_place(
    visit: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    titles: list[str] = []
    monkeypatch.setattr(
        "pages.shared.subject.st.set_page_config", lambda page_title, **_: titles.append(page_title)
    )
    visit("organisations")
    visit("organisations", body="council")
    visit("themes", board="healthy")
    visit("glossary")
    last = dict.fromkeys(titles)
    assert {
        "Organisations · Riverton",
        "Riverton City Council · Organisations · Riverton",
        "Healthy City · Themes and boards · Riverton",
        "Glossary · Riverton",
    } <= set(last)
