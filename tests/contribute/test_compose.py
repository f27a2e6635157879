"""From a file and what its officer said to a submission that says where every pound stands."""

import io
import random
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest

from budget_model.contribute.about import About, financial_year, organisation_of, usual_share
from budget_model.contribute.certificate import certificate_before, page_of, text_of
from budget_model.contribute.compose import DIFFERENCE, Said, compose
from budget_model.contribute.draft import Decision, words_key
from budget_model.contribute.paying import How, Suggested, mapped_share
from budget_model.contribute.submission import ServiceShare
from budget_model.mapping.memory import Confirmed
from budget_model.problem import Refusal
from budget_model.vocabulary import Phase, Reconciliation
from tests.contribute.files import LINES, national, read, workbook
from tests.towns import YEAR, town

COUNCIL = About("council", YEAR)


def confirmed(code, description, *services, organisation="council", back=False):
    shares = tuple((service, Decimal(share)) for service, share in services)
    on = datetime(2016, 4, 1, tzinfo=UTC)
    return Confirmed(organisation, code, description, (), shares, "A. Officer", on, back)


def composed(data=None, said=None, **more):
    return compose(read(data or workbook()), said or Said(COUNCIL), town(), **more)


def test_a_file_that_prints_its_own_total_is_reconciled_without_being_asked():
    made = composed()
    assert made.submission.read_total == 170_000
    assert made.submission.printed_total == 170_000
    assert made.agreement.state is Reconciliation.RECONCILED
    assert [(line.row, line.column, line.amount) for line in made.submission.lines] == [
        (4, "C", 90_000), (5, "C", 60_000), (6, "C", 20_000),
    ]  # fmt: skip


def test_the_typed_control_total_counts_before_the_printed_one_and_the_difference_is_named():
    made = composed(said=Said(COUNCIL, control_total=Decimal("170000.01")))
    assert made.agreement.state is Reconciliation.NOT_RECONCILED
    assert made.agreement.sentence == ("What was read is £0.01 less than the control total of £170,000.01.")


def test_a_difference_that_is_explained_is_no_longer_an_open_one():
    said = Said(
        COUNCIL, explanations={DIFFERENCE: "Levies are not in the file."}, control_total=Decimal(171_000)
    )
    made = composed(said=said)
    assert made.agreement.state is Reconciliation.EXPLAINED
    drawn = certificate_before(made, "Anytown Council", {})
    assert drawn.state is Reconciliation.EXPLAINED
    assert "Levies are not in the file." in text_of(drawn)


def test_a_printed_total_that_its_lines_do_not_make_is_named_with_both_figures():
    made = composed(workbook(total=180_000))
    drawn = certificate_before(made, "Anytown Council", {})
    said = text_of(drawn)
    if made.submission.printed_total is not None:
        assert made.agreement.state is Reconciliation.NOT_RECONCILED
        assert made.agreement.difference == -10_000
    else:  # then the file's total was taken for a line or set aside, and somebody must have been told
        assert made.submission.problems or made.understood.questions
    assert "170,000.00" in said or made.submission.problems


def test_nothing_is_mapped_that_nobody_confirmed_and_no_suggestion_is_sure_of():
    made = composed()
    assert {one.how for one in made.paid} == {How.UNMAPPED}
    assert made.mapped_share == 0
    assert all(not line.services for line in made.submission.lines)


def test_last_year_s_confirmation_maps_the_line_and_says_who_confirmed_it():
    made = composed(confirmed=[confirmed("100", "Care homes for older people", ("care", 1))])
    first = made.submission.lines[0]
    assert first.services == (ServiceShare("care", Decimal(1)),)
    assert "A. Officer" in first.reason
    assert made.paid[0].how is How.REMEMBERED
    assert made.mapped_share == Decimal(90_000) / Decimal(170_000)


def test_a_confirmation_that_was_taken_back_maps_nothing():
    memory = [
        confirmed("100", "Care homes for older people", ("care", 1)),
        confirmed("100", "Care homes for older people", ("care", 1), back=True),
    ]
    assert composed(confirmed=memory).paid[0].how is How.UNMAPPED


def test_the_officer_s_decision_counts_before_memory_and_may_split_a_line():
    halves = (ServiceShare("care", Decimal("0.5")), ServiceShare("health", Decimal("0.5")))
    key = words_key(composed().paid[0].read)
    made = composed(
        said=Said(COUNCIL, decisions={key: Decision(halves, "split", "B. Officer")}),
        confirmed=[confirmed("100", "Care homes for older people", ("care", 1))],
    )
    assert made.submission.lines[0].services == halves
    assert made.paid[0].how is How.OFFICER


def test_a_suggestion_is_applied_only_where_it_is_sure_enough_to_stand_alone():
    def suggests(organisation, lines):
        return [
            (Suggested("care", Decimal("0.98"), "published code", alone=True),),
            (Suggested("health", Decimal("0.98"), "words alike", alone=False),),
            (),
        ]

    made = composed(suggests=suggests)
    assert [one.how for one in made.paid] == [How.SUGGESTED, How.UNMAPPED, How.UNMAPPED]
    assert made.paid[1].suggestions[0].service == "health"


