"""Consultations: one link one answer, counts that equal the answers, and nobody told from a figure."""

import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from budget_model import dates
from budget_model.access import Asker, Grant, Role
from budget_model.partnership.consultations import (
    KEPT_FOR,
    Answer,
    Consultation,
    Kind,
    Member,
    Question,
    Sector,
    Verdict,
    comments_of,
    examples,
    faults_of,
    groups_of,
    result,
)
from budget_model.problem import Refusal
from budget_model.store import checks
from budget_model.store.consultations import (
    Standing,
    answer,
    answers_of,
    comments,
    forget,
    invited,
    keep,
    keep_draft,
    make_links,
    moderate,
    opened_by,
    result_of,
)
from budget_model.store.store import Store

ASKED = Consultation(
    "",
    "Shall we pool equipment?",
    "",
    (
        Question("Do you agree?", Kind.CHOICE, ("yes", "no")),
        Question("How sure are you?", Kind.SCALE, ("not at all", "wholly")),
        Question("Why?", Kind.TEXT),
    ),
    dates.today() - timedelta(days=1),
    dates.today() + timedelta(days=1),
)
ANN = Member("Ann Lee", "ann@firm.example", Sector.PRIVATE)
HOSTILE = "=cmd()<script>alert(1)</script>"


@pytest.fixture
def store(empty_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(empty_made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


@pytest.fixture
def asked(store: Store) -> Consultation:
    return keep(store, ASKED, by="Bo")


def _members(sector: Sector, how_many: int) -> list[Member]:
    return [Member(f"{sector} {n}", f"{sector}{n}@town.example", sector) for n in range(how_many)]


sectors = some.lists(some.sampled_from(Sector), max_size=40)
answers = some.lists(
    some.builds(
        Answer,
        some.integers(),
        some.sampled_from(Sector),
        some.dictionaries(some.just(0), some.sampled_from(("yes", "no"))),
    ),
    max_size=30,
)


@given(sectors)
def test_no_group_that_is_shown_has_fewer_than_five_and_every_answer_is_in_one(
    given_for: list[Sector],
) -> None:
    groups = groups_of(given_for)
    if len(given_for) < 5:
        assert groups == {}
        return
    sizes: dict[str, int] = {}
    for sector in given_for:
        sizes[groups[sector]] = sizes.get(groups[sector], 0) + 1
    assert min(sizes.values()) >= 5
    assert sum(sizes.values()) == len(given_for)


@given(answers)
def test_the_counts_of_every_question_sum_over_the_groups_to_all_answers(given_by: list[Answer]) -> None:
    done = result(ASKED, given_by, (), None, ASKED.closes + timedelta(days=1))
    assert done.answers == len(given_by)
    assert done.is_shown is (len(given_by) >= 5)
    for counted in done.questions:
        assert sum(sum(row) for _, row in counted.counts) == len(given_by) == counted.total
        for at, (_, size) in enumerate(counted.groups):
            assert sum(row[at] for _, row in counted.counts) == size
    assert result(ASKED, given_by, (), None, ASKED.closes).questions == ()


def test_one_link_takes_one_answer_and_the_second_is_told_so_with_the_first_unchanged(
    store: Store, asked: Consultation
) -> None:
    secret = make_links(store, asked.id, [ANN], by="Bo")[ANN]
    answer(store, secret, {0: "yes", 2: " Because. "})
    with pytest.raises(Refusal, match="This link has been used"):
        answer(store, secret, {0: "no"})
    (kept,) = answers_of(store, asked.id)
    assert (kept.sector, kept.said) == (Sector.PRIVATE, {0: "yes", 2: "Because."})
    assert make_links(store, asked.id, [ANN], by="Bo") == {}, "who has answered gets no second link"
    law = next(check for check in checks.check(store) if check.law.startswith("A consultation"))
    assert not law.troubles


def test_of_two_who_answer_by_one_link_at_once_one_is_counted(store: Store, asked: Consultation) -> None:
    secret = make_links(store, asked.id, [ANN], by="Bo")[ANN]
    refused: list[str] = []

    def send(word: str) -> None:
        try:
            answer(store, secret, {0: word})
        except Refusal as refusal:
            refused.append(refusal.sentence)

    threads = [threading.Thread(target=send, args=(word,)) for word in ("yes", "no") * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers_of(store, asked.id)) == 1
    assert len(refused) == 7


def test_a_new_link_voids_the_earlier_and_a_made_up_one_opens_nothing(
    store: Store, asked: Consultation
) -> None:
    first = make_links(store, asked.id, [ANN], by="Bo")[ANN]
    second = make_links(store, asked.id, [ANN], by="Bo")[ANN]
    assert opened_by(store, first) is None
    assert opened_by(store, second) is not None
    for hostile in ("", "x", "' or 1=1 --", HOSTILE):
        assert opened_by(store, hostile) is None
    with pytest.raises(Refusal, match="opens nothing"):
        answer(store, first, {0: "yes"})


def test_a_half_typed_answer_is_kept_with_its_link_and_counts_for_nothing(
    store: Store, asked: Consultation
) -> None:
    secret = make_links(store, asked.id, [ANN], by="Bo")[ANN]
    keep_draft(store, secret, {0: "yes", 2: HOSTILE, 7: "of no question"})
    link = opened_by(store, secret)
    assert link is not None
    assert (link.standing, link.draft) == (Standing.OPEN, {0: "yes", 2: HOSTILE})
    assert answers_of(store, asked.id) == ()
    answer(store, secret, link.draft)
    after = opened_by(store, secret)
    assert after is not None
    assert (after.standing, after.draft) == (Standing.ANSWERED, {})


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Nothing is answered"),
        ({0: "maybe"}, "Nothing is answered"),
        ({2: "x" * 2_001}, "2,001 characters"),
    ],
)
def test_what_is_no_answer_is_told_in_a_sentence_and_the_link_stays_open(
    store: Store, asked: Consultation, said: dict[int, str], sentence: str
) -> None:
    secret = make_links(store, asked.id, [ANN], by="Bo")[ANN]
    with pytest.raises(Refusal, match=sentence):
        answer(store, secret, said)
    link = opened_by(store, secret)
    assert link is not None
    assert link.standing is Standing.OPEN


