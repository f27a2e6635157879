"""The mapping of one draft: what each wording pays for, by heading, the doubtful first, many at a stroke."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import streamlit as st

from budget_model.contribute.compose import Composed
from budget_model.contribute.draft import Draft, StepKind, map_each, map_step
from budget_model.contribute.paying import How
from budget_model.contribute.submission import ServiceShare, whole_of
from budget_model.contribute.template import attention_for, named
from budget_model.contribute.wordings import LIKELY, Heading, Wording, headings_of, with_a_guess, wordings_of
from budget_model.money import exact_pounds, percent, pounds
from budget_model.problem import Refusal
from budget_model.store import contributions
from pages.shared import components, desk, kept
from pages.shared.components import as_typed

A_PAGE = 60
ALL = "All headings"
MOST_PARTS = 4
LONGEST = 110
"""Letters of a wording in a list."""
WHICH = {"doubtful": "Only what is to look at", "all": "Everything"}
SURE = {
    How.OFFICER: "✓ decided",
    How.NAMED: "✓ decided",
    How.REMEMBERED: "✓ remembered",
    How.LEFT: "left out",
}
"""How sure a mapping is that does not rest on a guess."""


def show(draft: Draft, made: Composed, officer: str) -> None:
    """What is mapped, then the wordings to look at, then splitting and taking it along in Excel."""
    wordings = _wordings(desk.Same(made))
    doubtful = [wording for wording in wordings if wording.doubtful]
    components.section(
        f"{percent(made.mapped_share, Decimal(1))} of the money has a service; "
        f"{len(doubtful):,} of {len(wordings):,} wording{'' if len(wordings) == 1 else 's'} to look at",
        _known(made),
    )
    shown = _chosen(draft, wordings, doubtful)
    if not shown:
        components.done("Nothing here needs a decision.")
    else:
        _table(draft, shown, officer)
    first, second = st.columns([7, 5], gap="large")
    with first, st.expander("Split a line between services", key="split"):
        _split(draft, wordings, officer)
    with second:
        st.download_button(
            "The rows that need attention, in Excel",
            lambda: attention_for(made, kept.place()),
            f"{draft.about.organisation}-{draft.about.year}-to-look-at.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
            key="attention",
            help="All lines, those to look at first, with drop-downs. Change it in Excel and drop it again under More.",
        )


@lru_cache(maxsize=4)
def _wordings(made: desk.Same[Composed]) -> tuple[Wording, ...]:
    return wordings_of(made.held.paid)


def _known(made: Composed) -> str:
    return "; ".join(
        f"{one.how}: {one.lines:,} line{'' if one.lines == 1 else 's'}, {pounds(one.amount)}"
        for one in made.known
    )


def _chosen(draft: Draft, wordings: Sequence[Wording], doubtful: Sequence[Wording]) -> list[Wording]:
    headings = {heading.name: heading for heading in (Heading(ALL, tuple(wordings)), *headings_of(wordings))}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="controls_mapping"):
        only = st.segmented_control(
            "Show",
            tuple(WHICH),
            default="doubtful" if doubtful else "all",
            required=True,
            format_func=lambda which: as_typed(WHICH[which]),
            label_visibility="collapsed",
            key=f"only_{draft.number}",
        )
        name = st.selectbox(
            "Heading",
            tuple(headings),
            format_func=lambda name: _named(headings[name]),
            key=f"heading_{draft.number}",
        )
        text = st.text_input("Words", placeholder="Find a wording or a code", key=f"find_{draft.number}")
    inside = headings[name].wordings
    return [wording for wording in inside if (only == "all" or wording.doubtful) and wording.is_about(text)]


def _named(heading: Heading) -> str:
    """A heading with its money, and how much of it is to look at."""
    open_ones = f"{heading.doubtful:,} to look at" if heading.doubtful else "✓"
    return f"{heading.name} · {pounds(heading.amount)} · {open_ones}"


def _table(draft: Draft, shown: list[Wording], officer: str) -> None:
    """One page of wordings, each with its best guess, which can be changed."""
    page = _page(draft, len(shown))
    part = shown[page * A_PAGE : (page + 1) * A_PAGE]
    services = {service.id: service.name for service in kept.place().services}
    ids = {name: key for key, name in services.items()}
    _bulk(draft, part, shown, officer)
    guesses = [_guess(wording, services) for wording in part]
    before = [guess if "; " not in guess else None for guess in guesses]
    key = f"editor_{draft.number}_{draft.steps}_{page}_{len(shown)}"
    after = _edited(part, before, services, sorted(ids), key)
    changed = {
        wording.key: ids[name]
        for wording, name, was in zip(part, after, before, strict=True)
        if name and name != was
    }
    if changed:
        contributions.add_step(kept.store(), draft.number, StepKind.MAP, map_each(changed), by=officer)
        st.rerun()


def _page(draft: Draft, wordings: int) -> int:
    """Which page of wordings is shown, from 0; a choice where there are several."""
    pages = -(-wordings // A_PAGE)
    if pages <= 1:
        return 0
    return (
        int(
            st.number_input(
                as_typed(f"Page of {pages:,}"), 1, pages, 1, key=f"page_{draft.number}", width=180
            )
        )
        - 1
    )


def _edited(
    part: Sequence[Wording],
    before: Sequence[str | None],
    services: dict[str, str],
    names: Sequence[str],
    key: str,
) -> list[str | None]:
    """The services of one page of wordings as they stand in the table now."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            "Description": [f"{wording.code} {wording.description}".strip() for wording in part],
            "Lines": [wording.lines for wording in part],
            "Amount": [exact_pounds(wording.amount).removesuffix(".00") for wording in part],
            "Service": list(before),
            "How sure": [_sure(wording) for wording in part],
            "Why": [_why(wording, services) for wording in part],
        }
    )
    edited: Any = st.data_editor(
        frame,
        key=key,
        hide_index=True,
        width="stretch",
        num_rows="fixed",
        disabled=["Description", "Lines", "Amount", "How sure", "Why"],
        height=min(36 * (len(part) + 1) + 2, 560),
        alt="What each wording pays for; change the service in its column",
        column_config={
            "Description": st.column_config.TextColumn(width="large"),
            "Lines": st.column_config.NumberColumn(width="small"),
            "Amount": st.column_config.TextColumn(width=130),
            "Service": st.column_config.SelectboxColumn(
                options=names, width="medium", help="The best guess; choose another from the list"
            ),
            "How sure": st.column_config.TextColumn(width="small"),
            "Why": st.column_config.TextColumn(width="large"),
        },
    )
    return list(edited["Service"])


