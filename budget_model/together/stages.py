"""How early in a person's need the money acts: each line suggested by rule, split, agreed by its officer, graded.

Preventative spending is counted in four steps, as many as the professional guidance of 2025 has, whose own text was not
read: take the lines as they are budgeted; suggest by a rule, which is shown, at which stage each acts; split by
percentage a line that acts at several; and have its officer agree, with how well it is known. What has no stage is a
share of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from budget_model.money import NOTHING, apportion
from budget_model.problem import Refusal
from budget_model.shipped import rows_of_table
from budget_model.together.alignment import Part
from budget_model.vocabulary import Kind, Stage

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "reference" / "stage_rules.csv"
WHOLE: Final = Decimal(1)
EARLY: Final = frozenset({Stage.PREVENTION, Stage.EARLY_HELP})
"""The stages that act before a need is acute."""
LATE: Final = frozenset({Stage.TREATMENT, Stage.CRISIS})
"""The stages that act once a need is acute."""
ON_SERVICES: Final = tuple(stage for stage in Stage if stage is not Stage.INCOME_MAINTENANCE)
"""The stages of money on services: all but benefits and pensions."""

Shares = tuple[tuple[Stage, Decimal], ...]
"""What part of a line acts at each stage; the parts make one."""


class How(StrEnum):
    """How the stage of some money is known, the surest first."""

    AGREED = "agreed by its officer"
    STATED = "stated by its body"
    PAID = "paid to people"
    RULE = "suggested by a rule on its words"
    SERVICE = "suggested by its service"
    UNKNOWN = "not known"


class StageGrade(StrEnum):
    """How well the stage of some money is known."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    UNKNOWN = ""

    @property
    def says(self) -> str:
        """What the grade means."""
        return _GRADES[self]


_GRADES: Mapping[StageGrade, str] = {
    StageGrade.A: "split by activity or caseload, agreed",
    StageGrade.B: "judged with the service, agreed",
    StageGrade.C: "stated by the body, or judged by its officer alone",
    StageGrade.D: "suggested by the words of the line",
    StageGrade.E: "suggested by the usual stage of its service",
    StageGrade.UNKNOWN: "not known",
}
BY_OFFICERS: Final = (StageGrade.A, StageGrade.B, StageGrade.C)
"""The grades that an officer gives to what is agreed."""


