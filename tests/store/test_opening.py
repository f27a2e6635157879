"""A store that cannot be used says so in a sentence; one that can loses nothing."""

import json
import os
import shutil
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from budget_model.__main__ import main
from budget_model.place import load
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import store as store_module
from budget_model.store.places import keep_place, place_of
from budget_model.store.spending import total
from budget_model.store.store import Migration, Store, copy_apart, migrations
from budget_model.vocabulary import OrganisationType
from tests.store.older import taken_back
from tests.towns import YEAR, line, receive, submission, town

LATER = ("rules", "levels", "not_local", "source")
"""What the weights did not say while it was part of the program."""
HEADERS, BLOCK = 12_288, 262_144
"""Bytes of a store's headers, and of each of its blocks."""


def test_a_new_store_has_had_every_migration(tmp_path: Path) -> None:
    with Store(tmp_path / "new" / "budget.duckdb") as store:
        assert store.version() == len(migrations())
    assert (tmp_path / "new" / "budget.duckdb").stat().st_mode & 0o077 == 0


def test_a_store_from_a_newer_version_says_to_update(tmp_path: Path) -> None:
    path = tmp_path / "budget.duckdb"
    with Store(path) as store, store.writing() as writer:
        writer.execute("insert into migration values (99, 'from the future', now())")
    with pytest.raises(Refusal, match="newer version of this program"):
        Store(path)


def test_a_damaged_store_says_to_bring_a_backup_back(tmp_path: Path) -> None:
    path = tmp_path / "budget.duckdb"
    path.write_bytes(b"this is a letter, not a store" * 1000)
    with pytest.raises(Refusal, match="damaged or is not a store"):
        Store(path)
    assert path.read_bytes().startswith(b"this is a letter")


@pytest.mark.parametrize("end", [100, 5000, 20000])
def test_a_store_cut_short_is_refused_in_a_sentence(tmp_path: Path, end: int) -> None:
    path = tmp_path / "budget.duckdb"
    with Store(path) as store, store.writing() as writer:
        keep_place(writer, town())
    path.write_bytes(path.read_bytes()[:end])
    with pytest.raises(Refusal, match="damaged"):
        Store(path)


def test_a_store_in_use_by_another_program_says_so(tmp_path: Path) -> None:
    path = tmp_path / "budget.duckdb"
    Store(path).close()
    other = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print('open', flush=True); sys.stdin.read()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(Refusal, match="in use by another program"):
            Store(path)
    finally:
        other.communicate(b"")


def test_the_command_line_says_the_sentence_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "budget.duckdb"
    path.write_bytes(b"nonsense" * 1000)
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    assert main(["total", "--json"]) == 1
    printed = capsys.readouterr()
    assert "damaged" in printed.err
    assert '"refused"' in printed.out


def test_an_empty_store_says_how_to_load_the_worked_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(tmp_path / "budget.duckdb"))
    assert main(["total"]) == 1
    assert "python -m budget_model seed" in capsys.readouterr().err


def test_a_change_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with Store(tmp_path / "budget.duckdb") as store:
        with pytest.raises(ZeroDivisionError), store.writing() as writer:
            keep_place(writer, town())
            raise ZeroDivisionError
        assert store.select("select count(*) from organisation")[0][0] == 0


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "budget.duckdb"
    with Store(path) as store, store.writing() as writer:
        keep_place(writer, town())
    steps = migrations()
    broken = Migration(
        len(steps) + 1, "broken", "alter table submission add column x integer; select nonsense"
    )
    monkeypatch.setattr(store_module, "migrations", lambda: (*steps, broken))
    with pytest.raises(Refusal, match="left as it was"):
        Store(path)
    monkeypatch.undo()
    with Store(path) as store:
        assert store.version() == len(steps)
        assert store.select("select count(*) from organisation")[0][0] == 4
    assert not list(tmp_path.glob("*.trial*"))


