"""Settings kept on the screen: tried first, kept with who and why, undone, and written back to the folder."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.__main__ import main
from budget_model.access import Asker, Grant, Role
from budget_model.contribute.submission import BudgetLine
from budget_model.place import load
from budget_model.place.editing import SHARED, Edit, Moved
from budget_model.place.lists import LISTS, rows_of
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import audit, settings
from budget_model.store.checks import check
from budget_model.store.folder_out import write_folder
from budget_model.store.places import keep_place
from budget_model.store.spending import submissions, total
from budget_model.store.store import Store
from budget_model.store.submissions import change_status
from budget_model.vocabulary import SubmissionStatus
from tests.place.small_place import copy_of_small_place
from tests.store.older import taken_back
from tests.towns import line, receive, submission


@pytest.fixture(scope="module")
def made(empty_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Smalltown: its council spends £500 of its own, the NHS £1,200 of which a quarter is the town's."""
    folder = tmp_path_factory.mktemp("smalltown")
    path = Path(shutil.copy(empty_made, folder / "budget.duckdb"))
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, copy_of_small_place(folder).load())
        council = [line("Care at home", 500, "home-care", code="A1")]
        nurses = [line("District nurses", 1200, "nursing", code="N1")]
        sent(store, "council", council, share="whole")
        sent(store, "nhs", nurses, share="part")
    return path


def sent(store: Store, body: str, lines: list[BudgetLine], *, share: str) -> None:
    book = f"the book of {body} with share {share}".encode()
    one = submission(body, lines, share=share, sha256=hashlib.sha256(book).hexdigest())
    receive(store, one, book, by="Ann")


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def edit(store: Store, part: str, key: str, **cells: str) -> Edit:
    one = LISTS[part]
    before = next(row for row in settings.rows(store)[part] if one.single or row[0] == key)
    return Edit(part, before, one.from_plain({**one.to_plain(before), **cells}))


def new_share(**cells: str) -> Edit:
    said = {
        "id": "charity-part",
        "organisation": "charity",
        "year": "2016-17",
        "basis": "activity",
        "numerator": "1",
        "numerator_is": "people helped here",
        "denominator": "4",
        "denominator_is": "people helped",
        "grade": "4",
        "source": "its report",
    }
    return Edit("shares", None, LISTS["shares"].from_plain({**said, **cells}))


def broken(store: Store) -> list[str]:
    return [trouble for one in check(store) for trouble in one.troubles]


def the_total(store: Store) -> Decimal:
    return total(store, Scope(year="2016-17")).total


def test_a_change_of_a_share_is_tried_on_the_map_and_says_what_it_would_make_before_it_is_kept(
    store: Store,
) -> None:
    before = the_total(store)
    half = edit(store, "shares", "part", numerator="500")
    tried = settings.preview(store, [half])
    assert tried.sentences[0].startswith(
        f"Smalltown’s total in 2016-17 would change from £{before:,.2f} to £"
    )
    assert "Midshire NHS in 2016-17 would change from £300.00 to £600.00." in tried.sentences
    assert the_total(store) == before
    settings.keep(store, [half], by="Ann", reason="The census")
    assert the_total(store) == tried.totals[0].after
    assert broken(store) == []


def test_a_change_is_kept_with_who_why_and_what_stood_there_and_undone_as_a_change_of_its_own(
    store: Store,
) -> None:
    before, money = settings.rows(store), the_total(store)
    number = settings.keep(
        store, [edit(store, "shares", "part", numerator="500")], by="Ann", reason="The census"
    )
    undone = settings.undo(store, number, by="Bob", reason="The wrong census")
    assert (settings.rows(store), the_total(store)) == (before, money)
    last, first = settings.changes(store)
    assert (last.undoes, first.undone_by, first.made_by, first.reason) == (
        number,
        undone,
        "Ann",
        "The census",
    )
    entry = next(entry for entry in audit.entries(store, "City shares: part") if entry.made_by == "Ann")
    assert (entry.before, entry.after) == ("numerator: 250", "numerator: 500")
    with pytest.raises(Refusal, match="was undone already"):
        settings.undo(store, number, by="Bob", reason="again")
    assert broken(store) == []


