"""Which lines stand behind a figure, and which cell of whose workbook does each come from?"""

from decimal import Decimal

import streamlit as st

from budget_model.access import Act
from budget_model.count.results import UNMAPPED, LineOnMap
from budget_model.count.saying import counted
from budget_model.count.surroundings import Around
from budget_model.dates import moment
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.money import as_sure, exact_pounds, pounds, sure_pounds
from budget_model.partnership.comments import About, Subject
from budget_model.problem import Refusal
from budget_model.scope import Scope, to_link
from budget_model.store import vouching
from budget_model.store.submissions import sees_original
from budget_model.store.vouching import Step
from budget_model.vocabulary import Dimension
from pages.shared import (
    asking,
    chart,
    choice,
    commenting,
    components,
    down,
    kept,
    scope_picker,
    subject,
    tables,
    words,
)
from pages.shared.components import SheetRow, Stamp, Tile, as_typed

steps_of = kept.kept(vouching.steps_of, today=True)
proof_of = kept.kept(vouching.proof_of, today=True)
PAGE = 100
EVERYTHING = 200_000
FIRST_COLUMNS = ("Line", "For the place, £")


def show() -> None:
    """One line with its cell where the link names one; else the lines behind what was chosen."""
    scope = scope_picker.chosen()
    number = choice.number(down.LINE)
    line = kept.one_line(scope, number) if number is not None else None
    if line:
        _line(scope, line)
        return
    if st.query_params.get(down.LINE):
        components.info("This link asks for a line that is not included any more. These are all the lines.")
    _lines(scope)


def _lines(scope: Scope) -> None:
    chosen = down.read(st.query_params.get_all(down.OF))
    names = {dimension: words.named(dimension) for dimension, _ in chosen}
    st.title(as_typed(f"Lines of {down.said(chosen, names)}" if chosen else "Lines and cells"))
    with st.container(horizontal=True, key="controls_lines", vertical_alignment="bottom"):
        search = choice.text(
            "Look for words in descriptions, codes and headings", down.SEARCH, "older people"
        )
        beside = st.container(horizontal=True, key="controls_lines_beside", vertical_alignment="bottom")
        if chosen:
            st.button("Show the lines of everything in scope", on_click=_all, key="lines_all")
    first = kept.lines(scope, chosen, search, PAGE, 0)
    if not first.lines:
        components.empty(
            "No line is in this choice.", "Take away a word or a choice, or widen the scope above."
        )
        return
    pages = -(-first.how_many // PAGE)
    number = 1
    if pages > 1:
        options = tuple(str(one) for one in range(1, pages + 1))
        with beside:
            number = int(choice.one("Page", options, "page", "1", lambda one: f"{one} of {pages}"))
    found = first if number == 1 else kept.lines(scope, chosen, search, PAGE, (number - 1) * PAGE)
    shown = chart.shown_as(scope)
    components.finding(
        f"{counted(found.how_many, 'line', 'lines').capitalize()}, {pounds(shown.of(found.city_amount))} for the place",
        f"{chart.caption(scope)} · largest first",
        2,
    )
    st.selectbox(
        "Open a line, down to its cell",
        found.lines,
        index=None,
        key="lines_open",
        on_change=_open,
        format_func=lambda line: (
            f"{line.description} · {line.organisation_name} · {sure_pounds(line.city_amount, line.grade)}"
        ),
        placeholder="Choose or type to find a line",
    )
    table = _table(found.lines, scope)
    st.session_state["lines_shown"] = tuple(line.line for line in found.lines)
    _grid(table, found.lines, scope)
    if found.how_many > len(found.lines):
        every = kept.lines
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                as_typed(f"All {found.how_many:,} lines as CSV"),
                lambda: tables.csv(_table(every(scope, chosen, search, EVERYTHING, 0).lines, scope)),
                "lines.csv",
                "text/csv",
                key="lines_every",
                icon=":material/download:",
                on_click="ignore",
            )
    chart.files(table, "lines")


