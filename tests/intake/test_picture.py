from budget_model.intake.picture import Gap, as_text, picture
from tests.intake.sheets import read

ROWS = [
    ["Borough of Example"],
    ["Service", "Budget £", "% change"],
    ["ADULTS", None, None],
    ["Home care", 1203.0, 0.1],
    ["Day centres", 807.0, 0.2],
    ["Total", 2010.0, 0.15],
    [],
    ["Note: figures are provisional until the audit ends."],
]


def test_a_picture_gives_each_row_and_column_its_role_and_why() -> None:
    seen = picture(read(ROWS), 0)
    assert [row.role for row in seen.rows if not isinstance(row, Gap)] == [
        "title",
        "header",
        "heading",
        "line",
        "line",
        "total",
        "blank",
        "note",
    ]
    assert [column.role for column in seen.columns] == ["words", "line amount", "rate"]
    assert seen.rows[5].reason == "it is the sum of rows 4 to 5"
    assert all(row.reason for row in seen.rows)


def test_rows_that_are_not_shown_are_counted() -> None:
    seen = picture(read([["Service", "Net £"], *([f"Service {k}", 1.5 * k] for k in range(1, 400))]), 0)
    gap = next(row for row in seen.rows if isinstance(row, Gap))
    shown = [row for row in seen.rows if not isinstance(row, Gap)]
    assert dict(gap.counts)["line"] == gap.last - gap.first + 1
    assert len(shown) + gap.last - gap.first + 1 == 400


def test_the_command_line_prints_the_picture_the_questions_and_the_problems() -> None:
    text = as_text(read([*ROWS[:5], ["Total", 2000.0, 0.15]]))
    assert "it holds" not in text.splitlines()[0]
    assert "2,000 but the lines it covers come to 2,010" in " ".join(text.split())
    assert "\x1b" not in text
    assert "\x1b" in as_text(read(ROWS), colour=True)


def test_a_refusal_is_printed_as_its_sentence() -> None:
    assert "Refused: There is no table of figures" in as_text(read([["nothing here"]]))