def test_a_store_that_was_given_new_lists_opens_again_after_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "budget.duckdb"
    with Store(path) as store, store.writing(audited=False) as writer:
        writer.execute('alter table population drop column "groups"')
    crash = f"import os; from budget_model.store.store import Store; s = Store({str(path)!r}); os._exit(9)"
    assert subprocess.run([sys.executable, "-c", crash], check=False).returncode == 9
    with Store(path) as store:
        assert store.select('select "groups" from population') == []


def test_no_query_of_the_program_can_read_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    with Store(tmp_path / "budget.duckdb") as store:
        with pytest.raises(duckdb.Error):
            store.select(f"select * from read_csv('{tmp_path}/secret.csv')")
        with pytest.raises(duckdb.Error):
            store.select("set enable_external_access = true")


@pytest.mark.slow
def test_many_sessions_count_at_once_while_one_writes(tmp_path: Path) -> None:
    with Store(tmp_path / "budget.duckdb") as store:
        with store.writing() as writer:
            keep_place(writer, town())
        receive(store, submission("council", [line("Care", 100, "care")]), b"", by="test")
        seen, faults = set(), []

        def count() -> None:
            try:
                for _ in range(20):
                    seen.add(total(store, Scope(year=YEAR)).total)
            except Exception as fault:
                faults.append(fault)

        sessions = [threading.Thread(target=count) for _ in range(8)]
        for session in sessions:
            session.start()
        receive(store, submission("council", [line("Care", 120, "care")]), b"", by="test")
        for session in sessions:
            session.join()
        assert not faults
        assert seen <= {100, 120}


def test_a_store_that_this_process_has_open_already_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "budget.duckdb"
    with Store(path) as first, Store(path) as second:
        with first.writing() as writer:
            keep_place(writer, town())
        assert second.select("select count(*) from organisation")[0][0] == 4
        with pytest.raises(duckdb.Error):
            second.select("set enable_external_access = true")


def test_an_older_store_whose_sequence_nobody_has_asked_since_it_was_brought_back_gives_no_number_twice(
    tmp_path: Path,
) -> None:
    path = tmp_path / "budget.duckdb"
    with Store(path) as store, store.writing(audited=False) as writer:
        assert writer.numbers("draft_id", 3) == [1, 2, 3]
    taken_back(path, 32)
    with Store(path) as store, store.writing(audited=False) as writer:
        assert writer.numbers("draft_id", 1) == [4]
        assert writer.numbers("line_id", 1) == [1]


@pytest.mark.slow
def test_a_store_made_before_the_rules_were_data_goes_on_judging_by_the_same_numbers(tmp_path: Path) -> None:
    """The rules were constants of the program once; its stores hold weights without them."""
    path = tmp_path / "budget.duckdb"
    data = Path(__file__).parents[2] / "data"
    place = load(data / "derby", data / "reference")
    with Store(path) as store, store.writing() as writer:
        keep_place(writer, place)
        (said,) = writer.execute("select value from setting where name = 'weights'")[0]
        before = {key: value for key, value in json.loads(said).items() if key not in LATER}
        writer.execute(
            "update setting set value = $value where name = 'weights'", {"value": json.dumps(before)}
        )
    taken_back(path, 7)
    with Store(path) as store:
        weights = place_of(store).weights
    assert {rule.name: rule.value for rule in weights.rules} == {
        "level_without_power": 2,
        "level_without_outcome": 5,
        "enough_free": Decimal("0.5"),
        "worth_while_per_resident": 1,
        "least_partner_per_resident": Decimal("0.1"),
        "inside_share": Decimal("0.9"),
        "estimate_grade": 5,
        "choice_discretionary": 1,
        "choice_local": Decimal("0.5"),
        "choice_demand_led": 0,
        "ready_same_pool": 4,
        "ready_other_pool": 2,
        "closeness": 50,
        "pooling_step": 100_000,
    }
    assert weights.not_local == (OrganisationType.CENTRAL_DEPARTMENT,)
    assert weights.parts == place.weights.parts


