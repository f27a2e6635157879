"""What every answer tells the browser that it may do with it.

Scripts come from this server alone, and from what its own scripts make: the framework loads parts of a page so. The
framework's own page has one script within it and ours another, which are allowed by their fingerprints; it writes
styles within elements, so that styles cannot be held to files.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared.components import opening

FIXED: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
A_YEAR: Final = 365 * 24 * 3600
_WITHIN: Final = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


@cache
def policy() -> str:
    """The content policy, with the fingerprints of the scripts within the framework's page and ours."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    marks = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
        for script in _WITHIN.findall(page + opening.script().encode())
    )
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' blob: {marks}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


class Headers:
    """Adds the headers to every answer; `secure` where people reach it through TLS."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with the headers on what is answered."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in FIXED.items():
                    headers[name] = value
                headers["content-security-policy"] = policy()
                if self._secure:
                    headers["strict-transport-security"] = f"max-age={A_YEAR}"
            await send(message)

        await self._app(scope, receive, sent if scope["type"] == "http" else send)
