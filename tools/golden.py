"""What the product shows now, written to files: so that a change which should show nothing new can prove it.

    cd <a copy of the project> && python tools/golden.py dump DIR [--only pages|pins|json|workbook]
    python tools/golden.py compare DIR DIR

A dump seeds a store of its own from the worked example and goes through the front door alone (pages,
commands, files), so that one script serves the code before a change and after it: the code of the working
directory is what is dumped. It writes

    pages/<scope>/<page>.txt     the words of a page and the labels of its controls, from top to bottom
    figures/<scope>/<page>.json  what the charts of that page are drawn from
    pins/<number> <chart>.txt    every chart that can be pinned: its finding, its rows and its values
    json/<command>.json          the command line's answers
    workbook/<story>/<sheet>.txt every sheet of the Board's workbook
    slides/<story>.txt           the words of its slides and of the speaker's notes

Days, moments, durations and long hashes are masked. What is opportune depends on the day: dumps that are
to be compared are made on one day.
"""

import argparse
import ast
import base64
import contextlib
import difflib
import importlib
import io
import json
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

PARTS = ("pages", "pins", "json", "workbook")

SCOPES: dict[str, dict[str, list[str]]] = {
    "usual": {"year": ["2016-17"]},
    "provider": {"view": ["provider"]},
    "gross": {"basis": ["gross"]},
    "provider gross without schools": {"view": ["provider"], "basis": ["gross"], "schools": ["no"]},
    "without benefits and capital": {"benefits": ["no"], "capital": ["no"]},
    "without housing account, per head": {"hra": ["no"], "per_head": ["yes"]},
    "council and health": {"org": ["derby-city-council", "southern-derbyshire-ccg"]},
    "two boards, in real terms": {"theme": ["healthy-city", "city-of-learning"], "real": ["yes"]},
    "budgets alone, per head": {"phase": ["original budget"], "per_head": ["yes"]},
    "another year and an unknown body": {"year": ["1999-00"], "org": ["nobody"], "theme": ["unmapped"]},
}
"""Ten choices that differ in every control of the scope, as a link says them."""

PAGES = (
    "overview",
    "explore",
    "organisations",
    "themes",
    "trends",
    "what_changed",
    "prevention",
    "reorganisation",
    "outcomes",
    "plans",
    "fund_return",
    "neighbours",
    "places",
    "areas",
    "external_funding",
    "third_sector",
    "plan",
    "lines",
    "settings",
    "people",
    "search",
    "overlap",
    "opportunities",
    "desks",
    "self_review",
    "consultations",
    "state_of_the_city",
    "performance",
    "portfolio",
    "back_office",
    "pools",
    "targets",
    "headroom",
    "who_gains",
    "my_body",
    "upload",
    "submissions",
    "mapping",
    "away_day",
    "board_pack",
    "method",
    "glossary",
    "first_steps",
)

WHAT_IF = (
    "eNqNUM1OhDAQfpVmztTwswXhZvQt1MNYhqUJtGRaiGSz726LF2I0cU6T6ffbGyAz2ivNZAN0KoPR-bhAT_yxS-2mia4EGRh7ZepNRHnoXm-As1sT"
    "A0pVXZpWNQ95HmELcrDEvwh44s1oii_DymEkltSvGoNxVha1LFq4ZyfZQl3qXFU_Vb0enZukN59hlIPj2Uu0vVzYbSY6-v8ZvWdgcU6Q5-98IoqI"
    "wGhs7JmJon5by7yoirYTL6mHOOOeNPY07-IIIY4Qx90lsxNXnFO5ZXEcVmvC_ncyqWr9WOuhjIQN2aA9erR5mnjbCdMnRPmIbuD-BcSUkOs"
)
"""The link of a what-if: the best opportunity of the worked example, £900,000 dearer than planned."""

