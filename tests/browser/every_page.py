"""Each page and its larger states, opened once: on a laptop, a tablet, a phone and paper, and by those who cannot see it.

The tests that ask for it stand in several files, so that as many workers share the pages out.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pages.shared.navigation import SECTIONS
from tests.browser.conftest import serious_faults, settle

OTHERS = ("Work together", "Results", "Contribute")
"""The sections of the second file; the first has all the rest."""
WIDTHS = (1366, 1920, 1024, 768, 390)
STATES = {
    "explore": ("show=heat", "show=flow", "show=pivot"),
    "organisations": ("body=council", "body=hospital"),
    "themes": ("board=healthy", "board=culture"),
    "lines": ("line=1",),
    "search": ("q=waste",),
    "overlap": ("show=pair", "show=matrix", "measure=location_quotient", "show=network", "show=league"),
    "opportunities": ("show=register", "search=learning"),
    "pools": ("show=saved", "show=register"),
    "targets": ("target=safe",),
    "submissions": (
        "show=versions",
        "show=versions&submission=1",
        "show=quality",
        "show=transfers",
        "show=take",
    ),
}
"""What each page shows for a choice in its link, beside its first view."""
LOOKED_AT = """() => {
  const seen = one => one.checkVisibility({contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true});
  const main = document.querySelector('[data-testid=stMain]');
  const wide = main.scrollWidth > innerWidth ? ['the page is wider than its window'] : [];
  const small = [...main.querySelectorAll('*')].filter(one => [...one.childNodes].some(part => part.nodeType === 3 && part.textContent.trim())
      && !one.closest('[data-testid=stIconMaterial], .modebar, .hoverlayer') && seen(one) && parseFloat(getComputedStyle(one).fontSize) < 12)
    .map(one => 'under 12 px: ' + one.textContent.trim().slice(0, 40));
  const charts = [...document.querySelectorAll('.js-plotly-plot, .strips')].filter(one => one.offsetParent).flatMap(chart => {
    const words = [...chart.querySelectorAll('text, .strips p span, .strips p b')]
      .filter(one => one.textContent.trim() && !one.closest('.hoverlayer') && one.checkVisibility({contentVisibilityAuto: true}))
      .map(one => [one.textContent, one.getBoundingClientRect()]);
    const frame = chart.getBoundingClientRect();
    const outside = words.filter(([, it]) => it.left < frame.left - 3 || it.right > frame.right + 3)
      .map(([text]) => text + ' is cut off');
    const on = words.flatMap(([text, a], place) => words.slice(place + 1)
      .filter(([, b]) => a.left + 2 < b.right && b.left + 2 < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom)
      .map(([other]) => text + ' lies on ' + other));
    return [...outside, ...on]; });
  const links = one => one.tagName === 'A' && getComputedStyle(one).display === 'inline';
  const taps = innerWidth > 600 ? [] : [...main.querySelectorAll('button, summary, a, input:not([type=file])')]
    .filter(one => seen(one) && !links(one) && !one.closest('.modebar'))
    .map(one => [one, (one.closest('[role=group]:has(> [role=combobox]), [data-baseweb=input], .stNumberInput, .stDateInput, .stMultiSelect, .stSlider, .stCheckbox, .stRadio, .stFileUploader') ?? one).getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && box.height > 1 && box.height < 43)
    .map(([one, box]) => 'under 44 px: ' + one.tagName + ' ' + (one.innerText || one.getAttribute('aria-label')) + ' ' + Math.round(box.height));
  const head = [...document.querySelectorAll('[data-testid=stExpandSidebarButton], [data-testid=stLogoLink], [data-testid=stHeaderLogo], [data-testid=stTopNavSection], .st-key-search_box')]
    .filter(seen).map(one => [one.dataset.testid ?? 'the search', one.getBoundingClientRect()]).filter(([, box]) => box.width > 1);
  const crowded = head.flatMap(([name, a], place) => head.slice(place + 1)
    .filter(([, b]) => a.left + 2 < b.right && b.left + 2 < a.right && a.top < b.bottom && b.top < a.bottom).map(([other]) => name + ' lies on ' + other))
    .filter(fault => !fault.includes('stLogoLink lies on stHeaderLogo') && !fault.includes('stHeaderLogo lies on stLogoLink'));
  const box = one => one.closest('[class*="st-key-chart_"], [class*="st-key-forms_"]') ?? one.closest('.stVerticalBlock');
  const neither = [...main.querySelectorAll('.strips')]
    .filter(one => seen(box(one)) && !seen(one) && ![...box(one).querySelectorAll('[class*="st-key-wide"]')].some(seen))
    .map(one => 'neither form of a chart is shown: ' + one.textContent.trim().replace(/\\s+/g, ' ').slice(0, 60));
  return [...wide, ...new Set(small), ...charts, ...new Set(taps), ...crowded, ...neither]; }"""


WIDEST = """() => {
  const page = document.querySelector('.stMainBlockContainer').getBoundingClientRect();
  return [...document.querySelectorAll('.js-plotly-plot .main-svg, table, .tiles')]
    .filter(one => one.getClientRects().length)
    .map(one => one.getBoundingClientRect().right - page.right);
}"""
ON_SCREEN_ONLY = ("Table, files and the lines behind it", "Pin to a story", "See the lines for")


def views_of(section: str) -> list[str]:
    """The addresses of a section's pages, each with its states."""
    pages = [entry.address for entry in SECTIONS[section]]
    return [*pages, *(f"{page}?{state}" for page in pages for state in STATES.get(page, ()))]


def faults_of_section(page: Any, city: str, section: str, folder: Path) -> dict[str, list[str]]:
    """What is wrong on the pages of a section and their states: on paper, for access, and at each width."""
    faults = {}
    for address in views_of(section):
        page.set_viewport_size({"width": WIDTHS[0], "height": 768})
        page.goto(f"{city}/{address}")
        settle(page)
        at_first = faults_at_this_width(page)
        faults[address] = [f"{kind}: {places}" for kind, places in serious_faults(page)]
        if "?" not in address:
            faults[address] += [*faults_of_address(page, address), *faults_on_paper(page, folder)]
        faults[address] += [f"at {WIDTHS[0]}: {fault}" for fault in at_first]
        for width in WIDTHS[1:]:
            page.set_viewport_size({"width": width, "height": 768})
            faults[address] += [f"at {width}: {fault}" for fault in faults_at_this_width(page)]
    return {address: fault for address, fault in faults.items() if fault}


def faults_at_this_width(page: Any) -> list[str]:
    """What is cut off, too small or on anything else, once the page's charts are drawn for its width."""
    faults: list[str] = []
    for _ in range(12):
        page.wait_for_timeout(250)
        faults = page.evaluate(LOOKED_AT)
        if not faults:
            break
    return faults


def faults_of_address(page: Any, address: str) -> Iterator[str]:
    """Whether a page that was opened by its own address is the one that is shown."""
    if page.locator("[role=dialog]").count():
        yield "the framework says in a dialog that it knows no such page"
    if urlsplit(page.url).path != f"/{address}":
        yield f"it leads to {page.url}"


def faults_on_paper(page: Any, folder: Path) -> Iterator[str]:
    """What is wrong with a page on A4: its title, its figures within the sheet, nothing that is only pressed, no empty sheet."""
    title = page.locator("h1").first.inner_text()
    sheets, size = printed(page.pdf(format="A4"), folder)
    if size != pytest.approx([595, 842], abs=2):
        yield f"its paper is {size} points"
    whole = plainly(" ".join(sheets))
    if plainly(title)[:60] not in whole:
        yield "its title is not on its paper"
    yield from (f"‘{words}’ is on its paper" for words in ON_SCREEN_ONLY if words in whole)
    if "Contribute About" in whole:
        yield "the navigation is on its paper"
    empty = [place for place, words in enumerate(sheets, 1) if len(re.sub(r"\s", "", words)) <= 12]
    if empty:
        yield f"sheet {empty} of {len(sheets)} is empty"
    page.emulate_media(media="print")
    page.wait_for_timeout(400)
    if any(over > 2 for over in page.evaluate(WIDEST)):
        yield "a figure is wider than its paper"
    page.emulate_media(media="null")


def plainly(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def printed(paper: bytes, folder: Path) -> tuple[list[str], list[float]]:
    """The words of each sheet of a PDF, and its size in points."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed here: apt-get install poppler-utils to run this.")
    (folder / "page.pdf").write_bytes(paper)
    done = subprocess.run(
        [tool, "-layout", str(folder / "page.pdf"), "-"], capture_output=True, timeout=60, check=True
    )
    size = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)\s+([0-9.]+)", paper)
    assert size
    return done.stdout.decode().split("\f")[:-1], sorted(float(points) for points in size.groups())
