"""The command line: `python -m budget_model <command>`.

Exit status: 0 done, 1 the input was refused or a check failed, 2 wrong use. With `--json` exactly one
JSON document is printed on standard output, amounts as decimal strings in whole currency units.
"""

import argparse
import importlib
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from budget_model.problem import Refusal

if TYPE_CHECKING:
    from budget_model.access import Asker
    from budget_model.store.store import Store

STOPPED = 128 + signal.SIGTERM
"""The exit status of a command that was told to stop: what it had open is closed first."""
COMMANDS = {
    "read": "Look at a spreadsheet and say what was understood; writes nothing.",
    "import": "Load a spreadsheet as a submission of one organisation for one year.",
    "suggest": "Suggest the service that a budget line pays for.",
    "search": "Look for a body, a service, a line or a word by what people call it.",
    "total": "The place’s total, with its range, and broken down.",
    "funding": "Where the money comes from: national government by department, local taxation, fees and others.",
    "trends": "How the money of the place, a body, a board or a service went over the years.",
    "plan": "Budget, forecast and outturn side by side, and where more or less was spent than planned.",
    "what-changed": "What changed since another year or phase, in reasons that add up to the change.",
    "neighbours": "How the place’s spending stands beside others of its kind.",
    "areas": "What is spent in each part of the place, and how sure that is.",
    "reorganise": "What a merger, a split or a transfer of functions moves from whom to whom.",
    "publish": "Freeze the map as it stands as a version that never changes.",
    "versions": "The published versions of the map.",
    "opportunities": "What organisations could join up, how far, and why not further.",
    "portfolio": "What to take up first with the effort and the limits there are.",
    "back-office": "What bodies spend on back offices, and the scale of the prize in sharing them.",
    "who-gains": "Who would pay and who would gain by an intervention.",
    "headroom": "What capping grants at another year’s level would free.",
    "prevention": "How much of the money acts early, at which stage the rest acts, and how sure that is.",
    "desk": "What lies before a delivery board or an advocate to be decided.",
    "plans": "How far each agreed opportunity has come, what is overdue, and what was rejected and why.",
    "fund-return": "The return of a pooled fund: filled from the map, written as a workbook, or read back from one.",
    "outcomes": "How much money works towards each outcome, how late each is known, and what works towards none.",
    "external-funding": "What money from outside is held, what ends when, and who bids for what.",
    "third-sector": "What voluntary bodies receive, from whom, who depends on small grants; or load a file of grants.",
    "comments": "What is remarked on figures, opportunities, targets, bids and lines, and what of it is open.",
    "performance": "Which measures each layer looks at, and readings recorded from a table.",
    "consultations": "What forum members were asked by link, and what they answered, by sector.",
    "state-of-the-city": "How the city stands and what changed since the last edition, each sentence with its source.",
    "self-review": "How the partnership or a body rates itself, with what the map shows of it.",
    "board-pack": "Write the Board’s slides.",
    "people": "Who may come in and as what: add, list, invite, remove; service for a program.",
    "audit": "Who did what, when and from where, and whether the chain holds.",
    "check": "Prove every invariant of the store.",
    "seed": "Load the worked example.",
    "new-place": "Make any English place’s first map from national figures.",
    "reminders": "Who is late or awaited, with a letter to each ready to send, and the digest for directors.",
    "settings": "The place’s lists: show, change, undo.",
    "export-place": "Write the place’s folder from the store, as the screen has it.",
    "backup": "Copy the store to a folder.",
    "restore": "Bring a backup back.",
    "compact": "Make few files of a lake's many, and let its old snapshots go.",
    "places": "What many places spend, and a head: as each published it, or by stores and backups.",
    "running": "How the dashboard runs: times of pages and questions, what is remembered, and who waits.",
    "serve": "The dashboard for many people: several processes behind one address, on one store.",
}
"""Every command and what it is for; the module of the same name in `commands` does it."""
WITHOUT_STORE = frozenset({"read"})
"""Commands that open no store and write nothing: anybody may run them, and they answer in under a second."""


