"""How much is lost when the program is killed: nothing that was acknowledged, and nothing is half-made.

    python -m benchmarks.kill_at_random --times 30
    python -m benchmarks.kill_at_random --times 30 --owner
    python -m benchmarks.kill_at_random --times 50 --lake

A process of its own uploads, approves, withdraws, changes settings, records decisions, comments, answers a consultation,
loads grants, says what it knows of recipients, enters funding, reports on measures, reviews itself, and drafts and
publishes the State of the City, on a small place's store; it says each change once it is kept. It is killed (SIGKILL) at a random moment; then the store is opened, every change that
was said has to be there, and every law has to hold.
"""

import argparse
import hashlib
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from budget_model import dates
from budget_model.contribute.about import About
from budget_model.contribute.draft import StepKind
from budget_model.contribute.grant_rows import FileKind, GrantFile
from budget_model.partnership.comments import About as Thing
from budget_model.partnership.comments import Subject
from budget_model.partnership.consultations import Consultation, Kind, Member, Question, Sector
from budget_model.partnership.performance import Period, Reading, ReadingGrade
from budget_model.partnership.state_of_the_city import Facts, Words
from budget_model.place.columns import ConfidenceGrade
from budget_model.place.editing import Edit
from budget_model.place.lists import LISTS
from budget_model.place.model import Award
from budget_model.problem import Refusal
from budget_model.store import (
    comments,
    consultations,
    contributions,
    external_funding,
    joint,
    performance,
    self_reviews,
    settings,
    state_editions,
    voluntary,
)
from budget_model.store.checks import check
from budget_model.store.owner import Owner
from budget_model.store.places import keep_place
from budget_model.store.spending import submissions, years
from budget_model.store.store import Store
from budget_model.store.submissions import change_status
from budget_model.together.decisions import Snapshot
from budget_model.vocabulary import SubmissionStatus
from tests import postgres
from tests.place.small_place import copy_of_small_place
from tests.towns import line, receive, submission

FILE: Final = "budget.duckdb"
BODY, YEAR = "council", "2016-17"
SNAPSHOT = Snapshot(Decimal(500), ((BODY, Decimal(500)),))
FACTS: Final = Facts(
    date(2026, 11, 27), "Smalltown", YEAR, Decimal(500), (), (), (), (), Decimal(0), (), (), ()
)
LONGEST = 4.0
"""Seconds after which the process is killed at the latest."""
PROCESSES: Final = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__spec__.name if __spec__ else __name__])


def main() -> int:
    """Kill the program so many times, and say what was lost."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument(
        "--check-every", type=int, default=1, help="prove every law after so many kills, and after the last"
    )
    parser.add_argument(
        "--owner",
        action="store_true",
        help="kill the program that owns the store, while a worker asks it, as in `serve`",
    )
    parser.add_argument(
        "--lake",
        action="store_true",
        help="keep the store in a lake, on a PostgreSQL server of its own",
    )
    options = parser.parse_args()
    every: list[tuple[str, str]] = []
    troubles: list[str] = []
    with ExitStack() as held:
        folder = held.enter_context(tempfile.TemporaryDirectory(prefix="budget-kills-"))
        if options.lake:
            _keep_in_a_lake(Path(folder), held.enter_context(postgres.server()))
        path = _made(Path(folder))
        for number in range(1, options.times + 1):
            kept = (_owner_killed if options.owner else _killed)(path, options.seed + number)
            every += kept
            is_last = number == options.times
            whole = is_last or number % options.check_every == 0
            found = _lost(path, every if is_last else kept, whole=whole)
            troubles += [f"kill {number}: {one}" for one in found]
            print(f"kill {number}: {len(kept)} changes acknowledged, {len(found)} troubles", flush=True)
    for trouble in troubles:
        print(trouble)
    print(
        f"{options.times} kills, {len(every)} changes acknowledged, {len(troubles)} lost, half-made or broken."
    )
    return 1 if troubles else 0


def _keep_in_a_lake(folder: Path, server: Path) -> None:
    """Have the store of every program here be a lake, of which all have one machine's copy."""
    os.environ["BUDGET_MODEL_STORE"] = f"ducklake:postgres:{postgres.make_database(server, 'kills')}"
    os.environ["BUDGET_MODEL_LAKE_FILES"] = str(folder / "files")
    os.environ["BUDGET_MODEL_COPY"] = str(folder / FILE)


