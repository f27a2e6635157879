"""One program owns the store, and others ask and change it: what one writes all see, and the killed lose nothing."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from multiprocessing.connection import Listener
from pathlib import Path

import pytest

from budget_model.access import Act
from budget_model.contribute.submission import Submission
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.sign_in import SERVICES
from budget_model.store import backup, versions
from budget_model.store.attached import Lines, attached, owner_socket
from budget_model.store.checks import check
from budget_model.store.owner import Owner
from budget_model.store.spending import total
from budget_model.store.store import InUse, Store
from budget_model.store.submissions import write_audit
from tests.towns import YEAR, line, receive, submission

ROOT = Path(__file__).parents[2]
WRITES = """
import sys
from budget_model.access import Act
from budget_model.contribute.submission import Submission
from budget_model.store.store import Store
from budget_model.store.submissions import write_audit
name, times = sys.argv[2], int(sys.argv[3])
with Store(sys.argv[1]) as store:
    for number in range(times):
        with store.writing(Act.SET_UP) as writer:
            write_audit(writer, name, "noted", str(number), "", "")
        print(number, flush=True)
    if name == "killed":
        with store.writing(Act.SET_UP) as writer:
            write_audit(writer, name, "noted", "half", "", "")
            writer.execute("create table half_made (number integer)")
            print("half", flush=True)
            sys.stdin.read()
"""
"""A program of its own that notes things in a store; one that is to be killed stands in the middle of its last change."""


@pytest.fixture
def owned(town_made: Path) -> Iterator[Store]:
    """A store with £100 of the council, which this program owns; its path is short."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(town_made, Path(folder) / "budget.duckdb"))
        with Store(path, alone=True) as store:
            receive(store, book(100), b"book", by="Ann")
            owner = Owner(store, SERVICES)
            owner.listen()
            yield store
            owner.close()


def book(pounds: int, body: str = "council") -> Submission:
    return submission(body, [line("Care", pounds, "care")], sha256=hashlib.sha256(b"book").hexdigest())


