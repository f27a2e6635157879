"""Words that have a better one are found wherever they can be seen, and nowhere else."""

from pathlib import Path

import pytest

from tools.check_wording import found_in, offences, strings, wordings

SEEN = {
    "a sentence of a page": ("pages/some/page.py", 'st.write("No money is on nobody’s map.")'),
    "a sentence with a figure in it": (
        "budget_model/some.py",
        'sentence = f"{pounds(held)} is steered jointly."',
    ),
    "a word that is filled in": ("budget_model/some.py", "sentence = f\"It {verb} {'nought'}.\""),
    "a template": ("pages/shared/templates/a.html", "<b>Trap:</b>"),
    "a list": ("data/reference/glossary.csv", "term,meaning\nnet,Below nought"),
    "a place": ("data/derby/themes.csv", "id,name\ncity,Money behind it"),
    "a sentence over two lines": ("README.md", "What is on nobody's\nmap is missing."),
}
UNSEEN = {
    "a docstring": ("budget_model/some.py", '"""Below nought."""'),
    "a comment": ("pages/some/page.py", "total = 0  # below nought"),
    "a word inside another": ("pages/some/page.py", 'st.write("The strap is black.")'),
    "the name of a unit as a file says it": ("budget_model/some.py", 'unit = "GBP thousand"'),
    "words that spreadsheets use": ("data/intake/money.toml", 'total = "nought"'),
}


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("name", "text"), SEEN.values(), ids=SEEN.keys())
def test_a_word_with_a_better_one_is_found_with_it(tmp_path: Path, name: str, text: str) -> None:
    (offence,) = offences(written(tmp_path, name, text))
    assert str(offence.path) == name
    assert offence.write


@pytest.mark.parametrize(("name", "text"), UNSEEN.values(), ids=UNSEEN.keys())
def test_what_nobody_sees_may_stay(tmp_path: Path, name: str, text: str) -> None:
    assert offences(written(tmp_path, name, text)) == []


def test_every_wording_is_told_with_its_line() -> None:
    assert found_in("Net income.\nIt steers the money.") == [(2, "steers", "plan together; planned together")]


def test_a_string_is_read_once_with_what_is_filled_in_left_open() -> None:
    assert list(strings('x = f"{a} and {b!r}."')) == [(1, "… and ….")]


def test_each_wording_names_something_else_than_it_avoids() -> None:
    assert len(wordings()) > 40
    assert not [wording for wording in wordings() if wording.avoid.fullmatch(wording.write)]
