"""What the process that reads one file does, and within which limits.

It takes the request and the file on standard input and gives the answer on standard output. Whatever a
hostile file
does, it does here: with little memory, little time, no file to write and none of the server's secrets.
"""

import gc
import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import BinaryIO, Final, NoReturn

from budget_model.intake.files import codec, limits
from budget_model.intake.files.grid import Workbook
from budget_model.problem import Refusal

REFUSED: Final = b"N"
ANSWERED: Final = b"Y"
"""How the answer begins."""
Understand = Callable[[Workbook, Mapping[str, str]], object]
"""What makes of a workbook and an officer's answers a reading."""
FAULT: Final = 70
NO_MEMORY: Final = 71
"""Exit statuses that `guard` turns into sentences."""
GRACE: Final = 5
"""Seconds of processor time between the signal that time is up and the end."""


def main(understanding: Callable[[], Understand]) -> int:
    """Read one file as asked, and give the exit status.

    `understanding` brings the part that understands layouts, before the limits apply.
    """
    # the process ends with its answer: looking for cycles among a million cells would only take time
    gc.disable()
    from budget_model.intake.files import formats  # not for the server, which only knows how answers begin

    asked, answer = sys.stdin.buffer, _own_output()
    request = json.loads(asked.read(int.from_bytes(asked.read(4), "big")))
    understand = understanding()
    confine(request["size"])
    try:
        opened = formats.open_workbook(asked.read(), request["file"], careful=request["careful"])
        said = ANSWERED + codec.encode(understand(opened, request["answers"]))
    except Refusal as refusal:
        said = REFUSED + codec.encode((refusal.sentence, refusal.problems))
    except MemoryError:
        return NO_MEMORY
    except Exception:
        traceback.print_exc()
        return FAULT
    answer.write(said)
    answer.flush()
    return 0


def _own_output() -> BinaryIO:
    """Keep standard output for the answer alone: what a library prints goes with the errors."""
    kept = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(kept, "wb")


def confine(size: int, bounds: limits.Limits = limits.LIMITS) -> None:
    """Limit this process for good, where the system can: memory, processor time, files, and no core dump."""
    if sys.platform == "win32":
        return
    import resource

    seconds = bounds.processor_seconds(size)
    for what, most in (
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, bounds.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # the soft limit of the processor comes first, with a signal of its own: then the true reason is known
        highest = lowest + GRACE if what == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else lowest
        resource.setrlimit(what, (lowest, highest))


def leave(status: int) -> NoReturn:
    """End at once: the answer is given, and taking a million cells apart again would only take time."""
    sys.stdout.flush()
    os._exit(status)
