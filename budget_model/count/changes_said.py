"""What is said of the way from one map to another: the change, its largest reasons, and what is not compared."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from budget_model.count.saying import counted, in_sentence, listed, opened
from budget_model.count.what_changed import LeftOut, NotCompared, Reason, WhatChanged
from budget_model.money import NOTHING, percent, pounds
from budget_model.place.model import Population

Named = Callable[[str], str]
"""What a body, a service or a board is called."""

SAME_YEAR: Mapping[Reason, str] = {
    Reason.NEW: "bodies that came onto the map",
    Reason.ENDED: "bodies no longer on the map",
    Reason.REAL: "other figures",
}
"""What reasons are called between two maps of one year, where nothing has happened but to the figures."""
MEANT: Mapping[Reason, str] = {
    Reason.NEW: "Money of bodies that began after the earlier year, or took functions over since.",
    Reason.ENDED: "Money of bodies that ended before the later year, whose functions another body on the map took over.",
    Reason.SCOPE: "Money in parts of a body’s budget that only one of both maps has.",
    Reason.SHARES: "The place’s part of wider bodies’ money changed: the earlier money at the later share.",
    Reason.TRANSFERS: "More or less passes between bodies, and is counted once.",
    Reason.INFLATION: "The same money in the prices of the later year.",
    Reason.POPULATION: "The same money for each resident, for as many residents as the later year has.",
    Reason.REAL: "What is left after inflation, population, shares and the rest: no reason is known for it here.",
}
NOT_SEPARATED = "Change in cash, prices not told apart"


def reason_name(reason: Reason, changes: WhatChanged) -> str:
    """What a reason is called in this bridge."""
    if changes.same_year:
        return SAME_YEAR.get(reason, str(reason))
    if reason is Reason.REAL and not changes.separated:
        return in_sentence(NOT_SEPARATED)
    return str(reason)


def signed(amount: Decimal) -> str:
    """An amount with its sign.

    >>> signed(Decimal(4_200_000)), signed(Decimal(-350_000)), signed(Decimal(0))
    ('+£4.2m', '−£350k', '£0')
    """
    return f"+{pounds(amount)}" if amount > 0 else pounds(amount)


def change(changes: WhatChanged, subject: str) -> str:
    """The change in one sentence; `subject` says whose money it is: 'Spending for Anytown’s residents'."""
    before, after = changes.before, changes.after
    end = _end_named(changes)
    maps = f"between {changes.start.name} and {end}"
    whose = f"{subject}, by {compared_on(changes)}," if changes.left_out else subject
    difference = after - before
    if not difference:
        return f"{whose} is the same in {changes.start.name} and in {end}: {pounds(after)}."
    share = f" ({percent(abs(difference), before)})" if before > 0 else ""
    way = "rose" if difference > 0 else "fell"
    ends = f"from {pounds(before)} to {pounds(after)}"
    return f"{whose} {way} by {pounds(abs(difference))}{share} {maps}, {ends}{_on_the_same_parts(changes)}."


def _end_named(changes: WhatChanged) -> str:
    """The later map as a sentence names it: a year that is compared with a version of itself is today's map."""
    end = changes.end
    return "today’s map" if changes.same_year and end.name == end.year else end.name


def _on_the_same_parts(changes: WhatChanged) -> str:
    """The change without parts of budgets that one map alone has, to follow the whole; empty where both have all."""
    apart = dict(changes.reasons()).get(Reason.SCOPE, NOTHING)
    alike = changes.after - changes.before - apart
    if not apart:
        return ""
    way = "rose" if alike > 0 else "fell" if alike < 0 else "did not change"
    by = f" by {pounds(abs(alike))}" if alike else ""
    return f"; on the parts of budgets that both maps have it {way}{by}"


