"""How much one visit, and one person, may have lying in the server's memory of files that were dropped and not taken yet.

The framework keeps a file that somebody dropped until its visit ends, and takes any number of them.
"""

import threading
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.exceptions import HTTPException
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.shared import asking

OF_A_VISIT: Final = 60_000_000
"""Bytes that one visit may have waiting: three of the largest files."""
OF_A_PERSON: Final = 2 * OF_A_VISIT
"""The same of all visits of a person who is signed in."""
FULL: Final = "Too many files wait in this browser. Load what you dropped, or open the page again."
WHO: Final[ContextVar[str]] = ContextVar("who", default="")
"""Who sends the request that is answered, by their account; empty where nobody signs in."""


@dataclass(slots=True)
class Uploads:
    """Whose each visit is that dropped a file."""

    _of: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def refuse_too_much(self, manager: MemoryUploadedFileManager, visit: str, size: int) -> None:
        """Raise the answer to an upload that would make a visit, or its person, hold more than they may."""
        with self._lock:
            person = self._of[visit] = WHO.get()
            self._of = {
                one: who for one, who in self._of.items() if one == visit or manager.file_storage.get(one)
            }
            theirs = [one for one, who in self._of.items() if person and who == person]
        if _held(manager, [visit]) + size > OF_A_VISIT or _held(manager, theirs) + size > OF_A_PERSON:
            raise HTTPException(413, FULL)


def _held(manager: MemoryUploadedFileManager, visits: list[str]) -> int:
    return sum(
        len(file.data) for visit in visits for file in list(manager.file_storage.get(visit, {}).values())
    )


def watch(uploads: Uploads | None = None) -> None:
    """Have the framework refuse what is too much from now on; once, before it serves anybody."""
    known, add = uploads or Uploads(), MemoryUploadedFileManager.add_file

    def added(manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
        known.refuse_too_much(manager, session_id, len(file.data))
        add(manager, session_id, file)

    setattr(MemoryUploadedFileManager, "add_file", added)  # noqa: B010  # as the type checker sees it, no method is set


def let_go(dropped: Any) -> None:
    """Give back the memory of a file that was dropped, now that it is kept."""
    if runtime.exists() and (visit := asking.visit()):
        manager = runtime.get_instance().uploaded_file_mgr
        if isinstance(manager, MemoryUploadedFileManager):
            manager.remove_file(visit, dropped.file_id)
