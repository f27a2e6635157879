"""Text files with separators: which encoding, which separator, which rows.

Cells stay text exactly as typed; what is a number is the layout's question. What had to be decided, or put
right, is
said in a note.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from budget_model.intake.files import encodings, fixed_width, unquoted
from budget_model.intake.files.grid import CellValue
from budget_model.intake.files.leaders import with_tabs_for_leaders
from budget_model.intake.files.other_quotes import with_usual_quotes
from budget_model.intake.files.reading_limits import count
from budget_model.problem import Location, Problem

LONGEST_FIELD = 1 << 30
"""Characters between two quotation marks: more than any file that is taken, so that none of them is a fault."""
SEPARATORS: Final = (";", "\t", "|", ",")
"""In the order in which they are believed where two part rows equally well: a comma may stand inside amounts."""
_RARE: Final = ("::", "||", "^", "~", "¬", "\x1f", "\x01", "§", "¦")
"""What parts the cells of few files: believed only where each line holds as many of them."""
_NAMES: Final = {" ": "spaces", ",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_LONGEST_CELL: Final = 32_767
"""The longest text that a spreadsheet cell can hold: a longer one is a quote that was never closed."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text file decoded."""

    text: str
    encoding: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """A text file read: its cells, its separator, and what the officer should know."""

    rows: list[list[CellValue]]
    separator: str
    encoding: str
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]


def read(
    data: bytes, file: str, *, separator: str | None = None, encoding: str | None = None
) -> DelimitedText:
    """Read a text file with separators into rows of cells; empty cells are None.

    `separator` and `encoding` are what a description of the file states; a stated encoding in which the bytes
    cannot be read is set aside.
    """
    csv.field_size_limit(LONGEST_FIELD)
    decoded = _as_stated(data, encoding) or decode(data)
    notes = [decoded.note] if decoded.note else []
    text = decoded.text
    text, more_notes = _mend_line_ends(text)
    notes += more_notes
    text, more_notes = _without_nothing(text)
    notes += more_notes
    first_line, text = _stated_separator(text)
    if not separator and not first_line:
        text, more_notes = with_usual_quotes(text)
        notes += more_notes
        text, more_notes = with_tabs_for_leaders(text)
        first_line = "\t" if more_notes else first_line
        notes += more_notes
    if not separator and not first_line:
        text, more_notes = _with_known_separators(text)
        notes += more_notes
    listing = None if separator or first_line else fixed_width.columns_of(text)
    if listing is not None:
        rows, more_notes = fixed_width.cut(text, listing)
        return DelimitedText(rows, " ", decoded.encoding, (*notes, *more_notes), ())
    if not separator and not first_line:
        text, more_notes = _with_gaps_as_separators(text)
        notes += more_notes
    separator = separator or first_line or separator_of(text)
    if _each_line_quoted_whole(text, separator):
        text = "\n".join(line[1:-1].replace('""', '"') if line else line for line in text.split("\n"))
        notes.append("Each line stood in quotation marks as a whole; they were taken off.")
    rows, problems = _records(text, separator, file)
    if separator == ",":
        rows, more, more_notes = unquoted.put_together(rows, file)
        problems, notes = (*problems, *more), [*notes, *more_notes]
    else:
        notes.append(f"The cells are separated by {_NAMES[separator]}.")
    return DelimitedText(rows, separator, decoded.encoding, tuple(notes), problems)


def _without_nothing(text: str) -> tuple[str, list[str]]:
    """Take out NUL characters, and put right what was encoded twice, and say so."""
    notes = []
    if nothing := text.count("\0"):
        text = text.replace("\0", "")
        notes.append(f"{nothing:,} NUL characters were left out, as some older systems write them.")
    mended = encodings.undoubled(text)
    if mended is not None:
        text = mended
        notes.append("Some letters were encoded twice (Â£ for £); they were put right.")
    return text, notes


# Encodings


