"""What somebody typed, or a link carries, is shown as it is wherever Streamlit reads Markdown.

Each place of the product that shows such words × each payload: no picture, no link, no other look. The words are
read with a Markdown reader as the browser's would, bare addresses included.
"""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages.shared import components
from pages.shared.components import as_typed
from tests.pages.conftest import opened
from tests.pages.hostile import PAYLOADS, TYPED, build

READER = MarkdownIt("commonmark").enable(["strikethrough", "table"])
MADE_INTO_MORE = {
    "an address": re.compile(r"(https?://|www\.)[\w.-]+", re.IGNORECASE),
    "a mail address": re.compile(r"[\w.+-]+@[\w-]+\.[\w-]+"),
    "an icon or a smiley": re.compile(r":[a-z_]+(/[a-z_]+)?:"),
    "a colour": re.compile(r"(?<!\\):[a-z]+\["),
    "a formula": re.compile(r"(?<!\\)\$"),
}
"""What the browser's reader makes of plain words besides what the plain reader does."""


def read(markdown: str) -> str:
    """What a person reads."""
    return (
        html.unescape(re.sub(r"</?(p|strong)>", "", READER.render(markdown)))
        .replace(components.JOINER, "")
        .strip()
    )


def looks_made_of(markdown: str) -> list[str]:
    """What a Markdown reader would make of some words, other than paragraphs and our own bold beginnings."""
    tags = set(re.findall(r"<([a-z0-9]+)", READER.render(markdown))) - {"p", "strong"}
    return [*tags, *(name for name, pattern in MADE_INTO_MORE.items() if pattern.search(markdown))]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_a_payload_is_read_as_it_was_typed_and_is_nothing_else(payload: Any) -> None:
    assert looks_made_of(payload) or read(payload) != payload, "a payload that does nothing proves nothing"
    assert looks_made_of(as_typed(payload)) == []
    assert read(as_typed(payload)) == payload


@given(
    st.text(st.characters(codec="utf-8", exclude_characters=components.JOINER + "\x00\x0b\x0c"), max_size=60)
)
def test_whatever_is_typed_is_read_as_it_was_typed(typed: str) -> None:
    one_line = " ".join(typed.split())
    assert read(as_typed(typed)) == one_line


# Every place


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("hostile") / "store.duckdb")


PLACES = {
    "the Overview of nothing": ("overview", {"org": ["hospital"]}, "No spending for Riverton"),
    "the lines of what a link names": ("lines", {"of": [f"organisation:{TYPED[:190]}"]}, "Lines of"),
    "the lines of a body": ("lines", {"of": ["organisation:council"]}, "Lines of"),
    "a body": ("organisations", {"body": "council"}, "Open the lines of"),
    "a board": ("themes", {"board": "healthy"}, "Open the lines of"),
    "overlap": ("overlap", {"body": "health", "with": "police"}, "could join up for the same people"),
    "a target": ("targets", {}, "Open the opportunities that meet"),
    "the ranked list": ("opportunities", {}, "1\\. "),
    "a what-if": ("pools", {}, "part of £"),
    "saved what-ifs": ("pools", {"show": "saved"}, "Pool !"),
    "the register of pools": ("pools", {"show": "register"}, "Least that"),
    "the desk": ("upload", {}, "Your name"),
    "a draft": ("upload", {"draft": "1"}, "Council"),
    "a file that cannot be read": ("upload", {"draft": "1"}, "This file cannot be loaded"),
    "drafts being prepared": ("submissions", {"show": "versions"}, "part !"),
    "a story to be shown": ("away_day", {}, "Show “Story"),
    "a story's words": ("board_pack", {}, "leaves the list"),
}


def markdown_of(node: Any) -> Iterator[str]:
    """Every word of a page that the browser reads as Markdown, from the page's own messages to the browser."""
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield from _of_message(proto)
    for child in getattr(node, "children", {}).values():
        yield from markdown_of(child)


READ_AS_MARKDOWN = {"label", "help", "body", "caption", "captions", "text", "content"}
NOT_READ = {"Html", "Code", "DownloadButtonUrl", "Dataframe", "PlotlyChart", "BidiComponent"}


def _of_message(message: Any) -> Iterator[str]:
    if type(message).__name__ in NOT_READ:
        return
    for field, value in message.ListFields():
        many = value if field.is_repeated else [value]
        if field.message_type is not None:
            for one in many:
                if hasattr(one, "ListFields"):
                    yield from _of_message(one)
        elif field.name in READ_AS_MARKDOWN or (
            field.name == "options" and type(message).__name__ == "Radio"
        ):
            yield from (one for one in many if isinstance(one, str))


@pytest.mark.slow
@pytest.mark.usefixtures("unfolded")
@pytest.mark.parametrize(("page", "query", "among"), PLACES.values(), ids=PLACES.keys())
def test_no_place_makes_more_of_what_was_typed(
    hostile: Any, monkeypatch: pytest.MonkeyPatch, page: str, query: dict[str, Any], among: Any
) -> None:
    app = opened(hostile, monkeypatch)(page, **query)
    words = list(markdown_of(app._tree))
    assert any(among in word for word in words), words
    made = {word: looks_made_of(word) for word in words if "evil" in word or ":red" in word or "![" in word}
    assert {one: more for one, more in made.items() if more} == {}
    assert made or page in ("upload", "targets"), "nothing hostile reached this place"