def test_a_confirmation_of_a_service_that_the_place_no_longer_has_is_not_used():
    assert composed(confirmed=[confirmed("100", "Care homes for older people", ("gone", 1))]).paid[0].how is (
        How.UNMAPPED
    )


def test_of_a_national_table_only_the_organisation_s_own_row_is_taken():
    made = composed(national())
    assert Decimal(100_000) in {line.amount for line in made.understood.lines}
    assert {line.body for line in made.understood.lines} == {"Anytown Council"}


def test_a_national_table_without_the_organisation_asks_whose_row_is_meant():
    made = composed(national(("Somewhere Council", "Elsewhere Council")))
    question = next(one for one in made.understood.questions if one.key == "body")
    assert "Anytown Council" in question.ask
    answered = composed(
        national(("Somewhere Council", "Elsewhere Council")), Said(COUNCIL, {"body": "Elsewhere Council"})
    )
    assert {line.body for line in answered.understood.lines} == {"Elsewhere Council"}


def test_figures_headed_with_another_year_are_asked_about():
    made = composed(said=Said(About("council", "2019-20")))
    question = next(one for one in made.understood.questions if one.key == "year")
    assert question.best == "no"
    told = composed(said=Said(About("council", "2019-20"), {"year": "yes"}))
    assert "year" not in {one.key for one in told.understood.questions}


def test_a_body_with_no_share_is_refused_rather_than_counted_whole():
    with pytest.raises(Refusal, match=r"shares\.csv"):
        compose(read(workbook()), Said(About("trust", YEAR)), town())


def test_an_organisation_that_is_not_there_is_answered_with_the_closest():
    with pytest.raises(Refusal, match="council"):
        organisation_of(town(), "the councl")


def test_audited_outturn_of_the_whole_body_is_the_surest():
    made = composed(said=Said(About("council", YEAR, Phase.OUTTURN)))
    assert made.submission.grade == 1
    assert composed().submission.grade == 2
    assert usual_share(town(), COUNCIL).id == "whole"


@pytest.mark.parametrize("text", ["2016", "2016-18", "16-17", "next year", "2016-17; drop table"])
def test_what_is_not_a_financial_year_is_refused(text):
    with pytest.raises(Refusal):
        financial_year(text)


def test_the_certificate_s_page_says_what_the_certificate_says_and_runs_no_script():
    made = composed(workbook((("1", "<script>alert(1)</script>", 5), ("2", "Roads", 6))))
    page = page_of(certificate_before(made, "<b>Council</b>", {"<i>": "x"}))
    assert "<script>" not in page
    assert "<b>Council" not in page
    assert "£11.00" in page


def test_several_sheets_are_each_held_against_their_own_total():
    made = composed(workbook(LINES[:2], sheets=("Adults", "Health")))
    drawn = certificate_before(made, "Anytown Council", {})
    if len(made.understood.sheets) == 2:
        named = {link.name: link for link in drawn.links}
        assert named["Sheet 'Adults'"].against == 150_000
        assert named["Sheet 'Health'"].difference == 0
    else:  # two sheets alike may be two versions of one budget: then that is asked
        assert made.understood.questions or made.understood.left_out


def test_the_share_of_money_that_is_mapped_of_nothing_is_nothing():
    assert mapped_share(()) == 0


def test_payments_dated_in_another_year_are_asked_about_though_no_header_says_so():
    paid = (("2020-04-03", 298_800), ("2020-04-06", 41_219), ("2020-04-07", 906_262))
    book = openpyxl.Workbook()
    book.active.append(["Payment date", "Supplier", "Amount (£)"])
    for number, (day, amount) in enumerate(paid):
        book.active.append([day, f"Supplier {'ABC'[number]}", amount])
    kept = io.BytesIO()
    book.save(kept)
    made = composed(kept.getvalue())
    assert "2020-21" in next(one.ask for one in made.understood.questions if one.key == "year")


def test_a_college_s_own_row_is_found_though_the_table_is_by_council():
    drawn = random.Random(3)
    book = openpyxl.Workbook()
    book.active.append(
        ["Local Authority", "Institution name", "Programme funding (£)", "Student support (£)"]
    )
    for number in range(40):
        name = "Anytown Council" if number == 7 else f"College {number}"
        amounts = [drawn.randrange(10**5, 10**7), drawn.randrange(10**4, 10**6)]
        book.active.append([f"Authority {number % 25}", name, *amounts])
    kept = io.BytesIO()
    book.save(kept)
    made = composed(kept.getvalue())
    assert {line.row for line in made.understood.lines} == {9}
    assert "body" not in {one.key for one in made.understood.questions}


def test_a_council_is_known_by_its_name_without_the_words_that_all_councils_have():
    made = composed(national(("Anytown UA", "Elsewhere Council")))
    question = next(one for one in made.understood.questions if one.key == "body")
    assert question.best == "Anytown UA"
