"""Numbers by which the reader decides are found wherever they stand without a name and a meaning."""

import ast

import pytest

from tools.check_limits import lengths_of, numbers_of

DECIDES = {
    "a share": ("if agreeing >= 0.6 * lines: pass", [0.6]),
    "a count of rows": ("if len(rows) < 5: pass", [5]),
    "a number that the module names itself": ("FEWEST = 3", [3]),
    "one of several that the module names at once": ("MOST, LEAST = 9, 0.3", [9, 0.3]),
    "a share that is passed on": ("tree = find(rows, share=0.9)", [0.9]),
    "how many rows are looked at": ("first = body[:50]", [50]),
    "a number with its type": ("MOST: Final = 12", [12]),
}
SAYS_NOTHING = {
    "none, one and a pair": "if len(rows) > 0 and len(rows) != 1 and 2 * agreeing > lines: pass",
    "hundredths": "if amount * 100 == pence: pass",
    "a place in a text": 'if code[3:5] == "CC": pass',
    "a limit from the list": 'MOST = count("rules", "most")',
}


@pytest.mark.parametrize("code", DECIDES)
def test_a_number_that_decides_is_named(code: str) -> None:
    source, numbers = DECIDES[code]
    assert [number.value for number in numbers_of(ast.parse(source))] == numbers


@pytest.mark.parametrize("code", SAYS_NOTHING)
def test_what_decides_nothing_is_left_alone(code: str) -> None:
    assert not list(numbers_of(ast.parse(SAYS_NOTHING[code])))


def test_a_number_hidden_in_the_length_of_something_is_found() -> None:
    module = ast.parse('if digits < len("100") or len(said) != len(("code", "name")) or len(said) > 2: pass')
    assert [ast.unparse(length) for length in lengths_of(module)] == ["len('100')", "len(('code', 'name'))"]


def test_whole_numbers_of_file_formats_are_no_limits() -> None:
    source = ast.parse("if record == 133 or share > 0.7: pass")
    assert [number.value for number in numbers_of(source, shares_only=True)] == [0.7]
