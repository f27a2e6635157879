"""The command line while the dashboard has the store open, and programs that work in a name of their own."""

import argparse
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_model.__main__ import main, main_for
from budget_model.access import Role
from budget_model.commands.running import asked, carried_out, listen, socket_of
from budget_model.problem import Refusal
from budget_model.store import audit
from budget_model.store.people import make_service, remove, service_asker
from budget_model.store.store import InUse, Store
from tests.towns import line, receive, submission

ROOT = Path(__file__).parents[2]


@pytest.fixture
def running(town_made: Path) -> Iterator[Store]:
    """A store that this program has open, carrying out what the command line asks; its path is short."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(town_made, Path(folder) / "budget.duckdb"))
        with Store(path) as store:
            sent = submission(
                "council", [line("Care", 100, "care")], sha256=hashlib.sha256(b"book").hexdigest()
            )
            receive(store, sent, b"book", by="Ann")
            stop = listen(path, main_for)
            try:
                yield store
            finally:
                stop()


def run(store: Store, *words: str, cwd: Path = ROOT, **named: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "BUDGET_MODEL_STORE": str(store.path), "PYTHONPATH": str(ROOT), **named}
    asked = [sys.executable, "-m", "budget_model", *words]
    return subprocess.run(asked, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.slow
def test_a_command_beside_a_running_dashboard_answers_writes_and_fails_as_if_it_ran_by_itself(
    running: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(running.path))
    assert json.loads(run(running, "total", "--json").stdout)["total"] == "100.00"
    assert oct(socket_of(running.path).stat().st_mode & 0o777) == "0o600"
    (tmp_path / "here").mkdir()
    backed_up = run(running, "backup", "here", cwd=tmp_path)
    assert (backed_up.returncode, backed_up.stderr) == (0, "")
    assert len(list((tmp_path / "here").iterdir())) == 1
    wrong = run(running, "total", "--year", "1999-00")
    assert (wrong.returncode, bool(wrong.stderr)) == (1, True)
    restored = run(running, "restore", "here", cwd=tmp_path)
    assert restored.returncode == 1
    assert "is in use by another program" in restored.stderr
    account, token = make_service(running, "nightly-load", Role.OFFICER, "nhs", by="root")
    refused = run(running, "publish", "By the night", BUDGET_MODEL_ACCOUNT=account, BUDGET_MODEL_TOKEN=token)
    assert refused.returncode == 1
    assert "nightly-load is officer here, and may not run publish" in refused.stderr
    assert running.asker.is_local


def test_a_service_is_who_its_token_says_until_it_is_removed(running: Store) -> None:
    account, token = make_service(running, "Nightly-Load", Role.DIRECTOR, by="root")
    assert account == "nightly-load@service"
    asker = service_asker(running, account, token)
    assert (asker.name, asker.roles) == ("Nightly-Load", {Role.DIRECTOR})
    assert token not in str(running.select("select proof from credential"))
    for wrong in ("", "x", token[:-1]):
        with pytest.raises(Refusal, match="No service nightly-load@service has this token"):
            service_asker(running, account, wrong)
    assert "service token made" in {entry.what for entry in audit.entries(running)}
    remove(running, account, by="root")
    with pytest.raises(Refusal, match="has this token"):
        service_asker(running, account, token)


def test_what_a_command_prints_goes_to_who_asked_and_a_fault_is_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def prints(words: list[str]) -> int:
        sys.stdout.write(" ".join(words) + chr(10))
        raise RuntimeError("secret")

    done = carried_out(prints, ["hello"])  # type: ignore[arg-type]
    assert (done.status, done.out) == (1, "hello\n")
    assert "secret" not in done.err
    assert capsys.readouterr().out == ""
    assert carried_out(lambda _: sys.exit(2), []).status == 2


def test_without_a_running_program_that_listens_the_lock_is_named(
    town_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    held = (
        "import sys\nfrom budget_model.store.store import InUse, Store\n"
        "store = Store(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", held, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        assert main(["total"]) == 1
        assert "is in use by another program" in capsys.readouterr().err
        other.stdin.close()


def test_what_a_dashboard_is_asked_for_it_carries_out_itself_in_the_name_of_who_asked(
    running: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    account, token = make_service(running, "looks", Role.VISITOR, by="root")
    for name, value in (("STORE", str(running.path)), ("ACCOUNT", account), ("TOKEN", token)):
        monkeypatch.setenv(f"BUDGET_MODEL_{name}", value)
    assert main_for(["check"], "", "") == 0
    assert main(["check"]) == 1

    def held(*_: object) -> None:
        raise InUse("It is in use.")

    monkeypatch.setattr(Store, "existing", held)
    monkeypatch.setattr("budget_model.commands.running.asked", lambda *_: pytest.fail("asked itself"))
    assert main_for(["total"], "", "") == 1
    assert "It is in use." in capsys.readouterr().err


def test_a_second_dashboard_leaves_the_first_to_carry_commands_out(
    running: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(running.path))
    listen(running.path, lambda *_: 3)()
    assert run(running, "total").returncode == 0


def test_a_command_whose_answer_is_lost_says_to_look_before_it_is_done_again() -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as dying:
        path = Path(folder) / "budget.duckdb"
        asking = (path, ["total"], argparse.Namespace(command="total"))
        assert asked(*asking) is None
        dying.bind(str(socket_of(path)))
        dying.listen()
        threading.Thread(target=lambda: dying.accept()[0].close(), daemon=True).start()
        with pytest.raises(Refusal, match=r"stopped before it answered\. Look whether this was carried out"):
            asked(*asking)


def test_files_that_a_command_names_are_those_of_the_folder_it_is_given_in(
    running: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(running.path))
    (tmp_path / "return.xlsx").write_text("no workbook")
    refused = run(running, "fund-return", "--read", "return.xlsx", cwd=tmp_path)
    assert (refused.returncode, "return.xlsx" in refused.stderr) == (1, True)
    assert "There is no file" not in refused.stderr
