"""Where each room is in a story that is shown: every window of it, on whichever device, is in step."""

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from budget_model.sign_in import kept_by_the_owner


class Mover(StrEnum):
    """Which window moved the room on."""

    SCREEN = "screen"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Room:
    """Where a room is in a story. Kept by one process alone: after a restart the link of the screen says it."""

    moved_at: int
    """Milliseconds; a later move wins."""
    screen: int
    moved_by: Mover


@dataclass(slots=True)
class Rooms:
    """Every room in which something is shown."""

    _at: dict[str, Room] = field(default_factory=dict)

    def where(self, room: str) -> Room | None:
        """Where a room is; None where nobody shows anything."""
        return self._at.get(room)

    def move(self, room: str, screen: int, by: Mover) -> None:
        """Move a room to a screen."""
        self._at[room] = Room(time.time_ns() // 1_000_000, screen, by)

    def every(self) -> tuple[Room, ...]:
        """Every room, the one that was entered first first."""
        return tuple(self._at.values())

    def forget(self) -> None:
        """Nobody shows anything any more."""
        self._at.clear()


ROOMS: Final = kept_by_the_owner("rooms", Rooms())
"""The rooms of this program, or of all workers of the one that owns the store."""
