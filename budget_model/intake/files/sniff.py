"""What a file really is, by its first bytes and its parts, never by its name.

Whatever is not a readable workbook is refused in one sentence that says what it is and what to do about it.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from budget_model.intake.files import compound, encodings, limits
from budget_model.intake.files.reading_limits import count, limit
from budget_model.problem import Refusal

PADDED: Final = count("sniff", "padded")
A_FEW: Final = count("sniff", "a_few")
ASTRAY: Final = limit("sniff", "astray")
WIDE_CHARACTERS: Final = limit("sniff", "wide_characters")


class FileFormat(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"
    """Comma-, semicolon-, tab- or pipe-separated."""
    PACKAGE = "fiscal data package"
    EXCEL_2003 = "Excel 2003 XML"
    WEB_PAGE = "web page"
    FLAT_ODS = "flat OpenDocument"


@dataclass(frozen=True, slots=True)
class SniffedFormat:
    """What the bytes are, and what the officer should know about it."""

    kind: FileFormat
    notes: tuple[str, ...] = ()


SAVE_AS: Final = (
    "Open it in the program that made it, choose Save As, take .xlsx or .csv, and upload the new copy."
)
AGAIN: Final = (
    "Open it where it was made: if it opens there, save it again as .xlsx and upload the new copy; "
    "if it does not, ask its author for a fresh copy."
)

STRANGERS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"BM", "a picture (BMP)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed archive (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive (7-Zip)"),
    (b"Rar!\x1a\x07", "a compressed archive (RAR)"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"\x00\x01\x00\x00Standard ACE DB", "a database (Access)"),
    (b"\x00\x01\x00\x00Standard Jet DB", "a database (Access)"),
    (b"\x09\x08\x10\x00", "a workbook of a very old Excel"),
    (b"\x09\x08\x08\x00", "a workbook of a very old Excel"),
    (b"\x09\x04\x06\x00", "a workbook of a very old Excel"),
    (b"\x09\x02\x06\x00", "a workbook of a very old Excel"),
    (b"\x09\x00\x04\x00", "a workbook of a very old Excel"),
    (b"\x00\x00\x02\x00", "a Lotus 1-2-3 worksheet"),
    (b"\x00\x00\x1a\x00", "a Lotus 1-2-3 worksheet"),
)
"""How files begin that are no workbook, and what they are called."""

_ARCHIVES: Final = ("gzip", "7-Zip", "RAR")


def look(data: bytes, file: str) -> SniffedFormat:
    """Say what the bytes are; refuse, with what to do, what cannot be read as a workbook."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        size = "holds nothing at all (0 bytes)" if not data else "holds nothing but blanks"
        raise Refusal(f"{file} {size}. Save the workbook once more and upload the new copy.")
    if data.startswith(compound.SIGNATURE):
        return _described(_in_container(data, file), file)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _described(_in_archive(data, file), file)
    for magic, what in STRANGERS:
        if data.startswith(magic) and not (len(magic) == 2 and _is_text(data)):
            remedy = SAVE_AS
            if any(archive in what for archive in _ARCHIVES):
                remedy = "Unpack it and upload the spreadsheet that is inside."
            elif "PDF" in what or "picture" in what or "program" in what:
                remedy = "Ask for the spreadsheet from which it was made, and upload that."
            raise Refusal(f"{file} is not a spreadsheet but {what}. {remedy}")
    if (markup := _markup(data, file)) is not None:
        return _described(markup, file)
    if not _is_text(data):
        raise Refusal(f"{file} is neither a spreadsheet nor a text file, or it is damaged. {AGAIN}")
    return _described(FileFormat.TEXT, file)


EXTENSIONS: Final = {
    FileFormat.XLSX: (".xlsx",),
    FileFormat.XLSM: (".xlsm",),
    FileFormat.XLSB: (".xlsb",),
    FileFormat.XLS: (".xls", ".xlt"),
    FileFormat.ODS: (".ods", ".ots"),
    FileFormat.TEXT: (".csv", ".tsv", ".txt", ".tab", ".dat", ""),
    FileFormat.PACKAGE: (".zip",),
    FileFormat.EXCEL_2003: (".xml",),
    FileFormat.WEB_PAGE: (".html", ".htm", ".mht", ".mhtml"),
    FileFormat.FLAT_ODS: (".fods", ".xml"),
}


