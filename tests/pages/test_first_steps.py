"""A new user is shown round, stops, and goes on where they stopped."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import follow, said


def test_the_offer_leads_through_the_directors_pages_and_can_be_left_and_taken_up(
    own_visit: Callable[..., AppTest],
) -> None:
    app = own_visit("first_steps")
    assert "For the partnership director" in said(app)
    app.button(key="begin_director").click().run()
    assert "Step 1 of 5: See the total." in said(app)
    follow(app, "overview").button(key="guide_next").click().run()
    assert app.title[0].value == "Submissions and data quality"
    assert "Step 2 of 5: See what is missing." in said(app)
    assert "Go back to it: See what is missing" in [button.label for button in own_visit("lines").button]
    follow(app, "submissions").button(key="guide_stop").click().run()
    assert "Step 2 of 5" not in said(app)

    again = own_visit("first_steps")
    assert again.button(key="go_on_director").label == "Go on: See what is missing"
    elsewhere = again.button(key="go_on_director").click().run()
    assert "Step 2 of 5: See what is missing." in said(elsewhere)


def test_whoever_wants_no_guide_is_not_asked_again(own_visit: Callable[..., AppTest]) -> None:
    app = own_visit("overview")
    assert "New here?" in said(app)
    app.button(key="guide_later").click().run()
    assert "New here?" not in said(app)
    assert "New here?" not in said(own_visit("overview"))
