"""From the front door: members are asked by link and answer without an account, and the State of the City tells it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import new_window, serious_faults, served, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOSTILE = "<img src=x onerror=alert(1)> **bold**"


@pytest.fixture
def city(joined_made: Path, tmp_path: Path) -> Iterator[str]:
    yield from served(Path(shutil.copy(joined_made, tmp_path / "store.duckdb")))


def _press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_timeout(500)
    settle(page)


def _type(page: Any, label: str, text: str) -> None:
    box = page.get_by_label(label).locator("visible=true").first
    box.fill(text)
    box.blur()
    page.wait_for_timeout(400)
    settle(page)


def _open(page: Any, name: str) -> None:
    page.get_by_text("Present", exact=True).first.click()
    page.get_by_role("menuitem", name=name).click()
    page.get_by_role("heading", name=name, level=1).wait_for()
    settle(page)


def test_members_are_asked_answer_once_by_link_and_the_state_of_the_city_is_published(
    city: str, chromium: Browser
) -> None:
    page = new_window(chromium, 1366, 900).new_page()
    page.goto(city)
    settle(page)
    _open(page, "Consultations")
    page.get_by_text("Example: The ten recommendations").click()
    settle(page)
    _press(page, "Begin with it")
    _type(page, "Your name", "Ann")
    _press(page, "Keep the consultation")
    page.get_by_text("is kept. Make links").wait_for()
    _type(page, "Members, one on a line", "Bo Lee, bo@x.example, private")
    _press(page, "Make their links")
    letter = page.locator("[data-testid=stCode]").first.inner_text()
    link = next(word for word in letter.split() if "/answer?token=" in word)
    assert serious_faults(page) == []
    _answer(chromium, f"{city}/answer?{link.partition('?')[2]}")
    page.reload()
    settle(page)
    assert "one for each link that was used" in page.inner_text("body")
    assert page.get_by_text("Comments: 1 to read").count() == 1
    assert HOSTILE in page.inner_text("body")
    _open(page, "State of the City")
    assert "nothing to compare with" in page.inner_text("body")
    page.get_by_text("Name it, add words, and publish it").click()
    _type(page, "Name of this edition", "Autumn")
    _type(page, "Your name", "Ann")
    _press(page, "Publish")
    page.get_by_text("“Autumn” is published").wait_for()
    assert "This is the first State of the City here" in page.inner_text("body")
    assert serious_faults(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


def _answer(chromium: Browser, address: str) -> None:
    """A member without a session types half an answer, leaves, comes back, sends it, and tries to send it again."""
    member = new_window(chromium, 390, 800)
    phone = member.new_page()
    phone.goto(address)
    phone.locator("input[name=q0][value=support]").check()
    phone.locator("textarea").first.fill(HOSTILE)
    phone.goto("about:blank")  # the page keeps what was typed as it is left
    phone.wait_for_timeout(1500)
    phone.goto(address)
    assert phone.locator("input[name=q0][value=support]").is_checked()
    assert phone.locator("textarea").first.input_value() == HOSTILE
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious_faults(phone) == []
    other = member.new_page()
    other.goto(address)
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("Thank you. Your answer is counted").wait_for()
    other.get_by_role("button", name="Send my answer").click()
    other.get_by_text("This link has been used").wait_for()
    assert HOSTILE in other.inner_text("body"), "what was typed is there to copy"
    member.close()
