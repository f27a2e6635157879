"""`serve`: the dashboard for many people, as several processes behind one address and on one store.

This program opens the store and keeps every change; workers draw the pages and ask it. Killed workers are started
again, and what they had acknowledged is kept here.
"""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from tempfile import TemporaryDirectory
from typing import Final

from budget_model import logs
from budget_model.commands import serving
from budget_model.mail import MailServer, digest_hours
from budget_model.problem import Refusal
from budget_model.rooms import ROOMS
from budget_model.sign_in import SERVICES, refuse_far
from budget_model.store.owner import Owner
from budget_model.store.posting import keep_sending
from budget_model.store.published_places import SERVICE, PlacesInLake
from budget_model.store.schedule import Schedule, keep_backing_up, keep_compacting
from budget_model.store.shared import observe
from budget_model.store.store import Store, usual_path

MEASURED_IN: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where the library of measures looks for the folder of several processes."""
MOST_WORKERS: Final = 64
USUAL_PORT: Final = 8501


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count() or 2,
        help="processes that draw pages; else one for each processor",
    )
    parser.add_argument(
        "--port", type=int, default=USUAL_PORT, help=f"where people reach it, else {USUAL_PORT}"
    )
    parser.add_argument(
        "--address",
        default=serving.HERE,
        help=f"on which it listens, else {serving.HERE}: this machine alone",
    )


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop; 0 then."""
    if not 1 <= options.workers <= MOST_WORKERS:
        raise Refusal(f"--workers is a number from 1 to {MOST_WORKERS}.")
    refuse_far(options.address)
    stopping = _told_to_stop()
    logs.begin()
    with measured_together(), Store(alone=True) as store, _owned(store, stopping):
        workers = serving.workers(options.workers)
        proxy = serving.proxy(options.address, options.port, tuple(workers))
        programs = [proxy, *workers.values()]
        try:
            if serving.start(workers, stopping) and serving.start(
                {options.port: proxy}, stopping, options.address
            ):
                address = f"http://{options.address}:{options.port}"
                print(f"{address}: {len(workers)} workers on the store {usual_path()}", file=sys.stderr)
                serving.keep_running(programs, stopping)
        finally:
            serving.end(programs)
    return 0


@contextmanager
def measured_together() -> Iterator[None]:
    """Have this program and its workers measure into one folder, which goes with it; before anything is measured."""
    with TemporaryDirectory(prefix="budget-measured-") as folder:
        os.environ[MEASURED_IN] = folder
        try:
            yield
        finally:
            del os.environ[MEASURED_IN]


@contextmanager
def _owned(store: Store, stopping: threading.Event) -> Iterator[None]:
    """Let workers and commands ask for the store; back it up and send digests meanwhile, where that is set."""
    from budget_model.measured import Measures, StoreMeasured  # once it is known where to measure

    observe(StoreMeasured())
    own = {"rooms": ROOMS, "measured": Measures(), SERVICE: PlacesInLake(store)}
    owner = Owner(store, SERVICES | own)
    owner.listen()
    if schedule := Schedule.set():
        keep_backing_up(store, schedule, stopping)
    keep_compacting(store, stopping)
    if (server := MailServer.set()) and (hours := digest_hours()):
        keep_sending(store, server, timedelta(hours=hours), stopping)
    try:
        yield
    finally:
        stopping.set()
        owner.close()


def _told_to_stop() -> threading.Event:
    """What is set once this program is told to stop, by the system or from the keyboard."""
    stopping = threading.Event()
    for signals in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signals, lambda *_: stopping.set())
    return stopping
