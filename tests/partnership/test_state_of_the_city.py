"""The State of the City: each sentence follows from two sets of facts, and a published edition can be worked out again."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from budget_model.__main__ import main
from budget_model.access import Asker, Grant, Role
from budget_model.answers import Answers
from budget_model.board.meeting_packs import state_story
from budget_model.board.pack import make_pack
from budget_model.partnership.state_of_the_city import (
    Facts,
    Held,
    Measure,
    Part,
    Registered,
    Words,
    Written,
    compose,
    differing,
    figures_of,
    since,
)
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import joint, state_editions
from budget_model.store.store import Store, now
from budget_model.store.stories import Decided, write_down
from budget_model.together.decisions import State
from tests.pages.consulted import closed_consultation

MAY = Facts(
    on=date(2026, 5, 1),
    place="Riverton",
    year="2016-17",
    total=Decimal(900_000),
    years=(Held("2016-17", "2016-17", Decimal(900_000)),),
    bodies=(Held("council", "Council", Decimal(600_000)), Held("fire", "Fire", Decimal(300_000))),
    measures=(
        Measure("jobs", "Jobs", Decimal(70), "% of adults", "2015-16", "off track", Decimal(80), Decimal(5)),
    ),
    opportunities=(Held("o1", "Home care", Decimal(50_000)),),
    joinable=Decimal(50_000),
    register=(Registered("o1", "Home care", "idea", Decimal(50_000)),),
    decided=(),
    consulted=(),
)
LATER = replace(
    MAY,
    on=date(2026, 11, 26),
    total=Decimal(1_000_000),
    years=(
        Held("2015-16", "2015-16", Decimal(800_000)),
        Held("2016-17", "2016-17", Decimal(1_000_000)),
    ),
    bodies=(Held("council", "Council", Decimal(650_000)), Held("nhs", "Health", Decimal(350_000))),
    measures=(replace(MAY.measures[0], figure=Decimal(74), when="Q2 2026-27", heading="on track"),),
    opportunities=(),
    joinable=Decimal(0),
    register=(Registered("o1", "Home care", "agreed", Decimal(50_000)),),
    decided=(Written("7", "The Board decided: begin."),),
    consulted=(Written("pool", "Members were asked “Pool it?”: six answers."),),
)


def _changes(part: Part, now: Facts, before: Facts | None) -> list[str]:
    return [each.sentence for each in compose(now, before) if each.part is part and not each.standing]


def test_the_first_edition_has_nothing_to_compare_with_and_says_no_change_of_anything() -> None:
    assert "nothing to compare with" in since(None)
    assert all(each.standing for each in compose(MAY, None))
    assert [each.part for each in compose(MAY, None)] == list(Part)


def test_each_part_stands_under_one_figure() -> None:
    assert figures_of(MAY) == {
        Part.MONEY: "£900k",
        Part.TARGETS: "One measure",
        Part.OPPORTUNITIES: "£50k",
        Part.DECISIONS: "1",
    }
    assert figures_of(replace(MAY, register=()))[Part.DECISIONS] == "None"


def test_measures_whose_figures_are_made_up_are_counted_apart() -> None:
    made_up = replace(MAY.measures[0], key="homes", name="Homes (illustrative)", illustrative=True)
    first, second = (
        next(each.sentence for each in compose(facts, None) if each.key == "measures")
        for facts in (MAY, replace(MAY, measures=(*MAY.measures, made_up)))
    )
    assert first == "One measure is followed: one off track."
    assert second == (
        "One measure is followed: one off track; one more is illustrative, made up to show the screen."
    )
    every = replace(MAY, measures=(made_up, replace(made_up, key="parks")))
    assert next(each.sentence for each in compose(every, None) if each.key == "measures") == (
        "Two measures are followed: two off track; all are illustrative, made up to show the screen."
    )
    assert figures_of(replace(MAY, measures=(*MAY.measures, made_up)))[Part.TARGETS] == "One measure"


def test_with_nothing_changed_each_part_says_so_and_since_when() -> None:
    same = replace(MAY, on=LATER.on)
    for part in Part:
        (sentence,) = _changes(part, same, MAY)
        assert sentence.startswith("Nothing changed")
        assert "since 1 May 2026" in sentence


def test_what_changed_is_told_with_both_figures() -> None:
    assert _changes(Part.MONEY, LATER, MAY) == [
        "The total of 2016-17 is £100k more than it was on 1 May 2026 (£900k).",
        "New on the map: 2015-16 (£800k).",
        "Health is new on the map, with £350k.",
        "Fire is no longer on the map; it had £300k.",
        "Council has £650k, £50k more than then.",
    ]
    assert _changes(Part.TARGETS, LATER, MAY) == [
        "Jobs: 74 % of adults (Q2 2026-27), 70 then (2015-16); on track now, off track then."
    ]
    assert _changes(Part.OPPORTUNITIES, LATER, MAY) == ["Home care is no longer in the list; it had £50k."]
    assert _changes(Part.DECISIONS, LATER, MAY) == [
        "Home care: agreed now, idea then.",
        "The Board decided: begin.",
        "Members were asked “Pool it?”: six answers.",
    ]


def test_a_year_that_was_not_on_the_map_then_is_compared_with_nothing() -> None:
    other = replace(LATER, year="2017-18")
    assert _changes(Part.MONEY, other, MAY)[0] == (
        "2017-18 was not on the map on 1 May 2026, so its total is compared with nothing."
    )


amounts = some.lists(some.integers(1, 10**9).map(Decimal), max_size=9)


@given(amounts, amounts)
def test_every_change_of_a_body_is_told_or_counted_and_the_told_ones_are_the_largest(
    now: list[Decimal], then: list[Decimal]
) -> None:
    def of(held: list[Decimal]) -> Facts:
        bodies = tuple(Held(str(at), f"Body {at}", amount) for at, amount in enumerate(held))
        whole = sum(held, Decimal(0))
        return replace(MAY, bodies=bodies, total=whole, years=(Held("2016-17", "2016-17", whole),))

    statements = [each for each in compose(of(now), of(then)) if each.key.startswith("money/")]
    told = [each for each in statements if each.amount is not None]
    padded = [*now, *[Decimal(0)] * (9 - len(now))], [*then, *[Decimal(0)] * (9 - len(then))]
    moved = sorted((abs(here - was) for here, was in zip(*padded, strict=True) if here != was), reverse=True)
    assert [abs(each.amount or 0) for each in told] == moved[:5]
    assert any(each.key == "money/rest" for each in statements) is (len(moved) > 5)


@pytest.mark.slow
def test_an_edition_stays_as_published_and_its_frozen_map_gives_it_again(
    joined_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(shutil.copy(joined_made, tmp_path / "store.duckdb"))
    with Store(path) as store:
        on = now().date()
        facts = Answers(store, Scope()).state_facts(on)
        assert facts.total == sum((body.amount for body in facts.bodies), Decimal(0))
        words = Words("Spring", "Hello.", (("Money", "A note."),), ("joinable",))
        with pytest.raises(Refusal, match="Give the State of the City a name"):
            state_editions.publish(store, Words(), facts, by="Ann")
        state_editions.keep_draft(store, words, by="Ann")
        first = state_editions.publish(store, state_editions.draft(store), facts, by="Ann")
        assert state_editions.draft(store) == Words()
        best = joint.opportunities(store, Scope(year="2016-17")).opportunities[0]
        joint.register(store, best, by="Ann", owner="Ann")
        joint.decide(store, best.id, by="Ann", state=State.AGREED)
        write_down(store, Decided(0, "s", best.id, "Begin in May", "Ann", None, "", ""), by="Ann")
        closed_consultation(store, best.id)
        second_words, before, _ = Answers(store, Scope()).state_edition(0) or (Words(), None, "")
        assert before == first.facts
        told = [each.sentence for each in second_words.shown(Part.DECISIONS)]
        assert f"{best.title}: agreed now, not in the register then." in told
        assert "The Board decided: Begin in May." in told
        assert "Members were asked “Equipment”: six answers." in told
        second = state_editions.publish(
            store, Words("Autumn"), Answers(store, Scope()).state_facts(on), by="Ann"
        )
        assert state_editions.edition(store, 1) == first
        for edition in (first, second):
            again = Answers(store, Scope(version=edition.map_version)).state_facts(on)
            earlier = state_editions.before(store, edition.number)
            assert differing(edition, earlier, again) == ()
            pack = make_pack(store, state_story(edition, earlier), Scope(year="2016-17"))
            parts = [slide for slide in pack.slides if slide.kicker == "State of the City"]
            assert [slide.trouble for slide in parts] == [""] * len(parts)
            assert len(parts) == (4 if earlier else 1)
        assert "joinable" not in {each.key for each in first.words.shown(Part.OPPORTUNITIES)}
        visitor = store.asked_by(Asker("Vi", "vi@x.example", (Grant(Role.VISITOR),)))
        assert first.published_by.endswith(" by Ann")
        assert [each.published_by.endswith(" by Ann") for each in state_editions.editions(visitor)] == [
            False,
            False,
        ]
        reader = store.asked_by(Asker("Al", "al@x.example", (Grant(Role.BOARD_MEMBER),)))
        with pytest.raises(Refusal, match="may not"):
            state_editions.publish(reader, words, facts, by="Al")
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    assert main(["state-of-the-city", "--edition", "2", "--prove", "--json"]) == 0
    assert '"since"' in capsys.readouterr().out
    assert main(["state-of-the-city", "--edition", "9"]) == 1
