"""Everything that a scope's figures say, as sentences, the one with the most pounds at stake first.

Each question is answered by one function from plain breakdowns; it gives nothing where there is nothing to
say. Shares are said only where no amount below zero would make them misleading. No sentence calls
anything saved or wasted: money is only said to be spent, shared, counted or not known.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import TypeVar

from budget_model.count.assurance import Assurance
from budget_model.count.findings import (
    NEAR,
    Finding,
    headline,
    paid_by,
    part_of,
    what_is_not_sure,
    what_most_is_spent_on,
    who_spends_most,
)
from budget_model.count.restate import EACH, Restating
from budget_model.count.results import BESIDE_BOARDS, UNMAPPED, Cell, PartOfTotal, Total
from budget_model.count.saying import counted, in_sentence, listed, opened
from budget_model.money import NOTHING, percent, pounds
from budget_model.vocabulary import PAID_TO_PEOPLE, Dimension, RingFence

Restated = TypeVar("Restated", Total, PartOfTotal, Cell, Assurance)
SMALL = Decimal("0.01")
"""A body with less than this part of the total is a small one."""
PER_EACH = tuple(f"per {one}" for one in EACH.values())
AMOUNT = re.compile(r"£[\d,.]*\d(?:bn|m|k)?(?: of public money)?")
"""The first amount of a sentence, with what it is an amount of."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The breakdowns that sentences are made from: all of one scope, each adding up to its total, pounds."""

    where: str
    total: Total
    organisations: tuple[PartOfTotal, ...]
    themes: tuple[PartOfTotal, ...]
    services: tuple[PartOfTotal, ...]
    """What is spent on each service, without what of it is paid to people."""
    ring_fences: tuple[PartOfTotal, ...]
    """The money on services by its ring-fence: without what is paid to people."""
    theme_by_organisation: tuple[Cell, ...]
    service_by_organisation: tuple[Cell, ...]
    names: Mapping[str, str]
    """What each organisation is called."""
    relied_on: Assurance
    least: Decimal = NOTHING
    """With less than this on something a body is counted, and is not called a payer of it."""
    basis: str = ""
    """What a pound is here, where it is not one of the year's own: 'per resident'."""


def ranked(figures: Figures) -> tuple[Finding, ...]:
    """Every finding of a scope: the place's total first, then those with the most pounds at stake."""
    said = [finding_of(figures, kind) for kind in QUESTIONS]
    rest = sorted(
        (finding for finding in said if finding), key=lambda finding: (-finding.matters, finding.kind)
    )
    return (based(the_total(figures.where, figures.total), figures.basis), *rest)


def finding_of(figures: Figures, kind: str) -> Finding | None:
    """The finding that answers one question, if there is anything to say."""
    if kind == "total":
        return based(the_total(figures.where, figures.total), figures.basis)
    answer = QUESTIONS.get(kind)
    finding = answer(figures) if answer else None
    return based(finding, figures.basis) if finding else None


def restated(figures: Figures, shown: Restating) -> Figures:
    """The same breakdowns per resident or in the prices of another year, as a scope asks for them.

    Every amount is multiplied and none rounded, so that shares, ties and ranks stay what they are.
    """
    if shown.factor == 1:
        return replace(figures, basis=basis_of(shown))

    def times(one: Restated) -> Restated:
        amounts = {
            field.name: getattr(one, field.name) * shown.factor
            for field in fields(one)
            if isinstance(getattr(one, field.name), Decimal)
        }
        changed: Restated = replace(one, **amounts)
        return changed

    return replace(
        figures,
        total=times(figures.total),
        organisations=tuple(times(organisation) for organisation in figures.organisations),
        themes=tuple(times(theme) for theme in figures.themes),
        services=tuple(times(service) for service in figures.services),
        ring_fences=tuple(times(fence) for fence in figures.ring_fences),
        theme_by_organisation=tuple(times(cell) for cell in figures.theme_by_organisation),
        service_by_organisation=tuple(times(cell) for cell in figures.service_by_organisation),
        relied_on=times(figures.relied_on),
        least=figures.least * shown.factor,
        basis=basis_of(shown),
    )


