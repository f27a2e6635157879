"""Fiscal Data Packages: what the package states about its columns is kept, and nothing is fetched."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_model.intake.files import fiscal_package
from budget_model.intake.files.formats import open_workbook
from budget_model.intake.files.grid import Sheet
from budget_model.intake.reading import lines, understand
from budget_model.intake.sheet.table import Reading
from budget_model.problem import Refusal
from budget_model.vocabulary import Side
from tests.intake_bytes import made

CSV = "year,department,cofog,amount\n2015,Education,09.1,120\n2015,Health,07.3,80\n"


def package(described: dict[str, Any], **files: str | bytes) -> bytes:
    found = {"datapackage.json": json.dumps(described).encode()}
    for name, content in files.items():
        found[name.replace("__", "/")] = content.encode() if isinstance(content, str) else content
    return made.zipped({name.replace("_csv", ".csv"): content for name, content in found.items()})


def only_sheet(data: bytes) -> Sheet:
    (sheet,) = open_workbook(data, "budget.zip").sheets
    return sheet


MODEL = {
    "measures": {
        "amount": {
            "source": "amount",
            "currency": "EUR",
            "factor": 1000,
            "direction": "expenditure",
            "phase": "approved",
        }
    },
    "dimensions": {
        "when": {"dimensionType": "datetime", "attributes": {"year": {"source": "year"}}},
        "who": {
            "dimensionType": "classification",
            "classificationType": "administrative",
            "attributes": {"label": {"source": "department", "labelfor": "code"}},
        },
        "what": {
            "dimensionType": "classification",
            "classificationType": "functional",
            "attributes": {"code": {"source": "cofog"}},
        },
    },
}


@pytest.mark.parametrize("word", ["model", "mapping"])
def test_version_03_states_the_role_of_each_column(word: str) -> None:
    described = {"name": "b", "resources": [{"name": "budget", "path": "b.csv"}], word: MODEL}
    sheet = only_sheet(package(described, b_csv=CSV))
    assert sheet.name == "budget"
    assert sheet.rows[1] == ["2015", "Education", "09.1", "120"]
    assert sheet.known_header_row == 0
    assert [sheet.known_roles[column].role for column in range(4)] == [
        "year",
        "organisation",
        "classification",
        "amount",
    ]
    amount = sheet.known_roles[3]
    assert (amount.currency, amount.factor, amount.direction, amount.phase) == (
        "EUR",
        Decimal(1000),
        "expenditure",
        "approved",
    )
    assert sheet.known_roles[1].label
    assert not sheet.known_roles[2].label


def test_a_measure_may_name_its_resource() -> None:
    described = {
        "resources": [{"name": "a", "path": "a.csv"}, {"name": "b", "path": "b.csv"}],
        "model": {"measures": {"spent": {"source": "amount", "resource": "b", "currency": "GBP"}}},
    }
    first, second = open_workbook(package(described, a_csv=CSV, b_csv=CSV), "two.zip").sheets
    assert first.known_roles == {}
    assert second.known_roles[3].currency == "GBP"


def test_the_flat_mapping_of_version_02_is_understood() -> None:
    described = {
        "resources": [{"path": "b.csv"}],
        "mapping": {"amount": {"source": "amount", "currency": "GBP"}, "date": {"source": "year"}},
    }
    sheet = only_sheet(package(described, b_csv=CSV))
    assert (sheet.known_roles[3].role, sheet.known_roles[0].role) == ("amount", "date")


def test_version_1_states_column_types_and_constants() -> None:
    schema = {
        "fields": [
            {"name": "year", "type": "integer", "columnType": "date:fiscal-year"},
            {
                "name": "department",
                "type": "string",
                "columnType": "administrative-classification:generic:level1:label",
            },
            {"name": "cofog", "type": "string", "columnType": "functional-classification:cofog:group:code"},
            {"name": "amount", "type": "number", "columnType": "value"},
        ],
        "extraFields": [
            {"name": "Currency", "columnType": "value-currency:code", "constant": "USD"},
            {"name": "Direction", "columnType": "direction", "constant": "expenditure"},
        ],
    }
    sheet = only_sheet(package({"resources": [{"name": "b", "path": "b.csv", "schema": schema}]}, b_csv=CSV))
    assert [sheet.known_roles[column].role for column in range(4)] == [
        "year",
        "organisation",
        "classification",
        "amount",
    ]
    assert sheet.known_roles[3].currency == "USD"
    assert sheet.known_roles[3].direction == "expenditure"
    assert sheet.known_roles[1].label


def test_version_1_amounts_side_by_side_keep_their_phase_and_year() -> None:
    schema = {
        "fields": [
            {"name": "Service", "type": "string", "columnType": "activity:generic:program:label"},
            {"name": "Plan", "type": "number", "normalize": {"Phase": "approved", "Fiscal Year": 2016}},
            {"name": "Actual", "type": "number", "normalize": {"Phase": "executed", "Fiscal Year": 2016}},
        ],
        "extraFields": [
            {"name": "Phase", "columnType": "phase:id"},
            {"name": "Fiscal Year", "columnType": "date:fiscal-year"},
            {"name": "Amount", "columnType": "value", "normalizationTarget": True},
        ],
    }
    csv = "Service,Plan,Actual\nRoads,10,11\n"
    sheet = only_sheet(package({"resources": [{"name": "b", "path": "b.csv", "schema": schema}]}, b_csv=csv))
    plan, actual = sheet.known_roles[1], sheet.known_roles[2]
    assert (plan.role, plan.phase, plan.year) == ("amount", "approved", "2016")
    assert (actual.role, actual.phase, actual.year) == ("amount", "executed", "2016")


def test_the_stated_separator_encoding_and_decimal_sign_are_obeyed() -> None:
    resource = {
        "name": "b",
        "path": "data/b.csv",
        "encoding": "iso-8859-1",
        "dialect": {"delimiter": ";"},
        "schema": {"fields": [{"name": "Betrag", "type": "number", "decimalChar": ",", "groupChar": "."}]},
    }
    data = "Straße;Betrag\nÄußere, lange;1.234,50\n".encode("latin-1")
    sheet = only_sheet(package({"resources": [resource]}, data__b_csv=data))
    assert sheet.rows == [["Straße", "Betrag"], ["Äußere, lange", "1234.50"]]


def test_the_package_may_lie_in_a_folder_of_the_zip() -> None:
    described = json.dumps(
        {"title": "Budget 2015", "resources": [{"name": "b", "path": "data/b.csv"}]}
    ).encode()
    data = made.zipped({"city/datapackage.json": described, "city/data/b.csv": CSV.encode()})
    book = open_workbook(data, "city.zip")
    assert book.format == "fiscal data package"
    assert "Budget 2015" in book.notes[0]
    assert len(book.sheets[0].rows) == 3


def test_a_table_in_several_files_is_one_sheet_with_one_header() -> None:
    described = {"resources": [{"name": "b", "path": ["a.csv", "b.csv"]}]}
    sheet = only_sheet(package(described, a_csv=CSV, b_csv=CSV))
    assert len(sheet.rows) == 1 + 2 + 2


def test_rows_written_in_the_description_itself_are_read() -> None:
    described = {
        "resources": [{"name": "b", "data": [{"service": "Roads", "amount": 5}, {"service": "Parks"}]}]
    }
    assert only_sheet(package(described)).rows == [["service", "amount"], ["Roads", 5], ["Parks", None]]


def test_files_on_the_web_are_not_fetched_but_named() -> None:
    described = {
        "resources": [{"name": "a", "path": "b.csv"}, {"name": "web", "path": "https://localhost/x.csv"}]
    }
    book = open_workbook(package(described, b_csv=CSV), "p.zip")
    assert len(book.sheets) == 1
    assert any("not fetched" in note for note in book.notes)


def test_a_package_without_its_files_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refusal, match="Put the files"):
        open_workbook(package({"resources": [{"name": "a", "path": "missing.csv"}]}), "p.zip")


@pytest.mark.parametrize(
    "described", [b"{", b"[]", b'{"resources": {}}', b"\xff\xfe", b'{"resources": [' * 2000]
)
def test_a_description_that_is_no_description_is_refused(described: bytes) -> None:
    with pytest.raises(Refusal, match=r"p\.zip"):
        open_workbook(made.zipped({"datapackage.json": described, "b.csv": b"a,b"}), "p.zip")


def test_odd_factors_and_names_harm_nobody() -> None:
    described = {
        "resources": [{"name": 5, "path": "b.csv", "schema": {"fields": ["x", {"name": None}]}}],
        "model": {"measures": {"a": {"source": "amount", "factor": "lots"}, "b": 3}, "dimensions": [1]},
    }
    assert only_sheet(package(described, b_csv=CSV)).known_roles[3].factor == 1


def test_a_folder_is_packed_with_the_files_that_it_names_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hush")
    folder = tmp_path / "city"
    folder.mkdir()
    (folder / "b.csv").write_text(CSV)
    (folder / "other.csv").write_text("not named")
    described = {"resources": [{"name": "b", "path": "b.csv"}, {"name": "s", "path": "../secret.txt"}]}
    (folder / "datapackage.json").write_text(json.dumps(described))
    data = fiscal_package.folder_as_zip(folder)
    assert b"hush" not in data
    assert b"not named" not in data
    assert len(open_workbook(data, "city").sheets) == 1


def test_a_folder_without_a_description_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"no datapackage\.json"):
        fiscal_package.folder_as_zip(tmp_path)


# From the package to the money: the layout takes the package at its word


def understood(described: dict[str, Any], csv: str) -> Reading:
    return understand(open_workbook(package(described, b_csv=csv), "budget.zip"), {})


def test_factor_and_currency_of_a_package_reach_the_total_and_only_the_currency_is_asked() -> None:
    described = {"resources": [{"name": "b", "path": "b.csv"}], "model": MODEL}
    reading = understood(described, CSV)
    (table,) = reading.tables
    amounts = [measure for measure in table.measures if measure.role == "line amount"]
    assert [(amount.name, amount.total) for amount in amounts] == [("amount", Decimal(200_000))]
    assert str(table.unit) == "EUR thousand"
    assert [question.key.split(":")[0] for question in reading.questions] == ["currency"]
    assert sum(line.amount for line in lines(reading)) == 200_000


def test_a_column_that_is_stated_to_be_no_amount_is_none_whatever_its_figures_look_like() -> None:
    csv = "budget,amount\n" + "".join(f"{100 + n * 7},{n}\n" for n in range(1, 12))
    schema = {
        "fields": [
            {"name": "budget", "type": "integer", "columnType": "functional-classification:generic:code"},
            {"name": "amount", "type": "number", "columnType": "value"},
        ]
    }
    (table,) = understood({"resources": [{"name": "b", "path": "b.csv", "schema": schema}]}, csv).tables
    assert [measure.name for measure in table.measures if measure.role == "line amount"] == ["amount"]


def test_a_factor_of_a_hundred_is_multiplied_out() -> None:
    model = {"measures": {"a": {"source": "amount", "currency": "GBP", "factor": 100}}}
    reading = understood({"resources": [{"name": "b", "path": "b.csv"}], "model": model}, CSV)
    assert sum(line.amount for line in lines(reading)) == 20_000
    assert any("multiplied by 100" in note for note in reading.notes)


def test_a_column_of_revenue_is_income() -> None:
    model = {
        "measures": {
            "spent": {"source": "paid", "currency": "GBP", "direction": "expenditure"},
            "got": {"source": "received", "currency": "GBP", "direction": "revenue"},
        }
    }
    csv = "service,paid,received\nRoads,10,4\nParks,20,6\nPools,31,3\n"
    read_lines = lines(understood({"resources": [{"name": "b", "path": "b.csv"}], "model": model}, csv))
    by_side = {side: sum(line.amount for line in read_lines if line.side is side) for side in Side}
    assert (by_side[Side.EXPENDITURE], by_side[Side.INCOME]) == (61, 13)
