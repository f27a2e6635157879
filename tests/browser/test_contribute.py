"""From a file to mapped money in a real browser: dropped, left half-way, taken up again, sent, changed, sent again."""

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.browser.conftest import serious_faults, served, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROWS = (
    ("A1", "Older people: care homes and home care", 91_000_000),
    ("A2", "Waste collection", 20_500_000),
    ("A3", "Something that nobody knows", 400_000),
)


def workbook(path: Path, rows: Any = ROWS) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["Riverton City Council budget 2016-17, £"])
    book.active.append(["Code", "Description", "Budget 2016-17"])
    for row in rows:
        book.active.append(list(row))
    book.active.append([None, "Total", sum(row[2] for row in rows)])
    kept = io.BytesIO()
    book.save(kept)
    path.write_bytes(kept.getvalue())
    return path


def choose(page: Any, label: Any, text: Any) -> None:
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(text)
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    settle(page)


def drop(page: Any, file: Any) -> None:
    choose(page, "Whose figures are they?", "Riverton City Council")
    page.set_input_files("input[type=file]", str(file))
    page.wait_for_url(re.compile(r"draft=\d+"))
    settle(page)


def step(page: Any, name: Any) -> None:
    page.get_by_text(re.compile(rf"^\d {name}")).click()
    settle(page)


def moved(page: Any, at: Any, role: Any) -> None:
    """Give a column, a row or the unit another role in the picture of the sheet."""
    page.locator(f'select[data-at="{at}"]').select_option(label=role)
    page.wait_for_timeout(300)
    settle(page)


def test_the_server_is_killed_between_steps_and_whatever_was_done_is_there_again(
    riverton_made: Path, tmp_path: Path, visit: Callable[..., Any]
) -> None:
    store = Path(shutil.copy(riverton_made, tmp_path / "store.duckdb"))
    server = served(store, killed=True)
    page = visit(f"{next(server)}/upload")
    drop(page, workbook(tmp_path / "budget.xlsx"))
    link = page.url.split("/upload")[1].split("&")[0]

    def killed_and_opened_again(step: Any) -> Any:
        nonlocal server
        server.close()
        server = served(store, killed=True)
        return visit(f"{next(server)}/upload{link}&step={step}")

    step(page, "Sheet")
    page.get_by_text("3 lines were read, £112m net").wait_for()
    moved(page, "unit", "£ thousand")
    page.get_by_text("3 lines were read, £111.90bn net").wait_for()
    page = killed_and_opened_again("sheet")
    assert page.get_by_text("3 lines were read, £111.90bn net").is_visible()
    page.get_by_role("button", name="Undo an answer about the layout").click()
    settle(page)

    step(page, "Mapping")
    page.get_by_role("button", name=re.compile("^Accept the .* guess")).click()
    page.get_by_text("0 of 3 wordings to look at").wait_for()
    step(page, "Totals")
    own_total = "Your own total: net, in pounds"
    page.get_by_role("textbox", name=own_total).fill("111,900,001")
    page.get_by_role("button", name="Compare totals").click()
    settle(page)
    page.get_by_label(re.compile("^Why do they differ")).fill("A pound of rounding.")
    page.get_by_role("button", name="Keep the explanation").click()
    settle(page)
    step(page, "Mapping")
    page.get_by_text("0 of 3 wordings to look at").wait_for()
    page = killed_and_opened_again("totals")
    assert page.get_by_role("textbox", name=own_total).input_value() == "111,900,001.00"
    assert page.get_by_label(re.compile("^Why do they differ")).input_value() == "A pound of rounding."
    step(page, "Mapping")
    page.get_by_text("0 of 3 wordings to look at").wait_for()

    step(page, "What changes")
    page.get_by_label("One explanation for all of them").fill("Most services were moved to other bodies.")
    page.get_by_role("button", name="Keep the explanations").click()
    settle(page)
    step(page, "Send")
    page.get_by_text("No change is left to explain.").wait_for()
    page = killed_and_opened_again("send")
    assert page.get_by_text("No change is left to explain.").is_visible()
    page.get_by_role("button", name=re.compile("Submit$")).click()
    page.get_by_text("as soon as it is approved").wait_for()
    page = killed_and_opened_again("send")
    assert page.get_by_text("Difference explained").first.is_visible()
    server.close()


