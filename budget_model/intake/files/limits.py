"""How large a file may be before anybody parses it, and how much its reader may use.

Measured on two shared cores with Python 3.11 and python-calamine: a workbook of 1,000,000 rows × 10 columns
is a 69 MB file, 381 MB uncompressed and 10 million cells; its reader peaks at 0.84 GB before the
cells become Python values and at 0.96 GB after. A 10 kB workbook with one cell in the last row and column
asks
for 550 GB and stops its process. So the limits stand a little above the largest honest file, and what slips
past them
meets the child process's own limits.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from budget_model.problem import Refusal

MEGABYTE: Final = 1_000_000
AT_THE_SAME_TIME: Final = 2 * MEGABYTE
"""From this size on the second look is taken while the fast reader reads, which keeps both processors
busy."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one uploaded file may be, and what its reader may use. Sizes in bytes, times in seconds."""

    file: int = 80 * MEGABYTE
    uncompressed: int = 500 * MEGABYTE
    """All parts of a zipped workbook together, by its own headers and again as counted."""
    ratio: int = 100
    """Uncompressed to compressed, once more than `ratio_from` bytes come out."""
    ratio_from: int = 10 * MEGABYTE
    parts: int = 2_000
    sheets: int = 100
    cells: int = 12_000_000
    """By the box round the used cells of all sheets: that is what the fast reader's memory grows with."""
    lines: int = 1_500_000
    """Of a text file, counted before anything is read; a sheet of Excel has 1,048,576 rows."""
    columns: int = 2_048
    """Of one sheet, when blanks and a few stray cells far to the right are taken off."""
    columns_of_a_sheet: int = 16_384
    """As many as a sheet of Excel has: how far the cells may reach before they are read, within `cells`."""
    memory: int = 2_000 * MEGABYTE
    """Address space of the child process."""
    open_files: int = 32
    answer: int = 400 * MEGABYTE
    """The child's answer."""

    def processor_seconds(self, size: int) -> int:
        """How long the child may compute for a file of this many bytes.

        >>> Limits().processor_seconds(10_000), Limits().processor_seconds(69_000_000)
        (30, 79)
        """
        return 30 + max(0, size - 20 * MEGABYTE) // MEGABYTE

    def wall_seconds(self, size: int) -> int:
        """How long the parent waits for it: three times as long, as the processors may be busy with others.

        >>> Limits().wall_seconds(10_000), Limits().wall_seconds(69_000_000)
        (90, 237)
        """
        return 3 * self.processor_seconds(size)


LIMITS: Final = Limits()


def in_words(size: int) -> str:
    """Give a size as an officer reads it.

    >>> in_words(381_401_950), in_words(1_500)
    ('381 MB', '1.5 kB')
    """
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.0f} MB" if size >= 10 * MEGABYTE else f"{size / MEGABYTE:.1f} MB"
    return f"{size / 1000:.1f} kB"


def refuse_oversize(size: int, file: str, limits: Limits = LIMITS) -> None:
    """Refuse a file that is too large to look at."""
    if size > limits.file:
        raise Refusal(
            f"{file} is {in_words(size)}, and {in_words(limits.file)} is the most that is read. "
            "Delete the sheets, pictures and empty formatted rows that the budget does not need, or split "
            "the "
            "file by year or directorate, and upload again."
        )


def refuse_many_lines(data: bytes, file: str, limits: Limits = LIMITS) -> None:
    """Refuse a text file of more lines than are read, by counting them alone."""
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > limits.lines:
        raise Refusal(
            f"{file} has {lines:,} lines, and {limits.lines:,} is the most that is read. "
            "Split the file by year or directorate, or add up single payments, and upload again."
        )


def check_archive(archive: zipfile.ZipFile, size: int, file: str, limits: Limits = LIMITS) -> None:
    """Refuse a zipped workbook whose own table of contents is beyond the limits or not to be trusted."""
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise Refusal(
            f"{file} is made of {len(parts):,} parts, and {limits.parts:,} is the most that is read. "
            "Copy the sheets with the budget into a new workbook and upload that."
        )
    names: set[str] = set()
    for part in parts:
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name) or "\0" in name:
            raise Refusal(
                f"{file} contains a part named '{shown(name)}', which points outside the file; no "
                "spreadsheet program "
                "writes that. Open the file where it was made, save it again as .xlsx and upload the new "
                "copy."
            )
        if name.lower() in names:
            raise Refusal(
                f"{file} contains two parts named '{shown(name)}', so it cannot be known which is the right "
                "one. "
                "Open the file where it was made, save it again as .xlsx and upload the new copy."
            )
        names.add(name.lower())
        if part.flag_bits & 0x1:
            raise Refusal(
                f"{file} is a zip archive protected by a password. Take the password off and upload it again."
            )
    promised = sum(part.file_size for part in parts)
    refuse_swollen(promised, size, file, limits)


