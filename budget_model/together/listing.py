"""Which opportunities of a list are asked for: the choices that a page makes, and a slide keeps.

Those with nearly all their money in a better one, those too small for the place and those with none to plan
together are left out unless they are asked for by word or by name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

from budget_model.money import NOTHING, typed_between
from budget_model.scope import digits
from budget_model.together.opportunities import Opportunity, OpportunityList
from budget_model.together.score import PARTS
from budget_model.together.telling import searched


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; an empty choice takes everything."""

    search: str = ""
    partner: str = ""
    board: str = ""
    meeting: str = ""
    """'within-board' or 'cross-board'."""
    level: str = ""
    """The number of a rung of the ladder."""
    every: bool = False
    """Whether those that stand inside a better one are wanted too."""
    weights: tuple[tuple[str, Decimal], ...] = ()
    """The weights of the score, where they are not the place's own."""

    def to_link(self) -> str:
        """The choices as a saved view keeps them.

        >>> Wanted(partner="police", weights=(("timing", Decimal("0.5")),)).to_link()
        'partner=police&weight=timing+0.5'
        """
        words = {
            "search": self.search,
            "partner": self.partner,
            "board": self.board,
            "meeting": self.meeting,
            "level": self.level,
            "every": "yes" if self.every else "",
        }
        said = [(key, value) for key, value in words.items() if value]
        return urlencode(said + [("weight", f"{part} {weight}") for part, weight in self.weights])


def from_link(text: str) -> Wanted:
    """The choices that `to_link` wrote; whatever cannot be read is not narrowed by.

    >>> from_link(Wanted(level="6", every=True).to_link()) == Wanted(level="6", every=True)
    True
    >>> from_link("level=six&weight=timing+much&nonsense")
    Wanted(search='', partner='', board='', meeting='', level='', every=False, weights=())
    """
    said = dict(parse_qsl(text))
    weights = [_weight(value) for key, value in parse_qsl(text) if key == "weight"]
    level = said.get("level", "")
    return Wanted(
        said.get("search", "")[:200],
        said.get("partner", ""),
        said.get("board", ""),
        said.get("meeting", ""),
        "" if digits(level, 1) is None else level,
        said.get("every") == "yes",
        tuple(weight for weight in weights if weight is not None),
    )


def _weight(text: str) -> tuple[str, Decimal] | None:
    part, _, value = text.partition(" ")
    weight = typed_between(value, NOTHING, Decimal(1))
    return (part, weight) if part in PARTS and weight is not None else None


def _is_wanted(opportunity: Opportunity, wanted: Wanted) -> bool:
    """Whether an opportunity is of the partner, board, level and meeting that are chosen, where they are."""
    return (
        (not wanted.partner or wanted.partner in opportunity.organisations)
        and (not wanted.board or wanted.board in opportunity.themes)
        and (not wanted.level or opportunity.level == int(wanted.level))
        and (not wanted.meeting or wanted.meeting == opportunity.scope)
    )


def narrowed(
    opportunities: OpportunityList, wanted: Wanted, words: Mapping[str, str]
) -> tuple[list[Opportunity], int]:
    """The opportunities that are asked for, best first, and how many more the same choices would take.

    `words` is what services, bodies and groups of people are called.
    """
    left = [
        opportunity
        for opportunity in searched(opportunities.opportunities, wanted.search, words)
        if _is_wanted(opportunity, wanted)
    ]
    alone: Sequence[Opportunity] = [opportunity for opportunity in left if opportunity.listed]
    if wanted.every or wanted.search or not alone:
        return left, 0
    return list(alone), len(left) - len(alone)
