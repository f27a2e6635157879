"""In a real browser, what somebody hostile typed loads nothing and leads nowhere."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import new_window, served, settle
from tests.pages.hostile import build

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADDRESSES = (
    "overview",
    "opportunities",
    "lines?of=organisation:council",
    "upload?draft=1",
    "pools",
    "pools?show=saved",
    "away-day",
    "board-pack",
    "submissions?show=versions",
    "organisations?body=council",
)
LEADS_AWAY = "[...document.querySelectorAll('a, img')].map(one => one.href || one.src).filter(one => /^(https?:..evil|mailto)/.test(one))"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(build(tmp_path_factory.mktemp("hostile") / "store.duckdb"))


def test_no_page_asks_another_server_for_anything_or_leads_there(hostile: str, chromium: Any) -> None:
    context = new_window(chromium)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ADDRESSES:
        page.goto(f"{hostile}/{address}")
        settle(page)
        assert "evil" in page.inner_text("body"), f"nothing hostile is on {address}"
        assert page.evaluate(LEADS_AWAY) == [], address
    context.close()
    assert [url for url in asked if not url.startswith((hostile, "ws:", "data:", "blob:"))] == []
