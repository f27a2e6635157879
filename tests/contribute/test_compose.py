"""From a file and what its officer said to a submission that says where every pound stands."""

import io
import random
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from budget_model.contribute.about import About, organisation_of, usual_share
from budget_model.contribute.certificate import certificate_before, page_of, text_of
from budget_model.contribute.compose import DIFFERENCE, Composed, Said, compose
from budget_model.contribute.draft import Decision, words_key
from budget_model.contribute.paying import How, Suggested, mapped_share
from budget_model.contribute.submission import ServiceShare
from budget_model.financial_year import financial_year
from budget_model.mapping.memory import Confirmed
from budget_model.problem import Refusal
from budget_model.vocabulary import Phase, Provenance, Reconciliation
from tests.contribute.files import LINES, national, read, workbook
from tests.towns import YEAR, town

COUNCIL = About("council", YEAR)


def confirmed(
    code: str, description: str, *services: tuple[str, int], organisation: str = "council", back: bool = False
) -> Confirmed:
    shares = tuple((service, Decimal(share)) for service, share in services)
    on = datetime(2016, 4, 1, tzinfo=UTC)
    return Confirmed(organisation, code, description, (), shares, "A. Officer", on, back)


def composed(data: bytes | None = None, said: Said | None = None, **more: Any) -> Composed:
    return compose(read(data or workbook()), said or Said(COUNCIL), town(), **more)


def test_a_file_that_prints_its_own_total_is_reconciled_without_being_asked() -> None:
    made = composed()
    assert made.submission.read_total == 170_000
    assert made.submission.printed_total == 170_000
    assert made.agreement.state is Reconciliation.RECONCILED
    assert [(line.row, line.column, line.amount) for line in made.submission.lines] == [
        (4, "C", 90_000),
        (5, "C", 60_000),
        (6, "C", 20_000),
    ]


def test_the_typed_control_total_counts_before_the_printed_one_and_the_difference_is_named() -> None:
    made = composed(said=Said(COUNCIL, control_total=Decimal("170000.01")))
    assert made.agreement.state is Reconciliation.NOT_RECONCILED
    assert made.agreement.sentence == ("What was read is £0.01 less than the control total of £170,000.01.")


def test_a_difference_that_is_explained_is_no_longer_an_open_one() -> None:
    said = Said(
        COUNCIL, explanations={DIFFERENCE: "Levies are not in the file."}, control_total=Decimal(171_000)
    )
    made = composed(said=said)
    assert made.agreement.state is Reconciliation.EXPLAINED
    drawn = certificate_before(made, "Anytown Council", {})
    assert drawn.state is Reconciliation.EXPLAINED
    assert "Levies are not in the file." in text_of(drawn)


def test_a_printed_total_that_its_lines_do_not_make_is_named_with_both_figures() -> None:
    made = composed(workbook(total=180_000))
    drawn = certificate_before(made, "Anytown Council", {})
    said = text_of(drawn)
    if made.submission.printed_total is not None:
        assert made.agreement.state is Reconciliation.NOT_RECONCILED
        assert made.agreement.difference == -10_000
    else:  # then the file's total was taken for a line or set aside, and somebody must have been told
        assert made.submission.problems or made.understood.questions
    assert "170,000.00" in said or made.submission.problems


def test_the_total_of_totals_in_one_cell_is_what_rows_without_parts_are_held_against() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [
        ("Home care", 147, 221),
        ("Day centres", 172, 140),
        ("Fostering", 129, 122),
        ("Parks", 337, 308),
        ("Waste", 417, 142),
    ]
    sheet.append(["Project", "Council £000", "Health £000", "Total £000"])
    for name, council, health in rows:
        sheet.append([name, council, health, council + health])
    sheet.append(["Joint store", None, None, 669])
    council, health = sum(row[1] for row in rows), sum(row[2] for row in rows)
    sheet.append(["Total", council, health, council + health + 669])
    made = composed(saved(book))
    assert made.submission.printed_total == made.submission.read_total == (council + health + 669) * 1_000
    assert made.agreement.state is Reconciliation.RECONCILED


