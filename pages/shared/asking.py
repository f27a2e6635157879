"""In whose name this page asks: whoever is signed in, or the machine's own user where nobody signs in."""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Final
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from budget_model.access import NOBODY, Asker, local
from budget_model.sign_in import SESSIONS, Way, asker_of, way
from budget_model.store.store import Store, usual_path

COOKIE: Final = "budget_model_session"
"""What the browser holds of a session of our own accounts."""
PROVIDERS_COOKIE: Final = "_streamlit_user"
"""What it holds of one that a provider of single sign-on began."""
TYPED: Final = "signed_as"
"""Where the session keeps the name that somebody typed, where nobody signs in."""


@st.cache_resource(show_spinner=False)
def opened(path: str) -> Store:
    """The one open store of this process; raises `Refusal` where it cannot be opened."""
    return Store(path)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever looks at a page, and the store that they look at: settled once for each run of a page."""

    whole: Store
    source: str
    """From where they look: this machine, or an address."""
    account: str
    """Whom they are signed in as; empty where nobody signs in, or is signed in."""


VISITORS: Final[WeakKeyDictionary[object, Visitor]] = WeakKeyDictionary()
"""The visitor of each run that goes on, by what the framework makes anew for each run; forgotten with it."""


def store() -> Store:
    """The open store, asked in the name of whoever looks at the page."""
    visitor = _visitor()
    return visitor.whole.asked_by(_asker(visitor))


def _visitor() -> Visitor:
    """Whoever looks, as the run of their page began: a page asks this hundreds of times."""
    context = get_script_run_ctx()
    run = context.parallel_coordinator if context else None
    if run is None:
        return _looks_now()
    visitor = VISITORS.get(run)
    if visitor is None:
        visitor = VISITORS[run] = _looks_now()
    return visitor


def _looks_now() -> Visitor:
    address = st.context.ip_address
    return Visitor(
        opened(str(usual_path())),
        "this machine" if _is_near(address) else str(address),
        "" if way() is Way.DEMO else _account(),
    )


def asker() -> Asker:
    """Who looks at the page."""
    return store().asker


def is_far() -> bool:
    """Whether a dashboard without accounts is reached from another machine, which it is not for."""
    return way() is Way.DEMO and not _is_near(st.context.ip_address)


def may_stay() -> bool:
    """Whether whoever looks is still signed in and has a role; asking this makes the session last no longer."""
    if way() is Way.DEMO:
        return True
    if not (account := _account(step=False)):
        return False
    whole = opened(str(usual_path()))
    return bool(_person(whole, whole.changes, account, str(st.context.ip_address)).roles)


def keep_session() -> None:
    """Make the session of whoever looks last, as a step of theirs does: a show on the screen is in use."""
    if way() is not Way.DEMO:
        _account()


def _asker(visitor: Visitor) -> Asker:
    whole = visitor.whole
    if way() is Way.DEMO:
        typed = str(st.session_state.get(TYPED) or "")
        return local(typed or whole.asker.name, visitor.source)
    return _person(whole, whole.changes, visitor.account, visitor.source)


@lru_cache(maxsize=256)
def _person(whole: Store, changes: int, account: str, source: str) -> Asker:  # noqa: ARG001  # after a change, anew
    return asker_of(whole, account, source) if account else NOBODY


def _account(*, step: bool = True) -> str:
    """The account of the session; empty where nobody is signed in, or is no longer."""
    if way() is Way.ACCOUNTS:
        return SESSIONS.account_of(session(), step=step)
    said = st.user.to_dict()
    account = str(said.get("email") or "").casefold()
    if not said.get("is_logged_in") or not account or said.get("email_verified") is False:
        return ""
    return account if SESSIONS.adopt(session(), account, step=step) else ""


def session() -> str:
    """What the browser of whoever looks holds of the session; empty where it holds nothing, or nobody looks."""
    return str(st.context.cookies.get(COOKIE if way() is Way.ACCOUNTS else PROVIDERS_COOKIE) or "")


def visit() -> str:
    """What tells this visit from any other of the same server; empty where nobody looks."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _is_near(address: object) -> bool:
    """Whether an address is of this machine; what is no text is, as the framework gives none for the machine itself."""
    try:
        return not isinstance(address, str) or ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
