"""How much money works towards each target, what works towards none, and which targets need the Board?"""

import streamlit as st

from budget_model.count.saying import counted, opened
from budget_model.money import percent, pounds
from budget_model.place.model import strength_in_words
from budget_model.scope import Scope
from budget_model.together import titles
from budget_model.together.targets import TargetsMoney, Track
from budget_model.vocabulary import Dimension
from pages.shared import chart, choice, components, down, kept, marks, scope_picker, together
from pages.shared.chart import Way
from pages.shared.components import Badge, Key, Share, Tile
from pages.shared.tables import As, Column, Table
from pages.targets import figures

TARGET = "target"
ILLUSTRATIVE = Badge("illustrative", "illustrative")


def show() -> None:
    """Every target with the money behind it; one of them whole; and the money behind none."""
    scope = together.begin()
    if not kept.spend(scope):
        st.title("Targets")
        components.empty(
            "No line of any budget is in this choice.", "Widen it above, or go back to the whole place."
        )
        return
    found = kept.behind_targets(scope)
    if not found.targets:
        st.title("No targets are set for this place")
        components.empty(
            "Without targets nobody can say what the money is to change.",
            "Add them to the place’s folder, in targets.csv, and say in target_services.csv how strongly each service works towards them.",
        )
        _unlinked(scope, found)
        return
    _headline(found)
    together.said_of_scope()
    _money(scope, found)
    _one(scope, found)
    _unlinked(scope, found)


def _headline(found: TargetsMoney) -> None:
    off = [one for one in found.targets if one.off_track]
    whole = found.linked + found.unlinked
    first = off[0] if off else None
    title = (
        f"{opened(counted(len(off), 'target is', 'targets are'))} off track"
        if off
        else "Every target is on track or met"
    )
    explained = (
        f"The one with most money behind it is {first.target.name}: {pounds(first.linked)} on its services."
        if first
        else "The money behind each is below."
    )
    made_up = "Targets so marked are made up, to show how the screen works." if found.illustrative else ""
    components.headline(title, standfirst=explained, made_up=made_up)
    back = sum(1 for one in found.targets if one.track is Track.GOING_BACK)
    good = sum(1 for one in found.targets if not one.off_track)
    tiles = [
        Tile(
            "Works towards some target",
            pounds(found.linked),
            f"{percent(found.linked, whole)} of {pounds(whole)}",
            Share(found.linked, whole),
        ),
        Tile(
            "Works towards none",
            pounds(found.unlinked),
            f"{percent(found.unlinked, whole)}; not useless, only not tied to a target",
            Share(found.unlinked, whole),
        ),
        Tile(
            "Off track",
            f"{len(off)} of {len(found.targets)}",
            f"{counted(back, 'is', 'are') if back else 'none is'} further away than at the start",
        ),
        Tile("On track or met", str(good), "by the latest figure and the forecast"),
    ]
    components.tiles(tiles, "four")


def _money(scope: Scope, found: TargetsMoney) -> None:
    names, boards = kept.names_of(Dimension.ORGANISATION), kept.names_of(Dimension.THEME)
    columns = (
        Column("Target"), Column("Heading"), Column("Way come", As.SHARE), Column("On its services", As.MONEY),
        Column("Weighed by strength", As.MONEY), Column("Lead"), Column("Board"), Column("Baseline"), Column("Latest"), Column("Forecast"),
        Column("Target figure"), Column("Unit"), Column("Illustrative"),
    )  # fmt: skip
    rows = tuple(
        (
            one.target.name, str(one.track), one.progress, one.linked, one.weighed, names.get(one.target.lead, one.target.lead),
            boards.get(one.target.board, one.target.board), f"{one.target.baseline.normalize():f}", f"{one.target.latest.normalize():f}",
            f"{one.target.forecast.normalize():f}", f"{one.target.target.normalize():f}", one.target.unit,
            "yes" if one.target.illustrative else "no",
        )
        for one in found.targets
    )  # fmt: skip
    marked = (
        [Key("figures of the targets; the money is real", badge=ILLUSTRATIVE)] if found.illustrative else []
    )
    tracks = [track for track in Track if any(one.track is track for one in found.targets)]
    chart.draw(
        figures.money(found.targets, pounds),
        key="targets",
        finding=titles.of_targets(found),
        shows=("targets", ""),
        scope=scope,
        table=Table("Money behind each target", columns, rows, notes=("One pound can work towards several targets: these are not added up.",)),
        ways=[
            Way(f"{one.target.name}: {_service(service)}", ((Dimension.SERVICE, service),))
            for one in found.targets for service, _, _ in one.by_service[:1]
        ] if all(one.by_service for one in found.targets) else (),
        notes=("off track with most money first", "one pound can work towards several targets"),
        patterns=[
            *(Key(str(track), colour=figures.TONES[track]) for track in tracks), *marked,
        ],
        level=2,
    )  # fmt: skip