FULL_DISK = """
import os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from budget_model.contribute.about import About
from budget_model.problem import Refusal
from budget_model.store.contributions import begin, drafts
from budget_model.store.store import Store

store = Store(sys.argv[1])
about = About("council", "2016-17")
begin(store, about, "first.csv", b"kept", by="Ann")
size, unlimited = 100_000, resource.RLIM_INFINITY
resource.setrlimit(resource.RLIMIT_FSIZE, (size, unlimited))
try:
    begin(store, about, "large.csv", os.urandom(3_000_000), by="Ann")
except Refusal as refusal:
    print(refusal.sentence)
resource.setrlimit(resource.RLIMIT_FSIZE, (unlimited, unlimited))
begin(store, about, "later.csv", b"kept too", by="Ann")
print(sorted(one.file for one in drafts(store)))
"""


@pytest.mark.slow
def test_a_full_disk_keeps_nothing_of_the_change_says_so_and_the_next_one_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "budget.duckdb"
    with Store(path) as store, store.writing() as writer:
        keep_place(writer, town())
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )
    refused, kept = done.stdout.splitlines()
    assert "could not be written" in refused
    assert "Nothing of this change was kept: make room on the disk" in refused
    assert kept == "['first.csv', 'later.csv']"


def test_a_store_that_was_given_new_columns_survives_a_crash_right_after(tmp_path: Path) -> None:
    path, after_crash = tmp_path / "budget.duckdb", tmp_path / "crashed" / "budget.duckdb"
    Store(path).close()
    with duckdb.connect(str(path)) as database:
        database.execute("alter table area drop column also_within")
        database.execute("checkpoint")
    after_crash.parent.mkdir()
    with Store(path):
        for file in (path, path.with_suffix(".duckdb.wal")):
            if file.exists():  # copied by another program: this one holds the lock
                subprocess.run(["cp", str(file), str(after_crash.parent / file.name)], check=True)
    with Store(after_crash) as store:
        assert store.version() == len(migrations())


def test_a_copy_of_the_store_is_for_its_own_user_alone_like_the_store(tmp_path: Path) -> None:
    path, copied = tmp_path / "budget.duckdb", tmp_path / "copy.duckdb"
    Store(path).close()
    before = os.umask(0o022)
    try:
        copy_apart(path, copied)
    finally:
        os.umask(before)
    assert [oct(file.stat().st_mode & 0o777) for file in (path, copied)] == ["0o600", "0o600"]


def test_a_disk_that_cannot_be_written_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object) -> None:
        raise duckdb.IOException("IO Error: Cannot open file: Read-only file system")

    monkeypatch.setattr("budget_model.store.store.duckdb.connect", read_only)
    with pytest.raises(Refusal, match="on a disk that cannot be written to"):
        Store(tmp_path / "store.duckdb")


@pytest.mark.slow
def test_a_block_that_is_spoilt_is_said_in_a_sentence_whenever_it_is_met(
    town_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of the blocks is spoilt in turn, so that some are met in opening and others only by what is asked."""
    whole = town_made.read_bytes()
    for start in range(HEADERS, len(whole), BLOCK * 4):
        path = tmp_path / f"{start}.duckdb"
        path.write_bytes(whole[: start + 1000] + b"x" * 500 + whole[start + 1500 :])
        monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
        status = main(["check"])
        assert status == 0 or "is damaged" in capsys.readouterr().err


def test_an_answer_of_which_only_the_beginning_is_read_ends_without_a_traceback(
    town_made: Path, tmp_path: Path
) -> None:
    path = shutil.copy(town_made, tmp_path / "store.duckdb")
    asked = [sys.executable, "-m", "budget_model", "audit", "--most", "0", "--json"]
    with subprocess.Popen(
        asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "BUDGET_MODEL_STORE": str(path)},
    ) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        assert b"Traceback" not in done.stderr.read()


def test_too_little_memory_is_said_in_a_sentence(
    town_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def too_little(*_: object) -> None:
        raise MemoryError

    monkeypatch.setenv("BUDGET_MODEL_STORE", str(shutil.copy(town_made, tmp_path / "store.duckdb")))
    monkeypatch.setattr("budget_model.commands.check_command.run", too_little)
    assert main(["check"]) == 1
    assert "There is not enough memory for this. Nothing was kept" in capsys.readouterr().err
