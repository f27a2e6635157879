"""Every page on which something is joined up, followed or contributed, on every window and on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.every_page import OTHERS, faults_of_section

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("section", OTHERS)
def test_no_page_is_cut_off_too_small_or_hard_to_use_on_any_window_or_on_paper(
    joined_dashboard: str, visit: Callable[..., Any], tmp_path: Path, section: str
) -> None:
    page = visit(f"{joined_dashboard}/glossary")
    assert faults_of_section(page, joined_dashboard, section, tmp_path) == {}