def test_nothing_is_mapped_that_nobody_confirmed_and_no_suggestion_is_sure_of() -> None:
    made = composed()
    assert {paid.how for paid in made.paid} == {How.UNMAPPED}
    assert mapped_share(made.paid) == 0
    assert all(not line.services for line in made.submission.lines)


def test_last_year_s_confirmation_maps_the_line_and_says_who_confirmed_it() -> None:
    made = composed(confirmed=[confirmed("100", "Care homes for older people", ("care", 1))])
    first = made.submission.lines[0]
    assert first.services == (ServiceShare("care", Decimal(1)),)
    assert "A. Officer" in first.reason
    assert made.paid[0].how is How.REMEMBERED
    assert mapped_share(made.paid) == Decimal(90_000) / Decimal(170_000)


def test_a_confirmation_that_was_taken_back_maps_nothing() -> None:
    memory = [
        confirmed("100", "Care homes for older people", ("care", 1)),
        confirmed("100", "Care homes for older people", ("care", 1), back=True),
    ]
    assert composed(confirmed=memory).paid[0].how is How.UNMAPPED


def test_the_officer_s_decision_counts_before_memory_and_may_split_a_line() -> None:
    halves = (ServiceShare("care", Decimal("0.5")), ServiceShare("health", Decimal("0.5")))
    key = words_key(composed().paid[0].read)
    made = composed(
        said=Said(COUNCIL, decisions={key: Decision(halves, "split", "B. Officer")}),
        confirmed=[confirmed("100", "Care homes for older people", ("care", 1))],
    )
    assert made.submission.lines[0].services == halves
    assert made.paid[0].how is How.OFFICER


def test_a_suggestion_is_applied_only_where_it_is_sure_enough_to_stand_alone() -> None:
    def suggests(organisation: Any, lines: Any) -> Any:
        return [
            (Suggested("care", Decimal("0.98"), "published code", alone=True),),
            (Suggested("health", Decimal("0.98"), "words alike", alone=False),),
            (),
        ]

    made = composed(suggests=suggests)
    assert [paid.how for paid in made.paid] == [How.SUGGESTED, How.UNMAPPED, How.UNMAPPED]
    assert made.paid[1].suggestions[0].service == "health"


def test_a_confirmation_of_a_service_that_the_place_no_longer_has_is_not_used() -> None:
    assert composed(confirmed=[confirmed("100", "Care homes for older people", ("gone", 1))]).paid[0].how is (
        How.UNMAPPED
    )


def test_of_a_national_table_only_the_organisation_s_own_row_is_taken() -> None:
    made = composed(national())
    assert Decimal(100_000) in {line.amount for line in made.understood.lines}
    assert {line.body for line in made.understood.lines} == {"Anytown Council"}


def test_a_national_table_without_the_organisation_asks_whose_row_is_meant() -> None:
    made = composed(national(("Somewhere Council", "Elsewhere Council")))
    question = next(question for question in made.understood.questions if question.key == "body")
    assert "Anytown Council" in question.ask
    answered = composed(
        national(("Somewhere Council", "Elsewhere Council")), Said(COUNCIL, {"body": "Elsewhere Council"})
    )
    assert {line.body for line in answered.understood.lines} == {"Elsewhere Council"}


def test_figures_headed_with_another_year_are_asked_about() -> None:
    made = composed(said=Said(About("council", "2019-20")))
    question = next(question for question in made.understood.questions if question.key == "year")
    assert question.best == "no"
    told = composed(said=Said(About("council", "2019-20"), {"year": "yes"}))
    assert "year" not in {question.key for question in told.understood.questions}


def test_a_body_with_no_share_is_refused_rather_than_counted_whole() -> None:
    with pytest.raises(Refusal, match=r"shares\.csv"):
        compose(read(workbook()), Said(About("trust", YEAR)), town())


