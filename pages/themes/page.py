"""Who pays for one board's business, through which services, and what works towards a cross-cutting theme?"""

from decimal import Decimal

import streamlit as st

from budget_model.count import parts_said
from budget_model.count.ranked import basis_of, who_pays, with_basis
from budget_model.count.restate import Restating
from budget_model.count.results import UNMAPPED, PartOfTotal, Total
from budget_model.count.saying import counted, listed
from budget_model.count.tags import Tagged
from budget_model.money import NOTHING, percent, pounds
from budget_model.place.model import Theme, ThemeKind, strength_in_words
from budget_model.scope import Scope
from budget_model.vocabulary import Dimension
from pages.shared import chart, choice, components, down, kept, marks, scope_picker
from pages.shared.components import Range, Share, Tile
from pages.shared.parts import any_estimated, draw
from pages.shared.tables import As, Column, Table

BOARD = "board"


def show() -> None:
    """All boards and themes, or one of them whole where the link names it."""
    scope = scope_picker.chosen()
    themes = {theme.id: theme for theme in kept.place().themes}
    asked = choice.asked(BOARD, tuple(themes), "")
    if not asked:
        st.title("Themes and boards")
    with st.container(horizontal=True, key="controls_themes"):
        choice.one(
            "Board or theme", ("", *themes), BOARD, "",
            lambda key: f"{themes[key].name}{' (cross-cutting)' if _cuts(themes[key]) else ''}" if key else "All boards and themes",
        )  # fmt: skip
    if not kept.total(scope).lines:
        components.empty(
            "No line of any budget is in this choice.", "Widen it above, or go back to the whole place."
        )
    elif not asked:
        _all(scope)
    elif _cuts(themes[asked]):
        _cutting(scope, next(one for one in kept.tagged(scope) if one.theme.id == asked))
    else:
        _board(scope, themes[asked])


def _cuts(theme: Theme) -> bool:
    return theme.kind is ThemeKind.CROSS_CUTTING


def _all(scope: Scope) -> None:
    parts, shown, total = kept.by(scope, Dimension.THEME), chart.shown_as(scope), kept.total(scope)
    graded = kept.pivot(scope, (Dimension.THEME, Dimension.GRADE))
    chart.draw(
        draw(parts, graded, kept.colours(), lambda amount: pounds(shown.of(amount))),
        key="boards",
        patterns=marks.doubt_key(estimated=any_estimated(graded), unmapped=bool(total.unmapped)),
        finding=chart.said(scope, "what") or "What it is spent on",
        shows=("what", ""),
        scope=scope,
        table=marks.breakdown("Delivery boards", "Delivery board", parts, shown, total),
        ways=[chart.Way(part.name, ((Dimension.THEME, part.key),)) for part in parts],
        level=2,
    )
    _tags(scope)


def _tags(scope: Scope) -> None:
    tagged = [one for one in kept.tagged(scope) if one.services]
    if not tagged:
        return
    shown, total = chart.shown_as(scope), kept.total(scope)
    said = parts_said.contributing(tagged, shown)
    parts = [
        PartOfTotal(one.theme.id, one.theme.name, one.amount, one.amount, NOTHING, one.amount, one.amount)
        for one in sorted(tagged, key=lambda one: -one.amount)
    ]
    rows = tuple(
        (one.theme.name, len(one.services), shown.of(one.amount), marks.share_of(one.amount, total.total))
        for one in sorted(tagged, key=lambda one: -one.amount)
    )
    chart.draw(
        draw(parts, (), kept.colours(), lambda amount: pounds(shown.of(amount))),
        key="tags",
        finding=said.sentence if said else "Cross-cutting themes",
        shows=("tags", ""),
        scope=scope,
        table=Table(
            "Money in services that contribute to each cross-cutting theme",
            (
                Column("Theme"),
                Column("Services", As.COUNT),
                Column("Amount", As.MONEY),
                Column("Share", As.SHARE),
            ),
            rows,
            notes=("A service can contribute to several themes, so these amounts are never added up.",),
        ),
        notes=("tags that overlap, never added up",),
        level=2,
    )


