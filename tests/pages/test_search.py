"""What is typed in the head of any page is answered on one page, with its figure and the way there."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import said


def labels(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def test_a_body_is_found_by_its_short_name_with_its_figure_and_leads_to_its_page(
    visit: Callable[..., AppTest],
) -> None:
    app = visit("search", q="city council")
    link = next(each for each in app.get("page_link") if each.proto.label.startswith("Riverton City Council"))
    assert "£" in link.proto.label
    assert "body=council" in link.proto.query_string


def test_a_line_is_found_by_its_own_words_and_leads_to_its_cell(visit: Callable[..., AppTest]) -> None:
    app = visit("search", q="waste collection")
    assert any("line=" in each.proto.query_string for each in app.get("page_link"))
    assert any(label.startswith("Every line that says") for label in labels(app))


def test_words_in_another_order_and_misspelt_lead_to_lines_that_are_there(
    visit: Callable[..., AppTest],
) -> None:
    app = visit("search", q="colection waste")
    way = next(each for each in app.get("page_link") if each.proto.label.startswith("Every line that says"))
    assert "One line, £20.0m for the place" in said(visit("lines", **dict(parse_qsl(way.proto.query_string))))


def test_a_question_finds_the_page_that_answers_it(visit: Callable[..., AppTest]) -> None:
    assert "Overlap" in labels(visit("search", q="overlap"))


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("what changed since last year, and why", "What changed"),
        ("is our children's spending high", "Neighbours"),
        ("what would a merger with the county move", "Reorganisation"),
        ("how much public money is spent here", "Overview"),
        ("who has not sent figures", "Submissions and data quality"),
        ("what is asked of my body, and by when", "My body"),
        ("which lines have no service", "Mapping"),
        ("how was our share worked out", "Method and sources"),
        ("are we on track", "Targets"),
        ("what could we do together", "Opportunities"),
        ("what did we decide, and what happened", "From decision to done"),
        ("how can I send you our budget", "Upload"),
        ("where do the NHS and the council pay for the same people", "Overlap"),
        ("is our social care expensive compared with similar cities", "Neighbours"),
    ],
)
def test_what_a_new_user_asks_leads_first_to_the_page_that_answers_it(
    asked: str, page: str, visit: Callable[..., AppTest]
) -> None:
    assert labels(visit("search", q=asked))[0] == page


def test_an_address_that_no_page_has_is_answered_by_a_search_for_its_words(
    visit: Callable[..., AppTest],
) -> None:
    app = visit("search", q="overlaps", lost="1")
    assert "There is no page at that address." in app.info[0].value
    assert "Overlap" in labels(app)
    assert labels(visit("search", q="plan", lost="1"))[0] == "Plan and outturn"
    assert "Away-day" in labels(visit("search", q="present", lost="1"))  # the menu that it stands in


def test_what_is_typed_in_the_head_of_a_page_is_answered_on_the_page_search(
    visit: Callable[..., AppTest],
) -> None:
    app = visit("glossary")
    app.text_input(key="search_typed").set_value("polcie").run()
    assert "Shown for “police”." in said(app)


def test_nothing_found_and_nothing_asked_each_say_what_to_do(visit: Callable[..., AppTest]) -> None:
    assert "Try another word for it" in said(visit("search", q="zzzzqq"))
    assert "in your own words" in said(visit("search"))
