"""What a director asks of the findings, answered in a sentence.

With whom does a body overlap most, and on what; which pool is open by law today; why an opportunity stands
where it does; how firm its place is. The figures are those of the lists; only the words are made here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budget_model.money import percent, pounds
from budget_model.together.alignment import Common, Pair, Part
from budget_model.together.facts import Facts
from budget_model.together.ladder import POOL, arrangement_name
from budget_model.together.opportunities import (
    Opportunity,
    OpportunityList,
    Portfolio,
    in_the_list,
    reach_of,
)
from budget_model.together.stability import Stability
from budget_model.vocabulary import Discretion

NEARLY_ALWAYS, MOSTLY, SOMETIMES = Decimal("0.95"), Decimal("0.6"), Decimal("0.05")
LONG_WORD = 6


@dataclass(frozen=True, slots=True)
class Overlap:
    """What one body has in common with another, pounds; the services with the most in common first."""

    other: str
    common: Decimal
    overlap: Decimal | None
    cosine: Decimal | None
    services: tuple[Common, ...]
    """Each with the body's own pounds first and the other's second."""


def overlaps_of(body: str, pairs: Iterable[Pair]) -> tuple[Overlap, ...]:
    """With whom a body has something in common, the most common pounds first."""
    overlaps = []
    for pair in pairs:
        if body == pair.first:
            overlaps.append(Overlap(pair.second, pair.common, pair.overlap, pair.cosine, pair.services))
        elif body == pair.second:
            turned = tuple(
                Common(service.service, service.second, service.first) for service in pair.services
            )
            overlaps.append(Overlap(pair.first, pair.common, pair.overlap, pair.cosine, turned))
    return tuple(sorted(overlaps, key=lambda overlap: (-overlap.common, overlap.other)))


def largest_open_pool(opportunities: OpportunityList) -> Opportunity | None:
    """The opportunity with the most joinable pounds that law and conditions let be pooled and no date holds back.

    What its score has earned yet does not enter, nor that its contract dates may be unknown or that its outcome is
    not measured yet: this is what is open, not what is recommended.
    """
    able = [
        opportunity
        for opportunity in opportunities.opportunities
        if opportunity.open_by_law >= POOL
        and opportunity.joinable > 0
        and not _waits(opportunity.earliest_date, opportunities.on)
    ]
    return max(
        able, key=lambda opportunity: (opportunity.joinable, opportunity.amount, opportunity.id), default=None
    )


def _waits(when: date | None, on: date) -> bool:
    """Whether contracts are known to hold the money beyond a day."""
    return when is not None and when > on


def part_in_words(part: Part) -> str:
    """A part of a whole, and how much of the whole nobody knows to be in it or not.

    >>> part_in_words(Part(Decimal(45), Decimal(900), Decimal(250)))
    '£45 of £900; of £250 nothing says whether it is.'
    >>> part_in_words(Part(Decimal(45), Decimal(900)))
    '£45 of £900.'
    >>> part_in_words(Part(Decimal(0), Decimal(900), Decimal(900)))
    'Nothing recorded here says of any of the £900 whether it is.'
    """
    if part.nothing_known:
        return f"Nothing recorded here says of any of the {pounds(part.whole)} whether it is."
    unknown = f"; of {pounds(part.unknown)} nothing says whether it is" if part.unknown > 0 else ""
    return f"{pounds(part.part)} of {pounds(part.whole)}{unknown}."


def share_in_words(part: Part) -> str:
    """The share of a part in its whole; where nothing at all is known of it, that: unknown is never zero.

    >>> share_in_words(Part(Decimal(0), Decimal(900), Decimal(900))), share_in_words(Part(Decimal(45), Decimal(900)))
    ('Not known', '5.0%')
    """
    return "Not known" if part.nothing_known else percent(part.part, part.whole)


def how_free(whole: Portfolio) -> str:
    """The flexible money of a portfolio and how much choice is recorded over it, in words.

    >>> how_free(Portfolio(Decimal(5), Decimal(5), Decimal(0), Decimal(100),
    ...                    ((Discretion.DISCRETIONARY, Decimal(9)), (Discretion.UNKNOWN, Decimal(91)))))
    'the £100 that is not ring-fenced, going by the lines or the usual terms of their services (on £9 the bodies may choose whether to spend it; over £91 the choice is unknown)'
    """
    statutory = whole.of_discretion(Discretion.STATUTORY_WITH_LOCAL_CHOICE)
    demand, unknown = whole.of_discretion(Discretion.DEMAND_LED), whole.of_discretion(Discretion.UNKNOWN)
    said = [
        f"on {pounds(whole.of_discretion(Discretion.DISCRETIONARY))} the bodies may choose whether to spend it"
    ]
    said += (
        [f"{pounds(statutory)} is for what the law asks of them, and they choose how"] if statutory else []
    )
    said += [f"{pounds(demand)} goes to whoever is entitled"] if demand else []
    said += [f"over {pounds(unknown)} the choice is unknown"] if unknown else []
    fence = whole.fence_unknown
    said += [f"of {pounds(fence)} nothing says whether it is ring-fenced"] if fence else []
    held = "known to be ring-fenced" if fence else "ring-fenced"
    terms = "going by the lines or the usual terms of their services"
    return f"the {pounds(whole.flexible)} that is not {held}, {terms} ({'; '.join(said)})"


def why_ranked(opportunities: OpportunityList, opportunity: Opportunity, facts: Facts) -> str:
    """Why an opportunity stands where it does among the others: its pounds, how far it can go, its score."""
    if len(opportunities.opportunities) == 1:
        return "It is the only opportunity."
    said = [f"It is {rank_of(opportunities, opportunity)}."]
    if opportunity.joinable <= 0:
        said.append("It has no money that could be planned together, so it stands behind all that have.")
        return " ".join(said)
    if opportunity.in_tail:
        least, alone = facts.rules.worth_while, pounds(opportunity.joinable)
        if opportunity.joinable >= least:
            alone = f"the {pounds(opportunity.counted)} that no better opportunity counts"
        said.append(f"With {alone} it has less than {pounds(least)}, so it stands in the tail.")
    reach = reach_of(facts.weights.levels, opportunity.level)
    said.append(
        f"{pounds(opportunity.joinable)} × {percent(reach, Decimal(1))} ({arrangement_name(opportunity.level)}) × a score of "
        f"{opportunity.score} in 100 make {pounds(opportunity.priority)}, and the most comes first."
    )
    return " ".join(said)


def rank_of(opportunities: OpportunityList, opportunity: Opportunity) -> str:
    """Where an opportunity stands among all that were found, and how many of them make the list that is shown."""
    every, listed = len(opportunities.opportunities), len(in_the_list(opportunities.opportunities))
    place = f"{ordinal(opportunity.number)} of {every}"
    return (
        place
        if listed == every
        else f"{place} that were found, of which {listed} {'is' if listed == 1 else 'are'} in the list"
    )


def ordinal(place: int) -> str:
    """A place in a ranking as it is written in a sentence.

    >>> ordinal(1), ordinal(2), ordinal(11), ordinal(23)
    ('1st', '2nd', '11th', '23rd')
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if 10 <= place % 100 <= 13 else ending}"