def test_an_organisation_that_is_not_there_is_answered_with_the_closest() -> None:
    with pytest.raises(Refusal, match="council"):
        organisation_of(town(), "the councl")


def test_audited_outturn_of_the_whole_body_is_the_surest() -> None:
    audited = Said(About("council", YEAR, Phase.OUTTURN), provenance=Provenance.AUDITED)
    assert composed(said=audited).submission.grade == 1


def test_outturn_is_not_taken_for_audited_unless_its_officer_says_so() -> None:
    made = composed(said=Said(About("council", YEAR, Phase.OUTTURN)))
    assert (made.submission.grade, made.submission.provenance) == (2, Provenance.STATED)
    assert composed().submission.grade == 2
    assert usual_share(town(), COUNCIL).id == "whole"


@pytest.mark.parametrize("text", ["2016", "2016-18", "16-17", "next year", "2016-17; drop table"])
def test_what_is_not_a_financial_year_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        financial_year(text)


def test_the_certificate_s_page_says_what_the_certificate_says_and_runs_no_script() -> None:
    made = composed(workbook((("1", "<script>alert(1)</script>", 5), ("2", "Roads", 6))))
    page = page_of(certificate_before(made, "<b>Council</b>", {"<i>": "x"}))
    assert "<script>" not in page
    assert "<b>Council" not in page
    assert "£11.00" in page


def test_several_sheets_are_each_held_against_their_own_total() -> None:
    made = composed(workbook(LINES[:2], sheets=("Adults", "Health")))
    drawn = certificate_before(made, "Anytown Council", {})
    if len(made.understood.sheets) == 2:
        named = {link.name: link for link in drawn.links}
        assert named["Sheet 'Adults'"].against == 150_000
        assert named["Sheet 'Health'"].difference == 0
    else:  # two sheets alike may be two versions of one budget: then that is asked
        assert made.understood.questions or made.understood.left_out


def test_the_share_of_money_that_is_mapped_of_nothing_is_nothing() -> None:
    assert mapped_share(()) == 0


def test_payments_dated_in_another_year_are_asked_about_though_no_header_says_so() -> None:
    paid = (("2020-04-03", 298_800), ("2020-04-06", 41_219), ("2020-04-07", 906_262))
    book = openpyxl.Workbook()
    book.active.append(["Payment date", "Supplier", "Amount (£)"])
    for number, (day, amount) in enumerate(paid):
        book.active.append([day, f"Supplier {'ABC'[number]}", amount])
    kept = io.BytesIO()
    book.save(kept)
    made = composed(kept.getvalue())
    assert "2020-21" in next(question.ask for question in made.understood.questions if question.key == "year")


def test_a_college_s_own_row_is_found_though_the_table_is_by_council() -> None:
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
    assert "body" not in {question.key for question in made.understood.questions}


def test_a_council_is_known_by_its_name_without_the_words_that_all_councils_have() -> None:
    made = composed(national(("Anytown UA", "Elsewhere Council")))
    assert {line.body for line in made.understood.lines} == {"Anytown UA"}
    assert "body" not in {question.key for question in made.understood.questions}


def test_two_councils_of_like_names_are_asked_about_and_never_chosen_between() -> None:
    made = composed(national(("Anytown UA", "Anytown Borough", "Elsewhere Council")))
    question = next(question for question in made.understood.questions if question.key == "body")
    assert {"Anytown UA", "Anytown Borough"} <= set(question.options)


def returned(*sheets: tuple[str, str, int], rows: int = 30) -> Workbook:
    """A return of many bodies: each sheet its title and figures drawn anew; rows print their total."""
    book = openpyxl.Workbook()
    for place, (name, title, seed) in enumerate(sheets):
        sheet = book.active if place == 0 else book.create_sheet()
        sheet.title = name
        sheet.append([title])
        services = ["Education", "Roads", "Social care", "Culture"][: 3 + place]
        sheet.append(["Local authority", *services, "Total service expenditure"])
        drawn = random.Random(seed)
        for number in range(rows):
            body = "Anytown UA" if number == 4 else f"Authority {number}"
            amounts = [drawn.randrange(10**5, 10**7) for _ in services]
            sheet.append([body, *amounts, sum(amounts)])
    return book


