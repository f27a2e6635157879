"""What every handle of one open store has in common: one writer at a time, and how often it was written."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, Protocol


class Observer(Protocol):
    """Who takes note of how a store is asked and changed."""

    def took(self, question: str, seconds: float) -> None:
        """Note how long a question took."""

    def waits(self, more: int) -> None:
        """Note that so many more changes wait for their turn, or fewer."""

    def wrote(self) -> None:
        """Note a change."""


class Unobserved:
    """Takes note of nothing."""

    def took(self, question: str, seconds: float) -> None:
        """Nothing."""

    def waits(self, more: int) -> None:
        """Nothing."""

    def wrote(self) -> None:
        """Nothing."""


_OBSERVERS: list[Observer] = [Unobserved()]


def observe(observer: Observer) -> None:
    """Have somebody take note of how every store of this program is asked and changed, from now on."""
    _OBSERVERS[:] = [observer]


def observer() -> Observer:
    """Who takes note."""
    return _OBSERVERS[0]


class Shared:
    """The lock of writers, the count of changes, and what is known until the next of them."""

    def __init__(self) -> None:
        self.writing: AbstractContextManager[object] = threading.RLock()
        self.changes = 0
        self.known: tuple[int, dict[Hashable, Any]] = (0, {})
        self._told = threading.Condition()

    def wrote(self) -> None:
        """Count a change, and tell whoever waits for one."""
        with self._told:
            self.changes += 1
            self._told.notify_all()
        observer().wrote()

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """Hold the lock of writers, once it is this change's turn."""
        with ExitStack() as held:
            observer().waits(1)
            try:
                held.enter_context(self.writing)
            finally:
                observer().waits(-1)
            yield

    def wait_for_change(self, since: int, seconds: float) -> int:
        """The count of changes, once it is another than `since` or so many seconds are over."""
        with self._told:
            self._told.wait_for(lambda: self.changes != since, seconds)
            return self.changes
