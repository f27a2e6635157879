"""Editions of the State of the City: a draft of words, and what was published, frozen on a map version of its own."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from budget_model.access import Act
from budget_model.partnership.state_of_the_city import Edition, Facts, Words, compose
from budget_model.plain_values import from_plain, to_text
from budget_model.problem import Refusal
from budget_model.store import versions
from budget_model.store.store import Row, Store, Writer, now
from budget_model.store.submissions import write_audit

DRAFT: Final = 0
NEXT: Final = "next edition"
"""How the audit names the edition that is being written."""
LONGEST_NAME, LONGEST_NOTE = 100, 3_000


def editions(store: Store) -> tuple[Edition, ...]:
    """Every published edition, the latest first."""
    every = (_edition(row) for row in reversed(store.ask("state_editions")) if row[1] != DRAFT)
    return tuple(replace(each, made_by=store.sight.person(each.made_by)) for each in every)


def edition(store: Store, number: int) -> Edition | None:
    """One published edition; None where there is none of that number."""
    return next((each for each in editions(store) if each.number == number), None)


def before(store: Store, number: int = 0) -> Facts | None:
    """The facts of the edition before one, or before the next where none is named; None where there is none."""
    earlier = [each for each in editions(store) if not number or each.number < number]
    return earlier[0].facts if earlier else None


def draft(store: Store) -> Words:
    """The editor's words for the next edition, as they were kept last; empty where nothing was kept since the last."""
    store.asker.must(Act.PRESENT)
    rows = store.ask("state_editions")
    if not rows or rows[-1][1] != DRAFT:
        return Words()
    return from_plain(Words, json.loads(rows[-1][3]))


def keep_draft(store: Store, words: Words, *, by: str) -> None:
    """Keep the editor's words for the next edition; raises `Refusal` for words too long to keep."""
    _refuse_long(words)
    with store.writing(Act.PRESENT) as writer:
        _add(writer, DRAFT, replace(words, statements=()), None, 0, by)
        write_audit(writer, by, "State of the City drafted", NEXT, "", words.name)


def publish(store: Store, words: Words, facts: Facts, *, by: str) -> Edition:
    """Freeze an edition with the version of the map that it stands on, in one change; neither ever changes.

    Raises `Refusal` for an edition without a name, words too long to keep, and where the asker may not.
    """
    store.asker.must(Act.PUBLISH)
    name = words.name.strip()
    if not name:
        raise Refusal("Give the State of the City a name, such as “Spring 2027”.")
    _refuse_long(words)
    frozen = replace(words, name=name, statements=compose(facts, before(store)))
    city = versions.freeze(store, f"State of the City: {name}")
    with store.writing(Act.PUBLISH) as writer:
        stands_on = versions.keep_frozen(writer, city, by=by)
        number = int(writer.execute("select coalesce(max(number), 0) + 1 from state_edition")[0][0])
        _add(writer, number, frozen, facts, stands_on, by)
        write_audit(writer, by, "State of the City published", f"edition {number}", "", name)
    return editions(store)[0]


def _refuse_long(words: Words) -> None:
    if len(words.name) > LONGEST_NAME:
        raise Refusal(f"The name has at most {LONGEST_NAME} characters.")
    longest = max(len(text) for text in (words.introduction, *(note for _, note in words.notes)))
    if longest > LONGEST_NOTE:
        raise Refusal(f"A text has {longest:,} characters; at most {LONGEST_NOTE:,} are kept. Shorten it.")


def _add(writer: Writer, number: int, words: Words, facts: Facts | None, version: int, by: str) -> None:
    writer.execute(
        "insert into state_edition values ($entry, $number, $name, $words, $facts, $version, $at, $by)",
        {
            "entry": writer.numbers("board_entry", 1)[0],
            "number": number,
            "name": words.name,
            "words": to_text(words),
            "facts": to_text(facts) if facts else "",
            "version": version,
            "at": now(),
            "by": by,
        },
    )


def _edition(row: Row) -> Edition:
    _, number, _, words, facts, version, made_at, by = row
    return Edition(
        int(number),
        from_plain(Words, json.loads(words)),
        from_plain(Facts, json.loads(facts)),
        int(version),
        datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=made_at),
        by,
    )
