"""Changes to a place's lists, row by row: applied, written as files, and held to every check that files are held to."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from budget_model.place.columns import columns_of
from budget_model.place.folder import CsvTable, rows_of
from budget_model.place.lists import LISTS, Cells, Rows, SetList
from budget_model.place.loading import WORKBOOKS, load
from budget_model.place.model import ConfirmedMapping, Place, PlannedSubmission
from budget_model.place.reading import letter
from budget_model.place.tables import PLACE
from budget_model.place.writing import cell_of, csv_of, toml_lines, toml_text
from budget_model.problem import Problem, Refusal
from budget_model.spreadsheet_text import unmarked

SHARED: Final = "reference"
"""The folder, inside a place's folder, of the lists that all places share as this place has them."""
BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """One row of one list before and after; None where there was none, or is none any more."""

    part: str
    before: Cells | None
    after: Cells | None

    @property
    def of(self) -> SetList:
        """The list that it changes."""
        return LISTS[self.part]

    @property
    def called(self) -> str:
        """What the row is called."""
        return self.of.called(self.after or self.before or ())

    @property
    def what(self) -> str:
        """What happens to the row."""
        if self.before is None:
            return "added"
        return "taken away" if self.after is None else "changed"

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """Each column that changes, with its text before and after."""
        empty = ("",) * len(self.of.columns)
        both = zip(self.of.names, self.before or empty, self.after or empty, strict=True)
        return tuple((name, before, after) for name, before, after in both if before != after)

    def turned(self) -> "Edit":
        """The edit that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row as it would be: the list, the row and the column, and the problem itself."""

    part: str
    row: Cells | None
    column: str
    problem: Problem

    @property
    def place(self) -> str:
        """Where it is, as the screen names it."""
        if self.part not in LISTS:
            where = self.problem.location
            return f"{_TITLES.get(where.file, where.file)}, row {where.row}" if where.row else str(where)
        one = LISTS[self.part]
        named = one.called(self.row) if self.row and not one.single else ""
        return ", ".join(part for part in (one.title, named, self.column.replace("_", " ")) if part)

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, with lists called as the screen calls them."""
        said = f"{self.problem.sentence} {self.problem.remedy}".strip()
        for file, title in _TITLES.items():
            said = said.replace(file, f"‘{title}’")
        return said

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


_TITLES: Final = {
    **{set_list.file: set_list.title for set_list in LISTS.values() if set_list.file.endswith(".csv")},
    "mappings.csv": "Mapping",
    "submissions.csv": "Submissions",
}


class Moved(Refusal):
    """A row is not as it was when somebody began to change it: nothing is overwritten."""

    def __init__(self, edit: Edit, now: Cells | None) -> None:
        gone = "taken away" if now is None else "changed" if edit.before is not None else "added"
        super().__init__(
            f"{edit.of.title}, {edit.called}: somebody else has {gone} this row since you began. Nothing was "
            "overwritten; look at the row as it is now, and change it again."
        )
        self.edit = edit
        self.now = now


def plain_text(text: str) -> str:
    r"""A typed text as a cell keeps it: on one line, without characters that cannot be seen.

    >>> plain_text(" Derby\nHomes\x00 ")
    'Derby Homes'
    """
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def applied(rows: Rows, edits: Iterable[Edit]) -> Rows:
    """The lists with edits made to them, one after the other; raises `Moved` where a row is not as an edit found it."""
    made = {part: list(there) for part, there in rows.items()}
    for edit in edits:
        _apply(made[edit.part], edit)
    return {part: tuple(there) for part, there in made.items()}


def with_key_of(wanted: Cells, there: Iterable[Cells], of: SetList) -> Cells | None:
    """The row of a list that has the key of another."""
    key = of.key_of(wanted)
    return next((row for row in there if of.key_of(row) == key), None)


def _apply(there: list[Cells], edit: Edit) -> None:
    if edit.before is None:
        standing = with_key_of(edit.after or (), there, edit.of) if edit.of.key else None
        if standing is not None and standing != edit.after:
            raise Moved(edit, standing)
        there.append(edit.after or ())
        return
    if edit.before not in there:
        raise Moved(edit, with_key_of(edit.before, there, edit.of))
    at = there.index(edit.before)
    there[at : at + 1] = [edit.after] if edit.after is not None else []


def together(edits: Sequence[Edit], new: Edit) -> tuple[Edit, ...]:
    """Edits with one more, which takes the place of an earlier one of the same row."""
    for number, edit in enumerate(edits):
        if edit.part == new.part and edit.after is not None and edit.after == new.before:
            joined = replace(edit, after=new.after)
            return (*edits[:number], *((joined,) if joined.changes else ()), *edits[number + 1 :])
    return (*edits, new)


def between(before: Rows, after: Rows) -> tuple[Edit, ...]:
    """The edits that make the lists of one place those of another, row by row."""
    return tuple(edit for part in after for edit in of_list(LISTS[part], before.get(part, ()), after[part]))


def of_list(set_list: SetList, before: Sequence[Cells], after: Sequence[Cells]) -> Iterator[Edit]:
    """The edits that make one list another: rows are paired by what names them."""
    old = {set_list.key_of(row): row for row in before}
    new = {set_list.key_of(row): row for row in after}
    for key, row in old.items():
        if new.get(key) != row:
            yield Edit(set_list.part, row, new.get(key))
    for key, row in new.items():
        if key not in old:
            yield Edit(set_list.part, None, row)


# Written and checked


@dataclass(frozen=True, slots=True)
class Sent:
    """What a place's folder says of what was sent and mapped, beside its lists."""

    submissions: tuple[PlannedSubmission, ...] = ()
    mappings: tuple[ConfirmedMapping, ...] = ()


