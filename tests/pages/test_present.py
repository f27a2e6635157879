"""Stories before a room and in a pack: what a presenter and an officer do, without a browser."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.rooms import ROOMS, Mover
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store.store import Store
from budget_model.store.stories import (
    SavedView,
    Story,
    Tally,
    count_hands,
    decided,
    keep_shipped_stories,
    keep_story,
    stories,
    story,
    tallies,
)
from budget_model.together.decisions import State
from budget_model.together.scenarios import of_opportunity
from pages.away_day.screens import shortly
from tests.pages.conftest import ROOT, opened, said, unfold

pytestmark = pytest.mark.slow

PEOPLE = "Three opportunities"
TOLD = "three-opportunities"


@pytest.fixture(scope="module")
def told_path(joined_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(joined_made, tmp_path_factory.mktemp("told") / "store.duckdb"))
    with Store(path) as store, store.writing() as writer:
        keep_shipped_stories(writer, ROOT / "data" / "stories")
    return path


@pytest.fixture
def path(told_path: Path, tmp_path: Path) -> Path:
    """A store of this test's own, to be written to."""
    return Path(shutil.copy(told_path, tmp_path / "store.duckdb"))


@pytest.fixture
def show(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    from pages.shared import asking

    asking.opened.clear()
    ROOMS.forget()
    yield opened(path, monkeypatch)
    asking.opened.clear()


def kept_in(path: Path) -> Store:
    from pages.shared import asking

    return asking.opened(str(path))


def screen_of(app: Any) -> list[str]:
    return [one.proto.json for one in app.get("bidi_component") if "away-screen" in one.proto.json]


def test_a_story_is_chosen_where_none_is_named_and_one_that_is_gone_is_said_to_be(
    show: Callable[..., AppTest],
) -> None:
    app = show("away_day", present="the-story-of-last-year")
    assert "no longer there" in said(app)
    assert "The place in eight screens" in said(app)
    assert PEOPLE in said(app)


def test_every_screen_of_a_story_is_there_at_once_so_that_a_lost_connection_stops_nobody(
    show: Callable[..., AppTest],
) -> None:
    app = show("away_day", present="the-place-in-eight-screens", screen="3")
    drawn = screen_of(app)
    assert len(drawn) == 1
    assert [int(one) for one in re.findall(r'data-screen=\\"(\d+)\\"', drawn[0])] == list(range(1, 9))
    assert '.away-screen[data-screen="3"]{display:flex}' in said(app)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("99", 5), *(pytest.param(asked, 1, marks=pytest.mark.slow) for asked in ("0", "two", "-1", "9" * 400))],
)
def test_a_screen_that_there_is_none_of_is_the_nearest_there_is(
    show: Callable[..., AppTest], asked: bool | str, shown: Any
) -> None:
    app = show("away_day", present=TOLD, screen=asked)
    assert f'data-screen="{shown}"]{{display:flex}}' in said(app)


def test_what_is_decided_in_the_room_is_in_the_log_and_in_the_opportunity_register(
    show: Callable[..., AppTest], path: Path
) -> None:
    app = show("away_day", present=TOLD, screen="3", panel="decide")
    app.text_input(key="signed_away").set_value("Chair")
    app.text_area(key="away_what_0").set_value("Draft an agreement")
    app.text_input(key="away_owner_0").set_value("Director of adults")
    app.button(key="away_write").click().run()
    assert not app.exception
    log = decided(kept_in(path))
    assert [(one.what, one.owner, one.story) for one in log] == [
        ("Draft an agreement", "Director of adults", TOLD)
    ]
    entry = next(
        decision for decision in joint.decisions(kept_in(path)) if decision.opportunity == log[0].opportunity
    )
    assert entry.owner == "Director of adults"
    assert entry.comments[-1].comment == "Draft an agreement"
    assert entry.state is State.EXPLORED
    assert "Draft an agreement" in said(app)
    count_hands(kept_in(path), Tally(log[0].opportunity, TOLD, 9, 2, 1), by="Chair")
    register = show("opportunities", show="register")
    assert "One opportunity is in the register, with one decision of the Board" in said(register)
    assert "Draft an agreement" in said(register)
    assert "vote: 9 for, 2 against, 1 unsure" in said(register)
    app.button(key=f"away_back_{log[0].decision}").click().run()
    assert decided(kept_in(path)) == ()
    assert "Nothing yet." in said(app)


def test_nobody_decides_without_a_name_and_nothing_is_not_a_decision(
    show: Callable[..., AppTest], path: Path
) -> None:
    app = show("away_day", present=TOLD, screen="3", panel="decide")
    app.button(key="away_write").click().run()
    assert "Type your name first" in app.warning[0].value
    app.text_input(key="signed_away").set_value("Chair")
    app.button(key="away_write").click().run()
    assert app.warning[0].value == "Write what was decided."
    assert decided(kept_in(path)) == ()


