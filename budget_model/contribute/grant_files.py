"""What a file of grants or payments to voluntary bodies holds: every row typed, every fault with its place.

Read are the open standard of 360Giving (spreadsheets under its titles or its field paths, and its JSON packages) and
lists of payments, as councils publish their spending over £500. The cells come from behind the guard that every
upload goes through. A row that cannot be counted is kept with the reason; only names of private persons are dropped.
"""

import hashlib
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from budget_model.contribute.grant_rows import POUNDS, FileKind, GrantFile, GrantRow, RowKind
from budget_model.contribute.recipients import Recipient, recipient, same_name, without_persons
from budget_model.intake.files.grid import column_name
from budget_model.intake.plain_sheets import PlainBook, PlainSheet, read_plain
from budget_model.money import decimal_text, typed_number
from budget_model.problem import Location, Problem, Refusal, Severity

MOST_ROWS: Final = 100_000
"""Rows of a sheet that are read: several months of a large council's payments."""
LOOKED_AT: Final = 40
"""Rows from the top among which the titles are looked for."""
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
LONGEST_DURATION: Final = 600
LONGEST_TEXT: Final = 300

GRANT_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("identifier", "id"),
    "title": ("title",),
    "currency": ("currency",),
    "amount": ("amount awarded", "amountawarded"),
    "date": ("award date", "awarddate"),
    "starts": (
        "planned dates:start date",
        "planneddates/startdate",
        "actual dates:start date",
        "actualdates/startdate",
    ),
    "ends": (
        "planned dates:end date",
        "planneddates/enddate",
        "actual dates:end date",
        "actualdates/enddate",
    ),
    "months": (
        "planned dates:duration (months)",
        "planneddates/duration",
        "actual dates:duration (months)",
        "actualdates/duration",
    ),
    "funder": ("funding org:name", "fundingorganization/name"),
    "programme": ("grant programme:title", "grantprogramme/title"),
    "name": ("recipient org:name", "recipientorganization/name"),
    "identifier": ("recipient org:identifier", "recipientorganization/id"),
    "charity": ("recipient org:charity number", "recipientorganization/charitynumber"),
    "company": ("recipient org:company number", "recipientorganization/companynumber"),
    "person": (
        "recipient ind:name",
        "recipientindividual/name",
        "recipient ind:identifier",
        "recipientindividual/id",
    ),
}
"""The standard's titles and field paths, by what they are read as; the first that has something counts."""
PLACES: Final = (
    ("beneficiary location:geographic code", "beneficiarylocation/geocode"),
    (
        "recipient org:location:geographic code",
        "recipientorganization/location/geocode",
        "recipient district geographic code",
        "recipient ward geographic code",
    ),
)
"""Where a grant goes: for whom it is, else where the recipient is."""
PAYMENT_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        "supplier name",
        "supplier",
        "payee name",
        "payee",
        "beneficiary name",
        "beneficiary",
        "vendor name",
        "vendor",
        "merchant name",
        "creditor name",
        "supplier name beneficiary",
        "recipient",
        "recipient name",
        "paid to",
    ),
    "amount": (
        "net amount",
        "amount net",
        "amount excluding vat",
        "amount excl vat",
        "amount",
        "amount paid",
        "payment amount",
        "invoice amount",
        "gross amount",
        "value",
        "net",
        "total",
        "amount gbp",
        "transaction amount",
    ),
    "date": (
        "payment date",
        "date paid",
        "paid date",
        "date of payment",
        "pay date",
        "date",
        "transaction date",
        "effective date",
        "posting date",
        "invoice date",
    ),
    "reference": (
        "transaction number",
        "transaction no",
        "transaction id",
        "payment reference",
        "reference",
        "invoice number",
        "internal reference",
        "document number",
        "voucher number",
    ),
    "purpose": (
        "purpose",
        "purpose of spend",
        "purpose of expenditure",
        "summary of purpose",
        "description",
        "narrative",
        "expense type",
        "expenditure type",
        "expenditure category",
        "category",
        "procurement category",
        "subjective",
    ),
    "charity": ("charity number", "charity no", "registered charity number", "supplier charity number"),
    "company": ("company number", "company no", "company registration number"),
    "identifier": ("supplier identifier", "supplier id", "organisation identifier", "recipient identifier"),
    "currency": ("currency",),
}


