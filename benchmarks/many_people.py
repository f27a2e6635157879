"""How the product answers many people at once: real pages asked for over the browser's own line to the server.

    python -m benchmarks.many_people [--people 100] [--think 10] [--minutes 2] [--address http://localhost:8501]
    python -m benchmarks.many_people --count [--address http://localhost:8501]

Each person opens the Overview, thinks, and then opens a page of the menu or changes the scope of the page they are on.
Without an address the worked example is loaded and served here. An answer lasts from the question to the last message
of the page; its cost is the processor time of the server. `--minutes 10` is a soak: compare its first and last minute.
`--count` has nobody work: it opens each page of the menu in a new session, changes the scope there, and prints how many
messages and kilobytes each takes. A browser asks less: what it keeps of large messages is not sent to it again.
"""

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT: Final = Path(__file__).parents[1]
STREAM: Final = "/_stcore/stream"
LONGEST_ANSWER: Final = 60
"""Seconds after which an answer is an error."""
LONGEST_START: Final = 120
SCOPE_CHANGES: Final = 0.5
"""The share of clicks that change the scope; the others open a page."""
OPENED: Final = {
    "": 6,
    "explore": 4,
    "organisations": 3,
    "themes": 3,
    "lines": 2,
    "trends": 2,
    "what-changed": 2,
    "overlap": 3,
    "opportunities": 3,
    "pools": 2,
    "desks": 2,
    "targets": 2,
    "neighbours": 1,
    "areas": 1,
    "headroom": 1,
    "method": 1,
    "glossary": 1,
}
"""How often each page of the menu is opened, by its address."""
SCOPES: Final = tuple(
    f"year=2016-17&view={view}&schools={schools}&capital={capital}"
    for view in ("commissioner", "provider")
    for schools in ("yes", "no")
    for capital in ("yes", "no")
)
TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one click brought: which page, when and how long (seconds), messages, bytes, and whether it failed."""

    page: str
    at: float
    seconds: float
    messages: int
    size: int
    failed: str = ""
    processor: float = 0
    """Seconds of processor that the server spent; known only where one person is alone."""


@dataclass(slots=True)
class Person:
    """One browser: its line to the server and the page it is on."""

    line: Any
    chance: random.Random
    pages: dict[str, str] = field(default_factory=dict)
    page: str = ""

    async def click(self) -> Answer:
        """Open a page or change the scope, and wait for the page's last message."""
        scope = self.chance.choice(SCOPES) if self.chance.random() < SCOPE_CHANGES else ""
        if not scope and self.pages:
            known = [page for page in OPENED if page in self.pages]
            self.page = self.chance.choices(known, [OPENED[page] for page in known])[0]
        return await self.ask(scope)

    async def ask(self, scope: str) -> Answer:
        """The page as it is with a scope, or as the session has it."""
        asked = BackMsg()
        asked.rerun_script.query_string = scope
        asked.rerun_script.page_script_hash = self.pages.get(self.page, "")
        began, messages, size, failed = time.perf_counter(), 0, 0, ""
        await self.line.send(asked.SerializeToString())
        try:
            async with asyncio.timeout(LONGEST_ANSWER):
                while True:
                    data = await self.line.recv()
                    message = ForwardMsg.FromString(data)
                    messages, size = messages + 1, size + len(data)
                    failed = failed or _fault(message)
                    self._note_pages(message)
                    if message.WhichOneof("type") == "script_finished":
                        break
        except TimeoutError:
            failed = f"no answer in {LONGEST_ANSWER} seconds"
        ended = time.perf_counter()
        return Answer(self.page or "overview", ended, ended - began, messages, size, failed)

    def _note_pages(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}


def _fault(message: ForwardMsg) -> str:
    """What a message says went wrong; nothing mostly."""
    kind = message.WhichOneof("type")
    if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
        return str(message.delta.new_element.exception.message)[:200]
    wrong = kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
    return "the page did not finish" if wrong else ""


def main() -> int:
    """Let so many people work for so long, and print what they met."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--think", type=float, default=10, help="seconds between two clicks, on average")
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--address", default="", help="a server that runs already")
    parser.add_argument("--pages", action="store_true", help="say it for each page too")
    parser.add_argument("--count", action="store_true", help="count the messages of each page instead")
    options = parser.parse_args()
    if options.count:
        return _count(options.address)
    with _served(options.address) as (address, process):
        answers, before, after = asyncio.run(_measured(options, address, process))
    _print(answers, before, after, options)
    return 1 if any(answer.failed for answer in answers) else 0


def _count(address: str) -> int:
    """Print what opening each page and changing its scope takes, the page with the most first."""
    with _served(address) as (served, _):
        pages = asyncio.run(_counted(served))
    pages.sort(key=lambda page: -page[0].messages)
    print(f"{'page':>20}  opened: messages, kB   scope changed: messages, kB")
    for opened, changed in pages:
        print(
            f"{opened.page:>20} {opened.messages:12} {opened.size / 1000:8.0f} {changed.messages:21} "
            f"{changed.size / 1000:8.0f} {opened.failed or changed.failed}"
        )
    for name, place in (("opened", 0), ("scope changed", 1)):
        messages = [page[place].messages for page in pages]
        print(
            f"{name}: {statistics.mean(messages):.0f} messages on average, {statistics.median(messages):.0f} in the "
            f"median, of {len(pages)} pages"
        )
    return 1 if any(answer.failed for page in pages for answer in page) else 0


async def _counted(address: str) -> list[tuple[Answer, Answer]]:
    """What opening each page of the menu brings to a new session, and what a change of the scope there does."""
    first = await _person(address, 0)
    await first.ask("")
    await first.line.close()
    counted = []
    for page in sorted(first.pages):
        person = await _person(address, 0)
        person.pages, person.page = dict(first.pages), page
        counted.append((await person.ask(""), await person.ask(SCOPES[2])))
        await person.line.close()
    return counted


@contextmanager
def _served(address: str) -> Iterator[tuple[str, int]]:
    """A server's address and the number of its process; 0 where it is not ours."""
    if address:
        yield address.rstrip("/"), 0
        return
    with tempfile.TemporaryDirectory(prefix="many-people-") as folder:
        environment = os.environ | {"BUDGET_MODEL_STORE": str(Path(folder) / "budget.duckdb")}
        subprocess.run(
            [sys.executable, "-m", "budget_model", "seed"],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        port = _free_port()
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "server.py",
            "--server.headless",
            "true",
            "--server.port",
            str(port),
        ]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
            try:
                _wait_for(f"http://127.0.0.1:{port}/readyz")
                yield f"http://127.0.0.1:{port}", server.pid
            finally:
                server.terminate()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(address: str) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{address} does not answer.")


