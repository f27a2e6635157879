"""Nothing that an officer typed or uploaded is ever lost, and everything can be undone."""

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget_model.contribute.about import About
from budget_model.contribute.compare import to_explain
from budget_model.contribute.compose import Said, compose
from budget_model.contribute.draft import (
    DraftState,
    DraftStep,
    StepKind,
    about_step,
    draft_from,
    map_step,
    words_key,
)
from budget_model.contribute.submission import ServiceShare
from budget_model.mapping.wording import plain
from budget_model.place.model import Place
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.changes import (
    certificate_of,
    compared_since,
    lines_sent,
    sent_before,
    sent_last_year,
    to_explain_of,
    versions_apart,
    would_change,
    would_change_status,
)
from budget_model.store.contributions import (
    add_step,
    begin,
    draft_of,
    drafts,
    explain,
    explained,
    explanations,
    file_of,
    remembered_answers,
    replace_file,
    said_in,
    same_file,
    seen,
    submit,
    undo,
)
from budget_model.store.mapping_memory import LastSent, confirmed, last_sent, lines_before, take_back
from budget_model.store.quality import assess, assessments, due_days, set_due_days
from budget_model.store.spending import lines, submissions, total
from budget_model.store.store import Store, now
from budget_model.store.submissions import change_status, original_of
from budget_model.vocabulary import Phase, Reconciliation, SubmissionStatus
from tests.contribute.files import LINES, read, workbook
from tests.towns import YEAR, receive

COUNCIL = About("council", YEAR)
CARE = (ServiceShare("care", Decimal(1)),)
HEALTH = (ServiceShare("health", Decimal(1)),)


def begun(store: Any, data: Any = None, about: Any = COUNCIL, by: str = "Ann") -> Any:
    return begin(store, about, "council.xlsx", data or workbook(), by=by).draft


def composed(store: Any, draft: Any, place: Any) -> Any:
    standing = draft_of(store, draft)
    file, data = file_of(store, draft)
    said = said_in(standing, remembered_answers(store, standing.about.organisation))
    return compose(
        read(data, file, said.answers),
        said,
        place,
        confirmed=confirmed(store),
        before=lines_before(store, standing.about.organisation),
    )


def sent(
    store: Any,
    place: Any,
    lines: Any = LINES,
    *,
    about: Any = COUNCIL,
    approve: bool = True,
    decide: Any = None,
    **more: Any,
) -> Any:
    draft = begun(store, workbook(lines), about)
    made = composed(store, draft, place)
    for description, services in (decide or {}).items():
        key = next(words_key(one.read) for one in made.paid if one.read.description == description)
        add_step(store, draft, StepKind.MAP, map_step([key], services), by="Ann")
    made = composed(store, draft, place)
    return submit(store, made, file_of(store, draft)[1], by="Ann", approve=approve, draft=draft, **more)


def test_a_draft_is_there_again_after_the_server_was_stopped_at_any_step(
    tmp_path: Path, place: Place
) -> None:
    from budget_model.store.places import keep_place

    path = tmp_path / "stopped.duckdb"
    steps: list[tuple[StepKind, dict[str, Any]]] = [
        (StepKind.CONTROL_TOTAL, {"total": "170000"}),
        (StepKind.ANSWER, {"unit:abc": "GBP thousand"}),
        (StepKind.MAP, map_step(["words:100|care"], CARE)),
        (StepKind.EXPLAIN, {"service:care": "A home was opened."}),
    ]
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, place)
        draft = begun(store)
    for kind, content in steps:
        with Store(path) as store:
            add_step(store, draft, kind, content, by="Ann")
    with Store(path) as store:
        there = draft_of(store, draft)
        assert there.control_total == 170_000
        assert there.answers == {"unit:abc": "GBP thousand"}
        assert there.decisions["words:100|care"].services == CARE
        assert there.explanations == {"service:care": "A home was opened."}
        assert file_of(store, draft) == ("council.xlsx", workbook_bytes_of(store, draft))


