"""Measures by quarter: the last word stands, a forecast says how it was made, and each layer sees its own."""

from datetime import UTC, date, datetime
from decimal import Decimal
from statistics import linear_regression

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.exhibits.performance import forecast_in_words, forecasts, sentence
from budget_model.partnership.performance import (
    MOST_FOR_THE_BOARD,
    Entered,
    Forecast,
    Judgement,
    Layer,
    Measured,
    Method,
    Period,
    Reading,
    ReadingGrade,
    Risk,
    as_recorded,
    doubts,
    forecasts_of,
    kept_from_the_board,
    measured,
    overall,
    seen_by,
)
from budget_model.partnership.typed_readings import (
    next_rows,
    read_cells,
    read_table,
    template,
)
from budget_model.place.model import Direction, Target
from budget_model.together.targets import Track, money_by_target

TODAY = date(2018, 3, 1)
WHEN = datetime(2018, 1, 1, tzinfo=UTC)


def target(key: str = "fires", **changes: object) -> Target:
    """Fires in homes: 100 in 2014-15, to come down to 80 by 2018-19; 95 in 2016-17."""
    stated = {
        "id": key,
        "name": key.capitalize(),
        "description": "",
        "unit": "fires",
        "direction": Direction.LOWER_IS_BETTER,
        "baseline": Decimal(100),
        "baseline_year": "2014-15",
        "target": Decimal(80),
        "target_year": "2018-19",
        "latest": Decimal(95),
        "latest_year": "2016-17",
        "forecast": None,
        "lead": "fire",
        "board": "safer",
        "illustrative": True,
        "source": "invented",
    }
    return Target(**(stated | changes))  # type: ignore[arg-type]


def reading(year: str, quarter: int, figure: int | str) -> Reading:
    return Reading(Period(year, quarter), Decimal(figure), "the brigade", ReadingGrade.CHECKED)


def stands(*said: Reading | Judgement | Risk, of: Target | None = None) -> Measured:
    behind = money_by_target((), (of or target(),), ())
    entered = [Entered((of or target()).id, word, WHEN, "Ann") for word in said]
    return measured(behind.targets, entered, TODAY)[0]


def test_a_measure_without_readings_stands_as_it_was_stated() -> None:
    one = stands()
    assert (one.target.latest, one.track, one.forecast, one.awaited) == (
        Decimal(95),
        Track.OFF_TRACK,
        None,
        None,
    )


def test_of_a_quarter_the_last_word_stands_and_is_the_latest_figure() -> None:
    one = stands(reading("2017-18", 1, 90), reading("2017-18", 2, 88), reading("2017-18", 2, 79))
    assert [each.figure for each in one.readings] == [Decimal(90), Decimal(79)]
    assert (one.target.latest, one.track) == (Decimal(79), Track.MET)


def test_a_reading_from_before_the_stated_figure_does_not_replace_it() -> None:
    assert stands(reading("2015-16", 4, 60)).target.latest == Decimal(95)


def test_a_quarter_that_has_ended_without_a_reading_is_awaited() -> None:
    assert str(stands(reading("2017-18", 2, 90)).awaited) == "quarter 3 of 2017-18"
    assert stands(reading("2017-18", 3, 90)).awaited is None


def test_the_leads_judgement_stands_before_a_line_and_a_line_before_what_was_stated() -> None:
    four = tuple(
        reading("2017-18", quarter, figure) for quarter, figure in ((1, 96), (2, 94), (3, 92), (4, 90))
    )
    line = forecasts_of(target(), four, None)[0]
    assert line.method is Method.LINE
    assert Decimal(81) < line.figure < Decimal(83), "two fewer each quarter: about 82 a year later"
    every = forecasts_of(target(forecast=Decimal(84)), four, Judgement(Decimal(85), "The crew moves."))
    assert every[0] == Forecast(Decimal(85), Method.JUDGEMENT)
    assert [forecast.method for forecast in every] == [
        Method.JUDGEMENT,
        Method.LINE,
        Method.STATED,
        Method.LAST,
    ]
    assert every[-1] == Forecast(Decimal(90), Method.LAST, Decimal(88), Decimal(92)), (
        "its steps were two at most"
    )
    assert forecasts_of(target(forecast=Decimal(84)), four[:2], None)[0] == Forecast(
        Decimal(84), Method.STATED
    )


