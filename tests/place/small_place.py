"""A small invented place, and a way to spoil one cell of it and see what the loader says."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from budget_model.place import Place, load
from budget_model.problem import Problem, Refusal

HERE = Path(__file__).parent


@dataclass(frozen=True)
class SmallPlace:
    """Copies of the small place's folder and of its lists, to be changed by one test."""

    folder: Path
    lists: Path

    def load(self) -> Place:
        return load(self.folder, self.lists)

    def path(self, file: str) -> Path:
        return next(path for path in (self.folder / file, self.lists / file) if path.exists())

    def change(self, file: str, old: str, new: str) -> "SmallPlace":
        path = self.path(file)
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self

    def add(self, file: str, row: str) -> "SmallPlace":
        path = self.path(file)
        path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
        return self

    def refused_for(self) -> tuple[Problem, ...]:
        """Everything that the loader says is wrong."""
        try:
            self.load()
        except Refusal as refusal:
            return refusal.problems
        message = "The place was loaded, and should have been refused."
        raise AssertionError(message)


def copy_of_small_place(into: Path) -> SmallPlace:
    place = SmallPlace(into / "smalltown", into / "lists")
    shutil.copytree(HERE / "small", place.folder)
    shutil.copytree(HERE / "lists", place.lists)
    workbooks = place.folder / "workbooks"
    workbooks.mkdir(exist_ok=True)
    for name in ("council.xlsx", "nhs.xlsx"):
        (workbooks / name).write_bytes(b"not read by the loader")
    return place
