"""Files made to harm, or broken on their way: each with its name and a word that its sentence must contain.

Each family is one function that yields (what it is, file name, bytes, word). A word of "" means that the
file may also be read, so long as nobody is harmed.
"""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator

from tests.intake_bytes.made import (
    CELLS,
    HEAD,
    MAIN,
    ROADS,
    container,
    ods,
    ordinary,
    parts,
    sheet_xml,
    xlsx,
    zipped,
)

Case = tuple[str, str, bytes, str]


def zip_bombs() -> Iterator[Case]:
    blank = "<row/>" * 5_000_000
    yield (
        "rows that unpack to a thousand times",
        "bomb.xlsx",
        zipped(parts({"B": sheet_xml(blank)})),
        "times its size",
    )
    with_part = parts() | {"xl/media/image1.bin": bytes(60_000_000)}
    yield "a part of zeros that no reader needs", "media.xlsx", zipped(with_part), "times its size"
    honest = zipped(parts({"B": sheet_xml(CELLS + ROADS + " " * 40_000_000)}))
    yield "a part whose header claims to be small", "lies.xlsx", _claims_small(honest), ""
    many = parts() | {f"xl/media/{n}.bin": bytes(4_000_000) for n in range(20)}
    yield "many middling parts", "many.xlsx", zipped(many), "times its size"
    yield "an OpenDocument bomb", "bomb.ods", ods("<table:table-row/>" * 2_000_000), "times its size"


