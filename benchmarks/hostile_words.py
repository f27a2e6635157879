"""Whether anything that somebody types is carried out, or comes back other than it was typed, on any page or in any file.

    python -m benchmarks.hostile_words

A small place is made in which every list, line, comment, decision, answer, award, reading, review, file name and reason says
something hostile, each payload in each field. Then every page is opened with each of its views, every file that it offers is
made, and every command that only reads is run. Nothing of what was typed may be markup, a link, a picture, a formula or a
script there; no page may fail; and each payload has to be read somewhere as it was typed.
"""

import argparse
import contextlib
import csv
import html
import io
import itertools
import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import openpyxl
from pptx import Presentation
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from benchmarks.hostile_links import ROOT, _address, _pages
from benchmarks.kill_at_random import BODY, OFTEN, _made, _publish
from budget_model.__main__ import main as run_command
from budget_model.place.columns import InWords
from budget_model.place.editing import Edit
from budget_model.place.lists import LISTS, Area
from budget_model.problem import Refusal
from budget_model.spreadsheet_text import FORMULA_STARTS
from budget_model.store import settings
from budget_model.store.store import Store
from budget_model.store.submissions import change_status
from budget_model.vocabulary import SubmissionStatus
from pages.shared.components import JOINER
from tests.pages.test_typed_words import looks_made_of, markdown_of
from tests.towns import line, receive, submission

MARK: Final = "evil"
"""A word that every payload holds, and nothing else does."""
PAYLOADS: Final[Sequence[str]] = (
    # markup that a browser would carry out
    "<script>evil()</script>",
    "<img src=x onerror=evil()>",
    "<svg onload=evil()>",
    "<iframe src=//evil.example>",
    "<a href=javascript:evil()>x</a>",
    "<style>*{background:url(//evil.example)}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;//evil.example>",
    "</script><script>evil()//",
    '"><b onmouseover=evil()>',
    "' onfocus=evil() '",
    "<!-- evil",
    "<details open ontoggle=evil()>",
    "<object data=//evil.example>",
    "&lt;evil&gt;",
    # Markdown that makes pictures, links and looks
    "![p](https://evil.example/p.png)",
    "[l](https://evil.example/l)",
    "<https://evil.example/a>",
    "https://evil.example/b",
    "www.evil.example",
    "me@evil.example",
    ":red[evil]",
    ":material/home: evil",
    "$evil^2$",
    "`evil`",
    "**evil**",
    "~~evil~~",
    "# evil",
    "| evil | x |",
    "[x]: //evil.example",
    # formulas of a spreadsheet, and what breaks files
    '=HYPERLINK("//evil.example")',
    "+evil",
    "-2+3+evil",
    "@evil()",
    "=cmd|'/c evil'!A1",
    'evil"; "=1+1',
    # templates, queries and paths
    "{{evil}}",
    "${evil}",
    "'; drop table line; -- evil",
    "../../evil",
)
VIEWS: Final[Mapping[str, Sequence[Mapping[str, str]]]] = {
    "settings": [{"show": area.name.lower()} for area in Area] + [{"show": "kept"}],
    "submissions": [{"show": show} for show in ("versions", "asking", "transfers", "quality", "register")],
    "opportunities": [{"show": "register"}],
    "pools": [{"show": "saved"}, {"show": "register"}],
    "organisations": [{"body": BODY}],
    "lines": [{"of": f"organisation:{BODY}"}, {"line": "2"}, {"line": "20"}],
    "upload": [{"draft": "1"}],
    "external_funding": [{"bid": PAYLOADS[0]}],
    "audit": [{"look": MARK}],
    "search": [{"q": MARK}],
}
"""Views of pages that hold what was typed, beside the first of each."""
COMMANDS: Final = (
    "total",
    "opportunities",
    "desk healthy",
    "performance",
    "external-funding",
    "third-sector",
    "comments",
    "self-review",
    "consultations",
    "state-of-the-city",
    "versions",
    "settings lists",
    "audit --most 0",
    "people list",
    "plans",
)