def workbook_bytes_of(store: Any, draft: Any) -> Any:
    import hashlib

    data = file_of(store, draft)[1]
    assert hashlib.sha256(data).hexdigest() == draft_of(store, draft).sha256
    return data


def test_undo_takes_back_one_step_at_a_time_and_never_the_file(store: Store) -> None:
    draft = begun(store)
    add_step(store, draft, StepKind.CONTROL_TOTAL, {"total": "1"}, by="Ann")
    add_step(store, draft, StepKind.CONTROL_TOTAL, {"total": "2"}, by="Ann")
    assert undo(store, draft, by="Ann").control_total == 1
    assert undo(store, draft, by="Ann").control_total is None
    assert undo(store, draft, by="Ann").file == "council.xlsx"
    assert store.select("select count(*) from draft_step where kind = 'undo'") == [(2,)]


content = st.one_of(
    st.tuples(st.just(StepKind.CONTROL_TOTAL), st.integers(0, 9).map(lambda n: {"total": str(n)})),
    st.tuples(st.just(StepKind.ANSWER), st.sampled_from("abc").map(lambda key: {key: "yes"})),
    st.tuples(st.just(StepKind.EXPLAIN), st.sampled_from("abc").map(lambda key: {key: "why"})),
    st.tuples(
        st.just(StepKind.MAP),
        st.tuples(st.sampled_from("xyz"), st.sampled_from([CARE, HEALTH, None])).map(
            lambda one: map_step([one[0]], one[1])
        ),
    ),
)


def steps_of(contents: list[Any]) -> list[DraftStep]:
    first = [(StepKind.FILE, {"file": "a.xlsx", "sha256": "1"}), (StepKind.ABOUT, about_step(COUNCIL))]
    return [
        DraftStep(number, kind, said, now(), "Ann")
        for number, (kind, said) in enumerate([*first, *contents], start=1)
    ]


@given(st.lists(content, max_size=8), content)
def test_any_step_and_its_undo_leave_a_draft_as_it_was(before: list[Any], step: tuple[Any, ...]) -> None:
    undone = draft_from(1, steps_of([*before, step, (StepKind.UNDO, {})]))
    was = draft_from(1, steps_of(before))
    for field in ("answers", "decisions", "explanations", "control_total", "about", "file"):
        assert getattr(undone, field) == getattr(was, field)


@given(st.lists(content, max_size=8))
@settings(max_examples=30)
def test_undoing_everything_leaves_the_file_alone(contents: list[Any]) -> None:
    empty = draft_from(1, steps_of([*contents, *[(StepKind.UNDO, {})] * (len(contents) + 2)]))
    assert (empty.answers, empty.decisions, empty.control_total, empty.file) == ({}, {}, None, "a.xlsx")
    assert empty.last_step is None


def test_a_split_that_does_not_make_the_whole_is_refused() -> None:
    with pytest.raises(Refusal, match="100%"):
        map_step(["x"], (ServiceShare("care", Decimal("0.5")), ServiceShare("health", Decimal("0.4"))))


def test_a_corrected_file_keeps_what_was_decided_about_its_lines(store: Store, place: Place) -> None:
    draft = begun(store)
    key = words_key(composed(store, draft, place).paid[0].read)
    add_step(store, draft, StepKind.MAP, map_step([key], CARE), by="Ann")
    lines = (("100", "Care homes for older people", 95_000), *LINES[1:])
    replace_file(store, draft, "council v2.xlsx", workbook(lines), by="Ann")
    made = composed(store, draft, place)
    assert made.submission.read_total == 175_000
    assert made.submission.lines[0].services == CARE
    assert undo(store, draft, by="Ann").file == "council.xlsx"


def test_a_submitted_draft_is_not_changed_any_more_but_can_be_resumed(store: Store, place: Place) -> None:
    sent(store, place)
    assert drafts(store) == ()
    done = drafts(store, open_only=False)[0]
    assert done.state is DraftState.SUBMITTED
    with pytest.raises(Refusal, match="Resume"):
        add_step(store, done.number, StepKind.CONTROL_TOTAL, {"total": "1"}, by="Ann")
    assert add_step(store, done.number, StepKind.RESUME, {}, by="Ann").state is DraftState.OPEN


