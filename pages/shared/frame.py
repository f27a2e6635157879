"""What surrounds every page: the browser's title, the look, the place's name, and what stands in the way."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

import streamlit as st

from budget_model.problem import Refusal
from pages.shared import components, kept, subject
from pages.shared.components import Run
from pages.shared.navigation import SECTIONS, entry_at

LOG: Final = logging.getLogger("budget_model.pages")
MARK: Final = "static/mark.svg"


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
    address = page.url_path or SECTIONS["See"][0].address
    entry = entry_at(address)
    return entry is None or entry.scoped


def shows_versions(page: Any) -> bool:
    """Whether a page shows nothing but a map, so that it can show a published one; others keep things as well."""
    entry = entry_at(page.url_path or SECTIONS["See"][0].address)
    return entry is None or not entry.keeps


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


def ask_for_a_place() -> NoReturn:
    """Say what to do where the store knows no place yet, and stop."""
    st.title("No place has been loaded yet")
    components.empty(
        "This store is empty.",
        (
            "Stop the dashboard, run ",
            Run("python -m budget_model seed", "code"),
            " to load the worked example, and start it again.",
        ),
    )
    st.stop()


def end() -> None:
    """The foot of every page: whose figures these are."""
    place = kept.place()
    components.foot(f"{place.name} · {place.basis} · Every figure leads to the cell that it came from.")
