"""How a component becomes HTML: a Jinja2 macro that escapes every value, sent to the browser from here alone.

Jinja2 comes with what the product already installs, reads as HTML to a designer, and escapes by default: a page
hands over words and frozen values, never markup, and a check in `make lint` keeps it so.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

HERE: Final = Path(__file__).parent
JOINER: Final = "\u2060"
"""A character without width: it parts what the browser's Markdown would make a link or a sign of, and no line ends at it."""
YEAR: Final = re.compile(r"(?<![\w-])\d{4}-\d{2}(?![\w-])")
KEPT: Final = re.compile(r"(<svg\b.*?</svg>|<option\b.*?</option>|<[^>]*>)", re.DOTALL)
"""What is no text of the page's own: tags, and what may hold no other tag, such as a drawing."""


def unbroken(html: str) -> str:
    """Markup in whose texts no line ends within a financial year; what is copied from it stays as it was typed.

    >>> unbroken('<p title="2016-17">In 2016-17</p>')
    '<p title="2016-17">In <bdi class="year">2016-17</bdi></p>'
    >>> unbroken("<svg><text>2016-17</text></svg>")
    '<svg><text>2016-17</text></svg>'
    """
    if not YEAR.search(html):
        return html
    parts = KEPT.split(html)
    parts[::2] = [YEAR.sub(r'<bdi class="year">\g<0></bdi>', text) for text in parts[::2]]
    return "".join(parts)


COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
"""A stylesheet's comment."""

TEMPLATES: Final = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)


@lru_cache(maxsize=512)
def _macro(template: str, component: str) -> Callable[..., Markup]:
    macro: Callable[..., Markup] = getattr(TEMPLATES.get_template(f"{template}.html").module, component)
    return macro


def markup(template: str, component: str, **values: Any) -> Markup:
    """One component of a template file as escaped HTML; raises where a value that it needs is missing."""
    return Markup(unbroken(_macro(template, component)(**values)))  # noqa: S704  # what is put in is a year and a tag of ours


def whole_page(template: str, **values: Any) -> str:
    """A page beside the dashboard, such as the door, with every value escaped."""
    return TEMPLATES.get_template(f"door/{template}.html").render(**values)


GATHERED: Final[ContextVar[list[str] | None]] = ContextVar("gathered", default=None)
"""The components that wait to be sent together; None where each is sent as it is drawn."""


def draw(template: str, component: str, **values: Any) -> None:
    """Put one component on the page."""
    put(markup(template, component, **values))


def put(*parts: Markup) -> None:
    """Put several components on the page, one beneath the other, as one message to the browser."""
    waiting = GATHERED.get()
    if waiting is None:
        st.html("".join(parts))
    else:
        waiting.append("".join(parts))


@contextmanager
def gathered() -> Iterator[None]:
    """Send the words drawn within as one message to the browser: for words alone, no control and no chart among them."""
    token = GATHERED.set([])
    try:
        yield
        parts = GATHERED.get() or []
    finally:
        GATHERED.reset(token)
    if parts:
        st.html(f'<div class="gathered">{"".join(f"<div>{part}</div>" for part in parts)}</div>')


def dress(*sheets: str) -> None:
    """Put stylesheets of this folder on the page, by their names."""
    st.html(_styles(sheets))


@lru_cache(maxsize=64)
def _styles(sheets: tuple[str, ...]) -> str:
    """Stylesheets on one line and without their comments: every answer carries them, and each line of them costs time."""
    text = "".join((HERE / "css" / f"{sheet}.css").read_text(encoding="utf-8") for sheet in sheets)
    return f"<style>{' '.join(COMMENT.sub(' ', text).split())}</style>"


def brand(name: str) -> None:
    """Set whose money this is beside the mark, as the stylesheet takes it: a name ends neither text nor style."""
    text = "".join(f"\\{ord(sign):x} " if sign in '"\\<>' or ord(sign) < 32 else sign for sign in name)
    st.html(f'<style>:root {{ --place: "{text}"; }}</style>')