VIEWS: tuple[tuple[str, dict[str, str]], ...] = (
    *(
        ("explore", {"by": nest})
        for nest in ("body-service", "body-board", "division-group", "type-body", "client-service")
    ),
    *(("explore", {"show": picture}) for picture in ("heat", "flow", "pivot")),
    ("explore", {"show": "heat", "across": "cofog division"}),
    ("explore", {"show": "heat", "across": "client group"}),
    ("explore", {"show": "pivot", "rows": "nature", "columns": "none"}),
    ("explore", {"show": "pivot", "rows": "client group", "columns": "kind", "as": "row"}),
    *(
        ("organisations", {"body": body})
        for body in ("derbyshire-police", "derby-college", "derby-teaching-hospitals")
    ),
    *(("themes", {"board": board}) for board in ("healthy-city", "city-centre", "unmapped")),
    ("lines", {"of": "organisation:derby-city-council", "search": "care"}),
    ("lines", {"of": "theme:healthy-city", "page": "2"}),
    ("lines", {"line": "1"}),
    *(
        ("overlap", {"measure": measure, "by": "theme"})
        for measure in ("overlap", "cosine", "amount", "share", "location_quotient")
    ),
    ("overlap", {"body": "derbyshire-police", "least": "0"}),
    *(("overlap", {"show": view}) for view in ("pair", "matrix", "network", "league")),
    ("search", {"q": "bins"}),
    ("opportunities", {"show": "register"}),
    ("opportunities", {"partner": "derbyshire-police", "all": "yes"}),
    ("opportunities", {"board": "healthy-city", "level": "pool"}),
    ("opportunities", {"opportunity": "further-education-16-19-56c86cf2"}),
    ("opportunities", {"opportunity": "joint-3383db31"}),
    ("opportunities", {"opportunity": "joint-124ed1b1"}),
    *(("pools", {"show": show}) for show in ("saved", "register")),
    ("pools", {"s": WHAT_IF}),
    *(("submissions", {"show": show}) for show in ("versions", "quality", "transfers")),
    ("submissions", {"show": "versions", "submission": "3"}),
    ("targets", {"target": "learning-disability-home"}),
    ("mapping", {"body": "derby-city-council", "q": "care"}),
    ("away_day", {"present": "the-place-in-eight-screens", "screen": "2"}),
    ("away_day", {"present": "three-opportunities", "screen": "3"}),
    ("away_day", {"present": "three-opportunities", "screen": "1", "notes": "1"}),
    ("board_pack", {"story": "three-opportunities"}),
    ("glossary", {"word": "commissioner"}),
)
"""The ways in which a page can be looked at beside its first, by the page's own choices in the link."""

