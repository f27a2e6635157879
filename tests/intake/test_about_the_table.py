"""What stands at the head of a table: keys that say something about it are left out, amounts never are."""

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.reading import lines, understand


def loaded(text: str) -> list[int]:
    reading = understand(open_workbook(text.encode(), "ledger.csv"))
    return [int(line.amount) for line in lines(reading, tables=list(reading.chosen))]


def test_rows_whose_codes_are_all_numbers_are_lines_from_the_first_row_on() -> None:
    rows = "".join(f"2018,1,{1000 + row},{row * 1000}\n" for row in range(1, 201))
    assert sum(loaded(f"Year,Month,Account,Original budget £\n{rows}")) == 20_100_000
