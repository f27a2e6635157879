"""Whether the server lives, whether it can answer, and what it counts, in the open format of metrics."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from budget_model.problem import Refusal
from budget_model.sign_in import SESSIONS
from budget_model.store.places import has_place
from budget_model.store.store import usual_path
from pages.shared import asking
from pages.shared.serving import logs


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
    """What was counted since the server began."""
    whole = await run_in_threadpool(asking.opened, str(usual_path()))
    counted = {
        ("budget_model_sessions", "gauge", "People signed in"): {"": SESSIONS.how_many()},
        ("budget_model_changes_total", "counter", "Changes written since the start"): {"": whole.changes},
        ("budget_model_requests_total", "counter", "Requests answered, by status"): {
            f'{{status="{status}"}}': number for status, number in sorted(logs.ANSWERED.items())
        },
    }
    lines: list[str] = []
    for (name, kind, help_), values in counted.items():
        family = name.removesuffix("_total")
        lines += [f"# TYPE {family} {kind}", f"# HELP {family} {help_}."]
        lines += [f"{name}{labels} {value}" for labels, value in values.items()]
    text = "\n".join([*lines, "# EOF", ""])
    return PlainTextResponse(text, media_type="application/openmetrics-text; version=1.0.0; charset=utf-8")


ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route("/healthz", alive),
    Route("/readyz", ready),
    Route("/metrics", metrics),
)
