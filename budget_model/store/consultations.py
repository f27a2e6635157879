"""Consultations as they are kept: what is asked, who was asked, and answers that say of nobody whose they are.

A link's secret is kept as a fingerprint. An answer is kept with the sector of whoever gave it and with nothing else of
them: only the link knows that it was used. Who was asked is deleted a month after closing, drafts when it closes.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from budget_model import dates
from budget_model.access import Act, local
from budget_model.dates import day
from budget_model.partnership.consultations import (
    KEPT_FOR,
    Answer,
    Comment,
    Consultation,
    Invited,
    Member,
    Question,
    Result,
    Sector,
    Stage,
    Verdict,
    clean_answer,
    comments_of,
    faults_of,
    result,
    too_long,
)
from budget_model.plain_values import from_plain, to_plain
from budget_model.problem import Refusal
from budget_model.store.store import Store, Writer, now
from budget_model.store.stories import new_id
from budget_model.store.submissions import write_audit

MOST_MEMBERS: Final = 2_000
"""Links of one consultation."""


class Standing(StrEnum):
    """Whether a link takes an answer now."""

    OPEN = "open"
    NOT_YET = "not yet"
    CLOSED = "closed"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: its consultation, for whom it speaks, and what was kept of an answer that is not sent."""

    consultation: Consultation
    sector: Sector
    standing: Standing
    draft: Mapping[int, str]

    @property
    def sentence(self) -> str:
        """Why it takes no answer now; empty where it does."""
        name, opens, closes = self.consultation.name, self.consultation.opens, self.consultation.closes
        return {
            Standing.OPEN: "",
            Standing.NOT_YET: f"“{name}” opens on {day(opens)}. Keep the link, and come back then.",
            Standing.CLOSED: f"“{name}” closed on {day(closes)}. Answers are no longer taken.",
            Standing.ANSWERED: f"This link has been used: an answer to “{name}” was sent with it and is counted. "
            "Each link takes one answer.",
        }[self.standing]


def consultations(store: Store) -> tuple[Consultation, ...]:
    """Every consultation, the latest to close first."""
    return tuple(
        Consultation(
            id=str(identity),
            name=name,
            about=about,
            source=source,
            opens=opens,
            closes=closes,
            decision=decision,
            questions=tuple(from_plain(Question, asked) for asked in json.loads(questions)),
        )
        for identity, name, about, source, opens, closes, decision, questions in store.ask("consultations")
    )


def consultation_of(store: Store, identity: str) -> Consultation:
    """One consultation by its id; raises `Refusal` where there is none."""
    kept = next((each for each in consultations(store) if each.id == identity), None)
    if kept is None:
        raise Refusal(f"There is no consultation “{identity[:80]}”.")
    return kept


def keep(store: Store, wanted: Consultation, *, by: str) -> Consultation:
    """Keep a consultation, new where it has no id; gives it as it was kept.

    Raises `Refusal` for what cannot be asked, and for questions or a first day that would change after links went out:
    answers to other questions cannot be counted together.
    """
    faults = faults_of(wanted)
    if faults:
        raise Refusal(" ".join(faults))
    with store.writing(Act.CONSULT) as writer:
        taken = {str(row[0]) for row in writer.execute("select distinct id from consultation")}
        kept = replace(wanted, id=wanted.id or new_id(wanted.name, taken))
        before = next((each for each in consultations(store) if each.id == kept.id), None)
        if before and before.questions != kept.questions and invited(store, kept.id):
            raise Refusal(
                "Links have gone out, so its questions cannot be changed any more. Begin another consultation."
            )
        _add(writer, kept, by)
        write_audit(writer, by, "consultation written", kept.id, before.when if before else "", kept.when)
    return kept


def _add(writer: Writer, kept: Consultation, by: str) -> None:
    writer.execute(
        "insert into consultation values "
        "($entry, $id, $name, $about, $source, $opens, $closes, $decision, $questions, $at, $by)",
        {
            "entry": writer.numbers("board_entry", 1)[0],
            "id": kept.id,
            "name": kept.name.strip(),
            "about": kept.about.strip(),
            "source": kept.source,
            "opens": kept.opens,
            "closes": kept.closes,
            "decision": kept.decision,
            "questions": json.dumps([to_plain(question) for question in kept.questions], ensure_ascii=False),
            "at": now(),
            "by": by,
        },
    )


# Who is asked


