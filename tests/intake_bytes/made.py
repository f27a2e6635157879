"""Small files made for the tests: honest ones, and the same ones turned hostile or broken."""

import datetime
import io
import struct
import warnings
import zipfile
from collections.abc import Mapping

import xlsxwriter

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

CELLS = '<row r="1"><c r="A1" t="inlineStr"><is><t>Service</t></is></c><c r="B1" t="inlineStr"><is><t>Budget</t></is></c></row>'
ROADS = '<row r="2"><c r="A2" t="inlineStr"><is><t>Roads</t></is></c><c r="B2"><v>1200</v></c></row>'


def sheet_xml(rows: str = CELLS + ROADS, before: str = "", after: str = "", head: str = HEAD) -> str:
    return f"{head}<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def parts(
    sheets: Mapping[str, str] | None = None,
    *,
    strings: str = "",
    styles: str = "",
    state: str = "",
    head: str = HEAD,
) -> dict[str, bytes]:
    """The parts of a smallest workbook, written by hand so that each can be spoilt."""
    sheets = sheets or {"Budget": sheet_xml()}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}"{state} r:id="rId{n}"/>' for n, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    if strings:
        related += f'<Relationship Id="rIdS" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    if styles:
        related += f'<Relationship Id="rIdT" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    found = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{types}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
    }
    for n, xml in enumerate(sheets.values(), 1):
        found[f"xl/worksheets/sheet{n}.xml"] = xml
    if strings:
        found["xl/sharedStrings.xml"] = strings
    if styles:
        found["xl/styles.xml"] = styles
    return {name: xml.encode() for name, xml in found.items()}


def zipped(found: Mapping[str, bytes], *, twice: Mapping[str, bytes] | None = None) -> bytes:
    """Zip parts; `twice` are written after them, even under a name that is there already."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in [*found.items(), *(twice or {}).items()]:
            # always the same date, so that the same parts are always the same bytes
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, content)
    return memory.getvalue()


def xlsx(rows: str = CELLS + ROADS, before: str = "", after: str = "", **more: str) -> bytes:
    """A workbook of one sheet, Budget, from its rows in XML."""
    return zipped(parts({"Budget": sheet_xml(rows, before, after)}, **more))


def ordinary(rows: int = 20) -> bytes:
    """A workbook as Excel writes it."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2016, 4, 1)})
        sheet = book.add_worksheet("Adults")
        sheet.write_row(0, 0, ["Service", "Budget", "Actual"])
        for row in range(1, rows):
            sheet.write_row(row, 0, [f"Service {row}", 1000 + row, 900 + row])
    return memory.getvalue()


def ods(content: str | None = None, manifest: str = "", kind: str = "spreadsheet") -> bytes:
    """An OpenDocument file, from the rows of its only table."""
    rows = content or (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Roads</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="1200"><text:p>1,200</text:p></table:table-cell>'
        "</table:table-row>"
    )
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    xml = (
        f'{HEAD}<office:document-content xmlns:office="{urn}:office:1.0" xmlns:table="{urn}:table:1.0" '
        f'xmlns:text="{urn}:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Budget">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    listed = (
        f'{HEAD}<manifest:manifest xmlns:manifest="{urn}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{mimetype}"/>{manifest}</manifest:manifest>'
    )
    return zipped(
        {"mimetype": mimetype.encode(), "content.xml": xml.encode(), "META-INF/manifest.xml": listed.encode()}
    )


def container(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (as .xls is) with these streams, each long enough to need no small sectors."""
    table_sectors = 1
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    body: list[bytes] = []
    links: list[int] = [0xFFFFFFFD]
    directory_length = (len(streams) + 1 + 3) // 4
    start = table_sectors + directory_length
    for number in range(directory_length):
        links.append(table_sectors + number + 1 if number + 1 < directory_length else 0xFFFFFFFE)
    for name, content in streams.items():
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        count = len(padded) // 512
        entries.append(_entry(name, 2, start, len(padded)))
        links.extend(start + number + 1 for number in range(count - 1))
        links.append(0xFFFFFFFE)
        body.append(padded)
        start += count
    directory = b"".join(entries).ljust(directory_length * 512, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    table = b"".join(struct.pack("<I", link) for link in links).ljust(512, b"\xff")
    return head + table + directory + b"".join(body)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    entry = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF)
    return entry + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def xlsb(rows: "list[list[object]]", *, hidden_rows: tuple[int, ...] = (), name: str = "Budget") -> bytes:
    """A workbook of binary parts: texts, numbers, None for nothing, and '#N/A' for that error."""

    def record(number: int, body: bytes = b"") -> bytes:
        head = bytes((number,)) if number < 0x80 else bytes((number & 0x7F | 0x80, number >> 7))
        length, size = b"", len(body)
        while True:
            length += bytes((size & 0x7F | (0x80 if size > 0x7F else 0),))
            size >>= 7
            if not size:
                return head + length + body

    def text(words: str) -> bytes:
        return struct.pack("<I", len(words)) + words.encode("utf-16-le")

    def cell(column: int, value: object) -> bytes:
        start = struct.pack("<II", column, 0)
        if value == "#N/A":
            return record(3, start + b"\x2a")
        if isinstance(value, str):
            return record(6, start + text(value))
        if isinstance(value, bool):
            return record(4, start + bytes((value,)))
        if isinstance(value, int):
            return record(2, start + struct.pack("<i", value << 2 | 2))
        return record(5, start + struct.pack("<d", value))

    width = max(map(len, rows), default=1)
    sheet = (
        record(129) + record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)) + record(145)
    )
    for number, row in enumerate(rows):
        flags = 0x10 if number in hidden_rows else 0
        sheet += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))
        sheet += b"".join(cell(column, value) for column, value in enumerate(row) if value is not None)
    sheet += record(146) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + text("rId1") + text(name))
    book += record(144) + record(132)
    kind = "application/vnd.ms-excel"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return zipped(
        {
            "[Content_Types].xml": (
                f'{HEAD}<Types xmlns="{types}"><Default Extension="bin" ContentType="{kind}.sheet.binary.macroEnabled.main"/>'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{kind}.worksheet"/></Types>'
            ).encode(),
            "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.bin"/></Relationships>'.encode(),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'.encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
