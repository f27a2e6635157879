"""`suggest` answers for one line and for a file of lines, in words and in JSON."""

import json

import pytest

from budget_model.__main__ import main


@pytest.fixture(autouse=True)
def taught_once(monkeypatch, suggester):
    """Every run here asks the one suggester of these tests: what it learns does not change between them."""
    monkeypatch.setattr("budget_model.mapping.suggestion.Suggester", lambda *_, **__: suggester)


@pytest.fixture(autouse=True)
def no_store(monkeypatch, tmp_path):
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(tmp_path / "none.duckdb"))


def answered(capsys, *words):
    assert main(["suggest", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_one_line_is_answered_with_three_services_at_least(capsys):
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
def test_a_file_is_answered_line_by_line_in_its_order(capsys, tmp_path, encoding, separator):
    file = tmp_path / "lines.csv"
    rows = [("organisation", "description"), ("Home Office", "Café licensing"), ("", "Prisons"), ("x", "")]
    file.write_bytes("\n".join(separator.join(row) for row in rows).encode(encoding))
    lines = answered(capsys, "--file", str(file))
    assert [(line["organisation"], line["description"]) for line in lines] == rows[1:]
    assert all(len(line["suggestions"]) >= 3 for line in lines)


def test_headings_and_codes_in_a_file_are_evidence(capsys, tmp_path):
    file = tmp_path / "lines.csv"
    file.write_text(
        "description,code,headings\nSalaries,,Culture > Library service\nChildren looked after,313,\n"
    )
    found = [line["suggestions"][0]["service"] for line in answered(capsys, "--file", str(file))]
    assert found == ["libraries", "looked-after-children"]


def test_in_words_each_service_comes_with_its_name_and_reason(capsys):
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
def test_a_file_that_is_no_list_of_lines_is_refused_in_words(capsys, tmp_path, content, sentence):
    file = tmp_path / "lines.csv"
    if content is not None:
        file.write_bytes(content)
    assert main(["suggest", "--file", str(file)]) == 1
    assert sentence in capsys.readouterr().err


def test_asking_nothing_is_wrong_use():
    with pytest.raises(SystemExit) as stopped:
        main(["suggest"])
    assert stopped.value.code == 2