def invited(store: Store, consultation: str) -> tuple[Invited, ...]:
    """Everybody with a link, by name; nobody once a month has passed since it closed."""
    store.asker.must(Act.CONSULT)
    rows = store.ask("consultation_links", {"consultation": consultation, "mark": ""})
    return tuple(
        Invited(Member(name, address, Sector(sector)), str(mark), bool(answered))
        for mark, _, name, address, sector, answered in rows
    )


def make_links(store: Store, identity: str, members: Sequence[Member], *, by: str) -> dict[Member, str]:
    """Give each member the secret of a link; of one who has a link already the earlier is void from now on.

    A member who has answered gets no other link, and is left out of what is given. Secrets are told here once, and
    kept as fingerprints. Raises `Refusal` for a consultation that has closed, and for too many members.
    """
    asked = consultation_of(store, identity)
    if asked.stage(dates.today()) is Stage.CLOSED:
        raise Refusal(f"It closed on {day(asked.closes)}, so no more links are made.")
    before = {each.member.address.casefold(): each for each in invited(store, identity)}
    if len(before) + len(members) > MOST_MEMBERS:
        raise Refusal(f"At most {MOST_MEMBERS:,} members can be asked in one consultation.")
    made = {}
    with store.writing(Act.CONSULT) as writer:
        for member in members:
            earlier = before.get(member.address.casefold())
            if earlier and earlier.answered:
                continue
            if earlier:
                _delete_link(writer, earlier.mark)
            made[member] = secrets.token_urlsafe(32)
            writer.execute(
                "insert into consultation_link values ($mark, $consultation, $name, $address, $sector, false)",
                {
                    "mark": mark_of(made[member]),
                    "consultation": identity,
                    "name": member.name,
                    "address": member.address,
                    "sector": str(member.sector),
                },
            )
        write_audit(writer, by, "consultation links made", identity, "", str(len(made)))
    return made


def _delete_link(writer: Writer, mark: str) -> None:
    writer.execute("delete from consultation_link where mark = $mark", {"mark": mark})
    writer.execute("delete from consultation_draft where mark = $mark", {"mark": mark})


