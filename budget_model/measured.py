"""How the program runs: how long pages and questions take, what was remembered, and who waits, over all its processes.

Kept in the open format of metrics by the library that is made for it. Several workers write to one folder, which
`PROMETHEUS_MULTIPROC_DIR` names; one process keeps its own. No name, address, scope or figure of anybody is in it.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import isinf
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest

from budget_model.count.saying import counted

LOG: Final = logging.getLogger("budget_model.slow")
FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
FORMAT: Final = CONTENT_TYPE_LATEST
STEPS: Final = (0.001, 0.005, 0.02, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds up to which times are counted apart."""
USUAL_SLOW: Final = 1.0

FAULT: Final = "500"
"""The status of a request from which on this program is at fault."""
Steps = dict[float, float]
"""How many were done within so many seconds."""

_HERE: Final = CollectorRegistry()
PAGES: Final = Histogram(
    "budget_model_page_seconds", "Seconds that drawing a page took", ["page"], buckets=STEPS, registry=_HERE
)
QUESTIONS: Final = Histogram(
    "budget_model_question_seconds",
    "Seconds that a question to the store took",
    ["question"],
    buckets=STEPS,
    registry=_HERE,
)
ASKED: Final = Counter(
    "budget_model_answers_asked", "Answers that pages asked for", ["answer"], registry=_HERE
)
WORKED_OUT: Final = Counter(
    "budget_model_answers_worked_out",
    "Answers that were not remembered and were worked out",
    ["answer"],
    registry=_HERE,
)
DRAWING: Final = Gauge(
    "budget_model_pages_drawing", "Pages that are being drawn", multiprocess_mode="livesum", registry=_HERE
)
drawn_here: Final[set[object]] = set()
"""One for each page that this process is drawing: empty while nobody waits for one of it."""
WAITING: Final = Gauge(
    "budget_model_writers_waiting",
    "Changes that wait for another to be kept",
    multiprocess_mode="livesum",
    registry=_HERE,
)
REQUESTS: Final = Counter("budget_model_requests", "Requests answered, by status", ["status"], registry=_HERE)
CHANGES: Final = Counter("budget_model_changes", "Changes written since the start", registry=_HERE)


def slow_seconds() -> float:
    """Seconds from which a question stands in the log as slow: `BUDGET_MODEL_SLOW_SECONDS`, else one."""
    try:
        return float(os.environ.get("BUDGET_MODEL_SLOW_SECONDS") or USUAL_SLOW)
    except ValueError:
        return USUAL_SLOW


class StoreMeasured:
    """Takes note of what a store is asked, from when it is handed to `observe`."""

    def took(self, question: str, seconds: float) -> None:
        """Note how long a question took; a slow one is logged by its name, without what it was asked with."""
        QUESTIONS.labels(question).observe(seconds)
        if seconds >= slow_seconds():
            LOG.warning(
                "slow question", extra={"told": {"question": question, "milliseconds": round(seconds * 1000)}}
            )

    def waits(self, more: int) -> None:
        """Note that so many more changes wait for their turn, or fewer."""
        WAITING.inc(more)

    def wrote(self) -> None:
        """Note a change."""
        CHANGES.inc()


def forget(process: int) -> None:
    """Count what a process that has ended was in the middle of no longer; what it had done stays counted."""
    if os.environ.get(FOLDER):
        mark_process_dead(process)  # type: ignore[no-untyped-call]


@contextmanager
def page(name: str) -> Iterator[None]:
    """Time how long a page takes to draw."""
    with DRAWING.track_inprogress(), PAGES.labels(name).time():
        drawn_here.add(this := object())
        try:
            yield
        finally:
            drawn_here.discard(this)


def everywhere() -> CollectorRegistry:
    """What was measured, of all processes that write to one folder, else of this one."""
    if not os.environ.get(FOLDER):
        return _HERE
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


def text(sessions: int) -> str:
    """All of it in the open format of metrics, with how many people are signed in."""
    signed_in = CollectorRegistry()
    Gauge("budget_model_sessions", "People signed in", registry=signed_in).set(sessions)
    ours, theirs = (_written(registry) for registry in (signed_in, everywhere()))
    return ours.removesuffix("# EOF\n") + theirs


def _written(registry: CollectorRegistry) -> str:
    written: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return written.decode()


# As people read it


