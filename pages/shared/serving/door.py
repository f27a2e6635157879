"""The door of our own accounts: signing in and out, and choosing a password by the link of an invitation."""

from typing import Any, Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from budget_model.access import local
from budget_model.problem import Refusal
from budget_model.sign_in import DOOR, SESSIONS, SHORTEST_PASSWORD, choose_password, one_time_secret
from budget_model.store.people import invited
from budget_model.store.store import Store, usual_path
from pages.shared import asking
from pages.shared.components.render import whole_page

BLANK: Final[dict[str, Any]] = {"sentence": "", "account": "", "person": None, "token": "", "secret": ""}
"""What a page of the door is told where nothing else is said."""
VOID: Final = "This link was used already, or is too old. Ask an administrator for another."


async def sign_in(asked: Request) -> Response:
    """Ask for address and password, and let in whoever knows them."""
    wanted = _own_page(asked.query_params.get("next", "/"))
    if asked.method == "GET":
        return _page("sign_in", next=wanted)
    form = await asked.form()
    account, password, code = (str(form.get(name, "")) for name in ("account", "password", "code"))
    try:
        refuse_foreign(asked)
        person = await run_in_threadpool(DOOR.prove, _store(asked), account, password, code)
    except Refusal as refusal:
        return _page("sign_in", status=403, next=wanted, account=account, sentence=refusal.sentence)
    SESSIONS.end(asked.cookies.get(asking.COOKIE, ""))
    answer = RedirectResponse(wanted, 303)
    secure = asked.url.scheme == "https" or asked.headers.get("x-forwarded-proto") == "https"
    answer.set_cookie(
        asking.COOKIE, SESSIONS.begin(person.account), httponly=True, samesite="lax", secure=secure, path="/"
    )
    return answer


async def sign_out(asked: Request) -> Response:
    """End the session."""
    SESSIONS.end(asked.cookies.get(asking.COOKIE, ""))
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(asking.COOKIE, path="/")
    return answer


async def invitation(asked: Request) -> Response:
    """Let an invited person choose a password, and one-time codes if they want them."""
    form = await asked.form() if asked.method == "POST" else {}
    token = str(form.get("token") or asked.query_params.get("token", ""))
    person = await run_in_threadpool(invited, _store(asked), token)
    if person is None:
        return _page("invitation", status=404, sentence=VOID)
    secret = str(form.get("secret") or "") or one_time_secret()
    shown: dict[str, Any] = {
        "person": person,
        "token": token,
        "secret": secret,
        "shortest": SHORTEST_PASSWORD,
    }
    if asked.method == "GET":
        return _page("invitation", **shown)
    code = str(form.get("code", "")).strip()
    try:
        refuse_foreign(asked)
        await run_in_threadpool(
            lambda: choose_password(
                _store(asked),
                token,
                str(form.get("password", "")),
                one_time=secret if code else "",
                code=code,
            )
        )
    except Refusal as refusal:
        return _page("invitation", status=400, sentence=refusal.sentence, **shown)
    return RedirectResponse("/sign-in", 303)


def _store(asked: Request) -> Store:
    """The store in the name of the door itself, which keeps the password of whoever proves an invitation."""
    source = asked.client.host if asked.client else "the network"
    return asking.opened(str(usual_path())).asked_by(local("the door", source))


def _page(template: str, *, status: int = 200, **told: Any) -> HTMLResponse:
    answer = HTMLResponse(whole_page(template, **(BLANK | told)), status)
    answer.headers["cache-control"] = "no-store"
    return answer


def _own_page(wanted: str) -> str:
    """Where to go on: a page of this dashboard, never another's address."""
    parts = urlsplit(wanted)
    is_own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if is_own else "/"


def refuse_foreign(asked: Request) -> None:
    """Raise `Refusal` for a form that was sent from another's page."""
    origin = asked.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != asked.headers.get("host"):
        raise Refusal("This form was sent from another page. Open the page itself and try again.")


ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route("/sign-in", sign_in, methods=["GET", "POST"]),
    Route("/sign-out", sign_out),
    Route("/invitation", invitation, methods=["GET", "POST"]),
)
