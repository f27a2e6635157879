"""Small invented places beside each other, each in a store of its own, that an officer can add up."""

import dataclasses
import hashlib
import shutil
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.place.model import Population
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.store.versions import publish
from tests.made import made_once
from tests.towns import YEAR, line, receive, submission, town

OTHER_YEAR = "2017-18"
Sent = Sequence[tuple[str, str]]
"""Bodies with the pounds that each sends."""

ASHBY: Sent = (("council", "90.55"), ("nhs", "10.15"))
BROOK: Sent = (("council", "100.05"),)
NAMES = ("ashby", "brook", "cobham", "dene", "elm")


def made(
    path: Path,
    name: str,
    people: int,
    sent: Sent,
    *,
    year: str = YEAR,
    counted_in: int = 2016,
    published: str = "May",
) -> Path:
    """The store of a place whose bodies send an amount each, published under a name where there is one."""
    with Store(path) as store:
        counts = (Population("E1", name, counted_in, people, "counted", "invented"),) if people else ()
        with store.writing() as writer:
            keep_place(writer, town(id=name.lower(), name=name, populations=counts))
        send(store, sent, year)
        if published:
            publish(store, published, by="Ann")
    return path


def send(store: Store, sent: Sent, year: str = YEAR) -> None:
    """Have bodies send an amount each."""
    for body, amount in sent:
        data = f"{body} {amount} {year}".encode()
        book = submission(body, [line("Care", Decimal(amount), "care")], year=year)
        receive(store, dataclasses.replace(book, sha256=hashlib.sha256(data).hexdigest()), data, by="Ann")


def folder_of_places(folder: Path, empty: Path) -> Path:
    """Ashby of 10 people and £100.70, Brook of 5 and £100.05, and three that cannot be compared like them.

    Each is made of a copy of an `empty` store.
    """
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        shutil.copy(empty, folder / f"{name}.duckdb")
    made(folder / "ashby.duckdb", "Ashby", 10, ASHBY)
    made(folder / "brook.duckdb", "Brook", 5, BROOK)
    made(folder / "cobham.duckdb", "Cobham", 7, (("council", "7"),), year=OTHER_YEAR)
    made(folder / "dene.duckdb", "Dene", 0, (("council", "40"),))
    made(folder / "elm.duckdb", "Elm", 3, (("council", "9"),), published="")
    return folder


def places_made(factory: pytest.TempPathFactory, empty: Path) -> Path:
    """That folder, made once in a run and opened by nobody, to be copied."""

    def make(path: Path) -> None:
        folder_of_places(path.parent / "places", empty)
        path.touch()

    return made_once(factory, "many-places", make).parent / "places"
