"""Nothing that is uploaded can harm the server, and every officer gets a sentence that says what to do."""

import resource
import time
from typing import Any

import pytest

from budget_model.intake.files import formats, limits
from budget_model.intake.files.grid import Workbook
from budget_model.intake.guard import read_guarded
from budget_model.intake.reading import Reading
from budget_model.problem import Refusal
from tests.intake_bytes import hostile
from tests.sampled import sampled

LIGHT = [family for family in hostile.FAMILIES if family.__name__ not in hostile.HEAVY]
CASES = [pytest.param(case, id=f"{family.__name__}-{case[0]}") for family in LIGHT for case in family()]
REMEDIES = ("pload", "Delete", "Ask", "Save", "Copy", "Unpack", "Try again", "Split", "delete")


def outcome(case: hostile.Case, opened: "Workbook | Reading | Refusal") -> None:
    """A refusal says what it is about and what to do; a file that is read keeps its honest cells."""
    what, file, _, word = case
    if isinstance(opened, Refusal):
        assert word in opened.sentence, f"{what}: {opened.sentence}"
        assert opened.sentence.startswith(file), opened.sentence
        assert any(remedy in opened.sentence for remedy in REMEDIES), opened.sentence
        assert "fault in this program" not in opened.sentence, opened.sentence
        assert "Traceback" not in opened.sentence
        assert "\n" not in opened.sentence
    else:
        assert word == "", f"{what} was read"
        assert opened.sheets if isinstance(opened, Workbook) else opened.tables or opened.refused


@pytest.mark.parametrize("case", [case for case in CASES if "far_cells" not in str(case.id)])
def test_a_broken_or_hostile_file_is_refused_in_one_sentence_that_says_what_to_do(
    case: tuple[str, str, bytes, str],
) -> None:
    opened: Workbook | Refusal
    try:
        opened = formats.open_workbook(case[2], case[1])
    except Refusal as refusal:
        opened = refusal
    outcome(case, opened)


@pytest.mark.parametrize("case", [pytest.param(case, id=case[0]) for case in hostile.far_cells()])
def test_a_far_cell_is_named_before_it_can_exhaust_the_memory(case: tuple[str, str, bytes, str]) -> None:
    with pytest.raises(Refusal) as refusal:
        read_guarded(case[2], case[1])
    outcome(case, refusal.value)


def test_there_are_at_least_sixty_files_in_fifteen_families() -> None:
    counts = {family.__name__: sum(1 for _ in family()) for family in LIGHT}
    assert len(hostile.FAMILIES) >= 15
    assert sum(counts.values()) >= 60


@pytest.mark.slow
@pytest.mark.parametrize("family", hostile.FAMILIES, ids=lambda family: family.__name__)
def test_the_server_outlives_every_upload_and_hardly_grows(family: Any) -> None:
    # the files themselves are made first, so that what they weigh is not counted against the server
    cases = sampled(family(), every=3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for case in cases:
        started = time.monotonic()
        opened: Reading | Refusal
        try:
            opened = read_guarded(case[2], case[1])
        except Refusal as refusal:
            opened = refusal
        assert time.monotonic() - started < limits.LIMITS.wall_seconds(len(case[2])) + 5
        outcome(case, opened)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 300, f"the server grew by {grown:.0f} MB"


def test_a_workbook_that_claims_the_wrong_extent_loses_no_row() -> None:
    for case in hostile.lying_dimensions():
        if "nonsense" not in case[0]:
            book = formats.open_workbook(case[2], case[1])
            assert book.sheets[0].rows == [["Service", "Budget"], ["Roads", 1200]]
