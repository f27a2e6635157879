"""What no page and no command can reach is found, and nothing else is."""

from pathlib import Path

import pytest

from tools.find_unreachable import unreachable

PAGE = """from budget_model.count import totals

def show() -> None:
    totals.total()

show()
"""
TOTALS = """from budget_model.count.parts import PARTS as KNOWN

def total() -> int:
    return sum(part() for part in KNOWN.values())

def forgotten() -> int:
    return helped_by_the_forgotten()

def helped_by_the_forgotten() -> int:
    return 1
"""
PARTS = """class Part:
    def amount(self) -> int:
        return 1

    def never_asked(self) -> int:
        return 2

def council() -> int:
    return Part().amount()

PARTS = {"council": council}
"""
COMMAND = """def arguments(parser: object) -> None: ...

def run(options: object) -> int:
    from budget_model.count.late import late

    return late()
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A product of one page and one command, as files."""
    files = {
        "dashboard.py": "",
        "pages/overview/page.py": PAGE,
        "budget_model/__main__.py": "def main() -> int:\n    return 0\n",
        "budget_model/commands/total_command.py": COMMAND,
        "budget_model/count/totals.py": TOTALS,
        "budget_model/count/parts.py": PARTS,
        "budget_model/count/late.py": "def late() -> int:\n    return 0\n",
        "tests/test_totals.py": "from budget_model.count.totals import forgotten\n\nforgotten()\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def names(house: Path) -> list[str]:
    return [line.split()[1] for line in unreachable(house)]


def test_a_function_that_only_a_test_calls_is_found_with_what_it_alone_calls(house: Path) -> None:
    assert names(house) == ["Part.never_asked", "forgotten", "helped_by_the_forgotten"]


def test_a_function_is_reached_once_a_page_calls_it(house: Path) -> None:
    page = house / "pages/overview/page.py"
    page.write_text(PAGE + "totals.forgotten()\n")
    assert names(house) == ["Part.never_asked"]


def test_a_module_that_a_string_names_is_run_by_it(house: Path) -> None:
    (house / "budget_model/child.py").write_text("def main() -> int:\n    return 0\n")
    assert "main" in names(house)
    (house / "pages/overview/page.py").write_text(PAGE + 'print("budget_model.child")\n')
    assert "main" not in names(house)
