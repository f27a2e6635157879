"""A director asks what changed since last year, and is answered on the bodies that both years have."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from budget_model.store.store import Store
from budget_model.store.versions import publish
from pages.shared.navigation import SECTIONS, Entry
from tests.pages.conftest import opened, said
from tests.pages.consulted import closed_consultation
from tests.towns import line, receive, submission

pytestmark = pytest.mark.slow

Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def versions_path(several_years_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anytown, published, and then with the NHS commissioner's £500 for 2017-18."""
    path = Path(shutil.copy(several_years_made, tmp_path_factory.mktemp("versions") / "store.duckdb"))
    with Store(path) as store:
        publish(store, "For the Board", by="Ann")
        sent = submission("nhs", [line("Clinics", 500, "health")], year="2017-18")
        receive(store, sent, b"nhs", by="test")
    return path


def test_what_changed_compares_with_the_year_before_and_names_who_is_left_out(visit_years: Visit) -> None:
    words = said(visit_years("what_changed", year="2016-17"))
    # council 1,320 and the police's quarter 400 after 1,200 and 400; the NHS sent 2016-17 alone
    assert (
        "that can be compared, rose by £120 (7.5%) between 2015-16 and 2016-17, from £1,600 to £1,720"
        in words
    )
    assert "Anytown NHS Commissioner (£2,000), not on the earlier map" in words
    assert "Shire Police (outturn, then original budget)" in words


def test_what_changed_tells_the_same_by_service_and_the_link_keeps_it(visit_years: Visit) -> None:
    app = visit_years("what_changed", year="2017-18", since="2015-16", told="service")
    assert "Adult social care" in said(app)
    assert "from £1,600 to £1,790" in said(app)  # 1,150 + 200 + 440


def test_a_phase_is_compared_with_another_of_the_same_year(visit_years: Visit) -> None:
    app = visit_years("what_changed", year="2016-17", phase="outturn", since="2016-17/original budget")
    assert "rose by £20 (1.5%) between 2016-17 original budget and 2016-17 outturn" in said(app)
    assert "The largest reason is other figures (+£20)." in said(app)  # one year has one price level


def test_where_only_one_year_is_on_the_map_there_is_nothing_to_compare(visit: Visit) -> None:
    assert "Only one phase of one year is on the map" in said(visit("what_changed"))


def test_trends_show_the_years_with_their_gaps_and_breaks(visit_years: Visit) -> None:
    words = said(visit_years("trends", year="2016-17"))
    assert (
        "is the same in 2013-14 and 2015-16<span>: £1,600; two other years are not counted like these"
        in words
    )
    assert "No figure for 2014-15 (nothing is on the map): a gap is not zero." in words
    assert "Shire Police, figures: outturn before, original budget here" in words


def test_a_body_s_trend_in_real_terms_per_head_is_kept_in_the_link(visit_years: Visit) -> None:
    app = visit_years("trends", year="2016-17", of_what="organisation:nhs", real="yes", per_head="yes")
    # 2,000 × 104.04 / 102 / 1,100 people
    assert "£2 per resident in 2016-17, in prices of 2017-18" in said(app)
    assert "Anytown NHS Commissioner has not sent it" in said(app)


def test_the_people_served_are_said_not_to_be_counted_where_nobody_did(visit_years: Visit) -> None:
    words = said(visit_years("trends", year="2016-17", of_what="service:care", per="served"))
    assert "nobody has counted these people" in words


def test_plan_and_outturn_ranks_what_is_over_and_under_and_shows_what_was_not_sent(
    visit_years: Visit,
) -> None:
    words = said(visit_years("plan", year="2016-17"))
    assert "the outturn of £1,320 is £20 (1.5%) over the original budget" in words
    assert "One service is over budget, by £40: most of all adult social care (+£40)" in words
    assert "not sent" in words


def test_a_year_of_one_phase_alone_shows_the_latest_year_of_both_and_says_why(visit_years: Visit) -> None:
    words = said(visit_years("plan", year="2015-16"))
    assert "No body has sent both a budget and a forecast or an outturn of 2015-16" in words
    assert "2016-17 is shown below: the latest year of which both were sent." in words
    assert "the outturn of £1,320 is £20 (1.5%) over the original budget" in words