DIMENSIONS = ("organisation/service", "organisation/theme", "cofog division/cofog", "client group/service")
PINS: tuple[tuple[str, str, str], ...] = (
    *(("overview", chart, "") for chart in ("who", "what", "flows", "benchmark", "once", "sure", "awaited")),
    *(
        ("trends", "years", of)
        for of in ("", "organisation:derby-city-council", "service:council-tax-support")
    ),
    *(("prevention", chart, "") for chart in ("stages", "stages-people", "stages-years")),
    *(("outcomes", "outcomes", of) for of in ("", "own")),
    *(("plan", chart, "") for chart in ("variances", "phases")),
    *(
        ("reorganisation", chart, of)
        for chart in ("reorganisation", "reorganisation-services", "reorganisation-years")
        for of in ("", "northamptonshire")
    ),
    *(("neighbours", "neighbours", of) for of in ("", "E1001~dfe-2025~2016-17~service")),
    *(
        ("external-funding", chart, "")
        for chart in (
            "funding-register",
            "funding-untapped",
        )
    ),
    *(
        ("third-sector", chart, "")
        for chart in ("third-tail", "funders", "third-sizes", "third-lengths", "third-boards")
    ),
    *(
        ("areas", chart, of)
        for chart, of in (
            ("area", "osmaston-and-allenton~theme"),
            ("areas", "ward~~head"),
            ("neighbourhoods", ""),
            ("areas-need", "ward"),
            ("area-grants", ""),
        )
    ),
    *(("what-changed", "change", telling) for telling in ("", "~service")),
    *(("explore", "treemap", nest) for nest in ("", *DIMENSIONS, "organisation type/organisation")),
    *(("explore", "heat-map", across) for across in ("", "cofog division", "client group")),
    *(
        ("explore", "own-table", f"{rows}/pounds")
        for rows in ("organisation/service", "service/theme", "theme/organisation")
    ),
    ("explore", "services", ""),
    *(
        ("organisations", chart, body)
        for chart in ("organisation", "body-themes")
        for body in ("derby-city-council", "derbyshire-police")
    ),
    *(
        ("themes", chart, board)
        for chart in ("theme", "theme-services")
        for board in ("healthy-city", "unmapped")
    ),
    ("themes", "tags", ""),
    ("themes", "tag", "city-centre"),
    ("overlap", "shared", ""),
    ("portfolio", "portfolio", ""),
    ("portfolio", "effort", "pools=1"),
    *(("overlap", "partners", body) for body in ("", "derbyshire-police")),
    ("overlap", "pair", "derby-city-council/southern-derbyshire-ccg"),
    *(
        ("overlap", "matrix", measure)
        for measure in ("", "overlap", "cosine", "amount", "share", "location_quotient")
    ),
    *(("overlap", "network", least) for least in ("", "0")),
    *(("overlap", "league", by) for by in ("service", "theme")),
    *(("opportunities", "opportunities", chosen) for chosen in ("", "partner=derbyshire-police&all=yes")),
    *(
        ("opportunities", chart, rank)
        for chart in ("opportunity", "brought", "score")
        for rank in ("#1", "#2", "#9")
    ),
    ("pools", "pools", ""),
    ("pools", "what-if", WHAT_IF),
    ("targets", "targets", ""),
    ("targets", "unlinked", ""),
    *(("targets", "target", target) for target in ("delayed-transfers", "learning-disability-home")),
)
"""Every chart that can be pinned, by its page, its name and the key of what it is about."""
MOST_VIEWS = 40
PIN_SCOPES = (
    "",
    "year=2016-17&view=provider&basis=gross&schools=no&per_head=yes",
    "year=2016-17&org=derby-city-council&real=yes",
)

LINES_TO_SUGGEST = (
    "Adult social care: home care",
    "Waste collection",
    "Sixth form funding",
    "Central services",
    "Community safety",
    "Highways maintenance",
    "Housing benefit",
    "Learning disability",
    "Rev. supp.",
    "Zzz",
)

