"""A presenter before a room, with a real browser: keys, a second window of notes, decisions, a lost server."""

import importlib.util
from collections.abc import Iterator

import pytest

from budget_model.store.store import Store
from budget_model.store.stories import keep_shipped_stories
from tests.browser.conftest import ROOT, _served, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOLD = "three-opportunities"


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Iterator[str]:
    spec = importlib.util.spec_from_file_location("joined", ROOT / "tests" / "pages" / "joined.py")
    assert spec
    assert spec.loader
    joined = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(joined)
    path = joined.build(tmp_path_factory.mktemp("told") / "store.duckdb")
    with Store(path) as store, store.writing() as writer:
        keep_shipped_stories(writer, ROOT / "data" / "stories")
    yield from _served(path)


def whole(page) -> None:
    page.wait_for_selector(".away-bar .away-dots button", timeout=40000)
    page.wait_for_selector(".away-screen", state="attached")


def shown(page) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('.away-screen')].filter(one => getComputedStyle(one).display !== 'none')"
        ".map(one => one.dataset.screen)"
    )


def opened(chromium, address: str):
    page = chromium.new_context(viewport={"width": 1024, "height": 768}).new_page()
    page.goto(address)
    return page


def test_a_presenter_goes_through_a_story_decides_and_is_where_they_were_after_coming_back(told, chromium):
    page = opened(chromium, f"{told}/away-day?present={TOLD}&screen=1")
    whole(page)
    assert shown(page) == ["1"]
    assert not page.locator(".stAppHeader").is_visible()
    for key, screen in (
        ("ArrowRight", "2"),
        ("PageDown", "3"),
        ("PageUp", "2"),
        (" ", "3"),
        ("ArrowLeft", "2"),
    ):
        page.keyboard.press(key)
        assert shown(page) == [screen]
    assert "screen=2" in page.url
    page.keyboard.press("b")
    assert page.locator(".away-blank").is_visible()
    page.keyboard.press("b")
    assert not page.locator(".away-blank").is_visible()
    high, room = page.evaluate(
        "[Math.max(...[...document.querySelectorAll('.away-screen *')].filter(one => one.offsetParent)"
        ".map(one => one.getBoundingClientRect().bottom)), innerHeight]"
    )
    assert high <= room

    notes = opened(chromium, f"{told}/away-day?present={TOLD}&notes=1")
    notes.get_by_text("Screen 2 of 5").wait_for(timeout=40000)
    page.keyboard.press("ArrowRight")
    notes.get_by_text("Screen 3 of 5").wait_for(timeout=10000)
    notes.get_by_role("button", name="Next").click()
    page.wait_for_url("**screen=4**", timeout=10000)
    assert shown(page) == ["4"]
    notes.context.close()

    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("Your name").fill("Chair")
    page.get_by_label("What was decided").fill("Draft an agreement")
    page.get_by_label("Who does it").fill("Director of adults")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Write it down").click()
    page.locator(".away-log").get_by_text("Draft an agreement").wait_for(timeout=20000)

    again = opened(chromium, page.url)
    whole(again)
    again.locator(".away-log").get_by_text("Draft an agreement").wait_for(timeout=20000)
    assert shown(again) == ["3"]
    again.get_by_role("button", name="Decide").click()
    again.wait_for_function("() => !location.search.includes('panel')")
    again.context.set_offline(True)
    again.keyboard.press("ArrowRight")
    again.keyboard.press("ArrowRight")
    assert shown(again) == ["5"]
    again.context.set_offline(False)
    again.context.close()
    page.context.close()


def test_an_officer_makes_a_pack_and_takes_it_home(told, chromium):
    page = opened(chromium, f"{told}/board-pack?story={TOLD}")
    settle(page)
    page.get_by_role("button", name="Make PowerPoint").click()
    with page.expect_download(timeout=40000) as waiting:
        page.get_by_role("button", name="Download PowerPoint").click(timeout=40000)
    assert waiting.value.suggested_filename.endswith(".pptx")
    wide, room = page.evaluate("[document.querySelector('[data-testid=stMain]').scrollWidth, innerWidth]")
    assert wide <= room
    page.context.close()
