"""Which part of the place a line of a body's own file says that it is for: a ward, a panel, a neighbourhood."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from budget_model.intake.reading import ReadLine
from budget_model.mapping.wording import plain
from budget_model.place.model import Area, Place
from budget_model.problem import Location, Problem, Severity

CERTAIN: Final = {
    "ward": "ward",
    "ward name": "ward",
    "electoral ward": "ward",
    "neighbourhood": "neighbourhood",
    "neighbourhood name": "neighbourhood",
    "priority neighbourhood": "neighbourhood",
    "area panel": "panel",
}
"""Headers that name nothing but a part of a place, and the word of the kind that they name."""
POSSIBLE: Final = frozenset({"area", "area name", "address area", "location", "locality", "place"})
"""Headers that may name a part of a place, or something else such as an area of work."""
KINDS: Final = frozenset(CERTAIN.values())
EVERYWHERE: Final = frozenset(
    {
        "",
        "all",
        "all wards",
        "city wide",
        "citywide",
        "whole city",
        "whole place",
        "various",
        "none",
        "n a",
        "tbc",
    }
)
"""What officers write where money is for no part alone."""


AreaNames = Mapping[str, tuple[Area, ...]]
"""The areas of a place by every name that a file may have for them."""


def area_names(place: Place) -> AreaNames:
    """The names of all areas of a place, each with the areas that it may mean."""
    named: defaultdict[str, list[Area]] = defaultdict(list)
    for area in place.areas:
        for name in _names_of(area):
            named[name].append(area)
    return {name: tuple(areas) for name, areas in named.items()}


def area_said(line: ReadLine, names: AreaNames) -> str:
    """The id of the area that a column of the line's own file names; empty where none does."""
    named = (_found(header, text, names) for header, text in line.attributes)
    return next((area for area in named if area), "")


def unknown_areas(lines: Iterable[ReadLine], place: Place, file: str) -> tuple[Problem, ...]:
    """Every name of a ward or neighbourhood that is none of this place, or of two alike, once, where it stands first."""
    names = area_names(place)
    first: dict[tuple[str, str], ReadLine] = {}
    for line in lines if names else ():
        for header, text in line.attributes:
            is_area = plain(header) in CERTAIN and plain(text) not in EVERYWHERE
            if is_area and not _found(header, text, names):
                first.setdefault((header, text), line)
    return tuple(
        Problem(
            Location(file, line.sheet, line.row),
            f"‘{text.strip()[:60]}’ under “{header[:40]}” names no single area of {place.name}, so its lines count for the whole place.",
            "Write the name as Areas has it, or leave the cell empty; money for another place does not belong in this file.",
            Severity.NOTE,
            "unknown-area",
        )
        for (header, text), line in first.items()
    )


def _found(header: str, text: str, names: AreaNames) -> str:
    """The area that a cell names by its name, its code or its id; those of the kind in the header come first.

    Empty where two are named alike: which of them is meant is not known.
    """
    kind = CERTAIN.get(plain(header))
    if kind is None and plain(header) not in POSSIBLE:
        return ""
    ranked = [(_after(area, kind, plain(text)), area) for area in names.get(_bare(text), ())]
    best = min((rank for rank, _ in ranked), default=None)
    nearest = [area.id for rank, area in ranked if rank == best]
    return nearest[0] if len(nearest) == 1 else ""


def _after(area: Area, kind: str | None, wording: str) -> tuple[bool, bool]:
    """What puts an area after another of nearly the same name."""
    return kind is not None and kind not in area.kind, plain(area.name) != wording


def _names_of(area: Area) -> frozenset[str]:
    return frozenset({plain(area.name), _bare(area.name), plain(area.id), plain(area.ons_code)}) - {""}


def _bare(name: str) -> str:
    """A name without the word of its kind.

    >>> _bare("Arboretum Ward"), _bare("Normanton neighbourhood")
    ('arboretum', 'normanton')
    """
    return " ".join(word for word in plain(name).split() if word not in KINDS) or plain(name)
