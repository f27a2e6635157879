"""Which office acts at each partner of an opportunity, and which delivery board's business it is.

The offices are data (`data/reference/offices.csv`): by kind of body, by what has to be done and, where the law
names one, by the function that the money serves, each with its source. A post that no statute names says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from budget_model.money import NOTHING
from budget_model.place.model import ServiceTheme
from budget_model.shipped import rows_of_table
from budget_model.together.ladder import GRANT, JOINT_PROCUREMENT, LEAD_COMMISSIONING, SHARE_INFORMATION
from budget_model.vocabulary import OrganisationType

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "reference" / "offices.csv"


class Acts(StrEnum):
    """What an office is asked to do in the first steps of an opportunity."""

    MONEY = "money"
    SERVICE = "service"
    LAW = "law"
    CONTRACTS = "contracts"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Office:
    """An office by kind of body: what it does, for which functions and needs, and where that is stated.

    Without functions it stands for any of which no other row speaks.
    """

    acts: Acts
    bodies: tuple[OrganisationType, ...]
    functions: tuple[str, ...]
    needs: tuple[str, ...]
    """Needs (`needs.csv`) that are this office's business whatever the money serves."""
    office: str
    duty: str
    source: str
    source_seen: bool
    """Whether the text of the source was read; a source from memory is shown as not read."""

    @property
    def called(self) -> str:
        """What the office is called, and that nobody verified it where its text was not read."""
        return self.office if self.source_seen else f"{self.office} (not verified)"


@dataclass(frozen=True, slots=True)
class Acting:
    """The office of one partner in one of the first steps, 1 to 3."""

    step: int
    organisation: str
    name: str
    office: Office


def acts_at(level: int) -> tuple[Acts, Acts, Acts]:
    """What the three first steps ask for at a level: money first, then what the arrangement needs, then a decision.

    >>> [act.value for act in acts_at(6)]
    ['money', 'law', 'service']
    """
    second = Acts.MONEY
    if level == SHARE_INFORMATION:
        second = Acts.INFORMATION
    elif level == JOINT_PROCUREMENT:
        second = Acts.CONTRACTS
    elif level == GRANT or level >= LEAD_COMMISSIONING:
        second = Acts.LAW
    return Acts.MONEY, second, Acts.SERVICE


def office_of(acts: Acts, kind: OrganisationType, function: str = "", need: str = "") -> Office | None:
    """The office of a kind of body for what has to be done; None where the table names none.

    The one whose business the need is, else the one of the function, else the one that stands for any.

    >>> office_of(Acts.SERVICE, OrganisationType.COUNCIL, "adult social care").office
    'director of adult social services'
    """
    able = [each for each in read_offices() if each.acts is acts and kind in each.bodies]
    of_need = [each for each in able if need in each.needs]
    of_function = [each for each in able if function in each.functions]
    of_any = [each for each in able if not each.functions]
    return next(iter([*of_need, *of_function, *of_any]), None)


def main_function(spent: Iterable[tuple[str, Decimal]]) -> str:
    """The function that more than half of this money serves; '' where there is none.

    >>> main_function([("housing", Decimal(6)), ("skills", Decimal(4))])
    'housing'
    """
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for function, amount in spent:
        sums[function] += amount
    whole = sum(sums.values(), NOTHING)
    return next((function for function, amount in sums.items() if 2 * amount > whole), "")


def board_of(
    services: Iterable[str],
    ties: Iterable[ServiceTheme],
    on_board: Sequence[str],
    boards: frozenset[str],
) -> str:
    """The delivery board whose business these services are; '' where no board is known.

    Each service counts once, by its shares in the place's own list of services and boards; so a body's one large
    line does not decide. Of two boards with as much, the one with more money (`on_board`, most first).
    """
    wanted = frozenset(services)
    weight: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for tie in ties:
        if tie.share and tie.service in wanted and tie.theme in boards:
            weight[tie.theme] += tie.share
    if not weight:
        return on_board[0] if on_board else ""
    money = {board: place for place, board in enumerate(on_board)}
    return min(weight, key=lambda board: (-weight[board], money.get(board, len(money)), board))


def in_words(acting: Iterable[Acting], step: int) -> str:
    """Who acts in one step, as a sentence: 'Who acts: Anytown Council, monitoring officer.'."""
    said = [f"{each.name}, {each.office.called}" for each in acting if each.step == step]
    return f"Who acts: {'; '.join(said)}." if said else ""


@cache
def read_offices(file: Path = FILE) -> tuple[Office, ...]:
    """Every office of a table; raises `ValueError` for a body or a task that is not known."""
    return tuple(map(_office, rows_of_table(file)))


def _office(row: Mapping[str, str]) -> Office:
    return Office(
        acts=Acts(row["acts"]),
        bodies=tuple(OrganisationType(kind) for kind in row["bodies"].split(";")),
        functions=tuple(filter(None, row["functions"].split(";"))),
        needs=tuple(filter(None, row["needs"].split(";"))),
        office=row["office"],
        duty=row["duty"],
        source=row["source"],
        source_seen=row["source_seen"] == "yes",
    )