MASKS = (
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(\+00:00|Z)?"), "<moment>"),
    (re.compile(r"\b20[2-9]\d-(?:0\d|1[0-2])-[0-3]\d\b"), "<day>"),
    (re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* 202[5-9]\b"), "<day>"),
    (re.compile(r"\b20[2-9]\d[01]\d[0-3]\d-\d{6}\b"), "<moment>"),
    (re.compile(r"\b\d{1,2}:\d\d\b(?=( UTC)?)"), "<time>"),
    (re.compile(r"\b\d+(\.\d+)? (?:s|seconds|ms)\b(?!\.\d)"), "<duration>"),
    (re.compile(r"\b[0-9a-f]{24,}\b"), "<hash>"),
    (re.compile(r"[\d,]+ kB"), "<size>"),
)


def masked(text: str) -> str:
    """The text without what differs between two runs of the same code."""
    for pattern, name in MASKS:
        text = pattern.sub(name, text)
    return text


class Words(HTMLParser):
    """The words of a piece of HTML, one line for each block, with what its links and pictures are called."""

    INLINE = frozenset(
        {"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"}
    )
    SILENT = frozenset({"style", "script"})
    TOLD = ("aria-label", "alt", "title", "href")

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line and a cell a column; what a reader is told of a tag is kept."""
        self.silent += tag in self.SILENT
        self.pieces.append(" " if tag in self.INLINE else " | " if tag in ("td", "th") else "\n")
        self.pieces += [f" [{name}: {value}] " for name, value in attrs if name in self.TOLD and value]

    def handle_endtag(self, tag: str) -> None:
        """A block ends its line."""
        self.silent -= tag in self.SILENT
        self.pieces.append(" " if tag in self.INLINE or tag in ("td", "th") else "\n")

    def handle_data(self, data: str) -> None:
        """Words are kept but for styles and scripts."""
        if not self.silent:
            self.pieces.append(data)


def words_of(html: str) -> str:
    r"""The words of a piece of HTML, without empty lines.

    >>> words_of("<p>Four bodies spend <b>£862m</b></p><table><tr><td>Waste<td>20</table>")
    'Four bodies spend £862m\n| Waste | 20'
    """
    parser = Words()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


# --- pages ---


def told(element: Any) -> Iterator[str]:
    """What one element of a page tells: its kind, its label, its choices and its value."""
    kind = element.type
    if kind == "html":
        yield words_of(element.proto.body)
        return
    if kind == "plotly_chart":
        yield f"[chart: {element.proto.alt}]"
        return
    if kind == "bidi_component":
        yield f"[component] {element.proto.component_name} {element.proto.json}"
        return
    if kind == "dataframe":
        yield element.value.to_csv(index=False)
        return
    proto = element.proto
    parts = [
        str(getattr(proto, name, "")) for name in ("label", "body", "help", "query_string", "placeholder")
    ]
    options = list(getattr(element, "options", None) or ())
    value = "" if kind.endswith("button") else getattr(element, "value", "") or ""
    body = parts[1]
    yield f"[{kind}] " + " · ".join(
        part for part in (*parts, *map(str, options), str(value) if str(value) != body else "") if part
    )


def elements(block: Any) -> Iterator[Any]:
    """Every element of a page from top to bottom, with the blocks that have a label of their own."""
    for child in block.children.values():
        if hasattr(child, "children"):
            label = getattr(getattr(child.proto, child.type, None), "label", "") or getattr(
                child, "label", ""
            )
            if label:
                yield f"[{child.type}] {label}"
            yield from elements(child)
        else:
            yield child


def page_text(app: Any) -> str:
    """Everything that a page says, as lines."""
    pieces: list[str] = [f"!! {fault.value}" for fault in app.exception]
    for element in elements(app.main):
        pieces += [element] if isinstance(element, str) else told(element)
    return masked("\n".join(piece for piece in pieces if piece)) + "\n"


def plain(value: Any) -> Any:
    """A part of a figure as plain lists, numbers to nine digits, without the look that every figure shares."""
    if isinstance(value, dict) and "bdata" in value:
        import numpy as np

        numbers = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
        shape = [int(part) for part in str(value.get("shape", len(numbers))).split(",")]
        return plain(numbers.reshape(shape).tolist())
    if isinstance(value, dict):
        return {key: plain(part) for key, part in sorted(value.items()) if key not in ("template", "uid")}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


def page_figures(app: Any) -> str:
    """What the charts of a page are drawn from."""
    figures = [plain(json.loads(chart.proto.spec)) for chart in app.get("plotly_chart")]
    return masked(json.dumps(figures, indent=1, ensure_ascii=False)) + "\n"


@contextlib.contextmanager
def standing_open(label: str, key: str) -> Iterator[bool]:
    """A part of a page that is made when somebody opens it, as it is then."""
    import streamlit as st

    with st.expander(label, key=key):
        yield True


def dump_pages(into: Path) -> None:
    """Every page in ten scopes, and its other looks in the usual one, every part of it open."""
    from streamlit.testing.v1 import AppTest

    from pages.shared import components

    components.unfolding = standing_open
    looks = [("usual", f"{page} {' '.join(query.values())}", page, query) for page, query in VIEWS]
    visits: list[tuple[str, str, str, dict[str, str]]] = [
        (scope, page, page, {}) for scope in SCOPES for page in PAGES
    ] + looks
    before = ""
    app: Any = None
    for scope, name, page, query in visits:
        if scope != before or query:
            app = AppTest.from_file(str(Path.cwd() / "dashboard.py"), default_timeout=120)
            app.run()
        before = scope
        for key in list(app.query_params):
            del app.query_params[key]
        for key, value in {**SCOPES[scope], **{key: [value] for key, value in query.items()}}.items():
            app.query_params[key] = value
        app.switch_page(f"pages/{page}/page.py")
        app.run()
        safe = re.sub(r"[^\w ,.-]", "-", name)[:80]
        write(into / "pages" / scope / f"{safe}.txt", page_text(app))
        if app.get("plotly_chart"):
            write(into / "figures" / scope / f"{safe}.json", page_figures(app))


# --- what is pinned, and the Board's files ---


def named(name: str) -> Any:
    """A public thing of the product by its name, wherever its module stands today."""
    for path in sorted(Path("budget_model").rglob("*.py")):
        tree = ast.parse(path.read_text())
        kinds = (ast.FunctionDef, ast.ClassDef)
        if any(isinstance(node, kinds) and node.name == name for node in tree.body):
            module = ".".join(path.with_suffix("").parts)
            return getattr(importlib.import_module(module), name)
    raise LookupError(
        f"Nothing in budget_model is called {name} any more: say its new name in tools/golden.py."
    )


def dump_pins(into: Path) -> None:
    """Every chart that can be pinned, in three scopes, as the Board's workbook has it."""
    for place, link in enumerate(PIN_SCOPES):
        for first in range(0, len(PINS), MOST_VIEWS):
            pins = PINS[first : first + MOST_VIEWS]
            dump_story(into / "pins" / str(place), f"Golden {place} {first}", link, pins)


def dump_story(into: Path, name: str, link: str, pins: tuple[tuple[str, str, str], ...]) -> None:
    """Keep some pinned charts as a story, and write what its workbook says of each."""
    story, keep, store = named("Story"), named("keep_story"), named("Store")
    stories = importlib.import_module(story.__module__)
    view = getattr(stories, "SavedView", None) or stories.View
    with store() as opened:
        views = tuple(view(page, chart, link, chosen) for page, chart, chosen in pins)
        kept = keep(opened, story("", name, views), by="golden")
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "pins.xlsx")
        run("board-pack", "--quiet", "--story", kept.id, "--out", str(book))
        texts = dict(sheets(book))
    write(into / f"contents of {name}.txt", texts["Contents"])
    for number, pin in enumerate(pins, start=1):
        text = texts.get(f"Screen {number}", "It has no sheet.\n")
        title = re.sub(r"[^\w ,.#-]", "-", " ".join(pin).strip())[:80]
        write(into / f"{title}.txt", re.sub(r"(Table |screen_|screen=)\d+", r"\1N", text))