def firmness(firm: Stability, draws: int) -> str:
    """How far a place near the top depends on the weights, in words.

    >>> firmness(Stability(Decimal("0.947"), Decimal(1), Decimal(1)), 1000)
    'Nearly always in the first five, whatever the weights, and in 94.7% of 1,000 other weightings in the first three.'
    """
    depths = ((firm.top3, "three"), (firm.top5, "five"), (firm.top10, "ten"))
    for share, depth in depths:
        if share >= NEARLY_ALWAYS:
            said = f"Nearly always in the first {depth}, whatever the weights"
            if depth != "three":
                said += f", and in {_percent(firm.top3)} of {draws:,} other weightings in the first three"
            return f"{said}."
    for share, depth in depths:
        if share >= MOSTLY:
            return f"Mostly in the first {depth}, in {_percent(share)} of {draws:,} other weightings: the weights matter."
    if firm.top10 >= SOMETIMES:
        return (
            f"In the first ten under {_percent(firm.top10)} of {draws:,} other weightings: its place depends on "
            "the weights."
        )
    return "Rarely in the first ten, whatever the weights."


def firm_in_brief(firm: Stability) -> str:
    """The same in a word or two, for a list.

    >>> firm_in_brief(Stability(Decimal("0.2"), Decimal("0.3"), Decimal("0.97")))
    'firmly in the first ten'
    """
    for share, depth in ((firm.top3, "three"), (firm.top5, "five"), (firm.top10, "ten")):
        if share >= NEARLY_ALWAYS:
            return f"firmly in the first {depth}"
    if firm.top10 >= MOSTLY:
        return "mostly in the first ten"
    return "place depends on the weights" if firm.top10 >= SOMETIMES else "firmly below the first ten"


def _percent(share: Decimal) -> str:
    text = f"{share * 100:.1f}"
    return f"{text.removesuffix('.0')}%"


def searched(
    opportunities: Sequence[Opportunity], text: str, words: Mapping[str, str]
) -> tuple[Opportunity, ...]:
    """The opportunities whose title, partners, services or people hold every word that was typed.

    A long word is found with another ending too: 'disability' finds 'disabilities'.

    `words` is what services and client groups are called.
    """
    asked = text.casefold().split()
    if not asked:
        return tuple(opportunities)
    kept = []
    for opportunity in opportunities:
        inside = " ".join(
            [
                opportunity.title,
                *(partner.name for partner in opportunity.partners),
                *(
                    words.get(key, key)
                    for key in (*opportunity.services, *opportunity.client_groups, *opportunity.themes)
                ),
            ]
        ).casefold()
        if _holds(inside, asked):
            kept.append(opportunity)
    return tuple(kept)


def closest(opportunities: Sequence[Opportunity], text: str, words: Mapping[str, str]) -> Opportunity | None:
    """The opportunity that is most about what was typed, the best ranked of those that are as much so.

    Most: its own services are called so; then its title; None where words that were typed are only met
    among its partners, people or boards.
    """
    asked = text.casefold().split()
    if not asked:
        return None
    by_service = [
        opportunity
        for opportunity in opportunities
        if any(_holds(words.get(key, key).casefold(), asked) for key in opportunity.services)
    ]
    for about in (
        by_service,
        [
            opportunity
            for opportunity in opportunities
            if _holds(opportunity.title.rsplit(": ", 1)[0].casefold(), asked)
        ],
    ):
        if about:
            return min(
                about, key=lambda opportunity: (-_part_about(opportunity, asked, words), opportunity.rank)
            )
    return None


def _part_about(opportunity: Opportunity, asked: Sequence[str], words: Mapping[str, str]) -> Decimal:
    """The part of its money that is on services called so: what an opportunity is mostly about."""
    on = sum(
        (
            amount
            for partner in opportunity.partners
            for service, amount in partner.services
            if _holds(words.get(service, service).casefold(), asked)
        ),
        Decimal(0),
    )
    return (on / opportunity.amount).quantize(Decimal("0.001")) if opportunity.amount > 0 else Decimal(0)


def _holds(inside: str, asked: Sequence[str]) -> bool:
    return all(word in inside or (len(word) > LONG_WORD and word[:-1] in inside) for word in asked)