def test_a_row_that_is_read_otherwise_than_it_was_typed_is_undone_all_the_same(store: Store) -> None:
    before = settings.rows(store)
    typed = edit(store, "organisations", "charity", note=" Asked in May. ")
    number = settings.keep(store, [typed], by="Ann", reason="why")
    settings.undo(store, number, by="Ann", reason="wrong")
    assert settings.rows(store) == before


def test_a_part_that_counts_on_the_map_is_called_a_memorandum_only_once_it_is_withdrawn(store: Store) -> None:
    beside = Edit(
        "memoranda",
        None,
        LISTS["memoranda"].from_plain(
            {
                "id": "council-by-age",
                "organisation": "council",
                "part": "revenue",
                "subject": "Care",
                "way": "age",
                "counts": "gross spending",
            }
        ),
    )
    before, (council, *_) = the_total(store), submissions(store)
    with pytest.raises(Refusal, match=r"Submission 1 of council, “revenue”, counts on the map\. Withdraw it"):
        settings.keep(store, [beside], by="Ann", reason="It is a return")
    assert the_total(store) == before
    change_status(store, council.submission, SubmissionStatus.WITHDRAWN, by="Ann")
    number = settings.keep(store, [beside], by="Ann", reason="It is a return")
    change_status(store, council.submission, SubmissionStatus.APPROVED, by="Ann")
    assert the_total(store) == 300  # a quarter of the NHS’s £1,200, and nothing of the council’s
    with pytest.raises(Refusal, match=r"is in force as a memorandum\. Withdraw it .* called one no longer"):
        settings.undo(store, number, by="Ann", reason="It is none")
    assert broken(store) == []


def test_what_is_wrong_is_refused_whole_with_its_place_and_nothing_of_it_is_kept(store: Store) -> None:
    wrong = [
        edit(store, "organisations", "nhs", note="kept?"),
        edit(store, "shares", "part", numerator="2000"),
    ]
    assert [str(fault) for fault in settings.faults(store, wrong)] == [
        "City shares, part, numerator: The share 'part' is 2000 of 1000, which is over 1. Check that the two are not "
        "swapped and are in the same unit."
    ]
    with pytest.raises(Refusal, match=r"cannot be kept\. City shares, part"):
        settings.keep(store, wrong, by="Ann", reason="why")
    with pytest.raises(Refusal, match=r"cannot be kept\. City shares, part"):
        settings.preview(store, wrong)
    with pytest.raises(Refusal, match="Say in a sentence why"):
        settings.keep(store, wrong[:1], by="Ann", reason=" ")
    with pytest.raises(Refusal, match="Nothing is changed yet"):
        settings.keep(store, [], by="Ann", reason="why")
    assert settings.changes(store) == ()


def test_what_lines_stand_on_cannot_be_taken_away_be_they_in_force_or_superseded(store: Store) -> None:
    share = next(row for row in settings.rows(store)["shares"] if row[0] == "part")
    with pytest.raises(Refusal, match="'part' under 'share' is not in ‘City shares’"):
        settings.keep(store, [Edit("shares", share, None)], by="Ann", reason="why")
    settings.keep(store, [new_share(id="nhs-part", organisation="nhs")], by="Ann", reason="A second share")
    for name in ("nhs-part", "part"):
        sent(store, "nhs", [line("Nurses", 1300, "nursing", code="N1")], share=name)
    other = next(row for row in settings.rows(store)["shares"] if row[0] == "nhs-part")
    for ask in (settings.preview, lambda *asked: settings.keep(*asked, by="Ann", reason="why")):
        with pytest.raises(Refusal, match=r"What you take away is in use\. Line 3 is shared by nhs-part"):
            ask(store, [Edit("shares", other, None)])


