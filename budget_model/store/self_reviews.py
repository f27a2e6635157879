"""What the partnership and its bodies say of themselves: only ever added to."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from budget_model.access import Act
from budget_model.financial_year import financial_year
from budget_model.partnership.self_review import BY_KEY, LEVELS, PARTNERSHIP, Reviewed
from budget_model.problem import Refusal
from budget_model.store.places import place_of
from budget_model.store.store import Store, now
from budget_model.store.submissions import write_audit

LONGEST_REASON = 2_000


def self_reviews(store: Store) -> tuple[Reviewed, ...]:
    """Every answer, the oldest first; unpublished words of a body only to those who may see its drafts."""
    return tuple(
        Reviewed(
            year,
            body,
            question,
            int(level),
            said if body == PARTNERSHIP or store.sight.sees_unpublished(body) else "",
            datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=made_at),
            by,
        )
        for year, body, question, level, said, made_at, by in store.ask("self_reviews")
    )


def answer(store: Store, year: str, body: str, said: Mapping[str, tuple[int, str]], *, by: str) -> None:
    """Keep a level and a reason for each question named, in one change.

    Raises `Refusal` for a year, a body, a question or a level that there is none of, a reason too long to keep,
    and where the asker may not.
    """
    year = financial_year(year)
    if body != PARTNERSHIP and body not in {each.id for each in place_of(store).organisations}:
        raise Refusal(f"There is no body “{body[:80]}”. Choose one from the list.")
    for question, (level, reason) in said.items():
        if question not in BY_KEY or level not in LEVELS:
            raise Refusal("Choose a question of the list, and a level from 1 to 4.")
        if len(reason) > LONGEST_REASON:
            raise Refusal(f"The reason is too long: at most {LONGEST_REASON:,} letters.")
    act = Act.WORK_TOGETHER if body == PARTNERSHIP else Act.CONTRIBUTE
    with store.writing(act, body) as writer:
        for question, (level, reason) in said.items():
            writer.execute(
                "insert into self_review values ($id, $year, $body, $question, $level, $said, $at, $by)",
                {
                    "id": writer.numbers("event_id", 1)[0],
                    "year": year,
                    "body": body,
                    "question": question,
                    "level": level,
                    "said": reason.strip(),
                    "at": now(),
                    "by": by,
                },
            )
            write_audit(
                writer,
                by,
                "self-review answered",
                f"{body or 'partnership'}, {year}: {question}",
                "",
                str(level),
            )