def test_a_discarded_draft_is_still_there_to_be_resumed(store: Store) -> None:
    draft = begun(store)
    add_step(store, draft, StepKind.DISCARD, {}, by="Ann")
    assert drafts(store) == ()
    add_step(store, draft, StepKind.RESUME, {}, by="Ann")
    assert [draft.number for draft in drafts(store)] == [draft]


def test_the_same_file_is_recognised_whoever_sends_it_and_for_whatever_year(
    store: Store, place: Place
) -> None:
    data = workbook()
    first = begin(store, COUNCIL, "a.xlsx", data, by="Ann")
    assert first.same == ()
    again = begin(store, About("nhs", "2017-18"), "b.xlsx", data, by="Bob")
    assert [one.draft for one in again.same] == [first.draft]
    made = composed(store, first.draft, place)
    submit(store, made, data, by="Ann", approve=True, draft=first.draft)
    known = same_file(store, made.submission.sha256)
    assert known[0].submission == 1
    assert "by Ann" in known[0].sentence


def test_two_officers_on_one_organisation_are_told_of_each_other(store: Store) -> None:
    assert seen(store, "council", "Ann", "mapping") == ()
    assert [present.person for present in seen(store, "council", "Bob", "uploading")] == ["Ann"]
    assert [present.person for present in seen(store, "council", "Ann", "mapping")] == ["Bob"]
    assert seen(store, "police", "Ann", "mapping") == ()


def test_submitting_remembers_what_was_decided_and_next_year_asks_nothing(store: Store, place: Place) -> None:
    sent(store, place, decide={line[1]: CARE for line in LINES})
    draft = begun(
        store,
        workbook(tuple((code, words, amount + 1) for code, words, amount in LINES)),
        About("council", "2017-18"),
    )
    add_step(store, draft, StepKind.ANSWER, {"year": "yes"}, by="Ann")
    assert all(one.line.services for one in composed(store, draft, place).paid)


def test_a_mapping_that_is_taken_back_is_asked_again_and_stays_in_the_history(
    store: Store, place: Place
) -> None:
    sent(store, place, decide={line[1]: CARE for line in LINES})
    take_back(store, confirmed(store)[0], by="Bob")
    draft = begun(store, workbook())
    assert sum(bool(line.services) for line in composed(store, draft, place).submission.lines) == 2
    assert confirmed(store)[-1].by == "Bob"


def test_a_remembered_line_says_what_it_came_to_when_it_was_last_sent(store: Store, place: Place) -> None:
    sent(store, place, decide={line[1]: CARE for line in LINES})
    sent(store, place, (("100", "Care homes for older people", 95_000),))
    key = ("council", "100", plain("Care homes for older people"))
    assert last_sent(store)[key] == LastSent(YEAR, Decimal(95_000))
    assert ("council", "400", plain("New roads")) not in last_sent(store)


def test_what_replacing_would_change_is_what_it_then_changes(store: Store, place: Place) -> None:
    sent(store, place, decide={line[1]: CARE for line in LINES})
    draft = begun(store, workbook((("100", "Care homes for older people", 100_000), ("400", "New roads", 7))))
    made = composed(store, draft, place)
    comparison = would_change(store, made.submission, place)
    assert (comparison.before, comparison.after) == (170_000, 100_007)
    assert total(store, Scope(year=YEAR)).total == 170_000  # nothing was changed by asking
    received = submit(store, made, file_of(store, draft)[1], by="Ann", approve=True, draft=draft)
    assert total(store, Scope(year=YEAR)).total == comparison.after
    assert received.supersedes == (1,)
    back = would_change_status(store, 1, SubmissionStatus.APPROVED, place)
    change_status(store, 1, SubmissionStatus.APPROVED, by="Ann")
    assert total(store, Scope(year=YEAR)).total == back.after == 170_000


