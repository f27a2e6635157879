"""A published map never changes: opened after the data changed it shows the old figures to the penny."""

import json
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.__main__ import main
from budget_model.access import Act, Asker, Grant, Role
from budget_model.answers import Answers
from budget_model.board.pack import make_pack, scope_in_words
from budget_model.count.ends import End
from budget_model.count.what_changed import Reason
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.checks import check
from budget_model.store.mapped import map_everything
from budget_model.store.places import keep_place
from budget_model.store.spending import lines, total
from budget_model.store.store import Store
from budget_model.store.stories import SavedView, Story
from budget_model.store.submissions import original_of
from budget_model.store.versions import differing, opened, publish, published
from budget_model.vocabulary import Dimension, Phase
from tests import several_years
from tests.towns import line, receive, submission

pytestmark = pytest.mark.slow

YEAR = Scope(year="2017-18")
LAW = "Every published version gives the figures that it was published with, to the penny"


@pytest.fixture
def store(several_years_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(several_years_made, tmp_path / "budget.duckdb"))) as kept:
        yield kept


def grown(store: Store) -> None:
    """The council sends another file of 2017-18, and the NHS its first."""
    receive(
        store,
        submission(
            "council", [line("Parks", 60, "roads")], part="parks", year="2017-18", phase=Phase.OUTTURN
        ),
        b"parks",
        by="test",
    )
    receive(
        store,
        submission("nhs", [line("Clinics", 500, "health")], year="2017-18", phase=Phase.OUTTURN),
        b"nhs",
        by="test",
    )


def test_a_version_shows_the_old_figures_after_submissions_settings_and_reference_data_changed(
    store: Store,
) -> None:
    publish(store, "For the Board", by="Ann")
    before = Answers(store, YEAR)
    assert before.total().total == Decimal(1790)
    grown(store)
    with store.writing() as writer:
        keep_place(writer, replace(several_years.place(), name="Othertown", deflators=()))
        map_everything(writer)
    today, then = Answers(store, YEAR), Answers(store, YEAR.switched(version=1))
    assert (today.total().total, then.total().total) == (2350, 1790)
    assert (today.place.name, then.place.name) == ("Othertown", "Anytown")
    assert then.within(real_terms=True, year="2013-14").restated().prices == "prices of 2017-18"
    assert today.names(Dimension.SERVICE) == then.names(Dimension.SERVICE)
    assert differing(store) == ()


def test_a_figure_of_a_version_leads_to_the_file_that_it_came_from(store: Store) -> None:
    publish(store, "For the Board", by="Ann")
    frozen = opened(store, 1)
    found = lines(frozen, YEAR).lines
    assert sum(line_on_map.city_amount for line_on_map in found) == 1790
    assert original_of(frozen, found[0].submission) == original_of(store, found[0].submission)


def test_nothing_can_be_written_to_a_version(store: Store) -> None:
    publish(store, "For the Board", by="Ann")
    with pytest.raises(
        Refusal, match=r"This is version 1, “For the Board”, published on .* It never changes"
    ):
        receive(opened(store, 1), submission("nhs", [line("Clinics", 500, "health")]), b"", by="test")


def test_two_versions_have_a_bridge_that_adds_up(store: Store) -> None:
    publish(store, "First", by="Ann")
    grown(store)
    publish(store, "Second", by="Ann")
    changes = Answers(store, YEAR.switched(version=2)).changed_since(End("2017-18", None, 1))
    assert dict(changes.reasons()) == {Reason.NEW: 500, Reason.SCOPE: 60}
    assert (changes.before, changes.after) == (1790, 2350)
    shown = catalogue.show(Answers(store, YEAR), "change", "2017-18@1~organisation")
    assert isinstance(shown, Exhibit)
    assert shown.finding.startswith(
        "Spending for Anytown’s residents rose by £560 (31%) between 2017-18, version 1 and today’s map"
    )


def test_nothing_has_changed_between_a_version_and_todays_map_in_one_plain_sentence(store: Store) -> None:
    publish(store, "First", by="Ann")
    shown = catalogue.show(Answers(store, YEAR), "change", "2017-18@1~organisation")
    assert shown.finding.startswith(
        "Spending for Anytown’s residents is the same in 2017-18, version 1 and in today’s map: £1,790"
    )