def test_of_two_people_who_change_one_row_the_second_is_told_and_nothing_is_overwritten(store: Store) -> None:
    anns, bobs = (
        edit(store, "shares", "part", numerator="300"),
        edit(store, "shares", "part", numerator="400"),
    )
    other = edit(store, "organisations", "charity", note="Asked in May.")
    number = settings.keep(store, [anns], by="Ann", reason="hers")
    with pytest.raises(Moved, match="somebody else has changed this row"):
        settings.keep(store, [bobs], by="Bob", reason="his")
    settings.keep(store, [other], by="Bob", reason="another row")
    settings.keep(store, [edit(store, "shares", "part", numerator="350")], by="Cal", reason="later")
    with pytest.raises(Moved):
        settings.undo(store, number, by="Ann", reason="back")


def test_what_was_begun_is_there_when_its_person_comes_back_and_is_nobody_elses(store: Store) -> None:
    ann = store.asked_by(Asker("Ann", "ann@x.example", (Grant(Role.DIRECTOR),)))
    bob = store.asked_by(Asker("Bob", "bob@x.example", (Grant(Role.DIRECTOR),)))
    half = edit(store, "shares", "part", numerator="500")
    settings.begin(ann, half)
    assert (settings.begun(ann), settings.begun(bob)) == ((half,), ())
    settings.keep(ann, settings.begun(ann), by="Ann", reason="why")
    assert settings.begun(ann) == ()
    assert broken(store) == []


def test_of_many_rows_all_are_begun_or_none_where_one_is_refused(store: Store) -> None:
    lead = store.asked_by(Asker("Lea", "lea@x.example", (Grant(Role.THEME_LEAD, "living-well"),)))
    falls, share = edit(store, "targets", "falls", target="60"), edit(store, "shares", "part", numerator="1")
    with pytest.raises(Refusal, match="may not load a place"):
        settings.begin(lead, falls, share)
    assert settings.begun(lead) == ()
    settings.begin(lead, falls, edit(store, "target_services", "falls", strength="2"))
    assert len(settings.begun(lead)) == 2


def test_a_theme_lead_sets_the_targets_of_their_board_and_an_officer_a_first_share_of_their_body(
    store: Store,
) -> None:
    lead = store.asked_by(Asker("Lea", "lea@x.example", (Grant(Role.THEME_LEAD, "living-well"),)))
    other = store.asked_by(Asker("Leo", "leo@x.example", (Grant(Role.THEME_LEAD, "growing-up"),)))
    officer = store.asked_by(Asker("Off", "off@x.example", (Grant(Role.OFFICER, "charity"),)))
    falls, linked = (
        edit(store, "targets", "falls", target="60"),
        edit(store, "target_services", "falls", strength="2"),
    )
    settings.keep(lead, [falls, linked], by="Lea", reason="Agreed by the board")
    with pytest.raises(Refusal, match=r"may not set the targets of this board \(living-well\)"):
        settings.keep(other, [edit(store, "targets", "falls", target="50")], by="Leo", reason="why")
    with pytest.raises(Refusal, match="may not"):
        settings.keep(lead, [edit(store, "targets", "falls", board="growing-up")], by="Lea", reason="why")
    theirs = edit(store, "targets", "falls", id="reading", name="Reading", board="growing-up")
    settings.keep(store, [Edit("targets", None, theirs.after)], by="Ann", reason="why")
    for asker in (lead, other):
        with pytest.raises(Refusal, match="may not set the targets of this board"):
            moved = edit(store, "target_services", "falls", target="reading")
            settings.keep(asker, [moved], by="Lea", reason="why")
    with pytest.raises(Refusal, match="may not load a place"):
        settings.keep(lead, [edit(store, "shares", "part", numerator="1")], by="Lea", reason="why")
    served = edit(store, "organisations", "charity", footprint="Smalltown and beyond")
    settings.keep(officer, [new_share(), served], by="Off", reason="First figures")
    with pytest.raises(Refusal, match="may not"):
        settings.keep(officer, [edit(store, "organisations", "charity", name="Ours")], by="Off", reason="why")
    for refused in (
        new_share(id="nhs-part", organisation="nhs"),
        edit(store, "shares", "charity-part", numerator="2"),
    ):
        with pytest.raises(Refusal, match="may not"):
            settings.keep(officer, [refused], by="Off", reason="why")