At = tuple[str, int | None, str]
"""Which list, which row of it and which column a line of a file is."""


def files_of(rows: Rows, sent: Sent = Sent()) -> dict[str, str]:
    """Every file of a place's folder as text, the lists that all places share inside `reference`."""
    files = {path: text for path, (text, _) in _written(rows).items()}
    for part, values in (("submissions", sent.submissions), ("mappings", sent.mappings)):
        names = [column.name for column in columns_of(_TABLES[part].value)]
        cells = ([cell_of(getattr(value, name)) for name in names] for value in values)
        files[_TABLES[part].file] = csv_of(names, cells)
    return files


_TABLES: Final[Mapping[str, CsvTable]] = {table.part: table for table in PLACE}


def checked(rows: Rows, sent: Sent = Sent()) -> Place | tuple[Fault, ...]:
    """The place that lists describe, or every fault that stops them being used: the checks are those of files."""
    with tempfile.TemporaryDirectory(prefix="budget-settings-") as name:
        folder = Path(name)
        (folder / SHARED).mkdir()
        (folder / WORKBOOKS).mkdir()
        for path, text in files_of(rows, sent).items():
            (folder / path).write_text(text, encoding="utf-8", newline="")
        for submission in sent.submissions:
            (folder / WORKBOOKS / Path(submission.workbook).name).touch()
        try:
            return load(folder, folder / SHARED)
        except Refusal as refusal:
            return _faults(rows, refusal.problems)


def _faults(rows: Rows, problems: Iterable[Problem]) -> tuple[Fault, ...]:
    lines = {path.rpartition("/")[2]: at for path, (_, at) in _written(rows).items()}
    return tuple(_fault(problem, lines.get(problem.location.file, {}), rows) for problem in problems)


def _fault(problem: Problem, lines: Mapping[int, At], rows: Rows) -> Fault:
    where = problem.location
    whole = next(iter(lines.values()), ("", None, ""))
    part, number, column = lines.get(where.row or 0, (whole[0], None, ""))
    if part and where.column:
        named = {letter(place): name for place, name in enumerate(LISTS[part].names)}
        column = named.get(where.column, column)
    there = rows.get(part, ())
    return Fault(part, there[number] if number is not None and number < len(there) else None, column, problem)


def _written(rows: Rows) -> dict[str, tuple[str, dict[int, At]]]:
    """Each file's path and text, and which row of which list each line of it is."""
    files: dict[str, list[SetList]] = {}
    for one in LISTS.values():
        files.setdefault(f"{SHARED}/{one.file}" if one.shared else one.file, []).append(one)
    return {
        path: _csv(lists[0], rows) if path.endswith(".csv") else _toml(lists, rows)
        for path, lists in files.items()
    }


def _csv(set_list: SetList, rows: Rows) -> tuple[str, dict[int, At]]:
    there = rows.get(set_list.part, ())
    at: dict[int, At] = {1: (set_list.part, None, "")}
    at |= {number + 2: (set_list.part, number, "") for number in range(len(there))}
    return csv_of(set_list.names, there), at


def _toml(lists: Sequence[SetList], rows: Rows) -> tuple[str, dict[int, At]]:
    written: list[str] = []
    at: dict[int, At] = {}
    for set_list in lists:
        for number, row in enumerate(rows.get(set_list.part, ())):
            for line, column in _table_of(set_list, number, row):
                written.append(line)
                at[len(written)] = (
                    set_list.part,
                    number if column or not _is_pairs(set_list) else None,
                    column,
                )
    return "\n".join([*written, ""]), at


def _is_pairs(set_list: SetList) -> bool:
    """Whether a list is one table of names and values, a line for each row."""
    return set_list.part == "score_parts"


def _table_of(set_list: SetList, number: int, row: Cells) -> Iterator[tuple[str, str]]:
    """The lines of one row in a TOML file, each with its column; headings have none."""
    if _is_pairs(set_list):
        if not number:
            yield f"[{set_list.inside}]", ""
        yield f"{_key(row[0])} = {toml_text(row[1])}", "weight"
        return
    columns, cells = set_list.columns, row
    if set_list.part == "rules":
        yield f"[{set_list.inside}.{_key(row[0])}]", ""
        columns, cells = set_list.columns[1:], row[1:]
    elif set_list.inside:
        yield (f"[{set_list.inside}]" if set_list.single else f"[[{set_list.inside}]]"), ""
    for column, line in zip(columns, toml_lines(columns, cells), strict=True):
        yield line, column.name


def _key(name: str) -> str:
    return name if BARE_KEY.fullmatch(name) else toml_text(name)


def rows_of_csv(set_list: SetList, data: bytes) -> tuple[Cells, ...] | str:
    """The rows of a list as a CSV file that somebody changed has them, or a sentence of why they cannot be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "The file is not in UTF-8. Save it as ‘CSV UTF-8’ and drop it again."
    try:
        named, rows = rows_of(text)
    except csv.Error as reason:
        return f"The file is not a table of cells: {reason}. Save it as ‘CSV UTF-8’ and drop it again."
    missing = [column.name for column in set_list.columns if column.needed and column.name not in named]
    if missing:
        return f"The file has no column ‘{missing[0]}’. Download the list and keep its first row as it is."
    said = (
        dict(zip(named, (unmarked(plain_text(cell)) for cell in cells), strict=False)) for _, cells in rows
    )
    return tuple(set_list.from_plain(row) for row in said)
