"""Stores as an older program left them."""

from pathlib import Path

import duckdb

SEQUENCES = (
    "submission_id",
    "line_id",
    "event_id",
    "draft_id",
    "draft_step_id",
    "person_id",
    "story_version",
    "board_entry",
)


def taken_back(path: Path, number: int) -> None:
    """Make of a closed store one that never had a migration, nor those after it, as far as its numbers are kept."""
    with duckdb.connect(str(path)) as file:
        for name in SEQUENCES:
            ((last,),) = file.execute(
                "select coalesce(max(last), 0) from number_given where name = $name", {"name": name}
            ).fetchall()
            file.execute(f"create sequence {name} start {last + 1}")
        file.execute("drop table number_given")
        file.execute("drop table lake_position")
        file.execute("delete from migration where number >= $number", {"number": number})
