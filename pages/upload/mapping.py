"""The mapping of one draft: what each wording pays for, by heading, the doubtful first, many at a stroke."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import streamlit as st

from budget_model.contribute.compose import Composed
from budget_model.contribute.draft import Draft, StepKind, map_each, map_step, words_key
from budget_model.contribute.paying import How, Paid
from budget_model.contribute.submission import ServiceShare
from budget_model.contribute.template import attention_for, named
from budget_model.money import exact_pounds, percent, pounds
from budget_model.problem import Refusal
from budget_model.store import contributions
from pages.shared import components, desk, kept
from pages.shared.components import as_typed

A_PAGE = 60
ALL = "All headings"
MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """Every line with the same words: decided once, unless one is split by itself."""

    key: str
    heading: str
    description: str
    code: str
    first: Paid
    lines: int
    amount: Decimal

    @property
    def doubtful(self) -> bool:
        """Whether a person should look."""
        return self.first.doubtful


def show(draft: Draft, made: Composed, officer: str) -> None:
    """What is mapped, then the wordings to look at, then splitting and taking it along in Excel."""
    wordings = _wordings(desk.Same(made))
    doubtful = [one for one in wordings if one.doubtful]
    size = sum((one.amount for one in wordings), Decimal(0))
    mapped = sum((one.amount for one in wordings if one.first.line.services), Decimal(0))
    components.section(
        f"{percent(mapped, size)} of the money has a service; "
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
            "The rows that need attention, in Excel", lambda: attention_for(made, kept.place()),
            f"{draft.about.organisation}-{draft.about.year}-to-look-at.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:", on_click="ignore", key="attention",
            help="All lines, those to look at first, with drop-downs. Change it in Excel and drop it again under More.",
        )  # fmt: skip


@lru_cache(maxsize=4)
def _wordings(made: desk.Same[Composed]) -> tuple[Wording, ...]:
    found: dict[str, list[Paid]] = {}
    for one in made.held.paid:
        found.setdefault(words_key(one.read), []).append(one)
    wordings = [
        Wording(
            key, " › ".join(lines[0].read.headings) or "No heading", lines[0].line.description or "(no description)",
            lines[0].line.code or "", lines[0], len(lines), sum((abs(one.line.amount) for one in lines), Decimal(0)),
        )
        for key, lines in found.items()
    ]  # fmt: skip
    return tuple(sorted(wordings, key=lambda one: (not one.doubtful, -one.amount)))


def _known(made: Composed) -> str:
    return "; ".join(
        f"{one.how}: {one.lines:,} line{'' if one.lines == 1 else 's'}, {pounds(one.amount)}"
        for one in made.known
    )


def _chosen(draft: Draft, wordings: Sequence[Wording], doubtful: Sequence[Wording]) -> list[Wording]:
    headings: dict[str, list[Wording]] = {}
    for one in wordings:
        headings.setdefault(one.heading, []).append(one)
    order = sorted(headings, key=lambda name: -sum((one.amount for one in headings[name]), Decimal(0)))

    def said(name: str) -> str:
        inside = wordings if name == ALL else headings[name]
        open_ones = sum(one.doubtful for one in inside)
        money = pounds(sum((one.amount for one in inside), Decimal(0)))
        return f"{name} · {money}" + (f" · {open_ones:,} to look at" if open_ones else " · ✓")

    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="controls_mapping"):
        only = st.segmented_control(
            "Show", ("doubtful", "all"), default="doubtful" if doubtful else "all", required=True,
            format_func=lambda option: as_typed({"doubtful": "Only what is to look at", "all": "Everything"}.__getitem__(option)),
            label_visibility="collapsed", key=f"only_{draft.number}",
        )  # fmt: skip
        heading = st.selectbox("Heading", [ALL, *order], format_func=said, key=f"heading_{draft.number}")
        text = st.text_input("Words", placeholder="Find a wording or a code", key=f"find_{draft.number}")
    inside = wordings if heading == ALL else headings[heading]
    wanted = text.casefold().strip()
    return [
        one
        for one in inside
        if (only == "all" or one.doubtful)
        and (not wanted or wanted in one.description.casefold() or wanted in one.code.casefold())
    ]


def _table(draft: Draft, shown: list[Wording], officer: str) -> None:
    import pandas as pd

    pages = (len(shown) + A_PAGE - 1) // A_PAGE
    page = 0
    if pages > 1:
        page = (
            int(
                st.number_input(
                    as_typed(f"Page of {pages:,}"), 1, pages, 1, key=f"page_{draft.number}", width=180
                )
            )
            - 1
        )
    part = shown[page * A_PAGE : (page + 1) * A_PAGE]
    services = {one.id: one.name for one in kept.place().services}
    ids = {name: key for key, name in services.items()}
    guesses = [_guess(one, services) for one in part]
    _bulk(draft, part, shown, officer)
    frame = pd.DataFrame(
        {
            "Description": [f"{one.code} {one.description}".strip() for one in part],
            "Lines": [one.lines for one in part],
            "Amount": [exact_pounds(one.amount).removesuffix(".00") for one in part],
            "Service": [guess if "; " not in guess else None for guess in guesses],
            "How sure": [_sure(one) for one in part],
            "Why": [_why(one, services) for one in part],
        }
    )
    before = list(frame["Service"])
    edited: Any = st.data_editor(
        frame, key=f"editor_{draft.number}_{draft.steps}_{page}_{len(shown)}", hide_index=True, width="stretch",
        num_rows="fixed", disabled=["Description", "Lines", "Amount", "How sure", "Why"],
        height=min(36 * (len(part) + 1) + 2, 560), alt="What each wording pays for; change the service in its column",
        column_config={
            "Description": st.column_config.TextColumn(width="large"),
            "Lines": st.column_config.NumberColumn(width="small"),
            "Amount": st.column_config.TextColumn(width=130),
            "Service": st.column_config.SelectboxColumn(
                options=sorted(ids), width="medium", help="The best guess; choose another from the list"
            ),
            "How sure": st.column_config.TextColumn(width="small"),
            "Why": st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip
    after = list(edited["Service"])
    changed = [
        (part[row], after[row]) for row in range(len(part)) if after[row] and after[row] != before[row]
    ]
    if changed:
        step = map_each({one.key: ids[name] for one, name in changed})
        contributions.add_step(kept.store(), draft.number, StepKind.MAP, step, by=officer)
        st.rerun()


def _bulk(draft: Draft, part: list[Wording], shown: list[Wording], officer: str) -> None:
    """Accept many best guesses at one stroke; one undo takes the stroke back."""
    open_here = [one for one in part if one.doubtful and _best(one)]
    likely = [one for one in shown if one.doubtful and _best(one) and _confidence(one) >= Decimal("0.8")]
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
    step = map_each({one.key: _best(one) for one in wordings}, how="accepted")
    contributions.add_step(kept.store(), draft.number, StepKind.MAP, step, by=officer)
    st.rerun()


def _best(one: Wording) -> str:
    if one.first.line.services:
        return one.first.line.services[0].service
    return one.first.suggestions[0].service if one.first.suggestions else ""


def _confidence(one: Wording) -> Decimal:
    return one.first.suggestions[0].confidence if one.first.suggestions else Decimal(0)


def _guess(one: Wording, services: dict[str, str]) -> str:
    if one.first.line.services:
        return named(one.first.line.services, kept.place())
    return services.get(_best(one), "") if one.first.how is not How.LEFT else ""


def _sure(one: Wording) -> str:
    if one.first.how in (How.OFFICER, How.NAMED):
        return "✓ decided"
    if one.first.how is How.REMEMBERED:
        return "✓ remembered"
    if one.first.how is How.LEFT:
        return "left out"
    return f"? {_confidence(one) * 100:.0f}%"


def _why(one: Wording, services: dict[str, str]) -> str:
    if not one.doubtful:
        split = named(one.first.line.services, kept.place()) if len(one.first.line.services) > 1 else ""
        return f"{split} {one.first.line.reason}".strip()
    if not one.first.suggestions:
        return "No suggestion: choose a service"
    rest = ", ".join(services.get(other.service, "") for other in one.first.suggestions[1:3])
    return f"{one.first.suggestions[0].reason} Or: {rest}."


def _split(draft: Draft, wordings: Sequence[Wording], officer: str) -> None:
    services = {one.id: one.name for one in kept.place().services}
    picked = st.selectbox(
        "Which line", range(len(wordings)), index=None, placeholder="Choose a wording", key=f"split_{draft.steps}",
        format_func=lambda one: f"{wordings[one].code} {wordings[one].description}, {pounds(wordings[one].amount)}"[:110],
    )  # fmt: skip
    shares: list[ServiceShare] = []
    for number in range(MOST_PARTS):
        first, second = st.columns([3, 1])
        with first:
            service = st.selectbox(
                as_typed(f"Service {number + 1}"), list(services), index=None, format_func=services.__getitem__,
                key=f"split_service_{number}_{draft.steps}", placeholder="Choose a service",
            )  # fmt: skip
        with second:
            share = st.number_input(
                "Per cent", 0.0, 100.0, 0.0, step=5.0, key=f"split_share_{number}_{draft.steps}"
            )
        if service and share:
            shares.append(ServiceShare(service, Decimal(str(share)) / 100))
    whole = sum((one.share for one in shares), Decimal(0))
    if shares:
        components.note(f"Together {whole * 100:.1f}%{'' if whole == 1 else ', which has to be 100%'}.")
    if st.button("Split it so", key="split_go", disabled=picked is None or whole != 1) and picked is not None:
        try:
            step = map_step([wordings[picked].key], tuple(shares), how="split")
        except Refusal as refusal:
            components.error(refusal.sentence)
            return
        contributions.add_step(kept.store(), draft.number, StepKind.MAP, step, by=officer)
        st.rerun()