def _board(scope: Scope, board: Theme) -> None:
    alone = scope.switched(themes=(board.id,))
    shown, total, whole = chart.shown_as(scope), kept.total(alone), kept.total(scope.switched(themes=()))
    if not total.lines:
        components.headline(f"Nothing on this map is for {board.name}")
        components.empty("No line of this choice belongs to the board.", "Widen the choice above.")
        return
    bodies = kept.by(alone, Dimension.ORGANISATION)
    components.headline(
        _who_pays(bodies, board.name, shown.of(total.total)),
        eyebrow="Delivery board",
        standfirst=board.description,
    )
    first = bodies[0]
    tiles = [
        Tile("On the map", pounds(shown.of(total.total)), f"between {pounds(shown.of(total.low))} and {pounds(shown.of(total.high))}",
                   Range(total.low, total.total, total.high)),
        Tile("Of the place’s total", percent(total.total, whole.total), f"of {pounds(shown.of(whole.total))}",
                   Share(total.total, whole.total)),
        Tile("Largest payer", percent(first.amount, total.total), first.name, Share(first.amount, total.total)),
        Tile("At grade 3 or better", percent(total.sure, total.total), counted(total.lines, "line", "lines"),
                   Share(total.sure, total.total)),
    ]  # fmt: skip
    components.tiles(tiles, "four")
    cells = kept.pivot(alone, (Dimension.ORGANISATION, Dimension.GRADE))
    graded = kept.pivot(alone, (Dimension.SERVICE, Dimension.GRADE))
    left, right = st.columns(2, gap="large")
    with left:
        chart.draw(
            draw(bodies, cells, kept.colours(), lambda amount: pounds(shown.of(amount))),
            patterns=marks.doubt_key(estimated=any_estimated(cells)),
            key=f"payers_{board.id}",
            finding=_payers(bodies, board.name, shown),
            shows=("theme", board.id),
            scope=alone,
            table=marks.breakdown(f"Who pays for {board.name}", "Organisation", bodies, shown, total),
            ways=[chart.Way(part.name, ((Dimension.ORGANISATION, part.key), (Dimension.THEME, board.id))) for part in bodies],
            level=2,
        )  # fmt: skip
    services = kept.by(alone, Dimension.SERVICE)
    with right:
        chart.draw(
            draw(services, graded, board.colour, lambda amount: pounds(shown.of(amount))),
            patterns=marks.doubt_key(estimated=any_estimated(graded)),
            key=f"services_{board.id}",
            finding=parts_said.theme_by_service(_whole(board, total), services, shown).sentence,
            shows=("theme-services", board.id),
            scope=alone,
            table=marks.breakdown(f"Services of {board.name}", "Service", services, shown, total),
            ways=[chart.Way(part.name, ((Dimension.SERVICE, part.key), (Dimension.THEME, board.id))) for part in services],
            level=2,
        )  # fmt: skip
    _shared_services(alone, board)
    st.page_link(
        "pages/lines/page.py", label=f"Open the lines of {board.name}", icon=":material/arrow_forward:",
        query_params=down.query(scope.switched(themes=()), ((Dimension.THEME, board.id),)),
    )  # fmt: skip


def _whole(board: Theme, total: Total) -> PartOfTotal:
    """All of one board's money as a part of the place's."""
    return PartOfTotal(
        board.id, board.name, total.total, total.gross, total.eliminated, total.low, total.high
    )  # fmt: skip


def _payers(bodies: tuple[PartOfTotal, ...], name: str, shown: Restating) -> str:
    """Who pays for a board, as its slide says it."""
    paid = [(shown.of(part.amount), part.key) for part in bodies if part.amount > 0]
    if not paid:
        return f"No body spends more on {name} than it takes in."
    said = who_pays(name, paid, kept.names_of(Dimension.ORGANISATION))
    return with_basis(said, basis_of(shown))


