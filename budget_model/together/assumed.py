"""Which contributions to a what-if are assumed: those that no agreement in the register of pools states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from budget_model.count.saying import listed, possessive
from budget_model.together.pools import Pool
from budget_model.together.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Assumed:
    """The bodies of a what-if whose contributions are assumed, by their ids, in the order in which they contribute."""

    bodies: tuple[str, ...] = ()
    not_split: tuple[str, ...] = ()
    """Those of them whose money is one sum for many services, so that its part here is not known."""
    all_of_them: bool = False
    """Whether no contribution is stated."""

    @property
    def label(self) -> str:
        """What is put beside the contributions: 'assumed', 'partly assumed', or nothing where all are stated."""
        return "assumed" if self.all_of_them else "partly assumed" if self.bodies else ""


def assumed_in(scenario: Scenario, register: Iterable[Pool], several: frozenset[str]) -> Assumed:
    """What is assumed in a what-if; `several` are the services that stand for many, which nobody has split.

    A pool that is made up states nothing, and neither does one of another year.
    """
    stated = {
        (each.partner, each.service, each.line, each.amount)
        for pool in register
        if not pool.illustrative and pool.year == scenario.year
        for each in pool.contributions
    }
    open_ = [
        each
        for each in scenario.ingredients
        if (each.partner, each.service, each.line, each.amount) not in stated
    ]
    return Assumed(
        tuple(dict.fromkeys(each.partner for each in open_)),
        tuple(dict.fromkeys(each.partner for each in open_ if each.service in several)),
        bool(open_) and len(open_) == len(scenario.ingredients),
    )


def in_words(assumed: Assumed, names: Mapping[str, str]) -> str:
    """What is assumed, in a sentence or two; empty where an agreement states everything.

    >>> in_words(Assumed(("council", "health"), ("health",), True), {"health": "Vale CCG"})
    'What each contributes is assumed, not stated by an agreement. What part of Vale CCG’s one sum for many services \
belongs here is not known.'
    """
    if not assumed.bodies:
        return ""
    whose = [names.get(body, body) for body in assumed.bodies]
    what = "What each contributes" if assumed.all_of_them else f"What {listed(whose)} would contribute"
    unknown = "".join(
        f" What part of {possessive(names.get(body, body))} one sum for many services belongs here is not known."
        for body in assumed.not_split
    )
    return f"{what} is assumed, not stated by an agreement.{unknown}"