def largest_reasons(changes: WhatChanged, most: int = 3) -> str:
    """The reasons that make the most difference, in one sentence; empty where nothing changed."""
    reasons = sorted(changes.reasons(), key=lambda pair: -abs(pair[1]))[:most]
    said = [f"{reason_name(reason, changes).lower()} ({signed(amount)})" for reason, amount in reasons]
    return f"The largest {'reason is' if len(said) == 1 else 'reasons are'} {listed(said)}." if said else ""


def largest_changes(parts: Mapping[str, Decimal], named: Named, most: int = 2, *, real: bool = False) -> str:
    """The parts that gained and lost most, in one sentence; empty where none did.

    `real` says that the amounts are what is left when prices, residents and the rest are taken out.
    """
    ranked = sorted(parts.items(), key=lambda pair: -abs(pair[1]))
    up = [pair for pair in ranked if pair[1] > 0][:most]
    down = [pair for pair in ranked if pair[1] < 0][:most]
    said = [
        f"{word} {listed([f'{in_sentence(named(key))} ({signed(amount)})' for key, amount in pairs])}"
        for word, pairs in (
            ("spending rose most on", up),
            (f"{'it' if up else 'spending'} fell most on", down),
        )
        if pairs
    ]
    before = "without the effect of prices and residents, " if real else ""
    return f"{opened(before + '; '.join(said))}." if said else ""


def not_compared(left_out: Sequence[NotCompared], named: Named) -> str:
    """Which bodies are left out since one map does not have them; empty where none is."""
    said = []
    for why in LeftOut:
        bodies = [one for one in left_out if one.why is why]
        if bodies:
            money = sum((body.amount for body in bodies), NOTHING)
            names = listed([named(body.organisation) for body in bodies], most=6)
            said.append(f"{names} ({pounds(money)}), {why}")
    return f"Not compared: {'; '.join(said)}." if said else ""


def compared_on(changes: WhatChanged) -> str:
    """The bodies that a bridge stands on, in a few words."""
    bodies = counted(len(changes.compared), "body", "bodies")
    return f"the {bodies} that can be compared" if changes.left_out else bodies


def different_phases(changes: WhatChanged, named: Named) -> str:
    """Bodies whose figures were made at different phases of the two years; empty where none were."""
    if changes.start.name.startswith(f"{changes.start.year} ") and changes.same_year:
        return ""  # the phases themselves are compared
    said = [f"{named(body)} ({before}, then {after})" for body, before, after in changes.phases()]
    return f"Figures of different phases are set beside each other: {listed(said, most=5)}." if said else ""


def one_sided_parts(changes: WhatChanged, named: Named) -> str:
    """Parts of budgets that one map lacks; empty where both have the same."""
    said = [
        f"{named(body)}, {part} (only {changes.end.name if later else changes.start.name})"
        for body, part, later in changes.parts_on_one_map()
    ]
    return f"On one map only: {listed(said, most=5)}." if said else ""


def measured_by(changes: WhatChanged) -> str:
    """The prices and residents that the bridge stands on with their sources, or what is missing for them."""
    start, end = changes.start, changes.end
    if changes.same_year:
        return ""
    if not start.price or not end.price:
        return f"Prices are not told apart: there is no deflator for both {start.year} and {end.year}."
    sources = [start.price.source, end.price.source]
    prices = f"Price index {start.price.index:f} and {end.price.index:f}"
    if start.people is None or end.people is None:
        return f"{prices}; no population is known for both years. {_from(sources)}".strip()
    sources += [start.people.source, end.people.source]
    people = f"{_people(start.people)} and {_people(end.people)}"
    return f"{prices}; residents {people}. {_from(sources)}".strip()


def _people(count: Population) -> str:
    return f"{count.population:,} (mid-{count.year}, {count.basis})"


def _from(sources: Iterable[str]) -> str:
    named = [source for source in dict.fromkeys(sources) if source]
    return f"Source: {'; '.join(named)}." if named else ""


def joined_up(sentences: Iterable[str]) -> tuple[str, ...]:
    """The sentences that say anything."""
    return tuple(sentence for sentence in sentences if sentence)