def _who_pays(bodies: tuple[PartOfTotal, ...], name: str, amount: Decimal) -> str:
    paying = [part for part in bodies if part.amount > 0]
    whole = sum((part.amount for part in paying), NOTHING)
    who = counted(len(paying), "body", "bodies").capitalize()
    said = f"{who} {'spends' if len(paying) == 1 else 'spend'} {pounds(amount)} on {name}"
    if len(paying) > 2:
        said += f"; two of them pay {percent(paying[0].amount + paying[1].amount, whole)}"
    return said


def _shared_services(alone: Scope, board: Theme) -> None:
    """The services of the board that more than one body pays for, each with its payers."""
    shown, names = chart.shown_as(alone), kept.short_names()
    paid: dict[str, list[tuple[str, Decimal]]] = {}
    for cell in kept.pivot(alone, (Dimension.SERVICE, Dimension.ORGANISATION)):
        if cell.amount > 0 and cell.keys[0] != UNMAPPED:
            paid.setdefault(cell.keys[0], []).append((cell.keys[1], cell.amount))
    joint = {service: payers for service, payers in paid.items() if len(payers) > 1}
    if not joint:
        return
    services = kept.names_of(Dimension.SERVICE)
    rows: list[tuple[str, int, Decimal, str]] = []
    for service, payers in joint.items():
        whole = sum((amount for _, amount in payers), NOTHING)
        who = listed([names.get(body, body) for body, _ in payers], most=5)
        rows.append((services.get(service, service), len(payers), shown.of(whole), who))
    rows.sort(key=lambda row: -row[2])
    components.finding(
        f"More than one body pays for {counted(len(rows), 'of its services', 'of its services')}",
        chart.caption(alone, shown, kept.relied_on(alone)),
        2,
    )
    columns = (
        Column("Service"),
        Column("Bodies", As.COUNT),
        Column("Amount", As.MONEY),
        Column("Who pays, largest first"),
    )
    ways = [
        chart.Way(services.get(one, one), ((Dimension.SERVICE, one), (Dimension.THEME, board.id)))
        for one in joint
    ]
    chart.beneath(
        Table(f"Services of {board.name} with several payers", columns, tuple(rows)),
        f"joint_{board.id}",
        alone,
        ways,
        shows=("shared", ""),
    )


def _cutting(scope: Scope, one: Tagged) -> None:
    shown, total = chart.shown_as(scope), kept.total(scope)
    services = counted(len(one.services), "service", "services").capitalize()
    verb = "contributes" if len(one.services) == 1 else "contribute"
    components.headline(
        f"{services} worth {pounds(shown.of(one.amount))} {verb} to {one.theme.name}",
        eyebrow="Cross-cutting theme: a tag, never added up",
        standfirst=one.theme.description,
    )
    if not one.services:
        components.empty(
            "No service with money in this choice contributes to this theme.", "Widen the choice above."
        )
        return
    parts = tuple(part for part, _ in sorted(one.services, key=lambda tie: -tie[0].amount))
    strength = {part.key: how for part, how in one.services}
    rows = tuple(
        (
            part.name,
            strength_in_words(strength[part.key]),
            shown.of(part.amount),
            marks.share_of(part.amount, total.total),
        )
        for part in parts
    )
    said = parts_said.contributors(one, shown)
    chart.draw(
        draw(parts, (), one.theme.colour, lambda amount: pounds(shown.of(amount)), most=16),
        key=f"tag_{one.theme.id}",
        finding=said.sentence if said else one.theme.name,
        shows=("tag", one.theme.id),
        scope=scope,
        table=Table(
            f"Services that contribute to {one.theme.name}",
            (Column("Service"), Column("Contributes"), Column("Amount", As.MONEY), Column("Share", As.SHARE)), rows,
            notes=("The whole money of each service is shown: how much of it works towards the theme is not known.",),
        ),
        ways=[chart.Way(part.name, ((Dimension.SERVICE, part.key),)) for part in parts],
        notes=("whole services, never added to other themes",),
        level=2,
    )  # fmt: skip


show()
