"""How does the dashboard run: how long do pages and questions take, what is remembered, and who waits?"""

from decimal import Decimal
from math import isinf

from budget_model.count.saying import counted, opened
from budget_model.exhibits.colours import NAVY
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.measured import STEPS, Remembered, Running, Times, running, sentence, slow_seconds
from pages.shared import chart, components
from pages.shared.components import Group, Stretch, Strip, Tile
from pages.shared.navigation import entry_at

ABOUT = "Measured on the server since the dashboard was started; nothing here says who asked, or for what."
MEASURED = (
    "Times are added up over all processes, each within the next step of a scale. The same is at /metrics for programs, and "
    "the log names each question that was slow."
)
MOST = 20  # rows on the screen; the files hold all


def show() -> None:
    """How it runs in four figures, each page's time, and the tables behind them where they are asked for."""
    measured = running()
    components.headline("How it runs", standfirst=ABOUT)
    components.tiles(_tiles(measured), "four")
    _pages(measured)
    for table, key in (
        (_times("Pages", "Page", measured.pages), "pages"),
        (_times("Questions to the store", "Question", measured.questions), "questions"),
        (_remembered(measured.answers), "answers"),
    ):
        if table.rows:
            chart.fold(table, f"running_{key}", MOST)
    components.note(MEASURED)


def _tiles(measured: Running) -> list[Tile]:
    """What whoever looks after the dashboard asks first: is it quick, what is slowest, did anything fail, who waits."""
    every, slowest, slow = measured.every_page, measured.slowest_page, measured.slow_questions(slow_seconds())
    return [
        Tile(
            "Half of the pages are drawn",
            _upto(every.half) if every else "No page yet",
            f"95 of 100 {_upto(every.nearly_all)}; {counted(every.how_often, 'page', 'pages')} drawn, "
            f"{counted(measured.drawing, 'is', 'are')} being drawn now"
            if every
            else "Open a page, and come back",
        ),
        Tile(
            "Slowest page on average",
            _mean(slowest.mean) if slowest else "No page yet",
            f"{_title(slowest.name)}, drawn {_times_said(slowest.how_often)}"
            if slowest
            else "Open a page, and come back",
        ),
        Tile(
            "Slow questions to the store",
            opened(counted(slow, "kind", "kinds")) if slow else "None",
            f"of {counted(len(measured.questions), 'kind', 'kinds')}: those that take {slow_seconds():g} s or more on average",
        ),
        Tile(
            "Answered with a fault",
            opened(counted(measured.failed, "request", "requests")) if measured.failed else "None",
            f"{opened(counted(measured.changes, 'change was', 'changes were'))} kept; "
            + (
                "none waits"
                if not measured.waiting
                else f"{counted(measured.waiting, 'waits', 'wait')} for another"
            ),
        ),
    ]


def _pages(measured: Running) -> None:
    """The mean time of each page, the slowest first."""
    if not measured.pages:
        components.empty("No page was drawn yet.", "Open one, and come back.")
        return
    ordered = sorted(measured.pages, key=lambda times: -times.mean)
    most = ordered[0].mean or 1.0
    bars = tuple(
        Strip(
            _title(times.name),
            _mean(times.mean),
            (Stretch(0.0, times.mean / most * 100, NAVY),),
            note=f"{_times_said(times.how_often)}, 95 of 100 {_upto(times.nearly_all)}",
        )
        for times in ordered
    )
    components.section("How long each page takes to draw, on average", sentence(measured))
    components.strips([Group("", "", bars)])


def _title(address: str) -> str:
    entry = entry_at(address)
    return entry.title if entry else address


def _times_said(how_often: int) -> str:
    return "once" if how_often == 1 else f"{how_often:,} times"


def _mean(seconds: float) -> str:
    """A mean in the unit in which it is read at a glance.

    >>> _mean(0.0724), _mean(1.26)
    ('72 ms', '1.3 s')
    """
    return f"{seconds * 1000:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def _upto(seconds: float) -> str:
    """Within which step of time something was done.

    >>> _upto(0.25), _upto(2.5), _upto(float("inf"))
    ('within 250 ms', 'within 2.5 s', 'in over 10 s')
    """
    if isinf(seconds):
        return f"in over {STEPS[-1]:g} s"
    return f"within {seconds * 1000:g} ms" if seconds < 1 else f"within {seconds:g} s"


def _times(title: str, what: str, every: tuple[Times, ...]) -> Table:
    columns = (
        Column(what),
        Column("Times", Kind.COUNT),
        Column("Mean, ms", Kind.NUMBER),
        Column("Half within"),
        Column("95 of 100 within"),
    )
    rows = tuple(
        (
            times.name,
            times.how_often,
            Decimal(round(times.mean * 1000, 1)).quantize(Decimal("0.1")),
            _step(times.half),
            _step(times.nearly_all),
        )
        for times in every
    )
    return Table(title, columns, rows)


def _step(seconds: float) -> str:
    """A step of time in milliseconds."""
    return f"more than {STEPS[-1] * 1000:,.0f} ms" if isinf(seconds) else f"{seconds * 1000:,.0f} ms"


def _remembered(answers: tuple[Remembered, ...]) -> Table:
    columns = (
        Column("Answer"),
        Column("Asked", Kind.COUNT),
        Column("Remembered", Kind.COUNT),
        Column("Share remembered", Kind.SHARE),
    )
    rows = tuple(
        (answer.name, answer.asked, answer.remembered, Decimal(answer.remembered) / answer.asked)
        for answer in answers
        if answer.asked
    )
    return Table("Answers remembered", columns, rows)


show()
