"""One draft, step by step: the sheet and its questions, the mapping, the totals, what changes, and sending."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

import streamlit as st

from budget_model.contribute.about import About
from budget_model.contribute.certificate import certificate_before
from budget_model.contribute.compare import ALL, Change, to_explain
from budget_model.contribute.compose import DIFFERENCE, Composed, rounding_of
from budget_model.contribute.draft import Draft, StepKind, about_step
from budget_model.contribute.paying import unmapped_amount
from budget_model.contribute.understood import NOT_THIS_YEAR, TAKE, YEAR, grouped
from budget_model.contribute.years import other_years
from budget_model.count.saying import counted
from budget_model.financial_year import financial_year, is_financial_year
from budget_model.intake.reading import Reading
from budget_model.intake.sheet.table import Question, SheetTable
from budget_model.intake.sheet.unit import in_words
from budget_model.money import decimal_text, exact_pounds, percent, pounds, typed_number
from budget_model.problem import Problem, Refusal
from budget_model.store import contributions
from budget_model.vocabulary import Phase, Provenance, Reconciliation
from pages.shared import asking, choice, components, desk, kept, signing
from pages.shared.components import Check, as_typed, read_sheet
from pages.shared.serving import uploads
from pages.upload import mapping, picture, pieces, share, waiting

STEPS = ("sheet", "mapping", "totals", "changes", "send")
MOST_ASKED = 5
"""Questions shown at once; the others are behind a click."""
MOST_TABLES = 30
MOST_PROBLEMS = 60
AGREEMENT: dict[Reconciliation, Literal["open", "note"]] = {
    Reconciliation.NOT_RECONCILED: "open",
    Reconciliation.NO_CONTROL_TOTAL: "note",
}
"""How a reconciliation stands in the way of sending; those that are not named do not."""
CAME_ABOUT_SAYS = {
    Provenance.STATED: "Stated: our own figures, not published",
    Provenance.PUBLISHED: "Published: as our budget book or a return prints them",
    Provenance.AUDITED: "Audited: from accounts that an auditor has signed",
    Provenance.ALLOCATED: "Allocated: what a payer set aside for us",
    Provenance.ESTIMATED: "Estimated: worked out from other figures",
}
CAME_ABOUT = tuple(CAME_ABOUT_SAYS)


def show(draft: Draft) -> None:
    """The step that the link names, under what every step shows."""
    names = {organisation.id: organisation.name for organisation in kept.place().organisations}
    name = names.get(draft.about.organisation, draft.about.organisation)
    st.title(as_typed(name))
    officer = _bar(draft)
    if share.is_missing(draft.about):
        share.ask(draft.about)
        return
    if waiting.is_stopped(draft):
        waiting.say_stopped(draft)
        return
    try:
        with components.loading("Reading the file"), waiting.may_be_stopped(draft):
            made = desk.composed(draft)
    except Refusal as refusal:
        _not_read(draft, refusal.sentence, officer)
        st.button("Read it again as it is", icon=":material/refresh:", key=f"once_more_{draft.number}")
        return
    if made.understood.refused:
        _not_read(draft, made.understood.refused, officer)
        return
    step = _steps(draft, made)
    screens: dict[str, Callable[[Draft, Composed, str], None]] = {
        "sheet": _sheet,
        "mapping": mapping.show,
        "totals": _totals,
        "changes": _changes,
        "send": _send,
    }
    screens[step](draft, made, officer)
    _onwards(step)


def _bar(draft: Draft) -> str:
    """Whose figures, from which file, that every step is kept, and the way back."""
    about, store = draft.about, kept.store()
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="bar"):
        components.draft_bar(
            f"{about.year}, {about.phase}, {about.part}",
            f"{draft.file} · every step is kept, the last {pieces.when(draft.touched_at)}",
        )
        if st.button(
            as_typed(f"Undo {draft.undo_says}" if draft.undo_says else "Undo"),
            icon=":material/undo:",
            disabled=draft.last_step is None,
            key="undo",
        ):
            contributions.undo(store, draft.number, by=signing.officer())
            st.rerun()
        with st.popover("More", icon=":material/more_horiz:"):
            officer = signing.officer("draft")
            _replace(draft, officer)
            _about_form(draft, officer)
            file, data = draft.file, lambda: contributions.file_of(store, draft.number)[1]
            st.download_button(
                "The file as you sent it",
                data,
                file,
                icon=":material/download:",
                on_click="ignore",
                key="original",
            )
            if st.button("Discard draft", icon=":material/inventory_2:", key="discard"):
                contributions.add_step(store, draft.number, StepKind.DISCARD, {}, by=officer)
                st.query_params.clear()
                st.rerun()
            st.page_link("pages/upload/page.py", label="All drafts", icon=":material/list:", query_params={})
    desk.greet(about.organisation, officer, "an upload", pieces.others)
    if said := st.session_state.get(f"same_{draft.number}"):
        components.info(f"{said} See what changes before you send it again.", icon=":material/content_copy:")
    return officer


def _replace(draft: Draft, officer: str) -> None:
    dropped = st.file_uploader(
        "A corrected file",
        key=f"again_{draft.number}_{draft.steps}",
        max_upload_size=20,
        help="What you decided about its lines stays, as far as their words do.",
    )
    if dropped is not None:
        _keep_instead(draft, dropped, officer)


def _keep_instead(draft: Draft, dropped: Any, officer: str) -> None:
    """Keep a dropped file in the place of the draft's own, and draw the page anew."""
    contributions.replace_file(kept.store(), draft.number, dropped.name, dropped.getvalue(), by=officer)
    uploads.let_go(dropped)
    st.rerun()


