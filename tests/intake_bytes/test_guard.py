"""The child process: its limits, its answers, and what an officer is told however it ends."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from budget_model.intake.files import codec, guard, limits
from budget_model.intake.files.ready import Ready
from budget_model.intake.guard import read_guarded, reading_many, while_reading
from budget_model.problem import Location, Problem, Refusal
from tests.intake_bytes import made


def child_that(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next child run this instead of reading its file."""
    start = subprocess.Popen
    taken = ["-c", f"import sys, os; sys.stdin.buffer.read(); {code}"]
    monkeypatch.setattr(subprocess, "Popen", lambda command, **how: start([command[0], *taken], **how))


def refused() -> str:
    with pytest.raises(Refusal) as refusal:
        read_guarded(made.ordinary(), "council.xlsx")
    return refusal.value.sentence


def test_a_workbook_comes_back_from_the_child_as_it_was_read() -> None:
    reading = read_guarded(made.ordinary(3), "council.xlsx")
    (table,) = reading.tables
    assert table.sheet == "Adults"
    assert [measure.name for measure in table.measures] == ["Budget", "Actual"]
    assert [measure.total for measure in table.measures] == [2003, 1803]


def test_a_child_that_dies_of_memory_gives_a_sentence_about_stray_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    child_that("os.abort()", monkeypatch)
    assert "needs more memory" in refused()


def test_a_child_that_is_killed_gives_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    child_that("os.kill(os.getpid(), 9)", monkeypatch)
    assert "Copy the table alone" in refused()


def test_a_child_that_overruns_its_time_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.Limits, "wall_seconds", lambda self, size: 1)
    child_that("import time; time.sleep(60)", monkeypatch)
    assert "took longer to read" in refused()


def test_a_child_that_never_reads_its_file_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.Limits, "wall_seconds", lambda self, size: 1)
    start = subprocess.Popen
    monkeypatch.setattr(
        subprocess,
        "Popen",
        lambda command, **how: start([sys.executable, "-c", "import time; time.sleep(60)"], **how),
    )
    with pytest.raises(Refusal, match="took longer"):
        read_guarded(b"Service,Budget\n" * 100_000, "long.csv")


def test_a_child_that_answers_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LIMITS", limits.Limits(answer=1_000_000))
    child_that("[sys.stdout.buffer.write(b'x' * 100_000) for _ in range(100)]", monkeypatch)
    assert "more than can be shown" in refused()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"Y",
        b"Yrubbish",
        b"Y[]",
        b'Y{"kind":"plain","values":["a"]}',
        b'Y{"kind":"record","name":"Popen","count":1,"of":[{"kind":"plain","values":["id"]}]}',
        b'Y{"kind":"record","name":"Place","count":1,"of":[]}',
        b'Y{"kind":"plain","values":[{"a":1}]}',
        b'N{"kind":"plain","values":[3]}',
    ],
)
def test_an_answer_that_is_not_a_reading_is_refused_and_runs_nothing(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    child_that(f"sys.stdout.buffer.write({answer!r})", monkeypatch)
    assert "could not be read" in refused()


def test_a_fault_in_the_reading_is_logged_and_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    child_that("1/0", monkeypatch)
    assert "fault in this program" in refused()
    assert "ZeroDivisionError" in caplog.text


def test_the_child_sees_none_of_the_servers_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENT_SECRET", "hush")
    assert "CLIENT_SECRET" not in guard._environment()


def test_the_child_can_write_no_file_and_use_little_memory(tmp_path: Path) -> None:
    code = (
        "from budget_model.intake.files import child; child.confine(1000)\n"
        f"try: open({str(tmp_path / 'x')!r}, 'wb', 0).write(b'x' * 10)\n"
        "except OSError: print('no file')\n"
        "try: bytes(3_000_000_000)\n"
        "except MemoryError: print('no memory')\n"
        "try: held = [open('/dev/null') for _ in range(100)]\n"
        "except OSError: print('no descriptors')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(guard._ROOT)},
    )
    assert done.stdout.split("\n")[:3] == ["no file", "no memory", "no descriptors"], done.stderr


@pytest.mark.slow
def test_files_are_read_from_many_threads_at_once_each_with_its_own_answer() -> None:
    books = {f"{rows}.xlsx": made.ordinary(rows) for rows in range(2, 8)}
    with ThreadPoolExecutor(6) as threads:
        read = list(threads.map(lambda name: read_guarded(books[name], name), books))
    budgets = {f"{rows}.xlsx": sum(1000 + row for row in range(1, rows)) for rows in range(2, 8)}
    assert {reading.file: reading.tables[0].measures[0].total for reading in read} == budgets


def test_many_files_are_read_each_in_a_process_that_only_its_own_ending_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [made.ordinary(rows) for rows in (2, 3, 4)]
    with reading_many() as read:
        with monkeypatch.context() as hurried:
            hurried.setattr(limits.Limits, "wall_seconds", lambda self, size: -1)
            with pytest.raises(Refusal, match="took longer to read"):
                read(files[0], "council.xlsx")
        with pytest.raises(Refusal):
            read(b"", "council.xlsx")
        with ThreadPoolExecutor(3) as threads:
            readings = list(threads.map(lambda data: read(data, "council.xlsx"), files))
    assert readings == [read_guarded(data, "council.xlsx") for data in files]


def test_where_nothing_waits_for_them_many_files_are_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(_: Ready) -> None:
        raise OSError("ended")

    monkeypatch.setattr(Ready, "start", gone)
    with reading_many() as read:
        assert read(made.ordinary(3), "council.xlsx").tables[0].sheet == "Adults"


def test_a_file_that_waits_too_long_for_its_turn_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "PATIENCE", 0.01)
    monkeypatch.setattr(guard, "_turns", threading.BoundedSemaphore(1))
    with guard._turn("first.xlsx"), pytest.raises(Refusal, match="Try again in a minute"):
        read_guarded(made.ordinary(), "second.xlsx")


