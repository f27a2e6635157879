"""Files spoilt at random: a sample of what `benchmarks/mutate_uploads.py` does in its thousands."""

import pytest

from benchmarks import mutate_uploads
from tests.sampled import WHOLE

HOW_MANY = 600 if WHOLE else 200
FINE = {"read", "refused", "refused as no budget", "out of memory"}


@pytest.mark.slow
def test_spoilt_files_are_read_or_refused_and_nothing_fails() -> None:
    went = list(mutate_uploads.outcomes(HOW_MANY, seed=7))
    assert [number for number, _ in went] == list(range(HOW_MANY))
    assert [
        (number, said) for number, said in went if said not in FINE and "the guard: refused" not in said
    ] == []


@pytest.mark.slow
def test_spoilt_uploads_through_the_guard_end_in_a_reading_or_a_sentence() -> None:
    seeds = mutate_uploads.seeds()
    assert {mutate_uploads.guarded(number, 11, seeds) for number in range(25)} <= FINE


def test_a_spoilt_file_can_be_made_again_from_its_number() -> None:
    seeds = mutate_uploads.seeds()
    assert mutate_uploads.spoilt(5, 3, seeds) == mutate_uploads.spoilt(5, 3, seeds)
    assert len({mutate_uploads.spoilt(number, 3, seeds)[1] for number in range(40)}) > 30
