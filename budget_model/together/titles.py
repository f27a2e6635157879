"""What the figures about working together say: opportunities, what-ifs, pools and targets, each in a sentence.

The same sentence stands on the page and on the slide that it is pinned to. Joining up moves money between
hands; no sentence says that it makes less of it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from budget_model.count.results import UNMAPPED
from budget_model.count.saying import counted, in_sentence, listed, number, opened
from budget_model.money import NOTHING, percent, pounds, pounds_that_add
from budget_model.together.ladder import ALIGN
from budget_model.together.opportunities import Opportunity, Portfolio, portfolio_of
from budget_model.together.pools import Pool
from budget_model.together.scenarios import Effect, Outcome, compare
from budget_model.together.targets import (
    HEADINGS,
    TargetMoney,
    TargetsMoney,
    Track,
    measure_of,
    off_in_words,
    real_of,
)


def subject(opportunity: Opportunity, services: Mapping[str, str]) -> str:
    """What an opportunity is about: its services, as they stand within a sentence."""
    return listed([in_sentence(services.get(key, key)) for key in opportunity.services], most=2)


def amount_of(opportunity: Opportunity) -> str:
    """What could be planned together, in words: a part that depends on a partner's one sum is 'up to'."""
    if not opportunity.waiting:
        return pounds(opportunity.joinable)
    known = opportunity.joinable - opportunity.waiting
    return (
        f"{pounds(known)} to {pounds(opportunity.joinable)}"
        if known > 0
        else f"up to {pounds(opportunity.joinable)}"
    )


def amount_listed(opportunity: Opportunity) -> str:
    """The same for a list in which each pound stands once: what no better opportunity has counted."""
    return (
        pounds(opportunity.counted) if opportunity.part_of and opportunity.counted else amount_of(opportunity)
    )


def overlap_of(opportunity: Opportunity, numbers: Mapping[str, int]) -> str:
    """Its whole amount, and which better opportunities have how much of it; empty where none has any.

    `numbers` say what each opportunity is called by, by its id.
    """
    shared = [
        f"{pounds(amount)} is part of number {numbers.get(key, 0)}" for key, amount in opportunity.part_of
    ]
    return f"of {amount_of(opportunity)} in all: {listed(shared)}" if shared else ""


def counted_of(opportunity: Opportunity, numbers: Mapping[str, int]) -> str:
    """To follow its whole amount: how much of it is counted with it, and which better opportunities have the rest.

    Empty where none has any. `numbers` are as those of `overlap_of`.
    """
    shared = [
        f"{pounds(amount)} is part of number {numbers.get(key, 0)}" for key, amount in opportunity.part_of
    ]
    if not shared:
        return ""
    own = (
        f"{pounds(opportunity.counted)} of it is counted here"
        if opportunity.counted
        else "all of it is counted elsewhere"
    )
    return f"{own}: {listed(shared)}"


def what_for(opportunity: Opportunity) -> str:
    """What is recommended to be done with its money, to follow an amount."""
    return "to plan together" if opportunity.level >= ALIGN else "to share information on"


def part_of_others(opportunity: Opportunity, others: Mapping[str, Opportunity]) -> str:
    """Which better opportunities have some of its money, so that each pound stands in one of them."""
    named = [
        f"{pounds(amount)} is part of number {others[key].number}, {others[key].about}"
        for key, amount in opportunity.part_of
        if key in others
    ]
    return f"{opened('; '.join(named))}. Here {pounds(opportunity.counted)} is counted."


def headline_of(whole: Portfolio) -> str:
    """What bodies of the place could plan together in all, known or at most; no full stop."""
    if not whole.joinable and not whole.waiting:
        return "Nothing could be planned together"
    return f"{opened(sum_of(whole))} could be planned together"


def sum_of(whole: Portfolio) -> str:
    """What bodies of the place could plan together in all, in pounds: up to so much where a part of it is not known."""
    at_most = pounds(whole.joinable + whole.waiting)
    return f"up to {at_most}" if whole.waiting else at_most


def of_portfolio(whole: Portfolio) -> str:
    """What all opportunities come to, and what is not in that, in a few sentences."""
    return " ".join(sentences_of(whole))


def sentences_of(whole: Portfolio) -> tuple[str, ...]:
    """What all opportunities come to, and what is not in that: a sentence for each, each pound once."""
    sentences = []
    if whole.waiting:
        known = (
            f"{pounds(whole.joinable)} of this is known: each partner shows what it spends on these services. The other "
            f"{pounds(whole.waiting)}"
            if whole.joinable
            else "None of this is known yet. All of it"
        )
        sentences.append(
            f"{known} is the most that it could be, because a partner shows its money as one sum for many services, and "
            "nobody has said how much of it is for the same people."
        )
    if whole.with_departments:
        sentences.append(
            f"Not in this is {pounds(whole.with_departments)} that one body of the place could plan with national "
            "departments: their figures here are a share of wider ones."
        )
    if whole.to_share:
        further = "a further " if whole.joinable or whole.waiting else ""
        sentences.append(
            f"On {further}{pounds(whole.to_share)} bodies are advised to share information first; none of it would be "
            "planned together yet."
        )
    if whole.unlisted:
        sentences.append(f"{pounds(whole.unlisted)} more is in opportunities too small for the list.")
    return tuple(sentences)


