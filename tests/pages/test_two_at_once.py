"""Two people on one page at once: the second is told what the first did, before and when they press."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.access import Role
from budget_model.scope import Scope
from budget_model.store import joint, people, quality
from budget_model.store.submissions import change_status
from budget_model.together.decisions import State
from budget_model.vocabulary import SubmissionStatus
from pages.shared import kept
from tests.pages.conftest import opened, said
from tests.pages.riverton import YEAR

CHANGED = "While you had this open, somebody else changed it."


@pytest.fixture
def at_riverton(
    riverton_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AppTest]:
    return opened(Path(shutil.copy(riverton_made, tmp_path / "store.duckdb")), monkeypatch)


def cautions(app: AppTest) -> str:
    return " ".join(warning.value for warning in app.warning)


def test_a_decision_that_another_moved_on_meanwhile_is_not_moved_back_unseen(
    own_visit: Callable[..., AppTest],
) -> None:
    own_visit()
    store = kept.live()
    opportunity = kept.answers(Scope(year=YEAR)).opportunities().opportunities[0]
    joint.register(store, opportunity, by="start")
    key = opportunity.id
    app = own_visit("opportunities", opportunity=key)
    app.text_input(key=f"signed_decide_{key}").input("Bo").run()
    app.selectbox(key=f"state_{key}").select("explored").run()
    assert CHANGED not in cautions(app)
    joint.decide(store, key, by="Ann", state=State.AGREED)
    app.text_input(key=f"owner_{key}").input("Bo").run()
    assert CHANGED in cautions(app)
    app.button(key=f"write_{key}").click().run()
    assert "Nothing of theirs was overwritten" in cautions(app)
    assert joint.decisions(store)[0].state is State.AGREED
    assert app.text_input(key=f"owner_{key}").value == "Bo", "what was typed is still there"
    app.button(key=f"write_{key}").click().run()
    assert joint.decisions(store)[0].owner == "Bo"
    assert CHANGED not in cautions(app), "one's own change is not told as another's"


def test_days_and_settlements_that_another_set_meanwhile_are_told(
    at_riverton: Callable[..., AppTest],
) -> None:
    app = at_riverton("submissions", show="transfers")
    app.text_input(key="settle_why_joint-care_0").input("The lower figure.")
    app.button(key="settle_try_joint-care").click().run()
    assert "The place’s total stays £" in said(app)
    quality.settle(kept.live(), "joint-care", YEAR, settled=True, note="The council’s figure.", by="Ann")
    app.button(key="settle_do_joint-care").click().run()
    assert "Ann, " in cautions(app)
    assert quality.settlements(kept.live(), YEAR)["joint-care"].note == "The council’s figure."


def test_a_submission_that_another_withdrew_meanwhile_is_not_decided_again_unseen(
    at_riverton: Callable[..., AppTest],
) -> None:
    app = at_riverton("submissions", show="versions", submission="1")
    app.button(key="withdrawn_1").click().run()
    change_status(kept.live(), 1, SubmissionStatus.WITHDRAWN, by="Ann", reason="A wrong file.")
    app.button(key="do_status").click().run()
    assert "Ann, " in cautions(app)
    assert "A wrong file." in cautions(app)


def test_a_person_whose_roles_another_changed_meanwhile_is_not_removed_unseen(
    at_riverton: Callable[..., AppTest],
) -> None:
    at_riverton()
    for name in ("pat", "sam"):
        people.give(kept.live(), f"{name}@x.example", Role.ADMINISTRATOR, by="start", reason="start")
    app = at_riverton("people")
    app.selectbox(key="person").select("pat@x.example").run()
    people.give(kept.live(), "pat@x.example", Role.DIRECTOR, by="Ann", reason="promoted")
    app.text_input(key="why_pat@x.example").input("Left.").run()
    assert CHANGED in cautions(app)
    app.button(key="remove_pat@x.example").click().run()
    assert people.person_of(kept.live(), "pat@x.example") is not None
