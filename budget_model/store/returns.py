"""The register of returns of pooled funds: only ever added to, the last wording stands."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from budget_model.access import Act
from budget_model.plain_values import from_plain, to_plain
from budget_model.problem import Refusal
from budget_model.store import joint
from budget_model.store.places import place_of
from budget_model.store.store import Store, now
from budget_model.store.submissions import write_audit
from budget_model.together.fund_return import FundReturn, filled
from budget_model.together.pools import Pool


@dataclass(frozen=True, slots=True)
class ReturnKept:
    """A return as it was last kept; without a wording it is filled from the register of pools and kept by nobody."""

    found: FundReturn
    wording: int = 0
    made_by: str = ""
    made_at: datetime | None = None


def returns(store: Store) -> tuple[ReturnKept, ...]:
    """Every return: as it was kept, else as the register of pools fills it, the latest year first."""
    kept = [
        ReturnKept(
            from_plain(FundReturn, json.loads(said)),
            int(wording),
            by,
            datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=made_at),
        )
        for wording, said, made_at, by in store.ask("fund_returns")
    ]
    known = {(each.found.pool, each.found.year) for each in kept}
    place = place_of(store)
    bodies = {body.id: body for body in place.organisations}
    services = {service.id: service for service in place.services}
    unkept = [pool for pool in joint.pools(store) if pool.contributions and (pool.id, pool.year) not in known]
    terms = _terms_of_lines(store, unkept)
    fresh = [ReturnKept(filled(pool, bodies, services, terms)) for pool in unkept]
    return tuple(sorted((*kept, *fresh), key=lambda each: each.found.year, reverse=True))


def _terms_of_lines(store: Store, pools: Iterable[Pool]) -> dict[int, str]:
    """The grant terms, or else the funding stream, of the lines that pools draw on and that state one."""
    lines = {each.line for pool in pools for each in pool.contributions if each.line is not None}
    if not lines:
        return {}
    return {int(line): str(terms) for line, terms in store.ask("return_terms", {"lines": sorted(lines)})}


def keep_return(store: Store, fund_return: FundReturn, *, by: str, seen: int = 0) -> None:
    """Keep a return, or a new wording of it; `seen` is the number of the wording that it was written over.

    Raises `Refusal` for a fund that is not in the register of pools, for bodies that the place does not know, for a
    return that somebody else changed since it was seen, and where the asker may not.
    """
    if fund_return.pool not in {pool.id for pool in joint.pools(store)}:
        raise Refusal(
            f"There is no fund “{fund_return.pool}” in the register of pools. Enter it there first."
        )
    known = {body.id for body in place_of(store).organisations}
    named = {each.body for each in fund_return.income} | {each.body for each in fund_return.signatures}
    named |= {each.commissioner for each in fund_return.schemes}
    if strangers := sorted(named - known):
        raise Refusal(
            f"The place knows no body “{strangers[0]}”. Write bodies by their codes, as they were exported."
        )
    with store.writing(Act.WORK_TOGETHER) as writer:
        rows = writer.execute(
            "select id, made_by from fund_return where pool = $pool and year = $year order by id desc limit 1",
            {"pool": fund_return.pool, "year": fund_return.year},
        )
        if rows and int(rows[0][0]) != seen:
            raise Refusal(
                f"{rows[0][1]} changed this return since you looked. Look at it as it is now, and do it again."
            )
        writer.execute(
            "insert into fund_return values ($id, $pool, $year, $said, false, $at, $by)",
            {
                "id": writer.numbers("event_id", 1)[0],
                "pool": fund_return.pool,
                "year": fund_return.year,
                "said": json.dumps(to_plain(fund_return)),
                "at": now(),
                "by": by,
            },
        )
        signed = f"{fund_return.total} in, {fund_return.spent} out, {fund_return.signed} of {len(fund_return.signatures)} signed"
        write_audit(writer, by, "return kept", f"{fund_return.title} {fund_return.year}", "", signed)
