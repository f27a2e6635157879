"""The register of what was sent and how good it is, and what organisations say of their own data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from budget_model import dates
from budget_model.access import Act
from budget_model.contribute.about import About
from budget_model.contribute.quality import (
    MOST_POINTS,
    Assessment,
    Money,
    Quality,
    Sent,
    Standing,
    State,
    quality,
    questions,
    standings,
)
from budget_model.contribute.submission import reconcile
from budget_model.financial_year import year_before
from budget_model.money import exact_pounds
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.contributions import drafts
from budget_model.store.mapped import map_year, mismatches
from budget_model.store.mapping_memory import moment
from budget_model.store.places import place_of
from budget_model.store.spending import is_seen, total
from budget_model.store.store import Store, Writer, now
from budget_model.store.submissions import write_audit
from budget_model.vocabulary import Phase

LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was agreed about a transfer that payer and payee state differently."""

    transfer: str
    settled: bool
    note: str
    by: str
    on: datetime


def sent(store: Store) -> tuple[Sent, ...]:
    """Every submission and open draft of every year, with its state of reconciliation."""
    found = []
    for row in store.ask("contribution_first_sent"):
        number, organisation, year, phase, part, status, on, by, read, printed, control, why = row
        if not is_seen(store, str(organisation), str(status)):
            continue
        found.append(
            Sent(
                About(organisation, year, Phase(phase), part),
                status,
                dates.day_of(moment(on)),
                by,
                int(number),
                reconcile(read, printed, control, why).state,
                read,
            )
        )
    found += [
        Sent(draft.about, "draft", dates.day_of(draft.touched_at), draft.touched_by)
        for draft in drafts(store)
    ]
    return tuple(found)


def due_days(store: Store, year: str) -> dict[Phase, date]:
    """The days that were set for a year's phases; the others are due on their usual day."""
    return {Phase(phase): day for phase, day in store.ask("contribution_due", {"year": year})}


@dataclass(frozen=True, slots=True)
class DueChange:
    """A day that was set by which figures of a phase are asked for, and the one before it: None for the usual day."""

    phase: Phase
    before: date | None
    after: date
    by: str
    at: datetime
    reason: str


def due_changes(store: Store, year: str) -> tuple[DueChange, ...]:
    """The days that were set for a year's phases, the last set first."""
    return tuple(
        DueChange(Phase(phase), before, after, str(by), moment(at), str(reason or ""))
        for phase, before, after, by, at, reason in store.ask("due_changes", {"year": year})
    )


def due_preview(
    store: Store, year: str, days: Mapping[Phase, date], today: date
) -> tuple[tuple[Phase, str, State, State], ...]:
    """Which body's figures of which phase would stand otherwise with other days: before, and after."""
    place, there, set_days = place_of(store), sent(store), due_days(store, year)
    before = standings(place.organisations, year, there, set_days, today)
    after = standings(place.organisations, year, there, {**set_days, **days}, today)
    return tuple(
        (old.phase, old.organisation, old.state, new.state)
        for old, new in zip(before, after, strict=True)
        if old.state is not new.state
    )


def set_due_days(store: Store, year: str, days: Mapping[Phase, date], *, by: str, reason: str = "") -> None:
    """Set the days by which figures of some phases of a year are asked for, in one change."""
    before = due_days(store, year)
    with store.writing(Act.SET_DUE) as writer:
        for phase, day in days.items():
            _write_due(writer, year, phase, day, by, reason.strip()[:LONGEST_NOTE])
            stood = before[phase].isoformat() if phase in before else ""
            said = f"{day.isoformat()}: {reason}".removesuffix(": ")
            write_audit(writer, by, "due day set", f"{year} {phase}", stood, said)


def _write_due(writer: Writer, year: str, phase: Phase, day: date, by: str, reason: str) -> None:
    writer.execute(
        "insert into due by name select $year as year, $phase as phase, $due_on as due_on, $made_at as made_at, "
        "$made_by as made_by, $reason as reason",
        {
            "year": year,
            "phase": str(phase),
            "due_on": day,
            "made_at": now(),
            "made_by": by,
            "reason": reason,
        },
    )


def register(store: Store, year: str, today: date) -> tuple[Standing, ...]:
    """Where every organisation's figures of a year are, phase by phase."""
    place = place_of(store)
    return standings(place.organisations, year, sent(store), due_days(store, year), today)


def measured(store: Store, year: str) -> tuple[Quality, ...]:
    """The measures of every organisation's data for a year."""
    place = place_of(store)
    money = {
        str(organisation): Money(*amounts)
        for organisation, *amounts in store.ask("contribution_quality", {"year": year})
    }
    return quality(
        place.organisations,
        year,
        year_before(year),
        sent(store),
        money,
        assessments(store, year),
        due_days(store, year),
    )


