"""What a page has before the framework draws anything: its name, what a link's preview says, and where things stand.

The framework sends one page for every address and sets its name and layout later. What is put into its head here keeps
the page from being drawn twice: what stands on it does not jump when the house's own look arrives.
"""

from html import escape
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared.components.render import HERE

TITLE: Final = "A place’s public money"
SAYS: Final = (
    "What all public bodies spend in one place, who spends it, on what, and what could be done together: every figure "
    "leads to the cell that it came from."
)
FRAMEWORKS_TITLE: Final = b"<title>Streamlit</title>"
"""By what the framework's page is told from any other."""
STALE: Final = ("etag", "last-modified")
"""What the framework's own file is known by: it says nothing of what is put into it."""


def in_head() -> bytes:
    """The page's name, its preview and its first look."""
    looks = "".join((HERE / "css" / f"{name}.css").read_text(encoding="utf-8") for name in ("screen", "shell"))
    return (
        f"<title>{escape(TITLE)}</title>"
        f'<meta name="description" content="{escape(SAYS)}">'
        f'<meta property="og:title" content="{escape(TITLE)}">'
        f'<meta property="og:description" content="{escape(SAYS)}">'
        '<meta property="og:type" content="website">'
        f"<style>{looks}</style>"
    ).encode()


class Head:
    """Puts it into the framework's page, and lets everything else pass as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; an HTML page is held until it is whole."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
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
                    await _send_whole(held.pop(), bytes(body), send)

        await self._app(scope, receive, sent)


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    is_html = headers.get("content-type", "").startswith("text/html")
    return is_html and "content-encoding" not in headers


async def _send_whole(start: Message, body: bytes, send: Send) -> None:
    if FRAMEWORKS_TITLE in body:
        body = body.replace(FRAMEWORKS_TITLE, in_head(), 1)
        headers = MutableHeaders(scope=start)
        for name in STALE:
            if name in headers:
                del headers[name]
        headers["content-length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})
