"""Whether the server lives, whether it can answer, and what it counts, in the open format of metrics."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from budget_model import measured
from budget_model.problem import Refusal
from budget_model.sign_in import SESSIONS
from budget_model.store.places import has_place
from budget_model.store.store import usual_path
from pages.shared import asking


async def alive(_: Request) -> PlainTextResponse:
    """Answer as long as the server does."""
    return PlainTextResponse("alive\n")


async def ready(_: Request) -> PlainTextResponse:
    """Whether the store is open and knows a place."""
    try:
        known = await run_in_threadpool(lambda: has_place(asking.opened(str(usual_path()))))
    except Refusal:
        return PlainTextResponse("the store cannot be opened\n", 503)
    return PlainTextResponse("ready\n") if known else PlainTextResponse("no place is loaded\n", 503)


async def metrics(_: Request) -> PlainTextResponse:
    """What was counted and timed since the dashboard began, in all of its processes."""
    sessions = await run_in_threadpool(SESSIONS.how_many)
    return PlainTextResponse(await run_in_threadpool(measured.text, sessions), media_type=measured.FORMAT)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route("/healthz", alive),
    Route("/readyz", ready),
    Route("/metrics", metrics),
)
