"""One line in the log for each request, with no name, address, query or figure of anybody in it."""

import logging
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from budget_model.measured import REQUESTS

LOG: Final = logging.getLogger("budget_model.serving")
QUIET: Final = ("/static/", "/app/static/", "/healthz", "/readyz", "/_stcore/health")


class Requests:
    """Notes how each request was answered: its way, the first part of its path, its status and time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request and note how."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            REQUESTS.labels(str(status)).inc()
            if not str(scope["path"]).startswith(QUIET):
                first = "/" + str(scope["path"]).strip("/").split("/")[0]
                took = round((time.perf_counter() - began) * 1000)
                told = {"method": scope["method"], "path": first, "status": status, "milliseconds": took}
                LOG.info("request", extra={"told": told})
