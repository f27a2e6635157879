"""How much is lost when the program is killed: nothing that was acknowledged, and nothing is half-made.

    python -m benchmarks.kill_at_random --times 30

A process of its own uploads, approves, withdraws, changes settings and records decisions on a small place's store, and
says each change once it is kept. It is killed (SIGKILL) at a random moment; then the store is opened, every change that
was said has to be there, and every law has to hold.
"""

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from budget_model.contribute.about import About
from budget_model.contribute.draft import StepKind
from budget_model.place.editing import Edit
from budget_model.place.lists import LISTS
from budget_model.store import contributions, joint, settings
from budget_model.store.checks import check
from budget_model.store.places import keep_place
from budget_model.store.spending import submissions
from budget_model.store.store import Store
from budget_model.store.submissions import change_status
from budget_model.together.decisions import Snapshot
from budget_model.vocabulary import SubmissionStatus
from tests.place.small_place import copy_of_small_place
from tests.towns import line, receive, submission

BODY, YEAR = "council", "2016-17"
SNAPSHOT = Snapshot(Decimal(500), ((BODY, Decimal(500)),))
LONGEST = 4.0
"""Seconds after which the process is killed at the latest."""


def main() -> int:
    """Kill the program so many times, and say what was lost; as the process that is killed, work without end."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--work-on", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work_on:
        _work(options.work_on, options.seed)
    said, troubles = 0, []
    with tempfile.TemporaryDirectory(prefix="budget-kills-") as folder:
        path = _made(Path(folder))
        for number in range(options.times):
            kept = _killed(path, options.seed + number)
            said += len(kept)
            found = _lost(path, kept)
            troubles += [f"kill {number + 1}: {one}" for one in found]
            print(f"kill {number + 1}: {len(kept)} changes acknowledged, {len(found)} troubles", flush=True)
    for trouble in troubles:
        print(trouble)
    print(f"{options.times} kills, {said} changes acknowledged, {len(troubles)} lost, half-made or broken.")
    return 1 if troubles else 0


def _made(folder: Path) -> Path:
    path = folder / "budget.duckdb"
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, copy_of_small_place(folder).load())
        book = b"the council's book"
        sent = submission(
            BODY, [line("Care", 500, "home-care", code="A1")], sha256=hashlib.sha256(book).hexdigest()
        )
        receive(store, sent, book, by="start")
    shutil.rmtree(folder / "smalltown")
    return path


def _killed(path: Path, seed: int) -> list[dict[str, str]]:
    """What the process said that it kept before it was killed."""
    asked = [sys.executable, "-m", "benchmarks.kill_at_random", "--work-on", str(path), "--seed", str(seed)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as working:
        assert working.stdout is not None
        first = working.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, LONGEST))
        working.kill()
        rest = working.stdout.read()
    if working.poll() not in (None, -9):
        raise RuntimeError("The process ended by itself.")
    lines = [one for one in [first, *rest.splitlines()] if one.strip().endswith("}")]
    return [json.loads(one) for one in lines]


def _work(path: Path, seed: int) -> None:
    """Change something, say so, and go on, until killed."""
    chance = random.Random(seed)
    with Store(path) as store:
        while True:
            name = f"{seed}-{chance.randrange(10**9)}"
            act = chance.choice((_upload, _step, _approve, _set, _decide))
            print(json.dumps({"act": act.__name__, "key": act(store, name)}), flush=True)


def _upload(store: Store, name: str) -> str:
    data = f"Line,Amount\nCare {name},5\n".encode()
    return str(contributions.begin(store, About(BODY, YEAR), f"{name}.csv", data, by="killed").draft)


def _step(store: Store, name: str) -> str:
    open_ones = contributions.drafts(store, BODY)
    if not open_ones:
        return ""
    draft = open_ones[0].number
    contributions.add_step(store, draft, StepKind.ANSWER, {name: "yes"}, by="killed")
    return f"{draft} {name}"


def _approve(store: Store, _: str) -> str:
    (one,) = [one for one in submissions(store) if one.submission == 1]
    wanted = (
        SubmissionStatus.WITHDRAWN if one.status == SubmissionStatus.APPROVED else SubmissionStatus.APPROVED
    )
    change_status(store, 1, wanted, by="killed")
    return str(store.select("select max(id) from submission_event")[0][0])


def _set(store: Store, name: str) -> str:
    bodies = LISTS["organisations"]
    before = settings.rows(store)["organisations"][2]
    after = bodies.from_plain({**bodies.to_plain(before), "note": name})
    return str(settings.keep(store, [Edit("organisations", before, after)], by="killed", reason=name))


def _decide(store: Store, name: str) -> str:
    joint.enter(store, name, f"Decision {name}", [BODY, "nhs"], ["home-care"], SNAPSHOT, by="killed")
    joint.decide(store, name, by="killed", comment=name)
    return name


FOUND: dict[str, Callable[[Store, str], bool]] = {
    "_upload": lambda store, key: contributions.file_of(store, int(key))[0].endswith(".csv"),
    "_step": lambda store, key: (
        not key or key.partition(" ")[2] in contributions.draft_of(store, int(key.split()[0])).answers
    ),
    "_approve": lambda store, key: bool(
        store.select("select 1 from submission_event where id = $id", {"id": int(key)})
    ),
    "_set": lambda store, key: int(key) in {one.number for one in settings.changes(store)},
    "_decide": lambda store, key: any(one.opportunity == key for one in joint.decisions(store)),
}
"""Whether what an act said that it kept is there."""


def _lost(path: Path, kept: list[dict[str, str]]) -> list[str]:
    with Store(path) as store:
        lost = [
            f"{one['act'].strip('_')} {one['key']} is lost"
            for one in kept
            if not FOUND[one["act"]](store, one["key"])
        ]
        return lost + [f"{one.law}: {one.troubles[0]}" for one in check(store) if one.troubles]


if __name__ == "__main__":
    sys.exit(main())
