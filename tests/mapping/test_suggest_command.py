"""`suggest` answers for one line and for a file of lines, in words and in JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from budget_model.__main__ import main
from budget_model.mapping.suggestion import Suggester


@pytest.fixture(autouse=True)
def taught_once(monkeypatch: pytest.MonkeyPatch, suggester: Suggester) -> None:
    """Every run here asks the one suggester of these tests: what it learns does not change between them."""
    monkeypatch.setattr("budget_model.mapping.suggestion.Suggester", lambda *_, **__: suggester)


@pytest.fixture(autouse=True)
def no_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(tmp_path / "none.duckdb"))


def answered(capsys: pytest.CaptureFixture[str], *words: Any) -> Any:
    assert main(["suggest", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_one_line_is_answered_with_three_services_at_least(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = answered(capsys, "Library service", "--organisation", "derby-city-council")
    assert (line["organisation"], line["description"]) == ("derby-city-council", "Library service")
    assert len(line["suggestions"]) >= 3
    best = line["suggestions"][0]
    assert (best["service"], best["cofog_division"], best["cofog_group"]) == ("libraries", "08", "08.2")
    assert 0.9 < best["confidence"] <= 1
    assert best["reason"]


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t")]
)
def test_a_file_is_answered_line_by_line_in_its_order(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, encoding: str, separator: str
) -> None:
    file = tmp_path / "lines.csv"
    rows = [("organisation", "description"), ("Home Office", "Café licensing"), ("", "Prisons"), ("x", "")]
    file.write_bytes("\n".join(separator.join(row) for row in rows).encode(encoding))
    lines = answered(capsys, "--file", str(file))
    assert [(line["organisation"], line["description"]) for line in lines] == rows[1:]
    assert all(len(line["suggestions"]) >= 3 for line in lines)


def test_headings_and_codes_in_a_file_are_evidence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "lines.csv"
    file.write_text(
        "description,code,headings\nSalaries,,Culture > Library service\nChildren looked after,313,\n"
    )
    found = [line["suggestions"][0]["service"] for line in answered(capsys, "--file", str(file))]
    assert found == ["libraries", "looked-after-children"]


def test_in_words_each_service_comes_with_its_name_and_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suggest", "Library service"]) == 0
    said = capsys.readouterr().out
    assert "99%  Libraries [COFOG 08.2]" in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"amount\n12\n", "no column named description"),
        (b"", "no column named description"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_list_of_lines_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    file = tmp_path / "lines.csv"
    if content is not None:
        file.write_bytes(content)
    assert main(["suggest", "--file", str(file)]) == 1
    assert sentence in capsys.readouterr().err


def test_asking_nothing_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["suggest"])
    assert stopped.value.code == 2
