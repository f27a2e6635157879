"""What the fast reader loses, found in the file itself before it reads: and how far the cells reach.

For .xlsx and .xlsm every part is unpacked once, piece by piece: that counts it, finds a far cell before it
can
exhaust memory, and gathers errors, formulas never calculated, hidden rows, number formats, bold rows and
comments.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from budget_model.intake import limits, sheet_xml
from budget_model.intake.sheet_xml import Look, attributes
from budget_model.intake.sniff import AGAIN
from budget_model.problem import Refusal

_STYLES_READ: Final = 8 * limits.MEGABYTE


@dataclass(slots=True)
class Looks:
    """What was seen of a workbook: one look per sheet, in the workbook's order."""

    sheets: dict[str, Look] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def at_excel(data: bytes, file: str) -> Looks:
    """Look at an .xlsx or .xlsm workbook. Raises `Refusal` where it is damaged, hostile or too large."""
    try:
        return _Excel(data, file).looks()
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError) as fault:
        raise Refusal(f"{file} is damaged: a part of it cannot be unpacked. {AGAIN}") from fault


def refuse_bombs(data: bytes, file: str) -> None:
    """Unpack every part of a zipped workbook once, counting, and refuse what is beyond the limits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        counter = limits.Counter(len(data), file)
        for part in archive.infolist():
            for piece in _checked(counter.pieces(part, data), part.filename, file):
                del piece
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError) as fault:
        raise Refusal(f"{file} is damaged: a part of it cannot be unpacked. {AGAIN}") from fault


def _checked(pieces: Iterator[bytes], name: str, file: str) -> Iterator[bytes]:
    """Refuse XML that defines entities: no spreadsheet program writes them, and they are made to harm."""
    first = True
    for piece in pieces:
        if (
            first
            and name.lower().endswith((".xml", ".rels", ".vml"))
            and b"<!ENTITY" in piece.replace(b"\x00", b"")
        ):
            raise Refusal(
                f"{file} defines entities in its XML, which spreadsheet programs never do and files made to "
                "harm do. "
                "Copy the budget's cells into a new workbook and upload that."
            )
        first = False
        yield piece


class _Excel:
    def __init__(self, data: bytes, file: str) -> None:
        self.data = data
        self.file = file
        self.counter = limits.Counter(len(data), file)
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.parts = {
            part.filename.replace("\\", "/").lstrip("/").lower(): part for part in archive.infolist()
        }
        self.counted: set[str] = set()

    def looks(self) -> Looks:
        sheets = self._sheets()
        if len(sheets) > limits.LIMITS.sheets:
            raise Refusal(
                f"{self.file} has {len(sheets):,} sheets, and {limits.LIMITS.sheets} is the most that is "
                "read. Copy the "
                "sheets with the budget into a new workbook and upload that."
            )
        styles = sheet_xml.read_styles(self._whole("xl/styles.xml", _STYLES_READ))
        found = Looks()
        cells = 0
        for name, part in sheets.items():
            look = sheet_xml.look(self._pieces(part), styles)
            place = f"{self.file}, sheet '{limits.shown(name)}', cell {look.last}"
            cells = limits.refuse_box(look.rows, look.columns, cells, place)
            comments = self._related(part, "comments")
            if comments:
                look.facts.comments = sheet_xml.read_comments(self._whole(comments, 32 * limits.MEGABYTE))
            found.sheets[name] = look
        for name in self.parts:
            for piece in self._pieces(name) if name not in self.counted else ():
                del piece
        return found

    def _pieces(self, name: str) -> Iterator[bytes]:
        self.counted.add(name)
        part = self.parts[name]
        return _checked(self.counter.pieces(part, self.data), part.filename, self.file)

    def _whole(self, name: str, most: int) -> bytes:
        """Give a part at once; one that is missing, or too large to be worth it, as nothing."""
        if name not in self.parts or self.parts[name].file_size > most:
            return b""
        pieces, length = [], 0
        for piece in self._pieces(name):
            length += len(piece)
            if length <= most:
                pieces.append(piece)
        return b"".join(pieces) if length <= most else b""

    def _sheets(self) -> dict[str, str]:
        """The worksheets in order: name → part."""
        book = self._book()
        related = self._relations(book)
        found: dict[str, str] = {}
        for tag in re.finditer(rb"<(?:\w+:)?sheet\b[^>]*>", self._whole(book, 32 * limits.MEGABYTE)):
            told = attributes(tag[0])
            name = told.get(b"name", "")
            identity = next(
                (value for key, value in told.items() if key == b"id" or key.endswith(b":id")), ""
            )
            kind, part = related.get(identity, ("", ""))
            if kind not in ("worksheet", ""):
                continue
            if part not in self.parts:
                raise Refusal(
                    f"{self.file} is damaged: the cells of its sheet '{limits.shown(name)}' are missing. "
                    f"{AGAIN}"
                )
            found[name] = part
        if not found:
            raise Refusal(f"{self.file} is damaged: it lists no worksheet. {AGAIN}")
        return found

    def _book(self) -> str:
        for kind, part in self._relations("").values():
            if kind == "officeDocument" and part in self.parts:
                return part
        return "xl/workbook.xml"

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: identity → (last word of its type, part)."""
        folder, _, name = part.rpartition("/")
        listed = f"{folder}/_rels/{name}.rels".lstrip("/") if part else "_rels/.rels"
        found = {}
        for tag in re.finditer(rb"<(?:\w+:)?Relationship\b[^>]*>", self._whole(listed, 8 * limits.MEGABYTE)):
            told = attributes(tag[0])
            target = told.get(b"Target", "").replace("\\", "/")
            full = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
            found[told.get(b"Id", "")] = (told.get(b"Type", "").rpartition("/")[2], full.lower())
        return found

    def _related(self, part: str, kind: str) -> str | None:
        return next(
            (name for what, name in self._relations(part).values() if what == kind and name in self.parts),
            None,
        )
