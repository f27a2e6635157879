"""Transfers whose two figures differ, to be settled between payer and payee."""

from decimal import Decimal

import streamlit as st

from budget_model.count.consolidate import Mismatch
from budget_model.count.saying import counted
from budget_model.dates import day
from budget_model.money import exact_pounds
from budget_model.store import quality
from budget_model.store.quality import Settlement
from pages.shared import components, desk, kept, signing


def show(year: str) -> None:
    """Every transfer whose two figures differ, the largest difference first."""
    found = kept.mismatches(year)
    names, told = {one.id: one.name for one in kept.place().organisations}, desk.settlements(year)
    open_ones = [one for one in found if not (one.transfer in told and told[one.transfer].settled)]
    if not found:
        components.empty(
            "No transfer has two figures that differ.",
            "Where they do, both figures stand here, to be settled between them.",
        )
        return
    how_many = counted(len(open_ones), "transfer is", "transfers are").capitalize()
    components.section(
        f"{how_many} given differently for payer and payee",
        "The lower figure is taken out once; the difference stays in the total until the two agree.",
    )
    for one in sorted(found, key=_apart, reverse=True):
        note = told.get(one.transfer)
        with st.container(border=True, key=f"transfer_{one.transfer}"):
            components.ask(
                f"{names.get(one.payer, one.payer)} to {names.get(one.payee, one.payee)}",
                f"{one.figures} They differ by {exact_pounds(_apart(one))}.",
            )
            if note:
                state = "Settled" if note.settled else "Open again"
                components.note(f"{state}: {note.note} ({note.by}, {day(note.on)})")
            _settle(one.transfer, year, note)


def _settle(transfer: str, year: str, note: Settlement | None) -> None:
    """The form by which a transfer is settled, or opened again."""
    done = note is not None and note.settled
    with st.form(f"settle_{transfer}", border=False):
        words = st.text_input("What was agreed", value=note.note if note else "", max_chars=500)
        if st.form_submit_button("Open it again" if done else "Mark as settled"):
            by = signing.officer()
            quality.settle(kept.store(), transfer, year, settled=not done, note=words, by=by)
            st.rerun()


def _apart(one: Mismatch) -> Decimal:
    return abs(one.payer_states - one.payee_states)