def basis_of(shown: Restating) -> str:
    """What a pound is in a scope, as a sentence says it; empty for pounds of their own year."""
    each = shown.unit.removeprefix("pounds").strip()
    prices = f"in {shown.prices}" if shown.prices != "cash prices" else ""
    return " ".join(one for one in (each, prices) if one)


def based(finding: Finding, basis: str) -> Finding:
    """A finding whose amounts say what a pound is, where it is not one of the year's own.

    >>> based(Finding("Police alone spends £74.", Decimal(74), why="Two bodies spend."), "per resident").sentence
    'Police alone spends £74 per resident.'
    """
    return replace(finding, sentence=with_basis(finding.sentence, basis), why=with_basis(finding.why, basis))


def with_basis(sentence: str, basis: str) -> str:
    """A sentence with amounts in it, and what a pound is: per resident or child after the first amount, prices at the end.

    However often it is asked, it is said once.

    >>> with_basis("Police spends £74, 9% of it.", "per resident")
    'Police spends £74 per resident, 9% of it.'
    >>> twice = with_basis(with_basis("Police spends £74.", "in prices of 2019-20"), "in prices of 2019-20")
    >>> twice, with_basis("It is 9%.", "per resident")
    ('Police spends £74, in prices of 2019-20.', 'It is 9%.')
    """
    if not basis or "£" not in sentence:
        return sentence
    each = next((one for one in PER_EACH if basis.startswith(one)), "")
    if each:
        basis = basis.removeprefix(each).strip()
        if each not in sentence:
            sentence = AMOUNT.sub(rf"\g<0> {each}", sentence, count=1)
    if not basis or sentence.removesuffix(".").endswith(f", {basis}"):
        return sentence
    stop = "." if sentence.endswith(".") else ""
    return f"{sentence.removesuffix('.')}, {basis}{stop}"


def the_total(where: str, total: Total) -> Finding:
    """The place's total, with the range that the confidence grades give."""
    sentence = f"{headline(total, where)}."
    if not total.lines:
        return Finding(sentence, NOTHING, kind="total", why="Load a budget, or widen the choice.")
    return Finding(
        sentence, total.total, kind="total", why=range_of(total.low, total.high), matters=abs(total.total)
    )


def range_of(low: Decimal, high: Decimal) -> str:
    """The range of a figure as a sentence.

    >>> range_of(Decimal(1150000000), Decimal(1330000000))
    'Between £1.15bn and £1.33bn, given how sure each figure is.'
    >>> range_of(Decimal(5000), Decimal(5000))
    'The figures behind it leave no range.'
    """
    low, high = min(low, high), max(low, high)
    if low == high:
        return "The figures behind it leave no range."
    if pounds(low) == pounds(high):
        return f"Good to within {pounds((high - low) / 2)} either way."
    return f"Between {pounds(low)} and {pounds(high)}, given how sure each figure is."


def shared_service(
    services: Sequence[PartOfTotal], cells: Iterable[Cell], names: Mapping[str, str], least: Decimal = NOTHING
) -> Finding | None:
    """The service on which the most is spent by bodies other than its largest payer."""
    payers = paid_by(cells, least)
    shared = []
    for service in services:
        paid = payers.get(service.key, ())
        if service.key == UNMAPPED or len(paid) < 2:
            continue
        besides = sum((amount for amount, _ in paid[1:]), NOTHING)
        shared.append((besides, service, paid))
    if not shared:
        return None
    besides, service, paid = max(shared, key=lambda one: (one[0], one[1].key))
    whole = sum((amount for amount, _ in paid), NOTHING)
    sentence = who_pays(service.name, paid, names)
    why = (
        f"{pounds(besides)} of it is paid by others than the largest payer, more than on any other service."
        if len(shared) > 1
        else "It is the only service that more than one body pays for."
    )
    return Finding(sentence, whole, Dimension.SERVICE, service.key, "shared", why, besides * 2)


