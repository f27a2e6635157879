"""Lets nobody past who is not signed in: not to a page, a file that a page made, an upload or the line to the server."""

import hmac
import os
from typing import Final
from urllib.parse import quote, urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from budget_model.sign_in import SESSIONS, Way
from pages.shared.asking import COOKIE, PROVIDERS_COOKIE
from pages.shared.serving.media import MEDIA, Media
from pages.shared.serving.uploads import WHO

OPEN: Final = (
    "/static/",
    "/app/static/",
    "/sign-in",
    "/invitation",
    "/answer",
    "/healthz",
    "/readyz",
    "/_stcore/health",
    "/favicon",
)
"""What anybody may ask for: the framework's own files, the door, and whether the server lives."""
SIGNING_IN: Final = ("/auth/", "/oauth2callback", "/_stcore/stream", "/_stcore/host-config")
"""What a provider's way in goes through besides: the page that offers it is one of the dashboard's."""
MEASURED: Final = ("/metrics", "/_stcore/metrics")
CLOSED: Final = ("/_stcore/agent",)
"""What is answered to nobody: the framework's way for programs, which knows no session."""
MEDIA_FILES: Final = "/media/"
DATA: Final = (MEDIA_FILES, "/_stcore/", "/component/")


class Watch:
    """Stands before the dashboard and asks each request for its session."""

    def __init__(self, app: ASGIApp, *, way: Way, media: Media = MEDIA) -> None:
        self._app = app
        self._way = way
        self._media = media

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "websocket" and not self._may_connect(HTTPConnection(scope)):
            await WebSocket(scope, receive, send).close(code=1008)
            return
        refused = self._refused(HTTPConnection(scope)) if scope["type"] == "http" else None
        if scope["type"] == "http" and self._way is not Way.DEMO:
            WHO.set(SESSIONS.account_of(self._session(HTTPConnection(scope)), step=False))
        await (refused or self._app)(scope, receive, send)

    def _may_connect(self, asked: HTTPConnection) -> bool:
        """Whether a line may be opened: from a page of this very server, by somebody signed in."""
        origin = urlsplit(asked.headers.get("origin", "")).netloc
        if origin != asked.headers.get("host", ""):
            return False
        return self._way is not Way.ACCOUNTS or self._is_signed_in(asked)

    def _refused(self, asked: HTTPConnection) -> Response | None:
        path = asked.url.path
        if path.startswith(CLOSED):
            return PlainTextResponse("Not found", 404)
        if path.startswith(MEASURED):
            return None if _may_measure(asked) else PlainTextResponse("Not found", 404)
        if self._way is Way.DEMO or path.startswith(OPEN):
            return None
        if self._is_signed_in(asked):
            return self._refused_file(asked) if path.startswith(MEDIA_FILES) else None
        if self._way is Way.OIDC and (path.startswith(SIGNING_IN) or not path.startswith(DATA)):
            return None
        return _sign_in_first(asked)

    def _refused_file(self, asked: HTTPConnection) -> Response | None:
        """An answer to whoever asks for a file that no page made for their session; as for one that is not there."""
        is_theirs = self._media.is_for(asked.url.path, self._session(asked))
        return None if is_theirs else PlainTextResponse("Not found", 404)

    def _is_signed_in(self, asked: HTTPConnection) -> bool:
        return bool(SESSIONS.account_of(self._session(asked), step=False))

    def _session(self, asked: HTTPConnection) -> str:
        return asked.cookies.get(COOKIE if self._way is Way.ACCOUNTS else PROVIDERS_COOKIE, "")


def _sign_in_first(asked: HTTPConnection) -> Response:
    """The answer to nobody known: the page to sign in, which leads on to what was wanted; of data that one has to."""
    path = asked.url.path
    if path.startswith(DATA):
        return PlainTextResponse("Sign in first.", 401)
    wanted = path + (f"?{asked.url.query}" if asked.url.query else "")
    return RedirectResponse(f"/sign-in?next={quote(wanted, safe='')}", 303)


def _may_measure(asked: HTTPConnection) -> bool:
    """Whether metrics may be read: by whoever knows `BUDGET_MODEL_METRICS_TOKEN`; by nobody where none is set."""
    token = os.environ.get("BUDGET_MODEL_METRICS_TOKEN") or ""
    given = asked.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())