def inflate(part: zipfile.ZipInfo, data: bytes, step: int = 1 << 20) -> Iterator[bytes]:
    """Unpack one part piece by piece, never more than `step` bytes at a time.

    The bytes are followed to their real end, not to the end that the header promises: a reader elsewhere may
    do
    so too. A part that is cut short gives what there is.
    """
    start = part.header_offset
    head = data[start : start + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(part.filename)
    start += 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), step):
            yield bytes(packed[at : at + step])
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile(part.filename)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), step):
        piece = unpacker.decompress(packed[at : at + step], step)
        while piece:
            yield piece
            piece = unpacker.decompress(unpacker.unconsumed_tail, step)


class Counter:
    """Counts what comes out of a zipped workbook, and refuses once it is more than any honest one.

    One counter serves all parts of one file, so that many middling parts are caught like one large part.
    """

    def __init__(self, size: int, file: str, limits: Limits = LIMITS) -> None:
        self.size = size
        self.file = file
        self.limits = limits
        self.total = 0

    def pieces(self, part: zipfile.ZipInfo, data: bytes) -> Iterator[bytes]:
        """Give one part piece by piece, counted."""
        for piece in inflate(part, data):
            self.total += len(piece)
            refuse_swollen(self.total, self.size, self.file, self.limits)
            yield piece

    def whole(self, part: zipfile.ZipInfo, data: bytes, most: int = 64 * MEGABYTE) -> bytes:
        """Give a small part at once; one larger than `most` is refused."""
        pieces, length = [], 0
        for piece in self.pieces(part, data):
            length += len(piece)
            if length > most:
                raise Refusal(
                    f"{self.file} has a part, {shown(part.filename)}, that is far larger than spreadsheets "
                    "have. "
                    "Copy the sheets with the budget into a new workbook and upload that."
                )
            pieces.append(piece)
        return b"".join(pieces)


def refuse_swollen(unpacked: int, size: int, file: str, limits: Limits = LIMITS) -> None:
    """Refuse a file that unpacks to more than the limit, or to suspiciously much for its size."""
    if unpacked > limits.uncompressed:
        raise Refusal(
            f"{file} unpacks to more than {in_words(limits.uncompressed)}, which is the most that is read. "
            "Delete the sheets and empty formatted rows that the budget does not need and upload it again."
        )
    if unpacked > limits.ratio_from and unpacked > size * limits.ratio:
        raise Refusal(
            f"{file} unpacks to more than {limits.ratio} times its size of {in_words(size)}, as a file made "
            "to harm "
            "would. Copy the budget’s cells alone into a new workbook and upload that."
        )


class TooFar(Refusal):
    """Cells that reach further than is read."""


def refuse_wide(columns: int, place: str, most: int = LIMITS.columns) -> None:
    """Refuse a sheet of more columns than are read; `place` is the sentence's subject."""
    if columns > most:
        raise TooFar(
            f"{place} lies beyond column {most}, the last that is read. Delete what stands far to the right "
            "of the table (select those columns, delete, save) and upload again."
        )


def refuse_box(rows: int, columns: int, so_far: int, place: str, limits: Limits = LIMITS) -> int:
    """Refuse a sheet whose used cells span too much, naming its last cell; give the cells spanned so far.

    `place` is the sentence's subject, such as "council.xlsx, sheet 'Adults', cell XFD1048576".
    """
    refuse_wide(columns, place, limits.columns_of_a_sheet)
    if so_far + rows * columns > limits.cells:
        raise TooFar(
            f"{place} makes the sheets span more than {limits.cells:,} cells, which is the most that is "
            "read. Delete "
            "what stands far below or beside the table (select those rows and columns, delete, save), or "
            "split the "
            "file, and upload again."
        )
    return so_far + rows * columns


def shown(name: str, most: int = 60) -> str:
    r"""Give somebody's name for something without line breaks, control characters or great length.

    >>> shown("../../evil\x00.xml")
    '../../evil?.xml'
    """
    plain = "".join(letter if letter.isprintable() else "?" for letter in name[: most + 1])
    return plain if len(plain) <= most else plain[: most - 1] + "…"
