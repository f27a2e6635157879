"""Consultations as a director holds them and as a member answers by link, in every way of signing in."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from budget_model import dates
from budget_model.__main__ import main
from budget_model.partnership.consultations import Consultation, Kind, Member, Question, Sector, Verdict
from budget_model.sign_in import Way
from budget_model.store import consultations as register
from budget_model.store.store import Store
from pages.shared import asking
from pages.shared.serving import answering
from pages.shared.serving.watch import Watch
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow
HOSTILE = "<script>alert(1)</script> **bold** [x](https://evil.example)"
QUESTIONS = (Question("Do you agree?", Kind.CHOICE, ("yes", "no")), Question("Why?", Kind.TEXT))


@pytest.fixture
def town(joined_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(joined_made, tmp_path / "store.duckdb"))


@pytest.fixture
def visit(town: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(town, monkeypatch)


def _asked(store: Store, *, days: int = 1) -> Consultation:
    on = dates.today()
    return register.keep(
        store,
        Consultation(
            "", f"Pool it? {HOSTILE}", HOSTILE, QUESTIONS, on - timedelta(days=3), on + timedelta(days=days)
        ),
        by="Ann",
    )


def _secrets(store: Store, asked: Consultation, how_many: int = 1) -> list[str]:
    members = [Member(f"M{n}", f"m{n}@x.example", Sector.PUBLIC) for n in range(how_many)]
    return list(register.make_links(store, asked.id, members, by="Ann").values())


@pytest.fixture(params=list(Way))
def member(
    request: pytest.FixtureRequest, empty_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[TestClient, Store]]:
    """A browser of somebody without account or session, before the page for answers, in each way of signing in."""
    town = Path(shutil.copy(empty_made, tmp_path / "answers.duckdb"))
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(town))
    asking.opened.clear()
    whole = asking.opened(str(town))
    app = Starlette(routes=list(answering.ROUTES))
    app.add_middleware(Watch, way=request.param)
    with TestClient(app, follow_redirects=False) as client:
        yield client, whole
    asking.opened.clear()
    whole.close()


def test_a_member_answers_once_by_link_without_an_account(member: tuple[TestClient, Store]) -> None:
    client, store = member
    asked = _asked(store)
    (secret,) = _secrets(store, asked)
    page = client.get("/answer", params={"token": secret})
    assert page.status_code == 200
    assert "Do you agree?" in page.text
    assert "<script>alert" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "set-cookie" not in page.headers
    typed = {"token": secret, "q0": "yes", "q1": HOSTILE}
    assert client.post("/answer", data=typed | {"act": "leave"}).status_code == 204
    again = client.get("/answer", params={"token": secret}).text
    assert 'value="yes" checked' in again
    assert "**bold** [x]" in again
    assert "Kept, and not sent yet" in client.post("/answer", data=typed | {"act": "keep"}).text
    assert "Thank you" in client.post("/answer", data=typed).text
    twice = client.post("/answer", data=typed | {"q0": "no"})
    assert twice.status_code == 409
    assert "This link has been used" in twice.text
    assert "copy it if you need it" in twice.text
    assert "This link has been used" in client.get("/answer", params={"token": secret}).text
    assert [answer.said[0] for answer in register.answers_of(store, asked.id)] == ["yes"]


def test_without_a_link_the_page_explains_and_shows_nothing(member: tuple[TestClient, Store]) -> None:
    client, store = member
    asked = _asked(store)
    (secret,) = _secrets(store, asked)
    bare = client.get("/answer")
    assert bare.status_code == 404
    assert "opens by a link that a member of the forum was sent" in bare.text
    for hostile in ("x", "' or 1=1 --", HOSTILE, "é" * 3000):
        page = client.get("/answer", params={"token": hostile})
        assert "This link opens nothing" in page.text
        assert "Pool it" not in page.text
    elsewhere = client.post(
        "/answer", data={"token": secret, "q0": "yes"}, headers={"origin": "https://evil.example"}
    )
    assert "sent from another page" in elsewhere.text
    assert client.post("/answer", content=b"x" * 600_000).status_code == 413
    assert client.post("/answer", data={"token": secret, "qx": "1", "q99": "1", "q": "1"}).status_code == 409
    assert register.answers_of(store, asked.id) == ()


def test_an_early_or_late_link_says_when_and_what_was_typed_is_shown_to_copy(
    member: tuple[TestClient, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, store = member
    asked = _asked(store)
    (secret,) = _secrets(store, asked)
    monkeypatch.setattr(dates, "today", lambda: asked.closes + timedelta(days=1))
    late = client.post("/answer", data={"token": secret, "q1": "My reasons"})
    assert "closed on" in late.text
    assert "My reasons" in late.text
    monkeypatch.setattr(dates, "today", lambda: asked.opens - timedelta(days=1))
    assert "opens on" in client.get("/answer", params={"token": secret}).text


def _press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_a_director_writes_from_the_example_and_makes_links_for_members(
    visit: Callable[..., AppTest], town: Path
) -> None:
    app = visit("consultations")
    assert "No consultation has been held yet" in said(app)
    assert "Nobody has been asked or has answered here" in said(app)
    _press(app, "Begin with it")
    next(box for box in app.text_input if box.label == "Your name").set_value("Ann").run()
    _press(app, "Keep the consultation")
    assert not app.exception
    assert "is kept. Make links" in app.success[0].value
    box = next(box for box in app.text_area if box.label.startswith("Members"))
    box.set_value("Bo Lee, bo@x.example, private\nnobody, here").run()
    _press(app, "Make their links")
    assert any("Line 2: write a name" in warning.value for warning in app.warning)
    box = next(box for box in app.text_area if box.label.startswith("Members"))
    assert box.value.startswith("Bo Lee"), "nothing that was typed is lost"
    box.set_value("Bo Lee, bo@x.example, private").run()
    _press(app, "Make their links")
    assert "One link is made." in app.success[0].value
    assert "/answer?token=" in app.code[0].value
    with Store(town) as store:
        (kept,) = register.consultations(store)
        assert len(kept.questions) == 13
        assert [each.member.name for each in register.invited(store, kept.id)] == ["Bo Lee"]


def test_a_result_is_shown_when_closed_with_the_comments_that_a_moderator_let_through(
    visit: Callable[..., AppTest],
    town: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Store(town) as store:
        asked = _asked(store)
        for number, secret in enumerate(_secrets(store, asked, 6)):
            register.answer(store, secret, {0: "no" if number else "yes", 1: f"Reason {number} {HOSTILE}"})
        shown, withheld, *_ = register.comments(store, asked.id)
    app = visit("consultations")
    assert "Results are shown when it has closed" in app.info[0].value
    assert "Comments: 6 to read" in [expander.label for expander in app.expander]
    next(button for button in app.button if button.key == f"show_{shown.answer}_1").click().run()
    next(button for button in app.button if button.key == f"hold_{withheld.answer}_1").click().run()
    with Store(town) as store:
        verdicts = {each.text: each.verdict for each in register.comments(store, asked.id)}
        assert (verdicts[shown.text], verdicts[withheld.text]) == (Verdict.SHOWN, Verdict.WITHHELD)
    monkeypatch.setattr(dates, "today", lambda: asked.closes + timedelta(days=1))
    app = visit("consultations")
    assert "Five of six (83%) answered “no”: Do you agree?" in said(app)
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(town))
    assert main(["consultations", "--json"]) == 0
    assert '"answers": 6' in capsys.readouterr().out