def test_a_budget_is_sent_changed_and_sent_again_each_time_with_what_changes(
    fresh_dashboard: str, visit: Callable[..., Any], tmp_path: Path
) -> None:
    page = visit(f"{fresh_dashboard}/upload")
    drop(page, workbook(tmp_path / "budget.xlsx"))
    step(page, "What changes")
    page.get_by_text(re.compile("The place’s total for 2016-17 falls by")).wait_for()
    page.get_by_label("One explanation for all of them").fill("Most services were moved to other bodies.")
    page.get_by_role("button", name="Keep the explanations").click()
    settle(page)
    step(page, "Send")
    page.get_by_role("button", name="Submit and approve").click()
    page.get_by_text("It is counted in the place’s total.").wait_for()

    page.goto(f"{fresh_dashboard}/upload")
    settle(page)
    changed = (*ROWS[:1], ("A2", "Waste collection", 21_000_000), *ROWS[2:])
    drop(page, workbook(tmp_path / "budget again.xlsx", changed))
    step(page, "What changes")
    page.get_by_text("The place’s total for 2016-17 rises by £500k").wait_for()
    page.get_by_text("Against what was sent before: £112m then, £112m now").wait_for()
    step(page, "Send")
    page.get_by_role("button", name="Submit and approve").click()
    page.get_by_text("It is counted in the place’s total.").wait_for()


def test_the_journey_is_made_with_the_keyboard_alone(
    fresh_dashboard: str, visit: Callable[..., Any], tmp_path: Path
) -> None:
    page = visit(f"{fresh_dashboard}/upload")
    page.get_by_role("combobox", name="Whose figures are they?").focus()
    page.keyboard.type("Riverton City Council")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    settle(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("stFileUploader").get_by_test_id("stBaseButton-secondary").focus()
        page.keyboard.press("Enter")
    chooser.value.set_files(str(workbook(tmp_path / "budget.xlsx")))
    page.wait_for_url(re.compile(r"draft=\d+"))
    settle(page)
    for _ in range(3):
        onwards = page.get_by_role("button", name=re.compile("^Go on to"))
        onwards.focus()
        page.keyboard.press("Enter")
        settle(page)
        if "step=changes" in page.url:
            break
    page.get_by_label("One explanation for all of them").focus()
    page.keyboard.type("Most services were moved to other bodies.")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name="Go on to sending").focus()
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name=re.compile("Submit$")).focus()
    page.keyboard.press("Enter")
    page.get_by_text("as soon as it is approved").wait_for()


def test_header_unit_columns_and_totals_are_moved_in_the_picture_by_mouse_and_by_keyboard(
    fresh_dashboard: str, visit: Callable[..., Any], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Riverton City Council budget 2016-17, £"],
        ["Code", "Description", "Budget 2016-17", "Posts"],
        ["Chapter", "words", "of the council", "agreed"],
        ["A1", "Older people: care homes", 91_000_000, 312.5],
        ["A2", "Waste collection", 20_500_000, 41],
        ["A3", "Levies and precepts", 400_000, 7],
    ):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    page = visit(f"{fresh_dashboard}/upload")
    drop(page, tmp_path / "book.xlsx")
    step(page, "Sheet")
    assert serious_faults(page) == []
    assert role_of(page, "row-2") == role_of(page, "row-3") == "header"
    moved(page, "row-2", "the whole header")
    becomes(page, "row-2", "header")
    assert role_of(page, "row-3") != "header"
    moved(page, "column-D", "leave it out")
    becomes(page, "column-D", "left out")
    page.get_by_text("3 lines were read, £112m net").wait_for()
    moved(page, "row-6", "a total")
    page.get_by_text("2 lines were read, £112m net").wait_for()
    moved(page, "unit", "£ thousand")
    page.get_by_text("2 lines were read, £111.50bn net").wait_for()

    page.locator('select[data-at="unit"]').focus()
    page.keyboard.press("ArrowDown")
    settle(page)
    page.get_by_text("2 lines were read, £112m net").wait_for()
    page.locator('select[data-at="row-6"]').focus()
    page.keyboard.press("ArrowDown")
    page.get_by_text("3 lines were read, £112m net").wait_for()
    settle(page)
    assert page.evaluate("document.activeElement.dataset.at") == "row-6"
    page.locator('select[data-at="row-2"]').focus()
    page.keyboard.type("as it was read")
    settle(page)
    becomes(page, "row-3", "header")


def becomes(page: Any, at: Any, role: Any) -> None:
    """Wait until the sheet is drawn again with this role."""
    page.wait_for_function(
        "([at, role]) => document.querySelector(`select[data-at='${at}']`)?.selectedOptions[0].text === role",
        arg=[at, role],
    )


def role_of(page: Any, at: Any) -> Any:
    return page.locator(f'select[data-at="{at}"]').evaluate("one => one.selectedOptions[0].text")
