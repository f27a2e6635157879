"""A real browser before a real server, with Riverton's store behind it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.pages import riverton

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def started(store: Path, port: int, settings: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """A server of our own on a port, once it answers."""
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "server.py",
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
        ],
        cwd=ROOT,
        env={**os.environ, "BUDGET_MODEL_STORE": str(store), **(settings or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(600):
        try:
            urllib.request.urlopen(
                f"http://127.0.0.1:{port}/_stcore/health", timeout=1
            ).read()  # our own server
            return server
        except OSError:
            time.sleep(0.2)
    server.kill()
    pytest.fail("The dashboard did not start within two minutes.")


def served(store: Path, *, killed: bool = False) -> Generator[str]:
    """A server before a store; `killed` ends it as a power cut would, without a word to it."""
    port = free_port()
    server = started(store, port)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        (server.kill if killed else server.terminate)()
        server.wait(timeout=60)


@pytest.fixture(scope="session")
def riverton_store(riverton_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(riverton_made, tmp_path_factory.mktemp("shared") / "store.duckdb"))


@pytest.fixture(scope="session")
def dashboard(riverton_store: Path) -> Iterator[str]:
    yield from served(riverton_store)


@pytest.fixture(scope="module")
def joined_dashboard(joined_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the city whose bodies meet."""
    yield from served(Path(shutil.copy(joined_made, tmp_path_factory.mktemp("joined") / "store.duckdb")))


@pytest.fixture
def fresh_dashboard(riverton_made: Path, tmp_path: Path) -> Iterator[str]:
    """A server that nobody has visited yet."""
    yield from served(Path(shutil.copy(riverton_made, tmp_path / "store.duckdb")))


@pytest.fixture(scope="session")
def crowded_dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(riverton.build_crowded(tmp_path_factory.mktemp("crowded") / "store.duckdb"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
    if not CHROMIUM:
        pytest.skip("No Chromium is installed, so no journey can be made in a real browser.")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


LONGEST_WAIT = 120_000
"""Milliseconds that a journey waits for anything: other journeys run beside it on the same processors."""


def new_window(chromium: Browser, width: int = 1366, height: int = 768, **options: Any) -> BrowserContext:
    """A window of its own, which remembers nothing, and in which nobody loses patience early."""
    context = chromium.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(LONGEST_WAIT)
    return context


@pytest.fixture(scope="session")
def window(chromium: Browser) -> Iterator[BrowserContext]:
    """One window for all tests that do not ask who has been there before."""
    context = new_window(chromium)
    yield context
    context.close()


@pytest.fixture(scope="session")
def tabs() -> list[Page]:
    """Tabs of that window, lent from test to test: the program of the pages is read and made ready in each once."""
    return []


@pytest.fixture
def visit(window: BrowserContext, tabs: list[Page]) -> Iterator[Callable[..., Any]]:
    """Open an address in a tab that remembers nothing, and wait until the page is whole."""
    lent: list[Page] = []

    def open_page(address: str, size: tuple[int, int] = (1366, 768)) -> Any:
        page = tabs.pop() if tabs else window.new_page()
        lent.append(page)
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(address)
        settle(page)
        return page

    yield open_page
    for page in lent:
        page.emulate_media(media="null")
        page.evaluate("sessionStorage.clear(), localStorage.clear()")
        page.goto("about:blank")
        tabs.append(page)
    window.clear_cookies()


@pytest.fixture
def visit_anew(chromium: Browser) -> Iterator[Callable[[str], Any]]:
    """Open an address in a browser that has never seen it, and wait until the page is whole."""
    with ExitStack() as windows:

        def open_page(address: str) -> Any:
            context = new_window(chromium)
            windows.callback(context.close)
            page = context.new_page()
            page.goto(address)
            settle(page)
            return page

        yield open_page


def settle(page: Any) -> None:
    """Wait until the page has run to its foot and nothing is running any more."""
    page.wait_for_selector("footer.foot, .st-key-fault, [data-testid=stException]")
    assert page.locator(".st-key-fault, [data-testid=stException]").count() == 0, page.inner_text("body")
    page.wait_for_function(
        "() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'"
    )
    page.wait_for_timeout(400)


def serious_faults(page: Any) -> list[tuple[str, list[str]]]:
    """What keeps a person from using the page, as the checker axe finds it, with the first elements of each."""
    axe = pytest.importorskip("axe_playwright_python", reason="The checker axe is not installed.")
    checker = (Path(axe.__file__).parent / "axe.min.js").read_text()
    page.evaluate(checker)  # evaluated and not added, for the page's own policy refuses a script within it
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


SIZES = ((1366, 768), (1024, 768))


def narrows_to(page: Any, width: int) -> bool:
    """Whether the page is no wider than its window of this width, once its charts are drawn again for it."""
    page.wait_for_function("width => innerWidth === width", arg=width)
    page.wait_for_timeout(150)
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth"
    for _ in range(15):
        if page.evaluate(wide) <= width:
            return True
        page.wait_for_timeout(100)
    return False


def fits(page: Any) -> None:
    """The page is no wider than its window, at either size."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert narrows_to(page, width)


def fits_and_can_be_used(page: Any) -> None:
    """The page is no wider than its window, and nothing on it keeps a person from using it."""
    assert serious_faults(page) == []
    fits(page)