def _not_read(draft: Draft, sentence: str, officer: str) -> None:
    components.error(sentence, fact="This file cannot be loaded.")
    components.note(
        "The file is kept with this draft. Drop a corrected one here and everything else stays as it is."
    )
    dropped = st.file_uploader(
        "Drop the right file here", key=f"right_{draft.number}_{draft.steps}", max_upload_size=20
    )
    if dropped is not None:
        _keep_instead(draft, dropped, officer)


def _words_of_steps(made: Composed) -> tuple[dict[str, str], str]:
    """The five steps with what is open in each, and the first that needs a look."""
    doubtful = sum(paid.doubtful for paid in made.paid)
    wrong = made.agreement.state is Reconciliation.NOT_RECONCILED
    untested = made.agreement.state is Reconciliation.NO_CONTROL_TOTAL
    asked, notes = len(grouped(made.understood.questions)), len(made.understood.problems)
    sheet = f"1 Sheet · {counted(asked, 'question', 'questions')}" if asked else "1 Sheet ✓"
    if notes and not asked:
        sheet = f"1 Sheet · {counted(notes, 'note', 'notes')}"
    said = {
        "sheet": sheet,
        "mapping": f"2 Mapping · {doubtful:,} to look at" if doubtful else "2 Mapping ✓",
        "totals": "3 Totals · differ" if wrong else "3 Totals · none given" if untested else "3 Totals ✓",
        "changes": "4 What changes",
        "send": "5 Send",
    }
    return said, "sheet" if asked or notes else "mapping" if doubtful else "totals"


def _steps(draft: Draft, made: Composed) -> str:
    """The steps to choose from; the link remembers where one is."""
    said, first = _words_of_steps(made)
    asked_for = st.query_params.get("step", "")
    current = asked_for if asked_for in STEPS else first
    widget = choice.ready(f"step_{draft.number}", current)
    st.segmented_control(
        "Step",
        STEPS,
        format_func=lambda step: as_typed(said[step]),
        key=widget,
        on_change=_go,
        args=(widget,),
        required=True,
        label_visibility="collapsed",
    )
    return current


def _go(widget: str) -> None:
    st.query_params["step"] = str(st.session_state[widget])


def _onwards(step: str) -> None:
    place = STEPS.index(step)
    if place + 1 < len(STEPS):
        following = STEPS[place + 1]
        words = {
            "mapping": "the mapping",
            "totals": "the totals",
            "changes": "what changes",
            "send": "sending",
        }
        if st.button(
            as_typed(f"Go on to {words[following]}"),
            icon=":material/arrow_forward:",
            type="primary",
            key="onwards",
        ):
            st.query_params["step"] = following
            st.rerun()


# 1. The sheet and its questions


