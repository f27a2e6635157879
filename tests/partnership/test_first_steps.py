"""Whoever is new is led over pages that they may open, and finds their place again."""

from pathlib import Path

import pytest

from budget_model.access import Asker, Grant, Role, local
from budget_model.partnership.first_steps import GUIDES, GuidePosition, guides_for, next_step
from budget_model.problem import Refusal
from budget_model.store.first_steps import first_steps, keep_first_steps
from budget_model.store.store import Store
from pages.shared.navigation import SECTIONS

ADDRESSES = {entry.address: entry.path for entries in SECTIONS.values() for entry in entries}


def asker(role: Role, body: str = "") -> Asker:
    return Asker("Bo", f"{role}@town.example", (Grant(role, body),))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.key)
def test_every_step_leads_to_a_page_that_there_is(guide) -> None:  # type: ignore[no-untyped-def]
    assert [(step.address, step.page) for step in guide.steps] == [
        (step.address, ADDRESSES[step.address]) for step in guide.steps
    ]


@pytest.mark.parametrize(
    ("who", "first"),
    [
        (local("Bo"), "director"),
        (asker(Role.DIRECTOR), "director"),
        (asker(Role.OFFICER, "council"), "officer"),
        (asker(Role.BOARD_MEMBER), "board"),
        (asker(Role.VISITOR), "visitor"),
    ],
)
def test_the_guide_of_ones_own_role_comes_first_and_leads_nowhere_forbidden(who: Asker, first: str) -> None:
    guides = guides_for(who)
    assert guides[0].key == first
    assert all(who.may_open(step.address) for guide in guides for step in guide.steps)


def test_a_guide_ends_after_its_last_step() -> None:
    assert next_step(GuidePosition("director", 0)) == GuidePosition("director", 1)
    assert next_step(GuidePosition("director", 5)) is None


def test_each_person_finds_the_own_place_again_and_nobody_elses(tmp_path: Path) -> None:
    with Store(tmp_path / "budget.duckdb") as store:
        ann, bo = (store.asked_by(asker(role)) for role in (Role.DIRECTOR, Role.VISITOR))
        assert first_steps(ann) is None
        keep_first_steps(ann, GuidePosition("director", 2))
        keep_first_steps(ann, GuidePosition("director", 3, left=True))
        assert first_steps(ann) == GuidePosition("director", 3, left=True)
        assert first_steps(bo) is None
        for wrong in (GuidePosition("director", 6), GuidePosition("nobody", 1)):
            with pytest.raises(Refusal, match="no such step"):
                keep_first_steps(bo, wrong)
        assert first_steps(bo) is None
