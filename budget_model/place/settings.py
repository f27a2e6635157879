"""A TOML file of settings, each asked for by name, with a sentence where it is missing or wrong."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from budget_model.financial_year import is_financial_year
from budget_model.place.columns import AsYear, Column, columns_of
from budget_model.place.folder import Folder
from budget_model.place.reading import Faults
from budget_model.problem import Location


def settings_of(folder: Folder, file: str) -> "Settings":
    """The settings of one file of a folder."""
    values = folder.settings(file)
    return Settings(file, values, folder.faults, folder.rows_of(file))


class Settings:
    """The values of a TOML file, each asked for by name, with a sentence where it is missing or wrong."""

    def __init__(
        self,
        file: str,
        values: dict[str, Any],
        faults: Faults,
        rows: Mapping[str, int] | None = None,
        inside: str = "",
    ) -> None:
        self._file = file
        self._values = values
        self._faults = faults
        self._rows = rows or {}
        self._inside = inside

    def where(self, name: str = "") -> Location:
        """The place of a name in the file: its row, or that of the table that it should be in."""
        parts = [part for part in (*self._inside.split("."), *name.split(".")) if part]
        while parts:
            row = self._rows.get(".".join(parts))
            if row:
                return Location(self._file, row=row)
            parts.pop()
        return Location(self._file)

    def fault(self, name: str, sentence: str, remedy: str, code: str) -> None:
        """Note that the value of a name is wrong; a file that could not be read was named already."""
        if self._values:
            self._faults.add(self.where(name), sentence, remedy.format(name=name), code)

    def _get(self, name: str) -> Any:
        value: Any = self._values
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def names(self, name: str) -> tuple[str, ...]:
        """The names inside one table; none where there is no such table."""
        value = self._get(name)
        return tuple(value) if isinstance(value, dict) else ()

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self._get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.fault(name, f"There is no text for '{name}'.", 'Add a line {name} = "…".', "missing-setting")
        return ""

    def year(self, name: str) -> str:
        """A financial year."""
        text = self.text(name)
        if text and not is_financial_year(text):
            self.fault(name, f"'{text}' is not a financial year.", "Write it as 2016-17.", "bad-year")
        return text

    def number(self, name: str) -> Decimal:
        """A number that must be there; decimals are written as text so that no digit is lost."""
        value = self._get(name)
        try:
            if isinstance(value, bool) or value is None or not Decimal(str(value)).is_finite():
                raise ValueError(name)
            return Decimal(str(value))
        except (ValueError, ArithmeticError):
            self.fault(name, f"There is no number for '{name}'.", 'Add a line {name} = "0.25".', "bad-number")
            return Decimal(1)

    def within(
        self, name: str, least: Decimal | int, most: Decimal | int | None = None, *, whole: bool = False
    ) -> Decimal:
        """A number that lies between two others, `most` being None where there is no limit above."""
        value = self.number(name)
        if value < least or (most is not None and value > most) or (whole and value % 1):
            what = "a whole number" if whole else "a number"
            between = f"from {least} to {most}" if most is not None else f"of {least} or more"
            self.fault(
                name, f"'{name}' is {value}, which is not {what} {between}.", "Correct it.", "out-of-range"
            )
        return value

    def record(self, kind: type, inside: str = "", only: Collection[str] = ()) -> dict[str, Any]:
        """The fields of a value, each under its own name in the table `inside`; of `only` some where they are named."""
        return {
            column.name: self._of_column(column, f"{inside}.{column.name}".lstrip("."))
            for column in columns_of(kind)
            if not only or column.name in only
        }

    def _of_column(self, column: Column, name: str) -> Any:
        if column.several:
            return self.texts(name)
        if column.type is str:
            return self.year(name) if isinstance(column.kind, AsYear) else self.text(name)
        return column.type(self.number(name))

    def tables(self, name: str) -> list["Settings"]:
        """Each table of a list of tables."""
        value = self._get(name)
        if not isinstance(value, list) or not value:
            self.fault(name, f"There is no '{name}'.", "Add at least one [[{name}]].", "missing-setting")
            return []
        return [
            Settings(self._file, entry, self._faults, self._rows, f"{name}.{number}")
            for number, entry in enumerate(value)
            if isinstance(entry, dict)
        ]

    def numbers(self, name: str) -> tuple[tuple[str, Decimal], ...]:
        """Every name and number of one table."""
        value = self._get(name)
        if not isinstance(value, dict) or not value:
            self.fault(name, f"There is no [{name}].", "Add the table [{name}].", "missing-setting")
            return ()
        return tuple((key, self.number(f"{name}.{key}")) for key in value)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._get(name)
        if not isinstance(value, list):
            self.fault(name, f"There is no list '{name}'.", 'Add a line {name} = ["…"].', "missing-setting")
            return ()
        return tuple(str(entry) for entry in value)