def decode(data: bytes) -> Text:
    r"""Decode a text file: by its byte order mark, else as UTF-8, else by what its letters make likely.

    >>> decode(b"Rent,\x9c500").text, decode(b"Rent,\xa3500").text, decode("Straße".encode("utf-16")).text
    ('Rent,£500', 'Rent,£500', 'Straße')
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return Text(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                if encoding == "utf-16":
                    text = data.decode(encoding, errors="replace")
                    return Text(text, encoding, "Some characters at the end are damaged.")
                data = data[3:]
    if data[:4096].count(0) > len(data[:4096]) // 4:
        low = data[0:4096:2].count(0) < data[1:4096:2].count(0)
        encoding = "utf-16-le" if low else "utf-16-be"
        return Text(data.decode(encoding, errors="replace"), encoding)
    wide = encodings.utf_16_without_mark(data)
    if wide is not None:
        return Text(data.decode(wide, errors="replace"), wide)
    if encodings.is_japanese_mail(data):
        return Text(data.decode("iso2022_jp_ext", errors="replace"), "iso-2022-jp")
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_lines(data)


def _as_stated(data: bytes, encoding: str | None) -> Text | None:
    if not encoding:
        return None
    try:
        return Text(data.decode(encoding).removeprefix("\ufeff"), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _decode_lines(data: bytes) -> Text:
    """Decode what is not UTF-8 as a whole; where some lines are, line by line: two exports stuck together."""
    if (other := encodings.other_encoding(data)) is not None:
        return Text(data.decode(other, errors="replace"), other, f"Read with the character set {other}.")
    plain = single_byte_encoding(data)
    lines = data.split(b"\n")
    as_utf8: list[str | None] = []
    for line in lines:
        try:
            as_utf8.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            as_utf8.append(None)
    mixed = sum(1 for line in as_utf8 if line is not None and not line.isascii())
    others = [line for line, text in zip(lines, as_utf8, strict=True) if text is None]
    if mixed < len(others):
        return Text(_decode_plainly(data, plain), plain, f"Read with the character set {plain}.")
    plain = single_byte_encoding(b"\n".join(others))
    text = "\n".join(
        _decode_plainly(line, plain) if found is None else found
        for line, found in zip(lines, as_utf8, strict=True)
    )
    said = f"Two character sets are mixed in the file: UTF-8, and {plain} on {len(others):,} lines."
    return Text(text, f"utf-8 and {plain}", said)


def _decode_plainly(data: bytes, encoding: str) -> str:
    """Decode with a one-byte character set; the few bytes that cp1252 lacks read as latin-1 has them."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return "".join(bytes((code,)).decode(encoding, errors="ignore") or chr(code) for code in data)


def single_byte_encoding(data: bytes) -> str:
    r"""Which one-byte character set makes sense of what is beyond ASCII: cp1252, cp850 or latin-1.

    Each such byte votes by its neighbours: a letter wants letters of its own case beside it, a currency sign
    wants
    a digit. Windows' own set wins a tie.

    >>> single_byte_encoding(b"\x9c1,200"), single_byte_encoding(b"Caf\x82 caf\x82"), single_byte_encoding(b"Caf\xe9")
    ('cp850', 'cp850', 'cp1252')
    """
    if encodings.is_latin_9(data):
        return "iso-8859-15"
    places = Counter(
        match.group()
        for match in re.finditer(rb"(?:[\x00-\x7f]|^)[\x80-\xff]+(?:[\x00-\x7f]|$)", data[: 1 << 22])
    )
    windows = sum(_sense(place, "cp1252") * often for place, often in places.items())
    if sum(_sense(place, "cp850") * often for place, often in places.items()) > windows:
        return "cp850"
    if any(code in data for code in _UNDEFINED):
        return "latin-1"
    return "cp1252"


_UNDEFINED: Final = b"\x81\x8d\x8f\x90\x9d"
_TYPOGRAPHY: Final = "‘’“”–—…•™®©°§½¼¾²³\u00a0·×÷±µ"


def _sense(place: bytes, encoding: str) -> int:
    """How much sense the characters beyond ASCII make between their neighbours."""
    text = "".join(bytes((code,)).decode(encoding, errors="replace") for code in place)
    score = 0
    for at, letter in enumerate(text):
        if letter.isascii():
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if letter in "£€":
            if after.isalpha() and after.islower():
                score -= 2
            else:
                score += 3 if after.isdigit() or after in ' -(0,"' or not after.isalpha() else 1
        elif letter.isalpha() and letter not in "ªºƒˆ":
            score += _sense_of_letter(letter, before, after)
        elif letter in _TYPOGRAPHY:
            score += 1 if letter in "‘’“”–—\u00a0…" else 0
        else:
            score -= 4
    return score


