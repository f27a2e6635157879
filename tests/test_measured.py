"""How the program runs: times by name, what was remembered, and a slow question in the log without what it asked."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from budget_model.logs import AsJson
from budget_model.measured import FOLDER, Remembered, Running, StoreMeasured, Times, sentence, slow_seconds

ROOT = Path(__file__).parents[1]
MEASURES = """
import sys
from budget_model import measured
for _ in range(int(sys.argv[1])):
    with measured.page("overview"):
        measured.ASKED.labels("lines").inc(2)
    measured.WORKED_OUT.labels("lines").inc()
    measured.REQUESTS.labels("200").inc()
measured.REQUESTS.labels("503").inc()
found = measured.running()
print(found.every_page.how_often, found.drawing, found.failed, [(each.asked, each.remembered) for each in found.answers])
print(measured.text(4).count("# EOF"), 'budget_model_sessions 4.0' in measured.text(4))
"""


def measured(folder: str, times: int) -> list[str]:
    """What a program of its own prints that measures so often."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)} | ({FOLDER: folder} if folder else {})
    done = subprocess.run(
        [sys.executable, "-c", MEASURES, str(times)], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_what_several_processes_measure_is_added_up_and_outlives_each_of_them(tmp_path: Path) -> None:
    assert measured("", 3) == ["3 0 1 [(6, 3)]", "1 True"]
    assert measured(str(tmp_path), 3) == ["3 0 1 [(6, 3)]", "1 True"]
    assert measured(str(tmp_path), 2) == ["5 0 2 [(10, 5)]", "1 True"]


def test_a_slow_question_stands_in_the_log_by_its_name_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logging.getLogger("budget_model"), "propagate", True)
    monkeypatch.setenv("BUDGET_MODEL_SLOW_SECONDS", "0.5")
    StoreMeasured().took("total", 0.4)
    assert not caplog.records
    StoreMeasured().took("total", 0.6)
    (record,) = caplog.records
    written = json.loads(AsJson().format(record))
    assert (written["what"], written["question"], written["milliseconds"]) == ("slow question", "total", 600)
    monkeypatch.setenv("BUDGET_MODEL_SLOW_SECONDS", "soon")
    assert slow_seconds() == 1


def test_how_it_runs_is_said_in_a_sentence_also_where_nothing_was_drawn_or_took_very_long() -> None:
    nothing = Running(None, (), (), (), 0, 0, 0, 0)
    assert sentence(nothing) == "No page was drawn yet since the dashboard was started."
    slow = Times("", 4, 12.0, 0.5, float("inf"))
    assert sentence(Running(slow, (), (), (Remembered("lines", 2, 1),), 0, 2, 0, 0)) == (
        "Half of the 4 pages were drawn within 0.5 s and more than 5 of 100 took longer than 10 s; two changes wait for "
        "another."
    )
