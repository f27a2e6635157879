"""What surrounds every page: the browser's title, the look, the place's name, and what stands in the way."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

import streamlit as st

from budget_model.intake.guard import read_for
from budget_model.problem import Refusal
from budget_model.sign_in import READING, Way, way
from pages.shared import asking, components, kept, signing, starting, subject
from pages.shared.components import Run
from pages.shared.navigation import SECTIONS, Entry, entry_at

LOG: Final = logging.getLogger("budget_model.pages")
MARK: Final = "static/mark.svg"
FIRST: Final = SECTIONS["See"][0].address


def configure() -> None:
    """Set how wide pages are, and what the browser's tab says before the place is known."""
    st.set_page_config(
        page_title="Public money",
        page_icon=MARK,
        layout="wide",
        initial_sidebar_state="collapsed",
    )


def dress() -> None:
    """Put the house's look on the page."""
    components.dress("screen")


def name_tab(page: Any) -> None:
    """Have the browser's tab, its history and a printed page name the page and the place."""
    subject.title_tab(page.title, place=kept.place().name)


def brand() -> None:
    """The mark, and beside it whose money this is."""
    st.logo(MARK, size="medium")
    components.brand(f"{kept.place().name}’s public money")


def wants_scope(page: Any) -> bool:
    """Whether a page shows money of a scope."""
    entry = entry_of(page)
    return entry is None or entry.scoped


def entry_of(page: Any) -> Entry | None:
    """The entry of a page in the navigation; the one at the root is the first."""
    return entry_at(page.url_path or SECTIONS["See"][0].address)


def refuse(refusal: Refusal) -> NoReturn:
    """Say in one sentence why the store cannot be opened, and stop."""
    st.title("The store cannot be opened")
    components.error(refusal.sentence)
    st.stop()


@contextmanager
def faults_in_words(page: str = "") -> Iterator[None]:
    """Whatever goes wrong in this program beneath is logged whole, and said in one sentence with its number.

    What the store does not take, such as a change that finds the disk full, says so itself.
    """
    try:
        yield
    except Refusal as refusal:
        components.error(refusal.sentence)
    except Exception as fault:
        say_fault(fault, page)


def say_fault(fault: Exception, page: str = "") -> None:
    """Log a fault under a number, with its time and page, and say that number, and what is safe, on the screen."""
    number, at = secrets.token_hex(3), datetime.now(UTC).isoformat(timespec="seconds")
    LOG.error("Fault %s at %s on the page '%s'", number, at, page or "overview", exc_info=fault)
    components.fault(number)


def admit() -> None:
    """Let in whoever is signed in, or the machine's own user where nobody signs in; else say what to do, and stop."""
    if asking.is_far():
        st.title("This dashboard is for the machine that it runs on")
        components.empty(
            "It has no accounts, so it answers nobody else.",
            ("Whoever runs it lets others in by setting ", Run("BUDGET_MODEL_SIGN_IN", "code"), "."),
        )
        st.stop()
    if way() is Way.DEMO:
        read_for(asking.visit(), READING)
        return
    if not asking.asker().roles:
        _offer_to_sign_in()
    read_for(asking.asker().account, READING)
    _leave_when_it_ends()


def _offer_to_sign_in() -> NoReturn:
    st.title("Sign in")
    if way() is Way.ACCOUNTS:
        components.empty("Your session has ended.", "Sign in again; what you kept is there.")
        st.link_button("Sign in", "/sign-in", type="primary")
    elif st.user.to_dict().get("is_logged_in"):
        components.empty(
            "You are signed in, and have no role here, or your session has ended.",
            "Sign in again, or ask an administrator of this dashboard for a role.",
        )
        st.button("Sign in again", on_click=st.logout, key="sign_in_again")
    else:
        components.empty(
            "This dashboard is for the bodies of the partnership.", "Sign in with your organisation."
        )
        st.button("Sign in", type="primary", on_click=st.login, key="sign_in")
    st.stop()


@st.fragment(run_every=20)
def _leave_when_it_ends() -> None:
    """Take the page away soon after the session is over: idle too long, or the person removed."""
    if not asking.may_stay():
        st.rerun()


def forbid(page: str) -> None:
    """Say who may open a page, and stop, where whoever looks may not."""
    asker = asking.asker()
    if asker.may_open(page or FIRST):
        return
    st.title("This page is not for your role")
    held = " and ".join(sorted(asker.roles))
    components.empty(f"{asker.name} is {held} here.", "An administrator of this dashboard gives roles.")
    st.stop()


def say_who() -> None:
    """Say on every page in whose name it is shown, and how to leave; without accounts, that there are none."""
    if way() is Way.DEMO:
        components.aside(
            "Demo: without accounts, for this machine alone. Whoever sits at it may do everything."
        )
        if typed := signing.known():
            with st.container(
                horizontal=True, key="who", horizontal_alignment="right", vertical_alignment="center"
            ):
                components.aside(f"What you write is kept under the name {typed}.")
                st.button("Another name", on_click=signing.forget, type="tertiary", key="another_name")
        return
    asker = asking.asker()
    with st.container(horizontal=True, key="who", horizontal_alignment="right", vertical_alignment="center"):
        components.aside(f"{asker.name}, {' and '.join(sorted(asker.roles))}")
        if way() is Way.ACCOUNTS:
            st.link_button("Sign out", "/sign-out", type="tertiary")
        else:
            st.button("Sign out", type="tertiary", on_click=st.logout, key="sign_out")


def ask_for_a_place() -> NoReturn:
    """Let a place be made where the store knows none yet, and stop."""
    starting.ask_for_a_place()
    st.stop()


def end() -> None:
    """The foot of every page: whose figures these are."""
    place = kept.place()
    components.foot(f"{place.name} · {place.basis} · Every figure leads to the cell that it came from.")
