"""Settings and people from the front door: a row is changed in a form, previewed, kept with a reason and undone."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.store import settings
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from tests.pages.conftest import opened, said
from tests.place.small_place import copy_of_small_place
from tests.towns import line, receive, submission

pytestmark = pytest.mark.slow

Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def smalltown(empty_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("smalltown")
    path = Path(shutil.copy(empty_made, folder / "budget.duckdb"))
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, copy_of_small_place(folder).load())
        nurses = [line("District nurses", 1200, "nursing", code="N1")]
        receive(store, submission("nhs", nurses, share="part", grade=4), b"the nhs's book", by="Ann")
    return path


@pytest.fixture
def visit(smalltown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    return opened(Path(shutil.copy(smalltown, tmp_path / "budget.duckdb")), monkeypatch)


def test_every_list_shows_its_rows_and_a_form_for_one_of_them(visit: Visit) -> None:
    for area in ("bodies", "boards", "money", "targets", "place", "weights", "law", "kept"):
        page = visit("settings", show=area)
        assert not page.error
        lists = page.selectbox(key="choice_list").options if area not in ("bodies", "kept") else []
        for number in range(len(lists)):
            page.selectbox(key="choice_list").select_index(number).run()
            assert not page.exception
            for row in (box for box in page.selectbox if box.label == "Row to change"):
                row.select_index(len(row.options) - 1).run()
                assert not page.exception
                assert [button for button in page.button if "Add to the change" in button.label]


def test_the_page_leads_with_what_is_set_and_a_list_with_what_people_call_its_rows(visit: Visit) -> None:
    words = said(visit("settings"))
    assert "boards and themes" in words
    assert "All stands as in the place’s files" in words
    assert "columns are shown; the file below has all." in words
    assert ">Short name<" in words
    assert ">Id<" not in words


def test_a_share_is_changed_previewed_kept_with_who_and_why_and_undone(visit: Visit) -> None:
    page = visit("settings", show="money", list="shares")
    page.selectbox(key="row_shares").select(1).run()
    page.text_input(key="set_shares_part_numerator").input("2000")
    page.button(key="FormSubmitter:form_shares_part-Add to the change").click().run()
    page.button(key="try_change").click().run()
    assert "It cannot be kept" in page.error[0].value
    assert "City shares, part, numerator: The share &#39;part&#39; is 2000 of 1000, which is over 1." in said(
        page
    )
    page.selectbox(key="row_shares").select(1).run()
    page.text_input(key="set_shares_part_numerator").input("500")
    page.button(key="FormSubmitter:form_shares_part-Add to the change").click().run()
    assert "numerator from ‘250’ to ‘500’" in said(page)
    page.button(key="try_change").click().run()
    assert "Smalltown’s total in 2016-17 would change from £300.00 to £600.00." in said(page)
    page.text_input(key="signed_settings").input("Ann").run()
    page.button(key="keep_change").click().run()
    assert "Say in a sentence why" in page.error[0].value
    page.text_input(key="why_settings").input("The census").run()
    page.button(key="keep_change").click().run()
    assert not page.error
    assert "is not kept yet" not in said(page)
    page = visit("settings", show="kept")
    assert "1 change was kept" in said(page).replace("One", "1")
    page.selectbox(key="picked_change").select(1).run()
    page.text_input(key="signed_undo").input("Ann").run()
    page.text_input(key="why_undo_1").input("The wrong census").run()
    page.button(key="undo_1").click().run()
    assert not page.error
    from pages.shared import kept

    with Store(kept.live().path) as store:
        assert [(change.number, change.undoes) for change in settings.changes(store)] == [(2, 1), (1, None)]


def test_people_are_given_roles_and_removed_on_the_screen(visit: Visit) -> None:
    page = visit("people")
    assert "Nobody holds a role yet." in said(page)
    page.selectbox(key="give_role").select("theme lead").run()
    page.text_input(key="give_account").input("lea@town.example")
    page.text_input(key="give_name").input("Lea")
    page.selectbox(key="give_board").select("living-well")
    page.button(key="FormSubmitter:give-Give the role").click().run()
    assert "Say in a sentence why" in page.error[0].value
    assert (
        "opens 41 pages, all but My body, Upload, People, Audit and How it runs, and may record decisions"
        in said(page)
    )
    page.text_input(key="give_why").input("She leads the board")
    page.button(key="FormSubmitter:give-Give the role").click().run()
    assert "lea@town.example" in said(page)
    assert "Living Well" in said(page)
    page.selectbox(key="person").select("lea@town.example").run()
    page.text_input(key="why_lea@town.example").input("She moved on").run()
    page.button(key="remove_lea@town.example").click().run()
    assert "Nobody holds a role yet." in said(page)
    page.selectbox(key="role_change").select_index(0).run()
    page.text_input(key=next(str(box.key) for box in page.text_input if box.label == "Why undo it")).input(
        "She is back"
    ).run()
    next(button for button in page.button if button.label == "Undo this change").click().run()
    assert "lea@town.example" in said(page)
    page.text_input(key="give_account").input("not an address")
    page.button(key="FormSubmitter:give-Give the role").click().run()
    assert "is not an address of mail" in page.error[0].value


def test_a_body_that_nobody_gave_a_share_gives_it_during_its_first_upload(visit: Visit) -> None:
    page = visit("upload")
    page.selectbox(key="upload_body").select("charity").run()
    assert "What part of Smalltown Charity is Smalltown’s?" in said(page)
    page.text_input(key="share_numerator").input("30")
    page.button(key="FormSubmitter:share_charity-Keep the share").click().run()
    assert "The share cannot be kept yet." in page.error[0].value
    assert "There is nothing under &#39;source&#39;. Fill the cell." in said(page)
    for column, text in (
        ("denominator", "120"),
        ("numerator_is", "people helped here"),
        ("denominator_is", "all helped"),
        ("source", "Its report"),
        ("footprint", "Smalltown and beyond"),
    ):
        page.text_input(key=f"share_{column}").input(text)
    page.button(key="FormSubmitter:share_charity-Keep the share").click().run()
    assert not page.error
    assert "What part of Smalltown Charity" not in said(page)


def test_a_letter_to_each_body_that_is_awaited_is_ready_and_its_sending_is_noted(visit: Visit) -> None:
    page = visit("submissions")
    assert "of them with nothing yet: a letter to each is ready." in said(
        page
    )  # others owe the outturn alone
    assert "Ask them" in [one.label for one in page.get("page_link")]
    page = visit("submissions", show="asking")
    assert "late or awaited for 2016-17" in said(page)
    page.selectbox(key="ask_body").select("council").run()
    assert "open http://localhost:8501/upload?body=council&year=2016-17" in page.code[0].value
    page.button(key="letter_sent").click().run()
    page.selectbox(key="ask_body").select("council").run()
    assert "Last asked on" in said(page)
    assert "It is sent by mail once a mail server is set" in said(page)
