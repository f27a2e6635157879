"""The three-column flow of money, as the Overview and Explore both show it."""

from budget_model.count.flows import EVERY, GENERAL, NOT_KNOWN, Flows
from budget_model.count.ranked import basis_of, where_from, with_basis
from budget_model.money import NOTHING, pounds
from budget_model.scope import Scope
from budget_model.vocabulary import Dimension
from pages.shared import chart, kept
from pages.shared.sankey import sankey
from pages.shared.tables import As, Column, Table

MOST = 11


def draw(scope: Scope, key: str, *, most: int = MOST, height: int = 520, level: int = 2) -> None:
    """Where the money comes from, who spends it, and what it is for."""
    drawn, shown = kept.flows(scope, most), chart.shown_as(scope)
    if not drawn.organisations:
        return
    ways, numbers = _ways(drawn)
    names = {node.key: node.name for node in (*drawn.funding, *drawn.organisations, *drawn.themes)}
    rows = [
        *(("From", names[link.source], names[link.target], shown.of(link.amount)) for link in drawn.left),
        *(("To", names[link.source], names[link.target], shown.of(link.amount)) for link in drawn.right),
    ]
    notes = []
    if drawn.below_nought:
        below = -sum((cell.amount for cell in drawn.below_nought), NOTHING)
        notes.append(f"{pounds(shown.of(below))} of net income cannot be drawn and is left out")
    chart.draw(
        sankey(drawn, lambda amount: pounds(shown.of(amount)), numbers, height),
        key=f"flow_{key}",
        shows=("flows", ""),
        finding=finding(scope),
        scope=scope,
        table=Table(
            "Where the money comes from and goes",
            (Column("Side"), Column("From"), Column("To"), Column("Amount", As.MONEY)), tuple(rows),
        ),
        ways=ways,
        notes=notes,
        level=level,
    )  # fmt: skip


def finding(scope: Scope) -> str:
    """Where most of it comes from, as far as that is known: of every stream, however few are drawn."""
    shown = chart.shown_as(scope)
    streams = [(one.key, one.name, shown.of(one.amount)) for one in kept.flows(scope, EVERY).funding]
    said = where_from(streams, frozenset({NOT_KNOWN, GENERAL}))
    return with_basis(said.sentence, basis_of(shown)) if said else "Where the money comes from and goes"


def _ways(drawn: Flows) -> tuple[list[chart.Way], dict[tuple[str, str], int]]:
    ways: list[chart.Way] = []
    numbers: dict[tuple[str, str], int] = {}
    for column, dimension, nodes in (
        ("organisation", Dimension.ORGANISATION, drawn.organisations),
        ("theme", Dimension.THEME, drawn.themes),
    ):
        for node in nodes:
            if not node.holds:
                numbers[(column, node.key)] = len(ways)
                ways.append(chart.Way(node.name, ((dimension, node.key),)))
    names = {node.key: node.name for node in (*drawn.organisations, *drawn.themes)}
    held = {node.key for node in (*drawn.organisations, *drawn.themes) if node.holds}
    for link in sorted(drawn.right, key=lambda one: -one.amount):
        if link.source not in held and link.target not in held:
            chosen = ((Dimension.ORGANISATION, link.source), (Dimension.THEME, link.target))
            ways.append(chart.Way(f"{names[link.source]} → {names[link.target]}", chosen))
    return ways, numbers
