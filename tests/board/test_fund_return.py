"""The return of a pooled fund: filled from the register, written, read back the same, and never sent with a fault."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from budget_model.__main__ import main
from budget_model.access import Act, Asker, Grant, Role
from budget_model.board.fund_workbook import read_return, write_return
from budget_model.intake.plain_sheets import PlainBook, PlainSheet, read_plain
from budget_model.problem import Refusal
from budget_model.store import joint, returns
from budget_model.store.checks import check
from budget_model.store.store import Store
from budget_model.together import fund_return
from budget_model.together.fund_return import (
    AreaOfSpend,
    Condition,
    FundReturn,
    Income,
    IncomeSource,
    Met,
    Metric,
    Scheme,
    Signature,
    Signer,
)
from budget_model.together.pools import Contribution, Pool
from tests.towns import YEAR, line, receive, submission, town

BODIES = {body.id: body for body in town().organisations}
SERVICES = {service.id: service for service in town().services}
POOL = Pool(
    "care-pool",
    "Care together",
    YEAR,
    host="council",
    aims="Home sooner",
    contributions=(
        Contribution("council", Decimal(600), "care", what="Home care"),
        Contribution("nhs", Decimal(400), "health", minimum=Decimal(350)),
        Contribution("trust", Decimal(90), "health", in_kind=True),
    ),
)


def test_a_pool_fills_income_and_schemes_that_both_come_to_its_total() -> None:
    filled_return = fund_return.filled(POOL, BODIES, SERVICES)
    assert filled_return.total == filled_return.spent == POOL.total == 1000
    assert filled_return.by_source == {
        IncomeSource.NHS_MINIMUM: (400, 400),
        IncomeSource.LOCAL_MORE: (600, 600),
    }
    assert filled_return.by_area == {AreaOfSpend.SOCIAL_CARE: 600, AreaOfSpend.OTHER: 400}
    assert filled_return.from_nhs == 400


def test_money_of_a_grant_that_the_return_names_stands_under_that_grant() -> None:
    puts = [replace(each, line=number) for number, each in enumerate(POOL.contributions, 1)]
    pool = replace(POOL, contributions=(*puts, Contribution("council", Decimal(50), "care", line=4)))
    terms = {1: "ibcf", 2: "nhs-allocation", 4: "disabled-facilities-grant"}
    assert fund_return.filled(pool, BODIES, SERVICES, terms).by_source == {
        IncomeSource.NHS_MINIMUM: (400, 400),
        IncomeSource.LOCAL_GRANT: (600, 600),
        IncomeSource.DISABLED_FACILITIES: (50, 50),
    }


def test_one_signature_is_given_and_every_other_stays() -> None:
    filled_return = fund_return.filled(POOL, BODIES, SERVICES)
    first = filled_return.next_to_sign[0]
    signed = fund_return.signed_by(filled_return, first, "C. Finance", date(2026, 5, 1))
    assert signed.signatures[0] == replace(first, name="C. Finance", on=date(2026, 5, 1))
    assert signed.signatures[1:] == filled_return.signatures[1:]
    assert (filled_return.signed, signed.signed) == (0, 1)


def test_a_pool_of_several_councils_and_commissioners_has_a_signature_of_each() -> None:
    second = replace(BODIES["council"], id="county")
    puts = (*POOL.contributions, Contribution("county", Decimal(5), "care"))
    filled_return = fund_return.filled(
        replace(POOL, contributions=puts), BODIES | {"county": second}, SERVICES
    )
    of = [(each.signer, each.body) for each in filled_return.signatures]
    assert [body for signer, body in of if signer is Signer.LOCAL_CHIEF] == ["council", "county"]
    assert [body for signer, body in of if signer is Signer.FINANCE] == ["council", "county", "nhs"]
    assert [body for signer, body in of if signer is Signer.BOARD] == ["council", "county"]


def test_who_signs_next_follows_the_order_and_one_who_signed_too_early_is_named() -> None:
    filled_return = fund_return.filled(POOL, BODIES, SERVICES)
    assert {each.signer for each in filled_return.next_to_sign} == {Signer.FINANCE}
    early = tuple(
        replace(each, on=date(2026, 5, 1)) if each.signer is Signer.BOARD else each
        for each in filled_return.signatures
    )
    wrong = list(fund_return.faults(replace(filled_return, signatures=early), str))
    assert (
        "The chair of the health and wellbeing board of council signed before those who come first." in wrong
    )


def test_everything_that_keeps_a_return_from_being_sent_is_said() -> None:
    filled_return = replace(
        fund_return.filled(POOL, BODIES, SERVICES),
        income=(
            Income("nhs", IncomeSource.NHS_MINIMUM, Decimal(300), Decimal(350)),
            Income("council", IncomeSource.LOCAL_MORE, Decimal(600)),
        ),
        social_care_minimum=Decimal(50),
    )
    wrong = " ".join(fund_return.faults(filled_return, str))
    assert "no income pays for £100" in wrong
    assert "Schemes spend £400 of “NHS minimum contribution”, and its income is £300" in wrong
    assert "nhs contributes £300 of “NHS minimum contribution”, below its minimum of £350" in wrong
    assert "£0 of the NHS minimum contribution goes on social care, below the minimum of £50" in wrong
    assert "Two schemes do not say who provides" in wrong


def test_a_return_with_nothing_to_settle_can_be_sent() -> None:
    filled_return = fund_return.filled(POOL, BODIES, SERVICES)
    whole = replace(
        filled_return,
        schemes=tuple(replace(each, provider="The trust") for each in filled_return.schemes),
        signatures=tuple(replace(each, name="A", on=date(2026, 5, 1)) for each in filled_return.signatures),
        conditions=tuple(replace(each, met=Met.YES) for each in filled_return.conditions),
        metrics=tuple(replace(each, planned=Decimal(9)) for each in filled_return.metrics),
    )
    assert list(fund_return.faults(whole, str)) == []
    assert fund_return.sentence(whole, ()).endswith("it can be sent.")
    (made_up,) = fund_return.faults(replace(whole, illustrative=True), str)
    assert made_up == "It is illustrative: no such agreement is published, so there is nothing to send."


def test_a_better_care_fund_has_the_conditions_and_metrics_of_its_year_and_another_fund_none() -> None:
    filled_return = fund_return.filled(POOL, BODIES, SERVICES)
    assert (len(filled_return.conditions), len(filled_return.metrics)) == (6, 4)
    wrong = " ".join(fund_return.faults(filled_return, str))
    assert "Six national conditions are not confirmed." in wrong
    assert "Four national metrics have no planned figure." in wrong
    first = replace(filled_return.conditions[0], met=Met.NO)
    unmet = list(
        fund_return.faults(replace(filled_return, conditions=(first, *filled_return.conditions[1:])), str)
    )
    assert f"A national condition is not met: “{first.name}”." in unmet
    unbound = tuple(replace(each, minimum=None) for each in POOL.contributions)
    other = fund_return.filled(replace(POOL, contributions=unbound), BODIES, SERVICES)
    assert (other.conditions, other.metrics) == ((), ())
    later = fund_return.filled(replace(POOL, year="2025-26"), BODIES, SERVICES)
    assert (len(later.conditions), len(later.metrics)) == (0, 3)
    assert all(each.source for year in (YEAR, "2017-18", "2025-26") for each in fund_return.named_for(year))


def test_a_council_that_joins_in_the_workbook_has_to_be_among_those_who_sign() -> None:
    filled_return = fund_return.filled(POOL, BODIES, SERVICES)
    joined = replace(
        filled_return, income=(*filled_return.income, Income("county", IncomeSource.LOCAL_MORE, Decimal(5)))
    )
    assert "county contributes, and nobody of it is among those who sign." in fund_return.faults(joined, str)
    chain = replace(joined, signatures=(*filled_return.signatures, Signature(Signer.FINANCE, "county")))
    assert not [each for each in fund_return.faults(chain, str) if "nobody of it" in each]


def test_the_file_itself_says_that_its_layout_is_from_memory() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_return(fund_return.filled(POOL, BODIES, SERVICES))))
    cover = {row[0]: row[1] for row in book["Cover"].iter_rows(values_only=True)}
    assert "the sheets of income and expenditure were not" in str(cover["Layout"])


def test_a_return_with_nothing_in_it_cannot_be_sent() -> None:
    empty = fund_return.filled(replace(POOL, contributions=()), BODIES, SERVICES)
    assert list(fund_return.faults(empty, str)) == ["It has neither income nor schemes yet."]


@pytest.mark.parametrize("typed", ["NaN", "1e30"])
def test_what_is_no_sum_of_money_is_refused_in_a_workbook(typed: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_return(fund_return.filled(POOL, BODIES, SERVICES))))
    book["Income"]["C4"] = typed
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(Refusal) as refusal:
        read_return(plainly(kept.getvalue()), "r.xlsx")
    assert f"“{typed}” is not an amount in pounds." in str(refusal.value.problems[0])


WORDS = some.text("abc =+-@'É\"&<", min_size=1, max_size=8).map(str.strip).filter(bool)
MONEY = some.decimals(0, 10_000_000, places=2)
INCOMES = some.builds(
    Income, WORDS, some.sampled_from(IncomeSource), MONEY, some.none() | MONEY, some.just("") | WORDS
)
SCHEMES = some.builds(
    Scheme,
    WORDS,
    some.sampled_from(AreaOfSpend),
    WORDS,
    some.sampled_from(IncomeSource),
    MONEY,
    some.just("") | WORDS,
    some.just("") | WORDS,
)
DAYS = some.none() | some.dates(date(2000, 1, 1), date(2100, 1, 1))
SIGNED = some.builds(Signature, some.sampled_from(Signer), WORDS, some.just("") | WORDS, DAYS)
CONDITIONS = some.builds(Condition, WORDS, some.sampled_from(Met), some.just("") | WORDS)
METRICS = some.builds(Metric, WORDS, some.none() | MONEY, some.none() | MONEY, some.just("") | WORDS)
RETURNS = some.builds(
    FundReturn,
    WORDS,
    WORDS,
    some.just(YEAR),
    some.just("") | WORDS,
    some.lists(INCOMES, max_size=3).map(tuple),
    some.lists(SCHEMES, max_size=3).map(tuple),
    some.none() | MONEY,
    some.lists(SIGNED, max_size=3).map(tuple),
    some.booleans(),
    some.lists(CONDITIONS, max_size=3).map(tuple),
    some.lists(METRICS, max_size=3).map(tuple),
)


def plainly(data: bytes) -> PlainBook:
    """The cells of a workbook, read without a process of its own, so that many can be read."""
    book = openpyxl.load_workbook(io.BytesIO(data))

    def text(value: object) -> str:
        return "" if value is None else value.date().isoformat() if hasattr(value, "date") else str(value)

    return PlainBook(
        tuple(
            PlainSheet(sheet.title, tuple(tuple(map(text, row)) for row in sheet.iter_rows(values_only=True)))
            for sheet in book
        )
    )


@settings(max_examples=15)
@given(RETURNS)
def test_a_return_that_is_written_and_read_back_is_the_same(filled_return: FundReturn) -> None:
    assert read_return(plainly(write_return(filled_return)), "return.xlsx") == filled_return


def test_the_guarded_reader_reads_the_workbook_of_a_return() -> None:
    filled_return = fund_return.filled(POOL, BODIES, SERVICES)
    signed = replace(
        filled_return,
        signatures=(
            replace(filled_return.signatures[0], name="A. N.", on=date(2026, 5, 1)),
            *filled_return.signatures[1:],
        ),
    )
    assert read_return(read_plain(write_return(signed), "return.xlsx"), "return.xlsx") == signed


def test_what_cannot_be_taken_is_named_by_its_cell() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_return(fund_return.filled(POOL, BODIES, SERVICES))))
    book["Income"]["C4"], book["Expenditure"]["B5"], book["Sign-off"]["D4"] = "tbc", "Care", "soon"
    book["Conditions"]["B4"], book["Metrics"]["C4"] = "perhaps", "many"
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(Refusal) as refusal:
        read_return(plainly(kept.getvalue()), "r.xlsx")
    assert len(refusal.value.problems) == 5
    said = " ".join(map(str, refusal.value.problems))
    assert "sheet 'Income', cell C4: “tbc” is not an amount in pounds." in said
    assert "sheet 'Expenditure', cell B5: “Care” is no area of spend. Write one of: Acute" in said
    assert "sheet 'Sign-off', cell D4: “soon” is no date." in said
    assert "sheet 'Conditions', cell B4: “perhaps” is no answer. Write one of: yes, no." in said
    assert "sheet 'Metrics', cell C4: “many” is not a figure." in said


def test_a_workbook_that_is_no_return_is_refused_with_what_it_lacks() -> None:
    with pytest.raises(Refusal) as refusal:
        read_return(PlainBook((PlainSheet("Cover", ()),)), "r.xlsx")
    assert "There is no sheet “Income”." in str(refusal.value.problems[0])


@pytest.fixture
def store(town_made: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "budget.duckdb"
    path.write_bytes(town_made.read_bytes())
    with Store(path) as opened:
        receive(opened, submission("council", [line("Home care", 600, "care")]), b"", by="test")
        joint.keep_pool(opened, POOL, by="test")
        yield opened


def test_a_return_is_the_registers_until_it_is_kept_and_nobody_overwrites_another(store: Store) -> None:
    (fresh,) = returns.returns(store)
    assert (fresh.wording, fresh.found.total) == (0, 1000)
    returns.keep_return(store, replace(fresh.found, social_care_minimum=Decimal(5)), by="Ann")
    (kept,) = returns.returns(store)
    assert (kept.made_by, kept.found.social_care_minimum) == ("Ann", 5)
    with pytest.raises(Refusal, match="Ann changed this return"):
        returns.keep_return(store, fresh.found, by="Bob")
    with pytest.raises(Refusal, match="no fund"):
        returns.keep_return(store, replace(fresh.found, pool="other"), by="Bob")
    with pytest.raises(Refusal, match="knows no body “fire”"):
        returns.keep_return(
            store, replace(fresh.found, income=(Income("fire", IncomeSource.OTHER, Decimal(1)),)), by="Bob"
        )
    eve = store.asked_by(Asker("Eve", "eve@x.example", (Grant(Role.OFFICER, "council"),)))
    with pytest.raises(Refusal, match="may not record decisions"):
        returns.keep_return(eve, kept.found, by="Eve", seen=kept.wording)
    assert [one.law for one in check(store) if one.troubles and "original file" not in one.law] == []


def test_the_source_of_income_is_the_grant_of_the_line_unless_only_its_total_is_shown(store: Store) -> None:
    with store.writing(Act.WORK_TOGETHER) as writer:
        writer.execute("update funding_stream set terms = 'disabled-facilities-grant' where id = 'grant'")
        writer.execute("update line set funding_stream = 'grant'")
        (number,) = (int(row[0]) for row in writer.execute("select id from line"))
    pool = replace(POOL, contributions=(Contribution("council", Decimal(600), "care", line=number),))
    joint.keep_pool(store, pool, by="test")
    (kept_return,) = returns.returns(store)
    assert list(kept_return.found.by_source) == [IncomeSource.DISABLED_FACILITIES]
    with store.writing(Act.WORK_TOGETHER) as writer:
        writer.execute("update line set sensitivity = 'totals only'")
    (kept_return,) = returns.returns(store)
    assert list(kept_return.found.by_source) == [IncomeSource.LOCAL_MORE]


def test_the_command_writes_a_return_and_reads_it_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(store.path))
    store.close()
    out = str(tmp_path / "return.xlsx")
    assert main(["fund-return", "--out", out, "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert main(["fund-return", "--read", out, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == first
    assert (first["income"], first["expenditure"]) == ("1000.00", "1000.00")