def _sheet(draft: Draft, made: Composed, officer: str) -> None:
    questions, reading = made.understood.questions, made.understood.reading
    if questions:
        _questions(draft, made, officer)
    lines = len(made.submission.lines)
    components.section(
        f"{lines:,} {'line was' if lines == 1 else 'lines were'} read, {pounds(made.submission.read_total)} net",
        _read_as(made),
    )
    read_sheet.legend(picture.LEGEND)
    tables = made.understood.tables
    names = {n: f"Sheet {reading.tables[n].sheet or '1'}, {reading.tables[n].extent}" for n in tables}
    if len(names) > 1:
        shown = st.selectbox("Table", tables, format_func=names.__getitem__, key=f"table_{draft.number}")
        _one_table(draft, reading, shown, officer)
    elif names:
        _one_table(draft, reading, tables[0], officer)
    _set_aside(draft, made, officer)
    _problems(made.understood.problems)


def _read_as(made: Composed) -> str:
    units = sorted({in_words(sheet.unit) for sheet in made.understood.sheets})
    left = sum(out.how_many for out in made.understood.left_out)
    rest = "Every row that holds something is a line."
    if left:
        rest = f"{counted(left, 'row was', 'rows were')} left out, each for a reason."
    own = {(line.sheet, line.row, line.body) for line in made.understood.lines if line.body}
    where = ""
    if len(own) == 1:
        sheet, row, body = own.pop()
        where = f" They are those of {body}, in row {row}{f' of {sheet}' if sheet else ''}."
    remembered = "".join(f" {unit}" for unit in made.units)
    return f"In {', '.join(units)}.{remembered}{where} {rest[0].upper()}{rest[1:]}"


def _questions(draft: Draft, made: Composed, officer: str) -> None:
    groups = grouped(made.understood.questions)
    many = len(groups) > 1
    components.section(
        f"{counted(len(groups), 'thing', 'things').capitalize()} the file does not say",
        "The best guess comes first. What you answer is remembered for next year.",
    )
    sure = {question.key: question.best for group in groups for question in group if question.key != YEAR}
    if many and sure and st.button("Take every best guess", icon=":material/done_all:", key="best_guesses"):
        _answer(draft, sure, officer)
    for number, group in enumerate(groups[:MOST_ASKED]):
        _question(draft, made, officer, number, group)
    rest = groups[MOST_ASKED:]
    if rest:
        with st.expander(
            as_typed(f"{counted(len(rest), 'more question', 'more questions').capitalize()}"),
            key="more_questions",
        ):
            for number, group in enumerate(rest, start=MOST_ASKED):
                _question(draft, made, officer, number, group)


def _question(draft: Draft, made: Composed, officer: str, number: int, group: tuple[Question, ...]) -> None:
    one = group[0]
    others = (
        f" The same is asked of {counted(len(group) - 1, 'other table', 'other tables')}."
        if len(group) > 1
        else ""
    )
    with st.container(border=True, key=f"question_{number}"):
        components.ask(one.ask, f"Best guess: {in_words(one.best)}, since {one.reason}.{others}")
        options = list(dict.fromkeys([one.best, *one.options]))
        first, second = st.columns([5, 2], vertical_alignment="bottom")
        with first:
            if len(options) <= 5:
                picked = st.radio(
                    as_typed(one.ask),
                    options,
                    format_func=lambda option: as_typed(in_words(option)),
                    key=f"pick_{one.key}",
                    label_visibility="collapsed",
                    horizontal=True,
                )
            else:
                picked = st.selectbox(
                    as_typed(one.ask),
                    options,
                    format_func=in_words,
                    key=f"pick_{one.key}",
                    label_visibility="collapsed",
                )
        with second:
            said = _year_said(made) if one.key == YEAR else ""
            if said and st.button(
                as_typed(f"Send them as {said}"), key="as_said", icon=":material/event:", width="stretch"
            ):
                _about(draft, officer, year=said)
            right = st.button(
                "That is right", key=f"right_{one.key}", icon=":material/check:", width="stretch"
            )
        if right and one.key == YEAR and picked == NOT_THIS_YEAR:
            _send_as_said(draft, officer, said)
        elif right:
            _answer(draft, {each.key: str(picked) for each in group}, officer)


def _send_as_said(draft: Draft, officer: str, said: str) -> None:
    """Keep the file's own year where it says one; else say where the year is changed."""
    if said:
        _about(draft, officer, year=said)
    components.info(
        "Change the financial year under More, above: these figures are not loaded as that year’s."
    )


def _year_said(made: Composed) -> str:
    """The financial year that the file's own words say, if it is one."""
    found = made.understood
    about = About(
        made.submission.organisation, made.submission.year, made.submission.phase, made.submission.part
    )
    said = other_years(found.reading, found.tables, found.lines, about)
    return next((year for year in reversed(said) if is_financial_year(year)), "")