@dataclass(frozen=True, slots=True)
class Used:
    """What the server had used at one moment: processor seconds and bytes of memory of all its processes."""

    processor: float
    memory: int


def _used(process: int) -> Used:
    """What a process and its children use; nothing where it is not known."""
    if not process:
        return Used(0, 0)
    every = [process, *_children(process)]
    return Used(sum(map(_processor, every)), sum(map(_memory, every)))


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [below for child in map(int, listed) for below in (child, *_children(child))]


def _processor(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory(process: int) -> int:
    sizes = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    return int(sizes.get("VmRSS", "0 kB").split()[0]) * 1024


async def _measured(
    options: argparse.Namespace, address: str, process: int
) -> tuple[list[Answer], Used, Used]:
    """Every answer, and what the server had used when all had come in and when they left."""
    answers: list[Answer] = []
    lines = [await _person(address, number) for number in range(options.people)]
    try:
        for person in lines:
            first = await person.ask("")
            if first.failed:
                answers.append(first)
        before, until = _used(process), time.monotonic() + options.minutes * 60
        alone = process if options.people == 1 else 0
        await asyncio.gather(*(_work(person, options.think, until, answers, alone) for person in lines))
        return answers, before, _used(process)
    finally:
        await asyncio.gather(*(person.line.close() for person in lines))


async def _person(address: str, number: int) -> Person:
    host = urlsplit(address).netloc
    line = await websockets.connect(
        f"ws://{host}{STREAM}",
        origin=websockets.Origin(address),
        max_size=None,
        subprotocols=[websockets.Subprotocol("streamlit")],
    )
    return Person(line, random.Random(number))


async def _work(person: Person, think: float, until: float, answers: list[Answer], alone: int) -> None:
    """Think and click until the time is over; `alone` is the server's process where nobody else asks it."""
    await asyncio.sleep(person.chance.uniform(0, think))
    while time.monotonic() < until:
        try:
            before = _used(alone).processor
            answer = await person.click()
            answers.append(replace(answer, processor=_used(alone).processor - before))
        except websockets.ConnectionClosed as closed:
            answers.append(
                Answer(person.page, time.perf_counter(), 0, 0, 0, f"the line was closed: {closed}")
            )
            return
        await asyncio.sleep(person.chance.uniform(0.5, 1.5) * think)


def _print(answers: Sequence[Answer], before: Used, after: Used, options: argparse.Namespace) -> None:
    if not answers:
        print("Nobody clicked.")
        return
    print(
        f"{options.people} people, {options.think:.0f} s of thought, {options.minutes:g} minutes, "
        f"{len(answers)} answers, {sum(bool(answer.failed) for answer in answers)} errors"
    )
    _print_times("all", answers)
    ends = answers[0].at + 60, answers[-1].at - 60
    if options.minutes >= 3:
        _print_times("first minute", [answer for answer in answers if answer.at < ends[0]])
        _print_times("last minute", [answer for answer in answers if answer.at > ends[1]])
    if after.memory:
        spent = (after.processor - before.processor) / len(answers) * 1000
        print(
            f"server: {spent:.0f} ms of processor for each answer, memory {before.memory / 1e6:.0f} MB before and "
            f"{after.memory / 1e6:.0f} MB after"
        )
    if options.pages:
        for page in sorted({answer.page for answer in answers}):
            _print_times(page, [answer for answer in answers if answer.page == page])
    print(
        "messages of a page: "
        + ", ".join(
            f"{page} {statistics.median(answer.messages for answer in answers if answer.page == page):.0f}"
            for page in sorted({answer.page for answer in answers})
        )
    )
    for failure in sorted({answer.failed for answer in answers if answer.failed}):
        print(f"error: {failure}")


def _print_times(name: str, answers: Sequence[Answer]) -> None:
    """Half, 95 and 99 of 100 answers in milliseconds; messages and kilobytes in the median."""
    if not answers:
        return
    times = sorted(answer.seconds * 1000 for answer in answers)
    half, most, nearly_all = (
        times[min(len(times) - 1, int(len(times) * part))] for part in (0.5, 0.95, 0.99)
    )
    messages = statistics.median(answer.messages for answer in answers)
    size = statistics.median(answer.size for answer in answers) / 1000
    spent = statistics.median(answer.processor for answer in answers) * 1000
    alone = f", {spent:.0f} ms of processor" if spent else ""
    print(
        f"{name:>16}: {len(times):5} answers, p50 {half:6.0f} ms, p95 {most:6.0f} ms, p99 {nearly_all:6.0f} ms, "
        f"{messages:4.0f} messages, {size:5.0f} kB{alone}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
