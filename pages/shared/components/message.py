"""What a page says when there is nothing to show, while one waits, and when something is in the way.

Streamlit sets these in Markdown. Whatever is handed over here, and whatever goes through `as_typed`, is shown as
it was typed: a remote picture is not loaded, a link does not appear, and no sign turns into another look.
"""

import re
from contextlib import AbstractContextManager
from typing import Final

import streamlit as st

from pages.shared.components.render import JOINER, draw
from pages.shared.components.words import Text

SIGNS: Final = re.compile(r"([\\`*_\[\]<>$~|])")
ENTITY: Final = re.compile(r"&(?=#?\w+;)")
AT_THE_START: Final = re.compile(r"^(?=[#+=-])|^(\d+)(?=[.)])")
MADE_INTO_MORE: Final = re.compile(r"(?<=:)(?=[A-Za-z/]|[\w+-]+:)|(?<=www)(?=\.)|(?<=@)(?=\w)", re.IGNORECASE)


def as_typed(text: str) -> str:
    r"""Text that somebody typed or a link carries, for a place that reads Markdown: shown as it is.

    Line breaks become spaces, since none of these places has more than one paragraph of such words.

    >>> as_typed("![me](https://example.org/x.png) 5*3")
    '!\\[me\\](https:\u2060//example.org/x.png) 5\\*3'
    """
    parts = MADE_INTO_MORE.split(" ".join(text.split()))
    signs = JOINER.join(SIGNS.sub(r"\\\1", part) for part in parts)
    return AT_THE_START.sub(lambda match: f"{match[0]}\\", ENTITY.sub(r"\&", signs))


def lead(first: str, rest: str) -> str:
    r"""A label whose first words stand out; both as they were typed.

    >>> lead("2016-17", "latest available")
    '**2016-17** latest available'
    """
    return f"**{as_typed(first)}** {as_typed(rest)}"


def empty(sentence: str, next_step: Text) -> None:
    """What a page says where there is nothing to show, and what to do next."""
    draw("words", "empty", sentence=sentence, next_step=next_step)


def loading(sentence: str) -> AbstractContextManager[None]:
    """Say what is being done while it is done, with the time that it takes."""
    return st.spinner(f"{as_typed(sentence)}…", show_time=True)


def error(sentence: str, *, fact: str = "", icon: str = ":material/block:") -> None:
    """Say what cannot be done and why; `fact` says in a few words what happened, before the reason."""
    st.error(lead(fact, sentence) if fact else as_typed(sentence), icon=icon)


def caution(sentence: str, *, icon: str = ":material/warning:") -> None:
    """Say what has to be put right, or looked at, before going on."""
    st.warning(as_typed(sentence), icon=icon)


def info(sentence: str, *, icon: str = ":material/info:") -> None:
    """Say what a person should know about what is shown."""
    st.info(as_typed(sentence), icon=icon)


def done(sentence: str) -> None:
    """Say that something was done."""
    st.success(as_typed(sentence), icon=":material/check_circle:")


def fault(number: str) -> None:
    """Say that this program failed, that nothing of the person's is lost, and under which number it is logged."""
    with st.container(key="fault"):
        error(
            "This page could not be drawn, because of a fault in this program and not in your data. What you typed "
            f"or uploaded is kept. Load the page again; if it stays, tell whoever runs the dashboard: fault {number}.",
            icon=":material/build:",
        )