def test_hands_are_counted_on_the_opportunity_of_the_screen(show: Callable[..., AppTest], path: Path) -> None:
    app = show("away_day", present=TOLD, screen="3", panel="hands")
    for label, count in (("For", 11), ("Against", 4), ("Unsure", 3)):
        app.number_input(key=f"away_hands_{label}_0").set_value(count)
    app.text_input(key="signed_hands").set_value("Chair")
    app.button(key="away_count").click().run()
    assert not app.exception
    assert [(tally.in_favour, tally.against, tally.unsure) for tally in tallies(kept_in(path))] == [
        (11, 4, 3)
    ]
    assert "<b>11</b><span>for</span>" in said(app)


def test_the_what_if_of_a_screen_is_of_its_opportunity_and_moves_with_the_room(
    show: Callable[..., AppTest],
) -> None:
    app = show("away_day", present=TOLD, screen="3", panel="what-if")
    before = said(app)
    assert "joined up. Overspend:" in before
    app.slider(key="wi_variance").set_value(-5.0).run()
    assert not app.exception
    assert "joined up. Underspend:" in said(app)


def test_a_room_moves_a_limit_sees_what_goes_out_and_asks_why(show: Callable[..., AppTest]) -> None:
    app = show("away_day", present=TOLD, screen="2", panel="what-if", limits="effort=12")
    assert "would have" in said(app)
    assert "planned together within these limits" in said(app)
    app.button(key="away_pin").click().run()
    app.slider(key="portfolio_effort").set_value(0).run()
    assert not app.exception
    assert app.query_params["limits"] == "effort=0"
    assert "Against the set before, out: " in said(app)
    assert "12 units of work for each partner" in said(app)
    app.selectbox(key="away_out").select_index(0).run()
    assert "of which 0 are left" in said(app)
    app.button(key="away_unpin").click().run()
    assert "12 units of work for each partner" not in said(app)


def test_a_screen_without_an_opportunity_has_nothing_to_try_out(show: Callable[..., AppTest]) -> None:
    app = show("away_day", present=TOLD, screen="1", panel="what-if")
    assert "nothing to try out" in said(app)


def test_the_notes_follow_the_screen_of_the_room_and_can_move_it(show: Callable[..., AppTest]) -> None:
    show("away_day", present=TOLD, screen="2")
    notes = show("away_day", present=TOLD, screen="1", notes="1")
    assert "Screen 2 of 5" in said(notes)
    notes.button(key="notes_next").click().run()
    assert "Screen 3 of 5" in said(notes)
    (room,) = ROOMS.every()
    assert (room.screen, room.moved_by) == (3, Mover.NOTES)


@pytest.mark.usefixtures("unfolded")
@pytest.mark.slow
def test_screens_are_put_in_another_order_doubled_taken_out_and_brought_back(
    show: Callable[..., AppTest], path: Path
) -> None:
    app = show("board_pack", story=TOLD)
    app.text_input(key="signed_pack").set_value("Officer").run()

    def press(stem: str) -> Any:
        stands = story(kept_in(path), TOLD)
        app.button(key=f"{stem}_{TOLD}_{stands.version}_0").click().run()
        assert not app.exception
        return [f"{view.chart}{view.chosen}" for view in story(kept_in(path), TOLD).views]

    assert press("down")[:2] == ["opportunities", "shared"]
    assert press("twice")[:3] == ["opportunities", "opportunities", "shared"]
    assert press("out")[:2] == ["opportunities", "shared"]
    app.button(key="pack_undo").click().run()
    assert len(story(kept_in(path), TOLD).views) == 6


@pytest.mark.slow
def test_words_of_two_thousand_characters_a_formula_and_an_emoji_are_kept_and_shown_as_words(
    show: Callable[..., AppTest], path: Path
) -> None:
    words = '=HYPERLINK("x")<script>alert(1)</script> 🏙️ ' + "a" * 1_900
    with_words = Story("", "Words", (SavedView("overview", "who", finding=words, note=words),))
    made = keep_story(kept_in(path), with_words, by="officer")
    app = show("board_pack", story=made.id)
    assert "&lt;script&gt;" in said(app)
    assert "<script>alert" not in said(app)
    shown = show("away_day", present=made.id)
    assert "&lt;script&gt;" in screen_of(shown)[0]