@dataclass(slots=True)
class Walk:
    """What was opened and made, what was carried out or came back other than it was typed, and all that was read."""

    pages: int = 0
    files: int = 0
    troubles: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def unread(self, payloads: Sequence[str]) -> list[str]:
        """The payloads that were read nowhere as they were typed."""
        whole = "\n".join(self.read)
        return [payload for payload in payloads if payload not in whole]


def _is_shown(name: str, value: str) -> bool:
    """Whether an attribute only says what it holds, or leads to a page of the dashboard itself or to a letter."""
    if name == "href":
        return value.startswith(("/", "?", "mailto:")) and not value.startswith("//")
    return name in ("title", "alt", "id", "value") or name.startswith(("aria-", "data-"))


class Tags(HTMLParser):
    """What a browser would make of a piece of HTML: tags and attributes that hold what somebody typed, and the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[str] = []
        self.text: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an attribute that carries out or fetches what somebody typed, and where such a thing would stand."""
        self._inside = tag
        for name, value in attrs:
            if MARK in (value or "") and not _is_shown(name, value or ""):
                self.made.append(f"{tag} {name}={value}")

    def handle_endtag(self, _: str) -> None:
        """Leave a script or a style."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Note what is read, and what a browser would carry out instead of showing it."""
        if self._inside in ("script", "style") and MARK in data:
            self.made.append(f"{self._inside}: {data[:80]}")
        self.text.append(data)


def build(folder: Path, payloads: Sequence[str]) -> Path:
    """A small place in which each payload stands in each field that somebody may fill."""
    path = _made(folder)
    with Store(path) as store:
        lines = [
            line(payload, 5, "home-care", row=number, code=f"H{number}", headings=(payload,), reason=payload)
            for number, payload in enumerate(payloads, start=1)
        ]
        receive(
            store,
            submission(BODY, lines, part="hostile", sha256="0" * 64, source=payloads[0]),
            b"x",
            by=payloads[0],
        )
        for status in (SubmissionStatus.WITHDRAWN, SubmissionStatus.APPROVED):
            change_status(store, 2, status, by=payloads[1], reason=payloads[-1])
        for payload in payloads:
            for act in OFTEN:
                act(store, payload)
        _publish(store, payloads[-1])
        _say_in_every_list(store, payloads)
    return path


def _say_in_every_list(store: Store, payloads: Sequence[str]) -> None:
    """Put a payload after what each free text of each list of the place says, in turn; what a check refuses is left."""
    turn = itertools.cycle(payloads)
    for part, of in LISTS.items():
        free = {column.name for column in of.columns if isinstance(column.kind, InWords)}
        for _ in range(len(free) + 1):
            edits = [edit for row in settings.rows(store)[part] if (edit := _said_in(part, row, free, turn))]
            faults = settings.faults(store, edits) if edits else ()
            if not faults:
                break
            free -= {fault.column for fault in faults}
        if edits and not faults:
            with contextlib.suppress(Refusal):
                settings.keep(store, edits, by=next(turn), reason=next(turn))


def _said_in(part: str, row: tuple[str, ...], free: set[str], turn: Iterator[str]) -> Edit | None:
    """A row whose free texts say something hostile besides; None where there is no room."""
    of = LISTS[part]
    cells, changed = of.to_plain(row), {}
    for column in of.columns:
        if column.name in free and isinstance(column.kind, InWords):
            said = f"{cells[column.name]} {next(turn)}".strip()
            if len(said) <= column.kind.longest:
                changed[column.name] = said
    return Edit(part, row, of.from_plain({**cells, **changed})) if changed else None


def walk(path: Path, payloads: Sequence[str], pages: Sequence[str] = ()) -> Walk:
    """Open every page, or those that are named, with each of its views, and make every file and answer of a command."""
    os.environ["BUDGET_MODEL_STORE"] = str(path)
    found = Walk()
    with _files_made(found):
        for page in pages or _pages():
            for query in ({}, *VIEWS.get(page, ())):
                _open(found, page, query)
    for command in COMMANDS:
        _run(found, command)
    found.troubles += [f"read nowhere as it was typed: {payload}" for payload in found.unread(payloads)]
    return found


