"""An auditor's walk: from a figure on a slide to its cell, who sent it, who approved it, when, and that nothing changed."""

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from budget_model.__main__ import main
from budget_model.access import Act, Asker, Grant, Role
from budget_model.board.making import prepare, write
from budget_model.commands import audit_command
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.sign_in import Way
from budget_model.store.mapped import map_year
from budget_model.store.spending import lines, submissions
from budget_model.store.store import Store
from budget_model.store.stories import SavedView, Story
from budget_model.store.submissions import change_status, keep_in_place
from budget_model.store.vouching import proof_of, steps_of
from budget_model.vocabulary import Dimension, SubmissionStatus
from pages.shared import asking, frame, signing
from tests.pages import riverton
from tests.pages.conftest import of, opened, said

NAME = "Southern Vale Clinical Commissioning Group"
ANN = Asker("Ann Officer", "ann@vale.example", (Grant(Role.OFFICER, "health"),), "10.0.0.7")
BEA = Asker("Bea Approver", "bea@vale.example", (Grant(Role.APPROVER, "health"),), "10.0.0.8")
AUDITOR = of(Role.AUDITOR)


@pytest.fixture
def path(riverton_made: Path, tmp_path: Path) -> Path:
    """Riverton, whose health body sends £310m in place of £300m: Ann sends it and Bea approves it."""
    copy = Path(shutil.copy(riverton_made, tmp_path / "store.duckdb"))
    sent = (
        ("Acute contracts", "hospital-care", 210_000, *riverton.LINES["health"][0][3:]),
        *riverton.LINES["health"][1:],
    )
    made, book = riverton.submission("health", NAME, sent, 2, "health-direct")
    with Store(copy) as store:
        with store.asked_by(ANN).writing(Act.CONTRIBUTE, "health") as writer:
            kept = keep_in_place(writer, made, book, by=ANN.name, status=SubmissionStatus.SUBMITTED)
            map_year(writer, riverton.YEAR)
        change_status(
            store.asked_by(BEA), kept.submission, SubmissionStatus.APPROVED, by=BEA.name, reason="Agreed."
        )
    return copy


