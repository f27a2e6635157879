"""The weights of the score as a person tries them: in hundredths, kept in a link, of which only the proportions count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.money import percent
from budget_model.scope import digits
from budget_model.together.score import PARTS, part_weights

MOST = 100
"""Hundredths of the largest weight."""


@dataclass(frozen=True, slots=True)
class TriedWeights:
    """A weight for each part of the score, in hundredths and in the order of the parts."""

    hundredths: tuple[int, ...]

    @classmethod
    def of_place(cls, weights: Sequence[tuple[str, Decimal]]) -> "TriedWeights":
        """Those that a place has settled on.

        >>> TriedWeights.of_place([(part, Decimal("0.125")) for part in PARTS]).to_link()
        '12-12-12-12-12-12-12-12'
        """
        own = part_weights(weights)
        return cls(tuple(int((own[part] * MOST).to_integral_value()) for part in PARTS))

    @classmethod
    def from_link(cls, text: str) -> "TriedWeights | None":
        """Those that a link names, none over the largest; None where it names not as many as there are parts.

        >>> TriedWeights.from_link("25-20-10-5-15-10-10-500").hundredths
        (25, 20, 10, 5, 15, 10, 10, 100)
        >>> TriedWeights.from_link("25-20"), TriedWeights.from_link("a-20-10-5-15-10-10-5")
        (None, None)
        """
        words = [digits(word, 3) for word in text.split("-")]
        weights = tuple(min(weight, MOST) for weight in words if weight is not None)
        return cls(weights) if len(words) == len(weights) == len(PARTS) else None

    def to_link(self) -> str:
        """The text from which `from_link` reads the same weights."""
        return "-".join(map(str, self.hundredths))

    def by_part(self) -> tuple[tuple[str, Decimal], ...]:
        """The weight of each part, from 0 to 1."""
        return tuple((part, Decimal(weight) / MOST) for part, weight in self._named())

    def proportions(self) -> Iterable[tuple[str, int, str]]:
        """Each part with its weight, and in words what part of all the weights that is.

        >>> list(TriedWeights((60, 20, 0, 0, 0, 0, 0, 0)).proportions())[:2]
        [('target_match', 60, '75%'), ('client_overlap', 20, '25%')]
        """
        whole = Decimal(sum(self.hundredths))
        for part, weight in self._named():
            yield part, weight, percent(Decimal(weight), whole) if whole else "nothing"

    def _named(self) -> Iterable[tuple[str, int]]:
        return zip(PARTS, self.hundredths, strict=True)
