"""The suggester of the mapping, asked about lines as they were read."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from budget_model.contribute.paying import Suggested, Suggests
from budget_model.intake.reading import ReadLine
from budget_model.mapping.memory import Confirmed
from budget_model.place.model import Organisation, Place

if TYPE_CHECKING:
    from budget_model.mapping.suggestion import Suggestion

ALTERNATIVES = 5


def suggester_for(place: Place, confirmed: Iterable[Confirmed]) -> Suggests:
    """A suggester that has learnt from the service list and everything confirmed; takes about a second."""
    from budget_model.mapping.suggestion import Evidence, Suggester

    kinds = {name: str(body.type) for body in place.organisations for name in (body.id, body.name)}
    made = Suggester(place.services, tuple(confirmed), organisations=kinds)

    def suggest(organisation: Organisation, lines: Sequence[ReadLine]) -> Sequence[Sequence[Suggested]]:
        evidence = [
            Evidence(line.description, organisation.id, str(organisation.type), line.code, line.headings)
            for line in lines
        ]
        return [
            tuple(
                Suggested(
                    suggestion.service,
                    Decimal(str(suggestion.confidence)),
                    suggestion.reason,
                    suggestion.applied_without_asking,
                )
                for suggestion in _each_service_once(found)
            )
            for found in made.suggest(evidence, ALTERNATIVES)
        ]

    return suggest


def _each_service_once(suggestions: "Sequence[Suggestion]") -> "list[Suggestion]":
    """A central department's line may have one service under two groups of the Treasury's; officers see one."""
    best: dict[str, Suggestion] = {}
    for suggestion in suggestions:
        best.setdefault(suggestion.service, suggestion)
    return list(best.values())
