"""From a file to mapped money in a real browser: dropped, left half-way, taken up again, sent, changed, sent again."""

import io
import re
from pathlib import Path

import openpyxl
import pytest

from tests.browser.conftest import _served, riverton, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROWS = (
    ("A1", "Older people: care homes and home care", 91_000_000),
    ("A2", "Waste collection", 20_500_000),
    ("A3", "Something that nobody knows", 400_000),
)


def workbook(path: Path, rows=ROWS) -> Path:
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


def choose(page, label, text):
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(text)
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    settle(page)


def drop(page, file):
    choose(page, "Whose figures are they?", "Riverton City Council")
    page.set_input_files("input[type=file]", str(file))
    page.wait_for_url(re.compile(r"draft=\d+"), timeout=30000)
    settle(page)


def step(page, name):
    page.get_by_text(re.compile(rf"^\d {name}")).click()
    settle(page)


def test_a_file_is_dropped_the_server_is_killed_and_everything_typed_is_there_again(tmp_path, visit):
    store = riverton().build(tmp_path / "store.duckdb")
    first = _served(store)
    page = visit(f"{next(first)}/upload")
    drop(page, workbook(tmp_path / "budget.xlsx"))
    step(page, "Totals")
    page.get_by_role("textbox", name="Your own total: net, in pounds").fill("111,900,000")
    page.get_by_role("button", name="Hold it against this").click()
    page.get_by_text("It agrees with the control total of £111,900,000.00.").first.wait_for()
    link = page.url.split("/upload")[1]
    first.close()

    second = _served(store)
    page = visit(f"{next(second)}/upload{link}")
    assert page.get_by_text("It agrees with the control total of £111,900,000.00.").first.is_visible()
    assert (
        page.get_by_role("textbox", name="Your own total: net, in pounds").input_value() == "111,900,000.00"
    )
    page.get_by_role("button", name="Undo the control total").click()
    settle(page)
    assert page.get_by_role("textbox", name="Your own total: net, in pounds").input_value() == ""
    second.close()


def test_a_budget_is_sent_changed_and_sent_again_each_time_with_what_changes(
    fresh_dashboard, visit, tmp_path
):
    page = visit(f"{fresh_dashboard}/upload")
    drop(page, workbook(tmp_path / "budget.xlsx"))
    step(page, "What changes")
    assert page.get_by_text(re.compile("The place’s total for 2016-17 falls by")).is_visible()
    page.get_by_label("One explanation for all of them").fill("Most services were moved to other bodies.")
    page.get_by_role("button", name="Keep the explanations").click()
    settle(page)
    step(page, "Send")
    page.get_by_role("button", name="Submit and approve").click()
    page.get_by_text("It is on the map.").wait_for()

    page.goto(f"{fresh_dashboard}/upload")
    settle(page)
    changed = (*ROWS[:1], ("A2", "Waste collection", 21_000_000), *ROWS[2:])
    drop(page, workbook(tmp_path / "budget again.xlsx", changed))
    step(page, "What changes")
    assert page.get_by_text("The place’s total for 2016-17 rises by £500k").is_visible()
    assert page.get_by_text("Against what was sent before: £112m then, £112m now").is_visible()
    step(page, "Send")
    page.get_by_role("button", name="Submit and approve").click()
    page.get_by_text("It is on the map.").wait_for()


def test_the_journey_is_made_with_the_keyboard_alone(fresh_dashboard, visit, tmp_path):
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
    page.wait_for_url(re.compile(r"draft=\d+"), timeout=30000)
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


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)], ids=str)
@pytest.mark.parametrize(
    "address", ["upload", "submissions", "submissions?show=versions&submission=1", "submissions?show=quality",
                "submissions?show=transfers", "submissions?show=take", "mapping"],
)  # fmt: skip
def test_no_page_of_contributing_is_wider_than_its_window_nor_has_a_serious_fault_of_access(
    dashboard, visit, address, size
):
    axe = pytest.importorskip("axe_playwright_python", reason="The checker axe is not installed.")
    page = visit(f"{dashboard}/{address}", size)
    wide, room = page.evaluate("[document.querySelector('[data-testid=stMain]').scrollWidth, innerWidth]")
    assert wide <= room
    page.add_script_tag(path=str(Path(axe.__file__).parent / "axe.min.js"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    serious = [
        (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
