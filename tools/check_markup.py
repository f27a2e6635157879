"""Holds that pages hand over words, never markup or Markdown: `python tools/check_markup.py [FOLDER]`.

Outside `pages/shared/components/` no page sends HTML, escapes by hand, spells a tag, or draws a message of its own:
the components escape whatever they are given, and a message that went past them could load a picture or a link that
somebody typed. Charts may spell the few tags that plotly's labels know.

Titles, labels and helps are read as Markdown by Streamlit: there a page writes a constant, or words that went
through `as_typed`, which shows them as they are.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMPONENTS = Path("pages/shared/components")
TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?/?>")
LABELS = frozenset({"b", "br", "i", "span", "extra"})
"""Tags of plotly's labels."""
ESCAPING = frozenset({"html", "markupsafe", "jinja2"})
UNSAFE = frozenset({"unsafe_allow_html", "unsafe_allow_javascript"})
INSTEAD = {
    "html": "a component",
    "error": "components.error",
    "warning": "components.caution",
    "info": "components.info",
    "success": "components.done",
    "spinner": "components.loading",
    "exception": "components.fault",
    "iframe": "a component",
    "component": "a component",
}
"""What Streamlit draws, and what a page calls in its place."""
READS_MARKDOWN = frozenset(
    {
        "title",
        "header",
        "subheader",
        "markdown",
        "write",
        "caption",
        "button",
        "expander",
        "popover",
        "download_button",
        "radio",
        "segmented_control",
        "checkbox",
        "toggle",
        "slider",
        "number_input",
        "text_input",
        "text_area",
        "selectbox",
        "multiselect",
        "date_input",
        "file_uploader",
        "form_submit_button",
        "metric",
        "progress",
        "page_link",
    }
)
WORDS_FIRST = READS_MARKDOWN - {"progress", "page_link"}
"""Those whose first argument is the words."""
NAMED_WORDS = frozenset({"label", "help", "text"})
AS_TYPED = frozenset({"as_typed", "components.as_typed", "components.lead"})


@dataclass(frozen=True, slots=True)
class Offence:
    """Where markup or a message goes past the components, and what is wrong."""

    path: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


def offences(folder: Path) -> list[Offence]:
    """Every offence of the pages of a folder, by file and line."""
    found = []
    for path in sorted([*folder.glob("pages/**/*.py"), *folder.glob("dashboard.py")]):
        where = path.relative_to(folder)
        if COMPONENTS not in where.parents:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found += [Offence(where, line, sentence) for line, sentence in _in(tree)]
    return found


def _in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    docstrings, ours = _docstrings(tree), _our_modules(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from _imported(node)
        elif isinstance(node, ast.Call):
            yield from _called(node)
            yield from _as_markdown(node, ours)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield from _spelt(node, node.value)


def _our_modules(tree: ast.Module) -> frozenset[str]:
    """The names of the product's own modules in a file: what they call `write` or `caption` is not Streamlit's."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    own = [node for node in imports if (node.module or "").partition(".")[0] in ("pages", "budget_model")]
    return frozenset(alias.asname or alias.name for node in own for alias in node.names)


def _docstrings(tree: ast.Module) -> set[int]:
    """Strings that stand alone as statements: they are words for whoever reads the code."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[int, str]]:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    for name in names:
        if name.partition(".")[0] in ESCAPING:
            yield node.lineno, f"imports {name}: the components escape."


def _called(node: ast.Call) -> Iterator[tuple[int, str]]:
    for keyword in node.keywords:
        if keyword.arg in UNSAFE:
            yield node.lineno, f"asks for {keyword.arg}."
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in INSTEAD and _of_streamlit(function.value):
        yield node.lineno, f"calls {ast.unparse(function)}: call {INSTEAD[function.attr]}."


def _as_markdown(node: ast.Call, ours: frozenset[str]) -> Iterator[tuple[int, str]]:
    function = node.func
    if not isinstance(function, ast.Attribute) or function.attr not in READS_MARKDOWN:
        return
    if ast.unparse(function.value) in ours:
        return
    words = [keyword.value for keyword in node.keywords if keyword.arg in NAMED_WORDS]
    if function.attr in WORDS_FIRST:
        words += node.args[:1]
    if not all(_is_shown_as_typed(value) for value in words):
        yield node.lineno, f"gives {ast.unparse(function)} words as Markdown: put them through as_typed."


def _is_shown_as_typed(value: ast.expr) -> bool:
    if isinstance(value, ast.IfExp):
        return _is_shown_as_typed(value.body) and _is_shown_as_typed(value.orelse)
    if isinstance(value, ast.BoolOp):
        return any(map(_is_shown_as_typed, value.values))
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) in AS_TYPED
    return isinstance(value, ast.Constant)


def _of_streamlit(owner: ast.expr) -> bool:
    """Whether something is Streamlit or a container of it: neither the components nor a constant, such as a log."""
    name = ast.unparse(owner)
    return name != "components" and not name.isupper()


def _spelt(node: ast.Constant, text: str) -> Iterator[tuple[int, str]]:
    for match in TAG.finditer(text):
        if match[1].lower() not in LABELS:
            yield node.lineno, f"spells {match[0][:40]}: a component has a name for it."


def main(arguments: list[str]) -> int:
    """Print every offence; 1 where there is one."""
    found = offences(Path(arguments[0]) if arguments else ROOT)
    for offence in found:
        print(offence)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
