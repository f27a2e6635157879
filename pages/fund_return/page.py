"""Is the return of our pooled fund complete: income, schemes, minimums and signatures, and can it be sent?"""

from datetime import date

import streamlit as st

from budget_model.access import Act
from budget_model.board.fund_workbook import read_return, write_return
from budget_model.dates import day
from budget_model.exhibits import fund_return as shown
from budget_model.exhibits.fund_return import key_of
from budget_model.intake.plain_sheets import read_plain
from budget_model.money import pounds
from budget_model.problem import Refusal
from budget_model.store import returns
from budget_model.store.returns import ReturnKept
from budget_model.together import fund_return
from budget_model.together.fund_return import FundReturn
from budget_model.vocabulary import Dimension
from pages.shared import asking, chart, choice, components, empty_states, kept, signing, tables, together
from pages.shared.components import Badge, Share, Tile
from pages.shared.empty_states import Way

FUND = "fund"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> None:
    """One fund's return, what is still to be settled, the workbook, and who has signed."""
    scope = together.begin()
    answers = kept.answers(scope)
    every = answers.returns()
    if not every:
        st.title("Better Care Fund and section 75 return")
        empty_states.show(
            "No pool has contributions yet.",
            "Enter one in the register of pools, from the lines on the map.",
            Way("pools", "Open the register of pools", "register"),
        )
        return
    names = {key_of(each.found): f"{each.found.title}, {each.found.year}" for each in every}
    chosen = choice.asked(FUND, tuple(names), next(iter(names)))
    one = next(each for each in every if key_of(each.found) == chosen)
    called = answers.called(Dimension.ORGANISATION)
    wrong = tuple(fund_return.faults(one.found, called))
    components.headline(fund_return.sentence(one.found, wrong), standfirst=_who(one))
    if one.found.illustrative:
        components.badges(Badge("illustrative", "illustrative"))
    _tiles(one.found)
    left, right = st.columns([3, 2], gap="large")
    with left:
        chart.show(scope, "fund-return", chosen, key=f"return_{chosen}", level=2)
    with right:
        choice.one("Fund", tuple(names), FUND, next(iter(names)), names.__getitem__)
        if wrong:
            components.section("To be settled before it is sent")
            components.bullets(wrong)
    with components.folded_on_phones("The return, table by table", "return_tables"):
        for table in (
            shown.income(one.found, called),
            shown.schemes(one.found, called),
            shown.areas(one.found),
            shown.conditions(one.found),
            shown.metrics(one.found),
            shown.signatures(one.found, called),
        ):
            if table.rows:
                tables.show(table)
    _workbook(one)
    if asking.asker().may(Act.WORK_TOGETHER):
        _read_back(every)
        _sign(one)


def _who(one: ReturnKept) -> str:
    if not one.made_at:
        return "Filled from the register of pools; nobody has changed it since."
    return f"Last kept by {one.made_by} on {day(one.made_at)}."


def _tiles(filled_return: FundReturn) -> None:
    components.tiles(
        [
            Tile("Income", pounds(filled_return.total), "all contributions in money"),
            Tile(
                "From the NHS",
                pounds(filled_return.from_nhs),
                "minimum and additional",
                Share(filled_return.from_nhs, filled_return.total),
            ),
            Tile(
                "Schemes",
                pounds(filled_return.spent),
                f"{len(filled_return.schemes)} in all",
                Share(filled_return.spent, filled_return.total),
            ),
            Tile(
                "Signed",
                f"{filled_return.signed} of {len(filled_return.signatures)}",
                "in the order of the return",
            ),
        ],
        "four",
    )


def _read_of(filled_return: FundReturn) -> str:
    """Where the names of a return's national conditions and metrics were read; what was not read is said."""
    named = (
        fund_return.named_for(filled_return.year) if filled_return.conditions or filled_return.metrics else ()
    )
    if not named:
        return ""
    short = " Of the eight conditions of 2016-17 six were read." if filled_return.year == "2016-17" else ""
    return f"Conditions and metrics are named after: {'; '.join(dict.fromkeys(each.source for each in named))}.{short}"


def _workbook(one: ReturnKept) -> None:
    if said := _read_of(one.found):
        components.note(said)
    components.section(
        "The workbook",
        "Cover, income, expenditure, summary, national conditions, metrics and sign-off, after the Better Care Fund planning "
        "return. Of its template for 2019-20 the guidance to the cover was read, and of that for 2016-17 what it collects; "
        "the sheets of income and expenditure were not found, so their layout is this product’s own. Compare it with the template "
        "of your year before sending. Partners answer conditions, plan metrics and add schemes or bodies in the workbook, "
        "and read it back here.",
    )
    st.download_button(
        "Excel workbook of the return",
        data=lambda: write_return(one.found),
        file_name=f"{one.found.pool}-{one.found.year}.xlsx",
        mime=WORKBOOK,
        icon=":material/download:",
        key="return_workbook",
    )


def _read_back(every: tuple[ReturnKept, ...]) -> None:
    """Take a return that was filled in outside; what cannot be taken is named, and nothing is changed then."""
    with st.expander("Read a return back from its workbook", key="return_back"):
        by = signing.name("return")
        file = st.file_uploader("Workbook of the return", type=["xlsx"], key="return_file")
        pressed = st.button("Keep what it says", key="return_keep", disabled=file is None)
        if file is None or not pressed or signing.is_missing(by):
            return
        try:
            filled_return = read_return(read_plain(file.getvalue(), file.name), file.name)
            seen = next((each.wording for each in every if key_of(each.found) == key_of(filled_return)), 0)
            returns.keep_return(kept.store(), filled_return, by=by, seen=seen)
        except Refusal as refusal:
            components.caution(refusal.sentence)
            components.bullets(map(str, refusal.problems))
            return
        st.query_params[FUND] = key_of(filled_return)
        st.rerun()


def _sign(one: ReturnKept) -> None:
    """Record the next signatures of the chain."""
    waiting = one.found.next_to_sign
    if not waiting:
        return
    with st.expander("Record who has signed", key="return_sign"):
        by = signing.name("sign")
        place = st.selectbox(
            "Who signed",
            range(len(waiting)),
            key="return_signer",
            format_func=lambda at: f"{waiting[at].signer.value}, {together.short(waiting[at].body)}",
        )
        who = st.text_input("Name", key="return_signer_name", max_chars=120)
        when = st.date_input("On", key="return_signed_on", value=None, format="DD/MM/YYYY")
        if st.button("Record", key="return_signed") and not signing.is_missing(by):
            _record(one, place or 0, who.strip(), when, by)


def _record(one: ReturnKept, place: int, who: str, when: date | None, by: str) -> None:
    if not who or when is None:
        components.caution("Write who signed, and on which day.")
        return
    signed = fund_return.signed_by(one.found, one.found.next_to_sign[place], who, when)
    try:
        returns.keep_return(kept.store(), signed, by=by, seen=one.wording)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.rerun()


show()