def assessments(store: Store, year: str) -> dict[str, Assessment]:
    """What each organisation last said of its own data for a year."""
    found: dict[str, Assessment] = {}
    for organisation, question, points, note, on, by in store.ask("contribution_assessments", {"year": year}):
        before = found.get(organisation)
        day = dates.day_of(moment(on))
        found[organisation] = Assessment(
            organisation,
            year,
            {**(before.points if before else {}), question: int(points)},
            {**(before.notes if before else {}), question: note},
            max(day, before.on) if before else day,
            by,
        )
    return found


def assess(
    store: Store,
    organisation: str,
    year: str,
    points: Mapping[str, int],
    notes: Mapping[str, str] | None = None,
    *,
    by: str,
) -> None:
    """Keep an organisation's self-assessment; raises `Refusal` for an answer that there is not."""
    known = {question.id for question in questions()}
    for question, given in points.items():
        if question not in known or not 0 <= given <= MOST_POINTS:
            raise Refusal(f"There is no answer {given} to '{question}'.")
    when = now()
    with store.writing(Act.CONTRIBUTE, organisation) as writer:
        writer.add(
            "self_assessment",
            ("organisation", "year", "question", "points", "note", "made_at", "made_by"),
            [
                (
                    organisation,
                    year,
                    question,
                    given,
                    (notes or {}).get(question, "")[:LONGEST_NOTE],
                    when,
                    by,
                )
                for question, given in points.items()
            ],
        )
        write_audit(writer, by, "self-assessment", f"{organisation} {year}", "", f"{len(points)} answers")


@dataclass(frozen=True, slots=True)
class SettledPreview:
    """What settling a transfer, or opening it again, would make of its year: differences still open, and the total."""

    open_before: int
    open_after: int
    total_before: Decimal
    total_after: Decimal

    @property
    def sentence(self) -> str:
        """What changes, in a sentence: a settlement says what was agreed, and moves no pound by itself."""
        would = "would be open" if self.open_before != self.open_after else "stay open"
        after = f"{self.open_after} of the differences {would}, and {self.open_before} are now"
        if self.total_before == self.total_after:
            return (
                f"{after}. The place’s total stays {exact_pounds(self.total_after)}: the lower figure is taken out once, and "
                "the difference stays in it until one of the two sends the other figure."
            )
        before = exact_pounds(self.total_before)
        return f"{after}. The place’s total would go from {before} to {exact_pounds(self.total_after)}."


def settle_preview(store: Store, transfer: str, year: str, *, settled: bool) -> SettledPreview:
    """What settling a transfer, or opening it again, would change: tried on the map itself and taken back."""
    body, scope = _side_of(store, transfer), Scope(year=year)
    before = _open(store, year), total(store, scope).total
    with store.trial(Act.SETTLE, body) as (writer, tried):
        _write_settlement(writer, transfer, year, "tried", "", settled=settled)
        map_year(writer, year)
        return SettledPreview(before[0], _open(tried, year), before[1], total(tried, scope).total)
    raise RuntimeError("A trial ended without an answer.")


def _open(store: Store, year: str) -> int:
    told = settlements(store, year)
    return sum(
        not (mismatch.transfer in told and told[mismatch.transfer].settled)
        for mismatch in mismatches(store, year)
    )


def settle(store: Store, transfer: str, year: str, *, settled: bool, note: str, by: str) -> None:
    """Note what payer and payee agreed about a transfer, or that it is open again, and why.

    Raises `Refusal` for a transfer that there is none of, where nothing is said of it, and where the asker may not.
    """
    side = _side_of(store, transfer)
    if not note.strip():
        raise Refusal(
            "Say in a sentence what was agreed, or why it is open again: it is kept with the change."
        )
    before = settlements(store, year).get(transfer)
    with store.writing(Act.SETTLE, side) as writer:
        _write_settlement(writer, transfer, year, note.strip()[:LONGEST_NOTE], by, settled=settled)
        what = "transfer settled" if settled else "transfer open again"
        write_audit(writer, by, what, f"{transfer} {year}", before.note if before else "", note.strip())


def _write_settlement(writer: Writer, transfer: str, year: str, note: str, by: str, *, settled: bool) -> None:
    writer.execute(
        "insert into settlement values ($transfer, $year, $settled, $note, $made_at, $made_by)",
        {
            "transfer": transfer,
            "year": year,
            "settled": settled,
            "note": note,
            "made_at": now(),
            "made_by": by,
        },
    )


def _side_of(store: Store, transfer: str) -> str:
    """The payer or payee of a transfer: the one for whom the asker may speak, else the payer."""
    rows = store.select("select payer, payee from transfer where id = $id limit 1", {"id": transfer})
    if not rows:
        raise Refusal(f"There is no transfer “{transfer[:80]}”. Choose one from the list.")
    sides = [str(side) for side in rows[0]]
    return next((side for side in sides if store.asker.may(Act.SETTLE, side)), sides[0])


def settlements(store: Store, year: str) -> dict[str, Settlement]:
    """What was agreed about each mismatched transfer of a year."""
    return {
        str(transfer): Settlement(str(transfer), bool(settled), str(note), str(by), moment(on))
        for transfer, settled, note, by, on in store.ask("contribution_settlements", {"year": year})
    }
