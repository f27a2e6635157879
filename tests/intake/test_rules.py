"""Rules give verdicts, the stronger proof holds, and of several readings the one that explains most stands."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from budget_model.intake.rules import listen
from budget_model.intake.rules.every_rule import RULES
from budget_model.intake.rules.listed import reasons_listed
from budget_model.intake.rules.rule import Needs, Rule
from budget_model.intake.rules.settle import settle
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Candidate, Contest, Proof, RowAt, Total, Verdict, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole
from tests.intake.sheets import loaded, only, read, role

BUDGET = [
    ["Service", "Budget £"],
    ["Libraries", 400],
    ["Parks", 600],
    ["Street cleaning", 777],
    ["Museums", 250],
]


def rule(name: str = "a rule", *verdicts: Any, needs: Any = Needs.TOTALS, overrules: Any = ()) -> Any:
    return Rule(name, needs, lambda _body, _settled: verdicts, overrules=overrules)


def settled(*heard: Any) -> Any:
    outcome = Settled(np.full(5, RowRole.LINE, np.uint8))
    for one in heard:
        settle(outcome, one, one.find(None, outcome))
    return outcome


WORDS_SAY_NOTE = row(2, RowRole.NOTE, Reason.NO_MONEY_IN_WORDS, Proof.WORDS)
SUMS_SAY_TOTAL = row(2, RowRole.TOTAL, Reason.SUM, Proof.ARITHMETIC)
FORMAT_SAYS_HEADING = row(2, RowRole.HEADING, Reason.HEADS_LINES, Proof.FORMAT)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_arithmetic_holds_over_format_and_words_whichever_rule_speaks_last(order: Any) -> None:
    rules = [rule(str(k), (WORDS_SAY_NOTE, SUMS_SAY_TOTAL, FORMAT_SAYS_HEADING)[k]) for k in order]
    assert settled(*rules).role(2) is RowRole.TOTAL


def test_of_equal_proofs_the_earlier_rule_of_the_list_holds() -> None:
    later = row(2, RowRole.HEADING, Reason.ONLY_WORDS, Proof.WORDS)
    assert settled(rule("first", WORDS_SAY_NOTE), rule("second", later)).role(2) is RowRole.NOTE


def test_a_rule_overrules_a_stronger_one_only_where_the_list_names_its_reason() -> None:
    named = rule("memo", WORDS_SAY_NOTE, overrules=(Reason.SUM,))
    assert settled(rule("sum", SUMS_SAY_TOTAL), named).role(2) is RowRole.NOTE
    assert settled(rule("sum", SUMS_SAY_TOTAL), rule("memo", WORDS_SAY_NOTE)).role(2) is RowRole.TOTAL


def test_everything_that_was_said_of_a_row_is_kept_beside_what_holds() -> None:
    outcome = settled(rule("words", WORDS_SAY_NOTE), rule("sums", SUMS_SAY_TOTAL))
    assert [spoken.rule for spoken in outcome.spoken[RowAt(2), RowRole]] == ["words", "sums"]
    assert outcome.winners[RowAt(2), RowRole].rule == "sums"


def test_every_rule_has_a_name_of_its_own_and_says_which_reasons_it_gives() -> None:
    assert len({one.name for one in RULES}) == len(RULES)
    assert all(one.gives for one in RULES)
    assert [one.needs for one in RULES] == sorted(one.needs for one in RULES)


def test_a_new_rule_is_heard_beside_the_others_and_its_note_is_not_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cleaning = Rule(
        "no street cleaning",
        Needs.TOTALS,
        lambda body, _settled: [
            row(i, RowRole.NOTE, Reason.PART_OF_ABOVE, Proof.WORDS)
            for i, label in enumerate(body.labels)
            if label == "Street cleaning"
        ],
    )
    monkeypatch.setattr(listen, "RULES", (*RULES, cleaning))
    reading = read(BUDGET)
    assert role(only(reading), 4) == "note"
    assert loaded(reading) == 1250
    told = [rule_heard for rule_heard in only(reading).heard if rule_heard.place == "row 4"]
    assert [(rule_heard.rule, rule_heard.holds) for rule_heard in told] == [("no street cleaning", True)]


def whole_and_parts(body: Any, _settled: Any) -> Iterator[Any]:
    """Either the first line is the total of the others, or all are lines of their own."""
    if len(body.labels) < 4:
        return
    off = body.off(0, (1, 2, 3))
    verdict = Verdict(RowAt(0), RowRole.TOTAL, Reason.SUM.of(), Proof.FORMAT, Total(0, (1, 2, 3), off=off))
    yield Contest(
        "first",
        "Is the first line the total of the others?",
        "nothing says so",
        (Candidate("it is a line", ()), Candidate("it is their total", (verdict,))),
    )


def contest(monkeypatch: pytest.MonkeyPatch, rows: Any, **more: Any) -> Any:
    monkeypatch.setattr(listen, "RULES", (*RULES, Rule("contest", Needs.ROWS, whole_and_parts)))
    return read([["Service", "Budget £"], *rows], **more)


def test_the_reading_that_meets_a_printed_total_stands_and_is_asked_about_where_it_is_close(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [["Environment", 60], ["Parks", 10], ["Bins", 20], ["Trees", 30], ["Advice", 7]]
    reading = contest(monkeypatch, rows)
    question = next(question for question in reading.questions if question.key.startswith("first:"))
    assert loaded(reading) == 67
    assert (question.best, question.options) == ("it is their total", ("it is their total", "it is a line"))


def test_a_reading_whose_total_is_not_met_does_not_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = contest(monkeypatch, [["Environment", 77], ["Parks", 10], ["Bins", 20], ["Trees", 30]])
    assert loaded(reading) == 137


def test_the_officer_decides_between_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["Environment", 60], ["Parks", 10], ["Bins", 20], ["Trees", 30], ["Advice", 7]]
    asked = contest(monkeypatch, rows)
    key = next(question.key for question in asked.questions if question.key.startswith("first:"))
    told = contest(monkeypatch, rows, answers={key: "it is a line"})
    assert loaded(told) == 127
    assert key not in [question.key for question in told.questions]


HIDING = [
    ["Service", "Budget £", "Basis"],
    ["Parks", 105_000, 12_344],
    ["Bins", 203_000, 3_432],
    ["Trees", 5_500, 9_120],
    ["Place", 313_500, 7_770],
    ["Libraries", 41_000, 5_155],
    ["Museums", 15_200, 2_611],
    ["Archives", 2_300, 1_870],
    ["Culture", 58_500, 9_999],
]


def test_a_column_that_hides_the_totals_of_the_others_is_left_out_and_asked_about() -> None:
    reading = read(HIDING)
    question = next(question for question in reading.questions if question.key.startswith("hiding:"))
    assert loaded(reading) == 313_500 + 58_500
    assert (question.best, question.options) == ("column C, Basis", ("column C, Basis", "all hold amounts"))
    told = read(HIDING, answers={question.key: "all hold amounts"})
    assert question.key not in [question.key for question in told.questions]
    assert loaded(told) == 2 * (313_500 + 58_500)


def test_what_is_said_of_income_is_explained_row_by_row_with_what_holds() -> None:
    rows = [["Service", "Side", "Budget £"], ["Parks", "Expenditure", 300], ["Fees income", "Income", 100]]
    told = {
        (rule_heard.place, rule_heard.rule): rule_heard.role
        for rule_heard in only(read(rows)).heard
        if rule_heard.holds
    }
    assert told["row 2", "column of directions"] == "expenditure"
    assert told["row 3", "column of directions"] == "income"
    assert told["column A", "describes the line"] == "description"


def test_every_reason_is_listed_once_with_its_sentence_its_rule_and_its_proof() -> None:
    listed = reasons_listed()
    assert len({reason_listed.sentence for reason_listed in listed}) == len(Reason)
    again = next(
        reason_listed
        for reason_listed in listed
        if reason_listed.sentence.startswith("With the rows beside it")
    )
    assert again.sentence == "With the rows beside it, it is row … over again."
    assert (again.rules, again.proof) == ("the same money below", "arithmetic")


@pytest.mark.parametrize(
    "label", ["Check", "Control total", "Difference", "Check (should be zero)", "Kontrolle"]
)
def test_the_row_with_which_a_sheet_checks_itself_is_not_loaded(label: str) -> None:
    reading = read([*BUDGET, ["Total", 2027], [label, 13]])
    assert loaded(reading) == 2027
    assert role(only(reading), 7) == "note"


def test_a_service_called_control_stays_a_line_above_the_total() -> None:
    reading = read([["Service", "Budget £"], ["Pest", 400], ["Control", 633], ["Total", 1033]])
    assert loaded(reading) == 1033