def sheets(book: Path) -> Iterator[tuple[str, str]]:
    """Every sheet of a workbook: its name, and its rows as lines with every value whole."""
    import openpyxl

    workbook = openpyxl.load_workbook(book)
    for sheet in workbook:
        rows = (" | ".join("" if value is None else str(value) for value in row) for row in sheet.values)
        yield sheet.title, masked("\n".join(rows)) + "\n"


def slides(deck: Path) -> str:
    """The words of every slide and of the speaker's notes."""
    import pptx

    lines: list[str] = []
    for number, slide in enumerate(pptx.Presentation(str(deck)).slides, start=1):
        lines.append(f"=== {number}")
        for shape in slide.shapes:
            if shape.has_text_frame:
                lines.append(shape.text_frame.text)
            if getattr(shape, "has_chart", False):
                lines += [
                    f"{series.name}: {list(series.values)}"
                    for plot in shape.chart.plots
                    for series in plot.series
                ]
            if getattr(shape, "has_table", False):
                lines += [" | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
        if slide.has_notes_slide:
            lines.append(f"notes: {slide.notes_slide.notes_text_frame.text}")
    return masked("\n".join(lines)) + "\n"


STORIES = {"eight screens": "The place in eight screens", "three opportunities": "Three opportunities"}


def dump_workbook(into: Path) -> None:
    """The Board's workbook and slides of both stories that the product brings."""
    for name, story in STORIES.items():
        with tempfile.TemporaryDirectory() as folder:
            book, deck = Path(folder, "pack.xlsx"), Path(folder, "pack.pptx")
            run("board-pack", "--quiet", "--story", story, "--out", str(book), "--out", str(deck))
            for sheet, text in sheets(book):
                write(into / "workbook" / name / f"{sheet}.txt", text)
            write(into / "slides" / f"{name}.txt", slides(deck))


# --- the command line ---


def run(*words: str) -> str:
    """Run a command of the product and give what it prints, with its exit status."""
    main = importlib.import_module("budget_model.__main__").main
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()) as trouble:
        status = main(list(words))
    return f"{printed.getvalue()}{trouble.getvalue()}exit {status}\n"