@pytest.mark.usefixtures("unfolded")
@pytest.mark.slow
def test_a_screen_s_own_words_are_written_and_kept(show: Callable[..., AppTest], path: Path) -> None:
    app = show("board_pack", story=TOLD)
    app.text_input(key="signed_pack").set_value("Officer").run()
    first = f"{TOLD}_{story(kept_in(path), TOLD).version}_0"
    app.text_area(key=f"finding_{first}").set_value("Two bodies pay for the same care")
    app.text_area(key=f"note_{first}").set_value("Pause here")
    app.button(key=f"words_{first}").click().run()
    assert not app.exception
    kept = story(kept_in(path), TOLD).views[0]
    assert (kept.finding, kept.note) == ("Two bodies pay for the same care", "Pause here")


def test_a_view_that_no_longer_exists_is_said_in_a_sentence_and_the_rest_stands(
    show: Callable[..., AppTest], path: Path
) -> None:
    views = (
        SavedView("overview", "who"),
        SavedView("opportunities", "opportunity", chosen="gone-by-now"),
        SavedView("x", "no-chart"),
    )
    made = keep_story(kept_in(path), Story("", "Half gone", views), by="officer")
    app = show("board_pack", story=made.id)
    assert "is no longer found in this choice" in said(app)
    assert "There is no chart called “no-chart” any more" in said(app)
    room = show("away_day", present=made.id, screen="2")
    assert len(re.findall("<section", screen_of(room)[0])) == 3


@pytest.mark.parametrize("ending", ["pptx", "pdf", "xlsx", "zip"])
@pytest.mark.slow
def test_each_file_is_made_and_offered(show: Callable[..., AppTest], path: Path, ending: str) -> None:
    app = show("board_pack", story=TOLD)
    app.button(key=f"make_{ending}").click().run()
    assert not app.exception
    assert not app.warning
    made = app.session_state["pack_made"][ending]
    assert made.name.endswith(f".{ending}")
    assert len(made.data) > 5_000


@pytest.mark.slow
def test_a_story_is_made_named_and_filled_from_nothing(show: Callable[..., AppTest], path: Path) -> None:
    app = show("board_pack")
    app.text_input(key="signed_pack").set_value("Officer").run()
    unfold(app, "pack_begin")
    app.text_input(key="pack_new_name").set_value("Our winter").run()
    app.button(key="pack_new").click().run()
    assert not app.exception
    made = next(one for one in stories(kept_in(path)) if one.name == "Our winter")
    assert made.views == ()
    assert "This story has no screens yet." in said(app)
    app.button(key="pack_add_it").click().run()
    assert [view.chart for view in story(kept_in(path), made.id).views] == ["who"]


def test_a_reason_is_cut_at_a_sentence_and_never_within_a_name() -> None:
    why = "S. Derbyshire CCG pays most. " + "It is capped for long reasons by law. " * 8
    assert shortly(why).startswith("S. Derbyshire CCG pays most. It is capped")
    assert shortly(why).endswith("law.")
    assert len(shortly(why)) <= 150


def test_a_chart_is_pinned_with_the_choice_that_is_on_the_screen(
    show: Callable[..., AppTest], path: Path
) -> None:
    app = unfold(show("overview", schools="no"), "more_who")
    app.selectbox(key="pin_story_who").select(TOLD)
    app.text_input(key="signed_pin_who").set_value("Officer")
    app.button(key="pin_it_who").click().run()
    assert not app.exception
    pinned = story(kept_in(path), TOLD).views[-1]
    assert (pinned.page, pinned.chart) == ("overview", "who")
    assert pinned.scope is not None
    assert not pinned.scope.schools


@pytest.mark.slow
def test_a_saved_what_if_is_a_screen_of_a_story_and_is_tried_out_before_the_room(
    show: Callable[..., AppTest], path: Path
) -> None:
    scope = Scope(year="2016-17")
    first = of_opportunity(joint.opportunities(kept_in(path), scope).opportunities[0], "2016-17")
    saved = replace(first, name="A joint fund", variance=Decimal(1_000_000))
    joint.keep_scenario(kept_in(path), saved, by="officer")
    app = show("board_pack", story=TOLD)
    app.text_input(key="signed_pack").set_value("Officer").run()
    unfold(app, "pack_add")
    app.selectbox(key="pack_chart").select("what-if").run()
    app.selectbox(key="pack_one_what-if").select("A joint fund").run()
    app.button(key="pack_add_it").click().run()
    assert not app.exception
    assert story(kept_in(path), TOLD).views[-1].chart == "what-if"
    assert "would bear" in said(app)
    room = show("away_day", present=TOLD, screen="6", panel="what-if")
    assert "joined up. Overspend:" in said(room)
    room.slider(key="wi_variance").set_value(-5.0).run()
    assert "joined up. Underspend:" in said(room)
    decide = show("away_day", present=TOLD, screen="6", panel="hands")
    assert first.name in said(decide)