def test_a_slide_says_which_version_it_stands_on_and_keeps_its_figures(store: Store) -> None:
    publish(store, "For the Board", by="Ann")
    grown(store)
    view = SavedView("overview", "who", "year=2017-18&version=1")
    pack = make_pack(store, Story("", "Ours", (view, SavedView("overview", "who"))), YEAR)
    frozen, today = pack.slides
    assert "version 1, “For the Board”, published" in frozen.scope
    assert "today’s map, not published" in today.scope
    assert "'Total', Decimal('1790.00')" in str(frozen.shown.exhibit.table.rows)
    assert "'Total', Decimal('2350.00')" in str(today.shown.exhibit.table.rows)
    assert "version=1" in frozen.link


def test_check_proves_a_version_after_the_data_changed_and_finds_one_that_was_altered(store: Store) -> None:
    known = publish(store, "For the Board", by="Ann")
    grown(store)
    assert {one.law: one.troubles for one in check(store)}[LAW] == ()
    figures = json.dumps({**known.figures, "2017-18 commissioner total": "1790.01"})
    with store.writing(audited=False) as writer:
        writer.execute("update map_version set figures = $figures", {"figures": figures})
    assert {one.law: one.troubles for one in check(store)}[LAW] == (
        "In version 1, “For the Board”, 2017-18 commissioner total was published as £1,790.01 and is £1,790.00 now.",
    )


def test_a_version_whose_file_was_altered_is_not_opened(store: Store) -> None:
    publish(store, "For the Board", by="Ann")
    with store.writing(audited=False) as writer:
        writer.execute("update map_version_file set bytes = $bytes", {"bytes": zlib.compress(b"another")})
    assert differing(store) == (
        "The file of version 1, “For the Board” is not what was published. Restore a backup.",
    )


def test_a_version_says_when_by_whom_and_by_which_program_it_was_made(store: Store) -> None:
    made = publish(store, "  For the Board ", "Before the vote", by="Ann")
    assert (made.number, made.name, made.note, made.made_by) == (1, "For the Board", "Before the vote", "Ann")
    assert made.program.startswith("0.3.0 (")
    assert made.total_of("2017-18") == "1790.00"
    assert made.years == ("2017-18", "2016-17", "2015-16", "2013-14")
    assert publish(store, "Again", by="Ann").number == 2
    assert [map_version.number for map_version in published(store)] == [2, 1]


def test_who_may_come_in_and_the_audit_stay_with_the_living_store(store: Store) -> None:
    publish(store, "Before", by="Ann")
    publish(store, "For the Board", by="Ann")
    frozen = opened(store, 2)
    for table in ("person", "credential", "map_version", "map_version_file"):
        assert frozen.select(f"select count(*) from {table}") == [(0,)]
    assert frozen.select("select count(*) from audit_entry where what = 'map published'") == [(0,)]


def test_a_map_without_a_name_or_without_money_is_not_published(
    store: Store, town_made: Path, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match="needs a name"):
        publish(store, "   ", by="Ann")
    empty = tmp_path / "empty.duckdb"
    empty.write_bytes(town_made.read_bytes())
    with Store(empty) as nothing, pytest.raises(Refusal, match="Nothing is on the map yet"):
        publish(nothing, "Nothing", by="Ann")


def test_only_a_director_publishes_where_people_sign_in(store: Store) -> None:
    officer = store.asked_by(Asker("Ben", "ben@council.example", (Grant(Role.OFFICER, "council"),)))
    with pytest.raises(Refusal, match="may not publish a version of the map"):
        publish(officer, "Mine", by="Ben")
    director = store.asked_by(Asker("Cat", "cat@place.example", (Grant(Role.DIRECTOR),)))
    assert director.asker.may(Act.PUBLISH)
    assert publish(director, "Ours", by="Cat").made_by == "Cat"


def test_the_command_line_publishes_lists_and_counts_a_version(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = store.path
    store.close()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    assert main(["publish", "For the Board", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["totals"]["2017-18"] == "1790.00"
    with Store(path) as again:
        grown(again)
    assert main(["versions", "--json"]) == 0
    assert [one["name"] for one in json.loads(capsys.readouterr().out)] == ["For the Board"]
    for words, amount in ((["--version", "1"], "1790.00"), ([], "2350.00")):
        assert main(["total", "--year", "2017-18", "--json", *words]) == 0
        assert json.loads(capsys.readouterr().out)["total"] == amount
    assert main(["what-changed", "--year", "2017-18", "--since", "2017-18@1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["change"] == "560.00"
    assert main(["total", "--version", "7"]) == 1


def test_the_scope_of_a_slide_of_today_names_no_version(store: Store) -> None:
    assert scope_in_words(Answers(store, YEAR)).endswith("today’s map, not published")
    assert total(store, YEAR).total == 1790
