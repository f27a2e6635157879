"""The command line beside a running dashboard: the program that has the store open carries the command out.

A store is opened by one program at a time. While the dashboard runs, a command asks it, through a socket beside the
store that the store's own user alone can reach; what the command prints, and its status, come back as if it had run by
itself. Commands wait for each other.
"""

import argparse
import contextvars
import io
import json
import logging
import os
import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from budget_model.problem import Refusal
from budget_model.store.attached import LONGEST_PATH, is_own_user

LOG: Final = logging.getLogger("budget_model.command")
NEVER: Final = frozenset({"restore", "serve", "compact"})
"""Commands that a running dashboard does not carry out: it is stopped for `restore` and `serve`, and `compact` asks the
lake itself."""
BOTH: Final = 1 << 20

Main = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a command that another program carried out printed, and its exit status."""

    status: int
    out: str
    err: str


def socket_of(store: Path) -> Path:
    """Where the program that has a store open listens."""
    return store.resolve().with_name(f"{store.name}.socket")


def asked(store: Path, words: Sequence[str], options: argparse.Namespace) -> Answered | None:
    """Have the program that has the store open carry a command out; None where none listens, or it never may.

    Raises `Refusal` where it was asked and no answer came.
    """
    if options.command in NEVER or getattr(options, "stores", None):
        return None  # other stores than the dashboard's are asked here
    request = {
        "words": _with_whole_paths(words, options),
        "account": os.environ.get("BUDGET_MODEL_ACCOUNT") or "",
        "token": os.environ.get("BUDGET_MODEL_TOKEN") or "",
    }
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(str(socket_of(store)))
        except OSError:
            return None
        try:
            line.sendall(json.dumps(request).encode() + b"\n")
            line.shutdown(socket.SHUT_WR)
            said = json.loads(b"".join(iter(lambda: line.recv(BOTH), b"")))
            return Answered(int(said["status"]), str(said["out"]), str(said["err"]))
        except (OSError, ValueError, KeyError) as reason:
            raise Refusal(
                "The dashboard was stopped before it answered. Look whether this was carried out before you do it again."
            ) from reason


def _with_whole_paths(words: Sequence[str], options: argparse.Namespace) -> list[str]:
    """The words of a command with paths that lead to the same files from any folder."""
    paths = {str(value) for value in vars(options).values() if isinstance(value, Path)}
    written = []
    for word in words:
        name, equals, value = word.partition("=")
        if str(Path(word)) in paths:
            written.append(str(Path(word).absolute()))
        elif equals and name.startswith("--") and str(Path(value)) in paths:
            written.append(f"{name}={Path(value).absolute()}")
        else:
            written.append(word)
    return written


# The other side


class _ByThread(io.TextIOBase):
    """Standard output that goes to whoever asked, in the thread that carries their command out."""

    def __init__(self, usual: IO[str]) -> None:
        self._usual = usual
        self.held: contextvars.ContextVar[io.StringIO | None] = contextvars.ContextVar("held", default=None)

    def write(self, text: str) -> int:
        return (self.held.get() or self._usual).write(text)

    def flush(self) -> None:
        (self.held.get() or self._usual).flush()


@contextmanager
def _held(name: str) -> Iterator[io.StringIO]:
    """What this thread prints to one of the standard outputs, for as long as it lasts."""
    usual = getattr(sys, name)
    by_thread = usual if isinstance(usual, _ByThread) else _ByThread(usual)
    setattr(sys, name, by_thread)
    kept = io.StringIO()
    token = by_thread.held.set(kept)
    try:
        yield kept
    finally:
        by_thread.held.reset(token)
        setattr(sys, name, usual)


def carried_out(main: Main, words: Sequence[str]) -> Answered:
    """Carry a command out in this program, and give what it printed."""
    with _held("stdout") as out, _held("stderr") as err:
        try:
            status = main(words)
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 2
        except Exception as fault:
            LOG.error("a command failed", exc_info=fault)
            print(
                "The dashboard could not carry this out, because of a fault in this program.", file=sys.stderr
            )
            status = 1
    return Answered(status, out.getvalue(), err.getvalue())


def listen(store: Path, main: Callable[[Sequence[str], str, str], int]) -> Callable[[], None]:
    """Carry out commands that are asked for beside a store; gives how to stop. `main` takes words, account and token."""
    path = socket_of(store)
    if len(os.fsencode(path)) > LONGEST_PATH:
        LOG.warning("commands are not carried out while this runs: the store’s path is too long for a socket")
        return lambda: None
    if _is_listened_to(path):
        LOG.warning(
            "commands are not carried out here: another program that was started on this store does so"
        )
        return lambda: None
    one_at_a_time = threading.Lock()

    class Asked(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if not is_own_user(self.request.fileno()):
                return
            asked = self.rfile.readline(BOTH)
            if not asked:
                return
            request = json.loads(asked)
            words, account, token = (
                list(map(str, request["words"])),
                str(request["account"]),
                str(request["token"]),
            )
            with one_at_a_time:
                done = carried_out(lambda words: main(words, account, token), words)
            said = {"status": done.status, "out": done.out, "err": done.err}
            self.wfile.write(json.dumps(said).encode())

    class Server(socketserver.ThreadingUnixStreamServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            LOG.warning("a command was asked for that could not be read, or nobody waited for its answer")

    path.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        server = Server(str(path), Asked)
    finally:
        os.umask(before)
    threading.Thread(target=server.serve_forever, name="commands", daemon=True).start()

    def stop() -> None:
        server.shutdown()
        server.server_close()
        with suppress(OSError):
            path.unlink()

    return stop


def _is_listened_to(path: Path) -> bool:
    """Whether a program that runs listens at a socket, and not merely left it behind."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(str(path))
        except OSError:
            return False
        return True
