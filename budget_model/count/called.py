"""What the ways of dividing the money are called, on a page and on a slide."""

from collections.abc import Mapping
from typing import Final

from budget_model.vocabulary import Dimension

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
    Dimension.PROVENANCE: "Provenance",
    Dimension.PHASE: "Phase",
    Dimension.SUBMISSION: "Submission",
}
ABBREVIATED = ("nhs",)
"""Keys that stand for themselves in capitals."""
LOWER: Final = {
    dimension: name if name.startswith("COFOG") else name[0].lower() + name[1:]
    for dimension, name in CALLED.items()
}
PAID_FOR: Final[Mapping[Dimension, tuple[str, str]]] = {
    Dimension.DIVISION: ("function of government", "functions of government"),
    Dimension.CLIENT_GROUP: ("group of people", "groups of people"),
}
"""What bodies pay for along a dimension, one and many."""
