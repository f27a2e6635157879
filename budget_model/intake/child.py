"""The process that reads one file and ends: `python -m budget_model.intake.child`, started by `guard` alone.

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
from typing import BinaryIO, Final

from budget_model.intake import codec, formats, limits
from budget_model.intake.grid import Workbook
from budget_model.problem import Refusal

REFUSED: Final = b"N"
ANSWERED: Final = b"Y"
"""How the answer begins."""
FAULT: Final = 70
NO_MEMORY: Final = 71
"""Exit statuses that `guard` turns into sentences."""


def main() -> int:
    """Read one file as asked, and give the exit status."""
    asked, answer = sys.stdin.buffer, _own_output()
    request = json.loads(asked.read(int.from_bytes(asked.read(4), "big")))
    understand = _understanding() if request["understand"] else None
    confine(request["size"])
    # the process ends with its answer: looking for cycles among a million cells would only take time
    gc.disable()
    try:
        opened = formats.open_workbook(asked.read(), request["file"], careful=request["careful"])
        said = ANSWERED + codec.encode(understand(opened, request["answers"]) if understand else opened)
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


def _understanding() -> Callable[[Workbook, Mapping[str, str]], object]:
    """The layout's part, imported before the limits apply and only where it is needed."""
    from budget_model.intake.reading import understand

    return understand


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
        resource.setrlimit(what, (lowest, lowest))


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # the answer is given: leaving at once saves taking a million cells apart again
    os._exit(status)