def who_pays(what: str, paid: Sequence[tuple[Decimal, str]], names: Mapping[str, str]) -> str:
    """How many bodies spend how much on something, and what part the largest of them pay.

    `paid` are amounts above zero with the body's key, the largest first.

    >>> who_pays("Older people", [(Decimal(60), "a"), (Decimal(31), "b"), (Decimal(9), "c")],
    ...          {"a": "the council", "b": "the NHS"})
    'Three bodies spend £100 on older people; the council and the NHS pay 91% of it.'
    """
    whole = sum((amount for amount, _ in paid), NOTHING)
    what = in_sentence(what)
    said = f"{opened(counted(len(paid), 'body', 'bodies'))} {'spends' if len(paid) == 1 else 'spend'}"
    sentence = f"{said} {pounds(whole)} on {what}"
    if len(paid) == 1:
        return (
            f"{names.get(paid[0][1], paid[0][1])} spends {pounds(whole)} on {what}, and no other body does."
        )
    if paid[0][0] * (1 - NEAR) <= paid[-1][0]:
        return f"{sentence}, each about as much."
    if len(paid) == 2:
        share = percent(paid[0][0], whole)
        return f"{sentence}; {names.get(paid[0][1], paid[0][1])} pays {share} of it."
    two = listed([names.get(key, key) for _, key in paid[:2]])
    return f"{sentence}; {two} pay {percent(paid[0][0] + paid[1][0], whole)} of it."


def most_payers(
    themes: Sequence[PartOfTotal],
    cells: Iterable[Cell],
    noun: tuple[str, str] = ("theme", "themes"),
    least: Decimal = NOTHING,
) -> Finding | None:
    """The theme that the most bodies pay for, and those that one body pays for alone.

    `noun` is what is paid for where it is not themes: one, and many. With less than `least` pounds a body is
    no payer.
    """
    payers = paid_by(cells, least)
    known = [part for part in themes if part.key not in BESIDE_BOARDS and payers.get(part.key)]
    if not known:
        return None
    most = max(len(payers[part.key]) for part in known)
    if most == 1:
        sentence = f"No {noun[0]} is paid for by more than one body."
        return Finding(sentence, NOTHING, Dimension.THEME, known[0].key, "payers")
    first = [part for part in known if len(payers[part.key]) == most]
    everything = counted(len(known), *noun) if len(first) == len(known) else ""
    sentence = _paid_by_most([part.name for part in first], payers[first[0].key], everything)
    why = _paid_by_one(known, payers, noun[0])
    return Finding(
        sentence, first[0].amount, Dimension.THEME, first[0].key, "payers", why, first[0].amount / 2
    )


def _paid_by_most(names: Sequence[str], paid: Sequence[tuple[Decimal, str]], everything: str) -> str:
    """Which themes have the most payers: `paid` are those of the first, `everything` names all where none has fewer."""
    bodies = counted(len(paid), "body", "bodies")
    if len(names) == 1:
        whole = sum((amount for amount, _ in paid), NOTHING)
        return f"“{names[0]}” has the most payers: {bodies} spend {pounds(whole)} on it."
    if everything:
        return f"Each of {everything} is paid for by {bodies}."
    return f"{listed(names)} have the most payers: {bodies} each."


def _paid_by_one(
    themes: Sequence[PartOfTotal], payers: Mapping[str, Sequence[tuple[Decimal, str]]], noun: str
) -> str:
    """Which themes one body pays for alone, as a sentence."""
    names = [part.name for part in themes if len(payers[part.key]) == 1]
    if not names:
        return f"Every {noun} has more than one payer."
    return f"{listed(names)} {'is' if len(names) == 1 else 'are each'} paid for by one body alone."


