"""Every page on A4 paper: its title, its figures within the page, nothing that is only pressed, no empty sheet."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pages.shared.navigation import SECTIONS
from tests.browser.conftest import fits_and_can_be_used

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ENTRIES = [entry for entries in SECTIONS.values() for entry in entries]
WIDEST = """() => {
  const page = document.querySelector('.stMainBlockContainer').getBoundingClientRect();
  return [...document.querySelectorAll('.js-plotly-plot .main-svg, table, .tiles')]
    .filter(one => one.getClientRects().length)
    .map(one => one.getBoundingClientRect().right - page.right);
}"""
LOOKED_AT = {
    "overview", "explore", "organisations", "themes", "lines", "method", "glossary", "areas", "external-funding",
}  # fmt: skip
"""Pages that are held to their window and to the rules of access as well, while they are open."""
ON_SCREEN_ONLY = ("Table, files and the lines behind it", "Pin to a story", "See the lines for")


def sheets(paper: Any, tmp_path: Path) -> Any:
    """The words of each sheet of a PDF, and its size in points."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed here: apt-get install poppler-utils to run this.")
    (tmp_path / "page.pdf").write_bytes(paper)
    done = subprocess.run(
        [tool, "-layout", str(tmp_path / "page.pdf"), "-"], capture_output=True, timeout=60, check=True
    )
    size = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)\s+([0-9.]+)", paper)
    assert size
    return done.stdout.decode().split("\f")[:-1], sorted(float(one) for one in size.groups())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.address)
def test_a_page_opens_by_its_own_address_and_prints_to_a4_with_its_title_and_nothing_to_press(
    dashboard: str, visit: Callable[..., Any], tmp_path: Path, entry: Any
) -> None:
    page = visit(f"{dashboard}/{entry.address}")
    page.wait_for_timeout(600)
    assert page.locator("[role=dialog]").count() == 0, (
        "The framework says in a dialog that it knows no such page."
    )
    assert urlsplit(page.url).path == f"/{entry.address}"
    if entry.address in LOOKED_AT:
        fits_and_can_be_used(page)
        page.set_viewport_size({"width": 1366, "height": 768})
        page.wait_for_timeout(400)
    title = page.locator("h1").first.inner_text()
    paper = page.pdf(format="A4")
    said, size = sheets(paper, tmp_path)
    assert size == pytest.approx([595, 842], abs=2)
    whole = re.sub(r"\s+", " ", " ".join(said))
    assert re.sub(r"\s+", " ", title)[:60] in whole
    assert not any(words in whole for words in ON_SCREEN_ONLY)
    assert "Contribute About" not in whole, "The navigation is no part of a printed page."
    empty = [place for place, words in enumerate(said, 1) if len(re.sub(r"\s", "", words)) <= 12]
    assert not empty, f"Sheet {empty} of {len(said)} is empty."
    page.emulate_media(media="print")
    page.wait_for_timeout(400)
    assert all(over <= 2 for over in page.evaluate(WIDEST)), "No figure is wider than its page."
