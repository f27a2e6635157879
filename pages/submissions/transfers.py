"""Transfers whose two figures differ, to be settled between payer and payee."""

from decimal import Decimal

import streamlit as st

from budget_model.count.consolidate import Mismatch
from budget_model.count.saying import counted
from budget_model.dates import day
from budget_model.money import exact_pounds
from budget_model.problem import Refusal
from budget_model.store import quality
from budget_model.store.others import Thing
from budget_model.store.quality import Settlement
from pages.shared import components, desk, kept, others, signing


def show(year: str) -> None:
    """Every transfer whose two figures differ, the largest difference first."""
    mismatches = kept.mismatches(year)
    names, settlements = (
        {organisation.id: organisation.name for organisation in kept.place().organisations},
        desk.settlements(year),
    )
    open_ones = [
        mismatch
        for mismatch in mismatches
        if not (mismatch.transfer in settlements and settlements[mismatch.transfer].settled)
    ]
    if not mismatches:
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
    for mismatch in sorted(mismatches, key=_apart, reverse=True):
        note = settlements.get(mismatch.transfer)
        with st.container(border=True, key=f"transfer_{mismatch.transfer}"):
            components.ask(
                f"{names.get(mismatch.payer, mismatch.payer)} to {names.get(mismatch.payee, mismatch.payee)}",
                f"{mismatch.figures} They differ by {exact_pounds(_apart(mismatch))}.",
            )
            if note:
                state = "Settled" if note.settled else "Open again"
                components.note(f"{state}: {note.note} ({note.by}, {day(note.on)})")
            _settle(mismatch.transfer, year, note)


def _settle(transfer: str, year: str, note: Settlement | None) -> None:
    """The form by which a transfer is settled, or opened again."""
    done = note is not None and note.settled
    store = others.at(f"{transfer} {year}", Thing.TRANSFER)
    version = f"settled_{transfer}_{year}"
    box = f"settle_why_{transfer}_{st.session_state.get(version, 0)}"
    with st.form(f"settle_{transfer}", border=False):
        words = st.text_input(
            "Why it is open again" if done else "What was agreed",
            max_chars=500,
            key=box,
        )
        with st.container(horizontal=True, gap="small"):
            look = st.form_submit_button("See what it would change", key=f"settle_try_{transfer}")
            go = st.form_submit_button(
                "Open it again" if done else "Mark as settled", key=f"settle_do_{transfer}"
            )
    try:
        if look:
            components.note(quality.settle_preview(kept.store(), transfer, year, settled=not done).sentence)
        elif go:
            quality.settle(store, transfer, year, settled=not done, note=words, by=signing.officer())
            st.session_state[version] = int(st.session_state.get(version, 0)) + 1
            st.rerun()
    except Refusal as refusal:
        components.caution(refusal.sentence)


def _apart(mismatch: Mismatch) -> Decimal:
    return abs(mismatch.payer_states - mismatch.payee_states)
