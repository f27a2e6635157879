"""What a page draws is what it asks to draw."""

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def stray_texts(code: str) -> list[int]:
    """The lines of a page's code with a text that stands alone after its docstring: Streamlit would draw it."""
    body = ast.parse(code).body[1:]
    return [
        statement.lineno
        for statement in body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    ]


def test_no_remark_in_the_code_is_drawn_above_the_headline() -> None:
    pages = sorted((ROOT / "pages").glob("*/page.py"))
    assert {str(page): stray_texts(page.read_text(encoding="utf-8")) for page in pages} == {
        str(page): [] for page in pages
    }
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["magicEnabled"] is False


def test_a_remark_is_noticed() -> None:
    assert stray_texts('"""The page."""\nPARTS = 1\n"""What the parts are."""\n') == [3]
