"""Text files with separators: every encoding and separator that officers' systems write."""

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from budget_model.intake.files import delimited
from budget_model.intake.files.encodings import undoubled
from budget_model.intake.files.formats import open_workbook
from budget_model.intake.files.grid import CellValue

TABLE = 'Service,Spend (£)\nChildren’s homes,£1200\nCafé,"1,500"\n'


def rows(data: bytes) -> list[list[CellValue]]:
    return delimited.read(data, "spend.csv").rows


# Encodings: one small file for each


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_table_reads_the_same_in_every_encoding(encoding: str) -> None:
    data = TABLE.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    assert rows(data) == [["Service", "Spend (£)"], ["Children’s homes", "£1200"], ["Café", "1,500"]]


def test_utf_16_without_its_mark_is_known_by_its_zeros() -> None:
    assert rows("Service,Budget\nRoads,1200\n".encode("utf-16-le")) == [
        ["Service", "Budget"],
        ["Roads", "1200"],
    ]
    assert rows("Service,Budget\nRoads,1200\n".encode("utf-16-be")) == [
        ["Service", "Budget"],
        ["Roads", "1200"],
    ]


def test_the_pound_sign_of_cp850_is_byte_9c() -> None:
    table = delimited.read(b"Service,Net Amount(\x9c)\nRoads,\x9c1200\n", "dos.csv")
    assert table.encoding == "cp850"
    assert table.rows == [["Service", "Net Amount(£)"], ["Roads", "£1200"]]
    assert any("cp850" in note for note in table.notes)


def test_letters_of_cp850_are_told_from_windows_signs() -> None:
    words = "Année,Crédits alloués\nÉcole maternelle,1200\nVoirie générale,900\nSécurité,50\n"
    assert delimited.decode(words.encode("cp850")).text == words
    assert delimited.decode(words.encode("cp1252")).text == words


def test_spanish_in_latin_1_is_not_taken_for_cp850() -> None:
    words = 'Número de proyecto,Monto aprobado\nPavimentación,"1,200"\nRehabilitación,5\nNiños,3\n'
    assert delimited.decode(words.encode("latin-1")).text == words


def test_a_dash_and_curly_quotes_of_windows_stay() -> None:
    words = "Service – gross,‘Net’\nChildren’s homes,5\n"
    assert delimited.decode(words.encode("cp1252")).text == words


def test_bytes_that_windows_leaves_undefined_read_as_latin_1() -> None:
    decoded = delimited.decode(b"Caf\xe9,1\nPr\xe9fet,2\n\x81,3\n")
    assert decoded.encoding == "latin-1"
    assert decoded.text.startswith("Café,1")


def test_two_exports_stuck_together_are_read_line_by_line() -> None:
    mixed = "Café,1\nSchool £,2\nÉcole,3\n".encode() + "Préfecture,4\n".encode("cp1252")
    decoded = delimited.decode(mixed)
    assert decoded.text == "Café,1\nSchool £,2\nÉcole,3\nPréfecture,4\n"
    assert "mixed" in decoded.note


@given(some.text(some.characters(codec="cp1252", exclude_characters="\r\n\x1a\x00"), max_size=40))
def test_every_text_survives_utf_8_and_utf_16(text: str) -> None:
    assert delimited.decode(text.encode("utf-8-sig")).text == text
    assert delimited.decode(text.encode("utf-16")).text == text
    assert delimited.decode(text.encode("utf-8")).text == text.removeprefix("\ufeff")


SERVICES = [
    "Highways",
    "Children’s homes",
    "Café £",
    "Crèche",
    "Older people – home care",
    "Mobilité réduite",
]


@given(some.lists(some.sampled_from(SERVICES), min_size=2, max_size=8))
def test_british_and_french_service_names_survive_windows(services: list[str]) -> None:
    text = "Service,£\n" + "".join(f"{service},£{n}\n" for n, service in enumerate(services))
    assert delimited.decode(text.encode("cp1252")).text == text


DOS = ["Highways", "Crèche", "Café", "Mobilité réduite", "Soutien à domicile", "Straßen"]


@given(some.lists(some.sampled_from(DOS), min_size=2, max_size=8))
def test_names_and_pounds_survive_the_old_dos_set(services: list[str]) -> None:
    text = "Service,Amount\n" + "".join(f"{service},£{n}\n" for n, service in enumerate(services))
    assert delimited.decode(text.encode("cp850")).text == text


# Separators


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_each_separator_is_found(separator: str) -> None:
    text = f"Service{separator}Budget{separator}Note\nRoads{separator}1200{separator}a, b; c\n" * 3
    if separator in ",;":
        text = text.replace("a, b; c", '"a, b; c"')
    table = delimited.read(text.encode(), "x")
    assert table.separator == separator
    assert table.rows[1] == ["Roads", "1200", "a, b; c"]


def test_german_amounts_with_commas_do_not_make_the_comma_a_separator() -> None:
    text = "Dienst;Plan 2013;Plan 2014\nSchulen;1.234,50;1.300,00\nParks;20,00;25,00\n"
    assert rows(text.encode())[1] == ["Schulen", "1.234,50", "1.300,00"]


