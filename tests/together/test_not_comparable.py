"""Money that is one sum for many services is not compared by service, and a few pounds make nobody a payer."""

from decimal import Decimal

from budget_model.count.ranked import most_payers, ring_fenced, shared_service
from budget_model.count.results import Cell, PartOfTotal
from budget_model.together import meeting
from budget_model.together.alignment import By, align, matrix, pairs
from budget_model.together.spend import JointSpend, OneSum, in_one_sum
from budget_model.together.telling import overlaps_of
from budget_model.vocabulary import OrganisationType

SHORT = {"council": "Council", "nhs": "Commissioner", "culture": "Culture", "tax": "Tax office"}
KINDS = {"council": OrganisationType.COUNCIL, "nhs": OrganisationType.NHS}


def spent(body: str, service: str, amount: int, board: str = "healthy") -> JointSpend:
    kind = KINDS.get(body, OrganisationType.CENTRAL_DEPARTMENT)
    return JointSpend(body, kind, service, board, Decimal(amount))


SPEND = (
    spent("council", "care", 70_000),
    spent("council", "museums", 3_000),
    spent("culture", "museums", 2_000),
    spent("nhs", "whole-allocation", 300_000),
    spent("tax", "museums", 418),
)
ONE_SUM = in_one_sum(SPEND, frozenset({"whole-allocation"}))
COMPARED = tuple(item for item in SPEND if item.service != "whole-allocation")
LEAST = Decimal(1_000)


def part(key: str, amount: int) -> PartOfTotal:
    money = Decimal(amount)
    return PartOfTotal(key, key.capitalize(), money, money, Decimal(0), money, money)


def test_a_body_whose_money_is_one_sum_is_named_before_whom_the_council_overlaps_most_with() -> None:
    overlaps = overlaps_of("council", pairs(COMPARED, LEAST))
    assert meeting.of_partners("council", overlaps, SHORT, ONE_SUM) == (
        "Commissioner cannot be compared by service: £300k of its money is one sum for many services. "
        "Of the rest, Council has most in common with Culture."
    )


def test_two_bodies_with_nothing_in_common_are_told_why() -> None:
    assert meeting.nothing_in_common(("council", "nhs"), ONE_SUM, SHORT).startswith("Commissioner cannot")
    assert meeting.nothing_in_common(("council", "tax"), ONE_SUM, SHORT) == (
        "Council and Tax office spend on no service in common in this choice."
    )


def test_nobody_is_named_where_every_body_s_money_is_by_service() -> None:
    assert in_one_sum(SPEND, frozenset()) == ()
    assert meeting.not_comparable((), SHORT) == ""


def test_418_pounds_make_no_payer_and_stay_in_the_total() -> None:
    (museums,) = [alignment for alignment in align(COMPARED, least=LEAST) if alignment.key == "museums"]
    assert [body for body, _ in museums.funders] == ["council", "culture"]
    assert museums.total == 5_418
    assert "tax" not in matrix(COMPARED, "common", LEAST).rows


def test_a_board_counts_all_its_money_and_only_its_payers() -> None:
    (board,) = align(SPEND, by=By.THEME, least=LEAST)
    assert [body for body, _ in board.funders] == ["nhs", "council", "culture"]
    assert board.total == 375_418


def test_sentences_count_no_payer_under_the_threshold() -> None:
    cells = [Cell(("museums", item.organisation), item.amount) for item in SPEND if item.service == "museums"]
    shared = shared_service([part("museums", 5_418)], cells, SHORT, LEAST)
    most = most_payers([part("museums", 5_418)], cells, least=LEAST)
    assert shared
    assert shared.sentence == "Two bodies spend £5,000 on museums; Council pays 60% of it."
    assert most
    assert most.sentence == "“Museums” has the most payers: two bodies spend £5,000 on it."


def test_several_sums_are_named_with_their_size() -> None:
    sums = (OneSum("nhs", Decimal(300_000)), OneSum("culture", Decimal(20_000)))
    assert meeting.not_comparable(sums, SHORT) == (
        "Commissioner (£300k) and Culture (£20k) cannot be compared by service with that money: each is one sum "
        "for many services."
    )


def test_money_that_nothing_is_known_of_has_its_own_share_beside_what_is_ring_fenced() -> None:
    fences = [part("statutory", 50), part("none", 20), part("conditions", 20), part("unknown", 10)]
    finding = ring_fenced(Decimal(100), fences)
    assert finding
    assert finding.sentence == "£50 is tied by law to one purpose, 50% of what is spent on services."
    assert finding.why == (
        "£20 is known to be tied to nothing; £20 comes with conditions; of £10 nothing says whether it is tied."
    )
