"""`serve`: several workers behind one address; one that is killed is started again, and the people it served go on."""

import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from budget_model.__main__ import main
from budget_model.access import Role
from budget_model.contribute.submission import Submission
from budget_model.sign_in import choose_password
from budget_model.store.checks import check
from budget_model.store.people import give, invite
from budget_model.store.store import Store
from tests.towns import line, receive, submission

ROOT = Path(__file__).parents[2]
ANN, WORDS = "ann@council.example", "correct horse battery"


@contextmanager
def serving(path: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Two workers on a store, once they answer; the address that people use and the program that was started."""
    environment = {**os.environ, "BUDGET_MODEL_STORE": str(path), "BUDGET_MODEL_SIGN_IN": "accounts"}
    with subprocess.Popen(
        [sys.executable, "-m", "budget_model", "serve", "--workers", "2", "--port", str(free_port())],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as program:
        assert program.stderr
        address = next(
            (found[1] for said in program.stderr if (found := re.match(r"(http://\S+): 2 workers", said))), ""
        )
        assert address, "it did not start"
        try:
            yield address, program
        finally:
            program.terminate()
            program.stderr.read()


def book(body: str, pounds: int) -> Submission:
    """What a body sends: one line, from a file that holds its name alone."""
    return submission(body, [line("Care", pounds, "care")], sha256=hashlib.sha256(body.encode()).hexdigest())


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def workers_of(program: "subprocess.Popen[str]") -> dict[int, int]:
    """The workers that run at this moment: the process of each, and the port at which it answers the proxy."""
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
    commands = {int(child): Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0") for child in children}
    return {child: int(words[-2]) for child, words in commands.items() if b"server.py" in words}


def answer(program: "subprocess.Popen[str]", *, besides: int) -> bool:
    """Whether two workers answer, the one that is gone not among them."""
    ports = [port for child, port in workers_of(program).items() if child != besides]
    try:
        return [urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").status for port in ports] == [
            200,
            200,
        ]
    except OSError:
        return False


def until(holds: Callable[[], bool]) -> bool:
    """Whether it holds within a minute."""
    end = time.monotonic() + 60
    while not holds() and time.monotonic() < end:
        time.sleep(0.1)
    return holds()


def browser_of_ann(address: str) -> urllib.request.OpenerDirector:
    """A browser in which Ann has signed in; it keeps cookies and follows the door's answer."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = urlencode({"account": ANN, "password": WORDS}).encode()
    assert browser.open(f"{address}/sign-in", form, timeout=60).status == 200
    return browser


def is_let_in(browser: urllib.request.OpenerDirector, address: str) -> bool:
    """Whether a page is answered, and not the door."""
    return not browser.open(f"{address}/overview", timeout=60).url.endswith("sign-in?next=%2Foverview")


def test_workers_are_one_dashboard_and_outlive_each_other(
    town_made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not shutil.which("caddy"):
        pytest.skip("No caddy is installed, which stands before the workers.")
    if not Path("/proc/self/task").exists():
        pytest.skip("This system does not list the processes that a process has started.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(town_made, Path(folder) / "budget.duckdb"))
        with Store(path) as store:
            receive(store, book("council", 100), b"council", by="Ann")
            give(store, ANN, Role.OFFICER, "council", name="Ann", by="root")
            choose_password(store, invite(store, ANN, by="root"), WORDS)
        monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
        with serving(path) as (address, program):
            ann = browser_of_ann(address)
            assert is_let_in(ann, address)
            for worker in workers_of(program):
                os.kill(worker, signal.SIGKILL)
                assert is_let_in(ann, address), "her session is not the killed worker’s alone"
                assert until(lambda gone=worker: answer(program, besides=gone))
            assert main(["total", "--json"]) == 0, "a command beside it asks the same store"
            assert json.loads(capsys.readouterr().out)["total"] == "100.00"
            assert main(["running", "--json"]) == 0
            assert json.loads(capsys.readouterr().out)["questions"], (
                "workers and owner measure into one folder"
            )
            with Store(path) as beside:
                receive(beside, book("nhs", 50), b"nhs", by="Bob")
            every = workers_of(program)
            program.send_signal(signal.SIGTERM)
            assert program.wait(60) == 0
        assert not any(Path(f"/proc/{worker}").exists() for worker in every)
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(address, timeout=5)
        with Store(path, alone=True) as store:
            broken = [(one.law, one.troubles) for one in check(store) if one.troubles]
            assert broken == []
            assert store.select("select count(*) from submission")[0][0] == 2


def test_serve_says_what_it_cannot_do(
    town_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(shutil.copy(town_made, tmp_path / "budget.duckdb")))
    for words, sentence in (
        (["--workers", "0"], "--workers is a number from 1 to 64."),
        (["--address", "0.0.0.0"], "Without accounts the dashboard answers this machine alone"),
    ):
        assert main(["serve", *words]) == 1
        assert sentence in capsys.readouterr().err