EVERY_PAGE = [entry for entries in SECTIONS.values() for entry in entries]


@pytest.mark.parametrize("entry", EVERY_PAGE, ids=lambda entry: entry.address)
def test_every_page_opens_a_published_map_by_its_link(
    entry: Entry, versions_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(versions_path, monkeypatch)(entry.path, year="2017-18", version="1")
    words = said(app)
    assert "Map version 1, “For the Board”, published on" in words
    assert not [one for one in words.split(" ") if one == "Traceback"]
    day = "as of today, and cannot be changed from here" if entry.as_of_today else "as on that day"
    assert (day in words) == bool(entry.beside)
    # what the page reads of the map is frozen: the NHS commissioner came after it was published
    assert app.session_state["version_shown"] == (0 if entry.as_of_today else 1)
    assert app.session_state["version_asked"] == 1


def test_a_version_shows_the_figures_that_it_was_published_with(
    versions_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = opened(versions_path, monkeypatch)
    assert "£1,790" in said(visit("overview", year="2017-18", version="1"))
    assert "£2,290" in said(visit("overview", year="2017-18"))


def changing(shown: int) -> None:
    """A page of a version that tries to change something: of the version, and of what is kept beside it."""
    import streamlit as st

    from budget_model.problem import Refusal
    from pages.shared import kept

    st.session_state[kept.ASKED], st.session_state[kept.VERSION] = 1, shown
    for store in (kept.store(), kept.live()):
        try:
            with store.writing():
                st.write("It was changed.")
        except Refusal as refusal:
            st.write(refusal.sentence)


@pytest.mark.parametrize("shown", [0, 1])
def test_nothing_is_changed_from_within_a_version(
    shown: int, versions_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(versions_path))
    words = said(AppTest.from_function(changing, args=(shown,)).run())
    assert "It was changed." not in words
    assert words.count("back to today’s map") + words.count("Go back to today’s map first") >= 2


def consulted_on(version: int) -> None:
    """The ways to consultations on a decision, on a page of today's map or of a published one."""
    import streamlit as st

    from pages.opportunities import register
    from pages.shared import kept

    st.session_state[kept.ASKED] = st.session_state[kept.VERSION] = version
    register._say_consulted("equipment")


@pytest.mark.parametrize(("version", "of_today"), [(0, False), (1, True)])
def test_a_consultation_beside_a_decision_of_a_published_map_says_that_it_is_of_today(
    version: int, of_today: bool, versions_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(versions_path, tmp_path / "store.duckdb"))
    with Store(path) as store:
        closed_consultation(store, decision="equipment")
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    monkeypatch.setattr("streamlit.page_link", lambda _page, *, label, **_: streamlit.write(label))
    words = said(AppTest.from_function(consulted_on, args=(version,)).run())
    assert "Members were asked: Equipment (closed" in words
    assert ("as of today and not part of this map" in words) is of_today


def test_a_link_to_a_version_that_is_not_there_shows_today_s_map_and_says_so(visit_years: Visit) -> None:
    app = visit_years("overview", year="2017-18", version="9")
    assert "There is no version 9 of this map. This is today’s." in said(app)


def test_the_way_back_from_a_version_leads_to_today_s_map(
    versions_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(versions_path, monkeypatch)("overview", year="2017-18", version="1")
    app.button(key="scope_today").click().run()
    assert "£2,290" in said(app)
    assert "version" not in app.query_params


def test_a_map_is_published_on_the_screen(
    versions_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(versions_path, tmp_path / "store.duckdb"))
    app = opened(path, monkeypatch)("versions")
    assert "Version 1: For the Board" in said(app)
    app.text_input(key="version_name").input("After the Board")
    app.text_input(key="signed_publish").input("Ann").run()
    app.button(key="version_publish").click().run()
    assert "Version 2: After the Board" in said(app)
