"""What the agreement of a pool says, as it is entered, and what its partners would put in next year."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import pounds, typed_number
from budget_model.problem import Refusal
from budget_model.store import joint
from budget_model.store.others import Thing
from budget_model.store.store import Store
from budget_model.together import pools as pooling
from budget_model.together.pools import Contribution, Pool, PoolNextYear, RollForward
from budget_model.vocabulary import Dimension
from pages.pools.link import MOST_POUNDS, hundredths, pounds_in
from pages.shared import chart, components, kept, others, signing, tables, together
from pages.shared.components import as_typed

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
WORDS = {
    "aims": "Aims and outcomes",
    "functions": "Functions carried out through it",
    "people_and_services": "People and services covered",
    "staff_and_goods": "Staff, goods and accommodation in kind",
    "variation": "How contributions may vary",
    "exit_terms": "How it may be left",
    "overspend": "What happens to an overspend",
    "underspend": "What happens to an underspend",
    "vat": "VAT",
    "power": "Legal power",
    "manager": "Manager of the fund",
    "outcome_measure": "Outcome measure",
}
"""What is entered in words: the field of a pool, and its label."""
FIGURES = {"baseline": "Baseline of the outcome measure", "target": "Target of the outcome measure"}
DAYS = {"starts": "Starts", "review": "Review", "ends": "Ends"}


def enter(pool: Pool) -> None:
    """Enter what an agreement says, and keep it as a new wording of its entry."""
    with st.expander("Enter what the agreement says", key=f"pool_{pool.id}"):
        store = others.at(pool.id, Thing.POOL)
        by = signing.name(f"pool_{pool.id}")
        words = _words(pool)
        host, figures = _host_and_figures(pool)
        days = _days(pool)
        contributions = _least(pool)
        pressed = st.button("Keep this wording", type="primary", key=f"pool_{pool.id}_keep")
        if not pressed or signing.is_missing(by):
            return
        try:
            measured = {field: _figure(typed) for field, typed in figures.items()}
        except ValueError:
            components.caution(
                "The baseline and the target of the outcome measure are figures, such as 72 or 6.5."
            )
            return
        entered: dict[str, Any] = {**words, **measured, **days}
        _keep(store, replace(pool, host=host, contributions=contributions, **entered), by)


def _keep(store: Store, pool: Pool, by: str) -> None:
    try:
        joint.keep_pool(store, pool, by=by)
    except Refusal as refusal:
        components.caution(refusal.sentence)
    else:
        st.rerun()


def _words(pool: Pool) -> dict[str, str]:
    columns = st.columns(2)
    return {
        field: columns[number % 2]
        .text_area(
            as_typed(label),
            value=getattr(pool, field),
            key=f"pool_{pool.id}_{field}",
            height=68,
            max_chars=2000,
        )
        .strip()
        for number, (field, label) in enumerate(WORDS.items())
    }


def _host_and_figures(pool: Pool) -> tuple[str, dict[str, str]]:
    """Who holds it, and the two figures of its outcome measure as they are typed."""
    names = kept.names_of(Dimension.ORGANISATION)
    bodies = list(dict.fromkeys([*pool.by_partner, *([pool.host] if pool.host else [])]))
    first, *rest = st.columns(3)
    host = first.selectbox(
        "Host",
        bodies,
        index=bodies.index(pool.host) if pool.host in bodies else None,
        format_func=lambda body: names.get(body, body),
        key=f"pool_{pool.id}_host",
    )
    figures = {
        field: column.text_input(
            as_typed(label), value=_plain(getattr(pool, field)), key=f"pool_{pool.id}_{field}"
        )
        for column, (field, label) in zip(rest, FIGURES.items(), strict=True)
    }
    return str(host or ""), figures


def _plain(figure: Decimal | None) -> str:
    return "" if figure is None else f"{figure:f}"


def _figure(typed: str) -> Decimal | None:
    """A figure that was typed; None for nothing typed. Raises `ValueError` for what is none."""
    text = typed.strip().removesuffix("%")
    return typed_number(text) if text else None


def _days(pool: Pool) -> dict[str, date | None]:
    return {
        field: column.date_input(
            as_typed(label),
            value=getattr(pool, field),
            key=f"pool_{pool.id}_{field}",
            format="DD/MM/YYYY",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
        )
        for column, (field, label) in zip(st.columns(3), DAYS.items(), strict=True)
    }


def _least(pool: Pool) -> tuple[Contribution, ...]:
    """The contributions with the least that each partner is bound to."""
    columns = st.columns(2)
    return tuple(
        _bound_to(columns[number % 2], contribution, f"pool_{pool.id}_least_{number}")
        for number, contribution in enumerate(pool.contributions)
    )


def _bound_to(column: Any, contribution: Contribution, key: str) -> Contribution:
    who, puts_in = together.short(contribution.partner), pounds(contribution.amount)
    least = column.number_input(
        as_typed(f"Least that {who} is bound to, £ (contributes {puts_in})"),
        min_value=0.0,
        max_value=MOST_POUNDS,
        step=1000.0,
        value=None if contribution.minimum is None else float(contribution.minimum),
        format="%.0f",
        key=key,
        placeholder="No minimum",
    )
    return replace(contribution, minimum=None if least is None else pounds_in(key))


def next_year(pool: Pool) -> None:
    """What each partner would put in next year, step by step, by changes that are typed."""
    if not pool.by_partner:
        return
    with st.expander("Next year’s contributions", key=f"next_{pool.id}"):
        rolled = pooling.pool_next_year(pool, _changes(pool))
        table = _bridge(pool, rolled, kept.names_of(Dimension.ORGANISATION))
        tables.show(table)
        chart.files(table, f"next_{pool.id}")


def _changes(pool: Pool) -> RollForward:
    columns = st.columns(4)
    inflation = columns[0].number_input(
        "Inflation, %", -20.0, 50.0, 2.0, 0.5, format="%.1f", key=f"next_{pool.id}_inflation"
    )
    sums = {
        "recurrent": ("Recurrent changes, £ each", -MOST_POUNDS),
        "developments": ("Agreed developments, £ each", 0.0),
        "efficiency": ("Agreed efficiency, £ each", 0.0),
    }
    for column, (field, (label, least)) in zip(columns[1:], sums.items(), strict=True):
        column.number_input(
            as_typed(label), least, MOST_POUNDS, 0.0, 1000.0, format="%.0f", key=f"next_{pool.id}_{field}"
        )
    amounts = {field: pounds_in(f"next_{pool.id}_{field}") for field in sums}
    return RollForward(inflation=hundredths(inflation), **amounts)


def _bridge(pool: Pool, rolled: PoolNextYear, names: Mapping[str, str]) -> Table:
    columns = (
        Column("Partner"),
        *(Column(step.label, Kind.POUNDS) for step in rolled.steps),
        Column("Next year", Kind.POUNDS),
    )
    rows: list[tuple[Value, ...]] = [
        (names.get(each.partner, each.partner), *(step.amount for step in each.steps), each.amount)
        for each in rolled.partners
    ]
    rows.append(("The pool", *(step.amount for step in rolled.steps), rolled.amount))
    return Table(f"Next year’s contributions to {pool.name}", columns, tuple(rows), totals=1)
