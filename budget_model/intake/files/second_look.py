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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from budget_model.intake.files import binary_excel, limits, ods_xml, old_excel, sheet_xml
from budget_model.intake.files.looking import Look
from budget_model.intake.files.sniff import AGAIN, FileFormat
from budget_model.intake.files.xml_attributes import attributes
from budget_model.problem import Refusal

_STYLES_READ: Final = 8 * limits.MEGABYTE


@dataclass(slots=True)
class Looks:
    """What was seen of a workbook: one look per sheet, in the workbook's order."""

    sheets: dict[str, Look] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def look(data: bytes, file: str, kind: FileFormat) -> Looks:
    """Look at a workbook of any format. Raises `Refusal` where it is damaged, hostile or too large."""
    if kind is FileFormat.XLS:
        sheets = old_excel.look(data)
        _refuse_far(sheets, file)
        return Looks(sheets, () if sheets else (NO_HINTS,))
    try:
        if kind is FileFormat.ODS:
            return _open_document(data, file)
        return _Binary(data, file).looks() if kind is FileFormat.XLSB else _Excel(data, file).looks()
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError) as fault:
        raise Refusal(f"{file} is damaged: a part of it cannot be unpacked. {AGAIN}") from fault


NO_HINTS: Final = "Number formats, bold text and hidden rows could not be looked at in this file."
NO_FORMATS: Final = "Number formats and bold text are not looked at in OpenDocument files."


def _open_document(data: bytes, file: str) -> Looks:
    counter = limits.Counter(len(data), file)
    looks = Looks(notes=(NO_FORMATS,))
    for part in zipfile.ZipFile(io.BytesIO(data)).infolist():
        pieces = _checked(counter.pieces(part, data), part.filename, file)
        if part.filename == "content.xml":
            looks.sheets = ods_xml.look(_well_formed(pieces, file))
        else:
            for piece in pieces:
                del piece
    _refuse_far(looks.sheets, file)
    return looks


def _well_formed(pieces: Iterator[bytes], file: str) -> Iterator[bytes]:
    """Refuse XML whose tags do not match: on some of it the fast reader would look for the end for ever."""
    strict = expat.ParserCreate()
    try:
        for piece in pieces:
            strict.Parse(piece, False)  # noqa: FBT003
            yield piece
        strict.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, LookupError, ValueError):
        raise Refusal(
            f"{file} is damaged: the part with its cells breaks off or is garbled. {AGAIN}"
        ) from None


def _refuse_far(sheets: Mapping[str, Look], file: str) -> None:
    """Refuse too many sheets, and cells that reach too far."""
    _refuse_many(len(sheets), file)
    cells = 0
    for name, seen in sheets.items():
        cells = limits.refuse_box(seen.rows, seen.columns, cells, _last_cell(file, name, seen))


def _refuse_many(sheets: int, file: str) -> None:
    if sheets > limits.LIMITS.sheets:
        raise Refusal(
            f"{file} has {sheets:,} sheets, and {limits.LIMITS.sheets} is the most that is read. Copy the "
            "sheets with the budget into a new workbook and upload that."
        )


def _last_cell(file: str, sheet: str, seen: Look) -> str:
    return f"{file}, sheet '{limits.shown(sheet)}', cell {seen.last}"


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
                "Copy the budget’s cells into a new workbook and upload that."
            )
        first = False
        yield piece


class _Excel:
    """The look at .xlsx and .xlsm."""

    usual_book = "xl/workbook.xml"

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
        _refuse_many(len(sheets), self.file)
        self._prepare()
        found = Looks()
        cells = 0
        for name, part in sheets.items():

            def watch(seen: Look, name: str = name, before: int = cells) -> None:
                limits.refuse_box(seen.rows, seen.columns, before, _last_cell(self.file, name, seen))

            seen = self._look(part, watch)
            cells += seen.rows * seen.columns
            comments = self._related(part, "comments")
            if comments and comments.endswith(".xml"):
                seen.facts.comments = sheet_xml.read_comments(self._whole(comments, 32 * limits.MEGABYTE))
            found.sheets[name] = seen
        for name in self.parts:
            for piece in self._pieces(name) if name not in self.counted else ():
                del piece
        return found

    def _prepare(self) -> None:
        self.styles = sheet_xml.read_styles(self._whole("xl/styles.xml", _STYLES_READ))

    def _look(self, part: str, watch: Callable[[Look], None]) -> Look:
        """Look at one sheet; `watch` is shown the look and refuses one that reaches too far."""
        seen = sheet_xml.look(self._pieces(part), self.styles, self.parts[part].file_size)
        watch(seen)
        return seen

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
        sheets: dict[str, str] = {}
        for name, identity in self._listed(book):
            kind, part = related.get(identity, ("", ""))
            if kind not in ("worksheet", ""):
                continue
            if part not in self.parts:
                raise Refusal(
                    f"{self.file} is damaged: the cells of its sheet '{limits.shown(name)}' are missing. "
                    f"{AGAIN}"
                )
            sheets[name] = part
        if not sheets:
            raise Refusal(f"{self.file} is damaged: it lists no worksheet. {AGAIN}")
        return sheets

    def _listed(self, book: str) -> Iterator[tuple[str, str]]:
        """The sheets that the workbook lists: name, and identity of the relation to its part."""
        for tag in re.finditer(
            rb"<(?:\w+:)?sheet\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", self._whole(book, 32 * limits.MEGABYTE)
        ):
            told = attributes(tag[0])
            identities = (value for key, value in told.items() if key == b"id" or key.endswith(b":id"))
            yield told.get(b"name", ""), next(identities, "")

    def _book(self) -> str:
        for kind, part in self._relations("").values():
            if kind == "officeDocument" and part in self.parts:
                return part
        return self.usual_book

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: identity → (last word of its type, part)."""
        folder, _, name = part.rpartition("/")
        listed = f"{folder}/_rels/{name}.rels".lstrip("/") if part else "_rels/.rels"
        relations = {}
        for tag in re.finditer(
            rb"<(?:\w+:)?Relationship\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>",
            self._whole(listed, 8 * limits.MEGABYTE),
        ):
            told = attributes(tag[0])
            target = told.get(b"Target", "").replace("\\", "/")
            full = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
            relations[told.get(b"Id", "")] = (told.get(b"Type", "").rpartition("/")[2], full.lower())
        return relations

    def _related(self, part: str, kind: str) -> str | None:
        return next(
            (name for what, name in self._relations(part).values() if what == kind and name in self.parts),
            None,
        )


class _Binary(_Excel):
    """The look at .xlsb: the same package, with parts of binary records."""

    usual_book = "xl/workbook.bin"

    def _prepare(self) -> None:
        self.styles = binary_excel.read_styles(self._whole("xl/styles.bin", _STYLES_READ))

    def _look(self, part: str, watch: Callable[[Look], None]) -> Look:
        return binary_excel.look(b"".join(self._pieces(part)), self.styles, watch)

    def _listed(self, book: str) -> Iterator[tuple[str, str]]:
        yield from binary_excel.sheets(self._whole(book, 32 * limits.MEGABYTE))