def _made(folder: Path) -> Path:
    path = folder / FILE
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


def _killed(path: Path, seed: int) -> list[tuple[str, str]]:
    """What the process said that it kept before it was killed: acts and the keys of what they kept."""
    hears, says = PROCESSES.Pipe(duplex=False)
    working = PROCESSES.Process(target=_work, args=(path, seed, says))
    working.start()
    says.close()
    kept: list[tuple[str, str]] = [hears.recv()]
    time.sleep(random.Random(seed).uniform(0, LONGEST))
    working.kill()
    with suppress(EOFError, OSError):  # what it was saying when it was killed was said to nobody
        while True:
            kept.append(hears.recv())
    working.join()
    if working.exitcode != -signal.SIGKILL:
        raise RuntimeError("The process ended by itself.")
    return kept


def _owner_killed(path: Path, seed: int) -> list[tuple[str, str]]:
    """The same where a worker asks the program that owns the store, which is killed; the worker then ends by itself."""
    ready, listens = PROCESSES.Pipe(duplex=False)
    owning = PROCESSES.Process(target=_own, args=(path, listens))
    owning.start()
    listens.close()
    ready.recv()
    hears, says = PROCESSES.Pipe(duplex=False)
    working = PROCESSES.Process(target=_work_until_the_owner_ends, args=(path, seed, says))
    working.start()
    says.close()
    kept: list[tuple[str, str]] = [hears.recv()]
    time.sleep(random.Random(seed).uniform(0, LONGEST))
    owning.kill()
    owning.join()
    with suppress(EOFError, OSError):
        while True:
            kept.append(hears.recv())
    working.join()
    return kept


def _own(path: Path, says: Connection) -> None:
    """Own the store, as `serve` does, until killed."""
    with Store(path, alone=True) as store:
        Owner(store).listen()
        says.send("listening")
        signal.pause()


def _work_until_the_owner_ends(path: Path, seed: int, says: Connection) -> None:
    """Change something through the owner of the store, say so, and go on, until it answers no more."""
    with suppress(Refusal):
        _work(path, seed, says)


def _work(path: Path, seed: int, says: Connection) -> None:
    """Change something, say so, and go on, until killed."""
    chance = random.Random(seed)
    with Store(path) as store:
        while True:
            name = f"{seed}-{chance.randrange(10**9)}"
            act = chance.choice(ACTS)
            says.send((act.__name__, act(store, name)))


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


def _comment(store: Store, name: str) -> str:
    comments.comment(store, Subject(Thing.OPPORTUNITY, name, name), f"Why {name}?", by="killed")
    return name


def _answer(store: Store, name: str) -> str:
    """Ask one member, and answer by the link; the links of an answer are made before, which counts alone."""
    today = dates.today()
    asked = consultations.keep(
        store,
        Consultation(
            "", f"Asked {name}", "", (Question("Why?", Kind.TEXT),), today, today + timedelta(days=9)
        ),
        by="killed",
    )
    member = Member("Bo", "bo@x.example", Sector.PUBLIC)
    (secret,) = consultations.make_links(store, asked.id, [member], by="killed").values()
    consultations.answer(store, secret, {0: name})
    return f"{asked.id} {secret}"


def _load_grants(store: Store, name: str) -> str:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    voluntary.keep_file(store, GrantFile(f"{name}.json", sha256, FileKind.GRANTS, ()), by="killed")
    return sha256


def _confirm(store: Store, name: str) -> str:
    voluntary.confirm(store, {f"{name} a": True, f"{name} b": True}, by="killed")
    return name


def _fund(store: Store, name: str) -> str:
    award = Award(
        name,
        "Council tax",
        "A ministry",
        "external funding",
        "Shops",
        BODY,
        "",
        "living-well",
        Decimal(5),
        None,
        None,
        "",
        None,
        "",
        "",
        counted=True,
        part_of="",
        services=(),
        grade=ConfidenceGrade(2),
        quote="",
        note="",
        source="invented",
    )
    external_funding.keep_award(store, award, by="killed")
    return name


def _report(store: Store, name: str) -> str:
    reading = Reading(Period(YEAR), Decimal(80), name, ReadingGrade.CHECKED)
    performance.enter(store, [("falls", reading), ("falls", reading)], by="killed")
    return name