def test_withdrawing_says_first_what_leaves_the_map(store: Store, place: Place) -> None:
    sent(store, place)
    comparison = would_change_status(store, 1, SubmissionStatus.WITHDRAWN, place)
    assert (comparison.before, comparison.after) == (170_000, 0)
    assert total(store, Scope(year=YEAR)).total == 170_000


def test_what_is_submitted_is_not_on_the_map_until_it_is_approved(store: Store, place: Place) -> None:
    received = sent(store, place, approve=False)
    assert total(store, Scope(year=YEAR)).total == 0
    change_status(store, received.submission, SubmissionStatus.APPROVED, by="Director")
    assert total(store, Scope(year=YEAR)).total == 170_000


def test_every_version_is_kept_and_comparable_and_its_original_downloadable(
    store: Store, place: Place
) -> None:
    sent(store, place)
    sent(store, place, (("100", "Care homes for older people", 95_000), *LINES[1:]))
    apart = versions_apart(store, 1, 2, place)
    assert (apart.before, apart.after) == (170_000, 175_000)
    assert apart.services[0].difference == 5_000
    assert original_of(store, 1)[1] != original_of(store, 2)[1]
    assert [line.amount for line in lines_sent(store, 1)] == [90_000, 60_000, 20_000]
    assert sent_before(store, COUNCIL) == (2, "2016-17, original budget")


def test_last_year_is_the_same_part_of_the_year_before(store: Store, place: Place) -> None:
    sent(store, place, about=About("council", "2015-16"), answers={})
    assert sent_last_year(store, COUNCIL) == (1, "2015-16, original budget")
    assert sent_last_year(store, About("council", YEAR, part="capital")) is None
    assert sent_last_year(store, About("council", YEAR, Phase.OUTTURN)) == (1, "2015-16, original budget")


def test_the_certificate_leads_from_cells_to_the_place_s_total(store: Store, place: Place) -> None:
    sent(store, place)
    drawn = certificate_of(store, 1)
    assert drawn.state is Reconciliation.RECONCILED
    assert [link.amount for link in drawn.links] == [170_000, 170_000, 170_000, 170_000, 170_000]
    assert all(link.difference == 0 for link in drawn.links)
    change_status(store, 1, SubmissionStatus.WITHDRAWN, by="Ann")
    assert certificate_of(store, 1).links[-1].amount == 0


def test_the_certificate_of_a_share_names_the_pennies_that_rounding_makes(store: Store, place: Place) -> None:
    about = About("police", YEAR)
    lines = (("1", "Patrols", 3), ("2", "Response", 5), ("3", "Control room", 7))
    sent(store, place, lines, about=about)
    drawn = certificate_of(store, 1)
    # 3, 5 and 7 × 0.244139284: 0.73 + 1.22 + 1.71 = 3.66; 15 × 0.244139284 = 3.66
    shared = next(link for link in drawn.links if link.name == "Anytown's share")
    assert (shared.amount, shared.against) == (Decimal("3.66"), Decimal("3.66"))
    assert "Anytown residents, thousand" in shared.says


def test_an_explanation_given_later_counts_and_the_last_wording_stands(store: Store, place: Place) -> None:
    draft = begun(store)
    add_step(store, draft, StepKind.CONTROL_TOTAL, {"total": "170001"}, by="Ann")
    submit(
        store, composed(store, draft, place), file_of(store, draft)[1], by="Ann", approve=True, draft=draft
    )
    assert certificate_of(store, 1).state is Reconciliation.NOT_RECONCILED
    explain(store, 1, "difference", "rounding", by="Ann")
    explain(store, 1, "difference", "A pound of rounding.", by="Ann")
    assert explanations(store, 1) == {"difference": "A pound of rounding."}
    assert certificate_of(store, 1).state is Reconciliation.EXPLAINED
    assert submissions(store)[0].reconciliation == "explained"
    assert {line.reconciliation for line in lines(store, Scope(year=YEAR)).lines} == {"explained"}


