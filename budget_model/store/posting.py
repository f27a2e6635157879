"""Letters and digests sent by the partnership's mail server, each noted in the audit once the server took it."""

import logging
import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Final

from budget_model import dates
from budget_model.access import Act
from budget_model.contribute.asking import WAITED_FOR, Ask, digest, letter, message
from budget_model.mail import MailServer, dashboard_address
from budget_model.problem import Refusal
from budget_model.store.places import has_place, place_of
from budget_model.store.reminding import directors, note_asked, to_approve, to_ask, workbook_of
from budget_model.store.store import Store, now
from budget_model.store.submissions import write_audit

LOG: Final = logging.getLogger("budget_model.mail")
DIGEST_SENT: Final = "digest sent"
"""How the audit calls a digest that was sent."""
LOOK_EVERY: Final = 900
"""Seconds after which the running dashboard looks whether a digest is due."""


def send_letters(store: Store, server: MailServer, wanted: Iterable[Ask], *, by: str) -> tuple[Ask, ...]:
    """Send the letter to each body that is late or awaited and has an officer's address; those that were sent.

    Each with the addresses that the server took. Raises `Refusal` where the asker may not, or the server takes none of
    a letter's addresses; what it took before is noted.
    """
    store.asker.must(Act.REMIND)
    place, address = place_of(store).name, dashboard_address()
    sent = []
    for ask in wanted:
        if ask.to and ask.state in WAITED_FOR:
            refused = server.send(
                message(letter(ask, place, address), server.sender, workbook_of(store, ask))
            )
            reached = replace(ask, to=tuple(to for to in ask.to if to not in refused))
            note_asked(store, [reached], by=by, how="by mail to")
            sent.append(reached)
    return tuple(sent)


def digest_of(store: Store, year: str) -> str:
    """What directors read of a year today."""
    today = dates.today()
    name = place_of(store).name
    return digest(to_ask(store, year, today), to_approve(store, year), name, year, dashboard_address())


def send_digest(store: Store, server: MailServer, year: str) -> tuple[str, ...]:
    """Send the digest to every director; the addresses that took it. Raises `Refusal` where there is none."""
    to = directors(store)
    if not to:
        raise Refusal("Nobody is director yet, so there is nobody to send the digest to.")
    made = EmailMessage()
    made["Subject"] = f"{place_of(store).name}, {year}: figures asked for"
    made["To"] = ", ".join(to)
    made.set_content(digest_of(store, year))
    refused = server.send(made)
    reached = tuple(address for address in to if address not in refused)
    with store.writing(Act.REMIND) as writer:
        write_audit(writer, store.asker.name, DIGEST_SENT, year, "", ", ".join(reached))
    return reached


def send_if_due(store: Store, server: MailServer, every: timedelta) -> bool:
    """Send the digest of the place's year where the last one is older than so long; whether it was sent."""
    if not has_place(store):
        return False
    year = place_of(store).default_year
    rows = store.ask("asked_before", {"what": DIGEST_SENT})
    last = max((datetime.fromtimestamp(at / 1_000_000, UTC) for _, _, at, _ in rows), default=None)
    if last is not None and now() - last < every:
        return False
    send_digest(store, server, year)
    return True


def keep_sending(
    store: Store, server: MailServer, every: timedelta, stop: threading.Event
) -> threading.Thread:
    """Send the digest whenever it is due until told to stop; what cannot be sent is logged."""

    def work() -> None:
        while not stop.wait(5):
            try:
                if send_if_due(store, server, every):
                    LOG.info("digest sent")
            except Refusal as refusal:
                LOG.error("no digest was sent: %s", refusal.sentence)  # a sentence, no fault
            stop.wait(LOOK_EVERY)

    thread = threading.Thread(target=work, name="digests", daemon=True)
    thread.start()
    return thread
