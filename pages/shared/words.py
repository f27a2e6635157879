"""What the dimensions of the map are called on a screen."""

from collections.abc import Mapping
from typing import Final

from budget_model.vocabulary import Dimension
from pages.shared import kept

CALLED: Final[Mapping[Dimension, str]] = {
    Dimension.ORGANISATION: "Organisation",
    Dimension.ORGANISATION_TYPE: "Type of organisation",
    Dimension.THEME: "Delivery board",
    Dimension.SERVICE: "Service",
    Dimension.DIVISION: "COFOG division",
    Dimension.COFOG: "COFOG group",
    Dimension.FUNDING: "Funding stream",
    Dimension.NATURE: "Nature of spending",
    Dimension.RING_FENCE: "Ring-fence",
    Dimension.DISCRETION: "Discretion",
    Dimension.STAGE: "Stage of need",
    Dimension.AREA: "Area",
    Dimension.CLIENT_GROUP: "Client group",
    Dimension.KIND: "Kind of money",
    Dimension.GRADE: "Confidence grade",
    Dimension.PHASE: "Phase",
    Dimension.SUBMISSION: "Submission",
}
ABBREVIATED = ("nhs",)
LOWER: Final = {
    dimension: name if name.startswith("COFOG") else name[0].lower() + name[1:]
    for dimension, name in CALLED.items()
}


def named(dimension: Dimension, *, short: bool = False) -> dict[str, str]:
    """What each key along a dimension is called; short names for labels where there are any."""
    names = kept.names_of(dimension)
    if short and dimension in (Dimension.ORGANISATION, Dimension.THEME):
        names = names | kept.short_names()
    return names


def name(dimension: Dimension, key: str, *, short: bool = False) -> str:
    """What one key along a dimension is called."""
    found = named(dimension, short=short).get(key, key)
    if found == key and dimension not in (Dimension.ORGANISATION, Dimension.THEME):
        return key.upper() if key in ABBREVIATED else key[:1].upper() + key[1:]
    return found