def test_the_folder_that_is_written_is_the_place_and_loading_it_again_changes_nothing(
    store: Store, tmp_path: Path
) -> None:
    settings.keep(
        store, [edit(store, "shares", "part", numerator="500"), new_share()], by="Ann", reason="why"
    )
    written = write_folder(store, tmp_path / "out")
    back = load(tmp_path / "out", tmp_path / "out" / SHARED)
    assert rows_of(back) == settings.rows(store)
    assert (written.workbooks, written.amounts) == (2, {"submission-1": 500, "submission-2": 1200})
    assert settings.overwritten(store, back) == ()


def test_a_transfer_whose_line_nobody_sends_any_more_is_written_to_a_folder_that_loads(
    store: Store, tmp_path: Path
) -> None:
    (nurses,) = (one for one in submissions(store) if one.organisation == "nhs")
    change_status(store, nurses.submission, SubmissionStatus.WITHDRAWN, by="Ann")
    settings.keep(
        store, [edit(store, "organisations", "nhs", status="awaited")], by="Ann", reason="Withdrawn"
    )
    write_folder(store, tmp_path / "out")
    assert rows_of(load(tmp_path / "out", tmp_path / "out" / SHARED)) == settings.rows(store)


def test_a_folder_that_says_something_else_is_neither_written_over_nor_loaded_unasked(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    write_folder(store, out)
    settings.keep(store, [edit(store, "shares", "part", numerator="500")], by="Ann", reason="why")
    (apart,) = settings.overwritten(store, load(out, out / SHARED))
    assert apart.changes == (("numerator", "500", "250"),)
    store.close()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(store.path))
    assert main(["export-place", str(out)]) == 1
    assert (
        "shares.csv, part: numerator is '250' in the folder and '500' on the screen"
        in capsys.readouterr().err
    )
    assert main(["export-place", str(out), "--replace"]) == 0
    assert len(list(tmp_path.glob("out.before-*"))) == 1
    assert next(share.numerator for share in load(out, out / SHARED).shares if share.id == "part") == 500


def test_a_folder_that_cannot_be_written_leaves_the_one_that_was_there_where_it_was(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write_folder(store, out)
    store.close()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(store.path))

    def full(*_: object) -> None:
        raise Refusal("The disk is full. Nothing was changed.")

    monkeypatch.setattr("budget_model.commands.export_place_command.write_folder", full)
    assert main(["export-place", str(out)]) == 1
    assert (out / "place.toml").is_file()
    assert not list(tmp_path.glob("out.before-*"))


def test_the_command_line_sets_previews_and_undoes_with_one_document(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store.close()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(store.path))

    def run(*words: str) -> dict[str, object]:
        assert main(["settings", *words, "--json"]) == 0
        answer: dict[str, object] = json.loads(capsys.readouterr().out)
        return answer

    said = run("set", "shares", "part", "numerator=500", "--preview")["would_change"]
    assert isinstance(said, list)
    assert "Midshire NHS in 2016-17 would change from £300.00 to £600.00." in said
    assert run("history") == {"changes": []}
    assert run("set", "shares", "part", "numerator=500", "--reason", "census") == {"change": 1}
    assert run("undo", "1", "--reason", "wrong") == {"change": 2}
    assert main(["settings", "set", "shares", "part", "numbers=5", "--reason", "x"]) == 1
    assert "names no column of City shares" in capsys.readouterr().err


def test_what_works_towards_real_measures_is_added_up_again_when_they_change_and_when_a_store_is_older(
    made: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(made, tmp_path / "budget.duckdb"))

    def linked(store: Store) -> Decimal:
        return total(store, Scope(year="2016-17")).linked

    with Store(path) as store:
        assert linked(store) == 400, "the one measure is made up, so that all are counted"
        falls = edit(store, "targets", "falls", id="reading", name="Reading", illustrative="no")
        settings.keep(store, [Edit("targets", None, falls.after)], by="Ann", reason="Agreed")
        assert linked(store) == 0, "nothing works towards the one that is real"
        assert broken(store) == []
        with store.writing(audited=False) as writer:
            writer.execute("update mapped_sum set linked = true")
    taken_back(path, 32)
    with Store(path) as store:
        assert linked(store) == 0
