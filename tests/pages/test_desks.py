"""A board's desk as its chair opens it: what must be decided, what may be joined, and whether it does its duties."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.answers import Answers
from budget_model.board.making import keep_figures, prepare
from budget_model.board.meeting_packs import meeting_story, quarterly_report
from budget_model.exhibits import catalogue
from budget_model.exhibits.desk import draws_money
from budget_model.exhibits.exhibit import Exhibit
from budget_model.exhibits.figures import Bars
from budget_model.exhibits.performance import sentence
from budget_model.exhibits.tables import Kind
from budget_model.partnership.desk import THE_BOARD, AskKind, Shown, desk_of, desk_of_the_board
from budget_model.partnership.performance import Entered, Layer, Risk, measured
from budget_model.place.model import ThemeKind
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store.store import Store
from budget_model.store.stories import decided_since_pack
from budget_model.together import titles
from budget_model.together.decisions import State
from budget_model.together.external_funding import Register, blank_award, blank_bid
from budget_model.together.ladder import ALIGN
from budget_model.together.pools import Contribution, Pool
from budget_model.together.targets import money_by_target
from tests.pages.conftest import opened, said, unfold
from tests.partnership.test_performance import TODAY, WHEN, target

pytestmark = pytest.mark.slow
SCOPE = Scope(year="2016-17")


@pytest.fixture(scope="module")
def town(joined_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Riverton, whose Board put its first opportunity into the register with a review that is long past."""
    path = Path(shutil.copy(joined_made, tmp_path_factory.mktemp("desks") / "store.duckdb"))
    with Store(path) as store:
        first = Answers(store, SCOPE).opportunities().opportunities[0]
        entry = joint.register(store, first, by="the chair", owner="Director of adult care")
        joint.decide(store, entry.opportunity, by="the chair", state=State.EXPLORED, review=date(2020, 3, 31))
    return path


@pytest.fixture
def answers(town: Path) -> Iterator[Answers]:
    with Store.existing(town) as store:
        yield Answers(store, SCOPE)


