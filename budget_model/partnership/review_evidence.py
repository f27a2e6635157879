"""What a map of the place's money shows of the questions that partners, or one body, ask themselves."""

from collections.abc import Sequence
from decimal import Decimal

from budget_model.count.assurance import Assurance
from budget_model.count.saying import counted, number_alone, opened
from budget_model.money import NOTHING, percent, pounds
from budget_model.partnership.performance import Measured
from budget_model.partnership.self_review import Evidence
from budget_model.together.alignment import Part
from budget_model.together.decisions import Reviewed, State
from budget_model.together.pools import Pool
from budget_model.together.targets import real_of


def shown_by_the_map(
    relied_on: Assurance,
    planned: Part,
    measures: Sequence[Measured],
    register: Sequence[Reviewed],
    pools: Sequence[Pool],
    scores: Sequence[Decimal],
) -> tuple[Evidence, ...]:
    """A sentence of evidence for each question of which the map shows anything.

    `scores` are what bodies gave their own data for the year, each from 0 to 1. A measure that is made up is none.
    """
    real = real_of(measures)
    return (
        Evidence("layers", _layers(real)),
        Evidence("leadership", _leadership(register)),
        Evidence("spending", _spending(relied_on, planned)),
        Evidence("goals", _goals(real)),
        Evidence("synergies", _synergies(register)),
        Evidence("standards", _standards(relied_on, scores)),
        Evidence("drive", _drive(pools)),
        Evidence("systems", _systems(real)),
    )


def shown_of_a_body(
    body: str,
    relied_on: Assurance,
    measures: Sequence[Measured],
    register: Sequence[Reviewed],
    pools: Sequence[Pool],
    scores: Sequence[Decimal],
) -> tuple[Evidence, ...]:
    """The same for the body of an id: `relied_on` and `scores` are of its figures alone, the others of the place."""
    led = [measured for measured in real_of(measures) if measured.target.lead == body]
    joined = [entry for entry in register if body in entry.decision.partners]
    return (
        Evidence("spending", f"Its figures are {'' if relied_on.size else 'not '}included."),
        Evidence("goals", _goals(led) if led else LEADS_NONE),
        Evidence("synergies", _joined(joined)),
        Evidence("standards", _standards(relied_on, scores)),
        Evidence("drive", _paid_in(body, pools)),
        Evidence("systems", _systems(led) if led else LEADS_NONE),
    )


LEADS_NONE = "It leads no measure."


def _layers(measures: Sequence[Measured]) -> str:
    risks = sum(1 for measure in measures if measure.risks)
    return (
        f"The Board, the management group and theme groups each have their own list of {counted(len(measures), 'measure', 'measures')}; "
        f"{counted(risks, 'has a risk', 'have risks') if risks else 'none has a risk'} recorded."
    )


def _leadership(register: Sequence[Reviewed]) -> str:
    if not register:
        return "No opportunity is in the decision register yet."
    decided = sum(1 for entry in register if entry.decision.state not in (State.IDEA, State.EXPLORED))
    late = sum(1 for entry in register if entry.overdue)
    overdue = f", {counted(late, 'review is', 'reviews are')} overdue" if late else ""
    return f"{opened(number_alone(decided))} of {counted(len(register), 'entry', 'entries')} in the decision register {'is' if decided < 2 else 'are'} past the stage “explored”{overdue}."


def _spending(relied_on: Assurance, planned: Part) -> str:
    together = f"{pounds(planned.part)} of {pounds(planned.whole)} is planned together"
    if planned.nothing_known:
        together = f"no pool or agreement in force is recorded, so how much of {pounds(planned.whole)} is planned together is not known"
    return f"{relied_on.on_map} of {relied_on.known} bodies are included; {together}."


def _goals(measures: Sequence[Measured]) -> str:
    published = sum(1 for measure in measures if measure.target.is_published)
    if len(measures) == 1:
        return f"Its one measure has {'a' if published else 'no'} published target."
    return f"{opened(number_alone(published))} of {counted(len(measures), 'measure', 'measures')} {'has' if published < 2 else 'have'} a published target."


def _synergies(register: Sequence[Reviewed]) -> str:
    live = sum(1 for entry in register if entry.decision.state in (State.AGREED, State.LIVE))
    return f"{opened(counted(live, 'opportunity is', 'opportunities are'))} agreed or being done."


def _joined(joined: Sequence[Reviewed]) -> str:
    if not joined:
        return "It is a partner in no entry of the decision register."
    live = sum(1 for entry in joined if entry.decision.state in (State.AGREED, State.LIVE))
    return (
        f"It is a partner in {counted(len(joined), 'entry', 'entries')} of the decision register; "
        f"{number_alone(live)} {'is' if live < 2 else 'are'} agreed or being done."
    )


def _standards(relied_on: Assurance, scores: Sequence[Decimal]) -> str:
    return " ".join(sentence for sentence in (_checked(relied_on), _scored(scores)) if sentence)


def _checked(relied_on: Assurance) -> str:
    if not relied_on.size:
        return ""
    own = percent(relied_on.agreed_own, relied_on.size)
    return f"{own} of the money was checked against the total of the body that sent it."


def _scored(scores: Sequence[Decimal]) -> str:
    if not scores:
        return ""
    mean = percent(sum(scores, NOTHING), Decimal(len(scores)))
    if len(scores) == 1:
        return f"One body scored its own data: {mean}."
    return f"{opened(counted(len(scores), 'body', 'bodies'))} scored their own data, {mean} on average."


def _drive(pools: Sequence[Pool]) -> str:
    real = [pool for pool in pools if not pool.illustrative]
    if not real:
        return (
            "No pool is in the register, but for illustrations." if pools else "No pool is in the register."
        )
    money = sum((pool.total for pool in real), NOTHING)
    return f"{opened(counted(len(real), 'pool is', 'pools are'))} in the register, with {pounds(money)}."


def _paid_in(body: str, pools: Sequence[Pool]) -> str:
    real = [pool for pool in pools if not pool.illustrative]
    own = [
        (pool.id, contribution)
        for pool in real
        for contribution in pool.contributions
        if contribution.partner == body
    ]
    if not own:
        return "It contributes to no pool in the register."
    money = sum((contribution.amount for _, contribution in own if not contribution.in_kind), NOTHING)
    return f"It puts {pounds(money)} into {counted(len({pool for pool, _ in own}), 'pool', 'pools')}."


def _systems(measures: Sequence[Measured]) -> str:
    entered = sum(1 for measure in measures if measure.readings)
    return f"Readings are entered here for {number_alone(entered)} of {counted(len(measures), 'measure', 'measures')}."