def _about(draft: Draft, officer: str, *, year: str) -> None:
    """Keep that the file is about another year."""
    about = replace(draft.about, year=year)
    step = about_step(
        about, share=draft.share, grade=draft.grade, source=draft.source, provenance=draft.provenance
    )
    contributions.add_step(kept.store(), draft.number, StepKind.ABOUT, step, by=officer)
    st.rerun()


def _about_form(draft: Draft, officer: str) -> None:
    about = draft.about
    with st.form(f"about_{draft.steps}", border=False):
        year = st.text_input("Financial year", value=about.year)
        phase = st.selectbox("Phase", list(Phase), index=list(Phase).index(about.phase))
        part = st.text_input("Part of the budget", value=about.part, max_chars=80)
        source = st.text_input("Where the figures are published", value=draft.source, max_chars=300)
        came = st.selectbox(
            "How the figures came about",
            CAME_ABOUT,
            index=CAME_ABOUT.index(draft.provenance),
            format_func=lambda one: CAME_ABOUT_SAYS[one],
        )
        if st.form_submit_button("Change what the file is about"):
            try:
                year = financial_year(year)
            except Refusal as refusal:
                components.error(refusal.sentence)
                return
            made = replace(about, year=year, phase=phase or about.phase, part=part.strip() or about.part)
            step = about_step(
                made,
                share=draft.share,
                grade=draft.grade,
                source=source.strip(),
                provenance=came or draft.provenance,
            )
            contributions.add_step(kept.store(), draft.number, StepKind.ABOUT, step, by=officer)
            st.rerun()


def _answer(draft: Draft, answers: dict[str, str], officer: str) -> None:
    contributions.add_step(kept.store(), draft.number, StepKind.ANSWER, answers, by=officer)
    st.rerun()


def _one_table(draft: Draft, reading: Reading, number: int, officer: str) -> None:
    table = reading.tables[number]
    if answer := picture.moved(reading, number, draft.answers):
        _answer(draft, answer, officer)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        components.note(
            "Is something read wrongly? Choose another role in its column or row; the header and the unit too."
        )
        _move_column(draft, table, officer, number)
        if st.button("Leave this table out", icon=":material/block:", key=f"leave_{number}"):
            _answer(draft, {f"{TAKE}:{table.fingerprint}": "no"}, officer)


def _move_column(draft: Draft, table: SheetTable, officer: str, number: int) -> None:
    """The columns that the picture has no room for."""
    rest = table.columns[picture.MOST_COLUMNS :]
    if not rest:
        return
    with st.popover(as_typed(f"The other {len(rest)} columns"), icon=":material/view_column:"):
        picked = st.selectbox(
            "Column",
            range(len(rest)),
            index=None,
            placeholder="Choose a column",
            key=f"column_{number}",
            format_func=lambda one: f"{rest[one].letter} {rest[one].name}"[:60],
        )
        if picked is None:
            return
        now = picture.COLUMN_WORDS.get(rest[picked].role, rest[picked].role)
        components.note(f"It is read as {now}: {rest[picked].reason}.")
        role = st.selectbox("It holds", picture.COLUMN_ROLES, key=f"column_role_{number}")
        if st.button("Read it so", key=f"column_go_{number}"):
            _answer(draft, {picture.column_key(rest[picked], table): role}, officer)


def _set_aside(draft: Draft, made: Composed, officer: str) -> None:
    """The tables that are not loaded, each with its reason, to be put in all the same."""
    understood = made.understood
    rest = [
        (number, table)
        for number, table in enumerate(understood.reading.tables)
        if number not in understood.tables
    ]
    if not rest:
        return
    with st.expander(
        as_typed(f"{len(rest)} other table{'s are' if len(rest) > 1 else ' is'} in the file and not loaded"),
        key="set_aside",
    ):
        for number, sheet_table in rest[:MOST_TABLES]:
            with st.container(
                horizontal=True, gap="small", vertical_alignment="center", key=f"aside_{number}"
            ):
                why = understood.aside.get(number) or sheet_table.set_aside or "you left it out"
                components.note(f"Sheet {sheet_table.sheet}, {sheet_table.extent}: {why}.")
                if any(measure.total for measure in sheet_table.measures) and st.button(
                    "Load it too", key=f"load_{number}"
                ):
                    _answer(draft, {f"{TAKE}:{sheet_table.fingerprint}": "yes"}, officer)