@pytest.fixture
def visit(town: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(town, monkeypatch)


def test_an_overdue_review_comes_before_everything_else(answers: Answers) -> None:
    desk = answers.desk("healthy")
    first = desk.asks[0]
    assert (first.kind, first.due) == (AskKind.LATE, date(2020, 3, 31))
    assert first.sentence == "Its review was due on 31 March 2020. Owner: Director of adult care."
    assert first.title.startswith(first.short.split(". ", 1)[-1]), "beside its bar it has no body's name"
    assert ": " not in first.short
    assert desk.sentence.startswith("Healthy City has one overdue review")
    assert (desk.overdue_reviews, desk.settled) == (1, 0)


def test_a_desk_counts_what_is_off_track_and_the_duties_that_show(answers: Answers) -> None:
    desk = answers.desk("healthy")
    # People at home are heading for 75 of 80; 81 of 80 feel safe already.
    assert (desk.off_track, len(desk.targets)) == (1, 2)
    assert sorted(money.target.illustrative for money in desk.targets) == [False, True]
    assert [duty.name for duty in desk.duties if duty.shown is Shown.YES] == [
        "Set the strategy",
        "Explore the added value of working together",
    ], "a target is published and an opportunity was explored; a late review is not held"
    assert desk.duties_shown == 2


def test_what_is_in_the_register_is_not_put_forward_as_new(answers: Answers) -> None:
    desk = answers.desk("healthy")
    registered = {entry.decision.opportunity for entry in desk.decisions}
    assert registered
    assert not registered & {ask.subject for ask in desk.asks if ask.kind is AskKind.NEW}


def test_an_opportunity_is_within_the_board_or_with_others_and_never_both(answers: Answers) -> None:
    for theme in answers.place.themes:
        desk = answers.desk(theme.id)
        assert not {opportunity.id for opportunity in desk.within} & {
            opportunity.id for opportunity in desk.across
        }


def test_what_one_board_can_join_alone_stands_within_it_and_what_needs_others_across(
    answers: Answers,
) -> None:
    theme = next(theme for theme in answers.place.themes if theme.id == "healthy")
    alone = answers.desk("healthy").within[0]
    shared = replace(alone, id="shared", scope="cross-board", board="", themes=("healthy", "safer"))
    elsewhere = replace(alone, id="elsewhere", board="safer", themes=("safer",))
    desk = desk_of(theme, (), (alone, shared, elsewhere), (), (), (), Register((), ()), date(2026, 11, 26))
    assert (
        [opportunity.id for opportunity in desk.within],
        [opportunity.id for opportunity in desk.across],
    ) == ([alone.id], ["shared"])
    assert [ask.subject for ask in desk.asks] == [alone.id, "shared"], "its own come first"


def test_beside_a_bar_an_opportunity_has_its_number_and_subject_and_no_body_so_that_it_is_not_cut(
    answers: Answers,
) -> None:
    theme = next(theme for theme in answers.place.themes if theme.id == "healthy")
    alone = answers.desk("healthy").within[0]
    desk = desk_of(theme, (), (alone,), (), (), (), Register((), ()), date(2026, 11, 26))
    assert [(ask.title, ask.short) for ask in desk.asks] == [(alone.title, f"{alone.number}. {alone.about}")]
    shown = catalogue.show(answers, "desk", THE_BOARD.id)
    assert isinstance(shown, Exhibit)
    assert isinstance(shown.figure, Bars)
    asked = [ask for ask in answers.desk(THE_BOARD.id).asks if ask.kind is not AskKind.TARGET]
    by_size = sorted(asked, key=lambda ask: -(ask.amount or 0))
    assert [mark.name for mark in shown.figure.marks] == [ask.short or ask.title for ask in by_size]
    assert any(ask.short for ask in asked)


def test_pounds_and_measures_are_not_drawn_beside_one_another(answers: Answers) -> None:
    """A measure is no sum of money: it stands in the table, and is drawn by how far it moved."""
    board = answers.desk(THE_BOARD.id)
    shown = catalogue.show(answers, "desk", THE_BOARD.id)
    assert isinstance(shown, Exhibit)
    assert isinstance(shown.figure, Bars)
    assert (draws_money(board), shown.figure.kind) == (True, Kind.POUNDS)
    measures = {ask.title for ask in board.asks if ask.kind is AskKind.TARGET}
    assert measures
    assert measures < {row[0] for row in shown.table.rows}
    assert "one measure has no bar: a measure is no sum of money" in shown.counts, "on paper too"
    moved = catalogue.show(answers, "targets", THE_BOARD.id)
    assert isinstance(moved, Exhibit)
    assert isinstance(moved.figure, Bars)
    assert moved.figure.kind is Kind.SHARE
    assert {mark.key for mark in moved.figure.marks} == {money.target.id for money in board.targets}
    alone = [ask for ask in board.asks if ask.kind is AskKind.TARGET]
    assert not draws_money(replace(board, asks=(*alone, board.asks[0]))), "one bar of pounds says nothing"
    assert draws_money(replace(board, asks=board.asks[:1])), "where no measure is asked about"


def test_the_measures_of_a_layer_are_drawn_by_how_far_they_moved_the_most_worse_first(
    answers: Answers,
) -> None:
    shown = catalogue.show(answers, "performance", str(Layer.THEME))
    assert isinstance(shown, Exhibit)
    assert isinstance(shown.figure, Bars)
    assert shown.figure.kind is Kind.SHARE
    assert shown.unit.startswith("Change in per cent; pounds")
    changes = {measured.target.id: measured.money.change or 0 for measured in answers.performance()}
    assert shown.figure.wholes == [changes[mark.key] for mark in shown.figure.marks]


def test_an_advocate_sees_all_that_is_on_its_services_in_one_sum(answers: Answers) -> None:
    """A cross-cutting theme is inside no board, so nothing is "within" it: its sum is not zero for that."""
    alone = answers.desk("healthy").within[0]
    advocate = replace(
        next(theme for theme in answers.place.themes if theme.id == "healthy"),
        id="culture",
        kind=ThemeKind.CROSS_CUTTING,
    )
    desk = desk_of(advocate, alone.services, (alone,), (), (), (), Register((), ()), date(2026, 11, 26))
    assert (
        [opportunity.id for opportunity in desk.within],
        [opportunity.id for opportunity in desk.across],
    ) == ([], [alone.id])
    assert desk.together.joinable + desk.together.waiting == alone.counted > 0
    first = desk.asks[0].sentence
    assert first.startswith(f"Decide whether to take it up, and who leads it: {titles.amount_of(alone)} ")


def test_a_pool_that_is_made_up_is_named_as_such_beside_a_duty_that_it_does_not_show(
    answers: Answers,
) -> None:
    theme = next(theme for theme in answers.place.themes if theme.id == "healthy")
    pool = Pool(
        "equipment",
        "Equipment store",
        "2016-17",
        contributions=(Contribution("council", Decimal(500), "home-care"),),
        review=date(2027, 3, 31),
        illustrative=True,
    )
    desk = desk_of(theme, ("home-care",), (), (), (pool,), (), Register((), ()), date(2026, 11, 26))
    duties = {duty.name: duty.evidence for duty in desk.duties}
    assert len(desk.pools) == 1
    assert duties["Pool or align resources"] == (
        "No pool with money of its services is in the register, but for illustrations."
    )
    assert duties["Review and evaluate"] == "No review has a day yet, but for illustrations."


def test_a_board_chosen_in_the_scope_does_not_change_what_lies_on_its_desk(answers: Answers) -> None:
    assert answers.within(themes=("healthy",)).desk("healthy") == answers.desk("healthy")


def test_a_duty_without_evidence_says_that_nothing_is_here_and_not_that_it_is_undone(
    answers: Answers,
) -> None:
    duties = {duty.name: duty for duty in answers.desk("healthy").duties}
    assert len(duties) == 5
    pooling = duties["Pool or align resources"]
    assert (pooling.shown, pooling.evidence) == (
        Shown.NOT_YET,
        "No pool with money of its services is in the register.",
    )
    assert duties["Review and evaluate"].evidence == "One review has a day, one overdue."


def test_the_meeting_after_says_what_has_changed_since_the_pack_before(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = tmp_path / "store.duckdb"
    copied.write_bytes(town.read_bytes())
    with Store(copied) as store:
        place = Answers(store, SCOPE).place
        story = meeting_story(next(theme for theme in place.themes if theme.id == "healthy"), SCOPE)
        pack = prepare(store, story, SCOPE)
        assert [slide.trouble for slide in pack.slides] == [""] * len(pack.slides)
        keep_figures(store, story, SCOPE, pack, by="the chair")
        again = prepare(store, story, SCOPE)
        first = Answers(store, SCOPE).desk("healthy").decisions[0].decision
        joint.decide(store, first.opportunity, by="the chair", comment="Ask again in May.")
        assert not decided_since_pack(store, story.id, SCOPE), "a comment decides nothing"
        joint.decide(store, first.opportunity, by="the chair", state=State.AGREED)
        assert decided_since_pack(store, story.id, SCOPE) == {first.opportunity}
    assert again.unchanged.startswith("No figure has changed since the pack of")
    words = said(opened(copied, monkeypatch)("desks", board="healthy"))
    assert "Since the meeting’s pack of" in words
    assert "No figure has changed since the pack of" in words
    assert f"{first.title}: agreed" in words


def test_a_board_sees_its_money_by_body_and_service_its_overlap_and_its_measures(
    visit: Callable[..., AppTest], answers: Answers
) -> None:
    app = visit("desks", board="healthy")
    assert [part.label for part in app.expander if part.label.startswith("Its measures: ")]
    words = said(unfold(app, "desk_money_healthy"))
    alone = answers.within(themes=("healthy",))
    for chart, chosen in (("theme", "healthy"), ("theme-services", "healthy"), ("shared", "")):
        shown = catalogue.show(alone, chart, chosen)
        assert isinstance(shown, Exhibit)
        assert shown.finding[:24] in words
    assert "What changed since the last meeting is told here once" in words


def test_the_chair_reads_what_to_decide_first_and_opens_it(visit: Callable[..., AppTest]) -> None:
    app = visit("desks", board="healthy")
    words = said(app)
    assert "Healthy City has one overdue review" in words
    assert [part.label for part in app.expander if part.label.startswith("Terms of reference: ")]
    links = [link.proto.label for link in app.get("page_link")]
    assert [label for label in links if "Its review was due on 31 March 2020" in label]
    next(button for button in app.button if button.label.startswith("Put the meeting")).click().run()
    assert not app.exception
    assert [button.label for button in app.button if button.label == "Make PowerPoint"]


def test_seven_measures_are_asked_under_their_question_once_three_at_once_and_four_behind_their_count(
    visit: Callable[..., AppTest], answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = answers.desk(THE_BOARD.id)
    first = next(ask for ask in desk.asks if ask.kind is AskKind.TARGET)
    many = tuple(
        replace(first, subject=f"measure-{number}", title=f"Measure {number}") for number in range(7)
    )
    monkeypatch.setattr(Answers, "desk", lambda *_: replace(desk, asks=many))
    app = visit("desks")
    asked = [link.proto.label for link in app.get("page_link") if "Measure" in link.proto.label]
    assert [label.split("** ")[0] for label in asked] == ["**Measure 0", "**Measure 1", "**Measure 2"]
    assert said(app).count(first.question) == 1
    label = "Four more: Measure 3, Measure 4, Measure 5 and Measure 6"
    assert [part.label for part in app.expander if part.label == label]
    opened_up = unfold(app, "asks_TARGET_the-board")
    assert len([link for link in opened_up.get("page_link") if "Measure" in link.proto.label]) == 7


def test_what_differs_from_ask_to_ask_is_said_of_each(answers: Answers) -> None:
    desk = answers.desk(THE_BOARD.id)
    first = next(ask for ask in desk.asks if ask.kind is AskKind.TARGET)
    other = replace(first, question="Decide whether anything changes.")
    groups = replace(desk, asks=(first, other)).ask_groups
    assert [group.question for group in groups] == [""]
    assert groups[0].asked(other) == "Decide whether anything changes."
    late = answers.desk("healthy").ask_groups[0]
    assert (late.title, late.asked(late.asks[0])) == (
        "One overdue review",
        "Its review was due on 31 March 2020. Owner: Director of adult care.",
    )


def test_an_advocate_sees_no_sum_for_a_theme_that_has_none(visit: Callable[..., AppTest], town: Path) -> None:
    with Store.existing(town) as store:
        place = Answers(store, SCOPE).place
    tags = [theme for theme in place.themes if theme.kind is ThemeKind.CROSS_CUTTING]
    words = said(unfold(visit("desks", board=tags[0].id), f"desk_duties_{tags[0].id}"))
    assert "a cross-cutting theme has no sum of its own" in words
    assert "Advocate’s desk" in words
    for duty in (
        "Keep the theme prominent",
        "Set priorities for action",
        "Monitor progress",
        "Improve awareness",
    ):
        assert duty in words, "what an advocate is there to do stands as a checklist"


def test_the_report_of_the_quarter_writes_itself_for_each_layer(answers: Answers) -> None:
    for layer in Layer:
        report = prepare(answers.store, quarterly_report(layer, SCOPE), SCOPE)
        assert [slide.trouble for slide in report.slides] == [""] * len(report.slides)
        assert report.slides[0].finding == sentence(layer, answers.performance())
        assert layer in report.name


@pytest.mark.parametrize("board", ["", "²", "x" * 4000, "no-such-board"])
def test_a_hostile_link_opens_the_board(visit: Callable[..., AppTest], board: str) -> None:
    assert "The partnership’s desk" in said(visit("desks", board=board))


def test_the_money_within_a_board_counts_each_pound_once(answers: Answers) -> None:
    desk = answers.desk("healthy")
    together = desk.together.joinable + desk.together.waiting
    assert Decimal(0) <= together <= sum((opportunity.joinable for opportunity in desk.within), Decimal(0))


def test_the_board_could_plan_together_what_the_list_of_opportunities_says(answers: Answers) -> None:
    listed, desk = answers.opportunities().portfolio, answers.desk(THE_BOARD.id)
    assert (desk.together.joinable, desk.together.waiting) == (listed.joinable, listed.waiting)
    assert listed.joinable > 0
    no_more = replace(
        desk, within=tuple(replace(opportunity, level=ALIGN - 1) for opportunity in desk.within)
    )
    assert titles.sum_of(no_more.together) == "£0", "bodies that only share information plan nothing together"


def test_of_twelve_major_risks_the_board_has_ten_before_it_and_two_more_are_left() -> None:
    targets = [target(f"fires-{number}") for number in range(12)]
    risks = [Entered(each.id, Risk("Staff leave", 5, 4), WHEN, "Ann") for each in targets]
    measures = measured(money_by_target((), targets, ()).targets, risks, TODAY)
    desk = desk_of_the_board((), 0, (), (), (), measures, Register((), ()), TODAY)
    assert (len(desk.asks), desk.more_asks, desk.off_track) == (10, 2, 12)


def test_a_bid_that_is_due_and_money_that_ends_within_three_months_are_before_the_board(
    answers: Answers,
) -> None:
    theme = next(theme for theme in answers.place.themes if theme.id == "healthy")
    award = replace(
        blank_award("a", "invented"),
        stream="Care grant",
        funder="The county",
        board="healthy",
        amount=Decimal(90_000),
        ends=date(2027, 1, 31),
    )
    later = replace(award, id="b", ends=date(2028, 1, 31))
    bid = replace(blank_bid("c", "invented"), name="Warm homes", board="healthy", deadline=date(2026, 12, 24))
    funding = Register((award, later), (bid, replace(bid, id="d", board="safer")))
    desk = desk_of(theme, (), (), (), (), (), funding, date(2026, 11, 26))
    assert [(ask.kind, ask.title) for ask in desk.asks] == [
        (AskKind.BID, "Warm homes"),
        (AskKind.FUNDING, "Care grant"),
    ]
    assert desk.sentence == "Healthy City has one bid to send and one fund that ends soon before it."
    assert desk.funding.total == Decimal(180_000)