def of_group(opportunities: Sequence[Opportunity]) -> str:
    """What some opportunities of the list come to, each pound once, in a few words."""
    whole = portfolio_of(opportunities)
    parts = (
        (whole.joinable, "known"),
        (whole.waiting, "at most besides, until a sum is split"),
        (whole.with_departments, "with national departments"),
        (whole.to_share, "to share information on"),
    )
    said = [f"{pounds(amount)} {what}" for amount, what in parts if amount]
    return ", ".join(said) or "counted in better ones"


def of_list(opportunities: Sequence[Opportunity]) -> str:
    """How many opportunities there are, and which is the best; of those with pounds to plan together."""
    able = [opportunity for opportunity in opportunities if opportunity.joinable > 0]
    if not able:
        return "None of these opportunities has money that could be planned together."
    best = f"“{able[0].about}”, with {amount_of(able[0])} {what_for(able[0])}"
    if len(able) == 1:
        return f"There is one opportunity for these bodies: {best}."
    many = opened(counted(len(able), "", "")).strip()
    return f"{many} opportunities are open to these bodies; the best is {best}."


def of_one(opportunity: Opportunity, bodies: str, services: Mapping[str, str]) -> str:
    """What some bodies could do together on one opportunity, and by which arrangement."""
    on = subject(opportunity, services)
    if opportunity.level < ALIGN:
        return f"{bodies} could share information on {amount_of(opportunity)} of {on}; none of it would be planned together yet."
    return f"{bodies} could plan {amount_of(opportunity)} together on {on}; the arrangement recommended is “{opportunity.arrangement.lower()}”."


def of_brought(opportunity: Opportunity, short: Mapping[str, str], services: Mapping[str, str]) -> str:
    """Who holds most of the money on an opportunity's services; whose is one sum for more than these."""
    sums = [partner for partner in opportunity.partners if partner.one_sum > 0]
    known = sum((partner.own for partner in opportunity.partners), NOTHING)
    if sums:
        whose = listed(
            [f"{pounds(part.one_sum)} of {short.get(part.organisation, part.name)}" for part in sums]
        )
        verb = "is" if len(sums) == 1 else "are"
        return f"{pounds(known)} is known to be on {subject(opportunity, services)}; {whose} {verb} one sum for many services."
    largest = max(opportunity.partners, key=lambda partner: (partner.amount, partner.organisation))
    who = short.get(largest.organisation, largest.name)
    share = percent(largest.amount, opportunity.amount)
    return f"{who} holds {share} of the {pounds(opportunity.amount)} on {subject(opportunity, services)}."


def of_free(free: Decimal) -> str:
    """What of an opportunity's money no string is known to tie; when contracts end is said beside its start."""
    if not free:
        return "None of it is known to be free to move."
    return f"No ring-fence and no grant condition is known to tie {pounds(free)} of it."


def of_score(opportunity: Opportunity) -> str:
    """How high an opportunity scores."""
    return f"“{opportunity.about}” scores {opportunity.score} of 100."


def of_outcome(outcome: Outcome, short: Mapping[str, str]) -> str:
    """Who would bear how much of a what-if's overspend, or keep how much of what is left over."""
    variance = outcome.borne.variance
    if outcome.fund <= 0:
        return "Nobody has contributed money yet."
    if not variance:
        return f"{pounds(outcome.fund)} would be joined up, and it comes out as planned."
    over = variance > 0
    bears = [
        (short.get(effect.organisation, effect.organisation), abs(effect.bears))
        for effect in bearing(outcome)
    ]
    if outcome.borne.retained:
        bears.append(("the pool itself", abs(outcome.borne.retained)))
    if outcome.borne.unallocated:
        bears.append(("nobody yet", abs(outcome.borne.unallocated)))
    in_all, *amounts = pounds_that_add(abs(variance), [amount for _, amount in bears])
    (who, amount), *others = zip((name for name, _ in bears), amounts, strict=True)
    first = f"{who} {'would bear' if over else 'would keep'} {amount}"
    part = percent(abs(variance), outcome.fund).replace(".0%", "%")
    spend = "overspend" if over else "underspend"
    said = listed([first, *(f"{name} {sum_}" for name, sum_ in others)])
    return f"Of a {part} {spend} of {in_all}, {said}."


def bearing(outcome: Outcome) -> list[Effect]:
    """The bodies that bear some of a variance, the largest part first."""
    return sorted(
        (effect for effect in outcome.effects if effect.bears),
        key=lambda effect: (-abs(effect.bears), effect.organisation),
    )