def program(store: Store, name: str, times: int) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    asked = [sys.executable, "-c", WRITES, str(store.path), name, str(times)]
    return subprocess.Popen(
        asked, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def noted(store: Store, name: str) -> list[str]:
    rows = store.select("select subject from audit_entry where made_by = $by order by number", {"by": name})
    return [str(subject) for (subject,) in rows]


def broken(store: Store) -> list[str]:
    """The laws that do not hold in a store, by their sentences."""
    return [one.law for one in check(store) if one.troubles]


def soon(seen: Callable[[], bool]) -> bool:
    """Whether it is seen, on a machine however busy; how soon is no matter of a test."""
    until = time.monotonic() + 60
    while not seen() and time.monotonic() < until:
        time.sleep(0.01)
    return seen()


def test_what_one_program_writes_every_other_sees(owned: Store) -> None:
    with Store(owned.path) as first, Store(owned.path) as second:
        before = (owned.changes, first.changes, second.changes)
        assert before[0] == before[1] == before[2]
        receive(first, book(50, "nhs"), b"book", by="Bob")
        assert first.changes == owned.changes > before[0]
        assert soon(lambda: second.changes == owned.changes)
        assert [total(each, Scope(year=YEAR)).total for each in (owned, first, second)] == [Decimal(150)] * 3


def test_an_attached_store_answers_publishes_backs_up_and_tries_out_as_one_that_is_open_here(
    owned: Store, tmp_path: Path
) -> None:
    with Store(owned.path) as store:
        assert versions.figures_of(store) == versions.figures_of(owned)
        tables = "select table_name from duckdb_tables() where not internal order by all"
        for (table,) in owned.select(tables):
            everything = f'select * from "{table}" order by all'
            assert store.table(everything).equals(owned.table(everything)), table
        with store.trial(Act.SET_UP) as (writer, tried):
            writer.execute("create table tried_out as select 1 as number")
            assert tried.select("from tried_out") == [(1,)]
        assert "tried_out" not in {table for (table,) in owned.select(tables)}
        assert versions.publish(store, "For the Board", by="Ann").number == 1
        assert backup.restore(backup.backup(store, tmp_path).folder, tmp_path / "again.duckdb").rows
        assert broken(store) == broken(owned) == []


def test_writers_of_several_programs_wait_for_each_other_and_every_change_is_kept(owned: Store) -> None:
    programs = [program(owned, name, 15) for name in ("Bob", "Eve")]
    for running in programs:
        running.communicate(timeout=60)
    for name in ("Bob", "Eve"):
        assert noted(owned, name) == [str(number) for number in range(15)]
    assert broken(owned) == []


def test_a_program_killed_in_the_middle_of_a_change_loses_that_change_alone_and_holds_nobody_up(
    owned: Store,
) -> None:
    running = program(owned, "killed", 3)
    assert running.stdout
    said = [running.stdout.readline().strip() for _ in range(4)]
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert said == ["0", "1", "2", "half"]
    with Store(owned.path) as other, other.writing(Act.SET_UP) as writer:
        write_audit(writer, "Bob", "noted", "after", "", "")
    assert (noted(owned, "killed"), noted(owned, "Bob")) == (["0", "1", "2"], ["after"])
    assert owned.select("select 1 from duckdb_tables() where table_name = 'half_made'") == []
    assert broken(owned) == []


def test_a_long_answer_has_the_same_rows_in_the_same_order_however_it_is_sent(owned: Store) -> None:
    asked = (
        "select range as number, (range * 1.25)::decimal(18, 2) as amount, 'body ' || range as body, "
        "date '2016-04-01' as day, if(range % 3 = 0, null, 0.5::double) as share from range(1000) order by range desc"
    )
    with Store(owned.path) as store:
        assert [store.select(asked) for _ in range(3)] == [owned.select(asked)] * 3


def test_what_the_owner_refuses_reaches_whoever_asked_and_the_line_goes_on(owned: Store) -> None:
    with Store(owned.path) as store:
        with pytest.raises(Exception, match="nowhere"):
            store.select("select * from nowhere")
        assert total(store, Scope(year=YEAR)).total == 100
        lines = Lines(owner_socket(owned.path))
        with pytest.raises(RuntimeError):
            lines.ask("call", "sessions", "begin", (), {})


def test_of_one_person_one_file_is_read_at_a_time_whichever_worker_they_come_to(
    owned: Store,
) -> None:
    workers = Lines(owner_socket(owned.path)), Lines(owner_socket(owned.path))
    first = workers[0].ask("call", "reading", "take", ("ann@council.example",), {})
    assert workers[1].ask("call", "reading", "take", ("ann@council.example",), {}) == 0
    workers[0].ask("call", "reading", "let_go", ("ann@council.example", first), {})
    assert workers[1].ask("call", "reading", "take", ("ann@council.example",), {}) > first


def test_a_store_that_nobody_owns_is_opened_and_one_wanted_alone_is_refused_while_it_is_owned(
    owned: Store, town_made: Path, tmp_path: Path
) -> None:
    alone = [
        sys.executable,
        "-c",
        "import sys; from budget_model.store.store import Store; Store(sys.argv[1], alone=True)",
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*alone, str(owned.path)], env=env, capture_output=True, text=True, check=False)
    assert "is in use by another program" in done.stderr
    assert oct(owner_socket(owned.path).stat().st_mode & 0o777) == "0o600"
    assert attached(Path(shutil.copy(town_made, tmp_path / "free.duckdb"))) is None


def test_a_socket_that_another_user_left_beside_a_store_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("budget_model.store.attached.peer_of", lambda _: (1, os.getuid() + 54_321))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "budget.duckdb"
        with Listener(str(owner_socket(path)), family="AF_UNIX") as other:
            assert attached(path) is None
            with other.accept() as asked:
                assert asked.poll(10), "it has hung up"
                with pytest.raises(EOFError):
                    asked.recv()


def test_a_worker_never_opens_the_store_itself(
    town_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(town_made, tmp_path / "free.duckdb"))
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    monkeypatch.setenv("BUDGET_MODEL_WORKER", "1")
    with pytest.raises(InUse, match="does not answer"):
        Store(path)


def test_when_the_owner_ends_whoever_asks_is_told_so_in_a_sentence(owned: Store) -> None:
    running = [sys.executable, "-c", OWNS, str(owned.path.with_name("other.duckdb"))]
    shutil.copy(owned.path, owned.path.with_name("other.duckdb"))
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(running, env=env, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        assert owner.stdout.readline() == "listens\n"
        with Store(owned.path.with_name("other.duckdb")) as store:
            assert store.version()
            owner.kill()
            owner.wait()
            with pytest.raises(Refusal, match="has ended"):
                store.version()


OWNS = """
import sys, time
from budget_model.store.owner import Owner
from budget_model.store.store import Store
with Store(sys.argv[1], alone=True) as store:
    Owner(store).listen()
    print("listens", flush=True)
    time.sleep(60)
"""