def test_before_it_opens_and_after_it_closes_no_answer_is_taken(
    store: Store, asked: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = make_links(store, asked.id, [ANN], by="Bo")[ANN]
    real = dates.today()
    for days, sentence in ((-2, "opens on"), (2, "closed on")):
        monkeypatch.setattr(dates, "today", lambda days=days: real + timedelta(days=days))
        with pytest.raises(Refusal, match=sentence):
            answer(store, secret, {0: "yes"})
    with pytest.raises(Refusal, match="no more links"):
        make_links(store, asked.id, [ANN], by="Bo")


def test_results_wait_for_the_end_merge_small_sectors_and_show_moderated_comments_alone(
    store: Store, asked: Consultation
) -> None:
    members = _members(Sector.PUBLIC, 6) + _members(Sector.FAITH, 1)
    for number, (_, secret) in enumerate(make_links(store, asked.id, members, by="Bo").items()):
        answer(store, secret, {0: "yes" if number < 4 else "no", 2: f"Reason {number}"})
    assert not result_of(store, asked.id).is_shown
    first, second, *_ = comments(store, asked.id)
    moderate(store, asked.id, first, Verdict.SHOWN, by="Bo")
    moderate(store, asked.id, second, Verdict.SHOWN, by="Bo")
    moderate(store, asked.id, second, Verdict.WITHHELD, by="Bo")
    done = result_of(store, asked.id, asked.closes + timedelta(days=1))
    assert done.groups == (("public and faith", 7),)
    assert done.questions[0].counts == (("yes", (4,)), ("no", (3,)), ("not answered", (0,)))
    assert [words for _, _, words in done.comments] == [first.text]
    assert (done.asked, done.waiting) == (7, 5)


def test_neither_the_answers_nor_the_audit_say_who_answered_what(store: Store, asked: Consultation) -> None:
    secret = make_links(store, asked.id, [ANN], by="Bo")[ANN]
    answer(store, secret, {0: "yes"})
    columns = [
        str(row[0])
        for row in store.select(
            "select column_name from duckdb_columns() where table_name = 'consultation_answer'"
        )
    ]
    assert columns == ["id", "consultation", "sector", "said"]
    audit = str(store.select("select * exclude (made_at) from audit_entry"))
    assert "consultation answered" in audit
    for word in ("Ann Lee", "ann@firm", secret):
        assert word not in audit


def test_who_was_asked_is_forgotten_a_month_after_and_the_answers_stay(
    store: Store, asked: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = make_links(store, asked.id, [ANN], by="Bo")[ANN]
    answer(store, secret, {0: "yes"})
    assert forget(store) == 0
    monkeypatch.setattr(dates, "today", lambda: asked.closes + KEPT_FOR + timedelta(days=1))
    assert forget(store.asked_by(Asker("Al", "al@x.example", (Grant(Role.BOARD_MEMBER),)))) == 1
    assert invited(store, asked.id) == ()
    done = result_of(store, asked.id)
    assert (done.answers, done.asked) == (1, None)


def test_questions_stay_as_they_are_once_links_have_gone_out(store: Store, asked: Consultation) -> None:
    make_links(store, asked.id, [ANN], by="Bo")
    later = Consultation(
        asked.id, asked.name, "More time.", asked.questions, asked.opens, asked.closes + timedelta(days=7)
    )
    assert keep(store, later, by="Bo").closes == later.closes
    with pytest.raises(Refusal, match="cannot be changed"):
        keep(store, Consultation(asked.id, "x", "", asked.questions[:1], asked.opens, asked.closes), by="Bo")


def test_only_a_director_asks_sees_who_was_asked_and_moderates(store: Store, asked: Consultation) -> None:
    officer = store.asked_by(Asker("Al", "al@x.example", (Grant(Role.BOARD_MEMBER),)))
    for act in (
        lambda: keep(officer, ASKED, by="Al"),
        lambda: make_links(officer, asked.id, [ANN], by="Al"),
        lambda: invited(officer, asked.id),
        lambda: comments(officer, asked.id),
    ):
        with pytest.raises(Refusal, match="may not"):
            act()


def test_what_cannot_be_asked_is_said_question_by_question() -> None:
    wrong = Consultation(
        "",
        " ",
        "",
        (Question("", Kind.CHOICE, ("one",)), Question("T", Kind.TEXT, ("a",))),
        ASKED.closes,
        ASKED.opens,
    )
    assert len(faults_of(wrong)) == 5


def test_the_ten_recommendations_of_2006_come_as_an_example_that_can_be_asked() -> None:
    (example,) = examples()
    assert faults_of(example) == ()
    assert sum(question.text.startswith("Recommendation ") for question in example.questions) == 10
    assert "March 2006" in example.source
    assert comments_of(example, (), {}) == ()
