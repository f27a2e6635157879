"""What every handle of one open store has in common: one writer at a time, and how often it was written."""

import threading
from collections.abc import Hashable
from contextlib import AbstractContextManager
from typing import Any


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

    def wait_for_change(self, since: int, seconds: float) -> int:
        """The count of changes, once it is another than `since` or so many seconds are over."""
        with self._told:
            self._told.wait_for(lambda: self.changes != since, seconds)
            return self.changes