def test_of_one_person_one_file_is_read_at_a_time_and_others_have_their_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "PATIENCE", 0.01)
    turns = guard.Turns()

    def reads(whose: str) -> bool:
        guard.read_for(whose, turns)
        try:
            return bool(read_guarded(made.ordinary(3), "second.xlsx").tables)
        except Refusal as refusal:
            return "Another file of yours is being read" not in refusal.sentence
        finally:
            guard.read_for("", turns)

    guard.read_for("ann@council.example", turns)
    with guard._own_turn("first.xlsx"):
        assert [reads(who) for who in ("ann@council.example", "bob@fire.example", "")] == [False, True, True]
    assert reads("ann@council.example")


def test_whoever_waits_for_a_file_is_told_how_long_it_takes_and_may_give_it_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen

    def kept(command: list[str], **how: Any) -> subprocess.Popen[bytes]:
        started.append(begin([command[0], "-c", "import time; time.sleep(60)"], **how))
        return started[-1]

    def tell(seconds: float) -> None:
        if started:
            raise InterruptedError(f"{seconds:.0f}")

    monkeypatch.setattr(subprocess, "Popen", kept)
    with while_reading(tell), pytest.raises(InterruptedError, match=r"^\d+$"):
        read_guarded(made.ordinary(3), "council.xlsx")
    assert [child.poll() for child in started] == [-9]
    assert guard._turns.acquire(timeout=0), "its turn is free again"
    guard._turns.release()


@pytest.mark.parametrize(
    "data",
    [b"x" * (17 << 20), b'Service,Budget\n"Roads,1200\n' + b"Parks,900\n" * 60_000],
    ids=["one cell of 17 MB", "a quote that is never closed"],
)
def test_one_endless_cell_is_told_of_in_words_and_is_no_fault_of_this_program(data: bytes) -> None:
    try:
        reading = read_guarded(data, "endless.csv")
        told = " ".join([reading.refused or "", *map(str, reading.problems)]).strip()
    except Refusal as refusal:
        told = refusal.sentence
    assert told
    assert "fault in this program" not in told


MANY_UPLOADS = """
import gc, resource, sys
from pathlib import Path
from budget_model.intake.guard import read_guarded
from budget_model.problem import Refusal

def resident():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()

def upload(size):
    try:
        read_guarded(b"x" * size, "endless.csv")
    except Refusal:
        pass
    read_guarded(b"Service,Budget\\n" + b"Roads,1200\\nParks,900\\n" * 1_000, "council.csv")

upload(int(sys.argv[1]))
before = resident()
for _ in range(3):
    upload(int(sys.argv[1]))
print(resident() - before)
"""


@pytest.mark.slow
def test_what_many_large_uploads_took_is_given_back_by_the_server() -> None:
    size = 17 << 20
    done = subprocess.run(
        [sys.executable, "-c", MANY_UPLOADS, str(size)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(guard._ROOT)},
    )
    assert int(done.stdout) < size, "three uploads leave less behind than one of them"


def test_a_turn_ends_when_it_is_let_go_or_its_lease_is_over_and_no_other_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns = guard.Turns()
    first = turns.take("ann")
    assert (turns.take("ann"), bool(turns.take("bob"))) == (0, True)
    monkeypatch.setattr(guard, "LEASE", -1)
    turns.let_go("ann", first)
    second = turns.take("ann")  # its program ends without a word: the lease is over at once
    third = turns.take("ann")
    assert 0 < second < third
    turns.let_go("ann", second)
    monkeypatch.setattr(guard, "LEASE", 60)
    assert turns.take("ann")
    assert not turns.take("ann")


def test_a_refusal_in_the_child_keeps_its_sentence_and_problems() -> None:
    refusal = ("It is a picture.", (Problem(codec_place(), "Not a number."),))
    assert codec.decode(codec.encode(refusal), codec.kinds_within(Problem)) == refusal


def codec_place() -> Location:
    from budget_model.problem import Location

    return Location("fire.xlsx", "Costs", 3, "B")


def test_the_processor_gives_its_own_signal_before_the_end_so_that_the_true_reason_is_told() -> None:
    code = (
        "import resource; from budget_model.intake.files import child; child.confine(1000); "
        "print(*resource.getrlimit(resource.RLIMIT_CPU))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(guard._ROOT)},
    )
    soft, hard = map(int, done.stdout.split())
    assert soft < hard
    assert "took longer to read" in guard._sentence(guard._SIGNAL_OF_TIME, "a.csv", 1000)
    assert guard._SIGNAL_OF_TIME not in guard.OUT_OF_MEMORY


def test_a_text_of_too_many_lines_is_refused_before_anything_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(Refusal, match="1,500,001 lines"):
        guard.in_child(b"1\n" * 1_500_001, "many.csv", Problem, {})
