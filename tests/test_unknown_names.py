"""No command takes a name that there is none of: each refuses it, and says which there are."""

import argparse
import importlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_model.__main__ import COMMANDS, main, module_of
from budget_model.store.store import Store

pytestmark = pytest.mark.slow
NONE_SUCH = "no-such-thing"
FREE = {
    "note",
    "by",
    "name",
    "reason",
    "source",
    "explain",
    "explain_changes",
    "address",  # somebody's own words
    "part",
    "code",
    "heading",
    "into",  # new names may be given
    "text",  # looked for, or suggested from, whatever the words
    "file",
    "plan",
    "account",
    "cells",
    "row",
    "answer",  # files, links, and what has tests of its own
}
"""Parameters that are no name of something that there is."""
NUMBERS_AND_DAYS = {
    "cost",
    "assume",
    "cohort",
    "engaged",
    "each",
    "pot",
    "effort",
    "own",
    "on",
    "control_total",
    "sheet",
}
"""Parameters that are a number, a day or a sheet: refused as such, with how to write them."""
FIRST = {
    "desk": ["healthy-city"],
    "search": ["x"],
    "suggest": ["x"],
    "import": ["budget.csv", "--organisation", "derby-city-council", "--year", "2016-17"],
    "board-pack": ["--out", "x.pptx"],
    "reorganise": ["--merge", "derby-city-council", "--into", "a-new-council"],
}
"""What a command cannot do without, where it is asked for something else."""
ALONE = {("reorganise", "case"), ("reorganise", "split"), ("reorganise", "transfer"), ("reorganise", "plan")}
"""Parameters that stand in place of what a command usually needs."""
ELSEWHERE = {
    "read",
    "publish",
    "backup",
    "restore",
    "serve",
    "export-place",
    "people",
    "settings",
    "audit",
    "new-place",
    "places",
}
"""Commands whose words are a file, a folder or a new name; councils, people and rows have tests of their own."""


def named() -> Iterator[tuple[str, str, list[str]]]:
    """Every parameter of every command that names something, with words that name nothing."""
    for command in COMMANDS:
        parser = argparse.ArgumentParser()
        importlib.import_module(module_of(command)).arguments(parser)
        for action in parser._actions:
            is_word = action.nargs != 0 and not action.choices and action.type is None
            if not is_word or command in ELSEWHERE or action.dest in FREE | NUMBERS_AND_DAYS:
                continue
            first = (
                [] if (command, action.dest) in ALONE or not action.option_strings else FIRST.get(command, [])
            )
            option = action.option_strings[-1:]
            yield command, action.dest, [command, *first, *option, NONE_SUCH]


@pytest.fixture(scope="module")
def store(derby_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The worked example, open all the while, so that each command need not have it read anew."""
    path = Path(shutil.copy(derby_made, tmp_path_factory.mktemp("named") / "budget.duckdb"))
    with Store(path):
        yield path


@pytest.mark.parametrize(("command", "parameter", "words"), list(named()), ids=lambda value: str(value)[:40])
def test_a_name_that_there_is_none_of_is_refused_with_those_that_there_are(
    command: str,
    parameter: str,
    words: list[str],
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(tmp_path / "new" if command == "seed" else store))
    monkeypatch.chdir(tmp_path)
    Path("budget.csv").write_text(
        "Service,2016-17 budget £\nLibraries,100\nRoads,200\nTotal,300\n", encoding="utf-8"
    )
    assert main(words) in (1, 2), (command, parameter)  # refused, or wrong use
    said = capsys.readouterr().err
    assert any(
        word in said
        for word in (
            "There are",
            "There is none yet",
            "The years on it are",
            "Did you mean",
            "Perhaps one of these",
            "Write it as",
        )
    ), said
    assert "no line of it is on the map" not in said


def test_the_nearest_by_spelling_is_named(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(store))
    assert main(["trends", "--of", "service:looked-after-childen"]) == 1
    said = capsys.readouterr().err
    assert "Did you mean “service:looked-after-children”?" in said
    assert "`trends --list` names them" in said


def test_what_the_readme_shows_is_no_name_that_there_is_none_of(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # the table of commands shows a trend: it is of a service that there is
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    of = readme.partition("| `trends --of ")[2].partition("`")[0]
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(store))
    assert main(["trends", "--list"]) == 0
    assert of in {row.split(" ")[0] for row in capsys.readouterr().out.splitlines()}
