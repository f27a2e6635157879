"""Each page cold by its link, as each role: what is not for a role is not drawn, and says so."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.access import GIVEN, NOBODY, Role
from pages.shared import asking
from pages.shared.navigation import SECTIONS
from tests.pages.conftest import of, said

ENTRIES = [entry for entries in SECTIONS.values() for entry in entries]
FORBIDDEN = "This page is not for your role"


@pytest.mark.parametrize("role", GIVEN)
def test_no_role_sees_a_page_that_is_not_for_it(visit_as: Callable[[Role, str], AppTest], role: Role) -> None:
    for entry in (entry for entry in ENTRIES if not of(role).may_open(entry.address)):
        page = visit_as(role, entry.path)
        assert [title.value for title in page.title] == [FORBIDDEN]
        boxes = [box for box in page.text_input if box.key != "search_typed"]
        assert not [*page.button, *boxes, *page.selectbox]


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.VISITOR, "overview"),
        (Role.VISITOR, "lines"),
        (Role.OFFICER, "upload"),
        (Role.APPROVER, "submissions"),
        (Role.AUDITOR, "submissions"),
        (Role.ADMINISTRATOR, "opportunities"),
        (Role.BOARD_MEMBER, "pools"),
    ],
)
def test_a_page_that_is_for_a_role_is_drawn_in_the_name_of_who_looks_and_asks_for_no_name(
    visit_as: Callable[[Role, str], AppTest], role: Role, page: str
) -> None:
    shown = visit_as(role, page)
    assert FORBIDDEN not in said(shown)
    assert f"Pat, {role}" in said(shown)
    assert not [box for box in shown.text_input if box.label == "Your name"]


def test_an_officer_is_offered_their_own_bodies_alone_and_an_auditor_none(
    visit_as: Callable[[Role, str], AppTest],
) -> None:
    assert visit_as(Role.OFFICER, "upload").selectbox(key="upload_body").options == ["Riverton City Council"]
    assert "You send figures for no body" in said(visit_as(Role.AUDITOR, "upload"))


@pytest.mark.parametrize(
    ("page", "query"), [("organisations", {"body": "council"}), ("lines", {"line": "1"})]
)
def test_a_visitor_reads_when_figures_were_sent_and_why_they_were_mapped_and_not_by_whom(
    visit_as: Callable[..., AppTest], page: str, query: dict[str, str]
) -> None:
    member, visitor = (said(visit_as(role, page, **query)) for role in (Role.BOARD_MEMBER, Role.VISITOR))
    assert "finance officer" in member
    assert "finance officer" not in visitor
    assert ("not shown to visitors: confirmed" if page == "lines" else " · sent ") in visitor


def test_an_auditor_sees_that_the_chain_holds_and_finds_who_sent_what(
    visit_as: Callable[[Role, str], AppTest],
) -> None:
    page = visit_as(Role.AUDITOR, "audit")
    assert "No alteration is found: the fingerprints of all" in page.success[0].value
    assert "Of every entry shown: " in said(page), "what every row has is said once"
    page.text_input(key="choice_look").input("no such words").run()
    assert "No entry holds these words." in said(page)


def test_an_administrator_sees_how_the_dashboard_runs_and_an_auditor_does_not(
    visit_as: Callable[[Role, str], AppTest],
) -> None:
    visit_as(Role.ADMINISTRATOR, "people")
    shown = said(visit_as(Role.ADMINISTRATOR, "running"))
    assert "pages were drawn within" in shown
    assert "Slow questions to the store" in shown
    assert "Slowest page on average" in shown
    assert "People <small>" in shown
    assert "raises" not in shown
    assert FORBIDDEN in said(visit_as(Role.AUDITOR, "running"))


def test_a_session_that_ends_while_a_page_is_open_leaves_nothing_of_it_at_the_next_step(
    visit_as: Callable[[Role, str], AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Idle too long, or removed: whoever looked is nobody then."""
    page = visit_as(Role.DIRECTOR, "submissions")
    assert "Riverton City Council" in said(page)
    monkeypatch.setattr(asking, "_asker", lambda _: NOBODY)
    page.run()
    assert [title.value for title in page.title] == ["Sign in"]
    assert "Your session has ended." in said(page)
    assert "Riverton City Council" not in said(page)