def _claims_small(data: bytes) -> bytes:
    """Make every header of the archive say that its part unpacks to 1,000 bytes."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.find(mark)
        while at >= 0:
            if int.from_bytes(changed[at + offset : at + offset + 4], "little") > 1_000_000:
                changed[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
            at = changed.find(mark, at + 4)
    return bytes(changed)


def far_cells() -> Iterator[Case]:
    for reference in ("XFD1048576", "XFA1048570", "ZZ1048576"):
        row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        far = f'{CELLS}<row r="{row}"><c r="{reference}"><v>1</v></c></row>'
        yield f"a cell at {reference}", "far.xlsx", xlsx(far), reference
    first = f'<row r="1048576"><c r="XFC1048576"><v>1</v></c></row>{CELLS}'
    yield "a far cell before the near ones", "far first.xlsx", xlsx(first), "XFC1048576"
    odd = f'{CELLS}<row r="1048576"><c t="n" r="XFD1048576"><v>1</v></c></row>'
    yield "a far cell with its attributes turned round", "far odd.xlsx", xlsx(odd), "XFD1048576"
    prefixed = parts({"B": sheet_xml(CELLS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')})
    name = "xl/worksheets/sheet1.xml"
    for tag in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        for end in (" ", ">"):
            prefixed[name] = prefixed[name].replace(f"<{tag}{end}".encode(), f"<x:{tag}{end}".encode())
        prefixed[name] = prefixed[name].replace(f"</{tag}>".encode(), f"</x:{tag}>".encode())
    prefixed[name] = prefixed[name].replace(b"xmlns=", b"xmlns:x=")
    yield "a far cell under a prefix", "far prefix.xlsx", zipped(prefixed), "XFD1048576"


def lying_dimensions() -> Iterator[Case]:
    claim = '<dimension ref="A1:XFD1048576"/>'
    yield "a claim of 17 thousand million cells", "claim.xlsx", xlsx(before=claim), ""
    yield "a claim of one cell", "small claim.xlsx", xlsx(before='<dimension ref="A1"/>'), ""
    yield "a claim that is nonsense", "odd claim.xlsx", xlsx(before='<dimension ref="A0:!!"/>'), ""


def string_bombs() -> Iterator[Case]:
    long = "A" * 20_000_000
    strings = f'{HEAD}<sst {MAIN} count="1" uniqueCount="1"><si><t>{long}</t></si></sst>'
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    yield "one string of 20 million letters", "string.xlsx", xlsx(cell, strings=strings), "times its size"
    shared = f"<si><t>{'x' * 32_000}</t></si>"
    strings = f'{HEAD}<sst {MAIN} count="9">{shared}</sst>'
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    yield "one long string in 20,000 cells", "repeated.xlsx", xlsx(cells, strings=strings), ""
    missing = '<row r="1"><c r="A1" t="s"><v>4294967290</v></c></row>'
    yield "a string that is not in the list", "no string.xlsx", xlsx(missing), ""
    count = f'{HEAD}<sst {MAIN} count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    yield "a list that claims 4 thousand million strings", "count.xlsx", xlsx(cell, strings=count), ""


def repeats() -> Iterator[Case]:
    cell = '<table:table-cell office:value-type="float" office:value="1"'
    for what, rows in (
        ("rows", f'<table:table-row table:number-rows-repeated="1048576">{cell}/></table:table-row>'),
        ("columns", f'<table:table-row>{cell} table:number-columns-repeated="16384"/></table:table-row>'),
        (
            "rows and columns",
            f'<table:table-row table:number-rows-repeated="1048576">{cell} '
            'table:number-columns-repeated="16384"/></table:table-row>',
        ),
        (
            "4 thousand million rows",
            f'<table:table-row table:number-rows-repeated="4294967295">{cell}/></table:table-row>',
        ),
    ):
        yield f"one cell repeated over {what}", "repeat.ods", ods(rows), ""


def entities() -> Iterator[Case]:
    laughs = '<!DOCTYPE lolz [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    head = f"{HEAD}{laughs}]>"
    bomb = sheet_xml(CELLS.replace("Service", "&j;"), head=head)
    yield "a billion laughs in a sheet", "laughs.xlsx", zipped(parts({"B": bomb})), "entities"
    yield "a billion laughs in the list of sheets", "laughs2.xlsx", zipped(parts(head=head)), "entities"
    outside = f'{HEAD}<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    xxe = sheet_xml(CELLS.replace("Service", "&secret;"), head=outside)
    yield "an entity that reads a file of the server", "xxe.xlsx", zipped(parts({"B": xxe})), "entities"
    web = f'{HEAD}<!DOCTYPE x [<!ENTITY % remote SYSTEM "http://localhost:9/x.dtd"> %remote;]>'
    yield "an entity from the web", "web.xlsx", zipped(parts({"B": sheet_xml(head=web)})), "entities"


def macros() -> Iterator[Case]:
    types = parts()["[Content_Types].xml"]
    enabled = types.replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet", b"ms-excel.sheet.macroEnabled"
    )
    with_macros = parts() | {"xl/vbaProject.bin": b"macros", "[Content_Types].xml": enabled}
    yield "a workbook with macros and a budget", "macros.xlsm", zipped(with_macros), ""
    only = {name: part for name, part in with_macros.items() if "worksheets" not in name}
    only["xl/workbook.xml"] = f"{HEAD}<workbook {MAIN}><sheets/></workbook>".encode()
    only["xl/_rels/workbook.xml.rels"] = b""
    yield "macros alone", "macros only.xlsm", zipped(only), "macros and no worksheet"
    old = container({"_VBA_PROJECT_CUR": b"x", "Macros": b"x"})
    yield "macros alone in an old file", "macros.xls", old, "macros and no worksheet"


def passwords() -> Iterator[Case]:
    sealed = container({"EncryptedPackage": b"\x07" * 5000, "EncryptionInfo": b"\x04\0\x04\0"})
    yield "a workbook with a password", "secret.xlsx", sealed, "password"
    cut = sealed[:700] + b"EncryptedPackage".decode().encode("utf-16-le") + bytes(50)
    yield "a damaged workbook with a password", "secret cut.xlsx", cut, "password"
    stream = (
        struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
        + struct.pack("<HHH", 0x2F, 2, 1)
        + bytes(60)
    )
    yield "an old workbook with a password", "secret.xls", container({"Workbook": stream}), "password"
    listed = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    yield "an OpenDocument with a password", "secret.ods", ods(manifest=listed), "password"
    archive = bytearray(zipped(parts()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = archive.find(mark)
        while at >= 0:
            archive[at + offset] |= 1
            at = archive.find(mark, at + 4)
    yield "a zip with a password", "sealed.xlsx", bytes(archive), "password"


def cut_short() -> Iterator[Case]:
    whole = ordinary(200)
    for share in (0.01, 0.3, 0.6, 0.99):
        yield f"{share:.0%} of a workbook", "cut.xlsx", whole[: int(len(whole) * share)], "damaged"
    garbled = ods("<table:table-row/></table:ta\x19ble>")
    yield "an OpenDocument whose table never ends", "garbled.ods", garbled, "damaged"
    yield "half of an OpenDocument", "cut.ods", ods()[:400], "damaged"
    spoilt = bytearray(zipped(parts()))
    at = spoilt.find(b"sheet1.xml") + len("sheet1.xml")
    spoilt[at + 2 : at + 60] = b"\xff" * 58
    yield "a sheet whose bytes are spoilt", "spoilt.xlsx", bytes(spoilt), "damaged"
    old = container({"Workbook": struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0) + b"\x77" * 4000})
    yield "an old workbook of rubbish", "rubbish.xls", old, ""
    yield "the start of an old workbook", "cut.xls", old[:600], "damaged"
    open_tag = parts({"B": sheet_xml()[:-60]})
    yield "a sheet that stops in a tag", "open.xlsx", zipped(open_tag), ""


def wrong_names() -> Iterator[Case]:
    yield "an .xlsx named .xls", "budget.xls", zipped(parts()), ""
    yield "an .xlsx named .csv", "budget.csv", zipped(parts()), ""
    yield "a .csv named .xlsx", "budget.xlsx", b"Service,Budget\nRoads,1200\n", ""
    yield "an .ods named .xlsx", "budget.xlsx", ods(), ""
    yield "no ending at all", "budget", zipped(parts()), ""
    yield "a Word document named .xlsx", "report.xlsx", zipped({"word/document.xml": b"<w/>"}), "Word"
    yield "an old Word document named .xls", "report.xls", container({"WordDocument": b"x"}), "Word"
    yield "a presentation named .xlsx", "slides.xlsx", zipped({"ppt/presentation.xml": b"<p/>"}), "PowerPoint"
    yield "a zip of spreadsheets", "all.zip", zipped({"a.xlsx": zipped(parts()), "b.csv": b"a,b"}), "Unpack"
    yield "a text document of LibreOffice", "report.ods", ods(kind="text"), "text document"


def _markup() -> Iterator[Case]:
    """Markup made to harm: entities that swell, depth, spans and places far out, tags that never close."""
    space = b'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    bomb = b'<?xml version="1.0"?><!DOCTYPE W [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    yield "XML with entities", "export.xls", bomb + b"<Workbook " + space + b">&b;</Workbook>", "entities"
    far = b'<Row ss:Index="1048576"><Cell ss:Index="16384"><Data ss:Type="Number">1</Data></Cell></Row>'
    book = b'<Workbook %s><Worksheet ss:Name="A"><Table>%s</Table></Worksheet></Workbook>'
    yield "XML with a far cell", "export.xls", book % (space, far), "far "
    yield "XML that breaks off", "export.xls", (book % (space, far))[:-40], "damaged"
    cells = b"<tr><td>Roads</td><td>1</td></tr>"
    wide = b'<tr><td colspan="999999999" rowspan="999999999">1</td><td>2</td></tr>' * 2000
    yield "a page with spans", "export.xls", b"<html><table>" + wide + cells + b"</table></html>", ""
    deep = b"<div>" * 100_000
    yield "a deep page", "export.xls", b"<html><body>" + deep + b"<table>" + cells, "web page"
    nested = b"<table><tr><td>" * 3_000
    yield "nested tables", "export.xls", b"<html>" + nested + cells, "web page"


def disguises() -> Iterator[Case]:
    yield "a PDF", "budget.xlsx", b"%PDF-1.7\n" + bytes(range(256)) * 4, "PDF"
    yield "a picture", "budget.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(300), "picture"
    yield "a photograph", "budget.xls", b"\xff\xd8\xff\xe0" + bytes(300), "picture"
    table = b"<html><body><table><tr><td>Roads</td><td>1200</td></tr></table></body></html>"
    yield "a web page as .xls", "export.xls", table, ""
    yield "a web page with blanks before it", "export.xls", b"\xef\xbb\xbf\r\n  " + table, ""
    yield "a web page in UTF-16", "export.xls", b"\xff\xfe" + table.decode().encode("utf-16-le"), ""
    yield "a web page as .csv", "export.csv", b"<!DOCTYPE html><html><p>Please sign in</p></html>", "web page"
    mhtml = b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html></html>"
    yield "a web archive as .xls", "export.xls", mhtml, "web page"
    old_xml = (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
    )
    yield "the XML of Excel 2003", "export.xls", old_xml, "Excel 2003"
    yield from _markup()
    yield "JSON", "budget.csv", b'{"service": "Roads", "amount": 1200}', "JSON"
    yield "a program", "budget.xlsx", b"MZ\x90\x00" + bytes(range(256)) * 8, "program"
    yield "a gzip archive", "budget.xlsx", b"\x1f\x8b\x08" + bytes(100), "Unpack"
    yield "a database", "budget.xlsx", b"SQLite format 3\x00" + bytes(100), "database"
    yield "noise", "budget.xlsx", bytes((n * 97 + 13) % 251 for n in range(4000)), "neither"
    yield "nothing", "budget.xlsx", b"", "0 bytes"
    yield "blanks", "budget.csv", b"\r\n \r\n", "blanks"


def missing_parts() -> Iterator[Case]:
    for name, word in (
        ("xl/workbook.xml", "damaged"),
        ("xl/_rels/workbook.xml.rels", ""),
        ("xl/worksheets/sheet1.xml", "damaged"),
        ("[Content_Types].xml", "damaged"),
        ("_rels/.rels", ""),
    ):
        found = parts()
        del found[name]
        yield f"without {name}", "missing.xlsx", zipped(found), word
    two = parts({"One": sheet_xml(), "Two": sheet_xml()})
    del two["xl/worksheets/sheet2.xml"]
    yield "without its second sheet", "missing.xlsx", zipped(two), "'Two'"
    yield "an OpenDocument without cells", "missing.ods", _without(ods(), "content.xml"), "damaged"
    yield "an empty zip", "empty.xlsx", zipped({}), ""


def _without(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({part: archive.read(part) for part in archive.namelist() if part != name})


def doubled_parts() -> Iterator[Case]:
    other = sheet_xml(CELLS + ROADS.replace("1200", "9900"))
    sheet = {"xl/worksheets/sheet1.xml": other.encode()}
    yield "a sheet that is there twice", "twice.xlsx", zipped(parts(), twice=sheet), "two parts"
    shouted = {"XL/WORKSHEETS/SHEET1.XML": other.encode()}
    yield "a sheet that is there twice in capitals", "twice.xlsx", zipped(parts(), twice=shouted), "two parts"


def wandering_names() -> Iterator[Case]:
    for name in ("../../evil.xml", "/etc/evil.xml", "xl\\..\\..\\evil.xml", "C:\\evil.xml"):
        yield f"a part named {name}", "wanders.xlsx", zipped(parts() | {name: b"x"}), "outside the file"


def too_many() -> Iterator[Case]:
    sheets = {f"S{n}": sheet_xml() for n in range(2000)}
    yield "2,000 sheets", "sheets.xlsx", zipped(parts(sheets)), "parts"
    some = {f"S{n}": sheet_xml() for n in range(150)}
    yield "150 sheets", "sheets.xlsx", zipped(parts(some)), "150 sheets"
    wide = "".join(f'<c r="{_letters(n)}1"><v>{n}</v></c>' for n in range(16_384))
    yield "16,384 columns", "wide.xlsx", xlsx(f'<row r="1">{wide}</row>'), "column 2048"
    yield "16,384 columns of text", "wide.csv", b",".join([b"1"] * 16_384) + b"\n", "column 2048"
    yield "3,000 parts", "parts.xlsx", zipped(parts() | {f"x/{n}": b"" for n in range(3000)}), "parts"


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def odd_text() -> Iterator[Case]:
    rows = CELLS + ROADS.replace("Roads", "Roads\u202e\u200bsdaoR")
    yield "text that runs backwards", "bidi.xlsx", xlsx(rows), ""
    yield "control characters in text", "bell.csv", b"Service,Budget\nRo\x07ads\x1b[31m,1200\n" * 40, ""
    yield "NUL in text", "nul.csv", b"Service,Budget\nRo\x00ads,1200\n" * 40, ""
    yield "a cell of a million letters", "long.csv", b'Service,Budget\n"' + b"x" * 1_000_000 + b'",1\n', ""
    yield (
        "a quotation mark that never ends",
        "quote.csv",
        b'Service,Budget\n"Roads,1200\n' + b"Parks,5\n" * 3000,
        "",
    )
    yield "half a UTF-16 letter", "half.csv", "Service,Budget\nRoads,1200\n".encode("utf-16")[:-1], ""
    sheet = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>_x0000_&#x1F;</t></is></c><c r="B1"><v>1e999</v></c></row>'
    )
    yield "numbers beyond all numbers", "huge.xlsx", xlsx(sheet), ""
    digits = f'<row r="1"><c r="A1"><v>{"9" * 100_000}</v></c><c r="B{"9" * 5000}"><v>1</v></c></row>'
    yield "a number of 100,000 digits", "digits.xlsx", xlsx(digits), ""


FAMILIES: tuple[Callable[[], Iterator[Case]], ...] = (
    zip_bombs,
    far_cells,
    lying_dimensions,
    string_bombs,
    repeats,
    entities,
    macros,
    passwords,
    cut_short,
    wrong_names,
    disguises,
    missing_parts,
    doubled_parts,
    wandering_names,
    too_many,
    odd_text,
)
HEAVY = {"zip_bombs", "string_bombs", "repeats", "too_many"}
"""Families whose files take a while to make or to refuse."""