def mark_of(secret: str) -> str:
    """The fingerprint of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def forget(store: Store) -> int:
    """Delete who was asked a month after closing, and drafts when it has closed; gives how many links went.

    Whoever happens to look makes it happen; it is done and noted in the program's own name.
    """
    on = dates.today()
    gone = [each.id for each in consultations(store) if on > each.closes + KEPT_FOR]
    closed = [each.id for each in consultations(store) if each.stage(on) is Stage.CLOSED]
    old = store.select(
        "select (select count(*) from consultation_link where list_contains($gone, consultation)), "
        "(select count(*) from consultation_draft where list_contains($closed, consultation))",
        {"gone": gone, "closed": closed},
    )[0]
    if not any(old):
        return 0
    with store.asked_by(local("the program")).writing(Act.ANSWER) as writer:
        writer.execute(
            "delete from consultation_link where list_contains($gone, consultation)", {"gone": gone}
        )
        writer.execute(
            "delete from consultation_draft where list_contains($closed, consultation)", {"closed": closed}
        )
        write_audit(
            writer, "the program", "who was asked forgotten", ", ".join(gone or closed), "", str(old[0])
        )
    return int(old[0])


# What they answer


def opened_by(store: Store, secret: str) -> Opened | None:
    """What the secret of a link opens; None for one that opens nothing."""
    mark = mark_of(secret)
    rows = store.ask("consultation_links", {"consultation": "", "mark": mark}) if secret else []
    if not rows:
        return None
    _, identity, _, _, sector, answered = rows[0]
    asked = consultation_of(store, identity)
    stage = asked.stage(dates.today())
    standing = {Stage.NOT_YET: Standing.NOT_YET, Stage.CLOSED: Standing.CLOSED}.get(stage, Standing.OPEN)
    drafts = store.select("select said from consultation_draft where mark = $mark", {"mark": mark})
    return Opened(
        asked,
        Sector(sector),
        Standing.ANSWERED if answered else standing,
        _said(drafts[0][0]) if drafts else {},
    )


def keep_draft(store: Store, secret: str, said: Mapping[int, str]) -> None:
    """Keep what is not sent yet with its link, in place of what was kept before; raises `Refusal` where none is taken."""
    mark = mark_of(secret)
    with store.writing(Act.ANSWER, audited=False) as writer:
        link = _open_link(store, secret)
        writer.execute("delete from consultation_draft where mark = $mark", {"mark": mark})
        text = {place: words[: 10 * 2_000] for place, words in clean_answer(link.consultation, said).items()}
        writer.execute(
            "insert into consultation_draft values ($mark, $consultation, $said)",
            {"mark": mark, "consultation": link.consultation.id, "said": _written(text)},
        )


def answer(store: Store, secret: str, said: Mapping[int, str]) -> None:
    """Keep the one answer of a link, and the link as used, in one change.

    Raises `Refusal` for a link that opens nothing, was used, is early or late, for an answer that says nothing, and for
    a comment too long to keep.
    """
    mark = mark_of(secret)
    with store.writing(Act.ANSWER) as writer:
        link = _open_link(store, secret)
        clean = clean_answer(link.consultation, said)
        if not clean:
            raise Refusal("Nothing is answered yet. Answer at least one question, then send.")
        if sentence := too_long(link.consultation, said):
            raise Refusal(sentence)
        writer.execute(
            "insert into consultation_answer values ($id, $consultation, $sector, $said)",
            {
                "id": secrets.randbelow(2**53),
                "consultation": link.consultation.id,
                "sector": str(link.sector),
                "said": _written(clean),
            },
        )
        writer.execute("update consultation_link set answered = true where mark = $mark", {"mark": mark})
        writer.execute("delete from consultation_draft where mark = $mark", {"mark": mark})
        write_audit(writer, "a member, by link", "consultation answered", link.consultation.id, "", "")


def _open_link(store: Store, secret: str) -> Opened:
    """What a link opens, asked while nobody else writes; raises `Refusal` where it takes no answer."""
    link = opened_by(store, secret)
    if link is None:
        raise Refusal("This link opens nothing. Check that it was copied whole, or ask for another.")
    if link.sentence:
        raise Refusal(link.sentence)
    return link


def answers_of(store: Store, identity: str) -> tuple[Answer, ...]:
    """Every answer to a consultation, in no order that tells whose it is. For counting: pages show the result."""
    rows = store.select(
        "select id, sector, said from consultation_answer where consultation = $id order by id",
        {"id": identity},
    )
    return tuple(Answer(int(number), Sector(sector), _said(said)) for number, sector, said in rows)


def comments(store: Store, identity: str) -> tuple[Comment, ...]:
    """Every comment with what was decided of it; only for those who moderate."""
    store.asker.must(Act.CONSULT)
    return _comments(store, consultation_of(store, identity), answers_of(store, identity))


def _comments(store: Store, asked: Consultation, answers: Sequence[Answer]) -> tuple[Comment, ...]:
    rows = store.ask("consultation_verdicts", {"consultation": asked.id})
    verdicts = {(int(number), int(place)): Verdict(verdict) for number, place, verdict in rows}
    return comments_of(asked, answers, verdicts)


def moderate(store: Store, identity: str, comment: Comment, verdict: Verdict, *, by: str) -> None:
    """Show or withhold a comment; the last word counts, and every word is kept."""
    with store.writing(Act.CONSULT) as writer:
        writer.execute(
            "insert into consultation_verdict values ($entry, $consultation, $answer, $question, $verdict, $at, $by)",
            {
                "entry": writer.numbers("board_entry", 1)[0],
                "consultation": identity,
                "answer": comment.answer,
                "question": comment.question,
                "verdict": str(verdict),
                "at": now(),
                "by": by,
            },
        )
        write_audit(
            writer,
            by,
            f"comment {verdict}",
            f"{identity}, question {comment.question + 1}",
            comment.verdict,
            verdict,
        )


def result_of(store: Store, identity: str, on: date | None = None) -> Result:
    """What a consultation came to by now, as far as it may be shown."""
    asked = consultation_of(store, identity)
    answers = answers_of(store, identity)
    links = store.select("select count(*) from consultation_link where consultation = $id", {"id": identity})[
        0
    ][0]
    known = int(links) if links or not answers else None
    return result(asked, answers, _comments(store, asked, answers), known, on or dates.today())


def _written(said: Mapping[int, str]) -> str:
    return json.dumps({str(place): text for place, text in sorted(said.items())}, ensure_ascii=False)


def _said(written: str) -> dict[int, str]:
    return {int(place): str(text) for place, text in json.loads(written).items()}
