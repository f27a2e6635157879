"""What a page has before the framework draws anything: its name, what a link's preview says, and where things stand.

The framework sends one page for every address and sets its name and layout later. What is put into its head here keeps
the page from being drawn twice: what stands on it does not jump when the house's own look arrives.
"""

import gzip
import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared.components.render import HERE, whole_page

TITLE: Final = "A place’s public money"
SAYS: Final = (
    "What all public bodies spend in one place, who spends it, on what, and what could be done together: every figure "
    "leads to the cell that it came from."
)
FRAMEWORKS_ROOT: Final = b'<div id="root"></div>'
"""Where the framework draws; what stands there before is taken away by it."""
FRAMEWORKS_TITLE: Final = b"<title>Streamlit</title>"
"""By what the framework's page is told from any other."""
DRAWN_WITH: Final = (
    "Html",
    "StreamlitMarkdown",
    "PageLink",
    "Selectbox",
    "ButtonGroup",
    "Button",
    "TextInput",
    "PlotlyChart",
)
"""The framework's programs that nearly every page is drawn with. It asks for each when the first thing that needs it
arrives, and shows a grey box of another size until it has come."""
MODULE: Final = re.compile(rb"""from *["']\./([\w.~-]+\.js)["']""")
STALE: Final = ("etag", "last-modified")
"""What the framework's own file is known by: it says nothing of what is put into it."""


@cache
def asked_for_early() -> tuple[str, ...]:
    """The files of those programs and of what they are made of, as the installed framework calls them."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    wanted = [path.name for name in DRAWN_WITH for path in folder.glob(f"{name}.*.js")]
    files: dict[str, None] = {}
    while wanted:
        name = wanted.pop(0)
        if name not in files and (folder / name).is_file():
            files[name] = None
            wanted += [found.decode() for found in MODULE.findall((folder / name).read_bytes())]
    return tuple(files)


@cache
def in_head() -> bytes:
    """The page's name, its preview, its first look, and what is asked for at once."""
    looks = "".join(
        (HERE / "css" / f"{name}.css").read_text(encoding="utf-8") for name in ("screen", "shell")
    )
    return whole_page("head", title=TITLE, says=SAYS, early=asked_for_early(), looks=looks).encode()


@cache
def at_first() -> bytes:
    """What is seen before the framework's programs have come."""
    return b'<div id="root">' + whole_page("opening").encode() + b"</div>"


class Head:
    """Puts it into the framework's page, and lets everything else pass as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; an HTML page is held until it is whole."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _wants_page(scope):
            await self._app(scope, receive, send)
            return
        packed = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        held: list[Message] = []
        body = bytearray()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
            elif not held:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    await _send_whole(held.pop(), bytes(body), send, packed=packed)

        await self._app(_unpacked(scope), receive, sent)


def _wants_page(scope: Scope) -> bool:
    return "text/html" in Headers(scope=scope).get("accept", "")


def _unpacked(scope: Scope) -> Scope:
    """The request as one that takes no packed answer: what is packed cannot be put anything into."""
    kept = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
    return {**scope, "headers": kept}


def _is_page(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith("text/html")


async def _send_whole(start: Message, body: bytes, send: Send, *, packed: bool) -> None:
    if FRAMEWORKS_TITLE in body:
        body = body.replace(FRAMEWORKS_TITLE, in_head(), 1).replace(FRAMEWORKS_ROOT, at_first(), 1)
        headers = MutableHeaders(scope=start)
        for name in STALE:
            if name in headers:
                del headers[name]
        if packed:
            body = gzip.compress(body)
            headers["content-encoding"] = "gzip"
            headers.add_vary_header("accept-encoding")
        headers["content-length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})
