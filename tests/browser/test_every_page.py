"""Every page on every window and on paper: a test for each section, the one of most views first."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.shared.navigation import SECTIONS
from tests.browser.every_page import faults_of_section, views_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


LARGEST_FIRST = sorted(SECTIONS, key=lambda section: -len(views_of(section)))


@pytest.mark.parametrize("section", LARGEST_FIRST)
def test_no_page_is_cut_off_too_small_or_hard_to_use_on_any_window_or_on_paper(
    joined_dashboard: str, visit: Callable[..., Any], tmp_path: Path, section: str
) -> None:
    page = visit(f"{joined_dashboard}/glossary")
    assert faults_of_section(page, joined_dashboard, section, tmp_path) == {}
