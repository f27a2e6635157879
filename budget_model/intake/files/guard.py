"""Reading a file that somebody uploaded, without letting it harm the server.

Each file is read in a process of its own (`child`), which is limited in memory, time and files and is ended
when it
overruns. Its answer comes back as plain values (`codec`), so that even a child taken over by its file could
not make the server run anything. However a child ends, the officer gets a sentence.
"""

import contextlib
import json
import logging
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from budget_model.intake.files import codec, limits
from budget_model.intake.files.child import NO_MEMORY, REFUSED
from budget_model.intake.files.ready import Forked, Ready
from budget_model.problem import Problem, Refusal

AT_ONCE: Final = 2
"""How many files are read at the same time: each may take as much memory as `limits` allows."""
PATIENCE: Final = 60
"""Seconds that a further file waits for its turn."""

LEASE: Final = 600
"""Seconds after which somebody's turn is over also where the program that read for them ended without saying so."""
LOOKS_EVERY: Final = 0.2
"""Seconds after which who waits for their own turn asks again."""


class Turns:
    """Of whom a file is being read: one of each person at a time, in whichever process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, tuple[int, float]] = {}
        self._last = 0

    def take(self, whose: str) -> int:
        """Begin somebody's turn and give its number; 0 where a file of theirs is being read."""
        with self._lock:
            if self._held.get(whose, (0, 0.0))[1] > time.monotonic():
                return 0
            self._last += 1
            self._held[whose] = (self._last, time.monotonic() + LEASE)
            return self._last

    def let_go(self, whose: str, number: int) -> None:
        """End a turn, unless it is over and another has begun."""
        with self._lock:
            if self._held.get(whose, (0, 0.0))[0] == number:
                del self._held[whose]


_turns: Final = threading.BoundedSemaphore(AT_ONCE)
_whose: Final[ContextVar[tuple[str, Turns | None]]] = ContextVar("whose", default=("", None))
_tell: Final[ContextVar[Callable[[float], None]]] = ContextVar("tell", default=lambda _: None)
_log: Final = logging.getLogger(__name__)


Child = subprocess.Popen[bytes] | Forked
Start = Callable[[], Child]
"""What starts the process of one file."""


def read_for(whose: str, turns: Turns) -> None:
    """Have what this thread reads from now on be for one person, of whom one file is read at a time; empty for no such limit.

    `turns` says of whom a file is being read: where several processes serve the pages, the same for all of them. So
    nobody, whatever they send and to whichever process, takes the turns of all others.
    """
    _whose.set((whose, turns))


@contextlib.contextmanager
def while_reading(tell: Callable[[float], None]) -> Iterator[None]:
    """Call `tell` a few times a second with the seconds that have passed, while this thread waits for a file to be read.

    Whatever it raises ends the reading, and its process with it: so whoever waits can give it up.
    """
    began = time.monotonic()
    before = _tell.set(lambda now: tell(now - began))
    try:
        yield
    finally:
        _tell.reset(before)


def in_child(
    data: bytes, file: str, kind: type, request: dict[str, object], start: Start | None = None
) -> object:
    """What the child answers to a request about a file: a value of the kind named. Raises `Refusal`, in a sentence.

    `start` starts the child; else it is started anew, with all that it has to load.
    """
    start = start or _started
    name = limits.shown(file, 120)
    limits.refuse_oversize(len(data), name)
    limits.refuse_many_lines(data, name)
    asked = {**request, "file": name, "size": len(data), "careful": False}
    with _own_turn(name), _turn(name):
        status, said, complaints = _run(data, asked, start)
        if status in OUT_OF_MEMORY and len(data) >= limits.AT_THE_SAME_TIME:
            # a large file is read and looked at side by side; alone, the look can name a cell that is too far
            # out
            status, said, complaints = _run(data, {**asked, "careful": True}, start)
    if status:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        _log.error("Reading %s at %s ended with status %s: %s", name, at, status, complaints[-2000:])
        raise Refusal(_sentence(status, name, len(data)))
    kinds = codec.kinds_within(kind) | codec.kinds_within(Problem)
    try:
        answer = codec.decode(said[1:], kinds)
    except codec.Unreadable as fault:
        _log.exception("The answer about %s cannot be read", name)
        raise Refusal(_sentence("an answer that cannot be read", name, len(data))) from fault
    if said[:1] == REFUSED and isinstance(answer, tuple) and len(answer) == 2:
        raise Refusal(*answer)
    if not isinstance(answer, kind):
        raise Refusal(_sentence("an answer of the wrong kind", name, len(data)))
    return answer


@contextlib.contextmanager
def _own_turn(file: str) -> Iterator[None]:
    """Wait until no other file of the same person is read."""
    whose, turns = _whose.get()
    if not whose or turns is None:
        yield
        return
    until = time.monotonic() + PATIENCE
    while not (number := turns.take(whose)):
        if time.monotonic() > until:
            raise Refusal(
                f"Another file of yours is being read, so {file} has to wait. Try again in a minute."
            )
        _tell.get()(time.monotonic())
        time.sleep(LOOKS_EVERY)
    try:
        yield
    finally:
        turns.let_go(whose, number)


