"""Unused memory is freed between pages and never while one is drawn."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from budget_model import measured
from pages.shared.serving import collecting


class Ring:
    """A value that refers to itself: nothing but a walk through all values frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def never_by_itself() -> Iterator[None]:
    """Python takes no walk of its own meanwhile, and everything is looked through again afterwards."""
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("never_by_itself")
def test_what_is_no_longer_used_is_freed_also_where_an_earlier_walk_had_left_it() -> None:
    ring = Ring()
    gone = weakref.ref(ring)
    collecting.collect()
    assert gone() is ring
    assert gc.get_freeze_count() > 0
    del ring
    gc.collect()
    assert gone() is not None, "what a walk left is passed over until the next"
    collecting.collect()
    assert gone() is None


def test_a_walk_waits_until_no_page_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    walked, stop = threading.Event(), threading.Event()
    before = gc.get_threshold()
    monkeypatch.setattr(collecting, "collect", walked.set)
    monkeypatch.setattr(collecting, "FIRST", 0)
    monkeypatch.setattr(collecting, "GLANCE", 0.001)
    try:
        with measured.page("overview"):
            collecting.keep_collecting(stop)
            assert not walked.wait(0.2)
        assert walked.wait(30)
    finally:
        stop.set()
        gc.set_threshold(*before)
