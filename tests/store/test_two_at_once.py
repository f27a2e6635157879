"""Two people at one thing: the second is told what the first did, by name, and nothing of theirs is overwritten."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from budget_model.access import Role
from budget_model.partnership.performance import Judgement, Period, Reading, ReadingGrade, Risk
from budget_model.partnership.state_of_the_city import Words
from budget_model.problem import Refusal
from budget_model.store import (
    contributions,
    external_funding,
    joint,
    people,
    performance,
    quality,
    self_reviews,
    stages,
    state_editions,
    stories,
    submissions,
)
from budget_model.store.others import ChangedSince, Seen, Thing, changed_since
from budget_model.store.store import Store
from budget_model.together.decisions import Snapshot
from budget_model.together.external_funding import blank_award, blank_bid
from budget_model.together.facts import OverrideOf, Readiness
from budget_model.together.pools import Pool
from budget_model.together.scenarios import Scenario
from budget_model.together.stages import StageGrade
from budget_model.vocabulary import Phase, Stage, SubmissionStatus
from tests.pages.riverton import YEAR

SNAPSHOT: Final = Snapshot(Decimal(500), (("council", Decimal(500)),))


@pytest.fixture
def store(joined_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(joined_made, tmp_path / "joined.duckdb"))) as opened:
        yield opened


@pytest.fixture
def riverton(riverton_made: Path, tmp_path: Path) -> Iterator[Store]:
    """The city with a transfer that its two sides state differently."""
    with Store(Path(shutil.copy(riverton_made, tmp_path / "riverton.duckdb"))) as opened:
        yield opened


class Write(NamedTuple):
    """One thing that two people can be at, and how somebody writes about it."""

    things: tuple[Thing, ...]
    subject: str
    write: Callable[[Store, str], object]


def _status(store: Store, by: str) -> None:
    now = next(one for one in _sent(store) if one[0] == 1)[1]
    other = SubmissionStatus.APPROVED if now == "withdrawn" else SubmissionStatus.WITHDRAWN
    submissions.change_status(store, 1, other, by=by)


def _sent(store: Store) -> list[tuple[int, str]]:
    return [
        (int(number), str(status))
        for number, status in store.select("select submission, status from submission_now")
    ]


def _bid(name: str) -> object:
    return replace(
        blank_bid("lamps", "typed"),
        name=name,
        stream="Lamps",
        funder="A ministry",
        what="Lamps",
        lead="council",
        amount=Decimal(5),
    )


EVERY: Final = (
    Write((Thing.DECISION,), "lamps", lambda store, by: joint.decide(store, "lamps", by=by, owner=by)),
    Write(
        (Thing.READINESS,),
        "lamps",
        lambda store, by: joint.record_readiness(store, Readiness("lamps", 1), by=by),
    ),
    Write(
        (Thing.DUE_DAY,),
        f"{YEAR} {Phase.OUTTURN}",
        lambda store, by: quality.set_due_days(
            store, YEAR, {Phase.OUTTURN: date(2016, 7, 1)}, by=by, reason=by
        ),
    ),
    Write(
        (Thing.ROLE,),
        "pat@x.example",
        lambda store, by: people.give(store, "pat@x.example", Role.AUDITOR, by=by, reason=by),
    ),
    Write(
        (Thing.ADVICE,),
        f"{OverrideOf.POWER} s75",
        lambda store, by: joint.override(store, OverrideOf.POWER, "s75", 2, by, by=by),
    ),
    Write((Thing.POOL,), "lamps", lambda store, by: joint.keep_pool(store, Pool("lamps", by), by=by)),
    Write((Thing.SCENARIO,), "Lamps", lambda store, by: joint.keep_scenario(store, Scenario("Lamps"), by=by)),
    Write(
        (Thing.READING,),
        "at-home",
        lambda store, by: performance.enter(
            store, [("at-home", Reading(Period(YEAR), Decimal(70), by, ReadingGrade.CHECKED))], by=by
        ),
    ),
    Write(
        (Thing.JUDGEMENT,),
        "at-home",
        lambda store, by: performance.enter(store, [("at-home", Judgement(Decimal(70), by))], by=by),
    ),
    Write(
        (Thing.RISK,),
        "at-home",
        lambda store, by: performance.enter(store, [("at-home", Risk("Frost", 1, 1, by, ""))], by=by),
    ),
    Write(
        (Thing.AWARD,),
        "lamps",
        lambda store, by: external_funding.keep_award(
            store,
            replace(
                blank_award("lamps", "typed"),
                stream="Lamps",
                funder="A ministry",
                holder="council",
                amount=Decimal(5),
                what=by,
            ),
            by=by,
        ),
    ),
    Write((Thing.BID,), "lamps", lambda store, by: external_funding.keep_bid(store, _bid(by), by=by)),  # type: ignore[arg-type]
    Write((Thing.SUBMISSION,), "1", _status),
    Write(
        (Thing.EXPLAINED,), "1", lambda store, by: contributions.explain(store, 1, "difference", by, by=by)
    ),
    Write(
        (Thing.ASSESSMENT,),
        f"council {YEAR}",
        lambda store, by: quality.assess(store, "council", YEAR, {"source": 2}, by=by),
    ),
    Write(
        (Thing.REVIEW,),
        f"council, {YEAR}: goals",
        lambda store, by: self_reviews.answer(store, YEAR, "council", {"goals": (2, by)}, by=by),
    ),
    Write(
        (Thing.STATE,),
        state_editions.NEXT,
        lambda store, by: state_editions.keep_draft(store, Words(introduction=by), by=by),
    ),
    Write(
        (Thing.STORY,),
        "lamps",
        lambda store, by: stories.keep_story(store, stories.Story("lamps", by, ()), by=by),
    ),
    Write((Thing.STAGE,), "", lambda store, by: _agree(store, by)),
)
"""Every register that two people write to; settings, plans, returns and comments hold what was seen themselves."""


def _agree(store: Store, by: str) -> None:
    (line,) = store.select("select min(id) from line")[0]
    stages.agree(store, line, ((Stage.UNIVERSAL, Decimal(1)),), StageGrade.B, by, by=by)


def _prepared(store: Store, one: Write) -> str:
    """What the audit calls the thing, once the thing is there."""
    if one.things == (Thing.DECISION,):
        joint.enter(store, "lamps", "Lamps", ["council"], ["older-people"], SNAPSHOT, by="start")
    if one.things == (Thing.STAGE,):
        _agree(store, "start")
        rows = store.select("select subject from audit_entry where starts_with(what, 'stage') limit 1")
        return str(rows[0][0])
    return one.subject


def test_every_thing_is_tried_here() -> None:
    tried = {thing for one in EVERY for thing in one.things}
    assert set(Thing) - tried == {Thing.PERSON, Thing.TRANSFER}, "these two are tried beneath"


@pytest.mark.parametrize("one", EVERY, ids=lambda one: str(one.things[0]))
def test_the_second_of_two_is_told_of_the_first_and_overwrites_nothing(store: Store, one: Write) -> None:
    subject = _prepared(store, one)
    told: list[int] = []
    second = store.since(Seen(one.things, (subject,), store.newest()), told.append)
    one.write(store, "Ann")
    before = store.newest()
    with pytest.raises(ChangedSince, match="Ann, ") as refused:
        one.write(second, "Bo")
    assert store.newest() == before, "nothing was written"
    assert "Nothing of theirs was overwritten" in refused.value.sentence
    assert told == [before], "and they know it now"
    one.write(second, "Bo")
    assert store.newest() > before
    one.write(second, "Bo")


def test_removing_a_person_whose_role_another_changed_meanwhile_is_refused(store: Store) -> None:
    people.give(store, "pat@x.example", Role.AUDITOR, by="start", reason="audit")
    seen = Seen((Thing.ROLE, Thing.PERSON), ("pat@x.example",), store.newest())
    people.give(store, "pat@x.example", Role.DIRECTOR, by="Ann", reason="promoted")
    with pytest.raises(ChangedSince, match="“director: promoted” now, “auditor” before"):
        people.remove(store.since(seen), "pat@x.example", by="Bo", reason="left")
    assert changed_since(store.ask, replace(seen, number=store.newest())) == ()


def test_what_others_do_to_another_thing_stands_in_nobodys_way(store: Store) -> None:
    for name in ("lamps", "lanes"):
        joint.enter(store, name, name, ["council"], ["older-people"], SNAPSHOT, by="start")
    second = store.since(Seen((Thing.DECISION,), ("lanes",), store.newest()))
    joint.decide(store, "lamps", by="Ann", owner="Ann")
    assert joint.decide(second, "lanes", by="Bo", owner="Bo").owner == "Bo"


def test_what_settling_would_change_is_said_first_and_a_settlement_needs_its_words(riverton: Store) -> None:
    preview = quality.settle_preview(riverton, "joint-care", YEAR, settled=True)
    assert (preview.open_before, preview.open_after) == (1, 0)
    assert preview.total_before == preview.total_after
    assert "The place’s total stays £" in preview.sentence
    assert quality.settlements(riverton, YEAR) == {}, "nothing was kept"
    with pytest.raises(Refusal, match="what was agreed"):
        quality.settle(riverton, "joint-care", YEAR, settled=True, note=" ", by="Ann")
    with pytest.raises(Refusal, match="There is no transfer “lamps”"):
        quality.settle(riverton, "lamps", YEAR, settled=True, note="Agreed.", by="Ann")


def test_a_transfer_that_another_settled_meanwhile_is_not_settled_again_unseen(riverton: Store) -> None:
    second = riverton.since(Seen((Thing.TRANSFER,), (f"joint-care {YEAR}",), riverton.newest()))
    quality.settle(riverton, "joint-care", YEAR, settled=True, note="The council’s figure.", by="Ann")
    with pytest.raises(ChangedSince, match=r"“The council’s figure\.” now"):
        quality.settle(second, "joint-care", YEAR, settled=True, note="The other.", by="Bo")
    assert quality.settlements(riverton, YEAR)["joint-care"].by == "Ann"
