"""The page on which a forum member answers a consultation by link: it needs no account, and shows nothing else."""

import re
from collections.abc import Mapping
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from budget_model.access import local
from budget_model.dates import day
from budget_model.partnership.consultations import LONGEST_ANSWER, SMALLEST_GROUP
from budget_model.problem import Refusal
from budget_model.store import consultations
from budget_model.store.consultations import Opened, Standing
from budget_model.store.store import Store, usual_path
from pages.shared import asking
from pages.shared.components.render import whole_page
from pages.shared.serving.door import refuse_foreign

PATH: Final = "/answer"
MOST_BYTES: Final = 500_000
"""Bytes of a form; what is longer was typed by nobody."""
QUESTION: Final = re.compile("q([0-9]{1,3})")
"""The name of a question's field in the form."""
WITHOUT: Final = "This page opens by a link that a member of the forum was sent. Open yours from the letter, or ask whoever sent it."
VOID: Final = (
    "This link opens nothing: it was cut, or another was sent in its place. Copy it whole from the newest letter, or "
    "ask whoever sent it."
)
KEEPING: Final = """
const form = document.querySelector("form[data-keeps]");
let changed = false;
const keep = () => {
  if (!form || !changed) return;
  changed = false;
  const said = new URLSearchParams(new FormData(form));
  said.set("act", "leave");
  navigator.sendBeacon(form.action, said);
};
form?.addEventListener("input", () => { changed = true; });
form?.addEventListener("submit", () => { changed = false; });
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
addEventListener("pagehide", keep);
setInterval(keep, 20000);
"""
"""Keeps what is typed when the page is left, and every twenty seconds while somebody types."""


async def answer(asked: Request) -> Response:
    """Show the questions of a link, and keep what is answered to them."""
    if asked.method == "GET":
        return await _shown(asked.query_params.get("token", ""))
    if int(asked.headers.get("content-length") or MOST_BYTES + 1) > MOST_BYTES:
        return _page(413, sentence="That is more than can be kept. Shorten the comments, and send again.")
    form = await asked.form()
    secret = str(form.get("token", ""))
    said = {int(match[1]): str(value) for name, value in form.items() if (match := QUESTION.fullmatch(name))}
    act = str(form.get("act") or "send")
    try:
        refuse_foreign(asked)
        if act == "send":
            await run_in_threadpool(consultations.answer, _store(), secret, said)
        else:
            await run_in_threadpool(consultations.keep_draft, _store(), secret, said)
    except Refusal as refusal:
        return await _refused(secret, said, refusal)
    if act == "leave":
        return Response(status_code=204)
    if act == "keep":
        return await _shown(secret, kept=True)
    link = await run_in_threadpool(consultations.opened_by, _store(), secret)
    return _page(200, link=link, said=said, thanks=True)


async def _shown(secret: str, *, kept: bool = False) -> Response:
    """The questions with what was kept of an answer; a sentence for a link that opens nothing."""
    await run_in_threadpool(consultations.forget, _store())
    link = await run_in_threadpool(consultations.opened_by, _store(), secret)
    if link is None:
        return _page(404, sentence=VOID if secret else "", why="" if secret else WITHOUT)
    return _page(200, link=link, said=link.draft, secret=secret, kept=kept, sentence=link.sentence)


async def _refused(secret: str, said: Mapping[int, str], refusal: Refusal) -> Response:
    """Why an answer was not taken, with everything that was typed."""
    link = await run_in_threadpool(consultations.opened_by, _store(), secret)
    return _page(409, link=link, said=said, secret=secret, sentence=refusal.sentence, typed=True)


async def keeping(_: Request) -> Response:
    """The script that keeps what is typed."""
    return PlainTextResponse(KEEPING, media_type="text/javascript")


def _store() -> Store:
    """The store in the name of whoever holds a link: neither their name nor their address in the network is noted."""
    return asking.opened(str(usual_path())).asked_by(local("a member", "a link"))


def _page(
    status: int, *, link: Opened | None = None, said: Mapping[int, str] | None = None, **told: Any
) -> HTMLResponse:
    blank = {"sentence": "", "why": "", "secret": "", "kept": False, "thanks": False, "typed": False}
    asked = link.consultation if link else None
    answer_page = HTMLResponse(
        whole_page(
            "answer",
            **(blank | told),
            asked=asked,
            sector=str(link.sector) if link else "",
            said=dict(said or {}),
            open=link is not None and link.standing is Standing.OPEN,
            closes=day(asked.closes) if asked else "",
            forgotten=day(asked.forgotten_after) if asked else "",
            smallest=SMALLEST_GROUP,
            longest=LONGEST_ANSWER,
        ),
        status,
    )
    answer_page.headers["cache-control"] = "no-store"
    return answer_page


ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route(PATH, answer, methods=["GET", "POST"]),
    Route(f"{PATH}.js", keeping),
)
