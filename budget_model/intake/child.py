"""The process that reads one file and ends: `python -m budget_model.intake.child`, started by the guard alone."""

import sys
from collections.abc import Mapping

from budget_model.intake.files import child, ready
from budget_model.intake.files.grid import Workbook


def _understanding() -> child.Understand:
    from budget_model.intake.plain_sheets import PLAIN, plain_sheets
    from budget_model.intake.reading import understand
    from budget_model.intake.rules import whole  # noqa: F401  before the limits apply: what Python compiles is kept

    def answer(workbook: Workbook, asked: Mapping[str, str]) -> object:
        return plain_sheets(workbook, asked) if PLAIN in asked else understand(workbook, asked)

    return answer


if __name__ == "__main__":
    if sys.argv[1:2] == [ready.WORD]:
        ready.wait_for_files(_understanding, int(sys.argv[2]))
    child.leave(child.main(_understanding))
