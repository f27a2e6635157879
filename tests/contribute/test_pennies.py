"""A penny is a penny: what a file says finer than that is rounded by one rule, and is no difference."""

from decimal import Decimal
from typing import Any

import pytest

from budget_model.contribute.about import About
from budget_model.contribute.certificate import certificate_before
from budget_model.contribute.compose import Said, compose
from budget_model.vocabulary import Reconciliation
from tests.contribute.files import read
from tests.towns import YEAR, town


def composed(amounts: Any, printed: Any, control: Any = None, unit: str = "£") -> Any:
    rows = [f"Service,2016-17 {unit}", *(f"Service {k},{amount}" for k, amount in enumerate(amounts))]
    text = "\n".join([*rows, *([f"Total,{printed}"] if printed else [])]) + "\n"
    about = About("council", YEAR)
    return compose(read(text.encode(), "b.csv"), Said(about, control_total=control), town())


@pytest.mark.parametrize(
    ("amounts", "printed"),
    [
        (["333333.333333", "333333.333333", "333333.333334"], "1000000"),
        (["100.005", "200.005", "300.005"], "600.015"),
        (["0.30000000000000004", "1200.7", "884.15"], "2085.15"),
        (["1234.565", "2345.675", "3456.785"], "7037.025"),
        (["412500.004", "388250.004", "120400.004"], "921150.012"),
    ],
)
def test_amounts_finer_than_a_penny_agree_with_their_total_to_the_penny(amounts: Any, printed: Any) -> None:
    made = composed(amounts, printed)
    assert made.agreement.state is Reconciliation.RECONCILED
    assert made.agreement.difference == 0
    assert all(line.amount == round(line.amount, 2) for line in made.submission.lines)
    assert certificate_before(made, "Anytown Council", {}).state is Reconciliation.RECONCILED


def test_a_typed_total_is_held_against_what_is_kept_to_the_penny() -> None:
    thirds = ["333333.333333", "333333.333333", "333333.333333"]
    assert composed(thirds, "", Decimal("1000000.00")).agreement.state is Reconciliation.RECONCILED
    short = composed(thirds, "", Decimal("1000000.01"))
    assert short.agreement.sentence == "What was read is £0.01 less than the control total of £1,000,000.01."


def test_thousands_with_many_places_are_whole_pennies() -> None:
    made = composed(["412.5123456", "388.2501234", "120.4"], "921.162469", unit="£000")
    assert made.agreement.state is Reconciliation.RECONCILED
    assert made.submission.read_total == Decimal("921162.47")
