"""Lines and bids of the register as they are entered or changed, by those who may."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import streamlit as st

from budget_model.access import Act
from budget_model.money import typed_number
from budget_model.place.model import Award, Bid, ThemeKind
from budget_model.problem import Refusal
from budget_model.store.external_funding import keep_award, keep_bid, may_change, withdraw
from budget_model.store.others import Thing
from budget_model.store.store import Store
from budget_model.together.external_funding import Register, blank_award, blank_bid, new_id
from budget_model.vocabulary import BidState
from pages.shared import asking, components, kept, others, signing
from pages.shared.components import as_typed

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
NEW = "Something new"
ENTERED = "funding_entered"
# Where the session keeps how many new entries of a kind were kept.
NO_AMOUNT = "An amount is written in pounds, such as 250,000."


def enter(held: Register) -> None:
    """Both forms, or why there are none."""
    if not asking.asker().may(Act.FUND):
        components.say(
            "Who may enter external funding: officers for their own body, leads of themes, members of the Board and the director."
        )
        return
    by = signing.name("funding")
    with components.unfolding("Enter or change a bid", "enter_bid") as opened:
        if opened:
            _bid(held, by)
    with components.unfolding("Enter or change a line of the register", "enter_award") as opened:
        if opened:
            _award(held, by)


def _place(kind: str, which: str) -> str:
    """The name of the boxes of one entry; a new one has other boxes each time that one was kept."""
    return f"{kind}_{which}" if which else f"{kind}_new{st.session_state.get(f'{ENTERED}_{kind}', '')}"


def _bodies() -> dict[str, str]:
    """The bodies that somebody may enter for, by id."""
    asker, bodies = asking.asker(), kept.place().organisations
    named = {body.id: body.name for body in bodies if asker.may(Act.FUND, body.id)}
    return {"": "None of the list", **named} if len(named) == len(bodies) else named


def _boards() -> dict[str, str]:
    boards = {theme.id: theme.name for theme in kept.place().themes if theme.kind is ThemeKind.DELIVERY_BOARD}
    return {"": "No board", **boards}


def _chosen(label: str, named: dict[str, str], given: str, key: str) -> str:
    keys = tuple(named)
    return str(
        st.selectbox(
            as_typed(label),
            keys,
            index=keys.index(given) if given in keys else 0,
            format_func=named.__getitem__,
            key=key,
        )
    )


def _day(label: str, given: date | None, key: str) -> date | None:
    day: date | None = st.date_input(
        as_typed(label), value=given, min_value=FIRST_DAY, max_value=LAST_DAY, format="DD/MM/YYYY", key=key
    )
    return day


def _pounds(typed: str) -> Decimal | None:
    """An amount as it was typed; None for an empty box; raises `ValueError` for anything else."""
    return typed_number(typed) if typed.strip() else None


def _typed(amount: Decimal | None) -> str:
    """An amount as it stands in its box; nothing for one that is not known, and 0 for none."""
    return "" if amount is None else f"{amount:,}"


def _which(label: str, entries: Sequence[Award | Bid], key: str) -> str:
    """Which entry is changed, of those that whoever looks may change; empty for a new one."""
    named = {"": NEW}
    for entry in entries:
        if may_change(asking.asker(), entry):
            named[entry.id] = _called(entry)
    return _chosen(label, named, "", key)


def _bid(held: Register, by: str) -> None:
    which = _which("Bid", held.bids, "bid_which")
    before = next((bid for bid in held.bids if bid.id == which), None)
    store = others.at(which, Thing.BID)
    base = before or blank_bid("", f"Entered by {by}")
    at = _place("bid", which)
    name = st.text_input("Name of the bid", value=base.name, key=f"{at}_name", max_chars=200)
    left, right = st.columns(2)
    with left:
        stream = st.text_input("Stream", value=base.stream, key=f"{at}_stream", max_chars=200)
        lead = _chosen("Lead", _bodies(), base.lead, f"{at}_lead")
        asked = st.text_input(
            "Pounds asked for",
            value=_typed(before.amount if before else None),
            key=f"{at}_asked",
            max_chars=20,
        )
        states = {str(state): str(state).capitalize() for state in BidState}
        state = BidState(_chosen("State", states, str(base.state), f"{at}_state"))
    with right:
        funder = st.text_input("Funder", value=base.funder, key=f"{at}_funder", max_chars=200)
        board = _chosen("Board", _boards(), base.board, f"{at}_board")
        won = st.text_input(
            "Pounds won, where less than asked",
            value=_typed(base.won),
            key=f"{at}_won",
            max_chars=20,
        )
        deadline = _day("Deadline", base.deadline, f"{at}_deadline")
    partners = _partners(before, at)
    what = st.text_area("What it is for", value=base.what, key=f"{at}_what", max_chars=2000)
    if _pressed(store, at, by, before):
        try:
            amounts = _pounds(asked) or Decimal(0), _pounds(won)
        except ValueError:
            components.caution(NO_AMOUNT)
            return
        identity = base.id or new_id(name, (bid.id for bid in held.bids))
        _keep(
            store,
            replace(
                base,
                id=identity,
                name=name,
                stream=stream,
                funder=funder,
                what=what,
                lead=lead,
                partners=partners,
                board=board,
                amount=amounts[0],
                won=amounts[1],
                deadline=deadline,
                state=state,
            ),
            by,
            is_new=before is None,
        )


def _partners(before: Bid | None, at: str) -> tuple[str, ...]:
    named = {body.id: body.name for body in kept.place().organisations}
    given = [body for body in before.partners if body in named] if before else []
    return tuple(
        st.multiselect(
            "Partners", tuple(named), default=given, format_func=named.__getitem__, key=f"{at}_partners"
        )
    )


def _award(held: Register, by: str) -> None:
    which = _which("Line", held.awards, "award_which")
    before = next((award for award in held.awards if award.id == which), None)
    store = others.at(which, Thing.AWARD)
    base = before or blank_award("", f"Entered by {by}")
    at = _place("award", which)
    left, right = st.columns(2)
    with left:
        stream = st.text_input("Stream", value=base.stream, key=f"{at}_stream", max_chars=200)
        holder = _chosen("Holder", _bodies(), base.holder, f"{at}_holder")
        amount = _pounds_box("Pounds over all years", before.amount if before else None, f"{at}_amount")
        starts = _day("Starts", base.starts, f"{at}_starts")
    with right:
        funder = st.text_input("Funder", value=base.funder, key=f"{at}_funder", max_chars=200)
        board = _chosen("Board", _boards(), base.board, f"{at}_board")
        match = _pounds_box("Match funding, pounds", base.match, f"{at}_match")
        ends = _day("Ends", base.ends, f"{at}_ends")
    what = st.text_area("What it is for", value=base.what, key=f"{at}_what", max_chars=2000)
    conditions = st.text_area("Conditions", value=base.conditions, key=f"{at}_conditions", max_chars=2000)
    stated = st.text_input(
        "Pounds of each year, where they are stated",
        value="; ".join(base.years),
        key=f"{at}_years",
        placeholder="2026-27 1500000; 2027-28 500000",
        help="Left empty, the pounds are put into years by the days between start and end.",
        max_chars=1000,
    )
    services = _services(base, at)
    if _pressed(store, at, by, before):
        try:
            whole, matched = _pounds(amount) or Decimal(0), _pounds(match)
        except ValueError:
            components.caution(NO_AMOUNT)
            return
        entered = replace(
            base,
            id=base.id or new_id(stream, (award.id for award in held.awards)),
            stream=stream,
            funder=funder,
            what=what,
            holder=holder,
            board=board,
            amount=whole,
            match=matched,
            starts=starts,
            ends=ends,
            conditions=conditions,
            years=_years_typed(stated),
            services=services,
        )
        _keep(store, entered, by, is_new=before is None)


def _pounds_box(label: str, amount: Decimal | None, key: str) -> str:
    """A box for pounds, as they are typed."""
    return st.text_input(as_typed(label), value=_typed(amount), key=key, max_chars=20)


def _years_typed(text: str) -> tuple[str, ...]:
    """The pounds of each year as they were typed, one for each year, without commas."""
    return tuple(year.strip() for year in text.replace(",", "").split(";") if year.strip())


def _services(base: Award, at: str) -> tuple[str, ...]:
    """The services whose budget lines hold the money."""
    named = {service.id: service.name for service in kept.place().services}
    given = [service for service in base.services if service in named]
    return tuple(
        st.multiselect(
            "Services whose lines hold it",
            tuple(named),
            default=given,
            format_func=named.__getitem__,
            key=f"{at}_services",
        )
    )


def _pressed(store: Store, at: str, by: str, before: Award | Bid | None) -> bool:
    """Whether it is to be kept; withdraws it where that was pressed."""
    with st.container(horizontal=True):
        keep = st.button("Keep", type="primary", key=f"{at}_keep")
        take_out = before is not None and st.button("Take out of the register", key=f"{at}_withdraw")
    if take_out and before is not None and not signing.is_missing(by):
        _write(lambda: withdraw(store, before, by=by), f"{_called(before)} is taken out of the register.")
    return bool(keep) and not signing.is_missing(by)


def _keep(store: Store, entry: Award | Bid, by: str, *, is_new: bool) -> None:
    said = f"{_called(entry)} is kept in the register."
    if isinstance(entry, Award):
        _write(lambda: keep_award(store, entry, by=by), said, "award" if is_new else "")
    else:
        _write(lambda: keep_bid(store, entry, by=by), said, "bid" if is_new else "")


def _called(entry: Award | Bid) -> str:
    return entry.name if isinstance(entry, Bid) else f"{entry.stream}: {entry.what}"


def _write(change: Callable[[], None], said: str, new: str = "") -> None:
    """Write to the register and say so; where it is refused, say why and keep what was typed.

    `new` is the kind of an entry that was not there before: its boxes are emptied for the next.
    """
    try:
        change()
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    if new:
        st.session_state[f"{ENTERED}_{new}"] = st.session_state.get(f"{ENTERED}_{new}", 0) + 1
    st.toast(as_typed(said))
    st.rerun()