@contextlib.contextmanager
def _turn(file: str) -> Iterator[None]:
    until = time.monotonic() + PATIENCE
    while not _turns.acquire(timeout=min(LOOKS_EVERY, PATIENCE)):
        if time.monotonic() > until:
            raise Refusal(
                f"Other files are being read just now, so {file} has to wait. Try again in a minute."
            )
        _tell.get()(time.monotonic())
    try:
        yield
    finally:
        _turns.release()


CHILD: Final = "budget_model.intake.child"
"""The module that a child runs."""
_ROOT: Final = Path(__file__).resolve().parents[3]
_OVERRUN: Final = "time"
_TOO_LONG_AN_ANSWER: Final = "answer"
OUT_OF_MEMORY: Final = (NO_MEMORY, -6, -7, -9, -11)
"""Exit statuses of a child that had too little memory: its own, and what the system or a library made of
it."""
_SIGNAL_OF_TIME: Final = -24


def made_ready() -> Ready | None:
    """A process that starts children faster, for many files; None where the system cannot fork."""
    return Ready(CHILD, _ROOT, _environment()) if hasattr(os, "fork") else None


def starting(ready: Ready) -> Start:
    """What starts each child by such a process, and anew once that has ended."""

    def start() -> Child:
        try:
            return ready.start()
        except OSError:
            return _started()

    return start


def _started() -> Child:
    return subprocess.Popen(  # noqa: S603  our own interpreter and module
        [sys.executable, "-s", "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env=_environment(),
        close_fds=True,
    )


def _run(data: bytes, request: dict[str, object], start: Start) -> tuple[int | str, bytes, str]:
    """Start the child and hand it the file; give its exit status (0: it answered), answer, complaints."""
    head, size = json.dumps(request).encode(), len(data)
    child = start()
    try:
        deadline = time.monotonic() + limits.LIMITS.wall_seconds(size)
        return _converse(child, [len(head).to_bytes(4, "big") + head, data], deadline)
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()


def _environment() -> dict[str, str]:
    """What the child may know of the server's surroundings: none of its secrets."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TZ") if name in os.environ}
    alone = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MALLOC_ARENA_MAX"), "1")
    return {**kept, **alone, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}


def _converse(child: Child, parts: list[bytes], deadline: float) -> tuple[int | str, bytes, str]:
    """Write and read at the same time, so that neither side waits for the other, until the deadline."""
    assert child.stdin  # noqa: S101
    assert child.stdout  # noqa: S101
    assert child.stderr  # noqa: S101
    unsent = [memoryview(part) for part in parts]
    got: dict[Any, list[bytes]] = {child.stdout: [], child.stderr: []}
    room = {child.stdout: limits.LIMITS.answer, child.stderr: limits.MEGABYTE}
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdin, selectors.EVENT_WRITE)
        ready.register(child.stdout, selectors.EVENT_READ)
        ready.register(child.stderr, selectors.EVENT_READ)
        while ready.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                return _OVERRUN, b"", ""
            _tell.get()(time.monotonic())
            for key, _ in ready.select(min(left, LOOKS_EVERY)):
                pipe: Any = key.fileobj
                if pipe is child.stdin:
                    if not _send(pipe.fileno(), unsent):
                        ready.unregister(pipe)
                        pipe.close()
                    continue
                piece = os.read(pipe.fileno(), 1 << 18)
                room[pipe] -= len(piece)
                if not piece:
                    ready.unregister(pipe)
                elif room[pipe] < 0:
                    return _TOO_LONG_AN_ANSWER, b"", ""
                else:
                    got[pipe].append(piece)
    try:
        status = child.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return _OVERRUN, b"", ""
    complaints = b"".join(got[child.stderr]).decode("utf-8", errors="replace")
    return status, b"".join(got[child.stdout]), complaints


def _send(pipe: int, unsent: list[memoryview]) -> bool:
    """Send some of what is left; False when there is nothing left or nobody listens any more."""
    try:
        sent = os.write(pipe, unsent[0][: 1 << 16])
    except BlockingIOError:
        return True
    except OSError:
        return False
    unsent[0] = unsent[0][sent:]
    if not unsent[0]:
        unsent.pop(0)
    return bool(unsent)


def _sentence(status: int | str, file: str, size: int) -> str:
    """Say how the reading ended, in a sentence that tells the officer what to do."""
    if status in (_OVERRUN, _SIGNAL_OF_TIME):
        return (
            f"{file} took longer to read than {limits.LIMITS.processor_seconds(size)} seconds, which is the "
            "most that is "
            "allowed. Copy the sheets with the budget into a new workbook and upload that."
        )
    if status in OUT_OF_MEMORY:
        return (
            f"{file} needs more memory than a budget does: usually a stray cell far below or beside the "
            "table, or many "
            "formatted empty rows. Copy the table alone into a new workbook and upload that."
        )
    if status == _TOO_LONG_AN_ANSWER:
        return f"{file} holds more than can be shown. Split it by year or directorate and upload the parts."
    return (
        f"{file} could not be read, through a fault in this program rather than in your file. The fault is "
        "in the "
        "server’s log; until it is mended, copy the table alone into a new workbook and upload that."
    )
