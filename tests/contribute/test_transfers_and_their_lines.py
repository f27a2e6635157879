"""A transfer cannot be larger than the lines that it is said to be in."""

from budget_model.contribute.load_place import larger_than_their_lines
from tests.towns import line, submission, town, transfer


def test_a_transfer_larger_than_its_line_is_named_with_its_row() -> None:
    place = town(transfers=[transfer("a", "council", "nhs", 40), transfer("b", "council", "nhs", 101)])
    (fault,) = larger_than_their_lines(place, [submission("council", [line("Care", 100, "care")])])
    assert str(fault) == (
        "transfers.csv, row 3: The transfer 'b' states £101.00, more than the £100.00 of the lines that it is in. "
        "Correct payer_amount, or name the lines that it is paid from."
    )


def test_only_the_lines_that_it_names_count() -> None:
    place = town(transfers=[transfer("a", "council", "nhs", 40, payer_lines=("C1",), payer_service="care")])
    sent = [
        submission("council", [line("Care", 30, "care", code="C1"), line("Care", 100, "care", code="C2")])
    ]
    assert len(larger_than_their_lines(place, sent)) == 1


def test_a_payer_that_is_not_mapped_has_no_lines_to_hold_against() -> None:
    assert larger_than_their_lines(town(transfers=[transfer("a", "trust", "nhs", 40)]), []) == []
