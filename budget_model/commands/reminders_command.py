"""`reminders`: who is late or awaited, with a letter to each ready to send, and the digest for directors."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from budget_model import dates
from budget_model.commands.asked import year_of
from budget_model.contribute.asking import Ask, calendar, letter, message
from budget_model.mail import MailServer, dashboard_address
from budget_model.problem import Refusal
from budget_model.store.places import place_of
from budget_model.store.posting import digest_of, send_digest, send_letters
from budget_model.store.reminding import asked_before, subject_of, to_ask, workbook_of
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--year", default="", help="the year asked for; else the place’s own")
    parser.add_argument(
        "--folder", type=Path, help="write a letter to each with its workbook, and a calendar"
    )
    parser.add_argument(
        "--digest", action="store_true", help="what directors read: late, awaited, to approve"
    )
    parser.add_argument(
        "--send", action="store_true", help="send by BUDGET_MODEL_SMTP_HOST to those who have an address"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Say who is asked for what; write or send the letters where that is asked for."""
    with Store.existing() as store:
        year = year_of(store, options.year) or place_of(store).default_year
        today = dates.today()
        server = _server(options)
        if options.digest:
            _digest(store, options, server, year)
            return 0
        wanted = to_ask(store, year, today)
        if options.folder:
            _write(store, wanted, options.folder)
        sent = send_letters(store, server, wanted, by=store.asker.name) if server else ()
        reached = {subject_of(ask): ask for ask in sent}
        wanted = tuple(reached.get(subject_of(ask), ask) for ask in wanted)
        _tell(store, options, year, wanted, sent)
    return 0


def _server(options: argparse.Namespace) -> MailServer | None:
    if not options.send:
        return None
    server = MailServer.set()
    if server is None:
        raise Refusal("No mail server is set: BUDGET_MODEL_SMTP_HOST and BUDGET_MODEL_SMTP_FROM name one.")
    return server


def _digest(store: Store, options: argparse.Namespace, server: MailServer | None, year: str) -> None:
    to = send_digest(store, server, year) if server else ()
    text = digest_of(store, year)
    print(json.dumps({"year": year, "digest": text, "sent_to": to}) if options.json else text)
    if to and not options.json:
        print(f"Sent to {', '.join(to)}.")


def _write(store: Store, wanted: tuple[Ask, ...], folder: Path) -> None:
    place, address = place_of(store).name, dashboard_address()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ask in wanted:
            made = message(letter(ask, place, address), "", workbook_of(store, ask))
            (folder / f"{ask.organisation}-{ask.year}.eml").write_bytes(made.as_bytes())
        (folder / "figures-asked-for.ics").write_bytes(calendar(wanted, place, address, datetime.now(UTC)))
    except OSError as reason:
        raise Refusal(f"The letters cannot be written to {folder} ({reason.strerror}).") from reason


def _tell(
    store: Store, options: argparse.Namespace, year: str, wanted: tuple[Ask, ...], sent: tuple[Ask, ...]
) -> None:
    before = asked_before(store)
    if options.json:
        asked = [
            {
                "organisation": ask.organisation,
                "name": ask.name,
                "phase": str(ask.phase),
                "state": str(ask.state),
                "due_on": ask.due_on.isoformat(),
                "days_late": ask.days_late,
                "to": list(ask.to),
                "sent": ask in sent,
                "last_asked": before[subject_of(ask)].at.isoformat() if subject_of(ask) in before else None,
            }
            for ask in wanted
        ]
        print(json.dumps({"year": year, "asked": asked}))
        return
    for ask in wanted:
        to = ", ".join(ask.to) or "no address of an officer"
        print(f"{ask.name}: {ask.phase} {year}, {ask.since} ({to}){', sent' if ask in sent else ''}")
    if not wanted:
        print(f"Nothing is late, awaited or due soon for {year}.")
    if options.folder:
        print(f"{len(wanted)} letters and a calendar are in {options.folder}.")
