"""The process that reads one file and ends: `python -m budget_model.intake.child`, started by the guard alone."""

from budget_model.intake.files import child


def _understanding() -> child.Understand:
    from budget_model.intake.reading import understand

    return understand


if __name__ == "__main__":
    child.leave(child.main(_understanding))