@pytest.fixture
def visit(path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    for module in (asking, frame, signing):
        monkeypatch.setattr(module, "way", lambda: Way.ACCOUNTS)
    monkeypatch.setattr(asking, "may_stay", lambda: True)
    monkeypatch.setattr(asking, "_asker", lambda _: AUDITOR)
    return opened(path, monkeypatch)


def by_hand(path: Path, *statements: str) -> None:
    """Do to the store what somebody with a database tool could."""
    with Store(path) as store, store.writing(audited=False) as writer:
        for sql in statements:
            writer.execute(sql)


def slide_of_the_bodies(path: Path) -> tuple[dict[str, float], str]:
    """The pounds of the slide of who spends, as its chart holds them, and the link that stands on it."""
    with Store(path) as store:
        story = Story("who", "Who spends", (SavedView("overview", "who"),))
        pack = prepare(
            store,
            story,
            Scope(year=riverton.YEAR),
            address="https://money.riverton.example",
            made_on=date(2026, 11, 27),
        )
        slides = Presentation(io.BytesIO(write(pack, "pptx").data)).slides
    shape = next(shape for slide in slides for shape in slide.shapes if shape.has_chart)
    plot = shape.chart.plots[0]
    figures = dict(zip(plot.categories, plot.series[0].values, strict=True))
    return figures, pack.slides[0].link


def test_from_a_figure_on_a_slide_to_its_cell_its_people_and_the_proof_that_nothing_was_altered(
    path: Path,
    visit: Callable[..., AppTest],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    figures, link = slide_of_the_bodies(path)
    assert 272_000_000 in figures.values()  # £310m, less the £38m that the council pays for and counts
    back = urlsplit(link)
    assert (back.netloc, back.path) == ("money.riverton.example", "/")
    query = {key: values[0] for key, values in parse_qs(back.query).items()}
    assert "Vale CCG" in said(visit("overview", **query))

    page = visit("lines", of=["organisation:health"])
    with Store(path) as store:
        lines_found = lines(store, Scope(year=riverton.YEAR), {Dimension.ORGANISATION: "health"})
    assert lines_found.city_amount == 272_000_000
    assert "£272" in said(page)
    largest = max(lines_found.lines, key=lambda line: line.city_amount)

    page = visit("lines", line=str(largest.line))
    words = said(page)
    assert "It stands in cell C4" in words
    assert "210,000" in words  # as it stands in the sheet, in thousands
    assert "Submitted by Ann Officer (ann@vale.example)" in words
    assert "Approved by Bea Approver (bea@vale.example)" in words
    assert "Nothing of it was altered since." in page.success[0].value
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    assert main(["audit", "--submission", str(largest.submission)]) == 0
    assert "nothing was altered since" in capsys.readouterr().out

    by_hand(path, "update line set amount = amount + 1 where description = 'Acute contracts'")
    page = visit("lines", line=str(largest.line))
    assert not page.success
    assert (
        f"The rows of line of submission {largest.submission} are not those that entry" in page.error[0].value
    )
    assert main(["audit", "--submission", str(largest.submission), "--json"]) == 1


def test_what_no_entry_sealed_is_not_called_unaltered(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store(path) as store:
        number = submissions(store)[0].submission
        proof = proof_of(store, number)
    assert proof is not None
    monkeypatch.setattr(audit_command, "proof_of", lambda *_: replace(proof, sealed_by=None, troubles=()))
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    main(["audit", "--submission", str(number)])
    assert "No entry of the audit sealed it" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (
            "update submission_event set made_by = 'Eve' where submission = {n}",
            "submission_event was altered",
        ),
        ("update submission set source = 'Mine' where id = {n}", "A row of submission was altered"),
        ("update line_service set made_by = 'Eve'", "The rows of line_service of submission {n}"),
        ("update original set bytes = 'x'::blob", "is not the one that was sent"),
        ("update audit_entry set made_by = 'Eve' where number = 2", "What entry 2 of the audit"),
    ],
)
def test_whatever_of_it_is_altered_by_hand_is_named_to_the_auditor(
    path: Path, damage: str, named: str
) -> None:
    with Store(path) as store:
        number = max(
            submission.submission for submission in submissions(store) if submission.organisation == "health"
        )
    by_hand(path, damage.format(n=number))
    with Store(path) as store:
        proof = proof_of(store.asked_by(AUDITOR), number)
        assert proof is not None
        assert named.format(n=number) in " ".join(proof.troubles)


@pytest.mark.parametrize(
    "damage",
    [
        "update submission_event set made_by = 'Eve' where submission = {n}",
        "delete from submission_event where submission = {n}",
        "update submission_event set submission = {other} where submission = {n}",
        "update submission set source = 'Mine' where id = {n}",
        "update line set amount = amount + 1 where submission = {n}",
    ],
)
def test_what_was_altered_of_one_submission_is_said_of_it_and_of_no_other(path: Path, damage: str) -> None:
    with Store(path) as store:
        other, hurt, third = sorted(submission.submission for submission in submissions(store))[:3]
    by_hand(path, damage.format(n=hurt, other=other))
    with Store(path) as store:
        proofs = {number: proof_of(store, number) for number in (hurt, third)}
    assert all(proofs.values())
    assert [bool(proof.troubles) for proof in proofs.values() if proof] == [True, False]


def test_a_visitor_learns_nothing_of_the_people_and_a_board_member_no_proof(path: Path) -> None:
    with Store(path) as store:
        number = submissions(store)[0].submission
        visitor, member = (store.asked_by(of(role)) for role in (Role.VISITOR, Role.BOARD_MEMBER))
        assert steps_of(visitor, number) == ()
        assert steps_of(member, number)
        with pytest.raises(Refusal, match="may not read the audit"):
            proof_of(member, number)
        with pytest.raises(Refusal, match="There is no submission"):
            proof_of(store, 999)