def _service(key: str) -> str:
    return kept.names_of(Dimension.SERVICE).get(key, key)


def _one(scope: Scope, found: TargetsMoney) -> None:
    by_id = {one.target.id: one for one in found.targets}
    asked = st.query_params.get(TARGET, "")
    if asked and asked not in by_id:
        components.info("The target that this link names is not one of this place. The first is shown.")
    components.question("One target, and who pays towards it")
    with st.container(horizontal=True, key="controls_target"):
        key = choice.one(
            "Target", tuple(by_id), TARGET, found.targets[0].target.id, lambda key: by_id[key].target.name
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
    st.plotly_chart(
        figures.way(one.target),
        key="way_of_target",
        theme=None,
        config={"displayModeBar": False},
        alt=one.sentence,
    )
    if not one.by_service:
        components.empty(
            "No money on the map is linked to this target.",
            "Say in target_services.csv which services work towards it.",
        )
        return
    services = Table(
        "Services that work towards it",
        (Column("Service"), Column("Amount", As.MONEY), Column("How strongly")),
        tuple(
            (_service(service), amount, strength_in_words(strength))
            for service, amount, strength in one.by_service
        ),
    )
    payers = Table(
        "Who pays for them",
        (Column("Organisation"), Column("Amount", As.MONEY)),
        (
            *((names.get(body, body), amount) for body, amount in one.by_organisation),
            ("Together", one.linked),
        ),
        has_total=True,
    )
    left, right = st.columns(2, gap="large")
    with left:
        ways = [Way(_service(service), ((Dimension.SERVICE, service),)) for service, _, _ in one.by_service]
        chart.beneath(services, f"services_{key}", scope, ways, shows=("target", key))
    with right:
        chart.beneath(
            payers, f"payers_{key}", scope,
            [Way(names.get(body, body), ((Dimension.ORGANISATION, body),)) for body, _ in one.by_organisation],
        )  # fmt: skip
    st.page_link(
        "pages/opportunities/page.py", label="Open the opportunities that meet on these services", icon=":material/arrow_forward:",
        query_params=down.query(scope_picker.chosen(), (), search=one.target.name),
    )  # fmt: skip


def _unlinked(scope: Scope, found: TargetsMoney) -> None:
    services = kept.names_of(Dimension.SERVICE)
    whole = found.linked + found.unlinked
    positive = [one for one in found.unlinked_by_service if one[1] > 0]
    if not positive:
        components.say("Every service with money works towards some target.")
        return
    rows = (*((services.get(service, service), amount, marks.share_of(amount, whole)) for service, amount in found.unlinked_by_service),
            ("All that works towards no target", found.unlinked, marks.share_of(found.unlinked, whole)))  # fmt: skip
    chart.draw(
        figures.unlinked(positive, services, pounds),
        key="unlinked",
        finding=titles.of_unlinked(found, services),
        shows=("unlinked", ""),
        scope=scope,
        table=Table(
            "Money that works towards no target",
            (Column("Service"), Column("Amount", As.MONEY), Column("Share", As.SHARE)),
            rows,
            has_total=True,
        ),
        ways=[
            Way(services.get(service, service), ((Dimension.SERVICE, service),))
            for service, _ in positive[:8]
        ],
        notes=("the largest eight services",),
        level=2,
    )
    together.measure("target_linked")


show()