def _problems(problems: tuple[Problem, ...]) -> None:
    if problems:
        rest = [f"and {len(problems) - MOST_PROBLEMS} more"] if len(problems) > MOST_PROBLEMS else []
        with st.expander(
            as_typed(f"Worth a look before you send it ({len(problems)})"), expanded=len(problems) < 4
        ):
            components.bullets([*map(str, problems[:MOST_PROBLEMS]), *rest])


# 3. The totals


def _totals(draft: Draft, made: Composed, officer: str) -> None:
    components.section(
        "Is it all there?",
        "What was read is compared with the total that the file prints, and with the one that you type from your "
        "books.",
    )
    left, right = st.columns([4, 8], gap="large")
    with left:
        _control_total(draft, made, officer)
    with right:
        name = next((o.name for o in kept.place().organisations if o.id == draft.about.organisation), "")
        pieces.certificate(certificate_before(made, name, draft.answers), "draft")


def _control_total(draft: Draft, made: Composed, officer: str) -> None:
    with st.form("control", border=False):
        now = "" if draft.control_total is None else f"{draft.control_total:,.2f}"
        typed = st.text_input(
            "Your own total: net, in pounds",
            value=now,
            key=f"control_{draft.steps}",
            placeholder=f"for example {made.submission.read_total:,.0f}",
            help="Expenditure less income, from your ledger or budget book. Leave it empty to go by the printed one.",
        )
        if st.form_submit_button("Compare totals", icon=":material/balance:"):
            _keep_control(draft, typed, officer)
    difference = made.agreement.difference
    if difference:
        said = rounding_of(made)
        known = draft.explanations.get(DIFFERENCE)
        if (
            said
            and not known
            and st.button("It is rounding", icon=":material/exposure:", key="rounding", help=as_typed(said))
        ):
            contributions.add_step(
                kept.store(), draft.number, StepKind.EXPLAIN, {DIFFERENCE: said}, by=officer
            )
            st.rerun()
        with st.form("explain_difference", border=False):
            words = st.text_area(
                as_typed(f"Why do they differ by {exact_pounds(abs(difference))}?"),
                value=draft.explanations.get(DIFFERENCE, ""),
                key=f"why_{draft.steps}",
                max_chars=1000,
            )
            if st.form_submit_button("Keep the explanation"):
                contributions.add_step(
                    kept.store(), draft.number, StepKind.EXPLAIN, {DIFFERENCE: words}, by=officer
                )
                st.rerun()


def _keep_control(draft: Draft, typed: str, officer: str) -> None:
    try:
        total = decimal_text(typed_number(typed)) if typed.strip() else None
    except ValueError:
        components.error(f"‘{typed}’ is not an amount in pounds. Type it as 390,292,000.")
        return
    contributions.add_step(kept.store(), draft.number, StepKind.CONTROL_TOTAL, {"total": total}, by=officer)
    st.rerun()


# 4. What changes


def _changes(draft: Draft, _: Composed, officer: str) -> None:
    with components.loading("Working out what it would change"):
        changes = desk.changes_of(draft)
    for mistake in changes.mistakes[:6]:
        components.caution(mistake.sentence, icon=":material/straighten:")
    on_map = changes.on_map
    moved = on_map.moved
    verb = "stays as it is"
    if moved:
        verb = f"{'rises' if moved > 0 else 'falls'} by {pounds(abs(moved))}, to {pounds(on_map.after)}"
    components.section(
        f"The place’s total for {draft.about.year} {verb}",
        "What approving this would change: the place’s share, money between bodies counted once.",
    )
    pieces.comparison(on_map, "By service")
    for one, title in ((changes.last_year, "last year"), (changes.last_sent, "what was sent before")):
        if one is not None:
            components.section(
                f"Against {title}: {pounds(one.before)} then, {pounds(one.after)} now",
                f"{one.before_is}; the organisation’s own pounds, whole.",
            )
            pieces.comparison(one, "By service")
    if changes.last_year is None and changes.last_sent is None:
        components.note("Nothing was sent for this part before, so there is nothing to compare it with.")
    _explanations(draft, officer)


