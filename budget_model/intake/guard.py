"""Reading a file that somebody uploaded, without letting it harm the server: the way in for everybody else."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from typing import Protocol

from budget_model.intake.files.guard import (
    AT_ONCE,
    Start,
    Turns,
    in_child,
    made_ready,
    read_for,
    starting,
    while_reading,
)
from budget_model.intake.sheet.table import Reading

__all__ = ["Reader", "Turns", "read_for", "read_guarded", "reading_many", "while_reading"]


def read_guarded(
    data: bytes, file: str, answers: Mapping[str, str] | None = None, start: Start | None = None
) -> Reading:
    """Read a file and understand its layout, in a process of its own.

    `answers` are what the officer has answered to the reading's questions. Raises `Refusal`, in a sentence
    that says
    what to do, for every file that cannot be read, whatever the reason.
    """
    reading = in_child(data, file, Reading, {"answers": dict(answers or {})}, start)
    assert isinstance(reading, Reading)  # noqa: S101
    return reading


class Reader(Protocol):
    """Reads one file, with what is answered to its questions beforehand."""

    def __call__(self, data: bytes, file: str, answers: Mapping[str, str] | None = None) -> Reading:
        """What is understood of the file; raises `Refusal` as `read_guarded` does."""
        ...


@contextmanager
def reading_many() -> Iterator[Reader]:
    """A reader of many files, from several threads: each in a process of its own, which has the reader loaded already."""
    idle: SimpleQueue[Start | None] = SimpleQueue()
    with ExitStack() as ends:
        for _ in range(AT_ONCE):
            ready = made_ready()
            if ready:
                ends.callback(ready.end)
            idle.put(starting(ready) if ready else None)

        def read(data: bytes, file: str, answers: Mapping[str, str] | None = None) -> Reading:
            start = idle.get()
            try:
                return read_guarded(data, file, answers, start)
            finally:
                idle.put(start)

        yield read