def who_bears_most(outcome: Outcome, short: Mapping[str, str]) -> str:
    """Who bears or keeps the largest part of a variance; how much how many join up where there is none."""
    variance, bears = outcome.borne.variance, bearing(outcome)
    if not variance or not bears:
        many = counted(len([effect for effect in outcome.effects if effect.puts_in]), "body", "bodies")
        return f"{pounds(outcome.fund)} joined up by {many}."
    who = short.get(bears[0].organisation, bears[0].organisation)
    verb, spend = ("bears", "overspend") if variance > 0 else ("keeps", "underspend")
    return f"{who} {verb} {percent(bears[0].bears, variance)} of the {spend}."


def of_comparison(outcomes: Sequence[Outcome], short: Mapping[str, str]) -> str:
    """For whom the choice among some what-ifs makes most difference."""
    ranges = []
    for body, effects in compare(outcomes):
        bears = [effect.bears if effect else NOTHING for effect in effects]
        ranges.append((max(bears) - min(bears), body, min(bears), max(bears)))
    if not ranges:
        return "In none of these does anybody contribute money."
    apart, body, least, most = max(ranges)
    if not apart:
        return "In all of these each body bears the same."
    who = short.get(body, body)
    return f"{who} would bear {pounds(least)} to {pounds(most)}, whichever is chosen."


def of_pools(pools: Sequence[Pool]) -> str:
    """The largest pool of the register that is not made up; where all are, the sentence begins by saying so."""
    real = real_of(pools)
    largest = max(real, key=lambda pool: (pool.total, pool.id))
    made_up = "Illustrative: " if largest.illustrative else ""
    if len(real) == 1:
        one = f"one pool is in the register: {largest.name}, {pounds(largest.total)}."
        return f"{made_up}{one}" if made_up else opened(one)
    return f"{made_up}{largest.name} is the largest of {counted(len(real), 'pool', 'pools')}: {pounds(largest.total)}."


def of_targets(targets: TargetsMoney) -> str:
    """The target that the Board should look at first: off track before on track, then by its money."""
    first = targets.targets[0]
    return of_target(first)


def how_many_off(targets: TargetsMoney) -> str:
    """How many of a place's measures, or targets where each has one, go the wrong way; what is made up is not counted."""
    off, many = targets.off_track, len(targets.counted)
    if not off:
        nothing = f"Nothing is {off_in_words((), many=False)}"
        return (
            f"{nothing}; {without_target(targets)}"
            if targets.untargeted
            else "Every target is on track or met"
        )
    words = off_in_words((target_money.track for target_money in off), many=len(off) > 1)
    if not targets.untargeted:
        return f"{opened(counted(len(off), 'target is', 'targets are'))} {words}"
    verb = "is" if len(off) == 1 else "are"
    return f"{opened(number(len(off)))} of {counted(many, 'measure', 'measures')} {verb} {words}; {without_target(targets)}"


def without_target(targets: TargetsMoney, of: str = "") -> str:
    """How many of the measures that are counted have no published target; `of` names them where nothing before does."""
    many, without = len(targets.counted), targets.untargeted
    every = f"the {number(many)}{of}"
    if without == many:
        return "it has no published target" if many == 1 else f"none of {every} has a published target"
    return f"{number(without)} of {every} {'has' if without == 1 else 'have'} no published target"


def of_target(target_money: TargetMoney) -> str:
    """Where one target is heading, and the money on its services."""
    return f"{measure_of(target_money.target)} {HEADINGS[target_money.track]}{_as_of(target_money)}; {pounds(target_money.linked)} is spent on related services."


def of_change(target_money: TargetMoney) -> str:
    """By how much one measure is better or worse than its baseline, and the money on its services."""
    change = target_money.change or Decimal(0)
    said = f"{percent(abs(change), Decimal(1))} {'worse' if change < 0 else 'better'} than its baseline"
    aim = target_money.target
    return (
        f"{measure_of(aim)} is {said} ({aim.baseline_year} to {aim.latest_year}); "
        f"{pounds(target_money.linked)} is spent on related services."
    )


def _as_of(target_money: TargetMoney) -> str:
    """From which year to which its figures are, since a map's year is seldom theirs."""
    aim = target_money.target
    if target_money.track is Track.GOING_BACK and aim.baseline_year != aim.latest_year:
        return f" ({aim.baseline_year} to {aim.latest_year})"
    return f" ({aim.latest_year})"


def of_unlinked(targets: TargetsMoney, services: Mapping[str, str]) -> str:
    """How much works towards no measure, and what most of that is spent on."""
    above = [one for one in targets.unlinked_by_service if one[1] > Decimal(0) and one[0] != UNMAPPED]
    unknown = f"for {pounds(targets.unknown)} without a service it is unknown" if targets.unknown else ""
    if not above:
        every = "Every service with money works towards some measure"
        return f"{every}; {unknown}." if unknown else f"{every}."
    first = in_sentence(services.get(above[0][0], above[0][0]))
    return (
        f"{pounds(targets.unlinked - targets.unknown)} works towards no measure; the largest part is {first}"
        f"{f', and {unknown}' if unknown else ''}."
    )