def _bulk(draft: Draft, part: list[Wording], shown: list[Wording], officer: str) -> None:
    """Accept many best guesses at one stroke; one undo takes the stroke back."""
    open_here, likely = with_a_guess(part), with_a_guess(shown, LIKELY)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if likely and st.button(
            as_typed(f"Accept all {len(likely):,} that are 80% sure or more"),
            icon=":material/done:",
            key="accept_sure",
        ):
            _accept(draft, likely, officer)
        if open_here and st.button(
            as_typed(f"Accept the {len(open_here)} guess{'' if len(open_here) == 1 else 'es'} shown"),
            icon=":material/done_all:",
            key="accept_shown",
        ):
            _accept(draft, open_here, officer)
        components.note(
            "Or change a service in the table: type its first letters. Undo takes the last stroke back."
        )


def _accept(draft: Draft, wordings: Sequence[Wording], officer: str) -> None:
    step = map_each({wording.key: wording.best for wording in wordings}, how="accepted")
    contributions.add_step(kept.store(), draft.number, StepKind.MAP, step, by=officer)
    st.rerun()


def _guess(wording: Wording, services: dict[str, str]) -> str:
    if wording.first.line.services:
        return named(wording.first.line.services, services)
    return "" if wording.left_out else services.get(wording.best, "")


def _sure(wording: Wording) -> str:
    decided = SURE.get(wording.first.how)
    return decided or f"? {wording.confidence * 100:.0f}%"


def _why(wording: Wording, services: dict[str, str]) -> str:
    line, suggestions = wording.first.line, wording.first.suggestions
    if not wording.doubtful:
        split = named(line.services, services) if len(line.services) > 1 else ""
        return f"{split} {line.reason}".strip()
    if not suggestions:
        return "No suggestion: choose a service"
    rest = ", ".join(services.get(other.service, "") for other in suggestions[1:3])
    return f"{suggestions[0].reason} Or: {rest}."


def _split(draft: Draft, wordings: Sequence[Wording], officer: str) -> None:
    """One wording's money between several services, by parts that make the whole."""
    picked = st.selectbox(
        "Which line",
        range(len(wordings)),
        index=None,
        placeholder="Choose a wording",
        key=f"split_{draft.steps}",
        format_func=lambda place: _with_amount(wordings[place]),
    )
    shares = _shares(draft)
    whole = whole_of(shares)
    if shares:
        components.note(f"Together {whole * 100:.1f}%{'' if whole == 1 else ', which has to be 100%'}.")
    if st.button("Split it so", key="split_go", disabled=picked is None or whole != 1) and picked is not None:
        try:
            step = map_step([wordings[picked].key], shares, how="split")
        except Refusal as refusal:
            components.error(refusal.sentence)
            return
        contributions.add_step(kept.store(), draft.number, StepKind.MAP, step, by=officer)
        st.rerun()


def _with_amount(wording: Wording) -> str:
    return f"{wording.code} {wording.description}, {pounds(wording.amount)}"[:LONGEST]


def _shares(draft: Draft) -> tuple[ServiceShare, ...]:
    """The services that a line is split between, each with its part."""
    services = {service.id: service.name for service in kept.place().services}
    shares = []
    for number in range(MOST_PARTS):
        first, second = st.columns([3, 1])
        service = first.selectbox(
            as_typed(f"Service {number + 1}"),
            list(services),
            index=None,
            format_func=services.__getitem__,
            key=f"split_service_{number}_{draft.steps}",
            placeholder="Choose a service",
        )
        share = second.number_input(
            "Per cent", 0.0, 100.0, 0.0, step=5.0, key=f"split_share_{number}_{draft.steps}"
        )
        if service and share:
            shares.append(ServiceShare(service, Decimal(str(share)) / 100))
    return tuple(shares)
