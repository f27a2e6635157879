"""Every page and its larger states on a laptop, a tablet and a phone: nothing is cut off, on anything else or too small."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pages.shared.navigation import SECTIONS
from tests.browser.conftest import served, settle
from tests.pages import joined

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (1366, 768, 390)
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
    "submissions": ("show=versions", "show=quality", "show=transfers"),
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
  return [...wide, ...new Set(small), ...charts, ...new Set(taps), ...crowded]; }"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(joined.build(tmp_path_factory.mktemp("every_page") / "store.duckdb"))


def views_of(section: str) -> list[str]:
    """The addresses of a section's pages, each with its states."""
    pages = [entry.address for entry in SECTIONS[section]]
    return [*pages, *(f"{page}?{state}" for page in pages for state in STATES.get(page, ()))]


@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_on_any_page_is_cut_off_too_small_or_on_anything_else(
    city: str, visit: Callable[..., Any], section: str
) -> None:
    page = visit(f"{city}/glossary")
    faults = {}
    for address in views_of(section):
        page.set_viewport_size({"width": WIDTHS[0], "height": 768})
        page.goto(f"{city}/{address}")
        settle(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            faults[address, width] = faults_in(page)
    assert {place: what for place, what in faults.items() if what} == {}


def faults_in(page: Any) -> list[str]:
    """What is wrong on the page at its width, once its charts are drawn for it."""
    faults: list[str] = []
    for _ in range(12):
        page.wait_for_timeout(250)
        faults = page.evaluate(LOOKED_AT)
        if not faults:
            break
    return faults
