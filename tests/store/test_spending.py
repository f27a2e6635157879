"""Every breakdown of the place's money adds up to the same total, in both views and in any scope."""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget_model.answers import ASKED_TOGETHER, Answers
from budget_model.place.model import Share, TransferKind
from budget_model.scope import Scope
from budget_model.store.mapped import map_everything, mismatches
from budget_model.store.places import keep_place
from budget_model.store.spending import by, lines, pivot, providers, submissions, total
from budget_model.store.store import Store
from budget_model.vocabulary import Basis, Dimension, Kind, Phase, ShareBasis, Side, View
from tests.towns import YEAR, line, receive, submission, town, transfer

SCOPE = Scope(year=YEAR)


@pytest.fixture
def store(empty_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(empty_made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def load(store: Any, place: Any, *sent: Any) -> None:
    with store.writing() as writer:
        keep_place(writer, place)
    for one in sent:
        receive(store, one, b"", by="test")


def test_the_place_s_share_of_the_police_is_a_quarter_of_its_lines(store: Store) -> None:
    load(
        store,
        town(),
        submission("police", [line("Response", "164245000", "safety")], share="quarter", grade=4),
    )
    counted = total(store, SCOPE)
    assert counted.total == Decimal("40098656.69")  # 164,245,000 × 248.9 / 1,019.5 = 40,098,656.694…
    assert counted.high - counted.total == Decimal("6014798.50")  # ±15% at grade 4, all of one share's error


def test_who_provides_is_unknown_for_the_lines_that_do_not_say(store: Store) -> None:
    stated = line("Homes", 300, "care", row=1, provider_type="private")
    load(store, town(), submission("council", [stated, line("Roads", 100, "safety", row=2)]))
    assert providers(store, SCOPE) == (("", Decimal("100.00")), ("private", Decimal("300.00")))
    shown = Answers(store, SCOPE.switched(view=View.PROVIDER), town())
    assert shown.provider_unknown() == Decimal("100.00")
    assert "of £100 (25%) the lines do not say who provides in the end" in shown.not_passed_on()
    assert Answers(store, SCOPE, town()).not_passed_on() == ""


def thirds(body: str) -> Share:
    """A third of a body's money by residents: two bodies' thirds stand on one ratio."""
    return Share(
        f"{body}-third",
        body,
        "2016-17",
        ShareBasis.RESIDENT_POPULATION,
        Decimal(1),
        "",
        Decimal(3),
        "",
        5,
        "",
        "",
    )


def test_errors_of_bodies_that_share_one_ratio_add_up_and_those_of_their_own_figures_do_not(
    store: Store,
) -> None:
    place = town(shares=(thirds("police"), thirds("council")))
    sent = [
        submission(body, [line("All of it", "300", "safety")], share=f"{body}-third", grade=5)
        for body in ("police", "council")
    ]
    load(store, place, *sent)
    counted = total(store, SCOPE)
    assert (counted.total, counted.high) == (Decimal(200), Decimal(250))  # 25% of 100 and of 100, together
    assert [part.high - part.amount for part in by(store, SCOPE, Dimension.SERVICE)] == [Decimal(50)]
    apart = replace(thirds("council"), numerator=Decimal(2), denominator=Decimal(6), error_source="A table")
    half = replace(thirds("police"), numerator=Decimal(1), denominator=Decimal(2), error_source="A table")
    load(store, town(shares=(half, apart)), *sent)
    assert total(store, SCOPE).high == Decimal(
        "312.50"
    )  # 25% of 150 and of 100, from one table by two ratios
    own = [submission(body, [line("All of it", "100", "safety")], grade=5) for body in ("police", "council")]
    load(store, town(), *own)
    assert total(store, SCOPE).high == Decimal("235.36")  # √(25² + 25²) above 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    amount=st.decimals(-(10**12), 10**12, places=2),
    parts=st.tuples(st.integers(0, 10**7), st.integers(1, 10**7)),
)
def test_the_place_s_part_of_an_amount_is_exact_in_the_store_and_in_the_model(
    store: Store, amount: Any, parts: Any
) -> None:
    numerator, denominator = Decimal(min(parts)) / 10, Decimal(max(parts)) / 10
    exact = Fraction(amount) * Fraction(numerator) / Fraction(denominator) * 100
    pennies = int(abs(exact) + Fraction(1, 2)) * (1 if exact >= 0 else -1)
    share = replace(thirds("council"), numerator=numerator, denominator=denominator)
    assert share.of(amount) * 100 == pennies
    asked = {"amount": amount, "numerator": numerator, "denominator": denominator}
    assert store.select("select city_part($amount, $numerator, $denominator)", asked)[0][0] * 100 == pennies


def test_income_is_taken_off_net_and_left_out_gross(store: Store) -> None:
    load(
        store,
        town(),
        submission(
            "council", [line("Homes", 54554, "homes"), line("Rents", 56708, "homes", side=Side.INCOME)]
        ),
    )
    assert total(store, SCOPE).total == -2154
    assert total(store, SCOPE.switched(basis=Basis.GROSS)).total == 54554
    assert total(store, SCOPE.switched(housing_revenue_account=False)).total == 0


def test_money_with_no_service_is_on_the_map_as_unmapped(store: Store) -> None:
    load(store, town(), submission("council", [line("Something", 100), line("Roads", 50, "roads")]))
    assert total(store, SCOPE).unmapped == 100
    assert {part.key: part.amount for part in by(store, SCOPE, Dimension.SERVICE)} == {
        "unmapped": 100,
        "roads": 50,
    }


def test_the_payer_keeps_the_money_in_one_view_and_the_spender_in_the_other(store: Store) -> None:
    load(
        store,
        town(transfers=[transfer("t", "council", "nhs", 40)]),
        submission("council", [line("Care", 100, "care")]),
        submission("nhs", [line("Nursing", 60, "health")]),
    )
    payer = {p.key: p.amount for p in by(store, SCOPE, Dimension.ORGANISATION)}
    spender = {p.key: p.amount for p in by(store, SCOPE.switched(view=View.PROVIDER), Dimension.ORGANISATION)}
    assert payer == {"council": 100, "nhs": 20}
    assert spender == {"council": 60, "nhs": 60}
    assert total(store, SCOPE).gross == 160
    assert total(store, SCOPE).eliminated == 40


def test_a_budget_handed_down_is_the_receiver_s_in_both_views(store: Store) -> None:
    load(
        store,
        town(transfers=[transfer("t", "council", "nhs", 40, kind=TransferKind.ALLOCATION)]),
        submission("council", [line("Care", 100, "care")]),
        submission("nhs", [line("Nursing", 60, "health")]),
    )
    for view in View:
        held = {p.key: p.amount for p in by(store, SCOPE.switched(view=view), Dimension.ORGANISATION)}
        assert held == {"council": 60, "nhs": 60}


def test_a_transfer_to_a_body_that_is_not_mapped_is_not_eliminated(store: Store) -> None:
    load(
        store,
        town(transfers=[transfer("t", "council", "trust", 40)]),
        submission("council", [line("Care", 100, "care")]),
    )
    assert total(store, SCOPE).eliminated == 0


def test_a_transfer_goes_when_the_money_at_its_other_end_is_switched_out(store: Store) -> None:
    load(
        store,
        town(transfers=[transfer("t", "council", "nhs", 40)]),
        submission("council", [line("Schools", 100, "schools")]),
        submission("nhs", [line("School nurses", 60, "health")]),
    )
    for view in View:
        assert total(store, SCOPE.switched(view=view, schools=False)).total == 60


def test_two_sides_that_disagree_are_listed_to_be_settled(store: Store) -> None:
    load(
        store,
        town(transfers=[transfer("t", "council", "nhs", 40, 35)]),
        submission("council", [line("Care", 100, "care")]),
        submission("nhs", [line("Nursing", 60, "health")]),
    )
    (mismatch,) = mismatches(store, YEAR)
    assert (mismatch.payer_states, mismatch.payee_states, mismatch.eliminated) == (40, 35, 35)


def test_a_new_file_supersedes_the_old_one_and_the_old_one_is_kept(store: Store) -> None:
    load(
        store,
        town(),
        submission("council", [line("Care", 100, "care")]),
        submission("council", [line("Care", 90, "care")]),
    )
    assert total(store, SCOPE).total == 90
    assert sorted(one.status for one in submissions(store, YEAR)) == ["approved", "superseded"]


def test_the_outturn_is_counted_before_the_budget_and_each_can_be_asked_for(store: Store) -> None:
    load(
        store,
        town(),
        submission("council", [line("Care", 100, "care")], phase=Phase.ORIGINAL_BUDGET),
        submission("council", [line("Care", 110, "care")], phase=Phase.OUTTURN),
    )
    assert total(store, SCOPE).total == 110
    assert total(store, SCOPE.switched(phase=Phase.ORIGINAL_BUDGET)).total == 100


def test_a_line_leads_back_to_its_cell(store: Store) -> None:
    load(
        store,
        town(),
        submission("council", [line("Care homes", 100, {"care": "0.25", "health": "0.75"}, row=17)]),
    )
    lines_found = lines(store, SCOPE, {Dimension.ORGANISATION: "council"})
    (one,) = lines_found.lines
    assert (one.file, one.sheet, one.row, one.column) == ("council.xlsx", "Budget", 17, "B")
    assert one.city_amount == 100
    assert lines(store, SCOPE, {Dimension.SERVICE: "care"}).lines[0].city_amount == 25
    assert lines(store, SCOPE, text="CARE HO").how_many == 1
    assert (
        lines(store, SCOPE, text="homes care").how_many
        == lines(store, SCOPE, text="care homes").how_many
        == 1
    )
    assert lines(store, SCOPE, text="homes zeppelins").how_many == 0
    assert lines(store, SCOPE, text="' or 1=1 --").how_many == 0


pounds = st.integers(-2_000_00, 20_000_00).map(lambda pennies: Decimal(pennies) / 100)
some_service = st.sampled_from(
    [
        None,
        "care",
        "health",
        "schools",
        "homes",
        "safety",
        "roads",
        {"care": "0.333333", "schools": "0.666667"},
    ]
)
some_line = st.builds(
    line,
    st.just("a line"),
    pounds,
    some_service,
    side=st.sampled_from([Side.EXPENDITURE, Side.EXPENDITURE, Side.INCOME]),
    kind=st.sampled_from(Kind),
    grade=st.one_of(st.none(), st.integers(1, 6)),
)
some_submission = st.builds(
    submission,
    st.sampled_from(["council", "nhs", "police"]),
    st.lists(some_line, max_size=6),
    phase=st.sampled_from([Phase.ORIGINAL_BUDGET, Phase.OUTTURN]),
    share=st.sampled_from(["whole", "quarter"]),
)
some_transfer = st.tuples(
    st.permutations(["council", "nhs", "police", "trust"]),
    pounds.map(abs),
    st.one_of(st.none(), pounds.map(abs)),
    st.sampled_from(TransferKind),
)
some_scope = st.builds(
    Scope,
    year=st.just(YEAR),
    phase=st.sampled_from([None, Phase.ORIGINAL_BUDGET, Phase.OUTTURN]),
    basis=st.sampled_from(Basis),
    schools=st.booleans(),
    transfers_to_individuals=st.booleans(),
    capital=st.booleans(),
    housing_revenue_account=st.booleans(),
)


@pytest.mark.slow
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(some_submission, max_size=5),
    st.lists(some_transfer, max_size=5),
    st.lists(some_scope, min_size=2, max_size=3),
)
def test_every_breakdown_adds_up_to_the_same_total_in_both_views(
    store: Store, sent: Any, flows: Any, scopes: Any
) -> None:
    transfers = [
        transfer(f"t{number}", bodies[0], bodies[1], amount, payee_amount, kind=kind)
        for number, (bodies, amount, payee_amount, kind) in enumerate(flows)
    ]
    with store.writing() as writer:
        for table in ("submission", "submission_event", "line", "line_service", "mapped", "mapped_sum"):
            writer.execute(f"delete from {table}")
    load(store, town(transfers=transfers), *sent)
    for number, scope in enumerate(scopes):
        ways = list(Dimension) if number == 0 else [Dimension.ORGANISATION, Dimension.THEME]
        whole = {view: total(store, scope.switched(view=view)) for view in View}
        assert whole[View.COMMISSIONER].total == whole[View.PROVIDER].total
        for view, dimension in itertools.product(View, ways):
            asked = scope.switched(view=view)
            parts = by(store, asked, dimension)
            assert sum((part.amount for part in parts), Decimal(0)) == whole[view].total
            assert all(part.amount == part.gross - part.eliminated for part in parts)
        cells = pivot(store, scope, [Dimension.ORGANISATION, Dimension.THEME])
        assert sum((cell.amount for cell in cells), Decimal(0)) == whole[View.COMMISSIONER].total
        assert lines(store, scope, limit=1).city_amount == whole[View.COMMISSIONER].total
        answers = Answers(store, scope, town(transfers=transfers))
        for dimensions in ASKED_TOGETHER:
            for some_of in (dimensions[1:], dimensions[:2], (dimensions[3], dimensions[0]), dimensions[:1]):
                assert answers.pivot(*some_of) == pivot(store, scope, some_of)


def test_the_map_made_again_from_what_is_in_force_is_the_same(store: Store) -> None:
    load(
        store,
        town(transfers=[transfer("t", "council", "nhs", 40)]),
        submission("council", [line("Care", "100.01", "roads")]),
        submission("nhs", [line("Nursing", "60.07", "health")], share="quarter"),
    )
    before = sorted(map(str, store.select("select * from mapped")))
    with store.writing() as writer:
        map_everything(writer)
    assert sorted(map(str, store.select("select * from mapped"))) == before
