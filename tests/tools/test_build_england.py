"""The national data that ships is what its tool writes from what ships beside it."""

import csv
from dataclasses import astuple

import pytest

from tools.build_england import FOLDER, line_services

pytestmark = pytest.mark.slow


def test_the_example_s_other_years_do_not_change_what_a_national_line_pays_for() -> None:
    with (FOLDER / "line_services.csv").open(encoding="utf-8", newline="") as opened:
        shipped = [tuple(row) for row in csv.reader(opened)][1:]
    assert [astuple(line) for line in line_services()] == shipped
