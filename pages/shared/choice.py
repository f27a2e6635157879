"""A page's own choices, kept in its link: what the link says is what is drawn, and a change is written to it."""

from collections.abc import Callable, Sequence

import streamlit as st

from budget_model.scope import digits
from pages.shared import components
from pages.shared.components import as_typed


def asked(key: str, options: Sequence[str], default: str) -> str:
    """What the link asks for under a key; the default where it asks for nothing that there is."""
    value = st.query_params.get(key, "")
    return value if value in options else default


def say_unknown(label: str, options: Sequence[str], key: str, shown: str) -> None:
    """Say where the link names what is not on a page's list, and what is shown in its stead."""
    value = st.query_params.get(key, "")
    if value and value not in options:
        instead = f"“{shown}” is shown." if shown else "Another is shown."
        components.info(f"This link names what is not on the list “{label}” here. {instead}")


def ready(key: str, value: object) -> str:
    """Give a control what the link says before it is drawn, as the link is the truth; its key."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def number(key: str) -> int | None:
    """The whole number that the link has under a key; None where it has none, or none that a store counts to."""
    return digits(st.query_params.get(key, ""))


def one(
    label: str,
    options: Sequence[str],
    key: str,
    default: str,
    named: Callable[[str], str] = str,
    *,
    help: str | None = None,  # noqa: A002  # Streamlit's own word
    quiet: bool = False,
) -> str:
    """Let one of many be chosen from a list that can be typed into.

    A link that names what is not among them is said to, but where the page is `quiet` because it says more itself.
    """
    widget = ready(f"choice_{key}", asked(key, options, default))
    if not quiet:
        say_unknown(label, options, key, named(default) if default in options else "")
    return str(
        st.selectbox(
            as_typed(label),
            options,
            format_func=named,
            key=widget,
            on_change=_write,
            args=(key, default),
            help=help and as_typed(help),
        )
    )


def several(
    label: str, options: Sequence[str], key: str, named: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Let some of many be chosen; the link holds them with a plus sign between."""
    wanted = st.query_params.get(key, "").split("+")
    widget = f"choice_{key}"
    if any(option and option not in options for option in wanted):
        components.info(f"This link names what is not on the list “{label}” here. It was left out.")
    st.session_state[widget] = [option for option in wanted if option in options]

    def kept() -> None:
        write(key, "+".join(st.session_state.get(widget) or ()))

    return tuple(st.multiselect(as_typed(label), options, format_func=named, key=widget, on_change=kept))


def segment(
    label: str, options: Sequence[str], key: str, default: str, named: Callable[[str], str] = str
) -> str:
    """Let one of a few be chosen from buttons side by side."""

    def shown(option: str) -> str:
        return as_typed(named(option))

    widget = ready(f"choice_{key}", asked(key, options, default))
    say_unknown(label, options, key, named(default))
    return str(
        st.segmented_control(
            as_typed(label),
            options,
            format_func=shown,
            key=widget,
            on_change=_write,
            args=(key, default),
            required=True,
            label_visibility="collapsed",
        )
    )


def text(label: str, key: str, placeholder: str, *, in_box: bool = False) -> str:
    """Let words be typed; `in_box` where the placeholder says what the label says, which is then read out alone."""
    widget = ready(f"choice_{key}", st.query_params.get(key, "")[:200])
    return str(
        st.text_input(
            as_typed(label),
            key=widget,
            placeholder=placeholder,
            on_change=_write,
            args=(key, ""),
            label_visibility="collapsed" if in_box else "visible",
        )
    ).strip()


def write(key: str, value: str) -> None:
    """Put a choice into the link, or take it out where it is the default."""
    if value:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]


def _write(key: str, default: str) -> None:
    value = str(st.session_state.get(f"choice_{key}") or "")
    write(key, "" if value == default else value)
