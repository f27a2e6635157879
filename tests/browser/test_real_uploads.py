"""Files that public bodies published themselves, taken from the drop to the sending in a real browser."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ROOT, served, settle
from tests.browser.test_contribute import choose, step

EXAMPLES = ROOT.parent / "shared" / "examples"
RETURN = "mhclg-ra-2016-17/budgetaccounts1617.xlsx"
ALLOCATIONS = "nhs-ccg-allocations/ccg_allocations.csv"
COLLEGES = "esfa-16-19-allocations/FE-Allocations-2019-2020.csv"
TOWN = "town-sutton-coldfield/Statement-of-Accounts-2016-17.xlsx"
DWELLINGS = "control-ods-dwellings/housing-data.ods"

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.shared]


@pytest.fixture(scope="module")
def derby(derby_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the worked example."""
    yield from served(Path(shutil.copy(derby_made, tmp_path_factory.mktemp("served") / "store.duckdb")))


def published(name: str) -> Path:
    if not (EXAMPLES / name).exists():
        pytest.skip(f"The published file {Path(name).name} is not at hand, so nobody can drop it.")
    return EXAMPLES / name


def drop(page: Any, file: Any, body: Any, part: Any, year: str = "2016-17") -> None:
    choose(page, "Whose figures are they?", body)
    if year != "2016-17":
        choose(page, "Financial year", year)
    choose(page, "Which part of the budget", part)
    page.set_input_files("input[type=file]", str(file))
    page.wait_for_url(re.compile(r"draft=\d+"))
    settle(page)


NUMBERS = ("Nothing", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def answer_all(page: Any) -> int:
    """Take the best guess to everything that is asked; gives how much was asked at first."""
    step(page, "Sheet")
    heading = page.get_by_text(re.compile("things? the file does not say"))
    asked = []
    while heading.count():  # an answer may raise a question of its own
        said = heading.first.inner_text()
        asked.append(said.split()[0])
        every = page.get_by_role("button", name="Take every best guess")
        (every if every.count() else page.get_by_role("button", name="That is right")).first.click()
        page.wait_for_function("said => !document.body.innerText.includes(said)", arg=said)
        settle(page)
        step(page, "Sheet")
        assert len(asked) <= 3
    first = asked[0] if asked else "Nothing"
    return NUMBERS.index(first) if first in NUMBERS else int(first)


def send(page: Any) -> None:
    """Accept what is suggested, explain what is asked, and submit."""
    step(page, "Mapping")
    accept = page.get_by_role("button", name=re.compile("^Accept the .* guess"))
    if accept.count():
        accept.click()
        settle(page)
    step(page, "Totals")
    rounding = page.get_by_role("button", name="It is rounding")
    if rounding.count():
        rounding.click()
        settle(page)
    step(page, "What changes")
    why = page.get_by_label("One explanation for all of them")
    if why.count():
        why.fill("The figures are of another return.")
        why.blur()
        settle(page)
        page.get_by_role("button", name="Keep the explanations").click()
        settle(page)
    step(page, "Send")
    page.get_by_role("button", name=re.compile("Submit$")).click()
    page.get_by_text("figures are sent").wait_for()
    settle(page)


def test_a_council_s_row_of_the_published_return_is_sent_after_one_answer(
    derby: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{derby}/upload")
    drop(page, published(RETURN), "Derby City Council", "revenue")  # under another part it is asked about
    page.get_by_text(re.compile(r"£390m net")).first.wait_for()
    page.get_by_text(re.compile("They are those of Derby City UA, in row")).first.wait_for()
    assert answer_all(page) <= 2
    step(page, "Totals")
    assert page.get_by_text("£1,000.00 less than the printed total of £390,292,000.00").first.is_visible()
    send(page)
    assert page.get_by_text("Rounding: the file gives each figure in GBP thousand").first.is_visible()


def test_an_nhs_body_s_allocation_is_sent_changed_and_sent_again(
    derby: str, visit: Callable[..., Any], tmp_path: Path
) -> None:
    file = published(ALLOCATIONS)
    page = visit(f"{derby}/upload")
    drop(page, file, "NHS Southern Derbyshire", "allocation")
    assert answer_all(page) <= 2
    page.get_by_text("1 line was read, £706m net").wait_for()
    send(page)

    changed = tmp_path / "ccg allocations again.csv"
    changed.write_bytes(file.read_bytes().replace(b"705701", b"715701"))
    page.goto(f"{derby}/upload")
    settle(page)
    drop(page, changed, "NHS Southern Derbyshire", "allocation")
    assert answer_all(page) == 0  # what was answered is remembered
    page.get_by_text("1 line was read, £716m net").wait_for()
    send(page)


def test_a_college_finds_its_own_row_in_the_published_allocations(
    derby: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{derby}/upload")
    drop(page, published(COLLEGES), "Derby College", "allocation", "2019-20")
    assert page.get_by_text("7 lines were read, £25.3m net").is_visible()
    assert answer_all(page) <= 1
    send(page)


def test_the_scanned_accounts_of_a_town_council_are_put_in_order_table_by_table(
    derby: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{derby}/upload")
    drop(page, published(TOWN), "Derby City Council", "town council")
    answer_all(page)
    before = page.get_by_text(re.compile("lines were read")).inner_text()
    page.get_by_role("button", name="Leave this table out").click()
    page.wait_for_function("before => !document.body.innerText.includes(before)", arg=before)
    page.get_by_text(re.compile("other tables? (?:is|are) in the file and not loaded")).wait_for()
    settle(page)
    page.get_by_role("button", name="Undo an answer about the layout").click()
    page.get_by_text(before).wait_for()


def test_a_file_about_something_else_is_refused_in_a_sentence_and_the_right_one_dropped_in_its_place(
    derby: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{derby}/upload")
    drop(page, published(DWELLINGS), "NHS Southern Derbyshire", "mistaken")
    assert page.get_by_text("This file cannot be loaded").is_visible()
    assert page.get_by_text("counts and not a budget").is_visible()
    page.set_input_files("input[type=file]", str(published(ALLOCATIONS)))
    page.get_by_text(re.compile(r"^2 Mapping")).wait_for()
    settle(page)
    step(page, "Sheet")
    page.get_by_text("1 line was read, £706m net").wait_for()