def largest_service(total: Decimal, services: Sequence[PartOfTotal]) -> Finding | None:
    """The one service that most is spent on; those within half a per cent of it are named with it."""
    known = [part for part in services if part.key != UNMAPPED and part.amount > 0]
    if not known:
        return None
    first = known[0]
    level = [part for part in known if part.amount >= first.amount * (1 - NEAR)]
    why = (
        f"It is the largest of {counted(len(known), 'service', 'services')} with spending."
        if len(known) > 1
        else "It is the only service with spending."
    )
    if len(level) > 1:
        names = listed([in_sentence(part.name) for part in level])
        sentence = f"No service costs more than {names}: about {pounds(first.amount)} each."
        why = f"They are the largest of {counted(len(known), 'service', 'services')} with spending."
    else:
        of_it = part_of(first.amount, total)
        sentence = f"The largest single service is {in_sentence(first.name)}: {pounds(first.amount)}{of_it}."
    return Finding(sentence, first.amount, Dimension.SERVICE, first.key, "service", why, first.amount)


def paid_to_people(total: Decimal, themes: Sequence[PartOfTotal]) -> Finding | None:
    """How much is paid straight to people as benefits and pensions, and how much buys services.

    `themes` are the boards with the group beside them that holds this money.
    """
    paid = _amount(themes, PAID_TO_PEOPLE)
    if paid <= 0:
        return None
    rest = total - paid
    sentence = f"{pounds(paid)} is paid straight to people as benefits and pensions{part_of(paid, total)}."
    why = f"{pounds(rest)} is left for services." if rest > 0 else "No more than that is spent in all."
    return Finding(sentence, paid, Dimension.THEME, PAID_TO_PEOPLE, "people", why, paid / 2)


def towards_none(total: Total, measures: int, *, made_up: bool, shown: Restating) -> str:
    """How much of the money on services works towards none of the place's measures; empty where none is set.

    `measures` are those with real figures, or all where every one is `made_up`. `total` is in pounds of its own
    year; the sentence says it as the scope asks.
    """
    if not measures or total.unlinked <= 0:
        return ""
    illustrative = "illustrative " if made_up else ""
    return (
        f"{pounds(shown.of(total.unlinked))}, {percent(total.unlinked, total.on_services)} of what is spent on "
        f"services, is linked to none of the place’s {counted(measures, f'{illustrative}measure', f'{illustrative}measures')}."
    )


def ring_fenced(on_services: Decimal, fences: Sequence[PartOfTotal]) -> Finding | None:
    """How much of the money on services is tied by law to one purpose, has conditions, is free, or is unknown.

    `fences` are of that money, by ring-fence: without what is paid to people.
    """
    tied, free = _amount(fences, RingFence.STATUTORY), _amount(fences, RingFence.NONE)
    if tied <= 0:
        return None
    of_it = part_of(tied, on_services, "of what is spent on services")
    sentence = f"{pounds(tied)} is tied by law to one purpose{of_it}."
    said = [f"{pounds(free)} is known to be tied to nothing" if free > 0 else "no money is known to be free"]
    some, unknown = _amount(fences, RingFence.CONDITIONS), _amount(fences, RingFence.UNKNOWN)
    said += [f"{pounds(some)} comes with conditions"] if some > 0 else []
    said += [f"of {pounds(unknown)} nothing says whether it is tied"] if unknown > 0 else []
    why = f"{opened('; '.join(said))}."
    return Finding(sentence, tied, Dimension.RING_FENCE, RingFence.STATUTORY, "ring-fence", why, tied / 2)


def counted_once(total: Total) -> Finding | None:
    """What passes between the bodies, and what the total would be if it were counted twice."""
    if total.eliminated <= 0:
        return None
    sentence = (
        f"{pounds(total.eliminated)} passes between these bodies and is counted once; "
        f"before this double counting is removed, their budgets add up to {pounds(total.gross)} instead of {pounds(total.total)}."
    )
    why = "It is in the payer’s budget and again in the receiver’s."
    return Finding(sentence, total.eliminated, kind="once", why=why, matters=total.eliminated)


