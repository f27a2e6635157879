"""What leaves the product can be read by anybody, our own reader included, and adds up to the same."""

import csv
import dataclasses
import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import pytest

from budget_model.contribute.package import (
    DICTIONARY,
    Exported,
    fiscal_data_package,
    lines_csv,
    published,
)
from budget_model.intake.files.formats import open_workbook
from budget_model.intake.reading import lines as lines_read
from budget_model.intake.reading import understand
from budget_model.scope import Scope
from budget_model.store.exports import exported
from budget_model.store.spending import total
from budget_model.store.store import Store
from budget_model.vocabulary import Basis, Sensitivity, Side
from tests.towns import YEAR, line, receive, submission

LINES = [
    line("Care homes", "90000.37", "care", row=4, code="100", headings=("Adults",)),
    line("Fees", "5000.10", "care", row=5, code="110", side=Side.INCOME),
    line("=cmd|' /C calc'!A1", "10000.01", {"roads": "0.333333", "safety": "0.666667"}, row=6, code="300"),
    line("Secret", "700", "health", row=7, sensitivity=Sensitivity.TOTALS_ONLY),
    line("Nobody knows", "33", row=8),
]


@pytest.fixture
def sent(store: Store) -> Any:
    receive(store, submission("council", LINES), b"", by="Ann")
    receive(
        store, submission("police", [line("Response", "1000.01", "safety")], share="quarter"), b"2", by="Bob"
    )
    return store


def package_of(sent: Any) -> Any:
    return fiscal_data_package(exported(sent, YEAR), "anytown", "Anytown", "GBP")


def test_what_is_exported_adds_up_to_the_place_s_lines_to_the_penny(sent: Any) -> None:
    lines = exported(sent, YEAR)
    net = sum(one.amount if one.direction == "expenditure" else -one.amount for one in lines)
    assert net == total(sent, Scope(year=YEAR)).gross
    gross = sum(one.amount for one in lines if one.direction == "expenditure")
    assert gross == total(sent, Scope(year=YEAR, basis=Basis.GROSS)).gross


def test_one_organisation_s_lines_alone(sent: Any) -> None:
    assert {one.organisation_id for one in exported(sent, YEAR, "police")} == {"police"}
    assert exported(sent, "1999-00") == ()


def test_the_package_describes_every_column_and_names_its_value(sent: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(package_of(sent))) as archive:
        said = json.loads(archive.read("datapackage.json"))
        header = archive.read("lines.csv").decode("utf-8-sig").split("\r\n")[0].split(",")
        dictionary = list(
            csv.DictReader(io.StringIO(archive.read("data-dictionary.csv").decode("utf-8-sig")))
        )
    fields = said["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == header == [one["column"] for one in dictionary]
    assert [field["name"] for field in fields if field.get("columnType") == "value"] == ["amount"]
    assert all(one["meaning"] for one in dictionary)
    assert said["fiscalPeriod"] == {"start": "2016-04-01", "end": "2017-03-31"}


def test_our_own_reader_takes_the_package_back_to_the_penny(sent: Any) -> None:
    book = open_workbook(package_of(sent), "anytown.zip")
    stated = {role.field: role for role in book.sheets[0].known_roles.values()}
    assert (stated["amount"].role, stated["amount"].currency) == ("amount", "GBP")
    assert stated["year"].role == "year"
    asked = understand(book).questions
    reading = understand(book, {question.key: "amount" for question in asked})
    assert reading.refused is None
    back = lines_read(reading)
    net = sum(
        read_line.amount if read_line.side is Side.EXPENDITURE else -read_line.amount for read_line in back
    )
    assert net == total(sent, Scope(year=YEAR)).gross


def test_text_that_looks_like_a_formula_stays_text(sent: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(lines_csv(exported(sent, YEAR)).decode("utf-8-sig"))))
    dangerous = [row for row in rows if row["code"] == "300"]
    assert len(dangerous) == 2
    assert all(row["description"].startswith("'=cmd") for row in dangerous)
    assert all(Decimal(row["amount"]) for row in dangerous)


def test_what_is_not_public_goes_out_as_money_without_words(sent: Any) -> None:
    whole, shown = exported(sent, YEAR), published(exported(sent, YEAR))
    secret = next(one for one in shown if one.sensitivity == Sensitivity.TOTALS_ONLY)
    assert (secret.description, secret.cell, secret.amount) == ("Not published", "", 700)
    assert sum(one.amount for one in whole) == sum(one.amount for one in shown)
    assert "Secret" not in lines_csv(shown).decode("utf-8")


def test_the_same_lines_give_the_same_bytes(sent: Any) -> None:
    assert package_of(sent) == package_of(sent)


def test_the_dictionary_and_the_lines_have_the_same_columns() -> None:
    assert [meaning.name for meaning in DICTIONARY] == [field.name for field in dataclasses.fields(Exported)]


def test_a_place_with_nothing_in_it_still_gives_a_valid_package(store: Store) -> None:
    with zipfile.ZipFile(io.BytesIO(package_of(store))) as archive:
        assert json.loads(archive.read("datapackage.json"))["resources"][0]["path"] == "lines.csv"
