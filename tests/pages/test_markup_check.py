"""The check that keeps markup and Markdown out of pages fails on each way of getting past the components."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def _check() -> Any:
    spec = importlib.util.spec_from_file_location("check_markup", ROOT / "tools" / "check_markup.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


OFFENDERS = {
    "HTML sent to the browser": "st.html(words)",
    "HTML sent by a container": "left.html(words)",
    "HTML in Markdown": "st.markdown('x', unsafe_allow_html=True)",
    "a script": "st.container(unsafe_allow_javascript=True)",
    "escaping by hand": "from html import escape",
    "raw markup": "import markupsafe",
    "a tag": "words = f'<p class=\"under\">{name}</p>'",
    "a tag that ends": "words = name + '</strong>'",
    "a drawing": "mark = '<svg width=\"3\">'",
    "a warning of its own": "st.warning('Careful.')",
    "an error in a column": "left.error('No.')",
    "a wait of its own": "st.spinner('Reading…')",
    "a frame": "st.iframe('https://example.org')",
    "a browser component": "st.components.v2.component('x', html='y')",
    "a typed title": "st.title(name)",
    "a typed label": "st.button(f'Show {name}')",
    "a typed label of a link": "st.page_link('pages/lines/page.py', label=name)",
    "a typed help": "st.button('Go', help=name)",
    "a typed word in one case of two": "st.title(name if name else 'Lines')",
    "an option as Markdown": "st.markdown(f'**{name}**')",
}
ALLOWED = {
    "a constant": "st.title('Lines and cells')",
    "words shown as typed": "st.title(as_typed(name) if name else 'Lines')",
    "a component": "components.caution(name)",
    "a module of ours": "from pages.shared import choice\nchoice.write('of', name)",
    "a chart's label": "label = f'<b>{name}</b><br>'",
    "words for whoever reads the code": '"""Draws <p>."""',
}


def found_in(folder: Path, source: str, name: str = "pages/some/page.py") -> list[str]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source + "\n", encoding="utf-8")
    return [str(offence) for offence in _check().offences(folder)]


@pytest.mark.parametrize("source", OFFENDERS.values(), ids=OFFENDERS.keys())
def test_a_page_that_goes_past_the_components_is_named_with_its_line(tmp_path: Path, source: str) -> None:
    assert all(one.startswith("pages/some/page.py:1: ") for one in found_in(tmp_path, source))
    assert found_in(tmp_path, source)
    assert _check().main([str(tmp_path)]) == 1


@pytest.mark.parametrize("source", ALLOWED.values(), ids=ALLOWED.keys())
def test_what_a_page_may_do_is_let_pass(tmp_path: Path, source: str) -> None:
    assert found_in(tmp_path, source) == []


def test_the_components_alone_may_send_markup(tmp_path: Path) -> None:
    assert found_in(tmp_path, "st.html(words)", "pages/shared/components/words.py") == []
