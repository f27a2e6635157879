"""Whose each file is that a page made: its address opens it in the session that was shown it, and in no other.

The framework gives a file by its address alone, whoever asks, and carries out what a download button was given
without saying for whom. Here each file is noted for the sessions whose pages made it, and a download is made in the
name of whoever was shown its button.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from budget_model.sign_in import fingerprint
from pages.shared import asking

MOST: Final = 50_000
"""Files of which it is known whose they are; the oldest are forgotten, and open for nobody."""


@dataclass(slots=True)
class Media:
    """The sessions that each file was made for, by the file's name without its ending."""

    _of: OrderedDict[str, set[str]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, file: str, session: str) -> None:
        """Note that a file was made for a session, by what its browser holds."""
        with self._lock:
            self._of.setdefault(file, set()).add(fingerprint(session))
            self._of.move_to_end(file)
            while len(self._of) > MOST:
                self._of.popitem(last=False)

    def pass_on(self, button: str, file: str) -> None:
        """Note that a file was made by a button, for the sessions that were shown the button."""
        with self._lock:
            self._of.setdefault(file, set()).update(self._of.get(button, ()))

    def is_for(self, address: str, session: str) -> bool:
        """Whether the file at an address was made for a session."""
        with self._lock:
            return fingerprint(session) in self._of.get(PurePosixPath(address).stem, ())


MEDIA: Final = Media()
"""The files of this program."""


def watch(media: Media = MEDIA) -> None:
    """Have the framework note whose each file is from now on; once, before it serves anybody."""
    add, defer, make = MediaFileManager.add, MediaFileManager.add_deferred, MediaFileManager.execute_deferred

    def added(manager: MediaFileManager, *args: Any, **named: Any) -> str:
        address = add(manager, *args, **named)
        media.note(PurePosixPath(address).stem, asking.session())
        return address

    def deferred(
        manager: MediaFileManager, data_callable: Callable[[], Any], *args: Any, **named: Any
    ) -> str:
        button = defer(manager, in_the_same_name(data_callable), *args, **named)
        media.note(button, asking.session())
        return button

    def made(manager: MediaFileManager, file_id: str) -> str:
        address = make(manager, file_id)
        media.pass_on(file_id, PurePosixPath(address).stem)
        return address

    for name, noted in (("add", added), ("add_deferred", deferred), ("execute_deferred", made)):
        setattr(MediaFileManager, name, noted)


def in_the_same_name(make: Callable[[], Any]) -> Callable[[], Any]:
    """What makes a download, carried out later in the session that was shown its button."""
    context = get_script_run_ctx()

    def made() -> Any:
        result: list[Any] = []

        def carry_out() -> None:
            try:
                result.append(make())
            except BaseException as fault:  # raised again where it was asked for
                result.append(fault)

        # a thread of its own, so that the next download that this one makes is not in that name
        thread = threading.Thread(target=carry_out, name="download")
        add_script_run_ctx(thread, context)
        thread.start()
        thread.join()
        if isinstance(result[0], BaseException):
            raise result[0]
        return result[0]

    return made
