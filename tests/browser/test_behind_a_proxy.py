"""The files of `deploy/` as they are: the proxy in front of the dashboard, with TLS, and the unit of systemd."""

import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from budget_model.access import Role
from budget_model.store.chain import entries
from budget_model.store.people import give, invite
from budget_model.store.store import Store
from tests.browser.conftest import ROOT, free_port, new_window, started

pytestmark = pytest.mark.browser
WORDS = "correct horse battery"
ANY_CERTIFICATE = ssl._create_unverified_context()  # the proxy makes its own for this machine


@contextmanager
def proxied(store: Path, folder: Path) -> Iterator[str]:
    """The dashboard with accounts behind the proxy of `deploy/Caddyfile`; its address."""
    caddy = shutil.which("caddy")
    if not caddy:
        pytest.skip("No caddy is installed, so nothing stands in front of the dashboard.")
    behind, port = free_port(), free_port()
    address = f"https://localhost:{port}"
    server = started(store, behind, {"BUDGET_MODEL_SIGN_IN": "accounts", "BUDGET_MODEL_ADDRESS": address})
    file = folder / "Caddyfile"
    file.write_text(
        "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n"
        f"import {ROOT / 'deploy' / 'Caddyfile'}\n"
    )
    told = {
        "BUDGET_MODEL_HOST": f"localhost:{port}",
        "BUDGET_MODEL_APP": f"localhost:{behind}",
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    proxy = subprocess.Popen(
        [caddy, "run", "--adapter", "caddyfile", "--config", str(file)],
        env=told,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            try:
                status(f"{address}/healthz")
                break
            except urllib.error.URLError:
                time.sleep(0.2)
        yield address
    finally:
        for program in (proxy, server):
            program.terminate()
            program.wait(timeout=60)


def status(address: str, data: bytes | None = None) -> int:
    try:
        with urllib.request.urlopen(address, data, timeout=30, context=ANY_CERTIFICATE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def reaches_the_door(address: str, size: int) -> bool:
    """Whether a form of so many bytes comes to the door, which knows nobody by it and answers 403; else it is cut off."""
    try:
        return status(address, b"x" * size) == 403
    except urllib.error.URLError:
        return False


def test_behind_the_proxy_people_sign_in_through_tls_and_the_audit_says_from_where(
    riverton_made: Path, tmp_path: Path, chromium: Browser
) -> None:
    path = Path(shutil.copy(riverton_made, tmp_path / "store.duckdb"))
    with Store(path) as store:
        give(store, "ann@council.example", Role.OFFICER, "council", name="Ann", by="root")
        link = invite(store, "ann@council.example", by="root")
    with proxied(path, tmp_path) as address:
        context = new_window(
            chromium, ignore_https_errors=True, extra_http_headers={"X-Forwarded-For": "9.9.9.9"}
        )
        page = context.new_page()
        answer = page.goto(f"{address}/invitation?token={link}")
        assert answer is not None
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        page.fill("#password", WORDS)
        page.click("button")
        page.fill("#account", "ann@council.example")
        page.fill("#password", WORDS)
        page.click("button")
        page.get_by_text("Ann, officer").wait_for()  # drawn through the line to the server
        (cookie,) = [each for each in context.cookies() if each["name"] == "budget_model_session"]
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
        assert status(f"{address}/media/abc.csv") == 401
        assert not reaches_the_door(f"{address}/sign-in", 26_000_000)
        assert reaches_the_door(f"{address}/sign-in", 1_000)
        assert status(f"{address}/readyz") == 200
        context.close()
    with Store(path) as store:
        chosen = [entry for entry in entries(store.select) if entry.what == "password chosen"]
    (source,) = [entry.source for entry in chosen]
    assert source in ("127.0.0.1", "::1"), "what a browser says of itself is not believed"


def test_the_unit_of_systemd_is_one_that_it_understands() -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("No systemd is installed.")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(ROOT / "deploy" / "budget-model.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = [line for line in done.stderr.splitlines() if not re.search("not executable: No such file", line)]
    assert wrong == []
