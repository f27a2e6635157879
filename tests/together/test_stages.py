"""How early the money acts: suggested by rule, split, agreed by its officer; every pound once."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from budget_model.__main__ import main
from budget_model.access import Asker, Grant, Role
from budget_model.answers import Answers
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import stages as kept
from budget_model.store.spending import total
from budget_model.store.store import Store
from budget_model.together import stages
from budget_model.together.stages import How, Known, StageAgreed, Staged, StageGrade
from budget_model.vocabulary import Kind, Sensitivity, Stage
from tests.towns import YEAR, line, receive, submission, town

SCOPE = Scope(year=YEAR)
RULES = {rule.number: rule for rule in stages.read_rules()}
HALF = Decimal("0.5")
NOTHING_KNOWN = Known(Kind.REVENUE, Stage.UNKNOWN, Stage.UNKNOWN)
PLACE = replace(
    town(),
    services=tuple(
        replace(service, stage=Stage.TREATMENT) if service.id == "care" else service
        for service in town().services
    ),
)


def agreed(number: int, *shares: tuple[Stage, str]) -> dict[int, StageAgreed]:
    parts = tuple((stage, Decimal(part)) for stage, part in shares)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return {
        number: StageAgreed(
            number, "council", "", "care", parts, StageGrade.A, "", withdrawn=False, made_at=at, made_by="Ann"
        )
    }


@pytest.fixture(scope="module")
def made(empty_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(empty_made, tmp_path_factory.mktemp("stages") / "budget.duckdb"))
    with Store(path) as store:
        from budget_model.store.places import keep_place

        with store.writing() as writer:
            keep_place(writer, PLACE)
        for year in ("2015-16", YEAR):
            lines = [
                line("Home care", 600, "care", row=1),
                line("Reablement team", 300, "care", row=2),
                line("Day centres", 80, "care", row=3, stage=Stage.PREVENTION),
                line("Secret shelter: crisis care", 20, "care", row=4, sensitivity=Sensitivity.TOTALS_ONLY),
            ]
            receive(store, replace(submission("council", lines), year=year), b"", by="test")
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def early(store: Store, year: str = YEAR) -> Any:
    return stages.early(Answers(store, Scope(year=year)).stages())


def number_of(store: Store, words: str) -> int:
    return next(
        stage_line.line for stage_line in kept.lines(store, SCOPE)[0] if stage_line.description == words
    )


def test_what_was_agreed_comes_before_what_is_stated_and_that_before_a_rule_and_a_service() -> None:
    known = Known(Kind.REVENUE, Stage.CRISIS, Stage.TREATMENT, rule=1, agreed=7)
    assert stages.decide(known, RULES, agreed(7, (Stage.UNIVERSAL, "1"))).how is How.AGREED
    assert stages.decide(known, RULES, {}).how is How.STATED
    ruled = stages.decide(replace(known, stated=Stage.UNKNOWN), RULES, {})
    assert (ruled.how, ruled.why) == (How.RULE, "Its words say that it acts before a home is lost.")
    usual = stages.decide(replace(known, stated=Stage.UNKNOWN, rule=None), RULES, {}, "home care")
    assert (usual.shares, usual.why) == (stages.one(Stage.TREATMENT), "It is the usual stage of home care.")
    assert stages.decide(NOTHING_KNOWN, RULES, {}).shares == stages.one(Stage.UNKNOWN)


def test_what_is_paid_to_people_is_income_and_no_part_of_the_money_on_services() -> None:
    paid = Staged(
        "dwp", "benefit", "", replace(NOTHING_KNOWN, kind=Kind.TRANSFER_TO_INDIVIDUALS), Decimal(99), 1
    )
    late = Staged("council", "care", "", replace(NOTHING_KNOWN, usual=Stage.CRISIS), Decimal(30), 1)
    soon = Staged("council", "care", "", replace(NOTHING_KNOWN, usual=Stage.PREVENTION), Decimal(10), 1)
    part = stages.early(stages.spread([paid, late, soon], RULES, {}))
    assert (part.part, part.whole, part.share) == (10, 40, Decimal("0.2500"))
    acute = stages.late(stages.spread([paid, late, soon], RULES, {}))
    assert (acute.part, acute.whole) == (30, 40)


def test_money_of_no_known_stage_is_a_share_of_its_own() -> None:
    unknown = Staged("council", "care", "", NOTHING_KNOWN, Decimal(10), 1)
    known = Staged("council", "care", "", replace(NOTHING_KNOWN, usual=Stage.EARLY_HELP), Decimal(60), 1)
    part = stages.early(stages.spread([unknown, known], RULES, {}))
    assert (part.part, part.whole, part.unknown) == (60, 70, 10)
    assert stages.early([]).share is None


POUNDS = some.decimals(-10_000_000, 10_000_000, places=2, allow_nan=False, allow_infinity=False)
SPLITS = some.lists(some.integers(0, 100), min_size=len(Stage), max_size=len(Stage)).filter(any)


@given(some.lists(some.tuples(POUNDS, SPLITS), min_size=1, max_size=5))
def test_the_parts_of_every_split_make_the_whole_and_no_pound_stands_twice(
    money: list[tuple[Decimal, list[int]]],
) -> None:
    words: dict[int, StageAgreed] = {}
    items = []
    for number, (amount, weights) in enumerate(money):
        whole = sum(weights)
        shares = [
            (stage, str(Decimal(part) / whole)) for stage, part in zip(Stage, weights, strict=True) if part
        ]
        words |= agreed(number, *shares)
        items.append(Staged("council", "care", "", replace(NOTHING_KNOWN, agreed=number), amount, 1))
    parts = stages.spread(items, RULES, words)
    assert sum(stages.by_stage(parts).values()) == sum(amount for amount, _ in money)


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ([(Stage.CRISIS, HALF)], "The percentages make 50"),
        ([(Stage.CRISIS, Decimal("1.5")), (Stage.TREATMENT, -HALF)], "below zero"),
        ([(Stage.CRISIS, HALF), (Stage.CRISIS, HALF)], "named twice"),
        ([], "make 0"),
    ],
)
def test_a_split_that_does_not_make_the_whole_is_refused_with_its_reason(shares: Any, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        stages.checked(shares)


def test_rules_and_stated_stages_are_told_apart_and_all_of_it_makes_the_total(store: Store) -> None:
    parts = Answers(store, SCOPE).stages()
    assert sum(part.amount for part in parts) == total(store, SCOPE).total == 1000
    assert stages.added_up(parts, lambda part: part.how) == {How.SERVICE: 600, How.RULE: 320, How.STATED: 80}
    assert (early(store).part, early(store).whole) == (380, 1000)


def test_what_an_officer_agrees_holds_for_the_same_line_of_every_year_until_taken_back(store: Store) -> None:
    care = number_of(store, "Home care")
    split = ((Stage.EARLY_HELP, Decimal("0.25")), (Stage.TREATMENT, Decimal("0.75")))
    kept.agree(store, care, split, StageGrade.A, "Hours of visits.", by="Ann")
    assert early(store).part == early(store, "2015-16").part == 380 + 150
    assert number_of_lines(store) == 3
    kept.agree(store, care, split, StageGrade.A, "", by="Ann", withdrawn=True)
    assert early(store).part == 380


def number_of_lines(store: Store) -> int:
    return kept.lines(store, SCOPE)[1]


def test_an_officer_of_another_body_may_not_agree_nor_read_what_is_kept_back(store: Store) -> None:
    fire = store.asked_by(Asker("Eve", "eve@fire.example", (Grant(Role.OFFICER, "police"),)))
    whole = stages.one(Stage.CRISIS)
    with pytest.raises(Refusal, match="may not send"):
        kept.agree(fire, number_of(store, "Home care"), whole, StageGrade.B, "", by="Eve")
    hidden = next(stage_line for stage_line in kept.lines(fire, SCOPE)[0] if stage_line.kept_back)
    assert (hidden.description, hidden.known.rule) == ("Not published", None)
    with pytest.raises(Refusal, match="no such line"):
        kept.agree(fire, hidden.line, whole, StageGrade.B, "", by="Eve")


def test_the_shift_is_of_bodies_in_both_years_alone(store: Store) -> None:
    care = number_of(store, "Home care")
    kept.agree(store, care, stages.one(Stage.PREVENTION), StageGrade.B, "", by="Ann")
    nhs = replace(submission("nhs", [line("Wards", 5000, "care")]), organisation="nhs")
    receive(store, nhs, b"", by="test")
    shift = Answers(store, SCOPE).shift_to_early("2015-16")
    assert shift
    assert (shift.bodies, shift.after.whole, shift.change) == (("council",), 1000, 0)
    assert Answers(store, SCOPE).shift_to_early("2010-11") is None


def test_the_command_prints_parts_that_make_the_total(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(store.path))
    store.close()
    assert main(["prevention", "--year", YEAR, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    for parts in (said["by_stage"], said["by_how"], said["by_grade"]):
        assert sum(map(Decimal, parts.values())) == Decimal(said["total"]) == 1000
    assert (said["early"], said["on_services"], said["shift"]["from"]) == ("380.00", "1000.00", "2015-16")
