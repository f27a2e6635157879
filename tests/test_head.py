"""The page as the browser first gets it names itself and has its layout, and nothing else is touched."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.shared.serving.head import Head

PAGE = '<html><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'


def page(_: Request) -> Response:
    return HTMLResponse(PAGE, headers={"etag": "old"})


def other(_: Request) -> Response:
    return PlainTextResponse(PAGE)


def asked(address: str, packing: str = "") -> tuple[str, dict[str, str]]:
    routes = [Route("/", page), Route("/file", other)]
    with TestClient(Starlette(routes=routes, middleware=[Middleware(Head)])) as browser:
        answer = browser.get(address, headers={"accept": "text/html", "accept-encoding": packing})
    return answer.text, dict(answer.headers)


def test_a_link_to_the_dashboard_shows_what_it_is_and_its_layout_comes_with_it() -> None:
    text, headers = asked("/")
    assert "<title>A place’s public money</title>" in text
    assert 'property="og:description" content="What all public bodies spend' in text
    assert 'rel="modulepreload" crossorigin href="./static/js/PlotlyChart.' in text
    assert "html .stMainBlockContainer" in text
    assert '<div id="root"><div class="first-look" role="status"><p>Opening the map…</p></div>' in text
    assert int(headers["content-length"]) == len(text.encode())
    assert "etag" not in headers
    assert asked("/", "gzip")[0] == text
    assert asked("/", "gzip")[1]["content-encoding"] == "gzip"


def test_what_is_no_page_of_the_framework_passes_as_it_is() -> None:
    assert asked("/file")[0] == PAGE
