"""The framework's programs and styles, packed: a new browser gets two megabytes of them in place of seven.

Each is packed once. Its address carries the fingerprint of what it holds, so that what is kept is never old.
"""

import gzip
import re
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PROGRAMS: Final = re.compile(r"/static/(js|css)/[\w.~-]+\.[\w-]{8}\.(js|css)")
"""The addresses of programs and styles that carry a fingerprint."""


class Packing:
    """Sends them packed to browsers that take that, and lets everything else pass as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, tuple[Message, Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if not _may_be_packed(scope):
            await self._app(scope, receive, send)
            return
        if scope["path"] not in self._kept:
            start, body = await self._whole(scope, receive)
            if start["status"] != 200:
                await send(start)
                await send({"type": "http.response.body", "body": body})
                return
            self._kept[scope["path"]] = await run_in_threadpool(_packed, start, body)
        for message in self._kept[scope["path"]]:
            await send(message)

    async def _whole(self, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
        """The start and the whole body of what would have been sent unpacked."""
        held: list[Message] = []
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.append(message)
            else:
                body.extend(message.get("body", b""))

        plain = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, hold)
        return held[0], bytes(body)


def _may_be_packed(scope: Scope) -> bool:
    """Whether a program is asked for whole, for the first time, by a browser that takes it packed."""
    if scope["type"] != "http" or scope["method"] != "GET" or not PROGRAMS.search(scope["path"]):
        return False
    headers = Headers(scope=scope)
    again = {"range", "if-none-match", "if-modified-since"} & set(headers)
    return "gzip" in headers.get("accept-encoding", "") and not again


def _packed(start: Message, body: bytes) -> tuple[Message, Message]:
    """The same answer, packed."""
    small = gzip.compress(body, compresslevel=6)
    answer = {**start, "headers": list(start["headers"])}
    headers = MutableHeaders(raw=answer["headers"])
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(small))
    headers.add_vary_header("accept-encoding")
    return answer, {"type": "http.response.body", "body": small}
