"""The shipped place and one suggester that has learnt from it, shared by the tests of mapping."""

from pathlib import Path

import pytest

from budget_model.mapping.suggestion import Suggester
from budget_model.place import load
from budget_model.place.model import Place

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="session")
def place() -> Place:
    return load(DATA / "derby", DATA / "reference")


@pytest.fixture(scope="session")
def suggester(place: Place) -> Suggester:
    kinds = {name: str(body.type) for body in place.organisations for name in (body.id, body.name)}
    return Suggester(place.services, organisations=kinds)


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = DATA.parent.parent / "shared"
    if not folder.exists():
        pytest.skip("The real files are not beside this repository.")
    return folder
