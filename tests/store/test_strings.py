"""Strings on money from a body's own lines to what could move, and back to the line."""

import shutil
from pathlib import Path

from budget_model.answers import Answers
from budget_model.exhibits.headroom import strings_by_stream, strings_known
from budget_model.place.strings import StringOn
from budget_model.scope import Scope
from budget_model.store import spending
from budget_model.store.store import Store
from budget_model.together.could_move import Hold
from budget_model.vocabulary import PaysFor
from tests.towns import YEAR, line, receive, submission

SENT = submission(
    "council",
    [
        line("Roofs", 100, "care"),
        line(
            "For the young",
            300,
            "care",
            row=2,
            attributes=(("Age band", "16-24"), ("Switching limit", "10%"), ("Match funding", "1:1")),
        ),
        line("For building", 50, "care", row=3, attributes=(("Revenue or capital", "capital"),)),
        line(
            "Ends soon", 20, "care", row=4, attributes=(("Grant end date", "31/03/2017"), ("Manager", "Ann"))
        ),
    ],
)


def test_what_could_move_heeds_the_strings_of_lines_and_says_for_how_much_each_is_unknown(
    town_made: Path, tmp_path: Path
) -> None:
    with Store(Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))) as store:
        receive(store, SENT, b"", by="a")
        answers = Answers(store, Scope(year=YEAR))
        could_move = answers.could_move()
        held = {each.description: each for each in spending.lines(store, Scope(year=YEAR), {}).lines}
        roofs, building = answers.strings_on(held["Roofs"]), answers.strings_on(held["For building"])
        streams = strings_by_stream(answers)
    assert {hold: amount for hold, amount in could_move.by_hold if amount} == {
        Hold.CAPITAL: 50,
        Hold.CONDITIONS: 270,
        Hold.SWITCH: 30,
        Hold.DUTY: 120,
    }
    assert (could_move.ends_by_then, could_move.match_beside) == (20, 300)
    known = {row[0]: row[1:3] for row in strings_known(could_move).rows}
    assert known["Age band"] == (300, 170)
    assert known["Home department"] == (0, 470)
    assert roofs.in_words == ""
    assert building.pays_for is PaysFor.CAPITAL
    assert streams.rows == ()
    assert [column.name for column in streams.columns][2 : 2 + len(StringOn)] == [
        "Match required",
        "Eligibility",
        "Age band",
        "Home department",
        "Revenue or capital",
        "Switching limit",
        "End date",
    ]
