"""How much money works towards each target, what works towards none, and which targets need the Board?"""

from collections import Counter

import streamlit as st

from budget_model.count.saying import counted, opened
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit, Gone
from budget_model.money import percent, pounds
from budget_model.partnership.comments import About, Subject
from budget_model.scope import Scope, to_link
from budget_model.together import titles
from budget_model.together.targets import (
    TargetsMoney,
    Track,
    made_up_beside,
    off_in_words,
)
from budget_model.vocabulary import Dimension
from pages.shared import (
    chart,
    choice,
    commenting,
    components,
    down,
    empty_states,
    kept,
    scope_picker,
    together,
)
from pages.shared.components import Badge, Share, Tile, as_typed
from pages.shared.drawn import Room
from pages.shared.empty_states import Way

TARGET = "target"
EVERY, LED = "every_target", "target_led"
MOST, MOST_TARGETS = 8, 12
ILLUSTRATIVE = Badge("illustrative", "illustrative")


def show() -> None:
    """Every target with the money behind it; one of them whole; and the money behind none."""
    scope = together.begin()
    if not kept.spend(scope):
        st.title("Targets")
        empty_states.no_line_chosen()
        return
    targets = kept.answers(scope).behind_targets()
    if not targets.targets:
        st.title("No targets are set for this place")
        empty_states.show(
            "Without targets nobody can say what the money is to change.",
            "Add them to the place’s folder, in targets.csv, and say in target_services.csv how strongly each service works towards them.",
            Way("settings", "Add targets under Settings", "targets"),
        )
        _unlinked(scope)
        return
    _headline(targets)
    together.said_of_scope()
    parts = (_one, _money) if _one_leads() else (_money, _one)
    for part in parts:
        part(scope, targets)
    with components.folded_on_phones("Money that works towards no measure", "targets_unlinked"):
        _unlinked(scope)


def _one_leads() -> bool:
    """Whether a link to one target led here: that one comes first, and stays there whichever is chosen then."""
    if f"choice_{TARGET}" not in st.session_state:
        st.session_state[LED] = TARGET in st.query_params
    return bool(st.session_state.get(LED, False))


def _headline(targets: TargetsMoney) -> None:
    whole = targets.whole
    first = next(iter(targets.off_track), None)
    explained = (
        f"The one with most spending on related services is {first.target.name}: {pounds(first.linked)}."
        if first
        else "Spending on the services of each is below."
    )
    beside = made_up_beside(targets.targets)
    made_up = f"{opened(beside)}. Each is marked; no headline or count rests on it." if beside else ""
    components.headline(titles.how_many_off(targets), standfirst=explained, made_up=made_up)
    tiles = [
        Tile(
            "Works towards some measure",
            pounds(targets.linked),
            f"{percent(targets.linked, whole)} of {pounds(whole)}",
            Share(targets.linked, whole),
        ),
        Tile(
            "Works towards none",
            pounds(targets.unlinked - targets.unknown),
            f"{percent(targets.unlinked - targets.unknown, whole)}; it may still be worthwhile"
            + (f"; unknown for {pounds(targets.unknown)} without a service" if targets.unknown else ""),
            Share(targets.unlinked - targets.unknown, whole),
        ),
        *_headings(targets),
    ]
    components.tiles(tiles, "four")


def _headings(targets: TargetsMoney) -> tuple[Tile, Tile]:
    """How many measures go the wrong way, and how many the right one; what is made up is not counted."""
    tracks = Counter(target_money.track for target_money in targets.counted)
    off, back = targets.off_track, tracks[Track.GOING_BACK]
    many, unset = len(targets.counted), targets.untargeted
    good = tracks[Track.MET] + tracks[Track.ON_TRACK]
    return (
        Tile(
            opened(off_in_words(target_money.track for target_money in off)),
            f"{len(off)} of {many}",
            "by the latest figure"
            if back == len(off)
            else f"{counted(back, 'is', 'are') if back else 'none is'} worse than the baseline",
        ),
        Tile(
            "On track or met",
            "Not known" if unset == many else str(good),
            titles.without_target(targets, " measures") if unset else "by the latest figure and the forecast",
        ),
    )


def _money(scope: Scope, targets: TargetsMoney) -> None:
    many = len(targets.targets)
    every = st.session_state.get(EVERY, False)
    room = Room(most=many if every else MOST_TARGETS)
    chart.show(scope, "targets", room=room, level=2)
    if many > MOST_TARGETS and not every:
        st.button(as_typed(f"Show all {many}"), key=f"{EVERY}_button", on_click=_show_every)


def _show_every() -> None:
    st.session_state[EVERY] = True


def _one(scope: Scope, targets: TargetsMoney) -> None:
    by_id = {target.target.id: target for target in targets.targets}
    components.question("One target, and who pays towards it")
    with st.container(horizontal=True, key="controls_target"):
        key = choice.one(
            "Target", tuple(by_id), TARGET, targets.targets[0].target.id, lambda key: by_id[key].target.name
        )
    one = by_id[key]
    names, boards = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.THEME)
    title = titles.of_target(one).removesuffix(".")
    components.section(
        (f"{title} ", ILLUSTRATIVE) if one.target.illustrative else title,
        f"{one.target.description} · {one.target.unit} · lead: {names.get(one.target.lead, one.target.lead)} · "
        f"{boards.get(one.target.board, one.target.board)} · {one.target.source}",
        3,
    )
    of = one.target
    commenting.draw(
        Subject(About.TARGET, key, of.name, to_link(scope), (of.lead,), (of.board,)), f"target_{key}"
    )
    answers = kept.answers(scope)
    shown, payers = (catalogue.show(answers, name, key) for name in ("target", "payers"))
    if isinstance(shown, Exhibit):
        chart.picture(chart.drawing_of(shown, folded=False), "way_of_target")
    if isinstance(shown, Gone) or isinstance(payers, Gone):
        components.empty(
            "No money that is included is linked to this target.",
            "Say in target_services.csv which services work towards it.",
        )
        return
    left, right = st.columns(2, gap="large")
    with left:
        chart.beneath(shown, f"services_{key}")
    with right:
        chart.beneath(payers, f"payers_{key}")
    st.page_link(
        "pages/opportunities/page.py",
        label="Open the opportunities that meet on these services",
        icon=":material/arrow_forward:",
        query_params=down.query(scope_picker.chosen(), (), search=one.target.name),
    )


def _unlinked(scope: Scope) -> None:
    chart.show(scope, "unlinked", room=Room(most=MOST), level=2)
    together.measure("target_linked")


show()
