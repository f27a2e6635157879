"""What does this word mean?"""

from collections.abc import Sequence

import streamlit as st

from budget_model.count.saying import counted, opened
from budget_model.money import percent, pounds
from budget_model.place.model import Term
from pages.shared import choice, components, kept, scope_picker
from pages.shared.components import Range, Share, Tile, as_typed

FULL = 22  # with so many words a group of letters is long enough


def show() -> None:
    """Four words on this place's own money, a way to find any other, and all of them by letter."""
    terms = sorted(kept.place().glossary, key=lambda term: term.term.lower())
    st.title("Glossary")
    if not terms:
        components.empty(
            "This place has no glossary.",
            "Add words to the reference list of terms and load the place again.",
        )
        return
    with st.container(horizontal=True, key="controls_glossary"):
        search = choice.text("Find a word", "word", "pooled fund").lower()
    if not search:
        _on_real_money()
        _by_letter(terms)
        return
    matches = [term for term in terms if search in term.term.lower() or search in term.meaning.lower()]
    if not matches:
        components.empty(f"No word has “{search}” in it.", "Try a shorter one.")
        return
    components.section(
        f"{opened(counted(len(matches), 'word has', 'words have'))} “{search}” in name or meaning"
    )
    _meanings(matches)


def _on_real_money() -> None:
    """The words that a reader meets first, each as the figure that it is in this place."""
    scope = scope_picker.chosen()
    place, total, relied = kept.place(), kept.total(scope), kept.relied_on(scope)
    if not total.lines:
        return
    components.section(f"Four words, on the {pounds(total.total)} of {place.name}, {total.year}")
    components.tiles(
        [
            Tile(
                "Double counting",
                pounds(total.eliminated),
                f"of {pounds(total.gross)} is in the budgets of two bodies, and is counted once",
                Share(total.eliminated, total.gross),
            ),
            Tile(
                "Estimated",
                pounds(relied.estimated),
                f"{percent(relied.estimated, relied.size)} is worked out from another figure: of a wider area, of another "
                "year, or by a ratio",
                Share(relied.estimated, relied.size),
            ),
            Tile(
                "Confidence grade",
                f"{pounds(total.low)} to {pounds(total.high)}",
                "is how far the total may be off, by the grade of each figure in it",
                Range(total.low, total.total, total.high),
            ),
            Tile(
                "Transfer to individuals",
                pounds(total.paid),
                "is paid straight to people, as benefits and pensions, and buys no service",
                Share(total.paid, total.total),
            ),
        ],
        "four",
    )


def _by_letter(terms: Sequence[Term]) -> None:
    """Every word in groups of letters that open, each saying how many words it has."""
    components.section(f"All {len(terms)} words", "Open some letters, or find a word above.")
    groups = _groups(terms)
    for group in groups:
        first, last = _letter(group[0]), _letter(group[-1])
        letters = first if first == last else f"{first} to {last}"
        words = f"{group[0].term} … {group[-1].term}" if len(group) > 1 else group[0].term
        label = f"{letters}: {counted(len(group), 'word', 'words')}, {words}"
        with st.expander(as_typed(label), key=f"letters_{first}", expanded=len(groups) == 1):
            _meanings(group)


def _groups(terms: Sequence[Term]) -> list[list[Term]]:
    """Words in groups of whole letters, each of at least some words but the last."""
    groups: list[list[Term]] = [[]]
    for term in terms:
        begins = bool(groups[-1]) and _letter(groups[-1][-1]) != _letter(term)
        if begins and len(groups[-1]) >= FULL:
            groups.append([])
        groups[-1].append(term)
    return groups


def _letter(term: Term) -> str:
    return term.term[0].upper()


def _meanings(terms: Sequence[Term]) -> None:
    components.facts([(term.term, term.meaning) for term in terms], "glossary")


show()