def test_the_last_reading_carried_forward_is_no_forecast_that_a_status_rests_on() -> None:
    one = stands(reading("2017-18", 1, 79), of=target(latest=Decimal(95), target=Decimal(70)))
    assert one.forecast == Forecast(Decimal(79), Method.LAST)
    assert one.target.forecast is None


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=8))
def test_no_reading_lies_further_from_its_line_than_the_band(figures: list[int]) -> None:
    periods = [Period(f"20{10 + n // 4}-{11 + n // 4}", n % 4 + 1) for n in range(len(figures))]
    readings = tuple(
        Reading(period, Decimal(figure), "s", ReadingGrade.CHECKED)
        for period, figure in zip(periods, figures, strict=True)
    )
    line = next(iter(forecasts_of(target(), readings, None)), None)
    assert line is not None
    assert line.low is not None
    assert line.high is not None
    days = [float((each.period.ends - readings[0].period.ends).days) for each in readings]
    slope, level = linear_regression(days, figures)
    furthest = max(abs(figure - level - slope * day) for day, figure in zip(days, figures, strict=True))
    for band in (line.high - line.figure, line.figure - line.low):
        assert float(band) == pytest.approx(furthest, abs=0.001)
    if len(set(figures)) == 1:
        assert (line.low, line.figure, line.high) == (figures[0],) * 3


def _many(how_many: int) -> tuple[Measured, ...]:
    targets = [target(f"t{n}") for n in range(how_many)]
    risks = [Entered(f"t{n}", Risk("Staff leave", 5, 4), WHEN, "Ann") for n in range(how_many - 1)]
    return measured(money_by_target((), targets, ()).targets, risks, TODAY)


def test_the_board_sees_major_risks_alone_and_never_more_than_ten() -> None:
    every = _many(14)
    assert len(seen_by(Layer.THEME, every)) == 14
    assert len(seen_by(Layer.MANAGEMENT, every)) == 14, "all are off course"
    board = seen_by(Layer.BOARD, every)
    assert len(board) == MOST_FOR_THE_BOARD
    assert all(one.risk == 20 for one in board)
    assert kept_from_the_board(every) == 3


def test_the_management_group_sees_what_is_off_course_at_risk_or_late_and_the_theme_group_all() -> None:
    met = target("met", latest=Decimal(80), target=Decimal(80))
    quiet, risky = stands(of=met), stands(Risk("Staff leave", 5, 2), of=met)
    small, late = stands(Risk("Staff leave", 3, 3), of=met), stands(reading("2017-18", 2, 80), of=met)
    every = (quiet, risky, small, late, stands())
    assert seen_by(Layer.MANAGEMENT, every) == (risky, late, every[-1])
    assert seen_by(Layer.THEME, every) == every
    assert seen_by(Layer.BOARD, every) == (), "no money that the Board could move works towards it"


def test_all_measures_are_counted_and_what_nobody_recorded_is_unknown_and_not_none() -> None:
    told = overall(_many(3))
    assert (told.measures, told.off_course, told.major_risks) == (3, 3, 2)
    assert (told.awaited, told.without_readings) == (None, 3), "no reading was ever entered"
    late = overall((stands(reading("2017-18", 2, 90)), stands()))
    assert (late.major_risks, late.awaited, late.without_readings) == (None, 1, 1)


def test_a_closed_risk_is_none() -> None:
    one = stands(Risk("Staff leave", 5, 4), Risk("Staff leave", 5, 4, closed=True))
    assert (one.risks, one.risk) == ((), 0)


def test_the_board_is_asked_for_a_decision_about_each() -> None:
    assert stands(Risk("Staff leave", 5, 4)).decision_asked == (
        "Decide whether the risk “Staff leave” is accepted, or who acts on it and by when."
    )


def test_a_reading_after_the_year_of_the_target_is_carried_forward_into_its_own_year() -> None:
    early, late = stands(reading("2017-18", 1, 90)), stands(reading("2019-20", 1, 90))
    assert [row[5] for row in forecasts((early, late)).rows] == ["fires, 2018-19", "fires, 2019-20"]


def test_a_reading_in_another_unit_is_asked_about() -> None:
    assert doubts(target(unit="per cent"), reading("2017-18", 1, 140)) == (
        "Fires is in per cent, and 140 is not between 0 and 100."
    )
    assert "is it in the same unit?" in doubts(target(), reading("2017-18", 1, 950))
    assert doubts(target(), reading("2017-18", 1, 90)) == ""


def test_a_table_is_read_whatever_stands_between_its_cells_and_each_fault_has_its_row() -> None:
    text = (
        "measure;year;quarter;figure;source;grade\n"
        "fires;2017/18;Q1;1.234;the brigade;\n"
        "Fires;2017-18;2;;;\n"
        "floods;2017-18;1;3;the brigade;\n"
        "fires;2017-18;5;3;the brigade;\n"
        "fires;2017-18;3;ninety;the brigade;\n"
        "fires;2017-18;3;90;;\n"
    )
    read = read_table(text, (target(),))
    assert [(key, str(one.period), one.figure) for key, one in read.readings] == [
        ("fires", "quarter 1 of 2017-18", Decimal("1.234"))
    ]
    assert [problem.location.row for problem in read.problems] == [4, 5, 6, 7]
    assert read.problems[0].sentence == "There is no measure “floods”."
    assert [problem.location.row for problem in read.doubts] == [2], "1.234 after 95 may be another unit"


