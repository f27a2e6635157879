"""The framework's programs are sent packed, each packed once, and nothing else is touched."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.shared.serving.packing import Packing

PROGRAM = "export const total = 2.10;" * 400
ADDRESS = "/static/js/Total.a1B2c3D4.js"


def test_a_program_is_read_once_and_sent_packed_to_whoever_takes_it() -> None:
    reads = []

    def program(asked: Request) -> Response:
        reads.append(asked.url.path)
        return PlainTextResponse(PROGRAM, headers={"cache-control": "immutable"})

    routes = [Route(ADDRESS, program), Route("/figures.csv", program)]
    with TestClient(Starlette(routes=routes, middleware=[Middleware(Packing)])) as browser:
        first, second = (browser.get(ADDRESS, headers={"accept-encoding": "gzip"}) for _ in range(2))
        assert first.text == second.text == PROGRAM
        assert first.headers["content-encoding"] == "gzip"
        assert int(first.headers["content-length"]) < len(PROGRAM) / 10
        assert first.headers["cache-control"] == "immutable"
        assert reads == [ADDRESS]
        plain = browser.get(ADDRESS, headers={"accept-encoding": "identity"})
        assert (plain.text, plain.headers.get("content-encoding")) == (PROGRAM, None)
        table = browser.get("/figures.csv", headers={"accept-encoding": "gzip"})
        assert table.headers.get("content-encoding") is None
        missing = browser.get("/static/js/None.a1B2c3D4.js", headers={"accept-encoding": "gzip"})
        assert missing.status_code == 404