def _grid(table: Table, lines: tuple[LineOnMap, ...], scope: Scope) -> None:
    """The lines as a grid that can be sorted; a row that is chosen opens."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            column.name: [float(value) if isinstance(value, Decimal) else value for value in values]
            for column, values in zip(table.columns, zip(*table.rows, strict=True), strict=True)
        }
    )
    short = kept.short_names()
    frame["Organisation"] = [short.get(line.organisation, line.organisation_name) for line in lines]
    frame["Cell"] = [
        line.where if line.kept_back else f"{line.column}{line.row} · {line.sheet}" for line in lines
    ]
    frame = frame.rename(columns={"For the place": "For the place, £", "As sent": "As sent, £"})
    shown = chart.shown_as(scope)
    frame["For the place, £"] = [float(as_sure(shown.of(line.city_amount), line.grade)) for line in lines]
    in_pounds = st.column_config.NumberColumn(format="localized", width=120)
    st.dataframe(
        frame,
        hide_index=True,
        key="lines_grid",
        on_select=_pick,
        selection_mode="single-row",
        height=min(len(frame), 14) * 36 + 40,
        row_height=36,
        alt=f"{table.title}: choose a row to open it",
        # the amount stands second, so that a phone shows it
        column_order=(
            *FIRST_COLUMNS,
            *(str(name) for name in frame if name not in FIRST_COLUMNS),
        ),
        column_config={
            "Line": st.column_config.TextColumn(width=205),
            "Organisation": st.column_config.TextColumn(width=108),
            "Service": st.column_config.TextColumn(width=128),
            "For the place, £": in_pounds,
            "As sent, £": in_pounds,
            "Share": st.column_config.NumberColumn(format="percent", width=65),
            "Grade": st.column_config.NumberColumn(width=55),
            "Cell": st.column_config.TextColumn(width=130),
        },
    )


def _table(lines: tuple[LineOnMap, ...], scope: Scope) -> Table:
    shown = chart.shown_as(scope)
    rows = tuple(
        (
            line.description,
            line.organisation_name,
            line.service_name,
            shown.of(line.city_amount),
            line.amount,
            line.share,
            line.grade,
            line.where,
        )
        for line in lines
    )
    columns = (
        Column("Line"),
        Column("Organisation"),
        Column("Service"),
        Column("For the place", Kind.POUNDS),
        Column("As sent", Kind.POUNDS),
        Column("Share", Kind.SHARE),
        Column("Grade", Kind.COUNT),
        Column("Cell"),
    )
    return Table("Lines", columns, rows, notes=(chart.caption(scope),))


def _line(scope: Scope, line: LineOnMap) -> None:
    st.button(
        "Back to the lines", icon=":material/arrow_back:", on_click=_back, type="tertiary", key="lines_back"
    )
    headings = " › ".join((*line.headings, line.description))
    subject.name(
        f"{line.description} ({line.column}{line.row or ''}), {line.organisation_name}", "Lines and cells"
    )
    components.headline(
        f"{line.description}: {pounds(line.city_amount)}",
        eyebrow=f"{line.organisation_name} · {line.year}, {line.phase}",
    )
    tiles = [
        Tile(
            "As it was sent",
            exact_pounds(line.amount).removesuffix(".00"),
            f"{line.side}, in {line.measure or 'one column'}",
        ),
        Tile(
            "The place’s share",
            f"{line.share * 100:.2f}%".replace("100.00%", "100%"),
            "all of it is the place’s" if line.share_basis == "direct" else f"by {line.share_basis}",
        ),
        Tile(
            "Included",
            sure_pounds(line.city_amount, line.grade),
            f"{scope.basis}, {scope.view.shown}",
        ),
        Tile(
            "Confidence",
            f"Grade {line.grade}",
            words.named(Dimension.GRADE).get(str(line.grade), "").removeprefix(f"{line.grade} "),
        ),
    ]
    components.tiles(tiles, "four")
    of = f"{line.description} ({line.organisation_name})"
    commenting.draw(
        Subject(About.LINE, str(line.line), of, to_link(scope), (line.organisation,)), f"line_{line.line}"
    )
    left, right = st.columns((7, 5), gap="large")
    with left:
        _cell(line)
    with right:
        _particulars(line, headings)
        _vouched(line)


def _cell(line: LineOnMap) -> None:
    if line.kept_back:
        components.empty(
            "Its body shows this line as part of totals alone.",
            "Its money is in every figure; its words and its cell are for the body itself and the auditor.",
        )
        return
    components.finding(
        f"It stands in cell {line.column}{line.row}",
        f"{line.file} · sheet “{line.sheet}” · the cells around it, as they were sent",
        2,
    )
    try:
        around = kept.around(line)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        around = None
    if around:
        _sheet(around)
    else:
        st.write("The sheet around this cell cannot be shown. The original file can still be downloaded.")
    if not sees_original(kept.store(), line.submission):
        return
    st.download_button(
        "Download the original file",
        lambda: kept.original_of(kept.store(), line.submission)[1],
        line.file,
        "application/octet-stream",
        icon=":material/download:",
        key="lines_original",
        on_click="ignore",
    )


def _sheet(around: Around) -> None:
    rows: list[SheetRow] = []
    before = around.rows[0] - 1
    for number, cells, numeric in zip(around.rows, around.cells, around.numeric, strict=True):
        left_out = before + 1 if rows and number > before + 1 else 0
        rows.append(SheetRow(number, tuple(cells), tuple(numeric), left_out))
        before = number
    components.piece_of_sheet(around.sheet, around.columns, rows, around.at)


def _mapped_by(line: LineOnMap) -> str:
    """Who said which service it pays for, where whoever looks may know, and why."""
    who = line.mapped_by or ("nobody yet" if line.service == UNMAPPED else "not shown to visitors")
    return f"{who}: {line.mapping_reason}" if line.mapping_reason else who


def _particulars(line: LineOnMap, headings: str) -> None:
    boards = words.named(Dimension.THEME)
    facts = {
        "Under": headings,
        "Code": line.code or "none",
        "Service": line.service_name,
        "Boards": ", ".join(boards.get(theme, theme) for theme in line.themes),
        "Mapped by": _mapped_by(line),
        "Kind": line.kind,
        "Nature": line.nature,
        "Funding": words.name(Dimension.FUNDING, line.funding),
        "Ring-fence": line.ring_fence,
        "Committed until": str(line.committed_until or "not said"),
        "Strings": kept.answers(scope_picker.chosen()).strings_on(line).in_words or "unknown",
        "Source": line.source,
        "Figure": f"{line.provenance}; the file is compared with {line.control_source.says}",
    }
    components.finding("What is known of it", "As its organisation sent it, and as it was mapped", 2)
    components.badges(Stamp(line.reconciliation))
    components.facts(facts)


def _vouched(line: LineOnMap) -> None:
    """By whom the line's file was sent and approved, when, and for whoever reads the audit, that nothing was altered."""
    steps, reads_audit = steps_of(line.submission), asking.asker().may(Act.READ_AUDIT)
    if not steps and not reads_audit:
        return
    components.finding(
        "Who vouches for it", f"Submission {line.submission}, from its first step to its last", 2
    )
    if steps:
        components.bullets(_step(step) for step in steps)
    if reads_audit:
        _proved(line.submission)