def _described(kind: FileFormat, file: str) -> SniffedFormat:
    """Say so where the name tells another story than the bytes."""
    suffix = PurePosixPath(file.replace("\\", "/")).suffix.lower()
    known = {extension for extensions in EXTENSIONS.values() for extension in extensions if extension}
    if suffix in EXTENSIONS[kind] or suffix not in known:
        return SniffedFormat(kind)
    real = _REAL.get(kind, f"of the kind {kind.value}")
    return SniffedFormat(
        kind, (f"The name ends in {suffix}, but the file is {real}; it was read as what it is.",)
    )


_REAL: Final = {
    FileFormat.TEXT: "plain text with separators",
    FileFormat.WEB_PAGE: "a web page",
    FileFormat.EXCEL_2003: "a workbook in the XML format of Excel 2003",
    FileFormat.FLAT_ODS: "a flat OpenDocument file",
}


def _is_text(data: bytes) -> bool:
    """Whether the bytes read as text: hardly any control characters, NUL only as UTF-16 has it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:65536]
    controls = sum(sample.count(code) for code in _CONTROLS)
    nothing = sample.count(0)
    if nothing and nothing > len(sample) // A_FEW:
        half = len(sample) // 2
        aligned = max(sample[0::2].count(0), sample[1::2].count(0))
        wide = aligned > WIDE_CHARACTERS * half and nothing - aligned < ASTRAY * half
        few = nothing * PADDED < len(sample) and not controls and b"\n" in sample
        return wide or few or encodings.utf_16_without_mark(data) is not None
    return controls <= len(sample) // A_FEW or encodings.utf_16_without_mark(data) is not None


_CONTROLS: Final = tuple(code for code in range(1, 32) if code not in (9, 10, 11, 12, 13, 26, 27, 30, 31))

_MARKUP: Final = re.compile(
    rb"<\s*(!doctype\s+html|html|head|body|table|meta|script|div|style)\b", re.IGNORECASE
)


def _markup(data: bytes, file: str) -> FileFormat | None:
    """Which markup a file is written in, if it is; refuse markup and JSON that hold no cells."""
    start = data[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", errors="ignore").encode()
    start = start.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if start.startswith(b"<") or b"MIME-Version:" in start[:200]:
        if b"urn:schemas-microsoft-com:office:spreadsheet" in start and b"<html" not in start.lower():
            return FileFormat.EXCEL_2003
        if b"opendocument" in start:
            return FileFormat.FLAT_ODS
        if _MARKUP.search(start) or b"MIME-Version:" in start[:200]:
            return FileFormat.WEB_PAGE
        raise Refusal(f"{file} is an XML document, not a spreadsheet. {SAVE_AS}")
    if start.startswith((b"{", b"[")) and re.match(rb"[\[{]\s*[\"\[{]", start):
        if b'"resources"' in data:
            raise Refusal(
                f"{file} describes a data package but does not hold its data. Zip it together with the files "
                "that "
                "it names, and upload the zip."
            )
        raise Refusal(f"{file} is a JSON document, not a spreadsheet. {SAVE_AS}")
    return None


def _in_container(data: bytes, file: str) -> FileFormat:
    try:
        container = compound.Container(data)
        names = container.names()
        if "encryptedpackage" in names:
            raise protected(file)
        book = container.find("Workbook") or container.find("Book")
        if book is not None:
            if _sealed(container.read(book)[:2048]):
                raise protected(file)
            return FileFormat.XLS
    except compound.Damaged:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise protected(file) from None
        raise Refusal(f"{file} is damaged: its parts cannot be found. {AGAIN}") from None
    for name, what in (
        ("worddocument", "a Word document"),
        ("powerpoint document", "a PowerPoint presentation"),
        ("__properties_version1.0", "an e-mail message"),
        ("visiodocument", "a Visio drawing"),
        ("wksssworkbook", "a Works spreadsheet"),
    ):
        if name in names:
            raise Refusal(f"{file} is not a spreadsheet but {what}. {SAVE_AS}")
    if any(name.startswith(("_vba_project", "macros")) for name in names):
        raise Refusal(
            f"{file} holds macros and no worksheet. Copy the budget into an ordinary workbook (.xlsx)."
        )
    raise Refusal(f"{file} has no workbook inside. {AGAIN}")


def protected(file: str) -> Refusal:
    """The answer to a workbook that needs a password."""
    return Refusal(
        f"{file} is protected by a password, so it cannot be opened. Open it in Excel, choose File, Info, "
        "Protect "
        "Workbook, Encrypt with Password, delete the password, save, and upload it again."
    )


def _sealed(stream: bytes) -> bool:
    """Whether an .xls stream says near its start that the rest is encrypted (record FilePass)."""
    at = 0
    while at + 4 <= len(stream):
        record = int.from_bytes(stream[at : at + 2], "little")
        if record == 0x2F:
            return True
        if record in (0x85, 0x0A):
            return False
        at += 4 + int.from_bytes(stream[at + 2 : at + 4], "little")
    return False


def _in_archive(data: bytes, file: str) -> FileFormat:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise Refusal(
            f"{file} is damaged or was cut short on its way (its table of contents cannot be read). {AGAIN}"
        ) from None
    limits.check_archive(archive, len(data), file)
    names = {part.filename.replace("\\", "/").lower(): part for part in archive.infolist()}
    if "xl/workbook.bin" in names:
        return FileFormat.XLSB
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return _excel(names, data, file)
    if "mimetype" in names or "meta-inf/manifest.xml" in names:
        return _open_document(names, data, file)
    if any(PurePosixPath(name).name == "datapackage.json" for name in names):
        return FileFormat.PACKAGE
    for prefix, what in (
        ("word/", "a Word document"),
        ("ppt/", "a PowerPoint presentation"),
        ("index/", "a Numbers or Pages document of Apple"),
        ("index.zip", "a Numbers or Pages document of Apple"),
    ):
        if any(name.startswith(prefix) for name in names):
            raise Refusal(f"{file} is not a spreadsheet but {what}. {SAVE_AS}")
    if any(name.startswith("xl/") for name in names):
        raise Refusal(f"{file} is damaged: parts of the workbook are missing. {AGAIN}")
    raise Refusal(
        f"{file} is a zip archive, not a spreadsheet. Unpack it and upload the spreadsheets one by one; "
        "only a Fiscal Data Package (with its datapackage.json) is read as a zip."
    )


def _excel(names: dict[str, zipfile.ZipInfo], data: bytes, file: str) -> FileFormat:
    types = _small_part(names["[content_types].xml"], data, file)
    sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    macros = b"macroEnabled" in types or "xl/vbaproject.bin" in names
    if not any(name.startswith("xl/workbook") and name.endswith(".xml") for name in names):
        raise Refusal(f"{file} is damaged: the list of its sheets is missing. {AGAIN}")
    if not sheets and not _names_sheets(names, data, file):
        if macros or any(name.startswith(("xl/macrosheets/", "xl/dialogsheets/")) for name in names):
            raise Refusal(
                f"{file} holds macros and no worksheet. Copy the budget into an ordinary workbook, save it "
                "as .xlsx "
                "and upload that."
            )
        raise Refusal(f"{file} holds no worksheet (only charts, or parts are missing). {AGAIN}")
    return FileFormat.XLSM if macros else FileFormat.XLSX


def _names_sheets(names: dict[str, zipfile.ZipInfo], data: bytes, file: str) -> bool:
    relations = names.get("xl/_rels/workbook.xml.rels")
    return relations is not None and b"relationships/worksheet" in _small_part(relations, data, file)


def _open_document(names: dict[str, zipfile.ZipInfo], data: bytes, file: str) -> FileFormat:
    manifest = names.get("meta-inf/manifest.xml")
    listed = _small_part(manifest, data, file) if manifest else b""
    if b"encryption-data" in listed:
        raise Refusal(
            f"{file} is protected by a password, so it cannot be opened. Open it in LibreOffice, save it "
            "again "
            "without the tick at 'Save with password', and upload the new copy."
        )
    kind = (_small_part(names["mimetype"], data, file) if "mimetype" in names else b"") + listed
    if b"opendocument.spreadsheet" in kind:
        if "content.xml" not in names:
            raise Refusal(f"{file} is damaged: the part with its cells is missing. {AGAIN}")
        return FileFormat.ODS
    for word, what in (
        (b".text", "a text document"),
        (b".presentation", "a presentation"),
        (b".graphics", "a drawing"),
    ):
        if b"opendocument" + word in kind:
            raise Refusal(f"{file} is not a spreadsheet but {what}. {SAVE_AS}")
    raise Refusal(
        f"{file} is a zip archive without a spreadsheet. Unpack it and upload the spreadsheet inside."
    )


def _small_part(part: zipfile.ZipInfo, data: bytes, file: str) -> bytes:
    """Give the start of a part, enough to know it by."""
    try:
        return next(limits.inflate(part, data), b"")
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError) as fault:
        raise Refusal(
            f"{file} is damaged: {limits.shown(part.filename)} cannot be unpacked. {AGAIN}"
        ) from fault
