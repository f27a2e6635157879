"""The programs of `serve`: the proxy that people reach, and the workers behind it; who has ended is started again.

The proxy is Caddy. It sends a browser to the worker that it was sent to before, by a cookie, and to another where that
one does not answer.
"""

import logging
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from budget_model.problem import Refusal
from budget_model.store.attached import WORKER
from budget_model.store.store import usual_path

LOG: Final = logging.getLogger("budget_model.serve")
ROOT: Final = Path(__file__).parents[2]
HERE: Final = "127.0.0.1"
COOKIE: Final = "budget_model_worker"
"""By what the proxy knows to which worker it sent a browser."""
CONFIGURATION: Final = """
{{
	admin off
	auto_https off
	grace_period 2s
	log {{
		level WARN
	}}
}}
http://:{port} {{
	bind {address}
	request_body {{
		max_size 25MB
	}}
	reverse_proxy {workers} {{
		lb_policy cookie {cookie} {secret}
		lb_try_duration 20s
		lb_try_interval 100ms
		fail_duration 1s
		health_uri /healthz
		health_interval 2s
		health_timeout 5s
		trusted_proxies 127.0.0.0/8 ::1
	}}
}}
"""
LONGEST_START: Final = 120.0
"""Seconds within which a worker answers, or has failed."""
LONGEST_END: Final = 20.0
"""Seconds after which a program that was told to end is ended."""
SOON: Final = 10.0
"""Seconds of life; a program that ended earlier is not started again at once."""
LONGEST_PAUSE: Final = 30.0
LOOKS_EVERY: Final = 0.2
DIRECTLY: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks this machine itself, also where a proxy is set for the way out."""


@dataclass(slots=True)
class Program:
    """One program that is kept running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    told: str = ""
    """What it reads when it starts."""
    process: "subprocess.Popen[str] | None" = None
    began: float = 0
    hasty: int = 0
    """How often in a row it ended soon after its start."""
    again: float = 0
    """When it is started again at the earliest."""

    def start(self) -> None:
        """Start it; it ends with this program, however this one ends, where the system can see to that."""
        self.process = subprocess.Popen(  # noqa: S603  # this very interpreter, or the proxy
            [*_bound(), *self.command],
            cwd=ROOT,
            env=dict(self.environment),
            stdin=subprocess.PIPE,
            stdout=sys.stderr,
            text=True,
        )
        if self.process.stdin is not None:
            with (
                suppress(BrokenPipeError),
                self.process.stdin as reads,
            ):  # one that has ended already is seen later
                reads.write(self.told)
        self.began = time.monotonic()

    @property
    def has_ended(self) -> bool:
        """Whether it was started and does not run any more."""
        return self.process is not None and self.process.poll() is not None

    def start_again(self) -> None:
        """Start it once more where it has ended, at once or, where it ends again and again, after a while."""
        moment = time.monotonic()
        if not self.has_ended or moment < self.again:
            return
        if not self.again:
            self.hasty = self.hasty + 1 if moment - self.began < SOON else 0
            LOG.warning("a program has ended and is started again", extra={"told": {"program": self.name}})
            self.again = moment + (min(LONGEST_PAUSE, 2.0**self.hasty) if self.hasty > 1 else 0)
            if moment < self.again:
                return
        self.again = 0
        if self.process is not None:
            from budget_model import measured  # once it is known where to measure

            measured.forget(self.process.pid)
        self.start()

    def end(self) -> None:
        """Tell it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for its end; what does not end in time is ended."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            LOG.warning("a program did not end in time", extra={"told": {"program": self.name}})
            self.process.kill()
            self.process.wait()


@cache
def _bound() -> tuple[str, ...]:
    """What starts a program so that the system ends it with this one; nothing where this system’s `setpriv` cannot."""
    setpriv, nothing = shutil.which("setpriv"), shutil.which("true")
    if not setpriv or not nothing:
        return ()
    words = (setpriv, "--pdeathsig", "TERM")
    tried = subprocess.run([*words, nothing], capture_output=True, check=False)  # noqa: S603  # the system’s own
    return words if tried.returncode == 0 else ()


def proxy(address: str, port: int, workers: Sequence[int]) -> Program:
    """The proxy before workers at these ports; raises `Refusal` where there is none on this machine, or the port is taken."""
    caddy = shutil.which("caddy")
    if not caddy:
        raise Refusal(
            "Several workers need the proxy Caddy before them, which is not on this machine: install it "
            "(Debian, Ubuntu: apt install caddy), or start the dashboard alone by `make start`."
        )
    _refuse_taken(address, port)
    configuration = CONFIGURATION.format(
        address=address,
        port=port,
        workers=" ".join(f"{HERE}:{worker}" for worker in workers),
        cookie=COOKIE,
        secret=secrets.token_hex(32),
    )
    command = [caddy, "run", "--adapter", "caddyfile", "--config", "-"]
    return Program("proxy", command, os.environ, configuration)


def workers(how_many: int) -> dict[int, Program]:
    """So many workers by their ports, which nothing else uses; a cookie that one has signed is good for all."""
    environment = {
        **os.environ,
        WORKER: "1",
        "BUDGET_MODEL_STORE": str(usual_path().absolute()),
        "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32),
    }
    command = [sys.executable, "-m", "streamlit", "run", "server.py", "--server.headless", "true"]
    return {
        port: Program(
            f"worker {number}",
            [*command, "--server.address", HERE, "--server.port", str(port)],
            environment | {WORKER: str(number)},
        )
        for number, port in enumerate(_free_ports(how_many), 1)
    }


def start(programs: Mapping[int, Program], stopping: threading.Event, address: str = HERE) -> bool:
    """Start programs and wait until each answers at its port of an address; False where told to stop meanwhile.

    Raises `Refusal` for one that ends instead.
    """
    until = time.monotonic() + LONGEST_START
    for program in programs.values():
        program.start()
    for port, program in programs.items():
        while not _answers(address, port):
            if program.has_ended or time.monotonic() > until:
                raise Refusal(f"The dashboard’s {program.name} did not start; what it said stands above.")
            if stopping.wait(LOOKS_EVERY):
                return False
    return True


def keep_running(programs: Sequence[Program], stopping: threading.Event) -> None:
    """Start again whichever ends, until told to stop."""
    while not stopping.wait(LOOKS_EVERY):
        for program in programs:
            program.start_again()


def end(programs: Sequence[Program]) -> None:
    """End them all, the first first to be told, and wait for each."""
    for program in programs:
        program.end()
    until = time.monotonic() + LONGEST_END
    for program in programs:
        program.wait(max(0.1, until - time.monotonic()))


def _answers(address: str, port: int) -> bool:
    # whatever it listens on, it lets in who asks for this machine
    asked = urllib.request.Request(f"http://{address}:{port}/healthz", headers={"Host": HERE})
    with suppress(OSError), DIRECTLY.open(asked, timeout=2) as answer:
        return bool(answer.status == 200)
    return False


def _free_ports(how_many: int) -> list[int]:
    held = [socket.create_server((HERE, 0)) for _ in range(how_many)]
    ports = [int(one.getsockname()[1]) for one in held]
    for one in held:
        one.close()
    return ports


def _refuse_taken(address: str, port: int) -> None:
    try:
        socket.create_server((address, port)).close()
    except OSError as reason:
        raise Refusal(
            f"Port {port} of {address} cannot be used ({reason.strerror}). Stop the program that has it, or choose "
            "another by --port."
        ) from reason