def _proved(submission: int) -> None:
    """Whether anything of a submission was altered: each trouble is said, also of one that no entry of the audit wrote."""
    proof = proof_of(submission)
    if proof is None:
        components.caution("The audit is empty: nothing vouches for this line.")
        return
    for sentence in proof.troubles:
        components.error(sentence)
    if proof.sealed_by is None:
        components.caution("No entry of the audit sealed this line.")
        return
    if not proof.troubles:
        components.done(
            f"Nothing of it was altered since. The line, its states and its file have the fingerprints that entry "
            f"{proof.sealed_by.number} of the audit took on {moment(proof.sealed_by.made_at)}, and the chain holds from "
            f"there to entry {proof.newest.number}, fingerprint {proof.newest.chain[:16]}."
        )
    st.page_link(
        "pages/audit/page.py",
        label="Its entry in the audit",
        icon=":material/arrow_forward:",
        query_params={"look": proof.sealed_by.chain[:16]},
    )


def _step(step: Step) -> str:
    by = step.by if step.account in ("", step.by) else f"{step.by} ({step.account})"
    why = f": {step.reason}" if step.reason else ""
    return f"{str(step.status).capitalize()} by {by}, {moment(step.at)}{why}"


def _pick() -> None:
    rows = st.session_state["lines_grid"].selection.rows
    shown = st.session_state.get("lines_shown", ())
    if rows and rows[0] < len(shown):
        choice.write(down.LINE, str(shown[rows[0]]))


def _open() -> None:
    line = st.session_state.get("lines_open")
    if line:
        choice.write(down.LINE, str(line.line))


def _back() -> None:
    choice.write(down.LINE, "")


def _all() -> None:
    choice.write(down.OF, "")


show()
