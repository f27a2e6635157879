"""Which measures must each layer look at, what is asked of the Board, and what has been recorded this quarter?"""

import streamlit as st

from budget_model.board.meeting_packs import quarterly_report
from budget_model.count.saying import opened
from budget_model.exhibits.performance import forecast_in_words, forecasts, risk_in_words, sentence
from budget_model.money import pounds
from budget_model.partnership.performance import MAJOR, Layer, Measured, overall, seen_by
from budget_model.scope import Scope
from budget_model.together.targets import figure_text, made_up_beside, off_in_words, real_of
from pages.board_pack import files
from pages.performance import recording
from pages.shared import asking, chart, choice, components, down, empty_states, kept, tables, together
from pages.shared.components import Badge, Text, Tile, as_typed
from pages.shared.empty_states import Way

LAYER = "for"
MEANS = {
    Layer.BOARD: "The Board sees major risks and what it can influence: ten measures at most, each with the decision asked.",
    Layer.MANAGEMENT: "The management group sees what is off track, worse than its baseline, at risk or late, and holds theme groups to account.",
    Layer.THEME: "Theme groups see every measure.",
}


def show() -> None:
    """The measures of one layer, what is asked about each, and where readings are recorded."""
    scope = together.begin()
    every = kept.answers(scope).performance()
    if not every:
        st.title("Performance")
        empty_states.show(
            "No measures are set for this place.",
            "Add them to the place’s targets, with the services that work towards each.",
            Way("settings", "Add targets under Settings", "targets"),
        )
        return
    layers = {str(layer): layer for layer in reversed(Layer)}
    with st.container(horizontal=True, key="controls_performance"):
        asked = choice.segment(
            "Who looks", tuple(layers), LAYER, str(Layer.BOARD), lambda key: key[:1].upper() + key[1:]
        )
    layer = layers[asked]
    seen = seen_by(layer, every)
    components.headline(f"Performance, for the {layer}", standfirst=MEANS[layer])
    _tiles(every)
    together.said_of_scope()
    if not seen:
        components.say(sentence(layer, every))
    else:
        chart.show(scope, "performance", str(layer), key=f"performance_{layer.name}", level=2)
    if seen:
        with (
            components.folded_on_phones(_each(layer, len(seen)), "performance_each"),
            st.container(key="ranked"),
        ):
            for measured in seen:
                _measure(scope, layer, measured)
    _forecasts(seen)
    with components.folded_on_phones("Record readings, risks and expectations", "performance_record"):
        recording.draw(every, scope.year)
        _definitions()
    _report(scope, layer)


def _each(layer: Layer, many: int) -> str:
    """What stands on a phone for the list of measures."""
    asked = " and the decision it asks for" if layer is Layer.BOARD else ""
    return (
        f"{many} measures, each with its figures{asked}"
        if many > 1
        else f"The measure with its figures{asked}"
    )


def _tiles(every: tuple[Measured, ...]) -> None:
    found = overall(every)
    never = found.without_readings
    off = off_in_words(measured.track for measured in real_of(every) if measured.off_course)
    beside = made_up_beside(every)
    components.tiles(
        [
            Tile("Measures", str(found.measures), f"of the partnership{f'; {beside}' if beside else ''}"),
            Tile(opened(off), str(found.off_course), f"of {found.measures}, by the latest figure"),
            Tile(
                "Major risks",
                "Not known" if found.major_risks is None else str(found.major_risks),
                "no open risk is recorded"
                if found.major_risks is None
                else f"likelihood × impact of {MAJOR} or more, of 25",
            ),
            Tile(
                "Readings awaited",
                "None entered" if found.awaited is None else str(found.awaited),
                f"for {never} no figure was ever entered" if never else "every measure has figures",
            ),
        ],
        "four",
    )


def _measure(scope: Scope, layer: Layer, measured: Measured) -> None:
    target = measured.target
    names = together.names()
    facts: list[Text | Badge] = [
        Badge(str(measured.track), "late" if measured.off_course else ""),
        f"{figure_text(target.latest)} {target.unit}",
        f"target {figure_text(target.target)}" if target.target is not None else "no target is published",
        f"forecast {forecast_in_words(measured.forecast)}",
        *(() if layer is Layer.BOARD else (f"{pounds(measured.money.linked)} on its services",)),
        names.get(target.lead, target.lead),
    ]
    if target.illustrative:
        facts.insert(0, Badge("illustrative", "illustrative"))
    if measured.risks:
        facts.append(Badge(f"risk: {risk_in_words(measured)}", "late" if measured.risk >= MAJOR else ""))
    if measured.awaited:
        facts.append(Badge(f"awaited: {measured.awaited}", "late"))
    with st.container(key=f"ranked_row_{target.id}"):
        st.page_link(
            "pages/targets/page.py",
            label=as_typed(target.name),
            query_params=down.query(scope, (), target=target.id),
        )
        components.ranked(facts, measured.decision_asked if layer is Layer.BOARD else "")


def _forecasts(seen: tuple[Measured, ...]) -> None:
    """Where each is heading by the lead's judgement, a line through its readings, and its last reading, side by side."""
    table = forecasts(seen)
    if not table.rows:
        return
    with st.expander("Forecasts by each method, with their bands", key="forecasts"):
        tables.show(table)
        chart.files(table, "forecasts")


def _definitions() -> None:
    """Where measures are made and changed, for those who may."""
    if asking.asker().may_open("settings"):
        st.page_link(
            "pages/settings/page.py",
            label="Make a measure, or change its definition, target, lead or board",
            icon=":material/edit:",
            query_params={"show": "targets", "list": "targets"},
        )


def _report(scope: Scope, layer: Layer) -> None:
    """The report of the quarter, made when it is asked for."""
    components.section(
        f"The report for the {layer}",
        "Slides, PDF and workbook; the last slide says what changed since the report before.",
    )
    story = quarterly_report(layer, scope)
    files.offer("Put the report together", f"report_{layer.name}", story, scope)


show()
