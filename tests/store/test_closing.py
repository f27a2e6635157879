"""The store is its user's alone, and the file by itself is whole whenever the program has ended."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from budget_model.__main__ import main
from budget_model.problem import Refusal
from budget_model.store.store import Row, Store

KEEP_ONE = (
    "import sys; from budget_model.store.store import Store; store = Store(sys.argv[1])\n"
    "with store.writing() as writer: writer.execute(\"insert into term values (1, 'a', 'b')\")\n"
)


def kept_in(path: Path, tmp_path: Path) -> list[Row]:
    """What a copy of the file alone holds."""
    assert not path.with_name(f"{path.name}.wal").exists()
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(path.read_bytes())
    with Store(copy) as store:
        return store.select("select term from term")


def test_a_store_that_was_left_open_is_whole_when_the_program_ends(tmp_path: Path) -> None:
    path = tmp_path / "budget.duckdb"
    subprocess.run([sys.executable, "-c", KEEP_ONE, str(path)], check=True)
    assert kept_in(path, tmp_path) == [("a",)]


def test_a_command_that_is_told_to_stop_closes_its_store_first(tmp_path: Path) -> None:
    path = tmp_path / "budget.duckdb"
    wait = (
        "import runpy, time; from budget_model.commands import check_command as command\n"
        + KEEP_ONE.replace("sys.argv[1]", repr(str(path)))
        + "def run(options):\n    print('ready', flush=True)\n    time.sleep(60)\n"
        "command.run = run; sys.argv = ['budget_model', 'check']\n"
        "runpy.run_module('budget_model', run_name='__main__')\n"
    )
    with subprocess.Popen([sys.executable, "-c", wait], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        program.send_signal(signal.SIGTERM)
        assert program.wait() == 128 + signal.SIGTERM
    assert kept_in(path, tmp_path) == [("a",)]


def test_nobody_else_may_read_the_store_nor_its_write_ahead_file(tmp_path: Path) -> None:
    path = tmp_path / "budget.duckdb"
    before = os.umask(0o022)
    try:
        with Store(path) as store:
            with store.writing() as writer:
                writer.execute("insert into term values (1, 'a', 'b')")
            files = list(tmp_path.iterdir())
            assert path.with_name(f"{path.name}.wal") in files
            assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    finally:
        os.umask(before)


@pytest.mark.parametrize("command", [["check"], ["backup", "kept"], ["total"], ["opportunities"]])
def test_a_mistyped_path_makes_no_store(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(tmp_path / "bugdet.duckdb"))
    assert main(command) == 1
    assert "There is no store" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_there_is_opened(tmp_path: Path) -> None:
    Store(tmp_path / "a.duckdb").close()
    with Store.existing(tmp_path / "a.duckdb") as store:
        assert store.version() > 0
    with pytest.raises(Refusal, match="There is no store"):
        Store.existing(tmp_path / "b.duckdb")
