"""What surrounds every page: the browser's title, the look, the place's name, and what stands in the way."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, Final, NoReturn

import streamlit as st

from budget_model.problem import Refusal
from pages.shared import chart, kept, style
from pages.shared.navigation import SECTIONS, entry_at

LOG: Final = logging.getLogger("budget_model.pages")
MARK = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='26' height='26' viewBox='0 0 26 26'>"
    "<rect x='1' y='14' width='6' height='11' fill='#12436D'/><rect x='10' y='8' width='6' height='17' "
    "fill='#28A197'/><rect x='19' y='1' width='6' height='24' fill='#F46A25'/></svg>"
)


def configure() -> None:
    """Set what the browser's tab says."""
    st.set_page_config(
        page_title="The place’s public money", page_icon="static/mark.svg", layout="wide",
        initial_sidebar_state="collapsed",
    )  # fmt: skip


def dress() -> None:
    """Put the house's look on the page."""
    st.html(f"<style>{style.CSS}</style>")


def brand() -> None:
    """The mark, and beside it whose money this is."""
    st.logo(MARK, size="medium")
    name = kept.place().name.replace("\\", "").replace('"', "").replace("<", "")
    st.html(f'<style>:root {{ --place: "{name}’s public money"; }}</style>')


def wants_scope(page: Any) -> bool:
    """Whether a page shows money of a scope."""
    address = page.url_path or SECTIONS["See"][0].address
    entry = entry_at(address)
    return entry is None or entry.scoped


def refuse(refusal: Refusal) -> NoReturn:
    """Say in one sentence why the store cannot be opened, and stop."""
    st.title("The store cannot be opened")
    st.error(escape(refusal.sentence), icon=":material/block:")
    st.stop()


@contextmanager
def faults_in_words() -> Iterator[None]:
    """Whatever goes wrong in this program beneath is logged whole, and said in one sentence with its number."""
    try:
        yield
    except Exception as fault:
        say_fault(fault)


def say_fault(fault: Exception) -> None:
    """Log a fault under a number and say that number, and what is safe, on the screen."""
    number = secrets.token_hex(3)
    LOG.error("Fault %s on a page", number, exc_info=fault)
    st.container(key="fault").error(
        "This page could not be drawn, because of a fault in this program and not in your data. What you typed "
        f"or uploaded is kept. Load the page again; if it stays, tell whoever runs the dashboard: fault {number}.",
        icon=":material/build:",
    )


def ask_for_a_place() -> NoReturn:
    """Say what to do where the store knows no place yet, and stop."""
    st.title("No place has been loaded yet")
    chart.empty(
        "This store is empty.",
        "Stop the dashboard, run <code>python -m budget_model seed</code> to load the worked example, and start "
        "it again.",
    )
    st.stop()


def end() -> None:
    """The foot of every page: whose figures these are."""
    place = kept.place()
    st.html(
        f'<footer class="foot">{escape(place.name)} · {escape(place.basis)} · Every figure leads to the cell that '
        "it came from.</footer>"
    )
