"""Every number by which the reader decides is named, explained and used."""

import re
from pathlib import Path

from budget_model.intake.files.lists import DATA
from budget_model.intake.sheet.hints import hint_patterns

INTAKE = Path(__file__).parents[2] / "budget_model" / "intake"
_VALUE = re.compile(r"^(\w+) = \S+$")


def explained() -> dict[tuple[str, str], str]:
    """Part and name of each limit, with the line above it."""
    part, found = "", {}
    lines = (DATA / "limits.toml").read_text(encoding="utf-8").splitlines()
    for above, line in zip(["", *lines], lines, strict=False):
        if line.startswith("["):
            part = line.strip("[]")
        elif match := _VALUE.match(line):
            found[part, match[1]] = above
    return found


def test_every_limit_is_explained_in_the_line_above_it() -> None:
    assert [place for place, above in explained().items() if not re.fullmatch(r"# .{10,}\.", above)] == []


def test_every_limit_is_used_and_none_is_missing() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in INTAKE.rglob("*.py"))
    used = set(re.findall(r"\b(?:count|limit)\(\"(\w+)\", \"(\w+)\"\)", source))
    assert used == set(explained())


def test_every_concept_of_the_table_of_words_is_looked_for_and_none_is_missing() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in INTAKE.rglob("*.py"))
    used = set(re.findall(r"\bhints\(\"([\w.]+)\"", source))
    assert used == set(hint_patterns())