def dump_json(into: Path) -> None:
    """The command line's answers as JSON documents."""
    for by in ("organisation", "theme", "service", "cofog"):
        for view in ("commissioner", "provider"):
            answer("total", "--by", by, "--view", view, into=into)
    for switch in ("schools", "benefits", "capital", "hra"):
        answer("total", "--without", switch, "--basis", "gross", into=into)
    answer("opportunities", "--on", "2026-11-26", into=into)
    answer("opportunities", "--on", "2026-11-26", "--view", "provider", "--first", "3", into=into)
    answer("check", into=into)
    for text in LINES_TO_SUGGEST:
        answer("suggest", text, into=into)
    for book in sorted(Path("data/derby/workbooks").iterdir()):
        answer("read", str(book), into=into)


def answer(*words: str, into: Path) -> None:
    """Write one command's answer."""
    name = re.sub(r"[^\w .-]", "-", " ".join(words).replace("data/derby/workbooks/", ""))
    write(into / "json" / f"{name}.json", masked(pretty(run(*words, "--json"))))


def pretty(text: str) -> str:
    """A JSON document with one value a line, followed by what came after it."""
    document, end = json.JSONDecoder().raw_decode(text) if text.startswith(("{", "[")) else (None, 0)
    head = json.dumps(document, indent=1, ensure_ascii=False) if end else ""
    return f"{head}{text[end:]}"


# --- both ---


def write(path: Path, text: str) -> None:
    """Write one file of the dump."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def one_thread() -> None:
    """Have the database add up on one thread, so that sums of inexact numbers come out the same each time."""
    import duckdb

    usual = duckdb.connect

    def connect(*words: Any, **named: Any) -> Any:
        opened = usual(*words, **named)
        opened.execute("set threads = 1")
        return opened

    duckdb.connect = connect


DUMPS = {"pages": dump_pages, "pins": dump_pins, "json": dump_json, "workbook": dump_workbook}


def dump(into: Path, only: list[str]) -> int:
    """Dump the code of the working directory."""
    one_thread()
    sys.path.insert(0, str(Path.cwd()))
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BUDGET_MODEL_STORE"] = f"{folder}/seeded.duckdb"
        os.environ.pop("BUDGET_MODEL_ADDRESS", None)
        run("seed")
        for part in PARTS:
            if part in (only or PARTS):
                shutil.copy(f"{folder}/seeded.duckdb", f"{folder}/{part}.duckdb")
                os.environ["BUDGET_MODEL_STORE"] = f"{folder}/{part}.duckdb"
                DUMPS[part](into)
    files = sum(1 for path in into.rglob("*") if path.is_file())
    print(f"{into}: {files} files")
    return 0


def compare(before: Path, after: Path, most: int) -> int:
    """Say every file that differs, with its first differing lines; exit status 1 if any does."""
    names = sorted(
        {path.relative_to(root) for root in (before, after) for path in root.rglob("*") if path.is_file()}
    )
    different = 0
    for name in names:
        texts = [
            (root / name).read_text().splitlines() if (root / name).exists() else None
            for root in (before, after)
        ]
        if texts[0] == texts[1]:
            continue
        different += 1
        if texts[0] is None or texts[1] is None:
            print(f"{name}: only {'after' if texts[0] is None else 'before'}")
            continue
        lines = [line[:300] for line in difflib.unified_diff(texts[0], texts[1], n=0, lineterm="")][2:]
        print(f"{name}: {sum(not line.startswith('@@') for line in lines)} lines differ")
        print("\n".join(f"    {line}" for line in lines[:most]))
    print(f"{different} of {len(names)} files differ")
    return int(different > 0)


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    dumping = commands.add_parser("dump")
    dumping.add_argument("into", type=Path)
    dumping.add_argument("--only", choices=PARTS, action="append", default=[])
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--most", type=int, default=12, help="lines to show of each file")
    options = parser.parse_args()
    if options.command == "dump":
        return dump(options.into.resolve(), options.only)
    return compare(options.before, options.after, options.most)


if __name__ == "__main__":
    sys.exit(main())