def module_of(command: str) -> str:
    """Name the module that carries a command out.

    >>> module_of("board-pack")
    'budget_model.commands.board_pack_command'
    """
    return f"budget_model.commands.{command.replace('-', '_')}_command"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status; in a service's name where the settings name one."""
    account, token = (os.environ.get(f"BUDGET_MODEL_{name}") for name in ("ACCOUNT", "TOKEN"))
    with _in_the_name_of(account, token):
        return _main(list(sys.argv[1:] if arguments is None else arguments), elsewhere=True)


def _main(words: Sequence[str], *, elsewhere: bool) -> int:
    """Run one command; `elsewhere` says whether another program that has the store open may carry it out."""
    parser = argparse.ArgumentParser(prog="python -m budget_model", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    # Only the asked command is made and its module imported: `read` must answer in under a second.
    asked = words[0] if words and words[0] in COMMANDS else ""
    for name in [asked] if asked else COMMANDS:
        one = commands.add_parser(name, help=COMMANDS[name], description=COMMANDS[name])
        if name == asked:
            importlib.import_module(module_of(name)).arguments(one)
    options = parser.parse_args(words)
    try:
        return _run(words, options, elsewhere=elsewhere)
    except Refusal as refusal:
        if getattr(options, "json", False):
            print(json.dumps({"refused": {"reason": refusal.sentence}}))
        print(refusal.sentence, file=sys.stderr)
        for problem in refusal.problems[:20]:
            print(f"  {problem}", file=sys.stderr)
        if len(refusal.problems) > 20:
            print(f"  and {len(refusal.problems) - 20} more", file=sys.stderr)
        return 1
    except MemoryError:
        print(
            "There is not enough memory for this. Nothing was kept; part the file, or use a larger machine.",
            file=sys.stderr,
        )
        return 1


def _run(words: Sequence[str], options: argparse.Namespace, *, elsewhere: bool) -> int:
    """Carry a command out, or have the program that has the store open do it."""
    module = importlib.import_module(module_of(options.command))
    if options.command in WITHOUT_STORE:
        return int(module.run(options))
    from budget_model.store.store import InUse, usual_path

    try:
        with _only_what_a_service_may(options.command):
            status: int = module.run(options)
        return status
    except InUse:
        from budget_model.commands.running import asked

        done = asked(usual_path(), words, options) if elsewhere else None
        if done is None:
            raise
        sys.stdout.write(done.out)
        sys.stderr.write(done.err)
        return done.status


@contextmanager
def _in_the_name_of(account: str | None, token: str | None) -> Iterator[None]:
    """Have stores that are opened meanwhile asked by a service, where one is named."""
    if not account:
        yield
        return
    from budget_model.store.people import service_asker
    from budget_model.store.store import ACTING

    kept = ACTING.set(lambda store: service_asker(store, account, token or ""))
    try:
        yield
    finally:
        ACTING.reset(kept)


@contextmanager
def _only_what_a_service_may(command: str) -> Iterator[None]:
    """Have a store that a service asks refuse a command that its role may not run; some no service may."""
    from budget_model.access import COMMANDS as RUN_BY
    from budget_model.store.store import ACTING

    acting = ACTING.get()
    if acting is None:
        yield
        return
    if not RUN_BY[command]:
        raise Refusal(f"{command} is for this machine’s own user, and no service may run it.")

    def asker_of(store: "Store") -> "Asker":
        asker = acting(store)
        asker.must_run(command)
        return asker

    kept = ACTING.set(asker_of)
    try:
        yield
    finally:
        ACTING.reset(kept)


def main_for(words: Sequence[str], account: str, token: str) -> int:
    """Run one command for somebody who asked this program for it, in the name of their service account.

    It is carried out here or not at all: asked for elsewhere, it would wait for itself.
    """
    with _in_the_name_of(account, token):
        return _main(words, elsewhere=False)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(STOPPED))
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the answer, such as `head`, has seen enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)
