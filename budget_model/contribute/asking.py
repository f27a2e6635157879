"""Whom to ask for which figures, and the letter that asks: as text, as a message with the workbook, as a calendar's day.

Nothing is sent here. One letter a body and year: for the phase that is late or awaited, else for the next that is due.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Final
from urllib.parse import quote

from budget_model.contribute.quality import Standing, State, how_late
from budget_model.dates import day
from budget_model.vocabulary import Phase

SOON: Final = timedelta(days=45)
"""How long before its day a phase is asked for."""
WAITED_FOR: Final = (State.LATE, State.AWAITED)
LONGEST_MAILTO: Final = 1_900
"""Characters of a link that every mail program opens."""
WORKBOOK: Final = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of one body: which phase of which year, by when, and of whom."""

    organisation: str
    name: str
    year: str
    phase: Phase
    state: State
    due_on: date
    days_late: int
    to: tuple[str, ...] = ()
    """Addresses of its officers."""

    @property
    def since(self) -> str:
        """How it stands, in words."""
        if self.state is State.NOT_DUE:
            return f"due {day(self.due_on)}"
        if self.state is State.AWAITED:
            return f"awaited since {day(self.due_on)}"
        return f"late since {day(self.due_on)}, {how_late(self.days_late)}"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to send."""

    to: tuple[str, ...]
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """A link that opens it in whatever writes mail; a long letter is cut, and says where the rest is."""
        start = f"mailto:{','.join(quote(address, safe='@') for address in self.to)}?subject={quote(self.subject)}&body="
        text = self.text
        while len(start) + len(quote(text)) > LONGEST_MAILTO:
            text = text[: int(len(text) * 0.9)]
        return start + quote(text.replace("\n", "\r\n") if text == self.text else f"{text}…")


def asks(
    standings: Iterable[Standing], year: str, today: date, officers: Iterable[tuple[str, str]] = ()
) -> tuple[Ask, ...]:
    """What to ask of each body, the latest first, then what is awaited, then what is due soon.

    `officers` are pairs of a body and the address of an officer of it.
    """
    addresses: dict[str, list[str]] = {}
    for body, address in officers:
        addresses.setdefault(body, []).append(address)
    chosen: dict[str, Standing] = {}
    for standing in standings:
        before = chosen.get(standing.organisation)
        if _is_asked_for(standing, today) and (before is None or _weight(standing) >= _weight(before)):
            chosen[standing.organisation] = standing
    found = [
        Ask(
            body,
            standing.name,
            year,
            standing.phase,
            standing.state,
            standing.due_on,
            max(0, (today - standing.due_on).days),
            tuple(addresses.get(body, ())),
        )
        for body, standing in chosen.items()
    ]
    return tuple(sorted(found, key=_order))


def _is_asked_for(standing: Standing, today: date) -> bool:
    return standing.state in WAITED_FOR or (
        standing.state is State.NOT_DUE and standing.due_on - today <= SOON
    )


def _weight(standing: Standing) -> int:
    """What is waited for comes before what is due soon; of the one the later phase, of the other the earlier."""
    order = list(Phase).index(standing.phase)
    return len(Phase) + order if standing.state in WAITED_FOR else -order


def _order(ask: Ask) -> tuple[int, int, str]:
    states = (State.LATE, State.AWAITED, State.NOT_DUE)
    return (states.index(ask.state), -ask.days_late, ask.name)


def letter(ask: Ask, place: str, address: str) -> Letter:
    """The letter that asks a body for its figures; `address` is where the dashboard is reached."""
    by = (
        f"They were asked for by {day(ask.due_on)}."
        if ask.state in WAITED_FOR
        else f"They are asked for by {day(ask.due_on)}."
    )
    text = f"""Dear colleague,

the {ask.phase} of {ask.name} for {ask.year} is not yet among the figures of {place}. {by}

Please send the spreadsheet that you already have, as it is: open {upload_link(ask, address)}, choose {ask.name}, {ask.year} and {ask.phase}, and drop the file. It is read and compared with your own total in under a minute, and nothing is published before it is approved. The workbook that comes with this letter can be filled in instead.

If the figures cannot be sent yet, please say by when, or who to ask.

Thank you"""
    return Letter(ask.to, f"{place}: {ask.phase} {ask.year} of {ask.name}", text)


def upload_link(ask: Ask, address: str) -> str:
    """Where the figures are sent."""
    return f"{address}/upload?body={quote(ask.organisation)}&year={quote(ask.year)}"


def message(written: Letter, sender: str, workbook: tuple[str, bytes] | None = None) -> EmailMessage:
    """The letter as a message, with the workbook to fill in attached; unsent, it opens ready to be sent."""
    made = EmailMessage()
    made["Subject"] = written.subject
    if sender:
        made["From"] = sender
    if written.to:
        made["To"] = ", ".join(written.to)
    made["X-Unsent"] = "1"
    made.set_content(written.text)
    if workbook is not None:
        name, data = workbook
        made.add_attachment(data, maintype=WORKBOOK[0], subtype=WORKBOOK[1], filename=name)
    return made


def calendar(wanted: Sequence[Ask], place: str, address: str, now: datetime) -> bytes:
    """The days by which figures are asked for, as a calendar file; each reminds a week before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//budget model//figures asked for//EN"]
    for one in wanted:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.organisation}-{one.year}-{one.phase.name.lower()}@budget-model",
            f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.due_on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.due_on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_calendar_text(f'{place}: {one.phase} {one.year} of {one.name}')}",
            f"DESCRIPTION:{_calendar_text(f'Send it at {upload_link(one, address)}')}",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "TRIGGER:-P7D",
            "DESCRIPTION:Figures are asked for",
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _calendar_text(text: str) -> str:
    r"""A text as a calendar file holds it.

    >>> _calendar_text("a, b; c")
    'a\\, b\\; c'
    """
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """A line in pieces of at most 75 bytes, as a calendar file wants it; each piece after the first is indented."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > 74:
            pieces.append(piece)
            piece = " "
        piece += sign
    return [*pieces, piece]


def digest(wanted: Sequence[Ask], to_approve: Sequence[str], place: str, year: str, address: str) -> str:
    """What a director reads once a week: who is late or awaited, what is due soon, what waits to be approved."""
    parts = [f"{place}, {year}: what is asked for and not yet there."]
    for heading, states in (
        ("Late", (State.LATE,)),
        ("Awaited", (State.AWAITED,)),
        ("Due soon", (State.NOT_DUE,)),
    ):
        lines = [f"  {one.name}: {one.phase}, {one.since}" for one in wanted if one.state in states]
        if lines:
            parts += ["", f"{heading} ({len(lines)})", *lines]
    if to_approve:
        parts += ["", f"Waiting to be approved ({len(to_approve)})", *(f"  {one}" for one in to_approve)]
    if len(parts) == 1:
        parts = [f"{place}, {year}: nothing is late, awaited or waiting."]
    return "\n".join([*parts, "", f"{address}/submissions"])
