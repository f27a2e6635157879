"""An officer's desk: what is asked of one body and by when, what it sent, and how it sends the next."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import said


def test_the_desk_says_what_is_asked_what_was_sent_and_leads_to_sending_more(
    visit: Callable[..., AppTest],
) -> None:
    app = visit("my_body", body="council")
    words = said(app)
    assert "Original budget: included" in words
    assert "Last submissions" in words
    assert "sent by" in words
    ways = {link.proto.page: link.proto.query_string for link in app.get("page_link")}
    assert "body=council" in ways["upload"]


def test_a_body_that_never_sent_anything_is_told_how_to_begin(visit: Callable[..., AppTest]) -> None:
    words = said(visit("my_body", body="hospital"))
    assert "Nothing has been sent yet." in words
    assert "Begin beside this list." in words