def _sense_of_letter(letter: str, before: str, after: str) -> int:
    beside = [other for other in (before, after) if other.isalpha()]
    if not beside:
        return -2
    if letter.isupper():
        return -1 if before.islower() else 1
    return -1 if all(other.isupper() for other in beside) else 2


# Lines and separators


def _mend_line_ends(text: str) -> tuple[str, list[str]]:
    """Give every line one end, outside and inside of cells."""
    notes = []
    doubled = text.count("\r\r\n")
    if doubled:
        text = text.replace("\r\r\n", "\n")
        notes.append(
            f"{doubled:,} line ends were doubled, as some programs write them; each was read as one."
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.endswith("\x1a"):
        text = text.rstrip("\x1a")
    return text, notes


def _stated_separator(text: str) -> tuple[str | None, str]:
    """Obey Excel's first line `sep=;`, which is no row of the table."""
    stated = re.match(r'"?sep=([,;|\t])"?\n', text, re.IGNORECASE)
    return (stated.group(1), text[stated.end() :]) if stated else (None, text)


def _with_known_separators(text: str) -> tuple[str, list[str]]:
    r"""Put tabs in place of a rare mark that parts every line into as many cells, where no usual one does.

    >>> _with_known_separators("Service^Budget\nParks^950\nRoads^900\nArts^100")[0].split("\n")[1]
    'Parks\t950'
    >>> _with_known_separators("§ Service,Budget\n§1 Parks,950\n§2 Roads,900\n§3 Arts,100")[1]
    []
    """
    lines = _first_lines(text)
    if len(lines) < FEWEST_LINES or "\t" in text:
        return text, []
    for mark in _RARE:
        usual = any(_parts_evenly(lines, other) for other in SEPARATORS if other not in mark)
        if not usual and _parts_evenly(lines, mark):
            called = mark if mark.isprintable() else "control characters"
            return text.replace(mark, "\t"), [f"The cells are separated by '{called}'."]
    return text, []


def _first_lines(text: str) -> list[str]:
    return [line.strip(" ") for line in text.split("\n", LINES_LOOKED_AT)[:LINES_LOOKED_AT] if line.strip()]


def _parts_evenly(lines: Sequence[str], mark: str) -> bool:
    """Whether a mark stands in every line, and equally often."""
    return lines[0].count(mark) > 0 and len({line.count(mark) for line in lines}) == 1


LINES_LOOKED_AT: Final = count("delimited", "looked_at")
FEWEST_LINES: Final = count("delimited", "fewest_lines")
_GAP: Final = re.compile(r"(?<=\S) {2,}(?=\S)")


def _with_gaps_as_separators(text: str) -> tuple[str, list[str]]:
    """Put tabs in place of gaps of two spaces or more, where each line has as many and nothing else parts it."""
    lines = _first_lines(text)
    gaps = {len(_GAP.findall(line)) for line in lines}
    if (
        len(lines) < FEWEST_LINES
        or len(gaps) != 1
        or 0 in gaps
        or any(mark in lines[0] for mark in SEPARATORS)
    ):
        return text, []
    return _GAP.sub("\t", text), ["The cells are separated by gaps of several spaces."]


def separator_of(text: str) -> str:
    r"""Which separator gives rows of one width; the comma if none does.

    >>> separator_of("Dienst;Betrag\nSchule;1.234,50\nPark;2.000,00"), separator_of("a note, with a comma")
    (';', ',')
    """
    sample = text[: 1 << 17]
    if len(sample) < len(text):
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, best_score = ",", (0.0, 0.0)
    for separator in SEPARATORS:
        if separator not in sample:
            continue
        try:
            widths = [
                len(row)
                for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
                if any(row)
            ]
        except csv.Error:
            continue
        wide = Counter(width for width in widths if width > 1)
        if not wide:
            continue
        width, often = wide.most_common(1)[0]
        score = (round(sum(wide.values()) / len(widths), 1) * (0.5 + often / len(widths)), float(width))
        if score > best_score:
            best, best_score = separator, score
    return best


def _each_line_quoted_whole(text: str, separator: str) -> bool:
    """Whether whole lines stand in quotes, their own quotes doubled: a table exported twice."""
    lines = [line for line in text[: 1 << 16].split("\n")[:50] if line]
    whole = re.compile(r'"(?:[^"]|"")*"')
    return len(lines) > 1 and all(whole.fullmatch(line) and separator in line for line in lines)


# Rows


def _records(text: str, separator: str, file: str) -> tuple[list[list[CellValue]], tuple[Problem, ...]]:
    """Cut the text into rows; a quotation mark that is never closed swallows no row beneath it."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    rows: list[list[CellValue]] = []
    share: dict[str, str | None] = {"": None}
    problems: list[Problem] = []
    width = _usual_width(lines, separator)
    start = 0
    while start < len(lines):
        start = _read_on(lines, start, separator, width, rows, share)
        if start < len(lines):
            rows.append(_shared(_without_quotes(lines[start], separator), share))
            problems.append(
                Problem(
                    Location(file, row=len(rows)),
                    "A quotation mark is opened and never closed in this row.",
                    "The row was read as if the mark were not there; check its cells.",
                    code="odd-quoting",
                )
            )
            start += 1
    return rows, tuple(problems)


MOST_SHARED: Final = 500_000
"""So many different texts are kept once each; amounts in pence hardly ever come again."""


def _shared(row: list[str], share: dict[str, str | None]) -> list[CellValue]:
    """A row whose texts are the very objects of rows before it, empty ones None: a million rows fit so."""
    if len(share) < MOST_SHARED:
        keep = share.setdefault
        return [keep(cell, cell) for cell in row]
    known = share.get
    return [known(cell, cell) for cell in row]


def _read_on(
    lines: list[str],
    start: int,
    separator: str,
    width: int,
    rows: list[list[CellValue]],
    share: dict[str, str | None],
) -> int:
    """Read rows from line `start` on; give the line at which a quote goes astray, or the number of lines."""
    reader = csv.reader(_with_ends(lines, start), delimiter=separator)
    at = 0
    for row in reader:
        end = reader.line_num
        if end - at > 1 and _astray(
            lines[start + at : start + end], row, separator, width, start + end == len(lines)
        ):
            return start + at
        if len(lines[start + at]) > _LONGEST_CELL:
            rows.append(_shared([cell[:_LONGEST_CELL] for cell in row], share))  # a spreadsheet's own limit
        else:
            rows.append(_shared(row, share))
        at = end
    return len(lines)


def _with_ends(lines: list[str], start: int) -> Iterable[str]:
    return (f"{lines[at]}\n" for at in range(start, len(lines)))


def _astray(lines: list[str], row: list[str], separator: str, width: int, last: bool) -> bool:
    """Whether a row over several lines is one cell with line breaks, or a quote that swallowed rows."""
    if max(map(len, row)) > _LONGEST_CELL:
        return True
    if last and sum(line.count('"') for line in lines) % 2:
        return True
    if len(row) == width or width < 2:
        return False
    alone = [len(next(csv.reader([line], delimiter=separator), [])) for line in lines[1:] if line]
    return bool(alone) and sum(1 for one in alone if one == width) * 2 > len(alone)


def _usual_width(lines: list[str], separator: str) -> int:
    """How many cells most rows have, by the lines that are whole rows: those whose quotes pair up."""
    sample = [line for line in lines[:2000] if line.strip(separator + " ") and line.count('"') % 2 == 0]
    widths = Counter(len(next(csv.reader([line], delimiter=separator), [])) for line in sample)
    return widths.most_common(1)[0][0] if widths else 0


def _without_quotes(line: str, separator: str) -> list[str]:
    """Cut one line whose quotes do not pair up: a cell quoted whole stays whole, an odd mark is dropped.

    >>> _without_quotes('Roads,"Repairs, major","1,200', ",")
    ['Roads', 'Repairs, major', '1', '200']
    """
    quoted = re.compile(rf'"((?:[^"]|"")*)"(?={re.escape(separator)}|$)')
    cells, at = [], 0
    while at <= len(line):
        whole = quoted.match(line, at)
        if whole:
            cells.append(whole[1].replace('""', '"'))
            at = whole.end() + 1
            continue
        end = line.find(separator, at)
        end = len(line) if end < 0 else end
        cells.append(line[at:end].strip('"'))
        at = end + 1
    return cells
