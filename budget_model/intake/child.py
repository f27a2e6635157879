"""The process that reads one file and ends: `python -m budget_model.intake.child`, started by the guard alone."""

from collections.abc import Mapping

from budget_model.intake.files import child
from budget_model.intake.files.grid import Workbook


def _understanding() -> child.Understand:
    from budget_model.intake.plain_sheets import PLAIN, plain_sheets
    from budget_model.intake.reading import understand

    def answer(workbook: Workbook, asked: Mapping[str, str]) -> object:
        return plain_sheets(workbook, asked) if PLAIN in asked else understand(workbook, asked)

    return answer


if __name__ == "__main__":
    child.leave(child.main(_understanding))