@dataclass(slots=True)
class _Reading:
    """What is gathered while one file is read."""

    file: str
    kind: FileKind
    payer: str
    rows: list[GrantRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    alike: "Counter[str]" = field(default_factory=Counter)
    by_id: dict[str, GrantRow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a sheet, read by title."""

    reading: _Reading
    sheet: str
    number: int
    cells: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]

    def text(self, name: str) -> str:
        """The first of the columns of a name that has something in it."""
        return next((self.cells[at].strip() for at in self._there(name) if self.cells[at].strip()), "")

    def _there(self, name: str) -> Iterator[int]:
        return (at for at in self.columns.get(name, ()) if at < len(self.cells))

    def every(self, name: str) -> tuple[str, ...]:
        """What stands in all columns of a name."""
        return tuple(
            dict.fromkeys(self.cells[at].strip() for at in self._there(name) if self.cells[at].strip())
        )

    def location(self, name: str = "") -> Location:
        """Its place, with the column of a name."""
        at = next(self._there(name), None) if name else None
        column = None if at is None else column_name(at)
        return Location(self.reading.file, self.sheet or None, self.number, column)

    @property
    def place(self) -> str:
        """Its place within the file."""
        return str(Location("", self.sheet or None, self.number))

    def say(self, name: str, sentence: str, remedy: str = "", severity: Severity = Severity.WARNING) -> None:
        """Note what is wrong with a cell."""
        self.reading.problems.append(Problem(self.location(name), sentence, remedy, severity))


def read_grant_file(data: bytes, file: str, payer: str = "") -> GrantFile:
    """Read a file of grants or of payments, behind the guard.

    `payer` is who paid, which a list of payments does not say; a row of grants that names no funder is that body's too.
    Raises `Refusal` for a file that cannot be read, or holds no such list.
    """
    return typed_rows(read_plain(data, file, MOST_ROWS), file, hashlib.sha256(data).hexdigest(), payer)


def typed_rows(book: PlainBook, file: str, sha256: str, payer: str = "") -> GrantFile:
    """The rows of a file's cells; raises `Refusal` where no sheet has the titles of such a list."""
    headed = [(sheet, *head) for sheet in book.sheets if (head := _head(sheet))]
    if not headed:
        raise Refusal(
            f"{file} is neither a file of grants nor a list of payments: no row has the titles “Amount Awarded”, "
            "“Recipient Org:Name” and “Award Date”, or a supplier, an amount and a date. Title the columns so, and load "
            "it again."
        )
    kind = FileKind.GRANTS if any(each[1] is FileKind.GRANTS for each in headed) else FileKind.PAYMENTS
    if kind is FileKind.PAYMENTS and not payer:
        raise Refusal(
            f"{file} is a list of payments, which does not say who paid. Choose the body that paid."
        )
    reading = _Reading(file, kind, payer)
    for sheet in book.sheets:
        _read_sheet(reading, sheet)
    if not reading.rows:
        raise Refusal(f"{file} has the titles of a list of {kind} and no row below them.")
    return GrantFile(file, sha256, kind, tuple(reading.rows), tuple(reading.problems))


def _read_sheet(reading: _Reading, sheet: PlainSheet) -> None:
    head = _head(sheet)
    if head is None or head[0] is not reading.kind:
        if any(any(row) for row in sheet.rows):
            sentence = f"The sheet is no list of {reading.kind}; nothing of it was read."
            reading.problems.append(
                Problem(Location(reading.file, sheet.name or None), sentence, "", Severity.NOTE)
            )
        return
    _, top, columns = head
    for number, cells in enumerate(sheet.rows[top + 1 :], top + 2):
        row = _Row(reading, sheet.name, number, cells, columns)
        if any(cell.strip() for cell in cells):
            _add(row, _grant(row) if reading.kind is FileKind.GRANTS else _payment(row))


def _head(sheet: PlainSheet) -> tuple[FileKind, int, dict[str, tuple[int, ...]]] | None:
    """Which list a sheet is, the row of its titles, and the columns by what they are read as."""
    for at, row in enumerate(sheet.rows[:LOOKED_AT]):
        titles = [_grant_title(cell) for cell in row]
        columns = _columns(titles, GRANT_TITLES)
        if "amount" in columns and (columns.keys() & {"name", "person", "identifier"}):
            places = {f"place{rank}": _at(titles, names) for rank, names in enumerate(PLACES)}
            return FileKind.GRANTS, at, columns | places
        columns = _columns([_payment_title(cell) for cell in row], PAYMENT_TITLES)
        if {"name", "amount", "date"} <= columns.keys():
            return FileKind.PAYMENTS, at, columns
    return None


def _columns(titles: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    columns = {name: _at(titles, names) for name, names in known.items()}
    return {name: at for name, at in columns.items() if at}


def _at(titles: Sequence[str], names: Sequence[str]) -> tuple[int, ...]:
    """The columns of some titles, those of the first title first."""
    return tuple(at for name in names for at, title in enumerate(titles) if title == name)


def _grant_title(cell: str) -> str:
    """A title of the standard in one spelling.

    >>> _grant_title(" Recipient Org:0:Name"), _grant_title("recipientOrganization/0/location/1/geoCode")
    ('recipient org:name', 'recipientorganization/location/geocode')
    """
    bare = re.sub(r"(?<=[:/])\d+[:/]", "", " ".join(cell.casefold().split()))
    return re.sub(r"\s*:\s*", ":", bare)


def _payment_title(cell: str) -> str:
    """A title of a list of payments in one spelling.

    >>> _payment_title("Net Amount (£)"), _payment_title("Supplier_Name")
    ('net amount', 'supplier name')
    """
    return " ".join(re.findall(r"[a-z]+", cell.casefold()))


def _add(row: _Row, made: GrantRow) -> None:
    """Keep a row: the same grant twice in a file is one, payments that are alike are several."""
    reading = row.reading
    before = reading.by_id.get(made.key) if row.text("id") else None
    if before is not None and not made.trouble:
        same = replace(made, place=before.place) == before
        where = before.place
        sentence = (
            f"The grant {made.key} is in {where} too; it is counted once."
            if same
            else f"The identifier {made.key} is in {where} too, with other words or figures; the first is counted."
        )
        row.say("id", sentence, "" if same else "Give each grant its own identifier.")
        made = replace(made, trouble=sentence)
    elif row.text("id"):
        if not made.trouble:
            reading.by_id[made.key] = made
    else:
        reading.alike[made.key] += 1
        made = made.at(reading.alike[made.key])
    reading.rows.append(made)


def _grant(row: _Row) -> GrantRow:
    funder = row.text("funder") or row.reading.payer
    whom = _whom(row, row.text("name"), is_person=bool(row.text("person")) and not row.text("name"))
    amount, trouble = _amount(row)
    if not trouble and amount is not None and amount <= 0:
        trouble = f"An amount of {decimal_text(amount)} is no grant."
        row.say("amount", trouble, "Correct it; a grant that was taken back is left out of the file.")
    if not funder:
        trouble = "It names no funder."
        row.say("funder", trouble, "Fill in “Funding Org:Name”, or choose the funder beside the file.")
    awarded, starts, ends = _day(row, "date"), _day(row, "starts"), _day(row, "ends")
    starts, ends = _span(row, starts, ends)
    if not row.text("date"):
        row.say("date", "The grant has no award date; it stands under no year.", "Fill it in if it is known.")
    is_named = bool(whom.key)
    made = GrantRow(
        "",
        row.place,
        RowKind.GRANT,
        funder[:LONGEST_TEXT],
        whom.name,
        whom.key,
        whom.recognised,
        _plain(row.text("title")) if is_named else "",
        _plain(row.text("programme")),
        amount,
        _currency(row),
        awarded,
        starts,
        ends,
        row.every("place0") or row.every("place1"),
        trouble,
    )
    return replace(made, key=row.text("id")[:LONGEST_TEXT] or _made_key(made, made.title))


def _payment(row: _Row) -> GrantRow:
    whom = _whom(row, row.text("name"))
    amount, trouble = _amount(row)
    paid = _day(row, "date")
    if not row.text("date"):
        row.say("date", "The payment has no date; it stands under no year.", "Fill it in if it is known.")
    purpose = _plain(row.text("purpose")) if whom.key else ""
    made = GrantRow(
        "",
        row.place,
        _kind_of(purpose),
        row.reading.payer,
        whom.name,
        whom.key,
        whom.recognised,
        purpose,
        "",
        amount,
        _currency(row),
        paid,
        trouble=trouble,
    )
    return replace(made, key=_made_key(made, row.text("reference")))


def _kind_of(purpose: str) -> RowKind:
    words = purpose.casefold()
    if "grant" in words:
        return RowKind.GRANT
    return RowKind.CONTRACT if re.search(r"contract|commission", words) else RowKind.PAYMENT


def _made_key(made: GrantRow, more: str) -> str:
    """By what a row without an identifier is known again; a person's name is in no part of it."""
    said = (
        same_name(made.funder),
        made.recipient_key,
        str(made.awarded),
        str(made.amount),
        made.currency,
        more,
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:24]


def _whom(row: _Row, name: str, *, is_person: bool = False) -> Recipient:
    """The recipient, by the identifier that the file gives it, else by its charity's or company's number."""
    identifier = row.text("identifier")
    charity, company = row.text("charity"), row.text("company")
    if not identifier.upper().startswith("GB-") and charity:
        identifier = f"GB-CHC-{charity}"
    elif not identifier.upper().startswith("GB-") and company:
        identifier = f"GB-COH-{company}"
    return recipient(name[:LONGEST_TEXT], identifier, is_person=is_person)


def _plain(text: str) -> str:
    return without_persons(text)[:LONGEST_TEXT]


def _currency(row: _Row) -> str:
    said = row.text("currency").upper()
    return POUNDS if said in ("", "£", "GBP", "UKP") else said[:10]


def _amount(row: _Row) -> tuple[Decimal | None, str]:
    """The amount, and why it cannot be counted."""
    typed = row.text("amount")
    try:
        amount = typed_number(typed)
    except ValueError:
        sentence = f"“{typed[:40]}” is no amount in pounds." if typed else "The amount is empty."
        row.say("amount", sentence, "Type a number; until then the row is kept and not counted.")
        return None, sentence
    if (currency := _currency(row)) != POUNDS:
        sentence = f"The amount is in {currency}, not in pounds."
        row.say("currency", sentence, "Give it in pounds; until then the row is kept and not counted.")
        return amount, sentence
    return amount, ""


def _day(row: _Row, name: str) -> date | None:
    """A day as it was typed; None for an empty cell, and for one that is no day, which is said."""
    typed = row.text(name)
    if not typed:
        return None
    day = read_day(typed)
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        row.say(
            name,
            f"“{typed[:40]}” is no day.",
            "Write it as 2026-03-31; until then the row counts without it.",
        )
        return None
    return day


def read_day(text: str) -> date | None:
    """A day as files write it, the British way round; None for what is none.

    >>> [str(read_day(each)) for each in ("2026-03-31T00:00:00Z", "31/03/2026", "31 Mar 2026", "03/31/2026", "soon")]
    ['2026-03-31', '2026-03-31', '2026-03-31', 'None', 'None']
    """
    typed = text.strip()
    for length, form in (
        (10, "%Y-%m-%d"),
        (10, "%d/%m/%Y"),
        (10, "%d.%m.%Y"),
        (10, "%d-%m-%Y"),
        (8, "%d/%m/%y"),
        (11, "%d %b %Y"),
        (11, "%d-%b-%Y"),
        (9, "%d-%b-%y"),
        (20, "%d %B %Y"),
    ):
        try:
            return datetime.strptime(typed[:length], form).date()  # noqa: DTZ007  # a day has no hour
        except ValueError:
            continue
    return None


def _span(row: _Row, starts: date | None, ends: date | None) -> tuple[date | None, date | None]:
    """First and last day, the last by the duration where only that is given; neither where they contradict."""
    if starts and ends is None and (months := _months(row)):
        ends = last_day(starts, months)
    if starts and ends and ends < starts:
        row.say("ends", "It ends before it starts; it counts without both days.", "Correct one of the two.")
        return None, None
    return starts, ends


def last_day(starts: date, months: Decimal) -> date:
    """The last day of so many months from a day.

    >>> str(last_day(date(2023, 4, 1), Decimal(12))), str(last_day(date(2024, 1, 31), Decimal(1)))
    ('2024-03-31', '2024-02-28')
    """
    year, month = divmod(starts.year * 12 + starts.month - 1 + int(months), 12)
    day = min(starts.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + timedelta(days=round(months % 1 * 30) - 1)


def _months(row: _Row) -> Decimal | None:
    """The duration in months; None where none is given, or none that can be."""
    typed = row.text("months")
    if not typed:
        return None
    try:
        months = typed_number(typed)
    except ValueError:
        months = Decimal(0)
    if 0 < months <= LONGEST_DURATION:
        return months
    row.say("months", f"“{typed[:40]}” is no number of months.", "Write how many, such as 12.")
    return None
