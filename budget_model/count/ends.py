"""Which map is meant where two are set beside each other: a year, a phase of it, or a published version."""

import re
from dataclasses import dataclass

from budget_model.financial_year import is_financial_year
from budget_model.scope import Scope
from budget_model.vocabulary import Phase

_WRITTEN = re.compile(r"(?P<year>[^/@]{1,20})(?:/(?P<phase>[^/@]{1,40}))?(?:@(?P<version>\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class End:
    """One map: its year, a phase or else the best figures, and the number of a version or 0 for today's."""

    year: str
    phase: Phase | None = None
    version: int = 0

    def __str__(self) -> str:
        """As it stands in a link.

        >>> str(End("2016-17")), str(End("2016-17", Phase.OUTTURN, 3))
        ('2016-17', '2016-17/outturn@3')
        """
        phase = f"/{self.phase}" if self.phase else ""
        return f"{self.year}{phase}{f'@{self.version}' if self.version else ''}"

    @property
    def name(self) -> str:
        """In words.

        >>> End("2016-17").name, End("2016-17", Phase.OUTTURN, 3).name
        ('2016-17', '2016-17 outturn, version 3')
        """
        phase = f" {self.phase}" if self.phase else ""
        return f"{self.year}{phase}{f', version {self.version}' if self.version else ''}"

    def scope_of(self, scope: Scope) -> Scope:
        """A scope, of this map."""
        return scope.switched(year=self.year, phase=self.phase, version=self.version)


def end_of(scope: Scope) -> End:
    """The map that a scope is of."""
    return End(scope.year, scope.phase, scope.version)


def read_end(text: str) -> End | None:
    """The map that a link or a command names; None for words that name none.

    >>> read_end("2016-17/original budget@2")
    End(year='2016-17', phase=<Phase.ORIGINAL_BUDGET: 'original budget'>, version=2)
    >>> read_end("2016-17/nonsense"), read_end("next year")
    (None, None)
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None or not is_financial_year(match["year"]):
        return None
    phase = match["phase"]
    if phase is not None and phase not in {str(known) for known in Phase}:
        return None
    return End(match["year"], Phase(phase) if phase else None, int(match["version"] or 0))
