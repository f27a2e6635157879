"""What the cursors that stand before another have in common."""

from typing import Any


class CursorBefore:
    """A cursor that hands on to another what it does not do itself."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def fetchall(self) -> Any:
        """Every row of the answer."""
        return self._cursor.fetchall()

    def fetchone(self) -> Any:
        """The next row of the answer."""
        return self._cursor.fetchone()

    def to_arrow_table(self) -> Any:
        """The answer as an Arrow table."""
        return self._cursor.to_arrow_table()

    def register(self, name: str, table: Any) -> None:
        """Have an Arrow table known by a name on this cursor."""
        self._cursor.register(name, table)

    def unregister(self, name: str) -> None:
        """Forget it again."""
        self._cursor.unregister(name)
