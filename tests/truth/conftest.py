"""What these tests share: the worked example, asked in ten scopes, beside a recount of its entries."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from budget_model.__main__ import main
from budget_model.answers import Answers
from budget_model.scope import Scope, from_link
from budget_model.store.store import Store
from tests.made import made_once, workbooks_read_once
from tests.truth.ledger import Ledger, ledger

SCOPES = {
    "whole": "",
    "benefits off": "benefits=no",
    "schools off": "schools=no",
    "capital off": "capital=no",
    "housing off": "hra=no",
    "gross": "basis=gross",
    "provider": "view=provider",
    "council alone": "org=derby-city-council",
    "one board": "theme=healthy-city",
    "a year ahead": "year=2017-18",
}
Both = tuple[Answers, Ledger]


@pytest.fixture(scope="session")
def three_years_made(derby_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example with the year before and the year after beside its first; nobody opens it, so that it can be copied."""

    def make(path: Path) -> None:
        shutil.copy(derby_made, path)
        with pytest.MonkeyPatch.context() as patch, workbooks_read_once(tmp_path_factory):
            patch.setenv("BUDGET_MODEL_STORE", str(path))
            assert main(["seed", "--year", "2015-16", "--year", "2017-18", "--again"]) == 0

    return made_once(tmp_path_factory, "three-years", make)


@pytest.fixture(scope="session")
def store(three_years_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same for all tests that only read."""
    path = tmp_path_factory.mktemp("truth") / "budget.duckdb"
    with Store(Path(shutil.copy(three_years_made, path))) as opened:
        yield opened


def asked(link: str) -> Scope:
    """The scope of a link; of the worked example's first year where it names none."""
    scope = from_link(link)
    return scope if scope.year else scope.switched(year="2016-17")


@pytest.fixture(scope="session")
def in_scope(store: Store) -> Callable[[str], Both]:
    """The answers of a scope by its name, and its entries: each made once."""
    made: dict[str, Both] = {}

    def both_of(name: str) -> Both:
        if name not in made:
            scope = asked(SCOPES[name])
            made[name] = Answers(store, scope), ledger(store, scope)
        return made[name]

    return both_of


@pytest.fixture(params=list(SCOPES))
def joint(request: pytest.FixtureRequest, in_scope: Callable[[str], Both]) -> Both:
    """The same for what is said of working together, which is always about who pays."""
    answers, counted = in_scope(request.param)
    return answers, in_scope("whole")[1] if request.param == "provider" else counted


@pytest.fixture(params=list(SCOPES))
def both(request: pytest.FixtureRequest, in_scope: Callable[[str], Both]) -> Both:
    """The answers and the entries of each scope in turn."""
    return in_scope(request.param)