def _open(found: Walk, page: str, query: Mapping[str, str]) -> None:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600)
    app._page_hash = calc_hash(_address(page))
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    found.pages += 1
    where = f"{page} {dict(query)}"
    found.troubles += [f"{where}: {fault.message}"[:300] for fault in app.exception]
    found.troubles += [
        f"{where}: {error.value}"[:300] for error in app.error if "fault in this program" in error.value
    ]
    for words in markdown_of(app._tree):
        found.read.append(html.unescape(words.replace("\\", "").replace(JOINER, "")))
        if MARK in words and (made := looks_made_of(words)):
            found.troubles.append(f"{where}: {made} of {words[:200]}")
    for piece in app.get("html"):
        tags = Tags()
        tags.feed(piece.proto.body)
        found.read.append("".join(tags.text))
        found.troubles += [f"{where}: {made}" for made in tags.made]
    found.read += [value.to_csv() for value in (dataframe.value for dataframe in app.dataframe)]


@contextlib.contextmanager
def _files_made(found: Walk) -> Iterator[None]:
    """Have each file that a page offers made at once, and looked at."""
    deferred = MediaFileManager.add_deferred

    def made(manager: MediaFileManager, data_callable: Callable[[], Any], *args: Any, **named: Any) -> str:
        look_at(found, data_callable())
        return deferred(manager, data_callable, *args, **named)

    setattr(MediaFileManager, "add_deferred", made)  # noqa: B010  # as the type checker sees it, no method is set
    try:
        yield
    finally:
        setattr(MediaFileManager, "add_deferred", deferred)  # noqa: B010


def look_at(found: Walk, data: Any) -> None:
    """Hold a file against what a program would carry out of it."""
    if not isinstance(data, str | bytes):
        data = data.read()
    raw = data.encode() if isinstance(data, str) else data
    found.files += 1
    if raw.startswith(b"PK"):
        _look_at_zip(found, raw)
    elif not raw.startswith(b"%PDF"):
        text = raw.decode("utf-8-sig", errors="replace")
        rows = list(csv.reader(io.StringIO(text)))
        found.read += [cell for row in rows for cell in row]
        carried = [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS) and MARK in cell]
        found.troubles += [f"a file holds the formula {cell[:80]}" for cell in carried]


def _look_at_zip(found: Walk, raw: bytes) -> None:
    names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
    if "xl/workbook.xml" in names:
        for sheet in openpyxl.load_workbook(io.BytesIO(raw)):
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if cell.data_type == "f" and MARK in str(cell.value):
                    found.troubles.append(f"a workbook holds the formula {str(cell.value)[:80]}")
                found.read.append(str(cell.value))
    elif "ppt/presentation.xml" in names:
        for slide in Presentation(io.BytesIO(raw)).slides:
            found.read += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def _run(found: Walk, command: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        status = run_command([*command.split(), "--json"])
    found.files += 1
    try:
        found.read.append(json.dumps(json.loads(printed.getvalue()), ensure_ascii=False))
    except ValueError:
        found.troubles.append(f"{command}: status {status}, and no document: {printed.getvalue()[:200]}")


def main() -> int:
    """Build the place, walk it, and say what was carried out or came back otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--payloads", type=int, default=len(PAYLOADS))
    options = parser.parse_args()
    chosen = PAYLOADS[: options.payloads]
    with tempfile.TemporaryDirectory(prefix="budget-words-") as folder:
        found = walk(build(Path(folder), chosen), chosen)
    for trouble in sorted(set(found.troubles)):
        print(trouble)
    print(
        f"{len(chosen)} payloads, {found.pages} pages, {found.files} files, {len(set(found.troubles))} troubles."
    )
    return 1 if found.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