def explained(draft: Draft) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """The changes against last year (or what was sent before) over the limit, and those not yet explained."""
    changes = desk.changes_of(draft)
    one = changes.last_year or changes.last_sent
    if one is None:
        return (), ()
    place = kept.place()
    return to_explain(one, place, {}), to_explain(one, place, draft.explanations)


def _explanations(draft: Draft, officer: str) -> None:
    over, left = explained(draft)
    if not over:
        return
    limit = f"{kept.place().plausibility.change_to_explain * 100:.0f}%"
    components.section(
        f"{len(left)} of the changes over {limit} still need{'s' if len(left) == 1 else ''} an explanation",
        "One sentence each, kept beside the money; or one that covers them all.",
    )
    everything = {change.subject: change for change in over}
    with st.form("explanations", border=False):
        words = {
            ALL: st.text_input(
                "One explanation for all of them",
                value=draft.explanations.get(ALL, ""),
                key=f"all_{draft.steps}",
                max_chars=1000,
                placeholder="for example: services were regrouped after the review in May",
            )
        }
        for subject, change in list(everything.items())[:20]:
            words[subject] = st.text_input(
                as_typed(change.sentence),
                value=draft.explanations.get(subject, ""),
                key=f"{subject}_{draft.steps}",
                max_chars=1000,
            )
        if st.form_submit_button("Keep the explanations", icon=":material/edit_note:"):
            changed = {s: w for s, w in words.items() if w.strip() != draft.explanations.get(s, "")}
            if changed:
                contributions.add_step(kept.store(), draft.number, StepKind.EXPLAIN, changed, by=officer)
            st.rerun()


# 5. Sending


def _send(draft: Draft, made: Composed, officer: str) -> None:
    checks = _checks(draft, made)
    may = all(check.state != "open" for check in checks)
    components.section("Ready to send?")
    components.checklist(checks)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if st.button("Submit", icon=":material/send:", type="primary", disabled=not may, key="submit"):
            _submit(draft, made, officer, approve=False)
        if asking.asker().is_local and st.button(
            "Submit and approve",
            icon=":material/verified:",
            disabled=not may,
            key="approve",
            help="Counts it at once, in place of what is there.",
        ):
            _submit(draft, made, officer, approve=True)
    if not may:
        components.note("What is marked ✗ has to be settled first; nothing is lost meanwhile.")


LEFT_OUT = "You said to leave this out, since it is counted already as"
PUT_AWAY = "Discard draft, or undo the answer."


def _checks(draft: Draft, made: Composed) -> list[Check]:
    """What is in order before a draft is sent, what is not, and what should be known."""
    _, left = explained(draft)
    checks = [
        _all_answered(made),
        _all_mapped(made),
        Check(AGREEMENT.get(made.agreement.state, "done"), made.agreement.sentence),
        _all_explained(len(left)),
    ]
    mistakes = desk.changes_of(draft).mistakes
    if mistakes:
        checks.append(Check("note", mistakes[0].sentence))
    checks += [Check("open", f"{LEFT_OUT} {one.on_map.name}. {PUT_AWAY}") for one in made.left_out]
    if not made.submission.lines:
        checks.append(Check("open", "The file holds no lines of this organisation."))
    return checks


def _all_answered(made: Composed) -> Check:
    asked = len(made.understood.questions)
    if not asked:
        return Check("done", "Every question about the sheet is answered.")
    return Check(
        "open", f"{counted(asked, 'question about the sheet is', 'questions about the sheet are')} open."
    )


def _all_mapped(made: Composed) -> Check:
    unmapped = unmapped_amount(made.paid)
    if not unmapped:
        return Check("done", "All of the money is mapped.")
    mapped = percent(made.mapped_share, Decimal(1))
    return Check("note", f"{mapped} of the money is mapped; {pounds(unmapped)} will count as not mapped yet.")


def _all_explained(left: int) -> Check:
    if not left:
        return Check("done", "No change is left to explain.")
    return Check(
        "open", f"{counted(left, 'change over the limit has', 'changes over the limit have')} no explanation."
    )


def _submit(draft: Draft, made: Composed, officer: str, *, approve: bool) -> None:
    store = kept.store()
    with components.loading("Keeping it"):
        contributions.submit(
            store,
            made,
            contributions.file_of(store, draft.number)[1],
            by=officer,
            approve=approve,
            draft=draft.number,
            answers=draft.answers,
        )
    st.query_params["draft"] = str(draft.number)
    st.rerun()
