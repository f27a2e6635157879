"""A presenter before a room, with a real browser: keys, a second window of notes, decisions, a lost server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from budget_model.store.store import Store
from budget_model.store.stories import keep_shipped_stories
from pages.away_day.screens import ASIDE, LEAST
from tests.browser.conftest import ROOT, free_port, new_window, serious_faults, served, settle, started

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOLD = "three-opportunities"


@pytest.fixture(scope="module")
def told_store(joined_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(joined_made, tmp_path_factory.mktemp("told") / "store.duckdb"))
    with Store(path) as store, store.writing() as writer:
        keep_shipped_stories(writer, ROOT / "data" / "stories")
    return path


@pytest.fixture(scope="module")
def told(told_store: Path) -> Iterator[str]:
    yield from served(told_store)


def whole(page: Any) -> None:
    page.wait_for_selector(".away-bar .away-dots button")
    page.wait_for_selector(".away-screen", state="attached")


def shown(page: Any) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('.away-screen')].filter(one => getComputedStyle(one).display !== 'none')"
        ".map(one => one.dataset.screen)"
    )


def opened(chromium: Any, address: str) -> Any:
    page = new_window(chromium, 1024).new_page()
    page.goto(address)
    return page


def test_a_presenter_goes_through_a_story_decides_and_is_where_they_were_after_coming_back(
    told: str, chromium: Browser
) -> None:
    page = opened(chromium, f"{told}/away-day")
    page.get_by_role("link", name="Show “Three opportunities”").click()
    whole(page)
    assert shown(page) == ["1"]
    page.wait_for_url(f"**present={TOLD}**")
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
    page.wait_for_url("**screen=2**")
    page.get_by_role("button", name="What if").click()
    page.get_by_role("slider", name="Units of work of each partner").wait_for()
    page.get_by_role("button", name="What if").click()
    page.wait_for_function("() => !location.search.includes('panel')")
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
    notes.get_by_text("Screen 2 of 5").wait_for()
    page.keyboard.press("ArrowRight")
    notes.get_by_text("Screen 3 of 5").wait_for()
    notes.get_by_role("button", name="Next").click()
    page.wait_for_url("**screen=4**")
    assert shown(page) == ["4"]
    notes.context.close()

    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("Your name").fill("Chair")
    page.get_by_label("What was decided").fill("Draft an agreement")
    page.get_by_label("Who does it").fill("Director of adults")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Record decision").click()
    page.locator(".away-log").get_by_text("Draft an agreement").wait_for()

    again = opened(chromium, page.url)
    whole(again)
    again.locator(".away-log").get_by_text("Draft an agreement").wait_for()
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


def test_an_officer_makes_a_pack_and_takes_it_home(told: str, chromium: Browser) -> None:
    page = opened(chromium, f"{told}/board-pack?story={TOLD}")
    settle(page)
    page.get_by_role("button", name="Make PowerPoint").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download PowerPoint").click()
    assert waiting.value.suggested_filename.endswith(".pptx")
    wide, room = page.evaluate("[document.querySelector('[data-testid=stMain]').scrollWidth, innerWidth]")
    assert wide <= room
    page.context.close()


STORIES = {"the-place-in-eight-screens": 8, TOLD: 5}
SMALLEST = """() => {
  const found = {};
  for (const one of document.querySelectorAll('.away-screen *')) {
    const screen = one.closest('.away-screen');
    if (getComputedStyle(screen).display === 'none' || !one.getClientRects().length) continue;
    if (![...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
    const drawing = one.closest('svg');
    const size = drawing ? Number(one.getAttribute('font-size')) * one.getScreenCTM().a
                         : parseFloat(getComputedStyle(one).fontSize);
    const kind = one.closest('.kicker, .unit') ? 'aside' : 'read';
    found[kind] = Math.min(found[kind] ?? 999, size);
  }
  const right = Math.max(...[...document.querySelectorAll('.away-screen')].filter(one => one.offsetParent)
    .flatMap(one => [...one.querySelectorAll('th, td, p, h1, text')]).map(one => one.getBoundingClientRect().right));
  return {...found, right, wide: innerWidth};
}"""


@pytest.mark.parametrize("story", STORIES)
def test_a_room_reads_every_word_of_a_shipped_story_at_1024_by_768(
    told: str, chromium: Browser, story: Any
) -> None:
    page = opened(chromium, f"{told}/away-day?present={story}&screen=1")
    whole(page)
    for screen in range(1, STORIES[story] + 1):
        assert shown(page) == [str(screen)]
        found = page.evaluate(SMALLEST)
        assert found["read"] >= LEAST - 0.6, (screen, found)
        assert found["aside"] >= ASIDE - 0.6, (screen, found)
        assert found["right"] <= found["wide"], (screen, found)
        page.keyboard.press("ArrowRight")
    page.context.close()


def test_a_server_that_is_killed_and_started_again_finds_the_room_where_it_was(
    told_store: Path, chromium: Browser, tmp_path: Path
) -> None:
    store = Path(shutil.copy(told_store, tmp_path / "store.duckdb"))
    port = free_port()
    server = started(store, port)
    try:
        page = opened(chromium, f"http://127.0.0.1:{port}/away-day?present={TOLD}&screen=3&panel=hands")
        whole(page)
        page.get_by_label("Your name").fill("Chair")
        page.get_by_label("For", exact=True).fill("11")
        page.get_by_label("For", exact=True).press("Enter")
        page.get_by_role("button", name="Save vote").click()
        page.locator(".away-hands").get_by_text("11").wait_for()
        server.kill()
        server.wait(timeout=20)
        page.keyboard.press("ArrowRight")
        assert shown(page) == ["4"], "The screens go on while no server answers."
        server = started(store, port)
        page.wait_for_function("() => location.search.includes('screen=4')")
        page.wait_for_timeout(2000)
        assert shown(page) == ["4"]
        page.keyboard.press("ArrowLeft")
        page.locator(".away-hands").get_by_text("11").wait_for()
        page.reload()
        whole(page)
        assert shown(page) == ["3"]
        page.locator(".away-hands").get_by_text("11").wait_for()
        page.context.close()
    finally:
        server.kill()
        server.wait(timeout=20)


def test_a_lost_connection_stops_nobody_and_what_was_done_meanwhile_is_followed(
    told: str, chromium: Browser
) -> None:
    page = opened(chromium, f"{told}/away-day?present={TOLD}&screen=1")
    whole(page)
    page.context.set_offline(True)
    for screen in ("2", "3", "4"):
        page.keyboard.press("ArrowRight")
        assert shown(page) == [screen]
    page.context.set_offline(False)
    page.wait_for_timeout(3000)
    assert shown(page) == ["4"]
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("What was decided").wait_for()
    assert shown(page) == ["4"]
    page.context.close()


@pytest.mark.parametrize(
    "path",
    [
        f"board-pack?story={TOLD}",
        "away-day",
        f"away-day?present={TOLD}&screen=3",
        f"away-day?present={TOLD}&screen=3&panel=what-if",
        f"away-day?present={TOLD}&screen=3&panel=hands",
        f"away-day?present={TOLD}&notes=1",
    ],
)
def test_no_serious_fault_of_access_is_on_the_pages_under_present(
    told: str, chromium: Browser, path: str
) -> None:
    page = opened(chromium, f"{told}/{path}")
    if "present" in path and "notes" not in path:
        whole(page)
    else:
        page.wait_for_selector("footer.foot, .notes-head", state="attached")
    page.wait_for_timeout(1500)
    assert serious_faults(page) == []
    page.context.close()