def test_what_a_line_was_given_besides_its_service_is_given_again(store: Store, place: Place) -> None:
    sent(store, place, decide={line[1]: CARE for line in LINES})
    made = composed(store, begun(store), place)
    funded = dataclasses.replace(
        made.submission,
        sha256="other",
        lines=tuple(dataclasses.replace(line, funding_stream="grant") for line in made.submission.lines),
    )
    receive(store, funded, b"other", by="Ann")
    again = composed(store, begun(store), place)
    assert {line.funding_stream for line in again.submission.lines} == {"grant"}


def test_answers_are_remembered_for_the_organisation_but_never_the_year(store: Store, place: Place) -> None:
    sent(store, place, answers={"unit:abc": "GBP", "year": "yes"})
    assert remembered_answers(store, "council") == {"unit:abc": "GBP"}
    assert remembered_answers(store, "police") == {}


def test_a_draft_s_words_are_only_ever_its_own(store: Store, place: Place) -> None:
    draft = begun(store)
    said = said_in(draft_of(store, draft), {"unit:abc": "GBP thousand"})
    assert isinstance(said, Said)
    assert said.answers == {"unit:abc": "GBP thousand"}
    with pytest.raises(Refusal, match="no draft 99"):
        draft_of(store, 99)


def test_a_sent_submission_s_single_change_is_explained_later_and_every_wording_is_kept(
    store: Store, place: Place
) -> None:
    sent(
        store, place, about=About("council", "2015-16"), decide={line[1]: CARE for line in LINES}, answers={}
    )
    sent(store, place, (("100", "Care homes for older people", 190_000), *LINES[1:]))
    compared = compared_since(store, 2, place)
    assert (compared.before, compared.after) == (170_000, 270_000)
    assert compared
    over = to_explain(compared, place, {})
    assert over
    explain(store, 2, over[0].subject, "A home opend.", by="Ann")
    explain(store, 2, over[0].subject, "A home was opened in June.", by="Bob")
    assert explanations(store, 2) == {over[0].subject: "A home was opened in June."}
    assert [(one.words, one.by) for one in explained(store, 2)] == [
        ("A home was opened in June.", "Bob"),
        ("A home opend.", "Ann"),
    ]
    assert to_explain(compared, place, explanations(store, 2)) == over[1:]


def test_a_first_submission_has_nothing_to_be_held_against_and_a_second_its_first(
    store: Store, place: Place
) -> None:
    sent(store, place)
    assert compared_since(store, 1, place) is None
    sent(store, place, (("100", "Care homes for older people", 95_000), *LINES[1:]))
    assert compared_since(store, 2, place).before == 170_000
    assert compared_since(store, 1, place) is None


def test_a_change_over_the_limit_is_named_before_the_submission_is_kept(store: Store, place: Place) -> None:
    sent(
        store, place, about=About("council", "2015-16"), decide={line[1]: CARE for line in LINES}, answers={}
    )
    draft = begun(store, workbook((("100", "Care homes for older people", 190_000), *LINES[1:])))
    made = composed(store, draft, place)
    assert any("up" in change.sentence for change in to_explain_of(store, made.submission, place))


def test_with_the_clock_set_back_the_last_word_still_counts(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begun(store)
    submit(
        store, composed(store, draft, place), file_of(store, draft)[1], by="Ann", approve=True, draft=draft
    )
    later, earlier = datetime(2026, 5, 2, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    for moment, words, day in ((later, "first", date(2026, 6, 1)), (earlier, "second", date(2026, 7, 1))):
        monkeypatch.setattr("budget_model.store.contributions.now", lambda moment=moment: moment)
        monkeypatch.setattr("budget_model.store.quality.now", lambda moment=moment: moment)
        explain(store, 1, "difference", words, by="Ann")
        set_due_days(store, YEAR, {Phase.OUTTURN: day}, by="Ann")
        assess(store, "council", YEAR, {"source": 1 if words == "first" else 2}, by="Ann")
    assert explanations(store, 1) == {"difference": "second"}
    assert due_days(store, YEAR)[Phase.OUTTURN] == date(2026, 7, 1)
    assert assessments(store, YEAR)["council"].points["source"] == 2