def _review(store: Store, name: str) -> str:
    self_reviews.answer(
        store, YEAR, BODY, {"leadership": (3, name), "goals": (2, name), "staff": (1, name)}, by="killed"
    )
    return name


def _draft(store: Store, name: str) -> str:
    state_editions.keep_draft(store, Words(introduction=name), by="killed")
    return name


def _publish(store: Store, name: str) -> str:
    if not years(store):
        _approve(store, name)
    return str(state_editions.publish(store, Words(name), FACTS, by="killed").number)


OFTEN: Final = (
    _upload,
    _step,
    _approve,
    _set,
    _decide,
    _comment,
    _answer,
    _load_grants,
    _confirm,
    _fund,
    _report,
    _review,
    _draft,
)
ACTS: Final = (*OFTEN, *OFTEN, *OFTEN, _publish)
"""What it does at random; publishing takes as long as all others together."""


def _was_answered(store: Store, key: str) -> bool:
    identity, secret = key.split()
    link = consultations.opened_by(store, secret)
    return bool(
        link
        and link.standing is consultations.Standing.ANSWERED
        and consultations.answers_of(store, identity)
    )


FOUND: dict[str, Callable[[Store, str], bool]] = {
    "_upload": lambda store, key: contributions.file_of(store, int(key))[0].endswith(".csv"),
    "_step": lambda store, key: (
        not key or key.partition(" ")[2] in contributions.draft_of(store, int(key.split()[0])).answers
    ),
    "_approve": lambda store, key: bool(
        store.select("select 1 from submission_event where id = $id", {"id": int(key)})
    ),
    "_set": lambda store, key: int(key) in {change.number for change in settings.changes(store)},
    "_decide": lambda store, key: any(decision.opportunity == key for decision in joint.decisions(store)),
    "_comment": lambda store, key: any(comment.subject.key == key for comment in comments.comments(store)),
    "_answer": _was_answered,
    "_load_grants": lambda store, key: voluntary.loaded_before(store, key) is not None,
    "_confirm": lambda store, key: {f"{key} a", f"{key} b"} <= set(voluntary.words(store).voluntary),
    "_fund": lambda store, key: any(award.id == key for award in external_funding.register_of(store).awards),
    "_report": lambda store, key: (
        sum(
            isinstance(entry.said, Reading) and entry.said.source == key
            for entry in performance.entries(store)
        )
        == 2
    ),
    "_review": lambda store, key: sum(review.said == key for review in self_reviews.self_reviews(store)) == 3,
    "_draft": lambda store, key: bool(
        store.select("select 1 from state_edition where words like $key", {"key": f"%{key}%"})
    ),
    "_publish": lambda store, key: state_editions.edition(store, int(key)) is not None,
}
"""Whether what an act said that it kept is there."""

HALF_MADE: Final = {
    "an upload without its file": "select draft from draft_step where kind = 'file' and not exists "
    "(select 1 from original where contains(draft_step.content, original.sha256))",
    "an answer whose link is not used": "select consultation from consultation_link where not answered and "
    "consultation in (select consultation from consultation_answer)",
    "a link that is used without an answer": "select consultation from consultation_link where answered and "
    "consultation not in (select consultation from consultation_answer)",
    "one of two words": "select left(subject, -2) from voluntary_word group by 1 having count(*) <> 2",
    "one of two readings": "select said from performance_entry group by said having count(*) <> 2",
    "a part of a review": "select said from self_review group by said having count(*) <> 3",
    "an edition without its map": "select number from state_edition where number > 0 and map_version not in "
    "(select number from map_version)",
    "a map without its edition": "select number from map_version where number not in "
    "(select map_version from state_edition)",
}
"""What a change that was cut in two would leave, and the query that finds it."""


def _lost(path: Path, kept: list[tuple[str, str]], *, whole: bool) -> list[str]:
    """What was said to be kept and is not, what is half-made, and, where the whole is asked for, each broken law."""
    with Store(path) as store:
        lost = [f"{act.strip('_')} {key} is lost" for act, key in kept if not FOUND[act](store, key)]
        half = [
            f"half-made: {name} ({rows[0][0]})"
            for name, sql in HALF_MADE.items()
            if (rows := store.select(sql))
        ]
        laws = check(store) if whole else ()
        return lost + half + [f"{law.law}: {law.troubles[0]}" for law in laws if law.troubles]


if __name__ == "__main__":
    sys.exit(main())