@dataclass(frozen=True, slots=True)
class StageRule:
    """Words that say at which stage a line acts, on which services, and why. Without services: on any."""

    number: int
    id: str
    phrases: tuple[str, ...]
    services: tuple[str, ...]
    shares: Shares
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class StageAgreed:
    """What an officer agreed that a line does, on the lines of the same body, code and words of every year."""

    id: int
    organisation: str
    code: str
    words: str
    shares: Shares
    grade: StageGrade
    reason: str
    withdrawn: bool
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the stage of some money before anything is decided."""

    kind: Kind
    stated: Stage
    usual: Stage
    rule: int | None = None
    agreed: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """At which stages some money acts, how that is known, how well, and why."""

    shares: Shares
    how: How
    grade: StageGrade
    why: str


@dataclass(frozen=True, slots=True)
class Staged:
    """Some money of one body, service and group of people with what is known of its stage, pounds."""

    organisation: str
    service: str
    client_group: str
    known: Known
    amount: Decimal
    lines: int


@dataclass(frozen=True, slots=True)
class StagePart:
    """What acts at one stage of some money, known in one way, pounds."""

    organisation: str
    service: str
    client_group: str
    stage: Stage
    how: How
    grade: StageGrade
    amount: Decimal


def decide(
    known: Known, rules: Mapping[int, StageRule], agreed: Mapping[int, StageAgreed], called: str = ""
) -> Verdict:
    """At which stage money acts: as agreed, else as stated, as its words say, or as its service usually does.

    `called` is what its service is called.
    """
    if known.agreed is not None and known.agreed in agreed:
        word = agreed[known.agreed]
        return Verdict(word.shares, How.AGREED, word.grade, word.reason or f"Agreed by {word.made_by}.")
    if known.kind is Kind.TRANSFER_TO_INDIVIDUALS:
        why = "It is paid to people: benefits and pensions."
        return Verdict(one(Stage.INCOME_MAINTENANCE), How.PAID, StageGrade.C, why)
    if known.stated is not Stage.UNKNOWN:
        return Verdict(one(known.stated), How.STATED, StageGrade.C, "Its body states it.")
    if known.rule is not None and known.rule in rules:
        rule = rules[known.rule]
        return Verdict(rule.shares, How.RULE, StageGrade.D, rule.why)
    if known.usual is not Stage.UNKNOWN:
        why = f"It is the usual stage of {called or 'its service'}."
        return Verdict(one(known.usual), How.SERVICE, StageGrade.E, why)
    return Verdict(
        one(Stage.UNKNOWN), How.UNKNOWN, StageGrade.UNKNOWN, "Nothing says at which stage it acts."
    )


def one(stage: Stage) -> Shares:
    """The whole of a line at one stage."""
    return ((stage, WHOLE),)


def spread(
    staged: Iterable[Staged], rules: Mapping[int, StageRule], agreed: Mapping[int, StageAgreed]
) -> tuple[StagePart, ...]:
    """All the money by stage, each part once: the parts make the whole to the penny."""
    stage_parts: list[StagePart] = []
    for item in staged:
        verdict = decide(item.known, rules, agreed)
        parts = apportion(item.amount, dict(verdict.shares))
        stage_parts.extend(
            StagePart(
                item.organisation, item.service, item.client_group, stage, verdict.how, verdict.grade, part
            )
            for stage, part in parts.items()
            if part
        )
    return tuple(stage_parts)


def added_up(parts: Iterable[StagePart], key: Callable[[StagePart], str]) -> dict[str, Decimal]:
    """The pounds of parts by whatever a key gives."""
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for part in parts:
        sums[key(part)] += part.amount
    return dict(sums)


def by_stage(parts: Iterable[StagePart]) -> dict[Stage, Decimal]:
    """The pounds at each stage, in the order of stages; a stage with none has zero."""
    sums = added_up(parts, lambda part: part.stage)
    return {stage: sums.get(stage, NOTHING) for stage in Stage}


def early(parts: Iterable[StagePart]) -> Part:
    """Prevention and early help out of all money on services; benefits and pensions are left out."""
    return _of_services(parts, EARLY)


def late(parts: Iterable[StagePart]) -> Part:
    """Treatment and crisis out of all money on services; benefits and pensions are left out."""
    return _of_services(parts, LATE)


def _of_services(parts: Iterable[StagePart], wanted: Collection[Stage]) -> Part:
    """Some stages out of all money on services, with what has no stage."""
    sums = by_stage(parts)
    whole = sum((sums[stage] for stage in ON_SERVICES), NOTHING)
    return Part(sum((sums[stage] for stage in wanted), NOTHING), whole, sums[Stage.UNKNOWN])


@dataclass(frozen=True, slots=True)
class Shift:
    """How much acted early in two years, of the money of the bodies that are in both."""

    earlier: str
    later: str
    bodies: tuple[str, ...]
    before: Part
    after: Part

    @property
    def change(self) -> Decimal | None:
        """By how much the share of early money rose, as a part of one; None where either year has none."""
        if self.before.share is None or self.after.share is None:
            return None
        return self.after.share - self.before.share


def shift(earlier: str, before: Sequence[StagePart], later: str, after: Sequence[StagePart]) -> Shift | None:
    """How the early share of two years compares, on bodies in both; None where there are none."""
    bodies = {part.organisation for part in before} & {part.organisation for part in after}
    if not bodies:
        return None
    return Shift(
        earlier,
        later,
        tuple(sorted(bodies)),
        early(part for part in before if part.organisation in bodies),
        early(part for part in after if part.organisation in bodies),
    )


def to_text(shares: Shares) -> str:
    """Shares as a file or a register keeps them.

    >>> to_text(((Stage.UNIVERSAL, Decimal("0.4")), (Stage.TREATMENT, Decimal("0.6"))))
    'universal:0.4;treatment:0.6'
    """
    return ";".join(f"{stage.value}:{share.normalize():f}" for stage, share in shares)


def in_words(shares: Shares) -> str:
    """Shares as a person reads them.

    >>> in_words(((Stage.UNIVERSAL, Decimal("0.4")), (Stage.TREATMENT, Decimal("0.6"))))
    '40% universal, 60% treatment'
    >>> in_words(one(Stage.EARLY_HELP))
    'early help'
    """
    if len(shares) == 1:
        return shares[0][0].value
    return ", ".join(f"{(share * 100).normalize():f}% {stage.value}" for stage, share in shares)


def from_text(text: str) -> Shares:
    """The shares that `to_text` wrote; raises `ValueError` for any other words."""
    pairs = [part.rpartition(":") for part in text.split(";")]
    return checked([(Stage(stage.strip()), _number(share)) for stage, _, share in pairs])


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as reason:
        raise ValueError(f"{text!r} is no share.") from reason


def checked(shares: Iterable[tuple[Stage, Decimal]]) -> Shares:
    """Shares above zero that make one, each stage once; raises `Refusal` with what is wrong with them.

    >>> checked([(Stage.CRISIS, Decimal(1)), (Stage.UNIVERSAL, Decimal(0))])
    ((<Stage.CRISIS: 'crisis'>, Decimal('1')),)
    """
    given = [(stage, share) for stage, share in shares if share]
    if any(share < 0 for _, share in given):
        raise Refusal("A percentage is below zero. Write percentages from 0 to 100.")
    if len({stage for stage, _ in given}) < len(given):
        raise Refusal("A stage is named twice. Write one percentage for each.")
    whole = sum((share for _, share in given), NOTHING)
    if whole != WHOLE:
        raise Refusal(f"The percentages make {whole * 100:f}, not 100. Correct them so that they make 100.")
    return tuple(given)


@cache
def read_rules(file: Path = FILE) -> tuple[StageRule, ...]:
    """Every rule in the order in which they are asked; raises `ValueError` for a stage that there is none of."""
    return tuple(_rule(number, row) for number, row in enumerate(rows_of_table(file), 1))


def _rule(number: int, row: Mapping[str, str]) -> StageRule:
    return StageRule(
        number=number,
        id=row["id"],
        phrases=tuple(phrase.strip().lower() for phrase in row["phrases"].split(";") if phrase.strip()),
        services=tuple(filter(None, row["services"].split(";"))),
        shares=from_text(row["shares"]),
        why=row["why"],
        source=row["source"],
    )
