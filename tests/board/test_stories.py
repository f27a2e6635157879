"""Stories are kept version by version; what is decided in the room is written down and never overwritten."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from budget_model.exhibits.catalogue import CHARTS
from budget_model.problem import Refusal
from budget_model.store import joint
from budget_model.store.store import Store
from budget_model.store.stories import (
    Decided,
    SavedView,
    Story,
    Tally,
    count_hands,
    decide_in_room,
    decided,
    duplicate,
    keep_shipped_stories,
    keep_story,
    pin,
    read_stories,
    stories,
    story,
    take_away,
    take_back,
    taken,
    tallies,
    versions,
    write_down,
)
from tests.board.packs import SCOPE, small_town

SHIPPED = Path(__file__).parents[2] / "data" / "stories"
VIEWS = (SavedView("overview", "who"), SavedView("explore", "treemap", note="Largest first."))


@pytest.fixture
def store(empty_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(empty_made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def test_a_story_is_kept_with_its_views_in_order_and_found_by_its_name(store: Store) -> None:
    kept = keep_story(store, Story("", "Our money", VIEWS, "For the away-day"), by="ada")
    assert kept.id == "our-money"
    assert kept.views == VIEWS
    assert story(store, "OUR MONEY") == kept
    assert kept.made_by == "ada"


def test_two_stories_of_one_name_have_two_links(store: Store) -> None:
    keep_story(store, Story("", "Our money", VIEWS), by="ada")
    assert keep_story(store, Story("", "Our money", VIEWS), by="ada").id == "our-money-2"


def test_screens_are_put_in_another_order_pinned_and_taken_out(store: Store) -> None:
    kept = pin(
        store, keep_story(store, Story("", "S", VIEWS), by="ada").id, SavedView("overlap", "shared"), by="ada"
    )
    kept = keep_story(store, kept.moved(2, 0), by="bo")
    assert [view.chart for view in story(store, kept.id).views] == ["shared", "who", "treemap"]
    kept = keep_story(store, kept.without(1), by="bo")
    assert [view.chart for view in kept.views] == ["shared", "treemap"]
    assert [len(version.views) for version in versions(store, kept.id)] == [2, 3, 3, 2]
    assert kept.moved(7, 0) == kept


def test_a_copy_is_a_story_of_its_own(store: Store) -> None:
    first = keep_story(store, Story("", "S", VIEWS), by="ada")
    copy = duplicate(store, first.id, "", by="bo")
    assert copy.name == "S, copy"
    keep_story(store, copy.without(0), by="bo")
    assert story(store, first.id).views == VIEWS


def test_a_story_taken_away_can_be_brought_back_as_it_was(store: Store) -> None:
    first = keep_story(store, Story("", "S", VIEWS), by="ada")
    take_away(store, first.id, by="ada")
    assert stories(store) == ()
    keep_story(store, versions(store, first.id)[0], by="ada")
    assert story(store, first.id).views == VIEWS


def test_words_too_long_and_names_that_are_missing_are_refused(store: Store) -> None:
    with pytest.raises(Refusal, match="name"):
        keep_story(store, Story("", "  ", VIEWS), by="ada")
    with pytest.raises(Refusal, match="Screen 1 has a text of 5,000 characters"):
        keep_story(store, Story("", "S", (SavedView("a", "b", note="x" * 5000),)), by="ada")
    with pytest.raises(Refusal, match="at most 60"):
        keep_story(store, Story("", "S", VIEWS * 40), by="ada")
    long = keep_story(store, Story("", "S", (SavedView("a", "who", finding="é🙂" * 1000),)), by="ada")
    assert story(store, long.id).views[0].finding == "é🙂" * 1000


def test_two_stories_come_with_the_worked_example_and_every_view_of_them_is_known() -> None:
    shipped = read_stories(SHIPPED)
    assert [one.name for one in shipped] == ["The place in eight screens", "Three opportunities"]
    assert len(shipped[0].views) == 8
    for one in shipped:
        for view in one.views:
            assert CHARTS[view.chart].page == view.page
            assert view.note
            assert "saving" not in view.note


def test_shipped_stories_follow_their_files_until_somebody_makes_them_their_own(store: Store) -> None:
    with store.writing() as writer:
        assert len(keep_shipped_stories(writer, SHIPPED)) == 2
    with store.writing() as writer:
        assert keep_shipped_stories(writer, SHIPPED) == ()
    own = story(store, "the-place-in-eight-screens").without(0)
    keep_story(store, own, by="ada")
    take_away(store, "three-opportunities", by="ada")
    with store.writing() as writer:
        assert keep_shipped_stories(writer, SHIPPED) == ()
    assert [len(one.views) for one in stories(store)] == [7]


def test_a_story_file_with_a_part_missing_names_the_file_and_the_part(tmp_path: Path) -> None:
    (tmp_path / "1_bad.toml").write_text('name = "Bad"\n[[view]]\npage = "overview"\n', encoding="utf-8")
    with pytest.raises(Refusal, match=r"1_bad\.toml: a story or a view has no 'chart'"):
        read_stories(tmp_path)


def test_a_decision_is_worded_again_and_taken_back_without_losing_what_stood_before(store: Store) -> None:
    number = write_down(
        store, Decided(0, "s", "o1", "Align home care", "Ada", date(2026, 9, 1), "", ""), by="ada"
    )
    write_down(store, Decided(number, "s", "o1", "Align home care by autumn", "Ada", None, "", ""), by="bo")
    assert [(one.what, one.made_by) for one in decided(store)] == [("Align home care by autumn", "bo")]
    assert decided(store, opportunity="o2") == ()
    take_back(store, number, by="bo")
    assert decided(store) == ()
    assert store.select("select count(*) from decided")[0][0] == 3
    with pytest.raises(Refusal, match="Write what was decided"):
        write_down(store, Decided(0, "s", "", " ", "", None, "", ""), by="ada")


def test_what_is_decided_about_an_opportunity_lands_in_the_register(tmp_path: Path) -> None:
    with small_town(tmp_path / "town.duckdb") as town:
        opportunities = joint.opportunities(town, SCOPE)
        best = opportunities.opportunities[0]
        said = Decided(0, "s", best.id, "Draft a joint plan", "Director of adults", date(2026, 9, 1), "", "")
        decide_in_room(town, said, opportunities, by="ada")
        entry = joint.decisions(town)[0]
        assert (entry.opportunity, entry.owner, entry.review) == (
            best.id,
            "Director of adults",
            date(2026, 9, 1),
        )
        assert [comment.comment for comment in entry.comments] == ["Draft a joint plan"]
        decide_in_room(town, replace(said, opportunity="one that is gone"), opportunities, by="ada")
        assert len(joint.decisions(town)) == 1
        assert len(decided(town)) == 2
        count_hands(town, Tally(best.id, "s", 9, 2, 1), by="ada")
        (one,) = taken(town, told="s", opportunity=best.id)
        assert (one.title, one.vote.sentence) == (best.title, "9 for, 2 against, 1 unsure")


def test_hands_are_counted_for_each_opportunity(store: Store) -> None:
    count_hands(store, Tally("o1", "s", 12, 3, 4), by="ada")
    count_hands(store, Tally("o1", "s", 15, 2, 2), by="ada")
    assert [(tally.in_favour, tally.against, tally.unsure) for tally in tallies(store, "o1")] == [
        (15, 2, 2),
        (12, 3, 4),
    ]
    with pytest.raises(Refusal, match="No vote was entered"):
        count_hands(store, Tally("o1", "s", 0, 0, 0), by="ada")
    with pytest.raises(Refusal, match="less than zero"):
        count_hands(store, Tally("o1", "s", -1, 5, 0), by="ada")
