"""A process that has the reader loaded and starts another for each file: what a place of many workbooks is read with.

Most of the time that a small workbook takes is that of loading the reader. Here it is loaded once; each file is still
read in a process of its own, which is limited before it sees a byte and ends with its answer (`child`). The process
that waits never touches a file. It is told of each file by three pipes, which become the reader's own input, output
and errors, and answers with the reader's number and then with its exit status.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Final, NoReturn

from budget_model.intake.files import child

WORD: Final = "--ready"
"""What the process is started with, before the number of its socket."""
EXAMPLE: Final = b"Service,Budget 2016/17\nRoads,2\nCare,3\nTotal,5\n"
"""What is read before any file, so that the lists of words and limits are loaded for all of them."""
START: Final = b"r"
PATIENCE: Final = 60
"""Seconds within which it has loaded the reader and answers."""
BYTES: Final = 4
"""How long a number is on the socket."""


class Forked:
    """One file's reader: what of `subprocess.Popen` the guard asks for."""

    def __init__(self, pid: int, door: socket.socket, ends: tuple[int, int, int]) -> None:
        self._pid, self._door = pid, door
        self.stdin: IO[bytes] = os.fdopen(ends[0], "wb", buffering=0)
        self.stdout: IO[bytes] = os.fdopen(ends[1], "rb", buffering=0)
        self.stderr: IO[bytes] = os.fdopen(ends[2], "rb", buffering=0)
        self._status: int | None = None

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.wait(0.001)
        return None

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, once it has ended; raises `TimeoutExpired` where that takes longer."""
        if self._status is None:
            self._door.settimeout(timeout)
            try:
                said = self._door.recv(BYTES)
            except TimeoutError as late:
                raise subprocess.TimeoutExpired("reader", timeout or 0) from late
            self._status = int.from_bytes(said, "big", signed=True) if said else child.FAULT
        return self._status

    def kill(self) -> None:
        """End it now."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)


class Ready:
    """The process that waits, as whoever started it sees it: for one file at a time."""

    def __init__(self, module: str, folder: Path, environment: Mapping[str, str]) -> None:
        self._door, theirs = socket.socketpair()
        with theirs:
            self._waiting = subprocess.Popen(  # noqa: S603  our own interpreter and module
                [sys.executable, "-s", "-m", module, WORD, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=dict(environment),
                pass_fds=(theirs.fileno(),),
            )

    def start(self) -> Forked:
        """Start the reader of one file; raises `OSError` where the process that waits is gone or does not answer."""
        pipes = [os.pipe() for _ in range(3)]
        theirs = (pipes[0][0], pipes[1][1], pipes[2][1])
        ours = (pipes[0][1], pipes[1][0], pipes[2][0])
        try:
            self._door.settimeout(PATIENCE)
            socket.send_fds(self._door, [START], theirs)
            said = self._door.recv(BYTES)
            if not said:
                raise OSError("The process that starts readers has ended.")
        except OSError:
            self._door.close()  # it may answer late, and what it then says would be taken for another file's
            for end in ours:
                os.close(end)
            raise
        finally:
            for end in theirs:
                os.close(end)
        return Forked(int.from_bytes(said, "big"), self._door, ours)

    def end(self) -> None:
        """Let the process that waits end, and wait for it."""
        self._door.close()
        self._waiting.kill()
        self._waiting.wait()


def wait_for_files(understanding: Callable[[], child.Understand], number: int) -> NoReturn:
    """Load the reader, then fork for each file that is told of on a socket, until nobody is left at its other end."""
    from budget_model.intake.files import formats  # not for the server, as in `child`

    understanding()(formats.open_workbook(EXAMPLE, "example.csv", careful=False), {})
    with socket.socket(fileno=number) as door:
        while True:
            said, pipes, _, _ = socket.recv_fds(door, len(START), 3)
            if not said:
                child.leave(0)
            pid = os.fork()
            if not pid:
                door.close()
                _take_over(pipes)
                child.leave(child.main(understanding))
            for pipe in pipes:
                os.close(pipe)
            door.sendall(pid.to_bytes(BYTES, "big"))
            status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            door.sendall(status.to_bytes(BYTES, "big", signed=True))


def _take_over(pipes: list[int]) -> None:
    """Make three pipes this process's own input, output and errors."""
    for number, pipe in enumerate(pipes):
        os.dup2(pipe, number)
        os.close(pipe)
