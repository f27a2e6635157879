"""The register of action plans: only ever added to, the last wording stands, and nobody overwrites another unseen."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

from budget_model.access import Act
from budget_model.money import NOTHING
from budget_model.plain_values import from_plain, to_plain
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store.store import Store, Writer, now
from budget_model.store.submissions import write_audit
from budget_model.together.action_plans import DECIDED, ActionPlan, LeadsTo, PlanKept, checked, pool_of
from budget_model.together.alignment import Part, planned_together
from budget_model.together.decisions import State
from budget_model.together.pools import Pool


def plans(store: Store) -> tuple[PlanKept, ...]:
    """Every plan in its present wording."""
    return tuple(
        PlanKept(
            int(wording),
            from_plain(ActionPlan, json.loads(said)),
            by,
            datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=made_at),
        )
        for wording, said, made_at, by in store.ask("action_plans")
    )


def keep_plan(store: Store, plan: ActionPlan, *, by: str, seen: int = 0) -> None:
    """Keep a plan, or a new wording of it; `seen` is the number of the wording that it was written over.

    Raises `Refusal` for an opportunity that is not agreed, for a plan that somebody else changed since it was seen, for
    what cannot be in it, and where the asker may not.
    """
    entry = next((each for each in joint.decisions(store) if each.opportunity == plan.opportunity), None)
    if entry is None or entry.state not in DECIDED:
        raise Refusal("Only an agreed opportunity has a plan. Record that it was agreed first.")
    with store.writing(Act.WORK_TOGETHER) as writer:
        _write(writer, plan, entry.title, by=by, seen=seen)


def _write(writer: Writer, plan: ActionPlan, title: str, *, by: str, seen: int) -> None:
    good = checked(plan)
    rows = writer.execute(
        "select id, made_by from action_plan where opportunity = $of order by id desc limit 1",
        {"of": plan.opportunity},
    )
    if rows and int(rows[0][0]) != seen:
        raise Refusal(
            f"{rows[0][1]} changed this plan while you wrote. What you typed is still here: look at the plan as it "
            "is now, and save again."
        )
    writer.execute(
        "insert into action_plan values ($id, $of, $said, false, $at, $by)",
        {
            "id": writer.numbers("event_id", 1)[0],
            "of": plan.opportunity,
            "said": json.dumps(to_plain(good)),
            "at": now(),
            "by": by,
        },
    )
    done = sum(1 for action in good.actions if action.done)
    write_audit(writer, by, "plan kept", title, "", f"{done} of {len(good.actions)} actions done")


def make_pool(store: Store, kept: PlanKept, year: str, *, by: str) -> Pool:
    """Enter the pool that a plan ends in, and name it in the plan, both or neither.

    Raises `Refusal` where the pool is in the register, and where somebody else changed the plan since it was seen.
    """
    plan = kept.plan
    entry = next(each for each in joint.decisions(store) if each.opportunity == plan.opportunity)
    pool = pool_of(entry, plan, year)
    if any(each.id == pool.id for each in joint.pools(store)):
        raise Refusal(f"{pool.name} is in the register of pools already.")
    with store.writing(Act.WORK_TOGETHER) as writer:
        joint.write_pool(writer, pool, by=by)
        named = replace(plan, leads_to=LeadsTo.POOL, pool=pool.id, line=None)
        _write(writer, named, entry.title, by=by, seen=kept.wording)
    return pool


def planned_together_share(store: Store, scope: Scope, partnership_grants: Iterable[str] = ()) -> Part:
    """What the partnership moves in one scope: its pools of the year, what it agreed to align, its grants.

    An alignment counts when its decision is live, by the joinable pounds that were last looked at, unless its plan ends in
    one of those pools, or its partners and services have one: then the pool counts already.
    """
    year_pools = [
        pool for pool in joint.pools(store) if pool.year in ("", scope.year) and not pool.illustrative
    ]
    return planned_together(
        joint.joint_spend(store, scope),
        pooled=sum((pool.total for pool in year_pools), NOTHING),
        aligned=_aligned_outside(store, year_pools),
        partnership_grants=partnership_grants,
    )


def _aligned_outside(store: Store, year_pools: Sequence[Pool]) -> Decimal:
    """The joinable pounds of live decisions that none of these pools holds already."""
    contributions = [contribution for pool in year_pools for contribution in pool.contributions]
    in_pools = {(contribution.partner, contribution.service) for contribution in contributions}
    entered = {pool.id for pool in year_pools}
    ends_in_pool = {kept.plan.opportunity for kept in plans(store) if kept.plan.pool in entered}
    aligned = NOTHING
    for decision in joint.decisions(store):
        held = not in_pools.isdisjoint(product(decision.partners, decision.services))
        if decision.state is State.LIVE and decision.opportunity not in ends_in_pool and not held:
            aligned += decision.snapshot.joinable
    return aligned
