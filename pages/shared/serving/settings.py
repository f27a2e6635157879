"""What the server is told by its settings, and what it refuses to start with."""

import json
import os
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute
from streamlit import config

from budget_model import logs
from budget_model.__main__ import main_for
from budget_model.commands.running import listen
from budget_model.mail import MailServer, dashboard_address, digest_hours
from budget_model.measured import StoreMeasured
from budget_model.problem import Refusal
from budget_model.sign_in import Way, idle_seconds, refuse_far, way
from budget_model.store.attached import is_worker
from budget_model.store.lake import Address
from budget_model.store.posting import keep_sending
from budget_model.store.schedule import Schedule, keep_backing_up, keep_compacting
from budget_model.store.shared import observe
from budget_model.store.store import usual_path
from pages.shared import asking
from pages.shared.serving import answering, collecting, door, health
from pages.shared.serving.head import Head
from pages.shared.serving.headers import Headers
from pages.shared.serving.logs import Requests
from pages.shared.serving.packing import Packing
from pages.shared.serving.watch import Watch

HERE: Final = ("localhost", "127.0.0.1", "[::1]", "testserver")
OIDC: Final = {
    "client_id": "BUDGET_MODEL_OIDC_CLIENT_ID",
    "client_secret": "BUDGET_MODEL_OIDC_CLIENT_SECRET",
    "server_metadata_url": "BUDGET_MODEL_OIDC_METADATA",
}
"""What a provider of single sign-on is known by, and where each is set."""
CLAIMS: Final = {"id_token": {"email": {"essential": True}, "email_verified": None, "name": None}}
"""What a provider is asked to say of a person where it vouches for them (OpenID Connect Core 1.0, 5.5): one that keeps to
the letter says the address only to whoever asks for it so, and one that does not know the question passes over it."""


def hosts() -> list[str]:
    """The names under which the dashboard answers; a request for any other is refused."""
    return [*HERE, urlsplit(dashboard_address()).hostname or "localhost"]


def secrets_of_sign_in() -> dict[str, Any] | None:
    """What the framework needs to ask a provider who somebody is; None where no provider is asked.

    Raises `Refusal` for a setting that is missing, and for demo on an address that others reach.
    """
    idle_seconds()
    Schedule.set()
    MailServer.set()
    digest_hours()
    refuse_far(str(config.get_option("server.address") or ""))
    if way() is not Way.OIDC:
        return None
    missing = [name for name in OIDC.values() if not os.environ.get(name)]
    if missing:
        raise Refusal(f"Single sign-on needs {' and '.join(missing)}: set what the provider gave you.")
    told = {key: os.environ[name] for key, name in OIDC.items()}
    return {
        "auth": {
            **told,
            "redirect_uri": f"{dashboard_address()}/oauth2callback",
            "cookie_secret": str(config.get_option("server.cookieSecret")),
            "client_kwargs": {"prompt": "login", "scope": "openid email profile"},
            # the framework passes on by this name what else is asked of its one provider
            "DEFAULT_AUTHORIZE_PARAMS": {"claims": json.dumps(CLAIMS)},
        }
    }


def every_route() -> list[BaseRoute]:
    """The pages beside the dashboard: answers by link, the door, where people have accounts here, and its health."""
    return [*health.ROUTES, *answering.ROUTES, *(door.ROUTES if way() is Way.ACCOUNTS else ())]


def every_middleware() -> list[Middleware]:
    """What every request goes through, the first first."""
    return [
        Middleware(Requests),
        Middleware(Headers, secure=dashboard_address().startswith("https://")),
        Middleware(Head),
        Middleware(Packing),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts(), www_redirect=False),
        Middleware(Watch, way=way()),
    ]


@asynccontextmanager
async def while_it_runs(_: Any) -> AsyncGenerator[None]:
    """Write logs in one form, back up if a folder is set, and send digests if mail is, for as long as the server runs."""
    logs.begin()
    observe(StoreMeasured())
    stop = threading.Event()
    collecting.keep_collecting(stop)
    if is_worker():  # the owner of the store does the rest, once for all its workers
        yield
        stop.set()
        return
    if schedule := Schedule.set():
        keep_backing_up(asking.opened(str(usual_path())), schedule, stop)
    if Address.set() is not None:
        keep_compacting(asking.opened(str(usual_path())), stop)
    if (server := MailServer.set()) and (hours := digest_hours()):
        keep_sending(asking.opened(str(usual_path())), server, timedelta(hours=hours), stop)
    stop_listening = listen(usual_path(), main_for)
    yield
    stop.set()
    stop_listening()
