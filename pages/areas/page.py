"""What is spent in each part of the place, and how sure is that?"""

import streamlit as st

from budget_model.count.by_area import ByArea
from budget_model.exhibits import by_area
from budget_model.exhibits.by_area import BETWEEN, COUNTED, PRIORITY, Choice
from budget_model.vocabulary import Dimension
from pages.shared import chart, choice, components, kept, scope_picker
from pages.shared.drawn import Room

EVERY_AREA = Room(most=30)
BY = {"theme": "By board", "service": "By service"}


def show() -> None:
    """The page: one area in a sentence, the map, priority neighbourhoods, need beside money, and grants."""
    scope = scope_picker.chosen()
    st.title("Areas")
    areas = kept.answers(scope).areas()
    if areas is None or not areas.kinds:
        chart.say_gone(by_area.NO_AREAS)
        return
    _one_area(areas)
    chosen = _choices(areas)
    chart.show(scope, "areas", str(chosen), key="areas", level=2)
    if areas.areas(PRIORITY):
        chart.show_aside(scope, "neighbourhoods", "Priority neighbourhoods", room=EVERY_AREA)
    chart.show_aside(
        scope, "areas-need", "Money where deprivation is greatest", str(Choice(chosen.kind)), key="areas_need"
    )
    chart.show_aside(scope, "area-grants", "Grants to organisations, by area", room=EVERY_AREA)


def _one_area(areas: ByArea) -> None:
    """The answer to what is spent in one area, with how sure it is."""
    named = {area.id: f"{area.name} ({area.kind})" for kind in areas.kinds for area in areas.areas(kind)}
    usual = next(iter([area.id for area in areas.areas(PRIORITY)] or list(named)))
    with st.container(horizontal=True, key="controls_area", vertical_alignment="bottom"):
        key = choice.one("What is spent in", tuple(named), "area", usual, named.__getitem__)
        by = choice.segment("Show as", tuple(BY), "told", "theme", BY.__getitem__)
    chosen = f"{key}{BETWEEN}{by}"
    scope = scope_picker.chosen()
    chart.show(scope, "area", chosen, key="area", level=2)
    area = areas.named(key)
    if area is not None:
        components.bullets([by_area.sure_of(areas, area)])


def _choices(areas: ByArea) -> Choice:
    """Which areas the map shows, what of their money, and how; kept in the link."""
    usual = "ward" if "ward" in areas.kinds else areas.kinds[0]
    parts = _parts(areas)
    with st.container(horizontal=True, key="controls_areas", vertical_alignment="bottom"):
        kind = choice.segment(
            "Areas", areas.kinds, "areas", usual, lambda each: by_area.plural(each).capitalize()
        )
        part = choice.one("Of", tuple(parts), "of", "", parts.__getitem__)
        shows = choice.segment("Shaded by", tuple(COUNTED), "shaded", "head", COUNTED.__getitem__)
    return Choice(kind, part, shows)


def _parts(areas: ByArea) -> dict[str, str]:
    """All of the money, each board and each service that reaches areas."""
    answers = kept.answers(scope_picker.chosen())
    named = {"": "All of the money"}
    for word, dimension, keys in (
        ("theme", Dimension.THEME, {area_sum.board for area_sum in areas.sums}),
        ("service", Dimension.SERVICE, {area_sum.service for area_sum in areas.sums}),
    ):
        called = answers.called(dimension)
        named |= {
            f"{word}:{key}": called(key) for key in sorted(keys, key=lambda each: called(each).casefold())
        }
    return named


show()
