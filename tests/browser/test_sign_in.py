"""Who comes in, and who does not: our own accounts and a provider of single sign-on, before a real server."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from budget_model.access import Role
from budget_model.store.people import give, invite
from budget_model.store.store import Store
from tests.browser.conftest import ROOT, free_port, new_window, started

pytestmark = pytest.mark.browser
WORDS = "correct horse battery"
METRICS = "a token of whoever measures"


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Any]]:
    """Open an address in a browser that has never seen it."""
    contexts = []

    def open_page(address: str) -> Any:
        contexts.append(new_window(chromium))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@contextmanager
def served(store: Path, port: int = 0, **settings: str) -> Iterator[str]:
    port = port or free_port()
    address = f"http://localhost:{port}"
    server = started(store, port, {**settings, "BUDGET_MODEL_ADDRESS": address})
    try:
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def answered(address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    class Stays(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    asked = urllib.request.Request(address, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        got = urllib.request.build_opener(Stays).open(asked, timeout=30)
    except urllib.error.HTTPError as refused:
        got = refused
    return got.status, {k.lower(): v for k, v in got.headers.items()}, got.read().decode(errors="replace")


def test_with_accounts_nobody_sees_anything_before_they_sign_in_and_each_sees_what_is_theirs(
    riverton_made: Path, tmp_path: Path, visit: Callable[..., Any]
) -> None:
    path = Path(shutil.copy(riverton_made, tmp_path / "store.duckdb"))
    with Store(path) as store:
        body = store.select("select id from organisation order by place_in_file limit 1")[0][0]
        give(store, "ann@body.example", Role.OFFICER, body, name="Ann", by="root")
        give(store, "vi@city.example", Role.VISITOR, name="Vi", by="root")
        links = {who: invite(store, f"{who}.example", by="root") for who in ("ann@body", "vi@city")}
    with served(
        path,
        BUDGET_MODEL_SIGN_IN="accounts",
        BUDGET_MODEL_METRICS_TOKEN=METRICS,
        BUDGET_MODEL_IDLE_MINUTES="30",
    ) as address:
        _no_way_past_the_door(address)
        for link in links.values():
            page = visit(f"{address}/invitation?token={link}")
            page.fill("#password", WORDS)
            page.click("button")
            page.wait_for_url("**/sign-in")
        page = visit(f"{address}/submissions?show=register")
        refused: list[str] = []
        page.on(
            "console", lambda told: refused.append(told.text) if "Content Security" in told.text else None
        )
        page.fill("#account", "ann@body.example")
        page.fill("#password", "something else")
        page.click("button")
        assert "not right" in page.locator(".refused").inner_text()
        page.fill("#password", WORDS)
        page.click("button")
        page.get_by_text("Ann, officer").wait_for()
        assert page.url.endswith("/submissions?show=register")
        assert page.get_by_label("Your name").count() == 0
        assert refused == []
        other = visit(f"{address}/sign-in?next=//evil.example/")
        other.fill("#account", "vi@city.example")
        other.fill("#password", WORDS)
        other.click("button")
        other.get_by_text("Vi, visitor").wait_for()
        assert other.url.startswith(address)
        _a_download_is_for_whoever_was_shown_it(page, other, f"{address}/organisations?body={body}")
        other.goto(f"{address}/upload")
        other.get_by_text("This page is not for your role").wait_for()
        other.get_by_role("link", name="Sign out")
        other.goto(f"{address}/sign-out")
        other.goto(f"{address}/overview")
        assert "/sign-in" in other.url


def _a_download_is_for_whoever_was_shown_it(page: Any, other: Any, address: str) -> None:
    """Ann downloads what her body sent; nobody else opens the address of that file, be they signed in or not."""
    page.goto(address)
    button = page.get_by_role("button", name="Original: ").first
    button.wait_for()
    with page.expect_download() as begun:
        button.click()
    assert begun.value.path().stat().st_size
    file = begun.value.url
    assert "/media/" in file
    assert page.request.get(file).status == 200
    assert other.request.get(file).status == 404
    assert answered(file)[0] == 401


def _no_way_past_the_door(address: str) -> None:
    status, headers, _ = answered(f"{address}/pools?year=2016-17")
    assert (status, headers["location"]) == (303, "/sign-in?next=%2Fpools%3Fyear%3D2016-17")
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in re.search("script-src[^;]*", policy).group()
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    for data in ("media/abc.csv", "_stcore/upload_file/a/b", "_stcore/host-config", "component/x"):
        assert answered(f"{address}/{data}")[0] == 401
    for measured in ("metrics", "_stcore/metrics"):
        assert answered(f"{address}/{measured}")[0] == 404
    status, headers, text = answered(f"{address}/metrics", Authorization=f"Bearer {METRICS}")
    assert status == 200
    assert headers["content-type"].startswith("application/openmetrics-text")
    assert "budget_model_sessions 0" in text
    assert text.endswith("# EOF\n")
    assert [answered(f"{address}/{one}")[0] for one in ("healthz", "readyz")] == [200, 200]
    assert answered(f"{address}/healthz", Host="evil.example")[0] == 400
    for origin in ("http://evil.example", ""):
        assert _opened(address, origin) == 403
    assert _opened(address, address) == 403


def _opened(address: str, origin: str) -> int:
    """How the server answers somebody who would open a line to it, from a page of an origin."""
    host = address.removeprefix("http://")
    asked = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: {origin}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", int(host.rpartition(":")[2])), timeout=30) as line:
        line.sendall(asked.encode())
        return int(line.recv(1000).split()[1])


def test_a_page_left_open_is_taken_away_once_nobody_has_made_a_step_for_the_idle_time(
    riverton_made: Path, tmp_path: Path, visit: Callable[..., Any]
) -> None:
    path = Path(shutil.copy(riverton_made, tmp_path / "store.duckdb"))
    with Store(path) as store:
        give(store, "dee@city.example", Role.DIRECTOR, name="Dee", by="root")
        link = invite(store, "dee@city.example", by="root")
    with served(path, BUDGET_MODEL_SIGN_IN="accounts", BUDGET_MODEL_IDLE_MINUTES="0.5") as address:
        page = visit(f"{address}/invitation?token={link}")
        page.fill("#password", WORDS)
        page.click("button")
        page.wait_for_url("**/sign-in")
        page.fill("#account", "dee@city.example")
        page.fill("#password", WORDS)
        page.click("button")
        page.get_by_text("Dee, director").wait_for()
        page.get_by_text("Your session has ended.").wait_for()
        assert "£" not in page.inner_text("[data-testid=stMain]")


CERTIFIED = Path(__file__).parents[1] / "provider"


@contextmanager
def certified(dashboard: str) -> Iterator[str]:
    """A certified OpenID provider for a dashboard; its address. Skips where it is not installed."""
    node = shutil.which("node")
    if not node or not (CERTIFIED / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("No node is installed, or tests/install-system.sh has not installed the provider.")
    port = free_port()
    provider = subprocess.Popen(
        [node, str(CERTIFIED / "provider.js"), str(port), dashboard],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert provider.stdout is not None
        assert "is ready" in provider.stdout.readline()
        yield f"http://localhost:{port}"
    finally:
        provider.terminate()
        provider.wait(timeout=20)


def test_a_certified_provider_that_keeps_to_the_letter_signs_people_in_and_removing_one_ends_their_session(
    riverton_made: Path, tmp_path: Path, visit: Callable[..., Any]
) -> None:
    path = Path(shutil.copy(riverton_made, tmp_path / "store.duckdb"))
    with Store(path) as store:
        give(store, "dee@city.example", Role.DIRECTOR, name="Dee", by="root")
    port = free_port()
    address = f"http://localhost:{port}"
    with (
        certified(address) as issuer,
        served(
            path,
            port,
            BUDGET_MODEL_SIGN_IN="oidc",
            BUDGET_MODEL_OIDC_CLIENT_ID="dashboard",
            BUDGET_MODEL_OIDC_CLIENT_SECRET="a secret of the tests alone",
            BUDGET_MODEL_OIDC_METADATA=f"{issuer}/.well-known/openid-configuration",
        ),
    ):
        for who, said in (
            ("mal", "have no role here"),
            ("eve", "have no role here"),
            ("dee", "Dee, director"),
        ):
            page = visit(f"{address}/pools")
            page.get_by_role("button", name="Sign in").click()
            page.fill("[name=login]", who)
            page.fill("[name=password]", WORDS)
            page.click("button[type=submit]")
            page.get_by_role("button", name="Continue").click()
            page.get_by_text(said).first.wait_for()
        done = subprocess.run(
            [sys.executable, "-m", "budget_model", "people", "remove", "dee@city.example"],
            env={**os.environ, "BUDGET_MODEL_STORE": str(path)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        page.get_by_text("or your session has ended.").wait_for()  # without a step


def test_with_single_sign_on_the_provider_says_who_somebody_is_and_the_place_what_they_may(
    riverton_made: Path, tmp_path: Path, visit: Callable[..., Any]
) -> None:
    provider = pytest.importorskip("oidc_provider_mock")
    from oidc_provider_mock import User

    path = Path(shutil.copy(riverton_made, tmp_path / "store.duckdb"))
    with Store(path) as store:
        give(store, "dee@city.example", Role.DIRECTOR, name="Dee", by="root")
    known = [
        User(sub="dee", claims={"email": "Dee@city.example", "email_verified": True, "name": "Dee"}),
        User(sub="eve", claims={"email": "eve@city.example", "email_verified": True, "name": "Eve"}),
        User(sub="mal", claims={"email": "dee@city.example", "email_verified": False, "name": "Dee"}),
    ]
    with (
        provider.run_server_in_thread(user_claims=known) as issuer,
        served(
            path,
            BUDGET_MODEL_SIGN_IN="oidc",
            BUDGET_MODEL_OIDC_CLIENT_ID="dashboard",
            BUDGET_MODEL_OIDC_CLIENT_SECRET=json.dumps("secret"),
            BUDGET_MODEL_OIDC_METADATA=f"http://localhost:{issuer.server_port}/.well-known/openid-configuration",
        ) as address,
    ):
        assert answered(f"{address}/media/abc.csv")[0] == 401
        for who, said in (
            ("dee", "Dee, director"),
            ("eve", "have no role here"),
            ("mal", "have no role here"),
        ):
            page = visit(f"{address}/pools")
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("button", name=who, exact=True).click()
            page.get_by_text(said).first.wait_for()