def test_titles_above_the_table_do_not_hide_its_separator() -> None:
    text = "Fire and Rescue\nSpending over £250, April\n\nDate\tSupplier\tAmount\n1/4\tHose, Ltd\t5\n2/4\tPump\t6\n"
    assert delimited.read(text.encode(), "x").separator == "\t"


def test_excels_first_line_states_the_separator_and_is_no_row() -> None:
    assert rows(b"sep=;\r\nService;Budget\r\nRoads;1,2\r\n") == [["Service", "Budget"], ["Roads", "1,2"]]


def test_a_tab_separated_file_says_so() -> None:
    book = open_workbook(b"Service\tBudget\nRoads\t1200\n", "spend.txt")
    assert book.format == "tsv"


printable = some.text(
    some.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), max_size=8
)


@given(
    some.sampled_from([",", ";", "\t", "|"]),
    some.sampled_from(["\n", "\r\n"]),
    some.lists(some.tuples(printable, some.integers(), printable), min_size=2, max_size=6),
)
def test_what_the_csv_module_writes_is_read_back(
    separator: str, ending: str, lines: list[tuple[str, int, str]]
) -> None:
    memory = io.StringIO(newline="")
    writer = csv.writer(memory, delimiter=separator, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerows(lines)
    assume(undoubled(memory.getvalue()) is None)  # letters encoded twice are put right: test_doors.py
    expected = [[cell if cell != "" else None for cell in map(str, line)] for line in lines]
    table = delimited.read(memory.getvalue().encode(), "x", separator=separator)
    assert table.rows == expected


# Lines and quotes


def test_doubled_line_ends_give_each_row_once() -> None:
    table = delimited.read(b"Service,Budget\r\r\nRoads,1200\r\r\nParks,5\r\r\n", "x")
    assert table.rows == [["Service", "Budget"], ["Roads", "1200"], ["Parks", "5"]]
    assert any("line ends were doubled" in note for note in table.notes)


def test_line_ends_of_an_old_mac_are_line_ends() -> None:
    assert rows(b"Service,Budget\rRoads,1200\r") == [["Service", "Budget"], ["Roads", "1200"]]


def test_blank_lines_keep_their_place_so_that_row_numbers_are_those_of_the_spreadsheet() -> None:
    assert rows(b"Service,Budget\n\nRoads,1200\n") == [["Service", "Budget"], [], ["Roads", "1200"]]


def test_a_line_break_in_a_quoted_cell_is_part_of_the_cell() -> None:
    assert rows(b'Service,Note\nRoads,"north\nand south"\nParks,x\n')[1] == ["Roads", "north\nand south"]


def test_spaces_stay_as_typed() -> None:
    assert rows(b"Service , Budget\n Roads, 1200 \n")[1] == [" Roads", " 1200 "]


def test_a_quotation_mark_that_is_never_closed_swallows_no_row() -> None:
    text = 'Service,Budget\n"Roads,1200\n' + "Parks,5\n" * 30
    table = delimited.read(text.encode(), "x.csv")
    assert len(table.rows) == 32
    assert table.rows[1] == ["Roads", "1200"]
    assert [str(problem.location) for problem in table.problems] == ["x.csv, row 2"]


def test_a_quotation_mark_that_closes_in_a_later_row_swallows_none_between() -> None:
    text = (
        'Service,Budget,Note\nRoads,1200,a\n"Parks,5,b\nPools,6,c\nHalls,7,d\nLibraries,8,"e"\nMuseums,9,f\n'
    )
    table = delimited.read(text.encode(), "x.csv")
    assert [row[1] for row in table.rows] == ["Budget", "1200", "5", "6", "7", "8", "9"]
    assert table.problems


def test_quotes_inside_a_cell_stay() -> None:
    assert rows(b'Supplier,Amount\nThe "Old" Mill,5\n"The ""New"" Mill",6\n') == [
        ["Supplier", "Amount"],
        ['The "Old" Mill', "5"],
        ['The "New" Mill', "6"],
    ]


def test_a_table_whose_lines_are_quoted_whole_is_unpacked() -> None:
    text = '"Service,Budget"\n"Roads,""1,200"""\n"Parks,5"\n'
    assert rows(text.encode()) == [["Service", "Budget"], ["Roads", "1,200"], ["Parks", "5"]]


def test_the_mark_that_dos_ends_files_with_is_no_row() -> None:
    assert rows(b"Service,Budget\r\nRoads,5\r\n\x1a") == [["Service", "Budget"], ["Roads", "5"]]


def test_invisible_characters_are_left_out_and_told() -> None:
    book = open_workbook("Service,Budget\nRoads\u200b\u202e,1200\n".encode(), "x.csv")
    assert book.sheets[0].rows[1] == ["Roads", "1200"]
    assert [problem.code for problem in book.problems] == ["invisible-characters"]


@given(some.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    assume(data.strip())
    delimited.read(data, "noise.csv")
