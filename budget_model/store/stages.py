"""What the store knows of stages of need, and what officers agree about them: only ever added to."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from budget_model.access import Act
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import spending
from budget_model.store.store import Row, Store, now, question
from budget_model.store.submissions import write_audit
from budget_model.together.stages import (
    BY_OFFICERS,
    Known,
    Shares,
    StageAgreed,
    Staged,
    StageGrade,
    checked,
    from_text,
    read_rules,
    to_text,
)
from budget_model.vocabulary import KEPT_BACK, Kind, Stage, View

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class StageLine:
    """One line with what is known of its stage, pounds; its words are kept back where its body keeps them back."""

    line: int
    organisation: str
    code: str
    description: str
    service: str
    known: Known
    amount: Decimal
    kept_back: bool


def staged(store: Store, scope: Scope) -> tuple[Staged, ...]:
    """The money in scope by what is known of its stage, with the body that decides on it."""
    return tuple(
        Staged(
            body,
            service,
            group,
            Known(Kind(kind), Stage(stated), Stage(usual), rule, agreed),
            amount,
            int(lines),
        )
        for body, service, group, kind, stated, usual, rule, agreed, amount, lines in store.select(
            _filled("stages"), _asked(scope)
        )
    )


def lines(
    store: Store, scope: Scope, body: str = "", *, every: bool = False, limit: int = 40
) -> tuple[tuple[StageLine, ...], int]:
    """The largest lines, of one body if one is named, and how many there are.

    Without `every` those that are still to be agreed: on services, and agreed by nobody.
    """
    asked = _asked(scope) | {"bodies": [body] if body else [], "every": every, "limit": limit}
    rows = store.select(_filled("stage_lines"), asked)
    return tuple(_line(store, row) for row in rows), int(rows[0][-1]) if rows else 0


def _line(store: Store, row: Row) -> StageLine:
    line, body, code, words, sensitivity, service, kind, stated, usual, rule, agreed, amount, _ = row
    seen = store.sight.sees_line(body, sensitivity)
    known = Known(Kind(kind), Stage(stated), Stage(usual), rule if seen else None, agreed if seen else None)
    if not seen:
        return StageLine(int(line), body, "", KEPT_BACK, service, known, amount, kept_back=True)
    return StageLine(int(line), body, code, words, service, known, amount, kept_back=False)


def agreements(store: Store) -> tuple[StageAgreed, ...]:
    """Every word that was agreed, the earliest first; the last on a line stands."""
    return tuple(
        StageAgreed(
            int(number),
            body,
            code,
            words,
            from_text(shares),
            StageGrade(grade),
            reason,
            withdrawn,
            datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=made_at),
            by,
        )
        for number, body, code, words, shares, grade, reason, withdrawn, made_at, by in store.ask(
            "stages_agreed"
        )
    )


def agree(
    store: Store,
    line: int,
    shares: Shares,
    grade: StageGrade,
    reason: str,
    *,
    by: str,
    withdrawn: bool = False,
) -> None:
    """Keep what an officer says that a line does, for its lines of every year; `withdrawn` takes it back.

    Raises `Refusal` for a line that there is none of or that may not be seen, for shares that do not make one, a grade
    that is no officer's, and where the asker may not.
    """
    found = store.ask("stage_of_line", {"line": line})
    if not found or not store.sight.sees_line(str(found[0][0]), str(found[0][4])):
        raise Refusal("There is no such line. Choose one from the list.")
    body, code, compared, description, _ = found[0]
    if grade not in BY_OFFICERS:
        raise Refusal("Say how well it is known: A, B or C.")
    kept = to_text(checked(shares))
    with store.writing(Act.CONTRIBUTE, str(body)) as writer:
        writer.execute(
            "insert into stage_agreed values "
            "($id, $body, $code, $words, $shares, $grade, $reason, $withdrawn, $at, $by)",
            {
                "id": writer.numbers("event_id", 1)[0],
                "body": body,
                "code": code,
                "words": compared,
                "shares": kept,
                "grade": grade.value,
                "reason": reason.strip()[:LONGEST_REASON],
                "withdrawn": withdrawn,
                "at": now(),
                "by": by,
            },
        )
        what = "stage of need taken back" if withdrawn else "stage of need agreed"
        write_audit(writer, by, what, f"{body}: {description}", "", kept)


def _filled(name: str) -> str:
    ways = question("staged").replace("{in_scope}", spending.scoped())
    return question(name).replace("{staged}", ways)


def _asked(scope: Scope) -> dict[str, object]:
    rules = [
        {"number": rule.number, "phrase": phrase, "services": ";".join(rule.services)}
        for rule in read_rules()
        for phrase in rule.phrases
    ]
    return spending.asked_of(scope.switched(view=View.COMMISSIONER)) | {"rules": rules}
