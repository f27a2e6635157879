"""Readings of measures, what their leads expect, and risks: only ever added to."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from budget_model.access import Act
from budget_model.partnership.performance import Entered, Judgement, Reading, Risk
from budget_model.plain_values import from_plain, to_text
from budget_model.problem import Refusal
from budget_model.store.places import place_of
from budget_model.store.store import Store, now
from budget_model.store.submissions import write_audit

KINDS: Final[dict[str, type[Reading] | type[Judgement] | type[Risk]]] = {
    "reading": Reading,
    "judgement": Judgement,
    "risk": Risk,
}
LONGEST_TEXT = 2_000


def entries(store: Store) -> tuple[Entered, ...]:
    """Every word of the register, the oldest first."""
    return tuple(
        Entered(
            target,
            from_plain(KINDS[kind], json.loads(said)),
            datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=made_at),
            by,
        )
        for _, target, kind, said, made_at, by in store.ask("performance_entries")
    )


def enter(store: Store, said: Sequence[tuple[str, Reading | Judgement | Risk]], *, by: str) -> None:
    """Keep words about measures, each with its measure's id, in one change: all of them or none.

    Raises `Refusal` for a measure that there is none of, for text too long to keep, and where the asker may
    not speak for the measure's lead.
    """
    leads = {target.id: target.lead for target in place_of(store).targets}
    for target, _ in said:
        if target not in leads:
            raise Refusal(f"There is no measure “{target[:80]}”. Choose one from the list.")
    for target in sorted({target for target, _ in said}):
        store.asker.must(Act.REPORT, leads[target])
    if not said:
        return
    with store.writing(Act.REPORT, leads[said[0][0]]) as writer:
        for target, word in said:
            kind = next(name for name, type_ in KINDS.items() if isinstance(word, type_))
            text = to_text(word)
            if len(text) > LONGEST_TEXT:
                raise Refusal("What was written is too long to keep. Say it in fewer words.")
            writer.execute(
                "insert into performance_entry values ($id, $target, $kind, $said, $at, $by)",
                {
                    "id": writer.numbers("event_id", 1)[0],
                    "target": target,
                    "kind": kind,
                    "said": text,
                    "at": now(),
                    "by": by,
                },
            )
            write_audit(writer, by, f"{kind} of a measure", target, "", text)