def test_a_workbooks_cells_are_read_as_the_table_is_and_an_empty_row_keeps_the_numbers_of_those_below() -> (
    None
):
    rows = (
        ("Measure", "Year", "Quarter", "Figure", "Source"),
        ("fires", "2017-18", "1", "90", "the brigade"),
        ("", "", "", "", ""),
        ("floods", "2017-18", "1", "3", "the brigade"),
    )
    read = read_cells(rows, (target(),))
    assert [(key, one.figure) for key, one in read.readings] == [("fires", Decimal(90))]
    assert [problem.location.row for problem in read.problems] == [4]


@pytest.mark.parametrize("text", ["", "\n", "nonsense", "a,b\n1,2\n", "measure,year\nfires,2017-18\n"])
def test_a_file_that_is_no_table_of_readings_is_refused_in_a_sentence(text: str) -> None:
    read = read_table(text, (target(),))
    assert (read.readings, len(read.problems)) == ((), 1)


def test_the_template_has_the_next_quarter_of_every_measure_ready_and_no_formula_in_it() -> None:
    one = stands(reading("2017-18", 2, 90), of=target(unit="=1+1"))
    row = next_rows((one,), "2017-18")[0]
    assert (row["year"], row["quarter"], row["source"]) == ("2017-18", "3", "the brigade")
    assert row["grade"] == "a body’s own record, checked", (
        "as that of the quarter before, until somebody changes it"
    )
    assert ",'=1+1," in template((one,), "2017-18")
    assert read_table(template((one,), "2017-18"), (target(),)).readings == ()


def test_a_measure_without_a_reading_begins_after_the_figure_that_it_states() -> None:
    row = next_rows((stands(),), "2013-14")[0]
    assert (row["year"], row["quarter"]) == ("2017-18", "1"), "95 is known for 2016-17"


def test_a_reading_that_is_recorded_once_is_the_figure_wherever_the_target_is_shown() -> None:
    stated = money_by_target((), (target(), target("floods")), ())
    said = [Entered("floods", reading("2017-18", 1, 120), WHEN, "Ann")]
    targets = as_recorded(stated, measured(stated.targets, said, TODAY))
    assert [
        (target_money.target.id, target_money.target.latest, target_money.track)
        for target_money in targets.targets
    ] == [
        ("fires", Decimal(95), Track.OFF_TRACK),
        ("floods", Decimal(120), Track.GOING_BACK),
    ]
    assert "120 in 2017-18" in targets.targets[1].sentence
    assert (targets.linked, targets.unlinked) == (stated.linked, stated.unlinked)


@pytest.mark.parametrize(
    ("latest", "forecast", "heading"),
    [
        (95, None, Track.OFF_TRACK),
        (90, None, Track.ON_TRACK),
        (80, None, Track.MET),
        (90, 85, Track.OFF_TRACK),
    ],
)
def test_a_target_of_the_year_tells_the_heading_where_nobody_has_forecast_it(
    latest: int, forecast: int | None, heading: Track
) -> None:
    one = target(
        yearly=("2015-16 97", "2016-17 92.5"),
        latest=Decimal(latest),
        forecast=None if forecast is None else Decimal(forecast),
    )
    assert stands(of=one).track is heading
    assert "92.5 was due then" in stands(of=one).money.sentence


def test_a_measure_that_is_made_up_comes_after_every_real_one() -> None:
    real, made_up = target("real", illustrative=False), target("made-up", illustrative=True)
    behind = money_by_target((), (made_up, real), ())
    grave = Entered("made-up", Risk("Flood", 5, 5), WHEN, "Ann")
    assert [one.target.id for one in measured(behind.targets, [grave], TODAY)] == ["real", "made-up"]


def test_a_forecast_is_rounded_as_the_target_is() -> None:
    assert forecast_in_words(Forecast(Decimal("46.25"), Method.STATED)) == "46.3 (as the place stated it)"
    assert (
        "forecast 46.3 against"
        in money_by_target((), (target(forecast=Decimal("46.25")),), ()).targets[0].sentence
    )


def test_what_is_made_up_asks_nothing_and_is_counted_nowhere_beside_what_is_real() -> None:
    real = target("real", illustrative=False, target=None, latest=Decimal(105))
    behind = money_by_target((), (target("made-up"), real), ())
    grave = [Entered(key, Risk("Flood", 5, 5), WHEN, "Ann") for key in ("real", "made-up")]
    every = measured(behind.targets, grave, TODAY)
    assert [one.target.id for one in seen_by(Layer.BOARD, every)] == ["real"]
    assert [one.target.id for one in seen_by(Layer.MANAGEMENT, every)] == ["real"]
    assert (overall(every).measures, overall(every).major_risks) == (1, 1)
    assert sentence(Layer.THEME, every) == (
        "The theme group looks at 1 of 1 measure: one is worse than its baseline and one has an open risk; one more is "
        "illustrative, made up to show the screen."
    )
    alone = measured(behind.targets[1:], grave, TODAY)
    assert [one.target.id for one in seen_by(Layer.BOARD, alone)] == ["made-up"]
    assert sentence(Layer.BOARD, alone).endswith("; it is illustrative, made up to show the screen.")