def below_zero(services: Sequence[PartOfTotal]) -> Finding | None:
    """Services that take in more than they cost."""
    below = sorted((part for part in services if part.amount < 0), key=lambda part: (part.amount, part.key))
    if not below:
        return None
    amount = -sum((part.amount for part in below), NOTHING)
    if len(below) == 1:
        sentence = f"{below[0].name} takes in {pounds(amount)} more than it costs."
    else:
        names = listed([below[0].name, *(in_sentence(part.name) for part in below[1:])], most=2)
        sentence = f"{names} take in {pounds(amount)} more than they cost."
    why = "Fees, rents, contributions or grants are larger than the spending they are set against."
    return Finding(sentence, amount, Dimension.SERVICE, below[0].key, "income", why, amount)


def small_bodies(total: Decimal, organisations: Sequence[PartOfTotal]) -> Finding | None:
    """How many bodies have under one per cent of the total each, and what they have between them."""
    small = [part for part in organisations if 0 < part.amount < total * SMALL]
    if total <= 0 or len(small) < 2:
        return None
    whole = sum((part.amount for part in small), NOTHING)
    bodies = opened(counted(len(small), "body", "bodies"))
    sentence = f"{bodies} spend under 1% of the total each, {pounds(whole)} between them."
    why = f"The largest of them is {small[0].name}, with {pounds(small[0].amount)}."
    return Finding(sentence, whole, Dimension.ORGANISATION, small[0].key, "small", why, whole)


def not_mapped(total: Total) -> Finding | None:
    """How much has no service yet."""
    if not total.unmapped:
        return None
    of_it = part_of(total.unmapped, total.total)
    sentence = f"{pounds(total.unmapped)} has no service yet{of_it}."
    why = "It is in the total, and in no theme until an officer has said what it pays for."
    size = abs(total.unmapped)
    return Finding(sentence, total.unmapped, Dimension.SERVICE, UNMAPPED, "unmapped", why, size)


def _amount(parts: Sequence[PartOfTotal], key: str) -> Decimal:
    return next((part.amount for part in parts if part.key == key), NOTHING)


def _most_spending(figures: Figures) -> Finding | None:
    finding = who_spends_most(figures.total.total, figures.organisations)
    if finding is None:
        return None
    how_many = len([part for part in figures.organisations if part.amount > 0])
    verb = "has" if how_many == 1 else "have"
    why = f"{opened(counted(how_many, 'body', 'bodies'))} {verb} spending in this choice."
    return replace(finding, kind="who", why=why, matters=finding.amount)


def _most_on(figures: Figures) -> Finding | None:
    finding = what_most_is_spent_on(
        figures.total.total, figures.themes, figures.theme_by_organisation, dict(figures.names), figures.least
    )
    if finding is None:
        return None
    known = [part for part in figures.themes if part.key not in BESIDE_BOARDS and part.amount > 0]
    why = f"The next is {known[1].name}, with {pounds(known[1].amount)}." if len(known) > 1 else ""
    return replace(finding, kind="what", why=why, matters=finding.amount)


def _not_sure(figures: Figures) -> Finding | None:
    finding = what_is_not_sure(figures.total, figures.relied_on)
    if finding is None:
        return None
    why = range_of(figures.total.low, figures.total.high)
    return replace(finding, kind="sure", why=why, matters=figures.total.high - figures.total.low)


QUESTIONS: Mapping[str, Callable[[Figures], Finding | None]] = {
    "who": _most_spending,
    "what": _most_on,
    "sure": _not_sure,
    "shared": lambda figures: shared_service(
        figures.services, figures.service_by_organisation, figures.names, figures.least
    ),
    "payers": lambda figures: most_payers(figures.themes, figures.theme_by_organisation, least=figures.least),
    "service": lambda figures: largest_service(figures.total.total, figures.services),
    "people": lambda figures: paid_to_people(figures.total.total, figures.themes),
    "ring-fence": lambda figures: ring_fenced(figures.total.on_services, figures.ring_fences),
    "once": lambda figures: counted_once(figures.total),
    "income": lambda figures: below_zero(figures.services),
    "small": lambda figures: small_bodies(figures.total.total, figures.organisations),
    "unmapped": lambda figures: not_mapped(figures.total),
}
"""Each question that is asked of a scope's figures, and what answers it."""
