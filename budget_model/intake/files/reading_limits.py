"""The numbers by which the reader decides, from `data/intake/limits.toml`, where each is explained."""

from budget_model.intake.files.lists import listed_in


def count(part: str, name: str) -> int:
    """A limit in whole things: rows, columns, cells, letters, digits."""
    value = listed_in("limits")[part][name]
    assert isinstance(value, int), f"{part}.{name} is no whole number"  # noqa: S101
    return value


def limit(part: str, name: str) -> float:
    """A limit that is a share or a measure."""
    return float(listed_in("limits")[part][name])
