"""One line of JSON for each thing that happens, with no name, address, query or figure of anybody in it."""

import json
import logging
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG: Final = logging.getLogger("budget_model.serving")
ANSWERED: Final[Counter[int]] = Counter()
"""How many requests were answered, by their status."""
QUIET: Final = ("/static/", "/app/static/", "/healthz", "/readyz", "/_stcore/health")


class AsJson(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Write down when, how grave, where from and what; a fault with all that led to it."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            said["fault"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def begin() -> None:
    """Write every log of this program as JSON, to the standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson())
    ours = logging.getLogger("budget_model")
    ours.handlers = [handler]
    ours.setLevel(logging.INFO)
    ours.propagate = False


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
            ANSWERED[status] += 1
            if not str(scope["path"]).startswith(QUIET):
                first = "/" + str(scope["path"]).strip("/").split("/")[0]
                took = round((time.perf_counter() - began) * 1000)
                told = {"method": scope["method"], "path": first, "status": status, "milliseconds": took}
                LOG.info("request", extra={"told": told})
