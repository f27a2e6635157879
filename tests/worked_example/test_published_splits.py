"""What the council's returns say its care is made of makes their printed totals, and moves nothing on the map."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit
from budget_model.exhibits.published_splits import splits_of
from budget_model.scope import Scope
from budget_model.store.store import Store

pytestmark = pytest.mark.slow
COUNCIL = "derby-city-council"


@pytest.fixture(scope="module")
def answers(derby_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    path = Path(shutil.copy(derby_made, tmp_path_factory.mktemp("splits") / "budget.duckdb"))
    with Store(path) as store:
        yield Answers(store, Scope(year="2016-17"))


def test_each_split_makes_the_total_that_its_return_prints(answers: Answers) -> None:
    totals = []
    for split in splits_of(answers, COUNCIL):
        shown = catalogue.show(answers, "made-of", split)
        assert isinstance(shown, Exhibit)
        *parts, (_, total, _) = shown.table.rows
        assert sum(row[1] for row in parts if not isinstance(row[1], str | None)) == total
        totals.append(total)
    assert totals == [79_873_000, 79_873_000, 91_207_000, 58_009_099, 50_334_209]


def test_children_looked_after_are_half_of_childrens_services(answers: Answers) -> None:
    # £28,725,044 of £58,009,099, and £15,601,015 for safeguarding
    shown = catalogue.show(answers, "made-of", f"{COUNCIL}~Children’s services~2016-17~kind of help")
    assert isinstance(shown, Exhibit)
    assert shown.finding == (
        "Of £58.0m that Derby City Council spent on children’s services in 2016-17, by kind of help: "
        "50% children looked after and 27% safeguarding and social work."
    )
    assert "added to nothing" in shown.why