@dataclass(frozen=True, slots=True)
class Times:
    """How long one page or one question took."""

    name: str
    how_often: int
    mean: float
    """Seconds."""
    half: float
    """Seconds within which half of them were done, to the next step of `STEPS`."""
    nearly_all: float
    """Seconds within which 95 of 100 were done, to the next step; infinite beyond the last."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """How often an answer was asked for, and how often it was remembered."""

    name: str
    asked: int
    remembered: int


@dataclass(frozen=True, slots=True)
class Running:
    """How the program runs, as it was measured since it began."""

    every_page: Times | None
    """All pages together; None where none was drawn."""
    pages: tuple[Times, ...]
    questions: tuple[Times, ...]
    answers: tuple[Remembered, ...]
    drawing: int
    waiting: int
    changes: int
    failed: int
    """Requests that were answered with a fault of this program."""

    @property
    def slowest_page(self) -> Times | None:
        """The page that takes longest on average."""
        return max(self.pages, key=lambda times: times.mean, default=None)

    def slow_questions(self, seconds: float) -> int:
        """How many kinds of questions take so long on average, or longer."""
        return sum(times.mean >= seconds for times in self.questions)


def running() -> Running:
    """What was measured in all processes, what took most time in all first."""
    families = {family.name: family for family in everywhere().collect()}
    pages = families.get("budget_model_page_seconds")
    statuses = _by(families.get("budget_model_requests"), "status")
    return Running(
        every_page=next(iter(_times(pages, "")), None),
        pages=_times(pages, "page"),
        questions=_times(families.get("budget_model_question_seconds"), "question"),
        answers=_remembered(families),
        drawing=_sum(families.get("budget_model_pages_drawing"), "budget_model_pages_drawing"),
        waiting=_sum(families.get("budget_model_writers_waiting"), "budget_model_writers_waiting"),
        changes=_sum(families.get("budget_model_changes"), "budget_model_changes_total"),
        failed=sum(number for status, number in statuses.items() if status >= FAULT),
    )


def sentence(measured: Running) -> str:
    """How it runs in one sentence.

    >>> sentence(Running(Times("", 20, 0.08, 0.1, 0.25), (), (), (), 1, 0, 3, 0))
    'Half of the 20 pages were drawn within 0.1 s and 95 of 100 within 0.25 s; no change waits for another.'
    >>> sentence(Running(Times("", 1, 0.08, 0.1, 0.1), (), (), (), 1, 0, 0, 0))
    'One page was drawn, within 0.1 s; no change waits for another.'
    """
    if measured.every_page is None:
        return "No page was drawn yet since the dashboard was started."
    pages = measured.every_page
    if isinf(pages.nearly_all):
        most = f"more than 5 of 100 took longer than {STEPS[-1]:g} s"
    else:
        most = f"95 of 100 within {pages.nearly_all:g} s"
    half = f"within {pages.half:g} s" if not isinf(pages.half) else f"in more than {STEPS[-1]:g} s"
    waiting = (
        "no change waits"
        if not measured.waiting
        else counted(measured.waiting, "change waits", "changes wait")
    )
    if pages.how_often == 1:
        return f"One page was drawn, {half}; {waiting} for another."
    return f"Half of the {pages.how_often:,} pages were drawn {half} and {most}; {waiting} for another."


def _times(family: Metric | None, label: str) -> tuple[Times, ...]:
    """The times of a family by a label, what took most in all first; all together where the label is empty."""
    steps: dict[str, Steps] = {}
    sums: dict[str, float] = {}
    for sample in family.samples if family else ():
        name = sample.labels.get(label, "")
        if sample.name.endswith("_bucket"):
            upto = steps.setdefault(name, {})
            step = float(sample.labels["le"])
            upto[step] = upto.get(step, 0) + sample.value
        elif sample.name.endswith("_sum"):
            sums[name] = sums.get(name, 0) + sample.value
    found = [_of_steps(name, upto, sums[name]) for name, upto in steps.items() if max(upto.values())]
    return tuple(sorted(found, key=lambda times: -times.mean * times.how_often))


def _of_steps(name: str, upto: Steps, seconds: float) -> Times:
    """Times from how many were done within each step.

    >>> _of_steps("overview", {0.1: 5, 0.5: 9, float("inf"): 10}, 2.0)
    Times(name='overview', how_often=10, mean=0.2, half=0.1, nearly_all=inf)
    """
    how_often = max(upto.values())
    half, nearly_all = (
        min(step for step, number in upto.items() if number >= how_often * part) for part in (0.5, 0.95)
    )
    return Times(name, int(how_often), seconds / how_often, half, nearly_all)


def _remembered(families: dict[str, Metric]) -> tuple[Remembered, ...]:
    asked = _by(families.get("budget_model_answers_asked"), "answer")
    worked_out = _by(families.get("budget_model_answers_worked_out"), "answer")
    found = [
        Remembered(name, number, max(0, number - worked_out.get(name, 0))) for name, number in asked.items()
    ]
    return tuple(sorted(found, key=lambda answer: (-answer.asked, answer.name)))


def _by(family: Metric | None, label: str) -> dict[str, int]:
    """The counts of a family by a label."""
    counted = [sample for sample in family.samples if sample.name.endswith("_total")] if family else []
    return {sample.labels.get(label, ""): int(sample.value) for sample in counted}


def _sum(family: Metric | None, name: str) -> int:
    """The numbers of a family's samples of one name added up."""
    samples = family.samples if family else ()
    return int(sum(sample.value for sample in samples if sample.name == name))


class Measures:
    """What the owner of a store tells whoever asks how its dashboard runs."""

    def running(self) -> Running:
        """How it runs."""
        return running()