def saved(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_the_total_that_a_body_s_own_row_prints_is_what_its_lines_are_held_against() -> None:
    made = composed(saved(returned(("Data", "Revenue return 2016-17 (£)", 1))))
    assert len(made.submission.lines) == 3
    assert made.submission.printed_total == made.submission.read_total
    assert made.agreement.state is Reconciliation.RECONCILED
    assert any("other bodies" in out.reason and out.how_many == 29 for out in made.understood.left_out)


def test_a_form_that_shows_one_body_at_a_time_is_set_aside_for_the_body_s_own_row() -> None:
    book = returned(("Data", "Revenue return 2016-17 (£)", 1))
    form = book.create_sheet("Look-up")
    form.append(["Levies 2016-17 (£)"])
    form.append(["Line", "Amount"])
    for number, amount in enumerate((70_123, 80_456, 90_789)):
        form.append([f"Levy {'abc'[number]}", amount])
    data = saved(book)
    made = composed(data)
    assert {line.sheet for line in made.submission.lines} == {"Data"}
    out = next(left_out for left_out in made.understood.left_out if left_out.sheet == "Look-up")
    assert "one body at a time" in out.reason
    assert out.amount == 241_368
    form_table = next(table for table in made.understood.reading.tables if table.sheet == "Look-up")
    wanted = composed(data, Said(COUNCIL, {f"take:{form_table.fingerprint}": "yes"}))
    assert wanted.submission.read_total == made.submission.read_total + 241_368


def test_a_table_that_the_officer_leaves_out_is_left_out_and_named() -> None:
    made = composed()
    mark = made.understood.reading.tables[0].fingerprint
    without = composed(said=Said(COUNCIL, {f"take:{mark}": "no"}))
    assert without.submission.lines == ()
    assert without.understood.left_out[0].amount == 170_000


def test_sheets_of_the_same_columns_for_the_same_bodies_are_measures_of_which_one_is_loaded() -> None:
    data = saved(
        returned(
            ("Data (1)", "Capital items 2016-17 (£)", 3),
            ("Data (2)", "Net current expenditure 2016-17 (£)", 2),
        )
    )
    made = composed(data)
    question = next(
        question for question in made.understood.questions if question.key.startswith("measures:")
    )
    assert "Net current" in question.best
    assert {line.sheet for line in made.submission.lines} == {"Data (2)"}
    other = next(option for option in question.options if option != question.best)
    answered = composed(data, Said(COUNCIL, {question.key: other}))
    assert {line.sheet for line in answered.submission.lines} == {"Data (1)"}
    assert question.key not in {question.key for question in answered.understood.questions}


def test_a_file_of_nothing_but_income_is_asked_about_and_never_taken_off_the_map_unasked() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Allocations 2016-17, £"])
    book.active.append(["Site", "Programme funding", "High needs funding", "Total funding"])
    for name, programme, high in (("North", 70_311, 9_120), ("South", 12_407, 8_162)):
        book.active.append([name, programme, high, programme + high])
    data = saved(book)
    made = composed(data)
    question = next(question for question in made.understood.questions if question.key.startswith("income:"))
    assert made.submission.read_total == 100_000
    answered = composed(data, Said(COUNCIL, {question.key: "what it receives"}))
    assert answered.submission.read_total == -100_000


def test_one_answer_serves_the_same_choice_about_several_tables() -> None:
    from budget_model.contribute.understood import grouped
    from budget_model.intake.sheet.table import Question

    same = [Question(f"choice:{mark}", "Which?", "budget", "it is", ("budget", "actual")) for mark in "ab"]
    apart = Question("choice:c", "Which?", "actual", "it is", ("actual", "budget"))
    assert [len(group) for group in grouped([*same, apart])] == [2, 1]
