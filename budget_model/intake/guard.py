"""Reading a file that somebody uploaded, without letting it harm the server: the way in for everybody else."""

from collections.abc import Mapping

from budget_model.intake.files.guard import in_child
from budget_model.intake.sheet.table import Reading


def read_guarded(data: bytes, file: str, answers: Mapping[str, str] | None = None) -> Reading:
    """Read a file and understand its layout, in a process of its own.

    `answers` are what the officer has answered to the reading's questions. Raises `Refusal`, in a sentence
    that says
    what to do, for every file that cannot be read, whatever the reason.
    """
    reading = in_child(data, file, Reading, {"answers": dict(answers or {})})
    assert isinstance(reading, Reading)  # noqa: S101
    return reading
